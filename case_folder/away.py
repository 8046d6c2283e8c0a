"""A case whose folder is out of reach (a share that went): it goes on in a local copy, which is merged back when the folder is there again."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ..data_sources.case import case_from, case_to, with_files
from ..data_sources.services.case_cache import CaseCache
from ..model import Case, Note
from . import case_log, disk
from .case_log import Who
from .folder import RECORD, SURROUNDINGS, CaseFolder, reviews_in
from .inputs import copy_whole
from .merging import merged

LOG = logging.getLogger(__name__)
AWAY = "away.json"
"""In the local copy: which folder it is of, and the case as it was there when that went."""
SHOWN = 5
"""Places of conflicts, or files, that one sentence names; the log has them all."""


def reachable(folder: Path) -> bool:
    """Whether a case folder is there to be read."""
    try:
        return (folder / case_log.NAME).is_file()
    except OSError:  # what a share that went says on some systems
        return False


def copy_of(origin: Path, local: Path) -> Path:
    """Return where the local copy of a folder stands."""
    return local / hashlib.sha256(str(origin).encode("utf-8")).hexdigest()[:16]


def left(origin: Path, local: Path) -> bool:
    """Whether a local copy of a folder waits to be merged back."""
    return (copy_of(origin, local) / AWAY).is_file()


def waiting(local: Path) -> tuple[Path, ...]:
    """Return the folders whose local copy waits to be merged back; a copy that cannot be read is left out, and stays."""
    found = []
    for about in sorted(local.glob(f"[!.]*/{AWAY}")):
        try:
            found.append(Path(str(json.loads(about.read_text(encoding="utf-8"))["origin"])))
        except (OSError, ValueError, KeyError, TypeError) as reason:
            LOG.warning("local copy %s left out: %s", about, reason)
    return tuple(found)


def begin_away(kept: CaseFolder, local: Path, who: Who) -> CaseFolder:
    """Go on in a local copy of a case whose folder went; its files there are named where they were. One that waits already is gone on in."""
    place = copy_of(kept.path, local)
    if left(kept.path, local):
        return CaseFolder.open(place, who)
    disk.sweep(local)
    base = {"origin": str(kept.path), "number": kept.number, "title": kept.title, "case": case_to(kept.case) if kept.case is not None else None}
    about = json.dumps(base, ensure_ascii=False, indent=1).encode("utf-8")
    made = CaseFolder.begin(place, kept.number, kept.title, who, {AWAY: about})
    made.case = kept.case  # so that its log tells what changed since
    return made


def merge_back(kept: CaseFolder, local: Path, who: Who) -> tuple[Note, ...]:
    """Bring the local copy of a case back into its folder and take it away; return what the officer is to know of it.

    Where only one of both changed a value, that change holds. Where both did, what stands in the folder holds; both values are in the log, and the
    sentence names the places.
    """
    place = copy_of(kept.path, local)
    apart = CaseFolder.open(place, who)
    base = json.loads((place / AWAY).read_text(encoding="utf-8"))
    number, title = (theirs if mine == was else mine for was, mine, theirs in (
        (base["number"], apart.number, kept.number), (base["title"], apart.title, kept.title)))
    case, conflicts = _cases(base["case"], apart.case, kept)
    written = [vars(one) for one in conflicts]
    lines = [{key: line.get(key) for key in ("at", "who", "what", "why", "changes")} for line in case_log.lines(place)]
    kept.save(case, who, number, title)
    with disk.told(kept.path):
        there = {disk.sha256_of(one / RECORD) for one in kept.reviews()}
        for review in (one for one in reviews_in(place) if disk.sha256_of(one / RECORD) not in there):  # a merge that a crash ended is done again
            kept.add_review(partial(copy_whole, review), who)
        CaseCache(kept.path / SURROUNDINGS).take_all(CaseCache(place / SURROUNDINGS))
        case_log.append(kept.path, "merged", who, lines=lines, conflicts=written)
        gone = disk.beside_of(place)
        place.rename(gone)  # in one step: half of a copy would be merged again
        shutil.rmtree(gone)
    places = ", ".join(one.where for one in conflicts[:SHOWN])
    told = Note.of("keep_merged_conflicts", count=len(conflicts), places=places) if conflicts else Note.of("keep_merged")
    return (told,)


def _cases(base: Mapping[str, Any] | None, mine: Case | None, kept: CaseFolder) -> tuple[Case | None, tuple[Any, ...]]:
    """Return the case of both, its files named from the folder or from where they stand now."""
    if mine is None or kept.case is None:
        return mine or kept.case, ()
    inside = case_to(_named_from(mine, kept.path))
    whole, conflicts = merged(base, inside, case_to(kept.case))
    return case_from(whole, str(kept.path), str(kept.path), begun=True), conflicts


def _named_from(case: Case, folder: Path) -> Case:
    def named(name: str) -> str:
        whole = (Path(case.folder) / name).resolve()
        return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else whole.as_posix()

    return with_files(case, named)
