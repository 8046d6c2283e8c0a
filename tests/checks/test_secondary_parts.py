"""What is secondary of a design and of what stands, piece by piece and by hand: which parts, which bodies, what stands against the house, how sure
an area is, and where the front may be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

import scenes
from drieluik.checks.engine.base import Joined
from drieluik.checks.engine.standing import standing_in
from drieluik.checks.shared.horizontal import secondary
from drieluik.checks.shared.horizontal.secondary import (
    Secondary,
    area_uncertainty,
    bodies_standing,
    existing_on,
    front_lines,
    ground_before,
    ground_of,
    joined_sources,
    plot_uncertainty,
    prolonged,
    proposed_fronts,
    secondary_of,
    settled_front,
    standing_of,
    unknown_parts,
)
from drieluik.model import Address, Note, RegisteredBuilding, TopographyObject, UncertaintySource
from one_context import HOUSE, context, local, pand, rule
from one_rule import rd
from scenes import ORIGIN, box_part, design, shift

EMPTY = {"registered_buildings": (), "topography": ()}
SHED, LOW = box_part(15, 30, 19, 34, 0, 3, fid="shed"), box_part(14, 6, 17, 10, 0, 3, fid="low")
"""A shed of 16 m2 apart, and an extension of 12 m2 against the house of 64 m2."""
LARGEST, AT = "surroundings_largest_is_main", "surroundings_nothing_at"
BOTH, NOT = (HOUSE, SHED), {"annex_is_main": "no"}
LIVED = {"registered_buildings": (pand("h", box(6, 20, 14, 28), "woonfunctie"),), "topography": ()}


def found(*parts, answers=None, changes=EMPTY, **measure):
    """Return (parts that are secondary, their m2, the m2 of the main building, notes, what is open)."""
    scene = context(*parts, answers=answers, **changes)
    one = secondary_of(rule(measure=measure), scene)
    notes = [" ".join((note.code, *(f"{value}" for _, value in note.data))) for note in one.notes]
    return " ".join(part.fid for part in one.design.parts), round(float(one.shape.area), 2), None if one.main is None else round(float(one.main.area), 2), notes, list(scene.ledger.open)


@pytest.mark.parametrize(("parts", "words", "expected"), [
    ((), {}, ("", 0.0, 64.0, [], [])), ((SHED,), {}, ("", 0.0, 16.0, [], ["object_kind"])), (BOTH, {}, ("shed", 16.0, 64.0, [f"{LARGEST} 64.0"], [])), ((HOUSE, LOW), {}, ("", 0.0, 76.0, [], ["annex_is_main"])),
    ((HOUSE, LOW), {"answers": NOT}, ("low", 12.0, 64.0, [], [])), ((HOUSE, LOW, SHED), {"answers": NOT}, ("shed low", 28.0, 64.0, [f"{LARGEST} 76.0"], [])), (BOTH, {"body": "all"}, ("box shed", 80.0, None, [], [])), (BOTH, {"body": "main"}, ("shed", 16.0, 64.0, [f"{LARGEST} 64.0"], [])),
    (BOTH, {"answers": {"object_kind": "hoofdgebouw"}}, ("", 0.0, 80.0, [], [])), (BOTH, {"answers": {"object_kind": "bijgebouw"}}, ("box shed", 80.0, None, [], [])), (BOTH, {"answers": {"objects": {"shed": "bijgebouw"}}}, ("shed", 16.0, 64.0, [f"{LARGEST} 64.0"], [])),
    (BOTH, {"answers": {"objects": {"shed": "hoofdgebouw", "box": "bijgebouw"}}}, ("box", 64.0, 16.0, [], [])), (BOTH, {"answers": {"objects": {"shed": "bouwwerk geen gebouw"}}}, ("", 0.0, 64.0, [], [])), ((SHED,), {"answers": {"objects": {"shed": "bouwwerk geen gebouw"}}}, ("", 0.0, None, [], [])),
    (BOTH, {"secondary_parts": ["shed"]}, ("shed", 16.0, 64.0, [], [])), (BOTH, {"secondary_parts": "shed"}, ("shed", 16.0, 64.0, [], [])), (BOTH, {"secondary_parts": ["other"]}, ("", 0.0, 80.0, [], [])), (BOTH, {"secondary_parts": ["building"]}, ("box shed", 80.0, 0.0, [], [])),
    (BOTH, {"secondary_parts": ["box"], "answers": {"secondary_parts": ["shed"]}}, ("shed", 16.0, 64.0, [], [])), ((HOUSE, replace(SHED, name="Berging")), {"secondary_parts": ["Berging"]}, ("shed", 16.0, 64.0, [], [])),
    ((HOUSE, box_part(15, 30, 19, 34, 3, 3.2, kind="canopy", fid="roof")), {"secondary_parts": ["roof"]}, ("roof", 16.0, 64.0, [], [])),
    (BOTH, {"secondary_at": rd((17, 32))}, ("shed", 16.0, 64.0, [], [])), (BOTH, {"secondary_at": rd((17, 32))[0]}, ("shed", 16.0, 64.0, [], [])), (BOTH, {"secondary_at": rd((17, 29.1))}, ("shed", 16.0, 64.0, [], [])), (BOTH, {"secondary_at": ["x", *rd((17, 32))]}, ("shed", 16.0, 64.0, [], [])),
    (BOTH, {"secondary_at": rd((17, 28.9))}, ("", 0.0, 80.0, [f"{AT} (100017.0, 450028.9)"], [])), (BOTH, {"secondary_at": rd((17, 32), (50, 50.07))}, ("shed", 16.0, 64.0, [f"{AT} (100050.0, 450050.1)"], [])), (BOTH, {"secondary_at": rd((50, 50), (60, 60))}, ("", 0.0, 80.0, [f"{AT} (100050.0, 450050.0), (100060.0, 450060.0)"], [])),
    (BOTH, {"secondary_at": "x"}, ("shed", 16.0, 64.0, [f"{LARGEST} 64.0"], [])), (BOTH, {"secondary_at": rd((17, 32), (7, 7))}, ("box shed", 80.0, 0.0, [], [])),
    ((SHED,), {"changes": LIVED}, ("shed", 16.0, None, [], [])), ((HOUSE,), {"changes": LIVED}, ("box", 64.0, None, [], ["object_kind"])), ((SHED,), {"changes": LIVED, "answers": {"object_kind": "hoofdgebouw"}}, ("", 0.0, 16.0, [], [])), ((SHED,), {"changes": LIVED, "answers": {"objects": {"shed": "hoofdgebouw"}}}, ("", 0.0, 16.0, [], [])),
    ((SHED,), {"answers": {"object_kind": "bijgebouw"}}, ("shed", 16.0, None, [], [])), ((box_part(6, 6, 14, 11, 0, 4.9),), {}, ("", 0.0, 40.0, [], ["object_kind"])), ((box_part(6, 6, 14, 12.2, 0, 4.9),), {}, ("", 0.0, 49.6, [], ["object_kind"])), ((box_part(6, 6, 14, 12.2, 0, 5.1),), {}, ("", 0.0, 49.6, [], ["object_kind"])),
    ((box_part(6, 6, 14, 12.4, 0, 5.1),), {}, ("", 0.0, 51.2, [], [])),
])
def test_which_parts_of_a_design_are_secondary(parts, words, expected):
    assert found(*parts, **words) == expected


def test_a_lone_shed_that_is_secondary_in_a_reading_is_not_said_to_be_taken_as_main():
    told = secondary_of(rule(), context(SHED, answers={"object_kind": "bijgebouw"}, **EMPTY))
    lone = replace(context(SHED, **EMPTY), reading={})
    lone = lone.read_as({"object_kind": _alternative(lone, 1)}, lone.ledger)
    assert told.notes == () and secondary_of(rule(), lone).notes == ()


def _alternative(scene, number):
    secondary_of(rule(), scene)
    return scene.ledger.open["object_kind"].alternatives[number]


def test_parts_go_with_the_body_that_they_stand_nearest_to():
    """The middle of a gutter 0.9 m beside the shed is with it; of one 1.1 m beside it with nothing; what lies nearer the house is not the shed's."""
    near, far = (box_part(19 + way - 0.05, 31, 19 + way + 0.05, 32, 2, 2.1, fid=fid) for way, fid in ((0.9, "near"), (1.1, "far")))
    shed, house = shift(box(15, 30, 19, 34)), shift(box(6, 6, 14, 14))
    own = secondary._of_bodies(design(SHED, near, far, HOUSE), [shed], [house])
    assert [part.fid for part in own.design.parts] == ["shed", "near"] and own.main.equals(house) and own.shape.equals(shed)
    beside = secondary._of_bodies(design(SHED, near), [shed], [shift(box(19.5, 30, 30, 34))])
    assert [part.fid for part in beside.design.parts] == ["shed"]
    alone = secondary._of_bodies(design(SHED, near), [shed], [])
    assert [part.fid for part in alone.design.parts] == ["shed", "near"] and alone.main.is_empty
    none = secondary._of_bodies(design(SHED), [], [house])
    assert none.design.parts == () and none.shape.is_empty and none.main.equals(house)


