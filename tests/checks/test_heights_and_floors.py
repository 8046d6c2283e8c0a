"""What checks share about heights, floors and what lies under them, by itself: each threshold from both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

import scenes
from drieluik.checks.engine.objects import MAIN
from drieluik.checks.shared import disturbance, overlays
from drieluik.checks.shared.horizontal.areas import judge_areas
from drieluik.checks.shared.sun_windows import verdict as windows_verdict
from drieluik.checks.shared.vertical import ground_floor, heights, storeys
from drieluik.checks.shared.vertical.height_surface import clipped_to, lines_of_equal_height, named_zone, reaches, surface_from, surfaces
from drieluik.checks.shared.vertical.peil_shown import with_peil
from drieluik.checks.shared.vertical.roof_envelope import rising, sides_of
from drieluik.checks.shared.zones import LimitZone
from drieluik.measure.plan.peil import Peil, PeilCandidate
from drieluik.measure.plane.surfaces import Contours, Level, Plane, Raster, Zoned
from drieluik.measure.sun.sun_norms import SunNorm
from drieluik.model import Level as Floor
from drieluik.model import Limit, PlanArea, Premise, Verdict
from one_context import ABOUT, HOUSE, context, finding, local, maatvoering, rule
from one_rule import rd
from scenes import GROUND, ORIGIN, box_part, gable_part, shift

PEIL = PeilCandidate("nap_value", GROUND)


# what does not count for a height


def chimney(top, x=9):
    return box_part(x, 9, x + 1, 10, 7, top, kind="chimney", fid="chimney")


@pytest.mark.parametrize(
    ("exceptions", "measure", "free", "asked"),
    [
        ((), {}, {"chimney": None, "antenna": None}, []), ((), {"exempt_classes": ["lift"]}, {"lift": None}, []), ((), {"exempt_classes": []}, {}, []),
        (({"id": "a", "classes": ["chimney"], "max_extra_m": 1.5},), {}, {"antenna": None, "chimney": 1.5}, []), (({"id": "a", "classes": ["lift"], "decision": "officer"},), {}, {"chimney": None, "antenna": None}, ["lift"]),
        (({"id": "a", "classes": ["lift"], "decision": "officer"}, {"id": "b", "classes": ["lift"]}), {}, {"chimney": None, "antenna": None}, ["lift"]),
        (({"id": "b", "classes": ["lift"]}, {"id": "a", "classes": ["lift"], "decision": "officer"}), {}, {"chimney": None, "antenna": None}, ["lift"]), (({"id": "a", "effect": "limit + 1"},), {}, {"chimney": None, "antenna": None}, []),
    ],
)  # fmt: skip
def test_what_a_rule_exempts(exceptions, measure, free, asked):
    found = heights.exemptions(rule(measure=measure, exceptions=exceptions), context(HOUSE, chimney(9)))
    assert (found.free, list(found.asked)) == (free, asked)


@pytest.mark.parametrize(("measure", "exceptions", "apart"), [
    ({}, (), True), ({"exempt_classes": ["chimney"]}, (), False), ({"exempt_classes": []}, (), False), ({}, ({"id": "a", "classes": ["lift"]},), False), ({"candidate_area_pct": 2.0}, (), True),
])
def test_a_stack_that_stands_alone_counts_where_no_rule_names_its_kind(measure, exceptions, apart):
    stack = box_part(30, 30, 31, 31, 0, 12, kind="chimney", fid="stack")
    found = heights.exemptions(rule(measure=measure, exceptions=exceptions), context(HOUSE, chimney(9), stack))
    assert found.apart == (frozenset({id(stack)}) if apart else frozenset())
    assert heights.exemptions(rule(measure=measure, exceptions=exceptions), context(stack)).apart == frozenset()  # the design is nothing else


def test_what_stands_above_the_limit_of_another_zone_is_not_asked_in_this_one():
    """A lift on the east half, an officer's exception for lifts: of the west half, with a chimney that never counts, nothing is asked."""
    lift, limit = box_part(11, 9, 12, 10, 8, 11, kind="lift", fid="lift"), Limit("<=", "m", 9.0)
    one = rule(limit=limit, exceptions=({"id": "lift", "classes": ["lift"], "decision": "officer", "question": "Ondergeschikt?"},))
    west, east = (LimitZone(limit, shift(box(x, 6, x + 4, 14)), (), ABOUT) for x in (6, 10))
    scene = context(HOUSE, lift, chimney(12, x=7))
    found = heights.measure_heights(one, scene, west, GROUND + 9)
    assert (found.all[2], found.counted[2], list(scene.ledger.open)) == (pytest.approx(GROUND + 12), pytest.approx(GROUND + 8), [])
    heights.measure_heights(one, scene, east, GROUND + 9)
    assert list(scene.ledger.open)[:1] == ["lift"]


