"""Which parts of a design are a cellar under a building that stands: a part of that building, whatever the ground hides of it."""

from __future__ import annotations

from ...measure.building.bodies import LOW_M, OPEN_SHARE, ROOM_M
from ...measure.building.footprint import plans_of, polygons_only, projection
from ...measure.plane import overlay
from ...measure.plane.distance import groups_of
from ...model import Part
from .base import Context
from .drawn_along import going_told
from .standing import AGAINST_M, HOUSE_M2, foot_of


def cellar_parts(context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that are a cellar under a house that stands and stays, and over which nothing else of the design stands."""
    if context.joined is not None:
        return ()
    return context.memo(("cellar parts", context.measured_from, going_told(context)), lambda: _cellar_parts(context))


def is_a_cellar(context: Context) -> bool:
    """Whether all of a design is a cellar under a standing house."""
    return bool(context.design.parts) and len(cellar_parts(context)) == len(context.design.parts)


def _cellar_parts(context: Context) -> tuple[Part, ...]:
    ground, going = foot_of(context), going_told(context) or frozenset()
    low = [part for part in context.design.parts if len(part.faces) and part.z_range[1] <= ground + LOW_M]
    houses = [one.geometry for one in context.site.registered_buildings if one.fid not in going and one.geometry.area >= HOUSE_M2]
    if not houses or not any(part.z_range[0] < ground - ROOM_M for part in low):
        return ()
    own = {id(part) for part in low}
    plans, found = plans_of(low), list[Part]()
    over = overlay.difference(overlay.union(houses), projection([part for part in context.design.parts if id(part) not in own]))
    for group in groups_of(plans, AGAINST_M):
        around = polygons_only(overlay.union(list(plans[group])))
        deep = any(low[number].z_range[0] < ground - ROOM_M for number in group)
        if deep and overlay.intersection(over, around).area > OPEN_SHARE * around.area:
            found += [low[number] for number in group]
    return tuple(found)
