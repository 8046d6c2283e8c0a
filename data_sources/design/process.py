"""Starts the child process, watches its time, and turns its death into a sentence."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from ...errors import DesignError
from .bodies.raw import RawDesign
from .child import read_in_child

POLL_S = 0.1
START_S, PER_MB_S, LONGEST_S = 9, 60, 300
START_MB, PER_MB_MB, MOST_MB = 1500, 150, 6144
"""Address space, of which the libraries take some 1,000 MB before anything is read."""


OWN_CLOCK = hasattr(signal, "SIGXCPU")
BUSY_TIMES = 10
"""Where the child's own clock bounds it, it may take so many times that by the wall: a busy machine is no fault of the file."""


@dataclass(frozen=True)
class Limits:
    """Bounds of the child: its own processor time (s; wall time where the system has no such clock), address space (MB)."""

    seconds: int = 300
    memory_mb: int = 6144

    @staticmethod
    def for_files(paths: list[Path]) -> Limits:
        """Return limits that fit the size of the files: a small file that takes long is a trap or broken, not a large design."""
        megabytes = sum(path.stat().st_size for path in paths if path.exists()) / 1e6
        seconds = min(LONGEST_S, START_S * len(paths) + PER_MB_S * megabytes)
        return Limits(int(seconds), int(min(MOST_MB, START_MB + PER_MB_MB * megabytes)))


def interpreter() -> str:
    """Return the Python to start. Inside QGIS ``sys.executable`` is QGIS itself (Windows, macOS) or whatever stands first
    on PATH (Linux): then the one that belongs to this process's own libraries is taken."""
    own = Path(sys.executable or "none")
    prefix = Path(sys.exec_prefix)
    if own.name.lower().startswith("python") and own.parent.parent == prefix:
        return str(own)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (prefix / "python.exe", prefix / "bin" / f"python{version}", prefix / "bin" / "python3"):
        if candidate.exists():
            return str(candidate)
    return str(own)


def read_files(
    paths: list[Path], report: Callable[[float], None], limits: Limits | None = None, asked: list[tuple[str, str]] | None = None
) -> list[RawDesign]:
    """Return what each file holds, read in one child process; ``limits`` follow from the files when not given.

    ``asked``: per file the unit and up axis that overrule it ('' for neither), for mesh files.

    ``report(fraction)`` is called several times a second and may raise to cancel: the child is then killed. Raises
    ``DesignError``: what the child found wrong, its death, or its time being up.
    """
    limits = limits or Limits.for_files(paths)
    context = multiprocessing.get_context("spawn")
    context.set_executable(interpreter())
    folder = tempfile.mkdtemp(prefix="drieluik-")
    ours, theirs = context.Pipe(duplex=False)
    arguments = (theirs, [str(path) for path in paths], folder, limits.memory_mb, limits.seconds, asked)
    child = context.Process(target=read_in_child, args=arguments, daemon=True)
    try:
        with _quiet_main():
            child.start()
        theirs.close()
        _watch(child, ours, paths, report, limits)
        return [RawDesign.load(Path(folder) / str(number)) for number in range(len(paths))]
    finally:
        if child.is_alive():
            child.kill()
        if child.pid is not None:
            child.join()
        ours.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _quiet_main() -> Iterator[None]:
    """Keep spawn from running the caller's main module again in the child: it needs nothing of it."""
    main = sys.modules["__main__"]
    kept = {name: getattr(main, name, None) for name in ("__spec__", "__file__")}
    main.__spec__ = None
    if kept["__file__"] is not None:
        del main.__file__
    try:
        yield
    finally:
        main.__spec__ = kept["__spec__"]
        if kept["__file__"] is not None:
            main.__file__ = kept["__file__"]


def _watch(child: SpawnProcess, pipe: Connection, paths: list[Path], report: Callable[[float], None], limits: Limits) -> None:
    """Follow the child until it is done; raises ``DesignError`` when it fails, dies or takes too long."""
    names = ", ".join(path.name for path in paths)
    end = time.monotonic() + limits.seconds * (BUSY_TIMES if OWN_CLOCK else 1)
    fraction = 0.0
    while time.monotonic() < end:
        if pipe.poll(POLL_S):
            try:
                message = json.loads(pipe.recv_bytes(1 << 20))
            except EOFError:
                child.join(5)
                if OWN_CLOCK and child.exitcode == -signal.SIGXCPU:
                    break
                raise DesignError("design_reader_died", path=names, details=f"exit code {child.exitcode}") from None
            if message.get("done"):
                return
            if "error" in message:
                raise DesignError(message["error"], details=message.get("details", ""), **message.get("data", {}))
            fraction = float(message.get("progress", fraction))
        report(fraction)
    raise DesignError("design_too_slow", path=names, seconds=limits.seconds)
