"""That a design holds an object of a kind does not say which part it is: a rule about it is never about the rest by that alone."""

from __future__ import annotations

import pytest

import scenes
from drieluik.checks.engine import scope
from drieluik.model import LegalSource, Limit, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL
from scenes import box_part

COMPLIES, VIOLATES, ASKED = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE, FENCE = box_part(5, 5, 13, 14, 0, 8, fid="huis"), box_part(0.3, 5, 1.2, 20, 0, 2.0, fid="f", kind="railing")
SHED = box_part(5, 5, 10, 11, 0, 3, fid="schuur")
MORE = [box_part(5 + n, 20, 5.5 + n, 20.5, 0, 1.0, fid=f"p{n}") for n in range(4)]


def judged(limit, *parts, kind="erfafscheiding", **answers):
    rule = Rule("o", "max_building_height", {"nl": "o"}, (LegalSource("plan"),), Limit("<=", "m", limit), applies_to=(kind,))
    told = {**PEIL, "parcels": ["1"], "roles": {part.fid: "design" for part in parts}, **answers}
    (found,) = review(scenes.site(), scenes.design(*parts), Ruleset("t", "1", {}, (rule,)), told)
    return found


@pytest.mark.parametrize(("limit", "verdict"), [(2.0, ASKED), (1.9, VIOLATES), (3.5, COMPLIES)])
def test_which_part_the_fence_is_is_asked_where_it_matters(limit, verdict):
    """A shed of 3 m and a fence of 2 m: whichever is the fence, below 2 m it violates and below 3.5 m it complies."""
    found = judged(limit, SHED, FENCE, has_erfafscheiding="yes")
    assert found.verdict is verdict and ("which.erfafscheiding" in [q.key for q in found.questions]) is (verdict is ASKED)
    if verdict is ASKED:
        (point,) = [one for one in found.premises if one.key == "which.erfafscheiding"]
        for choice in point.choices:
            answered = judged(limit, SHED, FENCE, has_erfafscheiding="yes", **{"which.erfafscheiding": choice.answer})
            assert (answered.verdict, answered.measurements[0].value) == (choice.verdict, choice.value)


@pytest.mark.parametrize(("limit", "verdict"), [(2.0, COMPLIES), (1.9, VIOLATES)])
def test_what_is_as_large_as_a_house_is_no_fence(limit, verdict):
    assert judged(limit, HOUSE, FENCE, has_erfafscheiding="yes").verdict is verdict


SHEDS = box_part(4, 5, 8, 10, 0, 2.6, fid="s1"), box_part(11, 5, 15, 9, 0, 2.2, fid="s2")


@pytest.mark.parametrize("parts", [SHEDS, (SHED, FENCE)])
@pytest.mark.parametrize("limit", [1.9, 2.1, 2.4, 2.8])
def test_which_is_the_main_building_and_which_is_the_fence_are_two_questions(parts, limit):
    """What one building is called says nothing of which part the fence is: a choice of either question gives what it announces."""
    found = judged(limit, *parts, has_erfafscheiding="yes")
    open_yet = [(premise.key, choice) for premise in found.premises if premise.settled == "open" for choice in premise.choices]
    told = [(key, choice, judged(limit, *parts, has_erfafscheiding="yes", **{key: choice.answer}).verdict) for key, choice in open_yet]
    assert told and [(key, choice.answer) for key, choice, verdict in told if choice.verdict is not verdict] == []


@pytest.mark.parametrize("said", ["nobody", ["x", "y"], 3, {"f": "erfafscheiding"}])
def test_a_part_that_is_not_there_is_refused(said):
    found = judged(2.0, SHED, FENCE, has_erfafscheiding="yes", **{"which.erfafscheiding": said})
    assert found.verdict is ASKED and "which.erfafscheiding:refused" in [premise.key for premise in found.premises]
    assert judged(2.0, SHED, FENCE, has_erfafscheiding="yes", **{"which.erfafscheiding": "f"}).verdict is COMPLIES


def test_of_many_parts_somebody_must_say_which():
    found = judged(2.0, HOUSE, FENCE, *MORE, has_erfafscheiding="yes")
    assert found.verdict is ASKED and [q.key for q in found.questions] == ["which.erfafscheiding"]
    assert judged(2.0, HOUSE, FENCE, *MORE, objects={"f": "erfafscheiding"}).verdict is COMPLIES


def test_what_the_house_is_is_looked_up_as_often_for_many_parts_as_for_few(monkeypatch):
    """An IFC of 142 parts was looked at 142 times for one rule: a review of a minute."""
    seen = []
    look = scope.objects_of
    monkeypatch.setattr(scope, "objects_of", lambda *given: seen.append(1) or look(*given))
    counts = []
    for more in ([], MORE):
        seen.clear()
        judged(2.0, HOUSE, FENCE, *more, has_erfafscheiding="yes")
        counts.append(len(seen))
    assert counts[0] >= counts[1] > 0


def test_a_design_of_one_part_is_all_of_it():
    assert judged(8.5, HOUSE, has_erfafscheiding="yes", object_kind="erfafscheiding").verdict is COMPLIES
