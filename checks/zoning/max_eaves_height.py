"""Maximum eaves height (maximum goothoogte), per zone of the plan.

What it checks
    The height above peil of every goot, druiplijn or boeibord of the design, in each zone with a maximum goothoogte.
Legal basis
    "vanaf het peil tot aan de bovenkant van de goot, c.q. de druiplijn, het boeibord, of een daarmee gelijk te stellen
    constructiedeel" (SVBP2012, wijze van meten). Gable ends (topgevels) have no goot. Dormers, flat roofs and lessenaarsdaken differ per plan.
Inputs
    Design mesh; peil; the limit (rule), or plan areas ``maatvoering`` with "maximum goothoogte (m)". Switches under ``measure``, as the plan says:
    ``exclude_dormers: true | false`` (dormers and raised parts never | always count; silent: they decide nothing by themselves),
    ``exclude_below_pct: 50`` (they do not count while together narrower than this share of the roof), ``flat_equals_eaves: true`` (on a flat-roofed
    building the limit holds for its highest point, with ``exempt_classes`` and ``candidate_area_pct`` as for bouwhoogte; false: a flat
    roof has no goot), ``pent_roof: both_sides`` (default ``low_side``: the high side
    of a lessenaarsdak is no goot), ``eaves_at: wall_plane`` (where the roof meets the outer wall; default the drip edge): of both, what a
    rule without a plan's text does not say is asked where it matters,
    ``measured_at: front_facade`` (on sloping ground: from the ground at the front, the rear at the same absolute level),
    ``roof_envelope_angle_deg: 142`` (nothing above the planes that rise from the two longest sides of the bouwvlak at the limit, at that angle with
    the vertical: rise tan(angle - 90) per metre inward). Answer ``dormers_count: yes | no`` settles what the plan does not say.
How measured
    Along the facades, and where a roof ends half a metre or more above another, the lower edge of the roof face (of a flat roof its rim) is
    taken. A part is a dormer or a raised part when it stands on a roof and takes less than half of the building's length and width; whether one that
    goes on in the plane of the facade (Vlaamse gevel) is a dormer, answer ``flush_is_dormer``, and whether the eaves of a wolfseind count, answer
    ``half_hips_count``, is asked where it matters.
    The highest main eaves decides; with dormers that alone exceed the limit, judgement is needed while the plan is silent.
Limits
    On a curved roof only its highest point and where the curve begins are sure: between them judgement is needed. Where no eaves is
    recognised only the highest point is. A gutter that
    is modelled apart above the roof's edge is not recognised as goot.
References
    SVBP2012; docs/measuring.md A3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely
from shapely import LineString, Point

from ...measure.building.eaves_places import DORMER, HALF_HIP, HIGH, MAIN, RAISED, EavesPlace, in_area, is_curved, is_flat, joint_share, springing
from ...measure.plan.peil import PeilCandidate
from ...model import Evidence, Finding, Measurement, Note, Rule, UncertaintySource, Verdict
from ...model.arrays import Floats
from ..declared.declaration import PART, STABLE, ZONING, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.standing import is_on_a_roof
from ..engine.weighing import against, declared
from ..shared.vertical.eaves_words import SAID, said
from ..shared.vertical.flush_dormers import flush_is_dormer
from ..shared.vertical.front_ground import front_level
from ..shared.vertical.heights import highest_in, judge_height
from ..shared.vertical.roof_envelope import judge_envelope
from ..shared.zones import LimitZone, level_sources, level_surface, limit_zones, no_limit, no_value_there, over_peil, peil_measurement, profile_line

NAMES = ("goothoogte",)
SUBJECT = Note.of("subject_quantity", name="goothoogte")
OFF_M = 0.05


class MaxEavesHeight(Check):
    """``max_eaves_height``; see the module's text."""

    name = "max_eaves_height"
    code, stage, family, about = "DRL-A03", STABLE, ZONING, PART
    by_place = True
    title = {"nl": "Maximum goothoogte", "en": "Maximum eaves height"}
    needs: tuple[str, ...] = ("plans",)
    reads = (
        "peil", "overlap.*", "minor_parts", "dormers_count", "flush_is_dormer", "half_hips_count", "envelope_lines", "facade_line", "parcels", "pent_roof",
        "eaves_at",
    )
    units = ("m", "m NAP")
    plan_values = ("goothoogte",)
    profile = {"exempt_parts": "exempt_classes", "eaves": "", "applies_to": ""}
    weighs_exceptions = True
    switches: Mapping[str, Switch] = {
        "exclude_dormers": "yes_no", "exclude_below_pct": "percent", "flat_equals_eaves": "yes_no",
        "pent_roof": ("low_side", "both_sides"), "eaves_at": ("drip", "wall_plane"), "measured_at": ("front_facade",),
        "roof_envelope_angle_deg": "roof_angle", "exempt_classes": "part_kinds", "candidate_area_pct": "percent",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone that the design stands in, the strictest first."""
        zones = limit_zones(rule, context, NAMES, "maximum", context.geometry.footprint)
        if not zones:
            return (no_limit(rule, context, NAMES, "maximum", SUBJECT),)
        if not len(context.design.triangles):
            return (not_assessable(rule, context, SUBJECT, Note.of("surroundings_no_body")),)
        found = [judge_zone(rule, context, zone, ()) for zone in zones]
        return (*found, *no_value_there(rule, context, zones, NAMES[0]))


def judge_zone(rule: Rule, context: Context, zone: LimitZone, notes: tuple[Note, ...]) -> Finding:
    """Return the finding of one zone, in the variant that the rule names."""
    if rule.measure.get("roof_envelope_angle_deg") is not None:
        return over_peil(rule, context, zone.subject, partial(judge_envelope, rule, context, zone))
    flat_equals = rule.measure.get("flat_equals_eaves")
    if is_flat(context.geometry) and flat_equals is True:
        notes = (*notes, Note.of("zoning_flat_equals_eaves"))
        return over_peil(rule, context, zone.subject, partial(judge_height, rule, context, zone, notes=notes))
    key = ("eaves in", context.measured_from, zone.polygon)
    every = context.memo(key, lambda: in_area(context.geometry.eaves_places, zone.polygon))
    places = tuple(place for place in every if not (place.flat and place.kind == MAIN and flat_equals is False))
    if every and not places:
        return finding(rule, context, zone.subject, Verdict.NOT_APPLICABLE, notes=(*notes, Note.of("zoning_flat_has_no_eaves")))
    judge = partial(judge_eaves, rule, context, zone, places, notes)
    if rule.measure.get("measured_at") == "front_facade" and context.peil.chosen is None:
        level = front_level(context)
        if level is not None:
            return judge(level)
    return over_peil(rule, context, zone.subject, judge)


@dataclass(frozen=True, eq=False)
class Counted:
    """The eaves of a zone that count in this reading, and what to say."""

    places: tuple[EavesPlace, ...]
    notes: tuple[Note, ...]


def counted_places(rule: Rule, context: Context, places: tuple[EavesPlace, ...], passes: Callable[[Sequence[EavesPlace]], bool]) -> Counted:
    """Return which eaves count by the rule's switches and, where that ``passes`` the limit, the officer's answer."""
    main = tuple(place for place in places if place.kind == MAIN)
    high = tuple(place for place in places if place.kind == HIGH)
    if high and said(rule, context, "pent_roof") == "both_sides":
        main, high = (*main, *high), ()
    notes = (Note.of("zoning_high_side"),) if high else ()
    hips = tuple(place for place in places if place.kind == HALF_HIP)
    over = bool(hips) and passes(hips)
    if hips and (not over or (not (main and passes(main)) and context.yes_no("half_hips_count", Note.of("zoning_question_half_hips"), likely=True))):
        main = (*main, *hips)
    elif hips:
        notes = (*notes, Note.of("zoning_half_hips_excluded"))
    minor = tuple(place for place in places if place.kind in (DORMER, RAISED))
    if main and passes(main) and is_on_a_roof(context):
        main, minor = (), (*main, *minor)
    if not minor:
        return Counted(main, notes)
    excluded, share = rule.measure.get("exclude_dormers"), rule.measure.get("exclude_below_pct")
    width = round(100.0 * joint_share(context.geometry, minor), 1)
    if excluded is None and share is not None:
        excluded = width < float(share)
        notes = (*notes, Note.of("zoning_dormers_narrow" if excluded else "zoning_dormers_wide", width=width, share=float(share)))
    if excluded is None:
        if not passes((*main, *minor)) or (main and passes(main)):  # the answer would change nothing
            return Counted(main if main and passes(main) else (*main, *minor), notes)
        excluded = not context.yes_no("dormers_count", Note.of("zoning_question_dormers"), likely=True)
    if not excluded:
        return Counted((*main, *minor), notes)
    flush = tuple(place for place in minor if place.flush)
    if flush and passes(flush) and not (main and passes(main)) and not flush_is_dormer(context):
        return Counted((*main, *flush), notes)
    return Counted(main, (*notes, Note.of("zoning_dormers_excluded")))


def judge_eaves(
    rule: Rule, context: Context, zone: LimitZone, places: tuple[EavesPlace, ...], notes: tuple[Note, ...], level: PeilCandidate
) -> Finding:
    """Return the finding of the highest eaves in one zone above one peil."""
    sources = level_sources(zone, level) + declared(rule, "level", "height", "mesh")

    def passes(some: Sequence[EavesPlace]) -> bool:
        measured = (_measured(zone, tuple(some), level, sources, at) for at in SAID["eaves_at"].values())
        return any(one is not None and one.verdict() is not Verdict.COMPLIES for one in measured)

    told = counted_places(rule, context, places, passes)
    if places and not told.places and is_on_a_roof(context):  # a dormer by itself: the eaves of the house stay as they are
        return finding(rule, context, zone.subject, Verdict.NOT_APPLICABLE, notes=(*zone.notes, *notes, *told.notes))
    both = {at: _measured(zone, told.places, level, sources, at) for at in SAID["eaves_at"].values()}
    alike = len({one.verdict() for one in both.values() if one is not None}) < 2
    reading = str(rule.measure.get("eaves_at", "drip")) if alike else said(rule, context, "eaves_at")
    deciding = both[reading]
    if deciding is None or is_curved(context.geometry):
        return judge_extremes(rule, context, zone, level, sources, told, notes)
    return finding(
        rule, context, zone.subject, deciding.verdict(),
        measurements=(deciding, *_others(told, places, level, reading), peil_measurement(level)),
        evidence=evidence(context, zone, places, level, deciding, reading), inputs=inputs_of("plans", *zone.areas),
        notes=(*zone.notes, *notes, *told.notes),
    )


def _measured(
    zone: LimitZone, places: tuple[EavesPlace, ...], level: PeilCandidate, sources: tuple[UncertaintySource, ...], at: str
) -> Measurement | None:
    if not places:
        return None
    highest = max(place.z(at) for place in places)
    return against(zone.limit, "eaves_above_peil", highest - level.nap_m, "m", sources)


def _others(told: Counted, places: tuple[EavesPlace, ...], level: PeilCandidate, reading: str) -> tuple[Measurement, ...]:
    """Return, for information, the other reading of the deciding eaves and the highest of each other kind."""
    other = "drip" if reading == "wall_plane" else "wall_plane"
    found = []
    if told.places:
        best = max(told.places, key=lambda place: place.z(reading))
        found.append(Measurement(f"eaves_{other}", round(best.z(other) - level.nap_m, 4), "m"))
    for kind in (MAIN, DORMER, RAISED, HIGH, HALF_HIP):
        tops = [place.z(reading) for place in places if place.kind == kind]
        if tops:
            found.append(Measurement(f"eaves_{kind}", round(max(tops) - level.nap_m, 4), "m"))
    return tuple(found)


def judge_extremes(
    rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate, sources: tuple[UncertaintySource, ...], told: Counted,
    notes: tuple[Note, ...],
) -> Finding:
    """Return the finding where the eaves are not sure: firm only when the highest point of all complies, or where a curve begins above the limit."""
    point = highest_in(context, zone)
    point = context.geometry.highest_points.highest() if point is None else point
    if point is None:
        return not_assessable(rule, context, zone.subject, Note.of("surroundings_no_body"))
    top = against(zone.limit, "height_above_peil", float(point[2]) - level.nap_m, "m", sources)
    sure = top.verdict() is Verdict.COMPLIES
    note = Note.of("zoning_curved_roof" if is_curved(context.geometry) else "zoning_no_eaves")
    told_eaves = _measured(zone, told.places, level, sources, str(rule.measure.get("eaves_at", "drip")))
    deciding = top if sure or told_eaves is None else told_eaves
    foot = springing(context.geometry) if told_eaves is not None and is_curved(context.geometry) else None
    lowest = None if foot is None else against(zone.limit, "springing", foot - level.nap_m, "m", sources)
    above = lowest is not None and lowest.verdict() is Verdict.VIOLATES and deciding.verdict() is Verdict.VIOLATES
    return finding(
        rule, context, zone.subject, Verdict.COMPLIES if sure else Verdict.VIOLATES if above else Verdict.NEEDS_JUDGEMENT,
        measurements=(deciding, peil_measurement(level), Measurement("top", round(float(point[2]), 4), "m NAP")),
        evidence=(
            *evidence(context, zone, told.places, level, deciding, "drip")[:-1],
            Evidence("highest_point", Point(*point), value=top.value, unit="m"), profile_line(context, point),
        ),
        inputs=inputs_of("plans", *zone.areas), notes=(*zone.notes, *notes, *told.notes, note),
    )


def evidence(
    context: Context, zone: LimitZone, places: tuple[EavesPlace, ...], level: PeilCandidate, deciding: Measurement, reading: str
) -> tuple[Evidence, ...]:
    """Return the limit as a plane, each eaves with its height (in 3D a strip of facade up to it), and the profile through the highest."""
    limit_nap = level.nap_m + float(zone.limit.value or zone.limit.high or 0.0)
    pieces = [level_surface(zone, limit_nap, round(limit_nap - level.nap_m, 4))]
    for place in sorted(places, key=lambda place: (place.z(reading), place.kind)):
        z = place.z(reading)
        over = z > limit_nap + 0.005
        pieces.append(Evidence("eaves_over" if over else "eaves", place.shown(reading), value=round(z - level.nap_m, 3), unit="m"))
        if over:
            hanging = strip(place.shown(reading, OFF_M), limit_nap, z)
            pieces.append(Evidence("eaves_strip", triangles=hanging, value=round(z - limit_nap, 3), unit="m"))
    worst = [place for place in places if abs(place.z(reading) - level.nap_m - (deciding.value or 0.0)) < 1e-3]
    if not worst:
        return tuple(pieces)
    at = np.array([*worst[0].middle, worst[0].z(reading)])
    across = worst[0].inward if worst[0].inward.any() else None
    return (*pieces, profile_line(context, at, across))


def strip(line: LineString, low: float, high: float) -> Floats:
    """Return the upright strip (n, 3, 3) under a line between two heights."""
    xy = shapely.get_coordinates(line)
    a, b = xy[:-1], xy[1:]
    corners = [np.column_stack([part, np.full(len(part), z)]) for part, z in ((a, low), (b, low), (b, high), (a, high))]
    return np.concatenate([np.stack([corners[i], corners[j], corners[k]], axis=1) for i, j, k in ((0, 1, 2), (0, 2, 3))])
