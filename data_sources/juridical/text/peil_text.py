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
                found.append(MeasuringClause("peil", value, quote, start, end, parts[k].article))
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
    for part, offset in _parts(low):
        taken: list[tuple[int, int]] = []
        for name, pattern in BRANCHES:
            for found in re.finditer(pattern, part):
                if not any(found.start() < end and start < found.end() for start, end in taken) and not _only_where(part, found.start(), name):
                    taken.append(found.span())
                    places.append((offset + found.start(), name))
    order = list(dict.fromkeys(name for _, name in sorted(places)))
    branches = [name for name in order if name not in OTHER]
    if not order:
        return None
    value: dict[str, Any] = {"branches": branches}
    others = [name for name in order if name in OTHER]
    if others:
        value["other"] = others
    nap = NAP.search(low)
    if nap and "nap_value" in branches:
        value["nap_m"] = float((nap["m"] or nap["n"]).replace(",", ".").replace(" ", ""))
    return value


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
