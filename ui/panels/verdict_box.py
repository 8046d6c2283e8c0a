"""The officer's own verdict beside the computed one: with a reason, or not at all."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from ...model import Finding, Verdict
from ...report.basis import wording
from ..widgets.fields import choice, small
from ..widgets.folding import FoldButton
from ..widgets.words import tr

OFFERED = (Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NOT_APPLICABLE, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE)
"""What an officer decides, the most usual first."""


class VerdictBox(QFrame):
    """``decided(finding, verdict, reason)``; an empty verdict takes the decision back."""

    decided = pyqtSignal(object, str, str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.given = finding.decision or (finding.lapsed.decision if finding.lapsed else None)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        title = QLabel(tr("Your own verdict"))
        title.setStyleSheet("font-weight: 600;")
        self.verdict = choice(tr("Your verdict"))
        self.verdict.addItem(tr("choose…"), None)
        for verdict in OFFERED:
            if verdict is not finding.verdict or self.given:
                self.verdict.addItem(wording.verdict_word(verdict), verdict.value)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason (needed; stands in the report)"))
        self.reason.setAccessibleName(tr("Reason of your verdict"))
        self.lacks = small("")
        self.button, self.back = FoldButton(tr("Decide")), FoldButton(tr("Take the decision back"))
        self.button.clicked.connect(lambda: self.decided.emit(self.finding, self.verdict.currentData(), self.reason.text().strip()))
        self.back.clicked.connect(lambda: self.decided.emit(self.finding, "", ""))
        self.back.setVisible(self.given is not None)
        if self.given:
            self.verdict.setCurrentIndex(self.verdict.findData(self.given.verdict.value))
            self.reason.setText(self.given.reason)
        self.verdict.currentIndexChanged.connect(lambda _: self._ready())
        self.reason.textChanged.connect(lambda _: self._ready())
        row = QHBoxLayout()
        for button in (self.button, self.back):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        for widget in (title, small(meaning(finding)), self.verdict, self.reason, self.lacks):
            layout.addWidget(widget)
        layout.addLayout(row)
        self._ready()

    def _ready(self) -> None:
        lacks = "" if self.reason.text().strip() else tr("Fill in the reason.")
        if not self.verdict.currentData():
            lacks = tr("Choose a verdict and fill in the reason.")
        self.lacks.setText(lacks)
        self.lacks.setVisible(bool(lacks))
        self.button.setEnabled(not lacks)


def meaning(finding: Finding) -> str:
    """Return what deciding otherwise than computed means for this finding."""
    computed = tr("Computed: {verdict}.").format(verdict=wording.verdict_word(finding.verdict))
    if finding.verdict is Verdict.VIOLATES:
        means = tr("Decide otherwise where, for example, a permit or a power to deviate is used; both verdicts stay in the record and the report.")
    else:
        means = tr("Decide otherwise; both verdicts stay in the record and the report.")
    return f"{computed} {means}"
