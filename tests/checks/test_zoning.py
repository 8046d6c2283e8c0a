"""The worked numbers of the zoning rules: bouwvlak, height, coverage, peil; and the golden scene for these rules."""

from __future__ import annotations

import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import LegalSource, Limit, Parcel, RegisteredBuilding, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import GROUND, box_part, design, gable_part, plan_area, shift

PEIL = {"peil": {"method": "nap_value", "nap_m": GROUND}}


def rule(check, limit=None, **words) -> Rule:
    return Rule(check, check, {"nl": check}, (LegalSource("plan"),), limit, **words)


def run(check, site, *parts, answers=PEIL, **words):
    found = review(site, design(*parts), Ruleset("t", "1", {}, (rule(check, **words),)), answers)
    assert len(found) == 1
    return found[0]


HEIGHT = {"limit": Limit("<=", "m", None, "bouwhoogte")}


def height_case(ridge, limit=11.0, extra=(), **words):
    return run("max_building_height", scenes.site(limit), gable_part(5, 5, 15, 15, 5.8, ridge), *extra, **{**HEIGHT, **words})


@pytest.mark.parametrize(
    ("ridge", "verdict", "margin"),
    [(10.95, Verdict.COMPLIES, 0.05), (11.20, Verdict.VIOLATES, -0.20), (11.0, Verdict.COMPLIES, 0.0)],
)
def test_building_height(ridge, verdict, margin):
    found = height_case(ridge)
    assert (found.verdict, found.measurements[0].margin) == (verdict, pytest.approx(margin, abs=1e-6))


def test_strictly_less_fails_at_the_limit():
    found = run("max_building_height", scenes.site(11.0), gable_part(5, 5, 15, 15, 5.8, 11.0), limit=Limit("<", "m", None, "bouwhoogte"))
    assert found.verdict is Verdict.VIOLATES


def test_tagged_chimney_is_exempt_with_a_note():
    found = height_case(10.80, extra=[box_part(9, 9, 9.6, 9.6, 9, 12.10, kind="chimney")])
    assert found.verdict is Verdict.COMPLIES
    assert found.notes[-1].code == "checks_exempt_parts"


def test_untagged_small_box_on_a_flat_roof_needs_judgement():
    site = scenes.site(plans=(plan_area("m", "maatvoering", "h", box(0, 0, 20, 10), scenes.maximum_height(11)),))
    found = run("max_building_height", site, box_part(0, 0, 20, 10, 0, 10.9), box_part(5, 2, 9, 5, 10.9, 12.4, fid="lift"), **HEIGHT)
    assert found.verdict is Verdict.NEEDS_JUDGEMENT


def test_excess_volume_over_a_violated_zone():
    found = height_case(12.0, limit=11.0)
    named = {m.name: m.value for m in found.measurements}
    # 1 m out of a rise of 6.2 m over half the width of 5 m, 10 m long
    assert named["excess_volume"] == pytest.approx(1.0 * (5 / 6.2) * 10, abs=1e-3)
    assert named["excess_height"] == pytest.approx(1.0)


def test_two_zones_each_have_their_own_limit():
    zones = (
        plan_area("m9", "maatvoering", "h", box(0, 0, 10, 30), scenes.maximum_height(9)),
        plan_area("m12", "maatvoering", "h", box(10, 0, 20, 30), scenes.maximum_height(12)),
    )
    found = review(
        scenes.site(plans=zones), design(gable_part(5, 5, 15, 15, 6, 10)),
        Ruleset("t", "1", {}, (rule("max_building_height", **HEIGHT),)), PEIL,
    )
    assert [(said(f), f.verdict) for f in found] == [
        ("maximum bouwhoogte 9 m", Verdict.VIOLATES), ("maximum bouwhoogte 12 m", Verdict.COMPLIES)
    ]


