"""The matrix of the variants: its panel below the map, and what is chosen in it shown on the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import Qt

from ...model import Finding, Review
from ..panels.matrix_panel import MatrixPanel
from ..work.session import Session
from .answering import Answering


class Comparing:
    """Leads the panel of the matrix; ``choose(name)`` shows a variant."""

    def __init__(self, iface: Any, session: Session, dock: Any, answering: Answering, choose: Callable[[str], None]) -> None:
        self.iface, self.session, self.answering, self._choose = iface, session, answering, choose
        self.panel: MatrixPanel | None = None
        self._filled: Review | None = None
        dock.result.matrix_asked.connect(self.open)

    def open(self) -> None:
        """Show the matrix below the map."""
        window = self.iface.mainWindow()
        if self.panel is None:
            self.panel = MatrixPanel(window)
            self.panel.shown.connect(self.show)
            self.panel.opened.connect(self.look_into)
            window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.panel)
            self.panel.fill(self.session.review)
        self.panel.show()
        self.panel.raise_()
        self.refresh()

    def refresh(self) -> None:
        """Show the matrix of the review that there is now."""
        if self.panel is not None and not self.panel.isHidden() and self.session.review is not self._filled:
            self._filled = self.session.review
            self.panel.fill(self._filled)

    def show(self, finding: Finding) -> None:
        """Show the variant of a finding, and the finding alone on the map."""
        self._choose(finding.design)
        self.answering.showing.finding(finding)

    def look_into(self, finding: Finding) -> None:
        """Open the panel of a finding, with its variant."""
        self._choose(finding.design)
        self.answering.open(finding)

    def forget(self) -> None:
        """Another case: its matrix is another."""
        if self.panel is not None:
            self.panel.close()

    def shut(self) -> None:
        """Let go of the panel."""
        if self.panel is not None:
            self.iface.mainWindow().removeDockWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
