"""Placing the design on the map: keeps the tools, the outline and what they snap to."""

from __future__ import annotations

from typing import Any

import numpy as np
from qgis.core import Qgis

from ...measure.surroundings.placement_gate import side_directions
from ...model import Placement
from ...model.arrays import Floats
from ...texts import number
from ..map import place_tools
from ..widgets.words import tr
from ..work.session import Session


def step_words(step: int) -> str:
    """Return what to click next of the four points."""
    return (
        tr("Click a corner of the design."), tr("Click where that corner belongs."), tr("Click a second corner of the design."),
        tr("Click where that second corner belongs."),
    )[step]


class Placing:
    """Starts and ends the placing tools for the variant shown; ``done`` is called after every change of place."""

    def __init__(self, iface: Any, session: Session, done: Any) -> None:
        self.iface, self.session, self._done = iface, session, done
        self._tool: Any = None
        self._former: Any = None

    def take(self, placement: Placement) -> None:
        """Place the variant shown."""
        self.session.place_design(self.session.variant, placement)
        self._done()

    def back(self) -> None:
        """Lay the variant shown where it was before."""
        self.end()
        self.session.place_back(self.session.variant)
        self._done()

    def move(self, on: bool) -> None:
        """Start or end moving on the map."""
        self.end()
        design = self.session.design
        if not on or design is None:
            return
        outline = self.session.outline(design.name)
        tool = place_tools.MoveTool(
            self.iface.mapCanvas(), outline, design.placement, self.targets(), self._directions(), self.take
        )
        self.start(tool)

    def two_points(self) -> None:
        """Ask for two pairs of points."""
        self.end()
        design = self.session.design
        if design is None:
            return
        outline = self.session.outline(design.name)
        self.start(place_tools.TwoPointTool(self.iface.mapCanvas(), outline, design.placement, self.targets(), self._fitted, self._tell_step))

    def _fitted(self, placement: Placement, residual: float) -> None:
        self.end()
        self.take(placement)
        text = tr("Placed by two points; each misses its place by {residual} m.").format(residual=number(residual, 3))
        self.iface.messageBar().pushMessage("Drieluik", text, Qgis.MessageLevel.Info if residual < 0.1 else Qgis.MessageLevel.Warning, 10)

    def _tell_step(self, step: int) -> None:
        self.iface.messageBar().clearWidgets()
        self.iface.messageBar().pushMessage("Drieluik", step_words(step), Qgis.MessageLevel.Info, 0)

    def start(self, tool: Any) -> None:
        """Take a tool in hand; ``end`` puts the former one back."""
        canvas = self.iface.mapCanvas()
        self._tool, self._former = tool, canvas.mapTool()
        canvas.setMapTool(tool)
        canvas.setFocus()

    def end(self) -> None:
        """Put the former tool back."""
        if self._tool is None:
            return
        canvas, tool = self.iface.mapCanvas(), self._tool
        self._tool = None
        canvas.unsetMapTool(tool)
        if self._former is not None:
            canvas.setMapTool(self._former)
        self.iface.messageBar().clearWidgets()

    def targets(self) -> list[Any]:
        """Return what a design snaps to (RD): bouwvlakken, parcels and buildings."""
        site = self.session.site
        if site is None:
            return []
        shapes = [area.geometry for area in site.plans if area.kind == "bouwvlak"] + [parcel.geometry for parcel in site.parcels]
        shapes += [t.geometry for t in site.topography if t.collection == "pand"]
        return shapes

    def _directions(self) -> Floats:
        design, site = self.session.design, self.session.site
        if design is None or site is None:
            return np.zeros(0)
        outline = place_tools.placed_outline(self.session.outline(design.name), design.placement)
        return side_directions(site, outline)
