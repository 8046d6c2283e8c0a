"""The conditions and exceptions of a clause: those that the map knows become its place, every other one a doubt that somebody answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....model import Doubt
from ....model.plan_words import ALTERNATIVE, CORRECTED, DEPARTING, OBJECT_KINDS, Clause, PlanNorm
from .norm_places import BEFORE, BEHIND, INSIDE, ON_MAP, OUTSIDE, Condition, Places, plain

PLAIN_WORDS = frozenset((
    "", "hoofdgebouw", "gebouw", "bouwwerk", "alle", "bijbehorend bouwwerk", "bijgebouw", "aanbouw", "vrijstaand bijgebouw", "erfafscheiding",
    "bouwwerk geen gebouw", "dakkapel", "overkapping",
))
"""Words for things that the design itself shows; of every other one ("bedrijfswoning", "mast") it is asked whether the design is one."""
DWELLINGS = ("woning",)
DEMANDS = ("mits ", "met dien verstande dat ", "met inbegrip van ")
"""Conditions that are asked and not only limit where a norm holds: where they are not met, nobody knows what holds."""
MORE = re.compile(r"vermeerderd|verhoogd|meerdere|deel (?:van|dat)|meer dan|boven")
"""Words of a clause that adds to another: a tier."""
SAME_START = 30
"""So many characters of a condition tell it in a quote."""
KINDS_OF_ROOF = re.compile(r"(?:met|zonder) (?:een )?(?:plat(?:te)? dak|(?:platte )?(?:af)?dekking|kap)(?![a-z])|plat afgedekte?|op hoekpercelen|hoekwoningen")
"""Kinds of roofs and plots that a norm is for."""
ONE_SIDE = re.compile(r"aan (?:een|één|eén) (?:zijde|kant)|een van de zijdelingse|één van de zijdelingse")
CHANGES = re.compile(
    r"(?:verhoogd|vergroot|vermeerderd|verlaagd|verminderd|overschreden)(?: worden)?(?: met|$|[;.,])|(?:met|tot) [^.;]{0,40}(?:verhoogd|vergroot)",
)
"""Words of a clause that changes another size, and is none by itself."""
FRONTS = ("afstand_voorgevel", "afstand_voorgevelrooilijn", "afstand_gevellijn")
AGAINST = re.compile(r"aangebouwd|aanbouw|uitbouw|aan- ")
ANY_OTHER = re.compile(r"bijgebouw|overkapping|bijbehorend")
"""What a list has beside aan- en uitbouwen: then it is about all of them, however they stand."""
ADDS = re.compile(r"^(?:en )?(?:vermeerderd|verhoogd)")
TOGETHER = re.compile(r"gezamenlijk|totale?\b|in totaal|samen")
SIDES = (
    (
        re.compile(r"v[oó][oó]r (?:de |het )?(?:naar de (?:openbare )?(?:weg|straat) (?:toe)?gekeerde |\w+ )?(?:(?:voor)?gevel|bouwgrens|verlengde)"),
        BEFORE,
    ),
    (re.compile(r"(?:daar)?achter"), BEHIND),
)
"""Words of a quote for a side of the line of the front facade."""
OPPOSITE = {BEFORE: BEHIND, BEHIND: BEFORE}
ELSEWHERE = re.compile(r"(?<![a-z])(?:elders|(?:op|in) (?:de )?overige (?:plaatsen|gevallen|situaties|gronden))(?![a-z])")
"""Words for the other side of the line that another clause of the same sentence names."""


def side_of(clause: Clause, beside: Sequence[Clause]) -> str:
    """Return which side of the front facade a clause is about: its own quote says it, else its one condition; '' where that is not plain."""
    own = [side for pattern, side in SIDES if pattern.search(clause.quote.lower())]
    if len(own) == 1:
        return own[0]
    if ELSEWHERE.search(clause.quote.lower()):
        others = {side_of(one, ()) for one in beside if one.start < clause.start and one.conditions == clause.conditions} - {""}
        return OPPOSITE[others.pop()] if len(others) == 1 else ""
    told = [one for one in clause.conditions if one in (BEFORE, BEHIND)]
    alike = any(set(told) == {one for one in other.conditions if one in (BEFORE, BEHIND)} and other.value != clause.value for other in beside)
    return told[0] if len(told) == 1 and not alike else ""


def is_more(clause: Clause) -> bool:
    """Whether a clause only adds to another one ("vermeerderd met 10 % van het meerdere")."""
    quote = clause.quote.lower().strip()
    return clause.operator == "to" or any(pattern.search(text) for pattern, text in ((CHANGES, quote), (MORE, clause.relative_to), (ADDS, quote)))


def is_way_out(clause: Clause, other: Clause) -> bool:
    """Whether a size of at most so much is the other way to meet another clause: a distance "0 m of ten minste 1 m", a pitch "0° of ten minste 45°": what
    is at most less than it is at least can be no range."""
    if (clause.article, clause.object, clause.quantity, clause.operator, other.operator) != (other.article, other.object, other.quantity, "<=", ">="):
        return False
    less = clause.value is not None and other.value is not None and clause.value < other.value and _own_words(clause) == _own_words(other)
    return clause.quantity.startswith("afstand") or (clause.quantity == "dakhelling" and less)


def doubts_of(norm: PlanNorm, beside: Sequence[Clause], places: Places, side: str, plan_id: str) -> tuple[list[Condition], tuple[Doubt, ...]]:
    """Return where a clause holds, as conditions of the map, and what else must be judged; ``side``: what its check measures by itself."""
    clause, ground = norm.clause, places.of(norm.clause)
    where: list[Condition] = [ground.condition]
    doubts = [doubt_of("article", clause.article, plan_id)] if ground.asked else []
    doubts += _of_the_thing(clause, places, plan_id)
    for words in clause.conditions:
        if words.startswith(DEPARTING) or _is_measured(words, clause, side) or _is_another_norm(words, clause, beside):
            continue
        known = on_the_map(words, places)
        others = [one for one in beside if said_in(words, one)] if not said_in(words, clause) else []
        if others and side and all(side_of(one, (clause, *beside)) == OPPOSITE[side] for one in others):
            continue
        if others:  # it limits another clause of the member, which goes before this one there
            if known:
                where.append({"not": [known]})
            elif any(milder(one, clause) for one in others):
                doubts.append(doubt_of("exception", words, plan_id, holds_when=False))
        elif known:
            where.append(known)
        else:
            doubts.append(doubt_of("condition", words, plan_id, else_unknown=words.startswith(DEMANDS)))
    for words in clause.exceptions:
        if words.startswith(ALTERNATIVE):
            asked = doubt_of("alternative", words, plan_id, holds_when=False)
            doubts.append(replace(asked, key=f"{asked.key}:{plain(norm.key)}"))  # of this clause alone
            continue
        excepted = where_excepted(words, clause, places)
        if excepted is None:
            doubts.append(doubt_of("exception", words, plan_id, holds_when=False))
        elif excepted:
            where.append({"not": [excepted]})
    return where, (*doubts, *_of_its_words(clause, plan_id), *_of_what_is_unsaid(norm, plan_id), *_of_others(norm, beside, plan_id))


def kept_doubt(clause: Clause, plan_id: str) -> Doubt:
    """Return whether existing sizes are kept here, which a clause of the text says: then no other size holds."""
    return doubt_of("exception", clause.quote, plan_id, holds_when=False)


def standing_in_words(clause: Clause) -> str:
    """Return our word for bijbehorende bouwwerken that the quote of a clause says all stand apart, or all against the house; '' where it says neither."""
    low = clause.quote.lower()
    apart, against = "vrijstaand" in low, bool(AGAINST.search(low)) and not (ANY_OTHER.search(low) and "aangebouwd" not in low)
    return "" if apart is against else "vrijstaand bijgebouw" if apart else "aanbouw"


def said_in(words: str, clause: Clause) -> bool:
    """Whether the quote of a clause itself has the words of a condition."""
    quote, told = plain(clause.quote), plain(words)
    signs = next((pattern for pattern, side in SIDES if side == words), None)
    if signs is not None:
        return bool(signs.search(quote))
    for lead in ("ter plaatse van ", "indien ", *DEMANDS):
        told = told.removeprefix(lead)
    return told[:SAME_START] in quote


def milder(one: Clause, other: Clause) -> bool:
    """Whether a clause leaves more room than another; None of them where their sizes cannot be compared."""
    if one.value is None or other.value is None or (one.unit, one.operator) != (other.unit, other.operator):
        return True
    return one.value > other.value if one.operator.startswith("<") else one.value < other.value


def _of_its_words(clause: Clause, plan_id: str) -> list[Doubt]:
    """Return what the quote of a clause says of when it holds, in words that are no condition of the reader's."""
    low = clause.quote.lower()
    found = [doubt_of("condition", match.group().strip(), plan_id) for match in KINDS_OF_ROOF.finditer(low)]
    return found + [doubt_of("more", match.group(), plan_id, holds_when=False) for match in ONE_SIDE.finditer(low)]


