"""The small parts of the rule engine by themselves, on exact numbers: words of an answer, open points, dates, limits, precedence, powers, the plot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Polygon, box

import scenes
from drieluik.checks.engine import weighing
from drieluik.checks.engine.base import Context, inputs_of, value_of
from drieluik.checks.engine.in_force import END, date_remarks, not_in_force, period, rules_on
from drieluik.checks.engine.ladder import deviation_of, effect_names, is_policy, ladder_of, policy_step, weighed
from drieluik.checks.engine.limits import number_of, plan_number, resolved, shared_values, tolerated
from drieluik.checks.engine.open_points.answer_words import bare, is_number, is_place, named_in
from drieluik.checks.engine.open_points.points import Alternative, lines_point, word_point, yes_no_point
from drieluik.checks.engine.open_points.settling import OneReading
from drieluik.checks.engine.plot import parcels_under, plot_of
from drieluik.checks.engine.precedence import goes_before, in_order
from drieluik.model import (
    Deviation,
    Finding,
    InputUsed,
    LayerState,
    LegalSource,
    Limit,
    Measurement,
    Note,
    Parameter,
    Parcel,
    PlanValue,
    Provenance,
    Question,
    Rule,
    Ruleset,
    Verdict,
)
from drieluik.model.measurement import UncertaintySource
from scenes import shift

HOUSE = scenes.box_part(6, 6, 14, 14, 0, 8)
ABOUT = Note.of("about")


def context(answers=None, parts=(HOUSE,), **changes):
    return Context(scenes.site(**changes), scenes.design(*parts), {"peil": {"method": "nap_value", "nap_m": 1.0}, **(answers or {})})


def rule(id="r", check="c", limit=None, **words):
    return Rule(id, check, {"nl": id}, words.pop("legal", (LegalSource("Plan X", "5.2"),)), limit, **words)


def finding(rule="r", verdict=Verdict.VIOLATES, value=10.0, limit=8.0, op="<=", name="height", unit="m", **words):
    measured = words.pop("measurements", (Measurement(name, value, unit, op, limit),))
    return Finding(rule, words.pop("check", "c"), words.pop("subject", Note.of("subject_building")), "A", verdict, measured, **words)


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
    point = lines_point("front", Question("front", ABOUT), [[LineString([(0, 0), (3, 4)]), LineString([(0, 0), (0, 0.25)])], [LineString([(1.00049, 2), (9, 2)])]])
    assert [dict(one.note.data) for one in point.alternatives] == [{"number": 1, "length": 5.2}, {"number": 2, "length": 8.0}]
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
    notes = weighing.unreadable_lines(context({"front": given}), "front")
    assert [note.code for note in notes] == ([] if lines else ["surroundings_line_unreadable"])


def test_no_answer_is_no_unreadable_line():
    assert weighing.unreadable_lines(context(), "front") == () and weighing.unreadable_lines(context({"front": {"value": None}}), "front") == ()


def test_what_is_stated_comes_from_the_officer_then_the_rule_then_the_default():
    own = rule(measure={"d": 2.0})
    assert weighing.stated(own, context({"d": {"value": 3.0}}), "d", 1.0) == 3.0 and weighing.stated(own, context({"d": 0}), "d", 1.0) == 0
    assert weighing.stated(own, context(), "d", 1.0) == 2.0 and weighing.stated(rule(), context(), "d", 1.0) == 1.0
    assert [weighing.yes_or_no(context({"k": word}), "k") for word in ("ja", "nee", "?", 3, None)] == [True, False, None, None, None]


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


def values(*given):
    """Return areas of the maatvoering with a value each, in the house's bouwvlak (half of it where asked)."""
    def area(number, value, qualifier, where):
        return scenes.plan_area(f"m{number}", "maatvoering", "", where, PlanValue("bouwhoogte", qualifier, value, "m", ""), belongs_to="b1")

    base = [one for one in scenes.site().plans if one.kind != "maatvoering"]
    return (*base, *(area(number, *one) for number, one in enumerate(given)))


