"""Overlays that must not give up: nearly coincident lines and broken rings."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from drieluik.measure.plane import overlay

near = st.floats(-1e-9, 1e-9)


@given(st.lists(st.tuples(near, near), min_size=4, max_size=4))
def test_boxes_that_nearly_coincide(shifts):
    a = shapely.box(85_000, 447_000, 85_010, 447_010)
    corners = np.array([(85_000, 447_000), (85_010, 447_000), (85_010, 447_010), (85_000, 447_010)]) + np.array(shifts)
    b = shapely.Polygon(corners)
    assert abs(overlay.union([a, b]).area - 100) < 1e-5
    assert abs(overlay.intersection(a, b).area - 100) < 1e-5
    assert overlay.difference(a, b).area < 1e-5


def test_a_bow_tie_and_a_box():
    tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert overlay.intersection(tie, shapely.box(0, 0, 2, 2)).area > 1.99
    assert overlay.union([tie, shapely.box(5, 5, 6, 6)]).area > 2.99
