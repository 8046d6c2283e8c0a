"""Every number by which a name is believed or not, from both sides and where it lies."""

from __future__ import annotations

import numpy as np
import pytest

from drieluik.measure.building.named_kinds import (
    confirmed,
    has_its_shape,
    machines_together,
    plates_over_rooms,
    poles,
    stacks_apart,
    stacks_of_no_building,
    walls_of_rooms,
)
from drieluik.model import Part
from scenes import box_part, design, to_rd

HOUSE = box_part(4, 4, 14, 14, 0, 6, fid="house")
"""A hundred square metres."""


def names(parts):
    return [part.fid for part in parts]


@pytest.mark.parametrize("kind", ["chimney", "antenna"])
@pytest.mark.parametrize(("across", "long", "shaped"), [(2.0, 2.0, True), (2.01, 2.0, False), (1.0, 4.0, True), (0.9, 4.01, False), (1.99, 2.02, False), (1.0, 3.9, True), (1.03, 3.9, False)])
def test_a_stack_is_two_by_four_metres_at_most_and_four_square_metres(kind, across, long, shaped):
    assert has_its_shape(box_part(5, 5, 5 + long, 5 + across, 5, 9, kind=kind)) is shaped
    assert has_its_shape(Part("empty", np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64), kind=kind)) is True


@pytest.mark.parametrize("kind", ["balcony", "canopy", "stair", "railing"])
@pytest.mark.parametrize(("high", "shaped"), [(1.79, True), (1.81, False)])
def test_what_is_open_is_no_massive_body_as_high_as_a_person(kind, high, shaped):
    assert has_its_shape(box_part(0, 0, 3, 3, 0, high, kind=kind)) is shaped


def tapered(base, top, high=4.0, kind="canopy"):
    """Return a body of ``base`` x 2 m whose east face leans, ``top`` wide above."""
    corners = [(0, 0, 0), (base, 0, 0), (base, 2, 0), (0, 2, 0), (0, 0, high), (top, 0, high), (top, 2, high), (0, 2, high)]
    return Part("taper", to_rd(corners), box_part(0, 0, 1, 1, 0, 1).faces, kind=kind, closed=True)


@pytest.mark.parametrize(("top", "shaped"), [(0.01, False), (0.0, False)])
def test_half_of_its_plan_at_mid_height_is_enclosed(top, shaped):
    """A wedge of 10 m to a point is 5 m wide at mid height: half, which is a room."""
    assert has_its_shape(tapered(10.0, top + 1e-6)) is shaped
    assert has_its_shape(tapered(10.0, 20.3)) is False  # 15.1 m of 20.3
    steps = Part("steps", np.concatenate([box_part(0, 0, 4.9, 2, 0, 4).vertices, box_part(4.9, 0, 10, 2, 0, 1.9).vertices]), np.concatenate([box_part(0, 0, 1, 1, 0, 1).faces, box_part(0, 0, 1, 1, 0, 1).faces + 8]), kind="canopy")
    assert has_its_shape(steps) is True  # at 2 m only 4.9 of 10 m


@pytest.mark.parametrize(("base", "top", "high", "roof"), [(10.0, 8.6, 4.0, True), (10.0, 8.7, 4.0, False), (10.0, 10.0, 1.79, True), (10.0, 10.0, 1.81, False)])
def test_a_roof_narrows_or_is_lower_than_a_person(base, top, high, roof):
    """At three quarters of its height nine tenths of its plan or more is upright walls: 10 - 0.75 x 1.4 is 8.95 m."""
    assert has_its_shape(tapered(base, top, high, "roof")) is roof


@pytest.mark.parametrize("kind", ["installation", "furnishing"])
@pytest.mark.parametrize(("long", "high", "shaped"), [(4.99, 2.0, True), (5.0, 2.0, False), (5.0, 1.75, True), (9.0, 1.75, True)])
def test_a_machine_as_high_as_a_person_is_smaller_than_ten_square_metres(kind, long, high, shaped):
    assert has_its_shape(box_part(0, 0, long, 2, 6, 6 + high, kind=kind)) is shaped


