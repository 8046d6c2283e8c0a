"""Parts that a rule does not count: by itself (``decision: auto``) or when the officer says so (``officer``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...model import Finding, Note, Question, Rule, Verdict
from .base import Context
from .weighing import bare

Run = Callable[[Rule, Context], tuple[Finding, ...]]
SWITCHES = {"within_building_plane": ("minor_classes", ("balcony", "canopy", "chimney", "stair", "railing"))}
"""The switch of ``measure`` that names the parts a check leaves out, and what it leaves out when nothing is said."""
BY_THEMSELVES = ("max_building_height", "min_building_height", "max_eaves_height")
"""The checks of heights weigh such exceptions themselves (``checks/shared/vertical/heights.py``), zone by zone."""


def part_exceptions(rule: Rule) -> tuple[Mapping[str, Any], ...]:
    """Return the exceptions that leave parts out by their class."""
    return tuple(exception for exception in rule.exceptions if exception.get("classes"))


def with_exceptions(rule: Rule, context: Context, run: Run) -> tuple[Finding, ...]:
    """Return the findings of a rule with its exceptions of parts weighed.

    Undecided ones are run with and without: what is the same either way stands, what is not needs judgement and is asked. A check that
    has no switch for it measures the design without these parts; how far they may reach (``max_extra_m``) is then for the officer.
    """
    switch, default = SWITCHES.get(rule.check, ("", ()))
    exceptions = part_exceptions(rule)
    if not exceptions or rule.check in BY_THEMSELVES:
        return run(rule, context)
    if switch and switch not in rule.measure and all(exception.get("decision", "auto") == "officer" for exception in exceptions):
        rule = replace(rule, measure={**rule.measure, switch: default})
    present = {part.kind for part in context.design.parts}
    decided, undecided = [], []
    for exception in exceptions:
        reach = exception.get("max_extra_m") is not None and not switch
        answer = True if exception.get("decision", "auto") == "auto" and not reach else bare(context.answers.get(exception["id"]))
        if answer is True:
            decided.append(exception)
        elif answer is None and present & set(exception["classes"]):
            undecided.append(exception)
    said = () if switch else tuple(
        Note.of("engine_parts_left_out", name=str(exception["id"]), classes=", ".join(sorted(present & set(exception["classes"]))))
        for exception in decided if present & set(exception["classes"])
    )
    strict = tuple(replace(found, notes=(*found.notes, *said)) for found in run(*_leaving_out(rule, context, switch, decided)))
    if not undecided:
        return strict
    mild = run(*_leaving_out(rule, context, switch, [*decided, *undecided]))
    questions = tuple(Question(str(e["id"]), Note.of("engine_question_exception", question=str(e.get("question") or e["id"])), "yes_no") for e in undecided)
    return either_way(strict, mild, questions) if len(strict) == len(mild) else strict


def _leaving_out(rule: Rule, context: Context, switch: str, exceptions: list[Mapping[str, Any]]) -> tuple[Rule, Context]:
    """Return the rule that leaves out the classes of exceptions and those that its own ``measure`` names, or the design without them."""
    classes = [kind for exception in exceptions for kind in exception["classes"]]
    if not switch:
        kept = tuple(part for part in context.design.parts if part.kind not in classes)
        return rule, context.with_parts(kept) if kept else context
    named = dict.fromkeys([*rule.measure.get(switch, ()), *classes])
    return replace(rule, measure={**rule.measure, switch: list(named)}), context


def either_way(strict: tuple[Finding, ...], mild: tuple[Finding, ...], questions: tuple[Question, ...]) -> tuple[Finding, ...]:
    """Return the findings of the strictest and the mildest reading of one open question, as one for each subject."""
    merged = []
    for hard, soft in zip(strict, mild):
        if hard.verdict is soft.verdict:
            said = {Verdict.VIOLATES: "engine_violates_either_way", Verdict.COMPLIES: "engine_complies_either_way"}.get(hard.verdict)
            settled = soft if hard.verdict is Verdict.VIOLATES else hard
            merged.append(replace(settled, notes=(*settled.notes, *((Note.of(said),) if said else ())), questions=(*settled.questions, *questions)))
            continue
        verdict = Verdict.NEEDS_JUDGEMENT if Verdict.NOT_ASSESSABLE not in (hard.verdict, soft.verdict) else Verdict.NOT_ASSESSABLE
        note = Note.of("engine_depends", strict=hard.verdict.value, mild=soft.verdict.value)
        merged.append(replace(hard, verdict=verdict, notes=(*hard.notes, note), questions=(*hard.questions, *questions)))
    return tuple(merged)
