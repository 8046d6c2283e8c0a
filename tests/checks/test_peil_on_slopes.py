"""Peil on ground that slopes: every level that it may be is as uncertain as it was read itself, whatever the others are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import affinity, box
from shapely.geometry import MultiPoint

import scenes
from drieluik.measure.plan.peil import resolve_peil
from drieluik.measure.plan.separate_ground import on_other_ground
from drieluik.model import Limit, Terrain, Verdict
from one_rule import rd, run
from scenes import ORIGIN, box_part

NORTH, EAST = ORIGIN[1] + 70 - 0.5 * (np.arange(240) + 0.5) - ORIGIN[1], -50 + 0.5 * (np.arange(240) + 0.5)
"""The places of the rows and the columns of terrain around the plot (local m)."""
HOUSE = box_part(5, 5, 15, 15, 0, 8)
GROUND, ROAD = "finished_ground_adjoining", "road_at_main_entrance"


def site(height):
    """Return the plot on ground of a height above ``scenes.GROUND`` at (x, y)."""
    heights = scenes.GROUND + height(EAST[None, :], NORTH[:, None]) + np.zeros((240, 240))
    return scenes.site(terrain=Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5))


def turn(part, degrees):
    """Return a part turned about the middle of the plot."""
    xy = affinity.rotate(MultiPoint(part.vertices[:, :2]), degrees, scenes.shift(box(5, 5, 15, 15)).centroid)
    return replace(part, vertices=np.column_stack([[(one.x, one.y) for one in xy.geoms], part.vertices[:, 2]]))


AWAY = site(lambda x, y: 0.1 * y)
"""It rises 10 % away from the road at y = -6: 1.0 around the house, 0.6 more or less."""


@pytest.mark.parametrize("told", [{}, {"branches": [GROUND, ROAD]}, {"method": GROUND}])
@pytest.mark.parametrize(("check", "limit", "measure"), [
    ("max_building_height", Limit("<=", "m", 6.6), {}), ("max_eaves_height", Limit("<=", "m", 6.6), {}), ("min_building_height", Limit(">=", "m", 7.4), {}),
    ("min_eaves_height", Limit(">=", "m", 7.4), {}), ("max_eaves_height", Limit("<=", "m", 6.6), {"flat_equals_eaves": True}),
    ("other_structures", None, {"max_height_m": 6.6, "parts": ["box"]}),
    ("secondary_buildings", None, {"max_height_m": 6.6}),
])
def test_a_level_more_makes_ground_that_slopes_no_surer(check, limit, measure, told):
    """7.0 m above the ground around it, which lies 0.6 m higher and lower; 8.6 m above the road, which is known to 0.1 m."""
    own = {"object_kind": "bijgebouw"} if check == "secondary_buildings" else {}
    found = run(check, HOUSE, site=AWAY, limit=limit, answers={"peil": told, **own}, **measure)
    choices = [choice for one in found.premises if one.key == "peil" for choice in one.choices if choice.answer["method"] == GROUND]
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and [choice.verdict for choice in choices] == ([] if "method" in told else [Verdict.NEEDS_JUDGEMENT])


def test_what_the_officer_knows_of_a_level_goes_with_it():
    answer = {"method": "nap_value", "nap_m": scenes.GROUND + 1.0, "uncertainty_m": 0.5}
    assert [run("max_building_height", HOUSE, value=value, answers={"peil": answer}).verdict for value in (7.4, 6.4)] == [Verdict.NEEDS_JUDGEMENT, Verdict.VIOLATES]


@pytest.mark.parametrize("told", [{}, {"method": ROAD}])
@pytest.mark.parametrize("turned", [0, 3, 90])
@pytest.mark.parametrize("rise", [0.2, -0.2])
def test_a_road_that_slopes_along_a_facade_is_tried_at_both_its_ends(rise, turned, told):
    """It rises or falls 2 m along the front: the house is 6.0 m high at the one end of it and 4.0 m at the other."""
    slope = site(lambda x, y: rise * (x - 5) if rise > 0 else rise * (x - 15))
    house = turn(box_part(5, 5, 15, 15, 0, 6), turned)
    found = [run("max_building_height", house, site=slope, value=value, answers={"peil": told}) for value in (4.5, 5.5)]
    assert [one.verdict for one in found] == [Verdict.NEEDS_JUDGEMENT] * 2
    at_ends = [run("max_building_height", house, site=slope, value=5.0, answers={"peil": {"method": ROAD}, "entrance": rd((x, 5))[0]}).measurements[0].value for x in (5, 15)]
    tried = [choice.value for one in found[0].premises if one.key == "peil" for choice in one.choices if choice.answer["method"] == ROAD]
    assert min(tried) <= min(at_ends) + 0.1 and max(tried) >= max(at_ends) - 0.1


def test_a_bridge_before_the_middle_of_a_long_block_is_seen():
    hump = site(lambda x, y: np.maximum(0.0, 2.0 - np.abs(x - 10) / 3))
    found = run("max_building_height", box_part(-10, 5, 30, 15, 0, 8), site=hump, value=6.5, answers={"peil": {"method": ROAD}})
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and sorted(choice.value for one in found.premises for choice in one.choices) == pytest.approx([6.0, 8.0], abs=0.1)


def test_a_road_on_level_ground_is_one_level():
    assert resolve_peil({"peil": {"method": ROAD}}, site(lambda x, y: 0.0 * x), scenes.shift(box(5, 5, 15, 15))).chosen.nap_m == scenes.GROUND


STEP = site(lambda x, y: np.where(x < 10, 0.0, 3.0))
"""Ground, and the road, that lie 3 m higher east of the middle of the plot."""
LOW, HIGH = box_part(5, 5, 9, 15, 0, 6, fid="low"), box_part(11, 5, 15, 15, 3, 9, fid="high")


@pytest.mark.parametrize("told", [{}, {"method": GROUND}, {"method": ROAD}, {"branches": [GROUND, ROAD]}])
@pytest.mark.parametrize(("check", "limit"), [("max_building_height", 6.3), ("max_building_height", 7.0), ("max_eaves_height", 6.3)])
def test_two_buildings_on_different_ground_are_held_to_no_peil_of_the_other(check, limit, told):
    """Each is 6.0 m high above its own ground and its own road, of which the ground is less certain."""
    decided = check == "max_building_height" and told == {"method": ROAD}
    found = run(check, LOW, HIGH, site=STEP, value=limit, answers={"peil": told}).verdict
    assert found is (Verdict.COMPLIES if decided else Verdict.NEEDS_JUDGEMENT)


@pytest.mark.parametrize("answers", [{"peil": {}}, {"peil": {"method": ROAD}}, {"peil": {"method": ROAD, "nap_m": scenes.GROUND + 3.0}}, {"peil": {"method": ROAD}, "entrance": rd((14, 5))[0]}])
def test_what_is_told_of_one_building_says_nothing_of_the_peil_of_the_other(answers):
    """The western one is 9 m high above its own ground, and 6 m above that of the other, from which nobody measures it."""
    found = run("max_building_height", box_part(5, 5, 8, 15, 0, 9, fid="low"), box_part(11, 5, 18, 15, 3, 9, fid="high"), site=STEP, value=8.0, answers=answers)
    assert found.verdict is Verdict.VIOLATES and ("engine_peil_apart" in {note.code for note in found.notes}) is (not answers["peil"])


@pytest.mark.parametrize("told", [{}, {"method": ROAD}, {"branches": [GROUND, ROAD]}])
@pytest.mark.parametrize("limit", [6.3, 8.5])
def test_a_level_of_one_building_announces_what_answering_it_gives(limit, told):
    """The level of the one, as that of both, would decide; of the other it says nothing."""
    found = run("max_building_height", LOW, HIGH, site=STEP, value=limit, answers={"peil": told})
    choices = [choice for one in found.premises if one.key == "peil" for choice in one.choices]
    given = [run("max_building_height", LOW, HIGH, site=STEP, value=limit, answers={"peil": choice.answer}).verdict for choice in choices]
    assert bool(choices) is (told != {"method": ROAD}) and [choice.verdict for choice in choices] == given


def test_a_level_that_is_fixed_for_all_holds_for_all():
    told = {"peil": {"method": "authority_fixed", "nap_m": scenes.GROUND}}
    assert run("max_building_height", LOW, HIGH, site=STEP, value=7.0, answers=told).verdict is Verdict.VIOLATES


@pytest.mark.parametrize(("limit", "verdict"), [(6.3, Verdict.COMPLIES), (5.7, Verdict.VIOLATES)])
@pytest.mark.parametrize(("out", "entrance"), [("low", (13, 5)), ("high", (7, 5))])
def test_a_building_by_itself_has_its_own_peil_and_is_decided(out, entrance, limit, verdict):
    answers = {"peil": {"method": ROAD}, "entrance": rd(entrance)[0], "roles": {out: "context"}}
    found = run("max_building_height", LOW, HIGH, site=STEP, value=limit, answers=answers)
    shown = {piece.value for piece in found.evidence if piece.role.startswith("peil")}
    assert found.verdict is verdict and shown == {scenes.GROUND + (0.0 if out == "high" else 3.0)} and "engine_peil_apart" not in {note.code for note in found.notes}


def test_a_fence_on_a_slope_and_buildings_on_level_ground_have_one_peil():
    level = site(lambda x, y: 0.0 * x)
    outline = scenes.shift(box(5, 5, 9, 15).union(box(11, 5, 15, 15)))
    assert on_other_ground(outline, level) == () and len(on_other_ground(outline, STEP)) == 2
    assert on_other_ground(scenes.shift(box(5, 5, 9, 15).union(box(16, 5, 16.9, 15))), STEP) == ()
    assert [one.nap_m for one in resolve_peil({}, level, outline).candidates] == [scenes.GROUND] * 2
