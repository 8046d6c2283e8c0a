"""What a norm is about: the thing named in its own words, else in its lead, else in the title it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....model.plan_words import OBJECT_KINDS
from .quantities import COUNTED_NEAR, HOMES
from .words import vocabulary
from .words.marks import BREAK, NUMBER, OBJECT, QUANTITY, TARGET, Mark, marks_of
from .words.outline import Passage
from .words.plain import flat

ARTICLES = (
    r"(?: (?:daarbij behorende|behorende|de|het|een|elke|iedere|enige?|deze|dit|alle|alleen|overige|andere|nieuwe|bestaande|oorspronkelijke?|naastgelegen"
    r"|bijbehorende|betreffende|bedoelde|aan|te bouwen|dergelijke|op te richten|zodanige?|aangebouwde?|vrijstaande?))*\s*$"
)
OTHER_THING = re.compile(
    r"(?:^|[\s(])(?:tot|vanuit|vanaf|tegen|bij|op|boven|achter|naast|onder|uit|tussen|ten opzichte van|ten dienste van|per|dan|in|door"
    r"|niet zijnde|voor de)" + ARTICLES)
"""Words before a thing that only says where another stands, or whose it is."""
ITS_SIZE = re.compile(r"(?:^|\s)(?:van|aan|voor|der)" + ARTICLES)
TOGETHER = re.compile(r"^(?:\s?,\s?|\s?,? (?:en|of|en/of|alsmede|dan wel|c\.q\.) (?:de |het |een )?(?:overige |andere |vrijstaande |aangebouwde )?)$")
BUILD_OF = re.compile(r"(?:bouwen|oprichten|plaatsen|bouw|realiseren) van" + ARTICLES)
PLAIN_TITLES = re.compile(r"^(?:bouwregels|gebouwen en bouwwerken|algemeen|algemene bouwregels|bebouwing)", re.IGNORECASE)
WHOLE = "bouwwerk"
ANOTHER_SIZE = re.compile(r"hoogte van|bouwlaag|vloer|verdieping")
AFTER = re.compile(r"[\s.:,]*(?:aan |hoog |hoge |ten behoeve van |voor (?:de |het )?)?")
FOR_EACH = re.compile(r"(?<![a-z])per (?:(?:afzonderlijke|bestaande|vrijstaande|aangebouwde) )?$")
"""Words before a thing that say for each of what a size is, never of what: "60 m2 per woning"."""
FOR_A_HOUSE = re.compile(r"(?<![a-z])(?:voor|ten behoeve van) (?:(?:de|het|een) )?$")
AND_MORE = re.compile(
    r",? (?:(?:en|maar|doch|alsmede) )?(?:(?:van|ten|hoogste|maximaal|hoogstens|hooguit|niet|meer|hoger|dan|is|zijn|bedraagt|bedragen) )*")
"""Words between the size of one thing and that of another: "3 m en ten hoogste 7 m voor hoofdgebouwen"."""
WHOLES = ("hoofdgebouw", "gebouw", "bouwwerk")
"""Kinds that other things stand by: behind a size "voor woningen" says for which of them it is, where its own words name a fence or an annexe."""
PART_OF = re.compile(
    r"^\W*(?:de|het|een|elke|iedere) (?:onderzijde|bovenzijde|voorzijde|achterzijde|zijkant(?:en)?|zijwand(?:en)?|(?:voor|achter|zij)?gevels?|dak|kap|nok) van"
    + ARTICLES)
"""Words at the beginning before a thing of which a part is the subject."""
THE_OTHERS = re.compile(r"(?<![a-z])(?:overige?|andere?) (?:gebouwen|gebouw|bebouwing)$")
"""All buildings but those named before: not the main building where that is what was named."""
BY_A_HOUSE = re.compile(r"(?<![a-z])(?:gebouwen|gebouw|bouwwerken|bouwwerk|bebouwing) bij (?:(?:de|het|een|elke|iedere) )?$")
"""Words before a house by which the things of a norm stand: they are not that house."""
THROUGH_A_PART = re.compile(r" van (?:de|het|een) [a-z]+ van" + ARTICLES)
"""Words between a size and the thing whose part it is of: "de breedte van de voorgevel van een woning"."""
BUILT_WITH = re.compile(r"[^.;,]{0,60}(?<![a-z])met (?:de )?$")
BUILT_UP = re.compile(r" (?:(?:mag|mogen|worden|wordt|zijn|is) )*bebouwd")
FOR = re.compile(r"ten behoeve van(?: de| het| een)?\s*$")
GENERAL = ("gebouw", "bouwwerk")
BUILDINGS = (
    "hoofdgebouw", "woning", "bedrijfsgebouw", "bedrijfswoning", "recreatiewoning", "bijbehorend bouwwerk", "bijgebouw", "aanbouw",
    "vrijstaand bijgebouw", "overkapping",
)
"""Things that "de gebouwen" below their title are."""
EXCEPTED = re.compile(r"geldt niet voor(?: de| het)?\s*$")


def merged(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return marks with things that are listed together ("aan- en uitbouwen, bijgebouwen en overkappingen") as one."""
    found: list[Mark] = []
    for mark in marks:
        last = next((one for one in reversed(found) if one.kind != TARGET), None)
        if last is not None and mark.kind == last.kind == OBJECT and TOGETHER.match(text[last.end:mark.start].lower().replace("\n", " ")):
            found[found.index(last)] = Mark(OBJECT, last.start, mark.end, _both(last.word, mark.word))
        else:
            found.append(mark)
    return found


