"""The main job: does this design fit this site by these rules? Pure: no Qt, no network, no clock, no files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .checks import REGISTRY, Context
from .checks.engine.base import finding
from .checks.engine.exceptions import either_way, with_exceptions
from .checks.engine.in_force import not_in_force, rules_on
from .checks.engine.ladder import decided, effect_names, weighed
from .checks.engine.limits import number_of, resolved, shared_values, tolerated
from .checks.engine.plan_text_profile import mildest_reading, open_questions
from .checks.engine.precedence import in_order
from .checks.engine.scope import as_it_applies, scope_of
from .checks.engine.weighing import excepted
from .checks.shared.vertical.peil_shown import peil_definition, with_peil
from .errors import CancelledError
from .model import Design, Finding, MeasuringProfile, Note, Rule, Ruleset, Site, Verdict

Progress = Callable[[float, str], None]


def review(
    site: Site,
    design: Design,
    ruleset: Ruleset | Sequence[Ruleset],
    answers: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    date: str = "",
    profiles: Sequence[MeasuringProfile] = (),
) -> tuple[Finding, ...]:
    """Return the findings of every enabled rule, in the order of the rule set (or sets: a rule of one may go before another's).

    ``answers`` are the officer's (peil, denominator, overrides...); ``date``: of the application (ISO): the text in force then applies,
    a rule that was not in force says so; '' = every rule is taken to be. ``profiles``: measuring profiles of
    plans. A check that fails inside never loses the others' findings: its own becomes ``not_assessable`` and the log says what happened.
    Raises only ``CancelledError``, from ``progress``.
    """
    context = Context(site, design, answers or {}, "", tuple(profiles))
    rulesets = (ruleset,) if isinstance(ruleset, Ruleset) else tuple(ruleset)
    rules, outside = rules_on(rulesets, date)
    findings: list[Finding] = []
    for number, (owner, rule) in enumerate(rules):
        if progress:
            progress(number / len(rules), "checks_progress")
        findings += run_rule(rule, context, owner)
    findings += [finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=(not_in_force(owner, rule, date),)) for owner, rule in outside]
    return decided(in_order([rule for _, rule in rules], findings, context), context.answers)


def run_rule(rule: Rule, context: Context, ruleset: Ruleset | None = None) -> tuple[Finding, ...]:
    """Return the findings of one rule of a rule set."""
    try:
        parameters = ruleset.parameters if ruleset else ()
        return _run(rule, context.limited(rule.plan_id, peil_definition(rule, parameters, context)), parameters)
    except CancelledError:
        raise
    except Exception as error:  # one failing rule must not take the others with it
        logging.getLogger(__name__).exception("rule %s failed on design %s", rule.id, context.design.name)
        note = Note.of("checks_failed", rule=rule.id, error=f"{type(error).__name__}: {error}")
        return (
            Finding(rule.id, rule.check, about(rule), context.design.name, Verdict.NOT_ASSESSABLE, legal=rule.legal, missing=(note,)),
        )


def _run(rule: Rule, context: Context, parameters: Sequence[Any]) -> tuple[Finding, ...]:
    """Where it applies, with which numbers, what the check measures, and what follows from that: in this order."""
    scope = scope_of(rule, context)
    if scope.context is None:
        return (finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=scope.truth.notes),)
    ready = resolved(rule, parameters, scope.context)
    if ready.missing:
        return (finding(rule, context, about(rule), Verdict.NOT_ASSESSABLE, missing=ready.missing, questions=ready.questions),)
    check, inside = REGISTRY[rule.check], scope.context
    found = with_exceptions(ready.rule, inside, check.run)
    mildest = mildest_reading(ready.rule, inside.profile(rule.plan_id)) if any(one.verdict is Verdict.VIOLATES for one in found) else None
    if mildest is not None:
        mild = check.run(mildest[0], inside)
        found = either_way(found, mild, (mildest[1],)) if all(one.verdict is Verdict.COMPLIES for one in mild) else found
    whole = replace(ready.rule, exceptions=tuple(e for e in rule.exceptions if not e.get("classes")))  # parts are weighed where they are measured
    found = tuple(excepted(whole, inside, tolerated(ready.rule, one)) for one in found)
    found = as_it_applies(scope, found, ready.notes, ready.open_points)
    values = shared_values(parameters, inside)[0]
    named = {name: number_of(name, values, rule, inside) for name in effect_names(rule)}
    names = {name: value for name, value in named.items() if value is not None}
    family = type(check).__module__.rsplit(".", 2)[-2]
    return tuple(asked(rule, weighed(ready.rule, with_peil(one, inside.peil), names, family), inside) for one in found)


def about(rule: Rule) -> str:
    """Return what a finding is about when nothing was measured: the rule's own title."""
    return str(rule.title.get("nl") or rule.id)


def asked(rule: Rule, found: Finding, context: Context) -> Finding:
    """Return a finding of a derived rule with what the text of its plan must still be read for."""
    if found.verdict is Verdict.NOT_APPLICABLE or not rule.plan_id:
        return found
    answered = {"denominator": "denominator" in context.answers, "peil": context.peil.chosen is not None}
    held = {question.key for question in found.questions}
    read = open_questions(rule, context.profile(rule.plan_id))
    questions = tuple(q for q in read if q.key not in held and not answered.get(q.key.split(".")[-1]))
    return replace(found, questions=(*found.questions, *questions))
