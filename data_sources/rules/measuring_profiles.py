"""Profiles of plans: what the text of one plan says, read once by an officer and kept as a YAML file that colleagues can share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...errors import OutputError, RulesetError
from ...model import MeasuringProfile, ProfileEntry
from ...model.plan_words import CONFIRMED, OPEN
from ..formats.validation import check_schema, line_of, read_yaml, refuse_other_name
from .check_pages import HOUSE
from .profile_norms import norm_data, norms_from

SCHEMA = HOUSE / "rulesets" / "profile.schema.json"
WORDS = ("article", "quote", "by", "at")


def read_profile(path: Path | str, location: str = "") -> MeasuringProfile:
    """Read a measuring profile; ``location`` is how the record names it. Raises ``RulesetError`` naming line, key and nearest word."""
    path = Path(path)
    refuse_other_name(path, RulesetError)
    data, digest = read_yaml(path, RulesetError, "profile")

    def fail(code: str, at: Sequence[str | int] = (), **details: Any) -> RulesetError:
        line = line_of(path, at)
        return RulesetError(code, path=f"{path}:{line}" if line else str(path), **details)

    check_schema(data, SCHEMA, fail, "profile")
    plan = data["plan"]
    told = data.get("measuring") or {}
    entries = {word: tuple(_entry(key, said) for key, said in told.items() if said.get("decision", CONFIRMED) == word) for word in (CONFIRMED, OPEN)}
    text = data.get("text") or {}
    return MeasuringProfile(
        plan["id"], plan.get("name") or "", entries[CONFIRMED], location or path.name, digest, entries[OPEN], norms_from(data.get("norms") or (), fail),
        text_sha256=text.get("sha256") or "", text_source=text.get("source") or "", text_at=str(text.get("at") or ""),
    )


def _entry(key: str, said: Mapping[str, Any]) -> ProfileEntry:
    return ProfileEntry(key, said["value"], *(str(said.get(word) or "") for word in WORDS))


def profile_data(profile: MeasuringProfile) -> dict[str, Any]:
    """Return what the file of a profile holds."""
    plan = {"id": profile.plan_id, **({"name": profile.plan_name} if profile.plan_name else {})}
    entries = {}
    for entry in (*profile.entries, *profile.proposed):
        said = {word: getattr(entry, word) for word in WORDS if getattr(entry, word) or word == "article"}
        entries[entry.key] = {"value": entry.value, **said, **({"decision": OPEN} if entry in profile.proposed else {})}
    text = {"sha256": profile.text_sha256, "source": profile.text_source, "at": profile.text_at}
    read = {"text": text, "norms": [norm_data(one) for one in profile.norms]} if profile.text_sha256 else {}
    return {"plan": plan, "measuring": entries, **read}


def write_profile(profile: MeasuringProfile, path: Path | str) -> None:
    """Write a profile so that ``read_profile`` gives the same entries. Raises ``OutputError`` when the file cannot be written."""
    text = yaml.safe_dump(profile_data(profile), allow_unicode=True, sort_keys=False, width=120)
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as reason:
        raise OutputError("output_not_writable", path=str(path), details=str(reason)) from reason
