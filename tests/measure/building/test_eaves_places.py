"""Eaves by place, and how the planes of a roof hang together, on houses whose numbers are worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from shapely import Polygon, box, constrained_delaunay_triangles, get_parts

import roofs
from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.measure.building.eaves_places import in_area, is_curved, is_flat, joint_share, springing
from drieluik.measure.building.roof_shape import RoofShape
from drieluik.model import Level, Part
from scenes import GROUND, ORIGIN, box_part, design, gable_part, shift, to_rd


def ridged(profile, x0=0.0, x1=10.0, kind="building", fid="roof"):
    """Return a closed body along x with a profile of (y, z) from south to north along its top, down to the ground at both ends."""
    outline = [*profile, (profile[-1][0], 0.0), (profile[0][0], 0.0)]
    count = len(outline)
    vertices = np.array([(x, y, z) for x in (x0, x1) for y, z in outline]) + (*ORIGIN, GROUND)
    faces = []
    for i in range(count):
        j = (i + 1) % count
        faces += [[i, count + i, count + j], [i, count + j, j]]
    index = {point: number for number, point in enumerate(outline)}
    for triangle in get_parts(constrained_delaunay_triangles(Polygon(outline))):
        a, b, c = (index[tuple(point)] for point in triangle.exterior.coords[:3])
        area = np.cross(np.subtract(outline[b], outline[a]), np.subtract(outline[c], outline[a]))
        a, b = (a, b) if area < 0 else (b, a)
        faces += [[a, b, c], [count + b, count + a, count + c]]
    return Part(fid, vertices, np.array(faces), kind=kind, closed=True)


def measured(*parts, levels=()):
    return DesignGeometry(design(*parts, levels=levels), GROUND)


def told(places):
    """Return kind, whether flat, heights above ground in both readings, and the bounds of each, sorted."""
    return sorted(
        (place.kind, place.flat, round(place.wall_plane - GROUND, 2), round(place.drip - GROUND, 2),
         *(round(float(value), 1) for value in (np.array(place.line.bounds) - [*ORIGIN, *ORIGIN])))
        for place in places
    )


def test_a_gable_roof_has_two_main_eaves_that_face_inward():
    places = measured(gable_part(0, 0, 10, 8, 5, 9)).eaves_places
    assert told(places) == [("main", False, 5, 5, 0, 0, 10, 0), ("main", False, 5, 5, 0, 8, 10, 8)]
    south, north = sorted(places, key=lambda place: place.middle[1])
    assert south.inward.round(6).tolist() == [0, 1] and north.inward.round(6).tolist() == [0, -1]
    assert (south.middle - ORIGIN).tolist() == pytest.approx([5, 0]) and south.reach == 0.0


def test_a_lessenaarsdak_has_a_low_and_a_high_side():
    body = ridged([(0, 3.0), (6, 6.0)])
    assert told(measured(body).eaves_places) == [("high_side", False, 6, 6, 0, 6, 10, 6), ("main", False, 3, 3, 0, 0, 10, 0)]


def test_a_flat_roof_is_a_boeibord_all_round():
    assert told(measured(box_part(0, 0, 10, 8, 0, 6)).eaves_places) == [
        ("main", True, 6, 6, 0, 0, 0, 8), ("main", True, 6, 6, 0, 0, 10, 0), ("main", True, 6, 6, 0, 8, 10, 8), ("main", True, 6, 6, 10, 0, 10, 8)]


def test_an_overhang_is_shown_where_its_drip_edge_is():
    """Walls of 6 m wide up to 2.9, a roof of 45 degrees, 0.2 m thick, that reaches 0.5 m out: 3.0 m in the wall's plane, 2.5 at the edge."""
    walls = ridged([(0, 2.9), (3, 5.9), (6, 2.9)], kind="wall", fid="walls")
    cover = ridged([(-0.5, 2.5), (3, 6.0), (6.5, 2.5)], -0.5, 10.5, kind="roof")
    low = cover.vertices.copy()
    low[:, 2] = np.maximum(low[:, 2], GROUND + 2.3)
    roof = Part("roof", low, cover.faces, kind="roof", closed=True)
    geometry = measured(walls, roof, levels=[Level("begane grond", GROUND)])
    places = geometry.eaves_places
    assert {(place.kind, round(place.wall_plane - GROUND, 3), round(place.drip - GROUND, 3)) for place in places} == {("main", 3.0, 2.5)}
    south = min(places, key=lambda place: place.middle[1])
    assert south.reach == pytest.approx(0.5, abs=1e-3)
    wall, edge = (np.array(south.shown(reading, 0.2).coords)[0] - (*ORIGIN, GROUND) for reading in ("wall_plane", "drip_edge"))
    assert wall[1:] == pytest.approx([-0.2, 3.0], abs=1e-3) and edge[1:] == pytest.approx([-0.7, 2.5], abs=1e-3)
    assert (south.z("wall_plane"), south.z("drip_edge")) == (south.wall_plane, south.drip)


