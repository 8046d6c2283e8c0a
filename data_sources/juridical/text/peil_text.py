"""The ways in which a plan's definition of peil takes a height, in the order of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ....model.plan_words import MeasuringClause
from .words.outline import Passage
from .words.plain import Source

TITLE = re.compile(r"^\s*(?:het )?peil(?:hoogte)?(?:\s*\(?[^)]{0,30}\)?)?\s*:?\s*$", re.IGNORECASE)
"""The title, or the lead, of a definition of peil."""
OPENING = re.compile(
    r"^\s*(?:onder )?(?:het )?peil\s*(?::|wordt (?:verstaan|gemeten)|is:)|^\s*hoogten? vanaf het aansluitend|^\s*het peil overeenkomstig"
    r"|^\s*(?:voor|ten opzichte van) (?:een )?(?:gebouw|bouwwerk)\w*[^.;:]{0,60}(?:hoofdtoegang|aan (?:de|een) weg)[^.;:]{0,40}grens", re.IGNORECASE,
)
"""How a passage begins that defines peil without such a title."""

BRANCHES: tuple[tuple[str, str], ...] = (
    ("dike_crown", r"kruin van de dijk|hoogte van de dijk(?! afgekeerde)|dijkkruin"),
    ("road_at_main_entrance", r"(?:hoogte|kruin|bovenkant|bovenzijde|niveau|as)[^.;:]{0,40}(?:van )?(?:de|die|een|het)? ?(?:\w+ )?(?:gelegen )?(?:weg|straat"
                              r"|trottoir|wegkruin)(?![a-z])|peil van de (?:\w+ )?weg"),
    ("bank_level", r"(?:hoogte|niveau) van de [^.;]{0,30}oevers?|bovenkant van de oever"),
    ("water_level", r"waterpeil|waterniveau|waterstand|waterlijn|winterpeil|zomerpeil|waterspiegel"),
    ("nap_value", r"n\.?a\.?p\.?(?![a-z])|amsterdams peil"),
    ("ground_at_nearest_shore", r"(?:maaiveld|terrein)[^.;]{0,60}(?:dichtstbij\w*|meest nabij\w*) [^.;]{0,20}(?:oever|water)|"
                                r"(?:punt )?waar het water grenst aan het vaste land"),
    ("previous_ground", r"maaiveld (?:vóór|voor)(?:dat)? (?:het )?bouwrijp|oorspronkelijk\w* (?:maaiveld|terrein)|maaiveld[^.;]{0,40}(?:vóór|voorafgaand)"),
    ("ground_floor_level", r"(?:bovenzijde|bovenkant|hoogte)(?: van)?(?: de)? (?:afgewerkte )?(?:begane[- ]grond)? ?vloer|vloerpeil|hoogte van de "
                           r"(?:afgewerkte )?begane grondvloer"),
    ("finished_ground_adjoining", r"(?:maaiveld|terrein|bouwterrein|bouwkavel|grond(?:slag)?)(?![a-z])"),
    ("authority_fixed", r"(?:burgemeester en wethouders?|bevoegd gezag|college|gemeente)[^.;]{0,60}(?:aan(?: te)?wijzen|aan te geven|vast ?(?:te )?stel"
                        r"|bepaal|peil)|(?:door|namens) (?:of namens )?burgemeester"),
    ("bouwverordening", r"bouwverordening"),
)
"""The branches and the words that say them; a stretch that one branch took says no other."""
LENGTH = r"(?P<n>\d+(?:[.,]\d+)?) ?(?P<unit>cm|centimeter|m|meter)(?![a-z])"
ABOVE = re.compile(rf"{LENGTH} (?P<way>boven|hoger dan|onder|lager dan|beneden) (?:[a-z]+ ){{0,3}}$")
GROWN = re.compile(
    rf"[^.;:\d]{{0,90}}?(?<![a-z])(?P<way>vermeerderd|verhoogd|verminderd|verlaagd|plus|minus) ?(?:met )?{LENGTH}"
    r"|^ ?(?P<sign>[+-]) ?(?P<m>\d+(?:[.,]\d+)?) ?m(?![a-z])",
)
"""How far above or under what it takes a branch lies: "35 cm boven de kruin van de weg", "de hoogte van de weg, vermeerderd met 0,35 m"."""
SHIFTED = re.compile(
    rf"(?<![a-z])(?:vermeerderd|verhoogd|verminderd|verlaagd|plus|minus)(?![a-z])|{LENGTH} (?:boven|hoger|onder|lager|beneden)(?![a-z])",
)
"""Words of a shift, of whichever branch."""
UNDER = ("onder", "lager dan", "beneden", "verminderd", "verlaagd", "minus", "-")
SHIFTS = ("road_at_main_entrance", "finished_ground_adjoining", "ground_floor_level", "previous_ground", "water_level")
"""Branches that are read, and then shifted; a height above NAP has its number itself."""
OTHER = ("bouwverordening", "dike_crown", "bank_level", "ground_at_nearest_shore")
"""What a measuring profile has no word for."""
NAP = re.compile(
    r"(?P<m>[-+]?\d+[.,]\d+) ?m?(?:eter)? ?[+-]? ?(?:boven |ten opzichte van )?(?:het )?\+? ?n\.?a\.?p|n\.?a\.?p\.? ?"
    r"(?P<n>[-+]? ?\d+[.,]\d+)",
    re.IGNORECASE)


def peil_clauses(parts: Sequence[Passage], source: Source) -> list[MeasuringClause]:
    """Return the definitions of peil of a text, each with its branches in order: of members with that title, and of passages that begin so."""
    found: list[MeasuringClause] = []
    k = 0
    while k < len(parts):
        last = _end_of(parts, k)
        if last > k:
            value = peil_of(" ; ".join(one.text for one in parts[k:last]))
            quote, start, end = source.cut(parts[k].start, parts[last - 1].start + len(parts[last - 1].text.rstrip()))
            if value is not None:
                left = _shifts_left(" ; ".join(one.text for one in parts[k:last]), value)
                found.append(MeasuringClause("peil", value, quote, start, end, parts[k].article, left, ("peil",) if left else ()))
        k = max(last, k + 1)
    return found


def _end_of(parts: Sequence[Passage], k: int) -> int:
    """Return behind which passage the definition of peil ends that begins at a passage, the passage itself where none does."""
    passage = parts[k]
    titled = bool(passage.headings) and bool(TITLE.match(passage.headings[-1]))
    led = bool(passage.leads) and bool(TITLE.match(passage.leads[-1])) and passage.leads[-1].rstrip().endswith(":")
    if not (titled or led or OPENING.match(passage.text)):
        return k
    last = k + 1
    while last < len(parts):
        below_title = titled and parts[last].headings == passage.headings
        below_lead = led and parts[last].leads[:len(passage.leads)] == passage.leads
        if not (below_title or below_lead):
            break
        last += 1
    return last


def peil_of(text: str) -> dict[str, Any] | None:
    """Return the branches of a definition of peil in their order, the height above NAP where it gives one, and what a profile has no word for."""
    low = re.sub(r"\s+", " ", text.lower())
    places: list[tuple[int, str]] = []
    shifts: dict[str, list[float]] = {}
    for part, offset in _parts(low):
        taken: list[tuple[int, int]] = []
        for name, pattern in BRANCHES:
            for found in re.finditer(pattern, part):
                if not any(found.start() < end and start < found.end() for start, end in taken) and not _only_where(part, found.start(), name):
                    taken.append(found.span())
                    places.append((offset + found.start(), name))
                    if name in SHIFTS:
                        shifts.setdefault(name, []).append(_shift(part, *found.span()))
    order = list(dict.fromkeys(name for _, name in sorted(places)))
    branches = [name for name in order if name not in OTHER]
    if not order:
        return None
    value: dict[str, Any] = {"branches": branches}
    others = [name for name in order if name in OTHER]
    if others:
        value["other"] = others
    alike = {name: told[0] for name, told in shifts.items() if told[0] and len(set(told)) == 1}
    if alike:
        value["plus_m"] = alike
    nap = NAP.search(low)
    if nap and "nap_value" in branches:
        value["nap_m"] = float((nap["m"] or nap["n"]).replace(",", ".").replace(" ", ""))
    return value


def _shift(part: str, start: int, end: int) -> float:
    """Return how far (m) above what it takes a branch lies by the words right before and behind it; 0 where they do not say."""
    before, behind = ABOVE.search(part[:start]), GROWN.match(part[end:])
    told = before or behind
    if told is None:
        return 0.0
    words = told.groupdict()
    size = float((words.get("n") or words.get("m") or "0").replace(",", ".")) / (100 if (words.get("unit") or "m").startswith("c") else 1)
    return -size if (words.get("way") or words.get("sign")) in UNDER else size


def _shifts_left(text: str, value: dict[str, Any]) -> tuple[str, ...]:
    """Return the words of shifts in a definition of peil that no branch has taken."""
    low = re.sub(r"\s+", " ", text.lower())
    told = [match.group() for match in SHIFTED.finditer(NAP.sub(" ", low))]
    return tuple(" ".join(told).split()) if len(told) > len(value.get("plus_m", {})) else ()


def _parts(low: str) -> list[tuple[str, int]]:
    cuts = [0, *(found.end() for found in re.finditer(r"[;.] ", low)), len(low)]
    return [(low[a:b], a) for a, b in zip(cuts, cuts[1:], strict=False)]


def _only_where(part: str, at: int, name: str) -> bool:
    """Whether words stand in the case of a branch ("waarvan de hoofdtoegang onmiddellijk aan de weg grenst:") and not in what it takes."""
    colon = part.find(":")
    if colon > at:
        return True
    if name in ("water_level", "nap_value"):
        return bool(re.search(r"ten opzichte van (?:het )?$", part[:at]))
    return False
