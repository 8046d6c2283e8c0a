"""Rule files: read, refused with the line and the nearest word, tested, in force or not."""

from __future__ import annotations

import json

import pytest
from example_rules import SECTION_H

from drieluik import cli
from drieluik.checks import REGISTRY
from drieluik.checks.engine.rulebook.ruletests import run_tests
from drieluik.data_sources.rules.check_pages import catalogue
from drieluik.data_sources.rules.rulesets import known_checks, plan_value_name, read_ruleset, remarks_on
from drieluik.errors import RulesetError
from scenes import ROOT

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


def test_the_outline_of_the_specification_is_a_rule_file(tmp_path):
    ruleset = read_ruleset(written(tmp_path, SECTION_H))
    rule = ruleset.rules[0]
    assert (rule.priority, rule.legal[0].work_id, len(rule.exceptions)) == (10, "NL.IMRO.0344.BPX-VA01", 3)
    assert [result["passed"] for result in run_tests(ruleset)] == [True, True]


FAULTS = [
    ("max_building_height", "max_bulding_height", ["rules.yaml:5", "max_bulding_height", "bedoelt u 'max_building_height'"]),
    ("  check:", "  chek:", ["rules.yaml:5", "chek", "bedoelt u 'check'", "bij 'height'"]),
    ('op: "<="', 'op: "=<"', ["rules.yaml:7", "=<", "between"]),
    ("rules:", "rules: [", ["YAML", "regel"]),
    ("  legal: [{instrument: plan, article: 5.2, quote: \"hoogte\"}]\n", "", ["rules.yaml:4", "legal"]),
    ("unit: m}", "unit: mm}", ["rules.yaml:7", "mm"]),
    ("unit: m}", "unit: m2}", ["rules.yaml:7", "m2"]),
    (", unit: m}", "}", ["rules.yaml:7", "unit"]),
    ("{from: zone.waarde}", "{from: zone.wrde}", ["rules.yaml:7", "zone.waarde"]),
    ("{from: zone.waarde}", "0,47*d+3", ["rules.yaml:7"]),
    ("{from: zone.waarde}", '"0.47*dd+3"', ["rules.yaml:7", "dd", "bedoelt u 'd'"]),
    ("{from: zone.waarde}", '"0.47*d+"', ["rules.yaml:7", "geen formule", "8"]),
    ("{from: zone.waarde}", "{parameter: hoogte}", ["rules.yaml:7", "hoogte"]),
    ("{from: zone.waarde}", ".nan", ["YAML", "regel 7"]),
    ("2026-01-01", "2026-02-30", ["rules.yaml:2", "2026-02-30", "datum"]),
    ("2026-01-01", "1 juli", ["rules.yaml:2", "1 juli"]),
    ("valid_from: 2026-01-01", "valid_from: 2026-07-01, valid_to: 2026-01-01", ["rules.yaml:2", "eindigt"]),
    ("  tests:", "  measure: {exempt_clases: [chimney]}\n  tests:", ["rules.yaml:8", "exempt_clases", "bedoelt u 'exempt_classes'"]),
    ("  tests:", "  measure: {quantity: heigth}\n  tests:", ["rules.yaml:8", "heigth", "bedoelt u 'height'"]),
    ("  tests:", "  evidence: [limit_surfaces]\n  tests:", ["rules.yaml:8", "limit_surface"]),
    ("  tests:", "  uncertainty: {levl_m: 0.1}\n  tests:", ["rules.yaml:8", "levl_m", "bedoelt u 'level_m'"]),
    ("  tests:", "  applies_when: {locatie: {layer: bouwvlak}}\n  tests:", ["rules.yaml:8", "locatie", "bedoelt u 'location'"]),
    ("  tests:", "  applies_when: {not: [{statuss: monument}]}\n  tests:", ["rules.yaml:8", "statuss", "bedoelt u 'status'"]),
    ("  tests:", "  applies_when: {location: {layer: bouwvlk}}\n  tests:", ["rules.yaml:8", "bouwvlk", "bedoelt u 'bouwvlak'"]),
    ("  tests:", "  exceptions: [{id: a, effect: \"limit*1,10\"}]\n  tests:", ["rules.yaml:8", "geen formule"]),
    ("  tests:", "  overrides: [height]\n  tests:", ["rules.yaml:8", "zichzelf"]),
    ("ridge: 10.95", "rigde: 10.95", ["rules.yaml:9", "rigde", "bedoelt u 'ridge'"]),
    ("expect: violates", "expect: violate", ["rules.yaml:10", "bedoelt u 'violates'"]),
    ("- id: height", "- id: height\n  id: again", ["regel 5", "twee keer"]),
    ("- id: height", "-\tid: height\n\tcheck: x", ["YAML", "tab"]),
    ("version: 1,", "version: 1, title: {nl: a: b},", ["YAML", "regel 2", "sluithaak"]),
    ("version: 1,", "version: 1, title: Hoogte,", ["rules.yaml:2", "Hoogte", "woord: waarde"]),
    ('op: "<="', 'op: "=>"', ["rules.yaml:7", "bedoelt u '>='"]),
    ("  tests:", "  exceptions: [{id: a, classes: [schoorsteen]}]\n  tests:", ["rules.yaml:8", "bedoelt u 'chimney'"]),
    ("expect: violates", "expect: voldoet_niet", ["rules.yaml:10", "bedoelt u 'violates'"]),
    ("rules:", "parameters: {marge_m: 2,5}\nrules:".replace("2,5", "'2,5'"), ["rules.yaml:3", "marge_m", "2.5"]),
]


