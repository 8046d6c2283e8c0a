"""An answer goes where it belongs, and the verdict follows at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.from_plan.plan_text_profile import profiles_with
from drieluik.checks.engine.officer.officer_answers import (
    in_the_country,
    misplaced_profile,
    refuse_other,
    refused_answers,
    with_answer,
    with_override,
    without_override,
)
from drieluik.errors import CaseError
from drieluik.model import LegalSource, Limit, Note, PlanOrigin, Question, Rule, Ruleset, Verdict
from drieluik.review import review

PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
HOUSE_PLACE = scenes.shift(box(5, 5, 15, 15))
HOUSE = scenes.gable_part(5, 5, 15, 15, 6.0, 10.0)


def found(answers, limit=None, **words):
    rule = Rule("height", "max_building_height", {"nl": "h"}, (LegalSource("Plan"),), limit or Limit("<=", "m", 9.0), **words)
    return review(scenes.site(), scenes.design(HOUSE), Ruleset("t", "1", {}, (rule,)), answers)[0]


@pytest.mark.parametrize(("value", "verdict"), [("yes", Verdict.VIOLATES), ("no", Verdict.NOT_APPLICABLE), ("unknown", Verdict.NEEDS_JUDGEMENT)])
def test_yes_no_and_unknown(value, verdict):
    asked = found(PEIL, applies_when={"status": "monument"})
    given = with_answer(PEIL, asked.questions[0], value, "register", "A")
    assert given["monument"] == {"value": value, "reason": "register", "by": "A"}
    assert found(given, applies_when={"status": "monument"}).verdict is verdict


def test_a_number():
    limit = Limit("<=", "m", formula="0.47*d+3")
    asked = found(PEIL, limit)
    assert (asked.verdict, asked.questions[0].kind) == (Verdict.NOT_ASSESSABLE, "number")
    assert found(with_answer(PEIL, asked.questions[0], 20.0, "gemeten"), limit).measurements[0].limit == pytest.approx(12.4)


def test_the_text_of_a_plan_is_answered_for_that_plan():
    value = replace(scenes.maximum_height(30), name="bebouwingspercentage", unit="%")
    site = scenes.site()
    site = replace(site, plans=tuple(replace(a, values=(value,)) if a.fid == "m1" else a for a in site.plans))
    design = scenes.design(HOUSE)

    def coverage(answers):
        profiles = profiles_with((), answers)
        every = review(site, design, derive(site.plans, HOUSE_PLACE, REGISTRY, profiles), answers, profiles=profiles)
        return next(f for f in every if f.check == "max_coverage_pct")

    asked = coverage(PEIL)
    question = next(q for q in asked.questions if q.key == "profile.denominator")
    assert (asked.verdict, question.kind, question.plan_id) == (Verdict.NEEDS_JUDGEMENT, "choice", "NL.IMRO.9999.BP1")
    given = with_answer(PEIL, question, "bouwvlak", "gelezen", "A", article="2.6")
    assert given["profile"]["NL.IMRO.9999.BP1"]["denominator"]["article"] == "2.6"
    after = coverage(given)
    assert (after.verdict, after.measurements[0].at) == (Verdict.VIOLATES, "bouwvlak")
    assert "profile.denominator" not in [q.key for q in after.questions]
    assert with_answer(given, Question("profile.storeys", Note.of("x"), plan_id="P2"), 1, "r")["profile"].keys() == {"NL.IMRO.9999.BP1", "P2"}


def test_an_own_verdict_replaces_the_earlier_one_on_the_same_finding():
    one = found(PEIL)
    given = with_override(PEIL, one, Verdict.COMPLIES, "vergund", "A", "2026-05-02")
    given = with_override(given, one, Verdict.NEEDS_JUDGEMENT, "toch niet", "B")
    assert [entry["reason"] for entry in given["overrides"]] == ["toch niet"]
    assert (found(given).verdict, found(given).stands) == (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT)
    with pytest.raises(ValueError, match="reason"):
        with_override(PEIL, one, Verdict.COMPLIES, "  ")


def test_an_answer_about_a_plan_that_nobody_reads_is_said():
    plans = {"NL.IMRO.9999.BP1"}
    entry = {"value": ["chimney"], "article": "2.4"}
    assert misplaced_profile({"profile": {"NL.IMRO.9999.BP1": {"exempt_parts": entry}}, "peil": {}}, plans) == ()
    for answers, place in (({"profile.exempt_parts": entry}, "profile.exempt_parts"), ({"profile": {"exempt_parts": entry}}, "profile.exempt_parts")):
        (note,) = misplaced_profile(answers, plans)
        assert (note.as_dict()["key"], note.as_dict()["plan"]) == (place, "NL.IMRO.9999.BP1")
    assert misplaced_profile({"profile": {"exempt_parts": entry}}, set()) == ()


def test_the_question_that_an_own_verdict_answers_is_no_longer_asked():
    plan = "NL.IMRO.9999.BP1"
    origin = (PlanOrigin(plan, "a1", "bouwaanduiding", "vrijstaand"),)
    rule = Rule("plan:x", "plan_text", {"nl": "vrijstaand"}, (LegalSource("Plan"),), measure={"about": "vrijstaand"}, plan_id=plan, origin=origin)

    def read(answers):
        return review(scenes.site(), scenes.design(HOUSE), Ruleset("t", "1", {}, (rule,)), answers)[0]

    asked = read(PEIL)
    assert "overrides:plan:x" in [question.key for question in asked.questions]
    after = read(with_override(PEIL, asked, Verdict.COMPLIES, "staat vrij", "A"))
    assert after.stands is Verdict.COMPLIES and "overrides:plan:x" not in [question.key for question in after.questions]
    unreasoned = read({**PEIL, "overrides": [{"rule": "plan:x", "verdict": "complies", "reason": ""}]})
    assert "overrides:plan:x" in [question.key for question in unreasoned.questions]


@pytest.mark.parametrize(("effect", "code"), [("limit*1.05", "engine_power_too_small"), ("limit*1.20", "engine_power_cures")])
def test_a_power_that_is_too_small_says_so_firmly(effect, code):
    one = found(PEIL, exceptions=({"id": "a", "effect": effect, "decision": "officer"},))
    assert (one.verdict, one.deviations[0].note.code) == (Verdict.VIOLATES, code)


@pytest.mark.parametrize(("question", "given"), [
    (Question("hoekperceel", Note.of("engine_question", key="hoekperceel"), "yes_no"), "misschien"),
    (Question("woningtype", Note.of("engine_question", key="woningtype"), "choice", "", ("vrijstaand", "other")), "ja"),
    (Question("z", Note.of("engine_question", key="z"), "number"), "hoog"),
])
def test_what_is_no_answer_is_refused_with_a_sentence(question, given):
    with pytest.raises(CaseError) as refused:
        with_answer({}, question, given, "reden")
    assert given in refused.value.message("nl") and question.key in refused.value.message("en")
    for choice in ("unknown", *question.choices):
        assert with_answer({}, question, choice, "reden")[question.key]["value"] == choice


@pytest.mark.parametrize(("kind", "choices", "value", "code"), [
    ("yes_no", (), "yes", None), ("yes_no", (), False, None), ("yes_no", (), "unknown", None), ("yes_no", (), "perhaps", "answers_not_a_choice"), ("yes_no", (), 1, "answers_not_a_choice"),
    ("choice", ("plat", "Schuin"), " SCHUIN", None), ("choice", ("plat", "schuin"), "kap", "answers_not_a_choice"), ("choice", (), "kap", None), ("choice", ("1", "2"), 2, None), ("choice", ("plat",), {"value": "kap"}, "answers_not_a_choice"),
    ("number", (), 3, None), ("number", (), "3,5", None), ("number", (), "veel", "answers_no_number"), ("number", ("anders",), "anders", None), ("number", ("anders",), "kap", "answers_no_number"), ("number", (), None, None),
    ("place", (), [100_000, 450_000], None), ("place", (), {"at": [100_000, 450_000]}, None), ("place", (), {"at": [5, 52]}, "answers_no_place"), ("place", (), {"on": [100_000, 450_000]}, "answers_no_place"), ("place", (), "hier", "answers_no_place"),
    ("text", (), "om het even", None), ("lines", (), {"lines": []}, None),
])
def test_what_is_no_answer_to_a_question_is_refused(kind, choices, value, code):
    question = Question("k", Note.of("q"), kind, "", choices)
    if code is None:
        refuse_other(question, value)
        return
    with pytest.raises(CaseError) as refused:
        refuse_other(question, value)
    said = refused.value.note.as_dict() if hasattr(refused.value, "note") else refused.value.data
    assert (refused.value.code, said["key"], said["given"]) == (code, "k", str(value))
    if code == "answers_not_a_choice":
        assert said["choices"] == ("yes, no" if kind == "yes_no" else ", ".join(choices))


@pytest.mark.parametrize(("at", "met"), [
    ([-7_000, 289_000], True), ([300_000, 629_000], True), ([-7_001, 400_000], False), ([300_001, 400_000], False), ([100_000, 288_999], False), ([100_000, 629_001], False), ([100_000], False), (None, False),
])
def test_the_bounds_of_the_country(at, met):
    assert in_the_country(at) is met


def test_an_answer_is_kept_with_who_why_and_when_and_nothing_else():
    text = Question("profile.storeys", Note.of("q"), "text", plan_id="P")
    assert with_answer({}, Question("k", Note.of("q")), 3, "r", "A", at="2026-01-02") == {"k": {"value": 3, "reason": "r", "by": "A", "at": "2026-01-02"}}
    assert with_answer({"a": 1}, Question("k", Note.of("q"), "lines"), {"lines": [1]}, "r") == {"a": 1, "k": {"lines": [1], "reason": "r", "by": ""}}
    assert with_answer({}, text, 2, "r", article="2.4", quote="tekst") == {"profile": {"P": {"storeys": {"value": 2, "reason": "r", "by": "", "article": "2.4", "quote": "tekst"}}}}
    before = {"profile": {"P": {"pitch": {"value": 1}}, "Q": {"peil": {"value": 2}}}}
    assert with_answer(before, text, 2, "r")["profile"] == {"P": {"pitch": {"value": 1}, "storeys": {"value": 2, "reason": "r", "by": ""}}, "Q": {"peil": {"value": 2}}}
    assert before["profile"]["P"] == {"pitch": {"value": 1}}
    roles = with_answer({"roles": {"a": {"value": "design", "reason": "eerst"}}}, Question("roles", Note.of("q")), {"a": "context", "b": "existing"}, "nu", "B")
    assert roles["roles"]["a"]["value"] == "design" and roles["roles"]["b"] == {"value": "existing", "reason": "nu", "by": "B"}


def test_an_own_verdict_says_what_it_is_about_and_goes_for_its_finding_alone():
    one = found(PEIL)
    given = with_override({}, one, Verdict.COMPLIES, "vergund", "A", "2026-05-02")
    [entry] = given["overrides"]
    assert {key: entry[key] for key in ("rule", "subject", "design", "verdict", "reason", "by", "at")} == {
        "rule": "height", "subject": one.subject_key, "design": "A", "verdict": "complies", "reason": "vergund", "by": "A", "at": "2026-05-02"}
    assert without_override(given, one) == {"overrides": []} and without_override({}, one) == {"overrides": []}
    assert without_override(given, replace(one, rule="other")) == given and without_override(given, replace(one, design="B")) == given and without_override(given, replace(one, subject=Note.of("other"))) == given


def test_an_answer_that_no_finding_could_take_is_told_once():
    asked = found({**PEIL, "monument": "misschien"}, applies_when={"status": "monument"})
    notes = refused_answers((asked, asked))
    assert [(note.code, note.as_dict()["given"]) for note in notes] == [("premise_refused", "misschien")] and refused_answers((found(PEIL),)) == ()
