"""Records of an earlier version: how they become today's, and what of them can be compared with a run of today.

``drieluik-review/1`` (before subjects were data) named what a finding is about in a Dutch sentence only, and kept neither premises nor what a
decision was taken on. Such a record still opens: its sentences become subjects of their own (``subject_said``), and its decisions have lapsed,
for they do not say on which facts they rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..data_sources.rules.check_pages import code

FIRST = "drieluik-review/1"
DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
"""Version 1 wrote the decimals of a subject with a point, version 2 as Dutch does."""
COMPARABLE = ("verdict", "measurements", "ladder", "governed_by")
"""What version 1 says of a finding in the words of today; its notes, questions and evidence are said otherwise now."""


def migrated(record: Mapping[str, Any], current: str) -> dict[str, Any]:
    """Return a record as one of the current version; one that is not of version 1 stays as it is."""
    if record.get("schema") != FIRST:
        return dict(record)
    findings = [_finding(found) if isinstance(found, Mapping) else found for found in record.get("findings") or ()]
    return {**record, "schema": current, "migrated_from": FIRST, "findings": findings}


def _finding(found: Mapping[str, Any]) -> dict[str, Any]:
    said = DECIMAL.sub(",", str(found.get("subject") or ""))
    measures = [{**item, "operator": item.get("operator") or "<="} for item in found.get("measurements") or ()]
    decision = found.get("decision")
    unknown = {"fact": "unknown", "then": None, "now": found.get("verdict")}
    return {
        **found, "code": code(str(found.get("check"))),
        "subject": said, "subject_code": "subject_said", "subject_data": {"text": said}, "subject_key": f"subject_said|{said}",
        "measurements": measures, "premises": [], "decision": None, "fingerprint": None,
        "lapsed": {**decision, "changes": [unknown]} if decision else None,
    }


def identity(found: Mapping[str, Any], old: bool) -> tuple[str, str, str]:
    """Return what pairs a finding with that of another run: rule, subject (of ``old`` records its sentence) and design."""
    return str(found.get("rule")), str(found.get("subject" if old else "subject_key")), str(found.get("design"))


def comparable(found: Mapping[str, Any], old: bool) -> dict[str, Any]:
    """Return what of a finding is compared: everything, or of an ``old`` record what it says in the words of today."""
    return {word: found.get(word) for word in COMPARABLE} if old else dict(found)
