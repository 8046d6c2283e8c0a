"""A13: the worked numbers of the mill biotope and its further cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, box

import scenes
from drieluik.model import LayerState, Part, Verdict
from one_rule import PEIL, piece, rd, roles, run, run_all, values
from scenes import GROUND, box_part, gable_part, plan_area, shift

FORMULA = {"model": "formula", "c": 0.2, "z": 15.0}
COMPLIES, VIOLATES = Verdict.COMPLIES, Verdict.VIOLATES


def biotope(*parts, at=(0, 0), **words):
    words = {**FORMULA, **words}
    words.setdefault("site", scenes.site(plans=()))
    words.setdefault("mill", {"at": rd(at)[0], "ground_nap": GROUND})
    return run("mill_biotope", *parts, **words)


@pytest.mark.parametrize(
    ("n", "distance", "limit"), [(140, 200, 200 / 140 + 3), (50, 200, 7.0), (75, 300, 7.0), (50, 400, 11.0), (140, 100, 100 / 140 + 3)]
)
def test_limit_of_the_formula(n, distance, limit):
    found = biotope(box_part(distance - 10, -5, distance, 5, 0, 1), n=n, r_free=10)
    nearest = biotope(box_part(distance, -5, distance + 5, 5, 0, 3) if distance < 400 else box_part(390, 0, 400, 0.1, 0, 1), n=n)
    assert found.verdict is COMPLIES
    assert found.measurements[0].limit < limit
    if distance < 400:
        assert nearest.measurements[0].limit == pytest.approx(limit, abs=1e-4)
        assert nearest.measurements[0].value == pytest.approx(3.0)


@pytest.mark.parametrize(("height", "verdict"), [(4.4, COMPLIES), (200 / 140 + 3, COMPLIES), (6.0, VIOLATES)])
def test_open_terrain_at_200_metres(height, verdict):
    found = biotope(box_part(200, -5, 210, 5, 0, height), n=140)
    assert found.verdict is verdict
    assert found.measurements[0].name == "height_at_worst_point"
    assert (found.measurements[0].value, found.measurements[0].limit) == (pytest.approx(height, abs=1e-4), pytest.approx(4.4286, abs=1e-4))
    assert values(found)["distance_to_centre"] == pytest.approx(200, abs=1e-3)


def test_inside_the_free_circle_up_to_the_stelling():
    assert biotope(box_part(80, -5, 90, 5, 0, 5.5), n=140, h_free=6.0).verdict is COMPLIES
    assert biotope(box_part(80, -5, 90, 5, 0, 6.0), n=140, h_free=6.0).verdict is COMPLIES
    assert biotope(box_part(80, -5, 90, 5, 0, 6.5), n=140, h_free=6.0).verdict is VIOLATES
    bare = biotope(box_part(80, -5, 90, 5, 0, 0.5), n=140)
    assert (bare.verdict, bare.measurements[0].limit) == (VIOLATES, 0.0)


def test_touching_the_free_circle_from_outside_is_outside_it():
    found = biotope(box_part(100, -5, 110, 5, 0, 3.5), n=140)
    assert (found.verdict, found.measurements[0].limit) == (COMPLIES, pytest.approx(3 + 100 / 140, abs=1e-3))


def test_across_the_free_circle_the_inner_limit_decides_for_what_stands_inside():
    found = biotope(box_part(95, -5, 110, 5, 0, 3.5), n=140)
    assert (found.verdict, found.measurements[0].limit, found.measurements[0].value) == (VIOLATES, 0.0, 3.5)


def test_beyond_the_reach_and_outside_the_zone_is_not_applicable():
    assert biotope(box_part(401, -5, 410, 5, 0, 50), n=140).verdict is Verdict.NOT_APPLICABLE
    zone = plan_area("z", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", box(-50, -50, 190, 50))
    found = biotope(box_part(200, -5, 210, 5, 0, 50), n=140, site=scenes.site(plans=(zone,)))
    assert (found.verdict, found.measurements[0].value) == (Verdict.NOT_APPLICABLE, pytest.approx(10.0))


@pytest.mark.parametrize("words", [{"mill": {"at": rd((0, 0))[0]}}, {"z": None}, {"mill": None}])
def test_outside_the_zone_nothing_of_the_mill_is_asked(words):
    """Neither the ground at the mill nor its height brings the design into the zone; within it they are asked."""
    for east, verdict in ((190, Verdict.NOT_APPLICABLE), (205, Verdict.NOT_ASSESSABLE)):
        zone = plan_area("z", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", box(-50, -50, east, 50))
        found = biotope(box_part(200, -5, 210, 5, 0, 50), n=140, site=scenes.site(plans=(zone,), terrain=None), **words)
        assert (found.verdict, bool(found.questions)) == (verdict, verdict is Verdict.NOT_ASSESSABLE)


def test_part_of_the_design_beyond_the_reach_does_not_count():
    low_in_reach = box_part(390, -5, 420, 5, 0, 5)
    tower = box_part(410, -5, 420, 5, 0, 60, fid="tower")
    found = biotope(low_in_reach, tower, n=140)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, 5.0)


def test_ratio_model_counts_from_the_lowest_sail_tip():
    found = biotope(box_part(200, -5, 210, 5, 0, 8.0), model="ratio", ratio=100, base_m=5.0)
    assert (found.verdict, found.measurements[0].limit) == (VIOLATES, pytest.approx(7.0))
    inside = biotope(box_part(300, -5, 310, 5, 0, 14.9), model="ratio", ratio=30, base_m=5.0)
    assert (inside.verdict, inside.measurements[0].limit) == (COMPLIES, pytest.approx(15.0))


def test_worst_point_in_the_middle_of_an_edge():
    """The ridge runs across the line to the mill: its nearest point lies halfway, no corner stands there."""
    found = biotope(gable_part(195, -200, 205, 200, 1.0, 2.0), n=50, c=0.0)
    assert found.measurements[0].limit < found.measurements[0].value + 5
    ridge = Part("r", scenes.to_rd([(150, -90, 4.0), (150, 110, 4.0), (151, 110, 4.0)]), np.array([[0, 1, 2]]))
    edge = biotope(ridge, n=50, c=0.0)
    assert edge.measurements[0].limit == pytest.approx(150 / 50, abs=1e-4)
    assert piece(edge, "highest_point").geometry.y - scenes.ORIGIN[1] == pytest.approx(0.0, abs=0.02)


def test_split_in_two_equal_zones_changes_nothing():
    def zones(*boxes):
        return scenes.site(plans=tuple(plan_area(f"z{i}", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", b) for i, b in enumerate(boxes)))

    part = gable_part(198, -5, 210, 5, 4.0, 6.0)
    whole = biotope(part, n=140, site=zones(box(-500, -500, 500, 500)))
    halves = biotope(part, n=140, site=zones(box(-500, -500, 500, 0), box(-500, 0, 500, 500)))
    along = biotope(part, n=140, site=zones(box(-500, -500, 204, 500), box(204, -500, 500, 500)))
    for split in (halves, along):
        assert split.verdict is whole.verdict
        for a, b in zip(split.measurements, whole.measurements):
            assert (a.name, a.value, a.limit) == (b.name, pytest.approx(b.value, abs=1e-3), None if b.limit is None else pytest.approx(b.limit, abs=1e-3))


def test_surface_below_ground_makes_any_building_violate():
    found = biotope(box_part(150, -5, 160, 5, 0, 3), n=140, z=15.0, datum="NAP", c=-1.0)
    assert found.verdict is VIOLATES
    assert found.measurements[0].limit < 0


def test_datum_ground_from_the_terrain_is_uncertain():
    found = run("mill_biotope", box_part(100, 0, 110, 5, 0, 4.4), mill=rd((-45, 0))[0], n=140, **FORMULA, site=scenes.site(plans=()))
    assert found.measurements[0].uncertainty == pytest.approx(0.10)
    near = run("mill_biotope", box_part(155, -5, 160, 5, 0, 4.40), mill=rd((-45, 0))[0], n=140, **FORMULA, site=scenes.site(plans=()))
    assert near.verdict is Verdict.NEEDS_JUDGEMENT


def test_datum_peil_is_tried_low_and_high():
    answers = {"peil": {"candidates": {"road_at_main_entrance": GROUND, "finished_ground_adjoining": GROUND + 2}}}
    matters = biotope(box_part(200, -5, 210, 5, 0, 5.0), n=140, datum="peil", answers=answers)
    assert (matters.verdict, matters.questions[0].key) == (Verdict.NEEDS_JUDGEMENT, "peil")
    assert biotope(box_part(200, -5, 210, 5, 0, 9.0), n=140, datum="peil", answers=answers).verdict is VIOLATES


def test_what_is_missing_is_named():
    found = run("mill_biotope", box_part(200, -5, 210, 5, 0, 6), site=scenes.site(plans=()))
    assert found.verdict is Verdict.NOT_ASSESSABLE
    assert {n.as_dict().get("name") for n in found.missing if n.code == "surroundings_mill_parameter"} == {"n", "z"}
    assert "surroundings_mill_place" in {n.code for n in found.missing}
    no_ground = run("mill_biotope", box_part(200, -5, 210, 5, 0, 6), site=scenes.site(plans=(), terrain=None), mill=rd((0, 0))[0], n=140, z=15)
    assert [n.code for n in no_ground.missing] == ["surroundings_mill_ground"]


def test_existing_obstacles_clause_leaves_it_to_the_officer():
    clause = {"id": "bestaand", "decision": "officer", "question": "Staan er al hogere obstakels?"}
    asked = biotope(box_part(200, -5, 210, 5, 0, 6), n=140, exceptions=[clause])
    assert (asked.verdict, asked.questions[0].key, asked.measurements[0].margin) == (Verdict.NEEDS_JUDGEMENT, "bestaand", pytest.approx(-1.5714, abs=1e-3))
    assert biotope(box_part(200, -5, 210, 5, 0, 6), n=140, exceptions=[clause], answers={"bestaand": {"value": "ja"}}).verdict is COMPLIES
    assert biotope(box_part(200, -5, 210, 5, 0, 6), n=140, exceptions=[clause], answers={"bestaand": "nee"}).verdict is VIOLATES


def test_two_mills_have_a_finding_each():
    mills = [{"at": rd((0, 0))[0], "ground_nap": GROUND, "z": 15}, {"at": rd((300, 0))[0], "ground_nap": GROUND, "z": 8}]
    found = run_all("mill_biotope", box_part(200, -5, 210, 5, 0, 4.4), site=scenes.site(plans=()), mills=mills, n=140)
    assert [f.verdict for f in found] == [COMPLIES, VIOLATES]


def test_evidence_shows_cone_rings_excess_and_profile():
    found = biotope(box_part(200, -5, 210, 5, 0, 6), n=140)
    assert {"limit_surface", "limit_contour", "excess_volume", "highest_point", "section_line"} <= roles(found)
    assert values(found)["excess_volume"] == pytest.approx(sum(_excess_columns()), rel=2e-3)
    line = piece(found, "section_line").geometry
    assert line.has_z
    assert shift(Point(0, 0)).distance(line) > 100
    assert PEIL


def _excess_columns():
    """The volume of a box 10 x 10 x 6 above H(x), by columns."""
    x, y = np.meshgrid(np.arange(200.05, 210, 0.1), np.arange(-4.95, 5, 0.1))
    return ((6 - 3 - np.hypot(x, y) / 140) * 0.01).ravel()


def test_a_zone_of_another_mill_and_this_mills_reach_meet_nowhere():
    zone = plan_area("z", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", box(1000, 1000, 1400, 1400))
    found = biotope(box_part(200, -5, 210, 5, 0, 6), n=140, site=scenes.site(plans=(zone,)))
    assert (found.verdict, found.notes[-1].code) == (Verdict.NOT_APPLICABLE, "surroundings_zone_beyond_reach")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"h_free": "stelling"}, "surroundings_mill_number"), ({"r_max": "ver"}, "surroundings_mill_number"), ({"z": "15"}, "surroundings_mill_parameter"),
        ({"n": 0}, "surroundings_mill_parameter"), ({"model": "regel"}, "surroundings_mill_words"), ({"datum": "maaiveld"}, "surroundings_mill_words"),
    ],
)
def test_a_word_where_a_number_belongs_is_named(words, code):
    found = biotope(box_part(80, -5, 90, 5, 0, 5.5), **{"n": 140, **words})
    assert (found.verdict, code in {n.code for n in found.missing}) == (Verdict.NOT_ASSESSABLE, True)


def test_a_place_that_is_none_and_a_reach_left_open():
    nowhere = run("mill_biotope", box_part(200, -5, 210, 5, 0, 6), site=scenes.site(plans=()), mill=[float("nan"), 1.0], n=140, **FORMULA)
    assert [n.code for n in nowhere.missing] == ["surroundings_mill_place"]
    assert biotope(box_part(410, -5, 420, 5, 0, 50), n=140, r_max=None).verdict is Verdict.NOT_APPLICABLE  # the default of 400 m


@pytest.mark.parametrize(("height", "verdict"), [(4.4, COMPLIES), (6.0, Verdict.NEEDS_JUDGEMENT)])
def test_plans_that_could_not_be_read_leave_the_zone_open(height, verdict):
    site = scenes.site(plans=())
    records = tuple(replace(item, state=LayerState.FAILED) if item.layer == "plans" else item for item in site.provenance)
    found = biotope(box_part(200, -5, 210, 5, 0, height), n=140, site=replace(site, provenance=records))
    assert (found.verdict, "surroundings_zone_unread" in {n.code for n in found.notes}) == (verdict, verdict is not COMPLIES)


@pytest.mark.parametrize("n", [140, 75, 50])
@pytest.mark.parametrize("z", [8.0, 15.0, 22.5])
@pytest.mark.parametrize("drop", [-3.0, 0.0, 2.0])
def test_formula_with_every_constant_and_another_ground(n, z, drop):
    """H = x/n + 0.2 z above the mill's ground, which lies ``drop`` m below the site's: top exactly there, and 6 mm above it."""
    x = 237.0
    top = x / n + 0.2 * z - drop
    mill = {"at": rd((0, 0))[0], "ground_nap": GROUND - drop}
    words = {"site": scenes.site(plans=()), "mill": mill, "model": "formula", "c": 0.2, "z": z, "n": n}
    for above, verdict in ((0.0, COMPLIES), (0.006, VIOLATES)):
        found = run("mill_biotope", box_part(x, -3, x + 9, 4, min(0.0, top) - 1, top + above), **words)
        assert (found.verdict, found.measurements[0].limit) == (verdict, pytest.approx(x / n + 0.2 * z, abs=1e-3))


@pytest.mark.parametrize("angle", [0, 31, 90, 200, 333])
def test_the_biotope_is_the_same_in_every_direction(angle):
    """A box of 10 x 10 m whose middle of the near side is 200 m away: turned about the mill nothing changes."""
    part = box_part(200, -5, 210, 5, 0, 6)
    turn = np.radians(angle)
    local = part.vertices - scenes.to_rd([(0, 0, 0)])
    xy = local[:, :2] @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    found = biotope(replace(part, vertices=scenes.to_rd(np.column_stack([xy, local[:, 2]]))), n=140)
    assert (found.verdict, found.measurements[0].margin) == (VIOLATES, pytest.approx(200 / 140 + 3 - 6, abs=1e-3))
    assert values(found)["distance_to_centre"] == pytest.approx(200.0, abs=0.01)


def test_what_is_missing_is_asked_and_the_answers_decide():
    """x = 200, n = 140, z = 15: H = 4.43 m above the ground at 1.0 m NAP."""
    part, bare = box_part(200, -5, 210, 5, 0, 6), scenes.site(plans=(), terrain=None)
    first = run("mill_biotope", part, site=bare)
    assert [(q.key, q.kind) for q in first.questions] == [("mill", "place"), ("terrain", "choice"), ("z", "number")]
    said = {"mill": {"value": rd((0, 0))[0], "reason": "kaart"}, "terrain": {"value": "open", "reason": "weiland"}, "z": {"value": 15, "reason": "register"}}
    second = run("mill_biotope", part, site=bare, answers=said)
    assert [q.key for q in second.questions] == ["ground_nap"]
    third = run("mill_biotope", part, site=bare, answers={**said, "ground_nap": {"value": GROUND, "reason": "gemeten"}})
    assert (third.verdict, third.measurements[0].limit) == (VIOLATES, pytest.approx(200 / 140 + 3, abs=1e-3))


@pytest.mark.parametrize(("datum", "words"), [("mill_ground", {"datum": "mill_ground", "level": GROUND}), ("peil", {"datum": "peil", "level": GROUND}), ("NAP", None)])
def test_a_finding_says_what_its_heights_are_counted_from(datum, words):
    found = biotope(box_part(200, -5, 210, 5, 0, 3), n=140, datum=datum, answers=PEIL)
    told = [note.as_dict() for note in found.notes if note.code == "surroundings_mill_datum"]
    assert told == ([] if words is None else [words])