def test_a_design_of_chimneys_only_is_what_the_rule_is_about():
    assert heights.exemptions(rule(), context(box_part(9, 9, 10, 10, 0, 20, kind="chimney"))).free == {}


@pytest.mark.parametrize(("top", "reach", "drops"), [(11.0, None, True), (10.5, 1.5, True), (10.6, 1.5, False), (9.00005, 0.0, True), (9.001, 0.0, False)])
def test_an_exempt_part_up_to_its_reach_above_the_limit(top, reach, drops):
    part = chimney(top)
    assert heights.Exemptions({"chimney": reach}, {}).drops(part, GROUND + 9) is drops
    assert not heights.Exemptions({"chimney": reach}, {}, frozenset({id(part)})).drops(part, GROUND + 9)
    assert not heights.Exemptions({"lift": reach}, {}).drops(part, GROUND + 9)
    granted = heights.Exemptions({}, {"chimney": {"id": "a", "max_extra_m": reach}}).granted(["chimney"])
    assert granted.free == {"chimney": reach} and granted.drops(part, GROUND + 9) is drops


@pytest.mark.parametrize(
    ("top", "core", "limit", "op", "verdict", "said"),
    [(9.0, None, 9.0, "<=", Verdict.COMPLIES, []), (9.5, 9.5, 9.0, "<=", Verdict.VIOLATES, []), (9.5, 8.0, 9.0, "<=", Verdict.COMPLIES, ["checks_exempt_parts"]), (9.5, None, 9.0, "<=", Verdict.COMPLIES, ["checks_exempt_parts"]),
     (9.9, 9.5, 9.0, "<=", Verdict.VIOLATES, []), (9.0, 9.0, 9.0, "<", Verdict.VIOLATES, []), (9.0, 8.0, 9.0, "<", Verdict.COMPLIES, ["checks_exempt_parts"])],
)  # fmt: skip
def test_which_point_decides_a_height(top, core, limit, op, verdict, said):
    every = np.array([0, 0, GROUND + top])
    counted = None if core is None else every if core == top else np.array([1, 0, GROUND + core])
    found, point, notes = heights.decide(heights.Heights(every, counted, heights.Exemptions({}, {})), Limit(op, "m", limit), PEIL, ())
    assert (found, [note.code for note in notes]) == (verdict, said)
    rests = top if core is None or (verdict is Verdict.COMPLIES and not said) else core
    assert point[2] == pytest.approx(GROUND + rests) and all(dict(note.data)["height"] == top for note in notes)


def test_minor_parts_that_an_officer_leaves_out_are_said_with_what_is_left():
    every, core = np.array([0, 0, GROUND + 10.0]), np.array([1, 0, GROUND + 8.0])
    found, point, notes = heights.decide(heights.Heights(every, core, heights.Exemptions({}, {}), True), Limit("<=", "m", 9.0), PEIL, ())
    assert (found, point[2], [(note.code, dict(note.data)["height"]) for note in notes]) == (Verdict.COMPLIES, GROUND + 8, [("checks_candidate_minor", 8.0)])


# surfaces that a rule describes


