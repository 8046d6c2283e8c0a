"""Who has a case open: ``lock.json`` with a name, a machine and since when; the second to come is told by whom and does not write.

The file stays locked by the operating system as long as the process lives. A lock that it let go was left by a process that is dead, and is taken over,
but only on the same machine: not every share carries such locks from one machine to another.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import case_log
from .case_log import Who
from .inputs import LOCK

BEYOND = 1 << 30
"""Byte that Windows locks: one far behind the text, for what it locks nobody else can read."""


@dataclass(frozen=True)
class Holder:
    """Who has a case open, on which machine, since when (ISO, UTC); '' where the lock does not say."""

    who: str = ""
    machine: str = ""
    since: str = ""


class Lock:
    """A lock that is held; ``let_go`` ends it, and so does the end of the process. ``former``: whose lock was taken over, None for nobody's."""

    def __init__(self, path: Path, handle: int, former: Holder | None) -> None:
        self.path, self.former = path, former
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


def lock(folder: Path, who: Who, take_over: bool = False) -> Lock | Holder:
    """Lock a case, or return who has it. A lock of a dead process on this machine is taken over, any other only when asked (``take_over``); each
    with a line in the log. Raises ``OSError``."""
    path = folder / LOCK
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o666)
        former = None
    except FileExistsError:
        former = holder(path)
        if take_over:
            path.unlink(missing_ok=True)
            taken = lock(folder, who)
            return _taken(taken, former, folder, who) if isinstance(taken, Lock) else taken
        if former.machine and former.machine != platform.node():
            return former
        handle = os.open(path, flags)
    if not _system_lock(handle):
        os.close(handle)
        return former or holder(path)
    text = json.dumps({"who": who.words, "machine": platform.node(), "since": _now()}, ensure_ascii=False).encode("utf-8")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text)
    os.fsync(handle)
    made = Lock(path, handle, None)
    return _taken(made, former, folder, who) if former is not None else made


def _taken(made: Lock, former: Holder, folder: Path, who: Who) -> Lock:
    made.former = former
    case_log.append(folder, "lock_taken_over", who, former=vars(former))
    return made


def left_behind(folder: Path) -> bool:
    """Whether a case has a lock of this machine that no living process holds: its program ended without closing it."""
    path = folder / LOCK
    if not path.is_file() or holder(path).machine != platform.node():
        return False
    handle = os.open(path, os.O_RDWR)
    try:
        return _system_lock(handle)
    finally:
        os.close(handle)


def holder(path: Path) -> Holder:
    """Return whom a lock names."""
    try:
        said: Any = json.loads(path.read_text(encoding="utf-8"))
        return Holder(*(str(said.get(word) or "") for word in ("who", "machine", "since")))
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
