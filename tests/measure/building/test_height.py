"""Highest and lowest points of planes and bodies, inside zones too, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from drieluik.measure.building.height import HighestPoints, highest_point, lowest_point, minor_candidates
from drieluik.model import Part
from drieluik.model.design import bounds_of
from scenes import GROUND, ORIGIN, box_part, gable_part, shift, to_rd

SLOPE = np.array([[[0.0, 0, 0], [12, 0, 6], [0, 8, 4]]])
"""A triangle in the plane z = x / 2 + y / 2."""


@pytest.mark.parametrize(
    ("zone", "point"),
    [
        (None, (12, 0, 6)), (box(-5, -5, 20, 20), (12, 0, 6)), (box(1, 1, 3, 2), (3, 2, 2.5)), (box(1, -9, 2, 1), (2, 1, 1.5)),
        (box(-9, 3, 1, 5), (1, 5, 3)), (box(5, -1, 7, 9), (7, 10 / 3, 31 / 6)), (box(-9, -9, 0.5, 0.5), (0.5, 0.5, 0.5)),
        (Polygon([(2, 1), (5, 1), (2, 4)]), None),
    ],
)
def test_the_highest_point_of_a_slope_in_a_zone(zone, point):
    found = highest_point(SLOPE, zone)
    assert found[2] == pytest.approx((found[0] + found[1]) / 2)
    assert found.tolist() == pytest.approx(point) if point else found[2] == pytest.approx(3.0)


def test_nothing_in_a_zone():
    assert highest_point(SLOPE, box(9, 7, 12, 9)) is None and highest_point(SLOPE, Polygon()) is None and highest_point(np.zeros((0, 3, 3))) is None
    assert lowest_point(np.zeros((0, 3, 3))) is None and lowest_point(SLOPE, box(50, 50, 60, 60)) is None


def test_the_lowest_point():
    assert lowest_point(SLOPE).tolist() == [0, 0, 0]
    assert lowest_point(SLOPE, box(3, 1, 5, 2)).tolist() == pytest.approx([3, 1, 2])


def test_an_upright_face_and_one_that_hangs_over():
    """In the zone an upright wall of 7 m stands beside a slope of which only 2.5 m is in it."""
    wall = np.array([[[2.0, 1, 0], [2, 2, 7], [2, 2, 0]]])
    assert highest_point(np.concatenate([SLOPE, wall]), box(1, 0.5, 3, 1.5))[2] == pytest.approx(3.5)
    assert highest_point(np.concatenate([SLOPE, wall]), box(1, 0.5, 1.9, 1.5))[2] == pytest.approx(1.7)


HOUSE, SHED, MAST = gable_part(0, 0, 10, 8, 5, 9, fid="house"), box_part(12, 0, 15, 4, 0, 3, fid="shed"), box_part(4, 3, 5, 4, 0, 12, fid="mast")
NOTHING = Part("nothing", np.zeros((0, 3)), np.zeros((0, 3), dtype=int))


@pytest.mark.parametrize(
    ("zone", "without", "z"),
    [
        (None, (), 12), (None, ("mast",), 9), (None, ("mast", "house"), 3), (None, ("mast", "house", "shed"), None), (box(0, 0, 10, 2), (), 7),
        (box(11, 0, 20, 9), (), 3), (box(4.5, 0, 20, 9), (), 12), (box(4.5, 0, 20, 9), ("mast",), 9), (box(9.5, 0, 20, 1), (), 6), (box(9.5, 0, 20, 1), ("house",), 3),
        (box(30, 0, 40, 9), (), None),
    ],
)
def test_the_highest_of_parts_with_some_left_out(zone, without, z):
    points = HighestPoints((SHED, NOTHING, HOUSE, MAST))
    for _ in range(2):  # what was asked before answers the same
        found = points.highest(None if zone is None else shift(zone), (lambda part: part.fid in without) if without else None)
        assert (None if found is None else round(float(found[2]) - GROUND, 6)) == z
    assert points.highest(Polygon()) is None


def test_parts_that_stand_above_a_height():
    points = HighestPoints((SHED, NOTHING, HOUSE, MAST))
    assert [[part.fid for part in points.reaching(GROUND + z)] for z in (2.9, 3.0, 8.9, 9.0, 12.0)] == [
        ["shed", "house", "mast"], ["house", "mast"], ["house", "mast"], ["mast"], []]
    low, high = bounds_of((SHED, MAST))
    assert (low - (*ORIGIN, GROUND)).tolist() == [[12, 0, 0], [4, 3, 0]] and (high - (*ORIGIN, GROUND)).tolist() == [[15, 4, 3], [5, 4, 12]]
    assert bounds_of(())[0].shape == bounds_of(())[1].shape == (0, 3)


ROOF = box_part(0, 0, 20, 10, 0, 10)


@pytest.mark.parametrize(
    ("boxes", "share", "area"),
    [
        ([(5, 2, 9, 6.9)], 10.0, 19.6), ([(5, 2, 9, 7.1)], 10.0, 0), ([(5, 2, 9, 7.1)], 12.0, 20.4), ([(1, 1, 5, 5), (8, 1, 12, 5), (14, 1, 18, 5)], 10.0, 48),
        ([(1, 1, 5, 5), (8, 1, 12, 5), (14, 1, 18, 5.7)], 10.0, 0), ([(1, 1, 5, 5), (8, 1, 12, 5), (14, 1, 18, 5.7)], 30.0, 50.8), ([], 10.0, 0),
    ],
)
def test_small_upright_things_on_a_roof_of_two_hundred_square_metres(boxes, share, area):
    """Each up to ``share`` percent, together up to a quarter (or that share, where it is larger); a centimetre is added all round."""
    parts = [ROOF, *(box_part(*at, 10, 12) for at in boxes)]
    found = minor_candidates(parts, GROUND + 11, 200.0, share)
    around = sum(2 * (at[2] - at[0] + at[3] - at[1]) for at in boxes)
    assert found.area == pytest.approx(area + (0.01 * around if area else 0), abs=0.002)
    assert minor_candidates(parts, GROUND + 12.5, 200.0, share).is_empty


def leaning(run):
    """Return a block of 4 x 4 m at the bottom, 2 m high, of which two sides lean in by ``run`` m, and two stand upright."""
    low, high = [(8, 3), (12, 3), (12, 7), (8, 7)], [(8, 3 + run), (12, 3 + run), (12, 7 - run), (8, 7 - run)]
    part = box_part(0, 0, 1, 1, 0, 1)
    vertices = np.array([(*xy, 10.0) for xy in low] + [(*xy, 12.0) for xy in high]) + (*ORIGIN, GROUND)
    return Part("leaning", vertices, part.faces, closed=True)


@pytest.mark.parametrize(("run", "minor"), [(0.0, True), (0.19, True), (0.21, False)])
def test_what_slopes_is_no_small_upright_thing(run, minor):
    """Within a tenth of upright: 0.2 m over 2 m; of the outline four fifths must be."""
    assert minor_candidates([ROOF, leaning(run)], GROUND + 11, 200.0).is_empty != minor


def test_a_candidate_is_the_section_and_not_the_base():
    found = minor_candidates([ROOF, leaning(0.19)], GROUND + 11, 200.0)
    assert shapely.symmetric_difference(found, shift(box(8, 3.095, 12, 6.905)).buffer(0.01)).area < 1e-6


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_highest_in_a_zone_of_parts_that_are_higher_elsewhere(order):
    """In the zone (x from 0 to 2) the two strips reach 3.6 and 2.6 m, as a whole 10 and 9 m; the third part only looks as if it lies there."""
    high = Part("high", *_slope(2, 0, 0, 10))
    low = Part("low", *_slope(1, 1, 0, 9))
    parts = [high, low, Part("away", to_rd([(1, 40, 0), (40, -2, 0), (40, 40, 12)]), np.array([[0, 1, 2]]))]
    points = HighestPoints([parts[number] for number in order])
    zone = shift(box(0, -1, 2, 9))
    assert points.highest(zone)[2] - GROUND == pytest.approx(2.0 + 0.8 * 2)
    assert points.highest(zone, lambda part: part.fid == "high")[2] - GROUND == pytest.approx(1.0 + 0.8 * 2)
    assert points.highest(zone, lambda part: True) is None and points.highest(shift(box(50, 50, 60, 60))) is None
    assert points.highest()[2] - GROUND == pytest.approx(12.0) and points.highest(shift(Polygon())) is None
    assert [part.fid for part in points.reaching(GROUND + 9.5)] == [part.fid for part in points.parts if part.fid != "low"]


def _slope(start, south, low, high):
    """Return a strip that rises by 0.8 m per metre to the east from ``start`` m above the ground, to ``high`` m."""
    run = (high - start) / 0.8
    corners = [(0, south, start), (run, south, high), (run, south + 1, high), (0, south + 1, start)]
    return to_rd(corners), np.array([[0, 1, 2], [0, 2, 3]])
