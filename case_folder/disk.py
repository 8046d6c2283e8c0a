"""Writing so that a reader, now or after a crash, sees the old or the new and never a half: beside, flushed, and renamed in one step."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import OutputError

PIECE = 1024 * 1024
"""Bytes that are copied at a time: large files (point clouds) never stand in memory whole."""
FULL = (errno.ENOSPC, errno.EDQUOT)
"""A full disk, or the officer's share of it."""
MAKING = ".making-"
"""Begins the name of what is being made; what a crash left of it is nobody's and is taken away at the next opening."""


@contextlib.contextmanager
def told(place: Path, refused: str = "keep_not_writable") -> Iterator[None]:
    """Turn what the file system refuses into one sentence (``refused``) that says where; the old state stands. Raises ``OutputError``."""
    try:
        yield
    except OSError as reason:
        code = "keep_disk_full" if reason.errno in FULL else refused
        raise OutputError(code, path=str(place), details=str(reason)) from reason


def put(path: Path, data: bytes) -> None:
    """Write a file in one step."""
    beside = beside_of(path)
    try:
        write_flushed(beside, data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(path.parent)


def beside_of(path: Path) -> Path:
    """Return where a file is made before it takes its place."""
    return path.with_name(f"{MAKING}{path.name}")


def write_flushed(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows has no call for that and keeps them itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as reason:
        if reason.errno not in (errno.EINVAL, errno.ENOTSUP):  # some shares have no such call either
            raise
    finally:
        os.close(handle)


def copied(source: Path, target: Path) -> str:
    """Copy a file and wait until the disk has it; return the sha256 of what was copied."""
    summed = hashlib.sha256()
    with source.open("rb") as given, target.open("wb") as made:
        while piece := given.read(PIECE):
            summed.update(piece)
            made.write(piece)
        made.flush()
        os.fsync(made.fileno())
    return summed.hexdigest()


def sha256_of(path: Path, between: Callable[[], None] = lambda: None) -> str:
    """Return the sha256 of a file, read in pieces; ``between()`` is called before each, and may raise to stop."""
    summed = hashlib.sha256()
    with path.open("rb") as given:
        while piece := given.read(PIECE):
            between()
            summed.update(piece)
    return summed.hexdigest()


def folder_in_one_step(target: Path, fill: Callable[[Path], None]) -> None:
    """Let ``fill(stage)`` write into a hidden folder beside ``target``, and give it its name when everything is on the disk.

    Whatever fails, and wherever the process ends: ``target`` is there whole or not at all.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=MAKING, dir=target.parent))
    try:
        stage.chmod(target.parent.stat().st_mode & 0o777)  # a folder made for oneself alone would shut out colleagues on a share
        fill(stage)
        flush_all(stage)
        os.rename(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    flush_folder(target.parent)


def flush_all(folder: Path) -> None:
    """Wait until the disk has every file and folder below a folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            flush_folder(path)
        elif path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    flush_folder(folder)


def sweep(folder: Path) -> None:
    """Take away what a crash left half-made in a folder."""
    for path in folder.glob(f"{MAKING}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
