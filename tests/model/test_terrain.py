"""Heights of a raster: the nearest that is known."""

from __future__ import annotations

import numpy as np
import pytest

from drieluik.model import Terrain


def test_the_nearest_height_is_that_of_the_nearest_cell_that_has_one():
    random = np.random.default_rng(4)
    for _ in range(40):
        heights = np.where(random.random((9, 11)) < random.choice([0.2, 0.9, 0.99]), np.nan, random.random((9, 11)))
        terrain = Terrain(heights, 100.0, 200.0, 2.0)
        for x, y in random.uniform((94, 180), (126, 206), (60, 2)):
            rows, columns = np.nonzero(np.isfinite(heights))
            away = np.hypot(100.0 + (columns + 0.5) * 2.0 - x, 200.0 - (rows + 0.5) * 2.0 - y)
            found = terrain.nearest(x, y, within_m=7.0)
            if not len(away) or away.min() > 7.0:
                assert found is None
            else:
                assert found == (pytest.approx(heights[rows, columns][away.argmin()]), pytest.approx(away.min()))
