"""Unit and up axis of a mesh file that does not say them, or says them wrongly: judged from size and content, never silently.

A building is some 2 to 200 m high and 2.5 to 400 m long; drawings are made in round centimetres; a house stands on a floor
and ends in a ridge. The likelier a unit by these three, the higher its score; a small lead is told as doubt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ....model.arrays import Floats

UNITS = {"m": 1.0, "mm": 0.001, "cm": 0.01, "inch": 0.0254, "ft": 0.3048}
PRIOR = {"m": 4.0, "mm": 1.0, "cm": 0.3, "inch": 0.0, "ft": 0.0}
HIGH_M, LONG_M = (1.8, 200.0), (2.5, 400.0)
TYPICAL_HIGH_M, TYPICAL_LONG_M = 8.0, 12.0
ROUND_M, ROUND_WEIGHT = 0.01, 4.0
SURE_LEAD = 1.0
AXIS_LEAD = 0.25
Y_UP = np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]])
"""Turns y up into z up: (x, y, z) becomes (x, -z, y)."""
X_UP = np.array([[0, -1.0, 0], [0, 0, -1.0], [1.0, 0, 0]])
"""Turns x up (COLLADA: right is -y) into z up."""


@dataclass(frozen=True)
class UnitJudgement:
    """The likeliest unit by name, whether it leads clearly, and the runner-up ('' when none is possible)."""

    name: str
    sure: bool
    other: str = ""
    possible: bool = True

    @property
    def to_m(self) -> float:
        """Metres per unit."""
        return UNITS[self.name]


def judge_unit(points: Floats) -> UnitJudgement:
    """Return the likeliest unit of a building's used vertices (n, 3), z up."""
    size = np.ptp(points, axis=0)
    long, high = float(size[:2].max()), float(size[2])
    scores = {name: _score(points, long, high, name) for name in UNITS if _possible(long, high, UNITS[name])}
    if not scores:
        return UnitJudgement("mm" if long > LONG_M[1] * 4 else "m", long <= LONG_M[1], possible=False)
    order = sorted(scores, key=lambda name: -scores[name])
    lead = scores[order[0]] - scores[order[1]] if len(order) > 1 else math.inf
    return UnitJudgement(order[0], lead >= SURE_LEAD, order[1] if len(order) > 1 else "")


def _possible(long: float, high: float, to_m: float) -> bool:
    return LONG_M[0] <= long * to_m <= LONG_M[1] and HIGH_M[0] <= high * to_m <= HIGH_M[1]


def _score(points: Floats, long: float, high: float, name: str) -> float:
    to_m = UNITS[name]
    return PRIOR[name] + ROUND_WEIGHT * round_share(points * to_m) - _far(long * to_m, high * to_m)


def _far(long_m: float, high_m: float) -> float:
    return abs(math.log(long_m / TYPICAL_LONG_M)) + abs(math.log(high_m / TYPICAL_HIGH_M))


def far_from_usual(points: Floats, to_m: float) -> float:
    """Return how far (natural logarithm, length and height together) used vertices (n, 3), z up, lie from a house's size."""
    size = np.maximum(np.ptp(points, axis=0), 1e-9) * to_m
    return _far(float(size[:2].max()), float(size[2]))


def round_share(points: Floats) -> float:
    """Return the share (0..1) of coordinates (m) that lie on whole centimetres from the lowest corner."""
    local = points - points.min(axis=0)
    off = np.abs(local / ROUND_M - np.round(local / ROUND_M)) * ROUND_M
    tolerance = max(1e-4, 2e-6 * float(local.max()))
    return float((off <= tolerance).mean())


LEAST_SLOPE = 0.1
"""A face is sloped that is neither upright nor level by some six degrees."""
ROOFED_SHARE = 0.3
"""A roof of which a third of the plan is sloped is a sloped roof."""


def judge_up(corners: Floats, cross: Floats, size: Floats) -> tuple[str, float]:
    """Return the likelier up axis ('z' or 'y') of triangles (n, 3, 3) and its lead (0..1) over the other.

    ``cross`` (n, 3) are the cross products of their sides, ``size`` (n,) the lengths of those. A building has more flat area at
    its bottom (floor) than at its top (ridge); sideways both ends are alike.
    """
    flat = {axis: _floor_share(corners, cross, size, number) for axis, number in (("z", 2), ("y", 1))}
    lead = flat["y"] - flat["z"]
    return ("y", lead) if lead >= AXIS_LEAD else ("z", max(0.0, -lead))


def _floor_share(corners: Floats, cross: Floats, size: Floats, axis: int) -> float:
    """Flat area in the lowest tenth minus that in the highest tenth, as a share of the box's plan (-1..1)."""
    level = np.abs(cross[:, axis]) > 0.99 * np.maximum(size, 1e-30)
    used = corners.reshape(-1, 3)
    low, extent = used.min(axis=0), np.ptp(used, axis=0)
    plan = float(np.prod(np.delete(extent, axis)))
    if plan <= 0 or extent[axis] <= 0:
        return 0.0
    height = (corners[level, 0, axis] - low[axis]) / extent[axis]
    bottom, top = (float(size[level][chosen].sum()) / 2 / plan for chosen in (height < 0.1, height > 0.9))
    return min(bottom, 1.0) - min(top, 1.0)


def is_roofed(corners: Floats, cross: Floats, size: Floats) -> bool:
    """Whether slopes (triangles (n, 3, 3), z up) lie over a good part of the plan. Without them a facade with a balcony is like a floor with a ridge
    above it: nothing then says that a file is not as its standard has it."""
    upright = np.abs(cross[:, 2]) / np.maximum(size, 1e-30)
    slopes = (upright > LEAST_SLOPE) & (upright < 1.0 - LEAST_SLOPE / 10.0)
    plan = float(np.prod(np.ptp(corners.reshape(-1, 3), axis=0)[:2]))
    return float(np.abs(cross[slopes, 2]).sum()) / 2.0 >= ROOFED_SHARE * plan
