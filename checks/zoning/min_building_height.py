"""Minimum building height (minimum bouwhoogte), per zone of the plan.

What it checks
    Whether the building reaches the minimum height above peil, and how much of its roof belongs to lower parts.
Legal basis
    Plan text "de bouwhoogte bedraagt ten minste ... m", measured as the maximum: "vanaf het peil tot aan het hoogste punt" (SVBP2012). A minimum
    normally holds for the main building as a whole.
Inputs
    Design mesh with part classes; peil; the limit (rule), or plan areas ``maatvoering`` with "minimum bouwhoogte (m)". ``measure.exempt_classes``
    (default chimney, antenna): what does not make a building high enough. Answer ``low_parts_allowed: yes | no``.
How measured
    The highest point without exempt parts, in each zone. Roof planes that meet are one body with its own highest point; bodies that stay below the
    minimum count as low, with their share of the roof in plan.
Limits
    Whether low parts may stay below the minimum is for the officer.
References
    SVBP2012; docs/measuring.md A11.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from shapely import Point

from ...measure.building.roof_shape import RoofBody
from ...measure.plan.peil import PeilCandidate
from ...measure.plane.inside import inside
from ...model import Evidence, Finding, Measurement, Note, Rule, Verdict
from ...model.arrays import Floats
from ..declared.declaration import BUILDING, MINIMUM, STABLE, ZONING, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.exceptions import granted
from ..engine.weighing import against, declared
from ..shared.vertical.heights import exemptions, highest_in
from ..shared.zones import LimitZone, level_sources, level_surface, limit_zones, no_limit, no_value_there, over_peil, peil_measurement, profile_line

NAMES = ("bouwhoogte",)
LEAST_SHARE = 0.01


class MinBuildingHeight(Check):
    """``min_building_height``; see the module's text."""

    name = "min_building_height"
    code, stage, family, about = "DRL-A11", STABLE, ZONING, BUILDING
    by_place = True
    title = {"nl": "Minimum bouwhoogte", "en": "Minimum building height"}
    needs: tuple[str, ...] = ("plans",)
    reads = ("peil", "overlap.*", "low_parts_allowed")
    units = ("m", "m NAP")
    plan_values = ("bouwhoogte",)
    qualifier = MINIMUM
    profile = {"exempt_parts": "exempt_classes", "applies_to": ""}
    weighs_exceptions = True
    switches: Mapping[str, Switch] = {"exempt_classes": "part_kinds"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a minimum height that the design stands in."""
        zones = limit_zones(rule, context, NAMES, "minimum", context.projection)
        if not zones:
            return (no_limit(rule, context, NAMES, "minimum", Note.of("subject_quantity", name=NAMES[0])),)
        found = [over_peil(rule, context, zone.subject, partial(judge, rule, context, zone)) for zone in zones]
        return (*found, *no_value_there(rule, context, zones, NAMES[0]))


def judge(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate) -> Finding:
    """Return the finding of one zone above one peil."""
    point = highest_that_counts(rule, context, zone, level)
    if point is None:
        return not_assessable(rule, context, zone.subject, Note.of("surroundings_no_body"))
    sources = level_sources(zone, level) + declared(rule, "level", "height", "mesh")
    deciding = against(zone.limit, "height_above_peil", float(point[2]) - level.nap_m, "m", sources)
    limit_nap = level.nap_m + float(zone.limit.value or zone.limit.low or 0.0)
    low, share = low_bodies(context, zone, limit_nap)
    verdict = deciding.verdict()
    notes = zone.notes
    if low and verdict is Verdict.COMPLIES:
        notes = (*notes, Note.of("zoning_low_parts", share=round(share, 1)))
        verdict = Verdict.COMPLIES if context.yes_no("low_parts_allowed", Note.of("zoning_question_low_parts")) else Verdict.VIOLATES
    return finding(
        rule, context, zone.subject, verdict,
        measurements=(
            deciding, Measurement("share_below", round(share, 2), "%"), peil_measurement(level), Measurement("top", round(float(point[2]), 4), "m NAP"),
        ),
        evidence=(
            level_surface(zone, limit_nap, round(limit_nap - level.nap_m, 4)), *_low_evidence(context, low, level),
            profile_line(context, point), Evidence("highest_point", Point(*point), value=deciding.value, unit="m"),
        ),
        inputs=inputs_of("plans", *zone.areas), notes=notes,
    )


def highest_that_counts(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate) -> Floats | None:
    """Return the highest point (3,) in a zone without what is exempt; parts that an officer decides about, where that turns it, as decided."""
    words = exemptions(rule, context)
    every = highest_in(context, zone, lambda part: part.kind in words.free)
    least = highest_in(context, zone, lambda part: part.kind in words.free or part.kind in words.asked)
    wanted = level.nap_m + float(zone.limit.value or zone.limit.low or 0.0)
    if every is None or every[2] < wanted or (least is not None and least[2] >= wanted):
        return every
    out = {kind for kind in sorted(words.asked) if granted(words.asked[kind], context)}
    return highest_in(context, zone, lambda part: part.kind in words.free or part.kind in out)


def low_bodies(context: Context, zone: LimitZone, limit_nap: float) -> tuple[list[RoofBody], float]:
    """Return the bodies of the roof in a zone that stay below a height, and their share (%) of the roof there, in plan."""
    bodies = context.geometry.roof_shape.bodies
    places = [sum(int(inside(zone.polygon, plane.places).sum()) for plane in body.planes) for body in bodies]
    low = [(body, count) for body, count in zip(bodies, places) if body.top < limit_nap - 0.005 and count]
    share = sum(count for _, count in low) / max(sum(places), 1)
    return ([body for body, _ in low], 100.0 * share) if share >= LEAST_SHARE else ([], 0.0)


def _low_evidence(context: Context, low: list[RoofBody], level: PeilCandidate) -> list[Evidence]:
    triangles = context.geometry.roof.triangles
    return [
        Evidence(
            "low_roof", triangles=triangles[sorted({face for plane in body.planes for face in plane.triangles})],
            value=round(body.top - level.nap_m, 3), unit="m",
        )
        for body in low
    ]