ROOF = {"kind": "canopy", "fid": "roof"}


@pytest.mark.parametrize(("part", "area"), [
    (None, 64.0), (box_part(16, 20, 20, 24, 2.4, 2.6, **ROOF), 80.0), (box_part(16, 20, 17, 20.99, 2.4, 2.6, **ROOF), 64.99), (box_part(16, 20, 17, 21.01, 2.4, 2.6, **ROOF), 65.01), (box_part(14, 6, 15.4, 14, 2.4, 2.6, **ROOF), 64.0), (box_part(14, 6, 15.6, 14, 2.4, 2.6, **ROOF), 76.64),
])
def test_what_covers_ground_apart_or_as_a_veranda(part, area):
    """A veranda of 1.6 x 8 m lies 0.02 m from the wall in plan: 12.64 m2."""
    assert ground_of(context(HOUSE, *([part] if part else []))).area == pytest.approx(area)


MAIN = shift(box(6, 6, 14, 14))
AGAINST, APART = shift(box(14.29, 6, 17, 10)), shift(box(14.31, 6, 17, 10))


@pytest.mark.parametrize(("wanted", "main", "existing", "expected"), [
    ("attached", MAIN, MultiPolygon(), ["against"]), ("detached", MAIN, MultiPolygon(), ["apart"]), ("attached", None, MAIN, ["against"]), ("detached", None, MAIN, ["apart"]), (None, MAIN, MAIN, ["against", "apart"]), ("attached", None, MultiPolygon(), ["against", "apart"]), ("attached", MultiPolygon(), MultiPolygon(), ["against", "apart"]),
    ("detached", shift(box(0, 30, 1, 31)), MultiPolygon(), ["against", "apart"]), ("attached", shift(box(0, 30, 1, 31)), MultiPolygon(), []), ("detached", shift(box(0, 30, 1, 31)), MAIN, ["apart"]),
])
def test_what_stands_against_a_main_building(wanted, main, existing, expected):
    """0.29 m from it is against it, 0.31 m apart."""
    part = Secondary(design(SHED), shift(box(0, 0, 1, 1)), main)
    for name, shape in (("against", AGAINST), ("apart", APART)):
        kept = bodies_standing(shape, part, existing, rule(measure={"standing": wanted} if wanted else {}))
        assert kept.equals(shape) if name in expected else kept.is_empty
    assert bodies_standing(MultiPolygon(), part, existing, rule(measure={"standing": "attached"})).is_empty


