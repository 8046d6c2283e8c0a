"""Buttons whose words fold to the width that there is, and a head that folds what stands below it in and out."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFontMetrics, QResizeEvent
from qgis.PyQt.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QToolButton

from .words import literal, tip

ROOM_PX = 34
"""Beside the words of a button: its edges, and the arrow of a head."""
LEAST_PX = 60
"""No button is narrower: a word or two a line."""
Beside: Any = object
"""A class that stands before one of Qt's in a class's bases, and calls it."""


def folded_to(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return a text in lines that are no wider than ``width`` pixels, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


class Folding(Beside):
    """What both buttons below are, beside Qt's own class: ``words``, folded to the width that there is; ``keyed``: an & in them marks a key."""

    words = ""
    keyed = False

    def setText(self, text: str) -> None:
        """Say something else."""
        self.words = text
        self._fold()

    def _fold(self) -> None:
        words = folded_to(self.words, self.fontMetrics(), self.width() - ROOM_PX)
        super().setText(words if self.keyed else literal(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the words anew."""
        super().resizeEvent(event)
        self._fold()

    def sizeHint(self) -> QSize:
        """Return its size with the words in one line, as high as they are folded now."""
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + ROOM_PX, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return how small it may be: a word is never cut."""
        widest = max((self.fontMetrics().horizontalAdvance(word) for word in self.words.split()), default=0)
        return QSize(max(LEAST_PX, widest + ROOM_PX), super().sizeHint().height())


class FoldHead(Folding, QToolButton):
    """A button with an arrow that says whether what it opens is open; ``toggled`` says when that changes. Its words fold where there is no room."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._point(False)
        self.toggled.connect(self._point)

    def _point(self, opened: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)


class FoldCheck(Folding, QCheckBox):
    """A box to tick whose words fold to the width that there is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setText(text)


class FoldButton(Folding, QPushButton):
    """A button as wide as its words where there is room; where there is less it folds them. ``left``: they begin at its left."""

    def __init__(self, text: str, left: bool = False) -> None:
        super().__init__()
        self.keyed = not left  # what begins at the left is what somebody answered, or a file says
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if left:
            self.setStyleSheet("text-align: left; padding: 3px 6px;")
        self.setAccessibleName(text)
        self.setToolTip(tip(text) if left else "")
        self.setText(text)
