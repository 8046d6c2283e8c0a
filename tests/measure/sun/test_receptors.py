"""Where sun is measured: points, normals and floors of walls worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import box

from drieluik.measure.sun.receptors import (
    OFF_WALL_M,
    Receptor,
    Wall,
    facade_receptors,
    ground_at,
    ground_receptors,
    inside_body,
    outward,
    walls_of,
    window_receptors,
)
from drieluik.model import Building3D, Part, Terrain
from scenes import GROUND, ORIGIN, box_part, gable_part, shift


def building(part, fid="b", semantics=None):
    return Building3D(fid, part.triangles, np.array(["wall"] * len(part.faces)) if semantics is None else semantics, "2.2", GROUND, GROUND + 3)


def local(receptor):
    return tuple(round(float(value), 3) for value in np.array(receptor.point) - (*ORIGIN, GROUND))


def on_side(receptors, bearing):
    return sorted((*local(r), r.floor) for r in receptors if r.facade == bearing)


def test_points_on_the_walls_of_a_block():
    """6 m by 5 m, 7 m high: three floors of 2.8 m; on 5 m three points of a third of it, on 6 m three of 2 m."""
    found = facade_receptors(building(box_part(0, 0, 6, 5, 0, 7)), (), GROUND)
    assert {(r.facade, r.normal) for r in found} == {
        (0.0, (0.0, 1.0, 0.0)), (90.0, (1.0, 0.0, 0.0)), (180.0, (0.0, -1.0, 0.0)), (270.0, (-1.0, 0.0, 0.0))}
    assert {(r.kind, r.building) for r in found} == {("facade", "b")}
    assert on_side(found, 180.0) == sorted((x, -0.05, 0.75 + 2.8 * floor, floor) for x in (1, 3, 5) for floor in (0, 1, 2))
    assert on_side(found, 90.0) == sorted((6.05, round(5 * n / 6, 3), 0.75 + 2.8 * floor, floor) for n in (1, 3, 5) for floor in (0, 1, 2))
    assert len(found) == 2 * (3 + 3) * 3


def test_a_polder_below_nap_has_as_many_floors():
    """Ground at 5.5 m below NAP: the top of 7 m stands at +1.5, and three floors of 2.8 m fit."""
    part = box_part(0, 0, 6, 5, 0, 7)
    low = replace(part, vertices=part.vertices - (0, 0, GROUND + 5.5))
    found = facade_receptors(building(low), (), -5.5)
    assert {(r.floor, round(r.point[2], 2)) for r in found} == {(0, -4.75), (1, -1.95), (2, 0.85)}


@pytest.mark.parametrize(("height", "floors"), [(1.2, 0), (1.3, 1), (4.0, 1), (4.1, 2), (6.8, 2), (6.9, 3)])
def test_a_floor_counts_with_half_a_metre_of_wall_above_the_point(height, floors):
    found = facade_receptors(building(box_part(0, 0, 6, 5, 0, height)), (), GROUND)
    assert {r.floor for r in found} == set(range(floors))


def test_the_words_of_a_norm_move_the_points():
    found = facade_receptors(building(box_part(0, 0, 6, 5, 0, 7)), (), GROUND + 1.0, spacing_m=6.0, storey_m=3.0, above_floor_m=1.5)
    assert on_side(found, 180.0) == [(3.0, -0.05, 2.5, 0), (3.0, -0.05, 5.5, 1)]


def test_a_narrow_wall_and_the_top_of_a_gable_have_none():
    assert {r.facade for r in facade_receptors(building(box_part(0, 0, 0.9, 5, 0, 4)), (), GROUND)} == {90.0, 270.0}
    gable = facade_receptors(building(gable_part(0, 0, 6, 8, 2.9, 7)), (), GROUND)
    assert {(r.facade, r.floor) for r in gable} == {(0.0, 0), (90.0, 0), (180.0, 0), (270.0, 0)}


def test_walls_are_outward_whichever_way_the_faces_turn():
    part = box_part(0, 0, 6, 5, 0, 4)
    turned = replace(part, faces=part.faces[:, ::-1])
    points, same = (np.array([r.point for r in facade_receptors(building(one), (), GROUND)]) for one in (part, turned))
    assert points == pytest.approx(same) and len(points) == 12
    assert np.array_equal(outward(part.triangles), part.triangles)
    assert np.array_equal(outward(turned.triangles)[:, ::-1], turned.triangles)
    assert len(outward(np.zeros((0, 3, 3)))) == 0
    small = box_part(0, 0, 0.3, 0.3, 0, 0.3).triangles
    assert np.array_equal(outward(small), small)


def test_a_wall_against_another_building_has_none():
    house = building(box_part(0, 0, 6, 5, 0, 4))
    for gap, shared in ((0.0, True), (0.28, True), (0.32, False)):
        beside = building(box_part(6 + gap, -2, 12, 8, 0, 9), "n")
        found = facade_receptors(house, (beside,), GROUND)
        assert (90.0 not in {r.facade for r in found}) == shared and {0.0, 180.0, 270.0} <= {r.facade for r in found}
    low = building(box_part(6, -2, 12, 8, 0, 2), "n")
    assert {r.floor for r in facade_receptors(building(box_part(0, 0, 6, 5, 0, 7)), (low,), GROUND) if r.facade == 90.0} == {1, 2}


def turned_walls(*degrees):
    """Return upright faces of some 4 x 3 m, each narrower than the one before, whose normals point to compass directions."""
    faces = []
    for number, at in enumerate(degrees):
        n, half = np.array([np.sin(np.radians(at)), np.cos(np.radians(at))]), 2 - number / 10
        a, b = n * 20 + np.array([-n[1], n[0]]) * half, n * 20 - np.array([-n[1], n[0]]) * half
        faces += [[[*b, 0], [*a, 0], [*a, 3]], [[*b, 0], [*a, 3], [*b, 3]]]
    return np.array(faces)


def test_walls_that_face_about_the_same_way_are_one_side_of_a_building():
    triangles = turned_walls(10.04, 35.0, 341.0, 335.0, 90.0)
    some = Building3D("b", triangles + (*ORIGIN, GROUND), np.array(["wall"] * len(triangles)), "2.2", GROUND)
    found = facade_receptors(some, (), GROUND)
    assert {r.facade for r in found} == {10.0, 335.0, 90.0}
    bearings = [round(float(np.degrees(np.arctan2(r.normal[0], r.normal[1])) % 360), 1) for r in found]
    assert {b for b, r in zip(bearings, found) if r.facade == 10.0} == {10.0, 35.0, 341.0}


def test_upright_planes_largest_first_and_by_name_where_there_are_names():
    part = box_part(0, 0, 6, 4, 0, 3)
    walls = walls_of(part.triangles - (*ORIGIN, GROUND))
    assert [(tuple(wall.normal.round(6) + 0.0), round(wall.offset, 6)) for wall in walls] == [
        ((0, -1), 0), ((0, 1), 4), ((1, 0), 6), ((-1, 0), 0)]
    assert [len(wall.flat) for wall in walls] == [2, 2, 2, 2]
    names = np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 2 + ["roof"] * 6)
    (only,) = walls_of(part.triangles, names)
    assert only.normal.round(6).tolist() == [0, -1] and sorted(only.flat[:, :, 1].ravel() - GROUND) == [0, 0, 0, 3, 3, 3]
    assert len(walls_of(part.triangles, np.array(["roof"] * 12))) == 4
    slope = np.array([[[0, 0, 0], [4, 0, 0], [0, 0.59, 3.0]], [[0, 9, 0], [4, 9, 0], [0, 9.65, 3.0]], [[0, 0, 0], [0.01, 0, 0], [0, 0, 0.01]]], float)
    assert len(walls_of(slope)) == 1  # a slope of 0.59 : 3 is upright (its normal lies within 0.2), 0.65 : 3 is not


@pytest.mark.parametrize(("away", "turn", "planes"), [(0.09, 0.0, 1), (0.11, 0.0, 2), (0.0, 2.9, 1), (0.0, 3.2, 2)])
def test_faces_in_about_one_plane_are_one_wall(away, turn, planes):
    one = turned_walls(0.0)
    other = turned_walls(turn) + (0, away, 0)
    assert len(walls_of(np.concatenate([one, other]))) == planes


def test_the_stretches_of_a_wall_at_a_height():
    """A wall of 10 m with a doorway from 4 to 6 m up to 2.1 m, and a top piece that slopes from 3 m down to 2.5 m at its far end."""
    def sheet(a, b, z0, za, zb):
        return [[[a, z0], [b, z0], [b, zb]], [[a, z0], [b, zb], [a, za]]]

    flat = np.array(sheet(0, 4, 0, 2.1, 2.1) + sheet(6, 10, 0, 2.1, 2.1) + sheet(0, 10, 2.1, 3.0, 2.5))
    wall = Wall(np.array([0.0, -1.0]), 0.0, flat)
    assert wall.stretches(1.0) == [(0.0, 4.0), (6.0, 10.0)]
    assert wall.stretches(2.4) == [(0.0, 10.0)]
    assert wall.stretches(2.75) == [(0.0, pytest.approx(5.0))]
    assert wall.stretches(3.1) == []
    assert wall.place(2.0, 1.5).tolist() == [2.0, -OFF_WALL_M, 1.5]
    east = Wall(np.array([1.0, 0.0]), 7.0, flat)
    assert east.place(2.0, 1.5).tolist() == [7.0 + OFF_WALL_M, 2.0, 1.5]


@pytest.mark.parametrize(("point", "inside"), [((3, 2, 1), True), ((3, 2, -0.01), False), ((3, 2, 3.01), False), ((6.01, 2, 1), False), ((0.01, 0.01, 2.99), True)])
def test_inside_a_body_also_when_it_leaks(point, inside):
    triangles = box_part(0, 0, 6, 4, 0, 3).triangles - (*ORIGIN, GROUND)
    assert inside_body(triangles, np.array([point], float)).tolist() == [inside]
    assert inside_body(triangles[:, ::-1], np.array([point], float)).tolist() == [inside]
    leaking = np.delete(triangles, 2, axis=0)
    assert inside_body(leaking, np.array([[3.0, 1.0, 0.5]])).tolist() == [True]
    assert inside_body(np.zeros((0, 3, 3)), np.array([point], float)).tolist() == [False]


def test_points_all_through_a_roofed_house_near_every_face_too():
    """Two thousand places in a box around a gabled house of 6 x 4 m with eaves at 2 and a ridge at 4 m, of which it is known by its planes
    whether they lie in it; and a millimetre at either side of each face."""
    triangles = gable_part(0, 0, 6, 4, 2, 4).triangles - (*ORIGIN, GROUND)
    points = np.random.default_rng(5).uniform((-1, -1, -1), (7, 5, 5), (2000, 3))

    def known(at):
        x, y, z = at.T
        return (x > 0) & (x < 6) & (y > 0) & (y < 4) & (z > 0) & (z < 2 + np.minimum(y, 4 - y))

    assert inside_body(triangles, points).tolist() == known(points).tolist()
    shares = np.random.default_rng(6).dirichlet((2, 2, 2), len(triangles))
    on, normals = (shares[:, :, None] * triangles).sum(axis=1), np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    step = 1e-3 * normals / np.linalg.norm(normals, axis=1)[:, None]
    assert inside_body(triangles, on - step).all() and not inside_body(triangles, on + step).any()


def test_the_notch_of_an_l_is_outside():
    body = np.concatenate([box_part(0, 0, 10, 4, 0, 3).triangles, box_part(0, 4, 4, 10, 0, 3).triangles]) - (*ORIGIN, GROUND)
    assert inside_body(body, np.array([[7.0, 7, 1], [2, 7, 1], [7, 2, 1]])).tolist() == [False, True, True]


def window(x0, y0, x1, y1, z0, z1, fid="w"):
    return box_part(x0, y0, x1, y1, z0, z1, kind="window", fid=fid)


@pytest.mark.parametrize(
    ("place", "point", "normal"),
    [
        ((2, -0.1, 3, 0.1), (2.5, -0.15, 0.9), (0, -1, 0)), ((2, 4.9, 3, 5.1), (2.5, 5.15, 0.9), (0, 1, 0)), ((5.9, 2, 6.1, 3), (6.15, 2.5, 0.9), (1, 0, 0)),
        ((-0.1, 2, 0.1, 3), (-0.15, 2.5, 0.9), (-1, 0, 0)),
    ],
)
def test_the_middle_of_a_sill_at_the_outer_face_of_a_window(place, point, normal):
    body = box_part(0, 0, 6, 5, 0, 4)
    (found,) = window_receptors([body, window(*place, 0.9, 2.1), Part("e", np.zeros((0, 3)), np.zeros((0, 3), int), kind="window")], body.triangles)
    assert local(found) == pytest.approx(point) and found.normal == pytest.approx(normal)
    assert (found.kind, found.building, found.floor, found.facade) == ("window", "w", None, None)


def test_points_on_the_ground_are_a_square_grid_in_an_area():
    found = ground_receptors(shift(box(0, 0, 6, 4)), None, 2.0, GROUND + 0.5, 0.1)
    assert [local(r) for r in found] == [(x, y, 0.6) for y in (1, 3) for x in (1, 3, 5)]
    assert {(r.kind, r.normal, r.building) for r in found} == {("ground", None, "")}
    hook = shift(shapely.union_all([box(0, 0, 6, 2), box(0, 0, 2, 4)]))
    assert [local(r)[:2] for r in ground_receptors(hook, None, 2.0, GROUND)] == [(1, 1), (3, 1), (5, 1), (1, 3)]
    (one,) = ground_receptors(shift(box(0, 0, 0.5, 0.2)), None, 2.0, GROUND, 0.25)
    assert local(one) == pytest.approx((0.25, 0.1, 0.25))
    assert ground_receptors(shapely.Polygon(), None, 2.0, GROUND) == ()


def test_ground_in_a_hole_is_that_of_the_nearest_place_within_five_metres():
    heights = np.full((40, 80), 2.0)
    heights[:, 40:] = np.nan
    terrain = Terrain(heights, 0.0, 20.0, 0.5)  # known from x = 0 to 20
    xy = np.array([[5.0, 10.0], [15.0, 10.0], [19.5, 10.0], [24.4, 10.0], [24.6, 10.0]])
    assert ground_at(xy, terrain, 7.0).tolist() == [2.0, 2.0, 2.0, 2.0, 7.0]
    assert ground_at(xy[3:], terrain, 7.0).tolist() == [7.0, 7.0]
    assert ground_at(xy[:2], terrain, 7.0).tolist() == [2.0, 2.0] and ground_at(xy[:2], None, 7.0).tolist() == [7.0, 7.0]


def test_a_receptor_names_no_building_or_side_by_itself():
    assert Receptor((0.0, 0.0, 0.0), None, "point") == Receptor((0.0, 0.0, 0.0), None, "point", "", None, None)
