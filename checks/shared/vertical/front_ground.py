"""The ground at the front facade, for plans that measure heights there."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString

from ....measure.plan.peil import PeilCandidate
from ....model import Note, Question
from ...engine.base import Context
from ..horizontal.secondary import front_line

FRONT_M = 0.5
STEP_M = 0.5


def front_level(context: Context) -> tuple[PeilCandidate | None, tuple[Question, ...]]:
    """Return the mean height of the ground 1 m in front of the front facade, with a question while the front is only proposed.

    None where the terrain or the front is not known.
    """
    footprint = context.geometry.footprint
    line, suggested = front_line(context, footprint)
    if line is None or context.site.terrain is None:
        return None, ()
    facade = shapely.intersection(shapely.buffer(line, FRONT_M), footprint.boundary)
    if facade.is_empty:
        return None, ()
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
        return None, ()
    question = (Question("facade_line", Note.of("surroundings_question_facade_line"), "lines"),) if suggested else ()
    return PeilCandidate("finished_ground_adjoining", round(float(known.mean()), 3)), question
