"""Dormers: width, share of the roof face and the distances along it, by hand on a roof of 10 x 5 m in plan that rises 4.2 m."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import scenes
from drieluik.checks import Context
from drieluik.checks.zoning.dormers import Dormers
from drieluik.model import LegalSource, Rule, Verdict
from drieluik.review import run_rule
from roofs import dormer, house
from scenes import GROUND, box_part

ANSWERS = {"peil": {"method": "nap_value", "nap_m": GROUND}}
SLOPE = 5 / math.hypot(5, 4.2)
FOOT, RIDGE = 1.0 / SLOPE, (5 - 1.8 / 4.2 * 5) / SLOPE


def found(*parts, answers=None, **limits):
    rule = Rule("d", "dormers", {"nl": "d"}, (LegalSource("plan", "5.2.4"),), measure=limits)
    return run_rule(rule, Context(scenes.site(), scenes.design(*parts), {**ANSWERS, **(answers or {})}))


@pytest.mark.parametrize(("switch", "value", "good", "bad"), [
    ("max_width_m", 3.0, 3.0, 2.9), ("max_width_pct", 30.0, 30.0, 29.0), ("min_to_foot_m", FOOT, 1.3, 1.4), ("max_to_foot_m", FOOT, 1.4, 1.2),
    ("min_to_ridge_m", RIDGE, 3.7, 3.8), ("min_to_side_m", 3.5, 3.4, 3.6),
])
def test_each_limit_is_measured_along_the_roof(switch, value, good, bad):
    for limit, verdict in ((good, Verdict.COMPLIES), (bad, Verdict.VIOLATES)):
        [one] = found(house(), dormer(), **{switch: limit})
        assert (one.verdict, one.measurements[0].limit) == (verdict, limit)
        assert one.measurements[0].value == pytest.approx(value, abs=0.02)


def test_without_a_dormer_there_is_nothing_to_measure():
    assert [one.verdict for one in found(house(), max_width_m=1.0)] == [Verdict.NOT_APPLICABLE]
    assert [one.verdict for one in found(house(), dormer())] == [Verdict.NOT_ASSESSABLE]


def test_the_widths_of_one_face_are_asked_where_it_matters():
    two = (house(), box_part(5.8, 6, 8.3, 9.5, 5, 7.6, fid="west"), box_part(11.2, 6, 13.7, 9.5, 5, 7.6, fid="east"))
    [both] = found(*two, max_width_pct=30.0)
    assert (both.verdict, [one.key for one in both.questions]) == (Verdict.NEEDS_JUDGEMENT, ["dormers_together"])
    assert [one.verdict for one in found(*two, max_width_pct=55.0)] == [Verdict.COMPLIES]
    for told, verdict in (("yes", Verdict.VIOLATES), ("no", Verdict.COMPLIES)):
        assert [one.verdict for one in found(*two, answers={"dormers_together": told}, max_width_pct=30.0)] == [verdict]


def test_the_heaviest_limit_comes_first():
    told = found(house(), dormer(), max_width_m=4.0, min_to_ridge_m=9.0)
    assert [one.verdict for one in told] == [Verdict.VIOLATES, Verdict.COMPLIES]


def test_a_flat_roof_has_no_dormers():
    flat = replace(box_part(5, 5, 15, 15, 0, 6), fid="flat")
    assert found(flat, max_width_m=1.0)[0].verdict is Verdict.NOT_APPLICABLE
    assert Dormers().measured_alone