def dormer(width, y0=2.0, top=8.0):
    return box_part(5 - width / 2, y0, 5 + width / 2, y0 + 4.5, 5, top, fid="dormer")


def test_a_dormer_amid_the_roof_and_one_in_the_facade():
    """On a slope of 45 degrees from 4 m at y = 0: amid the roof its flat top ends above the main roof; in the facade it rises from it."""
    house = ridged([(0, 4.0), (5, 9.0), (10, 4.0)])
    amid = [place for place in measured(house, dormer(3.0)).eaves_places if place.kind != "main"]
    assert {place.kind for place in amid} == {"dormer"} and {round(place.z("drip_edge") - GROUND, 2) for place in amid} == {8.0}
    assert all(place.facing.round(3).tolist() == [0, -1] for place in amid) and all(place.plan is not None for place in amid)
    front = [place for place in measured(house, box_part(3.5, 0, 6.5, 4, 4, 7)).eaves_places if place.kind != "main"]
    assert {place.kind for place in front} == {"dormer"} and {round(place.wall_plane - GROUND, 2) for place in front} == {7.0}
    assert {tuple(place.facing.round(3)) for place in front} == {(0, -1)} and all(place.plan is not None and place.plan.area > 5 for place in front)


@pytest.mark.parametrize(("width", "kind"), [(4.9, "raised"), (5.1, "main")])
def test_a_raised_part_is_less_than_half_of_the_building(width, kind):
    """A flat roof at 3 m with a box of 6 m high in the south-west corner, as deep as it is wide."""
    places = measured(box_part(0, 0, 10, 10, 0, 3), box_part(0, 0, width, width, 0, 6)).eaves_places
    assert {place.kind for place in places if place.wall_plane - GROUND > 5} == {kind}
    assert all(place.flat for place in places)


@pytest.mark.parametrize(("strip", "rims"), [(1.2, 0), (4.0, 0), (4.7, 0), (5.3, 2), (7.0, 2)])
def test_the_end_of_a_flat_strip_between_two_verges_is_no_goot(strip, rims):
    """A truncated gable roof 10 m wide over walls of 3 m: the strip ends in the gable. One wider than the verges beside it is a flat roof with
    bevelled sides, which has a boeibord."""
    verge = (10 - strip) / 2
    found = told(measured(ridged([(0, 3), (verge, 5.5), (10 - verge, 5.5), (10, 3)], 0, 12)).eaves_places)
    assert [place[2] for place in found] == [3.0] * 2 + [5.5] * rims


def test_a_flat_link_between_two_gables_has_a_boeibord():
    """Gables that rise from the flat on both sides are those of the houses beside it."""
    found = told(measured(ridged([(0, 3), (3, 6), (6, 3), (9, 3), (12, 6), (15, 3)], 0, 8)).eaves_places)
    assert sum(place[1] for place in found) == 2


@pytest.mark.parametrize(("low", "rims"), [(5.5, 0), (5.35, 2)])
def test_planes_that_meet_the_strip_lower_are_no_verges_of_it(low, rims):
    found = told(measured(ridged([(0, 3), (3, low), (3.001, 5.5), (6.999, 5.5), (7, low), (10, 3)], 0, 12)).eaves_places)
    assert sum(place[1] and place[4] == place[6] for place in found) == rims


