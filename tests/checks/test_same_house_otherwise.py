"""The same house turned, moved, doubled, opened, split or triangulated otherwise measures the same in every check of the building envelope."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import scenes
from drieluik.model import Limit, Verdict
from one_rule import run
from roofs import body, dormer, house
from scenes import box_part, gable_part

RANGE = Limit("between", "deg", None, None, 30.0, 60.0)
ENVELOPE = {
    "max_building_height": {"value": 9.0}, "max_eaves_height": {"value": 6.0}, "roof_pitch_range": {"limit": RANGE}, "max_area": {"value": 120.0, "unit": "m2"},
    "max_volume": {"value": 700.0, "unit": "m3"}, "max_storeys": {"value": 2.0, "unit": ""}, "min_building_height": {"value": 9.0, "op": ">="},
    "min_eaves_height": {"value": 5.0, "op": ">="},
}
FREE = scenes.site(registered_buildings=(), plans=())
HOUSE = [house(), gable_part(15, 5, 18, 15, 3.0, 5.0, fid="wing")]


def changed(parts, move):
    return [replace(part, vertices=move(part.vertices)) for part in parts]


def turned(angle, dx=0.0):
    way = np.radians(angle)
    turn = np.array([[np.cos(way), np.sin(way)], [-np.sin(way), np.cos(way)]])
    middle = np.array([scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 10])

    def move(vertices):
        return np.column_stack([(vertices[:, :2] - middle) @ turn + middle + dx, vertices[:, 2]])

    return move


def outcome(check, parts, **words):
    found = run(check, *parts, site=FREE, **{**ENVELOPE[check], **words})
    return found.verdict, found.measurements[0].value


@pytest.mark.parametrize("check", ENVELOPE)
@pytest.mark.parametrize("angle", [17.0, 45.0, 73.3])
def test_turned(check, angle):
    verdict, value = outcome(check, HOUSE)
    other, found = outcome(check, changed(HOUSE, turned(angle, 0.37)))
    assert (other, found) == (verdict, pytest.approx(value, abs=0.01, rel=2e-3))


@pytest.mark.parametrize("check", ENVELOPE)
def test_doubled(check):
    again = [replace(part, fid=f"{part.fid}2") for part in HOUSE]
    verdict, value = outcome(check, HOUSE)
    assert outcome(check, [*HOUSE, *again]) == (verdict, pytest.approx(value, abs=1e-3))


@pytest.mark.parametrize("check", ENVELOPE)
def test_open_at_the_bottom(check):
    """Without its ground faces the house is no solid: heights and pitches stay, the volume is an estimate with its bound."""
    opened = []
    for part in HOUSE:
        lying = np.ptp(part.triangles[:, :, 2], axis=1) < 1e-9
        low = lying & (part.triangles[:, 0, 2] <= part.z_range[0] + 1e-9)
        opened.append(replace(part, faces=part.faces[~low] if low.any() else part.faces[:-1] * 0 + part.faces[:-1], closed=False))
    verdict, value = outcome(check, HOUSE)
    other, found = outcome(check, opened)
    assert found == pytest.approx(value, rel=0.01)
    assert other in (verdict, Verdict.NEEDS_JUDGEMENT)


@pytest.mark.parametrize("check", ENVELOPE)
def test_one_mesh_instead_of_parts(check):
    offset = len(HOUSE[0].vertices)
    one = replace(HOUSE[0], vertices=np.concatenate([p.vertices for p in HOUSE]), faces=np.concatenate([HOUSE[0].faces, HOUSE[1].faces + offset]))
    verdict, value = outcome(check, HOUSE)
    assert outcome(check, [one]) == (verdict, pytest.approx(value, rel=1e-3))


@pytest.mark.parametrize("check", ENVELOPE)
@pytest.mark.parametrize("size", [0.01, 60.0])
def test_very_small_and_very_large_never_fail(check, size):
    middle = np.array([scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 10, scenes.GROUND])
    scaled = changed([house(), dormer()], lambda v: (v - middle) * size + middle)
    run(check, *scaled, site=FREE, **ENVELOPE[check])  # ``run`` refuses a check that failed inside


@pytest.mark.parametrize("check", ENVELOPE)
def test_odd_shapes_never_fail(check):
    flat = replace(box_part(5, 5, 15, 15, 0, 3), closed=False)
    flat = replace(flat, vertices=flat.vertices * np.array([1, 1, 0]) + np.array([0, 0, scenes.GROUND]))
    cone = body([(5, 0), (15, 0), (10, 12)])
    for parts in ([flat], [cone], [replace(cone, faces=cone.faces[:1], closed=False)]):
        run(check, *parts, site=FREE, **ENVELOPE[check])


ROOFS = {
    "extension": [house(6.5), box_part(5, 2, 15, 5, 0, 3, fid="extension")], "dormer": [house(), dormer()], "flush dormer": [house(), dormer(y0=5.0)],
    "tower": [box_part(0, 0, 10, 10, 0, 3), box_part(2, 2, 8, 8, 3, 9, fid="tower")],
    "lift": [box_part(0, 0, 10, 10, 0, 3), box_part(3, 3, 6, 6, 3, 9, fid="lift")],
    "gable above a low wing": [gable_part(0, 0, 10, 8, 5, 9), gable_part(10, 0, 16, 8, 2.5, 4.5, fid="wing")],
    "pent": [body([(5, 0), (15, 0), (15, 8), (5, 5)])],
}


@pytest.mark.parametrize("name", ROOFS)
@pytest.mark.parametrize("angle", [17.0, 45.0, 73.3])
def test_eaves_of_turned_roofs(name, angle):
    verdict, value = outcome("max_eaves_height", ROOFS[name])
    assert outcome("max_eaves_height", changed(ROOFS[name], turned(angle))) == (verdict, pytest.approx(value, abs=0.01))
    verdict, value = outcome("roof_pitch_range", ROOFS[name])
    assert outcome("roof_pitch_range", changed(ROOFS[name], turned(angle))) == (verdict, pytest.approx(value, abs=0.01))
