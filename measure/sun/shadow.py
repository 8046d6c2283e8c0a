"""Shadows on the ground: exact outlines on a level plane, and maps of cells."""

from __future__ import annotations

from collections.abc import Sequence

import manifold3d
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats, Ints
from ..building.footprint import polygons_only
from ..plane.overlay import GRID_M

Bounds = tuple[float, float, float, float]
"""West, south, east, north (RD)."""
LOWEST_SUN_DEG = 3.0
"""Below it shadows are longer than 19 x the height and say nothing about a place."""
SMALL_M2 = 1e-6
STRIP_M, TOGETHER = 5.0, 128


def shadow_on_plane(triangles: Floats, sun: Floats, ground_nap: float) -> BaseGeometry:
    """Return the exact shadow (RD polygon) that triangles (n, 3, 3) throw on a level plane.

    ``sun`` (3,) points to the sun. All faces are taken, not only those turned to the sun, so that open models count too.
    """
    thrown, origin = thrown_on_plane(triangles, sun, ground_nap)
    area = np.abs(_cross2(thrown[:, 1] - thrown[:, 0], thrown[:, 2] - thrown[:, 0])) / 2
    solid = thrown[area > SMALL_M2]
    if not len(solid):
        return shapely.MultiPolygon()
    polygons = shapely.polygons(np.concatenate([solid, solid[:, :1]], axis=1))
    shade = polygons_only(joined(list(polygons)))
    return shapely.transform(shade, lambda xy: xy + origin)


class ShadowCaster:
    """Bodies that stand on a level plane; their joint shadow for any sun.

    A closed body is sheared along the rays and projected whole (manifold3d), which is exact and many times faster than the union
    of its thrown triangles; what is not closed is thrown triangle by triangle. Both are joined by Clipper2, within manifold3d.
    """

    def __init__(self, bodies: Sequence[Floats], ground_nap: float) -> None:
        """``bodies``: triangles (n, 3, 3) of each, RD + NAP."""
        self.ground_nap = ground_nap
        corners = [body.reshape(-1, 3).min(axis=0) for body in bodies if len(body)]
        self.origin = np.array([*np.floor(np.min(corners, axis=0))[:2], ground_nap]) if corners else np.zeros(3)
        solids = [(body, _solid(body, self.origin)) for body in bodies if len(body)]
        above = [solid.trim_by_plane((0.0, 0.0, 1.0), 0.0) for _, solid in solids if solid is not None]
        self._closed = [(solid, np.reshape(solid.bounding_box(), (2, 3))) for solid in above if not solid.is_empty()]
        above_open = [_above(body - self.origin, 0.0) for body, solid in solids if solid is None]
        self._open = [(body, np.stack([body.min(axis=(0, 1)), body.max(axis=(0, 1))])) for body in above_open if len(body)]

    def shadow(self, sun: Floats, within: Bounds | None = None) -> BaseGeometry:
        """Return the shadow (RD polygon) for a sun (3,), nothing below ``LOWEST_SUN_DEG``; bodies that cannot reach ``within`` are left
        out."""
        shades = [_polygon(part, self.origin) for part in self._section(sun, within).decompose() if not part.is_empty()]
        whole = shapely.MultiPolygon(shades)
        return whole if shapely.is_valid(whole) else polygons_only(joined(shades))  # pieces may touch in a point or a line

    def outlines(self, sun: Floats, within: Bounds | None = None) -> list[Floats]:
        """Return the shadow as rings (n, 2) RD, outer ones anticlockwise and holes clockwise: what a map draws at once."""
        return [np.asarray(ring) + self.origin[:2] for ring in self._section(sun, within).to_polygons()]

    def _section(self, sun: Floats, within: Bounds | None) -> manifold3d.CrossSection:
        """Return the joint shadow, less ``origin``."""
        if sun[2] <= np.sin(np.radians(LOWEST_SUN_DEG)):
            return manifold3d.CrossSection()
        slope = sun[:2] / sun[2]
        shear = np.array([[1.0, 0.0, -slope[0], 0.0], [0.0, 1.0, -slope[1], 0.0], [0.0, 0.0, 1.0, 0.0]])
        sections = [solid.transform(shear).project() for solid, box in self._closed if self._reaches(box, slope, within)]
        sections += [_thrown_section(body, slope) for body, box in self._open if self._reaches(box, slope, within)]
        return manifold3d.CrossSection.batch_boolean(sections, manifold3d.OpType.Add) if sections else manifold3d.CrossSection()

    def _reaches(self, box: Floats, slope: Floats, within: Bounds | None) -> bool:
        if within is None:
            return True
        ends = np.concatenate([box[:, :2], box[:, :2] - slope * box[1, 2]]) + self.origin[:2]
        (west, south), (east, north) = ends.min(axis=0), ends.max(axis=0)
        return bool(east >= within[0] and west <= within[2] and north >= within[1] and south <= within[3])


