"""The arithmetic of rule files: ``0.47*d+3``, ``min(limit*1.10, 12)``, ``table(d, 0:3, 5:3.5, 10:5)``. No code is executed.

Grammar (recursive descent)::

    sum    = product {("+" | "-") product}
    product= sign {("*" | "/") sign}
    sign   = ["-" | "+"] sign | atom
    atom   = number | name | name "(" ... ")" | "(" sum ")"

Functions: ``min`` and ``max`` (two or more), ``tan`` (degrees), ``abs``, ``table(x, x1:y1, x2:y2, ...)`` (straight lines between the
points, constant outside). Names are a closed list: ``NAMES`` and the parameters of the rule file. Decimal point, no powers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

NAMES = {
    "limit": "", "x": "", "d": "m", "peil": "m NAP", "G": "m", "H": "m", "area": "m2",
}
"""Names a formula may use, with their unit: the rule's limit (only in the effect of an exception), the plan's own value for the rule
(zone.waarde), the distance to the boundary (answer ``d``), peil, the plan's goothoogte and bouwhoogte, the area of the plot."""

GIVEN = (
    "value", "low", "high", "peil", "peil_low", "peil_high", "top", "ridge", "eaves", "height", "area", "percentage", "volume", "storeys", "distance",
    "depth", "width", "pitch", "minutes", "limit", "max", "min", "uncertainty", "exempt", "candidate", "answers", "date", "applies", "missing",
)
"""What the ``given`` of a test may say (docs/rules.md)."""

TANGENT = "tan"
FUNCTIONS = ("min", "max", TANGENT, "abs", "table")
TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9.]*)|(.))", re.ASCII)
DEPTH = 40
LENGTH = 400


class FormulaError(ValueError):
    """The text is no formula; ``position`` (0-based) is where it stops being one, ``word`` what stands there."""

    def __init__(self, word: str, position: int) -> None:
        super().__init__(f"{word!r} at {position}")
        self.word, self.position = word, position


class UnknownNameError(FormulaError):
    """The formula uses a name that nobody gave a value."""


class _Parser:
    """Evaluates while it reads; with ``names`` None it only collects the names that are used."""

    def __init__(self, text: str, names: Mapping[str, float] | None) -> None:
        if len(text) > LENGTH:
            raise FormulaError(text[:20], LENGTH)
        self.tokens = [(m.group(1), m.group(2), m.group(3), m.start()) for m in TOKEN.finditer(text.rstrip())]
        self.end, self.at, self.depth = len(text), 0, 0
        self.names, self.used = names, []  # type: tuple[Mapping[str, float] | None, list[str]]

    def run(self) -> float:
        value = self.sum()
        if self.at < len(self.tokens):
            raise self.fault()
        return value

    def fault(self) -> FormulaError:
        if self.at >= len(self.tokens):
            return FormulaError("", self.end)
        number, name, sign, place = self.tokens[self.at]
        return FormulaError(number or name or sign, place)

    def take(self, *signs: str) -> str:
        """Return the sign that comes next if it is one of these, and step past it."""
        sign = self.tokens[self.at][2] if self.at < len(self.tokens) else None
        if sign is None or sign not in signs:
            return ""
        self.at += 1
        return sign

    def need(self, sign: str) -> None:
        if not self.take(sign):
            raise self.fault()

    def sum(self) -> float:
        self.depth += 1
        if self.depth > DEPTH:
            raise self.fault()
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = self.finite(value + other if sign == "+" else value - other, self.tokens[self.at - 1][3])
        self.depth -= 1
        return value

    def product(self) -> float:
        value = self.sign()
        while sign := self.take("*", "/"):
            place, other = self.at, self.sign()
            if sign == "/" and other == 0.0 and self.names is not None:
                raise FormulaError("/ 0", self.tokens[place][3])
            value = self.finite(value * other if sign == "*" else value / (other or 1.0), self.tokens[place][3])
        return value

    def sign(self) -> float:
        negative = False
        while sign := self.take("-", "+"):
            negative ^= sign == "-"
        value = self.atom()
        return -value if negative else value

    def atom(self) -> float:
        if self.take("("):
            value = self.sum()
            self.need(")")
            return value
        if self.at >= len(self.tokens):
            raise self.fault()
        number, name, _, place = self.tokens[self.at]
        if number is None and name is None:
            raise self.fault()
        self.at += 1
        if number is not None:
            return self.finite(float(number), place)
        if self.take("("):
            return self.call(name, place)
        self.used.append(name)
        if self.names is None:
            return 1.0
        if name not in self.names:
            raise UnknownNameError(name, place)
        return self.finite(float(self.names[name]), place)

    def call(self, name: str, place: int) -> float:
        if name not in FUNCTIONS:
            raise FormulaError(name, place)
        values, points = [self.sum()], []
        while self.take(","):
            left = self.sum()
            if name == "table":
                self.need(":")
                points.append((left, self.sum()))
            else:
                values.append(left)
        self.need(")")
        if name == "table":
            return interpolated(values[0], points, place)
        wanted = len(values) == 1 if name in ("tan", "abs") else len(values) >= 2
        if not wanted:
            raise FormulaError(name, place)
        if name == "tan":
            return self.tangent(values[0], place)
        if name == "abs":
            return abs(values[0])
        return min(values) if name == "min" else max(values)

    def tangent(self, degrees: float, place: int) -> float:
        """Return the tangent; an upright line has none (rounding would give 1.6e16)."""
        if self.names is not None and math.isclose(math.cos(math.radians(degrees)), 0.0, abs_tol=1e-12):
            raise FormulaError(TANGENT, place)
        return math.tan(math.radians(degrees))

    def finite(self, value: float, place: int) -> float:
        """Return the value. Raises ``FormulaError`` on overflow: ``min`` and ``/`` would hide it and a limit would be guessed."""
        if math.isfinite(value):
            return value
        raise FormulaError(str(value), place)


def interpolated(x: float, points: list[tuple[float, float]], place: int = 0) -> float:
    """Return the value at ``x`` on the straight lines between points, constant outside; their x must rise."""
    if not points or any(a[0] >= b[0] for a, b in zip(points, points[1:])):
        raise FormulaError(word="table", position=place)
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def evaluate(text: str, names: Mapping[str, float]) -> float:
    """Return the value of a formula. Raises ``FormulaError`` (no formula, division by zero, not finite), ``UnknownNameError``."""
    value = _Parser(text, names).run()
    if not math.isfinite(value):
        raise FormulaError(text, 0)
    return value


def is_formula(effect: str) -> bool:
    """Whether the effect of an exception is arithmetic with ``limit`` (``limit*1.10``), and not a sentence."""
    return bool(re.match(r"^[\s(+-]*(limit\b|(min|max|table|abs)\s*\()", effect)) or bool(re.match(r"^[\d\s.*+/()-]*\blimit\b[\d\s.*+/()-]*$", effect))


def checked(text: str) -> None:
    """Raise ``FormulaError`` where a text is no formula, or one of numbers alone that has no value (``1/0``)."""
    if not names_in(text):
        evaluate(text, {})


def names_in(text: str) -> tuple[str, ...]:
    """Return the names that a formula uses, each once. Raises ``FormulaError`` when it is none."""
    parser = _Parser(text, None)
    parser.run()
    return tuple(dict.fromkeys(parser.used))


def unknown_names(text: str, parameters: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names of a formula that are neither in ``NAMES`` nor a parameter."""
    known = {*NAMES, *parameters}
    return tuple(name for name in names_in(text) if name not in known)
