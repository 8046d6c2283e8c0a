"""BRK Kadastrale kaart: parcels, as the WFS, the OGC API, the download's GML v5 and municipal files spell them.

Source: Kadaster, CC BY 4.0. The map is not the legal boundary: its precision is decimetres. In the GML the parcel is its
``begrenzingPerceel``; its ``plaatscoordinaten`` are only where the number is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Parcel
from ..formats.gml import GmlReader
from ..formats.gml_files import is_xml, objects, streams, system_of
from ..formats.register_objects import current, has_area, placed_id, version_of, without_area
from ..formats.safe_xml import child, children, local, text_of
from ..formats.vector_files import NOWHERE, Feature, check_rd, first, plain, read_layer, text, within
from .brk_boundaries import is_boundary, with_boundaries

UNKNOWN = "sources_no_brk"
LINE = "grenslijn"
BOUNDARY = "begrenzingPerceel"
IDS = ("identificatielokaalid", "identificatie", "brkadres", "kadadres", "gmlid")
PLACES = ("kadastralegemeentewaarde", "gemnaam", "akrkadastralegemeentecodewaarde", "gemeente")
NUMBERS = ("perceelnummer", "percnr")
KINDS_OF_SIZE = ("soortgroottewaarde", "soortgrootte", "soortgroottecode", "klasse")
MEASURED = ("vastgesteld", "definitief", "perceel", "1")
"""The kind of size of a parcel that the surveyor measured (BRK soortGrootte 1), and what municipal files call it. Of every other (5 voorlopig, 10
administratief, or a word that no list has) the boundary may have been drawn from the deed, or by the office."""
SIZES = ("kadastralegroottewaarde", "oppervlak")
HISTORIC = ("historisch", "beeindigd", "beëindigd")
UNDER_M2 = 1.0
"""Ground between parcels that is no larger is drawing."""
ENDED, BEGAN = ("eindgeldigheid",), ("begingeldigheid", "tijdstipregistratie")


def read_parcels(paths: Sequence[Path], box: BaseGeometry) -> tuple[tuple[Parcel, ...], tuple[Note, ...]]:
    """Return the parcels that touch the box (RD), each once, and remarks.

    Raises ``SourceError`` when a file cannot be read or holds no parcels.
    """
    found: list[Feature] = []
    bare: list[Feature] = []
    lines: list[Feature] = []
    notes: list[Note] = []
    for path in paths:
        if path.exists() and is_xml(path):
            features, remarks = read_brk_gml(path)
        else:
            layer = read_layer(path, None, box)
            features, remarks = (*layer.features, *layer.lost), layer.notes
        lines += [feature for feature in features if is_boundary(feature)]
        features = tuple(feature for feature in features if not is_boundary(feature))
        areal = tuple(feature for feature in features if has_area(feature))
        if features and not areal:
            raise SourceError("sources_parcels_no_areas", path=path.name, kind=features[0].geometry.geom_type)
        found += within(areal, box)
        bare += [feature for feature in features if feature not in areal]
        notes += remarks
    parcels = with_boundaries(parcels_from_features(found), lines)
    return parcels, (*notes, *_lost(bare, parcels, box))


def _lost(bare: Iterable[Feature], parcels: Sequence[Parcel], box: BaseGeometry) -> tuple[Note, ...]:
    """Return a remark for each parcel of which no area can be read, where the others leave ground for it: the register covers all land."""
    known = {parcel.fid for parcel in parcels}
    lost = [(_id(one), one.geometry) for one in _live(bare) if _id(one) not in known]
    left = shapely.difference(box, shapely.union_all([parcel.geometry for parcel in parcels])) if lost else NOWHERE
    return without_area(lost, "parcels", box) if left.area > UNDER_M2 else ()


def parcels_from_features(features: Iterable[Feature]) -> tuple[Parcel, ...]:
    """Return a parcel for each object that has not ended, in its latest version."""
    return tuple(_parcel(f.geometry, f.attributes) for f in _live(features))


def _live(features: Iterable[Feature]) -> list[Feature]:
    every = (Feature(f.geometry, plain(f.attributes)) for f in features)
    live = (f for f in every if text(f.attributes, "statushistoriewaarde").lower() not in HISTORIC)
    return current(live, ENDED, _id, _version)[0]


def _id(feature: Feature) -> str:
    return text(feature.attributes, *IDS) or placed_id(feature.geometry)


def _version(feature: Feature) -> tuple[int, str]:
    return version_of(feature.attributes, "volgnummer", BEGAN)


def read_brk_gml(path: Path) -> tuple[tuple[Feature, ...], tuple[Note, ...]]:
    """Return the parcels and the boundaries of the download's GML v5 (a file or its zip) with attributes as the WFS names them, and remarks."""
    reader = GmlReader()
    features = []
    bare = 0
    for name, stream in streams(path, UNKNOWN):
        for element in objects(stream, name, ("DKK", "FeatureCollection"), ("Perceel", "KadastraleGrens"), UNKNOWN):
            is_line = local(element) != "Perceel"
            holder = child(element, LINE if is_line else BOUNDARY)
            inner = next(children(holder), None) if holder is not None else None
            try:
                geometry = reader.read(inner) if inner is not None else None
            except ValueError:
                geometry = None
            bare += geometry is None and not is_line
            features.append(Feature(NOWHERE if geometry is None else geometry, _of_line(element) if is_line else _attributes(element)))
    notes = list(check_rd(system_of(reader.systems), [f.geometry for f in features], path.name))
    if bare:
        notes.append(Note.of("sources_brk_no_boundary", count=bare))
    return tuple(features), (*notes, *reader.remarks(path.name))