def _solid(triangles: Floats, origin: Floats) -> manifold3d.Manifold | None:
    """Return triangles (n, 3, 3) as a closed solid in a local origin, or None when they are none."""
    vertices, faces = np.unique((triangles - origin).reshape(-1, 3).round(6), axis=0, return_inverse=True)
    faces = faces.reshape(-1, 3)
    whole = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    mesh = manifold3d.Mesh64(np.ascontiguousarray(vertices), np.ascontiguousarray(faces[whole], dtype=np.uint64))
    solid = manifold3d.Manifold(mesh)
    return solid if solid.status() == manifold3d.Error.NoError and solid.volume() > 0 else None


def _thrown_section(triangles: Floats, slope: Floats) -> manifold3d.CrossSection:
    """Return the union of triangles (n, 3, 3) in a local origin, thrown on z = 0; neighbours are joined first, which is faster."""
    thrown = triangles[:, :, :2] - triangles[:, :, 2:] * slope
    area = _cross2(thrown[:, 1] - thrown[:, 0], thrown[:, 2] - thrown[:, 0]) / 2
    turned = np.where((area < 0)[:, None, None], thrown[:, ::-1], thrown)[np.abs(area) > SMALL_M2]
    middle = turned.mean(axis=1)
    turned = turned[np.lexsort((middle[:, 1], np.floor(middle[:, 0] / STRIP_M)))]
    some = [manifold3d.CrossSection(list(turned[n : n + TOGETHER]), manifold3d.FillRule.NonZero) for n in range(0, len(turned), TOGETHER)]
    return manifold3d.CrossSection.batch_boolean(some, manifold3d.OpType.Add) if some else manifold3d.CrossSection()


def _polygon(section: manifold3d.CrossSection, origin: Floats) -> shapely.Polygon:
    """Return one connected section as an RD polygon, holes cut out."""
    rings = sorted((np.asarray(ring) + origin[:2] for ring in section.to_polygons()), key=_signed_area, reverse=True)
    return shapely.Polygon(rings[0], rings[1:])


def joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of areas on a grid of a micrometre: of thrown triangles, whose edges nearly coincide everywhere, GEOS's
    floating union can lose whole pieces without a word (seen: 2.4 of 199.8 m2)."""
    return shapely.union_all(list(shapes), grid_size=GRID_M)


def less(area: BaseGeometry, taken: BaseGeometry) -> BaseGeometry:
    """Return what of an area lies outside another, on the same grid."""
    return polygons_only(shapely.difference(area, taken, grid_size=GRID_M))


def _signed_area(ring: Floats) -> float:
    x, y = (ring - ring[0]).T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def thrown_on_plane(triangles: Floats, sun: Floats, ground_nap: float) -> tuple[Floats, Floats]:
    """Return what stands above a level plane, thrown on it along the rays (n, 3, 2), and the whole metres (2,) subtracted (RD).

    Nothing when the sun stands below ``LOWEST_SUN_DEG``.
    """
    above = _above(np.asarray(triangles, dtype=np.float64).reshape(-1, 3, 3), ground_nap)
    if not len(above) or sun[2] <= np.sin(np.radians(LOWEST_SUN_DEG)):
        return np.zeros((0, 3, 2)), np.zeros(2)
    origin = np.floor(above[:, :, :2].min(axis=(0, 1)))
    return above[:, :, :2] - origin - (above[:, :, 2:] - ground_nap) * (sun[:2] / sun[2]), origin


def _above(triangles: Floats, level: float) -> Floats:
    """Return triangles cut at a level: only what stands above it (m, 3, 3)."""
    z = triangles[:, :, 2] - level
    whole = (z >= 0).all(axis=1)
    pieces = [triangles[whole]]
    for triangle in triangles[~whole & (z > 0).any(axis=1)]:
        kept = []
        for a, b in zip(triangle, np.roll(triangle, -1, axis=0)):
            if a[2] >= level:
                kept.append(a)
            if (a[2] >= level) != (b[2] >= level):
                kept.append(a + (b - a) * ((level - a[2]) / (b[2] - a[2])))
        pieces.append(np.array([[kept[0], kept[n], kept[n + 1]] for n in range(1, len(kept) - 1)]).reshape(-1, 3, 3))
    return np.concatenate(pieces)


def _cross2(a: Floats, b: Floats) -> Floats:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def cell_centres(extent: Bounds, cell_m: float) -> Floats:
    """Return the centres (rows, columns, 2) of square cells, north-up from the west and north edge of an extent (RD)."""
    return np.stack(np.meshgrid(*_axes(extent, cell_m)), axis=-1)


def _axes(extent: Bounds, cell_m: float) -> tuple[Floats, Floats]:
    """Return the columns' x and the rows' y (RD) of cell centres; cells that stick out at the east or south edge count."""
    west, south, east, north = extent
    columns, rows = int(np.ceil(round((east - west) / cell_m, 9))), int(np.ceil(round((north - south) / cell_m, 9)))
    return west + (np.arange(columns) + 0.5) * cell_m, north - (np.arange(rows) + 0.5) * cell_m


def ground_shadow(
    triangles: Floats, sun: Floats, extent: Bounds, cell_m: float, ground_nap: float
) -> NDArray[np.bool_]:
    """Return which cells of level ground lie in shadow (rows, columns), north-up; their centres are ``cell_centres(extent, cell_m)``.

    Exact at each centre, in float64: the thrown triangles are filled row by row (scan conversion; Foley et al., "Computer
    Graphics", 2nd ed., 3.6), which answers the same as a ray from the centre to the sun.
    """
    x, y = _axes(extent, cell_m)
    thrown, origin = thrown_on_plane(triangles, sun, ground_nap)
    rows, columns = len(y), len(x)
    if not rows or not columns or not len(thrown):
        return np.zeros((rows, columns), dtype=bool)
    cells = (thrown - (np.array([x[0], y[0]]) - origin)) / (cell_m, -cell_m)
    row, start, end = _spans(cells, rows, columns)
    table = np.bincount(row * (columns + 1) + start, minlength=rows * (columns + 1))
    table -= np.bincount(row * (columns + 1) + end, minlength=rows * (columns + 1))
    return table.reshape(rows, columns + 1).cumsum(axis=1)[:, :-1] > 0


def _spans(cells: Floats, rows: int, columns: int) -> tuple[Ints, Ints, Ints]:
    """Return for every row of cells that a triangle (n, 3, 2; column, row) crosses: the row, its first cell, and the one after its last."""
    first = np.clip(np.ceil(cells[:, :, 1].min(axis=1)), 0, rows).astype(np.int64)
    count = np.clip(np.floor(cells[:, :, 1].max(axis=1)) + 1, first, rows).astype(np.int64) - first
    which = np.repeat(np.arange(len(cells)), count)
    row = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    cells = np.take_along_axis(cells, np.argsort(cells[:, :, 1], axis=1)[:, :, None], axis=1)
    (x0, y0), (x1, y1), (x2, y2) = (cells[:, n].T for n in range(3))
    with np.errstate(divide="ignore", invalid="ignore"):
        long, lower, upper = (x2 - x0) / (y2 - y0), (x1 - x0) / (y1 - y0), (x2 - x1) / (y2 - y1)
    level = (y1 == y0)[which] | (row > y1[which])  # the row crosses the upper of the two short edges
    a = x0[which] + (row - y0[which]) * long[which]
    b = np.where(level, x1[which], x0[which]) + (row - np.where(level, y1[which], y0[which])) * np.where(level, upper[which], lower[which])
    low, high = np.minimum(a, b), np.maximum(a, b)
    inside = high >= low
    start = np.clip(np.ceil(low[inside]), 0, columns).astype(np.int64)
    end = np.clip(np.floor(high[inside]) + 1, start, columns).astype(np.int64)
    return row[inside], start, end
