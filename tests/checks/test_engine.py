"""The rule engine: three-valued applicability, object scope, formulas and parameters, exceptions, dates, precedence, decisions, ladder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import said
from shapely import box

import scenes
from drieluik.checks.engine.applicability import holds
from drieluik.checks.engine.base import Context
from drieluik.checks.engine.officer.decisions import unused_overrides
from drieluik.checks.engine.readings import judge
from drieluik.model import LayerState, LegalSource, Limit, Parameter, Provenance, RegisteredBuilding, Rule, Ruleset, Verdict
from drieluik.review import review

PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
HOUSE = scenes.gable_part(5, 5, 15, 15, 6.0, 10.0)


def rule(value=11.0, id="height", check="max_building_height", op="<=", unit="m", **words):
    limit = words.pop("limit", Limit(op, unit, value))
    return Rule(id, check, {"nl": id}, (LegalSource("Plan X", "5.2"),), limit, **words)


def ask(*rules, answers=None, parts=(HOUSE,), site=None, date="", today="", parameters=(), **ruleset):
    every = Ruleset("t", "1", {}, rules, parameters=parameters, **ruleset)
    return review(site or scenes.site(), scenes.design(*parts), every, {**PEIL, **(answers or {})}, date=date, today=today)


def verdict(*rules, **words):
    found = ask(*rules, **words)
    assert len(found) == 1, [(said(f), f.verdict) for f in found]
    return found[0].verdict.value


def truth(condition, answers=None, site=None):
    """What a condition is in every reading; None where readings differ."""
    context, seen = Context(site or scenes.site(), scenes.design(HOUSE), {**PEIL, **(answers or {})}), set()

    def run(reading, ledger):
        seen.add(holds(condition, context.read_as(reading, ledger)).value)
        return ()

    judge(run)
    return seen.pop() if len(seen) == 1 else None


ZONE = {"location": {"layer": "maatvoering", "where": {"waardeType": "maximum bouwhoogte (m)"}}}
ELSEWHERE = {"location": {"layer": "gebiedsaanduiding"}}
OPEN = {"status": "monument"}


@pytest.mark.parametrize(
    ("condition", "answers", "value"),
    [
        ({}, {}, True),
        (ZONE, {}, True),
        ({"location": {"layer": "maatvoering", "where": {"waarde": 9}}}, {}, True),
        ({"location": {"layer": "maatvoering", "where": {"waarde": 8}}}, {}, False),
        ({"location": {"layer": "enkelbestemming", "where": {"naam": "wonen"}}}, {}, True),
        ({"location": {"layer": "enkelbestemming", "where": {"name": ["Groen", "Wonen"]}}}, {}, True),
        (ELSEWHERE, {}, False),
        (OPEN, {}, None),
        (OPEN, {"monument": "onbekend"}, None),
        (OPEN, {"monument": {"value": "ja", "reason": "register"}}, True),
        (OPEN, {"monument": False}, False),
        (OPEN, {"status": ["monument"]}, True),
        (OPEN, {"status": []}, False),
        ({"not": [OPEN]}, {}, None),
        ({"not": [OPEN]}, {"monument": "nee"}, True),
        ({"not": [OPEN, ZONE]}, {}, False),
        ({"all": [ZONE, OPEN]}, {}, None),
        ({"all": [ELSEWHERE, OPEN]}, {}, False),
        ({"any": [ZONE, OPEN]}, {}, True),
        ({"any": [ELSEWHERE, OPEN]}, {}, None),
        ({"any": [ELSEWHERE, OPEN]}, {"monument": "no"}, False),
        ({"any": {"not": OPEN}}, {"monument": "no"}, True),
        ({"answers": {"corner": True}}, {"corner": "yes"}, True),
        ({"answers": {"layers": 2}}, {"layers": 2.0}, True),
        ({"answers": {"layers": [1, 3]}}, {"layers": 2}, False),
        ({"answers": {"layers": 2}}, {"layers": True}, None),
        ({"location": {"polygon": [[100000, 450000], [100030, 450000], [100030, 450030]]}}, {}, True),
        ({"location": {"polygon": [[0, 0], [1, 0], [1, 1]]}}, {}, False),
        ({"object": {"classes": ["chimney"]}}, {}, False),
        ({"object": {"kind": "hoofdgebouw"}}, {}, True),
        ({"object": {"kind": "bijgebouw"}}, {}, False),
        ({"object": {"kind": ["bijgebouw", "hoofdgebouw"]}}, {}, True),
        ({"object": {"kind": "bijgebouw"}}, {"object_kind": "bijgebouw"}, True),
    ],
)
def test_three_values(condition, answers, value):
    assert truth(condition, answers) is value


def test_a_layer_that_failed_is_unknown_and_not_no():
    failed = tuple(replace(p, state=LayerState.FAILED) if p.layer == "plans" else p for p in scenes.site().provenance)
    assert truth(ELSEWHERE, site=replace(scenes.site(), provenance=failed)) is None


def test_touching_is_not_standing_in():
    beside = scenes.plan_area("g", "gebiedsaanduiding", "zone", box(15, 0, 20, 40))
    assert truth(ELSEWHERE, site=replace(scenes.site(), plans=(*scenes.site().plans, beside))) is False


def test_unknown_applicability_is_measured_and_asked():
    found = ask(rule(9.0, applies_when=OPEN))[0]
    assert found.verdict is Verdict.NEEDS_JUDGEMENT
    assert found.measurements[0].value == pytest.approx(10.0)
    assert [q.key for q in found.questions] == ["monument"] and found.questions[0].kind == "yes_no"
    assert any(note.code == "engine_if_it_applies" and note.as_dict()["verdict"] == "violates" for note in found.notes)
    assert verdict(rule(9.0, applies_when=OPEN), answers={"monument": "yes"}) == "violates"
    assert verdict(rule(9.0, applies_when=OPEN), answers={"monument": "no"}) == "not_applicable"


def test_scope_of_objects():
    shed = scenes.box_part(5, 30, 8, 33, 0, 4, fid="shed")
    high = rule(9.0, applies_to=("hoofdgebouw",))
    low = rule(3.0, applies_to=("bijgebouw",))
    assert [(f.verdict.value, f.measurements[0].value) for f in ask(low, parts=(HOUSE, shed))] == [("violates", 4.0)]
    assert verdict(low) == "not_applicable"
    assert verdict(high) == "violates"
    assert verdict(high, answers={"object_kind": "bijgebouw"}) == "not_applicable"
    assert verdict(rule(9.0, applies_to=("bijgebouw",)), answers={"objects": {"gable": "bijgebouw"}}) == "violates"
    assert verdict(rule(9.0, applies_when={"object": {"classes_not": ["building"]}})) == "not_applicable"


def test_a_second_building_beside_a_house_that_stays_is_asked():
    house = RegisteredBuilding("9999100000000009", scenes.shift(box(2, 20, 10, 30)), 1960, "Pand in gebruik", ("woonfunctie",))
    site = replace(scenes.site(), registered_buildings=(house,))
    found = ask(rule(9.0, applies_to=("hoofdgebouw",)), site=site)[0]
    assert (found.verdict, found.questions[0].key) == (Verdict.NEEDS_JUDGEMENT, "object_kind")
    assert verdict(rule(9.0, applies_to=("hoofdgebouw",)), site=site, answers={"demolition": ["9999100000000009"]}) == "violates"


def test_what_nobody_can_tell_is_asked_and_not_denied():
    shed = rule(9.0, applies_to=("bijgebouw",))
    assert verdict(shed) == "not_applicable"  # the plot and its buildings are known: this is the main building
    bare = replace(scenes.site(), provenance=tuple(p for p in scenes.site().provenance if p.layer != "bag"))
    found = ask(shed, site=bare)[0]
    assert found.verdict is Verdict.NEEDS_JUDGEMENT
    assert {"has_bijgebouw"} <= {question.key for question in found.questions}  # what is as large as a house is one
    fence = rule(1.0, applies_to=("erfafscheiding",))
    assert verdict(fence) == "not_applicable"  # one body as large as a house is none
    untold = replace(HOUSE, fid="untold", vertices=HOUSE.vertices * (1, 1, 0.2) + (0, 0, 0.8 * scenes.GROUND))
    assert verdict(fence, parts=(HOUSE, replace(untold, vertices=untold.vertices + (0, 20, 0)))) == "needs_judgement"  # a mesh that does not say what its parts are
    assert verdict(fence, parts=(replace(HOUSE, kind="wall"),)) == "not_applicable"
    assert verdict(fence, answers={"object_kind": "hoofdgebouw"}) == "not_applicable"


def test_formulas_and_parameters():
    formula = rule(limit=Limit("<=", "m", formula="0.47*d+3"))
    asked = ask(formula)[0]
    assert (asked.verdict, asked.questions[0].key, asked.questions[0].kind) == (Verdict.NOT_ASSESSABLE, "d", "number")
    assert ask(formula, answers={"d": 2})[0].measurements[0].limit == pytest.approx(3.94)
    assert verdict(rule(limit=Limit("<=", "m", formula="H+1"))) == "complies"  # the plan's 9 m and one more
    place = Parameter("grens", 9.0, "m", ((ZONE, 10.5),))
    assert verdict(rule(limit=Limit("<=", "m", formula="grens")), parameters=(place,)) == "complies"
    unknown = Parameter("grens", 9.0, "m", ((OPEN, 10.5),))
    found = ask(rule(limit=Limit("<=", "m", formula="grens")), parameters=(unknown,))[0]
    assert (found.verdict, found.questions[0].key) == (Verdict.NEEDS_JUDGEMENT, "monument")
    assert verdict(rule(limit=Limit("<=", "m", formula="area/80")), answers={}) == "complies"  # 800 m2 of plot: 10 m, equal


def test_tolerance_moves_the_verdict_and_not_the_margin():
    found = ask(rule(limit=Limit("<=", "m", 9.96, tolerance=0.05)))[0]
    assert (found.verdict, found.measurements[0].margin) == (Verdict.COMPLIES, pytest.approx(-0.04))
    assert any(note.code == "engine_tolerance" for note in found.notes)
    assert verdict(rule(limit=Limit("<=", "m", 9.94, tolerance=0.05))) == "violates"


PLANT = {"id": "plant", "classes": ["installation"], "decision": "officer", "question": "Ondergeschikt?"}
MINOR = {"id": "minor", "classes": ["chimney"], "max_extra_m": 1.5, "decision": "auto"}


def test_exempt_parts_decided_by_the_officer():
    plant = scenes.box_part(8, 8, 9, 9, 9.0, 12.0, kind="installation", fid="plant")
    open_ = ask(rule(11, exceptions=(PLANT,)), parts=(HOUSE, plant))[0]
    assert open_.verdict is Verdict.NEEDS_JUDGEMENT and "plant" in [q.key for q in open_.questions]
    assert verdict(rule(11, exceptions=(PLANT,)), parts=(HOUSE, plant), answers={"plant": "yes"}) == "complies"
    assert verdict(rule(8, exceptions=(PLANT,)), parts=(HOUSE, plant), answers={"plant": "unknown"}) == "violates"  # in the mildest reading too
    assert verdict(rule(11, exceptions=(PLANT,))) == "complies"


def test_exempt_parts_up_to_a_height():
    def chimney(top):
        return scenes.box_part(8, 9, 9, 10, 9.0, top, kind="chimney", fid="chimney")

    assert verdict(rule(11, exceptions=(MINOR,)), parts=(HOUSE, chimney(12.4))) == "complies"
    assert verdict(rule(11, exceptions=({**MINOR, "classes": ["chimney"]},), measure={"candidate_area_pct": 0}), parts=(HOUSE, chimney(12.6))) == "violates"
    assert verdict(rule(11), parts=(HOUSE, chimney(12.6))) == "complies"


def test_without_a_date_it_is_open_which_version_of_a_rule_holds():
    old, new = rule(9.0, valid_to="2026-06-30"), rule(11.0, valid_from="2026-07-01")
    found = ask(old, new)
    assert [(one.measurements[0].limit, one.verdict) for one in found] == [(9.0, Verdict.NEEDS_JUDGEMENT), (11.0, Verdict.COMPLIES)]
    assert [(question.key, question.choices) for question in found[0].questions] == [("version.height", ("2026-07-01 - …", "… - 2026-06-30"))]
    earlier, later = ask(old, new, answers={"version.height": "… - 2026-06-30"})
    assert (earlier.verdict, later.verdict) == (Verdict.VIOLATES, Verdict.NOT_APPLICABLE)
    milder = ask(rule(10.5, valid_to="2026-06-30"), new)
    assert [(one.verdict, one.questions) for one in milder] == [(Verdict.COMPLIES, ()), (Verdict.COMPLIES, ())]
    assert verdict(old) == "violates"  # nobody says which day it is: the date is told as a remark


def test_without_a_date_a_rule_that_has_ended_is_open_and_one_that_has_yet_to_begin_is_none():
    old, new = rule(9.0, valid_to="2026-06-30"), rule(11.0, valid_from="2026-07-01", valid_to="2027-02-28")
    assert [verdict(old, today=day) for day in ("2026-06-30", "2026-07-01")] == ["violates", "needs_judgement"]
    asked = ask(old, today="2026-07-01")[0]
    assert [(question.key, question.choices) for question in asked.questions] == [("version.height", ("2026-07-01 - …", "… - 2026-06-30"))]
    assert [verdict(old, today="2026-07-01", answers={"version.height": word}) for word in asked.questions[0].choices] == ["not_applicable", "violates"]
    assert verdict(rule(11.0, valid_to="2026-06-30"), today="2026-07-01") == "complies"  # met in either
    assert verdict(rule(9.0), today="2026-07-01", valid_to="2026-06-30") == "needs_judgement"  # the file's own dates
    assert verdict(old, today="2026-07-01", date="2026-06-30") == "violates" and verdict(old, today="2026-07-01", date="2026-07-01") == "not_applicable"
    last = ask(old, new, today="2027-03-01")[0]
    assert last.questions[0].choices == ("2027-03-01 - …", "2026-07-01 - 2027-02-28", "… - 2026-06-30")
    start = rule(9.0, valid_from="2026-07-02")
    assert [verdict(start, today=day) for day in ("2026-07-01", "2026-07-02")] == ["not_applicable", "violates"]


def test_the_text_in_force_on_the_date():
    old, new = rule(9.0, valid_to="2026-06-30"), rule(11.0, valid_from="2026-07-01")
    assert verdict(old, new, date="2026-06-30") == "violates"
    assert verdict(old, new, date="2026-07-01") == "complies"
    assert verdict(new, date="2026-06-30") == "not_applicable"
    assert verdict(rule(9.0), date="2025-01-01", valid_from="2026-01-01") == "not_applicable"
    assert verdict(rule(9.0), date="2026-01-01", valid_from="2026-01-01", valid_to="2026-01-01") == "violates"
    assert verdict(replace(old, enabled=False), new, date="2026-07-01") == "complies"


def test_special_before_general_and_stricter_of_equals():
    general, special = rule(9.0, "general"), rule(11.0, "special", overrides=("general",))
    first, second = ask(general, special)
    assert (first.verdict, first.governed_by, second.verdict, second.governed_by) == (Verdict.NOT_APPLICABLE, "special", Verdict.COMPLIES, "")
    elsewhere = rule(11.0, "special", overrides=("general",), applies_when=ELSEWHERE)
    assert [f.verdict.value for f in ask(general, elsewhere)] == ["violates", "not_applicable"]
    unsure = rule(11.0, "special", overrides=("general",), applies_when=OPEN)
    assert [f.verdict.value for f in ask(general, unsure)] == ["needs_judgement", "complies"]
    assert [f.governed_by for f in ask(general, rule(11.0, "other", priority=5))] == ["other", ""]
    both = ask(general, rule(11.0, "milder"))
    assert [(f.verdict.value, f.governed_by) for f in both] == [("violates", ""), ("complies", "general")]


def test_ladder():
    power = {"id": "ten", "effect": "limit*1.10", "decision": "officer", "legal": {"article": "30.1"}}
    assert ask(rule(10.0))[0].ladder == "fits"
    cured = ask(rule(9.5, exceptions=(power,)))[0]
    assert (cured.verdict, cured.ladder) == (Verdict.VIOLATES, "fits_with_power")  # shown, never applied
    assert (cured.deviations[0].limit, cured.deviations[0].cures, cured.deviations[0].legal[0].article) == (pytest.approx(10.45), True, "30.1")
    beyond = ask(rule(9.0, exceptions=(power,)))[0]
    assert (beyond.ladder, beyond.deviations[0].cures) == ("needs_outside_plan_permit", False)
    assert ask(rule(10.0, uncertainty={"level_m": 0.1}))[0].ladder == "undecided"
    assert ask(rule(10.0, applies_when=ELSEWHERE))[0].ladder == ""
    named = {"id": "text", "effect": "ten hoogste 10 % hoger"}
    assert ask(rule(9.5, exceptions=(named,)))[0].deviations[0].cures is None


def test_policy_is_weighed_and_needs_no_permit_outside_the_plan():
    by_name = replace(rule(9.0), legal=(LegalSource("Beleidsregel hoogbouw"),))
    for policy in (rule(9.0, basis="policy"), by_name):
        assert (ask(policy)[0].verdict, ask(policy)[0].ladder) == (Verdict.VIOLATES, "policy")
    assert ask(rule(10.0, basis="policy"))[0].ladder == ""
    given = [{"rule": "height", "verdict": "complies", "reason": "Bestaande kap", "facts": {"verdict": "violates", "value": 10.0}}]
    assert ask(rule(9.0, basis="policy"), answers={"overrides": given})[0].ladder == ""


def test_the_officer_decides_with_a_reason():
    given = [{"rule": "height", "verdict": "complies", "reason": "Bestaande kap", "by": "A", "at": "2026-05-02", "facts": {"verdict": "violates", "value": 10.0}}]
    found = ask(rule(9.0), answers={"overrides": given})[0]
    assert (found.verdict, found.stands, found.decision.reason, found.ladder) == (Verdict.VIOLATES, Verdict.COMPLIES, "Bestaande kap", "fits")
    without = [{**given[0], "reason": " "}]
    assert ask(rule(9.0), answers={"overrides": without})[0].decision is None
    other = [{**given[0], "subject": "iets anders"}]
    assert ask(rule(9.0), answers={"overrides": other})[0].decision is None
    codes = [note.code for note in unused_overrides(ask(rule(9.0)), {"overrides": [*without, *other]})]
    assert codes == ["engine_override_no_reason", "engine_override_unused"]


@pytest.mark.parametrize(("at", "today", "counts"), [
    ("2026-05-02", "2026-05-02", True), ("2026-05-03", "2026-05-02", False), ("2026-05-02T23:59:00+00:00", "2026-05-02", True), ("2099-01-01T00:00", "2026-05-02", False),
    ("2099-01-01", "", True), ("", "2026-05-02", True), ("volgend jaar", "2026-05-02", True),
])
def test_a_decision_of_a_day_to_come_is_told_and_not_obeyed(at, today, counts):
    given = {"overrides": [{"rule": "height", "verdict": "complies", "reason": "Bestaande kap", "at": at, "facts": {"verdict": "violates", "value": 10.0}}]}
    found = ask(rule(9.0), answers=given, today=today)
    assert (found[0].stands is Verdict.COMPLIES) is counts and found[0].lapsed is None
    assert [note.code for note in unused_overrides(found, given, today)] == ([] if counts else ["engine_override_to_come"])


def test_a_layer_record_is_not_needed_for_a_condition_that_needs_none():
    bare = replace(scenes.site(), provenance=(Provenance("plans", LayerState.NOT_ASKED),))
    assert verdict(rule(9.0, applies_when={"answers": {"corner": True}}), answers={"corner": True}, site=bare) == "violates"
