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


def test_the_line_of_an_extent_lies_along_the_middle_of_the_shape():
    length, line = extent_along(box(2, 10, 8, 14), np.array([1.0, 0.0]))
    assert (length, list(line.coords)) == (6.0, [(2, 12), (8, 12)])
    length, line = extent_along(box(2, 10, 8, 14), np.array([0.0, 1.0]))
    assert (length, list(line.coords)) == (4.0, [(5, 10), (5, 14)])


def test_main_directions_the_longer_first():
    assert [abs(way).round(9).tolist() for way in main_directions(box(0, 0, 4, 9))] == [[0, 1], [1, 0]]
    assert [abs(way).round(9).tolist() for way in main_directions(box(0, 0, 9, 4))] == [[1, 0], [0, 1]]
    assert [way.tolist() for way in main_directions(LineString([(0, 0), (5, 5)]))] == [[1, 0], [0, 1]]


def test_a_line_through_the_road_faces_where_most_of_the_road_lies():
    assert list(road_on_left(LINE, box(5, -1, 15, 4)).coords) == [(0, 0), (20, 0)]
    assert list(road_on_left(LINE, box(5, -4, 15, 1)).coords) == [(20, 0), (0, 0)]


def sides_of(plot, road):
    return sorted((edge.side, *(round(float(value), 2) for value in edge.line.bounds)) for edge in plot_edges(plot, road))


@pytest.mark.parametrize(("gap", "fronts"), [(0.95, 1), (1.05, 1)])
def test_a_plot_short_of_the_road_still_has_its_front(gap, fronts):
    """Within a metre it adjoins the road; beyond, the side that faces the nearest road is the front."""
    assert sides_of(box(0, 0, 10, 30), box(-50, -6, 50, -gap)) == [("front", 0, 0, 10, 0), ("rear", 0, 30, 10, 30), ("side", 0, 0, 0, 30), ("side", 10, 0, 10, 30)]


@pytest.mark.parametrize(("end", "front"), [(5.9, "front"), (3.9, "side")])
def test_a_side_along_the_road_for_more_than_half_is_a_front(end, front):
    """The road in the east reaches to ``end`` of the ten metres, and its metre of reach counts along it."""
    road = shapely.union_all([box(-50, -6, 50, 0), box(8.5, 0, 16, end)])
    east = [edge.side for edge in plot_edges(box(0, 0, 8, 10), road) if edge.line.bounds[0] == 8]
    assert east == [front]


def test_off_the_road_the_front_faces_the_nearest_and_not_a_nearer_one_aside():
    """A road in the south 9 m away, and in the north-east a corner of another that is nearer to the east side but lies aslant of it."""
    road = shapely.union_all([box(-50, -20, 50, -9), box(13, 36, 20, 60)])
    assert [(side, *at) for side, *at in sides_of(box(0, 0, 10, 30), road) if side == "front"] == [("front", 0, 0, 10, 0)]
    ahead = shapely.union_all([box(-50, -20, 50, -9), box(13, 14, 20, 16)])
    assert [(side, *at) for side, *at in sides_of(box(0, 0, 10, 30), ahead) if side == "front"] == [("front", 10, 0, 10, 30)]


@pytest.mark.parametrize(("shift", "turned", "sides"), [(1.7, "below", 4), (1.9, "above", 5)])
def test_a_bend_of_twenty_degrees_is_a_corner(shift, turned, sides):
    """Halfway a side of 20 m a bend of 2 x atan(shift / 10): 19.3 or 21.5 degrees."""
    plot = Polygon([(0, 0), (10, 0), (10 + shift, 10), (10, 20), (0, 20)])
    assert len(plot_edges(plot, box(-50, -6, 50, 0))) == sides


@pytest.mark.parametrize(("size", "side"), [(0.33, ["side"]), (0.30, [])])
def test_ground_of_another_inside_a_plot_has_sides_when_it_is_no_gap(size, side):
    plot = box(0, 0, 20, 20).difference(box(5, 5, 5 + size, 5 + size))
    inner = [edge.side for edge in plot_edges(plot, box(-50, -6, 50, 0)) if edge.line.is_ring]
    assert inner == side and len(plot_edges(plot, box(-50, -6, 50, 0))) == 4 + len(side)


