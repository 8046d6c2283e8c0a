"""Height limits that are a surface: cones round mills and beacons, planes, rasters, contours.

A surface gives a limit (m NAP) at every place (RD); ``measure.surface_excess`` finds where a design stands above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from ...model import Terrain
from ...model.arrays import Floats
from . import overlay

CIRCLE_M = 0.001
"""A circle is drawn in straight pieces that stay this near to it."""


class Surface(Protocol):
    """A height limit over the plane. ``dips``: it may be lowest in the midst of a triangle (a plane or a cone is not)."""

    dips: ClassVar[bool]

    @property
    def slope(self) -> float:
        """Steepest rise (m per m)."""

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2) RD; NaN where the surface does not reach."""


@dataclass(frozen=True)
class Level:
    """One height everywhere (m NAP)."""

    nap_m: float
    slope: float = 0.0
    dips: ClassVar[bool] = False

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2)."""
        return np.full(len(xy), self.nap_m)


@dataclass(frozen=True)
class Cone:
    """A cone round ``centre`` (RD): ``nap_m`` at the distance ``start_m`` and ``slope`` per metre further out."""

    centre: tuple[float, float]
    nap_m: float
    slope: float
    start_m: float = 0.0
    dips: ClassVar[bool] = False

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2)."""
        distance = np.hypot(xy[:, 0] - self.centre[0], xy[:, 1] - self.centre[1])
        return self.nap_m + self.slope * (distance - self.start_m)


@dataclass(frozen=True)
class Plane:
    """A plane: ``nap_m`` at ``at`` (RD), rising by ``rise`` (m per m to the east, to the north)."""

    at: tuple[float, float]
    nap_m: float
    rise: tuple[float, float]
    dips: ClassVar[bool] = False

    @property
    def slope(self) -> float:
        """Steepest rise."""
        return float(np.hypot(*self.rise))

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2)."""
        return self.nap_m + (xy - np.array(self.at)) @ np.array(self.rise)

    @staticmethod
    def through(points: Floats) -> Plane | None:
        """Return the plane through three points (3, 3) RD + NAP, or None when they lie on one line."""
        edges = points[1:] - points[0]
        if abs(np.linalg.det(edges[:, :2])) < 1e-6:
            return None
        east, north = np.linalg.solve(edges[:, :2], edges[:, 2])
        return Plane((float(points[0, 0]), float(points[0, 1])), float(points[0, 2]), (float(east), float(north)))


@dataclass(frozen=True)
class AlongLine:
    """A height that runs straight from ``start_nap`` to ``end_nap`` along a line (RD), the same across it."""

    line: LineString
    start_nap: float
    end_nap: float
    dips: ClassVar[bool] = True

    @property
    def slope(self) -> float:
        """Steepest rise."""
        return abs(self.end_nap - self.start_nap) / self.line.length

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2)."""
        along = np.asarray(shapely.line_locate_point(self.line, shapely.points(xy), normalized=True))
        return self.start_nap + (self.end_nap - self.start_nap) * along


