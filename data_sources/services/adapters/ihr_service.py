"""Zoning plans from the national plan API (IHR v4), which needs a key: plans at the place, and per plan its objects.

Source: https://developer.omgevingswet.overheid.nl/api-register/. ``expand=geometrie`` on /plannen/_zoek lets the service run out of
time, so geometry is asked only with the objects.
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from ....errors import SourceError
from ....model import Note
from ..endpoints import Endpoint, origin
from ..responses import Box, json_of, member
from ..transport import Client

KINDS = ("bestemmingsvlakken", "bouwvlakken", "maatvoeringen", "bouwaanduidingen", "functieaanduidingen", "gebiedsaanduidingen", "figuren")
PAGE = 100
DEEPEST = 8
"""Chapter, article, member, item and so on: rules of plans are nested no deeper."""
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
    client: Client, endpoint: Endpoint, url: str, name: str, box: Box | None = None, question: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return every item of a HAL list by following its ``next`` links; ``box``: of what touches it."""
    method, body = ("GET", None) if box is None else ("POST", json.dumps({"_geo": {"intersects": polygon(box)}}).encode())
    params: dict[str, Any] | None = {"pageSize": PAGE, **(question or {})}
    items: list[dict[str, Any]] = []
    asked = {url}
    for _ in range(client.policy.pages):
        data = json_of(endpoint, client.ask(endpoint, url, params, method, body, HEADERS))
        items += member(endpoint, data.get("_embedded") or {name: []}, name, list)
        href = ((data.get("_links") or {}).get("next") or {}).get("href")
        if not href:
            return items
        _same_door(endpoint, url, str(href), asked)
        asked.add(href)
        url, params = href, None
    raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)


def fetch_texts(client: Client, endpoint: Endpoint, plan_id: str, folder: Path) -> list[Path]:
    """Write the rules of a plan as one page, ``tekst.html``: every text of the service with its title, those below it under it.

    ``endpoint``: that of the texts of the plan (``/plannen/{id}/teksten``). Raises ``SourceError`` when the plan has none.
    """
    texts = _all(client, endpoint, endpoint.url, "teksten")
    if not texts:
        raise SourceError("plan_text_none", plan=plan_id)
    written = "\n".join(_page(client, endpoint, text, 1) for text in texts)
    path = folder / "tekst.html"
    path.write_text(written, encoding="utf-8")
    return [path]


def _page(client: Client, endpoint: Endpoint, text: dict[str, Any], depth: int) -> str:
    """Return a text and those below it; those that the answer only links to are asked."""
    below = member(endpoint, text.get("_embedded") or {"children": []}, "children", list)
    links = (text.get("_links") or {}).get("children") or []
    if not below and depth < DEEPEST:
        hrefs = [str(link.get("href")) for link in (links if isinstance(links, list) else [links]) if isinstance(link, dict) and link.get("href")]
        for href in hrefs:
            _same_door(endpoint, endpoint.url, href, set())
        below = client.together(lambda href: json_of(endpoint, client.ask(endpoint, href, None, headers=HEADERS)), hrefs, endpoint.at_once)
    title, words = html.escape(str(text.get("titel") or "")), str(text.get("inhoud") or "")
    return "\n".join([f"<h{min(depth, 6)}>{title}</h{min(depth, 6)}>", words, *(_page(client, endpoint, one, depth + 1) for one in below)])


def _same_door(endpoint: Endpoint, url: str, href: str, asked: set[str]) -> None:
    """Raise ``SourceError`` for a link to another host, or to what was asked before."""
    if href in asked:
        raise SourceError("service_paging_loop", service=endpoint.name, details=href)
    if origin(href) != origin(url):
        raise SourceError("service_foreign_page", service=endpoint.name, host=origin(href), details=href)
