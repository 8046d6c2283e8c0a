"""The variants of a case beside each other, in words: the pages of the matrix, what is the same of all, and how each was made."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Review
from ...texts import sentence
from ..basis import wording
from ..basis.matrix import Cell, MatrixRow, matrix

A_PAGE = 8
"""Designs beside each other on a page on its side; a ninth makes the columns too narrow for a value with its margin."""
NOTHING = "–"
BEST = "★"
MADE = (
    "design_from", "design_storeys_scaled", "design_mirrored", "design_turned_by", "design_moved_by", "design_raised_by", "design_mass_flat",
    "design_mass_roof",
)
"""Remarks of the import that say how a variant was made here."""


@dataclass(frozen=True)
class MatrixPage:
    """Some designs beside each other: ``heads`` name and counts of each, ``rows`` the rule with what it is about, and a cell for each design (verdict,
    text)."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def matrix_pages(review: Review, lang: str) -> tuple[MatrixPage, ...]:
    """Return the pages of the matrix, none of one design: only the rules of which something differs."""
    if len(review.designs) < 2:
        return ()
    rows, names = [row for row in matrix(review) if row.differs], [design.name for design in review.designs]
    heads = [(name, counts_of(review, name)) for name in names]
    pages = []
    for start in range(0, len(names), A_PAGE):
        some = slice(start, start + A_PAGE)
        told = tuple((head_of(review, row, lang), tuple(cell_of(cell, row, lang) for cell in row.cells[some])) for row in rows)
        pages.append(MatrixPage(tuple(heads[some]), told))
    return tuple(pages)


def matrix_same(review: Review, lang: str) -> str:
    """Return, in one sentence, the rules of which all designs give the same; '' where there is none."""
    if len(review.designs) < 2:
        return ""
    same = [(head_of(review, row, lang), cell_of(row.cells[0], row, lang)[1]) for row in matrix(review) if not row.differs]
    return sentence("matrix_same", {"rules": "; ".join(f"{head}: {said}" for head, said in same)}, lang) if same else ""


def matrix_made(review: Review, lang: str) -> tuple[str, ...]:
    """Return of each design that was made here how."""
    if len(review.designs) < 2:
        return ()
    told = {d.name: [sentence(m.note.code, m.note.as_dict(), lang) for m in d.messages if m.note.code in MADE] for d in review.designs}
    return tuple(f"{name}: {' '.join(said)}" for name, said in told.items() if said)


def counts_of(review: Review, name: str) -> str:
    """Return how many findings of a design have each verdict: ``✗ 2 ? 1 ✓ 10``."""
    return " ".join(f"{wording.verdict_icon(verdict)} {count}" for verdict, count in review.counts(name).items() if count)


def head_of(review: Review, row: MatrixRow, lang: str) -> str:
    """Return what a row is about: the rule, of few subjects its subject, and the limit where all have one."""
    first = row.first
    limit = wording.limit_text(first.measurements[0], lang) if row.one_limit and first.measurements else ""
    about = wording.place(review, first, lang) if row.of_one_subject else ""
    return " · ".join(word for word in (wording.title(review, first, lang), about, limit) if word)


def cell_of(cell: Cell | None, row: MatrixRow, lang: str) -> tuple[str, str]:
    """Return (verdict id, text) of a cell: icon, measured value, margin, of how many places it is the worst, and whether it is the best."""
    if cell is None:
        return "not_applicable", NOTHING
    finding = cell.finding
    value, _, more = wording.measured_line(finding, lang, limit=not row.one_limit).partition(" · ")
    room = f"({more.replace(' · ', ', ')})" if more else ""
    worst = sentence("matrix_worst_of", {"count": cell.count}, lang) if cell.count > 1 else ""
    words = (wording.verdict_icon(finding.stands) + (BEST if cell.best else ""), value, room, worst)
    return finding.stands.value, " ".join(word for word in words if word)
