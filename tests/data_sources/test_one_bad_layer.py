"""One bad layer costs no other: whatever a reader raises is "failed" with a sentence; what was not read is not "empty"; words of a file can be written."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pyogrio.raw
import pytest
from osgeo import gdal

from drieluik import cli
from drieluik.data_sources import site_loading
from drieluik.data_sources.site_loading import LAYERS, load_site
from drieluik.errors import CancelledError
from drieluik.model import LayerState, SiteRequest
from drieluik.report.layers.site_package import write_site
from drieluik.texts import printable, sentence

CENTRE = (150_000.0, 450_000.0)
RING = [[[149_990.0, 449_990.0], [150_010.0, 449_990.0], [150_010.0, 450_010.0], [149_990.0, 450_010.0], [149_990.0, 449_990.0]]]
GOOD = {"type": "Feature", "properties": {"identificatie": "0363100012345678"}, "geometry": {"type": "Polygon", "coordinates": RING}}


def load(folder, **sources):
    return load_site(SiteRequest(CENTRE, 100.0, {**{one.key: () for one in LAYERS}, **sources}), str(folder))


def told(site, key):
    (record,) = site.provenance_of(key)
    assert all("?" not in sentence(note.code, note.as_dict(), lang) for note in record.notes for lang in ("nl", "en"))
    return record.state, [note.code for note in record.notes]


def geojson(folder, records, **more):
    path = folder / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": records, **more}))
    (folder / "good.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [GOOD]}))
    return path.name


ODD = {
    "sources_odd_crs": [([GOOD], {"crs": said}) for said in ("EPSG:28992", 28992, [1], {"properties": "EPSG:28992"}, {"properties": [1]})],
    "sources_odd_record": [([GOOD, record], {}) for record in (
        1, "x", [], {**GOOD, "properties": [1, 2]}, {**GOOD, "properties": "x"}, {**GOOD, "properties": 0.5}, {**GOOD, "geometry": "POINT(1 2)"},
        {**GOOD, "geometry": {"type": "Polygon", "coordinates": 7}}, {**GOOD, "geometry": {"type": "Cube", "coordinates": RING}},
    )],
}


@pytest.mark.parametrize("layer", ["bag", "bgt", "parcels"])
@pytest.mark.parametrize(("code", "records", "more"), [(code, *one) for code, some in ODD.items() for one in some])
def test_geojson_that_is_none_fails_alone(tmp_path, layer, code, records, more):
    other = "bgt" if layer == "bag" else "bag"
    name = geojson(tmp_path, records, **more)
    site = load(tmp_path, **{layer: (name,), other: ("good.geojson",)})
    assert told(site, layer) == (LayerState.FAILED, [code]) and site.state(other) is LayerState.LOADED


@pytest.mark.parametrize("layer", ["plans", "bag", "bgt", "parcels", "buildings3d"])
def test_nesting_without_end_fails_alone(tmp_path, layer):
    (tmp_path / "x.json").write_text('{"type": "FeatureCollection", "features": ' + "[" * 100_000)
    assert told(load(tmp_path, **{layer: ("x.json",)}), layer)[0] is LayerState.FAILED


def test_attributes_of_a_building_that_are_none_fail_alone(tmp_path):
    thing = {"type": "Building", "attributes": 7, "geometry": [{"type": "MultiSurface", "lod": "2.2", "boundaries": [[[0, 1, 2]]]}]}
    whole = {"type": "CityJSON", "version": "2.0", "transform": {"scale": [1, 1, 1], "translate": [150000, 450000, 0]}, "CityObjects": {"a": thing},
             "vertices": [[0, 0, 0], [5, 0, 0], [0, 5, 0]]}
    (tmp_path / "b.json").write_text(json.dumps(whole))
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(json.dumps(whole).encode()))
    for name in ("b.json", "b.json.gz"):
        assert told(load(tmp_path, buildings3d=(name,)), "buildings3d") == (LayerState.FAILED, ["sources_truncated"])


@pytest.mark.parametrize("error", [RecursionError("deep"), MemoryError(), AttributeError("x"), ZeroDivisionError(), UnicodeError("x"), OSError("gone")])
@pytest.mark.parametrize("key", [one.key for one in LAYERS])
def test_whatever_a_reader_raises_is_a_sentence_of_that_layer(tmp_path, monkeypatch, key, error):
    def broken(paths, box):
        raise error

    monkeypatch.setattr(site_loading, "LAYERS", tuple(site_loading.replace(one, read=broken) if one.key == key else one for one in LAYERS))
    other = "parcels" if key == "bag" else "bag"
    geojson(tmp_path, [])
    site = load(tmp_path, **{key: ("good.geojson",), other: ("good.geojson",)})
    assert told(site, key) == (LayerState.FAILED, ["sources_not_understood"]) and site.state(other) is LayerState.LOADED


def test_stopping_is_no_failure_of_a_layer(tmp_path, monkeypatch):
    def stopped(paths, box):
        raise CancelledError

    monkeypatch.setattr(site_loading, "LAYERS", tuple(site_loading.replace(one, read=stopped) for one in LAYERS))
    geojson(tmp_path, [])
    with pytest.raises(CancelledError):
        load(tmp_path, bag=("good.geojson",))


@pytest.mark.parametrize("layer", ["bag", "bgt"])
def test_a_file_without_layers_and_a_folder_without_files_are_not_empty(tmp_path, layer):
    pyogrio.raw.write(str(tmp_path / "words.gpkg"), None, [np.array(["a"], dtype=object)], ["word"], layer="words", driver="GPKG", geometry_type=None, crs=None)
    assert told(load(tmp_path, **{layer: ("words.gpkg",)}), layer) == (LayerState.FAILED, ["sources_no_layers"])
    (tmp_path / "none").mkdir()
    for key in (layer, "terrain", "points", "plans"):
        assert told(load(tmp_path, **{key: ("none",)}), key) == (LayerState.FAILED, ["sources_folder_empty"])
    (tmp_path / "none" / "read.me").write_text("x")
    assert told(load(tmp_path, points=("none",)), "points") == (LayerState.FAILED, ["sources_folder_empty"])


def raster(path, geo, scale=None, size=20, options=()):
    made = gdal.GetDriverByName("GTiff").Create(str(path), size, size, 1, gdal.GDT_Float32, ["SPARSE_OK=TRUE", *options])
    made.SetGeoTransform(geo)
    if scale is not None:
        made.GetRasterBand(1).SetScale(scale)
    return path.name


@pytest.mark.parametrize(("geo", "scale"), [
    ((149_990.0, 0.5, 0, 450_005.0, 0, -0.5), float("inf")), ((149_990.0, 0.5, 0, 450_005.0, 0, -0.5), float("nan")),
    ((149_990.0, 1e-300, 0, 450_005.0, 0, -1e-300), None), ((149_990.0, 0.0001, 0, 450_005.0, 0, -0.0001), None),
    ((float("nan"), 0.5, 0, 450_005.0, 0, -0.5), None), ((149_990.0, float("inf"), 0, 450_005.0, 0, float("-inf")), None),
])
def test_a_raster_with_numbers_that_are_none_failed_and_is_not_empty(tmp_path, geo, scale):
    site = load(tmp_path, terrain=(raster(tmp_path / "r.tif", geo, scale),))
    assert told(site, "terrain") == (LayerState.FAILED, ["sources_raster_odd"]) and site.terrain is None


def test_a_raster_of_more_cells_or_larger_blocks_than_any_is_not_unpacked(tmp_path):
    fine = raster(tmp_path / "f.tif", (149_900.0, 0.02, 0, 450_100.0, 0, -0.02), size=10_000)
    assert told(load(tmp_path, terrain=(fine,)), "terrain") == (LayerState.FAILED, ["sources_raster_too_large"])
    blocks = raster(tmp_path / "b.tif", (149_900.0, 0.5, 0, 450_100.0, 0, -0.5), options=("TILED=YES", "BLOCKXSIZE=16384", "BLOCKYSIZE=16384"))
    assert told(load(tmp_path, terrain=(blocks,)), "terrain") == (LayerState.FAILED, ["sources_raster_odd"])


def test_words_that_are_no_text_are_written_all_the_same(tmp_path):
    odd = {**GOOD, "properties": {"identificatie": "\0x\x1b[31m", "status": "a\ud800b", "bouwjaar": {"x": 1}, "gebruiksdoel": ["\u202egpj"]}}
    site = load(tmp_path, bag=(geojson(tmp_path, [odd]),))
    assert site.state("bag") is LayerState.LOADED
    (one,) = (*site.registered_buildings, *site.planned_buildings)
    assert one.fid == "\ufffdx\ufffd[31m" and one.status == "a\ufffdb" and "\u202e" not in "".join(one.uses)
    write_site(site, tmp_path / "site.gpkg")
    assert printable("a\tb\r\nc é 漢") == "a\tb\r\nc é 漢"


def test_what_nobody_foresaw_is_a_sentence_and_no_traceback(monkeypatch, capsys):
    def broken(arguments):
        raise KeyError("x")

    monkeypatch.setattr(cli, "run_rules", broken)
    assert cli.main(["rules", "list"]) == cli.NOT_POSSIBLE
    said = capsys.readouterr()
    assert "KeyError" in said.err and "Traceback" not in said.err + said.out
