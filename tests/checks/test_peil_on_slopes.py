"""Peil on ground that slopes: every level that it may be is as uncertain as it was read itself, whatever the others are."""

from __future__ import annotations

import numpy as np
import pytest

import scenes
from drieluik.model import Limit, Terrain, Verdict
from one_rule import run
from scenes import ORIGIN, box_part

NORTH, EAST = ORIGIN[1] + 70 - 0.5 * (np.arange(240) + 0.5) - ORIGIN[1], -50 + 0.5 * (np.arange(240) + 0.5)
"""The places of the rows and the columns of terrain around the plot (local m)."""
HOUSE = box_part(5, 5, 15, 15, 0, 8)
GROUND, ROAD = "finished_ground_adjoining", "road_at_main_entrance"


def site(height):
    """Return the plot on ground of a height above ``scenes.GROUND`` at (x, y)."""
    heights = scenes.GROUND + height(EAST[None, :], NORTH[:, None]) + np.zeros((240, 240))
    return scenes.site(terrain=Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5))


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
