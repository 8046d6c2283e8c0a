"""Rule files: YAML that a municipality can write itself, read safely and checked against ``rulesets/schema.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import RulesetError
from ...model import LegalSource, Limit, Note, Parameter, Rule, Ruleset
from ..formats.unit_words import plain_unit
from ..formats.validation import Fault, lines_of, nearest, read_yaml, refuse_other_name, schema_faults
from ..juridical.maatvoering import terms_of
from .check_pages import HOUSE, catalogue, known_checks
from .rule_faults import RESERVED, rule_faults

__all__ = ["known_checks", "plan_value_name", "read_ruleset", "remarks_on"]

SCHEMA = HOUSE / "rulesets" / "schema.json"


def read_ruleset(path: Path | str) -> Ruleset:
    """Read a rule file; raises ``RulesetError`` naming file, line, key and the nearest known word."""
    path = Path(path)
    refuse_other_name(path, RulesetError)
    data, digest = read_yaml(path, RulesetError, "ruleset")

    faults = faults_in(data)
    if faults:
        raise _refusal(path, data, faults)
    head, parameters = data["ruleset"], data.get("parameters") or {}
    return Ruleset(
        id=head["id"],
        version=str(head["version"]),
        title=head.get("title", {"nl": head["id"]}),
        rules=tuple(_rule(rule, parameters) for rule in data["rules"]),
        sha256=digest,
        location=str(path),
        valid_from=head.get("valid_from") or "",
        valid_to=head.get("valid_to") or "",
        parameters=tuple(_parameter(name, value) for name, value in parameters.items() if name != "tolerance"),
    )


def faults_in(data: Any) -> list[Fault]:
    """Return all that is wrong with the text of a rule file, what hides other faults first."""
    found = schema_faults(data, json.loads(SCHEMA.read_text(encoding="utf-8")), "ruleset")
    if all(fault.at[:1] == ("rules",) and len(fault.at) > 1 for fault in found):  # its frame stands: look into the rules that can be read
        found += rule_faults(data, {number for fault in found if isinstance(number := fault.at[1], int)})
    return [_comma(fault) for fault in found]


def _comma(fault: Fault) -> Fault:
    """Return what is meant where the rest of a number or sentence stands as a word: ``{value: 9,5}`` is to YAML the value 9 and the word 5."""
    if fault.code in ("ruleset_unknown_key", "ruleset_unknown_switch") and re.search(r"^\d|\s", str(fault.data["key"])):
        return Fault("ruleset_comma_splits", fault.at, {"key": fault.data["key"]})
    return fault


def _refusal(path: Path, data: Any, faults: Sequence[Fault]) -> RulesetError:
    """Return the error of the first fault, with the others in ``others``: each with its line, and the rule by its id."""
    lines = lines_of(path, [fault.at for fault in faults])
    errors = [RulesetError(f.code, path=f"{path}:{line}" if line else str(path), **_said(f, data)) for f, line in zip(faults, lines)]
    first, *others = errors
    first.others = tuple(error for _, error in sorted(zip(lines[1:], others), key=lambda pair: pair[0]))
    return first


def _said(fault: Fault, data: Any) -> dict[str, Any]:
    """Return the data of a fault, with the rule's id in place of its number in the file."""
    place = str(fault.data.get("place", ""))
    if fault.at[:1] == ("rules",) and len(fault.at) > 1 and isinstance(data["rules"][fault.at[1]], dict):
        number = f"rules.{fault.at[1]}"
        name = str(data["rules"][fault.at[1]].get("id") or number)
        place = re.sub(rf"^{re.escape(number)}(?=\.|$)", lambda _: name, place)
    return {**fault.data, "place": place} if "place" in fault.data else dict(fault.data)


def remarks_on(ruleset: Ruleset) -> tuple[Note, ...]:
    """Return what is allowed in a rule file and yet probably not meant."""
    ids = {rule.id for rule in ruleset.rules}
    return tuple(note for rule in ruleset.rules for note in _remarks(rule, ids))


