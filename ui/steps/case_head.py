"""The head of the dock: which case it is, whether it is kept, and what can be done with it as a whole."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ..widgets.fields import small
from ..widgets.folding import FoldButton
from ..widgets.words import literal, tip, tr

NUMBER_PX = 110
"""Of the field of a case number: ten signs, as "Z2026-0142" has."""


class CaseHead(QWidget):
    """A menu (new, open, recent, save as), undo and redo, number and title, whether everything is kept, and who else has the case."""

    new_asked = pyqtSignal()
    open_asked = pyqtSignal()
    recent_asked = pyqtSignal(str)
    copy_asked = pyqtSignal()
    undo_asked = pyqtSignal()
    redo_asked = pyqtSignal()
    restore_asked = pyqtSignal()
    take_asked = pyqtSignal()
    named = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.menu = QMenu(self)
        self.new = self.menu.addAction(tr("New case…"), self.new_asked.emit)
        self.open = self.menu.addAction(tr("Open…"), self.open_asked.emit)
        self.recent = self.menu.addMenu(tr("Recent"))
        self.copy = self.menu.addAction(tr("Save as…"), self.copy_asked.emit)
        self.button = _tool(tr("Case") + " ▾", tr("New case, open, recent, save as"))
        self.button.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # Qt draws its own over the last letter
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.undo, self.redo = _tool("↶", tr("Undo the last answer, place or role")), _tool("↷", tr("Redo what was undone"))
        self.undo.clicked.connect(self.undo_asked.emit)
        self.redo.clicked.connect(self.redo_asked.emit)
        self.number, self.title = _line(tr("Case number")), _line(tr("Title of the case"))
        self.number.setFixedWidth(NUMBER_PX)
        for line in (self.number, self.title):
            line.editingFinished.connect(lambda: self.named.emit(self.number.text().strip(), self.title.text().strip()))
        self.state = small("")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.restore = FoldButton(tr("Go on with the case"), left=True)
        self.restore.clicked.connect(self.restore_asked.emit)
        self.restore.setVisible(False)
        self.held, self.take = small(""), FoldButton(tr("Take over this case…"), left=True)
        self.held.setWordWrap(True)
        self.take.clicked.connect(self.take_asked.emit)
        self.show_holder("")
        self._lay_out()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget in (self.button, self.undo, self.redo):
            first.addWidget(widget)
        first.addWidget(self.state, 1)
        second.addWidget(self.number)
        second.addWidget(self.title, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addWidget(self.restore)
        whole.addWidget(self.held)
        whole.addWidget(self.take)
        whole.addLayout(first)
        whole.addLayout(second)

    def show_case(self, there: bool, number: str, title: str) -> None:
        """Show number and title of the case; ``there``: whether there is one. What is being typed stays."""
        self.copy.setEnabled(there)
        for line, text in ((self.number, number), (self.title, title)):
            line.setEnabled(there)
            if not line.isModified() or not line.hasFocus():
                line.setText(text)
                line.setCursorPosition(0)  # a long title shows how it begins

    def show_state(self, words: str, place: str) -> None:
        """Say whether the case is kept, and where."""
        self.state.setText(words)
        self.state.setToolTip(tip(place))

    def show_holder(self, words: str) -> None:
        """Say who has the case, where and since when, with the way to take it over; '' where it is the officer's own."""
        self.held.setText(words)
        self.held.setVisible(bool(words))
        self.take.setVisible(bool(words))

    def show_undo(self, back: bool, forth: bool) -> None:
        """Allow what can be undone and redone."""
        self.undo.setEnabled(back)
        self.redo.setEnabled(forth)

    def show_recent(self, paths: list[Path]) -> None:
        """List the cases that were open last."""
        self.recent.clear()
        self.recent.setEnabled(bool(paths))
        for path in paths:
            action = self.recent.addAction(literal(path.name), lambda _=False, one=path: self.recent_asked.emit(str(one)))
            action.setToolTip(tip(str(path)))
        self.recent.setToolTipsVisible(True)

    def offer(self, words: str) -> None:
        """Offer to go on with the case that was open when QGIS ended unexpectedly; '' when there is none any more."""
        self.restore.setText(words)
        self.restore.setAccessibleName(words)
        self.restore.setVisible(bool(words))


def _tool(words: str, hint: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(hint)
    button.setAccessibleName(hint)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return button


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(name)
    line.setToolTip(name)
    return line
