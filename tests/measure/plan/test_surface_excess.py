"""Where a design stands above a surface, and how much, in zones and on surfaces that dip, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString, Polygon, box

from drieluik.measure.plan.surface_excess import FEWEST_CELLS, MOST_CELLS, _sampled, covered, grid_in, segments, solid_above, worst_point
from drieluik.measure.plane.surfaces import AlongLine, Cone, Contours, Level, Plane, Raster, Zoned, disc, ring, surface_mesh
from drieluik.model import Part, Terrain
from scenes import GROUND, ORIGIN, box_part, gable_part, shift

FLAT = np.array([[[0.0, 0, 5], [10, 0, 5], [10, 10, 5]], [[0, 0, 5], [10, 10, 5], [0, 10, 5]]])
"""A level roof of 10 x 10 m at 5 m."""


def at(*points):
    return np.array(points, dtype=float)


def worst(triangles, surface, zone=None):
    found = worst_point(triangles, [Zoned(surface, zone)])
    return None if found is None else (*(round(float(value), 3) + 0.0 for value in found.point), round(found.limit_nap, 3), round(found.excess_m, 3))


@pytest.mark.parametrize(
    ("surface", "zone", "found"),
    [
        (Level(4.0), box(2, 3, 4, 5), None), (Plane((0, 0), 4.0, (0.1, 0.0)), box(2, 3, 4, 5), (2, None, 5, 4.2, 0.8)), (Plane((0, 0), 4.0, (-0.1, -0.2)), box(2, 3, 4, 5), (4, 5, 5, 2.6, 2.4)),
        (Plane((0, 0), 4.0, (0.1, 0.2)), None, (0, 0, 5, 4, 1)), (Plane((0, 0), 6.0, (0.1, 0.2)), None, (0, 0, 5, 6, -1)), (Cone((4, 6), 3.0, 0.5), box(3, 5, 5, 7), None),
    ],
)
def test_the_worst_place_of_a_level_roof(surface, zone, found):
    got = worst(FLAT, surface, zone)
    if found is None:
        assert got is not None and got[2] == 5 and zone.buffer(1e-6).contains(shapely.Point(got[:2])) and got[4] == pytest.approx(5 - got[3])
    else:
        assert all(value is None or have == pytest.approx(value) for have, value in zip(got, found))


def test_outside_a_zone_nothing_is_worst():
    assert worst(FLAT, Level(4.0), box(20, 20, 30, 30)) is None and worst(FLAT, Level(4.0), Polygon()) is None
    assert worst_point(FLAT, []) is None
    both = worst_point(FLAT, [Zoned(Level(4.0), box(0, 0, 2, 2)), Zoned(Level(3.0), box(5, 5, 6, 6))])
    assert both.excess_m == pytest.approx(2.0) and both.zoned.surface.nap_m == 3.0


def test_a_wall_that_stands_alone_north_to_south_has_a_worst_place():
    wall = np.array([[[3.0, 2, 0], [3, 2, 7], [3, 9, 0]]])
    assert worst(wall, Level(4.0), box(2, 1, 4, 3)) == (3, 2, 7, 4, 3) and worst(wall, Level(4.0), box(2, 3, 4, 5)) == (3, 3, 6, 4, 2)
    assert worst(wall, Level(4.0), box(3.1, 1, 4, 3)) is None


def test_a_surface_that_dips_amid_a_triangle_is_found_there():
    """A raster of cells of 1 m at 5.3 m with one of 4.7 m whose middle lies at (7.5, 2.5): places are tried every half metre, so that the
    deepest is missed by some centimetres."""
    heights = np.full((14, 14), 5.3)
    heights[14 - 2 - 3, 2 + 7] = 4.7
    pit = Raster(Terrain(heights, -2.0, 12.0, 1.0))
    assert worst(FLAT, pit) == pytest.approx((7.5, 2.5, 5, 4.7, 0.3), abs=0.13)
    assert worst(FLAT, pit, box(0, 0, 5, 5))[3:] == pytest.approx((5.3, -0.3))
    assert pit.slope == pytest.approx(0.6 * np.sqrt(2)) and Raster(Terrain(np.full((2, 2), np.nan), 0, 0, 1.0)).slope == np.inf
    nowhere = Raster(Terrain(np.full((14, 14), np.nan), -2.0, 12.0, 1.0))
    assert worst(FLAT, nowhere) is None


def test_a_valley_between_contours():
    """Down from 10 m at x = 0 to 2 m at x = 4 and up to 10 m at x = 10: the roof at 5 m stands 3 m above it along x = 4."""
    valley = Contours(tuple(LineString([(x, -50), (x, 50)]) for x in (0, 4, 10)), (10.0, 2.0, 10.0))
    got = worst(FLAT, valley)
    assert got[0] == pytest.approx(4, abs=0.02) and got[4] == pytest.approx(3, abs=0.04)
    assert valley.slope == pytest.approx(2.0) and Contours((LineString([(0, 0), (0, 9)]),), (4.0,)).slope == 0.0
    assert valley.heights(np.zeros((0, 2))).shape == (0,)


def test_a_limit_that_runs_along_a_line():
    road = AlongLine(LineString([(0, 0), (20, 0)]), 4.0, 8.0)
    assert road.slope == pytest.approx(0.2) and AlongLine(LineString([(0, 0), (20, 0)]), 8.0, 4.0).slope == pytest.approx(0.2)
    assert road.heights(at((5, 30), (-4, 1), (40, -2))).tolist() == [5.0, 4.0, 8.0]
    assert worst(FLAT, road)[0] == pytest.approx(0) and worst(FLAT, road)[4] == pytest.approx(1.0)


def test_planes_and_cones():
    assert Plane((3, 4), 10.0, (0.3, 0.4)).slope == pytest.approx(0.5)
    assert Plane((3, 4), 10.0, (0.3, -0.4)).heights(at((4, 4), (3, 5), (13, 24))).tolist() == pytest.approx([10.3, 9.6, 5.0])
    through = Plane.through(at((2, 1, 5), (4, 1, 6), (2, 5, 3)))
    assert (through.at, through.nap_m, through.rise) == ((2.0, 1.0), 5.0, (pytest.approx(0.5), pytest.approx(-0.5)))
    assert Cone((1, 2), 4.0, 0.1, 5.0).heights(at((4, 6), (1, 12))).tolist() == pytest.approx([4.0, 4.5])
    assert Level(3.0).slope == 0.0 and Level(3.0).heights(at((1, 1), (2, 2))).tolist() == [3.0, 3.0]


def test_circles_and_rings():
    for radius in (5.0, 400.0):
        circle = disc((10, 20), radius)
        away = np.hypot(*(shapely.get_coordinates(circle) - (10, 20)).T)
        assert away == pytest.approx(np.full(len(away), radius)) and circle.area == pytest.approx(np.pi * radius**2, rel=2e-3)
        middles = [shapely.Point(10, 20).distance(LineString(pair)) for pair in zip(circle.exterior.coords[:-1], circle.exterior.coords[1:])]
        assert radius - min(middles) <= max(0.001, radius * (1 - np.cos(np.pi / 64))) + 1e-9
    assert ring((0, 0), 5.0, None) is None and ring((0, 0), 0.0, 9.0).area == pytest.approx(np.pi * 81, rel=2e-3)
    assert ring((0, 0), 5.0, 9.0).area == pytest.approx(np.pi * 56, rel=2e-3) and not ring((0, 0), 5.0, 9.0).contains(shapely.Point(4, 0))


def test_a_surface_is_drawn_within_its_zone_and_reach():
    mesh = surface_mesh(Zoned(Plane((0, 0), 2.0, (0.5, 0.0)), box(2, 2, 8, 6)), box(0, 0, 20, 20), cells=4)
    flat = shapely.polygons(mesh[:, :, :2])
    assert shapely.area(flat).sum() == pytest.approx(24) and shapely.union_all(flat).bounds == (2, 2, 8, 6)
    assert mesh[:, :, 2] == pytest.approx(2 + mesh[:, :, 0] / 2)
    assert max(shapely.length(shapely.LinearRing(t[:, :2])) for t in mesh) <= 1.5 * (2 + np.sqrt(2)) + 1e-6
    assert surface_mesh(Zoned(Level(1.0), box(50, 50, 60, 60)), box(0, 0, 20, 20)).shape == (0, 3, 3)
    assert surface_mesh(Zoned(Level(1.0)), Polygon()).shape == (0, 3, 3) and surface_mesh(Zoned(Level(1.0)), box(0, 0, 1e-4, 1e-4)).shape == (0, 3, 3)
    assert len(surface_mesh(Zoned(Level(1.0)), box(0, 0, 0.2, 0.2), cells=4)) == 2 * 4 * 4
    half = Raster(Terrain(np.where(np.arange(12) < 6, 3.0, np.nan)[None] * np.ones((12, 1)), 0.0, 12.0, 1.0))
    known = surface_mesh(Zoned(half), box(1, 1, 11, 11), cells=10)
    assert shapely.union_all(shapely.polygons(known[:, :, :2])).bounds == (1, 1, 5, 11)


def test_whether_a_surface_reaches_everywhere():
    raster = Raster(Terrain(np.full((10, 10), 9.0), 0.0, 10.0, 1.0))
    assert covered(box(1, 1, 9, 9), [Zoned(raster)]) and not covered(box(1, 1, 11, 9), [Zoned(raster)])
    assert covered(box(1, 1, 11, 9), [Zoned(raster, box(0, 0, 9, 10))]) and covered(box(1, 1, 11, 9), [Zoned(Level(3.0))])
    assert covered(box(1, 1, 11, 9), [Zoned(raster), Zoned(Level(3.0), box(9, 0, 20, 20))])
    hole = np.full((10, 10), 9.0)
    hole[5, 5] = np.nan
    assert not covered(box(1, 1, 9, 9), [Zoned(Raster(Terrain(hole, 0.0, 10.0, 1.0)))])
    points = grid_in(Polygon([(0, 0), (32, 0), (0, 32)]))
    assert points.min() >= 0 and points.sum(axis=1).max() <= 32 and 500 < len(points) < 600


def lengths(found):
    return sorted(round(float(value), 3) for value in np.linalg.norm(found[1] - found[0], axis=1) if value > 1e-6)


def test_edges_inside_a_zone_and_the_zones_own_on_them():
    slope = np.array([[[0.0, 0, 0], [10, 0, 5], [0, 10, 0]]])  # z = x / 2
    assert lengths(segments(slope)) == lengths(segments(slope, box(-50, -50, 50, 50))) == [10.0, round(np.hypot(10, 5), 3), 15.0]
    starts, ends = segments(slope, box(2, 1, 4, 3))
    assert np.concatenate([starts, ends])[:, 2] == pytest.approx(np.concatenate([starts, ends])[:, 0] / 2)
    assert lengths((starts, ends)) == [2.0, 2.0, round(np.hypot(2, 1), 3), round(np.hypot(2, 1), 3)]
    assert lengths(segments(slope, box(2, -1, 4, 3))) == [round(np.hypot(2, 1), 3), round(np.hypot(2, 1), 3), 3.0, 3.0]
    wall = np.array([[[3.0, 2, 0], [3, 2, 7], [3, 9, 0]]])
    assert lengths(segments(wall, box(2, 1, 4, 3)))[-1] == 7.0 and len(segments(wall, box(20, 20, 30, 30))[0]) == 0
    assert segments(np.zeros((0, 3, 3)), box(0, 0, 1, 1))[0].shape == (0, 3)


def test_the_solid_above_a_surface():
    house, shed = gable_part(0, 0, 10, 8, 5, 9), box_part(20, 0, 24, 4, 0, 3, fid="shed")
    floating = box_part(0, 20, 2, 22, 7, 9, fid="floating")
    level = Zoned(Level(GROUND + 7))
    triangles, volume, left_out = solid_above((house, shed, floating), level)
    assert (volume, left_out) == (pytest.approx(40 + 8), 0) and triangles[:, :, 2].min() == pytest.approx(GROUND + 7)
    assert solid_above((house, shed, floating), Zoned(Level(GROUND + 7), shift(box(0, 0, 5, 30))))[1] == pytest.approx(20 + 8)
    assert solid_above((house,), Zoned(Level(GROUND + 7), shift(box(50, 0, 55, 30))))[1] == 0.0
    slope = Zoned(Plane(ORIGIN, GROUND, (0.0, 1.0)))  # from 0 m in the south to 8 m in the north
    assert solid_above((box_part(0, 0, 10, 8, 0, 8),), slope)[1] == pytest.approx(320)
    open_house = Part("o", house.vertices, house.faces[2:])
    assert solid_above((open_house, floating, Part("low", shed.vertices, shed.faces[2:])), level)[1:] == (pytest.approx(8), 1)
    assert [len(part) if number == 0 else part for number, part in enumerate(solid_above((), level))] == [0, 0.0, 0]
    pit = Raster(Terrain(np.full((40, 40), GROUND + 4.0), ORIGIN[0] - 5, ORIGIN[1] + 30, 1.0))
    assert solid_above((box_part(0, 0, 10, 8, 0, 6),), Zoned(pit))[1] == pytest.approx(160, rel=1e-6)
    nothing = Raster(Terrain(np.full((40, 40), np.nan), ORIGIN[0] - 5, ORIGIN[1] + 30, 1.0))
    assert solid_above((box_part(0, 0, 10, 8, 0, 6),), Zoned(nothing))[1] == pytest.approx(0.0)


@pytest.mark.parametrize("depth", [0.02, 0.3, 2.0])
def test_the_place_amid_a_triangle_however_shallow_the_dip(depth):
    """A raster at 5 m with one cell ``depth`` lower, under a level roof at 6 m whose corners and edges lie far from it."""
    heights = np.full((20, 20), 5.0)
    heights[10, 10] -= depth
    raster = Raster(Terrain(heights, 0.0, 20.0, 1.0))
    roof = np.array([[[1.0, 1, 6], [19, 1, 6], [10, 18, 6]]])
    worst = worst_point(roof, [Zoned(raster)])
    assert worst.excess_m == pytest.approx(1 + depth, rel=0.25) and np.hypot(*(worst.point[:2] - (10.5, 9.5))) < 0.5
    beside = worst_point(roof, [Zoned(raster, box(0, 0, 8, 20))])
    assert beside.excess_m == pytest.approx(1.0)  # the dip lies outside the zone


def test_of_two_surfaces_that_where_it_stands_higher_above_the_limit():
    roof = np.array([[[0.0, 0, 6], [10, 0, 6], [0, 10, 7]]])
    low, high = Zoned(Level(5.0), box(0, 0, 10, 2)), Zoned(Level(5.5), box(0, 2, 10, 10))
    worst = worst_point(roof, [low, high])
    assert (worst.zoned is high, worst.excess_m) == (True, pytest.approx(1.5)) and worst_point(roof, [high, low]).zoned is high
    assert worst_point(roof, [low]).excess_m == pytest.approx(1.2) and worst_point(roof, [low]).point[1:].tolist() == pytest.approx([2, 6.2])
    assert worst_point(roof, []) is None


@pytest.mark.parametrize(("surface", "cells"), [(Level(5.0), FEWEST_CELLS), (Plane((0.0, 0.0), 5.0, (0.3, -0.2)), FEWEST_CELLS), (Cone((0.0, 0.0), 5.0, 0.5, 1.0), MOST_CELLS), (Cone((-500.0, 0.0), 5.0, 0.5), None)])
def test_a_surface_is_sampled_no_finer_than_it_bends(surface, cells):
    x, y, under = _sampled(surface, -10.0, -10.0, 10.0, 10.0)
    assert x.shape == y.shape == under.shape and (x.min(), x.max(), y.min(), y.max()) == (-10.0, 10.0, -10.0, 10.0)
    assert x.shape == (cells + 1, cells + 1) if cells else FEWEST_CELLS < len(x) - 1 < MOST_CELLS
    assert under.ravel() == pytest.approx(surface.heights(np.column_stack([x.ravel(), y.ravel()])))
