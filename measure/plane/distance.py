"""Distances in the plane: to lines, in front of a line, depth and width, and what the sides of a plot are.

All geometry is RD (EPSG:28992), metres; heights play no part. Plan texts measure a distance where it is smallest
(SVBP2012, wijze van meten), perpendicular to the line where they speak of a line.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats, Ints
from . import overlay

CORNER_DEG = 20.0
"""A turn of a plot's boundary of at least this much is a corner: below it the boundary runs on."""
ALONG_M = 0.01
"""Corners of a side that are nearest to something by less are nearest alike."""
ALONG_ROAD_M = 1.0
"""How near a stretch of boundary must be to a road to adjoin it: BGT and BRK outlines differ by decimetres."""
SHORT_FRONT = 0.25
"""A front shorter than this part of the longest is a cut-off corner."""
OPPOSITE = np.cos(np.radians(45.0))
SMALLEST_HOLE_M2 = 0.1
"""Between two parcels drawn apart a gap may be left: that is no ground of another."""
EPSILON_M = 1e-9
SHARES = 33
"""Places along a stretch of facade at which it is measured; both ends and the middle are among them."""


@dataclass(frozen=True, eq=False)
class PlotEdge:
    """A stretch of a plot's boundary between two corners: ``line`` (RD), ``side`` front | side | rear."""

    line: LineString
    side: str


@dataclass(frozen=True)
class FrontStretch:
    """A stretch of the foremost facade before a straight line: from ``u0`` to ``u1`` (m along the line), ``v0`` and ``v1``
    (m in front of the line, negative behind it) at both ends."""

    u0: float
    u1: float
    v0: float
    v1: float


def shortest(shape: BaseGeometry, other: BaseGeometry) -> LineString:
    """Return the shortest line (RD) from ``other`` to ``shape``; of no length where they touch or overlap."""
    return shapely.shortest_line(other, shape)


def nearest_place(shape: BaseGeometry, other: BaseGeometry) -> Point:
    """Return where a shape (RD) is nearest to another: of a side that runs along it the middle, whichever of its places GEOS would take."""
    corners = np.unique(shapely.get_coordinates(shape), axis=0)
    away = shapely.distance(shapely.points(corners), other)
    nearest = corners[away <= shapely.distance(shape, other) + ALONG_M]
    return Point(*(nearest.mean(axis=0) if len(nearest) else shapely.get_coordinates(shapely.shortest_line(shape, other))[0]))


def road_on_left(line: LineString, road: BaseGeometry) -> LineString:
    """Return a line turned so that the road lies on its left: left is in front."""
    middle = np.asarray(line.interpolate(0.5, normalized=True).coords)[0, :2]
    towards = np.asarray(shapely.shortest_line(shapely.Point(middle), road).coords)[-1, :2] - middle
    if not towards.any():  # the line runs through the road: the side where most of the road lies
        towards = np.asarray(road.centroid.coords)[0, :2] - middle
    start, end = np.asarray(line.coords)[0, :2], np.asarray(line.coords)[-1, :2]
    along = end - start
    return line if along[0] * towards[1] - along[1] * towards[0] >= 0 else line.reverse()


def foremost(shape: BaseGeometry, line: LineString) -> tuple[FrontStretch, ...]:
    """Return the foremost facade of a shape (RD polygon) before each straight piece of ``line``, whose left side is in front.

    Perpendicular to the line, only within its length. Exact: between two corners of the outline the foremost facade is
    one straight edge. Where two pieces of the line face each other (a recess), what lies past the middle belongs to the other.
    """
    corners = np.asarray(line.coords)[:, :2]
    pieces = np.stack([corners[:-1], corners[1:]], axis=1)
    found: list[FrontStretch] = []
    passed = 0.0
    for start, end in zip(corners[:-1], corners[1:]):
        length = float(np.hypot(*(end - start)))
        if length > EPSILON_M:
            found += _foremost_of(shape, pieces, start, (end - start) / length, length, passed)
        passed += length
    return tuple(found)


def _foremost_of(shape: BaseGeometry, pieces: Floats, start: Floats, along: Floats, length: float, passed: float) -> list[FrontStretch]:
    frame = np.stack([along, [-along[1], along[0]]], axis=1)
    edges, others = (boundary_segments(shape) - start) @ frame, (pieces - start) @ frame
    steps = np.unique(np.clip(np.concatenate([edges[..., 0].ravel(), others[..., 0].ravel()]), 0.0, length))
    found = []
    for u0, u1 in zip(steps[:-1], steps[1:]):
        if u1 - u0 < 1e-6:
            continue
        outline, facing = _over(edges, u0, u1), _over(others, u0, u1)
        facing = facing[facing.sum(axis=1) > 1e-6] / 2
        reach = facing[facing.sum(axis=1).argmin()] if len(facing) else np.full(2, np.inf)
        beyond = outline.sum(axis=1) > reach.sum() + EPSILON_M
        near = outline[~beyond]
        if beyond.sum() % 2:  # built through the middle
            near = reach[None]
        if len(near):
            v0, v1 = near[near.sum(axis=1).argmax()]
            found.append(FrontStretch(passed + float(u0), passed + float(u1), float(v0), float(v1)))
    return found