def standing(*parts, wanted, answers=None, changes=EMPTY):
    own, scene = rule(measure={"standing": wanted} if wanted else {}), context(*parts, answers=answers, **changes)
    one = standing_of(secondary_of(own, scene), own, scene)
    return " ".join(part.fid for part in one.design.parts), round(float(one.shape.area), 2), list(scene.ledger.open)


@pytest.mark.parametrize(("parts", "wanted", "words", "expected"), [
    ((HOUSE, LOW, SHED), "attached", {"answers": NOT}, ("low", 12.0, [])), ((HOUSE, LOW, SHED), "detached", {"answers": NOT}, ("shed", 16.0, [])), ((HOUSE, LOW, SHED), None, {"answers": NOT}, ("shed low", 28.0, [])), ((HOUSE,), "attached", {}, ("", 0.0, [])), (BOTH, "attached", {}, ("", 0.0, [])),
    ((SHED,), "attached", {"changes": LIVED}, ("", 0.0, [])), ((SHED,), "detached", {"changes": LIVED}, ("shed", 16.0, [])), ((SHED,), "attached", {"answers": {"object_kind": "bijgebouw"}}, ("shed", 16.0, ["annex_standing"])), ((SHED,), "detached", {"answers": {"object_kind": "bijgebouw"}}, ("", 0.0, ["annex_standing"])),
    ((SHED,), "detached", {"answers": {"object_kind": "bijgebouw", "annex_standing": "detached"}}, ("shed", 16.0, [])), ((SHED,), "attached", {"answers": {"object_kind": "bijgebouw", "annex_standing": "detached"}}, ("", 0.0, [])),
])
def test_secondary_buildings_that_stand_as_a_rule_says(parts, wanted, words, expected):
    assert standing(*parts, wanted=wanted, **words) == expected