@pytest.mark.parametrize(
    ("given", "kind", "nap"),
    [
        (12, Level, 12.0), ({"nap_m": 12}, Level, 12.0), ({"type": "constant", "nap_m": "12"}, Level, 12.0), ({"type": "plane", "points": [[0, 0, 10], [10, 0, 11], [0, 10, 10]]}, Plane, 10.5), ({"type": "plane", "at": [0, 0], "nap_m": 10, "rise": [0.1, 0]}, Plane, 10.5),
        ({"type": "contours", "lines": [{"nap_m": 10, "line": [[0, 0], [0, 9]]}, {"nap_m": 12, "line": [[10, 0], [10, 9]]}]}, Contours, 11.0), ({"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [[3, 3], [3, 3]]}, Raster, 3.0),
    ],
)  # fmt: skip
def test_a_surface_that_a_rule_describes(given, kind, nap):
    (found,) = surface_from(given)
    assert isinstance(found.surface, kind) and found.surface.heights(np.array([[5.0, 5.0]])) == pytest.approx([nap]) and found.zone is None
    assert [type(item.surface) for item in surface_from([given, given])] == [kind] * 2


@pytest.mark.parametrize(
    "given",
    ["high", None, {}, {"type": "dome", "nap_m": 3}, [], [3, "x"], {"type": "plane", "points": [[0, 0, 1], [1, 1, 2], [2, 2, 3]]}, {"type": "plane", "at": [0], "nap_m": 1, "rise": [0, 0]}, {"type": "contours", "lines": [{"nap_m": 10, "line": [[0, 0], [0, 9]]}]},
     {"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [[3, 3]]}, {"type": "raster", "west": 0, "north": 10, "cell_m": 0, "heights": [[3, 3], [3, 3]]}, {"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [[None, None], [None, None]]},
     {"nap_m": 3, "area": [[0, 0], [2, 2], [2, 0], [0, 2]]}, {"nap_m": 3, "area": [[0, 0], [2, 2]]}],
)  # fmt: skip
def test_a_surface_that_cannot_be_read(given):
    assert surface_from(given) is None


def test_surfaces_hold_in_their_own_area_and_in_the_zone():
    (found,) = surface_from({"nap_m": 3, "area": [[0, 0], [4, 0], [4, 4], [0, 4]]})
    assert found.zone.area == 16 and clipped_to([found], box(2, 0, 9, 9))[0].zone.area == 8
    other = Zoned(Level(1.0))
    assert clipped_to([found, other], None) == (found, other) and clipped_to([other], box(0, 0, 1, 1))[0].zone.area == 1
    assert reaches([found], box(3, 3, 9, 9)) and not reaches([found], box(4, 0, 9, 9)) and reaches([Zoned(Level(1.0))], box(50, 50, 60, 60)) and not reaches([], box(0, 0, 1, 1))
    lines = (LineString([(0, 0), (0, 9)]), LineString([(10, 0), (10, 9)]))
    assert lines_of_equal_height([found, Zoned(Contours(lines, (10.0, 12.0)))]) == ((lines[0], 10.0), (lines[1], 12.0))


def test_where_a_rule_finds_its_surface():
    def told(limit=None, **measure):
        zoned, areas, missing = surfaces(rule(limit=limit, measure=measure), context(plans=plans))
        return [(item.surface.nap_m, item.zone is not None) for item in zoned], [area.fid for area in areas], [note.code for note in missing]

    plans = (*maatvoering((9.0, box(0, 0, 20, 20)), (14.0, box(0, 0, 20, 20), "maximum", "m NAP")), scenes.plan_area("g", "gebiedsaanduiding", "Vrijwaringszone - radar", box(0, 0, 30, 30)))
    assert told() == ([], [], ["surroundings_no_surface"]) and told(surface="x") == ([], [], ["surroundings_surface_unreadable"])
    assert told(Limit("<=", "m NAP", 45.0)) == ([(45.0, False)], [], []) and told(Limit("<=", "m NAP", 45.0), surface=30) == ([(30.0, False)], [], [])
    assert told(Limit("<=", "m NAP", 45.0), zone_name="Radar") == ([(45.0, True)], ["g"], []) and told(Limit("<=", "m NAP", 45.0), zone_name="lucht")[2] == ["surroundings_no_zone"]
    assert told(Limit("<=", "m NAP", from_plan="bouwhoogte")) == ([(14.0, True)], ["m1"], []) and told(Limit("<=", "m NAP", from_plan="goothoogte"))[2] == ["surroundings_no_surface"]
    assert named_zone(rule(), context()) == (None, (), ())


# storeys


def count(*floors, answers=None, parts=None, measure=None, peil=GROUND):
    levels = tuple(Floor(name, GROUND + z) for name, z in floors)
    found = storeys.count_storeys(rule(measure=measure or {}), context(*(parts or (HOUSE,)), levels=levels, answers=answers), peil)
    return found and (found.low, found.high, [note.code for note in found.notes], [question.key for question in found.questions])


@pytest.mark.parametrize(("told", "number"), [(2, 2), (2.0, 2), (1, 1), ({"value": 3}, 3)])
def test_storeys_that_the_officer_tells(told, number):
    low, high, notes, questions = count(("begane grond", 0), answers={"storeys": told})
    assert (low, high, notes[0], questions) == (number, number, "zoning_storeys_told", [])


@pytest.mark.parametrize("told", [0, 1.5, -1, "twee"])
def test_a_number_of_storeys_that_is_none_is_refused(told):
    scene = context(levels=(Floor("begane grond", GROUND), Floor("eerste", GROUND + 3)), answers={"storeys": told})
    assert storeys.count_storeys(rule(), scene, GROUND).low == 2 and list(scene.ledger.settled) == ["storeys:refused"]
    fine = context(levels=(Floor("begane grond", GROUND),), answers={"storeys": "onbekend"})
    assert storeys.count_storeys(rule(), fine, GROUND).low == 1 and not fine.ledger.settled


FLAT = (("begane grond", 0.0), ("eerste", 2.8), ("tweede", 5.4))


def test_floors_of_a_flat_building_and_what_a_hall_leaves_room_for():
    assert count(*FLAT) == (3, 3, [], [])
    assert count(("begane grond", 0.0), ("eerste", 5.4)) == (2, 3, ["zoning_floors_unlisted"], ["floors"])
    assert count(("begane grond", 0.0), ("eerste", 5.4), answers={"floors": {"nap_m": [GROUND, GROUND + 5.4]}}) == (2, 2, [], [])
    assert count(*FLAT, ("tussen", 4.0)) == (3, 4, ["zoning_count_split_levels_open"], ["count_split_levels"])


@pytest.mark.parametrize(
    ("given", "used"),
    [([1.0, 3.8], [1.0, 3.8]), ([0.0], [0.0]), ([-0.1], None), ([9.0], [9.0]), ([9.1], None), (["x"], None), (3.0, None)],
)  # fmt: skip
def test_floors_that_the_officer_tells_lie_in_the_design(given, used):
    scene = context(levels=(Floor("begane grond", GROUND),), answers={"floors": {"nap_m": given}})
    found = [level.elevation_nap for level in storeys._levels(scene)]
    assert found == (used or [GROUND]) and ("floors:refused" in scene.ledger.settled) is (used is None)


GABLED = (gable_part(6, 6, 14, 14, 6.0, 10.0),)


@pytest.mark.parametrize(
    ("floor", "answers", "measure", "outcome"),
    [
        (5.1, {}, {}, (2, 3, ["zoning_count_attic_open"], ["count_attic"])), (5.0, {}, {}, (2, 3, ["zoning_count_attic_open"], ["count_attic"])), (4.1, {}, {}, (3, 3, [], [])),
        (5.1, {"count_attic": "ja"}, {}, (3, 3, ["zoning_count_attic_counted"], [])), (5.1, {"count_attic": "nee"}, {}, (2, 2, ["zoning_count_attic_not_counted"], [])), (5.1, {}, {"count_attic": False}, (2, 2, ["zoning_count_attic_not_counted"], [])), (5.1, {"count_attic": "ja"}, {"count_attic": False}, (3, 3, ["zoning_count_attic_counted"], [])),
        (5.0, {"count_attic": "ja"}, {}, (3, 3, ["zoning_count_attic_counted"], [])), (5.0, {"count_attic": "nee"}, {}, (2, 3, ["zoning_count_attic_doubtful"], ["count_attic"])),
    ],
)  # fmt: skip
def test_a_floor_under_the_roof(floor, answers, measure, outcome):
    """Eaves at 6 m: a floor from 5 m on is attic, from 4.2 m on doubtful."""
    assert count(("begane grond", 0.0), ("eerste", 2.05), ("zolder", floor), answers=answers, parts=GABLED, measure=measure) == outcome


@pytest.mark.parametrize(
    ("over", "answers", "measure", "low", "high"),
    [(0.04, {}, {}, 1, 2), (0.06, {}, {}, 1, 2), (0.06, {"count_basement": "nee"}, {}, 1, 1), (0.06, {"count_basement": "ja"}, {}, 2, 2), (0.04, {"count_basement": "ja"}, {}, 2, 2), (0.04, {}, {"count_basement": True}, 2, 2), (0.04, {}, {"count_basement": False}, 1, 1)],
)  # fmt: skip
def test_a_basement_counts_as_the_plan_says_and_is_open_while_it_says_nothing(over, answers, measure, low, high):
    found = count(("kelder", -2.6), ("begane grond", over), parts=(box_part(6, 6, 14, 14, -2.6, 2.5),), answers=answers, measure=measure)
    assert found[:2] == (low, high) and found[3] == (["count_basement"] if low != high else [])


@pytest.mark.parametrize(("top", "low", "high"), [(8.0, 2, 4), (2.5, 1, 1), (3.5, 1, 2), (7.0, 2, 3)])
def test_without_floors_the_eaves_give_a_range(top, low, high):
    assert count(parts=(box_part(6, 6, 14, 14, 0, top),)) == (low, high, ["zoning_storeys_from_eaves", "zoning_storeys_most"], ["floors"])
    assert count(parts=(box_part(6, 6, 14, 14, 0, top),), peil=GROUND + top) is None


# the ground floor


def slab(low, high, x=14, fid="slab"):
    return box_part(6, 6, x, 14, low, high, kind="slab", fid=fid)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(-0.3, 0.0, True), (0.7, 1.0, True), (0.7, 1.01, False), (-1.3, -1.0, True), (-1.3, -1.01, False), (-0.79, 0.0, True), (-0.81, 0.0, False)],
)  # fmt: skip
def test_the_floor_of_the_model_nearest_to_peil(low, high, found):
    assert (ground_floor.floor_slab(context(HOUSE, slab(low, high)), GROUND) is not None) is found


