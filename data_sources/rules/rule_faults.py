"""What can be wrong with a rule file that its schema cannot see: each fault names its line, its key and the nearest known word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ...model.formula import GIVEN, NAMES, FormulaError, checked, is_formula, unknown_names
from ...model.measurement import MOST_TOLERATED
from ...model.rule import is_unit_of
from ..formats.unit_words import plain_unit
from ..formats.validation import Fault, nearest
from .check_pages import catalogue, known_checks
from .switch_faults import switch_faults

RESERVED = ("peil", "tolerance")
MAXIMUM, MINIMUM = ("<=", "<"), (">=", ">")
OPEN_END = "9999-12-31"
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
"""A number as Dutch writes it; YAML reads it as text."""
NUMBER_UNIT = re.compile(r"-?\d+(?:[.,]\d+)?\s*(?:m|m2|m²|m3|m³|%|°|graden|meter|uur|min|minuten|bouwlagen)", re.IGNORECASE)

ENDINGS = {"m": "m", "m2": "m2", "m3": "m3", "pct": "%", "deg": "deg", "min": "min", "h": "h", "nap": "m NAP"}
"""What the end of a parameter's name says of its unit."""
ENDING = re.compile(rf"_({'|'.join(ENDINGS)})$")

Steps = tuple[Any, ...]


def rule_faults(data: Mapping[str, Any], unreadable: Collection[int] = ()) -> Iterator[Fault]:
    """Yield what is wrong with a rule file that its schema cannot see; rules whose number is ``unreadable`` are left out."""
    parameters = data.get("parameters") or {}
    yield from _dates(data["ruleset"], ("ruleset",))
    yield from _parameters(parameters)
    shared = [name for name in parameters if name not in RESERVED]
    for number, rule in enumerate(data["rules"]):
        if number not in unreadable:
            yield from _of_rule(rule, ("rules", number), parameters, shared)
    yield from _each_other([(number, rule) for number, rule in enumerate(data["rules"]) if number not in unreadable])
    yield from _ids([(number, rule) for number, rule in enumerate(data["rules"]) if number not in unreadable])


def _of_rule(rule: Mapping[str, Any], at: Steps, parameters: Mapping[str, Any], shared: Sequence[str]) -> Iterator[Fault]:
    yield from _dates(rule, at)
    yield from _arithmetic(rule, at, shared)
    yield from _tests(rule, at, shared)
    yield from _exceptions(rule, at)
    name = rule["check"]
    if name not in known_checks():
        yield Fault("ruleset_unknown_check", (*at, "check"), {"rule": rule["id"], "check": name, "nearest": nearest(name, known_checks())})
        return
    yield from switch_faults(rule, at, parameters)
    yield from _limit(rule, at)
    yield from _other_unit(rule, at, parameters)


