"""A question with its answer: nothing is chosen by itself, each way says what it gives, and a reason is asked for."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication

from drieluik.model import Choice, Note, Premise, Question, Verdict

NOTE = Note.of("checks_question_denominator")
ONE, OTHER = [[[0.0, 0.0], [10.0, 0.0]]], [[[0.0, 5.0], [8.0, 5.0]]]


def box_of(kind, *choices, words=(), plan=""):
    from drieluik.ui.panels.question_box import QuestionBox

    premise = Premise("k", "open", NOTE, NOTE, choices=tuple(choices)) if choices else None
    box, told = QuestionBox(Question("k", NOTE, kind, "m", tuple(words), plan), premise), []
    box.answered.connect(lambda *given: told.append(given))
    return box, told


def way(word, verdict, value=None, answer=None):
    return Choice(Note.of("choice_word", word=word), answer or word, verdict, value, "%")


def test_ways_are_rows_with_their_outcome_and_none_is_chosen(qgis_app):
    box, told = box_of("choice", way("bouwperceel", Verdict.COMPLIES, 12.4), way("bouwvlak", Verdict.VIOLATES, 61.3), words=("bouwperceel", "bouwvlak", "bestemmingsvlak"))
    assert [label.text() for label in box.rows.labels] == ["bouwperceel → 12,40 %, voldoet", "bouwvlak → 61,30 %, voldoet niet", "bestemmingsvlak"]
    assert (box.rows.number == -1 and box.value() is None and not box.button.isEnabled() and "Kies" in box.lacks.text()) or "Choose" in box.lacks.text()
    box.why.setText("Artikel 3")
    assert not box.button.isEnabled()
    box.why.setText("")
    box.rows.choose(1)
    assert not box.button.isEnabled() and box.lacks.text()
    box.why.setText(" ")
    assert not box.button.isEnabled()
    box.why.setText("Artikel 3")
    assert box.button.isEnabled() and box.lacks.isHidden()
    box.button.click()
    assert [(value, why) for _, value, why in told] == [("bouwvlak", "Artikel 3")]


def test_yes_no_says_what_not_knowing_means(qgis_app):
    box, _ = box_of("yes_no", way("yes", Verdict.COMPLIES), way("no", Verdict.VIOLATES))
    assert [answer for _, answer in box.ways] == ["yes", "no", "unknown"] and "→ voldoet niet" in box.ways[1][0]
    bare, _ = box_of("yes_no")
    assert [words for words, _ in bare.ways[:2]] == ["ja", "nee"] and bare.rows.number == -1


def test_another_answer_says_what_to_do_first(qgis_app):
    box, told = box_of("lines", way("1", Verdict.VIOLATES, 0.5, {"lines": ONE}), way("2", Verdict.COMPLIES, 4.0, {"lines": OTHER}))
    assert box.lines_of_ways() == [ONE, OTHER, []] and box.field.isHidden()
    box.why.setText("Kaart")
    box.rows.choose(2)
    assert not box.field.isHidden() and not box.button.isEnabled() and box.lacks.text() == box._wanted()
    box.take_lines(ONE)
    assert box.button.isEnabled()
    box.rows.choose(0)
    assert box.field.isHidden() and box.value() == {"lines": ONE}
    box.button.click()
    assert told[0][1] == {"lines": ONE}


def test_a_number_that_nobody_filled_in_is_no_answer(qgis_app):
    box, _ = box_of("number")
    box.why.setText("Gemeten")
    assert box.rows is None and box.value() is None and not box.button.isEnabled()
    box.field.setValue(3.25)
    assert box.value() == 3.25 and box.button.isEnabled()
    several, _ = box_of("numbers", words=("underside_nap_m", "top_nap_m"), plan="NL.1")
    assert several.value() is None
    several.numbers["top_nap_m"].setValue(1.5)
    assert several.value() == {"top_nap_m": 1.5}  # what was not filled in is not 0


def test_heights_of_floors_are_typed_as_people_write_them(qgis_app):
    from drieluik.ui.panels.question_box import QuestionBox

    box = QuestionBox(Question("floors", Note.of("zoning_question_floors")))
    for text, value in (("", None), ("0,10; 2,95", {"nap_m": [0.1, 2.95]}), ("0.1 2.9", {"nap_m": [0.1, 2.9]}), ("hoog; 3", None)):
        box.field.setText(text)
        assert box.value() == value


def test_the_row_that_is_looked_at_is_told(qgis_app):
    box, _ = box_of("lines", way("1", Verdict.VIOLATES, 0.5, {"lines": ONE}), way("2", Verdict.COMPLIES, 4.0, {"lines": OTHER}))
    told = []
    box.pointed.connect(told.append)
    for kind, label in ((QEvent.Type.Enter, 1), (QEvent.Type.Leave, 1)):
        QApplication.sendEvent(box.rows.labels[label], QEvent(kind))
    box.rows.choose(0)
    QApplication.sendEvent(box.rows.labels[1], QEvent(QEvent.Type.Leave))
    assert told == [1, -1, 0, 0]


def test_lines_stand_numbered_on_the_map(iface):
    from drieluik.ui.map.line_marks import THICK_PX, LineMarks

    marks = LineMarks(iface.mapCanvas())
    before = len(iface.mapCanvas().scene().items())
    marks.show([ONE, [*ONE, *OTHER]])
    assert [len(bands) for bands in marks.shown] == [1, 2] and [mark._text for mark in marks._numbers] == ["1", "2", "2"]
    marks.point(1)
    assert [[band.width() == THICK_PX for band in bands] for bands in marks.shown] == [[False], [True, True]]
    marks.clear()
    assert len(iface.mapCanvas().scene().items()) == before
