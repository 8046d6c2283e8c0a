"""The words of an answer: yes, no, unknown, numbers, names and places, without the reason that stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

YES, NO = ("yes", "ja", "true"), ("no", "nee", "false")
UNKNOWN = ("", "unknown", "onbekend", "none", "?")


def bare(given: Any) -> Any:
    """Return an answer without its reason: its ``value`` where it has one; yes and no as True and False, unknown as None."""
    value = given.get("value") if isinstance(given, Mapping) and "value" in given else given
    word = str(value).strip().lower() if isinstance(value, (str, bool)) or value is None else ""
    if isinstance(value, bool) or word in YES or word in NO:
        return word in YES
    return None if (isinstance(value, str) or value is None) and word in UNKNOWN else value


def named_in(given: Any) -> frozenset[str]:
    """Return the names of a list, or of one name that stands alone."""
    if given is None or isinstance(given, Mapping):
        return frozenset()
    return frozenset(str(name) for name in (given if isinstance(given, (list, tuple, set, frozenset)) else (given,)))


def is_number(given: Any) -> bool:
    """Whether a value is a finite number."""
    return isinstance(given, (int, float)) and not isinstance(given, bool) and bool(np.isfinite(given))


def is_place(given: Any) -> bool:
    """Whether a value is a place [x, y]."""
    return isinstance(given, (list, tuple)) and len(given) == 2 and all(is_number(part) for part in given)
