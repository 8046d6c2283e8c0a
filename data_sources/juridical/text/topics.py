"""What some articles mean by plain words: a depth of an archaeological zone, a height near a mill, what a power changes."""

from __future__ import annotations

import re
from dataclasses import replace

from ....model.plan_words import LIKELY, Clause
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
WITH = re.compile(r"met (?:ten hoogste|maximaal|niet meer dan|hooguit)\s*\d[\d,.]*\s*m", re.IGNORECASE)
"""A size that may grow by so much."""
CHANGED = (
    ("maten", "maten"), ("afmetingen", "afmetingen"), ("percentages", "percentages"), ("goot", "goothoogte"), ("hoogte", "bouwhoogte"),
    ("oppervlakte", "oppervlakte"), ("inhoud", "inhoud"),
)


def placed_in_topic(clause: Clause, passage: Passage, article: str) -> Clause:
    """Return a clause with the quantity that its article (``article``: the whole text of it) means."""
    text, low = passage.text.lower(), article.lower()
    if clause.power:
        return _power(clause, text)
    if DIGGING.search(article) and not HEIGHTS.search(text) and _is_dug(clause, text):
        dug = clause.object if clause.object == "bouwwerk" and "bouwwerken" in text else "werk" if "uitvoeren van" in text else "bodemingreep"
        return replace(clause, quantity=DUG[clause.quantity], operator=">", object=dug)
    zone = MILL_ZONE.search(low)
    if clause.quantity == "bouwhoogte" and MILL.search(low) and (clause.unit == "ratio" or MILL.search(text)):
        return replace(clause, quantity="molen_hoogte", from_map=zone.group() if zone and clause.unit == "ratio" else "")
    if clause.quantity == "molen_hoogte":
        return replace(clause, from_map=zone.group() if zone else "")
    if clause.quantity == "oppervlakte" and clause.unit == "%" and OF_THE_PLOT.search(text):
        return replace(clause, quantity="bebouwingspercentage")
    return replace(clause, unit="m2", sure=LIKELY) if clause.quantity == "oppervlakte" and clause.unit == "m" else clause


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