def test_of_large_floors_the_one_nearest_to_peil_and_no_small_one():
    scene = context(HOUSE, slab(-0.3, 0, 8, "small"), slab(-0.2, 0.1, 14, "large"), replace(slab(-0.2, 0.1, 40, "roof"), kind="roof"))
    assert ground_floor.floor_slab(scene, GROUND).fid == "large" and ground_floor.floor_slab(context(HOUSE), GROUND) is None


def floors(*parts, answers=None, **measure):
    scene = context(*parts, answers=answers)
    return [(round(floor.nap_m - GROUND, 3), floor.source) for floor in ground_floor.ground_floors(rule(measure=measure), scene)], list(scene.ledger.open)


def test_the_plane_that_a_volume_stands_on():
    deep = box_part(6, 6, 14, 14, -3, 8)
    assert floors(HOUSE) == ([(0.0, "model")], []) and floors(HOUSE, volume_base="top") == ([], [])
    assert floors(HOUSE, slab(-0.3, 0)) == ([(-0.3, "slab")], ["volume_base"]) and floors(HOUSE, slab(-0.3, 0), volume_base="underside") == ([(-0.3, "slab")], [])
    assert floors(HOUSE, slab(-0.3, 0), volume_base="top") == ([(0.0, "slab")], [])
    assert floors(HOUSE, slab(-0.3, 0), answers={"volume_base": "top"}) == ([(0.0, "slab")], [])
    assert floors(deep) == ([(-3.0, "model"), (0.0, "peil")], []) and floors(deep, count_basement=True) == ([(-3.0, "basement")], [])
    assert floors(box_part(6, 6, 14, 14, -0.4, 8)) == ([(-0.4, "model")], []) and len(floors(box_part(6, 6, 14, 14, -0.41, 8))[0]) == 2
    assert floors(deep, slab(-0.3, 0)) == ([(-0.3, "slab")], ["volume_base", "volume_counts_basement"])
    assert floors(deep, slab(-0.3, 0), answers={"volume_counts_basement": "ja"})[0] == [(-3.0, "basement")]
    for measure in ({"count_basement": False}, {"volume_base": "underside"}):
        assert floors(deep, slab(-0.3, 0), answers={"volume_counts_basement": "ja"}, **measure)[0] == [(-0.3, "slab")]


