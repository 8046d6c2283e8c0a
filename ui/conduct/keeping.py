"""Keeping a case by itself: every change is in its folder a moment later, written in the background; undo and redo; nothing is let go unkept."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QMessageBox

from ...case_folder.folder import SURROUNDINGS
from ...case_folder.open_case import OpenCase, told_of_holder
from ...data_sources.services.cache import Entry
from ...data_sources.services.case_cache import CaseCache
from ...data_sources.services.endpoints import Endpoint
from ...errors import CancelledError, DrieluikError, OutputError
from ...model import Case, Note
from ...texts import sentence, spoken_moment
from ..steps.case_head import CaseHead
from ..widgets.words import tr
from ..work import case_places, tasks
from ..work.case_states import Undoing, adopted
from ..work.session import Session
from .teller import Teller

WAIT_MS = 800
"""After a change: several in a row (a slider, a list of roles) are one line in the log, and a crash costs less than a second."""
AGAIN_MS = 15_000
"""After a disk that refused: it is tried again without the officer's doing, and said once."""
Then = Callable[[], None]


class Keeping:
    """Keeps the case of the session. ``opened``: the case folder at work, None before there is anything to keep; ``ask_place(then)`` asks for
    another place for a case that its own folder refuses; ``merged(case)`` begins anew with a case that came back from elsewhere."""

    def __init__(self, iface: Any, session: Session, head: CaseHead, teller: Teller, ask_place: Callable[[Then], None], merged: Callable[[Case], None]) -> None:
        self.iface, self.session, self.head, self.teller, self._ask_place, self._merged = iface, session, head, teller, ask_place, merged
        self.opened: OpenCase | None = None
        self.undoing = Undoing(session)
        self.why = ""
        self._known: tuple[Case | None, str, str] = (None, "", "")
        self._work: tasks.Work | None = None
        self._made: list[OpenCase] = []
        self._then: list[tuple[Then, Then]] = []
        self._one, self._over = threading.Lock(), False
        self._taken: list[tuple[Endpoint, Entry]] = []
        self._beside: tasks.Work | None = None
        self._looking: tasks.Work | None = None
        self._timer = QTimer(head)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        session.changed.connect(self.changed)
        self.changed()

    @property
    def _now(self) -> tuple[Case | None, str, str]:
        return self.session.case, self.session.number, self.session.title

    @property
    def dirty(self) -> bool:
        """Whether something is not kept yet; a place alone, that nobody called a case, is nothing to keep."""
        case = self.session.case
        worth = self.opened is not None or (case is not None and bool(case.designs or case.answers))
        return worth and self._now != self._known

    @property
    def read_only(self) -> bool:
        """Whether another has the case."""
        return self.opened is not None and self.opened.holder is not None

    def sources(self, kept: bool = False) -> tasks.Sources:
        """Return where surroundings come from; ``kept``: from the case itself, where it keeps any."""
        at_home = self.opened is not None and not self.opened.away  # a local copy has no more than what came since
        place = self.opened.home.path / SURROUNDINGS if self.opened is not None and at_home else None
        there = kept and place is not None and not CaseCache(place).empty()
        return tasks.Sources(self._taken, place if there else None)

    def _keep_surroundings(self) -> None:
        """Keep with the case what of the services was used since."""
        if not self._taken or self.opened is None or self.read_only or self._beside is not None:
            return
        take = tasks.take_work(self.opened, self._taken)

        def work(progress: Any) -> tuple[Note, ...]:
            with self._one:  # a local copy that is being merged back takes nothing more
                return () if self._over else take(progress)

        def done(notes: tuple[Note, ...]) -> None:
            if self._beside is task:
                self._beside = None
                self.tell(notes)

        def failed(error: DrieluikError) -> None:
            if self._beside is task:
                self._beside = None
                self.teller.complain(error)

        task = self._beside = tasks.Work(tr("Drieluik: keeping the surroundings"), work, done, failed)
        QgsApplication.taskManager().addTask(task)

    def changed(self) -> None:
        """After each change of the session: let it be kept in a moment, and allow what can be undone."""
        self.undoing.look()
        self.head.show_undo(bool(self.undoing.before), bool(self.undoing.after))
        self.head.show_case(self.session.case is not None or self.opened is not None, self.session.number, self.session.title)
        if self.dirty and not self.read_only and not self._timer.isActive():
            self._timer.start(WAIT_MS)
        self._keep_surroundings()
        self.show()

    def back(self) -> None:
        """Undo the last change."""
        self.why = "undone"
        self.undoing.back()

    def forth(self) -> None:
        """Redo what was undone."""
        self.why = "redone"
        self.undoing.forth()

    def show(self) -> None:
        """Say whether everything is kept, and where."""
        place = str(self.opened.home.path) if self.opened is not None else ""
        if self.read_only:
            words = tr("read only")
        elif self.dirty:
            words = tr("being kept…")
        elif self.opened is None:
            words = ""
        else:
            time = spoken_moment(datetime.datetime.now(datetime.timezone.utc).isoformat()).rpartition(", ")[2]
            words = (tr("kept on this computer {time}") if self.opened.away else tr("kept {time}")).format(time=time)
        self.head.show_state(words, place)
        who = self.opened.holder if self.opened is not None else None
        note = told_of_holder(who) if who is not None else None
        self.head.show_holder(sentence(note.code, note.as_dict()) if note is not None else "")

    def take(self, opened: OpenCase | None) -> None:
        """Go on with another case folder, or with a case that has none yet; the former one is let go. The session has the case already."""
        self._let_go(opened)
        self._taken, self._beside = [], None
        self.opened, self._known = opened, self._now
        self.undoing = Undoing(self.session)
        self.undoing.look()
        self._at_work()
        self._look_at_files()
        self.changed()

    def _look_at_files(self) -> None:
        """Tell, a while after a case was opened, which of its files are no longer as they were received or written."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if self.opened is None:
            return

        def ended(tell: Callable[[], None]) -> None:
            if self._looking is task:
                self._looking = None
                tell()

        task = self._looking = tasks.Work(
            tr("Drieluik: looking at the files of the case"), tasks.altered_work(self.opened),
            lambda notes: ended(lambda: self.tell(notes)), lambda error: ended(lambda: self.teller.complain(error)),
        )
        QgsApplication.taskManager().addTask(task)

    def _at_work(self) -> None:
        if self.opened is not None:
            place = self.opened.home.path
            case_places.remember(place)
            case_places.set_at_work(None if self.read_only else place)
            self.tell(self.opened.notes)
            self.opened.notes = ()
        else:
            case_places.set_at_work(None)
        self.head.offer("")
        self.head.show_recent(case_places.recent())

    def tell(self, notes: tuple[Note, ...]) -> None:
        """Say what the officer is to know of the folder."""
        for note in notes:
            self.teller.warn(sentence(note.code, note.as_dict()))

    def keep(self, then: Then | None = None, otherwise: Then | None = None) -> None:
        """Keep what is not kept yet, in the background; ``then()`` when everything is, ``otherwise()`` when it cannot be."""
        if then is not None:
            self._then.append((then, otherwise or then))
        if self._work is not None:
            return  # it looks again when that is done
        if not self.dirty:
            self._end(True)
        elif self.opened is not None and self.opened.holder is not None:
            who = self.opened.holder
            self._refused(OutputError("keep_read_only", path=str(self.opened.home.path), who=who.who or "?", since=who.since))
        else:
            self._start()

    def _start(self) -> None:
        asked, self._made = self._now, []
        self._timer.stop()
        keep = tasks.keep_work(self.opened, *asked, self.why, self._made)
        self.why = ""

        def work(progress: Any) -> tasks.Kept:
            with self._one:
                if self._over:  # it waited in the queue while the dock went, which kept everything itself
                    raise CancelledError
                return keep(progress)

        def done(kept: tasks.Kept) -> None:
            if self._work is task:
                self._kept(asked, kept)

        def failed(error: DrieluikError) -> None:
            if self._work is task:
                self._work, self.opened = None, self.opened or (self._made[0] if self._made else None)
                self._refused(error)

        task = self._work = tasks.Work(tr("Drieluik: keeping the case"), work, done, failed)
        QgsApplication.taskManager().addTask(task)

    def _kept(self, asked: tuple[Case | None, str, str], kept: tasks.Kept) -> None:
        self._work = None
        fresh, self.opened = self.opened is None, kept.opened
        case, before, now = kept.case, asked[0], self.session.case
        self._known = (case, *asked[1:])
        self.tell(kept.notes)
        if case is not None and before is not None and now is not None:
            if case.answers == before.answers and len(case.designs) == len(before.designs):
                self.session.take_kept(adopted(now, before, case))
            else:  # another changed it too while its folder was away
                self._merged(case)
        if fresh:
            self._at_work()
        self.session.changed.emit()
        if self.dirty:
            self._start()
        else:
            self._end(True)

    def _refused(self, error: DrieluikError) -> None:
        self.teller.complain(error)
        self.show()
        self.head.show_state(tr("read only") if self.read_only else tr("not kept"), error.message())
        if not self.read_only:
            self._timer.start(AGAIN_MS)
        self._end(False)

    def _end(self, well: bool) -> None:
        waiting, self._then = self._then, []
        for then, otherwise in waiting:
            (then if well else otherwise)()

    def settle(self, then: Then) -> None:
        """Keep everything and go on; what cannot be kept the officer may keep elsewhere, let go, or stay with."""
        self.keep(then, lambda: self._ask(then))

    def _ask(self, then: Then) -> None:
        box = QMessageBox(self.iface.mainWindow())
        box.setWindowTitle(tr("Keep the case?"))
        box.setText(tr("The last changes of this case could not be kept. They are lost when another case is opened."))
        keep = box.addButton(tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        go = box.addButton(tr("Do not keep"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Stay with this case"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is keep:
            self._ask_place(then)
        elif box.clickedButton() is go:
            then()
        else:
            self.session.changed.emit()

    def _let_go(self, but: OpenCase | None = None) -> None:
        self._timer.stop()
        self._work = None
        if self.opened is not None and self.opened is not but:
            self.opened.close()
        self.opened = None

    def shut(self) -> None:
        """Keep what is left, waiting for it, and let go of the folder."""
        self._timer.stop()
        if self._looking is not None:
            looking, self._looking = self._looking, None
            looking.cancel()
        self.session.changed.disconnect(self.changed)
        with self._one:  # what is being written is waited for, and nothing begins after it
            self._over = True
        self.opened = self.opened or (self._made[0] if self._made else None)
        try:
            if self.dirty and not self.read_only:
                self.opened = tasks.keep_work(self.opened, *self._now, "", self._made)(lambda *_: None).opened
            if self._taken and self.opened is not None and not self.read_only:
                tasks.take_work(self.opened, self._taken)(None)
        except DrieluikError as error:
            self.teller.complain(error)
            self._keep_apart()
        self._let_go()
        case_places.set_at_work(None)

    def _keep_apart(self) -> None:
        """Keep on this computer what the folder of the case, or that of all cases, refuses while QGIS closes: there is no later."""
        if not self.dirty or self.read_only:
            return
        case, number, title = self._now
        try:
            if self.opened is not None:
                self.opened.keep_apart(case, case_places.who(), number, title)
                return
            place = case_places.free_place(case_places.usual_folder(), number, title)
            self.opened = tasks.begin_work(place, number, title)(None)
            self.opened.save(case, case_places.who(), number, title)
            case_places.remember(self.opened.home.path)
        except DrieluikError as error:
            self.teller.complain(error)
