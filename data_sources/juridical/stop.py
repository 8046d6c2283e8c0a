"""The text and the maps of an omgevingsplan: STOP's regeling with its articles, and the geographic information objects (GIO).

Standard: STOP/IMOP 1.2 and 1.3 (https://koop.gitlab.io/stop/standaard/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan
from ..formats.gml import GmlError, GmlReader, first_geometry
from ..formats.safe_xml import child, children, descendants, local, text_of
from .document_kinds import kind_of
from .omgevingsplan import Text

GIO_ROOTS = ("GeoInformatieObjectVaststelling", "GeoInformatieObjectVersie", "GeoInformatieObjectMutatie")
STOP = "standaarden.overheid.nl"
REMOVED = ("VerwijderdeTekst", "verwijderd", "Noot", "Gereserveerd")
"""Words that a change takes out, and what is no rule."""
NUMBERS = ("LidNummer", "LiNummer")
SUSPENDED, LIFTED, UNDATED = "stap_019", "stap_020", "0001-01-01"
"""Steps of the procedure (STOP waardelijst procedurestappen) from and until which a decision does not work; one without a date holds already."""
TEMPORARY = ("work_021", "work_022")
"""Kinds of work (STOP waardelijst soortWork) of temporary parts of an omgevingsplan."""
CHANGES = ("RegelingMutatie",)
WHOLE_TEXTS = ("RegelingCompact", "RegelingKlassiek", "RegelingVrijetekst", "RegelingTijdelijkdeel")
QUOTE_MAX = 4_000
DRAFT = "ontwerp"


@dataclass(frozen=True)
class GioValue:
    """A value that a GIO gives at one of its locations."""

    geometry_id: str
    quantity: str
    quality: str


@dataclass(frozen=True)
class Gio:
    """A GIO: its name and norm, the values by location; its geometries are read into one index."""

    id: str
    label: str
    type: str
    unit: str
    unit_label: str
    values: tuple[GioValue, ...]


def is_gio(root: etree._Element) -> bool:
    """Whether a document holds geometry of an omgevingsdocument."""
    return local(root) in GIO_ROOTS


def is_stop(root: etree._Element) -> bool:
    """Whether a document is text or metadata by STOP."""
    return STOP in (etree.QName(root).namespace or "") and not is_gio(root)


def read_gio(root: etree._Element, gml: GmlReader, notes: list[Note]) -> tuple[Gio, dict[str, BaseGeometry]]:
    """Return a GIO and its geometries (RD) by lower-case id; a location that cannot be read is named in the remarks."""
    geometries: dict[str, BaseGeometry] = {}
    values = []
    for place in descendants(root, "Locatie"):
        key = next((text_of(one).lower() for one in descendants(place, "id") if text_of(one)), "")
        holder = next(descendants(place, "geometrie"), None)
        shape = first_geometry(holder) if holder is not None else None
        try:
            if shape is None:
                raise GmlError("plans_geometry_empty")
            geometries[key] = gml.read(shape)
        except GmlError as reason:
            notes.append(reason.note(text_of(child(place, "naam")) or key))
        values.append(GioValue(key, text_of(place, "kwantitatieveNormwaarde"), text_of(place, "kwalitatieveNormwaarde")))
    version = next(descendants(root, "GeoInformatieObjectVersie"), root)
    label, kind, unit, unit_label = (text_of(child(version, name)) for name in ("normlabel", "normID", "eenheidID", "eenheidlabel"))
    return Gio(text_of(version, "FRBRWork"), label, kind, unit, unit_label, tuple(values)), geometries


def read_plan_record(root: etree._Element) -> Plan | None:
    """Return what a STOP document says of the regeling in it; None when it holds none."""
    regeling = next((one for one in root.iter() if local(one) in ("RegelingVersieInformatie", "RegelingMetadata")), None)
    instrument = next((text_of(one) for one in descendants(root, "FRBRWork") if "/akn/" in text_of(one) and "/act/" in text_of(one)), "")
    instrument = instrument or next((text_of(one).partition("/nld@")[0] for one in descendants(root, "instrumentVersie") if "/act/" in text_of(one)), "")
    if regeling is None and not instrument:
        return None
    metadata = next((one for one in root.iter() if local(one) == "RegelingMetadata"), root)
    name = next((text_of(one) for tag in ("citeertitel", "officieleTitel") for one in descendants(metadata, tag) if text_of(one)), "")
    procedure = next((text_of(one) for one in descendants(root, "soortProcedure")), "")
    told = [(text_of(one, "soortStap").rpartition("/")[2], text_of(one, "voltooidOp")[:10]) for one in descendants(root, "Procedurestap")]
    steps = dict(told)
    kind = next((text_of(one).rpartition("/")[2] for one in descendants(root, "soortRegeling")), "")
    if not kind and any(text_of(one).rpartition("/")[2] in TEMPORARY for one in descendants(root, "soortWork")):
        kind = "tijdelijk regelingdeel"
    draft = DRAFT in procedure.lower()
    return Plan(
        id=instrument, name=name, kind=kind_of(kind) if kind else "", status=DRAFT if draft else "vastgesteld" if procedure else "",
        date=(steps.get("stap_002") or max(steps.values(), default=""))[:10], in_force=_in_force(root), suspended=_suspended(told),
        authority=next((text_of(one).rpartition("/")[2] for one in descendants(metadata, "eindverantwoordelijke", "maker") if text_of(one)), ""),
    )


def _suspended(steps: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the periods (ISO; until '' = still) in which a decision is suspended, by the steps of its procedure."""
    periods: list[tuple[str, str]] = []
    for step, date in sorted(steps, key=lambda one: (one[1], one[0] == LIFTED)):
        if step == SUSPENDED and not (periods and not periods[-1][1]):
            periods.append((date or UNDATED, ""))
        elif step == LIFTED and periods and not periods[-1][1]:
            periods[-1] = (periods[-1][0], date)
    return tuple(periods)


