"""What the officer answered and decided: each with name, date and reason, to change or take back; what was, is kept and can be put back."""

from __future__ import annotations

import html

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ...checks.engine.open_points.answer_history import Given
from ...model import Review
from ...report.basis import said
from ..widgets.fields import Wrapped, emptied
from ..widgets.folding import FoldButton, FoldHead
from ..widgets.words import tr
from .step import Step


class AnswersStep(Step):
    """``change_asked``, ``back_asked`` and ``restore_asked`` carry the answer; ``name_asked`` when the officer's name is to be another."""

    change_asked = pyqtSignal(object)
    back_asked = pyqtSignal(object)
    restore_asked = pyqtSignal(object)
    name_asked = pyqtSignal()

    def __init__(self, number: int) -> None:
        super().__init__(number, tr("Answers and decisions"))
        self.who = Wrapped("")
        self.name = FoldButton(tr("Another name…"))
        self.name.setAccessibleName(tr("Answer under another name"))
        self.name.clicked.connect(self.name_asked.emit)
        top = QHBoxLayout()
        top.addWidget(self.who, 1)
        top.addWidget(self.name)
        self.rows, self.old = QVBoxLayout(), QVBoxLayout()
        self.earlier = FoldHead()
        self.past = QWidget()
        self.past.setLayout(self.old)
        self.old.setContentsMargins(0, 0, 0, 0)
        self.layout_.addLayout(top)
        self.layout_.addLayout(self.rows)
        self.layout_.addWidget(self.earlier)
        self.layout_.addWidget(self.past)
        self.past.setVisible(False)
        self.earlier.toggled.connect(self.past.setVisible)
        self._review: Review | None = None
        self._shown: tuple[object, ...] = ()

    def refresh(self, holding: tuple[Given, ...], past: tuple[Given, ...], review: Review | None, officer: str) -> None:
        """Show the answers that hold and those that were; ``review`` names what they are about (the last one is remembered)."""
        self._review = review or self._review
        self.who.setText(tr("Officer: {name}").format(name=officer) if officer else tr("Your name is asked with your first answer."))
        self.show_state("ready" if holding else "empty", str(len(holding)) if holding else tr("none yet"))
        now = (holding, past, self._review)
        if self._shown and all(a is b or a == b for a, b in zip(self._shown[:2], now[:2])) and self._shown[2] is now[2]:
            return
        self._shown = now
        emptied(self.rows)
        emptied(self.old)
        for one in holding:
            buttons = ((tr("Change…"), self.change_asked), (tr("Take back"), self.back_asked))
            self.rows.addWidget(self._row(one, buttons))
        gone = [one for one in past if all(one.path != other.path or one.said != other.said for other in holding)]
        for one in gone:
            self.old.addWidget(self._row(one, ((tr("Put back"), self.restore_asked),)))
        self.earlier.setText(tr("Changed or taken back ({n})").format(n=len(gone)))
        self.earlier.setAccessibleName(self.earlier.text())
        self.earlier.setVisible(bool(gone))
        self.past.setVisible(bool(gone) and self.earlier.isChecked())

    def _row(self, one: Given, buttons: tuple[tuple[str, object], ...]) -> QFrame:
        name, value = said.name_of(one, self._review), said.value_of(one, self._review)
        small = [word for word in (one.word("reason"), " ".join(w for w in (one.word("article"), one.word("quote")) if w), said.by_whom(one)) if word]
        lines = [f"<b>{html.escape(name)}</b>: {html.escape(value)}", *(f"<small>{html.escape(line)}</small>" for line in dict.fromkeys(small))]
        label = Wrapped("<br>".join(lines))
        label.setTextFormat(Qt.TextFormat.RichText)
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(6, 3, 6, 3)
        layout.setSpacing(2)
        layout.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        for text, signal in buttons:
            button = FoldButton(text)
            button.setAccessibleName(f"{text} {name}")
            button.clicked.connect(lambda _=False, told=signal: told.emit(one))
            row.addWidget(button)
        layout.addLayout(row)
        return frame
