"""The officer's own verdict beside the computed one: with a reason, or not at all."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from ...model import PRECEDENCE, Finding
from ...report.basis import wording
from ..widgets.fields import choice, small
from ..widgets.words import tr


class VerdictBox(QFrame):
    """``decided(finding, verdict, reason)``; an empty verdict takes the decision back."""

    decided = pyqtSignal(object, str, str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.verdict = choice(tr("Your verdict"))
        self.verdict.addItem(tr("as computed"), "")
        for verdict in PRECEDENCE:
            self.verdict.addItem(wording.verdict_word(verdict), verdict.value)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason (needed)"))
        self.reason.setAccessibleName(tr("Reason of your verdict"))
        self.given = finding.decision or (finding.lapsed.decision if finding.lapsed else None)
        if self.given:
            self.verdict.setCurrentIndex(self.verdict.findData(self.given.verdict.value))
            self.reason.setText(self.given.reason)
        self.button = QPushButton(tr("Decide"))
        self.button.setAccessibleName(self.button.text())
        self.button.clicked.connect(self._decide)
        self.verdict.currentIndexChanged.connect(lambda _: self._ready())
        self.reason.textChanged.connect(lambda _: self._ready())
        row = QHBoxLayout()
        row.addWidget(self.verdict)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(small(tr("Decide otherwise; both verdicts stay in the record and the report.")))
        layout.addWidget(self.reason)
        layout.addLayout(row)
        self._ready()

    def _ready(self) -> None:
        chosen = self.verdict.currentData()
        self.button.setEnabled(bool(self.reason.text().strip()) if chosen else self.given is not None)

    def _decide(self) -> None:
        self.decided.emit(self.finding, self.verdict.currentData(), self.reason.text().strip())