def test_how_a_lone_secondary_building_stands_is_asked():
    scene = context(SHED, answers={"object_kind": "bijgebouw"}, **EMPTY)
    own = rule(measure={"standing": "attached"})
    standing_of(secondary_of(own, scene), own, scene)
    point = scene.ledger.open["annex_standing"]
    assert [one.value for one in point.alternatives] == ["attached", "detached"] and point.question.note == Note.of("surroundings_question_standing")


HOME, SHOP, GARAGE = pand("h", box(6, 20, 14, 28), "woonfunctie"), pand("i", box(2, 30, 6, 36), "winkelfunctie"), pand("g", box(10, 30, 14, 36), "overige gebruiksfunctie")
ROW = tuple(pand(f"n{number}", box(1 + 3 * number, 20, 3 + 3 * number, 22), "woonfunctie") for number in range(5))


def ways(*panden, answers=None, **changes):
    scene = context(answers=answers, **{**EMPTY, "registered_buildings": panden, **changes})
    one = existing_on(scene)
    point = scene.ledger.open.get("main_building")
    return [building.fid for building in one.panden], round(float(one.main.area), 2), point and ([way.answer for way in point.alternatives], point.endless), point


@pytest.mark.parametrize(("panden", "small", "main", "asked"), [
    ((), [], 0.0, None), ((HOME,), [], 64.0, None), ((GARAGE,), ["g"], 0.0, None), ((HOME, GARAGE), ["g"], 64.0, None), ((HOME, SHOP, GARAGE), ["g"], 88.0, ([["h", "i"], ["h"], ["i"]], False)),
    (ROW[:4], [], 16.0, ([["n0", "n1", "n2", "n3"], ["n0"], ["n1"], ["n2"], ["n3"]], False)), (ROW, [], 20.0, ([["n0", "n1", "n2", "n3", "n4"], ["n0"], ["n1"], ["n2"], ["n3"]], True)),
])
def test_which_of_what_stands_is_the_main_building(panden, small, main, asked):
    assert ways(*panden)[:3] == (small, main, asked)


def test_a_main_building_is_asked_with_its_names():
    *_, point = ways(HOME, SHOP)
    assert point.question.note == Note.of("surroundings_question_main_building", panden="h, i") and [way.note for way in point.alternatives] == [Note.of("choice_main_building", panden=names) for names in ("h, i", "h", "i")]
    assert [way.value for way in point.alternatives] == [frozenset("hi"), frozenset("h"), frozenset("i")]
    assert secondary._main(["none of these"]).note == Note.of("choice_no_main_building") and secondary._main(["none of these"]).value == frozenset(["none of these"])


def test_an_address_or_an_answer_makes_a_main_building():
    address = Address("a", "Straat 1", shift(Point(12, 33)), ("g",))
    assert ways(GARAGE, addresses=(address,))[:2] == ([], 24.0) and ways(GARAGE, addresses=(replace(address, building_ids=("x",)),))[:2] == (["g"], 0.0)
    assert ways(HOME, SHOP, answers={"main_building": "i"})[:3] == (["h"], 24.0, None) and ways(HOME, answers={"main_building": ["x"]})[:2] == ([], 64.0)
    assert ways(HOME, answers={"main_building": ["none of these"]})[:2] == (["h"], 0.0)