def _over(edges: Floats, u0: float, u1: float) -> Floats:
    """Return v (n, 2) at ``u0`` and ``u1`` of those edges (m, 2, 2), in u and v, that cross the whole stretch between them."""
    ends = edges[:, 0, 0], edges[:, 1, 0]
    low, high = np.minimum(*ends), np.maximum(*ends)
    (ua, va), (ub, vb) = edges[(low <= u0 + EPSILON_M) & (high >= u1 - EPSILON_M) & (high - low > EPSILON_M)].transpose(1, 2, 0)
    return va[:, None] + ((vb - va) / (ub - ua))[:, None] * (np.array([u0, u1]) - ua[:, None])


def farthest(facade: Sequence[FrontStretch], line: LineString) -> tuple[float, Floats, Floats]:
    """Return how far (m) the foremost facade stands in front of a line at most, the place (2,) on the line there (RD) and the unit vector
    (2,) that points to the front.

    In a corner of the line a facade stands no farther in front than it is from the nearest piece.
    """
    shares = np.linspace(0.0, 1.0, SHARES)
    shares = shares[np.argsort(np.abs(shares - 0.5), kind="stable")]  # of a facade along the line the middle is shown
    best, foot, normal = -np.inf, np.zeros(2), np.zeros(2)
    for stretch in facade:
        start, along, passed = _piece_at(line, (stretch.u0 + stretch.u1) / 2)
        u, v = stretch.u0 + shares * (stretch.u1 - stretch.u0), stretch.v0 + shares * (stretch.v1 - stretch.v0)
        feet = start + np.outer(u - passed, along)
        across = np.array([-along[1], along[0]])
        if len(line.coords) > 2:
            v = np.where(v > 0, np.minimum(v, shapely.distance(line, shapely.points(feet + np.outer(v, across)))), v)
        first = int(np.argmax(np.round(v, 9)))
        if v[first] > best + EPSILON_M:
            best, foot, normal = float(v[first]), feet[first], across
    return best, foot, normal


def _piece_at(line: LineString, at: float) -> tuple[Floats, Floats, float]:
    """Return of the straight piece at ``at`` (m along a line) its start and direction (2,), and how far along the line it starts."""
    corners = np.asarray(line.coords)[:, :2]
    steps = np.diff(corners, axis=0)
    lengths = np.hypot(*steps.T)
    passed = np.concatenate([[0.0], np.cumsum(lengths)])
    piece = min(int(np.searchsorted(passed, at, side="right")) - 1, len(steps) - 1)
    return corners[piece], steps[piece] / lengths[piece], float(passed[piece])


def share_on_line(facade: Sequence[FrontStretch], tolerance_m: float) -> float:
    """Return which share (0-1) of the foremost facade's length along the line stands within ``tolerance_m`` of it."""
    total = sum(stretch.u1 - stretch.u0 for stretch in facade)
    on = sum((stretch.u1 - stretch.u0) * _share_within(stretch.v0, stretch.v1, tolerance_m) for stretch in facade)
    return on / total if total else 0.0


def _share_within(v0: float, v1: float, tolerance: float) -> float:
    low, high = min(v0, v1), max(v0, v1)
    if high - low < EPSILON_M:
        return 1.0 if abs(low) <= tolerance + EPSILON_M else 0.0
    return max(0.0, min(high, tolerance) - max(low, -tolerance)) / (high - low)


def boundary_segments(shape: BaseGeometry) -> Floats:
    """Return the straight pieces (n, 2, 2) of a shape's outlines, holes included."""
    pieces = []
    for ring in shapely.get_parts(shape.boundary):
        xy = shapely.get_coordinates(ring)
        pieces.append(np.stack([xy[:-1], xy[1:]], axis=1))
    return np.concatenate(pieces) if pieces else np.zeros((0, 2, 2))


def extent_along(shape: BaseGeometry, direction: Floats) -> tuple[float, LineString]:
    """Return how far a shape stretches along a unit vector (2,) and a line of that length beside it (RD)."""
    xy = shapely.get_coordinates(shape)
    along, across = xy @ direction, xy @ np.array([-direction[1], direction[0]])
    normal = np.array([-direction[1], direction[0]])
    middle = (across.min() + across.max()) / 2
    ends = [direction * at + normal * middle for at in (along.min(), along.max())]
    return float(along.max() - along.min()), LineString(ends)


