"""The replay server: PDOK's, Kadaster's and 3DBAG's addresses and shapes on the loopback.

    with Replay(Scene(folder)) as replay:
        table = Endpoints().with_overrides(replay.endpoints)
        replay.misbehave("html_with_200", "brk_ogc")
"""

from __future__ import annotations

import gzip
import io
import json
import re
import threading
import urllib.parse
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .misbehaviour import MISBEHAVIOURS, Reply
from .scene import Scene, city_page, current, heights, inside

PATHS = {
    "locatieserver": "/bzk/locatieserver/search/v3_1", "bgt_ogc": "/lv/bgt/ogc/v1", "bgt_download": "/lv/bgt/download/v1_0",
    "bag_wfs": "/lv/bag/wfs/v2_0", "bag_ogc": "/kadaster/bag/ogc/v2", "brk_ogc": "/kadaster/brk-kadastrale-kaart/ogc/v1",
    "brk_wfs": "/kadaster/kadastralekaart/wfs/v5_0", "plan_wms": "/kadaster/ruimtelijke-plannen/wms/v1_0",
    "ihr": "/ruimtelijke-plannen/api/opvragen/v4", "dso": "/presenteren/v8", "dso_geometry": "/geometrieopvragen/v1",
    "ahn_wcs": "/rws/ahn/wcs/v1_0", "buildings3d": "/collections/pand/items",
}
RD = "http://www.opengis.net/def/crs/EPSG/0/28992"


