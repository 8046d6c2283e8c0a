"""Variants beside each other: what differs first, what is best, and never by what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_review
from small_review import height, made

from drieluik.model import Note, Verdict
from drieluik.report.basis.matrix import MOST_IN_FULL, PLACES, in_full, matrix

C, V, J, N, X = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE


def review_of(*findings, names="ABC"):
    whole = small_review.review()
    designs = tuple(replace(whole.designs[0], name=name) for name in names)
    return replace(whole, designs=designs, findings=findings)


def one_rule(*outcomes):
    """A review of a rule with an outcome (verdict, height) per design; the row and which of its cells are best."""
    found = [made("hoogte", "max_building_height", v, *([] if h is None else [height(h)]), design=name) for name, (v, h) in zip("ABC", outcomes)]
    (row,) = matrix(review_of(*found, names="ABC"[: len(outcomes)]))
    return row.differs, [cell is not None and cell.best for cell in row.cells]


@pytest.mark.parametrize(
    ("outcomes", "differs", "best"),
    [
        ([(C, 8.0), (C, 8.5), (V, 9.6)], True, [True, False, False]),
        ([(V, 9.6), (V, 9.2)], True, [False, True]),  # the least bad
        ([(C, 8.0), (C, 8.0)], False, [False, False]),
        ([(C, 8.0), (C, 8.0), (C, 8.2)], True, [True, True, False]),
        ([(N, None), (V, 9.6)], True, [True, False]),
        ([(N, None), (J, 9.0)], True, [False, True]),  # what is not known is no better than what may be met
        ([(N, 8.0), (C, 8.9)], True, [False, True]),  # nor is its number
        ([(X, None), (C, 8.0)], True, [True, False]),
        ([(X, None), (V, 9.6)], True, [True, False]),
    ],
)
def test_the_best_of_a_row(outcomes, differs, best):
    assert one_rule(*outcomes) == (differs, best)


def test_what_differs_by_verdict_stands_before_what_differs_by_value_and_what_is_the_same_comes_last():
    def of(rule, *outcomes):
        return [made(rule, "max_building_height", v, height(h), design=name) for name, (v, h) in zip("AB", outcomes)]

    rows = matrix(review_of(*of("zelfde", (V, 9.5), (V, 9.5)), *of("weinig", (C, 8.0), (C, 8.1)), *of("veel", (C, 4.0), (C, 8.1)), *of("oordeel", (C, 8.9), (V, 9.1)), names="AB"))
    assert [row.first.rule for row in rows] == ["oordeel", "veel", "weinig", "zelfde"]
    assert [row.differs for row in rows] == [True, True, True, False]


def test_a_rule_of_few_subjects_has_a_row_for_each_and_of_many_one_with_the_worst():
    def dwellings(count):
        return [made("zon", "sun_hours_facade", V if n == 1 else C, height(8.0 + n), design=name, subject=Note.of("subject_dwelling", building=str(n), text=str(n)))
                for n in range(count) for name in "AB"]

    assert len(matrix(review_of(*dwellings(PLACES), names="AB"))) == PLACES
    (row,) = matrix(review_of(*dwellings(PLACES + 1), names="AB"))
    assert [(cell.finding.stands, cell.count) for cell in row.cells] == [(V, PLACES + 1)] * 2 and not row.of_one_subject


def test_a_subject_that_one_variant_does_not_have_is_an_empty_cell_and_differs():
    (row,) = matrix(review_of(made("hoogte", "max_building_height", V, height(9.6)), names="AB"))
    assert row.cells[1] is None and row.differs and not row.cells[0].best


def test_the_verdict_that_stands_is_compared_also_where_the_officer_decided():
    found = small_review.findings()
    (row,) = [row for row in matrix(review_of(*found[:2], names="AB")) if row.cells[1] is not None]
    assert row.cells[1].finding.stands is C and row.cells[1].best


def test_a_report_of_more_designs_than_a_few_is_in_full_of_the_first():
    found = [made("hoogte", "max_building_height", V, height(9.6), design=name) for name in "ABC"]
    assert in_full(review_of(*found[:MOST_IN_FULL], names="AB")).findings == tuple(found[:MOST_IN_FULL])
    one = in_full(review_of(*found))
    assert [design.name for design in one.designs] == ["A"] and one.findings == tuple(found[:1])
