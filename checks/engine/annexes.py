"""Which bodies of a design may be an aanbouw of its main building."""

from __future__ import annotations

from ...measure.building.bodies import ROOM_M
from ...measure.building.footprint import projection
from ...measure.plane import overlay
from ...model import Part
from .base import Context

UNTOLD = ("building", "other")
"""Kinds of parts that do not say what they are."""
STOREY_M, STANDS_HIGH_M = 1.5, 0.5
"""An aanbouw stays at least so much below the main building, and stands on the ground with it."""
ANNEX_M2, BESIDE_SHARE = 4.0, 0.2
"""Smaller lower bodies are steps and bays; what lies for more than a fifth under the rest is a storey or a cellar of it."""


def annex_parts(context: Context) -> tuple[Part, ...]:
    """Return the bodies of a design that may be an aanbouw, found once for all readings."""
    return context.memo(("annex parts", id(context.design)), lambda: _annex_parts(context))


def _annex_parts(context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that may be an aanbouw: bodies that are closed, on the ground, a storey lower than the rest, and beside it in plan;
    where it is drawn in walls and roofs, the wing that they make."""
    return _annex_bodies(context) or context.geometry.low_wings[0]


def _annex_bodies(context: Context) -> tuple[Part, ...]:
    closed = [part for part in context.design.parts if part.closed and part.kind in UNTOLD]
    if len(closed) < 2:
        return ()
    low, top = float(context.design.bounds[0, 2]), max(part.z_range[1] for part in closed)
    room = [part for part in closed if part.z_range[1] - part.z_range[0] >= ROOM_M]
    lower = [part for part in room if part.z_range[1] <= top - STOREY_M and part.z_range[0] <= low + STANDS_HIGH_M]
    own = {id(part) for part in lower}
    rest = projection([part for part in context.design.parts if id(part) not in own])
    plans = ((part, projection([part])) for part in lower)
    return tuple(part for part, plan in plans if plan.area >= ANNEX_M2 and overlay.intersection(plan, rest).area < BESIDE_SHARE * plan.area)
