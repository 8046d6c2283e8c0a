"""Height limits that are surfaces, and the worst point under them; against dense samples."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

import scenes
from drieluik.measure.plan.surface_excess import covered, segments, solid_above, worst_point
from drieluik.measure.plane.surfaces import AlongLine, Cone, Contours, Level, Plane, Raster, Zoned, disc, ring, surface_mesh
from drieluik.model import Terrain
from scenes import ORIGIN, box_part


def at(*points):
    return np.array(points, dtype=float)


def test_heights_of_each_surface():
    assert Level(45).heights(at((0, 0)))[0] == 45
    assert Cone((0, 0), 3.0, 1 / 140).heights(at((200, 0)))[0] == pytest.approx(4.4286, abs=1e-4)
    assert Cone((0, 0), 7.03, 0.01746, 500).heights(at((1500, 0), (3000, 0))) == pytest.approx([24.49, 50.68])
    assert AlongLine(LineString([(0, 0), (100, 0)]), 30, 70).heights(at((30, 9), (-5, 0), (200, 0))) == pytest.approx([42, 30, 70])
    plane = Plane.through(np.array([[0, 0, 10], [10, 0, 20], [0, 10, 10]], dtype=float))
    assert plane.heights(at((5, 7)))[0] == pytest.approx(15)
    assert Plane.through(np.array([[0, 0, 1], [1, 1, 2], [2, 2, 3]], dtype=float)) is None


def test_between_contours_and_beyond_them():
    lines = tuple(LineString([(x, -100), (x, 100)]) for x in (0, 100, 160))
    surface = Contours(lines, (45, 65, 80))
    assert surface.heights(at((30, 0), (0, 5), (100, 5), (130, 9))) == pytest.approx([51, 45, 65, 72.5])
    assert np.isnan(surface.heights(at((-10, 0), (200, 0)))).all()
    rings = Contours(tuple(LineString(disc((0, 0), r).exterior.coords) for r in (100, 200)), (30, 50))
    assert rings.heights(at((0, 150), (-125, 0))) == pytest.approx([40, 35], abs=0.01)


def test_raster_knows_where_it_is_not():
    heights = np.full((4, 4), 12.0)
    heights[0, 0] = np.nan
    surface = Raster(Terrain(heights, 0.0, 40.0, 10.0))
    assert surface.heights(at((20, 20)))[0] == 12
    assert np.isnan(surface.heights(at((6, 36), (500, 0)))).all()


corner = st.tuples(st.floats(-40, 40), st.floats(-40, 40), st.floats(0, 30))


@given(st.tuples(corner, corner, corner), st.sampled_from(["cone", "plane", "contours"]), st.booleans())
def test_worst_point_is_never_beaten_by_a_sample(corners, kind, clipped):
    triangle = np.array([corners])
    if abs(np.cross(triangle[0, 1, :2] - triangle[0, 0, :2], triangle[0, 2, :2] - triangle[0, 0, :2])) < 1:
        return
    surface = {
        "cone": Cone((60, 0), 1.0, 0.2),
        "plane": Plane((0, 0), 10.0, (0.1, -0.2)),
        "contours": Contours(tuple(LineString([(x, -90), (x, 90)]) for x in (-60, 5, 60)), (10, 20, 12)),
    }[kind]
    zone = box(-20, -20, 30, 25) if clipped else None
    worst = worst_point(triangle, [Zoned(surface, zone)])
    shares = np.random.default_rng(1).dirichlet((1, 1, 1), 2000)
    samples = shares @ triangle[0]
    if clipped:
        inside = (np.abs(samples[:, 0] - 5) <= 25) & (np.abs(samples[:, 1] - 2.5) <= 22.5)
        samples = samples[inside]
    if not len(samples):
        return
    assert worst is not None
    excess = (samples[:, 2] - surface.heights(samples[:, :2])).max()
    assert worst.excess_m >= excess - 1e-3
    ring_ = shapely.Polygon(triangle[0, :, :2])
    assert ring_.distance(shapely.Point(worst.point[:2])) < 1e-6


def test_worst_point_halfway_an_edge_is_exact():
    roof = np.array([[[150, -90, 4.0], [150, 110, 4.0], [151, 110, 4.0]]])
    worst = worst_point(roof, [Zoned(Cone((0, 0), 0.0, 1 / 50))])
    assert (worst.limit_nap, worst.point[1]) == (pytest.approx(3.0, abs=1e-6), pytest.approx(0.0, abs=0.02))


def test_coverage_and_segments_in_a_zone():
    part = box_part(0, 0, 10, 10, 0, 5)
    zone = box(ORIGIN[0] + 4, ORIGIN[1] + 4, ORIGIN[0] + 6, ORIGIN[1] + 6)
    starts, ends = segments(part.triangles, zone)
    assert len(starts) == len(ends)
    assert shapely.covers(zone.buffer(1e-6), shapely.points(np.vstack([starts, ends])[:, :2])).all()
    assert np.isclose(starts[:, 2], scenes.GROUND + 5).any()
    raster = Raster(Terrain(np.full((4, 4), 9.0), ORIGIN[0] - 5, ORIGIN[1] + 15, 5.0))
    here = box(ORIGIN[0], ORIGIN[1], ORIGIN[0] + 5, ORIGIN[1] + 5)
    assert covered(here, [Zoned(raster)])
    assert not covered(shapely.affinity.translate(here, 20, 0), [Zoned(raster)])


def test_solid_above_a_cone_and_over_open_parts():
    part = box_part(0, 0, 10, 10, 0, 6)
    cone = Cone(ORIGIN, scenes.GROUND + 2.0, 0.2)
    triangles, volume, left_out = solid_above((part,), Zoned(cone))
    x, y = np.meshgrid(np.arange(0.05, 10, 0.1), np.arange(0.05, 10, 0.1))
    assert volume == pytest.approx(np.maximum(4 - 0.2 * np.hypot(x, y), 0).sum() * 0.01, rel=1e-3)
    assert left_out == 0
    assert len(triangles)
    half = solid_above((part,), Zoned(Level(scenes.GROUND + 4), box(ORIGIN[0], ORIGIN[1], ORIGIN[0] + 5, ORIGIN[1] + 10)))
    assert half[1] == pytest.approx(100.0, rel=1e-6)
    assert solid_above((part,), Zoned(Level(scenes.GROUND + 7)))[1] == 0.0
    opened = type(part)("open", part.vertices, part.faces[:-2])
    assert solid_above((opened,), Zoned(Level(scenes.GROUND + 4)))[1:] == (0.0, 1)


def test_surface_mesh_covers_its_area_at_the_right_height():
    mesh = surface_mesh(Zoned(Cone((0, 0), 0.0, 0.5), ring((0, 0), 10, 20)), box(-30, -30, 30, 30))
    flat = shapely.polygons(mesh[:, :, :2])
    assert shapely.area(flat).sum() == pytest.approx(np.pi * 300, rel=1e-3)
    assert mesh[:, :, 2] == pytest.approx(np.hypot(mesh[:, :, 0], mesh[:, :, 1]) * 0.5)


def test_the_steepest_rise_of_each_surface():
    """What it costs to be a metre off: never less than the surface truly rises."""
    assert (Level(45.0).slope, Cone((0, 0), 3.0, 0.25).slope) == (0.0, 0.25)
    assert Plane((0, 0), 1.0, (0.3, -0.4)).slope == pytest.approx(0.5)
    assert AlongLine(LineString([(0, 0), (30, 40)]), 70, 45).slope == AlongLine(LineString([(0, 0), (30, 40)]), 45, 70).slope == 0.5
    lines = tuple(LineString([(x, 0), (x, 9)]) for x in (0, 10, 14, 64))
    assert Contours(lines, (40, 45, 43, 143)).slope == pytest.approx(2.0)  # 100 m in 50; 0.5 in the others
    assert Contours(lines[:2], (45, 40)).slope == pytest.approx(0.5) and Contours(lines[:1], (40,)).slope == 0.0
    assert Contours((LineString([(0, 0), (5, 0)]), LineString([(5, 0), (9, 9)])), (4, 5)).slope == pytest.approx(1e6)  # they touch


def test_the_steepest_rise_of_a_raster_is_that_of_both_ways_together():
    heights = np.array([[1.0, 4, 4], [1, 1, 1], [1, 1, np.nan]])
    assert Raster(Terrain(heights, 0.0, 30.0, 10.0)).slope == pytest.approx(np.hypot(3, 3) / 10)
    assert Raster(Terrain(np.array([[1.0, 3, 3], [5, 7, 7]]), 0.0, 20.0, 10.0)).slope == pytest.approx(np.hypot(2, 4) / 10)
    assert Raster(Terrain(np.array([[1.0, 3, 3]]), 0.0, 10.0, 10.0)).slope == np.inf  # nothing is known of the other way
    assert Raster(Terrain(np.full((3, 3), np.nan), 0.0, 30.0, 10.0)).slope == np.inf


def test_which_surfaces_can_be_lowest_in_the_midst_of_a_triangle():
    assert [surface.dips for surface in (Level, Cone, Plane, AlongLine, Raster, Contours)] == [False, False, False, True, True, True]


def test_a_plane_through_places_far_away():
    plane = Plane.through(np.array([[*ORIGIN, 10.0], [ORIGIN[0] + 4, ORIGIN[1], 12.0], [ORIGIN[0], ORIGIN[1] + 8, 6.0]]))
    assert (plane.at, plane.nap_m, plane.rise) == (ORIGIN, 10.0, pytest.approx((0.5, -0.5)))
    assert plane.heights(at((ORIGIN[0] + 2, ORIGIN[1] - 2))) == pytest.approx([12.0])
    thin = np.array([[0, 0, 0], [1, 0, 0], [0, 1e-5, 1.0]])
    assert Plane.through(thin) is not None and Plane.through(thin * (1, 0.05, 1)) is None


def test_a_plane_lies_in_its_three_places_whichever_comes_first():
    """East 0.5 and north -0.5 a metre; the second place lies both east and north of the first."""
    plane = Plane.through(np.array([[2.0, 3.0, 10.0], [6.0, 5.0, 11.0], [2.0, 11.0, 6.0]]))
    assert (plane.at, plane.nap_m, plane.rise) == ((2.0, 3.0), 10.0, pytest.approx((0.5, -0.5)))


def test_circles_stay_within_a_millimetre_of_themselves():
    for radius in (0.5, 20.0, 4000.0):
        circle = disc((3.0, 4.0), radius)
        corners = shapely.get_coordinates(circle) - (3.0, 4.0)
        assert np.hypot(*corners.T) == pytest.approx(radius)
        sagitta = radius - np.hypot(*((corners[1:] + corners[:-1]) / 2).T).min()
        assert sagitta <= 0.001 + 1e-9 and (radius < 20 or sagitta > 0.0009)  # and no finer than asked
    assert len(shapely.get_coordinates(disc((0, 0), 0.5))) == 4 * 16 + 1


def test_a_ring_lies_between_its_circles():
    assert ring((0, 0), 100, None) is None
    whole, hollow = ring((5, 0), 0, 20), ring((5, 0), 10, 20)
    assert whole.equals(disc((5, 0), 20)) and hollow.equals(disc((5, 0), 20).difference(disc((5, 0), 10)))
    assert ring((5, 0), 0.5, 20).area == pytest.approx(np.pi * (400 - 0.25), rel=1e-4)


def test_between_contours_the_nearest_that_faces_the_other_way_counts():
    """A place west of three contours in a row lies between none; with one more in the west, the nearest of both sides count."""
    east = tuple(LineString([(x, -50), (x, 50)]) for x in (10, 20, 40))
    assert np.isnan(Contours(east, (40, 41, 42)).heights(at((4, 0))))[0]
    assert Contours((*east, LineString([(-2, -50), (-2, 50)])), (40, 41, 42, 34)).heights(at((4, 0)))[0] == pytest.approx(37.0)
    assert Contours(east, (40, 41, 42)).heights(np.zeros((0, 2))).shape == (0,)
    assert Contours(east, (40, 41, 42)).heights(at((10 - 1e-7, 0)))[0] == 40.0


def test_a_mesh_of_a_surface_is_local_to_what_is_asked():
    level = Level(7.0)
    assert surface_mesh(Zoned(level, box(0, 0, 1, 1)), box(5, 5, 6, 6)).shape == (0, 3, 3)
    mesh = surface_mesh(Zoned(level), box(0, 0, 8, 4), cells=4)
    assert len(mesh) == 2 * 4 * 2 and shapely.area(shapely.polygons(mesh[:, :, :2])) == pytest.approx(2.0)
    assert surface_mesh(Zoned(level, box(-9, -9, 2, 9)), box(0, 0, 8, 4))[:, :, 0].max() == 2.0
    beside = Raster(Terrain(np.full((2, 2), 3.0), 0.0, 10.0, 5.0))  # known from 2.5 to 7.5 m
    known = surface_mesh(Zoned(beside), box(3, 3, 12, 7), cells=9)
    assert known[:, :, 0].max() == 7.0 and shapely.area(shapely.polygons(known[:, :, :2])).sum() == pytest.approx(16.0)
    assert surface_mesh(Zoned(beside), box(20, 20, 30, 30)).shape == (0, 3, 3)


def test_large_design_is_fast_enough_to_be_used():
    rng = np.random.default_rng(3)
    corners = rng.uniform(-20, 20, (50_000, 1, 3)) + rng.uniform(-1, 1, (50_000, 3, 3))
    worst = worst_point(corners, [Zoned(Cone((200, 0), 3.0, 1 / 140), ring((200, 0), 100, 400))])
    assert worst.point[2] == pytest.approx(corners[:, :, 2].max(), abs=0.1)
