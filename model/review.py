"""The result: findings plus the record that is needed to run it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .case import Case
from .design import Design
from .finding import Finding
from .gate import GateItem
from .provenance import Provenance
from .rule import Ruleset
from .site import Site
from .verdict import PRECEDENCE, Verdict


@dataclass(frozen=True, eq=False)
class Review:
    """Findings over all designs of a case, with everything they rest on. ``at`` is the ISO time of the run."""

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

    def counts(self, design: str | None = None) -> dict[Verdict, int]:
        """Return how many findings have each verdict, in order of weight, for one design or all."""
        chosen = [f for f in self.findings if design is None or f.design == design]
        return {verdict: sum(f.verdict is verdict for f in chosen) for verdict in PRECEDENCE}
