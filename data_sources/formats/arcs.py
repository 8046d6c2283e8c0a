"""Circle arcs as chords that stay within half a centimetre of the arc.

Standard: ISO 19136 (GML 3.2.1) 10.4.7, interpolation ``circularArc3Points`` and ``circularArcCenterPointWithRadius``.
"""

from __future__ import annotations

import math

import numpy as np

from ...model.arrays import Floats

TOLERANCE_M = 0.005
"""Largest distance between chord and arc; the plan itself is drawn to the centimetre."""


def arc_through(start: Floats, middle: Floats, end: Floats) -> Floats:
    """Return points (n, 2) along the arc from ``start`` over ``middle`` to ``end``, all three among them exactly.

    ``start`` equal to ``end`` is a full circle with ``middle`` opposite; three points on a line give that line.
    """
    if np.array_equal(start, end):
        return circle_about((start + middle) / 2, start)
    centre = centre_of(start, middle, end)
    if centre is None:
        return np.array([start, middle, end])
    first, half, last = (math.atan2(*(point - centre)[::-1]) for point in (start, middle, end))
    turn = _turn(first, half, last)
    to_middle = math.fmod(half - first, 2 * math.pi)
    to_middle += 2 * math.pi if turn > 0 > to_middle else -2 * math.pi if turn < 0 < to_middle else 0.0
    radius = math.dist(start, centre)
    one = sweep(centre, radius, first, to_middle)
    two = sweep(centre, radius, first + to_middle, turn - to_middle)
    one[0], one[-1], two[-1] = start, middle, end
    return np.concatenate([one, two[1:]])


def circle_through(one: Floats, two: Floats, three: Floats) -> Floats | None:
    """Return the whole circle (n, 2; closed) through three points, None when they lie on a line."""
    centre = centre_of(one, two, three)
    return None if centre is None else circle_about(centre, one, np.linalg.det(np.array([two - one, three - one])) > 0)


def circle_about(centre: Floats, start: Floats, counterclockwise: bool = True) -> Floats:
    """Return a whole circle (n, 2; closed) that starts and ends at ``start``."""
    first = math.atan2(*(start - centre)[::-1])
    points = sweep(centre, math.dist(start, centre), first, 2 * math.pi if counterclockwise else -2 * math.pi)
    points[0] = points[-1] = start
    return points


def sweep(centre: Floats, radius: float, start: float, turn: float) -> Floats:
    """Return points (n, 2) on a circle from angle ``start`` over ``turn`` (radians, counterclockwise positive)."""
    step = 2 * math.acos(max(1 - TOLERANCE_M / radius, 0.0)) if radius > 0 else math.pi
    count = max(2, math.ceil(abs(turn) / step))
    angles = start + np.linspace(0.0, turn, count + 1)
    return np.column_stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)])


def centre_of(one: Floats, two: Floats, three: Floats) -> Floats | None:
    """Return the centre of the circle through three points, None when it lies too far away to matter (they are on a line)."""
    a, b = two - one, three - one
    double = 2 * (a[0] * b[1] - a[1] * b[0])
    reach = max(math.hypot(*a), math.hypot(*b), math.dist(two, three))
    if reach == 0 or abs(double) / 2 < reach * TOLERANCE_M * 1e-3:
        return None
    lengths = np.array([a @ a, b @ b])
    offset = np.array([b[1] * lengths[0] - a[1] * lengths[1], a[0] * lengths[1] - b[0] * lengths[0]]) / double
    return one + offset


def _turn(first: float, half: float, last: float) -> float:
    """Return the angle from first to last that passes half: positive when counterclockwise."""
    ahead = (last - first) % (2 * math.pi)
    passes = (half - first) % (2 * math.pi) <= ahead
    return ahead if passes else ahead - 2 * math.pi
