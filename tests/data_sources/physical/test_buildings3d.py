"""3DBAG as API pages, gzip tiles and files; levels of detail; what a broken file says."""

from __future__ import annotations

import gzip
import json

import pytest
from shapely import box

from drieluik.data_sources.physical.buildings3d import read_buildings3d
from drieluik.errors import SourceError

EVERYWHERE = box(0, 300_000, 300_000, 650_000)
CUBE = [[x, y, z] for z in (0, 3000) for x, y in ((0, 0), (10_000, 0), (10_000, 8000), (0, 8000))]
FACES = [[[0, 3, 2, 1]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]]
NAMES = ["GroundSurface", "RoofSurface", "WallSurface"]


def solid(lod, faces=FACES):
    semantics = {"surfaces": [{"type": name} for name in NAMES], "values": [[0, 1, 2, 2, 2, 2]]}
    return {"type": "Solid", "lod": lod, "boundaries": [faces], "semantics": semantics}


def feature(number, geometries, attributes=None):
    fid = f"NL.IMBAG.Pand.05031000000000{number:02d}"
    given = {"identificatie": fid, "b3_h_maaiveld": 1.0, "b3_h_dak_70p": 4.0, **(attributes or {})}
    return {
        "type": "CityJSONFeature", "id": fid, "vertices": CUBE, "CityObjects": {
            fid: {"type": "Building", "attributes": given, "children": [f"{fid}-0"], "geometry": [{"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 1, 2, 3]]]}]},
            f"{fid}-0": {"type": "BuildingPart", "parents": [fid], "geometry": geometries},
        },
    }


def transform(x, y):
    return {"scale": [0.001] * 3, "translate": [x, y, 1.0]}


def page(x, y, *features):
    head = {"type": "CityJSON", "version": "2.0", "transform": transform(x, y), "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"}}
    return {"metadata": head, "features": list(features), "links": [], "numberMatched": 2, "numberReturned": len(features)}


def read(tmp_path, content, name="b.json", box=EVERYWHERE):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_buildings3d([path], box)


def test_each_page_has_its_own_transform(tmp_path):
    pages = [page(100_000, 450_000, feature(1, [solid("2.2")])), page(120_000, 470_000, feature(2, [solid("2.2")]))]
    models, _ = read(tmp_path, pages)
    assert [tuple(m.triangles.reshape(-1, 3).min(axis=0)) for m in models] == [(100_000, 450_000, 1), (120_000, 470_000, 1)]
    (one,), _ = read(tmp_path, pages[1])
    assert one.fid == "0503100000000002"
    single = {"metadata": pages[0]["metadata"], "feature": pages[0]["features"][0]}
    assert read(tmp_path, single)[0][0].fid == "0503100000000001"


def test_a_sequence_may_change_its_transform(tmp_path):
    lines = []
    for x, number in ((100_000, 1), (110_000, 2)):
        lines += [json.dumps({"type": "CityJSON", "version": "2.0", "transform": transform(x, 450_000), "CityObjects": {}, "vertices": []})]
        lines += [json.dumps(feature(number, [solid("2.2")]))]
    models, _ = read(tmp_path, "\n".join(lines).encode(), "b.city.jsonl")
    assert [m.triangles[..., 0].min() for m in models] == [100_000, 110_000]


@pytest.mark.parametrize("system", ["https://www.opengis.net/def/crs/EPSG/0/4979", "urn:ogc:def:crs:EPSG::4979"])
def test_another_coordinate_system_is_refused_by_name(tmp_path, system):
    head = {"type": "CityJSON", "version": "2.0", "transform": transform(100_000, 450_000), "metadata": {"referenceSystem": system}, "CityObjects": {}, "vertices": []}
    lines = "\n".join(json.dumps(one) for one in (head, feature(1, [solid("2.2")])))
    with pytest.raises(SourceError) as caught:
        read(tmp_path, lines.encode())
    assert caught.value.code == "sources_wrong_crs" and " 4979;" in str(caught.value)


def test_a_gzip_tile(tmp_path):
    thing = feature(1, [solid("2.2")])
    tile = {"type": "CityJSON", "version": "2.0", "transform": transform(100_000, 450_000), "CityObjects": thing["CityObjects"], "vertices": CUBE}
    (model,), _ = read(tmp_path, gzip.compress(json.dumps(tile).encode()), "9-1-1.city.json.gz")
    assert (model.ground_nap, model.roof_nap, len(model.triangles)) == (1.0, 4.0, 12)
    with pytest.raises(SourceError) as caught:
        read(tmp_path, gzip.compress(json.dumps(tile).encode())[:-40], "cut.city.json.gz")
    assert caught.value.code == "sources_corrupt"


@pytest.mark.parametrize("geometries, lod", [
    ([solid("1.2"), solid("1.3"), solid("2.2")], "2.2"), ([solid(1.2), solid(1.3)], "1.3"), ([solid("1.2")], "1.2"), ([solid("2.2", []), solid("1.3")], "1.3"),
    ([solid("1.1")], "1.1"), ([solid(1)], "1"),
])
def test_the_best_level_of_detail_that_has_faces(tmp_path, geometries, lod):
    (model,), _ = read(tmp_path, page(100_000, 450_000, feature(1, geometries)))
    assert model.lod == lod
    assert sorted(set(model.semantics)) == ["ground", "roof", "wall"]


def test_an_outline_alone_is_no_model(tmp_path):
    models, notes = read(tmp_path, page(100_000, 450_000, feature(1, [])))
    assert models == ()
    assert [note.as_dict()["count"] for note in notes] == [1]


def test_old_names_and_heights_that_are_none(tmp_path):
    old = feature(1, [solid("2.2")], {"h_maaiveld": 0.5, "h_dak_70p": 3.5, "b3_h_maaiveld": None, "b3_h_dak_70p": None})
    (model,), _ = read(tmp_path, page(100_000, 450_000, old))
    assert (model.ground_nap, model.roof_nap) == (0.5, 3.5)
    nothing = feature(1, [solid("2.2")], {"b3_h_maaiveld": "onbekend", "b3_h_dak_70p": float("inf")})
    (model,), _ = read(tmp_path, json.dumps(page(100_000, 450_000, nothing)).encode())
    assert (model.ground_nap, model.roof_nap) == (None, None)


def test_only_what_touches_the_box_and_not_outside_rd(tmp_path):
    assert read(tmp_path, page(100_000, 450_000, feature(1, [solid("2.2")])), box=box(100_200, 450_000, 100_300, 450_100))[0] == ()
    with pytest.raises(SourceError) as caught:
        read(tmp_path, page(3_920_000, 300_000, feature(1, [solid("2.2")])))
    assert caught.value.code == "sources_not_rd"
    with pytest.raises(SourceError):
        read(tmp_path, {"type": "FeatureCollection", "features": []})


def test_real_files_of_three_ages(shared):
    folder = shared / "data" / "3dbag"
    counts = {"3dbag_b2.city.jsonl": 2, "3dbag_v20240420_3pand.city.jsonl": 3, "3dbag_v210908_delft_west_52pand.city.jsonl": 52}
    for name, count in counts.items():
        models, _ = read_buildings3d([folder / name], EVERYWHERE)
        assert len(models) == count
        assert all(m.lod == "2.2" and len(m.fid) == 16 and m.ground_nap is not None and m.roof_nap is not None for m in models)


@pytest.mark.parametrize(("words", "failing"), [
    ({"b3_kwaliteitsindicator": False, "b3_h_nok": 9.1}, ("b3_kwaliteitsindicator=False",)), ({"b3_kwaliteitsindicator": True, "b3_h_nok": 9.1}, ()),
    ({"b3_kwaliteitsindicator": False, "b3_n_nok": 0}, ("b3_kwaliteitsindicator=False",)), ({"b3_kwaliteitsindicator": False}, ()), ({"b3_h_nok": 9.1}, ()),
])
def test_what_3dbag_makes_of_the_quality_counts_since_it_means_something(tmp_path, words, failing):
    """Before the release that brought the ridge (2025.09.03) it was false for every building."""
    ((one,), _) = read(tmp_path, page(100_000, 450_000, feature(1, [solid("2.2")], words)))
    assert one.failings == failing
