"""Fields and labels that the steps share."""

from __future__ import annotations

import re

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QEvent, QLocale, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QLayout, QWidget

from ...texts import language
from .words import tip

NARROW_PX = 90
BREAK = "\u200b"
"""A place of no width where a line may break."""
BREAKS = re.compile(r"(?<=[A-Za-z0-9])[_/\\-](?=[A-Za-z0-9])")
"""Marks inside a word that a line may break after: in names of files and of plans."""


class WheelGuard(QObject):
    """Lets the wheel scroll the dock over a field, also over the one with the focus: a value never changes because a list goes by under the mouse."""

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """Leave a wheel over a field to what lies around it."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def unmoved_by_wheel(field: QWidget) -> None:
    """Let the wheel never change a field, nor give it the focus."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(WheelGuard(field))


class Wrapped(QLabel):
    """A label that folds its words, and names of files that have no spaces too: it is as narrow as it is let."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)  # what a file or a service says is never taken for HTML
        self.setWordWrap(True)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Say something else; a long word may break after a mark in it."""
        super().setText(BREAKS.sub(lambda mark: mark.group(0) + BREAK, text))

    def text(self) -> str:
        """Return what it says, without the places where it may break."""
        return super().text().replace(BREAK, "")


def small(text: str) -> QLabel:
    """Return a wrapped label in smaller type."""
    label = Wrapped(text)
    label.setStyleSheet("font-size: 90%;")
    return label


def number_box(name: str, low: float, high: float, decimals: int, suffix: str) -> QDoubleSpinBox:
    """Return a number field, written as the language writes numbers."""
    box = QDoubleSpinBox()
    box.setLocale(QLocale(language()))
    box.setGroupSeparatorShown(False)
    box.setRange(low, high)
    box.setDecimals(decimals)
    box.setSuffix(suffix)
    box.setAccessibleName(name)
    box.setMinimumWidth(NARROW_PX)  # the dock decides the width
    unmoved_by_wheel(box)
    return box


def choice(name: str) -> QComboBox:
    """Return a list to choose from that does not widen the dock."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.currentTextChanged.connect(lambda text: box.setToolTip(tip(text)))  # where the dock is narrower than the words
    unmoved_by_wheel(box)
    return box


def named(text: str, field: QWidget) -> QLabel:
    """Return the label of a field, with its key."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setBuddy(field)
    return label


class FileField(QgsFileWidget):
    """``chosen(path)`` when a file is picked, or typed and ended with Enter or by leaving the field: never while it is being typed."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._typing, self._told = False, ""
        self.fileChanged.connect(lambda _: self._tell() if not self._typing else None)
        self.lineEdit().textEdited.connect(lambda _: self._begin())
        self.lineEdit().editingFinished.connect(self._typed)

    def show_file(self, path: str) -> None:
        """Show the file that holds, unless another is being typed; nothing is told."""
        self._told = path
        if not self._typing and path != self.filePath():
            self.blockSignals(True)
            self.setFilePath(path)
            self.blockSignals(False)
        self.lineEdit().setToolTip(tip(path))

    def _begin(self) -> None:
        self._typing = True

    def _typed(self) -> None:
        self._typing = False
        self._tell()

    def _tell(self) -> None:
        path = self.filePath().strip()
        if path and path != self._told:
            self._told = path
            self.chosen.emit(path)


def file_box(name: str, kinds: str) -> FileField:
    """Return a file chooser whose parts have names."""
    box = FileField()
    box.setFilter(kinds)
    box.setDialogTitle(name)
    box.setAccessibleName(name)
    box.lineEdit().setAccessibleName(name)
    return box


def emptied(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while layout.count():
        layout.takeAt(0).widget().deleteLater()
