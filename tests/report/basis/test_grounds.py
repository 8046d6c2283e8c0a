"""What a finding rests on, what would turn it and what would cure it, in words."""

from __future__ import annotations

import pytest

from drieluik.model import Choice, Deviation, Finding, LegalSource, Note, Premise, Question, Verdict
from drieluik.report.basis.grounds import asked, choice_line, cures, grounds, no_cures, no_matter, point_name, rests_on, taken, turning
from drieluik.report.basis.wording import gone_on
from drieluik.texts import sentence

ASKED = Note.of("engine_profile_peil")
SAID = sentence("engine_profile_peil", lang="nl")
NAMES = {"peil": sentence("answer_peil", lang="nl"), "eaves": sentence("profile_word_eaves", lang="nl")}


def finding(*premises, verdict=Verdict.VIOLATES, **more):
    return Finding("r", "max_building_height", Note.of("subject_coverage"), "A", verdict, premises=premises, **more)


def settled(how, key="peil", note=None, about=ASKED, by=""):
    return Premise(key, how, note or Note.of("premise_peil", nap=1.4), about, by)


def test_the_name_of_a_point_is_its_title_else_its_question():
    assert point_name(settled("data"), "nl") == NAMES["peil"] and point_name(settled("data", "profile.eaves"), "nl") == NAMES["eaves"] and point_name(settled("data", "a.profile.eaves"), "nl") == NAMES["eaves"]
    assert point_name(settled("data", "weg"), "nl") == SAID and point_name(settled("data", "profile.weg"), "nl") == SAID and point_name(settled("data", "weg", about=None), "nl") == ""


@pytest.mark.parametrize(("word", "nl", "en"), [("yes", "ja", "yes"), ("no", "nee", "no"), ("chimney", "schoorsteen", "chimney"), ("eigen", "eigen", "eigen")])
def test_words_of_an_answer_are_a_readers(word, nl, en):
    note = Note.of("premise_answer", word=word)
    assert (taken(note, "nl"), taken(note, "en")) == (nl, en)
    assert taken(Note.of("premise_answer", word="unknown"), "nl") == sentence("answer_unknown", lang="nl") and taken(Note.of("premise_peil", nap=1.25), "nl") == "peil 1,25 m NAP"


@pytest.mark.parametrize("how", ["answer", "plan_text", "file", "data", "measured", "assumed"])
def test_what_is_settled_says_how(how):
    (said,) = rests_on(finding(settled(how)), "nl")
    assert said == f"Peil 1,40 m NAP ({sentence(f'premise_from_{how}', lang='nl')})"


def test_who_said_it_is_named_with_an_answer_only():
    assert rests_on(finding(settled("answer", by="J. Dijk"), settled("data", by="J. Dijk")), "nl") == ["Peil 1,40 m NAP (antwoord van J. Dijk)", "Peil 1,40 m NAP (gegevens)"]


def test_a_name_goes_before_what_was_taken_unless_that_says_it_already():
    said = rests_on(finding(settled("data", "weg", Note.of("premise_answer", word=" yes")), settled("data", "profile.eaves", Note.of("premise_answer", word="chimney")), settled("data", "weg2", about=Note("x"))), "nl")
    assert said == [f"{SAID} Yes (gegevens)", f"{NAMES['eaves'][:1].upper()}{NAMES['eaves'][1:]}: schoorsteen (gegevens)", "X: peil 1,40 m NAP (gegevens)"]


def test_a_plans_text_is_said_by_its_article():
    (said,) = rests_on(finding(settled("plan_text", "profile.eaves", Note.of("premise_plan_text", article="2.3"))), "nl")
    assert said == f"{NAMES['eaves'][:1].upper()}{NAMES['eaves'][1:]} (plantekst 2.3)"


def test_what_is_open_or_nameless_is_nothing_that_it_rests_on():
    assert rests_on(finding(settled("open"), settled("data", about=None)), "nl") == [] and grounds(finding(), "nl") == []


