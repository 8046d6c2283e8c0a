"""Which piece of an outline is the main building."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ....model import Part
from ...engine.base import Context
from ...engine.objects import MAIN, body_of, objects_of


def main_body_of(context: Context, shape: BaseGeometry) -> BaseGeometry:
    """Return the piece of a shape (RD: footprint or projection) that is the main building, in this reading."""
    bodies = list(shapely.get_parts(shape))
    if len(bodies) < 2:
        return shape
    told = objects_of(context)
    main = told.of(MAIN[0]) or ()
    if not main:
        return max(bodies, key=lambda body: float(body.area))
    owners = [body_of(part, bodies) for part in main]
    room = [sum(_room(part) for part, owner in zip(main, owners) if owner == number) for number in range(len(bodies))]
    return bodies[max(range(len(bodies)), key=lambda number: (room[number], float(bodies[number].area)))]


def _room(part: Part) -> float:
    """Return the room (m3) that a part stretches over: posts and beams take little, however many there are."""
    return float(np.prod(np.ptp(part.vertices, axis=0)))
