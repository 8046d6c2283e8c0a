"""Buttons whose words fold to the width that there is, and a head that folds what stands below it in and out."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFontMetrics, QResizeEvent
from qgis.PyQt.QtWidgets import QPushButton, QSizePolicy, QToolButton

ROOM_PX = 34
"""Beside the words of a button: its edges, and the arrow of a head."""
LEAST_PX = 60
"""No button is narrower: a word or two a line."""


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


class FoldHead(QToolButton):
    """A button with an arrow that says whether what it opens is open; ``toggled`` says when that changes. ``wide``: it takes the width that there
    is and folds its words to that."""

    def __init__(self, text: str = "", wide: bool = True) -> None:
        super().__init__()
        self._wide, self.words = wide, ""
        if wide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._point(False)
        self.toggled.connect(self._point)

    def setText(self, text: str) -> None:
        """Say something else."""
        self.words = text
        super().setText(folded_to(text, self.fontMetrics(), self.width() - ROOM_PX) if self._wide else text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the words anew."""
        super().resizeEvent(event)
        self.setText(self.words)

    def minimumSizeHint(self) -> QSize:
        """Return how small it may be: as narrow as need be where it folds."""
        size = super().sizeHint()
        return QSize(LEAST_PX, size.height()) if self._wide else size

    def _point(self, opened: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)


class FoldButton(QPushButton):
    """A button that takes the width that there is, its words at the left, folded to that."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = ""
        self.setStyleSheet("text-align: left; padding: 3px 6px;")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Say something else."""
        self.words = text
        super().setText(folded_to(text, self.fontMetrics(), self.width() - ROOM_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the words anew."""
        super().resizeEvent(event)
        self.setText(self.words)

    def minimumSizeHint(self) -> QSize:
        """Return how small it may be."""
        return QSize(LEAST_PX, super().sizeHint().height())
