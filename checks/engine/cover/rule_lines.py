"""The rules that are not among what was tested, each with why: switched off, out of date, out of place, or naming what is not here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ....model import Finding, Note, Parameter, Rule, Ruleset, Verdict
from ....model.plan_cover import DOES_NOT_APPLY, TO_READ, CoverLine
from ....model.site import SUCCESSORS
from ..base import Context
from ..from_plan.derive import PLAN_RULESET
from ..limits import used_by
from ..open_points.answer_words import alike
from ..rulebook.in_force import not_in_force, rules_on

NAMED = ("naam", "name")


def rule_lines(context: Context, rulesets: Sequence[Ruleset], findings: Sequence[Finding], date: str, today: str = "") -> Iterator[CoverLine]:
    """Yield a line for each rule of a file that did not take part, in the order of the files."""
    outside = {(ruleset.id, rule.id) for ruleset, rule in rules_on(rulesets, date, today)[1]}
    apart = {found.rule for found in findings if found.stands is not Verdict.NOT_APPLICABLE}
    for ruleset in (one for one in rulesets if one.location != PLAN_RULESET):
        for rule in ruleset.rules:
            told = _told(rule, ruleset, context, date or today, (ruleset.id, rule.id) in outside, rule.id in apart)
            if told is not None:
                state, note = told
                article = rule.legal[0].article if rule.legal else ""
                quote = next((source.quote for source in rule.legal if source.quote), "")
                name = str(rule.title.get("nl") or rule.id)
                yield CoverLine(f"{ruleset.id}:{rule.id}", "rule", name, state, note, article=article, quote=quote, rules=(rule.id,))


def _told(rule: Rule, ruleset: Ruleset, context: Context, date: str, outside: bool, takes_part: bool) -> tuple[str, Note] | None:
    """Return the state of a rule that takes no part and why; None of one that does."""
    if not rule.enabled:
        code = "cover_rule_off" if rule.disabled_reason.strip() else "cover_rule_off_silent"
        return DOES_NOT_APPLY, Note.of(code, reason=rule.disabled_reason.strip(), by=rule.disabled_by.strip() or "–")
    if outside:
        return DOES_NOT_APPLY, not_in_force(ruleset, rule, date)
    slip = misspelt(rule, context, ruleset.parameters)
    if slip is not None:
        return TO_READ, slip
    if takes_part or not rule.applies_when:
        return None
    return DOES_NOT_APPLY, Note.of("cover_rule_elsewhere", names=", ".join(_names(context, _layers(rule.applies_when))) or "–")


def misspelt(rule: Rule, context: Context, parameters: Sequence[Parameter] = ()) -> Note | None:
    """Return what a condition on the place (of the rule, its powers or the parameters it uses) names that is not here while a name much like it
    is; None where there is no such slip."""
    places = [condition for parameter in used_by(rule, parameters) for condition, _ in parameter.places]
    barred = [exception["not_where"] for exception in rule.exceptions if exception.get("not_where")]
    for layer, word in _places([rule.applies_when, *places, *barred]):
        known = _names(context, (layer,))
        lower = {name.lower(): name for name in known}
        near = alike(word.lower(), list(lower))
        if near and word.lower() not in lower:
            return Note.of("cover_rule_misspelt", word=word, nearest=lower[near], names=", ".join(known))
    return None


def _names(context: Context, layers: Sequence[str]) -> tuple[str, ...]:
    """Return the names of plan objects of some kinds under the design, in order."""
    shape = context.projection
    kinds = {kind for layer in layers for kind in (layer, *SUCCESSORS.get(layer, ()))}
    hit = [area for area in context.may_govern() if area.kind in kinds and area.geometry.intersects(shape)]
    return tuple(sorted({area.name for area in hit if area.name}))


def _layers(condition: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(layer for layer, _ in _places(condition)))


def _places(condition: Any) -> Iterator[tuple[str, str]]:
    """Yield each name of a plan object that a condition asks for, with its kind; under ``not`` a slip hides as well."""
    if isinstance(condition, Mapping):
        where = condition.get("where")
        for key in NAMED if isinstance(where, Mapping) else ():
            given = where.get(key) if isinstance(where, Mapping) else ()
            for word in given if isinstance(given, (list, tuple)) else (given,):
                if isinstance(word, str):
                    yield str(condition.get("layer", "maatvoering")), word
        for inner in condition.values():
            yield from _places(inner)
    elif isinstance(condition, (list, tuple)):
        for inner in condition:
            yield from _places(inner)
