"""What an officer decided of a plan's text, in the file of its profile: kept with the text it was read in, and with that alone."""

import pytest
import yaml

from drieluik.cli import main
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile, with_text
from drieluik.data_sources.rules.measuring_profiles import read_profile, write_profile
from drieluik.errors import RulesetError
from drieluik.model.plan_words import CONFIRMED, CORRECTED, FORBIDDEN, NUMBER_LEFT, OPEN, REJECTED, USE

TEXT = """Artikel 7 Tuin
7.1 Bestemmingsomschrijving
De voor 'Tuin' aangewezen gronden zijn bestemd voor:
a. tuinen;
b. erven.
7.2 Bouwregels
a. de bouwhoogte van erfafscheidingen bedraagt niet meer dan 1,3 m;
b. op deze gronden mogen geen overkappingen worden gebouwd;
c. 17 m2 blijft onbenoemd groen.
2.3 inhoud
tussen de onderzijde van de begane grondvloer en het dak;
"""
PLAN = "NL.IMRO.9999.X-1"


def read(text=TEXT):
    return proposed_profile(read_text(text), PLAN, "Tuin", "regels.txt", "2026-02-03")


def decided(tmp_path, **decisions):
    """The profile of the text as a file, with some norms decided by hand: {key: {words}}."""
    path = tmp_path / "profiel.yaml"
    write_profile(read(), path)
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for norm in data["norms"]:
        norm.update(decisions.get(norm["key"], {}))
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_all_that_a_text_says_is_one_open_norm_each_and_survives_its_file(tmp_path):
    profile = read()
    kinds = {norm.key: norm.clause.quantity for norm in profile.norms}
    assert kinds == {"7.2 a bouwhoogte": "bouwhoogte", "7.1 gebruik": USE, "7.2 b verbod": FORBIDDEN, "niet gelezen": NUMBER_LEFT}
    assert {norm.decision for norm in profile.norms} == {OPEN}
    back = read_profile(decided(tmp_path))
    assert [(norm.key, norm.decision) for norm in back.norms] == [(norm.key, norm.decision) for norm in profile.norms]
    assert back.proposed == profile.proposed and not back.entries
    assert with_text(back, profile).norms == profile.norms


def test_a_decision_needs_a_name_and_a_change_needs_a_reason(tmp_path):
    key = "7.2 a bouwhoogte"
    for words, code in (({"decision": CONFIRMED}, "profile_decision_without_name"), ({"decision": CONFIRMED, "by": "A"}, "profile_decision_without_name"), ({"decision": REJECTED, "by": "A", "at": "2026-02-04"}, "profile_decision_without_reason")):
        with pytest.raises(RulesetError) as told:
            read_profile(decided(tmp_path, **{key: words}))
        assert told.value.code == code
    assert read_profile(decided(tmp_path, **{key: {"decision": CONFIRMED, "by": "A", "at": "2026-02-04"}})).norms[0].stands


def test_what_is_confirmed_in_other_words_than_the_text_is_corrected(tmp_path):
    path = decided(tmp_path, **{"7.2 a bouwhoogte": {"decision": CONFIRMED, "by": "A", "at": "2026-02-04", "reason": "hoger", "value": 1.5}})
    first = with_text(read_profile(path), read()).norms[0]
    assert (first.decision, first.clause.value, first.clause.quote) == (CORRECTED, 1.5, read().norms[0].clause.quote)


def test_another_text_makes_every_decision_lapse_and_names_who_decided(tmp_path):
    kept = read_profile(decided(tmp_path, **{"7.2 a bouwhoogte": {"decision": CONFIRMED, "by": "A. Toets", "at": "2026-02-04"}}))
    assert not with_text(kept, read()).lapsed
    after = with_text(kept, read(TEXT.replace("1,3 m", "1,4 m")))
    assert after.lapsed == ("A. Toets",)
    assert {norm.decision for norm in after.norms} == {OPEN} and not after.entries
    assert after.norms[0].clause.value == 1.4


def test_what_is_taken_out_of_the_file_comes_back_as_a_proposal(tmp_path):
    path = decided(tmp_path, **{"7.2 b verbod": {"decision": CONFIRMED, "by": "A", "at": "2026-02-04"}})
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["norms"] = [norm for norm in data["norms"] if norm["key"] == "7.2 b verbod"]
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    assert {norm.key: norm.decision for norm in with_text(read_profile(path), read()).norms}["7.2 a bouwhoogte"] == OPEN


def test_reading_again_keeps_what_was_decided(tmp_path, capsys):
    page = tmp_path / "regels.txt"
    page.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "profiel.yaml"
    assert main(["plan", "read", str(page), "--profile", str(out), "--plan", PLAN]) == 0
    data = yaml.safe_load(out.read_text(encoding="utf-8"))
    data["norms"][0].update(decision=CONFIRMED, by="A. Toets", at="2026-02-04")
    out.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert main(["plan", "read", str(page), "--profile", str(out), "--plan", PLAN]) == 0
    assert (read_profile(out).norms[0].decision, read_profile(out).norms[0].by) == (CONFIRMED, "A. Toets")
