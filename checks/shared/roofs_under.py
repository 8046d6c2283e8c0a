"""What of a design stands on the roof of a building that stays, and is drawn without it: dormers, chimneys; with that building they are what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import plans_of
from ...measure.plane import overlay
from ...measure.plane.distance import groups_of
from ...model import Part, RegisteredBuilding, UncertaintySource
from ..engine.base import Context, Joined
from ..engine.drawn_along import ROOFS
from ..engine.standing import AGAINST_M, ON_TOP_M, foot_of, joined_to, together

ROOF_MODEL_M = 0.3
"""A roof that was modelled from the air is known to 0.2 m in its outline, and as much in height: along a slope to this."""


@dataclass(frozen=True, eq=False)
class RoofUnder:
    """A design ``context`` with the existing building that ``parts`` of it stand on; whether that has a roof that is ``known``, and known from the air only
    (``modelled``) and not as drawn."""

    context: Context
    parts: tuple[Part, ...]
    known: bool
    modelled: bool

    def sources(self, per_m: float = 1.0) -> tuple[UncertaintySource, ...]:
        """Return how uncertain what is measured from that roof is; ``per_m``: how much of it a metre is."""
        return (UncertaintySource("existing_roof", round(ROOF_MODEL_M * per_m, 4)),) if self.modelled else ()


def roof_under(context: Context, parts: Sequence[Part], could: str) -> RoofUnder | None:
    """Return a design with the existing building that some of its parts stand on or against, None where none stands there; ``could``: which way a value
    moves where one does."""
    near = joined_to(context.with_parts(tuple(parts)), could) if parts and context.joined is None else ()
    if not near:
        return None
    key = ("joined design", id(context.design), tuple(map(id, context.existing)), ", ".join(building.fid for building in near))
    design, bare = context.memo(key, lambda: together(context, near))
    lods = [_lod(context, building) for building in near]
    known = not bare and all(lod is None or lod.startswith(ROOFS) for lod in lods)
    return RoofUnder(replace(context, design=design, joined=Joined(near, context.design, bare)), tuple(parts), known, any(lods))


def on_a_building_that_stands(context: Context, could: str) -> tuple[Part, ...]:
    """Return the parts of a design that begin a storey above the ground on or against an existing building: a dormer, a chimney or panels on its roof, a
    balcony. They are of that building, and neither structures on the ground nor buildings beside it."""
    high = above_ground(context)
    under = roof_under(context, high, could)
    if under is None or under.context.joined is None:
        return ()
    near = overlay.grown(overlay.union([building.geometry for building in under.context.joined.buildings]), AGAINST_M)
    return tuple(part for part, here in zip(high, shapely.intersects(near, plans_of(high))) if here)


def _lod(context: Context, building: RegisteredBuilding) -> str | None:
    return next((model.lod for model in context.site.buildings3d if model.fid == building.fid and len(model.triangles)), None)


def above_ground(context: Context) -> tuple[Part, ...]:
    """Return the parts of bodies that begin a storey above the ground: what they stand on is not drawn with them."""
    return context.memo(("above ground", context.measured_from), lambda: _above_ground(context))


def _above_ground(context: Context) -> tuple[Part, ...]:
    parts = [part for part in context.design.parts if len(part.faces)]
    plans = plans_of(parts)
    found: list[Part] = []
    for group in groups_of(plans, AGAINST_M) if parts else ():
        own = [parts[number] for number in group]
        if min(part.z_range[0] for part in own) > _ground(context, overlay.union(list(plans[group]))) + ON_TOP_M:
            found += own
    return tuple(found)


def _ground(context: Context, plan: BaseGeometry) -> float:
    """Return the height (m NAP) of the ground at a plan (RD)."""
    terrain = context.site.terrain
    if terrain is not None and not plan.is_empty:
        heights = terrain.sample(*shapely.get_coordinates(plan).T)
        if np.isfinite(heights).any():
            return float(np.nanmax(heights))
    return foot_of(context)