def test_what_only_the_file_draws_may_be_the_main_building_or_not(monkeypatch):
    drawn = pand("file", box(6, 20, 14, 28))
    for module in ("drieluik.checks.shared.horizontal.secondary", "drieluik.checks.engine.standing"):
        monkeypatch.setattr(f"{module}.drawn_beyond", lambda _: (drawn,))
    small, main, asked, point = ways()
    assert (small, main, asked) == ([], 64.0, ([["file"], ["none of these"]], False)) and point.question.note == Note.of("surroundings_question_main_building", panden="file")
    assert ways(SHOP)[:3] == (["file"], 24.0, ([["i"], ["file"]], False)) and ways(SHOP, HOME)[2] == ([["i", "h"], ["i"], ["h"], ["file"]], False) and ways(*ROW[:4])[2] == ([["n0", "n1", "n2", "n3"], ["n0"], ["n1"], ["n2"], ["n3"]], True)


@pytest.mark.parametrize(("shape", "small"), [(box(16, 30, 23.9, 36), 24.0), (box(16, 30, 24.1, 36), 24.0), (box(19.39, 30, 28, 36), 3.66), (box(19.41, 30, 28, 36), 0.0)])
def test_what_stands_on_the_boundary_counts_with_its_part_on_the_plot(shape, small):
    for changes in ({"registered_buildings": (pand("g", shape),)}, {"topography": (TopographyObject("b", "overigbouwwerk", shift(shape)),)}):
        assert existing_on(context(**{**EMPTY, **changes})).shape.area == pytest.approx(small)


PARCEL = scenes.site().parcels[0]
LONG = shift(box(0, 0, 20, 40))


@pytest.mark.parametrize(("changes", "plot", "expected"), [
    ({}, 800.0, 0.0), ({"unmeasured": True}, 800.0, 126.491), ({"registered_area_m2": 700.0}, 800.0, 114.2857), ({"registered_area_m2": 900.0}, 800.0, 100.0), ({"registered_area_m2": 900.0}, 100.0, 12.5), ({"registered_area_m2": 700.0}, 100.0, 14.2857), ({"registered_area_m2": None}, 800.0, 0.0),
    ({"registered_area_m2": 700.0, "unmeasured": True}, 800.0, 240.7767),
])
def test_how_sure_the_area_of_a_plot_is(changes, plot, expected):
    """Each side of a plot of 20 x 40 m by 2 m: 2 x (40^2 + 80^2) under the root; 100 m2 of difference is weighed by the least of both sizes."""
    scene = context(parcels=(replace(PARCEL, **changes), scenes.site().parcels[1]))
    assert plot_uncertainty(scene, LONG if plot == 800.0 else shift(box(0, 0, 10, 10))) == pytest.approx(expected, abs=1e-3)


def test_of_a_plot_of_two_parcels_only_the_one_that_is_doubted_differs():
    """1600 m2 drawn, of which the register has 700 + 800: 100 of 1500 m2."""
    scene = context(parcels=(replace(PARCEL, registered_area_m2=700.0), scenes.site().parcels[1]), answers={"parcels": ["1", "2"]})
    assert plot_uncertainty(scene, shift(box(0, 0, 40, 40))) == pytest.approx(100 * 1600 / 1500)
    assert plot_uncertainty(context(parcels=(PARCEL, replace(scenes.site().parcels[1], registered_area_m2=700.0))), LONG) == 0.0
    assert plot_uncertainty(context(parcels=(replace(PARCEL, unmeasured=True, registered_area_m2=None),), answers={"parcels": ["1"]}), LONG) == 126.491