def test_the_ground_floor_that_the_officer_tells():
    told = {"ground_floor": {"underside_nap_m": GROUND - 0.4, "top_nap_m": GROUND + 0.1}}
    assert floors(HOUSE, answers=told, volume_base="top")[0] == [(0.1, "answer")] and floors(HOUSE, answers=told, volume_base="underside")[0] == [(-0.4, "answer")]
    assert floors(HOUSE, answers=told) == ([(-0.4, "answer")], ["volume_base"])
    assert floors(HOUSE, answers={"ground_floor": {"top_nap_m": GROUND + 0.1}}) == ([(0.1, "answer")], [])  # the only side that was told
    assert floors(HOUSE, answers={"ground_floor": {"top_nap_m": "x"}}, volume_base="top")[0] == []


# the roof envelope


def test_the_two_longest_sides_or_every_parallel_pair_of_as_long_ones():
    def local_sides(bouwvlak, answers=None):
        scene = context(answers=answers)
        return [tuple(round(float(value), 2) for value in local(side).bounds) for side in sides_of(scene, bouwvlak)], list(scene.ledger.open)

    assert local_sides(shift(box(5, 5, 15, 17))) == ([(15.0, 5.0, 15.0, 17.0), (5.0, 5.0, 5.0, 17.0)], [])
    square, asked = local_sides(shift(box(5, 5, 15, 15.04)))
    assert len(square) == 2 and asked == ["envelope_lines"] and local_sides(shift(box(5, 5, 15, 15.06)))[1] == []
    assert local_sides(shift(box(30, 30, 40, 45))) == ([], []) and local_sides(Polygon()) == ([], [])
    assert local_sides(shift(box(5, 5, 15, 17)), {"envelope_lines": {"line": rd((5, 5), (15, 5))}}) == ([(5.0, 5.0, 15.0, 5.0)], [])
    bent, whole = (local_sides(shift(Polygon([(5, 5), (15, 5), (15, 5.5), (15 - off, 12), (15, 17), (5, 17)])))[0] for off in (0.06, 0.04))
    assert whole == [(15.0, 5.0, 15.0, 17.0), (5.0, 5.0, 5.0, 17.0)] and bent != whole  # four centimetres out of line is straight


