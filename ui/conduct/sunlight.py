"""The sun step: shadows at the moment of the sliders, and the sun at a place that is clicked."""

from __future__ import annotations

from typing import Any

from ..map.map_marks import PlaceTool
from ..map.sun_shadows import SunShadows
from ..steps.step_sun import SunStep
from ..work.session import Session


class Sunlight:
    """Leads the sun step of the dock."""

    def __init__(self, iface: Any, session: Session, step: SunStep) -> None:
        self.iface, self.session, self.step = iface, session, step
        self.shadows = SunShadows(iface)
        self._tool: Any = None
        step.switched.connect(self.show)
        step.moved.connect(self.refresh)
        step.point_asked.connect(self.ask)

    def refresh(self) -> None:
        """Show what the step says now."""
        self.show(self.step.shown.isChecked())

    def show(self, on: bool) -> None:
        """Show the shadows at the moment of the sliders, or hide them."""
        s = self.session
        if on and s.case is not None and s.site is not None and s.design is not None:
            self.step.say(self.shadows.show(s.site, s.design, s.case.answers, self.step.time))
            return
        self.shadows.clear()
        self.step.say(None)

    def ask(self) -> None:
        """Let the user click the place of which the sun is asked."""
        self._tool = PlaceTool(self.iface.mapCanvas(), self.at)
        self.iface.mapCanvas().setMapTool(self._tool)

    def at(self, x: float, y: float) -> None:
        """Say the sun at a place (RD) on the date of the slider."""
        s = self.session
        if s.case is not None and s.site is not None and s.design is not None:
            self.step.answer.setText(self.shadows.at_point(s.site, s.design, s.case.answers, (x, y), self.step.date))

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        self.shadows.clear()
        if self._tool is not None:
            self.iface.mapCanvas().unsetMapTool(self._tool)
            self._tool = None
