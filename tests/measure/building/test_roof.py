"""Roof planes, eaves, dormers, volume and storeys on shapes whose numbers can be worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from drieluik.measure.building.eaves import eaves_edges
from drieluik.measure.building.footprint import wall_enclosed
from drieluik.measure.building.roof import RoofView
from drieluik.measure.building.roof_objects import on_the_roof
from drieluik.measure.building.storey_levels import storey_range, storeys_of
from drieluik.measure.building.volume import Body, gross_volume
from drieluik.model import Level, Part
from scenes import GROUND, box_part, gable_part, shift


def seen(*parts):
    view = RoofView(parts, GROUND)
    return view, wall_enclosed(parts, (), GROUND)[0]


def kinds(edges):
    return sorted((edge.kind, round(edge.length, 2), round(edge.wall_plane - GROUND, 3), round(edge.drip - GROUND, 3)) for edge in edges)


def test_golden_house():
    """FX of the spec: eaves 5.80, ridge 9.80, pitch 38.66 degrees, 580 + 200 = 780 m3."""
    house = gable_part(0, 5, 10, 15, 5.8, 9.8)
    view, outline = seen(house)
    assert view.ridge - GROUND == pytest.approx(9.8)
    assert [plane.pitch_deg for plane in view.planes] == pytest.approx([38.66, 38.66], abs=0.005)
    assert [plane.area_m2 for plane in view.planes] == pytest.approx([10 * math.hypot(5, 4)] * 2, rel=0.005)
    assert sorted(plane.azimuth_deg for plane in view.planes) == pytest.approx([0, 180], abs=1e-6)
    edges = eaves_edges(view, outline)
    assert [entry for entry in kinds(edges) if entry[0] == "eaves"] == [("eaves", 10.0, 5.8, 5.8)] * 2
    assert sum(edge.kind == "gable" for edge in edges) == 2
    volume = gross_volume(Body([house], view), outline, GROUND)
    assert (volume.method, volume.bound_m3) == ("solid", 0.0)
    assert volume.value_m3 == pytest.approx(780, abs=1e-6)
    assert view.volume_under(outline, GROUND) == pytest.approx(780, rel=5e-4)


def test_flat_extension_and_shed_of_the_golden_scene():
    view, outline = seen(box_part(0, 15, 10, 18, 0, 3.3))
    assert view.ridge is None and view.pitches() == (0.0,)
    assert {entry[0::2] for entry in kinds(eaves_edges(view, outline))} == {("flat", 3.3)}
    view, outline = seen(gable_part(6, 34, 10, 39, 2.6, 4.2))
    assert view.ridge - GROUND == pytest.approx(4.2)
    assert min(edge.wall_plane for edge in eaves_edges(view, outline)) - GROUND == pytest.approx(2.6)


def slab(points, thickness=0.2, kind="roof", fid="roof"):
    """A closed prism: ``points`` (4, 3) the top, counter-clockwise from above, in local metres."""
    top = np.array(points, float) + np.array([*np.array(shift(box(0, 0, 1, 1)).bounds[:2]), GROUND])
    bottom = top - [0, 0, thickness]
    faces = [[0, 1, 2], [0, 2, 3], [6, 5, 4], [7, 6, 4]]
    for i in range(4):
        j = (i + 1) % 4
        faces += [[i, i + 4, j + 4], [i, j + 4, j]]
    return Part(fid, np.vstack([top, bottom]), np.array(faces), kind=kind, closed=True)


def test_overhang_has_two_readings_of_the_eaves():
    """Walls 10 x 6 m, roof of 45 degrees with 0.5 m overhang: 3.0 in the wall's plane, 2.5 at the drip edge."""
    walls = gable_part(0, 0, 10, 6, 2.9, 5.9, kind="wall")
    south = slab([(-0.5, -0.5, 2.5), (10.5, -0.5, 2.5), (10.5, 3, 6.0), (-0.5, 3, 6.0)])
    north = slab([(-0.5, 3, 6.0), (10.5, 3, 6.0), (10.5, 6.5, 2.5), (-0.5, 6.5, 2.5)], fid="north")
    parts = [walls, south, north]
    view = RoofView(parts, GROUND)
    outline = wall_enclosed(parts, [Level("begane grond", GROUND)], GROUND)[0]
    assert outline.area == pytest.approx(60, abs=0.01)
    assert [e for e in kinds(eaves_edges(view, outline)) if e[0] == "eaves"] == [("eaves", 10.0, 3.0, 2.5)] * 2
    assert view.ridge - GROUND == pytest.approx(6.0)


