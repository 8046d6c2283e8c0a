"""Where and how far a design stands above a height limit that is a surface.

The worst point is where the design stands highest above the limit, or stays nearest below it. Under a plane or a cone it lies
at a corner, on an edge, or on the edge of the zone (docs/measuring.md A13: "vertices AND edges"); under a surface that dips also in the
midst of a triangle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import manifold3d
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats, extent
from ...model.design import bounds_of
from ..building.footprint import polygons_only
from ..plane import overlay
from ..plane.inside import inside
from ..plane.solids import prism, solids_of, triangles_of, union
from ..plane.surfaces import Surface, Zoned

STEP_M = 0.5
"""Steps along an edge (docs/measuring.md A13: 0.5 m suffices); the best place is then refined to a hundredth of a millimetre."""
REFINE = 33
MOST_STEPS = 200
GRID = 33
ROUNDING_M = 1e-6
"""Top - limit + limit is not always top in floating point: the highest corner itself must stay."""
AROUND_M = 1.0
"""Room around triangles when a zone is cut down to them: a wall that stands north to south has no width of its own."""
FEWEST_CELLS, MOST_CELLS, STRAIGHT_M = 6, 48, 2.5e-4


@dataclass(frozen=True, eq=False)
class WorstPoint:
    """Where a design stands highest above its limit: ``point`` (3,) RD + NAP, ``limit_nap`` there."""

    point: Floats
    limit_nap: float
    zoned: Zoned

    @property
    def excess_m(self) -> float:
        """Metres above the limit; negative below it."""
        return float(self.point[2]) - self.limit_nap


def worst_point(triangles: Floats, zoned: Sequence[Zoned]) -> WorstPoint | None:
    """Return the worst point of triangles (n, 3, 3) RD + NAP over zoned surfaces; None when none reaches the design."""
    found = [worst for item in zoned if (worst := _worst_of(triangles, item)) is not None]
    return max(found, key=lambda worst: worst.excess_m, default=None)


def covered(shape: BaseGeometry, zoned: Sequence[Zoned]) -> bool:
    """Whether the surfaces reach everywhere in a shape (RD polygon) inside their zones: tried at its corners and on a grid."""
    if not any(item.surface.dips for item in zoned):
        return True
    xy = np.concatenate([shapely.get_coordinates(shape), grid_in(shape)])
    known, asked = np.zeros(len(xy), bool), np.zeros(len(xy), bool)
    for item in zoned:
        within = np.ones(len(xy), bool) if item.zone is None else inside(item.zone, xy)
        asked |= within
        known[within] |= np.isfinite(item.surface.heights(xy[within]))
    return bool(known[asked].all())


def grid_in(shape: BaseGeometry) -> Floats:
    """Return points (n, 2) of a grid of ``GRID`` steps over a shape that lie in it."""
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
    xy = np.column_stack([x.ravel(), y.ravel()])
    return xy[inside(shape, xy)]


def _hopeful(triangles: Floats, zoned: Zoned) -> Floats:
    """Return the triangles that may hold the worst point: those that reach above the highest corner's excess over the lowest limit.

    The surface is nowhere lower than on a grid over the design, less what it falls between the grid's points.
    """
    corners = triangles.reshape(-1, 3)
    low, high = extent(corners)
    near = shapely.box(*low[:2], *high[:2])
    zone = None if zoned.zone is None or shapely.covers(zoned.zone, near) else overlay.intersection(zoned.zone, near)
    within = corners if zone is None else corners[inside(zone, corners[:, :2])]
    x, y = np.meshgrid(np.linspace(low[0], high[0], GRID), np.linspace(low[1], high[1], GRID))
    limits = zoned.surface.heights(np.column_stack([x.ravel(), y.ravel()]))
    if not len(within) or not np.isfinite(limits).all():
        return triangles
    top = within[within[:, 2].argmax()]
    over = float(top[2] - zoned.surface.heights(top[None, :2])[0])
    lowest = float(limits.min()) - zoned.surface.slope * float(np.hypot(*(high - low)[:2])) / (GRID - 1)
    a, b, c = triangles[:, :, 2].T
    return triangles[np.maximum(np.maximum(a, b), c) >= over + lowest - ROUNDING_M]


def _worst_of(triangles: Floats, zoned: Zoned) -> WorstPoint | None:
    if zoned.zone is not None and zoned.zone.is_empty:
        return None
    triangles = _hopeful(triangles, zoned)
    starts, ends = segments(triangles, zoned.zone)
    if not len(starts):
        return None
    below = [zoned.surface.heights(points[:, :2]) for points in (starts, ends)]
    over = np.stack([starts[:, 2] - below[0], ends[:, 2] - below[1]], axis=1)
    best_end = np.where(np.isfinite(over), over, -np.inf)
    best = float(best_end.max())
    at = np.unravel_index(int(best_end.argmax()), over.shape)
    point = (starts, ends)[at[1]][at[0]]
    length = np.hypot(*(ends - starts)[:, :2].T)
    bound = np.maximum(starts[:, 2], ends[:, 2]) - (below[0] + below[1] - zoned.surface.slope * length) / 2
    hopeful = (length > 1e-6) & ~(bound <= best)  # an unknown end gives no bound: keep it
    if hopeful.any():
        inner = _along(starts[hopeful], ends[hopeful], zoned.surface, best)
        point = point if inner is None else inner
    if zoned.surface.dips:
        here = float(point[2] - zoned.surface.heights(point[None, :2])[0]) if np.isfinite(best) else -np.inf
        point = _in_triangles(triangles, zoned, here, point)
    limit = float(zoned.surface.heights(point[None, :2])[0])
    return WorstPoint(point, limit, zoned) if np.isfinite(limit) else None


def _along(starts: Floats, ends: Floats, surface: Surface, best: float) -> Floats | None:
    """Return the place (3,) along segments (n, 3) that stands higher above the surface than ``best``, or None."""
    length = np.hypot(*(ends - starts)[:, :2].T)
    counts = np.maximum(np.ceil(length / STEP_M).astype(int), 2) + 1
    owner = np.repeat(np.arange(len(starts)), counts)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    t = step / (counts[owner] - 1)
    over = _over(starts[owner], ends[owner], t, surface)
    number = int(over.argmax())
    row, centre, width = owner[number], t[number], 1.0 / (counts[owner[number]] - 1)
    for _ in range(4):
        fine = np.clip(np.linspace(centre - width, centre + width, REFINE), 0.0, 1.0)
        over = _over(starts[[row] * REFINE], ends[[row] * REFINE], fine, surface)
        centre, width = fine[int(over.argmax())], width * 2.0 / (REFINE - 1)
    if over.max() <= best + 1e-9:
        return None
    place: Floats = starts[row] + centre * (ends[row] - starts[row])
    return place


def _in_triangles(triangles: Floats, zoned: Zoned, best: float, point: Floats) -> Floats:
    """Return the place (3,) in the midst of a triangle that stands higher above a surface that dips than ``best``; else ``point``."""
    corners = triangles.reshape(-1, 3)
    under = zoned.surface.heights(corners[:, :2]).reshape(-1, 3)
    size = np.hypot(*(triangles[:, [1, 2, 0], :2] - triangles[:, :, :2]).transpose(2, 0, 1)).max(axis=1)
    bound = triangles[:, :, 2].max(axis=1) - under.min(axis=1) + zoned.surface.slope * size
    for triangle in triangles[(size > STEP_M) & ~(bound <= best)]:
        for shares in _spread(triangle):
            places = shares @ triangle
            over = places[:, 2] - zoned.surface.heights(places[:, :2])
            within = np.isfinite(over) if zoned.zone is None else np.isfinite(over) & inside(zoned.zone, places[:, :2])
            over = np.where(within, over, -np.inf)
            if over.max() > best + 1e-9:
                best, point = float(over.max()), places[int(over.argmax())]
    return point


def _spread(triangle: Floats) -> Iterator[Floats]:
    """Yield places spread over a triangle (3, 3) as shares (n, 3) of its corners, no farther apart than ``STEP_M``."""
    size = float(np.hypot(*(triangle[[1, 2, 0], :2] - triangle[:, :2]).T).max())
    count = min(int(np.ceil(size / STEP_M)), MOST_STEPS)
    for row in range(count + 1):
        along = np.arange(count + 1 - row)
        yield np.column_stack([along, np.full(len(along), row), count - row - along]) / count


def _over(starts: Floats, ends: Floats, t: Floats, surface: Surface) -> Floats:
    points = starts + t[:, None] * (ends - starts)
    over = points[:, 2] - surface.heights(points[:, :2])
    return np.where(np.isfinite(over), over, -np.inf)


def segments(triangles: Floats, zone: BaseGeometry | None = None) -> tuple[Floats, Floats]:
    """Return starts and ends (n, 3) of the edges of triangles (m, 3, 3) inside a zone, and of the zone's own edges on them."""
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    if zone is None or not len(triangles):
        return edges[:, 0], edges[:, 1]
    low, high = extent(triangles.reshape(-1, 3))
    if shapely.covers(zone, shapely.box(*low[:2], *high[:2])):
        return edges[:, 0], edges[:, 1]
    near = overlay.intersection(zone, shapely.box(*(low[:2] - AROUND_M), *(high[:2] + AROUND_M)))
    if near.is_empty:
        return np.zeros((0, 3)), np.zeros((0, 3))
    pieces = [*_clipped(edges, near), *_on_triangles(triangles, near)]
    return np.concatenate(pieces[0::2]), np.concatenate(pieces[1::2])


