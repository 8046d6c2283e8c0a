"""Several files of one design, each at its own place; and which object of a file is the design."""

from __future__ import annotations

import numpy as np
import pytest

from drieluik.data_sources.design.assembling import aligned, chosen, parts_of
from drieluik.data_sources.design.bodies.raw import Georeference, RawDesign, RawPart
from drieluik.errors import DesignError
from drieluik.model import Part

CUBE = np.array([(x, y, z) for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)])
FACES = np.array([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5]])


def raw(place, corner=(0.0, 0.0, 0.0), name="a") -> RawDesign:
    found = RawDesign("IFC4", [RawPart(name, CUBE + corner, FACES, name=name)])
    found.georeference = Georeference("map_conversion", *place) if place else None
    found.levels = [("floor", 0.0)]
    return found


def test_each_file_stands_at_its_own_map_conversion():
    turn = np.radians(30.0)
    east, north = np.cos(turn) * 80.0 - np.sin(turn) * 40.0, np.sin(turn) * 80.0 + np.cos(turn) * 40.0
    architect = raw((150_000.0, 460_000.0, 1.0, 30.0))
    other = raw((150_000.0 + east, 460_000.0 + north, 3.0, 30.0), (-78.0, -38.0, 0.0), "b")  # its zero lies 80 east, 40 north, 2 up of the architect's
    moved = aligned([architect, other])[1]
    assert moved.parts[0].vertices.min(axis=0) == pytest.approx([2.0, 2.0, 2.0], abs=1e-6)
    assert moved.levels == [("floor", pytest.approx(2.0))]
    assert [code for _, code, _ in moved.messages] == ["design_aspect_moved"]


def test_a_file_that_then_stands_apart_is_told():
    apart = aligned([raw((150_000.0, 460_000.0, 0.0, 0.0)), raw((150_300.0, 460_000.0, 0.0, 0.0))])[1]
    assert ("warning", "design_aspect_apart") in [(severity, code) for severity, code, _ in apart.messages]


def test_the_same_place_and_no_place_move_nothing():
    same, without = aligned([raw(None), raw((150_000.0, 460_000.0, 0.0, 12.0)), raw((150_000.0, 460_000.0, 0.0, 12.0))])[1:]
    assert not same.messages and not without.messages and np.array_equal(without.parts[0].vertices, CUBE)


def test_an_object_that_the_case_names_is_the_design():
    parts = tuple(Part(f"{name}.{n}", CUBE, FACES, name=name, object=name) for name in ("Pand 1", "Pand 2") for n in range(2))
    assert [part.role.word for part in chosen(parts, ["pand 2"], "x.city.json")] == ["context", "context", "design", "design"]
    with pytest.raises(DesignError) as refused:
        chosen(parts, ["Pand 9"], "x.city.json")
    assert "Pand 1, Pand 2" in refused.value.message()


def test_what_the_file_says_travels_along():
    one = raw(None)
    one.parts[0].role = ("demolish", "part_role_status", {"value": "DEMOLISH", "set": "Pset_WallCommon"})
    (part,) = parts_of([one])
    assert (part.role.word, part.role.source, part.role.note.as_dict()["value"]) == ("demolish", "file", "DEMOLISH")
