"""The conductor: what happens when. It owns the session and the window, starts the tasks, and lets the window show what came of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ..data_sources.case import read_case, write_case
from ..errors import DrieluikError
from ..job import load_rulesets
from ..model import Design, Site
from ..texts import language
from .conduct.answering import Answering
from .conduct.officer import Officer
from .conduct.one_task import OneTask
from .conduct.part_roling import PartRoling
from .conduct.placing import Placing
from .conduct.showing import Showing
from .conduct.sunlight import Sunlight
from .conduct.surroundings import Surroundings
from .conduct.teller import Teller
from .dock import DrieluikDock
from .map import map_marks
from .widgets.words import tr
from .work import tasks
from .work.session import Session


class Conductor:
    """Leads one session in one dock. ``iface`` is QGIS's interface; ``dock`` the window to put in it."""

    def __init__(self, iface: Any, parent: QWidget | None = None) -> None:
        self.iface, self.session = iface, Session()
        self.dock = DrieluikDock(parent)
        self.teller, self.officer = Teller(iface), Officer(iface)
        self.task = OneTask(self.dock.run, self.teller, self.refresh)
        self.showing = Showing(iface, self.session, self.dock, self.teller)
        self.placing = Placing(iface, self.session, self.showing.moved)
        self.surroundings = Surroundings(iface, self.session, self.dock, self.task.start, self.teller.complain, self.officer)
        self.sunlight = Sunlight(iface, self.session, self.dock.sun)
        self.answering = Answering(self.session, self.dock, self.showing, self.task, self.officer, self.start_review)
        self.roling = PartRoling(self.session, self.dock.design.roles, iface.mapCanvas(), self.answering.settle)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        dock, session = self.dock, self.session
        session.changed.connect(self.refresh)
        dock.variant.currentTextChanged.connect(self._variant)
        dock.location.case_chosen.connect(self.open_case)
        dock.design.file_chosen.connect(self._design_file)
        dock.design.reading_chosen.connect(self._read_as)
        dock.design.placement.placed.connect(self.placing.take)
        dock.design.placement.confirmed.connect(lambda item, reason: session.confirm(item, reason) if self.officer.known() else None)
        dock.design.placement.move_asked.connect(self.placing.move)
        dock.design.placement.points_asked.connect(self.placing.two_points)
        dock.rules.switched.connect(session.switch_rule)
        dock.rules.entrance_asked.connect(self.surroundings.point_entrance)
        dock.run.run_asked.connect(self.start_review)
        dock.report.case_asked.connect(self._save_case)
        dock.report.write_asked.connect(self.write_report)
        dock.report.open_asked.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))

    def refresh(self) -> None:
        """Show the session."""
        self.dock.show_session(self.session, self.task.busy)
        self.roling.refresh()
        self.sunlight.refresh()

    def open_case(self, path: str) -> None:
        """Open a case file: read its rules, and its designs in the background."""
        try:
            case = read_case(path)
            self.session.set_case(case)
            self.session.set_rulesets(load_rulesets(case))
        except DrieluikError as error:
            self.teller.complain(error)
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

        def done(loaded: tuple[Site, tuple[Design, ...]]) -> None:
            map_marks.open_map(self.iface)
            site, designs = loaded
            self.session.take(site, designs, None)
            self.showing.loaded(folder)
            self.dock.location.open(False)
            self.dock.design.open()

        self.task.start(tr("Drieluik: loading the case"), tasks.load_case_work(case, self.session.site, folder, language()), done)

    def start_review(self, then: Callable[[], None] | bool | None = None) -> None:
        """Run the review in the background; its layers appear when it is done. ``then()`` is called after that.

        A button's click may give a truth value for ``then``; it is let go.
        """
        s = self.session
        if s.case is None or s.site is None or not s.designs:
            return
        self.placing.end()
        folder = s.fresh_folder()

        def done(result: Any) -> None:
            self.session.take(*result)
            self.showing.judged(folder)
            self.dock.result.open()
            self.dock.location.open(False)
            self.dock.design.open(False)
            if callable(then):
                then()

        work = tasks.review_work(s.case, s.rulesets, s.site, s.designs, folder, language())
        self.task.start(tr("Drieluik: review"), work, done)

    def write_report(self, folder: str, lang: str) -> None:
        """Write the report in the background."""
        if not folder or self.session.review is None:
            self.teller.warn(tr("Choose a folder for the report first."))
            return
        work = tasks.report_work(self.session.review, Path(folder), lang)
        self.task.start(tr("Drieluik: report"), work, lambda _: self.dock.report.written(folder))

    def _variant(self, name: str) -> None:
        if name and name != self.session.variant:
            self.session.variant = name
            self.refresh()
            self.showing.variant()

    def _save_case(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self.dock, tr("Case file"), "", tr("Case files (*.yaml *.yml)"))
        if path and self.session.case is not None:
            try:
                write_case(self.session.case, path)
            except DrieluikError as error:
                self.teller.complain(error)

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        self.task.cancel()
        self.placing.end()
        self.surroundings.shut()
        self.answering.shut()
        self.roling.shut()
        self.sunlight.shut()
        self.session.changed.disconnect(self.refresh)
        self.showing.shut()
        self.session.close()
