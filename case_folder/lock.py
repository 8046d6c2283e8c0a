"""Who has a case open: ``lock.json`` with a name, a machine and since when; the second to come is told by whom and does not write.

The file stays locked by the operating system as long as the process lives. A lock that it let go was left by a process that is dead; that is known of
this machine only: not every share carries such locks from one machine to another. No lock is taken over but from whom the officer agreed to.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import case_log
from .case_log import Who
from .inputs import LOCK

BEYOND = 1 << 30
"""Byte that Windows locks: one far behind the text, for what it locks nobody else can read."""


@dataclass(frozen=True)
class Holder:
    """Who has a case open, on which machine, since when (ISO, UTC); '' where the lock does not say. ``dead``: their program, on this machine, no
    longer runs; who they are is the same before and after that."""

    who: str = ""
    machine: str = ""
    since: str = ""
    dead: bool = field(default=False, compare=False)


class Lock:
    """A lock that is held; ``let_go`` ends it, and so does the end of the process. ``holder``: whom it names; ``former``: whose lock was taken
    over, None for nobody's."""

    def __init__(self, path: Path, handle: int, holder: Holder, former: Holder | None) -> None:
        self.path, self.holder, self.former = path, holder, former
        self._handle: int | None = handle

    def stands(self) -> bool:
        """Whether the lock is still ours: the file is there, and it is the one that was locked. Raises ``OSError`` where that cannot be seen."""
        return self._handle is not None and self.path.exists() and os.path.samestat(os.fstat(self._handle), self.path.stat())

    def let_go(self) -> None:
        """End the lock; one that another took over, or whose folder is gone, stays as it is."""
        if self._handle is None:
            return
        try:
            mine = self.stands()
        except OSError:
            mine = False
        if mine and os.name != "nt":
            self.path.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = None
        if mine and os.name == "nt":  # Windows removes no file that is open
            self.path.unlink(missing_ok=True)


def lock(folder: Path, who: Who, over: Holder | None = None, why: str = "") -> Lock | Holder:
    """Lock a case, or return who has it. It is taken over from nobody but ``over``: whom the officer was told of and agreed to, with the reason
    (``why``) in the log; who came in between is returned. Raises ``OSError``."""
    path = folder / LOCK
    former = holder_of(folder)
    if former is not None and former != over:
        return former
    if former is not None and not former.dead:
        path.unlink(missing_ok=True)  # who had it sees that the file is another one
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags if former is not None and former.dead else flags | os.O_EXCL, 0o666)
    except FileExistsError:  # another was a moment earlier
        return holder_of(folder) or Holder()
    if not _system_lock(handle):
        os.close(handle)
        return holder_of(folder) or Holder()
    mine = Holder(who.words, platform.node(), _now())
    text = json.dumps({"who": mine.who, "machine": mine.machine, "since": mine.since}, ensure_ascii=False).encode("utf-8")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text)
    os.fsync(handle)
    if former is not None:
        case_log.append(folder, "lock_taken_over", who, why, former=vars(former))
    return Lock(path, handle, mine, former)


def holder_of(folder: Path) -> Holder | None:
    """Return whom the lock of a case names, None where it has none. Raises ``OSError``."""
    path = folder / LOCK
    if not path.is_file():
        return None
    found = _named(path)
    return replace(found, dead=True) if found.machine in ("", platform.node()) and _let_go(path) else found


def _let_go(path: Path) -> bool:
    """Whether no process of this machine holds a lock any more."""
    handle = os.open(path, os.O_RDWR)
    try:
        return _system_lock(handle)
    finally:
        os.close(handle)


def _named(path: Path) -> Holder:
    """Return whom a lock names."""
    try:
        said: Any = json.loads(path.read_text(encoding="utf-8"))
        who, machine, since = (str(said.get(word) or "") for word in ("who", "machine", "since"))
        return Holder(who, machine, since)
    except (OSError, ValueError, AttributeError):
        return Holder()


def _system_lock(handle: int) -> bool:
    """Let the operating system lock an open file; whether nobody else has it."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
