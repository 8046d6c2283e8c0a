"""A text with stretches of it marked in colour: what was read, by what became of it; one of them is shown as the one at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from qgis.PyQt.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

INK = "#222222"
"""Of words on the light colours of the stretches."""
ABOVE = 6
"""Lines of text that stay in sight above the stretch at hand."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text (``start`` to ``end``), its colour, and the key that is told when it is clicked; ``struck``: its words hold no longer."""

    key: str
    start: int
    end: int
    colour: str
    struck: bool = False


class MarkedText(QPlainTextEdit):
    """Shows a text to read; ``picked(key)`` when a stretch is clicked: the shortest there."""

    picked = pyqtSignal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.stretches: tuple[Stretch, ...] = ()
        self._at = ""

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def mark(self, stretches: Sequence[Stretch], at: str = "") -> None:
        """Mark stretches; the longer ones lie under the shorter ones. ``at``: the key of the one at hand."""
        self.stretches, self._at = tuple(stretches), at
        behind = sorted((one for one in stretches if one.end > one.start), key=lambda one: (one.key == at, one.start - one.end))
        self.setExtraSelections([self._selection(one) for one in behind])

    def look_at(self, key: str) -> None:
        """Bring a stretch in sight, with some lines above it."""
        found = next((one for one in self.stretches if one.key == key and one.end > one.start), None)
        if found is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(found.start)
        self.setTextCursor(cursor)
        self.centerCursor()
        bar = self.verticalScrollBar()
        line = cursor.block().firstLineNumber()
        bar.setValue(max(0, line - ABOVE))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which stretch was clicked."""
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        at = self.cursorForPosition(event.pos()).position()
        here = [one for one in self.stretches if one.start <= at < one.end]
        if here:
            self.picked.emit(min(here, key=lambda one: one.end - one.start).key)

    def _selection(self, one: Stretch) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = QTextCursor(self.document())
        last = max(0, self.document().characterCount() - 1)
        made.cursor.setPosition(min(one.start, last))
        made.cursor.setPosition(min(one.end, last), QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setBackground(QColor(one.colour))
        words.setForeground(QColor(INK))  # also where the theme writes in light letters
        words.setFontStrikeOut(one.struck)
        if one.key == self._at:
            words.setBackground(QColor(one.colour).darker(118))
            words.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            words.setUnderlineColor(QColor(INK))
        made.format = words
        return made
