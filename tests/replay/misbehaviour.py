"""The ways in which a service misbehaves, by name, each with what Drieluik must make of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What goes over the line; ``length`` a Content-Length that is not true, ``raw`` never to be compressed."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    drip_s: float = 0.0
    length: int = 0
    raw: bool = False

    def packed(self) -> Reply:
        headers = {"Content-Type": "application/json", **self.headers}
        return replace(self, body=json.dumps(self.body).encode(), headers=headers)


@dataclass(frozen=True)
class Misbehaviour:
    """``service`` and ``layer`` say where it is tried; ``code`` is the remark that must be in the layer's record and ``state`` the
    state of the layer. One of: ``query`` changes the question, ``data`` the JSON, ``reply`` the bytes."""

    name: str
    service: str
    code: str
    state: str = "failed"
    query: Callable[[dict], dict] | None = None
    data: Callable[[dict, dict], None] | None = None
    reply: Callable[[Reply, str], Reply] | None = None

    @property
    def layer(self) -> str:
        layers = {"brk_ogc": "parcels", "brk_wfs": "parcels", "bgt_ogc": "bgt", "bgt_download": "bgt", "bag_wfs": "bag", "bag_ogc": "bag"}
        return {**layers, "ahn_wcs": "terrain", "buildings3d": "buildings3d", "plan_wms": "plans"}[self.service]


def body(content: bytes, kind: str = "application/json", **more: Any) -> Callable[[Reply, str], Reply]:
    return lambda reply, url: replace(reply, body=content, headers={"Content-Type": kind}, raw=True, **more)


def status(number: int, **headers: str) -> Callable[[Reply, str], Reply]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda reply, url: Reply(number, b'{"title": "no"}', {"Content-Type": "application/json", **named}, raw=True)


def redirect(target: str) -> Callable[[Reply, str], Reply]:
    return lambda reply, url: Reply(302, b"", {"Location": target or url}, raw=True)


def on_coordinates(change: Callable[[float, float], Any]) -> Callable[[dict, dict], None]:
    """Change every coordinate pair of the page's features."""

    def walk(item: Any) -> Any:
        if item and isinstance(item[0], (int, float)):
            return list(change(*item[:2]))
        return [walk(one) for one in item]

    def apply(data: dict, query: dict) -> None:
        data["features"] = [
            {**f, "geometry": {**f["geometry"], "coordinates": walk(f["geometry"]["coordinates"])}} if f.get("geometry") else f for f in data["features"]
        ]

    return apply


def on_features(change: Callable[[list[dict], dict], list[dict]], count: bool = True) -> Callable[[dict, dict], None]:
    def apply(data: dict, query: dict) -> None:
        if "features" not in data:
            return
        data["features"] = change(copy.deepcopy(data["features"]), query)
        if count and "numberReturned" in data:
            data["numberReturned"] = len(data["features"])

    return apply


def with_properties(**changes: Any) -> Callable[[dict, dict], None]:
    """Change attributes of every feature; None removes one."""

    def change(features: list[dict], query: dict) -> list[dict]:
        for feature in features:
            for name, value in changes.items():
                was = feature["properties"].pop(name, None)
                if value is not None:
                    feature["properties"][name] = value(was)
        return features

    return on_features(change)


def set_member(name: str, value: Any) -> Callable[[dict, dict], None]:
    def apply(data: dict, query: dict) -> None:
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value

    return apply


def next_link(href: Callable[[str, dict], str]) -> Callable[[dict, dict], None]:
    def apply(data: dict, query: dict) -> None:
        if "features" in data:
            here = data["links"][0]["href"]
            data["links"] = [data["links"][0], {"rel": "next", "href": href(here, query)}]

    return apply


def ended(features: list[dict], query: dict) -> list[dict]:
    """Also the older versions, as the BGT gives them when it forgets ``datetime``."""
    old = copy.deepcopy(features)
    for feature in old:
        feature["id"] = f"{feature['id']}-old"
        feature["properties"]["eind_registratie"] = "2021-01-01T00:00:00Z"
        feature["properties"]["tijdstip_registratie"] = "2012-01-01T00:00:00Z"
    return features + old


def without_water(data: dict, query: dict) -> None:
    """The list of collections without the water."""
    if "collections" in data:
        data["collections"] = [one for one in data["collections"] if one["id"] != "waterdeel"]


def no_transform(data: dict, query: dict) -> None:
    data["metadata"].pop("transform")


def other_system(data: dict, query: dict) -> None:
    data["metadata"]["metadata"]["referenceSystem"] = "https://www.opengis.net/def/crs/EPSG/0/4979"


def plus(**extra: Any) -> Callable[[dict], dict]:
    return lambda query: {**query, **extra}


def without(name: str) -> Callable[[dict], dict]:
    return lambda query: {key: value for key, value in query.items() if key != name}


def cut(reply: Reply, url: str) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3], raw=True)


