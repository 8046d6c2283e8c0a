"""What is measured once for all readings: the points that it settles itself stay with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks.engine.open_points.points import Ledger
from drieluik.checks.engine.open_points.unseen import HIGHER, Unseen
from drieluik.model import LegalSource, Limit, Note, Rule, Ruleset, Verdict
from drieluik.review import review
from one_context import PEIL, context
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE


def in_reading(base, **words):
    """The context in which yes-or-no points are settled as given."""
    ledger, ways = Ledger(), {}
    for key, value in words.items():
        point = base_point(base, key)
        ways[key] = next(way for way in point.alternatives if way.value is value)
    return replace(base, reading=ways, ledger=ledger)


def base_point(base, key):
    tried = replace(base, ledger=Ledger())
    tried.yes_no(key, Note.of("about"))
    return tried.ledger.open[key]


def test_a_reading_that_settles_a_point_otherwise_measures_anew():
    base, runs = context(), []

    def measured(one):
        return one.memo("size", lambda: runs.append(1) or (5.0 if one.yes_no("whole", Note.of("about")) else 3.0))

    assert [measured(in_reading(base, whole=value)) for value in (True, False, True, False)] == [5.0, 3.0, 5.0, 3.0] and len(runs) == 2
    assert measured(in_reading(base)) == 3.0 and len(runs) == 2  # 'no' is the likeliest


def test_who_asks_later_is_told_what_it_rests_on():
    base = replace(context(), answers={"told": "yes"})
    unseen = Unseen(Note.of("engine_bare_outline"), HIGHER)

    def inner(one):
        one.ledger.missed(unseen)
        return one.yes_no("told", Note.of("about")), one.yes_no("open", Note.of("about"))

    def outer(one):
        return one.memo("outer", lambda: one.memo("inner", lambda: inner(one)))

    first, second = in_reading(base), in_reading(base)
    assert outer(first) == outer(second) == (True, False)
    for one in (first, second):
        assert (set(one.ledger.open), set(one.ledger.settled), one.ledger.unseen) == ({"open"}, {"told"}, [unseen])
        assert not one.ledger.within
    assert outer(in_reading(base, open=True)) == (True, True)


def test_what_rests_on_nothing_is_measured_once():
    base, runs = context(), []
    assert [one.memo("k", lambda: runs.append(1) or 7) for one in (in_reading(base), in_reading(base, a=True), base)] == [7, 7, 7] and len(runs) == 1


def test_a_measurement_that_fails_leaves_nothing_behind():
    base = context()
    with pytest.raises(ZeroDivisionError):
        base.memo("k", lambda: 1 / 0)
    assert not base.ledger.within and base.memo("k", lambda: 2) == 2


@pytest.mark.parametrize(("answer", "verdicts"), [(None, {JUDGE}), ("yes", {VIOLATES}), ("no", {NONE})])
def test_where_a_rule_holds_may_rest_on_an_object_without_a_place(answer, verdicts):
    centre = replace(plan_area("g7", "gebiedsaanduiding", "centrum", box(-40, 0, 60, 40), belongs_to="e1"), unplaced=True)
    site = replace(scenes.site(), unplaced=(centre,))
    there = {"location": {"layer": "gebiedsaanduiding", "where": {"naam": "centrum"}}}
    rule = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit("<=", "m", 5.0), applies_when=there)
    given = {**PEIL, **({} if answer is None else {"lies_here:g7": answer})}
    found = review(site, scenes.design(box_part(6, 6, 14, 15, 0, 6)), (Ruleset("t", "1", {}, (rule,)),), given)
    assert {one.verdict for one in found} == verdicts
