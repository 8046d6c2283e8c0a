"""From the clauses of a plan's text to rules: each that a check measures becomes a rule of it, every other one a rule to be read; none is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ....model import LegalSource, Limit, MeasuringProfile, Rule
from ....model.plan_words import DEMANDED, FORBIDDEN, MEASURED, NUMBER_LEFT, OBJECT_KINDS, REJECTED, SET_ASIDE, USE, Clause, PlanNorm
from ...declared.declaration import ALL_ELSE, EITHER, MAXIMUM, MINIMUM, OfText
from ..base import Check
from ..objects import ATTACHED, KINDS_OF_OBJECT
from .norm_doubts import doubts_of, is_more, is_way_out, kept_doubt, side_of, standing_in_words
from .norm_places import BEFORE, BEHIND, Condition, Places, root_of

NORM, KEPT = "norm", "bestaande_maten"
MAP_NAMES = {"inhoud": "volume", "bouwlagen": "aantal bouwlagen"}
"""Quantities of texts that the map (SVBP2012) calls otherwise."""
WORDLESS = (USE, FORBIDDEN, DEMANDED, MEASURED, NUMBER_LEFT)
WHOLE, MAIN, ANNEX = ("gebouw", "bouwwerk"), "hoofdgebouw", "bijbehorend bouwwerk"
FENCE, STRUCTURE = "erfafscheiding", "bouwwerk geen gebouw"
AREAS = ("oppervlakte", "bebouwingspercentage")
OF_EACH = ("dakhelling", "diepte", "breedte", "bouwlagen")
"""Sizes that a bijbehorend bouwwerk has by itself, measured as those of any other building."""
PARTS_OF: Mapping[str, tuple[str, ...]] = {"aanbouw": ATTACHED, "vrijstaand bijgebouw": ("bijgebouw",), "bijgebouw": ("bijgebouw",)}
"""Words of plans for some of the bijbehorende bouwwerken, and the kinds of object they are."""
OUTBUILDING = "bijgebouw"
LISTED = (("bijgebouw", "bijgebouw"), ("overkapping|carport", "overkapping"), ("aanbouw|uitbouw|serre", "aanbouw"), ("bijbehorend|vrijstaand", ANNEX))
"""Words of a quote for kinds of bijbehorende bouwwerken, or for all of them."""
STANDING = {"aanbouw": "attached", "vrijstaand bijgebouw": "detached"}
"""Words that say how a bijbehorend bouwwerk stands: a switch of the check that finds them by itself."""
SHARED_OF = (("bouwvlak", "bouwvlak"), ("bestemmingsvlak", "bestemmingsvlak"), ("bouwperceel", "bouwperceel"), ("perceel", "bouwperceel"))
"""What a bebouwingspercentage is a share of, by a word of the text."""
LEFT_TO_READ, RULED, OF_MAP, POWER, ELSEWHERE, ENDED, WAY_OUT, EXCEPTS = "read", "ruled", "map", "power", "elsewhere", "rejected", "way_out", "excepts"


@dataclass(frozen=True, eq=False)
class Read:
    """One norm with what its rules need: the plan, the norms beside it, where its article holds, and the checks."""

    norm: PlanNorm
    profile: MeasuringProfile
    places: Places
    checks: Mapping[str, Check]
    instrument: str = ""

    @property
    def clause(self) -> Clause:
        """What the norm says."""
        return self.norm.clause

    @property
    def kind(self) -> str:
        """The kind of object that the norm is about; '' where the text names none of ours."""
        return OBJECT_KINDS.get(self.clause.object, "bouwwerk" if not self.clause.object else "")

    @property
    def beside(self) -> list[Clause]:
        """The other clauses of the same member about the same thing and size."""
        own = self.clause
        others = (one.clause for one in self.profile.norms if one.key != self.norm.key and one.decision != REJECTED)
        return [one for one in others if (one.article, one.object) == (own.article, own.object) and same_size(one.quantity, own.quantity)]

    @property
    def existing(self) -> list[Clause]:
        """The clauses that keep existing sizes, of the article of the norm and of those that hold everywhere."""
        own = root_of(self.clause.article)
        kept = (one.clause for one in self.profile.norms if one.clause.quantity == KEPT and one.decision != REJECTED)
        return [one for one in kept if root_of(one.article) == own or root_of(one.article) not in self.places.allotting]


def same_size(one: str, other: str) -> bool:
    """Whether two quantities limit one size: an area in m2 and as a share are one."""
    return one == other or (one in AREAS and other in AREAS)


def norm_rules(profile: MeasuringProfile, places: Places, checks: Mapping[str, Check]) -> list[Rule]:
    """Return the rules of a plan's text at the design, in the order of the text."""
    instrument = next((area.plan_name for area in places.own if area.plan_name), profile.plan_id)
    rules = []
    for norm in profile.norms:
        read = Read(norm, profile, places, checks, instrument)
        if fate_of(norm, places, profile.norms) in (RULED, LEFT_TO_READ) and norm.clause.quantity != NUMBER_LEFT:
            rules += rules_of(read)
    rules = [_before_the_rest(rule, rules) for rule in rules]
    left = [norm for norm in profile.norms if norm.clause.quantity == NUMBER_LEFT and norm.decision != REJECTED and not norm.is_explained]
    return [*rules, *([_unread(left, profile, checks, instrument)] if left else [])]


