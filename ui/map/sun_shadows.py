"""Shadows of one instant on the map: rubber bands that are changed in place, so that a slider moves them without drawing the map anew."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QColor
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.sun.receptors import Receptor, ground_at
from ...measure.sun.shadows_in_time import ABOVE_GROUND_M, ShadowInstant, ShadowScene
from ...measure.sun.sky_view import blocking_of, sky_view
from ...measure.sun.sun_norms import SunNorm
from ...measure.sun.sun_position import suns_at
from ...measure.sun.sun_review import PROPOSED, demolished, point_study
from ...model import Design, Site
from ...report.basis.palette import DESIGN
from ...report.pictures.sun_chart import alt_of
from ...report.sun.sun_maps import EXISTING, EXTRA
from ...texts import language, sentence
from . import scene3d
from .map_marks import geometry_of, to_map

LOOKS = {"existing": (EXISTING, 0.55), "extra": (EXTRA, 0.75), "roofs": ("#C9C9C9", 1.0), "design": (DESIGN, 0.8)}
"""From bottom to top: colour and strength."""
POINT_STEP_MIN = 1.0


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

    def at_point(self, site: Site, design: Design, answers: Any, place: tuple[float, float], date: datetime.date) -> str:
        """Return in words the sun on the ground at a place (RD) on a date, without and with a design, and who takes it; of a place under a roof
        that it is one."""
        norm, scene = SunNorm(), self._scene or ShadowScene(site, design, demolished(answers))
        if scene.built.contains(Point(place)):
            return sentence("sun_point_under_roof", lang=language())
        z = float(ground_at(np.array([place]), site.terrain, scene.ground_nap)[0]) + ABOVE_GROUND_M
        receptor = Receptor((*place, z), None, "point")
        study, _ = point_study(site, design, answers, receptor, suns_at(place, [date], POINT_STEP_MIN, norm.min_altitude_deg))
        before, after = float(study.before[0, 0]), float(study.after[PROPOSED][0, 0])
        words = {
            "date": date.isoformat(), "before": before, "after": after, "design": design.name, "change": after - before, "step": POINT_STEP_MIN,
            "altitude": norm.min_altitude_deg,
        }
        view = sky_view(blocking_of(site, design, answers, {}), receptor, place, date, POINT_STEP_MIN, norm.min_altitude_deg)
        return f"{sentence('sun_cli_result', words, language())} {alt_of(view, language())}"

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