def _both(first: str, second: str) -> str:
    if first == second:
        return first
    kinds = {first, second}
    if kinds <= vocabulary.ANNEXES:
        return vocabulary.ANNEX
    if kinds <= {"gebouw", "bouwwerk", vocabulary.NO_BUILDING}:
        return WHOLE
    return first


def object_of(passage: Passage, marks: Sequence[Mark], quantity: Mark | None, number: Mark, counted: bool = False) -> tuple[str, bool]:
    """Return the thing that a number's norm is about ('' where nothing says it), and whether the norm's own words say so; ``counted``: it is how
    many there may be."""
    text = flat(passage.text)
    own = [mark for mark in marks if mark.kind == OBJECT and mark.start < number.start]
    behind = [mark for mark in marks if mark.kind == OBJECT and mark.start >= number.end]
    each = [mark for mark in behind if FOR_EACH.search(text[:mark.start])]
    later = [mark for mark in behind if mark not in each]
    attached = _attached(quantity, own, marks, text) if quantity is not None else ""
    best = _subject(own, marks, text)
    told = attached or (best.word if best is not None else "")
    if later and BUILT_WITH.fullmatch(text[number.end:later[0].start]) and BUILT_UP.match(text, later[0].end):  # "60% mag met gebouwen worden bebouwd"
        return later[0].word, True
    close = bool(later) and counted and later[0].start - number.end < COUNTED_NEAR
    near = close or (bool(later) and AFTER.fullmatch(_without_each(number, later[0], each, text)) is not None)
    each_its_own = near and (_listed(own, later[0], marks, text) or (told in vocabulary.ANNEXES and of_a_house(later[0], number, marks, text)))
    if near and (each_its_own or not is_whose(later[0], told, text)):
        return later[0].word, True
    if attached:
        return attached, True
    if best is not None:
        above = object_above(passage)
        if best.word in GENERAL and re.search(r"(?:^|\s)(?:de|deze|het|dit)\s$", text[:best.start]) and above in BUILDINGS:
            return above, False
        return best.word, True
    above = object_above(passage)
    return (above, False) if above or not each else (each[0].word, True)