def nan(reply: Reply, url: str) -> Reply:
    return replace(reply, body=reply.body.replace(b"[[[", b"[[[NaN, NaN], [", 1), raw=True)


REPORT = b"""<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0"><ows:Exception
exceptionCode="OperationProcessingFailed"><ows:ExceptionText>Database is down</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"""
HTML = b"<!DOCTYPE html><html><head><title>Onderhoud</title></head><body>Wij zijn zo terug</body></html>"
PNG = b"\x89PNG\r\n\x1a\n" + b"\xff" * 60

LIST = (
    Misbehaviour("no_answer", "brk_ogc", "service_timeout", reply=lambda r, u: replace(r, wait_s=4.0)),
    Misbehaviour("slow_drip", "brk_ogc", "service_slow", reply=lambda r, u: replace(r, drip_s=0.02, raw=True)),
    Misbehaviour("broken_off", "brk_ogc", "service_cut_off", reply=lambda r, u: replace(r, length=len(r.body) + 999, raw=True)),
    Misbehaviour("gzip_damaged", "brk_ogc", "service_gzip", reply=lambda r, u: replace(r, body=b"\x1f\x8b\x08\0garbage" * 9, headers={"Content-Encoding": "gzip"}, raw=True)),
    Misbehaviour("gzip_not_declared", "brk_ogc", "service_gzip", reply=body(b"\x1f\x8b\x08\0" + b"x" * 50)),
    Misbehaviour("too_large", "brk_ogc", "service_too_large", reply=body(b" " * 3_000_000)),
    Misbehaviour("redirect_loop", "brk_ogc", "service_redirect_loop", reply=redirect("")),
    Misbehaviour("redirect_to_retired", "brk_ogc", "service_retired_host", reply=redirect("http://geodata.nationaalgeoregister.nl/brk")),
    Misbehaviour("bad_request", "brk_ogc", "service_question_refused", reply=status(400)),
    Misbehaviour("unauthorised", "brk_ogc", "service_key_missing", reply=status(401)),
    Misbehaviour("forbidden", "brk_ogc", "service_forbidden", reply=status(403)),
    Misbehaviour("not_found", "brk_ogc", "service_not_found", reply=status(404)),
    Misbehaviour("gone", "brk_ogc", "service_retired", reply=status(410)),
    Misbehaviour("always_busy", "brk_ogc", "service_too_busy", reply=status(429, Retry_After="0")),
    Misbehaviour("internal_error", "brk_ogc", "service_internal_error", reply=status(500, Retry_After="0")),
    Misbehaviour("bad_gateway", "brk_ogc", "service_gateway", reply=status(502, Retry_After="0")),
    Misbehaviour("maintenance", "brk_ogc", "service_unavailable", reply=status(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")),
    Misbehaviour("gateway_timeout", "buildings3d", "service_gateway_timeout", reply=status(504, Retry_After="0")),
    Misbehaviour("teapot", "brk_ogc", "service_status", reply=status(418)),
    Misbehaviour("nothing_in_it", "brk_ogc", "service_no_content", reply=body(b"")),
    Misbehaviour("html_with_200", "brk_ogc", "service_html", reply=body(HTML, "text/html")),
    Misbehaviour("exception_with_200", "bag_wfs", "service_exception", reply=body(REPORT, "text/xml")),
    Misbehaviour("xml_for_json", "bag_wfs", "service_xml", reply=body(b"<?xml version='1.0'?><wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0'/>", "text/xml")),
    Misbehaviour("latin_1", "brk_ogc", "service_encoding", reply=body('{"type": "FeatureCollection", "naam": "Één", "features": []}'.encode("latin-1"))),
    Misbehaviour("picture_for_json", "brk_ogc", "service_wrong_type", reply=body(PNG, "image/png")),
    Misbehaviour("text_for_json", "brk_ogc", "service_wrong_type", reply=body(b"OK", "text/plain")),
    Misbehaviour("json_cut", "brk_ogc", "service_json_cut", reply=cut),
    Misbehaviour("json_list", "brk_ogc", "service_other_shape", reply=body(b"[1, 2]")),
    Misbehaviour("no_features", "brk_ogc", "service_other_shape", data=set_member("features", None)),
    Misbehaviour("renamed_fields", "brk_ogc", "service_other_fields", data=with_properties(identificatie_lokaal_id=None)),
    Misbehaviour("nan_coordinates", "brk_ogc", "service_not_a_number", reply=nan),
    Misbehaviour("text_coordinates", "brk_ogc", "service_broken_geometry", data=on_coordinates(lambda x, y: (str(x), "north"))),
    Misbehaviour("degrees", "brk_ogc", "service_degrees", data=on_coordinates(lambda x, y: (5.85 + (x - 187000) / 7e4, 51.96 + (y - 441000) / 1.1e5))),
    Misbehaviour("crs84_declared", "brk_ogc", "service_degrees", reply=lambda r, u: replace(r, headers={**r.headers, "Content-Crs": "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"})),
    Misbehaviour("other_crs_declared", "brk_ogc", "service_wrong_crs", reply=lambda r, u: replace(r, headers={**r.headers, "Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/3857>"})),
    Misbehaviour("axes_swapped", "brk_ogc", "service_axes_swapped", data=on_coordinates(lambda x, y: (y, x))),
    Misbehaviour("outside_country", "brk_ogc", "service_not_rd", data=on_coordinates(lambda x, y: (x + 500_000, y))),
    Misbehaviour("elsewhere", "brk_ogc", "service_elsewhere", data=on_coordinates(lambda x, y: (x - 50_000, y))),
    Misbehaviour("count_differs", "brk_ogc", "service_count_differs", data=on_features(lambda f, q: f[:-1], count=False)),
    Misbehaviour("objects_missing", "bag_wfs", "service_incomplete", data=on_features(lambda f, q: f[:-1])),
    Misbehaviour("same_page_again", "bag_wfs", "service_paging_loop", query=plus(startIndex="0")),
    Misbehaviour("next_is_itself", "brk_ogc", "service_paging_loop", data=next_link(lambda here, q: here)),
    Misbehaviour("endless_pages", "brk_ogc", "service_endless_pages", data=next_link(lambda here, q: f"{here}?cursor={int(q.get('cursor', 0)) + 1}&" + "&".join(
        f"{k}={v}" for k, v in q.items() if k != "cursor"))),
    Misbehaviour("next_elsewhere", "brk_ogc", "service_foreign_page", data=next_link(lambda here, q: "http://127.0.0.2:9/items?cursor=1")),
    Misbehaviour("duplicates", "brk_ogc", "service_duplicates", "loaded", data=on_features(lambda f, q: f + f[:3])),
    Misbehaviour("without_geometry", "brk_ogc", "service_without_geometry", "loaded", data=on_features(lambda f, q: [*f, {"type": "Feature", "id": "n", "geometry": None, "properties": {}}])),
    Misbehaviour("ids_as_numbers", "bag_wfs", "service_ids_were_numbers", "loaded", data=with_properties(identificatie=int)),
    Misbehaviour("forgets_datetime", "bgt_ogc", "sources_bgt_history", "loaded", data=on_features(ended)),
    Misbehaviour("layers_gone", "bgt_ogc", "service_collections_gone", "loaded", data=without_water),
    Misbehaviour("empty_with_200", "brk_ogc", "sources_empty_doubtful", "empty", data=lambda d, q: d.update(features=[], numberReturned=0, links=[])),
    Misbehaviour("bgt_down_halfway", "bgt_ogc", "service_internal_error", reply=lambda r, u: status(500, Retry_After="0")(r, u) if "waterdeel" in u else r),
    Misbehaviour("no_transform", "buildings3d", "service_other_shape", data=no_transform),
    Misbehaviour("ellipsoidal_heights", "buildings3d", "service_wrong_crs", data=other_system),
    Misbehaviour("offset_ignored", "buildings3d", "service_incomplete", query=without("offset")),
    Misbehaviour("xml_for_raster", "ahn_wcs", "service_exception", reply=body(REPORT, "text/xml")),
    Misbehaviour("raster_cut", "ahn_wcs", "service_raster_broken", reply=lambda r, u: replace(r, body=r.body[:5000], raw=True)),
    Misbehaviour("half_pixel", "ahn_wcs", "service_raster_shifted", query=plus(shift=0.25)),
    Misbehaviour("raster_too_wide", "ahn_wcs", "service_raster_shifted", query=plus(columns_off=1)),
    Misbehaviour("raster_other_crs", "ahn_wcs", "service_wrong_crs", query=plus(crs="EPSG:3857")),
    Misbehaviour("raster_all_holes", "ahn_wcs", "service_no_heights", "empty", query=plus(holes=True)),
    Misbehaviour("order_never_ready", "bgt_download", "service_order_late", reply=lambda r, u: Reply(200, b'{"status": "PENDING"}', r.headers, raw=True) if "status" in u else r),
    Misbehaviour("order_failed", "bgt_download", "service_order_failed", reply=lambda r, u: Reply(200, b'{"status": "FAILED"}', r.headers, raw=True) if "status" in u else r),
    Misbehaviour("zip_cut", "bgt_download", "service_cut_off", reply=lambda r, u: cut(r, u) if "zip" in u else r),
    Misbehaviour("map_exception", "plan_wms", "service_exception", reply=body(b"<ServiceExceptionReport version='1.3.0'><ServiceException>msWMSFeatureInfo(): no</ServiceException></ServiceExceptionReport>", "text/xml")),
    Misbehaviour("unknown_objects", "plan_wms", "service_other_fields", data=on_features(lambda f, q: [{**one, "id": "x.1", "properties": {"code": n}} for n, one in enumerate(f)])),
)
TEMPORARY = ("always_busy", "internal_error", "bad_gateway", "maintenance")
"""Those after which a second try succeeds when they happen once."""
MISBEHAVIOURS = {one.name: one for one in LIST}
