"""One open question with its answer: the ways that were found with what each gives, or a field, and why. Nothing is answered by itself."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import yaml
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from ...checks.engine.officer.officer_answers import RD_RANGE, in_the_country
from ...checks.engine.open_points.answer_words import BESIDE, bare, is_place, number_given
from ...model import Choice, Note, Premise, Question
from ...model.numbers import number_in
from ...report.basis import grounds
from ...texts import number, sentence
from ..widgets.choice_rows import ChoiceRows
from ..widgets.fields import Wrapped, number_box, small
from ..widgets.folding import FoldButton
from ..widgets.words import several, tr

NOTHING = -1e6
"""A number that nobody filled in: the least that its field holds."""
LISTS = {"floors": "nap_m"}
"""Answers that are a list of heights, and the word that they stand under."""
CLOSED = ("yes_no", "choice")
"""Kinds of which the choices are all there is: anything else is refused."""


class QuestionBox(QFrame):
    """``answered(question, value, reason)``; ``lines_asked(self)`` wants lines drawn on the map, given back through ``take_lines``;
    ``place_asked(self)`` a place clicked there, given back through ``take_place``.
    ``pointed(number)``: the officer looks at a way or chose it (from 0, -1 for none): ``lines_of_ways`` can then be shown on the map.

    ``premise``: the open point that the question is about: its choices are offered, each as the answer that it is. ``held``: an answer that
    holds until another is given: it is filled in.
    """

    answered = pyqtSignal(object, object, str)
    lines_asked = pyqtSignal(object)
    place_asked = pyqtSignal(object)
    pointed = pyqtSignal(int)

    def __init__(self, question: Question, premise: Premise | None = None, held: Any = None) -> None:
        super().__init__()
        self.question, self.choices = question, premise.choices if premise is not None else ()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.title = Wrapped(sentence(question.note.code, question.note.as_dict()))
        self.title.setStyleSheet("font-weight: 600;")
        self.lines: list[list[list[float]]] = []
        self.numbers: dict[str, QDoubleSpinBox] = {}
        self._touched = False
        self.ways = self._ways()
        self.rows = ChoiceRows(self.title.text(), [words for words, _ in self.ways]) if self.ways else None
        self.field: Any = None if question.kind in CLOSED else self._field()
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("Article and quote of the plan (needed)") if question.plan_id else tr("Why (stands in the report)"))
        self.why.setAccessibleName(self.why.placeholderText())
        self.lacks = small("")
        self.button = FoldButton(tr("Answer"))
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(tr("Answer: {question}").format(question=self.title.text()))
        self.button.clicked.connect(self._answer)
        self.why.textChanged.connect(lambda _: self._ready())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        for widget in (self.title, self.rows, self.field, self.why, self.lacks, self.button):
            if widget is not None:
                layout.addWidget(widget)
        if self.rows is not None:
            self.rows.chosen.connect(self._chosen)
            self.rows.pointed.connect(lambda row: self.pointed.emit(row if row >= 0 else self.rows.number))
            if self.field is not None:
                self.field.setVisible(False)
        if held is not None:
            self._fill_in(held)
        self._ready()

    def _fill_in(self, held: Any) -> None:
        """Fill in an answer that was given before, with its reason."""
        words = held if isinstance(held, Mapping) else {}
        value = bare(held) if "value" in words or not words else {name: said for name, said in words.items() if name not in BESIDE}
        row = next((n for n, (_, answer) in enumerate(self.ways) if answer is not None and bare(answer) == value), None)
        if row is not None and self.rows is not None:
            self.rows.choose(row)
        elif self.question.kind == "number" and number_given(value) is not None:
            self.field.setValue(number_given(value))
        elif self.question.kind == "place" and is_place(value):
            self.take_place(*value)
        self.why.setText(str(words.get("reason") or words.get("article") or ""))

    def _ways(self) -> list[tuple[str, Any]]:
        """Return the words and the answer of each way that can be chosen; None as answer: another one, given in the field."""
        found = [(outcome(choice), choice.answer) for choice in self.choices]
        if self.question.kind == "yes_no":
            found = found or [(sentence(f"answer_{word}"), word) for word in ("yes", "no")]
            return [*found, (tr("do not know (the question stays open)"), "unknown")]
        if self.question.kind == "choice":
            named = [str(answer) for _, answer in found]
            return [*found, *((grounds.taken(Note.of("choice_word", word=word)), word) for word in self.question.choices if word not in named)]
        return [*found, (tr("otherwise…"), None)] if found else []

    def _field(self) -> QWidget:
        kind, name = self.question.kind, self.title.text()
        if kind == "number":
            box = number_box(name, -1e6, 1e6, 2, f" {self.question.unit}".rstrip())
            box.valueChanged.connect(lambda _: self._touch())
            return box
        if kind == "numbers":
            return self._several(name)
        if kind == "place":
            return self._place(name)
        if kind == "lines":
            return self._map_button(tr("Draw on the map"), tr("Draw on the map: {question}").format(question=name), self.lines_asked)
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(tr("Heights in m NAP, apart by semicolons: 0,10; 2,95") if self.question.key in LISTS else tr("Your answer"))
        line.textChanged.connect(lambda _: self._touch())
        return line

    def _map_button(self, words: str, name: str, asked: Any) -> FoldButton:
        """Return the button that lets something be drawn or clicked on the map for this question."""
        button = FoldButton(words)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: asked.emit(self))
        return button

    def _group(self, name: str) -> tuple[QWidget, QFormLayout]:
        """Return a group of fields that together are the answer, and its rows."""
        group = QWidget()
        group.setAccessibleName(name)
        form = QFormLayout(group)
        form.setContentsMargins(0, 0, 0, 0)
        return group, form

    def _number(self, title: str, nothing: float, high: float, decimals: int, suffix: str) -> QDoubleSpinBox:
        """Return one number of a group; ``nothing``: the value that says that it is not filled in."""
        box = number_box(title, nothing, high, decimals, suffix)
        box.setSpecialValueText(tr("not filled in"))
        box.setValue(nothing)
        box.valueChanged.connect(lambda _: self._touch())
        return box

    def _several(self, name: str) -> QWidget:
        group, form = self._group(name)
        for word in self.question.choices:
            title = sentence(f"field_{word}")
            self.numbers[word] = self._number(title, NOTHING, 1e6, 2, f" {self.question.unit}".rstrip())
            form.addRow(title, self.numbers[word])
        return group

    def _place(self, name: str) -> QWidget:
        """Return the fields of a place, and the button to click it on the map."""
        group, form = self._group(name)
        for word, (low, high) in zip("xy", RD_RANGE):
            self.numbers[word] = self._number(f"RD {word}", low - 1.0, high, 1, " m")
            form.addRow(f"RD {word}", self.numbers[word])
        form.addRow("", self._map_button(tr("Point on the map"), tr("Point on the map: {question}").format(question=name), self.place_asked))
        return group

    def take_place(self, x: float, y: float) -> None:
        """Take a place (RD) that was clicked."""
        for word, value in zip("xy", (x, y)):
            self.numbers[word].setValue(value)

    def lines_of_ways(self) -> list[list[list[list[float]]]]:
        """Return the lines (RD) of each way, in order; of a way without lines an empty list."""
        return [list(answer.get("lines") or []) if isinstance(answer, dict) else [] for _, answer in self.ways]

    def take_lines(self, lines: list[list[list[float]]]) -> None:
        """Take lines (RD) that were drawn."""
        self.lines = lines
        total = sum(math.dist(a, b) for line in lines for a, b in zip(line, line[1:]))
        count = several(tr("1 line"), tr("{n} lines"), len(lines))
        self.field.setText(f"{count}, {number(total, 1)} m")
        self._ready()

    def value(self) -> Any:
        """Return what was answered, None for nothing yet."""
        if self.rows is not None:
            if self.rows.number < 0:
                return None
            answer = self.ways[self.rows.number][1]
            if answer is not None:
                return answer
        return self._own()

    def _own(self) -> Any:
        """Return the answer of the field."""
        kind = self.question.kind
        if kind == "lines":
            return {"lines": self.lines} if self.lines else None
        if not self._touched:
            return None
        if kind == "number":
            return self.field.value()
        if kind == "place":
            place = [round(self.numbers[word].value(), 1) for word in "xy"]
            return place if in_the_country(place) else None
        if kind == "numbers":
            return {word: box.value() for word, box in self.numbers.items() if box.value() > NOTHING} or None
        text = self.field.text().strip()
        if self.question.key in LISTS:
            levels = [number_in(part) for part in re.split(r"[;\s]+", text) if part]
            return {LISTS[self.question.key]: levels} if levels and None not in levels else None
        try:
            return yaml.safe_load(text) if text else None
        except yaml.YAMLError:
            return text

    def _touch(self) -> None:
        self._touched = True
        self._ready()

    def _chosen(self, row: int) -> None:
        if self.field is not None:
            self.field.setVisible(self.ways[row][1] is None)
        self.pointed.emit(row)
        self._ready()

    def _ready(self) -> None:
        """Allow answering when there is an answer with its reason; until then say what is still to be done."""
        lacks = ""
        if self.value() is None:
            own = self.rows is None or (self.rows.number >= 0 and self.ways[self.rows.number][1] is None)
            lacks = self._wanted() if own else tr("Choose an answer first.")
        elif not self.why.text().strip():
            lacks = tr("Fill in the article that says so.") if self.question.plan_id else tr("Fill in why; it stands in the report.")
        self.lacks.setText(lacks)
        self.lacks.setVisible(bool(lacks))
        self.button.setEnabled(not lacks)
        self.button.setToolTip(lacks)

    def _wanted(self) -> str:
        if self.question.kind == "lines":
            return tr("Draw the line on the map first: click its points; the right button ends it.")
        if self.question.kind == "place":
            return tr("Fill in x and y in RD, or click the place on the map.")
        return tr("Fill in your answer first.")

    def _answer(self) -> None:
        self.answered.emit(self.question, self.value(), self.why.text().strip())


def outcome(choice: Choice) -> str:
    """Return a way with what it gives: ``bouwperceel → 13,18 %, voldoet``."""
    return f"{grounds.taken(choice.note)} → {grounds.gives(choice)}"
