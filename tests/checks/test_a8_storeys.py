"""A8: the worked numbers, ranges, and what the plan is silent about."""

from __future__ import annotations

import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import LegalSource, Level, Limit, PlanValue, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, sound
from scenes import GROUND, box_part, gable_part, plan_area

COMPLIES, VIOLATES, JUDGE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE


def storeys(*floors, part=None, most=2, answers=None, site=None, op="<=", **switches):
    """Run the rule on a house with floors at these heights above peil."""
    levels = tuple(Level("", GROUND + z) for z in floors)
    design = scenes.design(part or gable_part(5, 5, 15, 15, 6.2, 10), levels=levels)
    limit = Limit(op, "", most) if most is not None else None
    rule = Rule("r", "max_storeys", {"nl": "r"}, (LegalSource("plan"),), limit, measure=switches)
    found, = review(site or scenes.site(), design, Ruleset("t", "1", {}, (rule,)), {**PEIL, **(answers or {})})
    sound([found])
    return found


@pytest.mark.parametrize(("counts", "verdict", "value"), [(False, COMPLIES, 2), (True, VIOLATES, 3)])
def test_worked_attic(counts, verdict, value):
    """Floors at 0, 3.0 and an attic under the kap at 6.0."""
    found = storeys(0, 3.0, 6.0, count_attic=counts)
    assert (found.verdict, found.measurements[0].value) == (verdict, value)


def test_attic_while_the_plan_is_silent_matters_only_near_the_limit():
    found = storeys(0, 3.0, 6.0)
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["count_attic"])
    assert storeys(0, 3.0, 6.0, answers={"count_attic": "no"}).verdict is COMPLIES
    assert [storeys(0, 3.0, 6.0, most=most).verdict for most in (1, 3)] == [VIOLATES, COMPLIES]
    assert storeys(0, 3.0, 6.0, most=3).questions == ()


def test_worked_basement_that_rises_above_peil():
    """Basement floor -2.8, its ceiling 0.4 above peil."""
    found = storeys(-2.8, 0.4, 3.4, part=box_part(5, 5, 15, 15, -3, 6.2))
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["count_basement"])
    assert storeys(-2.8, 0.4, 3.4, part=box_part(5, 5, 15, 15, -3, 6.2), count_basement=False).verdict is COMPLIES
    assert storeys(-2.8, 0.4, 3.4, part=box_part(5, 5, 15, 15, -3, 6.2), count_basement=True).verdict is VIOLATES


def test_a_basement_below_peil_counts_only_when_the_plan_says_so():
    box3 = box_part(5, 5, 15, 15, -3, 6.2)
    assert [q.key for q in storeys(-2.8, 0, 3.0, part=box3).questions] == ["count_basement"]
    assert storeys(-2.8, 0, 3.0, part=box3, count_basement=False).verdict is COMPLIES
    assert storeys(-2.8, 0, 3.0, part=box3, count_basement=True).verdict is VIOLATES


def test_worked_flat_roof_without_levels():
    found = storeys(part=box_part(5, 5, 15, 15, 0, 9.1))
    named = {m.name: m.value for m in found.measurements}
    assert (found.verdict, named["storeys_low"], named["storeys_high"]) == (JUDGE, 2, 4)
    told = storeys(part=box_part(5, 5, 15, 15, 0, 9.1), answers={"floors": {"nap_m": [GROUND, GROUND + 3, GROUND + 6]}})
    assert (told.verdict, told.measurements[0].value) == (VIOLATES, 3)
    assert storeys(part=box_part(5, 5, 15, 15, 0, 9.1), answers={"storeys": {"value": 2, "reason": "drawing"}}).verdict is COMPLIES


def test_exactly_at_the_limit_per_operator_and_split_levels():
    flat = box_part(5, 5, 15, 15, 0, 6.2)
    assert [storeys(0, 3, part=flat, op=op).verdict for op in ("<=", "<")] == [COMPLIES, VIOLATES]
    split = storeys(0, 1.5, 3.0, part=flat)
    assert (split.verdict, [q.key for q in split.questions]) == (JUDGE, ["count_split_levels"])
    assert storeys(0, 1.5, 3.0, part=flat, count_split_levels=False).verdict is COMPLIES


