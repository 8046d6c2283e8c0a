"""A garden fence that goes all round: a rule with a number of its own asks no value of the map for the garden inside it."""

from __future__ import annotations

import pytest

from drieluik.model import Limit, Verdict
from one_rule import run_all
from scenes import box_part

COMPLIES, VIOLATES = Verdict.COMPLIES, Verdict.VIOLATES
RING = (
    box_part(0.3, 0.3, 19.7, 0.42, 0, 2.1, fid="voor"), box_part(0.3, 39.5, 19.7, 39.62, 0, 2.1, fid="achter"),
    box_part(0.3, 0.42, 0.42, 39.5, 0, 2.1, fid="links"), box_part(19.58, 0.42, 19.7, 39.5, 0, 2.1, fid="rechts"),
)
HOUSE = box_part(5, 5, 13, 14, 0, 7.6, fid="huis")


@pytest.mark.parametrize("parts", [RING, (*RING, HOUSE)])
@pytest.mark.parametrize(("limit", "verdict"), [(2.1, COMPLIES), (2.0, VIOLATES)])
@pytest.mark.parametrize("check", ["max_building_height", "min_building_height"])
def test_the_garden_inside_a_fence_lies_outside_no_zone(check, limit, verdict, parts):
    told = {"parcels": ["1"], "roles": {part.fid: "design" for part in parts}, "has_erfafscheiding": "yes", "is_fence": "yes",
            "which.erfafscheiding": [part.fid for part in RING]}
    operator = "<=" if check.startswith("max") else ">="
    found = run_all(check, *parts, limit=Limit(operator, "m", limit), applies_to=("erfafscheiding",), answers=told)
    expected = verdict if operator == "<=" else COMPLIES
    assert [one.verdict for one in found] == [expected], [(one.verdict, one.missing) for one in found]
