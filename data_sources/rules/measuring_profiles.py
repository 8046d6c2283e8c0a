"""Measuring profiles: how the text of one plan measures, read once by an officer and kept as a YAML file that colleagues can share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...errors import OutputError, RulesetError
from ...model import MeasuringProfile, ProfileEntry
from ..formats.validation import check_schema, line_of, read_yaml
from .check_pages import HOUSE

SCHEMA = HOUSE / "rulesets" / "profile.schema.json"
WORDS = ("article", "quote", "by", "at")


def read_profile(path: Path | str, location: str = "") -> MeasuringProfile:
    """Read a measuring profile; ``location`` is how the record names it. Raises ``RulesetError`` naming line, key and nearest word."""
    path = Path(path)
    data, digest = read_yaml(path, RulesetError, "profile")

    def fail(code: str, at: Sequence[str | int] = (), **details: Any) -> RulesetError:
        line = line_of(path, at)
        return RulesetError(code, path=f"{path}:{line}" if line else str(path), **details)

    check_schema(data, SCHEMA, fail, "profile")
    plan = data["plan"]
    entries = tuple(_entry(key, said) for key, said in (data.get("measuring") or {}).items())
    return MeasuringProfile(plan["id"], plan.get("name") or "", entries, location or path.name, digest)


def _entry(key: str, said: Mapping[str, Any]) -> ProfileEntry:
    return ProfileEntry(key, said["value"], *(str(said.get(word) or "") for word in WORDS))


def profile_data(profile: MeasuringProfile) -> dict[str, Any]:
    """Return what the file of a profile holds."""
    plan = {"id": profile.plan_id, **({"name": profile.plan_name} if profile.plan_name else {})}
    entries = {}
    for entry in profile.entries:
        said = {word: getattr(entry, word) for word in WORDS if getattr(entry, word) or word == "article"}
        entries[entry.key] = {"value": entry.value, **said}
    return {"plan": plan, "measuring": entries}


def write_profile(profile: MeasuringProfile, path: Path | str) -> None:
    """Write a profile so that ``read_profile`` gives the same entries. Raises ``OutputError`` when the file cannot be written."""
    text = yaml.safe_dump(profile_data(profile), allow_unicode=True, sort_keys=False, width=120)
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as reason:
        raise OutputError("output_not_writable", path=str(path), details=str(reason)) from reason
