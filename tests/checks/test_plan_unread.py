"""The plan's own rules while nobody read its text: what the text may say is an open point, what holds in every reading stays decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.data_sources.juridical.proposing import propose
from drieluik.job import rulesets_for
from drieluik.model import Case, Level, MeasuringProfile, Plan, PlanValue, ProfileEntry, SiteRequest, Verdict
from drieluik.review import review
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE, NOT = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE
PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
PLAN = "NL.IMRO.9999.BP1"


def found(*parts, check="within_building_plane", areas=None, levels=(), answers=None, profiles=()):
    site = scenes.site() if areas is None else replace(scenes.site(), plans=tuple(areas))
    design = scenes.design(*parts, levels=levels)
    place = scenes.shift(box(0, 0, 20, 40))
    given = review(site, design, derive(site.plans, place, REGISTRY, profiles), {**PEIL, **(answers or {})}, profiles=profiles)
    return next(one for one in given if one.check == check)


def keys(one):
    return {question.key for question in one.questions}


def areas(*zones, plane, belongs_to):
    return (*(plan_area(fid, "enkelbestemming", name, shape) for fid, name, shape in zones), plan_area("b1", "bouwvlak", "bouwvlak", plane, belongs_to=belongs_to))


def test_a_bouwvlak_of_another_bestemming_is_not_about_this_design():
    two = areas(("w", "Wonen - 3", box(0, 0, 18, 40)), ("k", "Bedrijf", box(18, 0, 60, 40)), plane=box(19, 4, 40, 20), belongs_to="k")
    assert found(box_part(5, 6, 13, 15, 0, 6), areas=two).verdict is NOT
    unsaid = tuple(replace(area, belongs_to="") for area in two)  # where it lies tells the same
    assert found(box_part(5, 6, 13, 15, 0, 6), areas=unsaid).verdict is NOT
    own = areas(("w", "Wonen - 3", box(0, 0, 18, 40)), plane=box(4, 4, 14, 11), belongs_to="w")
    assert found(box_part(5, 6, 13, 15, 0, 6), areas=own).verdict is VIOLATES


def test_ground_of_a_bestemming_without_bouwvlak_waits_for_its_text():
    two = areas(("w", "Wonen", box(0, 5, 20, 40)), ("t", "Tuin", box(0, 0, 20, 5)), plane=box(4, 5, 16, 17), belongs_to="w")
    parts = (box_part(5, 6, 13, 15, 0, 6), box_part(7, 1.5, 9, 6, 0, 6, fid="bay"))
    one = found(*parts, areas=two)
    assert (one.verdict, "built_without_bouwvlak: Tuin" in keys(one)) == (JUDGE, True)
    assert found(*parts, areas=two, answers={"built_without_bouwvlak: Tuin": "no"}).verdict is VIOLATES
    assert found(*parts, areas=two, answers={"built_without_bouwvlak: Tuin": "yes"}).verdict is COMPLIES


@pytest.mark.parametrize(("height", "verdict"), [(3.0, JUDGE), (6.9, VIOLATES)])
def test_a_low_wing_may_be_an_annex_and_what_is_as_high_as_the_house_is_the_house(height, verdict):
    one = found(box_part(6, 6, 14, 15, 0, 7), box_part(7, 15, 11, 21.5, 0, height, fid="wing"))
    assert one.verdict is verdict
    assert verdict is VIOLATES or "profile.applies_to" in keys(one)


def test_an_annex_counts_where_the_text_holds_every_building_inside():
    read = MeasuringProfile(PLAN, entries=(ProfileEntry("applies_to", "gebouw", "5.2"),))
    wing = box_part(7, 15, 11, 21.5, 0, 3, fid="wing")
    assert found(box_part(6, 6, 14, 15, 0, 7), wing, profiles=(read,)).verdict is VIOLATES
    main = MeasuringProfile(PLAN, entries=(ProfileEntry("applies_to", "hoofdgebouw", "5.2"),))
    one = found(box_part(6, 6, 14, 15, 0, 7), wing, profiles=(main,))
    assert (one.verdict, "annex_is_main" in keys(one)) == (JUDGE, True)  # a body of its own: asked once, of what the rule is about


def valued(name, number, unit="m"):
    shape = box(5, 5, 15, 17)
    value = PlanValue(name, "maximum", number, unit, f"maximum {name}={number:g}")
    return (*scenes.site().plans, plan_area("v1", "maatvoering", name, shape, value))


def test_a_basement_may_be_a_storey_until_the_text_is_read():
    levels = tuple(Level(name, scenes.GROUND + z) for name, z in (("kelder", -2.9), ("begane grond", 0.0), ("verdieping", 3.0)))
    plan = valued("aantal bouwlagen", 2.0, "")
    house = box_part(6, 6, 14, 15, -2.9, 6)
    one = found(house, check="max_storeys", areas=plan, levels=levels)
    assert (one.verdict, "profile.storeys" in keys(one)) == (JUDGE, True)
    assert found(house, check="max_storeys", areas=valued("aantal bouwlagen", 1.0, ""), levels=levels).verdict is VIOLATES
    assert found(house, check="max_storeys", areas=valued("aantal bouwlagen", 3.0, ""), levels=levels).verdict is COMPLIES


def test_a_flat_wing_may_be_allowed_beside_the_pitch():
    between = (
        *scenes.site().plans,
        plan_area("v1", "maatvoering", "dakhelling", box(5, 5, 15, 17), PlanValue("dakhelling", "minimum", 30.0, "deg", "minimum dakhelling=30"),
                  PlanValue("dakhelling", "maximum", 60.0, "deg", "maximum dakhelling=60")),
    )
    house = scenes.gable_part(6, 6, 12, 15, 5.0, 9.5)
    one = found(house, box_part(12, 6, 15, 15, 0, 3, fid="wing"), check="roof_pitch_range", areas=between)
    assert (one.verdict, "profile.pitch" in keys(one)) == (JUDGE, True)
    assert found(house, check="roof_pitch_range", areas=between).verdict is COMPLIES


def test_eaves_far_too_high_are_too_high_in_every_reading():
    house = scenes.gable_part(6, 6, 14, 15, 8.0, 9.5)
    assert found(house, check="max_eaves_height", areas=valued("goothoogte", 6.0)).verdict is VIOLATES
    assert found(scenes.gable_part(6, 6, 14, 15, 4.0, 8.5), check="max_eaves_height", areas=valued("goothoogte", 6.0)).verdict is COMPLIES


def heights(ridge, at_date, ticked=None, only_new=False):
    """Return the verdicts on the bouwhoogte of an old plan (8 m) and of one adopted on 5 February 2024 (10 m), derived as the job does."""
    ids = {"new": ("NL.IMRO.9999.new", "2024-02-05", 10.0), "old": ("NL.IMRO.9999.old", "2012-01-01", 8.0)}
    chosen = {key: ids[key] for key in (("new",) if only_new else ids)}
    objects = tuple(
        replace(one, fid=f"{key}-{one.fid}", plan_id=plan, date=date, belongs_to=one.belongs_to and f"{key}-{one.belongs_to}")
        for key, (plan, date, limit) in chosen.items() for one in scenes.site(limit).plans
    )
    documents = tuple(Plan(plan, key, "bestemmingsplan", "vastgesteld", date=date) for key, (plan, date, _) in chosen.items())
    site = replace(scenes.site(), plans=objects, plan_documents=propose(documents, objects, at_date))
    case = Case("c", "c", SiteRequest(scenes.ORIGIN), (), answers={**PEIL, **({"governing_plans": {"ids": [ids[ticked][0]]}} if ticked else {})}, application_date=at_date)
    design = scenes.design(scenes.gable_part(6, 6, 14, 15, 5, ridge))
    given = review(site, design, rulesets_for(design, case, site, (), ()), case.answers, date=at_date)
    return {one.rule.split(":")[1][-3:]: one for one in given if one.rule.endswith("maximum:bouwhoogte")}


@pytest.mark.parametrize("at_date", ["2024-02-20", "2024-03-30"])
def test_while_it_is_open_whether_a_plan_works_both_plans_are_read(at_date):
    found = heights(9.0, at_date)
    assert (found["old"].verdict, found["new"].verdict) == (JUDGE, COMPLIES)
    assert keys(found["old"]) == {"governing_plans"}
    assert {choice.verdict for premise in found["old"].premises if premise.key == "governing_plans" for choice in premise.choices} == {VIOLATES, Verdict.NOT_APPLICABLE}
    assert heights(7.0, at_date)["old"].verdict is COMPLIES
    assert [one.verdict for one in heights(12.0, at_date).values()] == [JUDGE, JUDGE]  # which of the two it breaks is open


def test_what_the_officer_ticks_settles_which_plan_is_read():
    assert {key: one.verdict for key, one in heights(9.0, "2024-02-20", "old").items()} == {"old": VIOLATES}
    assert {key: one.verdict for key, one in heights(9.0, "2024-02-20", "new").items()} == {"new": COMPLIES}
    assert {key: one.verdict for key, one in heights(9.0, "2024-08-01").items()} == {"new": COMPLIES}


def test_a_plan_that_may_not_work_yet_earns_no_green_alone():
    assert heights(9.0, "2024-02-20", only_new=True)["new"].verdict in (JUDGE, NOT)
    assert heights(9.0, "2024-08-01", only_new=True)["new"].verdict is COMPLIES
