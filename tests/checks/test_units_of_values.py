"""A plan's number is only compared in the unit of its quantity; heights above NAP and above peil are told apart, and converted."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.checks.engine.open_points.plan_units import from_peil, is_read, level_named, number_in, to_peil
from drieluik.measure.plan.peil import PeilCandidate
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


READ = {
    **{name: {"m", "m NAP"} for name in ("bouwhoogte", "goothoogte", "nokhoogte")}, **{name: {"m"} for name in ("hoogte", "afstand", "breedte", "diepte", "lengte")}, "oppervlakte": {"m2"}, "bebouwd oppervlak": {"m2"},
    "volume": {"m3"}, "inhoud": {"m3"}, "bebouwingspercentage": {"%"}, "dakhelling": {"graden", "deg"}, "aantal bouwlagen": {"bouwlagen"}, "bouwhoogte bijgebouwen": {"m", "m NAP"}, "oppervlakte dakkapel": {"m2"},
    "aantal": {"m", "m2", "m3", "%", "graden", "deg", "bouwlagen"}, "bouwhoogten": {"m", "m2", "m3", "%", "graden", "deg", "bouwlagen"}, "aantal bouwlagen hoofdgebouw": {"bouwlagen"},
}
UNITS = ("m", "m2", "m3", "%", "graden", "deg", "bouwlagen", "m NAP", "cm", "stuks")


@pytest.mark.parametrize("name", READ)
def test_each_quantity_has_its_units(name):
    read = {unit for unit in UNITS if is_read(PlanValue(name, "maximum", 3.0, unit, "x"), name)}
    assert read == READ[name] and is_read(PlanValue(name, "maximum", 3.0, "", "x"), name) and not is_read(PlanValue(name, "maximum", None, "m", "x"), name)
    named = [level_named(PlanValue(name, "maximum", 3.0, unit, "x"), name) for unit in ("m NAP", "m boven maaiveld", "m boven dijk", "m")]
    assert named == (["NAP", "maaiveld", "", ""] if "m NAP" in read else [""] * 4)


def test_what_a_number_is_above_the_peil_of_a_reading():
    class Level:
        def __init__(self, nap_m):
            self.level = None if nap_m is None else PeilCandidate("a", nap_m)

    at, none = Level(1.23456), Level(None)
    assert [number_in(PlanValue("bouwhoogte", "maximum", 7.0, unit, "x"), "bouwhoogte", at) for unit in ("m", "m NAP", "", "m2")] == [7.0, 5.7654, 7.0, None]
    assert number_in(PlanValue("bouwhoogte", "maximum", None, "m", "x"), "bouwhoogte", at) is None and number_in(PlanValue("bouwhoogte", "maximum", 7.0, "m NAP", "x"), "bouwhoogte", none) is None
    assert from_peil(7.0, at) == 5.7654 and from_peil(7.0, none) is None
    metres, above = Limit("<=", "m", 7.0), Limit("<=", "m NAP", 7.0, tolerance=0.02)
    assert to_peil(metres, none) is metres and to_peil(above, none) is None and to_peil(above, at) == Limit("<=", "m", 5.7654, tolerance=0.02)
    assert to_peil(Limit("between", "m NAP", None, None, 3.0, 7.0), at) == Limit("between", "m", None, None, 1.7654, 5.7654)
