"""The demo: what is stored is what the generator makes, and the findings are the generator's truth."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
import shapely
from said import said

from drieluik.data_sources.case import read_case
from drieluik.job import run_case
from drieluik.model import LayerState, Verdict
from scenes import ROOT

DEMO = ROOT / "demo"
TRUTH = json.loads((DEMO / "truth.json").read_text())


@pytest.fixture(scope="module")
def review():
    return run_case(read_case(DEMO / "case.yaml"))


def finding(review, design, check, subject=""):
    return next(f for f in review.findings if (f.design, f.check) == (design, check) and subject in said(f))


def value(found, name):
    return next(m.value for m in found.measurements if m.name == name)


def test_every_layer_is_loaded(review):
    assert {record.state for record in review.inputs} == {LayerState.LOADED}
    assert {record.layer for record in review.inputs} == {"plans", "bag", "parcels", "bgt", "terrain", "points", "buildings3d", "design"}


def test_variant_a_breaks_three_rules_and_stands_partly_where_no_height_is_known(review):
    broken = {(f.check, said(f)) for f in review.findings if f.design == "A" and f.verdict is not Verdict.COMPLIES}
    assert broken == {
        ("within_building_plane", "bouwvlak"), ("max_building_height", "maximum bouwhoogte 8,5 m"), ("public_space_overlap", "openbare ruimte"),
        ("max_building_height", "bouwhoogte waar de kaart geen waarde toont"),
    }


def test_variant_b_complies_everywhere(review):
    assert {f.verdict for f in review.findings if f.design == "B"} == {Verdict.COMPLIES}


def test_values_are_the_generators_truth(review):
    truth = TRUTH["A"]
    height = finding(review, "A", "max_building_height", "8,5")
    assert value(height, "height_above_peil") == pytest.approx(truth["height_above_peil"], abs=0.01)
    assert value(height, "excess_height") == pytest.approx(truth["zones"]["8.5"]["excess_height"], abs=0.01)
    assert value(height, "excess_volume") == pytest.approx(truth["zones"]["8.5"]["excess_volume"], abs=0.01)
    plane = finding(review, "A", "within_building_plane")
    assert value(plane, "outside_area") == pytest.approx(truth["outside_area"], abs=0.1)
    assert value(plane, "outside_depth") == pytest.approx(truth["outside_depth"], abs=0.01)
    assert value(plane, "footprint") == pytest.approx(truth["footprint"], abs=0.1)
    assert value(finding(review, "A", "public_space_overlap"), "overlap_area") == pytest.approx(truth["overlap_area"], abs=0.1)
    for design in "AB":
        assert value(finding(review, design, "max_coverage_pct"), "coverage") == pytest.approx(TRUTH[design]["coverage_pct"], abs=0.1)


def test_the_envelope_is_the_generators_truth(review):
    for design in "AB":
        truth = TRUTH[design]
        eaves = finding(review, design, "max_eaves_height")
        assert (eaves.measurements[0].value, value(eaves, "eaves_wall_plane")) == (
            pytest.approx(truth["eaves_drip"], abs=0.002), pytest.approx(truth["eaves_wall_plane"], abs=0.01)
        )
        pitch = finding(review, design, "roof_pitch_range")
        assert [m.value for m in pitch.measurements if m.name == "plane_pitch"] == pytest.approx([truth["pitch_deg"]] * 2, abs=0.01)
        assert value(finding(review, design, "max_area"), "area") == pytest.approx(truth["footprint"], abs=0.05)
        volume = finding(review, design, "max_volume").measurements[0]
        assert abs(volume.value - truth["volume"]) < volume.uncertainty
        assert finding(review, design, "max_storeys").measurements[0].value == truth["storeys"]


def test_surroundings_are_the_generators_truth(review):
    for design in "AB":
        truth = TRUTH[design]
        side = finding(review, design, "min_distance_side_boundary")
        assert value(side, "distance") == pytest.approx(truth["side_distance"], abs=0.002)
        ground = finding(review, design, "overlay_hit")
        assert (said(ground), value(ground, "disturbed_area")) == ("Waarde - Archeologie 4", pytest.approx(truth["disturbed_area"], abs=0.1))
        mill = finding(review, design, "mill_biotope").measurements[0]
        assert (mill.value, mill.limit) == (pytest.approx(truth["mill_height"], abs=0.002), pytest.approx(truth["mill_limit"], abs=0.002))


def test_the_same_house_as_a_mesh_gives_the_same_values(review):
    mesh = run_case(read_case(DEMO / "case_glb.yaml"))
    for check, subject in (("within_building_plane", ""), ("max_building_height", "8,5"), ("max_coverage_pct", ""), ("public_space_overlap", ""), ("mill_biotope", "")):
        a, b = finding(review, "A", check, subject), finding(mesh, "A", check, subject)
        assert a.verdict is b.verdict
        assert a.measurements[0].value == pytest.approx(b.measurements[0].value, abs=0.01)


def test_excess_volume_is_a_closed_solid(review):
    import trimesh

    evidence = next(e for e in finding(review, "A", "max_building_height", "8,5").evidence if e.role == "excess_volume")
    mesh = trimesh.Trimesh(**trimesh.triangles.to_kwargs(evidence.triangles - evidence.triangles[0, 0]))
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx(TRUTH["A"]["zones"]["8.5"]["excess_volume"], abs=0.001)


def test_ended_and_gone_objects_are_dropped(review):
    assert not any(t.function == "fietspad" for t in review.site.topography)
    assert not any("gesloopt" in b.status for b in review.site.registered_buildings)


def test_ground_tiles_neither_overlap_nor_leave_gaps(review):
    # green cut around trees etc. keeps every square metre in exactly one object
    tiles = [t.geometry for t in review.site.topography if t.geometry.geom_type in ("Polygon", "MultiPolygon")]
    circle = shapely.Point(review.site.centre).buffer(80)
    parts = shapely.intersection(tiles, circle)
    assert shapely.union_all(parts).area == pytest.approx(circle.area, rel=1e-4)
    assert shapely.area(parts).sum() == pytest.approx(circle.area, rel=1e-4)


def test_stored_files_are_small_and_made_by_the_generator(tmp_path, monkeypatch):
    size = sum(f.stat().st_size for f in DEMO.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    assert size < 3_000_000
    monkeypatch.syspath_prepend(str(DEMO))
    for name in [name for name in sys.modules if name == "generator" or name.startswith("generator.")]:
        del sys.modules[name]
    from generator import house, neighbourhood, plan, sources

    rng = np.random.default_rng(1848)
    built, trees = neighbourhood.houses(rng), neighbourhood.trees(rng)
    assert len(built) == TRUTH["buildings"]
    assert 75 <= len(built) <= 85
    sources.write_bgt(tmp_path, built, trees)
    sources.write_bag(tmp_path, built)
    sources.write_3dbag(tmp_path, built)
    plan.write_plan(tmp_path / "plan.gml", built)
    house.write_house(house.A, tmp_path / "house_A.ifc")
    for made in tmp_path.iterdir():
        stored = DEMO / ("designs" if made.suffix == ".ifc" else "data") / made.name
        if made.suffix == ".ifc":
            assert made.read_text().split("DATA;")[1] == stored.read_text().split("DATA;")[1]
        elif made.suffix == ".geojson":
            assert len(json.loads(made.read_text())["features"]) == len(json.loads(stored.read_text())["features"])
        else:
            assert abs(made.stat().st_size - stored.stat().st_size) < 0.01 * stored.stat().st_size


def test_the_sun_of_the_neighbours():
    """Variant A takes at most the sun that its norm lets it take: every dwelling keeps two hours, and the extra shadow is counted."""
    found = run_case(read_case(DEMO / "case_sun.yaml")).findings
    facades = [f for f in found if f.check == "sun_hours_facade"]
    assert len(facades) > 20 and {f.verdict for f in facades} == {Verdict.COMPLIES}
    extra = {f.design: value(f, "extra_shadow") for f in found if f.check == "shadow_study"}
    assert extra["A"] > extra["B"] > 0