def _exceptions(rule: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    """An exception says what it excepts, and who decides where it asks a question; of no class two say another thing."""
    seen: dict[str, str] = {}
    for number, exception in enumerate(rule.get("exceptions", ())):
        here = (*at, "exceptions", number)
        asks, decision = bool(str(exception.get("question") or "").strip()), exception.get("decision")
        alone = not exception.get("classes") and "effect" not in exception
        if (asks and decision != "officer") or (alone and not asks and decision == "auto"):
            yield Fault("ruleset_exception_undecided", (*here, "decision"), {"id": exception["id"]})
        elif alone and not asks and decision is None:
            yield Fault("ruleset_exception_empty", here, {"id": exception["id"]})
        for kind in dict.fromkeys(exception.get("classes", ())):
            if kind in seen:
                yield Fault("ruleset_exception_twice", (*here, "classes"), {"id": exception["id"], "other": seen[kind], "kind": kind})
            seen.setdefault(kind, str(exception["id"]))


def _dates(data: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    for key in ("valid_from", "valid_to"):
        try:
            datetime.date.fromisoformat(data.get(key) or OPEN_END)
        except ValueError:
            yield Fault("ruleset_wrong_date", (*at, key), {"key": key, "value": data[key]})
    if data.get("valid_from") and data.get("valid_to") and data["valid_from"] > data["valid_to"]:
        yield Fault("ruleset_dates_turned", (*at, "valid_to"), {"start": data["valid_from"], "end": data["valid_to"]})


def _parameters(parameters: Mapping[str, Any]) -> Iterator[Fault]:
    """A number has a unit, in a word of its own or as the end of its name (``marge_m``)."""
    for name, value in parameters.items():
        if name in RESERVED:
            continue
        if name in NAMES:
            yield Fault("ruleset_parameter_taken", ("parameters", name), {"key": name})
        number = value["value"] if isinstance(value, dict) else value
        if isinstance(number, str) and DECIMAL_COMMA.fullmatch(number.strip()):
            yield Fault("ruleset_decimal_comma", ("parameters", name), {"key": name, "value": number, "mended": number.strip().replace(",", ".")})
        if isinstance(number, (int, float)) and not isinstance(number, bool) and not unit_of(name, value):
            yield Fault("ruleset_parameter_unit", ("parameters", name), {"key": name})


def _ids(rules: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Fault]:
    """An id may come back only as another version, in force at other dates."""
    seen: dict[str, list[tuple[str, str]]] = {}
    for number, rule in rules:
        start, end = rule.get("valid_from") or "", rule.get("valid_to") or OPEN_END
        if any(start <= other_end and other_start <= end for other_start, other_end in seen.get(rule["id"], ())):
            dated = rule.get("valid_from") or rule.get("valid_to")
            yield Fault("ruleset_dates_overlap" if dated else "ruleset_double_id", ("rules", number, "id"), {"rule": rule["id"]})
        seen.setdefault(rule["id"], []).append((start, end))
        if rule["id"] in rule.get("overrides", ()):
            yield Fault("ruleset_overrides_itself", ("rules", number, "overrides"), {"rule": rule["id"]})


def _each_other(rules: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Fault]:
    """Two rules that go before each other, also by way of others, leave nothing that holds."""
    before = {rule["id"]: tuple(rule.get("overrides", ())) for _, rule in rules}
    for number, rule in rules:
        reached, waiting = set[str](), [other for other in before[rule["id"]] if other != rule["id"]]
        while waiting:
            other = waiting.pop()
            if other not in reached:
                reached.add(other)
                waiting += before.get(other, ())
        if rule["id"] in reached:
            others = ", ".join(sorted(reached - {rule["id"]}))
            yield Fault("ruleset_overrides_each_other", ("rules", number, "overrides"), {"rule": rule["id"], "others": others})


def _plan_value(rule: Mapping[str, Any]) -> bool:
    return bool(catalogue().get(rule["check"], {}).get("plan_values"))


def _limit(rule: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    limit, units = rule.get("limit"), catalogue().get(rule["check"], {}).get("units")
    if not limit:
        return
    unit = plain_unit(limit["unit"])
    if units and not is_unit_of(unit, units):
        yield Fault("ruleset_wrong_unit", (*at, "limit", "unit"), {"check": rule["check"], "unit": limit["unit"], "units": ", ".join(u or '""' for u in units)})
    value = limit.get("value")
    if isinstance(value, dict) and value.get("from", "zone.waarde") != "zone.waarde":
        words = {"place": "limit.value.from", "value": value["from"], "nearest": "zone.waarde", "known": "zone.waarde"}
        yield Fault("ruleset_wrong_word", (*at, "limit", "value", "from"), words)
    elif isinstance(value, dict) and "from" in value and not (_plan_value(rule) or rule.get("measure", {}).get("plan_value")):
        yield Fault("ruleset_no_plan_value", (*at, "limit", "value"), {"check": rule["check"]})
    below = [(key, limit[key]) for key in ("value", "min", "max") if isinstance(limit.get(key), (int, float)) and limit[key] < 0 and unit != "m NAP"]
    for key, number in below:
        yield Fault("ruleset_limit_negative", (*at, "limit", key), {"value": number, "unit": limit["unit"]})
    yield from _direction(rule, at)
    lowest = min((limit[key] for key in ("value", "min", "max") if is_positive(limit.get(key))), default=None)
    if lowest is not None and float(limit.get("tolerance") or 0.0) > MOST_TOLERATED * lowest:
        yield Fault("ruleset_tolerance_large", (*at, "limit", "tolerance"), {"value": limit["tolerance"], "limit": lowest, "unit": limit["unit"]})
    low, high = limit.get("min"), limit.get("max")
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        yield Fault("ruleset_limit_turned", (*at, "limit", "max"), {"low": low, "high": high})


def _other_unit(rule: Mapping[str, Any], at: Steps, parameters: Mapping[str, Any]) -> Iterator[Fault]:
    """A parameter that is a limit by itself is in the limit's unit: square metres are no metres."""
    limit = rule.get("limit") or {}
    for key in ("value", "min", "max"):
        value = limit.get(key)
        name = str(value.get("parameter") if isinstance(value, dict) else value)
        if name not in parameters or name in RESERVED:
            continue
        unit, wanted = unit_of(name, parameters[name]), plain_unit(limit["unit"])
        if unit and not is_unit_of(unit, (wanted,)):
            yield Fault("ruleset_parameter_other_unit", (*at, "limit", key), {"key": name, "unit": unit, "limit": limit["unit"]})


def unit_of(name: str, parameter: Any) -> str:
    """Return the unit of a parameter, by its own word or the end of its name; '' where it has none."""
    if isinstance(parameter, dict) and "unit" in parameter:
        return plain_unit(str(parameter["unit"]))
    ending = ENDING.search(name)
    return ENDINGS[ending[1]] if ending else ""


def _direction(rule: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    """A check of a maximum of the plan's weighs against a maximum, one of a minimum against a minimum."""
    page, sign = catalogue().get(rule["check"], {}), str(rule["limit"].get("op") or "")
    wrong = {"maximum": MINIMUM, "minimum": MAXIMUM}.get(page.get("qualifier", "")) if _plan_value(rule) else None
    if wrong and sign in wrong:
        other = MAXIMUM[0] if wrong is MINIMUM else MINIMUM[0]
        yield Fault("ruleset_wrong_direction", (*at, "limit", "op"), {"check": rule["check"], "sign": sign, "other": other})


def is_positive(given: Any) -> bool:
    """Whether a value is a number above 0."""
    return isinstance(given, (int, float)) and not isinstance(given, bool) and given > 0


def _arithmetic(rule: Mapping[str, Any], at: Steps, parameters: Sequence[str]) -> Iterator[Fault]:
    for steps, text in _formulas(rule):
        try:
            checked(text)
            unknown = unknown_names(text, parameters)
        except FormulaError as fault:
            yield _of_formula((*at, *steps), text, fault)
            continue
        if unknown:
            near = nearest(unknown[0], (*NAMES, *parameters))
            yield Fault("ruleset_unknown_name", (*at, *steps), {"formula": text, "word": unknown[0], "nearest": near})
    for steps, wanted in _references(rule):
        if not parameters:
            yield Fault("ruleset_no_parameters", (*at, *steps), {"key": wanted})
        elif wanted not in parameters:
            yield Fault("ruleset_unknown_parameter", (*at, *steps), {"key": wanted, "nearest": nearest(wanted, parameters)})


def _of_formula(at: Steps, text: str, fault: FormulaError) -> Fault:
    """Return what is wrong with a formula, as who wrote it would say it."""
    if DECIMAL_COMMA.fullmatch(text.strip()):
        return Fault("ruleset_limit_comma", at, {"value": text, "mended": text.strip().replace(",", ".")})
    if NUMBER_UNIT.fullmatch(text.strip()):
        return Fault("ruleset_unit_in_value", at, {"value": text})
    strange = next(((n, sign) for n, sign in enumerate(text) if not sign.isascii()), None)
    if strange is not None:
        return Fault("ruleset_formula_sign", at, {"formula": text, "word": strange[1], "position": strange[0] + 1})
    if fault.word == "/ 0":
        return Fault("ruleset_divides_by_zero", at, {"formula": text})
    return Fault("ruleset_wrong_formula", at, {"formula": text, "word": fault.word or "…", "position": fault.position + 1})


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


def _tests(rule: Mapping[str, Any], at: Steps, parameters: Sequence[str]) -> Iterator[Fault]:
    for number, test in enumerate(rule.get("tests", ())):
        for key, value in test["given"].items():
            place = (*at, "tests", number, "given", key)
            if key not in GIVEN and key not in NAMES and key not in parameters:
                known = (*GIVEN, *NAMES, *parameters)
                yield Fault("ruleset_unknown_key", place, {"key": key, "place": ".".join(map(str, place[:-1])), "nearest": nearest(key, known)})
            numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
            if key not in ("answers", "date", "applies") and not numeric and value is not None:
                yield Fault("ruleset_wrong_value", place, {"place": ".".join(map(str, place)), "value": str(value), "expected": "number"})
