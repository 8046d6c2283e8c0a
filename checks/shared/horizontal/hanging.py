"""What a design covers without enclosing it: canopies, balconies, carports, verandas, deep overhangs, named or not."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import GARDEN_WALL_M, polygons_only, projection, without_thin
from ....measure.plane import overlay
from ....model import Note
from ...engine.base import Context
from .underground import rooms_below

OVERSTEK_M = 0.5
"""Eaves and cornices that stand out no further are the overhang of a roof (overstek), which no way of measuring counts as building."""
LEAST_M2 = 0.25
"""Smaller pieces are gutters and sills."""
ABOVE_M = 0.05
"""What reaches less far above peil is a floor or paving."""
SEAM_M = 0.02
"""Projection and section of one wall differ by less."""


def hanging(context: Context, deeper_m: float = OVERSTEK_M) -> BaseGeometry:
    """Return what is projected outside the wall-enclosed footprint (RD) and reaches further from it than ``deeper_m``, without free standing
    walls and what lies below ground; empty where the footprint is itself a projection."""
    return context.memo(("hanging", context.measured_from, deeper_m), lambda: _hanging(context, deeper_m))


def seen_above(context: Context) -> BaseGeometry:
    """Return what is projected of the parts that reach above peil (RD): footings and cellars are not seen."""
    ground = context.peil.levels[0].nap_m if context.peil.levels else float(context.design.bounds[0, 2])
    parts = tuple(part for part in context.design.parts if part.z_range[1] > ground + ABOVE_M)
    if len(parts) == len(context.design.parts):
        return context.projection
    return context.memo(("seen_above", context.measured_from), lambda: projection(parts))


def _hanging(context: Context, deeper_m: float) -> BaseGeometry:
    footprint = context.geometry.footprint
    if footprint.is_empty or context.geometry.footprint_method == "projection":
        return shapely.MultiPolygon()
    beyond = polygons_only(overlay.difference(seen_above(context), overlay.union([overlay.grown(footprint, SEAM_M), rooms_below(context)])))
    beyond = without_thin(beyond, GARDEN_WALL_M)
    pieces = [piece for piece in shapely.get_parts(beyond) if piece.area > LEAST_M2 and _reach(piece, footprint) > deeper_m]
    return shapely.union_all(pieces) if pieces else shapely.MultiPolygon()


def _reach(piece: BaseGeometry, footprint: BaseGeometry) -> float:
    return float(shapely.distance(shapely.points(shapely.get_coordinates(piece)), footprint).max())


def with_hanging(context: Context, shape: BaseGeometry) -> BaseGeometry:
    """Return a shape (RD) with what hangs out of it, where that counts in this reading; asked only where something hangs out."""
    extra = hanging(context)
    if extra.is_empty:
        return shape
    area = round(extra.area, 1)
    if not context.yes_no("open_parts_count", Note.of("surroundings_question_open_parts", area=area)):
        return shape
    return polygons_only(overlay.union([shape, extra]))
