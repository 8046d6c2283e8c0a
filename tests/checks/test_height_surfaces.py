"""A14, A15, A16: airports, beacons and radar, radio links and power lines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

import scenes
from drieluik.checks.surroundings.cns_height import STATIONS
from drieluik.model import LayerState, Limit, PlanValue, Provenance, Verdict
from one_rule import rd, roles, run, run_all, values
from scenes import GROUND, ORIGIN, box_part, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT


def tower(top_nap, x=0.0, y=0.0, fid="box", kind="building", low=-0.0):
    """A box of 10 x 10 m at (x, y) whose top stands at a height NAP."""
    return box_part(x, y, x + 10, y + 10, low, top_nap - GROUND, kind=kind, fid=fid)


@pytest.mark.parametrize(("top", "verdict"), [(44.2, COMPLIES), (45.0, COMPLIES), (45.4, VIOLATES)])
def test_aviation_constant_surface(top, verdict):
    found = run("aviation_height", tower(top), surface={"type": "constant", "nap_m": 45})
    assert (found.verdict, found.measurements[0].value, found.measurements[0].limit) == (verdict, pytest.approx(top), 45.0)
    assert found.measurements[0].unit == "m NAP"
    assert ("surroundings_vvgb" in {n.code for n in found.notes}) == (verdict is VIOLATES)


def test_strictly_below_fails_at_the_limit():
    assert run("aviation_height", tower(45.0), op="<", value=45.0, unit="m NAP").verdict is VIOLATES
    assert run("aviation_height", tower(45.0), op="<=", value=45.0, unit="m NAP").verdict is COMPLIES


def test_aviation_counts_antennas():
    antenna = box_part(4, 4, 4.1, 4.1, 43 - GROUND, 46 - GROUND, kind="antenna", fid="antenna")
    assert run("aviation_height", tower(44), antenna, value=45, unit="m NAP").verdict is VIOLATES


def test_no_surface_is_not_assessable_and_says_so():
    found = run("aviation_height", tower(44))
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_no_surface")
    unreadable = run("aviation_height", tower(44), surface={"type": "contours", "lines": "none"})
    assert unreadable.missing[0].code == "surroundings_surface_unreadable"


def test_plane_rises_along_its_slope():
    points = [[*rd((0, 0))[0], 40.0], [*rd((100, 0))[0], 50.0], [*rd((0, 100))[0], 40.0]]
    found = run("aviation_height", tower(42, x=20), surface={"type": "plane", "points": points})
    assert (found.verdict, found.measurements[0].limit) == (COMPLIES, pytest.approx(42.0))
    same = run("aviation_height", tower(42, x=20), surface={"type": "plane", "at": rd((0, 0))[0], "nap_m": 40, "rise": [0.1, 0]})
    assert same.measurements[0].limit == pytest.approx(42.0)


def raster(heights, cell=10.0):
    return {"type": "raster", "west": ORIGIN[0] - 50, "north": ORIGIN[1] + 50, "cell_m": cell, "heights": heights}


def test_raster_that_dips_in_the_midst_of_a_roof():
    heights = np.full((10, 10), 45.0)
    heights[4, 5] = 41.0  # middle of the cell at local (5, 5), under the middle of the roof
    found = run("aviation_height", box_part(-20, -20, 30, 30, 0, 42 - GROUND), surface=raster(heights.tolist()))
    assert (found.verdict, found.measurements[0].limit) == (VIOLATES, pytest.approx(41.0, abs=0.15))
    assert run("aviation_height", tower(44, x=-30, y=-30), surface=raster(heights.tolist())).verdict is COMPLIES


def test_outside_the_raster_and_half_outside_it():
    heights = np.full((10, 10), 45.0).tolist()
    assert run("aviation_height", tower(44, x=300), surface=raster(heights)).missing[0].code == "surroundings_surface_not_here"
    half = run("aviation_height", tower(44, x=40), surface=raster(heights))
    assert (half.verdict, half.notes[0].code) == (JUDGE, "surroundings_surface_partly")
    assert run("aviation_height", tower(46, x=40), surface=raster(heights)).verdict is VIOLATES


def test_surface_area_and_zone_of_the_plan_bound_it():
    area = rd((100, 100), (200, 100), (200, 200), (100, 200))
    away = run("aviation_height", tower(50), surface={"type": "constant", "nap_m": 45, "area": area})
    assert (away.verdict, away.measurements[0].name) == (Verdict.NOT_APPLICABLE, "distance_to_zone")
    zone = plan_area("l", "gebiedsaanduiding", "luchtvaartverkeerzone", box(-5, -5, 5, 50))
    site = scenes.site(plans=(zone,))
    assert run("aviation_height", tower(50), site=site, value=45, zone_name="luchtvaartverkeerzone").verdict is VIOLATES
    assert run("aviation_height", tower(50, x=6), site=site, value=45, zone_name="luchtvaartverkeerzone").verdict is Verdict.NOT_APPLICABLE
    assert run("aviation_height", tower(50), site=scenes.site(), value=45, zone_name="luchtvaart").missing[0].code == "surroundings_no_zone"


def test_values_of_the_plan_per_zone():
    def zone(fid, x0, x1, height):
        value = PlanValue("hoogte", "maximum", height, "m NAP", f"maximum hoogte (m NAP)={height}")
        return plan_area(fid, "gebiedsaanduiding", "luchtvaartverkeerzone", box(x0, -50, x1, 50), value)

    site = scenes.site(plans=(zone("a", -50, 5, 40.0), zone("b", 5, 50, 60.0)))
    limit = Limit("<=", "m NAP", None, "hoogte")
    found = run("aviation_height", tower(45), site=site, limit=limit)
    assert (found.verdict, found.measurements[0].limit, [i.fid for i in found.inputs]) == (VIOLATES, 40.0, ["a", "b"])
    assert run("aviation_height", tower(45, x=5), site=site, limit=limit).verdict is COMPLIES


@pytest.mark.parametrize(
    ("distance", "top", "limit", "verdict"),
    [(1500, 24.0, 24.49, COMPLIES), (1500, 25.0, 24.49, JUDGE), (2990, 40.0, 7.03 + 0.01746 * 2490, COMPLIES), (400, 2.0, -1.7, JUDGE)],
)
def test_assendelft(distance, top, limit, verdict):
    found = run("cns_height", tower(top, x=distance, y=-5), station="Assendelft VDF", station_at=rd((0, 0))[0])
    assert (found.verdict, found.measurements[0].limit) == (verdict, pytest.approx(limit, abs=1e-3))


def test_cns_rows_and_edges():
    at = rd((0, 0))[0]
    helder = run("cns_height", tower(22.0, x=1000, y=-5), station="Den Helder", station_at=at)
    assert helder.measurements[0].limit == pytest.approx(10.57 + 0.01746 * 700, abs=1e-3)
    edge = run("cns_height", box_part(2990, -5, 3000, 5, 0, 1), r=500, a=-1.7, R=3000, begin=7.03, station_at=at, slope=0.01746)
    assert edge.verdict is COMPLIES
    assert run("cns_height", tower(99, x=3001), station="Assendelft", station_at=at).verdict is Verdict.NOT_APPLICABLE
    assert run("cns_height", tower(99, x=2001), station="Domburg", station_at=at).verdict is Verdict.NOT_APPLICABLE
    assert [round(sum(column), 2) for column in zip(*STATIONS.values())] == [5200, 119.0, 37000, 225.49] and len(STATIONS) == 13
    assert pytest.approx(50.68) == 7.03 + 0.01746 * (3000 - 500)


def test_cns_is_an_instruction_unless_the_plan_copies_it():
    words = {"station": "Assendelft VDF", "station_at": rd((0, 0))[0]}
    assert run("cns_height", tower(25, x=1500, y=-5), **words).notes[-1].code == "surroundings_instruction"
    assert run("cns_height", tower(25, x=1500, y=-5), in_plan=True, **words).verdict is VIOLATES
    missing = run("cns_height", tower(25), station="Nergens")
    assert {n.code for n in missing.missing} == {"surroundings_station_unknown", "surroundings_station_place"}


def contours(*pairs):
    return {"type": "contours", "lines": [{"nap_m": nap, "line": rd((x, -500), (x, 500))} for x, nap in pairs]}


def test_radar_contours_are_interpolated_in_a_straight_line():
    found = run("cns_height", tower(50, x=30, y=0), surface=contours((0, 45), (100, 65)), in_plan=True)
    assert (found.verdict, found.measurements[0].limit) == (COMPLIES, pytest.approx(51.0))
    assert run("cns_height", tower(52, x=30, y=0), surface=contours((0, 45), (100, 65)), in_plan=True).verdict is VIOLATES
    assert "limit_contour" in roles(found)


def test_radar_across_a_contour_where_the_slope_breaks():
    found = run("cns_height", box_part(95, 0, 105, 10, 0, 70 - GROUND), surface=contours((0, 45), (100, 65), (200, 45)), in_plan=True)
    assert found.measurements[0].limit == pytest.approx(64.0, abs=1e-3)


def test_radar_beyond_the_contours_says_that_it_does_not_reach():
    assert run("cns_height", tower(50, x=-40), surface=contours((0, 45), (100, 65))).missing[0].code == "surroundings_surface_not_here"


AXIS = {"line": rd((-500, 0), (500, 0)), "half_width_m": 100}


@pytest.mark.parametrize(("top", "y", "verdict"), [(38, 0, COMPLIES), (40, 0, COMPLIES), (41, 0, VIOLATES), (41, 120, Verdict.NOT_APPLICABLE), (41, 95, VIOLATES)])
def test_radio_link(top, y, verdict):
    found = run("radio_link_height", tower(top, y=y), value=40, unit="m NAP", **AXIS)
    assert found.verdict is verdict
    if verdict is Verdict.NOT_APPLICABLE:
        assert found.measurements[0].value == pytest.approx(20.0)


def test_radio_link_height_along_the_line_and_from_the_plan():
    found = run("radio_link_height", tower(48, x=0), heights_nap=[30, 70], **AXIS)
    assert (found.verdict, found.measurements[0].limit) == (COMPLIES, pytest.approx(50.0, abs=1e-3))
    corridor = plan_area("s", "gebiedsaanduiding", "vrijwaringszone - straalpad", box(-500, -100, 500, 100))
    site = scenes.site(plans=(corridor,))
    assert run("radio_link_height", tower(41), site=site, value=40, unit="m NAP").verdict is VIOLATES
    axis = plan_area("f", "figuur", "hartlijn straalpad", LineString([(-500, 300), (500, 300)]))
    assert run("radio_link_height", tower(41), site=scenes.site(plans=(axis,)), value=40, unit="m NAP").verdict is Verdict.NOT_APPLICABLE
    bare = run("radio_link_height", tower(41))
    assert [n.code for n in bare.missing] == ["surroundings_no_radio_link", "surroundings_no_nap_limit"]


def test_power_line_strip_needs_consent():
    strip = plan_area("h", "dubbelbestemming", "Leiding - Hoogspanningsverbinding", box(-5, -100, 5, 100))
    site = scenes.site(plans=(strip,))
    asked = run("powerline_zone", tower(9), site=site)
    assert (asked.verdict, asked.questions[0].key, values(asked)["area_in_zone"]) == (JUDGE, "operator_consent", pytest.approx(50.0))
    assert run("powerline_zone", tower(9), site=site, answers={"operator_consent": {"value": "yes"}}).verdict is COMPLIES
    assert run("powerline_zone", tower(9), site=site, answers={"operator_consent": "no"}).verdict is VIOLATES
    assert run("powerline_zone", tower(9, x=5), site=site).verdict is Verdict.NOT_APPLICABLE
    high = run_all("powerline_zone", tower(12), site=site, value=10, unit="m NAP")
    assert [f.verdict for f in high] == [VIOLATES, JUDGE]
    assert values(high[0])["excess_volume"] == pytest.approx(2 * 50, rel=1e-3)


def test_power_line_by_axis_and_magnetic_zone():
    found = run("powerline_zone", tower(9), line=rd((-3, -50), (-3, 50)), half_width_m=8)
    assert values(found)["area_in_zone"] == pytest.approx(50.0)
    policy = run("powerline_zone", tower(9), line=rd((-3, -50), (-3, 50)), half_width_m=8, zone="magnetic", answers={"sensitive_function": "no"})
    assert policy.verdict is COMPLIES
    failed = type(scenes.site())(ORIGIN, 60.0, provenance=(Provenance("plans", LayerState.FAILED),))
    assert run("powerline_zone", tower(9), site=failed).missing[0].code == "checks_layer_failed"


def test_a_difference_between_heights_in_nap_is_in_metres():
    from drieluik.report.basis import wording

    assert "steekt 0,40 m boven" in wording.say(run("aviation_height", tower(45.4), value=45, unit="m NAP"), "nl")


def test_a_plan_area_and_a_surface_that_meet_nowhere():
    zone = plan_area("l", "gebiedsaanduiding", "luchtvaartverkeerzone", box(-50, -50, 50, 50))
    area = rd((100, 100), (200, 100), (200, 200))
    words = {"surface": {"type": "constant", "nap_m": 45, "area": area}, "zone_name": "luchtvaart"}
    found = run("aviation_height", tower(50), site=scenes.site(plans=(zone,)), **words)
    assert (found.verdict, found.notes[0].code, found.measurements) == (Verdict.NOT_APPLICABLE, "surroundings_zone_beyond_reach", ())


def valued(fid, kind, name, number, unit="m NAP"):
    value = PlanValue("bouwhoogte", "maximum", number, unit, f"maximum bouwhoogte ({unit})={number}")
    return plan_area(fid, kind, name, box(-50, -50, 50, 50), value)


def test_heights_above_peil_and_of_other_zones_are_no_aviation_surface():
    """Top 12 m NAP: the plan's 9 m above peil and the straalpad's 10 m NAP say nothing about the airport's 45 m NAP."""
    plans = (
        valued("l", "gebiedsaanduiding", "luchtvaartverkeerzone", 45.0), valued("m", "maatvoering", "maximum bouwhoogte (m)", 9.0, "m"),
        valued("s", "gebiedsaanduiding", "vrijwaringszone - straalpad", 10.0),
    )
    limit, site = Limit("<=", "m NAP", None, "bouwhoogte"), scenes.site(plans=plans)
    found = run("aviation_height", tower(12), site=site, limit=limit, zone_name="luchtvaart")
    assert (found.verdict, found.measurements[0].limit, [i.fid for i in found.inputs]) == (COMPLIES, 45.0, ["l"])
    beam = run("radio_link_height", tower(12), site=site, limit=limit)
    assert (beam.verdict, beam.measurements[0].limit, [i.fid for i in beam.inputs]) == (VIOLATES, 10.0, ["s"])
    beside = run("radio_link_height", tower(12), site=site, limit=limit, line=rd((-500, 300), (500, 300)), half_width_m=100)
    assert beside.verdict is Verdict.NOT_APPLICABLE


