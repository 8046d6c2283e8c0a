"""Answers that cannot be meant settle nothing: lines in other coordinates, and kinds of object for parts that the design does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.checks.engine.officer.officer_answers import misplaced_profile
from drieluik.model import LegalSource, Limit, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, rd, run, run_all
from scenes import box_part

COMPLIES, VIOLATES = Verdict.COMPLIES, Verdict.VIOLATES
HOUSE = box_part(5, 5, 13, 14, 0, 6.4)
LOCAL, HERE = [[[2, 0], [2, 31]]], [rd((2, 0), (2, 31))]
"""The same line in metres of the drawing and in RD: 3 m west of the house."""


@pytest.mark.parametrize(("check", "key", "operator"), [
    ("min_distance_side_boundary", "side_boundaries", ">="), ("min_distance_rear_boundary", "rear_boundary", ">="),
    ("min_distance_front_boundary", "front_boundary", ">="), ("min_distance_road_axis", "road_axis", ">="), ("facade_line", "facade_line", "<="),
])
def test_a_line_in_other_coordinates_is_refused_by_every_check_that_asks_one(check, key, operator):
    far = run(check, HOUSE, op=operator, value=2.0, answers={key: {"lines": LOCAL}})
    assert far.verdict is Verdict.NOT_ASSESSABLE and [note.code for note in far.missing] == ["surroundings_line_far"]
    assert run(check, HOUSE, op=operator, value=2.0, answers={key: {"lines": HERE}}).verdict is COMPLIES


@pytest.mark.parametrize(("check", "key", "measure"), [
    ("powerline_zone", "powerline", {"half_width_m": 25.0}), ("radio_link_height", "radio_link", {}),
])
def test_a_power_line_in_other_coordinates_is_refused(check, key, measure):
    far = run(check, HOUSE, op="<=", value=40.0, unit="m NAP", answers={key: {"lines": LOCAL}}, **measure)
    assert [note.code for note in far.missing] == ["surroundings_line_far"]


def test_walls_shared_with_a_neighbour_are_not_cut_at_a_line_elsewhere():
    """A house of 8.2 by 9 m, of which 0.2 m stands over the axis at x = 13.0."""
    house = box_part(5, 5, 13.2, 14, 0, 6)
    axis, local = {"lines": [rd((13, 0), (13, 20))]}, {"lines": [[[13, 0], [13, 20]]]}
    area = lambda given: run("max_area", house, op="<=", value=73.0, unit="m2", answers={"party_walls": given})  # noqa: E731
    assert area(axis).measurements[0].value == pytest.approx(72.0)
    told = area(local)
    assert told.measurements[0].value == pytest.approx(73.8) and "party_walls:refused" in {premise.key for premise in told.premises}


def heights(answers, *parts):
    rule = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit("<=", "m", 5.2), applies_to=("hoofdgebouw",))
    site = scenes.site(registered_buildings=())
    (found,) = review(site, scenes.design(*(parts or (HOUSE,))), Ruleset("t", "1", {}, (rule,)), {**PEIL, **answers})
    return found


@pytest.mark.parametrize("given", ["bijgebouw", ["bijgebouw"], {"loods": "bijgebouw"}, {"box": "loods"}, 3])
def test_an_answer_that_gives_no_part_a_kind_of_object_is_refused(given):
    found = heights({"objects": given})
    assert found.verdict is VIOLATES and "objects:refused" in {premise.key for premise in found.premises}


def test_an_answer_about_another_part_of_the_design_is_not_refused():
    shed = box_part(16, 20, 19, 24, 0, 2.6, fid="shed")
    found = heights({"objects": {"shed": "bijgebouw"}}, HOUSE, shed)
    assert found.verdict is VIOLATES and not [premise for premise in found.premises if premise.key.endswith(":refused")]


def test_a_main_building_written_with_a_capital_is_a_main_building():
    found = run_all("secondary_buildings", HOUSE, max_height_m=3.0, answers={"object_kind": "Hoofdgebouw"})
    assert {one.verdict for one in found} <= {Verdict.NOT_APPLICABLE, COMPLIES}


@pytest.mark.parametrize(("least", "verdict", "told"), [(4.0, VIOLATES, 2.5), (2.0, COMPLIES, 2.5), (3.0, Verdict.NEEDS_JUDGEMENT, 2.5)])
def test_of_a_minimum_the_lowest_eaves_is_told(least, verdict, told):
    """Eaves of 3.3 and of 2.5 m."""
    found = run("min_eaves_height", box_part(5, 5, 13, 14, 0, 3.3), box_part(13, 5, 16, 14, 0, 2.5), op=">=", value=least)
    assert found.verdict is verdict and found.measurements[0].value == pytest.approx(told)


@pytest.mark.parametrize("peil", [{"candidates": [1.0, 2.0]}, {"candidates": 1.2}, {"branches": "ahn"}, {"branches": 3}, {"method": 3}])
def test_an_odd_answer_about_peil_is_no_answer_and_no_crash(peil):
    found = run("max_building_height", HOUSE, op="<=", value=6.0, answers={"peil": peil})
    assert found.verdict in (Verdict.NOT_ASSESSABLE, Verdict.NEEDS_JUDGEMENT)


@pytest.mark.parametrize("level", [100, 1e308, -60.0])
def test_a_peil_far_from_ground_and_building_is_no_peil(level):
    """Ground at 1.0 m NAP, a house up to 7.4 m NAP."""
    found = run("max_building_height", HOUSE, op="<=", value=6.0, answers={"peil": {"method": "nap_value", "nap_m": level}})
    assert found.verdict is Verdict.NOT_ASSESSABLE and [question.key for question in found.questions] == ["peil"]
    assert run("max_building_height", HOUSE, op="<=", value=7.0, answers={"peil": {"method": "nap_value", "nap_m": 0.5}}).verdict is COMPLIES


@pytest.mark.parametrize(("level", "verdict"), [
    (7.6, Verdict.NOT_ASSESSABLE),  # on the roof, 6.6 m above the only ground there is
    (-2.4, Verdict.NOT_ASSESSABLE),  # under the foot, 3.4 m below it
    (3.9, COMPLIES),  # a road on a dike is not seen in flat ground, but a storey is not too much
    (4.1, Verdict.NOT_ASSESSABLE),  # halfway up the wall: more than a storey above all ground
    (-1.9, VIOLATES),
])
def test_a_peil_on_the_roof_or_under_all_ground_is_no_peil(level, verdict):
    """Ground at 1.0 m NAP, a house from there up to 7.4 m NAP."""
    found = run("max_building_height", HOUSE, op="<=", value=6.0, answers={"peil": {"method": "nap_value", "nap_m": level}})
    assert found.verdict is verdict
    beyond = replace(scenes.site(), terrain=None)  # where no ground is known none is contradicted
    assert run("max_building_height", HOUSE, op="<=", value=6.0, answers={"peil": {"method": "nap_value", "nap_m": 7.6}}, site=beyond).verdict is COMPLIES


def test_a_mill_in_other_coordinates_is_refused_and_not_out_of_reach():
    east, north = scenes.ORIGIN
    for place, code in (([north + 210.0, east], "surroundings_mill_place"), ([4.9, 52.0], "surroundings_mill_place"), ([east, north + 60e3], "surroundings_mill_far")):
        found = run("mill_biotope", HOUSE, n=50, z=15, mill={"at": place, "ground_nap": scenes.GROUND})
        assert (found.verdict, found.missing[0].code, [question.key for question in found.questions]) == (Verdict.NOT_ASSESSABLE, code, ["mill"])
    assert run("mill_biotope", HOUSE, n=50, z=15, mill={"at": [east, north + 900.0], "ground_nap": scenes.GROUND}).verdict is Verdict.NOT_APPLICABLE


def test_an_entry_that_no_profile_has_is_told():
    plan = "NL.IMRO.9999.BP1"
    told = misplaced_profile({"profile": {plan: {"dakhoogte": {"value": 3}, "eaves": {"value": {}}}}}, (plan,))
    assert [(note.code, note.as_dict()["key"]) for note in told] == [("answers_profile_unknown", f"profile.{plan}.dakhoogte")]


@pytest.mark.parametrize("floor", [5, "1,0", [1.0], {"top_nap_m": "laag"}])
def test_an_odd_answer_about_the_ground_floor_is_no_crash(floor):
    found = run("max_building_height", HOUSE, op="<=", value=6.0, answers={"peil": {"method": "ground_floor_level"}, "ground_floor": floor})
    assert found.verdict is not Verdict.COMPLIES and found.verdict is not Verdict.VIOLATES


@pytest.mark.parametrize(("objects", "kind", "verdict", "refused"), [
    ({"house": "bijgebouw"}, "hoofdgebouw", VIOLATES, {"object_kind:refused", "objects:refused"}), ({"house": "hoofdgebouw"}, "hoofdgebouw", VIOLATES, set()),
    ({"house": "bijgebouw"}, None, Verdict.NOT_APPLICABLE, set()), ({"house": "hoofdgebouw", "shed": "bijgebouw"}, "hoofdgebouw", VIOLATES, set()),
    ({"house": "bijgebouw"}, "onbekend", Verdict.NOT_APPLICABLE, set()),
])
def test_two_answers_about_one_object_that_contradict_each_other_are_both_refused(objects, kind, verdict, refused):
    """6.4 m of house under a limit of 6 m for the main building; a lone house is taken for one."""
    parts = [replace(HOUSE, fid="house"), *([box_part(14, 30, 17, 34, 0, 2.4, fid="shed")] if "shed" in objects else [])]
    found = run("max_building_height", *parts, op="<=", value=6.0, applies_to=("hoofdgebouw",), answers={"objects": objects, "object_kind": kind})
    assert found.verdict is verdict and {one.key for one in found.premises if one.key.endswith(":refused")} == refused
