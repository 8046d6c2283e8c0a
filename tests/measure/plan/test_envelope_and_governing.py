"""What an envelope says of itself, word for word, and which plan areas govern: replaced ground, drafts, open choices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

import scenes
from drieluik.measure.plan.allowed_roof import RoofRule, edges_of
from drieluik.measure.plan.governing_areas import governing_areas, is_draft, not_here, open_choice, without
from drieluik.measure.plan.peil import Peil, PeilCandidate, _roads, axis_point, nearest_of, resolve_peil
from drieluik.measure.surroundings.envelope import allowed_envelopes, envelope_records, height_zones
from drieluik.model import Note, Parcel, Plan, PlanValue, Terrain, TopographyObject
from scenes import GROUND, ORIGIN, plan_area, shift

PEIL = Peil(PeilCandidate("authority_fixed", 1.0))
VLAK = box(0, 0, 10, 12)


def value(name, number, unit="m", qualifier="maximum"):
    return PlanValue(name, qualifier, number, unit, f"{qualifier} {name} ({unit})={number}")


def limits(*values, fid="m1", shape=VLAK):
    return plan_area(fid, "maatvoering", "maten", shape, *values)


BOUWVLAK = plan_area("b1", "bouwvlak", "bouwvlak", VLAK, belongs_to="e1")
WONEN = plan_area("e1", "enkelbestemming", "Wonen", box(-20, -20, 40, 40))


def one(*areas, parcel=None, peil=PEIL, roof=None, **changes):
    (found,) = allowed_envelopes(scenes.site(parcels=(), **changes), parcel, areas, peil, roof)
    return found


def notes_of(found):
    return [(note.code, note.as_dict()) for note in (*found.assumptions, *found.missing)]


MAIN = ("envelope_main_building", {})


@pytest.mark.parametrize(
    ("areas", "roof", "volume", "said"),
    [
        ((BOUWVLAK, limits(value("bouwhoogte", 9.0))), None, 1080, [MAIN]),
        ((BOUWVLAK, limits(value("nokhoogte", 8.0))), None, 960, [MAIN]), ((BOUWVLAK, limits(value("hoogte", 7.0, ""))), None, 840, [MAIN]),
        ((BOUWVLAK, limits(value("bouwhoogte", 9.0, " Meter "))), None, 1080, [MAIN]), ((BOUWVLAK, limits(value("bouwhoogte", 8.0), value("hoogte", 9.0))), None, 960, [MAIN]),
        ((BOUWVLAK, limits(value("bouwhoogte", 9.0, "cm"))), None, None, [MAIN, ("envelope_value_unread", {"values": "maximum bouwhoogte (cm)=9.0"}), ("envelope_no_height", {"area": 120.0})]),
        ((BOUWVLAK, limits(value("bouwhoogte", -1.0))), None, None, [MAIN, ("envelope_value_unread", {"values": "maximum bouwhoogte (m)=-1.0"}), ("envelope_no_height", {"area": 120.0})]),
        ((BOUWVLAK, limits(value("bouwhoogte", 9.0, qualifier="minimum"))), None, None, [MAIN, ("envelope_other_limits", {"limits": "minimum bouwhoogte (m)=9.0"}), ("envelope_no_height", {"area": 120.0})]),
        ((BOUWVLAK, limits(value("goothoogte", 4.0), value("bouwhoogte", 9.0))), None, 1080, [MAIN, ("envelope_no_pitch", {"eaves": 4.0, "height": 9.0})]),
        ((BOUWVLAK, limits(value("goothoogte", 9.0), value("bouwhoogte", 9.0))), None, 1080, [MAIN]),
        ((BOUWVLAK, limits(value("goothoogte", 4.0), value("bouwhoogte", 20.0))), RoofRule(45.0), 12 * (40 + 25), [MAIN, ("envelope_roof_two_longest", {"pitch": 45.0, "eaves": 4.0})]),
        ((BOUWVLAK, limits(value("goothoogte", 4.0), value("bouwhoogte", 20.0))), RoofRule(45.0, "all"), 480 + 10 * 10 * 5 / 3 * 1 + 2 * 25, [MAIN, ("envelope_roof_all", {"pitch": 45.0, "eaves": 4.0})]),
        ((BOUWVLAK, limits(value("goothoogte", 4.0), value("bouwhoogte", 9.0))), RoofRule(0.0), 1080, [MAIN, ("envelope_no_pitch", {"eaves": 4.0, "height": 9.0})]),
        ((BOUWVLAK, limits(value("goothoogte", 4.0), value("bouwhoogte", 9.0))), RoofRule(90.0), 1080, [MAIN, ("envelope_no_pitch", {"eaves": 4.0, "height": 9.0})]),
        ((BOUWVLAK, limits(value("goothoogte", 4.0))), None, None, [MAIN, ("envelope_only_eaves", {"eaves": 4.0})]),
    ],
)
def test_what_an_envelope_says_and_holds(areas, roof, volume, said):
    found = allowed_envelopes(scenes.site(parcels=()), None, (WONEN, *areas), PEIL, roof)[0]
    assert notes_of(found) == said
    assert found.volume_m3 == (None if volume is None else pytest.approx(volume))


def test_overlays_words_and_doubles_are_named_in_order():
    here = (
        WONEN, BOUWVLAK, limits(value("bouwhoogte", 9.0), value("bebouwingspercentage", 60.0, "%")), plan_area("d2", "dubbelbestemming", "Waarde", VLAK),
        plan_area("g1", "gebiedsaanduiding", "Geluid", VLAK), plan_area("x1", "bouwaanduiding", "aaneen", VLAK), plan_area("f1", "functieaanduiding", "kantoor", VLAK),
        plan_area("d3", "dubbelbestemming", "Elders", box(10, 0, 20, 12)), plan_area("d4", "figuur", "as", VLAK),
        replace(plan_area("v2", "bouwvlak", "ander", box(5, 5, 30, 30), belongs_to="e1"), plan_name="Oud plan"),
    )
    found = allowed_envelopes(scenes.site(parcels=()), None, here, PEIL)
    assert notes_of(found[0])[:4] == [
        MAIN, ("envelope_other_limits", {"limits": "maximum bebouwingspercentage (%)=60.0"}), ("envelope_overlays", {"names": "Geluid, Waarde, aaneen, kantoor"}), ("envelope_double", {"plans": "Oud plan"})]


def test_a_bestemming_without_a_bouwvlak_is_an_upper_bound():
    zone = plan_area("e9", "enkelbestemming", "Gemengd", box(0, 0, 30, 20))
    found = one(zone, limits(value("bouwhoogte", 10.0), shape=box(-50, -50, 50, 50)))
    assert notes_of(found) == [MAIN, ("envelope_no_bouwvlak_upper_bound", {"name": "Gemengd"})] and found.volume_m3 == pytest.approx(6000)
    touched = plan_area("b9", "bouwvlak", "bouwvlak", box(29.96, 0, 50, 20))  # 0.8 m2 of it lies in the zone
    assert len(allowed_envelopes(scenes.site(parcels=()), None, (zone, touched), PEIL)) == 2
    reached = plan_area("b9", "bouwvlak", "bouwvlak", box(29.9, 0, 50, 20))
    assert len(allowed_envelopes(scenes.site(parcels=()), None, (zone, reached), PEIL)) == 1


def test_peil_that_is_only_proposed_is_the_lowest():
    peil = Peil(None, (PeilCandidate("road_at_main_entrance", 1.4), PeilCandidate("finished_ground_adjoining", 0.9)))
    found = one(WONEN, BOUWVLAK, limits(value("bouwhoogte", 9.0)), peil=peil)
    assert notes_of(found) == [MAIN, ("envelope_peil_proposed", {"low": 0.9, "high": 1.4})] and (found.peil_nap, found.top_nap) == (0.9, pytest.approx(9.9))


def test_zones_with_the_same_limits_are_one():
    areas = [limits(value("bouwhoogte", 9.0), fid="m1", shape=box(0, 0, 3, 12)), limits(value("bouwhoogte", 9.0), value("dakhelling", 0.0, "graden"), fid="m2", shape=box(3, 0, 6, 12)),
             limits(value("bouwhoogte", 9.0), fid="m3", shape=box(6, 0, 9, 12))]
    zones, unread = height_zones(shift(VLAK), areas)
    assert sorted((zone.polygon.area, zone.height_m, zone.pitch_deg, [area.fid for area in zone.areas]) for zone in zones if zone.height_m) == [
        (pytest.approx(36), 9.0, 0.0, ["m2"]), (pytest.approx(72), 9.0, None, ["m1", "m3"])]
    assert unread == [] and sum(zone.polygon.area for zone in zones) == pytest.approx(120)


def test_records_are_plain():
    parcel = Parcel("k1", "Dorp A 1", shift(box(4, -5, 30, 30)))
    base = replace(BOUWVLAK, url="https://voorbeeld.nl/5")
    (record,) = envelope_records(allowed_envelopes(scenes.site(parcels=()), parcel, (WONEN, base, limits(value("goothoogte", 4.0), value("bouwhoogte", 9.123))), PEIL))
    assert {key: one for key, one in record.items() if key != "triangles"} == {
        "parcel": "Dorp A 1", "parcel_id": "k1", "base": "bouwvlak", "base_id": "b1", "plan_id": "NL.IMRO.9999.BP1", "plan_name": "Voorbeeldplan", "article": "5.2", "url": "https://voorbeeld.nl/5",
        "peil_nap": 1.0, "top_nap": pytest.approx(10.123), "height_m": 9.123, "eaves_m": 4.0, "ground_m2": 72.0, "volume_m3": 656.86,
        "notes": (Note.of("envelope_main_building"), Note.of("envelope_no_pitch", eaves=4.0, height=9.123)),
    }
    (bare,) = envelope_records(allowed_envelopes(scenes.site(parcels=()), Parcel("k2", "Dorp A 2", shift(box(20, 20, 30, 30))), (WONEN, BOUWVLAK), PEIL))
    assert (bare["base"], bare["base_id"], bare["plan_id"], bare["top_nap"], bare["volume_m3"], bare["height_m"], bare["notes"]) == (
        "", "", "", None, None, None, (Note.of("envelope_no_bouwvlak"),))


def test_edges_of_a_bouwvlak_with_a_hole_and_a_corner_inward():
    shape = Polygon([(0, 0), (0, 12), (4, 12), (4, 4), (12, 4), (12, 0)]).difference(box(1, 1, 2, 2))
    outer, hole = edges_of(shape)
    assert sorted((round(edge.length), edge.bends) for edge in outer) == [(4, False), (4, False), (8, False), (8, True), (12, False), (12, False)]
    assert [edge.bends for edge in hole] == [True] * 4
    assert all(shape.covers(Point((edge.start + edge.end) / 2 + 0.1 * edge.inward)) for edge in (*outer, *hole))


def plan(fid, proposed=True, otherwise=None, replaced=None):
    return Plan(fid, fid, status="vastgesteld", date="2024-05-01", proposed=proposed, otherwise=otherwise, replaced=replaced)


A, B, C = "NL.IMRO.9999.A", "NL.IMRO.9999.B", "NL.IMRO.9999.C"


def area(fid, plan_id, shape=VLAK, status="vastgesteld", kind="bouwvlak"):
    return replace(plan_area(fid, kind, fid, shape), plan_id=plan_id, plan_status=status)


def test_ground_that_a_later_plan_took_is_left_out():
    here = scenes.site(
        plans=(area("a1", A), area("a2", A, box(20, 0, 30, 10)), area("b1", B), area("c1", C, status="Ontwerp"), area("d1", "undocumented"), area("p", A, Point(1, 1))),
        plan_documents=(plan(A, replaced=shift(box(-5, -5, 5, 50))), plan(B, proposed=False)),
    )
    assert [(one.fid, round(one.geometry.area, 3)) for one in governing_areas(here, {})] == [("a1", 60.0), ("a2", 100.0), ("d1", 120.0)]
    assert [one.fid for one in governing_areas(here, {"governing_plans": {"ids": [B]}})] == ["b1"]
    assert [one.fid for one in governing_areas(here, {}, plan_id="undocumented")] == ["d1"] and governing_areas(here, {}, kind="maatvoering") == ()
    assert [is_draft(status) for status in ("concept", "Voorontwerp", "ONTWERP", "vastgesteld", "")] == [True, True, True, False, False]


@pytest.mark.parametrize(("left", "area_left"), [(0.09, 0.0), (0.11, 0.11 * 12)])
def test_slivers_of_replaced_ground_go_too(left, area_left):
    found = without(area("a", A), shift(box(left, -5, 50, 50)))
    assert found.geometry.area == pytest.approx(area_left)
    assert without(area("a", A), None).geometry.area == without(area("a", A), shift(box(50, 50, 60, 60))).geometry.area == 120
    line = area("l", A, LineString([(0, 0), (10, 0)]))
    assert without(line, shift(box(-1, -1, 4, 1))).geometry.length == pytest.approx(6) and without(line, shift(box(-1, -1, 40, 1))).geometry.is_empty


def test_the_ways_in_which_plans_may_govern():
    documents = (plan(A, True, False), plan(B, False, True), plan(C, True, None))
    here = scenes.site(plans=(area("a1", A), area("c1", C), area("d1", "loose"), area("e1", "draft", status="concept")), plan_documents=documents)
    assert [way.ids for way in open_choice(here, shift(Point(5, 5)))] == [(A, C, "loose"), (B, C, "loose")]
    assert open_choice(here, shift(Point(50, 50))) == () and open_choice(replace(here, plan_documents=(plan(A, True, True),)), shift(Point(5, 5))) == ()
    assert [note.as_dict()["plan"] for note in not_here(here, {"governing_plans": [A, "loose", "x", "y"]})] == ["x", "y"] and not_here(here, {}) == ()


def ground():
    return Terrain(np.full((240, 240), GROUND), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)


OUTLINE = shift(box(5, 5, 15, 15))


@pytest.mark.parametrize(
    ("answers", "definition", "chosen", "levels", "lacking"),
    [
        ({"peil": {"nap_m": 1.25}}, None, ("authority_fixed", 1.25), (), ()), ({"peil": {"method": "nap_value", "nap_m": 1, "uncertainty_m": "0,2"}}, None, ("nap_value", 1.0), (0.2,), ()),
        ({"peil": {"nap_m": True}}, None, None, (), ("authority_fixed",)), ({"peil": {"candidates": {"b": "1,5", "a": 2, "c": "x"}}}, None, None, (), ("c",)),
        ({}, {"method": "water_level", "nap_m": -0.3}, ("water_level", -0.3), (), ()), ({"water_level": {"value": 0.4}}, {"method": "water_level", "nap_m": -0.3}, ("water_level", 0.4), (), ()),
        ({}, {"branches": ["water_level", "nonsense"]}, None, (), ("water_level", "nonsense")), ({"ground_floor": {"top_nap_m": "1,9"}}, {"method": "ground_floor_level"}, ("ground_floor_level", 1.9), (), ()),
        ({}, {"method": "nap_value", "nap_m": 2.0, "default_status": "suggested"}, ("nap_value", 2.0), (), ()),
    ],
)
def test_peil_as_it_is_told(answers, definition, chosen, levels, lacking):
    found = resolve_peil(answers, scenes.site(), OUTLINE, definition)
    assert (None if found.chosen is None else (found.chosen.method, found.chosen.nap_m)) == chosen
    known = () if found.chosen is None else found.chosen.sources
    assert tuple(source.value for source in known) == levels and found.lacking == lacking


def test_several_candidates_are_judged_by_the_lowest_and_the_highest():
    found = resolve_peil({"peil": {"candidates": {"b": 1.5, "a": 2.0, "c": 0.5, "d": 1.0}}}, scenes.site(), OUTLINE)
    assert [one.method for one in found.candidates] == ["a", "b", "c", "d"] and [one.nap_m for one in found.levels] == [0.5, 2.0]
    assert [one.nap_m for one in Peil(None, found.candidates[:1]).levels] == [2.0] and Peil(None).levels == ()


def test_ground_is_read_a_metre_off_the_walls_and_only_when_a_quarter_is_known():
    """Cells of half a metre: known are those west of ``edge``; the ring around the house is 4 x 10 m and four rounded corners."""
    def seen(edge, method="finished_ground_adjoining"):
        heights = np.full((240, 240), GROUND)
        heights[:, int((edge + 50) * 2):] = np.nan
        return resolve_peil({}, scenes.site(terrain=replace(ground(), heights=heights)), OUTLINE, {"method": method}).chosen

    assert seen(5.5).nap_m == GROUND and seen(4.5) is None  # 13.6 of 46.3 m, and 11.4
    assert seen(60).sources[0].name == "level" and seen(60).sources[0].value == 0.10 and seen(60).geometry.distance(OUTLINE) == pytest.approx(1.0, abs=0.01)
    assert seen(60, "previous_ground").geometry.length == pytest.approx(40) and seen(5.1, "previous_ground") is None
    slope = np.repeat((GROUND + 0.01 * np.arange(240))[None], 240, axis=0)
    found = resolve_peil({}, scenes.site(terrain=replace(ground(), heights=slope)), OUTLINE, {"method": "previous_ground"}).chosen
    assert found.nap_m == pytest.approx(GROUND + 0.01 * (60 * 2 - 0.5), abs=0.02) and found.spread_m == pytest.approx(0.2, abs=0.01)


def test_the_road_and_the_middle_of_it():
    way = TopographyObject("r", "wegdeel", shift(box(-40, -60, 60, -50)), "rijbaan lokale weg")
    def road_near(place, *ways, within_m=50.0):
        return nearest_of(_roads(scenes.site(topography=ways))[0], shift(place), within_m)

    assert road_near(Point(10, 0), way).fid == "r" and road_near(Point(10, 0.1), way) is None
    assert road_near(Point(10, 5), way, within_m=60.0).fid == "r" and road_near(Point(10, 0), replace(way, level=1)) is None
    for function, chosen in (("woonerf", "near"), ("inrit", "near"), ("voetpad", "r"), ("fietspad", "r")):
        near = TopographyObject("near", "wegdeel", shift(box(-40, -3, 60, 0)), function)
        assert road_near(Point(10, 0), near, way).fid == chosen
    assert (np.array(axis_point(box(0, -10, 100, -4), Point(30, 0)).coords[0])).tolist() == pytest.approx([30, -7])
    bend = shapely.union_all([box(0, -10, 100, -4), box(0, -30, 100, -20)])
    assert axis_point(bend, Point(30, 0)).y == pytest.approx(-7)
    assert axis_point(LineString([(0, -4), (100, -4)]), Point(30, 0)).y == pytest.approx(-4)
