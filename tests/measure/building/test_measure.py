"""Sections, footprints, heights and solids against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import trimesh
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

import scenes
from drieluik.measure.building import footprint, height
from drieluik.measure.plan.peil import resolve_peil
from drieluik.measure.plane import sections, solids
from drieluik.model import Level, Part
from scenes import GROUND, box_part, gable_part, shift

HOUSE = gable_part(0, 0, 10, 8, 6, 9)


def test_excess_above_a_plane_is_a_closed_solid_with_the_exact_volume():
    # the ridge stands 1 m out over a width of 8/3 m and a length of 10 m: a triangular prism
    triangles, volume, open_parts = solids.above([HOUSE], GROUND + 8)
    assert volume == pytest.approx(0.5 * 1 * 8 / 3 * 10, abs=1e-6)
    assert open_parts == 0
    mesh = trimesh.Trimesh(**trimesh.triangles.to_kwargs(triangles - triangles[0, 0]))
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx(volume, abs=1e-6)


def test_excess_inside_a_zone_only():
    assert solids.above([HOUSE], GROUND + 8, shift(box(0, 0, 4, 20)))[1] == pytest.approx(4 * 4 / 3, abs=1e-6)


def test_overlapping_bodies_count_once():
    twice = [box_part(0, 0, 4, 4, 0, 5), box_part(2, 0, 6, 4, 0, 5, fid="other")]
    assert solids.above(twice, GROUND + 3)[1] == pytest.approx(6 * 4 * 2)


def test_open_part_is_named_not_guessed():
    lid = scenes.box_part(0, 0, 4, 4, 0, 5)
    opened = type(lid)(lid.fid, lid.vertices, lid.faces[2:], closed=False)
    triangles, volume, open_parts = solids.above([opened], GROUND + 3)
    assert (len(triangles), volume, open_parts) == (0, 0.0, 1)


@given(st.floats(0.1, 7.9))
def test_highest_point_in_a_strip_lies_on_its_edge(y):
    found = height.highest_point(HOUSE.triangles, shift(box(0, 0, 10, y)))
    assert found[2] - GROUND == pytest.approx(6 + 3 * min(y, 4) / 4, abs=1e-6)


@given(st.floats(0, 360), st.integers(0, 5))
def test_measures_do_not_change_under_turning_and_renumbering(angle, seed):
    turn = trimesh.transformations.rotation_matrix(np.radians(angle), [0, 0, 1], HOUSE.vertices.mean(axis=0))
    order = np.random.default_rng(seed).permutation(len(HOUSE.vertices))
    vertices = trimesh.transform_points(HOUSE.vertices, turn)
    moved = type(HOUSE)("m", vertices[np.argsort(order)], order[HOUSE.faces], closed=True)
    assert footprint.projection([moved]).area == pytest.approx(80, abs=1e-6)
    assert footprint.wall_enclosed([moved], (), GROUND)[0].area == pytest.approx(80, abs=1e-4)
    assert solids.above([moved], GROUND + 8)[1] == pytest.approx(40 / 3, abs=1e-6)


def test_section_fills_rooms_and_ignores_loose_parts():
    walls = [box_part(0, 0, 10, 0.3, 0, 3), box_part(0, 7.7, 10, 8, 0, 3), box_part(0, 0, 0.3, 8, 0, 3), box_part(9.7, 0, 10, 8, 0, 3)]
    assert sections.enclosed(walls, GROUND + 1).area == pytest.approx(80)


def test_roof_overhang_does_not_count_but_a_storey_that_stands_out_does():
    body, overhang = box_part(0, 0, 10, 10, 0, 6), box_part(-0.6, -0.6, 10.6, 10.6, 6, 6.2, kind="roof")
    storey = box_part(0, 10, 10, 11, 3, 6)
    area, method = footprint.wall_enclosed([body, overhang], (), GROUND)
    assert (area.area, method) == (pytest.approx(100), "slices")
    levels = (Level("00", GROUND), Level("01", GROUND + 3))
    assert footprint.wall_enclosed([body, overhang, storey], levels, GROUND)[0].area == pytest.approx(110)


def test_projection_of_an_open_mesh_equals_that_of_the_closed_one():
    opened = type(HOUSE)("o", HOUSE.vertices, HOUSE.faces, closed=False)
    assert footprint.projection([opened]).symmetric_difference(footprint.projection([HOUSE])).area < 1e-6


def test_candidate_minor_part_is_upright_and_small():
    roof, lift = box_part(0, 0, 20, 10, 0, 10.9), box_part(5, 2, 9, 5, 10.9, 12.4)
    assert height.minor_candidates([roof, lift], GROUND + 11, 200).area == pytest.approx(12, abs=0.2)
    assert height.minor_candidates([HOUSE], GROUND + 8.8, 80).is_empty


def test_peil_of_the_officer_is_exact_and_without_answer_proposed_with_doubt():
    site = scenes.site()
    outline = shift(box(5, 5, 15, 15))
    chosen = resolve_peil({"peil": {"method": "nap_value", "nap_m": 1.2}}, site, outline)
    assert chosen.chosen.nap_m == 1.2
    assert chosen.chosen.sources == ()
    proposed = resolve_peil({}, site, outline)
    assert {c.method: c.nap_m for c in proposed.candidates} == {"road_at_main_entrance": 1.0, "finished_ground_adjoining": 1.0}
    assert [candidate.sources[0].value for candidate in proposed.candidates] == [0.10, 0.10]


def test_peil_without_terrain_is_unknown():
    assert resolve_peil({}, scenes.site(terrain=None), shift(box(5, 5, 15, 15))).levels == ()


def test_projection_keeps_holes():
    ring = shapely.difference(box(0, 0, 10, 10), box(3, 3, 7, 7))
    frame = [box_part(*b, 0, 1) for b in ((0, 0, 10, 3), (0, 7, 10, 10), (0, 3, 3, 7), (7, 3, 10, 7))]
    assert footprint.projection(frame).area == pytest.approx(ring.area)


@given(st.floats(-1, 11), st.floats(-1, 11))
def test_points_in_polygons(x, y):
    from drieluik.measure.plane.inside import inside

    frame = shapely.difference(box(0, 0, 10, 10), box(3, 3, 7, 7))
    point = shapely.Point(x, y)
    if point.distance(frame.boundary) > 1e-9:
        assert inside(frame, np.array([[x, y]]))[0] == frame.contains(point)


def test_a_courtyard_is_not_enclosed_but_a_house_without_a_roof_is():
    ring = shapely.Polygon([(0, 0), (12, 0), (12, 12), (0, 12)], [[(4, 4), (8, 4), (8, 8), (4, 8)]])
    thin = shapely.Polygon([(0, 0), (12, 0), (12, 12), (0, 12)], [[(0.3, 0.3), (11.7, 0.3), (11.7, 11.7), (0.3, 11.7)]])
    for outline, expected in ((ring, 128.0), (thin, 144.0)):
        mesh = trimesh.creation.extrude_polygon(outline, 6.0)
        part = Part("p", mesh.vertices + [0, 0, GROUND], mesh.faces, "building", closed=True)
        area = footprint.wall_enclosed([part], (), GROUND)[0]
        assert footprint.without_courtyards(area, footprint.projection([part])).area == pytest.approx(expected, abs=1e-4)
