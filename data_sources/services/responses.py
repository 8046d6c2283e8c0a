"""Is this answer what it should be? Every answer of a service passes here before a reader sees it.

Each thing that can be wrong has its own sentence that names the service; "the service failed" is never "nothing there".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from lxml import etree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note
from ..formats.rd_box import RD_EAST, RD_NORTH, RD_SOUTH, RD_WEST
from .endpoints import Endpoint
from .transport import Answer

Box = tuple[float, float, float, float]
"""west, south, east, north in RD metres."""

GZIP, PNG, JPEG = b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff"
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


@dataclass(frozen=True, eq=False)
class Fetched:
    """Features as a service gave them, checked: geometries (n) in RD, attributes (n) in the source's spelling, GeoJSON ids (n)."""

    name: str
    geometries: tuple[BaseGeometry, ...] = ()
    attributes: tuple[Mapping[str, Any], ...] = ()
    ids: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.geometries)


def refuse_document(endpoint: Endpoint, answer: Answer) -> None:
    """Raise ``SourceError`` for a body that is none, a web page, an exception report, or still packed."""
    start = answer.body[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    fail = {"service": endpoint.name, "details": f"{answer.url}: {answer.body[:500]!r}"}
    if not start:
        raise SourceError("service_no_content", **fail)
    if start.startswith(GZIP):
        raise SourceError("service_gzip", **fail)
    lower = start[:300].lower()
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
        raise SourceError("service_html", **fail)
    if start.startswith(b"<"):
        reason = exception_text(answer.body)
        raise SourceError("service_exception" if reason else "service_xml", reason=reason, **fail)


def exception_text(body: bytes) -> str:
    """Return the text of an OGC exception report (ows:ExceptionReport or ServiceExceptionReport), '' when it is none."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError:
        return ""
    if root is None or "Exception" not in str(root.tag):
        return ""
    return re.sub(r"\s+", " ", " ".join(root.itertext())).strip()[:200] or str(root.tag).rsplit("}", 1)[-1]


def json_of(endpoint: Endpoint, answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer; raises ``SourceError`` naming the service and what came instead."""
    refuse_document(endpoint, answer)
    fail = {"service": endpoint.name, "details": f"{answer.url}: {answer.body[:300]!r}"}
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        image = answer.body.startswith((PNG, JPEG, *TIFF))
        raise SourceError("service_wrong_type" if image else "service_encoding", **fail) from reason

    def no_number(word: str) -> None:
        raise SourceError("service_not_a_number", **fail, word=word)

    try:
        data = json.loads(text, parse_constant=no_number)
    except (ValueError, RecursionError) as reason:
        cut = text.lstrip().startswith(("{", "["))
        raise SourceError("service_json_cut" if cut else "service_wrong_type", **fail) from reason
    if not isinstance(data, dict):
        raise SourceError("service_other_shape", missing="object", **fail)
    return data


def member(endpoint: Endpoint, data: Mapping[str, Any], key: str, kind: type) -> Any:
    """Return a member that must be there; raises ``SourceError`` that names it."""
    value = data.get(key)
    if not isinstance(value, kind):
        raise SourceError("service_other_shape", service=endpoint.name, missing=key, details=str(data)[:300])
    return value


def features_of(endpoint: Endpoint, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON page whose own count agrees with what it holds."""
    features = member(endpoint, data, "features", list)
    returned = data.get("numberReturned")
    if isinstance(returned, int) and returned != len(features):
        raise SourceError("service_count_differs", service=endpoint.name, said=returned, got=len(features))
    if not all(isinstance(feature, dict) for feature in features):
        raise SourceError("service_other_shape", service=endpoint.name, missing="Feature")
    return features


def check_crs(endpoint: Endpoint, answer: Answer, data: Mapping[str, Any]) -> None:
    """Raise ``SourceError`` when the header Content-Crs, or the GeoJSON itself, names another CRS than RD."""
    declared = answer.headers.get("content-crs", "") or str(((data.get("crs") or {}).get("properties") or {}).get("name") or "")
    if not declared or re.search(r"28992|7415", declared):
        return
    if "CRS84" in declared or "4326" in declared or "4258" in declared:
        raise SourceError("service_degrees", service=endpoint.name, details=declared)
    raise SourceError("service_wrong_crs", service=endpoint.name, crs=declared.strip("<>").rsplit("/", 1)[-1].rsplit(":", 1)[-1])


def checked(
    endpoint: Endpoint, name: str, features: Iterable[Mapping[str, Any]], box: Box, fields: tuple[str, ...] = (), id_field: str = ""
) -> Fetched:
    """Return features with real geometry in RD near the box; what was mended is noted.

    ``fields`` are attributes of which at least one must occur (another schema otherwise); ``id_field`` is the attribute that must
    be text: a service that turns it into a number loses its leading zeros. Raises ``SourceError``.
    """
    geometries, attributes, ids, bare, numbers = [], [], [], 0, 0
    for feature in features:
        properties = feature.get("properties") or {}
        if not feature.get("geometry"):
            bare += 1
            continue
        geometries.append(geometry_of(endpoint, feature["geometry"]))
        if id_field and isinstance(properties.get(id_field), (int, float)):
            properties = {**properties, id_field: str(int(properties[id_field])).zfill(16)}
            numbers += 1
        attributes.append(properties)
        ids.append(str(feature.get("id", "")))
    check_place(endpoint, geometries, box)
    if attributes and fields and not any(field in properties for properties in attributes for field in fields):
        raise SourceError("service_other_fields", service=endpoint.name, missing=" / ".join(fields), layer=name)
    notes = [Note.of("service_without_geometry", service=endpoint.name, count=bare)] if bare else []
    if numbers:
        notes.append(Note.of("service_ids_were_numbers", service=endpoint.name, count=numbers))
    return Fetched(name, tuple(geometries), tuple(attributes), tuple(ids), tuple(notes))


def geometry_of(endpoint: Endpoint, geometry: Any) -> BaseGeometry:
    """Return a GeoJSON geometry; raises ``SourceError`` when it is none."""
    try:
        return shape(geometry)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError) as reason:
        raise SourceError("service_broken_geometry", service=endpoint.name, details=f"{reason}: {str(geometry)[:200]}") from reason


def check_place(endpoint: Endpoint, geometries: list[BaseGeometry], box: Box) -> None:
    """Raise ``SourceError`` for coordinates that are no numbers, degrees, swapped, outside RD, or nowhere near the box."""
    if not geometries:
        return
    bounds = shapely.bounds(np.array(geometries, dtype=object))
    if not np.isfinite(bounds).all():
        raise SourceError("service_not_a_number", service=endpoint.name, word="NaN")
    west, south, east, north = bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()
    if max(abs(west), abs(south), abs(east), abs(north)) <= 180:
        raise SourceError("service_degrees", service=endpoint.name)
    if west >= RD_SOUTH and east <= RD_NORTH and south >= 0 and north <= RD_EAST:
        raise SourceError("service_axes_swapped", service=endpoint.name, x=float(west), y=float(south))
    if west < RD_WEST or east > RD_EAST or south < RD_SOUTH or north > RD_NORTH:
        raise SourceError("service_not_rd", service=endpoint.name, x=float(west), y=float(south))
    near = (bounds[:, 0] <= box[2] + 1) & (bounds[:, 2] >= box[0] - 1) & (bounds[:, 1] <= box[3] + 1) & (bounds[:, 3] >= box[1] - 1)
    if not near.any():
        raise SourceError("service_elsewhere", service=endpoint.name, x=float(west), y=float(south))


def once(endpoint: Endpoint, features: list[dict[str, Any]], key: str = "id") -> tuple[list[dict[str, Any]], tuple[Note, ...]]:
    """Return the features without those that were given twice (same GeoJSON id), and a note that counts these."""
    seen: dict[Any, dict[str, Any]] = {}
    for number, feature in enumerate(features):
        seen.setdefault(feature.get(key, f"#{number}"), feature)
    double = len(features) - len(seen)
    return list(seen.values()), (Note.of("service_duplicates", service=endpoint.name, count=double),) if double else ()
