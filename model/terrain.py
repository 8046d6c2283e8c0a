"""Ground as a raster, and points as measured from the air."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats


@dataclass(frozen=True, eq=False)
class Terrain:
    """A north-up height raster: ``heights`` (rows, columns) metres NAP, NaN where there is none (under buildings, water).

    ``west`` and ``north`` are the outer edges of the first cell (RD), ``cell_m`` the cell size.
    """

    heights: Floats
    west: float
    north: float
    cell_m: float

    def sample(self, x: Floats, y: Floats) -> Floats:
        """Return heights (n,) bilinear between cell centres; NaN outside and where a neighbouring cell has none."""
        rows, columns = self.heights.shape
        column = (np.asarray(x, float) - self.west) / self.cell_m - 0.5
        row = (self.north - np.asarray(y, float)) / self.cell_m - 0.5
        c0, r0 = np.floor(column).astype(int), np.floor(row).astype(int)
        inside = (c0 >= 0) & (r0 >= 0) & (c0 < columns - 1) & (r0 < rows - 1)
        c, r = np.clip(c0, 0, columns - 2), np.clip(r0, 0, rows - 2)
        u, v = column - c0, row - r0
        z = self.heights
        top = z[r, c] * (1 - u) + z[r, c + 1] * u
        bottom = z[r + 1, c] * (1 - u) + z[r + 1, c + 1] * u
        return np.where(inside, top * (1 - v) + bottom * v, np.nan)

    def nearest(self, x: float, y: float, within_m: float = 25.0) -> tuple[float, float] | None:
        """Return (height NAP, distance m) of the nearest cell that has a height, or None if there is none within reach."""
        around = self._nearest_of(x, y, 1)  # a centre beyond the cells next to it lies more than a cell away
        if around is None or around[1] >= self.cell_m:
            around = self._nearest_of(x, y, int(np.ceil(within_m / self.cell_m)))
        return None if around is None or around[1] > within_m else around

    def _nearest_of(self, x: float, y: float, reach: int) -> tuple[float, float] | None:
        """Return (height NAP, distance m) of the nearest cell with a height at most ``reach`` cells to each side."""
        column, row = int((x - self.west) / self.cell_m), int((self.north - y) / self.cell_m)
        r0, c0 = max(row - reach, 0), max(column - reach, 0)
        window = self.heights[r0 : max(row + reach + 1, 0), c0 : max(column + reach + 1, 0)]
        rows, columns = np.nonzero(np.isfinite(window))
        if not len(rows):
            return None
        dx = self.west + (columns + c0 + 0.5) * self.cell_m - x
        dy = self.north - (rows + r0 + 0.5) * self.cell_m - y
        distance = np.hypot(dx, dy)
        best = int(np.argmin(distance))
        return float(window[rows[best], columns[best]]), float(distance[best])


@dataclass(frozen=True, eq=False)
class PointCloud:
    """Points from the air: ``xyz`` (n, 3) RD + NAP and their AHN class ``classification`` (n,) (2 ground, 6 building)."""

    xyz: Floats
    classification: NDArray[np.uint8]
