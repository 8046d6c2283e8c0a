"""The other size that a clause gives beside a number, by which it is met as well: "6 m, dan wel de bestaande hoogte"; what is read as a size by
itself ("6 m of 9 m") is none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .....model.plan_words import ALTERNATIVE
from .marks import BREAK, Mark
from .outline import Passage, list_of
from .plain import flat
from .spot import Spot

LONGEST = 110
"""Characters of such words that are shown beside a norm; the whole of them is in the text."""
JOINING = r"(?<![a-z/])(?:of ?wel|oftewel|of|[óò]f|dan ?wel|hetzij|c\.q\.)(?![a-z/])"
JOIN = rf"{JOINING},? "
LIMITING = (
    r"(?:(?:ten|tot|niet|een|maximale?|maximaal|max\.?|minimale?|minimaal|hoogste|minste|meer|minder|hoger|lager|dan|hoogstens|minstens|hetzij|circa"
    r"|van) )*"
)
"""Words before a number that say how it limits."""
SIZED = re.compile(
    rf"^(?:{LIMITING}(?:\d|één |twee |drie )|(?:[\w,'()/-]+ ){{0,10}}?bestaande?(?![a-z])"
    r"|(?:[\w,'()/-]+ ){0,5}?(?:aangegeven|aangeduide?|toegestane|zoveel (?:meer|hoger)|niet (?:meer|minder|hoger|lager|dieper|breder)|verdieping"
    r"|[a-z]*(?:hoogte|diepte|breedte|lengte|oppervlakte|inhoud|afstand|percentage|maat|maatvoering|bouwla(?:ag|gen)|vloer)|ter plaatse van)(?![a-z]))",
)
"""How words begin that give a size: a number, or what has one."""
SAME_OR_LESS = re.compile(r"^(?:minder|meer|lager|hoger|kleiner|groter)(?! (?:dan|als))(?![a-z])|^zoveel (?:minder|lager)(?![a-z])")
"""Words behind "of" that say no other size: "6 m of minder"."""
WORDS = re.compile(r"(?:(?!(?<![a-z])(?:mits|met dien verstande|met inbegrip|tenzij|waarbij|waarvan)(?![a-z]))[^;:.]|\.(?=\d))+")
"""What follows, up to the end of the clause or to what is asked of both sizes."""
BEFORE = re.compile(
    r"(?:bedraagt|bedragen|is|zijn|worden|dan|hoogste|minste|maximaal|minimaal|maximum|gelijk aan|hetzij),? "
    rf"{LIMITING}(?P<x>[^;:.\d]{{4,90}}?),? {JOIN}{LIMITING}$",
)
"""A size in words that stands before the number: "ten hoogste de bestaande hoogte of 6 m"."""
JOINED_TO = re.compile(rf"[^;:.]{{0,60}}?,? {JOIN}{LIMITING}$")

JOINED_ON, JOINED_BACK = re.compile(rf"(?:^|[\s,;]){JOINING}\s*$"), re.compile(rf"^\s*{JOIN}")
"""How a sentence or an item of a list ends or begins that is one of two alternatives with the next or the one before."""


@dataclass(frozen=True)
class Other:
    """The words of another size, from ``start`` to ``end`` of the passage."""

    words: str
    start: int
    end: int


def others_of(spot: Spot, same: bool, after: Mark | None) -> Iterator[Other]:
    """Yield the other sizes beside the number of a spot; ``same``: the number before it is of the same size (then the two are weighed as two values),
    ``after``: the next number that is."""
    yield from _behind(spot, after)
    found = None if spot.before else BEFORE.search(spot.head)
    if found is not None and SIZED.match(found["x"]):
        yield _other(found["x"], found.start("x"))
    elif spot.before is not None and not same and JOINED_TO.fullmatch(spot.text[spot.before.end:spot.number.start]):
        yield _other(re.split(rf",? {JOIN}", spot.text[spot.before.start:spot.number.start])[0], spot.before.start)


def _behind(spot: Spot, after: Mark | None) -> Iterator[Other]:
    ending = re.search(r"[;:]|\.(?!\d)", spot.tail)
    tail = spot.tail[:ending.start()] if ending else spot.tail
    for join in re.finditer(JOIN, tail):
        words = WORDS.match(tail, join.end())
        if words is None or SIZED.match(words.group()) is None or SAME_OR_LESS.match(words.group()):
            continue
        start, end = (spot.number.end + at for at in words.span())
        conditional = any(mark.kind == BREAK and not re.match(JOIN, f"{mark.word} ") and spot.number.end <= mark.start < start for mark in spot.marks)
        if after is not None and start <= after.start < end:
            return
        if not conditional or re.match(rf"{LIMITING}\d", words.group()):
            yield _other(words.group(), start)
            return


def _other(words: str, start: int) -> Other:
    return Other((ALTERNATIVE + " ".join(words.split()))[:LONGEST].strip(" ,"), start, start + len(words))


def joined_of(parts: Sequence[Passage], k: int) -> Iterator[str]:
    """Yield the words of the sentences or items right behind and before a passage that are its alternatives: "a. 6 m; of b. de bestaande hoogte"."""
    for step in (1, -1):
        bare = 0 <= k + step < len(parts) and JOINED_ON.fullmatch(flat(parts[k + step].text)) is not None
        other = k + (2 * step if bare else step)
        if not 0 <= other < len(parts) or _list(parts[other]) != _list(parts[k]):
            continue
        first, second = (flat(parts[at].text) for at in sorted((k, other)))
        on, back = JOINED_ON.search(first), JOINED_BACK.match(second)
        words = (second[back.end():] if back else second) if step == 1 else (first[:on.start()] if on else first)
        if (bare or on or back) and SIZED.match(words.strip()):
            yield _other(words.strip(" ;:."), 0).words


def _list(passage: Passage) -> str:
    return list_of(passage.article) or passage.article
