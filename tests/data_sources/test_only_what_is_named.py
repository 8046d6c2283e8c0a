"""Nothing is read but the file that is named, as what it is: no list of other files, no address, no program of its maker, no device, nothing without an end."""

from __future__ import annotations

import http.server
import json
import os
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from osgeo import gdal

from drieluik.data_sources.case import read_case
from drieluik.data_sources.plan_texts import text_files
from drieluik.data_sources.rules.measuring_profiles import read_profile
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.data_sources.services.endpoints import endpoints_in_force
from drieluik.data_sources.site_loading import LAYERS, load_site
from drieluik.errors import DrieluikError
from drieluik.job import run_case
from drieluik.model import Case, LayerState, SiteRequest
from drieluik.report.record import read_record
from drieluik.texts import sentence

CENTRE = (150_000.0, 450_000.0)
HIDDEN = "HIDDEN-WORDS-OF-ANOTHER-FILE"


@pytest.fixture
def listening():
    """A server on this computer, and what was asked of it."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - the name that the standard library calls

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()


def state(layer, path, folder):
    """The state and the sentences of one layer that is this file, the others left out."""
    site = load_site(SiteRequest(CENTRE, 100.0, {**{one.key: () for one in LAYERS}, layer: (str(path),)}), str(folder))
    (record,) = site.provenance_of(layer)
    assert all(sentence(note.code, note.as_dict(), lang) for note in record.notes for lang in ("nl", "en"))
    return site, record.state, [note.code for note in record.notes]


def vrt(source, inside=""):
    return (
        '<VRTDataset rasterXSize="9" rasterYSize="9"><GeoTransform>149990,1,0,450005,0,-1</GeoTransform>'
        f'<VRTRasterBand dataType="Byte" band="1" {inside}<SourceFilename relativetoVRT="0">{source}</SourceFilename>'
        "<ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>9</LineOffset></VRTRasterBand></VRTDataset>"
    )


@pytest.mark.parametrize(("name", "text"), [
    ("raw", vrt("{hidden}", 'subClass="VRTRawRasterBand">')),
    ("simple", vrt("/vsicurl/{url}/a.tif", "><SimpleSource>").replace("</VRTRasterBand>", "</SimpleSource></VRTRasterBand>")),
    ("wms", '<GDAL_WMS><Service name="TMS"><ServerUrl>{url}/a</ServerUrl></Service><DataWindow><UpperLeftX>149000</UpperLeftX><UpperLeftY>451000</UpperLeftY>'
     "<LowerRightX>151000</LowerRightX><LowerRightY>449000</LowerRightY><SizeX>20</SizeX><SizeY>20</SizeY></DataWindow><BandsCount>1</BandsCount></GDAL_WMS>"),
    ("grid", "ncols 3\nnrows 3\nxllcorner 149990\nyllcorner 449990\ncellsize 5\n1 2 3\n1 2 3\n1 2 3\n"),
])
def test_a_raster_that_is_a_list_of_other_things_is_not_followed(tmp_path, listening, name, text):
    url, asked = listening
    (tmp_path / "hidden").write_text(HIDDEN * 9)
    path = tmp_path / f"{name}.tif"
    path.write_text(text.replace("{hidden}", str(tmp_path / "hidden")).replace("{url}", url))
    site, told, codes = state("terrain", path, tmp_path)
    assert (told, codes, site.terrain, asked) == (LayerState.FAILED, ["sources_corrupt"], None, [])


@pytest.mark.parametrize("layer", ["bag", "parcels", "bgt", "plans"])
@pytest.mark.parametrize(("name", "text"), [
    ("far.gpkg", '<OGRVRTDataSource><OGRVRTLayer name="pand"><SrcDataSource>/vsicurl/{url}/a.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'),
    ("near.gpkg", '<OGRVRTDataSource><OGRVRTLayer name="pand"><SrcDataSource>{hidden}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'),
    ("table.csv", 'WKT,id\n"POLYGON((149990 449990,150010 449990,150010 450010,149990 449990))",1\n'),
    ("late.gpkg", 'fgb <OGRVRTDataSource><OGRVRTLayer name="pand"><SrcDataSource>{hidden}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'),
])
def test_a_layer_that_is_a_list_of_other_things_fails_and_asks_nobody(tmp_path, listening, layer, name, text):
    url, asked = listening
    hidden = tmp_path / "hidden.geojson"
    hidden.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"identificatie": HIDDEN}, "geometry": {
        "type": "Polygon", "coordinates": [[[149990, 449990], [150010, 449990], [150010, 450010], [149990, 449990]]]}}]}))
    (tmp_path / name).write_text(text.replace("{hidden}", str(hidden)).replace("{url}", url))
    _, told, codes = state(layer, tmp_path / name, tmp_path)
    assert told is LayerState.FAILED and codes in (["sources_other_kind"], ["plans_not_recognised"]) and asked == []


def database(path, *more):
    square = shapely.to_wkb(np.array([shapely.box(149_990, 449_990, 150_010, 450_010)], dtype=object))
    pyogrio.raw.write(str(path), square, [np.array(["0363100012345678"], dtype=object)], ["identificatie"], crs="EPSG:28992", driver="GPKG", geometry_type="Polygon", layer="pand")
    with sqlite3.connect(path) as opened:
        for text in more:
            opened.execute(text)
    return path


ENDLESS = "(WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t)"


@pytest.mark.parametrize("text", [
    "CREATE VIEW odd AS SELECT fid, geom, identificatie FROM pand, " + ENDLESS,  # noqa: S608 - a database that is hostile on purpose
    "CREATE VIEW odd AS SELECT fid FROM pand a, pand b, pand c UNION ALL SELECT fid FROM pand",
    "CREATE VIEW odd AS SELECT a.* FROM pand a, pand b, pand c, pand d WHERE 1",
    "CREATE VIEW odd AS SELECT fid, geom FROM pand WHERE fid < " + ENDLESS,  # noqa: S608
    "CREATE TABLE odd (fid INTEGER PRIMARY KEY, geom BLOB, word TEXT GENERATED ALWAYS AS (zeroblob(900000000)))",
    "CREATE TABLE odd (fid INTEGER PRIMARY KEY, word AS (zeroblob(900000000)))",
])
@pytest.mark.parametrize("layer", ["bag", "parcels"])
def test_a_database_that_computes_is_not_opened(tmp_path, layer, text):
    path = database(tmp_path / "bag.gpkg", text)
    site, told, codes = state(layer, path, tmp_path)
    assert (told, codes) == (LayerState.FAILED, ["sources_database_computes"])
    (record,) = site.provenance_of(layer)
    assert record.notes[0].as_dict()["name"] == "odd"


def test_a_virtual_table_is_no_layer_and_a_plain_view_hides_none(tmp_path):
    path = database(tmp_path / "virtual.gpkg")
    with sqlite3.connect(path) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        opened.execute("INSERT INTO sqlite_master VALUES ('table', 'odd', 'odd', 0, ?)", (f"CREATE VIRTUAL TABLE odd USING VirtualOGR('{tmp_path}')",))
    assert state("bag", path, tmp_path)[1:] == (LayerState.FAILED, ["sources_database_computes"])
    plain = database(tmp_path / "plain.gpkg", "CREATE VIEW some AS SELECT fid, identificatie FROM pand WHERE fid > 0")
    assert state("bag", plain, tmp_path)[1] is LayerState.LOADED


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.tif", "x.laz", "x.jsonl", "x.gml"])
@pytest.mark.parametrize("layer", [one.key for one in LAYERS])
def test_a_pipe_and_a_device_are_no_source(tmp_path, layer, name):
    os.mkfifo(tmp_path / name)
    assert state(layer, tmp_path / name, tmp_path)[1:] == (LayerState.FAILED, ["file_no_file"])
    assert state(layer, tmp_path, tmp_path)[1:] == (LayerState.FAILED, ["file_no_file"])  # and in a folder
    assert state(layer, "/dev/zero", tmp_path)[1:] == (LayerState.FAILED, ["file_no_file"])


@pytest.mark.parametrize("door", [read_case, read_ruleset, read_profile, read_record, text_files])
def test_a_pipe_and_a_device_are_no_case_no_rules_and_no_record(tmp_path, door):
    os.mkfifo(tmp_path / "x.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    for path in (tmp_path / "x.yaml", tmp_path / "zero.yaml"):
        with pytest.raises(DrieluikError) as caught:
            door(path)
        assert caught.value.code == "file_no_file"


def test_addresses_from_a_pipe(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "x.yaml")
    monkeypatch.setenv("DRIELUIK_ENDPOINTS", str(tmp_path / "x.yaml"))
    with pytest.raises(DrieluikError) as caught:
        endpoints_in_force()
    assert caught.value.code == "file_no_file"


def test_a_file_without_measure_is_no_case(tmp_path):
    with (tmp_path / "big.yaml").open("wb") as stream:
        stream.truncate(10**10)
    with pytest.raises(DrieluikError) as caught:
        read_case(tmp_path / "big.yaml")
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize("words", [{"rulesets": ("../hidden",)}, {"profiles": ("../hidden",), "rulesets": ("plan",)}])
def test_a_case_of_a_stranger_opens_no_other_file_as_rules(tmp_path, words):
    (tmp_path / "hidden").write_text(f"ruleset: {HIDDEN}\nplan: {HIDDEN}\n")
    (tmp_path / "case").mkdir()
    case = Case("1", "", SiteRequest(CENTRE, 50.0, {}), (), folder=str(tmp_path / "case"), **words)
    with pytest.raises(DrieluikError) as caught:
        run_case(case)
    assert caught.value.code == "file_no_yaml" and HIDDEN not in caught.value.message() + caught.value.details


def test_a_case_of_a_stranger_quotes_no_other_file_as_the_text_of_a_plan(tmp_path):
    (tmp_path / "id_rsa").write_text(HIDDEN)
    with pytest.raises(DrieluikError) as caught:
        text_files(tmp_path / "id_rsa")
    assert caught.value.code == "plan_text_other_kind" and HIDDEN not in caught.value.message()


def test_a_raster_is_a_geotiff(tmp_path):
    path = str(tmp_path / "good.tif")
    made = gdal.GetDriverByName("GTiff").Create(path, 20, 20, 1, gdal.GDT_Float32)
    made.SetGeoTransform((149_990.0, 1.0, 0, 450_010.0, 0, -1.0))
    made.GetRasterBand(1).Fill(2.0)
    del made
    assert state("terrain", Path(path), tmp_path)[1] is LayerState.LOADED
