"""A house that is drawn in walls and roofs has an annex as one that is drawn in bodies: the wing that stays a storey lower is asked of, and no rule for
annexes is told not to apply."""

from __future__ import annotations

import pytest

import scenes
from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.model import Verdict
from one_rule import run
from scenes import GROUND, box_part, design, gable_part

VIOLATES, COMPLIES, JUDGE, NOT_HERE = Verdict.VIOLATES, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE


def shell(x0, y0, x1, y1, high, name):
    """Four walls of 0.3 m, a floor, and a flat roof of 0.3 m on them."""
    walls = ((x0, y0, x1, y0 + 0.3), (x0, y1 - 0.3, x1, y1), (x0, y0, x0 + 0.3, y1), (x1 - 0.3, y0, x1, y1))
    made = [box_part(*wall, 0, high, kind="wall", fid=f"{name}{number}") for number, wall in enumerate(walls)]
    return (*made, box_part(x0, y0, x1, y1, high, high + 0.3, kind="roof", fid=f"{name}r"), box_part(x0, y0, x1, y1, 0, 0.2, kind="slab", fid=f"{name}f"))


HOUSE, WING = shell(5, 5, 13, 14, 6, "h"), shell(13, 6, 16, 12, 2.7, "w")
KAP = (*shell(5, 5, 13, 14, 3, "h")[:4], gable_part(5, 5, 13, 14, 3, 7.0, kind="roof", fid="kap"))


def wing_of(*parts):
    found, maybe = DesignGeometry(design(*parts), GROUND).low_wings
    return sorted(part.fid for part in found), maybe


@pytest.mark.parametrize("house", [HOUSE, KAP])
def test_the_parts_of_a_wing_are_its_walls_and_its_roof(house):
    assert wing_of(*house, *WING) == (sorted(part.fid for part in WING), True)
    assert wing_of(*house) == ([], False) and wing_of(*house, *shell(25, 6, 28, 12, 2.7, "s")) == ([], False)


@pytest.mark.parametrize(("high", "deep", "found"), [(4.5, 3.0, True), (4.6, 3.0, False), (2.7, 1.55, True), (2.7, 1.45, False), (1.55, 3.0, True), (1.45, 3.0, False)])
def test_a_wing_is_a_storey_lower_as_wide_as_a_room_and_as_high_as_a_person(high, deep, found):
    """The house is 6.3 m high, the wing's roof lies 0.3 m above its walls and the parapet's."""
    assert wing_of(*HOUSE, *shell(13, 6, 13 + deep, 12, high, "w"))[1 if deep == 3.0 else 0] == (found if deep == 3.0 else sorted(f"w{n}" for n in "0123fr") if found else [])


def test_what_is_larger_than_the_rest_is_no_annex_of_it_and_may_have_been_told_so():
    tower = shell(5, 5, 9, 9, 6, "h")
    assert wing_of(*tower, *shell(9, 5, 12.9, 9, 2.7, "w"))[0] == sorted(f"w{n}" for n in "0123fr") and wing_of(*tower, *shell(9, 5, 13.2, 9, 2.7, "w")) == ([], True)


def test_a_dormer_is_no_wing():
    dormer = (box_part(7, 5.5, 11, 5.7, 3, 5.2, kind="wall", fid="front"), box_part(7, 5.5, 11, 8.2, 5.2, 5.4, kind="roof", fid="dormer roof"))
    assert wing_of(*KAP, *dormer)[0] == []


@pytest.mark.parametrize("house", [HOUSE, KAP])
@pytest.mark.parametrize("word", ["aanbouw", "bijbehorend bouwwerk"])
def test_a_rule_for_annexes_asks_of_the_wing(house, word):
    site = scenes.site(registered_buildings=(), topography=())
    rule = lambda limit, **answers: run("max_building_height", *house, *WING, site=site, value=limit, applies_to=(word,), answers=answers)  # noqa: E731
    assert (rule(2.9).verdict, [question.key for question in rule(2.9).questions]) == (JUDGE, ["annex_is_main"])
    assert rule(3.1).verdict is COMPLIES and rule(2.9, annex_is_main="no").verdict is VIOLATES and rule(2.9, annex_is_main="yes").verdict is NOT_HERE
    area = run("secondary_buildings", *house, *WING, site=site, max_total_area_m2=17.9, answers={"annex_is_main": "no"})
    assert (area.verdict, area.measurements[0].value) == (VIOLATES, pytest.approx(18.0, abs=0.01))
    assert run("max_building_height", *house, site=site, value=2.9, applies_to=(word,)).verdict is NOT_HERE


def test_an_uitbouw_is_a_word_for_the_same():
    site = scenes.site(registered_buildings=(), topography=())
    rule = lambda *to, **answers: run("max_building_height", *HOUSE, *WING, site=site, value=2.9, applies_to=to, answers={"annex_is_main": "no", **answers})  # noqa: E731
    assert (rule("uitbouw").verdict, [question.key for question in rule("uitbouw").questions]) == (JUDGE, ["annex_kind"])
    assert rule("uitbouw", annex_kind="uitbouw").verdict is VIOLATES and rule("uitbouw", annex_kind="aanbouw").verdict is NOT_HERE
    assert rule("aanbouw", "uitbouw").verdict is VIOLATES


def test_a_wing_that_cannot_be_told_from_the_house_is_asked_all_the_same():
    """A roof over all of the wing that is drawn with the house's floor in one part."""
    site = scenes.site(registered_buildings=(), topography=())
    floor = box_part(5, 5, 16, 14, 0, 0.2, kind="slab", fid="floor")
    high = [part for part in HOUSE if part.fid != "hf"]
    wall = box_part(13, 6, 16, 12, 0.2, 2.9, kind="wall", fid="block")
    found = run("max_building_height", *high, floor, wall, site=site, value=2.0, applies_to=("aanbouw",))
    assert found.verdict is JUDGE
