"""The parts of a design file on the map, each in the colour of its role, while their list is open."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from .map_marks import to_map

THIN_PX, THICK_PX = 2, 5
FILLED = 110
"""Opacity (of 255): the map below stays readable."""


class PartMarks:
    """Shows outlines (RD) with their colours; one of them may be looked at."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self.bands: list[QgsRubberBand] = []

    def show(self, outlines: Sequence[tuple[BaseGeometry, str]], looked_at: tuple[BaseGeometry, str] | None = None) -> None:
        """Show outlines, each with its colour, and the one that is looked at with a heavy line."""
        self.clear()
        for outline, colour in outlines:
            self._add(outline, colour, THIN_PX)
        if looked_at is not None:
            self._add(*looked_at, THICK_PX)

    def _add(self, outline: BaseGeometry, colour: str, width: int) -> None:
        geometry = QgsGeometry()
        geometry.fromWkb(outline.wkb)
        geometry.transform(to_map(self._canvas))
        band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        band.setToGeometry(geometry, None)
        filled = QColor(colour)
        filled.setAlpha(FILLED)
        band.setFillColor(filled)
        band.setStrokeColor(QColor(colour).darker(130))
        band.setWidth(width)
        self.bands.append(band)

    def clear(self) -> None:
        """Take everything off the map."""
        for band in self.bands:
            self._canvas.scene().removeItem(band)
        self.bands = []
