"""A rule, a parameter, a power or a plan with a place holds where that place is: not elsewhere, and not nowhere because of elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.model import LegalSource, Limit, MeasuringProfile, Parameter, Plan, PlanValue, ProfileEntry, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, rd
from scenes import box_part, plan_area, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
OPEN, OUT = Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE
LOW, HIGH = box_part(3, 6, 8, 14, 0, 3.5, fid="low"), box_part(8, 6, 12, 14, 0, 7.2, fid="high")
"""West of x = 8 the house is 3.5 m high over 40 m2, east of it 7.2 m over 32 m2."""
WEST = {"location": {"polygon": rd((0, 0), (8, 0), (8, 40), (0, 40))}}
EAST = {"location": {"polygon": rd((8, 0), (20, 0), (20, 40), (8, 40))}}
DORP = {"location": {"layer": "enkelbestemming", "where": {"naam": "Dorp"}}}
RAND = {"location": {"layer": "enkelbestemming", "where": {"naam": "Rand"}}}


def in_two(site=None):
    """Return a site with the bestemming Dorp west of x = 8 and Rand east of it."""
    site = site or scenes.site()
    zones = (plan_area("d", "enkelbestemming", "Dorp", box(-40, 0, 8, 40)), plan_area("r", "enkelbestemming", "Rand", box(8, 0, 60, 40)))
    return replace(site, plans=(*(area for area in site.plans if area.kind != "enkelbestemming"), *zones))


def rule(name="own", check="max_building_height", value=5.0, op="<=", unit="m", formula="", **words):
    return Rule(name, check, {"nl": name}, (LegalSource("plan"),), Limit(op, unit, None if formula else value, formula=formula), **words)


def verdicts(*rules, parts=(LOW, HIGH), site=None, answers=None, parameters=()):
    """Return the verdicts of each rule, by its id."""
    found = review(site or in_two(), scenes.design(*parts), Ruleset("t", "1", {}, tuple(rules), parameters=tuple(parameters)), {**PEIL, **(answers or {})})
    assert not any(note.code == "checks_failed" for one in found for note in one.missing), found
    return {own.id: [one.verdict for one in found if one.rule == own.id] for own in rules}


@pytest.mark.parametrize(("where", "verdict"), [
    (WEST, COMPLIES), (EAST, VIOLATES), (DORP, COMPLIES), (RAND, VIOLATES),
    ({"not": [DORP]}, VIOLATES), ({"not": [RAND]}, COMPLIES), ({"any": [WEST, EAST]}, VIOLATES), ({"all": [WEST, EAST]}, OUT),
    ({"any": [DORP, {"location": {"layer": "parcels", "where": {"designation": "nergens"}}}]}, COMPLIES), ({"not": [WEST, EAST]}, OUT),
])
def test_a_height_is_measured_where_the_rule_holds(where, verdict):
    assert verdicts(rule(applies_when=where))["own"] == [verdict]


@pytest.mark.parametrize(("check", "op", "value", "unit", "where", "verdict"), [
    ("min_building_height", ">=", 5.0, "m", EAST, COMPLIES), ("min_building_height", ">=", 5.0, "m", WEST, VIOLATES),
    ("max_eaves_height", "<=", 4.0, "m", WEST, COMPLIES), ("max_eaves_height", "<=", 4.0, "m", EAST, VIOLATES),
    ("max_area", "<=", 75.0, "m2", WEST, COMPLIES), ("max_area", "<=", 50.0, "m2", WEST, JUDGE), ("max_area", "<=", 39.0, "m2", WEST, VIOLATES),
    ("max_volume", "<=", 150.0, "m3", WEST, JUDGE), ("max_volume", "<=", 130.0, "m3", WEST, VIOLATES),
    ("max_depth", "<=", 10.0, "m", WEST, COMPLIES), ("max_width", "<=", 6.0, "m", WEST, JUDGE),
])
def test_what_is_measured_over_all_of_a_building_is_asked_where_that_turns_it(check, op, value, unit, where, verdict):
    """A height belongs to what stands there; whether an area, a volume or a width is of the part or of the building is not in the rule."""
    answers = {"front_boundary": {"lines": [rd((0, 0), (20, 0))]}}
    assert verdicts(rule(check=check, op=op, value=value, unit=unit, applies_when=where), answers=answers)["own"] == [verdict]


@pytest.mark.parametrize(("objects", "verdict"), [({"high": "hoofdgebouw", "low": "bijgebouw"}, OUT), ({"high": "bijgebouw", "low": "hoofdgebouw"}, COMPLIES)])
def test_an_object_that_stands_elsewhere_is_not_measured_where_the_rule_holds(objects, verdict):
    assert verdicts(rule(applies_when=WEST, applies_to=("hoofdgebouw",)), answers={"objects": objects})["own"] == [verdict]


@pytest.mark.parametrize(("west", "east", "found"), [(5, 8, [COMPLIES, COMPLIES]), (3, 8, [COMPLIES, VIOLATES]), (5, 6, [VIOLATES, COMPLIES])])
def test_a_parameter_has_its_value_where_its_place_is(west, east, found):
    shared = Parameter("top", west, "m", ((RAND, east),))
    told = verdicts(rule(formula="top"), parameters=(shared,))["own"]
    assert sorted(told, key=str) == sorted(found, key=str)


def test_the_first_place_of_a_parameter_that_holds_decides_there():
    """Three bands of 3 m: 8, 4 and 6 m; the house of 7.2 m in the first and the third, of 3.5 m in the second."""
    bands = [{"location": {"polygon": rd((x, 0), (20, 0), (20, 40), (x, 40))}} for x in (10, 7)]
    told = verdicts(rule(formula="top"), parameters=(Parameter("top", 4, "m", ((bands[0], 8), (bands[1], 6))),))["own"]
    assert sorted(told, key=str) == sorted([COMPLIES, VIOLATES, COMPLIES], key=str)


@pytest.mark.parametrize(("answers", "verdict"), [({}, [JUDGE, JUDGE]), ({"monument": "ja"}, [COMPLIES]), ({"monument": "nee"}, [VIOLATES])])
def test_a_parameter_that_hangs_on_an_answer_is_asked(answers, verdict):
    told = verdicts(rule(formula="top"), parameters=(Parameter("top", 6, "m", (({"status": "monument"}, 8),)),), answers=answers)["own"]
    assert told == verdict[: len(told)]


@pytest.mark.parametrize(("words", "own", "special"), [
    ({"applies_when": EAST, "overrides": ("own",)}, [COMPLIES], [COMPLIES]),
    ({"applies_when": EAST, "priority": 3}, [COMPLIES], [COMPLIES]),
    ({"applies_when": WEST, "overrides": ("own",)}, [VIOLATES], [COMPLIES]),
    ({"applies_when": {"any": [EAST, WEST]}, "overrides": ("own",)}, [OUT], [COMPLIES]),
    ({"applies_when": {"location": {"polygon": rd((7.8, 0), (20, 0), (20, 40), (7.8, 40))}}, "overrides": ("own",)}, [COMPLIES], [COMPLIES]),
    ({"applies_when": {"location": {"polygon": rd((40, 0), (50, 0), (50, 40), (40, 40))}}, "overrides": ("own",)}, [VIOLATES], [OUT]),
    ({"overrides": ("own",), "limit": Limit("<=", "m", formula="3 + nobody_knows")}, [JUDGE], [OPEN]),
    ({"applies_when": {"all": [EAST, {"status": "monument"}]}, "overrides": ("own",)}, [JUDGE], [COMPLIES]),
])
def test_a_rule_that_goes_before_leaves_what_it_is_not_about(words, own, special):
    limit = words.pop("limit", Limit("<=", "m", 9.0)) if "limit" in words else Limit("<=", "m", 9.0)
    told = verdicts(rule(), replace(rule("special"), limit=limit, **words))
    assert (told["own"], told["special"]) == (own, special)


def test_a_rule_of_some_parts_that_goes_before_leaves_the_others():
    shed = box_part(4, 28, 7, 32, 0, 2.9, fid="shed")
    told = verdicts(rule(value=5), replace(rule("special", value=3), applies_to=("bijgebouw",), overrides=("own",)), parts=(HIGH, shed))
    assert (told["own"], told["special"]) == ([VIOLATES], [COMPLIES])


def two_plans(replaced=True, east=True, high=8.0, plane=14, over=()):
    """Return a site of a plan west of x = 8 (9 m high) and another east of it, each with a bouwvlak to y = 14 and ``plane``."""
    site = scenes.site()
    own = (
        plan_area("p1", "plangebied", "Een", box(-60, -60, 80 if replaced else 8, 80)), plan_area("e1", "enkelbestemming", "Dorp", box(-40, 0, 60 if replaced else 8, 40)),
        plan_area("b1", "bouwvlak", "vlak", box(3, 6, 20 if replaced else 8, 14), belongs_to="e1"),
        plan_area("m1", "maatvoering", "h", box(3, 6, 20 if replaced else 8, 14), scenes.maximum_height(5.0), belongs_to="b1"),
    )
    other = (
        plan_area("p2", "plangebied", "Twee", box(8, -60, 80, 80)), plan_area("e2", "enkelbestemming", "Rand", box(8, 0, 60, 40)),
        plan_area("b2", "bouwvlak", "vlak", box(8, 6, 20, plane), belongs_to="e2"),
        plan_area("m2", "maatvoering", "h", box(8, 6, 20, plane), PlanValue("bouwhoogte", "maximum", high, "m", f"maximum bouwhoogte (m)={high}"), belongs_to="b2"),
    )
    other = tuple(replace(area, plan_id="NL.IMRO.9999.BP2", plan_name="Twee") for area in other) if east else ()
    first = Plan("NL.IMRO.9999.BP1", "Een", "bestemmingsplan", "vastgesteld", proposed=True, order=2, replaced=shift(box(8, -60, 80, 80)) if replaced else None)
    second = Plan("NL.IMRO.9999.BP2", "Twee", "bestemmingsplan", "vastgesteld", proposed=True, order=1)
    return replace(site, plans=(*own, *other, *over), plan_documents=(first, second) if east else (first,))


def of_the_plans(site, check, parts=(LOW, HIGH), answers=None):
    """Return the verdicts of the plans' own rules of a check, by plan."""
    design, told = scenes.design(*parts), {**PEIL, **(answers or {})}
    context = Context(site, design, told)
    read = {"applies_to": ["gebouw"], "exempt_parts": ["chimney"], "minor_parts": {"minor_overshoot_m": 0.0}}
    profiles = [MeasuringProfile(f"NL.IMRO.9999.BP{n}", "", tuple(ProfileEntry(key, value) for key, value in read.items())) for n in (1, 2)]
    found = review(site, design, derive(context.may_govern(), context.projection, REGISTRY, profiles), told, profiles=profiles)
    return [(one.rule.split(":")[1][-3:], one.verdict) for one in found if one.check == check]


