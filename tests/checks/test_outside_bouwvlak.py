"""What stands outside a bouwvlak: how deep, which part may, and what only hangs over; each number from both sides."""

from __future__ import annotations

import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from drieluik.checks.zoning.within_building_plane import allowed_overshoot, deepest_point, open_counts, outside_of, outside_parts
from one_context import HOUSE, context, local, rule
from one_rule import run
from scenes import box_part, shift

PLANE = shift(box(5, 5, 15, 17))


def canopy(x0, y0, x1, y1, kind="roof", fid="canopy"):
    return box_part(x0, y0, x1, y1, 2.6, 2.8, kind=kind, fid=fid)


@pytest.mark.parametrize(
    ("outside", "place", "depth"),
    [(box(15, 6, 18, 8), (18, 7), 3.0), (box(15, 17, 18, 21), (18, 21), 5.0), (box(3, 8, 5, 9), (3, 8.5), 2.0), (MultiPolygon([box(15, 6, 16, 8), box(15, 10, 17, 12)]), (17, 11), 2.0)],
)  # fmt: skip
def test_the_deepest_place_outside(outside, place, depth):
    point, found = deepest_point(shift(outside), PLANE)
    assert found == pytest.approx(depth) and abs(local(point).x - place[0]) < 1.01 and abs(local(point).y - place[1]) < 1.01 and point.distance(PLANE) == pytest.approx(depth)


def test_the_deepest_place_in_a_courtyard_is_its_middle():
    ring = box(0, 0, 20, 20).difference(box(5, 5, 15, 15))
    point, depth = deepest_point(box(5, 5, 15, 15), ring)
    assert depth == pytest.approx(5.0, abs=0.02) and point.distance(shapely.Point(10, 10)) < 0.1


@pytest.mark.parametrize(("over", "left"), [(0.0, 0.0), (0.0005, 0.0), (0.02, 0.16), (1.0, 8.0)])
def test_what_lies_outside_without_slivers(over, left):
    assert outside_of(shift(box(6, 6, 15 + over, 14)), PLANE).area == pytest.approx(left, abs=1e-6)
    assert outside_of(Polygon(), PLANE).is_empty


@pytest.mark.parametrize(
    ("measure", "piece", "allowed"),
    [
        ({}, box(8, 4, 12, 5), 0.0), ({"minor_overshoot_m": 1.0}, box(8, 4, 12, 5), 1.0), ({"minor_overshoot_m": 1.0, "minor_overshoot_road_m": 2.0}, box(8, 4, 12, 5), 2.0), ({"minor_overshoot_m": 1.0, "minor_overshoot_road_m": 2.0}, box(8, 17, 12, 18), 1.0),
        ({"minor_overshoot_m": 1.0, "minor_overshoot_road_m": 0.5}, box(15, 8, 16, 12), 1.0), ({"minor_overshoot_road_m": 2.0}, box(8, 4, 12, 5), 2.0), ({"minor_overshoot_road_m": 2.0}, box(8, 17, 12, 18), 0.0),
    ],
)  # fmt: skip
def test_a_minor_part_may_overstep_more_towards_the_road(measure, piece, allowed):
    """The street lies in the south."""
    assert allowed_overshoot(rule(measure=measure), context(), shift(piece), PLANE) == allowed
    assert allowed_overshoot(rule(measure=measure), context(topography=()), shift(piece), PLANE) == measure.get("minor_overshoot_m", 0.0)


def hung(*parts, answers=None, applies_to=(), **measure):
    scene, own = context(*parts, answers=answers), rule(measure=measure, applies_to=applies_to)
    counts, notes = open_counts(own, scene, outside_parts(own, scene, PLANE))
    return counts, [(note.code, dict(note.data)["depth"]) for note in notes], list(scene.ledger.open)


FACADE = box_part(6, 6, 15, 14, 0, 8)
"""A house up to the edge of its bouwvlak in the east."""


@pytest.mark.parametrize(
    ("east", "measure", "outcome"),
    [
        (15.45, {}, (False, [("zoning_roof_overhang", 0.45)], [])), (15.55, {}, (False, [("zoning_open_outside_not_counted", 0.55)], ["open_parts_minor"])), (15.45, {"minor_overshoot_m": 0.3}, (False, [("zoning_open_outside_not_counted", 0.45)], ["open_parts_minor"])),
        (15.9, {"minor_overshoot_m": 1.0}, (False, [("zoning_roof_overhang", 0.9)], [])), (16.1, {"minor_overshoot_m": 1.0}, (False, [("zoning_open_outside_not_counted", 1.1)], ["open_parts_minor"])),
    ],
)  # fmt: skip
def test_what_hangs_over_as_far_as_a_roof_or_as_the_plan_states(east, measure, outcome):
    """Of parts with a class of their own the plan's number holds."""
    assert hung(FACADE, canopy(14, 7, east, 13), **measure) == outcome


