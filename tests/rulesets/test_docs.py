"""A new user's way: the file in docs/rules.md is written, validated, tested and run; the catalogue is up to date."""

from __future__ import annotations

import json
import re

import pytest

from drieluik import cli
from drieluik.checks.engine.rulebook.ruletests import run_tests
from drieluik.data_sources.case import read_case
from drieluik.data_sources.rules.measuring_profiles import read_profile
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.job import run_case
from drieluik.model import PART_KINDS, Verdict
from scenes import ROOT


@pytest.fixture(scope="module")
def blocks():
    return re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.S)


@pytest.fixture
def own(blocks, tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(blocks[0], encoding="utf-8")
    return path


def test_the_file_in_the_docs_is_valid_and_its_tests_hold(own, capsys):
    assert cli.main(["rules", "validate", str(own), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remarks"] == []
    assert all(result["passed"] for result in run_tests(read_ruleset(own)))
    assert cli.main(["rules", "test", str(own)]) == 0


def test_the_profile_in_the_docs_is_valid(blocks, tmp_path):
    (tmp_path / "profile.yaml").write_text(blocks[1], encoding="utf-8")
    assert len(read_profile(tmp_path / "profile.yaml").entries) == 6


def test_it_runs_on_the_demo_without_touching_code(own, tmp_path):
    text = (ROOT / "demo" / "case.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(data|designs)/", lambda m: f"{ROOT / 'demo' / m.group(1)}/", text).replace("rulesets: [rules.yaml, rules_surroundings.yaml]", "rulesets: [my.yaml]")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    review = run_case(read_case(tmp_path / "case.yaml"))
    found = {(f.rule, f.design): f for f in reversed(review.findings)}
    assert {rule for rule, _ in found} == {"bouwhoogte_hoofdgebouw", "bouwhoogte_centrum", "zijgrens", "bebouwing"}
    assert found["zijgrens", "A"].verdict is Verdict.COMPLIES
    assert found["bouwhoogte_centrum", "A"].verdict is Verdict.NOT_APPLICABLE
    high = found["bouwhoogte_hoofdgebouw", "A"]
    assert (high.verdict, high.questions[0].key) == (Verdict.NEEDS_JUDGEMENT, "monument")  # nobody said whether it is a monument


def test_every_role_of_evidence_is_a_word_of_the_grammar():
    roles = {role for path in (ROOT / "checks").rglob("*.py") for role in re.findall(r'Evidence\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8"))}
    grammar = json.loads((ROOT / "rulesets" / "schema.json").read_text(encoding="utf-8"))
    assert roles <= set(grammar["definitions"]["rule"]["properties"]["evidence"]["items"]["enum"])


def test_rule_files_know_the_kinds_of_parts_that_designs_have():
    grammar = json.loads((ROOT / "rulesets" / "schema.json").read_text(encoding="utf-8"))
    assert tuple(grammar["definitions"]["part_kind"]["enum"]) == PART_KINDS