def _of_line(element: etree._Element) -> dict[str, Any]:
    """Return the kind of a boundary and the parcels on either side; its history is that of its own elements."""
    kind = next((found for found in element.iter() if local(found) == "typeGrens"), None)
    flat = {local(part): (part.text or "").strip() for part in element.iter() if not len(part) and local(part)}
    wanted = ("identificatie", "perceelLinks", "perceelRechts", "eindGeldigheid", "beginGeldigheid", "volgnummer")
    return {"typeGrensWaarde": text_of(kind, "waarde") or text_of(kind, "code"), **{name: flat.get(name, "") for name in wanted}}


def _attributes(element: etree._Element) -> dict[str, Any]:
    def value(name: str, inner: str = "waarde") -> str:
        return text_of(next((found for found in element.iter() if local(found) == name), None), inner)

    flat = {local(part): (part.text or "").strip() for part in element.iter() if not len(part) and local(part)}
    return {
        "identificatieLokaalID": text_of(child(element, "identificatie")) or flat.get("identificatie", "") or flat.get("identificatieLokaalID", ""),
        "kadastraleGemeenteWaarde": value("kadastraleGemeente") or flat.get("kadastraleGemeenteWaarde", ""),
        "AKRKadastraleGemeenteCodeWaarde": value("aKRKadastraleGemeenteCode"),
        "sectie": flat.get("sectie", ""), "perceelnummer": flat.get("perceelnummer", ""),
        "kadastraleGrootteWaarde": value("kadastraleGrootte") or flat.get("kadastraleGrootteWaarde"),
        "soortGrootteWaarde": value("soortGrootte") or flat.get("soortGrootteWaarde", ""),
        "statusHistorieWaarde": value("statusHistorie"), "eindGeldigheid": flat.get("eindGeldigheid", ""),
    }


def _parcel(geometry: BaseGeometry, attributes: Mapping[str, Any]) -> Parcel:
    number = text(attributes, *NUMBERS).removesuffix(".0")
    return Parcel(
        fid=text(attributes, *IDS) or placed_id(geometry),
        designation=" ".join(word for word in (text(attributes, *PLACES), text(attributes, "sectie"), number) if word),
        geometry=geometry,
        registered_area_m2=_size(first(attributes, *SIZES)),
        unmeasured=_is_unmeasured(text(attributes, *KINDS_OF_SIZE)),
    )


def _is_unmeasured(kind: str) -> bool:
    """Whether a parcel's kind of size says anything else than that it was measured."""
    said = kind.strip().lower().removesuffix(".0")
    return bool(said) and not said.startswith(MEASURED[:2]) and said not in MEASURED


def _size(value: Any) -> float | None:
    """Return a registered area (m2), None when it is no number."""
    try:
        size = float(value)
    except (TypeError, ValueError):
        return None
    return size if 0 <= size < 1e9 else None
