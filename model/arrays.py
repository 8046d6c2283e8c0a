"""Arrays: their types and the box round them; and how progress is told: one definition for every room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[float, str], None]
"""Gets the share done (0 to 1) and a code of ``i18n/messages``; raises ``CancelledError`` to stop."""


def extent(points: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and the highest corner (k,) of at least one point (n, k).

    Column by column: numpy's ``min(axis=0)`` of a long array with few columns takes six times as long.
    """
    return np.array([column.min() for column in points.T]), np.array([column.max() for column in points.T])


def spans(corners: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and the highest (n, ...) of the three corners (n, 3, ...) of each triangle.

    Corner by corner: numpy's ``min(axis=1)`` of three takes eight times as long.
    """
    a, b, c = (corners[:, number] for number in range(3))
    return np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)
