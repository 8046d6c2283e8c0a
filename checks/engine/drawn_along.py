"""Existing buildings that the design's own file draws along, which file or officer say stand and stay (``Context.existing``).

What the register has of them is the register's; what it does not have (an unregistered house, a wing that was never surveyed) stands all the
same, for every norm about the whole. Of a registered building without a 3D model the file's own body gives the height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import bodies_apart
from ...measure.building.design_geometry import DesignGeometry
from ...measure.building.footprint import projection, without_thin
from ...measure.plane import overlay
from ...model import Part, RegisteredBuilding
from .base import Context

DIFFERS_M = 0.30
"""An outline of the register and one that is drawn differ by so much (BAG outlines are known to 0.2 to 0.3 m, and follow the roof's edge)."""
LEAST_M2 = 4.0
"""What is drawn beyond the register and smaller than the smallest shed is a difference of drawing."""
WIDE_M = 1.0
"""What is drawn beyond the register and narrower is a roof's edge or a difference of drawing."""


@dataclass(frozen=True, eq=False)
class DrawnAlong:
    """An existing building in the design's file: its ``parts``, what walls enclose of it (``plan``, RD), and as a building what of that the
    register does not have (None: the register has it)."""

    parts: tuple[Part, ...]
    plan: BaseGeometry
    beyond: RegisteredBuilding | None


def drawn_along(context: Context) -> tuple[DrawnAlong, ...]:
    """Return the existing buildings that the file draws, in this reading; each is named as the file names it."""
    parts = context.existing
    if not parts:
        return ()
    return context.memo(("drawn along", tuple(map(id, parts))), lambda: _drawn(context, parts))


def drawn_beyond(context: Context) -> tuple[RegisteredBuilding, ...]:
    """Return what the file draws of existing buildings that the register does not have, as buildings."""
    return tuple(one.beyond for one in drawn_along(context) if one.beyond is not None)


def drawn_of(context: Context, building: RegisteredBuilding) -> tuple[Part, ...]:
    """Return the parts of the file that draw an existing building: one of its own, or a registered one that they stand on."""
    shared = [(float(overlay.intersection(one.plan, building.geometry).area), one) for one in drawn_along(context)]
    return tuple(part for area, one in shared if one.beyond is building or area > building.geometry.area / 2 for part in one.parts)


def _drawn(context: Context, parts: Sequence[Part]) -> tuple[DrawnAlong, ...]:
    names = [part.object or part.name or part.fid for part in parts]
    registered = [overlay.grown(b.geometry, DIFFERS_M) for b in context.site.registered_buildings]
    known = shapely.union_all(registered) if registered else shapely.MultiPolygon()
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.object, []).append(part)
    whole = replace(context.design, parts=tuple(parts))
    ground = float(whole.bounds[0, 2])
    bodies = [body for own in groups.values() for body in bodies_apart(own, projection(own), ground, DIFFERS_M)]
    found, used = [], set[str]()
    for body in bodies:
        if not body.rooms:  # a tree that stands already, a terrace, a fence
            continue
        name = next(name for name, part in zip(names, parts) if part is body.parts[0])
        name = name if name not in used else body.parts[0].fid
        used.add(name)
        plan = DesignGeometry(replace(context.design, parts=body.parts)).footprint
        beyond = without_thin(overlay.difference(plan, known), WIDE_M) if registered else plan
        found.append(DrawnAlong(body.parts, plan, RegisteredBuilding(name, beyond) if beyond.area >= LEAST_M2 else None))
    return tuple(found)
