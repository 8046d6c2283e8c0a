"""What lies low and open on the ground, whatever it is called, with what stands on it: terraces, decks, planters, basins, paving, their balustrades."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.distance import groups_of
from .bodies import ROOM_M, WALL_HIGH_M, WALL_STANDS_M, sides_of
from .footprint import GARDEN_WALL_M, HAIR_M, filled, plans_of, polygons_only, projection, without_thin
from .height import parted
from .named_kinds import AGAINST_M, BUILT, TOUCH_M

LOW_M = 1.0
"""What reaches no higher above the ground and lies open is a terrace, a planter, a basin or paving: nobody stands in it, and nothing is kept under it."""
LYING_M, LYING_M2, OPEN_SHARE = 0.35, 1.0, 0.5
"""Such a thing is wider than a plinth or a sill and larger than a step, and lies for more than half under nothing higher."""


def low_works(parts: Sequence[Part], ground: float, most_m: float, inside: Callable[[Sequence[Part]], BaseGeometry]) -> tuple[Part, ...]:
    """Return the parts that reach no higher above the ground (z) than ``most_m``, or are walls no higher than a room, lie open to the sky and have no
    room in or under them, and the balustrades and screens on them; whatever they are called. ``inside`` gives what the walls of some parts enclose (RD);
    it is asked of what stands higher, and only where something may be a low work."""
    low, high = bounds_of(parts)
    lies = (high[:, 2] <= ground + ROOM_M) & np.array([part.kind in BUILT for part in parts], dtype=bool)
    if not lies.any():
        return ()
    lying, standing = parted(parts, lies)
    narrow = sides_of(lying)[:, 0] <= GARDEN_WALL_M  # a wall of a basin, or in the garden
    fits = narrow | ((high[lies, 2] <= ground + most_m) & ((high - low)[lies, 2] < ROOM_M))
    plans = plans_of(lying)
    areas = shapely.area(plans)
    high_up = [part for part in standing if part.z_range[1] > ground + ROOM_M]
    able = fits & (areas > 0.0)
    free = _lie_free(able, plans, projection(high_up))
    if not free.any():
        return ()
    screens = _screens([part for part, is_free in zip(lying, free) if is_free], [*standing, *(part for part, fit in zip(lying, fits) if not fit)], ground)
    if screens:
        thin = {id(part) for part in screens}
        high_up = [part for part in high_up if id(part) not in thin]
        free = _lie_free(able, plans, projection(high_up))
    house = inside(high_up)
    free = _lie_free(free, plans, house)
    found: list[Part] = []
    numbers = np.nonzero(free)[0]
    for group in groups_of(plans[numbers], TOUCH_M) if len(numbers) else ():
        own = numbers[group]
        outline = overlay.grown(filled(polygons_only(overlay.grown(overlay.union(list(plans[own])), TOUCH_M / 2))), -TOUCH_M / 2)
        found += [lying[n] for n in own] if without_thin(outline, LYING_M).area >= LYING_M2 and not _have_a_lid([lying[n] for n in own]) else []
    return (*found, *_on_them(screens, found, house))


def _lie_free(able: NDArray[np.bool_], plans: NDArray[np.object_], over: BaseGeometry) -> NDArray[np.bool_]:
    """Return which of the plans (n,) that are ``able`` lie for more than half beside an area (RD)."""
    free, areas = able.copy(), shapely.area(plans)
    free[able] = areas[able] - overlay.shared_areas(over, plans[able]) > OPEN_SHARE * areas[able]
    return free


def _screens(plates: Sequence[Part], parts: Sequence[Part], ground: float) -> list[Part]:
    """Return the parts that may be balustrades or screens on one of some plates: above the ground (z), thin, no higher than a garden wall on the highest
    of them, and under nothing that is neither."""
    most = max(part.z_range[1] for part in plates) + WALL_HIGH_M
    built = [part for part in parts if part.kind in (*BUILT, "railing") and len(part.faces)]
    some = [part for part in built if part.z_range[0] > ground + WALL_STANDS_M and part.z_range[1] <= most]
    on = _mostly_in(some, overlay.grown(projection(plates), AGAINST_M)) if some else []
    thin = [part for part, plan in zip(on, plans_of(on)) if without_thin(plan, GARDEN_WALL_M).is_empty] if on else []
    own = {id(part) for part in thin}
    lowest = min((part.z_range[1] for part in thin), default=0.0)
    under = {id(part) for part in _mostly_in(thin, projection([part for part in parts if id(part) not in own and part.z_range[1] > lowest]))}
    return [part for part in thin if id(part) not in under]


def _on_them(screens: Sequence[Part], found: Sequence[Part], house: BaseGeometry) -> list[Part]:
    """Return the screens that stand on what was found to be low works, and not along a house (RD)."""
    if not screens or not found:
        return []
    along = {id(part) for part in _mostly_in(screens, overlay.grown(house, AGAINST_M))}
    return [part for part in _mostly_in(screens, overlay.grown(projection(found), AGAINST_M)) if id(part) not in along]


def _mostly_in(parts: Sequence[Part], area: BaseGeometry) -> list[Part]:
    """Return the parts of which more than half lies in an area in plan (RD)."""
    plans = plans_of(parts)
    return [part for part, is_in in zip(parts, overlay.shared_areas(area, plans) > OPEN_SHARE * shapely.area(plans)) if is_in] if len(parts) else []


def _have_a_lid(parts: Sequence[Part]) -> bool:
    """Whether some of these parts are walls as high as a room around a place that others close above: a cellar, and no basin."""
    deep = [part for part in parts if np.ptp(part.z_range) >= ROOM_M]
    if not deep:
        return False
    foot, own = min(part.z_range[0] for part in deep), {id(part) for part in deep}
    lids = projection([part for part in parts if id(part) not in own and part.z_range[0] >= foot + ROOM_M - HAIR_M])
    around = filled(polygons_only(overlay.grown(projection(deep), TOUCH_M)))
    return bool(overlay.intersection(lids, around).area > OPEN_SHARE * around.area)
