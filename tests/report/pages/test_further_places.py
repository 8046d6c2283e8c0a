"""Where one rule has the same verdict at many places, the worst have a page and the others a row; nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from no_pictures import NoPictures
from said import said

from drieluik.data_sources.case import read_case
from drieluik.job import run_case
from drieluik.model import Decision, Note, Verdict
from drieluik.report.pages.document import make_document
from drieluik.report.pages.html import to_html
from drieluik.report.pictures.gallery import PAGES_PER_RULE, further_findings, open_findings
from drieluik.texts import sentence
from scenes import ROOT

MARGINS = (-5.0, -60.0, -20.0, -90.0, -1.0, -45.0)


@pytest.fixture(scope="module")
def street():
    """The demo's review with the first violated rule broken at six places, the mildest decided upon by the officer."""
    review = run_case(read_case(ROOT / "demo" / "case.yaml"))
    found = next(f for f in review.findings if f.verdict is Verdict.VIOLATES)
    limit = found.measurements[0].limit
    many = []
    for number, margin in enumerate(MARGINS):
        first = replace(found.measurements[0], operator="<=", value=limit - margin)
        decision = Decision(Verdict.COMPLIES, "by an earlier permit") if margin == -1.0 else None
        many.append(replace(found, subject=Note.of("subject_dwelling", building=str(number), text=f"place {number}"), measurements=(first,), decision=decision))
    return replace(review, findings=tuple(many))


def test_the_worst_have_a_page_and_every_place_stands_somewhere(street):
    paged, further = open_findings(street), further_findings(street)
    assert [said(f) for f in further] == ["place 2", "place 0"]
    assert [said(f) for f in paged if f.decision is None] == ["place 1", "place 3", "place 5"]
    assert len([f for f in paged if f.decision is None]) == PAGES_PER_RULE
    assert {said(f) for f in paged + further} == {said(f) for f in street.findings}


def test_the_summary_counts_what_stands_in_the_table(street):
    document = make_document(street, "nl", NoPictures(street))
    assert len(document.summary) == len(street.findings) - 2 + 1
    assert [row[4] for row in document.summary if "verdere" in row[4]] == ["2 verdere plaats(en)"]
    assert [row[4] for row in document.further] == ["place 2", "place 0"]
    html = to_html(document)
    assert html.count("Verdere plaatsen met hetzelfde oordeel") >= 2 and "place 0" in html


def test_a_review_without_such_rules_has_no_table():
    review = run_case(read_case(ROOT / "demo" / "case.yaml"))
    assert not further_findings(review)


def test_what_is_said_of_all_complying_places_is_said_once(street):
    first = street.findings[0]
    note, own = Note.of("sun_trees_left_out"), Note.of("sun_no_terrain")
    alike = [replace(first, decision=None, verdict=Verdict.COMPLIES, subject=Note.of("subject_dwelling", building=str(n), text=f"home {n}"), notes=(note,) if n else (own, note)) for n in range(5)]
    document = make_document(replace(street, findings=tuple(alike)), "en", NoPictures(street))
    assert len(document.complying) == 5 and len(document.of_all_places) == 1
    assert sentence(note.code, lang="en") in document.of_all_places[0] and "review.json" in document.of_all_places[0]
    assert document.complying[0][4] == sentence(own.code, lang="en") and document.complying[1][4] == ""
