"""What a passage of a plan's text holds, in order: things, sizes, operators, numbers, names of the map, and where a new clause begins."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import vocabulary
from .plain import flat

OBJECT, QUANTITY, OPERATOR, NUMBER, MAP, BREAK, TARGET = "object", "quantity", "operator", "number", "map", "break", "target"
CASE_WORDS = (
    r"(?<![a-z])(?<!ook )(?<!zelfs )(?:als|wanneer)(?= (?:het|de|een|er|deze|dit|dat|die|zij|dan|wordt|worden|sprake|aan|niet)(?![a-z]))"
)
"""Words of plans of today for "indien", where a case follows and no comparison ("even hoog als", "als bedoeld in")."""
CASE_CLAUSE = (
    rf"{CASE_WORDS} (?P<x>(?:[^,;:.]|[,.](?=\d)){{3,90}}?(?<![a-z])(?<! en )"
    r"(?:is|zijn|wordt|worden|staat|staan|ligt|liggen|heeft|hebben|bedraagt|bedragen|geldt|gelden|betreft|voldoet|voldoen|gaat|komt)(?![a-z])(?! (?:ten|niet) )"
    r"(?:(?! (?:(?:en|maar) )?(?:is|zijn|mag|mogen|bedraagt|bedragen|geldt|gelden|wordt|worden) (?:de|het|een|ten|niet)(?![a-z]))(?:[^,;:.]|[,.](?=\d))){0,60})"
)
"""A case with its verb, which begins no new sentence of its own: not "als een geheel en zijn niet hoger dan"."""
COMPARES = re.compile(
    r"(?<![a-z])(?:zowel (?:(?! als )[^.;:,]){2,80}|(?:even|zo|evenveel|zoveel) (?:(?!als )[a-z]+ ){1,6}"
    r"|(?:dezelfde|hetzelfde|eenzelfde|gelijke) (?:(?!als )[a-z]+ ){1,5}|(?:die|dat|welke) )$",
)
"""Words before "als" that compare or join with it: "zowel de voorgevel als de achtergevel", "even hoog als"."""
MADE_LIKE = re.compile(r"(?<![a-z])(?:ge|aange|opge|vormge|uitge|afge|inge|be|ont)[a-z]+(?:d|t|en) $")
"""What has been made, and then is so "als een geheel"."""
CLAUSE = re.compile(
    r"\.(?= [A-Z])|;|(?i:met dien verstande dat|met inachtneming van|(?<![a-z])(?:mits|tenzij|waarbij|waarvan|indien|behoudens|tevens)(?![a-z])|in welk geval"
    rf"|{CASE_WORDS}|(?<![a-z])voor zover|voorzover|ingeval|in geval van|uitgezonderd|met uitzondering van|, alwaar|dan wel|hetgeen|in afwijking (?:hier)?van)",
)
"""Words at which a new clause begins."""
SLOPE = re.compile(r"\W{0,2}(?:van|maal) (?:de |het |deze |die )?(?:kortste |onderlinge )?afstand")
"""What makes a fraction a slope: a height that grows with a distance."""
NAMED = re.compile(r"(?<!\w)['\"](?P<name>[a-zA-Z][^'\"\n]{2,90}?)(?:['\"](?!\w)|(?= aangegeven))")
REFERENCE = re.compile(
    r"(?:artikel(?:en)?|lid|leden|sublid|onder|sub|bijlage|hoofdstuk|paragraaf|tabel|figuur|nen|categorie|categorieën|nr\.?|bladzijde"
    r"|onderdeel|klasse|punt|jaar|nummer|zone|type|type\w*|wet)"
    r"(?: (?:en|of|t/m|tot en met|,|\d[\d.]*[a-z]?|[a-z]))*[ ,]*$", re.IGNORECASE,
)
REFERENCE_NEAR = 40
"""Characters before a number that may name what it numbers."""
DATE = re.compile(
    r"\s*(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|\s?(?:uur|dagen|dag|weken|maanden"
    r"|jaar|jaren|dB|°C|kW|kV|bar|ha per|km/)",
    re.IGNORECASE)
"""What a number belongs to that is no size: a date, a time, a noise."""

MEASURED = ("m", "m2", "m3", "%", "deg")
"""Units that belong to a number also where that is a word."""


@dataclass(frozen=True)
class Mark:
    """One thing found in a passage, from ``start`` to ``end`` of its text.

    ``word``: the canonical word of an object, target or operator, the name of an aanduiding, the words at which a clause begins; ``quantities``
    of a quantity; ``value`` and ``unit`` of a number (unit '' where none is written); ``told``: it is written as a word.
    """

    kind: str
    start: int
    end: int
    word: str = ""
    quantities: tuple[str, ...] = ()
    value: float = 0.0
    unit: str = ""
    told: bool = False


@functools.lru_cache(maxsize=4096)  # leads and titles are looked at for each of the items below them
def marks_of(text: str) -> tuple[Mark, ...]:
    """Return the marks of a passage in order; no two of them overlap."""
    low = flat(text)
    names = [Mark(MAP, found.start("name"), found.end("name"), text[found.start("name"):found.end("name")].strip()) for found in NAMED.finditer(text)]
    taken = [(mark.start, mark.end) for mark in names]
    numbers = [mark for mark in _numbers(low) if not _inside(mark, taken)]
    taken += [(mark.start, mark.end) for mark in numbers]
    others: list[Mark] = []
    for found in (*_spoken(low), *_breaks(text)):
        if not _inside(found, taken):
            others.append(found)
            if found.kind != TARGET:
                taken.append((found.start, found.end))
    return tuple(sorted([*names, *numbers, *others], key=lambda mark: (mark.start, mark.end)))


def _inside(mark: Mark, taken: list[tuple[int, int]]) -> bool:
    return any(mark.start < end and start < mark.end for start, end in taken)


def _numbers(low: str) -> Iterator[Mark]:
    for found in vocabulary.NUMBER.finditer(low):
        mark = number(found, low)
        if mark.unit or not (REFERENCE.search(low[max(0, found.start() - REFERENCE_NEAR):found.start()]) or DATE.match(low, found.end())):
            yield mark


def number(found: re.Match[str], low: str) -> Mark:
    """Return the mark of a match of ``vocabulary.NUMBER`` in a text, its value in m, m2, m3, percent or degrees."""
    start, end = found.span()
    if found["over"]:
        slope = ":" in found.group() or SLOPE.match(low, end) is not None
        return Mark(NUMBER, start, end, "", (), float(found["over"]) / float(found["under"]), "ratio" if slope else "fraction")
    told = found["word"] or found["told"]
    if told:
        behind = vocabulary.UNIT_BEHIND.match(low, end)
        unit, factor = vocabulary.unit_in(behind) if behind else ("", 1.0)
        if behind is None or unit not in MEASURED:  # layers and places are named behind what counts them
            return Mark(NUMBER, start, end, "", (), float(vocabulary.COUNTED[told]), "", True)
        return Mark(NUMBER, start, behind.end(), "", (), round(vocabulary.COUNTED[told] * factor, 9), unit, True)
    if found["part"]:
        return Mark(NUMBER, start, end, "", (), vocabulary.FRACTIONS[found["part"]], "fraction", True)
    digits, part = _whole_and_part(found["num"])
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    value = float(digits.replace(",", ".")) + part
    unit, factor = vocabulary.unit_in(found)
    return Mark(NUMBER, start, end, "", (), round(value * factor, 9), unit)


def _whole_and_part(number: str) -> tuple[str, float]:
    """Return the digits of a number and the part behind them: "3\u00bd", "3 1/2"."""
    whole, _, slash = number.partition(" ")
    if "/" in slash:
        return whole, int(slash[0]) / int(slash[2])
    return number.rstrip(vocabulary.SIGNS).strip() or "0", vocabulary.PART_SIGNS.get(number[-1], 0.0)


def _spoken(low: str) -> Iterator[Mark]:
    """Yield operators, things, sizes and places, those that go before others first."""
    for found in vocabulary.OPERATOR.finditer(low):
        yield Mark(OPERATOR, *found.span(), vocabulary.said("p", found))
    for found in vocabulary.OBJECT.finditer(low):
        yield Mark(OBJECT, *found.span(), vocabulary.said("o", found))
    for found in vocabulary.QUANTITY.finditer(low):
        yield Mark(QUANTITY, *found.span(), found.group(), vocabulary.said("q", found))
    for found in vocabulary.TARGET.finditer(low):
        yield Mark(TARGET, *found.span(), vocabulary.said("t", found))


def compares(low: str, at: int) -> bool:
    """Whether an "als" at a place of a text compares or says like what something is made, and begins no case."""
    if not low.startswith("als ", at):
        return False
    head = low[:at]
    like = low.startswith("als een ", at) and MADE_LIKE.search(head) is not None and re.match(CASE_CLAUSE, low[at:]) is None
    return like or COMPARES.search(head) is not None


def _breaks(text: str) -> Iterator[Mark]:
    low = flat(text)
    for found in CLAUSE.finditer(text):
        if compares(low, found.start()):
            continue
        yield Mark(BREAK, *found.span(), found.group().lower())