ALL, HALF, AWAY = box(5, 5, 15, 17), box(5, 5, 10, 17), box(30, 30, 40, 40)


@pytest.mark.parametrize(
    ("given", "qualifier", "value", "areas"),
    [
        ([(9.0, "maximum", ALL)], "maximum", 9.0, ["m0"]), ([(9.0, "maximum", HALF), (7.0, "maximum", ALL)], "maximum", 7.0, ["m1"]),
        ([(3.0, "minimum", HALF), (4.0, "minimum", ALL)], "minimum", 4.0, ["m1"]), ([(9.0, "maximum", HALF), (9.0, "", ALL)], "maximum", 9.0, ["m0", "m1"]),
        ([(9.0, "maximum", AWAY)], "maximum", None, []), ([(9.0, "maximum", ALL)], "minimum", None, []), ([(None, "maximum", ALL), (8.0, "maximum", ALL)], "maximum", 8.0, ["m1"]), ([], "maximum", None, []),
    ],
)  # fmt: skip
def test_the_strictest_value_of_the_plan_under_a_shape(given, qualifier, value, areas):
    scene = context(plans=values(*given))
    limit, under = weighing.stated_limit(rule(), scene, "bouwhoogte", qualifier, scene.projection)
    assert (limit.value if limit else None, [area.fid for area in under]) == (value, areas)
    assert limit is None or (limit.operator, limit.unit) == (">=" if qualifier == "minimum" else "<=", "m")
    assert plan_number("bouwhoogte", qualifier, scene) == value == plan_number(f"{qualifier} Bouwhoogte (m)", qualifier, scene)


def test_a_rules_own_limit_goes_before_the_plan_and_its_operator_stays():
    scene = context()
    own = Limit("<", "m", 6.0)
    assert weighing.stated_limit(rule(limit=own), scene, "bouwhoogte", "maximum", scene.projection) == (own, ())
    between = Limit("between", "m", low=1.0, high=2.0)
    assert weighing.stated_limit(rule(limit=between), scene, "bouwhoogte", "maximum", scene.projection) == (between, ())
    taken, areas = weighing.stated_limit(rule(limit=Limit("<", "cm", 6.0, "bouwhoogte")), scene, "goothoogte", "maximum", scene.projection)
    assert (taken, [area.fid for area in areas]) == (Limit("<", "cm", 9.0), ["m1"])


def test_layers_that_did_not_answer():
    state = {"parcels": LayerState.LOADED, "bag": LayerState.EMPTY, "bgt": LayerState.FAILED}
    records = tuple(Provenance(key, how, key, "", "", "", "", 0) for key, how in state.items())
    scene = Context(replace(scenes.site(), provenance=records), scenes.design(HOUSE))
    assert [(note.code, dict(note.data)["layer"]) for note in weighing.lacking(scene, "parcels", "bag", "bgt")] == [("checks_layer_empty", "bag"), ("checks_layer_failed", "bgt")]
    assert [note.code for note in weighing.unanswered(scene, "parcels", "bag", "bgt")] == ["checks_layer_failed"]


def test_numbers_of_a_formula():
    scene = context({"d": {"value": "3"}, "k": 0, "w": True, "x": 2.5})
    own = rule(limit=Limit("<=", "m", formula="x"), measure={"plan_value": "bouwhoogte"})
    names = ("peil", "area", "H", "G", "x", "d", "k", "w", "other")
    assert [number_of(name, {}, own, scene) for name in names] == [1.0, 800.0, 9.0, None, 2.5, None, 0.0, None, None]
    assert number_of("x", {}, own, context()) == 9.0 and number_of("x", {}, replace(own, measure={}), context()) is None
    assert number_of("H", {}, replace(own, limit=Limit(">=", "m", formula="H")), scene) is None  # no minimum is stated
    assert number_of("k", {"k": 7}, own, scene) == 7.0 and number_of("k", {"k": None}, own, scene) is None and number_of("k", {"k": True}, own, scene) is None
    assert number_of("peil", {}, own, replace(scene, answers={"peil": 5.0})) != 5.0


