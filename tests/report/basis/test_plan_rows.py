"""The list of plans: in order, in both languages, and in the GeoPackage of a place."""

from __future__ import annotations

import pyogrio
import pytest
from invented_plans import area, of

from drieluik.data_sources.juridical.proposing import propose
from drieluik.model import Site
from drieluik.report.basis.plan_rows import COLUMNS, PlanRow, cells, plan_rows
from drieluik.report.layers.site_package import write_site

AREAS = (area("new"), area("old"))
PLANS = (of("old", "2010-01-01"), of("new", "2020-01-01", name="Dorp", dossier_status="geheel in werking"), of("draft", "2025-01-01", "ontwerp"))
SITE = Site((100_050.0, 400_050.0), 100.0, plans=AREAS, plan_documents=propose(PLANS, AREAS))


@pytest.mark.parametrize(("lang", "word", "reason"), [("nl", "geldt", "vervangen door Dorp"), ("en", "governs", "replaced here by Dorp")])
def test_rows(lang, word, reason):
    rows = plan_rows(SITE, lang)
    assert [(row.number, row.plan_id, row.proposed) for row in rows] == [(1, "new", True), (2, "draft", False), (3, "old", False)]
    assert rows[0].status == "vastgesteld, geheel in werking" and reason in rows[2].reason
    assert len(cells(rows[0], lang)) == len(COLUMNS) and cells(rows[0], lang)[1] == word


def test_plans_in_the_geopackage(tmp_path):
    table = pyogrio.read_dataframe(write_site(SITE, tmp_path / "site.gpkg"), layer="plan", read_geometry=False)
    assert list(table["plan_id"]) == ["new", "draft", "old"] and list(table["proposed"]) == [True, False, False]
    assert table["reason"].str.len().min() > 20


@pytest.mark.parametrize(("effect", "proposed", "nl"), [
    ("binds", True, "geldt"), ("replaces", True, "geldt"), ("adds", True, "geldt, vult aan"), ("suspends", False, "houdt aan"), ("annuls", False, "raakt plannen"),
    ("permits", False, "vraag na"), ("beside", False, "geldt ook"), ("waits", False, "nog niet"), ("unknown", False, "open"), ("ended", False, "geldt niet"),
    ("informs", False, "geldt niet"), ("", True, "geldt"),
])
def test_what_a_document_does_is_said(effect, proposed, nl):
    row = PlanRow(1, proposed, "p", "p", "–", "–", "", "", effect)
    assert cells(row, "nl")[1] == nl
