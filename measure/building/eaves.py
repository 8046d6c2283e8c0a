"""Eaves along the facades: each stretch of the outline with its kind and height in both readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from .roof import FLAT_DEG, FLOOR_M, RoofPlane, RoofView

STEP_M, INSIDE_M = 0.1, 0.02
SHORTEST_M = 0.35
SAME_HEIGHT_M = 0.05
FACING = 0.5
MOST_SAMPLES = 600
REACH_M = 3.0
WALL_DEG = 80.0
DORMER_RISE_M = 0.5
STRAIGHT_M = 0.02


@dataclass(frozen=True, eq=False)
class EavesEdge:
    """A stretch of facade: ``line`` (2, 2) along the outline, ``kind`` eaves | gable | flat | dormer, height z of the roof in the
    plane of the outer wall, and of the drip edge (top of the roof's lowest edge; the same where nothing overhangs)."""

    line: Floats
    kind: str
    wall_plane: float
    drip: float

    @property
    def length(self) -> float:
        """Metres."""
        return float(np.linalg.norm(self.line[1] - self.line[0]))


@dataclass(frozen=True, eq=False)
class _Sample:
    kind: str
    plane: RoofPlane | None
    z: float


def eaves_edges(view: RoofView, footprint: BaseGeometry) -> tuple[EavesEdge, ...]:
    """Return the stretches of facade along a footprint's outer rings, each with the roof that is seen above it; none of a view without faces."""
    if not len(view.top.cross):
        return ()
    facades = [_Facade(start, end) for polygon in shapely.get_parts(footprint) for start, end in _sides(polygon)]
    samples = _samples(view, facades)
    return tuple(edge for facade in facades for edge in _dormers_told(list(_stretches(view, facade, samples[id(facade)]))))


class _Facade:
    """A straight facade from ``start`` to ``end`` (2,); the ring runs counter-clockwise, so outward is to the right: where the roof over it is looked
    at, metres ``at`` (n,) along it and ``xy`` (n, 2)."""

    def __init__(self, start: Floats, end: Floats) -> None:
        self.start, self.length = start, float(np.linalg.norm(end - start))
        self.along = (end - start) / self.length
        self.outward = np.array([self.along[1], -self.along[0]])
        at = np.linspace(0, self.length, int(np.clip(self.length / STEP_M, 4, MOST_SAMPLES)) + 1)[:-1]
        self.at = at + (self.length - at[-1]) / 2
        self.xy = start + self.at[:, None] * self.along


def _sides(polygon: Polygon) -> Iterable[tuple[Floats, Floats]]:
    """Return start and end of each facade that is not too short for eaves."""
    corners = _corners(polygon)
    after = np.roll(corners, -1, axis=0)
    long = np.hypot(*(after - corners).T) >= SHORTEST_M
    return zip(corners[long], after[long])


def _corners(polygon: Polygon) -> Floats:
    """Return the corners (n, 2) of a polygon's outer ring, counter-clockwise, starting at a true corner."""
    ring = shapely.LinearRing(polygon.exterior)
    points = np.asarray(ring.coords)[:-1, :2]
    if not shapely.is_ccw(ring):
        points = points[::-1]
    start = int(np.argmax(((points - points.mean(axis=0)) ** 2).sum(axis=1)))  # the farthest point is a corner
    rolled = np.roll(points, -start, axis=0)
    straight = shapely.simplify(shapely.LineString(np.vstack([rolled, rolled[:1]])), STRAIGHT_M)
    return np.asarray(straight.coords)[:-1, :2]


def _stretches(view: RoofView, facade: _Facade, samples: Sequence[_Sample]) -> Iterator[EavesEdge]:
    """Yield the stretches of one straight facade, by what is seen of the roof along it."""
    at, start, along = facade.at, facade.start, facade.along
    first = 0
    for last in range(1, len(at) + 1):
        if last < len(at) and _alike(samples[last], samples[last - 1]):
            continue
        low = 0.0 if first == 0 else float(at[first - 1] + at[first]) / 2
        high = facade.length if last == len(at) else float(at[last - 1] + at[last]) / 2
        one = samples[(first + last - 1) // 2]
        if high - low >= SHORTEST_M and one.kind:
            middle = facade.xy[(first + last - 1) // 2]
            drip = _drip(view, one, middle, facade.outward) if one.kind == "eaves" else one.z
            yield EavesEdge(np.array([start + low * along, start + high * along]), one.kind, one.z, drip)
        first = last


def _samples(view: RoofView, facades: Sequence[_Facade]) -> dict[int, list[_Sample]]:
    """Return what is seen of the roof along each facade (by identity), looked at together."""
    if not facades:
        return {}
    counts = [len(facade.at) for facade in facades]
    xy = np.concatenate([facade.xy for facade in facades])
    outward = np.repeat([facade.outward for facade in facades], counts, axis=0)
    inside = xy - INSIDE_M * outward
    seen = view.top.triangle_at(inside)
    faces = np.maximum(seen, 0)
    normals = view.top.normals(faces)
    pitch = np.degrees(np.arccos(np.clip(normals[:, 2], -1, 1)))
    z = view.top.height(faces, np.where(pitch[:, None] < WALL_DEG, xy, inside))
    facing = (normals[:, :2] * outward).sum(axis=1) / np.maximum(np.linalg.norm(normals[:, :2], axis=1), 1e-9)
    kinds = np.where(pitch < FLAT_DEG, "flat", np.where(facing > FACING, "eaves", "gable"))
    nothing = (seen < 0) | (z < view.zero + FLOOR_M) & np.array([int(face) not in view.plane_of for face in seen], dtype=bool)
    every = [
        _Sample("", None, 0.0) if none else _Sample(str(kind), view.plane_of.get(int(face)), float(high))
        for none, kind, face, high in zip(nothing, kinds, seen, z)
    ]
    ends = np.cumsum(counts)
    return {id(facade): every[end - count : end] for facade, count, end in zip(facades, counts, ends)}


def _alike(one: _Sample, other: _Sample) -> bool:
    if one.kind != other.kind:
        return False
    return one.kind == "gable" or abs(one.z - other.z) < SAME_HEIGHT_M


def _drip(view: RoofView, sample: _Sample, place: Floats, outward: Floats) -> float:
    """Follow the roof plane outward to where it ends; return its z there."""
    if sample.plane is None:
        return sample.z
    low, high = 0.0, REACH_M
    steps = np.arange(0.05, REACH_M, 0.05)
    seen = view.top.triangle_at(place + steps[:, None] * outward)
    off = [view.plane_of.get(int(face)) is not sample.plane for face in seen]
    first = int(np.argmax(off)) if any(off) else len(steps) - 1
    low, high = (float(steps[first - 1]) if first else -INSIDE_M), float(steps[first])
    for _ in range(14):
        middle = (low + high) / 2
        face = int(view.top.triangle_at((place + middle * outward)[None])[0])
        low, high = (middle, high) if view.plane_of.get(face) is sample.plane else (low, middle)
    return float(sample.plane.height((place + max(low, 0.0) * outward)[None])[0])


def _dormers_told(edges: list[EavesEdge]) -> list[EavesEdge]:
    """Tag stretches that rise well above lower eaves of the same facade and take less than half of it."""
    eaves = [edge for edge in edges if edge.kind == "eaves"]
    if len(edges) < 2 or not eaves:
        return edges
    low, whole = min(edge.wall_plane for edge in eaves), sum(edge.length for edge in edges)
    return [
        EavesEdge(edge.line, "dormer", edge.wall_plane, edge.drip)
        if edge.kind in ("eaves", "flat") and edge.wall_plane > low + DORMER_RISE_M and edge.length < whole / 2
        else edge
        for edge in edges
    ]
