"""How eaves are measured where plans differ, in the words of an officer: shared by the rules about a maximum and a minimum eaves height."""

from __future__ import annotations

from collections.abc import Mapping

from ....model import Note, Rule
from ...engine.base import Context
from ...engine.weighing import switch_word

SAID: Mapping[str, Mapping[str, str]] = {
    "pent_roof": {"alleen de lage zijde": "low_side", "beide zijden": "both_sides"},
    "eaves_at": {"druiplijn": "drip", "gevelvlak": "wall_plane"},
}
"""The words of an officer's answer for what a rule calls otherwise, the way of SVBP2012 first."""


def said(rule: Rule, context: Context, switch: str) -> str:
    """Return how eaves are measured by a switch of the rule; where it is silent an open point, of a plan's own rule the way of SVBP2012: of that the
    plan's profile is asked (``profile.eaves``)."""
    words = SAID[switch]
    if rule.plan_id and rule.measure.get(switch) not in words.values():
        return next(iter(words.values()))
    return switch_word(rule, context, switch, Note.of(f"zoning_question_{switch}"), words)
