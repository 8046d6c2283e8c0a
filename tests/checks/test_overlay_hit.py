"""A12: overlays that the design stands in, and what each asks."""

from __future__ import annotations

import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import LayerState, Provenance, Verdict
from one_rule import piece, rd, roles, run, run_all, values
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
ARCHAEOLOGY = "Waarde - Archeologie 3"


def zone(name, polygon=None, kind="dubbelbestemming", fid="z"):
    return plan_area(fid, kind, name, polygon or box(-50, -50, 60, 60))


def site(*areas):
    return scenes.site(plans=areas)


def dig(width, depth):
    """A building of ``width`` x 10 m that goes ``depth`` into the ground."""
    return box_part(0, 0, width, 10, -depth, 6)


@pytest.mark.parametrize(
    ("width", "depth", "verdict"), [(12, 0.8, JUDGE), (9, 0.8, COMPLIES), (12, 0.3, COMPLIES), (10, 0.8, COMPLIES), (12, 0.4, COMPLIES)]
)
def test_archaeology_asks_area_and_depth(width, depth, verdict):
    found = run("overlay_hit", dig(width, depth), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4)
    assert found.verdict is verdict
    assert values(found)["disturbed_area"] == pytest.approx(width * 10, abs=1e-3)
    assert values(found)["disturbed_depth"] == pytest.approx(depth, abs=1e-6)
    if verdict is JUDGE:
        assert found.notes[0].code == "surroundings_research"


def test_unknown_depth_is_not_assessable_unless_the_area_is_exempt():
    found = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4)
    assert (found.verdict, found.missing[0].code, found.questions[0].key) == (Verdict.NOT_ASSESSABLE, "surroundings_depth_unknown", "ground_disturbance")
    assert run("overlay_hit", box_part(0, 0, 9, 10, 0, 6), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4).verdict is COMPLIES
    answered = {"ground_disturbance": {"depth_m": 0.8}}
    assert run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4, answers=answered).verdict is JUDGE


def test_numbers_per_zone_and_only_what_lies_in_the_zone_counts():
    zones = (zone("Waarde - Archeologie 2", box(0, 0, 6, 60), fid="a"), zone(ARCHAEOLOGY, box(6, 0, 60, 60), fid="b"))
    numbers = {"Waarde - Archeologie 2": {"area_m2": 50, "depth_m": 0.3}, ARCHAEOLOGY: {"area_m2": 1000, "depth_m": 0.3}}
    found = run_all("overlay_hit", dig(12, 0.8), site=site(*zones), zones=numbers)
    assert [(said(f), f.verdict, values(f)["disturbed_area"]) for f in found] == [
        ("Waarde - Archeologie 2", JUDGE, pytest.approx(60.0)), (ARCHAEOLOGY, COMPLIES, pytest.approx(60.0))
    ]


def test_basement_smaller_than_the_house_is_what_disturbs_where_the_rest_is_told():
    house, basement = box_part(0, 0, 12, 10, 0, 6), box_part(0, 0, 5, 10, -3, 0, fid="kelder")
    told = {"ground_disturbance": {"depth_m": 0.3}}
    found = run("overlay_hit", house, basement, site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4, answers=told)
    assert (found.verdict, values(found)["disturbed_area"]) == (COMPLIES, pytest.approx(50.0, abs=1e-3))


def test_ground_from_the_terrain_is_uncertain():
    answers = {"peil": {"method": "road_at_main_entrance", "nap_m": 2.0}}
    found = run("overlay_hit", dig(12, 0.45), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4, answers=answers)
    assert found.verdict is JUDGE
    depth = next(m for m in found.measurements if m.name == "disturbed_depth")
    assert (depth.value, depth.uncertainty) == (pytest.approx(0.45), pytest.approx(0.10))


def test_any_overlay_is_reported_with_area_and_article():
    found = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone("Waarde - Cultuurhistorie", box(6, -50, 60, 60))))
    assert (found.verdict, said(found), found.measurements[0].value) == (JUDGE, "Waarde - Cultuurhistorie", pytest.approx(60.0))
    assert found.notes[0].as_dict()["article"] == "5.2"
    assert {"zone", "zone_overlap", "section_line"} <= roles(found)
    assert piece(found, "zone_overlap").geometry.area == pytest.approx(60.0)


