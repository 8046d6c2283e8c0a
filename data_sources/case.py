"""Case files: what the officer asks, as YAML."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from ..errors import CaseError, OutputError
from ..model import Case, PlanTextRequest, SiteRequest
from .case_designs import request_words, requests_from
from .formats.rd_box import in_rd
from .formats.validation import check_schema, line_of, read_yaml

SCHEMA = Path(__file__).with_name("case.schema.json")
SLIP = 0.85
"""From here on two words are so alike that one is a slip of the other: one letter of seven."""
PLAN = "plan"
"""In place of a rule file: the rules that are derived from the plans."""
RD_MIDDLE = (155_000.0, 463_000.0)
"""The origin of RD, in Amersfoort: a place for what has none yet to be checked at."""


def read_case(path: Path | str) -> Case:
    """Read a case file; its relative paths start at its own folder. Raises ``CaseError`` naming what and where."""
    path = Path(path)
    data, _ = read_yaml(path, CaseError, "case")
    return case_from(data, str(path.resolve().parent), str(path), path)


def read_begun(path: Path | str) -> tuple[str, str, Case | None]:
    """Read a case file that may have no design yet, nor a place: its number, its title, and the case, None while it has no place."""
    path = Path(path)
    data, _ = read_yaml(path, CaseError, "case")
    if isinstance(data, dict) and set(data) == {"case"}:  # checked as any other, at a place that is none
        case = case_from({**data, "site": {"centre": list(RD_MIDDLE)}}, "", str(path), path, begun=True)
        return case.id, case.title, None
    case = case_from(data, str(path.resolve().parent), str(path), path, begun=True)
    return case.id, case.title, case


def case_from(data: Any, folder: str, name: str, file: Path | None = None, begun: bool = False) -> Case:
    """Return the case that a mapping in the shape of a case file describes; ``name`` is what messages call it, ``file`` its text; ``begun``: it
    may have no design yet."""

    def fail(code: str, at: Sequence[str | int] = (), **details: Any) -> CaseError:
        line = line_of(file, at) if file and at else 0
        return CaseError(code, path=f"{name}:{line}" if line else name, **details)

    check_schema(data, SCHEMA, fail, "case")
    for key in data.get("answers") or ():
        if meant := _misspelt(key):
            raise fail("case_unknown_key", at=("answers", key), key=key, place="answers", nearest=meant)
    if not begun and "design" not in data:
        raise fail("case_missing_key", key="design", place="")
    site = data["site"]
    x, y = (float(value) for value in site["centre"])
    if not in_rd(x, y):
        raise fail("case_centre_not_rd", x=x, y=y)
    head = data["case"]
    return Case(
        id=str(head["id"]),
        title=head.get("title", str(head["id"])),
        site=SiteRequest(
            (x, y), float(site.get("radius_m", 150.0)), _sources(site), site.get("address", ""), site.get("endpoints") or {},
            head.get("application_date", ""),
        ),
        designs=requests_from(data, fail),
        application_date=head.get("application_date", ""),
        rulesets=tuple(data.get("rulesets") or ()),
        answers=data.get("answers") or {},
        folder=folder,
        profiles=tuple(data.get("profiles") or ()),
        plan_texts=tuple(PlanTextRequest(said["plan"], said.get("path") or "") for said in data.get("plan_texts") or ()),
    )


def _misspelt(key: str) -> str:
    """Return the answer of a form of its own that a key is a slip of; '' for any other, since rules may ask answers under names of their own."""
    known = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]["answers"]["properties"]
    return "" if key in known else next(iter(difflib.get_close_matches(key, known, 1, SLIP)), "")


def case_to(case: Case) -> dict[str, Any]:
    """Return the mapping that ``case_from`` reads back: the case as it stands in a record."""
    designs = [request_words(request) for request in case.designs]
    head = {"id": case.id, "title": case.title}
    if case.application_date:
        head["application_date"] = case.application_date
    return {
        "case": head,
        "site": {
            "centre": list(case.site.centre),
            "radius_m": case.site.radius_m,
            "address": case.site.address,
            "sources": {key: list(paths) or None for key, paths in case.site.sources.items()},
            **({"endpoints": dict(case.site.endpoints)} if case.site.endpoints else {}),
        },
        **({"design": designs[0], "variants": designs[1:]} if designs else {}),
        "rulesets": list(case.rulesets),
        **({"profiles": list(case.profiles)} if case.profiles else {}),
        **({"plan_texts": [{"plan": t.plan_id, **({"path": t.path} if t.path else {})} for t in case.plan_texts]} if case.plan_texts else {}),
        "answers": dict(case.answers),
    }


def case_text(case: Case, folder: Path) -> str:
    """Return the text of a case file in a folder, which names its files from there."""

    def here(name: str) -> str:
        whole = Path(case.folder) / name
        try:
            return Path(os.path.relpath(whole, folder)).as_posix()
        except ValueError:  # another drive of Windows: there is no way from here to there
            return whole.as_posix()

    return yaml.safe_dump(case_to(with_files(case, here)), allow_unicode=True, sort_keys=False, width=120)


def with_files(case: Case, named: Callable[[str], str]) -> Case:
    """Return a case whose files and folders each have another name: ``named(name)``."""
    return replace(
        case,
        site=replace(case.site, sources={key: tuple(map(named, paths)) for key, paths in case.site.sources.items()}),
        designs=tuple(replace(design, files=tuple(map(named, design.files))) for design in case.designs),
        rulesets=tuple(name if name == PLAN else named(name) for name in case.rulesets),
        profiles=tuple(map(named, case.profiles)),
        plan_texts=tuple(replace(text, path=named(text.path) if text.path else "") for text in case.plan_texts),
    )


def write_case(case: Case, path: Path | str) -> None:
    """Write a case file that ``read_case`` gives back; its files are named from its own folder. Raises ``OutputError``."""
    path = Path(path)
    try:
        path.write_text(case_text(case, path.resolve().parent), encoding="utf-8")
    except OSError as reason:
        raise OutputError("output_not_writable", path=str(path), details=str(reason)) from reason


def _sources(site: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    sources: dict[str, tuple[str, ...]] = {}
    for key, value in (site.get("sources") or {}).items():
        if value is None or value == "none":
            sources[key] = ()
        else:
            sources[key] = (value,) if isinstance(value, str) else tuple(value)
    return sources
