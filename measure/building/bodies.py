"""What a design file holds by shape, whatever it is called: bodies that stand apart, the ground they stand on, walls in the garden,
and what lies low and open on the ground with what stands on it: terraces, decks, planters, basins, paving, their balustrades."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.distance import groups_of
from ..plane.sections import enclosed
from .footprint import GARDEN_WALL_M, HAIR_M, filled, plans_of, polygons_only, projection, projection_without, without_thin
from .height import parted

ROOM_M, ROOM_M2 = 1.8, 4.0
"""Lower than a person, or smaller than the smallest shed, is no room: cars, bins, posts, the trunks of trees."""
SECTION_M = 1.0
"""A room is looked for at this height above the ground (or its own underside): above plinths, under low ceilings."""
AT_GROUND_M, PLATE_M = 0.15, 0.6
"""What lies no higher above the ground, and is no thicker, is the ground itself, a terrace or a floor on it."""
BEYOND_M2 = 1.0
"""A plate that reaches less beyond what stands on it is that building's floor."""
WALL_HIGH_M, WALL_STANDS_M, WALL_LOOSE = 2.5, 0.3, 0.5
"""A wall in the garden is at most so high, stands on the ground within so much, and for so large a part under no roof."""
FENCE_LONG_M = 1.5
"""A fence is longer than this; what is shorter is a post or a pillar."""
SAME_M = 1e-9
"""Corners of a hull that lie nearer are one."""
NARROW_M2, STEM_SHARE, STEM_OFF_M = 1.0, 0.1, 1.5
"""What is carried by so little of its own plan, and hangs so high, stands on a stem."""
BUILT = ("building", "other", "wall", "roof", "slab", "beam", "member", "covering")
"""Kinds of parts that a mast, a pole or a flight of steps is drawn with."""
AGAINST_M = 0.3
"""What stands nearer to something else stands against it."""
TOUCH_M = 0.05
"""Steps that are drawn apart lie nearer to each other."""
LOW_M = 1.0
"""What reaches no higher above the ground and lies open is a terrace, a planter, a basin or paving: nobody stands in it, and nothing is kept under it."""
LYING_M, LYING_M2, OPEN_SHARE = 0.35, 1.0, 0.5
"""Such a thing is wider than a plinth or a sill and larger than a step, and lies for more than half under nothing higher."""
LAID_SHARE = 0.5
"""A roof that is laid against a wall lies along one of its two sides, but for its ends and for what crosses it; one that only meets its end does not."""


@dataclass(frozen=True, eq=False)
class Apart:
    """A body that touches no other in plan: its parts, ``plan`` (RD polygon), whether it has ``rooms`` (roofed, enclosed, as high as a person)
    and whether it is a crown on a ``stem``."""

    parts: tuple[Part, ...]
    plan: BaseGeometry
    rooms: bool
    stem: bool


def ground_plates(parts: Sequence[Part], ground_nap: float, whole: BaseGeometry | None = None) -> tuple[Part, ...]:
    """Return the parts that lie on the ground (m NAP), thin, and reach beyond everything that stands on them: ground, terraces, pavement.
    ``whole``: the projection of all parts (RD), where it is known."""
    low, high = bounds_of(parts)
    flat = (high[:, 2] <= ground_nap + AT_GROUND_M) & (high[:, 2] - low[:, 2] <= PLATE_M)
    if not flat.any() or flat.all():
        return ()
    lying, standing = parted(parts, flat)
    rest = overlay.grown(projection_without(whole, standing, lying), WALL_STANDS_M)
    return tuple(part for part, plan in zip(lying, plans_of(lying)) if overlay.difference(plan, rest).area > BEYOND_M2)


def garden_walls(parts: Sequence[Part], ground_nap: float) -> tuple[Part, ...]:
    """Return the upright slender parts that stand on the ground (m NAP) under no roof: garden walls, fences, screens."""
    low, high = bounds_of(parts)
    upright = (low[:, 2] <= ground_nap + WALL_STANDS_M) & (high[:, 2] <= ground_nap + WALL_HIGH_M) & (high[:, 2] > ground_nap + WALL_STANDS_M)
    standing = [part for part, is_upright in zip(parts, upright) if is_upright]
    slender = [part for part, across in zip(standing, sides_of(standing)[:, 0]) if across <= GARDEN_WALL_M]
    if not slender or len(slender) == len(parts):
        return ()
    chosen = {id(part) for part in slender}
    roofs = projection([part for part in parts if id(part) not in chosen])
    plans = plans_of(slender)
    _, first, own = np.unique([id(plan) for plan in plans], return_index=True, return_inverse=True)  # one plan may be that of many
    plans = plans[first]
    loose = shapely.area(plans) - overlay.shared_areas(roofs, plans) > WALL_LOOSE * shapely.area(plans)
    return tuple(part for part, is_loose in zip(slender, loose[own]) if is_loose)


