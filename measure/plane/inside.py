"""Points in polygons, vectorised in numpy.

shapely's prepared point-in-polygon ends a QGIS desktop on Linux when shapely brings its own GEOS beside QGIS's (two copies
of one C++ library in one process); this needs none.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats

TOGETHER = 1_000_000
"""Pairs of an edge and a point that may be looked at at once: some 50 MB."""


def inside(polygon: BaseGeometry, xy: Floats) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie in a (multi)polygon, by the even-odd crossing rule.

    A point exactly on the boundary may count either way. Method: Shimrat, "Algorithm 112: Position of point relative to
    polygon", CACM 5(8), 1962; each edge meets only the points at its own height, which are sorted.
    """
    within = np.zeros(len(xy), dtype=bool)
    if polygon.is_empty or not len(xy):
        return within
    west, south, east, north = polygon.bounds
    near = np.nonzero((xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north))[0]
    corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(polygon)), return_index=True)
    joined = ring[1:] == ring[:-1]
    within[near] = odd_crossings(np.stack([corners[:-1][joined], corners[1:][joined]], axis=1), xy[near])
    return within


def odd_crossings(segments: Floats, xy: Floats) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie within loops of segments (m, 2, 2) in any order, by the even-odd rule."""
    if not len(segments) or not len(xy):
        return np.zeros(len(xy), dtype=bool)
    within = np.zeros(len(xy), dtype=bool)
    step = max(1, TOGETHER // len(segments))
    for first in range(0, len(xy), step):
        within[first : first + step] = _odd(segments[:, 0], segments[:, 1], xy[first : first + step])
    return within


def _odd(starts: Floats, ends: Floats, xy: Floats) -> NDArray[np.bool_]:
    """Return for which points (n, 2) an odd number of the edges (m, 2 and m, 2) lies to the east."""
    order = np.argsort(xy[:, 1], kind="stable")
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    first, last = np.searchsorted(xy[order, 1], low), np.searchsorted(xy[order, 1], high)
    counts = last - first  # none at a level edge
    edge = np.repeat(np.arange(len(counts)), counts)
    point = order[np.arange(len(edge)) + np.repeat(first - np.cumsum(counts) + counts, counts)]
    (x0, y0), (x1, y1) = starts[edge].T, ends[edge].T
    crosses = xy[point, 0] < x0 + (xy[point, 1] - y0) * (x1 - x0) / (y1 - y0)
    return np.bincount(point[crosses], minlength=len(xy)) % 2 == 1
