"""Ways of measuring of a plan's text that nothing here measures, or that nobody confirmed: they make doubtful what they measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ....model import Doubt, MeasuringProfile, Rule
from ....model.plan_words import CORRECTED, MEASURED, REJECTED
from ..base import Check
from .norm_doubts import doubt_of

MEANT = {"volume": "inhoud", "aantal bouwlagen": "bouwlagen", "bebouwd oppervlak": "oppervlakte"}
"""Names of values of the map, as texts call them."""
RESTS_ON = {"bebouwingspercentage": ("oppervlakte",), "bouwhoogte": ("peil",), "goothoogte": ("peil",)}
"""What a size is made of that a text defines apart."""


def with_measuring(rule: Rule, check: Check, profile: MeasuringProfile | None) -> Rule:
    """Return a derived rule with a doubt for each way of measuring of its plan's text that may make what it measures another size."""
    found = tuple(_doubts(rule, check, profile)) if profile else ()
    return replace(rule, doubts=(*rule.doubts, *found)) if found else rule


def _doubts(rule: Rule, check: Check, profile: MeasuringProfile) -> Iterator[Doubt]:
    own = _sizes(rule, check)
    for norm in profile.norms:
        clause = norm.clause
        if clause.quantity == MEASURED and clause.unsaid and norm.decision not in (REJECTED, CORRECTED) and own & set(clause.changes):
            yield _doubt(clause.article, clause.quote, profile)
    for entry in profile.proposed:
        if entry.key == "peil" and "peil" in own and entry.value.get("plus_m"):
            yield _doubt(entry.article, entry.quote, profile)


def _doubt(article: str, quote: str, profile: MeasuringProfile) -> Doubt:
    return doubt_of("measuring", f"{quote} ({article or '–'})", profile.plan_id, holds_when=False, else_unknown=True)


def _sizes(rule: Rule, check: Check) -> set[str]:
    """Return the sizes that a rule is about, as texts name them, with what these are made of."""
    told = (rule.read.clause.quantity,) if rule.read is not None else check.plan_values
    own = {MEANT.get(name, name) for name in told}
    return own | {part for name in own for part in RESTS_ON.get(name, ())}
