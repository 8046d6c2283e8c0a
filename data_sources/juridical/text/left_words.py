"""What of the words of a norm nothing read accounts for: words, numbers, places and cases that may widen, narrow or turn it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....model.plan_words import Clause
from .only_when import builds_with
from .operators import NOT_ALLOWED, TURNED
from .sizes import Size
from .things import WHOLES, are_the_others, is_by, is_whose, of_a_house
from .words import vocabulary
from .words.marks import NUMBER, OBJECT, OPERATOR, QUANTITY, REFERENCE, REFERENCE_NEAR, TARGET, Mark
from .words.outline import Passage
from .words.plain import flat
from .words.unsaid import accounted, case_in, unsaid_in

BEFORE_NUMBER = 3
"""Words before a number that tell what it is of: "op minder dan 3 m"."""
STOP = re.compile(r";|\.(?!\d)")
PLACE = re.compile(
    r"(?<![a-z])(?:tot op|tot aan|ter hoogte van|op of (?:nabij|in|bij|aan)|in of (?:nabij|op|bij)|op|in|aan|bij|langs|nabij|naast|tegen|onder|boven|binnen"
    r"|buiten|(?<!afstand )tot|tussen|voor|achter|rond|rondom|evenwijdig aan) (?:(?:de|het|een|elke|iedere|beide|die|deze|één|twee) ){0,2}(?:[a-z]+e )?$",
)
"""Words before a line or a thing outside that make it the place where a norm holds: "op de perceelgrens"."""
UNDER_PEIL = re.compile(r"(?<![a-z])(?:onder|beneden) (?:het )?(?:peil|maaiveld)(?![a-z])")
"""Words that make of a size that of what lies in the ground, where they do not say how deep."""
IN_THE_GROUND = ("kelder", "ondergrondse parkeervoorziening")
"""Things that lie under peil by themselves."""
AT_A_PLACE = re.compile(r"(?:op|in|aan|bij|langs|nabij|naast|tegen|binnen|ter hoogte van|rond|rondom)(?![a-z])")
"""Words before a line that is where a thing stands: no depth is counted from it."""
FROM_A_PLACE = ("afstand", "overschrijding", "diepte", "vrije_hoogte", "molen")
"""How sizes begin that are themselves counted from such a line."""
OF_A_PART = re.compile(r" van (?:de|het|een|elke|iedere) ")
PART_FIRST = re.compile(r"\W*(?:[a-z]\. )?(?:de|het|een|elke|iedere) ")
"""Words at the beginning before a part that is the subject: "de voorgevel van hoofdgebouwen heeft een hoogte"."""
HEIGHTS_OF = ("dakvoet", "daknok")
LESSENED = re.compile(r",? ?(?P<how>(?:verminderd|verlaagd|verkleind) met|minus)(?![a-z])")
"""Words right behind a norm that make it less than its number says: then what meets the number does not meet the norm yet."""
OVER_A_PART = re.compile(r"(?<![a-z])(?:over|voor) (?:(?:een|de|het) )?(?:[a-z]+ )?$")
"""Words before a size that say over which part the norm holds: "over een lengte van ten hoogste 4 m"."""
DEMAND = re.compile(r"\W*(?:met dien verstande dat|mits|waarbij)\s", re.IGNORECASE)
"""How the quote of a norm begins that is asked of another norm."""
AND_ANOTHER = re.compile(r",? (?:en|alsmede|met) (?:een |de |met )|, een ")
"""Words between two sizes that a thing is built with."""
COUNTED = re.compile(r"(?:onder|boven)(?![a-z])")
"""Words right behind a size for what it is counted from: "1 m onder de nok"."""


@dataclass(frozen=True)
class Spoken:
    """A norm with the passage that says it: the size number ``k`` of its ``sizes``; ``place``: where its quote begins and ends in the passage."""

    norm: Clause
    passage: Passage
    marks: Sequence[Mark]
    sizes: Sequence[Size]
    k: int
    place: tuple[int, int]

    @property
    def text(self) -> str:
        """The passage in small letters on one line."""
        return flat(self.passage.text)

    @property
    def begins(self) -> int:
        """Where the sentence of the norm begins."""
        return max((found.end() for found in STOP.finditer(self.text, 0, self.place[0])), default=0)

    @property
    def stops(self) -> int:
        """Where what belongs to the norm ends: with its sentence, with its quote where the sentence goes on with another size."""
        end = self.place[1]
        stop = next((found.start() for found in STOP.finditer(self.text, end)), len(self.text))
        another = any(end <= size.mark.start < stop for size in self.sizes) or any(
            mark.kind == QUANTITY and end <= mark.start < stop and not OVER_A_PART.search(self.text[:mark.start]) for mark in self.marks)
        return end if another else stop

    def holds(self, at: int) -> bool:
        """Whether a place of the passage belongs to the norm: to its own words, or to those that its sentence begins with."""
        first = min((size.mark.start for size in self.sizes if size.mark.start >= self.begins), default=self.place[0])
        return self.place[0] <= at < self.stops or self.begins <= at < first


def left_words(spoken: Spoken, alone: str) -> tuple[str, ...]:
    """Return what nothing accounts for of the words of a norm; ``alone``: its passage without the words of other sizes beside its own."""
    began, end = spoken.place
    demanded = DEMAND.match(alone, began, end)  # asked as a condition of others; its own size is none of it
    alone = _without_ban(spoken, alone)
    lessened = LESSENED.match(spoken.text, end)
    less = (lessened["how"],) if lessened else ()
    words = (*less, *_cases(spoken), *unsaid_in(alone[demanded.end() if demanded else began:end]), *_numbers(spoken), *unsaid_in(alone[end:spoken.stops]))
    return (*words, *(place for place in _places(spoken, alone) if place.split()[0] not in words))


def _without_ban(spoken: Spoken, alone: str) -> str:
    """Return a text without the words that turned the size of its norm: "meer dan 7 m is niet toegestaan"."""
    size = spoken.sizes[spoken.k]
    ban = NOT_ALLOWED.match(flat(alone), size.mark.end)
    said = next((mark.word for mark in reversed(spoken.marks) if mark.kind == OPERATOR and mark.end <= size.mark.start), "")
    if ban is None or TURNED.get(said) != spoken.norm.operator:
        return alone
    return alone[:ban.start("ban")] + " " * len(ban["ban"]) + alone[ban.end("ban"):]


def _cases(spoken: Spoken) -> tuple[str, ...]:
    """Return the words of a size that says of which case another of its sentence is, for both of them."""
    text, sizes = spoken.passage.text, spoken.sizes
    own = sizes[spoken.k]
    built = _built(sizes, spoken.text)
    cases = [(one, case_in(text[:one.mark.start])) for one in sizes if one.mark.start <= own.mark.start and one not in built]
    said = [words for one, words in cases if words and any(_is_other(one, later) and later.mark.start > one.mark.start for later in sizes)]
    between = [one for one, words in cases if words and not re.search(r"[.;]", text[one.mark.end:own.mark.start])]
    return said[0] if said and between else ()


def _built(sizes: Sequence[Size], text: str) -> list[Size]:
    """Return the sizes that a sentence builds its thing with, in a row with another behind them: none of them is the case of another."""
    found: list[Size] = []
    for k, size in enumerate(sizes):
        goes_on = bool(found) and found[-1] is sizes[k - 1]
        if (goes_on or builds_with(text[:size.mark.start])) and AND_ANOTHER.match(text, size.mark.end):
            found.append(size)
    return found


def _is_other(case: Size, later: Size) -> bool:
    """Whether a size is another one than that which may be its case: of another quantity, or what is ruled where the first only compares."""
    return case.quantity != later.quantity or (case.operator in ("<", ">") and later.operator in ("<=", ">="))


def _numbers(spoken: Spoken) -> tuple[str, ...]:
    """Return the numbers that belong to a norm, and are no size and in no condition of it, with the words before them: they say of what it is ("op minder
    dan 3 m van de perceelgrens")."""
    text, told = spoken.text, " ".join((*spoken.norm.conditions, *spoken.norm.exceptions)).lower()
    own = [(size.mark.start, size.mark.end) for size in spoken.sizes]
    left = [
        mark for mark in spoken.marks
        if mark.kind == NUMBER and spoken.holds(mark.start) and not any(start <= mark.start < end for start, end in own)
        and text[mark.start:mark.end].strip() not in told and not REFERENCE.search(text[max(0, mark.start - REFERENCE_NEAR):mark.start])
    ]
    return tuple(" ".join((*text[spoken.begins:mark.start].split()[-BEFORE_NUMBER:], text[mark.start:mark.end].strip())) for mark in left)


def _places(spoken: Spoken, alone: str) -> Iterator[str]:
    """Yield the places and the things of others that only limit where or for what a norm holds: "op de perceelgrens", "voor woningen"."""
    text, free = flat(alone), accounted(alone)
    for under in () if spoken.norm.quantity.startswith("diepte") or spoken.norm.object in IN_THE_GROUND else UNDER_PEIL.finditer(text):
        if spoken.holds(under.start()) and not free[under.start()] and not any(one.kind == NUMBER and one.end == under.start() - 1 for one in spoken.marks):
            yield under.group()
    for mark in spoken.marks:
        if not spoken.holds(mark.start) or free[mark.start] or text[mark.start:mark.end] in spoken.norm.relative_to:
            continue
        found = PLACE.search(text[:mark.start])
        if found is not None and COUNTED.match(found.group()) and any(one.kind == NUMBER and one.end == found.start() - 1 for one in spoken.marks):
            continue
        if is_by(mark, text):
            yield f"bij {text[mark.start:mark.end]}"
        elif mark.kind == TARGET and _is_part_first(mark, spoken, text):
            yield f"{text[mark.start:mark.end]} van"
        elif mark.kind == TARGET and _is_part(mark, spoken, text):
            yield f"van {text[mark.start:mark.end]}"
        elif mark.kind == TARGET and found is not None and _is_where(found, spoken.norm.quantity):
            yield text[found.start():mark.end]
        elif are_the_others(mark, text):
            yield " ".join(text[:mark.end].split()[-2:])
        elif mark.kind == OBJECT and mark.start >= spoken.sizes[spoken.k].mark.end and _only_says_whose(mark, spoken, text):
            yield f"voor {text[mark.start:mark.end]}"


def _is_where(found: re.Match[str], quantity: str) -> bool:
    """Whether words before a line only say where a norm holds: not where its size is counted from that line."""
    return not quantity.startswith(FROM_A_PLACE) or (quantity.startswith("diepte") and AT_A_PLACE.match(found.group()) is not None)


def _only_says_whose(mark: Mark, spoken: Spoken, text: str) -> bool:
    """Whether a thing behind a size is, or may be, the house that the thing of the norm is for: "bijgebouwen 3 m en 5 m voor bedrijfswoningen"."""
    own = spoken.sizes[spoken.k].mark
    annexe = next((one.word for one in reversed(spoken.marks) if one.end <= own.start and one.word in vocabulary.ANNEXES), "")
    either = mark.word == spoken.norm.object not in WHOLES and is_whose(mark, annexe, text) and of_a_house(mark, own, spoken.marks, text)
    return either or is_whose(mark, spoken.norm.object, text)


def _is_part_first(mark: Mark, spoken: Spoken, text: str) -> bool:
    """Whether a sentence begins with a part whose size its norm is: "de voorgevel van hoofdgebouwen heeft een hoogte"."""
    first = PART_FIRST.fullmatch(text[spoken.begins:mark.start]) is not None and text.startswith(" van ", mark.end)
    return first and not spoken.norm.quantity.startswith(FROM_A_PLACE)


def _is_part(mark: Mark, spoken: Spoken, text: str) -> bool:
    """Whether the size that a norm names is that of a part: "de breedte van de voorgevel"; the ridge and the eaves are what heights are of."""
    at = spoken.sizes[spoken.k].at
    whole = at is None or mark.word in HEIGHTS_OF or spoken.norm.quantity.startswith(FROM_A_PLACE)
    return not whole and at is not None and OF_A_PART.fullmatch(text[at.end:mark.start]) is not None
