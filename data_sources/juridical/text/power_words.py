"""What a power gives less than its number says: another size that caps it, and what it is for where no list of ours has a word for that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....model.plan_words import CAPPED, MEANT_FOR
from .sizes import JOINED
from .words.conditions import SHORT_MAX
from .words.marks import NUMBER, OBJECT, QUANTITY, Mark

ENDS = re.compile(r"[;:]|\.(?!\d)")
SIZE_OF = re.compile(
    r"[a-z]*(?:hoogte[ns]?|diepte[ns]?|breedte[ns]?|lengte[ns]?|oppervlakte[ns]?|inhoud|afstand(?:en)?|percentages?) (?:van|voor) (?:de |het |een )?"
    r"(?P<what>[a-z][^,;:.()\d]{2,60}?)(?= (?:met|tot|kan|mag|mogen|worden|wordt|van|te|op|ten|door|niet|maximaal|waarvan|die|als bedoeld)(?![a-z])"
    r"|[,;:.()]|$)",
)
"""Whose size a power changes: "de bouwhoogte van schoorstenen"."""
ANY = re.compile(r"(?:bouwwerken|gebouwen|bouwwerk|gebouw|bebouwing|voorzieningen|objecten)(?![a-z])|plan|bestemming|artikel|lid|regels|voorschriften")
"""Whose size is that of whatever the rules are about."""


def capped(text: str, marks: Sequence[Mark], own: Mark) -> tuple[str, ...]:
    """Return, as a condition, what else limits what the number ``own`` of a power gives: another number of the same size in its clause."""
    ending = ENDS.search(text, own.end)
    stop = ending.start() if ending else len(text)
    started = [found.end() for found in ENDS.finditer(text, 0, own.start)]
    first = started[-1] if started else 0
    numbers = [mark for mark in marks if mark.kind == NUMBER and mark.unit and first <= mark.start < stop]
    at = numbers.index(own) if own in numbers else -1
    beside = [pair for pair in zip(numbers, numbers[1:]) if own in pair and not _apart(text, marks, *pair)] if at >= 0 else []
    if not beside:
        return ()
    words = text[beside[0][0].start:stop] if beside[0][1] == own else text[own.end:stop]
    return ((CAPPED + " ".join(words.strip(" ,").split()))[:SHORT_MAX],)


def _apart(text: str, marks: Sequence[Mark], one: Mark, other: Mark) -> bool:
    """Whether two numbers are of two sizes: one of another name, or of a pair ("1 m en 2 m")."""
    named = any(mark.kind == QUANTITY and one.end <= mark.start < other.start for mark in marks)
    return named or (one.unit == other.unit and JOINED.match(text[one.end:other.start]) is not None)


def meant_for(text: str, marks: Sequence[Mark]) -> tuple[str, ...]:
    """Return, as a condition, whose size a power changes where that is a thing that no list of ours has."""
    found = SIZE_OF.search(text.lower())
    if found is None or ANY.match(found["what"]) or any(mark.kind == OBJECT and found.start("what") <= mark.start < found.end("what") for mark in marks):
        return ()
    return ((MEANT_FOR + " ".join(found["what"].split()))[:SHORT_MAX],)
