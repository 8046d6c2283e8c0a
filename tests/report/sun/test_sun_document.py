"""Which notes of findings are assumptions of a study and which are reasons, and what a study is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_sun
from shapely import Point

from drieluik.model import Evidence, Note, Verdict
from drieluik.report.basis.sun_table import CHANGED_MIN
from drieluik.report.sun import sun_document
from drieluik.report.sun.sun_document import assumptions, is_reason, norm_table, study_of, wanted, why
from drieluik.texts import sentence

GENERAL = ("sun_doc_times", "sun_doc_geometric", "sun_doc_scope", "sun_doc_doubt")
ASSUMED = (
    "sun_norm", "sun_receptors_assumed", "sun_radius", "sun_own_left_out", "sun_replaced", "sun_no_terrain", "sun_no_buildings", "sun_without_model", "sun_trees", "sun_trees_left_out",
    "sun_never_up", "sun_facades_added", "sun_no_plan_space", "sun_plan_space", "sun_shadow_method", "sun_shadow_no_plots", "sun_shadow_yards_only",
)
REASONS = (
    "sun_falls_below", "sun_worse_below", "sun_on_the_edge", "sun_points", "sun_some_points_fail", "sun_several_addresses", "sun_no_address", "sun_blocked_by_design", "sun_blocked_by_building",
)


def with_notes(*codes, check="sun_hours_facade"):
    review = small_sun.review()
    first = next(found for found in review.findings if found.check == "sun_hours_facade")
    return replace(review, findings=(replace(first, check=check, notes=tuple(Note.of(code) for code in codes)),))


@pytest.mark.parametrize("code", ASSUMED)
def test_what_is_assumed_is_said_once(code):
    general = tuple(sentence(one, lang="nl") for one in GENERAL)
    assert assumptions(with_notes(code, code), "nl") == (*general, sentence(code, {}, "nl")) == assumptions(with_notes(code, check="shadow_study"), "nl")
    assert assumptions(with_notes(code, check="max_building_height"), "nl") == general
    assert not is_reason(code)


@pytest.mark.parametrize("code", REASONS)
def test_why_a_dwelling_is_judged_as_it_is(code):
    assert is_reason(code)
    (found,) = with_notes(code, "sun_radius").findings
    assert why(found, "nl") == sentence(code, {}, "nl") and assumptions(with_notes(code), "nl")[4:] == ()


def test_dwellings_that_were_taken_for_one_are_counted_once():
    notes = tuple(Note.of("sun_assumed_dwelling", pand=pand) for pand in ("1", "2", "1"))
    review = with_notes()
    assert assumptions(replace(review, findings=(replace(review.findings[0], notes=notes),)), "en")[4:] == (sentence("sun_doc_assumed_dwellings", {"count": 2}, "en"),)


@pytest.mark.parametrize(("check", "verdict", "shown"), [("sun_hours_facade", Verdict.COMPLIES, True), ("shadow_study", Verdict.VIOLATES, True), ("shadow_study", Verdict.NOT_ASSESSABLE, False), ("sun_trigger", Verdict.VIOLATES, False)])
def test_a_study_is_shown_when_something_was_measured(check, verdict, shown):
    review = with_notes()
    assert wanted(replace(review, findings=(replace(review.findings[0], check=check, verdict=verdict),))) is shown


def test_a_rule_with_a_word_that_cannot_be_used_gives_the_usual_moments():
    review, scene = small_sun.review(), small_sun.ShadowScene(small_sun.sun_site(), small_sun.WALL)
    rules = review.rulesets[0].rules

    def moments(rule):
        return len(study_of(replace(review, rulesets=(replace(review.rulesets[0], rules=(rule,)),)), scene).moments)

    assert moments(rules[2]) == 6 and moments(replace(rules[2], enabled=False)) == moments(replace(rules[2], measure={"hours": ["x"]})) == moments(rules[0]) == 20


def test_the_title_of_a_norm_in_the_language_that_it_has():
    review = small_sun.review()
    titles = [norm_table(review, replace(review.rulesets[0].rules[0], title=title), lang).title for title, lang in (({"en": "E", "nl": "N"}, "en"), ({"nl": "N"}, "en"), ({}, "nl"))]
    assert titles == ["E", "N", "tno"]


def test_charts_are_of_who_needs_a_look_or_loses_sun_the_worst_first(monkeypatch):
    """A minute of rounding is no loss; of who complies the facade that loses most is shown, of who needs a look the deciding one."""
    review = small_sun.review()
    first = next(found for found in review.findings if found.check == "sun_hours_facade")
    drawn = []
    monkeypatch.setattr(sun_document, "blocking_of", lambda *_: None)
    monkeypatch.setattr(sun_document, "chart_picture", lambda review, finding, rule, blocking, name, lang, point: drawn.append((finding.subject.code, name, point.value)) or (name if point.value else None))

    def home(name, verdict, *changes):
        notes = [Note.of("x", verdict=verdict.value, facade=str(n), after=100.0 + change) for n, change in enumerate(changes)]
        return replace(first, subject=Note.of(name), verdict=verdict, evidence=tuple(Evidence("receptor", Point(0, 0), value=change, unit="min", note=note) for change, note in zip(changes, notes)))

    homes = [
        home("edge", Verdict.COMPLIES, -CHANGED_MIN), home("loses", Verdict.COMPLIES, -CHANGED_MIN - 0.1), home("more", Verdict.COMPLIES, 3.0, -70.0, -30.0),
        home("asked", Verdict.NEEDS_JUDGEMENT, 0.0, -80.0), home("broken", Verdict.VIOLATES, -20.0, -90.0), home("worst", Verdict.VIOLATES, -40.0),
    ]
    made = sun_document.charts_of(review, review.designs[0], homes, "c", "nl")
    assert drawn == [("worst", "c-0.svg", -40.0), ("broken", "c-1.svg", -20.0), ("asked", "c-2.svg", 0.0), ("more", "c-3.svg", -70.0), ("loses", "c-4.svg", -CHANGED_MIN - 0.1)]
    assert made == ["c-0.svg", "c-1.svg", "c-3.svg", "c-4.svg"]
    assert len(sun_document.charts_of(review, review.designs[0], homes[3:] * 4, "c", "nl")) == 8 and len(drawn) == 5 + 8
    assert not sun_document.charts_of(replace(review, rulesets=()), review.designs[0], homes, "c", "nl")
