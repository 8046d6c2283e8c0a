"""Ground where AHN saw none: under buildings, water and dense canopy the DTM has holes (half of an inner city)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model import Terrain
from ...model.arrays import Floats
from ..plan.peil import LEVEL_UNCERTAINTY_M

RISE_PER_M = 0.02
"""How much the ground may rise unseen per metre into a hole: two percent, steep for a Dutch built-up area."""


@dataclass(frozen=True, eq=False)
class FilledGround:
    """A terrain without holes, and how sure it is at each cell (rows, columns): metres, one standard uncertainty."""

    terrain: Terrain
    uncertainty_m: Floats

    def at(self, x: float, y: float) -> tuple[float, float] | None:
        """Return (height NAP, uncertainty m) of the cell at a place (RD), None outside the raster."""
        rows, columns = self.uncertainty_m.shape
        column, row = int((x - self.terrain.west) // self.terrain.cell_m), int((self.terrain.north - y) // self.terrain.cell_m)
        if not (0 <= column < columns and 0 <= row < rows):
            return None
        return float(self.terrain.heights[row, column]), float(self.uncertainty_m[row, column])


def filled(terrain: Terrain) -> FilledGround | None:
    """Return the terrain with each hole filled by its nearest known cell, the doubt growing with the distance to it; None: no cell known."""
    from scipy.ndimage import distance_transform_edt

    hole = ~np.isfinite(terrain.heights)
    if hole.all():
        return None
    distance, (row, column) = distance_transform_edt(hole, sampling=terrain.cell_m, return_indices=True)
    heights = terrain.heights[row, column]
    doubt = np.hypot(LEVEL_UNCERTAINTY_M, RISE_PER_M * distance)
    return FilledGround(Terrain(heights, terrain.west, terrain.north, terrain.cell_m), doubt)
