"""Cells, points of a cloud by place, and solids, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Polygon, box
from shapely.errors import GEOSException

from drieluik.measure.plane import overlay
from drieluik.measure.plane.cells import cells_of
from drieluik.measure.plane.point_grid import PointGrid
from drieluik.measure.plane.sections import as_one, enclosed, section_segments
from drieluik.measure.plane.solids import above, prism, solid_of, triangles_of, union, volume_above
from drieluik.model import Part
from scenes import GROUND, ORIGIN, box_part, gable_part, shift


@pytest.mark.parametrize("area", [
    box(0, 0, 10, 7), Polygon([(0, 0), (10, 0), (3, 8)]), box(0, 0, 10, 10).difference(box(2, 2, 5, 9)), shapely.Point(5, 5).buffer(4, quad_segs=200),
    shapely.union_all([box(0, 0, 2, 2), box(8, 8, 9.5, 9)]),
])
@pytest.mark.parametrize("count", [7, 100, 2500])
def test_cells_have_the_area_and_the_middle_of_what_they_cover(area, count):
    at = shift(area)
    middles, sizes = cells_of(at, count)
    assert sizes.sum() == pytest.approx(area.area, rel=1e-4) and (sizes > 0).all()
    local = middles - ORIGIN
    assert (local * sizes[:, None]).sum(axis=0) / sizes.sum() == pytest.approx([area.centroid.x, area.centroid.y], abs=2e-3)
    west, south, east, north = area.bounds
    step = np.sqrt((east - west) * (north - south) / count)
    assert sizes.max() == pytest.approx(step**2, rel=1e-6) if count > 7 else sizes.max() <= step**2 + 1e-9
    if count > 7:
        assert shapely.covers(area.buffer(1e-6), shapely.points(local[np.isclose(sizes, step**2)])).all()


def test_cells_are_neither_smaller_than_three_centimetres_nor_larger_than_twenty_metres():
    assert cells_of(shift(box(0, 0, 0.3, 0.3)), 10_000)[1].max() == pytest.approx(0.03**2)
    assert cells_of(shift(box(0, 0, 100, 100)), 4)[1].max() == pytest.approx(400.0)
    assert [len(part) for part in cells_of(Polygon(), 10)] == [0, 0]


POINTS = np.array([[x, y, 10 * x + y] for x in range(0, 30, 3) for y in range(0, 24, 4)], dtype=float)


def test_points_of_a_cloud_by_place():
    grid = PointGrid(POINTS + (*ORIGIN, 0))
    def local(found):
        return sorted(map(tuple, (found - (*ORIGIN, 0)).tolist()))

    assert local(grid.in_box(ORIGIN[0] + 3, ORIGIN[1] + 4, ORIGIN[0] + 9, ORIGIN[1] + 8)) == [(x, y, 10 * x + y) for x in (3, 6, 9) for y in (4, 8)]
    assert local(grid.in_box(ORIGIN[0] - 90, ORIGIN[1] + 19, ORIGIN[0] + 1, ORIGIN[1] + 90)) == [(0, 20, 20)]
    assert local(grid.in_box(ORIGIN[0] + 26, ORIGIN[1] - 90, ORIGIN[0] + 90, ORIGIN[1] + 1)) == [(27, 0, 270)]
    assert local(grid.in_box(*ORIGIN, ORIGIN[0] + 90, ORIGIN[1] + 90)) == sorted(map(tuple, POINTS.tolist()))
    for away in ((90, 0, 95, 9), (0, 90, 9, 95), (-9, 0, -1, 9), (0, -9, 9, -1), (1, 1, 2, 3)):
        assert local(grid.in_box(*(value + ORIGIN[number % 2] for number, value in enumerate(away)))) == []
    assert local(grid.within(ORIGIN[0] + 6, ORIGIN[1] + 8, 4.0)) == [(3, 8, 38), (6, 4, 64), (6, 8, 68), (6, 12, 72), (9, 8, 98)]
    assert local(grid.inside(shift(Polygon([(-1, -1), (8, -1), (-1, 9)])))) == [(0, 0, 0), (0, 4, 4), (3, 0, 30), (3, 4, 34), (6, 0, 60)]
    assert grid.inside(Polygon()).shape == PointGrid(np.zeros((0, 3))).within(0, 0, 9).shape == (0, 3)


def test_a_section_joins_its_triangles():
    part = gable_part(0, 0, 10, 8, 5, 9)
    segments, triangles = section_segments(part, GROUND + 7)
    assert len(segments) == len(triangles) and set(triangles) <= set(range(len(part.faces)))
    area = shapely.polygonize([shapely.union_all(shapely.linestrings(segments))])
    assert shapely.symmetric_difference(area, shift(box(0, 2, 10, 6))).area < 1e-6
    for z in (GROUND - 0.1, GROUND + 9.1):
        assert [len(found) for found in section_segments(part, z)] == [0, 0]
    assert len(section_segments(part, GROUND)[0]) == 0  # what lies in the plane counts as above it


def test_meshes_as_one():
    one, other = box_part(0, 0, 1, 1, 0, 1), box_part(5, 0, 6, 1, 0, 1)
    joined = as_one([one, other])
    assert np.array_equal(joined.triangles, np.concatenate([one.triangles, other.triangles])) and as_one([one]) is one
    assert as_one([]).vertices.shape == as_one([]).faces.shape == (0, 3)


@pytest.mark.parametrize(("gap", "area"), [(0.05, 80.0), (0.07, 2 * 3.0 + 2 * 0.3 * 7.26)])
def test_walls_enclose_over_a_seam_of_six_centimetres(gap, area):
    walls = [box_part(0, 0, 10, 0.3, 0, 3), box_part(0, 7.7, 10, 8, 0, 3), box_part(0, 0.3 + gap, 0.3, 7.7 - gap, 0, 3), box_part(9.7, 0.3 + gap, 10, 7.7 - gap, 0, 3)]
    assert enclosed(walls, GROUND + 1).area == pytest.approx(area, abs=0.1)
    assert enclosed([], GROUND + 1).is_empty and enclosed(walls, GROUND + 9).is_empty


HOUSE = gable_part(0, 0, 10, 8, 5, 9)


@pytest.mark.parametrize(("z", "volume"), [(-2, 10 * 8 * 7), (0, 10 * 8 * 7), (5, 160), (7, 40), (8.5, 2.5), (9, 0), (12, 0), (1, 10 * 8 * 6)])
def test_volume_above_a_plane_by_hand(z, volume):
    assert volume_above(HOUSE.triangles, GROUND + z) == pytest.approx(volume, abs=1e-6)
    triangles, exact, left_out = above([HOUSE], GROUND + z)
    assert (exact, left_out) == (pytest.approx(volume, abs=1e-6), 0) and (len(triangles) > 0) == (volume > 0)


def test_volume_of_bodies_whose_corners_stand_one_and_two_above_the_plane():
    """A tetrahedron with corners at 0, 0, 3 and 6 m: above 4 m a smaller one of a third of each side from the top, above 2 m two are cut."""
    corners = np.array([[0.0, 0, 0], [6, 0, 0], [0, 6, 3], [0, 0, 6]])
    faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]])
    whole = 6 * 6 * 6 / 6
    assert volume_above(corners[faces], -1.0) == pytest.approx(whole)
    assert volume_above(corners[faces], 4.0) == pytest.approx(whole * (2 / 6) * (2 / 6) * (2 / 3))
    part = Part("t", corners + (*ORIGIN, 0), faces, closed=True)
    for z in (0.5, 1.0, 2.0, 2.9, 3.1, 5.0):
        assert volume_above(corners[faces], z) == pytest.approx(above([part], z)[1], abs=1e-6)


def test_what_stands_above_a_height_in_a_zone_and_what_is_left_out():
    open_part = Part("o", box_part(20, 0, 24, 4, 0, 6).vertices, box_part(20, 0, 24, 4, 0, 6).faces[2:])
    low = box_part(30, 0, 34, 4, 0, 2)
    triangles, volume, left_out = above([HOUSE, open_part, low], GROUND + 3, shift(box(0, 0, 2, 2)))
    assert (volume, left_out) == (pytest.approx(2 * 2 * 3), 1)
    assert (triangles.min(axis=(0, 1)) - (*ORIGIN, GROUND)).tolist() == pytest.approx([0, 0, 3])
    assert (triangles.max(axis=(0, 1)) - (*ORIGIN, GROUND)).tolist() == pytest.approx([2, 2, 7])
    assert above([low], GROUND + 3)[1:] == (0.0, 0) and above([open_part], GROUND + 3)[1:] == (0.0, 1) and above([open_part], GROUND + 7)[1:] == (0.0, 0)


def test_prisms_keep_holes_and_pieces():
    origin = np.array([*ORIGIN, GROUND])
    shape = shift(shapely.union_all([box(0, 0, 10, 10).difference(box(2, 2, 5, 6)), box(20, 0, 22, 2)]))
    solid = prism(shape, origin, GROUND + 1, GROUND + 4)
    assert solid.volume() == pytest.approx((100 - 12 + 4) * 3)
    triangles = triangles_of(solid, origin)
    assert (triangles[:, :, 2].min(), triangles[:, :, 2].max()) == (pytest.approx(GROUND + 1), pytest.approx(GROUND + 4))
    assert union([prism(shift(box(0, 0, 4, 4)), origin, GROUND, GROUND + 2), prism(shift(box(2, 0, 6, 4)), origin, GROUND, GROUND + 2)]).volume() == pytest.approx(48)


def test_a_solid_is_made_in_the_origin_that_is_asked():
    part = box_part(0, 0, 4, 4, 0, 5)
    for origin in (np.array([*ORIGIN, GROUND]), np.array([ORIGIN[0] - 7, ORIGIN[1], 0.0])):
        for _ in range(2):
            box_ = solid_of(part, origin).bounding_box()
            assert box_[:3] == pytest.approx(tuple(np.array([*ORIGIN, GROUND]) - origin))
    assert solid_of(Part("o", part.vertices, part.faces), np.zeros(3)) is None
    assert solid_of(Part("o", part.vertices, part.faces[:, ::-1], closed=True), np.array([*ORIGIN, GROUND])) is None
    apart = Part("o", part.triangles.reshape(-1, 3), np.arange(36).reshape(-1, 3), closed=True)  # corners that coincide without being one
    assert solid_of(apart, np.array([*ORIGIN, GROUND])).volume() == pytest.approx(80)


def test_a_section_is_found_once_and_parts_that_it_does_not_cut_change_nothing():
    room, above = box_part(0, 0, 4, 5, 0, 3, fid="room"), box_part(0, 0, 9, 9, 3, 6, fid="above")
    found = enclosed([room, above], GROUND + 1.5)
    assert found.area == pytest.approx(20.0)
    assert enclosed([room], GROUND + 1.5) is found
    assert enclosed([above], GROUND + 1.5).is_empty
    assert enclosed([replace(room, vertices=room.vertices + [0.0, 0.0, 2.0])], GROUND + 1.5).is_empty


def test_what_lies_around_a_place_is_cut_where_clipping_fails(monkeypatch):
    def fails(*_):
        raise GEOSException("Invalid number of points in LinearRing found 3")

    area = Polygon([(0, 0), (10, 0), (10, 4), (0, 4)])
    assert overlay.around(area, 2, 1, 5, 9).area == pytest.approx(9.0)
    monkeypatch.setattr(shapely, "clip_by_rect", fails)
    assert overlay.around(area, 2, 1, 5, 9).area == pytest.approx(9.0)
