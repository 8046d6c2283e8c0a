"""What stands in the columns over the cells of an area, from a base plane up: rooms that no body fills, and open air with a building over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import triangles_of
from . import overlay
from .inside import inside, odd_crossings
from .rays import lowest
from .sections import crosses, enclosed, section_segments

SLICE_M = 0.25
"""Slices are no higher: between them roofs that slope are straight, and a lintel over a door is met."""
MOST_HEIGHTS = 60
"""Slices begin and end where corners lie, unless they lie at more heights: then the rooms are those of a curved or detailed body."""
FLOOR_M = 0.5
"""No ground floor is thicker with what it lies on: what lies higher over the base is over a storey, or over air."""
NEAR_WALL_M, STRETCH_M = 0.3, 0.5
"""The edge of open air lies along a wall that is nearer; a stretch without a wall is at least so long."""
OPEN_SHARE = 0.45
"""Air of which more of the edge has no wall lies under something that juts out; a room with an open front has walls on three sides."""
POST_M2 = 1.0
"""What is smaller in plan and bears is a post."""
AIR_M2 = 1.0
"""Less is a doorway or a bay."""
AIR_SHARE = 0.5
"""Of a piece in which less is open air the rest are rooms behind an opening."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Cells of an area: their ``places`` (n, 2), ``areas`` (n,) m2, and the ``heights`` (n,) z of the roof over them, endlessly low where none is."""

    places: Floats
    areas: Floats
    heights: Floats

    @property
    def top(self) -> float:
        """The highest roof over any of them (z)."""
        return float(self.heights.max(initial=-np.inf))


def hidden_rooms(parts: Sequence[Part], columns: Columns, base: float) -> tuple[float, float]:
    """Return how much (m3) above ``base`` (z) walls enclose under the roof that no closed body fills, and how much more lies open at a side between a
    body and one above it: a loggia, or a roof of which the ends are not drawn.

    A passage, the air under a cantilever and a courtyard (no part of a footprint) are neither.
    """
    rooms = between = 0.0
    borne = np.zeros(len(columns.places), dtype=bool)
    for low, high in _slices(parts, base, columns.top):
        z, step = (low + high) / 2, high - low
        cut = [part for part in parts if crosses(part, z)]
        air = columns.heights > z
        for part in cut:
            filled = air.copy()
            filled[air] = odd_crossings(section_segments(part, z)[0], columns.places[air])
            air &= ~filled
            borne |= filled
        room = air & inside(enclosed(cut, z), columns.places)
        rooms += float(columns.areas[room].sum()) * step
        between += float(columns.areas[air & ~room & borne].sum()) * step
    return rooms, between


def _slices(parts: Sequence[Part], base: float, top: float) -> list[tuple[float, float]]:
    """Return slices (z of foot and head) from ``base`` to ``top``."""
    corners = np.unique(np.round(np.concatenate([part.vertices[:, 2] for part in parts]), 3))
    between = corners[(corners > base) & (corners < top)] if len(corners) <= MOST_HEIGHTS else np.zeros(0)
    edges = np.array([base, *between, top]) if np.isfinite(top) else np.zeros(0)
    found: list[tuple[float, float]] = []
    for low, high in zip(edges, edges[1:]):
        parted = np.linspace(low, high, math.ceil((high - low) / SLICE_M) + 1)
        found += list(zip(parted, parted[1:]))
    return found


def open_air(parts: Sequence[Part], columns: Columns, footprint: BaseGeometry, base: float) -> tuple[float, float]:
    """Return how much (m3) open air lies between ``base`` (z) and the underside of what is built over it within a footprint (RD): under what juts out
    and in passages, and how much more between posts or in a room with an open front, of which nobody knows whether it counts.

    A column is open where nothing encloses it below the lowest underside over it (a door leaves a gap, and a lintel closes it), and something does above.
    """
    first = enclosed(parts, base + 2 * FLOOR_M)
    if _area_without_edges(overlay.difference(footprint, overlay.grown(first, NEAR_WALL_M))) < AIR_M2:
        return 0.0, 0.0
    triangles = triangles_of(parts)
    under = lowest(triangles[triangles[:, :, 2].min(axis=1) > base + FLOOR_M], columns.places)
    closed, around = _closed_at(parts, columns, under, base)
    air = (under > base + FLOOR_M) & np.isfinite(closed) & (closed > under)
    return _told_apart(parts, columns, air, under - base, overlay.difference(footprint, around), around, base)


def _area_without_edges(shape: BaseGeometry) -> float:
    """Return the area (m2) of a shape without its thin edges."""
    return float(overlay.grown(shape, -NEAR_WALL_M / 2).area)


def _closed_at(parts: Sequence[Part], columns: Columns, under: Floats, base: float) -> tuple[Floats, BaseGeometry]:
    """Return the lowest slice (z) that encloses each column, endlessly high where none does, and what is enclosed (RD) below the lowest underside over
    any column that is open there."""
    closed = np.full(len(columns.places), np.inf)
    around: list[BaseGeometry] = []
    for z in np.arange(base + FLOOR_M + SLICE_M / 2, columns.top, SLICE_M):
        left = np.isinf(closed) & (columns.heights > z)
        if not left.any():
            break
        section = enclosed(parts, float(z))
        if z < under[left & np.isfinite(under)].min(initial=np.inf):
            around.append(section)
        found = np.zeros(len(left), dtype=bool)
        found[left] = inside(section, columns.places[left])
        closed[found] = z
    return closed, overlay.union(around)


def _told_apart(
    parts: Sequence[Part], columns: Columns, air: NDArray[np.bool_], high: Floats, region: BaseGeometry, around: BaseGeometry, base: float
) -> tuple[float, float]:
    """Return the volume of the air in pieces that are open for certain, and in those of which it is not settled."""
    walls = overlay.grown(around, NEAR_WALL_M)
    posts = [piece for piece in shapely.get_parts(enclosed(parts, base + 2 * FLOOR_M)) if 0.0 < piece.area < POST_M2]
    sure = doubtful = 0.0
    for piece in shapely.get_parts(region):
        here = air.copy()
        here[air] = inside(overlay.grown(piece, 1e-6), columns.places[air])
        volume = float((columns.areas * high)[here].sum())
        if piece.area < AIR_M2 or float(columns.areas[here].sum()) < AIR_SHARE * piece.area:  # an opening that a lintel closes
            continue
        edge = shapely.difference(piece.boundary, walls)
        stretches = [one for one in shapely.get_parts(shapely.line_merge(edge)) if one.length >= STRETCH_M]
        borne = any(post.distance(piece) < NEAR_WALL_M for post in posts)
        if not borne and stretches and (len(stretches) > 1 or edge.length > OPEN_SHARE * piece.exterior.length):
            sure += volume
        else:
            doubtful += volume
    return sure, doubtful
