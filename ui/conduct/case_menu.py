"""The menu of cases: new, open, recent, save as; and going on with the one that was open when QGIS ended unexpectedly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.PyQt.QtWidgets import QFileDialog

from ...case_folder.away import waiting
from ...case_folder.folder import CASE, is_case_folder
from ...case_folder.lock import Holder, holder_of
from ...case_folder.open_case import OpenCase, told_of_holder
from ...texts import sentence
from ..panels.case_dialog import CaseDialog
from ..steps.case_head import CaseHead
from ..widgets.asking import ask_line, sure
from ..widgets.words import tr
from ..work import case_places, tasks
from ..work.session import Session
from .officer import Officer

Then = Callable[[], None]


class CaseMenu:
    """Leads the menu. ``start(title, work, done)`` runs the dock's one task; ``show(opened, then)`` begins with a case folder that was opened."""

    def __init__(
        self, iface: Any, session: Session, head: CaseHead, start: Any, officer: Officer, open_case: Callable[[str], None], show: Callable[..., None],
    ) -> None:
        self.iface, self.session, self.head, self._start, self.officer, self._show = iface, session, head, start, officer, show
        self.keeping: Any = None
        self._offered: Path | None = None
        head.new_asked.connect(self.new)
        head.open_asked.connect(lambda: self._open(open_case))
        head.recent_asked.connect(lambda path: open_case(str(Path(path) / CASE)))
        head.copy_asked.connect(lambda: self.copy())
        head.restore_asked.connect(self._restore)
        head.take_asked.connect(self._take_over)
        head.show_recent(case_places.recent())
        self._offer()

    def _offer(self) -> None:
        """Offer to go on with what was open when QGIS ended without closing it, else with what waits on this computer to be put back."""
        place = case_places.at_work()
        waits = waiting(case_places.local_folder())
        if place is not None and is_case_folder(place) and _left_behind(place):
            self._offered = place
            self.head.offer(tr("QGIS ended unexpectedly. Go on with {case}").format(case=place.name))
        elif waits:
            self._offered = waits[0]
            self.head.offer(tr("Changes of {case} wait on this computer. Go on with it").format(case=waits[0].name))

    def _restore(self) -> None:
        if self._offered is not None:
            self.open_folder(self._offered, over=_left_behind(self._offered))

    def _take_over(self) -> None:
        """Take over the case that another has, with a reason; who has it is told once more."""
        opened = self.keeping.opened
        if opened is None or opened.holder is None or not self.officer.known():
            return
        question = " ".join((_said(opened.holder), tr("Why do you take it over? The log of the case keeps your reason.")))
        why = ask_line(self.iface.mainWindow(), tr("Take over this case"), question)
        if why:
            self.open_folder(opened.home.path, over=opened.holder, why=why)

    def _agrees(self, who: Holder) -> bool:
        """Ask whether a case is taken over from a program that no longer runs."""
        return sure(self.iface.mainWindow(), tr("Take over this case"), _said(who), tr("Take over"))

    def new(self) -> None:
        """Ask for a number and a title, and begin a case."""
        self._ask(tr("New case"), tr("Begin"), "", "", self.begin)

    def begin(self, place: Path, number: str, title: str, then: Then | None = None) -> None:
        """Begin a case in a folder of its own."""
        work = tasks.begin_work(place, number, title)
        self.keeping.settle(lambda: self._start(tr("Drieluik: new case"), work, lambda opened: self._show(opened, then)))

    def _open(self, open_case: Callable[[str], None]) -> None:
        path, _ = QFileDialog.getOpenFileName(self.iface.mainWindow(), tr("Open a case"), str(case_places.cases_folder()), tr("Case files (*.yaml *.yml)"))
        if path:
            open_case(path)

    def open_folder(self, place: Path, then: Then | None = None, over: Holder | None = None, why: str = "") -> None:
        """Open a case folder; what is open now is kept first. ``over``: who has it and is taken over, for which reason."""

        def open_as(agreed: Holder | None, reason: str) -> None:
            self._start(tr("Drieluik: opening the case"), tasks.open_work(place, agreed, reason), done)

        def done(opened: OpenCase) -> None:
            left = opened.holder
            if left is not None and left.dead and over is None and self._agrees(left):
                open_as(left, "")
            else:
                self._show(opened, then)

        def go() -> None:
            here = self.keeping.opened
            if here is not None and here.holder is None and here.home.path == place.resolve():
                self._show(here, then)  # it is open already, and everything of it is kept
            else:
                open_as(over, why)

        self.keeping.settle(go)

    def copy(self, then: Then | None = None) -> None:
        """Ask for a place, and go on there with a copy of everything; ``then()`` is called after that."""
        self._ask(tr("Save as"), tr("Save"), self.session.number, self.session.title, lambda place, number, title: self.copy_to(place, number, title, then))

    def copy_to(self, place: Path, number: str, title: str, then: Then | None = None) -> None:
        """Go on with a copy in another place; a case that had no number yet moves there."""
        opened, case = self.keeping.opened, self.session.case
        moves = opened is not None and not self.session.number and opened.holder is None
        work = tasks.copy_work(opened, case, place, number, title, moves)

        def done(made: tasks.Kept) -> None:
            self.session.number, self.session.title = number, title
            if made.case is not None:
                self.session.take_kept(made.case)
            self.keeping.take(made.opened)
            self.session.changed.emit()
            if then is not None:
                then()

        self._start(tr("Drieluik: saving as another case"), work, done)

    def _ask(self, title: str, yes: str, number: str, name: str, given: Callable[..., None]) -> None:
        dialog = CaseDialog(title, yes, self.iface.mainWindow(), case_places.cases_folder(), number, name)
        if dialog.exec():
            given(dialog.place, dialog.number.text().strip(), dialog.name.text().strip())
        dialog.deleteLater()


def _left_behind(place: Path) -> Holder | None:
    """Return who had a case when their program ended without closing it, None where it was closed or is at work; what cannot be seen is no offer."""
    try:
        who = holder_of(place)
    except OSError:
        return None
    return who if who is not None and who.dead else None


def _said(who: Holder) -> str:
    note = told_of_holder(who)
    return sentence(note.code, note.as_dict())
