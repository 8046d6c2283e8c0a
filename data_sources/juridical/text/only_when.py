"""Which numbers only say when or where a norm holds, and are no norm themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from .quantities import BUILT_ON, UNITS_OF
from .words.marks import BREAK, NUMBER, OBJECT, QUANTITY, TARGET, Mark
from .words.spot import Spot

CONDITION_BREAKS = (
    "indien", "als", "wanneer", "voor zover", "voorzover", "ingeval", "in geval van", "in afwijking van", "met uitzondering van", "uitgezonderd", "behoudens",
)
"""Clauses whose sizes only say when another norm holds."""
PLACED = re.compile(
    r"(?<![a-z])(?:op|binnen|over|vanaf|buiten)(?: een)?(?: (?:strook|zone|straal))?(?: (?:onderlinge )?afstand)?(?: van)?"
    r"(?: (?:(?:niet )?meer|(?:niet )?minder|groter|kleiner|ten (?:hoogste|minste)|maximaal|minimaal|ongeveer|circa)(?: dan)?)? ?$"
    r"|(?<![a-z])tot (?:een afstand van )?$|(?<![a-z])(?:op|binnen|tot) (?:een )?(?:onderlinge )?afstand (?:van |tot )[^.;\d]{0,60}(?:van|dan) $|elke $|per $",
)
"""Words before a number of metres that says where something stands."""
BEYOND = re.compile(
    r"(?<![a-z])deel (?:van|dat) [^.;]{0,60}(?:groter|meer)(?: is)? dan $|\bdat (?:groter|meer|hoger)(?: is)? dan $",
)
"""Words before a number beyond which a share counts: "van het deel dat groter is dan"."""
STANDS = re.compile(r"^\s*(?:\w+ )?op (?:een afstand van )?(?:meer dan|minder dan|ten minste|minimaal|niet minder dan|tenminste) $")
"""A passage that begins so asks a distance of its thing."""
OF_A_PLOT = re.compile(
    r"(?:bij|voor|op|van) (?:bouw)?perce(?:len|el)(?: met| van)?(?: (?:groter|kleiner|meer|minder|breder|smaller|vanaf|tot(?: en met)?|boven))?(?: dan)? $"
    r"|met een (?:gezamenlijke |totale )?(?:oppervlakte|breedte|diepte|inhoud|grootte)(?: van)?"
    r"(?: (?:tot|meer dan|minder dan|kleiner dan|groter dan|ten minste|minimaal))? $"
    r"|perce(?:len|el) met een (?:oppervlakte|breedte|diepte|grootte) van (?:ten hoogste|maximaal) $",
)
"""Words before the size of the plot that a norm is for."""
OF_A_SIZE = re.compile(
    r"(?<![a-z])(?:met|bij) (?:een |de )?(?:[a-z]+ )?[a-z]*(?:hoogte|breedte|diepte|lengte|inhoud|helling|oppervlakte)(?: van (?:het|de|een) [a-z]+)? (?:van )?"
    r"(?:(?:meer|minder|groter|kleiner|hoger|lager) dan|vanaf|tot(?: en met)?) $"
    r"|(?<![a-z])bij (?:een|het) [a-z]+ van (?:(?:niet )?(?:meer|minder|groter|kleiner) dan|ten hoogste|ten minste|maximaal|minimaal|tot(?: en met)?) $",
)
"""Words before a size that says of which things a later one is: "gebouwen met een hoogte van meer dan 9 m"."""
BUILT_WITH = re.compile(
    r"(?:^|[.;:,] ?)(?:(?!(?<![a-z])(?:die|dat|welke|waar[a-z]*|indien|als|wanneer|mits|tenzij|perce(?:el|len)|zover)(?![a-z]))[^.;:,])*(?<![a-z])"
    r"(?:gebouwd|opgericht|afgedekt|uitgevoerd|gerealiseerd|geplaatst|toegestaan|voorzien|hebben|heeft"
    r"|krijgen|krijgt|mogen|mag|worden|wordt|dienen|moeten|kunnen|toegestaan (?:is|zijn) (?:[a-z-]+ ){0,4}[a-z-]+)"
    r"(?: (?:met|van) (?:een )?(?:[a-z]+ )?(?:kap|dak|[a-z]+dak))? $",
)
"""Words before such a size of a sentence that builds its thing with it: there it is the norm."""
RULED_ON = re.compile(
    r" (?:een|de|het|ten|maximaal|minimaal|niet|geen|hebben|heeft|bedraagt|bedragen|is|zijn|mag|mogen|dient|dienen|moet|moeten)(?! toegestaan)(?![a-z])")
"""Words right behind such a size that rule another: there it is the case after all."""
UP_TO_A_SIZE = re.compile(r"(?<![a-z])tot (?:aan )?een [a-z]*(?:hoogte|breedte|diepte|lengte|inhoud|helling|oppervlakte) van $")
LIMITED = r"(?:(?:ten hoogste|hoogstens|maximaal|hooguit|niet meer dan|ten minste|minimaal|slechts) )?"
SHARE = re.compile(
    rf"(?<![a-z])(?:over|voor) {LIMITED}$"
    rf"|(?<![a-z])(?:over|voor) (?:een |de |het )?(?:[a-z]+ )?(?:lengte|breedte|diepte|oppervlakte|deel|gedeelte) van {LIMITED}$",
)
"""Words before a share for which the size before it holds: "7 m voor ten hoogste 30 m2", "over maximaal 30% van de gevel"."""
SHARES = ("%", "m2", "m3", "fraction")
"""Units of what a length holds for a share of."""
GROUND_BUILT = re.compile(r" (?:mag|mogen|kan|kunnen|wordt|worden|zal) (?:[a-z]+ ){0,4}bebouwd(?![a-z])")
"""Words behind a share that may be built on, its ground between them: "15% mag het perceel worden bebouwd"."""
MOST = re.compile(r"(?<![a-z])met (?:een )?(?:maximum|minimum) van $")
"""Words before the most or least of an area for which a length of the map holds."""
CAPPED = re.compile(r"[^.;:\d]{0,60}(?<![a-z])(?:met|tot) een (?:maximum|minimum) van ")
"""Words between a share and the most that it may be: "voor 30% van het dak, met een maximum van 15 m2"."""
OF_THINGS = re.compile(r"(?<![a-z])met (?:een |de )?(?:[a-z]+ )?$")
"""Words before the name of a size that things have which a norm is about."""
OF_THE_MAP = re.compile(r"aangegeven|aangeduid|aanduiding")
"""Words that leave a length to the map."""
WHOLE_OF = re.compile(r" van (?:de|het) (?:[a-z]+ )?")
ITS_OWN = re.compile(r"(?: (?:van|vanaf|tot|en|met|dan|op|meer|minder|groter|kleiner|hoger|lager|niet|ten|minste|hoogste|minimaal|maximaal|ongeveer|circa))* $")
"""Words between the name of a size and its number."""
ASKED = re.compile(
    r"(?:mogen|mag|dienen|dient|moeten|moet|worden|wordt|toegestaan)[^.;,]{0,60}op (?:een afstand van )?"
    r"(?:ten minste|tenminste|minimaal|meer dan|niet minder dan) $",
)
"""What must stand at a distance: a norm and no condition."""
GROWN = re.compile(
    r"(?:percentages?|maten|afmetingen|hoogten?|oppervlakte|inhoud|gebouwen|overschre\w+|overschri\w+|worden|toestaan|verhoogd|vergroot)"
    r"[^.;,]{0,40}\btot (?:een )?$",
)
"""A size that may grow "tot" a number."""
RULED = re.compile(
    r",(?!\d)|:|(?<![a-z])(?:bedraagt|bedragen|mag|mogen|geldt|geen grotere|tot maximaal|tot ten hoogste)(?![a-z])"
    r"|(?<![a-z])(?<!groter )(?<!meer )(?<!kleiner )(?<!hoger )(?<!minder )(?:zijn|is)(?![a-z])(?! (?:groter|kleiner|meer|hoger|minder) )",
)
RULED_BEHIND = re.compile(r" (?:mag|mogen|bedraagt|bedragen|zal|geldt(?! (?:dit|deze|artikel|lid|niet))|is toegestaan)(?! (?:de|het|een) )")
"""Words that end a condition: what follows is ruled; not where they begin the sentence that it is the condition of ("mag de hoogte ...")."""


def only_when(spot: Spot) -> bool:
    """Whether a number stands in a condition: "indien het bouwperceel groter is dan 1.000 m2", "op een afstand van 3 m van ..."."""
    head = spot.head
    if OF_A_PLOT.search(head) and not builds_with(head):
        return True
    if ASKED.search(head) and (spot.behind(TARGET) or spot.behind(OBJECT)):
        return False
    stands = bool(STANDS.match(head))
    if stands and spot.behind(TARGET) is None:
        return True
    if BEYOND.search(head):
        return True
    if is_share(spot) or _is_of_a_size(spot):
        return True
    if spot.number.unit in ("m", "") and PLACED.search(head) and not stands and not GROWN.search(head):
        return True
    breaks = [mark for mark in spot.marks if mark.kind == BREAK and mark.start < spot.number.start]
    compared = spot.operator()
    if breaks and breaks[-1].word == "tenzij" and compared is not None and compared.word in ("<", ">") and compared.start >= breaks[-1].end:
        return True  # "tenzij het perceel groter is dan 1.000 m2": what an exception compares, it does not rule
    if breaks and breaks[-1].word in CONDITION_BREAKS:
        return not RULED.search(spot.text[breaks[-1].end:spot.number.start]) and not RULED_BEHIND.match(spot.tail)
    return False


def _is_of_a_size(spot: Spot) -> bool:
    """Whether a number says of which things a later one is; not where its sentence builds with it: "worden gebouwd met een hoogte tot 7 m"."""
    if OF_A_SIZE.search(spot.head) is None or _next(spot) is None:
        return False
    return not builds_with(spot.head) or RULED_ON.match(spot.tail) is not None


def builds_with(head: str) -> bool:
    """Whether the words before a number build a thing with its size or up to it: "worden gebouwd met een hoogte tot"."""
    found = OF_A_SIZE.search(head) or UP_TO_A_SIZE.search(head)
    return found is not None and BUILT_WITH.search(head[:found.start()]) is not None


def used_by(spot: Spot) -> Mark | None:
    """Return the mark that names the distance or the size of other things that a number is, which names no later number then; None of a norm's own size
    ("de goothoogte op minder dan 3 m")."""
    named = [mark for mark in spot.named() if mark.start >= spot.since and ITS_OWN.fullmatch(spot.text[mark.end:spot.number.start])]
    return next((mark for mark in named if mark.quantities == ("afstand",) or OF_THINGS.search(spot.text[:mark.start])), None)


def is_share(spot: Spot) -> bool:
    """Whether a number says for which share the length beside it in its sentence holds: "7 m voor 30 m2", "voor 30% van het dak 7 m"."""
    if spot.before is not None and CAPPED.fullmatch(spot.text[spot.before.end:spot.number.start]):
        first = next((mark for mark in reversed(spot.marks) if mark.kind == NUMBER and mark.end <= spot.before.start), None)
        return spot.before.unit != "m" and is_share(replace(spot, number=spot.before, before=first))
    of_the_map = MOST.search(spot.head)
    found = SHARE.search(spot.head) or of_the_map
    if found is None or spot.number.unit not in SHARES or BUILT_ON.match(spot.tail) or GROUND_BUILT.match(spot.tail):
        return False
    if spot.before is not None and spot.before.unit == "m" and not of_the_map:
        between = spot.text[spot.before.end:found.start()]
        if not re.search(r"[.;:]", between) and not any(mark.kind == QUANTITY and spot.before.end <= mark.start < found.start() for mark in spot.marks):
            return True
    lengths = [mark for mark in spot.named() if any("m" in UNITS_OF[one] for one in mark.quantities)]
    if spot.before is None and lengths and OF_THE_MAP.search(spot.text, lengths[0].end, found.start()):
        return True
    after = None if of_the_map else _next(spot)
    return spot.before is None and after is not None and after.unit == "m" and (bool(lengths) or _length_between(spot, after))


def _length_between(spot: Spot, after: Mark) -> bool:
    """Whether behind a share a length is named that the next number is: "voor 20% van de oppervlakte bedraagt de bouwhoogte ten hoogste 7 m"."""
    named = [mark for mark in spot.marks if mark.kind == QUANTITY and mark != whole_of(spot) and spot.number.end <= mark.start < after.start]
    return any("m" in UNITS_OF[one] and one != "oppervlakte" for mark in named for one in mark.quantities)


def whole_of(spot: Spot) -> Mark | None:
    """Return the mark of the size that a share is of ("20% van de oppervlakte"): it names no later number."""
    behind = spot.behind(QUANTITY)
    return behind if behind is not None and WHOLE_OF.fullmatch(spot.text[spot.number.end:behind.start]) else None


def _next(spot: Spot) -> Mark | None:
    """Return the next number of its sentence."""
    stop = re.search(r"[;:]|\.(?!\d)", spot.tail)
    until = spot.number.end + (stop.start() if stop else len(spot.tail))
    return next((mark for mark in spot.marks if mark.kind == NUMBER and spot.number.end <= mark.start < until), None)
