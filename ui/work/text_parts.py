"""The text of a plan as people see it, with what was read of it: each clause, way of measuring and number with its place and what was decided. No widgets."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...checks.engine.from_plan.norm_reading import said_shortly
from ...data_sources.juridical.text.words.outline import member_of
from ...data_sources.juridical.text.words.plain import Plain, plain
from ...data_sources.plan_texts import read_once, text_given
from ...errors import SourceError
from ...job import load_profiles
from ...model import Case, MeasuringProfile
from ...model.plan_words import CONFIRMED, NUMBER_LEFT, OPEN, MeasuringClause, PlanNorm, ProfileEntry
from ...report.basis import wording
from ...texts import sentence

WAY = "way"
"""The kind of a part that says how to measure."""


@dataclass(frozen=True)
class Part:
    """One thing read: its key, article, what was read in words, and where in the shown text (``start`` to ``end``; the same: nowhere). ``norm``: the
    clause, ``entry``: the way of measuring; ``decision``: open, confirmed, corrected or rejected, ``by`` whom and ``at`` what moment."""

    key: str
    article: str
    words: str
    start: int
    end: int
    decision: str
    by: str = ""
    at: str = ""
    reason: str = ""
    norm: PlanNorm | None = None
    entry: ProfileEntry | None = None

    @property
    def is_number_left(self) -> bool:
        """Whether it is a number that was not read: only a reason settles it."""
        return self.norm is not None and self.norm.clause.quantity == NUMBER_LEFT


@dataclass(frozen=True)
class Reading:
    """One plan: its text as shown ('' where it is not at hand: ``why``), the profile with what was decided, and the parts in the order of the text."""

    plan_id: str
    name: str
    text: str = ""
    profile: MeasuringProfile | None = None
    parts: tuple[Part, ...] = ()
    why: str = ""

    def open_parts(self) -> tuple[Part, ...]:
        """Return what nobody decided yet."""
        return tuple(part for part in self.parts if part.decision == OPEN)

    def of_article(self, part: Part) -> tuple[Part, ...]:
        """Return the open clauses of the same member of the text: numbers that were not read need a reason each."""
        member = member_of(part.article)
        alike = (one for one in self.open_parts() if one.norm is not None and not one.is_number_left)
        return tuple(one for one in alike if member and member_of(one.article) == member)

    def after(self, key: str) -> Part | None:
        """Return the next open part behind one (the first where there is none behind it), None when all is decided."""
        keys = [part.key for part in self.parts]
        at = keys.index(key) if key in keys else -1
        left = self.open_parts()
        return next((part for part in left if keys.index(part.key) > at), left[0] if left else None)


def readings_of(case: Case, names: Iterable[tuple[str, str]]) -> tuple[Reading, ...]:
    """Return the reading of each plan of a case whose text it names, and of each other plan here (``names``: id and name) that there is no text of it."""
    known = dict(names)
    profiles = {profile.plan_id: profile for profile in load_profiles(case)}
    found = []
    for request in case.plan_texts:
        name = known.pop(request.plan_id, "") or request.plan_id
        try:
            found.append(reading_of(profiles[request.plan_id], text_given(request, Path(case.folder)), name))
        except SourceError as error:
            found.append(Reading(request.plan_id, name, why=error.message()))
    return (*found, *(Reading(plan_id, name or plan_id) for plan_id, name in known.items()))


def reading_of(profile: MeasuringProfile, given: str, name: str = "") -> Reading:
    """Return the reading of a text as given (HTML or plain) with what was decided of it."""
    shown, said = _shown(given), read_once(given)
    clauses = [_of_norm(norm, shown) for norm in profile.norms]
    held = {entry.key for entry in profile.entries}
    ways = [(CONFIRMED, entry) for entry in profile.entries] + [(OPEN, entry) for entry in profile.proposed if entry.key not in held]
    told = [_of_way(entry, decision, shown, said.measuring, clauses) for decision, entry in ways]
    in_order = tuple(sorted((*clauses, *told), key=lambda one: (one.start, one.end)))
    return Reading(profile.plan_id, name or profile.plan_name or profile.plan_id, shown.text, profile, in_order)


@functools.lru_cache(maxsize=4)  # the texts of the plans at one place; each decision shows them again
def _shown(given: str) -> Plain:
    return plain(given)


def _of_norm(norm: PlanNorm, shown: Plain) -> Part:
    clause = norm.clause
    number = clause.quantity == NUMBER_LEFT
    words = sentence("reading_number_left", {"number": clause.object.strip()}) if number else said_shortly(clause)
    return Part(norm.key, clause.article, words, *_place(clause.start, clause.end, shown), norm.decision, norm.by, norm.at, norm.reason, norm)


def _of_way(entry: ProfileEntry, decision: str, shown: Plain, measuring: Sequence[MeasuringClause], clauses: Sequence[Part]) -> Part:
    """Return a way of measuring, at the words that say it: of its own, or of the clause that it follows from."""
    own = [_place(one.start, one.end, shown) for one in measuring if one.key == entry.key and one.article == entry.article]
    own += [(one.start, one.end) for one in clauses if one.norm is not None and one.norm.clause.quote == entry.quote]
    at = own[0] if own else (0, 0)
    words = f"{sentence(f'profile_word_{entry.key}')}: {wording.plain(entry.value)}"
    return Part(f"{WAY}:{entry.key}", entry.article, words, *at, decision, entry.by, entry.at, "", None, entry)


def _place(start: int, end: int, shown: Plain) -> tuple[int, int]:
    """Return a stretch of the text as given in the text as shown."""
    return bisect_left(shown.starts, start), bisect_left(shown.starts, end)
