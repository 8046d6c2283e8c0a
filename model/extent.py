"""The box round points."""

from __future__ import annotations

import numpy as np

from .arrays import Floats


def extent(points: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and the highest corner (k,) of at least one point (n, k).

    Column by column: numpy's ``min(axis=0)`` of a long array with few columns takes six times as long.
    """
    return np.array([column.min() for column in points.T]), np.array([column.max() for column in points.T])
