"""Getting the surroundings of a plot into QGIS: addresses while typing, loading and reloading, which plans govern, the card of a place."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox

from ...checks.engine.officer.officer_answers import in_the_country
from ...errors import DrieluikError
from ...model import Case, LayerState, Site
from ...texts import language, sentence
from ..map import map_layers as layers
from ..map import map_marks, project_layers
from ..panels.layers_dialog import LayersDialog
from ..panels.plot_card_panel import WIDTH, CardPanel
from ..steps.step_location import FILES, LARGEST_RADIUS_M, PROJECT, SERVICE, rd_words
from ..widgets.asking import ask_line
from ..widgets.beside import put_beside
from ..widgets.words import tr
from ..work import tasks
from ..work.session import Session
from .officer import Officer
from .teller import Teller

SAME_M = 5.0
"""A place that differs less is the same plot, pointed at more exactly."""


class Surroundings:
    """Drives the first step of the dock. ``start(title, work, done)`` runs the dock's one task, shown in its step; ``elsewhere(then)`` begins
    another case."""

    def __init__(self, iface: Any, session: Session, dock: Any, start: Any, teller: Teller, officer: Officer, elsewhere: Any) -> None:
        self.iface, self.session, self.dock, self.officer = iface, session, dock, officer
        step = self.step = dock.location
        self._start, self._warn, self._elsewhere = start, teller.warn, elsewhere
        self._asking: tasks.Work | None = None
        self._tool: Any = None
        self._card: CardPanel | None = None
        step.address.asked.connect(self.suggest)
        step.address.chosen.connect(self.take_address)
        step.load_asked.connect(self.load)
        step.retry_asked.connect(self.retry)
        step.source_asked.connect(self.change_source)
        step.plans_ticked.connect(self.govern)
        step.card_asked.connect(self.ask_map)
        step.place_chosen.connect(self.take_place)
        step.click_asked.connect(self.point)
        step.allowed_asked.connect(self.show_allowed)
        self.settle: Callable[[str, dict[str, Any]], None] = session.answer_signed
        self.sources: Callable[..., tasks.Sources] = lambda kept=False: tasks.Sources([])

    def suggest(self, text: str) -> None:
        """Ask the address service in the background; an older question is let go."""
        if self._asking is not None:
            self._asking.cancel()

        def done(found: Any) -> None:
            self._asking = None
            self.step.address.show_suggestions(text, found)

        def failed(error: DrieluikError) -> None:
            self._asking = None
            self.step.address.say(" ".join((error.message(), tr("Or choose a case file, or point at the map."))))

        self._asking = tasks.Work(tr("Drieluik: addresses"), tasks.suggest_work(text), done, failed)
        QgsApplication.taskManager().addTask(self._asking)

    def take_address(self, suggestion: Any) -> None:
        """Look up what the officer chose, and go there."""

        def done(place: Any) -> None:
            self.take_place(place.x, place.y, place.text, go)

        def go() -> None:
            map_marks.open_map(self.iface)
            self.load(self.step.radius.value(), self.step.offline.isChecked())

        self._start(tr("Drieluik: address"), tasks.lookup_work(suggestion), done)

    def take_place(self, x: float, y: float, address: str = "", then: Callable[[], None] | None = None) -> None:
        """Take a place for the case; one elsewhere is another case, unless the officer says that this one moves there. Then ``then()``."""
        if not in_the_country((x, y)):
            self._warn(tr("This place is not in the Netherlands (RD {place}): choose another.").format(place=rd_words(x, y).removeprefix("RD ")))
            self.session.changed.emit()  # the fields show again where the case is
            return
        case = self.session.case
        far = case is not None and math.hypot(x - case.site.centre[0], y - case.site.centre[1]) > SAME_M

        def take() -> None:
            self.session.set_place(x, y, address)
            if then is not None:
                then()

        if case is None or not far or not (case.designs or case.answers):
            take()
            return
        said = self._which_case(case)
        if said == "new":
            self._elsewhere(take)
        elif said == "moved":
            take()
        else:
            self.session.changed.emit()  # the fields show again where the case is

    def _which_case(self, case: Case) -> str:
        """Ask whether another place is another case: new, moved, or '' to stay."""
        box = QMessageBox(self.iface.mainWindow())
        box.setWindowTitle(tr("Another place"))
        name = " ".join(word for word in (case.id, case.title) if word)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Another place is another case. The case {name} stays as it is when you begin a new one.").format(name=name))
        new = box.addButton(tr("New case here"), QMessageBox.ButtonRole.AcceptRole)
        moved = box.addButton(tr("Move this case"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Stay with this case"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is new:
            return "new"
        return "moved" if box.clickedButton() is moved else ""

    def point(self) -> None:
        """Take the place of one click on the map."""
        map_marks.open_map(self.iface)
        self._tool = map_marks.PlaceTool(self.iface.mapCanvas(), self.take_place)
        self.iface.mapCanvas().setMapTool(self._tool)

    def point_entrance(self) -> None:
        """Take the main entrance from one click on the map."""
        map_marks.open_map(self.iface)
        self._tool = map_marks.PlaceTool(self.iface.mapCanvas(), self._take_entrance)
        self.iface.mapCanvas().setMapTool(self._tool)

    def _take_entrance(self, x: float, y: float) -> None:
        """Take the main entrance with why it is there."""
        reason = ask_line(self.iface.mainWindow(), tr("The main entrance"), tr("Why is the main entrance here? It stands in the report."))
        if reason:
            self.settle("entrance", {"value": [round(x, 2), round(y, 2)], "reason": reason})

    def load(self, radius_m: float, offline: bool) -> None:
        """Load every layer around the place."""
        self.session.set_radius(radius_m)
        case = self.session.case
        if case is None:
            return
        self._load(case, offline, self.sources())

    def load_kept(self) -> None:
        """Load what the case keeps of its surroundings."""
        if self.session.case is not None:
            self._load(self.session.case, True, self.sources(kept=True))

    def _load(self, case: Case, offline: bool, sources: tasks.Sources) -> None:
        folder = self.session.fresh_folder()
        work = tasks.load_site_work(case, offline, folder, language(), sources)
        self._start(tr("Drieluik: loading the surroundings"), work, lambda site: self._show(site, folder))

    def retry(self, key: str) -> None:
        """Load one layer again; the others stay."""
        case, site = self.session.case, self.session.site
        if case is None or site is None:
            return
        folder = self.session.fresh_folder()
        work = tasks.reload_work(case, site, key, self.step.offline.isChecked(), folder, language(), self.sources())
        self._start(tr("Drieluik: loading one layer again"), work, lambda loaded: self._show(loaded, folder))

    def change_source(self, key: str, what: str) -> None:
        """Take a layer from files or layers of the project that the officer chooses, from its service, or leave it out; files that cannot be read change
        nothing."""
        name = sentence(f"layer_{key}")
        files: tuple[str, ...] | None = None if what == SERVICE else ()
        if what == FILES:
            files = tuple(QFileDialog.getOpenFileNames(self.iface.mainWindow(), tr("Files of {layer}").format(layer=name))[0])
        elif what == PROJECT:
            files = self._from_project(name)
        if files == () and what in (FILES, PROJECT):
            return
        case, site = self.session.with_source(key, files), self.session.site
        if case is None or site is None:
            return
        folder = self.session.fresh_folder()

        def done(loaded: Site) -> None:
            failed = [record for record in loaded.provenance if record.layer == key and record.state is LayerState.FAILED]
            if files and failed:
                why = [sentence(note.code, note.as_dict()) for note in failed[0].notes[:1]]
                self._warn(" ".join((tr("Not read: {layer} stays as it was.").format(layer=name), *why)))
                return
            now = self.session.with_source(key, files)
            if now is not None:
                self.session.case = now
                self._show(loaded, folder)

        work = tasks.reload_work(case, site, key, self.step.offline.isChecked(), folder, language(), self.sources())
        self._start(tr("Drieluik: loading one layer from another source"), work, done)

    def _from_project(self, name: str) -> tuple[str, ...]:
        """Return files with what layers of the project have around the place, as far as it may be looked: a larger radius later finds no gap. None where
        none is chosen, or where one cannot be written."""
        case, there = self.session.case, project_layers.offered(QgsProject.instance())
        if case is None:
            return ()
        dialog = LayersDialog(tr("Layers for {layer}").format(layer=name), [layer.name() for layer in there], self.iface.mainWindow())
        chosen = dialog.chosen if dialog.exec() else []
        dialog.deleteLater()
        try:
            made = [project_layers.as_file(there[n], case.site.centre, LARGEST_RADIUS_M, self.session.folder) for n in chosen]
        except DrieluikError as error:
            self._warn(error.message())
            return ()
        return tuple(map(str, made))

    def _show(self, site: Any, folder: Any) -> None:
        map_marks.open_map(self.iface)
        self.session.take(site, self.session.designs, None)
        self.complain_of(site)
        layers.add_to_project(QgsProject.instance(), folder)
        x, y = site.centre
        room = site.radius_m
        map_marks.zoom_to(self.iface.mapCanvas(), np.array([[x - room / 2, y - room / 2], [x + room / 2, y + room / 2]]))

    def complain_of(self, site: Site) -> None:
        """Say which layers were not loaded, and why the plan was not."""
        failed = [record for record in site.provenance if record.state is LayerState.FAILED]
        if not failed:
            return
        names = ", ".join(dict.fromkeys(sentence(f"layer_{record.layer}") for record in failed))
        why = [sentence(note.code, note.as_dict()) for record in failed if record.layer == "plans" for note in record.notes[:1]]
        what_now = tr("Choose a layer in step 1: try it again, or take it from your own files (Source of this layer).")
        self._warn(" ".join((tr("Not loaded: {layers}.").format(layers=names), *why, what_now)))
        self.step.open()

    def govern(self, ids: list[str]) -> None:
        """Take the plans that the officer ticked."""
        if self.officer.known():
            names = self.session.plan_names()
            ticked = ", ".join(names.get(one, one) for one in ids)
            reason = tr("Ticked in the list of plans: {plans}").format(plans=ticked) if ids else tr("No plan is ticked in the list of plans")
            self.session.answer_signed("governing_plans", {"ids": ids, "reason": reason})
        else:
            self.session.changed.emit()  # the list shows again what holds

    def ask_map(self, on: bool) -> None:
        """Start or end asking the map what stands where it is clicked."""
        canvas = self.iface.mapCanvas()
        if not on:
            if self._tool is not None:
                canvas.unsetMapTool(self._tool)
                self._tool = None
            return
        self._tool = map_marks.PlaceTool(canvas, self.show_card, once=False)
        self._tool.deactivated.connect(lambda: self.step.card.setChecked(False))
        canvas.setMapTool(self._tool)

    def show_card(self, x: float, y: float) -> None:
        """Show what the three worlds say of a place."""
        site = self.session.site
        if site is None:
            return
        if self._card is None:
            self._card = CardPanel(self.iface.mainWindow())
        self._card.show_place(site, x, y)
        put_beside(self.iface.mainWindow(), self.dock, self._card, WIDTH)
        map_marks.flash(self.iface.mapCanvas(), self._card.shapes)

    def show_allowed(self, on: bool) -> None:
        """Show or hide what the plan allows to be built, on the map and in 3D."""
        layer = layers.layer_named(QgsProject.instance(), "envelope")
        node = QgsProject.instance().layerTreeRoot().findLayer(layer.id()) if layer is not None else None
        if node is not None:
            node.setItemVisibilityChecked(on)

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        if self._tool is not None:
            self.iface.mapCanvas().unsetMapTool(self._tool)
            self._tool = None
        if self._card is not None:
            self._card.close()
            self._card.deleteLater()
            self._card = None
