"""Variants beside each other: of each rule what every design gives, what differs first, and which is best."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...model import Finding, Review, Verdict

PLACES = 3
"""A rule with so many subjects has a row for each; of one with more (every dwelling of a street) a row has the worst of each design."""
MOST_IN_FULL = 2
"""A report has pages and tables for so many designs; of more for the first, the one that is asked for: twenty variants are no 79 pages."""
ALIKE = 5e-4
"""Values are the same to half a millimetre (minute, percent): less is not shown either."""
WEIGHT = {Verdict.COMPLIES: 0, Verdict.NOT_APPLICABLE: 0, Verdict.NEEDS_JUDGEMENT: 1, Verdict.NOT_ASSESSABLE: 2, Verdict.VIOLATES: 3}
"""What is better: that a rule does not apply is no worse than that it is met, what is not known never better than what may be met."""


@dataclass(frozen=True, eq=False)
class Cell:
    """What a design gives: its finding, the worst of ``count``; whether that is the ``best`` of the row."""

    finding: Finding
    count: int
    best: bool = False


@dataclass(frozen=True, eq=False)
class MatrixRow:
    """A rule (of few subjects: one of these), its cells by design (None: nothing is said of it there); whether these ``differs``."""

    cells: tuple[Cell | None, ...]
    differs: bool
    of_one_subject: bool

    @property
    def first(self) -> Finding:
        """A finding of the row: what it is about."""
        return next(cell.finding for cell in self.cells if cell is not None)

    @property
    def one_limit(self) -> bool:
        """Whether all that was measured stands against one limit."""
        measured = [cell.finding.measurements[0] for cell in self.cells if cell is not None and cell.finding.measurements]
        return len({(one.operator, one.low, one.limit, one.unit) for one in measured}) == 1


def in_full(review: Review) -> Review:
    """Return what of a review a report tells in full: all of few designs, of more the first alone."""
    if len(review.designs) <= MOST_IN_FULL:
        return review
    first = review.designs[0]
    others = {record for design in review.designs[1:] for record in design.provenance} - set(first.provenance)
    return replace(
        review,
        designs=(first,),
        findings=tuple(finding for finding in review.findings if finding.design == first.name),
        gate=tuple(item for item in review.gate if item.design == first.name),
        covers=tuple(cover for cover in review.covers if cover.design == first.name),
        inputs=tuple(record for record in review.inputs if record not in others),
    )


def matrix(review: Review) -> tuple[MatrixRow, ...]:
    """Return the rows of a review of several designs: what differs most first, then what is the same of all in the order of the rules."""
    names = [design.name for design in review.designs]
    rows = [_row(some, names, single) for some, single in _groups(review.findings)]
    return tuple(sorted(rows, key=lambda row: (not row.differs, *_spread(row)) if row.differs else (True, 0, 0.0)))


def _groups(findings: Sequence[Finding]) -> Iterable[tuple[list[Finding], bool]]:
    """Give the findings of each row, and whether they are of one subject."""
    rules: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, {}).setdefault(finding.subject_key, []).append(finding)
    for subjects in rules.values():
        if len(subjects) <= PLACES:
            yield from ((some, True) for some in subjects.values())
        else:
            yield [finding for some in subjects.values() for finding in some], False


def _row(findings: Sequence[Finding], names: Sequence[str], single: bool) -> MatrixRow:
    of = [[finding for finding in findings if finding.design == name] for name in names]
    cells = tuple(Cell(min(some, key=lambda f: (-WEIGHT[f.stands], room(f))), len(some)) if some else None for some in of)
    differs = len({_told(cell) for cell in cells}) > 1
    best = _best([cell.finding for cell in cells if cell is not None]) if differs else []
    return MatrixRow(tuple(replace(cell, best=cell.finding in best) if cell is not None else None for cell in cells), differs, single)


def _told(cell: Cell | None) -> tuple[object, ...]:
    """Return what a reader sees of a cell: two that are told alike are the same."""
    if cell is None:
        return ()
    first = cell.finding.measurements[0] if cell.finding.measurements else None
    return (cell.finding.stands, cell.count, *(() if first is None else (_near(first.value), _near(first.limit))))


def _near(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def room(finding: Finding) -> float:
    """Return the margin that a finding has, in its unit; infinite where it has none."""
    margin = finding.measurements[0].margin if finding.measurements else None
    return math.inf if margin is None else margin


def _best(findings: Sequence[Finding]) -> list[Finding]:
    """Return the best of some findings: the best verdict, and of those the most room; none where all are as good."""
    least = min(WEIGHT[finding.stands] for finding in findings)
    good = [finding for finding in findings if WEIGHT[finding.stands] == least]
    most = max(map(room, good))
    found = [finding for finding in good if room(finding) >= most - ALIKE]
    return found if len(found) < len(findings) else []


def _spread(row: MatrixRow) -> tuple[int, float]:
    """Return how much a row differs, the most first: by verdict, then by the room that is left as a share of the limit."""
    shown = [cell.finding for cell in row.cells if cell is not None]
    weights = [WEIGHT[finding.stands] for finding in shown]
    rooms = [one.margin / max(abs(one.limit or 0.0), 1.0) for f in shown for one in f.measurements[:1] if one.margin is not None]
    return min(weights) - max(weights), min(rooms) - max(rooms) if rooms else 0.0
