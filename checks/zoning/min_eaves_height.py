"""Minimum eaves height (minimum goothoogte), per zone of the plan.

What it checks
    Whether the main eaves of the building reach the minimum above peil.
Legal basis
    Plan text "de goothoogte bedraagt ten minste ... m", measured as the maximum (SVBP2012, wijze van meten).
Inputs
    Design mesh; peil; the limit (rule), or plan areas ``maatvoering`` with "minimum goothoogte (m)". ``measure.eaves_at: drip | wall_plane`` (open where
    the rule is silent); ``measure.flat_equals_eaves: false`` where a flat roof has no goot. Answer ``low_parts_allowed: yes | no``.
How measured
    As the maximum, of main eaves only: dormers and raised parts do not make a building high enough. All lower than the minimum violates; when only
    a part is lower, its share of the eaves' length is given and judgement is needed.
Limits
    On a curved roof, or where no eaves is recognised, judgement is needed.
References
    SVBP2012; docs/measuring.md A3, A11.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from ...measure.building.eaves_places import MAIN, EavesPlace, in_area, is_curved
from ...measure.plan.peil import PeilCandidate
from ...model import Evidence, Finding, Measurement, Note, Rule, Verdict
from ..declared.declaration import BUILDING, MINIMUM, STABLE, ZONING, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.weighing import against, declared
from ..shared.vertical.eaves_words import said
from ..shared.zones import LimitZone, level_sources, level_surface, limit_zones, no_limit, no_value_there, over_peil, peil_measurement, profile_line

NAMES = ("goothoogte",)
ALIKE_M = 0.001
"""Nearer to each other drip and wall plane are one."""


class MinEavesHeight(Check):
    """``min_eaves_height``; see the module's text."""

    name = "min_eaves_height"
    code, stage, family, about = "DRL-A27", STABLE, ZONING, BUILDING
    by_place = True
    title = {"nl": "Minimum goothoogte", "en": "Minimum eaves height"}
    with_existing = "either"  # its lowest eaves may be those of the existing building
    needs: tuple[str, ...] = ("plans",)
    reads = ("peil", "overlap.*", "low_parts_allowed", "eaves_at")
    units = ("m", "m NAP")
    plan_values = ("goothoogte",)
    qualifier = MINIMUM
    profile = {"eaves": "", "applies_to": ""}
    switches: Mapping[str, Switch] = {"eaves_at": ("drip", "wall_plane"), "flat_equals_eaves": "yes_no"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a minimum eaves height that the design stands in."""
        shape = context.geometry.footprint
        zones = limit_zones(rule, context, NAMES, "minimum", shape)
        if not zones:
            return (no_limit(rule, context, NAMES, "minimum", Note.of("subject_quantity", name=NAMES[0])),)
        found = [over_peil(rule, context, zone.subject, partial(judge, rule, context, zone)) for zone in zones]
        return (*found, *no_value_there(rule, context, zones, NAMES[0]))


def judge(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate) -> Finding:
    """Return the finding of the main eaves in one zone above one peil."""
    no_flat = rule.measure.get("flat_equals_eaves") is False
    places = [p for p in in_area(context.geometry.eaves_places, zone.polygon) if p.kind == MAIN and not (p.flat and no_flat)]
    if not places:
        return not_assessable(rule, context, zone.subject, Note.of("zoning_no_eaves"))
    alike = all(abs(place.z("drip") - place.z("wall_plane")) < ALIKE_M for place in places)
    reading = str(rule.measure.get("eaves_at", "drip")) if alike else said(rule, context, "eaves_at")
    sources = level_sources(zone, level) + declared(rule, "level", "height", "mesh")
    each = [against(zone.limit, "eaves_above_peil", place.z(reading) - level.nap_m, "m", sources) for place in places]
    lowest, highest = (choose(each, key=lambda m: m.value or 0.0) for choose in (min, max))
    short = [place for place, measured in zip(places, each) if measured.verdict() is Verdict.VIOLATES]
    share = 100.0 * sum(place.line.length for place in short) / sum(place.line.length for place in places)
    verdict, notes = lowest.verdict(), zone.notes
    if lowest.verdict() is not highest.verdict():
        notes = (*notes, Note.of("zoning_low_eaves", share=round(share, 1)))
        verdict = (highest if context.yes_no("low_parts_allowed", Note.of("zoning_question_low_parts")) else lowest).verdict()
    if is_curved(context.geometry):
        verdict, notes = Verdict.NEEDS_JUDGEMENT, (*notes, Note.of("zoning_curved_roof"))
    deciding = lowest if verdict is lowest.verdict() else highest
    return finding(
        rule, context, zone.subject, verdict,
        measurements=(deciding, Measurement("share_below", round(share, 2), "%"), peil_measurement(level)),
        evidence=_evidence(context, zone, places, level, reading), inputs=inputs_of("plans", *zone.areas), notes=notes,
    )


def _evidence(context: Context, zone: LimitZone, places: list[EavesPlace], level: PeilCandidate, reading: str) -> tuple[Evidence, ...]:
    """Return the limit as a plane, each eaves with its height, and the profile through the lowest."""
    limit_nap = level.nap_m + float(zone.limit.value or zone.limit.low or 0.0)
    pieces = [level_surface(zone, limit_nap, round(limit_nap - level.nap_m, 4))]
    for place in places:
        z = place.z(reading)
        pieces.append(Evidence("eaves_under" if z < limit_nap - 0.005 else "eaves", place.shown(reading), value=round(z - level.nap_m, 3), unit="m"))
    lowest = min(places, key=lambda place: place.z(reading))
    across = lowest.inward if lowest.inward.any() else None
    return (*pieces, profile_line(context, np.array([*lowest.middle, lowest.z(reading)]), across))
