"""The list of what governs: each part once for all designs, what is left to read first."""

from __future__ import annotations

from types import SimpleNamespace

from drieluik.model import Note
from drieluik.model.plan_cover import TESTED, TO_READ, CoverLine, PlanCover
from drieluik.report.pages.governing_rows import governing_rows

GOOD, BAD = Note.of("cover_tested", verdicts="complies"), Note.of("cover_tested", verdicts="violates")
READ = Note.of("cover_text", name="Wonen", article="5")


def line(key, state, note, raw="", article="5"):
    return CoverLine(key, "maatvoering", key, state, note, raw=raw, article=article)


def rows(*covers, lang="nl"):
    designs = [SimpleNamespace(name=cover.design) for cover in covers]
    return governing_rows(SimpleNamespace(designs=designs, covers=covers), lang)


def test_what_is_the_same_of_all_designs_is_said_once():
    height = line("hoogte", TESTED, GOOD, "9")
    assert rows(PlanCover("A", (height,)), PlanCover("B", (height,))) == (("hoogte: 9", "5", "getoetst", "voldoet"),)


def test_where_designs_differ_each_is_named():
    a, b = PlanCover("A", (line("hoogte", TESTED, GOOD),)), PlanCover("B", (line("hoogte", TESTED, BAD),))
    assert rows(a, b) == (("hoogte", "5", "getoetst", "A: voldoet · B: voldoet niet"),)


def test_what_only_one_design_touches_names_it():
    a, b = PlanCover("A", (line("hoogte", TESTED, GOOD), line("Verkeer", TO_READ, READ))), PlanCover("B", (line("hoogte", TESTED, GOOD),))
    first, second = rows(a, b, lang="en")
    assert first[:3] == ("Verkeer", "5", "A: still to read") and first[3].startswith("A: What 'Wonen' asks")
    assert second == ("hoogte", "5", "tested", "complies")


def test_nothing_governs_where_nothing_is_known():
    assert rows(PlanCover("A")) == ()