@pytest.mark.parametrize("replaced", [True, False])
@pytest.mark.parametrize(("high", "plane", "height", "inside"), [(8.0, 14, COMPLIES, COMPLIES), (7.0, 14, VIOLATES, COMPLIES), (8.0, 12, COMPLIES, VIOLATES)])
def test_a_design_over_two_plans_is_measured_for_each_on_its_own_ground(replaced, high, plane, height, inside):
    site = two_plans(replaced, high=high, plane=plane)
    heights = of_the_plans(site, "max_building_height")
    assert heights[:2] == [("BP1", COMPLIES), ("BP2", height)]
    assert heights[2:] == ([("BP2", OPEN)] if plane == 12 else [])  # beyond its bouwvlak the second plan shows no height
    assert of_the_plans(site, "within_building_plane") == [("BP1", COMPLIES), ("BP2", inside)]


def test_where_a_plan_was_replaced_and_nothing_else_is_known_nothing_is_decided():
    assert of_the_plans(two_plans(east=False), "within_building_plane") == [("BP1", COMPLIES), ("BP1", OPEN)]
    assert of_the_plans(two_plans(east=False), "max_building_height") == [("BP1", COMPLIES), ("BP1", OPEN)]


def test_a_wing_beyond_its_own_plans_bouwvlak_is_not_excused_by_the_other_plan():
    """The wing reaches 2 m north of the first plan's bouwvlak, on the first plan's ground, beside the second plan's."""
    wing = box_part(5, 14, 8, 16, 0, 3.5, fid="wing")
    assert of_the_plans(two_plans(False, plane=18), "within_building_plane", (LOW, HIGH, wing)) == [("BP1", VIOLATES), ("BP2", COMPLIES)]


