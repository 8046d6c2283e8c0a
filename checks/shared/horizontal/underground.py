"""Rooms below ground: a part of the building that nobody sees, told to every check that it could matter to."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import polygons_only, wall_enclosed, without_thin
from ....measure.plane import overlay
from ....model import Note, Rule
from ...engine.base import Context
from ...engine.weighing import yes_or_no

BELOW_M = 0.5
"""What reaches less far below peil is a floor or a footing."""
ROOM_M = 0.75
"""What lies below ground and reaches less far beyond what stands above it is a footing, no room."""


STOREY_M = 3.0
"""Where nobody knows how high the ground lies, what reaches out over no more than so much of the foot of a design may be a cellar."""
LEAST_HIGH_M = 5.0
"""What is lower has no storey above a cellar."""


def ground_unknown(context: Context) -> bool:
    """Whether nothing at all is known of peil, so that the lowest storey may be a cellar."""
    return context.lowest_peil is None


def reaches_below(context: Context) -> bool:
    """Whether the design encloses anything half a metre or more below peil."""
    peil = context.lowest_peil
    return peil is not None and float(context.design.bounds[0, 2]) < peil - BELOW_M


def rooms_below(context: Context) -> BaseGeometry:
    """Return the rooms below ground (RD), beyond what stands above them."""
    return context.memo(("rooms_below", context.measured_from), lambda: _rooms_below(context))


def _rooms_below(context: Context) -> BaseGeometry:
    if ground_unknown(context):
        return _may_be_below(context)
    if not reaches_below(context):
        return shapely.MultiPolygon()
    enclosed = wall_enclosed(context.design.parts, context.design.levels, float(context.design.bounds[0, 2]))[0]
    return without_thin(polygons_only(overlay.difference(enclosed, context.geometry.footprint)), ROOM_M)


def _may_be_below(context: Context) -> BaseGeometry:
    """Return what only the lowest storey of a design encloses (RD), where the ground may lie over it."""
    low, high = (float(z) for z in context.design.bounds[:, 2])
    if high - low < LEAST_HIGH_M:
        return shapely.MultiPolygon()
    upper = wall_enclosed(context.design.parts, (), low + STOREY_M)[0]
    return without_thin(polygons_only(overlay.difference(context.geometry.footprint, upper)), ROOM_M)


def above_ground(context: Context, shape: BaseGeometry) -> BaseGeometry:
    """Return a shape (RD) without what may lie below the ground, where nobody knows how high that lies; else the shape, which holds no such thing."""
    below = rooms_below(context) if ground_unknown(context) else shapely.MultiPolygon()
    return shape if below.is_empty else polygons_only(overlay.difference(shape, below))


def below_counts(rule: Rule, context: Context, likely: bool = True) -> bool:
    """Return whether what lies below ground counts: the officer's answer, else the rule's switch; else an open point."""
    said = rule.measure.get("count_below_ground")
    if isinstance(said, bool) and yes_or_no(context, "count_below_ground") is None:
        return said
    return context.yes_no("count_below_ground", Note.of("zoning_question_count_below_ground"), likely=likely)
