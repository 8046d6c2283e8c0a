"""Reading the text of a plan with the officer: where the text comes from, and what is decided of each part of it, kept with name and date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.PyQt.QtWidgets import QFileDialog

from ...checks.engine.from_plan.norm_decisions import with_norms_decided
from ...errors import DrieluikError, OutputError
from ...model import PlanTextRequest
from ..panels.text_window import TextWindow
from ..widgets.asking import ask_text
from ..widgets.words import tr
from ..work import tasks
from ..work.session import Session, today
from ..work.text_parts import Part, Reading, readings_of
from .officer import Officer
from .one_task import OneTask

FILES = "*.html *.htm *.xhtml *.txt *.xml"


class TextReading:
    """Leads the window with the text; ``judge(then)`` runs the review again when that is closed and something was decided."""

    def __init__(self, session: Session, dock: Any, window: Any, task: OneTask, officer: Officer, judge: Callable[..., None]) -> None:
        self.session, self.dock, self.task, self.officer, self._judge = session, dock, task, officer, judge
        self.main, self.teller = window, task.teller
        self.window: TextWindow | None = None
        self._judged = False
        dock.rules.text_asked.connect(self.open)

    def open(self) -> None:
        """Show the texts of the plans here, with what was read of them."""
        if self.session.case is None:
            self.teller.warn(tr("Choose a place first (step 1); then the plans there are known."))
            return
        if self.window is None:
            self.window = TextWindow(self.main)
            self.window.decided.connect(self._decide)
            self.window.way_taken.connect(self._take_way)
            self.window.text_asked.connect(self._text)
            self.window.finished.connect(lambda _: self._closed())
        self._judged = self._judged or self.session.review is not None
        self._show()
        self.window.show()
        self.window.raise_()

    def _show(self, after: str = "") -> None:
        case = self.session.case
        if self.window is None or case is None:
            return
        plans = self.session.site.plan_documents if self.session.site is not None else ()
        names = [(plan.id, plan.name) for plan in plans if plan.proposed or any(text.plan_id == plan.id for text in case.plan_texts)]
        try:
            readings = readings_of(case, names)
        except DrieluikError as error:
            self.teller.complain(error)
            return
        self.window.show_readings(readings, after)

    def _decide(self, reading: Reading, keys: list[str], decision: str, reason: str, words: Mapping[str, Any]) -> None:
        case = self.session.case
        if case is None or reading.profile is None or not self.officer.known():
            return
        self.session.take_answers(with_norms_decided(case.answers, reading.profile, keys, decision, self.session.officer, today(), reason, words))
        self._show(keys[-1])

    def _take_way(self, reading: Reading, part: Part) -> None:
        case, entry = self.session.case, part.entry
        if case is None or entry is None or not self.officer.known():
            return
        plans = {plan: dict(read) for plan, read in (case.answers.get("profile") or {}).items()}
        said = {"value": entry.value, "article": entry.article, "quote": entry.quote, "by": self.session.officer, "at": today()}
        plans.setdefault(reading.plan_id, {})[entry.key] = said
        self.session.take_answers({**case.answers, "profile": plans})
        self._show(part.key)

    def _text(self, plan_id: str, how: str) -> None:
        """Take the text of a plan from where the officer says."""
        if how == "service":
            self._from_service(plan_id)
            return
        path = {"file": self._file, "folder": self._folder, "paste": self._pasted}[how]()
        if path:
            self._take(PlanTextRequest(plan_id, path))

    def _file(self) -> str:
        kinds = tr("Text of a plan ({kinds})").format(kinds=FILES)
        return str(QFileDialog.getOpenFileName(self.window, tr("Text of the plan"), "", kinds)[0])

    def _folder(self) -> str:
        return str(QFileDialog.getExistingDirectory(self.window, tr("Folder with the articles of the plan")))

    def _pasted(self) -> str:
        """Return the file in which a pasted text is kept: a decision is of a text that can be read again."""
        text = ask_text(self.window or self.main, tr("Text of the plan"), tr("Paste the articles here; they are kept in a file that you choose."))
        kinds = tr("Text of a plan ({kinds})").format(kinds="*.txt")
        path = QFileDialog.getSaveFileName(self.window, tr("Keep the text in"), "", kinds)[0] if text else ""
        if path:
            try:
                Path(path).write_text(text, encoding="utf-8")
            except OSError as reason:
                self.teller.complain(OutputError("output_not_writable", path=str(path), details=str(reason)))
                return ""
        return str(path)

    def _take(self, request: PlanTextRequest) -> None:
        case = self.session.case
        if case is None:
            return
        others = [one for one in case.plan_texts if one.plan_id != request.plan_id]
        try:
            readings_of(replace(case, plan_texts=(request,), profiles=()), ())
        except DrieluikError as error:
            self.teller.complain(error)
            return
        self.session.take_texts((*others, request))
        self._show()

    def _from_service(self, plan_id: str) -> None:
        case = self.session.case
        if case is None or not self.task.free():
            return
        request = PlanTextRequest(plan_id, "")
        work = tasks.plan_text_work(replace(case, plan_texts=(request,)), self.dock.location.offline.isChecked())
        self.task.start(self.dock.rules, tr("Drieluik: the text of the plan"), work, lambda _: self._take(request))

    def _closed(self) -> None:
        """The window was closed: what was judged before is judged by what was decided."""
        if self._judged and self.session.review is None:
            self._judge()
        self._judged = False

    def shut(self) -> None:
        """Let go of the window."""
        if self.window is not None:
            self._judged = False
            self.window.close()
            self.window.deleteLater()
            self.window = None