def test_pent_roof_has_one_eaves():
    roof = slab([(0, 0, 3), (8, 0, 3), (8, 5, 4), (0, 5, 4)], thickness=2.9, kind="building")
    view, outline = seen(roof)
    edges = eaves_edges(view, outline)
    assert [e for e in kinds(edges) if e[0] == "eaves"] == [("eaves", 8.0, 3.0, 3.0)]
    assert view.planes[0].pitch_deg == pytest.approx(math.degrees(math.atan(1 / 5)))
    assert view.planes[0].azimuth_deg == pytest.approx(180)


def test_dormer_with_its_four_distances_and_a_chimney():
    """Roof of 45 degrees: a dormer 3 m wide whose front stands 0.8 m (plan) inside the eaves, a chimney of 0.6 m."""
    parts = [gable_part(0, 0, 10, 8, 5, 9), box_part(3, 5.5, 6, 7.2, 5, 7.9), box_part(8, 2, 8.6, 2.6, 5, 9.5)]
    found = {thing.kind: thing for thing in on_the_roof(RoofView(parts, GROUND))}
    dormer, slope = found["dormer"], math.sqrt(2)
    assert dormer.width == pytest.approx(3.0)
    assert dormer.to_foot == pytest.approx(0.8 * slope)
    assert dormer.to_ridge == pytest.approx(1.5 * slope)
    assert sorted((dormer.to_left, dormer.to_right)) == pytest.approx([3.0, 4.0])
    assert dormer.rise == pytest.approx(7.9 - (9 - 3.2), abs=0.05)
    assert found["chimney"].width == pytest.approx(0.6)


def test_tagged_chimney_is_no_roof():
    parts = [gable_part(0, 0, 10, 8, 5, 9), box_part(8, 2, 8.6, 2.6, 5, 11, kind="chimney")]
    view = RoofView(parts, GROUND)
    assert on_the_roof(view) == () and view.ridge - GROUND == pytest.approx(9.0)


def test_dormer_in_the_facade_is_told_from_the_eaves():
    parts = [gable_part(0, 0, 12, 8, 5, 9), box_part(4, 0, 7, 3, 5, 7.6)]
    view, outline = seen(*parts)
    south = [edge for edge in eaves_edges(view, outline) if abs(edge.line[:, 1] - shift(box(0, 0, 1, 1)).bounds[1]).max() < 0.01]
    assert [(edge.kind, round(edge.wall_plane - GROUND, 2)) for edge in south] == [("eaves", 5.0), ("dormer", 7.6), ("eaves", 5.0)]


