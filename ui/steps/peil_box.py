"""The peil: levels that it may be by road and ground, or the officer's own, and why. Nothing is filled in that nobody chose."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QFrame, QLineEdit, QVBoxLayout

from ...checks.engine.open_points.answer_history import Given
from ...measure.plan.peil import METHODS
from ...report.basis.said import by_whom
from ...report.basis.sun_table import compass
from ...texts import language, number, sentence
from ..widgets.choice_rows import ChoiceRows
from ..widgets.fields import Wrapped, choice, named, number_box, small
from ..widgets.folding import FoldButton
from ..widgets.words import tr
from ..work.proposals import PeilProposal

LOWEST_M, HIGHEST_M = -20.0, 400.0
"""m NAP: below the lowest polder and above the highest ground of the country; the lowest of all means: not chosen."""


class PeilBox(QFrame):
    """``answered(value)`` with method, nap_m and reason; ``entrance_asked`` wants the main entrance pointed out on the map."""

    answered = pyqtSignal(dict)
    entrance_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.said = Wrapped("")
        self.place = QVBoxLayout()
        self.proposals: ChoiceRows | None = None
        self._proposed: tuple[PeilProposal, ...] | None = None
        self._held: dict[str, Any] = {}
        self.method = choice(tr("How the plan defines peil"))
        self.method.addItem(tr("choose…"), None)
        for method in METHODS:
            self.method.addItem(sentence(f"method_{method}"), method)
        self.nap = number_box(tr("Height of the peil"), LOWEST_M, HIGHEST_M, 2, " m NAP")
        self.nap.setSpecialValueText(tr("not chosen"))
        self.nap.setValue(LOWEST_M)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Why (stands in the report)"))
        self.reason.setAccessibleName(tr("Why this peil"))
        self.lacks = small("")
        self.fix, self.entrance = FoldButton(tr("Fix the peil")), FoldButton(tr("Point out the main entrance"))
        self.fix.clicked.connect(lambda: self.answered.emit(self.value()))
        self.entrance.clicked.connect(self.entrance_asked)
        self.method.currentIndexChanged.connect(lambda _: self._ready())
        self.nap.valueChanged.connect(lambda _: self._ready())
        self.reason.textChanged.connect(lambda _: self._ready())
        self._lay_out()
        self._ready()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(named(tr("&Peil is"), self.method))
        form.addRow(self.method)
        form.addRow(named(tr("&Height"), self.nap), self.nap)
        form.addRow(named(tr("&Why"), self.reason), self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self.said)
        layout.addLayout(self.place)
        layout.addLayout(form)
        for widget in (self.lacks, self.fix, self.entrance):
            layout.addWidget(widget)

    def value(self) -> dict[str, Any]:
        """Return the answer as it is filled in."""
        return {"method": self.method.currentData(), "nap_m": round(self.nap.value(), 3), "reason": self.reason.text().strip()}

    def propose(self, levels: tuple[PeilProposal, ...]) -> None:
        """Show levels that peil may be; one that is chosen is filled in, not yet fixed."""
        if levels == self._proposed:
            return
        self._proposed = levels
        if self.proposals is not None:
            self.place.removeWidget(self.proposals)
            self.proposals.deleteLater()
            self.proposals = None
        if not levels:
            return
        self.proposals = ChoiceRows(tr("Levels that peil may be"), [proposal_words(level) for level in levels])
        self.proposals.chosen.connect(lambda row: self._fill_in(levels[row].method, levels[row].nap_m))
        self.place.addWidget(self.proposals)

    def show_answer(self, peil: dict[str, Any]) -> None:
        """Show the peil that holds, and leave what the officer is filling in alone."""
        holds = peil.get("nap_m") is not None
        if self._held and peil != self._held:
            self._fill_in(str(peil.get("method") or ""), float(peil["nap_m"]) if holds else LOWEST_M)
            self.reason.setText("")
        self._held = dict(peil) if holds else {}
        if holds:
            method = sentence(f"method_{peil.get('method')}") if peil.get("method") in METHODS else ""
            words = f"{number(float(peil['nap_m']))} m NAP" + (f" ({method})" if method else "")
            why = "; ".join(word for word in (str(peil.get("reason") or ""), by_whom(Given(("peil",), peil))) if word)
            told = f"{words}: {why.rstrip('.')}" if why else words
            self.said.setText(tr("Peil is fixed at {peil}. Fix another to change it.").format(peil=told))
        else:
            self.said.setText(tr("Peil is still to be chosen: take a proposal, or fill in your own."))
        if holds and not self._filled():
            self._fill_in(str(peil.get("method") or ""), float(peil["nap_m"]))
        self._ready()

    def _filled(self) -> bool:
        return self.nap.value() > LOWEST_M or self.method.currentData() is not None

    def _fill_in(self, method: str, nap: float) -> None:
        self.method.setCurrentIndex(max(0, self.method.findData(method)))
        self.nap.setValue(nap)

    def _ready(self) -> None:
        lacks, value = "", self.value()
        same = bool(self._held) and all(self._held.get(word) == value[word] for word in ("method", "nap_m")) and not value["reason"]
        if self.nap.value() <= LOWEST_M or self.method.currentData() is None:
            lacks = tr("Choose how peil is defined, and its height.")
        elif not self.reason.text().strip():
            lacks = tr("Fill in why; it stands in the report.")
        self.lacks.setText(lacks)
        self.lacks.setVisible(bool(lacks) and not same)  # nothing is to be done about what is fixed
        self.fix.setEnabled(not lacks)
        self.fix.setToolTip(lacks or self.fix.text())


def proposal_words(level: PeilProposal) -> str:
    """Return a proposal in words: its level, how it was read, and where, so that two of one kind are told apart."""
    where = ""
    if level.bearing is not None:
        where = tr("{side} of the design, {away} m away").format(side=compass(level.bearing, language()), away=number(level.away_m, 0))
    words = f"{number(level.nap_m)} m NAP: {sentence(f'method_{level.method}')}"
    return f"{words} ({where})" if where else words
