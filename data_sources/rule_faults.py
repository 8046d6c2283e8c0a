"""What can be wrong with a rule file that its schema cannot see: each fault names its line, its key and the nearest known word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import RulesetError
from ..model.formula import GIVEN, NAMES, FormulaError, is_formula, unknown_names
from .check_pages import catalogue, known_checks, words
from .validation import nearest

SECTION_WORDS = ("quantity", "from", "to", "aggregate", "clip_to", "method", "reference", "plan_value")
"""Words of ``measure`` that every rule may use to say what it measures (rules.md, section H)."""
QUANTITIES = (
    "height", "eaves_height", "pitch", "footprint_area", "coverage_pct", "volume", "storeys", "distance", "inside", "overlap_area", "sun_minutes",
    "surface_excess", "angle", "count",
)
REFERENCES = ("peil", "ground", "plot_boundary", "public_area", "zone", "line", "point", "surface", "highest_point", "lowest_point")
CLOSED = {"quantity": QUANTITIES, "from": REFERENCES, "to": REFERENCES}
RESERVED = ("peil", "tolerance")
UNITS = {"m²": "m2", "m³": "m3", "°": "deg", "graden": "deg", "minuten": "min", "uur": "h", "storeys": "bouwlagen", "count": "aantal"}
"""Other spellings of a unit -> the unit."""
COUNTS = ("bouwlagen", "aantal", "woningen", "-", "")
OPEN_END = "9999-12-31"
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
"""A number as Dutch writes it; YAML reads it as text."""

Steps = tuple[Any, ...]
Fail = Callable[..., RulesetError]


def check_rules(data: Mapping[str, Any], fail: Fail) -> None:
    """Raise ``fail(code, at, **data)`` for the first fault of a rule file that its schema cannot see."""
    parameters = data.get("parameters") or {}
    _check_dates(data["ruleset"], ("ruleset",), fail)
    _check_parameters(parameters, fail)
    shared = [name for name in parameters if name not in RESERVED]
    for number, rule in enumerate(data["rules"]):
        at = ("rules", number)
        _check_dates(rule, at, fail)
        _check_words(rule, at, fail)
        _check_limit(rule, at, fail)
        _check_arithmetic(rule, at, shared, fail)
        _check_tests(rule, at, shared, fail)
    _check_ids(data["rules"], fail)


def _check_dates(data: Mapping[str, Any], at: Steps, fail: Fail) -> None:
    for key in ("valid_from", "valid_to"):
        try:
            datetime.date.fromisoformat(data.get(key) or OPEN_END)
        except ValueError:
            raise fail("ruleset_wrong_date", (*at, key), key=key, value=data[key]) from None
    if data.get("valid_from") and data.get("valid_to") and data["valid_from"] > data["valid_to"]:
        raise fail("ruleset_dates_turned", (*at, "valid_to"), start=data["valid_from"], end=data["valid_to"])


def _check_parameters(parameters: Mapping[str, Any], fail: Fail) -> None:
    """A number has a unit, in a word of its own or as the end of its name (``marge_m``)."""
    for name, value in parameters.items():
        if name in RESERVED:
            continue
        if name in NAMES:
            raise fail("ruleset_parameter_taken", ("parameters", name), key=name)
        number = value["value"] if isinstance(value, dict) else value
        if isinstance(number, str) and DECIMAL_COMMA.fullmatch(number.strip()):
            raise fail("ruleset_decimal_comma", ("parameters", name), key=name, value=number, mended=number.strip().replace(",", "."))
        unit = "unit" in value if isinstance(value, dict) else False
        if isinstance(number, (int, float)) and not isinstance(number, bool) and not unit and not re.search(r"_(m|m2|m3|pct|deg|min|h|nap)$", name):
            raise fail("ruleset_parameter_unit", ("parameters", name), key=name)


def _check_ids(rules: Sequence[Mapping[str, Any]], fail: Fail) -> None:
    """An id may come back only as another version, in force at other dates."""
    seen: dict[str, list[tuple[str, str]]] = {}
    for number, rule in enumerate(rules):
        start, end = rule.get("valid_from") or "", rule.get("valid_to") or OPEN_END
        if any(start <= other_end and other_start <= end for other_start, other_end in seen.get(rule["id"], ())):
            dated = rule.get("valid_from") or rule.get("valid_to")
            raise fail("ruleset_dates_overlap" if dated else "ruleset_double_id", ("rules", number, "id"), rule=rule["id"])
        seen.setdefault(rule["id"], []).append((start, end))
        if rule["id"] in rule.get("overrides", ()):
            raise fail("ruleset_overrides_itself", ("rules", number, "overrides"), rule=rule["id"])


def known_switches(check: str) -> tuple[str, ...]:
    """Return the words that a rule of this check may put under ``measure``."""
    return (*catalogue().get(check, {}).get("switches", ()), *sorted(words(check)), *SECTION_WORDS)


def _check_words(rule: Mapping[str, Any], at: Steps, fail: Fail) -> None:
    """The check and the words of ``measure`` must be known."""
    name = rule["check"]
    if name not in known_checks():
        raise fail("ruleset_unknown_check", (*at, "check"), rule=rule["id"], check=name, nearest=nearest(name, known_checks()))
    known = known_switches(name)
    for key, value in rule.get("measure", {}).items():
        place = (*at, "measure", key)
        if key not in known:
            raise fail("ruleset_unknown_switch", place, check=name, key=key, nearest=nearest(key, known))
        closed = CLOSED.get(key)
        if closed and value not in closed:
            raise fail(
                "ruleset_wrong_word", place, place=".".join(map(str, place)), value=str(value), nearest=nearest(str(value), closed), known=", ".join(closed)
            )


def _check_limit(rule: Mapping[str, Any], at: Steps, fail: Fail) -> None:
    limit, units = rule.get("limit"), catalogue().get(rule["check"], {}).get("units")
    if not limit:
        return
    unit = UNITS.get(limit["unit"], limit["unit"])
    if units and unit not in units and not (unit in COUNTS and set(units) & set(COUNTS)):
        raise fail("ruleset_wrong_unit", (*at, "limit", "unit"), check=rule["check"], unit=limit["unit"], units=", ".join(u or '""' for u in units))
    value = limit.get("value")
    if isinstance(value, dict) and value.get("from", "zone.waarde") != "zone.waarde":
        raise fail(
            "ruleset_wrong_word", (*at, "limit", "value", "from"), place="limit.value.from", value=value["from"], nearest="zone.waarde", known="zone.waarde"
        )
    low, high = limit.get("min"), limit.get("max")
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        raise fail("ruleset_limit_turned", (*at, "limit", "max"), low=low, high=high)


def _check_arithmetic(rule: Mapping[str, Any], at: Steps, parameters: Sequence[str], fail: Fail) -> None:
    for steps, text in _formulas(rule):
        try:
            unknown = unknown_names(text, parameters)
        except FormulaError as fault:
            raise fail("ruleset_wrong_formula", (*at, *steps), formula=text, word=fault.word or "…", position=fault.position + 1) from None
        if unknown:
            near = nearest(unknown[0], (*NAMES, *parameters))
            raise fail("ruleset_unknown_name", (*at, *steps), formula=text, word=unknown[0], nearest=near)
    for steps, wanted in _references(rule):
        if wanted not in parameters:
            raise fail("ruleset_unknown_parameter", (*at, *steps), key=wanted, nearest=nearest(wanted, parameters))


def _formulas(rule: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    limit = rule.get("limit") or {}
    for key in ("value", "min", "max"):
        if isinstance(limit.get(key), str):
            yield ("limit", key), limit[key]
    for number, exception in enumerate(rule.get("exceptions", ())):
        if is_formula(exception.get("effect", "")):
            yield ("exceptions", number, "effect"), exception["effect"]


def _references(rule: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    """Yield where a rule says ``{parameter: name}``, and the name."""
    value = (rule.get("limit") or {}).get("value")
    if isinstance(value, dict) and "parameter" in value:
        yield ("limit", "value", "parameter"), value["parameter"]
    for key, word in rule.get("measure", {}).items():
        if isinstance(word, dict) and set(word) == {"parameter"}:
            yield ("measure", key, "parameter"), str(word["parameter"])


def _check_tests(rule: Mapping[str, Any], at: Steps, parameters: Sequence[str], fail: Fail) -> None:
    for number, test in enumerate(rule.get("tests", ())):
        for key, value in test["given"].items():
            place = (*at, "tests", number, "given", key)
            if key not in GIVEN and key not in NAMES and key not in parameters:
                known = (*GIVEN, *NAMES, *parameters)
                raise fail("ruleset_unknown_key", place, key=key, place=".".join(map(str, place[:-1])), nearest=nearest(key, known))
            numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
            if key not in ("answers", "date", "applies") and not numeric and value is not None:
                raise fail("ruleset_wrong_value", place, place=".".join(map(str, place)), value=str(value), expected="number")


