"""Which plans the officer ticked, as it was written, and those that are not at the place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.measure.plan.governing_areas import doubted_plans, governing_areas, not_here, taken_by, ticked
from drieluik.model import Plan
from scenes import plan_area, shift

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


OLD, NEW, OVER, LOOSE, DRAWN = (f"NL.IMRO.9999.{word}" for word in ("old", "new", "over", "loose", "drawn"))
GROUND = shift(box(0, 0, 10, 10))


@pytest.mark.parametrize(
    ("ids", "taken"),
    [
        ((OLD,), None), ((OLD, NEW), 50.0), ((OLD, OVER), None), ((OLD, LOOSE), 30.0), ((OLD, NEW, LOOSE), 65.0), ((OLD, DRAWN), 10.0), ((NEW,), 50.0), ((OLD, NEW, OVER, LOOSE, DRAWN), 65.0),
    ],
)  # fmt: skip
def test_what_others_of_the_ticked_plans_took(ids, taken):
    """The new plan is drawn over the east half; a plan without areas has its plangebied, of 3 m in the south; one with areas of its own only these. What a plan
    only adds takes nothing."""
    here = scenes.site(
        plans=tuple(replace(plan_area(plan, kind, plan, shape), plan_id=plan) for plan, kind, shape in (
            (OLD, "enkelbestemming", box(0, 0, 10, 10)), (NEW, "besluitvlak", box(5, 0, 20, 10)), (OVER, "gebiedsaanduiding", box(0, 0, 10, 10)), (DRAWN, "pons", box(9, 0, 30, 10)))),
        plan_documents=(
            Plan(OLD, "", replaced=GROUND, geometry=GROUND), Plan(NEW, "", geometry=shift(box(0, 0, 90, 90))), Plan(LOOSE, "", geometry=shift(box(0, 0, 10, 3))), Plan(DRAWN, "", geometry=GROUND),
            Plan("empty", ""),
        ),
    )
    found = taken_by(here, here.plan_documents[0], ids)
    assert (None if found is None else found.area) == (taken if taken is None else pytest.approx(taken))
    assert taken_by(here, replace(here.plan_documents[0], replaced=None), ids) is None
    standing = governing_areas(here, {"governing_plans": {"ids": list(ids)}}, plan_id=OLD)
    assert [round(area.geometry.area, 6) for area in standing] == ([100.0 - (taken or 0.0)] if OLD in ids else [])


@pytest.mark.parametrize(
    ("status", "doubted"),
    [("", False), ("vigerend", False), ("Vastgesteld ", False), ("geconsolideerd", False), ("onherroepelijk", False), ("goedgekeurd", False), ("in werking", False), ("ontwerp", False), ("voorontwerp", False),
     ("concept", False), ("in voorbereiding", True), ("vervallen", True)],
)  # fmt: skip
def test_a_status_that_says_neither_that_a_plan_works_nor_that_it_is_a_draft(status, doubted):
    bare = scenes.site(plans=(replace(plan_area("x", "bouwvlak", "x", box(0, 0, 10, 10)), plan_status=status),))
    assert doubted_plans(bare) == ({HERE} if doubted else set())
    known = replace(bare, plan_documents=(Plan(HERE, "", proposed=True, otherwise=True),))
    assert doubted_plans(known) == set() and doubted_plans(replace(known, plan_documents=(Plan(HERE, "", proposed=True, otherwise=False),))) == {HERE}
    assert doubted_plans(replace(known, plan_documents=(Plan(HERE, "", proposed=True),))) == set()
