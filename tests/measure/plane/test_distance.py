"""Distances in the plane: in front of a line, sides of a plot, depth and width; against brute force."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, affinity, box

from drieluik.measure.plane.distance import extent_along, farthest, foremost, main_directions, plot_edges, road_on_left, share_on_line, shortest

LINE = LineString([(0, 0), (20, 0)])


def test_foremost_takes_only_what_is_seen_from_the_road():
    shape = shapely.union_all([box(2, -10, 10, -1), box(10, -8, 15, -3)])
    found = foremost(shape, LINE)
    assert [(s.u0, s.u1, s.v0, s.v1) for s in found] == [(2, 10, -1, -1), (10, 15, -3, -3)]
    assert share_on_line(found, 1.0) == pytest.approx(8 / 13)


def test_slanting_facade_is_partly_within_the_tolerance():
    found = foremost(Polygon([(0, 0), (10, 1), (10, -5), (0, -5)]), LINE)
    assert share_on_line(found, 0.25) == pytest.approx(0.25)
    assert max(max(s.v0, s.v1) for s in found) == pytest.approx(1.0)


def test_outside_the_lines_length_nothing_counts():
    assert foremost(box(30, -5, 40, 5), LINE) == ()
    assert [(s.u0, s.u1) for s in foremost(box(15, -5, 40, 5), LINE)] == [(15, 20)]


coordinate = st.floats(-10, 10, allow_nan=False)


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=8), st.floats(0, 360))
def test_foremost_agrees_with_rays(points, angle):
    hull = shapely.convex_hull(shapely.multipoints(points))
    if hull.area < 1:
        return
    shape = shapely.difference(hull, affinity.scale(hull, 0.3, 0.3, origin=hull.centroid))  # with a hole: the outside counts
    line = affinity.rotate(LineString([(-12, 3), (12, 3)]), angle, origin=(0, 0))
    start, end = np.asarray(line.coords)
    along = (end - start) / np.hypot(*(end - start))
    normal = np.array([-along[1], along[0]])
    for stretch in foremost(shape, line):
        u = (stretch.u0 + stretch.u1) / 2
        foot = start + along * u
        ray = shapely.intersection(LineString([foot - normal * 40, foot + normal * 40]), shape)
        seen = (shapely.get_coordinates(ray) - start) @ normal
        assert seen.max() == pytest.approx((stretch.v0 + stretch.v1) / 2, abs=1e-5)


def test_the_road_is_on_the_left():
    for line in (LINE, LINE.reverse()):
        turned = road_on_left(line, box(0, 3, 20, 6))
        assert list(turned.coords) == [(0, 0), (20, 0)]
    assert list(road_on_left(LINE, Point(10, -3)).coords) == [(20, 0), (0, 0)]


def test_extent_and_main_directions_of_a_turned_box():
    turned = affinity.rotate(box(0, 0, 12, 5), 30, origin=(0, 0))
    longer, shorter = main_directions(turned)
    assert extent_along(turned, longer)[0] == pytest.approx(12)
    length, line = extent_along(turned, shorter)
    assert (length, line.length) == (pytest.approx(5), pytest.approx(5))


def test_sides_of_a_plot():
    edges = plot_edges(box(0, 0, 10, 30), box(-50, -6, 50, -0.5))
    assert sorted((e.side, round(e.line.length)) for e in edges) == [("front", 10), ("rear", 10), ("side", 30), ("side", 30)]
    corner = plot_edges(box(0, 0, 10, 30), shapely.union_all([box(-50, -6, 50, 0), box(10, 0, 16, 60)]))
    assert sorted((e.side, round(e.line.length)) for e in corner) == [("front", 10), ("front", 30), ("rear", 10), ("side", 30)]
    cut = Polygon([(0, 0), (8, 0), (10, 2), (10, 30), (0, 30)])
    sides = {e.side for e in plot_edges(cut, shapely.union_all([box(-50, -6, 50, 0), box(10, 0, 16, 60)])) if e.line.distance(Point(5, 30)) < 1e-9}
    assert sides == {"rear"}


def test_a_bending_boundary_is_one_side_and_a_plot_off_the_road_has_a_front():
    bend = Polygon([(0, 0), (10, 0), (10.5, 10), (10, 20), (0, 20)])
    assert len(plot_edges(bend, box(-50, -6, 50, 0))) == 4
    back = plot_edges(box(0, 20, 10, 50), box(-50, -6, 50, 0))
    assert [e.line.bounds[1::2] for e in back if e.side == "front"] == [(20, 20)]


def test_shortest_line_runs_from_the_line_to_the_shape():
    line = shortest(box(3, 0, 5, 5), LineString([(0, 0), (0, 10)]))
    assert line.length == pytest.approx(3)
    assert line.coords[0][0] == 0


@pytest.mark.parametrize("seed", range(12))
def test_in_front_of_a_line_with_steps_is_what_scattered_points_say(seed):
    """A line in four steps with the street to the south and three blocks across it: places of the blocks south of the line, however
    they are drawn, stand no farther from it than is measured (0.15 m: between the places); turning it all changes nothing."""
    rng = np.random.default_rng(seed)
    ends, levels = np.cumsum(rng.uniform(3, 9, 4)), rng.uniform(-4, 4, 4)
    corners = [(x, y) for number, y in enumerate(levels) for x in ([0.0, *ends][number], ends[number])]
    line = LineString(corners[::-1])
    blocks = [box(x, rng.uniform(-5, 5), x + rng.uniform(1, 8), 20) for x in rng.uniform(0, ends[-1] - 2, 3)]
    shape = shapely.union_all([*blocks, box(0, 15, ends[-1], 20)])
    x, y = rng.uniform(0, ends[-1], 4000), rng.uniform(-6, 5, 4000)
    before = shapely.contains_xy(shape, x, y) & (y < levels[np.minimum(np.searchsorted(ends, x), 3)])
    seen = float(shapely.distance(line, shapely.points(x[before], y[before])).max()) if before.any() else -np.inf
    value = farthest(foremost(shape, line), line)[0]
    assert value >= seen - 0.15
    assert value <= 0.25 or before.any()
    turned = [affinity.rotate(item, 33, origin=(0, 0)) for item in (shape, line)]
    assert farthest(foremost(*turned), turned[1])[0] == pytest.approx(value, abs=1e-3)