def test_splitting_a_zone_in_two_equal_ones_changes_nothing():
    whole = height_case(11.2)
    halves = tuple(plan_area(f"m{i}", "maatvoering", "h", b, scenes.maximum_height(11)) for i, b in enumerate((box(5, 5, 10, 17), box(10, 5, 15, 17))))
    split = run("max_building_height", scenes.site(plans=halves), gable_part(5, 5, 15, 15, 5.8, 11.2), **HEIGHT)
    assert [(m.name, m.value) for m in split.measurements] == [(m.name, m.value) for m in whole.measurements]


def test_draft_plans_do_not_govern_and_no_value_is_never_no_limit():
    from dataclasses import replace

    draft = tuple(replace(a, plan_status="ontwerp") for a in scenes.site().plans)
    found = run("max_building_height", scenes.site(plans=draft), gable_part(5, 5, 15, 15, 5.8, 99), **HEIGHT)
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "zoning_no_limit")


@pytest.mark.parametrize(("top", "verdict"), [(10.40, Verdict.VIOLATES), (10.00, Verdict.NEEDS_JUDGEMENT)])
def test_unresolved_peil_is_tried_low_and_high(top, verdict):
    site = scenes.site(plans=(plan_area("m", "maatvoering", "h", box(0, 0, 20, 20), scenes.maximum_height(9)),))
    answers = {"peil": {"candidates": {"road_at_main_entrance": 1.20, "finished_ground_adjoining": 0.80, "ground_floor_level": 1.35}}}
    found = run("max_building_height", site, box_part(5, 5, 15, 15, 0, top - GROUND), answers=answers, **HEIGHT)
    assert found.verdict is verdict
    assert [p.key for p in found.premises] == ["peil"]
    assert [q.key for q in found.questions] == (["peil"] if verdict is Verdict.NEEDS_JUDGEMENT else [])
    assert found.measurements[0].value == pytest.approx(top - 0.80)


BOUWVLAK = scenes.site(plans=(plan_area("b", "bouwvlak", "bouwvlak", box(0, 0, 10, 12)),))


@pytest.mark.parametrize(
    ("parts", "words", "verdict", "area", "depth"),
    [
        ([box_part(0, 0, 10, 12, 0, 6)], {}, Verdict.COMPLIES, 0.0, 0.0),
        ([box_part(0, 0, 10, 12.6, 0, 6)], {}, Verdict.VIOLATES, 6.0, 0.6),
        (
            [box_part(0, 0, 10, 12, 0, 6, kind="wall"), box_part(0, 12, 10, 12.6, 3, 3.2, kind="balcony")],
            {"measure": {"minor_overshoot_m": 1.5}}, Verdict.COMPLIES, 0.0, 0.6,
        ),
        ([box_part(0, 0, 10, 12.4, 0, 6)], {"measure": {"minor_overshoot_m": 0.5}}, Verdict.NEEDS_JUDGEMENT, 4.0, 0.4),
    ],
)
def test_within_building_plane(parts, words, verdict, area, depth):
    found = run("within_building_plane", BOUWVLAK, *parts, **words)
    values = [m.value for m in found.measurements[:2]]
    assert (found.verdict, values) == (verdict, [pytest.approx(area, abs=1e-6), pytest.approx(depth, abs=1e-6)])


def test_no_bouwvlak_is_not_assessable():
    assert run("within_building_plane", scenes.site(plans=()), box_part(0, 0, 1, 1, 0, 1)).verdict is Verdict.NOT_ASSESSABLE


def coverage(denominator, new, existing=(), limit=40.0, plans=()):
    site = scenes.site(
        parcels=(Parcel("1", "A 1", shift(box(0, 0, 20, 20))),),
        registered_buildings=tuple(RegisteredBuilding(str(i), shift(b)) for i, b in enumerate(existing)),
        plans=plans or scenes.site().plans,
    )
    return run("max_coverage_pct", site, new, limit=Limit("<=", "%", limit), measure={"denominator": denominator})


