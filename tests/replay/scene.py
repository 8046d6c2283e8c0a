"""What the replay server knows: the demo's invented neighbourhood, as features per service."""

from __future__ import annotations

import datetime
import json
import re
import uuid
from pathlib import Path

import numpy as np
import shapely
from osgeo import gdal, osr
from shapely.geometry import mapping, shape

from drieluik.data_sources.juridical.reader import read_plan

gdal.UseExceptions()
SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=AKR)(?=Kad)")


def snake(name: str) -> str:
    """identificatieLokaalID -> identificatie_lokaal_id."""
    return SNAKE.sub("_", name).lower()


def geojson(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


class Scene:
    """Features with a ``box`` (their bounds) per service and layer; read once, never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bgt = {path.stem.removeprefix("bgt_"): geojson(path) for path in sorted(folder.glob("bgt_*.geojson"))}
        self.panden = geojson(folder / "bag_pand.geojson")
        self.objects = geojson(folder / "bag_verblijfsobject.geojson")
        self.parcels = geojson(folder / "brk_perceel.geojson")
        self.plans = self._plans(folder / "plan.gml")
        lines = [json.loads(line) for line in (folder / "buildings.city.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
        self.city_header, self.city = lines[0], lines[1:]
        for feature in self.city:
            scale, move = (np.array(self.city_header["transform"][word]) for word in ("scale", "translate"))
            real = np.array(feature["vertices"]) * scale + move
            feature["bounds"] = (*real[:, :2].min(axis=0), *real[:, :2].max(axis=0))
        self.raster = folder / "ahn_dtm_05m.tif"

    @staticmethod
    def _plans(path: Path) -> list[dict]:
        """The plan's objects as the plan WMS spells them: lower case, all text."""
        features = []
        for area in read_plan(path)[0]:
            kind = "bestemmingsplangebied" if area.kind == "plangebied" else area.kind
            properties = {
                "identificatie": area.fid, "naam": area.name, "plangebied": area.plan_id, "planstatus": area.plan_status, "datum": area.date,
                "typeplan": "bestemmingsplan", "dossierstatus": "geheel onherroepelijk in werking", "historisch": "False",
                "artikelnummer": area.article, "verwijzingnaartekst": area.url,
            }
            if area.values:
                properties["maatvoering"] = ", ".join('"{}"="{}"'.format(*value.raw.partition("=")[::2]) for value in area.values)
            if area.belongs_to:
                properties["aanduiding" if kind == "maatvoering" else "bestemmingsvlak"] = area.belongs_to
            if area.group:
                properties["gebiedsaanduidinggroep" if kind == "gebiedsaanduiding" else "bestemmingshoofdgroep"] = area.group
            features.append({"type": "Feature", "id": f"{kind}.{len(features)}", "geometry": mapping(area.geometry), "properties": properties})
        return features

    def ogc(self, service: str) -> dict[str, list[dict]]:
        """Collections of an OGC API, in its own spelling."""
        if service == "bgt":
            return self.bgt
        if service == "brk":
            return {"perceel": [{**f, "properties": {snake(k): v for k, v in f["properties"].items()}} for f in self.parcels]}
        ids = {f["properties"]["identificatie"]: str(uuid.uuid5(uuid.NAMESPACE_URL, f["properties"]["identificatie"])) for f in self.panden + self.objects}
        street = ("openbare_ruimte", "woonplaats", "toevoeging", "bouwjaar", "pandidentificatie", "pandstatus")
        objects, addresses = [], []
        for feature in self.objects:
            p = feature["properties"]
            links = [f"http://localhost/collections/pand/items/{ids[one]}" for one in p["pandidentificatie"].split(",")]
            objects.append({**feature, "id": ids[p["identificatie"]], "properties": {**{k: v for k, v in p.items() if k not in street}, "pand.href": links}})
            addresses.append({**feature, "id": "a" + ids[p["identificatie"]], "properties": {
                "adresseerbaar_object_identificatie": p["identificatie"], "openbare_ruimte_naam": p["openbare_ruimte"], "huisnummer": str(p["huisnummer"]),
                "huisletter": p["huisletter"], "toevoeging": p["toevoeging"], "postcode": p["postcode"], "woonplaats_naam": p["woonplaats"]}})
        panden = [{**f, "id": ids[f["properties"]["identificatie"]]} for f in self.panden]
        return {"pand": panden, "verblijfsobject": objects, "adres": addresses}

    def wfs(self, type_name: str) -> list[dict]:
        return {"bag:pand": self.panden, "bag:verblijfsobject": self.objects, "kadastralekaart:Perceel": self.parcels}[type_name]


def inside(features: list[dict], box: tuple[float, ...]) -> list[dict]:
    """The features that touch a box."""
    if not features:
        return []
    hits = shapely.intersects(np.array([shape(f["geometry"]) for f in features], dtype=object), shapely.box(*box))
    return [feature for feature, hit in zip(features, hits) if hit]


def current(features: list[dict], moment: str) -> list[dict]:
    """The versions that hold at a moment."""
    at = datetime.datetime.fromisoformat(moment.replace("Z", "+00:00"))

    def when(text: str | None) -> datetime.datetime | None:
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None

    def holds(p: dict) -> bool:
        start, end = when(p.get("tijdstip_registratie")), when(p.get("eind_registratie"))
        return (start is None or start <= at) and (end is None or end > at)

    return [feature for feature in features if holds(feature["properties"])]


def city_page(scene: Scene, features: list[dict]) -> tuple[dict, list[dict]]:
    """A page of CityJSONFeatures with a transform of its own, as 3DBAG's API gives them."""
    old = scene.city_header["transform"]
    real = [np.array(f["vertices"]) * np.array(old["scale"]) + np.array(old["translate"]) for f in features]
    move = np.floor(np.concatenate(real).min(axis=0)) if real else np.zeros(3)
    metadata = {
        "type": "CityJSON", "version": "2.0", "transform": {"scale": [0.001, 0.001, 0.001], "translate": [float(v) for v in move]},
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"}, "CityObjects": {}, "vertices": [],
    }
    moved = [
        {**{k: v for k, v in f.items() if k != "bounds"}, "vertices": np.rint((points - move) / 0.001).astype(int).tolist()}
        for f, points in zip(features, real)
    ]
    return metadata, moved


def heights(scene: Scene, box: tuple[float, ...], shift: float = 0.0, columns_off: int = 0, crs: str = "EPSG:28992", holes: bool = False) -> bytes:
    """A GeoTIFF of whole cells of the demo's terrain, AHN's nodata where it has none."""
    west, south, east, north = box
    source = gdal.Open(str(scene.raster))
    values = source.ReadAsArray()
    x0, cell, _, y0, _, _ = source.GetGeoTransform()
    rows, columns = round((north - south) / cell), round((east - west) / cell) + columns_off
    out = np.full((rows, columns), 3.4028234663852886e38, dtype=np.float32)
    row, column = round((y0 - north) / cell), round((west - x0) / cell)
    r0, r1, c0, c1 = max(row, 0), min(row + rows, values.shape[0]), max(column, 0), min(column + columns, values.shape[1])
    if r1 > r0 and c1 > c0 and not holes:
        out[r0 - row : r1 - row, c0 - column : c1 - column] = values[r0:r1, c0:c1]
    name = f"/vsimem/replay-{uuid.uuid4().hex}.tif"
    raster = gdal.GetDriverByName("GTiff").Create(name, columns, rows, 1, gdal.GDT_Float32)
    raster.SetGeoTransform((west + shift, cell, 0, north + shift, 0, -cell))
    system = osr.SpatialReference()
    system.ImportFromEPSG(int(crs.split(":")[1]))
    raster.SetProjection(system.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(3.4028234663852886e38)
    raster.GetRasterBand(1).WriteArray(out)
    raster.FlushCache()
    del raster
    size = gdal.VSIStatL(name).size
    handle = gdal.VSIFOpenL(name, "rb")
    data = bytes(gdal.VSIFReadL(1, size, handle))
    gdal.VSIFCloseL(handle)
    gdal.Unlink(name)
    return data
