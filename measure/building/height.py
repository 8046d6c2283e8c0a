"""Heights: the highest and the lowest point, exactly, also inside a zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats, spans
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.inside import inside
from ..plane.sections import section_segments

CANDIDATE_AREA_PCT = 10.0
TOGETHER_PCT = 25.0
"""What stands above a height on more than a quarter of the roof is not minor, in however many pieces."""
MOST_PAIRS = 1_000_000
"""Pairs of a place and a triangle looked at together: some 8 MB each."""
LEAST_AREA_M2 = 1e-9
"""Twice the area of the smallest triangle that is one: less is what rounding leaves of a line."""
VERTICAL = 0.1
"""|n_z| below which a face counts as standing upright."""


def highest_point(triangles: Floats, zone: BaseGeometry | None = None) -> Floats | None:
    """Return the highest point (3,) RD + NAP of triangles (n, 3, 3), inside ``zone`` (closed RD polygon) if given.

    Over a zone the highest point of a triangle lies at one of its vertices, where an edge crosses the zone's boundary, or
    under a vertex of the zone: all are tried, so the answer is exact. None when nothing is inside. A triangle without area is nothing that stands.
    """
    triangles = triangles[has_area(triangles)]
    if not len(triangles):
        return None
    if zone is None:
        points = triangles.reshape(-1, 3)
        return points[points[:, 2].argmax()]
    if zone.is_empty:
        return None
    west, south, east, north = zone.bounds
    low, high = spans(triangles)
    there = (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
    near, tops = triangles[there], high[there, 2]
    best = _highest_vertex(near, zone)
    for candidates in (_edge_crossings, _under_zone_vertices):
        floor = -np.inf if best is None else best[2]
        found = candidates(near[tops > floor], zone)
        if len(found) and found[:, 2].max() > floor:
            best = found[found[:, 2].argmax()]
    return best


def has_area(triangles: Floats) -> NDArray[np.bool_]:
    """Return which triangles (n, 3, 3) are more than a point or a line."""
    across = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    return np.asarray((across**2).sum(axis=1) > LEAST_AREA_M2**2)


class HighestPoints:
    """The highest points of parts, inside zones too: parts are tried from the highest down, until none left can be higher."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(part for part in parts if len(part.faces))
        low, self._high = bounds_of(self.parts)
        self._order = np.argsort(-self._high[:, 2], kind="stable")
        self._in_order = low[self._order], self._high[self._order]
        self._known: dict[BaseGeometry | None, dict[int, Floats | None]] = {}

    def reaching(self, height_nap: float) -> list[Part]:
        """Return the parts that stand above a height."""
        return [self.parts[number] for number in np.nonzero(self._high[:, 2] > height_nap)[0]]

    def highest(self, zone: BaseGeometry | None = None, left_out: Callable[[Part], bool] | None = None) -> Floats | None:
        """Return the highest point (3,) RD + NAP inside ``zone`` (RD polygon; None = everywhere) of the parts that ``left_out`` does not
        take away; None when nothing is inside."""
        order = self._order
        if zone is not None:
            west, south, east, north = zone.bounds if not zone.is_empty else (1.0, 1.0, 0.0, 0.0)
            low, high = self._in_order
            order = order[(low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)]
        best: Floats | None = None
        known = self._known.setdefault(zone, {})  # the readings with and without exempt parts ask for the same ones
        for number in order:
            if best is not None and best[2] >= self._high[number, 2]:
                break
            part = self.parts[number]
            if left_out is not None and left_out(part):
                continue
            if int(number) not in known:
                known[int(number)] = highest_point(part.triangles, zone)
            found = known[int(number)]
            if found is not None and (best is None or found[2] > best[2]):
                best = found
        return best


def parted(parts: Sequence[Part], chosen: NDArray[np.bool_]) -> tuple[list[Part], list[Part]]:
    """Return the parts that are chosen (n,), and the others."""
    return [part for part, is_one in zip(parts, chosen) if is_one], [part for part, is_one in zip(parts, chosen) if not is_one]


def lowest_point(triangles: Floats, zone: BaseGeometry | None = None) -> Floats | None:
    """Return the lowest point (3,) RD + NAP of triangles (n, 3, 3), inside ``zone`` if given."""
    flipped = highest_point(triangles * np.array([1.0, 1.0, -1.0]), zone)
    return None if flipped is None else flipped * np.array([1.0, 1.0, -1.0])


