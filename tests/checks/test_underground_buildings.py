"""A registered building that lies below the ground by the map counts only where the plan says so: that is asked, and never taken either way."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import RegisteredBuilding, TopographyObject, Verdict
from one_rule import run_all
from scenes import box_part, shift

COMPLIES, VIOLATES, ASKED = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
OUTLINE = shift(box(1, 20, 19, 39))
GARAGE = RegisteredBuilding("9999100000000077", OUTLINE, 1990, "Pand in gebruik")
HOUSE = box_part(5, 5, 15, 15, 0, 6, fid="huis")
SHED = box_part(2, 30, 7, 34, 0, 2.5, fid="schuur")
RULES = {
    "max_coverage_pct": ((HOUSE,), {"op": "<=", "value": 20.0, "unit": "%", "denominator": "bouwperceel"}),
    "max_area": ((HOUSE,), {"op": "<=", "value": 150.0, "unit": "m2", "include_existing": True}),
    "min_distance_buildings": ((HOUSE,), {"op": ">=", "value": 6.0}),
    "secondary_buildings": ((SHED,), {"max_total_area_m2": 50.0}),
}


def judged(check, *levels, building_id=GARAGE.fid, **answers):
    parts, measure = RULES[check]
    drawn = tuple(TopographyObject(f"b{n}", "pand", OUTLINE, level=level, building_id=building_id) for n, level in enumerate(levels))
    here = scenes.site(registered_buildings=(GARAGE,), topography=(*scenes.site().topography, *drawn))
    told = {"parcels": ["1"], "whole_building": "no", "object_kind": "hoofdgebouw" if parts == (HOUSE,) else "bijgebouw", **answers}
    found = [one for one in run_all(check, *parts, site=here, answers=told, **measure) if one.verdict is not Verdict.NOT_APPLICABLE]
    return found[0].verdict if found else Verdict.NOT_APPLICABLE, {question.key for one in found for question in one.questions}


@pytest.mark.parametrize("check", RULES)
@pytest.mark.parametrize("building_id", [GARAGE.fid, ""])
def test_whether_a_garage_below_the_ground_counts_is_asked(check, building_id):
    verdict, asked = judged(check, -1, building_id=building_id)
    assert (verdict, "underground_buildings_count" in asked) == (ASKED, True)
    assert judged(check, -1, building_id=building_id, underground_buildings_count="yes")[0] is VIOLATES
    assert judged(check, -1, building_id=building_id, underground_buildings_count="no")[0] in (COMPLIES, Verdict.NOT_APPLICABLE)


@pytest.mark.parametrize("check", RULES)
@pytest.mark.parametrize("levels", [(), (0,), (1,), (-1, 0)])
def test_what_also_stands_above_the_ground_counts(check, levels):
    verdict, asked = judged(check, *levels)
    assert verdict is VIOLATES and "underground_buildings_count" not in asked