def test_a_plan_without_a_bestemming_takes_no_ground_from_another():
    """A plan about parking lies over all of it; the first plan keeps its ground, also where that is not in its bouwvlak."""
    over = (replace(plan_area("p3", "plangebied", "Parkeren", box(-60, -60, 80, 80)), plan_id="NL.IMRO.9999.BP3"),)
    site = two_plans(False, east=False, over=over)
    told = of_the_plans(replace(site, plan_documents=()), "within_building_plane", (LOW, box_part(4, 14, 7, 17, 0, 3, fid="wing")))
    assert told == [("BP1", VIOLATES)]


def test_two_rules_that_together_go_before_everywhere_leave_nothing():
    west, east = (replace(rule(name, value=value), applies_when=where, overrides=("own",)) for name, value, where in (("w", 4.0, WEST), ("e", 8.0, EAST)))
    told = verdicts(rule(value=1.0), west, east)
    assert told == {"own": [OUT], "w": [COMPLIES], "e": [COMPLIES]}


@pytest.mark.parametrize(("where", "cures"), [(EAST, None), (WEST, None), ({"location": {"polygon": rd((30, 0), (40, 0), (40, 40))}}, True), (DORP, None), ({"any": [DORP, RAND]}, False)])
def test_a_power_that_is_barred_for_a_part_is_not_known_to_cure(where, cures):
    power = {"id": "x", "effect": "limit*1.5", "decision": "officer", "not_where": where}
    found = review(in_two(), scenes.design(LOW, HIGH), Ruleset("t", "1", {}, (rule(exceptions=(power,)),)), PEIL)[0]
    assert (found.verdict, [one.cures for one in found.deviations]) == (VIOLATES, [cures])


