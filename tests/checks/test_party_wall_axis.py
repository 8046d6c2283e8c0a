"""Width, depth and bouwvlak reach to the axis of a wall that two buildings share, as area and volume do."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import PlanArea, RegisteredBuilding, TopographyObject, Verdict
from one_rule import rd, run
from scenes import box_part, plan_area, shift

ROW = box_part(13, 6, 20.12, 14, 0, 5.6, fid="row")  # 7.12 m wide: 12 cm of the wall stands past the boundary x = 20
NEXT = RegisteredBuilding("9999100000000061", shift(box(20.0, 6, 27, 14)), 1975, "Pand in gebruik", ("woonfunctie",))
FRONT = {"parcels": ["1"], "front_boundary": {"lines": [rd((0, 0), (20, 0))]}}


def world(neighbour=NEXT, plans=None):
    map_of_it = (TopographyObject("n61", "pand", neighbour.geometry, building_id=neighbour.fid),) if neighbour else ()
    changes = {"plans": plans} if plans else {}
    streets = tuple(item for item in scenes.site().topography if item.collection != "pand")
    return scenes.site(registered_buildings=(neighbour,) if neighbour else (), topography=(*streets, *map_of_it), **changes)


@pytest.mark.parametrize(("neighbour", "words", "verdict", "value"), [
    (NEXT, {}, Verdict.COMPLIES, 7.0), (NEXT, {"party_walls": "ignore"}, Verdict.VIOLATES, 7.12), (None, {}, Verdict.VIOLATES, 7.12),
])
def test_the_width_of_a_house_in_a_row(neighbour, words, verdict, value):
    found = run("max_width", ROW, value=7.05, site=world(neighbour), answers=FRONT, **words)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(value, abs=1e-6))
    assert ("zoning_party_wall" in [note.code for note in found.notes]) == (verdict is Verdict.COMPLIES)


def test_the_depth_of_a_house_that_is_built_against_another_behind_it():
    behind = RegisteredBuilding("9999100000000062", shift(box(2, 40.0, 10, 48)), 1975, "Pand in gebruik", ("woonfunctie",))
    deep = box_part(2, 32, 10, 40.2, 0, 5.6)
    assert run("max_depth", deep, value=8.0, site=world(behind), answers=FRONT).verdict is Verdict.COMPLIES
    assert run("max_depth", deep, value=8.0, site=world(None), answers=FRONT).verdict is Verdict.VIOLATES
    assert run("max_depth", deep, value=7.9, site=world(behind), answers=FRONT).verdict is Verdict.VIOLATES


def plane(*rectangle) -> tuple[PlanArea, ...]:
    return (*scenes.site().plans[:2], plan_area("b7", "bouwvlak", "bouwvlak", box(*rectangle), belongs_to="e1"))


@pytest.mark.parametrize(("neighbour", "ground", "verdict", "area"), [
    (NEXT, (10, 5, 20, 17), Verdict.COMPLIES, 0.0),  # the wall beyond x = 20 is half the neighbour's
    (None, (10, 5, 20, 17), Verdict.VIOLATES, 0.96),  # 12 cm of 8 m, nothing stands against it
    (NEXT, (10, 5, 18, 17), Verdict.VIOLATES, 16.0),  # two metres up to the axis, and no more
])
def test_a_bouwvlak_up_to_the_boundary_of_a_row(neighbour, ground, verdict, area):
    found = run("within_building_plane", ROW, site=world(neighbour, plane(*ground)), answers={"parcels": ["1"]})
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(area, abs=1e-6))