def test_a_plane_rises_inward_from_its_side_at_the_limit():
    zone = LimitZone(Limit("<=", "m", 6.0), shift(box(5, 5, 15, 17)), (), ABOUT)
    for start, end in (((5, 5), (5, 17)), ((5, 17), (5, 5))):
        plane = rising(rule(measure={"roof_envelope_angle_deg": 135}), zone, PEIL, shift(LineString([start, end])), zone.polygon)
        assert plane.heights(np.array([[5.0, 9], [8, 9], [4, 9]]) + ORIGIN) == pytest.approx([GROUND + 6, GROUND + 9, GROUND + 5])
    ranged = replace(zone, limit=Limit("between", "m", low=2.0, high=6.0))
    assert rising(rule(measure={"roof_envelope_angle_deg": 120}), ranged, PEIL, shift(LineString([(5, 5), (5, 17)])), zone.polygon).heights(np.array([[8.0, 9]]) + ORIGIN) == pytest.approx([GROUND + 6 + 3 * np.tan(np.radians(30))])


# overlays, digging, windows


def zones(*given):
    return tuple(PlanArea(fid, kind, name, shift(where), (), "NL.IMRO.9999.BP1", "Voorbeeldplan", "vastgesteld", "2024-05-01", "5.2", "", "", group=group) for fid, kind, name, where, group in given)


DERIVES = rule()


