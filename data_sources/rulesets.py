"""Rule files: YAML that a municipality can write itself, read safely and checked against ``rulesets/schema.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import RulesetError
from ..model import LegalSource, Limit, Measurement, Rule, Ruleset
from .juridical.maatvoering import terms_of
from .validation import check_schema, nearest, read_yaml

SCHEMA = Path(__file__).resolve().parent.parent / "rulesets" / "schema.json"
CHECK_PAGES = Path(__file__).resolve().parent.parent / "checks"
PLAN_VALUES = {"max_building_height": "bouwhoogte", "max_coverage_pct": "bebouwingspercentage"}
"""The plan value that ``from: zone.waarde`` means for a check, when the rule names no ``measure.plan_value``."""


def known_checks() -> list[str]:
    """Return the names of the checks: one file each in ``checks/<family>/``."""
    return sorted(path.stem for path in CHECK_PAGES.glob("*/*.py") if not path.stem.startswith("_"))


def read_ruleset(path: Path) -> Ruleset:
    """Read a rule file; raises ``RulesetError`` naming the place and the nearest known word."""
    path = Path(path)
    data, digest = read_yaml(path, RulesetError, "ruleset")

    def fail(code: str, **details: Any) -> RulesetError:
        return RulesetError(code, path=str(path), **details)

    check_schema(data, SCHEMA, fail, "ruleset")
    head, ids, checks = data["ruleset"], set(), known_checks()
    for rule in data["rules"]:
        if rule["id"] in ids:
            raise fail("ruleset_double_id", rule=rule["id"])
        ids.add(rule["id"])
        if rule["check"] not in checks:
            raise fail("ruleset_unknown_check", rule=rule["id"], check=rule["check"], nearest=nearest(rule["check"], checks))
    return Ruleset(
        id=head["id"],
        version=str(head["version"]),
        title=head.get("title", {"nl": head["id"]}),
        rules=tuple(_rule(rule) for rule in data["rules"]),
        sha256=digest,
        location=str(path),
        valid_from=head.get("valid_from") or "",
        valid_to=head.get("valid_to") or "",
    )


def _rule(data: Mapping[str, Any]) -> Rule:
    return Rule(
        id=data["id"],
        check=data["check"],
        title=data.get("title", {"nl": data["id"]}),
        legal=tuple(_legal(source) for source in data["legal"]),
        limit=_limit(data),
        applies_when=data.get("applies_when", {}),
        measure=data.get("measure", {}),
        exceptions=tuple(data.get("exceptions", ())),
        uncertainty=data.get("uncertainty", {}),
        tests=tuple(data.get("tests", ())),
        enabled=data.get("enabled", True),
    )


def _legal(data: Mapping[str, Any]) -> LegalSource:
    words = {key: str(data.get(key) or "") for key in ("instrument", "article", "quote", "url")}
    return LegalSource(**words, version=str(data.get("version_date") or ""))


def _limit(data: Mapping[str, Any]) -> Limit | None:
    limit = data.get("limit")
    if limit is None:
        return None
    value = limit.get("value")
    if limit["op"] == "between":
        return Limit("between", limit["unit"], None, None, float(limit["min"]), float(limit["max"]))
    if isinstance(value, dict):
        stated = str(data.get("measure", {}).get("plan_value", PLAN_VALUES.get(data["check"], "")))
        return Limit(limit["op"], limit["unit"], None, plan_value_name(stated))
    return Limit(limit["op"], limit["unit"], None if value is None else float(value))


def plan_value_name(text: str) -> str:
    """Return the normalised name of a plan value: ``maximum bouwhoogte (m)`` -> ``bouwhoogte``."""
    return terms_of(text)[0][0]


def run_tests(ruleset: Ruleset) -> Sequence[Mapping[str, Any]]:
    """Run the ``tests`` inside a rule file: ``given`` value (or ridge and peil) and limit, ``expect`` a verdict."""
    results = []
    for rule in ruleset.rules:
        for number, test in enumerate(rule.tests, start=1):
            given = test.get("given", {})
            value = given["value"] if "value" in given else given.get("ridge", 0.0) - given.get("peil", 0.0)
            limit = next((given[key] for key in ("limit", "max", "min") if key in given), rule.limit.value if rule.limit else None)
            measured = Measurement(rule.check, float(value), "", rule.limit.operator if rule.limit else "<=", limit)
            found = measured.verdict().value
            margin_holds = "margin" not in test or abs((measured.margin or 0.0) - test["margin"]) < 1e-6
            results.append(
                {
                    "rule": rule.id, "number": number, "expected": test.get("expect"), "found": found,
                    "passed": found == test.get("expect") and margin_holds,
                }
            )
    return results
