"""The houses that a body of a design is: one, or several against each other, told by their parcels, by registered buildings, or by the objects of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import Apart, one_body
from ...measure.building.footprint import plans_of
from ...measure.plane import overlay
from ...model import Part, RegisteredBuilding
from .base import Context
from .drawn_along import staying

ON_IT_SHARE = 0.5
"""Of which more than this stands on a parcel, or in a registered building, stands on it."""
OWN_SHARE = 0.8
"""A part of which so much stands on one parcel, or in one registered building, is of that one; a wall or roof that two houses share is of neither."""
SHARED = -1
"""Of no one area: it stands in several."""


@dataclass(frozen=True, eq=False)
class House:
    """A body with rooms, or one of the houses that a body is: the parcel it stands on ('' where none is known), and which of the registered
    buildings of its body, or which objects of the file, it is ('' where neither tells it from others)."""

    body: Apart
    parcel: str
    pand: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its own parts, without what it shares."""
        return self.body.parts

    @property
    def plan(self) -> BaseGeometry:
        """Its plan (RD)."""
        return self.body.plan


def by_object(houses: list[House]) -> list[House]:
    """Return houses with the objects of the file that they are drawn as, where it tells several apart: objects that stand against each other are one
    building, as they are in a file that has no objects."""
    together: list[frozenset[str]] = []
    for house in houses:
        own = frozenset(part.object for part in house.parts)
        together = [*(names for names in together if not names & own), own.union(*(names for names in together if names & own))]
    if len(together) < 2:
        return houses
    names = {name: ", ".join(sorted(names)) for names in together for name in names}
    return [replace(house, pand=house.pand or names[house.parts[0].object]) for house in houses]


def houses_of(body: Apart, context: Context, ground: float) -> list[House]:
    """Return the houses of a body: one, or those that stand against each other on parcels of their own, or of which each is another registered
    building; each with rooms in it, so that a house that reaches over its boundary stays one."""
    parcel = _parcel(body.plan, context)
    one = [House(body, parcel)]
    if len(body.parts) < 2:
        return one
    split = _split(body, [parcel.geometry for parcel in context.site.parcels if parcel.geometry.intersects(body.plan)], ground)
    if split:
        return [House(piece, _parcel(piece.plan, context)) for _, piece in split]
    panden = _panden_under(body, context)
    split = _split(body, [pand.geometry for pand in panden], ground) if len(panden) > 1 or (panden and not parcel) else []
    if sum(number < len(panden) for number, _ in split) < (2 if parcel else 1):  # an extension drawn with the house that it joins
        return one
    return [House(piece, parcel, panden[number].fid if number < len(panden) else "new") for number, piece in split]


def _split(body: Apart, areas: Sequence[BaseGeometry], ground: float) -> list[tuple[int, Apart]]:
    """Return the pieces of a body that have rooms of their own, each with the number of the area that it stands in; none where that is one piece."""
    shared = [float(size) for area in areas for size in overlay.shared_areas(area, np.array([body.plan]))]
    if not areas or (sum(size > 0.0 for size in shared) == 1 and max(shared) >= body.plan.area):  # then every part of it stands there
        return []
    groups: dict[int, list[Part]] = {}
    for part, owner in zip(body.parts, _owners(plans_of(body.parts), areas)):
        groups.setdefault(owner, []).append(part)
    between = groups.pop(SHARED, [])
    if len(groups) < 2:
        return []
    roomy = {number: own for number, own in groups.items() if one_body((*own, *between), ground).rooms}
    return [(number, one_body(own, ground)) for number, own in sorted(roomy.items())] if len(roomy) > 1 else []


def _owners(plans: NDArray[np.object_], areas: Sequence[BaseGeometry]) -> list[int]:
    """Return which of some areas (by number) each plan stands in: one more than the last where it stands in none, ``SHARED`` where in several."""
    sizes = shapely.area(plans)
    inside = np.stack([overlay.shared_areas(area, plans) for area in areas])
    most = inside.argmax(axis=0)
    free = inside.sum(axis=0) <= (1.0 - OWN_SHARE) * sizes
    owners = np.where(inside.max(axis=0) >= OWN_SHARE * sizes, most, np.where(free, len(areas), SHARED))
    return [int(owner) for owner in owners]


def _panden_under(body: Apart, context: Context) -> list[RegisteredBuilding]:
    """Return the registered buildings that stay and of which a body covers more than half: they may be drawn along."""
    panden = staying(context)
    under = overlay.shared_areas(body.plan, [pand.geometry for pand in panden])
    return [pand for pand, area in zip(panden, under) if area > ON_IT_SHARE * pand.geometry.area]


def _parcel(plan: BaseGeometry, context: Context) -> str:
    """Return the parcel that the largest part of a body stands on, '' where it stands on none that is known."""
    shares = overlay.shared_areas(plan, [parcel.geometry for parcel in context.site.parcels])
    area, fid = max(zip(shares, (parcel.fid for parcel in context.site.parcels)), default=(0.0, ""))
    return fid if area > 0.0 else ""
