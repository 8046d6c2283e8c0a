"""The plain measure of a violation: enough by its own numbers, and a move only where the design then fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, MultiPolygon, box, shortest_line
from shapely.affinity import translate

from drieluik.checks.shared.cures import cures, shortfall
from drieluik.model import Choice, Evidence, Finding, Measurement, Note, Premise, UncertaintySource, Verdict
from drieluik.texts import sentence


def violation(first, *evidence, more=()):
    return Finding("r", "c", "s", "A", Verdict.VIOLATES, measurements=(first, *more), evidence=evidence)


def said(found, shape=None, lang="nl"):
    return [sentence(note.code, note.as_dict(), lang) for note in cures(found, lambda: shape)]


@pytest.mark.parametrize(("first", "words"), [
    (Measurement("height_above_peil", 7.4, "m", "<=", 6.3), "Maak het ontwerp 1,10 m lager."),
    (Measurement("height_above_peil", 2.0, "m", ">=", 3.25), "Maak het ontwerp 1,25 m hoger."),
    (Measurement("height_above_peil", 7.4, "m", "<=", 6.3, (UncertaintySource("mesh", 0.05),)), "Maak het ontwerp 1,16 m lager."),
    (Measurement("eaves_above_peil", 4.234, "m", "<=", 4.0), "Maak het ontwerp 0,24 m lager."),
    (Measurement("area", 131.26, "m2", "<=", 120.0), "Maak het ontwerp 11,3 m² kleiner."),
    (Measurement("storeys", 4.0, "", "<=", 2.0), "Maak 2 bouwlagen minder."),
    (Measurement("pitch", 61.0, "deg", "between", 55.0, low=30.0), "Maak het dak 6,0° flauwer."),
    (Measurement("pitch", 22.0, "deg", "between", 55.0, low=30.0), "Maak het dak 8,0° steiler."),
    (Measurement("in_front", 0.7, "m", "<=", 0.0), "Zet het ontwerp 0,70 m naar achteren."),
    (Measurement("depth", 12.5, "m", "<=", 12.0), "Maak het ontwerp 0,50 m minder diep."),
])
def test_a_plain_measure_is_said(first, words):
    assert said(violation(first)) == [words]


@pytest.mark.parametrize("operator", ["<=", "<", ">=", ">"])
@pytest.mark.parametrize("band", [0.0, 0.03, 0.2, 0.414])
def test_the_amount_is_enough_and_no_more_than_a_step_too_much(operator, band):
    sources = (UncertaintySource("mesh", band),) if band else ()
    for value in (5.0, 5.037, 6.918):
        first = Measurement("height_above_peil", value if operator[0] == "<" else 8.0 - value, "m", operator, 4.0, sources)
        amount, way = shortfall(first), -1.0 if operator[0] == "<" else 1.0
        assert replace(first, value=first.value + way * amount).verdict() is Verdict.COMPLIES
        assert replace(first, value=first.value + way * (amount - 0.025)).verdict() is not Verdict.COMPLIES


def test_coverage_is_said_as_area():
    found = violation(Measurement("coverage", 52.0, "%", "<=", 50.0), more=(Measurement("reference", 310.0, "m2"),))
    assert said(found) == ["Bebouw 6,2 m² minder."]
    assert said(violation(Measurement("coverage", 52.0, "%", "<=", 50.0))) == []


def outside(shape, plane):
    beyond = shape.difference(plane)
    return violation(
        Measurement("outside_area", beyond.area, "m2", "<=", 0.0), Evidence("bouwvlak", plane), Evidence("outside_area", beyond),
        more=(Measurement("outside_depth", 0.8, "m", "<=", 0.0),),
    )


def test_a_design_that_fits_when_moved_is_moved():
    plane = MultiPolygon([box(0, 0, 12, 10)])
    assert said(outside(box(4.8, 1, 12.8, 9), plane), box(4.8, 1, 12.8, 9)) == ["Verplaats het ontwerp 0,80 m naar het westen."]
    assert said(outside(box(-1, -1, 7, 7), plane), box(-1, -1, 7, 7), "en") == ["Move the design 1.42 m to the northeast."]


def test_a_design_that_is_too_large_is_not_moved():
    plane, shape = box(0, 0, 10, 10), box(-0.5, 1, 10.8, 9)
    assert said(outside(shape, plane), shape) == ["Een verplaatsing waarmee het past is niet gevonden: laat weg wat buiten de bouwgrens staat: 10,4 m², tot 0,80 m over de grens."]


def test_a_bouwvlak_with_a_notch_is_no_room():
    plane = box(0, 0, 10, 10).difference(box(4, 5, 6, 10))
    shape = box(1, 2, 9, 9)
    assert "laat weg" in said(outside(shape, plane), shape)[0]


def too_near(shape, lines, wanted):
    nearest = min(lines, key=shape.distance)
    first = Measurement("distance", shape.distance(nearest), "m", ">=", wanted)
    return violation(first, *(Evidence("boundary", line) for line in lines), Evidence("shortest_distance", shortest_line(shape, nearest)))


def test_a_distance_is_kept_by_moving_away_where_there_is_room():
    east, west = LineString([(10, -50), (10, 50)]), LineString([(-10, -50), (-10, 50)])
    shape = box(1, 0, 8, 6)
    assert said(too_near(shape, [east, west], 3.0), shape) == ["Verplaats het ontwerp 1,00 m naar het westen."]
    wide = box(-7.5, 0, 8, 6)
    assert said(too_near(wide, [east, west], 3.0), wide) == ["Houd 1,00 m meer afstand."]
    assert not translate(wide, -1, 0).distance(west) >= 3.0


def test_only_what_violates_and_only_what_is_plain():
    first = Measurement("height_above_peil", 7.4, "m", "<=", 6.3)
    assert cures(replace(violation(first), verdict=Verdict.NEEDS_JUDGEMENT), lambda: None) == ()
    assert said(violation(Measurement("sun_minutes", 60.0, "min", ">=", 120.0))) == []
    assert said(violation(Measurement("distance", 3.0, "m", "==", 0.0))) == []


def test_the_measure_does_in_every_reading_of_what_is_open():
    levels = [(7.4, "choice_a"), (7.65, "choice_b")]
    ways = tuple(Choice(Note.of(code), code, Verdict.VIOLATES, value, "m") for value, code in levels)
    found = replace(violation(Measurement("height_above_peil", 7.4, "m", "<=", 6.3)), premises=(Premise("peil", "open", Note.of("premise_open"), choices=ways),))
    assert said(found) == ["Maak het ontwerp 1,35 m lager."]


def canopy_too(deep, plane):
    """What is found of a house that moves with a canopy ``deep`` m before its south wall, both of which count."""
    house, canopy = box(4.8, 1.5, 12.8, 9), box(7, 1.5 - deep, 9, 1.5)

    def moved(shift):
        beyond = translate(house.union(canopy), *shift).difference(plane)
        first = Measurement("outside_area", round(beyond.area, 6), "m2", "<=", 0.0)
        verdict = Verdict.COMPLIES if beyond.area < 1e-3 else Verdict.VIOLATES
        return replace(violation(first, Evidence("bouwvlak", plane), Evidence("outside_area", beyond)), verdict=verdict)

    return house, moved


def test_a_move_is_measured_anew_and_takes_along_what_else_counts():
    plane = box(0, 0, 12, 10)
    house, moved = canopy_too(2.25, plane)
    assert [sentence(note.code, note.as_dict(), "nl") for note in cures(moved((0.0, 0.0)), lambda: house, moved)] == ["Verplaats het ontwerp 1,10 m naar het noordwesten."]
    assert moved((-0.8, 0.75)).verdict is Verdict.COMPLIES and moved((-0.8, 0.0)).verdict is Verdict.VIOLATES


def test_no_move_is_named_that_does_not_cure():
    plane = box(0, 0, 12, 10)
    house, moved = canopy_too(3.5, plane)
    (note,) = cures(moved((0.0, 0.0)), lambda: house, moved)
    assert note.code == "cure_leave_out"


def test_what_is_left_out_is_the_most_that_a_reading_finds():
    plane = box(0, 0, 10, 10)
    shape = box(-0.5, 1, 10.8, 9)
    ways = tuple(Choice(Note.of("choice_yes"), "yes", Verdict.VIOLATES, value, "m2") for value in (10.4, 16.25))
    found = replace(outside(shape, plane), premises=(Premise("open_parts_minor", "open", Note.of("premise_open"), choices=ways),))
    assert said(found, shape) == ["Een verplaatsing waarmee het past is niet gevonden: laat weg wat buiten de bouwgrens staat, 16,3 m²."]
