"""The log of a case: what changed, when, who and why; one line each, added and never changed, each with the sha256 of the line before.

The line that tells of a change stands before the change does (``folder.py``): what a crash left between the two is known from the last line.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "log.jsonl"


@dataclass(frozen=True)
class Who:
    """Who makes a change: the officer's name and function as the options have them, '' where not given."""

    name: str = ""
    function: str = ""

    @property
    def words(self) -> str:
        """Name and function."""
        return ", ".join(word for word in (self.name, self.function) if word)


@dataclass(frozen=True)
class Break:
    """Where a log is not as it was written: the number of the line (1 is the first), and why (``changed``: this line or the one before it;
    ``unreadable``)."""

    line: int
    why: str


def append(folder: Path, what: str, who: Who, why: str = "", **more: Any) -> None:
    """Add a line to the log of a case; on failure the log is as it was. What a crash left of an unfinished line goes first. Raises ``OSError``."""
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        whole = file.readall()
        end = whole.rfind(b"\n") + 1
        last = _last(whole[:end])
        said = {"at": _now(), "who": who.words, "what": what, **({"why": why} if why else {}), **more}
        line = {"line": whole.count(b"\n") + 1, **said, "before": hashlib.sha256(last).hexdigest() if end else ""}
        file.truncate(end)
        file.seek(end)
        try:
            _write(file, json.dumps(line, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n")
            os.fsync(handle)
        except OSError:
            file.truncate(end)
            raise


def last_case(folder: Path) -> str:
    """Return the sha256 of the case file that the last line which tells of one says, '' for none. Raises ``OSError``."""
    return next((str(line["case"]) for line in reversed(lines(folder)) if line.get("case")), "")


def lines(folder: Path) -> list[Mapping[str, Any]]:
    """Return the whole lines of a log that can be read. Raises ``OSError``."""
    return [line for _, line in _read(folder) if line is not None]


def breaks(folder: Path) -> tuple[Break, ...]:
    """Return where the chain of a log is broken: each line that is no line, and each that does not follow the one before it."""
    found: list[Break] = []
    before = ""
    for number, (raw, line) in enumerate(_read(folder), 1):
        if line is None:
            found.append(Break(number, "unreadable"))
        elif line.get("before") != before or line.get("line") != number:
            found.append(Break(number, "changed"))
        before = hashlib.sha256(raw).hexdigest()
    return tuple(found)


def _read(folder: Path) -> list[tuple[bytes, Mapping[str, Any] | None]]:
    whole = (folder / NAME).read_bytes().split(b"\n")[:-1]  # after the last line end stands what was never finished
    return [(raw, _line(raw)) for raw in whole]


def _line(raw: bytes) -> Mapping[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _last(whole: bytes) -> bytes:
    """Return the last line of whole lines, without its end."""
    return whole[:-1].rpartition(b"\n")[2]


def _write(file: Any, data: bytes) -> None:
    left = memoryview(data)
    while left:  # a disk that becomes full takes a part first
        left = left[file.write(left) :]


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
