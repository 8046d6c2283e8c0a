"""YAML files against a JSON Schema, with errors that name the place and the nearest known word."""

from __future__ import annotations

import datetime
import difflib
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from ..errors import DrieluikError


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader that refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key '{key.value}' given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, error: type[DrieluikError], room: str) -> tuple[Any, str]:
    """Return what a YAML file holds (dates as ISO text) and its sha256.

    ``room`` prefixes the codes of what can be wrong: ``<room>_missing``, ``<room>_unreadable``, ``<room>_not_yaml``.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise error(f"{room}_missing", path=str(path)) from None
    except (OSError, UnicodeDecodeError) as reason:
        raise error(f"{room}_unreadable", path=str(path), details=str(reason)) from reason
    try:
        data = yaml.load(text, Loader=_Loader)  # nosec B506 - a subclass of the safe loader
    except yaml.YAMLError as reason:
        mark = getattr(reason, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(reason, "problem", "") or ""
        raise error(f"{room}_not_yaml", path=str(path), line=line, problem=problem, details=str(reason)) from reason
    return _plain(data), hashlib.sha256(raw).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def check_schema(data: Any, schema_path: Path, fail: Callable[..., DrieluikError], room: str) -> None:
    """Raise ``fail(code, **data)`` for the first thing wrong with ``data``, unknown keys before other faults.

    Codes: ``<room>_unknown_key`` (key, place, nearest), ``<room>_missing_key`` (key, place), ``<room>_wrong_value`` (place,
    value, expected).
    """
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    faults = sorted(jsonschema.Draft7Validator(schema).iter_errors(data), key=lambda e: (_weight(e), list(map(str, e.absolute_path))))
    if not faults:
        return
    fault = faults[0]
    place = ".".join(str(step) for step in fault.absolute_path)
    if fault.validator == "additionalProperties" and isinstance(fault.instance, dict):
        known = fault.schema.get("properties", {})
        key = next(name for name in fault.instance if name not in known)
        raise fail(f"{room}_unknown_key", key=key, place=place, nearest=nearest(key, known))
    if fault.validator == "required":
        key = next(name for name in fault.validator_value if name not in fault.instance)
        raise fail(f"{room}_missing_key", key=key, place=place)
    expected = fault.schema.get("description") or json.dumps(fault.validator_value, ensure_ascii=False)[:120]
    raise fail(f"{room}_wrong_value", place=place, value=str(fault.instance)[:60], expected=expected)


def _weight(fault: jsonschema.ValidationError) -> int:
    return {"additionalProperties": 0, "required": 1}.get(fault.validator, 2)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like ``word``."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.0)
    return close[0] if close else ""
