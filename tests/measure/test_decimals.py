"""What measure says in numbers has as many decimals as it can be known in, no more and no fewer: on a scene in which no number is round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, affinity, box

import scenes
from drieluik.measure.plan.peil import Peil, PeilCandidate, resolve_peil
from drieluik.measure.surroundings.envelope import allowed_envelopes, envelope_records
from drieluik.measure.surroundings.placement_gate import placement_gate
from drieluik.measure.surroundings.plot_card import card_at
from drieluik.measure.surroundings.suspicions import gate_notes, suspicions
from drieluik.model import Level, Parcel, Placement, PlanValue, RegisteredBuilding, Terrain, TopographyObject
from scenes import ORIGIN, plan_area, shift

SLOPE = Terrain(0.87654 + 0.0125317 * np.arange(240)[:, None] + 0.00123456 * np.arange(240)[None, :], ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
"""Ground that falls to the north by 25 mm a metre."""
TURNED = shift(affinity.rotate(box(5, 5, 15.12345, 17.2345), 12.3456))


def decimals(value):
    """Return how many decimals a number has."""
    return len(f"{value:.9f}".rstrip("0").partition(".")[2])


def said(notes):
    """Return the decimals of every number of notes, by code and word; the most of each."""
    found = {}
    for note in notes:
        for word, value in note.data:
            if isinstance(value, float):
                found[note.code, word] = max(found.get((note.code, word), 0), decimals(value))
    return found


def test_peil_is_read_to_the_millimetre():
    here = scenes.site(terrain=SLOPE)
    floors = scenes.design(scenes.box_part(5, 5, 15, 17, 0, 6), levels=(Level("begane grond", 1.23456789), Level("eerste", 4.56789123)))
    found = {method: resolve_peil({}, here, TURNED, {"method": method}, floors).chosen for method in ("road_at_main_entrance", "finished_ground_adjoining", "previous_ground", "ground_floor_level")}
    assert {method: decimals(level.nap_m) for method, level in found.items()} == dict.fromkeys(found, 3)
    for method in ("finished_ground_adjoining", "previous_ground"):
        assert decimals(found[method].spread_m) == decimals(found[method].sources[0].value) == 3
    assert found["road_at_main_entrance"].sources[0].value == 0.1 and found["road_at_main_entrance"].spread_m == 0.0


def test_the_gate_says_centimetres_decimetres_and_tenths():
    part = replace(scenes.box_part(0, 0, 1, 1, 0, 6), vertices=np.array([[x, y, z] for z in (1.2345, 7.8912) for x, y in list(TURNED.exterior.coords)[:4]]))
    made = replace(scenes.design(part), placement=Placement("case", *ORIGIN, 0.0, 1.23456))
    plot = (Parcel("1", "A 1", shift(box(0, 0, 14.3456, 40)), 573.0),)
    there = (TopographyObject("n1", "pand", shift(box(11.1111, 12.2222, 19.3333, 19.4444))),)
    assert said(item.note for item in placement_gate(made, replace(scenes.site(terrain=SLOPE, parcels=plot, topography=there), centre=(ORIGIN[0] + 55.4321, ORIGIN[1])), {})) == {
        ("gate_near_site", "distance"): 1, ("gate_ground", "mean"): 2, ("gate_ground", "low"): 2, ("gate_ground", "high"): 2, ("gate_parcel", "share"): 1, ("gate_existing", "area"): 1,
        ("gate_rotation", "apart"): 1, ("gate_north", "turned"): 2,
    }  # fmt: skip


def test_doubts_say_areas_to_a_tenth_of_a_square_metre_and_heights_to_a_centimetre():
    here = scenes.site(
        registered_buildings=(RegisteredBuilding("p", shift(box(24, 5, 32.1234, 15.4321))),), parcels=(Parcel("1", "A 1", shift(box(0, 0, 20.123, 40.321)), 300.0), Parcel("2", "A 2", shift(box(18.765, 0, 30.1, 40.321)), 457.0)),
        topography=(
            TopographyObject("n", "pand", shift(box(24, 5, 40.5678, 15.4321)), building_id="p"), TopographyObject("w", "wegdeel", shift(box(-40, -9, 60, 0.1234))), TopographyObject("v", "wegdeel", shift(box(-40, -0.4567, 60, 2))),
            TopographyObject("g", "onbegroeidterreindeel", shift(box(-40, 2, 60, 40).difference(box(10.111, 10.222, 13.777, 14.888)))),
        ),
    )  # fmt: skip
    model = replace(here.buildings3d[0], fid="x", triangles=here.buildings3d[0].triangles + (0, 0, 400.12345), ground_nap=401.23456, roof_nap=410.34567)
    found = said(item.note for item in suspicions(replace(here, buildings3d=(model,))))
    assert found == {
        ("doubt_outline", "differ"): 1, ("doubt_outline", "area"): 1, ("doubt_overlap", "area"): 1, ("doubt_parcel_size", "drawn"): 1, ("doubt_parcel_size", "registered"): 0, ("doubt_parcel_overlap", "area"): 1,
        ("doubt_absurd", "low"): 2, ("doubt_absurd", "high"): 2, ("doubt_absurd", "ground"): 2,
    }  # fmt: skip
    (hole,) = (note for note in gate_notes(here)["bgt"] if note.code == "doubt_holes")
    assert said([hole]) == {("doubt_holes", word): 1 for word in ("area", "largest", "x", "y")}


def test_a_card_says_areas_to_a_tenth_and_heights_to_a_centimetre():
    here = scenes.site(terrain=SLOPE, parcels=(Parcel("1", "A 1", shift(box(20, 0, 40.123, 40.321)), 812.0),), registered_buildings=(RegisteredBuilding("p", shift(box(24, 5, 32.1234, 15.4321))),))
    model = replace(here.buildings3d[0], fid="p", ground_nap=1.23456, roof_nap=8.76543, triangles=here.buildings3d[0].triangles + (0, 0, 0.12345))
    rows = card_at(replace(here, buildings3d=(model,)), *shift(Point(28, 10)).coords[0]).rows
    heights = {row.label: row.value for row in rows}
    assert (heights["card_building_area"], heights["card_parcel_drawn"], heights["card_model_ground"], heights["card_model_roof"]) == (84.7, 811.4, 1.23, 8.77)
    assert (heights["card_model_top"], heights["card_model_height"]) == (10.12, 8.89) and decimals(heights["card_ground"]) == 2


def test_an_envelope_says_hundredths():
    zone = plan_area("e", "enkelbestemming", "Wonen", box(-20, -20, 40, 40))
    plane = plan_area("b", "bouwvlak", "bouwvlak", box(0, 0, 10.123, 12.345), belongs_to="e")
    height = plan_area("m", "maatvoering", "", box(0, 0, 6.4321, 12.345), PlanValue("bouwhoogte", "maximum", 8.9, "m", "8,9"))
    found = allowed_envelopes(scenes.site(parcels=()), None, (zone, plane, height), Peil(PeilCandidate("authority_fixed", 1.0)))
    (record,) = envelope_records(found)
    assert (record["ground_m2"], record["volume_m3"]) == (124.97, 706.7)
    assert said(record["notes"])["envelope_no_height", "area"] == 2


@pytest.mark.parametrize(("value", "number"), [(0.0, 0), (1.5, 1), (1.25, 2), (100.0, 0)])
def test_how_decimals_are_counted(value, number):
    assert decimals(value) == number
