"""WFS 2.0 as PDOK serves it: BAG and BRK. Standard: OGC 09-025r2.

At most 1000 features a page (``count``), and no ``startIndex`` beyond 50,000: a box with more is asked in four quarters.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....errors import SourceError
from ..endpoints import Endpoint
from ..responses import Box, Fetched, check_crs, checked, features_of, json_of, once
from ..transport import Client

COUNT = 1000
START_MOST = 50_000


def fetch_type(
    client: Client, endpoint: Endpoint, type_name: str, box: Box, fields: tuple[str, ...] = (), id_field: str = "", cap: int = START_MOST
) -> Fetched:
    """Return every feature of a type that touches the box; its layer's name is the type without its namespace."""
    features, notes = once(endpoint, _features(client, endpoint, type_name, box, cap))
    found = checked(endpoint, type_name.rsplit(":", 1)[-1].lower(), features, box, fields, id_field)
    return replace(found, notes=(*notes, *found.notes))


def _features(client: Client, endpoint: Endpoint, type_name: str, box: Box, cap: int) -> list[dict[str, Any]]:
    """Return the features of the box, with those on the edge of two quarters twice."""
    features: list[dict[str, Any]] = []
    seen: set[Any] = set()
    for _ in range(client.policy.pages):
        page, matched = _page(client, endpoint, type_name, box, len(features))
        if matched is not None and matched > cap:
            return [f for quarter in quarters(box) for f in _features(client, endpoint, type_name, quarter, cap)]
        new = {feature.get("id") for feature in page} - seen
        if page and not new and None not in seen:
            raise SourceError("service_paging_loop", service=endpoint.name, details=f"{type_name} {len(features)}")
        seen |= new
        features += page
        if not page or (len(features) >= matched if matched is not None else len(page) < COUNT):
            break
    else:
        raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)
    got = len(features) if None in seen else len(seen)
    if matched is not None and got < matched:
        raise SourceError("service_incomplete", service=endpoint.name, said=matched, got=got)
    return features


def _page(client: Client, endpoint: Endpoint, type_name: str, box: Box, start: int) -> tuple[list[dict[str, Any]], int | None]:
    params = {
        "service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": type_name, "outputFormat": "application/json",
        "srsName": "EPSG:28992", "bbox": ",".join(f"{value:.3f}" for value in box) + ",EPSG:28992", "count": COUNT, "startIndex": start,
    }
    answer = client.ask(endpoint, endpoint.url, params)
    data = json_of(endpoint, answer)
    check_crs(endpoint, answer, data)
    matched = data.get("numberMatched", data.get("totalFeatures"))
    return features_of(endpoint, data), matched if isinstance(matched, int) else None


def quarters(box: Box) -> tuple[Box, Box, Box, Box]:
    """Return the four quarters of a box."""
    west, south, east, north = box
    x, y = (west + east) / 2, (south + north) / 2
    return (west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)
