"""What several checks do around a measurement: its limit, the officer's answers, exceptions, and an unresolved peil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...model import EPSILON_M, PRECEDENCE, Evidence, Finding, LayerState, Limit, Measurement, Note, Rule, UncertaintySource
from ...model.arrays import Floats
from .base import Context
from .open_points.answer_words import bare, value_of

SECTION_ROOM_M, SECTION_INSIDE_M = 3.0, 1.0
FAR_M = 250.0
"""A line that bounds a plot lies nearer to the design than this: the deepest plots of the country are some 200 m."""
FAR_WORKS_M = 5000.0
"""A power line, a radio link or a mill further off than this is another region's: the answer is in other coordinates."""
LINES = "lijnen (RD)"
"""What is refused where it holds none near the design, as a choice of words."""


def lacking(context: Context, *layers: str) -> tuple[Note, ...]:
    """Return a note for each of these site layers that failed, was empty or was not asked."""
    states = ((layer, context.site.state(layer)) for layer in layers)
    return tuple(Note.of(f"checks_layer_{state.value}", layer=layer) for layer, state in states if state is not LayerState.LOADED)


def answer(context: Context, key: str) -> Any:
    """Return the officer's answer without its wrapping: its ``value`` when it has one, else the whole, or None."""
    return value_of(context.answers.get(key))


def stated(rule: Rule, context: Context, key: str, default: Any = None) -> Any:
    """Return a parameter: the officer's answer, else the rule's ``measure``, else the default."""
    given = answer(context, key)
    return given if given is not None else rule.measure.get(key, default)


def switch_word(rule: Rule, context: Context, switch: str, question: Note, words: Mapping[str, str]) -> str:
    """Return the word of a switch in this reading: the rule's; where it is silent that of an open point (answer of the switch's name), of which the
    answers are the keys of ``words``, the likeliest first, each with the word that it means."""
    stated_word = rule.measure.get(switch)
    return str(stated_word) if stated_word in words.values() else words[context.word(switch, question, tuple(words))]


def yes_or_no(context: Context, key: str) -> bool | None:
    """Return an answer as True or False; None while it is unknown."""
    given = bare(context.answers.get(key))
    return given if isinstance(given, bool) else None


def wrong_lines(context: Context, key: str, far_m: float = FAR_M) -> tuple[Note, ...]:
    """Return the note that the officer's answer holds no readable line, or one further than ``far_m`` from the design; none where it holds good
    ones, or where there is no answer."""
    given = answer(context, key)
    if given is None:
        return ()
    lines = lines_in(given)
    if lines is None:
        return (Note.of("surroundings_line_unreadable", key=key),)
    far = any(line.distance(context.projection) > far_m for line in lines)
    return (Note.of("surroundings_line_far", key=key, far=far_m),) if far else ()


def good_lines(context: Context, key: str) -> tuple[LineString, ...] | None:
    """Return the lines (RD) of the officer's answer; None where there is none. Of one that cannot be meant it is said that it was refused."""
    if wrong_lines(context, key):
        context.refused(key, answer(context, key), (LINES,))
        return None
    return lines_in(answer(context, key))


def lines_in(given: Any) -> tuple[LineString, ...] | None:
    """Return the lines (RD) of an answer: ``{lines: [[[x, y], ...], ...]}``, ``{line: [[x, y], ...]}`` or bare coordinates.

    None when it holds no readable line of at least two different places.
    """
    if isinstance(given, Mapping):
        given = given.get("lines", given.get("line"))
    try:
        many = given if isinstance(given[0][0], Sequence) else [given]
        lines = tuple(LineString(np.asarray(line, dtype=float)[:, :2]) for line in many)
    except (TypeError, ValueError, IndexError, KeyError, shapely.errors.GEOSException):
        return None
    sound = all(np.isfinite(shapely.get_coordinates(line)).all() and line.length > 1e-6 for line in lines)
    return lines if lines and sound else None


def declared(rule: Rule, *names: str) -> tuple[UncertaintySource, ...]:
    """Return the uncertainty that the rule states under these names (``level`` is ``level_m``)."""
    stated_values = ((name, rule.uncertainty.get(f"{name}_m", rule.uncertainty.get(name))) for name in names)
    return tuple(UncertaintySource(name, float(value)) for name, value in stated_values if value)


def stored_digits(context: Context, per_m: float = 1.0) -> tuple[UncertaintySource, ...]:
    """Return how uncertain what lies between two corners of the design is by the numbers that its file stores them in; ``per_m``: how much of
    what is measured a metre is."""
    spacing = max(context.design.spacing_m)
    return (UncertaintySource("stored_digits", round(spacing * per_m, 4)),) if spacing > EPSILON_M else ()


def against(limit: Limit, name: str, value: float, unit: str, sources: tuple[UncertaintySource, ...] = (), at: str = "") -> Measurement:
    """Return a value measured against a limit, also one of two values (``between``)."""
    if limit.operator == "between":
        return Measurement(name, round(value, 4), unit, "between", limit.high, sources, at, limit.low)
    return Measurement(name, round(value, 4), unit, limit.operator, limit.value, sources, at)


def worst_first(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with the heaviest verdict first."""
    return tuple(sorted(found, key=lambda item: PRECEDENCE.index(item.verdict)))


def section_line(shape: BaseGeometry, point: Floats, direction: Floats) -> Evidence:
    """Return the line of the profile through a point (3,) RD + NAP along ``direction`` (2,), across the whole shape.

    Through a point near the side of the shape, such as the end of a ridge, the line is moved inward: there it cuts the building.
    """
    unit = np.asarray(direction, float) / max(float(np.hypot(*direction)), 1e-9)
    across = np.array([-unit[1], unit[0]])
    xy = np.vstack([shapely.get_coordinates(shape), point[:2]])
    sides, own = xy @ across, float(point[:2] @ across)
    low, high = float(sides.min()), float(sides.max())
    middle = (low + high) / 2
    moved = float(np.clip(own, min(low + SECTION_INSIDE_M, middle), max(high - SECTION_INSIDE_M, middle)))
    along = xy @ unit
    ends = [(*(unit * at + across * moved), point[2]) for at in (along.min() - SECTION_ROOM_M, along.max() + SECTION_ROOM_M)]
    return Evidence("section_line", LineString(ends))


def distance_line(line: LineString, value: float) -> Evidence:
    """Return a dimension line with its value (m); of no length it is drawn as a point."""
    shape = line if line.length > 1e-9 else shapely.Point(line.coords[0])
    return Evidence("shortest_distance", shape, value=round(value, 4), unit="m")
