"""Rules of files that are switched off or on for one case: with a reason, and as a line of the cover."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.checks.engine.open_points.answer_history import given, without
from drieluik.checks.engine.rulebook.switched import switched
from drieluik.job import judge
from drieluik.model import Case, LegalSource, Limit, Rule, Ruleset, SiteRequest
from drieluik.report.basis import said
from drieluik.texts import sentence

HEIGHT = Rule("hoogte", "max_building_height", {"nl": "Bouwhoogte", "en": "Height"}, (LegalSource("plan", "5.2"),), Limit("<=", "m", 5.0))


def off(**words):
    return {"rule_switches": {"hoogte": {"value": "off", "reason": "vervallen", "by": "J. de Vries", "at": "2026-11-30", **words}}}


@pytest.mark.parametrize("answers, counts", [
    ({}, True), (off(), False), (off(value=False), False), (off(reason=" "), True), (off(value="misschien"), True), ({"rule_switches": ["hoogte"]}, True),
    ({"rule_switches": {"hoogte": "off"}}, True), ({"rule_switches": {"andere": {"value": "off", "reason": "weg"}}}, True),
])
def test_a_rule_counts_unless_it_is_switched_off_with_a_reason(answers, counts):
    (ruleset,) = switched((Ruleset("own", "1", {}, (HEIGHT,)),), answers)
    assert ruleset.rules[0].enabled is counts
    assert counts or (ruleset.rules[0].disabled_reason, ruleset.rules[0].disabled_by) == ("vervallen", "J. de Vries")


def test_a_rule_that_its_file_has_off_is_switched_on():
    file_off = Ruleset("own", "1", {}, (replace(HEIGHT, enabled=False, disabled_reason="oud"),))
    (ruleset,) = switched((file_off,), off(value=True))
    assert ruleset.rules[0].enabled and not ruleset.rules[0].disabled_reason


def test_what_is_switched_off_finds_nothing_and_is_told_in_cover_and_answers():
    site, ruleset = scenes.site(), Ruleset("own", "1", {}, (HEIGHT,))
    design = scenes.design(scenes.box_part(6, 6, 14, 14, 0, 6))
    case = Case("Z1", "Proef", SiteRequest(site.centre), (), rulesets=("own.yaml",), answers=off())
    review = judge(case, site, (design,), (ruleset,))
    assert review.findings == () and judge(replace(case, answers={}), site, (design,), (ruleset,)).findings
    (line,) = [line for line in review.covers[0].lines if line.rules == ("hoogte",)]
    assert sentence(line.note.code, line.note.as_dict()) == "Uitgezet door J. de Vries: vervallen"
    (one,) = given(case.answers)
    assert (said.name_of(one, review), said.value_of(one, review)) == ("Regel: Bouwhoogte", "uitgezet") and said.name_of(one, review, "en") == "Rule: Height"
    assert "rule_switches" not in without(case.answers, one.path)
