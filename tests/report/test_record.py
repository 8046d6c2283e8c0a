"""The record as data: what is compared and how it is said, what is refused and why, numbers as JSON has them."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
import small_review

from drieluik.errors import OutputError
from drieluik.report.record import _clean, case_of, compare, dumps, read_record, to_dict
from drieluik.report.record_versions import comparable, identity, migrated


@pytest.fixture(scope="module")
def record():
    return to_dict(small_review.review())


def changed(record, change):
    other = copy.deepcopy(record)
    change(other)
    return compare(record, other)


def set_in(*path, value):
    def change(data):
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_in("inputs", 0, "sha256", value="f"), [f"inputs[0].sha256: {'a' * 60} -> f"]), (set_in("inputs", 0, "retrieved", value="x"), []), (set_in("run", "at", value="x"), []),
        (set_in("rulesets", 1, "version", value="4"), ["rulesets[1].version: 3 -> 4"]), (set_in("profiles", 0, "entries", 0, "value", value="bouwvlak"), ["profiles[0].entries[0].value: bouwperceel -> bouwvlak"]),
        (set_in("answers", "eigen", value=False), ["answers.eigen: True -> False"]), (set_in("answers", "nieuw", value=1), ["answers.nieuw: None -> 1"]),
        (set_in("findings", 0, "measurements", 0, "value", value=10.5), ["findings[0].measurements[0].value: 10.4 -> 10.5"]),
        (set_in("findings", 3, "legal", value=[]), ["findings[3].legal: " + str([vars(small_review.LAW)])[:60] + " -> []"]), (lambda data: data["findings"].reverse(), []),
        (lambda data: data["findings"].pop(3), ["findings: goot / subject_maximum|name=bouwhoogte / A: no longer there"]),
        (lambda data: data["findings"].append({"rule": "x", "subject_key": "y", "design": "B"}), ["findings: x / y / B: only in the rerun"]),
        (lambda data: data["findings"].append(data["findings"][3]), ["findings: goot / subject_maximum|name=bouwhoogte / A / 1: only in the rerun"]),
        (set_in("case", "case", "title", value="x"), []),
    ],
)
def test_what_differs_is_said_by_its_place(record, change, said):
    assert changed(record, change) == said


def test_findings_of_one_identity_are_paired_in_order(record):
    twice = copy.deepcopy(record)
    twice["findings"] = [copy.deepcopy(record["findings"][3]) for _ in range(3)]
    other = copy.deepcopy(twice)
    other["findings"][2]["verdict"] = "complies"
    assert compare(twice, twice) == [] and compare(twice, other) == ["findings[2].verdict: needs_judgement -> complies"]


def test_numbers_as_json_has_them():
    assert _clean({1: (0.1234567, -0.0, math.nan, math.inf, "x", None, True, 3)}) == {"1": [0.123457, 0.0, None, None, "x", None, True, 3]}
    assert dumps({"a": "é", "b": [1]}) == '{\n "a": "é",\n "b": [\n  1\n ]\n}\n'
    with pytest.raises(ValueError):
        dumps({"a": math.nan})


def test_the_cases_folder_is_written_from_where_the_record_stands():
    review = small_review.review()
    assert to_dict(review)["case"]["folder"] == "/zaak/in" and to_dict(review, Path("/zaak/in/uit"))["case"]["folder"] == ".."
    bare = replace(review, case=replace(review.case, folder=""))
    assert to_dict(bare, Path("/zaak"))["case"]["folder"] == ""


def test_a_case_comes_back_from_its_record(record, tmp_path):
    case = case_of(to_dict(small_review.review(), tmp_path / "uit"), tmp_path / "uit")
    assert (case.id, case.title, case.folder, case.application_date) == ("Z-9", "Aanbouw Laan 1", "/zaak/in", "2026-04-01")
    assert [(design.name, design.files) for design in case.designs] == [("A", ("a.ifc",)), ("B", ("b.obj",))] and case.answers["eigen"] is True
    without = {**record, "case": {key: value for key, value in record["case"].items() if key != "folder"}}
    assert case_of(without, tmp_path).folder == str(tmp_path.resolve())


def refused(path):
    with pytest.raises(OutputError) as caught:
        read_record(path)
    return caught.value.code, caught.value.data


def test_what_is_no_record_is_refused_by_its_place(tmp_path, record):
    path = tmp_path / "review.json"
    assert refused(path) == ("record_missing", {"path": str(path)})
    assert refused(tmp_path) == ("record_invalid", {"path": str(tmp_path), "place": "JSON"})
    good = json.loads(dumps(record))
    for text, place in (
        ("{", "JSON"), ("[]", "[] is not of type 'object'"), ('{"schema": "drieluik-review/2"}', "'case' is a required property"),
        (json.dumps({**good, "findings": [{**good["findings"][0], "verdict": "x"}]}), "findings.0.verdict"),
    ):
        path.write_text(text, encoding="utf-8")
        assert refused(path) == ("record_invalid", {"path": str(path), "place": place})


def test_a_record_of_today_is_read_as_it_stands(tmp_path, record):
    path = tmp_path / "review.json"
    path.write_text(dumps(record), encoding="utf-8")
    assert read_record(str(path)) == json.loads(dumps(record))
    assert compare(record, read_record(path)) == []


OLD = {
    "rule": "hoogte", "check": "max_building_height", "subject": "maximum 8.5 m bij 1.25 m", "design": "A", "verdict": "violates", "ladder": "fits", "governed_by": "", "notes": [1],
    "measurements": [{"name": "h", "operator": ""}, {"name": "i", "operator": ">="}], "decision": {"verdict": "complies", "reason": "x"}, "fingerprint": {"a": 1},
}


def test_a_finding_of_version_1_becomes_one_of_today():
    assert migrated({"schema": "drieluik-review/2", "a": 1}, "v") == {"schema": "drieluik-review/2", "a": 1}
    new = migrated({"schema": "drieluik-review/1", "findings": [OLD, "x", {"check": "weg"}], "a": 1}, "v")
    assert (new["schema"], new["migrated_from"], new["a"], new["findings"][1]) == ("v", "drieluik-review/1", 1, "x")
    assert new["findings"][0] == {
        **OLD, "code": "DRL-A02", "subject": "maximum 8,5 m bij 1,25 m", "subject_code": "subject_said", "subject_data": {"text": "maximum 8,5 m bij 1,25 m"},
        "subject_key": "subject_said|maximum 8,5 m bij 1,25 m", "measurements": [{"name": "h", "operator": "<="}, {"name": "i", "operator": ">="}], "premises": [], "decision": None,
        "fingerprint": None, "lapsed": {"verdict": "complies", "reason": "x", "changes": [{"fact": "unknown", "then": None, "now": "violates"}]},
    }
    assert (new["findings"][2]["subject"], new["findings"][2]["code"], new["findings"][2]["lapsed"], new["findings"][2]["measurements"]) == ("", "", None, [])
    assert migrated({"schema": "drieluik-review/1"}, "v")["findings"] == []


def test_of_an_old_finding_only_what_it_says_in_todays_words_is_compared():
    assert comparable(OLD, True) == {"verdict": "violates", "measurements": OLD["measurements"], "ladder": "fits", "governed_by": ""} and comparable(OLD, False) == OLD
    found = {"rule": "r", "subject": "s", "subject_key": "k", "design": "A"}
    assert identity(found, True) == ("r", "s", "A") and identity(found, False) == ("r", "k", "A")
    old = {"migrated_from": "drieluik-review/1", "findings": [{**found, "verdict": "complies", "notes": 1}]}
    assert compare(old, {"findings": [{**found, "verdict": "violates", "notes": 2}]}) == ["findings[0].verdict: complies -> violates"]
