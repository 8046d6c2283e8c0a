"""``review.json``: the record from which a review can be run again."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema

from ..data_sources.case import case_from, case_to
from ..data_sources.formats.files import refuse_odd
from ..data_sources.rules.check_pages import code
from ..errors import OutputError
from ..model import Case, Decision, Finding, Measurement, MeasuringProfile, Note, Premise, Provenance, Question, Review, Ruleset
from ..texts import printable
from .basis import wording
from .basis.roles import evidence_layer
from .record_versions import comparable, identity, migrated

SCHEMA_NAME = "drieluik-review/2"
MOST_MB = 200
"""Of a record; that of a whole street is a few MB."""
SCHEMA = Path(__file__).parent / "review.schema.json"


def to_dict(review: Review, folder: Path | None = None) -> dict[str, Any]:
    """Return the record of a review; with ``folder`` the case's own folder is written relative to it.

    Deterministic: the same inputs give the same record but for ``run``.
    """
    counters: dict[str, int] = {}
    record = {
        "schema": SCHEMA_NAME,
        "case": {**case_to(review.case), "folder": _relative(review.case.folder, folder)},
        "run": {"at": review.at, "versions": dict(review.versions)},
        "inputs": [_provenance(item) for item in review.inputs],
        "rulesets": [_ruleset(r) for r in review.rulesets],
        "profiles": [_profile(p) for p in review.profiles],
        "answers": dict(review.answers),
        "summary": [
            {"design": d.name, "ladder": review.ladder(d.name), "verdicts": {v.value: n for v, n in review.counts(d.name).items()}} for d in review.designs
        ],
        "covers": [
            {"design": c.design, "ladder": c.step, "conclusion": [_note(note) for note in c.conclusion],
             "lines": [{**vars(line), "note": _note(line.note)} for line in c.lines]} for c in review.covers
        ],
        "remarks": [_note(note) for note in review.remarks],
        "placement": [
            {"design": g.design, "item": g.item, "state": g.state, "reason": g.reason, "by": g.by, **_note(g.note)} for g in review.gate
        ],
        "findings": [_finding(finding, counters) for finding in review.findings],
    }
    return _clean(record)


def _relative(path: str, folder: Path | None) -> str:
    if folder is None or not path:
        return path
    return Path(os.path.relpath(path, folder)).as_posix()


def _clean(value: Any) -> Any:
    """Return JSON-ready data: floats to a micrometre, tuples as lists, no NaN."""
    if isinstance(value, float):
        return None if not math.isfinite(value) else round(value, 6) + 0.0
    if isinstance(value, Mapping):
        return {printable(str(key)): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "data": note.as_dict()}


def _provenance(item: Provenance) -> dict[str, Any]:
    words = ("layer", "source", "location", "sha256", "retrieved", "licence", "count")
    return {**{w: getattr(item, w) for w in words}, "state": item.state.value, "notes": [_note(n) for n in item.notes]}


def _profile(item: MeasuringProfile) -> dict[str, Any]:
    """Return what was kept of a plan's text; where it was read, its hash and what was decided of each clause."""
    said = {"plan_id": item.plan_id, "location": item.location, "sha256": item.sha256, "entries": [dict(vars(entry)) for entry in item.entries]}
    if not item.text_sha256:
        return said
    norms = [{word: getattr(norm, word) for word in ("key", "decision", "by", "at", "reason")} for norm in item.norms]
    return {**said, "text": {"sha256": item.text_sha256, "source": item.text_source, "at": item.text_at}, "norms": norms}


def _ruleset(item: Ruleset) -> dict[str, Any]:
    """Return what stands of a rule set: its hash, and of rules derived from a plan the objects and values that they come from."""
    derived = [{"id": r.id, "check": r.check, "plan_id": r.plan_id, "origin": [vars(o) for o in r.origin]} for r in item.rules if r.plan_id]
    return {"id": item.id, "version": item.version, "sha256": item.sha256, **({"derived": derived} if derived else {})}


def _measurement(item: Measurement) -> dict[str, Any]:
    return {
        "name": item.name, "value": item.value, "unit": item.unit, "operator": item.operator, "limit": item.limit,
        "margin": item.margin, "uncertainty": item.uncertainty, "at": item.at, **({} if item.low is None else {"low": item.low}),
        **({"tolerance": item.tolerance} if item.tolerance else {}),
        "sources": [{"name": s.name, "value": s.value} for s in item.sources],
    }


