"""The door: the text of a plan, as plain text or HTML, to what it says: norms, ways of measuring, and the numbers that stay unread."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ....model.plan_words import CERTAIN, LIKELY, Clause, MeasuringClause, PlanText, UnreadNumber
from .left_words import Spoken, left_words
from .measuring import classes_of, measuring_of
from .measuring_rest import with_rest
from .peil_text import peil_clauses
from .power_words import capped, meant_for
from .sizes import Size, sizes_of, without_compared
from .statements import statements_of
from .things import ARTICLES, BUILDINGS, GENERAL, is_by, merged, object_of, the_others, use_of, use_of_floors
from .topics import placed_in_topic
from .unnumbered import is_power, unnumbered_of
from .words import vocabulary
from .words.alternatives import Other, joined_of, others_of
from .words.conditions import conditions_of, exceptions_of, from_the_front, relative_of
from .words.marks import NAMED, NUMBER, OBJECT, REFERENCE, REFERENCE_NEAR, Mark, marks_of
from .words.outline import Passage, list_of, member_of, passages, root_of, unwrapped
from .words.plain import Source, flat, plain
from .words.spot import Spot
from .words.tables import REST

BELOW = 8
"""Passages below one that may finish what it says of measuring."""
BARE_UNITS = {"aantal": "stuks", "aantal_woningen": "stuks", "bouwlagen": "bouwlagen", "dakhelling": "deg", "bebouwingspercentage": "%"}
"""What a number without unit counts; else metres, as plans mean it."""
AROUND = 60
"""Characters beside an unread number that show where it stands."""
TAIL = re.compile(r"[;:.|]|,(?!\d)|\s(?:en de|met dien verstande|mits|tenzij)\s")
PLACED = "ter plaatse van "
"""How an exception begins that holds for each item of a list below the words that have it."""
MEMBER = re.compile(r"(?P<member>\d+(?:\.\d+)+),? (?:onder|sub|aanhef en onder) (?P<item>[a-z])(?![a-z])")
"""A member and its item as another one names it: "lid 3.2.1 onder c"."""
MEASURED_APART = ("parkeernorm", "overschrijding")
"""Sizes of which the words around are read apart: uses of parking, kinds of minor parts."""
NUMBERED = re.compile(r"\d{1,2}\s?°[.)]?\s")
"""How an item of a list is numbered: "1°."."""
NUMBERS_MAX = 6
"""A quote with more numbers is too wide for somebody to confirm one of them by it."""
FROM = re.compile(r", (?:te )?(?:ge)?(?:meten|rekend) (?:vanaf|vanuit|van|uit|boven) ")
"""A comma behind which stands what a size is counted from: part of it."""
THAT_OF = re.compile(r"(?:(?<![a-z])(?:en|alsmede|maar)|,) (?:die|deze|dat) (?:van|voor)" + ARTICLES)
"""Words before a thing that has the size named before: "en die van erfafscheidingen"."""
ALSO = re.compile(r" (?=(?:en|alsmede|maar|doch) (?:[a-z]+ ){2,}(?:\S+ )?$)")
"""Where the words of the next size begin: "1 m voor de voorgevel / en op overige plaatsen 2 m"."""
TAIL_MAX = 90
"""Characters behind a number that its quote may hold."""


def read_text(given: str) -> PlanText:
    """Return what the text of a plan says (docs/plan_text.md); nothing of it is lost: a number that no proposal holds is in ``unread``."""
    source = Source(given, unwrapped(plain(given)))
    parts = passages(source.seen.text)
    measuring = [*peil_clauses(parts, source), *classes_of(parts, source)]
    peil = [(one.start, one.end) for one in measuring if one.key == "peil"]
    articles = _articles(parts)
    clauses: list[Clause] = []
    for k, passage in enumerate(parts):
        if any(start <= source.seen.starts[passage.start] < end for start, end in peil):
            continue
        member = member_of(passage.article)
        below = " ".join(one.text for one in parts[k + 1:k + BELOW] if member_of(one.article) == member)
        said_here = with_rest(passage, list(measuring_of(passage, below, source)), source)
        measuring += said_here
        if any(one.unsaid for one in said_here):  # the sizes of a definition that must be read are no norms
            continue
        joined = tuple(joined_of(parts, k))
        for one in _clauses(passage, source):
            placed = replace(placed_in_topic(one, passage, articles[root_of(passage.article)]), title=passage.chapter)
            placed = replace(placed, exceptions=tuple(dict.fromkeys((*placed.exceptions, *joined))))
            clauses.append(_with_thing(_of_the_list(clauses, placed), clauses))
    unread = tuple(_unread(parts, clauses, measuring, source))
    said = tuple(statements_of(parts, source, clauses, unread))
    return PlanText(tuple(clauses), tuple(measuring), unread, hashlib.sha256(given.encode("utf-8")).hexdigest(), said)


def _articles(parts: Sequence[Passage]) -> dict[str, str]:
    """Return the whole text of each article."""
    whole: dict[str, list[str]] = {}
    for passage in parts:
        whole.setdefault(root_of(passage.article), []).extend((*passage.headings, passage.text))
    return {root: " ".join(texts) for root, texts in whole.items()}


def _with_thing(one: Clause, before: Sequence[Clause]) -> Clause:
    """Return a norm that names no thing with that of the norm before it in its member."""
    if one.object:
        return one
    if one.power:
        named = _that_it_departs_from(one, before)
        if named:
            return replace(one, object=named, sure=LIKELY)
        return replace(one, object="alle" if one.quantity == "afwijking" and one.value is not None else "bouwwerk")
    same = [last.object for last in before if last.object and member_of(last.article) == member_of(one.article)]
    return replace(one, object=same[-1] if same else "bouwwerk", sure=LIKELY)


def _that_it_departs_from(one: Clause, before: Sequence[Clause]) -> str:
    """Return the thing of the norm that a power names by its member and item and whose size it changes, '' where it names none of one thing."""
    named = {f"{found['member']} {found['item']}" for words in one.conditions for found in MEMBER.finditer(words)}
    named |= {f"{found['member']} {found['item']}" for found in MEMBER.finditer(one.quote.lower())}
    things = {last.object for last in before if last.article in named and last.quantity == one.quantity and not last.power}
    return next(iter(things)) if len(things) == 1 else ""


def _of_the_list(before: Sequence[Clause], one: Clause) -> Clause:
    """Return a norm whose thing only its lead names ("gebouwen") with the thing that every norm before it in the list is about."""
    place = list_of(one.article)
    if not place or one.object not in GENERAL or one.sure != LIKELY or one.quantity == "bebouwingspercentage":
        return one
    same = {last.object for last in before if list_of(last.article) == place}
    return replace(one, object=next(iter(same))) if len(same) == 1 and same & set(BUILDINGS) else one


def _clauses(passage: Passage, source: Source) -> Iterator[Clause]:
    marks = without_compared(merged(marks_of(passage.text), passage.text), passage.text)
    sizes = sizes_of(passage, marks)
    yield from _sized(passage, marks, sizes, source) if sizes else ()
    yield from unnumbered_of(passage, marks, source, bool(sizes))


def _sized(passage: Passage, marks: Sequence[Mark], sizes: Sequence[Size], source: Source) -> Iterator[Clause]:
    own = () if passage.row is None else (*passage.beside, *passage.header)
    distances = (*from_the_front(" ".join(own)), *from_the_front(passage.text, [size.mark.start for size in sizes]))
    led = tuple(words for words in exceptions_of(" ".join(passage.leads)) if words.startswith(PLACED))
    exceptions, power = tuple(dict.fromkeys((*exceptions_of(" ".join((*own, passage.text))), *led))), is_power(passage)
    began, named, whole = 0, "", _with_whole_things(passage.text, marks)
    for k, size in enumerate(sizes):
        later = next((one for one in sizes[k + 1:] if one.mark != size.mark), None)
        end = _end(whole, size.mark.end, later.mark.start if later else len(passage.text))
        others = _others(k, sizes, passage, marks)
        alone = _without(passage.text, others)
        conditions = (*conditions_of(" ".join((*passage.headings[-1:], *passage.leads, *own, alone))), *distances)
        holds = conditions if size.quantity == "parkeernorm" else tuple(dict.fromkeys((*conditions, *placed_apart(passage))))  # of parking the row is the use
        holds = (*holds, *capped(flat(passage.text), marks, size.mark), *meant_for(passage.text, marks)) if power else holds
        told = tuple(dict.fromkeys((*exceptions, *(other.words for other in others))))
        one = replace(
            _clause(size, passage, marks, (began, end), source), relative_to=relative_of(alone[began:end]), conditions=holds, exceptions=told, power=power)
        if one.sure == CERTAIN and one.object:
            named = one.object
        elif named and size.told:
            one = replace(one, object=named)
        elsewhere = passage.row or power or size.quantity in MEASURED_APART
        unsaid = () if elsewhere else left_words(Spoken(one, passage, marks, sizes, k, (began, end)), alone)
        began = end if later else began
        yield replace(one, unsaid=unsaid)


def _others(k: int, sizes: Sequence[Size], passage: Passage, marks: Sequence[Mark]) -> list[Other]:
    """Return what a passage gives beside a number by which it is met as well, of sizes that are no norms of their own."""
    own = sizes[k]
    alike = [one.mark for one in sizes if (one.quantity, one.mark.unit) == (own.quantity, own.mark.unit)]
    before = next((mark for mark in reversed(marks) if mark.kind == NUMBER and mark.end <= own.mark.start), None)
    after = next((mark for mark in alike if mark.start > own.mark.start), None)
    same = before is not None and any(mark.end == before.end for mark in alike)
    return list(others_of(Spot(passage, flat(passage.text), marks, own.mark, before), same, after))


def _without(text: str, others: Sequence[Other]) -> str:
    """Return a text without the words of other sizes: what limits these limits no norm beside them."""
    for other in others:
        text = text[:other.start] + " " * (other.end - other.start) + text[other.end:]
    return text


def _with_whole_things(text: str, marks: Sequence[Mark]) -> str:
    """Return a text of the same length without the commas of a thing that has one: "bouwwerken, geen gebouwen zijnde,"."""
    for mark in marks:
        if mark.kind == OBJECT and "," in text[mark.start:mark.end]:
            text = text[:mark.start] + text[mark.start:mark.end + 1].replace(",", "x") + text[mark.end + 1:]
    return text


def _end(text: str, at: int, most: int) -> int:
    """Return where the quote of a number ends: at the end of its clause, before the next number."""
    stop = next((found for found in TAIL.finditer(text, at) if not FROM.match(text, found.start())), None)
    also = list(ALSO.finditer(text, at, most)) if most < len(text) else []
    return max(min(stop.start() if stop else len(text), also[-1].start() if also else most, at + TAIL_MAX), at)


def _clause(size: Size, passage: Passage, marks: Sequence[Mark], place: tuple[int, int], source: Source) -> Clause:
    start, end = place
    while start < end and passage.text[start] in " ,;:\n\t":
        start += 1
    about, own = object_of(passage, marks, size.at, size.mark, size.quantity.startswith("aantal"))
    end = max(end, size.mark.end)
    quote, first, last = source.cut(*(_row_of(passage, end, source) if passage.row else (passage.start + start, passage.start + end)))
    own_words = [mark.word for mark in marks if mark.kind == OBJECT and start <= mark.start < size.mark.start] if start and not size.told else []
    those = [mark for mark in marks if mark.kind == OBJECT and start <= mark.start < size.mark.start and THAT_OF.search(flat(passage.text)[start:mark.start])]
    others = the_others(marks, (start, size.mark.start), flat(passage.text))
    if others:
        about, own = others, True
    elif those and size.told:  # "de bouwhoogte van masten is 8 m en die van erfafscheidingen 2 m"
        about, own = those[-1].word, True
    elif own_words:  # "9 m voor een silo en 12 m voor een mast", "van een silo 9 m en van een mast 12 m"
        about = own_words[-1]
    if about == "gebouw" and own and any(is_by(mark, flat(passage.text)) for mark in marks if mark.start < size.mark.start):
        about = vocabulary.ANNEX
    if size.quantity == "vloeroppervlakte":
        about = use_of_floors(passage) or about
    return Clause(
        use_of(passage) if size.quantity == "parkeernorm" else about, size.quantity, size.operator, size.mark.value,
        size.mark.unit or BARE_UNITS.get(size.quantity, "m"), quote, first, last, size.second, passage.article,
        sure=CERTAIN if own and size.told else LIKELY,
    )


def _row_of(passage: Passage, end: int, source: Source) -> tuple[int, int]:
    """Return the stretch that a cell is quoted by: its row; of a row of many numbers the cell itself."""
    first, last = passage.row or (passage.start, passage.start + end)
    wide = len(re.findall(r"\d+(?:[.,]\d+)*", source.seen.text[first:last])) > NUMBERS_MAX
    return (passage.start, passage.start + end) if wide else (first, last)


def placed_apart(passage: Passage) -> tuple[str, ...]:
    """Return for what place or case a cell holds where its row or column says so in words that are no condition by themselves ("zone A")."""
    found = [words if words.lower().startswith(("indien ", "voor zover ")) else "" if conditions_of(words) else _place(words) for words in passage.apart]
    return tuple(words for words in found if words)


def _place(words: str) -> str:
    return "overige" if REST.fullmatch(words) else PLACED + "'" + words.strip("'\"") + "'"


def _unread(parts: Sequence[Passage], clauses: Sequence[Clause], measuring: Sequence[MeasuringClause], source: Source) -> Iterator[UnreadNumber]:
    """Return the numbers that are in no proposal: those with a unit anywhere in the text, and bare ones of its sentences that are
    neither a reference nor part of a name in quotes ('Wonen - 2')."""
    held = np.full(len(source.given) + 1, -1)  # how far what is read reaches, of each place it begins at or before
    for start, end in (*((one.start, one.end) for one in clauses), *((one.start, one.end) for one in measuring)):
        held[start] = max(held[start], end)
    held = np.maximum.accumulate(held)
    inside = np.zeros(len(source.seen.text) + 1, bool)
    for passage in parts:
        inside[passage.start:passage.end] = True
    text = source.seen.text
    for name in NAMED.finditer(text):
        inside[name.start():name.end()] = False
    for found in vocabulary.NUMBER.finditer(text.lower()):
        measured, _ = vocabulary.unit_in(found)
        reference = REFERENCE.search(text[max(0, found.start() - REFERENCE_NEAR):found.start()])
        numbering = not inside[found.start()] and NUMBERED.match(text, found.start()) and not text[:found.start()].rpartition("\n")[2].strip()
        if numbering or (not measured and (reference or not inside[found.start()])):
            continue
        number, first, last = source.cut(*found.span())
        if held[first] < last:
            yield UnreadNumber(number, first, last, source.given[max(0, first - AROUND):last + AROUND])
