"""Points in polygons, vectorised in numpy.

shapely's prepared point-in-polygon ends a QGIS desktop on Linux when shapely brings its own GEOS beside QGIS's (two copies
of one C++ library in one process); this needs none.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]

TOGETHER = 50_000
"""Pairs of an edge and a point that are looked at at once."""


def inside(polygon: BaseGeometry, xy: Floats) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie in a (multi)polygon, by the even-odd crossing rule.

    A point exactly on the boundary may count either way. Method: Shimrat, "Algorithm 112: Position of point relative to
    polygon", CACM 5(8), 1962.
    """
    within = np.zeros(len(xy), dtype=bool)
    if polygon.is_empty or not len(xy):
        return within
    west, south, east, north = polygon.bounds
    near = np.nonzero((xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north))[0]
    odd = np.zeros(len(near), dtype=bool)
    x, y = xy[near, 0], xy[near, 1]
    for part in shapely.get_parts(polygon):
        for ring in (part.exterior, *part.interiors) if part.geom_type == "Polygon" else ():
            odd ^= _odd(np.asarray(ring.coords)[:, :2], x, y)
    within[near] = odd
    return within


def _odd(corners: Floats, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Return for which points (n,) an odd number of the edges of a ring (m, 2) lies to the east."""
    (x0, y0), (x1, y1) = corners[:-1].T[:, :, None], corners[1:].T[:, :, None]
    rise = np.where(y1 == y0, 1.0, y1 - y0)  # a level edge is never crossed
    odd = np.zeros(len(x), dtype=bool)
    step = max(1, TOGETHER // len(corners))
    for first in range(0, len(x), step):
        px, py = x[first : first + step], y[first : first + step]
        crosses = ((y0 > py) != (y1 > py)) & (px < x0 + (py - y0) * (x1 - x0) / rise)
        odd[first : first + step] = np.logical_xor.reduce(crosses, axis=0)
    return odd
