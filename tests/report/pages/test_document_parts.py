"""Parts of the document that the small review does not reach: answers of every shape, what is not there, what is counted already."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
import small_review

from drieluik.model import Case, Finding, Note, PlanCover, Provenance, Question, SiteRequest, Verdict
from drieluik.report.basis import wording
from drieluik.report.pages.document import _short, answers, deciding_numbers, facts, remarks, why
from drieluik.texts import sentence


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("peil", {"nap_m": 1, "method": "nap_value"}, "1,00 m NAP (vaste NAP-hoogte)"), ("peil", {"nap_m": 0.0}, f"0,00 m NAP ({sentence('method_')})"), ("peil", {"method": "eigen"}, "method: eigen"),
        ("ground_nap", {"nap_m": 1.5}, "nap_m: 1,5"), ("weg", {"lines": [[[0, 0], [3, 4]]]}, "1 getekende lijnen, samen 5,0 m"), ("weg", {"lines": []}, "0 getekende lijnen, samen 0,0 m"),
        ("weg", {"value": ["a", "b"], "reason": "x"}, "a, b"), ("weg", {"q": 1, "reason": "x", "by": "y", "at": "z"}, "q: 1"), ("weg", 2.5, "2,5"), ("weg", False, "nee"),
    ],
)
def test_answers_of_every_shape(key, given, value):
    ((_, said, _, _),) = answers({key: given}, "nl")
    assert said == value


def test_an_answer_has_its_name_its_reason_and_who_gave_it():
    assert answers({"peil": {"nap_m": 1.0, "method": "nap_value", "reason": "gemeten", "by": "J. Dijk"}, "weg": 1}, "en") == (
        (sentence("answer_peil", lang="en"), f"1.00 m NAP ({sentence('method_nap_value', lang='en')})", "gemeten", "J. Dijk"), ("weg", "1", "", ""),
    )
    assert answers({"placement": 1, "overrides": 1, "profile": 1}, "nl") == ()


def test_a_finding_without_a_measurement_has_no_numbers():
    assert deciding_numbers(Finding("r", "x", Note.of("subject_coverage"), "A", Verdict.VIOLATES), "nl") == ()


def test_why_something_was_not_judged_leaves_out_what_is_asked_of_a_plan_once():
    asked = (Question("peil", Note.of("engine_profile_peil")), Question("profile.peil", Note.of("gate_missing", layer="bgt"), plan_id="P"))
    found = Finding("r", "x", Note.of("subject_coverage"), "A", Verdict.NOT_ASSESSABLE, questions=asked, missing=(Note.of("sun_no_terrain"),))
    assert why(found, "nl") == f"{sentence('sun_no_terrain', lang='nl')} {sentence('engine_profile_peil', lang='nl')}"


def test_facts_of_a_case_without_address_or_date():
    review = replace(small_review.review(), case=Case("Z", "T", SiteRequest((1234.6, 5.4)), ()), designs=(), at="2026-01-02T03:04:05+01:00")
    assert [value for _, value in facts(review, "nl")] == ["T (Z)", "RD 1235, 5", "2 januari 2026, 03:04", ""]


def test_long_names_of_files_may_be_broken():
    assert _short("a/b/plan_kade-1.gml, c.gml") == "plan_\u200bkade-\u200b1.\u200bgml, c.\u200bgml" and _short("") == ""


def test_remarks_are_said_once():
    note = Note.of("sun_no_terrain")
    review = replace(small_review.review(), remarks=(note, note), inputs=(Provenance("bgt", small_review.LayerState.LOADED, notes=(note, Note.of("sun_no_buildings"))),), designs=())
    assert remarks(review, "nl") == (sentence("sun_no_terrain", lang="nl"), sentence("sun_no_buildings", lang="nl"))


@pytest.mark.parametrize("code", ["cover_fits", "cover_broken", "cover_open", "cover_met"])
def test_what_counts_and_ladder_say_already_is_not_said_again(code):
    def line(*notes):
        review = SimpleNamespace(ladder=lambda design: "fits", counts=lambda design: {Verdict.COMPLIES: 3}, cover=lambda design: PlanCover(design, (), notes))
        return wording.answer(review, "A", "nl")

    assert line(Note.of(code, n=1)) == line() == "3 voldoen – past binnen het plan"
    assert line(Note.of(code, n=1), Note.of("cover_unread", n=1), Note.of("cover_unread", n=2)) == (
        "3 voldoen – past binnen het plan – 1 onderdeel van het plan is nog niet gelezen; 2 onderdelen van het plan zijn nog niet gelezen"
    )


@pytest.mark.parametrize(("life", "said"), [("stable", "DRL-A02"), ("", "DRL-A02"), ("preview", "DRL-A02 (proef)")])
def test_a_check_that_is_not_stable_says_so(monkeypatch, life, said):
    monkeypatch.setattr(wording, "stage", lambda name: life)
    found = wording.check_code(Finding("r", "max_building_height", Note.of("subject_coverage"), "A", Verdict.VIOLATES), "nl")
    assert found == said.replace("proef", sentence("stage_preview", lang="nl"))
