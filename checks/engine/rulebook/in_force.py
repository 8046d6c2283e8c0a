"""Which text was in force on the date of the application: of several versions of one rule, the one that then held."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from ....model import Note, Rule, Ruleset

END = "9999-12-31"


def period(rule: Rule, ruleset: Ruleset) -> tuple[str, str]:
    """Return from when to when (ISO dates, both included; '' and ``END`` = open) a rule holds: its own dates inside its file's."""
    start = max(rule.valid_from or "", ruleset.valid_from or "")
    return start, min(rule.valid_to or END, ruleset.valid_to or END)


def holds_on(rule: Rule, ruleset: Ruleset, date: str, today: str = "") -> bool:
    """Whether a rule was in force on a date (ISO); without a date every rule may have been that had begun by ``today`` (ISO; '': every rule)."""
    start, end = period(rule, ruleset)
    return start <= (date or today or END)[:10] and (not date or date[:10] <= end)


def rules_on(rulesets: Sequence[Ruleset], date: str, today: str = "") -> tuple[tuple[tuple[Ruleset, Rule], ...], tuple[tuple[Ruleset, Rule], ...]]:
    """Return the enabled rules in force on a date (``holds_on``), and those that are not and of which no other version is.

    A rule of a file takes the place of the rule of the same id that was derived from a plan.
    """
    every = [(ruleset, rule) for ruleset in rulesets for rule in ruleset.rules if rule.enabled]
    written = {rule.id for ruleset, rule in every if not rule.origin and holds_on(rule, ruleset, date, today)}
    inside = [(s, r) for s, r in every if holds_on(r, s, date, today) and not (r.origin and r.id in written)]
    names = {(ruleset.id, rule.id) for ruleset, rule in inside}
    seen: set[tuple[str, str]] = set()
    outside = []
    for ruleset, rule in every:
        name = (ruleset.id, rule.id)
        if not holds_on(rule, ruleset, date, today) and name not in names and name not in seen:
            seen.add(name)
            outside.append((ruleset, rule))
    return tuple(inside), tuple(outside)


def versions_of(rules: Sequence[tuple[Ruleset, Rule]], today: str = "") -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the periods of which one holds, the latest first, of each rule (by the ids of its file and its own) of which nothing says which does: one
    in several versions, and one that has ended by ``today`` (ISO; '': the application has a date), which leaves the time after it."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for ruleset, rule in rules:
        found.setdefault((ruleset.id, rule.id), set()).add(period(rule, ruleset))
    for periods in found.values():
        last = max(end for _, end in periods)
        if last < today[:10]:
            periods.add(((datetime.date.fromisoformat(last) + datetime.timedelta(days=1)).isoformat(), END))
    return {name: tuple(spelt(one) for one in sorted(periods, reverse=True)) for name, periods in found.items() if len(periods) > 1}


def spelt(dates: tuple[str, str]) -> str:
    """Return a period in any language: ``2025-01-01 - …``."""
    start, end = dates
    return f"{start or '…'} - {'…' if end == END else end}"


def not_in_force(ruleset: Ruleset, rule: Rule, date: str) -> Note:
    """Return the note that a rule was not in force on a date."""
    start, end = period(rule, ruleset)
    return Note.of("engine_not_in_force", start=start or "…", end="…" if end == END else end, date=date)


def date_remarks(rulesets: Sequence[Ruleset], date: str) -> tuple[Note, ...]:
    """Return what must be said of the rule files and the date: no date given while texts are dated, or a file not in force."""
    dated = [s for s in rulesets if s.valid_from or s.valid_to or any(r.valid_from or r.valid_to for r in s.rules)]
    if not date:
        return (Note.of("engine_no_application_date"),) if dated else ()
    bare = [s for s in dated if not holds_on(replace(s.rules[0], valid_from="", valid_to=""), s, date)]
    return tuple(Note.of("engine_ruleset_not_in_force", id=s.id, version=s.version, start=s.valid_from or "…", end=s.valid_to or "…", date=date) for s in bare)
