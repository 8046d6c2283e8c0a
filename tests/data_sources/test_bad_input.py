"""Bad input: each its own sentence, and nothing else is lost."""

from __future__ import annotations

import json

import pytest

from drieluik.data_sources.case import case_from, case_to, read_case
from drieluik.data_sources.site_loading import load_site
from drieluik.errors import CaseError
from drieluik.model import LayerState, SiteRequest
from drieluik.texts import sentence

CASE = """
case: {id: Z1, title: Woning, application_date: 2026-05-01}
site: {centre: [84950, 447520], radius_m: 150, sources: {bgt: a.geojson, bag: [b.json, c.json], parcels: none}}
design: {files: [house.ifc]}
variants: [{files: [other.ifc], placement: {easting_m: 1, northing_m: 2, base_nap_m: 3}}]
rulesets: [rules.yaml]
"""


def written(tmp_path, text, name="case.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_case_file(tmp_path):
    case = read_case(written(tmp_path, CASE))
    assert case.site.sources == {"bgt": ("a.geojson",), "bag": ("b.json", "c.json"), "parcels": ()}
    assert [design.name for design in case.designs] == ["A", "B"]
    assert case.application_date == "2026-05-01"
    assert case.designs[1].placement.method == "case"
    assert case_from(case_to(case), case.folder, "again") == case


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("radius_m", "radius", ["'radius'", "'site'", "bedoelt u 'radius_m'"]),
        ("bgt:", "bgd:", ["'bgd'", "site.sources", "bedoelt u 'bgt'"]),
        ("[84950, 447520]", "[4.36, 52.01]", ["ligt niet in Nederland"]),
        ("{id: Z1", "{id: Z1, id: Z2", ["regel 2", "twee keer"]),
        ("design: {files: [house.ifc]}\n", "", ["'design'"]),
        ("files: [house.ifc]", "files: house.ifc", ["design.files"]),
        ("2026-05-01", "1 mei", ["JJJJ-MM-DD"]),
        ("rulesets:", "rulesets: {", ["YAML", "regel"]),
    ],
)
def test_faults_in_a_case_are_named(tmp_path, old, new, words):
    with pytest.raises(CaseError) as caught:
        read_case(written(tmp_path, CASE.replace(old, new, 1)))
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_missing_case(tmp_path):
    with pytest.raises(CaseError, match="bestaat niet"):
        read_case(tmp_path / "none.yaml")


def polygon(x, y, size=10):
    return [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]


def collection(*geometries, **extra):
    features = [{"type": "Feature", "properties": {"lokaal_id": str(i)}, "geometry": {"type": "Polygon", "coordinates": g}} for i, g in enumerate(geometries)]
    return json.dumps({"type": "FeatureCollection", "features": features, **extra})


CRS84 = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [
        (None, LayerState.FAILED, "sources_missing"),
        (collection(polygon(84950, 447520))[:-20], LayerState.FAILED, "sources_truncated"),
        ("<!DOCTYPE html><html>502</html>", LayerState.FAILED, "sources_html"),
        (collection(polygon(4.3, 52.0, 0.001)), LayerState.FAILED, "sources_degrees"),
        (collection(polygon(4.3, 52.0, 0.001), **CRS84), LayerState.FAILED, "sources_wrong_crs"),
        (collection(polygon(600000, 5760000)), LayerState.FAILED, "sources_not_rd"),
        (collection(), LayerState.EMPTY, "sources_empty"),
        (collection(polygon(184950, 447520)), LayerState.EMPTY, "sources_empty"),
        ("[1, 2]", LayerState.FAILED, "sources_not_features"),
    ],
)
def test_bad_layer_is_a_record_and_the_others_stand(tmp_path, text, state, code):
    if text is not None:
        written(tmp_path, text, "bgt_wegdeel.geojson")
    written(tmp_path, collection(polygon(84950, 447520)), "parcels.geojson")
    sources = dict.fromkeys(("plans", "bag", "terrain", "points", "buildings3d"), ())
    request = SiteRequest((84950.0, 447520.0), 50.0, {**sources, "bgt": ("bgt_wegdeel.geojson",), "parcels": ("parcels.geojson",)})
    site = load_site(request, str(tmp_path))
    assert site.state("bgt") is state
    note = site.provenance_of("bgt")[0].notes[-1]
    assert note.code == code
    assert sentence(note.code, note.as_dict())[0].isupper()
    assert "{" not in sentence(note.code, note.as_dict())
    assert len(site.parcels) == 1
    assert site.state("parcels") is LayerState.LOADED


@pytest.mark.parametrize(
    ("key", "name"),
    [("bgt", "bad.gpkg"), ("terrain", "bad.tif"), ("points", "bad.laz"), ("buildings3d", "bad.city.json"), ("plans", "bad.gml")],
)
def test_corrupt_file_of_each_kind(tmp_path, key, name):
    (tmp_path / name).write_bytes(b"SQLite format 3\0" + b"\xff" * 400)
    site = load_site(SiteRequest((84950.0, 447520.0), 50.0, {key: (name,)}), str(tmp_path))
    assert site.state(key) is LayerState.FAILED
    assert site.provenance_of(key)[0].notes[0].code in ("sources_corrupt", "sources_truncated", "sources_unreadable")


def test_layer_without_file_says_that_the_service_is_not_there_yet(tmp_path):
    site = load_site(SiteRequest((84950.0, 447520.0), 50.0, {}), str(tmp_path))
    assert {record.notes[0].code for record in site.provenance} == {"sources_no_service"}
