"""A house of 9 m where a plan of 2014 allows 12 m and another document says 6 m: green and red are earned by what both documents do there."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from hostile_documents import AT, BASE, DOCUMENTS, delivered
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.base import Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plans
from drieluik.model import Verdict
from drieluik.review import review

HOUSE = box(-3, -3, 3, 3)
PEIL = {"peil": {"method": "authority_fixed", "nap_m": 0.0, "reason": "proef", "by": "t"}}


def here(thing):
    """Return a plan or an area of the documents at the origin of the scenes."""
    east, north = scenes.ORIGIN[0] - 100_005, scenes.ORIGIN[1] - 400_005
    shape = thing.geometry
    return thing if shape is None else replace(thing, geometry=shapely.transform(shape, lambda points: points + [east, north]))


def firm(effect, proposed, otherwise):
    """Whether a document governs in every way, in none (False), or that is open (None)."""
    return None if otherwise is not None and otherwise is not proposed else proposed


@pytest.mark.parametrize(("name", "text", "new", "below"), DOCUMENTS, ids=[name for name, *_ in DOCUMENTS])
def test_the_height_is_judged_by_what_governs(name, text, new, below, tmp_path):
    areas, plans, _ = read_plans(delivered(text, tmp_path, "12"))
    areas, plans = tuple(here(area) for area in areas), tuple(here(plan) for plan in plans)
    site, design = replace(scenes.site(), plans=areas, plan_documents=propose(plans, areas, AT, AT)), scenes.design(scenes.box_part(-3, -3, 3, 3, 0, 9))
    ruleset = derive(Context(site, design).may_govern(), scenes.shift(HOUSE), REGISTRY)
    found = {BASE in one.rule: one.verdict for one in review(site, design, ruleset, PEIL) if one.check == "max_building_height"}
    told = "maximum bouwhoogte" in text
    red = {True: Verdict.VIOLATES, None: Verdict.NEEDS_JUDGEMENT, False: None}[firm(*new)] if told else found.get(False)
    assert found.get(False) is red
    assert found.get(False) in (None, Verdict.NOT_ASSESSABLE) or told
    held = firm(*below)
    assert found.get(True) in {True: (Verdict.COMPLIES,), None: (Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT), False: (None,)}[held]
    if new[0] == "annuls" and held is None:
        assert found[True] is Verdict.NEEDS_JUDGEMENT