def _without_each(number: Mark, later: Mark, each: Sequence[Mark], text: str) -> str:
    """Return the words between a number and a thing behind it without those for each of what it is: "15 m2 per woning aan bijgebouwen"."""
    first = next((mark for mark in each if number.end <= mark.start and mark.end <= later.start), None)
    found = FOR_EACH.search(text[number.end:first.start]) if first is not None else None
    if first is None or found is None:
        return text[number.end:later.start]
    return text[number.end:number.end + found.start()] + text[first.end:later.start].lstrip()


def is_by(mark: Mark, text: str) -> bool:
    """Whether a thing is the house by which the things of a norm stand: "gebouwen bij woningen"."""
    return mark.kind == OBJECT and mark.word in (*HOMES, "hoofdgebouw") and BY_A_HOUSE.search(text[:mark.start]) is not None


def are_the_others(mark: Mark, text: str) -> bool:
    """Whether a thing is all buildings but those named before it: "overige gebouwen"."""
    return mark.kind == OBJECT and THE_OTHERS.search(text[:mark.end]) is not None


def the_others(marks: Sequence[Mark], place: tuple[int, int], text: str) -> str:
    """Return what the words of a size (from and to a ``place``) say it is of, where they have the buildings beside those of the size before ("en die van
    overige gebouwen"): beside a main building all that belongs to it; '' where they have none."""
    start, end = place
    named = [mark for mark in marks if mark.kind == OBJECT and start <= mark.start < end]
    if not start or not named or not are_the_others(named[-1], text) or not ITS_SIZE.search(re.sub(r"(?:overige?|andere?) $", "", text[:named[-1].start])):
        return ""
    before = next((mark.word for mark in reversed(marks) if mark.kind == OBJECT and mark.end <= start), "")
    return vocabulary.ANNEX if before in ("hoofdgebouw", "woning") else named[-1].word


def is_whose(mark: Mark, told: str, text: str) -> bool:
    """Whether a thing behind a size is the house that the thing of its own words (``told``) is for: "bijgebouwen ... 60 m2 voor woningen"."""
    belongs = bool(told) and OBJECT_KINDS.get(told, told) not in WHOLES
    return belongs and OBJECT_KINDS.get(mark.word, WHOLE) in WHOLES and FOR_A_HOUSE.search(text[:mark.start]) is not None


def _listed(own: Sequence[Mark], later: Mark, marks: Sequence[Mark], text: str) -> bool:
    """Whether a size before it has its own thing behind it: "3 m voor bijgebouwen en 7 m voor woningen"; "2 m voor schuttingen en 1 m voor het
    hoofdgebouw" may be in front of it."""
    in_front = re.search(r" voor (?:de|het|een) $", text[:later.start]) is not None
    small = [mark for mark in own if mark.word in vocabulary.ANNEXES or (not in_front and OBJECT_KINDS.get(mark.word, mark.word) not in WHOLES)]
    found = [FOR_A_HOUSE.search(text[:mark.start]) for mark in small]
    return any(one is not None and mark.kind == NUMBER and mark.end == one.start() - 1 for one in found for mark in marks)


def of_a_house(mark: Mark, number: Mark, marks: Sequence[Mark], text: str) -> bool:
    """Whether a size is that of the house behind it: it stands behind a smaller one of the thing of its own words ("bijgebouwen 3 m en 7 m voor
    hoofdgebouwen"); of areas only a main building itself, for what stands by a bigger house may be larger as well."""
    before = next((one for one in reversed(marks) if one.kind == NUMBER and one.end <= number.start), None)
    if before is None or before.unit != number.unit or before.value >= number.value:
        return False
    return (number.unit == "m" or mark.word == "hoofdgebouw") and AND_MORE.fullmatch(text[before.end:number.start]) is not None


