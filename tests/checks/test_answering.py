"""An answer goes where it belongs, and the verdict follows at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.from_plan.plan_text_profile import profiles_with
from drieluik.checks.engine.officer.officer_answers import misplaced_profile, with_answer, with_override
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
