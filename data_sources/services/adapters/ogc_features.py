"""OGC API Features as PDOK's GoKoala serves it: BGT, BAG, BRK.

Standard: OGC 17-069r4 (part 1) and 18-058r1 (part 2, CRS). ``limit`` is clamped at 1000; there is no numberMatched, so a page
is the last when it has no ``next``; that link is followed as it stands. Coordinates are asked in RD.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ....errors import SourceError
from ..endpoints import Endpoint, origin
from ..responses import Box, Fetched, check_crs, checked, features_of, json_of, member, once
from ..transport import Client, absolute

RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
LIMIT = 1000


def collections(client: Client, endpoint: Endpoint) -> set[str]:
    """Return the ids of the collections that the service has today."""
    data = json_of(endpoint, client.ask(endpoint, f"{endpoint.url}/collections", {"f": "json"}))
    return {str(item.get("id")) for item in member(endpoint, data, "collections", list) if isinstance(item, dict)}


def fetch_collection(
    client: Client, endpoint: Endpoint, collection: str, box: Box, fields: tuple[str, ...] = (), id_field: str = "", **question: str
) -> Fetched:
    """Return every feature of a collection that touches the box; ``question`` holds further parameters (``datetime``)."""
    corners = ",".join(f"{value:.3f}" for value in box)
    params: Mapping[str, Any] | None = {"f": "json", "limit": LIMIT, "bbox": corners, "bbox-crs": RD, "crs": RD, **question}
    url = f"{endpoint.url}/collections/{collection}/items"
    features: list[dict[str, Any]] = []
    asked = {url}
    for _ in range(client.policy.pages):
        answer = client.ask(endpoint, url, params, headers={"Accept": "application/geo+json, application/json"})
        data = json_of(endpoint, answer)
        check_crs(endpoint, answer, data)
        features += features_of(endpoint, data)
        following = next_page(endpoint, data, url)
        if not following:
            unique, notes = once(endpoint, features)
            found = checked(endpoint, collection, unique, box, fields, id_field)
            return replace(found, notes=(*notes, *found.notes))
        if following in asked:
            raise SourceError("service_paging_loop", service=endpoint.name, details=following)
        asked.add(following)
        url, params = following, None
    raise SourceError("service_endless_pages", service=endpoint.name, pages=client.policy.pages)


def next_page(endpoint: Endpoint, data: Mapping[str, Any], url: str) -> str:
    """Return the address of the next page, '' when this is the last; raises ``SourceError`` when it leads to another host."""
    links = data.get("links") or []
    href = next((str(link.get("href") or "") for link in links if isinstance(link, dict) and link.get("rel") == "next"), "")
    if not href:
        return ""
    href = absolute(href, url)
    if origin(href) != origin(url):
        raise SourceError("service_foreign_page", service=endpoint.name, host=origin(href), details=href)
    return href