def fence_shaped(parts: Sequence[Part], ground_nap: float) -> NDArray[np.bool_]:
    """Return which parts (n,) have the shape of a fence or a garden wall: upright, thin, longer than a post, on the ground (m NAP) and no higher."""
    low, high = bounds_of(parts)
    stands = (low[:, 2] <= ground_nap + WALL_STANDS_M) & (high[:, 2] > ground_nap + WALL_STANDS_M) & (high[:, 2] <= ground_nap + WALL_HIGH_M)
    sides = sides_of(parts)
    found: NDArray[np.bool_] = stands & (sides[:, 0] <= GARDEN_WALL_M) & (sides[:, 1] >= FENCE_LONG_M)
    return found


def sides_of(parts: Sequence[Part]) -> Floats:
    """Return the short and the long side (n, 2) of the smallest rectangle around each part in plan (m), which lies along a side of its hull."""
    hulls = shapely.convex_hull(np.array([shapely.linestrings(part.vertices[:, :2]) for part in parts], dtype=object))
    counts = np.where(shapely.get_type_id(hulls) == shapely.GeometryType.POLYGON, shapely.get_num_coordinates(hulls), 0)
    sides = np.zeros((len(parts), 2))
    for count in np.unique(counts[counts > 0]):
        sides[counts == count] = _sides(shapely.get_coordinates(hulls[counts == count]).reshape(-1, count, 2))
    return sides


def _sides(corners: Floats) -> Floats:
    """Return the short and the long side (n, 2) of the smallest rectangle around convex rings (n, m, 2), closed."""
    edges = np.diff(corners, axis=1)
    along = edges / np.maximum(np.hypot(edges[..., 0], edges[..., 1]), SAME_M)[..., None]
    local = corners - corners[:, :1]
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    spans = np.stack([np.ptp(np.einsum("nmi,nki->nmk", local, axes), axis=1) for axes in (along, across)], axis=-1)
    best = np.argmin(spans.prod(axis=-1), axis=1)
    return np.sort(spans[np.arange(len(spans)), best], axis=1)


def bodies_apart(parts: Sequence[Part], whole: BaseGeometry, ground_nap: float, gap_m: float) -> tuple[Apart, ...]:
    """Return the bodies of which the plans (``whole``: their union, RD) lie further apart than ``gap_m``, in the order of their first part."""
    pieces = list(shapely.get_parts(shapely.buffer(whole, gap_m / 2)))
    if len(pieces) < 2:
        return (_apart(tuple(parts), whole, ground_nap),)
    tree = shapely.STRtree(pieces)
    groups: dict[int, list[Part]] = {}
    for part in parts:
        groups.setdefault(int(tree.nearest(_somewhere(part))), []).append(part)
    return tuple(_apart(tuple(group), projection(group), ground_nap) for group in groups.values())


def on_stems(parts: Sequence[Part], ground_nap: float) -> tuple[Part, ...]:
    """Return the parts of bodies that have the shape of trees: a crown on a stem on the ground (m NAP), without a room.

    Parts belong together where their boxes meet in plan; a shape that stands at many places is looked at once.
    """
    if not parts:
        return ()
    low, high = bounds_of(parts)
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    known: dict[bytes, bool] = {}
    found: list[Part] = []
    for numbers in groups_of(boxes):
        own = [parts[number] for number in numbers]
        shape = _shape_of(own, ground_nap)
        if shape not in known:
            body = one_body(own, ground_nap)
            known[shape] = body.stem and not body.rooms and body.plan.area >= NARROW_M2
        found += own if known[shape] else []
    return tuple(found)


def _shape_of(parts: Sequence[Part], ground_nap: float) -> bytes:
    """Return what tells the shape of parts and their height above the ground, whatever their place: to a millimetre."""
    low, _ = bounds_of(parts)
    zero = np.array([*low[:, :2].min(axis=0), ground_nap])
    told = hashlib.sha256()
    for part in parts:
        told.update(np.rint((part.vertices - zero) * 1000).astype(np.int64).tobytes() + part.faces.tobytes())
    return told.digest()


