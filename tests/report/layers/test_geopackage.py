"""Layers, tables, styles and the terrain as other programs read them."""

from __future__ import annotations

import sqlite3

import numpy as np
import pyogrio
import pytest
import shapely
import small_review
from osgeo import gdal
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

import scenes
from drieluik.model import Evidence, Note, Suspicion, Terrain
from drieluik.report.basis import roles
from drieluik.report.basis.roles import evidence_layer
from drieluik.report.layers import review_layers, site_package
from drieluik.report.layers.geopackage import PLANE, SPACE, as_multi, volume, write_layer, write_styles, write_table
from drieluik.report.layers.review_layers import write_terrain
from drieluik.report.sun.sun_layers import safe_name
from drieluik.texts import sentence
from scenes import box_part


def columns(path, table):
    with sqlite3.connect(path) as base:
        return {row[1]: row[2] for row in base.execute(f"PRAGMA table_info({table})")}


def test_triangles_are_one_volume_of_closed_rings():
    solid = volume(box_part(0, 0, 2, 3, 0, 4).triangles)
    assert (solid.geom_type, solid.has_z, len(solid.geoms)) == ("MultiPolygon", True, 12) and all(len(face.exterior.coords) == 4 for face in solid.geoms)


def test_geometries_become_the_type_of_their_layer():
    assert as_multi(Point(1, 2), "PointZ").has_z and as_multi(Point(1, 2, 3), "PointZ").z == 3
    assert as_multi(LineString([(0, 0), (1, 1)]), "MultiLineString").geom_type == "MultiLineString"
    mixed = GeometryCollection([box(0, 0, 1, 1), LineString([(0, 0), (9, 9)]), box(2, 2, 3, 3)])
    assert as_multi(mixed, "MultiPolygon").equals(MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])) and as_multi(box(0, 0, 1, 1), "MultiPolygon").geom_type == "MultiPolygon"


def test_a_layer_has_its_columns_types_and_reference_system(tmp_path):
    path = tmp_path / "x.gpkg"
    rows = [{"geometry": Point(1, 2, 3), "a": 1.5, "b": 2, "c": "x", "d": 7}, {"geometry": Point(4, 5, 6), "a": None, "b": None, "c": None}]
    write_layer(path, "punten", rows, "PointZ", SPACE, {"a": float, "b": int, "c": str, "d": str})
    write_layer(path, "leeg", [], "MultiPolygon", PLANE, {"a": float})
    table = pyogrio.read_dataframe(path, layer="punten")
    assert table["b"].tolist() == [2, -1] and table["c"].tolist() == ["x", ""] and table["d"].tolist() == ["7", ""]
    assert table["a"][0] == 1.5 and np.isnan(table["a"][1]) and table.geometry[0].has_z and table.crs.to_epsg() == 7415
    assert pyogrio.read_info(path, layer="leeg")["crs"] == "EPSG:28992" and pyogrio.read_info(path, layer="leeg")["geometry_type"] == "MultiPolygon"
    assert {name: kind for name, kind in columns(path, "punten").items() if name in "abcd"} == {"a": "REAL", "b": "INTEGER", "c": "TEXT", "d": "TEXT"}
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA user_version").fetchone() == (10200,)


def test_a_flat_layer_leaves_heights_out(tmp_path):
    write_layer(tmp_path / "x.gpkg", "vlak", [{"geometry": shapely.force_3d(MultiPolygon([box(0, 0, 1, 1)]), 5.0)}], "MultiPolygon", PLANE, {})
    assert not pyogrio.read_dataframe(tmp_path / "x.gpkg", layer="vlak").geometry[0].has_z


def test_styles_stand_in_the_file_for_the_layers_that_have_one(tmp_path):
    path = tmp_path / "x.gpkg"
    write_layer(path, "parcel", [], "MultiPolygon", PLANE, {})
    write_styles(path, ["iets"])
    assert "layer_styles" not in [name for name, _ in pyogrio.list_layers(path)]
    write_styles(path, ["parcel", "iets", "tree"])
    write_styles(path, ["shadow"], append=True)
    with sqlite3.connect(path) as base:
        rows = base.execute("SELECT f_table_name, f_table_catalog, f_table_schema, f_geometry_column, styleName, useAsDefault, description, owner, ui, styleSLD, update_time, styleQML FROM layer_styles").fetchall()
    assert [row[:10] for row in rows] == [(name, "", "", "geom", "drieluik", 1, "Drieluik", "", "", "") for name in ("parcel", "tree", "shadow")]
    assert all(row[10].endswith("Z") and row[10][10] == "T" and row[11].startswith("<!DOCTYPE qgis") for row in rows)


def styled(path):
    with sqlite3.connect(path) as base:
        return {name for name, in base.execute("SELECT f_table_name FROM layer_styles")}


def test_every_layer_that_has_a_style_is_written_with_it(tmp_path):
    written = review_layers.write_layers(small_review.review(), tmp_path, "nl")
    assert styled(written["findings"]) == {"finding_points", "finding_lines", "finding_areas", "finding_volumes"}
    site = {"envelope", "plan_area", "parcel", "registered_building", "topography", "building_3d", "tree"}
    assert styled(written["surroundings"]) == site | {"design_3d", "design_footprint"}
    assert styled(site_package.write_site(scenes.site(), tmp_path / "site.gpkg")) == site


