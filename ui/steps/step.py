"""One step of the dock: a head with number, title and state, and a body that opens and closes."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ..widgets.folding import FoldHead
from ..widgets.words import tr

STATES = {"empty": "○", "busy": "…", "ready": "✓", "attention": "!"}


class Step(QFrame):
    """A collapsible step; every step can be opened at any time."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.title = title
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.head = FoldHead(f"{number}  {title}")
        self.head.setStyleSheet("font-weight: 600;")
        self.head.toggled.connect(self._toggled)
        self.state = QLabel()
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.state.setWordWrap(True)
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
        whole.addWidget(self.body)
        self.show_state("empty", "")

    def _toggled(self, opened: bool) -> None:
        self.body.setVisible(opened)

    def open(self, opened: bool = True) -> None:
        """Open or close the step."""
        self.head.setChecked(opened)

    def show_state(self, state: str, text: str) -> None:
        """Show the state as icon and words."""
        self.state.setText(f"{STATES[state]} {text}".strip())
        self.head.setAccessibleName(f"{self.title}: {text or tr('not filled in yet')}")