def test_split_in_two_equal_zones_changes_nothing():
    whole = run("overlay_hit", dig(12, 0.8), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4)
    halves = (zone(ARCHAEOLOGY, box(-50, -50, 6, 60), fid="a"), zone(ARCHAEOLOGY, box(6, -50, 60, 60), fid="b"))
    split = run("overlay_hit", dig(12, 0.8), site=site(*halves), area_m2=100, depth_m=0.4)
    assert [(m.name, m.value) for m in split.measurements] == [(m.name, pytest.approx(m.value)) for m in whole.measurements]


def test_touching_or_beside_is_no_hit():
    beside = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone("Waarde - Cultuurhistorie", box(12, 0, 20, 10))))
    assert (beside.verdict, beside.measurements[0].value) == (Verdict.NOT_APPLICABLE, 0.0)
    far = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone("Waarde - Cultuurhistorie", box(20, 0, 30, 10))))
    assert (far.verdict, far.measurements[0].value, far.measurements[0].at) == (Verdict.NOT_APPLICABLE, 8.0, "Waarde - Cultuurhistorie")
    assert run("overlay_hit", box_part(0, 0, 12, 10, 0, 6)).notes[0].code == "surroundings_no_overlay"


def test_named_overlays_and_failed_plans():
    areas = (zone("Waarde - Cultuurhistorie", fid="a"), zone("geluidzone - industrie", kind="gebiedsaanduiding", fid="b"))
    assert said(run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(*areas), name="geluidzone")) == "geluidzone - industrie"
    assert said(run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(*areas), kinds=["dubbelbestemming"])) == "Waarde - Cultuurhistorie"
    failed = type(scenes.site())((0.0, 0.0), 60.0, provenance=(Provenance("plans", LayerState.FAILED),))
    assert run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=failed).missing[0].code == "checks_layer_failed"


@pytest.mark.parametrize(("answer", "verdict"), [(None, JUDGE), ("yes", JUDGE), ("no", COMPLIES), ("unknown", JUDGE)])
def test_noise_zone_only_matters_for_a_sensitive_function(answer, verdict):
    answers = {} if answer is None else {"sensitive_function": {"value": answer, "reason": "aanvraag"}}
    found = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone("geluidzone - industrie", kind="gebiedsaanduiding")), answers=answers)
    assert found.verdict is verdict
    assert bool(found.questions) == (answer in (None, "unknown"))


@pytest.mark.parametrize(("answer", "verdict"), [(None, JUDGE), ("ja", COMPLIES), ("nee", VIOLATES)])
def test_pipeline_asks_the_operators_consent(answer, verdict):
    answers = {} if answer is None else {"operator_consent": answer}
    assert run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone("Leiding - Gas")), answers=answers).verdict is verdict


@pytest.mark.parametrize(("y", "verdict"), [(4.0, JUDGE), (5.0, COMPLIES), (6.0, COMPLIES)])
def test_strip_beside_the_axis_of_a_pipeline(y, verdict):
    found = run("overlay_hit", box_part(0, y, 12, 10, 0, 6), site=site(), line=rd((-50, 0), (50, 0)), strip_m=5)
    assert (found.verdict, said(found), found.measurements[0].value) == (verdict, "belemmeringenstrook", pytest.approx(y))