def only_changes(roots: Iterable[etree._Element]) -> bool:
    """Whether documents change a regeling and none of them holds its whole text."""
    every = list(roots)
    changed = any(next(descendants(root, *CHANGES), None) is not None for root in every)
    return changed and not any(next(descendants(root, *WHOLE_TEXTS), None) is not None for root in every)


def _in_force(root: etree._Element) -> str:
    """Return the date from which the regeling works (juridischWerkendVanaf), '' when it is not said."""
    for stamp in descendants(root, "Tijdstempel"):
        if "juridischWerkendVanaf" in text_of(stamp, "soortTijdstempel"):
            return text_of(stamp, "datum")[:10]
    return ""


def read_texts(root: etree._Element) -> dict[str, Text]:
    """Return the articles and leden of a regeling by wId."""
    texts: dict[str, Text] = {}
    for article in root.iter():
        if local(article) != "Artikel":
            continue
        number, heading = _head(article)
        if key := article.get("wId"):
            texts[key] = Text(number, heading, quote_of(article))
        for part in descendants(article, "Lid"):
            if key := part.get("wId"):
                lid = text_of(child(part, "LidNummer")).removesuffix(".")
                texts[key] = Text(f"{number} lid {lid}" if lid else number, heading, quote_of(part))
    return texts


def written_out(root: etree._Element) -> str:
    """Return the articles of a regeling as text, as a plan's own page has them: "Artikel 5.2 Bouwen", its leden, its lists; each on a line."""
    lines = []
    for article in descendants(root, "Artikel"):
        if article.get("wijzigactie") == "verwijder":
            continue
        number, heading = _head(article)
        lines.append(f"Artikel {number} {heading}".strip())
        mark = ""
        for name, words in _pieces(article):
            if name not in NUMBERS:
                lines.append(f"{mark}{words}")
            mark = f"{number}.{words} " if name == "LidNummer" else f"{words}. " if name == "LiNummer" else ""
    return "\n".join(re.sub(r"\s+", " ", line).strip() for line in lines)


def _head(article: etree._Element) -> tuple[str, str]:
    """Return the number and the title of an article, '' where it has none."""
    head = child(article, "Kop")
    return ("", "") if head is None else (text_of(child(head, "Nummer")), _words(child(head, "Opschrift")))


def quote_of(element: etree._Element) -> str:
    """Return the words of an article or lid in order, lists with their numbers; cut at ``QUOTE_MAX`` characters."""
    quote = re.sub(r"\s+", " ", " ".join(f"{words}." if name in NUMBERS else words.replace(EDGE, " ") for name, words in _pieces(element))).strip()
    return quote if len(quote) <= QUOTE_MAX else quote[:QUOTE_MAX].rsplit(" ", 1)[0] + " ..."


EDGE = " | "
"""Stands behind each cell of a row of a table."""


def _pieces(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the numbers (without point) and the words of an article or lid in order, each with the name of its element."""
    for part in children(element):
        name = local(part)
        if name in REMOVED or part.get("wijzigactie") == "verwijder":
            continue
        if name in NUMBERS:
            yield name, text_of(part).removesuffix(".")
        elif name == "row":
            yield name, "".join(f"{_words(cell)}{EDGE}" for cell in children(part))
        elif name in ("Al", "Tussenkop", "Term", "entry"):
            yield name, _words(part)
        else:
            yield from _pieces(part)


def _words(element: etree._Element | None) -> str:
    """Return all words in an element, without those that a change takes out."""
    if element is None:
        return ""
    words = [element.text or ""]
    for part in element:
        if local(part) and local(part) not in REMOVED:
            words.append(_words(part))
        words.append(part.tail or "")
    return re.sub(r"\s+", " ", "".join(words)).strip() if local(element) == "Opschrift" else "".join(words)
