"""The matrix in words: eight variants a page, in both languages, in the PDF on its side and in the HTML; twenty variants are no 79 pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
import small_review
from no_pictures import NoPictures

from drieluik.data_sources.design.variants import varied
from drieluik.model import DesignRequest, Finding, Variation, Verdict
from drieluik.report.pages.document import make_document
from drieluik.report.pages.html import to_html
from drieluik.report.pages.matrix_rows import A_PAGE
from drieluik.report.pages.pdf import write_pdf


def variants(count):
    """The small review of design A and more of it, each a little lower."""
    whole = small_review.review()
    own = [finding for finding in whole.findings if finding.design == "A"]
    names = ["A", *(f"lager {number}" for number in range(1, count))]

    def of(name: str, number: int) -> list[Finding]:
        return [replace(f, design=name, measurements=tuple(replace(m, value=m.value - number / 10) for m in f.measurements)) for f in own]

    designs = [whole.designs[0], *(varied(whole.designs[0], name, Variation("A", storeys_factor=1 - n / 100)) for n, name in enumerate(names[1:], start=1))]
    requests = (whole.case.designs[0], *(DesignRequest((), name, variation=Variation("A")) for name in names[1:]))
    findings = tuple(finding for number, name in enumerate(names) for finding in of(name, number))
    return replace(whole, case=replace(whole.case, designs=requests), designs=tuple(designs), findings=findings, covers=(), gate=())


def document(count, lang="nl"):
    review = variants(count)
    return make_document(review, lang, NoPictures(review))


def test_one_design_has_no_matrix_and_eight_stand_on_one_page():
    assert document(1).matrix == () and document(1).matrix_same == ""
    (page,) = document(A_PAGE).matrix
    assert [name for name, _ in page.heads][:2] == ["A", "lager 1"] and all(len(cells) == A_PAGE for _, cells in page.rows)
    assert [len(page.heads) for page in document(A_PAGE * 2 + 4).matrix] == [A_PAGE, A_PAGE, 4]


def test_a_cell_says_verdict_value_and_room_and_which_is_best():
    rows = dict(document(2).matrix[0].rows)
    (height,) = [cells for head, cells in rows.items() if head.startswith("Hoogte · maximum bouwhoogte")]
    assert height[0][0] == Verdict.VIOLATES.value and height[0][1].startswith("✗ 10,40 m (−1,40")
    assert height[1][1].startswith("✗★ 10,30 m (−1,30")


def test_the_matrix_says_how_each_variant_was_made_and_the_report_what_each_is():
    made = document(3)
    assert made.matrix_made[0].startswith("lager 1: Een variant van A, hier berekend")
    assert "99,0 % zo hoog" in made.matrix_made[0]
    assert any("lager 2: variant van A" in value for _, value in made.facts)


@pytest.mark.parametrize(("lang", "title"), [("nl", "De varianten naast elkaar"), ("en", "The variants beside each other")])
def test_the_html_has_the_matrix_in_both_languages(lang, title):
    text = to_html(document(3, lang))
    assert title in text and "lager 2" in text and "★" in text
    assert not re.search(r"\b(matrix|report)_[a-z_]+\b", text)


def test_of_three_designs_the_pages_are_of_the_first_and_that_is_said():
    assert {page.design for page in document(2).pages} <= {"A", "lager 1"} and document(2).in_full == ""
    three = document(3)
    assert {page.design for page in three.pages} <= {"A"}
    assert "gaan over ontwerp A" in three.in_full and three.in_full in to_html(three)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo counts the pages")
def test_twenty_variants_take_no_more_pages_than_twelve_and_the_matrix_lies_on_its_side(tmp_path):
    pages = {}
    for count in (1, 8, 20):
        path = write_pdf(document(count), "{}", tmp_path / f"{count}.pdf")
        told = subprocess.run(["pdfinfo", "-l", "99", path], capture_output=True, text=True, check=True).stdout
        pages[count] = [float(wide) > float(high) for wide, high in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told)]
    assert sum(pages[1]) == 0 and sum(pages[8]) == 1 and sum(pages[20]) == 3
    assert len(pages[8]) == len(pages[1]) + 1
    assert len(pages[20]) <= 12
