"""The door to the juridical files: what kind of plan a file is shows from its content, never from its name.

IMRO GML, plan objects as GeoJSON, GeoPackage or ATOM GML (.gz), IMOW with STOP, and what the plan services gave; one file, a list, a
folder or a zip.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Plan, PlanArea
from ..formats.files import room_of
from ..formats.safe_xml import GZIP, parse_bytes, read_bytes
from .dso import read_dso
from .effects import AT
from .feature_gml import is_feature_gml, read_feature_gml
from .ihr import read_ihr
from .imow import is_imow, read_imow
from .imro import is_imro, read_imro
from .markings import is_marking, read_marking
from .placed import LISTED, Parsed, is_draft, merged
from .plan_features import read_feature_file

Read = tuple[tuple[PlanArea, ...], tuple[Plan, ...], tuple[Note, ...]]

ALWAYS = ("plans_values_without_place", "plans_value_in_text")
UNPACKED_MAX = 1_000_000_000
FILES_MAX = 5_000
HTML = (b"<html", b"<!doctype html")
"""How the rules of a plan begin, which lie beside it: passed over in a folder or zip."""
XML = (b"<", GZIP, b"\xff\xfe", b"\xfe\xff")


def read_plan(path: Path, box: BaseGeometry | None = None) -> Read:
    """Return (areas, plans, remarks) of one source: the plan objects that touch the box (RD; None = all), and their plans.

    Raises ``SourceError``: missing, unreadable, cut off, no plan in a known form, not in RD.
    """
    return read_plans([path], box)


def read_plans(paths: Sequence[Path], box: BaseGeometry | None = None) -> Read:
    """Return (areas, plans, remarks) of sources that belong together, such as the files of one omgevingsplan; see ``read_plan``."""
    with tempfile.TemporaryDirectory(prefix="drieluik-plans-") as folder:
        files = [file for path in paths for file in _files(Path(path), Path(folder))]
        if not files and paths:
            raise SourceError("plans_not_recognised", path=", ".join(Path(path).name for path in paths))
        found = list(_read(files, box))
    return _together(found, box)


def _files(path: Path, folder: Path) -> list[tuple[Path, bool]]:
    """Return the files of a source, each with whether it was named itself: a folder's files in order of name, a zip's unpacked."""
    if path.is_dir():
        return [(file, False) for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith(".")][:FILES_MAX]
    if not zipfile.is_zipfile(path):
        return [(path, True)]
    return [(file, False) for file in _unpacked(path, folder)]


def _unpacked(path: Path, folder: Path) -> list[Path]:
    """Unpack the files of a zip by numbered bare names, within limits."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            if len(members) > FILES_MAX or sum(item.file_size for item in members) > UNPACKED_MAX:
                raise SourceError("plans_too_large", path=path.name, megabytes=UNPACKED_MAX // 1_000_000)
            if sum(item.file_size for item in members) > room_of(path.stat().st_size, UNPACKED_MAX):
                raise SourceError("sources_unpacks_too_large", path=path.name)
            files, inside = [], folder / f"{len(list(folder.iterdir()))}"
            inside.mkdir()
            for number, item in enumerate(members):
                file = inside / f"{number:04d}" / Path(item.filename.replace("\\", "/")).name
                file.parent.mkdir()
                file.write_bytes(archive.read(item))
                files.append(file)
            return files
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError) as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason


def _read(files: Sequence[tuple[Path, bool]], box: BaseGeometry | None) -> Iterator[Parsed]:
    """Yield what each file holds; the files of an omgevingsplan as one. A file that is no plan is an error when it was named itself."""
    law: dict[str, etree._Element] = {}
    strange = []
    for path, named in files:
        reader = None if not named and _start(path).startswith(HTML) else _reader(path, law, box)
        if reader is not None:
            yield reader()
        elif str(path) not in law:
            if named:
                raise SourceError("plans_not_recognised", path=path.name)
            strange.append(path.name)
    if law:
        yield read_imow(law, box)
    elif strange and len(strange) == len(files):
        raise SourceError("plans_not_recognised", path=", ".join(strange[:LISTED]))
    if strange:
        listed = ", ".join(strange[:LISTED]) + (", ..." if len(strange) > LISTED else "")
        yield Parsed(notes=(Note.of("plans_passed_over", count=len(strange), names=listed),))


def _reader(path: Path, law: dict[str, etree._Element], box: BaseGeometry | None) -> Callable[[], Parsed] | None:
    """Return what reads a file; None when its document was put in ``law`` (of an omgevingsplan), or is no plan."""
    start = _start(path)
    if start.startswith(b"sqlite format 3"):
        return lambda: read_feature_file(path)
    if start.startswith((b"{", b"[")):
        return _json_reader(path, box)
    if is_feature_gml(path, start):
        return lambda: read_feature_gml(path, box)
    if start and not start.startswith(XML):
        return None
    root = parse_bytes(read_bytes(path), path.name)
    if is_imro(root):
        return lambda: read_imro(root, path.name)
    if is_marking(root):
        return lambda: read_marking(root, path.name)
    if is_imow(root):
        law[str(path)] = root
    return None


