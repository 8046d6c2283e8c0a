"""A6 and the minimum of A11: the worked numbers, party walls, zones, what stays."""

from __future__ import annotations

import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import Level, Limit, Parcel, PlanValue, RegisteredBuilding, Verdict
from one_rule import rd, roles, run, run_all, values
from roofs import slab
from scenes import GROUND, box_part, plan_area, shift

COMPLIES, VIOLATES, JUDGE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE
FREE = scenes.site(registered_buildings=())


def area(*parts, site=FREE, value=100.0, op="<=", **words):
    return run("max_area", *parts, site=site, op=op, value=value, unit="m2", **words)


def test_ten_by_ten_is_exactly_the_limit():
    box10 = box_part(5, 5, 15, 15, 0, 6)
    assert [area(box10, op=op).verdict for op in ("<=", "<")] == [COMPLIES, VIOLATES]
    assert area(box10).measurements[0].value == pytest.approx(100.0)
    assert [run("min_area", box10, site=FREE, op=op, value=100.0, unit="m2").verdict for op in (">=", ">")] == [COMPLIES, VIOLATES]
    assert run("min_area", box10, site=FREE, op=">=", value=101.0, unit="m2").verdict is VIOLATES


def test_a_cantilevered_storey_counts():
    found = area(box_part(5, 5, 15, 15, 0, 6), box_part(15, 5, 16, 15, 3, 6, fid="cantilever"))
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(110.0, abs=1e-6))


def test_a_roof_overhang_does_not_count():
    roof = slab([(4.4, 4.4, 6.2), (15.6, 4.4, 6.2), (15.6, 15.6, 6.2), (4.4, 15.6, 6.2)], "roof")
    for levels in ((), (Level("00", GROUND), Level("01", GROUND + 3))):
        from drieluik.model import LegalSource, Rule, Ruleset
        from drieluik.review import review

        design = scenes.design(box_part(5, 5, 15, 15, 0, 6, kind="wall"), roof, levels=levels)
        rule = Rule("a", "max_area", {"nl": "a"}, (LegalSource("plan"),), Limit("<=", "m2", 100.0))
        found, = review(FREE, design, Ruleset("t", "1", {}, (rule,)), {"peil": {"nap_m": GROUND}})
        assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(100.0, abs=1e-3))


def test_a_carport_is_its_roof():
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0, 2.5, kind="beam", fid=f"p{x}{y}") for x in (5, 9.9) for y in (5, 7.9)]
    roof = slab([(5, 5, 2.7), (10, 5, 2.7), (10, 8, 2.7), (5, 8, 2.7)], "roof")
    assert area(*posts, roof).measurements[0].value == pytest.approx(15.0, abs=1e-6)


ROW = box_part(4.85, 5, 11.45, 15, 0, 6)  # 6.0 m clear between two walls of 0.30 m


def test_a_row_house_is_measured_axis_to_axis():
    """Its plot is 6.30 m wide, from axis to axis; the neighbours stand on both sides."""
    neighbours = tuple(RegisteredBuilding(f"n{x}", shift(box(x, 5, x + 6.3, 15))) for x in (-1.3, 11.3))
    site = scenes.site(parcels=(Parcel("1", "A 1", shift(box(5.0, 0, 11.3, 40))),), registered_buildings=neighbours)
    found = area(ROW, site=site, value=63.0)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(63.0, abs=1e-6))
    assert any(note.code == "zoning_party_wall" for note in found.notes)
    assert area(ROW, site=site, value=63.0, party_walls="ignore").measurements[0].value == pytest.approx(66.0)
    alone = scenes.site(parcels=site.parcels, registered_buildings=())
    assert area(ROW, site=alone, value=63.0).measurements[0].value == pytest.approx(66.0)


def test_the_officer_draws_the_axes():
    lines = {"lines": [rd([5.0, 5], [5.0, 15]), rd([11.3, 5], [11.3, 15])]}
    assert area(ROW, answers={"party_walls": lines}).measurements[0].value == pytest.approx(63.0, abs=1e-6)


def plan(name, value, shape=None):
    return plan_area(f"{name}{value}", "maatvoering", name, shape or box(0, 0, 20, 40), PlanValue(name, "maximum", value, "m2", f"maximum {name} (m2)={value}"))


def test_built_area_of_the_zone_counts_what_stays():
    old = RegisteredBuilding("old", shift(box(5, 25, 10, 29)))
    site = scenes.site(plans=(plan("bebouwd oppervlak", 130.0),), registered_buildings=(old,))
    found = run("max_area", box_part(5, 5, 15, 15, 0, 6), site=site)
    assert (found.verdict, found.measurements[0].value, values(found)["built_existing"]) == (COMPLIES, pytest.approx(120.0), pytest.approx(20.0))
    gone = run("max_area", box_part(5, 5, 15, 15, 0, 6), site=site, answers={"demolition": ["old"]})
    assert gone.measurements[0].value == pytest.approx(100.0)
    near = scenes.site(plans=(plan("bebouwd oppervlak", 121.0),), registered_buildings=(old,))
    assert run("max_area", box_part(5, 5, 15, 15, 0, 6), site=near).verdict is JUDGE


