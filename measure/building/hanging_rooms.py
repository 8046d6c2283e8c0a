"""What of an outline hangs outside the walls below it, and whether that is a room: as high as one, and with something over it.

A section meets the edge of a thick roof, a beam, the upstand round a flat roof and the parapet of a balcony as well as a bay or a storey that juts out. How
high such a thing is follows from the thing, not from where a section happens to fall: the same house ten centimetres higher has the same outline.
"""

from __future__ import annotations

import bisect
import functools
import math
from collections.abc import Callable, Iterator, Sequence
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
from ..plane.sections import as_one, met_at, section_segments
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

FACADE_M = 1.0
"""A room whose roof slopes down to a facade so high goes on to it; the edge of a roof is thinner."""
LOW_M = 0.5
"""On the same floor as a room its facade may be lower still: the edge of a roof lies higher, and that of a floor is thinner."""
CLOSED_SHARE = 0.8
"""What is closed over so much of its height has no opening in it."""
WALLS_M = 1.8
"""The walls below and above a band of windows are so high together, with the floor and the roof; a parapet, a slab and the edge of a roof are not."""
REVEAL_M = 0.6
"""A wall of stone is no thicker, and a porch that somebody stands in is deeper."""
NOTCH_SHARE = 0.2
"""A frame in a reveal, and the hair by which its outline is taken, are less of it."""
RIM_M, WALLED_SHARE = 0.1, 0.7
"""A rim is looked at every so often; walls on three sides of a square are a little more of it."""

Section = Callable[[float], BaseGeometry]
"""What is enclosed (RD) at a height (m NAP)."""


def without_edges(
    area: BaseGeometry, foot: BaseGeometry, foot_z: float, parts: Sequence[Part], section: Section
) -> tuple[BaseGeometry, BaseGeometry]:
    """Return an outline (RD) without what hangs outside its ``foot`` (RD, what the parts enclose on the ground, at ``foot_z`` m NAP) and is no room of
    the ``parts``; and the rooms that hang there (RD)."""
    beyond = overlay.difference(area, overlay.grown(foot, OUTSIDE_M))
    if beyond.is_empty:
        return area, beyond
    hanging = _areas(overlay.difference(area, foot))
    out = [edge for edge in _no_rooms(list(hanging[shapely.intersects(hanging, beyond)]), foot, parts, section) if not _in_the_facade(edge, foot)]
    walls = _walls(foot, met_at(parts, foot_z), foot_z) if out else foot
    dropped = [edge for edge in out if round_it(edge, walls) < WALLED_SHARE]
    if not dropped:
        return area, beyond
    edges = overlay.union(dropped)
    return overlay.difference(area, edges), overlay.difference(beyond, edges)


def _no_rooms(pieces: Sequence[BaseGeometry], foot: BaseGeometry, parts: Sequence[Part], section: Section) -> list[BaseGeometry]:
    """Return what of pieces (RD) that hang outside a foot (RD) is no room."""
    columns = [(piece, _column(piece, parts)) for piece in pieces]
    tall = [column for _, column in columns if column.tall.any()]
    if not tall:
        return list(pieces)
    sections = _Sections(functools.lru_cache(maxsize=None)(section), *_shared_heights(tall))
    return [left for piece, column in columns for left in _no_room(piece, foot, column, sections)]


@dataclass(frozen=True, eq=False)
class _Column:
    """What is seen over some places (n, 2): the lowest underside (n,) and the highest top (n,), z; of the ``triangles`` that lie near."""

    places: Floats
    under: Floats
    top: Floats
    triangles: Floats

    @property
    def tall(self) -> NDArray[np.bool_]:
        """Where there is as much as a room's height between them."""
        return self.top - self.under >= TALL_M - EDGE_M

    @property
    def span(self) -> tuple[float, float]:
        """The lowest underside and the highest top, z, of the tall places."""
        return float(self.under[self.tall].min()), float(self.top[self.tall].max())


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
    return _Column(places[seen], under[seen], top[seen], triangles)


