"""Answers of services kept on disk: by service and address, box and moment.

An entry is a folder with the files that a reader reads (FlatGeobuf, GeoTIFF, CityJSONSeq, GeoJSON) and ``entry.json``. It is made
beside its place and renamed into it, so a half-made entry is never seen. An entry of a larger box serves a smaller one.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import SourceError
from ...model import Note
from ..formats.files import digest
from .endpoints import Endpoint
from .responses import Box

LOG = logging.getLogger(__name__)
ENTRY = "entry.json"
VARIABLE = "DRIELUIK_CACHE"
CLOCKS = datetime.timedelta(hours=1)
"""Clocks of computers that share a folder may differ so much; an answer from further ahead would stay the youngest for ever."""
SAME_M = 0.01
"""Corners that differ less are the same box."""

Fill = Callable[[Path], tuple[list[Path], tuple[Note, ...]]]


@dataclass(frozen=True)
class Entry:
    """One kept answer: its files (none: the service said that nothing is there) with their sha256 ('' in entries of before
    it was kept), remarks, and when it came (UTC)."""

    folder: Path
    box: Box
    retrieved: datetime.datetime
    paths: tuple[Path, ...]
    notes: tuple[Note, ...] = ()
    sha256: str = ""

    @property
    def date(self) -> str:
        """The ISO date of the answer, local time."""
        return self.retrieved.astimezone().date().isoformat()

    def age_days(self) -> float:
        """Return how long ago the answer came."""
        return (datetime.datetime.now(datetime.timezone.utc) - self.retrieved).total_seconds() / 86_400

    def serves(self, box: Box, exact: bool) -> bool:
        """Whether the entry holds the box (``exact``: is of that very box)."""
        if exact:
            return all(abs(a - b) <= SAME_M for a, b in zip(self.box, box))
        west, south, east, north = self.box
        return west <= box[0] + SAME_M and south <= box[1] + SAME_M and east >= box[2] - SAME_M and north >= box[3] - SAME_M


def default_folder() -> Path:
    """Return where answers are kept when nothing else is said: DRIELUIK_CACHE, else the user's cache folder."""
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE])
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(base) / "drieluik"


@dataclass(frozen=True)
class Cache:
    """A folder of entries; several loadings may use it at once."""

    root: Path

    def find(self, endpoint: Endpoint, box: Box, exact: bool = False) -> Entry | None:
        """Return the youngest entry of this service and address that serves the box, or None."""
        fitting = [entry for entry in entries_of(self._shelf(endpoint)) if entry.serves(box, exact)]
        return next((entry for entry in sorted(fitting, key=lambda entry: entry.retrieved, reverse=True) if _as_it_came(entry)), None)

    def store(self, endpoint: Endpoint, box: Box, fill: Fill) -> Entry:
        """Let ``fill(folder)`` write the files of an answer, keep them, and return the entry; nothing stays when it fails.

        Raises what ``fill`` raises, and ``SourceError`` when the disk is full or the folder cannot be written.
        """
        shelf = self._shelf(endpoint)
        try:
            shelf.mkdir(parents=True, exist_ok=True)
            stage = Path(tempfile.mkdtemp(prefix=".making-", dir=shelf))
        except OSError as reason:
            raise SourceError("cache_not_writable", path=str(self.root), details=str(reason)) from reason
        try:
            paths, notes = fill(stage)
            moment = datetime.datetime.now(datetime.timezone.utc)
            about: dict[str, Any] = {
                "service": endpoint.key, "url": endpoint.url, "box": list(box), "retrieved": moment.isoformat(),
                "files": [path.name for path in paths], "sha256": digest(paths), "notes": [[note.code, note.as_dict()] for note in notes],
            }
            (stage / ENTRY).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
            place = shelf / "_".join([*(f"{value:.0f}" for value in box), moment.strftime("%Y%m%dT%H%M%S%f")])
            stage.rename(place)
        except OSError as reason:
            full = reason.errno == errno.ENOSPC
            raise SourceError("cache_disk_full" if full else "cache_not_writable", path=str(self.root), details=str(reason)) from reason
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        tidy(shelf, box, place)
        return Entry(place, box, moment, tuple(place / path.name for path in paths), notes, about["sha256"])

    def _shelf(self, endpoint: Endpoint) -> Path:
        return self.root / f"{endpoint.key}-{hashlib.sha256(endpoint.url.encode()).hexdigest()[:8]}"


def entries_of(shelf: Path) -> list[Entry]:
    """Return the whole entries of one service and address."""
    found = [_entry(path.parent) for path in sorted(shelf.glob(f"[!.]*/{ENTRY}"))]
    return [entry for entry in found if entry is not None]


def tidy(shelf: Path, box: Box, keep: Path) -> None:
    """Remove older entries of the very same box."""
    for entry in entries_of(shelf):
        if entry.folder != keep and entry.serves(box, exact=True):
            shutil.rmtree(entry.folder, ignore_errors=True)


def _entry(folder: Path) -> Entry | None:
    """Return the entry in a folder, None (with a line in the log) when it is damaged."""
    try:
        about: dict[str, Any] = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
        west, south, east, north = (float(value) for value in about["box"])
        paths = tuple(folder / Path(name).name for name in about["files"])
        notes = tuple(Note.of(code, **data) for code, data in about["notes"])
        retrieved = datetime.datetime.fromisoformat(about["retrieved"])
        if retrieved > datetime.datetime.now(datetime.timezone.utc) + CLOCKS:
            raise ValueError(f"it came in the future: {retrieved}")
        sha256 = str(about.get("sha256") or "")
    except (OSError, ValueError, KeyError, TypeError) as reason:
        LOG.warning("cache entry %s left out: %s", folder, reason)
        return None
    if not all(path.is_file() for path in paths):
        LOG.warning("cache entry %s left out: a file is missing", folder)
        return None
    return Entry(folder, (west, south, east, north), retrieved, paths, notes, sha256)


def _as_it_came(entry: Entry) -> bool:
    """Whether the files of an entry are those that came; one that was changed since is left out (with a line in the log), and asked for again."""
    try:
        same = not entry.sha256 or digest(entry.paths) == entry.sha256
    except OSError as reason:
        LOG.warning("cache entry %s left out: %s", entry.folder, reason)
        return False
    if not same:
        LOG.warning("cache entry %s left out: its files were changed", entry.folder)
    return same
