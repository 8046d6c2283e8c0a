"""The powers of a plan's text, put beside the rules that they may deviate from: shown with what the limit becomes, never applied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ....model import MeasuringProfile, Rule
from ....model.plan_words import ALTERNATIVE, CAPPED, DEPARTING, OBJECT_KINDS, REJECTED, Clause, PlanNorm
from .norm_doubts import DEMANDS, doubt_of, on_the_map, where_excepted
from .norm_places import Condition, Places, plain

OF_ALL = ("maten", "afmetingen", "percentages")
"""What a power changes that is about every size."""
REFERENCE = re.compile(r"(?<![\d,.])(?P<member>\d+[a-z]?(?:\.\d+)+)(?:,? ?(?:onder|sub) ?(?P<item>[a-z]\b))?")
"""A member that a power names: "5.2.1 onder c"."""
FOR_EACH = ("per ", "overige", "elders", "afstand ")
"""How words begin that say of what or where a size is told, and not whom a power is for."""
GENERAL = ("bouwwerk", "gebouw")
"""Kinds of object that hold every other."""
MAIN = "hoofdgebouw"
SIZED = re.compile(r"\d+(?:[.,]\d+)? ?(?:m|m2|m3|meter|%|procent)(?![a-z])")
SIZES = ("goothoogte", "bouwhoogte", "hoogte", "oppervlakte", "inhoud", "diepte", "breedte", "afstand", "helling", "percentage")
"""Words by which a condition says which size it is about; the plain one is any height."""
BY_AT_MOST, UP_TO = (
    re.compile(rf"{words} (?P<size>\d+(?:[.,]\d+)?) ?(?:m|meter)") for words in ("met (?:een )?maximum van", "tot (?:een maximum van|ten hoogste|maximaal)")
)
"""How a text says that a share gives no more than so many metres, or up to a size itself."""


def with_powers(rules: Sequence[Rule], profile: MeasuringProfile, places: Places) -> list[Rule]:
    """Return rules with the powers of a plan's text that are about them."""
    powers = [norm for norm in profile.norms if norm.clause.power and norm.decision != REJECTED and places.of(norm.clause).here]
    powers = [norm for norm in powers if not _only_caps(norm.clause, [one.clause for one in powers])]
    about = [(rule, [norm for norm in powers if _is_about(norm.clause, rule)]) for rule in rules]
    return [replace(rule, exceptions=(*rule.exceptions, *(_exception(norm, rule, profile, places) for norm in own))) for rule, own in about]


def _is_about(power: Clause, rule: Rule) -> bool:
    """Whether a power is about a rule: of that size and thing, and of the member that it names."""
    quantity = rule.read.clause.quantity if rule.read else str(rule.measure.get("plan_value") or "")
    if not quantity or not (power.quantity == quantity or quantity in power.changes or (power.quantity == "afwijking" and set(power.changes) & set(OF_ALL))):
        return False
    kind = OBJECT_KINDS.get(power.object, "bouwwerk")
    own = _kind_of(rule)
    if kind not in (*GENERAL, own) and own not in GENERAL:
        return False
    named = [(found["member"], found["item"] or "") for found in REFERENCE.finditer(power.quote)]
    return not named or (rule.read is not None and any(_is_in(rule.read.clause.article, *one) for one in named))


def _is_in(article: str, member: str, item: str) -> bool:
    own, _, mark = article.partition(" ")
    inside = own == member or own.startswith(f"{member}.")
    return inside and (not item or mark.split(".")[0] == item)


def _only_caps(clause: Clause, powers: Sequence[Clause]) -> bool:
    """Whether a size of a power's sentence is no power by itself: it only says what another one of the sentence is held to."""
    before = [one for one in powers if one.article == clause.article and one.start < clause.start]
    capping = _is_capped(clause) and any(_is_capped(one) for one in before)
    return bool(before) and (capping or plain(clause.quote).startswith(DEMANDS))


def _is_capped(clause: Clause) -> bool:
    return any(words.startswith(CAPPED) for words in clause.conditions)