def test_flood_defence_and_archaeology_without_numbers_need_judgement():
    dike = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone("Waterstaat - Waterkering")))
    assert (dike.verdict, dike.notes[-1].code) == (JUDGE, "surroundings_flood_defence")
    bare = run("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(zone(ARCHAEOLOGY)))
    assert (bare.verdict, bare.notes[-1].code) == (JUDGE, "surroundings_archaeology")


def test_the_depth_is_measured_inside_the_zone():
    """House 12 x 10 m, 0.3 m deep, in the zone; a cellar of 3 m beside it, outside: 120 m2 but 0.3 m <= 0.4 m."""
    parts = (box_part(0, 0, 12, 10, -0.3, 6), box_part(12, 0, 20, 10, -3, 6, fid="kelder"))
    found = run("overlay_hit", *parts, site=site(zone(ARCHAEOLOGY, box(0, 0, 12, 60))), area_m2=100, depth_m=0.4)
    assert (found.verdict, values(found)["disturbed_area"], values(found)["disturbed_depth"]) == (COMPLIES, pytest.approx(120), pytest.approx(0.3))
    whole = run("overlay_hit", *parts, site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4)
    assert (whole.verdict, values(whole)["disturbed_area"], values(whole)["disturbed_depth"]) == (JUDGE, pytest.approx(200), pytest.approx(3.0))


def test_a_shallow_foundation_beside_a_deep_cellar_is_not_forgotten():
    """Foundation 120 m2 at 0.45 m and a cellar of 20 m2 at 3 m: together 120 m2 of ground (the cellar lies under the house)."""
    parts = (box_part(0, 0, 12, 10, -0.45, 6), box_part(0, 0, 2, 10, -3, -0.45, fid="kelder"))
    found = run("overlay_hit", *parts, site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4)
    assert (found.verdict, values(found)["disturbed_area"]) == (JUDGE, pytest.approx(120, abs=1e-3))


@pytest.mark.parametrize(("width", "depth", "verdict"), [(10.001, 0.401, COMPLIES), (10.001, 0.406, JUDGE), (10.0, 5.0, COMPLIES), (50.0, 0.4, COMPLIES)])
def test_both_limits_at_their_edge(width, depth, verdict):
    """More than 100 m2 and deeper than 0.40 m; a millimetre of depth is no more than rounding (0.005 m)."""
    assert run("overlay_hit", dig(width, depth), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4).verdict is verdict


@pytest.mark.parametrize(
    ("numbers", "width", "depth", "verdict"),
    [
        ({"area_m2": 100}, 12, 0.1, JUDGE), ({"area_m2": 100}, 10, 3.0, COMPLIES),  # no depth in the text: any depth counts
        ({"depth_m": 0.4}, 1, 0.5, JUDGE), ({"depth_m": 0.4}, 50, 0.4, COMPLIES),  # no area in the text: any area counts
        ({"zones": {"waarde - ARCHEOLOGIE 3": {"area_m2": 200, "depth_m": 0.3}}}, 12, 0.8, COMPLIES),
    ],
)
def test_archaeology_with_one_of_both_numbers_and_names_in_any_case(numbers, width, depth, verdict):
    assert run("overlay_hit", dig(width, depth), site=site(zone(ARCHAEOLOGY)), **numbers).verdict is verdict


def test_an_axis_of_a_pipeline_that_cannot_be_read_is_named():
    found = run("overlay_hit", box_part(0, 4, 12, 10, 0, 6), site=site(), line=[[1, 2]], strip_m=5)
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_line_unreadable")


def test_the_sentence_names_the_limit():
    from drieluik.report.basis import wording

    found = run("overlay_hit", dig(9, 0.8), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4)
    assert "90,00 m² (≤ 100,00 m²)" in wording.say(found, "nl")


def test_a_foundation_elsewhere_says_nothing_about_this_zone():
    """In the zone a house of 120 m2 that ends at the ground; outside it a shed that goes 0.5 m down: the depth in the zone is not known."""
    parts = (box_part(0, 0, 12, 10, 0, 6), box_part(20, 0, 25, 10, -0.5, 3, fid="shed"))
    found = run("overlay_hit", *parts, site=site(zone(ARCHAEOLOGY, box(-5, -5, 13, 60))), area_m2=100, depth_m=0.4)
    assert (found.verdict, found.missing[0].code, values(found)["disturbed_area"]) == (Verdict.NOT_ASSESSABLE, "surroundings_depth_unknown", pytest.approx(120))


@pytest.mark.parametrize("given", [0.8, {"depth_m": "0,8"}, {"value": {"depth_m": 0.8, "area_m2": "veel"}}])
def test_a_disturbance_in_words_is_named(given):
    found = run("overlay_hit", dig(12, 0.8), site=site(zone(ARCHAEOLOGY)), area_m2=100, depth_m=0.4, answers={"ground_disturbance": given})
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_answer_no_number")


@pytest.mark.parametrize(("answer", "gas", "water"), [
    ("ja", COMPLIES, COMPLIES), ({"Leiding - Gas": "ja"}, COMPLIES, JUDGE), ({"value": {"Leiding - Gas": "nee", "Leiding - Water": True}}, VIOLATES, COMPLIES),
    ({"value": "ja", "reason": "brief"}, COMPLIES, COMPLIES), ({"Leiding - Gas": "onbekend"}, JUDGE, JUDGE),
])
def test_each_operator_consents_for_its_own_line(answer, gas, water):
    areas = (zone("Leiding - Gas", fid="a"), zone("Leiding - Water", fid="b"))
    found = run_all("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=site(*areas), answers={"operator_consent": answer})
    assert {said(f): f.verdict for f in found} == {"Leiding - Gas": gas, "Leiding - Water": water}


@pytest.mark.parametrize(("corners", "depth", "wide", "narrow"), [
    ((5, 5, 15, 15), 0.8, Verdict.COMPLIES, Verdict.COMPLIES),  # 100 m2 = the limit, 4 x 10 = 40 m2
    ((5, 5, 15.1, 15), 0.8, Verdict.NEEDS_JUDGEMENT, Verdict.COMPLIES),  # 101 m2
    ((3, 5, 13, 15), 0.8, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT),  # 6 x 10 = 60 m2
    ((3, 4, 14, 15), 0.4, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT),  # 121 m2, but 0.40 m is no deeper than 0.40; 66 m2 deeper than 0.30
    ((3, 4, 14, 15), 0.3, Verdict.COMPLIES, Verdict.COMPLIES),
])
def test_two_archaeological_zones_with_their_own_thresholds(corners, depth, wide, narrow):
    """Zone 2 everywhere (100 m2, 0.40 m), zone 5 west of x = 9 (50 m2, 0.30 m)."""
    zones = (("Waarde - Archeologie 2", box(0, 0, 20, 40)), ("Waarde - Archeologie 5", box(0, 0, 9, 40)))
    site = scenes.site(plans=tuple(plan_area(name, "dubbelbestemming", name, shape) for name, shape in zones))
    numbers = {"Waarde - Archeologie 2": {"area_m2": 100, "depth_m": 0.4}, "waarde - archeologie 5": {"area_m2": 50, "depth_m": 0.3}}
    found = {said(f): f.verdict for f in run_all("overlay_hit", box_part(*corners, -depth, 6), site=site, zones=numbers)}
    assert found == {"Waarde - Archeologie 2": wide, "Waarde - Archeologie 5": narrow}


@pytest.mark.parametrize("below", [
    (box_part(6, 6, 8, 8, -2.4, 0, fid="cellar"),), tuple(box_part(x, y, x + 0.4, y + 0.4, -8, 0, fid=f"pile{x}{y}") for x in (5, 12) for y in (5, 13)),
])  # fmt: skip
def test_a_cellar_or_piles_under_a_part_say_nothing_of_the_foundation_of_the_rest(below):
    """A house of 72 m2; research is asked from 60 m2 and 0.3 m; what the model digs is 4 m2 or four piles."""
    house, here = box_part(5, 5, 13, 14, 0, 6), site(zone("Waarde - Archeologie 2"))
    run_with = lambda least, **words: run("overlay_hit", house, *below, site=here, name="Archeologie", area_m2=least, depth_m=0.3, **words)  # noqa: E731
    asked = run_with(60)
    assert asked.verdict is Verdict.NOT_ASSESSABLE and [question.key for question in asked.questions] == ["ground_disturbance"]
    assert run_with(73).verdict is COMPLIES  # whatever is dug, it is no more than the house
    shallow = run_with(60, answers={"ground_disturbance": {"depth_m": 0.2}})
    assert shallow.verdict is COMPLIES and not shallow.questions
