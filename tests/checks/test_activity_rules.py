"""Rules about activities (IMOW) at the design: each asks, with its article and its words; only what is allowed asks nothing."""

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.model import Plan, PlanArea, Verdict
from drieluik.review import review

PLACE = box(-20, -20, 20, 20)


def activity(said: str, name: str = "dakkapel plaatsen"):
    return PlanArea(
        f"a.{said}", "activiteit", name, scenes.shift(PLACE), plan_id="law", plan_name="Omgevingsplan",
        article="7.4", belongs_to="t", group=said, quote="Het is verboden zonder meer een dakkapel te plaatsen.",
    )


@pytest.mark.parametrize("said", ["verbod", "vergunningplicht", "meldingsplicht", "informatieplicht", "gebod", "zorgplicht", "anders geduid", "Verbod", "", "nieuw woord"])
def test_what_forbids_or_asks_becomes_a_rule_with_article_and_quote(said):
    (rule,) = derive([activity(said)], scenes.shift(PLACE), REGISTRY).rules
    assert rule.check == "plan_text" and (rule.legal[0].article, rule.legal[0].quote) == ("7.4", "Het is verboden zonder meer een dakkapel te plaatsen.")


def test_what_is_allowed_becomes_none():
    assert [rule.id for rule in derive([activity("toegestaan")], scenes.shift(PLACE), REGISTRY).rules] == ["plan:none"]


@pytest.mark.parametrize(("said", "code"), [("verbod", "verbod"), ("vergunningplicht", "vergunningplicht"), ("", "other"), ("anders geduid", "other")])
def test_its_finding_asks_and_its_note_says_what_it_asks(said, code):
    site = replace(scenes.site(), plans=(activity(said),), plan_documents=(Plan("law", "Omgevingsplan", "omgevingsplan", "vastgesteld", proposed=True),))
    ruleset = derive(site.plans, scenes.shift(PLACE), REGISTRY)
    (found,) = review(site, scenes.design(scenes.box_part(0, 0, 5, 5, 0, 3)), ruleset)
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and [question.key for question in found.questions] == [f"overrides:{found.rule}"]
    assert (found.notes[0].code, found.notes[0].as_dict()["article"]) == (f"engine_activity_{code}", "7.4")