def _exception(norm: PlanNorm, rule: Rule, profile: MeasuringProfile, places: Places) -> dict[str, Any]:
    """Return a power as an exception of a rule; one that nobody confirmed is told in words, and what it would cure is not decided, nor is that of one
    that is for something or somewhere of its own while nobody said that this is it."""
    clause = norm.clause
    told = _formula(clause, rule) if norm.stands else ""
    legal = {"article": clause.article, "quote": clause.quote, "work_id": profile.plan_id}
    asked = [words for words in clause.conditions if not words.startswith((*DEMANDS, *DEPARTING, *FOR_EACH, CAPPED))]
    barred = [_unless(words, places, profile.plan_id) for words in asked]
    barred += [_where_not(words, clause, places, profile.plan_id) for words in clause.exceptions if not words.startswith(ALTERNATIVE)]
    barred += _for_a_thing(clause, rule, profile.plan_id)
    return {
        "id": norm.key, "effect": told or clause.quote, "decision": "officer", "legal": legal, "conditions": [*clause.conditions, *clause.exceptions],
        **({"not_where": {"any": barred}} if barred else {}),
    }


def _for_a_thing(clause: Clause, rule: Rule, plan_id: str) -> list[Condition]:
    """Return that a power for a thing of its own ("masten") may not be used for what a rule about any building measures, unless it is said to be one."""
    kind, own = OBJECT_KINDS.get(clause.object, GENERAL[0]), _kind_of(rule)
    if own not in GENERAL or kind in (*GENERAL, MAIN, own):
        return []
    return [{"answers": {doubt_of("object", clause.object, plan_id).key: False}}]


def _kind_of(rule: Rule) -> str:
    return OBJECT_KINDS.get(rule.read.clause.object, GENERAL[0]) if rule.read else next(iter(rule.applies_to), GENERAL[0])


def _unless(words: str, places: Places, plan_id: str) -> Condition:
    """Return where a condition of a power is not met: elsewhere on the map, or by the answer of who read it."""
    known = on_the_map(words, places)
    return {"not": [known]} if known else {"answers": {doubt_of("condition", words, plan_id).key: False}}


def _where_not(words: str, clause: Clause, places: Places, plan_id: str) -> Condition:
    """Return where a power may not be used by its own words: at what the map has of that name, or by the answer of who read it."""
    known = where_excepted(words, clause, places)
    return {"answers": {doubt_of("exception", words, plan_id).key: True}} if known is None else known or {"any": []}


def _formula(clause: Clause, rule: Rule) -> str:
    """Return what a limit becomes with a power, as a formula; '' where the text gives no plain number, or caps it in words of its own."""
    if clause.value is None or clause.relative_to:
        return ""
    least = rule.limit is not None and rule.limit.operator.startswith(">")
    caps = [words for words in clause.conditions if _caps(words, rule)] + [words for words in clause.exceptions if words.startswith(ALTERNATIVE)]
    if clause.quantity == "afwijking":
        share = clause.value / 100.0
        sign = "-" if least else "+"
        plain_effect = f"limit*{1 + share if not least else 1 - share:g}" if clause.unit == "%" else f"limit{sign}{clause.value:g}"
        return plain_effect if not caps else _held_to(plain_effect, caps) if not least else ""
    return "" if caps else f"{'min' if least else 'max'}(limit, {clause.value:g})"


def _caps(words: str, rule: Rule) -> bool:
    """Whether a condition of a power limits the size of a rule that it gives: it has a size, of that quantity or of none by name."""
    if words.startswith(CAPPED):
        return True
    named = [size for size in SIZES if re.search(rf"(?<![a-z]){size}", words)]
    own = rule.read.clause.quantity if rule.read else str(rule.measure.get("plan_value") or "")
    about = not named or any(size in own or own in words for size in named)
    return words.startswith(DEMANDS) and SIZED.search(words) is not None and about


def _held_to(effect: str, caps: Sequence[str]) -> str:
    """Return a formula held to the one cap that a text gives it in plain words; '' where it gives others."""
    words = caps[0].removeprefix(CAPPED)
    for pattern, held in ((BY_AT_MOST, "min({effect}, limit+{size:g})"), (UP_TO, "max(limit, min({effect}, {size:g}))")):
        found = pattern.fullmatch(words)
        if found is not None and len(caps) == 1:
            return held.format(effect=effect, size=float(found["size"].replace(",", ".")))
    return ""