def test_two_zones_share_one_building_and_no_value_is_no_limit():
    site = scenes.site(plans=(plan("oppervlakte", 40.0, box(0, 0, 10, 40)), plan("oppervlakte", 60.0, box(10, 0, 20, 40))), registered_buildings=())
    found = run_all("max_area", box_part(5, 5, 15, 15, 0, 6), site=site)
    assert [(said(f), f.verdict, f.measurements[0].value) for f in found] == [
        ("maximum oppervlakte 40 m²", VIOLATES, pytest.approx(100.0)), ("maximum oppervlakte 60 m²", JUDGE, pytest.approx(100.0))
    ]  # 50 m2 of it in each zone: whether the value is about the building or about the part in the zone, the first is passed
    told = run_all("max_area", box_part(5, 5, 15, 15, 0, 6), site=site, answers={"zone_part": "deel in het vlak"})
    assert [(f.verdict, f.measurements[0].value) for f in told] == [(VIOLATES, pytest.approx(50.0)), (COMPLIES, pytest.approx(50.0))]
    none = run("max_area", box_part(5, 5, 15, 15, 0, 6))
    assert (none.verdict, none.missing[0].code) == (UNKNOWN, "zoning_no_limit")


def test_several_buildings_and_the_main_one_only():
    parts = [box_part(5, 5, 15, 15, 0, 6), box_part(5, 30, 10, 34, 0, 3, fid="shed")]
    assert area(*parts).measurements[0].value == pytest.approx(120.0)
    assert area(*parts, body="main").measurements[0].value == pytest.approx(100.0)
    assert roles(area(*parts)) == {"built_area", "section_line"}


@pytest.mark.parametrize(("east", "told"), [(9.0, True), (13.0, False), (20.0, False)])
def test_what_stands_where_the_map_has_no_joint_area_is_told(east, told):
    value = PlanValue("bebouwd oppervlak", "maximum", 90.0, "m2", "maximum bebouwd oppervlak (m2)=90")
    zone = scenes.plan_area("z", "maatvoering", "bebouwd oppervlak", box(3, 3, east, 20), value, belongs_to="b1")
    site = scenes.site(plans=(*(area for area in scenes.site().plans if area.kind != "maatvoering"), zone))
    found = run_all("max_area", scenes.box_part(5, 5, 13, 13, 0, 5), site=site)
    missing = [note.code for one in found for note in one.missing]
    assert [one.verdict.value for one in found] == ["complies", *["not_assessable"] * told]
    assert ("checks_outside_zones" in missing) is told


def joint(*parts, most, **words):
    site = scenes.site(plans=(plan("bebouwd oppervlak", most, box(0, 0, 10, 40)),), registered_buildings=words.pop("old", ()))
    return run_all("max_area", *parts, site=site, **words)


@pytest.mark.parametrize(("most", "verdict"), [(45.0, VIOLATES), (55.0, JUDGE), (105.0, COMPLIES)])
def test_a_joint_area_on_ground_that_a_house_stands_on_in_part_is_of_the_house_or_of_that_part(most, verdict):
    """A house of 100 m2, 50 of it in the zone."""
    found, beyond = joint(box_part(5, 5, 15, 15, 0, 6), most=most)
    assert found.verdict is verdict and ("zone_part" in {one.key for one in found.questions}) is (verdict is JUDGE)
    assert (beyond.verdict, beyond.missing[0].code) == (UNKNOWN, "checks_outside_zones")
    if verdict is JUDGE:
        told = [joint(box_part(5, 5, 15, 15, 0, 6), most=most, answers={"zone_part": word})[0] for word in ("hele gebouw", "deel in het vlak")]
        assert [(one.verdict, one.measurements[0].value) for one in told] == [(VIOLATES, pytest.approx(100.0)), (COMPLIES, pytest.approx(50.0))]


def test_a_joint_area_counts_what_stands_there_and_no_other_house_of_the_design():
    old = RegisteredBuilding("9999100000000007", shift(box(1, 30, 9, 35)), 1990, "Pand in gebruik", ())
    parts = (box_part(2, 5, 9, 15, 0, 6), box_part(12, 5, 19, 15, 0, 6, fid="other"))
    found = joint(*parts, most=118.0, old=(old,))[0]
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(110.0)) and not found.questions


@pytest.mark.parametrize(("of", "verdict"), [("projection", VIOLATES), (None, JUDGE)])
def test_a_roof_without_walls_has_a_projection_and_whether_it_is_built_is_asked(of, verdict):
    """12 x 12 m of roof with two walls under it, and nothing that encloses."""
    walls = [box_part(5, 5, 15, 5.2, 0, 3, kind="wall", fid="w1"), box_part(5, 5, 5.2, 10, 0, 3, kind="wall", fid="w2")]
    found = area(*walls, box_part(4, 4, 16, 16, 3, 3.2, kind="roof", fid="dak"), value=140.0, **({"of": of} if of else {}))
    assert found.verdict is verdict and values(found)["area"] == pytest.approx(144.0) and bool(found.questions) is (of is None)


@pytest.mark.parametrize(("source", "verdict"), [("mesh", JUDGE), ("outline", JUDGE), ("terrain", COMPLIES)])
def test_what_a_rule_says_of_how_well_its_outline_and_mesh_are_known_is_in_the_area(source, verdict):
    """100 m2, known to half a square metre, is 100.3 or not; of the terrain an area knows nothing."""
    found = area(box_part(5, 5, 15, 15, 0, 6), value=100.3, uncertainty={source: 0.5})
    assert found.verdict is verdict and source in [one.name for one in found.measurements[0].sources] + ["terrain"]
