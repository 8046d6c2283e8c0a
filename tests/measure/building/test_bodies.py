"""What a file holds by shape: the ground, garden walls, bodies apart; and names that geometry does not confirm."""

from __future__ import annotations

import numpy as np
import pytest

from drieluik.measure.building.bodies import bodies_apart, garden_walls, ground_plates, sides_of
from drieluik.measure.building.footprint import plans_of, projection
from drieluik.measure.building.named_kinds import confirmed
from drieluik.measure.building.storey_levels import room_for_more
from drieluik.model import Part
from scenes import GROUND, box_part, design, gable_part, to_rd

HOUSE = box_part(5, 5, 13, 14, 0, 6, fid="house")


def names(parts):
    return [part.fid for part in parts]


def apart(*parts):
    return bodies_apart(parts, projection(parts), GROUND, 0.3)


def test_the_ground_is_thin_low_and_reaches_beyond_the_building():
    ground = box_part(-4, -4, 30, 40, -0.3, -0.02, fid="ground")
    floor = box_part(5, 5, 13, 14, -0.3, 0, fid="floor")
    thick = box_part(4, 4, 16, 18, -2.8, -0.02, fid="cellar")
    high = box_part(13, 5, 18, 14, 0.0, 0.4, fid="terrace")
    assert names(ground_plates([HOUSE, ground, floor, thick, high], GROUND)) == ["ground"]
    assert ground_plates([ground], GROUND) == ()  # there is nothing on it


@pytest.mark.parametrize(("low", "high", "thick", "is_wall"), [(0, 2, 0.2, True), (0, 2, 0.61, False), (0, 2.6, 0.2, False), (0.4, 2, 0.2, False)])
def test_a_garden_wall_is_slender_low_and_stands_under_no_roof(low, high, thick, is_wall):
    wall = box_part(0, 25, 18, 25 + thick, low, high, fid="wall")
    assert names(garden_walls([HOUSE, wall], GROUND)) == (["wall"] if is_wall else [])
    roofed = box_part(0, 24, 18, 27, high, high + 0.2, fid="roof")
    assert garden_walls([HOUSE, wall, roofed], GROUND) == ()


def test_the_smallest_rectangle_around_a_part_and_its_plan():
    def turned(x, y, angle):
        cos, sin = np.cos(angle), np.sin(angle)
        part = box_part(0, 0, x, y, 0, 3)
        middle = part.vertices.mean(axis=0)
        xy = part.vertices[:, :2] - middle[:2]
        return Part("t", np.column_stack([xy @ np.array([[cos, sin], [-sin, cos]]) + middle[:2], part.vertices[:, 2]]), part.faces)

    parts = [turned(0.4, 7, 0.3), turned(5, 2, 1.1), turned(3, 3, 0.0), gable_part(0, 0, 9, 4, 3, 6)]
    assert sides_of(parts) == pytest.approx(np.array([(0.4, 7), (2, 5), (3, 3), (4, 9)]))
    line = Part("l", np.array([(0.0, 0, 0), (3, 4, 0), (0, 0, 3)]), np.array([(0, 1, 2)]))
    empty = Part("e", np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64))
    assert sides_of([line]).tolist() == [[0, 0]] and sides_of([]).shape == (0, 2)
    assert [plan.area for plan in plans_of([*parts, line, empty])] == pytest.approx([2.8, 10, 9, 36, 0, 0]) and not len(plans_of([]))


def test_bodies_apart_say_whether_there_is_a_room_in_them():
    shed = box_part(2, 30, 5, 33, 0, 2.4, fid="shed")
    car = box_part(15, -6, 16.8, -2, 0.1, 1.5, fid="car")
    found = {names(body.parts)[0]: body.rooms for body in apart(HOUSE, shed, car)}
    assert found == {"house": True, "shed": True, "car": False}


def test_parts_that_stand_together_are_one_body():
    near = box_part(13.2, 5, 16, 9, 0, 3, fid="extension")
    assert [names(body.parts) for body in apart(HOUSE, near, box_part(2, 30, 5, 33, 0, 2.4, fid="shed"))] == [["house", "extension"], ["shed"]]


def test_a_crown_stands_on_a_stem_and_a_carport_does_not():
    ring = [(20 + 2 * np.cos(a), 30 + 2 * np.sin(a), 2.0) for a in np.linspace(0, 2 * np.pi, 8, endpoint=False)]
    cone = Part("crown", to_rd([*ring, (20, 30, 9.0)]), np.array([[i, (i + 1) % 8, 8] for i in range(8)]), "other")
    trunk = box_part(19.9, 29.9, 20.1, 30.1, 0, 2, fid="trunk")
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0, 2.5, fid=f"post {x} {y}") for x in (30, 33) for y in (30, 34)]
    roof = box_part(30, 30, 33.1, 34.1, 2.5, 2.7, fid="roof")
    found = {names(body.parts)[0]: (body.rooms, body.stem) for body in apart(HOUSE, trunk, cone, *posts, roof)}
    assert found == {"house": (True, False), "trunk": (False, True), "post 30 30": (False, False)}