def test_overlays_by_name_kind_and_group():
    given = zones(
        ("a", "dubbelbestemming", "Waarde - Archeologie", box(0, 0, 9, 9), "waarde"), ("b", "dubbelbestemming", "Waarde - Archeologie", box(9, 0, 12, 9), "waarde"), ("c", "gebiedsaanduiding", "geluidzone - weg", box(0, 0, 5, 5), "geluidzone"),
        ("d", "gebiedsaanduiding", "Archeologie lijn", box(0, 0, 5, 5).boundary, ""), ("e", "functieaanduiding", "archeologie", box(0, 0, 5, 5), ""),
    )  # fmt: skip
    scene = context(plans=(*scenes.site().plans, *given))

    def named(words=(), own=DERIVES, **measure):
        return [(found.name, found.area.area, [area.fid for area in found.areas]) for found in overlays.overlays_of(replace(own, measure=measure), scene, words)]

    both, noise = ("Waarde - Archeologie", 108.0, ["a", "b"]), ("geluidzone - weg", 25.0, ["c"])
    assert named() == [both, noise] and named(("ARCHEO",)) == [both] and named(("weg", "archeo")) == [both, noise] and named(name="Weg") == [noise] and named(("archeo",), name="weg") == [noise]
    assert named(group="Waarde") == [both] and named(group="geluid") == [noise] and named(kinds=["functieaanduiding"]) == [("archeologie", 25.0, ["e"])]
    assert named(own=replace(rule(), origin=(type("Origin", (), {"fid": "b"}),))) == [("Waarde - Archeologie", 27.0, ["b"])]


def test_a_touch_is_no_hit():
    zone = overlays.Overlay("z", box(0, 0, 5, 5), ())
    assert overlays.hit_of(zone, box(5, 0, 9, 9)).is_empty and overlays.hit_of(zone, box(4.99999, 0, 9, 5)).is_empty and overlays.hit_of(zone, box(4, 0, 9, 5)).area == 5
    assert (overlays.area_in_zone(box(0, 0, 1, 2)).limit, overlays.area_in_zone(box(0, 0, 1, 2)).verdict()) == (0.0, Verdict.VIOLATES) and overlays.area_in_zone(box(0, 0, 1, 2), 3.0).verdict() is Verdict.COMPLIES


@pytest.mark.parametrize(("given", "verdict", "asked"), [("ja", "complies", 0), ("nee", "violates", 0), (None, "needs_judgement", 1), ({"z": "ja"}, "complies", 0), ({"z": "nee"}, "violates", 0), ({"other": "ja"}, "needs_judgement", 1)])
def test_consent_for_a_zone(given, verdict, asked):
    found, questions, notes = overlays.by_consent(context(answers={"power_line_consent": given} if given is not None else {}), "power_line_consent", "z")
    assert (found.value, len(questions), len(notes)) == (verdict, asked, 1 - asked)


@pytest.mark.parametrize(("given", "verdict", "asked"), [("ja", "needs_judgement", 0), ("nee", "complies", 0), (None, "needs_judgement", 1)])
def test_a_zone_about_sensitive_functions(given, verdict, asked):
    found, questions, notes = overlays.by_function(context(answers={"sensitive_function": given} if given else {}))
    assert (found.value, len(questions), len(notes)) == (verdict, asked, 1 - asked)


CELLAR = box_part(6, 6, 10, 14, -3, 0, fid="cellar")
WHERE = shift(box(0, 0, 20, 20))


@pytest.mark.parametrize(
    ("parts", "given", "depth", "area", "told"),
    [
        ((HOUSE,), None, None, 64, None), ((HOUSE, CELLAR), None, 3.0, 32, None), ((HOUSE,), {"depth_m": 0.4, "area_m2": 70}, 0.4, 64, 70.0), ((HOUSE, CELLAR), {"depth_m": 0.4, "area_m2": 70}, 3.0, 32, 70.0),
        ((HOUSE, CELLAR), {"depth_m": 0.4, "area_m2": 10}, 3.0, 32, 32.0), ((HOUSE, CELLAR), {"depth_m": 4, "area_m2": 10}, 4.0, 32, 10.0), ((HOUSE, CELLAR), {"area_m2": 10}, 3.0, 32, 10.0), ((HOUSE, box_part(6, 6, 14, 14, -0.009, 0)), None, None, 64, None),
    ],
)  # fmt: skip
def test_how_deep_and_how_far_a_design_digs(parts, given, depth, area, told):
    found = disturbance.ground_disturbance(context(*parts, answers={"ground_disturbance": given} if given else {}), WHERE)
    assert (found.depth_m, found.area_m2) == (None if depth is None else pytest.approx(depth, abs=1e-6), told) and found.shape.area == pytest.approx(area, abs=0.2)


