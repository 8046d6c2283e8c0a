"""The report as an officer reads it: nothing twice, whole sentences, what it hangs on, and no programmer's words."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_review
from no_pictures import NoPictures

from drieluik.model import Choice, Finding, GateItem, Measurement, Note, Premise, Question, Verdict
from drieluik.report.basis import grounds, wording
from drieluik.report.pages.asked_rows import question_rows
from drieluik.report.pages.document import make_document
from drieluik.report.pages.finding_rows import complying_rows, summary_rows
from drieluik.report.pages.html import to_html
from drieluik.report.pages.placement_rows import placement_fine, placement_rows
from drieluik.texts import sentence, spoken_moment

ASKED = Note.of("checks_question_denominator")
WAYS = (("bouwperceel", Verdict.COMPLIES, 12.5), ("bouwvlak", Verdict.VIOLATES, 61.25), ("bestemmingsvlak", Verdict.COMPLIES, 30.0))


def open_coverage(flips=True, design="A"):
    choices = tuple(Choice(Note.of("choice_word", word=word), word, verdict, value, "%") for word, verdict, value in WAYS)
    premise = Premise("denominator", "open", Note.of("premise_open"), ASKED, "", choices, flips)
    first = Measurement("coverage", 61.25, "%", "<=", 40.0)
    return Finding("dekking", "max_coverage_pct", Note.of("subject_coverage"), design, Verdict.NEEDS_JUDGEMENT, (first,), questions=(Question("denominator", ASKED),), premises=(premise,))


def test_what_is_open_says_on_what_it_hangs_and_between_what():
    found = open_coverage()
    assert wording.measured_text(found, "nl") == "12,50 tot 61,25 %" and wording.measured_line(found, "en") == "12.50 to 61.25 % · ≤ 40.00 %"
    assert wording.say(found, "nl") == "Of dit voldoet, hangt af van de open vraag hieronder: 12,50 tot 61,25 % (≤ 40,00 %)."
    assert [grounds.choice_row(choice, "nl") for choice in found.premises[0].choices] == [
        ("bouwperceel", "12,50 %", "voldoet"), ("bouwvlak", "61,25 %", "voldoet niet"), ("bestemmingsvlak", "30,00 %", "voldoet"),
    ]
    assert wording.value_range(open_coverage(flips=False)) is None and wording.say(open_coverage(flips=False), "nl").startswith("Dit moet u zelf beoordelen")


def test_a_range_has_no_one_margin_and_names_what_is_shown():
    review = replace(small_review.review(), findings=(open_coverage(),))
    (page,) = make_document(review, "nl", NoPictures(review)).pages
    assert [name for name, _ in page.numbers] == ["Gemeten", "Grens", "Onzekerheid"] and page.measures == (("Beelden en maten bij", "61,25 %"),)
    assert page.questions[0].text == sentence(ASKED.code, lang="nl") and len(page.questions[0].rows) == len(WAYS)


def test_every_question_is_asked_once_with_its_choices_and_never_by_its_key():
    review = replace(small_review.review(), findings=(open_coverage(), open_coverage(design="B")))
    assert question_rows(review, "nl") == ((sentence(ASKED.code, lang="nl"), "bouwperceel; bouwvlak; bestemmingsvlak", ""),)
    assert "denominator" not in to_html(make_document(review, "nl", NoPictures(review)))


@pytest.mark.parametrize("verdict", [Verdict.COMPLIES, Verdict.VIOLATES])
def test_peil_that_nobody_fixed_is_asked_once_and_its_proposals_stand_there(verdict):
    choices = tuple(Choice(Note.of("choice_peil", nap=nap, method="road_at_main_entrance"), {}, verdict, 9.0, "m") for nap in (0.8, 1.1))
    note = Note.of("engine_peil_road_at_main_entrance", nap=0.8)
    premise = Premise("peil", "open", Note.of("premise_open"), None, "", choices, False)
    found = Finding("h", "max_building_height", Note.of("subject_coverage"), "A", verdict, (Measurement("height_above_peil", 9.0, "m", "<=", 9.5),), notes=(note,), premises=(premise,))
    review = replace(small_review.review(), findings=(found,))
    (row,) = question_rows(review, "nl")
    assert "Welk peil" in row[0] and "0,80" in row[1] and "1,10" in row[1]
    assert grounds.own_notes(found) == []


def complying(design, value, *notes, rule="hoogte", limit=9.0, verdict=Verdict.COMPLIES):
    first = Measurement("height_above_peil", value, "m", "<=", limit)
    return Finding(rule, "max_building_height", Note.of("subject_maximum", name="bouwhoogte", value=9.0, unit="m"), design, verdict, (first,), notes=notes)


def test_what_complies_is_said_once_for_all_designs_and_not_in_the_summary():
    whatever, own = Note.of("readings_every"), Note.of("sun_no_terrain")
    review = replace(small_review.review(), findings=(complying("A", 7.25, whatever, own), complying("B", 6.5, whatever, own), complying("A", 4.0, whatever, rule="goot"), complying("B", 4.0, rule="goot")))
    assert summary_rows(review, "nl") == ()
    rows, shared = complying_rows(review, "nl")
    assert [row[2:4] for row in rows] == [("A: 7,25 m (+1,75)\nB: 6,50 m (+2,50)", "≤ 9,00 m"), ("4,00 m (+5,00)", "≤ 9,00 m")]
    assert rows[0][4] == f"{sentence('sun_no_terrain', lang='nl')} {sentence('report_either', lang='nl')}" and not any("zonder gevolg" in line for line in shared)
    open_point = Premise("peil", "open", Note.of("premise_open"), Note.of("checks_question_peil"))
    still = replace(review, findings=tuple(replace(found, premises=(open_point,)) for found in review.findings))
    rows, shared = complying_rows(still, "nl")
    assert rows[0][4] == sentence("sun_no_terrain", lang="nl")
    assert [line for line in shared if "zonder gevolg" in line] == ["Nog open, zonder gevolg voor deze oordelen: Peil – Hoogte, Goot."]
    assert sentence("report_nothing_open", lang="nl") in to_html(make_document(review, "nl", NoPictures(review)))


def test_designs_with_limits_of_their_own_and_a_rule_that_does_not_apply():
    review = replace(small_review.review(), findings=(complying("A", 7.25), complying("B", 6.5, limit=8.0), complying("B", 1.0, rule="goot", verdict=Verdict.NOT_APPLICABLE)))
    rows, _ = complying_rows(review, "nl")
    assert rows[0][3] == "A: ≤ 9,00 m\nB: ≤ 8,00 m" and rows[1][2] == "B: niet van toepassing"


def test_what_is_fine_of_the_placement_is_one_sentence():
    fine = tuple(GateItem(design, item, "passes", Note.of("gate_placed_case")) for design in "AB" for item in ("placed", "rotation"))
    doubt = tuple(GateItem(design, "parcel", "attention", Note.of("gate_parcel", share=61.0, parcel="K 1")) for design in "AB")
    review = replace(small_review.review(), gate=(*fine, *doubt))
    assert placement_fine(review, "nl") == ("In orde (A, B): herkomst van de plaats, richting.",)
    assert placement_rows(review, "nl") == (("A, B", "Ligging op het perceel", "61,0 % van het ontwerp ligt op perceel K 1.", "nog te bevestigen"),)


@pytest.mark.parametrize(
    ("iso", "nl"),
    [
        ("2026-03-29T00:59:00+00:00", "29 maart 2026, 01:59"), ("2026-03-29T01:00:00Z", "29 maart 2026, 03:00"), ("2026-10-25T00:59:00+00:00", "25 oktober 2026, 02:59"),
        ("2026-10-25T01:00:00+00:00", "25 oktober 2026, 02:00"), ("2027-12-31T23:30:00+00:00", "1 januari 2028, 00:30"), ("2026-05-01", "1 mei 2026"), ("gisteren", "gisteren"), ("", ""),
    ],
)
def test_moments_are_said_by_the_clock_in_the_netherlands(iso, nl):
    assert spoken_moment(iso, "nl") == nl


def test_numbers_have_their_thousands_apart_and_a_true_minus():
    assert sentence("count_terrain", {"count": 1234567}, "nl") == "1.234.567 rastercellen" and sentence("count_terrain", {"count": 1234567}, "en") == "1,234,567 raster cells"
    assert "−0,25 m" in sentence("gate_ground", {"mean": -0.25, "low": -0.5, "high": 0.5}, "nl")


def unread(design, quote):
    missing = (Note.of("engine_read_clause", article="5.2", quote=quote),)
    return Finding("tekst", "plan_text", Note.of("subject_coverage"), design, Verdict.NOT_ASSESSABLE, missing=missing)


def test_the_summary_says_once_what_is_the_same_of_several_designs_and_quotes_no_article_whole():
    quote = "een gebouw heeft een kap waarvan de nok evenwijdig aan de straat loopt, tenzij het een hoekwoning is"
    review = replace(small_review.review(), findings=(unread("A", quote), unread("B", quote), open_coverage(design="B")))
    rows = summary_rows(review, "nl")
    assert [(row[0], row[2]) for row in rows] == [("not_assessable", "A, B"), ("needs_judgement", "B")]
    assert "een gebouw heeft een kap waarvan de nok…" in rows[0][5] and "straat" not in rows[0][5]
    assert quote in make_document(review, "nl", NoPictures(review)).missing[0][3]