def test_a_high_knee_wall_makes_an_attic_doubtful():
    found = storeys(0, 3.0, 4.9, count_attic=False, part=gable_part(5, 5, 15, 15, 6.2, 10))
    assert found.measurements[0].value in (2.0, 3.0)
    doubtful = storeys(0, 2.9, part=gable_part(5, 5, 15, 15, 4.2, 9), count_attic=False, most=1)
    assert doubtful.verdict is JUDGE  # 1.3 m of wall under the eaves


def test_plan_value_and_no_floors_at_all():
    value = PlanValue("aantal bouwlagen", "maximum", 2, "", "maximum aantal bouwlagen=2")
    site = scenes.site(plans=(plan_area("m", "maatvoering", "b", box(0, 0, 20, 20), value),))
    found = storeys(0, 3, 6, part=box_part(5, 5, 15, 15, 0, 9), most=None, site=site)
    assert (said(found), found.verdict) == ("maximum aantal bouwlagen 2", VIOLATES)
    assert {e.role for e in found.evidence} == {"storey_floor", "section_line"}
    assert storeys(most=None).verdict is UNKNOWN


@pytest.mark.parametrize(
    ("part", "most", "switches", "verdict", "asked"),
    [
        (box_part(5, 5, 15, 15, 0, 3.9), 1, {}, COMPLIES, []),  # a second floor of 2.0 m has no room
        (box_part(5, 5, 15, 15, 0, 4.1), 1, {}, JUDGE, ["floors"]), (box_part(5, 5, 15, 15, 0, 4.1), 2, {}, COMPLIES, []),
        (box_part(5, 5, 15, 15, -2.5, 3.9), 1, {}, JUDGE, ["floors"]),  # a basement may rise above peil
        (box_part(5, 5, 15, 15, 0, 3.9), 1, {"count_split_levels": True}, JUDGE, ["floors"]),
        (box_part(5, 5, 15, 15, 0, 3.9), 1, {"count_basement": True}, JUDGE, ["floors"]),
        (gable_part(5, 5, 15, 15, 3.1, 7.5), 2, {"count_attic": False}, COMPLIES, []), (gable_part(5, 5, 15, 15, 3.1, 7.5), 2, {}, JUDGE, ["floors"]),
        (gable_part(5, 5, 15, 15, 3.1, 7.5), 3, {}, COMPLIES, []),
    ],
)  # fmt: skip
def test_without_levels_a_number_is_firm_where_no_other_has_room(part, most, switches, verdict, asked):
    found = storeys(part=part, most=most, **switches)
    assert (found.verdict, [q.key for q in found.questions]) == (verdict, asked)
    assert verdict is JUDGE or not found.measurements[0].value > most


@pytest.mark.parametrize(("ceiling", "measure", "answers", "verdict"), [
    (1.1, {}, {}, JUDGE), (1.1, {"count_basement": False}, {}, COMPLIES), (1.3, {"count_basement": False}, {}, JUDGE),
    (1.7, {"count_basement": False}, {"count_basement": "no"}, COMPLIES), (1.7, {"count_basement": False}, {"count_basement": "yes"}, VIOLATES),
    (1.7, {"count_basement": True}, {}, VIOLATES), (1.7, {}, {}, JUDGE),
])  # fmt: skip
def test_what_rises_further_than_a_cellar_may_be_none(ceiling, measure, answers, verdict):
    """A rule that leaves cellars out does not say that a floor 1.7 m above peil covers one."""
    found = storeys(-1.0, ceiling, ceiling + 2.8, part=box_part(5, 5, 15, 15, -1.0, ceiling + 5.6), answers=answers, **measure)
    assert (found.verdict, [q.key for q in found.questions]) == (verdict, ["count_basement"] if verdict is JUDGE else [])
