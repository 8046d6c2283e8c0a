"""BAG and BRK from PDOK, each by two doors: OGC API and WFS.

The WFS of the BAG gives an address its street, town and pand in one feature; the OGC API spreads these over three collections,
which are joined here under the WFS's names, so that one reader serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ....model import Note
from ..endpoints import Endpoint
from ..responses import Box, Fetched
from ..transport import Client
from .ogc_features import fetch_collection
from .vector import write_features
from .wfs import fetch_type

ID = ("identificatie",)
PARCEL_IDS = ("identificatie_lokaal_id", "identificatieLokaalID")

Written = tuple[list[Path], tuple[Note, ...]]


def fetch_bag_wfs(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> Written:
    """Write panden and verblijfsobjecten from the WFS v2_0."""
    found = client.together(lambda name: fetch_type(client, endpoint, f"bag:{name}", box, ID, "identificatie"), ("pand", "verblijfsobject"))
    return write_features(found, folder, "bag_"), _notes(found)


def fetch_bag_ogc(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> Written:
    """Write panden and verblijfsobjecten from the OGC API v2, with street and pand ids joined in."""
    def one(name: str) -> Fetched:
        fields = ID if name != "adres" else ("adresseerbaar_object_identificatie",)
        return fetch_collection(client, endpoint, name, box, fields, ID[0] if name != "adres" else "")

    panden, objects, addresses = client.together(one, ("pand", "verblijfsobject", "adres"))
    streets = {str(a.get("adresseerbaar_object_identificatie")): a for a in addresses.attributes}
    pand_ids = dict(zip(panden.ids, (str(p.get("identificatie")) for p in panden.attributes)))
    objects = replace(objects, attributes=tuple(joined_address(item, streets, pand_ids) for item in objects.attributes))
    return write_features((panden, objects), folder, "bag_"), _notes((panden, objects, addresses))


def joined_address(item: Mapping[str, Any], streets: Mapping[str, Mapping[str, Any]], pand_ids: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a verblijfsobject with the attributes that the WFS would have given it: ``streets`` by BAG id, pand ids by feature id."""
    address = streets.get(str(item.get("identificatie")), {})
    links = item.get("pand.href") or ()
    uuids = [str(link).rstrip("/").rsplit("/", 1)[-1] for link in ([links] if isinstance(links, str) else links)]
    words = {
        "openbare_ruimte": address.get("openbare_ruimte_naam"), "woonplaats": address.get("woonplaats_naam"),
        "toevoeging": address.get("toevoeging"), "huisnummer": address.get("huisnummer"), "huisletter": address.get("huisletter"),
        "postcode": address.get("postcode"), "pandidentificatie": ",".join(pand_ids[uuid] for uuid in uuids if uuid in pand_ids),
    }
    return {**item, **{name: value for name, value in words.items() if value not in (None, "")}}


def fetch_parcels_ogc(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> Written:
    """Write the parcels from the OGC API."""
    found = (fetch_collection(client, endpoint, "perceel", box, PARCEL_IDS),)
    return write_features(found, folder, "brk_"), _notes(found)


def fetch_parcels_wfs(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> Written:
    """Write the parcels from the WFS v5_0."""
    found = (fetch_type(client, endpoint, "kadastralekaart:Perceel", box, PARCEL_IDS),)
    return write_features(found, folder, "brk_"), _notes(found)


def _notes(found: Any) -> tuple[Note, ...]:
    return tuple(note for layer in found for note in layer.notes)