def test_a_formula_becomes_a_number_and_a_missing_name_a_question():
    done = resolved(rule(limit=Limit("<=", "m", formula="H / 3 + k")), (), context({"k": 1}))
    assert (done.rule.limit, done.missing) == (Limit("<=", "m", 4.0), ())
    assert [dict(note.data) for note in done.notes] == [{"formula": "H / 3 + k", "names": "H = 9, k = 1", "value": 4.0}]
    both = resolved(rule(limit=Limit("between", "m", low_formula="H / 3", formula="H")), (), context())
    assert (both.rule.limit.low, both.rule.limit.high, both.rule.limit.value, both.rule.limit.formula) == (3.0, 9.0, None, "")
    lacking = resolved(rule(limit=Limit("<=", "m", formula="d + q")), (), context())
    assert [(q.key, q.kind, q.unit, q.note.code) for q in lacking.questions] == [("d", "number", "m", "engine_question_d"), ("q", "number", "", "engine_question_number")]
    assert [note.code for note in lacking.missing] == ["engine_name_unknown"] * 2
    assert [note.code for note in resolved(rule(limit=Limit("<=", "m", formula="1 / k")), (), context({"k": 0})).missing] == ["engine_formula_failed"]


def test_a_parameter_by_place_the_first_that_holds():
    here, there = {"location": {"layer": "bouwvlak"}}, {"location": {"layer": "gebiedsaanduiding"}}
    given = Parameter("p", 1.0, "m", ((there, 2.0), (here, 3.0), (here, 4.0)))
    assert shared_values((given, Parameter("q", "word")), context()) == {"p": 3.0, "q": "word"}
    assert shared_values((replace(given, places=((there, 2.0),)),), context()) == {"p": 1.0}
    done = resolved(rule(limit=Limit("<=", "m", formula="p"), measure={"a": {"parameter": "p"}, "b": {"parameter": "p", "more": 1}}), (given,), context())
    assert done.rule.limit.value == 3.0 and done.rule.measure == {"a": 3.0, "b": {"parameter": "p", "more": 1}} and done.notes == ()


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


# which rule goes before which

UP, DOWN = Limit("<=", "m", 8.0), Limit(">=", "m", 3.0)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ({"overrides": ("b",)}, {}, True), ({"overrides": ("b",)}, {"priority": 9, "check": "x"}, True), ({}, {}, False), ({"priority": 1}, {}, True), ({"priority": 1}, {"priority": 1}, False),
        ({"priority": 1}, {"overrides": ("a",)}, False), ({"priority": 1}, {"check": "x"}, False), ({"priority": 1}, {"applies_to": ("bijgebouw",)}, False),
        ({"priority": 1}, {"limit": DOWN}, False), ({"priority": 1}, {"limit": Limit("<", "m", 1.0)}, True), ({"priority": 1}, {"limit": None}, False),
        ({"priority": 1}, {"measure": {"plan_value": "goothoogte"}}, False), ({"priority": 1, "measure": {"plan_value": "goothoogte"}}, {"measure": {"plan_value": "goothoogte"}}, True),
    ],
)  # fmt: skip
def test_what_goes_before_by_its_own_words(one, other, before):
    assert goes_before(rule("a", **{"limit": UP, **one}), rule("b", **{"limit": UP, **other})) is before


def governed(first, second, **words):
    """Return by rule which one governs it, of two findings of rules a and b."""
    rules = [rule("a", **words.pop("a", {})), rule("b", **words.pop("b", {}))]
    return {found.rule: found.governed_by for found in in_order(rules, [first, second], context(**words))}