class Replay:
    """A server on a free port of 127.0.0.1; ``page`` is the most that it puts on a page (PDOK: 1000, 3DBAG: 100)."""

    def __init__(self, scene: Scene, page: int = 25, gml: bytes = b"") -> None:
        self.scene, self.page, self.gml = scene, page, gml
        self.asked: list[str] = []
        self.versions: dict[str, int] = {}
        self.bytes_out = 0
        self.wrong: dict[str, tuple[str, int]] = {}
        self.orders = 0
        self._lock = threading.Lock()
        self._cache: dict[str, dict] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.replay = self

    def __enter__(self) -> Replay:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def endpoints(self) -> dict[str, str]:
        return {key: self.base + path for key, path in PATHS.items()}

    def misbehave(self, name: str, service: str, times: int = 10**9) -> None:
        """From now on (``times`` answers long) the service misbehaves in a named way."""
        self.wrong[service] = (name, times)

    def behave(self) -> None:
        self.wrong.clear()

    def answer(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        parts = urllib.parse.urlsplit(url)
        service = next((key for key, path in PATHS.items() if parts.path.startswith(path)), "")
        with self._lock:
            self.asked.append(url)
            name, times = self.wrong.get(service, ("", 0))
            if name and times > 0:
                self.wrong[service] = (name, times - 1)
            else:
                name = ""
        wrong = MISBEHAVIOURS.get(name)
        query = {key: values if key == "subset" else values[0] for key, values in urllib.parse.parse_qs(parts.query, keep_blank_values=True).items()}
        if wrong and wrong.query:
            query = wrong.query(query)
        if not service:
            return Reply(404, b"not here", {})
        reply = getattr(self, f"_{service}")(parts.path.removeprefix(PATHS[service]), query, body, headers)
        if isinstance(reply.body, dict):
            if wrong and wrong.data:
                wrong.data(reply.body, query)
            reply = reply.packed()
        return wrong.reply(reply, url) if wrong and wrong.reply else reply

    def _ogc(self, service: str, key: str, path: str, query: dict[str, str]) -> Reply:
        if service not in self._cache:
            self._cache[service] = self.scene.ogc(service)
        layers = self._cache[service]
        if path == "/collections":
            return Reply(200, {"links": [], "collections": [{"id": name, "storageCrs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"} for name in layers]})
        found = re.fullmatch(r"/collections/(\w+)/items", path)
        if not found or found.group(1) not in layers:
            return Reply(404, {"title": "Not Found", "status": 404})
        unknown = set(query) - {"f", "limit", "bbox", "bbox-crs", "crs", "datetime", "cursor"}
        if unknown or query.get("crs") != RD or query.get("bbox-crs") != RD:
            return Reply(400, {"title": "Bad Request", "detail": f"{unknown} {query.get('crs')}"})
        features = inside(layers[found.group(1)], box_of(query["bbox"]))
        if "datetime" in query:
            features = current(features, query["datetime"])
        start, limit = int(query.get("cursor", "0")), min(int(query.get("limit", "10")), self.page)
        page = features[start : start + limit]
        links = [{"rel": "self", "href": self.base + PATHS[key] + path}]
        if start + limit < len(features):
            following = {**query, "cursor": str(start + limit)}
            links.append({"rel": "next", "type": "application/geo+json", "href": f"{self.base}{PATHS[key]}{path}?{urllib.parse.urlencode(following)}"})
        data = {"type": "FeatureCollection", "timeStamp": "2026-03-12T09:00:00Z", "links": links, "features": list(page), "numberReturned": len(page)}
        return Reply(200, data, {"Content-Type": "application/geo+json", "Content-Crs": f"<{RD}>"})

    def _bgt_ogc(self, path, query, body, headers):
        return self._ogc("bgt", "bgt_ogc", path, query)

    def _bag_ogc(self, path, query, body, headers):
        return self._ogc("bag", "bag_ogc", path, query)

    def _brk_ogc(self, path, query, body, headers):
        return self._ogc("brk", "brk_ogc", path, query)

    def _bag_wfs(self, path, query, body, headers):
        features = inside(self.scene.wfs(query["typeNames"]), box_of(query["bbox"]))
        start, count = int(query.get("startIndex", 0)), min(int(query.get("count", 1000)), self.page)
        page = features[start : start + count]
        data = {
            "type": "FeatureCollection", "name": query["typeNames"].split(":")[1], "numberMatched": len(features), "numberReturned": len(page),
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}, "features": list(page),
        }
        return Reply(200, data, {"Content-Type": "application/json; subtype=geojson; charset=utf-8"})

    _brk_wfs = _bag_wfs

    def _bgt_download(self, path, query, body, headers):
        if path == "/full/custom":
            self.orders = 0
            if "POLYGON" not in json.loads(body)["geofilter"]:
                return Reply(400, {"status": "no geofilter"})
            return Reply(202, {"downloadRequestId": "1", "_links": {"status": {"href": PATHS["bgt_download"] + "/full/custom/1/status"}}})
        if path.endswith("/status"):
            self.orders += 1
            if self.orders < 3:
                return Reply(200, {"status": "RUNNING", "progress": 50})
            return Reply(201, {"status": "COMPLETED", "_links": {"download": {"href": PATHS["bgt_download"] + "/extract/1.zip"}}})
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bgt_pand.gml", self.gml)
        return Reply(200, packed.getvalue(), {"Content-Type": "application/zip"})

    def _ahn_wcs(self, path, query, body, headers):
        subsets = dict(re.match(r"(x|y)\((.*)\)", value).groups() for value in query["subset"])
        (west, east), (south, north) = ([float(v) for v in subsets[axis].split(",")] for axis in "xy")
        extra = {key: query[key] for key in ("shift", "columns_off", "crs", "holes") if key in query}
        return Reply(200, heights(self.scene, (west, south, east, north), **extra), {"Content-Type": "image/tiff"})

    def _buildings3d(self, path, query, body, headers):
        west, south, east, north = box_of(query["bbox"])
        found = [f for f in self.scene.city if f["bounds"][0] <= east and f["bounds"][2] >= west and f["bounds"][1] <= north and f["bounds"][3] >= south]
        start, limit = int(query.get("offset", 0)), min(int(query.get("limit", 10)), self.page)
        metadata, features = city_page(self.scene, found[start : start + limit])
        links = [{"rel": "next", "href": f"{self.base}{PATHS['buildings3d']}?bbox={query['bbox']}&limit={limit}&offset={start + limit}"}]
        data = {
            "type": "FeatureCollection", "metadata": metadata, "features": features, "links": links if start + limit < len(found) else [],
            "numberMatched": len(found), "numberReturned": len(features),
        }
        return Reply(200, data)

    def _plan_wms(self, path, query, body, headers):
        west, south, east, north = box_of(query["bbox"])
        x, y = (west + east) / 2, (south + north) / 2
        layers = query["query_layers"].split(",")
        features = [f for f in inside(self.scene.plans, (x - 0.01, y - 0.01, x + 0.01, y + 0.01)) if f["id"].split(".")[0] in layers]
        return Reply(200, {"type": "FeatureCollection", "features": features[: int(query["feature_count"])]})

    def _locatieserver(self, path, query, body, headers):
        documents = [self._document(f) for f in self.scene.objects]
        typed = query.get("q", "").lower()
        words = set(re.findall(r"\w+", typed))
        if path == "/lookup":
            documents = [d for d in documents if d["id"] == query["id"]]
        elif path == "/reverse":
            x, y = float(query["X"]), float(query["Y"])
            for d in documents:
                px, py = (float(v) for v in d["centroide_rd"][6:-1].split())
                d["afstand"] = round(((px - x) ** 2 + (py - y) ** 2) ** 0.5, 2)
            documents = sorted(documents, key=lambda d: d["afstand"])
        elif "perceel" in query.get("fq", "") and "adres" not in query.get("fq", ""):
            documents = [
                {"id": "pcl-1", "type": "perceel", "weergavenaam": "Voorbeeldwijk VBW00-A-101", "kadastrale_gemeentecode": "VBW00", "kadastrale_sectie": "A",
                 "perceelnummer": "101", "centroide_rd": "POINT(186942.8 440967.0)", "score": 9.0}
            ]
        else:
            for d in documents:
                d["score"] = float(len(words & set(re.findall(r"\w+", d["weergavenaam"].lower()))))
            documents = sorted(documents, key=lambda d: -d["score"])
        rows = documents[: int(query.get("rows", 10))]
        return Reply(200, {"response": {"numFound": len(documents), "start": 0, "maxScore": 9.0, "docs": rows}, "highlighting": {}, "spellcheck": {}})

    @staticmethod
    def _document(feature: dict) -> dict:
        p = feature["properties"]
        x, y = feature["geometry"]["coordinates"]
        number = f"{p['huisnummer']}{p['huisletter']}" + (f"-{p['toevoeging']}" if p["toevoeging"] else "")
        return {
            "id": f"adr-{p['identificatie']}", "type": "adres", "bron": "BAG", "straatnaam": p["openbare_ruimte"], "huisnummer": p["huisnummer"],
            "huisletter": p["huisletter"], "huisnummertoevoeging": p["toevoeging"], "postcode": p["postcode"].replace(" ", ""),
            "woonplaatsnaam": p["woonplaats"], "weergavenaam": f"{p['openbare_ruimte']} {number}, {p['postcode']} {p['woonplaats']}",
            "adresseerbaarobject_id": p["identificatie"], "gekoppeld_perceel": ["VBW00-A-101"], "centroide_rd": f"POINT({x} {y})", "score": 1.0,
        }

    def _ihr(self, path, query, body, headers):
        if headers.get("x-api-key") != "ihr-test":
            return Reply(401, {"title": "Missing API Key"})
        plan = next(f for f in self.scene.plans if f["id"].startswith("bestemmingsplangebied"))
        if path == "/plannen/_zoek":
            item = {"id": plan["properties"]["plangebied"], "naam": plan["properties"]["naam"], "planstatusInfo": {"planstatus": "vastgesteld", "datum": plan["properties"]["datum"]}}
            return Reply(200, {"_embedded": {"plannen": [item]}, "_links": {}})
        kind = path.split("/")[3]
        name = {"bestemmingsvlakken": "enkelbestemming", "maatvoeringen": "maatvoering", "bouwvlakken": "bouwvlak"}.get(kind, "-")
        items = [{"id": f["properties"]["identificatie"], "naam": f["properties"]["naam"], "geometrie": f["geometry"]} for f in self.scene.plans if f["id"].split(".")[0] == name]
        page = int(query.get("page", 0))
        more = (page + 1) * self.page < len(items)
        links = {"next": {"href": f"{self.base}{PATHS['ihr']}{path}?page={page + 1}&expand=geometrie"}} if more else {}
        return Reply(200, {"_embedded": {kind: items[page * self.page : (page + 1) * self.page]}, "_links": links})

    def _dso(self, path, query, body, headers):
        if headers.get("x-api-key") != "dso-test":
            return Reply(401, {"title": "Unauthorized"})
        corners = json.loads(body)["geometrie"]["coordinates"][0] if body else []
        if any(round(v, 3) != v for point in corners for v in point):
            return Reply(422, {"title": "max 3 decimals"})
        if path == "/regelingen/_zoek":
            name, kind = "Omgevingsplan Voorbeeldwijk", {"waarde": "Omgevingsplan"}
            item = {"identificatie": "/akn/nl/act/gm9999/2026/omgevingsplan", "officieleTitel": name, "type": kind}
            if self.versions:  # the law of each day: {first day: version}
                day = query.get("geldigOp", "9999-12-31")
                begun, version = max((begun, version) for begun, version in self.versions.items() if begun <= day)
                item["geregistreerdMet"] = {"versie": version, "beginGeldigheid": begun, "beginInwerking": begun}
            return Reply(200, {"_embedded": {"regelingen": [item]}, "page": {"number": 1, "totalElements": 1}})
        if path.startswith("/regelingen/_akn_nl_act_gm9999_2026_omgevingsplan/documentstructuur/gm9999_1__art_5.3"):
            return Reply(200, {"wId": "gm9999_1__art_5.3", "nummer": "5.3", "opschrift": "Hoogte", "inhoud": "<Inhoud><Al>Niet hoger dan 9 m.</Al></Inhoud>"})
        if path != "/regelingen/_akn_nl_act_gm9999_2026_omgevingsplan/regeltekstannotaties/_zoek" or query.get("locatieSelectie") != "primair":
            return Reply(404, {"title": "Not Found"})
        norm = {"identificatie": "n1", "naam": "maximum bouwhoogte", "type": {"waarde": "maximum bouwhoogte"}, "eenheid": {"waarde": "meter"},
                "normwaarden": [{"identificatie": "w1", "kwantitatieveWaarde": 7 if query.get("geldigOp") else 9, "locatieRefs": ["l1"]}]}
        texts = [{"identificatie": "t1", "wId": "gm9999_1__art_5.3"}, {"identificatie": "t2", "wId": "gm9999_1__art_9"}]
        rule = {"identificatie": "r1", "regeltekstRef": "t1", "omgevingsnormRefs": ["n1"], "locatieRefs": ["l1"]}
        return Reply(200, {"regelteksten": texts, "regelsVoorIedereen": [rule], "locaties": [{"identificatie": "l1", "geometrieIdentificatie": "g-1"}], "omgevingsnormen": [norm]})

    def _dso_geometry(self, path, query, body, headers):
        plan = next(f for f in self.scene.plans if f["id"].startswith("bestemmingsplangebied"))
        return Reply(200, {"id": path.rsplit("/", 1)[-1], "geometrie": plan["geometry"]})


def box_of(text: str) -> tuple[float, ...]:
    return tuple(float(value) for value in text.split(",")[:4])


class Handler(BaseHTTPRequestHandler):
    """Writes a reply, also a wrong one."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        headers = {key.lower(): value for key, value in self.headers.items()}
        reply = self.server.replay.answer(self.command, self.path, body, headers)
        try:
            self._send(reply, "gzip" in headers.get("accept-encoding", ""))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def _send(self, reply: Reply, may_pack: bool) -> None:
        if reply.wait_s:
            threading.Event().wait(reply.wait_s)
        body = reply.body
        headers = dict(reply.headers)
        if may_pack and not reply.raw and len(body) > 1000:
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        self.server.replay.bytes_out += len(body)
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(reply.length or len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.drip_s:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                threading.Event().wait(reply.drip_s)
            return
        self.wfile.write(body)
        self.wfile.flush()
        if reply.length:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Stay silent."""
