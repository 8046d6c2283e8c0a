"""Answers that name what is there: names of nothing that is known there are told, and settle nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .answer_words import named_in, value_of
from .settling import Settling

MOST_NAMES = 12
"""So many names of what is there show how they are written; more are a list that nobody reads."""


def names_among(settling: Settling, key: str, known: Collection[str] | None) -> frozenset[str] | None:
    """Return which of some known names (None: nobody knows them) an answer has; None where there is no answer, or none of its names is known: that one
    is refused. An answer that is a list without names says that there are none."""
    given = value_of(settling.answers.get(key))
    if given is None:
        return None
    named = named_in(given)
    if known is None:
        return named
    there = frozenset(name for name in named if name in known)
    if named - there or isinstance(given, Mapping):
        settling.refused(key, ", ".join(sorted(named - there)) or str(given), sorted(known)[:MOST_NAMES] or ("–",))
        return there or None
    return there