def _clipped(edges: Floats, zone: BaseGeometry) -> tuple[Floats, Floats]:
    """Return the parts of edges (n, 2, 3) inside a zone; an upright edge counts when its place does."""
    flat = edges[:, 1, :2] - edges[:, 0, :2]
    length2 = (flat**2).sum(axis=1)
    upright = edges[length2 <= 1e-18]
    upright = upright[inside(zone, upright[:, 0, :2])] if len(upright) else upright
    edges, flat, length2 = edges[length2 > 1e-18], flat[length2 > 1e-18], length2[length2 > 1e-18]
    cut = overlay.intersection(shapely.linestrings(edges[:, :, :2]), zone) if len(edges) else np.array([], dtype=object)
    parts, owner = shapely.get_parts(cut, return_index=True)
    straight = (shapely.get_type_id(parts) == 1) & ~shapely.is_empty(parts)
    parts, owner = parts[straight], owner[straight]
    ends = []
    for xy in (shapely.get_coordinates(shapely.get_point(parts, index)) for index in (0, -1)):
        t = np.clip(((xy - edges[owner, 0, :2]) * flat[owner]).sum(axis=1) / length2[owner], 0, 1)
        z = edges[owner, 0, 2] + t * (edges[owner, 1, 2] - edges[owner, 0, 2])
        ends.append(np.column_stack([xy, z]))
    return np.concatenate([ends[0], upright[:, 0]]), np.concatenate([ends[1], upright[:, 1]])


