"""The roof envelope: planes that rise inward from the sides of the bouwvlak at the maximum goothoogte (docs/measuring.md A3, Soest)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import cast

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from ....measure.building.eaves_places import DORMER
from ....measure.building.footprint import polygons_only
from ....measure.plan.peil import PeilCandidate
from ....measure.plan.surface_excess import WorstPoint, solid_above, worst_point
from ....measure.plane import overlay
from ....measure.plane.surfaces import Plane, Zoned, surface_mesh
from ....model import Evidence, Finding, Limit, Measurement, Note, Part, Question, Rule, Verdict
from ...engine.base import Context, finding, inputs_of, not_assessable
from ...engine.exceptions import granted
from ...engine.open_points.points import lines_point
from ...engine.weighing import against, declared, good_lines
from ..zones import LimitZone, peil_measurement, profile_line
from .heights import REACHES_M, Exemptions, exemptions, reach_of

SAME_LENGTH_M, STRAIGHT_M = 0.05, 0.05
AROUND_M = 0.10
PARALLEL = 0.97


def judge_envelope(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate) -> Finding:
    """Return the finding of what stands above the envelope: the height at the worst point (m above peil) with the limit there."""
    planes = [area for area in context.governing("bouwvlak") if area.geometry.intersects(zone.polygon)]
    bouwvlak = polygons_only(overlay.union([area.geometry for area in planes])) if planes else shapely.MultiPolygon()
    sides = sides_of(context, bouwvlak)
    if not sides:
        return not_assessable(rule, context, zone.subject, Note.of("checks_no_bouwvlak"))
    where = envelope_area(context, zone, bouwvlak)
    zoned = tuple(Zoned(rising(rule, zone, level, side, bouwvlak), where) for side in sides)
    words = exemptions(rule, context)
    parts = tuple(part for part in context.design.parts if not _excepted(part, words, zoned, context))
    triangles = np.concatenate([part.triangles for part in parts]) if parts else np.zeros((0, 3, 3))
    worst = worst_point(triangles, zoned)
    if worst is None:
        return finding(rule, context, zone.subject, Verdict.NOT_APPLICABLE, notes=(Note.of("zoning_outside_bouwvlak"),))
    deciding = _outcome(rule, context, zone, level, worst)
    return finding(
        rule, context, zone.subject, deciding.verdict(),
        measurements=(deciding, peil_measurement(level), Measurement("top", round(float(worst.point[2]), 4), "m NAP")),
        evidence=_evidence(context, worst, zoned, parts, deciding),
        inputs=inputs_of("plans", *zone.areas, *planes), notes=(*zone.notes, Note.of("zoning_envelope", angle=_angle(rule))),
    )


def _excepted(part: Part, words: Exemptions, zoned: tuple[Zoned, ...], context: Context) -> bool:
    """Whether a part does not count: of a kind that is exempt, as far above the envelope as it may reach, or that the officer excepts."""
    if part.kind not in words.free and part.kind not in words.asked:
        return False
    worst = worst_point(part.triangles, zoned)
    over = 0.0 if worst is None else float(worst.point[2]) - worst.limit_nap
    reach = words.free[part.kind] if part.kind in words.free else reach_of(words.asked[part.kind])
    if over <= 0.0 or (reach is not None and over > reach + REACHES_M):
        return over <= 0.0
    return part.kind in words.free or granted(words.asked[part.kind], context)


def _angle(rule: Rule) -> float:
    return float(rule.measure["roof_envelope_angle_deg"])


def _outcome(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate, worst: WorstPoint) -> Measurement:
    operator = zone.limit.operator if zone.limit.operator in ("<", "<=") else "<="
    limit = Limit(operator, "m", round(worst.limit_nap - level.nap_m, 4))
    sources = level.sources + declared(rule, "level", "height", "mesh")
    return against(limit, "height_at_worst_point", float(worst.point[2]) - level.nap_m, "m", sources)


def rising(rule: Rule, zone: LimitZone, level: PeilCandidate, side: LineString, bouwvlak: BaseGeometry) -> Plane:
    """Return the plane that rises inward from a side of the bouwvlak at the limit above peil."""
    start, end = shapely.get_coordinates(side)[[0, -1]]
    along = (end - start) / np.hypot(*(end - start))
    inward = np.array([-along[1], along[0]])
    if (shapely.get_coordinates(bouwvlak.centroid)[0] - start) @ inward < 0:
        inward = -inward
    rise = inward * np.tan(np.radians(_angle(rule) - 90.0))
    base = level.nap_m + float(zone.limit.value or zone.limit.high or 0.0)
    return Plane((float(start[0]), float(start[1])), base, (float(rise[0]), float(rise[1])))


def sides_of(context: Context, bouwvlak: BaseGeometry) -> tuple[LineString, ...]:
    """Return the two sides that the planes rise from: the officer's (``envelope_lines``), else the two longest sides of the bouwvlak;
    where more are as long, every parallel pair of them is a reading."""
    given = good_lines(context, "envelope_lines")
    if given:
        return given
    parts = [part for part in shapely.get_parts(bouwvlak) if part.intersects(context.projection)]
    if not parts:
        return ()
    ring = shapely.get_coordinates(shapely.simplify(max(parts, key=lambda part: part.area).exterior, STRAIGHT_M))
    sides = sorted((LineString(pair) for pair in zip(ring[:-1], ring[1:])), key=lambda side: -side.length)
    tied = [side for side in sides if side.length >= sides[1].length - SAME_LENGTH_M]
    pairs = [pair for pair in combinations(tied, 2) if _parallel(*pair)] or [(sides[0], sides[1])]
    if len(pairs) == 1:
        return pairs[0]
    question = Question("envelope_lines", Note.of("zoning_question_envelope_lines"), "lines")
    return cast("tuple[LineString, ...]", context.settle(lines_point("envelope_lines", question, pairs, bouwvlak)))


def _parallel(one: LineString, other: LineString) -> bool:
    ways = [np.diff(shapely.get_coordinates(side)[[0, -1]], axis=0)[0] / side.length for side in (one, other)]
    return bool(abs(float(ways[0] @ ways[1])) > PARALLEL)


def envelope_area(context: Context, zone: LimitZone, bouwvlak: BaseGeometry) -> BaseGeometry:
    """Return where the envelope holds: the zone inside the bouwvlak, without dormers (exempt)."""
    plans = [place.plan for place in context.geometry.eaves_places if place.kind == DORMER and place.plan is not None]
    plans += [found.plan for found in context.geometry.roof_objects]
    inside = overlay.intersection(zone.whole, bouwvlak)
    return polygons_only(overlay.difference(inside, shapely.buffer(shapely.union_all(plans), AROUND_M)) if plans else inside)


def _evidence(
    context: Context, worst: WorstPoint, zoned: Sequence[Zoned], parts: tuple[Part, ...], deciding: Measurement
) -> tuple[Evidence, ...]:
    around = shapely.buffer(shapely.box(*context.projection.bounds), 1.0, join_style="mitre")
    meshes = [mesh for item in zoned if len(mesh := surface_mesh(item, around))]
    pieces = [Evidence("limit_surface", triangles=np.concatenate(meshes))] if meshes else []
    if (deciding.margin or 0.0) < 0.0:
        solids = [solid for item in zoned if len(solid := solid_above(parts, item)[0])]
        over = round(worst.excess_m, 4)
        pieces += [Evidence("excess_volume", triangles=np.concatenate(solids), value=over, unit="m")] if solids else []
    surface = worst.zoned.surface
    direction = np.array(surface.rise) if isinstance(surface, Plane) else None
    return (*pieces, profile_line(context, worst.point, direction), Evidence("highest_point", Point(*worst.point), value=deciding.value, unit="m"))
