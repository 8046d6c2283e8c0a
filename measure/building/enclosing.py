"""Whether walls enclose rooms under a roof: columns with a roof on them, walls without a roof and an open front enclose nothing."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..plane import overlay
from ..plane.cells import cells_of
from .footprint import GARDEN_WALL_M, without_thin
from .roof import LOW_SHARE, OVER_M, RoofView

COLUMN_M2, COLUMN_SHARE = 4.0, 0.25
"""A room is no smaller, or a fair share of what is drawn: thick columns stand under a roof that covers far more."""
ROOFED_SHARE = 0.5
"""Of the places between the walls: a house of which half the roof is missing still has one."""
PLACES = 400
"""Enough to tell half from none."""


def encloses(area: BaseGeometry, whole: BaseGeometry, view: RoofView, ground: float) -> bool:
    """Whether a wall-enclosed area (RD) of a design holds rooms: wider than walls, no columns (``whole``: everything projected), and roofed over
    between its walls; ``view`` is the roof seen from above, ``ground`` the z of the ground."""
    rooms = without_thin(area, GARDEN_WALL_M)
    pieces = shapely.get_parts(rooms)
    kept = pieces[(shapely.area(pieces) >= COLUMN_M2) | (rooms.area >= COLUMN_SHARE * whole.area)]
    if not len(kept) or not len(view.top.triangles):
        return False
    rooms = shapely.union_all(kept)
    between = overlay.grown(rooms, -GARDEN_WALL_M)
    places, _ = cells_of(rooms if between.is_empty else between, PLACES)
    seen = view.top.triangle_at(places)
    hit = seen >= 0
    top = float(view.top.triangles[:, :, 2].max())
    over = view.top.height(seen[hit], places[hit]) >= ground + min(OVER_M, LOW_SHARE * (top - ground))
    return bool(np.count_nonzero(over) >= ROOFED_SHARE * len(places))