def kinds(*parts):
    return [part.kind for part in confirmed(design(*parts)).parts]


def test_walls_by_another_name_are_walls():
    """Four walls of 8 x 9 m round a room: 0.3 m thick, each too slender to be a room by itself."""
    ring = [(5, 5, 13, 5.3), (5, 13.7, 13, 14), (5, 5.3, 5.3, 13.7), (12.7, 5.3, 13, 13.7)]
    for word in ("installation", "furnishing", "stair", "canopy", "antenna"):
        walls = [box_part(*corners, 0, 3, kind=word, fid=f"{word} {n}") for n, corners in enumerate(ring)]
        assert kinds(*walls) == ["building"] * 4, word
    loose = box_part(5, 20, 9, 20.3, 0, 3, kind="stair", fid="beside")  # encloses nothing
    assert kinds(HOUSE, loose) == ["building", "building"]  # as high as a room, and massive: no stair
    steps = box_part(5, 20, 9, 21, 0, 1.5, kind="stair", fid="steps")
    assert kinds(HOUSE, steps) == ["building", "stair"]


def test_the_only_roof_of_a_room_is_no_balcony():
    walls = [
        box_part(*corners, 0, 3, kind="wall", fid=f"w{n}") for n, corners in enumerate([(5, 5, 13, 5.3), (5, 13.7, 13, 14), (5, 5.3, 5.3, 13.7), (12.7, 5.3, 13, 13.7)])
    ]
    roof, floor = box_part(5, 5, 13, 14, 3, 3.2, kind="balcony", fid="roof"), box_part(5.3, 5.3, 12.7, 13.7, -0.3, 0, kind="slab", fid="floor")
    assert kinds(*walls, floor, roof)[-1] == "building"
    under = box_part(5, 5, 13, 14, 3, 3.2, kind="roof", fid="roof")
    terrace = box_part(6, 6, 10, 12, 3.2, 3.3, kind="balcony", fid="terrace")  # lies on a roof, over a third of it
    assert kinds(*walls, floor, under, terrace)[-1] == "balcony"
    assert kinds(*walls, floor, under, box_part(5, 5, 13, 13, 3.2, 3.3, kind="balcony", fid="layer"))[-1] == "building"
    outside = box_part(5, 14, 13, 16, 3, 3.2, kind="balcony", fid="outside")
    assert kinds(HOUSE, outside) == ["building", "balcony"]


def test_chimneys_and_machines_stay_small():
    assert kinds(HOUSE, box_part(6, 6, 6.6, 9.5, 5, 7.5, kind="chimney", fid="c")) == ["building", "chimney"]
    assert kinds(HOUSE, box_part(6, 6, 6.6, 10.5, 5, 7.5, kind="chimney", fid="c")) == ["building", "building"]  # 4.5 m long
    assert kinds(HOUSE, box_part(6, 6, 9, 9, 6, 8, kind="installation", fid="i")) == ["building", "installation"]  # 9 m2
    assert kinds(HOUSE, box_part(6, 6, 10, 9, 6, 8, kind="installation", fid="i")) == ["building", "building"]  # 12 m2, as high as a room
    assert kinds(HOUSE, box_part(6, 6, 10, 9, 6, 7.5, kind="installation", fid="i")) == ["building", "installation"]


def test_a_name_that_geometry_confirms_changes_nothing():
    made = design(gable_part(5, 5, 13, 14, 6, 9, fid="house"), box_part(6, 6, 6.6, 6.6, 5, 9.5, kind="chimney", fid="c"))
    assert confirmed(made) is made


@pytest.mark.parametrize(
    ("floors", "ground", "eaves", "more"),
    [
        ((0.0, 3.0), 0.0, 6.0, 0),  # two storeys of three metres
        ((0.0,), 0.0, 6.0, 1), ((0.0,), 0.0, 5.0, 0), ((0.0,), 0.0, 9.0, 2),  # above the highest
        ((0.0, 6.0), 0.0, 9.0, 1),  # between
        ((3.0,), 0.0, 6.0, 1), ((3.0,), 0.0, None, 1),  # below the lowest
        ((0.0, 3.0, 6.0), 0.0, 4.0, 0),  # a floor under the roof
        ((), 0.0, 6.0, 0),
    ],
)
def test_height_for_floors_that_a_list_leaves_out(floors, ground, eaves, more):
    assert room_for_more(floors, ground, eaves) == more
