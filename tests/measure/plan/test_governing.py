"""Which plans the officer ticked, as it was written, and those that are not at the place."""

from __future__ import annotations

import pytest

import scenes
from drieluik.measure.plan.governing_areas import governing_areas, not_here, ticked

HERE = "NL.IMRO.9999.BP1"


@pytest.mark.parametrize(
    ("answer", "plans"),
    [(None, None), ({"reason": "x"}, None), ({"ids": [HERE]}, (HERE,)), ({"ids": HERE}, (HERE,)), ([HERE], (HERE,)), (HERE, (HERE,)), ({"ids": []}, ())],
)
def test_what_was_ticked(answer, plans):
    answers = {} if answer is None else {"governing_plans": answer}
    site = scenes.site()
    assert ticked(answers) == plans
    assert bool(governing_areas(site, answers)) is (plans is None or HERE in plans)


def test_a_plan_that_is_not_at_the_place_is_told():
    (note,) = not_here(scenes.site(), {"governing_plans": {"ids": [HERE, "NL.IMRO.0000.Elders"]}})
    assert note.as_dict() == {"plan": "NL.IMRO.0000.Elders"}
