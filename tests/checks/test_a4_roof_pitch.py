"""A4: the worked numbers, plan values, obliged roof forms, mansard and curve."""

from __future__ import annotations

import math

import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import Limit, PlanValue, Verdict
from one_rule import roles, run, run_all, values
from roofs import barrel, body, dormer, house
from scenes import box_part, gable_part, plan_area

COMPLIES, VIOLATES, JUDGE, UNKNOWN, NONE = (
    Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE
)
CHECK = "roof_pitch_range"
RANGE = Limit("between", "deg", None, None, 30.0, 60.0)


def roof(south, north, depth=10.0):
    """A gabled body with its south and north plane at these pitches (degrees)."""
    a, b = math.tan(math.radians(south)), math.tan(math.radians(north))
    ridge = depth * b / (a + b)
    return body([(5, 0), (5 + depth, 0), (5 + depth, 3), (5 + ridge, 3 + ridge * a), (5, 3)])


@pytest.mark.parametrize(("pitches", "verdict", "worst"), [((45, 45), COMPLIES, 45), ((28, 45), VIOLATES, 28), ((30, 60), COMPLIES, 30), ((29.9, 45), VIOLATES, 29.9)])
def test_worked_pitches(pitches, verdict, worst):
    found = run(CHECK, roof(*pitches), limit=RANGE)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(worst, abs=1e-3))
    assert ("roof_plane_outside" in roles(found)) is (verdict is VIOLATES)


@pytest.mark.parametrize(("op", "verdict"), [(">=", COMPLIES), (">", VIOLATES), ("<=", COMPLIES), ("<", VIOLATES)])
def test_exactly_at_the_limit(op, verdict):
    assert run(CHECK, roof(45, 45), op=op, value=45.0, unit="deg").verdict is verdict


def test_small_flat_link_piece_needs_judgement():
    """45/45 with a flat link piece of 6 % of the roof."""
    length = 0.06 / 0.94 * 2 * 10 * math.hypot(5, 5) / 10
    link = box_part(15, 5, 15 + length, 15, 0, 3, fid="link")
    found = run(CHECK, roof(45, 45), link, limit=RANGE)
    assert (found.verdict, found.measurements[0].value) == (JUDGE, pytest.approx(0.0))
    assert next(n for n in found.notes if n.code == "zoning_small_plane").as_dict()["share"] == pytest.approx(6.0, abs=0.2)
    assert run(CHECK, roof(45, 45), link, limit=RANGE, flat_allowed=True).verdict is COMPLIES


def test_flat_roof_where_a_kap_is_obliged():
    kap = scenes.site(plans=(plan_area("k", "bouwaanduiding", "kap", box(0, 0, 20, 20)),))
    found = run(CHECK, box_part(5, 5, 15, 15, 0, 6), site=kap)
    assert (said(found), found.verdict) == ("kap", VIOLATES)
    assert run(CHECK, roof(45, 45), site=kap).verdict is COMPLIES
    flat = scenes.site(plans=(plan_area("k", "bouwaanduiding", "plat dak", box(0, 0, 20, 20)),))
    assert run(CHECK, roof(45, 45), site=flat).verdict is VIOLATES
    assert run(CHECK, box_part(5, 5, 15, 15, 0, 6), site=flat).verdict is COMPLIES
    assert run(CHECK, box_part(5, 5, 15, 15, 0, 6), roof_form="kap").verdict is VIOLATES


def pitch_value(qualifier, value):
    return PlanValue("dakhelling", qualifier, value, "graden", f"{qualifier} dakhelling (graden)={value:g}")


def test_plan_values_give_a_range_and_one_side_stays_one_side():
    both = scenes.site(plans=(plan_area("m", "maatvoering", "d", box(0, 0, 20, 20), pitch_value("minimum", 30), pitch_value("maximum", 60)),))
    found = run(CHECK, roof(28, 45), site=both)
    assert (said(found), found.verdict, found.measurements[0].low, found.measurements[0].limit) == ("dakhelling 30 - 60 °", VIOLATES, 30, 60)
    high = scenes.site(plans=(plan_area("m", "maatvoering", "d", box(0, 0, 20, 20), pitch_value("maximum", 40)),))
    assert [said(f) for f in run_all(CHECK, roof(28, 45), site=high)] == ["maximum dakhelling 40 °"]
    strict = Limit("<", "deg", None, "dakhelling")
    assert run(CHECK, roof(40, 40), site=high, limit=strict).verdict is VIOLATES
    assert said(run(CHECK, roof(28, 45), site=both, limit=Limit(">=", "deg", None, "dakhelling"))) == "minimum dakhelling 30 °"
    assert run(CHECK, roof(28, 45), site=scenes.site(plans=())).verdict is UNKNOWN


def test_two_zones_each_see_their_own_plane():
    plans = (
        plan_area("s", "maatvoering", "d", box(0, 0, 20, 10), pitch_value("maximum", 30)), plan_area("n", "maatvoering", "d", box(0, 10, 20, 20), pitch_value("maximum", 50)),
    )
    found = run_all(CHECK, roof(45, 45), site=scenes.site(plans=plans))
    assert [(said(f), f.verdict) for f in found] == [("maximum dakhelling 30 °", VIOLATES), ("maximum dakhelling 50 °", COMPLIES)]


def test_mansard_and_curve_need_judgement_and_dormers_do_not_count():
    mansard = body([(5, 0), (15, 0), (15, 3), (13, 6.5), (10, 8), (7, 6.5), (5, 3)])
    found = run(CHECK, mansard, limit=RANGE)
    assert (found.verdict, found.notes[-1].code) == (JUDGE, "zoning_bent_roof")
    assert run(CHECK, barrel(3.0), limit=RANGE).verdict is JUDGE
    assert run(CHECK, mansard, limit=Limit("between", "deg", None, None, 20.0, 70.0)).verdict is COMPLIES
    found = run(CHECK, house(), dormer(), limit=RANGE)
    assert (found.verdict, found.notes[-1].code) == (COMPLIES, "zoning_dormer_pitch_left_out")


def test_golden_house_has_38_66_degrees():
    found = run(CHECK, gable_part(0, 5, 10, 15, 5.8, 9.8), limit=RANGE)
    assert found.measurements[0].value == pytest.approx(38.66, abs=0.005)
    assert values(found)["plane_pitch"] == pytest.approx(38.66, abs=0.005)
