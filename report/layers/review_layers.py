"""GeoPackages of a review: the findings as points, lines, areas and volumes, and the surroundings, ready for QGIS."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import cast

import numpy as np
import pyogrio.raw
import shapely
from osgeo import gdal, osr
from shapely.geometry.base import BaseGeometry

from ...data_sources.rules.check_pages import code
from ...model import Evidence, Finding, Review, Terrain
from ...model.arrays import Floats
from ...texts import sentence
from ..basis import wording
from ..basis.roles import evidence_layer
from .envelopes import write_envelopes
from .finding_table import finding_rows, write_finding_table
from .geopackage import PLANE, SPACE, Row, as_multi, volume, write_layer, write_styles, write_table

gdal.UseExceptions()

FINDINGS, SURROUNDINGS, TERRAIN = "findings.gpkg", "surroundings.gpkg", "terrain.tif"
NODATA = -9999.0
KINDS = {"finding_points": "PointZ", "finding_lines": "MultiLineString", "finding_areas": "MultiPolygon", "finding_volumes": "MultiPolygonZ"}


def write_layers(review: Review, folder: Path, lang: str = "nl") -> dict[str, Path]:
    """Write ``findings.gpkg``, ``surroundings.gpkg`` and ``terrain.tif`` into a folder; returns their paths by name."""
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})  # a run's folder is moved in place whole, or not at all
    written = {"findings": write_findings(review, folder / FINDINGS, lang)}
    written["surroundings"] = write_surroundings(review, folder / SURROUNDINGS, lang)
    if review.site.terrain is not None:
        written["terrain"] = write_terrain(review.site.terrain, folder / TERRAIN)
    return written


def write_findings(review: Review, path: Path, lang: str) -> Path:
    """Write every piece of evidence, in the order of the record (its fid is the one that ``review.json`` names), and the table of all findings, which
    it says the number of."""
    rows: dict[str, list[Row]] = {name: [] for name in KINDS}
    for number, finding in enumerate(review.findings, 1):
        for piece in finding.evidence:
            layer = evidence_layer(piece)
            geometry = volume(piece.triangles) if piece.triangles is not None else as_multi(cast(BaseGeometry, piece.geometry), KINDS[layer])
            rows[layer].append({"geometry": geometry, "finding": number, **_evidence_row(review, finding, piece, lang)})
    for layer, kind in KINDS.items():
        write_layer(path, layer, rows[layer], kind, SPACE if kind.endswith("Z") else PLANE, EVIDENCE_FIELDS)
    write_finding_table(path, finding_rows(review, lang))
    write_styles(path, list(KINDS))
    return path


EVIDENCE_FIELDS = {
    "finding": int, "case_number": str, "rule": str, "check": str, "code": str, "subject": str, "subject_key": str, "design": str, "verdict": str,
    "role": str, "label": str, "value": float, "unit": str,
    "limit_value": float, "margin": float, "uncertainty": float, "article": str, "explanation": str,
}


def _evidence_row(review: Review, finding: Finding, piece: Evidence, lang: str) -> Row:
    first = finding.measurements[0] if finding.measurements else None
    return {
        "case_number": review.case.id, "rule": finding.rule, "check": finding.check, "code": code(finding.check), "subject": wording.subject(finding, lang),
        "subject_key": finding.subject_key, "design": finding.design,
        "verdict": finding.verdict.value, "role": piece.role, "label": wording.label(piece, finding, lang),
        "value": piece.value, "unit": piece.unit,
        "limit_value": first.limit if first else None, "margin": first.margin if first else None,
        "uncertainty": first.uncertainty if first else None,
        "article": wording.article(finding), "explanation": wording.say(finding, lang),
    }


def write_surroundings(review: Review, path: Path, lang: str) -> Path:
    """Write the site's layers and the designs."""
    site = review.site
    areas = [a for a in site.plans if a.geometry.geom_type in ("Polygon", "MultiPolygon")]
    number = {area.fid: i + 1 for i, area in enumerate(areas)}
    plan_rows = [
        {"geometry": as_multi(a.geometry, "MultiPolygon"), "source_id": a.fid, "kind": a.kind, "name": a.name, "plan_id": a.plan_id,
         "plan_status": a.plan_status, "article": a.article, "url": a.url,
         "label": ", ".join(f"{v.name} {v.raw.split('=')[-1]} {v.unit}".strip() for v in a.values)}
        for a in areas
    ]
    words: dict[str, type] = dict.fromkeys(("source_id", "kind", "name", "plan_id", "plan_status", "article", "url", "label"), str)
    write_layer(path, "plan_area", plan_rows, "MultiPolygon", PLANE, words)
    write_layer(path, "parcel", [
        {"geometry": as_multi(p.geometry, "MultiPolygon"), "source_id": p.fid, "designation": p.designation, "registered_area_m2": p.registered_area_m2}
        for p in site.parcels], "MultiPolygon", PLANE, {"source_id": str, "designation": str, "registered_area_m2": float})
    write_layer(path, "registered_building", [
        {"geometry": as_multi(b.geometry, "MultiPolygon"), "source_id": b.fid, "year": b.year, "status": b.status, "uses": ", ".join(b.uses)}
        for b in site.registered_buildings], "MultiPolygon", PLANE, {"source_id": str, "year": int, "status": str, "uses": str})
    tiles = sorted(
        (t for t in site.topography if t.geometry.geom_type in ("Polygon", "MultiPolygon")), key=lambda t: (t.level, t.collection, t.fid)
    )
    write_layer(path, "topography", [
        {"geometry": as_multi(t.geometry, "MultiPolygon"), "source_id": t.fid, "kind": t.collection, "function": t.function, "level": t.level}
        for t in tiles], "MultiPolygon", PLANE, {"source_id": str, "kind": str, "function": str, "level": int})
    write_layer(path, "building_3d", [
        {"geometry": volume(b.triangles), "source_id": b.fid, "lod": b.lod, "ground_nap": b.ground_nap, "roof_nap": b.roof_nap}
        for b in site.buildings3d if len(b.triangles)], "MultiPolygonZ", SPACE, {"source_id": str, "lod": str, "ground_nap": float, "roof_nap": float})
    write_layer(path, "tree", [{"geometry": shapely.force_3d(t.geometry), "source_id": t.fid, "height_m": t.height_m} for t in site.trees],
                "PointZ", SPACE, {"source_id": str, "height_m": float})
    write_layer(path, "address", [{"geometry": shapely.force_3d(a.geometry), "source_id": a.fid, "text": a.text} for a in site.addresses],
                "PointZ", SPACE, {"source_id": str, "text": str})
    _write_designs(review, path)
    write_envelopes(site, review.answers, path, lang)
    _write_tables(review, path, number, lang)
    names = ("envelope", "plan_area", "parcel", "registered_building", "topography", "building_3d", "tree", "design_3d", "design_footprint")
    write_styles(path, names)
    return path


