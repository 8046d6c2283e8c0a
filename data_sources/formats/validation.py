"""YAML files against a JSON Schema, with errors that name the place and the nearest known word."""

from __future__ import annotations

import difflib
import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from ...errors import DrieluikError
from .files import refuse_odd
from .yaml_numbers import TAG, construct, odd_numbers, put, split_by_comma, strict

MOST_MB = 20
"""Of a file that people write; the largest of a municipality has some hundreds of kB."""
YAML = (".yaml", ".yml")
NODES = 200_000
"""Values that a file may hold, aliases written out: an officer's file has hundreds."""


MEANT = {
    "=>": ">=", "=<": "<=", "=": "==", "≥": ">=", "≤": "<=", "schoorsteen": "chimney", "antenne": "antenna", "installatie": "installation",
    "balkon": "balcony", "luifel": "canopy", "trap": "stair", "hekwerk": "railing", "dak": "roof", "muur": "wall", "gevel": "wall", "raam": "window",
    "deur": "door", "automatisch": "auto", "behandelaar": "officer", "beleid": "policy", "aanname": "assumption", "voldoet": "complies",
    "voldoet_niet": "violates", "voldoet niet": "violates", "meter": "m", "meters": "m", "mtr": "m", "procent": "%", "pct": "%", "graad": "deg",
    "uren": "uur", "minuut": "minuten", "m^2": "m2", "m^3": "m3", "bouwlaag": "bouwlagen", "verdiepingen": "bouwlagen",
}
"""What people write -> the word that rule files have for it, where spelling alone would propose another."""
BOUNDS = {"minimum": "≥ ", "maximum": "≤ ", "exclusiveMinimum": "> ", "exclusiveMaximum": "< "}
PROBLEMS = {
    "cannot start any token": "start", "mapping values are not allowed": "colon", "could not find expected ':'": "no_colon", "expected ',' or": "no_comma",
    "expected <block end>": "indent", "given twice": "twice", "is no number": "not_number", "too deep": "deep",
}
"""Part of what the YAML reader says -> the sentence ``yaml_...``."""


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader that refuses a key given twice and numbers that are none (``.nan``, ``.inf``); dates stay text."""

    yaml_implicit_resolvers = strict({
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    })

    def construct_yaml_float(self, node: yaml.ScalarNode) -> float:
        value = float(super().construct_yaml_float(node))
        if not math.isfinite(value):
            raise yaml.constructor.ConstructorError(None, None, f"'{node.value}' is no number", node.start_mark)
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be one word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key '{key.value}' given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_yaml_float)
_Loader.add_constructor(TAG, construct)


def read_yaml(path: Path, error: type[DrieluikError], room: str) -> tuple[Any, str]:
    """Return what a YAML file holds (dates as ISO text) and its sha256.

    ``room`` prefixes the codes of what can be wrong: ``<room>_missing``, ``<room>_unreadable``, ``<room>_not_yaml``.
    """
    refuse_odd(path, error, MOST_MB)
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise error(f"{room}_missing", path=str(path)) from None
    except (OSError, UnicodeDecodeError) as reason:
        raise error(f"{room}_unreadable", path=str(path), details=str(reason)) from reason
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  # nosec B506 - a subclass of the safe loader
        return _plain(data, [0]), hashlib.sha256(raw).hexdigest()
    except (yaml.YAMLError, RecursionError, ValueError) as reason:
        mark = getattr(reason, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(reason, "problem", "") or ("too deep" if isinstance(reason, RecursionError) else str(reason))
        raise error(f"{room}_not_yaml", path=str(path), line=line, problem=_problem(problem), details=str(reason)) from reason


def refuse_other_name(path: Path, error: type[DrieluikError]) -> None:
    """Raise ``file_no_yaml`` for what a case names as a file of rules and is not called one: it may be any file of this computer, and is not opened."""
    if path.suffix.lower() not in YAML:
        raise error("file_no_yaml", path=str(path))


def _problem(said: str) -> str:
    """Return the sentence of a fault of YAML, as its code without ``yaml_``; what nobody knows stays as the reader says it."""
    if "'\\t'" in said:
        return "tab"
    return next((code for part, code in PROBLEMS.items() if part in said), said)


def _plain(value: Any, count: list[int]) -> Any:
    """Return a value whose keys are text; aliases are written out, up to ``NODES`` values."""
    count[0] += 1
    if count[0] > NODES:
        raise ValueError(f"more than {NODES} values")
    if isinstance(value, dict):
        return {str(key): _plain(item, count) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, count) for item in value]
    return value


def line_of(path: Path, steps: Sequence[str | int]) -> int:
    """Return the line (1-based) of the node at ``steps`` in a YAML file, or of the nearest one above it that exists; 0: no YAML."""
    return lines_of(path, [steps])[0]


def lines_of(path: Path, many: Sequence[Sequence[str | int]]) -> list[int]:
    """Return the line of each of several nodes in a YAML file; see ``line_of``."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except (OSError, yaml.YAMLError):
        return [0] * len(many)
    return [_line_in(root, steps) for steps in many]