@pytest.mark.parametrize(
    ("a", "b", "milder"),
    [
        ({"limit": 8.0}, {"limit": 9.0}, "b"), ({"limit": 9.0}, {"limit": 9.0}, None), ({"limit": 9.0, "op": "<"}, {"limit": 8.0}, "a"),
        ({"limit": 3.0, "op": ">="}, {"limit": 4.0, "op": ">="}, "a"), ({"limit": 3.0, "op": ">"}, {"limit": 3.0, "op": ">="}, None), ({"limit": 3.0, "op": ">="}, {"limit": 4.0}, None), ({"limit": 5.0}, {"limit": 4.0, "op": ">="}, None),
        ({"limit": 8.0}, {"limit": 9.0, "unit": "cm"}, None), ({"limit": 8.0}, {"limit": 9.0, "name": "depth"}, None), ({"limit": 8.0}, {"limit": 9.0, "check": "x"}, None),
        ({"limit": 8.0}, {"measurements": ()}, None), ({"limit": None}, {"limit": 9.0}, None), ({"limit": 8.0, "subject": Note.of("subject_roof")}, {"limit": 9.0}, None),
        ({"limit": 8.0, "verdict": Verdict.NOT_APPLICABLE}, {"limit": 9.0}, None), ({"limit": 8.0, "verdict": Verdict.COMPLIES}, {"limit": 9.0, "verdict": Verdict.COMPLIES}, "b"),
    ],
)  # fmt: skip
def test_of_equal_rules_the_stricter_governs(a, b, milder):
    found = governed(finding("a", **a), finding("b", **b))
    assert found == {"a": "b" if milder == "a" else "", "b": "a" if milder == "b" else ""}


def test_the_stricter_governs_only_where_it_holds_everywhere_under_the_design():
    plans = values((8.0, "maximum", HALF), (9.0, "maximum", ALL))
    half, whole = ({"inputs": (InputUsed("plans", fid),)} for fid in ("m0", "m1"))
    assert governed(finding("a", limit=8.0, **half), finding("b", limit=9.0, **whole), plans=plans) == {"a": "", "b": ""}
    assert governed(finding("a", limit=8.0, **whole), finding("b", limit=9.0, **half), plans=plans) == {"a": "", "b": "a"}
    assert governed(finding("a", limit=8.0), finding("b", limit=9.0, **half), plans=plans) == {"a": "", "b": "a"}
    assert governed(finding("a", limit=8.0, **half), finding("b", limit=9.0), plans=plans) == {"a": "", "b": ""}


def test_a_rule_that_is_overruled_says_what_it_would_have_been():
    a, b = finding("a", ladder="needs_outside_plan_permit", deviations=(Deviation("x", ABOUT),)), finding("b", verdict=Verdict.COMPLIES)
    first, second = in_order([rule("a"), rule("b", overrides=("a",))], [a, b], context())
    assert (first.verdict, first.governed_by, first.deviations, first.ladder) == (Verdict.NOT_APPLICABLE, "b", (), "")
    assert [(note.code, dict(note.data)) for note in first.notes] == [("engine_overruled", {"rule": "b", "verdict": "violates"})] and second is b
    for verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_ASSESSABLE):  # it does not apply, then it overrules nothing
        assert in_order([rule("a"), rule("b", overrides=("a",))], [a, replace(b, verdict=verdict)], context())[0].verdict is Verdict.VIOLATES
    stranger = finding("nobody")
    assert in_order([rule("a")], [stranger], context()) == (stranger,)


@pytest.mark.parametrize(("verdict", "after"), [(Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT), (Verdict.COMPLIES, Verdict.COMPLIES), (Verdict.NEEDS_JUDGEMENT, Verdict.NEEDS_JUDGEMENT)])
def test_what_may_overrule_leaves_a_question(verdict, after):
    other = finding("b", verdict=Verdict.COMPLIES, notes=(Note.of("engine_if_it_applies"),))
    first = in_order([rule("a"), rule("b", overrides=("a",))], [finding("a", verdict=verdict), other], context())[0]
    assert (first.verdict, first.governed_by, [note.code for note in first.notes]) == (after, "", ["engine_maybe_overruled"])


# powers and the ladder


@pytest.mark.parametrize(
    ("value", "effect", "limit", "cures", "code"),
    [(8.5, "limit + 1", 9.0, True, "engine_power_cures"), (9.5, "limit + 1", 9.0, False, "engine_power_too_small"), (9.0, "limit * 1.1", 8.8, False, "engine_power_too_small"), (9.0, "limit + k", 10.0, True, "engine_power_cures")],
)  # fmt: skip
def test_a_power_is_computed(value, effect, limit, cures, code):
    power = deviation_of({"id": "x", "effect": effect, "legal": {"article": "7.1"}}, rule(), finding(value=value), {"k": 2.0})
    assert (power.id, power.limit, power.cures, power.note.code) == ("x", limit, cures, code)
    assert power.legal == (LegalSource("Plan X", "7.1"),)
    assert dict(power.note.data)["limit"] == limit


