"""A decision belongs to the facts it was taken on: when one of them changes it has lapsed, and stays in sight until it is taken again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import scenes
from drieluik.checks.engine.officer.decisions import design_content, rule_text
from drieluik.checks.engine.officer.officer_answers import with_override, without_override
from drieluik.model import LegalSource, Limit, Placement, Rule, Ruleset, Verdict
from drieluik.report.basis import wording
from drieluik.review import review
from one_rule import PEIL

RULE = Rule("hoogte", "max_building_height", {"nl": "Hoogte"}, (LegalSource("Plan", "3.1", "ten hoogste"),), Limit("<=", "m", 7.0))


def judged(answers, height=7.4, rule=RULE, at=5.0):
    body = scenes.box_part(at, 5, at + 9, 14, 0, height)
    return review(scenes.site(), scenes.design(body), Ruleset("t", "1", {}, (rule,)), {**PEIL, **answers})[0]


def taken():
    return with_override({}, judged({}), Verdict.COMPLIES, "eerder vergund", "A", "2026-05-02")


def facts(found):
    return {change.fact for change in found.lapsed.changes} if found.lapsed else set()


def test_it_stands_while_nothing_changes():
    found = judged(taken())
    assert (found.verdict, found.stands, found.lapsed, found.ladder) == (Verdict.VIOLATES, Verdict.COMPLIES, None, "fits")


@pytest.mark.parametrize(("other", "changes"), [
    ({"height": 7.9}, {"design", "value"}),
    ({"height": 6.2}, {"design", "value", "verdict"}),
    ({"at": 6.5}, {"design"}),
    ({"rule": replace(RULE, limit=Limit("<=", "m", 6.5))}, {"rule", "limit"}),
    ({"rule": replace(RULE, legal=(LegalSource("Plan", "3.1", "ten hoogste, mits"),))}, {"rule"}),
])
def test_it_lapses_with_any_of_its_facts(other, changes):
    found = judged(taken(), **other)
    assert (found.decision, facts(found)) == (None, changes)
    assert found.questions[0].key == "overrides:hoogte"


def test_it_never_carries_its_verdict_over_and_is_open_until_taken_again():
    given = with_override({}, judged({}), Verdict.VIOLATES, "te hoog gebleken", "A")
    lower = judged(given, height=6.2)
    assert (lower.verdict, lower.stands, lower.ladder) == (Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT, "undecided")
    assert judged(taken(), height=7.9).stands is Verdict.VIOLATES
    said = wording.decision_text(lower, "nl")
    assert "Vervallen" in said and "gemeten was 7,40 m, nu 6,20 m" in said and "‘voldoet niet’" in said
    again = with_override(given, lower, Verdict.COMPLIES, "lager gemaakt", "A")
    assert len(again["overrides"]) == 1
    assert (judged(again, height=6.2).stands, judged(again, height=6.2).lapsed) == (Verdict.COMPLIES, None)
    assert without_override(given, lower)["overrides"] == []


def test_an_old_decision_without_its_facts_has_lapsed_unless_it_names_verdict_and_value():
    entry = {"rule": "hoogte", "subject": "maximum bouwhoogte 7 m", "verdict": "complies", "reason": "vergund"}
    old = judged({"overrides": [entry]})
    assert (old.decision, facts(old), old.stands) == (None, {"unknown"}, Verdict.VIOLATES)
    named = judged({"overrides": [{**entry, "facts": {"verdict": "violates", "value": 7.4}}]})
    assert (named.stands, named.lapsed) == (Verdict.COMPLIES, None)
    other = judged({"overrides": [{**entry, "facts": {"verdict": "violates", "value": 7.1}}]})
    assert facts(other) == {"value"}


def test_a_decision_that_names_the_verdict_alone_does_not_outlive_a_design_that_grew():
    entry = {"rule": "hoogte", "verdict": "complies", "reason": "vergund", "facts": {"verdict": "violates"}}
    grown = judged({"overrides": [entry]}, height=20.0)
    assert (grown.decision, facts(grown), grown.stands) == (None, {"unknown"}, Verdict.VIOLATES)
    content = judged({}, height=20.0).fingerprint.design
    assert judged({"overrides": [{**entry, "facts": {"verdict": "violates", "design": content}}]}, height=20.0).stands is Verdict.COMPLIES


def test_the_content_of_a_design_is_its_bodies_wherever_it_stands_and_in_whatever_order():
    one, two = scenes.box_part(0, 0, 4, 4, 0, 3, fid="a"), scenes.box_part(4, 0, 8, 4, 0, 5, fid="b")
    there = scenes.design(one, two)
    assert design_content(there) == design_content(scenes.design(two, one))
    turn = np.radians(30.0)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    origin = np.array([there.placement.easting_m, there.placement.northing_m, there.placement.base_nap_m])

    def moved(part):
        own = part.vertices - origin
        return replace(part, vertices=np.column_stack([own[:, :2] @ turned.T + (100.0, 50.0), own[:, 2] + 2.0]))

    elsewhere = replace(there, parts=tuple(map(moved, there.parts)), placement=Placement("case", 100.0, 50.0, 30.0, 2.0))
    assert design_content(elsewhere) == design_content(there)
    assert design_content(scenes.design(one, replace(two, kind="chimney"))) != design_content(there)
    assert rule_text(RULE) == rule_text(replace(RULE, title={"nl": "Anders genoemd"}, tests=({"name": "x"},)))


def several(*given, height=7.4):
    """Decisions about one finding in the order of the list: (verdict, at), or (verdict, at, False) about the rule as a whole."""
    found = judged({}, height=height)
    entries = [
        {**with_override({}, found, verdict, f"besluit {number}", "A", at)["overrides"][0], **({} if own else {"subject": ""})}
        for number, (verdict, at, own) in enumerate((*one, True)[:3] for one in given)
    ]
    return judged({"overrides": entries}, height=height)


YES, NO = Verdict.COMPLIES, Verdict.VIOLATES
OPEN_ = Verdict.NEEDS_JUDGEMENT


@pytest.mark.parametrize(("given", "stands"), [
    (((YES, "2026-05-02"), (NO, "2026-05-01")), YES), (((NO, "2026-05-01"), (YES, "2026-05-02")), YES), (((NO, "2026-05-02"), (YES, "2026-05-01")), NO),
    (((YES, "2026-05-02T11:00"), (NO, "2026-05-02T10:00")), YES), (((YES, "2026-05-02T11:00Z"), (NO, "2026-05-02T12:30+02:00")), YES),
    (((YES, "2026-05-02", False), (NO, "2026-05-01")), YES), (((NO, "2026-05-02", False), (YES, "2026-05-01")), NO),  # the later is about the rule as a whole
    (((YES, "2026-05-02"), (NO, "2026-05-02", False)), YES), (((YES, ""), (NO, "", False)), YES),  # its own subject goes before the whole rule
    (((YES, "2026-05-02"), (YES, "")), YES), (((YES, "2026-05-02"), (YES, "2026-05-02")), YES),
])  # fmt: skip
def test_the_latest_of_several_decisions_stands_wherever_it_is_in_the_list(given, stands):
    for order in (given, given[::-1]):
        found = several(*order)
        assert (found.stands, found.lapsed) == (stands, None)


@pytest.mark.parametrize("given", [
    ((YES, "2026-05-02"), (NO, "2026-05-02")), ((YES, "2026-05-02"), (NO, "")), ((YES, ""), (NO, "")), ((YES, "2026-05-02T11:00"), (NO, "2026-05-02")), ((YES, "gisteren"), (NO, "2026-05-02")),
])  # fmt: skip
def test_decisions_that_differ_without_a_date_that_tells_the_latest_settle_nothing_and_are_told(given):
    for order in (given, given[::-1]):
        for height, computed in ((7.4, NO), (6.2, YES)):
            found = several(*order, height=height)
            assert (found.verdict, found.decision, found.questions[0].note.code) == (computed, None, "engine_question_decisions")
            assert found.stands is (NO if computed is NO else OPEN_)
            said = wording.decision_text(found, "nl")
            assert "‘voldoet’" in said and "‘voldoet niet’" in said and "geen datum" in said
