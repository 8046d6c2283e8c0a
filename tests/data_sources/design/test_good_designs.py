"""Every good design of the shared set against its truth: lengths 0.01 m or 0.5 %, areas 1 %, pitch 1 degree, eaves 0.05 m."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from drieluik.command.inspection import inspect_group

GOOD = Path(__file__).resolve().parents[4] / "shared" / "designs" / "good"
TRUTH = json.loads((GOOD / "truth.json").read_text()) if (GOOD / "truth.json").exists() else {}
NAMES = sorted(name for name in TRUTH if name != "_about")
FZK = [name for name in NAMES if name.startswith("fzk_house")]
STOREYS = {"duplex_ifc2x3_epset_mapconversion.ifc": 2, "fzk_house_ifc4.ifc": 2, "nl_schependomlaan_structure.ifc": 4, "nl_gable_house_rd_ifc4x3.ifc": 3}

pytestmark = pytest.mark.skipif(not TRUTH, reason="the shared designs do not stand beside the project")


@pytest.fixture(scope="module")
def found():
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(NAMES, pool.map(lambda name: inspect_group([GOOD / name]), NAMES)))


def length(value: float) -> object:
    return pytest.approx(value, abs=max(0.01, 0.005 * abs(value)))


@pytest.mark.parametrize("name", NAMES)
def test_sizes_and_areas(found, name):
    got, truth = found[name], TRUTH[name]
    assert got["status"] in ("ok", "warn")
    size = truth.get("bbox_size_m") or truth.get("bbox_size_m_zup")
    if size is None and "bbox_max_m" in truth:
        size = (np.array(truth["bbox_max_m"]) - truth["bbox_min_m"]).tolist()
    if size:
        assert got["size_m"] == [length(value) for value in size]
        assert got["measures"]["height_m"] == length(size[2])
    whole = truth.get("footprint_all_filled_m2") or truth.get("footprint_filled_m2") or truth.get("footprint_m2") or truth.get("total_footprint_m2")
    if whole:
        assert got["measures"]["projection_m2"] == pytest.approx(whole, rel=0.01)
    if truth.get("footprint_walls_filled_m2"):
        assert got["measures"]["footprint_m2"] == pytest.approx(truth["footprint_walls_filled_m2"], rel=0.01)
    unit = truth.get("unit_scale_to_m") or truth.get("unit_in_file_to_m")
    if unit:
        assert got["unit_to_m"] == pytest.approx(unit)
    if "up_axis_in_file" in truth:
        assert got["up_axis"] == truth["up_axis_in_file"]
    if "triangles" in truth and not name.endswith(".ifc"):
        assert got["triangles"] == truth["triangles"]


@pytest.mark.parametrize("name", NAMES)
def test_roofs(found, name):
    got, truth = found[name]["measures"], TRUTH[name]
    for pitch, _ in truth.get("roof_pitches_deg_by_area", []):
        assert any(abs(pitch - known) <= 1.0 for known in got["roof_pitch_deg"])
    along = truth.get("roof_top_surface_z_along_wall_outline_m")
    if along:
        assert got["eaves_m"][0] == pytest.approx(along["min"], abs=0.05)
    gable = truth.get("gable") or truth.get("exact_by_construction")
    if gable:
        assert got["ridge_m"] == length(gable["ridge_m"])
        eaves = gable.get("eave_at_outer_wall_top_of_roof_m") or gable["eave_at_outer_wall_m"]
        assert got["eaves_m"] == [pytest.approx(eaves, abs=0.01)]
        assert got["eaves_drip_m"] == [pytest.approx(gable.get("gutter_drip_edge_top_m") or gable["gutter_drip_edge_m"], abs=0.01)]
    if "gross_volume_envelope_m3" in truth.get("exact_by_construction", {}):
        assert got["volume_m3"] == pytest.approx(truth["exact_by_construction"]["gross_volume_envelope_m3"], rel=0.001)
    if name in STOREYS:
        assert got["storeys"] == STOREYS[name]


@pytest.mark.parametrize("name", NAMES)
def test_places(found, name):
    got, truth = found[name]["georeference"], TRUTH[name]
    crs = truth.get("projected_crs", {}).get("Name", "") + str(truth.get("crs", ""))
    if "origin_RD" in truth:
        assert [got["easting_m"], got["northing_m"]] == pytest.approx(truth["origin_RD"], abs=0.001)
        assert got["rotation_deg"] == pytest.approx(truth["rotation_deg_ccw"], abs=0.01)
    elif "map_conversion" in truth:
        there = truth["map_conversion"]
        assert [got["easting_m"], got["northing_m"], got["height_m"]] == pytest.approx(
            [there["Eastings"], there["Northings"], there["OrthogonalHeight"]], abs=0.001
        )
        assert got["rotation_deg"] == pytest.approx(there["rotation_ccw_deg"], abs=0.01)
    elif "7415" in crs:
        assert got["method"] == "rd_coordinates"
    else:
        assert got is None


def test_one_house_in_seven_formats(found):
    reference = found["fzk_house_ifc4.ifc"]["measures"]
    for name in FZK:
        got = found[name]["measures"]
        for key in ("height_m", "ridge_m"):
            assert got[key] == pytest.approx(reference[key], abs=0.01)
        for key in ("projection_m2", "footprint_m2"):
            assert got[key] == pytest.approx(reference[key], abs=0.1)
        for key in ("eaves_m", "eaves_drip_m"):
            assert got[key] == [pytest.approx(value, abs=0.01) for value in reference[key]]


def test_contradictions_are_told(found):
    def codes(name):
        return {message["code"] for message in found[name]["messages"]}

    laan = next(m for m in found["nl_laan_op_zuid_massing_rd.ifc"]["messages"] if m["code"] == "design_latitude_differs")
    assert "108,6 m" in laan["text"]
    assert {"design_map_in_mm", "design_height_ambiguous", "design_map_scale_missing"} <= codes("nl_laan_op_zuid_massing_rd.ifc")
    assert {"design_other_crs", "design_latitude_default"} <= codes("duplex_ifc2x3_epset_mapconversion.ifc")
    assert {"design_latitude_default", "design_north_malformed"} <= codes("nl_schependomlaan_structure.ifc")
    assert found["nl_gable_house_rd_ifc4x3.ifc"]["status"] == "ok"