def _start(path: Path) -> bytes:
    """Return how a file begins, in lower case without what may stand before; raises ``SourceError`` when it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(400).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    except FileNotFoundError:
        raise SourceError("sources_missing", path=str(path)) from None
    except OSError as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason


def _json_reader(path: Path, box: BaseGeometry | None) -> Callable[[], Parsed] | None:
    """Return what reads a JSON file: a service's answer by its members, else features."""
    data = json_of(path)
    if isinstance(data.get("plans"), list) and isinstance(data.get("objects_by_kind"), Mapping):
        return lambda: read_ihr(data["plans"], data["objects_by_kind"])
    if isinstance(data.get("regeling"), Mapping) and isinstance(data.get("annotations"), Mapping):
        return lambda: read_dso(data["regeling"], data["annotations"], data.get("geometries") or {}, data.get("structure"), box)
    return lambda: read_feature_file(path)


def json_of(path: Path) -> Mapping[str, Any]:
    """Return the object that a JSON file holds; raises ``SourceError``."""

    def no_number(word: str) -> None:
        raise ValueError(f"{word} is no number")

    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=no_number)
    except (OSError, UnicodeDecodeError) as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason
    except (ValueError, RecursionError) as reason:
        raise SourceError("sources_truncated", path=path.name, details=str(reason)) from reason
    if not isinstance(data, Mapping):
        raise SourceError("sources_not_features", path=path.name)
    return data


def _together(found: Sequence[Parsed], box: BaseGeometry | None) -> Read:
    """Return what several files gave as one: an object or plan that occurs twice once, only what touches the box."""
    areas: dict[tuple[str, str, str], PlanArea] = {}
    plans: dict[str, Plan] = {}
    for part in _versions_apart(found):
        for number, area in enumerate((*part.areas, *part.unplaced)):
            if box is None or area.geometry.intersects(box):
                areas.setdefault((area.plan_id, area.kind, area.fid or f"#{id(part)}.{number}"), area)
        for plan in part.plans:
            plans[plan.id] = merged(plans[plan.id], plan) if plan.id in plans else plan
    here = {area.plan_id for area in areas.values()}
    kept = [plan for plan in plans.values() if plan.id in here or box is None or (plan.geometry is not None and plan.geometry.intersects(box))]
    notes = _few_of_each(dict.fromkeys(note for part in found for note in part.notes))
    return tuple(areas.values()), tuple(kept), (*notes, *unparsed(areas.values()), *drafts(kept))


def _versions_apart(found: Sequence[Parsed]) -> Iterator[Parsed]:
    """Yield what each file gave; where files hold several versions of one regeling, each version under a number of its own."""
    versions: dict[str, set[str]] = {}
    for plan in (plan for part in found for plan in part.plans):
        versions.setdefault(plan.id, set()).add(plan.version)
    for part in found:
        renamed = {plan.id: f"{plan.id}{AT}{plan.version}" for plan in part.plans if len(versions[plan.id] - {""}) > 1 and plan.version}
        if not renamed:
            yield part
            continue
        yield replace(
            part, areas=_renamed(part.areas, renamed), unplaced=_renamed(part.unplaced, renamed),
            plans=tuple(replace(plan, id=renamed.get(plan.id, plan.id)) for plan in part.plans),
        )


def _renamed(areas: Iterable[PlanArea], renamed: Mapping[str, str]) -> tuple[PlanArea, ...]:
    return tuple(replace(area, plan_id=renamed.get(area.plan_id, area.plan_id)) for area in areas)


def _few_of_each(notes: Iterable[Note]) -> list[Note]:
    """Return the remarks, of one kind at most ``LISTED`` and how many more there are; lost values are all named."""
    few: list[Note] = []
    more: Counter[str] = Counter()
    for note in notes:
        if note.code in ALWAYS or sum(one.code == note.code for one in few) < LISTED:
            few.append(note)
        else:
            more[note.code] += 1
    last = {note.code: note for note in few}
    return few + [Note.of("plans_more_of_these", count=count, example=str(dict(last[code].data).get("fid", ""))) for code, count in more.items()]


def unparsed(areas: Iterable[PlanArea]) -> list[Note]:
    """Return the remark that names the values that are no number; their text is kept."""
    texts = [value.raw for area in areas for value in area.values if value.value is None]
    if not texts:
        return []
    return [Note.of("plans_unparsed", count=len(texts), texts="; ".join(list(dict.fromkeys(texts))[:LISTED]))]


def drafts(plans: Iterable[Plan]) -> list[Note]:
    """Return a remark for each plan that does not govern yet."""
    return [Note.of("sources_plan_draft", plan=plan.name or plan.id, status=plan.status) for plan in plans if is_draft(plan.status)]
