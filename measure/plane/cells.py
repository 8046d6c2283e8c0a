"""An area cut into small cells, exactly along its edge."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from . import overlay
from .inside import inside

STRAIGHT_M = 1e-4
SMALLEST_M, LARGEST_M = 0.03, 20.0
SHORT_EDGE = 200
"""Corners of an edge that may be met whole by every cell."""


def cells_of(area: BaseGeometry, count: int) -> tuple[Floats, Floats]:
    """Return the middle (n, 2) and the size (n,) m2 of about ``count`` square cells of an area, cut along its edge: the sizes
    add up to its own."""
    if area.is_empty:
        return np.zeros((0, 2)), np.zeros(0)
    area = shapely.make_valid(shapely.simplify(area, STRAIGHT_M))
    west, south, east, north = area.bounds
    step = float(np.clip(np.sqrt((east - west) * (north - south) / count), SMALLEST_M, LARGEST_M))
    x, y = np.arange(west, east, step), np.arange(south, north, step)
    edge = _on_edge(area, np.array([west, south]), step, (len(x), len(y)))
    corners = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1)
    middles, low = corners[~edge] + step / 2, corners[edge]
    boxes = shapely.box(low[:, 0], low[:, 1], low[:, 0] + step, low[:, 1] + step)
    shapely.prepare(area)
    whole = shapely.contains_properly(area, boxes)
    inner = np.concatenate([middles[inside(area, middles)], low[whole] + step / 2])
    meets = ~whole & shapely.intersects(area, boxes)
    if shapely.get_num_coordinates(area) <= SHORT_EDGE:
        cut = overlay.intersection(boxes[meets], area)
    else:
        rows = shapely.box(np.full_like(y, west), y, np.full_like(y, east), y + step)
        strips = overlay.intersection(rows, area)  # a cell then meets a short piece of the edge only
        cut = overlay.intersection(boxes[meets], strips[np.nonzero(edge)[1][meets]])
    sizes = shapely.area(cut)
    outer = shapely.get_coordinates(shapely.centroid(cut[sizes > 0]))
    return np.concatenate([inner, outer]), np.concatenate([np.full(len(inner), step * step), sizes[sizes > 0]])


def _on_edge(area: BaseGeometry, corner: Floats, step: float, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Return which cells may be cut by the edge of an area: those of places along it, and their neighbours."""
    places = shapely.get_coordinates(shapely.segmentize(area, step / 2))
    column, row = np.floor((places - corner) / step).astype(np.int64).T
    edge = np.zeros((shape[0] + 2, shape[1] + 2), dtype=bool)
    for right in range(3):
        for up in range(3):
            edge[np.clip(column + right, 0, shape[0] + 1), np.clip(row + up, 0, shape[1] + 1)] = True
    return edge[1:-1, 1:-1]
