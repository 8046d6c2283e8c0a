"""Places (n, 2) from and to geometry: what lies round them, and places along a line."""

from __future__ import annotations

from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats

COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
"""Eight sides, clockwise from north, 45° each."""


def compass_side(bearing_deg: float) -> str:
    """Return the side that a bearing (degrees, clockwise from north) points to: n, ne, e ...; on the border of two the half-even one."""
    return COMPASS[round(bearing_deg / 45.0) % len(COMPASS)]


def hull_of(xy: Floats) -> BaseGeometry:
    """Return the convex hull of places (n, 2): a polygon, or a line or point where they span none."""
    return cast(BaseGeometry, shapely.convex_hull(shapely.multipoints(xy)))


def along_line(line: BaseGeometry, step_m: float) -> Floats:
    """Return places (n, 2) every ``step_m`` along a line, from its start; of a line in pieces along one after the other."""
    at = np.arange(0, line.length, step_m)
    return shapely.get_coordinates(shapely.line_interpolate_point([line], at))
