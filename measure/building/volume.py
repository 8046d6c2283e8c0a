"""Gross volume (A7 of the spec): outer faces of walls and roofs, above a base plane.

Plan text (SVBP2012): "tussen de onderzijde van de begane grondvloer, de buitenzijde van de gevels en de buitenzijde van daken en
dakkapellen". Closed bodies that stand for the whole building give it exactly (their union within the facades), with the rooms that they leave
between them or in them; else it is what stands under the
roof over the wall-enclosed footprint, and where the model is open that is an estimate; where a part of the roof is missing, a range that holds the truth.

What stands on a roof and encloses nothing is left out (``upstands``): parapets, screens, and sheets laid over it with air between (solar panels).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import bounds_of, triangles_of
from ..plane import overlay
from ..plane.cells import cells_of
from ..plane.columns import hidden_rooms, open_air
from ..plane.rays import TopView, lowest
from ..plane.solids import above, volume_above
from .bodies import ROOM_M
from .footprint import GARDEN_WALL_M, LOOSE_KINDS, filled, plans_of, polygons_only, projection, without_thin
from .named_kinds import BUILT
from .roof import NOT_ROOF, RoofView

WHOLE_KINDS = ("building", "other")
ENCLOSING_KINDS = ("wall", "roof", "slab")
NO_MASS = frozenset(LOOSE_KINDS + NOT_ROOF)
HOLLOW_SHARE = 0.6
"""Bodies that fill less of the envelope than this are walls and floors, not a mass."""
ROOM_M3, ROOM_SHARE = 1.0, 0.005
"""Less than this between bodies are joints and the ends of slices, and no room."""
OVERHANG_M2 = 0.1
"""What sticks out of the facades by more than this is cut off: the text says "de buitenzijde van de gevels"."""
ENVELOPE_PCT, ESTIMATE_PCT = 0.5, 3.0
LEVEL_M = 0.01
"""A body whose foot lies less above the base plane stands on it."""
FLOOR_M = 0.5
"""No ground floor is thicker with what it lies on: deeper under a body is air, or ground."""
LEAST_M2 = 1.0
"""A body that is smaller in plan changes no volume."""
UPSTAND_M = 1.5
"""A parapet, also one round a roof terrace, rises no higher; a wall that does may be that of a storey without a roof."""
SHEET_M, LAID_M = 0.1, 1.0
"""A panel is no thicker than this on average, and lies or stands no further over the roof under it: more may be the roof over a loft."""
SEAM_M, COPING_M = 0.05, 0.3
"""What is drawn on something else lies so near to it; the coping of a wall is no thicker."""
PLACES = 60
"""Of one part: enough to tell most of it from some of it."""
BORNE_SHARE = 0.5
"""Of what stands on a roof so much has that roof under it, and of the border round a panel so much is the same roof going on."""
COPING_SHARE = 0.25
"""A coping is wider than the wall under it, but no wider than it is stable."""
BORDER_M = 0.3
"""So wide is the border of roof around panels, and beside walls, at which it is looked whether it goes on, or hangs."""
WALLED_SHARE = 0.5
"""Walls that are so long, of the rim of the sheet that they carry, make it the roof of a room: the legs under a panel are shorter together."""
BESIDE_SHARE = 0.2
"""A roof hangs over so much of the border of the wall that it lies against: over nearly half, but for what crosses it and for corners."""


@dataclass(frozen=True)
class Volume:
    """Cubic metres with a bound (m3); ``method``: solid (exact union), envelope (closed model), estimate (open model), range (a closed
    model with space under its roof that is open at a side)."""

    value_m3: float
    bound_m3: float
    method: str


@dataclass(frozen=True, eq=False)
class Body:
    """The parts that count for a volume, and their roof as seen from above (``view``)."""

    parts: Sequence[Part]
    view: RoofView

    @functools.cached_property
    def masses(self) -> list[Part]:
        """Its parts that have mass, where every one is a closed body that may stand for the whole building; else none."""
        heavy = [part for part in self.parts if part.kind not in NO_MASS]
        return heavy if all(part.kind in WHOLE_KINDS and part.closed for part in heavy) else []

    @functools.cached_property
    def walls(self) -> list[Part]:
        """Its parts that may enclose something."""
        return [part for part in self.parts if part.kind not in LOOSE_KINDS]

    @functools.cached_property
    def wholes(self) -> list[int]:
        """The numbers of its parts that are closed bodies which may stand for a whole building."""
        return [number for number, part in enumerate(self.parts) if part.kind in WHOLE_KINDS and part.closed]

    @functools.cached_property
    def is_closed(self) -> bool:
        """Whether it has walls, roofs or floors and each of them is closed."""
        return {part.closed for part in self.parts if part.kind in ENCLOSING_KINDS} == {True}


def gross_volume(body: Body, footprint: BaseGeometry, base: float, share: float = 1.0) -> Volume | None:
    """Return the gross volume above ``base`` (z), None when nothing encloses anything.

    ``share`` (0..1): how much of the building ``footprint`` is, so that a part is not measured more finely than the whole.
    """
    if footprint.is_empty:
        return None
    envelope, unseen = body.view.under(footprint, base, share)
    mass = body.masses
    if mass:
        sticks_out = projection(mass).area - footprint.area > OVERHANG_M2
        alone = len(mass) == 1 and not sticks_out
        exact = volume_above(mass[0].triangles, base) if alone else above(mass, base, footprint if sticks_out else None)[1]
        if exact >= HOLLOW_SHARE * (envelope + unseen):  # four walls and a floor without a roof are no mass
            return _with_rooms(body, exact, envelope, footprint, base, share)
    air, floor = _under_bodies(body, footprint, base)
    envelope, doubt = envelope - air - floor / 2, floor / 2
    sure, perhaps = open_air(body.walls, body.view.columns(footprint, share), footprint, base) if not air else (0.0, 0.0)
    envelope, doubt = envelope - sure - perhaps / 2, doubt + perhaps / 2
    if unseen > ENVELOPE_PCT / 100 * envelope:  # a part of the roof is missing: as low as the floor, or as high as the ridge
        return Volume(envelope + unseen / 2, unseen / 2 + doubt + envelope * ESTIMATE_PCT / 100, "estimate")
    share_pct, method = (ENVELOPE_PCT, "envelope") if body.is_closed else (ESTIMATE_PCT, "estimate")
    return Volume(envelope, doubt + envelope * share_pct / 100, "range" if perhaps and body.is_closed else method)


def _with_rooms(body: Body, exact: float, envelope: float, footprint: BaseGeometry, base: float, share: float) -> Volume:
    """Return the volume (m3) of closed bodies with the rooms that they leave; with what lies open between two of them it is a range."""
    least = max(ROOM_M3, ROOM_SHARE * exact)
    rooms, between = hidden_rooms(body.masses, body.view.columns(footprint, share), base) if envelope - exact > least else (0.0, 0.0)
    rooms, between = (m3 if m3 > least else 0.0 for m3 in (rooms, between))
    if between:
        return Volume(exact + rooms + between / 2, between / 2 + rooms * ESTIMATE_PCT / 100, "range")
    return Volume(exact + rooms, rooms * ESTIMATE_PCT / 100, "envelope") if rooms else Volume(exact, 0.0, "solid")


def _under_bodies(body: Body, footprint: BaseGeometry, base: float) -> tuple[float, float]:
    """Return how much (m3) lies above ``base`` under closed bodies of which the foot lies higher, where nothing else stands under them: air or
    ground, and what may be a floor of theirs that is not drawn."""
    high = [number for number in body.wholes if body.parts[number].z_range[0] > base + LEVEL_M]
    if not high:
        return 0.0, 0.0
    (feet, tops), plans = (side[:, 2] for side in bounds_of(body.parts)), plans_of(body.parts)
    air = floor = 0.0
    for number in high:
        own = overlay.intersection(plans[number], footprint)
        if own.area < LEAST_M2:
            continue
        lower = feet < feet[number] - LEVEL_M
        walls = plans[lower & (tops >= feet[number] - FLOOR_M)]  # what they stand around is theirs; those of a garden do not reach up to it
        under = overlay.union([*plans[lower], filled(overlay.union(list(walls)))])
        free = float(overlay.difference(own, under).area)
        air += free * max(feet[number] - base - FLOOR_M, 0.0)
        floor += free * min(feet[number] - base, FLOOR_M)
    return air, floor


def upstands(parts: Sequence[Part], view: RoofView, ground: float) -> tuple[Part, ...]:
    """Return the parts that stand on the roof of others and enclose nothing; ``view`` is the roof of all of them, ``ground`` the z of the ground."""
    low = bounds_of(parts)[0]
    is_high = (low[:, 2] > ground + ROOM_M) & np.array([part.kind in BUILT and len(part.faces) > 0 for part in parts], dtype=bool)
    high = [part for part, rises in zip(parts, is_high) if rises]
    some = _uncovered(high, view.top, COPING_M)
    thin = [part for part in some if np.ptp(part.z_range) <= UPSTAND_M and without_thin(plans_of([part])[0], GARDEN_WALL_M).is_empty]
    sheets = [part for part in _without(some, thin) if _is_sheet(part)]
    if not thin and not sheets:
        return ()
    roof = TopView(triangles_of(_without(parts, (*thin, *sheets))))
    laid = [part for part in _uncovered(sheets, roof, SEAM_M) if _lies_over(part, roof, LAID_M) and not _is_walled(part, high)]
    laid = laid if _goes_on_around(laid, roof) else []
    rest = _without(parts, (*thin, *laid))
    roof = TopView(triangles_of(rest))
    bare = _uncovered(thin, roof, SEAM_M)
    standing = [part for part in bare if _lies_over(part, roof, SEAM_M) and not _holds_a_roof(part, roof, rest)]
    below = TopView(triangles_of(standing))
    copings = [part for part in _without(bare, standing) if _lies_over(part, below, SEAM_M, COPING_SHARE)] if standing else []
    return (*standing, *copings, *laid)


def _without(parts: Sequence[Part], gone: Sequence[Part]) -> list[Part]:
    left = {id(part) for part in gone}
    return [part for part in parts if id(part) not in left]


def _is_walled(sheet: Part, high: Sequence[Part]) -> bool:
    """Whether thin walls stand under a sheet or lie along it, as long as much of its rim, windows between them aside: it is the roof of a room."""
    plan = plans_of([sheet])[0]
    near = overlay.grown(plan, SEAM_M)
    foot, (west, south, east, north) = sheet.z_range[0] - SEAM_M, near.bounds
    low, top = bounds_of(high)
    beside = (low[:, :2] <= (east, north)).all(axis=1) & (top[:, :2] >= (west, south)).all(axis=1) & (low[:, 2] < foot)
    walls = [one for one in plans_of([part for part, meets in zip(high, beside) if meets]) if without_thin(one, GARDEN_WALL_M).is_empty]
    along = overlay.intersection(overlay.union(walls), near) if walls else plan
    return bool(walls) and bool(along.length / 2 >= WALLED_SHARE * plan.length)


def _holds_a_roof(wall: Part, roof: TopView, rest: Sequence[Part]) -> bool:
    """Whether a roof lies beside a wall with air between it and what the wall stands on, no higher than a parapet is: the wall is that of a room, also
    where the roof is laid between walls and these are seen from above."""
    foot, beside = wall.z_range[0], _border(plans_of([wall])[0])
    over = beside[roof.highest(beside) > foot + SEAM_M]
    if not len(over):
        return False
    low, top = bounds_of(rest)
    meets = (low[:, :2] <= over.max(axis=0)).all(axis=1) & (top[:, :2] >= over.min(axis=0)).all(axis=1) & (top[:, 2] > foot + SEAM_M)
    under = lowest(triangles_of([part for part, is_near in zip(rest, meets) if is_near]), over)
    return int(((under > foot + SEAM_M) & (under <= foot + UPSTAND_M)).sum()) > BESIDE_SHARE * len(beside)


def _uncovered(parts: Sequence[Part], over: TopView, most_m: float) -> list[Part]:
    """Return the parts with nothing ``over`` them that is higher by more than ``most_m``, by a place on each."""
    plans = plans_of(parts)
    some = [(part, plan) for part, plan in zip(parts, plans) if not plan.is_empty]
    if not some:
        return []
    spots = shapely.get_coordinates(shapely.point_on_surface([plan for _, plan in some]))
    tops = np.array([part.z_range[1] for part, _ in some])
    return [part for (part, _), is_seen in zip(some, over.highest(spots) <= tops + most_m) if is_seen]


def _faces(part: Part) -> tuple[Floats, Floats, Floats]:
    """Return places (n, 2) of a part, and how high (n,) its underside and its top lie there."""
    places, corners = cells_of(plans_of([part])[0], PLACES)[0], triangles_of([part])
    under, top = lowest(corners, places), TopView(corners).highest(places)
    met = np.isfinite(under) & np.isfinite(top)
    return places[met], under[met], top[met]


def _is_sheet(part: Part) -> bool:
    _, under, top = _faces(part)
    return bool(len(top)) and float((top - under).mean()) <= SHEET_M


def _lies_over(part: Part, roof: TopView, most_m: float, share: float = BORNE_SHARE) -> bool:
    """Whether a roof lies under more than a ``share`` of a part, no further than ``most_m``."""
    places, under, _ = _faces(part)
    gap = under - roof.highest(places)
    return bool(len(gap)) and bool(((gap >= -SEAM_M) & (gap <= most_m)).mean() > share)


def _goes_on_around(sheets: Sequence[Part], roof: TopView) -> bool:
    """Whether the roof under sheets goes on around them: else they are that roof."""
    if not sheets:
        return False
    plan = overlay.union(list(plans_of(sheets)))
    low, high = min(part.z_range[0] for part in sheets), max(part.z_range[1] for part in sheets)
    heights = roof.highest(_border(plan))
    return bool(len(heights)) and bool(((heights >= low - LAID_M) & (heights <= high + LAID_M)).mean() > BORNE_SHARE)


def _border(plan: BaseGeometry) -> Floats:
    return cells_of(polygons_only(overlay.difference(overlay.grown(plan, BORDER_M), plan)), PLACES * PLACES)[0]