def _on_triangles(triangles: Floats, zone: BaseGeometry) -> tuple[Floats, Floats]:
    """Return the edge of a zone lifted onto each triangle that it crosses."""
    u, v = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    normal = np.cross(u, v)
    sloped = np.abs(normal[:, 2]) > 1e-9
    triangles, normal = triangles[sloped], normal[sloped]
    if not len(triangles):
        return np.zeros((0, 3)), np.zeros((0, 3))
    rings = shapely.polygons(np.concatenate([triangles, triangles[:, :1]], axis=1)[:, :, :2])
    crossing = np.nonzero(shapely.intersects(rings, zone.boundary))[0]
    starts, ends = [np.zeros((0, 3))], [np.zeros((0, 3))]
    for number in crossing:
        for line in shapely.get_parts(overlay.intersection(zone.boundary, rings[number])):
            if line.geom_type != "LineString":
                continue
            xy = shapely.get_coordinates(line)
            n, p = normal[number], triangles[number, 0]
            z = p[2] - ((xy - p[:2]) @ n[:2]) / n[2]
            points = np.column_stack([xy, z])
            starts.append(points[:-1])
            ends.append(points[1:])
    return np.concatenate(starts), np.concatenate(ends)


def solid_above(parts: Sequence[Part], zoned: Zoned) -> tuple[Floats, float, int]:
    """Return what the closed parts have above a surface inside its zone.

    Returns the closed surface (n, 3, 3) RD + NAP, its volume (m3) and how many parts that reach above the surface's lowest point
    are not closed. The surface is taken straight within cells so small that it is exact to a millimetre, at most ``MOST_CELLS``.
    """
    none = np.zeros((0, 3, 3)), 0.0, 0
    low, high = bounds_of(parts)
    if not len(low):
        return none
    (west, south), (east, north) = low[:, :2].min(axis=0) - 0.5, high[:, :2].max(axis=0) + 0.5
    top = float(high[:, 2].max()) + 1.0
    x, y, under = _sampled(zoned.surface, west, south, east, north)
    under = np.where(np.isfinite(under), np.minimum(under, top - 1e-4), top - 1e-4)
    reaching = np.nonzero(high[:, 2] > under.min())[0]
    if not len(reaching):
        return none
    origin = np.floor(low.min(axis=0))
    over = low[reaching, 2] >= under.max()
    made = [solids_of([parts[number] for number in some], origin) for some in (reaching[~over], reaching[over])]
    cut, clear = ([solid for solid in solids if solid is not None] for solids in made)
    left_out = sum(solid is None for solids in made for solid in solids)
    if not cut and not clear:
        return np.zeros((0, 3, 3)), 0.0, left_out
    above = union(clear)
    if cut:  # only these meet the surface
        above = above + (union(cut) ^ manifold3d.Manifold(_block(x, y, under, top, origin)))
    if zoned.zone is not None:
        around = shapely.box(west, south, east, north)
        near = polygons_only(overlay.intersection(zoned.zone, around))
        if near.is_empty:
            return np.zeros((0, 3, 3)), 0.0, left_out
        above = above if shapely.covers(near, around) else above ^ prism(near, origin, float(under.min()) - 1.0, top + 1.0)
    return triangles_of(above, origin), float(above.volume()), left_out


