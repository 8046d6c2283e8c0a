"""Building within the bouwvlak.

What it checks
    Whether the wall-enclosed footprint stays inside the bouwvlakken of the plan.
Legal basis
    "Gebouwen mogen uitsluitend binnen het bouwvlak worden gebouwd" (text of the plan); overstepping by ondergeschikte
    bouwdelen only as far as the plan says.
Inputs
    Plan areas ``bouwvlak``; design mesh with part classes and levels. ``measure.minor_overshoot_m`` (default 0: not allowed),
    ``measure.minor_overshoot_road_m`` where the plan allows more towards the road, ``measure.minor_classes``; ``measure.count_below_ground:
    true | false`` or the answer ``count_below_ground: yes | no``: whether rooms below ground must lie inside too.
How measured
    Footprint = union of sections 1.0 m above each floor (without levels: slices every 0.5 m); outside = footprint minus the
    union of the bouwvlakken, up to the axis of a party wall (``measure.party_walls: ignore``: all of it). Touching the bouwgrens is inside.
    Minor parts (``minor_classes``) are projected and judged
    apart, each by its own depth: allowed up to ``minor_overshoot_m``. A cellar that reaches outside under the ground (wider than 1 m: no
    footing) needs judgement while the plan is silent. The overhang of a roof is not in the footprint: where the plan states an
    overshoot and the roof reaches further, judgement is needed; else it is told.
Limits
    Both sides are legal or design geometry: no uncertainty but rounding. Secondary buildings may stand outside by other
    articles: apply the rule per object. A number in the rule's ``limit`` is a fault: what may stand outside is ``minor_overshoot_m``.
References
    SVBP2012; docs/measuring.md A1 measures depth as the largest distance from the bouwgrens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only, projection, without_slivers, without_thin
from ...measure.building.named_kinds import STRUCTURE
from ...measure.building.overhangs import reach
from ...measure.plane import overlay
from ...model import Evidence, Finding, Measurement, Note, PlanArea, Rule, Verdict
from ..declared.declaration import PART, STABLE, ZONING, Drawn, Switch
from ..engine.base import Check, Context, finding, inputs_of, missing_layers, not_assessable
from ..engine.exceptions import parts_only
from ..engine.objects import BUILDINGS
from ..engine.open_points.unseen import EITHER, HIGHER, LOWER
from ..engine.scope import kinds_of, plan_ground
from ..engine.standing import UNTOLD
from ..shared.horizontal.boundaries import ROADS, roads_of
from ..shared.horizontal.building_planes import annexes, open_ground, own_planes
from ..shared.horizontal.hanging import FENCE_M, LEAST_M2, OVERSTEK_M, SEAM_M, low_structures, on_posts, perhaps_a_room, reaches_beyond, seen_above, structures
from ..shared.horizontal.party_walls import to_the_axis
from ..shared.horizontal.underground import above_ground, below_counts, rooms_below
from ..shared.zones import profile_line

MINOR_CLASSES = ("balcony", "canopy", "chimney", "stair", "railing")
EPSILON_M = 0.005
DENSE_M = 0.25
AT_THE_WALL_M = 0.1
"""What hangs out of a facade begins at it."""
FACING = 0.7
SUBJECT = Note.of("subject_bouwvlak")


class WithinBuildingPlane(Check):
    """``within_building_plane``; see the module's text."""

    name = "within_building_plane"
    code, stage, family, about = "DRL-A01", STABLE, ZONING, PART
    in_plan = True
    by_place = True
    title = {"nl": "Bouwen binnen het bouwvlak", "en": "Building within the bouwvlak"}
    needs: tuple[str, ...] = ("plans",)
    reads = ("open_parts_minor", "built_without_bouwvlak:*", "outside_is_annex", "count_below_ground", "front_boundary", "parcels", "unregistered_count")
    units = ("m2", "m")
    drawn = Drawn(("bouwvlak", "enkelbestemming"))
    profile = {"minor_parts": "", "applies_to": ""}
    switches: Mapping[str, Switch] = {
        "minor_overshoot_m": "metres", "minor_overshoot_road_m": "metres", "minor_classes": "part_kinds", "count_below_ground": "yes_no",
        "party_walls": "party_walls",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the finding of the design against the bouwvlakken near it, and one of what stands where no known plan speaks."""
        missing = missing_layers(self, context)
        if missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        if rule.limit is not None and rule.limit.value:
            unread = Note.of("engine_limit_unread", value=rule.limit.value, switches="minor_overshoot_m")
            return (not_assessable(rule, context, SUBJECT, unread),)
        context.looks("plans", EITHER, context.projection)
        planes = list(own_planes(context))
        if not planes:
            return (not_assessable(rule, context, SUBJECT, Note.of("checks_no_bouwvlak")),)
        bouwvlak = overlay.union([plane.geometry for plane in planes])
        beyond = outside_of(context.geometry.footprint, bouwvlak)
        free = (open_ground(rule, context, beyond), annexes(rule, context, beyond))
        bouwvlak = overlay.union([bouwvlak, *(ground for ground in free if not ground.is_empty)])
        near = [plane for plane in planes if plane.geometry.distance(context.geometry.footprint) < 1.0] or planes
        below = below_ground(context, bouwvlak)
        counts = not below.is_empty and below_counts(rule, context)
        parts = outside_parts(rule, context, bouwvlak)
        core = overlay.union([parts.core, below]) if counts else above_ground(context, parts.core)
        parts = replace(parts, core=core)
        parts, unspoken = of_its_plan(context, parts)
        found = judge(rule, context, parts, near)
        return (found if below.is_empty else with_below(found, below, counts), *no_plan_there(rule, context, unspoken))


def below_ground(context: Context, bouwvlak: BaseGeometry) -> BaseGeometry:
    """Return the rooms below ground that lie outside the bouwvlak, beyond what stands above them."""
    below = rooms_below(context)
    return below if below.is_empty else context.here(outside_of(below, bouwvlak))


def with_below(found: Finding, below: BaseGeometry, counts: bool) -> Finding:
    """Return a finding that tells of the rooms below ground outside the bouwvlak."""
    word = "counted" if counts else "not_counted"
    return replace(found, notes=(*found.notes, Note.of(f"zoning_below_outside_{word}", area=round(below.area, 2))))


@dataclass(frozen=True, eq=False)
class Outside:
    """What lies outside the bouwvlak (RD): of the footprint (up to the axis of party walls, which ``walls`` tells), of minor parts, and of the roof's
    overhang."""

    bouwvlak: BaseGeometry
    core: BaseGeometry
    minor: BaseGeometry
    roof: BaseGeometry
    walls: tuple[Note, ...] = ()

    def only(self, cut: Callable[[BaseGeometry], BaseGeometry]) -> Outside:
        """Return what of it is left of each by a cut."""
        return replace(self, core=cut(self.core), minor=cut(self.minor), roof=cut(self.roof))


def of_its_plan(context: Context, parts: Outside) -> tuple[Outside, BaseGeometry]:
    """Return what lies outside on the ground of the rule's plan, and what does on ground (RD) of no plan that is known."""
    own = plan_ground(context) if context.plan_id else None
    if own is None or all(shapely.covers(own, shape) for shape in (parts.core, parts.minor, parts.roof) if not shape.is_empty):
        return parts, shapely.MultiPolygon()
    beyond = parts.only(lambda shape: without_slivers(polygons_only(overlay.difference(shape, own))))
    inside = parts.only(lambda shape: without_slivers(polygons_only(overlay.intersection(shape, own))))
    return inside, overlay.union([beyond.core, beyond.minor, beyond.roof])


def no_plan_there(rule: Rule, context: Context, ground: BaseGeometry) -> tuple[Finding, ...]:
    """Return the finding of what stands outside the bouwvlak where no plan that is known speaks."""
    if ground.is_empty:
        return ()
    area, subject = round(ground.area, 2), Note.of("subject_no_value", name="bouwvlak")
    evidence = (Evidence("outside_area", ground, value=area, unit="m2"),)
    measured = (Measurement("outside_zones", area, "m2"),)
    return (not_assessable(rule, context, subject, Note.of("checks_no_plan_there", area=area), measurements=measured, evidence=evidence),)


def outside_parts(rule: Rule, context: Context, bouwvlak: BaseGeometry) -> Outside:
    """Return what of the design lies outside."""
    classes = parts_only(rule.measure.get("minor_classes", MINOR_CLASSES), context.design.kinds)
    core = outside_of(context.geometry.footprint_without(classes), bouwvlak) if context.geometry.encloses else shapely.MultiPolygon()
    core, walls = (core, ()) if core.is_empty else to_the_axis(rule, context, core, {"outside_area": 1.0})
    minor_parts = [part for part in context.design.parts if part.kind in classes]
    hung = without_slivers(polygons_only(overlay.difference(projection(minor_parts), on_posts(context))))  # a carport is no part of the building
    minor = outside_of(overlay.difference(hung, core.buffer(1e-6)), bouwvlak)
    return Outside(bouwvlak, core, minor, open_parts(rule, context, bouwvlak, minor), walls).only(context.here)


def open_parts(rule: Rule, context: Context, bouwvlak: BaseGeometry, minor: BaseGeometry) -> BaseGeometry:
    """Return what of the projection lies outside the bouwvlak without being enclosed or told a minor part: overhangs, slabs, open roofs; and
    terraces and the like, but where the rule is about buildings."""
    footprint = context.geometry.footprint
    if not context.geometry.encloses:
        return outside_of(overlay.difference(footprint, overlay.grown(minor, SEAM_M)), bouwvlak)
    known = overlay.union([overlay.grown(footprint, SEAM_M), overlay.grown(minor, SEAM_M), rooms_below(context)])
    near = overlay.grown(footprint, AT_THE_WALL_M)
    above = seen_above(context) if kinds_of(rule) and set(kinds_of(rule)) <= set(BUILDINGS) else overlay.union([seen_above(context), low_structures(context)])
    loose = shapely.get_parts(polygons_only(overlay.difference(above, known)))
    masts = structures(context)
    kept = [p for p in loose if p.intersects(near) or p.intersects(masts) or not without_thin(p, FENCE_M).is_empty]  # a fence is no part of a building
    beyond = shapely.get_parts(polygons_only(overlay.difference(shapely.union_all(kept), bouwvlak))) if kept else ()
    pieces = [piece for piece in beyond if piece.area > LEAST_M2 or (piece.area > 0.0 and piece.intersects(masts))]
    if not pieces:
        return shapely.MultiPolygon()
    up_to_the_facade = overlay.intersection(overlay.grown(overlay.union(pieces), 2 * SEAM_M), above)
    return outside_of(overlay.difference(up_to_the_facade, overlay.union([footprint, minor, rooms_below(context)])), bouwvlak)


def outside_of(shape: BaseGeometry, bouwvlak: BaseGeometry) -> BaseGeometry:
    """Return what lies outside, without slivers thinner than the numeric epsilon."""
    found = polygons_only(overlay.difference(shape, bouwvlak))
    pieces = [p for p in shapely.get_parts(found) if not p.is_empty and deepest_point(p, bouwvlak)[1] > EPSILON_M]
    return shapely.union_all(pieces) if pieces else shapely.MultiPolygon()


def deepest_point(outside: BaseGeometry, bouwvlak: BaseGeometry) -> tuple[Point, float]:
    """Return the place of ``outside`` furthest from the bouwvlak and its distance (m).

    It is a corner, or, in a pocket or a hole of the bouwvlak, inside: then found to a centimetre as the middle of the largest circle.
    """
    corners = shapely.get_coordinates(outside)
    dense = shapely.get_coordinates(shapely.segmentize(outside, DENSE_M))
    wide = [part for part in shapely.get_parts(outside) if not shapely.buffer(part, -EPSILON_M).is_empty]  # in a hair GEOS looks without end
    middles = [shapely.get_coordinates(shapely.maximum_inscribed_circle(part, tolerance=0.01))[0] for part in wide]
    places = np.asarray(shapely.points(np.vstack([corners, dense, *middles])))
    distances = shapely.distance(places, bouwvlak)
    best = int(np.argmax(distances > distances.max() - 1e-9))
    return places[best], float(distances[best])


def allowed_overshoot(rule: Rule, context: Context, piece: BaseGeometry, bouwvlak: BaseGeometry) -> float:
    """Return how far a minor part may overstep: more towards the road where the rule says so."""
    plain = float(rule.measure.get("minor_overshoot_m", 0.0))
    road = rule.measure.get("minor_overshoot_road_m")
    if road is None:
        return plain
    context.looks("bgt", LOWER if float(road) > plain else HIGHER, piece, around_m=max(float(road), plain), kinds=ROADS)
    roads = roads_of(context)
    if not roads:
        return plain
    place, depth = deepest_point(piece, bouwvlak)
    foot = Point(shapely.get_coordinates(shapely.shortest_line(bouwvlak, place))[0])
    near = shapely.union_all([item.geometry for item in roads])
    nearer = float(near.distance(foot) - near.distance(place))
    return float(road) if nearer > FACING * depth or near.distance(place) < EPSILON_M else plain


def judge(rule: Rule, context: Context, parts: Outside, planes: list[PlanArea]) -> Finding:
    """Return the finding from what lies outside: enclosed parts first, minor parts apart."""
    overshoot = float(rule.measure.get("minor_overshoot_m", 0.0))
    notes: tuple[Note, ...] = (Note.of(f"checks_footprint_{context.geometry.footprint_method}"), *parts.walls)
    beyond = [p for p in shapely.get_parts(parts.minor) if not p.is_empty and _over(rule, context, p, parts.bouwvlak) > EPSILON_M]
    outside, tolerated, allowed = parts.core, False, 0.0
    depth = 0.0 if outside.is_empty else deepest_point(outside, parts.bouwvlak)[1]
    if not outside.is_empty:
        untold = all(part.kind in UNTOLD for part in context.design.parts)
        doubtful = untold and overshoot > 0 and depth <= overshoot + EPSILON_M
        verdict = Verdict.NEEDS_JUDGEMENT if doubtful else Verdict.VIOLATES
        if doubtful:
            allowed = overshoot
            notes += (Note.of("checks_unclassified_outside", depth=round(depth, 3), overshoot=overshoot),)
        outside = shapely.union_all([outside, *beyond])
        depth = deepest_point(outside, parts.bouwvlak)[1] if beyond else depth  # a canopy that counts may reach further than the wall
    elif not parts.minor.is_empty:
        outside = shapely.union_all(beyond) if beyond else parts.minor
        depth = deepest_point(outside, parts.bouwvlak)[1]
        allowed = allowed_overshoot(rule, context, outside, parts.bouwvlak)
        verdict, tolerated = (Verdict.VIOLATES, False) if beyond else (Verdict.COMPLIES, True)
        if tolerated:
            notes += (Note.of("checks_minor_tolerated", depth=round(depth, 3), overshoot=allowed),)
    else:
        verdict = Verdict.COMPLIES
    counts, roof_notes = open_counts(rule, context, parts)
    if counts:
        outside = shapely.union_all([parts.roof, *([] if tolerated else [outside])])
        verdict, tolerated, depth = Verdict.VIOLATES, False, max(0.0 if tolerated else depth, deepest_point(parts.roof, parts.bouwvlak)[1])
    counted = 0.0 if tolerated else outside.area
    return finding(
        rule, context, SUBJECT, verdict,
        measurements=(
            Measurement("outside_area", round(counted, 4), "m2", "<=", 0.0),
            Measurement("outside_depth", round(depth, 4), "m", "<=", allowed),
            Measurement("footprint", round(context.geometry.footprint.area, 4), "m2"),
        ),
        evidence=evidence(context, outside, parts.bouwvlak, planes, depth),
        inputs=inputs_of("plans", *planes),
        notes=notes + roof_notes,
    )


def _over(rule: Rule, context: Context, piece: BaseGeometry, bouwvlak: BaseGeometry) -> float:
    return deepest_point(piece, bouwvlak)[1] - allowed_overshoot(rule, context, piece, bouwvlak)


def open_counts(rule: Rule, context: Context, parts: Outside) -> tuple[bool, tuple[Note, ...]]:
    """Return whether what hangs out without being enclosed counts, and what to say of it.

    A rule about bouwwerken counts it beyond the overshoot that the plan states for minor parts; else it may be a minor part: as the overhang of a
    roof, within that overshoot, it is, and for the rest the plan's list of minor parts decides, which is an open point.
    """
    if parts.roof.is_empty:
        return False, ()
    depth = round(reach(shapely.get_coordinates(parts.roof), parts.bouwvlak), 3)
    if depth <= _overhang(rule, context, parts) + EPSILON_M:
        return False, (Note.of("zoning_roof_overhang", depth=depth),)
    sure = tuple(rule.applies_to) == ("bouwwerk",) and depth > float(rule.measure.get("minor_overshoot_m", 0.0)) + EPSILON_M
    counts = sure or not context.yes_no("open_parts_minor", Note.of("zoning_question_open_parts", depth=depth), likely=True)
    return counts, (Note.of(f"zoning_open_outside_{'counted' if counts else 'not_counted'}", depth=depth, area=round(parts.roof.area, 2)),)


def _overhang(rule: Rule, context: Context, parts: Outside) -> float:
    """Return how far what hangs out may overstep (m): what the plan states for parts with a class of their own, else the overhang of a roof:
    what reaches no further from the facade than any roof does."""
    stated = rule.measure.get("minor_overshoot_m")
    told = overlay.grown(projection([part for part in context.design.parts if part.kind not in (*UNTOLD, STRUCTURE)]), SEAM_M)
    if stated is not None and shapely.covers(told, parts.roof):
        return float(stated)
    if not context.geometry.encloses or reaches_beyond(parts.roof, context.geometry.footprint, OVERSTEK_M) or perhaps_a_room(context, parts.roof):
        return 0.0
    return OVERSTEK_M if stated is None else min(float(stated), OVERSTEK_M)


def evidence(
    context: Context, outside: BaseGeometry, bouwvlak: BaseGeometry, planes: list[PlanArea], depth: float
) -> tuple[Evidence, ...]:
    """Return the bouwgrens, what lies outside, an arrow of its depth, and the profile along it."""
    line = Evidence("bouwvlak", shapely.union_all([plane.geometry for plane in planes]))
    if outside.is_empty:
        return (line,)
    point, _ = deepest_point(outside, bouwvlak)
    arrow = shapely.shortest_line(bouwvlak, point)
    ends = shapely.get_coordinates(arrow)
    place = np.array([*ends[-1], float(context.design.bounds[1, 2])])
    direction = ends[-1] - ends[0]
    return (
        line,
        Evidence("outside_area", outside, value=round(outside.area, 4), unit="m2"),
        Evidence("outside_depth", arrow, value=round(depth, 4), unit="m"),
        profile_line(context, place, direction if np.hypot(*direction) > 1e-6 else None),
    )
