"""Open points: what is not settled, and the admissible ways to settle it.

A check runs one reading. What may be settled in more than one way it reads through the context (``Context.settle``), which answers with
the officer's choice, that of the reading under way, or the likeliest, and keeps in a ledger what was consulted. ``readings`` then runs the
other ways. Each alternative is an answer that the officer could give, so that what a choice "gives" is what answering it will give.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from ....measure.plane.places import compass_side
from ....model import Note, Premise, Question
from .unseen import Unseen

YES_NO = (True, False)
NOT_AS_READ = "engine_norm_not_as_read"
"""What is missing in the reading in which a clause of a plan does not say what was read of it: then nothing is measured."""
THROUGH_M = 0.5
"""A line whose middle lies nearer to a place goes through it and is on no side of it."""


@dataclass(frozen=True, eq=False)
class Alternative:
    """One admissible way to settle a point: ``value`` for the check, ``answer`` the officer's words for it (plain data), ``note`` its name. Ways of one
    ``group`` ('' = none) stay open beside each other when one is answered: the level of one building says nothing of another's."""

    value: Any
    answer: Any
    note: Note
    group: str = ""

    @functools.cached_property
    def code(self) -> str:
        """What tells it from the others, the same in every run."""
        return json.dumps(self.answer, sort_keys=True, default=str)


@dataclass(frozen=True, eq=False)
class OpenPoint:
    """What is not settled. ``alternatives``: the admissible ways, the likeliest first; ``key``: where the answer goes in ``answers``.

    ``endless``: the truth may be none of the alternatives, so that no verdict that rests on it is firm.
    """

    key: str
    question: Question
    alternatives: tuple[Alternative, ...]
    endless: bool = False

    def chosen(self, reading: Mapping[str, Alternative]) -> Alternative:
        """Return the alternative that a reading takes: the likeliest where the reading says nothing."""
        wanted = reading.get(self.key)
        if wanted is None:
            return self.alternatives[0]
        return next((one for one in self.alternatives if one.code == wanted.code), self.alternatives[0])

    def joined(self, other: OpenPoint) -> OpenPoint:
        """Return this point with the alternatives that another consultation of the same key had besides."""
        held = {one.code for one in self.alternatives}
        extra = tuple(one for one in other.alternatives if one.code not in held)
        return replace(self, alternatives=(*self.alternatives, *extra), endless=self.endless or other.endless) if extra or other.endless else self


@dataclass(eq=False)
class Ledger:
    """What was consulted in one run: points that are ``open``, those of them that were consulted with ``unlike`` likeliest ways, premises that
    were settled, and what of the surroundings was ``unseen``. ``within``: the ledgers of what is being measured once for all readings, which keep
    what that rests on."""

    open: dict[str, OpenPoint] = field(default_factory=dict)
    unlike: set[str] = field(default_factory=set)
    settled: dict[str, Premise] = field(default_factory=dict)
    unseen: list[Unseen] = field(default_factory=list)
    within: list[Ledger] = field(default_factory=list)

    def same(self, key: str, one: Mapping[str, Alternative], other: Mapping[str, Alternative]) -> bool:
        """Whether two readings settle a point that was open in this run alike, every time it was consulted."""
        codes = {reading[key].code if key in reading else None for reading in (one, other)}
        return len(codes) == 1 or (key not in self.unlike and self.open[key].chosen(one).code == self.open[key].chosen(other).code)

    def consulted(self, point: OpenPoint) -> None:
        """Keep that a point was open."""
        for one in (self, *self.within):
            known = one.open.get(point.key)
            if known is not None and known.alternatives[0].code != point.alternatives[0].code:
                one.unlike.add(point.key)
            one.open[point.key] = point if known is None else known.joined(point)

    def took(self, premise: Premise) -> None:
        """Keep what was settled, once."""
        for one in (self, *self.within):
            one.settled.setdefault(premise.key, premise)

    def missed(self, unseen: Unseen) -> None:
        """Keep what of the surroundings was not there to be seen."""
        for one in (self, *self.within):
            one.unseen.append(unseen)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was consulted."""
        return not (self.open or self.settled or self.unseen)

    def joins(self, other: Ledger) -> None:
        """Keep all that another ledger kept."""
        for point in other.open.values():
            self.consulted(point)
        for one in (self, *self.within):
            one.unlike |= other.unlike
        for premise in other.settled.values():
            self.took(premise)
        for unseen in other.unseen:
            self.missed(unseen)


@dataclass(frozen=True, eq=False)
class Kept:
    """What was measured once: its ``value``, and the ``ledger`` of the points that it was measured by in a ``reading``; None when by none."""

    value: Any
    ledger: Ledger | None
    reading: Mapping[str, Alternative]

    def holds(self, reading: Mapping[str, Alternative]) -> bool:
        """Whether it would be measured alike in another reading."""
        return self.ledger is None or all(self.ledger.same(key, reading, self.reading) for key in self.ledger.open)


def yes_no_point(key: str, note: Note, likely: bool = False, plan_id: str = "") -> OpenPoint:
    """Return a point that is answered with yes or no, ``likely`` first."""
    ways = tuple(Alternative(value, "yes" if value else "no", Note.of("choice_yes" if value else "choice_no")) for value in (likely, not likely))
    return OpenPoint(key, Question(key, note, "yes_no", plan_id=plan_id), ways)


def word_point(key: str, note: Note, words: Sequence[str], plan_id: str = "") -> OpenPoint:
    """Return a point that is answered with one of some words, the likeliest first."""
    ways = tuple(Alternative(word, word, Note.of("choice_word", word=word)) for word in words)
    return OpenPoint(key, Question(key, note, "choice", "", tuple(words), plan_id), ways)


def lines_point(key: str, question: Question, ways: Sequence[Sequence[LineString]], seen_from: BaseGeometry) -> OpenPoint:
    """Return a point that is answered with lines (RD), the likeliest first; each way is named by its number, its length (m) and the side of
    ``seen_from`` (RD) that it lies on."""
    found, middle = [], seen_from.centroid
    for number, lines in enumerate(ways, start=1):
        answer = {"lines": [[[round(float(x), 3), round(float(y), 3)] for x, y, *_ in line.coords] for line in lines]}
        sides = ", ".join(dict.fromkeys(side for line in lines if (side := side_of(line, middle))))
        words: dict[str, str | int | float] = {"number": number, "length": round(sum(line.length for line in lines), 1), **({"sides": sides} if sides else {})}
        found.append(Alternative(tuple(lines), answer, Note.of("choice_lines_at" if sides else "choice_lines", **words)))
    return OpenPoint(key, question, tuple(found))


def side_of(line: LineString, middle: Point) -> str:
    """Return the compass side of a place that a line lies on: e, ne, n, ...; '' for a line through it."""
    there = line.interpolate(0.5, normalized=True)
    return "" if there.distance(middle) < THROUGH_M else compass_side(float(np.degrees(np.arctan2(there.x - middle.x, there.y - middle.y))))
