"""What is known not to hold yet, by law and rule, each with its reason: strict, so that what is cured must be taken off. Aim: empty."""

from __future__ import annotations

BROKEN: dict[tuple[int, str], str] = {}

SEEDS: dict[int, tuple[int, ...]] = {}
"""Worlds beyond the first 200 in which a law was once broken: tried always."""

DECIDED_PCT = 90.0
"""Of the decidable verdicts, at least this share must be decided (law 10)."""
