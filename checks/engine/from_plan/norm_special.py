"""Which clause of a plan's text goes before which: one that departs from another in its own words ("in afwijking van het bepaalde onder a"), and one
of a place or a case that leaves more room than the general one beside it.

A clause that departs from another, and that the map and the checks place wholly, overrides its rules: where it holds they are put aside. In every
other case the general rule is asked: does the special one hold here?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....model import Doubt, MeasuringProfile, PlanNorm, Rule
from ....model.plan_words import ALTERNATIVE, DEPARTING, NUMBER_LEFT, OBJECT_KINDS, REJECTED, SET_ASIDE, USE, Clause
from .norm_doubts import doubt_of, is_more, milder, on_the_map, said_in, standing_in_words
from .norm_places import BEFORE, BEHIND, Condition, Places, plain, root_of
from .norm_rules import OF_MAP, fate_of, same_size

REFERENCE = re.compile(
    r"artikel(?:en)? (?P<article>\d+[a-z]?(?:\.\d+[a-z]?)*)|(?<![\d,.])(?P<member>\d+[a-z]?(?:\.\d+[a-z]?)+)|(?:lid|leden) (?P<lid>\d+)(?![.\d])"
    r"|(?:onder|sub) (?P<digit>\d{1,2})(?![.\d])|(?<![a-z])(?P<item>[a-z])(?![a-z])(?: (?:t/m|tot en met) (?P<last>[a-z])(?![a-z]))?",
)
"""A member, or an item of one, that a clause names."""
PLACED = "ter plaatse van "
LITTLE = r"(?<![a-z])(?:[a-z0-9]{1,2}\.|en|of|de|het|geldt|gelden|is|zijn|niet|van toepassing|ter plaatse van|aanduiding(?:en)?)(?![a-z])"
"""Words that say nothing of their own in a clause that puts another one aside."""
SIDES = (BEFORE, BEHIND)
ON_THE_MAP = re.compile(r"verbeelding|(?:plan|bestemmings)kaart|aan(?:gegeven|geduid|duiding)")
"""Words of a clause for what the map has."""


def with_special(rules: Sequence[Rule], profile: MeasuringProfile, places: Places) -> list[Rule]:
    """Return the rules of a plan with which of them goes before which by the words of its text, and what must be asked of it."""
    special = [norm for norm in profile.norms if _is_here(norm, places)]
    general = {rule.id: _clauses_of(rule, profile, places) for rule in rules}
    own = {norm.key: [rule for rule in rules if rule.read is not None and rule.read.key == norm.key] for norm in special}
    before: dict[str, list[str]] = {}
    asked: dict[str, list[Doubt]] = {}
    where: dict[str, list[Condition]] = {}
    for rule in rules:
        for norm in special:
            about = [clause for clause in general[rule.id] if clause != norm.clause]
            departed = [clause for clause in about if departs(norm.clause, clause, profile)]
            by = own[norm.key]
            on_map = _given_by_the_map(norm, places) or _aside_at(norm, places) if departed else None
            if on_map:
                where.setdefault(rule.id, []).append({"not": [on_map]})
            elif departed and _put_aside(norm.clause, departed, by, rule):
                for one in by:
                    before.setdefault(one.id, []).append(rule.id)
            elif departed or any(_beside(norm.clause, clause) for clause in about) or _adds_to_the_map(norm.clause, rule):
                asked.setdefault(rule.id, []).append(_question(norm.clause, by, rule, profile.plan_id, bool(departed)))
    return [_told(rule, before.get(rule.id, ()), asked.get(rule.id, ()), where.get(rule.id, ())) for rule in rules]


def _told(rule: Rule, before: Sequence[str], asked: Sequence[Doubt], where: Sequence[Condition]) -> Rule:
    """Return a rule with the rules that it goes before, what is asked of it, and where else it does not hold."""
    if not (before or asked or where):
        return rule
    place = {"all": [*([rule.applies_when] if rule.applies_when else ()), *where]} if where else rule.applies_when
    doubts = tuple(dict.fromkeys((*rule.doubts, *asked)))
    return replace(rule, overrides=(*rule.overrides, *before), doubts=doubts, applies_when=place)


def _is_here(norm: PlanNorm, places: Places) -> bool:
    """Whether a norm can go before another one at the design: it holds there by the map, and is no power of the authority."""
    clause = norm.clause
    if norm.decision == REJECTED or clause.power or clause.quantity in (USE, NUMBER_LEFT) or not places.of(clause).here:
        return False
    named = {places.has_here(words) for words in clause.conditions if words.startswith(PLACED)}
    return True in named or False not in named


def _given_by_the_map(norm: PlanNorm, places: Places) -> Condition:
    """Return where the map gives the size that a confirmed clause leaves to it; {} where the clause asks more than that."""
    clause = norm.clause
    more = [words for words in clause.conditions if not words.startswith(DEPARTING) and clause.from_map not in words]
    return {} if more or clause.exceptions or not norm.stands or fate_of(norm, places) != OF_MAP else places.valued(clause.quantity)


def _aside_at(norm: PlanNorm, places: Places) -> Condition:
    """Return where on the map a confirmed clause puts others aside that says no more than that they do not hold there; {} of any other."""
    clause = norm.clause
    named = [words for words in clause.conditions if not words.startswith(DEPARTING)]
    known = [on_the_map(words, places) for words in named]
    if clause.quantity != SET_ASIDE or not norm.stands or not named or clause.exceptions or not all(known) or _says_more(clause):
        return {}
    return known[0] if len(known) == 1 else {"all": known}


def _says_more(clause: Clause) -> bool:
    """Whether a clause has more words than those of what it departs from and of the places that it names."""
    left = plain(clause.quote)
    for words in clause.conditions:
        left = left.replace(plain(words.removeprefix(PLACED)), " ")
    return bool(re.sub(LITTLE, " ", left).strip(" .;:,"))


def _clauses_of(rule: Rule, profile: MeasuringProfile, places: Places) -> list[Clause]:
    """Return the clauses of a text that a rule comes of: its own, or of a rule of the map those that leave their size to it."""
    if rule.read is not None:
        return [rule.read.clause] if rule.read.key != NUMBER_LEFT else []
    kinds = {item.kind for item in rule.origin}
    of_map = [norm.clause for norm in profile.norms if fate_of(norm, places) == OF_MAP]
    return [one for one in of_map if one.quantity == rule.measure.get("plan_value") or one.from_map in kinds]


def departs(special: Clause, general: Clause, profile: MeasuringProfile) -> bool:
    """Whether a clause says that it goes before another one: it names the member or the item of that, or what stands before it in its own member."""
    beside = [norm.clause for norm in profile.norms if norm.clause != special and norm.clause.article == special.article]
    beside = [one for one in beside if same_size(one.quantity, special.quantity)]
    for words in special.conditions:
        if not words.startswith(DEPARTING) or (not said_in(words, special) and any(said_in(words, one) for one in beside)):
            continue
        named = references(words, special.article)
        known = [norm.clause for norm in profile.norms if any(_is_in(norm.clause.article, *one) for one in named)]
        if not known:
            known = [norm.clause for norm in profile.norms if _member(norm.clause) == _member(special) and norm.clause.start < special.start]
            last = max((one.start for one in known), default=0)
            aside = special.quantity == SET_ASIDE  # of the clause right before it
            known = [one for one in known if (one.start == last if aside else same_size(one.quantity, special.quantity))]
        sized = [one for one in known if same_size(one.quantity, special.quantity)]
        if general in (sized or known):
            return True
    return False


def references(words: str, article: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the members that words name, each with the item of its list: ("5.2.1", ("a",)); ``article``: where the words stand themselves."""
    member, _, items = article.partition(" ")
    lists, current = items.split(".")[:-1], member
    found: list[tuple[str, tuple[str, ...]]] = []
    for one in REFERENCE.finditer(words.lower()):
        if one["article"] or one["member"]:
            current = one["article"] or one["member"]
            found.append((current, ()))
        elif one["lid"]:
            found += [(f"{root_of(article)}.{one['lid']}", ()), (member, (one["lid"],))]
        else:
            marks = [one["digit"]] if one["digit"] else [chr(k) for k in range(ord(one["item"]), ord(one["last"] or one["item"]) + 1)]
            found = [known for known in found if known != (current, ())]
            above = [tuple(lists[:k]) for k in range(len(lists) + 1)] if current == member else [()]
            found += [(current, (*first, mark)) for mark in marks for first in above]
    return found


