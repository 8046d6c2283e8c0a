"""From the numbers of one passage to the sizes that they limit: pairs ("3 m en 5 m"), ranges, and what only says when another holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .only_when import is_share, only_when, used_by, whole_of
from .operators import BETWEEN, DIFFERS, operator_of
from .quantities import named_of
from .words import vocabulary
from .words.marks import NUMBER, QUANTITY, Mark
from .words.outline import Passage
from .words.plain import flat
from .words.spot import Spot

COMPARED = re.compile(r"(?:dan|dan wel|gelijk aan|boven|tot|inclusief|met inbegrip van|maximaal|ten hoogste) (?:de |het )(?:bestaande )?$")
"""Words before a size that another one is only compared with."""
FORMULA = re.compile(r"\(?(?P<base>[^()=;]{4,60}?)(?:\[m\])? ?(?:x|\*|maal) ?(?P<slope>\d+[.,]\d+)\)? ?\+ ?(?P<constant>\d+(?:[.,]\d+)?)")
"""A height that grows with a distance: "(afstand daknok tot de perceelsgrens [m] x 0,47) + 3"."""
JOINED = re.compile(r"^[\s,]*(?:en|of|respectievelijk|resp\.|dan wel|/|,)[\s,]*(?:respectievelijk|resp\.|maximaal|ten hoogste)?\s*$")
SPAN = re.compile(r"^\s*(?:tot|-|à|t/m|tot en met)\s*$")
ALSO = re.compile(r"(?: [^.;:\d]{3,50})? en (?:(?:die|deze|dat) (?:van|voor) )?(?:[a-z]+ ){0,4}| voor [a-z -]{3,40}, ")
"""What stands between two sizes of one norm: "1 m voor de voorgevel en 2 m daarachter"."""
CASE_TO = re.compile(
    r"^\s*(?:tot(?: en met)?|t/m|-|à"
    r"|(?:en|maar|doch) (?:ten hoogste|maximaal|tot(?: en met)?|(?:niet )?(?:minder|meer|kleiner|groter|lager|hoger)(?: is)? dan))"
    r"(?: of gelijk aan)?(?: een (?:[a-z]+ )?[a-z]+ van)?\s*$",
)
"""What stands between the two ends of a case: "bouwpercelen van 300 tot 600 m2"."""
OF_MORE_PLOTS = re.compile(r" (?:voor|bij|op) (?:(?:de|alle) )?(?:[a-z]+ )?[a-z]*(?:percelen|perceel|kavels?)(?![a-z])")
"""Words behind a size that say for which plots it is: it is the next norm, and no end of the case before it."""
NEXT_CASE = re.compile(r",? (?:(?:en|of|maar|doch) )?(?:(?:ten hoogste|maximaal|tot|ten minste|minimaal) )?$")
"""Words between the case of one size and the next size: "15 m2 voor percelen tot 500 m2 en 60 m2 voor grotere percelen"."""
LEAST_TO_MOST = re.compile(r"^\s*en\s*(?:niet )?(?:minder|meer|hoogste|maximaal|kleiner|groter|lager|hoger|ten hoogste|ten minste)(?: \w+)?(?: dan)?\s*$")
RANGE_NEAR = 60
"""Characters between the least and the most of one range."""


@dataclass(frozen=True)
class Size:
    """A number of a passage that limits something: ``quantity``, ``operator``; ``at`` the mark of the quantity where the text names it."""

    mark: Mark
    quantity: str
    operator: str
    at: Mark | None
    told: bool = True
    second: float | None = None


def formula_in(text: str) -> re.Match[str] | None:
    """Return the formula of a height in a text, None without one."""
    return FORMULA.search(text) if "+" in text else None


def without_compared(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return marks without the sizes that another one is only compared with ("niet meer dan de hoogte van ...")."""
    low = text.lower()
    return [mark for mark in marks if not (mark.kind == QUANTITY and COMPARED.search(low[:mark.start]))]


def sizes_of(passage: Passage, marks: Sequence[Mark]) -> list[Size]:
    """Return the sizes that the numbers of a passage limit, in order; numbers that only say when another norm holds are none."""
    text = flat(passage.text)
    formula = formula_in(text)
    numbers = [mark for mark in marks if mark.kind == NUMBER and not (formula and formula.start() <= mark.start < formula.end())]
    found: list[Size] = []
    cases = -2  # the last number that only says when another norm holds
    for k, mark in enumerate(numbers):
        after = numbers[k + 1] if k + 1 < len(numbers) else None
        spot = Spot(passage, text, marks, _with_unit(mark, after, passage, text), numbers[k - 1] if k else None)
        if k and k == cases + 1 and _of_more_plots(spot, found):
            continue
        if only_when(spot) or (k and k == cases + 1 and CASE_TO.match(text[numbers[k - 1].end:mark.start])):
            used, cases = (used_by(spot), whole_of(spot) if is_share(spot) else None), k
            marks = [one for one in marks if one not in used]
        elif not _paired(spot, found):
            found += _limits(spot) or (_least_of(spot, after) if after is not None else [])
    return _ranges(found, text)


