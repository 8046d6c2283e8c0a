"""Writes the neighbourhood in the formats of the real sources: BGT, BAG, BRK, IMRO, AHN raster and points, 3DBAG."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import laspy
import numpy as np
import shapely
from numpy.typing import NDArray
from osgeo import gdal, osr
from shapely import Point, box
from shapely.geometry.base import BaseGeometry

from . import neighbourhood as n

gdal.UseExceptions()
TOWN, CODE = "Voorbeeldwijk", "9999"
NODATA = 3.4028234663852886e38
RD_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
STAMP = "2026-03-12T09:00:00Z"


def write_json(path: Path, data: Any) -> None:
    """Write compact JSON."""
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def pand_id(index: int) -> str:
    """Return the 16-digit BAG id of a building."""
    return f"{CODE}10{index + 1:010d}"


def geojson(geometry: BaseGeometry) -> Any:
    """Return a geometry as GeoJSON, its millimetres written the same on every machine."""
    return json.loads(shapely.to_geojson(geometry), parse_float=lambda text: round(float(text), 3))


def write_bgt(folder: Path, built: list[n.House], trees: list[n.Tree]) -> None:
    """One GeoJSON per collection as PDOK's OGC API gives them; a few ended versions among them, as in the real service."""
    collections: dict[str, list[dict[str, Any]]] = {}
    common = {"namespace": "NL.IMGeo", "bronhouder": f"G{CODE}", "status": "bestaand", "plus_status": "geenWaarde", "in_onderzoek": False}

    def add(collection: str, geometry: BaseGeometry, **properties: Any) -> None:
        features = collections.setdefault(collection, [])
        number = sum(len(f) for f in collections.values())
        attributes = {
            "lokaal_id": f"G{CODE}.demo{number:06d}", "creation_date": "2015-05-01", "tijdstip_registratie": "2020-01-15T10:00:00Z",
            "eind_registratie": None, "termination_date": None, "relatieve_hoogteligging": 0, **common, **properties,
        }
        features.append({"type": "Feature", "id": number, "properties": attributes, "geometry": geojson(geometry)})

    for collection, attributes, shape in n.topography(built):
        words = {k: v for k, v in attributes.items() if k not in ("house", "name")}
        if "house" in attributes:
            words["bag_pnd"] = pand_id(attributes["house"])
        add(collection, n.to_rd(shape), **words)
    for x, y, _, _ in trees:
        add("vegetatieobject_punt", n.to_rd(Point(x, y)), plus_type="boom")
    ended = {"eind_registratie": "2021-06-01T00:00:00Z", "termination_date": "2021-06-01"}
    add("wegdeel", n.to_rd(box(168, 120, 190, 130)), functie="fietspad", fysiek_voorkomen="open verharding", **ended)
    add("waterdeel", n.to_rd(box(170, 130, 180, 140)), type="waterloop", **ended)
    for collection, features in collections.items():
        write_json(folder / f"bgt_{collection}.geojson", {
            "type": "FeatureCollection", "name": f"bgt_{collection}", "timeStamp": STAMP, "numberReturned": len(features), "features": features,
        })


def write_bag(folder: Path, built: list[n.House]) -> None:
    """Panden and verblijfsobjecten as the BAG WFS gives them in RD."""
    panden, objects = [], []
    for index, house in enumerate(built):
        outline = box(*house.outline)
        flats = 16 if house.along == "flat" else 1
        panden.append({"type": "Feature", "id": f"pand.{index}", "geometry": geojson(n.to_rd(outline)), "properties": {
            "identificatie": pand_id(index), "bouwjaar": house.year, "status": "Pand in gebruik", "gebruiksdoel": "woonfunctie",
            "oppervlakte_min": round(outline.area * 1.6), "oppervlakte_max": round(outline.area * 1.9), "aantal_verblijfsobjecten": flats,
        }})
        objects.append({"type": "Feature", "id": f"verblijfsobject.{index}", "geometry": geojson(n.to_rd(outline.centroid)), "properties": {
            "identificatie": f"{CODE}01{index + 1:010d}", "oppervlakte": round(outline.area * 1.7), "status": "Verblijfsobject in gebruik",
            "gebruiksdoel": "woonfunctie", "openbare_ruimte": house.street, "huisnummer": house.number, "huisletter": "", "toevoeging": "",
            "postcode": "9999 AB", "woonplaats": TOWN, "bouwjaar": house.year, "pandidentificatie": pand_id(index), "pandstatus": "Pand in gebruik",
        }})
    gone = dict(panden[0]["properties"], identificatie=pand_id(900), status="Pand gesloopt")
    panden.append({"type": "Feature", "id": "pand.900", "geometry": geojson(n.to_rd(box(172, 112, 180, 120))), "properties": gone})
    for name, features in (("pand", panden), ("verblijfsobject", objects)):
        write_json(folder / f"bag_{name}.geojson", {
            "type": "FeatureCollection", "name": name, "timeStamp": STAMP, "numberMatched": len(features), "crs": RD_CRS, "features": features,
        })


