"""What of an outline hangs outside the walls below it, and whether that is a room: as high as one, and with something over it.

A section meets the edge of a thick roof, a beam, the upstand round a flat roof and the parapet of a balcony as well as a bay or a storey that juts out. How
high such a thing is follows from the thing, not from where a section happens to fall: the same house ten centimetres higher has the same outline.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import bounds_of, triangles_of
from ..plane import overlay
from ..plane.cells import cells_of
from ..plane.inside import inside
from ..plane.rays import TopView, lowest
from .leaning import TALL_M

OUTSIDE_M = 0.05
"""What stands out by less is facade finish."""
EDGE_M, GAPS = 0.01, 6
"""The first and the last section of a room lie a hair within it, with so many steps (of a quarter of a metre) between them."""
MOST_SECTIONS = 60
"""Through something higher the steps are larger, no more than ``LARGEST_M``: a parapet of a metre on every floor of a tower fills no three in a row."""
LARGEST_M = 0.5
PLACES = 200
"""Enough to tell half from none."""
ROOFED_SHARE = 0.5
"""Of the places in a room something lies over so many; within a parapet only the parapet itself is seen from above."""
SLIVER_M = 0.02
"""What overlays leave beside a room is narrower."""

Section = Callable[[float], BaseGeometry]
"""What is enclosed (RD) at a height (m NAP)."""


def without_edges(area: BaseGeometry, foot: BaseGeometry, parts: Sequence[Part], section: Section) -> tuple[BaseGeometry, BaseGeometry]:
    """Return an outline (RD) without what hangs outside its ``foot`` (RD, what stands on the ground) and is no room of the ``parts``; and the rooms
    that hang there (RD)."""
    beyond = overlay.difference(area, overlay.grown(foot, OUTSIDE_M))
    if beyond.is_empty:
        return area, beyond
    hanging = _areas(overlay.difference(area, foot))
    dropped = [edge for piece in hanging[shapely.intersects(hanging, beyond)] for edge in _no_room(piece, parts, section)]
    if not dropped:
        return area, beyond
    edges = overlay.union(dropped)
    return overlay.difference(area, edges), overlay.difference(beyond, edges)


def _no_room(piece: BaseGeometry, parts: Sequence[Part], section: Section) -> list[BaseGeometry]:
    """Return what of a piece (RD) that hangs is no room."""
    column = _column(piece, parts)
    if not column.tall.any():
        return [piece]
    rooms = overlay.union(_rooms(piece, column, section))
    left = _areas(overlay.difference(piece, rooms))
    return list(left[~shapely.is_empty(shapely.buffer(left, -SLIVER_M / 2))])


@dataclass(frozen=True, eq=False)
class _Column:
    """What is seen over some places (n, 2): the lowest underside (n,) and the highest top (n,), z."""

    places: Floats
    under: Floats
    top: Floats

    @property
    def tall(self) -> NDArray[np.bool_]:
        """Where there is as much as a room's height between them."""
        return self.top - self.under >= TALL_M - EDGE_M


def _column(piece: BaseGeometry, parts: Sequence[Part]) -> _Column:
    """Return what the parts have over a piece (RD), at the places where anything is seen."""
    low, high = bounds_of(parts)
    west, south, east, north = piece.bounds
    meets = (low[:, :2] <= (east, north)).all(axis=1) & (high[:, :2] >= (west, south)).all(axis=1)
    triangles = triangles_of([part for part, near in zip(parts, meets) if near])
    corners = triangles[:, :, :2]
    triangles = triangles[(corners.min(axis=1) <= (east, north)).all(axis=1) & (corners.max(axis=1) >= (west, south)).all(axis=1)]
    places = cells_of(piece, PLACES)[0]
    top, under = TopView(triangles).highest(places), lowest(triangles, places)
    seen = np.isfinite(top) & np.isfinite(under)
    return _Column(places[seen], under[seen], top[seen])


def _rooms(piece: BaseGeometry, column: _Column, section: Section) -> list[BaseGeometry]:
    """Return what of a piece (RD) is enclosed over a room's height on end, with something over it."""
    low, high = float(column.under[column.tall].min()), float(column.top[column.tall].max())
    step = float(np.clip((high - low) / MOST_SECTIONS, (TALL_M - 2 * EDGE_M) / GAPS, LARGEST_M))
    on_end = math.ceil((TALL_M - 2 * EDGE_M) / step - 1e-9)
    heights = np.arange(low + EDGE_M, high, step)
    shared = [overlay.intersection(section(float(z)), piece) for z in heights]
    reach = 0
    while reach < on_end:
        more = min(reach + 1, on_end - reach)
        shared = [overlay.intersection(one, other) for one, other in zip(shared, shared[more:])]
        reach += more
    return [room for whole, z in zip(shared, heights[on_end:]) for room in _areas(whole) if _roofed(room, column, float(z))]


def _roofed(room: BaseGeometry, column: _Column, z: float) -> bool:
    """Whether something lies over most of a room (RD) that reaches up to ``z``."""
    here = inside(room, column.places)
    return bool(here.any()) and float((column.top[here] > z).mean()) >= ROOFED_SHARE


def _areas(shape: BaseGeometry) -> NDArray[np.object_]:
    """Return the polygons of a shape."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > 0.0)]
