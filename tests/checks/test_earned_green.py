"""Verdicts that were given in favour of what was not known: each kind with numbers of its own, decided both ways by its answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.model import Parcel, RegisteredBuilding, TopographyObject, Verdict
from one_rule import run
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
OWN, NEXT = Parcel("p1", "A 1", shift(box(0, 0, 20, 20)), 400.0), Parcel("p2", "A 2", shift(box(20, 0, 60, 20)), 800.0)
TWO = {"parcels": (OWN, NEXT), "registered_buildings": ()}


def coverage(*parts, site=None, answers=None, value=30.0, **measure):
    measure = {"denominator": "bouwperceel", "counts": "gebouwen", **measure}
    return run("max_coverage_pct", *parts, site=site, answers=answers, op="<=", value=value, unit="%", **measure)


@pytest.mark.parametrize(("over", "parcels", "verdict"), [(0.0, 1, VIOLATES), (0.15, 1, VIOLATES), (0.19, 1, VIOLATES), (0.30, 3, JUDGE), (2.0, 3, JUDGE)])
def test_a_wall_over_the_line_by_less_than_the_line_is_known_takes_no_neighbours_parcel(over, parcels, verdict):
    """8 + over by 18 m on 400 m2 is 36 %: over the limit of 30; with the neighbour's 800 m2 it would be 12 %."""
    found = coverage(box_part(12, 1, 20 + over, 19, 0, 5), site=scenes.site(**TWO))
    assert found.verdict is verdict
    asked = [premise for premise in found.premises if premise.key == "parcels"]
    assert (len(asked[0].choices) if asked else 1) == parcels


def test_each_choice_of_the_plot_gives_what_answering_it_gives():
    house, site = box_part(12, 1, 24, 19, 0, 5), scenes.site(**TWO)
    asked = next(premise for premise in coverage(house, site=site).premises if premise.key == "parcels")
    for choice in asked.choices:
        told = coverage(house, site=site, answers={"parcels": choice.answer})
        assert (told.verdict, told.measurements[0].value) == (choice.verdict, pytest.approx(choice.value))


def test_an_empty_register_that_answered_is_an_answer():
    empty = scenes.site(registered_buildings=())
    empty = replace(empty, provenance=tuple(replace(p, count=0, state=type(p.state).EMPTY) if p.layer == "bag" else p for p in empty.provenance))
    assert coverage(box_part(2, 2, 12, 12, 0, 5), site=empty).verdict is COMPLIES
    failed = replace(empty, provenance=tuple(replace(p, state=type(p.state).FAILED) if p.layer == "bag" else p for p in empty.provenance))
    assert coverage(box_part(2, 2, 12, 12, 0, 5), site=failed).verdict is Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(("word", "verdict"), [(None, JUDGE), ("yes", VIOLATES), ("no", COMPLIES), ("misschien", JUDGE)])
def test_a_building_that_is_permitted_and_not_yet_built_may_count(word, verdict):
    """100 m2 new and 60 m2 permitted on 400 m2: 25 % or 40 %."""
    planned = RegisteredBuilding("9999100000000007", shift(box(2, 13, 12, 19)), None, "Bouwvergunning verleend")
    site = replace(scenes.site(**TWO), planned_buildings=(planned,))
    answers = {"planned_buildings_count": word} if word else None
    assert coverage(box_part(2, 2, 12, 12, 0, 5), site=site, answers=answers).verdict is verdict


@pytest.mark.parametrize(("word", "verdict"), [(None, JUDGE), ("yes", VIOLATES), ("no", COMPLIES)])
def test_an_inrit_is_not_private_by_its_function(word, verdict):
    way = TopographyObject("w9", "wegdeel", shift(box(0, -3, 20, 3)), "inrit")
    road = TopographyObject("w1", "wegdeel", shift(box(-40, -9, 60, -4)), "rijbaan lokale weg")
    yard = TopographyObject("o1", "onbegroeidterreindeel", shift(box(0, 3, 20, 40)), "erf")
    site = scenes.site(topography=(way, road, yard))
    answers = {"public.inrit": word} if word else None
    assert run("public_space_overlap", box_part(5, 1, 15, 12, 0, 5), site=site, answers=answers).verdict is verdict
    assert run("public_space_overlap", box_part(5, 1, 15, 12, 0, 5), site=site, private_functions=["erf", "inrit"]).verdict is COMPLIES


def test_the_main_building_is_not_told_by_size():
    """A barn of 150 m2, 5 m high, and a house of 80 m2, 8 m high; the maximum for hoofdgebouwen is 6 m."""
    parts = (box_part(0, 0, 15, 10, 0, 5, fid="barn"), box_part(20, 0, 30, 8, 0, 8, fid="house"))
    kinds = lambda **words: {f.verdict for f in _main_heights(parts, words or None)}  # noqa: E731
    assert kinds() == {JUDGE}
    assert kinds(objects={"barn": "hoofdgebouw", "house": "bijgebouw"}) == {COMPLIES}
    assert kinds(objects={"barn": "bijgebouw", "house": "hoofdgebouw"}) == {VIOLATES}
    shed = (box_part(20, 0, 24, 4, 0, 3, fid="shed"), parts[1])
    assert {f.verdict for f in _main_heights(shed, None)} == {VIOLATES}  # a shed of 16 m2 is no main building


def _main_heights(parts, answers):
    from drieluik.model import LegalSource, Limit, Rule, Ruleset
    from drieluik.review import review
    from one_rule import PEIL

    rule = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit("<=", "m", 6.0), applies_to=("hoofdgebouw",))
    return review(scenes.site(registered_buildings=()), scenes.design(*parts), Ruleset("t", "1", {}, (rule,)), {**PEIL, "roles": {"barn": "design", "house": "design", "shed": "design"}, **(answers or {})})


def test_a_joint_area_of_a_written_rule_counts_what_stands_on_the_plot():
    """72 m2 new and a shed of 16 m2 on the plot: 88 m2, whether the limit stands in the rule or on the map."""
    shed = RegisteredBuilding("9999100000000008", shift(box(2, 30, 6, 34)), 1990, "Pand in gebruik")
    site = scenes.site(registered_buildings=(shed,))
    house = box_part(5, 5, 13, 14, 0, 6)
    over, under = (run("max_area", house, value=limit, unit="m2", include_existing=True, site=site) for limit in (80.0, 110.0))
    assert (over.verdict, over.measurements[0].value) == (VIOLATES, pytest.approx(88.0))
    assert under.verdict is COMPLIES


def test_a_denominator_that_is_not_there_is_not_asked():
    """72 m2 of 800, of 120 m2 of bouwvlak and of 4,000 m2 of bestemming: 9, 60 and 2 %; no aanduidingsvlak lies here."""
    asked = run("max_coverage_pct", box_part(5, 5, 13, 14, 0, 6), value=50.0, unit="%", site=scenes.site())
    point = next(premise for premise in asked.premises if premise.key == "denominator")
    assert "aanduidingsvlak" not in [choice.answer for choice in point.choices]
    assert run("max_coverage_pct", box_part(5, 5, 13, 14, 0, 6), value=70.0, unit="%", site=scenes.site()).verdict is COMPLIES