def _attached(quantity: Mark, own: Sequence[Mark], marks: Sequence[Mark], text: str) -> str:
    """Return the thing whose size a quantity is: "de bouwhoogte van erfafscheidingen"."""
    for mark in own:
        between = text[quantity.end:mark.start]
        if ANOTHER_SIZE.search(between):
            break
        placed = any(one.kind == TARGET and quantity.end <= one.start < mark.start for one in marks) and not THROUGH_A_PART.fullmatch(between)
        its_own = between.strip() in ("", ":") or (ITS_SIZE.search(between) and not OTHER_THING.search(between))
        if mark.start >= quantity.end and not placed and its_own:
            return mark.word
    return ""


def _subject(own: Sequence[Mark], marks: Sequence[Mark], text: str) -> Mark | None:
    """Return the last thing that its words make the subject, None where all of them only say where or whose."""
    best: Mark | None = None
    for mark in own:
        plain = _plain_subject(mark, marks, text) and (best is None or mark.word not in GENERAL or _apart(best, mark, marks))
        if plain or (best is None and re.fullmatch(r"\s*(?:bij|voor|van) ", text[:mark.start])) or _named(mark, best, text):
            best = mark
    return best


def _named(mark: Mark, best: Mark | None, text: str) -> bool:
    """Whether words name a thing as the subject although it is not where one stands: "het bouwen van", "dit geldt niet voor X, die"."""
    before = text[:mark.start]
    if BUILD_OF.search(before) or (EXCEPTED.search(before) and re.match(r",? (?:die|deze|dat|daarvan)", text[mark.end:])):
        return True
    return bool(FOR.search(before)) and mark.word not in GENERAL and (best is None or best.word in GENERAL or mark.word == "mast")


def _plain_subject(mark: Mark, marks: Sequence[Mark], text: str) -> bool:
    before = text[:mark.start]
    if PART_OF.fullmatch(before):
        return True
    return not OTHER_THING.search(before) and not (ITS_SIZE.search(before) and not _of_a_size(mark, marks))


def _apart(first: Mark, second: Mark, marks: Sequence[Mark]) -> bool:
    """Whether a size or a new clause stands between two things: else they are one list."""
    return any(one.kind in (BREAK, QUANTITY, NUMBER) and first.end <= one.start < second.start for one in marks)


def use_of(passage: Passage) -> str:
    """Return the use that a parking norm is for, by the words of its row or of the cell before it."""
    for text in (passage.text, *passage.above()):
        for pattern, use in vocabulary.USES:
            if re.search(pattern, text.lower().split("per ", maxsplit=1)[0] if text is passage.text else text.lower()):
                return use
    return ""


def use_of_floors(passage: Passage) -> str:
    """Return the use whose floors a size is of, by the words of the passage itself ("kantoren, met een bvo van"), '' where they name none."""
    own = vocabulary.QUANTITY.sub(" ", flat(" ".join((*passage.beside, passage.text))))
    return next((use for pattern, use in vocabulary.USES if use != "woning" and re.search(pattern, own)), "")


def _of_a_size(mark: Mark, marks: Sequence[Mark]) -> bool:
    before = [one for one in marks if one.end <= mark.start]
    return bool(before) and before[-1].kind == QUANTITY


def _first(things: Sequence[Mark], marks: Sequence[Mark], text: str) -> Mark | None:
    """Return the first thing of a lead that is its subject: it opens the list that the lead makes."""
    return next((mark for mark in things if _subject([mark], marks, text) is not None), None)


def object_above(passage: Passage) -> str:
    """Return the thing named by what stands above a passage, the nearest first, '' where nothing names one."""
    for text in passage.above():
        low = flat(text)
        if PLAIN_TITLES.match(low):
            continue
        marks = merged(marks_of(text), text)
        things = [mark for mark in marks if mark.kind == OBJECT]
        if text in passage.headings:
            if things:
                return things[0].word
            continue
        built = next((mark for mark in things if BUILD_OF.search(low[:mark.start])), None)
        sized = next((mark for mark in things if _of_a_size(mark, marks) and ITS_SIZE.search(low[:mark.start])), None)
        best = built or sized or _first(things, marks, low)
        if best is not None:
            return best.word
    return ""
