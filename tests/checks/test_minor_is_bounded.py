"""What is minor without a word has a bound: a chimney of storeys above its roof is asked; a face without area is nothing; a class that two exceptions
name is nobody's to choose."""

from __future__ import annotations

import numpy as np
import pytest

from drieluik.model import Part, Verdict
from one_rule import run
from scenes import box_part, gable_part, to_rd

COMPLIES, VIOLATES, JUDGE = (Verdict(word) for word in ("complies", "violates", "needs_judgement"))
HOUSE = box_part(5, 6, 13, 15, 0, 5.6, fid="house")


def stack(top, kind="chimney", at=(8.2, 9.4)):
    return box_part(at[0], at[1], at[0] + 0.9, at[1] + 0.9, 5.6, top, kind=kind, fid="stack")


@pytest.mark.parametrize(("kind", "top", "verdict"), [
    ("chimney", 7.4, COMPLIES), ("chimney", 10.5, COMPLIES), ("chimney", 10.7, JUDGE), ("chimney", 19, JUDGE), ("antenna", 10.5, COMPLIES), ("antenna", 14, JUDGE),
])  # fmt: skip
def test_a_chimney_is_minor_without_a_word_up_to_five_metres_above_its_roof(kind, top, verdict):
    found = run("max_building_height", HOUSE, stack(top, kind), value=6.5)
    assert found.verdict is verdict and [question.key for question in found.questions] == ["minor_parts"] * (verdict is JUDGE)
    if verdict is JUDGE:
        assert run("max_building_height", HOUSE, stack(top, kind), value=6.5, answers={"minor_parts": "ja"}).verdict is COMPLIES
        assert run("max_building_height", HOUSE, stack(top, kind), value=6.5, answers={"minor_parts": "nee"}).verdict is VIOLATES
        assert run("max_building_height", HOUSE, stack(top, kind), value=6.5, exempt_classes=[kind]).verdict is COMPLIES


def test_a_chimney_at_the_eaves_is_as_high_as_the_ridge_near_it_allows():
    roof = gable_part(5, 6, 13, 15, 3.1, 8.4, fid="house")
    chimney = box_part(5.2, 9, 6.0, 9.8, 3, 9.6, kind="chimney", fid="c")
    assert run("max_building_height", roof, chimney, value=8.5).verdict is COMPLIES


def face(*corners):
    return Part("stray", to_rd(list(corners)), np.array([[0, 1, 2]]), kind="other")


@pytest.mark.parametrize("stray", [face([9, 9, 17], [9, 9, 17], [9, 9, 17]), face([9, 9, 3], [9, 9, 17], [9, 9, 17]), face([9, 9, 3], [9, 9, 10], [9, 9, 17])])
def test_a_face_without_area_decides_no_height(stray):
    assert run("max_building_height", HOUSE, stray, value=6).verdict is COMPLIES
    assert run("max_building_height", HOUSE, stray, value=5).verdict is VIOLATES


@pytest.mark.parametrize(("third", "height"), [([9, 9, 17], 5.6), ([9, 10, 17], 17.0)])
def test_a_face_without_area_within_a_part_decides_no_height(third, height):
    corners = np.vstack([HOUSE.vertices, to_rd([[9, 9, 5], [9, 9, 11], third])])
    more = Part("house", corners, np.vstack([HOUSE.faces, [[len(corners) - 3, len(corners) - 2, len(corners) - 1]]]), kind="building", closed=HOUSE.closed)
    assert run("max_building_height", more, value=30).measurements[0].value == pytest.approx(height)


AUTO, OFFICER = {"id": "a", "classes": ["chimney"], "decision": "auto"}, {"id": "o", "classes": ["chimney"], "decision": "officer", "question": "mag het?"}


@pytest.mark.parametrize(("first", "second", "top", "verdict", "asked"), [
    ({**AUTO, "max_extra_m": 0.4}, {**AUTO, "id": "b", "max_extra_m": 2.1}, 6.8, COMPLIES, []),
    ({**AUTO, "max_extra_m": 0.4}, {**AUTO, "id": "b", "max_extra_m": 2.1}, 7.9, JUDGE, ["b"]),
    ({**AUTO, "max_extra_m": 0.4}, {**AUTO, "id": "b", "max_extra_m": 2.1}, 8.9, VIOLATES, []),
    ({**AUTO, "max_extra_m": 1.4}, {**AUTO, "id": "b", "max_extra_m": 1.4}, 7.9, COMPLIES, []),
    ({**AUTO, "max_extra_m": 2.1}, OFFICER, 7.9, JUDGE, ["o"]),
    (AUTO, {**OFFICER, "max_extra_m": 0.4}, 7.9, JUDGE, ["o"]),
])  # fmt: skip
def test_a_class_that_two_exceptions_name_is_asked_where_they_differ(first, second, top, verdict, asked):
    for exceptions in ((first, second), (second, first)):
        found = run("max_building_height", HOUSE, stack(top), value=6.5, exceptions=exceptions)
        assert found.verdict is verdict and [question.key for question in found.questions] == asked
        if asked:
            assert run("max_building_height", HOUSE, stack(top), value=6.5, exceptions=exceptions, answers={asked[0]: "ja"}).verdict is COMPLIES