@dataclass(frozen=True)
class _Sections:
    """Sections of a building, asked once at a height; the heights (m NAP) that its pieces share begin at ``base`` and lie ``step`` m apart."""

    at: Section
    base: float
    step: float

    def heights(self, column: _Column, run_m: float) -> tuple[list[float], set[float]]:
        """Return where sections are looked at (m NAP, upwards), and which of these are the column's own: just within a run on its underside."""
        low, high = column.span
        own = {low + EDGE_M, low + run_m - EDGE_M}
        first = math.ceil((low + EDGE_M - self.base) / self.step)
        shared = {self.base + k * self.step for k in range(first, math.ceil((high - self.base) / self.step))}
        return sorted(own | shared), own - shared


def _shared_heights(columns: Sequence[_Column]) -> tuple[float, float]:
    """Return the first of the heights (m NAP) that pieces share, and their distance (m)."""
    low, high = min(column.span[0] for column in columns), max(column.span[1] for column in columns)
    return low + EDGE_M, float(np.clip((high - low) / MOST_SECTIONS, (TALL_M - 2 * EDGE_M) / GAPS, LARGEST_M))


@dataclass(frozen=True, eq=False)
class _Run:
    """What is enclosed from a height to another (m NAP), with something over it (RD)."""

    rooms: list[BaseGeometry]
    low: float
    high: float

    def goes_on_in(self, other: _Run, floor_m: float) -> bool:
        """Whether this is beside another, on a floor that lies no more than ``floor_m`` (m) higher, and below its top."""
        return self.low < min(other.high, other.low + floor_m) and any(room.distance(one) <= OUTSIDE_M for room in self.rooms for one in other.rooms)


def _no_room(piece: BaseGeometry, foot: BaseGeometry, column: _Column, sections: _Sections) -> list[BaseGeometry]:
    """Return what of a piece (RD) is not enclosed over a room's height on end, or has nothing over it there. Where a room, and not a wall alone, grows
    lower to its facade, under a roof, it is a room up to there; a balcony beside it with a parapet is none, whatever lies over that."""
    if not column.tall.any():
        return [piece]
    left, rooms = [piece], list[_Run]()
    for run in _runs(piece, column, sections, TALL_M):
        rooms.append(run)
        left = _beside(left, run.rooms)
        if not left:
            return []
    rooms = [_Run(wide, run.low, run.high) for run in rooms if (wide := [room for room in run.rooms if _is_wide(room, foot)])]
    for run_m, floor_m in ((FACADE_M, math.inf), (LOW_M, sections.step)) if rooms else ():
        lower = [run for edge in left for run in _runs(edge, column, sections, run_m)]
        for run in lower:
            if left and any(run.goes_on_in(one, floor_m) for one in rooms):
                closed = [room for room in run.rooms if _closes_above(room, run.high, column, sections)]
                left = _beside(left, closed) if closed else left
                rooms += [_Run(closed, run.low, run.high)] if closed else []
    return left


def _closes_above(room: BaseGeometry, z: float, column: _Column, sections: _Sections) -> bool:
    """Whether what encloses a room (RD) up to a height (m NAP) goes on to what lies over it: a roof that slopes to a facade does, a parapet does not."""
    places = column.places[inside(room, column.places)]
    over = lowest(column.triangles[column.triangles[:, :, 2].max(axis=1) > z + EDGE_M], places)
    over = over[np.isfinite(over)]
    gap = float(np.median(over)) - z if len(over) else 0.0
    between = gap > sections.step
    return not between or bool(overlay.intersection(sections.at(z + gap / 2), room).area >= ROOFED_SHARE * (over > z + gap / 2).mean() * room.area)


def _is_wide(room: BaseGeometry, foot: BaseGeometry) -> bool:
    """Whether what is enclosed (RD) is, with what stands behind it (``foot``, RD), more than a wall that sticks out."""
    near = overlay.union([room, overlay.intersection(foot, overlay.grown(room, REVEAL_M))])
    core = overlay.grown(overlay.grown(near, -REVEAL_M / 2), REVEAL_M / 2)
    return bool(overlay.intersection(core, room).area > ROOFED_SHARE * room.area)


