"""Bringing two continuations of one case together, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .changes import HISTORY

ABSENT = object()


@dataclass(frozen=True)
class Conflict:
    """A value that both changed, each to another: where, what is taken (``theirs``) and what is not (``mine``)."""

    where: str
    mine: Any
    theirs: Any


def merged(base: Any, mine: Any, theirs: Any) -> tuple[Any, tuple[Conflict, ...]]:
    """Return both changes of ``base`` in one, and where they cannot be: there ``theirs`` stands."""
    conflicts: list[Conflict] = []
    return _merged(base, mine, theirs, (), conflicts), tuple(conflicts)


def _merged(base: Any, mine: Any, theirs: Any, steps: tuple[str, ...], conflicts: list[Conflict]) -> Any:
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        was = base if isinstance(base, Mapping) else {}
        keys = [*theirs, *(key for key in mine if key not in theirs)]
        whole = {key: _merged(was.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT), (*steps, str(key)), conflicts) for key in keys}
        return {key: value for key, value in whole.items() if value is not ABSENT}
    if isinstance(mine, list) and isinstance(theirs, list):
        before = base if isinstance(base, list) else []
        if steps[-1:] == (HISTORY,):  # what was said before is added to, by both
            return [*theirs, *(one for one in mine if one not in theirs)]
        if len(mine) == len(theirs) == len(before):
            each = zip(before, mine, theirs)
            return [_merged(old, one, other, (*steps, str(number)), conflicts) for number, (old, one, other) in enumerate(each)]
    conflicts.append(Conflict(".".join(steps), *(None if one is ABSENT else one for one in (mine, theirs))))
    return theirs
