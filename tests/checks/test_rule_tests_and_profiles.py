"""What the tests inside a rule file mean, number by number; and how the text of a plan becomes switches of its rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, Point, box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan import derive
from drieluik.checks.engine.from_plan.plan_text_profile import as_read, profiles_with, with_profile
from drieluik.checks.engine.officer.decisions import concerns, decided, decides, design_content, overrides_in, place_of, rule_text, unused_overrides
from drieluik.checks.engine.officer.officer_answers import misplaced_profile, with_answer, with_override, without_override
from drieluik.checks.engine.rulebook.ruletests import in_unit_of, limit_in, outcome, run_tests, values_of
from drieluik.model import LegalSource, Limit, MeasuringProfile, Note, Parameter, ProfileEntry, Question, Ruleset, Verdict
from one_context import context, finding, rule
from scenes import box_part, plan_area

GOOD, BAD, ASK, LACK, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE
MOST = Limit("<=", "m", 9.0)


def told(given, limit=MOST, parameters=(), **words):
    own = rule(limit=limit, **words)
    return outcome(Ruleset("s", "1", {}, (own,), parameters=parameters), own, given)


@pytest.mark.parametrize(
    ("given", "verdict", "margin"),
    [
        ({"height": 8.5}, GOOD, 0.5), ({"height": 9.0}, GOOD, 0.0), ({"height": 9.5}, BAD, -0.5), ({"top": 10.5, "peil": 1.0}, BAD, -0.5), ({"ridge": 9.5, "peil": 1.0}, GOOD, 0.5), ({"eaves": 9.2}, BAD, -0.2), ({"top": 10.5, "peil_low": 1.0, "peil_high": 1.4}, BAD, -0.5),
        ({"top": 10.2, "peil_low": 1.0, "peil_high": 1.4}, ASK, None), ({"low": 8.0, "high": 8.9}, GOOD, 1.0), ({"low": 8.0, "high": 9.1}, ASK, None), ({"height": 9.5, "max": 10.0}, GOOD, 0.5), ({"height": 9.5, "limit": 9.6}, GOOD, 0.1), ({"height": 9.1, "uncertainty": 0.2}, ASK, -0.1),
        ({"height": 9.5, "missing": True}, LACK, None), ({}, LACK, None), ({"height": 9.5, "applies": False}, NONE, None), ({"height": 9.5, "applies": None}, ASK, None), ({"height": 8.5, "applies": None}, GOOD, 0.5),
        ({"height": 8.5, "exempt": 12.0}, GOOD, 0.5), ({"height": 9.5, "exempt": 12.0}, BAD, -0.5), ({"height": 8.5, "candidate": 9.5}, ASK, None), ({"height": 8.5, "candidate": 8.9}, GOOD, 0.1), ({"height": 9.5, "candidate": 9.9}, BAD, None), ({"height": 8.5, "candidate": 9.5, "answers": {"minor_parts": "ja"}}, GOOD, 0.5),
        ({"height": 8.5, "candidate": 9.5, "answers": {"minor_parts": "nee"}}, BAD, -0.5), ({"top": 9.5, "peil": 1.0, "candidate": 10.5}, ASK, None),
    ],
)  # fmt: skip
def test_what_a_test_of_a_rule_file_gives(given, verdict, margin):
    found, left = told(given)
    assert found is verdict and (margin is None or left == pytest.approx(margin))


def test_limits_of_a_test_are_its_own_the_rules_or_computed():
    assert limit_in(rule(limit=MOST), {}, ()) == (9.0, None) and limit_in(rule(limit=MOST), {"limit": 7}, ()) == (7.0, None) and limit_in(rule(), {"max": 7}, ()) == (7.0, None) and limit_in(rule(), {}, ()) is None
    between = rule(limit=Limit("between", "deg", low=30.0, high=45.0))
    assert limit_in(between, {}, ()) == (45.0, 30.0) and limit_in(between, {"min": 20, "max": 50}, ()) == (50.0, 20.0) and limit_in(rule(limit=Limit("between", "deg", low=30.0)), {}, ()) is None
    computed = rule(limit=Limit("<=", "m", formula="d / 2 + k"))
    assert limit_in(computed, {"d": 4}, (Parameter("k", 1.0),)) == (3.0, None) and limit_in(computed, {"d": 4, "k": 5}, (Parameter("k", 1.0),)) == (7.0, None) and limit_in(computed, {"d": True}, ()) is None
    ends = rule(limit=Limit("between", "m", low_formula="d", formula="2 * d"))
    assert limit_in(ends, {"d": 3}, ()) == (6.0, 3.0) and limit_in(computed, {"d": 4, "max": 8}, ()) == (8.0, None)


def test_numbers_of_a_test_are_direct_above_peil_or_both_ends():
    assert values_of({"area": 40, "top": 9}) == [40.0] and values_of({"top": 9.0}) == [9.0] and values_of({"top": 9.0, "peil": 2.0}) == [7.0] and values_of({"top": 9.0, "peil_low": 1.0, "peil_high": 1.5, "peil": 7.0}) == [8.0, 7.5]
    assert values_of({"low": 3, "high": 4}) == [3.0, 4.0] and values_of({"high": 4}) == [4.0] and values_of({}) == [] and values_of({"value": 0}) == [0.0]
    hours = rule(limit=Limit(">=", "h", 2.0))
    assert in_unit_of(hours, {"minutes": 90})["minutes"] == 1.5 and in_unit_of(rule(limit=Limit(">=", "min", 120.0)), {"minutes": 90})["minutes"] == 90 and in_unit_of(hours, {"value": 3}) == {"value": 3}


def test_a_test_without_a_limit_in_its_rule_says_which_way_it_goes():
    assert told({"value": 3.0, "min": 4.0}, limit=None)[0] is BAD and told({"value": 5.0, "min": 4.0}, limit=None)[0] is GOOD and told({"value": 3.0, "max": 4.0}, limit=None)[0] is GOOD
    assert told({"height": 9.05}, limit=Limit("<=", "m", 9.0, tolerance=0.1))[0] is GOOD and told({"height": 9.5}, exceptions=({"id": "a", "decision": "officer", "question": "?"},))[0] is ASK
    assert told({"height": 9.5, "date": "2019-01-01"}, valid_from="2020-01-01")[0] is NONE and told({"height": 9.5, "date": "2020-01-01"}, valid_from="2020-01-01")[0] is BAD


@pytest.mark.parametrize(("value", "verdict", "margin"), [(29.0, BAD, -1.0), (30.0, GOOD, 0.0), (31.0, GOOD, 1.0), (44.0, GOOD, 1.0), (46.0, BAD, -1.0)])
def test_a_range_of_a_rule_is_tested_at_both_ends(value, verdict, margin):
    assert told({"value": value}, limit=Limit("between", "deg", low=30.0, high=45.0)) == (verdict, pytest.approx(margin))


def test_a_test_passes_with_its_verdict_and_its_margin():
    tests = ({"given": {"height": 8.5}, "expect": "complies"}, {"given": {"height": 8.5}, "expect": "complies", "margin": 0.5}, {"given": {"height": 8.5}, "expect": "complies", "margin": 0.4}, {"given": {"height": 9.5}, "expect": "complies"}, {"given": {}, "expect": "not_assessable", "margin": 0.0})
    found = run_tests(Ruleset("s", "1", {}, (rule(limit=MOST, tests=tests),)))
    assert [(one["number"], one["passed"], one["found"], one["margin"]) for one in found] == [(1, True, "complies", 0.5), (2, True, "complies", 0.5), (3, False, "complies", 0.5), (4, False, "violates", -0.5), (5, False, "not_assessable", None)]
    assert found[2]["expected_margin"] == 0.4 and found[3]["expected"] == "complies"


# what the text of a plan says

PROFILE = MeasuringProfile("P", "Plan P", (ProfileEntry("minor_parts", {"minor_overshoot_m": 1.0}, "2.3", "ondergeschikt"), ProfileEntry("volume_base", "top"), ProfileEntry("applies_to", "hoofdgebouw", "5.2")))
ASKED = {"minor_parts": "", "volume_base": "volume_base", "applies_to": ""}


def test_a_profile_fills_in_the_switches_that_a_check_asks():
    own = rule(legal=(LegalSource("Plan X", "5.2", version="v", work_id="w"),), measure={"of": "projection"})
    found = with_profile(own, PROFILE, ASKED)
    assert found.measure == {"of": "projection", "minor_overshoot_m": 1.0, "volume_base": "top"} and found.applies_to == ("hoofdgebouw",)
    assert [(source.instrument, source.article, source.quote, source.version, source.work_id) for source in found.legal[1:]] == [("Plan X", "2.3", "ondergeschikt", "v", "w"), ("Plan X", "5.2", "", "v", "w")]
    assert with_profile(own, PROFILE, {}) is own and with_profile(own, None, ASKED) is own and with_profile(own, PROFILE, {"volume_base": ""}).measure["volume_base"] == "top"
    assert with_profile(own, MeasuringProfile("P", "Plan P", (ProfileEntry("applies_to", ("gebouw", "bouwwerk")),)), ASKED).applies_to == ("gebouw", "bouwwerk")


def test_what_nobody_read_is_asked_once_for_its_plan():
    own = replace(rule(), plan_id="P")
    scene = replace(context(), profiles=(replace(PROFILE, entries=PROFILE.entries[:1]),))
    found = as_read(own, scene, ASKED)
    assert list(scene.ledger.open) == ["profile.volume_base", "profile.applies_to"] and found.measure == {"volume_base": "underside"} and found.applies_to == ("gebouw",)
    assert [(premise.key, premise.settled, premise.note.as_dict()) for premise in scene.ledger.settled.values()] == [("profile.minor_parts", "plan_text", {"article": "2.3"})]
    question = scene.ledger.open["profile.applies_to"].question
    assert (question.kind, question.choices, question.plan_id) == ("choice", ("gebouw", "hoofdgebouw", "bouwwerk"), "P")
    free = context()
    assert as_read(rule(), free, ASKED).measure == {} and not free.ledger.open
    told = context()
    assert as_read(replace(own, applies_to=("bijgebouw",)), told, {"applies_to": "", "pitch": ""}).applies_to == ("bijgebouw",) and list(told.ledger.open) == ["profile.pitch"] and told.ledger.open["profile.pitch"].question.kind == "text"


def test_the_officers_reading_goes_over_the_profile():
    given = {"profile": {"P": {"volume_base": {"value": "underside", "article": "2.9", "by": "JS"}, "pitch": {"flat_allowed": True}, "unknown": 1}, "Q": {"volume_base": "top"}}}
    one, other = profiles_with((PROFILE,), given)
    assert {entry.key: (entry.value, entry.article, entry.by) for entry in one.entries} == {"minor_parts": ({"minor_overshoot_m": 1.0}, "2.3", ""), "applies_to": ("hoofdgebouw", "5.2", ""), "volume_base": ("underside", "2.9", "JS"), "pitch": ({"flat_allowed": True}, "", "")}
    assert (other.plan_id, [(entry.key, entry.value) for entry in other.entries]) == ("Q", [("volume_base", "top")]) and profiles_with((PROFILE,), {}) == (PROFILE,)


# rules from the map


def test_what_lies_at_a_place():
    here = scenes.shift(box(0, 0, 10, 10))
    def at(shape, ground=None):
        return derive.at_place(plan_area("x", "figuur", "x", shape), here, scenes.shift(ground or box(0, 0, 10, 10)))

    assert at(box(9, 9, 20, 20)) and not at(box(10, 0, 20, 10)) and at(Point(5, 5)) and at(Point(10.4, 5)) and not at(Point(12, 5))
    assert at(LineString([(5, 0), (5, 10)])) and not at(LineString([(11, 0), (11, 10)])) and at(LineString([(11, 0), (11, 10)]), box(0, 0, 20, 20)) and not at(LineString([(19.8, 0), (25, 0)]), box(0, -5, 20, 20))


def test_which_check_measures_a_value_or_takes_an_object():
    assert [derive.measuring(name, qualifier, REGISTRY) for name, qualifier in (("bouwhoogte", "maximum"), ("bouwhoogte", "minimum"), ("dakhelling", "minimum"), ("dakhelling", "maximum"), ("kleur", "maximum"))] == ["max_building_height", "min_building_height", "roof_pitch_range", "roof_pitch_range", ""]
    assert [derive.taking(plan_area("x", kind, name, box(0, 0, 1, 1)), REGISTRY) for kind, name in (("gebiedsaanduiding", "vrijwaringszone - molenbiotoop"), ("dubbelbestemming", "Waarde - Archeologie"), ("figuur", "gevellijn"), ("figuur", "as van de weg"))] == ["mill_biotope", "overlay_hit", "facade_line", ""]


def test_the_article_of_an_object_or_of_what_it_belongs_to():
    zone = replace(plan_area("e", "enkelbestemming", "Wonen", box(0, 0, 9, 9)), article="5", url="u")
    plane = replace(plan_area("b", "bouwvlak", "b", box(0, 0, 9, 9), belongs_to="e"), article="", url="")
    value = replace(plan_area("m", "maatvoering", "m", box(0, 0, 9, 9), belongs_to="b"), article="")
    every = {area.fid: area for area in (zone, plane, value)}
    assert (derive.legal_of(value, every).article, derive.legal_of(value, every).url) == ("5", "u") and derive.legal_of(value, {}).article == ""
    loop = replace(zone, article="", url="", belongs_to="m")
    assert derive.legal_of(value, {**every, "e": loop}).article == ""
    assert (derive.legal_of(replace(value, plan_name=""), every).instrument, derive.legal_of(value, every).work_id) == ("NL.IMRO.9999.BP1", "NL.IMRO.9999.BP1")


# decisions and answers


def test_the_text_of_a_rule_is_all_but_its_title_tests_and_evidence():
    own = rule(limit=MOST)
    same = replace(own, title={"nl": "anders"}, tests=({"given": {}},), enabled=False, evidence=("x",))
    assert rule_text(own) == rule_text(same) and len(rule_text(own)) == 16
    assert rule_text(replace(own, measure={"a": 1, "b": 2})) == rule_text(replace(own, measure={"b": 2, "a": 1}))  # however a file orders its words
    assert len({rule_text(one) for one in (own, replace(own, limit=Limit("<", "m", 9.0)), replace(own, priority=1), replace(own, measure={"a": 1}), replace(own, id="z"))}) == 5


@pytest.mark.parametrize(("off", "same"), [(0.0004, True), (0.0006, False)])
def test_a_design_is_the_same_while_no_corner_moved_by_half_a_millimetre(off, same):
    one = scenes.design(box_part(6, 6, 14, 14, 0, 8))
    part = one.parts[0]
    vertices = part.vertices.copy()
    vertices[0, 2] += off
    moved = replace(one, parts=(replace(part, vertices=vertices),))
    assert (design_content(one) == design_content(moved)) is same
    assert design_content(one) != design_content(replace(one, parts=(replace(part, kind="wall"),))) != design_content(replace(one, parts=(replace(part, name="x"),)))
    assert place_of(one) == "100000.000 450000.000 1.000 0.0000"


def entry(**words):
    return {"rule": "r", "verdict": "complies", "reason": "x", **words}


def test_which_findings_a_decision_is_about():
    found = finding(subject=Note.of("subject_maximum", name="bouwhoogte", value=9.0, unit="m", zone="m1"))
    assert concerns(entry(), found) and concerns(entry(design="A"), found) and not concerns(entry(design="B"), found) and not concerns(entry(rule="s"), found)
    assert concerns(entry(subject=found.subject_key), found) and not concerns(entry(subject="iets"), found) and concerns(entry(subject=""), found)
    assert decides(entry(), found) and not decides(entry(verdict="violates"), found) and decides(entry(verdict="violates", subject=found.subject_key), found)
    assert overrides_in({"overrides": [entry(), entry(verdict="fraai"), {"verdict": "complies"}, "x", entry(rule="")]}) == (entry(),) and overrides_in({}) == ()
    (told,) = decided((found,), {"overrides": [entry(facts={"verdict": "violates", "value": found.measurements[0].value}), entry(reason=" ", facts={"verdict": "violates"})]})
    assert told.stands is GOOD and decided((found,), {"overrides": [entry(reason="")]})[0].decision is None


def test_decisions_without_effect_are_said():
    found = finding()
    notes = unused_overrides((found,), {"overrides": [entry(reason=""), entry(rule="other", subject="x"), entry(), entry(facts={"verdict": "violates", "value": 1}), entry(facts={"value": 3})]})
    assert [(note.code, note.as_dict()) for note in notes] == [("engine_override_no_reason", {"rule": "r"}), ("engine_override_unused", {"rule": "other", "subject": "x"}), ("engine_override_no_fingerprint", {"rule": "r"}), ("engine_override_no_fingerprint", {"rule": "r"})]


def test_answers_about_a_plan_that_stand_where_nobody_looks():
    def said(answers, plans=("P", "Q")):
        return [(note.as_dict()["key"], note.as_dict()["plan"]) for note in misplaced_profile(answers, plans)]

    assert said({"profile.pitch": 1, "profile": {"P": {"pitch": {}}}}) == [("profile.pitch", "P")] and said({"profile": {"pitch": {}, "Z": {}}}) == [("profile.pitch", "P"), ("profile.Z", "P")] and said({"profile": {"Z": {}}}, ()) == [] and said({}) == []


def test_an_answer_and_a_decision_are_put_where_they_belong():
    assert with_answer({"a": 1}, Question("b", Note.of("q")), "ja", "gezien", "JS") == {"a": 1, "b": {"value": "ja", "reason": "gezien", "by": "JS"}}
    assert with_answer({}, Question("front", Note.of("q"), "lines"), {"line": [[0, 0], [1, 1]]}, "") == {"front": {"line": [[0, 0], [1, 1]], "reason": "", "by": ""}}
    assert with_answer({"profile": {"P": {"x": 1}}}, Question("profile.pitch", Note.of("q"), plan_id="P"), {"flat_allowed": True}, "r", article="7")["profile"] == {"P": {"x": 1, "pitch": {"flat_allowed": True, "reason": "r", "by": "", "article": "7"}}}
    found = finding()
    given = with_override({"overrides": [entry(design="A", subject=found.subject_key), entry(rule="s")]}, found, GOOD, "omdat", "JS", "2026-01-01")
    assert [(one["rule"], one["verdict"]) for one in given["overrides"]] == [("s", "complies"), ("r", "complies")] and given["overrides"][1]["by"] == "JS" and without_override(given, found)["overrides"] == [entry(rule="s")]
    with pytest.raises(ValueError, match="reason"):
        with_override({}, found, GOOD, "  ")
