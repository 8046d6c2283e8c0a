"""What every check is, gets and gives."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from shapely.geometry.base import BaseGeometry

from ...measure.building.design_geometry import DesignGeometry
from ...measure.building.footprint import projection
from ...measure.plan.governing_areas import governing_areas
from ...measure.plan.peil import Peil, resolve_peil
from ...measure.surroundings.extruded import EXTRUDED
from ...measure.surroundings.suspicions import suspicions
from ...model import (
    Design,
    Deviation,
    Finding,
    InputUsed,
    LayerState,
    LegalSource,
    MeasuringProfile,
    Note,
    Part,
    PlanArea,
    PlanValue,
    Question,
    Rule,
    Site,
    Verdict,
)

BGT_OUTLINE_UNCERTAINTY_M = 0.20
"""Of BGT and BAG outlines (rules.md 0.2)."""
ABOVE_NAP = "m NAP"
"""Unit of plan values above NAP; all others are above peil."""


@dataclass(frozen=True, eq=False)
class Context:
    """Everything a check may look at for one design; what is measured once is cached here.

    ``plan_id``: only the objects of this plan govern (a rule that was derived from it); '' = of every governing plan. ``profiles``: how
    the texts of plans measure; ``peil_definition``: how the rule's plan or file defines peil (``measure.peil.resolve_peil``).
    """

    site: Site
    design: Design
    answers: Mapping[str, Any] = field(default_factory=dict)
    plan_id: str = ""
    profiles: tuple[MeasuringProfile, ...] = ()
    peil_definition: Mapping[str, Any] | None = None

    @functools.cached_property
    def geometry(self) -> DesignGeometry:
        """The design's measured geometry; sections start at the peil, or at its lowest point while peil is unknown."""
        found = DesignGeometry(self.design, self.peil.chosen.nap_m if self.peil.chosen else None)
        found.projection = self.projection  # measured once
        return found

    @functools.cached_property
    def peil(self) -> Peil:
        """The level to measure heights from."""
        return resolve_peil(self.answers, self.site, self.projection, self.peil_definition, self.design)

    @functools.cached_property
    def projection(self) -> BaseGeometry:
        """Union of everything of the design projected (RD)."""
        return projection(self.design.parts)

    @functools.cached_property
    def doubts(self) -> Mapping[tuple[str, str], tuple[Note, ...]]:
        """Why objects of the site are suspicious, or stand in for what is missing, by layer and id."""
        blocks = (model.fid for model in self.site.buildings3d if model.lod == EXTRUDED)
        found: dict[tuple[str, str], tuple[Note, ...]] = {("buildings3d", fid): (Note.of("context_block", fid=fid),) for fid in blocks}
        for item in suspicions(self.site):
            found[item.layer, item.fid] = (*found.get((item.layer, item.fid), ()), item.note)
        return found

    def governing(self, kind: str = "") -> tuple[PlanArea, ...]:
        """Return the plan areas of a kind ('' = all) that govern, of this context's plan; see ``measure.governing``."""
        return governing_areas(self.site, self.answers, kind, self.plan_id)

    def profile(self, plan_id: str) -> MeasuringProfile | None:
        """Return the measuring profile of a plan, None while its text was not read."""
        return next((profile for profile in self.profiles if profile.plan_id == plan_id), None)

    def limited(self, plan_id: str, definition: Mapping[str, Any] | None) -> Context:
        """Return this context for one plan and its definition of peil; what was measured of the same stays measured."""
        if plan_id == self.plan_id and definition == self.peil_definition:
            return self
        other = Context(self.site, self.design, self.answers, plan_id, self.profiles, definition)
        kept = ("projection",) if definition != self.peil_definition else ("projection", "peil", "geometry")
        other.__dict__.update({name: getattr(self, name) for name in kept})
        return other

    def with_parts(self, parts: tuple[Part, ...]) -> Context:
        """Return this context for some parts of the design; peil stays that of the whole."""
        if len(parts) == len(self.design.parts):
            return self
        other = replace(self, design=replace(self.design, parts=parts))
        other.__dict__["peil"] = self.peil
        return other


class Check(Protocol):
    """One rule. ``needs`` names the site layers without which it cannot be assessed."""

    name: str
    needs: tuple[str, ...]

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the findings of this rule for the design in the context; at least one."""


def finding(rule: Rule, context: Context, subject: str, verdict: Verdict, **parts: Any) -> Finding:
    """Return a finding of ``rule`` for the design in the context; legal sources and deviation powers come from the rule.

    An input that does not fit the other sources shows in the notes.
    """
    parts.setdefault("legal", rule.legal)
    doubts = [note for item in parts.get("inputs", ()) for note in context.doubts.get((item.layer, item.fid), ())]
    if doubts:
        parts["notes"] = tuple(dict.fromkeys((*parts.get("notes", ()), *doubts)))
    if verdict in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT):
        parts.setdefault("deviations", deviations(rule))
    return Finding(rule.id, rule.check, subject, context.design.name, verdict, **parts)


def not_assessable(rule: Rule, context: Context, subject: str, *missing: Note, **parts: Any) -> Finding:
    """Return the finding that says what is missing."""
    return finding(rule, context, subject, Verdict.NOT_ASSESSABLE, missing=missing, **parts)


def missing_layers(check: Check, context: Context) -> tuple[Note, ...]:
    """Return a note for each needed layer that failed, was empty or was not asked."""
    notes = []
    for layer in check.needs:
        state = context.site.state(layer)
        if state is not LayerState.LOADED:
            notes.append(Note.of(f"checks_layer_{state.value}", layer=layer))
    return tuple(notes)


def deviations(rule: Rule) -> tuple[Deviation, ...]:
    """Return the powers to deviate that the rule's exceptions name; shown, never applied."""
    found = []
    for exception in rule.exceptions:
        if "effect" not in exception:
            continue
        legal = exception.get("legal")
        sources = (LegalSource(**{"instrument": "", **legal}),) if legal else ()
        found.append(Deviation(str(exception["id"]), Note.of("checks_deviation", effect=str(exception["effect"])), sources))
    return tuple(found)


def value_of(area: PlanArea, name: str, qualifier: str) -> PlanValue | None:
    """Return the plan value of a name and qualifier (maximum counts when the text has none), or None."""
    for value in area.values:
        if value.name == name and (value.qualifier or "maximum") == qualifier:
            return value
    return None


def inputs_of(layer: str, *objects: Any) -> tuple[InputUsed, ...]:
    """Return the inputs used of one layer, in order of id."""
    return tuple(InputUsed(layer, item.fid, getattr(item, "date", "")) for item in sorted(objects, key=lambda o: o.fid))


def peil_question() -> Question:
    """The question that an unresolved peil leaves."""
    return Question("peil", Note.of("checks_question_peil"))
