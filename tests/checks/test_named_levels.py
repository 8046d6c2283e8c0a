"""Norms that name the level they count from: that level is used, and asked where it is not known; never the peil of another plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks.engine.open_points.named_levels import level_point
from drieluik.measure.plan.peil import Peil, PeilCandidate
from drieluik.model import Limit, Note, PlanValue, Question, UncertaintySource, Verdict
from one_rule import run, run_all
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = box_part(4, 6, 12, 15, 0, 6.4)
"""Its top lies at 7.4 m NAP, on ground of 1.0."""
CHECKS = {"bouwhoogte": "max_building_height", "goothoogte": "max_eaves_height"}
HIGH_PEIL = {"peil": {"method": "nap_value", "nap_m": 1.6}}


def site(number, unit, name="bouwhoogte", **changes):
    value = PlanValue(name, "maximum", number, unit, f"maximum {name}={number}")
    area = plan_area("m7", "maatvoering", "maatvoering", box(0, 0, 20, 40), value)
    return scenes.site(plans=(*scenes.site().plans[:3], area), **changes)


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize(("number", "unit", "verdict"), [
    (6.0, "m", COMPLIES), (6.0, "m boven maaiveld", VIOLATES), (6.6, "m boven maaiveld", COMPLIES), (6.35, "m boven maaiveld", JUDGE), (6.0, "m boven dijk", Verdict.NOT_ASSESSABLE),
])
def test_a_height_above_the_ground_is_not_counted_from_a_peil_that_was_answered(name, number, unit, verdict):
    """Above the answered peil of 1.60 NAP the house is 5.8 m high, above the ground of 1.00 (known to 0.10 m) 6.4 m."""
    found = run(CHECKS[name], HOUSE, site=site(number, unit, name), answers=HIGH_PEIL)
    assert found.verdict is verdict and ("level.maaiveld" in {one.key for one in found.questions}) is (verdict is JUDGE)
    if unit == "m boven maaiveld":
        assert (found.subject.as_dict()["value"], found.subject.as_dict()["unit"]) == (number, unit)
        assert "zoning_limit_above_own" in {note.code for note in found.notes}


@pytest.mark.parametrize(("answer", "verdict"), [(1.0, COMPLIES), ("0,9", VIOLATES), ({"value": 1.0, "by": "K."}, COMPLIES), (90.0, JUDGE), ("hoog", JUDGE)])
def test_the_officer_says_how_high_the_ground_lies(answer, verdict):
    found = run("max_building_height", HOUSE, site=site(6.4, "m boven maaiveld"), answers={**HIGH_PEIL, "level.maaiveld": answer})
    assert found.verdict is verdict and ("level.maaiveld:refused" in {one.key for one in found.premises}) is (verdict is JUDGE)


@pytest.mark.parametrize("number", [5.0, 9.0])
def test_ground_that_nobody_knows_makes_nothing_firm(number):
    found = run("max_building_height", HOUSE, site=site(number, "m boven maaiveld", terrain=None), answers=HIGH_PEIL)
    assert found.verdict is JUDGE and {one.key for one in found.questions} == {"level.maaiveld"}


def test_a_peil_that_is_the_ground_itself_is_that_level():
    given = {"peil": {"method": "finished_ground_adjoining", "nap_m": 1.2}}
    assert run("max_building_height", HOUSE, site=site(6.25, "m boven maaiveld"), answers=given).verdict is COMPLIES


def test_an_open_peil_moves_nothing_of_it_and_a_norm_elsewhere_asks_nothing():
    levels = {"peil": {"candidates": {"nap_value": 0.4, "authority_fixed": 2.9}}}
    assert [run("max_building_height", HOUSE, site=site(number, "m boven maaiveld"), answers=levels).verdict for number in (6.6, 6.2)] == [COMPLIES, VIOLATES]
    far = replace(site(6.0, "m boven maaiveld").plans[-1], geometry=scenes.shift(box(60, 60, 70, 70)))
    found = run("max_building_height", HOUSE, site=scenes.site(plans=(*site(9.0, "m").plans, far), terrain=None))
    assert found.verdict is COMPLIES and not [one for one in found.premises if one.key.startswith("level.")]


def test_two_values_that_come_to_one_height_are_one_zone():
    """6.3 m above the ground of 1.00 is 5.7 m above peil at 1.60."""
    there = (*site(6.3, "m boven maaiveld").plans, replace(site(5.7, "m").plans[-1], fid="m9"))
    found = run_all("max_building_height", HOUSE, site=scenes.site(plans=there), answers={**HIGH_PEIL, "level.maaiveld": 1.0})
    assert (found[0].verdict, found[0].subject.as_dict()["zone"]) == (VIOLATES, "m9") and COMPLIES not in {one.verdict for one in found}


def test_a_formula_with_the_height_of_the_plan_counts_from_the_same_level():
    rule = {"limit": Limit("<=", "m", formula="H - 0.5")}
    found = [run("max_eaves_height", HOUSE, site=site(number, "m boven maaiveld"), answers=HIGH_PEIL, **rule).verdict for number in (7.2, 6.6)]
    assert found == [COMPLIES, VIOLATES]


def test_how_high_a_level_may_lie():
    sure, doubted = PeilCandidate("a", 2.0), PeilCandidate("b", 2.5, sources=(UncertaintySource("level", 0.3), UncertaintySource("other", 0.4)))
    asked = Question("level.x", Note.of("engine_question_level", level="x"), "number", "m NAP")
    point = level_point("maaiveld", asked, Peil(None), sure)
    assert point.endless and [way.value for way in point.alternatives] == [2.0]
    point = level_point("maaiveld", asked, Peil(None, (sure, doubted)), sure)
    assert not point.endless and [way.value for way in point.alternatives] == [2.0, 3.0] and (point.key, point.question) == ("level.x", asked)
    assert level_point("kruin", asked, Peil(None, (sure,), ("previous_ground",)), sure).endless
    assert [way.value for way in level_point("kruin", asked, Peil(doubted), sure).alternatives] == [2.5, 2.0, 3.0]


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("peil", [{"method": "nap_value", "nap_m": 1.0, "uncertainty_m": 0.1}, {"candidates": {"a": 0.9, "b": 1.1}}])
def test_a_height_above_nap_is_as_well_known_as_the_design_however_peil_lies(name, written, peil):
    """The house is 7.4 m NAP high: 7.39 is too low and 7.41 is not, at every peil and however well that is known; above peil (6.3 to 6.5) 6.45 is asked."""
    def outcome(number, unit):
        limit, here = (Limit("<=", unit, number), scenes.site()) if written else (Limit("<=", "m", from_plan=name), site(number, unit, name))
        return run(CHECKS[name], HOUSE, limit=limit, site=here, answers={"peil": peil})

    assert (outcome(7.41, "m NAP").verdict, outcome(7.39, "m NAP").verdict, outcome(6.45, "m").verdict) == (COMPLIES, VIOLATES, JUDGE)
    assert not any(source.name == "level" for source in outcome(7.41, "m NAP").measurements[0].sources)