def _before_the_rest(rule: Rule, rules: Sequence[Rule]) -> Rule:
    """Return a rule about fences that goes before what holds for all other structures, where the text has a limit for fences on either side of the front:
    a fence that no limit of its own holds for is one of the other structures."""
    own = [one for one in rules if one.applies_to == (FENCE,) and one.check == rule.check and not one.doubts]
    sides = {side_of(one.read.clause, ()) for one in own if one.read is not None}
    if rule not in own or not ("" in sides or {BEFORE, BEHIND} <= sides):
        return rule
    return replace(rule, overrides=tuple(one.id for one in rules if one.applies_to == (STRUCTURE,) and one.check == rule.check))


def fate_of(norm: PlanNorm, places: Places, others: Sequence[PlanNorm] = ()) -> str:
    """Return what becomes of a norm at the design: rejected, a power, left to the map, of ground elsewhere, a way out of one of ``others``, what
    only puts others aside, or a rule (``ruled`` or ``read``)."""
    clause = norm.clause
    if norm.decision == REJECTED:
        return ENDED
    if clause.power:
        return POWER
    if not places.of(clause).here:
        return ELSEWHERE
    if clause.quantity == SET_ASIDE:
        return EXCEPTS
    if clause.value is None and clause.from_map:
        return OF_MAP
    if any(is_way_out(clause, one.clause) for one in others):
        return WAY_OUT
    return LEFT_TO_READ if clause.quantity in WORDLESS else RULED


def rule_id(plan_id: str, key: str) -> str:
    """Return the id of the rule of a norm."""
    return f"plan:{plan_id}:{NORM}:{key}"


def rules_of(read: Read) -> list[Rule]:
    """Return the rules of a norm that holds here: of a check that measures it, else the one that asks to read it."""
    found = [] if is_more(read.clause) else _taken(read) or _as_on_the_map(read)
    return found or [_rule(read, _reader(read.checks), {})]


def _taken(read: Read) -> list[Rule]:
    """Return the rules of the checks that declare such a norm of a text."""
    rules: list[Rule] = []
    ends: set[str] = set()
    side = side_of(read.clause, read.beside)
    for own, check in ((own, check) for own in _ends(read.clause) for check in read.checks.values()):
        fits = [one for one in check.text_norms if _fits(one, own, read.kind)]
        exact = [one for one in fits if one.side and one.side == side] or [one for one in fits if not one.side]
        for one in exact[:1]:
            measure: dict[str, Any] | None = {one.switch: own.value} if one.switch else {}
            strict = own.operator in ("<", ">")  # a switch is met at its very number, unless the limit says otherwise
            limit = Limit(own.operator, own.unit or "", own.value) if strict or not one.switch else None
            about = () if check.measured_alone else _about(read)
            if check.measured_alone and read.kind == ANNEX:
                measure, about = _annexes(read, measure or {})
            if measure is not None:
                rules.append(_rule(read, check, measure, limit, about, one.side, number=len(rules)))
                ends.add(own.operator)
    return _both_ends(read, rules, len(ends))


