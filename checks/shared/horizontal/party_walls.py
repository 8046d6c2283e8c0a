"""The axis of party walls: areas and volumes reach to the middle of a wall that two buildings share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from ....measure.building.footprint import polygons_only
from ....measure.plane import overlay
from ....model import Note, RegisteredBuilding, Rule
from ...engine.base import Context
from ...engine.drawn_along import drawn_beyond
from ...engine.open_points.unseen import LOWER
from ...engine.plot import WALL_M, plot_of
from ...engine.standing import count_unregistered, unregistered
from ...engine.weighing import good_lines, lines_in
from .secondary import prolonged

BESIDE_M = 0.30


def to_the_axis(
    rule: Rule, context: Context, shape: BaseGeometry, moves: Mapping[str, float], most: float | None = None
) -> tuple[BaseGeometry, tuple[Note, ...]]:
    """Return a footprint (RD) cut at the axes of its party walls, and a note when anything was cut off.

    The axes are the officer's (``party_walls: {lines: [...]}``, RD); else the boundary of the plot where the building overlaps it by
    less than a wall beside a neighbour's building. ``measure.party_walls: ignore`` cuts nothing. ``moves``: the measurements that rest on
    the footprint, each with how much a m2 of it moves their value; ``most``: how much all cuts together move each of them, where that is known.
    """
    if rule.measure.get("party_walls") == "ignore":
        return shape, ()
    lines = good_lines(context, "party_walls") or lines_in(rule.measure.get("party_walls"))
    if not lines:
        _looks(context, shape, moves, most)
    cut = _cut_at(shape, lines) if lines else _cut_at_plot(context, shape)
    away = shape.area - cut.area
    return (cut, (Note.of("zoning_party_wall", area=round(away, 2)),)) if away > 0.005 else (shape, ())


def _looks(context: Context, shape: BaseGeometry, moves: Mapping[str, float], most: float | None) -> None:
    """Look whether a neighbour's building stands against the design at the boundary of its plot: a cut there takes no more off than a wall
    all around, and none where the design stays within a known plot."""
    if context.knows("parcels", shape) and (context.knows("bag", shape, BESIDE_M) or not _beyond(context, shape)):
        return
    band = shape.area - overlay.grown(shape, -WALL_M).area
    for name, share in moves.items():
        reach = band * share if most is None else most
        if context.looks("parcels", LOWER, shape, (name,), reach):
            context.looks("bag", LOWER, shape, (name,), reach, BESIDE_M)


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


def _beyond(context: Context, shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the pieces of a shape (RD) that stick out over the plot by less than a wall; none where no plot is known."""
    parcels = plot_of(context)
    plot = overlay.union([parcel.geometry for parcel in parcels])
    beyond = shapely.get_parts(polygons_only(overlay.difference(shape, plot))) if parcels else ()
    return [
        piece for piece in beyond
        if not piece.is_empty and np.max(shapely.distance(shapely.points(shapely.get_coordinates(piece)), plot)) <= WALL_M
    ]


def _cut_at_plot(context: Context, shape: BaseGeometry) -> BaseGeometry:
    beyond = _beyond(context, shape)
    if not beyond:
        return shape
    rest = overlay.difference(shape, overlay.union(beyond))
    walls = [piece for piece in beyond if _stands_beside(piece, rest, (*context.site.registered_buildings, *drawn_beyond(context)))]
    mapped = [b for b in unregistered(context) if any(piece not in walls and _stands_beside(piece, rest, [b]) for piece in beyond)]
    if count_unregistered(context, mapped):
        walls += [piece for piece in beyond if piece not in walls and _stands_beside(piece, rest, mapped)]
    return polygons_only(overlay.difference(shape, overlay.union(walls))) if walls else shape


def _stands_beside(piece: BaseGeometry, own: BaseGeometry, buildings: Sequence[RegisteredBuilding]) -> bool:
    """Whether one of some buildings, other than the design itself (``own``), stands against a piece of it."""
    near = [b.geometry for b in buildings if piece.distance(b.geometry) <= BESIDE_M]
    return any(overlay.intersection(other, own).area < 0.5 * other.area for other in near)
