"""Rule files: YAML that a municipality can write itself, read safely and checked against ``rulesets/schema.json``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import RulesetError
from ..model import LegalSource, Limit, Note, Parameter, Rule, Ruleset
from .check_pages import HOUSE, catalogue, known_checks
from .juridical.maatvoering import terms_of
from .rule_faults import RESERVED, UNITS, check_rules
from .validation import check_schema, line_of, nearest, read_yaml

__all__ = ["known_checks", "plan_value_name", "read_ruleset", "remarks_on"]

SCHEMA = HOUSE / "rulesets" / "schema.json"


def read_ruleset(path: Path | str) -> Ruleset:
    """Read a rule file; raises ``RulesetError`` naming file, line, key and the nearest known word."""
    path = Path(path)
    data, digest = read_yaml(path, RulesetError, "ruleset")

    def fail(code: str, at: Sequence[str | int] = (), **details: Any) -> RulesetError:
        line = line_of(path, at)
        return RulesetError(code, path=f"{path}:{line}" if line else str(path), **details)

    check_schema(data, SCHEMA, fail, "ruleset")
    check_rules(data, fail)
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
    value, unit = limit.get("value"), UNITS.get(limit["unit"], limit["unit"])
    kind = "distance_m" if "distance" in data["check"] or data["check"] == "facade_line" else "height_m"
    allowed = limit.get("tolerance", tolerance.get(kind, 0.0) if unit in ("m", "m NAP") else 0.0)
    stated: dict[str, Any] = {"operator": limit["op"], "unit": unit, "tolerance": float(allowed)}
    if limit["op"] == "between" and "min" in limit:
        return _between(limit["min"], limit["max"], stated)
    if isinstance(value, str):
        return Limit(formula=value, **stated)
    if isinstance(value, dict):
        if "parameter" in value:
            return Limit(formula=value["parameter"], **stated)
        said = str(data.get("measure", {}).get("plan_value", catalogue().get(data["check"], {}).get("plan_value", "")))
        return Limit(from_plan=plan_value_name(said), **stated)
    return Limit(value=float(value), **stated)


def _between(low: Any, high: Any, stated: Mapping[str, Any]) -> Limit:
    if isinstance(low, str) or isinstance(high, str):
        return Limit(formula=str(high), low_formula=str(low), **stated)
    return Limit(low=float(low), high=float(high), **stated)


def plan_value_name(text: str) -> str:
    """Return the normalised name of a plan value: ``maximum bouwhoogte (m)`` -> ``bouwhoogte``."""
    return terms_of(text)[0][0]
