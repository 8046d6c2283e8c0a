"""What every check is, gets and gives."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import shapely
from shapely.geometry.base import BaseGeometry

from ..measure.design_geometry import DesignGeometry
from ..measure.footprint import projection
from ..measure.peil import Peil, resolve_peil
from ..model import (
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
        return DesignGeometry(self.design, self.peil.chosen.nap_m if self.peil.chosen else None)

    @functools.cached_property
    def peil(self) -> Peil:
        """The level to measure heights from."""
        return resolve_peil(self.answers, self.site, self.projection, self.peil_definition, self.design)

    @functools.cached_property
    def projection(self) -> BaseGeometry:
        """Union of everything of the design projected (RD)."""
        return projection(self.design.parts)

    def governing(self, kind: str = "") -> tuple[PlanArea, ...]:
        """Return the plan areas of a kind ('' = all) of the plans that the officer ticked (answer ``governing_plans: {ids}``).

        While nothing is ticked: those of the plans that are proposed, without the ground on which a later plan or a pons took their
        place; never a draft.
        """
        ticked = (self.answers.get("governing_plans") or {}).get("ids")
        every = self.site.areas(kind) if kind else self.site.plans
        areas = [area for area in every if not self.plan_id or area.plan_id == self.plan_id]
        if ticked is not None:
            return tuple(area for area in areas if area.plan_id in ticked)
        plans = {plan.id: plan for plan in self.site.plan_documents}
        proposed = (area for area in areas if area.plan_id not in plans or plans[area.plan_id].proposed)
        standing = (without(area, plans[area.plan_id].replaced if area.plan_id in plans else None) for area in proposed if not is_draft(area.plan_status))
        return tuple(area for area in standing if not area.geometry.is_empty)

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


def without(area: PlanArea, ground: BaseGeometry | None) -> PlanArea:
    """Return a plan area without the ground (RD) that was taken from its plan; slivers of drawing are left on."""
    if ground is None or not shapely.intersects(area.geometry, ground):
        return area
    left = shapely.difference(area.geometry, ground)
    if left.area < 0.01 * area.geometry.area or (area.geometry.area == 0 and left.is_empty):
        return replace(area, geometry=shapely.Polygon())
    return replace(area, geometry=left)


def is_draft(status: str) -> bool:
    """Whether a plan status means that the plan does not govern yet (shown, never taken)."""
    return status.lower() in ("concept", "voorontwerp", "ontwerp")


def finding(rule: Rule, context: Context, subject: str, verdict: Verdict, **parts: Any) -> Finding:
    """Return a finding of ``rule`` for the design in the context; legal sources and deviation powers come from the rule."""
    parts.setdefault("legal", rule.legal)
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
