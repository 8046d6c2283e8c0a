"""BAG: panden and verblijfsobjecten, as the WFS, the OGC API, GeoPackage extracts and the Kadaster's XML extract spell them.

Source: Basisregistratie Adressen en Gebouwen (Kadaster), public domain mark. Heights are none; geometry is the outline
seen from above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...model import Address, Note, RegisteredBuilding
from ..formats.gml_files import is_xml
from ..formats.register_objects import current, has_area, placed_id, version_of, without_area
from ..formats.vector_files import Feature, building_id, first, layer_names, plain, read_layer, text, within
from ..published.lists import published
from .bag_extract import read_bag_extract

STANDS, PLANNED, GONE = "yes", "planned", "no"
WITHDRAWN = (
    "verblijfsobject ingetrokken", "niet gerealiseerd verblijfsobject", "verblijfsobject ten onrechte opgevoerd", "plaats ingetrokken",
    "plaats ten onrechte opgevoerd",
)
ENDED = ("eindgeldigheid", "eindregistratie", "tijdstipinactief", "tijdstipinactieflv", "tijdstipeindregistratielv", "tijdstipnietbaglv")
"""A version of which one of these has come is history (BAG 2.0)."""
BEGAN = ("begingeldigheid", "tijdstipregistratie")
NO_YEAR = 2200
"""Years of building from here on are placeholders (9999)."""
OF_ADDRESS = "adresseerbaarobjectidentificatie"
OF_PLACES = ("pandidentificatie", "huisnummer")
"""What only a place with an address has."""
ADDRESS_WORDS = {"openbareruimtenaam": "openbareruimte", "woonplaatsnaam": "woonplaats"}


def read_bag(
    paths: Sequence[Path], box: BaseGeometry
) -> tuple[tuple[RegisteredBuilding, ...], tuple[Address, ...], tuple[Note, ...]]:
    """Return panden that stand, addresses, and remarks, for the objects that touch the box (RD).

    Raises ``SourceError`` when a file cannot be read.
    """
    features: list[Feature] = []
    notes: list[Note] = []
    files = [file for path in paths for file in (sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path])]
    extract = [path for path in files if is_xml(path)]
    if extract:
        found, remarks = read_bag_extract(extract)
        features += near(found, box)
        notes += remarks
    for path in files:
        for name in () if path in extract else layer_names(path):
            layer = read_layer(path, name, box)
            notes += layer.notes
            features += (*near(layer.features, box), *layer.lost)
    buildings, addresses, remarks = bag_from_features(features, box)
    return buildings, addresses, (*notes, *remarks)


def near(features: Iterable[Feature], box: BaseGeometry) -> tuple[Feature, ...]:
    """Return the features that touch the box (RD), and those without a geometry."""
    every = tuple(features)
    return (*within(every, box), *(feature for feature in every if feature.geometry.is_empty))


def bag_from_features(features: Iterable[Feature], box: BaseGeometry) -> tuple[tuple[RegisteredBuilding, ...], tuple[Address, ...], tuple[Note, ...]]:
    """Return panden that stand or are permitted, and addresses of features in any spelling (RD, of what was loaded: ``box``), each id once in its
    current version, and remarks."""
    every, history = current((Feature(f.geometry, plain(f.attributes)) for f in features), ENDED, _key, _version)
    words = {str(f.attributes[OF_ADDRESS]): f.attributes for f in every if OF_ADDRESS in f.attributes}
    buildings: list[RegisteredBuilding] = []
    addresses: list[Address] = []
    bare: list[Feature] = []
    dropped = 0
    for feature in every:
        attributes = feature.attributes
        status = text(attributes, "status").lower()
        if OF_ADDRESS in attributes:
            continue
        if not has_area(feature) and _says_building(attributes):
            bare += [feature] if state_of(status) != GONE else []
        elif not _is_building(feature):
            if status not in WITHDRAWN and _is_place(feature):
                words_of = {**_street(words.get(text(attributes, "identificatie"), {})), **_said(attributes)}
                addresses.append(_address(feature.geometry, words_of))
        elif state_of(status) == GONE:
            dropped += 1
        else:
            buildings.append(_building(feature.geometry, attributes))
    notes = [Note.of("sources_bag_history", count=history)] if history else []
    if dropped:
        notes.append(Note.of("sources_bag_not_standing", count=dropped))
    return tuple(buildings), tuple(addresses), (*notes, *without_area(((_id(one.attributes), _place(one, addresses)) for one in bare), "bag", box))


def _says_building(attributes: Mapping[str, Any]) -> bool:
    """Whether the words of a record are those of a pand: a status that only a pand has, else a year of building and nothing of an address."""
    if published("bag")["pandstatus"].facts(text(attributes, "status")) is not None:
        return True
    return "bouwjaar" in attributes and not any(name in attributes for name in OF_PLACES)


def _place(pand: Feature, addresses: Sequence[Address]) -> BaseGeometry:
    """Return what is known of the place (RD) of a pand without an area: its own point or line, else the addresses in it; nothing where there are none."""
    named = [address.geometry for address in addresses if _id(pand.attributes) in address.building_ids]
    return pand.geometry if not pand.geometry.is_empty else shapely.union_all(named)


def state_of(status: str) -> str:
    """Return whether a pand of a status (BAG pandstatus) stands: ``yes``, ``planned`` (permitted, or its building has begun: whether it counts as
    existing is asked, and so is a word that the list has not) or ``no``; one that says nothing stands."""
    facts = published("bag")["pandstatus"].facts(status)
    return str(facts["stands"]) if facts else PLANNED if status.strip() else STANDS


def by_state(buildings: Sequence[RegisteredBuilding]) -> tuple[tuple[RegisteredBuilding, ...], tuple[RegisteredBuilding, ...]]:
    """Return the panden that stand and those of which that is asked: where the file tells the status of any, also one that it tells nothing of."""
    told = any(building.status.strip() for building in buildings)
    asked = [state_of(building.status) == PLANNED or (told and not building.status.strip()) for building in buildings]
    return tuple(b for b, is_asked in zip(buildings, asked) if not is_asked), tuple(b for b, is_asked in zip(buildings, asked) if is_asked)


def _key(feature: Feature) -> str:
    """Return what the versions and pieces of an object have in common; the words of an address are told apart from the place that it names."""
    said = ("adres " if OF_ADDRESS in feature.attributes else "") + _id(feature.attributes)
    return said or (placed_id(feature.geometry) if _is_building(feature) else "")


def _id(attributes: Mapping[str, Any]) -> str:
    return building_id(first(attributes, "identificatie")) or text(attributes, "identificatie")


def _version(feature: Feature) -> tuple[int, str]:
    return version_of(feature.attributes, "voorkomenidentificatie", BEGAN)


def _is_building(feature: Feature) -> bool:
    """Whether a feature is a pand: an area that is no berth or pitch (ligplaats, standplaats)."""
    return has_area(feature) and text(feature.attributes, "soort") not in ("ligplaats", "standplaats")


def _is_place(feature: Feature) -> bool:
    """Whether a feature is a place with an address: a point, or the area of a berth or pitch; not one that lies nowhere."""
    return has_area(feature) or (feature.geometry.geom_type in ("Point", "MultiPoint") and not feature.geometry.is_empty)


def _said(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value not in (None, "")}


def _street(address: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of an OGC API ``adres`` under the WFS's names."""
    return {ADDRESS_WORDS.get(name, name): value for name, value in address.items() if name not in ("identificatie", "status", "pandidentificatie")}


