"""Drawing a line on the map: click its points, end with the right button."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapToolEmitPoint, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent

from ...report.basis.palette import LIMIT
from .map_marks import to_map


class LineTool(QgsMapToolEmitPoint):
    """``take([[x, y], ...])`` gets the line in RD; then the former tool is back. Escape gives nothing."""

    def __init__(self, canvas: QgsMapCanvas, take: Any) -> None:
        super().__init__(canvas)
        self._take, self._former = take, canvas.mapTool()
        self._points: list[QgsPointXY] = []
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.LineGeometry)
        self._band.setColor(QColor(LIMIT))
        self._band.setWidth(2)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Add a point, or end the line."""
        if event.button() == Qt.MouseButton.RightButton:
            self._end()
            return
        point = self.toMapCoordinates(event.pos())
        self._points.append(point)
        self._band.addPoint(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets go."""
        if event.key() == Qt.Key.Key_Escape:
            self._points = []
            self._end()

    def _end(self) -> None:
        back = to_map(self.canvas(), back=True)
        line = [[round(p.x(), 3), round(p.y(), 3)] for p in map(back.transform, self._points)]
        if self._former is not None:
            self.canvas().setMapTool(self._former)
        else:
            self.canvas().unsetMapTool(self)
        if len(line) > 1:
            self._take(line)

    def deactivate(self) -> None:
        """Take the line off the map."""
        self.canvas().scene().removeItem(self._band)
        super().deactivate()
