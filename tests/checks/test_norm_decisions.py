"""What an officer decided of the clauses of a plan's text in a case: kept with name and date, for one text, and heard as in a profile file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drieluik.checks.engine.from_plan.norm_decisions import with_norms_decided
from drieluik.checks.engine.from_plan.plan_text_profile import profiles_with, text_remarks
from drieluik.checks.engine.open_points.answer_history import ended, given, kept, put_back, without
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.data_sources.rules.measuring_profiles import read_profile, write_profile
from drieluik.report.basis import said

PLAN = "NL.IMRO.9999.BP1"
TEXT = "5.2.1 Hoofdgebouwen\na. de goothoogte bedraagt ten hoogste 5,25 m;\nb. de bouwhoogte bedraagt ten hoogste 8 m;\nc. de diepte bedraagt ten hoogste 12 m.\n"
READ = proposed_profile(read_text(TEXT), PLAN, "Dorp", "regels.txt", "2026-01-02")
EAVES, HEIGHT, DEPTH = (norm.key for norm in READ.norms)


def decided(*keys, decision="confirmed", answers=None, by="J. Toets", at="2026-05-01", **words):
    return with_norms_decided(answers or {}, READ, keys, decision, by, at, **words)


def heard(answers, profile=READ):
    [found] = profiles_with((profile,), answers)
    return found


def state(profile):
    return {norm.key: (norm.decision, norm.by, norm.at, norm.clause.value) for norm in profile.norms}


def test_a_whole_article_is_confirmed_at_once_with_name_and_date():
    found = heard(decided(EAVES, HEIGHT))
    assert state(found) == {
        EAVES: ("confirmed", "J. Toets", "2026-05-01", 5.25), HEIGHT: ("confirmed", "J. Toets", "2026-05-01", 8.0), DEPTH: ("open", "", "", 12.0)}
    assert found.lapsed == () and not [note for note in found.notes if note.code == "plan_norms_unclear"]


def test_a_clause_is_corrected_and_rejected_with_a_reason():
    answers = decided(EAVES, decision="corrected", reason="de kaart zegt 5,5", words={"value": 5.5, "object": "woning"})
    answers = decided(HEIGHT, decision="rejected", reason="vervallen bij herziening", answers=answers)
    found = {norm.key: norm for norm in heard(answers).norms}
    assert (found[EAVES].clause.value, found[EAVES].clause.object, found[EAVES].reason) == (5.5, "woning", "de kaart zegt 5,5")
    assert (found[HEIGHT].decision, found[HEIGHT].clause.value) == ("rejected", 8.0)


def test_another_text_makes_it_lapse_and_says_whose_it_was():
    other = proposed_profile(read_text(TEXT.replace("8 m", "9 m")), PLAN, "Dorp", "regels.txt", "2026-06-02")
    found = heard(decided(EAVES, HEIGHT), other)
    assert {norm.decision for norm in found.norms} == {"open"} and found.lapsed == ("J. Toets",)
    assert "plan_text_lapsed" in {note.code for note in text_remarks((found,))}


def test_while_the_text_is_not_at_hand_nothing_lapses():
    found = heard(decided(EAVES), replace(READ, norms=(), text_sha256=""))
    assert (found.norms, found.lapsed) == ((), ())


@pytest.mark.parametrize(("decision", "words"), [
    ("confirmed", {"by": " "}), ("confirmed", {"at": ""}), ("corrected", {"words": {"value": 3.0}}), ("rejected", {}), ("wellicht", {"reason": "x"}),
    ("corrected", {"reason": "x", "words": {"quote": "iets anders"}}), ("corrected", {"reason": "x", "words": {"value": "veel"}}),
])
def test_a_decision_that_says_nothing_counts_for_nothing_and_is_told(decision, words):
    found = heard(decided(EAVES, decision=decision, **words))
    assert {norm.decision for norm in found.norms} == {"open"}
    assert [note.as_dict()["names"] for note in found.notes if note.code == "plan_norms_unclear"] == [EAVES]


def test_a_decision_on_no_clause_of_the_text_is_told():
    assert [note.code for note in heard(decided("9.9 hoogte")).notes] == ["plan_norms_unclear"]


def test_each_decision_is_an_answer_of_its_own_that_is_taken_back_and_put_back():
    answers = decided(EAVES, HEIGHT)
    assert {one.path for one in given(answers)} == {("plan_norms", PLAN, EAVES), ("plan_norms", PLAN, HEIGHT)}
    less = kept(answers, without(answers, ("plan_norms", PLAN, EAVES)), "A. Ander", "2026-05-02")
    assert [norm.decision for norm in heard(less).norms] == ["open", "confirmed", "open"]
    [back] = ended(less)
    assert [norm.decision for norm in heard(put_back(less, back)).norms] == ["confirmed", "confirmed", "open"]
    one = next(one for one in given(answers) if one.path[-1] == EAVES)
    assert (said.name_of(one), said.value_of(one), said.answered_by(one)) == (f"Planregel {EAVES} ({PLAN})", "bevestigd", "J. Toets, 1 mei 2026")


def test_a_profile_keeps_the_words_that_nothing_accounts_for(tmp_path):
    """A clause with such words is written and read back, whole."""
    profile = proposed_profile(read_text("5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw mag tijdens feesten niet meer dan 9 m bedragen;\n"), PLAN)
    assert any(norm.clause.unsaid for norm in profile.norms)
    write_profile(profile, tmp_path / "profile.yaml")
    assert [norm.clause.unsaid for norm in read_profile(tmp_path / "profile.yaml").norms] == [norm.clause.unsaid for norm in profile.norms]
