"""A case that is open: in its folder and locked, read only while another has it, or in a local copy while its folder is out of reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import OutputError
from ..model import Case, Note
from .away import begin_away, copy_of, left, merge_back, reachable
from .case_log import Who
from .disk import told
from .folder import CaseFolder
from .lock import Holder, Lock, lock


class OpenCase:
    """One case at work. ``holder``: who has it, so that it is read only here; ``away``: whether it goes on in a local copy (in ``local``)."""

    def __init__(self, kept: CaseFolder, held: Lock | Holder | None, local: Path, notes: tuple[Note, ...]) -> None:
        self.home, self.local, self.notes = kept, local, notes
        self._lock = held if isinstance(held, Lock) else None
        self.holder = held if isinstance(held, Holder) else None
        self._apart: CaseFolder | None = None

    @classmethod
    def begin(cls, path: Path | str, number: str, title: str, who: Who, local: Path) -> OpenCase:
        """Begin a case in a folder of its own. Raises ``OutputError``."""
        kept = CaseFolder.begin(path, number, title, who)
        with told(kept.path):
            return cls(kept, lock(kept.path, who), local, ())

    @classmethod
    def open(cls, path: Path | str, who: Who, local: Path, take_over: bool = False) -> OpenCase:
        """Open a case: locked, or read only where another has it; what waited in a local copy is merged back; one whose folder is out of reach opens
        in the copy where that waits. Raises ``CaseError``, ``OutputError``."""
        path = Path(path).absolute()
        if not reachable(path) and left(path, local):
            made = cls(CaseFolder(path, "", "", None), None, local, ())
            made._apart = apart = CaseFolder.open(copy_of(path, local), who)
            made.home.number, made.home.title, made.home.case = apart.number, apart.title, apart.case
            made.notes = (Note.of("keep_away", path=str(path)),)
            return made
        path = path.resolve()
        held: Lock | Holder | None = None
        if reachable(path):  # else the opening below says what is wrong
            with told(path):
                held = lock(path, who, take_over)
        try:
            kept = CaseFolder.open(path, who, write=isinstance(held, Lock))
            back = merge_back(kept, local, who) if isinstance(held, Lock) and left(path, local) else ()
        except BaseException:
            if isinstance(held, Lock):
                held.let_go()
            raise
        return cls(kept, held, local, (*kept.notes, *_held(held), *back))

    @property
    def away(self) -> bool:
        """Whether the case goes on in a local copy."""
        return self._apart is not None

    @property
    def at(self) -> CaseFolder:
        """Where the case is kept now."""
        return self._apart or self.home

    def save(self, case: Case | None, who: Who, number: str | None = None, title: str | None = None, why: str = "") -> tuple[Case | None, tuple[Note, ...]]:
        """Keep the case; return it as it is kept, and what the officer is to know. Raises ``OutputError`` where it is kept nowhere."""
        notes = self._at_work(lambda kept: kept.save(case, who, number, title, why), who)
        return self.at.case, notes

    def add_review(self, write: Callable[[Path], Any], who: Who, why: str = "") -> tuple[Path, tuple[Note, ...]]:
        """Add a review; see ``CaseFolder.add_review``."""
        notes = self._at_work(lambda kept: kept.add_review(write, who, why), who)
        return self.at.reviews()[-1], notes

    def _at_work(self, do: Callable[[CaseFolder], Any], who: Who) -> tuple[Note, ...]:
        """Do something where the case is kept: in its folder, or in the local copy while that is out of reach."""
        if self.holder is not None:
            raise OutputError("keep_read_only", path=str(self.home.path), who=self.holder.who or "?", since=self.holder.since)
        if self._apart is not None:
            do(self._apart)
            return self._come_back(who) if reachable(self.home.path) else ()
        try:
            if self._lock is not None and not self._mine():
                raise OutputError("keep_lock_lost", path=str(self.home.path))
            do(self.home)
            return ()
        except OutputError:
            if reachable(self.home.path):
                raise
        self._apart = begin_away(self.home, self.local, who)
        do(self._apart)
        return (Note.of("keep_away", path=str(self.home.path)),)

    def _mine(self) -> bool:
        """Whether nobody took the lock over; a folder that is out of reach took nothing."""
        try:
            return self._lock is not None and (self._lock.stands() or not reachable(self.home.path))
        except OSError:
            return True

    def _come_back(self, who: Who) -> tuple[Note, ...]:
        """Merge the local copy back, unless another has the case by now: then work goes on here, and that is said."""
        with told(self.home.path):
            held: Lock | Holder | None = self._lock
            if self._lock is None or not self._lock.stands():
                self.close()
                held = lock(self.home.path, who)
        if isinstance(held, Holder):
            return (Note.of("keep_waits", who=held.who or "?", since=held.since),)
        self._lock = held or self._lock
        self.home = CaseFolder.open(self.home.path, who)
        notes = merge_back(self.home, self.local, who)
        self._apart = None
        return (*self.home.notes, *notes)

    def close(self) -> None:
        """Let go of the case."""
        if self._lock is not None:
            self._lock.let_go()
            self._lock = None


def _held(held: Lock | Holder | None) -> tuple[Note, ...]:
    if isinstance(held, Holder):
        return (Note.of("keep_held", who=held.who or "?", machine=held.machine or "?", since=held.since),)
    if isinstance(held, Lock) and held.former is not None:
        return (Note.of("keep_taken_over", who=held.former.who or "?", since=held.former.since),)
    return ()