@pytest.mark.parametrize(("shape", "words", "expected"), [
    (box(4, 4, 10, 8), (), (("existing_outline", 2.04),)), (box(4, 4, 10, 8), (0.4, "boundary"), (("boundary", 4.079),)), (box(0, 0, 10, 10).union(box(10, 0, 12, 4)), (), (("existing_outline", 4.0),)), (Polygon(), (), ()), (box(4, 4, 10, 8).union(Polygon([(6, 8), (8, 8), (7, 8.04)])), (), (("existing_outline", 2.04),)),
])
def test_how_sure_the_area_of_an_outline_is(shape, words, expected):
    """Sides of 4 and 6 m, each by 0.2 m: the root of 2 x (0.64 + 1.44); a kink of 4 cm is no side."""
    assert area_uncertainty(shape, *words) == tuple(UncertaintySource(*one) for one in expected)


@pytest.mark.parametrize(("unit", "expected"), [("m", 0.2), ("m2", 2.040), ("m3", 16.32)])
def test_how_sure_what_is_measured_with_an_existing_building_is(unit, expected):
    """Of a building of 4 x 10 m that joins, 4 x 6 m lies outside the design, which is 8 m high."""
    scene = context()
    joined = replace(scene, joined=Joined((pand("j", box(8, 10, 12, 20)),), scene.design, False))
    assert joined_sources(joined, unit) == (UncertaintySource("existing_outline", pytest.approx(expected, abs=1e-3)),) and joined_sources(scene, unit) == ()


def xy(line):
    return np.round(shapely.get_coordinates(line) - ORIGIN, 3).tolist()


STREETS = (TopographyObject("w1", "wegdeel", shift(box(-40, -9, 60, 0)), "rijbaan"), TopographyObject("w2", "wegdeel", shift(box(-9, 0, 0, 60)), "rijbaan"))
SOUTH, EAST, NORTH, WEST = [[520, 6], [-500, 6]], [[14, 510], [14, -490]], [[-490, 14], [510, 14]], [[6, -490], [6, 510]]


def test_the_front_may_be_at_each_side_of_the_plot_the_street_first():
    """The road is on the left of each line, along the face of the house of 6-14."""
    assert [xy(line) for line in proposed_fronts(context(), MAIN)] == [SOUTH, EAST, NORTH, WEST]
    assert proposed_fronts(context(), Polygon()) == [] and proposed_fronts(context(topography=()), MAIN) == []


def test_on_a_corner_each_street_is_on_the_left_of_its_own_front():
    """Both streets touch the corner of the plot; the west side of 40 m is the longest front."""
    for streets in (STREETS, STREETS[::-1]):
        assert [xy(line) for line in proposed_fronts(context(topography=streets), MAIN)] == [[[6, -500], [6, 540]], [[510, 6], [-490, 6]], EAST, NORTH]


def test_which_front_holds_is_asked_with_a_place_on_its_road_side():
    scene = context()
    fronts = proposed_fronts(scene, MAIN)
    assert settled_front(scene, fronts) is fronts[0]
    point = scene.ledger.open["facade_line"]
    assert (point.question.kind, point.question.note) == ("lines", Note.of("surroundings_question_facade_line")) and [way.note for way in point.alternatives] == [Note.of("choice_front", number=number) for number in (1, 2, 3, 4)]
    assert point.alternatives[0].answer == {"lines": [rd(*SOUTH)], "road_side": rd((10, -494))[0]} and point.alternatives[1].answer == {"lines": [rd(*EAST)], "road_side": rd((514, 10))[0]}
    other = context()
    settled_front(other, [LineString([(0.00049, 0), (10, 0)])])
    assert other.ledger.open["facade_line"].alternatives[0].answer == {"lines": [[[0.0, 0.0], [10.0, 0.0]]], "road_side": [5.0, 500.0]}
    reading = scene.read_as({"facade_line": point.alternatives[2]}, scene.ledger)
    assert settled_front(reading, fronts) is fronts[2]


@pytest.mark.parametrize(("house", "expected"), [(box(6, 6, 14, 14), [[-490, 10], [510, 10]]), (box(6, -1, 14, 2.9), None), (box(6, -1, 14, 3.1), [[-490, 1.05], [510, 1.05]]), (box(6, -8, 14, -4), [[-490, -6], [510, -6]])])
def test_a_line_through_a_house_along_a_side_that_it_does_not_lie_on(house, expected):
    line = secondary._inward(shift(LineString([(0, 0), (20, 0)])), shift(house))
    assert (None if line is None else xy(line)) == expected


