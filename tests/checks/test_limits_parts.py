"""From what a rule file says to a number, step by step: names of a formula, answers that can be none, places of parameters and of values of the map."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks.engine import limits
from drieluik.checks.engine.limits import by_plan_value, number_of, plan_number, resolved, tolerated, used_by, values_by_place
from drieluik.model import LayerState, Limit, Measurement, Note, Parameter, Question, Verdict
from one_context import context, finding, local, maatvoering, rule

FORMULA = Limit("<=", "m", formula="H")
EAST, WEST, HALF = box(10, 0, 20, 40), box(0, 0, 10, 40), box(6, 6, 9, 14)


def failed(scene, *layers):
    """The same scene in which some layers did not answer."""
    return replace(scene, site=replace(scene.site, provenance=tuple(replace(one, state=LayerState.FAILED) if one.layer in layers else one for one in scene.site.provenance)), shared={})


@pytest.mark.parametrize(("limit", "values", "answers", "expected"), [
    (Limit("<=", "m", formula="H / 3 + k"), {}, {"k": 1}, (Limit("<=", "m", 4.0), {"formula": "H / 3 + k", "names": "H = 9, k = 1", "value": 4.0})), (Limit("<=", "m", formula="H / 7"), {}, {}, (Limit("<=", "m", 1.285714), {"formula": "H / 7", "names": "H = 9", "value": 1.286})),
    (Limit("between", "m", low_formula="H / 3", formula="k"), {}, {"k": 7}, (Limit("between", "m", None, low=3.0, high=7.0), {"formula": "k", "names": "H = 9, k = 7", "value": 7.0})), (Limit("<=", "m", formula="p"), {"p": 3.0}, {}, (Limit("<=", "m", 3.0), None)), (Limit("<=", "m", formula="p + H"), {"p": 3.0}, {}, (Limit("<=", "m", 12.0), {"formula": "p + H", "names": "p = 3, H = 9", "value": 12.0})),
    (Limit("<=", "m", formula="4 / 2"), {}, {}, (Limit("<=", "m", 2.0), {"formula": "4 / 2", "names": "", "value": 2.0})), (Limit("<=", "m", formula="4 / 2"), {"p": 3.0}, {}, (Limit("<=", "m", 2.0), None)), (Limit("between", "m", low_formula="H", formula="9"), {}, {}, (Limit("between", "m", None, low=9.0, high=9.0), {"formula": "9", "names": "H = 9", "value": 9.0})),
])
def test_a_formula_becomes_the_number_that_it_gives(limit, values, answers, expected):
    done = resolved(rule(limit=limit), values, context(answers=answers))
    assert (done.rule.limit, done.missing, done.questions) == (expected[0], (), ()) and [dict(note.data) for note in done.notes] == ([expected[1]] if expected[1] else [])
    assert all(note.code == "engine_formula" for note in done.notes)


@pytest.mark.parametrize(("limit", "answers", "missing", "questions"), [
    (Limit("<=", "m", formula="d + q + H"), {}, [("engine_name_unknown", "d"), ("engine_name_unknown", "q")], [Question("d", Note.of("engine_question_d"), "number", "m"), Question("q", Note.of("engine_question_number", name="q"), "number", "")]),
    (Limit("between", "m", low_formula="q", formula="H"), {}, [("engine_name_unknown", "q")], [Question("q", Note.of("engine_question_number", name="q"), "number", "")]), (Limit("<=", "m", formula="1 / k"), {"k": 0}, [("engine_formula_failed", "/ 0")], []),
])
def test_what_a_formula_lacks_is_asked(limit, answers, missing, questions):
    done = resolved(rule(limit=limit), {}, context(answers=answers))
    assert [(note.code, note.as_dict().get("name") or note.as_dict().get("word")) for note in done.missing] == missing and list(done.questions) == questions and done.notes == ()
    assert done.rule.limit == limit and all(note.as_dict()["formula"] == limit.formula for note in done.missing)


def test_without_peil_it_is_asked():
    scene = context()
    bare = replace(scene, answers={}, site=replace(scene.site, terrain=None, buildings3d=()), shared={})
    if bare.level is None:
        assert resolved(rule(limit=Limit("<=", "m", formula="peil + 3")), {}, bare).questions == (Question("peil", Note.of("checks_question_peil")),)
    assert resolved(rule(limit=Limit("<=", "m NAP", formula="peil + 3")), {}, scene).rule.limit.value == 4.0


@pytest.mark.parametrize(("measure", "values", "expected"), [
    ({"a": {"parameter": "p"}, "b": 2}, {"p": 5.0}, {"a": 5.0, "b": 2}), ({"a": {"parameter": "q"}}, {"p": 5.0}, {"a": None}), ({"a": {"parameter": "p", "more": 1}}, {"p": 5.0}, {"a": {"parameter": "p", "more": 1}}), ({"a": {"other": "p"}}, {"p": 5.0}, {"a": {"other": "p"}}), ({"a": "parameter"}, {"parameter": 5.0}, {"a": "parameter"}),
])
def test_a_switch_takes_the_value_of_a_parameter(measure, values, expected):
    done = resolved(rule(limit=Limit("<=", "m", 3.0), measure=measure), values, context())
    assert (dict(done.rule.measure), done.rule.limit, done.notes) == (expected, Limit("<=", "m", 3.0), ()) and dict(resolved(rule(measure=measure), values, context()).rule.measure) == expected


P, Q, R = Parameter("p", 1.0), Parameter("q", 2.0), Parameter("r", 3.0)


@pytest.mark.parametrize(("limit", "measure", "names"), [(None, {}, ""), (Limit("<=", "m", formula="q + p"), {}, "p q"), (Limit("between", "m", low_formula="r", formula="p"), {}, "p r"), (Limit("<=", "m", 3.0), {"a": {"parameter": "q"}}, "q"), (Limit("<=", "m", 3.0), {"a": "q", "b": {"parameter": "z"}}, "")])
def test_which_parameters_a_rule_uses(limit, measure, names):
    assert " ".join(one.name for one in used_by(rule(limit=limit, measure=measure), (P, Q, R))) == names


def in_place(shape):
    x0, y0, x1, y1 = shape.bounds
    return {"location": {"polygon": [[scenes.ORIGIN[0] + x, scenes.ORIGIN[1] + y] for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]}}


@pytest.mark.parametrize(("parameters", "expected"), [
    ((P,), [({"p": 1.0}, 64)]), ((replace(P, places=((in_place(EAST), 5.0),)),), [({"p": 5.0}, 32), ({"p": 1.0}, 32)]), ((replace(P, places=((in_place(EAST), 5.0), (in_place(WEST), 6.0), (in_place(EAST), 7.0))),), [({"p": 5.0}, 32), ({"p": 6.0}, 32)]),
    ((replace(P, places=((in_place(box(30, 0, 40, 40)), 5.0),)),), [({"p": 1.0}, 64)]), ((replace(P, places=((in_place(HALF), 5.0),)), Q), [({"p": 5.0, "q": 2.0}, 24), ({"p": 1.0, "q": 2.0}, 40)]), ((), [({}, 64)]),
    ((replace(P, places=((in_place(box(0, 0, 20, 40)), 5.0), (in_place(EAST), 7.0))),), [({"p": 5.0}, 64)]), ((replace(P, places=((in_place(HALF), 5.0),)), replace(Q, places=((in_place(HALF), 8.0),))), [({"p": 5.0, "q": 8.0}, 24), ({"p": 1.0, "q": 2.0}, 40)]),
])
def test_a_parameter_has_its_first_value_of_a_place_that_holds(parameters, expected):
    found = values_by_place(parameters, context())
    assert [(values, round(float(place.here(place.projection).area))) for place, values in found] == expected
    inside = values_by_place(parameters, replace(context(), place=scenes.shift(EAST)))
    assert sum(place.here(place.projection).area for place, _ in inside) == pytest.approx(32)


def test_a_place_that_an_answer_would_give_is_not_asked_where_no_ground_is_left():
    asked = replace(P, places=((in_place(box(0, 0, 20, 40)), 5.0), ({"status": "monument"}, 7.0)))
    scene = context()
    values_by_place((asked,), scene)
    assert "monument" not in scene.ledger.open
    values_by_place((replace(asked, places=asked.places[::-1]),), scene)
    assert "monument" in scene.ledger.open


def grounds(limit, *areas, place=None, **words):
    scene = replace(context(plans=maatvoering(*areas)), place=place)
    return [None if one.place is None else tuple(round(float(edge), 2) for edge in local(one.here(one.projection)).bounds) for one in by_plan_value(rule(limit=limit, **words), scene)]


ABOVE = Limit(">=", "m", formula="H")


@pytest.mark.parametrize(("limit", "areas", "expected"), [
    (FORMULA, ((9.0, EAST), (9.0, WEST)), [None]), (FORMULA, ((9.0, EAST), (6.0, WEST)), [(6, 6, 10, 14), (10, 6, 14, 14)]), (FORMULA, ((9.0, box(0, 0, 20, 40)), (6.0, WEST)), [(6, 6, 10, 14), (10, 6, 14, 14)]), (FORMULA, ((9.0, WEST), (6.0, box(0, 0, 20, 40))), [None]), (FORMULA, ((9.0, EAST),), [(10, 6, 14, 14), (6, 6, 10, 14)]),
    (FORMULA, (), [None]), (None, ((9.0, EAST), (6.0, WEST)), [None]), (Limit("<=", "m", 8.0), ((9.0, EAST), (6.0, WEST)), [None]), (Limit("<=", "m", formula="G"), ((9.0, EAST), (6.0, WEST)), [None]), (Limit("<=", "m", formula="k"), ((9.0, EAST), (6.0, WEST)), [None]), (Limit("between", "m", low_formula="H", formula="k"), ((9.0, EAST), (6.0, WEST)), [(6, 6, 10, 14), (10, 6, 14, 14)]),
    (ABOVE, ((9.0, box(0, 0, 20, 40), "minimum"), (6.0, WEST, "minimum")), [None]), (ABOVE, ((6.0, box(0, 0, 20, 40), "minimum"), (9.0, WEST, "minimum")), [(6, 6, 10, 14), (10, 6, 14, 14)]), (Limit(">", "m", formula="H"), ((6.0, box(0, 0, 20, 40), "minimum"), (9.0, WEST, "minimum")), [(6, 6, 10, 14), (10, 6, 14, 14)]),
    (FORMULA, ((9.0, box(6.3, 0, 20, 40)),), [None]), (FORMULA, ((9.0, box(6.6, 0, 20, 40)),), [(6.6, 6, 14, 14), (6, 6, 6.6, 14)]),
])
def test_a_formula_is_computed_at_each_place_of_the_values_that_it_names(limit, areas, expected):
    """The strictest goes first, and has all of its ground; of what the map leaves out a strip of half a metre is none."""
    assert grounds(limit, *areas) == expected


def test_the_value_x_is_that_of_the_rules_own_name_and_an_answered_name_is_none_of_the_map():
    two = ((9.0, EAST), (6.0, WEST))
    own = Limit("<=", "m", formula="x")
    assert grounds(own, *two) == [None] and len(grounds(own, *two, measure={"plan_value": "bouwhoogte"})) == 2
    scene = context(answers={"H": 7}, plans=maatvoering(*two))
    assert [one.place for one in by_plan_value(rule(limit=FORMULA), scene)] == [None] and number_of("H", {}, rule(limit=FORMULA), scene) == 7.0
    assert grounds(FORMULA, *two, place=scenes.shift(WEST)) == [(6, 6, 10, 14)]


@pytest.mark.parametrize(("name", "given", "expected", "refused"), [
    ("k", 3, 3.0, None), ("k", "3,5", 3.5, None), ("k", {"value": "2"}, 2.0, None), ("k", -3, -3.0, None), ("k", "veel", None, ("k", "getal")), ("k", "onbekend", None, None), ("H", "onbekend", 9.0, None), ("H", "hoog", 9.0, ("H", "getal")), ("k", True, None, ("k", "getal")), ("H", -1, 9.0, ("H", "getal >= 0")), ("H", 0, 0.0, None), ("H", 400, 400.0, None), ("peil", 4.0, 4.0, None), ("peil", 5.0, None, None),
    ("d", 26.5, 26.5, None), ("d", 35.1, None, ("d", "0 - 35.0")), ("d", 0, 0.0, None), ("d", -0.1, None, ("d", "0 - 35.0")), ("d", "ver", None, ("d", "getal")), ("area", 120, 120.0, None),
])
def test_the_number_of_an_answer(name, given, expected, refused):
    """The far corners of the plot of 20 x 40 m lie 6, 26 m from the house: 26.68 m at most."""
    scene = context(answers={name: given})
    found = number_of(name, {}, rule(limit=FORMULA), scene)
    most = limits._most("d", scene)
    assert found == expected or (refused and refused[1].startswith("0 -") and found == (given if 0 <= given <= most else None))
    said = [premise.note.as_dict() for key, premise in scene.ledger.settled.items() if key.endswith(":refused")]
    assert [(one["key"], one["choices"]) for one in said] == ([(refused[0], refused[1].replace("35.0", f"{most:.1f}"))] if refused else [])


def test_how_far_a_boundary_of_the_plot_can_be():
    assert limits._most("d", context()) == pytest.approx((6**2 + 26**2) ** 0.5 + 0.2) and limits._most("H", context()) == float("inf") and limits._most("d", context(parcels=())) == 250.0


@pytest.mark.parametrize(("name", "values", "expected"), [("p", {"p": 7}, 7.0), ("p", {"p": None}, None), ("p", {"p": True}, None), ("p", {"p": "word"}, None), ("H", {"H": 2.5}, 2.5), ("area", {}, 800.0), ("H", {}, 9.0), ("G", {}, None), ("x", {}, None), ("other", {}, None), ("peil", {}, 1.0)])
def test_the_number_of_a_name(name, values, expected):
    found = number_of(name, values, rule(limit=FORMULA), context(answers={"p": 99} if name == "p" else {}))
    assert found == expected and (found is None or isinstance(found, float))


def test_what_of_the_surroundings_a_number_looks_at():
    scene = failed(context(), "plans", "parcels")
    assert number_of("area", {}, rule(limit=FORMULA), scene) is not None and number_of("H", {}, rule(limit=FORMULA), scene) == 9.0
    assert [(one.note.as_dict()["layer"], one.could) for one in scene.ledger.unseen] == [("parcels", "either"), ("plans", "either")]
    assert number_of("area", {}, rule(limit=FORMULA), context(parcels=())) is None


@pytest.mark.parametrize(("name", "qualifier", "areas", "expected"), [
    ("bouwhoogte", "maximum", ((9.0, EAST), (6.0, WEST)), 6.0), ("bouwhoogte", "minimum", ((3.0, EAST, "minimum"), (5.0, WEST, "minimum")), 5.0), ("maximum bouwhoogte (m)", "maximum", ((9.0, EAST),), 9.0), ("Minimum Bouwhoogte", "minimum", ((3.0, EAST, "minimum"),), 3.0), ("goothoogte", "maximum", ((9.0, EAST),), None),
    ("bouwhoogte", "maximum", (), None), ("bouwhoogte", "maximum", ((9.0, box(15, 0, 20, 40)),), None), ("bouwhoogte", "maximum", ((None, EAST), (7.0, WEST)), 7.0), ("bouwhoogte", "maximum", ((9.0, EAST, "minimum"),), None),
])
def test_the_strictest_number_of_the_map_under_a_design(name, qualifier, areas, expected):
    assert plan_number(name, qualifier, context(plans=maatvoering(*areas))) == expected


def test_a_number_of_the_map_is_that_of_where_the_rule_holds():
    scene = replace(context(plans=maatvoering((9.0, EAST), (6.0, WEST))), place=scenes.shift(EAST))
    assert plan_number("bouwhoogte", "maximum", scene) == 9.0


@pytest.mark.parametrize(("limit", "words", "verdict", "tolerance"), [
    (Limit("<=", "m", 8.0, tolerance=0.1), {"value": 8.05}, Verdict.COMPLIES, 0.1), (Limit("<=", "m", 8.0, tolerance=0.1), {"value": 8.2}, Verdict.VIOLATES, 0.1), (Limit("<=", "m", 8.0), {"value": 8.05}, Verdict.VIOLATES, None), (None, {"value": 8.05}, Verdict.VIOLATES, None),
    (Limit("<=", "m", 8.0, tolerance=0.1), {"value": 8.05, "verdict": Verdict.NEEDS_JUDGEMENT}, Verdict.NEEDS_JUDGEMENT, None), (Limit("<=", "m", 8.0, tolerance=0.1), {"value": 7.0, "verdict": Verdict.COMPLIES}, Verdict.COMPLIES, None), (Limit("<=", "m", 8.0, tolerance=0.1), {"measurements": ()}, Verdict.VIOLATES, None), (Limit("<=", "m", 8.0, tolerance=0.1), {"value": 8.05, "verdict": Verdict.NOT_APPLICABLE}, Verdict.NOT_APPLICABLE, None),
])
def test_a_tolerance_moves_the_verdict_of_a_number(limit, words, verdict, tolerance):
    before = finding(notes=(Note.of("x"),), **words)
    found = tolerated(rule(limit=limit), before)
    assert found.verdict is verdict
    if tolerance is None:
        assert found is before
    else:
        assert found.notes == (Note.of("x"), Note.of("engine_tolerance", tolerance=0.1, unit="m")) and found.measurements[0].tolerance == 0.1 and found.measurements[0].margin == before.measurements[0].margin


def test_a_tolerance_leaves_what_is_measured_besides():
    more = Measurement("peil", 1.0, "m NAP")
    found = tolerated(rule(limit=Limit("<=", "m", 8.0, tolerance=0.1)), finding(measurements=(Measurement("height", 8.05, "m", "<=", 8.0), more)))
    assert found.measurements[1:] == (more,)
