"""Existing buildings that the design's own file draws along, which file or officer say stand and stay (``Context.existing``).

What the register has of them is the register's; what it does not have (an unregistered house, a wing that was never surveyed) stands all the
same, for every norm about the whole. Of a registered building without a 3D model the file's own body gives the height.

Which of what a file calls existing is a registered building, the register tells by its outline: where it stands, not how high. A body on top of
another, one that reaches beyond the outline, and one higher than the model that was made of the building from the air are more than it knows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import Apart, bodies_apart
from ...measure.building.design_geometry import DesignGeometry
from ...measure.building.footprint import projection, without_thin
from ...measure.plane import overlay
from ...model import Note, Part, RegisteredBuilding
from ...model.design import bounds_of
from .base import Context
from .open_points.named_there import names_among
from .open_points.points import Ledger
from .open_points.settling import REFUSED

DIFFERS_M = 0.30
"""An outline of the register and one that is drawn differ by so much (BAG outlines are known to 0.2 to 0.3 m, and follow the roof's edge)."""
LEAST_M2 = 4.0
"""What is drawn beyond the register and smaller than the smallest shed is a difference of drawing."""
WIDE_M = 1.0
"""What is drawn beyond the register and narrower is a roof's edge or a difference of drawing."""
SAME_SHARE = 0.5
"""A body that covers half of a registered building, and is covered by it for half, is that building drawn along."""
LOW_M = 1.5
"""What begins higher above the ground than this stands on something else: a plinth or a slope is lower, a storey is higher."""
TALLER_M = 1.5
"""A body that is higher than the model of its building by more than this has something on it: a chimney or an antenna that the model lacks is
lower, a storey or an attic is higher."""
GOING = "demolition"
"""The answer that names what is demolished."""
ROOFS = "2"
"""Models of this level of detail and its refinements have the roof as it is; simpler ones have a height somewhere in it."""


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
    known = _known_ground(context.site.registered_buildings)
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
        first = body.parts[0]
        name = first.called if first.called not in used else first.fid
        used.add(name)
        plan = DesignGeometry(replace(context.design, parts=body.parts)).footprint
        beyond = plan if known.is_empty else without_thin(overlay.difference(plan, known), WIDE_M)
        found.append(DrawnAlong(body.parts, plan, RegisteredBuilding(name, beyond) if beyond.area >= LEAST_M2 else None))
    return tuple(found)


def _known_ground(buildings: Sequence[RegisteredBuilding]) -> BaseGeometry:
    """Return the ground (RD) of registered buildings, as far as a drawing may differ from it."""
    return shapely.union_all([overlay.grown(building.geometry, DIFFERS_M) for building in buildings])


def going_told(context: Context) -> frozenset[str] | None:
    """Return which buildings and structures (ids) the officer says are demolished, of those that stand or are drawn; None where he says nothing of any."""
    return named_there(context, GOING, names_standing(context))


def named_there(context: Context, key: str, known: Collection[str]) -> frozenset[str] | None:
    """Return which of what is known to stand an answer names (``names_among``); while a register is not known, nobody knows its names."""
    return names_among(context, key, known if context.knows("bag") and context.knows("bgt") else None)


def unheard_going(context: Context) -> tuple[Note, ...]:
    """Return the remark that the officer says of what does not stand that it is demolished, whatever the rules ask."""
    asked = Ledger()
    going_told(context.read_as({}, asked))
    return tuple(premise.note for key, premise in asked.settled.items() if key == f"{GOING}{REFUSED}")


def names_standing(context: Context) -> frozenset[str]:
    """Return the names of all that stands, or is planned, in the registers, on the map or in the design's file."""
    return context.memo(("what stands by name", tuple(map(id, context.existing))), lambda: _standing(context))


def _standing(context: Context) -> frozenset[str]:
    site, whole = context.site, context.shared.get("whole", context.design)
    panden = {pand.fid for pand in (*site.registered_buildings, *site.planned_buildings)} | {model.fid for model in site.buildings3d}
    mapped = {name for item in (*site.topography, *site.planned_topography) for name in (item.fid, item.building_id) if name}
    drawn = {name for part in (*whole.parts, *context.design.parts, *context.existing) for name in (part.fid, part.name, part.object, part.called) if name}
    return frozenset(panden | mapped | drawn)


def staying(context: Context) -> tuple[RegisteredBuilding, ...]:
    """Return the registered buildings that are not demolished."""
    going = going_told(context) or frozenset()
    return tuple(building for building in context.site.registered_buildings if building.fid not in going)


def same_as_registered(plan: BaseGeometry, context: Context) -> bool:
    """Whether a plan (RD) is that of a registered building that stays."""
    for building in staying(context):
        shared = overlay.intersection(building.geometry, plan).area
        if shared > SAME_SHARE * building.geometry.area and shared > SAME_SHARE * plan.area:
            return True
    return False


def known_there(parts: Sequence[Part], ground: float, context: Context, in_plan: bool) -> tuple[Part, ...]:
    """Return those of the parts that draw registered buildings that stay, and no more than these; ``ground`` in m NAP. ``in_plan``: how high they
    are does not matter; else they must be known to be no higher than drawn."""
    buildings = staying(context)
    if not parts or not buildings:
        return ()
    known = _known_ground(buildings)
    bodies = bodies_apart(parts, projection(parts), ground, DIFFERS_M)
    there = [
        body for body in bodies
        if _is_known(body, buildings, known, _ground_at(body.plan, context, ground), context) and _no_higher(body, buildings, context, in_plan)
    ]
    return tuple(part for body in there for part in body.parts)


def _under(body: Apart, buildings: Sequence[RegisteredBuilding]) -> list[RegisteredBuilding]:
    """Return the buildings that stand for the most under a body."""
    return [one for one in buildings if overlay.intersection(one.geometry, body.plan).area > SAME_SHARE * one.geometry.area]


def _is_known(body: Apart, buildings: Sequence[RegisteredBuilding], known: BaseGeometry, ground: float, context: Context) -> bool:
    under = _under(body, buildings)
    shared = overlay.intersection(shapely.union_all([one.geometry for one in under]), body.plan).area if under else 0.0
    if shared <= SAME_SHARE * body.plan.area or _plan_below(body.parts, ground + LOW_M) <= SAME_SHARE * body.plan.area:
        return False
    high = bounds_of(body.parts)[1]
    standing = [part for part, top in zip(body.parts, high[:, 2]) if top > ground + LOW_M]
    return not standing or without_thin(overlay.difference(projection(standing), known), WIDE_M).area < LEAST_M2


def _no_higher(body: Apart, buildings: Sequence[RegisteredBuilding], context: Context, in_plan: bool) -> bool:
    """Whether a body is no higher than what is known of the buildings under it: the outline of a register tells no height (``in_plan``: then none is
    needed), a model without a roof only that something of it is so high."""
    models = {model.fid: model for model in context.site.buildings3d if len(model.triangles)}
    own = [models.get(one.fid) for one in _under(body, buildings)]
    tops = [float(model.triangles[..., 2].max()) + TALLER_M * model.lod.startswith(ROOFS) for model in own if model is not None]
    roofed = all(model is not None and model.lod.startswith(ROOFS) for model in own)
    if not roofed and in_plan:
        return True
    return len(tops) == len(own) and float(bounds_of(body.parts)[1][:, 2].max()) <= max(tops)


def _plan_below(parts: Sequence[Part], level: float) -> float:
    """Return the area (m2) within the corners of parts that lie below a level (m NAP)."""
    low = np.concatenate([part.vertices[part.vertices[:, 2] <= level, :2] for part in parts])
    return float(shapely.convex_hull(shapely.multipoints(low)).area) if len(low) else 0.0


def _ground_at(plan: BaseGeometry, context: Context, otherwise: float) -> float:
    """Return the height (m NAP) of the ground around a plan (RD), ``otherwise`` where the terrain is not known."""
    terrain = context.site.terrain
    if terrain is None or plan.is_empty:
        return otherwise
    x, y = shapely.get_coordinates(shapely.convex_hull(plan)).T
    heights = terrain.sample(x, y)
    return float(np.nanmax(heights)) if np.isfinite(heights).any() else otherwise
