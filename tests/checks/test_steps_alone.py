"""A flight of steps by itself, and what is smaller than a room, may be a bouwwerk, geen gebouw zijnde: no rule about those passes it by."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import RegisteredBuilding, Verdict
from one_rule import run
from scenes import box_part, shift

VIOLATES, COMPLIES, JUDGE, NOT_HERE = Verdict.VIOLATES, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
STANDS = RegisteredBuilding("9999100000000014", shift(box(4, 5, 13, 14)), 1961, "Pand in gebruik", ("woonfunctie",))
TREADS = tuple(box_part(13, 6 + 0.28 * n, 14.1, 6.28 + 0.28 * n, 0, 0.18 * (n + 1), fid=f"trede {n}", kind="stair") for n in range(9))
STACKED = tuple(box_part(13, 6, 14.1, 6.28 + 0.28 * n, 0, 0.18 * (n + 1), fid=f"trede {n}", kind="stair") for n in range(9))
RAIL = box_part(14.05, 6, 14.1, 8.5, 0, 2.6, fid="leuning", kind="railing")
SMALL = box_part(2, 26, 3.5, 28.5, 0, 2.1, fid="kast")
WAYS = [TREADS, STACKED, (*TREADS, RAIL), (SMALL,)]


def judged(parts, kind, limit, stands=(STANDS,), **answers):
    site = scenes.site(registered_buildings=stands, topography=())
    told = {"parcels": ["1"], "roles": {part.fid: "design" for part in parts}, **answers}
    return run("max_building_height", *parts, site=site, op="<=", value=limit, applies_to=(kind,), answers=told)


@pytest.mark.parametrize("stands", [(STANDS,), ()])
@pytest.mark.parametrize("parts", WAYS)
def test_a_rule_about_structures_asks_whether_it_is_one(parts, stands):
    found = judged(parts, "bouwwerk geen gebouw", 1.0, stands)
    assert (found.verdict, [question.key for question in found.questions]) == (JUDGE, ["object_kind"])
    assert judged(parts, "bouwwerk geen gebouw", 3.0, stands).verdict is COMPLIES
    for choice in next(one for one in found.premises if one.key == "object_kind").choices:
        assert judged(parts, "bouwwerk geen gebouw", 1.0, stands, object_kind=choice.answer).verdict is choice.verdict


@pytest.mark.parametrize("parts", WAYS)
def test_it_is_no_building_for_certain(parts):
    assert {judged(parts, kind, 1.0).verdict for kind in ("gebouw", "bijgebouw")} == {JUDGE}
    assert judged(parts, "bijgebouw", 1.0, object_kind="bouwwerk geen gebouw").verdict is NOT_HERE


def test_steps_beside_a_house_are_no_shed_for_certain():
    site = scenes.site(registered_buildings=(STANDS,), topography=())
    found = run("secondary_buildings", *TREADS, site=site, max_height_m=1.0, answers={"parcels": ["1"], "roles": {part.fid: "design" for part in TREADS}})
    assert found.verdict is JUDGE
