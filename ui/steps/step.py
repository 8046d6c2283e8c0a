"""One step of the dock: a head with number, title and state, and a body that opens and closes."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ..widgets.fields import Wrapped
from ..widgets.folding import FoldHead
from ..widgets.words import tr

STATES = {"empty": "○", "busy": "…", "ready": "✓", "attention": "!", "failed": "✗"}


class Step(QFrame):
    """A collapsible step; every step can be opened at any time. What works in it shows its progress under the head, also while the step is
    folded; ``cancel_asked`` when it is to stop."""

    cancel_asked = pyqtSignal()

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.title = title
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.head = FoldHead(f"{number}  {title}")
        self.head.setStyleSheet("font-weight: 600;")
        self.head.toggled.connect(self._toggled)
        self.state = Wrapped()
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body = QWidget()
        self.layout_ = QVBoxLayout(self.body)
        self.layout_.setContentsMargins(6, 2, 6, 6)
        self.body.setVisible(False)
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addWidget(self.state, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4, 2, 4, 2)
        whole.setSpacing(2)
        whole.addLayout(top)
        self.works = self._progress()
        whole.addWidget(self.works)
        whole.addWidget(self.body)
        self.show_state("empty", "")

    def _progress(self) -> QWidget:
        """Return the row with the progress of what works, and the button that stops it."""
        self.bar, self.cancel = QProgressBar(), QPushButton(tr("Cancel"))
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.cancel.clicked.connect(self.cancel_asked.emit)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(6, 0, 6, 2)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        row.setVisible(False)
        return row

    def busy(self, working: bool) -> None:
        """Show whether something works in this step; its state is shown again when that ended."""
        self.works.setVisible(working)
        self.bar.setValue(0)
        self.show_state(*self._state)

    def _toggled(self, opened: bool) -> None:
        self.body.setVisible(opened)

    def open(self, opened: bool = True) -> None:
        """Open or close the step."""
        self.head.setChecked(opened)

    def show_state(self, state: str, text: str) -> None:
        """Show the state as icon and words; while something works, that."""
        self._state = (state, text)
        if not self.works.isHidden():
            state, text = "busy", tr("working")
        self.state.setText(f"{STATES[state]} {text}".strip())
        said = text or tr("not filled in yet")
        self.head.setAccessibleName(f"{self.title}: {said}")
