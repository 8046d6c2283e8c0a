"""Corners that a file stores no better than to so many centimetres: what that may turn is asked, what lies further from the limit is firm."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely

import scenes
from drieluik.data_sources.design.placement import replaced
from drieluik.measure.building.footprint import projection
from drieluik.measure.plane.stored_digits import resized
from drieluik.model import LegalSource, Limit, Placement, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, rd
from roofs import dormer, house
from scenes import box_part, gable_part

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
SPACING = (0.02, 0.04, 0.0)
ALONG = {"facade_line": {"lines": [rd((0, 5), (20, 5))], "road_side": rd((10, -5))[0]}}
SIDES = {
    "side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))], "uncertainty_m": 0.0}, "rear_boundary": {"lines": [rd((0, 40), (20, 40))], "uncertainty_m": 0.0},
}


def found(check, *parts, value=None, unit="m", op="<=", spacing=SPACING, answers=None, **measure):
    limit = None if value is None else Limit(op, unit, value)
    rule = Rule("r", check, {"nl": "r"}, (LegalSource("plan"),), limit, measure=measure)
    design = replace(scenes.design(*parts), spacing_m=spacing)
    (one,) = review(scenes.site(), design, Ruleset("t", "1", {}, (rule,)), {**PEIL, **(answers or {})})
    return one


@pytest.mark.parametrize(("past", "verdict"), [(-0.30, COMPLIES), (-0.03, JUDGE), (0.0, JUDGE), (0.012, JUDGE), (0.03, JUDGE), (0.06, VIOLATES)])
def test_beside_the_bouwgrens(past, verdict):
    one = found("within_building_plane", box_part(6, 5 - past, 14.2, 13.4, 0, 6), unit="m2")
    assert one.verdict is verdict
    assert [question.key for question in one.questions] == (["file_digits"] if verdict is JUDGE else [])


def test_a_file_that_keeps_every_digit_is_judged_to_the_millimetre():
    assert found("within_building_plane", box_part(6, 4.988, 14.2, 13.4, 0, 6), spacing=(0.0, 0.0, 0.0)).verdict is VIOLATES
    assert found("within_building_plane", box_part(6, 4.988, 14.2, 13.4, 0, 6), spacing=(0.004, 0.004, 0.004)).verdict is VIOLATES


@pytest.mark.parametrize(("check", "unit", "op", "near", "met", "failed", "measure"), [
    ("max_depth", "m", "<=", 8.37, 8.5, 8.3, {}), ("max_width", "m", "<=", 8.18, 8.25, 8.1, {}),
    ("max_area", "m2", "<=", 8.2 * 8.4 - 0.5, 70.5, 67.5, {}), ("max_volume", "m3", "<=", 8.2 * 8.4 * 6 - 3.0, 423.0, 405.0, {"volume_base": "underside"}),
    ("max_coverage_pct", "%", "<=", 8.55, 8.9, 8.3, {"denominator": "bouwperceel", "counts": "gebouwen"}),
    ("min_distance_side_boundary", "m", ">=", 5.81, 5.7, 5.9, {}), ("min_distance_rear_boundary", "m", ">=", 26.62, 26.5, 26.7, {}),
    ("facade_line", "m", "<=", -0.01, 0.05, -0.05, {"mode": "not_in_front"}),
])
def test_each_plan_size_within_the_spacing_is_asked_and_beyond_it_firm(check, unit, op, near, met, failed, measure):
    body = box_part(6, 5, 14.2, 13.4, 0, 6)
    answers = {**ALONG, **SIDES, "parcels": ["1"]}
    one = found(check, body, value=near, unit=unit, op=op, answers=answers, **measure)
    assert (one.verdict, "file_digits" in [question.key for question in one.questions]) == (JUDGE, True)
    assert found(check, body, value=met, unit=unit, op=op, answers=answers, **measure).verdict is COMPLIES
    assert found(check, body, value=failed, unit=unit, op=op, answers=answers, **measure).verdict is VIOLATES


def test_an_answer_settles_it():
    body = box_part(6, 4.988, 14.2, 13.4, 0, 6)
    assert found("within_building_plane", body, answers={"file_digits": "smaller"}).verdict is COMPLIES
    assert found("within_building_plane", body, answers={"file_digits": "stored"}).verdict is VIOLATES


def test_a_height_is_as_firm_as_its_own_numbers():
    body = box_part(6, 6, 14, 13, 0, 6.01)
    assert found("max_building_height", body, value=6.0).verdict is VIOLATES
    assert found("max_building_height", body, value=6.0, spacing=(0.02, 0.04, 0.02)).verdict is JUDGE


def test_a_facade_stored_beside_its_line_may_stand_in_it():
    answers, asked = {**ALONG}, {"mode": "must_be_on", "value": 100.0, "unit": "%", "op": ">="}
    assert found("facade_line", box_part(6, 5.018, 14, 13, 0, 6), answers=answers, **asked).verdict is JUDGE
    assert found("facade_line", box_part(6, 4.965, 14, 13, 0, 6), answers=answers, **asked).verdict is JUDGE
    assert found("facade_line", box_part(6, 5.2, 14, 13, 0, 6), answers=answers, **asked).verdict is VIOLATES


def test_two_bodies_may_stand_nearer_to_each_other():
    bodies = (box_part(6, 5, 12, 9, 0, 6), box_part(6, 12.03, 12, 17, 0, 6, fid="b"))
    verdicts = [found("min_distance_buildings", *bodies, value=value, op=">=", between="own").verdict for value in (2.9, 3.0, 3.2)]
    assert verdicts == [COMPLIES, JUDGE, VIOLATES]


def test_a_pitch_and_a_dormer_rest_on_corners_of_one_body():
    roof = gable_part(5, 5, 13, 13, 3.0, 7.0)  # 45 degrees
    assert [found("roof_pitch_range", roof, value=value, unit="deg", op=">=").verdict for value in (44.0, 44.9, 45.1, 46.0)] == [COMPLIES, JUDGE, JUDGE, VIOLATES]
    assert [found("dormers", house(), dormer(), max_width_m=value).verdict for value in (3.1, 3.02, 2.98, 2.9)] == [COMPLIES, JUDGE, JUDGE, VIOLATES]
    assert [found("dormers", house(), dormer(), max_width_pct=value).verdict for value in (31.0, 29.8, 29.0)] == [COMPLIES, JUDGE, VIOLATES]


def corners_of(shape):
    return len(shapely.get_coordinates(shapely.simplify(shape, 0.002)))


@pytest.mark.parametrize("turn", [0.0, 17.0, 45.0])
def test_what_stands_together_grows_as_a_whole_and_its_walls_stay_straight(turn):
    at = Placement("case", *scenes.ORIGIN, turn, scenes.GROUND)
    parts = (gable_part(3, 5, 11, 14, 3, 7), box_part(3, 13, 6, 17, 0, 2.8, fid="annex"), box_part(30, 30, 34, 33, 0, 3, fid="shed"))
    design = replace(replaced(scenes.design(*parts), at), spacing_m=(0.016, 0.031, 0.0))
    stored = shapely.get_parts(projection(design.parts))
    for way in (1, -1):
        moved = shapely.get_parts(projection(resized(design, way).parts))
        assert len(moved) == len(stored) == 2
        assert [corners_of(one) for one in moved] == [corners_of(one) for one in stored]
        assert all((after.area - before.area) * way > 0.015 * before.length for before, after in zip(stored, moved))
    assert resized(design, 0) is design


def test_a_mesh_of_many_small_faces_does_not_fold():
    steps = np.linspace(0.0, 2.0 * math.pi, 400, endpoint=False)
    ring = np.column_stack([10 + 4 * np.cos(steps), 10 + 4 * np.sin(steps), np.zeros(400)])
    part = replace(box_part(0, 0, 1, 1, 0, 1), vertices=scenes.to_rd(ring), faces=np.column_stack([np.zeros(398, int), np.arange(1, 399), np.arange(2, 400)]))
    smaller = resized(replace(scenes.design(part), spacing_m=(0.03, 0.03, 0.0)), -1).parts[0]
    assert shapely.Polygon(smaller.vertices[:, :2]).is_valid
    assert shapely.Polygon(smaller.vertices[:, :2]).area < shapely.Polygon(part.vertices[:, :2]).area - 0.3