def _both_ends(read: Read, rules: list[Rule], measured: int) -> list[Rule]:
    """Return the rules of a norm, of a range of which but one end is measured with the one that asks to read it, so that the other end is not lost."""
    left = rules and measured < len(_ends(read.clause))
    return [*rules, _rule(read, _reader(read.checks), {}, number=len(rules))] if left else rules


def _annexes(read: Read, measure: dict[str, Any]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the switches and the kinds of object of a rule about some of the bijbehorende bouwwerken: those that stand against the house or apart from
    it are found by themselves, an open roof is what somebody says is one. None: of such a roof its area with others is not to be told."""
    word = read.clause.object
    if word == "overkapping":
        return (None if read.clause.quantity in AREAS else {**measure, "body": "all"}), (word,)
    told = standing_in_words(read.clause)
    standing = STANDING.get(word, STANDING.get(told, ""))
    own = {"counts": OUTBUILDING} if OUTBUILDING in PARTS_OF.get(word, ()) or _leaves_some_out(read.clause) else {}
    return {**measure, **({"standing": standing} if standing else {}), **own}, ()


def _leaves_some_out(clause: Clause) -> bool:
    """Whether the quote of a clause lists bijgebouwen with but one of the other two kinds ("bijgebouwen en overkappingen"): whether the third counts is
    the plan's to say."""
    named = {kind for words, kind in LISTED if re.search(words, clause.quote.lower())}
    return clause.object == ANNEX and named in ({OUTBUILDING, "overkapping"}, {OUTBUILDING, "aanbouw"})


def _ends(clause: Clause) -> tuple[Clause, ...]:
    """Return a clause, or of a range its two ends as a clause each; none of a clause without a number."""
    if clause.operator == "between":
        if clause.value is None or clause.value2 is None:
            return ()
        return replace(clause, operator=">="), replace(clause, operator="<=", value=clause.value2)
    return (clause,) if clause.value is not None else ()


def _fits(one: OfText, clause: Clause, kind: str) -> bool:
    same = (one.quantity, one.unit, one.way) == (clause.quantity, clause.unit, clause.operator) and kind in one.kinds
    return same and (clause.relative_to.startswith(one.of) if one.of else not clause.relative_to)


def _as_on_the_map(read: Read) -> list[Rule]:
    """Return the rules of the checks that measure the same size of the map; of a range without a check of its own one for each end."""
    own = read.clause
    able = read.kind in (*WHOLE, MAIN) or (read.kind == ANNEX and own.quantity in OF_EACH)
    plain = not own.relative_to or own.quantity == "bebouwingspercentage" or _from_its_house(own, read.kind)
    if own.value is None or not able or not plain:
        return []
    between = own.operator == "between"
    if between and own.value2 is None:
        return []
    words = (EITHER,) if _measuring(read, EITHER) else (MINIMUM, MAXIMUM) if between else _word(own.operator)
    rules: list[Rule] = []
    for word in words:
        check = _measuring(read, word)
        if check is None or check.units[0] != own.unit:
            continue
        measure = _share(own) if own.quantity == "bebouwingspercentage" else {}
        if measure is None or (own.quantity == "bebouwingspercentage" and read.kind == MAIN):
            return []
        rules.append(_rule(read, check, measure, _limit(own, word, check), _about(read), number=len(rules)))
    return _both_ends(read, rules, 2 if words == (EITHER,) else len(rules))


def _from_its_house(own: Clause, kind: str) -> bool:
    """Whether a depth is that of an annex from the rear of the house that it stands against: its own depth."""
    return kind == ANNEX and own.quantity == "diepte" and own.relative_to.startswith(("achtergevel", "oorspronkelijke achtergevel"))


def _word(operator: str) -> tuple[str, ...]:
    return {"<": (MAXIMUM,), ">": (MINIMUM,)}.get(operator[:1], ())


def _measuring(read: Read, word: str) -> Check | None:
    names = {read.clause.quantity, MAP_NAMES.get(read.clause.quantity, read.clause.quantity)}
    return next((check for check in read.checks.values() if check.qualifier == word and names & set(check.plan_values)), None)


def _limit(own: Clause, word: str, check: Check) -> Limit:
    unit = check.units[0]
    if own.operator != "between":
        return Limit(own.operator, unit, own.value)
    if word == EITHER:
        return Limit("between", unit, None, None, own.value, own.value2)
    return Limit(">=", unit, own.value) if word == MINIMUM else Limit("<=", unit, own.value2)


def _share(own: Clause) -> dict[str, Any] | None:
    """Return the switch of what a share is of; {} where the text leaves it to the profile, None where it is of something else."""
    if not own.relative_to:
        return {}
    found = next((kind for sign, kind in SHARED_OF if sign in own.relative_to), None)
    return None if found is None else {"denominator": found}


def _about(read: Read) -> tuple[str, ...]:
    """Return the kinds of object that a rule is about; () = all."""
    if read.kind == ANNEX:
        return PARTS_OF.get(read.clause.object, PARTS_OF.get(standing_in_words(read.clause), (ANNEX,)))
    return (read.kind,) if read.kind in KINDS_OF_OBJECT and read.kind != "bouwwerk" else ()


def _reader(checks: Mapping[str, Check]) -> Check:
    return next(check for check in checks.values() if check.drawn and check.drawn.kinds == ALL_ELSE)


def _rule(
    read: Read, check: Check, measure: Mapping[str, Any], limit: Limit | None = None, about: tuple[str, ...] | None = None, side: str = "", number: int = 0
) -> Rule:
    clause, plan_id = read.clause, read.profile.plan_id
    place, doubts = doubts_of(read.norm, read.beside, read.places, side, plan_id)
    doubts = (*doubts, *(kept_doubt(one, plan_id) for one in read.existing if one != clause))
    own_id = rule_id(plan_id, read.norm.key) + (f":{number + 1}" if number else "")
    legal = LegalSource(read.instrument, clause.article, clause.quote, "", read.profile.text_at[:10], plan_id)
    return Rule(
        own_id, check.name, _title(clause), (legal,), limit, _all(place), measure, plan_id=plan_id,
        applies_to=_about(read) if about is None else about, read=read.norm, doubts=doubts,
    )


def _all(conditions: Sequence[Condition]) -> Condition:
    told = [one for one in conditions if one]
    return {} if not told else told[0] if len(told) == 1 else {"all": told}


def _title(clause: Clause) -> dict[str, str]:
    words = " ".join(word for word in (clause.quantity.replace("_", " "), clause.object if clause.object != "bouwwerk" else "") if word)
    named = f"{words} ({clause.article})" if clause.article else words
    return {"nl": named[:1].upper() + named[1:], "en": named[:1].upper() + named[1:]}


def _unread(left: Sequence[PlanNorm], profile: MeasuringProfile, checks: Mapping[str, Check], instrument: str) -> Rule:
    """Return the rule that lists every number of a plan's text that was not read."""
    reader = _reader(checks)
    legal = tuple(LegalSource(instrument, norm.clause.article, norm.clause.quote, "", profile.text_at[:10], profile.plan_id) for norm in left)
    numbers = "; ".join(re.sub(r"\s+", " ", norm.clause.object) for norm in left)
    title = {"nl": f"Niet gelezen getallen: {numbers}", "en": f"Numbers not read: {numbers}"}
    norm = replace(left[0], key=NUMBER_LEFT, clause=replace(left[0].clause, quote=" … ".join(one.clause.quote for one in left)))
    return Rule(rule_id(profile.plan_id, NUMBER_LEFT), reader.name, title, legal, plan_id=profile.plan_id, read=norm)
