"""A1 beyond its worked numbers (test_zoning): holes, pockets, minor parts each by their own depth, roofs that hang over."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Verdict
from one_rule import roles, run
from roofs import slab
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT


def plane(*shapes):
    return scenes.site(plans=tuple(plan_area(f"b{n}", "bouwvlak", "bouwvlak", shape) for n, shape in enumerate(shapes)))


PLANE = (box(0, 0, 10, 12),)


def within(*parts, shapes=PLANE, **words):
    return run("within_building_plane", *parts, site=plane(*shapes), **words)


def numbers(found):
    return [m.value for m in found.measurements[:2]]


def test_over_a_hole_in_the_bouwvlak():
    found = within(box_part(0, 0, 10, 12, 0, 6), shapes=(box(0, 0, 10, 12).difference(box(3, 3, 7, 7)),))
    assert (found.verdict, numbers(found)) == (VIOLATES, [pytest.approx(16.0), pytest.approx(2.0, abs=0.02)])


def test_in_a_pocket_between_two_bouwvlakken():
    shapes = (box(0, 0, 4, 12), box(6, 0, 10, 12))
    found = within(box_part(0, 0, 10, 12, 0, 6), shapes=shapes)
    assert (found.verdict, numbers(found)) == (VIOLATES, [pytest.approx(24.0), pytest.approx(1.0, abs=0.02)])


def test_touching_bouwvlakken_are_one_and_a_hair_outside_is_inside():
    assert within(box_part(2, 0, 8, 12, 0, 6), shapes=(box(0, 0, 5, 12), box(5, 0, 10, 12))).verdict is COMPLIES
    assert within(box_part(0, 0, 10, 12.004, 0, 6)).verdict is COMPLIES
    assert within(box_part(0, 0, 10, 12.02, 0, 6)).verdict is VIOLATES


@pytest.mark.parametrize(("north", "verdict"), [(12.5, JUDGE), (12.504, JUDGE), (12.506, VIOLATES), (12.2, JUDGE)])
def test_what_nobody_classed_may_be_minor_to_the_very_depth_that_minor_parts_may_reach(north, verdict):
    assert within(box_part(0, 0, 10, north, 0, 6), minor_overshoot_m=0.5).verdict is verdict
    assert within(box_part(0, 0, 10, north, 0, 6)).verdict is VIOLATES


HOUSE = box_part(0, 3, 10, 12, 0, 6, kind="wall")


def balcony(y0, y1, x=(2, 5), fid="balcony"):
    return box_part(x[0], y0, x[1], y1, 3, 3.2, kind="balcony", fid=fid)


def test_each_minor_part_by_its_own_depth():
    deep, short = balcony(12, 13.6), balcony(12, 12.4, (6, 9), "short")
    found = within(HOUSE, deep, short, minor_overshoot_m=0.5)
    assert (found.verdict, numbers(found)) == (VIOLATES, [pytest.approx(3 * 1.6, abs=1e-3), pytest.approx(1.6)])
    assert within(HOUSE, short, minor_overshoot_m=0.5).verdict is COMPLIES
    assert within(HOUSE, balcony(12, 12.5), minor_overshoot_m=0.5).verdict is COMPLIES  # exactly as far as allowed
    assert within(HOUSE, short).verdict is VIOLATES  # nothing allowed unless the plan says so


def test_a_balcony_that_counts_may_reach_further_than_the_wall_that_does():
    wide = box_part(0, 3, 10, 12.3, 0, 6, kind="wall")
    found = within(wide, balcony(12.3, 13.6), minor_overshoot_m=0.5)
    assert (found.verdict, numbers(found)) == (VIOLATES, [pytest.approx(10 * 0.3 + 3 * 1.3, abs=1e-3), pytest.approx(1.6)])
    short = within(wide, balcony(12.3, 12.4), minor_overshoot_m=0.5)
    assert (short.verdict, numbers(short)) == (VIOLATES, [pytest.approx(10 * 0.3, abs=1e-3), pytest.approx(0.3)])


def test_further_towards_the_road():
    """The road lies south of y = 0: 1.5 m is allowed there, 0.5 m elsewhere."""
    house = box_part(0, 0, 10, 12, 0, 6, kind="wall")
    words = {"minor_overshoot_m": 0.5, "minor_overshoot_road_m": 1.5}
    assert within(house, balcony(-1.2, 0), **words).verdict is COMPLIES
    assert within(house, balcony(12, 13.2), **words).verdict is VIOLATES


def test_a_roof_that_hangs_over_is_told_and_doubted_only_against_a_stated_overshoot():
    roof = slab([(0, 3, 8), (10, 3, 8), (10, 12.8, 4.5), (0, 12.8, 4.5)], "roof")
    walls = box_part(0, 3, 10, 12, 0, 4.5, kind="wall")
    found = within(walls, roof)
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["open_parts_minor"])  # 0.8 m, and the plan says nothing of it
    assert within(walls, roof, answers={"open_parts_minor": "yes"}).verdict is COMPLIES
    assert within(walls, roof, answers={"open_parts_minor": "no"}).verdict is VIOLATES
    assert within(walls, roof, minor_overshoot_m=1.0).verdict is COMPLIES
    assert within(walls, roof, minor_overshoot_m=0.5).verdict is JUDGE


def test_several_buildings_partly_outside_everything():
    found = within(box_part(2, 2, 8, 8, 0, 6), box_part(20, 2, 24, 6, 0, 3, fid="shed"), answers={"roles": {"shed": "design"}})
    assert (found.verdict, numbers(found)) == (VIOLATES, [pytest.approx(16.0), pytest.approx(14.0)])
    assert roles(found) == {"bouwvlak", "outside_area", "outside_depth", "section_line"}


def test_an_exception_that_the_officer_decides():
    rule = {"id": "bijgebouw", "decision": "officer", "question": "Is dit een bijgebouw?"}
    shed = box_part(2, 14, 6, 18, 0, 3)
    assert (within(shed, exceptions=[rule]).verdict, within(shed, exceptions=[rule], answers={"bijgebouw": "yes"}).verdict) == (JUDGE, COMPLIES)


def test_a_cellar_that_reaches_outside_below_ground_is_open_while_the_plan_is_silent():
    """A cellar of 10 x 15 m under a house of 10 x 12 m that fills the bouwvlak: 30 m2 outside, 3.00 m deep; a footing of 0.6 m is no room."""
    house, cellar = box_part(0, 0, 10, 12, 0, 6), box_part(0, 0, 10, 15, -3, -0.2, fid="cellar")
    found = within(house, cellar)
    assert (found.verdict, [q.key for q in found.questions], found.notes[-2].as_dict().get("area", found.notes[-1].as_dict().get("area"))) == (JUDGE, ["count_below_ground"], pytest.approx(30.0))
    strict = within(house, cellar, count_below_ground=True)
    assert (strict.verdict, numbers(strict)) == (VIOLATES, [pytest.approx(30.0), pytest.approx(3.0)])
    assert within(house, cellar, answers={"count_below_ground": "yes"}).verdict is VIOLATES
    assert within(house, cellar, count_below_ground=False).verdict is COMPLIES
    assert within(house, box_part(0, 0, 10, 12.6, -2, 0, fid="footing")).notes == within(house).notes
    assert within(house, box_part(0, 0, 10, 12, -3, 0, fid="under")).verdict is COMPLIES


@pytest.mark.parametrize(("number", "verdict"), [(5.0, Verdict.NOT_ASSESSABLE), (0.0, Verdict.VIOLATES)])
def test_a_number_that_the_check_does_not_read_is_a_fault_of_the_rule(number, verdict):
    """A design that reaches 0.4 m out of the bouwvlak: what may stand outside is a switch (minor_overshoot_m)."""
    found = run("within_building_plane", box_part(5, 5, 13, 17.4, 0, 6), value=number, unit="m2")
    assert found.verdict is verdict and [note.code for note in found.missing] == (["engine_limit_unread"] if number else [])