def test_what_does_not_matter_is_what_is_open_and_turns_nothing():
    flips = Premise("peil", "open", ASKED, ASKED, flips=True)
    assert no_matter(finding(settled("open"), flips, settled("data"), settled("open", "weg", about=None), settled("open", "profile.eaves")), "nl") == [NAMES["peil"], NAMES["eaves"]]
    assert grounds(finding(settled("data"), settled("open"), settled("file", "weg", about=Note("x"))), "nl") == [
        "Rust op: Peil 1,40 m NAP (gegevens); X: peil 1,40 m NAP (ontwerpbestand).", f"Open, maar hier zonder gevolg voor het oordeel: {NAMES['peil'].lower()}.",  # within a sentence
    ]
    assert grounds(finding(settled("open")), "en") == [sentence("premise_no_matter", {"points": sentence("answer_peil", lang="en").lower()}, "en") + "."]
    assert grounds(finding(settled("open", "weg")), "nl") == [sentence("premise_no_matter", {"points": gone_on(SAID)}, "nl")]  # one mark at its end: SAID is a question


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        (Choice(Note.of("premise_answer", word="yes"), "yes", Verdict.VIOLATES, 62.5, "%"), "ja: 62,50 %, voldoet niet"), (Choice(Note.of("premise_answer", word="no"), "no", Verdict.COMPLIES), "nee: voldoet"),
        (Choice(Note.of("premise_answer", word="no"), "no", None), "nee: geen bevinding"), (Choice(Note.of("premise_answer", word="no"), "no", None, 0.0, "m"), "nee: 0,00 m, geen bevinding"),
    ],
)
def test_what_a_choice_gives(choice, line):
    assert choice_line(choice, "nl") == line


def test_a_question_says_what_its_choices_give():
    choices = (Choice(Note.of("premise_answer", word="yes"), "yes", Verdict.VIOLATES), Choice(Note.of("premise_answer", word="no"), "no", Verdict.COMPLIES))
    point, question = Premise("peil", "open", ASKED, ASKED, "", choices, True), Question("peil", ASKED)
    assert asked(finding(point), question, "nl") == f"{SAID} ja: voldoet niet; nee: voldoet."
    for other in (finding(), finding(settled("open")), finding(Premise("peil", "answer", ASKED, ASKED, "", choices)), finding(Premise("weg", "open", ASKED, ASKED, "", choices))):
        assert asked(other, question, "nl") == SAID
    assert turning(finding(settled("data"), point), question) is point and turning(finding(settled("data")), question) is None


def power(cures_it, *articles):
    return Deviation("p", Note.of("engine_power_maybe_barred", effect=f"p{cures_it}"), tuple(LegalSource("a", article) for article in articles), None, cures_it)


def named(cures_it):
    return sentence("engine_power_maybe_barred", {"effect": f"p{cures_it}"}, "nl")


def test_the_plain_measure_goes_before_powers_that_cure_and_those_to_be_read():
    found = finding(cures=(Note.of("cure_lower", amount=1.1),), deviations=(power(None, "4.3"), power(False, "4.4"), power(True, "4.5", "", "4.6")))
    assert cures(found, "nl") == ["Maak het ontwerp 1,10 m lager.", f"{named(True)[:-1]} (4.5, 4.6).", f"{named(None)[:-1]} (4.3)."]
    assert cures(finding(deviations=(power(True),)), "nl") == [named(True)]


def test_what_is_left_when_nothing_cures():
    none, policy = sentence("report_no_cure_alone", lang="nl"), sentence("report_policy_cure", lang="nl")
    assert cures(finding(), "nl") == [] and no_cures(finding(), "nl") == [none]
    assert cures(finding(deviations=(power(False, "4.4"),)), "nl") == [] and no_cures(finding(deviations=(power(False, "4.4"),)), "nl") == [f"{named(False)[:-1]} (4.4).", sentence("report_no_cure", lang="nl")]  # nobody has to reckon it
    assert cures(finding(ladder="policy"), "nl") == [policy] and cures(finding(ladder="policy", deviations=(power(True),)), "nl") == [named(True), policy]
    assert no_cures(finding(deviations=(power(None),)), "nl") == no_cures(finding(deviations=(power(True), power(False))), "nl") == []
    assert no_cures(finding(cures=(Note.of("cure_lower", amount=1.1),)), "nl") == [sentence("report_no_cure", lang="nl")]
    assert all(cures(finding(verdict=verdict, deviations=(power(True),)), "nl") == [] for verdict in Verdict if verdict is not Verdict.VIOLATES)


@pytest.mark.parametrize(("text", "expected"), [("Het open dak", "het open dak"), ("BAG-pand", "BAG-pand"), ("al klein", "al klein"), ("", "")])
def test_a_text_that_goes_on_within_a_sentence_has_no_capital(text, expected):
    assert gone_on(text) == expected
