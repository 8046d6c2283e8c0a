"""BAG: panden and verblijfsobjecten, as the WFS and its GeoPackage extracts spell them.

Source: Basisregistratie Adressen en Gebouwen (Kadaster), public domain mark. Heights are none; geometry is the outline
seen from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from ...model import Address, Note, RegisteredBuilding
from ..vector_files import Feature, building_id, first, layer_names, read_layer, text, within

GONE = ("pand gesloopt", "niet gerealiseerd pand", "pand ten onrechte opgevoerd")
PLANNED = ("bouwvergunning verleend",)


def read_bag(
    paths: Sequence[Path], box: BaseGeometry
) -> tuple[tuple[RegisteredBuilding, ...], tuple[Address, ...], tuple[Note, ...]]:
    """Return panden that stand, addresses, and remarks, for the objects that touch the box (RD).

    Raises ``SourceError`` when a file cannot be read.
    """
    buildings: dict[str, RegisteredBuilding] = {}
    addresses: dict[str, Address] = {}
    notes: list[Note] = []
    dropped = 0
    for path in paths:
        for name in layer_names(path):
            layer = read_layer(path, name)
            notes += layer.notes
            for feature in within(layer.features, box):
                if feature.geometry.geom_type == "Point":
                    address = _address(feature)
                    addresses[address.fid] = address
                elif text(feature.attributes, "status").lower() in GONE + PLANNED:
                    dropped += 1
                else:
                    building = _building(feature)
                    buildings[building.fid] = building
    if dropped:
        notes.append(Note.of("sources_bag_not_standing", count=dropped))
    return tuple(buildings.values()), tuple(addresses.values()), tuple(notes)


def _building(feature: Feature) -> RegisteredBuilding:
    attributes = feature.attributes
    year = first(attributes, "bouwjaar", "oorspronkelijkbouwjaar")
    return RegisteredBuilding(
        fid=building_id(first(attributes, "identificatie")) or text(attributes, "identificatie"),
        geometry=feature.geometry,
        year=int(year) if year is not None else None,
        status=text(attributes, "status"),
        uses=_list(text(attributes, "gebruiksdoel")),
    )


def _address(feature: Feature) -> Address:
    attributes = feature.attributes
    number = text(attributes, "huisnummer") + text(attributes, "huisletter")
    extra = text(attributes, "toevoeging")
    street = " ".join(word for word in (text(attributes, "openbare_ruimte"), number + (f"-{extra}" if extra else "")) if word)
    town = " ".join(word for word in (text(attributes, "postcode"), text(attributes, "woonplaats")) if word)
    return Address(
        fid=building_id(first(attributes, "identificatie")) or text(attributes, "identificatie"),
        text=", ".join(word for word in (street, town) if word),
        geometry=feature.geometry,
        building_ids=tuple(filter(None, (building_id(i) for i in _list(text(attributes, "pandidentificatie"))))),
        uses=_list(text(attributes, "gebruiksdoel")),
    )


def _list(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())
