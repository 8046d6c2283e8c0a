"""Type-ahead for addresses and parcels: suggestions appear under the field; one that is chosen is confirmed, never taken by itself."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from .fields import small
from .words import tip, tr

PAUSE_MS = 250
"""Wait this long after the last key before asking the service."""
SHORTEST = 3
ROWS = 7
ROLE = Qt.ItemDataRole.UserRole


class AddressField(QWidget):
    """A field with suggestions. ``asked`` wants suggestions for a text; ``show_suggestions`` gives them; ``chosen`` is one of them."""

    asked = pyqtSignal(str)
    chosen = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Street and number, postcode, or parcel"))
        self.line.setAccessibleName(tr("Address or parcel"))
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Suggestions"))
        self.list.setVisible(False)
        self.note = small("")
        self.note.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        for widget in (self.line, self.list, self.note):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._take_current)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.line.installEventFilter(self)

    def _edited(self, text: str) -> None:
        self.say("")
        if len(text.strip()) < SHORTEST:
            self._timer.stop()
            self.list.setVisible(False)
            return
        self._timer.start()

    def _ask(self) -> None:
        self.asked.emit(self.line.text().strip())

    def show_suggestions(self, text: str, suggestions: list[tuple[str, Any]]) -> None:
        """Show (words, thing) pairs found for ``text``; an answer to an older text is let go."""
        if text != self.line.text().strip():
            return
        self.list.clear()
        for words, thing in suggestions[:ROWS]:
            item = QListWidgetItem(words)
            item.setToolTip(tip(words))
            item.setData(ROLE, thing)
            self.list.addItem(item)
        self.list.setVisible(bool(suggestions))
        if not suggestions:
            self.say(tr("Nothing found; check the spelling, or point on the map."))
            return
        self.list.setCurrentRow(0)
        row = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(row * self.list.count() + 2 * self.list.frameWidth() + 2)

    def say(self, text: str) -> None:
        """Say something under the field, or nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def settle(self, words: str) -> None:
        """Show what was chosen."""
        self._timer.stop()
        self.line.setText(words)
        self.list.setVisible(False)
        self.say("")

    def _take_current(self) -> None:
        if self.list.isVisible() and self.list.currentItem() is not None:
            self._take(self.list.currentItem())
        elif len(self.line.text().strip()) >= SHORTEST:
            self._ask()

    def _take(self, item: QListWidgetItem) -> None:
        self.settle(item.text())
        self.chosen.emit(item.data(ROLE))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Arrow keys in the field walk through the suggestions; Escape closes them."""
        if event.type() == QEvent.Type.KeyPress and self.list.isVisible():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key())
            if step:
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.list.setVisible(False)
                return True
        return super().eventFilter(watched, event)
