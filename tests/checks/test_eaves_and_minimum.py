"""Eaves and least heights, part by part: which eaves decide, what is shown of the others, what lies below; and storeys on what stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, box

from drieluik.checks.engine.from_plan.derive import merged
from drieluik.checks.shared.vertical import roof_envelope, storeys
from drieluik.checks.shared.zones import LimitZone
from drieluik.checks.surroundings.powerline_zone import AXIS, PowerlineZone, strips_of
from drieluik.checks.zoning import max_eaves_height, min_building_height, min_distance_road_axis, min_eaves_height
from drieluik.checks.zoning.max_volume import counted, measure_volume
from drieluik.checks.zoning.plan_text import PlanText
from drieluik.measure.plan.peil import PeilCandidate
from drieluik.model import LegalSource, Level, Limit, PlanOrigin, Ruleset, TopographyObject, Verdict
from one_context import ABOUT, HOUSE, context, local, maatvoering, pand, rule
from one_rule import rd
from scenes import GROUND, box_part, gable_part, shift

PEIL = PeilCandidate("nap_value", GROUND)
GOOD, BAD, ASK = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
GABLE = gable_part(6, 6, 14, 14, 4, 8)
BOTH = (GABLE, box_part(14, 6, 18, 14, 0, 2.5, fid="low"))
"""Eaves at 4 m, and a flat roof of 2.5 m beside them."""


def zone(op, value, where=None):
    return LimitZone(Limit(op, "m", value), shift(where or box(0, 0, 30, 30)), (), ABOUT)


def values(found):
    return {m.name: m.value for m in found.measurements}


# least heights


@pytest.mark.parametrize(("value", "answer", "verdict", "decides"), [(2.5, None, GOOD, 2.5), (3.0, None, BAD, 2.5), (3.0, "ja", GOOD, 4.0), (3.0, "nee", BAD, 2.5), (4.5, None, BAD, 2.5)])
def test_a_least_eaves_height_where_some_eaves_are_lower(value, answer, verdict, decides):
    scene = context(*BOTH, answers={"low_parts_allowed": answer} if answer else {}, levels=(Level("00 begane grond", GROUND),))
    found = min_eaves_height.judge(rule(), scene, zone(">=", value), PEIL)
    assert found.verdict is verdict and (value != 3.0 or found.measurements[0].value == pytest.approx(decides, abs=1e-3))
    assert ("low_parts_allowed" in scene.ledger.open) is (value == 3.0 and answer is None)
    low = 4 + 4 + 8  # the low part's own three sides, of 8 + 8 + 4 + 4 + 8 m
    assert values(found)["share_below"] == pytest.approx({2.5: 0.0, 3.0: 100 * low / (low + 16), 4.5: 100.0}[value], abs=8)
    assert [note.code for note in found.notes] == (["zoning_low_eaves"] if value == 3.0 else [])


def test_eaves_that_a_least_height_shows():
    found = min_eaves_height.judge(rule(), context(*BOTH), zone(">=", 3.0), PEIL)
    under = {(piece.role, piece.value) for piece in found.evidence if piece.role.startswith("eaves")}
    assert under >= {("eaves", 4.0), ("eaves_under", 2.5)} and [piece.value for piece in found.evidence if piece.role == "limit_surface"] == [3.0]
    (section,) = [piece for piece in found.evidence if piece.role == "section_line"]
    assert shapely.get_coordinates(section.geometry, include_z=True)[0][2] == pytest.approx(GROUND + 2.5)
    assert min_eaves_height.judge(rule(measure={"flat_equals_eaves": False}), context(*BOTH), zone(">=", 3.0), PEIL).verdict is GOOD
    assert min_eaves_height.judge(rule(), context(*BOTH), zone(">=", 3.0, box(40, 40, 50, 50)), PEIL).missing[0].code == "zoning_no_eaves"


@pytest.mark.parametrize(("value", "answer", "verdict"), [(2.5, None, GOOD), (3.0, "ja", GOOD), (3.0, "nee", BAD), (8.1, "ja", BAD), (8.0, "ja", GOOD)])
def test_a_least_building_height_and_the_bodies_that_stay_below(value, answer, verdict):
    scene = context(*BOTH, answers={"low_parts_allowed": answer} if answer else {})
    found = min_building_height.judge(rule(), scene, zone(">=", value), PEIL)
    assert found.verdict is verdict and values(found)["height_above_peil"] == 8.0 and values(found)["top"] == GROUND + 8
    share = {2.5: 0.0, 3.0: 100 * 32 / 96, 8.1: 100.0, 8.0: 100 * 32 / 96}[value]
    assert values(found)["share_below"] == pytest.approx(share, abs=0.6)
    assert [piece.value for piece in found.evidence if piece.role == "low_roof"] == {0.0: [], 100.0: [8.0, 2.5]}.get(share, [2.5])
    assert [note.code for note in found.notes] == (["zoning_low_parts"] if value in (3.0, 8.0) else [])


def test_low_bodies_count_in_the_zone_only():
    scene = context(*BOTH)
    assert min_building_height.low_bodies(scene, zone(">=", 3.0, box(0, 0, 14, 30)), GROUND + 3.0) == ([], 0.0)
    bodies, share = min_building_height.low_bodies(scene, zone(">=", 3.0, box(10, 0, 30, 30)), GROUND + 3.0)
    assert len(bodies) == 1 and share == pytest.approx(50.0, abs=1.0)


# greatest eaves heights


def test_the_other_reading_and_the_highest_of_each_kind_are_told():
    found = max_eaves_height.judge_eaves(rule(), context(*BOTH), zone("<=", 3.5), context(*BOTH).geometry.eaves_places, (), PEIL)
    assert (found.verdict, values(found)["eaves_above_peil"], values(found)["eaves_wall_plane"], values(found)["eaves_main"]) == (BAD, 4.0, 4.0, 4.0)
    shown = sorted((piece.role, piece.value) for piece in found.evidence if piece.role.startswith("eaves"))
    assert ("eaves_over", 4.0) in shown and ("eaves_strip", 0.5) in shown and ("eaves", 2.5) in shown
    wall = max_eaves_height.judge_eaves(rule(measure={"eaves_at": "wall_plane"}), context(*BOTH), zone("<=", 4.0), context(*BOTH).geometry.eaves_places, (), PEIL)
    assert wall.verdict is GOOD and "eaves_drip" in values(wall) and not [piece for piece in wall.evidence if piece.role == "eaves_over"]


@pytest.mark.parametrize(("limit", "verdict"), [(8.0, GOOD), (7.9, ASK)])
def test_without_eaves_the_highest_point_decides_when_it_complies(limit, verdict):
    scene, nothing = context(GABLE), max_eaves_height.Counted((), ())
    found = max_eaves_height.judge_extremes(rule(), scene, zone("<=", limit), PEIL, (), nothing, ())
    assert (found.verdict, found.measurements[0].name, found.measurements[0].value) == (verdict, "height_above_peil", 8.0) and found.notes[-1].code == "zoning_no_eaves"
    some = max_eaves_height.Counted(scene.geometry.eaves_places, ())
    told = max_eaves_height.judge_extremes(rule(), scene, zone("<=", limit), PEIL, (), some, ())
    assert (told.verdict, told.measurements[0].name) == (verdict, "height_above_peil" if verdict is GOOD else "eaves_above_peil")
    assert values(told)["top"] == GROUND + 8


@pytest.mark.parametrize(
    ("measure", "answer", "kinds", "notes"),
    [
        ({}, None, {"main", "dormer"}, []), ({"exclude_dormers": True}, None, {"main"}, ["zoning_dormers_excluded"]), ({"exclude_dormers": False}, None, {"main", "dormer"}, []), ({}, "nee", {"main"}, ["zoning_dormers_excluded"]),
        ({"exclude_below_pct": 26.0}, None, {"main"}, ["zoning_dormers_narrow", "zoning_dormers_excluded"]), ({"exclude_below_pct": 24.0}, None, {"main", "dormer"}, ["zoning_dormers_wide"]),
    ],
)  # fmt: skip
def test_whether_dormers_count(measure, answer, kinds, notes):
    """A dormer of 2 m on a house of 8 m: a quarter of its width."""
    house, dormer = gable_part(6, 6, 14, 14, 4, 8), box_part(9, 7, 11, 9.9, 4.5, 6.9, fid="d")
    scene = context(house, dormer, answers={"dormers_count": answer} if answer else {})
    places = scene.geometry.eaves_places
    told = max_eaves_height.counted_places(rule(measure=measure), scene, places, lambda some: any(place.kind == "dormer" for place in some))
    assert {place.kind for place in told.places} == kinds and [note.code for note in told.notes] == notes
    harmless = max_eaves_height.counted_places(rule(measure={}), scene, places, lambda some: False)
    assert {place.kind for place in harmless.places} == {"main", "dormer"} and (answer or measure or "dormers_count" in scene.ledger.open)


def test_a_strip_under_a_line():
    found = max_eaves_height.strip(LineString([(0, 0), (4, 0), (4, 3)]), 2.0, 5.0)
    assert found.shape == (4, 3, 3) and sorted(np.linalg.norm(np.cross(found[:, 1] - found[:, 0], found[:, 2] - found[:, 0]), axis=1) / 2) == pytest.approx([4.5, 4.5, 6, 6])
    assert {float(z) for z in found[:, :, 2].ravel()} == {2.0, 5.0}


# the roof envelope


@pytest.mark.parametrize(("eaves", "verdict"), [(4.0, GOOD), (3.9, BAD)])
def test_a_house_in_the_envelope_of_its_own_roof(eaves, verdict):
    """A roof of 45 degrees from eaves at 4 m in the sides of the bouwvlak (y = 6 and y = 14)."""
    plans = tuple(replace(area, geometry=shift(box(4, 6, 16, 14))) if area.kind == "bouwvlak" else area for area in maatvoering())
    scene = context(gable_part(6, 6, 14, 14, 4, 8), plans=plans)
    found = roof_envelope.judge_envelope(rule(measure={"roof_envelope_angle_deg": 135}), scene, zone("<=", eaves), PEIL)
    assert found.verdict is verdict and found.measurements[0].value - found.measurements[0].limit == pytest.approx(4.0 - eaves, abs=1e-3)
    assert ("excess_volume" in [piece.role for piece in found.evidence]) is (verdict is BAD) and values(found)["top"] <= GROUND + 8
    assert roof_envelope.judge_envelope(rule(measure={"roof_envelope_angle_deg": 135}), context(GABLE, plans=()), zone("<=", eaves), PEIL).missing[0].code == "checks_no_bouwvlak"


@pytest.mark.parametrize(("angle", "parallel"), [(0, True), (13, True), (15, False), (180, True), (90, False)])
def test_sides_that_run_about_the_same_way(angle, parallel):
    turned = LineString([(0, 0), (float(np.cos(np.radians(angle))) * 7, float(np.sin(np.radians(angle))) * 7)])
    assert roof_envelope._parallel(LineString([(0, 0), (5, 0)]), turned) is parallel


# storeys on what stands


@pytest.mark.parametrize(("base", "low", "high"), [(2.9, 1 + 1, 2 + 1), (5.3, 1 + 1, 3 + 1), (7.1, 2 + 1, 3 + 1)])
def test_storeys_on_top_of_a_building_add_up(base, low, high):
    below = pand("x", box(6, 6, 14, 14))
    scene = context(box_part(6, 6, 14, 14, base, base + 2.7), registered_buildings=(below,))
    own = storeys.Count(1, 1, ())
    found = storeys._on_what_stands(own, scene, [below], GROUND)
    assert (found.low, found.high, found.inferred, [question.key for question in found.questions]) == (low, high, True, ["storeys"])
    beside = pand("y", box(14, 6, 20, 14))
    next_to = storeys._on_what_stands(own, scene, [beside], GROUND)
    assert (next_to.low, next_to.high, next_to.inferred) == (1, 2, True) and storeys._on_what_stands(None, scene, [below], GROUND) is None


# lines and strips


@pytest.mark.parametrize(("shape", "places"), [(box(0, -9, 20, -3), [-6.0, -3.0, -9.0]), (box(0, 0, 20, 7), [3.5, 7.0, 0.0]), (box(0, 6, 20, 9), None)])
def test_the_axis_of_a_road_or_either_of_its_edges(shape, places):
    """The house stands from y = 6 on."""
    axes = min_distance_road_axis.proposed_axes(box(6, 8, 14, 14) if places else box(6, 6, 14, 14), shape)
    assert len(axes) == 3 and all(axis.length == pytest.approx(20.0) for axis in axes)
    if places:
        assert [round(float(axis.interpolate(0.5, normalized=True).y), 3) for axis in axes] == places


def test_the_nearest_carriageway_and_no_path():
    def roads(*given):
        scene = context(topography=tuple(TopographyObject(fid, "wegdeel", shift(where), function) for fid, where, function in given))
        found = min_distance_road_axis.nearest_road(scene, scene.projection)
        return found and found.fid

    near, far, path = ("n", box(0, 0, 20, 2), "rijbaan lokale weg"), ("f", box(0, -9, 20, -5), "rijbaan autoweg"), ("p", box(0, 3, 20, 4), "voetpad")
    assert roads(near, far, path) == "n" and roads(far, path) == "f" and roads(path) is None and roads() is None


def test_a_strip_along_a_power_line():
    (strip,) = strips_of(rule(measure={"half_width_m": 15.0}), context(answers={"powerline": {"line": rd((0, 0), (0, 40))}}))
    assert (strip.name, strip.areas, local(strip.area).bounds) == (AXIS, (), (-15, 0, 15, 40))
    (found,) = PowerlineZone().run(rule(), context(answers={"powerline": {"line": rd((0, 0), (0, 40))}}))
    assert [note.code for note in found.missing] == ["surroundings_no_half_width"]
    (high, low) = PowerlineZone().run(rule(measure={"half_width_m": 15.0}, limit=Limit("<=", "m NAP", GROUND + 7)), context(answers={"powerline": {"line": rd((0, 0), (0, 40))}, "operator_consent": "ja"}))
    assert {(high.verdict, high.measurements[0].value), (low.verdict, low.measurements[0].value)} == {(BAD, GROUND + 8), (GOOD, 64.0)}


# what only the text says, rules of several designs, volumes


def test_what_only_the_text_says_is_named_with_its_value_and_article():
    def origin(fid, raw, value=None):
        return PlanOrigin("P", fid, "maatvoering", "x", value=value, unit="m" if value else "", raw=raw)

    own = replace(rule("t", measure={"about": "bijgebouwen"}, legal=(LegalSource("Plan", "7.2"),)), origin=(origin("b", "x=4", 4.0), origin("a", "x=4", 4.0), origin("c", "y=op maat")))
    (found,) = PlanText().run(own, context())
    assert found.missing[0].as_dict() == {"about": "bijgebouwen", "value": "4, op maat", "article": "7.2"} and [(m.value, m.unit) for m in found.measurements] == [(4.0, "m")]
    assert [item.fid for item in found.inputs] == ["b", "a", "c"] and found.questions[0].key == "overrides:t"
    (bare,) = PlanText().run(replace(own, origin=(origin("b", ""),), measure={}, legal=()), context())
    assert (bare.missing[0].code, bare.missing[0].as_dict()) == ("engine_read_text", {"about": "t", "value": "", "article": "?"})
    assert PlanText().run(replace(own, origin=()), context())[0].missing[0].code == "engine_no_plan_here"


def test_derived_rules_of_several_designs_are_one_file_each_rule_once():
    one, two = Ruleset("plan", "1", {"nl": "x"}, (rule("a", check="first"), rule("b")), "11", "here"), Ruleset("plan", "1", {}, (rule("a", check="second"), rule("c")), "22")
    (found,) = merged([one, two])
    assert {item.id: item.check for item in found.rules} == {"a": "first", "b": "c", "c": "c"}
    assert (found.title, found.location) == ({"nl": "x"}, "here") and found.sha256 not in ("11", "22") and merged([]) == () and merged([one])[0].rules == one.rules


@pytest.mark.parametrize(("kind", "counts"), [("building", 2), ("canopy", 1), ("chimney", 1), ("balcony", 1)])
def test_what_counts_for_a_volume(kind, counts):
    scene = context(HOUSE, box_part(14, 6, 16, 8, 0, 3, kind=kind, fid="x"))
    body = counted(scene)
    assert len(body.parts) == counts
    whole = measure_volume(scene, body, shift(box(6, 6, 14, 14)), False, GROUND)
    assert whole.value_m3 == pytest.approx(512, rel=5e-3) and measure_volume(scene, body, shift(box(6, 6, 10, 14)), False, GROUND + 1).value_m3 == pytest.approx(32 * 7, rel=5e-3)
