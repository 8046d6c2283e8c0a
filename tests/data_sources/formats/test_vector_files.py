"""Vector files: what is broken is mended or counted, an index is used, and nothing that is no number comes through."""

from __future__ import annotations

import json

import numpy as np
import pyogrio.raw
import pytest
import shapely
from shapely import Point, Polygon, box

from drieluik.data_sources.formats.vector_files import read_layer
from drieluik.errors import SourceError

BOW_TIE = [[100_000, 450_000], [100_010, 450_010], [100_010, 450_000], [100_000, 450_010], [100_000, 450_000]]
SPIKE = [[100_020, 450_000], [100_030, 450_000], [100_030, 450_010], [100_040, 450_010], [100_030, 450_010], [100_020, 450_010], [100_020, 450_000]]


def collection(path, *geometries):
    features = [{"type": "Feature", "properties": {"id": n}, "geometry": g} for n, g in enumerate(geometries)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def test_invalid_areas_become_valid_areas_only(tmp_path):
    layer = read_layer(collection(tmp_path / "a.geojson", polygon(BOW_TIE), polygon(SPIKE)))
    assert [f.geometry.geom_type in ("Polygon", "MultiPolygon") for f in layer.features] == [True, True]
    assert [round(f.geometry.area) for f in layer.features] == [50, 100]
    assert {n.code: n.as_dict().get("count") for n in layer.notes}["sources_made_valid"] == 2


def test_coordinates_that_are_no_numbers_are_left_out_and_counted(tmp_path):
    path = tmp_path / "a.geojson"
    bad = polygon([[100_000, 450_000], [float("nan"), 450_010], [100_010, 450_000], [100_000, 450_000]])
    collection(path, bad, {"type": "Point", "coordinates": [100_000, 450_000]}, {"type": "GeometryCollection", "geometries": []})
    layer = read_layer(path)
    assert [f.geometry for f in layer.features] == [Point(100_000, 450_000)]
    assert {n.code: n.as_dict().get("count") for n in layer.notes}["sources_no_geometry"] == 2


def test_one_endless_number_does_not_hide_that_the_file_is_in_degrees(tmp_path):
    path = collection(tmp_path / "a.geojson", *({"type": "Point", "coordinates": [4.3, 52.0]} for _ in range(3)))
    path.write_text(path.read_text().replace("[4.3,", "[1e999,", 1))
    with pytest.raises(SourceError) as caught:
        read_layer(path)
    assert caught.value.code == "sources_degrees"


def test_a_number_that_is_none_does_not_lose_the_rest_nor_warn(tmp_path, recwarn):
    path = collection(tmp_path / "a.geojson", {"type": "Point", "coordinates": [float("nan"), 1]}, {"type": "Point", "coordinates": [100_000, 450_000]})
    layer = read_layer(path)
    assert len(layer.features) == 1 and "sources_no_geometry" in {n.code for n in layer.notes} and not list(recwarn)


def test_objects_without_a_geometry_are_counted(tmp_path):
    layer = read_layer(collection(tmp_path / "a.geojson", None, {"type": "Point", "coordinates": [100_000, 450_000]}))
    assert {n.code: n.as_dict().get("count") for n in layer.notes}["sources_no_geometry"] == 1


@pytest.mark.parametrize("driver, suffix", [("FlatGeobuf", "fgb"), ("GPKG", "gpkg")])
def test_a_file_with_an_index_is_read_in_the_box_and_checked_as_a_whole(tmp_path, driver, suffix):
    shapes = shapely.box(100_000 + 20.0 * np.arange(100), 450_000, 100_010 + 20.0 * np.arange(100), 450_010)
    path = tmp_path / f"a.{suffix}"
    number = np.arange(100)
    pyogrio.raw.write(str(path), shapely.to_wkb(shapes), [number], ["n"], crs="EPSG:28992", driver=driver, geometry_type="Polygon")
    near = read_layer(path, None, box(100_100, 449_000, 100_200, 451_000))
    assert sorted(f.attributes["n"] for f in near.features) == [5, 6, 7, 8, 9, 10]
    assert len(read_layer(path).features) == 100
    wrong = tmp_path / f"w.{suffix}"
    pyogrio.raw.write(str(wrong), shapely.to_wkb(np.array([Polygon(box(4, 52, 5, 53))])), [np.arange(1)], ["n"], crs="EPSG:4326", driver=driver, geometry_type="Polygon")
    with pytest.raises(SourceError) as caught:
        read_layer(wrong, None, box(100_100, 449_000, 100_200, 451_000))
    assert caught.value.code in ("sources_wrong_crs", "sources_degrees")


def boxed(x, y, size):
    return polygon([[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]])


LINE = {"type": "LineString", "coordinates": [[100_000, 450_000], [100_009, 450_000]]}
DOT = {"type": "Point", "coordinates": [100_001, 450_001]}


@pytest.mark.parametrize(("held", "kind", "size"), [
    ([boxed(100_000, 450_000, 7)], "Polygon", 49), ([LINE, boxed(100_000, 450_000, 7), DOT], "Polygon", 49),
    ([boxed(100_000, 450_000, 7), boxed(100_020, 450_000, 3)], "MultiPolygon", 58), ([boxed(100_000, 450_000, 4), boxed(100_002, 450_000, 4)], "Polygon", 24),
    ([{"type": "GeometryCollection", "geometries": [DOT, boxed(100_000, 450_000, 7)]}], "Polygon", 49), ([polygon(BOW_TIE), DOT], "MultiPolygon", 50),
    ([LINE, DOT], "LineString", 0), ([DOT, {"type": "Point", "coordinates": [100_002, 450_001]}], "MultiPoint", 0),
])
def test_of_a_collection_the_areas_are_the_object(tmp_path, held, kind, size):
    feature, = read_layer(collection(tmp_path / "a.geojson", {"type": "GeometryCollection", "geometries": held})).features
    assert (feature.geometry.geom_type, round(feature.geometry.area), feature.geometry.is_valid) == (kind, size, True)
