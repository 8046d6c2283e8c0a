"""The axis of a road where nobody drew it: which road, where across it, and how far around a design it is looked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import LineString, box

from drieluik.checks import REGISTRY
from drieluik.checks.zoning.min_distance_road_axis import drawn, nearest_road, proposed_axes
from drieluik.model import Limit, TopographyObject
from one_context import context, local, rule
from scenes import plan_area, shift

HOUSE = shift(box(6, 6, 14, 14))


def ends(line):
    return [tuple(round(float(n), 3) for n in xy) for xy in shapely.get_coordinates(local(line))]


@pytest.mark.parametrize(("road", "expected"), [
    (box(-40, -9, 60, -3), [-6.0, -3.0, -9.0]), (box(-40, -5, 60, 2), [-1.5, 2.0, -5.0]), (box(-40, 20, 60, 24), [22.0, 20.0, 24.0]), (box(-40, -200, 60, -1), [-51.0, -1.0, -101.0]),
])
def test_an_axis_lies_halfway_or_at_an_edge_of_the_road_across_from_the_house(road, expected):
    """Roads of 6, 7 and 4 m wide; of a square that is wider than 100 m the first 100 m from its edge."""
    found = [ends(line) for line in proposed_axes(HOUSE, shift(road))]
    assert [line[0][1] for line in found] == pytest.approx(expected, abs=2e-3) and all(line[0][1] == line[1][1] for line in found)
    assert all(abs(line[0][0] - line[1][0]) == pytest.approx(20.0) for line in found)


def test_of_a_road_that_comes_back_its_nearest_stretch_counts():
    bend = shapely.union_all([box(-40, -9, 60, -3), box(-40, -40, 60, -20)])
    assert [ends(line)[0][1] for line in proposed_axes(HOUSE, shift(bend))] == pytest.approx([-6.0, -3.0, -9.0], abs=2e-3)


@pytest.mark.parametrize(("road", "expected"), [
    (box(0, 0, 20, 6), [3.0, 6.0, 0.0]), (box(-40, -3, 200, 6.5), [1.75, 6.5, -3.0]), (box(-40, 0, 14, 6), [3.0, 6.0, 0.0]), (box(-40, 10.2, 200, 16), [13.1, 10.2, 16.0]),
])
def test_across_a_road_that_a_house_touches_is_away_from_the_middle_of_the_house(road, expected):
    found = [ends(line) for line in proposed_axes(HOUSE, shift(road))]
    assert [line[0][1] for line in found] == pytest.approx(expected, abs=2e-3) and all(line[0][1] == line[1][1] for line in found)


@pytest.mark.parametrize(("road", "expected"), [(box(-40, 2, 60, 15), [8.5, 15.0, 2.0]), (box(-40, 5, 60, 19), [12.0, 5.0, 19.0])])
def test_a_house_on_the_road_has_the_axis_across_from_the_edge_that_is_nearest(road, expected):
    assert [ends(line)[0][1] for line in proposed_axes(HOUSE, shift(road))] == pytest.approx(expected, abs=2e-3)


def road(fid, shape, function):
    return TopographyObject(fid, "wegdeel", shift(shape), function)


FOOT, LANE, FAR, YARD = road("a", box(-40, -3, 60, 0), "voetpad"), road("b", box(-40, -9, 60, -3), "rijbaan lokale weg"), road("c", box(-40, -30, 60, -20), "rijbaan regionale weg"), road("d", box(-40, -2, 60, 1), "Woonerf")


@pytest.mark.parametrize(("roads", "expected"), [((FOOT, LANE, FAR), "b"), ((FOOT, FAR), "c"), ((FOOT,), None), ((), None), ((FAR, LANE), "b"), ((LANE, YARD), "d")])
def test_the_road_is_the_nearest_carriageway_and_never_a_path(roads, expected):
    found = nearest_road(context(topography=roads), HOUSE)
    assert (found and found.fid) == expected


def test_of_a_road_that_was_not_loaded_the_axis_is_not_known():
    """The path lies 6 m from the house: as the road it would be too near whichever of its edges counts."""
    (found,) = REGISTRY["min_distance_road_axis"].run(rule(check="min_distance_road_axis", limit=Limit(">=", "m", 15.0)), context(topography=(FOOT,)))
    assert (found.verdict.value, [note.code for note in found.missing], [question.key for question in found.questions]) == ("not_assessable", ["surroundings_no_carriageway"], ["road_axis"])


def test_a_proposed_axis_that_was_chosen_is_no_better_known():
    """The house stands 12 m from the middle of the carriageway, as far as the map knows it (0.2 m); a surveyed axis is there exactly."""
    check, wanted = REGISTRY["min_distance_road_axis"], rule(check="min_distance_road_axis", limit=Limit(">=", "m", 12.0))
    open_yet = context(topography=(LANE,))
    check.run(wanted, open_yet)
    chosen = open_yet.ledger.open["road_axis"].alternatives[0].answer
    assert [found.verdict.value for found in check.run(wanted, context(topography=(LANE,), answers={"road_axis": chosen}))] == ["needs_judgement"]
    drawn_one = {"lines": [[[100_000, 449_994], [100_050, 449_994]]]}
    assert [found.verdict.value for found in check.run(wanted, context(topography=(LANE,), answers={"road_axis": drawn_one}))] == ["complies"]


LINE = LineString([(-20, -6), (40, -6)])


@pytest.mark.parametrize(("name", "met"), [("as van de weg", True), ("As van de weg (N123)", True), ("Wegas", True), ("gevellijn", False)])
def test_the_axis_of_the_plan_is_a_line_of_that_name(name, met):
    pieces = shapely.GeometryCollection([LINE, shapely.Point(0, 0)])
    lines, areas = drawn(context(plans=(plan_area("f", "figuur", name, pieces),)))
    assert ([ends(line) for line in lines], [area.fid for area in areas]) == (([[(-20, -6), (40, -6)]], ["f"]) if met else ([], []))
    told = context(plans=(plan_area("f", "figuur", name, pieces),), answers={"road_axis": {"lines": [[[100_000, 449_990], [100_020, 449_990]]]}})
    assert [ends(line) for line in drawn(told)[0]] == [[(0, -10), (20, -10)]] and drawn(told)[1] == ()


@pytest.mark.parametrize(("limit", "unseen"), [
    (Limit(">=", "m", 5.0), 0), (Limit(">=", "m", 70.0), 1), (Limit("between", "m", None, None, 5.0, 90.0), 0), (Limit("between", "m", None, None, 70.0, 90.0), 1),
])
def test_a_road_is_looked_for_as_far_as_its_distance_must_be(limit, unseen):
    """The site is loaded 60 m around its middle; the house reaches 5.7 m from it."""
    scene = context(topography=(LANE,))
    check = REGISTRY["min_distance_road_axis"]
    check.run(rule(check=check.name, limit=limit), scene)
    assert [one.note.code for one in scene.ledger.unseen] == ["checks_beyond_loaded"] * unseen
    assert check.run(rule(check=check.name, limit=limit), replace(scene, site=context(topography=()).site))[0].verdict.value == "not_assessable"