def test_a_power_line_of_unknown_width_is_not_no_power_line():
    found = run("powerline_zone", tower(9), line=rd((-3, -50), (-3, 50)), site=scenes.site(plans=()))
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_no_half_width")
    told = {"powerline": {"value": {"line": rd((-3, -50), (-3, 50))}, "reason": "tekening"}}
    assert values(run("powerline_zone", tower(9), answers=told, half_width_m=8, site=scenes.site(plans=())))["area_in_zone"] == pytest.approx(50.0)


@pytest.mark.parametrize("angle", [0.0, 0.125, 11.3, 45.0, 77.7])
@pytest.mark.parametrize(("reach", "applies"), [(2999.99, True), (3000.01, False)])
def test_cns_edges_are_circles_in_every_direction(angle, reach, applies):
    """A pole of 2 x 2 m whose nearest corner stands ``reach`` m from the station, in any direction."""
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    pole = box_part(reach * along[0], reach * along[1], reach * along[0] + 2, reach * along[1] + 2, 0, 99)
    found = run("cns_height", pole, station="Assendelft", station_at=rd((0, 0))[0])
    assert (found.verdict is not Verdict.NOT_APPLICABLE) == applies
    if applies:
        assert found.measurements[0].limit == pytest.approx(7.03 + 0.01746 * (reach - 500), abs=1e-3)  # 50.68


