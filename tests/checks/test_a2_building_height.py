"""A2 beyond its worked numbers: overlapping and touching zones, exemptions with a reach, the officer's answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import said
from shapely import affinity, box

import scenes
from drieluik.model import Limit, Part, Verdict
from one_rule import piece, roles, run, run_all, values
from scenes import box_part, gable_part, maximum_height, plan_area

COMPLIES, VIOLATES, JUDGE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE
CHECK = "max_building_height"


def zones(*pairs):
    return scenes.site(plans=tuple(plan_area(f"m{n}", "maatvoering", "h", shape, maximum_height(v)) for n, (shape, v) in enumerate(pairs)))


def test_where_zones_overlap_the_strictest_holds_once():
    site = zones((box(0, 0, 20, 40), 12), (box(0, 0, 10, 40), 9))
    found = run_all(CHECK, box_part(5, 5, 15, 15, 0, 10), site=site)
    assert [(said(f), f.verdict) for f in found] == [("maximum bouwhoogte 9 m", VIOLATES), ("maximum bouwhoogte 12 m", COMPLIES)]
    assert found[0].notes[0].code == "zoning_stricter_governs"
    assert values(found[0])["excess_volume"] == pytest.approx(5 * 10 * 1.0)
    inside = run(CHECK, box_part(1, 1, 9, 9, 0, 9), site=site)
    assert (said(inside), inside.verdict, inside.measurements[0].margin) == ("maximum bouwhoogte 9 m", COMPLIES, pytest.approx(0))


def test_a_touched_zone_or_a_sliver_of_one_does_not_count():
    site = zones((box(0, 0, 15, 40), 12), (box(15, 0, 30, 40), 3))
    assert len(run_all(CHECK, box_part(5, 5, 15, 15, 0, 10), site=site)) == 1
    assert len(run_all(CHECK, box_part(5, 5, 15.004, 15, 0, 10), site=site)) == 1
    assert len(run_all(CHECK, box_part(5, 5, 15.02, 15, 0, 10), site=site)) == 2


def test_a_hole_in_a_zone_is_no_zone_and_is_told():
    site = zones((box(0, 0, 20, 40).difference(box(8, 8, 10, 10)), 12))
    found, outside = run_all(CHECK, box_part(5, 5, 15, 15, 0, 10), site=site)
    assert (found.verdict.value, outside.verdict.value) == ("complies", "not_assessable")
    assert outside.missing[0].as_dict()["area"] == pytest.approx(4.0)


def test_a_strip_outside_the_zone_that_two_drawings_may_differ_is_no_part_without_a_value():
    site = zones((box(0, 0, 20, 15), 12))
    assert run(CHECK, box_part(5, 5, 15, 15.24, 0, 10), site=site).verdict.value == "complies"
    assert [f.verdict.value for f in run_all(CHECK, box_part(5, 5, 15, 15.26, 0, 10), site=site)] == ["complies", "not_assessable"]


def test_a_special_zone_in_a_wider_one_goes_first_or_not_as_the_text_says():
    """9 m for the bouwvlak, 15 m for the tower of 4 x 4 m in it; the tower is 14 m."""
    site = zones((box(0, 0, 20, 20), 9), (box(8, 8, 12, 12), 15))
    parts = (box_part(4, 4, 16, 16, 0, 8), box_part(8, 8, 12, 12, 8, 14, fid="tower"))
    found = run_all(CHECK, *parts, site=site)
    assert max((f for f in found), key=lambda f: f.verdict.value == "needs_judgement").questions[0].key == "overlap.bouwhoogte"
    strict = run_all(CHECK, *parts, site=site, answers={"overlap.bouwhoogte": "strengste"})
    special = run_all(CHECK, *parts, site=site, answers={"overlap.bouwhoogte": "bijzondere"})
    assert {f.verdict.value for f in strict} == {"violates"}
    assert {f.verdict.value for f in special} == {"complies"}
    assert "needs_judgement" in {f.verdict.value for f in run_all(CHECK, *parts, site=site, answers={"overlap.bouwhoogte": "ja"})}  # none of the choices

@settings(max_examples=12, deadline=None)
@given(st.floats(6.0, 14.0), st.integers(2, 5))
def test_splitting_a_zone_changes_nothing(x, pieces):
    edges = np.linspace(0, 40, pieces + 1)
    split = zones(*((box(0, low, x, high), 9) for low, high in zip(edges[:-1], edges[1:])), (box(x, 0, 40, 40), 12))
    whole = zones((box(0, 0, x, 40), 9), (box(x, 0, 40, 40), 12))
    house = gable_part(5, 5, 15, 15, 6, 10)
    one, other = (run_all(CHECK, house, site=site) for site in (whole, split))
    assert [(said(f), f.verdict, f.measurements[0].value) for f in one] == [(said(f), f.verdict, f.measurements[0].value) for f in other]


def lift(top, kind="other"):
    return [box_part(0, 0, 20, 10, 0, 10.9), box_part(5, 2, 9, 5, 10.9, top, kind=kind, fid="lift")]


WIDE = zones((box(0, 0, 20, 10), 11))


def test_the_officer_says_whether_a_small_part_is_minor():
    found = run(CHECK, *lift(12.4), site=WIDE)
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["minor_parts"])
    assert "excess_volume" in roles(found)
    yes = run(CHECK, *lift(12.4), site=WIDE, answers={"minor_parts": {"value": "yes", "reason": "lift"}})
    assert (yes.verdict, yes.measurements[0].value) == (COMPLIES, pytest.approx(10.9))
    no = run(CHECK, *lift(12.4), site=WIDE, answers={"minor_parts": {"value": "no", "reason": "a room"}})
    assert (no.verdict, no.measurements[0].value, no.questions) == (VIOLATES, pytest.approx(12.4), ())


@pytest.mark.parametrize(("top", "verdict"), [(12.5, COMPLIES), (12.6, VIOLATES)])
def test_a_class_may_be_exempt_up_to_a_height(top, verdict):
    """BM13: chimney and lift parts up to 1.5 m extra."""
    rule = {"id": "lift", "classes": ["installation"], "max_extra_m": 1.5, "decision": "auto"}
    assert run(CHECK, *lift(top, "installation"), site=WIDE, exceptions=[rule], candidate_area_pct=0).verdict is verdict


def test_a_class_that_an_officer_decides_about():
    rule = {"id": "plant_room", "classes": ["installation"], "decision": "officer", "question": "Ondergeschikt bouwdeel?"}
    found = run(CHECK, *lift(12.4, "installation"), site=WIDE, exceptions=[rule], candidate_area_pct=0)
    assert (found.verdict, found.questions[0].key) == (JUDGE, "plant_room")
    assert run(CHECK, *lift(12.4, "installation"), site=WIDE, exceptions=[rule], answers={"plant_room": "yes"}).verdict is COMPLIES
    no = run(CHECK, *lift(12.4, "installation"), site=WIDE, exceptions=[rule], candidate_area_pct=0, answers={"plant_room": "no"})
    assert no.verdict is VIOLATES
    worse = [box_part(0, 0, 20, 10, 0, 11.5), box_part(5, 2, 9, 5, 11.5, 13, kind="installation", fid="lift")]
    found = run(CHECK, *worse, site=WIDE, exceptions=[rule])
    assert (found.verdict, found.questions) == (VIOLATES, ())  # also in the most lenient reading


def test_between_two_heights_and_strict_operators():
    between = Limit("between", "m", None, None, 9.0, 11.0)
    assert [run(CHECK, box_part(5, 5, 15, 15, 0, top), limit=between).verdict for top in (8.9, 9.0, 11.0, 11.1)] == [VIOLATES, COMPLIES, COMPLIES, VIOLATES]
    assert [run(CHECK, box_part(5, 5, 15, 15, 0, top), op="<", value=11.0).verdict for top in (10.9, 11.0)] == [COMPLIES, VIOLATES]


def test_stated_uncertainty_of_the_level_makes_a_narrow_margin_doubtful():
    found = run(CHECK, box_part(5, 5, 15, 15, 0, 8.95), uncertainty={"level_m": 0.1})
    assert (found.verdict, found.measurements[0].uncertainty) == (JUDGE, pytest.approx(0.1))


def test_evidence_shows_limit_excess_place_and_profile():
    found = run(CHECK, gable_part(5, 5, 15, 15, 6, 10))
    assert roles(found) == {"limit_surface", "excess_volume", "highest_point", "section_line"}
    assert piece(found, "limit_surface").triangles[:, :, 2] == pytest.approx(scenes.GROUND + 9.0)
    assert piece(found, "excess_volume").value == pytest.approx(1.0)


def test_no_plan_layer_or_a_value_that_is_no_number_is_not_assessable():
    from drieluik.model import PlanValue

    odd = scenes.site(plans=(plan_area("m", "maatvoering", "h", box(0, 0, 20, 20), PlanValue("bouwhoogte", "maximum", None, "m", "bouwhoogte=zie regels")),))
    found = run(CHECK, box_part(5, 5, 15, 15, 0, 9), site=odd)
    assert (found.verdict, found.missing[0].code) == (UNKNOWN, "zoning_no_number")


def test_the_profile_through_the_end_of_a_ridge_is_moved_into_the_building():
    line = piece(run(CHECK, gable_part(5, 5, 15, 15, 6, 10)), "section_line").geometry
    assert {round(x - scenes.ORIGIN[0], 3) for x, _, _ in line.coords} in ({6.0}, {14.0})


@pytest.mark.parametrize("turn", [0.0, 13.0, 37.0, 61.0])
@pytest.mark.parametrize(("wall", "low"), [(10.0, 8.0), (9.999, 8.0), (9.99, 11.0)])
def test_a_building_that_steps_up_at_the_edge_of_the_zone(wall, low, turn):
    """8 m in the zone of 9 m, 11 m from the wall at x = ``wall`` on in the zone of 12 m (x >= 10): under 5 mm it only touches the first."""
    def turned(part):
        local, angle = part.vertices - scenes.to_rd([(0, 0, 0)]), np.radians(turn)
        xy = (local[:, :2] - 10) @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + 10
        return replace(part, vertices=scenes.to_rd(np.column_stack([xy, local[:, 2]])))

    areas = [(affinity.rotate(box(*corners), turn, origin=(10, 10)), height) for corners, height in (((0, -10, 10, 40), 9), ((10, -10, 20, 40), 12))]
    found = run_all(CHECK, turned(box_part(2, 5, 10, 15, 0, 8)), turned(box_part(wall, 5, 18, 15, 0, 11, fid="t")), site=zones(*areas))
    assert [(f.verdict, f.measurements[0].value) for f in found] == [
        (COMPLIES if low == 8.0 else VIOLATES, pytest.approx(low, abs=1e-4)), (COMPLIES, pytest.approx(11.0, abs=1e-4))
    ]


@pytest.mark.parametrize("pitch", [10, 45, 75])
def test_a_roof_that_goes_on_over_the_edge_is_measured_at_the_edge(pitch):
    """A pent roof that rises by ``pitch`` degrees from 3 m at x = 8; the zone ends at x = 10: 3 + 2 tan(pitch) there."""
    rise = np.tan(np.radians(pitch))
    corners = [(8, 5), (12, 5), (12, 15), (8, 15)]
    vertices = [(x, y, 0) for x, y in corners] + [(x, y, 3 + (x - 8) * rise) for x, y in corners]
    roof = Part("pent", scenes.to_rd(vertices), scenes.BOX_FACES.copy(), kind="building", closed=True)
    found = run_all(CHECK, roof, site=zones((box(0, 0, 10, 40), 9), (box(10, 0, 20, 40), 30)))
    assert found[0].measurements[0].value == pytest.approx(3 + 2 * rise, abs=1e-4)


MAST = box_part(7, 7, 7.5, 7.5, 0, 9.7, kind="antenna", fid="mast")


@pytest.mark.parametrize(
    ("parts", "words", "verdict", "value"),
    [
        ((MAST,), {}, VIOLATES, 9.7), ((MAST,), {"exempt_classes": ["antenna"]}, COMPLIES, 9.7), ((box_part(5, 5, 15, 15, 0, 8), MAST), {}, COMPLIES, 8.0),
        ((box_part(5, 5, 15, 15, 0, 8), MAST), {"exempt_classes": []}, JUDGE, 9.7),
    ],
)
def test_an_antenna_is_exempt_as_a_part_of_a_building_and_not_by_itself(parts, words, verdict, value):
    """A mast of 9.7 m that stands alone under a limit of 9 m is what the limit is about, unless the rule says otherwise."""
    found = run(CHECK, *parts, op="<=", value=9.0, site=scenes.site(plans=()), **words)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(value))
    exempt = [note.as_dict()["height"] for note in found.notes if note.code == "checks_exempt_parts"]
    assert exempt == ([pytest.approx(9.7)] if verdict is COMPLIES else [])
