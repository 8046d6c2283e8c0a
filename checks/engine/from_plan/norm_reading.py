"""The clauses of a plan's text in one reading: what nobody confirmed may hold as read or not, and what only somebody can judge may be met or not.

A clause that was read and not confirmed never makes a verdict firm: in the one reading it is measured as read, in the other nobody knows what the
text says. A doubt is asked only where it can change what was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ....model import Finding, Note, Premise, Question, Rule, Verdict
from ....model.plan_words import Clause, PlanNorm
from ...declared.declaration import Switch
from ..base import Context, finding, not_assessable
from ..open_points.answer_words import bare
from ..open_points.points import NOT_AS_READ, YES_NO, Alternative, OpenPoint

TEXT_MARK = 8
"""So many characters of the hash of a text tell it from the next version: what was answered of one text is no answer about another."""
TOGETHER = "engine_question_norm_together"
SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "==": "="}
UNIT_SIGNS = {"m2": "m²", "m3": "m³", "deg": "°"}
"""How plans write the units that have a sign of their own."""
NEUTRAL = (Verdict.COMPLIES, Verdict.NOT_APPLICABLE)


def as_read(rule: Rule, context: Context, about: Note) -> Finding | None:
    """Return what is found where a clause does not hold as it was read, in this reading; None where it does, or was confirmed."""
    norm = rule.read
    if norm is None:
        return None
    asked = Note.of("engine_question_norm", article=norm.clause.article or "–", quote=norm.clause.quote, read=said_shortly(norm.clause))
    if norm.stands:
        code = f"premise_norm_{norm.decision}"
        said = Note.of(code, article=norm.clause.article or "–", by=norm.by, at=norm.at or "–", reason=norm.reason or "–")
        context.ledger.took(Premise(f"plan_norm:{norm.key}", "plan_text", said, asked, norm.by))
        return None
    holds = _told(rule, norm, context, asked)
    if holds:
        return None
    missing = Note.of(NOT_AS_READ, article=norm.clause.article or "–", quote=norm.clause.quote)
    return not_assessable(rule, context, about, missing)


def _told(rule: Rule, norm: PlanNorm, context: Context, asked: Note) -> bool:
    """Return whether a clause holds as read, in this reading; an answer counts only with the name of who gave it."""
    profile = context.profile(rule.plan_id)
    key = f"plan_norm:{rule.plan_id}:{(profile.text_sha256 if profile else '')[:TEXT_MARK]}:{norm.key}"
    given = context.answers.get(key)
    told = bare(given)
    if isinstance(told, bool) and isinstance(given, Mapping) and str(given.get("by") or "").strip():
        context.answered(key, asked, "yes" if told else "no")
        return told
    ways = tuple(Alternative(one, "yes" if one else "no", Note.of("choice_norm_holds" if one else "choice_norm_otherwise")) for one in YES_NO)
    return bool(context.settle(OpenPoint(key, Question(key, asked, "yes_no", plan_id=rule.plan_id), ways)))


def said_shortly(clause: Clause) -> str:
    """Return what was read of a clause in the words and signs of plans: "hoofdgebouw: goothoogte ≤ 5,5 m"."""
    about = f"{clause.object}: " if clause.object else ""
    name = clause.quantity.replace("_", " ")
    if clause.value is None:
        return f"{about}{name}"
    numbers = [f"{one:g}".replace(".", ",") for one in (clause.value, clause.value2) if one is not None]
    size = " – ".join(numbers) if clause.operator == "between" else f"{SIGNS.get(clause.operator, '')} {numbers[0]}".strip()
    share = f" van {clause.relative_to}" if clause.relative_to else ""
    return f"{about}{name} {size} {UNIT_SIGNS.get(clause.unit or '', clause.unit or '')}".strip() + share


def as_counted(rule: Rule, context: Context, switches: Mapping[str, Switch]) -> Rule:
    """Return a rule about an area of which its text does not say whether all count together, as that is read in this reading: where they do not, each
    is measured by itself, by a check that can (its ``switches``)."""
    doubt = next((one for one in rule.doubts if one.code == TOGETHER), None)
    if doubt is None or "area_of" not in switches:
        return rule
    note = Note.of(doubt.code, words=doubt.words, article=_article(rule))
    together = context.yes_no(doubt.key, note, likely=doubt.holds_when, plan_id=rule.plan_id)
    left = tuple(one for one in rule.doubts if one is not doubt)
    return replace(rule, measure={**rule.measure, "area_of": "together" if together else "each"}, doubts=left)


def with_doubts(rule: Rule, context: Context, found: tuple[Finding, ...], about: Note) -> tuple[Finding, ...]:
    """Return findings of a clause as far as its conditions are met, in this reading; what complies does so whether they are met or not."""
    open_ = any(one.verdict not in NEUTRAL for one in found)
    for doubt in rule.doubts:
        if not open_ and not doubt.else_unknown:
            continue
        if all(one.verdict is Verdict.NOT_APPLICABLE for one in found):
            break
        met = context.yes_no(doubt.key, Note.of(doubt.code, words=doubt.words, article=_article(rule)), likely=doubt.holds_when, plan_id=rule.plan_id)
        if met is doubt.holds_when:
            continue
        note = Note.of("engine_norm_condition_unmet", words=doubt.words)
        if doubt.else_unknown:
            return (not_assessable(rule, context, about, note),)
        return (finding(rule, context, about, Verdict.NOT_APPLICABLE, notes=(note,)),)
    return found


def _article(rule: Rule) -> str:
    return next((source.article for source in rule.legal if source.article), "–")
