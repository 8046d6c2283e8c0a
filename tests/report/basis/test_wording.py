"""Words of answers, and where an answer goes."""

from __future__ import annotations

from drieluik.model import Note, Question
from drieluik.report.basis.wording import answer_place, plain, thousands


def test_answers_read_as_text():
    assert plain(["chimney", "antenna"], "nl") == "schoorsteen, antenne"
    assert plain({"maat": 1.5}, "nl") == "maat: 1,5"
    assert plain("bouwperceel", "nl") == "bouwperceel"
    assert plain([False, 1.5, 2], "en") == "no, 1.5, 2"


def test_the_place_of_an_answer_is_what_the_case_file_says():
    said = Note.of("engine_profile_peil")
    assert answer_place(Question("profile.peil", said, plan_id="NL.IMRO.1")) == "profile: NL.IMRO.1: peil"
    assert answer_place(Question("overrides:plan:NL.IMRO.1:text:x", said, plan_id="NL.IMRO.1")) == 'overrides: - {rule: "plan:NL.IMRO.1:text:x"}'
    assert answer_place(Question("monument", said)) == "monument"


def test_switches_of_a_profile_are_words():
    said = plain({"exclude_dormers": True, "eaves_at": "wall_plane", "exclude_below_pct": 50.0}, "nl")
    assert said == "dakkapellen blijven buiten beschouwing: ja; goot gemeten bij: het vlak van de gevel; dakkapellen tellen niet tot dit deel van het dak (%): 50"


def test_large_numbers_have_their_thousands_apart():
    assert [thousands(1234567.25, lang="nl"), thousands(1234567.25, 1, "nl"), thousands(987.5, 2, "nl"), thousands(1234567.25, 1, "en")] == ["1.234.567", "1.234.567,2", "987,50", "1,234,567.2"]
