"""Footprints: what the walls enclose (A6 of the spec), and everything projected.

Plan text (SVBP2012): "tussen de buitenwerkse gevelvlakken ..., neerwaarts geprojecteerd": storeys that stand out count, the
overhang of a roof does not.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from ...model import Level, Part
from ...model.arrays import Ints
from ...model.design import MOVED, bounds_of
from ..plane import overlay
from ..plane.sections import GAP_M, crosses, enclosed, met_at
from ..plane.solids import solid_of
from .hanging_rooms import OUTSIDE_M, without_edges
from .leaning import TALL_M, leaning_outlines

WORKERS = min(4, os.cpu_count() or 1)
ABOVE_FLOOR_M = 1.0
STEP_M = 0.5
MOST_SLICES = 60
BATCH = 16
THIN_M = 0.2
MOST_FACES, CONVEX_M = 64, 1e-6
VERGE_M = 1.0
IN_LINE_M = 1e-6
"""Sections of a triangulated facade leave points along it; those that say nothing are dropped."""
SLIVER_M = 0.005
"""A zone under which less than this width of the design stands is only touched (the numeric epsilon of docs/measuring.md 0.2)."""
COURTYARD_M2 = 1.0
HAIR_M = 0.005
GARDEN_WALL_M = 0.6
"""Garden walls and fences are thinner; rooms and the roofs over them are wider."""
WALL_PIECE_M2 = 0.25
"""Smaller leftovers of a wall are the corners that rounding leaves."""
PLATE_M, PLATE_WIDE_M = 0.6, 1.0
"""What is no thicker and at least so wide lies: a deck, a landing or a floor that a section meets encloses nothing."""
PROJECTION = "projection"
"""How a footprint was measured where no section encloses anything."""
LOOSE_KINDS = ("stair", "railing", "furnishing", "canopy", "balcony", "antenna", "structure")
"""Parts that do not enclose a building."""


def wall_enclosed(parts: Sequence[Part], levels: Sequence[Level], ground_nap: float) -> tuple[BaseGeometry, str]:
    """Return the union of wall-enclosed sections (RD) and how it was measured.

    ``levels``: sections at 1.0 m above each level that lies above ``ground_nap``, and where storey-high parts stand out between them.
    ``slices``: without levels, sections every
    0.5 m from ground + 0.5 m; what does not stand in two slices on end (thinner than 0.5 m) is dropped. ``projection``: no
    section encloses anything, so everything projected stands in for it.
    """
    return _wall_enclosed(tuple(part for part in parts if part.kind not in LOOSE_KINDS), tuple(levels), float(ground_nap))


@functools.lru_cache(maxsize=16)  # outline, coverage and cellars ask alike, for each reading of peil
def _wall_enclosed(walls: tuple[Part, ...], levels: tuple[Level, ...], ground_nap: float) -> tuple[BaseGeometry, str]:
    if not walls:
        return MultiPolygon(), PROJECTION
    heights, method = section_heights(walls, levels, ground_nap)

    def cut_at(z: float) -> list[Part]:
        cut = met_at(walls, z)
        return without_plates(cut) or cut

    def outline(z: float) -> BaseGeometry:
        return storey_outline(cut_at(z), z) if method == "levels" else enclosed([part for part in cut_at(z) if crosses(part, z)], z)

    if method == "levels":
        area = overlay.union([outline(z) for z in heights])
        more = between_sections(walls, area, ground_nap)
        area = overlay.union([area, *(outline(z) for z in more)]) if more else area
        foot_z = min((z for z in heights if z <= ground_nap + 2 * ABOVE_FLOOR_M), default=ground_nap + ABOVE_FLOOR_M)
        foot = outline(foot_z)
    else:
        with ThreadPoolExecutor(WORKERS) as pool:  # GEOS lets go of Python's lock
            slices = list(pool.map(outline, heights))
            overlay.shared(slices)
            pairs = list(pool.map(overlay.intersection, slices, slices[1:])) or slices
        area = overlay.union(pairs)
        foot, foot_z = (pairs[0], heights[0]) if pairs else (area, ground_nap)
    area, rooms = without_edges(area, foot, foot_z, walls, outline)
    leaning = leaning_outlines(walls, ground_nap, area, rooms)
    area = overlay.union([area, *leaning]) if leaning else area
    area = shapely.simplify(without_thin(polygons_only(area)), IN_LINE_M)
    if area.is_empty:
        area, method = projection(walls), PROJECTION
    overlay.shared([area])
    return area, method


def without_plates(parts: Sequence[Part]) -> list[Part]:
    """Return parts without those that lie (see ``PLATE_M``)."""
    low, high = bounds_of(parts)
    flat = (high[:, 2] - low[:, 2] <= PLATE_M) & ((high - low)[:, :2].min(axis=1, initial=np.inf) >= PLATE_WIDE_M)
    if not flat.any():
        return list(parts)
    numbers = np.nonzero(flat)[0]
    wide = [number for number, plan in zip(numbers, plans_of([parts[n] for n in numbers])) if wider(shapely.get_parts(plan), PLATE_WIDE_M).any()]
    return [part for number, part in enumerate(parts) if number not in wide]


def without_courtyards(area: BaseGeometry, whole: BaseGeometry) -> BaseGeometry:
    """Return a wall-enclosed area without the open air in it: holes of more than 1 m2 in ``whole``, everything projected.

    A garden wall encloses no building: what is left of it, thin and under no roof, goes too. A model that has no roof anywhere (no covered
    place wider than its walls) has rooms for holes, and is returned as it is.
    """
    return _open_air(area, whole)[0]


def loose_walls(area: BaseGeometry, whole: BaseGeometry) -> BaseGeometry:
    """Return the walls of an area around open air with nothing behind them: those of a garden, or of a building whose roof is not drawn."""
    return _open_air(area, whole)[1]


def _open_air(area: BaseGeometry, whole: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    closed = polygons_only(overlay.grown(whole, GAP_M / 2))  # walls that meet but for a gap enclose all the same, as in a section
    holes = [overlay.grown(Polygon(ring), GAP_M / 2) for part in shapely.get_parts(closed) for ring in part.interiors]
    open_air = [overlay.difference(hole, whole) for hole in holes if hole.area > COURTYARD_M2]
    if not open_air:
        return area, MultiPolygon()
    roofed = overlay.grown(polygons_only(overlay.intersection(area, whole)), -GARDEN_WALL_M / 2)
    if roofed.is_empty:
        return area, MultiPolygon()
    air = overlay.union(open_air)
    left = polygons_only(overlay.difference(area, air))
    around = overlay.grown(air, GARDEN_WALL_M)
    walls = overlay.difference(polygons_only(overlay.intersection(left, around)), without_thin(left, GARDEN_WALL_M))
    kept = [piece for piece in shapely.get_parts(polygons_only(walls)) if piece.area > WALL_PIECE_M2]
    loose = overlay.union(kept) if kept else MultiPolygon()
    return polygons_only(overlay.difference(left, loose)) if kept else left, loose


def between_sections(walls: Sequence[Part], area: BaseGeometry, ground_nap: float) -> list[float]:
    """Return further heights (m NAP) at which storey-high parts stand out of an area (RD): bays and cantilevers between the floors."""
    low, high = bounds_of(walls)
    tall = (high[:, 2] - low[:, 2] >= TALL_M) & (high[:, 2] > ground_nap) & np.array([part.kind != "roof" for part in walls])
    if not tall.any():
        return []
    grown = overlay.prepared(overlay.grown(area, OUTSIDE_M))
    numbers = np.nonzero(tall)[0]
    boxes = shapely.box(low[numbers, 0], low[numbers, 1], high[numbers, 0], high[numbers, 1])
    out = numbers[~shapely.contains(grown, boxes)]
    out = out[~shapely.contains(grown, plans_of([walls[n] for n in out]))]
    return _through([(max(float(low[n, 2]), ground_nap), float(high[n, 2])) for n in out])


def _through(spans: Sequence[tuple[float, float]]) -> list[float]:
    """Return the fewest heights that each of some spans (low, high) has one of in its middle half: every one is cut, however many there are."""
    shared: list[tuple[float, float]] = []
    for low, high in sorted(((3 * low + high) / 4, (low + 3 * high) / 4) for low, high in spans):
        if shared and shared[-1][1] >= low:
            shared[-1] = low, min(shared[-1][1], high)
        else:
            shared.append((low, high))
    return [round((low + high) / 2, 3) for low, high in shared]


def section_heights(walls: Sequence[Part], levels: Sequence[Level], ground_nap: float) -> tuple[list[float], str]:
    """Return the heights (m NAP) of the sections and their method, ``levels`` or ``slices``; see ``wall_enclosed``."""
    top = float(bounds_of(walls)[1][:, 2].max())
    heights = [level.elevation_nap + ABOVE_FLOOR_M for level in levels]
    heights = [z for z in heights if ground_nap < z < top]
    if heights:
        return heights, "levels"
    step = max(STEP_M, (top - ground_nap) / MOST_SLICES)
    return np.arange(ground_nap + step, top, step).tolist(), "slices"


def storey_outline(parts: Sequence[Part], height_nap: float) -> BaseGeometry:
    """Return what a storey encloses (RD), of parts that the plane z = ``height_nap`` meets: its section, and the walls it cuts in full, so
    that the reveal of a window or door is no notch in the facade. A roof encloses an attic, but its verge beyond the gable wall does not."""
    cut = [part for part in parts if part.kind == "wall" and crosses(part, height_nap)]
    standing = filled(overlay.union([enclosed([p for p in parts if p.kind != "roof"], height_nap), projection(cut)]))
    if not any(part.kind == "roof" and crosses(part, height_nap) for part in parts):
        return standing
    under_roof = overlay.difference(enclosed(parts, height_nap), standing)
    return overlay.union([standing, without_thin(polygons_only(under_roof), VERGE_M)])


def filled(area: BaseGeometry) -> BaseGeometry:
    """Return an area without its holes: a wall with an opening in it encloses all the same."""
    if not shapely.get_num_interior_rings(shapely.get_parts(area)).any():
        return area
    return overlay.union([shapely.Polygon(part.exterior) for part in shapely.get_parts(polygons_only(area))])


def without_thin(area: BaseGeometry, width_m: float = THIN_M) -> BaseGeometry:
    """Return an area without what is thinner than ``width_m``: gutters, posts and rails enclose nothing."""
    core = overlay.grown(area, -width_m / 2)
    return polygons_only(overlay.intersection(overlay.grown(core, width_m / 2 + 1e-6), area))


def projection(parts: Iterable[Part]) -> BaseGeometry:
    """Return the union of everything projected on the plane (RD polygon): exact for closed solids, else by triangles."""
    plans = shades(parts)
    boxes = cast("NDArray[np.object_]", shapely.box(*shapely.bounds(plans).T))
    order = np.argsort(-shapely.area(boxes), kind="stable")
    area: BaseGeometry = MultiPolygon()
    batch = BATCH
    while len(order):  # the largest first: what lies wholly under them adds nothing
        area = polygons_only(overlay.union([area, *plans[order[:batch]]]))
        order = order[batch:]
        order = order[~shapely.contains(overlay.prepared(area), boxes[order])]
        batch *= 16
    return area


def projection_without(whole: BaseGeometry | None, kept: Sequence[Part], left: Sequence[Part]) -> BaseGeometry:
    """Return the projection (RD) of the parts that are kept of those whose projection is ``whole``: the same where each that is left out lies
    under one that is kept, and then nothing is cut. None: it is not known."""
    if whole is None:
        return projection(kept)
    if not left:
        return whole
    plans, gone = shades(kept), shades(left)
    one, over = _boxed(gone, plans)
    if len(np.unique(one)) == len(gone):
        one = one[shapely.covers(plans[over], gone[one])]
    return whole if len(np.unique(one)) == len(gone) else projection(kept)


def _boxed(shapes: NDArray[np.object_], others: NDArray[np.object_]) -> tuple[Ints, Ints]:
    """Return the pairs (n, n) of shapes and others, by their numbers, of which the box of the one lies within that of the other."""
    one, other = shapely.STRtree(others).query(shapes) if len(others) else (np.zeros(0, dtype=np.int64),) * 2
    low, high = np.hsplit(shapely.bounds(shapes)[one], 2)
    west_south, east_north = np.hsplit(shapely.bounds(others)[other], 2)
    inside = (low >= west_south).all(axis=1) & (high <= east_north).all(axis=1)
    return one[inside], other[inside]


def shades(parts: Iterable[Part]) -> NDArray[np.object_]:
    """Return the projections (RD polygons, n) of parts, each once: one plan may be that of many. Without those of which nothing is seen from above."""
    plans = _plans([part for part in parts if len(part.faces)])
    own = [plan for plan in dict(zip(map(id, plans), plans)).values() if not plan.is_empty]
    found = np.empty(len(own), dtype=object)
    found[:] = own
    return found


def _plans(parts: Sequence[Part]) -> list[BaseGeometry]:
    """Return the projection of each of some parts that have faces."""
    try:
        return [part.kept[PLAN] for part in parts]
    except KeyError:
        _move_plans([part for part in parts if MOVED in part.kept])
        unknown = [part for part in parts if PLAN not in part.kept]
        _project_convex([part for part in unknown if part.closed])
        with ThreadPoolExecutor(WORKERS) as pool:  # GEOS lets go of Python's lock
            list(pool.map(_projected, [part for part in unknown if PLAN not in part.kept]))
        return [part.kept[PLAN] for part in parts]


def _move_plans(parts: Sequence[Part]) -> None:
    """Give parts that were moved the plans that they had where they stood, moved along; one that is that of many stays one."""
    known: dict[tuple[int, int], BaseGeometry] = {}
    stood = [part.kept[MOVED] for part in parts]
    for part, plan, (_, over) in zip(parts, _plans([one for one, _ in stood]), stood):
        key = id(plan), id(over)
        if key not in known:
            known[key] = shapely.affinity.translate(plan, *over[:2])
        part.kept[PLAN] = known[key]


PLAN = "plan"
"""Under this the plan of a part is kept with it."""


def plans_of(parts: Sequence[Part]) -> NDArray[np.object_]:
    """Return the projection (RD polygon) of each of some parts (n,)."""
    plans = np.empty(len(parts), dtype=object)
    seen = [number for number, part in enumerate(parts) if len(part.faces)]
    plans[:] = MultiPolygon()
    plans[seen] = [polygons_only(plan) for plan in _plans([parts[number] for number in seen])]
    return plans


def _project_convex(parts: Sequence[Part]) -> None:
    """Project the convex ones among closed parts at once: the hull of their corners. Models hold thousands of boxes."""
    alike: dict[tuple[int, int], list[Part]] = {}
    for part in parts:
        if len(part.faces) <= MOST_FACES:
            alike.setdefault((len(part.vertices), len(part.faces)), []).append(part)
    for group in alike.values():
        vertices = np.array([part.vertices for part in group])
        points = vertices - vertices.mean(axis=1, keepdims=True)
        faces = np.array([part.faces for part in group])
        corners = points[np.arange(len(group))[:, None, None], faces]
        normal = np.cross(corners[:, :, 1] - corners[:, :, 0], corners[:, :, 2] - corners[:, :, 0])
        normal /= np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1e-12)
        outside = points @ normal.transpose(0, 2, 1) - (corners[:, :, 0] * normal).sum(axis=2)[:, None]
        convex = np.nonzero(outside.max(axis=(1, 2)) < CONVEX_M)[0]
        xy = np.ascontiguousarray(vertices[convex, :, :2])
        plans = [corners.tobytes() for corners in xy]
        firsts = {plan: number for number, plan in reversed(list(enumerate(plans)))}  # windows above one another: one plan
        hulls = cast("NDArray[np.object_]", shapely.convex_hull(shapely.linestrings(xy[list(firsts.values())])))
        wide = shapely.get_type_id(hulls) == shapely.GeometryType.POLYGON
        known = {plan: hull for plan, hull, is_wide in zip(firsts, hulls, wide) if is_wide}
        for number, plan in zip(convex, plans):
            if plan in known:
                group[number].kept[PLAN] = known[plan]


def _projected(part: Part) -> BaseGeometry:
    area: BaseGeometry | None = part.kept.get(PLAN)
    if area is None:
        origin = np.floor(part.vertices.min(axis=0))
        solid = solid_of(part, origin)
        if solid is None:
            area = _projected_triangles(part)
        else:
            area = _even_odd([shapely.Polygon(ring + origin[:2]) for ring in solid.project().to_polygons() if len(ring) >= 3])
        part.kept[PLAN] = area
    return area


def _even_odd(rings: Sequence[BaseGeometry]) -> BaseGeometry:
    if not rings:
        return MultiPolygon()
    area = shapely.make_valid(rings[0])
    for ring in rings[1:]:
        area = shapely.symmetric_difference(area, shapely.make_valid(ring))
    return area


def _projected_triangles(part: Part) -> BaseGeometry:
    corners = part.triangles[:, :, :2]
    u, v = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    flat = corners[np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) > 1e-9]
    if not len(flat):
        return MultiPolygon()
    rings = np.concatenate([flat, flat[:, :1]], axis=1)
    return overlay.union(shapely.polygons(rings))


def polygons_only(geometry: BaseGeometry) -> BaseGeometry:
    """Return only the polygons of a geometry (slivers of lines and points that overlays leave are dropped)."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [g for g in shapely.get_parts(geometry) if g.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else MultiPolygon()


