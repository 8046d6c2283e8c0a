"""The ground at the front facade, for plans that measure heights there."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString

from ....measure.plan.peil import GROUND_NOW, PeilCandidate, from_terrain
from ....measure.plane import overlay
from ...engine.base import Context
from ..horizontal.secondary import front_lines, proposed_fronts, settled_front

FRONT_M = 0.5
STEP_M = 0.5


def front_level(context: Context) -> PeilCandidate | None:
    """Return the mean height of the ground 1 m in front of the front facade in this reading; None where terrain or front are not known."""
    footprint = context.geometry.footprint
    if context.site.terrain is None:
        return None
    lines = front_lines(context, footprint)
    ways = [] if lines else proposed_fronts(context, footprint)
    if not lines and not ways:
        return None
    line = lines[0] if lines else settled_front(context, ways)
    facade = overlay.intersection(shapely.buffer(line, FRONT_M), footprint.boundary)
    if facade.is_empty:
        return None
    start, end = shapely.get_coordinates(line)[[0, -1]]
    along = (end - start) / np.hypot(*(end - start))
    at = (shapely.get_coordinates(facade) - start) @ along
    front = np.array([-along[1], along[0]])  # the road lies on the line's left
    ends = [start + along * u + front for u in (at.min(), at.max())]
    row = LineString(ends)
    xy = shapely.get_coordinates(shapely.line_interpolate_point(row, np.arange(0, row.length + 1e-9, STEP_M)))
    heights = context.site.terrain.sample(xy[:, 0], xy[:, 1])
    known = heights[np.isfinite(heights)]
    if not len(known):
        return None
    return from_terrain(GROUND_NOW, known, row)
