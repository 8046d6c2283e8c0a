"""Shadows on the ground: exact outlines on a level plane, and maps of cells."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from . import overlay
from .footprint import polygons_only

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LOWEST_SUN_DEG = 3.0
"""Below it shadows are longer than 19 x the height and say nothing about a place."""
SMALL_M2 = 1e-6


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
    shade = polygons_only(overlay.union(list(polygons)))
    return shapely.transform(shade, lambda xy: xy + origin)


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


def cell_centres(extent: tuple[float, float, float, float], cell_m: float) -> Floats:
    """Return the centres (rows, columns, 2) of square cells, north-up from the west and north edge of an extent (RD)."""
    return np.stack(np.meshgrid(*_axes(extent, cell_m)), axis=-1)


def _axes(extent: tuple[float, float, float, float], cell_m: float) -> tuple[Floats, Floats]:
    """Return the columns' x and the rows' y (RD) of cell centres; cells that stick out at the east or south edge count."""
    west, south, east, north = extent
    columns, rows = int(np.ceil(round((east - west) / cell_m, 9))), int(np.ceil(round((north - south) / cell_m, 9)))
    return west + (np.arange(columns) + 0.5) * cell_m, north - (np.arange(rows) + 0.5) * cell_m


def ground_shadow(
    triangles: Floats, sun: Floats, extent: tuple[float, float, float, float], cell_m: float, ground_nap: float
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
    low, high = np.full(len(which), np.inf), np.full(len(which), -np.inf)
    for a, b in ((0, 1), (1, 2), (2, 0)):
        (xa, ya), (xb, yb) = cells[which, a].T, cells[which, b].T
        crossed = (np.minimum(ya, yb) <= row) & (np.maximum(ya, yb) >= row) & (ya != yb)
        with np.errstate(divide="ignore", invalid="ignore"):
            x = xa + (row - ya) * (xb - xa) / (yb - ya)
        low = np.where(crossed, np.minimum(low, x), low)
        high = np.where(crossed, np.maximum(high, x), high)
    inside = high >= low
    start = np.clip(np.ceil(low[inside]), 0, columns).astype(np.int64)
    end = np.clip(np.floor(high[inside]) + 1, start, columns).astype(np.int64)
    return row[inside], start, end
