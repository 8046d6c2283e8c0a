"""The readers on real Dutch files: counts and heights that their README states."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
import shapely

from drieluik.data_sources.site_loading import load_site
from drieluik.measure.surroundings.completion import completed
from drieluik.measure.surroundings.suspicions import suspicions
from drieluik.model import LayerState, SiteRequest

DELFT = {
    "bgt": ("derived/delft_bgt.gpkg",),
    "bag": (),
    "parcels": (),
    "plans": (),
    "terrain": ("derived/ahn3_derived_dtm_05m.tif",),
    "points": ("ahn3/ahn3_cropped_1.laz", "ahn3/ahn3_cropped_2.laz"),
    "buildings3d": ("3dbag/3dbag_v210908_tile5908_99pand.city.jsonl",),
}


@pytest.fixture(scope="module")
def delft(shared):
    return load_site(SiteRequest((84940.0, 447527.0), 140.0, DELFT), str(shared / "data" / "delft-site"))


def test_delft_layers_and_states(delft):
    states = {record.layer: record.state for record in delft.provenance}
    assert {key: state for key, state in states.items() if state is LayerState.LOADED}.keys() == {"bgt", "terrain", "points", "buildings3d"}
    assert states["bag"] is LayerState.NOT_ASKED
    counts = Counter(item.collection for item in delft.topography)
    assert 130 <= counts["pand"] <= 160
    assert counts["wegdeel"] > 100
    assert all(len(item.building_id) == 16 for item in delft.topography if item.collection == "pand" and item.building_id)


def test_delft_heights_agree_with_the_readme(delft, shared):
    """On the panden that 3DBAG and the derived table share, ground differs <= 0.01 m and the 70 % roof -0.16..+0.03 m."""
    path = shared / "data" / "delft-site" / "derived" / "bgt_pand_ahn3_hoogte.geojson"
    table = {f["properties"]["identificatie"][-16:]: f["properties"] for f in json.loads(path.read_text())["features"]}
    pairs = [(model, table[model.fid]) for model in delft.buildings3d if model.fid in table]
    assert len(pairs) == 12
    assert max(abs(m.ground_nap - t["h_maaiveld"]) for m, t in pairs) <= 0.011
    roof = [m.roof_nap - t["h_dak_70p"] for m, t in pairs]
    assert min(roof) > -0.17
    assert max(roof) < 0.17
    for model, _ in pairs:
        assert model.triangles[..., 2].max() <= 60
        assert set(model.semantics) <= {"roof", "wall", "ground", "other"}


def test_delft_terrain_gives_the_ground_levels_of_the_readme(delft, shared):
    """5th percentile of the raster within 4 m of a pand against the table's h_maaiveld (made from the points)."""
    path = shared / "data" / "delft-site" / "derived" / "bgt_pand_ahn3_hoogte.geojson"
    terrain, differences = delft.terrain, []
    for feature in json.loads(path.read_text())["features"]:
        ring = shapely.geometry.shape(feature["geometry"]).buffer(4)
        x, y = np.meshgrid(np.arange(ring.bounds[0], ring.bounds[2], 0.5), np.arange(ring.bounds[1], ring.bounds[3], 0.5))
        heights = terrain.sample(*(v.ravel()[shapely.contains_xy(ring, x.ravel(), y.ravel())] for v in (x, y)))
        heights = heights[np.isfinite(heights)]
        if len(heights) > 40:
            differences.append(np.percentile(heights, 5) - feature["properties"]["h_maaiveld"])
    assert len(differences) > 60
    assert abs(np.median(differences)) < 0.05
    assert 0.3 < np.isnan(terrain.heights).mean() < 0.7
    assert len(delft.points.xyz) > 500_000
    assert set(np.unique(delft.points.classification)) <= {1, 2, 6, 9, 26}


@pytest.fixture(scope="module")
def whole_delft(shared):
    """The whole sample, made whole after loading."""
    return completed(load_site(SiteRequest((84940.0, 447527.0), 200.0, DELFT), str(shared / "data" / "delft-site")))


def test_delft_has_160_of_160_panden_with_terrain_and_roof_heights(whole_delft, shared):
    """The blocks' heights are those of the derived table; the 12 panden of 3DBAG keep their own."""
    path = shared / "data" / "delft-site" / "derived" / "bgt_pand_ahn3_hoogte.geojson"
    table = {f["properties"]["identificatie"][-16:]: f["properties"] for f in json.loads(path.read_text())["features"]}
    models = {model.fid: model for model in whole_delft.buildings3d}
    assert len(table) == 160
    assert set(table) <= set(models)
    blocks = [models[fid] for fid in table if models[fid].lod == "extruded"]
    assert len(blocks) == 148
    assert max(abs(block.ground_nap - table[block.fid]["h_maaiveld"]) for block in blocks) <= 0.01
    assert max(abs(block.roof_nap - table[block.fid]["h_dak_70p"]) for block in blocks) <= 0.01
    assert all(model.ground_nap is not None and model.roof_nap is not None for model in models.values())
    assert not suspicions(whole_delft)


def test_delft_trees_are_found(whole_delft):
    heights = [tree.height_m for tree in whole_delft.trees]
    assert len(heights) > 200
    assert min(heights) >= 4 and max(heights) < 30
    buildings = shapely.union_all([item.geometry for item in whole_delft.topography if item.collection == "pand"])
    assert not any(buildings.contains(tree.geometry) for tree in whole_delft.trees)
    street = [tree for tree in whole_delft.trees if tree.geometry.distance(shapely.LineString([(84_828, 447_545), (84_880, 447_510.5)])) < 4]
    assert 8 <= len(street) <= 14  # a row along the water, about 6 m apart


def test_strijp_s_has_1300_trees(shared):
    folder = shared / "data" / "eindhoven-strijp-s"
    sources = dict.fromkeys(DELFT, ()) | {"bgt": ("bgt_vegetatieobject_punt.geojson", "bgt_paal.geojson"), "parcels": ("brk_perceel.geojson",)}
    site = load_site(SiteRequest((159_920.0, 384_190.0), 700.0, sources), str(folder))
    assert len(site.trees) == 1300
    assert sum(item.collection == "paal" for item in site.topography) == 1050
    assert len(site.parcels) == 431
