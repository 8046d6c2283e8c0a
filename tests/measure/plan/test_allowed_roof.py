"""The roof that a plan allows, against the shrinking bouwvlak: what lies under planes from every edge at a height is the bouwvlak shrunk by as
much as the planes came inward, with sharp corners."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, affinity, box

from drieluik.measure.plan.allowed_roof import Eave, RoofRule, edges_of, two_longest, under_roof
from drieluik.measure.plane.solids import prism
from scenes import GROUND, ORIGIN, shift

L = Polygon([(0, 0), (12, 0), (12, 5), (5, 5), (5, 12), (0, 12)])
COURT = box(0, 0, 20, 18).difference(box(7, 6, 13, 12))
U = box(0, 0, 16, 10).difference(box(6, 4, 10, 10))
HALL = Polygon([(0, 0), (14, 0), (18, 9), (0, 9)])
TWO = MultiPolygon([box(0, 0, 6, 6), box(10, 0, 18, 6)])
EAVES, TOP = 3.0, 30.0


def content(shape, pitch, eaves="all", top=TOP):
    """Return the volume under the planes over a bouwvlak in local metres, from the ground."""
    placed, origin = shift(shape), np.array([*ORIGIN, 0.0])
    body = prism(placed, origin, GROUND, GROUND + top)
    return under_roof(body, placed, RoofRule(pitch, eaves), GROUND + EAVES, GROUND + top, origin).volume()


def shrunk(shape, pitch, top=TOP):
    """Return that volume by the areas of the bouwvlak, shrunk step by step."""
    slope, steps = math.tan(math.radians(pitch)), 4000
    deepest = min((top - EAVES) / slope, 12.0)
    at = (np.arange(steps) + 0.5) * deepest / steps
    areas = shapely.area(shapely.buffer(np.array([shape] * steps), -at, join_style="mitre", mitre_limit=20.0))
    return shape.area * EAVES + slope * float(areas.sum()) * deepest / steps


@pytest.mark.parametrize("shape", [box(0, 0, 10, 7), L, COURT, U, HALL, TWO, affinity.rotate(L, 31, origin=(0, 0))], ids=["box", "l", "court", "u", "hall", "two", "turned"])
@pytest.mark.parametrize(("pitch", "top"), [(35.0, TOP), (52.0, TOP), (52.0, 5.0)])
def test_planes_from_every_edge_hold_what_the_shrinking_bouwvlak_holds(shape, pitch, top):
    assert content(shape, pitch, top=top) == pytest.approx(shrunk(shape, pitch, top), rel=2e-3)


@pytest.mark.parametrize(
    ("shape", "volume"),
    [
        (box(0, 0, 10, 12), 10 * 12 * 3 + 12 * 25), (TWO, 36 * 3 + 6 * 9 + 48 * 3 + 8 * 9), (box(0, 0, 10, 12).difference(box(4, 5, 6, 7)), 116 * 3 + 12 * 25 - 2 * (25 - 16)),
        (Polygon([(0, 0), (10, 0), (10, 12), (0, 13)]), None),
    ],
)  # fmt: skip
def test_planes_from_the_two_longest_edges_at_45_degrees(shape, volume):
    """A ridge halfway between them; a hole takes away its own column."""
    if volume is None:
        assert 10 * 12.5 * 3 + 12 * 25 < content(shape, 45.0, "two_longest") < 10 * 12.5 * 3 + 13 * 25
    else:
        assert content(shape, 45.0, "two_longest") == pytest.approx(volume, rel=2e-3)


@pytest.mark.parametrize(("angle", "pitch"), [(142.0, 52.0), (135.0, 45.0), (90.0, 0.0)])
def test_the_angle_between_wall_and_roof(angle, pitch):
    assert RoofRule.of_angle(angle) == RoofRule(pitch, "two_longest") and RoofRule.of_angle(angle, "all").eaves == "all"


def test_an_edge_has_the_building_on_its_left():
    edge = Eave(np.array([2.0, 1.0]), np.array([2.0, 6.0]))
    assert (edge.length, edge.along.tolist(), edge.inward.tolist(), edge.bends) == (5.0, [0.0, 1.0], [-1.0, 0.0], False)


def test_corners_are_no_nearer_to_a_straight_edge_than_a_centimetre():
    for start in range(5):
        ring = [(0, 0), (5, 0.009), (10, 0), (10, 6), (0, 6)]
        (edges,) = edges_of(Polygon([*ring[start:], *ring[:start]]))
        assert len(edges) == 4 and sorted(round(edge.length, 2) for edge in edges) == [6.0, 6.0, 10.0, 10.0]
        dented = [(0, 0), (5, 0.02), (10, 0), (10, 6), (0, 6)]
        assert len(edges_of(Polygon([*dented[start:], *dented[:start]]))[0]) == 5


def test_a_ring_may_begin_halfway_a_straight_side_far_from_the_origin():
    ring = [(5, 0), (10, 0), (10, 6), (0, 6), (0, 0)]
    (edges,) = edges_of(shift(Polygon(ring)))
    assert sorted(round(edge.length, 2) for edge in edges) == [6.0, 6.0, 10.0, 10.0]
    assert len(edges_of(shift(Polygon([(5, -0.02), *ring[1:]])))[0]) == 5


def test_of_equally_long_edges_the_parallel_one_is_the_second():
    (edges,) = edges_of(box(0, 0, 8, 8))
    first, second = two_longest(edges)
    assert abs(float(first.along @ second.along)) == pytest.approx(1.0)
    (edges,) = edges_of(Polygon([(0, 0), (9, 0), (9, 8), (0, 8.004)]))
    first, second = two_longest(edges)
    assert (round(first.length, 2), round(second.length, 2)) == (9.0, 9.0)
    (edges,) = edges_of(Polygon([(0, 0), (9, 0), (4, 10)]))
    assert [round(edge.length, 2) for edge in two_longest(edges)] == [11.18, 10.77]


@pytest.mark.parametrize("seed", range(24))
def test_no_needle_stands_on_a_corner(seed):
    """Bouwvlakken with oblique corners that bend inward and outward: the planes from every edge reach no higher than the shrinking bouwvlak does."""
    dice = random.Random(seed)
    width, depth = dice.uniform(8, 20), dice.uniform(8, 20)
    shape = box(0, 0, width, depth)
    for _ in range(dice.choice([1, 2])):
        x, y = dice.choice([0, width]), dice.choice([0, depth])
        cut = box(x - dice.uniform(2, width / 2.5), y - dice.uniform(2, depth / 2.5), x + dice.uniform(2, width / 2.5), y + dice.uniform(2, depth / 2.5))
        shape = shape.difference(affinity.rotate(cut, dice.uniform(0, 40), origin=(x, y)))
    placed = shift(affinity.rotate(shape, dice.uniform(0, 90)))
    assert placed.geom_type == "Polygon"
    pitch, top = dice.uniform(20, 60), EAVES + dice.uniform(2, 9)
    slope, origin = math.tan(math.radians(pitch)), np.array([*shapely.get_coordinates(placed.centroid)[0], 0.0])
    body = under_roof(prism(placed, origin, 0.0, top), placed, RoofRule(pitch, "all"), EAVES, top, origin)
    rises = np.linspace(0.0, top - EAVES, 400)
    left = shapely.area(shapely.buffer(np.array([placed] * len(rises)), -rises / slope, join_style="mitre", mitre_limit=50.0))
    assert body.bounding_box()[5] <= EAVES + rises[left > 1e-6].max() + 0.2
    assert body.volume() == pytest.approx(placed.area * EAVES + float(((left[1:] + left[:-1]) / 2 * np.diff(rises)).sum()), rel=2e-3)
