"""The powers of a plan's text, put beside the rules that they may deviate from: shown with what the limit becomes, never applied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ....model import MeasuringProfile, Rule
from ....model.plan_words import ALTERNATIVE, DEPARTING, OBJECT_KINDS, REJECTED, Clause, PlanNorm
from .norm_doubts import DEMANDS, doubt_of, on_the_map, where_excepted
from .norm_places import Condition, Places

OF_ALL = ("maten", "afmetingen", "percentages")
"""What a power changes that is about every size."""
REFERENCE = re.compile(r"(?<![\d,.])(?P<member>\d+[a-z]?(?:\.\d+)+)(?:,? ?(?:onder|sub) ?(?P<item>[a-z]\b))?")
"""A member that a power names: "5.2.1 onder c"."""
FOR_EACH = ("per ", "overige", "elders", "afstand ")
"""How words begin that say of what or where a size is told, and not whom a power is for."""
GENERAL = ("bouwwerk", "gebouw")
"""Kinds of object that hold every other."""


def with_powers(rules: Sequence[Rule], profile: MeasuringProfile, places: Places) -> list[Rule]:
    """Return rules with the powers of a plan's text that are about them."""
    powers = [norm for norm in profile.norms if norm.clause.power and norm.decision != REJECTED and places.of(norm.clause).here]
    about = [(rule, [norm for norm in powers if _is_about(norm.clause, rule)]) for rule in rules]
    return [replace(rule, exceptions=(*rule.exceptions, *(_exception(norm, rule, profile, places) for norm in own))) for rule, own in about]


def _is_about(power: Clause, rule: Rule) -> bool:
    """Whether a power is about a rule: of that size and thing, and of the member that it names."""
    quantity = rule.read.clause.quantity if rule.read else str(rule.measure.get("plan_value") or "")
    if not quantity or not (power.quantity == quantity or quantity in power.changes or (power.quantity == "afwijking" and set(power.changes) & set(OF_ALL))):
        return False
    kind = OBJECT_KINDS.get(power.object, "bouwwerk")
    own = OBJECT_KINDS.get(rule.read.clause.object, "bouwwerk") if rule.read else next(iter(rule.applies_to), "bouwwerk")
    if kind not in (*GENERAL, own) and own not in GENERAL:
        return False
    named = [(found["member"], found["item"] or "") for found in REFERENCE.finditer(power.quote)]
    return not named or (rule.read is not None and any(_is_in(rule.read.clause.article, *one) for one in named))


def _is_in(article: str, member: str, item: str) -> bool:
    own, _, mark = article.partition(" ")
    inside = own == member or own.startswith(f"{member}.")
    return inside and (not item or mark.split(".")[0] == item)


def _exception(norm: PlanNorm, rule: Rule, profile: MeasuringProfile, places: Places) -> dict[str, Any]:
    """Return a power as an exception of a rule; one that nobody confirmed is told in words, and what it would cure is not decided, nor is that of one
    that is for something or somewhere of its own while nobody said that this is it."""
    clause = norm.clause
    told = _formula(clause, rule) if norm.stands else ""
    legal = {"article": clause.article, "quote": clause.quote, "work_id": profile.plan_id}
    asked = [words for words in clause.conditions if not words.startswith((*DEMANDS, *DEPARTING, *FOR_EACH))]
    barred = [_unless(words, places, profile.plan_id) for words in asked]
    barred += [_where_not(words, clause, places, profile.plan_id) for words in clause.exceptions if not words.startswith(ALTERNATIVE)]
    return {
        "id": norm.key, "effect": told or clause.quote, "decision": "officer", "legal": legal, "conditions": [*clause.conditions, *clause.exceptions],
        **({"not_where": {"any": barred}} if barred else {}),
    }


def _unless(words: str, places: Places, plan_id: str) -> Condition:
    """Return where a condition of a power is not met: elsewhere on the map, or by the answer of who read it."""
    known = on_the_map(words, places)
    return {"not": [known]} if known else {"answers": {doubt_of("condition", words, plan_id).key: False}}


def _where_not(words: str, clause: Clause, places: Places, plan_id: str) -> Condition:
    """Return where a power may not be used by its own words: at what the map has of that name, or by the answer of who read it."""
    known = where_excepted(words, clause, places)
    return {"answers": {doubt_of("exception", words, plan_id).key: True}} if known is None else known or {"any": []}


def _formula(clause: Clause, rule: Rule) -> str:
    """Return what a limit becomes with a power, as a formula; '' where the text gives no plain number."""
    if clause.value is None or clause.relative_to:
        return ""
    least = rule.limit is not None and rule.limit.operator.startswith(">")
    if clause.quantity == "afwijking":
        share = clause.value / 100.0
        sign = "-" if least else "+"
        return f"limit*{1 + share if not least else 1 - share:g}" if clause.unit == "%" else f"limit{sign}{clause.value:g}"
    return f"{'min' if least else 'max'}(limit, {clause.value:g})"
