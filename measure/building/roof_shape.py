"""How the planes of a roof hang together: which meet, where one ends above another, which kinks and curves they make.

Worked on the places where the roof is seen from above (``RoofView.samples``): two planes meet where neighbouring places lie on both
and the planes have the same height between them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats, Ints
from ..plane import overlay
from ..plane.inside import inside
from ..plane.places import hull_of
from .roof import RoofPlane, RoofView

JOIN_M = 0.10
"""Planes whose heights differ less than this (and a place's width) between two places meet there."""
STEP_M = 0.5
"""A roof that ends this much above the next one ends in an eaves."""
SNAP_M = 0.10
"""An edge this near the lowest corner of its plane is that corner."""
FACING = 0.5
FEWEST = 3
SNAP_CELLS = 1.5
TOGETHER_CELLS = 1.55
"""Places between cells of one edge lie at most a cell and a half from the next, also round a corner."""
SAME_WAY_DEG, OTHER_PITCH_DEG = 20.0, 3.0
AROUND = ((1, 0), (0, 1), (-1, 0), (0, -1))


@dataclass(frozen=True, eq=False)
class RoofBody:
    """Planes that meet each other: ``top`` (z), ``area_m2`` in plan, ``plan`` the hull of where they are seen (RD)."""

    planes: tuple[RoofPlane, ...]
    top: float
    area_m2: float
    plan: BaseGeometry


@dataclass(frozen=True, eq=False)
class RoofStep:
    """Where a plane ends above another roof: ``line`` (RD) along that edge and the height z of the edge."""

    plane: RoofPlane
    line: LineString
    z: float


class RoofShape:
    """The planes of a roof in their relation: ``planes`` over ``footprint`` (RD; canopies beside it are no roof), without the
    ``dormer_planes`` that lie on ``dormers`` (RD areas)."""

    def __init__(self, view: RoofView, footprint: BaseGeometry, dormers: Iterable[BaseGeometry] = ()) -> None:
        self.view = view
        raised = shapely.union_all(list(dormers))
        self.dormer_planes = tuple(plane for plane in view.planes if _mostly(plane, raised))
        over = [plane for plane in view.planes if _mostly(plane, footprint)]
        self.planes = tuple(plane for plane in over if not any(plane is other for other in self.dormer_planes))

    @functools.cached_property
    def _grid(self) -> tuple[Ints, Floats, Floats, float]:
        """Return for each cell of a grid the number of its plane (-1 none, -2 no roof) and its z; the first cell's place; cell size."""
        xy, seen, cell = self.view.samples
        step = float(np.sqrt(cell))
        corner = xy.min(axis=0)
        column, row = np.rint((xy - corner) / step).astype(np.int64).T
        shape = (int(column.max()) + 3, int(row.max()) + 3)  # a rim of nothing all round
        plane, z = np.full(shape, -2, dtype=np.int64), np.full(shape, np.nan)
        number = np.full(len(self.view.triangles), -1, dtype=np.int64)
        for index, one in enumerate(self.view.planes):
            number[sorted(one.triangles)] = index
        plane[column + 1, row + 1] = number[seen]
        z[column + 1, row + 1] = self.view.heights
        return plane, z, corner - step, step

    def _beside(self, way: tuple[int, int]) -> tuple[Ints, Ints, Floats, Floats]:
        """Return, for each cell on a plane with another roof cell on its side ``way``: both plane numbers, the places (n, 2) between
        them, and the z (n,) of that other cell."""
        plane, z, corner, step = self._grid
        column, row = np.nonzero(plane[1:-1, 1:-1] >= 0)
        column, row = column + 1, row + 1
        here, there = plane[column, row], plane[column + way[0], row + way[1]]
        other = (there != -2) & (there != here)
        column, row = column[other], row[other]
        middle = corner + (np.column_stack([column, row]) + np.array(way) / 2) * step
        return here[other], there[other], middle, z[column + way[0], row + way[1]]

    def _heights(self, numbers: Ints, places: Floats) -> Floats:
        """Return the z (n,) of planes, each at its own place (n, 2)."""
        point = np.array([plane.point for plane in self.view.planes])
        normal = np.array([plane.normal for plane in self.view.planes])
        rise = ((places - point[numbers, :2]) * normal[numbers, :2]).sum(axis=1) / normal[numbers, 2]
        return np.asarray(point[numbers, 2] - rise)

    @functools.cached_property
    def joins(self) -> frozenset[tuple[int, int]]:
        """Pairs of numbers (low, high) of ``view.planes`` that meet without a step."""
        if not self.view.planes:
            return frozenset()
        step, found = self._grid[3], []
        for way in AROUND[:2]:
            here, there, middle, _ = self._beside(way)
            both = there >= 0
            here, there, middle = here[both], there[both], middle[both]
            near = np.abs(self._heights(here, middle) - self._heights(there, middle)) < JOIN_M + step
            found.append(np.sort(np.column_stack([here[near], there[near]]), axis=1))
        pairs, counts = np.unique(np.concatenate(found), axis=0, return_counts=True)
        return frozenset((int(a), int(b)) for (a, b), count in zip(pairs, counts) if count >= FEWEST)

    @functools.cached_property
    def bodies(self) -> tuple[RoofBody, ...]:
        """The groups of planes that meet, dormers left out, largest first."""
        own = {number for number, plane in enumerate(self.view.planes) if any(plane is other for other in self.planes)}
        groups = _groups(own, [pair for pair in self.joins if own.issuperset(pair)])
        made = [_body([self.view.planes[number] for number in group], self.view.samples[2]) for group in groups]
        return tuple(sorted(made, key=lambda body: -body.area_m2))

    @functools.cached_property
    def kinked(self) -> tuple[tuple[RoofPlane, ...], ...]:
        """Groups of planes that slope the same way at different pitches and meet: two are a kink (mansard), more a curve."""
        planes = self.view.planes
        pairs = []
        for a, b in self.joins:
            one, other = planes[a], planes[b]
            if not any(one is p for p in self.planes) or not any(other is p for p in self.planes):
                continue
            turned = abs((one.azimuth_deg - other.azimuth_deg + 180) % 360 - 180)
            same_way = turned < SAME_WAY_DEG and not one.flat and not other.flat
            if same_way and abs(one.pitch_deg - other.pitch_deg) > OTHER_PITCH_DEG:
                pairs.append((a, b))
        groups = _groups({number for pair in pairs for number in pair}, pairs)
        return tuple(tuple(planes[number] for number in sorted(group)) for group in groups)

    @functools.cached_property
    def steps(self) -> tuple[RoofStep, ...]:
        """Where planes end ``STEP_M`` or more above another roof, on the side they slope to (a flat one: on any side)."""
        if not self.view.planes:
            return ()
        descent = np.array([plane.descent for plane in self.view.planes])
        flat = np.array([plane.flat for plane in self.view.planes])
        numbers, places = [], []
        for way in AROUND:
            here, _, middle, below = self._beside(way)
            drop = self._heights(here, middle) - below > STEP_M + self._grid[3]
            drop &= flat[here] | (descent[here] @ np.array(way, dtype=float) > FACING)
            here, middle = here[drop], middle[drop]
            ends = flat[here] | self._ends(here, middle - np.array(way) / 2 * self._grid[3])
            numbers.append(here[ends])
            places.append(middle[ends])
        every, middle = np.concatenate(numbers), np.concatenate(places)
        return tuple(
            self._snapped(_step(self.view.planes[number], places))
            for number in np.unique(every) for places in _clusters(middle[every == number], TOGETHER_CELLS * self._grid[3]) if len(places) >= FEWEST
        )

    def _snapped(self, step: RoofStep) -> RoofStep:
        """Return a step with its ends on the corners of its plane that the grid passes close by, a ring within them: as it is modelled."""
        corners = cast("BaseGeometry", shapely.multipoints(self.view.triangles[sorted(step.plane.triangles)][:, :, :2].reshape(-1, 2)))
        places = np.asarray(shapely.points(shapely.get_coordinates(step.line)))
        moved = [shapely.get_coordinates(shapely.shortest_line(place, corners))[-1] for place in places]
        near = shapely.distance(places, corners) < SNAP_CELLS * self._grid[3]
        xy = np.where(near[:, None], moved, shapely.get_coordinates(places))
        if step.line.is_ring:
            ring = overlay.intersection(hull_of(xy), cast("BaseGeometry", shapely.convex_hull(corners)))
            return replace(step, line=LineString(ring.exterior.coords)) if isinstance(ring, Polygon) else step
        return replace(step, line=LineString(xy)) if len(np.unique(xy, axis=0)) > 1 else step

    def _ends(self, numbers: Ints, places: Floats) -> NDArray[np.bool_]:
        """Return whether planes end a little down their slope from places (n, 2) on them: beside a verge they go on."""
        descent = np.array([plane.descent for plane in self.view.planes])
        seen = self.view.top.triangle_at(places + 1.5 * self._grid[3] * descent[numbers])
        return np.array([self.view.plane_of.get(int(face)) is not self.view.planes[n] for face, n in zip(seen, numbers)], dtype=bool)


def _mostly(plane: RoofPlane, area: BaseGeometry) -> bool:
    return not area.is_empty and float(inside(area, plane.places).mean()) >= 0.5


def _groups(members: set[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the members in groups that the pairs connect."""
    group = {member: member for member in members}

    def first(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    for a, b in sorted(pairs):
        low, high = sorted((first(a), first(b)))
        group[high] = low
    found: dict[int, list[int]] = {}
    for member in sorted(members):
        found.setdefault(first(member), []).append(member)
    return list(found.values())


def _body(planes: list[RoofPlane], cell: float) -> RoofBody:
    area = sum(len(plane.places) for plane in planes) * cell
    return RoofBody(tuple(planes), max(plane.high for plane in planes), area, shapely.convex_hull(shapely.union_all([p.hull for p in planes])))


def _clusters(places: Floats, reach: float) -> list[Floats]:
    """Return places (n, 2) in groups that lie within ``reach`` of each other."""
    return [places[group] for group in _groups(set(range(len(places))), cKDTree(places).query_pairs(reach))]


def _step(plane: RoofPlane, places: Floats) -> RoofStep:
    """Return the edge of a plane from places (n, 2) along it: across its slope, or round a flat one."""
    if plane.flat:
        hull = hull_of(places)
        ring = hull.exterior if isinstance(hull, Polygon) else hull
        return RoofStep(plane, LineString(ring.coords), float(plane.height(places).max()))
    across = np.array([-plane.descent[1], plane.descent[0]])
    along = (places - places[0]) @ across
    depth = np.median((places - places[0]) @ plane.descent)
    ends = [places[0] + across * at + plane.descent * depth for at in (along.min(), along.max())]
    z = float(np.median(plane.height(places)))
    return RoofStep(plane, LineString(ends), plane.low if abs(z - plane.low) < SNAP_M else z)
