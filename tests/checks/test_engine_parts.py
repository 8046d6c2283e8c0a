"""The small parts of the rule engine by themselves, on exact numbers: words of an answer, open points, dates, limits, precedence, powers, the plot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Point, box

import scenes
from drieluik.checks.engine import weighing
from drieluik.checks.engine.base import Context
from drieluik.checks.engine.limits import number_of, plan_number, resolved, stated_limit, tolerated, used_by, values_by_place
from drieluik.checks.engine.open_points.answer_words import bare, is_number, is_place, named_in
from drieluik.checks.engine.open_points.points import Alternative, lines_point, word_point, yes_no_point
from drieluik.checks.engine.open_points.settling import OneReading
from drieluik.checks.engine.rulebook.in_force import END, date_remarks, not_in_force, period, rules_on
from drieluik.model import (
    LayerState,
    Limit,
    Parameter,
    Provenance,
    Question,
    Ruleset,
    Verdict,
)
from drieluik.model.measurement import UncertaintySource
from one_context import ABOUT, HOUSE, context, finding, maatvoering, rule

# answers


@pytest.mark.parametrize(
    ("given", "plain"),
    [("ja", True), (" Yes ", True), ("TRUE", True), (True, True), ("nee", False), ("no", False), (False, False), ({"value": "ja", "reason": "x"}, True),
     ("", None), ("?", None), ("onbekend", None), ("Unknown", None), (None, None), ({"value": None}, None), ("none", None), ("plat dak", "plat dak"),
     (0, 0), (3.5, 3.5), ({"value": 0}, 0), ({"nap_m": 2.0}, {"nap_m": 2.0}), ([], [])],
)  # fmt: skip
def test_an_answer_without_its_reason(given, plain):
    found = bare(given)
    assert found == plain and type(found) is type(plain)


def test_names_numbers_and_places_of_an_answer():
    assert named_in(None) == named_in({"value": "a"}) == named_in([]) == frozenset()
    assert named_in("abc") == {"abc"} and named_in(7) == {"7"}
    assert named_in(["a", 7]) == named_in(("a", 7)) == named_in({"a", 7}) == {"a", "7"}
    assert [is_number(value) for value in (0, 1.5, True, "1", None, float("nan"), float("inf"))] == [True, True, False, False, False, False, False]
    assert [is_place(value) for value in ([1, 2], (1.5, 2), [1], [1, 2, 3], [1, "2"], "12", None)] == [True, True, False, False, False, False, False]


# open points


def test_a_reading_chooses_by_what_an_answer_says_else_the_likeliest():
    point = word_point("kind", ABOUT, ("a", "b"))
    assert [one.value for one in point.alternatives] == ["a", "b"] and point.question == Question("kind", ABOUT, "choice", "", ("a", "b"))
    assert point.chosen({}).value == "a" and point.chosen({"other": point.alternatives[1]}).value == "a"
    assert point.chosen({"kind": Alternative("elsewhere", "b", ABOUT)}).value == "b"
    assert point.chosen({"kind": Alternative("c", "c", ABOUT)}).value == "a"


def test_yes_or_no_with_the_likely_one_first():
    assert [(one.value, one.answer, one.note.code) for one in yes_no_point("k", ABOUT, True, "P").alternatives] == [(True, "yes", "choice_yes"), (False, "no", "choice_no")]
    assert [one.value for one in yes_no_point("k", ABOUT).alternatives] == [False, True]
    assert yes_no_point("k", ABOUT, True, "P").question == Question("k", ABOUT, "yes_no", plan_id="P")


def test_a_point_that_is_asked_twice_has_the_choices_of_both():
    first, second = word_point("k", ABOUT, ("a", "b")), word_point("k", ABOUT, ("b", "c"))
    assert [one.value for one in first.joined(second).alternatives] == ["a", "b", "c"]
    assert first.joined(word_point("k", ABOUT, ("a",))) is first
    endless = replace(first, endless=True)
    assert first.joined(endless).endless and endless.joined(first).endless and endless.joined(second).endless and not first.joined(second).endless
    reading = OneReading()
    reading.ledger.consulted(first)
    reading.ledger.consulted(second)
    assert [one.value for one in reading.ledger.open["k"].alternatives] == ["a", "b", "c"]


def test_lines_as_an_answer_are_numbered_with_their_length():
    point = lines_point("front", Question("front", ABOUT), [[LineString([(0, 0), (3, 4)]), LineString([(0, 0), (0, 0.25)])], [LineString([(1.00049, 2), (9, 2)])]], Point(1.5, 2).buffer(1.0))
    assert [dict(one.note.data) for one in point.alternatives] == [{"number": 1, "length": 5.2, "sides": "sw"}, {"number": 2, "length": 8.0, "sides": "e"}]
    assert [one.note.code for one in point.alternatives] == ["choice_lines_at"] * 2
    through = lines_point("front", Question("front", ABOUT), [[LineString([(0, -1), (0, 1)])]], Point(0, 0).buffer(1.0))
    assert (through.alternatives[0].note.code, dict(through.alternatives[0].note.data)) == ("choice_lines", {"number": 1, "length": 2.0})  # on no side
    assert point.alternatives[1].answer == {"lines": [[[1.0, 2.0], [9.0, 2.0]]]} and len(point.alternatives[0].value) == 2


def premises(reading):
    return [(one.key, one.settled, one.note.code, one.by) for one in reading.ledger.settled.values()]


@pytest.mark.parametrize(
    ("given", "value", "asked", "said"),
    [
        ({"value": "nee", "by": "JS"}, False, False, [("k", "answer", "premise_answer", "JS")]), ("ja", True, False, [("k", "answer", "premise_answer", "")]),
        (None, True, True, []), ("onbekend", True, True, []), ("misschien", True, True, [("k:refused", "assumed", "premise_refused", "")]), (3, True, True, [("k:refused", "assumed", "premise_refused", "")]),
    ],
)  # fmt: skip
def test_yes_and_no_settle_a_question_and_nothing_else_does(given, value, asked, said):
    reading = OneReading({"k": given})
    assert reading.yes_no("k", ABOUT, likely=True) is value
    assert (list(reading.ledger.open) == ["k"], premises(reading)) == (asked, said)


@pytest.mark.parametrize(("given", "word", "refused"), [("FLAT ", "flat", False), (None, "gable", False), ("?", "gable", False), ("dome", "gable", True), (2, "gable", True)])
def test_one_of_some_words_settles_a_question_in_capitals_too(given, word, refused):
    reading = OneReading({"k": given})
    assert reading.word("k", ABOUT, ("gable", "flat")) == word
    assert [key for key, *_ in premises(reading)] == (["k"] if word == "flat" else ["k:refused"] if refused else [])
    assert ("k" in reading.ledger.open) is (word != "flat")


# dates


@pytest.mark.parametrize(
    ("own", "file", "whole"),
    [(("", ""), ("", ""), ("", END)), (("2020-01-01", ""), ("2019-01-01", "2024-12-31"), ("2020-01-01", "2024-12-31")),
     (("2018-01-01", "2022-01-01"), ("2019-01-01", "2024-12-31"), ("2019-01-01", "2022-01-01")), (("", "2022-01-01"), ("", ""), ("", "2022-01-01"))],
)  # fmt: skip
def test_a_rule_holds_inside_the_dates_of_its_file(own, file, whole):
    one, every = rule(valid_from=own[0], valid_to=own[1]), Ruleset("s", "1", {}, (), valid_from=file[0], valid_to=file[1])
    assert period(one, every) == whole
    start, end = whole
    shown = dict(not_in_force(every, one, "1999-01-01").data)
    assert (shown["start"], shown["end"], shown["date"]) == (start or "…", "…" if end == END else end, "1999-01-01")


def test_the_rules_of_a_date_and_those_that_no_other_version_replaces():
    old, new, gone = rule("a", valid_to="2020-12-31"), rule("a", valid_from="2021-01-01"), rule("b", valid_to="2020-12-31")
    every = Ruleset("s", "1", {}, (old, new, gone, replace(gone, valid_to="2019-12-31"), rule("off", enabled=False)))

    def on(date):
        inside, outside = rules_on([every], date)
        return [one.id + (one.valid_from or one.valid_to) for _, one in inside], [one.id + one.valid_to for _, one in outside]

    assert on("2020-12-31") == (["a2020-12-31", "b2020-12-31"], [])
    assert on("2021-01-01T09:00:00") == (["a2021-01-01"], ["b2020-12-31"])
    assert on("") == (["a2020-12-31", "a2021-01-01", "b2020-12-31", "b2019-12-31"], [])


def test_a_written_rule_takes_the_place_of_a_derived_one_of_the_same_name_while_it_holds():
    derived, written = rule("a", origin=(object(),)), rule("a", valid_from="2021-01-01")
    sets = [Ruleset("plan", "1", {}, (derived, rule("b", origin=(object(),)))), Ruleset("own", "1", {}, (written,))]
    assert [(s.id, r.id) for s, r in rules_on(sets, "2022-01-01")[0]] == [("plan", "b"), ("own", "a")]
    assert [(s.id, r.id) for s, r in rules_on(sets, "2020-01-01")[0]] == [("plan", "a"), ("plan", "b")]


def test_what_is_said_of_dates():
    undated, dated, inside = Ruleset("u", "1", {}, (rule(),)), Ruleset("d", "2", {}, (rule(),), valid_to="2020-12-31"), Ruleset("i", "3", {}, (rule(valid_from="2030-01-01"),))
    assert date_remarks([undated], "") == () and [note.code for note in date_remarks([undated, dated], "")] == ["engine_no_application_date"]
    assert [note.code for note in date_remarks([inside], "")] == ["engine_no_application_date"] and date_remarks([inside], "2025-01-01") == ()
    (note,) = date_remarks([undated, dated, inside], "2021-01-01")
    assert (note.code, dict(note.data)) == ("engine_ruleset_not_in_force", {"id": "d", "version": "2", "start": "…", "end": "2020-12-31", "date": "2021-01-01"})
    assert date_remarks([dated], "2020-12-31") == ()
    (early,) = date_remarks([Ruleset("e", "4", {}, (rule(),), valid_from="2030-01-01")], "2021-01-01")
    assert dict(early.data) == {"id": "e", "version": "4", "start": "2030-01-01", "end": "…", "date": "2021-01-01"}


# limits and numbers


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"lines": [[[0, 0], [3, 0]], [[1, 1], [2, 2]]]}, 2), ({"line": [[0, 0], [3, 0]]}, 1), ([[0, 0], [3, 0]], 1), ([[[0, 0, 5], [3, 0, 5]]], 1),
        ({"lines": []}, None), ({"line": [[0, 0]]}, None), ([[0, 0], [0, 0]], None), ([[0, 0], ["x", 0]], None), ([[0, 0], [float("nan"), 1]], None),
        ("north", None), (7, None), ({"other": 1}, None), ([[0, 0], [1e-7, 0]], None), ({"lines": [[[0, 0], [3, 0]], [[1, 1], [1, 1]]]}, None),
    ],
)  # fmt: skip
def test_lines_of_an_answer(given, lines):
    found = weighing.lines_in(given)
    assert (None if found is None else len(found)) == lines
    assert found is None or all(line.has_z is False for line in found)
    notes = weighing.wrong_lines(context(answers={"front": given}), "front", float("inf"))
    assert [note.code for note in notes] == ([] if lines else ["surroundings_line_unreadable"])


def test_no_answer_is_no_unreadable_line():
    assert weighing.wrong_lines(context(), "front") == () and weighing.wrong_lines(context(answers={"front": {"value": None}}), "front") == ()


def test_what_is_stated_comes_from_the_officer_then_the_rule_then_the_default():
    own = rule(measure={"d": 2.0})
    assert weighing.stated(own, context(answers={"d": {"value": 3.0}}), "d", 1.0) == 3.0 and weighing.stated(own, context(answers={"d": 0}), "d", 1.0) == 0
    assert weighing.stated(own, context(), "d", 1.0) == 2.0 and weighing.stated(rule(), context(), "d", 1.0) == 1.0
    assert [weighing.yes_or_no(context(answers={"k": word}), "k") for word in ("ja", "nee", "?", 3, None)] == [True, False, None, None, None]


def test_the_uncertainty_that_a_rule_states():
    own = rule(uncertainty={"level_m": 0.1, "outline": 0.2, "none": 0})
    assert weighing.declared(own, "level", "outline", "none", "other") == (UncertaintySource("level", 0.1), UncertaintySource("outline", 0.2))


def test_a_value_against_a_limit_or_between_two():
    one = weighing.against(Limit("<=", "m", 8.0), "height", 8.123456, "m", at="x")
    assert (one.value, one.operator, one.limit, one.low, one.at) == (8.1235, "<=", 8.0, None, "x")
    two = weighing.against(Limit("between", "degree", low=30.0, high=45.0), "pitch", 30.0, "degree")
    assert (two.operator, two.limit, two.low, two.verdict()) == ("between", 45.0, 30.0, Verdict.COMPLIES)


def test_the_heaviest_verdict_first_and_equals_in_their_order():
    given = [finding(str(number), verdict) for number, verdict in enumerate([Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.COMPLIES, Verdict.NOT_APPLICABLE])]
    found = weighing.worst_first(given)
    assert found[0].verdict is Verdict.VIOLATES and [one.rule for one in found if one.verdict is Verdict.COMPLIES] == ["0", "3"]


@pytest.mark.parametrize(
    ("point", "direction", "ends"),
    [((5, 2, 7), (1, 0), [(-3, 2, 7), (13, 2, 7)]), ((5, 0, 7), (2, 0), [(-3, 1, 7), (13, 1, 7)]), ((5, 5.5, 7), (1, 0), [(-3, 5, 7), (13, 5, 7)]),
     ((4, 3, 7), (0, 1), [(4, -3, 7), (4, 9, 7)]), ((5, 9, 7), (1, 0), [(-3, 8, 7), (13, 8, 7)])],
)  # fmt: skip
def test_a_section_runs_three_metres_past_and_a_metre_inside(point, direction, ends):
    line = weighing.section_line(box(0, 0, 10, 6), np.array(point, float), np.array(direction, float))
    assert (line.role, [tuple(map(float, place)) for place in line.geometry.coords]) == ("section_line", [tuple(map(float, place)) for place in ends])


def test_a_section_of_a_narrow_shape_runs_through_its_middle():
    line = weighing.section_line(box(0, 0, 10, 1.5), np.array([5, 0, 7.0]), np.array([1.0, 0]))
    assert {y for _, y, _ in line.geometry.coords} == {0.75}


def test_a_distance_of_nothing_is_drawn_as_a_point():
    assert weighing.distance_line(LineString([(1, 2), (1, 2)]), 0.00001).geometry.geom_type == "Point"
    piece = weighing.distance_line(LineString([(1, 2), (4, 6)]), 5.00004)
    assert (piece.role, piece.value, piece.unit, piece.geometry.geom_type) == ("shortest_distance", 5.0, "m", "LineString")


ALL, HALF, AWAY = box(5, 5, 15, 17), box(5, 5, 10, 17), box(30, 30, 40, 40)


@pytest.mark.parametrize(
    ("given", "qualifier", "value", "areas"),
    [
        ([(9.0, ALL)], "maximum", 9.0, ["m0"]), ([(9.0, HALF), (7.0, ALL)], "maximum", 7.0, ["m1"]),
        ([(3.0, HALF, "minimum"), (4.0, ALL, "minimum")], "minimum", 4.0, ["m1"]), ([(9.0, HALF), (9.0, ALL, "")], "maximum", 9.0, ["m0", "m1"]),
        ([(9.0, AWAY)], "maximum", None, []), ([(9.0, ALL)], "minimum", None, []), ([(None, ALL), (8.0, ALL)], "maximum", 8.0, ["m1"]), ([], "maximum", None, []),
    ],
)  # fmt: skip
def test_the_strictest_value_of_the_plan_under_a_shape(given, qualifier, value, areas):
    scene = context(plans=maatvoering(*given))
    limit, under = stated_limit(rule(), scene, "bouwhoogte", qualifier, scene.projection)
    assert (limit.value if limit else None, [area.fid for area in under]) == (value, areas)
    assert limit is None or (limit.operator, limit.unit) == (">=" if qualifier == "minimum" else "<=", "m")
    assert plan_number("bouwhoogte", qualifier, scene) == value == plan_number(f"{qualifier} Bouwhoogte (m)", qualifier, scene)


def test_a_rules_own_limit_goes_before_the_plan_and_its_operator_stays():
    scene = context()
    own = Limit("<", "m", 6.0)
    assert stated_limit(rule(limit=own), scene, "bouwhoogte", "maximum", scene.projection) == (own, ())
    between = Limit("between", "m", low=1.0, high=2.0)
    assert stated_limit(rule(limit=between), scene, "bouwhoogte", "maximum", scene.projection) == (between, ())
    taken, areas = stated_limit(rule(limit=Limit("<", "cm", 6.0, "bouwhoogte")), scene, "goothoogte", "maximum", scene.projection)
    assert (taken, [area.fid for area in areas]) == (Limit("<", "cm", 9.0), ["m1"])


def test_layers_that_did_not_answer():
    state = {"parcels": LayerState.LOADED, "bag": LayerState.EMPTY, "bgt": LayerState.FAILED}
    records = tuple(Provenance(key, how, key, "", "", "", "", 0) for key, how in state.items())
    scene = Context(replace(scenes.site(), provenance=records), scenes.design(HOUSE))
    assert [(note.code, dict(note.data)["layer"]) for note in weighing.lacking(scene, "parcels", "bag", "bgt")] == [("checks_layer_empty", "bag"), ("checks_layer_failed", "bgt")]
    assert [scene.knows(layer) for layer in ("parcels", "bag", "bgt", "plans")] == [True, True, False, False]  # an empty one answered


def test_numbers_of_a_formula():
    scene = context(answers={"d": {"value": "3"}, "k": 0, "w": True, "x": 2.5})
    own = rule(limit=Limit("<=", "m", formula="x"), measure={"plan_value": "bouwhoogte"})
    names = ("peil", "area", "H", "G", "x", "d", "k", "w", "other")
    assert [number_of(name, {}, own, scene) for name in names] == [1.0, 800.0, 9.0, None, 2.5, 3.0, 0.0, None, None]
    assert number_of("x", {}, own, context()) == 9.0 and number_of("x", {}, replace(own, measure={}), context()) is None
    assert number_of("H", {}, replace(own, limit=Limit(">=", "m", formula="H")), scene) is None  # no minimum is stated
    assert number_of("k", {"k": 7}, own, scene) == 7.0 and number_of("k", {"k": None}, own, scene) is None and number_of("k", {"k": True}, own, scene) is None
    assert number_of("peil", {}, own, replace(scene, answers={"peil": 5.0})) != 5.0


def test_a_formula_becomes_a_number_and_a_missing_name_a_question():
    done = resolved(rule(limit=Limit("<=", "m", formula="H / 3 + k")), {}, context(answers={"k": 1}))
    assert (done.rule.limit, done.missing) == (Limit("<=", "m", 4.0), ())
    assert [dict(note.data) for note in done.notes] == [{"formula": "H / 3 + k", "names": "H = 9, k = 1", "value": 4.0}]
    both = resolved(rule(limit=Limit("between", "m", low_formula="H / 3", formula="H")), {}, context())
    assert (both.rule.limit.low, both.rule.limit.high, both.rule.limit.value, both.rule.limit.formula) == (3.0, 9.0, None, "")
    lacking = resolved(rule(limit=Limit("<=", "m", formula="d + q")), {}, context())
    assert [(q.key, q.kind, q.unit, q.note.code) for q in lacking.questions] == [("d", "number", "m", "engine_question_d"), ("q", "number", "", "engine_question_number")]
    assert [note.code for note in lacking.missing] == ["engine_name_unknown"] * 2
    assert [note.code for note in resolved(rule(limit=Limit("<=", "m", formula="1 / k")), {}, context(answers={"k": 0})).missing] == ["engine_formula_failed"]


def test_a_parameter_by_place_the_first_that_holds():
    here, there = {"location": {"layer": "bouwvlak"}}, {"location": {"layer": "gebiedsaanduiding"}}
    given = Parameter("p", 1.0, "m", ((there, 2.0), (here, 3.0), (here, 4.0)))
    found = values_by_place((given, Parameter("q", "word")), context())
    assert [(place.place, values) for place, values in found] == [(None, {"p": 3.0, "q": "word"})]
    assert [values for _, values in values_by_place((replace(given, places=((there, 2.0),)),), context())] == [{"p": 1.0}]
    own = rule(limit=Limit("<=", "m", formula="p"), measure={"a": {"parameter": "q"}, "b": {"parameter": "p", "more": 1}})
    done = resolved(own, {"p": 3.0, "q": 7.0}, context())
    assert done.rule.limit.value == 3.0 and done.rule.measure == {"a": 7.0, "b": {"parameter": "p", "more": 1}} and done.notes == ()
    assert [one.name for one in used_by(own, (Parameter("o", 1), given, Parameter("q", 1)))] == ["p", "q"]


def test_parameters_with_places_of_their_own_give_a_value_for_each_piece_of_ground():
    """The house is x 6..14; one number changes at x = 9, the other at x = 11: three pieces of 3, 2 and 3 m."""
    east = [{"location": {"polygon": [[scenes.ORIGIN[0] + x, scenes.ORIGIN[1] + y] for x, y in ((west, 0), (20, 0), (20, 40), (west, 40))]}} for west in (9, 11)]
    found = values_by_place((Parameter("p", 1, "m", ((east[0], 2),)), Parameter("q", 3, "m", ((east[1], 4),))), context())
    sizes = {tuple(values.values()): round(place.here(place.projection).area, 6) for place, values in found}
    assert sizes == {(1, 3): 24.0, (2, 3): 16.0, (2, 4): 24.0}


@pytest.mark.parametrize(
    ("value", "verdict", "after"),
    [(8.05, Verdict.VIOLATES, Verdict.COMPLIES), (8.10, Verdict.VIOLATES, Verdict.COMPLIES), (8.15, Verdict.VIOLATES, Verdict.VIOLATES), (7.0, Verdict.VIOLATES, Verdict.VIOLATES), (8.05, Verdict.NOT_ASSESSABLE, Verdict.NOT_ASSESSABLE)],
)  # fmt: skip
def test_what_a_municipality_tolerates(value, verdict, after):
    """Only where the verdict is that of the number: 7.0 m violates for another reason."""
    own = rule(limit=Limit("<=", "m", 8.0, tolerance=0.1))
    found = tolerated(own, finding(verdict=verdict, value=value))
    said = verdict is Verdict.VIOLATES and value > 8
    assert found.verdict is after and [note.code for note in found.notes] == (["engine_tolerance"] if said else [])
    assert not said or (found.measurements[0].tolerance == 0.1 and found.measurements[0].limit == 8.0)
    assert tolerated(rule(limit=Limit("<=", "m", 8.0)), finding(value=value)).notes == () and tolerated(own, finding(measurements=())).notes == ()