def test_coverage_worked_numbers():
    shed = box(14, 14, 20, 19)
    ok = coverage("bouwperceel", box_part(0, 0, 12, 10, 0, 5), [shed])
    assert (ok.verdict, ok.measurements[0].value) == (Verdict.COMPLIES, pytest.approx(37.5))
    over = coverage("bouwperceel", box_part(0, 0, 14, 10, 0, 5), [shed])
    assert (over.verdict, over.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(42.5))
    overlapping = coverage("bouwperceel", box_part(0, 0, 10, 10, 0, 5), [box(6, 5, 12, 10)])  # two thirds of it lie under the design: does it go?
    assert overlapping.verdict is Verdict.COMPLIES
    assert {choice.value for premise in overlapping.premises if premise.key.startswith("demolition") for choice in premise.choices} == {25.0, 27.5}
    beside = coverage("bouwperceel", box_part(0, 0, 10, 10, 0, 5), [box(8, 5, 14, 10)])  # a third of it
    assert beside.measurements[0].value == pytest.approx(30.0)
    plane = (plan_area("b", "bouwvlak", "bouwvlak", box(0, 0, 20, 10)),)
    other = coverage("bouwvlak", box_part(0, 0, 12, 10, 0, 5), plans=plane)
    assert (other.verdict, other.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(60.0))


def test_coverage_without_denominator_asks_for_it():
    found = coverage("", box_part(0, 0, 12, 10, 0, 5), limit=29.5)  # 30.0 % of the plot, 29.2 of the bouwvlak, 3.0 of the bestemming
    assert (found.verdict, found.questions[0].key) == (Verdict.NEEDS_JUDGEMENT, "denominator")


def test_golden_scene():
    """FX: plot 10 x 40, house eaves 5.80 ridge 9.80, extension outside the bouwvlak, shed: 37.5 % built."""
    plans = (
        plan_area("b", "bouwvlak", "bouwvlak", box(0, 5, 10, 17)),
        plan_area("m", "maatvoering", "h", box(0, 5, 10, 17), scenes.maximum_height(10)),
    )
    site = scenes.site(plans=plans, parcels=(Parcel("1", "A 1", shift(box(0, 0, 10, 40))),), registered_buildings=())
    house = gable_part(0, 5, 10, 15, 5.80, 9.80)
    extension, shed = box_part(0, 15, 10, 18, 0, 3.30, fid="ext"), box_part(6, 34, 10, 39, 0, 2.60, fid="shed")
    height = run("max_building_height", site, house, **HEIGHT)
    assert (height.verdict, height.measurements[0].margin) == (Verdict.COMPLIES, pytest.approx(0.20))
    assert run("within_building_plane", site, house).verdict is Verdict.COMPLIES
    outside = run("within_building_plane", site, house, extension)
    assert [m.value for m in outside.measurements[:2]] == [pytest.approx(10.0, abs=1e-6), pytest.approx(1.0, abs=1e-6)]
    built = run("max_coverage_pct", site, house, extension, shed, limit=Limit("<=", "%", 40.0), measure={"denominator": "bouwperceel"})
    assert built.measurements[0].value == pytest.approx(37.5, abs=1e-4)


def test_raising_the_limit_never_hurts():
    order = [height_case(10.0, limit=limit).verdict for limit in (8, 9, 10, 11, 12)]
    assert order == [Verdict.VIOLATES] * 2 + [Verdict.COMPLIES] * 3


def test_the_officers_ticks_decide_which_plan_governs():
    def with_answer(ids):
        answers = {**PEIL, "governing_plans": {"ids": ids, "reason": "ticked"}}
        return run("max_building_height", scenes.site(9.0), gable_part(5, 5, 15, 15, 5.8, 8.0), answers=answers, **HEIGHT).verdict

    assert with_answer(["NL.IMRO.9999.BP1"]) is Verdict.COMPLIES
    assert with_answer([]) is Verdict.NOT_ASSESSABLE
