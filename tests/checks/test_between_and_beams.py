"""Distances between buildings, beams of the plan, sums over facades, and the ground before a facade: by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from shapely import LineString, box

import scenes
from drieluik.checks.shared.horizontal.secondary import proposed_fronts, settled_front, unknown_parts
from drieluik.checks.shared.vertical.front_ground import front_level
from drieluik.checks.sunlight.sun_hours_facade import PointResult, added_up, decisive_minutes, dwelling_verdict, heaviest, limit_minutes, sums
from drieluik.checks.zoning.min_distance_buildings import other_buildings
from drieluik.measure.sun.sun_norms import SunNorm
from drieluik.model import Limit, PlanValue, Terrain, Verdict
from one_context import HOUSE, context, local, pand, rule
from one_rule import rd, run
from scenes import GROUND, ORIGIN, box_part

# between buildings


def others(*panden, answers=None, **measure):
    scene = context(registered_buildings=panden, answers=answers)
    return [building.fid for building in other_buildings(rule(measure=measure), scene, scene.geometry.footprint, Limit(">=", "m", 3.0))]


def test_other_buildings_the_nearest_first():
    near, far, equal = pand("n", box(16, 6, 18, 14)), pand("f", box(-9, 6, 0, 14)), pand("e", box(16, 20, 18, 22))
    assert others(far, near) == ["n", "f"] and others(pand("b", box(16, 6, 18, 8)), pand("a", box(16, 10, 18, 12))) == ["a", "b"]
    assert others(near, answers={"demolition": ["n"]}) == [] and others(near, far, attached=["n"]) == ["f"] and others(near, far, attached="f") == ["n"]
    assert others(equal, near) == ["n", "e"]


@pytest.mark.parametrize(("west", "same"), [(9.9, True), (10.1, False)])
def test_what_lies_for_half_under_the_design_is_the_design(west, same):
    """Of its own area: 8 m wide from ``west``, the house ends at 14 m. What it overlaps by less is another where it is said to stand by itself."""
    assert others(pand("x", box(west, 6, west + 8, 14)), answers={"whole_building": "no"}) == ([] if same else ["x"])
    assert others(pand("x", box(0, 0, 40, 40))) == []  # or for half of the design's


@pytest.mark.parametrize(("east", "there"), [(23.9, ["x"]), (24.1, [])])
def test_only_buildings_that_lie_for_half_on_the_plot_where_the_rule_says_so(east, there):
    """The plot ends at 20 m."""
    building = pand("x", box(16, 20, east, 30))
    assert others(building, where="plot") == there and others(building) == ["x"] and others(building, where="all") == ["x"]


@pytest.mark.parametrize(("gap", "verdict"), [(2.9, "violates"), (3.0, "complies"), (3.1, "complies")])
def test_between_the_bodies_of_a_design(gap, verdict):
    found = run("min_distance_buildings", HOUSE, box_part(14 + gap, 6, 18 + gap, 10, 0, 3, fid="s"), box_part(6, 25, 9, 29, 0, 3, fid="t"), op=">=", value=3.0, between="own")
    assert (found.verdict.value, found.measurements[0].value, len(found.measurements)) == (verdict, pytest.approx(gap), 1)
    assert run("min_distance_buildings", HOUSE, op=">=", value=3.0, between="own").verdict is Verdict.NOT_APPLICABLE


# a beam with heights of the plan


@pytest.mark.parametrize(("top", "y", "verdict"), [(13.9, 10, "complies"), (14.1, 10, "violates"), (14.1, 300, "not_applicable")])
def test_a_beam_whose_height_the_plan_states(top, y, verdict):
    """14 m NAP in the plan's zone, of which the axis and a hundred metres to either side count."""
    zone = scenes.plan_area("s", "gebiedsaanduiding", "Vrijwaringszone - straalpad", box(-300, -300, 300, 300), PlanValue("bouwhoogte", "maximum", GROUND + 14, "m NAP", ""))
    here = scenes.site(plans=(*scenes.site().plans, zone))
    found = run("radio_link_height", box_part(6, 6, 14, 14, 0, top), site=here, limit=Limit("<=", "m NAP", from_plan="bouwhoogte"), answers={"radio_link": {"line": rd((-200, y), (200, y))}}, half_width_m=100.0)
    assert found.verdict.value == verdict and "s" in [item.fid for item in found.inputs]
    bare = run("radio_link_height", box_part(6, 6, 14, 14, 0, top), site=here, limit=Limit("<=", "m NAP", from_plan="bouwhoogte"))
    assert bare.verdict.value == ("violates" if top > 14 else "complies")


