"""What sticks out: by its name, else by its shape."""

from __future__ import annotations

import pytest

from drieluik.measure.building.footprint import wall_enclosed
from drieluik.measure.building.overhangs import overhangs
from drieluik.measure.building.roof import RoofView
from scenes import GROUND, box_part, gable_part


def found(*parts):
    outline = wall_enclosed([parts[0]], (), GROUND)[0]
    return overhangs(parts, RoofView(parts, GROUND), outline)


HOUSE = gable_part(0, 0, 10, 8, 5, 8)


def test_a_balcony_with_railing_and_a_canopy():
    balcony = [box_part(3, -1.5, 6, 0, 2.7, 2.9), box_part(3, -1.5, 6, -1.4, 2.9, 3.9)]
    canopy = box_part(8, -1.0, 9.5, 0, 2.4, 2.6)
    by_kind = {thing.kind: thing for thing in found(HOUSE, *balcony, canopy)}
    assert by_kind["balcony"].depth == pytest.approx(1.5) and by_kind["balcony"].plan.area == pytest.approx(3 * 1.5, abs=1e-4)
    assert by_kind["canopy"].depth == pytest.approx(1.0)
    assert by_kind["canopy"].low - GROUND == pytest.approx(2.4)


def test_the_files_own_word_goes_first():
    (thing,) = found(HOUSE, box_part(3, -1.5, 6, 0, 2.7, 2.9, kind="balcony"))
    assert (thing.kind, thing.confidence) == ("balcony", 1.0)


def test_a_step_at_the_door():
    (thing,) = found(HOUSE, box_part(4, -0.6, 5.5, 0, 0, 0.2))
    assert thing.kind == "at_ground"


def test_overhanging_roof():
    walls = box_part(0, 0, 10, 8, 0, 5)
    roof = gable_part(-0.5, -0.5, 10.5, 8.5, 0.1, 3.6)
    lifted = type(roof)(roof.fid, roof.vertices + [0, 0, 5], roof.faces, closed=True)
    things = found(walls, lifted)
    assert {thing.kind for thing in things} == {"roof_overhang"}
    assert max(thing.depth for thing in things) == pytest.approx(0.5, abs=0.01)
