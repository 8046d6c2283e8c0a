"""What a rule excepts, piece by piece: who decides, how far parts may reach above a limit, and which parts are the building itself."""

from __future__ import annotations

import pytest

import scenes
from drieluik.checks.engine.exceptions import _within, decided_by, excepted, part_exceptions, parts_only, with_exceptions
from drieluik.checks.shared.vertical.heights import Exemptions, exemptions, reach_of
from drieluik.model import Measurement, Note, Verdict
from one_context import HOUSE, context, finding, rule
from scenes import GROUND, box_part


@pytest.mark.parametrize(("exception", "who"), [
    ({}, "auto"), ({"question": "Is het een hoek?"}, "officer"), ({"decision": "auto", "question": "x"}, "auto"), ({"decision": "officer"}, "officer"), ({"decision": ""}, "auto"),
])
def test_who_decides(exception, who):
    assert decided_by(exception) == who


@pytest.mark.parametrize(("kinds", "parts", "expected"), [
    (("chimney", "building"), ("building",), ("chimney",)), (("wall", "chimney"), ("wall", "roof"), ("wall", "chimney")), (("wall", "roof", "chimney"), ("wall", "roof"), ("chimney",)),
    (("wall", "roof"), ("building", "wall"), ("wall", "roof")), (("roof",), ("chimney",), ("roof",)), (("slab", "wall", "roof"), ("slab", "wall", "roof", "chimney"), ()), ((), ("building",), ()),
])
def test_a_part_is_never_the_building(kinds, parts, expected):
    assert parts_only(kinds, set(parts)) == expected


def test_exceptions_of_parts_are_those_with_classes_that_are_left():
    given = rule(exceptions=({"id": "a", "classes": ["chimney", "building"]}, {"id": "b", "classes": ["building"]}, {"id": "c"}, {"id": "d", "classes": []}, {"id": "e", "classes": ["antenna"], "effect": "limit+1"}))
    assert part_exceptions(given, {HOUSE.kind}) == ({"id": "a", "classes": ("chimney",)},)


def above(value, op="<=", unit="m", limit=8.0, verdict=Verdict.VIOLATES, reach=0.5):
    return _within(finding(verdict=verdict, value=value, limit=limit, op=op, unit=unit), {"max_extra_m": reach})


@pytest.mark.parametrize(("words", "expected"), [
    ({"value": 8.4}, True), ({"value": 8.50005}, True), ({"value": 8.502}, False), ({"value": 9.0, "reach": None}, True), ({"value": 9.0, "verdict": Verdict.COMPLIES}, True), ({"value": 9.0, "verdict": Verdict.NOT_APPLICABLE}, True),
    ({"value": 9.0, "verdict": Verdict.NEEDS_JUDGEMENT}, False), ({"value": 9.0, "unit": "m2"}, None), ({"value": 7.6, "op": ">="}, None), ({"value": 7.4, "op": ">="}, False), ({"value": 8.4, "op": "<"}, True), ({"value": None}, None),
])
def test_how_far_a_part_may_pass_a_norm(words, expected):
    assert above(**words) is expected


def test_of_several_numbers_the_first_in_metres_that_has_a_limit_counts():
    found = finding(measurements=(Measurement("area", 90.0, "m2", "<=", 80.0), Measurement("top", 3.0, "m"), Measurement("height", 8.7, "m", "<=", 8.0), Measurement("height", 8.1, "m", "<=", 8.0)))
    assert _within(found, {"max_extra_m": 0.5}) is False and _within(found, {"max_extra_m": 0.8}) is True and _within(found, {"max_extra_m": "0.8"}) is True


def test_a_violation_that_an_officer_excepts_complies_with_the_question():
    own = rule(exceptions=({"id": "hoek", "question": "Is het een hoek?", "decision": "officer"},))
    met = excepted(own, context(answers={"hoek": "yes"}), finding())
    assert (met.verdict, met.notes, met.deviations) == (Verdict.COMPLIES, (Note.of("surroundings_excepted", question="Is het een hoek?"),), ())
    assert excepted(own, context(answers={"hoek": "no"}), finding()).verdict is Verdict.VIOLATES and excepted(own, context(answers={"hoek": "yes"}), finding(verdict=Verdict.NEEDS_JUDGEMENT)).verdict is Verdict.NEEDS_JUDGEMENT
    bare = rule(exceptions=({"id": "hoek", "decision": "officer"},))
    assert excepted(bare, context(answers={"hoek": "yes"}), finding()).notes == (Note.of("surroundings_excepted", question="hoek"),)
    for other in ({"effect": "limit+1"}, {"classes": ["chimney"]}, {"decision": "auto"}):
        scene = context(answers={"hoek": "yes"})
        assert excepted(rule(exceptions=({"id": "hoek", "decision": "officer", **other},)), scene, finding()).verdict is Verdict.VIOLATES and not scene.ledger.settled
    asked = context()
    excepted(own, asked, finding())
    assert asked.ledger.open["hoek"].question.note == Note.of("engine_question_exception", question="Is het een hoek?")


