"""Placing a design with the mouse: drag it, turn it by its handle, or point out two pairs of points."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import shapely
from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent
from shapely.geometry.base import BaseGeometry

from ...data_sources.design.placement import place, two_point_fit, unplace
from ...measure.plane.snapping import snap_shift, snap_turn
from ...model import Placement
from ...model.arrays import Floats
from ...report.basis.palette import DESIGN
from .map_marks import geometry_of, to_map

REACH_PX = 12
NUDGE_M = 0.1
Take = Callable[[Placement], None]


def flat(shape: BaseGeometry, move: Callable[[Floats], Floats]) -> BaseGeometry:
    """Return a shape with a movement of (n, 3) points applied to its places."""
    return shapely.transform(shape, lambda xy: move(np.column_stack([xy, np.zeros(len(xy))]))[:, :2])


def placed_outline(outline: BaseGeometry, placement: Placement) -> BaseGeometry:
    """Return an outline in model metres at its place (RD)."""
    return flat(outline, lambda points: place(points, placement))


def model_outline(outline: BaseGeometry, placement: Placement) -> BaseGeometry:
    """Return a placed outline (RD) in model metres."""
    return flat(outline, lambda points: unplace(points, placement))


class MoveTool(QgsMapTool):
    """Drag the outline to move the design, its round handle to turn it; arrow keys move 0.1 m, Escape takes it all back.

    Corners snap to ``targets`` (RD) and the direction to ``directions`` (degrees modulo 90); Shift lets go of both.
    """

    def __init__(
        self, canvas: QgsMapCanvas, outline: BaseGeometry, placement: Placement, targets: Sequence[BaseGeometry],
        directions: Floats, take: Take,
    ) -> None:
        super().__init__(canvas)
        self.outline, self.placement, self.first = outline, placement, placement
        self._targets, self._directions, self._take = list(targets), directions, take
        self._grip: tuple[str, Floats, Placement] | None = None
        self._band = QgsRubberBand(canvas)
        self._band.setStrokeColor(QColor(DESIGN))
        fill = QColor(DESIGN)
        fill.setAlphaF(0.35)
        self._band.setFillColor(fill)
        self._band.setWidth(2)
        self._handle = QgsVertexMarker(canvas)
        self._handle.setIconType(QgsVertexMarker.IconType.ICON_CIRCLE)
        self._handle.setIconSize(14)
        self._handle.setPenWidth(3)
        self._handle.setColor(QColor(DESIGN))
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self._draw()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Grip the handle or the outline."""
        here = rd_at(self.canvas(), event.pos())
        if np.linalg.norm(here - self._handle_place()) <= snap_reach(self.canvas()):
            self._grip = ("turn", here, self.placement)
        elif placed_outline(self.outline, self.placement).buffer(snap_reach(self.canvas())).contains(shapely.Point(here)):
            self._grip = ("move", here, self.placement)

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Follow the mouse."""
        if self._grip is None:
            return
        kind, start, before = self._grip
        free = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        here = rd_at(self.canvas(), event.pos())
        self.placement = self._moved(before, here - start, free) if kind == "move" else self._turned(before, start, here, free)
        self._draw()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Hand over the new place."""
        if self._grip is not None:
            self._grip = None
            self._take(self.placement)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move, Escape takes back."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if event.key() == Qt.Key.Key_Escape:
            self.placement, self._grip = self.first, None
        elif event.key() in steps:
            self.placement = self._moved(self.placement, NUDGE_M * np.array(steps[event.key()]), True)
        else:
            return
        event.accept()
        self._draw()
        self._take(self.placement)

    def deactivate(self) -> None:
        """Take the marks off the map."""
        for item in (self._band, self._handle):
            self.canvas().scene().removeItem(item)
        super().deactivate()

    def _moved(self, before: Placement, step: Floats, free: bool) -> Placement:
        moved = replace(before, method="case", easting_m=before.easting_m + float(step[0]), northing_m=before.northing_m + float(step[1]))
        if free:
            return moved
        corners = shapely.get_coordinates(placed_outline(self.outline, moved))
        shift = snap_shift(corners, self._targets, snap_reach(self.canvas()))
        return replace(moved, easting_m=moved.easting_m + float(shift[0]), northing_m=moved.northing_m + float(shift[1]))

    def _turned(self, before: Placement, start: Floats, here: Floats, free: bool) -> Placement:
        from ...measure.surroundings.placement_gate import direction_deg

        centre = shapely.get_coordinates(placed_outline(self.outline, before).centroid)[0]
        turn = math.degrees(math.atan2(*(here - centre)[::-1]) - math.atan2(*(start - centre)[::-1]))
        turned = turned_about(before, turn, centre)
        if not free:
            turn += snap_turn(direction_deg(placed_outline(self.outline, turned)), self._directions)
            turned = turned_about(before, turn, centre)
        return turned

    def _handle_place(self) -> Floats:
        west, south, east, north = self.outline.bounds
        spot = np.array([[east + 0.25 * (east - west), (south + north) / 2, 0.0]])
        return place(spot, self.placement)[0, :2]

    def _draw(self) -> None:
        transform = to_map(self.canvas())
        geometry = geometry_of(placed_outline(self.outline, self.placement))
        geometry.transform(transform)
        self._band.setToGeometry(geometry, None)
        self._handle.setCenter(transform.transform(QgsPointXY(*self._handle_place())))


