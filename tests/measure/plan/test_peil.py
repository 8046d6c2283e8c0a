"""Peil: the officer's answer, the plan's branches, proposals from road and ground with where they were read; the numbers of docs/measuring.md 0.3."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, Polygon, box

import scenes
from drieluik.measure.plan.peil import METHODS, _roads, _way_seen, axis_point, from_terrain, nearest_of, resolve_peil
from drieluik.model import LegalSource, Level, Limit, MeasuringProfile, Parameter, ProfileEntry, Rule, Ruleset, Terrain, TopographyObject, Verdict
from drieluik.review import review

ROAD, GROUND, FLOOR = 1.20, 0.80, 1.35
OUTLINE = scenes.shift(box(5, 5, 15, 15))
TEXT = LegalSource("Plan X", "1.55")


def ground(road=ROAD, plot=GROUND):
    """Return terrain that is ``road`` high south of y = 0 and ``plot`` high north of it."""
    rows = scenes.ORIGIN[1] + 70 - 0.5 * (np.arange(240) + 0.5)
    heights = np.where(rows < scenes.ORIGIN[1], road, plot)[:, None] * np.ones((1, 240))
    return Terrain(heights, scenes.ORIGIN[0] - 50, scenes.ORIGIN[1] + 70, 0.5)


def site(**changes):
    return scenes.site(terrain=ground(), **changes)


def levels(peil):
    return {candidate.method: candidate.nap_m for candidate in peil.candidates}


def test_road_and_ground_are_proposed_with_where_they_were_read():
    peil = resolve_peil({}, site(), OUTLINE)
    assert levels(peil) == {"road_at_main_entrance": ROAD, "finished_ground_adjoining": GROUND}
    road, ring = peil.candidates
    assert road.geometry.equals_exact(scenes.shift(Point(5, -6)), 0.01) or road.geometry.y == pytest.approx(scenes.ORIGIN[1] - 6)
    assert ring.geometry.distance(OUTLINE) == pytest.approx(1.0, abs=0.01)
    assert ([[s.value for s in one.sources] for one in peil.candidates], peil.lacking) == ([[0.10], [0.10]], ())


def test_the_entrance_says_which_road():
    lane = TopographyObject("w9", "wegdeel", scenes.shift(box(40, 0, 44, 40)), "rijbaan lokale weg", "")
    place = replace(site(), topography=(*site().topography, lane))
    here = resolve_peil({"entrance": [scenes.ORIGIN[0] + 30, scenes.ORIGIN[1] + 10]}, place, OUTLINE)
    assert here.candidates[0].geometry.equals_exact(scenes.shift(Point(42, 10)), 0.01)
    assert here.candidates[0].nap_m == GROUND


def test_a_road_too_far_is_none_and_a_path_is_none():
    roads, ways = _roads(site())
    assert nearest_of(roads, scenes.shift(Point(10, 200)), 50.0) is None and nearest_of((), OUTLINE, 50.0) is None
    assert (nearest_of(roads, OUTLINE, 50.0).fid, nearest_of(ways, OUTLINE, 50.0).fid) == ("w2", "w1")
    assert axis_point(scenes.shift(box(0, 0, 10, 10)), scenes.shift(Point(5, 5))).equals_exact(scenes.shift(Point(5, 5)), 1e-6)


PATH_ALONE = tuple(t for t in site().topography if t.fid != "w2")


@pytest.mark.parametrize(
    ("told", "levels_there", "lacking"),
    [
        (None, {"road_at_main_entrance", "finished_ground_adjoining"}, ("road_at_main_entrance",)), ({"method": "road_at_main_entrance"}, {"road_at_main_entrance"}, ("road_at_main_entrance",)),
        ({"branches": ["road_at_main_entrance", "finished_ground_adjoining"]}, {"road_at_main_entrance", "finished_ground_adjoining"}, ("road_at_main_entrance",)),
        ({"method": "finished_ground_adjoining"}, {"finished_ground_adjoining"}, ()),
    ],
)
@pytest.mark.parametrize("entrance", [{}, {"entrance": [scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 5]}])
def test_a_path_where_no_carriageway_was_loaded_is_the_road_at_most(told, levels_there, lacking, entrance):
    found = resolve_peil(entrance, site(topography=PATH_ALONE), OUTLINE, told)
    assert found.lacking == lacking and {one.method for one in (found.candidates or (found.chosen,))} == levels_there
    nothing = resolve_peil(entrance, site(topography=()), OUTLINE, told)
    assert "road_at_main_entrance" not in {one.method for one in nothing.candidates}


@pytest.mark.parametrize("definition", [(), (Parameter("peil", {"method": "road_at_main_entrance"}),)])
def test_no_height_is_firm_above_a_path(definition):
    """The path lies at 0.4 m under the ground; whatever lies at the road, 12 m above all of it was firm."""
    found = height(12.0, parameters=definition, place=site(topography=PATH_ALONE))
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and "peil" in [question.key for question in found.questions]
    assert {"engine_peil_path", "readings_endless"} <= {note.code for note in found.notes} and "engine_peil_lacking" not in {note.code for note in found.notes}
    assert height(12.0, parameters=definition).verdict is Verdict.VIOLATES


@pytest.mark.parametrize("off", [0.0, 0.004, -0.004])
def test_of_a_facade_along_the_road_the_axis_lies_before_its_middle(off):
    house = Polygon([(20, 4), (30, 4 + off), (30, 14), (20, 14)])
    assert axis_point(box(0, -10, 100, -4), house).equals_exact(Point(25, -7), 0.01)
    assert axis_point(box(0, -10, 100, -4), Polygon([(20, 4), (30, 5), (30, 14), (20, 14)])).equals_exact(Point(20, -7), 0.01)


@pytest.mark.parametrize(
    ("method", "answers", "nap"),
    [
        ("road_at_main_entrance", {}, ROAD), ("finished_ground_adjoining", {}, GROUND), ("previous_ground", {}, GROUND),
        ("ground_floor_level", {"ground_floor": {"top_nap_m": FLOOR}}, FLOOR), ("water_level", {"water_level": {"value": -0.4}}, -0.4),
        ("nap_value", {"nap_value": 2.5}, 2.5), ("authority_fixed", {"authority_fixed": {"nap_m": 1.1}}, 1.1),
    ],
)
def test_every_method_reads_its_own_level(method, answers, nap):
    peil = resolve_peil({"peil": {"method": method}, **answers}, site(), OUTLINE)
    assert (peil.chosen.method, peil.chosen.nap_m) == (method, pytest.approx(nap))
    assert bool(peil.chosen.sources) is (method in ("road_at_main_entrance", "finished_ground_adjoining", "previous_ground"))
    assert method in METHODS


def test_ground_floor_of_the_design():
    design = scenes.design(scenes.box_part(5, 5, 15, 15, 0, 9), levels=(Level("kelder", -1.6), Level("00", FLOOR), Level("01", 4.4)))
    assert resolve_peil({"peil": {"method": "ground_floor_level"}}, site(), OUTLINE, None, design).chosen.nap_m == FLOOR
    assert resolve_peil({"peil": {"method": "ground_floor_level"}}, site(), OUTLINE).levels == ()


def test_branches_of_a_plan():
    branches = {"branches": ["road_at_main_entrance", "ground_floor_level", "water_level"]}
    peil = resolve_peil({"ground_floor": {"top_nap_m": FLOOR}}, site(), OUTLINE, branches)
    assert (levels(peil), peil.lacking) == ({"road_at_main_entrance": ROAD, "ground_floor_level": FLOOR}, ("water_level",))
    assert resolve_peil({}, site(), OUTLINE, {"method": "road_at_main_entrance"}).chosen.nap_m == ROAD
    assert resolve_peil({}, site(), OUTLINE, {"method": "road_at_main_entrance", "default_status": "suggested"}).chosen is None
    assert resolve_peil({}, site(), OUTLINE, {"method": "nap_value", "nap_m": 3.0}).chosen.nap_m == 3.0
    assert resolve_peil({"peil": {"method": "nap_value", "nap_m": 1.0}}, site(), OUTLINE, {"method": "road_at_main_entrance"}).chosen.nap_m == 1.0


def height(top, answers=None, profiles=(), parameters=(), place=None):
    rule = Rule("h", "max_building_height", {"nl": "h"}, (TEXT,), Limit("<=", "m", 9.0), plan_id="NL.IMRO.9999.BP1" if profiles else "")
    design = scenes.design(scenes.box_part(5, 5, 15, 15, 0, top - scenes.GROUND))
    return review(place or site(), design, Ruleset("t", "1", {}, (rule,), parameters=parameters), answers or {}, profiles=profiles)[0]


CANDIDATES = {"peil": {"candidates": {"road_at_main_entrance": ROAD, "finished_ground_adjoining": GROUND, "ground_floor_level": FLOOR}}}


@pytest.mark.parametrize(("top", "verdict"), [(10.40, Verdict.VIOLATES), (10.00, Verdict.NEEDS_JUDGEMENT), (9.70, Verdict.COMPLIES)])
def test_the_worked_numbers(top, verdict):
    found = height(top, CANDIDATES)
    assert found.verdict is verdict
    assert found.measurements[0].value == pytest.approx(top - GROUND)
    assert [q.key for q in found.questions] == (["peil"] if verdict is Verdict.NEEDS_JUDGEMENT else [])
    assert [len(p.choices) for p in found.premises if p.key == "peil"] == [3]
    for level, expected in ((ROAD, top - 1.20), (GROUND, top - 0.80), (FLOOR, top - 1.35)):
        assert height(top, {"peil": {"method": "nap_value", "nap_m": level}}).measurements[0].value == pytest.approx(expected)


def test_a_profile_or_a_rule_file_defines_peil_and_shows_where_it_was_read():
    read = MeasuringProfile("NL.IMRO.9999.BP1", entries=(ProfileEntry("peil", {"branches": ["finished_ground_adjoining"]}, "1.55", "aansluitend terrein"),))
    found = height(9.70, profiles=(read,))
    assert found.measurements[0].value == pytest.approx(8.90)
    assert [(e.role, e.value) for e in found.evidence if e.role.startswith("peil")] == [("peil_ring", GROUND)]
    assert found.verdict is Verdict.NEEDS_JUDGEMENT  # 8.90 + 0.10 of AHN reaches 9.00
    file = height(10.40, parameters=(Parameter("peil", {"method": "road_at_main_entrance"}),))
    assert (file.measurements[0].value, file.verdict) == (pytest.approx(9.20), Verdict.VIOLATES)
    assert [e.role for e in file.evidence if e.role.startswith("peil")] == ["peil_point"]


def test_one_proposal_does_not_prove_that_peil_is_of_no_matter():
    found = height(12.0, parameters=(Parameter("peil", {"method": "road_at_main_entrance", "default_status": "suggested"}),))
    codes = [note.code for note in found.notes]
    assert (found.verdict, [q.key for q in found.questions]) == (Verdict.NEEDS_JUDGEMENT, ["peil"])
    assert "engine_peil_road_at_main_entrance" in codes and "readings_endless" in codes


def test_a_branch_that_cannot_be_read_leaves_the_verdict_open():
    read = MeasuringProfile("NL.IMRO.9999.BP1", entries=(ProfileEntry("peil", {"branches": ["road_at_main_entrance", "water_level"]}, "1.55"),))
    found = height(12.0, profiles=(read,))
    assert found.verdict is Verdict.NEEDS_JUDGEMENT
    assert any(note.code == "engine_peil_lacking" for note in found.notes)
    assert height(12.0, {"water_level": {"value": 1.0}}, profiles=(read,)).verdict is Verdict.VIOLATES


def test_nothing_known_is_not_assessable():
    assert height(9.0, place=scenes.site(terrain=None)).verdict is Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize("answer", [{"method": "foo"}, {"method": "nap_value", "nap_m": "hoog"}, {"method": "nap_value", "nap_m": float("nan")}, {"candidates": {"nap_value": ""}}])
def test_an_answer_that_says_nothing_is_missing_and_no_fault(answer):
    found = height(12.0, {"peil": answer})
    assert (found.verdict, found.missing[0].code, [q.key for q in found.questions]) == (Verdict.NOT_ASSESSABLE, "checks_peil_missing", ["peil"])


def test_a_decimal_comma_is_read():
    assert resolve_peil({"peil": {"method": "nap_value", "nap_m": "1,25"}}, site(), OUTLINE).chosen.nap_m == 1.25


@pytest.mark.parametrize(("deep", "seen"), [(0.45, "near"), (0.55, "far")])
def test_a_road_behind_half_a_metre_of_the_house_is_not_seen(deep, seen):
    """From the middle of the south side a road 5 m north, behind a wing ``deep`` m deep, and one 8 m south with nothing before it."""
    near, far = box(-20, 5, 20, 8), box(-20, -12, 20, -8)
    found = _way_seen(Point(0, 0), np.array([far, near]), np.array([8.0, 5.0]), box(-5, 1, 5, 1 + deep), 30.0)
    assert found is {"near": near, "far": far}[seen]
    assert _way_seen(Point(0, 0), np.array([far, near]), np.array([8.0, 5.0]), box(-5, 1, 5, 2), 7.9) is None


def test_a_house_on_a_dike_has_two_roads_and_nobody_said_where_its_entrance_is():
    """The road before it lies at 3 m, the one behind it at 1 m: above which of them 9 m counts is asked; with the entrance told it is decided."""
    ways = tuple(TopographyObject(fid, "wegdeel", scenes.shift(box(-40, low, 60, low + 6)), "rijbaan lokale weg") for fid, low in (("front", -6), ("back", 30)))
    cells = np.where(np.arange(200)[:, None] > 100, 3.0, 1.0) * np.ones((200, 200))  # rows from north to south, 1 m
    dike = Terrain(cells, scenes.ORIGIN[0] - 100, scenes.ORIGIN[1] + 115, 1.0)  # the step lies at 15 m north of the origin
    site = replace(scenes.site(topography=ways), terrain=dike)
    outline = scenes.shift(box(5, 8, 15, 18))
    asked = resolve_peil({"peil": {"method": "road_at_main_entrance"}}, site, outline)
    assert (asked.chosen, sorted(one.nap_m for one in asked.candidates)) == (None, [1.0, 3.0])
    told = resolve_peil({"peil": {"method": "road_at_main_entrance"}, "entrance": [scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 18]}, site, outline)
    assert told.chosen.nap_m == 1.0


@pytest.mark.parametrize(("above", "limit", "verdict"), [
    (0.4, 7.4, "needs_judgement"),  # 7.7 above the ground, 7.3 above the floor
    (0.4, 7.0, "violates"), (0.4, 7.9, "complies"), (-0.6, 8.0, "needs_judgement"), (-0.6, 8.5, "complies"),
    (2.9, 7.4, "violates"),  # a storey up: no ground floor
])
def test_the_top_of_the_ground_floor_may_be_the_peil_too(above, limit, verdict):
    rule = Rule("h", "max_building_height", {"nl": "h"}, (TEXT,), Limit("<=", "m", limit))
    levels = (Level("begane grond", scenes.GROUND + above), Level("verdieping", scenes.GROUND + above + 3.1))
    (found,) = review(scenes.site(), scenes.design(scenes.box_part(5, 5, 14, 13, min(above, 0), 7.7), levels=levels), Ruleset("t", "1", {}, (rule,)), {})
    assert found.verdict.value == verdict
    assert (["peil"] if verdict == "needs_judgement" else []) == [question.key for question in found.questions]


@pytest.mark.parametrize(("heights", "doubt"), [([1.0] * 9 + [2.5], 1.35), ([2.5] * 9 + [1.0], 1.35), ([1.0, 2.5], 0.75), ([1.0, 1.05], 0.10)])
def test_ground_that_slopes_is_as_doubtful_as_its_lowest_or_highest_place_lies_from_the_mean(heights, doubt):
    found = from_terrain("finished_ground_adjoining", np.array(heights), OUTLINE)
    assert found.sources[0].value == pytest.approx(doubt) and found.nap_m == pytest.approx(np.mean(heights))
