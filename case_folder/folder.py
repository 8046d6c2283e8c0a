"""A case folder: begun, opened, saved, copied, and given its reviews; at any moment, also after a crash, it is one whole state.

    case.yaml       the case, readable           inputs/       files as they were received
    log.jsonl       what changed, when, who      reviews/<n>/  each review as it was written, whole
    project.qgz     opens QGIS with the case     surroundings/ what was loaded, with its dates

A change is written beside ``case.yaml``, then its line in the log (with the sha256 of the new text), then it takes its place: what a crash left
between these is finished or dropped at the next opening, as the last line says.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from ..data_sources.case import case_text, case_to, read_begun
from ..errors import CaseError, OutputError
from ..model import Case, Note
from . import case_log, disk
from .case_log import Who
from .changes import changes, reason_of
from .inputs import INPUTS, altered, copy_whole, taken_in, told_of
from .project_file import PROJECT, project_file

CASE = "case.yaml"
REVIEWS = "reviews"
SURROUNDINGS = "surroundings"
RECORD = "review.json"


def is_case_folder(path: Path) -> bool:
    """Whether a folder is a case that is kept here: its case file with a log beside it."""
    return (path / CASE).is_file() and (path / case_log.NAME).is_file()


class CaseFolder:
    """One case in its folder. ``number``, ``title`` and ``case`` (None while there is no place) are as the disk has them; ``notes``: what was
    mended when it was opened. Its methods may be called from any thread; each raises ``OutputError`` when the disk refuses, and then the old
    state stands."""

    def __init__(self, path: Path, number: str, title: str, case: Case | None, notes: tuple[Note, ...] = ()) -> None:
        self.path, self.number, self.title, self.case, self.notes = path, number, title, case, notes
        self._one = threading.RLock()

    @classmethod
    def begin(cls, path: Path | str, number: str, title: str, who: Who, more: Mapping[str, bytes] | None = None) -> CaseFolder:
        """Begin a case in a folder that is not there yet, or is empty; ``more``: files that stand in it from the beginning. Raises ``OutputError``."""
        path = _free(Path(path))
        text = _text(number, title, None, path)

        def fill(stage: Path) -> None:
            case_log.append(stage, "begun", who, case=_sha256(text))
            for name, data in {CASE: text, PROJECT: project_file(), **(more or {})}.items():
                disk.write_flushed(stage / name, data)

        with disk.told(path):
            _clear(path)
            disk.folder_in_one_step(path, fill)
        return cls(path, number, title, None)

    @classmethod
    def open(cls, path: Path | str, who: Who, write: bool = True) -> CaseFolder:
        """Open a case folder; what a crash left is mended first, unless it may not be written (``write``). Raises ``CaseError``, ``OutputError``."""
        path = Path(path).resolve()
        if not (path / case_log.NAME).is_file():
            raise CaseError("keep_no_case", path=str(path))
        with disk.told(path):
            notes = (*(_mended(path, who) if write else ()), *broken(path))
        number, title, case = read_begun(path / CASE)
        return cls(path, number, title, case, notes)

    def save(self, case: Case | None, who: Who, number: str | None = None, title: str | None = None, why: str = "") -> Case | None:
        """Keep a case as it is now, its files copied into the folder; return it as it is kept."""
        with self._one, disk.told(self.path):
            told = told_of(case_log.lines(self.path))
            kept, taken = taken_in(case, self.path, told) if case is not None else (None, ())
            number, title = self.number if number is None else number, self.title if title is None else title
            kept = replace(kept, id=number, title=title) if kept is not None else None
            if (kept, number, title) == (self.case, self.number, self.title):
                return kept
            text = _text(number, title, kept, self.path)
            found = changes(_words(self.number, self.title, self.case), _words(number, title, kept))
            more: dict[str, Any] = {"files": [vars(one) for one in taken]} if taken else {}
            beside = self.path / f"{disk.MAKING}{CASE}"
            try:
                disk.write_flushed(beside, text)
                case_log.append(self.path, "changed", who, why or reason_of(found), changes=found, case=_sha256(text), **more)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
            os.replace(beside, self.path / CASE)
            disk.flush_folder(self.path)
            self.case, self.number, self.title = kept, number, title
            return kept

    def copy_to(self, path: Path | str, who: Who, number: str, title: str) -> CaseFolder:
        """Copy everything into another folder, as another case; this one stays as it is."""
        path = _free(Path(path))

        def fill(stage: Path) -> None:
            copy_whole(self.path, stage)
            case_log.append(stage, "copied", who, origin=str(self.path))

        with self._one, disk.told(path):
            _clear(path)
            disk.folder_in_one_step(path, fill)
        made = CaseFolder.open(path, who)
        made.save(made.case, who, number, title)
        return made

    def add_review(self, write: Callable[[Path], Any], who: Who, why: str = "") -> Path:
        """Let ``write(folder)`` write a review, and give it the next number: it is there whole or not at all."""
        with self._one, disk.told(self.path):
            numbers = [int(path.name) for path in self.reviews()]
            place = self.path / REVIEWS / str(max(numbers, default=0) + 1)
            disk.folder_in_one_step(place, lambda stage: _filled(write, stage))
            _tell_review(self.path, place, who, why)
            return place

    def altered(self, between: Callable[[], None] = lambda: None) -> tuple[str, ...]:
        """Return the inputs and files of reviews that are gone or are not as the log says; each is read whole, so this takes a while: ``between()``
        is called often, and may raise to stop."""
        with disk.told(self.path, "keep_not_readable"):
            return altered(self.path, told_of(case_log.lines(self.path)), between)

    def reviews(self) -> tuple[Path, ...]:
        """Return the folders of the reviews, the first first."""
        return reviews_in(self.path)


def reviews_in(path: Path) -> tuple[Path, ...]:
    """Return the folders of the reviews of a case, the first first."""
    there = path / REVIEWS
    numbered = [one for one in there.iterdir() if one.name.isdecimal() and (one / RECORD).is_file()] if there.is_dir() else []
    return tuple(sorted(numbered, key=lambda one: int(one.name)))


def broken(path: Path) -> tuple[Note, ...]:
    """Return where the log of a case is not as it was written."""
    return tuple(Note.of("keep_log_broken", line=one.line, why=one.why) for one in case_log.breaks(path)[:1])


def _filled(write: Callable[[Path], Any], stage: Path) -> None:
    write(stage)
    if not (stage / RECORD).is_file():  # a review without its record is none
        raise OutputError("output_failed", path=str(stage))


def _tell_review(path: Path, place: Path, who: Who, why: str = "") -> None:
    files = [{"file": one.relative_to(path).as_posix(), "sha256": disk.sha256_of(one)} for one in sorted(place.rglob("*")) if one.is_file()]
    case_log.append(path, "reviewed", who, why, review=int(place.name), files=files)


def _mended(path: Path, who: Who) -> tuple[Note, ...]:
    """Finish or drop what a crash left, and say what was changed by another hand."""
    said = case_log.last_case(path)
    beside, there = path / f"{disk.MAKING}{CASE}", path / CASE
    notes: tuple[Note, ...] = ()
    if said and beside.is_file() and disk.sha256_of(beside) == said and not (there.is_file() and disk.sha256_of(there) == said):
        os.replace(beside, there)
        disk.flush_folder(path)
        notes = (Note.of("keep_mended"),)
    for folder in (path, path / REVIEWS, path / INPUTS, *(path / INPUTS).glob("*/")):
        if folder.is_dir():
            disk.sweep(folder)
    told = {line.get("review") for line in case_log.lines(path)}
    for place in reviews_in(path):
        if int(place.name) not in told:  # the crash came between the review and its line
            _tell_review(path, place, who)
    now = disk.sha256_of(there) if there.is_file() else ""
    if now and now != said:
        case_log.append(path, "changed_elsewhere", who, case=now)
        notes = (*notes, Note.of("keep_changed_elsewhere"))
    return notes


def _text(number: str, title: str, case: Case | None, path: Path) -> bytes:
    head = {"case": {"id": number, "title": title}}
    text = case_text(case, path) if case is not None else yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    return text.encode("utf-8")


def _words(number: str, title: str, case: Case | None) -> dict[str, Any]:
    return case_to(case) if case is not None else {"case": {"id": number, "title": title}}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _free(path: Path) -> Path:
    """Return a folder that nothing stands in. Raises ``OutputError`` for one that is taken."""
    path = path.resolve()
    if any(is_case_folder(above) for above in path.parents):  # a case in a case would be copied, swept and sent along with it
        raise OutputError("keep_inside_case", path=str(path))
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise OutputError("keep_folder_taken", path=str(path))
    return path


def _clear(path: Path) -> None:
    """Make room for a folder that comes in one step: an empty one of that name goes first (Windows renames onto nothing else)."""
    if path.is_dir():
        path.rmdir()
