"""What map and 3D show of the session: outlines until the layers are there, the variant, one finding alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer

from ...model import Finding
from ..map import map_layers as layers
from ..map import map_marks, place_tools, scene3d, view_dock
from ..widgets.words import tr
from ..work.session import Session
from .teller import Teller

AFTER_OPENING_MS = 1500
"""A 3D view places its camera itself when it opens."""
AFTER_QGIS_MS = 200
"""QGIS zooms to a first layer by itself, from its queue: ours comes after."""


class Showing:
    """Keeps map and 3D in step with the session."""

    def __init__(self, iface: Any, session: Session, dock: Any, teller: Teller) -> None:
        self.iface, self.session, self.dock, self.teller = iface, session, dock, teller
        step = self.step = dock.result
        self._alone: Finding | None = None
        self._on_map = self._judged = False
        QgsProject.instance().cleared.connect(self._cleared)
        self.footprint = map_marks.Footprint(iface.mapCanvas())
        self._zoom = QTimer(step)
        self._zoom.setSingleShot(True)
        self._zoom.setInterval(AFTER_QGIS_MS)
        self._zoom.timeout.connect(self._zoom_now)
        step.shown.connect(self.finding)
        step.all_asked.connect(self.all)
        step.scene_asked.connect(lambda: self.scene(self._alone))

    def loaded(self, folder: Path) -> None:
        """Show the layers of what was loaded, and where the designs stand."""
        self._on_map = True
        layers.add_to_project(QgsProject.instance(), folder)
        self._outlines()
        self._zoom.start()

    def _cleared(self) -> None:
        """Another project came: say that the map lost what the dock still has."""
        if self._on_map and self.session.case is not None:
            self.teller.inform(tr("The layers of Drieluik went with the former project. The case is still here: run the review to see them again."))
        self._on_map = False

    def judged(self, folder: Path) -> None:
        """Show the layers of a review; they hold the designs, so that outlines go."""
        self.footprint.clear()
        self._on_map = self._judged = True
        layers.add_to_project(QgsProject.instance(), folder)
        self.variant()

    def refresh(self) -> None:
        """Take off the map what is no more: the evidence of a review that holds no longer, and all of a case or place that is another."""
        s, project = self.session, QgsProject.instance()
        if self._on_map and s.site is None:
            self._on_map = self._judged = False
            self.footprint.clear()
            layers.remove_from_project(project)
        elif self._judged and s.review is None:
            self._judged = False
            layers.drop(project, [layer for layer in project.mapLayers().values() if layers.name_of(layer) in layers.OF_A_REVIEW])
            self.all()

    def moved(self) -> None:
        """After a change of place: the layers of an earlier run show another place."""
        self._outlines()
        project = QgsProject.instance()
        shown = [layers.layer_named(project, name) for name in (*layers.PER_DESIGN_2D, *layers.PER_DESIGN_3D)]
        layers.drop(project, [layer for layer in shown if layer is not None])

    def _outlines(self) -> None:
        s = self.session
        self.footprint.show([place_tools.placed_outline(s.outline(d.name), d.placement) for d in s.looked_at])

    def variant(self) -> None:
        """Show the variant of the session, and zoom to it once it is judged."""
        self.all()
        if self.session.review is not None:
            self._zoom.start()
        elif self.session.site is not None:
            self._outlines()

    def _zoom_now(self) -> None:
        design = self.session.design
        if design is not None:
            map_marks.zoom_to(self.iface.mapCanvas(), design.own.bounds)

    def finding(self, finding: Finding) -> None:
        """Show the evidence of one finding alone, on the map and in 3D, zoom to it and flash it."""
        self._zoom.stop()  # the map stays where the finding is
        layers.show_design(QgsProject.instance(), self.session.variant, finding)
        self._alone = finding
        self.step.alone(True)
        if not map_marks.show_finding(self.iface.mapCanvas(), finding):
            self.teller.inform(tr("This finding has nothing to show on the map."))

    def all(self) -> None:
        """Show the evidence of all findings again."""
        layers.show_design(QgsProject.instance(), self.session.variant)
        self._alone = None
        self.step.alone(False)

    def scene(self, finding: Finding | None = None) -> None:
        """Show a 3D view beside the map (or say how to open one), and let it look at a finding where one is given, else at the design."""
        if finding is not None:
            self.finding(finding)
        else:
            self._zoom_now()  # QGIS before 3.30 opens a view on what the map shows
        window = self.iface.mainWindow()
        known, before = view_dock.views_in(window), view_dock.shown_in(window)
        if not known and (not scene3d.available() or not scene3d.open_view(self.iface)):
            self.teller.inform(tr("Open the 3D view with menu View, New 3D Map View."))
            return
        views = view_dock.docked(window)
        if views:
            self._show_view(views[-1], finding, views[-1] not in known, before)

    def _show_view(self, view: Any, finding: Finding | None, fresh: bool, before: set[Any]) -> None:
        window = self.iface.mainWindow()
        if fresh:
            view_dock.put_beside_map(window, view, self.dock)
        view.show()

        def look() -> None:
            if fresh:
                view_dock.hide_others(window, before, view)
            self._look(view, finding, fresh)

        timer = QTimer(view)  # it goes with the view
        timer.setSingleShot(True)
        timer.timeout.connect(look)
        timer.start(AFTER_OPENING_MS if fresh else 0)

    def _look(self, view: Any, finding: Finding | None, fresh: bool) -> None:
        """Turn a 3D view to a finding or the design; where the version has no call for it, tilt a view that was just opened."""
        design = self.session.design
        around = map_marks.bounds_of(finding) if finding is not None else None
        if design is None:
            return
        bounds = design.own.bounds if around is None else np.column_stack([np.reshape(around, (2, 2)), design.own.bounds[:, 2]])
        if not scene3d.look_at(self.iface, bounds) and fresh:
            view_dock.look_from_aside(view)

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        self._zoom.stop()
        QgsProject.instance().cleared.disconnect(self._cleared)
        self.footprint.clear()
        layers.remove_from_project(QgsProject.instance())