def _highest_vertex(triangles: Floats, zone: BaseGeometry) -> Floats | None:
    points = triangles.reshape(-1, 3)
    found = points[inside(zone, points[:, :2])]
    return found[found[:, 2].argmax()] if len(found) else None


def _edge_crossings(triangles: Floats, zone: BaseGeometry) -> Floats:
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    flat = edges[:, 1, :2] - edges[:, 0, :2]
    length2 = (flat**2).sum(axis=1)
    edges, flat, length2 = edges[length2 > 1e-18], flat[length2 > 1e-18], length2[length2 > 1e-18]
    if not len(edges):
        return np.zeros((0, 3))
    pieces = overlay.intersection(shapely.linestrings(edges[:, :, :2]), zone)
    xy, index = shapely.get_coordinates(pieces, return_index=True)
    t = ((xy - edges[index, 0, :2]) * flat[index]).sum(axis=1) / length2[index]
    z = edges[index, 0, 2] + np.clip(t, 0, 1) * (edges[index, 1, 2] - edges[index, 0, 2])
    return np.column_stack([xy, z])


def _under_zone_vertices(triangles: Floats, zone: BaseGeometry) -> Floats:
    found = []
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    area: Floats = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    sloped = np.abs(area) > 1e-12
    a, b, c, area = (values[sloped] for values in (a, b, c, area))
    places = shapely.get_coordinates(zone)
    places = places[np.lexsort((places[:, 1], places[:, 0]))]
    for some in np.array_split(places, max(1, len(places) * len(area) // MOST_PAIRS)):
        x, y = some[:, :1], some[:, 1:]
        v = ((b[:, 1] - c[:, 1]) * (x - c[:, 0]) + (c[:, 0] - b[:, 0]) * (y - c[:, 1])) / area
        w = ((c[:, 1] - a[:, 1]) * (x - c[:, 0]) + (a[:, 0] - c[:, 0]) * (y - c[:, 1])) / area
        u = 1.0 - v - w
        under = (v >= -1e-12) & (w >= -1e-12) & (u >= -1e-12)
        z = np.where(under, v * a[:, 2] + w * b[:, 2] + u * c[:, 2], -np.inf).max(axis=1, initial=-np.inf)
        found.append(np.column_stack([some, z])[np.isfinite(z)])
    return np.concatenate(found) if found else np.zeros((0, 3))


def minor_candidates(
    parts: Sequence[Part], height_nap: float, roof_area_m2: float, share_pct: float = CANDIDATE_AREA_PCT
) -> BaseGeometry:
    """Return where (RD polygon) small upright things stick out above a height: lift houses, plant, chimneys untold.

    A candidate minor part is a loop of the section at ``height_nap`` of at most ``share_pct`` of the roof whose outline
    stands upright for at least 80 % of its length: a ridge, whose long sides slope, is never one. Of candidates that together take more
    than ``TOGETHER_PCT`` of the roof none is minor.
    """
    segments, upright = [], []
    for part in parts:
        low, high = part.z_range
        if not low <= height_nap <= high:
            continue
        found, triangle = section_segments(part, height_nap)
        corners = part.vertices[part.faces[triangle]]
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        length = np.linalg.norm(normal, axis=1)
        segments.append(found)
        upright.append(np.abs(normal[:, 2]) <= VERTICAL * np.maximum(length, 1e-12))
    every = np.concatenate(segments) if segments else np.zeros((0, 2, 2))
    if not len(every):
        return MultiPolygon()
    lines, vertical = np.asarray(shapely.linestrings(every)), np.concatenate(upright)
    loops = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    loops = shapely.get_parts(shapely.union_all(loops))
    lengths = shapely.length(lines)
    minor = []
    for loop in loops:
        own = shapely.intersects(shapely.point_on_surface(lines), loop.buffer(1e-6))
        share = lengths[own & vertical].sum() / max(lengths[own].sum(), 1e-9)
        if loop.area <= roof_area_m2 * share_pct / 100 and share >= 0.8:
            minor.append(loop.buffer(0.01))
    together = shapely.union_all(minor) if minor else MultiPolygon()
    return together if together.area <= roof_area_m2 * max(TOGETHER_PCT, share_pct) / 100 else MultiPolygon()
