"""In which unit a quantity is compared, and what a plan's number is in it: centimetres were metres when they were read, other dimensions never are."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Protocol

from ....measure.plan.peil import PeilCandidate
from ....model import ABOVE, ABOVE_NAP, Limit, PlanValue
from .named_levels import WAYS

NAP = "NAP"

UNITS_OF = {
    "bouwhoogte": ("m",), "goothoogte": ("m",), "nokhoogte": ("m",), "hoogte": ("m",), "afstand": ("m",), "breedte": ("m",), "diepte": ("m",),
    "lengte": ("m",), "oppervlakte": ("m2",), "bebouwd oppervlak": ("m2",), "volume": ("m3",), "inhoud": ("m3",), "bebouwingspercentage": ("%",),
    "dakhelling": ("graden", "deg"), "aantal bouwlagen": ("bouwlagen",),
}
"""Units in which the values of SVBP2012's quantities are compared; a value in any other must be read by somebody."""
OTHERS = ("m", "m2", "m3", "%", "graden", "deg", "bouwlagen")
"""Units that are read of a quantity that is in no list."""
HEIGHTS = ("bouwhoogte", "goothoogte", "nokhoogte")
"""Quantities that are measured from peil: a number above NAP is converted through it."""


class FromPeil(Protocol):
    """What knows the level that heights are measured from."""

    @property
    def level(self) -> PeilCandidate | None:
        """The peil of this reading, None while nothing is known of it."""

    def named_level(self, word: str) -> float | None:
        """Return the level (m NAP) that a norm names itself, in this reading; None while nothing is known of it."""


def is_read(value: PlanValue, name: str) -> bool:
    """Whether a value is a number in a unit of its quantity, or without a unit."""
    return value.value is not None and (value.unit in ("", *_units_of(name)) or bool(level_named(value, name)))


def level_named(value: PlanValue, name: str) -> str:
    """Return the level that a height is above by its own unit: NAP, or a word of ``named_levels.WAYS``; '' = peil."""
    word = NAP if value.unit == ABOVE_NAP else value.unit[len(ABOVE):] if value.unit.startswith(ABOVE) else ""
    return word if word in (NAP, *WAYS) and _begins(name, HEIGHTS) is not None else ""


def number_in(value: PlanValue, name: str, context: FromPeil) -> float | None:
    """Return the number of a value in the unit of its quantity, in this reading; None where it is not read, or peil is not known."""
    if value.value is None or not is_read(value, name):
        return None
    word = level_named(value, name)
    if not word:
        return value.value
    zero = 0.0 if word == NAP else context.named_level(word)
    return None if zero is None else from_peil(value.value + zero, context)


def from_peil(nap_m: float, context: FromPeil) -> float | None:
    """Return a height above NAP as one above the peil of this reading; None while nothing is known of it."""
    level = context.level
    return None if level is None else round(nap_m - level.nap_m, 4)


def to_peil(limit: Limit, context: FromPeil) -> Limit | None:
    """Return a limit above NAP as one above the peil of this reading; another as it is; None while nothing is known of peil."""
    if limit.unit != ABOVE_NAP:
        return limit
    level = context.level
    if level is None:
        return None
    value, low, high = (None if number is None else round(number - level.nap_m, 4) for number in (limit.value, limit.low, limit.high))
    return Limit(limit.operator, "m", value, None, low, high, tolerance=limit.tolerance)


@functools.lru_cache(maxsize=256)
def _units_of(name: str) -> tuple[str, ...]:
    """Return the units of a quantity; a town has thousands of values of a dozen names."""
    known = _begins(name, UNITS_OF)
    return OTHERS if known is None else UNITS_OF[known]


def _begins(name: str, known: Iterable[str]) -> str | None:
    """Return the longest quantity that a name begins with ("bouwhoogte bijbehorend bouwwerk"), None where none is known."""
    return max((one for one in known if name == one or name.startswith(f"{one} ")), key=len, default=None)
