"""An area cut into small cells, exactly along its edge."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats

STRAIGHT_M = 1e-4
SMALLEST_M, LARGEST_M = 0.03, 20.0
HAIR_SHARE = 1e-9
"""Of a cell: what is covered less is rounding."""


def cells_of(area: BaseGeometry, count: int) -> tuple[Floats, Floats]:
    """Return the middle (n, 2) and the size (n,) m2 of about ``count`` square cells of an area, cut along its edge: the sizes
    add up to its own.

    Each piece of the edge that lies in one cell adds what lies west of it to its own cell and to those west of it in the row: area and moments
    by Green's theorem, cell by cell.
    """
    if area.is_empty:
        return np.zeros((0, 2)), np.zeros(0)
    area = shapely.make_valid(shapely.simplify(area, STRAIGHT_M))
    west, south, east, north = area.bounds
    step = float(np.clip(np.sqrt((east - west) * (north - south) / count), SMALLEST_M, LARGEST_M))
    corner = np.array([west, south])
    columns, rows = (max(int(np.ceil(length / step)), 1) for length in (east - west, north - south))
    starts, ends, column, row = _pieces((_edges(area) - corner) / step, columns, rows)
    (u0, v0), (u1, v1) = (starts - np.column_stack([column, row])).T, (ends - np.column_stack([column, row])).T
    rise = v1 - v0
    cell = row * columns + column

    def added(weights: Floats) -> Floats:
        return np.bincount(cell, weights, rows * columns).astype(np.float64).reshape(rows, columns)

    def west_of(own: Floats) -> Floats:
        return np.cumsum(own[:, ::-1], axis=1)[:, ::-1] - own

    full = west_of(added(rise))
    share = added(rise * (u0 + u1) / 2) + full
    along = added(rise * (u0 * u0 + u0 * u1 + u1 * u1) / 6) + full / 2
    up = added(rise * (2 * u0 * v0 + u0 * v1 + u1 * v0 + 2 * u1 * v1) / 6) + west_of(added(rise * (v0 + v1) / 2))
    at_row, at_column = np.nonzero(share > HAIR_SHARE)
    covered = share[at_row, at_column]
    inside = np.column_stack([along[at_row, at_column], up[at_row, at_column]]) / covered[:, None]
    middles = corner + (np.column_stack([at_column, at_row]) + np.clip(inside, 0.0, 1.0)) * step
    return middles, covered * step * step


def _edges(area: BaseGeometry) -> Floats:
    """Return the edges (n, 2, 2) of an area with its inside on their left."""
    parts = shapely.get_parts(shapely.get_parts(area))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    rings, part = shapely.get_rings(parts, return_index=True)
    hole = np.concatenate([[False], part[1:] == part[:-1]])
    turned = shapely.is_ccw(rings) == hole
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    edges = np.stack([corners[:-1][joined], corners[1:][joined]], axis=1)
    return np.where(turned[ring[1:][joined], None, None], edges[:, ::-1], edges)


def _pieces(edges: Floats, columns: int, rows: int) -> tuple[Floats, Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Return edges (n, 2, 2; in cells) cut at the lines between cells: starts and ends (m, 2), and the column and row of each piece."""
    starts, ends = edges[:, 0], edges[:, 1]
    number, share = [np.arange(len(edges))] * 2, [np.zeros(len(edges)), np.ones(len(edges))]
    for axis in range(2):
        low = np.minimum(starts[:, axis], ends[:, axis])
        first = np.floor(low).astype(np.int64) + 1
        counts = np.maximum(np.ceil(np.maximum(starts[:, axis], ends[:, axis])).astype(np.int64) - first, 0)
        edge = np.repeat(np.arange(len(edges)), counts)
        line = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
        number.append(edge)
        share.append((line - starts[edge, axis]) / (ends[edge, axis] - starts[edge, axis]))
    every, at = np.concatenate(number), np.concatenate(share)
    order = np.lexsort((at, every))
    every, at = every[order], at[order]
    places = starts[every] + at[:, None] * (ends[every] - starts[every])
    same = every[1:] == every[:-1]
    begin, end = places[:-1][same], places[1:][same]
    column, row = np.floor((begin + end) / 2).astype(np.int64).T
    return begin, end, np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1)
