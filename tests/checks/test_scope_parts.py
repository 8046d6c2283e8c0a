"""What of a design a rule is about and where, and which finding governs which, step by step and by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

from drieluik.checks import REGISTRY
from drieluik.checks.engine import scope
from drieluik.checks.engine.rulebook.precedence import in_order
from drieluik.checks.engine.scope import of_a_part, of_its_plan, of_the_place, parts_of, plan_ground, scope_of, truth_of
from drieluik.model import InputUsed, Limit, Measurement, Note, PlanNorm, Verdict
from drieluik.model.plan_words import CONFIRMED, OPEN, Clause
from one_context import HOUSE, context, finding, local, maatvoering, rule
from one_rule import rd
from scenes import box_part, plan_area, shift, site

SHED, CHIMNEY = box_part(15, 30, 19, 34, 0, 3, fid="shed"), box_part(8, 8, 9, 9, 8, 9, kind="chimney", fid="chimney")
EMPTY = {"registered_buildings": (), "topography": ()}
HEIGHT, PLANE = REGISTRY["max_building_height"], REGISTRY["within_building_plane"]


def there(x0, x1):
    return {"location": {"polygon": rd((x0, 0), (x1, 0), (x1, 40), (x0, 40))}}


WEST, EAST, AWAY, ALL = there(0, 10), there(10, 20), there(30, 40), there(0, 20)


def marked(kind, x0=0, x1=10):
    return {"plans": (*site().plans, plan_area("mark", kind, "vlak", box(x0, 0, x1, 40)))}, {"location": {"layer": kind, "where": {"naam": "vlak"}}}


def scoped(own, *parts, before=(), check=HEIGHT, answers=None, **changes):
    """Return (parts, ground that the house of 6-14 has there, notes, what is open)."""
    scene = context(*(parts or (HOUSE,)), answers=answers, **{**EMPTY, **changes})
    found = scope_of(own, scene, check, before)
    notes = [" ".join((note.code, *(str(value) for _, value in note.data))) for note in found.notes]
    if found.context is None:
        return None, None, notes, list(scene.ledger.open)
    inside = found.context
    ground = None if inside.place is None else tuple(round(float(edge), 1) for edge in local(inside.here(inside.projection)).bounds)
    return " ".join(part.fid for part in inside.design.parts), ground, notes, list(scene.ledger.open)


@pytest.mark.parametrize(("words", "parts", "answers", "expected"), [
    ({}, (), {}, ("box", None, [], [])), ({"applies_when": WEST}, (), {}, ("box", (6, 6, 10, 14), [], [])), ({"applies_when": AWAY}, (), {}, (None, None, ["engine_polygon"], [])), ({"applies_when": ALL}, (), {}, ("box", None, [], [])),
    ({"applies_to": ("bijgebouw",)}, (HOUSE, SHED), {}, ("shed", None, ["engine_assumed_largest 64.0"], [])), ({"applies_to": ("hoofdgebouw",)}, (HOUSE, SHED), {}, ("box", None, ["engine_assumed_largest 64.0"], [])), ({"applies_to": ("bijgebouw",)}, (HOUSE,), {}, (None, None, ["engine_object bijgebouw"], [])),
    ({"applies_to": ("bijgebouw",), "applies_when": there(0, 12)}, (HOUSE, SHED), {}, (None, None, ["engine_parts_elsewhere"], [])), ({"applies_to": ("bijgebouw", "hoofdgebouw")}, (HOUSE, SHED), {}, ("box shed", None, ["engine_assumed_largest 64.0"], [])),
    ({"applies_when": {"object": {"kind": "bijgebouw"}}}, (HOUSE, SHED), {}, ("shed", None, ["engine_assumed_largest 64.0"], [])), ({"applies_when": {"object": {"kind": ["bijgebouw", "gebouw"]}}}, (HOUSE, SHED), {}, ("box shed", None, ["engine_assumed_largest 64.0"], [])),
    ({"applies_when": {"object": {"classes": ["chimney"]}}}, (HOUSE, CHIMNEY), {}, ("chimney", None, [], [])), ({"applies_when": {"object": {"classes": ["chimney"]}}}, (HOUSE,), {}, (None, None, ["engine_classes chimney"], [])), ({"applies_when": {"object": {"classes_not": ["chimney"]}}}, (HOUSE, CHIMNEY), {}, ("box", None, [], [])),
    ({"applies_when": {"object": {"classes_not": ["building"]}}}, (HOUSE,), {}, (None, None, ["engine_classes building"], [])), ({"applies_when": {"status": "monument"}}, (), {"monument": "no"}, (None, None, ["engine_answered monument no"], [])), ({"applies_when": {"status": "monument"}}, (), {"monument": "yes"}, ("box", None, [], [])),
])
def test_what_of_a_design_a_rule_is_about(words, parts, answers, expected):
    assert scoped(rule(check="max_building_height", **words), *parts, answers=answers) == expected


@pytest.mark.parametrize(("before", "expected"), [
    (({"applies_when": EAST},), ("box", (6, 6, 10, 14), ["engine_gives_way a0"], [])), (({"applies_when": AWAY},), ("box", None, [], [])), (({},), ("box", None, [], [])), (({"applies_when": EAST}, {"applies_when": WEST}), (None, None, ["engine_gives_way a0", "engine_gives_way a1"], [])), (({"applies_when": there(6.3, 20)},), ("box", None, [], [])),
    (({"applies_when": there(6.6, 20)},), ("box", (6, 6, 6.6, 14), ["engine_gives_way a0"], [])), (({"applies_when": EAST}, {"applies_when": there(0, 8)}), ("box", (8, 6, 10, 14), ["engine_gives_way a0", "engine_gives_way a1"], [])), (({"applies_when": EAST}, {}), (None, None, ["engine_gives_way a0", "engine_gives_way a1"], [])),
])
def test_what_rules_that_go_before_leave(before, expected):
    rules = [rule(f"a{number}", **words) for number, words in enumerate(before)]
    assert scoped(rule(check="max_building_height"), before=rules) == expected


@pytest.mark.parametrize(("before", "own", "expected"), [
    ({"applies_to": ("bijgebouw",)}, {}, ("box", ["engine_gives_way a"])), ({"applies_to": ("hoofdgebouw",)}, {}, ("shed", ["engine_gives_way a"])), ({"applies_to": ("bijgebouw",), "applies_when": there(0, 17)}, {}, ("box shed", [])), ({"applies_to": ("bijgebouw",)}, {"applies_to": ("bijgebouw",)}, ("shed", ["engine_assumed_largest 64.0"])),
    ({"applies_to": ("bijgebouw", "hoofdgebouw")}, {}, ("box shed", [])),
])
def test_which_parts_rules_that_go_before_leave(before, own, expected):
    found = scoped(rule(check="max_building_height", **own), HOUSE, SHED, before=[rule("a", **before)])
    assert (found[0], found[2]) == expected


@pytest.mark.parametrize(("kind", "check", "limit", "expected"), [
    ("maatvoering", HEIGHT, None, (6, 6, 10, 14)), ("maatvoering", PLANE, None, None), ("maatvoering", None, None, (6, 6, 10, 14)), ("maatvoering", None, Limit("<=", "m", None, "bouwhoogte"), None), ("maatvoering", None, Limit("<=", "m", 9.0), (6, 6, 10, 14)), ("omgevingsnorm", PLANE, None, None), ("omgevingswaarde", PLANE, None, None), ("omgevingswaarde", None, Limit("<=", "m", None, "bouwhoogte"), None), ("bouwvlak", PLANE, None, None),
    ("bouwvlak", HEIGHT, None, (6, 6, 10, 14)), ("bouwaanduiding", PLANE, None, (6, 6, 10, 14)), ("gebiedsaanduiding", PLANE, None, (6, 6, 10, 14)),
])
def test_what_a_rule_measures_against_says_whether_and_not_where(kind, check, limit, expected):
    changes, where = marked(kind)
    changes = {"plans": tuple(area for area in changes["plans"] if area.kind != kind or area.fid == "mark")}
    scene = context(**changes)
    truth = truth_of(rule(applies_when=where, limit=limit), scene, check)
    assert (None if truth.where is None else tuple(round(float(edge), 1) for edge in local(truth.where.intersection(scene.projection)).bounds)) == expected
    more = truth_of(rule(applies_when=where, limit=limit), scene, check, (kind,)).where
    assert (more is None) is (check is PLANE or expected is None)


@pytest.mark.parametrize(("kind", "answers", "ground", "asked"), [
    ("bouwaanduiding", {}, None, True), ("functieaanduiding", {}, None, True), ("gebiedsaanduiding", {}, (6, 6, 10, 14), False), ("bouwaanduiding", {"place_whole": "no"}, (6, 6, 10, 14), False), ("bouwaanduiding", {"place_whole": "yes"}, None, False),
])
def test_whether_a_mark_is_about_the_whole_is_asked(kind, answers, ground, asked):
    changes, where = marked(kind)
    found = scoped(rule(check="within_building_plane", applies_when=where), check=PLANE, answers=answers, **changes)
    assert (found[1], "place_whole" in found[3]) == (ground, asked)


def test_a_mark_over_almost_all_of_it_asks_nothing():
    changes, where = marked("bouwaanduiding", 0, 13.7)
    assert scoped(rule(check="within_building_plane", applies_when=where), check=PLANE, **changes)[3] == []


@pytest.mark.parametrize(("place", "answers", "part", "asked"), [(None, {}, False, False), (box(0, 0, 10, 40), {}, False, True), (box(0, 0, 10, 40), {"place_whole": "no"}, True, False), (box(0, 0, 13.7, 40), {"place_whole": "no"}, False, False), (box(0, 0, 13.4, 40), {"place_whole": "no"}, True, False)])
def test_whether_a_rule_of_a_place_is_about_a_part(place, answers, part, asked):
    scene = replace(context(answers=answers), place=None if place is None else shift(place))
    assert of_the_place(scene) is part and ("place_whole" in scene.ledger.open) is asked
    assert not asked or (scene.ledger.open["place_whole"].question.note == Note.of("engine_question_place_part") and scene.ledger.open["place_whole"].alternatives[0].value is True)


@pytest.mark.parametrize(("verdict", "after"), [(Verdict.COMPLIES, Verdict.COMPLIES), (Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE), (Verdict.VIOLATES, Verdict.NOT_ASSESSABLE), (Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE), (Verdict.NOT_ASSESSABLE, Verdict.NOT_ASSESSABLE)])
def test_what_the_whole_meets_a_part_meets(verdict, after):
    before = finding(verdict=verdict, missing=(Note.of("x"),))
    found = of_a_part(before)
    assert found.verdict is after and found.missing == ((Note.of("x"),) if after is verdict is not Verdict.NOT_ASSESSABLE else (Note.of("x"), Note.of("engine_place_part")))


def test_parts_of_a_kind_that_nobody_knows_are_all_parts():
    scene = context(HOUSE, SHED, answers={"objects": {"shed": "bijgebouw"}})
    assert [part.fid for part in parts_of(rule(applies_to=("bijgebouw",)), scene)] == ["shed"] and [part.fid for part in parts_of(rule(), scene)] == ["box", "shed"]
    named = context(HOUSE, SHED, answers={"objects": {"shed": "bijgebouw", "box": "hoofdgebouw"}})
    assert parts_of(rule(applies_to=("erfafscheiding",)), named) == () and [part.fid for part in parts_of(rule(applies_to=("erfafscheiding",)), context(SHED))] == ["shed"]
    both = {"object": {"classes": ["chimney", "building"], "classes_not": ["building"]}}
    assert [part.fid for part in parts_of(rule(applies_when=both), context(HOUSE, CHIMNEY))] == ["chimney"]


def other(fid, kind, shape):
    return replace(plan_area(fid, kind, fid, shape), plan_id="NL.IMRO.9999.BP2")


@pytest.mark.parametrize(("plan_id", "more", "expected"), [
    ("", (), None), ("NL.IMRO.9999.BP1", (), None), ("NL.IMRO.9999.BP1", (other("o", "enkelbestemming", box(10, 0, 60, 40)),), None), ("NL.IMRO.9999.BP2", (other("o", "enkelbestemming", box(30, 0, 60, 40)),), (0.0, 0.0)), ("NL.IMRO.9999.BP3", (), None),
])
def test_where_a_rule_of_one_plan_speaks(plan_id, more, expected):
    scene = replace(context(plans=(*site().plans, *more)), plan_id=plan_id)
    found = of_its_plan(scene)
    assert (found is None) is (expected is None) and (expected is None or found.is_empty)
    small = tuple(replace(area, geometry=shift(box(0, 0, 10, 40))) if area.fid == "e1" else area for area in site().plans)
    west = of_its_plan(replace(context(plans=(*small, other("o", "enkelbestemming", box(10, 0, 60, 40)))), plan_id="NL.IMRO.9999.BP1"))
    assert tuple(round(float(edge), 1) for edge in local(west.intersection(scene.projection)).bounds) == (6, 6, 10, 14)
    assert of_its_plan(replace(context(plans=small), plan_id="NL.IMRO.9999.BP1")) is None and of_its_plan(replace(context(plans=(*small, other("o", "enkelbestemming", box(30, 0, 60, 40)))), plan_id="NL.IMRO.9999.BP1")) is None


def test_the_ground_of_a_plan_is_its_bestemmingen_else_its_plangebied():
    own = {area.fid: area for area in site().plans}
    assert local(plan_ground(context())).bounds == (-40, 0, 60, 40) and local(plan_ground(context(plans=(own["p1"], own["b1"])))).bounds == (-60, -60, 80, 80)
    assert plan_ground(context(plans=(own["b1"],))) is None and plan_ground(context(plans=(replace(own["e1"], geometry=own["e1"].geometry.boundary),))) is None


def test_the_kinds_of_a_rule():
    assert scope.kinds_of(rule(applies_to=("gebouw",), applies_when={"object": {"kind": "bijgebouw"}})) == ("gebouw", "bijgebouw") and scope.kinds_of(rule(applies_when={"object": {"kind": ["a", "b"]}})) == ("a", "b") and scope.kinds_of(rule()) == ()


def governed(*rules, findings=None, answers=None, **changes):
    """What governs each finding of rules a, b, ...: (verdict, by which, codes of its notes)."""
    found = findings or [finding(one.id, Verdict.VIOLATES, limit=8.0) for one in rules]
    return [(one.verdict.value, one.governed_by, [note.code for note in one.notes]) for one in in_order(rules, found, context(answers=answers, **changes))]


BAD, ASK, NONE = "violates", "needs_judgement", "not_applicable"


@pytest.mark.parametrize(("first", "expected"), [
    ({}, (NONE, "a", ["engine_overruled"])), ({"applies_when": EAST}, (ASK, "", ["engine_maybe_overruled"])), ({"applies_when": there(6.3, 20)}, (NONE, "a", ["engine_overruled"])), ({"applies_to": ("bijgebouw",)}, (ASK, "", ["engine_maybe_overruled"])),
    ({"read": PlanNorm("k", Clause("", "bouwhoogte", "<=", 3.0, "m", "q", 0, 1), OPEN)}, (ASK, "", ["engine_maybe_overruled"])), ({"read": PlanNorm("k", Clause("", "bouwhoogte", "<=", 3.0, "m", "q", 0, 1), CONFIRMED)}, (NONE, "a", ["engine_overruled"])),
])
def test_a_rule_that_overrides_takes_all_of_another_or_asks(first, expected):
    rules = (rule("a", overrides=("b",), **first), rule("b"))
    scene = {"answers": {"objects": {"box": "hoofdgebouw", "shed": "bijgebouw"}}} if "applies_to" in first else {}
    assert governed(*rules, **scene)[1] == expected


def test_a_finding_that_gave_way_by_part_already_is_not_overruled_again():
    rules = (rule("a", overrides=("b",)), rule("b"))
    gave = finding("b", Verdict.VIOLATES, notes=(Note.of("engine_gives_way", rule="a"),))
    assert governed(*rules, findings=[finding("a", Verdict.COMPLIES), gave])[1] == (BAD, "", ["engine_gives_way"])
    elsewhere = finding("b", Verdict.VIOLATES, notes=(Note.of("engine_gives_way", rule="c"), Note.of("other", rule="a")))
    assert governed(*rules, findings=[finding("a", Verdict.COMPLIES), elsewhere])[1] == (NONE, "a", ["engine_gives_way", "other", "engine_overruled"])


@pytest.mark.parametrize(("one", "own", "governs"), [
    ({}, {}, True), ({"applies_to": ("bijgebouw",)}, {}, False), ({"applies_when": EAST}, {}, False), ({}, {"applies_when": EAST}, True), ({"applies_when": EAST}, {"applies_when": there(12, 20)}, True), ({}, {"priority": 1, "limit": Limit("<=", "m", 9.0)}, False),
])
def test_a_stricter_rule_governs_where_it_holds_for_all_of_the_other(one, own, governs):
    rules = (rule("a", **{"limit": Limit("<=", "m", 8.0), **one}), rule("b", **{"limit": Limit("<=", "m", 9.0), **own}))
    found = governed(*rules, findings=[finding("a", limit=8.0), finding("b", limit=9.0)])
    assert found[1] == (BAD, "a", ["engine_stricter"]) if governs else found[1][1] == ""


@pytest.mark.parametrize(("change", "governs"), [({}, True), ({"design": "B"}, False), ({"measurements": (Measurement("height", 10.0, "m", "<=", 8.0, at="west"),)}, False), ({"rule": "nobody"}, False), ({"verdict": Verdict.NOT_ASSESSABLE}, True)])
def test_only_a_finding_of_the_same_thing_governs(change, governs):
    rules = (rule("a"), rule("b"))
    found = governed(*rules, findings=[replace(finding("a", limit=8.0), **change), finding("b", limit=9.0)])
    assert (found[1][1] != "") is governs


def test_inputs_of_other_layers_say_nothing_of_where_a_finding_holds():
    plans = maatvoering((8.0, box(5, 5, 10, 17)), (9.0, box(5, 5, 15, 17)))
    rules = (rule("a"), rule("b"))
    used = [{"inputs": (InputUsed(layer, "m0"),)} for layer in ("plans", "bag")]
    assert [governed(*rules, findings=[finding("a", limit=8.0, **one), finding("b", limit=9.0)], plans=plans)[1][1] for one in used] == ["", "a"]


@pytest.mark.parametrize(("milder", "stricter"), [(("<=", 9.0), ("<", 8.0)), (("<", 9.0), ("<=", 8.0)), ((">=", 3.0), (">", 4.0)), ((">", 3.0), (">=", 4.0))])
def test_the_stricter_of_two_limits_either_way_is_named(milder, stricter):
    found = in_order((rule("a"), rule("b")), [finding("a", limit=stricter[1], op=stricter[0]), finding("b", limit=milder[1], op=milder[0])], context())
    assert found[1].notes == (Note.of("engine_stricter", rule="a"),) and found[0].notes == ()


@pytest.mark.parametrize(("verdict", "ladder", "after"), [
    (Verdict.VIOLATES, "needs_outside_plan_permit", "undecided"), (Verdict.VIOLATES, "policy", "policy"), (Verdict.VIOLATES, "", ""), (Verdict.COMPLIES, "fits", "fits"), (Verdict.NEEDS_JUDGEMENT, "undecided", "undecided"), (Verdict.NEEDS_JUDGEMENT, "fits_with_power", "fits_with_power"),
])
def test_the_step_of_a_finding_that_another_rule_may_put_aside(verdict, ladder, after):
    rules = (rule("a", overrides=("b",), applies_when=EAST), rule("b"))
    found = in_order(rules, [finding("a"), finding("b", verdict, ladder=ladder)], context())[1]
    assert (found.ladder, found.notes) == (after, (Note.of("engine_maybe_overruled", rule="a"),))
