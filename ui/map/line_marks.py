"""The lines that an answer may mean, on the map: numbered, the one that is looked at heavier than the others."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont

from ...report.basis.palette import DESIGN, LIMIT
from .map_marks import to_map

THIN_PX, THICK_PX = 3, 7
SIZE_PX = 22
Lines = list[list[list[float]]]


class NumberMark(QgsMapCanvasItem):
    """A number in a white circle at a place of the map."""

    def __init__(self, canvas: QgsMapCanvas, place: QgsPointXY, text: str) -> None:
        super().__init__(canvas)
        self._place, self._text = place, text
        self.updatePosition()

    def updatePosition(self) -> None:
        """Follow the map."""
        self.setPos(self.toCanvasCoordinates(self._place))

    def boundingRect(self) -> QRectF:
        """Return the circle's room, in pixels around its place."""
        return QRectF(-SIZE_PX / 2, -SIZE_PX / 2, SIZE_PX, SIZE_PX)

    def paint(self, painter: Any, _option: Any = None, _widget: Any = None) -> None:
        """Draw the circle with its number."""
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(LIMIT))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(QPointF(0, 0), SIZE_PX / 2 - 1, SIZE_PX / 2 - 1)
        painter.drawText(self.boundingRect(), Qt.AlignmentFlag.AlignCenter, self._text)


class LineMarks:
    """Shows the lines (RD) of ways to answer; ``of_way(number)`` from 0."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._bands: list[list[QgsRubberBand]] = []
        self._numbers: list[NumberMark] = []

    @property
    def shown(self) -> list[list[QgsRubberBand]]:
        """The bands of each way."""
        return self._bands

    def show(self, ways: list[Lines]) -> None:
        """Show the lines of every way, each with the way's number (from 1)."""
        self.clear()
        transform = to_map(self._canvas)
        for number, lines in enumerate(ways, start=1):
            bands = []
            for line in lines:
                points = [transform.transform(QgsPointXY(*place)) for place in line]
                band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.LineGeometry)
                band.setToGeometry(QgsGeometry.fromPolylineXY(points), None)
                bands.append(band)
                whole = QgsGeometry.fromPolylineXY(points)
                self._numbers.append(NumberMark(self._canvas, whole.interpolate(whole.length() / 2).asPoint(), str(number)))
            self._bands.append(bands)
        self.point(-1)
        self._into_view()

    def point(self, way: int) -> None:
        """Draw the lines of one way heavier; -1 none."""
        for number, bands in enumerate(self._bands):
            for band in bands:
                band.setColor(QColor(DESIGN if number == way else LIMIT))
                band.setWidth(THICK_PX if number == way else THIN_PX)

    def _into_view(self) -> None:
        """Zoom out as far as is needed to see every line."""
        whole = self._canvas.extent()
        for band in (band for bands in self._bands for band in bands):
            whole.combineExtentWith(band.asGeometry().boundingBox())
        if self._bands and not self._canvas.extent().contains(whole):
            whole.scale(1.05)
            self._canvas.setExtent(whole)
            self._canvas.refresh()

    def clear(self) -> None:
        """Take everything off the map."""
        for item in (*(band for bands in self._bands for band in bands), *self._numbers):
            self._canvas.scene().removeItem(item)
        self._bands, self._numbers = [], []
