"""Snapping: a corner to a corner first, else to a line, else nothing."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Point, box

from drieluik.measure.plane.snapping import snap_shift, snap_turn, squared

CORNERS = np.array([[0.0, 0.0], [6.0, 0.0], [6.0, 4.0], [0.0, 4.0]])


def test_a_corner_goes_to_the_nearest_corner_within_reach():
    near, nearer = box(6.3, 4.4, 9, 9), box(-9, -9, -0.2, 0.1)
    assert snap_shift(CORNERS, [near], 0.6).tolist() == pytest.approx([0.3, 0.4])
    assert snap_shift(CORNERS, [near, nearer], 0.6).tolist() == pytest.approx([-0.2, 0.1])
    assert snap_shift(CORNERS, [near], 0.51).tolist() == pytest.approx([0.3, 0.4])


def test_else_a_corner_goes_to_the_nearest_line():
    """Corner to corner is 0.5 m, past the reach; the corner at (6, 4) lies 0.3 m left of the other's west side."""
    assert snap_shift(CORNERS, [box(6.3, -3, 9, 9)], 0.4).tolist() == pytest.approx([0.3, 0.0])
    assert snap_shift(CORNERS, [box(-20, 4.1, 20, 9), box(6.3, -3, 9, 3)], 0.4).tolist() == pytest.approx([0.0, 0.1])


def test_nothing_near_is_no_shift():
    assert snap_shift(CORNERS, [box(6.5, -3, 9, 9)], 0.4).tolist() == [0, 0]
    assert snap_shift(CORNERS, [box(60, 60, 90, 90)], 0.4).tolist() == [0, 0]
    assert snap_shift(CORNERS, [], 0.4).tolist() == [0, 0] and snap_shift(np.zeros((0, 2)), [box(0, 0, 1, 1)], 0.4).tolist() == [0, 0]
    assert snap_shift(CORNERS, [Point(3, 2).buffer(0.1)], 0.5).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("direction", "others", "turn"),
    [(10.0, (12.0,), 2.0), (10.0, (7.0,), -3.0), (10.0, (13.1,), 0.0), (89.0, (1.0,), 2.0), (1.0, (89.0, 45.0), -2.0), (10.0, (12.5, 9.0), -1.0), (10.0, (), 0.0)],
)
def test_a_direction_turns_to_the_nearest_within_three_degrees(direction, others, turn):
    assert snap_turn(direction, np.array(others)) == pytest.approx(turn)


@pytest.mark.parametrize(
    ("here", "there"),
    [((10.4, 5.0), (10.0, 5.0)), ((9.7, -6.0), (10.0, -6.0)), ((15.0, 0.3), (15.0, 0.0)), ((14.0, 4.0), (14.0, 4.0)), ((10.0, 0.0), (10.0, 0.0))],
)
def test_a_corner_that_is_nearly_square_or_straight_is(here, there):
    assert squared(np.array([0.0, 0.0]), np.array([10.0, 0.0]), np.array(here)) == pytest.approx(np.array(there))
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    assert squared(np.zeros(2), turn @ (10.0, 0.0), turn @ here) == pytest.approx(turn @ there)
