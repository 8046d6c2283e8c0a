"""A value of the plan's map is compared only in the unit of its own quantity: whatever else a unit says, somebody must read it."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.measure.surroundings.envelope import _readable
from drieluik.model import LegalSource, Limit, PlanValue, Rule, Ruleset, Verdict
from drieluik.review import review

ZONE = box(4, 4, 16, 20)
HOUSE = scenes.box_part(6, 6, 13, 15, 0, 5.4)  # 63 m2, 340.2 m3
PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
OWN = {
    ("max_building_height", "bouwhoogte"): "m", ("max_eaves_height", "goothoogte"): "m", ("max_area", "bebouwd oppervlak"): "m2",
    ("max_volume", "volume"): "m3", ("max_coverage_pct", "bebouwingspercentage"): "%", ("roof_pitch_range", "dakhelling"): "graden",
    ("max_storeys", "aantal bouwlagen"): "bouwlagen", ("max_depth", "diepte"): "m", ("max_width", "breedte"): "m",
}
UNITS = ("m", "m2", "m3", "%", "graden", "bouwlagen", "are", "m/s")


def verdicts(check, value):
    zone = scenes.plan_area("z", "maatvoering", value.name, ZONE, value, belongs_to="b1")
    bare = scenes.site(plans=(*(area for area in scenes.site().plans if area.kind != "maatvoering"), zone))
    rule = Rule("r", check, {"nl": check}, (LegalSource("plan"),), None, measure={"denominator": "bouwvlak"} if check == "max_coverage_pct" else {})
    found = review(bare, scenes.design(HOUSE), Ruleset("t", "1", {}, (rule,)), {**PEIL, "denominator": "bouwvlak", "parcels": ["1"]})
    return {one.verdict for one in found}, {note.code for one in found for note in one.missing}


@pytest.mark.parametrize(("check", "name"), OWN)
@pytest.mark.parametrize("number", [0.4, 4000.0])
@pytest.mark.parametrize("unit", UNITS)
def test_a_value_in_the_unit_of_another_quantity_decides_nothing(check, name, number, unit):
    found, missing = verdicts(check, PlanValue(name, "maximum", number, unit, f"maximum {name} ({unit})={number:g}"))
    if unit == OWN[check, name]:
        assert "zoning_no_number" not in missing
    else:
        assert found == {Verdict.NOT_ASSESSABLE}, unit


def test_a_number_of_another_quantity_is_no_maximum_instead_of_a_minimum():
    rule = Rule("r", "min_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit(">=", "m", from_plan="bouwhoogte"))
    zone = scenes.plan_area("z", "maatvoering", "bouwhoogte", ZONE, PlanValue("bouwhoogte", None, 70.0, "%", "bouwhoogte (%)=70"), belongs_to="b1")
    (found,) = review(scenes.site(plans=(zone,)), scenes.design(HOUSE), Ruleset("t", "1", {}, (rule,)), PEIL)
    assert found.verdict is Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(("unit", "readable"), [("graden", True), ("deg", True), ("", True), ("%", False), ("m", False)])
def test_a_pitch_draws_a_roof_in_degrees_only(unit, readable):
    assert _readable(PlanValue("dakhelling", "maximum", 40.0, unit, "")) is readable