# sums over the facades of a dwelling


def study(before, after, empty, facades):
    """Return what of a study the verdicts look at: minutes by receptor and day."""
    tables = [np.array(table, float) for table in (before, after, empty)]
    minutes = SimpleNamespace(before=tables[0], after={"proposed": tables[1]}, empty=tables[2], suns=SimpleNamespace(dates=[None] * tables[0].shape[1]))
    return SimpleNamespace(minutes=minutes, receptors=[SimpleNamespace(facade=facade) for facade in facades])


def result(receptor, verdict=Verdict.COMPLIES, day=0):
    return PointResult(receptor, day, verdict, "")


def test_the_least_sunny_receptors_of_the_facades_are_added_up_per_day():
    told = study([[70, 200], [90, 60], [100, 80]], [[60, 100], [80, 50], [10, 70]], [[300, 310], [320, 330], [340, 350]], [0.0, 0.0, 90.0])
    facades = {0.0: [result(0), result(1)], 90.0: [result(2)]}
    assert sums(told, facades, 0) == (170.0, 70.0, 640.0) and sums(told, facades, 1) == (140.0, 120.0, 660.0)
    norm = SunNorm(minutes=120.0, add_facades=True)
    verdict, decisive = added_up(told, norm, facades)
    assert (verdict, decisive.receptor, decisive.day, decisive.reason) == (Verdict.VIOLATES, 2, 0, "sun_falls_below")
    assert dwelling_verdict(told, norm, [result(0), result(1), result(2)])[0] is Verdict.VIOLATES
    assert decisive_minutes(told, norm, [result(0), result(1), result(2)], decisive) == (170.0, 70.0, 0)
    left = [result(0), result(1), result(2, Verdict.NOT_APPLICABLE)]
    assert decisive_minutes(told, norm, left, decisive) == (70.0, 60.0, 0)
    assert decisive_minutes(told, norm, left, result(2, Verdict.NOT_APPLICABLE, 1)) == (80.0, 70.0, 1) == decisive_minutes(told, SunNorm(), left, result(2, day=1))


def test_a_facade_of_guessed_windows_violates_when_all_of_it_does():
    told = study([[130]] * 4, [[100], [110], [125], [90]], [[300]] * 4, [0.0, 0.0, 90.0, 90.0])
    bad, good = Verdict.VIOLATES, Verdict.COMPLIES
    every = [result(0, bad), result(1, bad), result(2, good), result(3, good)]
    assert dwelling_verdict(told, SunNorm(), every) == (bad, every[0])
    some = [result(0, bad), result(1, good), result(2, good), result(3, good)]
    assert dwelling_verdict(told, SunNorm(), some) == (Verdict.NEEDS_JUDGEMENT, some[0]) and dwelling_verdict(told, SunNorm(guessed=False), some) == (bad, some[0])
    none = [result(0, Verdict.NOT_APPLICABLE)]
    assert dwelling_verdict(told, SunNorm(), none)[1] is none[0]
    assert heaviest(told, [result(2, bad), result(1, bad), result(3, good)]).receptor == 1
    equal = study([[130], [140], [140]], [[100], [100], [100]], [[300]] * 3, [0.0] * 3)
    assert heaviest(equal, [result(0, bad), result(2, bad), result(1, bad)]).receptor == 1  # the largest loss, then the first


@pytest.mark.parametrize(("limit", "minutes"), [(None, None), (Limit(">=", "min"), None), (Limit(">=", "min", 90.0), 90.0), (Limit(">=", "h", 2.0), 120.0), (Limit(">=", "Uur", 2.0), 120.0), (Limit(">=", "u", 1.5), 90.0), (Limit(">=", "hours", 2.0), 120.0)])
def test_a_limit_in_hours_or_minutes(limit, minutes):
    assert limit_minutes(rule(limit=limit)) == minutes