def _building(geometry: BaseGeometry, attributes: Mapping[str, Any]) -> RegisteredBuilding:
    return RegisteredBuilding(
        fid=_id(attributes) or placed_id(geometry),
        geometry=geometry,
        year=_year(first(attributes, "bouwjaar", "oorspronkelijkbouwjaar")),
        status=text(attributes, "status"),
        uses=_list(text(attributes, "gebruiksdoel")),
    )


def _year(value: Any) -> int | None:
    try:
        year = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return year if 0 < year < NO_YEAR else None


def _address(geometry: BaseGeometry, attributes: Mapping[str, Any]) -> Address:
    number = text(attributes, "huisnummer").removesuffix(".0") + text(attributes, "huisletter")
    extra = text(attributes, "toevoeging", "huisnummertoevoeging")
    name = text(attributes, "openbareruimte", "openbareruimtenaam", "straatnaam")
    street = " ".join(word for word in (name, number + (f"-{extra}" if extra else "")) if word)
    town = " ".join(word for word in (text(attributes, "postcode"), text(attributes, "woonplaats", "woonplaatsnaam")) if word)
    place = geometry if isinstance(geometry, Point) else shapely.point_on_surface(geometry)
    return Address(
        fid=_id(attributes),
        text=", ".join(word for word in (street, town) if word),
        geometry=Point(place.x, place.y),
        building_ids=tuple(filter(None, (building_id(i) for i in _list(text(attributes, "pandidentificatie"))))),
        uses=_list(text(attributes, "gebruiksdoel")),
    )


def _list(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())
