"""Odd answers to everything that is asked: lists, mappings, huge and no numbers, words, places elsewhere. No check fails on one, and no rule goes.

Seeded; more rounds with ``DRIELUIK_ROUNDS=400``.
"""

from __future__ import annotations

import datetime
import os
import random

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.model import LegalSource, Level, Limit, PlanValue, Rule, Ruleset
from drieluik.review import review
from one_rule import sound
from scenes import box_part, gable_part, plan_area

ROUNDS = int(os.environ.get("DRIELUIK_ROUNDS", "12"))
AT_ONCE = 9
"""Odd answers in one round: what one of them does is found by leaving the others out."""
QUICK = {"step_min": 30.0, "sweep_days": 0, "terrain": False}
"""Of a sun study: few suns, the same paths."""
NOT_ASKED = (
    "profile", "roles", "objects", "governing_plans", "plan_read", "overrides", "decisions", "placement", "entrance", "status", "ground_floor", "d", "G", "H", "x", "n", "z",
    "nap_value", "water_level", "authority_fixed", "side_boundaries", "front_boundary", "rear_boundary", "party_walls", "powerline", "radio_link", "mill", "location", "exempt",
    "level.maaiveld", "level.kruin", "revised.bouwhoogte", "overlap.bouwhoogte", "qualifier.bouwhoogte", "lies_here:m1", "public.inrit", "plan_norm:x", "", "value",
)
"""Answers that no check declares: of rule files, of the plan, of designs, and some that nobody asks."""
KEYS = tuple(sorted({key.replace("*", "x") for check in REGISTRY.values() for key in check.reads} | set(NOT_ASKED)))
PLAIN = (
    None, True, False, 0, -1, 3, 1e308, -1e308, float("nan"), float("inf"), 10**400, 2 + 1j, "", " ", "ja", "yes", "no", "1,0", "1e999", "raadselachtig", "b\x00r", "strengste", b"x",
    (), [], {}, set(), frozenset({"1"}), [None], [[]], [[[]]], ["1", "1"], [1, 2, 3], [[1, 2]], [[[1, 2], [3, 4]]], [[["a", "b"], ["c", "d"]]], [[float("nan")] * 2] * 2,
    {"value": None}, {"value": []}, {"value": {"value": 1}}, {1: 2}, {None: None}, {"ids": None}, {"ids": [[1]]}, {"lines": 5}, {"lines": [[1, 2]]}, {"line": [[1, 2], [1, 2]]},
    {"method": ["a"]}, {"method": {}, "nap_m": "x"}, {"nap_m": 1e308}, {"nap_m": [1]}, {"candidates": [1]}, {"candidates": {"a": "b", 1: 2}}, {"branches": 7}, {"branches": [[]]},
    {"at": [1]}, {"at": ["x", "y"], "ground_nap": "0"}, {"nap_m": []}, {"nap_m": ["a", 2]}, {"top_nap_m": None, "underside_nap_m": {}}, {"area_m2": "q", "depth_m": -1}, {"uncertainty_m": "x", "nap_m": 1},
    {"NL.IMRO.9999.BP1": 5}, {"NL.IMRO.9999.BP1": {"eaves": [1], "exempt_parts": "chimney", "volume_base": 3}}, {"h": "hoofdgebouw", 3: 4}, {"h": ["a"]}, {"h": {"role": 1}},
    [{"rule": 1}], [{"rule": "max_area", "verdict": "groen"}], datetime.date(2026, 1, 1), np.float64(2.0), range(3), object(),
)
HOUSE, SHED, ROOF = gable_part(5, 5, 13, 14, 3, 6.5, fid="h"), box_part(15, 20, 18, 26, -2, 3, fid="s"), box_part(13, 6, 15, 10, 2.5, 2.7, kind="roof", fid="l")


def rules():
    """A rule of each check, with a limit near what the house measures, or with the plan's."""
    found = []
    for number, check in enumerate(sorted(REGISTRY.values(), key=lambda one: one.name)):
        measure = {word: value for word, value in QUICK.items() if word in check.switches}
        limit = Limit(">=" if check.qualifier == "minimum" else "<=", check.units[0], 5.0) if number % 3 else None
        found.append(Rule(f"r{number}", check.name, dict(check.title), (LegalSource("plan"),), limit, measure=measure))
    return (*found, Rule("formula", "max_eaves_height", {"nl": "f"}, (LegalSource("plan"),), Limit("<=", "m", formula="min(H, d + 2)")))


def site():
    low = plan_area("m9", "maatvoering", "", box(4, 4, 9, 30), PlanValue("bouwhoogte", "", 6.0, "m boven maaiveld", "bouwhoogte=6"))
    old = plan_area("a1", "dubbelbestemming", "Waarde - Archeologie", box(-40, 0, 60, 40))
    return scenes.site(plans=(*scenes.site().plans, low, old))


RULES, SITE = rules(), site()
DESIGN = scenes.design(HOUSE, SHED, ROOF, levels=(Level("bg", scenes.GROUND), Level("1e", scenes.GROUND + 3.0)))


def faults(answers):
    """What goes wrong with some answers: which rules say nothing, and what fails."""
    try:
        found = review(SITE, DESIGN, Ruleset("t", "1", {}, RULES), answers)
        sound(found)
    except Exception as reason:
        return f"{type(reason).__name__}: {reason}"
    gone = sorted({rule.id for rule in RULES} - {one.rule for one in found})
    return f"silent: {gone}" if gone else ""


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_check_fails_on_an_odd_answer_and_no_rule_goes(seed, caplog):
    chance = random.Random(seed)
    answers = {key: chance.choice(PLAIN) for key in chance.sample(KEYS, AT_ONCE)}
    answers.setdefault("peil", {"method": "nap_value", "nap_m": scenes.GROUND})
    wrong = faults(answers)
    alone = {key: why for key, value in answers.items() if wrong and (why := faults({key: value}))}
    assert not wrong, (answers, wrong, alone, [record.exc_text for record in caplog.records][:1])


@pytest.mark.parametrize(("key", "value"), [
    ("placement", ["1", "1"]), ("placement", {"A": ["x"]}), ("placement", {"A": {"file_height": "ja"}}), ("z", 10**400), ("level.maaiveld", 10**400), ("peil", 10**400),
    ("peil", {"nap_m": 10**400}), ("d", -(10**400)), ("peil", {"method": ["a"]}), ("peil", {"candidates": {"a": 10**400}}),
])
def test_what_once_failed(key, value):
    assert not faults({key: value})