def test_a_table_has_no_geometry(tmp_path):
    path = tmp_path / "x.gpkg"
    write_table(path, "waarden", {"n": np.array([1, 2], dtype=np.int64), "tekst": ["a", "b"]})
    table = pyogrio.read_dataframe(path, layer="waarden", read_geometry=False)
    assert table["n"].tolist() == [1, 2] and table["tekst"].tolist() == ["a", "b"] and pyogrio.read_info(path, layer="waarden")["geometry_type"] is None


def test_what_is_doubted_of_an_object_stands_with_it(tmp_path, monkeypatch):
    doubts = [Suspicion(layer, fid, Note.of(code)) for layer, fid, code in (
        ("parcels", "1", "sun_no_terrain"), ("parcels", "1", "sun_no_buildings"), ("bag", "9999100000000001", "sun_no_terrain"), ("bgt", "w2", "sun_no_buildings"),
        ("buildings3d", "9999100000000001", "sun_no_terrain"), ("plans", "m1", "sun_no_terrain"),
    )]
    monkeypatch.setattr(site_package, "suspicions", lambda site: doubts)
    path = site_package.write_site(scenes.site(), tmp_path / "site.gpkg", "en")
    terrain, buildings = sentence("sun_no_terrain", lang="en"), sentence("sun_no_buildings", lang="en")
    said = {name: pyogrio.read_dataframe(path, layer=name, read_geometry=False).set_index("source_id")["doubt"].to_dict() for name in ("parcel", "registered_building", "topography", "building_3d")}
    assert said["parcel"] == {"1": f"{terrain} {buildings}", "2": ""} and said["registered_building"] == {"9999100000000001": terrain} == said["building_3d"]
    assert said["topography"] == {"w1": "", "w2": buildings, "g1": "", "o1": "", "n1": ""}


def test_the_terrain_as_a_raster(tmp_path):
    heights = np.array([[1.0, np.nan, 2.5], [np.inf, 4.0, 5.0]])
    raster = gdal.Open(str(write_terrain(Terrain(heights, 100_000.0, 450_010.0, 0.5), tmp_path / "t.tif")))
    band = raster.GetRasterBand(1)
    assert raster.GetGeoTransform() == (100_000.0, 0.5, 0.0, 450_010.0, 0.0, -0.5) and (raster.RasterXSize, raster.RasterYSize, raster.RasterCount) == (3, 2, 1)
    assert band.ReadAsArray().tolist() == [[1.0, -9999.0, 2.5], [-9999.0, 4.0, 5.0]] and band.GetNoDataValue() == -9999.0 and gdal.GetDataTypeName(band.DataType) == "Float32"
    assert raster.GetSpatialRef().GetAuthorityCode(None) == "28992" and raster.GetMetadata("IMAGE_STRUCTURE")["COMPRESSION"] == "LZW" and band.GetBlockSize() == [256, 256]


@pytest.mark.parametrize(("name", "safe"), [("A", "A"), ("Plan B (2)", "Plan_B_2"), ("../x", "x"), ("é", "design"), ("a-b__c", "a-b__c"), ("", "design"), ("_x_", "x")])
def test_names_of_designs_in_names_of_files(name, safe):
    assert safe_name(name) == safe.replace("__", "_")


@pytest.mark.parametrize(
    ("geometry", "layer"),
    [(Point(0, 0), "finding_points"), (LineString([(0, 0), (1, 1)]), "finding_lines"), (shapely.MultiLineString([[(0, 0), (1, 1)]]), "finding_lines"), (box(0, 0, 1, 1), "finding_areas"),
     (MultiPolygon([box(0, 0, 1, 1)]), "finding_areas"), (None, "finding_areas")],
)
def test_the_layer_of_a_piece_of_evidence(geometry, layer):
    assert evidence_layer(Evidence("x", geometry)) == layer
    assert evidence_layer(Evidence("x", None, np.zeros((1, 3, 3)))) == "finding_volumes"


def test_what_each_role_is_to_the_eye():
    assert roles.LOUD_AREAS == ("outside_area", "overlap_area", "zone_overlap", "too_near", "in_front_area", "shadow_extra")
    assert roles.LIMIT_AREAS == ("bouwvlak", "limit_surface", "reference_area", "zone", "other_building") and roles.SECTION_LINE == "section_line" and roles.RECEPTOR == "receptor"
    assert roles.LIMIT_LINES == ("boundary", "facade_line", "road_axis", "limit_contour", "peil_ring") and roles.DIMENSIONS == ("outside_depth", "shortest_distance", "dimension")
    assert roles.LOUD_VOLUMES == ("excess_volume", "eaves_strip", "roof_plane_outside", "low_roof") and roles.QUIET_VOLUMES == ("roof_plane", "counted_volume", "storey_floor", "eaves_strip")
    assert roles.EAVES == ("eaves", "eaves_over", "eaves_under") and set(roles.EXTENT) - set(roles.LOUD_AREAS) == {"receptor", "bouwvlak", "shortest_distance", "dimension"}


def test_a_polygon_without_ground_is_no_part(tmp_path):
    assert as_multi(Polygon(), "MultiPolygon").is_empty