def test_words_that_are_no_numbers_or_lines_are_named():
    words = {"station": "Texel", "in_plan": "nee"}
    assert run("cns_height", tower(61, x=1000), station_at=rd((0, 0))[0], **words).verdict is JUDGE
    assert run("cns_height", tower(61, x=1000), station_at=["a", "b"], **words).missing[0].code == "surroundings_station_place"
    for check, key in (("radio_link_height", "radio_link"), ("powerline_zone", "powerline")):
        garbled = run(check, tower(41), value=40, unit="m NAP", half_width_m=10, answers={key: {"line": [[1, 2]]}})
        assert (garbled.verdict, garbled.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_line_unreadable")


def test_what_stands_beside_the_area_of_a_surface_is_not_under_it():
    """The surface of 45 m NAP ends at x = 10; there the tower of 61 m NAP begins."""
    area = rd((-50, -50), (10, -50), (10, 50), (-50, 50))
    parts = (tower(31), box_part(10, 0, 20, 10, 0, 60, fid="t"))
    found = run("aviation_height", *parts, surface={"type": "constant", "nap_m": 45, "area": area})
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(31.0))
    bowtie = rd((-50, -50), (50, 50), (50, -50), (-50, 50))
    assert run("aviation_height", tower(31), surface={"type": "constant", "nap_m": 45, "area": bowtie}).missing[0].code == "surroundings_surface_unreadable"


