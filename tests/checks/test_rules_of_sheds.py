"""A rule that is about sheds by its own words counts all of them, and nothing of the main building: no largest shed is dropped as the house."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import RegisteredBuilding, Verdict
from one_rule import run, values
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
HOUSE = box_part(5, 5, 13, 14, 0, 6.3, fid="huis")
LARGE, SMALL = box_part(2, 26, 8, 31, 0, 2.8, fid="schuur"), box_part(12, 26, 16, 31, 0, 2.6, fid="berging")
"""A house of 72 m2 with sheds of 30 and 20 m2, on a plot of 800 m2."""
STANDS = RegisteredBuilding("9999100000000003", shift(box(5, 5, 13, 14)), 1955, "Pand in gebruik", ("woonfunctie",))


def rule(check, *parts, to=("bijgebouw",), stands=(), answers=None, **words):
    return run(check, *parts, applies_to=to, site=scenes.site(registered_buildings=stands, topography=()), answers=answers, **words)


@pytest.mark.parametrize("to", [("bijgebouw",), ("bijbehorend bouwwerk",), ("bijgebouw", "overkapping"), ()])
@pytest.mark.parametrize(("limit", "verdict"), [(49.9, VIOLATES), (50.1, COMPLIES)])
def test_beside_the_house_of_the_design_all_sheds_count(to, limit, verdict):
    found = rule("secondary_buildings", HOUSE, LARGE, SMALL, to=to, max_total_area_m2=limit)
    assert (found.verdict, values(found)["total_area"]) == (verdict, pytest.approx(50.0))
    share = rule("secondary_buildings", HOUSE, LARGE, SMALL, to=to, max_share_pct=100 * limit / (800 - 72))
    assert (share.verdict, values(share)["share_of_erf"]) == (verdict, pytest.approx(100 * 50 / 728, abs=1e-3))


def test_one_of_several_kinds_that_is_unknown_does_not_bring_the_house_in():
    """Whether one of these bodies is an overkapping nobody knows; the house is none of what the rule is about in either case."""
    for to in (("bijgebouw", "overkapping"), ("bijgebouw",)):
        assert rule("max_area", HOUSE, LARGE, SMALL, to=to, op="<=", value=60.0, unit="m2", include_existing=True).verdict is COMPLIES
    assert rule("max_area", HOUSE, LARGE, SMALL, to=("overkapping",), op="<=", value=40.0, unit="m2", include_existing=True).verdict is JUDGE


@pytest.mark.parametrize("to", [("bijgebouw",), ("bijbehorend bouwwerk",)])
def test_two_sheds_alone_may_both_be_sheds(to):
    for check, words in (("secondary_buildings", {"max_total_area_m2": 40}), ("max_area", {"op": "<=", "value": 40.0, "unit": "m2", "include_existing": True})):
        found = rule(check, LARGE, SMALL, to=to, **words)
        assert (found.verdict, [question.key for question in found.questions]) == (JUDGE, ["object_kind"])
        assert rule(check, LARGE, SMALL, to=to, answers={"object_kind": "bijgebouw"}, **words).verdict is VIOLATES


@pytest.mark.parametrize(("part", "verdict"), [
    (box_part(5, 5, 12, 12, 0, 3), JUDGE), (box_part(5, 5, 12, 12.2, 0, 3), NOT_HERE), (box_part(5, 5, 10, 10.2, 0, 5.1), NOT_HERE), (box_part(5, 5, 10, 10.2, 0, 4.9), JUDGE), (box_part(5, 5, 10, 9.8, 0, 5.1), JUDGE),
])  # fmt: skip
def test_whether_a_small_building_alone_on_its_plot_is_a_shed_is_asked(part, verdict):
    """Of 50 m2, or of 25 m2 and 5 m high, it is the main building."""
    assert rule("max_building_height", part, op="<=", value=2.0).verdict is verdict


def test_a_joint_area_of_sheds_holds_no_house_that_stands():
    told = {"object_kind": "bijgebouw"}
    found = rule("max_area", LARGE, SMALL, stands=(STANDS,), answers=told, op="<=", value=60.0, unit="m2", include_existing=True)
    assert (found.verdict, values(found)["total_area"]) == (COMPLIES, pytest.approx(50.0))
    whole = rule("max_area", LARGE, SMALL, to=(), stands=(STANDS,), answers=told, op="<=", value=60.0, unit="m2", include_existing=True)
    assert (whole.verdict, values(whole)["total_area"]) == (VIOLATES, pytest.approx(122.0))
    shed = RegisteredBuilding("9999100000000004", shift(box(14, 6, 18, 9)), 1990, "Pand in gebruik")
    assert values(rule("max_area", LARGE, SMALL, stands=(STANDS, shed), answers=told, op="<=", value=60.0, unit="m2", include_existing=True))["total_area"] == pytest.approx(62.0)


@pytest.mark.parametrize("to", ["overkapping", "aanbouw", "uitbouw"])
@pytest.mark.parametrize(("limit", "verdict"), [(15, JUDGE), (40, JUDGE), (60, COMPLIES)])
def test_which_of_two_sheds_a_rule_is_about_may_be_both(to, limit, verdict):
    """That one of them is an overkapping nobody knows, nor which; of both together 50 m2 is built."""
    for check, words in (("secondary_buildings", {"max_total_area_m2": limit}), ("max_area", {"op": "<=", "value": float(limit), "unit": "m2", "include_existing": True})):
        found = rule(check, LARGE, SMALL, to=(to,), **words)
        told = {choice.note.code: choice for premise in found.premises if premise.key == f"which.{to}" for choice in premise.choices}
        assert (found.verdict, told["choice_whole_design"].value) == (verdict, pytest.approx(50.0))


FENCE = box_part(0.2, 20, 0.35, 30, 0, 2.2, kind="wall", fid="muur")
ANNEX = box_part(13, 6, 16, 12, 0, 3.0, fid="serre")


@pytest.mark.parametrize(("named", "about", "parts"), [
    ({"huis": "hoofdgebouw"}, "aanbouw", (HOUSE, ANNEX)), ({"huis": "hoofdgebouw"}, "bijbehorend bouwwerk", (HOUSE, ANNEX)),
    ({"huis": "hoofdgebouw"}, "bijgebouw", (HOUSE, LARGE)), ({"huis": "hoofdgebouw"}, "erfafscheiding", (HOUSE, FENCE)),
    ({"schuur": "bijgebouw"}, "aanbouw", (HOUSE, ANNEX, LARGE)), ({"serre": "aanbouw"}, "bijgebouw", (HOUSE, ANNEX, LARGE)),
    ({"muur": "erfafscheiding"}, "bijgebouw", (HOUSE, LARGE, FENCE)), ({"serre": "aanbouw"}, "erfafscheiding", (HOUSE, ANNEX, FENCE)),
])  # fmt: skip
def test_what_an_answer_leaves_out_is_as_open_as_without_it(named, about, parts):
    """A kind of object that was given to one part says nothing of the others: no rule about them vanishes."""
    told = {"objects": named, "roles": {part.fid: "design" for part in parts}, "parcels": ["1"]}
    found = rule("max_building_height", *parts, to=(about,), op="<=", value=2.0, answers=told)
    assert found.verdict in (JUDGE, VIOLATES)


def test_of_sheds_of_which_one_is_named_all_count():
    told = {"objects": {"berging": "bijgebouw"}, "parcels": ["1"]}
    found = rule("secondary_buildings", HOUSE, LARGE, SMALL, answers=told, max_total_area_m2=49)
    assert (found.verdict, values(found)["total_area"]) == (VIOLATES, pytest.approx(50.0))