def _finding(item: Finding, counters: dict[str, int]) -> dict[str, Any]:
    evidence = []
    for piece in item.evidence:
        layer = evidence_layer(piece)
        counters[layer] = counters.get(layer, 0) + 1
        evidence.append({"role": piece.role, "layer": layer, "fid": counters[layer], "value": piece.value, "unit": piece.unit})
    return {
        "rule": item.rule, "check": item.check, "code": code(item.check), "subject": wording.subject(item, "nl"),
        "subject_code": item.subject.code, "subject_data": item.subject.as_dict(), "subject_key": item.subject_key,
        "design": item.design, "verdict": item.verdict.value,
        "measurements": [_measurement(m) for m in item.measurements],
        "evidence": evidence,
        "inputs": [{"layer": i.layer, "fid": i.fid, "date": i.date} for i in item.inputs],
        "premises": [_premise(p) for p in item.premises],
        "decision": None if item.decision is None else _decision(item.decision),
        "lapsed": None if item.lapsed is None else {**_decision(item.lapsed.decision), "changes": [vars(change) for change in item.lapsed.changes]},
        "fingerprint": None if item.fingerprint is None else vars(item.fingerprint),
        "ladder": item.ladder,
        "governed_by": item.governed_by,
        "questions": [_question(q) for q in item.questions],
        "deviations": [
            {"id": d.id, **_note(d.note), "limit": d.limit, "cures": d.cures, "legal": [vars(s) for s in d.legal]} for d in item.deviations
        ],
        "cures": [_note(n) for n in item.cures],
        "legal": [vars(s) for s in item.legal],
        "missing": [_note(n) for n in item.missing],
        "notes": [_note(n) for n in item.notes],
    }


def _decision(item: Decision) -> dict[str, Any]:
    return {**vars(item), "verdict": item.verdict.value}


def _premise(item: Premise) -> dict[str, Any]:
    choices = [
        {**_note(c.note), "answer": c.answer, "verdict": c.verdict.value if c.verdict else None, "value": c.value, "unit": c.unit} for c in item.choices
    ]
    about = {"about": _note(item.about)} if item.about else {}
    return {"key": item.key, "settled": item.settled, **_note(item.note), **about, "by": item.by, "flips": item.flips, "choices": choices}


def _question(item: Question) -> dict[str, Any]:
    words = {"kind": item.kind, "unit": item.unit, "choices": list(item.choices), "plan_id": item.plan_id}
    return {"key": item.key, **_note(item.note), **{word: value for word, value in words.items() if value}}


def dumps(record: Mapping[str, Any]) -> str:
    """Return a record as text."""
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_record(path: Path) -> dict[str, Any]:
    """Read and validate a record, one of an earlier version as today's; raises ``OutputError`` naming what is wrong."""
    refuse_odd(Path(path), OutputError, MOST_MB)
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OutputError("record_missing", path=str(path)) from None
    except (OSError, ValueError, RecursionError) as reason:
        raise OutputError("record_invalid", path=str(path), place="JSON", details=str(reason)) from reason
    record = migrated(record, SCHEMA_NAME) if isinstance(record, dict) else record
    faults = list(jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).iter_errors(record))
    if faults:
        place = ".".join(str(step) for step in faults[0].absolute_path) or faults[0].message[:80]
        raise OutputError("record_invalid", path=str(path), place=place)
    return dict(record)


def case_of(record: Mapping[str, Any], folder: Path) -> Case:
    """Return the case of a record that stands in ``folder``."""
    words = dict(record["case"])
    base = (Path(folder) / words.pop("folder", "")).resolve()
    return case_from(words, str(base), "review.json")


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return where two records differ in inputs, rule sets, answers or findings; the run itself does not count.

    Findings are paired by rule, subject and design. Of a record of an earlier version only what it says in the words of today is compared.
    """
    found: list[str] = []
    for key in ("inputs", "rulesets", "profiles", "answers"):
        _differences(old.get(key), new.get(key), key, found)
    earlier = "migrated_from" in old
    before, after = (_by_identity(record, earlier) for record in (old, new))
    for place in (*before, *(place for place in after if place not in before)):
        if place not in before or place not in after:
            found.append(f"findings: {' / '.join(map(str, place))}: {'only in the rerun' if place not in before else 'no longer there'}")
        else:
            number, one = before[place]
            _differences(comparable(one, earlier), comparable(after[place][1], earlier), f"findings[{number}]", found)
    return found


def _by_identity(record: Mapping[str, Any], old: bool) -> dict[tuple[Any, ...], tuple[int, Mapping[str, Any]]]:
    named: dict[tuple[Any, ...], tuple[int, Mapping[str, Any]]] = {}
    for number, finding in enumerate(record.get("findings") or ()):
        key = identity(finding, old)
        nth = sum(1 for other in named if other[:3] == key)
        named[(*key, nth) if nth else key] = (number, finding)
    return named


def _differences(old: Any, new: Any, place: str, found: list[str]) -> None:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            _differences(old.get(key), new.get(key), f"{place}.{key}", found)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (a, b) in enumerate(zip(old, new)):
            _differences(a, b, f"{place}[{number}]", found)
    elif old != new and not place.endswith(".retrieved"):
        found.append(f"{place}: {str(old)[:60]} -> {str(new)[:60]}")