def test_hollow_model_has_no_solid_volume():
    """Four walls and a lid: what stands under the roof, as an envelope when all is closed, an estimate when the lid is open."""
    walls = [
        box_part(0, 0, 10, 0.3, 0, 3, kind="wall", fid="s"), box_part(0, 5.7, 10, 6, 0, 3, kind="wall", fid="n"),
        box_part(0, 0.3, 0.3, 5.7, 0, 3, kind="wall", fid="w"), box_part(9.7, 0.3, 10, 5.7, 0, 3, kind="wall", fid="e"),
    ]
    lid = box_part(0, 0, 10, 6, 3, 3.2, kind="roof", fid="lid")
    for top, method in ((lid, "envelope"), (replace(lid, closed=False), "estimate")):
        parts = [*walls, top]
        view = RoofView(parts, GROUND)
        volume = gross_volume(Body(parts, view), wall_enclosed(parts, (), GROUND)[0], GROUND)
        assert volume.method == method
        assert volume.value_m3 == pytest.approx(10 * 6 * 3.2, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(height=st.floats(-1, 12), eaves=st.floats(2.5, 6), rise=st.floats(0.5, 5))
def test_volume_above_a_plane_is_exact(height, eaves, rise):
    from drieluik.measure.plane.solids import above, volume_above

    house = gable_part(0, 0, 10, 8, eaves, eaves + rise)
    exact = volume_above(house.triangles, GROUND + height)
    assert exact == pytest.approx(above([house], GROUND + height)[1], abs=1e-6)
    if height <= 0:
        assert exact == pytest.approx(80 * (eaves + rise / 2), rel=1e-9)


def test_storeys_of_a_level_list():
    names = [("Bk Putvloer", -1.4), ("Bk fundering", -0.75), ("Begane grondvloer", 0.0), ("1e Verdiepingvloer", 3.0), ("2e Verdiepingvloer", 6.0),
             ("3e Verdiepingsvloer", 9.0), ("Dakvloer", 11.84), ("aanzicht dakvloer", 12.0), ("Dak lift", 12.8)]
    found = storeys_of([Level(*entry) for entry in names], 0.0, 12.998)
    assert [level.elevation_nap for level in found.above] == [0, 3, 6, 9]
    assert found.basements == ()
    cellar = storeys_of([Level("Kelder", -2.8), Level("00", 0.0)], 0.0, 6.0)
    assert [level.name for level in cellar.basements] == ["Kelder"]
    assert storeys_of([Level("NAP", 4.25)], 0.0, 40.0) is None
    assert storey_range(9.1) == (2, 4)


@settings(max_examples=25, deadline=None)
@given(
    turn=st.floats(0, 360), east=st.floats(0, 280_000), north=st.floats(310_000, 620_000), eaves=st.floats(2.5, 9), rise=st.floats(1.5, 6),
    width=st.floats(5, 14), order=st.randoms(use_true_random=False),
)
def test_measures_do_not_change_under_turning_moving_and_renumbering(turn, east, north, eaves, rise, width, order):
    house = gable_part(0, 0, 10, width, eaves, eaves + rise)
    angle = math.radians(turn)
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    vertices = house.vertices.copy()
    origin = vertices[0, :2].copy()
    vertices[:, :2] = (vertices[:, :2] - origin) @ rotation.T + (east, north)
    faces = house.faces[order.sample(range(len(house.faces)), len(house.faces))]
    moved = replace(house, vertices=vertices, faces=np.vstack([faces, faces[:3]]), closed=False)
    view, outline = seen(moved)
    assert view.ridge == pytest.approx(GROUND + eaves + rise, abs=1e-6)
    assert view.pitches()[0] == pytest.approx(math.degrees(math.atan2(rise, width / 2)), abs=0.06)
    low = min(edge.wall_plane for edge in eaves_edges(view, outline) if edge.kind == "eaves")
    assert low == pytest.approx(GROUND + eaves, abs=1e-3)
    assert view.volume_under(outline, GROUND) == pytest.approx(10 * width * (eaves + rise / 2), rel=2e-3)


@settings(max_examples=15, deadline=None)
@given(scale=st.floats(0.6, 4))
def test_measures_scale(scale):
    view, outline = seen(gable_part(0, 0, 10 * scale, 8 * scale, 5 * scale, 8 * scale))
    assert view.volume_under(outline, GROUND) == pytest.approx(scale**3 * 10 * 8 * 6.5, rel=2e-3)
    assert sum(plane.area_m2 for plane in view.planes) == pytest.approx(scale**2 * 100, rel=6e-3)


def test_measures_do_not_change_with_the_triangulation():
    house = gable_part(0, 0, 10, 8, 5, 8)
    middle = house.vertices[house.faces].mean(axis=1)
    count = len(house.vertices)
    centre = np.arange(count, count + len(house.faces))
    faces = np.concatenate([np.column_stack([house.faces[:, i], house.faces[:, (i + 1) % 3], centre]) for i in range(3)])
    finer = replace(house, vertices=np.vstack([house.vertices, middle]), faces=faces)
    (view, outline), (other, same) = seen(house), seen(finer)
    assert same.area == pytest.approx(outline.area)
    assert other.ridge == pytest.approx(view.ridge)
    assert other.pitches() == view.pitches()
    assert kinds(eaves_edges(other, same)) == kinds(eaves_edges(view, outline))
    assert gross_volume(Body([finer], other), same, GROUND).value_m3 == pytest.approx(gross_volume(Body([house], view), outline, GROUND).value_m3)
