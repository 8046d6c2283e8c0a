"""The page of QGIS's options; what it shows is loaded when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon

ICON = str(Path(__file__).parents[1] / "icons" / "drieluik.svg")


class OptionsFactory(QgsOptionsWidgetFactory):
    """Gives QGIS the page."""

    def __init__(self) -> None:
        super().__init__("Drieluik", QIcon(ICON))

    def createWidget(self, parent: Any) -> QgsOptionsPageWidget:
        """Return a fresh page."""
        from .options_page import OptionsPage

        return OptionsPage(parent)
