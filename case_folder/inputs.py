"""Files as they were received: copied into ``inputs/`` of the case under their own names, with their sha256; never changed or replaced there.

Another file of the same name gets a folder of its own (``inputs/2/``), so that an earlier review keeps what it was made of.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..data_sources.case import with_files
from ..data_sources.design.readers.gltf_mesh import plain_name
from ..model import Case
from .disk import MAKING, beside_of, copied, flush_folder, sha256_of

INPUTS = "inputs"
LOCK = "lock.json"
"""Who has the case open; a copy is nobody's."""
COMPANIONS = {".shp", ".tab", ".mif", ".tif", ".tiff", ".vrt", ".obj", ".dae"}
"""Files that are read together with files beside them that have the same stem (projection, attributes, world file, materials)."""


@dataclass(frozen=True)
class Taken:
    """One file that was taken in: where it stands in the case, where it came from, and its sha256."""

    file: str
    origin: str
    sha256: str


def taken_in(case: Case, folder: Path, told: Collection[str]) -> tuple[Case, tuple[Taken, ...]]:
    """Return a case all whose files stand in its folder, and which of them the log has not ``told`` of yet; a file that is not there keeps its name.

    What is copied takes its place in one step, so that a crash leaves nothing half. Raises ``OSError``.
    """
    taken: list[Taken] = []
    known: dict[Path, str] = {}

    def named(name: str) -> str:
        source = (Path(case.folder) / name).resolve()
        if source.is_relative_to(folder):
            return source.relative_to(folder).as_posix()
        if not source.exists():
            return source.as_posix()
        if source not in known:
            known[source] = _take(source, folder, told, taken)
        return known[source]

    moved = with_files(case, named)
    return replace(moved, folder=str(folder)), tuple(taken)


def _take(source: Path, folder: Path, told: Collection[str], taken: list[Taken]) -> str:
    """Copy a file with what belongs to it, or a folder; return its name in the case."""
    wanted = {path.relative_to(source.parent): path for path in _belonging(source)}
    sums = {name: sha256_of(path) for name, path in wanted.items()}
    shelf = _shelf(folder / INPUTS, sums)
    for name, path in wanted.items():
        target = shelf / name
        if not target.exists():
            sums[name] = _copy(path, target)
        stands = target.relative_to(folder).as_posix()
        if stands not in told:
            taken.append(Taken(stands, str(path), sums[name]))
    return (shelf / source.name).relative_to(folder).as_posix()


def _copy(source: Path, target: Path) -> str:
    """Copy a file so that it stands there whole or not; return its sha256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = beside_of(target)
    try:
        summed = copied(source, beside)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(target.parent)
    return summed


def _shelf(inputs: Path, sums: Mapping[Path, str]) -> Path:
    """Return the first folder of inputs in which no other file has one of these names."""
    shelf, number = inputs, 1
    while any((shelf / name).exists() and not _same(shelf / name, summed) for name, summed in sums.items()):
        number += 1
        shelf = inputs / str(number)
    return shelf


def _same(path: Path, summed: str, between: Callable[[], None] = lambda: None) -> bool:
    return path.is_file() and sha256_of(path, between) == summed


def _belonging(source: Path) -> list[Path]:
    """Return the files that are read when a file (or a folder) is: those of the folder, those beside it of the same stem, the parts of a glTF."""
    if source.is_dir():
        return sorted(path for path in source.rglob("*") if path.is_file())
    found = [source]
    if source.suffix.lower() in COMPANIONS:
        found += [path for path in sorted(source.parent.glob(f"{_escaped(source.stem)}.*")) if path.is_file() and path != source]
    if source.suffix.lower() == ".gltf":
        found += [path for path in _parts_of(source) if path.is_file()]
    return found


def _escaped(stem: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in stem)


def _parts_of(source: Path) -> Iterable[Path]:
    """Return the files beside a glTF that it names; one that names a file elsewhere gets none of it: the readers refuse that as well."""
    try:
        whole: Any = json.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}
        named = [part.get("uri") or "" for key in ("buffers", "images") for part in whole.get(key) or ()]
    except (ValueError, AttributeError):
        return []
    paths = [(source.parent / plain_name(uri)).resolve() for uri in named if uri and ":" not in uri]
    return [path for path in paths if path.is_relative_to(source.parent)]


def told_of(lines: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the files that the lines of a log tell of, each with its sha256."""
    return {str(one["file"]): str(one["sha256"]) for line in lines for one in line.get("files") or ()}


def altered(folder: Path, sums: Mapping[str, str], between: Callable[[], None] = lambda: None) -> tuple[str, ...]:
    """Return the files that are gone or are no longer as the log says (``told_of``); ``between()`` is called often, and may raise to stop."""
    return tuple(name for name, summed in sums.items() if not _same(folder / name, summed, between))


def used(case: Case, file: str) -> bool:
    """Whether a case names a file of its folder, or one that is read together with it."""
    named: list[Path] = []

    def looked(name: str) -> str:
        named.append((Path(case.folder) / name).resolve())
        return name

    with_files(case, looked)
    path = (Path(case.folder) / file).resolve()
    return any(path == one or one in path.parents or _read_with(path, one) for one in named)


def _read_with(path: Path, one: Path) -> bool:
    """Whether a file, that may be gone, is read together with one that is named."""
    kind = one.suffix.lower()
    return (kind in COMPANIONS and path.parent == one.parent and path.stem == one.stem) or (kind == ".gltf" and path in _parts_of(one))


def copy_whole(source: Path, target: Path) -> None:
    """Copy everything of a case but what is being made and the lock of who has it open. Raises ``OSError``."""
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{MAKING}*", LOCK), copy_function=shutil.copyfile)
