"""Which rule goes before which, what a power cures, and which parcels are the plot, by themselves and on exact numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import Polygon, box

import scenes
from drieluik.checks.engine.base import inputs_of, value_of
from drieluik.checks.engine.ladder import barred_powers, deviation_of, effect_names, is_policy, ladder_of, policy_step, weighed
from drieluik.checks.engine.plot import parcels_under, plot_of
from drieluik.checks.engine.rulebook.precedence import goes_before, in_order
from drieluik.model import (
    Deviation,
    InputUsed,
    LegalSource,
    Limit,
    Note,
    Parcel,
    PlanValue,
    Rule,
    Ruleset,
    Verdict,
)
from drieluik.review import review
from one_context import ABOUT, HOUSE, context, finding, maatvoering, rule
from scenes import shift

ALL, HALF, AWAY = box(5, 5, 15, 17), box(5, 5, 10, 17), box(30, 30, 40, 40)


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
    plans = maatvoering((8.0, HALF), (9.0, ALL))
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
    for verdict, after in ((Verdict.NOT_APPLICABLE, Verdict.VIOLATES), (Verdict.NOT_ASSESSABLE, Verdict.NEEDS_JUDGEMENT)):
        left = in_order([rule("a"), rule("b", overrides=("a",))], [a, replace(b, verdict=verdict)], context())[0]
        assert (left.verdict, left.ladder) == (after, "undecided" if after is Verdict.NEEDS_JUDGEMENT else "needs_outside_plan_permit")
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
    for barred, cures, ladder in (({}, True, "fits_with_power"), ({"x": False}, True, "fits_with_power"), ({"x": True}, False, "needs_outside_plan_permit"), ({"x": None}, None, "undecided")):
        found = weighed(own, finding(), {}, barred=barred)
        assert ([(power.id, power.cures) for power in found.deviations], found.ladder) == ([("x", cures)], ladder)
        told = {True: Note.of("engine_power_cures", effect="limit + 5", limit=13.0, unit="m"), False: Note.of("engine_power_barred", effect="limit + 5"), None: Note.of("engine_power_maybe_barred", effect="limit + 5")}
        assert found.deviations[0].note == told[cures]


@pytest.mark.parametrize(("legal", "expected"), [
    ({}, ()), ({"article": "7.1", "quote": "tekst", "url": "u", "work_id": "w", "bwb_id": "b", "version_date": "2020"}, (LegalSource("Plan X", "7.1", "tekst", "u", "2020", "w", "b"),)), ({"instrument": "Verordening"}, (LegalSource("Verordening"),)),
])
def test_where_a_power_stands(legal, expected):
    found = deviation_of({"id": "x", "effect": "in woorden", "legal": legal}, rule(), finding(), {})
    assert (found.legal, found.note) == (expected, Note.of("checks_deviation", effect="in woorden"))
    assert deviation_of({"id": "x", "effect": "limit + k", "legal": legal}, rule(legal=()), finding(), {}).note == Note.of("checks_deviation", effect="limit + k")


def test_a_power_is_barred_where_its_text_says_so():
    here, half = {"location": {"layer": "bouwvlak"}}, {"location": {"polygon": [[100_000, 450_000], [100_010, 450_000], [100_010, 450_040], [100_000, 450_040]]}}
    powers = tuple({"id": name, "effect": "limit + 1", **({"not_where": where} if where else {})} for name, where in (("a", here), ("b", {"location": {"layer": "figuur"}}), ("c", {"status": "monument"}), ("d", half), ("e", None)))
    assert barred_powers(rule(exceptions=(*powers, {"id": "f", "not_where": here})), context()) == {"a": True, "b": False, "c": None, "d": None}


def test_a_power_for_some_parts_is_none_for_the_rest_of_a_building():
    """A power of 1.5 m for chimneys: where there are none it is barred, where there are it is not known that nothing else passes the limit."""
    own = rule(exceptions=({"id": "x", "effect": "limit + 1.5", "classes": ["chimney"]}, {"id": "y", "effect": "limit + 1.5", "classes": ["antenna"], "not_where": {"location": {"layer": "bouwvlak"}}}))
    assert barred_powers(own, context()) == {"x": True, "y": True}
    chimney = scenes.box_part(8, 8, 9, 9, 6, 9, kind="chimney", fid="c")
    assert barred_powers(own, context(HOUSE, chimney)) == {"x": None, "y": True}
    assert weighed(own, finding(value=8.8, limit=8.0), {}, barred={"x": None, "y": True}).ladder == "undecided"
    assert weighed(own, finding(value=9.8, limit=8.0), {}, barred={"x": None, "y": True}).ladder == "needs_outside_plan_permit"  # it is too small in any case


TEN, CHIMNEY = {"id": "ten", "effect": "limit*1.10"}, {"id": "chimney", "classes": ["chimney"], "max_extra_m": 1.5}


@pytest.mark.parametrize(("house", "chimney", "more", "value", "verdict", "cures", "step"), [
    (8.0, 9.5, {}, 9.5, "complies", (), "fits"), (8.0, 9.6, {}, 9.6, "violates", (False,), "needs_outside_plan_permit"),  # 1.5 m above 8 m, not above 8.8 m
    (8.7, 9.5, {}, 8.7, "violates", (True,), "fits_with_power"), (8.7, 9.6, {}, 9.6, "violates", (False,), "needs_outside_plan_permit"), (8.9, 9.5, {}, 8.9, "violates", (False,), "needs_outside_plan_permit"),
    (7.9, 9.4, {"effect": "limit+1.5"}, 9.4, "violates", (False, None), "undecided"), (7.9, 9.6, {"effect": "limit+1.5"}, 9.6, "violates", (False, False), "needs_outside_plan_permit"),
])  # fmt: skip
def test_each_power_and_each_cap_counts_from_the_plain_norm(house, chimney, more, value, verdict, cures, step):
    """A limit of 8 m, a power of ten percent, and chimneys up to 1.5 m above the limit: by themselves, or (``more``) by a power of their own."""
    own = Rule("r", "max_building_height", {"nl": "r"}, (LegalSource("Plan"),), Limit("<=", "m", 8.0), exceptions=(TEN, {**CHIMNEY, **more}))
    design = scenes.design(scenes.box_part(5, 5, 14, 14, 0, house), scenes.box_part(8, 8, 9, 9, house, chimney, kind="chimney", fid="c"))
    [found] = review(scenes.site(), design, Ruleset("t", "1", {}, (own,)), {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}})
    assert (found.verdict.value, found.ladder, tuple(power.cures for power in found.deviations)) == (verdict, step, cures)
    assert verdict == "complies" or found.measurements[0].value == pytest.approx(value)


# what a check is given


def test_a_plan_value_by_name_and_qualifier():
    area = scenes.plan_area("m", "maatvoering", "", ALL, PlanValue("bouwhoogte", "", 9.0, "m", ""), PlanValue("bouwhoogte", "minimum", 3.0, "m", ""), PlanValue("goothoogte", "maximum", 6.0, "m", ""))
    assert [value_of(area, *wanted, context()).value for wanted in (("bouwhoogte", "maximum"), ("bouwhoogte", "minimum"), ("goothoogte", "maximum"))] == [9.0, 3.0, 6.0]
    assert value_of(area, "goothoogte", "minimum", context()) is None and value_of(area, "oppervlakte", "maximum", context()) is None


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
    scene = context(scenes.box_part(6, 6, 14 + over, 14, 0, 8), parcels=parcels(box(0, 0, 14, 40), box(14, 0, 30, 40)), registered_buildings=neighbour)
    assert [parcel.fid for parcel in parcels_under(scene)] == found


@pytest.mark.parametrize(("depth", "found"), [(0.9, ["0"]), (1.1, ["0", "1"])])
def test_less_than_a_square_metre_of_a_parcel_is_none_of_the_plot(depth, found):
    scene = context(HOUSE, scenes.box_part(13, 6, 14 + depth, 7, 0, 8), parcels=parcels(box(0, 0, 14, 40), box(14, 0, 30, 40)))
    assert [parcel.fid for parcel in parcels_under(scene)] == found


def test_the_parcel_with_most_of_the_design_comes_first_and_ways_follow():
    scene = context(parcels=parcels(box(0, 0, 9, 40), box(9, 0, 30, 40)))
    assert [parcel.fid for parcel in parcels_under(scene)] == ["1", "0"]
    assert [parcel.fid for parcel in plot_of(scene)] == ["1", "0"]
    assert [one.answer for one in scene.ledger.open["parcels"].alternatives] == [["1", "0"], ["1"], ["0"]]


@pytest.mark.parametrize(("named", "plot", "refused"), [(["0"], ["0"], False), ("P 1", ["1"], False), (["2"], ["1", "0"], True), (["nowhere"], ["1", "0"], True)])
def test_parcels_that_are_named_are_the_plot_where_the_design_stands_on_them(named, plot, refused):
    """Parcel 2 holds 6 % of the design."""
    scene = context(answers={"parcels": {"value": named}}, parcels=parcels(box(0, 0, 9, 40), box(9, 0, 13.5, 40), box(13.5, 0, 30, 40)))
    found = [parcel.fid for parcel in plot_of(scene)]
    assert found == plot if not refused else found[:2] == plot
    assert ("parcels:refused" in scene.ledger.settled) is refused


def test_a_small_design_stands_on_the_parcel_that_holds_half_of_it():
    scene = context(scenes.box_part(13.2, 6, 14.2, 7, 0, 2), parcels=parcels(box(0, 0, 14, 40), Polygon([(14, 0), (30, 0), (30, 40), (14, 40)])))
    assert [parcel.fid for parcel in parcels_under(scene)] == ["0"]
