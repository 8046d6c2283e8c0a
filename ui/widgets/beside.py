"""Putting a panel beside the map, at the side where the dock is not: over neither."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


def put_beside(window: QMainWindow, dock: QDockWidget, panel: QDockWidget, width: int) -> None:
    """Show ``panel`` as a tab at the other side of the window than ``dock``, ``width`` pixels wide; where the officer put it, it stays."""
    if window.dockWidgetArea(panel) == Qt.DockWidgetArea.NoDockWidgetArea:
        side = LEFT if window.dockWidgetArea(dock) == RIGHT else RIGHT
        there = [w for w in window.findChildren(QDockWidget) if window.dockWidgetArea(w) == side and w.isVisible() and not w.isFloating()]
        window.addDockWidget(side, panel)
        if there:
            window.tabifyDockWidget(max(there, key=lambda w: w.height()), panel)
        panel.show()
        window.resizeDocks([panel], [width], Qt.Orientation.Horizontal)
    panel.show()
    panel.raise_()