@given(top=st.floats(2.0, 60.0), limit=st.floats(1.0, 70.0))
@settings(max_examples=60, deadline=None)
def test_every_top_is_measured_under_every_limit(top, limit):
    """Top and limit of any number of decimals: what the floating point makes of top - limit + limit loses no design."""
    found = run("aviation_height", tower(top), value=limit, unit="m NAP")
    assert found.measurements[0].value == pytest.approx(top, abs=1e-4)
    assert found.verdict is (COMPLIES if round(limit, 4) - round(top, 4) >= -0.005 else VIOLATES) or abs(limit - top + 0.005) < 2e-4


@pytest.mark.parametrize(("numbers", "limit"), [({}, -1.7), ({"a": 10.0}, 10.0), ({"r": 90}, 7.03 + 0.01746 * 10), ({"r": 90, "begin": 8}, 8 + 0.01746 * 10)])
def test_a_rules_own_number_goes_before_that_of_the_table(numbers, limit):
    """Assendelft (r 500, a -1.7, begin 7.03) with the design from 100 m: within r the level, past r = 90 m 0.01746 per metre more."""
    part = box_part(100, -0.01, 105, 0.01, 0, 2)
    found = run("cns_height", part, station="Assendelft VDF", station_at=rd((0, 0))[0], **numbers)
    assert found.measurements[0].limit == pytest.approx(limit, abs=1e-3)


