"""What the text of a plan says of measuring, as the measuring profile that an officer confirms: only what a profile has words for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....model import MeasuringProfile, ProfileEntry
from ....model.plan_words import MeasuringClause, PlanText

PART_KINDS = (
    ("schoorst", "chimney"), ("antenne", "antenna"), ("balkon", "balcony"), ("luifel", "canopy"), ("afdak", "canopy"), ("trap", "stair"),
    ("balustrade", "railing"), ("hekwerk", "railing"), ("liftopbouw", "installation"), ("liftschacht", "installation"), ("ventilatie", "installation"),
    ("installatie", "installation"),
)
"""Words of plans for parts, and the kind of part that a model has for them."""
DIRECT = ("denominator", "volume_base", "eaves")


def proposed_profile(text: PlanText, plan_id: str, plan_name: str = "", by: str = "", at: str = "") -> tuple[MeasuringProfile, tuple[MeasuringClause, ...]]:
    """Return the profile that a plan's text proposes, and what the text says of measuring that a profile has no word for.

    Where a text says one key twice and not the same, neither is proposed. ``by`` and ``at``: who confirms it, and when (ISO 8601).
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
            entries.append(ProfileEntry(key, value, clause.article, clause.quote, by, at))
    return MeasuringProfile(plan_id, plan_name, tuple(entries)), tuple(left)


def _value(clause: MeasuringClause) -> Any:
    """Return the value that a profile holds for a clause, None where it has no word for it."""
    said = clause.value
    if clause.key in DIRECT:
        return said
    if clause.key == "peil":
        return None if said.get("other") else said
    if clause.key == "exempt_parts":
        return part_kinds(said) or None
    if clause.key == "minor_parts" and said.get("minor_overshoot_m") is not None:
        kinds = part_kinds(said["minor_classes"])
        return {"minor_overshoot_m": said["minor_overshoot_m"], **({"minor_classes": kinds} if kinds else {})}
    return None


def part_kinds(names: Sequence[str]) -> list[str]:
    """Return the kinds of parts that a list of a plan names, each once."""
    return list(dict.fromkeys(kind for name in names for sign, kind in PART_KINDS if sign in name.lower()))
