"""The words of rules: no key of a program and no bracket of one reaches the officer, of any rule and any switch of any check."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from drieluik.data_sources.rules.check_pages import catalogue as checks
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.model import Limit, Rule
from drieluik.report.basis.rule_words import rule_lines, switch_line
from drieluik.texts import catalogue
from scenes import ROOT

RAW = re.compile(r"[\[\]{}]|_|\b(True|False|None)\b|<=|>=|'\w+'")
EXAMPLES = {
    "metres": 2.5, "square_metres": 50, "nap": 1.25, "percent": 30, "roof_angle": 142, "altitude": 10, "positive": 3, "ratio": 1.5, "minutes": 120, "hours": 2, "step": 5, "days": 5,
    "year": 2027, "yes_no": True, "name": "Zone Oost", "names": ["schuur", "garage"], "part_kinds": ["chimney", "antenna"], "place": [187000.0, 441000.5],
    "places": [[187000.0, 441000.5]], "lines": [[[0, 0], [1, 1]]], "party_walls": "ignore", "dates": ["02-19", "2026-06-21"], "period": ["02-19", "10-21"], "clock_hours": [9, 12.5],
    "heights_nap": [25, 70], "trees": {"transparency": 0.4}, "surface": 146.0, "mill": {"at": [187000, 441000], "ground_nap": 1.2, "stelling_m": 8}, "mills": [[187000, 441000]],
    "archaeology_zones": {"Waarde 2": {"area_m2": 50, "depth_m": 0.3}}, "plan_layers": ["gebiedsaanduiding"],
}
SWITCHES = [(check, name, kind) for check, known in checks().items() for name, kind in known["switches"].items()]


def rule(check="max_area", limit=None, **measure):
    return Rule("r", check, {"nl": "R"}, (), limit, measure=measure)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(("check", "name", "kind"), SWITCHES)
def test_every_switch_of_every_check_is_said_in_words(check, name, kind, lang):
    assert f"switch_{name}" in catalogue()
    for value in kind if isinstance(kind, list) else [EXAMPLES[kind], *([False] if kind == "yes_no" else [])]:
        line = switch_line(name, value, kind, lang)
        assert line and not RAW.search(line), line
        if isinstance(kind, list):
            assert any(f"{prefix}{word}" in catalogue() for prefix in (f"choice_{name}_", "choice_", "part_") for word in [value]) or value.isalpha()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_raw_word_in_any_rule_of_the_house(lang):
    rulesets = [path for folder in ("rulesets", "demo") for path in (ROOT / folder).glob("*.yaml") if "ruleset" in (yaml.safe_load(path.read_text()) or {})]
    assert rulesets
    for path in rulesets:
        for one in read_ruleset(path).rules:
            for line in rule_lines(one, lang):
                assert not RAW.search(line.replace(str(one.measure.get("name", "")), "")), (path.name, line)


def test_the_words_of_switches_are_read_as_sentences():
    said = rule_lines(rule("within_building_plane", minor_overshoot_m=1.2, minor_classes=["balcony"]), "nl")
    assert said == ("Ondergeschikte delen mogen 1,2 m over de bouwgrens", "Ondergeschikt zijn: balkon")
    assert rule_lines(rule("max_storeys", Limit("<=", "bouwlagen", 3.0), count_attic=False), "nl") == ("Ten hoogste 3 bouwlagen", "Een zolder of kap telt niet mee")
    assert rule_lines(rule("max_eaves_height", exclude_below_pct=40), "en") == ("Dormers do not count while together narrower than 40 % of the roof",)


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        (Limit("<=", "%", 35.0), "Ten hoogste 35 %"), (Limit(">=", "m", 2.25), "Ten minste 2,25 m"), (Limit("<", "m2", 12.0), "Minder dan 12 m²"), (Limit(">", "m", 1.0), "Meer dan 1 m"),
        (Limit("==", "deg", 45.0), "Precies 45 °"), (Limit("between", "deg", None, None, 20.0, 50.0), "Van 20 ° tot en met 50 °"), (Limit("between", "deg", None, None, 20.0), "Ten minste 20 °"),
        (Limit("<=", "m", None, "bouwhoogte"), "Ten hoogste wat de plankaart zegt (bouwhoogte)"), (Limit("<=", "m", None, "waarde"), "Ten hoogste wat de plankaart zegt"),
        (Limit("<=", "m", formula="d / 2"), "Ten hoogste de uitkomst van d / 2"),
    ],
)
def test_limits_in_words(limit, line):
    assert rule_lines(rule("max_area", limit), "nl") == (line,)


def test_the_examples_are_valid_for_their_types():
    types = json.loads((ROOT / "rulesets" / "switch_types.json").read_text())
    assert {kind for _, _, kind in SWITCHES if isinstance(kind, str)} <= set(types) & set(EXAMPLES)
