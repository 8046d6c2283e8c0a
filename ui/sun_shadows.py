"""Shadows of one instant on the map: rubber bands that are changed in place, so that a slider moves them without drawing the map anew."""

from __future__ import annotations

from typing import Any

import numpy as np
from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from ..measure.shadow_study import ShadowInstant, ShadowScene
from ..measure.sun_review import demolished
from ..model import Design, Site
from ..report.palette import DESIGN
from ..report.sun_maps import EXISTING, EXTRA
from . import scene3d
from .map_marks import geometry_of, to_map

LOOKS = {"existing": (EXISTING, 0.55), "extra": (EXTRA, 0.75), "roofs": ("#C9C9C9", 1.0), "design": (DESIGN, 0.8)}
"""From bottom to top: colour and strength."""


class SunShadows:
    """Shows the shadows of a design among its surroundings; remembers what throws them as long as those stay the same."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._canvas: QgsMapCanvas = iface.mapCanvas()
        self._scene: ShadowScene | None = None
        self._key: tuple[Any, ...] = ()
        self._bands: dict[str, QgsRubberBand] = {}

    def show(self, site: Site, design: Design, answers: Any, time: np.datetime64) -> ShadowInstant:
        """Show the shadows at a UTC time; return what is shown."""
        gone = demolished(answers)
        key = (id(site), id(design), gone)
        if self._scene is None or key != self._key or self._scene.site is not site or self._scene.design is not design:
            self.clear()
            self._scene, self._key = ShadowScene(site, design, gone), key
        instant = self._scene.instant(time)
        if not self._bands:
            self._bands = {name: self._band(colour, seen) for name, (colour, seen) in LOOKS.items()}
            self._draw("roofs", self._scene.roofs)
            self._draw("design", self._scene.outline)
        self._draw("existing", instant.existing)
        self._draw("extra", instant.extra)
        scene3d.set_sun(self._iface, instant.direction)
        return instant

    def _band(self, colour: str, seen: float) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        tone = QColor(colour)
        tone.setAlphaF(seen)
        band.setFillColor(tone)
        band.setStrokeColor(QColor(0, 0, 0, 0))
        return band

    def _draw(self, name: str, shape: BaseGeometry) -> None:
        geometry = QgsGeometry() if shape.is_empty else geometry_of(shape)
        transform = to_map(self._canvas)
        if not transform.isShortCircuited() and not geometry.isNull():
            geometry.transform(transform)
        self._bands[name].setToGeometry(geometry, None)

    def clear(self) -> None:
        """Take the shadows off the map."""
        for band in self._bands.values():
            self._canvas.scene().removeItem(band)
        self._bands = {}