def groups_of(shapes: NDArray[np.object_], near_m: float = 0.0) -> list[Ints]:
    """Return the numbers of shapes (n,) that lie within a distance of each other, group by group, in the order of the first of each."""
    one, other = shapely.STRtree(shapes).query(shapes, "dwithin", distance=near_m)
    labels = connected_components(coo_matrix((np.ones(len(one)), (one, other)), shape=(len(shapes),) * 2))[1]
    return [np.nonzero(labels == label)[0] for label in dict.fromkeys(labels)]


@functools.lru_cache(maxsize=32)  # every profile and share asks for those of the same footprint
def main_directions(shape: BaseGeometry) -> tuple[Floats, Floats]:
    """Return the two unit vectors (2,) of the smallest rectangle around a shape, the longer side first; east and north where a shape
    has no area."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    if len(corners) < 4:
        return np.array([1.0, 0.0]), np.array([0.0, 1.0])
    sides = corners[1:3] - corners[:2]
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    units = sides / np.maximum(lengths, EPSILON_M)[:, None]
    return (units[0], units[1]) if lengths[0] >= lengths[1] else (units[1], units[0])


def plot_edges(plot: BaseGeometry, roads: BaseGeometry) -> tuple[PlotEdge, ...]:
    """Return the stretches of a plot's boundary, told front, side or rear by their relation to the road.

    Front: runs along a road, on a corner plot on more than one side (where none does: the stretch that faces the nearest road).
    Rear: faces away from the front behind which the plot is deepest. Side: all others, also those round ground that lies inside the
    plot and is not of it. A proposal only: which boundary is which is a legal question.
    """
    lines, normals = [], []
    for polygon in shapely.get_parts(plot):
        for line in _stretches(polygon):
            lines.append(line)
            ends = np.asarray(line.coords)[[0, -1], :2]
            along = (ends[1] - ends[0]) / max(float(np.hypot(*(ends[1] - ends[0]))), EPSILON_M)
            normals.append((along[1], -along[0]))  # outward of a counter-clockwise ring
    if not lines:
        return ()
    near = shapely.buffer(roads, ALONG_ROAD_M)
    shares = np.array([overlay.intersection(line, near).length / line.length for line in lines])
    front = shares > 0.5
    if not front.any():
        front[_facing(lines, normals, roads)] = True
    main = _main_front(plot, lines, normals, front)
    cosines = np.array(normals) @ np.array(normals[main])
    sides = np.where(front, "front", np.where(cosines < -OPPOSITE, "rear", "side"))
    inner = [LineString(hole) for polygon in shapely.get_parts(plot) for hole in polygon.interiors if shapely.Polygon(hole).area > SMALLEST_HOLE_M2]
    return tuple(PlotEdge(line, str(side)) for line, side in (*zip(lines, sides), *((line, "side") for line in inner)))


def _main_front(plot: BaseGeometry, lines: list[LineString], normals: list[tuple[float, float]], front: NDArray[np.bool_]) -> int:
    """Return the front behind which the plot is deepest; a cut-off corner is none."""
    longest = max(line.length for line, is_front in zip(lines, front) if is_front)
    across = np.ptp(shapely.get_coordinates(plot) @ np.array(normals).T, axis=0)
    long_enough = np.array([line.length >= SHORT_FRONT * longest for line in lines])
    return int(np.argmax(np.where(front & long_enough, across, -1.0)))


def _facing(lines: list[LineString], normals: list[tuple[float, float]], roads: BaseGeometry) -> int:
    """Return which stretch faces the nearest road."""
    middles = np.array([np.asarray(line.interpolate(0.5, normalized=True).coords)[0, :2] for line in lines])
    towards = np.array([np.asarray(shapely.shortest_line(shapely.Point(m), roads).coords)[-1, :2] - m for m in middles])
    distance = np.hypot(towards[:, 0], towards[:, 1])
    facing = (towards * np.array(normals)).sum(axis=1) / np.maximum(distance, EPSILON_M)
    return int(np.argmin(np.where(facing > 0.5, distance, distance + 1e6)))


def _stretches(polygon: Polygon) -> list[LineString]:
    """Return the outer ring (counter-clockwise) in stretches from corner to corner."""
    ring = shapely.LinearRing(polygon.exterior)
    points = shapely.get_coordinates(ring if ring.is_ccw else ring.reverse())[:-1]
    steps = np.roll(points, -1, axis=0) - points
    points, steps = points[np.hypot(steps[:, 0], steps[:, 1]) > 1e-6], steps[np.hypot(steps[:, 0], steps[:, 1]) > 1e-6]
    heading = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
    turn = np.abs((heading - np.roll(heading, 1) + 180.0) % 360.0 - 180.0)
    corners = np.nonzero(turn >= CORNER_DEG)[0]
    if len(corners) < 2:
        corners = np.arange(len(points))
    found = []
    for first, last in zip(corners, np.roll(corners, -1)):
        count = (last - first) % len(points) or len(points)
        found.append(LineString(points[(first + np.arange(count + 1)) % len(points)]))
    return found