@pytest.mark.parametrize(("old", "new", "words"), FAULTS, ids=[new.strip()[:40] or "no legal" for _, new, _ in FAULTS])
def test_faults_are_named(tmp_path, old, new, words):
    with pytest.raises(RulesetError) as caught:
        read_ruleset(written(tmp_path, GOOD.replace(old, new, 1)))
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_hostile_files_are_refused(tmp_path):
    bombs = ["a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh"))]
    bombs += ["!!python/object/apply:os.system ['true']", "[" * 3000 + "]" * 3000, "\x00", "a: !!binary x", "? [1]: 2\n: 3"]
    for text in bombs:
        with pytest.raises(RulesetError):
            read_ruleset(written(tmp_path, text))


def test_versions_of_one_rule_follow_each_other(tmp_path):
    second = GOOD.split("rules:\n")[1]
    dated = GOOD.replace("- id: height", "- id: height\n  valid_to: 2026-06-30", 1) + second.replace("- id: height", "- id: height\n  valid_from: 2026-07-01", 1).strip("\n") + "\n"
    assert [rule.valid_from for rule in read_ruleset(written(tmp_path, dated)).rules] == ["", "2026-07-01"]
    with pytest.raises(RulesetError, match="twee keer voor met een geldigheid die overlapt"):
        read_ruleset(written(tmp_path, dated.replace("2026-07-01", "2026-06-30")))


def test_parameters_have_units(tmp_path):
    head = "parameters: {grens: {value: 11, unit: m}, marge_m: 0.2}\nrules:"
    text = GOOD.replace("rules:", head, 1).replace("{from: zone.waarde}", '"grens + marge_m"').replace(", max: 11", "")
    ruleset = read_ruleset(written(tmp_path, text))
    results = run_tests(ruleset)
    assert [r["found"] for r in results] == ["complies", "complies"]
    assert [r["margin"] for r in results] == pytest.approx([0.25, 0.0])
    with pytest.raises(RulesetError, match="geen eenheid"):
        read_ruleset(written(tmp_path, text.replace("marge_m", "marge")))


@pytest.mark.parametrize(("parameter", "unit"), [("grens: {value: 9, unit: m2}", "m2"), ("grens_pct: 9", "%"), ("grens_nap: 9", "m NAP")])
@pytest.mark.parametrize("form", ["{{parameter: {}}}", '"{}"'])
def test_a_parameter_in_another_unit_than_the_limit_is_no_limit(tmp_path, parameter, unit, form):
    name = parameter.split(":")[0]
    text = GOOD.replace("rules:", f"parameters: {{{parameter}}}\nrules:", 1).replace("{from: zone.waarde}", form.format(name)).replace(", max: 11", "")
    with pytest.raises(RulesetError, match=f"parameter '{name}', en die is in {unit}; de regel rekent in m"):
        read_ruleset(written(tmp_path, text))
    good = text.replace(parameter, f"{name}: {{value: 9, unit: m}}")
    assert read_ruleset(written(tmp_path, good)).rules[0].limit.unit == "m"