def write_brk(folder: Path, built: list[n.House]) -> None:
    """Parcels as the Kadastrale kaart WFS gives them: one per house, the plot of the application, public land."""
    shapes = [box(*house.parcel) for house in built] + [n.PLOT]
    public = shapely.difference(n.EXTENT, shapely.union_all(shapes))
    shapes += [piece for piece in shapely.get_parts(public) if piece.area > 1]
    features = []
    for number, shape in enumerate(shapes, start=101):
        features.append({"type": "Feature", "id": f"perceel.{number}", "geometry": geojson(n.to_rd(shape)), "properties": {
            "identificatieNamespace": "NL.IMKAD.KadastraalObject", "identificatieLokaalID": f"99990{number:04d}70000",
            "kadastraleGemeenteWaarde": TOWN, "AKRKadastraleGemeenteCodeWaarde": "VBW00", "sectie": "A", "perceelnummer": number,
            "kadastraleGrootteWaarde": round(shape.area), "soortGrootteWaarde": "Vastgesteld", "statusHistorieWaarde": "Geldig",
        }})
    write_json(folder / "brk_perceel.geojson", {"type": "FeatureCollection", "name": "perceel", "timeStamp": STAMP, "crs": RD_CRS, "features": features})


def write_terrain(folder: Path, built: list[n.House]) -> None:
    """A 0.5 m DTM as AHN: float32, its nodata, holes under buildings and water."""
    x, y = n.points_to_rd([n.CENTRE])[0]
    cell, size = 0.5, 600
    west, north = round(x) - 150.0, round(y) + 150.0
    columns, rows = np.meshgrid(west + (np.arange(size) + 0.5) * cell, north - (np.arange(size) + 0.5) * cell)
    local = n.points_to_local(np.column_stack([columns.ravel(), rows.ravel()]))
    heights = np.round(n.ground(local[:, 0], local[:, 1]), 2)
    holes = shapely.union_all([box(*h.outline) for h in built] + [n.POND, n.DITCH])
    shapely.prepare(holes)
    heights[shapely.contains_xy(holes, local[:, 0], local[:, 1])] = NODATA
    driver = gdal.GetDriverByName("GTiff")
    options = ["COMPRESS=DEFLATE", "PREDICTOR=3", "ZLEVEL=9", "TILED=YES"]
    raster = driver.Create(str(folder / "ahn_dtm_05m.tif"), size, size, 1, gdal.GDT_Float32, options)
    raster.SetGeoTransform((west, cell, 0, north, 0, -cell))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(28992)
    raster.SetProjection(crs.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(NODATA)
    raster.GetRasterBand(1).WriteArray(heights.reshape(size, size).astype(np.float32))


def roof_height(house: n.House, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the roof's height above the house's ground at local points."""
    x0, y0, x1, y1 = house.outline
    if house.along == "flat":
        return np.full(np.shape(x), house.eaves)
    middle, half = ((y0 + y1) / 2, (y1 - y0) / 2) if house.along == "x" else ((x0 + x1) / 2, (x1 - x0) / 2)
    across = y if house.along == "x" else x
    return house.ridge - (house.ridge - house.eaves) * np.abs(across - middle) / half


def house_ground(house: n.House) -> float:
    """Return the ground level NAP of a house."""
    x0, y0, x1, y1 = house.outline
    return round(float(n.ground((x0 + x1) / 2, (y0 + y1) / 2)), 3)


def write_points(folder: Path, built: list[n.House], trees: list[n.Tree], rng: np.random.Generator) -> None:
    """A thinned LAZ (LAS 1.4, format 6): ground 2, buildings 6, water 9, trees 1."""
    step = 0.6
    x, y = (a.ravel() for a in np.meshgrid(np.arange(20, 320, step), np.arange(0, 290, step)))
    x, y = x + rng.uniform(-0.2, 0.2, len(x)), y + rng.uniform(-0.2, 0.2, len(y))
    inside = np.hypot(x - n.CENTRE[0], y - n.CENTRE[1]) < n.RADIUS
    x, y = x[inside], y[inside]
    z, classes = n.ground(x, y) + rng.normal(0, 0.02, len(x)), np.full(len(x), 2, np.uint8)
    water = shapely.contains_xy(shapely.union_all([n.POND, n.DITCH]), x, y)
    z[water], classes[water] = 0.35, 9
    for tx, ty, height, crown in trees:
        near = (np.hypot(x - tx, y - ty) < crown) & (rng.uniform(0, 1, len(x)) < 0.7)
        z[near], classes[near] = n.ground(tx, ty) + height * rng.uniform(0.6, 1.0, near.sum()), 1
    for house in built:
        x0, y0, x1, y1 = house.outline
        on = (x > x0) & (x < x1) & (y > y0) & (y < y1)
        z[on], classes[on] = house_ground(house) + roof_height(house, x[on], y[on]) + rng.normal(0, 0.02, on.sum()), 6
    header = laspy.LasHeader(point_format=6, version="1.4")
    header.scales, header.offsets = [0.01] * 3, [*n.RD_PIVOT, 0.0]
    header.creation_date = None
    cloud = laspy.LasData(header)
    xy = n.points_to_rd(np.column_stack([x, y]))
    order = np.lexsort((xy[:, 0] // 25, xy[:, 1] // 25))
    cloud.x, cloud.y, cloud.z = xy[order, 0], xy[order, 1], z[order]
    cloud.classification = classes[order]
    cloud.write(str(folder / "ahn_points.laz"))


def write_3dbag(folder: Path, built: list[n.House]) -> None:
    """Buildings as CityJSONSeq 2.0 with 3DBAG's attribute names: LoD 0, 1.2 and 2.2 with semantics."""
    translate = [*n.RD_PIVOT, 0.0]
    head = {"type": "CityJSON", "version": "2.0", "CityObjects": {}, "vertices": [],
            "transform": {"scale": [0.001] * 3, "translate": translate},
            "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415", "referenceDate": "2026-03-12", "title": "demo"}}
    lines = [head] + [city_feature(pand_id(i), house, translate) for i, house in enumerate(built)]
    (folder / "buildings.city.jsonl").write_text("\n".join(json.dumps(line, separators=(",", ":")) for line in lines) + "\n")


def city_feature(identity: str, house: n.House, translate: list[float]) -> dict[str, Any]:
    """Return one building as a CityJSONFeature."""
    base = house_ground(house)
    x0, y0, x1, y1 = house.outline
    vertices: list[list[int]] = []

    def vertex(x: float, y: float, z: float) -> int:
        px, py = n.points_to_rd([(x, y)])[0]
        found = [round((v - t) / 0.001) for v, t in zip((px, py, base + z), translate)]
        if found not in vertices:
            vertices.append(found)
        return vertices.index(found)

    def solid(eaves: float, ridge: float, along: str) -> tuple[list[list[list[list[int]]]], list[list[int]]]:
        ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        low, high = [vertex(*p, 0) for p in ring], [vertex(*p, eaves) for p in ring]
        faces, words = [[low[::-1]]], [0]
        if along == "flat":
            faces.append([high])
            words.append(1)
            tops = {}
        elif along == "x":
            a, b = vertex(x0, (y0 + y1) / 2, ridge), vertex(x1, (y0 + y1) / 2, ridge)
            faces += [[[high[0], high[1], b, a]], [[high[2], high[3], a, b]]]
            words += [1, 1]
            tops = {1: b, 3: a}
        else:
            a, b = vertex((x0 + x1) / 2, y0, ridge), vertex((x0 + x1) / 2, y1, ridge)
            faces += [[[high[1], high[2], b, a]], [[high[3], high[0], a, b]]]
            words += [1, 1]
            tops = {0: a, 2: b}
        for i in range(4):
            j = (i + 1) % 4
            faces.append([[low[i], low[j], high[j], *([tops[i]] if i in tops else []), high[i]]])
            words.append(2)
        return [faces], [words]

    surfaces = [{"type": "GroundSurface"}, {"type": "RoofSurface"}, {"type": "WallSurface"}]
    roof70 = round(house.eaves + 0.7 * (house.ridge - house.eaves), 3)
    geometries = []
    for lod, shape in (("1.2", solid(roof70, roof70, "flat")), ("2.2", solid(house.eaves, house.ridge, house.along))):
        geometries.append({"type": "Solid", "lod": lod, "boundaries": shape[0], "semantics": {"surfaces": surfaces, "values": shape[1]}})
    flat = [vertex(*p, 0) for p in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    attributes = {
        "identificatie": f"NL.IMBAG.Pand.{identity}", "oorspronkelijkbouwjaar": house.year, "status": "Pand in gebruik",
        "b3_h_maaiveld": base, "b3_h_dak_50p": round(base + (house.eaves + house.ridge) / 2, 3), "b3_h_dak_70p": round(base + roof70, 3),
        "b3_h_dak_min": round(base + house.eaves, 3), "b3_h_dak_max": round(base + house.ridge, 3), "b3_h_nok": round(base + house.ridge, 3),
        "b3_dak_type": "horizontal" if house.along == "flat" else "slanted", "b3_pw_bron": "AHN5", "b3_pw_datum": 2023, "b3_val3dity_lod22": "[]",
    }
    key = f"NL.IMBAG.Pand.{identity}"
    return {"type": "CityJSONFeature", "id": key, "vertices": vertices, "CityObjects": {
        key: {"type": "Building", "attributes": attributes, "children": [f"{key}-0"],
              "geometry": [{"type": "MultiSurface", "lod": "0", "boundaries": [[flat]]}]},
        f"{key}-0": {"type": "BuildingPart", "parents": [key], "geometry": geometries}}}