def _of_what_is_unsaid(norm: PlanNorm, plan_id: str) -> list[Doubt]:
    """Return whether words of a quote that nothing read accounts for make its norm another one; what an officer corrected is his own reading."""
    low = norm.clause.quote.lower()
    known = " ".join(match.group() for pattern in (KINDS_OF_ROOF, ONE_SIDE, CHANGES) for match in pattern.finditer(low)).split()
    left = [word for word in norm.clause.unsaid if word not in known]
    if not left or norm.decision == CORRECTED:
        return []
    return [doubt_of("words", f"{' … '.join(left)} ({norm.key})", plan_id, holds_when=False, else_unknown=True)]


def doubt_of(code: str, words: str, plan_id: str, holds_when: bool = True, else_unknown: bool = False) -> Doubt:
    """Return the doubt of a kind (``code``) about some words of a plan's text, under one key for all clauses that have them."""
    return Doubt(f"plan_words:{plan_id}:{code}:{plain(words)}", f"engine_question_norm_{code}", words, holds_when, else_unknown)


def _of_the_thing(clause: Clause, places: Places, plan_id: str) -> list[Doubt]:
    """Return whether it must be asked that the design is what the text names."""
    lives = clause.object in DWELLINGS and any(area.group.lower() == "wonen" or "won" in area.name.lower() for area in places.own)
    if clause.object in PLAIN_WORDS or clause.object not in OBJECT_KINDS or lives:
        return []
    return [doubt_of("object", clause.object, plan_id)]