def _runs(piece: BaseGeometry, column: _Column, sections: _Sections, run_m: float) -> Iterator[_Run]:
    """Yield what of a piece (RD) is enclosed over a height (m) on end with something over it, upwards.

    Where nothing of the piece is left in some sections of a run, no run that takes all of these in has a room, and the next starts above the lowest of
    them.
    """
    heights, own = sections.heights(column, run_m)
    shared = functools.lru_cache(maxsize=None)(lambda z: overlay.intersection(sections.at(z), piece))
    first = 0
    while first < len(heights) and (last := bisect.bisect_left(heights, heights[first] + run_m - 2 * EDGE_M - 1e-9)) < len(heights):
        common, lowest_seen = piece, heights[last]
        for z in sorted(heights[first : last + 1], key=lambda z: (z in own, -z)):
            common, lowest_seen = overlay.intersection(common, shared(z)), min(lowest_seen, z)
            if common.is_empty:
                break
        rooms = [room for room in _areas(common) if _roofed(room, column, heights[last])]
        if rooms:
            yield _Run(rooms, heights[first], heights[last])
        first = bisect.bisect_right(heights, lowest_seen) if common.is_empty else first + 1


def may_be_a_room(piece: BaseGeometry, parts: Sequence[Part], section: Section) -> bool:
    """Whether parts enclose most of a piece (RD) over so much height in all that it may be a room with windows that are not drawn (a parapet with the edge
    of a roof over it is lower), or close it from its underside to its roof over less than a room's height and more than the edge of a roof."""
    column = _column(piece, parts)
    high = column.top - column.under
    if not (high >= FACADE_M).any():
        return False
    step = (TALL_M - 2 * EDGE_M) / GAPS
    heights = np.arange(float(column.under[high >= FACADE_M].min()) + step / 2, float(column.top[high >= FACADE_M].max()), step)
    walls = step * sum(_share(piece, section(float(z))) >= ROOFED_SHARE for z in heights)
    return walls >= WALLS_M or (float(np.median(high)) >= FACADE_M and walls >= CLOSED_SHARE * float(np.median(high)))


def _share(piece: BaseGeometry, section: BaseGeometry) -> float:
    """Return how much of a piece (RD) a section encloses, 0 to 1; all of it where its walls go round, but for a door or a window."""
    return 1.0 if round_it(piece, section) >= WALLED_SHARE else float(overlay.intersection(section, piece).area / piece.area)


def round_it(piece: BaseGeometry, walls: BaseGeometry) -> float:
    """Return how much of the rim of a piece (RD) lies along walls (RD), 0 to 1."""
    rim = shapely.get_coordinates(shapely.segmentize(shapely.get_exterior_ring(piece), RIM_M))
    return float((shapely.distance(shapely.points(rim), walls) <= OUTSIDE_M).mean())


def _beside(pieces: Sequence[BaseGeometry], rooms: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return what of pieces (RD) is left beside rooms, slivers of overlays aside."""
    left = _areas(overlay.difference(overlay.union(pieces), overlay.union(rooms)))
    return list(left[~shapely.is_empty(shapely.buffer(left, -SLIVER_M / 2))])


def _in_the_facade(piece: BaseGeometry, foot: BaseGeometry) -> bool:
    """Whether a piece (RD) is the reveal of a window or a door: no deeper than a thick wall, and as wide as what it cuts out of the outline on the ground."""
    if not overlay.grown(piece, -REVEAL_M / 2).is_empty:
        return False
    between = shapely.convex_hull(overlay.intersection(shapely.get_exterior_ring(piece), overlay.grown(foot, OUTSIDE_M)))
    notch = overlay.difference(between, foot)
    return shapely.symmetric_difference(notch, piece).area <= NOTCH_SHARE * piece.area


def _walls(foot: BaseGeometry, cut: Sequence[Part], foot_z: float) -> BaseGeometry:
    """Return what stands on the ground (RD) with every line that its parts have there (a section at ``foot_z`` m NAP). A room whose door stands open or is
    not drawn is enclosed by no section, but walls go round most of it: a building is enclosed by walls in whole or in part (Bbl, annex I)."""
    lines = np.atleast_1d(np.asarray(shapely.linestrings(section_segments(as_one(cut), foot_z)[0])))
    return shapely.geometrycollections([foot, *lines])


def _roofed(room: BaseGeometry, column: _Column, z: float) -> bool:
    """Whether something lies over most of a room (RD) that reaches up to ``z``."""
    here = inside(room, column.places)
    return bool(here.any()) and float((column.top[here] > z).mean()) >= ROOFED_SHARE


def _areas(shape: BaseGeometry) -> NDArray[np.object_]:
    """Return the polygons of a shape."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > 0.0)]
