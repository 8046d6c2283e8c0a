"""Answers in the panel of a finding: its open questions, and the officer's own verdict, each with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..checks.answering import answerable
from ..model import PRECEDENCE, Finding, Question, Verdict
from ..report import wording
from ..texts import sentence
from .fields import choice, number_box, small
from .words import tr

FAR = 1e6


class AnswerForm(QWidget):
    """One row per question that a word or number answers, and one for the own verdict; nothing is taken without a reason."""

    answered = pyqtSignal(object, object, str, str)
    decided = pyqtSignal(object, str)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.rows: list[QWidget] = []
        for question in finding.questions:
            if answerable(question):
                layout.addWidget(small(sentence(question.note.code, question.note.as_dict())))
                field, value = self._field(question)
                article = self._line(tr("Article")) if question.plan_id else None
                layout.addLayout(self._row(field, tr("Answer"), partial(self._answer, question, value, article), article))
        layout.addWidget(small(tr("Your own verdict")))
        verdicts = choice(tr("Your own verdict"))
        for verdict in PRECEDENCE:
            verdicts.addItem(wording.verdict_word(verdict), verdict.value)
        verdicts.setCurrentIndex(verdicts.findData(finding.stands.value))
        layout.addLayout(self._row(verdicts, tr("Decide"), lambda reason: self.decided.emit(Verdict(verdicts.currentData()), reason)))

    def _field(self, question: Question) -> tuple[QWidget, Callable[[], Any]]:
        """Return the field of a question and what reads its value."""
        name = sentence(question.note.code, question.note.as_dict())
        if question.kind == "number":
            box = number_box(name, -FAR, FAR, 2, f" {question.unit}" if question.unit else "")
            return box, box.value
        words = choice(name)
        if question.kind == "yes_no":
            for word in ("yes", "no", "unknown"):
                words.addItem(sentence(f"answer_word_{word}"), word)
        else:
            for word in question.choices:
                words.addItem(word, word)
        return words, words.currentData

    def _answer(self, question: Question, value: Callable[[], Any], article: QLineEdit | None, reason: str) -> None:
        self.answered.emit(question, value(), reason, article.text().strip() if article else "")

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        return line

    def _row(self, field: QWidget, text: str, take: Callable[[str], None], article: QLineEdit | None = None) -> QHBoxLayout:
        """Return a row that is taken once its lines (what a plan's text says: also the article) are filled in."""
        reason, button = self._line(tr("Reason")), QPushButton(text)
        button.setAccessibleName(text)
        button.setEnabled(False)
        lines = [line for line in (article, reason) if line is not None]
        for line in lines:
            line.textChanged.connect(lambda _: button.setEnabled(all(item.text().strip() for item in lines)))
        button.clicked.connect(lambda: take(reason.text().strip()))
        row = QHBoxLayout()
        row.addWidget(field)
        for line in lines:
            row.addWidget(line, 1)
        row.addWidget(button)
        self.rows.append(button)
        return row