def _remarks(rule: Rule, ids: set[str]) -> Iterator[Note]:
    if not rule.basis and not any(source.quote.strip() for source in rule.legal):
        yield Note.of("ruleset_no_quote", rule=rule.id)
    for formula in (rule.limit.low_formula, rule.limit.formula) if rule.limit else ():
        if re.search(r"\d,\d", formula):
            yield Note.of("ruleset_formula_comma", rule=rule.id, formula=formula)
    for other in rule.overrides:
        if other not in ids and not other.startswith("plan:"):
            yield Note.of("ruleset_overrides_nothing", rule=rule.id, other=other, nearest=nearest(other, ids - {rule.id}))


def _rule(data: Mapping[str, Any], parameters: Mapping[str, Any]) -> Rule:
    legal = data["legal"] if isinstance(data["legal"], list) else [data["legal"]]
    return Rule(
        id=data["id"],
        check=data["check"],
        title=data.get("title", {"nl": data["id"]}),
        legal=tuple(_legal(source) for source in legal),
        limit=_limit(data, parameters.get("tolerance") or {}),
        applies_when=data.get("applies_when", {}),
        measure=data.get("measure", {}),
        exceptions=tuple(data.get("exceptions", ())),
        uncertainty=data.get("uncertainty", {}),
        tests=tuple(data.get("tests", ())),
        enabled=data.get("enabled", True),
        disabled_reason=str(data.get("disabled_reason") or ""),
        disabled_by=str(data.get("disabled_by") or ""),
        applies_to=tuple(data.get("applies_to", ())),
        valid_from=data.get("valid_from") or "",
        valid_to=data.get("valid_to") or "",
        priority=data.get("priority", 0),
        overrides=tuple(data.get("overrides", ())),
        evidence=tuple(data.get("evidence", ())),
        basis=data.get("basis", ""),
    )


def _legal(data: Mapping[str, Any]) -> LegalSource:
    words = {key: str(data.get(key) or "") for key in ("instrument", "article", "quote", "url", "work_id", "bwb_id")}
    return LegalSource(**words, version=str(data.get("version_date") or ""))


def _parameter(name: str, data: Any) -> Parameter:
    if name in RESERVED or not isinstance(data, dict):
        return Parameter(name, data)
    places = tuple((place["when"], place["value"]) for place in data.get("at", ()))
    return Parameter(name, data["value"], data.get("unit", ""), places, (_legal(data["legal"]),) if data.get("legal") else ())


def _limit(data: Mapping[str, Any], tolerance: Mapping[str, float]) -> Limit | None:
    limit = data.get("limit")
    if limit is None:
        return None
    value, unit = limit.get("value"), plain_unit(limit["unit"])
    known = catalogue().get(data["check"], {})
    allowed = limit.get("tolerance", tolerance.get(known.get("tolerance", ""), 0.0) if unit in ("m", "m NAP") else 0.0)
    stated: dict[str, Any] = {"operator": limit["op"], "unit": unit, "tolerance": float(allowed)}
    if limit["op"] == "between" and "min" in limit:
        return _between(limit["min"], limit["max"], stated)
    if isinstance(value, str):
        return Limit(formula=value, **stated)
    if isinstance(value, dict):
        if "parameter" in value:
            return Limit(formula=value["parameter"], **stated)
        said = str(data.get("measure", {}).get("plan_value", next(iter(known.get("plan_values", ())), "")))
        return Limit(from_plan=plan_value_name(said), **stated)
    return Limit(value=float(value), **stated)


def _between(low: Any, high: Any, stated: Mapping[str, Any]) -> Limit:
    if isinstance(low, str) or isinstance(high, str):
        return Limit(formula=str(high), low_formula=str(low), **stated)
    return Limit(low=float(low), high=float(high), **stated)


def plan_value_name(text: str) -> str:
    """Return the normalised name of a plan value: ``maximum bouwhoogte (m)`` -> ``bouwhoogte``."""
    return terms_of(text)[0][0]
