"""Objects of a plan of which the file has no readable place: whether one lies at the design is asked where it can turn a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, Point, box

import scenes
from drieluik.checks import Context
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.model import LegalSource, Limit, PlanValue, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
HEIGHT = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit("<=", "m", from_plan="bouwhoogte"))
PLANE = Rule("v", "within_building_plane", {"nl": "v"}, (LegalSource("plan"),), None)
WONEN, ELSEWHERE = box(-40, 0, 60, 40), box(30, 20, 60, 40)


def lost(fid, kind, ground, *values):
    return replace(plan_area(fid, kind, kind, ground, *values, belongs_to="e1"), unplaced=True)


def high(metres):
    return PlanValue("bouwhoogte", "maximum", metres, "m", f"maximum bouwhoogte (m)={metres}")


def judged(rule, *unplaced, plans=None, answers=None, house=(6, 6, 14, 15, 0, 6)):
    """A house of 6 m in the bouwvlak (5,5)-(15,17), where 9 m is the most."""
    site = scenes.site() if plans is None else replace(scenes.site(), plans=plans)
    site, design = replace(site, unplaced=unplaced), scenes.design(box_part(*house))
    sets, given = (Ruleset("t", "1", {}, (rule,)),), {**PEIL, **(answers or {})}
    found = review(site, design, sets, given)
    return found, plan_cover(Context(site, design, given), sets, found)


def verdicts(found):
    return {one.verdict for one in found}


@pytest.mark.parametrize(("metres", "ground", "wanted"), [
    (5.5, WONEN, {COMPLIES, JUDGE}), (6.5, WONEN, {COMPLIES}), (11.0, WONEN, {COMPLIES}), (5.5, ELSEWHERE, {COMPLIES}),
])
def test_a_value_without_a_place_is_asked_where_it_can_turn_the_verdict(metres, ground, wanted):
    found, cover = judged(HEIGHT, lost("m7", "maatvoering", ground, high(metres)))
    assert verdicts(found) <= wanted and (JUDGE in verdicts(found)) is (JUDGE in wanted)
    asked = {question.key for one in found for question in one.questions}
    assert ("lies_here:m7" in asked) is (JUDGE in wanted)
    lines = [(line.state, line.raw) for line in cover.lines if line.fids == ("m7",)]
    assert lines == ([("not_readable", str(metres))] if ground is WONEN else [])


@pytest.mark.parametrize(("answer", "verdict", "state"), [("yes", VIOLATES, "to_read"), ("no", COMPLIES, "does_not_apply")])
def test_the_officer_says_where_it_lies(answer, verdict, state):
    found, cover = judged(HEIGHT, lost("m7", "maatvoering", WONEN, high(5.5)), answers={"lies_here:m7": answer, "overlap.bouwhoogte": "strengste"})
    assert max(verdicts(found), key=[COMPLIES, JUDGE, VIOLATES].index) is verdict and JUDGE not in verdicts(found)
    assert [line.state for line in cover.lines if line.fids == ("m7",)] == [state]


@pytest.mark.parametrize(("house", "verdict"), [((6, 6, 14, 15, 0, 6), COMPLIES), ((6, 20, 14, 29, 0, 6), JUDGE)])
def test_a_bouwvlak_without_a_place_may_be_the_one_of_the_house(house, verdict):
    found, cover = judged(PLANE, lost("b7", "bouwvlak", WONEN), house=house)
    assert found[0].verdict is verdict and [line.state for line in cover.lines if line.fids == ("b7",)] == ["not_readable"]
    without = judged(PLANE, house=house)[0][0].verdict
    assert without is (COMPLIES if verdict is COMPLIES else VIOLATES)


def test_no_other_plan_and_nothing_else_is_asked():
    other = replace(lost("m7", "maatvoering", WONEN, high(5.5)), plan_id="draft", plan_status="ontwerp")
    found, cover = judged(HEIGHT, other)
    assert verdicts(found) == {COMPLIES} and not [line for line in cover.lines if line.fids == ("m7",)]
    assert verdicts(judged(HEIGHT, lost("b7", "bouwvlak", WONEN))[0]) == {COMPLIES}


@pytest.mark.parametrize("shape", [LineString([(0, 10), (20, 10)]), Point(10, 10)])
def test_a_value_on_a_line_or_a_point_under_the_design_is_to_be_read(shape):
    """An omgevingsplan may give a norm to a line or a point: how wide that is it does not say."""
    on_it = replace(plan_area("n1", "omgevingsnorm", "maximum bouwhoogte", box(0, 0, 1, 1), high(4.0)), geometry=scenes.shift(shape))
    base = scenes.site().plans
    for plans, wanted in (((*base, on_it), {COMPLIES, Verdict.NOT_ASSESSABLE}), ((*base[:3], on_it), {Verdict.NOT_ASSESSABLE})):
        found, _ = judged(HEIGHT, plans=plans)
        assert verdicts(found) == wanted
        assert {"zoning_value_without_ground"} == {note.code for one in found for note in one.missing if note.code.startswith(("zoning_value", "zoning_no_n"))}
