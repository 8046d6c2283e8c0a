"""Which rule goes before which at a place: the special before the general, a stated order, and of equals the stricter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from ....model import Finding, Measurement, Note, Rule, Verdict, subject_kind
from ..applicability import counts, elsewhere, ground, shared
from ..base import Context
from ..ladder import POLICY, ladder_of
from ..scope import parts_of, truth_of

UPPER, LOWER = ("<=", "<"), (">=", ">")


def in_order(rules: Sequence[Rule], findings: Sequence[Finding], context: Context) -> tuple[Finding, ...]:
    """Return findings with what governs them.

    A rule gives way to one that ``overrides`` it, or that has a higher ``priority`` for the same check and kinds of object, where that
    one applies: its findings become not applicable, with what they would have been. Where the other one holds for a part of the design this
    one was measured on the rest (``engine.scope``). Of rules that both hold the stricter governs: both stand, and the milder says which
    one goes before it.
    """
    named = {rule.id: rule for rule in rules}
    applies = {f.rule for f in findings if f.verdict is not Verdict.NOT_APPLICABLE}
    doubted = {f.rule for f in findings if f.verdict is Verdict.NOT_ASSESSABLE or any(note.code == "engine_if_it_applies" for note in f.notes)}
    unconfirmed = {rule.id for rule in rules if rule.read is not None and not rule.read.stands}
    firm = applies - doubted - unconfirmed
    return tuple(_placed(found, named, applies, firm, findings, context) for found in findings)


def _placed(
    found: Finding, rules: dict[str, Rule], applies: set[str], firm: set[str], findings: Sequence[Finding], context: Context
) -> Finding:
    own = rules.get(found.rule)
    if own is None or found.verdict is Verdict.NOT_APPLICABLE:
        return found
    given_way = {note.as_dict().get("rule") for note in found.notes if note.code == "engine_gives_way"}
    for other in rules.values():
        if other.id in applies and other.id not in {own.id, *given_way} and goes_before(other, own):
            return _overruled(found, other, other.id in firm and _takes(other, own, context))
    stricter = next((f for f in findings if _governs(f, found, rules) and _covers(f, found, rules, context)), None)
    if stricter is None:
        return found
    note = Note.of("engine_stricter", rule=stricter.rule)
    return replace(found, notes=(*found.notes, note), governed_by=stricter.rule)


def _takes(other: Rule, own: Rule, context: Context) -> bool:
    """Whether a rule holds for all that another one is about."""
    theirs, where = {id(part) for part in parts_of(other, context)}, truth_of(own, context).where
    left = shared(where, elsewhere(truth_of(other, context).where, context), context)
    return all(id(part) in theirs for part in parts_of(own, context)) and not counts(left, context)


def goes_before(rule: Rule, other: Rule) -> bool:
    """Whether ``rule`` goes before ``other`` by its own words."""
    if other.id in rule.overrides:
        return True
    if rule.id in other.overrides or rule.check != other.check or rule.applies_to != other.applies_to:
        return False
    same = (rule.limit.operator[:1] if rule.limit else "") == (other.limit.operator[:1] if other.limit else "")
    return same and rule.measure.get("plan_value") == other.measure.get("plan_value") and rule.priority > other.priority


def _overruled(found: Finding, by: Rule, firm: bool) -> Finding:
    """Return a finding that gives way; while nobody knows whether the other applies, its verdict stands as a question."""
    if not firm:
        verdict = found.verdict if found.verdict is not Verdict.VIOLATES else Verdict.NEEDS_JUDGEMENT
        told = replace(found, verdict=verdict, notes=(*found.notes, Note.of("engine_maybe_overruled", rule=by.id)))
        return told if verdict is found.verdict or found.ladder in ("", POLICY) else replace(told, ladder=ladder_of(told))
    note = Note.of("engine_overruled", rule=by.id, verdict=found.verdict.value)
    return replace(found, verdict=Verdict.NOT_APPLICABLE, governed_by=by.id, deviations=(), ladder="", notes=(*found.notes, note))


def _governs(other: Finding, found: Finding, rules: dict[str, Rule]) -> bool:
    """Whether another rule's finding about the same thing has a stricter limit than this one's."""
    same = (other.check, subject_kind(other.subject), other.design) == (found.check, subject_kind(found.subject), found.design)
    apart = other.rule != found.rule and other.verdict is not Verdict.NOT_APPLICABLE
    if not same or not apart or not other.measurements or not found.measurements:
        return False
    first, second = rules.get(other.rule), rules.get(found.rule)
    if first is None or second is None or first.applies_to != second.applies_to or goes_before(second, first):
        return False
    return _stricter(other.measurements[0], found.measurements[0])


def _stricter(one: Measurement, other: Measurement) -> bool:
    if one.limit is None or other.limit is None or (one.name, one.unit, one.at) != (other.name, other.unit, other.at):
        return False
    if one.operator in UPPER and other.operator in UPPER:
        return one.limit < other.limit
    return one.operator in LOWER and other.operator in LOWER and one.limit > other.limit


def _covers(other: Finding, found: Finding, rules: Mapping[str, Rule], context: Context) -> bool:
    """Whether another finding holds everywhere under the design that this one does: by its plan areas and by the place of its rule."""
    theirs, own = (shared(_areas(one, context), truth_of(rules[one.rule], context).where, context) for one in (other, found))
    left = shared(own, elsewhere(theirs, context), context)
    return left is not None and left.is_empty


def _areas(found: Finding, context: Context) -> BaseGeometry | None:
    used = {item.fid for item in found.inputs if item.layer == "plans"}
    areas = [area.geometry for area in context.site.plans if area.fid in used]
    return ground(shapely.union_all(areas), context) if areas else None
