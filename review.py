"""The main job: does this design fit this site by these rules? Pure: no Qt, no network, no clock, no files."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .checks import REGISTRY, Context
from .checks.declared.declaration import MINIMUM
from .checks.engine.applicability import vocabulary
from .checks.engine.base import finding
from .checks.engine.design_roles import designed
from .checks.engine.exceptions import excepted, with_exceptions
from .checks.engine.from_plan.norm_reading import as_counted, with_doubts
from .checks.engine.from_plan.norm_reading import as_read as norm_as_read
from .checks.engine.from_plan.plan_text_profile import as_read
from .checks.engine.ladder import barred_powers, effect_names, weighed
from .checks.engine.limits import about_its_value, by_plan_value, number_of, resolved, tolerated, unit_unknown, used_by, values_by_place
from .checks.engine.no_building import structures_told
from .checks.engine.officer.decisions import decided
from .checks.engine.open_points.unseen import earned
from .checks.engine.readings import judge
from .checks.engine.rulebook.in_force import not_in_force, period, rules_on, spelt, versions_of
from .checks.engine.rulebook.precedence import goes_before, in_order
from .checks.engine.scope import of_a_part, of_the_place, scope_of
from .checks.engine.standing import object_of, said_of
from .checks.shared.cures import cures
from .checks.shared.open_meshes import closed_or_open
from .checks.shared.vertical.peil_shown import peil_definition, with_peil
from .errors import CancelledError
from .measure.building.named_kinds import confirmed
from .measure.surroundings.sound_outlines import sound
from .model import Design, Finding, MeasuringProfile, Note, Parameter, Rule, Ruleset, Site, Verdict
from .model.arrays import Floats, Progress


def review(
    site: Site,
    design: Design,
    ruleset: Ruleset | Sequence[Ruleset],
    answers: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    date: str = "",
    profiles: Sequence[MeasuringProfile] = (),
    shared: dict[Any, Any] | None = None,
    today: str = "",
) -> tuple[Finding, ...]:
    """Return the findings of every enabled rule, in the order of the rule set (or sets: a rule of one may go before another's).

    ``answers`` are the officer's (peil, denominator, overrides...); ``date``: of the application (ISO): the text in force then applies,
    a rule that was not in force says so; '' = every rule may have been that had begun by ``today`` (ISO; '' = at all), and of one that had ended it
    is asked. ``profiles``: measuring profiles of plans; ``shared``: what was measured of this very design at this very site (``Context.shared``);
    a decision that is dated after ``today`` is none yet. A check that fails inside never loses the others' findings: its own becomes
    ``not_assessable`` and the log says what happened.
    Raises only ``CancelledError``, from ``progress``.
    """
    rulesets = (ruleset,) if isinstance(ruleset, Ruleset) else tuple(ruleset)
    rules, outside = rules_on(rulesets, date, today)
    words = vocabulary(condition for owner, rule in rules for condition in (rule.applies_when, *(c for p in owner.parameters for c, _ in p.places)))
    told, whole = confirmed(design), sound(site)
    known = {} if shared is None or told is not design or whole is not site else shared
    context = Context(whole, told, answers or {}, "", tuple(profiles), vocabulary=words, shared=known)
    findings: list[Finding] = []
    versions = versions_of(rules, "" if date else today)
    for number, (owner, rule) in enumerate(rules):
        if progress:
            progress(number / len(rules), "checks_progress")
        before = [other for _, other in rules if other is not rule and goes_before(other, rule)]
        findings += run_rule(rule, context, owner, before, versions.get((owner.id, rule.id), ()))
    findings += [finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=(not_in_force(owner, rule, date or today),)) for owner, rule in outside]
    every = [rule for _, rule in (*rules, *outside)]
    return decided(in_order([rule for _, rule in rules], findings, context), context.answers, every, design, today)


def run_rule(
    rule: Rule, context: Context, ruleset: Ruleset | None = None, before: Sequence[Rule] = (), versions: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Return the findings of one rule of a rule set: what holds in every reading of what is not settled. ``before``: rules that go before it;
    ``versions``: the periods of its versions where nothing says which of them holds."""
    parameters = ruleset.parameters if ruleset else ()
    try:
        inside = context.limited(rule.plan_id, peil_definition(rule, parameters, context))
        told = spelt(period(rule, ruleset)) if ruleset and versions else ""
        found = judge(lambda reading, ledger: _one_version(rule, inside.read_as(reading, ledger), parameters, before, told, versions))
        return tuple(_followed(rule, inside, parameters, one) for one in found)
    except CancelledError:
        raise
    except Exception as error:  # one failing rule must not take the others with it
        logging.getLogger(__name__).exception("rule %s failed on design %s", rule.id, context.design.name)
        note = Note.of("checks_failed", rule=rule.id, error=f"{type(error).__name__}: {error}")
        return (
            Finding(rule.id, rule.check, about(rule), context.design.name, Verdict.NOT_ASSESSABLE, legal=rule.legal, missing=(note,)),
        )


def _one_version(
    rule: Rule, context: Context, parameters: Sequence[Parameter], before: Sequence[Rule], told: str, versions: Sequence[str]
) -> tuple[Finding, ...]:
    """Return the findings of a version of a rule in one reading: none where another version (``versions``, its own is ``told``) holds in it."""
    holds = told if not versions else context.word(f"version.{rule.id}", Note.of("engine_question_version"), versions)
    if holds != told:
        return (finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=(Note.of("engine_other_version", period=holds),)),)
    return one_reading(rule, context, parameters, before)


