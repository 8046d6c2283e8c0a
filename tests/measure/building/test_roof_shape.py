"""When two slopes are one kinked roof: by how much they are turned and how their pitches differ, on sheets cut along a line."""

from __future__ import annotations

import math

import numpy as np
import pytest
from shapely import LineString, box, constrained_delaunay_triangles, get_parts
from shapely.ops import split

from drieluik.measure.building.roof import RoofView
from drieluik.measure.building.roof_shape import RoofShape
from drieluik.model import Part
from scenes import GROUND, ORIGIN, shift

SIDE, MIDDLE = 12.0, np.array([6.0, 6.0])


def rising(bearing, pitch):
    """Return the rise (m per m to the east, to the north) of a slope that climbs towards a bearing (degrees from north)."""
    angle = math.radians(bearing)
    return math.tan(math.radians(pitch)) * np.array([math.sin(angle), math.cos(angle)])


def slopes(one, other):
    """Return a sheet of 12 x 12 m of two planes, 8 m high in its middle, on both sides of the line in which they are as high."""
    across = other - one
    along = np.array([-across[1], across[0]]) / np.hypot(*across)
    corners = []
    for piece in split(box(0, 0, SIDE, SIDE), LineString([MIDDLE - 20 * along, MIDDLE + 20 * along])).geoms:
        rise = other if (np.array(piece.centroid.coords[0]) - MIDDLE) @ across > 0 else one
        for triangle in get_parts(constrained_delaunay_triangles(piece)):
            xy = np.array(triangle.exterior.coords)[:3]
            corners.append(np.column_stack([xy, 8 + (xy - MIDDLE) @ rise]))
    every = np.concatenate(corners) + (*ORIGIN, GROUND)
    return Part("sheet", every, np.arange(len(every)).reshape(-1, 3), kind="roof")


@pytest.mark.parametrize("towards", [0.0, 180.0, 270.0])
@pytest.mark.parametrize(("turn", "pitch", "other", "kinked"), [
    (19.5, 30, 40, True), (20.5, 30, 40, False), (-19.5, 30, 40, True), (-20.5, 30, 40, False), (0, 30, 33.2, True), (0, 30, 32.8, False), (0, 33.2, 30, True),
    (0, 5.2, 20, True), (0, 4.8, 20, False), (0, 20, 4.8, False),
])
def test_two_slopes_are_a_kink_within_twenty_degrees_and_from_three_degrees_of_pitch_on(towards, turn, pitch, other, kinked):
    """And neither is flat, which is less than five degrees."""
    shape = RoofShape(RoofView([slopes(rising(towards, pitch), rising(towards + turn, other))], GROUND), shift(box(0, 0, SIDE, SIDE)))
    assert len(shape.joins) == 1 and [len(group) for group in shape.kinked] == [2] * kinked


def test_a_kink_on_a_dormer_is_none():
    part = slopes(rising(0, 30), rising(0, 40))
    view = RoofView([part], GROUND)
    whole = shift(box(0, 0, SIDE, SIDE))
    assert not RoofShape(view, whole, [shift(box(0, 0, SIDE, 6))]).kinked and not RoofShape(view, shift(box(0, 0, SIDE, 6))).kinked
    assert len(RoofShape(view, whole, [shift(box(0, 0, SIDE, 6))]).dormer_planes) == 1
