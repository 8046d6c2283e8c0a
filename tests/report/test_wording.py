"""Words of answers, and where an answer goes."""

from __future__ import annotations

from drieluik.model import Note, Question
from drieluik.report.wording import answer_place, plain


def test_answers_read_as_text():
    assert plain(["chimney", "antenna"], "nl") == "schoorsteen, antenne"
    assert plain({"exclude_dormers": True, "minor_overshoot_m": 1.5}, "nl") == "exclude_dormers: ja; minor_overshoot_m: 1,5"
    assert plain("bouwperceel", "nl") == "bouwperceel"
    assert plain([False, 1.5, 2], "en") == "no, 1.5, 2"


def test_the_place_of_an_answer_is_what_the_case_file_says():
    said = Note.of("engine_profile_peil")
    assert answer_place(Question("profile.peil", said, plan_id="NL.IMRO.1")) == "profile: NL.IMRO.1: peil"
    assert answer_place(Question("overrides:plan:NL.IMRO.1:text:x", said, plan_id="NL.IMRO.1")) == 'overrides: - {rule: "plan:NL.IMRO.1:text:x"}'
    assert answer_place(Question("monument", said)) == "monument"