@pytest.mark.parametrize(("width", "kind"), [(4.8, "raised"), (5.2, "main")])
def test_a_raised_part_with_a_ridge_is_as_wide_as_both_of_its_slopes(width, kind):
    """On a flat roof of 10 x 10 m at 3 m a gable roof, 4 m long; each of its slopes is but half as wide."""
    places = measured(box_part(0, 0, 10, 10, 0, 3), gable_part(3, 2, 7, 2 + width, 4, 6)).eaves_places
    assert {place.kind for place in places if not place.flat} == {kind}


@pytest.mark.parametrize(("step", "kinds"), [(0.24, {"main"}), (0.26, {"main", "raised"})])
def test_roofs_side_by_side_are_all_main_until_one_is_half_a_metre_higher(step, kinds):
    """Three flat roofs of 4 x 4 m along the front of a house of 12 x 10 m, the next ``step`` higher than the one before."""
    front = (box_part(4 * n, 0, 4 * n + 4, 4, 0, 3 + n * step, fid=str(n)) for n in range(3))
    places = measured(box_part(0, 4, 12, 10, 0, 2.8), *front).eaves_places
    south = {round(place.wall_plane - GROUND, 2): place.kind for place in places if abs(place.middle[1] - ORIGIN[1]) < 0.1}
    assert len(south) == 3 and set(south.values()) == kinds and south[3.0] == "main"


@pytest.mark.parametrize("widths", [(2.0,), (2.0, 3.0)])
def test_dormers_on_one_side_take_their_width_together(widths):
    house = ridged([(0, 4.0), (5, 9.0), (10, 4.0)], 0, 12)
    boxes = [box_part(1 + 5 * n, 2, 1 + 5 * n + width, 6.5, 5, 8, fid=f"d{n}") for n, width in enumerate(widths)]
    geometry = measured(house, *boxes)
    dormers = [place for place in geometry.eaves_places if place.kind == "dormer"]
    assert joint_share(geometry, dormers) == pytest.approx(sum(widths) / 12, abs=0.04)
    assert joint_share(geometry, []) == 0.0


def test_dormers_on_both_sides_do_not_add_up():
    house = ridged([(0, 4.0), (5, 9.0), (10, 4.0)], 0, 12)
    geometry = measured(house, box_part(1, 2, 4, 4.9, 5, 8), box_part(6, 5.1, 8, 8, 5, 8, fid="d2"))
    dormers = [place for place in geometry.eaves_places if place.kind == "dormer"]
    assert {tuple(place.facing.round(3)) for place in dormers} == {(0, -1), (0, 1)}
    assert joint_share(geometry, dormers) == pytest.approx(3 / 12, abs=0.04)


def test_eaves_in_an_area_are_cut_to_it():
    places = measured(gable_part(0, 0, 10, 8, 5, 9)).eaves_places
    assert told(in_area(places, shift(box(-5, -5, 20, 20)))) == told(places)
    assert told(in_area(places, shift(box(2, -5, 6, 4)))) == [("main", False, 5, 5, 2, 0, 6, 0)]
    assert in_area(places, shift(box(2, 2, 6, 6))) == () and in_area((), shift(box(2, 2, 6, 6))) == ()
    beside = in_area(places, shift(box(-5, -5, 20, 0)))  # the roof lies north of that line
    assert beside == ()
    assert told(in_area(places, shift(box(-5, 0, 20, 4)))) == [("main", False, 5, 5, 0, 0, 10, 0)]


@pytest.mark.parametrize(("rises", "curved"), [((4.0, 5.5), False), ((3.0, 4.6, 5.5), True)])
def test_three_pitches_the_same_way_are_a_curve_two_a_kink(rises, curved):
    south = [(n * 1.5, z) for n, z in enumerate((0.0, *rises), 0)]
    profile = [(y, 3 + z) for y, z in south]
    width = 2 * profile[-1][0]
    geometry = measured(ridged([*profile, *((width - y, z) for y, z in reversed(profile[:-1]))]))
    assert is_curved(geometry) == curved and not is_flat(geometry)
    assert sorted(len(group) for group in geometry.roof_shape.kinked) == [len(rises)] * 2


