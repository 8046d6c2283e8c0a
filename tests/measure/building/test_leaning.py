"""Facades that lean: the outline is that of the widest height, whatever the sections meet."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import trimesh

from drieluik.measure.building.footprint import wall_enclosed
from drieluik.measure.building.leaning import leaning_outlines
from drieluik.measure.plane.sections import enclosed
from drieluik.model import Level, Part
from scenes import BOX_FACES, GROUND, box_part, to_rd


def frustum(low: tuple[float, float, float, float], high: tuple[float, float, float, float], z0: float, z1: float, kind: str = "building") -> Part:
    """A block with one rectangle (x0, y0, x1, y1) below and another above."""
    corners = [(x, y, z) for (x0, y0, x1, y1), z in ((low, z0), (high, z1)) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    return Part("block", to_rd(corners), BOX_FACES.copy(), kind, closed=True)


def area(*parts: Part, levels: tuple[float, ...] = ()) -> float:
    named = tuple(Level(str(z), GROUND + z) for z in levels)
    return float(wall_enclosed(parts, named, GROUND)[0].area)


WIDE_ABOVE = frustum((2, 2, 8, 9), (1, 1, 9, 10), 0, 4.3)  # 42 m2 on the ground, 72 m2 at the top
WIDE_BELOW = frustum((1, 1, 9, 10), (2, 2, 8, 9), 0, 4.3)


@pytest.mark.parametrize("part", [WIDE_ABOVE, WIDE_BELOW])
@pytest.mark.parametrize("levels", [(), (0.0,), (0.0, 2.6)])
def test_the_widest_height_counts(part, levels):
    assert area(part, levels=levels) == pytest.approx(72.0, abs=0.01)


def test_a_roof_down_to_the_ground_is_a_facade_and_one_above_walls_is_not():
    tent = Part("tent", to_rd([(0, 0, 0), (7, 0, 0), (7, 10, 0), (0, 10, 0), (3.5, 0, 5), (3.5, 10, 5)]), np.array(
        [[0, 1, 4], [3, 5, 2], [0, 4, 5], [0, 5, 3], [1, 2, 5], [1, 5, 4], [0, 3, 2], [0, 2, 1]]), "building", closed=True)
    assert area(tent) == pytest.approx(70.0, abs=0.01)
    raised = Part("raised", tent.vertices + [0, 0, 2.0], tent.faces, "building", closed=True)
    assert leaning_outlines([raised], GROUND) == []


def test_a_bulging_wall_is_as_wide_as_its_middle():
    below, above = frustum((1, 1, 9, 10), (0.6, 0.6, 9.4, 10.4), 0, 2.7), frustum((0.6, 0.6, 9.4, 10.4), (1, 1, 9, 10), 2.7, 5.4)
    assert area(below, above) == pytest.approx(8.8 * 9.8, abs=0.02)


@pytest.mark.parametrize("thick", [0.2, 0.35])
def test_what_stands_out_at_once_is_no_facade(thick):
    house, cornice = box_part(0, 0, 8, 9, 0, 5), box_part(-0.6, -0.6, 8.6, 9.6, 5, 5 + thick, fid="cornice")
    assert area(house, cornice) == pytest.approx(72.0, abs=0.01) and leaning_outlines([house, cornice], GROUND) == []


def test_low_and_upright_things_lean_nowhere():
    assert leaning_outlines([box_part(0, 0, 8, 9, 0, 5), frustum((0, 0, 4, 4), (-1, -1, 5, 5), 0, 1.4)], GROUND) == []
    assert leaning_outlines([], GROUND) == []


def test_a_curve_of_many_rows_is_followed_at_its_widest_and_no_further():
    """A sphere of 8 m cut into rows that lie a hair apart: one edge up and one down add anything to the sections around it."""
    ball = trimesh.creation.icosphere(subdivisions=4, radius=8.0)
    part = Part("ball", np.asarray(ball.vertices, float), np.asarray(ball.faces), closed=True)
    widest = enclosed([part], 1e-4).area
    found = leaning_outlines([part], -8.0, enclosed([part], 0.5))
    assert shapely.union_all(found).area == pytest.approx(widest, abs=1e-3)
    assert leaning_outlines([part], -8.0, shapely.Point(0, 0).buffer(9.0)) == []