def one_reading(rule: Rule, context: Context, parameters: Sequence[Parameter], before: Sequence[Rule] = ()) -> tuple[Finding, ...]:
    """Where it applies, with which numbers, what the check measures, and what is excepted: in this order, in one reading."""
    check = REGISTRY[rule.check]
    if not len(context.design.triangles):
        nothing = Note.of("engine_design_without_faces", design=context.design.name)
        return (finding(rule, context, about(rule), Verdict.NOT_ASSESSABLE, missing=(nothing,)),)
    wrong = unit_unknown(rule, check.units)
    if wrong is not None:
        return (finding(rule, context, about(rule), Verdict.NOT_ASSESSABLE, missing=(wrong,)),)
    if not context.speaks(rule.plan_id):
        return (_silent_plan(rule, context),)
    otherwise = norm_as_read(rule, context, about(rule))
    if otherwise is not None:
        return (otherwise,)
    context = structures_told(closed_or_open(designed(context.where_the_file_says(), check.in_plan)))
    rule = about_its_value(as_counted(as_read(rule, context, check.profile, check.possible), context, check.switches), context)
    scope = scope_of(rule, context, check, before)
    if scope.context is None:
        return (finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=scope.notes),)
    inside = object_of(rule, scope.context, check.about, check.with_existing, check.qualifier == MINIMUM)
    pieces = [piece for place in by_plan_value(rule, inside) for piece in values_by_place(used_by(rule, parameters), place)]
    found = tuple(found for place, values in pieces for found in _at_place(rule, place, values, scope.notes))
    return with_doubts(rule, context, found, about(rule))


def _at_place(rule: Rule, context: Context, values: Mapping[str, Any], said: tuple[Note, ...]) -> tuple[Finding, ...]:
    """Return the findings where a rule has the same numbers, each with what was said of it."""
    check, ready = REGISTRY[rule.check], resolved(rule, values, context)
    if ready.missing:
        return (finding(rule, context, about(rule), Verdict.NOT_ASSESSABLE, missing=ready.missing, questions=ready.questions),)
    found = with_exceptions(ready.rule, context, check)
    if not found:  # a rule never vanishes
        return (finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=(Note.of("engine_no_subject"),)),)
    weighed_out = [earned(said_of(context, excepted(ready.rule, context, tolerated(ready.rule, one))), context.ledger.unseen) for one in found]
    if not check.by_place and any(one.verdict not in (Verdict.COMPLIES, Verdict.NOT_APPLICABLE) for one in weighed_out) and of_the_place(context):
        weighed_out = [of_a_part(one) for one in weighed_out]
    notes = (*ready.notes, *said)
    return tuple(replace(one, notes=(*one.notes, *notes)) if notes else one for one in weighed_out)


def _silent_plan(rule: Rule, context: Context) -> Finding:
    """Return the finding of a rule whose plan does not govern in this reading: another does, or what then holds is not among the data."""
    others = context.limited("", context.peil_definition).governing("enkelbestemming")
    if any(area.geometry.intersects(context.projection) for area in others):
        return finding(rule, context, about(rule), Verdict.NOT_APPLICABLE, notes=(Note.of("engine_plan_not_governing"),))
    return finding(rule, context, about(rule), Verdict.NOT_ASSESSABLE, missing=(Note.of("engine_no_plan_then"),))


def _followed(rule: Rule, context: Context, parameters: Sequence[Parameter], found: Finding) -> Finding:
    """Return a finding with what follows from it: powers, the ladder's step, and where peil was read."""
    wanted = effect_names(rule)
    places = [values for _, values in values_by_place([one for one in parameters if one.name in wanted], context)]
    same = [name for name in wanted if all(one.get(name) == places[0].get(name) for one in places)]  # elsewhere another number cures nothing
    named = {name: number_of(name, places[0], rule, context) for name in same}
    names = {name: value for name, value in named.items() if value is not None}
    told = replace(found, cures=cures(found, lambda: context.geometry.footprint, lambda shift: _moved(rule, context, parameters, found, shift)))
    return weighed(rule, with_peil(told, context.peil), names, REGISTRY[rule.check].policy, barred_powers(rule, context))


def _moved(rule: Rule, context: Context, parameters: Sequence[Parameter], found: Finding, shift: Floats) -> Finding | None:
    """Return what a rule finds of the same subject with the design moved over ``shift`` (2,), m in RD."""
    there = replace(context, design=context.design.moved(shift), shared={})
    after = judge(lambda reading, ledger: one_reading(rule, there.read_as(reading, ledger), parameters))
    return next((one for one in after if one.subject_key == found.subject_key), None)


def about(rule: Rule) -> Note:
    """Return what a finding is about when nothing was measured: the rule's own title."""
    title = str(rule.title.get("nl") or rule.id)
    return Note.of("subject_rule", title_nl=title, title_en=str(rule.title.get("en") or title))