def rd_at(canvas: QgsMapCanvas, pixel: QPoint) -> Floats:
    """Return the place (RD) of a pixel of a map in any system."""
    point = to_map(canvas, back=True).transform(canvas.getCoordinateTransform().toMapCoordinates(pixel))
    return np.array([point.x(), point.y()])


def snap_reach(canvas: QgsMapCanvas) -> float:
    """Return how far something is snapped to, in metres."""
    return REACH_PX * float(np.linalg.norm(rd_at(canvas, QPoint(1, 0)) - rd_at(canvas, QPoint(0, 0))))


def turned_about(before: Placement, turn_deg: float, centre: Floats) -> Placement:
    """Return a placement turned about a point (RD)."""
    angle = math.radians(turn_deg)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = before.easting_m - centre[0], before.northing_m - centre[1]
    return replace(
        before, method="case", rotation_deg=(before.rotation_deg + turn_deg + 180) % 360 - 180,
        easting_m=float(centre[0] + x * cos - y * sin), northing_m=float(centre[1] + x * sin + y * cos),
    )


class TwoPointTool(QgsMapTool):
    """Four clicks: a point of the design, where it belongs, a second point, where that belongs. ``tell(step)`` says what is next."""

    def __init__(
        self, canvas: QgsMapCanvas, outline: BaseGeometry, placement: Placement, targets: Sequence[BaseGeometry],
        take: Callable[[Placement, float], None], tell: Callable[[int], None],
    ) -> None:
        super().__init__(canvas)
        self._outline, self._placement, self._targets = outline, placement, list(targets)
        self._take, self._tell = take, tell
        self._points: list[Floats] = []
        self._marks: list[QgsVertexMarker] = []
        self.setCursor(Qt.CursorShape.CrossCursor)
        tell(0)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Take a point."""
        corner = rd_at(self.canvas(), event.pos())[None]
        on_design = len(self._points) % 2 == 0
        targets = [placed_outline(self._outline, self._placement)] if on_design else self._targets
        self._points.append(corner[0] + snap_shift(corner, targets, snap_reach(self.canvas())))
        mark = QgsVertexMarker(self.canvas())
        mark.setCenter(to_map(self.canvas()).transform(QgsPointXY(*self._points[-1])))
        self._marks.append(mark)
        if len(self._points) < 4:
            self._tell(len(self._points))
            return
        model = unplace(np.column_stack([np.array(self._points[::2]), [0.0, 0.0]]), replace(self._placement, base_nap_m=0.0))
        placement, residual = two_point_fit(model[:, :2], np.array(self._points[1::2]), self._placement.base_nap_m)
        self._take(placement, residual)

    def deactivate(self) -> None:
        """Take the marks off the map."""
        for mark in self._marks:
            self.canvas().scene().removeItem(mark)
        super().deactivate()
