"""The words of plans, standards and rule files for units: one table, for names, texts, lists of concepts and rule files."""

from __future__ import annotations

import re
from typing import NamedTuple


class UnitWord(NamedTuple):
    """The words for a unit as a pattern, what it is to us (``unit``) and its ``factor``; ``loose``: also read behind a number anywhere in a text."""

    pattern: str
    unit: str
    factor: float = 1.0
    loose: bool = True


UNIT_WORDS: tuple[UnitWord, ...] = (
    UnitWord(r"m\s?(?:2|²)|vierkante meters?|m\^2", "m2"), UnitWord(r"m\s?(?:3|³)|kubieke meters?|m\^3", "m3"),
    UnitWord(r"ha(?:\b)|hectaren?", "m2", 10_000.0), UnitWord(r"cm|centimeters?", "m", 0.01), UnitWord(r"mm|millimeters?", "m", 0.001),
    UnitWord(r"km|kilometers?", "m", 1000.0), UnitWord(r"meters?|mtr?\.?|m1|m'?(?![a-z0-9])", "m"), UnitWord(r"%|procent", "%"),
    UnitWord(r"°|graden|gr\.|o(?=[\s.,;])", "deg"), UnitWord(r"parkeerplaats(?:en)?|pp(?![a-z])", "pp"),
    UnitWord(r"(?:bouw|woon)?la(?:gen|ag)(?![a-z])", "bouwlagen"),
    UnitWord(r"vierkantemeters?", "m2", 1.0, False), UnitWord(r"kubiekemeters?", "m3", 1.0, False), UnitWord(r"vierkantekilometers?", "m2", 1e6, False),
    UnitWord(r"liters?", "m3", 0.001, False), UnitWord(r"procenten|percentage", "%", 1.0, False),
    UnitWord(r"gr|graad\(?(?:hoek)?\)?|degrees|deg", "deg", 1.0, False),
    UnitWord(r"storeys", "bouwlagen", 1.0, False), UnitWord(r"aantal|stuks|count", "aantal", 1.0, False), UnitWord(r"minuten|min", "min", 1.0, False),
    UnitWord(r"uur|h", "h", 1.0, False),
)
"""Longest first, so that "m2" is no "m". IMOW's list Eenheid (v4.3.0), SVBP2012's names, and what plans and rule files write."""


def unit_meant(word: str) -> tuple[str, float] | None:
    """Return the unit that a word is, and its factor to it; None of a word that is no unit here: it decides nothing."""
    low = word.strip().lower()
    return next(((one.unit, one.factor) for one in UNIT_WORDS if re.fullmatch(one.pattern, low)), None)


def plain_unit(word: str) -> str:
    """Return our word for a unit that is written in its own size; any other word as it is."""
    meant = unit_meant(word)
    return meant[0] if meant is not None and meant[1] == 1.0 else word
