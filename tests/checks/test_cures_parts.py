"""The plain measure of a violation, step by step: which word, how much by which step, of which reading, where to, and when none is said."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Point, Polygon, box
from shapely.affinity import translate

from drieluik.checks.shared.cures import cures, shortfall
from drieluik.model import Choice, Evidence, Finding, Measurement, Note, Premise, UncertaintySource, Verdict

PLANE = box(0, 0, 10, 10)


def found(first, *evidence, more=(), **words):
    return Finding("r", "c", "s", "A", Verdict.VIOLATES, measurements=(first, *more), evidence=evidence, **words)


def told(finding, shape=None, moved=None):
    return [(note.code, *dict(note.data).values()) for note in cures(finding, lambda: shape, moved)]


@pytest.mark.parametrize(("names", "unit", "up", "down"), [
    ("height_above_peil height_at_worst_point eaves_above_peil design_height", "m", "lower", "higher"), ("distance distance_to_axis behind_front", "m", "nearer", "apart"),
    ("depth", "m", "less_deep", "deeper"), ("width", "m", "narrower", "wider"), ("in_front", "m", "back", None), ("area total_area", "m2", "smaller", "larger"), ("volume", "m3", "smaller", "larger"),
    ("storeys", "", "fewer", "more"), ("pitch", "deg", "flatter", "steeper"), ("sun_minutes", "min", None, None),
])
def test_the_word_of_what_is_too_much_and_of_what_is_too_little(names, unit, up, down):
    for name in names.split():
        for operator, value, word in (("<=", 7.0, up), ("<", 7.3, up), (">=", 3.0, down), (">", 2.7, down)):
            said = told(found(Measurement(name, value, unit, operator, 5.0)))
            assert [one[0] for one in said] == ([f"cure_{word}"] if word else []) and all(one[2] == unit for one in said)
            assert cures(found(Measurement(name, value, unit, operator, 5.0)), lambda: None) is not None


@pytest.mark.parametrize(("first", "amount"), [
    (Measurement("x", 7.4, "m", "<=", 6.3), 1.1), (Measurement("x", 7.404, "m", "<=", 6.3), 1.11), (Measurement("x", 7.400000004, "m", "<=", 6.3), 1.1), (Measurement("x", 7.4, "m", "<", 6.3), 1.11), (Measurement("x", 2.0, "m", ">", 3.25), 1.26),
    (Measurement("x", 7.0, "m", "<=", 6.0, tolerance=0.3), 0.7), (Measurement("x", 7.0, "m", "<=", 6.0, (UncertaintySource("a", 0.3), UncertaintySource("b", 0.4))), 1.51), (Measurement("x", 100.04, "m2", "<=", 90.0), 10.1), (Measurement("x", 100.04, "m3", ">=", 110.0), 10.0),
    (Measurement("x", 61.02, "deg", "<=", 55.0), 6.1), (Measurement("x", 4.0, "", "<=", 2.0), 2.0), (Measurement("x", 4.0, "", "<", 2.0), 3.0), (Measurement("x", 52.123, "%", "<=", 50.0), 2.13), (Measurement("x", 5.0, "m", "<=", 6.0), 0.0),
    (Measurement("x", 61.0, "deg", "between", 55.0, low=30.0), 6.0), (Measurement("x", 22.0, "deg", "between", 55.0, low=30.0), 8.0), (Measurement("x", 3.0, "m", "==", 3.2), None), (Measurement("x", 3.0, "m"), None), (Measurement("x", None, "m", "<=", 3.0), None),
    (Measurement("x", 56.0, "deg", "between", 55.0, (UncertaintySource("a", 20.0),), low=30.0), None),
])
def test_how_much_is_enough(first, amount):
    assert shortfall(first) == amount


@pytest.mark.parametrize(("operator", "settled", "choices", "amount"), [
    ("<=", "open", ((7.6, "m"), (7.5, "m")), 1.6), ("<=", "open", ((6.5, "m"), (7.0, "m")), 1.0), ("<=", "answer", ((9.0, "m"),), 1.0), ("<=", "open", ((9.0, "m2"), (None, "m")), 1.0), ("<=", "open", ((9.0, "m2"), (7.2, "m")), 1.2),
    (">=", "open", ((7.6, "m"), (5.0, "m")), 3.0), (">=", "open", ((7.6, "m"),), 1.0), ("<=", "open", (), 1.0),
])
def test_the_worst_value_of_what_is_open_decides(operator, settled, choices, amount):
    ways = tuple(Choice(Note.of("choice"), number, Verdict.VIOLATES, value, unit) for number, (value, unit) in enumerate(choices))
    one = found(Measurement("depth", 7.0, "m", operator, 6.0 if operator == "<=" else 8.0), premises=(Premise("p", settled, Note.of("q"), choices=ways),))
    assert [said[1] for said in told(one)] == [amount]


@pytest.mark.parametrize(("over", "said"), [(310.0, [("cure_less_built", 6.2, "m2")]), (310.000002, [("cure_less_built", 6.2, "m2")]), (313.0, [("cure_less_built", 6.3, "m2")]), (0.0, []), (None, [])])
def test_coverage_is_an_area_of_what_it_is_counted_over(over, said):
    """2 % of 310 m2 is 6.2 m2, of 313 m2 6.26 m2."""
    assert told(found(Measurement("coverage", 52.0, "%", "<=", 50.0), more=(Measurement("built", 3.0, "m2"), Measurement("reference", over, "m2")))) == said
    assert cures(found(Measurement("coverage", 52.0, "%", "<=", 50.0)), lambda: None) == ()
    assert told(found(Measurement("coverage", 20.0, "%", ">=", 30.0), more=(Measurement("reference", 200.0, "m2"),))) == [("cure_more_built", 20.0, "m2")]


def test_what_does_not_violate_or_has_no_number_has_no_cure():
    first = Measurement("depth", 7.0, "m", "<=", 6.0)
    assert cures(replace(found(first), verdict=Verdict.COMPLIES), lambda: None) == () and cures(replace(found(first), measurements=()), lambda: None) == () and cures(found(Measurement("in_front", 0.5, "m", ">=", 1.0)), lambda: None) == ()


def beyond(shape, plane=PLANE, depth=0.8, value=None, roles=("bouwvlak", "outside_area"), **words):
    outside = shape.difference(plane)
    measured = Measurement("outside_area", outside.area if value is None else value, "m2", "<=", 0.0)
    return found(measured, Evidence(roles[0], plane), Evidence(roles[1], outside), more=(Measurement("other", 9.9, "m"), Measurement("outside_depth", depth, "m", "<=", 0.0)), **words)


LONG = box(-0.5, 1, 10.8, 9)
"""Longer than the plane: 1.3 x 8 = 10.4 m2 stands outside, 6.4 and 4.0 m2."""


@pytest.mark.parametrize(("words", "said"), [
    ({}, ("cure_leave_out", 10.4, 0.8, "m2")), ({"depth": 0.801}, ("cure_leave_out", 10.4, 0.81, "m2")), ({"depth": 0.800000004}, ("cure_leave_out", 10.4, 0.8, "m2")), ({"depth": None}, ("cure_leave_out", 10.4, 0.0, "m2")),
    ({"value": 10.44}, ("cure_leave_out", 10.5, 0.8, "m2")), ({"value": 10.46}, ("cure_leave_out_all", 10.5, "m2")), ({"value": 10.40000004}, ("cure_leave_out", 10.4, 0.8, "m2")), ({"value": 3.0}, ("cure_leave_out", 10.4, 0.8, "m2")),
    ({"roles": ("plane", "outside_area")}, None), ({"roles": ("bouwvlak", "outside")}, None), ({"plane": box(0, 0, 10, 10).union(box(20, 0, 21, 1))}, ("cure_leave_out", 10.4, 0.8, "m2")),
])
def test_what_must_be_left_out(words, said):
    assert told(beyond(LONG, **words), LONG) == ([said] if said else [])


def test_of_an_area_that_nobody_measured_what_is_drawn_outside_is_left_out():
    tip = box(9.9, 1, 10.1, 1.5)
    one = replace(beyond(tip), measurements=(Measurement("outside_area", None, "m2", "<=", 0.0),))
    assert told(one, box(0, 0, 12, 12)) == [("cure_leave_out", 0.1, 0.0, "m2")]


@pytest.mark.parametrize(("out", "amount", "side"), [
    ((0.8, 0), 0.8, "w"), ((-0.8, 0), 0.8, "e"), ((0, 0.3), 0.3, "s"), ((0, -0.3), 0.3, "n"), ((1, 1), 1.42, "sw"), ((-1, -1), 1.42, "ne"), ((1, -1), 1.42, "nw"), ((-1, 1), 1.42, "se"),
    ((0.8005, 0), 0.8, "w"), ((0.8015, 0), 0.81, "w"), ((0.801004, 0), 0.8, "w"), ((0.003, 0), 0.01, "w"), ((0.5, 0.001), 0.5, "w"),
])
def test_a_design_that_fits_is_moved_to_the_other_side(out, amount, side):
    """A square of 9.98 m that stands so far out of one of 10 m, at one side of it or two."""
    shape = translate(box(0.01, 0.01, 9.99, 9.99), *(way + 0.01 * np.sign(way) for way in out))
    assert told(beyond(shape), shape) == [("cure_move", amount, side, "m")]


def test_a_design_of_the_very_size_of_its_bouwvlak_is_moved_into_it():
    assert told(beyond(translate(PLANE, 0.8, 0)), translate(PLANE, 0.8, 0)) == [("cure_move", 0.8, "w", "m")]


@pytest.mark.parametrize(("deep", "fits"), [(0.001, True), (0.003, False), (0.5, False)])
def test_a_notch_is_no_room(deep, fits):
    plane, shape = PLANE.difference(box(4, 10 - deep, 6, 10)), box(1, 5, 9, 10.5)
    assert [one[0] for one in told(beyond(shape, plane), shape)] == ["cure_move" if fits else "cure_leave_out"]


def test_nothing_and_what_is_larger_is_not_moved():
    assert [one[0] for one in told(beyond(LONG), Polygon())] == ["cure_leave_out"]
    assert [one[0] for one in told(beyond(LONG), box(0, 0, 10.1, 10))] == ["cure_leave_out"]


def test_a_move_is_said_when_it_was_measured_to_do():
    shape, tried = box(4, 1, 10.8, 9), []

    def moved(shift):
        tried.append(tuple(np.round(shift, 3)))
        return outcomes.pop(0)

    good, bad = replace(beyond(shape), verdict=Verdict.COMPLIES), beyond(shape)
    assert good.verdict is Verdict.COMPLIES
    outcomes = [good]
    assert told(beyond(shape), shape, moved) == [("cure_move", 0.8, "w", "m")] and tried == [(-0.8, 0.0)]
    outcomes = [None]
    assert [one[0] for one in told(beyond(shape), shape, moved)] == ["cure_leave_out"]
    outcomes = [replace(bad, evidence=())]
    assert [one[0] for one in told(beyond(shape), shape, moved)] == ["cure_leave_out"]
    outcomes, tried[:] = [replace(bad, evidence=(Evidence("other", box(0, 0, 1, 1)), Evidence("outside_area", box(2, -0.5, 3, 0)))), good], []
    assert told(beyond(shape), shape, moved) == [("cure_move", 0.95, "nw", "m")] and tried == [(-0.8, 0.0), (-0.806, 0.503)]


EAST, WEST = LineString([(10, -50), (10, 50)]), LineString([(-10, -50), (-10, 50)])


def near(shape, *lines, between, wanted=3.0, role="boundary", name="distance"):
    return found(Measurement(name, min(line.distance(shape) for line in lines), "m", ">=", wanted), *(Evidence(role, line) for line in lines), Evidence("shortest_distance", between))


@pytest.mark.parametrize(("turned", "role", "name"), [(False, "boundary", "distance"), (True, "boundary", "distance"), (False, "road_axis", "distance_to_axis"), (True, "road_axis", "behind_front")])
def test_a_distance_is_kept_by_moving_away_from_the_line(turned, role, name):
    shape, between = box(1, 0, 8, 6), LineString([(8, 3), (10, 3)])
    between = between.reverse() if turned else between
    assert told(near(shape, EAST, WEST, between=between, role=role, name=name), shape) == [("cure_move", 1.0, "w", "m")]


@pytest.mark.parametrize("change", ["no room", "touches", "point", "no line", "other role", "sheets"])
def test_where_moving_does_not_do_more_distance_is_said(change):
    shape, between, role = box(1, 0, 8, 6), LineString([(8, 3), (10, 3)]), "boundary"
    lines = (EAST, LineString([(-1.5, -50), (-1.5, 50)])) if change == "no room" else (EAST,)
    between = {"touches": LineString([(8, 3), (8.0005, 3)]), "point": Point(8, 3)}.get(change, between)
    one = near(shape, *lines, between=between, role="other" if change == "other role" else role)
    if change == "no line":
        one = replace(one, evidence=one.evidence[:-1])
    if change == "sheets":
        one = replace(one, evidence=(Evidence("boundary", triangles=np.zeros((1, 3, 3))), one.evidence[-1]))
    assert told(one, shape) == [("cure_apart", 1.0, "m")]


def test_a_move_does_for_the_reading_that_stands_nearest():
    """Of two readings of the house, 2.0 and 1.5 m from the boundary, the move of 1.5 m does for both."""
    ways = (Choice(Note.of("c"), "a", Verdict.VIOLATES, 1.5, "m"),)
    one = replace(near(box(1, 0, 8, 6), EAST, between=LineString([(8, 3), (10, 3)])), premises=(Premise("p", "open", Note.of("q"), choices=ways),))
    assert told(one, box(1, 0, 8, 6)) == [("cure_move", 1.5, "w", "m")] and told(one, box(1, 0, 8, 6))[0][1] == math.sqrt(2.25)
