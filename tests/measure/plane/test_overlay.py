"""Overlays that must not give up: nearly coincident lines and broken rings."""

import warnings

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon, box

from drieluik.measure.plane import overlay

near = st.floats(-1e-9, 1e-9)


@given(st.lists(st.tuples(near, near), min_size=4, max_size=4))
def test_boxes_that_nearly_coincide(shifts):
    a = shapely.box(85_000, 447_000, 85_010, 447_010)
    corners = np.array([(85_000, 447_000), (85_010, 447_000), (85_010, 447_010), (85_000, 447_010)]) + np.array(shifts)
    b = shapely.Polygon(corners)
    assert abs(overlay.union([a, b]).area - 100) < 1e-5
    assert abs(overlay.intersection(a, b).area - 100) < 1e-5
    assert overlay.difference(a, b).area < 1e-5


def test_a_bow_tie_and_a_box():
    tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert overlay.intersection(tie, shapely.box(0, 0, 2, 2)).area > 1.99
    assert overlay.union([tie, shapely.box(5, 5, 6, 6)]).area > 2.99


def test_areas_grow_and_shrink_with_square_corners():
    square = shapely.box(0, 0, 4, 2)
    assert overlay.grown(square, 0.5).equals(shapely.box(-0.5, -0.5, 4.5, 2.5))
    assert overlay.grown(square, -0.5).equals(shapely.box(0.5, 0.5, 3.5, 1.5)) and overlay.grown(square, -1.0).is_empty
    assert [area.area for area in overlay.grown(np.array([square, shapely.box(0, 0, 1, 1)]), 1.0)] == [24.0, 9.0]


def failing(operation, times):
    """Return an operation of GEOS that gives up the first so many times, and what it was asked."""
    asked = []

    def tried(*shapes, **options):
        asked.append((shapes, options))
        if len(asked) <= times:
            raise shapely.errors.GEOSException("side location conflict")
        return operation(*shapes, **options)

    return tried, asked


@pytest.mark.parametrize(("times", "join"), [(0, "mitre"), (1, "mitre"), (2, "bevel")])
def test_growing_does_not_give_up(times, join, monkeypatch):
    """First without points on a straight line, then on a grid with its corners cut off."""
    tried, asked = failing(shapely.buffer, times)
    monkeypatch.setattr(overlay.shapely, "buffer", tried)
    grown = overlay.grown(shapely.Polygon([(0, 0), (2, 5e-6), (4, 0), (4, 2), (0, 2)]), 1.0)
    assert [options["join_style"] for _, options in asked][-1] == join and len(asked) == times + 1
    assert abs(grown.area - (24 if join == "mitre" else 22)) < 1e-3
    assert len(shapely.get_coordinates(asked[-1][0][0])) == (6 if times == 0 else 5)


def test_an_overlay_that_gives_up_is_done_on_a_grid_with_areas_only(monkeypatch):
    square, other = shapely.box(0, 0, 4, 2), shapely.box(3, 0, 9, 2)
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    spiked = shapely.GeometryCollection([square, shapely.LineString([(0, 0), (-9, 0)]), shapely.Point(50, 50)])
    pieces = shapely.GeometryCollection([MultiPolygon([square, box(20, 0, 21, 1)]), shapely.LineString([(0, 0), (-9, 0)])])
    for name, call, area in (("intersection", lambda: overlay.intersection(spiked, other), 2.0),
                             ("difference", lambda: overlay.difference(spiked, other), 6.0), ("difference", lambda: overlay.difference(bow, other), 2.0),
                             ("difference", lambda: overlay.difference(pieces, other), 7.0)):
        with monkeypatch.context() as patched:
            tried, asked = failing(getattr(shapely, name), 1)
            patched.setattr(overlay.shapely, name, tried)
            assert call().area == pytest.approx(area, abs=1e-5) and asked[-1][1] == {"grid_size": overlay.GRID_M}, name


def test_faces_that_share_edges_are_joined_and_hair_thin_overlaps_too(monkeypatch):
    halves = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    assert overlay.coverage(halves).equals(shapely.box(0, 0, 2, 1))
    tried, asked = failing(shapely.coverage_union_all, 1)
    monkeypatch.setattr(overlay.shapely, "coverage_union_all", tried)
    assert overlay.coverage(np.array(halves)).area == 2.0 and len(asked) == 1


def test_each_overlay_is_its_own():
    a, b = shapely.box(0, 0, 3, 2), shapely.box(1, 0, 4, 2)
    assert overlay.union([a, b]).equals(shapely.box(0, 0, 4, 2)) and overlay.union([]).is_empty
    assert overlay.intersection(a, b).equals(shapely.box(1, 0, 3, 2)) and overlay.difference(a, b).equals(shapely.box(0, 0, 1, 2))
    assert [piece.area for piece in overlay.intersection(np.array([a, shapely.box(9, 9, 10, 10)]), b)] == [4.0, 0.0]


FAR, BESIDE, PARTLY = box(20, 20, 21, 21), box(4, 0, 6, 4), box(3, 3, 7, 6)
LINES = [LineString([(9, 9), (12, 12)]), LineString([(-1, 1), (9, 1)])]


@pytest.mark.parametrize("nothing", [Polygon(), MultiPolygon(), LineString()])
def test_what_lies_apart_or_is_nothing_shares_nothing_and_warns_of_nothing(nothing):
    at = box(0, 0, 4, 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not overlay.near(at, FAR) and overlay.near(at, BESIDE) and not overlay.near(nothing, at) and not overlay.near(at, nothing)
        assert overlay.near(np.array([FAR, BESIDE, nothing]), at).tolist() == [False, True, False]
        assert overlay.intersection(at, FAR).is_empty and overlay.intersection(at, nothing).is_empty and overlay.intersection(nothing, at).is_empty
        assert overlay.intersection(at, PARTLY).equals(box(3, 3, 4, 4))
        found = overlay.intersection(np.array([FAR, PARTLY, nothing, *LINES]), at)
        assert [one.geom_type for one in found] == ["Polygon", "Polygon", nothing.geom_type.replace("Multi", ""), "LineString", "LineString"]
        assert [one.area for one in found] == [0, 1, 0, 0, 0] and [one.length for one in found] == [0, 4, 0, 0, 4]
        shared = overlay.shared_areas(at, np.array([FAR, BESIDE, PARTLY, box(1, 1, 2, 3), nothing]))
        assert shared.tolist() == [0, 0, 1, 2, 0] and not len(overlay.shared_areas(at, np.array([], dtype=object)))


def test_what_is_prepared_is_a_copy_that_others_do_not_hold():
    area = shapely.box(0, 0, 4, 2)
    own = overlay.prepared(area)
    assert shapely.is_prepared(own) and own == area and own is not area and not shapely.is_prepared(area)


def test_no_question_leaves_an_index_with_the_shapes_asked_about():
    area, others = shapely.box(0, 0, 4, 2), np.array([shapely.box(1, 1, 2, 2), shapely.box(3, 0, 6, 1)], dtype=object)
    assert overlay.shared_areas(area, others).tolist() == [1.0, 1.0]
    assert not shapely.is_prepared([area, *others]).any()
