"""A block of 12 m on an open spot in Delft (3DBAG, AHN): the sun on the dwellings within 150 m, coarse in time to stay quick."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import said

from drieluik.data_sources.case import read_case
from drieluik.data_sources.design import load_designs
from drieluik.job import judge, load_rulesets, placed, surroundings
from drieluik.model import Verdict
from scenes import ROOT


@pytest.fixture(scope="module")
def delft(shared):
    if shared.resolve() != (ROOT.parent / "shared").resolve():
        pytest.skip("the real data do not stand beside the project")
    case = read_case(ROOT / "tests" / "cases" / "delft_sun.yaml")
    (ruleset,) = load_rulesets(case)
    facade, shadow = ruleset.rules
    coarse = replace(facade, measure={**facade.measure, "step_min": 10, "sweep_days": 40})
    site = surroundings(case.site, case.folder)
    designs = placed(load_designs(case.designs, case.folder), case)
    return judge(case, site, designs, (replace(ruleset, rules=(coarse, shadow)),))


def test_the_block_takes_sun_from_the_house_behind_it(delft):
    found = {said(f): f for f in delft.findings if f.check == "sun_hours_facade" and f.design == "A"}
    assert 20 <= len(found) <= 30
    hit = found["pand 0503100000004636"]
    assert hit.verdict in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT) and hit.measurements[2].value < -200
    blocked = {note.code: dict(note.data) for note in hit.notes}
    assert blocked["sun_blocked_by_design"]["name"] == "A" and "sun_assumed_dwelling" in blocked and blocked["sun_without_model"]["count"] > 50
    far = found["pand 0503100000004630"]
    assert far.verdict is Verdict.COMPLIES and far.measurements[2].value == 0


def test_a_lower_block_throws_less_shadow(delft):
    extra = {f.design: next(m.value for m in f.measurements if m.name == "extra_shadow_whole") for f in delft.findings if f.check == "shadow_study"}
    assert 0 < extra["B"] < extra["A"]
