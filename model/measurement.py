"""A number that decides something: with unit, limit, margin and what makes it uncertain."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .verdict import Verdict

MOST_TOLERATED = 0.1
"""A tolerance of more than a tenth of the limit is no tolerance but a power to deviate, and stands under the exceptions of a rule."""
EPSILON_M = 0.005
"""Numeric epsilon (m, or the unit at hand) when both sides are legal or design geometry (docs/measuring.md 0.2)."""

OPERATORS = ("<=", "<", ">=", ">", "==", "between")


@dataclass(frozen=True)
class UncertaintySource:
    """One cause of doubt: ``name`` is a code (``boundary``, ``level``, ``mesh``...), ``value`` in the measurement's unit."""

    name: str
    value: float


def combined_uncertainty(sources: tuple[UncertaintySource, ...]) -> float:
    """Return the root of the sum of squares of independent sources (GUM, JCGM 100:2008, 5.1.2)."""
    return math.sqrt(sum(source.value**2 for source in sources))


@dataclass(frozen=True)
class Measurement:
    """A measured value against its limit.

    ``margin`` is positive when the limit is met (limit - value for ``<=``, value - limit for ``>=``); ``limit`` None means
    that the number informs and decides nothing. With operator ``between`` the value must lie from ``low`` to ``limit``,
    both included. ``at`` names where or when (a place code, a date). ``tolerance`` is what the rule's author allows beyond the
    limit; it moves the verdict, never the margin.
    """

    name: str
    value: float | None
    unit: str
    operator: str = "<="
    limit: float | None = None
    sources: tuple[UncertaintySource, ...] = ()
    at: str = ""
    low: float | None = None
    tolerance: float = 0.0

    @property
    def uncertainty(self) -> float:
        """Combined uncertainty, in the measurement's unit."""
        return combined_uncertainty(self.sources)

    @property
    def margin(self) -> float | None:
        """Room left to the limit; negative when it is passed."""
        if self.limit is None or self.value is None:
            return None
        if self.operator == "==":
            return -abs(self.value - self.limit)
        if self.operator == "between":
            return min(self.limit - self.value, self.value - (self.limit if self.low is None else self.low))
        return self.limit - self.value if self.operator.startswith("<") else self.value - self.limit

    def verdict(self) -> Verdict:
        """Return complies or violates outside the uncertainty band, needs_judgement inside it.

        Without uncertainty sources both sides are exact: the epsilon then only absorbs rounding, so that a value equal to
        the limit meets ``<=`` and ``>=`` and fails ``<`` and ``>``.
        """
        margin = self.margin
        if margin is None:
            return Verdict.NOT_ASSESSABLE
        margin += self.tolerance
        band = self.uncertainty
        if band > EPSILON_M:
            if abs(margin) <= band:
                return Verdict.NEEDS_JUDGEMENT
            return Verdict.COMPLIES if margin > 0 else Verdict.VIOLATES
        strict = self.operator in ("<", ">")
        met = margin > EPSILON_M if strict else margin >= -EPSILON_M
        return Verdict.COMPLIES if met else Verdict.VIOLATES