@pytest.mark.parametrize(("layer", "name", "answers", "verdict"), [
    ("bouwaanduiding", "vrij", {}, JUDGE), ("bouwaanduiding", "vrij", {"place_whole": "nee"}, COMPLIES), ("bouwaanduiding", "vrij", {"place_whole": "ja"}, VIOLATES),
    ("maatvoering", None, {}, VIOLATES), ("bouwvlak", None, {}, VIOLATES), ("enkelbestemming", "Rand", {}, COMPLIES), ("enkelbestemming", "Dorp", {}, VIOLATES),
])
def test_what_lies_outside_the_bouwvlak_is_not_excused_by_a_mark_inside_it(layer, name, answers, verdict):
    """West of x = 5 the house stands 2 m outside the bouwvlak; the mark covers the bouwvlak."""
    site = in_two()
    site = replace(site, plans=(*site.plans, plan_area("ba", "bouwaanduiding", "vrij", box(5, 5, 15, 17))))
    where = {"location": {"layer": layer, **({"where": {"naam": name}} if name else {})}}
    own = replace(rule(check="within_building_plane"), limit=Limit("<=", "m2", 0.0), applies_when=where)
    assert verdicts(own, site=site, answers=answers)["own"] == [verdict]


BOTH = ["NL.IMRO.9999.BP1", "NL.IMRO.9999.BP2"]


@pytest.mark.parametrize(("ids", "found"), [
    (BOTH, [("BP1", COMPLIES), ("BP2", COMPLIES)]), (BOTH[:1], [("BP1", VIOLATES)]), (BOTH[1:], [("BP2", COMPLIES), ("BP2", OPEN)]),
])
def test_a_ticked_plan_keeps_the_ground_that_no_other_ticked_plan_took(ids, found):
    site = two_plans()
    documents = tuple(replace(plan, geometry=shift(box(8 if plan.id == BOTH[1] else -60, -60, 80, 80))) for plan in site.plan_documents)
    for one in (site, replace(site, plan_documents=documents)):
        assert of_the_plans(one, "max_building_height", answers={"governing_plans": {"ids": ids}}) == found


@pytest.mark.parametrize(("doubted", "first"), [("BP3", COMPLIES), ("BP2", JUDGE)])
def test_a_doubt_about_one_plan_gives_no_ground_back_that_another_took(doubted, first):
    """A third plan over all of it, or the second, may not work yet: only the second's ground would fall back to the first plan."""
    over = (replace(plan_area("p3", "plangebied", "Drie", box(-60, -60, 80, 80)), plan_id="NL.IMRO.9999.BP3"),)
    site = two_plans(over=over)
    third = Plan("NL.IMRO.9999.BP3", "Drie", "bestemmingsplan", "vastgesteld", proposed=True, order=3)
    documents = tuple(replace(plan, otherwise=False if plan.id.endswith(doubted) else None) for plan in (*site.plan_documents, third))
    assert of_the_plans(replace(site, plan_documents=documents), "max_building_height")[0] == ("BP1", first)


@pytest.mark.parametrize(("west", "east", "where", "found"), [
    (5.0, 8.0, {}, [COMPLIES, COMPLIES]), (3.0, 8.0, {}, [VIOLATES, COMPLIES]), (5.0, 6.0, {}, [COMPLIES, VIOLATES]), (5.0, 8.0, EAST, [COMPLIES]),
    (5.0, 6.0, WEST, [COMPLIES]), (7.5, 7.5, {}, [COMPLIES]), (None, 8.0, {}, [COMPLIES, OPEN]), (None, 8.0, EAST, [COMPLIES]), (None, 8.0, WEST, [OPEN]),
])
def test_a_formula_takes_the_plans_value_of_each_place(west, east, where, found):
    """A rule 'H - 0.2' over two heights of the map; where the map shows none nothing is computed."""
    given = [(f"h{n}", shape, value) for n, (shape, value) in enumerate(((box(0, 5, 8, 17), west), (box(8, 5, 15, 17), east))) if value is not None]
    site = in_two()
    zones = (plan_area(fid, "maatvoering", "h", shape, scenes.maximum_height(value + 0.2)) for fid, shape, value in given)
    site = replace(site, plans=(*(area for area in site.plans if area.fid != "m1"), *zones))
    assert sorted(verdicts(rule(formula="H - 0.2", applies_when=where), site=site)["own"], key=str) == sorted(found, key=str)
