"""Which parts a level plane meets, what they enclose there, looked at once; and the nearest cell of a raster, by trying every cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.measure.building.footprint import projection
from drieluik.measure.plane.sections import enclosed, met_at
from drieluik.model import Terrain
from drieluik.model.arrays import spans
from scenes import GROUND, box_part, design

LOW, HIGH = box_part(0, 0, 4, 5, 0, 3, fid="low"), box_part(6, 0, 9, 5, 1, 6, fid="high")


@pytest.mark.parametrize(("z", "met"), [(-0.1, []), (0.0, []), (0.5, ["low"]), (1.0, ["low"]), (1.1, ["low", "high"]), (3.0, ["low", "high"]), (3.1, ["high"]), (6.1, [])])
def test_a_plane_meets_what_reaches_to_it_from_below(z, met):
    assert [part.fid for part in met_at([LOW, HIGH], GROUND + z)] == met
    assert enclosed([LOW, HIGH], GROUND + z).area == pytest.approx(20.0 * ("low" in met) + 15.0 * ("high" in met))


def test_what_parts_enclose_is_looked_at_once_and_is_that_of_those_parts():
    both = enclosed([LOW, HIGH], GROUND + 2.0)
    assert enclosed([LOW, HIGH], GROUND + 2.0) is both
    assert enclosed([LOW], GROUND + 2.0).area == pytest.approx(20.0) and enclosed([LOW, HIGH], GROUND + 2.5) is not both
    wider = replace(HIGH, vertices=HIGH.vertices + np.array([0.0, 0.0, 4.0]))
    assert enclosed([LOW, wider], GROUND + 2.0).area == pytest.approx(20.0)
    assert enclosed([LOW, HIGH], GROUND + 2.0) is both


def test_the_corners_of_triangles():
    triangles = np.array([[[0, 1, 2], [3, -1, 2], [1, 5, 7.0]], [[4, 4, 4], [4, 4, 4], [4, 4, 3.0]]])
    low, high = spans(triangles)
    assert low.tolist() == [[0, -1, 2], [4, 4, 3]] and high.tolist() == [[3, 5, 7], [4, 4, 4]]
    assert [value.tolist() for value in spans(triangles[:, :, 2])] == [[2, 3], [7, 4]]


def test_the_nearest_cell_with_a_height_is_that_of_all_cells():
    chance = np.random.default_rng(7)
    for known in (0.01, 0.2, 0.9):
        heights = np.where(chance.random((40, 50)) < known, chance.random((40, 50)), np.nan)
        terrain = Terrain(heights, 1000.0, 2000.0, 0.5)
        rows, columns = np.nonzero(np.isfinite(heights))
        for x, y in zip(chance.uniform(996, 1030, 60), chance.uniform(1975, 2004, 60)):
            away = np.hypot(1000.25 + 0.5 * columns - x, 1999.75 - 0.5 * rows - y)
            best = int(away.argmin())
            found = terrain.nearest(x, y, 5.0)
            assert found == (pytest.approx((heights[rows[best], columns[best]], away[best])) if away[best] <= 5.0 else None)


def test_what_was_moved_encloses_and_covers_there_what_it_did_where_it_stood():
    over = np.array([12.25, -3.5, 0.0])
    stood, anew = design(LOW, HIGH), design(*(replace(part, vertices=part.vertices + over) for part in (LOW, HIGH)))
    moved = stood.moved(over[:2])
    assert [part.vertices.tolist() for part in moved.parts] == [part.vertices.tolist() for part in anew.parts]
    for z in (0.5, 2.0, 4.0, 7.0):
        assert enclosed(moved.parts, GROUND + z).symmetric_difference(enclosed(anew.parts, GROUND + z)).area < 1e-6
    assert projection(moved.parts).symmetric_difference(projection(anew.parts)).area < 1e-6
    other = box_part(30, 0, 34, 5, 0, 3, fid="other")  # one that stayed where it is
    assert enclosed([*moved.parts, other], GROUND + 2.0).area == pytest.approx(55.0)
    again = moved.moved(-over[:2])
    assert enclosed(again.parts, GROUND + 2.0).symmetric_difference(enclosed(stood.parts, GROUND + 2.0)).area < 1e-6