def one_body(parts: Sequence[Part], ground_nap: float) -> Apart:
    """Return parts as one body."""
    return _apart(tuple(parts), projection(parts), ground_nap)


def _somewhere(part: Part) -> shapely.Point:
    """Return a place (RD) on a part: the middle of one of its corners' triangles, so that it lies in its own body whatever its form."""
    corners = part.vertices[part.faces[0], :2] if len(part.faces) else part.vertices[:1, :2]
    return shapely.Point(corners.mean(axis=0))


def _apart(parts: tuple[Part, ...], plan: BaseGeometry, ground_nap: float) -> Apart:
    lowest, highest = bounds_of(parts)
    low, high = float(lowest[:, 2].min()), float(highest[:, 2].max())
    foot = max(low, ground_nap)
    inside = overlay.intersection(polygons_only(enclosed(parts, min(foot + SECTION_M, (foot + high) / 2))), plan) if high > foot else shapely.MultiPolygon()
    stem = inside.area < max(STEM_SHARE * plan.area, NARROW_M2) and high > ground_nap + 2 * STEM_OFF_M
    return Apart(parts, plan, high - ground_nap >= ROOM_M and _is_room(polygons_only(inside)), stem)


def _is_room(inside: BaseGeometry) -> bool:
    """Whether what is enclosed (RD) is as large as the smallest shed without what is no thicker than a garden wall; its core mostly tells."""
    core = overlay.grown(inside, -GARDEN_WALL_M / 2)
    return bool(core.area >= ROOM_M2 or without_thin(inside, GARDEN_WALL_M).area >= ROOM_M2)


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
    of them, under nothing that is neither, and with no roof laid between them."""
    most = max(part.z_range[1] for part in plates) + WALL_HIGH_M
    built = [part for part in parts if part.kind in (*BUILT, "railing") and len(part.faces)]
    some = [part for part in built if part.z_range[0] > ground + WALL_STANDS_M and part.z_range[1] <= most]
    on = _mostly_in(some, overlay.grown(projection(plates), AGAINST_M)) if some else []
    thin = [part for part, plan in zip(on, plans_of(on)) if without_thin(plan, GARDEN_WALL_M).is_empty] if on else []
    own = {id(part) for part in thin}
    lowest = min((part.z_range[1] for part in thin), default=0.0)
    under = {id(part) for part in _mostly_in(thin, projection([part for part in parts if id(part) not in own and part.z_range[1] > lowest]))}
    free = [part for part in thin if id(part) not in under]
    hung = [part for part in parts if id(part) not in own and part.z_range[0] > ground + ROOM_M]
    return [part for part in free if not _lies_against(hung, part)]


def _lies_against(hung: Sequence[Part], wall: Part) -> bool:
    """Whether along much of a thin wall what hangs begins below its top: a roof that is laid between walls, and no balcony over it."""
    plan = plans_of([wall])[0]
    level = [one for part, one in zip(hung, plans_of(hung)) if part.z_range[0] <= wall.z_range[1] + TOUCH_M and one.distance(plan) <= TOUCH_M]
    if not level:
        return False
    beside = overlay.intersection(overlay.grown(plan, 2 * TOUCH_M), overlay.union(level))
    return bool(beside.length >= LAID_SHARE * plan.length)


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


def cellars_under(parts: Sequence[Part], ground: float, houses: Sequence[BaseGeometry]) -> tuple[Part, ...]:
    """Return the parts that are a cellar under houses (RD) that stand, and over which nothing else of the parts stands: as deep under the ground (z) as a
    room, with what lies against it and reaches no higher than a low work."""
    low = [part for part in parts if len(part.faces) and part.z_range[1] <= ground + LOW_M]
    if not houses or not any(part.z_range[0] < ground - ROOM_M for part in low):
        return ()
    own = {id(part) for part in low}
    plans, found = plans_of(low), list[Part]()
    over = overlay.difference(overlay.union(houses), projection([part for part in parts if id(part) not in own]))
    for group in groups_of(plans, AGAINST_M):
        around = polygons_only(overlay.union(list(plans[group])))
        deep = any(low[number].z_range[0] < ground - ROOM_M for number in group)
        if deep and overlay.intersection(over, around).area > OPEN_SHARE * around.area:
            found += [low[number] for number in group]
    return tuple(found)
