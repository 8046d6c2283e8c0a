"""Rule files: read, refused with the place and the nearest word, tested."""

from __future__ import annotations

import pytest

from drieluik.checks import REGISTRY
from drieluik.data_sources.rulesets import known_checks, plan_value_name, read_ruleset, run_tests
from drieluik.errors import RulesetError

GOOD = """
ruleset: {id: t, version: 1, valid_from: 2026-01-01}
rules:
- id: height
  check: max_building_height
  legal: [{instrument: plan, article: 5.2, quote: "hoogte"}]
  limit: {op: "<=", value: {from: zone.waarde}, unit: m}
  tests:
  - {given: {peil: 0, ridge: 10.95, max: 11}, expect: complies, margin: 0.05}
  - {given: {peil: 0, ridge: 11.20, max: 11}, expect: violates, margin: -0.20}
"""


def written(tmp_path, text):
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_file(tmp_path):
    ruleset = read_ruleset(written(tmp_path, GOOD))
    assert ruleset.rules[0].limit.from_plan == "bouwhoogte"
    assert ruleset.valid_from == "2026-01-01"
    assert [result["passed"] for result in run_tests(ruleset)] == [True, True]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("max_building_height", "max_bulding_height", ["max_bulding_height", "bedoelt u 'max_building_height'"]),
        ("  check:", "  chek:", ["chek", "bedoelt u 'check'", "rules.0"]),
        ('op: "<="', 'op: "=<"', ["=<"]),
        ("rules:", "rules: [", ["YAML", "regel"]),
        ("  legal: [{instrument: plan, article: 5.2, quote: \"hoogte\"}]\n", "", ["legal"]),
    ],
)
def test_faults_are_named(tmp_path, old, new, words):
    with pytest.raises(RulesetError) as caught:
        read_ruleset(written(tmp_path, GOOD.replace(old, new, 1)))
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_missing_file(tmp_path):
    with pytest.raises(RulesetError, match="bestaat niet"):
        read_ruleset(tmp_path / "none.yaml")


def test_every_check_is_registered_under_its_file_name():
    assert sorted(REGISTRY) == known_checks()


def test_plan_value_names():
    assert plan_value_name("maximum bouwhoogte (m)") == "bouwhoogte"
    assert plan_value_name("Maximale goothoogte (m)") == "goothoogte"
