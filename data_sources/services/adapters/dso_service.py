"""The omgevingsplan from DSO Presenteren v8 and its geometry service, which need a key.

Source: https://developer.omgevingswet.overheid.nl/api-register/. The law is asked as it holds today and, where the application has another date, as it was
valid and in force (``geldigOp``, ``inWerkingOp``) on that day; not as it was known then (``beschikbaarOp``): what was corrected later counts.
``locatieSelectie=primair`` keeps the answer to the place asked (without it a hundred times more); coordinates have at most three decimals. Few
municipalities have norms with values so far.
"""

from __future__ import annotations

import datetime
import json
import re
from functools import partial
from pathlib import Path
from typing import Any

from ....errors import SourceError
from ....model import Note
from ..endpoints import Endpoint
from ..responses import Box, json_of, member
from ..transport import Client
from .ihr_service import polygon

RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
SIZE = 200
TEXTS = 200
"""Articles whose text is asked, one question each; the whole document can be 15 MB."""
Day = dict[str, str]
"""The part of a question that says for which day the law is asked; {} for today."""
HEADERS = {"Accept": "application/hal+json", "Content-Type": "application/json", "Content-Crs": RD, "Accept-Crs": RD}


def fetch_dso(client: Client, endpoint: Endpoint, geometry: Endpoint, box: Box, folder: Path, on: str = "") -> tuple[list[Path], tuple[Note, ...]]:
    """Write a file per regeling: {"regeling", "annotations", "geometries": {geometrieIdentificatie: GeoJSON}, "structure": [component]}.

    ``structure`` has the text of the articles that hold here; a text that does not come is a remark, the rules stand without it. ``on``: the date of
    the application (ISO); of a regeling that has another version today there is a file for each.
    """
    paths, notes = [], []
    for number, (day, regeling) in enumerate(_versions(client, endpoint, box, on)):
        identity = member(endpoint, regeling, "identificatie", str)
        base = f"{endpoint.url}/regelingen/{re.sub(r'[/-]', '_', identity)}"
        url = f"{base}/regeltekstannotaties/_zoek"
        body = json.dumps({"geometrie": polygon(box)}).encode()
        annotations = json_of(endpoint, client.ask(endpoint, url, {"locatieSelectie": "primair", **day}, "POST", body, HEADERS))
        ids = sorted({str(i) for place in annotations.get("locaties") or () for i in _geometry_ids(place)})
        shapes = client.together(lambda one: _shape(client, geometry, one), ids, geometry.at_once)
        path = folder / f"dso_{number:02d}.json"
        wids = sorted({str(text["wId"]) for text in annotations.get("regelteksten") or () if isinstance(text, dict) and text.get("wId")})
        texts = [text for text in client.together(partial(_text, client, endpoint, base, day), wids[:TEXTS], endpoint.at_once) if text]
        if len(texts) < len(wids):
            notes.append(Note.of("plans_texts_missing", service=endpoint.name, count=len(wids) - len(texts)))
        content = {"regeling": regeling, "annotations": annotations, "geometries": dict(zip(ids, shapes)), "structure": texts}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths, tuple(notes)


def _text(client: Client, endpoint: Endpoint, base: str, day: Day, wid: str) -> dict[str, Any] | None:
    """Return the component of the document with its text; None when the service does not give it."""
    try:
        return {"wId": wid, **json_of(endpoint, client.ask(endpoint, f"{base}/documentstructuur/{wid}", day or None, headers=HEADERS))}
    except SourceError:
        return None


def _geometry_ids(place: Any) -> list[Any]:
    identity = place.get("geometrieIdentificatie") if isinstance(place, dict) else None
    return [identity] if identity else []


def _versions(client: Client, endpoint: Endpoint, box: Box, on: str) -> list[tuple[Day, dict[str, Any]]]:
    """Return the regelingen that touch the box as they are today, and those that were another version on a date (ISO), each with the day to ask it for."""
    today: list[tuple[Day, dict[str, Any]]] = [({}, one) for one in _regelingen(client, endpoint, box, {})]
    if not on or on[:10] == datetime.date.today().isoformat():
        return today
    then: Day = {"geldigOp": on[:10], "inWerkingOp": on[:10]}
    known = [_version(one) for _, one in today]
    return [*today, *((then, one) for one in _regelingen(client, endpoint, box, then) if _version(one) not in known)]


def _version(regeling: dict[str, Any]) -> tuple[Any, ...]:
    record = regeling.get("geregistreerdMet")
    told = record if isinstance(record, dict) else {}
    return regeling.get("identificatie"), *(told.get(word) for word in ("versie", "beginGeldigheid", "beginInwerking", "tijdstipRegistratie"))


def _regelingen(client: Client, endpoint: Endpoint, box: Box, day: Day) -> list[dict[str, Any]]:
    """Return the regelingen that touch the box on a day, all pages."""
    body = json.dumps({"geometrie": polygon(box)}).encode()
    found: list[dict[str, Any]] = []
    for page in range(1, client.policy.pages + 1):
        data = json_of(endpoint, client.ask(endpoint, f"{endpoint.url}/regelingen/_zoek", {"page": page, "size": SIZE, **day}, "POST", body, HEADERS))
        items = member(endpoint, data.get("_embedded") or {"regelingen": []}, "regelingen", list)
        if items and items[0] in found:
            raise SourceError("service_paging_loop", service=endpoint.name, details=f"page {page}")
        found += items
        if len(items) < SIZE:
            return found
    raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)


def _shape(client: Client, endpoint: Endpoint, identity: str) -> Any:
    """Return one geometry as GeoJSON in RD."""
    data = json_of(endpoint, client.ask(endpoint, f"{endpoint.url}/geometrieen/{identity}", {"crs": RD}, headers={"Accept": "application/json"}))
    shape = data.get("geometrie") or data.get("geometry") or data
    if not isinstance(shape, dict) or "type" not in shape:
        raise SourceError("service_other_shape", service=endpoint.name, missing="geometrie")
    return shape
