"""A11: minimum heights and eaves; areas and percentages stand with their maxima (A5, A6)."""

from __future__ import annotations

import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import PlanValue, Verdict
from one_rule import piece, roles, run, run_all, values
from roofs import body, dormer, house
from scenes import GROUND, box_part, gable_part, plan_area

COMPLIES, VIOLATES, JUDGE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE


def height(*parts, value=9.0, op=">=", **words):
    return run("min_building_height", *parts, value=value, op=op, **words)


@pytest.mark.parametrize(("top", "verdict"), [(9.4, COMPLIES), (8.6, VIOLATES), (9.0, COMPLIES)])
def test_worked_flat_roofs(top, verdict):
    assert height(box_part(5, 5, 15, 15, 0, top)).verdict is verdict


def test_worked_low_part_of_15_percent():
    parts = [box_part(5, 5, 13.5, 15, 0, 9.4), box_part(13.5, 5, 15, 15, 0, 4.0, fid="low")]
    found = height(*parts)
    assert (found.verdict, found.measurements[0].value) == (JUDGE, pytest.approx(9.4))
    assert values(found)["share_below"] == pytest.approx(15.0, abs=0.3)
    assert [q.key for q in found.questions] == ["low_parts_allowed"]
    assert piece(found, "low_roof").value == pytest.approx(4.0)
    assert height(*parts, answers={"low_parts_allowed": "yes"}).verdict is COMPLIES
    assert height(*parts, answers={"low_parts_allowed": "no"}).verdict is VIOLATES


def test_a_pitched_roof_counts_to_its_ridge_and_a_chimney_does_not_help():
    assert height(gable_part(5, 5, 15, 15, 5.8, 9.4)).verdict is COMPLIES
    mansard = body([(5, 0), (15, 0), (15, 4), (13, 8), (10, 9.2), (7, 8), (5, 4)])
    assert height(mansard).verdict is COMPLIES
    chimney = box_part(9, 9, 10, 10, 8, 9.8, kind="chimney", fid="chimney")
    assert height(box_part(5, 5, 15, 15, 0, 8.6), chimney).verdict is VIOLATES
    assert height(house(5.8, 9.4), dormer(top=7.6)).verdict is COMPLIES  # a dormer is no low part


def test_exactly_at_the_minimum_per_operator_and_from_the_plan():
    assert [height(box_part(5, 5, 15, 15, 0, 9.0), op=op).verdict for op in (">=", ">")] == [COMPLIES, VIOLATES]
    value = PlanValue("bouwhoogte", "minimum", 9.0, "m", "minimum bouwhoogte (m)=9")
    site = scenes.site(plans=(plan_area("m", "maatvoering", "h", box(0, 0, 20, 20), value, scenes.maximum_height(11)),))
    found = run("min_building_height", box_part(5, 5, 15, 15, 0, 8), site=site)
    assert (said(found), found.verdict, found.measurements[0].operator) == ("minimum bouwhoogte 9 m", VIOLATES, ">=")
    assert run("max_building_height", box_part(5, 5, 15, 15, 0, 8), site=site).verdict is COMPLIES
    assert run("min_building_height", box_part(5, 5, 15, 15, 0, 8)).verdict is UNKNOWN


def test_peil_that_is_not_known():
    answers = {"peil": {"candidates": {"road_at_main_entrance": GROUND, "ground_floor_level": GROUND + 0.5}}}
    assert height(box_part(5, 5, 15, 15, 0, 9.2), answers=answers).verdict is JUDGE
    assert height(box_part(5, 5, 15, 15, 0, 9.6), answers=answers).verdict is COMPLIES


def eaves(*parts, value=5.5, **words):
    return run("min_eaves_height", *parts, value=value, op=">=", **words)


def test_minimum_eaves():
    assert [eaves(house(h)).verdict for h in (5.8, 5.5, 5.0)] == [COMPLIES, COMPLIES, VIOLATES]
    assert eaves(house(5.0), dormer()).verdict is VIOLATES
    unequal = eaves(body([(5, 0), (15, 0), (15, 7), (10, 9), (5, 5.0)]))
    assert (unequal.verdict, values(unequal)["share_below"]) == (JUDGE, pytest.approx(50.0))
    assert roles(unequal) == {"limit_surface", "eaves", "eaves_under", "section_line"}
    assert eaves(body([(5, 0), (15, 0), (15, 7), (10, 9), (5, 5.0)]), answers={"low_parts_allowed": "yes"}).verdict is COMPLIES


def test_a_higher_wall_on_the_edge_of_the_zone_does_not_make_it_high_enough():
    value = PlanValue("bouwhoogte", "minimum", 9.0, "m", "minimum bouwhoogte (m)=9")
    site = scenes.site(plans=(plan_area("m", "maatvoering", "h", box(0, 0, 10, 40), value),))
    found, outside = run_all("min_building_height", box_part(2, 5, 10, 15, 0, 8), box_part(10, 5, 18, 15, 0, 11, fid="t"), site=site)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(8.0))
    assert (outside.verdict.value, outside.measurements[0].value) == ("not_assessable", pytest.approx(80.0))  # of the tower the map says nothing