GIVEN = [
    ({"value": 3.6, "min": 3.0}, ">=", "complies"), ({"value": 3.0, "min": 3.0}, ">=", "complies"), ({"value": 3.0, "min": 3.0}, ">", "violates"),
    ({"value": 3.1, "min": 3.0, "uncertainty": 0.2}, ">=", "needs_judgement"), ({"ridge": 10.8, "exempt": 12.1, "max": 11}, "<=", "complies"),
    ({"ridge": 10.9, "candidate": 12.4, "max": 11}, "<=", "needs_judgement"), ({"ridge": 11.2, "candidate": 12.4, "max": 11}, "<=", "violates"),
    ({"top": 10.40, "peil_low": 0.80, "peil_high": 1.35, "max": 9}, "<=", "violates"),
    ({"top": 10.00, "peil_low": 0.80, "peil_high": 1.35, "max": 9}, "<=", "needs_judgement"), ({"missing": 1, "max": 9}, "<=", "not_assessable"),
    ({"value": 9, "max": 11, "date": "2025-12-31"}, "<=", "not_applicable"), ({"value": 9, "max": 11, "applies": False}, "<=", "not_applicable"),
    ({"value": 12, "max": 11, "applies": None}, "<=", "needs_judgement"), ({"value": 9, "max": 11, "applies": None}, "<=", "complies"), ({"low": 2, "high": 4, "max": 3}, "<=", "needs_judgement"),
]


@pytest.mark.parametrize(("given", "op", "expected"), GIVEN)
def test_tests_inside_a_file(tmp_path, given, op, expected):
    good = GOOD.replace("max_building_height", "min_building_height") if op.startswith(">") else GOOD
    text = good.split("  tests:")[0].replace('"<="', f'"{op}"') + f"  tests:\n  - {json.dumps({'given': given, 'expect': expected})}\n"
    results = run_tests(read_ruleset(written(tmp_path, text)))
    assert results[0]["passed"], results


SUN = """
ruleset: {id: t, version: 1}
rules:
- id: sun
  check: sun_hours_facade
  basis: policy
  legal: {instrument: nota, article: 2}
  limit: {op: ">=", value: 2, unit: uur}
  tests:
  - {given: {minutes: 130}, expect: complies}
  - {given: {minutes: 90}, expect: violates, margin: -0.5}
"""


def test_minutes_given_against_a_limit_in_hours(tmp_path):
    assert [result["passed"] for result in run_tests(read_ruleset(written(tmp_path, SUN)))] == [True, True]


def test_what_is_allowed_and_probably_not_meant_is_said(tmp_path):
    text = GOOD.replace("{from: zone.waarde}", '"min(5,5 + d, 11)"').replace("  tests:", "  overrides: [heigth, plan:x]\n  tests:")
    text += "- {id: heights, check: max_width, basis: policy, legal: {instrument: n, article: 1}, limit: {op: '<=', value: 3, unit: m}}\n"
    notes = {note.code: note.as_dict() for note in remarks_on(read_ruleset(written(tmp_path, text)))}
    assert set(notes) == {"ruleset_formula_comma", "ruleset_overrides_nothing"}
    assert (notes["ruleset_overrides_nothing"]["other"], notes["ruleset_overrides_nothing"]["nearest"]) == ("heigth", "heights")
    assert remarks_on(read_ruleset(written(tmp_path, GOOD))) == ()


def test_command(tmp_path, capsys):
    path = written(tmp_path, GOOD)
    assert cli.main(["rules", "validate", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True
    assert cli.main(["rules", "test", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"] == 2
    path.write_text(GOOD.replace("expect: violates", "expect: complies").replace("margin: 0.05", "margin: 0.06"), encoding="utf-8")
    assert cli.main(["rules", "test", str(path)]) == 1
    said = capsys.readouterr().out
    assert "0 van 2" in said and "0,06" in said
    path.write_text(GOOD.replace("check:", "chek:"), encoding="utf-8")
    assert cli.main(["rules", "validate", str(path), "--json"]) == 1
    fault = json.loads(capsys.readouterr().out)["error"]
    assert (fault["key"], fault["nearest"], fault["line"]) == ("chek", "check", 5)
    assert cli.main(["rules", "validate", str(path)]) == 1
    assert "rules.yaml:5" in capsys.readouterr().err
    assert cli.main(["rules", "list", "--json"]) == 0
    listed = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    assert listed["max_building_height"]["family"] == "zoning" and "exempt_classes" in listed["max_building_height"]["switches"]
    with pytest.raises(SystemExit, match="2"):
        cli.main(["rules", "validate"])


@pytest.mark.parametrize("path", [*sorted((ROOT / "rulesets").glob("*.yaml")), *sorted((ROOT / "demo").glob("rules*.yaml"))], ids=lambda p: p.name)
def test_shipped_rule_files_hold(path):
    assert all(result["passed"] for result in run_tests(read_ruleset(path)))


def test_every_check_is_registered_under_its_file_name():
    assert sorted(REGISTRY) == known_checks()
    assert all(set(words["title"]) == {"nl", "en"} for words in catalogue().values())


def test_plan_value_names():
    assert plan_value_name("maximum bouwhoogte (m)") == "bouwhoogte"
    assert plan_value_name("Maximale goothoogte (m)") == "goothoogte"
