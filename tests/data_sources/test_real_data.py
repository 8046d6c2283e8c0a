"""The readers on real Dutch files: counts and heights that their README states."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
import shapely

from drieluik.data_sources.juridical.imro import plan_value, read_plan
from drieluik.data_sources.site import load_site
from drieluik.model import LayerState, SiteRequest

KINDS = {
    "EB": "enkelbestemming", "DB": "dubbelbestemming", "BV": "bouwvlak", "MV": "maatvoering", "BA": "bouwaanduiding",
    "FA": "functieaanduiding", "GA": "gebiedsaanduiding", "FI": "figuur",
}
PLANS = {
    "NL.IMRO.0267.BP0174-0001.gml": "EB235 DB2 BV260 MV200 BA172 FA141 GA2",
    "stationspleinzuidoost.gml": "EB11 DB4 BV25 MV26 BA3 FA11",
    "NL.IMRO.0664.BPBS03-ON99.gml": "EB13 DB1 BV9 MV14 FA9",
    "NL.IMRO.0202.974-0301.gml": "EB16 BV5 MV11 BA18",
    "NL.IMRO.0200.bp1416-ont1.gml": "EB5 BV5 MV8 FA3 GA2",
    "NL.IMRO.0345.UPDeOntmoetingDp7-ow01.gml": "EB1 DB1 BV1 MV6 BA7 FI1",
    "NL.IMRO.1930.BPRaadhuislaanSP-1001.gml": "EB1 DB1 BV1 MV4 BA1",
    "NL.IMRO.0798.BPDoornboom-ON01.gml": "EB4 MV12 BA4 FI7",
    "2008.gml": "EB84 DB6 BV88 MV8 FA18 GA7",
    "2012_10.gml": "EB84 DB2 BV34 MV28 FI3",
}


@pytest.mark.parametrize("name", PLANS)
def test_plan_objects_are_all_there(shared, name):
    areas, _ = read_plan(shared / "data" / "imro2012" / name)
    counts = Counter(area.kind for area in areas)
    expected = {KINDS[word[:2]]: int(word[2:]) for word in PLANS[name].split()}
    assert {kind: counts[kind] for kind in expected} == expected
    assert counts["plangebied"] == 1
    assert all(area.values for area in areas if area.kind == "maatvoering")


def test_nijkerk_values(shared):
    areas, _ = read_plan(shared / "data" / "imro2012" / "NL.IMRO.0267.BP0174-0001.gml")
    names = Counter(value.name for area in areas for value in area.values)
    assert (names["bouwhoogte"], names["goothoogte"], names["bebouwingspercentage"]) == (184, 118, 3)
    assert all(shapely.is_valid(area.geometry) for area in areas)


def test_plan_value_texts():
    value = plan_value("maatvoering; hoogte; bouwhoogte; maximum bouwhoogte (m)", "4,5")
    assert (value.name, value.qualifier, value.value, value.unit) == ("bouwhoogte", "maximum", 4.5, "m")
    assert plan_value("maximum aantal bouwlagen", "2 + kap").value is None
    assert plan_value("minimum goothoogte (m)", "3").qualifier == "minimum"


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
