"""One thing that was read in a plan's text, as a card: what it says, and the officer's decision on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ...data_sources.juridical.text.quantities import UNITS_OF
from ...model.plan_words import CERTAIN, CONFIRMED, CORRECTED, OBJECT_KINDS, REJECTED, Clause
from ...texts import number, sentence, spoken_date
from ..widgets.fields import Wrapped, choice, named, small
from ..widgets.folding import FoldButton, FoldHead
from ..widgets.words import tr
from ..work.text_parts import Part

OPERATORS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "==": "=", "between": "–"}


class ClauseCard(QWidget):
    """``decided(decision, reason, words)``: of the part that is shown; ``article_confirmed`` of all open clauses of its article; ``moved(1 or -1)``."""

    decided = pyqtSignal(str, str, object)
    article_confirmed = pyqtSignal()
    moved = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part: Part | None = None
        self.place, self.says, self.beside, self.state = small(""), Wrapped(), small(""), small("")
        self.says.setStyleSheet("font-weight: 600; font-size: 115%;")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Why (needed to correct or reject)"))
        self.reason.setAccessibleName(tr("Why it is corrected or rejected"))
        self.confirm, self.article = FoldButton(tr("&Confirm")), FoldButton("")
        self.correct, self.reject = FoldButton(tr("Keep the correction")), FoldButton(tr("&Reject"))
        self.back, self.forth = FoldButton(tr("&Previous")), FoldButton(tr("&Next"))
        for button in (self.confirm, self.article, self.correct, self.reject, self.back, self.forth):
            button.setAutoDefault(False)
        self.head = FoldHead(tr("Correct what was read"))
        self.form = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.thing, self.quantity, self.operator = choice(tr("About")), choice(tr("Size")), choice(tr("Limit"))
        self.value, self.value2, self.unit = QLineEdit(), QLineEdit(), QLineEdit()
        for box, words in ((self.thing, sorted(OBJECT_KINDS)), (self.quantity, sorted(UNITS_OF))):
            box.setEditable(True)
            box.addItems([word.replace("_", " ") for word in words])
        for operator, sign in OPERATORS.items():
            self.operator.addItem(sign, operator)
        rows = QFormLayout(self.form)
        rows.setContentsMargins(0, 0, 0, 0)
        fields = ((tr("A&bout"), self.thing), (tr("&Size"), self.quantity), (tr("&Limit"), self.operator), (tr("&Value"), self.value))
        for label, field in (*fields, (tr("To"), self.value2), (tr("&Unit"), self.unit)):
            rows.addRow(named(label, field), field)
            field.setAccessibleName(label.replace("&", ""))
        rows.addRow("", self.correct)
        self.form.setVisible(False)
        buttons = QGridLayout()
        for n, button in enumerate((self.confirm, self.article, self.reject, self.head, self.back, self.forth)):
            buttons.addWidget(button, n // 2, n % 2)
        layout = QVBoxLayout(self)
        for widget in (self.place, self.says, self.beside, self.state, self.reason):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addWidget(self.form)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.confirm.clicked.connect(lambda: self._tell(CONFIRMED))
        self.reject.clicked.connect(lambda: self._tell(REJECTED))
        self.correct.clicked.connect(lambda: self._tell(CORRECTED, self.corrections()))
        self.article.clicked.connect(lambda: self.article_confirmed.emit())
        self.back.clicked.connect(lambda: self.moved.emit(-1))
        self.forth.clicked.connect(lambda: self.moved.emit(1))
        self.head.toggled.connect(self.form.setVisible)
        for field in (self.reason, self.value, self.value2, self.unit):
            field.textChanged.connect(lambda _: self._ready())
        for box in (self.thing, self.quantity, self.operator):
            box.currentTextChanged.connect(lambda _: self._ready())

    def show_part(self, part: Part | None, place: str, alike: int) -> None:
        """Show a part (None: nothing is left); ``place`` says which of how many it is, ``alike``: so many open clauses its article has."""
        self.part = part
        self.setEnabled(part is not None)
        self.place.setText(place)
        self.says.setText(part.words if part else "")
        self.beside.setText(_beside(part.norm.clause) if part and part.norm and not part.is_number_left else "")
        self.state.setText(_state(part) if part else "")
        self.reason.clear()
        left = part is not None and part.is_number_left
        self.reason.setPlaceholderText(tr("Why nothing of it is to be tested (needed)") if left else tr("Why (needed to correct or reject)"))
        article = (part.article if part else "").partition(" ")[0]
        self.article.setText(tr("Confirm all of {article} ({n})").format(article=article, n=alike))
        self.article.setEnabled(alike > 1)
        self.head.setChecked(False)
        if part is not None and part.norm is not None:
            self._fill(part.norm.clause)
        self._ready()

    def _fill(self, clause: Clause) -> None:
        self.thing.setCurrentText(clause.object)
        self.quantity.setCurrentText(clause.quantity.replace("_", " "))
        at = self.operator.findData(clause.operator)
        self.operator.setCurrentIndex(at)
        for field, value in ((self.value, clause.value), (self.value2, clause.value2)):
            field.setText("" if value is None else number(value, 2).rstrip("0").rstrip(",.") if value % 1 else f"{value:.0f}")
        self.unit.setText(clause.unit or "")

    def corrections(self) -> dict[str, Any]:
        """Return the words that differ from what was read."""
        if self.part is None or self.part.norm is None:
            return {}
        clause = self.part.norm.clause
        said = {
            "object": self.thing.currentText().strip(), "quantity": self.quantity.currentText().strip().replace(" ", "_"), "unit": self.unit.text().strip(),
            "operator": self.operator.currentData() or clause.operator, "value": _number(self.value.text()), "value2": _number(self.value2.text()),
        }
        return {name: value for name, value in said.items() if value != (getattr(clause, name) or ("" if name == "unit" else getattr(clause, name)))}

    def _ready(self) -> None:
        """Let only be pressed what would count."""
        part, why = self.part, bool(self.reason.text().strip())
        clause = part is not None and part.norm is not None and not part.is_number_left
        self.confirm.setEnabled(part is not None and (why or not part.is_number_left))
        self.reject.setEnabled(clause and why)
        self.head.setEnabled(clause)
        numbers = all(_number(field.text()) is not None for field in (self.value, self.value2) if field.text().strip())
        changed = clause and bool(self.corrections())
        self.correct.setEnabled(changed and why and numbers)
        plain = not changed and (not why or (part is not None and part.is_number_left))
        for button, first in ((self.confirm, plain), (self.correct, changed and self.correct.isEnabled())):
            button.setDefault(first)  # Enter never confirms as read what is being corrected or rejected

    def _tell(self, decision: str, words: Mapping[str, Any] | None = None) -> None:
        self.decided.emit(decision, self.reason.text().strip(), words or {})


def _number(text: str) -> float | None:
    """Return a number as it is typed ("5,25"), None where it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _beside(clause: Clause) -> str:
    """Return what limits a clause, and how sure its reading is, each on a line."""
    lines = [sentence("reading_only_when", {"words": words}) for words in clause.conditions]
    lines += [sentence("reading_except", {"words": words}) for words in clause.exceptions]
    lines += [sentence("plan_text_power")] if clause.power else []
    lines += [sentence("plan_text_on_map", {"name": clause.from_map})] if clause.from_map else []
    return "\n".join([*lines, *([sentence("plan_text_likely")] if clause.sure != CERTAIN else [])])


def _state(part: Part) -> str:
    """Return what became of a part, by whom and when."""
    told = ", ".join(word for word in (sentence(f"said_norm_{part.decision}"), part.by, spoken_date(part.at[:10]) if part.at else "") if word)
    return f"{told}: {part.reason}" if part.reason else told
