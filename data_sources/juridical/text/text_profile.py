"""What the text of a plan says, as the profile that an officer confirms; and what was kept of it, put beside the text as it is now."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ....model import MeasuringProfile, ProfileEntry
from ....model.plan_words import (
    CERTAIN,
    CONFIRMED,
    CORRECTED,
    MEASURED,
    NUMBER_LEFT,
    OBJECT_KINDS,
    OPEN,
    Clause,
    MeasuringClause,
    PlanNorm,
    PlanText,
)

PART_KINDS = (
    ("schoorst", "chimney"), ("antenne", "antenna"), ("balkon", "balcony"), ("luifel", "canopy"), ("afdak", "canopy"), ("trap", "stair"),
    ("balustrade", "railing"), ("hekwerk", "railing"), ("liftopbouw", "installation"), ("liftschacht", "installation"), ("ventilatie", "installation"),
    ("installatie", "installation"),
)
"""Words of plans for parts, and the kind of part that a model has for them."""
DIRECT = ("denominator", "volume_base", "eaves")
ON_MAP = ("bouwhoogte", "goothoogte", "binnen_bouwvlak")
"""What the map shows for the things that the text names."""
TAG = re.compile(r"<[^>]{0,2000}>")
SHOWN_MAX = 2000
"""A quote is shown whole; the purposes of a large article fill about so much."""


def proposed_profile(text: PlanText, plan_id: str, plan_name: str = "", source: str = "", at: str = "") -> MeasuringProfile:
    """Return all that a plan's text says as proposals, none of them confirmed.

    Ways of measuring that a profile has a word for are ``proposed`` entries; where a text says one key twice and not the same, neither is.
    All else is a norm: sizes, statements, other ways of measuring, and each number that was not read. ``source`` and ``at``: of the text.
    """
    said: dict[str, list[tuple[Any, MeasuringClause]]] = {}
    left: list[MeasuringClause] = []
    for clause in text.measuring:
        value = _value(clause)
        if value is None:
            left.append(clause)
        else:
            said.setdefault(clause.key, []).append((value, clause))
    entries = []
    for key, values in said.items():
        if any(value != values[0][0] for value, _ in values):
            left.extend(clause for _, clause in values)
        else:
            value, clause = values[0]
            entries.append(ProfileEntry(key, value, clause.article, shown(clause.quote)))
    about = _about_the_map(text.clauses)
    entries += [about] if about else []
    left += [one for one in text.measuring if one.unsaid and one not in left]
    unworded = [
        Clause(one.key, MEASURED, "definition", None, None, one.quote, one.start, one.end, article=one.article, changes=one.sizes, unsaid=one.unsaid)
        for one in left
    ]
    numbers = [Clause(one.text, NUMBER_LEFT, "definition", None, None, one.around, one.start, one.end) for one in text.unread]
    norms = _keyed((*text.clauses, *text.statements, *unworded, *numbers))
    return MeasuringProfile(
        plan_id, plan_name, proposed=tuple(entries), norms=norms, text_sha256=text.sha256, text_source=source, text_at=at,
    )


def _about_the_map(clauses: Sequence[Clause]) -> ProfileEntry | None:
    """Return what the sizes and the bouwvlak of the map are about, where all clauses that leave them to the map say the same."""
    left = [one for one in clauses if one.value is None and one.quantity in ON_MAP and one.from_map and not one.power]
    left = [one for one in left if one.object != "bouwwerk" or one.sure == CERTAIN]  # else nothing says what they are about
    kinds = {OBJECT_KINDS.get(one.object, "") for one in left}
    if len(kinds) != 1 or not kinds <= {"hoofdgebouw", "gebouw", "bouwwerk"}:
        return None
    return ProfileEntry("applies_to", kinds.pop(), left[0].article, shown(left[0].quote))


def _keyed(clauses: Sequence[Clause]) -> tuple[PlanNorm, ...]:
    """Return each clause with a key of its own: its article and quantity, and its number where others have the same."""
    found, counted = [], Counter[str]()
    for clause in clauses:
        name = " ".join(word for word in (clause.article, clause.quantity.replace("_", " ")) if word)
        counted[name] += 1
        key = name if counted[name] == 1 else f"{name} {counted[name]}"
        found.append(PlanNorm(key, replace(clause, quote=shown(clause.quote))))
    return tuple(found)


def shown(quote: str) -> str:
    """Return the words of a quote, without the tags of its page."""
    return " ".join(html.unescape(TAG.sub(" ", quote)).split())[:SHOWN_MAX]


def with_text(kept: MeasuringProfile | None, read: MeasuringProfile) -> MeasuringProfile:
    """Return what a plan's text says (``read``) with what an officer ``kept`` of it.

    What was kept of another text has lapsed: all of it is a proposal again, and ``lapsed`` names who decided. What an officer added to the same
    text stays, what is missing from the file comes back as a proposal, and what is confirmed in other words than the text's is corrected.
    """
    if kept is None:
        return read
    if kept.text_sha256 and kept.text_sha256 != read.text_sha256:
        names = [*(norm.by for norm in kept.norms if norm.decision != OPEN), *(entry.by for entry in kept.entries if entry.by)]
        return replace(read, location=kept.location, sha256=kept.sha256, lapsed=tuple(dict.fromkeys(names)) or ("?",))
    decided = {one.key: one for one in kept.norms}
    norms = [_decided(one, decided.pop(one.key, None)) for one in read.norms]
    told = {entry.key for entry in (*kept.entries, *kept.proposed)}
    rejected = bool(kept.text_sha256)  # a file of this very text holds every entry that still stands
    fresh = () if rejected else tuple(entry for entry in read.proposed if entry.key not in told)
    return replace(
        kept, plan_name=kept.plan_name or read.plan_name, proposed=(*kept.proposed, *fresh), norms=(*norms, *decided.values()),
        text_sha256=read.text_sha256, text_source=read.text_source, text_at=read.text_at,
    )


def _decided(read: PlanNorm, kept: PlanNorm | None) -> PlanNorm:
    if kept is None:
        return read
    own = replace(kept.clause, start=read.clause.start, end=read.clause.end, quote=read.clause.quote, title=read.clause.title, article=read.clause.article)
    decision = CORRECTED if kept.decision == CONFIRMED and own != read.clause else kept.decision
    return replace(kept, clause=own if decision != OPEN else read.clause, decision=decision)


def _value(clause: MeasuringClause) -> Any:
    """Return the value that a profile holds for a clause, None where it has no word for it."""
    said = clause.value
    if clause.key in DIRECT:
        return said
    if clause.key == "peil":
        return None if said.get("other") else said
    if clause.key == "exempt_parts":
        return part_kinds(said) or (None if said else [])  # a plan may say that nothing is exempt
    if clause.key == "minor_parts" and said.get("minor_overshoot_m") is not None:
        kinds = part_kinds(said["minor_classes"])
        return {"minor_overshoot_m": said["minor_overshoot_m"], **({"minor_classes": kinds} if kinds else {})}
    return None


def part_kinds(names: Sequence[str]) -> list[str]:
    """Return the kinds of parts that a list of a plan names, each once."""
    return list(dict.fromkeys(kind for name in names for sign, kind in PART_KINDS if sign in name.lower()))
