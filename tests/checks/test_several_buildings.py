"""Norms about a building where a design is several, values of one place that contradict each other, and zones of which one always holds."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import PlanValue, Verdict
from one_rule import rd, run, run_all
from scenes import box_part, maximum_height, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
FRONT, BACK = box_part(3, 4, 10, 13, 0, 5.5, fid="voor"), box_part(3, 24, 10, 34, 0, 5.5, fid="achter")
"""Two detached houses of 63 and 70 m2, 346.5 and 385 m3."""
SHED = box_part(14, 24, 17, 28, 0, 2.5, fid="schuur")
ROLES = {"roles": {"voor": "design", "achter": "design", "schuur": "design"}}


@pytest.mark.parametrize(("check", "operator", "unit", "limits"), [("max_area", "<=", "m2", (60, 71, 134)), ("max_volume", "<=", "m3", (380, 386, 732)), ("min_area", ">=", "m2", (134, 63, 62))])
def test_a_norm_about_a_building_is_asked_of_each_or_of_all(check, operator, unit, limits):
    """Never met, met by each and not by all (or by all and not by each), met by both."""
    told = lambda limit, **answers: run(check, FRONT, BACK, op=operator, value=limit, unit=unit, answers={**ROLES, **answers}).verdict  # noqa: E731
    assert (told(limits[0]), told(limits[2])) == (VIOLATES, COMPLIES)
    assert told(limits[1], each_building="yes") is COMPLIES
    assert told(limits[1]) is (JUDGE if check != "min_area" else COMPLIES)
    assert told(limits[1], each_building="no") is (VIOLATES if check != "min_area" else COMPLIES)
    if check == "min_area":
        assert (told(100), told(100, each_building="yes"), told(100, each_building="no")) == (JUDGE, VIOLATES, COMPLIES)


@pytest.mark.parametrize(("check", "limits"), [("max_width", (7.9, 8.1, 16.1)), ("max_depth", (8.9, 9.1, 18.1))])
def test_two_houses_against_each_other_are_each_as_wide_or_as_deep_as_they_are(check, limits):
    """Two of 8 x 9 m side by side (16 m wide) or behind each other (18 m deep), on one plot: never met, met by each, met by both."""
    second = box_part(10, 5, 18, 14, 0, 6, fid="twee") if check == "max_width" else box_part(2, 14, 10, 23, 0, 6, fid="twee")
    first, front = box_part(2, 5, 10, 14, 0, 6, fid="een"), {"front_boundary": {"lines": [rd((0, 0), (20, 0))]}}
    told = lambda limit, **answers: run(check, first, second, op="<=", value=limit, answers={"roles": {"een": "design", "twee": "design"}, **front, **answers}).verdict  # noqa: E731
    assert (told(limits[0]), told(limits[1]), told(limits[2])) == (VIOLATES, JUDGE, COMPLIES)
    assert (told(limits[1], each_building="yes"), told(limits[1], each_building="no")) == (COMPLIES, VIOLATES)


def test_a_shed_beside_a_house_is_no_second_house():
    found = run("max_area", BACK, SHED, op="<=", value=75.0, unit="m2", answers=ROLES, body="all")
    assert found.verdict is VIOLATES and found.measurements[0].value == pytest.approx(82.0)


@pytest.mark.parametrize(("answers", "measure", "verdict", "m3"), [
    ({}, {}, JUDGE, 702.0), ({"body": "alleen het hoofdgebouw"}, {}, COMPLIES, 630.0), ({"body": "alle gebouwen"}, {}, VIOLATES, 702.0),
    ({}, {"body": "main"}, COMPLIES, 630.0), ({}, {"body": "all"}, VIOLATES, 702.0),
])  # fmt: skip
def test_whether_a_garage_beside_the_house_counts_for_its_volume_is_asked(answers, measure, verdict, m3):
    """A house of 90 m2, 7 m high, and a garage of 24 m2, 3 m high: 630 and 72 m3."""
    house, garage = box_part(5, 5, 15, 14, 0, 7, fid="huis"), box_part(5, 25, 9, 31, 0, 3, fid="garage")
    given = {"ground_floor": {"underside_nap_m": scenes.GROUND}, "roles": {"huis": "design", "garage": "design"}, "parcels": ["1"], **answers}
    found = run("max_volume", house, garage, op="<=", value=640.0, unit="m3", volume_base="underside", answers=given, **measure)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(m3))
    assert [question.key for question in found.questions] == (["body"] if verdict is JUDGE else [])


def test_a_joint_area_is_counted_in_each_place_that_has_it():
    value = PlanValue("bebouwd oppervlak", "maximum", 72.0, "m2", "72")
    places = [plan_area(f"m{i}", "maatvoering", "maximum bebouwd oppervlak (m2)", place, value) for i, place in enumerate((box(0, 0, 20, 15), box(0, 22, 20, 40)))]
    site = scenes.site(plans=(*scenes.site().plans[:2], *places), registered_buildings=())
    found = run_all("max_area", FRONT, BACK, site=site, answers=ROLES)
    assert {(one.verdict, round(one.measurements[0].value, 1)) for one in found} == {(COMPLIES, 63.0), (COMPLIES, 70.0)}
    assert len({one.subject_key for one in found}) == 2
    low = PlanValue("bebouwd oppervlak", "maximum", 65.0, "m2", "65")
    site = scenes.site(plans=(*scenes.site().plans[:2], *(plan_area(a.fid, a.kind, a.name, box(0, 0, 20, 15) if a.fid == "m0" else box(0, 22, 20, 40), low) for a in places)))
    assert {one.verdict for one in run_all("max_area", FRONT, BACK, site=site, answers=ROLES)} == {COMPLIES, VIOLATES}


def zones(*pairs):
    own = [plan_area(f"h{i}", "maatvoering", "maximum bouwhoogte (m)", place, maximum_height(value)) for i, (place, value) in enumerate(pairs)]
    return scenes.site(plans=(*scenes.site().plans[:3], *own))


INNER, OUTER = box(1, 2, 12, 15), box(0, 0, 20, 40)


def test_a_zone_inside_another_of_which_either_is_passed_is_one_firm_violation():
    (found,) = run_all("max_building_height", FRONT, site=zones((INNER, 5.2), (OUTER, 4.4)))
    assert found.verdict is VIOLATES and not found.questions and {used.fid for used in found.inputs} == {"h0", "h1"}
    asked = run_all("max_building_height", FRONT, site=zones((INNER, 6.0), (OUTER, 4.4)))
    assert JUDGE in {one.verdict for one in asked} and VIOLATES not in {one.verdict for one in asked}


@pytest.mark.parametrize(("word", "verdicts"), [(None, {JUDGE, COMPLIES}), ("strengste", {VIOLATES}), ("bijzondere", {COMPLIES})])
def test_two_values_of_the_very_same_place_are_asked(word, verdicts):
    answers = {} if word is None else {"overlap.bouwhoogte": word}
    assert {one.verdict for one in run_all("max_building_height", FRONT, site=zones((INNER, 4.9), (INNER, 8.8)), answers=answers)} == verdicts
