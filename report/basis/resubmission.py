"""A new version of a design against an earlier review of the same case, by their records: per finding what became of it.

Findings are paired by rule, subject and design. What an object of the file is called may be another in a new version: of one rule and design a single
finding that is left over on each side is the same question, asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model import Verdict

NEW, SOLVED, UNCHANGED, BETTER, WORSE, UNDECIDED, GONE = "new", "solved", "unchanged", "better", "worse", "undecided", "gone"
ORDER = (WORSE, NEW, UNDECIDED, UNCHANGED, BETTER, GONE, SOLVED)
"""What asks the officer's attention first."""
WEIGHT = {Verdict.VIOLATES: 2, Verdict.NEEDS_JUDGEMENT: 1, Verdict.NOT_ASSESSABLE: 1, Verdict.COMPLIES: 0, Verdict.NOT_APPLICABLE: 0}
ALIKE = 5e-4
"""Margins are the same to half a millimetre: less is not shown either."""
Found = Mapping[str, Any]


@dataclass(frozen=True)
class Fate:
    """What became of a finding: of its kind, with the finding of before and of now (None: there was or is none)."""

    kind: str
    before: Found | None
    now: Found | None

    @property
    def one(self) -> Found:
        """The finding as it is now, else as it was."""
        return self.now or self.before or {}

    @property
    def lapsed(self) -> bool:
        """Whether a decision of the officer about it lapsed."""
        return bool(self.now and self.now.get("lapsed"))


@dataclass(frozen=True)
class Earlier:
    """An earlier review of the same case: its number and its record."""

    number: int
    record: Mapping[str, Any]


def version_of(record: Mapping[str, Any]) -> Any:
    """Return what makes a version of the designs: their files by content, and where they were laid."""
    files = sorted((str(one.get("source")), str(one.get("sha256"))) for one in record.get("inputs") or () if one.get("layer") == "design")
    case = record.get("case") or {}
    return files, [one.get("placement") for one in (case.get("design") or {}, *(case.get("variants") or ()))]


def fates(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Fate, ...]:
    """Return what became of each finding that asked or asks something, the gravest first; what complied and complies is none of them."""
    found = [fate for fate in _fates(before, now) if fate is not None]
    return tuple(sorted(found, key=lambda fate: (ORDER.index(fate.kind), not fate.lapsed)))


def counts(found: Sequence[Fate]) -> dict[str, int]:
    """Return how many there are of each kind."""
    return {kind: sum(fate.kind == kind for fate in found) for kind in ORDER}


def _fates(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Fate | None]:
    old, new = _named(before), _named(now)
    pairs = [(old.pop(key), new.pop(key)) for key in list(old) if key in new]
    for rule in dict.fromkeys((key[0], key[2]) for key in old):
        left, come = ([key for key in side if (key[0], key[2]) == rule] for side in (old, new))
        if len(left) == len(come) == 1:
            pairs.append((old.pop(left[0]), new.pop(come[0])))
    for one, other in pairs:
        yield _fate(one, other)
    for found in old.values():
        yield _fate(found, None)
    for found in new.values():
        yield _fate(None, found)


def _named(record: Mapping[str, Any]) -> dict[tuple[str, str, str, int], Found]:
    named: dict[tuple[str, str, str, int], Found] = {}
    for found in record.get("findings") or ():
        rule, subject, design = (str(found.get(word)) for word in ("rule", "subject_key", "design"))
        nth = sum(known[:3] == (rule, subject, design) for known in named)
        named[rule, subject, design, nth] = found
    return named


def stands(found: Found) -> Verdict:
    """Return the verdict that stands: the officer's own where there is one, else the computed one."""
    decision = found.get("decision")
    return Verdict(str(decision["verdict"] if decision else found["verdict"]))


def _fate(before: Found | None, now: Found | None) -> Fate | None:
    was = WEIGHT[stands(before)] if before is not None else 0
    weighs = WEIGHT[stands(now)] if now is not None else 0
    if not was and not weighs:
        return None if now is None or not now.get("lapsed") else Fate(UNCHANGED, before, now)
    if not was:
        return Fate(NEW, before, now)
    if now is None:
        return Fate(GONE, before, now)
    if not weighs:
        return Fate(SOLVED, before, now)
    if was != weighs:
        return Fate(WORSE if weighs > was else UNDECIDED, before, now)
    return Fate(_moved(before or {}, now), before, now)


def _moved(before: Found, now: Found) -> str:
    """Return whether a finding of the same weight came nearer to its limit: by the margin of the measurement it rests on."""
    old, new = _first(before), _first(now)
    if old.get("unit") != new.get("unit") or old.get("margin") is None or new.get("margin") is None:
        return UNCHANGED
    moved = float(new["margin"]) - float(old["margin"])
    if abs(moved) <= ALIKE:
        return UNCHANGED
    return BETTER if moved > 0 else WORSE


def _first(found: Found) -> Mapping[str, Any]:
    return next(iter(found.get("measurements") or ()), {})
