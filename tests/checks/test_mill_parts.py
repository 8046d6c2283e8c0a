"""A mill's limit, piece by piece: what is read of it, what is missing, from which level it counts and where each limit holds."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import box

from drieluik.checks.sunlight.sun_hours_facade import compared, limit_minutes, plan_envelope
from drieluik.checks.surroundings.mill_biotope import Biotope, asked_for, biotope_zone, datum_level, read_biotope, rings, subject_of, surfaces
from drieluik.model import Limit, Note
from one_context import context, local, rule
from scenes import GROUND, plan_area

AT = [100_000.0, 450_100.0]
ABOUT = Note.of("subject_mill")


def read(mill=AT, answers=None, **measure):
    return read_biotope(rule(measure=measure), context(answers=answers), mill, ABOUT)


def told(mill=AT, answers=None, **measure):
    """Return (base, run for each metre of rise, r_free, r_max, h_free, ground, datum) of a mill."""
    found, missing = read(mill, answers, **measure)
    assert missing == () and found.at == tuple(AT) and found.subject is ABOUT
    return round(found.base, 4), round(1 / found.slope, 4), found.r_free, found.r_max, found.h_free, found.ground_nap, found.datum


@pytest.mark.parametrize(("mill", "measure", "expected"), [
    (AT, {"n": 140.0, "z": 12.0}, (2.4, 140.0, 100.0, 400.0, 0.0, None, "mill_ground")), (AT, {"terrain": "rough", "z": 12.0}, (2.4, 75.0, 100.0, 400.0, 0.0, None, "mill_ground")), (AT, {"terrain": "open", "z": 10.0}, (2.0, 140.0, 100.0, 400.0, 0.0, None, "mill_ground")),
    (AT, {"terrain": "closed", "z": 10.0, "c": 0.3}, (3.0, 50.0, 100.0, 400.0, 0.0, None, "mill_ground")), (AT, {"n": 1.5, "z": 0.5}, (0.1, 1.5, 100.0, 400.0, 0.0, None, "mill_ground")),
    (AT, {"model": "ratio", "ratio": 30.0}, (0.0, 30.0, 100.0, 400.0, 0.0, None, "mill_ground")), (AT, {"model": "ratio", "ratio": 30.0, "base_m": 4.5, "z": 12.0}, (4.5, 30.0, 100.0, 400.0, 0.0, None, "mill_ground")),
    (AT, {"n": 140.0, "z": 12.0, "base_m": 9.0, "r_free": 50.0, "r_max": 300.0, "h_free": 1.5, "ground_nap": 0.7, "datum": "NAP"}, (2.4, 140.0, 50.0, 300.0, 1.5, 0.7, "NAP")),
    ({"at": AT, "n": 100.0, "z": 10.0, "c": 0.1, "stelling_m": 6.0}, {"n": 140.0, "z": 12.0}, (1.0, 100.0, 100.0, 400.0, 6.0, None, "mill_ground")), ({"at": AT, "h_free": 2.0, "stelling_m": 6.0, "datum": "peil"}, {"n": 140.0, "z": 12.0}, (2.4, 140.0, 100.0, 400.0, 2.0, None, "peil")),
    ({"at": AT, "ground_nap": -1.5, "model": "ratio", "ratio": 20.0}, {}, (0.0, 20.0, 100.0, 400.0, 0.0, -1.5, "mill_ground")), ({"at": AT, "n": None}, {"n": 75.0, "z": 12.0}, (2.4, 75.0, 100.0, 400.0, 0.0, None, "mill_ground")),
])
def test_what_is_read_of_a_mill(mill, measure, expected):
    assert told(mill, **measure) == expected


@pytest.mark.parametrize(("mill", "measure", "expected"), [
    (None, {"n": 140.0, "z": 12.0}, ["surroundings_mill_place"]), ({"at": [1]}, {"n": 140.0, "z": 12.0}, ["surroundings_mill_place"]), (AT, {}, ["surroundings_mill_parameter n", "surroundings_mill_parameter z"]), (AT, {"z": 12.0, "terrain": "hilly"}, ["surroundings_mill_parameter n"]),
    (AT, {"n": 140.0, "z": 0.0}, ["surroundings_mill_parameter z"]), (AT, {"n": -1.0, "z": 1.0}, ["surroundings_mill_parameter n"]), (AT, {"model": "ratio"}, ["surroundings_mill_parameter ratio"]), (AT, {"model": "ratio", "ratio": 0}, ["surroundings_mill_parameter ratio"]),
    (AT, {"model": "other", "ratio": 30.0}, ["surroundings_mill_words mill_ground other"]), (AT, {"n": 140.0, "z": 12.0, "datum": "zee"}, ["surroundings_mill_words zee formula"]), (AT, {"n": 140.0, "z": "hoog"}, ["surroundings_mill_parameter z"]),
    (AT, {"n": 140.0, "z": 12.0, "r_free": "ver"}, ["surroundings_mill_number r_free"]), (AT, {"n": 140.0, "z": 12.0, "c": "x", "ground_nap": "y", "h_free": "z"}, ["surroundings_mill_number c", "surroundings_mill_number h_free", "surroundings_mill_number ground_nap"]),
])
def test_what_is_missing_of_a_mill(mill, measure, expected):
    found, missing = read(mill, **measure)
    assert found is None and [" ".join((note.code, *(str(value) for _, value in note.data))) for note in missing] == expected


def test_what_is_asked_of_what_is_missing():
    notes = (Note.of("surroundings_mill_place"), Note.of("surroundings_mill_parameter", name="z"), Note.of("surroundings_mill_parameter", name="n"), Note.of("surroundings_mill_words"))
    assert [(one.key, one.note.code, one.kind, one.unit) for one in asked_for(notes)] == [
        ("mill", "surroundings_question_mill", "place", ""), ("z", "surroundings_question_mill_z", "number", "m"), ("terrain", "surroundings_question_mill_terrain", "choice", "")]


def test_which_mill_it_is():
    assert subject_of({"name": "De Hoop"}, 2) == Note.of("subject_mill_named", name="De Hoop") and subject_of(AT, 0) == subject_of({"name": ""}, 0) == Note.of("subject_mill")
    assert subject_of(AT, 1) != subject_of(AT, 2) != Note.of("subject_mill")


def mill(datum="mill_ground", ground=None, r_free=100.0, r_max=400.0):
    return Biotope(ABOUT, (100_010.0, 450_010.0), ground, 2.4, 0.01, r_free, r_max, 1.5, datum)


@pytest.mark.parametrize(("biotope", "changes", "level", "sources", "missing"), [
    (mill("NAP"), {}, 0.0, [], []), (mill("peil"), {}, GROUND, None, []), (mill(ground=-0.4), {}, -0.4, [], []), (mill(), {}, GROUND, ["mill_ground"], []), (mill(), {"terrain": None}, None, [], ["surroundings_mill_ground"]),
])
def test_from_which_level_a_limit_counts(biotope, changes, level, sources, missing):
    found, doubts, notes = datum_level(context(**changes), biotope)
    assert found == level and [note.code for note in notes] == missing and (sources is None or [one.name for one in doubts] == sources)


def test_the_limit_is_level_near_the_mill_and_rises_from_there():
    near, far = surfaces(mill(), 2.0)
    place = shapely.Point(100_010.0 + 99.5, 450_010.0)
    assert near.zone.contains(place) and not far.zone.contains(place) and far.zone.contains(shapely.Point(100_010.0 + 101, 450_010.0)) and not far.zone.contains(shapely.Point(100_010.0 + 401, 450_010.0))
    assert near.surface.nap_m == 3.5 and len(surfaces(mill(r_free=0.001), 2.0)) == 1 and len(surfaces(mill(r_free=0.002), 2.0)) == 2


@pytest.mark.parametrize(("r_free", "r_max", "radii"), [(100.0, 400.0, [100, 150, 200, 250, 300, 350, 400]), (0.0, 120.0, [50, 100, 120]), (100.0, 100.0, [100]), (60.0, 200.0, [60, 110, 160, 200])])
def test_circles_of_equal_limit(r_free, r_max, radii):
    found = rings(mill(r_free=r_free, r_max=r_max))
    assert [round(value, 4) for _, value in found] == [round(2.4 + 0.01 * radius, 4) for radius in radii]
    assert [round(float(np.hypot(*(np.array(line.coords[0]) - (100_010.0, 450_010.0)))), 2) for line, _ in found] == pytest.approx(radii, rel=1e-3)


def test_the_biotope_of_the_map_is_found_by_its_name():
    areas = (plan_area("a", "gebiedsaanduiding", "vrijwaringszone - Molenbiotoop", box(0, 0, 10, 10)), plan_area("b", "gebiedsaanduiding", "molen", box(10, 0, 20, 10)), plan_area("c", "functieaanduiding", "molenbiotoop", box(0, 0, 9, 9)))
    scene = context(plans=areas)
    zone, found = biotope_zone(rule(), scene)
    assert [one.fid for one in found] == ["a"] and local(zone).bounds == (0.0, 0.0, 10.0, 10.0)
    assert [one.fid for one in biotope_zone(rule(measure={"zone_name": "Molen"}), scene)[1]] == ["a", "b"] and biotope_zone(rule(measure={"zone_name": "x"}), scene) == (None, ())


def test_what_the_plan_allows_is_compared_where_it_says_a_height():
    scene = context()
    space = plan_envelope(scene)
    assert space.shape[1:] == (3, 3) and len(space) and list(compared(rule(), scene)) == ["plan"] and compared(rule(measure={"plan_envelope": False}), scene) == {}
    bare = context(plans=tuple(area for area in scene.site.plans if area.kind != "maatvoering"))
    assert plan_envelope(bare).shape == (0, 3, 3) and compared(rule(), bare) == {}
    assert limit_minutes(rule(limit=Limit(">=", "h", 2.5))) == 150.0 and limit_minutes(rule()) is None
