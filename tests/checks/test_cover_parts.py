"""The conclusion over all rules and the lines of a cover, by themselves: every step, and what tips it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks.engine.cover import covering
from drieluik.checks.engine.cover.conclusion import concluded
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.checks.engine.cover.rule_lines import misspelt, rule_lines
from drieluik.checks.engine.from_plan.derive import PLAN_RULESET
from drieluik.model import Deviation, InputUsed, Note, Plan, PlanCover, PlanOrigin, PlanValue, Ruleset, Verdict
from drieluik.model.measurement import Measurement
from drieluik.model.plan_cover import NOT_READABLE, TESTED, TO_READ, CoverLine
from one_context import ABOUT, context, finding, rule

GOOD, BAD, ASK, LACK, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE


def line(state, key="k"):
    return CoverLine(key, "bouwvlak", key, state, ABOUT)


def step(*findings, lines=(), rules=()):
    findings = [one if one.ladder else replace(one, ladder="undecided") for one in findings]  # '' where no plan speaks
    found = concluded(PlanCover("A", tuple(lines)), [Ruleset("s", "1", {}, tuple(rules))], findings)
    return found.step, [(note.code, note.as_dict().get("n")) for note in found.conclusion]


def power(id="p", cures=True):
    return Deviation(id, ABOUT, cures=cures)


@pytest.mark.parametrize(
    ("findings", "lines", "outcome"),
    [
        ((), (), ("", [])), ((finding("a", GOOD),), (), ("fits", [("cover_fits", None), ("cover_met", 1)])), ((finding("a", NONE),), (), ("", [])), ((finding("a", GOOD), finding("b", NONE)), (), ("fits", [("cover_fits", None), ("cover_met", 1)])),
        ((finding("a", GOOD),), (line(TO_READ),), ("undecided", [("cover_met", 1), ("cover_unread", 1)])), ((finding("a", GOOD),), (line(NOT_READABLE), line(TO_READ), line(TO_READ)), ("undecided", [("cover_met", 1), ("cover_unread", 2), ("cover_unreadable", 1)])),
        ((finding("a", GOOD),), (line(TESTED),), ("fits", [("cover_fits", None), ("cover_met", 1)])), ((finding("a", ASK), finding("b", LACK), finding("c", GOOD)), (), ("undecided", [("cover_open", 2), ("cover_met", 1)])),
        ((finding("a", BAD),), (), ("needs_outside_plan_permit", [("cover_broken", 1)])), ((finding("a", BAD, deviations=(power(),)),), (), ("fits_with_power", [("cover_broken", 1)])), ((finding("a", BAD, deviations=(power(cures=False),)),), (), ("needs_outside_plan_permit", [("cover_broken", 1)])),
        ((finding("a", BAD, deviations=(power(),)), finding("b", ASK)), (), ("undecided", [("cover_broken", 1), ("cover_open", 1)])), ((finding("a", BAD, deviations=(power(),)),), (line(TO_READ),), ("undecided", [("cover_broken", 1), ("cover_unread", 1)])),
        ((finding("a", BAD), finding("b", ASK)), (line(TO_READ),), ("needs_outside_plan_permit", [("cover_broken", 1), ("cover_open", 1), ("cover_unread", 1)])),
        ((finding("a", GOOD), finding("a", BAD), finding("a", ASK)), (), ("needs_outside_plan_permit", [("cover_broken", 1)])), ((finding("a", BAD, ladder="policy"), finding("b", GOOD)), (), ("fits", [("cover_fits", None), ("cover_met", 1), ("cover_policy", 1)])),
        ((finding("a", GOOD, check="plan_text"),), (), ("", [])), ((finding("a", BAD, deviations=(power(),)), finding("a", BAD)), (), ("needs_outside_plan_permit", [("cover_broken", 1)])),
        ((finding("a", BAD, deviations=(power("p"), power("q"))), finding("a", BAD, deviations=(power("q"),))), (), ("fits_with_power", [("cover_broken", 1)])),
    ],
)  # fmt: skip
def test_every_step_of_the_conclusion(findings, lines, outcome):
    assert step(*findings, lines=lines) == outcome


@pytest.mark.parametrize(("one", "other", "outcome"), [(True, True, "fits_with_power"), (True, False, "undecided"), (False, False, "undecided")])
def test_two_powers_are_used_together_when_both_texts_allow_it(one, other, outcome):
    rules = (rule("a", exceptions=({"id": "p", "effect": "limit + 1", "cumulates": one, "conditions": ["zicht", "bezonning"]},)), rule("b", exceptions=({"id": "q", "effect": "limit + 1", "cumulates": other},)))
    found, notes = step(finding("a", BAD, deviations=(power("p"),)), finding("b", BAD, deviations=(power("q"),)), rules=rules)
    assert found == outcome and [code for code, _ in notes] == ["cover_broken", "cover_power_condition", "cover_power_condition", *(["cover_powers_together"] if outcome == "undecided" else [])]
    assert outcome != "undecided" or notes[-1][1] == 2
    assert step(finding("a", BAD, deviations=(power("p"),)), finding("b", BAD), rules=rules)[0] == "needs_outside_plan_permit"


def plan(*areas):
    return (*scenes.site().plans, *areas)


def covered(*findings, rules=(), location="", answers=None, plans=None, **words):
    return {one.key: one for one in plan_cover(context(answers=answers, **({"plans": plans} if plans else {}), **words), [Ruleset("s", "1", {}, tuple(rules), location=location)], findings).lines}


PLAN = "NL.IMRO.9999.BP1"
HEIGHT = f"{PLAN}:maatvoering:maximum bouwhoogte (m):maximum bouwhoogte (m)=9"


def test_what_became_of_each_part_of_a_plan():
    lines = covered()
    assert {key: (one.state, one.kind) for key, one in lines.items()} == {
        f"{PLAN}:document": (TO_READ, "document"), f"{PLAN}:enkelbestemming:Wonen": (TO_READ, "enkelbestemming"), f"{PLAN}:bouwvlak:bouwvlak": (TO_READ, "bouwvlak"), HEIGHT: (TO_READ, "maatvoering")}
    value = lines[HEIGHT]
    assert (value.name, value.raw, value.fids, value.plan_id) == ("maximum bouwhoogte", "9", ("m1",), PLAN)
    used = {"inputs": (InputUsed("plans", "m1"),)}
    for verdict, state in ((GOOD, TESTED), (BAD, TESTED), (NONE, "does_not_apply")):
        found = covered(finding("a", verdict, **used), rules=[rule("a")])[HEIGHT]
        assert (found.state, found.rules) == (state, ("a",))
    assert covered(finding("a", GOOD, inputs=(InputUsed("bgt", "m1"),)), rules=[rule("a")])[HEIGHT].state == TO_READ
    broken = covered(finding("a", LACK, missing=(Note.of("checks_failed"),), **used), rules=[rule("a")])[HEIGHT]
    assert (broken.state, broken.note.code, broken.rules) == (NOT_READABLE, "checks_failed", ())
    two = covered(finding("a", GOOD, **used), finding("b", NONE, **used), finding("c", BAD, **used), rules=[rule("a")])[HEIGHT]
    assert dict(two.note.data)["verdicts"] == "complies, violates" and two.rules == ("a", "b", "c")


def test_a_derived_rule_tests_the_value_that_it_comes_from():
    derived = rule("d", origin=(PlanOrigin(PLAN, "m1", "maatvoering", "x", raw="maximum bouwhoogte (m)=9"),))
    found = covered(finding("d", GOOD, inputs=(InputUsed("plans", "b1"),)), rules=[derived], location=PLAN_RULESET)
    assert found[HEIGHT].state == TESTED and found[f"{PLAN}:bouwvlak:bouwvlak"].state == TO_READ
    other = rule("d", origin=(PlanOrigin(PLAN, "m1", "maatvoering", "x", raw="maximum goothoogte (m)=6"),))
    assert covered(finding("d", GOOD), rules=[other], location=PLAN_RULESET)[HEIGHT].state == TO_READ


def test_of_several_values_of_an_object_a_rule_tests_that_which_is_its_limit():
    two = scenes.plan_area("m9", "maatvoering", "maten", box(5, 5, 15, 17), PlanValue("bouwhoogte", "maximum", 9.0, "m", "hoog=9"), PlanValue("goothoogte", "maximum", 6.0, "m", "goot=6"))
    found = covered(finding("a", GOOD, limit=6.0, inputs=(InputUsed("plans", "m9"),)), rules=[rule("a")], plans=plan(two))
    assert (found[f"{PLAN}:maatvoering:maten:hoog=9"].state, found[f"{PLAN}:maatvoering:maten:goot=6"].state) == (TO_READ, TESTED)
    low = replace(finding("a", GOOD, inputs=(InputUsed("plans", "m9"),)), measurements=(Measurement("x", 7.0, "m", "between", 8.0, low=6.0),))
    assert covered(low, rules=[rule("a")], plans=plan(two))[f"{PLAN}:maatvoering:maten:goot=6"].state == TESTED


def test_objects_that_say_the_same_are_one_line_and_what_is_unread_of_either_is_unread():
    second = scenes.plan_area("b2", "bouwvlak", "bouwvlak", box(12, 12, 30, 30), belongs_to="e1")
    key = f"{PLAN}:bouwvlak:bouwvlak"
    half = covered(finding("a", GOOD, inputs=(InputUsed("plans", "b1"),)), rules=[rule("a")], plans=plan(second))[key]
    assert (half.state, half.fids, half.rules) == (TO_READ, ("b1", "b2"), ("a",))
    both = covered(finding("a", GOOD, inputs=(InputUsed("plans", "b1"), InputUsed("plans", "b2"))), finding("b", NONE, inputs=(InputUsed("plans", "b2"),)), rules=[rule("a")], plans=plan(second))[key]
    assert (both.state, both.rules) == (TESTED, ("a", "b"))


@pytest.mark.parametrize(("given", "state"), [({"value": "ja", "reason": "gelezen"}, TESTED), ({"value": "ja", "reason": " "}, TO_READ), ({"value": "nee", "reason": "x"}, "not_met"), ({"value": "wellicht", "reason": "x"}, TO_READ), ("ja", TO_READ), ({"reason": "x"}, TO_READ)])
def test_what_the_officer_read_is_tested_with_a_reason(given, state):
    assert covered(answers={"plan_read": {HEIGHT: given}})[HEIGHT].state == state
    assert covered(answers={"plan_read": "ja"})[HEIGHT].state == TO_READ


def told(*rules, findings=(), date="", today="", location="file.yaml"):
    return [(one.key, one.state, one.note.code) for one in rule_lines(context(), [Ruleset("s", "1", {}, rules, location=location)], findings, date, today)]


def test_rules_that_take_no_part_say_why():
    here, there = {"location": {"layer": "bouwvlak", "where": {"naam": "bouwvlak"}}}, {"location": {"layer": "bouwvlak", "where": {"name": "tuin"}}}
    assert told(rule("a"), rule("b", applies_when=here), findings=[finding("b")]) == []
    assert told(rule("a", applies_when=there)) == [("s:a", "does_not_apply", "cover_rule_elsewhere")] and told(rule("a", applies_when=there), findings=[finding("a", NONE)]) == [("s:a", "does_not_apply", "cover_rule_elsewhere")]
    assert told(rule("a", applies_when=there), findings=[finding("a", GOOD)]) == [] and told(rule("a", applies_when=there), location=PLAN_RULESET) == []
    assert told(rule("a", enabled=False, disabled_reason="oud")) == [("s:a", "does_not_apply", "cover_rule_off")] and told(rule("a", enabled=False, disabled_reason=" "))[0][2] == "cover_rule_off_silent"
    assert told(rule("a", valid_to="2020-01-01"), date="2021-01-01") == [("s:a", "does_not_apply", "engine_not_in_force")]
    assert told(rule("a", valid_to="2020-01-01"), today="2021-01-01") == []  # the application may be older: it is asked
    assert told(rule("a", valid_from="2022-01-01"), today="2021-01-01") == [("s:a", "does_not_apply", "engine_not_in_force")]


@pytest.mark.parametrize(
    ("word", "slip"),
    [("bouwvlak", None), ("Bouwvlak", None), ("bouwvlk", "bouwvlak"), ("bouwvlek", "bouwvlak"), ("bouw", None), ("tuin", None)],
)  # fmt: skip
def test_a_name_that_is_much_like_one_that_is_here_is_a_slip(word, slip):
    for condition in ({"location": {"layer": "bouwvlak", "where": {"naam": word}}}, {"not": [{"location": {"layer": "bouwvlak", "where": {"name": ["elders", word]}}}]}):
        found = misspelt(rule(applies_when=condition), context())
        assert (None if found is None else (dict(found.data)["word"], dict(found.data)["nearest"])) == (None if slip is None else (word, slip))
    assert misspelt(rule(applies_when={"location": {"where": {"waarde": 9}}}), context()) is None


def height_of(value=9.0, limit=9.0, op="<=", name="bouwhoogte", **words):
    words.setdefault("measurements", (Measurement("height", 8.0, "m", op, limit), Measurement("other", 8.0, "m", ">=", value)))
    return finding("w", GOOD, subject=Note.of("subject_quantity", name=name), **words)


@pytest.mark.parametrize(("found", "value", "same"), [
    (height_of(), PlanValue("bouwhoogte", "maximum", 9.0, "m", "x"), True), (height_of(), PlanValue("bouwhoogte", "minimum", 9.0, "m", "x"), False), (height_of(op=">="), PlanValue("bouwhoogte", "minimum", 9.0, "m", "x"), True),
    (height_of(op="<"), PlanValue("bouwhoogte", "maximum", 9.0, "m", "x"), True), (height_of(), PlanValue("bouwhoogte", "", 9.0, "m", "x"), False), (height_of(), PlanValue("goothoogte", "maximum", 9.0, "m", "x"), False),
    (height_of(limit=8.5), PlanValue("bouwhoogte", "maximum", 9.0, "m", "x"), False), (height_of(), PlanValue("bouwhoogte", "maximum", None, "m", "x"), False), (height_of(measurements=()), PlanValue("bouwhoogte", "maximum", 9.0, "m", "x"), False),
    (replace(height_of(), subject=Note.of("subject_coverage")), PlanValue("bebouwingspercentage", "maximum", 9.0, "%", "x"), True), (replace(height_of(), subject=Note.of("subject_coverage")), PlanValue("bouwhoogte", "maximum", 9.0, "m", "x"), False),
])
def test_whether_a_written_rule_tests_the_norm_that_the_map_shows(found, value, same):
    assert covering._says_the_same(found, value) is same


def test_a_value_of_the_map_is_tested_by_a_written_rule_of_the_same_norm_that_did_not_use_it():
    assert covered(height_of(), rules=[rule("w")])[HEIGHT].state == TESTED and covered(height_of(limit=8.0), rules=[rule("w")])[HEIGHT].state == TO_READ


AREA = scenes.plan_area("x", "bouwvlak", "bouwvlak", box(5, 5, 15, 17))


@pytest.mark.parametrize(("area", "found", "state", "note"), [
    (AREA, (), TO_READ, Note.of("cover_text", name="n", article="?")), (AREA, (finding("a", GOOD),), TESTED, Note.of("cover_tested", verdicts="complies")), (AREA, (finding("a", BAD), finding("b", GOOD), finding("c", BAD)), TESTED, Note.of("cover_tested", verdicts="violates, complies")),
    (AREA, (finding("a", NONE, notes=(Note.of("why"),)),), "does_not_apply", Note.of("why")), (AREA, (finding("a", NONE),), "does_not_apply", Note.of("cover_not_about")), (AREA, (finding("a", GOOD, check="plan_text"),), TO_READ, Note.of("cover_text", name="n", article="?")),
    (AREA, (finding("a", NONE), finding("b", GOOD)), TESTED, Note.of("cover_tested", verdicts="complies")), (AREA, (finding("a", GOOD), finding("b", LACK, missing=(Note.of("other"), Note.of("checks_failed", why="x")))), NOT_READABLE, Note.of("checks_failed", why="x")),
    (replace(AREA, kind="enkelbestemming"), (finding("a", GOOD),), TO_READ, Note.of("cover_text", name="n", article="?")),
])
def test_the_state_of_an_object_and_why(area, found, state, note):
    assert covering._state(area, None, found, "", "n") == (state, note)


def test_what_is_to_be_read_is_named_with_its_article():
    assert covering._state(AREA, None, (), "5.2", "n")[1] == Note.of("cover_text", name="n", article="5.2")
    assert [one.name for one in (covered(plans=plan(scenes.plan_area("q", "figuur", "", box(5, 5, 15, 17))))[f"{PLAN}:figuur"],)] == ["figuur"]


@pytest.mark.parametrize(("place", "area", "under"), [
    (None, None, True), (box(0, 0, 20, 40), None, True), (box(30, 0, 40, 40), None, False), (None, box(0, 0, 20, 40), True), (None, box(30, 0, 40, 40), False), (box(30, 0, 40, 40), box(0, 0, 20, 40), True), (box(0, 0, 20, 40), box(30, 0, 40, 40), True), (box(30, 0, 40, 40), box(30, 0, 40, 40), False),
])
def test_a_decision_lies_under_a_design_by_its_own_place_or_that_of_its_objects(place, area, under):
    """Of one that has no place at all nobody knows: it is told."""
    decision = Plan("D", "Besluit", "voorbereidingsbesluit", "vastgesteld", geometry=None if place is None else scenes.shift(place))
    own = () if area is None else (replace(scenes.plan_area("d", "plangebied", "d", area), plan_id="D"),)
    assert covering._lies_under(decision, context(plans=plan(*own))) is under
