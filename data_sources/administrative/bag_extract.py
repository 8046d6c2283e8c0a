"""BAG 2.0 extract of the Kadaster (LVBAG XML): files, or the delivery's zips in zips, joined to what the WFS says of an address.

Schema: LVBAG extract-deelbestand-lvc v20200601. A verblijfsobject only refers to its nummeraanduiding, that to its openbare ruimte and
that to its woonplaats; what a delivery does not hold stays empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ...errors import SourceError
from ...model import Note
from ..formats.gml import GmlReader
from ..formats.gml_files import objects, streams, system_of
from ..formats.register_objects import has_ended
from ..formats.safe_xml import children, gml_id, local
from ..formats.vector_files import NOWHERE, Feature, check_rd

UNKNOWN = "sources_no_bag"
ROOTS = ("bagStand", "bagMutaties")
OTHER_ROOTS = ("GemeenteWoonplaatsRelatie", "BAG-Extract-Levering", "BAG-GWR-Deelbestand-LVC")
"""Documents of the delivery that hold no objects."""
SHAPES = ("Polygon", "MultiSurface", "Surface", "MultiPolygon", "Point")


@dataclass
class _Read:
    """What a delivery holds, as it is met."""

    reader: GmlReader = field(default_factory=GmlReader)
    features: list[tuple[str, Any, dict[str, Any]]] = field(default_factory=list)
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    streets: dict[str, dict[str, Any]] = field(default_factory=dict)
    towns: dict[str, dict[str, Any]] = field(default_factory=dict)
    unread: int = 0


def read_bag_extract(paths: Sequence[Path]) -> tuple[tuple[Feature, ...], tuple[Note, ...]]:
    """Return panden (areas) and verblijfsobjecten, ligplaatsen and standplaatsen of an extract under the WFS's names, history included.

    Raises ``SourceError``: damaged, cut off, no BAG extract, not in RD.
    """
    read = _Read()
    for path in paths:
        opened = 0
        for name, stream in streams(path, UNKNOWN):
            if "/" in name and not _may_hold_objects(name):
                continue
            opened += 1
            for element in objects(stream, name, (*ROOTS, *OTHER_ROOTS), ("bagObject",), UNKNOWN):
                for thing in children(element):
                    _take(read, thing)
        if not opened:  # a zip of something else: nothing was read, which is not "nothing is there"
            raise SourceError(UNKNOWN, path=path.name)
    features = tuple(Feature(geometry, _joined(read, kind, attributes)) for kind, geometry, attributes in read.features)
    notes = list(check_rd(system_of(read.reader.systems), [f.geometry for f in features], ", ".join(path.name for path in paths)))
    if read.unread:
        notes.append(Note.of("sources_bag_no_geometry", count=read.unread))
    return features, tuple(notes)


def _may_hold_objects(name: str) -> bool:
    """Whether a member of a delivery is one of its object files: what is under investigation, inactive or no BAG is left out."""
    return any(f"{kind}" in name.rpartition("/")[2][:8] for kind in ("PND", "VBO", "LIG", "STA", "NUM", "OPR", "WPL")) and not any(
        part in name for part in ("InOnderzoek", "Inactief", "NietBag", "GEM-WPL")
    )


def _take(read: _Read, thing: etree._Element) -> None:
    """Keep an object by its kind."""
    kind, attributes = local(thing), _attributes(thing)
    tables = {"Nummeraanduiding": read.numbers, "OpenbareRuimte": read.streets, "Woonplaats": read.towns}
    if kind in tables:
        if not has_ended(attributes, ("eindGeldigheid",), datetime.date.today()):
            tables[kind][str(attributes.get("identificatie", ""))] = attributes
        return
    if kind not in ("Pand", "Verblijfsobject", "Ligplaats", "Standplaats"):
        return
    shape = next((e for e in thing.iter() if local(e) in SHAPES), None)
    try:
        geometry = NOWHERE if shape is None else read.reader.read(shape)
    except ValueError:
        geometry = NOWHERE
    read.unread += geometry.is_empty
    read.features.append((kind, geometry, attributes))


def _attributes(thing: etree._Element) -> dict[str, Any]:
    """Return the texts of an object by local name; what occurs more than once as a comma list; geometry left out."""
    found: dict[str, Any] = {}
    for part in thing.iter():
        name, words = local(part), (part.text or "").strip()
        if len(part) or not words or name in ("pos", "posList"):
            continue
        known = found.get(name)
        found[name] = words if known is None or known == words else f"{known},{words}"
    return {**found, "gml_id": gml_id(thing)}


def _joined(read: _Read, kind: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of an object as the WFS names them, with its main address."""
    if kind == "Pand":
        return {**attributes, "bouwjaar": attributes.get("oorspronkelijkBouwjaar")}
    number = read.numbers.get(str(attributes.get("NummeraanduidingRef", "")).split(",")[0], {})
    street = read.streets.get(str(number.get("OpenbareRuimteRef", "")), {})
    town = read.towns.get(str(number.get("WoonplaatsRef") or street.get("WoonplaatsRef") or ""), {})
    return {
        **attributes, "openbare_ruimte": street.get("naam"), "woonplaats": town.get("naam"), "huisnummer": number.get("huisnummer"),
        "huisletter": number.get("huisletter"), "toevoeging": number.get("huisnummertoevoeging"), "postcode": number.get("postcode"),
        "pandidentificatie": attributes.get("PandRef", ""), "soort": kind.lower(),
    }
