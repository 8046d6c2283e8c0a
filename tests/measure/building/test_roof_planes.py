"""What is roof, which of its planes count, and what stands on them, at the edge of each number."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely import box

from drieluik.measure.building.eaves import eaves_edges
from drieluik.measure.building.roof import RoofView
from drieluik.measure.building.roof_objects import on_the_roof
from drieluik.model import Part
from scenes import GROUND, ORIGIN, box_part, gable_part, shift

FLAT = box_part(0, 0, 10, 8, 0, 4, fid="flat")


def view(*parts):
    return RoofView(parts, GROUND)


@pytest.mark.parametrize("kind", ["chimney", "antenna", "installation", "railing", "furnishing", "balcony", "stair"])
def test_kinds_that_are_no_roof(kind):
    assert [plane.area_m2 for plane in view(FLAT, box_part(2, 2, 5, 5, 4, 6, kind=kind)).planes] == pytest.approx([80])
    assert len(view(FLAT, box_part(2, 2, 5, 5, 4, 6, kind="slab")).planes) == 2
    assert view(box_part(2, 2, 5, 5, 4, 6, kind=kind)).planes == () and view(box_part(2, 2, 5, 5, 4, 6, kind=kind)).samples[2] == 0.0


@pytest.mark.parametrize(("top", "count"), [(1.79, 1), (1.81, 2)])
def test_what_lies_lower_than_a_door_beside_a_house_is_no_roof(top, count):
    assert len(view(FLAT, box_part(20, 0, 30, 8, 0, top)).planes) == count


@pytest.mark.parametrize(("top", "count"), [(0.29, 0), (0.31, 1), (1.5, 1)])
def test_a_low_building_has_a_roof_paving_has_none(top, count):
    assert len(view(box_part(0, 0, 10, 8, 0, top)).planes) == count


@pytest.mark.parametrize("eaves", [0.0, 0.4, 1.5, 2.2])
def test_eaves_may_be_at_any_height(eaves):
    """A farmhouse of 12 x 9 m with a ridge 6 m above its eaves; a terrace beside it is no eaves."""
    house = gable_part(0, 0, 12, 9, eaves, eaves + 6.0) if eaves else gable_part(0, 0, 12, 9, 0.001, 6.0)
    roof = view(house, box_part(12, 0, 15, 9, 0, 0.25, kind="slab"))
    assert [round(plane.low - GROUND, 2) for plane in roof.planes] == [eaves] * 2
    assert sum(plane.area_m2 for plane in roof.planes) == pytest.approx(2 * 12 * np.hypot(4.5, 6.0), rel=1e-3)
    found = [entry for entry in sides(house, outline=box(0, 0, 12, 9)) if entry[0] == "eaves"]
    assert [(entry[1], round(entry[2], 2)) for entry in found] == [(12.0, eaves)] * 2


@pytest.mark.parametrize(("side", "count"), [(0.95, 1), (1.05, 2)])
def test_planes_of_a_square_metre_count(side, count):
    assert len(view(FLAT, box_part(2, 2, 2 + side, 2 + side, 4, 5)).planes) == count


@pytest.mark.parametrize(("other", "kind"), [
    (box_part(2.5, 4, 4, 6, 5, 9.5), "raised"), (box_part(2.5, 4, 4, 6, 5, 8.5), "dormer"), (box_part(6, 4, 8, 6, 5, 9.5), "dormer"),
])
def test_what_rises_above_the_ridge_goes_on_over_it_where_what_is_beyond_does_too_and_lies_against_it(other, kind):
    """Ridge at 9 m (y = 4): beyond it something higher beside it, something lower, and something as high two metres aside."""
    found = on_the_roof(view(gable_part(0, 0, 10, 8, 5, 9), box_part(2, 1, 4, 4, 5, 9.5), other))
    (south,) = (one for one in found if one.plan.bounds[1] - ORIGIN[1] < 3.5)
    assert south.kind == kind


def test_a_plane_says_where_it_is():
    south, north = sorted(view(gable_part(0, 0, 10, 8, 5, 8)).planes, key=lambda plane: -plane.azimuth_deg)
    assert (south.azimuth_deg, north.azimuth_deg) == pytest.approx((180, 0)) and south.pitch_deg == pytest.approx(math.degrees(math.atan(3 / 4)))
    assert (south.low - GROUND, south.high - GROUND) == pytest.approx((5, 8)) and not south.flat and len(south.triangles) == 2
    assert south.height(np.array([[ORIGIN[0] + 3, ORIGIN[1] + 2.0]])) - GROUND == pytest.approx([6.5])
    assert np.array(south.hull.bounds) - [*ORIGIN, *ORIGIN] == pytest.approx([0, 0, 10, 4], abs=0.06)
    assert south.descent == pytest.approx([0, -1])
    flat = view(FLAT).planes[0]
    assert flat.flat and flat.azimuth_deg == 0.0 and flat.descent.tolist() == [0, 0]


@pytest.mark.parametrize(("rise", "flat"), [(0.69, True), (0.71, False)])
def test_a_roof_of_less_than_five_degrees_is_flat(rise, flat):
    """Over 8 m: tan 5 degrees is 0.0875, 0.7 m."""
    assert view(gable_part(0, 0, 10, 16, 3, 3 + rise)).planes[0].flat == flat


@pytest.mark.parametrize(("run", "count"), [(0.65, 2), (0.5, 1)])
def test_a_plane_steeper_than_eighty_five_degrees_is_a_wall(run, count):
    """A side 10 m long that leans in by ``run`` m over 6.5 m: 84.3 or 85.6 degrees."""
    part = box_part(0, 0, 10, 8, 0, 6.5)
    vertices = part.vertices.copy()
    vertices[(vertices[:, 1] < ORIGIN[1] + 1) & (vertices[:, 2] > GROUND + 6), 1] += run
    assert len(view(replace(part, vertices=vertices)).planes) == count


@pytest.mark.parametrize(("step", "count"), [(0.05, 1), (0.07, 2)])
def test_faces_within_six_centimetres_are_one_plane(step, count):
    assert len(view(FLAT, box_part(10, 0, 14, 8, 0, 4 + step)).planes) == count


def slope(x0, degrees, top=8):
    """Return a body of 10 m deep and 4 m wide whose top slopes down to the south from ``top``."""
    low = top - 10 * math.tan(math.radians(degrees))
    part = box_part(x0, 0, x0 + 4, 10, 0, top)
    vertices = part.vertices.copy()
    vertices[(vertices[:, 1] < ORIGIN[1] + 1) & (vertices[:, 2] > GROUND + 7), 2] = GROUND + low
    return replace(part, vertices=vertices)


@pytest.mark.parametrize(("other", "pitches"), [(30.7, (30.0,)), (30.8, (30.0, 30.8)), (29.3, (30.0,)), (29.2, (30.0, 29.2))])
def test_pitches_within_three_quarters_of_a_degree_are_one(other, pitches):
    """Two slopes of the same size apart from each other, one 3 m wider."""
    wide = slope(0, 30.0)
    wide = replace(wide, vertices=np.where(wide.vertices == ORIGIN[0] + 4, ORIGIN[0] + 7, wide.vertices))
    assert view(wide, slope(20, other, 10)).pitches() == pitches


def test_a_small_plane_is_no_pitch_and_no_ridge():
    house = gable_part(0, 0, 20, 10, 5, 9)
    tower = gable_part(8, 4.4, 9.5, 5.6, 10, 11)
    found = view(house, tower)
    assert found.ridge - GROUND == pytest.approx(9.0)
    assert found.pitches() == (38.7,) and len(found.pitches(0.0)) == 2 and found.pitches(1.01) == ()
    assert view(house, gable_part(8, 3.5, 12, 6.5, 10, 11)).ridge - GROUND == pytest.approx(11.0)


@pytest.mark.parametrize(("deep", "ridge"), [(1.5, False), (2.5, True)])
def test_a_roof_of_which_less_than_a_tenth_slopes_has_no_ridge(deep, ridge):
    """A flat roof of 18 m beside a gable of ``deep`` m, both 10 m wide."""
    found = view(box_part(0, 0, 10, 18, 0, 4), gable_part(0, 18, 10, 18 + deep, 4, 4.5))
    assert (found.ridge is not None) == ridge


def test_volume_under_what_is_seen():
    found = view(FLAT, box_part(0, 0, 5, 8, 4, 6))
    whole = shift(box(0, 0, 10, 8))
    assert found.volume_under(whole, GROUND) == pytest.approx(80 * 4 + 40 * 2, rel=1e-3)
    assert found.volume_under(whole, GROUND + 5) == pytest.approx(40, rel=1e-3) and found.volume_under(whole, GROUND + 9) == 0.0
    assert found.volume_under(shift(box(5, 0, 20, 8)), GROUND) == pytest.approx(160, rel=5e-3)
    assert found.volume_under(shift(box(0, 0, 4, 4)), GROUND, share=0.2) == pytest.approx(16 * 6, rel=1e-3)


HOUSE = gable_part(0, 0, 10, 8, 5, 9)  # slopes of 45 degrees


def objects(*parts):
    return sorted((thing.kind, thing.confidence, *(round(float(value), 2) for value in (thing.width, thing.to_foot, thing.to_ridge, thing.to_left, thing.to_right)))
                  for thing in on_the_roof(view(*parts)))


ROOT = math.sqrt(2)


def test_a_dormer_by_its_distances_seen_from_outside():
    """On the south slope: 2 m wide, its front 1 m in from the eaves, its flat top at 7.5 m, so that it ends 1.5 m from the ridge."""
    on_south = box_part(2, 1, 4, 2.5, 5, 7.5)
    assert objects(HOUSE, on_south) == [("dormer", 0.8, 2.0, round(ROOT, 2), round(1.5 * ROOT, 2), 2.0, 6.0)]
    on_north = box_part(2, 5.5, 4, 7, 5, 7.5)
    assert objects(HOUSE, on_north) == [("dormer", 0.8, 2.0, round(ROOT, 2), round(1.5 * ROOT, 2), 6.0, 2.0)]
    (thing,) = on_the_roof(view(HOUSE, on_south))
    assert thing.rise == pytest.approx(1.5, abs=0.06) and np.array(thing.plan.bounds) - [*ORIGIN, *ORIGIN] == pytest.approx([2, 1, 4, 2.2], abs=0.06)
    assert objects(HOUSE, box_part(2, 1, 4, 3.5, 5, 7.5)) == objects(HOUSE, on_south)  # however far it goes on under the roof


@pytest.mark.parametrize(("side", "kind"), [(0.9, "chimney"), (1.05, "dormer")])
def test_what_is_smaller_than_nine_tenths_of_a_square_metre_looks_like_a_chimney(side, kind):
    assert [(found[0], found[1]) for found in objects(HOUSE, box_part(4, 1.5, 4 + side, 1.5 + side, 5, 9.5))] == [(kind, 0.6 if kind == "chimney" else 0.8)]


@pytest.mark.parametrize(("up", "count"), [(0.28, 0), (0.35, 1)])
def test_what_rises_less_than_three_decimetres_is_no_object(up, count):
    """A slab parallel to the slope."""
    part = box_part(4, 1, 6, 3, 0, 1)
    vertices = part.vertices.copy()
    local = vertices - (*ORIGIN, GROUND)
    vertices[:, 2] = GROUND + 5 + local[:, 1] + np.where(local[:, 2] > 0.5, up, -0.5)
    assert len(objects(HOUSE, replace(part, vertices=vertices))) == count


@pytest.mark.parametrize(("wide", "count"), [(4.8, 1), (5.6, 0)])
def test_what_takes_half_of_a_roof_plane_is_no_object(wide, count):
    """The plane is 10 m wide and 4 m deep in plan; the box nearly as deep."""
    assert len(objects(HOUSE, box_part(5 - wide / 2, 0.1, 5 + wide / 2, 3.9, 4, 9.3))) == count


def test_a_small_plane_carries_no_objects_and_a_tower_beside_is_none():
    assert objects(FLAT, box_part(2, 2, 4, 4, 4, 6)) == []
    tower = box_part(10, 0, 14, 8, 0, 14)
    assert objects(HOUSE, tower) == []
    assert objects(box_part(0, 8, 40, 40, 0, 4), HOUSE, box_part(2, 1, 4, 2.5, 5, 7.5)) == []


def sides(*parts, outline):
    return sorted((edge.kind, round(edge.length, 2), round(edge.wall_plane - GROUND, 2), round(edge.drip - GROUND, 2)) for edge in eaves_edges(view(*parts), shift(outline)))


def test_stretches_of_a_facade_by_the_roof_above_them():
    """Along the south side 6 m under a roof of 4 m, and 4 m under one that is 3 decimetres lower."""
    parts = (box_part(0, 0, 6, 8, 0, 4), box_part(6, 0, 10, 8, 0, 3.7))
    assert sides(*parts, outline=box(0, 0, 10, 8)) == [("flat", 4.0, 3.7, 3.7)] * 2 + [("flat", 6.0, 4.0, 4.0)] * 2 + [("flat", 8.0, 3.7, 3.7), ("flat", 8.0, 4.0, 4.0)]
    near = (box_part(0, 0, 6, 8, 0, 4), box_part(6, 0, 10, 8, 0, 3.96))
    assert [entry[1] for entry in sides(*near, outline=box(0, 0, 10, 8))] == [8.0, 8.0, 10.0, 10.0]


def test_a_stretch_shorter_than_a_third_of_a_metre_and_paving_are_no_eaves():
    assert [entry[1] for entry in sides(box_part(0, 0, 10, 0.34, 0, 4), outline=box(0, 0, 10, 0.34))] == [10.0, 10.0]
    assert [entry[1] for entry in sides(box_part(0, 0, 10, 0.36, 0, 4), outline=box(0, 0, 10, 0.36))] == [0.36, 0.36, 10.0, 10.0]
    assert [entry[2] for entry in sides(box_part(0, 0, 10, 8, 0, 1.7), outline=box(0, 0, 10, 8))] == [1.7] * 4
    assert sides(box_part(0, 0, 10, 8, 0, 0.2), outline=box(0, 0, 10, 8)) == [] and sides(FLAT, outline=box(30, 0, 40, 8)) == []


@pytest.mark.parametrize(("top", "wide", "kind"), [(5.4, 3, "flat"), (5.6, 3, "dormer"), (7.6, 5.9, "dormer"), (7.6, 6.1, "flat")])
def test_what_rises_half_a_metre_above_the_eaves_on_less_than_half_of_the_facade_is_a_dormer(top, wide, kind):
    house = gable_part(0, 0, 12, 8, 5, 9)
    found = sides(house, box_part(3, 0, 3 + wide, 3, 5, top), outline=box(0, 0, 12, 8))
    assert [entry[0] for entry in found if entry[2] == top] == [kind]


def test_a_dormer_at_the_end_of_a_facade_is_one_too():
    house = gable_part(0, 0, 12, 8, 5, 9)
    south = [edge for edge in eaves_edges(view(house, box_part(0, 0, 3, 3, 5, 7.6)), shift(box(0, 0, 12, 8))) if abs(edge.line[:, 1] - ORIGIN[1]).max() < 0.01]
    assert [(edge.kind, round(edge.length, 1)) for edge in south] == [("dormer", 3.0), ("eaves", 9.0)]


def test_a_part_without_faces_is_no_roof():
    assert len(view(FLAT, Part("none", np.zeros((0, 3)), np.zeros((0, 3), int))).planes) == 1
