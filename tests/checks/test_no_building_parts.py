"""Which parts of a design may be no building, by hand: by what they are called, by their shape, by what the officer said, and what is asked of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drieluik.checks.engine import no_building
from drieluik.checks.engine.no_building import structures_told
from drieluik.measure.building.named_kinds import STRUCTURE
from drieluik.model import Note
from one_context import HOUSE, context
from scenes import box_part, design


@pytest.mark.parametrize(("name", "called"), [
    ("silo", True), ("Silo's", True), ("silos", True), ("voersilo", True), ("tank", True), ("mesttanks", True), ("mast", True), ("zendmasten", True), ("bassin", True), ("bassins", True), ("zuil", True), ("zuilen", True), ("vergister", True), ("co-vergisters", True), ("windturbine", True), ("windturbines", True),
    ("windmolen", True), ("windmolens", True), ("oude silo 2", True), ("tank_3", True), ("TANK-1", True), ("silohuis", False), ("tankstation", False), ("masten2x", True), ("mastbos", False), ("turbine", False), ("molen", False), ("huis", False), ("", False), ("3", False),
])
def test_what_a_part_is_called(name, called):
    for words in ({"fid": name or "x"}, {"name": name}, {"object": name}):
        part = replace(HOUSE, **{"fid": "x", **words})
        assert no_building._is_called(part) is called
        for kind, tells in (("other", called), ("antenna", False), ("canopy", False)):
            assert no_building._is_called(replace(part, kind=kind)) is tells


def tower(width, height, west=30, low=0.0, depth=None, **words):
    return replace(box_part(west, 6, west + width, 6 + (depth or width), low, low + height, fid=words.pop("fid", "t")), **words)


SILO = tower(6.02, 7, fid="silo")


@pytest.mark.parametrize(("parts", "small", "expected"), [
    ((HOUSE,), False, ""), ((HOUSE, SILO), False, "silo"), ((HOUSE, SILO, tower(6, 2, low=7, fid="kegel")), False, "silo kegel"), ((HOUSE, SILO, tower(6.1, 2, low=7, fid="kegel")), False, "silo kegel"), ((HOUSE, SILO, tower(7, 2, low=7, fid="kegel")), False, "silo"),
    ((HOUSE, SILO, tower(2, 2, low=7, fid="trap", kind=STRUCTURE)), False, "silo"), ((HOUSE, tower(1, 3)), False, "t"), ((HOUSE, tower(1, 2.9)), False, ""), ((HOUSE, tower(1, 2.9)), True, "t"), ((HOUSE, tower(1, 6.1, depth=2)), False, "t"), ((HOUSE, tower(1, 5.9, depth=2)), False, ""),
    ((HOUSE, tower(2.01, 9)), False, ""), ((HOUSE, tower(1.99, 9)), False, "t"), ((HOUSE, tower(4.9, 2.5)), True, "t"), ((HOUSE, tower(5.1, 2.5)), True, ""), ((HOUSE, tower(1, 3, kind="other")), False, "t"), ((HOUSE, tower(1, 3, kind="chimney")), False, ""), ((HOUSE, tower(1, 3, closed=False)), False, ""), ((HOUSE, tower(1, 3, west=14.05)), False, ""), ((HOUSE, tower(1, 3, west=15)), False, "t"),
    ((HOUSE, tower(1, 3), tower(1, 3, west=31, fid="u")), False, ""), ((HOUSE, tower(1, 3), tower(1, 3, west=33, fid="u")), False, "t u"), ((HOUSE, tower(0.3, 12, fid="p", west=15), SILO), False, "p silo"), ((HOUSE, tower(1, 2.9), tower(1, 3, west=33, fid="u")), False, "u"),
])
def test_what_may_be_no_building_by_name_or_shape(parts, small, expected):
    found = [part.fid for part in no_building._maybe_none(design(*parts).parts, small)]
    assert found == expected.split()


def told(*parts, answers=None):
    scene = context(*parts, answers=answers)
    after = structures_told(scene)
    point = scene.ledger.open.get("small_is_building")
    return " ".join(part.fid for part in after.design.parts if part.kind == STRUCTURE), point, after, scene


@pytest.mark.parametrize(("parts", "answers", "gone", "asked"), [
    ((HOUSE,), {}, "", None), ((HOUSE, SILO), {}, "silo", (36.2, False)), ((HOUSE, tower(1, 3.04)), {}, "", (1.0, True)), ((HOUSE, tower(1, 3), SILO), {}, "t silo", (36.2, False)), ((HOUSE, SILO), {"small_is_building": "yes"}, "", None), ((HOUSE, SILO), {"small_is_building": "no"}, "silo", None), ((HOUSE, tower(1, 2.9)), {"small_is_building": "no"}, "t", None),
    ((HOUSE, tower(1, 2.9)), {}, "", None), ((HOUSE, SILO), {"object_kind": "hoofdgebouw"}, "", None), ((HOUSE, SILO), {"object_kind": "bouwwerk geen gebouw"}, "box silo", None), ((HOUSE, SILO), {"object_kind": "erfafscheiding"}, "box silo", None), ((HOUSE, SILO), {"objects": {"silo": "bijgebouw"}}, "", None),
    ((HOUSE, SILO), {"objects": {"silo": "bouwwerk geen gebouw"}}, "silo", None), ((HOUSE, SILO), {"objects": {"box": "bouwwerk geen gebouw"}}, "box silo", (36.2, False)), ((HOUSE, SILO, tower(1, 3)), {"objects": {"silo": "bijgebouw"}}, "", (1.0, True)), ((HOUSE, SILO), {"objects": {"box": "bijgebouw"}, "object_kind": "erfafscheiding"}, "silo", None),
])
def test_which_parts_are_no_building_in_a_reading(parts, answers, gone, asked):
    found, point, after, scene = told(*parts, answers=answers)
    assert found == gone and (after is scene) is (gone == "")
    if asked is None:
        assert point is None
    else:
        area, likely = asked
        assert point.question.note == Note.of("surroundings_question_small_building", area=area) and point.alternatives[0].value is likely


def test_a_structure_is_one_part_for_all_readings():
    scene = context(HOUSE, SILO)
    first, second = (structures_told(scene).design.parts for _ in range(2))
    assert first[1] is second[1] and first[0] is scene.design.parts[0] and first[1].kind == STRUCTURE and scene.design.parts[1].kind == "building"
