"""Every check says something of every odd design, in a full scene and an empty one, with a limit and without: never nothing, never a fault."""

from __future__ import annotations

import numpy as np
import pytest

import scenes
from drieluik.checks import REGISTRY
from drieluik.model import Limit, Part, Rule, Ruleset, Site, Verdict
from drieluik.review import review
from scenes import GROUND, box_part, to_rd

CHECKS = sorted(REGISTRY.values(), key=lambda check: check.name)
SHEET = Part("sheet", to_rd([(6, 6, 0), (14, 6, 0), (14, 6, 5), (6, 6, 5)]), np.array([[0, 1, 2], [0, 2, 3]]))
ROOF = Part("roof", to_rd([(6, 6, 4), (14, 6, 4), (14, 14, 6), (6, 14, 6)]), np.array([[0, 1, 2], [0, 2, 3]]))
OPEN = Part("open", box_part(6, 6, 14, 14, 0, 8).vertices, box_part(6, 6, 14, 14, 0, 8).faces[2:])
DESIGNS = {
    "one upright sheet": (SHEET,), "a roof without walls": (ROOF,), "an open box": (OPEN,), "a slab on the ground": (box_part(6, 6, 14, 14, -0.2, 0.1),), "a mast": (box_part(9, 9, 9.1, 9.1, 0, 20, kind="antenna"),),
    "a cellar": (box_part(6, 6, 14, 14, -3, -0.5),), "part without faces": (Part("bare", np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)), box_part(6, 6, 14, 14, 0, 8)), "far away": (box_part(900, 900, 908, 908, 0, 8),),
}
QUICK = {"step_min": 15.0, "sweep_days": 0, "terrain": False}
"""Of a sun study: few suns, the same paths."""


def measures(check):
    return {word: value for word, value in QUICK.items() if word in check.switches}


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_says_something_of_an_odd_design(check, name, caplog):
    limit = Limit(">=" if check.qualifier == "minimum" else "<=", check.units[0], 1.0)
    rules = (Rule("limited", check.name, dict(check.title), (), limit, measure=measures(check)), Rule("bare", check.name, dict(check.title), (), measure=measures(check)))
    answers = {"peil": {"method": "nap_value", "nap_m": GROUND}}
    for site in (scenes.site(terrain=None, trees=()), Site(scenes.ORIGIN, 60.0)):
        found = review(site, scenes.design(*DESIGNS[name]), Ruleset("t", "1", {}, rules), answers)
        assert not caplog.records, [record.exc_text for record in caplog.records]
        assert {one.rule for one in found} == {"limited", "bare"}
        assert all(isinstance(one.verdict, Verdict) and (one.verdict is not Verdict.NOT_ASSESSABLE or one.missing or one.questions) for one in found)
