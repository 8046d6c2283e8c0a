"""Files as they are named: which are files at all, and what a record keeps of them, their hash and their date. Standard library only: the child process
starts with it."""

from __future__ import annotations

import datetime
import hashlib
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

MB = 1_000_000
ALWAYS_MB, TIMES = 100, 100
"""What is packed may always become 100 MB, and above that 100 times its own size: maps in XML pack some thirty times, blanks a thousand."""


def refuse_odd(path: Path, fail: Callable[..., Exception], most_mb: int = 0) -> None:
    """Raise ``fail(code, path=...)`` for what is no file and no folder (a pipe and a device are never done), also inside a folder, and for a file of more
    than ``most_mb`` (0: any size). What is not there, or not to be looked at, passes: who reads it says so."""
    try:
        found = path.stat()
        inside = sorted(path.iterdir()) if stat.S_ISDIR(found.st_mode) else []
        odd = [one for one in (path, *inside) if not _ordinary(one)]
    except (OSError, ValueError):
        return
    if odd:
        raise fail("file_no_file", path=str(odd[0]))
    if most_mb and found.st_size > most_mb * MB:
        raise fail("file_too_large", path=str(path), megabytes=most_mb)


def _ordinary(path: Path) -> bool:
    return path.is_dir() or path.is_file() or not path.exists()


def room_of(packed: int, most: int) -> int:
    """Return the bytes that a file of so many packed bytes may become, at most ``most``."""
    return min(most, max(ALWAYS_MB * MB, TIMES * packed))


def digest(paths: Iterable[Path]) -> str:
    """Return the sha256 over the contents of files in order; '' of none."""
    sha = hashlib.sha256()
    for path in (paths := list(paths)):
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                sha.update(block)
    return sha.hexdigest() if paths else ""


def newest(paths: Iterable[Path]) -> str:
    """Return the ISO date of the youngest file; '' of none."""
    times = [path.stat().st_mtime for path in paths]
    return datetime.datetime.fromtimestamp(max(times), datetime.timezone.utc).date().isoformat() if times else ""
