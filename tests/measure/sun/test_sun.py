"""Possible sun at points: the reference minutes of docs/measuring.md C1, and every ray by brute force."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drieluik.measure.sun.possible_sun import SURFACE_M, Receptors, Scene, bare_suns, local_origin, still_lit, sun_minutes, sunlight
from drieluik.measure.sun.sun_position import suns_of

PLACE = (52.10, 5.12)
SOUTH, EAST, NORTH = (0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)
POINT = np.array([[0.0, 0.0, 0.75]])
NOTHING = np.zeros((0, 3, 3))
RD = np.array([155_000.0, 463_000.0, 0.0])
DAY = datetime.date(2027, 2, 19)


def suns_on(month, day, step=5.0):
    return suns_of(*PLACE, [datetime.date(2027, month, day)], step)


def slab(width, height, distance, base=0.0):
    """Return an upright rectangle due south of the origin."""
    a, b = (-width / 2, -distance), (width / 2, -distance)
    return np.array([[(*a, base), (*b, base), (*b, height)], [(*a, base), (*b, height), (*a, height)]], dtype=float)


def minutes(triangles, normal, suns, point=POINT):
    return float(sun_minutes(triangles, point, np.array([normal]), suns, suns.step_min)[0])


@pytest.mark.parametrize(
    ("date", "normal", "expected"),
    [
        ((1, 21), SOUTH, 321), ((2, 19), SOUTH, 456), ((3, 21), SOUTH, 591), ((6, 21), SOUTH, 562), ((9, 21), SOUTH, 596),
        ((10, 21), SOUTH, 463), ((11, 22), SOUTH, 316), ((12, 21), SOUTH, 242),
        ((2, 19), EAST, 228), ((3, 21), EAST, 295), ((6, 21), EAST, 418), ((2, 19), NORTH, 0),
    ],
)
@pytest.mark.parametrize("step", [1.0, 5.0])
def test_open_horizon(date, normal, expected, step):
    assert minutes(NOTHING, normal, suns_on(*date, step)) == pytest.approx(expected, abs=5)


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        (slab(2e4, 6, 15), 430), (slab(2e4, 9, 20), 352), (slab(2e4, 15, 30), 208),
        (slab(2e4, 0.75 + 20 * np.tan(np.radians(26)), 20), 154), (slab(2e4, 0.75 + 20 * np.tan(np.radians(26.5)), 20), 74),
        (slab(60, 30, 20), 3), (slab(20, 30, 40), 353),
    ],
)
@pytest.mark.parametrize("step", [1.0, 5.0])
def test_walls_south_of_the_point(wall, expected, step):
    assert minutes(wall, SOUTH, suns_on(2, 19, step)) == pytest.approx(expected, abs=5)


def test_a_point_without_a_normal_is_lit_from_everywhere():
    suns = suns_on(6, 21)
    assert minutes(NOTHING, (np.nan,) * 3, suns) == len(suns) * 5
    assert float(sun_minutes(NOTHING, POINT, None, suns.directions, 5.0)[0]) == len(suns) * 5


def test_plain_vectors_and_suns_answer_the_same():
    suns = suns_on(2, 19)
    plain = sun_minutes(slab(30, 12, 20), POINT, np.array([SOUTH]), suns.directions, 5.0)
    assert plain.tolist() == [minutes(slab(30, 12, 20), SOUTH, suns)]


def test_a_point_on_its_wall_is_used_as_given():
    suns, wall = suns_on(2, 19), slab(10, 6, 0.0)
    for off in (0.0, 1e-7, -1e-7):
        assert minutes(wall, SOUTH, suns, np.array([[0.0, off, 1.0]])) == minutes(NOTHING, SOUTH, suns)
        assert minutes(wall + RD, SOUTH, suns, np.array([[0.0, off, 1.0]]) + RD) == minutes(NOTHING, SOUTH, suns)
    assert minutes(wall, SOUTH, suns, np.array([[0.0, 0.05, 1.0]])) == 0


def test_triangles_without_area_block_nothing_and_do_no_harm():
    suns = suns_on(2, 19)
    line = np.array([[(-5.0, -3.0, 0.0), (5.0, -3.0, 9.0), (5.0, -3.0, 9.0)], [(0, -1, 0), (0, -1, 2), (0, -1, 4.0)]])
    assert minutes(line, SOUTH, suns) == minutes(NOTHING, SOUTH, suns)
    assert minutes(np.concatenate([line, slab(60, 30, 20)]), SOUTH, suns) == minutes(slab(60, 30, 20), SOUTH, suns)


def box(x, y, dx, dy, dz, z=0.0):
    corners = np.array([(a, b, c) for c in (z, z + dz) for a, b in ((x, y), (x + dx, y), (x + dx, y + dy), (x, y + dy))], dtype=float)
    faces = [[0, 2, 1], [0, 3, 2], [4, 5, 6], [4, 6, 7], [0, 1, 5], [0, 5, 4], [1, 2, 6], [1, 6, 5], [2, 3, 7], [2, 7, 6], [3, 0, 4], [3, 4, 7]]
    return corners[np.array(faces)]


def town(seed, count=12, reach=40.0):
    rng = np.random.default_rng(seed)
    boxes = [box(*rng.uniform(-reach, reach, 2), *rng.uniform(3, 12, 2), rng.uniform(2, 18)) for _ in range(count)]
    return np.concatenate(boxes)


def spots(seed, count=10, reach=40.0):
    rng = np.random.default_rng(seed)
    points = np.column_stack([rng.uniform(-reach, reach, (count, 2)), rng.uniform(0.1, 6, count)])
    angle = rng.uniform(0, 2 * np.pi, count)
    normals = np.column_stack([np.cos(angle), np.sin(angle), np.zeros(count)])
    normals[::3] = np.nan
    return points, normals


def brute_force(triangles, point, directions):
    """Return, for rays from a point in float64, which are blocked and which pass within 1e-4 m of an edge (Moller and Trumbore, 1997)."""
    a, b, c = (triangles[:, corner][:, None] for corner in range(3))
    direction = directions[None]
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.cross(direction, c - a)
        determinant = ((b - a) * p).sum(-1)
        s = point - a
        u = (s * p).sum(-1) / determinant
        q = np.cross(s, b - a)
        v = (direction * q).sum(-1) / determinant
        t = ((c - a) * q).sum(-1) / determinant
        hit = (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0) & np.isfinite(t)
    return hit.any(axis=0), near_an_edge(triangles, point, directions).any(axis=0)


def near_an_edge(triangles, point, directions, within=1e-4):
    near = np.zeros((len(triangles), len(directions)), dtype=bool)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        start, end = triangles[:, one][:, None], triangles[:, other][:, None]
        along, w = end - start, point - start
        d = directions[None]
        b, e = (along * d).sum(-1), (along * w).sum(-1)
        c, f = (along * along).sum(-1), (d * w).sum(-1)
        bottom = c - b * b
        with np.errstate(divide="ignore", invalid="ignore"):
            s = np.clip(np.where(bottom > 1e-12, (e - b * f) / bottom, 0.0), 0, 1)
        t = np.maximum(s * b - f, 0.0)
        gap = np.linalg.norm(point + t[..., None] * d - (start + s[..., None] * along), axis=-1)
        near |= gap < within
    return near


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 12), st.floats(1.0, 14.0), st.booleans())
def test_every_receptor_day_agrees_with_every_ray_against_every_triangle(seed, month, cell, at_rd):
    suns = suns_of(*PLACE, [datetime.date(2027, month, 11), datetime.date(2027, month, 25)], 15.0, 3.0)
    triangles, (points, normals) = town(seed), spots(seed + 1)
    shift = RD if at_rd else np.zeros(3)
    scene = Scene(triangles + shift, local_origin(points + shift))
    receptors = Receptors(points + shift, normals, scene)
    light = sunlight(scene, receptors, suns)
    for row, number in enumerate(receptors.order):
        blocked, doubtful = brute_force(triangles, points[number], suns.directions)
        front = np.ones(len(suns), dtype=bool) if np.isnan(normals[number, 0]) else suns.directions @ normals[number] > 0
        sure = ~doubtful
        assert np.array_equal(light.matrix(row)[sure], (front & ~blocked)[sure])
        if sure.all():
            expected = [15.0 * np.sum((front & ~blocked)[suns.day == day]) for day in range(2)]
            assert receptors.unsorted(light.day_minutes())[number].tolist() == expected


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_rd_and_a_local_origin_give_the_same_minutes(seed):
    suns = suns_on(3, 21)
    triangles, (points, normals) = np.round(town(seed), 3), spots(seed)
    here = sun_minutes(triangles, points, normals, suns, 5.0)
    there = sun_minutes(triangles + RD, points + RD, normals, suns, 5.0)
    assert np.array_equal(here, there)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_after_has_the_bits_of_a_full_second_pass(seed):
    suns = suns_of(*PLACE, [datetime.date(2027, 2, 19), datetime.date(2027, 6, 21)], 10.0, 0.0)
    before, new = town(seed), town(seed + 7, count=2, reach=15.0)
    points, normals = spots(seed, count=40)
    origin = local_origin(points)
    scene = Scene(before, origin)
    receptors = Receptors(points, normals, scene)
    after = still_lit(sunlight(scene, receptors, suns), Scene(new, origin), receptors)
    both = sunlight(Scene(np.concatenate([before, new]), origin), receptors, suns)
    assert np.array_equal(after.bits, both.bits)
    one = sunlight(scene, receptors, suns, workers=1)
    assert np.array_equal(one.bits, sunlight(scene, receptors, suns, workers=2).bits)


def test_a_receptor_among_the_triangles_of_the_design_is_cast_again():
    suns = suns_on(6, 21)
    scene = Scene(NOTHING, np.zeros(3))
    receptors = Receptors(np.array([[0.5, 0.5, 1.0]]), None, scene)
    roof = box(-2, -2, 5, 5, 0.2, z=3.0)
    light = still_lit(sunlight(scene, receptors, suns), Scene(roof, np.zeros(3)), receptors)
    full = sunlight(Scene(roof, np.zeros(3)), receptors, suns)
    assert np.array_equal(light.bits, full.bits) and light.day_minutes()[0, 0] < len(suns) * 5


@pytest.mark.parametrize("high", [5.0, 30.0, 100.0])
def test_a_sun_however_high_or_low_is_looked_for_in_the_box_of_the_design(high):
    """Suns all round from 1 to 89 degrees; a tower of 4 x 2 m that stands 3 m south of the points."""
    bearings, altitudes = np.radians(np.arange(0, 360, 15)), np.radians([1, 10, 29, 45, 61, 75, 88, 89])
    directions = np.array([(np.sin(b) * np.cos(a), np.cos(b) * np.cos(a), np.sin(a)) for b in bearings for a in altitudes])
    suns, scene, tower = bare_suns(directions, 5.0), Scene(NOTHING, np.zeros(3)), box(-2, -5, 4, 2, high)
    receptors = Receptors(np.array([[0.0, 0.0, 1.0], [1.0, 0.5, 2.0], [-1.5, 0.0, high - 0.5]]), None, scene)
    light, full = still_lit(sunlight(scene, receptors, suns), Scene(tower, np.zeros(3)), receptors), sunlight(Scene(tower, np.zeros(3)), receptors, suns)
    assert np.array_equal(light.bits, full.bits) and full.bits.sum() > 0


def test_nothing_to_measure_is_no_failure():
    suns = suns_on(2, 19)
    assert sun_minutes(town(1), np.zeros((0, 3)), None, suns, 5.0).tolist() == []
    dark = suns_of(75.0, 5.0, [datetime.date(2027, 12, 21)], 5.0)
    assert sun_minutes(town(1), POINT, None, dark, 5.0).tolist() == [0.0]


def test_the_start_of_a_point_on_a_surface_moves_only_there():
    wall = slab(10, 6, 0.0)
    scene = Scene(wall, np.zeros(3))
    points = np.array([[0.0, 0.0, 1.0], [0.0, -0.01, 1.0], [0.0, -3.0, 1.0]])
    steps = scene.in_front(points, np.array([SOUTH] * 3))
    assert np.linalg.norm(steps, axis=1) == pytest.approx([SURFACE_M, 0, 0])
