"""Roof pitch (minimum en maximum dakhelling; kap of plat dak verplicht).

What it checks
    The pitch of every main roof plane against the plan's range, and a roof form that the plan obliges.
Legal basis
    "de dakhelling: langs het dakvlak ten opzichte van het horizontale vlak" (SVBP2012, wijze van meten); bouwaanduidingen "kap" and "plat dak".
Inputs
    Design mesh; ``limit: {op: between, min, max, unit: deg}`` (or one side with ``<=`` or ``>=``), or plan areas ``maatvoering`` with "minimum dakhelling
    (graden)" and "maximum dakhelling (graden)". ``measure.roof_form: kap | plat`` (else the governing bouwaanduiding "kap" or "plat dak"
    under the design); ``measure.flat_allowed: true | false``: whether flat parts are allowed beside the range (open where the rule is silent).
How measured
    Roof faces that lie in one plane are one plane (those under 1 m2 and dormers left out); pitch is the angle of its normal with the vertical; less
    than 5 degrees is flat. A plane of more than 10 % of the roof outside the range violates; a smaller one needs judgement.
Limits
    Where planes that slope the same way meet at different pitches (mansard, curve) a pitch outside the range needs judgement.
References
    SVBP2012; docs/measuring.md A4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.eaves_places import DORMER
from ...measure.building.footprint import polygons_only, without_slivers
from ...measure.building.roof import FLAT_DEG, RoofPlane
from ...measure.plane import overlay
from ...measure.plane.distance import extent_along
from ...measure.plane.inside import inside
from ...model import EPSILON_M, Evidence, Finding, Limit, Measurement, Note, Rule, UncertaintySource, Verdict
from ..declared.declaration import EITHER, PART, STABLE, ZONING, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.weighing import against, declared, lacking, stored_digits
from ..shared.zones import LimitZone, is_constant, limit_subject, limit_zones, no_limit, profile_line, zone_of

NAMES = ("dakhelling",)
SUBJECT = Note.of("subject_quantity", name="dakhelling")
SMALL_SHARE = 0.10
FORMS = {"kap": Limit(">=", "deg", FLAT_DEG), "plat": Limit("<", "deg", FLAT_DEG)}
MARKS = {"kap": "kap", "plat dak uitgesloten": "kap", "plat dak": "plat", "kap uitgesloten": "plat"}


class RoofPitchRange(Check):
    """``roof_pitch_range``; see the module's text."""

    name = "roof_pitch_range"
    code, stage, family, about = "DRL-A04", STABLE, ZONING, PART
    by_place = True
    title = {"nl": "Dakhelling", "en": "Roof pitch"}
    needs: tuple[str, ...] = ("plans",)
    reads = ("overlap.*", "flat_allowed")
    units = ("deg",)
    plan_values = ("dakhelling",)
    qualifier = EITHER
    profile = {"pitch": ""}
    switches: Mapping[str, Switch] = {"roof_form": ("kap", "plat"), "flat_allowed": "yes_no"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a range, and one for a roof form that is obliged."""
        zones = pitch_zones(rule, context)
        forms = form_zones(rule, context)
        if not zones and not forms:
            return (no_limit(rule, context, NAMES, "maximum", SUBJECT),)
        if not context.geometry.roof_shape.planes:
            missing = lacking(context, "plans") if not is_constant(rule) and not forms else ()
            return (not_assessable(rule, context, SUBJECT, *missing, Note.of("zoning_no_roof")),)
        return tuple(judge(rule, context, zone) for zone in (*zones, *forms))


def pitch_zones(rule: Rule, context: Context) -> tuple[LimitZone, ...]:
    """Return where which range holds: the rule's own, or the plan's minimum and maximum together where both are stated."""
    shape = context.projection
    if is_constant(rule):
        return limit_zones(rule, context, NAMES, "maximum", shape, "deg")
    operator = rule.limit.operator if rule.limit else ""
    plain = replace(rule, limit=None) if operator == "between" else rule  # a range's two ends are two limits of the plan
    lows = () if operator.startswith("<") else limit_zones(plain, context, NAMES, "minimum", shape, "deg")
    highs = () if operator.startswith(">") else limit_zones(plain, context, NAMES, "maximum", shape, "deg")
    found = []
    for low in lows:
        for high in _meeting(low, highs):
            both = _common(low.polygon, high.polygon)
            if not both.is_empty:
                limit = Limit("between", "deg", None, None, low.limit.value, high.limit.value)
                subject = limit_subject(NAMES[0], "", limit, zone_of(low.subject), zone_of(high.subject))
                found.append(LimitZone(limit, both, tuple(dict.fromkeys((*low.areas, *high.areas))), subject, (*low.notes, *high.notes)))
    return (*found, *_alone(lows, highs), *_alone(highs, lows))


def _common(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    return without_slivers(polygons_only(overlay.intersection(one, other)))


def _alone(zones: Sequence[LimitZone], others: Sequence[LimitZone]) -> list[LimitZone]:
    """Return what of the zones lies in none of the others."""
    left = []
    for zone in zones:
        meeting = [other.polygon for other in _meeting(zone, others)]
        if any(other.equals_exact(zone.polygon, 0.0) for other in meeting):  # the plan states both ends over one area
            continue
        taken = overlay.union(meeting)
        left.append(replace(zone, polygon=without_slivers(polygons_only(overlay.difference(zone.polygon, taken)))))
    return [zone for zone in left if not zone.polygon.is_empty]


def _meeting(zone: LimitZone, others: Sequence[LimitZone]) -> list[LimitZone]:
    hit = shapely.intersects(overlay.prepared(zone.polygon), [other.polygon for other in others]) if others else ()
    return [other for other, met in zip(others, hit) if met]


def form_zones(rule: Rule, context: Context) -> tuple[LimitZone, ...]:
    """Return the roof form that the rule or a bouwaanduiding obliges, as a limit of the pitch at which a roof is flat."""
    stated = rule.measure.get("roof_form")
    if stated in FORMS:
        return (LimitZone(FORMS[stated], context.here(context.projection), (), Note.of("subject_roof_form", name=str(stated))),)
    found = []
    for area in context.governing("bouwaanduiding"):
        form = MARKS.get(area.name.lower().strip())
        under = _common(area.geometry, context.here(context.projection)) if form else shapely.MultiPolygon()
        if form and not under.is_empty:
            found.append(LimitZone(FORMS[form], under, (area,), Note.of("subject_roof_form", name=area.name, zone=area.fid)))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Slope:
    """A plane in a zone with its pitch measured and its share (0..1) of the roof there."""

    plane: RoofPlane
    measured: Measurement
    share: float


def main_planes(context: Context) -> list[RoofPlane]:
    """Return the roof planes without those of dormers, also of dormers in the plane of the facade."""
    flush = [place.plan for place in context.geometry.eaves_places if place.kind == DORMER]
    return [plane for plane in context.geometry.roof_shape.planes if not any(plane.hull is plan for plan in flush)]


def slopes_in(rule: Rule, context: Context, zone: LimitZone) -> list[Slope]:
    """Return the main planes in a zone, largest share first; flat ones not where the rule allows them."""
    planes = main_planes(context)
    places = [inside(zone.polygon, plane.places) for plane in planes]
    areas = [plane.area_m2 * float(within.mean()) for plane, within in zip(planes, places)]
    there = [(plane, area) for plane, area in zip(planes, areas) if area > 1e-6]
    sloped = [(plane, area) for plane, area in there if not plane.flat]
    kept = sloped if len(sloped) < len(there) and zone.limit not in FORMS.values() and _flat_allowed(rule, context, sloped) else there
    total = sum(area for _, area in kept)
    sources = declared(rule, "pitch", "mesh")
    found = [Slope(plane, against(zone.limit, "pitch", plane.pitch_deg, "deg", sources + stored(context, plane)), area / total) for plane, area in kept]
    return sorted(found, key=lambda slope: -slope.share)


def stored(context: Context, plane: RoofPlane) -> tuple[UncertaintySource, ...]:
    """Return how uncertain a pitch (degrees) is by the numbers that its corners are stored in: a longer slope is known better."""
    run = extent_along(plane.hull, plane.descent)[0] if max(context.design.spacing_m) > EPSILON_M else 0.0
    return stored_digits(context, float(np.degrees(np.sin(2.0 * np.radians(plane.pitch_deg)) / 2.0)) / run) if run > 0.0 else ()


def _flat_allowed(rule: Rule, context: Context, sloped: Sequence[object]) -> bool:
    """Whether flat parts of a roof may stand beside the range: as the rule says; where it does not, open of a roof with ``sloped`` planes as well.
    Of a plan's own rule its profile asks that (``profile.pitch``)."""
    stated = rule.measure.get("flat_allowed")
    if isinstance(stated, bool) or rule.plan_id or not sloped:
        return stated is True
    return context.yes_no("flat_allowed", Note.of("zoning_question_flat_allowed"))


def judge(rule: Rule, context: Context, zone: LimitZone) -> Finding:
    """Return the finding of the roof planes in one zone; it rests on the plane that is furthest outside its range."""
    slopes = slopes_in(rule, context, zone)
    if not slopes:
        return finding(rule, context, zone.subject, Verdict.NOT_APPLICABLE, notes=(*zone.notes, Note.of("zoning_no_slope_here")))
    shape = context.geometry.roof_shape
    bent = {id(plane) for group in shape.kinked for plane in group}
    out = [slope for slope in slopes if slope.measured.verdict() is not Verdict.COMPLIES]
    main = [slope for slope in out if slope.share > SMALL_SHARE]
    notes: tuple[Note, ...] = zone.notes
    if not out:
        verdict, worst = Verdict.COMPLIES, min(slopes, key=_margin)
    elif any(id(slope.plane) in bent for slope in out):
        verdict, worst = Verdict.NEEDS_JUDGEMENT, min(out, key=_margin)
        notes = (*notes, Note.of("zoning_bent_roof"))
    elif main:
        worst = min(main, key=_margin)
        verdict = Verdict.VIOLATES if any(slope.measured.verdict() is Verdict.VIOLATES for slope in main) else Verdict.NEEDS_JUDGEMENT
    else:
        verdict, worst = Verdict.NEEDS_JUDGEMENT, min(out, key=_margin)
        notes = (*notes, Note.of("zoning_small_plane", share=round(100 * sum(slope.share for slope in out), 1)))
    if shape.dormer_planes or len(main_planes(context)) < len(shape.planes):
        notes = (*notes, Note.of("zoning_dormer_pitch_left_out"))
    each = [
        measurement for n, slope in enumerate(slopes, 1) for measurement in (
            Measurement("plane_pitch", round(slope.plane.pitch_deg, 2), "deg", at=str(n)),
            Measurement("plane_area", round(slope.plane.area_m2, 2), "m2", at=str(n)),
        )
    ]
    return finding(
        rule, context, zone.subject, verdict, measurements=(worst.measured, *each), evidence=evidence(context, slopes, worst),
        inputs=inputs_of("plans", *zone.areas), notes=notes,
    )


def _margin(slope: Slope) -> float:
    return slope.measured.margin or 0.0


def evidence(context: Context, slopes: Sequence[Slope], worst: Slope) -> tuple[Evidence, ...]:
    """Return each plane with its pitch, those outside the range told apart, and the profile down the worst."""
    triangles = context.geometry.roof.triangles
    pieces = []
    for slope in slopes:
        role = "roof_plane" if slope.measured.verdict() is Verdict.COMPLIES else "roof_plane_outside"
        pieces.append(Evidence(role, triangles=triangles[sorted(slope.plane.triangles)], value=round(slope.plane.pitch_deg, 1), unit="deg"))
    middle = worst.plane.places.mean(axis=0)
    point = np.array([*middle, float(worst.plane.height(middle[None])[0])])
    down = worst.plane.descent if worst.plane.descent.any() else None
    return (*pieces, profile_line(context, point, down))
