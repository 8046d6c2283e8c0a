"""What of the design a rule is about, and whether it applies: measured either way while that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...model import Finding, Note, Part, Question, Rule, Verdict
from .applicability import Truth, all_of, any_of, holds, objects_truth
from .base import Context
from .objects import objects_of

FIRM = (Verdict.COMPLIES, Verdict.VIOLATES)


@dataclass(frozen=True, eq=False)
class Scope:
    """``context``: the design's parts that the rule is about (None: it does not apply); ``truth``: whether it applies; ``notes``: assumed."""

    context: Context | None
    truth: Truth
    notes: tuple[Note, ...] = ()


def scope_of(rule: Rule, context: Context) -> Scope:
    """Return what of the design a rule is about: ``applies_when`` holds, and of ``applies_to`` and ``object`` only those parts."""
    condition = dict(rule.applies_when)
    wanted = condition.pop("object", {})
    truths = [holds(condition, context)]
    kinds = _kinds(rule, wanted)
    if kinds:
        truths.append(any_of([objects_truth(kind, context) for kind in kinds]))
    if wanted.get("classes") or wanted.get("classes_not"):
        truths.append(holds({"object": {key: wanted[key] for key in ("classes", "classes_not") if key in wanted}}, context))
    truth = all_of(truths)
    if truth.value is False:
        return Scope(None, truth)
    parts = _parts(kinds, wanted.get("classes"), wanted.get("classes_not"), context)
    notes = objects_of(context).notes if kinds else ()
    return Scope(context.with_parts(parts), truth, notes)


def _kinds(rule: Rule, wanted: dict) -> tuple[str, ...]:
    named = wanted.get("kind", ())
    return (*rule.applies_to, *((named,) if isinstance(named, str) else named))


def _parts(kinds: Sequence[str], classes: Sequence[str] | None, classes_not: Sequence[str] | None, context: Context) -> tuple[Part, ...]:
    """Return the parts that count; all of a kind that is unknown."""
    chosen = list(context.design.parts)
    if kinds:
        objects = objects_of(context)
        known = [objects.of(kind) for kind in kinds]
        if all(found is not None for found in known):
            own = {id(part) for found in known for part in found or ()}
            chosen = [part for part in chosen if id(part) in own]
    if not classes and not classes_not:
        return tuple(chosen)
    return tuple(p for p in chosen if (not classes or p.kind in classes) and (not classes_not or p.kind not in classes_not))


def as_it_applies(scope: Scope, findings: Sequence[Finding], notes: Sequence[Note], open_points: Sequence[Question]) -> tuple[Finding, ...]:
    """Return findings with what was assumed; while nobody knows whether the rule applies, a firm verdict becomes a question.

    What was measured stays, and the finding says what it would be in the strictest reading.
    """
    said, questions = (*notes, *scope.notes), (*scope.truth.questions, *open_points)
    if scope.truth.value is None or open_points:
        reasons = scope.truth.notes if scope.truth.value is None else ()
        return tuple(_unsure(found, (*said, *reasons), questions) for found in findings)
    return tuple(replace(found, notes=(*found.notes, *said)) for found in findings) if said else tuple(findings)


def _unsure(found: Finding, notes: Sequence[Note], questions: Sequence[Question]) -> Finding:
    extra: tuple[Note, ...] = (*notes, Note.of("engine_if_it_applies", verdict=found.verdict.value))
    verdict = Verdict.NEEDS_JUDGEMENT if found.verdict in FIRM else found.verdict
    return replace(found, verdict=verdict, notes=(*found.notes, *extra), questions=(*found.questions, *questions))
