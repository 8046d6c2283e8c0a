"""Zooming to a finding and flashing it; the footprint of a design; a click that gives a place."""

from __future__ import annotations

from typing import Any

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolEmitPoint, QgsRubberBand
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from ...model import Finding, Verdict
from ...model.arrays import Floats
from ...report.basis.palette import DESIGN, DOUBT, VIOLATION
from ...report.basis.roles import LIMIT_LINES, LOUD_AREAS

MARGIN, LEAST_ROOM_M = 0.6, 15.0
"""Around what a finding shows: a share of its size, and at least so much that the house is seen with it."""
RD = "EPSG:28992"


def to_map(canvas: QgsMapCanvas, back: bool = False) -> QgsCoordinateTransform:
    """Return the transform from RD to the canvas's CRS (or back): the map may be in any."""
    rd = QgsCoordinateReferenceSystem(RD)
    here = canvas.mapSettings().destinationCrs()
    here = here if here.isValid() else rd
    return QgsCoordinateTransform(*((here, rd) if back else (rd, here)), QgsProject.instance().transformContext())


def open_map(iface: Any) -> None:
    """Start an empty project in RD where none is open yet: until then QGIS shows its welcome page instead of a map."""
    project = QgsProject.instance()
    if project.mapLayers() or project.fileName() or project.isDirty():
        return
    iface.newProject()
    project.setCrs(QgsCoordinateReferenceSystem(RD))
    iface.mapCanvas().setDestinationCrs(project.crs())


def bounds_of(finding: Finding) -> tuple[float, float, float, float] | None:
    """Return the bounds (RD) of a finding's evidence; a line that it is measured to may run far off and counts only alone."""
    boxes = []
    for piece in [p for p in finding.evidence if p.role not in LIMIT_LINES] or finding.evidence:
        if piece.geometry is not None and not piece.geometry.is_empty:
            boxes.append(piece.geometry.bounds)
        elif piece.triangles is not None and len(piece.triangles):
            xy = piece.triangles.reshape(-1, 3)[:, :2]
            boxes.append((*xy.min(axis=0), *xy.max(axis=0)))
    if not boxes:
        return None
    every = np.array(boxes)
    return (*every[:, :2].min(axis=0), *every[:, 2:].max(axis=0))


def geometry_of(shape: BaseGeometry) -> QgsGeometry:
    """Return a shapely geometry as QGIS's."""
    made = QgsGeometry()
    made.fromWkb(shape.wkb)
    return made


def shape_of(finding: Finding) -> list[QgsGeometry]:
    """Return what of a finding is flashed: its loud evidence, as seen from above."""
    loud = [p for p in finding.evidence if p.role in ("excess_volume", *LOUD_AREAS)] or list(finding.evidence)
    shapes = []
    for piece in loud:
        if piece.geometry is not None:
            shapes.append(geometry_of(piece.geometry))
        elif piece.triangles is not None:
            xy = piece.triangles.reshape(-1, 3)[:, :2]
            shapes.append(QgsGeometry.fromRect(QgsRectangle(*xy.min(axis=0), *xy.max(axis=0))))
    return shapes


def show_finding(canvas: QgsMapCanvas, finding: Finding) -> bool:
    """Zoom to a finding's evidence and flash it; False when it has none."""
    bounds = bounds_of(finding)
    if bounds is None:
        return False
    west, south, east, north = (float(v) for v in bounds)
    room = max(LEAST_ROOM_M, MARGIN * max(east - west, north - south))
    box = QgsRectangle(west - room, south - room, east + room, north + room)
    canvas.setExtent(to_map(canvas).transformBoundingBox(box))
    canvas.refresh()
    colour = {Verdict.VIOLATES: VIOLATION, Verdict.COMPLIES: DESIGN}.get(finding.stands, DOUBT)
    canvas.flashGeometries(shape_of(finding), QgsCoordinateReferenceSystem(RD), QColor(colour))
    return True


def zoom_to(canvas: QgsMapCanvas, bounds: Floats, room_m: float = 25.0) -> None:
    """Zoom to bounds (2, 2 or 3) in RD with some room around."""
    low, high = bounds
    box = QgsRectangle(low[0] - room_m, low[1] - room_m, high[0] + room_m, high[1] + room_m)
    canvas.setExtent(to_map(canvas).transformBoundingBox(box))
    canvas.refresh()


class Footprint:
    """The outline of designs on the map, until they are shown as layers."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._band: QgsRubberBand | None = None

    def show(self, outlines: list[BaseGeometry]) -> None:
        """Show outlines (RD) and zoom to them when they are out of view."""
        self.clear()
        if not outlines:
            return
        transform = to_map(self._canvas)
        geometry = QgsGeometry.unaryUnion([geometry_of(outline) for outline in outlines])
        geometry.transform(transform)
        band = QgsRubberBand(self._canvas)
        colour = QColor(DESIGN)
        band.setStrokeColor(colour)
        colour.setAlphaF(0.35)
        band.setFillColor(colour)
        band.setWidth(2)
        band.setToGeometry(geometry, None)
        self._band = band
        if not self._canvas.extent().intersects(geometry.boundingBox()):
            box = geometry.boundingBox()
            box.scale(3)
            self._canvas.setExtent(box)
            self._canvas.refresh()

    def clear(self) -> None:
        """Take the outline away."""
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None


def flash(canvas: QgsMapCanvas, shapes: list[BaseGeometry]) -> None:
    """Flash shapes (RD) on the map."""
    canvas.flashGeometries([geometry_of(shape) for shape in shapes], QgsCoordinateReferenceSystem(RD), QColor(DESIGN))


class PlaceTool(QgsMapToolEmitPoint):
    """A click on the map gives RD coordinates to ``take(x, y)``; ``once``: then the former tool is back."""

    def __init__(self, canvas: QgsMapCanvas, take: Any, once: bool = True) -> None:
        super().__init__(canvas)
        self._take, self._once, self._former = take, once, canvas.mapTool()
        self.canvasClicked.connect(self._clicked)

    def _clicked(self, point: Any, _button: Any) -> None:
        place = to_map(self.canvas(), back=True).transform(point)
        if self._once and self._former is not None:
            self.canvas().setMapTool(self._former)
        self._take(place.x(), place.y())
