"""Numbers, limits and sentences about findings: every form, in both languages."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from drieluik.model import (
    Choice,
    Decision,
    Evidence,
    Finding,
    Lapsed,
    LegalSource,
    Measurement,
    Note,
    Premise,
    Question,
    Rule,
    Ruleset,
    UncertaintySource,
    Verdict,
)
from drieluik.report.basis import wording

COMPLIES, VIOLATES, JUDGE, MISSING, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE


def measure(value=10.4, unit="m", op="<=", limit=9.0, *sources, **more):
    return Measurement(more.pop("name", "height_above_peil"), value, unit, op, limit, tuple(UncertaintySource("level", s) for s in sources), **more)


def finding(verdict, *measures, check="max_building_height", **more):
    return Finding("r", check, Note.of("subject_coverage"), "A", verdict, measures, **more)


@pytest.mark.parametrize(
    ("value", "unit", "nl", "en"),
    [
        (11.6, "m", "11,60 m", "11.60 m"), (3.0, "", "3", "3"), (2.5, "", "2,50", "2.50"), (120.0, "min", "120 min", "120 min"), (119.5, "min", "119,50 min", "119.50 min"), (3.0, "m", "3,00 m", "3.00 m"),
        (90.0, "m2", "90,00 m²", "90.00 m²"), (8.25, "m3", "8,25 m³", "8.25 m³"), (1.0, "m NAP", "1,00 m NAP", "1.00 m NAP"), (41.0, "deg", "41,00 °", "41.00 °"), (None, "m", "– m", "– m"), (None, "", "–", "–"),
        (-0.001, "m", "0,00 m", "0.00 m"), (38.0, "%", "38,00 %", "38.00 %"),
    ],
)
def test_amounts(value, unit, nl, en):
    assert (wording.amount(value, unit, "nl"), wording.amount(value, unit, "en")) == (nl, en)


@pytest.mark.parametrize(("value", "unit", "text"), [(0.6, "m", "+0,60"), (-0.6, "m", "−0,60"), (0.0, "m", "+0,00"), (None, "m", "–"), (-2.0, "", "−2"), (30.0, "min", "+30")])
def test_signed_numbers(value, unit, text):
    assert wording.signed(value, unit, "nl") == text


@pytest.mark.parametrize(
    ("one", "limit", "margin"),
    [
        (measure(), "≤ 9,00 m", "−1,40"), (measure(op=">="), "≥ 9,00 m", "+1,40"), (measure(op="=="), "= 9,00 m", "−1,40"), (measure(op="<"), "< 9,00 m", "−1,40"), (measure(op=">"), "> 9,00 m", "+1,40"),
        (measure(limit=None), "", ""), (measure(value=None), "≤ 9,00 m", ""), (measure(41.2, "deg", "between", 60.0, low=30.0), "30,00 – 60,00 °", "+11,20"),
        (measure(10.4, "m", "<=", 9.0, 0.03, 0.04), "≤ 9,00 m", "−1,40 ± 0,05"), (measure(100.0, "min", ">=", 120.0, 5.0), "≥ 120 min", "−20 ± 5"), (measure(3.0, "", "<=", 2.0, 0.5), "≤ 2", "−1 ± 0,50"),
    ],
)
def test_limits_and_margins(one, limit, margin):
    assert (wording.limit_text(one, "nl"), wording.margin_text(one, "nl")) == (limit, margin)


def test_uncertainty_with_its_causes():
    assert wording.uncertainty_text(measure(), "nl") == "geen (grens en ontwerp zijn exact gegeven)"
    assert wording.uncertainty_text(measure(5.0, "m NAP", "<=", 9.0, 0.03, 0.04), "nl") == "± 0,05 m (hoogte van het peil: 0,03 m, hoogte van het peil: 0,04 m)"


def test_names_of_measurements_with_their_place():
    assert wording.measurement_name(measure(name="peil"), "nl") == "Peil" and wording.measurement_name(measure(name="peil", at="kelder"), "nl") == "Peil (kelder)"
    assert wording.measurement_name(measure(name="peil", at="nap_value"), "nl") == "Peil (vaste NAP-hoogte)"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (finding(VIOLATES), ""), (finding(VIOLATES, measure()), "10,40 m · ≤ 9,00 m · −1,40"), (finding(COMPLIES, measure(limit=None)), "10,40 m"),
        (finding(COMPLIES, measure(), measure(10.3, name="height_before")), "10,40 m · ≤ 9,00 m · −1,40 · nu al 10,30 m"), (finding(VIOLATES, measure(), measure(10.3, name="height_before")), "10,40 m · ≤ 9,00 m · −1,40"),
        (finding(COMPLIES, measure(8.0), measure(10.3, name="height_before")), "8,00 m · ≤ 9,00 m · +1,00"),
        (finding(COMPLIES, measure(9.04, "m", "<=", 9.0, 0.05), measure(9.0, name="height_before")), "9,04 m · ≤ 9,00 m · −0,04 ± 0,05"),
        (finding(COMPLIES, measure(limit=None), measure(10.3, name="height_before")), "10,40 m"),
    ],
)
def test_the_line_of_what_was_measured(found, line):
    assert wording.measured_line(found, "nl") == line


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (finding(MISSING, measure()), "Deze regel kon niet worden beoordeeld."), (finding(VIOLATES, measure()), "Het ontwerp steekt 1,40 m uit boven de grens van 9,00 m boven peil."),
        (finding(JUDGE, measure()), "Dit moet u zelf beoordelen: gemeten is 10,40 m (≤ 9,00 m)."),
        (finding(VIOLATES, measure(op="<")), "Gemeten is 10,40 m; de grens is < 9,00 m: dat past niet."), (finding(VIOLATES, measure(), check="weg"), "Gemeten is 10,40 m; de grens is 9,00 m: dat past niet."),
        (finding(VIOLATES, measure(5.0, "m NAP", "<=", 4.0)), "Het ontwerp steekt 1,00 m uit boven de grens van 4,00 m NAP boven peil."),
    ],
)
def test_the_sentence_of_a_finding(found, said):
    assert wording.say(found, "nl") == said


def test_sentences_that_need_no_number_and_what_may_be_there():
    bare = {verdict: wording.say(finding(verdict), "nl") for verdict in (COMPLIES, VIOLATES, JUDGE, NONE)}
    assert len(set(bare.values())) == 4 and all(text.endswith(".") and "?" not in text for text in bare.values())
    for mill in (finding(NONE, measure(), check="mill_biotope", governed_by="x"), finding(NONE, check="mill_biotope")):
        assert wording.say(mill, "nl") == bare[NONE] != wording.say(finding(NONE, measure(), check="mill_biotope"), "nl")
    over = finding(COMPLIES, measure(4.0, "m2", "<=", 0.0), check="public_space_overlap")
    assert wording.say(over, "nl") != wording.say(finding(COMPLIES, measure(0.0, "m2", "<=", 0.0), check="public_space_overlap"), "nl")
    deep = finding(VIOLATES, measure(4.0, "m2", "<=", 0.0), measure(1.25, name="outside_depth"), check="within_building_plane")
    assert "1,25 m" in wording.say(deep, "nl") and "4,00 m²" in wording.say(deep, "nl")


def test_a_value_with_its_limit_where_that_decided():
    assert wording.against(measure(), VIOLATES, "nl") == "10,40 m (≤ 9,00 m)" == wording.against(measure(), JUDGE, "nl")
    assert wording.against(measure(), COMPLIES, "nl") == "10,40 m" == wording.against(measure(limit=None), JUDGE, "nl")


@pytest.mark.parametrize(("role", "value", "text"), [("excess_volume", 0.6, "+0,60 m"), ("outside_depth", 1.0, "+1,00 m"), ("highest_point", 9.5, "9,50 m"), ("excess_volume", None, "")])
def test_labels_on_a_map(role, value, text):
    assert wording.label(Evidence(role, value=value, unit="m"), finding(VIOLATES), "nl") == text


def test_the_title_of_a_rule():
    def title(titles, lang, rule="r"):
        review = SimpleNamespace(rulesets=(Ruleset("a", "1", {}, ()), Ruleset("b", "1", {}, (Rule("q", "x", {"nl": "q"}, ()), Rule("r", "x", titles, ())))))
        return wording.title(review, Finding(rule, "x", Note.of("subject_coverage"), "A", VIOLATES), lang)

    assert [title({"nl": "Hoogte", "en": "Height"}, lang) for lang in ("nl", "en", None)] == ["Hoogte", "Height", "Hoogte"]
    assert title({"nl": "Hoogte"}, "en") == "Hoogte" and title({}, "nl") == "R" and title({"nl": "x"}, "nl", "weg") == "Weg"


def test_icons_words_and_decisions_of_a_verdict():
    assert [wording.verdict_icon(verdict) for verdict in (COMPLIES, VIOLATES, JUDGE, MISSING, NONE)] == ["✓", "✗", "?", "◌", "–"]
    decided, lapsed = Decision(COMPLIES, "Al vergund."), Lapsed(Decision(VIOLATES, "x", at="2026-02-03"), ())
    assert wording.verdict_text(finding(VIOLATES), "nl") == "✗ voldoet niet" and wording.verdict_text(finding(VIOLATES, decision=decided), "en") == "✓ complies (officer's verdict; computed: violates)"
    assert wording.verdict_text(finding(COMPLIES, lapsed=lapsed), "nl") == "? beoordeling nodig (eerder oordeel vervallen)"
    assert wording.decision_text(finding(VIOLATES), "nl") == "" and "(–)" in wording.decision_text(finding(VIOLATES, decision=decided), "nl")
    assert "(3 februari 2026)" in wording.decision_text(finding(VIOLATES, lapsed=lapsed), "nl") and wording.changes_text(finding(VIOLATES), "nl") == ""


def test_steps_of_the_ladder_and_counts():
    assert wording.ladder_text("", "nl") == "" and wording.ladder_text("fits", "nl") == "past binnen het plan"
    assert wording.summary_line({VIOLATES: 2, JUDGE: 0, COMPLIES: 14}, "nl") == "2 voldoen niet · 14 voldoen" and wording.summary_line({}, "nl") == ""


@pytest.mark.parametrize(
    ("question", "place"),
    [
        (Question("profile.peil", Note("x"), plan_id="P"), "profile: P: peil"), (Question("profile.peil", Note("x")), "profile.peil"), (Question("peil", Note("x"), plan_id="P"), "peil"),
        (Question("overrides:a:b", Note("x")), 'overrides: - {rule: "a:b"}'),
    ],
)
def test_where_an_answer_goes(question, place):
    assert wording.answer_place(question) == place


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (True, "ja", "yes"), (False, "nee", "no"), (1.5, "1,5", "1.5"), (2.0, "2", "2"), (3, "3", "3"), ("chimney", "schoorsteen", "chimney"), ("wall_plane", "het vlak van de gevel", "the plane of the facade"), ("eigen", "eigen", "eigen"),
        ([1.5, "chimney"], "1,5, schoorsteen", "1.5, chimney"), (("a",), "a", "a"), ({"q": True, "b": [1]}, "q: ja; b: 1", "q: yes; b: 1"),
    ],
)
def test_answers_as_text(value, nl, en):
    assert (wording.plain(value, "nl"), wording.plain(value, "en"), wording.plain(value)) == (nl, en, nl)


def test_the_code_of_a_check_and_the_article():
    assert wording.check_code(finding(VIOLATES), "nl") == "DRL-A02" and wording.check_code(finding(VIOLATES, check="weg"), "nl") == ""
    assert wording.article(finding(VIOLATES)) == "" and wording.article(finding(VIOLATES, legal=(LegalSource("a", "5.2"), LegalSource("b", "6")))) == "5.2"
    assert wording.notes((Note.of("sun_no_terrain"), Note.of("gate_missing", layer="bgt")), "nl")[1] == "De laag 'BGT: topografie' ontbreekt om dit na te gaan."


@pytest.mark.parametrize(
    ("measured", "values", "between", "said"),
    [
        (38.0, (12.5, 61.25), (12.5, 61.25), "12,50 tot 61,25 %"), (5.0, (12.5, 61.25), (5.0, 61.25), "5,00 tot 61,25 %"), (70.0, (12.5,), (12.5, 70.0), "12,50 tot 70,00 %"),
        (38.0, (38.0, 38.0), None, "38,00 %"), (38.0, (38.004,), None, "38,00 %"), (38.0, (38.006,), (38.0, 38.006), "38,00 tot 38,01 %"), (-38.0, (38.0,), (-38.0, 38.0), "−38,00 tot 38,00 %"),
        (38.0, (None,), None, "38,00 %"), (38.0, (None, 40.0), (38.0, 40.0), "38,00 tot 40,00 %"), (None, (12.5, 61.25), (12.5, 61.25), "12,50 tot 61,25 %"), (38.0, (), None, "38,00 %"),
    ],
)  # fmt: skip
def test_between_what_an_open_question_leaves_a_value(measured, values, between, said):
    """Of the measured value itself and what the choices give in its unit; a difference that is not seen in two decimals is none."""
    choices = (*(Choice(Note.of("choice_drip"), "a", COMPLIES, value, "%") for value in values), Choice(Note.of("choice_drip"), "a", COMPLIES, 500.0, "m2"))
    found = finding(JUDGE, measure(measured, "%", "<=", 40.0), premises=(Premise("x", "open", Note.of("premise_open"), choices=choices, flips=True),))
    assert wording.value_range(found) == between and wording.measured_text(found, "nl") == said
    for other in (replace(found, verdict=VIOLATES), replace(found, measurements=()), replace(found, premises=(replace(found.premises[0], flips=False),)), replace(found, premises=(replace(found.premises[0], settled="answer"),))):
        assert wording.value_range(other) is None
