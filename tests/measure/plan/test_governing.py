"""Which plans the officer ticked, as it was written, and those that are not at the place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.measure.plan.governing_areas import Way, doubted_plans, governing_areas, is_open, largest, not_here, open_choice, taken_by, ticked
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


STAMP = shift(box(0, 0, 10, 10))


def two(old, new):
    """A plan of 100 by 100 m, and one of 10 by 10 m in it."""
    areas = tuple(replace(plan_area(plan, "enkelbestemming", plan, shape), plan_id=plan) for plan, shape in ((OLD, box(-50, -50, 50, 50)), (NEW, box(0, 0, 10, 10))))
    return scenes.site(plans=areas, plan_documents=(Plan(OLD, "Kom", **{"proposed": True, **old}), Plan(NEW, "Zegel", **{"proposed": True, **new})))


def old_ground(site, answer):
    return sum(area.geometry.area for area in governing_areas(site, {"governing_plans": answer}, plan_id=OLD))


@pytest.mark.parametrize(("old", "new", "ways"), [
    ({"contested": STAMP}, {"proposed": False, "otherwise": True}, [(((OLD,), False), (OLD,)), (((OLD, NEW), True), (NEW,))]),
    ({"replaced": STAMP, "contested": STAMP}, {"otherwise": False}, [(((OLD, NEW), False), (NEW,)), (((OLD,), True), (OLD,))]),
    ({"replaced": STAMP, "contested": STAMP}, {"contested": STAMP}, [(((OLD, NEW), False), (NEW,)), (((OLD, NEW), True), (OLD,))]),
    ({"replaced": STAMP}, {}, []), ({}, {}, []),
])  # fmt: skip
def test_on_contested_ground_one_plan_speaks_or_the_other(old, new, ways):
    site = two(old, new)
    found = open_choice(site, shift(box(2, 2, 8, 8)))
    assert [((way.ids, way.otherwise), way.here) for way in found] == ways
    assert [old_ground(site, way.answer) for way in found] == [9_900.0 if NEW in way.here else 10_000.0 for way in found]
    assert open_choice(site, shift(box(20, 20, 30, 30))) == () and open_choice(site, shift(box(10, 0, 15, 10))) == ()  # beside it, and along its edge
    assert is_open(site) is bool(ways)


def test_a_design_on_the_edge_of_contested_ground_has_both_plans_in_the_order_that_each_way_gives():
    site = two({"replaced": STAMP, "contested": STAMP}, {"contested": STAMP})
    assert [way.here for way in open_choice(site, shift(box(5, 5, 15, 8)))] == [(NEW, OLD), (OLD,)]


@pytest.mark.parametrize(("old", "new", "answer", "ground"), [
    ({"contested": STAMP}, {"proposed": False, "otherwise": True}, [OLD, NEW], 9_900.0),  # who ticks the plan that may not work says that it does
    ({"replaced": STAMP, "contested": STAMP}, {"otherwise": False}, [OLD, NEW], 9_900.0), ({"replaced": STAMP, "contested": STAMP}, {"otherwise": False}, [OLD], 10_000.0),
    ({"replaced": STAMP, "contested": STAMP}, {"contested": STAMP}, [OLD, NEW], 10_000.0),  # nothing says which goes first: both hold
    ({"contested": STAMP}, {"contested": STAMP, "replaced": STAMP}, [OLD, NEW], 10_000.0),
    ({"replaced": STAMP, "contested": STAMP}, {"contested": STAMP}, {"ids": [OLD, NEW], "otherwise": False}, 9_900.0),
    ({"replaced": STAMP, "contested": STAMP}, {"contested": STAMP}, {"ids": [OLD, NEW], "otherwise": True}, 10_000.0),
])  # fmt: skip
def test_what_ticked_plans_mean_on_contested_ground(old, new, answer, ground):
    assert old_ground(two(old, new), answer) == ground


def test_of_what_governs_in_some_way_the_most_ground_is_kept():
    site = two({"contested": STAMP}, {"proposed": False, "otherwise": True})
    ways = [governing_areas(site, {"governing_plans": way.answer}) for way in open_choice(site, STAMP)]
    assert {area.fid: area.geometry.area for area in largest(ways[::-1])} == {OLD: 10_000.0, NEW: 100.0} and largest(ways[:1]) is ways[0]
    assert Way((OLD,)).answer == {"ids": [OLD], "otherwise": False}
