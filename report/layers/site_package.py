"""The surroundings of a place as one GeoPackage: layers, tables, the terrain as a raster, and where all of it came from."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import numpy as np
from osgeo import gdal

from ...errors import OutputError
from ...measure.surroundings.suspicions import suspicions
from ...model import PlanArea, Site, Terrain
from ...texts import sentence
from ..basis.plan_rows import plan_rows
from .envelopes import LAYER, write_envelopes
from .geopackage import PLANE, SPACE, volume, write_layer, write_styles, write_table
from .review_layers import write_terrain

gdal.UseExceptions()

MIXED = "Unknown"
"""Geometry type of layers that hold points, lines and areas alike: nothing is left out."""


def write_site(site: Site, path: Path, lang: str = "nl") -> Path:
    """Write ``SITE.gpkg``: everything, or (on any failure) nothing new. Raises ``OutputError``."""
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".site-", dir=path.parent) as stage:
            made = Path(stage) / "site.gpkg"
            _write_layers(site, made, lang)
            write_envelopes(site, {}, made, lang)
            _write_tables(site, made, lang)
            if site.terrain is not None:
                _add_terrain(site.terrain, made, Path(stage) / "terrain.tif")
            os.replace(made, path)
    except OSError as reason:
        full = reason.errno == errno.ENOSPC
        raise OutputError("output_disk_full" if full else "output_not_writable", path=str(path), free=0.0, details=str(reason)) from reason
    except RuntimeError as reason:  # GDAL's own kind
        raise OutputError("output_failed", path=str(path), details=str(reason)) from reason
    return path


def _write_layers(site: Site, path: Path, lang: str) -> None:
    """Write the layers of objects; ``doubt`` says what does not fit about an object."""
    doubts: dict[tuple[str, str], str] = {}
    for item in suspicions(site):
        said = sentence(item.note.code, item.note.as_dict(), lang)
        doubts[item.layer, item.fid] = " ".join(word for word in (doubts.get((item.layer, item.fid), ""), said) if word)

    def layer(table: str, rows: list[dict[str, object]], geometry: str, crs: str = PLANE, /, **fields: type) -> None:
        write_layer(path, table, rows, geometry, crs, {"source_id": str, **fields})

    layer("plan_area", [
        {"geometry": a.geometry, "source_id": a.fid, "kind": a.kind, "name": a.name, "plan_id": a.plan_id, "plan_status": a.plan_status,
         "article": a.article, "url": a.url} for a in site.plans
    ], MIXED, kind=str, name=str, plan_id=str, plan_status=str, article=str, url=str)
    layer("parcel", [
        {"geometry": p.geometry, "source_id": p.fid, "designation": p.designation, "registered_area_m2": p.registered_area_m2,
         "doubt": doubts.get(("parcels", p.fid), "")} for p in site.parcels
    ], MIXED, designation=str, registered_area_m2=float, doubt=str)
    layer("address", [
        {"geometry": a.geometry, "source_id": a.fid, "text": a.text, "buildings": ", ".join(a.building_ids), "uses": ", ".join(a.uses)}
        for a in site.addresses
    ], "Point", text=str, buildings=str, uses=str)
    layer("registered_building", [
        {"geometry": b.geometry, "source_id": b.fid, "year": b.year, "status": b.status, "uses": ", ".join(b.uses),
         "doubt": doubts.get(("bag", b.fid), "")} for b in site.registered_buildings
    ], MIXED, year=int, status=str, uses=str, doubt=str)
    layer("topography", [
        {"geometry": t.geometry, "source_id": t.fid, "kind": t.collection, "function": t.function, "surface": t.surface, "level": t.level,
         "owner": t.owner, "building_id": t.building_id, "doubt": doubts.get(("bgt", t.fid), "")} for t in site.topography
    ], MIXED, kind=str, function=str, surface=str, level=int, owner=str, building_id=str, doubt=str)
    layer("building_3d", [
        {"geometry": volume(b.triangles), "source_id": b.fid, "lod": b.lod, "ground_nap": b.ground_nap, "roof_nap": b.roof_nap, "date": b.date,
         "doubt": doubts.get(("buildings3d", b.fid), "")}
        for b in site.buildings3d if len(b.triangles)
    ], "MultiPolygonZ", SPACE, lod=str, ground_nap=float, roof_nap=float, date=str, doubt=str)
    layer("tree", [
        {"geometry": t.geometry, "source_id": t.fid, "height_m": t.height_m, "crown_m": t.crown_m} for t in site.trees
    ], "Point", height_m=float, crown_m=float)
    write_styles(path, (LAYER, "plan_area", "parcel", "registered_building", "topography", "building_3d", "tree"))


def _write_tables(site: Site, path: Path, lang: str) -> None:
    numbered: list[tuple[int, PlanArea]] = list(enumerate(site.plans, 1))
    values = [(fid, value) for fid, area in numbered for value in area.values]
    write_table(path, "plan_value", {
        "plan_area_fid": np.array([fid for fid, _ in values], dtype=np.int64),
        "name": [v.name for _, v in values], "qualifier": [v.qualifier for _, v in values],
        "value": np.array([np.nan if v.value is None else v.value for _, v in values], dtype=np.float64),
        "unit": [v.unit for _, v in values], "raw": [v.raw for _, v in values],
    })
    plans = plan_rows(site, lang)
    write_table(path, "plan", {
        "number": np.array([row.number for row in plans], dtype=np.int64), "proposed": np.array([row.proposed for row in plans], dtype=bool),
        **{word: [getattr(row, word) for row in plans] for word in ("plan_id", "name", "kind", "status", "date", "reason")},
    })
    records = site.provenance
    write_table(path, "provenance", {
        **{word: [getattr(r, word) for r in records] for word in ("layer", "source", "location", "sha256", "retrieved", "licence")},
        "state": [r.state.value for r in records], "count": np.array([r.count for r in records], dtype=np.int64),
        "notes": [" ".join(sentence(n.code, n.as_dict(), lang) for n in r.notes) for r in records],
    })


def _add_terrain(terrain: Terrain, path: Path, raster: Path) -> None:
    """Add the terrain as a raster table: float32 in 256 x 256 tiles."""
    write_terrain(terrain, raster)
    options = ["APPEND_SUBDATASET=YES", "RASTER_TABLE=terrain", "TILE_FORMAT=TIFF"]
    gdal.Translate(str(path), str(raster), format="GPKG", creationOptions=options)