def _write_designs(review: Review, path: Path) -> None:
    from ...measure.building.footprint import projection

    solids, outlines = [], []
    for design in review.designs:
        alike: dict[tuple[str, str], list[Floats]] = defaultdict(list)
        for part in design.parts:
            alike[part.role.word, part.kind].append(part.triangles)
        for (word, kind), triangles in sorted(alike.items()):
            solids.append({"geometry": volume(np.concatenate(triangles)), "design": design.name, "kind": kind, "role": word})
        outlines.append({"geometry": as_multi(projection(design.own.parts), "MultiPolygon"), "design": design.name})
    write_layer(path, "design_3d", solids, "MultiPolygonZ", SPACE, {"design": str, "kind": str, "role": str})
    write_layer(path, "design_footprint", outlines, "MultiPolygon", PLANE, {"design": str})


def _write_tables(review: Review, path: Path, number: dict[str, int], lang: str) -> None:
    """Write the plan values and the provenance, as tables without geometry."""
    values = [(number[a.fid], v) for a in review.site.plans if a.fid in number for v in a.values]
    columns = {
        "plan_area_fid": np.array([fid for fid, _ in values], dtype=np.int64),
        "name": [v.name for _, v in values], "qualifier": [v.qualifier or "" for _, v in values],
        "value": np.array([np.nan if v.value is None else v.value for _, v in values], dtype=np.float64),
        "unit": [v.unit for _, v in values], "raw": [v.raw for _, v in values],
    }
    write_table(path, "plan_value", columns)
    records = review.inputs
    columns = {w: [getattr(r, w) for r in records] for w in ("layer", "source", "location", "sha256", "retrieved", "licence")}
    columns["state"] = [r.state.value for r in records]
    columns["count"] = np.array([r.count for r in records], dtype=np.int64)
    columns["notes"] = [" ".join(sentence(n.code, n.as_dict(), lang) for n in r.notes) for r in records]
    write_table(path, "provenance", columns)


def write_terrain(terrain: Terrain, path: Path) -> Path:
    """Write the terrain as float32 GeoTIFF, holes as nodata."""
    rows, columns = terrain.heights.shape
    raster = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Float32, ["COMPRESS=LZW", "TILED=YES"])
    raster.SetGeoTransform((terrain.west, terrain.cell_m, 0, terrain.north, 0, -terrain.cell_m))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(28992)
    raster.SetProjection(crs.ExportToWkt())
    band = raster.GetRasterBand(1)
    band.SetNoDataValue(NODATA)
    band.WriteArray(np.where(np.isfinite(terrain.heights), terrain.heights, NODATA).astype(np.float32))
    return path
