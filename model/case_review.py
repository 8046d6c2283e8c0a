"""The result: findings plus the record that is needed to run it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .case_words import Case
from .design import Design
from .finding import Finding, Question
from .gate import GateItem
from .plan_cover import PlanCover
from .plan_words import MeasuringProfile
from .provenance import Note, Provenance
from .rule import Ruleset
from .site import Site
from .verdict import PRECEDENCE, Verdict

LADDER = ("needs_outside_plan_permit", "undecided", "fits_with_power", "fits")
"""Steps of the deviation ladder, the heaviest first."""


@dataclass(frozen=True, eq=False)
class Review:
    """Findings over all designs of a case, with everything they rest on. ``at`` is the ISO time of the run.

    ``remarks`` are about the rules as a whole: an override that fits no finding, plans derived from. ``covers``: of each design what the
    plans at its place say and what became of it, with the conclusion over all rules.
    """

    case: Case
    site: Site
    designs: tuple[Design, ...]
    rulesets: tuple[Ruleset, ...]
    findings: tuple[Finding, ...]
    inputs: tuple[Provenance, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""
    gate: tuple[GateItem, ...] = ()
    profiles: tuple[MeasuringProfile, ...] = ()
    remarks: tuple[Note, ...] = ()
    covers: tuple[PlanCover, ...] = ()

    def counts(self, design: str | None = None) -> dict[Verdict, int]:
        """Return how many findings have each verdict that stands, in order of weight, for one design or all."""
        return {verdict: sum(f.stands is verdict for f in self._of(design)) for verdict in PRECEDENCE}

    def ladder(self, design: str | None = None) -> str:
        """Return the highest step of the deviation ladder over all rules and what is left to read, '' when no plan speaks."""
        covers = [cover for cover in self.covers if design is None or cover.design == design]
        steps = {cover.step for cover in covers} or {finding.ladder for finding in self._of(design)}
        return next((step for step in LADDER if step in steps), "")

    def cover(self, design: str) -> PlanCover:
        """Return the cover of a design; an empty one where none was made."""
        return next((cover for cover in self.covers if cover.design == design), PlanCover(design))

    def questions(self, design: str | None = None) -> tuple[Question, ...]:
        """Return the open questions of all findings, each once, in order."""
        found = {(question.plan_id, question.key): question for finding in reversed(self._of(design)) for question in reversed(finding.questions)}
        return tuple(reversed(found.values()))

    def _of(self, design: str | None) -> list[Finding]:
        return [finding for finding in self.findings if design is None or finding.design == design]