def test_a_power_against_a_verdict_that_rests_on_more_cures_nothing():
    power = deviation_of({"id": "x", "effect": "limit + 5"}, rule(), finding(verdict=Verdict.NEEDS_JUDGEMENT), {})
    assert (power.cures, power.note.code, power.limit, power.legal) == (False, "engine_power_does_not_cure", 13.0, ())


@pytest.mark.parametrize("effect", ["may be higher", "limit + q", "limit / 0"])
def test_a_power_in_words_or_without_its_number_is_shown_only(effect):
    power = deviation_of({"id": "x", "effect": effect}, rule(), finding(), {})
    assert (power.limit, power.cures, power.note.code) == (None, None, "checks_deviation")
    assert deviation_of({"id": "x", "effect": "limit + 1"}, rule(), finding(measurements=()), {}).note.code == "checks_deviation"


def test_units_of_area_and_volume_in_a_power():
    for unit, shown in (("m2", "m²"), ("m3", "m³"), ("m", "m")):
        power = deviation_of({"id": "x", "effect": "limit + 1"}, rule(), finding(unit=unit), {})
        assert dict(power.note.data)["unit"] == shown


def test_names_that_effects_use():
    effects = [{"id": "a", "effect": "limit + k"}, {"id": "b", "effect": "limit * f + k"}, {"id": "c", "effect": "words only"}, {"id": "d"}]
    assert effect_names(rule(exceptions=tuple(effects))) == ("k", "f")


@pytest.mark.parametrize(
    ("found", "step"),
    [(finding(), "needs_outside_plan_permit"), (finding(deviations=(Deviation("x", ABOUT, cures=True),)), "fits_with_power"), (finding(deviations=(Deviation("x", ABOUT, cures=False),)), "needs_outside_plan_permit"),
     (finding(verdict=Verdict.COMPLIES), "fits"), (finding(verdict=Verdict.NEEDS_JUDGEMENT), "undecided"), (finding(verdict=Verdict.NOT_ASSESSABLE), "undecided"), (finding(verdict=Verdict.NOT_APPLICABLE), ""), (finding(governed_by="b"), "")],
)  # fmt: skip
def test_steps_of_the_ladder(found, step):
    assert ladder_of(found) == step
    assert policy_step(found) == ("policy" if found.verdict in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT) else "")


@pytest.mark.parametrize(("instrument", "policy"), [("Beleidsregel dakkapellen", True), ("Welstandsnota 2020", True), ("Nota bouwen", True), ("Richtlijn", True), ("Notariële akte", False), ("Omgevingsplan", False)])
def test_what_is_policy(instrument, policy):
    assert is_policy(rule(legal=(LegalSource(instrument),)), False) is policy
    assert is_policy(rule(basis="policy"), False) and is_policy(rule(), True) and not is_policy(rule(basis="assumption"), False)


def test_what_is_met_needs_no_power_and_a_barred_power_cures_nothing():
    own = rule(exceptions=({"id": "x", "effect": "limit + 5"}, {"id": "y", "classes": ["chimney"]}))
    assert weighed(own, finding(verdict=Verdict.COMPLIES, deviations=(Deviation("x", ABOUT),)), {}).deviations == ()
    for barred, cures, ladder in (({}, True, "fits_with_power"), ({"x": False}, True, "fits_with_power"), ({"x": True}, False, "needs_outside_plan_permit"), ({"x": None}, None, "needs_outside_plan_permit")):
        found = weighed(own, finding(), {}, barred=barred)
        assert ([(power.id, power.cures) for power in found.deviations], found.ladder) == ([("x", cures)], ladder)


# what a check is given


