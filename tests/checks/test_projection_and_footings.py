"""What a rule about the projection of a design counts: what is seen of it from above, and rooms below the ground where these count; no footings."""

from __future__ import annotations

import pytest

from drieluik.model import Verdict
from one_rule import run
from scenes import box_part

COMPLIES, VIOLATES, ASKED = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = box_part(5, 5, 13, 14, -0.3, 6, fid="huis")
FOOTING = box_part(4, 4, 14, 15, -1.0, -0.3, fid="poer", kind="footing")
CELLAR = box_part(13, 5, 16, 14, -3, -0.2, fid="kelder")
RULES = {
    "max_area": ({"op": "<=", "value": 80.0, "unit": "m2"}, COMPLIES, VIOLATES),
    "min_area": ({"op": ">=", "value": 80.0, "unit": "m2"}, VIOLATES, COMPLIES),
    "max_coverage_pct": ({"op": "<=", "value": 10.0, "unit": "%", "denominator": "bouwperceel"}, COMPLIES, VIOLATES),
    "min_distance_side_boundary": ({"op": ">=", "value": 4.5}, COMPLIES, VIOLATES),
}


@pytest.mark.parametrize("check", RULES)
def test_a_footing_is_no_part_of_what_is_seen_from_above(check):
    """A house of 8 x 9 m on a footing that reaches out a metre on every side, on a plot of 20 x 40 m."""
    measure, alone, _ = RULES[check]
    answers = {"parcels": ["1"]}
    drawn, founded = (run(check, *parts, of="projection", answers=answers, **measure) for parts in ((HOUSE,), (HOUSE, FOOTING)))
    assert founded.measurements[0].value == pytest.approx(drawn.measurements[0].value, abs=1e-6)
    assert (drawn.verdict, founded.verdict) == (alone, alone)


@pytest.mark.parametrize("check", RULES)
def test_whether_a_cellar_beside_the_house_counts_is_asked(check):
    measure, alone, together = RULES[check]
    ask = lambda **told: run(check, HOUSE, CELLAR, of="projection", answers={"parcels": ["1"], **told}, **measure)  # noqa: E731
    found = ask()
    assert found.verdict is ASKED and "count_below_ground" in [question.key for question in found.questions]
    assert {ask(count_below_ground="nee").verdict, ask(count_below_ground="ja").verdict} <= {alone, together, ASKED}
    if check != "min_distance_side_boundary":
        assert (ask(count_below_ground="nee").verdict, ask(count_below_ground="ja").verdict) == (alone, together)