@pytest.mark.parametrize(("gap", "long", "high", "together"), [(0.0, 2.5, 2.0, True), (0.0, 2.49, 2.0, False), (0.25, 2.5, 2.0, True), (0.35, 2.5, 2.0, False), (0.0, 2.5, 1.75, False)])
def test_machines_against_each_other_count_together(gap, long, high, together):
    """Two of 2 m deep, ``gap`` apart; a third stands elsewhere."""
    pair = [box_part(0, 0, long, 2, 6, 6 + high, kind="installation", fid="a"), box_part(long + gap, 0, 2 * long + gap, 2, 6, 6 + high, kind="furnishing", fid="b")]
    alone = box_part(20, 0, 24, 2, 6, 8, kind="installation", fid="c")
    assert names(machines_together([HOUSE, *pair, alone])) == (["a", "b"] if together else [])
    assert machines_together([HOUSE, alone]) == ()


def mast(fid, x, y, side, kind="antenna"):
    return box_part(x, y, x + side, y + side, 0, 12, kind=kind, fid=fid)


@pytest.mark.parametrize(("off", "apart"), [(0.25, []), (0.35, ["m"])])
def test_a_mast_stands_apart_from_three_decimetres_on(off, apart):
    assert names(stacks_apart([HOUSE, mast("m", 14 + off, 8, 0.5), mast("on", 8, 8, 0.5, "chimney")])) == apart
    assert stacks_apart([mast("m", 0, 0, 0.5)]) == () and stacks_apart([HOUSE]) == ()


@pytest.mark.parametrize(("side", "building"), [(0.99, False), (1.0, True), (1.5, True)])
def test_a_mast_by_itself_is_slimmer_than_a_square_metre(side, building):
    assert names(stacks_of_no_building([HOUSE, mast("m", 20, 8, side)])) == (["m"] if building else [])
    assert stacks_of_no_building([HOUSE, mast("m", 8, 8, side)]) == ()


@pytest.mark.parametrize(("high", "kind", "found"), [(0.9, "building", []), (1.1, "building", ["p"]), (1.1, "tree", [])])
def test_a_pole_is_as_high_as_a_mast_and_built(high, kind, found):
    pole = box_part(20, 8, 20.3, 8.3, 0, high, kind=kind, fid="p")
    assert names(poles([HOUSE, pole])) == found


@pytest.mark.parametrize(("count", "long", "minor"), [(5, 2.0, True), (5, 2.01, False), (6, 2.0, False)])
def test_stacks_together_are_at_most_a_tenth_of_the_plan(count, long, minor):
    """Each of 1 m deep, on a house of 100 m2; of a small building they may be 4 m2."""
    stacks = [box_part(5, 4.5 + 1.5 * n, 5 + long, 5.5 + 1.5 * n, 0, 9, kind="chimney", fid=str(n)) for n in range(count)]
    assert names(stacks_of_no_building([HOUSE, *stacks])) == ([] if minor else [str(n) for n in range(count)])
    shed = box_part(4, 4, 8, 8, 0, 3)
    assert bool(stacks_of_no_building([shed, *stacks[:2]])) is (2 * long > 4.0)


def ring(kind, high=3.0, size=8.0, thick=0.3):
    """Return four walls round a room."""
    corners = [(0, 0, size, thick), (0, size - thick, size, size), (0, thick, thick, size - thick), (size - thick, thick, size, size - thick)]
    return [box_part(*one, 0, high, kind=kind, fid=f"{kind} {n}") for n, one in enumerate(corners)]


@pytest.mark.parametrize(("high", "size", "walls"), [(1.79, 8.0, 0), (1.81, 8.0, 4), (3.0, 2.59, 0), (3.0, 2.61, 4)])
def test_walls_by_another_name_enclose_the_smallest_room_of_four_square_metres(high, size, walls):
    """Walls of 0.3 m round 2 x 2 m of room."""
    assert len(walls_of_rooms([HOUSE, *ring("stair", high, size)])) == walls