# the ground before the front

FALLING = Terrain(1.0 + 0.01 * np.arange(240)[:, None] + 0.0 * np.arange(240)[None, :], ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
"""Two centimetres lower for every metre to the north: 1 m at y = 69.75."""


def ground_at(y):
    return 1.0 + 0.02 * (69.75 - y)


def test_the_ground_a_metre_before_the_front_facade():
    told = {"facade_line": {"line": rd((6, 6), (14, 6))}}
    assert front_level(context(terrain=FALLING, answers=told)).nap_m == pytest.approx(ground_at(5.0), abs=1e-3)
    north = {"facade_line": {"line": rd((6, 14), (14, 14)), "road_side": rd((10, 60))[0]}}
    found = front_level(context(terrain=FALLING, answers=north))
    assert found.nap_m == pytest.approx(ground_at(15.0), abs=1e-3) and found.method == "finished_ground_adjoining"
    assert front_level(context(terrain=None, answers=told)) is None and front_level(context(terrain=FALLING, answers={"facade_line": {"line": rd((6, 2), (14, 2))}})) is None
    nothing = Terrain(np.full((240, 240), np.nan), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    assert front_level(context(terrain=nothing, answers=told)) is None


def test_the_ground_before_the_facade_across_its_whole_width():
    across = Terrain(1.0 + 0.01 * np.arange(240)[None, :] + 0.0 * np.arange(240)[:, None], ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    found = front_level(context(terrain=across, answers={"facade_line": {"line": rd((-20, 6), (40, 6))}}))
    assert found.nap_m == pytest.approx(1.0 + 0.02 * (10 + 49.75), abs=1e-3)  # the middle of 6 to 14


@pytest.mark.parametrize(("back", "middle"), [(0.0, 10), (0.4, 10), (0.6, 8), (1.2, 8)])
def test_a_wing_that_stands_back_is_no_front_facade(back, middle):
    """What stands more than half a metre behind the front line does not count for the width along it."""
    across = Terrain(1.0 + 0.01 * np.arange(240)[None, :] + 0.0 * np.arange(240)[:, None], ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    parts = (scenes.box_part(6, 6, 10, 14, 0, 8), scenes.box_part(10, 6 + back, 14, 14, 0, 8, fid="wing"))
    found = front_level(context(*parts, terrain=across, answers={"facade_line": {"line": rd((6, 6), (14, 6))}}))
    assert found.nap_m == pytest.approx(1.0 + 0.02 * (middle + 49.75), abs=2e-3)


def test_where_nobody_drew_the_front_each_side_of_the_plot_may_be_it():
    scene = context(terrain=FALLING)
    ways = proposed_fronts(scene, scene.geometry.footprint)
    assert len(ways) == 4 and local(ways[0]).distance(LineString([(6, 6), (14, 6)])) == pytest.approx(0.0, abs=1e-6)
    assert all(way.intersects(scene.geometry.footprint.buffer(1e-6)) and not way.crosses(scene.geometry.footprint.buffer(-1e-3)) for way in ways)
    assert front_level(scene).nap_m == pytest.approx(ground_at(5.0), abs=1e-3) and list(scene.ledger.open) == ["facade_line"]
    assert settled_front(scene, ways) is ways[0] and len(scene.ledger.open["facade_line"].alternatives) == 4
    for one in scene.ledger.open["facade_line"].alternatives:
        again = context(terrain=FALLING, answers={"facade_line": one.answer})
        (line,) = proposed_fronts(again, again.geometry.footprint)[:1]
        assert front_level(again) is not None and line is not None
    assert proposed_fronts(context(topography=()), scene.geometry.footprint) == [] and proposed_fronts(context(parcels=()), scene.geometry.footprint) == []


def test_parts_that_a_rule_names_and_the_design_does_not_have():
    many = [box_part(n, 0, n + 1, 1, 0, 1, fid=f"p{n}") for n in range(14)]
    note = unknown_parts(context(*many, many[0]), ["x", 7])
    assert dict(note.data) == {"named": "x, 7", "known": ", ".join(f"p{n}" for n in range(12))}
