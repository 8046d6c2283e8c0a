"""A norm that names bijgebouwen and nothing else: whether what the officer calls an aanbouw, what stands against the house, or an open roof counts is asked."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import RegisteredBuilding, Verdict
from one_rule import run, values
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
HOUSE, ANNEX = box_part(4, 5, 13, 14, 0, 6.4, fid="huis"), box_part(5, 14, 12, 17, 0, 3.2, fid="serre")
SHED = box_part(3, 27, 8, 30, 0, 2.7, fid="schuur")
CARPORT = (*(box_part(x, y, x + 0.1, y + 0.1, 0, 2.3, fid=f"paal {x} {y}") for x in (13, 16.9) for y in (27, 31.9)), box_part(13, 27, 17, 32, 2.3, 2.5, fid="dak"))
"""Beside a house of 81 m2 an annex of 21 m2 and 3.2 m, a shed of 15 m2 and 2.7 m, and a carport of 20 m2."""
STANDS = RegisteredBuilding("9999100000000012", shift(box(4, 5, 13, 14)), 1961, "Pand in gebruik", ("woonfunctie",))
NAMED = {"huis": "hoofdgebouw", "serre": "aanbouw", "schuur": "bijgebouw"}


def judged(*parts, stands=(), named=None, answers=None, **measure):
    told = {"parcels": ["1"], "roles": {part.fid: "design" for part in parts}, **({"objects": named} if named else {}), **(answers or {})}
    return run("secondary_buildings", *parts, site=scenes.site(registered_buildings=stands, topography=()), answers=told, counts="bijgebouw", **measure)


def asked(found):
    return found.verdict, [question.key for question in found.questions]


@pytest.mark.parametrize(("limit", "verdict", "keys"), [(14.9, VIOLATES, []), (15.0, JUDGE, ["annex_counts"]), (35.9, JUDGE, ["annex_counts"]), (36.0, COMPLIES, [])])
@pytest.mark.parametrize("kind", ["aanbouw", "uitbouw"])
def test_whether_an_annex_that_was_named_is_a_bijgebouw_is_asked(kind, limit, verdict, keys):
    words = {"named": {**NAMED, "serre": kind}, "max_total_area_m2": limit}
    assert asked(judged(HOUSE, ANNEX, SHED, **words)) == (verdict, keys)
    counts, stays = (judged(HOUSE, ANNEX, SHED, answers={"annex_counts": word}, **words) for word in ("yes", "no"))
    assert [values(one)["total_area"] for one in (counts, stays)] == pytest.approx([36.0, 15.0])


def test_the_same_of_heights_and_of_each_by_itself():
    high = [asked(judged(HOUSE, ANNEX, SHED, named=NAMED, max_height_m=limit))[0] for limit in (2.6, 2.7, 3.2)]
    each = [asked(judged(HOUSE, ANNEX, SHED, named=NAMED, max_total_area_m2=limit, area_of="each"))[0] for limit in (14.9, 15.0, 21.0)]
    assert high == each == [VIOLATES, JUDGE, COMPLIES]


def test_what_is_named_a_bijgebouw_counts_wherever_it_stands():
    named = {**NAMED, "serre": "bijgebouw"}
    assert [asked(judged(HOUSE, ANNEX, SHED, named=named, max_total_area_m2=limit)) for limit in (35.9, 36.0)] == [(VIOLATES, []), (COMPLIES, [])]


def test_an_annex_that_nobody_named_is_asked_where_it_stands_against_a_house():
    assert judged(HOUSE, ANNEX, SHED, max_total_area_m2=20.0).verdict is JUDGE
    assert judged(ANNEX, stands=(STANDS,), answers={"object_kind": "aanbouw"}, max_total_area_m2=20.0).verdict is JUDGE
    told = judged(ANNEX, stands=(STANDS,), answers={"object_kind": "bijgebouw"}, max_total_area_m2=20.0)
    apart = judged(SHED, stands=(STANDS,), max_total_area_m2=14.0)
    assert (told.verdict, asked(apart)) == (VIOLATES, (VIOLATES, []))


@pytest.mark.parametrize("named", [None, {"huis": "hoofdgebouw", "schuur": "bijgebouw", **{part.fid: "overkapping" for part in CARPORT}}])
def test_whether_a_carport_is_a_bijgebouw_is_asked(named):
    found = [asked(judged(HOUSE, SHED, *CARPORT, named=named, max_total_area_m2=limit)) for limit in (14.9, 15.0, 34.9, 35.0)]
    assert found == [(VIOLATES, []), (JUDGE, ["roof_counts"]), (JUDGE, ["roof_counts"]), (COMPLIES, [])]


def test_a_rule_about_all_of_them_asks_nothing():
    found = run("secondary_buildings", HOUSE, ANNEX, SHED, site=scenes.site(registered_buildings=(), topography=()), answers={"objects": NAMED}, max_total_area_m2=30.0)
    assert asked(found) == (VIOLATES, [])


@pytest.mark.parametrize("limits", [{"max_height_m": 2.4}, {"max_total_area_m2": 10.0}])
@pytest.mark.parametrize("parts", [(SHED,), (SHED, *CARPORT), (SHED, box_part(10, 27, 12, 30, 0, 2.6, fid="kas")), (ANNEX, SHED)])
def test_each_choice_of_what_the_design_is_gives_what_it_announces(parts, limits):
    """Beside a house that stands: to call it a main building makes no secondary building of it, as a reading or as an answer."""
    def run_with(**told):
        site = scenes.site(registered_buildings=(STANDS,), topography=())
        return run("secondary_buildings", *parts, site=site, answers={"parcels": ["1"], "roles": {part.fid: "design" for part in parts}, **told}, **limits)

    first = run_with()
    points = {premise.key: premise for premise in first.premises if premise.settled == "open"}
    for choice in points["object_kind"].choices if "object_kind" in points else ():
        given = run_with(object_kind=choice.answer)
        same = given.verdict is choice.verdict or (choice.verdict is JUDGE and len(points) > 1)
        assert same, (choice.answer, choice.verdict, given.verdict)