@pytest.mark.parametrize(("line", "expected"), [(((6, 6), (14, 6)), [[-494, 6], [6, 6], [14, 6], [514, 6]]), (((0, 0), (3, 4), (10, 4)), [[-300, -400], [0, 0], [3, 4], [10, 4], [510, 4]])])
def test_a_line_made_longer(line, expected):
    assert xy(prolonged(shift(LineString(line)))) == expected


def test_the_line_of_each_front_that_is_given_is_made_longer():
    told = context(answers={"facade_line": {"lines": [rd((6, 6), (14, 6)), rd((6, 2), (14, 2)), rd((14, 14), (14, 6))], "road_side": rd((10, -5))[0]}})
    assert sorted(map(xy, front_lines(told, MAIN))) == [[[14, -494], [14, 6], [14, 14], [14, 514]], [[514, 6], [14, 6], [6, 6], [-494, 6]]] and front_lines(context(), MAIN) == []
    far = shift(box(6, 1, 14, 3))
    assert [[514, 2], [14, 2], [6, 2], [-494, 2]] in [xy(line) for line in front_lines(told, far)] and [[514, 6], [14, 6], [6, 6], [-494, 6]] in [xy(line) for line in front_lines(told, MultiPolygon())]


@pytest.mark.parametrize(("line", "bounds", "area"), [
    (((6, 6), (14, 6)), (-494, 6, 514, 506), 504000), (((14, 6), (6, 6)), (-494, -494, 514, 6), 504000), (((0, 0), (10, 0), (10, 10)), (-500, 0, 10, 510), 260000), (((10, 10), (10, 0), (0, 0)), (-500, -500, 510, 510), None), (((0, 0), (1, 0), (1, 10)), (-500, 0, 1, 510), 255500),
])
def test_the_ground_before_a_line_is_on_its_left(line, bounds, area):
    """Half a square of 1008 m about it; past a corner inwards (500 + 10)^2 - 10 x 10."""
    before = ground_before(shift(LineString(line)))
    assert local(before).bounds == pytest.approx(bounds, abs=1.0) and (area is None or before.area == pytest.approx(area, rel=0.01))


def test_a_line_that_crosses_itself_has_ground_before_it():
    """Which ground that is differs by the version of GEOS: such a line has no one side."""
    before = ground_before(shift(LineString([(0, 0), (10, 0), (10, 10), (-10, 10), (5, -20)])))
    assert before.is_valid and before.area > 1e5


def test_parts_that_a_design_does_not_have_are_named_with_those_that_it_has():
    parts = [replace(HOUSE, fid=f"p{number}", name="Dak" if number == 3 else "") for number in range(14)]
    assert unknown_parts(context(*parts), ["q", 7]) == Note.of("surroundings_parts_unknown", named="q, 7", known="p0, p1, p2, Dak, p4, p5, p6, p7, p8, p9, p10, p11")


@pytest.mark.parametrize(("shape", "counted"), [(box(14.2, 6, 19, 12), True), (box(14.2, 6, 15, 10), False)])
def test_what_only_the_map_has_and_what_is_permitted_likely_counts_as_standing(shape, counted):
    """The first way that is tried is that it stands: nothing is drawn on a map or permitted for nothing; less than 4 m2 is no building."""
    mapped = TopographyObject("t", "pand", shift(shape), building_id="9999100000000033")
    scene = context(registered_buildings=(), topography=(mapped,))
    found = standing_in(scene, shift(box(0, 0, 40, 40)))
    assert [one.fid for one in found] == (["t"] if counted else []) and ("unregistered_count" in scene.ledger.open) is counted
    assert [dict(point.question.note.data) for key, point in scene.ledger.open.items() if key == "unregistered_count"] == ([{"panden": "t"}] if counted else [])
    permitted = RegisteredBuilding("p", shift(box(14.2, 6, 19, 12)), None, "Bouwvergunning verleend")
    scene = context(registered_buildings=(), topography=(), planned_buildings=(permitted,))
    assert [one.fid for one in standing_in(scene, shift(box(0, 0, 40, 40)))] == ["p"] and scene.ledger.open["planned_buildings_count"].alternatives[0].value is True
