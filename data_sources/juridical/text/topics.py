"""What some articles mean by plain words: a depth of an archaeological zone, a height near a mill, what a power changes."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from ....model.plan_words import LIKELY, OBJECT_KINDS, Clause
from .words.outline import Passage

DIGGING = re.compile(r"archeolog|bodem(?:ingre|verstor)|grondbewerking|graafwerk", re.IGNORECASE)
DUG = {
    "oppervlakte": "archeologie_oppervlakte", "diepte": "archeologie_diepte", "bouwhoogte": "archeologie_diepte", "diepte_ondergronds": "archeologie_diepte",
    "afstand": "archeologie_afstand",
}
HEIGHTS = re.compile(r"bouwhoogte|goothoogte|nokhoogte")
MILL = re.compile(r"molenbiotoop|molenbescherming|\bwiek|stellinghoogte")
MILL_ZONE = re.compile(r"(?:vrijwaringszone - )?molen(?:biotoop|beschermingszone)")
ALL_SIZES = re.compile(r"maten|afmetingen|percentages|maatvoering")
OF_THE_PLOT = re.compile(
    r"(?:%|procent) van (?:het |de |elk |ieder )?"
    r"(?:bouwperceel|bouwvlak|bestemmingsvlak|perceel|bouwvlakken|oppervlakte van het (?:bouwperceel|bouwvlak|perceel))",
)
COUNTED_FROM = re.compile(
    r"(?:m|meter|cm) (?:\w+ ){0,2}?(?:(?:hoger|lager|meer|minder)(?: \w+){0,2} dan|boven|onder) (?:de |het )?"
    r"(?P<what>(?:die van [a-z]+|[a-z]*hoogte|goot|dakgoot|dakvoet|druiplijn|boeibord|"
    r"dakrand|nok|daknok|vloer|kap|dak)(?![a-z])[^,;:.]{0,50})|(?P<mean>gemiddelde?)(?![a-z])",
)
"""What a height is counted from that is no peil: "1 m hoger dan de goothoogte"; or that it is a mean."""
DIFFERENT = re.compile(
    r"\d ?(?:m[123]?|meter|cm|%|procent|graden) (?:hoger|lager|meer|minder|dieper|breder|smaller|groter|kleiner|langer|korter|steiler)(?![a-z])"
    r"(?: (?:zijn|worden|bedragen|liggen|reiken|gebouwd|is|wordt|bedraagt))*(?: dan (?!\d)(?P<what>[^,;:.]{3,60}))?"
    r"|\d ?(?:m[123]?|meter|cm|%|procent|graden) (?:(?:mag|mogen|te|worden|wordt|is|zijn) )*"
    r"(?:overschrijden|overschreden|overschrijdt|verhoogd|verlaagd|vergroot|uitgebreid|vermeerderd|te boven gaan)",
)
"""A number by which a size differs from another: "1 m hoger dan aangegeven"."""
OF_ANOTHER = re.compile(r"(?:op de (?:verbeelding|kaart) )?(?:aangegeven|aangeduide|toegestane|bestaande|voorgeschreven) [a-z]+")
"""The other size, where its clause names it before: "de aangegeven bouwhoogte mag met 1 m worden overschreden"."""
ANOTHER = "een andere maat"
"""What such a number is counted from where its clause does not say it."""
SHARE_OF = re.compile(r"(?:het|een|elk|ieder|per) (?P<what>bouwvlak|bestemmingsvlak|bouwperceel|perceel)(?![a-z])[^.;:%]{0,60}(?:%|procent)")
"""What a share is of, named before it: "het bouwvlak mag voor ten hoogste 50% worden bebouwd"."""
BUILT = re.compile(r"bebouwde oppervlakte van (?:het|een|elk|ieder) (?:bouwvlak|bestemmingsvlak|bouwperceel|perceel)")
VERB = re.compile(r" (?:mag|mogen|wordt|worden)(?![a-z]).*$")
MAIN = re.compile(r"hoofdgebouw|woning|woonhui|woongebouw")
AXIS = re.compile(r"as van (?:de |een )?(?:[\w-]+ )?[\w-]*(?:weg|straat)(?![a-z])|wegas")
ANY_ROAD = re.compile(r"as van (?:de |een )?(?:openbare |aangrenzende |aanliggende )?weg|wegas")
ROAD_AXIS = "as van de weg"
"""What a distance is kept to, where any road is meant."""
TRANSITION = re.compile(r"overgangs(?:recht|bepaling|regel)", re.IGNORECASE)
ONCE = re.compile(r"eenmalig(?:[^.;]|\.(?=\d)){0,200}(?:vergro|vermeerder|verhog|uitbreid)")
STANDING = "indien het gaat om een bestaand bouwwerk dat van het plan afwijkt"
"""Whom what a plan says of the law of transition is for."""
WITH = re.compile(r"met (?:ten hoogste|maximaal|niet meer dan|hooguit)\s*\d[\d,.]*\s*m", re.IGNORECASE)
"""A size that may grow by so much."""
CHANGED = (
    ("maten", "maten"), ("afmetingen", "afmetingen"), ("percentages", "percentages"), ("goot", "goothoogte"), ("hoogte", "bouwhoogte"),
    ("oppervlakte", "oppervlakte"), ("inhoud", "inhoud"),
)


@dataclass(frozen=True)
class _Topic:
    """What an article is about: digging, the surroundings of a mill, and the name of the zone that it has for that."""

    digs: bool
    mill: bool
    zone: str


@functools.lru_cache(maxsize=8)  # the clauses of an article come one after another
def _topic_of(article: str) -> _Topic:
    low = article.lower()
    zone = MILL_ZONE.search(low)
    return _Topic(DIGGING.search(article) is not None, MILL.search(low) is not None, zone.group() if zone else "")


def placed_in_topic(clause: Clause, passage: Passage, article: str) -> Clause:
    """Return a clause with the quantity that its article (``article``: the whole text of it) means."""
    text, topic = passage.text.lower(), _topic_of(article)
    if any(TRANSITION.search(title) for title in (passage.chapter, *passage.headings)) or ONCE.search(text):
        clause = replace(clause, conditions=(*clause.conditions, STANDING))
    if clause.power:
        return _power(clause, text)
    if topic.digs and not HEIGHTS.search(text) and _is_dug(clause, text):
        dug = clause.object if clause.object == "bouwwerk" and "bouwwerken" in text else "werk" if "uitvoeren van" in text else "bodemingreep"
        return replace(clause, quantity=DUG[clause.quantity], operator=">", object=dug)
    if clause.quantity == "bouwhoogte" and topic.mill and (clause.unit == "ratio" or MILL.search(text)):
        return replace(clause, quantity="molen_hoogte", from_map=topic.zone if clause.unit == "ratio" else "")
    if clause.quantity == "molen_hoogte":
        return replace(clause, from_map=topic.zone)
    if clause.quantity == "oppervlakte" and clause.unit == "%" and (OF_THE_PLOT.search(text) or BUILT.search(clause.quote.lower())):
        clause = replace(clause, quantity="bebouwingspercentage")
    counted = COUNTED_FROM.search(clause.quote.lower()) if clause.quantity in ("bouwhoogte", "goothoogte") and not clause.relative_to else None
    if counted is not None and clause.value is not None:
        return replace(clause, relative_to=counted["what"] or counted["mean"])
    differs = DIFFERENT.search(clause.quote.lower()) if clause.value is not None and not clause.relative_to else None
    if differs is not None:
        told = OF_ANOTHER.search(clause.quote.lower())
        return replace(clause, relative_to=differs["what"] or (told.group() if told else ANOTHER))
    if clause.quantity == "bebouwingspercentage":
        return _share(clause, text)
    axis = AXIS.search(text) if clause.quantity == "afstand_weg" else None
    if axis is not None:
        return replace(clause, relative_to=ROAD_AXIS if ANY_ROAD.match(text, axis.start()) else axis.group())
    return replace(clause, unit="m2", sure=LIKELY) if clause.quantity == "oppervlakte" and clause.unit == "m" else clause


def _share(clause: Clause, text: str) -> Clause:
    """Return a share of what may be built on with what it is of; one below the title of main buildings whose own words name none ("mag worden
    bebouwd") is of all buildings."""
    of = SHARE_OF.search(clause.quote.lower())
    told = replace(clause, relative_to=VERB.split(clause.relative_to)[0] or (of["what"] if of else ""))
    return replace(told, object="gebouw") if OBJECT_KINDS.get(clause.object) == "hoofdgebouw" and clause.sure == LIKELY and not MAIN.search(text) else told


def _is_dug(clause: Clause, text: str) -> bool:
    return clause.quantity in DUG and clause.unit in ("m", "m2") and (clause.operator in (">", "<=") or "dieper" in text)


def _power(clause: Clause, text: str) -> Clause:
    changes = tuple(word for sign, word in CHANGED if sign in text)
    every = bool(ALL_SIZES.search(text))
    share = clause.unit == "%" and not clause.relative_to and clause.quantity not in ("oppervlakte", "vloeroppervlakte", "dakhelling")
    if share or (clause.unit == "%" and every):
        return replace(clause, quantity="afwijking", operator="<=", object="alle" if every or clause.object == "bouwwerk" else clause.object, changes=changes)
    if WITH.search(clause.quote) and clause.unit == "m" and clause.quantity in ("bouwhoogte", "goothoogte"):
        return replace(clause, quantity="afwijking", operator="<=", changes=changes)
    return replace(clause, operator=">=") if clause.quantity.startswith("afstand") and clause.operator == "<=" else clause
