"""Faces of CityJSON as triangles: areas and orientation kept, whatever their corners."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drieluik.data_sources.formats.city_faces import WORDS, Faces


def area(triangles):
    """Vector area (3,): its direction is the orientation."""
    return np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]).sum(axis=0) / 2


def flat(triangles):
    return np.linalg.norm(np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]), axis=1).min()


def one(rings, values=None, surfaces=()):
    """Return the triangles of one face whose rings are given as points."""
    vertices = np.concatenate([np.asarray(ring, float) for ring in rings])
    ends = np.cumsum([len(ring) for ring in rings])
    face = [list(range(end - len(ring), end)) for ring, end in zip(rings, ends)]
    faces = Faces()
    faces.add({"type": "MultiSurface", "boundaries": [face], "semantics": {"surfaces": [{"type": s} for s in surfaces], "values": values}}, vertices, 0)
    triangles, words, _ = faces.triangles()
    return triangles, [WORDS[word] for word in words]


SQUARE = [(0, 0, 5), (4, 0, 5), (4, 4, 5), (0, 4, 5)]


def test_a_convex_face_is_a_fan_and_keeps_its_word():
    triangles, words = one([SQUARE], [0], ["RoofSurface"])
    assert len(triangles) == 2 and words == ["roof", "roof"]
    np.testing.assert_allclose(area(triangles), (0, 0, 16))
    np.testing.assert_allclose(area(one([SQUARE[::-1]])[0]), (0, 0, -16))


@pytest.mark.parametrize("start", range(6))
def test_corners_on_a_straight_edge_give_no_flat_triangle(start):
    ring = [(0, 0, 0), (2, 0, 0), (4, 0, 0), (4, 0, 3), (2, 0, 3), (0, 0, 3)]
    triangles, _ = one([ring[start:] + ring[:start]])
    assert len(triangles) == 4 and flat(triangles) > 0.1
    np.testing.assert_allclose(area(triangles), (0, -12, 0), atol=1e-12)


def test_faces_that_bend_inward_and_faces_with_holes():
    ell = [(0, 0, 1), (6, 0, 1), (6, 2, 1), (2, 2, 1), (2, 6, 1), (0, 6, 1)]
    np.testing.assert_allclose(area(one([ell])[0]), (0, 0, 20))
    hole = [(1, 1, 5), (1, 2, 5), (2, 2, 5), (2, 1, 5)]
    np.testing.assert_allclose(area(one([SQUARE, hole])[0]), (0, 0, 15))


def test_many_owners_with_their_own_vertices():
    faces = Faces()
    for owner in (2, 0, 1):
        faces.add({"type": "MultiSurface", "boundaries": [[[0, 1, 2, 3]]]}, np.asarray(SQUARE, float) + owner * 10, owner)
    triangles, words, owners = faces.triangles()
    assert owners.tolist() == [0, 0, 1, 1, 2, 2]
    assert triangles[:, :, 0].min(axis=1).tolist() == [0, 0, 10, 10, 20, 20]
    assert {WORDS[word] for word in words} == {"other"}


def test_an_index_out_of_range_and_no_faces():
    faces = Faces()
    assert not faces.add({"type": "MultiSurface", "boundaries": [[[0, 1]]]}, np.asarray(SQUARE, float), 0)
    assert faces.triangles()[0].shape == (0, 3, 3)
    faces.add({"type": "MultiSurface", "boundaries": [[[0, 1, 9]]]}, np.asarray(SQUARE, float), 0)
    with pytest.raises(ValueError):
        faces.triangles()


@given(st.integers(4, 14), st.integers(0, 10_000), st.floats(0.2, 1.0))
def test_any_star_keeps_its_area_in_any_plane(corners, seed, least):
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, corners))
    if np.diff(np.append(angle, angle[0] + 2 * np.pi)).max() > 3:
        return
    radius = rng.uniform(least, 1.0, corners) * 10
    plane, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    ring = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.zeros(corners)]) @ plane.T + [85_000, 447_000, 3]
    triangles, _ = one([ring])
    local = ring - ring[0]
    expected = np.cross(local, np.roll(local, -1, axis=0)).sum(axis=0) / 2
    np.testing.assert_allclose(area(triangles - ring[0]), expected, atol=1e-5)
