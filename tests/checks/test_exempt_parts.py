"""What does not count for a height: by the rule's own word, never by a name alone, and never beyond its own cap (peil at z = 0)."""

from __future__ import annotations

import pytest

import scenes
from drieluik.model import LegalSource, Limit, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run
from scenes import box_part, gable_part

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = gable_part(5, 5, 13, 14, 3, 7, fid="house")
ASKED = {"id": "stack", "classes": ["chimney"], "decision": "officer", "question": "Telt de schoorsteen niet mee?"}


def chimney(top, fid="chimney", x=8.0):
    return box_part(x, 9, x + 0.6, 9.6, 5, top, kind="chimney", fid=fid)


def height(*parts, value=7.0, **words):
    return run("max_building_height", *parts, value=value, **words)


def test_what_the_rule_leaves_to_the_officer_no_default_decides():
    found = height(HOUSE, chimney(8), exceptions=[ASKED])
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["stack"])
    assert height(HOUSE, chimney(8), exceptions=[ASKED], answers={"stack": "yes"}).verdict is COMPLIES
    assert height(HOUSE, chimney(8), exceptions=[ASKED], answers={"stack": "no"}).verdict is VIOLATES
    assert height(HOUSE, chimney(8)).verdict is COMPLIES  # a rule that says nothing of it


def test_no_other_question_answers_a_cap_away():
    capped = {"id": "stack", "classes": ["chimney"], "decision": "auto", "max_extra_m": 0.5}
    assert height(HOUSE, chimney(7.5), exceptions=[capped]).verdict is COMPLIES
    for answers in ({}, {"minor_parts": "yes"}):
        assert height(HOUSE, chimney(8), exceptions=[capped], answers=answers).verdict is VIOLATES  # 1.0 m above, 0.5 m may be


@pytest.mark.parametrize("top", [8.0, 8.5])
def test_a_strict_limit_asks_nothing_more_of_what_does_not_count(top):
    assert height(HOUSE, chimney(top), value=8.0, op="<").verdict is COMPLIES
    assert height(gable_part(5, 5, 13, 14, 3, 8, fid="house"), value=8.0, op="<").verdict is VIOLATES


def test_a_storey_of_chimneys_is_a_storey():
    flat = box_part(5, 5, 13, 14, 0, 6, fid="house")
    stacks = [box_part(5 + 2 * i, 5 + 2 * j, 7 + 2 * i, 7 + 2 * j, 6, 9, kind="chimney", fid=f"c{i}{j}") for i in range(4) for j in range(4)]
    assert height(flat, *stacks, value=6.0).verdict is VIOLATES
    assert height(flat, stacks[0], value=6.0).verdict is COMPLIES


def test_a_stack_away_from_the_building_is_no_part_of_it():
    flat = box_part(5, 5, 13, 14, 0, 6, fid="house")
    found = height(flat, box_part(14, 30, 16, 32, 0, 20, kind="chimney", fid="c"), value=6.0)
    assert found.verdict is not COMPLIES


@pytest.mark.parametrize(("peil", "verdict"), [(1.0, COMPLIES), ("1.0", COMPLIES), ("1,0", COMPLIES), (0.5, VIOLATES)])
def test_a_bare_number_is_a_level(peil, verdict):
    assert height(HOUSE, answers={"peil": peil}).verdict is verdict


def test_a_word_that_is_no_kind_of_object_settles_nothing():
    """A house of 6 m at a limit of 5 m for the hoofdgebouw: another spelling of the answer does not make the violation disappear."""
    house = box_part(5, 5, 13, 14, 0, 6, fid="house")
    limit = Limit("<=", "m", 5.0)
    rule = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), limit, applies_to=("hoofdgebouw",))

    def judged(**answers):
        return review(scenes.site(), scenes.design(house), Ruleset("t", "1", {}, (rule,)), {**PEIL, **answers})[0].verdict

    for word in ("hoofdgebouw", "Hoofdgebouw", " hoofdgebouw "):
        assert judged(object_kind=word) is VIOLATES
    assert judged(object_kind="bijgebouw") is Verdict.NOT_APPLICABLE
    for odd in ("schuur", 5):
        assert judged(object_kind=odd) is not Verdict.NOT_APPLICABLE
    assert judged(objects={"house": "schuur"}) is not Verdict.NOT_APPLICABLE