def _is_in(article: str, member: str, items: Sequence[str]) -> bool:
    own, _, marks = article.partition(" ")
    return (own == member or (own.startswith(f"{member}.") and not items)) and tuple(marks.split(".")[:len(items)]) == tuple(items)


def _put_aside(special: Clause, general: Sequence[Clause], by: Sequence[Rule], rule: Rule) -> bool:
    """Whether the rules of a clause take the place of a rule wherever the map says that they hold: nothing else must be met for it."""
    alike = all(same_size(special.quantity, one.quantity) and not _other_end(special, one) for one in general)
    asks = any(set(one.doubts) - set(rule.doubts) for one in by)
    return bool(by) and alike and not asks and not is_more(special) and not set(special.conditions) & set(SIDES)


def _other_end(one: Clause, other: Clause) -> bool:
    return {one.operator[:1], other.operator[:1]} == set("<>")


def _beside(special: Clause, general: Clause) -> bool:
    """Whether a clause without such words leaves more room than another one for the same thing, and so can only mean a place or case of its own."""
    if root_of(special.article) != root_of(general.article) or not same_size(special.quantity, general.quantity):
        return False
    if is_more(general) or not _same_thing(special, general):
        return False
    of_map = general.value is None and bool(general.from_map)
    if of_map:
        return special.value is not None and any(general.from_map not in words for words in set(special.conditions) - set(general.conditions))
    if special.article == general.article:  # what one article says of one size is weighed where its rule is made
        return False
    if is_more(special):
        return _member(special) == _member(general)
    sized = special.value is not None and general.value is not None and special.operator != "definition"
    more = set(special.conditions) - set(general.conditions)
    within = set(general.conditions) <= set(special.conditions)
    return sized and within and not _other_end(special, general) and milder(special, general) and (bool(more) or _member(special) == _member(general))


