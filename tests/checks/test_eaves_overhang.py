"""The overhang of a roof: minor alike in every rule that measures the plan of a building, and asked alike in all of them where it is deep."""

from __future__ import annotations

import math

import pytest

from drieluik.model import Verdict
from one_rule import rd, run
from roofs import body
from scenes import box_part

COMPLIES, JUDGE = Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT
SLOPE, FOOT, RIDGE_Y = math.tan(math.radians(40)), 2.6, 10.5
WALLS = body([(6, 0), (15, 0), (15, FOOT), (RIDGE_Y, FOOT + 4.5 * SLOPE), (6, FOOT)], 5, 13, "walls")
ANSWERS = {
    "parcels": ["1"], "front_boundary": {"lines": [rd((0, 0), (20, 0))]},
    "side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))], "uncertainty_m": 0.0},
    "rear_boundary": {"lines": [rd((0, 40), (20, 40))], "uncertainty_m": 0.0}, "facade_line": {"lines": [rd((0, 5.9), (20, 5.9))], "road_side": rd((10, -5))[0]},
}
SIZES = [
    ("max_area", 72.3, "m2", "<=", {}), ("max_coverage_pct", 9.05, "%", "<=", {"denominator": "bouwperceel", "counts": "gebouwen"}),
    ("max_width", 8.1, "m", "<=", {}), ("max_depth", 9.1, "m", "<=", {}), ("min_distance_side_boundary", 4.9, "m", ">=", {}),
    ("min_distance_rear_boundary", 24.9, "m", ">=", {}), ("facade_line", 0.0, "m", "<=", {"mode": "not_in_front"}),
]
"""A house of 8 x 9 m on a plot of 800 m2, 5 m from both sides and 25 m from the rear: each is met by what its walls enclose."""


def roof(eaves, gables):
    """Two plates of 0.3 m that reach so far past the walls."""
    def half(y, name):
        low = FOOT - eaves * SLOPE
        profile = [(y, low), (RIDGE_Y, FOOT + 4.5 * SLOPE), (RIDGE_Y, FOOT + 4.5 * SLOPE + 0.3), (y, low + 0.3)]
        return body(profile if y < RIDGE_Y else profile[::-1], 5 - gables, 13 + gables, name)

    return half(6 - eaves, "south"), half(15 + eaves, "north")


def asked(parts):
    found = [run(check, *parts, value=value, unit=unit, op=op, answers=ANSWERS, **measure) for check, value, unit, op, measure in SIZES]
    return [(one.verdict, [question.key for question in one.questions]) for one in found]


@pytest.mark.parametrize(("eaves", "gables"), [(0.4, 0.2), (0.75, 0.55), (0.95, 0.95)])
def test_an_overhang_as_usual_counts_nowhere(eaves, gables):
    assert asked((WALLS, *roof(eaves, gables))) == [(COMPLIES, [])] * len(SIZES)


def test_a_deep_overhang_is_asked_in_every_rule():
    assert asked((WALLS, *roof(1.2, 1.2))) == [(JUDGE, ["open_parts_count"])] * len(SIZES)


@pytest.mark.parametrize("under", [
    [box_part(6, 5.2, 6.15, 5.35, 0, 2.3, fid="post"), box_part(12, 5.2, 12.15, 5.35, 0, 2.3, fid="post 2")], [box_part(7, 5.2, 10, 6, 1.0, 1.2, fid="balcony")],
    [box_part(7, 5.2, 10, 5.5, 0, 0.9, fid="wall")],
])
def test_what_stands_or_hangs_under_it_is_asked(under):
    parts = (WALLS, *roof(0.9, 0.3), *under)
    depth = run("max_depth", *parts, value=9.1, answers=ANSWERS)
    assert (depth.verdict, [question.key for question in depth.questions]) == (JUDGE, ["open_parts_count"])


def test_a_roof_of_its_own_is_no_overhang():
    canopy = box_part(7, 5.2, 11, 6, 1.9, 2.05, fid="canopy")
    depth = run("max_depth", WALLS, *roof(0.3, 0.3), canopy, value=9.1, answers=ANSWERS)
    assert (depth.verdict, [question.key for question in depth.questions]) == (JUDGE, ["open_parts_count"])