def _with_unit(mark: Mark, after: Mark | None, passage: Passage, text: str) -> Mark:
    """Return a number with the unit of the one that it is joined with ("100 tot 400 m"), or of its column."""
    if not mark.unit and after is not None and after.unit:
        between = text[mark.end:after.start]
        if SPAN.match(between) or JOINED.match(between) or LEAST_TO_MOST.match(between):
            return replace(mark, unit=after.unit)
    if not mark.unit and passage.row is not None:
        return _in_its_column(mark, (*passage.header, *passage.beside))
    return mark


def _in_its_column(mark: Mark, told: Sequence[str]) -> Mark:
    """Return a bare number of a cell in the unit that its column or row names: "bouwhoogte (m)"."""
    for words in told:
        found = vocabulary.UNIT_ALONE.search(words.lower())
        if found is not None:
            unit, factor = vocabulary.unit_in(found)
            return replace(mark, unit=unit, value=round(mark.value * factor, 9))
    return mark


def _paired(spot: Spot, found: list[Size]) -> bool:
    """Add a number to the size before it that it belongs with, and return whether it did."""
    before = spot.before
    if before is None or not found or found[-1].mark.end != before.end or found[-1].mark.unit != spot.number.unit:
        return False
    between = spot.text[before.end:spot.number.start]
    if JOINED.match(between):
        if len(found) > 1 and found[-2].mark == found[-1].mark:
            found[-1] = replace(found[-1], mark=spot.number)
            return True
        if spot.operator() is None:
            most = BETWEEN.search(spot.text[:before.start]) is not None
            found.append(replace(found[-1], mark=spot.number, operator="<=" if most else found[-1].operator))
            return True
    if ALSO.fullmatch(between) and spot.operator() is None and not any(spot.since <= mark.start for mark in spot.named()):
        found.append(replace(found[-1], mark=spot.number, told=False))
        return True
    return False


def _of_more_plots(spot: Spot, found: list[Size]) -> bool:
    """Add a number behind the case of the size before it, where it is that size for other plots, and return whether it is."""
    if spot.before is None or not found or found[-1].mark.unit != spot.number.unit or OF_MORE_PLOTS.match(spot.tail) is None:
        return False
    if NEXT_CASE.fullmatch(spot.text[spot.before.end:spot.number.start]) is None or re.search(r"[.;:]", spot.text[found[-1].mark.end:spot.before.start]):
        return False
    found.append(replace(found[-1], mark=spot.number))
    return True


def _limits(spot: Spot) -> list[Size]:
    named = named_of(spot)
    operator = operator_of(spot, named.at)
    return [Size(spot.number, quantity, operator, named.at, named.told) for quantity in named.quantities] if operator else []


def _least_of(spot: Spot, after: Mark) -> list[Size]:
    """Return the least of a range whose most names the size: "meer dan 0,5 m en minder dan 1 m boven de dakvoet"."""
    if not LEAST_TO_MOST.match(spot.text[spot.number.end:after.start]):
        return []
    operator = operator_of(spot, None)
    return [replace(size, mark=spot.number, operator=operator) for size in _limits(replace(spot, number=after, before=spot.number))] if operator else []


def _ranges(sizes: list[Size], text: str) -> list[Size]:
    """Return sizes with a least and a most of the same thing as one range."""
    found: list[Size] = []
    for size in sizes:
        last = found[-1] if found else None
        whole = None
        if last is not None and last.second is None and not DIFFERS.match(text, size.mark.end):
            whole = _range(last, size, text[last.mark.end:size.mark.start])
        if whole is not None:
            found[-1] = whole
        else:
            found.append(size)
    return found


def _range(last: Size, size: Size, between: str) -> Size | None:
    if last.quantity != size.quantity or last.mark.unit != size.mark.unit:
        return None
    if last.operator in ("<", ">") and size.at is not None and size.at.start >= last.mark.end:
        return None  # "schuren groter dan 40 m2 hebben een oppervlakte van ten hoogste 60 m2": the first is a case
    low, high = sorted((last.mark.value, size.mark.value))
    both = replace(last, operator="between", second=high, mark=replace(size.mark, value=low, start=last.mark.start))
    if size.quantity == "parkeernorm":
        return both
    opposite = {last.operator[0], size.operator[0]} == {"<", ">"} and (last.mark.value < size.mark.value) == (last.operator[0] == ">")
    return both if opposite and len(between) < RANGE_NEAR and not re.search(r"[;:]", between) else None
