"""What a definition of a size says that nothing read accounts for: words by which something counts, or does not, that is not measured so here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....model.plan_words import MeasuringClause
from .measuring import (
    CELLARS_IN,
    CELLARS_OUT,
    EAVES,
    EXEMPT,
    NOT_OF_BUILDINGS,
    NOTHING_EXEMPT,
    OF_EAVES,
    SHORTEST,
    SIMPLE,
    SPECIAL_EXEMPT,
    WALL_PLANE,
)
from .words.outline import Passage
from .words.plain import Source, flat
from .words.unsaid import PLAIN, WORD

CHAPTER = re.compile(r"wijze van meten|meetvoorschrift|meetbepaling|meetregels", re.IGNORECASE)
"""Titles of articles that say how is measured, and do nothing else."""
TERMS = re.compile(r"begrip|definitie", re.IGNORECASE)
"""Titles of articles that say what words mean: what is read there as a way of measuring is one."""
NAMES = (
    ("goothoogte", r"goothoogte|boeiboordhoogte"), ("bouwhoogte", r"bouwhoogte|nokhoogte|(?<![a-z])hoogte"), ("inhoud", r"inhoud|bouwvolume"),
    ("oppervlakte", r"(?<!vloer)(?<!dak)(?<!gevel)oppervlakte?(?![a-z])"), ("dakhelling", r"dakhelling"),
    ("breedte", r"(?<!perceels)(?<!pand)(?<!kavel)breedte"), ("diepte", r"(?<!bouw)diepte|horizontale bouwdiepte"), ("bouwlagen", r"bouwlagen"),
)
"""The sizes that an article defines, by the words before its colon or in its title."""
OTHERS = re.compile(
    rf"{NOT_OF_BUILDINGS.pattern}|vloer|ondergronds|verticale|erfafscheiding|dakkapel|reclame|perceel|verkoop|bedrijfs|etalage", re.IGNORECASE,
)
"""Definitions of sizes that are no size of a building."""
COLON_NEAR = 90
"""A definition names what it defines within so many characters."""
WALLS = (
    "tussen gemeten buitenzijde buitenwerks buitenwerkse gevelvlakken gevels gevel hart scheidingsmuren scheidsmuren scheidingsmuur gemeenschappelijke muren"
)
STANDARD = {
    "bouwhoogte": "vanaf tussen hoogste gebouw gebouwen bouwwerk bouwwerken overig overige geen zijnde bouwhoogte hoogte gemeten",
    "goothoogte": "vanaf tussen bovenkant bovenzijde goot dakgoot druiplijn boeibord boeiboord c-q c-q- constructiedeel daarmee gelijk stellen gebouw bouwwerk"
    " goothoogte hoogte gemeten",
    "inhoud": f"{WALLS} ruimte onderzijde onderkant bovenzijde bovenkant begane begane-grondvloer grond grondvloer vloer afgewerkte buitenkant daken dak"
    " dakkapellen dakvlakken inhoud gebouw bouwwerk boven",
    "oppervlakte": f"{WALLS} neerwaarts geprojecteerd gemiddelde niveau afgewerkte bouwterrein terrein maaiveld hoogte oppervlakte gebouw bouwwerk",
    "dakhelling": "langs dakvlak opzichte horizontale vlak dak dakhelling helling hellingshoek gemeten",
    "breedte": f"{WALLS} lijnen getrokken breedte lengte diepte",
    "bouwlagen": "bouwlaag bouwlagen begane grond",
}
"""Words of the definitions that plans share (SVBP2012, 2008 and before), by the size that they define: measured so here."""
STANDARD["diepte"] = STANDARD["breedte"]
READ = (
    *(pattern for _, _, pattern in SIMPLE), SHORTEST, EXEMPT, SPECIAL_EXEMPT, NOTHING_EXEMPT, EAVES, WALL_PLANE, *OF_EAVES, CELLARS_IN, CELLARS_OUT,
)
"""What the reader of measuring has read."""


def with_rest(passage: Passage, found: Sequence[MeasuringClause], source: Source) -> list[MeasuringClause]:
    """Return what a passage says of measuring with the words of its definition that nothing accounts for (``unsaid``), and of which sizes it is; a passage
    of which nothing at all was read is a clause by itself."""
    sizes, at = _defined(passage, CHAPTER if not found else re.compile(f"{CHAPTER.pattern}|{TERMS.pattern}", re.IGNORECASE))
    left = _unsaid(flat(passage.text).replace("c.q.", "c-q-"), at, sizes) if sizes else ()
    if not left:
        return list(found)
    quote, start, end = source.cut(passage.start + at, passage.start + len(passage.text.rstrip()))
    if found:
        return [replace(found[0], unsaid=left, sizes=sizes, quote=quote, start=start, end=end), *found[1:]]
    return [MeasuringClause(sizes[0], "as_written", quote, start, end, passage.article, left, sizes)]


def _defined(passage: Passage, chapters: re.Pattern[str]) -> tuple[tuple[str, ...], int]:
    """Return the sizes of a building that a passage of some articles defines, and where in it the definition begins; () of no other."""
    if not any(chapters.search(title) for title in (passage.chapter, *passage.headings)) or passage.text.rstrip().endswith(":"):
        return (), 0
    colon = passage.text.find(":", 0, COLON_NEAR)
    title = passage.text[:colon] if colon >= 0 else " ".join((*passage.headings[-1:], *passage.leads[-1:]))
    if OTHERS.search(title):
        return (), 0
    low = flat(title)
    return tuple(name for name, pattern in NAMES if re.search(pattern, low)), _begin(passage.text, colon + 1)


def _begin(text: str, at: int) -> int:
    """Return the first character of a definition that is no space."""
    return len(text) - len(text[at:].lstrip())


def _unsaid(low: str, at: int, sizes: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a definition from a place on that no reading of it took and that those of its sizes do not share."""
    free = bytearray(b"\x01" * len(low))
    for pattern in READ:
        for match in pattern.finditer(low):
            free[match.start():match.end()] = bytes(match.end() - match.start())
    shared = {word for size in sizes for word in STANDARD[size].split()}
    left = [match for match in WORD.finditer(low, at) if all(free[match.start():match.end()])]
    telling = [match for match in left if match.group() not in PLAIN and match.group() not in shared]
    if not telling:
        return ()
    first = telling[0].start()  # from the first word that tells on, with what hangs it together
    return tuple(match.group() for match in left if match.start() >= first)
