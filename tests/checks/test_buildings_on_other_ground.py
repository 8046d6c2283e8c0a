"""Buildings of one design that stand apart on ground of different heights are each as high as they stand above their own."""

from __future__ import annotations

import numpy as np
import pytest

import scenes
from drieluik.model import Terrain, Verdict
from one_rule import run, values
from scenes import ORIGIN, box_part

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
GROUND, ROAD = "finished_ground_adjoining", "road_at_main_entrance"
TOLD = {"peil": {"method": GROUND}, "roles": {"shed": "design", "house": "design"}}

OPEN = {**TOLD, "peil": {}}


def site(behind, front=0.0):
    """The plot with ground that lies ``behind`` higher from 20 m on, and ``front`` higher before that; the road lies at 0."""
    north = ORIGIN[1] + 70 - 0.5 * (np.arange(240) + 0.5) - ORIGIN[1]
    rows = np.where(north > 20, behind, np.where(north > 0, front, 0.0))
    return scenes.site(terrain=Terrain(scenes.GROUND + rows[:, None] + np.zeros((240, 240)), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5), registered_buildings=(), topography=scenes.site().topography[:-1])


def house(high=8.0):
    return box_part(5, 5, 15, 15, 0, high, fid="house")


def shed(foot, high=3.0):
    return box_part(6, 25, 10, 30, foot, foot + high, fid="shed")


def heights(parts, behind, *limits, front=0.0, answers=TOLD):
    return [run("max_building_height", *parts, site=site(behind, front), value=limit, answers=answers).verdict for limit in limits]


def sheds(parts, behind, *limits, answers=TOLD):
    return [run("secondary_buildings", *parts, site=site(behind), answers=answers, max_height_m=limit).verdict for limit in limits]


@pytest.mark.parametrize("behind", [1.5, -1.5])
@pytest.mark.parametrize(("parts", "top"), [(lambda z: (house(), shed(z)), 8.0), (lambda z: (house(6), shed(z, 7)), 7.0)])
def test_each_is_measured_from_its_own_ground(parts, top, behind):
    assert heights(parts(behind), behind, top - 0.2, top + 0.2) == [VIOLATES, COMPLIES]
    assert sheds((house(), shed(behind)), behind, 2.8, 3.2) == [VIOLATES, COMPLIES]


def test_no_building_is_measured_from_the_ground_of_another_while_peil_is_open():
    """8 m above its own ground and above the road; 6.5 m above the ground of the shed, which nobody measures it from."""
    found = run("max_building_height", house(), shed(1.5), site=site(1.5), value=7.8, answers=OPEN)
    assert found.verdict is VIOLATES and values(found)["height_above_peil"] == pytest.approx(8.0)
    assert sheds((house(), shed(1.5)), 1.5, 2.8, 3.2, 4.8, answers=OPEN) == [VIOLATES, JUDGE, COMPLIES]


def test_all_are_read_in_one_way():
    """6.6 and 6.8 m above the road, 6.1 and 5.3 above their own ground: by each way one limit holds for both."""
    assert heights((house(6.6), shed(1.5, 5.3)), 1.5, 6.3, front=0.5, answers=OPEN) == [JUDGE]
    assert heights((house(6.6), shed(1.5, 5.3)), 1.5, 6.3, front=0.5) == [COMPLIES]


@pytest.mark.parametrize("nap", [0.0, 1.5])
def test_a_level_that_is_answered_is_that_of_the_building_where_it_is_read(nap):
    answers = {**TOLD, "peil": {"method": GROUND, "nap_m": scenes.GROUND + nap, "uncertainty_m": 0.1}}
    assert heights((house(), shed(1.5)), 1.5, 7.8, 8.2, answers=answers) == [VIOLATES, COMPLIES]
    assert sheds((house(), shed(1.5)), 1.5, 2.8, 3.2, answers=answers) == [VIOLATES, COMPLIES]


def test_a_level_that_is_read_nowhere_ends_no_question():
    answers = {**TOLD, "peil": {"method": GROUND, "nap_m": scenes.GROUND + 0.7, "uncertainty_m": 0.1}}
    assert heights((house(), shed(1.5)), 1.5, 7.8, answers=answers) == [JUDGE]


def test_a_level_above_nap_is_that_of_all():
    answers = {**TOLD, "peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
    assert sheds((house(), shed(1.5)), 1.5, 4.4, 4.6, answers=answers) == [VIOLATES, COMPLIES]


def test_one_level_of_the_road_ends_the_question():
    answers = {**TOLD, "peil": {"method": ROAD, "nap_m": scenes.GROUND, "uncertainty_m": 0.1}}
    assert heights((house(), shed(1.5)), 1.5, 7.8, 8.2, answers=answers) == [VIOLATES, COMPLIES]


def test_what_belongs_to_no_building_is_measured_from_every_ground():
    mast = box_part(15, 30, 15.1, 30.1, -1.5, 8, fid="mast")
    assert heights((house(6), shed(-1.5), mast), -1.5, 9.3, answers={**TOLD, "roles": {**TOLD["roles"], "mast": "design"}}) != [COMPLIES]
