"""One open question with its answer: yes, no, unknown, a number, a choice, words or lines on the map, and why."""

from __future__ import annotations

import math
from typing import Any

import yaml
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ...model import Note, Premise, Question
from ...report.basis import grounds
from ...texts import sentence
from ..widgets.fields import choice, number_box
from ..widgets.words import tr

YES_NO = (("yes", True), ("no", False), ("unknown", "unknown"))
CLOSED = ("yes_no", "choice")
"""Kinds of which the choices are all there is: anything else is refused."""


class QuestionBox(QFrame):
    """``answered(question, value, reason)``; ``lines_asked(self)`` wants lines drawn on the map, given back through ``take_lines``.

    ``premise``: the open point that the question is about: its choices are offered, each as the answer that it is.
    """

    answered = pyqtSignal(object, object, str)
    lines_asked = pyqtSignal(object)

    def __init__(self, question: Question, premise: Premise | None = None) -> None:
        super().__init__()
        self.question, self.choices = question, premise.choices if premise is not None else ()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.title = QLabel(sentence(question.note.code, question.note.as_dict()))
        self.title.setWordWrap(True)
        self.numbers: dict[str, QDoubleSpinBox] = {}
        self.field = self._field()
        self.pick = self._pick()
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("Article and quote of the plan") if question.plan_id else tr("Why"))
        self.why.setAccessibleName(self.why.placeholderText())
        self.button = QPushButton(tr("Answer"))
        self.button.setAccessibleName(tr("Answer: {question}").format(question=self.title.text()))
        self.button.clicked.connect(self._answer)
        if question.plan_id:  # what a plan's text says needs its article
            self.button.setEnabled(False)
            self.why.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        row = QHBoxLayout()
        for widget in (self.pick, self.field):
            if widget is not None:
                row.addWidget(widget, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self.title)
        layout.addWidget(self.why)
        layout.addLayout(row)
        self.lines: list[list[list[float]]] = []

    def _pick(self) -> QComboBox | None:
        """Return the list of the ways that were found, with a last one for another answer; None where the field itself holds all there is."""
        if not self.choices or self.question.kind in CLOSED:
            return None
        box = choice(self.title.text())
        for way in self.choices:
            box.addItem(grounds.taken(way.note))
        box.addItem(tr("otherwise…"))
        box.currentIndexChanged.connect(lambda number: self.field.setVisible(number == len(self.choices)))
        self.field.setVisible(False)
        return box

    def _field(self) -> QWidget:
        kind, name = self.question.kind, self.title.text()
        if kind in CLOSED:
            box = choice(name)
            options = YES_NO if kind == "yes_no" else tuple((word, word) for word in self.question.choices)
            for word, value in options:
                box.addItem(sentence(f"answer_{word}") if kind == "yes_no" else grounds.taken(Note.of("choice_word", word=word)), value)
            return box
        if kind == "number":
            return number_box(name, -1e6, 1e6, 2, f" {self.question.unit}".rstrip())
        if kind == "numbers":
            return self._several(name)
        if kind == "lines":
            button = QPushButton(tr("Draw on the map"))
            button.setAccessibleName(tr("Draw on the map: {question}").format(question=name))
            button.clicked.connect(lambda: self.lines_asked.emit(self))
            return button
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(tr("as the page of the check says"))
        return line

    def _several(self, name: str) -> QWidget:
        group = QWidget()
        group.setAccessibleName(name)
        form = QFormLayout(group)
        form.setContentsMargins(0, 0, 0, 0)
        for word in self.question.choices:
            title = sentence(f"field_{word}")
            self.numbers[word] = number_box(title, -1e6, 1e6, 2, f" {self.question.unit}".rstrip())
            form.addRow(title, self.numbers[word])
        return group

    def take_lines(self, lines: list[list[list[float]]]) -> None:
        """Take lines (RD) that were drawn."""
        self.lines = lines
        total = sum(math.dist(a, b) for line in lines for a, b in zip(line, line[1:]))
        self.field.setText(tr("{n} lines, {length} m").format(n=len(lines), length=f"{total:.1f}"))

    def value(self) -> Any:
        """Return what was answered, None for nothing yet."""
        kind = self.question.kind
        if self.pick is not None and self.pick.currentIndex() < len(self.choices):
            return self.choices[self.pick.currentIndex()].answer
        if kind in CLOSED:
            return self.field.currentData()
        if kind == "number":
            return self.field.value()
        if kind == "numbers":
            return {word: box.value() for word, box in self.numbers.items()}
        if kind == "lines":
            return {"lines": self.lines} if self.lines else None
        text = self.field.text().strip()
        try:
            return yaml.safe_load(text) if text else None
        except yaml.YAMLError:
            return text

    def _answer(self) -> None:
        value = self.value()
        if value is not None:
            self.answered.emit(self.question, value, self.why.text().strip())
