"""What must hold whatever the numbers: limits, uncertainty, split zones, and the order of rules and layers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import said
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.measure.building.footprint import projection
from drieluik.model import LegalSource, Limit, Measurement, Rule, Ruleset, UncertaintySource, Verdict
from drieluik.review import review

RANK = {Verdict.VIOLATES: 0, Verdict.NEEDS_JUDGEMENT: 1, Verdict.COMPLIES: 2}
FEW = settings(max_examples=8, deadline=None)
SIDES = {"lines": [[[100000.0, 450000.0], [100000.0, 450040.0]], [[100020.0, 450000.0], [100020.0, 450040.0]]], "reason": "x"}
FACADE = {"line": [[100000.0, 450004.5], [100020.0, 450004.5]]}
ANSWERS = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "side_boundaries": SIDES, "denominator": "bouwperceel", "facade_line": FACADE}
CHECKS = {
    "max_building_height": ("<=", "m", st.floats(1, 14), {}),
    "max_coverage_pct": ("<=", "%", st.floats(1, 60), {"denominator": "bouwperceel"}),
    "max_depth": ("<=", "m", st.floats(1, 20), {}),
    "max_width": ("<=", "m", st.floats(1, 20), {}),
    "aviation_height": ("<=", "m NAP", st.floats(1, 14), {}),
    "min_distance_side_boundary": (">=", "m", st.floats(0, 9), {}),
    "max_eaves_height": ("<=", "m", st.floats(1, 9), {}),
    "max_area": ("<=", "m2", st.floats(10, 200), {}),
    "max_volume": ("<=", "m3", st.floats(100, 1500), {}),
    "min_building_height": (">=", "m", st.floats(1, 14), {}),
    "min_eaves_height": (">=", "m", st.floats(1, 9), {}),
    "min_area": (">=", "m2", st.floats(10, 200), {}),
    "min_coverage_pct": (">=", "%", st.floats(1, 60), {"denominator": "bouwperceel"}),
    "min_distance_rear_boundary": (">=", "m", st.floats(0, 40), {}),
    "min_distance_front_boundary": (">=", "m", st.floats(0, 9), {}),
    "min_distance_road_axis": (">=", "m", st.floats(0, 20), {}),
    "min_distance_buildings": (">=", "m", st.floats(0, 15), {}),
    "facade_line": ("<=", "m", st.floats(-2, 2), {}),
    "other_structures": ("<=", "m", st.floats(1, 14), {}),
    "radio_link_height": ("<=", "m NAP", st.floats(1, 14), {"line": [[99900.0, 450010.0], [100100.0, 450010.0]]}),
}
PRESENT = [name for name in CHECKS if name in REGISTRY]


def house(depth=10.0, eaves=5.0, ridge=9.0):
    return scenes.design(scenes.gable_part(5, 5, 15, 5 + depth, eaves, ridge))


def outcomes(check, *asked):
    """Return the verdict for each (limit, uncertainty), all of one review: what is measured once serves every rule."""
    op, unit, _, measure = CHECKS[check]
    rules = tuple(
        Rule(f"r{n}", check, {"nl": check}, (LegalSource("plan"),), Limit(op, unit, value), measure=measure, uncertainty=doubts)
        for n, (value, doubts) in enumerate(asked)
    )
    found = {f.rule: f for f in reversed(review(scenes.site(), house(), Ruleset("t", "1", {}, rules), ANSWERS))}
    assert not any(note.code == "checks_failed" for one in found.values() for note in one.missing), found["r0"].missing
    return [found[rule.id].verdict for rule in rules]


@pytest.mark.parametrize("check", PRESENT)
@FEW
@given(data=st.data())
def test_a_milder_limit_never_makes_it_worse(check, data):
    op, _, numbers, _ = CHECKS[check]
    limits = sorted((data.draw(numbers) for _ in range(4)), reverse=op == ">=")
    ranks = [RANK[verdict] for verdict in outcomes(check, *((limit, {}) for limit in limits)) if verdict in RANK]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("check", PRESENT)
@FEW
@given(data=st.data())
def test_more_uncertainty_never_decides(check, data):
    value = data.draw(CHECKS[check][2])
    keys = ("level_m", "boundary_m", "outline_m", "height_m", "mesh_m", "surface_m", "line_m")
    doubts = sorted(data.draw(st.floats(0, 1)) for _ in range(3))
    found = outcomes(check, *((value, dict.fromkeys(keys, doubt)) for doubt in doubts))
    firm = [verdict is not Verdict.NEEDS_JUDGEMENT for verdict in found]
    assert firm == sorted(firm, reverse=True)
    assert not {Verdict.COMPLIES, Verdict.VIOLATES} <= set(found)


@settings(max_examples=200)
@given(st.sampled_from(["<=", "<", ">=", ">", "=="]), st.floats(-20, 20), st.floats(-20, 20), st.floats(0, 3), st.floats(0, 3), st.floats(0, 1))
def test_a_measurement_holds_to_it_too(op, value, limit, one, two, tolerance):
    small, large = sorted((one, two))

    def verdict(doubt):
        return Measurement("m", value, "m", op, limit, (UncertaintySource("u", doubt),), tolerance=tolerance).verdict()

    if verdict(small) is Verdict.NEEDS_JUDGEMENT:
        assert verdict(large) is Verdict.NEEDS_JUDGEMENT


def numbers(found):
    """Return what a finding says, without the ids of the plan objects."""
    return [(f.rule, said(f), f.verdict, f.ladder, [(m.name, m.value, m.limit) for m in f.measurements]) for f in found]


@pytest.mark.parametrize("check", [name for name in ("max_building_height", "max_eaves_height", "min_building_height", "within_building_plane") if name in REGISTRY])
@FEW
@given(at=st.floats(5.5, 14.5), across=st.booleans(), ridge=st.floats(6, 12))
def test_a_zone_in_two_is_the_same_zone(check, at, across, ridge):
    areas = {area.fid: area for area in scenes.site(max_height=9.0).plans}
    fid = "b1" if check == "within_building_plane" else "m1"
    if "eaves" in check:
        areas["m1"] = replace(areas["m1"], values=(replace(areas["m1"].values[0], name="goothoogte", value=5.0),))
    if check.startswith("min_"):
        areas["m1"] = replace(areas["m1"], values=(replace(areas["m1"].values[0], qualifier="minimum"),))
    first, second = (box(5, 5, at, 17), box(at, 5, 15, 17)) if not across else (box(5, 5, 15, at), box(5, at, 15, 17))
    halves = [replace(areas[fid], fid=f"{fid}{n}", geometry=scenes.shift(half)) for n, half in enumerate((first, second))]
    name = "goothoogte" if "eaves" in check else "bouwhoogte"
    limit = None if check == "within_building_plane" else Limit(">=" if check.startswith("min_") else "<=", "m", from_plan=name)
    rule = Rule("r", check, {"nl": check}, (LegalSource("plan"),), limit)
    design = house(ridge=ridge)
    whole, split = (
        review(scenes.site(plans=tuple(plans)), design, Ruleset("t", "1", {}, (rule,)), ANSWERS)
        for plans in (areas.values(), [*(a for a in areas.values() if a.fid != fid), *halves])
    )
    assert numbers(whole) == numbers(split)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)), st.permutations(range(4)), st.booleans())
def test_order_of_rules_and_layers_changes_nothing(order, plans, turned):
    legal = (LegalSource("plan"),)
    rules = [
        Rule("a", "max_building_height", {"nl": "a"}, legal, Limit("<=", "m", from_plan="bouwhoogte")),
        Rule("b", "max_building_height", {"nl": "b"}, legal, Limit("<=", "m", 8.0)),
        Rule("c", "max_building_height", {"nl": "c"}, legal, Limit("<=", "m", 12.0), overrides=("b",)),
        Rule("d", "within_building_plane", {"nl": "d"}, legal),
        Rule("e", "max_coverage_pct", {"nl": "e"}, legal, Limit("<=", "%", 20.0)),
        Rule("f", "public_space_overlap", {"nl": "f"}, legal),
    ]
    site = scenes.site()
    moved = replace(
        site, plans=tuple(site.plans[n] for n in plans), topography=site.topography[::-1] if turned else site.topography,
        parcels=site.parcels[::-1] if turned else site.parcels, provenance=site.provenance[::-1],
    )
    plain = {f.rule: (numbers([f]), f.governed_by) for f in review(site, house(), Ruleset("t", "1", {}, tuple(rules)), ANSWERS)}
    mixed = {f.rule: (numbers([f]), f.governed_by) for f in review(moved, house(), Ruleset("t", "1", {}, tuple(rules[n] for n in order)), ANSWERS)}
    assert plain == mixed


def rich_plan():
    """Return a plan that speaks of everything at once."""
    areas = list(scenes.site().plans)
    zone = next(a for a in areas if a.fid == "m1")

    def value(name, number, qualifier="maximum", unit="m"):
        return replace(zone.values[0], name=name, value=number, qualifier=qualifier, unit=unit, raw=f"{qualifier} {name} ({unit})={number}")

    values = (
        value("bouwhoogte", 8.5), value("bouwhoogte", 4.0, "minimum"), value("goothoogte", 4.5), value("bebouwingspercentage", 30.0, unit="%"),
        value("dakhelling", 30.0, "minimum", "graden"), value("dakhelling", 50.0, "maximum", "graden"), value("aantal bouwlagen", 2.0, unit=""),
        value("volume", 600.0, unit="m3"), value("oppervlakte", 90.0, unit="m2"), value("diepte", 9.0), value("breedte", 12.0), value("aantal wooneenheden", 1.0, unit=""),
    )
    areas[areas.index(zone)] = replace(zone, values=values)
    areas += [
        scenes.plan_area("d1", "dubbelbestemming", "Waarde - Archeologie", box(0, 0, 20, 40)),
        scenes.plan_area("g1", "gebiedsaanduiding", "geluidzone - industrie", box(0, 0, 12, 40)),
    ]
    return areas


@pytest.mark.parametrize("fid", ["e1", "b1", "m1", "d1", "g1"])
def test_no_zone_matters_by_its_cuts(fid):
    areas = rich_plan()
    cut = next(a for a in areas if a.fid == fid)
    west, south, east, north = cut.geometry.bounds
    middle = west + 0.37 * (east - west)
    halves = [replace(cut, fid=f"{fid}{n}", geometry=cut.geometry.intersection(box(*b))) for n, b in enumerate([(west, south, middle, north), (middle, south, east, north)])]
    outcomes_ = []
    for plans in (areas, [a for a in areas if a.fid != fid] + halves):
        site, design = scenes.site(plans=tuple(plans)), house()
        derived = derive(site.plans, projection(design.parts), REGISTRY)
        found = review(site, design, derived, ANSWERS)
        assert not any(note.code == "checks_failed" for one in found for note in one.missing)
        outcomes_.append(numbers(found))
    assert outcomes_[0] == outcomes_[1]
