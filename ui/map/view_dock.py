"""The 3D view as it stands in QGIS's window: beside the map, its compass closed, looking at a place from aside."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDockWidget, QMainWindow, QToolBar, QToolButton, QWidget

from ..widgets.beside import LEFT, RIGHT

TILT_CLICKS = 45
"""Degrees, one a click: QGIS before 3.30 gives a plugin its camera only through the buttons of its compass panel."""
HOLDERS = ("Qgs3DMapCanvas", "Qgs3DMapCanvasWidget")
"""What holds a 3D view before and from QGIS 3.30."""
HEADING_DEG = 35.0
TILT_DOWN = 3
"""Which of the panel's buttons: in the order in which QGIS makes them (closer, farther, up, down, then the four sides)."""


def views_in(window: QMainWindow) -> list[QDockWidget]:
    """Return the docks of a window that hold a 3D view."""
    return [dock for dock in window.findChildren(QDockWidget) if views_of(dock)]


def docked(window: QMainWindow) -> list[QDockWidget]:
    """Return the docks with a 3D view after those that stand in windows of their own (QGIS from 3.30) were docked by their own button."""
    for holder in (part for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) for part in parts_of(top, HOLDERS[1])):
        bars = holder.findChildren(QToolBar)
        actions = [action for action in bars[0].actions() if action.isCheckable()] if bars else []
        for action in actions[-1:]:  # its last button puts the view in the window
            if not action.isChecked():
                action.trigger()
    return views_in(window)


def shown_in(window: QMainWindow) -> set[QDockWidget]:
    """Return the panels that a window shows."""
    return {dock for dock in window.findChildren(QDockWidget) if dock.isVisible()}


def hide_others(window: QMainWindow, before: set[QDockWidget], keep: QDockWidget) -> None:
    """Close the panels that came along with a 3D view: some versions open that of identify results."""
    for dock in shown_in(window) - before - {keep}:
        if not views_of(dock):
            dock.hide()


def views_of(dock: QDockWidget) -> bool:
    """Whether a dock holds a 3D view."""
    return any(parts_of(dock, kind) for kind in HOLDERS)


def parts_of(dock: QWidget, kind: str) -> list[QWidget]:
    """Return the parts of a widget of a kind that Python has no name for."""
    return [part for part in dock.findChildren(QWidget) if part.metaObject().className() == kind]


def put_beside_map(window: QMainWindow, view: QDockWidget, dock: QDockWidget) -> None:
    """Put a 3D view between the map and the dock, half as wide as both have."""
    room = window.centralWidget().width() if window.centralWidget() is not None else window.width()
    view.setFloating(False)
    side = window.dockWidgetArea(dock) if window.dockWidgetArea(dock) in (LEFT, RIGHT) else RIGHT
    window.addDockWidget(side, view)
    if not dock.isFloating() and window.dockWidgetArea(dock) == side:
        first, second = (view, dock) if side == RIGHT else (dock, view)
        window.splitDockWidget(first, second, Qt.Orientation.Horizontal)
    view.show()
    view.raise_()
    window.resizeDocks([view, dock], [max(1, room // 2), dock.width()], Qt.Orientation.Horizontal)
    for panel in parts_of(view, "Qgs3DNavigationWidget"):
        close_compass(view, panel)  # well before the camera moves: the picture then has the view's shape, not that of the sliver beside the panel


def look_from_aside(view: QDockWidget) -> bool:
    """Tilt a view by the buttons of its compass panel (which work while it is closed); False where it has none."""
    panels = parts_of(view, "Qgs3DNavigationWidget")
    if not panels:
        return False
    buttons = panels[0].findChildren(QToolButton)
    if len(buttons) > TILT_DOWN:
        for _ in range(TILT_CLICKS):
            buttons[TILT_DOWN].click()
    for compass in parts_of(panels[0], "QwtCompass"):
        compass.setProperty("value", HEADING_DEG)
    return True


def close_compass(view: QDockWidget, panel: Any) -> None:
    """Close the compass panel by the button that opened it, which stays in step with it."""
    if panel.isHidden():
        return
    inside = panel.findChildren(QToolButton)
    for button in [b for b in view.findChildren(QToolButton) if b.isCheckable() and b.isChecked() and b not in inside][-1:]:
        button.click()
