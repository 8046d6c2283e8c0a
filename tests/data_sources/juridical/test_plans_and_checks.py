"""What the plans say reaches the checks: norms of an omgevingsplan, heights above NAP, areas that a pons cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.data_sources.juridical.maatvoering import plan_value
from drieluik.data_sources.juridical.proposing import propose
from drieluik.model import LegalSource, Limit, Plan, PlanArea, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import GROUND, gable_part, plan_area, shift

RULE = Rule("height", "max_building_height", {"nl": "x"}, (LegalSource("plan"),), Limit("<=", "m", None, "bouwhoogte"))
PEIL = {"peil": {"method": "nap_value", "nap_m": GROUND}}


def verdict(areas, documents=(), ridge=9.0):
    site = replace(scenes.site(plans=areas), plan_documents=propose(documents, areas))
    (found,) = review(site, scenes.design(gable_part(5, 5, 15, 15, 5.8, ridge)), Ruleset("t", "1", {}, (RULE,)), PEIL)
    return found.verdict


@pytest.mark.parametrize(("limit", "expected"), [("9,5", Verdict.COMPLIES), ("8,5", Verdict.VIOLATES)])
def test_a_norm_of_an_omgevingsplan_is_tested_like_a_maatvoering(limit, expected):
    norm = plan_area("w1", "omgevingsnorm", "maximum bouwhoogte", box(0, 0, 20, 20), plan_value("maximum bouwhoogte (m)", limit))
    assert verdict((norm,)) is expected


@pytest.mark.parametrize(("limit", "expected"), [("10,5", Verdict.COMPLIES), ("9,5", Verdict.VIOLATES)])
def test_a_height_above_nap_is_not_compared_with_one_above_peil(limit, expected):
    """The ridge lies 9 m above peil, which is 10 m NAP."""
    area = plan_area("m", "maatvoering", "h", box(0, 0, 20, 20), plan_value("maximum bouwhoogte (m NAP)", limit))
    assert verdict((area,)) is expected


def test_a_plan_that_has_ended_by_a_pons_is_not_tested():
    old = replace(plan_area("m", "maatvoering", "h", box(0, 0, 20, 20), plan_value("maximum bouwhoogte (m)", "5")), plan_id="old", plan_status="vastgesteld")
    ground = PlanArea("e", "enkelbestemming", "Wonen", shift(box(0, 0, 20, 20)), plan_id="old", plan_status="vastgesteld")
    hole = PlanArea("p", "pons", "pons", shift(box(-5, -5, 25, 25)), plan_id="law", plan_status="vastgesteld")
    documents = (Plan("old", "", "bestemmingsplan", "vastgesteld"), Plan("law", "", "omgevingsplan", "vastgesteld"))
    assert verdict((old, ground), documents) is Verdict.VIOLATES
    assert verdict((old, ground, hole), documents) is Verdict.NOT_ASSESSABLE