@pytest.mark.parametrize(("short", "rear"), [(2.4, "north"), (2.6, "west")])
def test_a_cut_off_corner_is_no_main_front(short, rear):
    """Fronts of 10 m in the south, before 12 m of plot, and of ``short`` m in the east, before 30 m: from a quarter of the longest on it counts."""
    plot = Polygon([(0, 0), (10, 0), (10, 12 - short), (30, 12 - short), (30, 12), (0, 12)])
    road = shapely.union_all([box(-50, -6, 10, 0), box(30, -6, 36, 40)])
    at = {"north": (15, 12), "west": (0, 6)}
    found = {name for name, place in at.items() for edge in plot_edges(plot, road) if edge.side == "rear" and edge.line.distance(Point(place)) < 1e-9}
    assert found == {rear}


def test_a_plot_in_two_pieces_has_the_sides_of_both():
    plot = shapely.MultiPolygon([box(0, 0, 10, 20), box(12, 0, 20, 20)])
    assert [entry[0] for entry in sides_of(plot, box(-50, -6, 50, 0))] == ["front"] * 2 + ["rear"] * 2 + ["side"] * 4
    assert plot_edges(Polygon(), box(0, 0, 1, 1)) == ()


def test_a_recess_in_the_line_belongs_to_the_nearer_piece():
    """The line runs 6 m down, 4 m along and up again; a block 2 m wide stands amid that recess, to 3 m from its bottom: no place of it is
    farther than 2 m from the nearest of its sides."""
    line = LineString([(0, 0), (0, -6), (4, -6), (4, 0)])
    value, foot, normal = farthest(foremost(box(1, -20, 3, -3), line), line)
    assert value == pytest.approx(2.0) and abs(normal).tolist() in ([1, 0], [0, 1]) and line.distance(Point(foot)) < 1e-9
    assert farthest(foremost(box(1, -20, 3, -5), line), line)[0] == pytest.approx(1.0)
    beside = foremost(box(2.5, -5, 3.5, -3), line)
    assert [(s.u0, s.u1, s.v0, s.v1) for s in beside if s.u0 < 6 or s.u1 > 10] == [(11.0, 13.0, 1.5, 1.5)]


def test_the_farthest_place_of_a_level_facade_is_its_middle():
    value, foot, normal = farthest(foremost(box(2, -9, 12, 1.5), LINE), LINE)
    assert (value, foot.tolist(), normal.tolist()) == (1.5, [7.0, 0.0], [0.0, 1.0])
    value, foot, _ = farthest(foremost(Polygon([(2, -9), (12, -9), (12, 2), (2, 1)]), LINE), LINE)
    assert (value, foot.tolist()) == (2.0, [12.0, 0.0])
    assert farthest((), LINE)[0] == -np.inf


def test_of_facades_as_far_in_front_the_first_along_the_line_is_told():
    two = shapely.union_all([box(1, -9, 4, 1.5), box(6, -9, 8, 1.5)])
    assert farthest(foremost(two, LINE), LINE)[1].tolist() == [2.5, 0.0]
    assert farthest(foremost(shapely.union_all([two, box(6, -9, 8, 1.6)]), LINE), LINE)[1].tolist() == [7.0, 0.0]


@pytest.mark.parametrize(("tolerance", "share"), [(0.1, 0.01), (0.5, 0.25), (1.0, 0.3), (2.9, 0.49), (3.0, 0.9), (3.5, 0.95), (9.0, 1.0)])
def test_share_on_the_line_counts_both_sides_of_it(tolerance, share):
    """Of 10 m: 2 m at +0.2, 4 m at -3, 4 m slanting from 0 to 4."""
    shape = shapely.union_all([box(0, -9, 2, 0.2), box(2, -9, 6, -3), Polygon([(6, -9), (10, -9), (10, 4), (6, 0)])])
    assert share_on_line(foremost(shape, LINE), tolerance) == pytest.approx(share)
    assert share_on_line((), 1.0) == 0.0


def test_a_plot_with_two_corners_has_two_sides():
    """A straight side along the road and a bow behind it, in steps of 6 degrees."""
    bow = Point(10, 0).buffer(10, quad_segs=15).intersection(box(0, 0, 20, 10))
    assert [(edge.side, round(edge.line.length, 1)) for edge in plot_edges(bow, box(-50, -6, 50, 0))] == [("front", 20.0), ("rear", 31.4)]
