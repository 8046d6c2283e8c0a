"""An outline on the map: drawn corner by corner, and changed by dragging its corners."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from qgis.core import QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent
from shapely.geometry.base import BaseGeometry

from ...measure.plane.snapping import snap_shift, squared
from ...model.arrays import Floats
from ...report.basis.palette import DESIGN
from .map_marks import to_map
from .place_tools import rd_at, snap_reach

LEAST_CORNERS = 3
Ring = tuple[tuple[float, float], ...]


class OutlineTool(QgsMapTool):
    """``take(ring)`` gets the corners (RD) when the outline is closed (right button or Enter), and after each change of one that there was.

    While it is drawn a click adds a corner; of one that there is a corner is dragged, a side gives a new corner where it is dragged, and the right
    button takes a corner away. Corners snap to ``targets`` and to right angles; Shift lets go of both. Escape takes everything back: what is drawn
    is then no corners at all.
    """

    def __init__(self, canvas: QgsMapCanvas, ring: Ring, targets: Sequence[BaseGeometry], take: Callable[[Ring], None]) -> None:
        super().__init__(canvas)
        self.ring, self.first, self._targets, self._take = list(ring), ring, list(targets), take
        self._grip: int | None = None
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setStrokeColor(QColor(DESIGN))
        fill = QColor(DESIGN)
        fill.setAlphaF(0.35)
        self._band.setFillColor(fill)
        self._band.setWidth(2)
        self._marks: list[QgsVertexMarker] = []
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.draw()

    @property
    def drawing(self) -> bool:
        """Whether the outline is still being drawn."""
        return not self.first

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Grip a corner, or a side where it is pressed."""
        if not self.drawing and event.button() == Qt.MouseButton.LeftButton:
            self._grip = self._corner_at(rd_at(self.canvas(), event.pos()))

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Drag the corner, or show where the next one would come."""
        here = self._snapped(rd_at(self.canvas(), event.pos()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        if self._grip is not None:
            self.ring[self._grip] = here
            self.draw()
        elif self.drawing and self.ring:
            self.draw(here)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Add a corner, end the outline, let go of a corner or take it away."""
        here = rd_at(self.canvas(), event.pos())
        if self.drawing:
            if event.button() == Qt.MouseButton.RightButton:
                self._close()
            else:
                self.ring.append(self._snapped(here, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)))
                self.draw()
        elif self._grip is not None:
            self._grip = None
            self._take(tuple(self.ring))
        elif event.button() == Qt.MouseButton.RightButton and len(self.ring) > LEAST_CORNERS:
            near = self._near(here)
            if near is not None:
                del self.ring[near]
                self._take(tuple(self.ring))
                self.draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the outline; Escape takes everything back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.drawing:
            self._close()
        elif event.key() == Qt.Key.Key_Escape:
            self.ring, self._grip = list(self.first), None
            self.draw()
            self._take(self.first)
        else:
            return
        event.accept()

    def deactivate(self) -> None:
        """Take the marks off the map."""
        for item in (self._band, *self._marks):
            self.canvas().scene().removeItem(item)
        self._marks = []
        super().deactivate()

    def _close(self) -> None:
        if len(self.ring) >= LEAST_CORNERS:
            self._take(tuple(self.ring))

    def _snapped(self, here: Floats, free: bool) -> tuple[float, float]:
        if not free:
            if self.drawing and len(self.ring) > 1:
                here = squared(np.array(self.ring[-2]), np.array(self.ring[-1]), here)
            here = here + snap_shift(here[None], self._targets, snap_reach(self.canvas()))
        return round(float(here[0]), 3), round(float(here[1]), 3)

    def _near(self, here: Floats) -> int | None:
        """Return the corner that is pointed at."""
        apart = np.linalg.norm(np.array(self.ring) - here, axis=1)
        best = int(apart.argmin())
        return best if apart[best] <= snap_reach(self.canvas()) else None

    def _corner_at(self, here: Floats) -> int | None:
        """Return the corner that is pointed at, a new one in the side where none is."""
        near = self._near(here)
        if near is not None:
            return near
        sides = [shapely.LineString([one, other]) for one, other in zip(self.ring, (*self.ring[1:], self.ring[0]))]
        apart = shapely.distance(shapely.Point(here), sides)
        best = int(np.argmin(apart))
        if apart[best] > snap_reach(self.canvas()):
            return None
        self.ring.insert(best + 1, (float(here[0]), float(here[1])))
        return best + 1

    def draw(self, next_one: tuple[float, float] | None = None) -> None:
        """Show the outline as it is now, with the corner that would come next."""
        transform = to_map(self.canvas())
        places = [transform.transform(QgsPointXY(*corner)) for corner in (*self.ring, *([next_one] if next_one else []))]
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        for place in places:
            self._band.addPoint(place)
        for mark in self._marks:
            self.canvas().scene().removeItem(mark)
        self._marks = [self._mark(place) for place in places[: len(self.ring)]]

    def _mark(self, place: QgsPointXY) -> QgsVertexMarker:
        mark = QgsVertexMarker(self.canvas())
        mark.setIconType(QgsVertexMarker.IconType.ICON_BOX)
        mark.setColor(QColor(DESIGN))
        mark.setCenter(place)
        return mark
