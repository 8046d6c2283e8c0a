"""Storeys of a design of several buildings: each has its own, and a list of levels does not say of which building a floor is."""

from __future__ import annotations

import pytest

import scenes
from drieluik.model import LegalSource, Level, Limit, Rule, Ruleset
from drieluik.review import review
from one_rule import PEIL, sound
from scenes import GROUND, box_part

LOW, HIGH = box_part(5, 5, 9, 15, 0, 6, fid="a"), box_part(11, 5, 15, 15, 3, 9, fid="b")
HALLS = (box_part(5, 5, 9, 15, 0, 8.4, fid="a"), box_part(11, 5, 15, 15, 2.1, 10.5, fid="b"))
EQUAL = (LOW, box_part(11, 5, 15, 15, 0, 6, fid="b"))
STEPPED = (LOW, box_part(11, 5, 15, 15, 1, 7, fid="b"))


def slab(x0, x1, z, fid):
    return box_part(x0 + 0.1, 5.1, x1 - 0.1, 14.9, z - 0.2, z, kind="slab", fid=fid)


def storeys(parts, floors, most, answers=None, op="<=", **measure):
    levels = tuple(Level(f"L{z:g}", GROUND + z) for z in floors)
    rule = Rule("r", "max_storeys", {"nl": "r"}, (LegalSource("plan"),), Limit(op, "", most), measure=measure)
    found, = review(scenes.site(), scenes.design(*parts, levels=levels), Ruleset("t", "1", {}, (rule,)), {**PEIL, **(answers or {})})
    sound([found])
    return found


@pytest.mark.parametrize(
    ("parts", "floors", "most", "op", "verdict"),
    [
        ((LOW, HIGH), (0, 3, 6), 2, "<=", "complies"), ((LOW, HIGH), (0, 3, 6), 3, "<=", "complies"), ((LOW, HIGH), (0, 3, 6), 1, "<=", "violates"),
        (HALLS, (0, 2.1, 4.2, 6.3), 2, "<=", "needs_judgement"), (STEPPED, (0, 1, 3, 4), 2, "<=", "needs_judgement"), (EQUAL, (0, 3), 1, "<=", "violates"),
        (EQUAL, (0, 3), 2, "<=", "complies"), ((EQUAL[0], box_part(11, 5, 15, 15, 0, 4, fid="b")), (0, 3), 2, ">=", "violates"),
        ((EQUAL[0], box_part(11, 5, 13, 8, 0, 4, fid="b")), (0, 3), 2, ">=", "complies"),
    ],
)
def test_each_building_has_the_floors_that_are_its_own(parts, floors, most, op, verdict):
    """Halls of 8.4 m have two floors each, or three and less likely four; what stands 3 m higher has no floor at 0."""
    found = storeys(parts, floors, most, op=op, count_split_levels=True)
    assert found.verdict.value == verdict, [note.code for note in found.notes]


def test_whose_floors_they_are_is_asked_and_an_answer_decides():
    found = storeys(HALLS, (0, 2.1, 4.2, 6.3), 2)
    assert [question.key for question in found.questions] == ["storeys"] and "zoning_floors_whose" in [note.code for note in found.notes]
    assert [storeys(HALLS, (0, 2.1, 4.2, 6.3), 2, {"storeys": number}).verdict.value for number in (2, 3)] == ["complies", "violates"]


def test_floors_that_are_drawn_say_whose_they_are():
    drawn = (*STEPPED, slab(5, 9, 3, "a1"), slab(11, 15, 4, "b1"))
    found = storeys(drawn, (0, 1, 3, 4), 2, count_split_levels=True)
    assert (found.verdict.value, found.measurements[0].value) == ("complies", 2)
    assert storeys((*drawn, slab(11, 15, 3, "b2")), (0, 1, 3, 4), 2, count_split_levels=True).verdict.value == "violates"