@dataclass(frozen=True, eq=False)
class Raster:
    """Heights in cells, bilinear between their middles."""

    terrain: Terrain
    dips: ClassVar[bool] = True

    @property
    def slope(self) -> float:
        """Steepest rise between neighbouring cells."""
        steps = [np.abs(np.diff(self.terrain.heights, axis=axis)) for axis in (0, 1)]
        known = [float(step[np.isfinite(step)].max()) for step in steps if np.isfinite(step).any()]
        return float(np.hypot(known[0], known[1])) / self.terrain.cell_m if len(known) == 2 else np.inf

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2); NaN outside and beside cells without a value."""
        return self.terrain.sample(xy[:, 0], xy[:, 1])


@dataclass(frozen=True)
class Contours:
    """Contour lines (RD) with their heights (m NAP), linear in between ("lineaire interpolatie", plan text Stiens art. 10.1).

    Between two contours the height follows the ratio of the distances to both; beyond the outermost contour it is unknown.
    """

    lines: tuple[LineString, ...]
    naps: tuple[float, ...]
    dips: ClassVar[bool] = True

    @property
    def slope(self) -> float:
        """Steepest rise between two contours."""
        gaps = [
            abs(b - a) / max(self.lines[i].distance(self.lines[j]), 1e-6)
            for i, a in enumerate(self.naps) for j, b in enumerate(self.naps) if i < j
        ]
        return max(gaps, default=0.0)

    def heights(self, xy: Floats) -> Floats:
        """Return the limit (n,) m NAP at points (n, 2); NaN where a point lies between no two contours."""
        if not len(xy):
            return np.zeros(0)
        points = shapely.points(xy)
        towards = np.stack([shapely.get_coordinates(shapely.shortest_line(points, line))[1::2] - xy for line in self.lines], axis=1)
        distance = np.hypot(towards[:, :, 0], towards[:, :, 1])
        rows = np.arange(len(xy))
        first = distance.argmin(axis=1)
        facing = (towards * towards[rows, first][:, None]).sum(axis=2)
        others = np.where(facing < 0, distance, np.inf)
        second = others.argmin(axis=1)
        near, far = distance[rows, first], others[rows, second]
        values = np.array(self.naps)
        with np.errstate(invalid="ignore"):
            between = values[first] + (values[second] - values[first]) * near / (near + far)
        return np.where(near < 1e-6, values[first], np.where(np.isfinite(far), between, np.nan))


@dataclass(frozen=True, eq=False)
class Zoned:
    """A surface with the area (RD polygon; None = everywhere) that it holds for."""

    surface: Surface
    zone: BaseGeometry | None = None


def disc(centre: tuple[float, float], radius_m: float) -> Polygon:
    """Return a circle (RD) as a polygon whose corners lie on it."""
    pieces = max(16, int(np.ceil(np.pi / 4 * np.sqrt(radius_m / (2 * CIRCLE_M)))))  # sagitta r (1 - cos(pi / 4n))
    return shapely.buffer(Point(centre), radius_m, quad_segs=pieces)


def ring(centre: tuple[float, float], inner_m: float, outer_m: float | None) -> BaseGeometry | None:
    """Return the ring between two circles; without ``outer_m`` everything outside the inner one is None (no zone)."""
    if outer_m is None:
        return None
    outer = disc(centre, outer_m)
    return shapely.difference(outer, disc(centre, inner_m)) if inner_m > 0 else outer


def surface_mesh(zoned: Zoned, around: BaseGeometry, cells: int = 16) -> Floats:
    """Return the limit near a shape (RD) as triangles (n, 3, 3), inside its zone; nothing where the surface does not reach."""
    area = around if zoned.zone is None else overlay.intersection(zoned.zone, around)
    if area.is_empty:
        return np.zeros((0, 3, 3))
    west, south, east, north = area.bounds
    step = max(east - west, north - south, 1e-3) / cells
    x, y = np.arange(west, east, step), np.arange(south, north, step)
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    boxes = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + step, corners[:, 1] + step)
    cut = [piece for piece in shapely.get_parts(overlay.intersection(boxes, area)) if piece.geom_type == "Polygon" and piece.area > 1e-6]
    if not cut:
        return np.zeros((0, 3, 3))
    origin = np.floor([west, south])
    local = shapely.transform(np.array(cut, dtype=object), lambda xy: xy - origin)
    pieces = shapely.get_parts(shapely.constrained_delaunay_triangles(local))
    pieces = shapely.get_parts(pieces)
    xy = shapely.get_coordinates(pieces).reshape(-1, 4, 2)[:, :3] + origin
    z = zoned.surface.heights(xy.reshape(-1, 2)).reshape(-1, 3, 1)
    triangles = np.concatenate([xy, z], axis=2)
    return triangles[np.isfinite(z[:, :, 0]).all(axis=1)]
