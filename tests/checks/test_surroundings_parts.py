"""Mills and public space, part by part: what a rule tells of a mill, its rings and levels; what is public, how much hangs over it and how high."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.checks.surroundings import mill_biotope, public_space_overlap
from drieluik.checks.surroundings.mill_biotope import Biotope
from drieluik.model import TopographyObject, Verdict
from one_context import ABOUT, HOUSE, context, rule
from scenes import GROUND, ORIGIN, box_part, shift

AT = [ORIGIN[0] - 150, ORIGIN[1]]


def read(mill=None, answers=None, **measure):
    scene = context(answers=answers)
    found, missing = mill_biotope.read_biotope(rule(measure=measure), scene, {"at": AT, **(mill or {})}, ABOUT)
    return found, [(note.code, *note.as_dict().values()) for note in missing]


def test_the_limit_of_a_mill_by_formula_or_by_ratio():
    found, missing = read({"n": 140, "z": 12.0})
    assert missing == [] and (found.at, found.base, found.slope, found.r_free, found.r_max, found.h_free, found.datum, found.ground_nap) == (tuple(AT), pytest.approx(2.4), 1 / 140, 100.0, 400.0, 0.0, "mill_ground", None)
    found, _ = read({"n": 75, "z": 12.0, "c": 0.5, "r_free": 0.0, "r_max": 300.0, "stelling_m": 4.5, "ground_nap": 1.5, "datum": "NAP"})
    assert (found.base, found.r_free, found.r_max, found.h_free, found.ground_nap, found.datum) == (6.0, 0.0, 300.0, 4.5, 1.5, "NAP")
    found, _ = read({"model": "ratio", "ratio": 30, "base_m": 3.0, "h_free": 2.0, "stelling_m": 9.0})
    assert (found.base, found.slope, found.h_free) == (3.0, 1 / 30, 2.0)
    assert [read({"terrain": word, "z": 10.0})[0].slope for word in ("open", "rough", "closed")] == [1 / 140, 1 / 75, 1 / 50]
    assert read({"z": 10.0}, n=50)[0].slope == 1 / 50 and read({"n": 140, "z": 10.0}, n=50)[0].slope == 1 / 140 and read({"z": 10.0}, {"n": 75}, n=50)[0].slope == 1 / 75


@pytest.mark.parametrize(
    ("mill", "missing"),
    [
        ({"n": 140}, [("surroundings_mill_parameter", "z")]), ({"z": 9.0}, [("surroundings_mill_parameter", "n")]), ({"n": 0, "z": -1}, [("surroundings_mill_parameter", "n"), ("surroundings_mill_parameter", "z")]), ({"model": "ratio"}, [("surroundings_mill_parameter", "ratio")]),
        ({"n": 140, "z": 9, "at": "hier"}, [("surroundings_mill_place",)]), ({"n": 140, "z": 9, "model": "kegel", "ratio": 3}, [("surroundings_mill_words", "mill_ground", "kegel")]), ({"n": 140, "z": 9, "datum": "straat"}, [("surroundings_mill_words", "straat", "formula")]),
        ({"n": 140, "z": 9, "r_max": "ver", "ground_nap": "laag"}, [("surroundings_mill_number", "r_max"), ("surroundings_mill_number", "ground_nap")]), ({"n": 140, "z": 9, "c": True, "h_free": "x"}, [("surroundings_mill_number", "c"), ("surroundings_mill_number", "h_free")]), ({"n": 140, "z": 9, "terrain": "bos"}, []), ({"terrain": "bos", "z": 9}, [("surroundings_mill_parameter", "n")]),
    ],
)  # fmt: skip
def test_what_is_missing_of_a_mill(mill, missing):
    found, said = read(mill)
    assert said == missing and (found is None) is bool(missing)


def test_what_is_asked_of_a_mill_and_how_it_is_called():
    _, missing = mill_biotope.read_biotope(rule(), context(), None, ABOUT)
    assert [(question.key, question.kind, question.unit) for question in mill_biotope.asked_for(missing)] == [("mill", "place", ""), ("terrain", "choice", ""), ("z", "number", "m")]
    assert mill_biotope.subject_of({"name": "De Hoop"}, 2).as_dict() == {"name": "De Hoop"} and mill_biotope.subject_of({"at": AT}, 0).data == ()
    assert mill_biotope.subject_of({"at": AT}, 2) != mill_biotope.subject_of({"at": AT}, 1) != mill_biotope.subject_of(None, 0)


MILL = Biotope(ABOUT, (0.0, 0.0), None, 2.0, 0.01, 100.0, 400.0, 1.0, "mill_ground")


def test_a_level_in_the_free_circle_and_a_cone_around_it():
    free, cone = mill_biotope.surfaces(MILL, 5.0)
    assert (free.surface.nap_m, cone.surface.heights(np.array([[100.0, 0], [0, 300]])).tolist()) == (6.0, [8.0, 10.0])
    assert free.zone.area == pytest.approx(np.pi * 99.999**2, rel=1e-4) and cone.zone.area == pytest.approx(np.pi * (400**2 - 100**2), rel=1e-4)
    assert len(mill_biotope.surfaces(replace(MILL, r_free=0.0), 5.0)) == 1 and len(mill_biotope.surfaces(replace(MILL, r_free=0.002), 5.0)) == 2
    (only,) = mill_biotope.surfaces(replace(MILL, r_free=0.0), 5.0)
    assert only.zone.area == pytest.approx(np.pi * 400**2, rel=1e-4)


@pytest.mark.parametrize(("free", "reach", "radii"), [(100.0, 200.0, [100, 150, 200]), (0.0, 120.0, [50, 100, 120]), (80.0, 90.0, [80, 90])])
def test_circles_of_equal_limit_every_fifty_metres(free, reach, radii):
    found = mill_biotope.rings(replace(MILL, r_free=free, r_max=reach))
    assert [(round(float(np.hypot(*line.coords[0])), 6), value) for line, value in found] == [(radius, pytest.approx(2 + radius * 0.01)) for radius in radii]


def test_the_level_that_a_mill_is_measured_from():
    scene = context()
    place = replace(MILL, at=(ORIGIN[0] - 20, ORIGIN[1]))
    assert mill_biotope.datum_level(scene, replace(place, datum="NAP")) == (0.0, (), ()) and mill_biotope.datum_level(scene, replace(place, datum="peil"))[0] == GROUND
    assert mill_biotope.datum_level(scene, replace(place, ground_nap=-1.5))[:2] == (-1.5, ())
    level, sources, _ = mill_biotope.datum_level(scene, place)
    assert level == GROUND and [(source.name, source.value) for source in sources] == [("mill_ground", 0.1)]
    assert [note.code for note in mill_biotope.datum_level(context(terrain=None), place)[2]] == ["surroundings_mill_ground"]


def test_the_plans_biotope_is_one_area():
    areas = tuple(scenes.plan_area(fid, "gebiedsaanduiding", name, where) for fid, name, where in (("a", "vrijwaringszone - Molenbiotoop", box(0, 0, 10, 20)), ("b", "molenbiotoop 2", box(10, 0, 20, 20)), ("c", "geluidzone", box(0, 0, 50, 50))))
    scene = context(plans=(*scenes.site().plans, *areas))
    zone, used = mill_biotope.biotope_zone(rule(), scene)
    assert (zone.area, [area.fid for area in used]) == (400.0, ["a", "b"]) and mill_biotope.biotope_zone(rule(measure={"zone_name": "Geluid"}), scene)[0].area == 2500.0
    assert mill_biotope.biotope_zone(rule(), context()) == (None, ())


# public space


def thing(fid, where, kind="wegdeel", function="rijbaan lokale weg", level=0):
    return TopographyObject(fid, kind, shift(where), function, level=level)


STREET = thing("s", box(-40, -9, 60, 6.5))


@pytest.mark.parametrize(
    ("item", "measure", "public"),
    [
        (STREET, {}, True), (replace(STREET, level=1), {}, False), (replace(STREET, collection="onbegroeidterreindeel", function="open verharding"), {}, True), (replace(STREET, collection="onbegroeidterreindeel", function="erf"), {}, False), (replace(STREET, collection="begroeidterreindeel", function="gras"), {}, True), (replace(STREET, collection="ondersteunendwegdeel"), {}, True),
        (replace(STREET, function="inrit"), {}, False), (replace(STREET, function="inrit"), {"private_functions": []}, True), (replace(STREET, function="voetpad"), {"private_functions": ["voetpad"]}, False), (replace(STREET, function="inrit", geometry=shift(box(-40, -9, 60, 6))), {}, False),
    ],
)  # fmt: skip
def test_what_is_public_space(item, measure, public):
    scene = context(topography=(item,))
    assert public_space_overlap.is_public(item, rule(measure=measure), scene) is public
    asked = "public.inrit" if item.function == "inrit" and not measure and item.geometry is STREET.geometry else "public.s" if item.level else ""
    assert list(scene.ledger.open) == ([asked] if asked else [])
    told = context(topography=(item,), answers={"public.inrit": "ja"})
    assert public_space_overlap.is_public(item, rule(measure=measure), told) is (public or (item.function == "inrit" and not measure and item.geometry is STREET.geometry))


def over(*items, parts=(HOUSE,), **measure):
    (found,) = public_space_overlap.PublicSpaceOverlap().run(rule(measure=measure), context(*parts, topography=items))
    return found


@pytest.mark.parametrize(("edge", "verdict", "area"), [(6.0, "complies", 0.0), (6.19, "needs_judgement", 1.52), (6.21, "violates", 1.68)])
def test_how_far_a_design_may_seem_to_hang_over_the_street(edge, verdict, area):
    found = over(thing("s", box(-40, -9, 60, edge)))
    assert (found.verdict.value, found.measurements[0].value) == (verdict, pytest.approx(area))
    assert area == 0 or (found.measurements[0].sources[0].value == pytest.approx(8 * 0.2, abs=0.02) and found.evidence[0].value == pytest.approx(area))


@pytest.mark.parametrize(("edge", "distance", "close"), [(5.9, 0.1, True), (5.81, 0.19, True), (5.79, 0.21, False), (2.0, 4.0, False)])
def test_a_design_close_to_the_street_says_so(edge, distance, close):
    found = over(thing("s", box(-40, -9, 60, edge)))
    assert [(m.name, m.value) for m in found.measurements] == [("overlap_area", 0.0), ("distance_to_public_space", pytest.approx(distance))] and bool(found.notes) is close
    assert len(over(thing("e", box(-40, -9, 60, 5), "onbegroeidterreindeel", "erf")).measurements) == 1


def test_the_heavier_of_green_and_street_decides_and_each_is_named():
    street, green, path = thing("s", box(-40, -9, 10, 6.5)), thing("g", box(10, -9, 60, 8), "begroeidterreindeel", "gras"), thing("p", box(-40, 6.5, 8, 7), function="")
    found = over(street, green)
    assert (found.verdict, found.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(2.0)) and [note.as_dict().get("fid") for note in found.notes if note.code == "checks_over_object"] == ["g", "s"]
    assert over(green).verdict is Verdict.NEEDS_JUDGEMENT and over(green, over_green="complies").verdict is Verdict.COMPLIES and over(green, street, over_green="complies").measurements[0].value == pytest.approx(2.0)
    both = over(street, path)
    assert both.measurements[0].value == pytest.approx(2 + 1) and [m.at for m in both.measurements[1:]] == ["rijbaan lokale weg", "wegdeel"]


def test_the_free_height_over_the_street():
    awning = box_part(8, 3, 12, 6, 2.75, 3.0, kind="canopy", fid="awning")
    scene = context(HOUSE, awning)
    assert public_space_overlap.free_height(scene, shift(box(8, 3, 12, 6))) == 2.75 and public_space_overlap.free_height(context(HOUSE, awning, terrain=None), shift(box(8, 3, 12, 6))) is None
    assert public_space_overlap.free_height(context(box_part(8, 3, 12, 6, -1, 3)), shift(box(8, 3, 12, 6))) == 0.0 and public_space_overlap.free_height(scene, shift(box(50, 50, 60, 60))) is None
