"""Points of a cloud by place: which of them lie in a polygon or near a point, without passing all of them."""

from __future__ import annotations

import numpy as np
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from .inside import inside

CELL_M = 5.0


class PointGrid:
    """Points (n, 3) sorted into square cells, column by column."""

    def __init__(self, xyz: Floats) -> None:
        self._origin = np.floor(xyz[:, :2].min(axis=0)) if len(xyz) else np.zeros(2)
        cells = ((xyz[:, :2] - self._origin) / CELL_M).astype(np.int64)
        self._rows = int(cells[:, 1].max()) + 1 if len(xyz) else 1
        keys = cells[:, 0] * self._rows + cells[:, 1]
        order = np.argsort(keys, kind="stable")
        self._keys, self._xyz = keys[order], xyz[order]

    def in_box(self, west: float, south: float, east: float, north: float) -> Floats:
        """Return the points (m, 3) inside a box, its edges included."""
        low = np.floor((np.array([west, south]) - self._origin) / CELL_M).astype(np.int64)
        high = np.floor((np.array([east, north]) - self._origin) / CELL_M).astype(np.int64)
        first, last = max(int(low[1]), 0), min(int(high[1]), self._rows - 1)
        if first > last:
            return np.zeros((0, 3))
        columns = np.arange(max(int(low[0]), 0), int(high[0]) + 1)
        starts = np.searchsorted(self._keys, columns * self._rows + first)
        ends = np.searchsorted(self._keys, columns * self._rows + last, side="right")
        found = [self._xyz[start:end] for start, end in zip(starts, ends) if end > start]
        if not found:
            return np.zeros((0, 3))
        near = np.concatenate(found)
        keep = (near[:, 0] >= west) & (near[:, 0] <= east) & (near[:, 1] >= south) & (near[:, 1] <= north)
        return near[keep]

    def inside(self, polygon: BaseGeometry) -> Floats:
        """Return the points (m, 3) inside a (multi)polygon (RD)."""
        if polygon.is_empty:
            return np.zeros((0, 3))
        near = self.in_box(*polygon.bounds)
        return near[inside(polygon, near[:, :2])]

    def within(self, x: float, y: float, radius: float) -> Floats:
        """Return the points (m, 3) at most ``radius`` from a place."""
        near = self.in_box(x - radius, y - radius, x + radius, y + radius)
        return near[np.hypot(near[:, 0] - x, near[:, 1] - y) <= radius]