def test_a_plan_value_by_name_and_qualifier():
    area = scenes.plan_area("m", "maatvoering", "", ALL, PlanValue("bouwhoogte", "", 9.0, "m", ""), PlanValue("bouwhoogte", "minimum", 3.0, "m", ""), PlanValue("goothoogte", "maximum", 6.0, "m", ""))
    assert [value_of(area, *wanted).value for wanted in (("bouwhoogte", "maximum"), ("bouwhoogte", "minimum"), ("goothoogte", "maximum"))] == [9.0, 3.0, 6.0]
    assert value_of(area, "goothoogte", "minimum") is None and value_of(area, "oppervlakte", "maximum") is None


def test_inputs_in_order_of_their_ids():
    areas = [scenes.plan_area(fid, "bouwvlak", "", ALL) for fid in ("b", "a")]
    assert inputs_of("plans", *areas) == tuple(InputUsed("plans", fid, areas[0].date) for fid in ("a", "b"))


# the plot


def parcels(*shapes):
    return tuple(Parcel(str(number), f"P {number}", shift(shape), shape.area) for number, shape in enumerate(shapes))


@pytest.mark.parametrize(
    ("over", "beside", "found"),
    [(0.19, False, ["0"]), (0.21, False, ["0", "1"]), (0.34, True, ["0"]), (0.36, True, ["0", "1"])],
)  # fmt: skip
def test_a_design_stands_on_a_neighbours_parcel_from_a_boundarys_doubt_or_a_party_wall_on(over, beside, found):
    neighbour = scenes.site().registered_buildings if not beside else (replace(scenes.site().registered_buildings[0], geometry=shift(box(14 + over, 6, 20, 14))),)
    scene = context(parcels=parcels(box(0, 0, 14, 40), box(14, 0, 30, 40)), parts=(scenes.box_part(6, 6, 14 + over, 14, 0, 8),), registered_buildings=neighbour)
    assert [parcel.fid for parcel in parcels_under(scene)] == found


@pytest.mark.parametrize(("depth", "found"), [(0.9, ["0"]), (1.1, ["0", "1"])])
def test_less_than_a_square_metre_of_a_parcel_is_none_of_the_plot(depth, found):
    scene = context(parcels=parcels(box(0, 0, 14, 40), box(14, 0, 30, 40)), parts=(HOUSE, scenes.box_part(13, 6, 14 + depth, 7, 0, 8)))
    assert [parcel.fid for parcel in parcels_under(scene)] == found


def test_the_parcel_with_most_of_the_design_comes_first_and_ways_follow():
    scene = context(parcels=parcels(box(0, 0, 9, 40), box(9, 0, 30, 40)))
    assert [parcel.fid for parcel in parcels_under(scene)] == ["1", "0"]
    assert [parcel.fid for parcel in plot_of(scene)] == ["1", "0"]
    assert [one.answer for one in scene.ledger.open["parcels"].alternatives] == [["1", "0"], ["1"], ["0"]]


@pytest.mark.parametrize(("named", "plot", "refused"), [(["0"], ["0"], False), ("P 1", ["1"], False), (["2"], ["1", "0"], True), (["nowhere"], ["1", "0"], True)])
def test_parcels_that_are_named_are_the_plot_where_the_design_stands_on_them(named, plot, refused):
    """Parcel 2 holds 6 % of the design."""
    scene = context({"parcels": {"value": named}}, parcels=parcels(box(0, 0, 9, 40), box(9, 0, 13.5, 40), box(13.5, 0, 30, 40)))
    found = [parcel.fid for parcel in plot_of(scene)]
    assert found == plot if not refused else found[:2] == plot
    assert ("parcels:refused" in scene.ledger.settled) is refused


def test_a_small_design_stands_on_the_parcel_that_holds_half_of_it():
    scene = context(parcels=parcels(box(0, 0, 14, 40), Polygon([(14, 0), (30, 0), (30, 40), (14, 40)])), parts=(scenes.box_part(13.2, 6, 14.2, 7, 0, 2),))
    assert [parcel.fid for parcel in parcels_under(scene)] == ["0"]