def without_slivers(shape: BaseGeometry) -> BaseGeometry:
    """Return the parts of an area that are wider than ``SLIVER_M``."""
    pieces = shapely.get_parts(shape)
    wide = wider(pieces, SLIVER_M)
    return cast(BaseGeometry, shapely.multipolygons(pieces[wide])) if wide.any() else shapely.MultiPolygon()


def wider(pieces: NDArray[np.object_], width_m: float) -> NDArray[np.bool_]:
    """Return which polygons (n,) have room for a circle of a diameter somewhere.

    Within half of it from an edge of length L lies at most L times the diameter and half circles at its ends: what is larger needs no closer look.
    """
    edges = width_m * shapely.length(pieces) + np.pi / 4 * width_m**2 * (shapely.get_num_interior_rings(pieces) + 1)
    wide: NDArray[np.bool_] = shapely.area(pieces) > edges
    wide[~wide] = ~shapely.is_empty(shapely.buffer(pieces[~wide], -width_m / 2))
    return wide


def without_neighbours(area: BaseGeometry, shape: BaseGeometry) -> BaseGeometry:
    """Return an area (RD) without a hair (``SLIVER_M``) along what of a shape stands beside it."""
    west, south, east, north = area.bounds
    near = overlay.around(shape, west - 2 * SLIVER_M, south - 2 * SLIVER_M, east + 2 * SLIVER_M, north + 2 * SLIVER_M)
    beside = without_slivers(polygons_only(overlay.difference(near, area)))
    return area if beside.is_empty else polygons_only(overlay.difference(area, overlay.grown(beside, SLIVER_M)))


def stands_in(area: BaseGeometry, shape: BaseGeometry) -> bool:
    """Whether a shape (RD) stands in an area by more than a touch; of a shape without any width every meeting counts."""
    if shape.area == 0.0 or area.area == 0.0:
        return bool(shapely.intersects(area, shape))
    return bool(shapely.intersects(area, shape)) and not without_slivers(polygons_only(overlay.intersection(area, shape))).is_empty
