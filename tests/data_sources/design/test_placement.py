"""Placing by hand: back and forth to the millimetre, and two points on two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drieluik.data_sources.design.placement import place, replaced, two_point_fit, unplace
from drieluik.model import Design, Level, Placement
from scenes import box_part

places = st.builds(
    Placement, st.just("case"), st.floats(0, 280_000), st.floats(310_000, 620_000), st.floats(-360, 360), st.floats(-5, 300)
)


@given(places, st.lists(st.tuples(*[st.floats(-500, 500)] * 3), min_size=1, max_size=8))
def test_there_and_back_keeps_a_tenth_of_a_micrometre(placement, points):
    points = np.array(points)
    assert unplace(place(points, placement), placement) == pytest.approx(points, abs=1e-7)


@given(places, places)
def test_a_design_moves_as_a_whole(first, second):
    design = Design("A", (box_part(0, 0, 10, 6, 0, 3),), Placement("case"), levels=(Level("00", 0.0),))
    there = replaced(replaced(design, first), second)
    straight = replaced(design, second)
    assert there.parts[0].vertices == pytest.approx(straight.parts[0].vertices, abs=1e-6)
    assert there.levels[0].elevation_nap == pytest.approx(second.base_nap_m)
    assert np.ptp(there.parts[0].vertices[:, 2]) == pytest.approx(3)


def test_two_points_give_turn_shift_and_residual():
    model = np.array([[0.0, 0.0], [10.0, 0.0]])
    placement, residual = two_point_fit(model, np.array([[155_000.0, 463_000.0], [155_000.0, 463_010.2]]), 1.5)
    assert (placement.rotation_deg, placement.base_nap_m) == (pytest.approx(90), 1.5)
    assert residual == pytest.approx(0.1)
    fitted = place(np.column_stack([model, [0, 0]]), placement)
    assert fitted[:, :2] == pytest.approx(np.array([[155_000, 463_000.1], [155_000, 463_010.1]]), abs=1e-9)
