"""Rules for other structures, piece by piece: which parts they are about, which limit holds where, and what is said where none can be told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

from drieluik.checks import REGISTRY
from drieluik.checks.zoning.other_structures import _stand_in, chosen_parts
from drieluik.model import Limit, Verdict
from one_context import HOUSE, context, rule
from one_rule import rd
from scenes import box_part, shift

CHECK = REGISTRY["other_structures"]
FRONT = {"facade_line": {"line": rd((6, 6), (14, 6)), "road_side": [100_010, 450_000]}}
FENCE = box_part(3, 0, 3.1, 12, 0, 2, kind="railing", fid="fence")
"""Six metres of it before the facade line at y = 6, six behind."""


def said(measure, *parts, answers=None, limit=None, **changes):
    """Return verdict, subject, value, limit and what is told, finding by finding."""
    scene = context(*parts, answers=answers, **changes)
    found = CHECK.run(rule(check=CHECK.name, measure=measure, limit=limit), scene)
    return [(one.verdict.value, one.subject.code, *((one.measurements[0].value, one.measurements[0].limit) if one.measurements else ()), *(note.code for note in (*one.notes, *one.missing))) for one in found], scene


@pytest.mark.parametrize(("measure", "answers", "expected"), [
    ({"max_before_m": 1.0, "max_behind_m": 2.0}, FRONT, [("violates", "subject_fence_before", 2.0, 1.0), ("complies", "subject_fence_behind", 2.0, 2.0)]),
    ({"max_before_m": 2.5}, FRONT, [("complies", "subject_fence_before", 2.0, 2.5)]), ({"max_behind_m": 1.5}, FRONT, [("violates", "subject_fence_behind", 2.0, 1.5)]),
    ({"max_behind_m": 2.5, "max_height_m": 1.5}, FRONT, [("violates", "subject_structure", 2.0, 1.5), ("complies", "subject_fence_behind", 2.0, 2.5)]), ({"max_height_m": 2.0}, {}, [("complies", "subject_structure", 2.0, 2.0)]),
    ({}, {}, [("not_assessable", "subject_structure", "surroundings_no_limit")]), ({"max_before_m": 1.0, "max_behind_m": 2.5}, {"fence_side": "voor"}, [("violates", "subject_fence", 2.0, 1.0)]),
    ({"max_before_m": 1.0, "max_behind_m": 2.5}, {"fence_side": "achter"}, [("complies", "subject_fence", 2.0, 2.5)]), ({"max_before_m": 1.0}, {"fence_side": "achter"}, [("not_applicable", "subject_structure", "surroundings_other_side")]),
    ({"max_before_m": 1.0, "parts": ["railing"]}, FRONT, [("violates", "subject_fence_before", 2.0, 1.0)]), ({"max_height_m": 1.0, "parts": ["mast"]}, {}, [("not_assessable", "subject_structure", "surroundings_parts_unknown")]),
    ({"max_height_m": 1.0, "parts": ["chimney"]}, {}, [("not_applicable", "subject_structure", "surroundings_no_such_part")]), ({"max_height_m": 1.0, "parts": ["chimney", "mast"]}, {}, [("not_assessable", "subject_structure", "surroundings_parts_unknown")]),
])
def test_a_limit_holds_on_its_side_or_for_the_whole(measure, answers, expected):
    found, _ = said(measure, HOUSE, FENCE, answers=answers)
    assert found == expected


def test_the_rules_own_limit_is_that_of_the_whole_and_a_switch_goes_before_it():
    assert said({}, HOUSE, FENCE, limit=Limit("<", "m", 2.0))[0] == [("violates", "subject_structure", 2.0, 2.0)]
    assert said({"max_height_m": 3.0}, HOUSE, FENCE, limit=Limit("<=", "m", 1.0))[0] == [("complies", "subject_structure", 2.0, 3.0)]


def test_a_side_without_a_line_is_asked_and_a_fence_without_peil_cannot_be_told():
    _, scene = said({"max_before_m": 1.0, "max_behind_m": 2.5}, HOUSE, FENCE)
    point = scene.ledger.open["fence_side"]
    assert ([one.value for one in point.alternatives], point.question.note.code) == (["voor", "achter"], "surroundings_question_fence_side")
    low = context(HOUSE, FENCE, terrain=None, topography=())
    [found] = CHECK.run(rule(check=CHECK.name, measure={"max_height_m": 1.0}), replace(low, answers={}))
    assert (found.verdict, [note.code for note in found.missing], [question.key for question in found.questions]) == (Verdict.NOT_ASSESSABLE, ["checks_peil_missing"], ["peil"])


def test_nothing_of_a_house_is_another_structure():
    assert said({"max_height_m": 1.0}, HOUSE)[0] == [("not_applicable", "subject_structure", "surroundings_no_such_part")]


def chosen(*parts, answers=None):
    scene = context(*parts, answers=answers)
    return [part.fid for part in chosen_parts(rule(), scene)], list(scene.ledger.open), scene


def shed(side, fid="shed"):
    return box_part(15, 30, 15 + side, 30 + side, 0, 2.5, fid=fid)


def test_a_room_under_a_roof_is_a_building_and_of_a_small_one_that_is_asked():
    """25 m2 is a dwelling's; less than 4 m2 is a column."""
    assert chosen(HOUSE, shed(5.1), FENCE)[:2] == (["fence"], [])
    assert chosen(HOUSE, shed(4.9), FENCE)[:2] == (["fence"], ["small_is_building"])
    assert chosen(HOUSE, shed(4.9), FENCE, answers={"small_is_building": "no"})[:2] == (["shed", "fence"], [])
    assert chosen(HOUSE, shed(2.1), FENCE)[1] == ["small_is_building"] and chosen(HOUSE, shed(1.9), FENCE)[1] == []
    scene = chosen(HOUSE, shed(4.0), shed(4.5, "larger"), FENCE)[2]
    assert scene.ledger.open["small_is_building"].question.note.as_dict()["area"] == pytest.approx(20.2, abs=0.1)
    assert [one.value for one in scene.ledger.open["small_is_building"].alternatives] == [True, False]


def test_the_corners_of_each_part_are_counted_by_themselves():
    inside, outside = box_part(1, 1, 2, 2, 0, 2), box_part(30, 30, 31, 31, 0, 2)
    area = shift(box(0, 0, 10, 10))
    assert [bool(one) for one in _stand_in([inside, outside, inside, outside, outside, inside], area)] == [True, False, True, False, False, True]
    triangle = replace(inside, vertices=inside.vertices[:3] + ((0, 0, 0), (20, 0, 0), (0, 0, 0)), faces=inside.faces[:1] * 0)  # two of its three corners
    assert [bool(one) for one in _stand_in([triangle, outside, triangle], area)] == [True, False, True]
    half = box_part(9.5, 1, 10.5, 2, 0, 2)
    assert [bool(one) for one in _stand_in([half, half], area)] == [False, False]
