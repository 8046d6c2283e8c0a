"""Rules of files that the officer switched off for one case, or on again where their file had them off: with a reason, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ....model import Rule, Ruleset

RULE_SWITCHES = "rule_switches"
"""The answer: by the id of a rule, ``value`` (on | off) with the reason, by whom and when."""
ON, OFF = "on", "off"


def switched(rulesets: Sequence[Ruleset], answers: Mapping[str, Any]) -> tuple[Ruleset, ...]:
    """Return rule files as the officer wants them for this case. A switch without a reason is none: the rule stays as its file has it."""
    told = answers.get(RULE_SWITCHES)
    said = {str(name): one for name, one in told.items() if _holds(one)} if isinstance(told, Mapping) else {}
    if not said:
        return tuple(rulesets)
    return tuple(replace(each, rules=tuple(_as_said(rule, said[rule.id]) if rule.id in said else rule for rule in each.rules)) for each in rulesets)


def _holds(said: Any) -> bool:
    return isinstance(said, Mapping) and _word(said) in (ON, OFF) and bool(str(said.get("reason") or "").strip())


def _word(said: Mapping[str, Any]) -> str:
    value = said.get("value")
    return (ON if value else OFF) if isinstance(value, bool) else str(value).strip().lower()  # YAML 1.1 reads on and off as true and false


def _as_said(rule: Rule, said: Mapping[str, Any]) -> Rule:
    on = _word(said) == ON
    why = ("", "") if on else (str(said["reason"]).strip(), str(said.get("by") or "").strip())
    return replace(rule, enabled=on, disabled_reason=why[0], disabled_by=why[1])