@pytest.mark.parametrize(("pieces", "first"), [(12, "roof"), (16, "roof"), (24, "wall"), (36, "wall"), (48, "wall")])
def test_a_curve_springs_where_it_starts_however_fine_it_is(pieces, first):
    """A barrel of 5 m that springs at 3.07 m: from 24 pieces on its first facet is too steep for a roof, and is as high as the next."""
    geometry = measured(roofs.barrel(3.07, pieces=pieces))
    assert springing(geometry) - GROUND == pytest.approx(3.07, abs=0.012) and is_curved(geometry)
    lowest = min(plane.low for plane in geometry.roof.planes) - GROUND - 3.07
    assert lowest == pytest.approx(0 if first == "roof" else 5 * math.sin(math.pi / pieces), abs=1e-6)
    assert springing(measured(gable_part(0, 0, 10, 8, 5, 9))) is None


@pytest.mark.parametrize(("long", "curved"), [(4.2, False), (4.8, True)])
def test_a_roof_is_curved_when_a_tenth_of_it_is(long, curved):
    """A shed with a barrel of 3.14 m across beside a gable of 20 x 8 m, whose slopes are 200 m2: 4.93 m2 a metre of its length."""
    profile = [(40 + 1.57 * (1 - math.cos(angle)), 2 + 1.57 * math.sin(angle)) for angle in np.linspace(0, math.pi, 13)]
    geometry = measured(gable_part(0, 0, 20, 8, 3, 6), ridged(profile, 0, long, fid="shed"))
    assert sum(plane.area_m2 for plane in geometry.roof_shape.planes) == pytest.approx(200 + 4.93 * long, rel=0.02)
    assert is_curved(geometry) is curved


@pytest.mark.parametrize(("out", "drip"), [(0.02, 2.99), (1.0, 2.5), (2.9, 1.55), (3.5, 1.525), (6.0, 1.525)])
def test_the_drip_edge_is_followed_three_metres_out(out, drip):
    """A roof that falls half a metre in each, over walls of 3 m; steps of 5 cm, the last that is looked at 2.95 m out."""
    low = 3 - out / 2
    corners = [(0, -out, low), (10, -out, low), (10, 4, 5), (0, 4, 5), (10, 8 + out, low), (0, 8 + out, low)]
    roof = Part("roof", to_rd(corners), np.array([[0, 1, 2], [0, 2, 3], [3, 2, 4], [3, 4, 5]]), kind="roof")
    places = measured(box_part(0, 0, 10, 8, 0, 3), roof).eaves_places
    assert [place.wall_plane - GROUND for place in places] == pytest.approx([3.0, 3.0]) and [place.drip - GROUND for place in places] == pytest.approx([drip, drip], abs=2e-4)
    assert [place.reach for place in places] == pytest.approx([2 * (3 - drip)] * 2, abs=1e-3)


@pytest.mark.parametrize(("wide", "flat"), [(5.1, True), (4.6, False)])
def test_a_roof_is_flat_when_half_of_it_is(wide, flat):
    """Flat over ``wide`` m, beside a slope of 45 degrees whose own area is 2 ** 0.5 of its 3.5 m of plan: 4.95 m."""
    assert is_flat(measured(ridged([(0, 3.0), (wide, 3.0), (wide + 3.5, 6.5), (wide + 3.5 + 0.001, 3.0)]))) == flat
    assert not is_flat(measured(gable_part(0, 0, 10, 8, 5, 9)))


def shape_of(*parts):
    geometry = measured(*parts)
    return geometry.roof_shape


def test_planes_that_meet_and_the_bodies_that_they_make():
    """A gable house, an extension against it that lies lower, and a flat shed apart: three bodies."""
    shape = shape_of(gable_part(0, 0, 10, 8, 5, 9), box_part(10, 0, 14, 8, 0, 3), box_part(20, 0, 23, 3, 0, 3.6))
    assert [(len(body.planes), round(body.top - GROUND, 2)) for body in shape.bodies] == [(2, 9), (1, 3), (1, 3.6)]
    assert shape.bodies[0].area_m2 == pytest.approx(80, rel=0.01)
    assert (np.array(shape.bodies[0].plan.bounds) - [*ORIGIN, *ORIGIN]) == pytest.approx([0, 0, 10, 8], abs=0.1)
    assert len(shape.joins) == 1 and shape.kinked == () and shape.dormer_planes == ()


