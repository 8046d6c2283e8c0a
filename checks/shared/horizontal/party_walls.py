"""The axis of party walls: areas and volumes reach to the middle of a wall that two buildings share."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from ....measure.building.footprint import polygons_only
from ....measure.plane import overlay
from ....model import Note, Rule
from ...engine.base import Context
from ...engine.plot import WALL_M, plot_of
from ...engine.weighing import answer, lines_in
from .secondary import prolonged

BESIDE_M = 0.30


def to_the_axis(rule: Rule, context: Context, shape: BaseGeometry) -> tuple[BaseGeometry, tuple[Note, ...]]:
    """Return a footprint (RD) cut at the axes of its party walls, and a note when anything was cut off.

    The axes are the officer's (``party_walls: {lines: [...]}``, RD); else the boundary of the plot where the building overlaps it by
    less than a wall beside a neighbour's building. ``measure.party_walls: ignore`` cuts nothing.
    """
    if rule.measure.get("party_walls") == "ignore":
        return shape, ()
    lines = lines_in(answer(context, "party_walls") or rule.measure.get("party_walls"))
    cut = _cut_at(shape, lines) if lines else _cut_at_plot(context, shape)
    away = shape.area - cut.area
    return (cut, (Note.of("zoning_party_wall", area=round(away, 2)),)) if away > 0.005 else (shape, ())


def _cut_at(shape: BaseGeometry, lines: tuple[LineString, ...]) -> BaseGeometry:
    """Return a shape without what lies beyond a line within the width of a wall."""
    for line in lines:
        axis = prolonged(line)
        pieces = [piece for part in shapely.get_parts(shape) for piece in split(part, axis).geoms]
        kept = [piece for piece in pieces if _reach(piece, axis) > WALL_M + 1e-3]
        shape = polygons_only(overlay.union(kept)) if kept else shape
    return shape


def _reach(piece: BaseGeometry, axis: LineString) -> float:
    return float(shapely.distance(shapely.points(shapely.get_coordinates(piece)), axis).max())


def _cut_at_plot(context: Context, shape: BaseGeometry) -> BaseGeometry:
    parcels = plot_of(context)
    if not parcels:
        return shape
    plot = overlay.union([parcel.geometry for parcel in parcels])
    own = polygons_only(overlay.intersection(shape, plot))
    neighbours = [b.geometry for b in context.site.registered_buildings if b.geometry.intersection(own).area < 0.5 * b.geometry.area]
    beyond = shapely.get_parts(polygons_only(overlay.difference(shape, plot)))
    walls = [
        piece for piece in beyond
        if not piece.is_empty and np.max(shapely.distance(shapely.points(shapely.get_coordinates(piece)), plot)) <= WALL_M
        and any(piece.distance(other) <= BESIDE_M for other in neighbours)
    ]
    return polygons_only(overlay.difference(shape, overlay.union(walls))) if walls else shape
