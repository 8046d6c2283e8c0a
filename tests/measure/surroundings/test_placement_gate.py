"""The placement gate on scenes whose answers are known by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

import scenes
from drieluik.measure.surroundings.placement_gate import direction_deg, placement_gate
from drieluik.model import Placement
from scenes import GROUND, ORIGIN, box_part, design, shift


def placed(*parts, base=GROUND):
    made = design(*parts)
    return replace(made, placement=Placement("case", *ORIGIN, 0.0, base))


def gate(made, answers=None, **changes):
    return {item.item: item for item in placement_gate(made, scenes.site(**changes), answers or {})}


def test_a_house_in_its_place_passes():
    found = gate(placed(box_part(5, 5, 15, 15, 0, 6)))
    assert {item.state for item in found.values()} == {"passes"}
    assert found["parcel"].note.as_dict() == {"share": 100.0, "parcel": "Voorbeeldwijk A 1"}


def test_floating_turned_and_across_the_boundary_must_be_confirmed():
    part = box_part(13.5, 5, 23.5, 12, 0, 6)
    turn = math.radians(30)
    xy = part.vertices[:, :2] - part.vertices[0, :2]
    turned = xy @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]]) + part.vertices[0, :2]
    made = placed(replace(part, vertices=np.column_stack([turned, part.vertices[:, 2]])), base=GROUND + 3)
    found = gate(made)
    assert [key for key, item in found.items() if item.state == "attention"] == ["ground", "parcel", "rotation"]
    assert found["ground"].note.as_dict()["mean"] == pytest.approx(3.0)
    assert found["rotation"].note.as_dict()["apart"] == pytest.approx(30.0, abs=0.1)


def test_over_an_existing_building():
    found = gate(placed(box_part(22, 5, 30, 12, 0, 6)))
    assert found["existing_building"].state == "attention"
    assert found["existing_building"].note.as_dict() == {"area": pytest.approx(42.0), "building": "9999100000000001"}


def test_a_confirmation_needs_a_reason_and_is_kept():
    made = placed(box_part(5, 5, 15, 15, 0, 6), base=GROUND + 1)
    empty = gate(made, {"placement": {"A": {"ground": {"reason": " ", "by": "J"}}}})
    assert empty["ground"].state == "attention"
    given = gate(made, {"placement": {"A": {"ground": {"reason": "terp volgens inrichtingsplan", "by": "J. de Vries"}}}})
    assert (given["ground"].state, given["ground"].reason, given["ground"].by) == ("confirmed", "terp volgens inrichtingsplan", "J. de Vries")
    passing = gate(placed(box_part(5, 5, 15, 15, 0, 6)), {"placement": {"A": {"ground": {"reason": "x"}}}})
    assert passing["ground"].state == "passes"


def test_missing_data_is_said():
    found = gate(placed(box_part(5, 5, 15, 15, 0, 6)), terrain=None, parcels=(), topography=(), registered_buildings=(), plans=())
    assert [key for key, item in found.items() if item.state == "missing"] == ["ground", "parcel", "existing_building", "rotation"]


def test_far_from_the_centre():
    assert gate(placed(box_part(-40, 5, -35, 9, 0, 6)))["near_site"].state == "attention"


def test_direction_of_an_area():
    assert direction_deg(shift(scenes.box(0, 0, 10, 4))) % 90 == pytest.approx(0, abs=1e-6)