@pytest.mark.parametrize(("top", "verdict"), [(35.5, COMPLIES), (35.506, VIOLATES), (35.4, COMPLIES)])
def test_a_beam_that_rises_along_its_axis(top, verdict):
    """30 m NAP at x = -100 rising to 40 at x = 100: 0.05 per metre, so 35.5 at the house's west side x = 10, its lowest place."""
    found = run("radio_link_height", box_part(10, 5, 20, 15, 0, top - GROUND), line=rd((-100, 0), (100, 0)), heights_nap=[30, 40])
    assert (found.verdict, found.measurements[0].limit) == (verdict, pytest.approx(35.5, abs=1e-3))


@pytest.mark.parametrize(("y", "verdict"), [(100.0, Verdict.NOT_APPLICABLE), (99.9, VIOLATES), (120.0, Verdict.NOT_APPLICABLE)])
def test_beside_a_beam(y, verdict):
    """The corridor reaches 100 m each side: what stands against it is not in it."""
    found = run("radio_link_height", box_part(10, y, 20, y + 15, 0, 90), line=rd((-100, 0), (100, 0)), value=40, unit="m NAP")
    assert found.verdict is verdict


@pytest.mark.parametrize(("top", "verdict", "margin"), [(40.5, COMPLIES, 0.0), (40.51, VIOLATES, -0.01), (41.5, VIOLATES, -1.0)])
def test_a_plane_that_rises_to_the_east(top, verdict, margin):
    """40 m NAP at x = 0, 50 at x = 100: 40.5 at x = 5, the house's west side."""
    places = [[*rd(place)[0], nap] for place, nap in (((0, 0), 40), ((100, 0), 50), ((0, 100), 40))]
    found = run("aviation_height", box_part(5, 5, 15, 15, 0, top - GROUND), surface={"type": "plane", "points": places})
    assert (found.verdict, found.measurements[0].margin) == (verdict, pytest.approx(margin, abs=1e-3))


def test_of_surfaces_that_overlap_the_lowest_holds_each_in_its_area():
    """45 m NAP everywhere, 40 west of x = 10; the low part of 39 m NAP stands west, the tower of 44 m NAP east."""
    area = rd((0, 0), (10, 0), (10, 40), (0, 40))
    surface = [{"nap_m": 45}, {"nap_m": 40, "area": area}]
    low, high = box_part(5, 5, 10, 15, 0, 38), box_part(10, 5, 15, 15, 0, 43, fid="h")
    assert run("aviation_height", low, high, surface=surface).verdict is COMPLIES
    over = run("aviation_height", box_part(5, 5, 15, 15, 0, 43), surface=surface)
    assert (over.verdict, over.measurements[0].margin) == (VIOLATES, pytest.approx(-4.0))
