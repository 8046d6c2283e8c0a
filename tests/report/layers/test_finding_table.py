"""Every finding as a row: in findings.gpkg beside the layers, as CSV and as a spreadsheet, read by other programs than wrote them."""

from __future__ import annotations

import csv
import sqlite3
import zipfile
from dataclasses import replace

import pytest
import small_review
from lxml import etree

from drieluik.report.layers.finding_table import FIELDS, finding_rows, write_sheets
from drieluik.report.layers.review_layers import KINDS, write_findings
from drieluik.texts import sentence

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def review():
    return small_review.review()


def cells(path):
    """Return the rows of the first sheet of an XLSX by its own XML: text as text, numbers as float, nothing as None."""
    with zipfile.ZipFile(path) as packed:
        shared = ["".join(item.itertext("{*}t", with_tail=False)) for item in etree.fromstring(packed.read("xl/sharedStrings.xml")).iterfind("s:si", SHEET)]
        rows = etree.fromstring(packed.read("xl/worksheets/sheet1.xml")).iterfind(".//s:row", SHEET)
        return [{cell.get("r").rstrip("0123456789"): told(cell, shared) for cell in row} for row in rows]


def told(cell, shared):
    value = cell.findtext("s:v", namespaces=SHEET)
    assert cell.find("s:f", SHEET) is None, "no cell may be a formula"
    return shared[int(value)] if cell.get("t") == "s" else None if value is None else float(value)


def test_each_finding_is_a_row_of_the_geopackage_and_its_layers_say_which(review, tmp_path):
    path = write_findings(review, tmp_path / "findings.gpkg", "nl")
    with sqlite3.connect(path) as base:
        rows = base.execute("SELECT finding, case_number, design, verdict, stands, value, limit_value, decided_by, article FROM finding ORDER BY finding").fetchall()
        joined = base.execute("SELECT count(*) FROM finding_points p JOIN finding f USING (case_number, finding) WHERE p.rule = f.rule AND p.design = f.design").fetchone()
        points = base.execute("SELECT count(*) FROM finding_points").fetchone()
    assert [row[0] for row in rows] == list(range(1, len(review.findings) + 1)) and {row[1] for row in rows} == {review.case.id}
    assert [(row[2], row[3], row[4]) for row in rows] == [(f.design, f.verdict.value, f.stands.value) for f in review.findings]
    assert rows[0][5:7] == (10.4, 9.0) and rows[1][7] == "J. Dijk" and joined == points and points[0] > 0
    assert any(not finding.evidence for finding in review.findings)  # what has no place has a row too


def test_csv_is_the_table_for_programs(review, tmp_path):
    path = write_sheets(finding_rows(review, "nl"), tmp_path, "nl")["csv"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(FIELDS) and len(rows) == len(review.findings)
    assert (rows[0]["value"], rows[0]["margin"], rows[0]["explanation"]) == ("10.4", "-1.4", "Het ontwerp steekt 1,40 m uit boven de grens van 9,00 m boven peil.")
    without = next(number for number, finding in enumerate(review.findings) if not finding.measurements)
    assert rows[without]["value"] == rows[without]["unit"] == ""


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_spreadsheet_has_heads_in_words_and_numbers_as_numbers(review, tmp_path, lang):
    head, *rows = cells(write_sheets(finding_rows(review, lang), tmp_path, lang)["xlsx"])
    assert list(head.values()) == [sentence(f"table_{field}", lang=lang) for field in FIELDS] and len(set(head.values())) == len(FIELDS)
    value = next(column for column, words in head.items() if words == sentence("table_value", lang=lang))
    assert [row.get(value) for row in rows] == [f.measurements[0].value if f.measurements else None for f in review.findings]


def test_a_name_that_would_be_a_formula_is_a_text(review, tmp_path):
    evil = replace(review, case=replace(review.case, title='=HYPERLINK("file:///x")', id="+31"))
    written = write_sheets(finding_rows(evil, "nl"), tmp_path, "nl")
    with written["csv"].open(encoding="utf-8", newline="") as file:
        assert {(row["case_title"], row["case_number"]) for row in csv.DictReader(file)} == {("'=HYPERLINK(\"file:///x\")", "'+31")}
    assert "'=HYPERLINK(\"file:///x\")" in cells(written["xlsx"])[1].values()


def test_layers_of_evidence_say_case_and_finding(review, tmp_path):
    path = write_findings(review, tmp_path / "findings.gpkg", "en")
    with sqlite3.connect(path) as base:
        for layer in KINDS:
            assert {"finding", "case_number"} <= {row[1] for row in base.execute(f"PRAGMA table_info({layer})")}
