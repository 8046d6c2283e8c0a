"""BGT from PDOK: current objects from the OGC API, or the download as GML.

The OGC API serves every version of an object; ``datetime`` asks those of today, and the reader drops what ended all the same.
"""

from __future__ import annotations

import datetime
import io
import json
import time
import zipfile
from pathlib import Path

from ....errors import SourceError
from ....model import Note
from ..endpoints import Endpoint, origin
from ..responses import GZIP, Box, Fetched, json_of, member, refuse_document
from ..transport import MB, Answer, Client, absolute
from .ogc_features import collections, fetch_collection
from .vector import write_features

COLLECTIONS = (
    "pand", "wegdeel", "ondersteunendwegdeel", "waterdeel", "ondersteunendwaterdeel", "begroeidterreindeel", "onbegroeidterreindeel",
    "overigbouwwerk", "gebouwinstallatie", "overbruggingsdeel", "tunneldeel", "kunstwerkdeel_vlak", "kunstwerkdeel_lijn",
    "scheiding_vlak", "scheiding_lijn", "overigescheiding", "vegetatieobject_punt", "vegetatieobject_vlak", "vegetatieobject_lijn",
    "functioneelgebied", "ongeclassificeerdobject", "spoor", "mast", "paal",
)
"""What a review looks at; administrative areas, labels and street furniture are left out."""
FIELDS = ("lokaal_id", "lokaalID", "identificatie")
DOWNLOAD_TYPES = tuple(dict.fromkeys(name.split("_")[0] for name in COLLECTIONS))
POLL_S = 2.0
ORDER_MAX_S = 240.0
UNPACKED_MAX = 1_000 * MB


def fetch_bgt(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Write a file per collection with objects in the box; a collection that the service no longer has is a remark."""
    there = collections(client, endpoint)
    wanted = [name for name in COLLECTIONS if name in there]
    if not wanted:
        raise SourceError("service_other_shape", service=endpoint.name, missing="pand, wegdeel")
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def one(name: str) -> Fetched:
        return fetch_collection(client, endpoint, name, box, FIELDS, datetime=now)

    found = client.together(one, wanted, endpoint.at_once)
    notes = [note for layer in found for note in layer.notes]
    gone = [name for name in COLLECTIONS if name not in there]
    if gone:
        notes.append(Note.of("service_collections_gone", service=endpoint.name, names=", ".join(gone)))
    return write_features(found, folder, "bgt_"), tuple(notes)


def fetch_bgt_download(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Order the GML of the box, wait until it is ready, and unpack it; raises ``SourceError`` when it does not come in time."""
    west, south, east, north = box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    area = "POLYGON((" + ", ".join(f"{x:.3f} {y:.3f}" for x, y in corners) + "))"
    order = {"featuretypes": list(DOWNLOAD_TYPES), "format": "citygml", "geofilter": area}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    answer = client.ask(endpoint, f"{endpoint.url}/full/custom", method="POST", body=json.dumps(order).encode(), headers=headers)
    status = _link(endpoint, answer, "status")
    archive = client.ask(endpoint, _ready(client, endpoint, status))
    return _unpacked(endpoint, archive, folder), ()


def _link(endpoint: Endpoint, answer: Answer, name: str) -> str:
    links = member(endpoint, json_of(endpoint, answer), "_links", dict)
    href = absolute(str(member(endpoint, links.get(name) or {}, "href", str)), answer.url)
    if origin(href) != origin(answer.url):
        raise SourceError("service_foreign_page", service=endpoint.name, host=origin(href), details=href)
    return href


def _ready(client: Client, endpoint: Endpoint, status: str) -> str:
    """Return the address of the archive once the service has made it."""
    most = min(ORDER_MAX_S, 5 * client.policy.timeout_s) if client.policy.timeout_s else ORDER_MAX_S
    end = time.monotonic() + most
    while True:
        answer = client.ask(endpoint, status)
        state = str(json_of(endpoint, answer).get("status", "")).upper()
        if state == "COMPLETED":
            return _link(endpoint, answer, "download")
        if state not in ("PENDING", "RUNNING"):
            raise SourceError("service_order_failed", service=endpoint.name, status=state or "-")
        if time.monotonic() > end:
            raise SourceError("service_order_late", service=endpoint.name, seconds=most)
        client.pause(min(POLL_S, most / 10))


def _unpacked(endpoint: Endpoint, answer: Answer, folder: Path) -> list[Path]:
    """Unpack the GML files by their bare names, within limits."""
    if not answer.body.startswith(b"PK"):
        refuse_document(endpoint, answer)
        raise SourceError("service_gzip" if answer.body.startswith(GZIP) else "service_wrong_type", service=endpoint.name)
    try:
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            members = [item for item in archive.infolist() if item.filename.lower().endswith((".gml", ".xml"))]
            if sum(item.file_size for item in members) > UNPACKED_MAX:
                raise SourceError("service_too_large", service=endpoint.name, megabytes=UNPACKED_MAX // MB, seconds=0)
            paths = []
            for item in members:
                path = folder / Path(item.filename.replace("\\", "/")).name
                path.write_bytes(archive.read(item))
                paths.append(path)
            return paths
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError) as reason:
        raise SourceError("service_cut_off", service=endpoint.name, details=str(reason)) from reason
