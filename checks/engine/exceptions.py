"""What a rule excepts: parts that it does not count, and what an officer may decide (``decision: auto | officer``).

Undecided, an exception is an open point: both readings are run. What is excepted up to a measure (``max_extra_m``) is never answered away
beyond it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from ...model import Finding, Note, Rule, Verdict
from .base import Check, Context
from .open_points.settling import Settling

AUTO, OFFICER = "auto", "officer"
WHOLE, SHELL = "building", ("wall", "roof", "slab")
"""The kind of a body that is a building, and those of what one is made of."""
REACHES_M = 1e-4
Excepted = Mapping[str, Any]


def decided_by(exception: Excepted) -> str:
    """Return who decides about an exception: ``officer`` where it says so or asks a question, else ``auto``."""
    return str(exception.get("decision") or (OFFICER if exception.get("question") else AUTO))


def part_exceptions(rule: Rule, there: Set[str]) -> tuple[Excepted, ...]:
    """Return the exceptions that leave some of a design's kinds of parts out, without the classes that are the building itself; a power for some parts
    (``effect``) leaves none out."""
    excepting = [exception for exception in rule.exceptions if exception.get("classes") and "effect" not in exception]
    told = [{**exception, "classes": parts_only(exception["classes"], there)} for exception in excepting]
    return _agreed([exception for exception in told if exception["classes"]])


def _agreed(told: Sequence[Excepted]) -> tuple[Excepted, ...]:
    """Return exceptions in which no class is told two things: as far as all agree it does not count, and further than that, or where one of them
    leaves it to the officer, it is the officer's."""
    named = [kind for exception in told for kind in dict.fromkeys(exception["classes"])]
    twice = [kind for kind in dict.fromkeys(named) if named.count(kind) > 1]
    kept = [{**exception, "classes": tuple(kind for kind in exception["classes"] if kind not in twice)} for exception in told]
    for kind in twice:
        own = sorted((exception for exception in told if kind in exception["classes"]), key=_reach)
        least, most = own[0], own[-1]
        alone = all(decided_by(exception) == AUTO for exception in own)
        if alone:
            kept.append({**least, "classes": (kind,)})
        if not alone or _reach(least) < _reach(most):
            asking = next((exception for exception in own if decided_by(exception) == OFFICER), most)
            kept.append({**asking, "classes": (kind,), "decision": OFFICER, "max_extra_m": most.get("max_extra_m")})
    return tuple(exception for exception in kept if exception["classes"])


def _reach(exception: Excepted) -> float:
    """Return how far above the limit what is excepted may reach (m), without end where nothing is said."""
    reach = exception.get("max_extra_m")
    return math.inf if reach is None else float(reach)


def parts_only(kinds: Iterable[str], there: Set[str]) -> tuple[str, ...]:
    """Return kinds of parts that a rule leaves out, without a whole building, and without walls, roofs and floors where no others of a design would be
    left (``there``: its kinds): a part of a building never is the building."""
    named = tuple(str(kind) for kind in kinds if str(kind) != WHOLE)
    body = there & {WHOLE, *SHELL}
    return tuple(kind for kind in named if kind not in SHELL) if body and body <= set(named) else named


def granted(exception: Excepted, context: Settling) -> bool:
    """Return whether the officer grants an exception, in the reading under way."""
    key = str(exception["id"])
    return context.yes_no(key, Note.of("engine_question_exception", question=str(exception.get("question") or key)))


def with_exceptions(rule: Rule, context: Context, check: Check) -> tuple[Finding, ...]:
    """Return the findings of a rule without the parts that its exceptions leave out; where that turns nothing, nothing is asked.

    A check that does not weigh exceptions itself measures the design without these parts. What passes a norm in metres by more than they may
    reach (``max_extra_m``) is never saved.
    """
    excepting = part_exceptions(rule, context.design.kinds)
    if not excepting or check.weighs_exceptions:
        return check.run(rule, context)
    there = [exception for exception in excepting if context.design.kinds & set(exception["classes"])]
    left_out = [exception for exception in there if decided_by(exception) == AUTO and exception.get("max_extra_m") is None]
    found = _without(rule, context, left_out, check)
    rest = sorted((exception for exception in there if exception not in left_out), key=lambda exception: exception.get("max_extra_m") is not None)
    if not rest or _verdicts(found) == _verdicts(_without(rule, context, there, check)):
        return found
    for exception in rest:
        found = _as_far_as(rule, context, found, exception, left_out, check)
    return found


def _verdicts(found: Sequence[Finding]) -> dict[str, Verdict]:
    return {one.subject_key: one.verdict for one in found}


def _as_far_as(
    rule: Rule, context: Context, found: tuple[Finding, ...], exception: Excepted, left_out: list[Excepted], check: Check
) -> tuple[Finding, ...]:
    """Return findings with one more exception: its parts do not count as far as they may reach, where it is granted. ``left_out`` grows with one
    that holds for all of them."""
    reaches = {one.subject_key: _within(one, exception) for one in found}
    saved = {key for key, within in reaches.items() if within is not False}
    asked = decided_by(exception) == OFFICER or None in reaches.values()
    if not saved or (asked and not granted(exception, context)):
        return found
    without = _without(rule, context, [*left_out, exception], check)
    if len(saved) == len(reaches):
        left_out.append(exception)
        return without
    return (*(one for one in without if one.subject_key in saved), *(one for one in found if one.subject_key not in saved))


def _within(found: Finding, exception: Excepted) -> bool | None:
    """Whether what is counted passes the norm by no more than an exception lets its parts reach; None where that is the officer's: of a norm
    that is not in metres, and of a distance to be kept, for there they may reach so far from the facade or from where the norm ends."""
    reach = exception.get("max_extra_m")
    if reach is None or found.verdict in (Verdict.COMPLIES, Verdict.NOT_APPLICABLE):
        return True
    first = next((m for m in found.measurements if m.unit == "m" and m.margin is not None), None)
    if first is None or first.margin is None:
        return None
    if -first.margin > float(reach) + REACHES_M:
        return False
    return True if first.operator.startswith("<") else None


def _without(rule: Rule, context: Context, exceptions: Sequence[Excepted], check: Check) -> tuple[Finding, ...]:
    """Return the findings without the classes of some exceptions, and what was left out."""
    classes = {kind for exception in exceptions for kind in exception["classes"]}
    kept = tuple(part for part in context.design.parts if part.kind not in classes)
    if not kept or not exceptions:  # what a design is nothing but, a rule is about
        return check.run(rule, context)
    said = tuple(
        Note.of("engine_parts_left_out", name=str(exception["id"]), classes=", ".join(sorted(context.design.kinds & set(exception["classes"]))))
        for exception in exceptions
    )
    return tuple(replace(found, notes=(*found.notes, *said)) for found in check.run(rule, context.with_parts(kept)))


def excepted(rule: Rule, context: Settling, found: Finding) -> Finding:
    """Return a violation weighed against the exceptions that an officer decides (those that neither change the limit nor name parts)."""
    for exception in rule.exceptions:
        if found.verdict is not Verdict.VIOLATES or decided_by(exception) != OFFICER or "effect" in exception or exception.get("classes"):
            continue
        if granted(exception, context):
            note = Note.of("surroundings_excepted", question=str(exception.get("question", exception["id"])))
            found = replace(found, verdict=Verdict.COMPLIES, deviations=(), notes=(*found.notes, note))
    return found
