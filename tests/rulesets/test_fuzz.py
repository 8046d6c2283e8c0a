"""Seeded mutations of good rule files: read or refused with a sentence, never a crash; what is read can be tested and reviewed."""

from __future__ import annotations

import copy
import random

import pytest
import yaml
from example_rules import SECTION_H

import scenes
from drieluik.checks.engine.rulebook.ruletests import run_tests
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.errors import RulesetError
from drieluik.review import review

ODD = [None, True, -1, 0, 1e9, 1e-9, "", "x", "1,5", "2026-07-01", [], {}, [1], {"a": 1}, ["hoofdgebouw"], "limit*1.1", "d/0", {"from": "zone.waarde"}, "m", 11, "<="]


def places(node, at=()):
    """Yield the steps to every node."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*at, key)
        yield from places(value, (*at, key))


def mutated(data, chance):
    data = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 2))):
        steps = chance.choice(list(places(data)))
        node = data
        for step in steps[:-1]:
            node = node[step]
        if isinstance(node, dict) and chance.random() < 0.3:
            value = node.pop(steps[-1])
            if chance.random() < 0.5:
                node[chance.choice(["x", "limits", "1", str(steps[-1]).upper()])] = value
        else:
            node[steps[-1]] = chance.choice(ODD)
    return data


@pytest.mark.parametrize("seed", range(4))
def test_mutated_rule_files(tmp_path, seed):
    chance, good = random.Random(seed), yaml.safe_load(SECTION_H)
    good["ruleset"]["valid_from"] = "2026-07-01"
    path, read, refused = tmp_path / "r.yaml", 0, []
    for _ in range(60):
        path.write_text(yaml.safe_dump(mutated(good, chance), allow_unicode=True), encoding="utf-8")
        try:
            ruleset = read_ruleset(path)
        except RulesetError as error:
            refused.append(str(error))
            continue
        read += 1
        run_tests(ruleset)
        for found in review(scenes.site(), scenes.design(scenes.box_part(6, 6, 14, 14, 0, 8)), ruleset, {}, date="2026-08-01"):
            assert not any(note.code == "checks_failed" for note in found.missing), (path.read_text(encoding="utf-8"), found.missing)
    assert read and refused
    assert all("r.yaml" in words and "{" not in words.replace("{value: ..., unit: m}", "").replace("'{", "") for words in refused), refused
