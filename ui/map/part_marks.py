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

    def show(self, outlines: Sequence[tuple[BaseGeometry, str]]) -> None:
        """Show outlines, each with its colour."""
        self.clear()
        transform = to_map(self._canvas)
        for outline, colour in outlines:
            geometry = QgsGeometry()
            geometry.fromWkb(outline.wkb)
            geometry.transform(transform)
            band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
            band.setToGeometry(geometry, None)
            filled = QColor(colour)
            filled.setAlpha(FILLED)
            band.setFillColor(filled)
            band.setStrokeColor(QColor(colour).darker(130))
            band.setWidth(THIN_PX)
            self.bands.append(band)

    def point(self, number: int) -> None:
        """Draw one outline heavier; -1 none."""
        for at, band in enumerate(self.bands):
            band.setWidth(THICK_PX if at == number else THIN_PX)

    def clear(self) -> None:
        """Take everything off the map."""
        for band in self.bands:
            self._canvas.scene().removeItem(band)
        self.bands = []
