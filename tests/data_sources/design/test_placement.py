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


def test_the_officer_overrules_unit_and_axis(tmp_path):
    from drieluik.command.inspection import inspect_files

    box = "\n".join(["v 0 0 0", "v 20 0 0", "v 20 0 30", "v 0 0 30", "v 0 10 0", "v 20 10 0", "v 20 10 30", "v 0 10 30"]
                    + ["f 1 2 3 4", "f 8 7 6 5", "f 1 5 6 2", "f 2 6 7 3", "f 3 7 8 4", "f 4 8 5 1"])
    (tmp_path / "doos.obj").write_text(box + "\n")
    own = inspect_files([tmp_path / "doos.obj"])[0]
    assert (own["unit_to_m"], own["up_axis"], own["size_m"]) == (1.0, "z", [20, 10, 30])
    given = inspect_files([tmp_path / "doos.obj"], asked=("ft", "y"))[0]
    assert (given["unit_to_m"], given["up_axis"]) == (0.3048, "y")
    assert given["size_m"] == pytest.approx([6.096, 9.144, 3.048])
    assert {"design_unit_given", "design_axis_given"} <= {message["code"] for message in given["messages"]}
