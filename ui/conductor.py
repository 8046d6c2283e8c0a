"""The conductor: what happens when. It owns the session and the window, starts the tasks, and lets the window show what came of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QWidget

from ..case_folder.folder import CASE, is_case_folder
from ..case_folder.open_case import OpenCase
from ..data_sources.case import read_case
from ..errors import CaseError, DrieluikError
from ..job import load_rulesets
from ..model import Case, DesignRequest, Ruleset
from ..texts import language
from .conduct.answering import Answering
from .conduct.case_menu import CaseMenu
from .conduct.comparing import Comparing
from .conduct.in_qgis import InQgis
from .conduct.keeping import Keeping
from .conduct.officer import Officer
from .conduct.one_task import OneTask
from .conduct.part_roling import PartRoling
from .conduct.placing import Placing
from .conduct.showing import Showing
from .conduct.sunlight import Sunlight
from .conduct.surroundings import Surroundings
from .conduct.teller import Teller
from .conduct.text_reading import TextReading
from .conduct.varying import Varying
from .dock import DrieluikDock
from .map import map_marks
from .project import write_case_project
from .widgets.asking import sure_to_replace
from .widgets.words import tr
from .work import tasks
from .work.in_project import KeptCase
from .work.session import DESIGN, PROFILE, RULES, Session


class Conductor:
    """Leads one session in one dock. ``iface`` is QGIS's interface; ``dock`` the window to put in it."""

    def __init__(self, iface: Any, parent: QWidget | None = None) -> None:
        self.iface, self.session = iface, Session()
        self._asked: tuple[DesignRequest, ...] = ()
        self._written: set[str] = set()
        self._comparing: tasks.Work | None = None
        self._case_file = ""
        self.dock = DrieluikDock(parent)
        self.teller, self.officer = Teller(iface), Officer(iface)
        self.task = OneTask(self.dock.steps, self.teller, self.refresh)
        here = partial(self.task.start, self.dock.location)
        self.menu = CaseMenu(iface, self.session, self.dock.case, here, self.officer, self.open_case, self.show_opened)
        self.keeping = self.menu.keeping = Keeping(iface, self.session, self.dock.case, self.teller, self.menu.copy, self._merged)
        self.in_qgis = InQgis(self.session, self.keeping, self.teller, self._take_kept)
        self.showing = Showing(iface, self.session, self.dock, self.teller)
        self.placing = Placing(iface, self.session, self._moved)
        self.surroundings = Surroundings(iface, self.session, self.dock, here, self.teller, self.officer, self.start_elsewhere)
        self.surroundings.sources = self.keeping.sources
        self.sunlight = Sunlight(iface, self.session, self.dock.sun)
        self.answering = Answering(self.session, self.dock, self.showing, self.task, self.officer, self.start_review)
        self.surroundings.settle = self.answering.settle  # what was judged is judged again
        self.comparing = Comparing(iface, self.session, self.dock, self.answering, self._variant)
        self.varying = Varying(self.session, self.dock.design, self.answering, self.placing, self.start_review, self._moved)
        self.reading = TextReading(self.session, self.dock, iface.mainWindow(), self.task, self.officer, self.start_review)
        self.roling = PartRoling(self.session, self.dock.design, iface.mapCanvas(), self.answering.change_said)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        dock, session = self.dock, self.session
        session.changed.connect(self.refresh)
        dock.variant.currentTextChanged.connect(self._variant)
        dock.location.case_chosen.connect(self.open_case)
        dock.design.again_asked.connect(self._read_again)
        dock.design.file_chosen.connect(lambda path: self._design_file(path) if not self._too_early(DESIGN, path) else None)
        dock.rules.file_chosen.connect(lambda path: self.answering.add_rules(path) if not self._too_early(RULES, path) else None)
        dock.rules.profile_chosen.connect(lambda path: self.answering.add_profile(path) if not self._too_early(PROFILE, path) else None)
        dock.design.reading_chosen.connect(self._read_as)
        dock.design.placement.placed.connect(self.placing.take)
        dock.design.placement.confirmed.connect(lambda item, reason: session.confirm(item, reason) if self.officer.known() else None)
        dock.design.placement.move_asked.connect(self.placing.move)
        dock.design.placement.undo_asked.connect(self.placing.back)
        dock.design.placement.points_asked.connect(self.placing.two_points)
        dock.rules.entrance_asked.connect(self.surroundings.point_entrance)
        dock.run.run_asked.connect(self.start_review)
        dock.case.undo_asked.connect(lambda: self.answering.change_said(self.keeping.back))
        dock.case.redo_asked.connect(lambda: self.answering.change_said(self.keeping.forth))
        dock.case.named.connect(self._rename)
        dock.report.advice_asked.connect(self.answering.advise)
        dock.report.write_asked.connect(self.write_report)
        dock.report.open_asked.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))

    def refresh(self) -> None:
        """Show the session."""
        self._use_early()
        self.showing.refresh()
        self.dock.show_session(self.session, self.task.busy)
        opened = self.keeping.opened
        self.dock.location.file.show_file(str(opened.home.path / CASE) if opened is not None else self._case_file)
        self.answering.show_busy(self.task.busy)
        self.roling.refresh()
        self.comparing.refresh()
        self.sunlight.refresh()

    def open_case(self, path: str) -> None:
        """Open a case folder by its case file, or a case file alone: read its rules, and its designs in the background. A file that is none leaves
        the case at hand as it is."""
        if not self.task.free():
            return
        if is_case_folder(Path(path).parent):
            self.menu.open_folder(Path(path).parent)
            return
        try:
            case = read_case(path)
            rulesets = load_rulesets(case)
        except DrieluikError as error:
            self.teller.complain(error)
            return

        def take() -> None:
            self.take_case(case, rulesets)
            self._case_file = path
            self.refresh()

        self.keeping.settle(take)

    def show_opened(self, opened: OpenCase, then: Callable[[], None] | None = None) -> None:
        """Begin with a case folder that was opened or begun."""
        case = opened.at.case
        try:
            rulesets = load_rulesets(case) if case is not None else ()
        except DrieluikError as error:
            opened.close()
            self.teller.complain(error)
            return
        self._forget()
        if case is None:
            self.session.begin(opened.at.number, opened.at.title)
        else:
            self.session.set_case(case)
            self.session.set_rulesets(rulesets)
        self.keeping.take(opened)
        if case is not None and case.designs:
            self._load_designs(case.designs, then)
            return
        if case is not None and self.keeping.sources(kept=True).kept is not None:
            self.surroundings.load_kept()
        if then is not None:
            then()

    def _merged(self, case: Case) -> None:
        """Go on with a case that another changed too, as it is now."""
        self.session.set_case(case)
        self._load_designs(case.designs)

    def start_elsewhere(self, then: Callable[[], None]) -> None:
        """Begin another case, without number and title yet; ``then()`` gives it a place."""

        def begin() -> None:
            self._forget()
            self.session.begin("", "")
            self.keeping.take(None)
            then()

        self.keeping.settle(begin)

    def _rename(self, number: str, title: str) -> None:
        if (number, title) != (self.session.number, self.session.title):
            self.session.rename(number, title)

    def _take_kept(self, kept: KeptCase) -> None:
        """Begin with the case of a project, from its folder where that is there: read it anew, and judge it where it was."""

        def then() -> None:
            self.dock.variant.setCurrentText(kept.variant)
            if kept.judged:
                self.start_review()

        if kept.place and is_case_folder(Path(kept.place)):
            self.menu.open_folder(Path(kept.place), then)
            return
        if kept.case is None:
            self.teller.complain(CaseError("keep_no_case", path=kept.place))
            return
        try:
            rulesets = load_rulesets(kept.case)
        except DrieluikError as error:
            self.teller.complain(error)
            return
        self.take_case(kept.case, rulesets, then)

    def take_case(self, case: Case, rulesets: tuple[Ruleset, ...], then: Callable[[], None] | None = None) -> None:
        """Begin with a case and its rule files, that has no folder yet; ``then()`` is called when its surroundings and designs are read."""
        self._forget()
        self.session.set_case(case)
        self.session.set_rulesets(rulesets)
        self.keeping.take(None)
        self._load_designs(case.designs, then)

    def _forget(self) -> None:
        """Let go of what is of the former case alone."""
        self.placing.end()
        self.answering.forget()
        self.comparing.forget()
        self.dock.report.forget()
        self._written.clear()
        self._case_file = ""

    def _moved(self) -> None:
        """After a change of place: what stands in the panel was found at another."""
        self.showing.moved()
        self.answering.forget()

    def _too_early(self, what: str, path: str) -> bool:
        """Whether there is no place yet to use a file at: it then waits for one, and that is told."""
        if self.session.case is None:
            self.session.early[what] = path
            self.teller.inform(tr("{file} waits, and is used once the surroundings are loaded (step 1).").format(file=Path(path).name))
            self.refresh()
        return self.session.case is None

    def _use_early(self) -> None:
        """Use the files that waited for a place, once its surroundings are there: rules first, which need no time."""
        early, takes = self.session.early, {RULES: self.answering.add_rules, PROFILE: self.answering.add_profile, DESIGN: self._design_file}
        if self.session.site is None or self.task.busy:
            return
        for what, take in takes.items():
            if what in early:
                take(early.pop(what))

    def _design_file(self, path: str) -> None:
        if self.session.case is None:
            return
        requests, variants = self.session.with_design_file(path), [r for r in self.session.case.designs if r.name != self.session.variant]
        if variants:
            words = ", ".join(f"{r.name} ({Path(r.files[0]).name})" if r.files else r.name for r in variants)
            self.teller.inform(tr("The file is read as variant {name}; the others stay: {variants}.").format(name=self.session.variant, variants=words))
        self._load_designs(requests)

    def _read_as(self, unit: str, up_axis: str) -> None:
        self._load_designs(self.session.with_reading(unit, up_axis))

    def _read_again(self) -> None:
        """Try again what was not read."""
        if self._asked:
            self._load_designs(self._asked)

    def _load_designs(self, requests: tuple[DesignRequest, ...], then: Callable[[], None] | None = None) -> None:
        """Read designs in the background; what was read before stays until they are there."""
        s = self.session
        if s.case is None or not requests or not self.task.free():
            self.refresh()
            return
        self._asked, known = requests, s.read_before(requests)
        folder = s.fresh_folder()

        def done(loaded: tasks.Loaded) -> None:
            map_marks.open_map(self.iface)
            if loaded.problem is not None:
                failed(loaded.problem, loaded)
                self.teller.complain(loaded.problem)
                return
            self.answering.forget()
            s.take_designs(requests, loaded.site, loaded.designs)
            self.showing.loaded(folder)
            self.dock.location.open(False)
            self.surroundings.complain_of(loaded.site)
            self.dock.design.open()
            if then is not None:
                then()

        def failed(error: DrieluikError, loaded: tasks.Loaded | None = None) -> None:
            fresh = loaded is not None and s.site is None
            files = ", ".join(Path(file).name for r in requests if r.name not in known for file in r.files)
            s.take_problem(files, error.message(), loaded.site if loaded else None)
            if fresh:
                self.showing.loaded(folder)
            self.dock.design.open()

        work = tasks.load_case_work(replace(s.case, designs=requests), s.site, known, folder, language(), self.keeping.sources(kept=True))
        self.task.start(self.dock.design if s.site is not None else self.dock.location, tr("Drieluik: loading the case"), work, done, failed)

    def start_review(self, then: Callable[[], None] | bool | None = None) -> None:
        """Run the review in the background; its layers appear when it is done. ``then()`` is called after that.

        A button's click may give a truth value for ``then``; it is let go.
        """
        s = self.session
        if s.case is None or s.site is None or not s.designs:
            return
        if s.unconfirmed:
            self.teller.warn(tr("Confirm the place of the design first (step 2); then it is reviewed."))
            self.dock.design.open()
            return
        self.placing.end()
        folder = s.fresh_folder()

        def done(result: Any) -> None:
            self.session.take(*result)
            self.showing.judged(folder)
            self._compare()
            self.dock.result.open()
            self.dock.location.open(False)
            self.dock.design.open(False)
            if callable(then):
                then()

        work = tasks.review_work(s.case, s.rulesets, s.site, s.designs, folder, language())
        self.task.start(self.dock.run, tr("Drieluik: review"), work, done)

    def _compare(self) -> None:
        """Say below the outcome what changed since an earlier version of the design, where the case has a review of one."""
        opened, review = self.keeping.opened, self.session.review
        if opened is None or review is None:
            self.dock.result.compare("")
            return

        def ended(tell: Callable[[], None]) -> None:
            if self._comparing is not task:  # another began, or the dock went meanwhile
                return
            self._comparing = None
            if self.session.review is not None:  # it may have been another by now
                tell()

        task = self._comparing = tasks.Work(
            tr("Drieluik: comparing with the former version"), tasks.against_work(opened, review, language()),
            lambda words: ended(lambda: self.dock.result.compare(words)), lambda error: ended(lambda: self.teller.complain(error)),
        )
        QgsApplication.taskManager().addTask(task)

    def write_report(self, folder: str, lang: str) -> None:
        """Write the report in the background: as the next review of the case folder, or in a folder of the officer's own."""
        if self.session.review is None:
            self.teller.warn(tr("The report can be written after the review."))
        elif folder:
            if sure_to_replace(self.iface.mainWindow(), folder, self._written):
                work = tasks.report_work(self.session.review, Path(folder), lang)
                self.task.start(self.dock.report, tr("Drieluik: report"), work, lambda _: self.dock.report.written(folder))
        else:
            self.keeping.settle(lambda: self._write_review(lang))

    def _write_review(self, lang: str) -> None:
        opened, review = self.keeping.opened, self.session.review
        if opened is None or review is None:
            return

        def done(written: tasks.Written) -> None:
            self.keeping.tell(written.notes)
            self.dock.report.written(str(written.place))
            if opened.held:
                try:
                    write_case_project(review, written.place, opened.home.path)
                except DrieluikError as error:
                    self.teller.complain(error)

        self.task.start(self.dock.report, tr("Drieluik: report"), tasks.case_report_work(opened, review, lang), done)

    def _variant(self, name: str) -> None:
        if name and name != self.session.variant:
            self.session.variant = name
            self.session.judge_place()
            self.refresh()
            self.showing.variant()

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        self.task.shut()
        comparing, self._comparing = self._comparing, None
        if comparing is not None:
            comparing.cancel()
        self.placing.end()
        self.in_qgis.shut()
        self.keeping.shut()
        self.surroundings.shut()
        self.answering.shut()
        self.reading.shut()
        self.comparing.shut()
        self.roling.shut()
        self.sunlight.shut()
        self.session.changed.disconnect(self.refresh)
        self.showing.shut()
        self.session.close()
