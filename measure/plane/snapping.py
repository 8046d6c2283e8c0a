"""Snapping an outline to lines around it: a corner to a corner first, else a corner to a line."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats

SAME_DIRECTION_DEG = 3.0
SQUARE_DEG = 8.0
"""A hand draws a right angle so well on a map; a splay of a building is larger."""


def snap_shift(corners: Floats, targets: Sequence[BaseGeometry], reach_m: float) -> Floats:
    """Return the shift (2,) that brings a corner of an outline (n, 2) onto the nearest corner of the targets within ``reach_m``,
    else onto their nearest line; zeros when nothing is near."""
    if not len(targets) or not len(corners):
        return np.zeros(2)
    box = shapely.buffer(shapely.multipoints(corners), reach_m)
    near = [target for target in targets if target.intersects(box)]
    if not near:
        return np.zeros(2)
    vertices = np.unique(shapely.get_coordinates(near), axis=0)
    apart = vertices[None] - corners[:, None]
    distance = np.linalg.norm(apart, axis=2)
    corner, vertex = np.unravel_index(int(distance.argmin()), distance.shape)
    if distance[corner, vertex] <= reach_m:
        return np.asarray(apart[corner, vertex], dtype=float)
    lines = shapely.union_all(shapely.boundary(near))
    links = np.asarray(shapely.shortest_line(shapely.points(corners), lines))
    lengths = shapely.length(links)
    best = int(lengths.argmin())
    if lengths[best] > reach_m:
        return np.zeros(2)
    ends = shapely.get_coordinates(links[best])
    return np.asarray(ends[1] - ends[0], dtype=float)


def snap_turn(direction_deg: float, directions_deg: Floats) -> float:
    """Return how far (degrees) to turn so that a direction (modulo 90) falls on the nearest given one, 0 when none is near."""
    if not len(directions_deg):
        return 0.0
    apart = (directions_deg - direction_deg + 45) % 90 - 45
    best = float(apart[np.abs(apart).argmin()])
    return best if abs(best) <= SAME_DIRECTION_DEG else 0.0


def squared(before: Floats, last: Floats, here: Floats) -> Floats:
    """Return the place (2,) of a corner that is drawn after a side from ``before`` to ``last``: at a right angle to it, or straight on, where it is so
    nearly; as it is elsewhere."""
    side, step = last - before, here - last
    length = float(np.hypot(*side))
    if not length or not step.any():
        return here
    ways = np.stack([side, -side, [-side[1], side[0]], [side[1], -side[0]]]) / length
    along = ways @ step
    best = int(along.argmax())
    found: Floats = last + along[best] * ways[best]
    return found if along[best] >= math.cos(math.radians(SQUARE_DEG)) * float(np.hypot(*step)) else here
