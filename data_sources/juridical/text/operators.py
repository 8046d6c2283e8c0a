"""How a number limits: at most, at least, more than; where the text does not say it, what its form means."""

from __future__ import annotations

import re

from .words.marks import NUMBER, OPERATOR, Mark, marks_of
from .words.spot import Spot

FORBIDDEN = re.compile(r"(?:mag|mogen|is|zijn|worden) (?:geen|niet)\b[^.;]*$|verboden[^.;]*$")
"""What must not be more than a number may be at most that."""
NOT_ALLOWED = re.compile(r"[^.;:,\d]{0,60}(?<![a-z])(?:is|zijn|wordt|worden) (?P<ban>niet toegestaan|niet toegelaten|verboden)(?! (?:tenzij|mits|voor|op|bij))")
TURNED = {">": "<=", "<": ">="}
"""What is more than a number and not allowed may be at most that."""
OR_LESS, OR_MORE = re.compile(r"\s*(?:m2|m3|m|%)?\s*(?:of|en) (?:minder|lager)"), re.compile(r"\s*of (?:meer|hoger)")
COUNT_ALLOWED = re.compile(r"(?:mogen|mag|zijn|is|worden)\s*$")
BARE = re.compile(
    r"(?::|\s-|\||=|bedraagt|bedragen|geldt|geldt een|beslaat|niet hoger dan:[^:]{0,3}|dan:)\s*$"
    r"|(?:bedraagt|bedragen) (?:v[oó][oó]r|achter|binnen|buiten|ter plaatse van) [^.;,:\d]{3,60}$",
)
"""Words right before a number that give it as the size: in plans that is the most there may be."""
PERMITTED, BE = re.compile(r"(?:mag|mogen)\s[^.;,:]*$"), re.compile(r"\s*(?:bedragen|zijn)\b")
"""What may have a size may have that at most: "mag de oppervlakte 80 m2 bedragen"."""
ALLOWED = re.compile(r"(?:mag|mogen|kan|kunnen)\s[^.;,:]*$")
DIFFERS = re.compile(r"\s*(?:hoger|lager|meer|minder|dieper|breder|groter|kleiner)(?: \w+){0,2} dan(?! of)")
"""What may differ so much from another size: a difference, which is read as one."""
BETWEEN = re.compile(r"tussen\s*(?:de )?$")
"""Words before the least of two sizes."""
FROM_ON = re.compile(r"(?:tussen\s*(?:de )?|vanaf\s*)$")
"""Words before the least pitch of a roof."""
UP_TO = re.compile(r"(?:tot|met)\s*$")
ADJECTIVE_NEAR = 30
"""Characters between "maximale" and the size that it belongs to."""


def operator_of(spot: Spot, at: Mark | None) -> str:
    """Return the operator of a number, '' where nothing says that it limits; ``at``: the mark that names its size."""
    between = spot.operator()
    if between is not None:
        meant = _meaning(between, spot.text)
        return TURNED[meant] if meant in TURNED and NOT_ALLOWED.match(spot.tail) else meant
    if at is not None:
        before = [mark for mark in spot.marks if mark.kind == OPERATOR and mark.end <= at.start and not _parted(mark, at, spot)]
        close = [mark for mark in before if at.start - mark.end < ADJECTIVE_NEAR]
        if close:
            return close[-1].word
    return _of_the_column(spot) if spot.passage.row is not None else _by_form(spot, at)


def _of_the_column(spot: Spot) -> str:
    """Return the operator that the head of its column gives to a cell, else its row, else the sentence above the table; a bare size is the most."""
    passage = spot.passage
    for words in (*passage.header, *passage.beside, *passage.leads[-1:]):
        told = [mark for mark in marks_of(words) if mark.kind == OPERATOR]
        numbered = any(mark.kind == NUMBER and told[0].end <= mark.start for mark in marks_of(words)) if told else True
        if not numbered:
            return _meaning(told[-1], words.lower())
    return ">=" if spot.number.unit == "pp" else "<="


def _parted(mark: Mark, at: Mark, spot: Spot) -> bool:
    """Whether a number stands between an operator and a size: then it is of that number."""
    return any(one.kind == NUMBER and mark.end <= one.start < at.start for one in spot.marks)


def _by_form(spot: Spot, at: Mark | None) -> str:
    head, number = spot.head, spot.number
    if OR_LESS.match(spot.tail):
        return "<="
    if OR_MORE.match(spot.tail) or number.unit == "pp":
        return ">="
    if number.told and COUNT_ALLOWED.search(head):
        return "<="
    if BARE.search(head) or "|" in head or "\t" in spot.passage.text[:number.start]:
        return "<="
    if not head.strip() and spot.lead.rstrip().endswith(":"):
        return _of_the_lead(spot)
    if at is not None and PERMITTED.search(spot.text[:at.start]) and BE.match(spot.tail):
        return "<="
    if at is not None and at.quantities[0] == "dakhelling" and FROM_ON.search(head):
        return ">="
    if ALLOWED.search(head) and DIFFERS.match(spot.tail):
        return "<="
    return "<=" if UP_TO.search(head) or (number.unit == "%" and re.search(r"voor\s*$", head)) else ""


def _of_the_lead(spot: Spot) -> str:
    """Return the operator that the sentence above gives to all items below it."""
    told = [mark for mark in marks_of(spot.lead) if mark.kind == OPERATOR]
    return _meaning(told[-1], spot.lead) if told and spot.number.unit else ""


def _meaning(mark: Mark, text: str) -> str:
    if mark.word == ">" and FORBIDDEN.search(text[:mark.start]):
        return "<="
    return "<=" if mark.word == "to" else mark.word
