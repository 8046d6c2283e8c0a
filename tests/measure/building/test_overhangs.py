"""What sticks out: by its name, else by its shape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

from drieluik.measure.building.footprint import wall_enclosed
from drieluik.measure.building.overhangs import overhangs, reach
from drieluik.measure.building.roof import RoofView
from scenes import GROUND, box_part, gable_part


def found(*parts):
    outline = wall_enclosed([parts[0]], (), GROUND)[0]
    return overhangs(parts, RoofView(parts, GROUND), outline)


HOUSE = gable_part(0, 0, 10, 8, 5, 8)


def test_a_balcony_with_railing_and_a_canopy():
    balcony = [box_part(3, -1.5, 6, 0, 2.7, 2.9), box_part(3, -1.5, 6, -1.4, 2.9, 3.9)]
    canopy = box_part(8, -1.0, 9.5, 0, 2.4, 2.6)
    by_kind = {thing.kind: thing for thing in found(HOUSE, *balcony, canopy)}
    assert by_kind["balcony"].depth == pytest.approx(1.5) and by_kind["balcony"].plan.area == pytest.approx(3 * 1.5, abs=1e-4)
    assert by_kind["canopy"].depth == pytest.approx(1.0)
    assert by_kind["canopy"].low - GROUND == pytest.approx(2.4)


def test_the_files_own_word_goes_first():
    (thing,) = found(HOUSE, box_part(3, -1.5, 6, 0, 2.7, 2.9, kind="balcony"))
    assert (thing.kind, thing.confidence) == ("balcony", 1.0)


def test_a_step_at_the_door():
    (thing,) = found(HOUSE, box_part(4, -0.6, 5.5, 0, 0, 0.2))
    assert thing.kind == "at_ground"


def test_overhanging_roof():
    walls = box_part(0, 0, 10, 8, 0, 5)
    roof = gable_part(-0.5, -0.5, 10.5, 8.5, 0.1, 3.6)
    lifted = type(roof)(roof.fid, roof.vertices + [0, 0, 5], roof.faces, closed=True)
    things = found(walls, lifted)
    assert {thing.kind for thing in things} == {"roof_overhang"}
    assert max(thing.depth for thing in things) == pytest.approx(0.5, abs=0.01)


def one(*parts):
    """Return kind, confidence and depth of what sticks out of a house of 10 x 8 m beside the parts."""
    return [(thing.kind, thing.confidence, round(thing.depth, 3)) for thing in found(HOUSE, *parts)]


@pytest.mark.parametrize(
    ("low", "high", "kind", "sure"),
    [
        (0, 0.2, "at_ground", 0.6), (0, 1.79, "at_ground", 0.6), (0, 1.81, "unknown", 0.3), (1.7, 2.5, "unknown", 0.3), (1.81, 2.4, "canopy", 0.6), (1.81, 2.42, "unknown", 0.3),
        (2.4, 3.09, "unknown", 0.3), (2.4, 3.11, "balcony", 0.6), (2.4, 4.09, "balcony", 0.6), (2.4, 4.11, "unknown", 0.3),
    ],
)
def test_shape_says_what_a_box_against_the_facade_is(low, high, kind, sure):
    """Where no roof is seen from above."""
    outline = wall_enclosed([HOUSE], (), GROUND)[0]
    (thing,) = overhangs((HOUSE, box_part(3, -1.2, 6, 0, low, high)), RoofView([HOUSE], GROUND), outline)
    assert (thing.kind, thing.confidence, round(thing.depth, 3)) == (kind, sure, 1.2)
    assert (thing.low - GROUND, thing.high - GROUND) == pytest.approx((low, high)) and thing.plan.area == pytest.approx(3.6)


@pytest.mark.parametrize(
    ("low", "high", "kind", "sure"), [(2.4, 2.9, "canopy", 0.5), (2.4, 3.05, "unknown", 0.3), (1.7, 2.0, "unknown", 0.3), (0, 1.7, "at_ground", 0.6), (2.4, 3.5, "balcony", 0.6)]
)
def test_a_flat_roof_seen_from_above_beside_the_house(low, high, kind, sure):
    assert one(box_part(3, -1.2, 6, 0, low, high)) == [(kind, sure, 1.2)]


@pytest.mark.parametrize("kind", ["balcony", "canopy", "stair", "railing"])
def test_what_a_file_names_itself_is_that(kind):
    assert one(box_part(3, -1.2, 6, 0, 0, 0.2, kind=kind)) == [(kind, 1.0, 1.2)]


def test_of_what_hangs_together_the_most_told_kind_counts():
    balconies = [box_part(3 + 3 * n, -1.2, 6 + 3 * n, 0, 2.7, 2.9, kind="balcony", fid=f"b{n}") for n in range(2)]
    railings = [box_part(3 + n, -1.2, 3.2 + n, -1.1, 2.9, 3.9, kind="railing", fid=f"r{n}") for n in range(3)]
    assert one(balconies[0], *railings[:2]) == [("railing", 1.0, 1.2)] and one(*balconies, railings[0]) == [("balcony", 1.0, 1.2)]


@pytest.mark.parametrize(("depth", "count"), [(0.015, 0), (0.05, 1)])
def test_facade_finish_within_a_seam_is_none(depth, count):
    assert len(one(box_part(2, -depth, 8, 0, 0, 3))) == count


@pytest.mark.parametrize(("wide", "count"), [(0.95, 0), (1.05, 1)])
def test_a_tenth_of_a_square_metre_is_the_smallest(wide, count):
    assert len(one(box_part(3, -0.1, 3 + wide, 0, 2.4, 2.6))) == count


@pytest.mark.parametrize(("gap", "up", "count"), [(0.015, 0.0, 1), (0.025, 0.0, 2), (0.0, 0.015, 1), (0.0, 0.025, 2)])
def test_pieces_that_touch_are_one(gap, up, count):
    things = found(HOUSE, box_part(2, -1, 4, 0, 2.4, 2.6), box_part(4 + gap, -2, 6, 0, 2.6 + up, 2.8, fid="b"))
    assert len(things) == count and things[0].plan.area == pytest.approx(6 - 2 * gap if count == 1 else 4 - 2 * gap, abs=0.01)
    assert [thing.plan.area for thing in things] == sorted((thing.plan.area for thing in things), reverse=True)


def test_a_roof_does_not_take_along_what_the_file_names():
    roof = box_part(-0.5, -0.5, 10.5, 8.5, 3, 3.2, kind="roof", fid="roof")
    kinds = sorted(thing.kind for thing in found(box_part(0, 0, 10, 8, 0, 3), roof, box_part(3, -1.5, 6, 0, 2.8, 3.0, kind="balcony")))
    assert kinds == ["balcony", "canopy"]
    kinds = sorted(thing.kind for thing in found(box_part(0, 0, 10, 8, 0, 3), roof, box_part(3, -1.5, 6, 0, 2.8, 3.0, kind="slab")))
    assert len(kinds) == 1


def test_past_a_corner_the_reach_is_square_to_the_facades():
    """A slab that reaches 3 m out to the south and 4 m to the east of the corner: 4 m, not the 5 m to the corner."""
    assert one(box_part(8, -3, 14, 2, 2.4, 2.6))[0][2] == 4.0
    square = box(0, 0, 10, 8)
    assert reach(np.array([[12.0, -3.0]]), square) == pytest.approx(3.0) and reach(np.array([[5.0, 9.5], [5.0, 4.0]]), square) == pytest.approx(4.0)
    assert reach(np.zeros((0, 2)), square) == 0.0


def test_the_heights_of_a_piece_are_those_that_it_has_outside():
    """A ramp that falls from 3 m inside to 1 m at its far end: of its corners only those outside count."""
    ramp = gable_part(3, -4, 6, 4, 2.4, 3.0)
    low = ramp.vertices.copy()
    low[low[:, 2] < GROUND + 0.01, 2] = GROUND + 2.2
    (thing,) = found(HOUSE, replace(ramp, vertices=low))
    assert (thing.low - GROUND, thing.high - GROUND) == pytest.approx((2.2, 2.4)) and thing.depth == pytest.approx(4.0)
