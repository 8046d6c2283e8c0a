"""A plan's number is only compared in the unit of its quantity; heights above NAP and above peil are told apart, and converted."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Limit, PlanValue, Verdict
from one_rule import rd, run, run_all, values
from scenes import box_part, plan_area

COMPLIES, VIOLATES = Verdict.COMPLIES, Verdict.VIOLATES
HOUSE = box_part(4, 6, 12, 15, 0, 6.2)
GROUND = box(0, 0, 20, 40)


def with_value(*values):
    return scenes.site(plans=(*scenes.site().plans[:3], plan_area("m7", "maatvoering", "maatvoering", GROUND, *values)))


OTHER = [
    ("max_building_height", "bouwhoogte", "%"), ("max_building_height", "bouwhoogte", "m2"), ("max_eaves_height", "goothoogte", "bouwlagen"),
    ("max_area", "oppervlakte", "%"), ("max_volume", "volume", "m2"), ("max_coverage_pct", "bebouwingspercentage", "m2"),
    ("max_storeys", "aantal bouwlagen", "m"), ("roof_pitch_range", "dakhelling", "%"), ("max_depth", "diepte", "graden"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "name", "unit"), OTHER)
@pytest.mark.parametrize("number", [1.0, 900.0])
def test_a_value_in_the_unit_of_another_quantity_decides_nothing(check, name, unit, number):
    site = with_value(PlanValue(name, "maximum", number, unit, f"maximum {name} ({unit})={number:g}"))
    measure = {"denominator": "bouwvlak"} if check == "max_coverage_pct" else {}
    found = run_all(check, HOUSE, site=site, **measure)
    assert {one.verdict for one in found} == {Verdict.NOT_ASSESSABLE}
    assert "zoning_no_number" in {note.code for one in found for note in one.missing}


@pytest.mark.parametrize(("nap", "verdict"), [(7.3, COMPLIES), (7.1, VIOLATES)])
@pytest.mark.parametrize("name", ["bouwhoogte", "goothoogte"])
def test_a_height_above_nap_is_counted_from_peil(name, nap, verdict):
    """A house of 6.2 m on peil 1.00 NAP reaches 7.2 m NAP."""
    check = {"bouwhoogte": "max_building_height", "goothoogte": "max_eaves_height"}[name]
    drawn = run(check, HOUSE, site=with_value(PlanValue(name, "maximum", nap, "m NAP", "x")))
    written = run(check, HOUSE, op="<=", value=nap, unit="m NAP")
    for found in (drawn, written):
        assert (found.verdict, found.measurements[0].limit) == (verdict, pytest.approx(nap - 1.0))
        assert "zoning_limit_above_nap" in {note.code for note in found.notes} and found.subject.as_dict()["value"] == nap


def test_a_height_above_nap_with_a_peil_that_is_open_is_one_subject():
    levels = {"peil": {"candidates": {"a": 0.4, "b": 1.9}}}
    for nap, verdict in ((7.3, COMPLIES), (7.1, VIOLATES)):  # both sides move along with peil
        found = run("max_building_height", HOUSE, op="<=", value=nap, unit="m NAP", answers=levels)
        assert found.verdict is verdict


@pytest.mark.parametrize(("unit", "value", "verdict"), [("m", 6.3, COMPLIES), ("m", 6.1, VIOLATES), ("m NAP", 7.3, COMPLIES), ("m NAP", 6.3, VIOLATES)])
def test_metres_under_a_power_line_or_by_an_airport_are_above_peil(unit, value, verdict):
    axis = {"line": rd((8, -50), (8, 60)), "half_width_m": 30.0}
    under = [one for one in run_all("powerline_zone", HOUSE, op="<=", value=value, unit=unit, **axis) if one.subject.code == "subject_overlay_height"]
    link = run("radio_link_height", HOUSE, op="<=", value=value, unit=unit, answers={"radio_link": {"lines": [rd((8, -50), (8, 60))]}})
    air = run("aviation_height", HOUSE, op="<=", value=value, unit=unit)
    assert [one.verdict for one in (*under, link, air)] == [verdict] * 3
    assert {(values(one)["height_at_worst_point"], one.measurements[0].limit) for one in (*under, link, air)} == {(6.2 if unit == "m" else 7.2, value)}


def test_metres_by_an_airport_without_a_peil_are_not_compared():
    site = scenes.site(topography=(), terrain=None)
    found = run("aviation_height", HOUSE, limit=Limit("<=", "m", 30.0), site=site, answers={"peil": None})
    assert found.verdict is Verdict.NOT_ASSESSABLE or found.questions
