"""A later plan that only gives a value anew: that value takes the place of the old one where it says so, else it is asked of that value alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.data_sources.juridical.proposing import propose
from drieluik.model import ABOVE_NAP, LegalSource, Limit, MeasuringProfile, Plan, PlanValue, ProfileEntry, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
OLD, NEW = "NL.IMRO.9999.BP1", "NL.IMRO.9999.BP1H"
HOUSE = box_part(6, 6, 14, 15, 0, 7)
WIDE, WEST = box(0, 0, 20, 40), box(0, 0, 10, 40)


def high(metres, name="bouwhoogte", qualifier="maximum"):
    return PlanValue(name, qualifier, metres, "m", f"{qualifier} {name} (m)={metres}")


def site(old, new, where=WIDE, changes=(), **words):
    """An old plan with its own height over the plot, and a later one with one value and nothing else."""
    revision = replace(plan_area("h1", "maatvoering", "", where, new), plan_id=NEW, plan_name="Eerste herziening")
    plans = (*scenes.site().plans[:3], plan_area("m1", "maatvoering", "", WIDE, *old), revision)
    documents = (Plan(OLD, "Kom", proposed=True, revised_by=words.get("revised_by", (NEW,))), Plan(NEW, "Eerste herziening", proposed=True, changes=changes))
    return scenes.site(plans=plans, plan_documents=documents)


def judged(where, answers=None, house=HOUSE, profiles=()):
    """The rules of both plans, by plan and value."""
    design = scenes.design(house)
    given = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, **(answers or {})}
    rules = derive(Context(where, design, given).may_govern(), Context(where, design, given).projection, REGISTRY, profiles)
    found = review(where, design, (rules,), given, profiles=profiles)
    return {rule: [one for one in found if one.rule == rule] for rule in {one.rule for one in found}}


HEIGHT, LATER, PLANE = f"plan:{OLD}:maximum:bouwhoogte", f"plan:{NEW}:maximum:bouwhoogte", f"plan:{OLD}:within_building_plane"


@pytest.mark.parametrize(("changes", "answers", "verdict"), [
    ((OLD,), {}, COMPLIES), (("Kom",), {}, COMPLIES), ((), {}, JUDGE), ((), {"revised.bouwhoogte": "yes"}, COMPLIES), ((), {"revised.bouwhoogte": "no"}, VIOLATES),
])
def test_a_wider_value_of_a_revision(changes, answers, verdict):
    """A house of 7 m where the old plan has 6 m and the revision 8 m."""
    found = judged(site([high(6.0)], high(8.0), changes=changes), answers)
    assert {one.verdict for one in found[HEIGHT]} - ({COMPLIES} if verdict is JUDGE else set()) == {verdict} and {one.verdict for one in found[LATER]} == {COMPLIES}
    asked = {question.key for one in found[HEIGHT] for question in one.questions}
    assert ("revised.bouwhoogte" in asked) is (verdict is JUDGE) and "governing_plans" not in asked
    assert {one.verdict for one in found[PLANE]} == {COMPLIES}  # the rest of the old plan holds


def test_a_house_that_is_too_high_for_both_violates_firmly():
    found = judged(site([high(6.0)], high(8.0)), house=box_part(6, 6, 14, 15, 0, 9))
    assert {one.verdict for one in (*found[HEIGHT], *found[LATER])} == {VIOLATES}


def test_the_old_value_holds_where_the_revision_gives_none():
    found = judged(site([high(6.0)], high(8.0), WEST, (OLD,)))
    assert sorted((one.measurements[0].limit, one.verdict.value) for one in found[HEIGHT]) == [(6.0, "violates"), (8.0, "complies")]
    east = judged(site([high(6.0)], high(8.0), WEST, (OLD,)), house=box_part(11, 6, 14, 15, 0, 7))
    assert [one.verdict for one in east[HEIGHT]] == [VIOLATES]


@pytest.mark.parametrize(("old", "new"), [
    ([high(6.0)], high(4.0)), ([high(6.0)], high(8.0, "goothoogte")), ([high(6.0)], high(8.0, qualifier="minimum")),
    ([high(6.0)], PlanValue("bouwhoogte bijbehorend bouwwerk", "maximum", 8.0, "m", "maximum bouwhoogte bijbehorende bouwwerken (m)=8", "bijbehorend bouwwerk")),
])
def test_a_value_that_is_no_wider_one_of_the_same_quantity_takes_no_place(old, new):
    found = judged(site(old, new, changes=(OLD,)))
    assert {one.verdict for one in found[HEIGHT]} == {VIOLATES} and {one.measurements[0].limit for one in found[HEIGHT]} == {6.0}


MAIN = PlanValue("bouwhoogte hoofdgebouw", "maximum", 6.0, "m", "maximum bouwhoogte hoofdgebouwen (m)=6", "hoofdgebouw")


@pytest.mark.parametrize(("old", "new", "as_new"), [
    (MAIN, high(8.0), COMPLIES), (high(6.0), replace(MAIN, value=8.0), COMPLIES), (high(6.0), replace(high(8.0), qualifier=None), COMPLIES),
    (high(6.0), replace(high(scenes.GROUND + 8.0), unit=ABOVE_NAP), COMPLIES), (high(6.0), replace(high(scenes.GROUND + 6.5), unit=ABOVE_NAP), VIOLATES),
    (high(6.0), replace(high(2.0), unit="bouwlagen"), Verdict.NOT_ASSESSABLE),
    (high(6.0), PlanValue("bouwhoogte", "maximum", None, "", "maximum bouwhoogte=zie de regels"), Verdict.NOT_ASSESSABLE),
])
def test_a_later_value_in_other_words_may_be_wider(old, new, as_new):
    """6 m and a house of 7 m; later 8 m for buildings of any kind, for main buildings, without a word, above NAP, or what is no number of metres."""
    rule = f"plan:{OLD}:maximum:{old.name}"
    assert {one.verdict for one in judged(site([old], new, changes=(OLD,)))[rule]} == {as_new}
    asked = judged(site([old], new))[rule]
    assert JUDGE in {one.verdict for one in asked} or as_new is VIOLATES
    assert ({one.verdict for one in asked} == {VIOLATES}) is (as_new is VIOLATES)
    assert {one.verdict for one in judged(site([old], new), {"revised." + old.name: "no"})[rule]} == {VIOLATES}


def test_a_value_above_nap_that_lies_lower_takes_no_place():
    """5.5 m above the ground, and 6 m before: the house of 5.8 m violates the later value alone."""
    found = judged(site([high(6.0)], replace(high(scenes.GROUND + 5.5), unit=ABOVE_NAP), changes=(OLD,)), house=box_part(6, 6, 14, 15, 0, 5.8))
    assert {one.verdict for one in found[HEIGHT]} == {COMPLIES} and {one.measurements[0].limit for one in found[HEIGHT]} == {6.0}
    assert {one.verdict for one in found[LATER]} == {VIOLATES}


def test_a_later_value_without_a_readable_place_is_asked_and_one_of_another_quantity_is_not():
    lost = site([high(6.0)], high(8.0), changes=(OLD,))
    lost = replace(lost, plans=lost.plans[:-1], unplaced=(replace(lost.plans[-1], unplaced=True),))
    asked = [one for one in judged(lost)[HEIGHT] if one.verdict is JUDGE]
    assert {question.key for one in asked for question in one.questions} == {"lies_here:h1"}
    assert {one.verdict for one in judged(lost, {"lies_here:h1": "yes"})[HEIGHT]} == {COMPLIES}
    assert {one.verdict for one in judged(lost, {"lies_here:h1": "no"})[HEIGHT]} == {VIOLATES}
    eaves = replace(lost.unplaced[0], values=(high(8.0, "goothoogte"),))
    assert {one.verdict for one in judged(replace(lost, unplaced=(eaves,)))[HEIGHT]} == {VIOLATES}


@pytest.mark.parametrize(("answers", "verdicts"), [({}, {JUDGE, COMPLIES}), ({"revised.bouwhoogte": "yes"}, {COMPLIES}), ({"revised.bouwhoogte": "no"}, {VIOLATES})])
def test_what_took_the_place_of_a_value_is_itself_followed_through(answers, verdicts):
    """6 m, then 6.5 m, then 8 m; a house of 7 m."""
    last = "NL.IMRO.9999.BP1H2"
    where = site([high(6.0)], high(6.5), revised_by=(NEW, last))
    old, middle = where.plan_documents
    third = replace(plan_area("h2", "maatvoering", "", WIDE, high(8.0)), plan_id=last, plan_name="Tweede herziening")
    documents = (old, replace(middle, revised_by=(last,)), Plan(last, "Tweede herziening", proposed=True))
    found = judged(replace(where, plans=(*where.plans, third), plan_documents=documents), answers)
    assert {one.verdict for one in found[HEIGHT]} <= verdicts and {one.verdict for one in found[LATER]} <= verdicts
    assert (JUDGE in {one.verdict for one in found[HEIGHT]}) is (not answers)
    assert {one.verdict for one in found[f"plan:{last}:maximum:bouwhoogte"]} == {COMPLIES}


def test_only_plans_that_revise_one_another_do():
    assert {one.verdict for one in judged(site([high(6.0)], high(8.0), changes=(OLD,), revised_by=()))[HEIGHT]} == {VIOLATES}


def test_other_values_of_the_old_plan_ask_nothing_of_it():
    """One object with an eaves height as well: of that the revision says nothing."""
    found = judged(site([high(6.0), high(9.0, "goothoogte")], high(8.0)))
    assert {one.verdict for one in found[f"plan:{OLD}:maximum:goothoogte"]} == {COMPLIES}
    assert not [one for one in found[f"plan:{OLD}:maximum:goothoogte"] for premise in one.premises if premise.key.startswith("revised")]


def test_a_written_rule_takes_the_newer_value_and_sizes_and_formulas_do():
    where = site([high(6.0), high(7.0, "breedte")], high(8.0), changes=(OLD,))
    wider = replace(plan_area("h2", "maatvoering", "", WIDE, high(10.0, "breedte")), plan_id=NEW)
    where = replace(where, plans=(*where.plans, wider))
    legal = (LegalSource("plan"),)
    rules = (
        Rule("h", "max_building_height", {"nl": "h"}, legal, Limit("<=", "m", from_plan="bouwhoogte")), Rule("w", "max_width", {"nl": "w"}, legal, Limit("<=", "m", from_plan="breedte")),
        Rule("f", "max_eaves_height", {"nl": "f"}, legal, Limit("<=", "m", formula="H - 0.5")),
    )
    given = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
    found = review(where, scenes.design(HOUSE), Ruleset("t", "1", {}, rules), given)
    assert {(one.rule, one.verdict, one.measurements[0].limit) for one in found} == {("h", COMPLIES, 8.0), ("w", COMPLIES, 10.0), ("f", COMPLIES, 7.5)}


WIDE_HOUSE = box_part(2, 6, 14, 15, 0, 5)


def redrawn(plane, house=WIDE_HOUSE, changes=(), answers=None):
    """Verdict on the old bouwvlak where a later plan that only adds draws another, and what is asked."""
    later = replace(plan_area("h1", "bouwvlak", "bouwvlak", plane), plan_id=NEW, plan_name="Eerste herziening")
    documents = (Plan(OLD, "Kom", proposed=True, revised_by=(NEW,)), Plan(NEW, "Eerste herziening", proposed=True, changes=changes))
    read = MeasuringProfile(OLD, entries=(ProfileEntry("applies_to", "bouwwerk", "5.2"), ProfileEntry("minor_parts", {"minor_overshoot_m": 0.0}, "2.7")))
    found = judged(scenes.site(plans=(*scenes.site().plans, later), plan_documents=documents), answers, house, (read,))[PLANE]
    return {one.verdict for one in found}, {question.key for one in found for question in one.questions}


@pytest.mark.parametrize(("plane", "changes", "answers", "verdict", "asked"), [
    (box(1, 4, 16, 18), (OLD,), {}, COMPLIES, False), (box(1, 4, 16, 18), (), {}, JUDGE, True),
    (box(1, 4, 16, 18), (), {"revised.bouwvlak": "yes"}, COMPLIES, False), (box(1, 4, 16, 18), (), {"revised.bouwvlak": "no"}, VIOLATES, False),
    (box(4, 4, 16, 18), (OLD,), {}, VIOLATES, False), (box(4, 4, 16, 18), (), {}, VIOLATES, False),  # it lies outside both
    (box(6, 6, 12, 12), (), {}, VIOLATES, False), (box(30, 6, 50, 12), (), {}, VIOLATES, False),
])  # fmt: skip
def test_a_bouwvlak_that_a_later_plan_draws_wider(plane, changes, answers, verdict, asked):
    assert redrawn(plane, changes=changes, answers=answers) == ({verdict}, {"revised.bouwvlak"} if asked else set())


def test_a_later_bouwvlak_leaves_those_that_it_does_not_lie_on():
    """Two bouwvlakken of the old plan in one object each, and the house in the other one."""
    assert redrawn(box(-9, 4, 4, 18), box_part(6, 6, 14, 15, 0, 5), (OLD,)) == ({COMPLIES}, set())


STAMP = box(0, 0, 20, 40)


def stamped(house=HOUSE, answers=None, limit=8.0, at="2026-11-01", **new):
    """A postzegelplan with its own height in a plan of 300 by 300 m of which the height is 6 m; by plan, the verdict on the height and what is asked."""
    wide = box(-150, -150, 150, 150)
    old = (plan_area("e1", "enkelbestemming", "Wonen", wide), plan_area("b1", "bouwvlak", "bouwvlak", wide), plan_area("m1", "maatvoering", "", wide, high(6.0)))
    stamp = (plan_area("e2", "enkelbestemming", "Wonen", STAMP), plan_area("b2", "bouwvlak", "bouwvlak", STAMP), plan_area("m2", "maatvoering", "", STAMP, high(limit)))
    plans = (*old, *(replace(area, plan_id=NEW, plan_name="Zegel") for area in stamp))
    documents = (Plan(OLD, "Kom", "bestemmingsplan", "vastgesteld", date="2010-01-01"), Plan(NEW, "Zegel", "bestemmingsplan", **{"status": "vastgesteld", "date": "", **new}))
    found = judged(scenes.site(plans=plans, plan_documents=propose(documents, plans, at, at)), answers, house)
    one = {key: finding for key in (OLD, NEW) for finding in found.get(f"plan:{key}:maximum:bouwhoogte", ())}
    return {key: finding.verdict for key, finding in one.items()}, {question.key for finding in one.values() for question in finding.questions}, one


WAITS = {"date": "2026-10-15"}


@pytest.mark.parametrize("new", [{}, {"date": "2010-01-01"}, {"date": "2020-01-01", "status": "raadselachtig"}, WAITS], ids=str)
def test_which_of_two_plans_governs_a_part_of_the_old_one_is_asked_where_it_is_open(new):
    """A house of 7 m: too high for the plan around, not for the small one."""
    verdicts, asked, found = stamped(**new)
    assert (verdicts, asked) == ({OLD: JUDGE, NEW: COMPLIES}, {"governing_plans"})
    assert stamped(box_part(6, 6, 14, 15, 0, 5), **new)[:2] == ({OLD: COMPLIES, NEW: COMPLIES}, set())
    assert set(stamped(box_part(6, 6, 14, 15, 0, 9), **new)[0].values()) == {JUDGE}
    (premise,) = (premise for premise in found[OLD].premises if premise.key == "governing_plans")
    for choice in premise.choices:  # what each choice gives is what it gives
        given = stamped(answers={"governing_plans": choice.answer}, **new)[0]
        assert given.get(OLD, Verdict.NOT_APPLICABLE) is choice.verdict and JUDGE not in given.values()
    assert {choice.verdict for choice in premise.choices} == {VIOLATES, Verdict.NOT_APPLICABLE}


def test_a_later_plan_takes_its_ground_from_a_plan_however_large():
    assert stamped(date="2020-01-01")[:2] == ({NEW: COMPLIES}, set()) and stamped(date="2020-01-01", limit=5.0)[:2] == ({NEW: VIOLATES}, set())
    assert stamped(date="2001-01-01")[:2] == ({OLD: VIOLATES}, set())
