"""3DBAG's API: pages of CityJSONFeatures, each with its own transform.

Source: https://docs.3dbag.nl (no OGC conformance: the box is RD without bbox-crs). At most 100 buildings a page and three
questions at once; a page becomes one CityJSONSeq file with the transform that holds for it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ....errors import SourceError
from ....model import Note
from ..endpoints import Endpoint
from ..responses import Box, json_of, member
from ..transport import Client
from .ogc_features import next_page

LIMIT = 100


def fetch_buildings3d(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Write a CityJSONSeq file a page, every building once; raises ``SourceError`` when fewer come than the service counts."""
    first = _page(client, endpoint, box, 0)
    matched = first.get("numberMatched")
    size = len(first["features"])
    if isinstance(matched, int) and size:
        starts = list(range(size, matched, size))
        if len(starts) > client.policy.pages:
            raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)
        pages = [first, *client.together(lambda start: _page(client, endpoint, box, start, size), starts, endpoint.at_once)]
    else:
        pages = _followed(client, endpoint, first)
    return _written(endpoint, pages, folder, matched if isinstance(matched, int) else 0)


def _followed(client: Client, endpoint: Endpoint, first: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pages by their ``next`` links, for a service that does not count."""
    pages, asked = [first], set()
    while following := next_page(endpoint, pages[-1], endpoint.url):
        if following in asked:
            raise SourceError("service_paging_loop", service=endpoint.name, details=following)
        if len(pages) >= client.policy.pages:
            raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)
        asked.add(following)
        pages.append(_checked(endpoint, json_of(endpoint, client.ask(endpoint, following))))
    return pages


def _page(client: Client, endpoint: Endpoint, box: Box, start: int, limit: int = LIMIT) -> dict[str, Any]:
    corners = ",".join(f"{value:.3f}" for value in box)
    params = {"bbox": corners, "limit": limit, **({"offset": start} if start else {})}
    return _checked(endpoint, json_of(endpoint, client.ask(endpoint, endpoint.url, params, headers={"Accept": "application/json"})))


def _checked(endpoint: Endpoint, data: dict[str, Any]) -> dict[str, Any]:
    features = member(endpoint, data, "features", list)
    if not features:
        return data
    metadata = member(endpoint, data, "metadata", dict)
    transform = member(endpoint, metadata, "transform", dict)
    numbers = [*(transform.get("scale") or ()), *(transform.get("translate") or ())]
    if len(numbers) != 6 or not all(isinstance(number, (int, float)) for number in numbers):
        raise SourceError("service_other_shape", service=endpoint.name, missing="transform")
    system = str((metadata.get("metadata") or metadata).get("referenceSystem", ""))
    if system and "7415" not in system:
        raise SourceError("service_wrong_crs", service=endpoint.name, crs=system.rsplit("/", 1)[-1])
    returned = data.get("numberReturned")
    if isinstance(returned, int) and returned != len(features):
        raise SourceError("service_count_differs", service=endpoint.name, said=returned, got=len(features))
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("CityObjects"), dict) or "id" not in feature:
            raise SourceError("service_other_shape", service=endpoint.name, missing="CityObjects")
    return data


def _written(endpoint: Endpoint, pages: list[dict[str, Any]], folder: Path, matched: int) -> tuple[list[Path], tuple[Note, ...]]:
    seen: set[str] = set()
    paths, double = [], 0
    for number, page in enumerate(pages):
        lines = []
        for feature in page["features"]:
            if feature["id"] in seen:
                double += 1
                continue
            seen.add(feature["id"])
            lines.append(json.dumps(feature, separators=(",", ":")))
        if lines:
            head = page["metadata"]
            header = {
                "type": "CityJSON", "version": head.get("version", "2.0"), "transform": head["transform"], "CityObjects": {}, "vertices": [],
                "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"},
            }
            path = folder / f"buildings3d_{number:03d}.city.jsonl"
            path.write_text("\n".join([json.dumps(header), *lines]) + "\n", encoding="utf-8")
            paths.append(path)
    if matched > len(seen):
        raise SourceError("service_incomplete", service=endpoint.name, said=matched, got=len(seen))
    return paths, (Note.of("service_duplicates", service=endpoint.name, count=double),) if double else ()
