"""What is seen from above, places along a line, and points in an area, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

from drieluik.measure.plane import inside as within
from drieluik.measure.plane.inside import inside
from drieluik.measure.plane.places import along_line, compass_side, hull_of
from drieluik.measure.plane.rays import TopView, lowest
from scenes import ORIGIN


def test_places_along_a_line_from_its_start():
    assert along_line(LineString([(0, 0), (10, 0)]), 4.0).tolist() == [[0, 0], [4, 0], [8, 0]]
    assert along_line(LineString([(10, 0), (0, 0)]), 5.0).tolist() == [[10, 0], [5, 0]]  # the end is no place of its own
    bent = LineString([(0, 0), (3, 0), (3, 9)])
    assert along_line(bent, 4.0).tolist() == [[0, 0], [3, 1], [3, 5]]
    assert along_line(LineString([(0, 0), (1, 0)]), 4.0).tolist() == [[0, 0]]


def test_the_hull_of_places_has_as_many_dimensions_as_they_span():
    assert hull_of(np.array([[0, 0], [4, 0], [4, 2], [0, 2], [1, 1.0]])).equals(box(0, 0, 4, 2))
    assert hull_of(np.array([[0, 0], [4, 0], [1, 0.0]])).equals(LineString([(0, 0), (4, 0)]))
    assert hull_of(np.array([[3, 2.0]])).equals(Point(3, 2))


HOLED = MultiPolygon([Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (8, 2), (8, 8), (2, 8)]]), box(20, 0, 24, 4), box(4, 4, 6, 6)])
PLACES = np.array([[1, 1], [5, 3], [5, 5], [7.9, 5], [8.1, 5], [22, 2], [22, 5], [15, 2], [-1, 5], [5, 11], [25, 2], [12, 20.0]])
IN = [True, False, True, False, True, True, False, False, False, False, False, False]


@pytest.mark.parametrize("together", [1_000_000, 30, 1])
def test_points_in_areas_with_holes_and_islands_few_or_many_at_once(together, monkeypatch):
    monkeypatch.setattr(within, "TOGETHER", together)
    assert inside(HOLED, PLACES).tolist() == IN
    assert inside(shapely.transform(HOLED, lambda xy: xy + ORIGIN), PLACES + ORIGIN).tolist() == IN
    assert inside(HOLED, PLACES[::-1]).tolist() == IN[::-1]
    assert inside(Polygon(), PLACES).tolist() == [False] * len(PLACES) and inside(HOLED, np.zeros((0, 2))).shape == (0,)


def level(x0, y0, x1, y1, z, rise=0.0):
    """Return two triangles of a rectangle at z, rising to the east."""
    corners = [(x, y, z + rise * (x - x0)) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    return [[corners[0], corners[1], corners[2]], [corners[0], corners[2], corners[3]]]


def placed(triangles):
    return np.array(triangles, dtype=float) + (*ORIGIN, -2.0)


def seen(view, *places):
    """Return at each place the number of the highest triangle and the height of its plane."""
    xy = np.array(places, dtype=float) + ORIGIN
    index = view.triangle_at(xy)
    return [(int(n), round(float(z), 9)) if n >= 0 else None for n, z in zip(index, view.height(index, xy))]


def test_from_above_the_highest_is_seen_with_its_exact_height():
    low, high, slope = level(0, 0, 10, 10, 3), level(2, 2, 4, 4, 5), level(20, 0, 30, 10, 1, rise=0.5)
    view = TopView(placed(low + high + slope))
    assert seen(view, (9, 1), (1, 9), (3.5, 2.5), (2.5, 3.5), (28, 1), (22, 9)) == [(0, 1), (1, 1), (2, 3), (3, 3), (4, 3), (5, 0)]
    assert seen(view, (15, 5), (-1, 5)) == [None, None]
    assert view.triangle_at(np.zeros((0, 2))).shape == (0,)


def test_upright_triangles_are_never_seen_and_keep_the_numbers_of_the_others():
    wall = [[(0, 0, 0), (10, 0, 0), (10, 0, 9)]]
    view = TopView(placed(wall + level(0, -1, 10, 10, 3)))
    assert seen(view, (9, 5), (1, 5)) == [(1, 1), (2, 1)]
    alone = TopView(placed(wall))
    assert alone.triangle_at(np.array([ORIGIN])).tolist() == [-1]
    assert TopView(np.zeros((0, 3, 3))).triangle_at(np.zeros((2, 2))).tolist() == [-1, -1]


def test_normals_point_upward_whichever_way_a_face_turns():
    up = placed(level(0, 0, 4, 3, 0, rise=0.75))
    view = TopView(np.concatenate([up, up[:, ::-1]]))
    assert view.normals(np.arange(4)) == pytest.approx(np.tile([-0.6, 0, 0.8], (4, 1)))


def test_the_eight_sides_of_the_compass():
    assert [compass_side(45.0 * n) for n in range(-1, 9)] == ["nw", "n", "ne", "e", "se", "s", "sw", "w", "nw", "n"]
    assert [compass_side(degrees) for degrees in (22.4, 22.6, 337.4, 337.6, 720.0)] == ["n", "ne", "nw", "n", "n"]


def test_the_highest_and_the_lowest_over_places_and_where_there_is_none():
    slab = placed(level(0, 0, 4, 4, 3.0, rise=0.5) + level(1, 1, 2, 2, 1.0))
    places = np.array([[1.5, 1.5], [3.0, 3.0], [5.0, 5.0]]) + ORIGIN
    assert np.round(TopView(slab).highest(places), 9).tolist() == [1.75, 2.5, -np.inf]
    assert np.round(lowest(slab, places), 9).tolist() == [-1.0, 2.5, np.inf]
    assert lowest(np.zeros((0, 3, 3)), places).tolist() == [np.inf] * 3