@pytest.mark.parametrize(("low", "joined"), [(5.05, True), (4.7, False)])
def test_planes_meet_within_a_decimetre(low, joined):
    """A slope that ends at 5 m and one that goes on ``5 - low`` lower."""
    shape = shape_of(ridged([(0, low - 2), (4, low), (4.0001, 5.0), (8, 9.0), (8.0001, 3)]))
    assert bool(shape.joins) == joined


@pytest.mark.parametrize(("drop", "steps"), [(0.4, 0), (0.7, 1)])
def test_a_roof_that_ends_half_a_metre_above_the_next_ends_in_an_eaves(drop, steps):
    """The upper slope ends at 5 m above the lower one, which starts ``drop`` below."""
    shape = shape_of(ridged([(0, 3.0 - drop), (4, 5.0 - drop), (4.0001, 5.0), (8, 9.0), (8.0001, 2.0)]))
    found = [step for step in shape.steps if abs(step.z - GROUND - 5) < 0.2]
    assert len(found) == steps
    for step in found:
        assert step.z - GROUND == pytest.approx(5.0, abs=0.05) and step.line.length == pytest.approx(10, abs=0.15)
        assert (np.array(step.line.bounds)[[1, 3]] - ORIGIN[1]) == pytest.approx([4, 4], abs=0.1)


def test_a_flat_part_amid_a_flat_roof_ends_all_round():
    shape = shape_of(box_part(0, 0, 12, 10, 0, 3), box_part(4, 3, 8, 7, 0, 5))
    (step,) = shape.steps
    assert step.z - GROUND == pytest.approx(5) and step.line.is_ring
    assert (np.array(step.line.bounds) - [*ORIGIN, *ORIGIN]) == pytest.approx([4, 3, 8, 7], abs=0.05)


def test_a_roof_without_planes_is_nothing():
    empty = RoofShape(measured(box_part(0, 0, 0.9, 0.9, 0, 1)).roof, shift(box(0, 0, 1, 1)))
    assert (empty.planes, empty.joins, empty.steps, empty.bodies, empty.kinked) == ((), frozenset(), (), (), ())


def test_the_pitch_of_a_house_of_three_four_five():
    """4 m up over 3 m: 53.13 degrees, five metres along the slope."""
    view = measured(gable_part(0, 0, 10, 6, 3, 7)).roof
    assert [round(plane.pitch_deg, 3) for plane in view.planes] == [round(math.degrees(math.atan2(4, 3)), 3)] * 2
    assert [plane.area_m2 for plane in view.planes] == pytest.approx([50, 50], rel=1e-6)
    assert {tuple(plane.descent.round(6)) for plane in view.planes} == {(0, 1), (0, -1)}


def test_a_dormer_too_small_for_a_plane_of_its_own_is_all_round_at_its_highest_point():
    """A box of 0.98 x 0.98 m: no chimney, and less than the square metre that a plane takes."""
    house = ridged([(0, 4.0), (5, 9.0), (10, 4.0)])
    (place,) = [one for one in measured(house, box_part(4, 2, 4.98, 2.98, 5, 7.6, fid="d")).eaves_places if one.kind != "main"]
    assert (place.kind, round(place.drip - GROUND, 6), round(place.wall_plane - GROUND, 6), place.flat, place.reach) == ("dormer", 7.6, 7.6, False, 0.0)
    assert place.inward.tolist() == [0, 0] and place.facing.round(6).tolist() == [0, -1] and place.line.is_ring
    assert np.array(place.line.bounds) - [*ORIGIN, *ORIGIN] == pytest.approx([4, 2, 4.98, 2.98], abs=0.06) and place.plan.area == pytest.approx(0.96, abs=0.07)
    low = [one for one in measured(house, box_part(4, 2, 4.98, 2.98, 5, 7.6, fid="d"), box_part(4.2, 2.2, 4.6, 2.6, 5, 8.1, fid="top")).eaves_places if one.kind == "dormer"]
    assert [round(one.drip - GROUND, 6) for one in low] == [8.1]
