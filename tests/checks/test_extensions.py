"""What is built against a house that stands: what it may be, how many storeys the whole has, and no distance to the house it is one with."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.model import Building3D, LegalSource, Level, Limit, RegisteredBuilding, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run
from scenes import GROUND, box_part, shift

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
PAND = "9999100000000077"
EXTENSION = box_part(5, 13, 12, 16, 0, 3.2, fid="serre")


def standing(height=14.0):
    """A house of 10 x 10 m behind the extension, on the same plot."""
    body = box_part(4, 16, 14, 26, 0, height, fid=PAND)
    model = Building3D(PAND, body.triangles, np.array(["wall"] * len(body.faces)), "2.2", GROUND, GROUND + height, "2023-01-01")
    pand = RegisteredBuilding(PAND, shift(box(4, 16, 14, 26)), 1958, "Pand in gebruik", ("woonfunctie",))
    return scenes.site(registered_buildings=(pand,), buildings3d=(model,), topography=scenes.site().topography[:-1])


def one(check, limit, applies_to=(), levels=(), site=None, design=EXTENSION, **answers):
    rule = Rule("r", check, {"nl": "r"}, (LegalSource("plan"),), limit, applies_to=applies_to)
    (found,) = review(site or standing(), scenes.design(design, levels=levels), Ruleset("t", "1", {}, (rule,)), {**PEIL, "parcels": ["1"], **answers})
    return found


@pytest.mark.parametrize("kind", ["aanbouw", "uitbouw", "bijgebouw"])
def test_what_stands_against_a_house_may_be_each_kind_of_secondary_building(kind):
    limit = Limit("<=", "m", 3.0)
    asked = one("max_building_height", limit, (kind,))
    assert asked.verdict is JUDGE and kind in {choice.answer for premise in asked.premises if premise.key == "object_kind" for choice in premise.choices}
    assert one("max_building_height", limit, (kind,), object_kind=kind).verdict is VIOLATES
    assert one("max_building_height", limit, (kind,), object_kind="hoofdgebouw").verdict is NOT_HERE


def test_what_stands_apart_from_a_house_is_no_aanbouw():
    apart = box_part(5, 3, 8, 6, 0, 3.2, fid="schuur")
    asked = one("max_building_height", Limit("<=", "m", 3.0), ("bijgebouw",), design=apart)
    assert {choice.answer for premise in asked.premises if premise.key == "object_kind" for choice in premise.choices} == {"bijgebouw", "hoofdgebouw"}


def test_whether_a_lower_part_against_a_house_is_an_attached_outbuilding_is_asked():
    parts = (box_part(5, 5, 13, 14, 0, 6.4, fid="huis"), box_part(13, 6, 16, 12, 0, 3.2, fid="garage"))
    rule = Rule("r", "max_building_height", {"nl": "r"}, (LegalSource("plan"),), Limit("<=", "m", 3.0), applies_to=("bijgebouw",))
    told = lambda **answers: review(scenes.site(), scenes.design(*parts), Ruleset("t", "1", {}, (rule,)), {**PEIL, "parcels": ["1"], **answers})[0]  # noqa: E731
    assert told().verdict is JUDGE and "annex_kind" in {question.key for question in told().questions}
    assert told(annex_is_main="no", annex_kind="bijgebouw").verdict is VIOLATES and told(annex_is_main="no", annex_kind="aanbouw").verdict is NOT_HERE


@pytest.mark.parametrize(("words", "verdict"), [
    ({}, JUDGE), ({"whole_building": "yes"}, JUDGE), ({"whole_building": "no"}, COMPLIES), ({"storeys": 2}, COMPLIES), ({"storeys": 4}, VIOLATES),
])  # fmt: skip
def test_the_storeys_of_the_house_that_an_extension_is_one_with_are_not_forgotten(words, verdict):
    """One storey of 3.2 m against a house of 14 m, of which nobody told how many storeys it has; the plan allows two."""
    found = one("max_storeys", Limit("<=", "bouwlagen", 2), levels=(Level("bg", GROUND),), **words)
    assert found.verdict is verdict


def test_a_lower_house_adds_no_storeys():
    site = standing(height=2.5)
    assert one("max_storeys", Limit("<=", "bouwlagen", 1), levels=(Level("bg", GROUND),), site=site).verdict is COMPLIES


@pytest.mark.parametrize(("words", "verdict"), [({}, JUDGE), ({"whole_building": "yes"}, NOT_HERE), ({"whole_building": "no"}, VIOLATES)])
def test_a_building_keeps_no_distance_to_itself(words, verdict):
    answers = {"parcels": ["1"], **words}
    found = run("min_distance_buildings", EXTENSION, site=standing(), op=">=", value=3.0, answers=answers)
    assert found.verdict is verdict
    told = run("min_distance_buildings", EXTENSION, site=standing(), op=">=", value=3.0, answers=answers, attached=[PAND])
    assert told.verdict is NOT_HERE and not told.questions


def test_a_neighbours_house_against_the_design_is_no_part_of_it():
    assert run("min_distance_buildings", box_part(16, 6, 24, 12, 0, 6), op=">=", value=3.0, answers={"parcels": ["1"]}, where="all").verdict is VIOLATES
