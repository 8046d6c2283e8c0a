"""The dock: the answer first, then the steps; it talks to the session and starts tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ..data_sources.case import read_case, write_case
from ..errors import CancelledError, DrieluikError
from ..job import load_rulesets, wants_plan
from ..report.basis import wording
from ..texts import language
from . import map_layers as layers
from . import map_marks, place_tools, scene3d, tasks
from .answer_fields import Answering
from .placing import Placing
from .session import Session
from .step_input import DesignStep
from .step_location import LocationStep
from .step_output import ReportStep, ResultStep, RunStep
from .step_rules import RulesStep
from .step_sun import SunStep
from .sun_shadows import SunShadows
from .surroundings import Surroundings
from .words import tr

WIDTH = 380


class DrieluikDock(QgsDockWidget):
    """The dock of Drieluik. ``iface`` is QGIS's interface."""

    def __init__(self, iface: Any, parent: QWidget | None = None) -> None:
        super().__init__("Drieluik", parent)
        self.setObjectName("drieluikDock")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.iface, self.session = iface, Session()
        self.footprint = map_marks.Footprint(iface.mapCanvas())
        self.shadows = SunShadows(iface)
        self._sun_tool: Any = None
        self.placing = Placing(iface, self.session, self._moved)
        self._task: tasks.Work | None = None
        self._zoom = QTimer(self)  # after QGIS's own zoom to a first layer, which is still in its queue
        self._zoom.setSingleShot(True)
        self._zoom.setInterval(200)
        self._zoom.timeout.connect(self._zoom_now)
        self._build()
        self.surroundings = Surroundings(iface, self.session, self.location, self._start, self.complain)
        self.answering = Answering(self)
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.case_line, self.answer_line = QLabel(), QLabel()
        for label in (self.case_line, self.answer_line):
            label.setWordWrap(True)
        self.answer_line.setStyleSheet("font-weight: 600; font-size: 110%;")
        self.variant = QComboBox()
        self.variant.setAccessibleName(tr("Variant of the design"))
        name = QLabel(tr("&Variant"))
        name.setBuddy(self.variant)
        top = QHBoxLayout()
        top.addWidget(self.answer_line, 1)
        top.addWidget(name)
        top.addWidget(self.variant)
        self.location, self.design, self.rules = LocationStep(), DesignStep(), RulesStep()
        self.run, self.result, self.sun, self.report = RunStep(), ResultStep(), SunStep(), ReportStep()
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self.case_line)
        layout.addLayout(top)
        for step in self.steps:
            layout.addWidget(step)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumWidth(WIDTH)
        self.setWidget(area)
        self.location.open()

    @property
    def busy(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    @property
    def steps(self) -> tuple[QWidget, ...]:
        """The steps from top to bottom."""
        return self.location, self.design, self.rules, self.run, self.result, self.sun, self.report

    def _connect(self) -> None:
        self.session.changed.connect(self.refresh)
        self.location.case_chosen.connect(self.open_case)
        self.design.file_chosen.connect(self._design_file)
        self.design.reading_chosen.connect(self._read_as)
        self.design.placement.placed.connect(self.placing.take)
        self.design.placement.confirmed.connect(self.session.confirm)
        self.design.placement.move_asked.connect(self.placing.move)
        self.design.placement.points_asked.connect(self.placing.two_points)
        self.rules.switched.connect(self.session.switch_rule)
        self.rules.answered.connect(self.session.answer)
        self.rules.entrance_asked.connect(self.surroundings.point_entrance)
        self.run.run_asked.connect(self.start_review)
        self.run.cancel_asked.connect(self.cancel)
        self.result.shown.connect(self.show_finding)
        self.result.all_asked.connect(self.show_all)
        self.result.opened.connect(self.answering.open)
        self.result.scene_asked.connect(self.show_3d)
        self.report.case_asked.connect(self._save_case)
        self.sun.switched.connect(self.show_shadows)
        self.sun.point_asked.connect(self.ask_sun)
        self.sun.moved.connect(lambda: self.show_shadows(self.sun.shown.isChecked()))
        self.report.write_asked.connect(self.write_report)
        self.report.open_asked.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        self.variant.currentTextChanged.connect(self._variant)

    def refresh(self) -> None:
        """Show the session."""
        s = self.session
        words = " · ".join(word for word in (s.case.site.address or s.case.title, s.case.id) if word) if s.case else ""
        self.case_line.setText(words or tr("Open a case file, or point at the map."))
        counts = s.review.counts(s.variant) if s.review else {}
        icons = "   ".join(f"{wording.verdict_icon(verdict)} {n}" for verdict, n in counts.items() if n)
        self.answer_line.setText(icons)
        self.answer_line.setToolTip(wording.summary_line(counts) if counts else "")
        self.answer_line.setAccessibleName(wording.summary_line(counts) if counts else tr("No result yet"))
        names = [request.name for request in s.case.designs] if s.case else []
        if names != [self.variant.itemText(i) for i in range(self.variant.count())]:
            self.variant.blockSignals(True)
            self.variant.clear()
            self.variant.addItems(names)
            self.variant.blockSignals(False)
        self.variant.setCurrentText(s.variant)
        self.location.refresh(s.case, s.site)
        self.design.refresh(s.case, s.designs, s.design, s.gate)
        self.rules.refresh(s.case, s.rulesets_shown())
        self.rules.propose(s.peil_proposals())
        unconfirmed = any(item.state == "attention" for item in s.gate)
        self.run.refresh(bool(s.site and s.designs and (s.rulesets or wants_plan(s.case)) and self._task is None), s.review, unconfirmed)
        self.result.refresh(s.review, s.variant)
        self.sun.refresh(bool(s.site and s.design and len(s.design.triangles)))
        self.show_shadows(self.sun.shown.isChecked())
        self.report.refresh(s.review, s.case is not None and bool(s.case.designs))

    def open_case(self, path: str) -> None:
        """Open a case file: read its rules, and its designs in the background."""
        try:
            case = read_case(path)
            self.session.set_case(case)
            self.session.set_rulesets(load_rulesets(case))
        except DrieluikError as error:
            self.complain(error)
            return
        self._load_designs()

    def _design_file(self, path: str) -> None:
        self.session.set_design_file(path)
        if self.session.case is not None:
            self._load_designs()

    def _read_as(self, unit: str, up_axis: str) -> None:
        self.session.read_as(unit, up_axis)
        self._load_designs()

    def _load_designs(self) -> None:
        case = self.session.case
        if case is None:
            return
        folder = self.session.fresh_folder()

        def done(loaded: Any) -> None:
            map_marks.open_map(self.iface)
            self.session.take(*loaded, None)
            layers.add_to_project(QgsProject.instance(), folder)
            self._show_outlines()
            self._zoom.start()
            self.location.open(False)
            self.design.open()

        self._start(tr("Drieluik: loading the case"), tasks.load_case_work(case, self.session.site, folder, language()), done)

    def show_shadows(self, on: bool) -> None:
        """Show the shadows at the moment of the sliders, or hide them."""
        s = self.session
        if on and s.case is not None and s.site is not None and s.design is not None:
            self.sun.say(self.shadows.show(s.site, s.design, s.case.answers, self.sun.time))
            return
        self.shadows.clear()
        self.sun.say(None)

    def ask_sun(self) -> None:
        """Let the user click the place of which the sun is asked."""
        self._sun_tool = map_marks.PlaceTool(self.iface.mapCanvas(), self.sun_at)
        self.iface.mapCanvas().setMapTool(self._sun_tool)

    def sun_at(self, x: float, y: float) -> None:
        """Say the sun at a place (RD) on the date of the slider."""
        s = self.session
        if s.case is not None and s.site is not None and s.design is not None:
            self.sun.answer.setText(self.shadows.at_point(s.site, s.design, s.case.answers, (x, y), self.sun.date))

    def _show_outlines(self) -> None:
        """Show where the designs stand, until their layers do."""
        s = self.session
        self.footprint.show([place_tools.placed_outline(s.outline(d.name), d.placement) for d in s.designs])

    def _moved(self) -> None:
        """After a change of place: the layers of an earlier run show another place."""
        self._show_outlines()
        project = QgsProject.instance()
        shown = [layers.layer_named(project, name) for name in (*layers.PER_DESIGN_2D, *layers.PER_DESIGN_3D)]
        layers.drop(project, [layer for layer in shown if layer is not None])

    def start_review(self, then: Any = None) -> None:
        """Run the review in the background; its layers appear when it is done. ``then()`` is called after that."""
        s = self.session
        if s.case is None or s.site is None or not s.designs:
            return
        self.placing.end()
        folder = s.fresh_folder()

        def done(result: Any) -> None:
            self.session.take(*result)
            self.footprint.clear()
            layers.add_to_project(QgsProject.instance(), folder)
            self._show_variant()
            self.result.open()
            self.location.open(False)
            self.design.open(False)
            if callable(then):
                then()

        work = tasks.review_work(s.case, s.rulesets, s.site, s.designs, folder, language())
        self._start(tr("Drieluik: review"), work, done)

    def write_report(self, folder: str, lang: str) -> None:
        """Write the report in the background."""
        if not folder or self.session.review is None:
            self.tell(tr("Choose a folder for the report first."), Qgis.MessageLevel.Warning)
            return
        self._start(tr("Drieluik: report"), tasks.report_work(self.session.review, Path(folder), lang), lambda _: self.report.written(folder))

    def _start(self, title: str, work: Any, done: Any) -> None:
        """Start a task; one at a time."""
        if self._task is not None:
            self.tell(tr("Drieluik is still working; wait or cancel."), Qgis.MessageLevel.Warning)
            return

        def ended() -> None:
            self._task = None
            self.run.busy(False)

        def finished(result: Any) -> None:
            ended()
            done(result)
            self.refresh()

        def failed(error: DrieluikError) -> None:
            ended()
            self.refresh()
            self.complain(error)

        self._task = tasks.Work(title, work, finished, failed)
        self._task.progressChanged.connect(lambda value: self.run.bar.setValue(int(value)))
        self.run.busy(True)
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Stop the work under way."""
        if self._task is not None:
            self._task.cancel()

    def _variant(self, name: str) -> None:
        if name and name != self.session.variant:
            self.session.variant = name
            self.refresh()
            self._show_variant()

    def _show_variant(self) -> None:
        self.show_all()
        if self.session.review is not None:
            self._zoom.start()

    def _zoom_now(self) -> None:
        """Zoom to the variant shown."""
        design = next((d for d in self.session.designs if d.name == self.session.variant), None)
        if design is not None:
            map_marks.zoom_to(self.iface.mapCanvas(), design.bounds)

    def show_finding(self, finding: Any) -> None:
        """Show the evidence of one finding alone, on the map and in 3D, zoom to it and flash it."""
        layers.show_design(QgsProject.instance(), self.session.variant, finding)
        self.result.alone(True)
        if not map_marks.show_finding(self.iface.mapCanvas(), finding):
            self.tell(tr("This finding has nothing to show on the map."), Qgis.MessageLevel.Info)

    def show_all(self) -> None:
        """Show the evidence of all findings again."""
        layers.show_design(QgsProject.instance(), self.session.variant)
        self.result.alone(False)

    def _save_case(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Case file"), "", tr("Case files (*.yaml *.yml)"))
        if path and self.session.case is not None:
            try:
                write_case(self.session.case, path)
            except DrieluikError as error:
                self.complain(error)

    def show_3d(self) -> None:
        """Open a 3D view, or say how."""
        if not scene3d.available() or not scene3d.open_view(self.iface):
            self.tell(tr("Open the 3D view with menu View, New 3D Map View."), Qgis.MessageLevel.Info)

    def complain(self, error: DrieluikError) -> None:
        """Show an error: what, where, what now; the library's words go to the log."""
        if isinstance(error, CancelledError):
            self.tell(error.message(), Qgis.MessageLevel.Info)
            return
        QgsMessageLog.logMessage(f"{error.message()} {error.details}", "Drieluik", Qgis.MessageLevel.Warning)
        self.tell(error.message(), Qgis.MessageLevel.Critical)

    def tell(self, text: str, level: Any) -> None:
        """Say something in the message bar."""
        self.iface.messageBar().pushMessage("Drieluik", text, level, 10)

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        self._zoom.stop()
        self.cancel()
        self.placing.end()
        self.footprint.clear()
        self.surroundings.shut()
        self.answering.shut()
        self.shadows.clear()
        if self._sun_tool is not None:
            self.iface.mapCanvas().unsetMapTool(self._sun_tool)
            self._sun_tool = None
        self.session.changed.disconnect(self.refresh)
        layers.remove_from_project(QgsProject.instance())
        self.session.close()