@pytest.mark.parametrize(("east", "stated", "over"), [(15.25, 0.3, True), (15.45, 0.3, False), (15.45, 1.0, True), (15.9, 1.0, False)])
def test_without_a_class_no_more_than_a_roofs_overhang(east, stated, over):
    found = hung(FACADE, canopy(14, 7, east, 13, "other"), minor_overshoot_m=stated)
    assert found[1][0][0] == ("zoning_roof_overhang" if over else "zoning_open_outside_not_counted")


def test_whether_what_hangs_out_counts():
    porch = canopy(14, 7, 17, 13)
    assert hung(FACADE) == (False, [], [])
    assert hung(FACADE, porch)[0] is False and hung(FACADE, porch, answers={"open_parts_minor": "nee"}) == (True, [("zoning_open_outside_counted", 2.0)], [])
    assert hung(FACADE, porch, applies_to=("bouwwerk",)) == (True, [("zoning_open_outside_counted", 2.0)], [])
    assert hung(FACADE, porch, applies_to=("bouwwerk", "gebouw"))[0] is False


def finding(*parts, answers=None, **measure):
    found = run("within_building_plane", *parts, answers=answers, **measure)
    return found.verdict.value, {m.name: (m.value, m.limit) for m in found.measurements}


def test_numbers_of_what_stands_outside():
    verdict, numbers = finding(box_part(6, 6, 16.5, 14, 0, 8))
    assert (verdict, numbers["outside_area"], numbers["outside_depth"], numbers["footprint"][0]) == ("violates", (12.0, 0.0), (1.5, 0.0), 84.0)
    verdict, numbers = finding(HOUSE)
    assert (verdict, numbers["outside_area"], numbers["outside_depth"]) == ("complies", (0.0, 0.0), (0.0, 0.0))
    verdict, numbers = finding(HOUSE, box_part(14, 8, 15.6, 10, 3, 4, kind="balcony"), minor_overshoot_m=1.0)
    assert (verdict, numbers["outside_area"], numbers["outside_depth"]) == ("complies", (0.0, 0.0), (0.6, 1.0))
    verdict, numbers = finding(HOUSE, box_part(14, 8, 16.6, 10, 3, 4, kind="balcony"), minor_overshoot_m=1.0)
    assert (verdict, numbers["outside_depth"]) == ("violates", (1.6, 1.0)) and numbers["outside_area"][0] == pytest.approx(3.2, abs=0.05)


@pytest.mark.parametrize(("east", "verdict"), [(15.9, "needs_judgement"), (16.1, "violates")])
def test_an_unclassified_body_within_the_overshoot_may_be_a_minor_part(east, verdict):
    assert finding(box_part(6, 6, east, 14, 0, 8), minor_overshoot_m=1.0)[0] == verdict
    assert finding(box_part(6, 6, east, 14, 0, 8, kind="wall"), minor_overshoot_m=1.0)[0] == "violates"


@pytest.mark.parametrize(("pocket", "depth"), [([(10, 10), (310, 10), (10, 310)], 300 - 150 * 2**0.5), ([(10, 10), (310, 10), (250, 210), (10, 310)], 120.0)])
def test_the_deepest_place_of_a_wide_pocket_is_found_to_a_centimetre(pocket, depth):
    assert deepest_point(Polygon(pocket), box(0, 0, 400, 400).difference(Polygon(pocket)))[1] == pytest.approx(depth, abs=0.011)


@pytest.mark.parametrize(("east", "untold", "told"), [(15.9, "needs_judgement", "complies"), (16.1, "violates", "violates")])
def test_of_bouwwerken_a_roof_within_the_overshoot_of_the_plan_is_no_firm_violation_by_its_name(east, untold, told):
    plates = [(box_part(5.5, 5.5, east, 14.5, 8, 8.2, kind=kind, fid="plate"), verdict) for kind, verdict in (("other", untold), ("railing", untold), ("roof", told))]
    for plate, verdict in plates:
        found = run("within_building_plane", box_part(6, 6, 14.6, 14, 0, 8), plate, applies_to=("bouwwerk",), minor_overshoot_m=1.0)
        assert found.verdict.value == verdict, plate.kind