def test_walls_are_looked_for_at_the_first_six_heights_above_their_feet():
    loose = [box_part(20 + n, 0, 20.2 + n, 0.2, -10 + n, -7.9 + n, kind="stair", fid=str(n)) for n in range(6)]
    assert len(walls_of_rooms([*loose[:5], *ring("stair")])) == 4 and walls_of_rooms([*loose, *ring("stair")]) == ()


@pytest.mark.parametrize(("x", "y", "thick", "only"), [(4.0, 2.5, 0.2, True), (4.0, 2.49, 0.2, False), (4.0, 2.5, 1.79, True), (4.0, 2.5, 1.81, False)])
def test_a_plate_that_is_the_only_roof_is_larger_than_a_machine_and_thinner_than_a_storey(x, y, thick, only):
    walls = [box_part(*one, 0, 3, fid=str(n)) for n, one in enumerate([(0, 0, x, 0.2), (0, y - 0.2, x, y), (0, 0, 0.2, y), (x - 0.2, 0, x, y)])]
    plate = box_part(0, 0, x, y, 3, 3 + thick, kind="canopy", fid="plate")
    assert names(plates_over_rooms([*walls, plate])) == (["plate"] if only else [])


@pytest.mark.parametrize(("top", "only"), [(2.05, True), (1.95, False)])
def test_walls_reach_within_a_metre_under_the_plate_that_they_carry(top, only):
    plate = box_part(0, 0, 8, 8, 3, 3.2, kind="balcony", fid="plate")
    assert names(plates_over_rooms([*ring("building", top), plate])) == (["plate"] if only else [])
    assert plates_over_rooms([*ring("building", 3.0), box_part(8, 0, 14, 8, 3, 3.2, kind="balcony", fid="beside")]) == ()


@pytest.mark.parametrize(("over", "roof"), [(4.9, False), (5.1, True)])
def test_an_open_plate_over_most_of_a_building_is_its_roof(over, roof):
    """A house of 10 x 10 m; a plate over ``over`` of it lies on it. A machine on a flat roof is none."""
    for kind, told in (("balcony", roof), ("installation", False)):
        plate = box_part(4, 4, 4 + over, 14, 6, 6.2, kind=kind, fid="plate")
        assert names(plates_over_rooms([HOUSE, plate])) == (["plate"] if told else []), kind


@pytest.mark.parametrize(("over", "roof"), [(9.4, False), (9.6, True), (11.0, True)])
def test_a_plate_over_all_of_a_building_is_its_roof_also_when_it_is_called_a_machine(over, roof):
    """A house of 10 x 10 m; a plate of its width over ``over`` of its length."""
    plate = box_part(4, 4, 4 + over, 14, 6, 6.2, kind="installation", fid="plate")
    assert names(plates_over_rooms([HOUSE, plate])) == (["plate"] if roof else [])
    assert plates_over_rooms([HOUSE, box_part(4, 4, 4 + over, 14, 5.7, 5.9, kind="furnishing", fid="ceiling")]) == ()


def test_what_is_no_building_by_shape_becomes_a_part_of_it_once():
    made = design(HOUSE, mast("m", 20, 8, 1.5), box_part(5, 5, 11, 7, 6, 8, kind="installation", fid="i"), Part("empty", np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)))
    found = confirmed(made)
    assert [(part.fid, part.kind) for part in found.parts] == [("house", "building"), ("m", "building"), ("i", "building")]
    assert found.parts[0] is made.parts[0] and confirmed(found) is found


@pytest.mark.parametrize(("high", "side", "kind"), [(4.0, 2.0, "installation"), (4.1, 2.0, "building"), (4.1, 0.9, "installation"), (12.0, 0.9, "installation")])
def test_a_machine_is_no_higher_than_a_storey_and_a_duct_is_thin(high, side, kind):
    made = design(HOUSE, box_part(8, 8, 8 + side, 8 + side, 6, 6 + high, kind="installation", fid="i"))
    assert confirmed(made).parts[1].kind == kind
