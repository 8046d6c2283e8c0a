"""Every number by which a body is told from the ground, a wall in the garden, a thing without a room or a crown on a stem, from both sides."""

from __future__ import annotations

import numpy as np
import pytest

from drieluik.measure.building.bodies import bodies_apart, garden_walls, ground_plates, one_body
from drieluik.measure.building.footprint import projection
from drieluik.model import Part
from scenes import GROUND, box_part, to_rd

HOUSE = box_part(5, 5, 13, 14, 0, 6, fid="house")


@pytest.mark.parametrize(
    ("x", "low", "high", "lies"),
    [((4, 30), -0.3, 0.14, True), ((4, 30), -0.3, 0.16, False), ((4, 30), -0.59, 0.0, True), ((4, 30), -0.61, 0.0, False), ((5, 13.41), -0.3, 0.0, False), ((5, 13.43), -0.3, 0.0, True), ((5, 13.2), -0.3, 0.0, False)],
)  # fmt: skip
def test_what_is_ground(x, low, high, lies):
    """At most 0.15 m high and 0.6 m thick; with more than 1 m2 beyond 0.3 m round the house: from x = 13.3 + 1 / 9 on."""
    plate = box_part(x[0], 5, x[1], 14, low, high, fid="plate")
    assert [part.fid for part in ground_plates([HOUSE, plate], GROUND)] == (["plate"] if lies else [])


@pytest.mark.parametrize(
    ("thick", "low", "high", "wall"),
    [(0.2, 0, 2.49, True), (0.2, 0, 2.5, True), (0.2, 0, 2.51, False), (0.2, 0.29, 2, True), (0.2, 0.31, 2, False), (0.2, 0, 0.29, False), (0.2, 0, 0.31, True), (0.59, 0, 2, True), (0.61, 0, 2, False)],
)  # fmt: skip
def test_what_is_a_wall_in_the_garden(thick, low, high, wall):
    part = box_part(0, 25, 18, 25 + thick, low, high, fid="wall")
    assert [one.fid for one in garden_walls([HOUSE, part], GROUND)] == (["wall"] if wall else []) and garden_walls([part], GROUND) == ()


@pytest.mark.parametrize(("under", "loose"), [(8.9, True), (9.1, False)])
def test_a_wall_for_half_under_a_roof_is_of_the_building(under, loose):
    wall, roof = box_part(0, 25, 18, 25.2, 0, 2, fid="wall"), box_part(0, 24, under, 26, 2.2, 2.4, fid="roof")
    assert bool(garden_walls([HOUSE, wall, roof], GROUND)) is loose


@pytest.mark.parametrize(
    ("size", "low", "high", "rooms"),
    [((2.1, 2.0), 0, 1.81, True), ((2.1, 2.0), 0, 1.79, False), ((2.0, 1.99), 0, 3, False), ((2.1, 2.0), 0, 3, True), ((2.1, 2.0), 0.5, 1.9, True), ((2.1, 2.0), -1.0, 1.7, False), ((0.59, 9), 0, 3, False), ((0.61, 9), 0, 3, True)],
)  # fmt: skip
def test_a_room_is_as_high_as_a_person_and_as_large_as_a_shed(size, low, high, rooms):
    """Wider than a wall in the garden (0.6 m)."""
    assert one_body([box_part(0, 0, *size, low, high)], GROUND).rooms is rooms


@pytest.mark.parametrize(("gap", "count"), [(0.29, 1), (0.31, 2)])
def test_bodies_stand_apart_from_a_gap_on(gap, count):
    parts = (HOUSE, box_part(13 + gap, 5, 16 + gap, 9, 0, 3, fid="shed"))
    found = bodies_apart(parts, projection(parts), GROUND, 0.3)
    assert len(found) == count and sum(len(body.parts) for body in found) == 2 and sum(body.plan.area for body in found) == pytest.approx(72 + 12)


def crown(trunk, wide, low, high):
    """Return a trunk with a block on it."""
    return [box_part(20, 20, 20 + trunk, 20 + trunk, 0, low, fid="trunk"), box_part(20 - wide / 2, 20 - wide / 2, 20 + wide / 2, 20 + wide / 2, low, high, fid="crown")]


@pytest.mark.parametrize(
    ("trunk", "wide", "high", "stem"),
    [(0.9, 3.0, 5, True), (1.1, 3.0, 5, False), (1.9, 6.4, 5, True), (2.1, 6.4, 5, False), (0.9, 3.0, 2.9, False), (0.9, 3.0, 3.1, True)],
)  # fmt: skip
def test_what_is_carried_by_little_of_its_plan_and_stands_high_is_on_a_stem(trunk, wide, high, stem):
    """By less than a square metre, or less than a tenth of its plan (6.4 x 6.4 m: 4.1 m2); and higher than 3 m. The trunk stands under the crown's quarter."""
    assert one_body(crown(trunk, wide, 2.0, high), GROUND).stem is stem


@pytest.mark.parametrize(("base", "rooms"), [(-3.0, True), (0.0, True), (2.0, True)])
def test_a_room_is_looked_for_above_the_ground_or_the_underside(base, rooms):
    """A tub whose walls stand only from a metre below its top on has no room at a metre; what hangs in the air is cut above its own foot."""
    assert one_body([box_part(0, 0, 4, 4, base, base + 5)], GROUND).rooms is rooms
    roofless = Part("flat", to_rd([(0, 0, 2.0), (4, 0, 2.0), (4, 4, 2.0), (0, 4, 2.0)]), np.array([[0, 1, 2], [0, 2, 3]]))
    assert not one_body([roofless], GROUND).rooms and not one_body([box_part(0, 0, 4, 4, -3, 0)], GROUND).rooms
