"""Rows to choose one of, each a button with its words wrapped beside it: nothing is chosen until the officer does."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from .fields import Wrapped
from .words import literal

NONE = -1


class ChoiceRows(QWidget):
    """``chosen(number)`` when a row is chosen (from 0); ``pointed(number)`` while the mouse or the focus is on a row, -1 when it leaves."""

    chosen = pyqtSignal(int)
    pointed = pyqtSignal(int)

    def __init__(self, name: str, rows: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        self.labels: list[Wrapped] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for number, text in enumerate(rows):
            button, label = QRadioButton(), Wrapped(literal(text))
            button.setAccessibleName(text)
            label.setBuddy(button)
            for widget in (button, label):
                widget.installEventFilter(self)
            self.group.addButton(button, number)
            grid.addWidget(button, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, number, 1)
            self.buttons.append(button)
            self.labels.append(label)
        self.group.idToggled.connect(lambda number, on: self.chosen.emit(number) if on else None)

    @property
    def number(self) -> int:
        """The row chosen, -1 while none is."""
        return self.group.checkedId()

    def choose(self, number: int) -> None:
        """Choose a row."""
        self.buttons[number].setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the words chooses too; the mouse or the focus over a row points at it."""
        row = next((n for n, pair in enumerate(zip(self.buttons, self.labels)) if watched in pair), NONE)
        kind = event.type()
        if kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.pointed.emit(row)
        elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.pointed.emit(NONE)
        elif kind == QEvent.Type.MouseButtonRelease and watched in self.labels:
            self.choose(row)
            self.buttons[row].setFocus()
            return True
        return super().eventFilter(watched, event)