def _is_measured(words: str, clause: Clause, side: str) -> bool:
    """Whether a check measures a condition: on which side of the front it is, or how far behind it."""
    rest = bool(side) and words in ("overige", "elders") and ELSEWHERE.search(clause.quote.lower()) is not None
    return rest or (words in (BEFORE, BEHIND) and (bool(side) or clause.quantity in FRONTS))


def _is_another_norm(words: str, clause: Clause, beside: Sequence[Clause]) -> bool:
    """Whether a condition is itself a size that was read as a norm of its own."""
    if words.startswith(DEMANDS) and any(plain(one.quote).startswith(plain(words)) for one in (clause, *beside)):
        return True
    if words.startswith(DEMANDS) and any(said_in(words, one) and re.search(r"\d", words) for one in (clause, *beside)):
        return True
    numbers = {float(one.replace(",", ".")) for one in re.findall(r"\d+(?:,\d+)?", words)}
    return bool(numbers) and words.startswith(DEMANDS) and numbers <= {other.value for other in beside}


def on_the_map(words: str, places: Places) -> Condition:
    """Return where the map has what a condition names; {} where it does not know."""
    if words == INSIDE:
        return {"location": {"layer": "bouwvlak"}}
    if words == OUTSIDE:
        return {"not": [{"location": {"layer": "bouwvlak"}}]}
    return (places.named(words) if words.startswith("ter plaatse van ") else None) or {}


def where_excepted(words: str, clause: Clause, places: Places) -> Condition | None:
    """Return where the map says that a clause does not hold: where it gives a size of its own, or at what the exception names; {} where it does
    nowhere, None where the map does not know."""
    if not (ON_MAP.search(words) or words.startswith("ter plaatse van ")):
        return None
    named = places.named(words)
    return named if named is not None else None if "'" in words or '"' in words else places.valued(clause.quantity)


def _own_words(clause: Clause) -> set[str]:
    """Return the conditions that the quote of a clause itself has."""
    return {words for words in clause.conditions if said_in(words, clause)}


def _of_others(norm: PlanNorm, beside: Sequence[Clause], plan_id: str) -> list[Doubt]:
    """Return what the clauses beside one make doubtful: a tier that raises it, another value for the same, or a way out."""
    own = norm.clause
    doubts = [doubt_of("more", one.quote, plan_id, holds_when=False) for one in beside if is_more(one) and not is_more(own)]
    same = [one for one in beside if (one.unit, one.operator) == (own.unit, own.operator) and one.value != own.value and _own_words(one) == _own_words(own)]
    if any(not is_more(one) and side_of(one, ()) == side_of(own, ()) for one in same):
        doubts.append(doubt_of("value", f"{norm.key}: {own.quote}", plan_id))
    doubts += [doubt_of("more", one.quote, plan_id, holds_when=False) for one in beside if is_way_out(one, own)]
    annex = OBJECT_KINDS.get(own.object) == "bijbehorend bouwwerk"
    if annex and own.quantity == "oppervlakte" and own.unit == "m2" and not any(TOGETHER.search(one.quote.lower()) for one in (own, *beside)):
        doubts.append(doubt_of("together", own.quote, plan_id))
    return doubts
