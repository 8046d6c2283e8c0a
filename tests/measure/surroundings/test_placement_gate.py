"""The placement gate on scenes whose answers are known by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import affinity, box

import scenes
from drieluik.measure.plane.rd import convergence_deg
from drieluik.measure.surroundings.placement_gate import base_of, direction_deg, placement_gate, side_directions
from drieluik.model import Level, Message, Note, Parcel, Placement, RegisteredBuilding, Role, Terrain, TopographyObject
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


def told(item):
    return item.state, item.note.code, item.note.as_dict()


def test_every_item_says_its_numbers():
    found = gate(placed(box_part(5, 5, 15, 17, 0, 6), base=GROUND + 0.25))
    assert list(found) == ["placed", "near_site", "ground", "parcel", "existing_building", "rotation", "grid_north"]
    assert {item.design for item in found.values()} == {"A"}
    assert told(found["placed"]) == ("passes", "gate_placed_case", {})
    assert told(found["near_site"]) == ("passes", "gate_near_site", {"distance": 0.0})
    assert told(found["ground"]) == ("passes", "gate_ground", {"mean": 0.25, "low": 0.25, "high": 0.25})
    assert told(found["existing_building"]) == ("passes", "gate_existing_none", {})
    assert told(found["rotation"]) == ("passes", "gate_rotation", {"apart": 0.0})
    assert told(found["grid_north"]) == ("passes", "gate_north", {"turned": round(convergence_deg(ORIGIN[0] + 10, ORIGIN[1] + 11), 2)})


@pytest.mark.parametrize(("method", "state"), [("case", "passes"), ("rd_coordinates", "passes"), ("provisional", "attention"), ("none", "attention")])
def test_a_provisional_place_is_to_be_confirmed(method, state):
    made = replace(placed(box_part(5, 5, 15, 15, 0, 6)), placement=Placement(method, *ORIGIN, 0.0, GROUND))
    assert told(gate(made)["placed"]) == (state, f"gate_placed_{method}", {})


@pytest.mark.parametrize(("west", "state", "distance"), [(39.9, "passes", 29.9), (40.0, "passes", 30.0), (40.1, "attention", 30.1)])
def test_near_is_within_half_of_what_was_loaded(west, state, distance):
    assert told(gate(placed(box_part(west, 5, west + 6, 15, 0, 6)))["near_site"]) == (state, "gate_near_site", {"distance": distance})


@pytest.mark.parametrize(("base", "state"), [(0.49, "passes"), (0.51, "attention"), (-0.49, "passes"), (-0.51, "attention")])
def test_ground_may_lie_half_a_metre_off_on_average(base, state):
    assert gate(placed(box_part(5, 5, 15, 15, 0, 6), base=GROUND + base))["ground"].state == state


def test_ground_is_that_along_the_outline():
    """A slope of 1 : 10 down to the north, from 1.0 m at the scene's y = 0: over y 5-15 it falls from -0.5 to -1.5."""
    north = ORIGIN[1] + 70 - 0.25 - 0.5 * np.arange(240)
    slope = Terrain(np.repeat((GROUND - 0.1 * (north - ORIGIN[1]))[:, None], 240, axis=1), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    found = told(gate(placed(box_part(5, 5, 15, 15, 0, 6), base=GROUND - 0.8), terrain=slope)["ground"])
    assert found == ("passes", "gate_ground", {"mean": pytest.approx(0.2, abs=0.01), "low": -0.3, "high": 0.7})
    heights = np.full((240, 240), np.nan)
    heights[108:112, :] = GROUND  # a strip of 2 m, y 14-16: only the outline's north side
    assert gate(placed(box_part(5, 5, 15, 15, 0, 6)), terrain=replace(slope, heights=heights))["ground"].state == "passes"
    heights[:] = np.nan
    assert told(gate(placed(box_part(5, 5, 15, 15, 0, 6)), terrain=replace(slope, heights=heights))["ground"]) == ("missing", "gate_missing", {"layer": "terrain"})


@pytest.mark.parametrize(("east", "state", "share"), [(20.4, "passes", 96.2), (20.6, "attention", 94.3)])
def test_a_design_may_reach_over_the_boundary_with_a_twentieth(east, state, share):
    """From x = 10 to ``east``, the boundary at 20: (20 - 10) / (east - 10)."""
    assert told(gate(placed(box_part(10, 20, east, 30, 0, 6)))["parcel"]) == (state, "gate_parcel", {"share": share, "parcel": "Voorbeeldwijk A 1"})


def test_a_design_on_no_parcel():
    assert told(gate(placed(box_part(-30, 5, -20, 15, 0, 6)))["parcel"]) == ("attention", "gate_parcel", {"share": 0.0, "parcel": "-"})
    assert told(gate(placed(box_part(22, 20, 38, 30, 0, 6)))["parcel"])[2]["parcel"] == "Voorbeeldwijk A 2"


@pytest.mark.parametrize(("east", "found"), [
    (24.004, ("passes", "gate_existing_none", {})), (24.02, ("passes", "gate_existing", {"area": 0.2, "building": "n7"})),
    (24.11, ("attention", "gate_existing", {"area": 1.1, "building": "n7"})),
])
def test_a_square_metre_of_an_existing_building_may_be_touched(east, found):
    there = (TopographyObject("n7", "pand", shift(box(24, 0, 30, 40))), TopographyObject("w", "wegdeel", shift(box(0, 0, 30, 40))))
    made = placed(box_part(14, 5, east, 15, 0, 6))
    assert told(gate(made, topography=there)["existing_building"]) == found
    registered = (RegisteredBuilding("n7", shift(box(24, 0, 30, 40))),)
    assert told(gate(made, topography=(there[1],), registered_buildings=registered)["existing_building"]) == found


@pytest.mark.parametrize(("turned", "state"), [(7.9, "passes"), (8.1, "attention"), (-7.9, "passes"), (82.1, "passes"), (45.0, "attention"), (98.1, "attention")])
def test_a_design_may_be_turned_eight_degrees_from_what_lies_around_it(turned, state):
    """Half a turn of 90 degrees is as far as two directions can lie apart."""
    shape = affinity.rotate(shift(box(5, 5, 15, 11)), turned)
    assert direction_deg(shape) == pytest.approx(turned % 90, abs=1e-3)
    found = {item.item: item for item in placement_gate(placed(box_part(5, 5, 15, 11, 0, 6)), scenes.site(), {}, shape)}["rotation"]
    apart = min(turned % 90, 90 - turned % 90)
    assert told(found) == (state, "gate_rotation", {"apart": pytest.approx(apart, abs=0.051)})


def test_directions_are_those_of_long_sides_within_reach():
    outline = shift(box(0, 0, 10, 8))
    triangle = shift(shapely.Polygon([(0, 12), (2.9, 12), (2.9, 16)]))  # sides of 2.9 and 4 m, and 4.94 m at 54 degrees
    far = shift(affinity.rotate(box(52, 0, 57, 4), 20, origin=(52, 0)))
    parcels = (Parcel("1", "A", triangle), Parcel("2", "B", far))
    there = scenes.site(parcels=parcels, topography=(TopographyObject("w", "wegdeel", outline),), plans=())
    assert sorted(side_directions(there, outline).round(1)) == [0.0, 54.1]
    reaching = shift(affinity.rotate(box(50, 0, 54, 5), 20, origin=(50, 0)))  # only its nearest sides lie within 40 m
    near = side_directions(replace(there, parcels=(Parcel("2", "B", reaching),)), outline)
    assert sorted(near.round(1)) == [20.0, 20.0]
    for collection, count in (("pand", 4), ("wegdeel", 0)):
        assert len(side_directions(replace(there, parcels=(), topography=(TopographyObject("t", collection, outline),)), outline)) == count
    for kind, count in (("bouwvlak", 4), ("maatvoering", 0)):
        plans = (scenes.plan_area("b", kind, kind, box(0, 0, 12, 9)),)
        assert len(side_directions(replace(there, parcels=(), plans=plans), outline)) == count


def test_the_direction_is_that_of_the_longest_side():
    assert direction_deg(affinity.rotate(box(0, 0, 10, 4), 30)) == pytest.approx(30)
    assert direction_deg(affinity.rotate(box(0, 0, 4, 10), 30)) == pytest.approx(30)


@pytest.mark.parametrize(("levels", "base"), [((), 0.0), ((("Begane grond", 0.4), ("Verdieping", 3.0)), 0.4), ((("Fundering", 0.2),), 0.0)])
def test_what_should_lie_on_the_ground_of_a_model_in_nap(levels, base):
    listed = [Level(name, GROUND + z) for name, z in levels]
    made = design(box_part(5, 5, 15, 15, 0, 6), levels=listed)
    assert base_of(made) == pytest.approx(GROUND + base)
    assert base_of(replace(made, placement=Placement("case", *ORIGIN, 0.0, 7.5))) == 7.5


@pytest.mark.parametrize(("code", "item"), [("design_height_twice", "file_height"), ("design_height_ambiguous", "file_height"), ("design_world_offset", "file_place")])
def test_what_the_file_says_two_ways_is_to_be_confirmed(code, item):
    house = replace(placed(box_part(5, 5, 15, 11, 0, 6)), messages=(Message("warning", Note.of(code, used=2.8, other=1.4)),))
    house = replace(house, placement=replace(house.placement, method="map_conversion"))
    found = {one.item: one for one in placement_gate(house, scenes.site(), {})}[item]
    assert (found.state, found.note.code) == ("attention", code)
    answers = {"placement": {house.name: {item: {"reason": "asked the architect", "by": "me"}}}}
    assert {one.item: one.state for one in placement_gate(house, scenes.site(), answers)}[item] == "confirmed"
    told = replace(house, placement=replace(house.placement, method="case"))
    assert item not in {one.item for one in placement_gate(told, scenes.site(), {})}


def test_what_the_file_calls_surroundings_does_not_move_the_gate():
    far = replace(box_part(150, 150, 170, 170, 0, 30), role=Role("context", "file"))
    alone, both = (placement_gate(placed(*parts), scenes.site(), {}) for parts in ((box_part(5, 5, 15, 11, 0, 6),), (box_part(5, 5, 15, 11, 0, 6), far)))
    assert [one.note for one in alone] == [one.note for one in both]
