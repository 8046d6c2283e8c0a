"""The types of arrays, and how progress is told: one definition for every room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[float, str], None]
"""Gets the share done (0 to 1) and a code of ``i18n/messages``; raises ``CancelledError`` to stop."""
