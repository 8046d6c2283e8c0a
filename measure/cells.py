"""An area cut into small cells, exactly along its edge."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from . import overlay

Floats = NDArray[np.float64]

STRAIGHT_M = 1e-4
SMALLEST_M, LARGEST_M = 0.03, 20.0


def cells_of(area: BaseGeometry, count: int) -> tuple[Floats, Floats]:
    """Return the middle (n, 2) and the size (n,) m2 of about ``count`` square cells of an area, cut along its edge: the sizes
    add up to its own."""
    if area.is_empty:
        return np.zeros((0, 2)), np.zeros(0)
    area = shapely.make_valid(shapely.simplify(area, STRAIGHT_M))
    west, south, east, north = area.bounds
    step = float(np.clip(np.sqrt((east - west) * (north - south) / count), SMALLEST_M, LARGEST_M))
    x, y = (np.arange(low, high, step) for low, high in ((west, east), (south, north)))
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    boxes = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + step, corners[:, 1] + step)
    shapely.prepare(area)
    whole = shapely.contains_properly(area, boxes)
    cut = overlay.intersection(boxes[~whole & shapely.intersects(area, boxes)], area)
    sizes = shapely.area(cut)
    middles = shapely.get_coordinates(shapely.centroid(cut[sizes > 0]))
    inner = corners[whole] + step / 2
    return np.concatenate([inner, middles]), np.concatenate([np.full(len(inner), step * step), sizes[sizes > 0]])