def _line_in(node: yaml.Node | None, steps: Sequence[str | int]) -> int:
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((name, value) for name, value in node.value if str(name.value) == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file: a code of ``i18n/messages``, the steps to it (keys and indexes), and the code's data."""

    code: str
    at: tuple[str | int, ...]
    data: Mapping[str, Any]


def check_schema(data: Any, schema_path: Path, fail: Callable[..., DrieluikError], room: str) -> None:
    """Raise ``fail(code, at, **data)`` for the first thing wrong with ``data``; see ``schema_faults``."""
    for at, key, right in split_by_comma(data):
        raise fail("file_comma_splits", at=at, key=key, right=right)
    for fault in schema_faults(data, json.loads(schema_path.read_text(encoding="utf-8")), room):
        raise fail(fault.code, at=fault.at, **fault.data)


def schema_faults(data: Any, schema: Mapping[str, Any], room: str, at: Sequence[str | int] = ()) -> list[Fault]:
    """Return what is wrong with ``data``, unknown keys before other faults; ``at``: the steps to ``data`` in its file.

    Codes: ``<room>_unknown_key`` (key, place, nearest), ``<room>_missing_key`` (key, place), ``<room>_wrong_value`` (place, value,
    expected), ``<room>_wrong_word`` (place, value, nearest, known). A key that is missing because it was misspelt is told once.
    """
    judge = jsonschema.Draft7Validator(schema)
    errors = sorted(judge.iter_errors(data), key=lambda e: (_weight(e), list(map(str, e.absolute_path))))
    odd = {(*at, *place): word for place, word in odd_numbers(data) if len(list(judge.iter_errors(put(data, place, float(word.right))))) <= len(errors)}
    found = {(fault.code, fault.at, str(fault.data)): fault for error in errors for fault in _faults(error, room, tuple(at)) if fault.at not in odd}
    for place, word in odd.items():
        fault = Fault("file_number_written", place, {"place": ".".join(map(str, place)), "value": str(word), "right": word.right})
        found[fault.code, place, word] = fault
    meant = {(fault.at[:-1], fault.data["nearest"]) for fault in found.values() if fault.code.endswith("_unknown_key")}
    return [fault for fault in found.values() if not (fault.code.endswith("_missing_key") and (fault.at, fault.data["key"]) in meant)]


def _faults(error: jsonschema.ValidationError, room: str, at: tuple[str | int, ...]) -> Iterator[Fault]:
    while error.context:
        error = max(error.context, key=lambda e: (len(e.absolute_path), -_weight(e)))
    steps = (*at, *error.absolute_path)
    place = ".".join(str(step) for step in steps)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {})
        for key in (name for name in error.instance if name not in known):
            yield Fault(f"{room}_unknown_key", (*steps, key), {"key": key, "place": place, "nearest": nearest(key, known)})
    elif error.validator == "required":
        for key in (name for name in error.validator_value if name not in error.instance):
            yield Fault(f"{room}_missing_key", steps, {"key": key, "place": place})
    elif "propertyNames" in error.absolute_schema_path and error.validator == "enum":
        key = error.instance
        yield Fault(f"{room}_unknown_key", (*steps, key), {"key": key, "place": place, "nearest": nearest(key, error.validator_value)})
    else:
        yield _wrong(error, room, steps, place)


def _wrong(error: jsonschema.ValidationError, room: str, steps: tuple[str | int, ...], place: str) -> Fault:
    value = str(error.instance)[:60]
    if error.validator == "enum" and isinstance(error.instance, str) and value:
        words = [str(word) for word in error.validator_value]
        known = ", ".join(word or '""' for word in words)
        return Fault(f"{room}_wrong_word", steps, {"place": place, "value": value, "nearest": nearest(value, words), "known": known})
    wanted = error.validator_value
    kinds = ", ".join(wanted if isinstance(wanted, list) else [str(wanted)]) if error.validator == "type" else json.dumps(wanted, ensure_ascii=False)[:120]
    bound = BOUNDS.get(str(error.validator), "")
    return Fault(f"{room}_wrong_value", steps, {"place": place, "value": value, "expected": error.schema.get("description") or f"{bound}{kinds}"})


def _weight(error: jsonschema.ValidationError) -> int:
    return {"additionalProperties": 0, "required": 1}.get(str(error.validator), 2)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that means ``word``, or else looks most like it."""
    words = sorted(known)
    if MEANT.get(word.lower()) in words:
        return MEANT[word.lower()]
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.0)
    return close[0] if close else ""
