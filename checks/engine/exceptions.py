"""What a rule excepts: parts that it does not count, and what an officer may decide (``decision: auto | officer``).

Undecided, an exception is an open point: both readings are run. What is excepted up to a measure (``max_extra_m``) is never answered away
beyond it: the checks of heights weigh that themselves, for they know the limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...model import Finding, Note, Rule, Verdict
from .base import Check, Context
from .open_points.settling import Settling


def part_exceptions(rule: Rule) -> tuple[Mapping[str, Any], ...]:
    """Return the exceptions that leave parts out by their class."""
    return tuple(exception for exception in rule.exceptions if exception.get("classes"))


def granted(exception: Mapping[str, Any], context: Settling) -> bool:
    """Return whether the officer grants an exception, in the reading under way."""
    key = str(exception["id"])
    return context.yes_no(key, Note.of("engine_question_exception", question=str(exception.get("question") or key)))


def with_exceptions(rule: Rule, context: Context, check: Check) -> tuple[Finding, ...]:
    """Return the findings of a rule without the parts that its exceptions leave out.

    What complies with every part counted asks nothing. A check that has no switch for it measures the design without these parts; how far
    they may reach (``max_extra_m``) is then for the officer.
    """
    switch, exceptions = check.part_exceptions.switch, part_exceptions(rule)
    if not exceptions or check.part_exceptions.by_check:
        return check.run(rule, context)
    if switch and switch not in rule.measure and all(exception.get("decision", "auto") == "officer" for exception in exceptions):
        rule = replace(rule, measure={**rule.measure, switch: check.part_exceptions.unsaid})
    present = {part.kind for part in context.design.parts}
    there = [exception for exception in exceptions if present & set(exception["classes"])]
    decided = [exception for exception in there if _by_itself(exception, switch)]
    found = _without(rule, context, decided, check)
    if all(one.verdict in (Verdict.COMPLIES, Verdict.NOT_APPLICABLE) for one in found):
        return found
    given = [exception for exception in there if not _by_itself(exception, switch) and granted(exception, context)]
    return _without(rule, context, [*decided, *given], check) if given else found


def _by_itself(exception: Mapping[str, Any], switch: str) -> bool:
    reach = exception.get("max_extra_m") is not None and not switch
    return bool(exception.get("decision", "auto") == "auto") and not reach


def _without(rule: Rule, context: Context, exceptions: list[Mapping[str, Any]], check: Check) -> tuple[Finding, ...]:
    """Return the findings without the classes of some exceptions, and what was left out where the check itself does not say so."""
    classes = [kind for exception in exceptions for kind in exception["classes"]]
    switch = check.part_exceptions.switch
    if switch:
        named = dict.fromkeys([*rule.measure.get(switch, ()), *classes])
        return check.run(replace(rule, measure={**rule.measure, switch: list(named)}) if classes else rule, context)
    kept = tuple(part for part in context.design.parts if part.kind not in classes)
    present = {part.kind for part in context.design.parts}
    said = tuple(
        Note.of("engine_parts_left_out", name=str(exception["id"]), classes=", ".join(sorted(present & set(exception["classes"]))))
        for exception in exceptions
    )
    return tuple(replace(found, notes=(*found.notes, *said)) for found in check.run(rule, context.with_parts(kept) if kept else context))


def excepted(rule: Rule, context: Settling, found: Finding) -> Finding:
    """Return a violation weighed against the exceptions that an officer decides (those that neither change the limit nor name parts)."""
    for exception in rule.exceptions:
        if found.verdict is not Verdict.VIOLATES or exception.get("decision") != "officer" or "effect" in exception or exception.get("classes"):
            continue
        if granted(exception, context):
            note = Note.of("surroundings_excepted", question=str(exception.get("question", exception["id"])))
            found = replace(found, verdict=Verdict.COMPLIES, deviations=(), notes=(*found.notes, note))
    return found
