"""Distances and surfaces of random designs against independent code: plain clipping and dense sampling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

import scenes
from one_rule import rd, run, run_all
from scenes import GROUND, ORIGIN, box_part, gable_part

SOME = settings(max_examples=25, deadline=None)
angle, place, size = st.floats(0, 360), st.floats(-6, 26), st.floats(2, 12)
line = st.tuples(place, place, place, place).filter(lambda p: np.hypot(p[2] - p[0], p[3] - p[1]) > 3)


def turned(part, degrees):
    middle, way = part.vertices[:, :2].mean(axis=0), np.radians(degrees)
    xy = (part.vertices[:, :2] - middle) @ np.array([[np.cos(way), np.sin(way)], [-np.sin(way), np.cos(way)]])
    return replace(part, vertices=np.column_stack([xy + middle, part.vertices[:, 2]]))


def ground(part):
    return shapely.MultiPoint(part.vertices[:, :2]).convex_hull


@SOME
@given(x=place, y=place, width=size, depth=size, degrees=angle, ends=line)
def test_shortest_distance(x, y, width, depth, degrees, ends):
    part = turned(box_part(x, y, x + width, y + depth, 0, 6), degrees)
    stretch = LineString(rd(ends[:2], ends[2:]))
    nowhere = scenes.site(parcels=())  # a line that no boundary of a register lies by is refused
    found = run("min_distance_side_boundary", part, site=nowhere, op=">=", value=3.0, answers={"side_boundaries": {"lines": [rd(ends[:2], ends[2:])]}})
    sampled = min(ground(part).distance(stretch.interpolate(t, normalized=True)) for t in np.linspace(0, 1, 800))
    assert found.measurements[0].value == pytest.approx(sampled, abs=stretch.length / 800 + 1e-3)


@SOME
@given(x=place, y=place, width=size, depth=size, degrees=angle, ends=line)
def test_in_front_of_a_line(x, y, width, depth, degrees, ends):
    """The band perpendicular to the line, cut from the footprint: its farthest corner to the left of the line."""
    part = turned(box_part(x, y, x + width, y + depth, 0, 6), degrees)
    start, end = np.array(rd(ends[:2], ends[2:]))
    along = (end - start) / np.hypot(*(end - start))
    left = np.array([-along[1], along[0]])
    answers = {"facade_line": {"line": [list(start), list(end)], "road_side": list((start + end) / 2 + 50 * left)}, "facade_line_goes_on": "no"}
    found = run("facade_line", part, answers=answers, mode="not_in_front")
    band = Polygon([start - 90 * left, end - 90 * left, end + 90 * left, start + 90 * left]).intersection(ground(part))
    if band.area < 1e-6:
        assert found.measurements == () or band.area > 0
        return
    ahead = max((shapely.get_coordinates(band) - start) @ left)
    assert found.measurements[0].value == pytest.approx(ahead, abs=1e-3)


def sampled(part, per_edge=60):
    """Return points (n, 3) spread over every triangle of a part, edges and corners included."""
    a, b = np.meshgrid(np.linspace(0, 1, per_edge), np.linspace(0, 1, per_edge))
    a, b = a[a + b <= 1], b[a + b <= 1]
    corners = part.triangles
    return (corners[:, None, 0] + a[:, None] * (corners[:, None, 1] - corners[:, None, 0]) + b[:, None] * (corners[:, None, 2] - corners[:, None, 0])).reshape(-1, 3)


@SOME
@given(x=place, y=place, width=st.floats(4, 12), degrees=angle, at=st.tuples(st.floats(-90, 90), st.floats(-90, 90)), slope=st.floats(0.005, 0.4), cut=place)
def test_worst_point_under_a_cone_inside_a_zone(x, y, width, degrees, at, slope, cut):
    part = turned(gable_part(x, y, x + width, y + 9, 4, 8), degrees)
    zone = box(ORIGIN[0] + cut, ORIGIN[1] - 300, ORIGIN[0] + 300, ORIGIN[1] + 300)
    plan = scenes.plan_area("z", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", box(cut, -300, 300, 300))
    words = {"model": "ratio", "ratio": 1 / slope, "base_m": 2.0, "r_free": 0, "r_max": 900, "mill": {"at": rd(at)[0], "ground_nap": GROUND}}
    found = run("mill_biotope", part, site=scenes.site(plans=(plan,)), **words)
    points = sampled(part)
    points = points[points[:, 0] >= ORIGIN[0] + cut]
    if ground(part).intersection(zone).area < 0.05 or not len(points):
        return
    centre = np.array(rd(at)[0])
    excess = (points[:, 2] - GROUND - 2.0 - slope * np.hypot(*(points[:, :2] - centre).T)).max()
    first = found.measurements[0]
    assert first.value - first.limit >= excess - 1e-3
    assert first.value - first.limit <= excess + 0.25  # what lies between the samples


@SOME
@given(x=st.floats(-12, 22), y=st.floats(-12, 22), degrees=angle, cut=st.floats(-5, 25))
def test_area_in_an_overlay_and_over_the_street(x, y, degrees, cut):
    part = turned(box_part(x, y, x + 8, y + 6, 0, 6), degrees)
    overlay = scenes.plan_area("z", "dubbelbestemming", "Waarde - Cultuurhistorie", box(cut, -300, 300, 300))
    inside = ground(part).intersection(box(ORIGIN[0] + cut, ORIGIN[1] - 300, ORIGIN[0] + 300, ORIGIN[1] + 300)).area
    found = run("overlay_hit", part, site=scenes.site(plans=(overlay,)))
    assert found.measurements[0].value == pytest.approx(inside if inside > 1e-4 else found.measurements[0].value, abs=1e-3)
    street = box(ORIGIN[0] - 40, ORIGIN[1] - 9, ORIGIN[0] + 60, ORIGIN[1])
    paved = run_all("public_space_overlap", part)[0]
    green = ground(part).intersection(box(ORIGIN[0] - 40, ORIGIN[1] - 20, ORIGIN[0] + 60, ORIGIN[1] - 9)).area
    over = ground(part).intersection(street).area
    wide = ground(part).intersection(street).buffer(-0.1).area > 0
    if wide or not green:
        assert paved.measurements[0].value == pytest.approx(over, abs=1e-3)
