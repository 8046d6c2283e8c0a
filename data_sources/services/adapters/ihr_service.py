"""Zoning plans from the national plan API (IHR v4), which needs a key: plans at the place, and per plan its objects.

Source: https://developer.omgevingswet.overheid.nl/api-register/. ``expand=geometrie`` on /plannen/_zoek lets the service run out of
time, so geometry is asked only with the objects.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ....errors import SourceError
from ....model import Note
from ..endpoints import Endpoint
from ..responses import Box, json_of, member
from ..transport import Client, origin

KINDS = ("bestemmingsvlakken", "bouwvlakken", "maatvoeringen", "bouwaanduidingen", "functieaanduidingen", "gebiedsaanduidingen", "figuren")
PAGE = 100
HEADERS = {
    "Accept": "application/hal+json", "Content-Type": "application/json", "Content-Crs": "epsg:28992", "Accept-Crs": "epsg:28992",
}


def polygon(box: Box) -> dict[str, Any]:
    """Return the box as GeoJSON; coordinates have at most three decimals, more are refused."""
    west, south, east, north = (round(value, 3) for value in box)
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def fetch_ihr(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Write ``ihr.json``: {"plans": [...], "objects_by_kind": {kind: [...]}}, every object with the id of its plan."""
    plans = _all(client, endpoint, f"{endpoint.url}/plannen/_zoek", "plannen", box)
    if not plans:
        return [], ()
    questions = [(str(plan.get("id", "")), kind) for plan in plans for kind in KINDS]
    if not all(plan for plan, _ in questions):
        raise SourceError("service_other_shape", service=endpoint.name, missing="id")

    def one(question: tuple[str, str]) -> list[dict[str, Any]]:
        plan, kind = question
        found = _all(client, endpoint, f"{endpoint.url}/plannen/{plan}/{kind}/_zoek", kind, box, {"expand": "geometrie"})
        return [{"planId": plan, **item} for item in found]

    objects: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for (_, kind), found in zip(questions, client.together(one, questions, endpoint.at_once)):
        objects[kind] += found
    path = folder / "ihr.json"
    path.write_text(json.dumps({"plans": plans, "objects_by_kind": objects}, ensure_ascii=False), encoding="utf-8")
    return [path], ()


def _all(
    client: Client, endpoint: Endpoint, url: str, name: str, box: Box, question: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return every item of a HAL list by following its ``next`` links."""
    body = json.dumps({"_geo": {"intersects": polygon(box)}}).encode()
    params: dict[str, Any] | None = {"pageSize": PAGE, **(question or {})}
    items: list[dict[str, Any]] = []
    asked = {url}
    for _ in range(client.policy.pages):
        data = json_of(endpoint, client.ask(endpoint, url, params, "POST", body, HEADERS))
        items += member(endpoint, data.get("_embedded") or {name: []}, name, list)
        href = ((data.get("_links") or {}).get("next") or {}).get("href")
        if not href:
            return items
        if href in asked:
            raise SourceError("service_paging_loop", service=endpoint.name, details=str(href))
        if origin(href) != origin(url):
            raise SourceError("service_foreign_page", service=endpoint.name, host=origin(href), details=str(href))
        asked.add(href)
        url, params = href, None
    raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)
