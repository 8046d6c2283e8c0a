"""A number as people write it in a case file."""

from __future__ import annotations

import math
from typing import Any


def number_in(given: Any) -> float | None:
    """Return a finite number, also from words with a decimal comma; None for anything else."""
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        return None
    try:
        number = float(given.replace(",", ".") if isinstance(given, str) else given)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
