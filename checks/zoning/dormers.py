"""Dormers (dakkapellen): the plan's own limits for them.

What it checks
    The width of dormers, in metres or as a share of the roof face, their distances to the foot of the roof, the ridge and the sides of the face, and how
    high they rise above it; each limit that the rule states is one finding.
Legal basis
    The plan's bouwregels for "dakkapellen"; the numbers differ per plan and have no default.
Inputs
    ``measure``: ``max_width_pct``, ``max_width_m``, ``min_to_foot_m``, ``max_to_foot_m``, ``min_to_ridge_m``, ``min_to_side_m``, ``max_rise_m``. The
    roof of the design, and of the building that stays where a dormer is drawn without it (3DBAG, or drawn along); answer
    ``dormers_together: yes | no`` where a roof face has more than one.
How measured
    What stands on a sloped face of the roof and is no chimney; distances along the face, as the national rules for dormers measure them; the worst dormer
    counts for each limit. Of a face with several dormers it is open whether their widths are taken together.
Limits
    A dormer in the plane of the facade has no foot of the roof before it: its distances are the officer's; whether one that breaks the goot (Vlaamse
    gevel) is a dormer at all is asked (``flush_is_dormer``), as is whether the edge of its roof past its cheeks counts (``dormer_edges_count``). A raised
    part (dakopbouw) that stands on both faces, above the ridge, is none.
References
    Bbl art. 2.29 (distances along the roof); docs/measuring.md A18.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import plans_of
from ...measure.building.named_kinds import BUILT
from ...measure.building.roof_objects import CHIMNEY_M2, STANDS_ON, RoofObject
from ...measure.plane import overlay
from ...model import Evidence, Finding, Limit, Note, Part, Rule, Verdict
from ..declared.declaration import PART, STABLE, ZONING, OfText, Switch
from ..engine.base import Check, Context, finding, not_assessable
from ..engine.open_points.unseen import EITHER
from ..engine.standing import said_of
from ..engine.weighing import against, declared, stored_digits, worst_first
from ..shared.roofs_under import RoofUnder, above_ground, roof_under
from ..shared.vertical.flush_dormers import flush_is_dormer

SUBJECT = Note.of("subject_dormers")
DORMER = "dormer"
EDGE_M = 0.01
"""A roof whose edge stands out no more ends with its cheeks."""
NEAR_M = 0.3
"""A dormer is seen on a grid: what begins so near a facade begins in it."""
THINGS = ("dakkapel",)


@dataclass(frozen=True, eq=False)
class Kept:
    """One limit of a dormer: the switch that takes it, its way and unit, the name of what is measured, and how (m or %) of a dormer."""

    switch: str
    way: str
    unit: str
    name: str
    of: Callable[[RoofObject], float]


LIMITS = (
    Kept("max_width_m", "<=", "m", "dormer_width", lambda one: one.width),
    Kept("max_width_pct", "<=", "%", "dormer_share", lambda one: 100.0 * one.width / max(one.roof_width, one.width)),
    Kept("min_to_foot_m", ">=", "m", "dormer_to_foot", lambda one: one.to_foot), Kept("max_to_foot_m", "<=", "m", "dormer_to_foot", lambda one: one.to_foot),
    Kept("min_to_ridge_m", ">=", "m", "dormer_to_ridge", lambda one: one.to_ridge),
    Kept("min_to_side_m", ">=", "m", "dormer_to_side", lambda one: min(one.to_left, one.to_right)),
    Kept("max_rise_m", "<=", "m", "dormer_rise", lambda one: one.rise),
)
WIDTHS = ("max_width_m", "max_width_pct")


class Dormers(Check):
    """``dormers``; see the module's text."""

    name = "dormers"
    code, stage, family, about = "DRL-A31", STABLE, ZONING, PART
    title = {"nl": "Dakkapellen", "en": "Dormers"}
    needs: tuple[str, ...] = ()
    reads = ("dormers_together", "flush_is_dormer", "dormer_edges_count")
    units = ("m", "%")
    measured_alone = True
    text_norms = (
        OfText("breedte", "m", "<=", THINGS, "max_width_m"), OfText("breedte", "%", "<=", THINGS, "max_width_pct", of="breedte van het dakvlak"),
        OfText("breedte", "%", "<=", THINGS, "max_width_pct", of="dakvlak"), OfText("afstand_dakvoet", "m", ">=", THINGS, "min_to_foot_m"),
        OfText("afstand_dakvoet", "m", "<=", THINGS, "max_to_foot_m"), OfText("afstand_daknok", "m", ">=", THINGS, "min_to_ridge_m"),
        OfText("afstand_dakrand", "m", ">=", THINGS, "min_to_side_m"), OfText("afstand_dakvoet", "m", ">", THINGS, "min_to_foot_m"),
        OfText("afstand_dakvoet", "m", "<", THINGS, "max_to_foot_m"), OfText("afstand_daknok", "m", ">", THINGS, "min_to_ridge_m"),
        OfText("afstand_dakrand", "m", ">", THINGS, "min_to_side_m"),
    )
    switches: Mapping[str, Switch] = {
        "max_width_pct": "percent", "max_width_m": "metres", "min_to_foot_m": "metres", "max_to_foot_m": "metres", "min_to_ridge_m": "metres",
        "min_to_side_m": "metres", "max_rise_m": "metres",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding for each limit that the rule states, the heaviest first."""
        stated = [(kept, float(rule.measure[kept.switch])) for kept in LIMITS if rule.measure.get(kept.switch) is not None]
        if not stated:
            return (not_assessable(rule, context, SUBJECT, Note.of("surroundings_no_limit")),)
        hung = above_ground(context)
        under = roof_under(context, hung, EITHER)
        seen = context if under is None else under.context
        if under is not None and not under.known:
            return (not_assessable(rule, context, SUBJECT, Note.of("zoning_roof_not_known")),)
        if not seen.geometry.roof_shape.planes:
            return (not_assessable(rule, context, SUBJECT, Note.of("zoning_no_roof")),)
        every = [one for one in seen.geometry.roof_objects if one.kind in STANDS_ON and (under is None or is_of(one.plan, context))]
        found = [one for one in every if one.kind == DORMER]
        stands = [one for one in found if in_facade_plane(seen, one)]
        if stands and not flush_is_dormer(context):
            found = [one for one in found if one not in stands]
        flush = in_the_facade(seen, every, context)
        if flush:
            return (not_assessable(rule, context, SUBJECT, Note.of("zoning_dormer_in_facade", n=flush)),)
        if not every and may_be_dormer(hung, under):
            return (said_of(seen, not_assessable(rule, context, SUBJECT, Note.of("zoning_dormer_on_what"))),)
        if not found:
            return (said_of(seen, finding(rule, context, SUBJECT, Verdict.NOT_APPLICABLE, notes=(Note.of("zoning_no_dormer"),))),)
        if any(max(one.edges) > EDGE_M for one in found) and not context.yes_no("dormer_edges_count", Note.of("zoning_question_dormer_edges")):
            found = [one.between_cheeks() for one in found]
        return worst_first([said_of(seen, _kept(rule, context, kept, limit, found, under)) for kept, limit in stated])


def is_of(plan: BaseGeometry, context: Context) -> bool:
    """Whether what stands on a roof (its plan, RD) is of the design, and not of the building that it stands on."""
    return bool(overlay.intersection(plan, context.projection).area > plan.area / 2)


def may_be_dormer(hung: Sequence[Part], under: RoofUnder | None) -> bool:
    """Whether parts that stand on a roof, or on what nobody knows, may be a dormer all the same: none is so small or has a kind of its own, nor stands on
    a roof without a slope."""
    if under is not None and all(plane.flat for plane in under.context.geometry.roof_shape.planes):
        return False
    return any(part.kind in BUILT and plan.area >= CHIMNEY_M2 for part, plan in zip(hung, plans_of(hung)))


def in_facade_plane(context: Context, one: RoofObject) -> bool:
    """Whether a dormer begins in the plane of a facade, above its goot."""
    places = [place for place in context.geometry.eaves_places if place.flush]
    return any(place.line.distance(one.plan) < NEAR_M for place in places)


def in_the_facade(context: Context, found: Sequence[RoofObject], own: Context) -> int:
    """Return how many dormers of a design (its ``own`` context) stand in the plane of a facade, and not on a face of the roof."""
    plans = [place.plan for place in context.geometry.eaves_places if place.kind == DORMER and place.plan is not None]
    plans = [plan for plan in plans if context is own or is_of(plan, own)]
    return sum(not any(plan.intersects(one.plan) for one in found) for plan in plans)


def _kept(rule: Rule, context: Context, kept: Kept, limit: float, found: Sequence[RoofObject], under: RoofUnder | None) -> Finding:
    """Return the finding of one limit: of the worst dormer, or of the face with the most width of dormers where they are taken together."""
    values = [(kept.of(one), one) for one in found]
    if kept.switch in WIDTHS and _several(found) and context.yes_no("dormers_together", Note.of("zoning_question_dormers_together"), likely=True):
        values = [(sum(kept.of(other) for other in found if other.roof == one.roof), one) for one in found]
    value, worst = (max if kept.way == "<=" else min)(values, key=lambda pair: pair[0])
    way = rule.limit.operator if rule.limit is not None and rule.limit.operator[:1] == kept.way[:1] else kept.way
    wide = max(worst.roof_width, worst.width)
    sources = declared(rule, "mesh") + stored_digits(context) if kept.unit == "m" else stored_digits(context, 100.0 / wide)
    if under is not None and kept.switch != WIDTHS[0]:  # its width is the design's own
        sources += under.sources(1.0 if kept.unit == "m" else value / wide)
    measured = against(Limit(way, kept.unit, limit), kept.name, value, kept.unit, sources)
    shown = tuple(Evidence("zone", one.plan) for one in found)
    return finding(
        rule, context, Note.of(f"subject_{kept.name}"), measured.verdict(), measurements=(measured,),
        evidence=(Evidence("dimension", worst.plan.centroid, value=measured.value, unit=kept.unit), *shown),
    )


def _several(found: Sequence[RoofObject]) -> bool:
    """Whether a face of the roof has more than one dormer."""
    faces = [one.roof for one in found]
    return len(set(faces)) < len(faces)