def _sampled(surface: Surface, west: float, south: float, east: float, north: float) -> tuple[Floats, Floats, Floats]:
    """Return x, y and height (n + 1, n + 1) of a surface on a grid of cells in which it is straight to ``STRAIGHT_M``."""
    count = MOST_CELLS if surface.dips else FEWEST_CELLS
    while True:
        x, y = np.meshgrid(np.linspace(west, east, 2 * count + 1), np.linspace(south, north, 2 * count + 1))
        fine = surface.heights(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        coarse = fine[::2, ::2]
        bends = (
            fine[::2, 1::2] - (coarse[:, :-1] + coarse[:, 1:]) / 2, fine[1::2, ::2] - (coarse[:-1] + coarse[1:]) / 2,
            fine[1::2, 1::2] - (coarse[:-1, :-1] + coarse[1:, 1:]) / 2,
        )
        if count >= MOST_CELLS or all(np.abs(bend).max() <= STRAIGHT_M for bend in bends):
            return x[::2, ::2], y[::2, ::2], coarse
        count *= 2


def _block(x: Floats, y: Floats, under: Floats, top: float, origin: Floats) -> manifold3d.Mesh64:
    """Return the closed block between a grid of heights and a level plane, as a mesh in a local origin."""
    rows, columns = x.shape
    bottom = np.column_stack([x.ravel(), y.ravel(), under.ravel()]) - origin
    roof = bottom.copy()
    roof[:, 2] = top - origin[2]
    number = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]))
    flat = np.concatenate([np.column_stack([a, b, c]), np.column_stack([a, c, d])])
    rim = np.concatenate([number[0, :-1], number[:-1, -1], number[-1, :0:-1], number[:0:-1, 0]])
    after, lift = np.roll(rim, -1), rows * columns
    sides = np.concatenate([np.column_stack([rim, after, after + lift]), np.column_stack([rim, after + lift, rim + lift])])
    faces = np.concatenate([flat[:, ::-1], flat + lift, sides])
    return manifold3d.Mesh64(
        vert_properties=np.ascontiguousarray(np.concatenate([bottom, roof])), tri_verts=np.ascontiguousarray(faces, dtype=np.uint64)
    )
