"""A rule whose number is in a unit that its check does not measure in decides nothing, whoever made the rule."""

from __future__ import annotations

import pytest

from drieluik.checks import REGISTRY
from drieluik.model import Limit, Verdict
from one_rule import run_all
from scenes import box_part

HOUSE = box_part(6, 5, 14, 13, 0, 6)
NUMBERED = sorted(name for name, check in REGISTRY.items() if check.units)


@pytest.mark.parametrize("name", NUMBERED)
@pytest.mark.parametrize("unit", ["mm", "cm", "ft", "kg", "bananas"])
def test_a_number_in_another_unit_is_no_verdict(name, unit):
    for operator, value in (("<=", 1e6), (">=", 0.001)):
        for found in run_all(name, HOUSE, limit=Limit(operator, unit, value)):
            assert found.verdict is Verdict.NOT_ASSESSABLE
            assert [(note.code, note.as_dict()["unit"]) for note in found.missing] == [("engine_limit_unit", unit)]


@pytest.mark.parametrize("unit", ["", "-", "aantal", "bouwlagen"])
def test_what_is_counted_has_many_words(unit):
    found = run_all("max_storeys", HOUSE, limit=Limit("<=", unit, 5.0))
    assert all(note.code != "engine_limit_unit" for one in found for note in one.missing)
