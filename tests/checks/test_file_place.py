"""What a file says two ways of its own place is a point like any other: both are tried, asked only where it matters."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.model import LegalSource, Limit, Message, Note, Placement, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import GROUND, ORIGIN, box_part

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = box_part(5, 5, 13, 14, 0, 6, fid="house")
TWICE = Note.of("design_height_twice", used=GROUND, other=GROUND - 1.5, site=1.5, map=1.5)
OFFSET = Note.of("design_world_offset", x=ORIGIN[0], y=ORIGIN[1], other_x=ORIGIN[0] + 30.0, other_y=ORIGIN[1], distance=30.0, turned=0.0)


def found(note, limit, check="max_building_height", method="map_conversion", **answers):
    design = replace(scenes.design(HOUSE), placement=Placement(method, *ORIGIN, 0.0, GROUND), messages=(Message("warning", note),))
    rule = Rule("r", check, {"nl": "r"}, (LegalSource("plan"),), None if limit is None else Limit("<=", "m", limit))
    (one,) = review(scenes.site(), design, Ruleset("t", "1", {}, (rule,)), {"peil": {"method": "nap_value", "nap_m": GROUND}, **answers})
    return one


def test_two_heights_are_asked_where_they_give_another_verdict():
    one = found(TWICE, 5.0)  # 6.0 m as placed, 4.5 m by the other reading
    assert (one.verdict, [question.key for question in one.questions]) == (JUDGE, ["file_height"])
    point = next(premise for premise in one.premises if premise.key == "file_height")
    assert [(choice.verdict, choice.value) for choice in point.choices] == [(VIOLATES, pytest.approx(6.0)), (COMPLIES, pytest.approx(4.5))]
    assert found(TWICE, 7.0).verdict is COMPLIES and found(TWICE, 4.0).verdict is VIOLATES


def test_an_answer_or_a_confirmed_place_settles_it():
    assert found(TWICE, 5.0, file_height=f"{GROUND - 1.5:.2f}").verdict is COMPLIES
    assert found(TWICE, 5.0, placement={"A": {"file_height": {"reason": "asked the architect"}}}).verdict is VIOLATES
    assert found(TWICE, 5.0, placement={"A": {"file_height": {"reason": " "}}}).verdict is JUDGE
    assert found(TWICE, 5.0, method="case").verdict is VIOLATES  # the officer's own place


def test_two_places_are_asked():
    one = found(OFFSET, None, "within_building_plane")
    assert (one.verdict, [question.key for question in one.questions]) == (JUDGE, ["file_place"])