def test_what_lies_outside_the_zone_or_touches_it_does_not_dig_there():
    scene = context(HOUSE, CELLAR)
    assert disturbance.ground_disturbance(scene, shift(box(10, 0, 20, 20))).depth_m is None and disturbance.ground_disturbance(scene, shift(box(9.9, 0, 20, 20))).depth_m == pytest.approx(3.0)


@pytest.mark.parametrize(("given", "unreadable"), [(None, False), ({}, False), ({"depth_m": 1}, False), ({"depth_m": "diep"}, True), ({"area_m2": True}, True), ("diep", True), (3, True), ({"value": {"depth_m": 1}}, False)])
def test_an_answer_about_digging_that_cannot_be_read(given, unreadable):
    assert disturbance.unreadable_answer(context(answers={"ground_disturbance": given} if given is not None else {})) is unreadable


def test_the_ground_is_an_exact_peil_else_the_terrain():
    assert disturbance.ground_level(context())[0] == GROUND
    floor = {"peil": {"method": "floor_level", "nap_m": 7.0}}
    level, sources = disturbance.ground_level(context(answers=floor))
    assert level == GROUND and [(source.name, source.value) for source in sources] == [("level", disturbance.LEVEL_UNCERTAINTY_M)]
    assert disturbance.ground_level(context(answers=floor, terrain=None))[0] == 7.0


@pytest.mark.parametrize(
    ("least", "verdict"),
    [([120, 130], "complies"), ([120, 124], "needs_judgement"), ([126, 130], "complies"), ([114, 100], "violates"), ([116, 100], "needs_judgement"), ([100, 130], "needs_judgement"), ([120, 120], "complies"), ([119], "needs_judgement")],
)  # fmt: skip
def test_windows_of_a_design_keep_the_norm_all_none_or_some(least, verdict):
    assert windows_verdict(np.array(least, float), SunNorm(minutes=120.0)).value == verdict


# areas


def test_an_area_of_nothing_is_not_assessable_and_a_joint_one_counts_what_stands():
    own = rule(limit=Limit("<=", "m2", 60.0))
    (found,) = judge_areas(own, context(), "maximum")
    assert (found.measurements[0].name, found.measurements[0].value, found.verdict) == ("area", 64.0, Verdict.VIOLATES)
    (joint,) = judge_areas(rule(limit=Limit("<=", "m2", 60.0), measure={"include_existing": True}), context(), "maximum")
    assert [(m.name, m.value) for m in joint.measurements] == [("total_area", 64.0), ("built_new", 64.0), ("built_existing", 0.0)]
    assert MAIN == ("hoofdgebouw",) and shapely.area(found.evidence[0].geometry) == pytest.approx(64.0)


def test_what_was_measured_from_peil_shows_where_it_was_read():
    one, other = PeilCandidate("nap_value", 1.0), PeilCandidate("road_at_main_entrance", 1.4, Point(3, 4), (), 0.2)
    used = replace(finding(), premises=(Premise("peil", "open", ABOUT),))
    assert not with_peil(finding(), Peil(other)).evidence
    shown = with_peil(used, Peil(other))
    assert [(piece.role, piece.value, piece.unit) for piece in shown.evidence] == [("peil_point", 1.4, "m NAP")] and [note.as_dict() for note in shown.notes] == [{"nap": 1.4, "spread": 0.2}]
    assert with_peil(used, Peil(one)).evidence == with_peil(used, Peil(one)).notes == ()
    both = with_peil(used, Peil(None, (one, other), ("water_level",)))
    assert len(both.evidence) == 1 and [note.code for note in both.notes] == ["engine_peil_nap_value", "engine_peil_road_at_main_entrance", "engine_peil_lacking"]
