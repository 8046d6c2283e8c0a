"""Which size a number is of: the one its passage names, else what its words or its unit mean, else what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import vocabulary
from .words.marks import BREAK, NUMBER, OBJECT, QUANTITY, TARGET, Mark, marks_of
from .words.outline import Passage
from .words.spot import Spot

BY_UNIT = {
    "m3": ("inhoud",), "m2": ("oppervlakte",), "deg": ("dakhelling",), "bouwlagen": ("bouwlagen",), "pp": ("parkeernorm",), "%": ("bebouwingspercentage",),
}
"""The size that a unit means where the text names none."""
UNITS_OF = {
    "goothoogte": ("m", ""), "bouwhoogte": ("m", "", "ratio"), "vrije_hoogte": ("m",), "dakhelling": ("deg", "%", ""),
    "bebouwingspercentage": ("%", "fraction", ""), "vloeroppervlakte": ("m2", "%"), "oppervlakte": ("m2", "%", "fraction", "m"), "inhoud": ("m3", "m2"),
    "diepte_ondergronds": ("m", "bouwlagen"), "diepte": ("m", "%", "fraction", "ratio"), "breedte": ("m", "%", "fraction", "ratio"), "lengte": ("m", "%"),
    "bouwlagen": ("bouwlagen", ""), "parkeernorm": ("pp",), "overschrijding": ("m", "%", "fraction"), "afstand": ("m",),
}
"""The units that a size is written in: a number in another unit is of another size (plans write "m" for m2 and m2 for m3 by mistake)."""
BESIDE = re.compile(r"^ ?(?P<word>van|vanaf|achter|uit|boven|onder|tot|v(?:oo|óó)r) \(?(?:(?:de|het|een|enige) )?(?:verlengde van\)? (?:de |het )?)?")
THINGS = ("hoofdgebouw", "gebouwen")
"""Places that are things that have sizes themselves: "vóór" is before them, "voor" of them."""
BESIDE_NEAR = 12
"""Characters between such a word and the place that it names."""
SHARE_OF_YARD = re.compile(r" van (?:het|de|dat) [^.;,]{0,50}(?:erf|bebouwingsgebied|tuin)\b")
OF_FLOORS = re.compile(rf" ?(?:aan |van (?:het |de )?(?:totale? )?)?\(?(?:{vocabulary.FLOOR_AREA})")
"""Words right behind a number that say it is of floors: "450 m2 bvo"."""
BUILT_ON = re.compile(r" (?:(?:deel|gedeelte) )?(?:van [^,;.]{3,60} )?(?:mag |mogen |worden |wordt |is |zijn )*(?:be|ge)bouwd")
GROWN = re.compile(r"(?:vergro(?:ot|ten)|verho(?:gen|ogd)|vermeerder\w*|uit(?:ge)?breid\w*)[^.;:]{0,90}$")
"""Words before a share by which a size grows."""
RIGHT_BEHIND = re.compile(r"\s*(?:hoog|diep|breed|lang|van de|aan)?\s*")
COMPARISONS = (("hoger", "bouwhoogte"), ("diep", "diepte"), ("roer", "diepte"), ("breder", "breedte"))
"""Operators that name a size themselves: "niet hoger dan"."""
BOTH_OF, AND_ALSO = re.compile(r"(?<![a-z])zowel (?:(?:de|het|een) )?(?:[a-z]+ )?$"), re.compile(r" als (?:(?:de|het|een) )?(?:[a-z]+ )?")
"""Words before and between two sizes that one number is of."""
OTHER_END = re.compile(r"\s*(?:en|of|maar) (?:\w+ )?(?:niet|geen) (?:lager|hoger|dieper|breder)(?: \w+){0,2} dan\s*$")
"""The other end of the size that was named: "niet lager dan 3 m en niet hoger dan 4 m"."""
NOT_LOWER, NOT_HIGHER = re.compile(r"niet lager[^.;:]{0,40}dan:?\s*$"), re.compile(r"niet hoger[^.;:]{0,40}dan:?\s*$")
HOMES = ("woning", "bedrijfswoning", "recreatiewoning")
EACH = re.compile(r"(?<![a-z])per (?:[a-z]+ )?$")
"""Words before a thing that say for each of what there may be so many."""
NUMBER_OF = re.compile(r"(?<![a-z])aantal (?:[a-z]+ )?$")
"""Words before the thing that is counted."""
LAYERS = re.compile(r" (?:(?!en |of )[a-z]+ )?(?:bouw|woon)?(?:laag|lagen)(?![a-z])")
"""Words behind a number in words that say it counts storeys, whatever size is named before it."""
COUNTED_NEAR = 30
"""Characters between a number and the thing that it counts."""


@dataclass(frozen=True)
class Named:
    """The sizes that a number is of: ``at`` the mark that names them; ``told``: the passage itself says so."""

    quantities: tuple[str, ...]
    at: Mark | None = None
    told: bool = True


def named_of(spot: Spot) -> Named:
    """Return the sizes that the number of a spot is of; none where nothing says it."""
    own = _by_share(spot) or _by_name(spot)
    if own is not None:
        return _distances(own, spot)
    unit = spot.number.unit
    if spot.passage.row is not None:
        told = _of_the_column(spot)
        if told.quantities:
            return told
    if unit == "":
        return Named(_counted(spot))
    sticking = next((mark for mark in spot.marks if mark.kind == QUANTITY and mark.start >= spot.number.end and mark.quantities == ("overschrijding",)), None)
    if unit == "m":
        if sticking is not None and not any(mark.kind in (BREAK, NUMBER) and spot.number.end <= mark.start < sticking.start for mark in spot.marks):
            return Named(("overschrijding",), sticking)
        if any(mark.kind == OBJECT and mark.word == "ondergeschikt bouwdeel" and mark.end <= spot.number.start for mark in spot.marks):
            return Named(("overschrijding",))
    if unit in BY_UNIT and unit != "%":
        return Named(BY_UNIT[unit], None, False)
    return _above(unit, spot.passage)


def _by_share(spot: Spot) -> Named | None:
    """Return what the words right behind a number say of it: a distance ("0,5 m onder de daknok") or a share."""
    if spot.number.unit in UNITS_OF["vloeroppervlakte"] and OF_FLOORS.match(spot.tail):
        return Named(("vloeroppervlakte",))
    if spot.number.unit == "m":
        beside = _beside(spot)
        return Named((beside,)) if beside else None
    if spot.number.unit == "%" and SHARE_OF_YARD.match(spot.tail):
        return Named(("oppervlakte",))
    if spot.number.unit in ("%", "fraction") and BUILT_ON.match(spot.tail):
        return Named(("bebouwingspercentage",))
    return None


def _by_name(spot: Spot) -> Named | None:
    unit = spot.number.unit
    if spot.number.told and not unit and LAYERS.match(spot.tail):
        return Named(("bouwlagen",), spot.behind(QUANTITY))
    compared = _compared(spot)
    behind = spot.behind(QUANTITY)
    right_behind = behind is not None and unit in UNITS_OF[behind.quantities[0]] and RIGHT_BEHIND.fullmatch(spot.text[spot.number.end:behind.start])
    for mark in reversed(spot.named()):
        grows = unit == "%" and GROWN.search(spot.head) is not None
        share = spot.number.told and not unit  # "een dertigste deel": no percentage is a bare word
        fitting = tuple(one for one in mark.quantities if grows or (unit in UNITS_OF[one] and not (share and one == "bebouwingspercentage")))
        if fitting == ("oppervlakte",) and unit == "m" and right_behind:
            continue  # "40 m2 met een maximum van 3 m hoogte"
        if fitting:
            if spot.before is not None and mark.start < spot.before.start and compared and not OTHER_END.match(spot.text[spot.before.end:spot.number.start]):
                break
            return Named((*_joined_by_both(mark, spot), *fitting), mark)
    if unit in ("m", "") and compared:
        return Named((compared,))
    if behind is not None and right_behind:
        return Named(behind.quantities, behind)
    return None


def _joined_by_both(mark: Mark, spot: Spot) -> tuple[str, ...]:
    """Return the other of two sizes that "zowel" gives one number: "zowel de breedte als de diepte"."""
    other = next((one for one in reversed(spot.named()) if one.end <= mark.start), None)
    if other is None or not BOTH_OF.search(spot.text[:other.start]) or not AND_ALSO.fullmatch(spot.text[other.end:mark.start]):
        return ()
    return tuple(one for one in other.quantities if spot.number.unit in UNITS_OF[one])


def _beside(spot: Spot) -> str:
    place = BESIDE.match(spot.tail)
    since = [mark for mark in spot.named() if spot.since <= mark.start]
    if since and spot.before is not None and RIGHT_BEHIND.fullmatch(spot.text[spot.since:since[0].start]):
        since = since[1:]  # "1,5 m hoog en 0,5 m van de zijkant": the first is of the number before
    if place is None or _compared(spot) or since:
        return ""
    at = spot.number.end + place.end()
    target = vocabulary.TARGET.search(spot.text, at, at + 60)
    if target is None or target.start() - at > BESIDE_NEAR:
        return ""
    name = vocabulary.said("t", target)
    if name in THINGS and place["word"] == "voor":  # "9 m voor hoofdgebouwen" says what is 9 m
        return ""
    return f"afstand_{name}" if name in ("dakvoet", "daknok") or place["word"] not in ("boven", "onder") else ""


def _compared(spot: Spot) -> str:
    """Return the size that the operator of a number names itself, '' where it names none."""
    operator = spot.operator()
    said = spot.text[operator.start:operator.end] if operator else ""
    if "lager" in said and said.startswith(("niet", "geen")):
        return "vrije_hoogte"
    return next((quantity for sign, quantity in COMPARISONS if sign in said), "")


def _of_the_column(spot: Spot) -> Named:
    """Return the size that the head of its column names for a cell, else the words of its row; none where neither does."""
    for words in (*spot.passage.header, *spot.passage.beside):
        marks = marks_of(words)
        for mark in marks:
            if mark.kind != QUANTITY or spot.number.unit not in UNITS_OF[mark.quantities[0]]:
                continue
            if mark.quantities != ("afstand",):
                return Named(mark.quantities, None, False)
            target = next((one.word for one in marks if one.kind == TARGET and one.start >= mark.end), "")
            return Named((f"afstand_{target}" if target else "afstand",), None, False)
    return Named(())


def _above(unit: str, passage: Passage) -> Named:
    for above in (*passage.header, *passage.above()):
        low = above.lower()
        if unit == "m" and NOT_LOWER.search(low):
            return Named(("vrije_hoogte",), None, False)
        if unit == "m" and NOT_HIGHER.search(low):
            return Named(("bouwhoogte",), None, False)
        for mark in marks_of(above):
            if mark.kind == QUANTITY and unit in UNITS_OF[mark.quantities[0]] and mark.quantities != ("afstand",):
                return Named(mark.quantities, None, False)
    return Named(BY_UNIT.get(unit, ()), None, False)


def _counted(spot: Spot) -> tuple[str, ...]:
    """Return what a bare number counts: homes or other things."""
    number = spot.number
    thing = vocabulary.OBJECT.search(spot.text, number.end, number.end + 2 * COUNTED_NEAR)
    if thing is not None and thing.start() - number.end < COUNTED_NEAR and not EACH.search(spot.text[:thing.start()]):
        return ("aantal_woningen",) if vocabulary.said("o", thing) in HOMES else ("aantal",)
    told = next((mark for mark in reversed(spot.marks) if mark.kind == OBJECT and mark.end <= number.start and NUMBER_OF.search(spot.text[:mark.start])), None)
    if told is not None:
        return ("aantal_woningen",) if told.word in HOMES else ("aantal",)
    near = spot.text[max(0, number.start - 90):number.end + 40]
    if re.search(r"woning|wooneenhe", near):
        return ("aantal_woningen",)
    return ("aantal",) if number.told or re.search(r"aantal|per (?:erf|perceel|woning)|één|een mast", near) else ()


def _distances(named: Named, spot: Spot) -> Named:
    quantities = named.quantities
    if quantities == ("diepte",) and re.search(r"ondergronds|kelder", spot.text):
        quantities = ("diepte_ondergronds",)
    if quantities == ("afstand",) and named.at is not None:
        quantities = (_distance(named.at, spot),)
    if len(quantities) > 1 and spot.head.endswith(" - "):
        quantities = ("bouwhoogte",)
    return Named(quantities, named.at, named.told)


def _distance(at: Mark, spot: Spot) -> str:
    """Return which distance is meant: to what."""
    text = spot.text
    if "onderling" in text[max(0, at.start - 12):at.end]:
        return "afstand_gebouwen"
    until = next((mark.start for mark in spot.marks if mark.kind == BREAK and mark.start > at.end), len(text))
    for mark in spot.marks:
        between = text[at.end:mark.start]
        if mark.kind == TARGET and at.end <= mark.start < until and re.search(r"(?:tot|van(?:af)?|uit|tussen|achter)[^,;]{0,40}$", between):
            return f"afstand_{mark.word}"
        if mark.kind == OBJECT and at.end <= mark.start < until and re.search(
            r"\b(?:tot|tussen)(?: aan)?(?: de| het| een| twee)?(?: \w+)? ?$", between):
            return "afstand_hoofdgebouw" if "tussen" not in between and mark.word in ("hoofdgebouw", "woning", "bedrijfswoning") else "afstand_gebouwen"
    earlier = [mark for mark in spot.marks if mark.kind == TARGET and mark.end <= at.start]
    return f"afstand_{earlier[-1].word}" if earlier else "afstand"
