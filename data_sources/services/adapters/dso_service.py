"""The omgevingsplan from DSO Presenteren v8 and its geometry service, which need a key.

Source: https://developer.omgevingswet.overheid.nl/api-register/. ``locatieSelectie=primair`` keeps the answer to the place asked
(without it a hundred times more); coordinates have at most three decimals. Few municipalities have norms with values so far.
"""

from __future__ import annotations

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
HEADERS = {"Accept": "application/hal+json", "Content-Type": "application/json", "Content-Crs": RD, "Accept-Crs": RD}


def fetch_dso(client: Client, endpoint: Endpoint, geometry: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Write a file per regeling: {"regeling", "annotations", "geometries": {geometrieIdentificatie: GeoJSON}, "structure": [component]}.

    ``structure`` has the text of the articles that hold here; a text that does not come is a remark, the rules stand without it.
    """
    found = _regelingen(client, endpoint, box)
    paths, notes = [], []
    for number, regeling in enumerate(found):
        identity = member(endpoint, regeling, "identificatie", str)
        base = f"{endpoint.url}/regelingen/{re.sub(r'[/-]', '_', identity)}"
        url = f"{base}/regeltekstannotaties/_zoek"
        body = json.dumps({"geometrie": polygon(box)}).encode()
        annotations = json_of(endpoint, client.ask(endpoint, url, {"locatieSelectie": "primair"}, "POST", body, HEADERS))
        ids = sorted({str(i) for place in annotations.get("locaties") or () for i in _geometry_ids(place)})
        shapes = client.together(lambda one: _shape(client, geometry, one), ids, geometry.at_once)
        path = folder / f"dso_{number:02d}.json"
        wids = sorted({str(text["wId"]) for text in annotations.get("regelteksten") or () if isinstance(text, dict) and text.get("wId")})
        texts = [text for text in client.together(partial(_text, client, endpoint, base), wids[:TEXTS], endpoint.at_once) if text]
        if len(texts) < len(wids):
            notes.append(Note.of("plans_texts_missing", service=endpoint.name, count=len(wids) - len(texts)))
        content = {"regeling": regeling, "annotations": annotations, "geometries": dict(zip(ids, shapes)), "structure": texts}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths, tuple(notes)


def _text(client: Client, endpoint: Endpoint, base: str, wid: str) -> dict[str, Any] | None:
    """Return the component of the document with its text; None when the service does not give it."""
    try:
        return {"wId": wid, **json_of(endpoint, client.ask(endpoint, f"{base}/documentstructuur/{wid}", headers=HEADERS))}
    except SourceError:
        return None


def _geometry_ids(place: Any) -> list[Any]:
    identity = place.get("geometrieIdentificatie") if isinstance(place, dict) else None
    return [identity] if identity else []


def _regelingen(client: Client, endpoint: Endpoint, box: Box) -> list[dict[str, Any]]:
    """Return the regelingen that touch the box, all pages."""
    body = json.dumps({"geometrie": polygon(box)}).encode()
    found: list[dict[str, Any]] = []
    for page in range(1, client.policy.pages + 1):
        data = json_of(endpoint, client.ask(endpoint, f"{endpoint.url}/regelingen/_zoek", {"page": page, "size": SIZE}, "POST", body, HEADERS))
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
