"""Answers and rules that name nothing, or something that cannot be, are told; what data contradict is told; what is out of reach is out of reach."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from shapely import box

import scenes
from drieluik.checks import Context
from drieluik.checks.engine.drawn_along import unheard_going
from drieluik.checks.engine.officer.officer_answers import unheard_roles
from drieluik.checks.shared.disturbance import unreadable_answer
from drieluik.measure.plan.governing_areas import not_here
from drieluik.model import LayerState, LegalSource, Level, Limit, RegisteredBuilding, Rule, Ruleset, TopographyObject, Verdict
from drieluik.review import review
from one_rule import PEIL, rd, run
from scenes import GROUND, ORIGIN, box_part, plan_area, shift

COMPLIES, VIOLATES, JUDGE, LACKS, NONE = (Verdict(word) for word in ("complies", "violates", "needs_judgement", "not_assessable", "not_applicable"))
HOUSE = box_part(5, 6, 13, 15, 0, 5.6, fid="house")
SHED = box_part(14, 22, 18, 27, 0, 2.8, fid="shed")


def codes(found):
    return [note.code for note in (*found.missing, *found.notes)]


@pytest.mark.parametrize(("at", "verdict"), [((16, 24), VIOLATES), ((1, 1), LACKS)])
def test_a_place_of_a_secondary_building_where_nothing_stands_is_told(at, verdict):
    found = run("secondary_buildings", HOUSE, SHED, secondary_at=rd(at), max_height_m=2.5)
    assert found.verdict is verdict and ("surroundings_nothing_at" in codes(found)) is (verdict is LACKS)


@pytest.mark.parametrize(("told", "verdict", "asked", "refused"), [
    (None, VIOLATES, False, False), (0, JUDGE, True, False), (29, VIOLATES, False, False), (60, VIOLATES, False, False), (5000, VIOLATES, False, True),
])  # fmt: skip
def test_less_than_the_registers_draw_is_asked_and_more_than_the_plot_is_refused(told, verdict, asked, refused):
    """A new shed of 20 m2 beside one of 30 m2, of 40 m2 that are allowed, on a plot of 800 m2."""
    pand = RegisteredBuilding("9999100000000061", shift(box(1, 32, 7, 37)), 1988, "Pand in gebruik")
    site = scenes.site(registered_buildings=(*scenes.site().registered_buildings, pand))

    def found(**more):
        answers = {"parcels": ["1"], **({} if told is None else {"existing_secondary_m2": told}), **more}
        return run("secondary_buildings", HOUSE, SHED, site=site, answers=answers, max_total_area_m2=40, secondary_at=rd((16, 24)))

    one = found()
    assert one.verdict is verdict and ("existing_secondary_sure" in {question.key for question in one.questions}) is asked
    assert ("existing_secondary_m2:refused" in {premise.key for premise in one.premises}) is refused
    if asked:
        assert [found(existing_secondary_sure=word).verdict for word in ("yes", "no")] == [COMPLIES, VIOLATES]


PAND = RegisteredBuilding("9999100000000007", shift(box(5, 6, 13, 27)), 1970, "Pand in gebruik")


@pytest.mark.parametrize(("going", "verdict", "refused"), [
    (None, JUDGE, False), (["elders"], JUDGE, True), ([PAND.fid], COMPLIES, False), (["elders", PAND.fid], COMPLIES, True), ([], VIOLATES, False), ({"pand": 1}, JUDGE, True), ("house", VIOLATES, False),
])  # fmt: skip
def test_what_does_not_stand_is_not_demolished(going, verdict, refused):
    """A house of 72 m2 over less than half of a house of 168 m2, of 12 % of 800 m2 that may be built on."""
    site = scenes.site(registered_buildings=(PAND,))
    answers = {} if going is None else {"demolition": going}
    found = run("max_coverage_pct", HOUSE, op="<=", value=12.0, unit="%", denominator="bouwperceel", site=site, answers=answers)
    assert found.verdict is verdict and ("demolition:refused" in {premise.key for premise in found.premises}) is refused
    context = Context(site, scenes.design(HOUSE), answers)
    assert [note.as_dict()["key"] for note in unheard_going(context)] == (["demolition"] if refused else [])
    failed = replace(site, provenance=tuple(replace(record, state=LayerState.FAILED) if record.layer == "bag" else record for record in site.provenance))
    assert unheard_going(Context(failed, scenes.design(HOUSE), answers)) == ()  # while the register is not known, nobody knows its names


@pytest.mark.parametrize(("key", "given", "refused"), [("main_building", ["elders"], True), ("main_building", [PAND.fid], False), ("main_building", ["none of these"], False)])
def test_a_main_building_that_does_not_stand_on_the_plot_is_refused(key, given, refused):
    found = run("secondary_buildings", SHED, site=scenes.site(registered_buildings=(PAND,)), answers={key: given}, max_total_area_m2=40, body="all")
    assert (f"{key}:refused" in {premise.key for premise in found.premises}) is refused


@pytest.mark.parametrize(("word", "registered", "refused"), [("yes", (), True), ("no", (), False), ("yes", (RegisteredBuilding("9999100000000008", shift(box(5, 15, 13, 25))),), False)])
def test_a_design_is_one_building_with_an_existing_one_where_there_is_one(word, registered, refused):
    found = run("max_area", HOUSE, op="<=", value=300.0, unit="m2", site=scenes.site(registered_buildings=registered), answers={"whole_building": word})
    assert found.verdict is COMPLIES and ("whole_building:refused" in {premise.key for premise in found.premises}) is refused


@pytest.mark.parametrize(("storeys", "height", "verdict", "refused"), [
    (2, 5.6, COMPLIES, False), (4, 5.6, VIOLATES, False), (5, 5.6, COMPLIES, True), (12, 6.0, COMPLIES, True), (2, 2.4, COMPLIES, False), (3, 2.4, COMPLIES, True), (0, 5.6, COMPLIES, True), (7, 12.0, VIOLATES, False),
])  # fmt: skip
def test_more_storeys_than_a_building_is_high_for_are_refused(storeys, height, verdict, refused):
    found = run("max_storeys", box_part(5, 6, 13, 15, 0, height), op="<=", value=4 if height > 11 else 3, unit="bouwlagen", answers={"storeys": storeys})
    assert found.verdict is verdict and ("storeys:refused" in {premise.key for premise in found.premises}) is refused


@pytest.mark.parametrize(("place", "refused"), [((9, 6), False), ((30, -30), False), ((9, -300), True), ((5_000, 5_000), True), ("voordeur", True), ([1.0], True)])
def test_a_main_entrance_elsewhere_is_none(place, refused):
    """West of the house lies a road a metre higher: without a main entrance that is known either may be the one."""
    terrain = scenes.site().terrain
    hilly = replace(terrain, heights=terrain.heights.copy())
    hilly.heights[:, :98] += 1.0  # west of x = -1
    roads = (*(item for item in scenes.site().topography if item.collection != "wegdeel"), TopographyObject("w", "wegdeel", shift(box(-6, -20, -2, 60)), "rijbaan lokale weg"),
             TopographyObject("s", "wegdeel", shift(box(-1, -9, 60, -3)), "rijbaan lokale weg"))
    given = [ORIGIN[0] + place[0], ORIGIN[1] + place[1]] if isinstance(place, tuple) else place
    answers = {"peil": {"method": "road_at_main_entrance"}, "entrance": given}
    rule = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit("<=", "m", 5.0))
    [found] = review(scenes.site(terrain=hilly, topography=roads), scenes.design(HOUSE), Ruleset("t", "1", {}, (rule,)), answers)
    assert ("entrance:refused" in {premise.key for premise in found.premises}) is refused
    assert found.verdict is (JUDGE if refused else VIOLATES)  # 5.6 m above the south road, 4.6 m above the west one


@pytest.mark.parametrize(("given", "fine"), [({"depth_m": 0.8, "area_m2": 90.0}, True), ({"depth_m": -1.0}, False), ({"depth_m": 800.0}, False), ({"area_m2": 1e8}, False)])
def test_nobody_digs_so_deep(given, fine):
    scene = Context(scenes.site(), scenes.design(HOUSE), {"ground_disturbance": given})
    assert unreadable_answer(scene) is not fine


@pytest.mark.parametrize(("told", "contradicts"), [(0, True), (29, False), (31.5, False), (60, True)])
def test_an_area_that_is_told_against_the_register_is_said(told, contradicts):
    pand = RegisteredBuilding("9999100000000061", shift(box(1, 32, 7, 37)), 1988, "Pand in gebruik")
    site = scenes.site(registered_buildings=(*scenes.site().registered_buildings, pand))
    found = run("secondary_buildings", HOUSE, SHED, site=site, answers={"existing_secondary_m2": told, "parcels": ["1"]}, max_total_area_m2=200)
    assert found.verdict is COMPLIES and ("surroundings_secondary_told" in codes(found)) is contradicts


@pytest.mark.parametrize(
    ("answers", "notes"),
    [
        ({}, set()), ({"storeys": 3}, set()), ({"storeys": 2}, {"zoning_storeys_listed"}), ({"floors": {"nap_m": [GROUND, GROUND + 3]}}, {"zoning_storeys_listed"}),
        ({"floors": [GROUND, GROUND + 2.9, GROUND + 5.8]}, set()), ({"storeys": 1}, {"zoning_storeys_listed", "zoning_storeys_room"}),
    ],
)  # fmt: skip
def test_a_number_of_storeys_against_the_model_is_said(answers, notes):
    levels = tuple(Level(name, GROUND + height) for name, height in (("bg", 0.0), ("1e", 2.9), ("2e", 5.8)))
    rule = Rule("s", "max_storeys", {"nl": "s"}, (LegalSource("plan"),), Limit("<=", "bouwlagen", 3))
    design = replace(scenes.design(box_part(5, 6, 13, 15, 0, 8.7)), levels=levels)
    (found,) = review(scenes.site(), design, Ruleset("t", "1", {}, (rule,)), {**PEIL, **answers})
    assert found.verdict is COMPLIES and {code for code in codes(found) if code in ("zoning_storeys_listed", "zoning_storeys_room")} == notes


@pytest.mark.parametrize(
    ("wanted", "drawn", "verdict"),
    [
        ("Archeolgie", "Waarde - Archeologie", LACKS), ("Waarde - Archeologie", "Waarde - Archeologie", JUDGE), ("Geluid", "Waarde - Archeologie", NONE),
        ("Waarde - Archeologie 2", "Waarde - Archeologie 3", NONE), ("Leiding - Gas", "Leiding - Water", NONE), ("Waterkerring", "Waterstaat - Waterkering", LACKS),
    ],
)  # fmt: skip
def test_a_name_of_an_overlay_that_is_a_slip_of_one_that_is_here_is_told(wanted, drawn, verdict):
    plans = (plan_area("z", "dubbelbestemming", drawn, box(-50, -50, 60, 60)),)
    found = run("overlay_hit", HOUSE, site=scenes.site(plans=plans), name=wanted)
    assert found.verdict is verdict
    told = [note for note in (*found.missing, *found.notes) if note.code in ("surroundings_overlay_alike", "surroundings_overlays_here")]
    assert [note.as_dict()["names"] for note in told] == ([drawn] if verdict in (LACKS, NONE) else [])


def test_a_misspelt_overlay_elsewhere_matters_nothing():
    plans = (plan_area("z", "dubbelbestemming", "Waarde - Archeologie", box(100, 100, 160, 160)),)
    found = run("overlay_hit", HOUSE, site=scenes.site(plans=plans), name="Archeolgie")
    assert found.verdict is NONE and codes(found) == ["surroundings_no_overlay"]


def mill(*, north=210.0, answers=None, **measure):
    at = [ORIGIN[0] + 10, ORIGIN[1] + north]
    return run("mill_biotope", HOUSE, answers=answers, **{"mill": at, "z": 14.0, "n": 75, **measure})


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ({"north": 460.0}, NONE), ({"north": 400.0}, LACKS), ({"n": None, "answers": {"terrain": "gesloten"}}, LACKS), ({"n": None, "answers": {"terrain": "heuvel"}}, LACKS),
    ],
)  # fmt: skip
def test_a_mill_out_of_reach_is_out_of_reach_whatever_it_stands_on(words, verdict):
    found = mill(**words)
    assert found.verdict is verdict
    assert [question.key for question in found.questions] == ([] if verdict is NONE else ["terrain"] if words.get("answers") == {"terrain": "heuvel"} else ["ground_nap"])


@pytest.mark.parametrize(("ratio", "verdict"), [(100, COMPLIES), (0.01, LACKS), (0.99, LACKS), (-30, LACKS)])
def test_a_ratio_is_that_of_one_to_so_many(ratio, verdict):
    found = mill(model="ratio", ratio=ratio, base_m=5, ground_nap=GROUND)
    assert found.verdict is verdict and [question.key for question in found.questions] == ["ratio"] * (verdict is LACKS)


@pytest.mark.parametrize("at", [[450_210.0, 100_010.0], [4.9, 52.0]])
def test_a_mill_in_other_coordinates_is_no_place(at):
    found = run("mill_biotope", HOUSE, answers={"mill": at}, z=14.0, n=75)
    assert found.verdict is LACKS and [question.key for question in found.questions] == ["mill"]


@pytest.mark.parametrize(
    ("given", "verdict", "limit"), [(6, VIOLATES, 5.4), ("8,5", COMPLIES, 6.4), (-5, LACKS, None), (1e6, LACKS, None), (45, LACKS, None), (26, COMPLIES, 13.4)]
)
def test_a_distance_to_the_boundary_lies_within_the_plot(given, verdict, limit):
    found = run("max_building_height", HOUSE, limit=Limit("<=", "m", formula="0.4*d+3"), answers={"d": given})
    assert found.verdict is verdict and [question.key for question in found.questions] == ["d"] * (limit is None)
    assert limit is None or found.measurements[0].limit == pytest.approx(limit)
    assert ("d:refused" in [premise.key for premise in found.premises]) is (limit is None)


@pytest.mark.parametrize(("hours", "dark"), [([0], True), ([0, 12], False)])
def test_a_shadow_study_of_the_night_counts_nothing(hours, dark):
    found = run("shadow_study", box_part(5, 6, 13, 15, 0, 14), hours=hours, dates=["03-21"])
    assert (found.verdict is LACKS) is dark and ("sun_shadow_dark" in codes(found)) is dark


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (None, None), ({"house": "design"}, None), ({"house": {"value": "context", "reason": "buren"}}, None), ({"hous": "context"}, "answers_roles_nobody"),
        ("context", "answers_roles_form"), ({"house": "context", "shed": "vegetation"}, "answers_roles_all_out"), ("onbekend", None),
    ],
)  # fmt: skip
def test_a_role_that_nobody_hears_is_told(roles, code):
    notes = unheard_roles([scenes.design(HOUSE, SHED)], {"roles": roles} if roles is not None else {})
    assert [note.code for note in notes] == ([code] if code else [])


@pytest.mark.parametrize(("given", "code"), [({"ids": ["q"]}, "plans_ticked_not_here"), ({"plans": ["p"]}, "plans_ticked_nothing"), ({"ids": ["p"]}, None), (None, None)])
def test_a_tick_of_plans_that_ticks_nothing_is_told(given, code):
    site = SimpleNamespace(plan_documents=(SimpleNamespace(id="p"),), plans=())
    assert [note.code for note in not_here(site, {"governing_plans": given} if given is not None else {})] == ([code] if code else [])
