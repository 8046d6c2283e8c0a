"""A norm about a building, of a design with several; a joint one, in each vlak of its own."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import PlanValue, Verdict
from one_rule import run, run_all
from scenes import box_part

ONE, OTHER = box_part(5, 5, 11, 13, 0, 5, fid="one"), box_part(5, 20, 11, 27, 0, 4, fid="other")  # 48 m2 and 240 m3; 42 m2 and 168 m3
NAMED = {"parcels": ["1"]}


def asked(found):
    return [question.key for question in found.questions]


@pytest.mark.parametrize(("check", "op", "unit", "value", "each", "together"), [
    ("max_area", "<=", "m2", 60.0, Verdict.COMPLIES, Verdict.VIOLATES), ("max_volume", "<=", "m3", 300.0, Verdict.COMPLIES, Verdict.VIOLATES),
    ("min_area", ">=", "m2", 45.0, Verdict.VIOLATES, Verdict.COMPLIES),
])
def test_two_buildings_are_judged_each_and_together(check, op, unit, value, each, together):
    found = run(check, ONE, OTHER, op=op, unit=unit, value=value, answers=NAMED)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["each_building"])
    for said, verdict in (("yes", each), ("no", together)):
        assert run(check, ONE, OTHER, op=op, unit=unit, value=value, answers={**NAMED, "each_building": said == "yes"}).verdict is verdict


def test_where_both_agree_nothing_is_asked_and_the_worst_building_is_shown():
    low, high = (run("max_area", ONE, OTHER, unit="m2", value=value, answers=NAMED) for value in (40.0, 100.0))
    assert (low.verdict, asked(low), high.verdict, asked(high)) == (Verdict.VIOLATES, [], Verdict.COMPLIES, [])
    alone = run("max_area", ONE, unit="m2", value=50.0, answers=NAMED)
    assert (alone.verdict, [premise.key for premise in alone.premises if premise.key == "each_building"]) == (Verdict.COMPLIES, [])


def test_a_joint_norm_holds_in_each_vlak_of_its_own():
    joint = PlanValue("bebouwd oppervlak", "maximum", 50.0, "m2", "maximum bebouwd oppervlak=50")
    plans = tuple(scenes.plan_area(f"m{n}", "maatvoering", "m", shape, joint) for n, shape in enumerate((box(4, 4, 12, 14), box(4, 19, 12, 28))))
    found = run_all("max_area", ONE, OTHER, site=scenes.site(plans=plans), answers=NAMED)
    assert [(one.verdict, one.measurements[0].value) for one in found] == [(Verdict.COMPLIES, 48.0), (Verdict.COMPLIES, 42.0)]
