"""A number that YAML reads as another is refused with file, line, key and the right spelling; an id stays the text that it is."""

from __future__ import annotations

import pytest
import yaml

from drieluik.data_sources.case import case_text, read_case
from drieluik.data_sources.formats.yaml_numbers import OddNumber
from drieluik.data_sources.rules.measuring_profiles import read_profile
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.errors import CaseError, RulesetError

CASE = """case: {id: 0142, title: 0142, application_date: 2026-05-01}
site: {centre: [84950, 447520], address: "Dorpsstraat 1"}
design: {files: [house.ifc]}
answers:
  peil: {method: nap_value, nap_m: 1.40}
  lengte: 3.5
"""
RULES = """ruleset: {id: 0363, version: 010}
rules:
- id: goothoogte
  check: max_eaves_height
  legal: {instrument: Plan, article: "5", quote: "ten hoogste 10 m"}
  limit: {op: "<=", value: 10, unit: m}
"""
SPELT = [("010", "10"), ("01.40", "1.40"), ("1:40", "1.40"), ("-1:40", "-1.40"), ("1_000", "1000"), ("0x10", "16"), ("0b11", "3"), ("0o17", "15"), ("-007", "-7")]


def written(folder, text, name="case.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(error, door, path):
    with pytest.raises(error) as caught:
        door(path)
    for lang in ("nl", "en"):
        assert all(str(word) in caught.value.message(lang) for word in caught.value.data.values())
    return caught.value.code, caught.value.data


@pytest.mark.parametrize(("word", "right"), [*SPELT, ("1,40", "1.40")])
@pytest.mark.parametrize(("old", "line", "place"), [("nap_m: 1.40}", 5, "answers.peil.nap_m"), ("lengte: 3.5", 6, "answers.lengte")])
def test_in_a_case(tmp_path, word, right, old, line, place):
    key, _, _ = old.partition(":")
    path = written(tmp_path, CASE.replace(old, f"{key}: {word}" + ("}" if old.endswith("}") else "")))
    code, data = refused(CaseError, read_case, path)
    if word == "1,40" and old.endswith("}"):
        assert (code, data) == ("file_comma_splits", {"path": f"{path}:{line}", "key": key, "right": right})
    else:
        assert (code, data) == ("file_number_written", {"path": f"{path}:{line}", "place": place, "value": word, "right": right})


@pytest.mark.parametrize(("word", "right"), SPELT)
def test_in_rules(tmp_path, word, right):
    path = written(tmp_path, RULES.replace("value: 10", f"value: {word}"), "r.yaml")
    code, data = refused(RulesetError, read_ruleset, path)
    assert (code, data["path"], data["value"], data["right"]) == ("file_number_written", f"{path}:6", word, right)


def test_in_a_profile(tmp_path):
    text = "plan: {id: NL.IMRO.1}\nmeasuring:\n  peil: {value: {branches: [nap_value], nap_m: 010}, article: '1', quote: x, by: A, at: '2026-01-01'}\n"
    code, data = refused(RulesetError, read_profile, written(tmp_path, text, "p.yaml"))
    assert (code, data["right"]) == ("file_number_written", "10")


def test_an_id_stays_text_and_so_does_text(tmp_path):
    case = read_case(written(tmp_path, CASE))
    assert (case.id, case.title) == ("0142", "0142")
    again = read_case(written(tmp_path, case_text(case, tmp_path), "again.yaml"))
    assert (again.id, again.title, again.answers) == (case.id, case.title, case.answers)
    rules = read_ruleset(written(tmp_path, RULES, "r.yaml"))
    assert (rules.id, rules.version) == ("0363", "010")
    texts = read_case(written(tmp_path, CASE.replace("lengte: 3.5", "tijd: '12:30'\n  pand: 0363100012345678")))
    assert texts.answers["tijd"] == "12:30" and texts.answers["pand"] == "0363100012345678"
    assert yaml.safe_dump([OddNumber("010")]) == "- '010'\n"


@pytest.mark.parametrize("word", ["0", "-3", "1.40", "0.5", ".5", "10", "1.0e+3", "100"])
def test_plain_numbers_are_numbers(tmp_path, word):
    assert read_case(written(tmp_path, CASE.replace("lengte: 3.5", f"lengte: {word}"))).answers["lengte"] == float(word)


@pytest.mark.parametrize(("old", "new", "key", "nearest"), [
    ("nap_m: 1.40", "nap: 1.40", "nap", "nap_m"), ("method: nap_value", "methode: nap_value", "methode", "method"), ("  peil:", "  peill:", "peill", "peil"),
    ("  peil: {method: nap_value, nap_m: 1.40}", "  governing_plans: {id: [x]}", "id", "ids"), ("  peil: {", "  entrence: {", "entrence", "entrance"),
])
def test_a_word_of_an_answer_that_nobody_knows(tmp_path, old, new, key, nearest):
    path = written(tmp_path, CASE.replace(old, new))
    code, data = refused(CaseError, read_case, path)
    assert (code, data["path"], data["key"], data["nearest"]) == ("case_unknown_key", f"{path}:5", key, nearest)