class Wide:
    """A check of how far the parts of a design reach east (local m), at most 15."""

    weighs_exceptions = False

    def run(self, own, scene):
        east = max(part.vertices[:, 0].max() for part in scene.design.parts) - scenes.ORIGIN[0]
        measured = Measurement("depth", float(round(east, 6)), "m", "<=", 15.0)
        return (finding("r", measured.verdict(), measurements=(measured,)),)


@pytest.mark.parametrize(("exceptions", "answers", "east", "value", "verdict", "left_out", "asked"), [
    (({"id": "a", "classes": ["canopy"]},), {}, 18, 14.0, "complies", ["a canopy"], []), (({"id": "a", "classes": ["balcony"]},), {}, 18, 18.0, "violates", [], []),
    (({"id": "a", "classes": ["canopy"], "max_extra_m": 3.5},), {}, 18, 14.0, "complies", ["a canopy"], []), (({"id": "a", "classes": ["canopy"], "max_extra_m": 2.5},), {}, 18, 18.0, "violates", [], []),
    (({"id": "a", "classes": ["canopy"], "decision": "officer"},), {"a": "yes"}, 18, 14.0, "complies", ["a canopy"], []), (({"id": "a", "classes": ["canopy"], "decision": "officer"},), {"a": "no"}, 18, 18.0, "violates", [], []),
    (({"id": "a", "classes": ["canopy"], "decision": "officer"},), {}, 18, 18.0, "violates", [], ["a"]), (({"id": "a", "classes": ["canopy"], "decision": "officer"},), {}, 14.5, 14.5, "complies", [], []),
    (({"id": "a", "classes": ["canopy"], "decision": "officer", "max_extra_m": 2.5},), {"a": "yes"}, 18, 18.0, "violates", [], []), (({"id": "a", "classes": ["canopy", "chimney"]}, {"id": "b", "classes": ["roof"]}), {}, 18, 14.0, "complies", ["a canopy"], []),
])
def test_parts_are_left_out_as_far_as_they_may_reach(exceptions, answers, east, value, verdict, left_out, asked):
    scene = context(HOUSE, box_part(14, 6, east, 10, 2.5, 2.7, kind="canopy", fid="canopy"), answers=answers)
    [found] = with_exceptions(rule(exceptions=exceptions), scene, Wide())
    said = [f"{note.as_dict()['name']} {note.as_dict()['classes']}" for note in found.notes if note.code == "engine_parts_left_out"]
    assert (found.measurements[0].value, found.verdict.value, said, list(scene.ledger.open)) == (value, verdict, left_out, asked)
    weighing = Wide()
    weighing.weighs_exceptions = True
    assert with_exceptions(rule(exceptions=exceptions), scene, weighing)[0].measurements[0].value == east


def test_a_design_that_is_nothing_but_what_is_excepted_is_what_the_rule_is_about():
    scene = context(box_part(14, 6, 18, 10, 2.5, 2.7, kind="canopy", fid="canopy"))
    [found] = with_exceptions(rule(exceptions=({"id": "a", "classes": ["canopy"]},)), scene, Wide())
    assert found.verdict is Verdict.VIOLATES and found.notes == ()


PIPE = box_part(8, 8, 8.5, 8.5, 8, 9, kind="chimney", fid="pipe")
"""Its top lies 9 m above the ground."""


@pytest.mark.parametrize(("reach", "limit", "dropped"), [(None, 1.0, True), (1.0, 8.0, True), (0.99995, 8.0, True), (0.9998, 8.0, False), (0.0, 9.0, True), (0.0, 8.9, False)])
def test_a_part_does_not_count_as_far_as_it_may_reach(reach, limit, dropped):
    words = Exemptions({"chimney": reach}, {})
    assert words.drops(PIPE, GROUND + limit) is dropped and not words.drops(HOUSE, GROUND + limit)
    assert not Exemptions({"chimney": reach}, {}, frozenset({id(PIPE)})).drops(PIPE, GROUND + limit) and not Exemptions({}, {"chimney": {}}).drops(PIPE, GROUND + limit)
    assert Exemptions({"roof": 1.0}, {"chimney": {"max_extra_m": reach}}).granted(["chimney"]).free == {"roof": 1.0, "chimney": reach}


def test_what_a_rule_exempts_by_itself_and_what_it_leaves_to_the_officer():
    scene = context(HOUSE, PIPE)
    silent = exemptions(rule(), scene)
    assert "chimney" in silent.free and silent.free["chimney"] is None and silent.asked == {}
    said = exemptions(rule(exceptions=({"id": "a", "classes": ["chimney"], "max_extra_m": 1.5}, {"id": "b", "classes": ["roof"], "decision": "officer"})), scene)
    assert said.free["chimney"] == 1.5 and said.asked["roof"]["id"] == "b" and "roof" not in said.free
    both = exemptions(rule(exceptions=({"id": "b", "classes": ["chimney"], "decision": "officer"}, {"id": "a", "classes": ["chimney"]})), scene)
    assert "chimney" not in both.free and list(both.asked) == ["chimney"]  # two exceptions of one class that differ: asked
    assert exemptions(rule(measure={"exempt_classes": ["roof"]}), scene).free == {"roof": None} and exemptions(rule(measure={"exempt_classes": []}), scene).free == {}
    alone = exemptions(rule(), context(PIPE))
    assert alone.free == {} and reach_of({}) is None and reach_of({"max_extra_m": "2"}) == 2.0
