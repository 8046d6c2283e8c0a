"""A case that is open: in its folder and locked, read only while another has it, or in a local copy while its folder is out of reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..data_sources.services.cache import Entry
from ..data_sources.services.case_cache import CaseCache
from ..data_sources.services.endpoints import Endpoint
from ..errors import OutputError
from ..model import Case, Note
from .away import SHOWN, begin_away, copy_of, left, merge_back, reachable
from .case_log import Who
from .disk import told
from .folder import SURROUNDINGS, CaseFolder
from .inputs import used
from .lock import Holder, Lock, holder_of, lock


class OpenCase:
    """One case at work. ``holder``: who has it, so that it is read only here; ``away``: whether it goes on in a local copy (in ``local``)."""

    def __init__(self, kept: CaseFolder, held: Lock | Holder | None, local: Path, notes: tuple[Note, ...]) -> None:
        self.home, self.local, self.notes = kept, local, notes
        self._lock = held if isinstance(held, Lock) else None
        self.holder = held if isinstance(held, Holder) else None
        self._apart: CaseFolder | None = None
        self._waits: Holder | None = None

    @classmethod
    def begin(cls, path: Path | str, number: str, title: str, who: Who, local: Path) -> OpenCase:
        """Begin a case in a folder of its own. Raises ``OutputError``."""
        kept = CaseFolder.begin(path, number, title, who)
        with told(kept.path):
            return cls(kept, lock(kept.path, who), local, ())

    @classmethod
    def open(cls, path: Path | str, who: Who, local: Path, over: Holder | None = None, why: str = "") -> OpenCase:
        """Open a case: locked, or read only where another has it that is not taken over (``over``, ``why``: see ``lock``); what waited in a local copy
        is merged back; one whose folder is out of reach opens in the copy where that waits. Raises ``CaseError``, ``OutputError``."""
        path = Path(path).absolute()
        if not reachable(path) and left(path, local):
            made = cls(CaseFolder(path, "", "", None), None, local, ())
            made._apart = apart = CaseFolder.open(copy_of(path, local), who)
            made.home.number, made.home.title, made.home.case = apart.number, apart.title, apart.case
            made.notes = (Note.of("keep_away", path=str(path)),)
            return made
        path = path.resolve()
        held: Lock | Holder | None = None
        waits = False
        if reachable(path):  # else the opening below says what is wrong
            with told(path):
                waits = left(path, local)
                held = lock(path, who, over or (_own(path, who) if waits else None), why)
        try:
            kept = CaseFolder.open(path, who, write=isinstance(held, Lock))
            back = merge_back(kept, local, who) if isinstance(held, Lock) and waits else (_waits(held),) if isinstance(held, Holder) and waits else ()
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

    def keep_apart(self, case: Case | None, who: Who, number: str, title: str) -> None:
        """Keep the case in the local copy though its folder is there: for when that refuses it and QGIS closes. It comes back at the next opening.
        Raises ``OutputError``."""
        self._apart = self._apart or begin_away(self.home, self.local, who)
        self._apart.save(case, who, number, title)

    def add_review(self, write: Callable[[Path], Any], who: Who, why: str = "") -> tuple[Path, tuple[Note, ...]]:
        """Add a review; see ``CaseFolder.add_review``."""
        notes = self._at_work(lambda kept: kept.add_review(write, who, why), who)
        return self.at.reviews()[-1], notes

    def altered(self, between: Callable[[], None] = lambda: None) -> tuple[Note, ...]:
        """Return what the officer is to know of files that are gone or are no longer as the log of the case says; see ``CaseFolder.altered``."""
        found = self.at.altered(between)
        if not reachable(self.at.path):  # a folder that went meanwhile says nothing of its files
            raise OutputError("keep_not_readable", path=str(self.at.path))
        case = self.at.case
        now = [one for one in found if case is not None and used(case, one)]
        told = (("keep_inputs_altered", now), ("keep_reviews_altered", [one for one in found if one not in now]))
        return tuple(Note.of(code, count=len(files), files=_few(files)) for code, files in told if files)

    def take_surroundings(self, taken: list[tuple[Endpoint, Entry]], who: Who) -> tuple[Note, ...]:
        """Keep answers of services with the case: in its folder, or in the local copy, which is merged back with them; what was kept leaves the list,
        to which a load that is under way adds. Raises ``OutputError``, ``SourceError``."""
        notes: tuple[Note, ...] = ()
        if self._apart is None and not self.held:
            notes = () if reachable(self.home.path) else (Note.of("keep_away", path=str(self.home.path)),)
            self._apart = begin_away(self.home, self.local, who)
        while taken:
            CaseCache(self.at.path / SURROUNDINGS).take(*taken[0])
            del taken[0]
        return notes

    def _at_work(self, do: Callable[[CaseFolder], Any], who: Who) -> tuple[Note, ...]:
        """Do something where the case is kept: in its folder, or in the local copy while that is out of reach."""
        if self.holder is not None:
            raise OutputError("keep_read_only", path=str(self.home.path), who=self.holder.who or "?", since=self.holder.since)
        if self._apart is not None:
            do(self._apart)
            return self._come_back(who) if reachable(self.home.path) else ()
        lost = self._lock is not None and not self.held and reachable(self.home.path)
        try:
            if not lost:
                do(self.home)
                return ()
        except OutputError:
            if reachable(self.home.path):
                raise
        self._apart = begin_away(self.home, self.local, who)
        do(self._apart)
        return self._come_back(who) if lost else (Note.of("keep_away", path=str(self.home.path)),)

    @property
    def held(self) -> bool:
        """Whether it is kept in its folder, which is there, and the lock in it is ours: nobody took it over."""
        return self._apart is None and self._stands()

    def _stands(self) -> bool:
        try:
            return self._lock is not None and self._lock.stands()
        except OSError:
            return False

    def _come_back(self, who: Who) -> tuple[Note, ...]:
        """Merge the local copy back, unless another has the case by now: then work goes on here, and that is said."""
        with told(self.home.path):
            held: Lock | Holder | None = self._lock if self._stands() else None
            if held is None:
                own = _own(self.home.path, who, self._lock)
                self.close()
                held = lock(self.home.path, who, own)
        if isinstance(held, Holder):
            said, self._waits = self._waits, held
            return (_waits(held),) if said != held else ()  # once, not with every change
        self._lock = held
        self.home = CaseFolder.open(self.home.path, who)
        notes = merge_back(self.home, self.local, who)
        self._apart = self._waits = None
        return (*self.home.notes, *notes)

    def close(self) -> None:
        """Let go of the case."""
        if self._lock is not None:
            self._lock.let_go()
            self._lock = None


def _few(files: list[str]) -> str:
    return ", ".join(files[:SHOWN]) + ("…" if len(files) > SHOWN else "")


def _own(folder: Path, who: Who, had: Lock | None = None) -> Holder | None:
    """Return our own lock, where a share that went let go of it (``had``), or where QGIS ended while work went on in the local copy."""
    there = holder_of(folder)
    ours = there is not None and ((had is not None and there == had.holder) or (there.dead and there.who == who.words))
    return there if ours else None


def _waits(held: Holder) -> Note:
    return Note.of("keep_waits", who=held.who or "?", machine=held.machine or "?", since=held.since)


def told_of_holder(held: Holder) -> Note:
    """Return the sentence on who has a case: who, where, since when, and whether that program still runs."""
    return Note.of("keep_held_dead" if held.dead else "keep_held", who=held.who or "?", machine=held.machine or "?", since=held.since)


def _held(held: Lock | Holder | None) -> tuple[Note, ...]:
    if isinstance(held, Holder):
        return (told_of_holder(held),)
    if isinstance(held, Lock) and held.former is not None:
        was = held.former
        return (Note.of("keep_taken_over" if was.dead else "keep_taken_from", who=was.who or "?", machine=was.machine or "?", since=was.since),)
    return ()
