"""Profiles: cuts of boxes and gables whose areas can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

import scenes
from drieluik.measure.plane.cross_section import cut_triangles, profile_along
from drieluik.model import Terrain
from scenes import GROUND, box_part, gable_part, shift

NONE = np.zeros((0, 3, 3))


def along(*points):
    return shift(LineString(points))


def test_across_a_gable_it_is_the_gable():
    profile = profile_along(along((10, 2), (10, 18)), [gable_part(5, 5, 15, 15, 6, 10)], None, NONE, NONE)
    assert profile.length == pytest.approx(16)
    assert profile.design.area == pytest.approx(10 * 6 + 10 * 4 / 2)
    assert profile.design.bounds == pytest.approx((3, GROUND, 13, GROUND + 10))
    assert profile.place((scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 7, 4.0)) == pytest.approx((5.0, 4.0))


def test_rooms_stay_open_and_open_models_still_show_their_edges():
    walls = [box_part(5, 5, 15, 5.3, 0, 3), box_part(5, 14.7, 15, 15, 0, 3, fid="b")]
    assert profile_along(along((10, 2), (10, 18)), walls, None, NONE, NONE).design.area == pytest.approx(2 * 0.3 * 3)
    opened = replace(walls[0], faces=walls[0].faces[2:], closed=False)
    assert len(profile_along(along((10, 2), (10, 18)), [opened], None, NONE, NONE).edges) > 0


def test_ground_is_straight_over_gaps_and_the_limit_is_cut():
    heights = np.full((240, 240), GROUND)
    heights[110:130] = np.nan
    terrain = Terrain(heights, scenes.ORIGIN[0] - 50, scenes.ORIGIN[1] + 70, 0.5)
    plane = np.array([[[0, 0, 9.0], [20, 0, 9.0], [20, 20, 9.0]]]) + [*scenes.ORIGIN, GROUND]
    profile = profile_along(along((10, 0), (10, 30)), [], terrain, plane, NONE)
    assert profile.ground[:, 1] == pytest.approx(GROUND)
    assert np.diff(profile.ground[:, 0]).max() > 5
    assert profile.limit[:, :, 1] == pytest.approx(GROUND + 9.0)
    assert np.sort(profile.limit[0, :, 0]) == pytest.approx([0.0, 10.0])


@settings(max_examples=25, deadline=None)
@given(st.floats(0.0, 3.1), st.floats(5.5, 14.5))
def test_a_cut_of_a_box_is_a_rectangle_of_its_height(angle, y):
    """Whatever the direction, what is cut is the length inside the plan times the height."""
    way = np.array([np.cos(angle), np.sin(angle)]) * 40
    middle = np.array([10.0, y])
    line = along(middle - way, middle + way)
    inside = shapely.intersection(line, shift(shapely.box(5, 5, 15, 15))).length
    design = profile_along(line, [box_part(5, 5, 15, 15, 0, 6)], None, NONE, NONE).design
    assert design.area == pytest.approx(inside * 6, rel=1e-3, abs=1e-3)


def test_nothing_to_cut():
    assert len(cut_triangles(along((0, 0), (1, 0)), NONE)) == 0