def _adds_to_the_map(special: Clause, rule: Rule) -> bool:
    """Whether a clause makes the size larger that a rule takes from the map ("de op de verbeelding aangegeven bouwhoogte, vermeerderd met 1 m"), or is met
    by that size as well as by its own ("de aangegeven bouwhoogte, dan wel 6 m")."""
    quote, size = special.quote.lower(), str(rule.measure.get("plan_value") or "?")
    of_it = rule.read is None and (special.quantity == size or size in quote)
    beside = any(words.startswith(ALTERNATIVE) and ON_THE_MAP.search(words) for words in special.exceptions)
    return of_it and bool(beside or ON_THE_MAP.search(special.relative_to) or (is_more(special) and ON_THE_MAP.search(quote)))


def _same_thing(special: Clause, general: Clause) -> bool:
    """Whether two clauses are about one thing, or the special one about a kind of main building."""
    mains = {OBJECT_KINDS.get(one.object) for one in (special, general)} == {"hoofdgebouw"}
    return mains or (special.object == general.object and standing_in_words(general) in ("", standing_in_words(special)))


def _member(clause: Clause) -> str:
    return clause.article.partition(" ")[0]


def _question(special: Clause, by: Sequence[Rule], rule: Rule, plan_id: str, departed: bool) -> Doubt:
    """Return what is asked of a general rule: whether the one condition of the special clause is met, where it has but one, else whether that holds."""
    own = [doubt for doubt in dict.fromkeys(doubt for one in by for doubt in one.doubts) if doubt not in rule.doubts]
    if departed and special.quantity != SET_ASIDE and len(own) == 1 and not set(special.conditions) & set(SIDES):
        return replace(own[0], holds_when=not own[0].holds_when, else_unknown=False)
    return doubt_of("more" if is_more(special) or ON_THE_MAP.search(special.relative_to) else "exception", special.quote, plan_id, holds_when=False)
