"""Records against the schema, and a record that version 1 wrote: it opens, says what can be compared, and its decision has lapsed.

``old/review_1.json`` was written by the code of commit ef6a7bd on the demo with one decision; of its findings those of three rules were kept.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from drieluik import cli
from drieluik.checks import REGISTRY
from drieluik.data_sources.case import read_case
from drieluik.job import run_case
from drieluik.report.record import SCHEMA, case_of, compare, dumps, read_record, to_dict
from scenes import ROOT

OLD = Path(__file__).parent / "old" / "review_1.json"


@pytest.mark.parametrize("name", ["case.yaml", "case_sun.yaml"])
def test_the_demos_records_are_what_the_schema_says(name):
    record = json.loads(dumps(to_dict(run_case(read_case(ROOT / "demo" / name)))))
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(record)
    assert record["schema"] == "drieluik-review/2"
    keys = [(found["rule"], found["subject_key"], found["design"]) for found in record["findings"]]
    assert len(set(keys)) == len(keys)
    assert all(found["code"] == REGISTRY[found["check"]].code for found in record["findings"])
    assert all(found["fingerprint"]["subject"] == found["subject_key"] for found in record["findings"])


def test_an_old_record_opens_and_its_decision_has_lapsed():
    record = read_record(OLD)
    assert (record["schema"], record["migrated_from"]) == ("drieluik-review/2", "drieluik-review/1")
    first = next(found for found in record["findings"] if found["lapsed"])
    assert (first["subject"], first["subject_code"], first["decision"]) == ("maximum bouwhoogte 8,5 m", "subject_said", None)
    assert (first["lapsed"]["verdict"], first["lapsed"]["changes"][0]["fact"]) == ("complies", "unknown")


def test_an_old_record_runs_again_and_says_what_is_compared(capsys):
    record = read_record(OLD)
    review = run_case(case_of(record, OLD.parent))
    differences = compare(record, json.loads(dumps(to_dict(review))))
    told = [line for line in differences if line.startswith(("inputs", "rulesets", "answers"))]
    assert [line.split(":")[0] for line in told] == [
        "inputs[0].sha256", "rulesets[0].sha256", "rulesets[1].sha256",
    ]  # the demo's plan says its eaves height as its rules do since, and these got powers, and the built-up area of the surroundings
    rules = {found["rule"] for found in record["findings"]}
    kept = [line for line in differences if line.startswith("findings[") or "no longer there" in line or any(f": {rule} /" in line for rule in rules)]
    assert kept == [  # the decision has lapsed, and no value on the map is no longer passed over
        "findings[1].ladder: fits -> needs_outside_plan_permit", "findings: bouwhoogte / bouwhoogte waar de kaart geen waarde toont / A: only in the rerun"
    ]
    assert [note.code for note in review.remarks] == ["engine_override_no_fingerprint"]
    assert cli.main(["rerun", str(OLD)]) == 1
    said = capsys.readouterr().out
    assert "drieluik-review/1" in said and "vervallen (1)" in said


def test_a_record_of_another_schema_is_refused(tmp_path):
    record = {**json.loads(OLD.read_text(encoding="utf-8")), "schema": "drieluik-review/9"}
    (tmp_path / "review.json").write_text(json.dumps(record), encoding="utf-8")
    assert cli.main(["rerun", str(tmp_path / "review.json")]) != 0
