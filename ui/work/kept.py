"""What was worked out once for one state, until what it rests on is another thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Keeps the last outcome of some work with the objects that it was made of; frozen ones, so that another state is another object."""

    def __init__(self, make: Callable[..., Made]) -> None:
        self._make = make
        self._last: tuple[tuple[Any, ...], Made] | None = None

    def of(self, *known: Any) -> Made:
        """Return the outcome for these objects, worked out anew only when one of them is another object."""
        if self._last is None or any(a is not b for a, b in zip(self._last[0], known)):
            self._last = (known, self._make(*known))
        return self._last[1]
