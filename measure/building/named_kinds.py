"""Names propose, geometry confirms: a part is a chimney, a balcony or the like only when it also has the shape of one; masts, poles and stairs are
told by their shape alone, whatever they are called: no building, for they have no room for a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import shapely
from manifold3d import Manifold
from shapely.geometry.base import BaseGeometry

from ...model import Design, Part
from ...model.arrays import Floats
from ...model.design import bounds_of, triangles_of
from ..plane import overlay
from ..plane.cells import cells_of
from ..plane.distance import groups_of
from ..plane.rays import lowest
from ..plane.sections import enclosed
from ..plane.solids import prism, solid_of
from .bodies import AGAINST_M, BUILT, ROOM_M2, TOUCH_M, sides_of
from .footprint import GARDEN_WALL_M, HAIR_M, LOOSE_KINDS, filled, plans_of, polygons_only, projection, shades, without_thin
from .height import has_area
from .roof import NOT_ROOF

STRUCTURE = "structure"
"""The kind of a part that is a bouwwerk, geen gebouw zijnde: it encloses no room, and carries no roof of one."""
MAST_M2, MAST_M = 1.0, 1.0
"""What stands free, encloses no more than this at any height and is higher than a threshold is a mast, a pole or a post."""
HEIGHT_SHARES = (0.25, 0.5, 0.75)
"""Of its height, where it is looked at what a body encloses."""
RISER_M, FEWEST_TREADS, LARGEST_TREAD_M2, SEEN_SHARE = 0.3, 3, 2.0, 0.5
"""Treads lie no further above each other (Bbl: 0.21 m; outside, and in the garden, up to this); a landing is no larger; each is seen from above."""
LEVEL_M, LYING = 0.01, 0.99
"""Faces whose heights differ less are one tread; a face that lies has a normal so nearly upright."""
SLENDER = ("chimney", "antenna")
OPEN = ("balcony", "canopy", "stair", "railing")
OUTDOORS = ("stair", "railing", "furnishing", "balcony")
MINOR = ("installation", "furnishing")
LOOSE = frozenset((*LOOSE_KINDS, *NOT_ROOF, *SLENDER, *MINOR))
"""Kinds that some measure leaves out."""
SLENDER_SIDE_M, SLENDER_LONG_M, SLENDER_M2 = 2.0, 4.0, 4.0
"""A chimney or mast is at most so wide, so long and so large in plan; what is larger is a part of the building by another name."""
ROOF_SHARE = 0.95
"""Machines and solar panels leave room to walk round them; a plate over more of a building than this is its roof."""
MACHINE_M2, MACHINE_M = 10.0, 4.0
"""Installations and furnishings as high as a room stay smaller in plan than this, and lower than a storey with its roof; what is larger is a building by
another name."""
STOREY_M, ENCLOSED_SHARE = 1.8, 0.5
"""What is as high as a room and encloses half of its own plan at mid height is a room."""
TOGETHER_SHARE = 0.1
"""Stacks that cover more than a tenth of the plan are no minor part of it, whatever each is."""
UPRIGHT_AT, UPRIGHT_SHARE = 0.75, 0.9
"""A roof narrows to its ridge; what is as high as a room and still as wide at three quarters of its height has walls."""
SECTION_M, MOST_SECTIONS = 1.0, 6
"""What walls enclose is looked at so high above their foot, at so many heights at most: more than any house has floors to begin at."""
WALL_PIECE_M2 = 0.01
"""Less of a chimney than this in a wall is a seam."""
REACH_M = 1.0
"""What reaches so near under a plate, or higher, is on the same storey's ceiling as it."""
UNTOLD = "building"
"""The kind of a part that does not say what it is."""
PERGOLA = re.compile(r"pergola'?s?$", re.IGNORECASE)
"""Words that end so name posts and beams without a roof: with that shape they are a structure, by the shape alone they may be."""
WORDS = re.compile(r"[^a-zA-Z']+")
STICKS = ("beam", "member", "railing", STRUCTURE)
"""Kinds of parts that frames without a roof are made of."""
BOARDS_M, ROOF_M2 = 0.2, 1.0
"""Boards of a roof lie no further apart; a roof is larger than the beams and posts of what has none."""
SHELTER_M, HEAD_M, UNDER_PLACES = 5.0, 1.8, 100
"""An open roof is no higher, and under most of it (by so many places) a person can stand."""


def confirmed(design: Design) -> Design:
    """Return a design in which each part that has not the shape of what its name says is a part of the building.

    A name does not count where the part by itself is too large for it, where walls that are named so enclose rooms together, or where
    the plate is the only roof or floor over a room; a mast or a stair is one by its shape. Shapes: parts are meshes (n, 3) RD + NAP; nothing but
    ``kind`` changes. A part of which no face has an area is nothing that is built, and is left out, as is a face that is a point.
    """
    there = [_without_points(part) for part in design.parts if len(part.faces)]
    there = [part for part in there if has_area(part.triangles).any()]
    plans_of(there)  # found together, and kept with each
    parts = tuple(part if has_its_shape(part) else of_kind(part, UNTOLD) for part in there)
    for doubted in (stacks_of_no_building, machines_together, walls_of_rooms, plates_over_rooms):
        found = {id(part) for part in doubted(parts)}
        if doubted is walls_of_rooms:
            split = {id(part): pieces for part in parts if id(part) in found and len(pieces := stack_in_a_wall(part, parts)) > 1}
            parts = tuple(piece for part in parts for piece in split.get(id(part), (part,)))
        parts = _called(parts, found, UNTOLD)
    for shaped, kind in ((stairs, "stair"), (poles, STRUCTURE)):
        parts = _called(parts, {id(part) for part in shaped(parts)}, kind)
    same = len(parts) == len(design.parts) and all(new is old for new, old in zip(parts, design.parts))
    return design if same else replace(design, parts=parts)


def _without_points(part: Part) -> Part:
    """Return a part without the faces of which two corners are one: they enclose nothing, and the rest stays as closed as it was."""
    corners = part.triangles
    full = (corners != np.roll(corners, 1, axis=1)).any(axis=2).all(axis=1)
    return part if full.all() else replace(part, faces=part.faces[full])


def _called(parts: tuple[Part, ...], found: Collection[int], kind: str) -> tuple[Part, ...]:
    """Return parts of which some (by identity) are of another kind; what was measured of a part is kept."""
    return tuple(of_kind(part, kind) if id(part) in found else part for part in parts) if found else parts


def of_kind(part: Part, kind: str) -> Part:
    """Return a part of another kind, with what was measured of it."""
    called = replace(part, kind=kind)
    called.kept.update(part.kept)
    return called


def has_its_shape(part: Part) -> bool:
    """Whether a part has the shape that its kind promises; a kind that promises nothing is believed."""
    if part.kind in SLENDER and len(part.vertices):
        across, long = sides_of([part])[0]
        return bool(across <= SLENDER_SIDE_M and long <= SLENDER_LONG_M) and projection([part]).area <= SLENDER_M2
    if part.kind in OPEN and len(part.faces):
        return not _is_room(part)
    if part.kind == "roof" and len(part.faces):
        low, high = part.z_range
        return high - low < STOREY_M or enclosed([part], low + UPRIGHT_AT * (high - low)).area < UPRIGHT_SHARE * projection([part]).area
    if part.kind in MINOR and len(part.faces):
        low, high = part.z_range
        most = MAST_M2 if part.kind == "installation" and high - low > MACHINE_M else MACHINE_M2  # a duct is as high as the building, and thin
        return not (_is_room(part) and projection([part]).area >= most)
    return True


def _is_room(part: Part) -> bool:
    low, high = part.z_range
    return high - low >= STOREY_M and enclosed([part], (low + high) / 2).area >= ENCLOSED_SHARE * projection([part]).area


def stacks_of_no_building(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the chimneys and masts that are too wide to stand by themselves, and all of them where together they are no minor part of the plan."""
    slender, rest = _stacks(parts)
    if rest is None:
        return ()
    if shapely.area(plans_of(slender)).sum() > max(SLENDER_M2, TOGETHER_SHARE * rest.area):
        return tuple(slender)
    return tuple(part for part in stacks_apart(parts) if projection([part]).area >= MAST_M2)


def machines_together(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the installations and furnishings as high as a room that stand against each other and are together as large as no machine is."""
    high = [part for part in parts if part.kind in MINOR and _is_room(part)]
    if len(high) < 2:
        return ()
    plans = [projection([part]) for part in high]
    groups = shapely.get_parts(shapely.buffer(shapely.union_all(plans), AGAINST_M / 2))
    large = [group for group in groups if overlay.intersection(group, shapely.union_all(plans)).area >= MACHINE_M2]
    return tuple(part for part, plan in zip(high, plans) if any(group.intersects(plan) for group in large))


def stacks_apart(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the chimneys and masts that stand on or against nothing else: structures of their own."""
    slender = [part for part in parts if part.kind in SLENDER and len(part.faces)]
    rest = shades([part for part in parts if part.kind not in SLENDER]) if slender else ()
    if not len(rest):
        return ()
    against = set(shapely.STRtree(rest).query(plans_of(slender), predicate="dwithin", distance=AGAINST_M)[0].tolist())
    return tuple(part for number, part in enumerate(slender) if number not in against)


def _stacks(parts: Sequence[Part]) -> tuple[list[Part], BaseGeometry | None]:
    """Return the chimneys and masts, and the plan (RD) of everything else; None where there is nothing of either."""
    slender = [part for part in parts if part.kind in SLENDER and len(part.faces)]
    rest = projection([part for part in parts if part.kind not in SLENDER]) if slender else None
    return slender, None if rest is None or rest.is_empty else rest


def walls_of_rooms(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the storey-high parts of kinds that measures leave out without which a room is not enclosed: its walls by another name."""
    low, high = bounds_of(parts)
    loose = [n for n, part in enumerate(parts) if part.kind in LOOSE and len(part.faces) and high[n, 2] - low[n, 2] >= STOREY_M]
    found: dict[int, Part] = {}
    for z in sorted({round(float(low[n, 2]), 1) + SECTION_M for n in loose})[:MOST_SECTIONS]:
        cut = [n for n in loose if low[n, 2] < z < high[n, 2]]
        rest = [part for n, part in enumerate(parts) if part.kind not in LOOSE and low[n, 2] < z < high[n, 2]]
        named = [parts[n] for n in cut]
        inside = enclosed(rest, z)
        if shapely.covers(inside, plans_of(named)).all():  # what stands within it closes nothing more
            continue
        lost = enclosed([*rest, *named], z).area - inside.area - sum(enclosed([part], z).area for part in named)
        if lost >= ROOM_M2:  # as much as the smallest room
            found.update((id(part), part) for part in named)
    return tuple(found.values())


def stack_in_a_wall(stack: Part, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return a chimney that stands in a wall and rises above it as the piece that closes the wall, and the chimney: what stands before the wall and above
    it. Any other part as it is."""
    low, high = stack.z_range
    plan, origin = projection([stack]), np.floor(stack.vertices.min(axis=0))
    beside = [part for part in parts if part is not stack and part.kind not in LOOSE and plan.distance(projection([part])) <= AGAINST_M]
    walls = [part for part in beside if part.z_range[1] - part.z_range[0] >= STOREY_M and part.z_range[1] > low + SECTION_M]
    solid = solid_of(stack, origin)
    top = max((part.z_range[1] for part in walls), default=high)
    if stack.kind not in SLENDER or solid is None or high <= top + RISER_M:
        return (stack,)
    rest = [part for part in parts if part is not stack and part.kind not in LOOSE]
    room = overlay.difference(enclosed([*rest, stack], low + SECTION_M), plan)
    half = float(sides_of([stack])[0, 1]) / 2 + HAIR_M
    within = polygons_only(overlay.intersection(overlay.grown(overlay.grown(room, half), -half), plan))
    if within.area < WALL_PIECE_M2:
        return (stack,)
    wall, rise = solid.split(prism(within, origin, low - SECTION_M, top))
    return _piece(stack, wall, origin, "wall", f"{stack.fid} (wall)"), _piece(stack, rise, origin, stack.kind, stack.fid)


def _piece(part: Part, solid: Manifold, origin: Floats, kind: str, fid: str) -> Part:
    """Return a piece of a part, a solid with ``origin`` subtracted, as a part of a kind and an id of its own."""
    mesh = solid.to_mesh64()
    vertices, faces = np.asarray(mesh.vert_properties)[:, :3] + origin, np.asarray(mesh.tri_verts, dtype=np.int64)
    return replace(part, vertices=vertices, faces=faces, kind=kind, fid=fid)


def plates_over_rooms(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the large plates of kinds that measures leave out that are the only floor or roof over what walls enclose."""
    low, high = bounds_of(parts)
    plates = [n for n, part in enumerate(parts) if part.kind in LOOSE and len(part.faces) and high[n, 2] - low[n, 2] < STOREY_M]
    plates = [n for n in plates if np.prod(high[n, :2] - low[n, :2]) >= MACHINE_M2]
    return tuple(parts[n] for n in plates if _over_a_room(n, parts, low, high))


def _over_a_room(number: int, parts: Sequence[Part], low: Floats, high: Floats) -> bool:
    plan = projection([parts[number]])
    if plan.area < MACHINE_M2:
        return False
    near = (high[:, 2] >= low[number, 2] - REACH_M) & (low[:, :2] < high[number, :2]).all(axis=1) & (high[:, :2] > low[number, :2]).all(axis=1)
    rest = polygons_only(projection([part for n, part in enumerate(parts) if near[n] and part.kind not in LOOSE]))
    over, on_top = overlay.intersection(rest, plan).area, high[number, 2] >= high[near, 2].max()
    if (parts[number].kind in OPEN and over > ENCLOSED_SHARE * rest.area) or (parts[number].kind in MINOR and on_top and over > ROOF_SHARE * rest.area):
        return True  # a plate over most of a building is its roof, whatever lies under it
    if rest.is_empty or overlay.intersection(rest, plan).area > ENCLOSED_SHARE * plan.area:
        return False
    closed = filled(overlay.grown(rest, HAIR_M))  # walls that meet but for a hair enclose all the same
    return bool(overlay.intersection(closed, plan).area > ENCLOSED_SHARE * plan.area)


def poles(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of bodies that stand apart, are smaller in plan than any room, and enclose nothing of the size of one."""
    plans = plans_of(parts)
    low, high = bounds_of(parts)
    areas = shapely.area(plans)
    small = (areas < ROOM_M2) & (areas > 0.0)
    tall = small & (high[:, 2] - low[:, 2] >= MAST_M) & np.array([part.kind in BUILT for part in parts], dtype=bool)
    if not tall.any():
        return ()
    large = shapely.STRtree(plans[areas >= ROOM_M2])
    numbers = np.nonzero(tall)[0]
    numbers = np.delete(numbers, np.unique(large.query(plans[numbers], predicate="dwithin", distance=AGAINST_M)[0]))
    if not len(numbers):
        return ()
    found: list[Part] = []
    for group in groups_of(plans[small], AGAINST_M):
        own = np.nonzero(small)[0][group]
        apart = not len(large.query(plans[own], predicate="dwithin", distance=AGAINST_M)[0])
        if apart and tall[own].any() and _encloses_nothing([parts[n] for n in own]):
            found += [parts[n] for n in own if parts[n].kind in BUILT]
    return tuple(found)


def _encloses_nothing(parts: Sequence[Part]) -> bool:
    low, high = min(part.z_range[0] for part in parts), max(part.z_range[1] for part in parts)
    if projection(parts).area >= ROOM_M2:
        return False
    return all(enclosed(parts, low + share * (high - low)).area < MAST_M2 for share in HEIGHT_SHARES)


def stairs(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that make a flight of steps, whatever they are called: treads side by side that rise from the foot, each a step above the last."""
    treads = [(part, levels) for part in parts if part.kind in BUILT and len(levels := _treads(part))]
    if not treads:
        return ()
    found: list[Part] = []
    for group in groups_of(plans_of([part for part, _ in treads]), TOUCH_M):
        own = [treads[n] for n in group]
        if _rises([part for part, _ in own], np.concatenate([levels for _, levels in own])):
            found += [part for part, _ in own]
    return tuple(found)


def _treads(part: Part) -> Floats:
    """Return the heights (n,) of what lies on top of a part, where that is all that is seen of it from above and no larger than treads are; else none."""
    corners = part.triangles
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(cross, axis=1)
    upright = np.divide(cross[:, 2], size, out=np.zeros(len(size)), where=size > 0.0)
    up = upright > LEVEL_M
    if not part.closed or not up.any() or (upright[up] < LYING).any():
        return np.zeros(0)
    z = corners[up].mean(axis=1)[:, 2]
    heights = _apart(z)
    each = [float(size[up][np.abs(z - level) < LEVEL_M].sum() / 2) for level in heights]
    return heights if max(each) <= LARGEST_TREAD_M2 else np.zeros(0)


def _apart(heights: Floats) -> Floats:
    ordered = np.sort(heights)
    return ordered[np.concatenate([[True], np.diff(ordered) >= LEVEL_M])] if len(ordered) else ordered


def _rises(parts: Sequence[Part], heights: Floats) -> bool:
    levels = _apart(heights)
    foot = min(part.z_range[0] for part in parts)
    if len(levels) < FEWEST_TREADS or np.diff(levels, prepend=foot).max() > RISER_M + LEVEL_M:
        return False
    ordered = sorted(parts, key=lambda part: -part.z_range[1])
    for number, part in enumerate(ordered[1:], 1):  # beams on top of each other, or the courses of a wall, are no steps
        own = projection([part])
        if overlay.difference(own, projection(ordered[:number])).area < SEEN_SHARE * own.area:
            return False
    return True


def are_sticks(parts: Sequence[Part]) -> bool:
    """Whether the kinds or names of parts say that they are posts and beams."""
    return all(part.kind in STICKS or any(PERGOLA.search(word) for name in (part.fid, part.name, part.object) for word in WORDS.split(name)) for part in parts)


def is_no_room(parts: Sequence[Part]) -> bool:
    """Whether parts are nothing but what stands outside beside a building (steps, their railing) and bodies that are together smaller than a room."""
    rest = [part for part in parts if part.kind not in OUTDOORS]
    return bool(parts) and (not rest or projection(rest).area < ROOM_M2)


def has_roof(plan: BaseGeometry) -> bool:
    """Whether what is projected (RD) lies over more ground than posts and beams do."""
    closed = overlay.grown(overlay.grown(plan, BOARDS_M / 2), -BOARDS_M / 2)
    return bool(without_thin(closed, GARDEN_WALL_M).area >= ROOF_M2)


def small_roofs(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of bodies that are a roof on posts, however small: over most of them nothing stands lower than a person, and they have feet apart. A
    mast, a tank and a crown on a stem are none."""
    plans, found = plans_of(parts), list[Part]()
    for group in groups_of(plans, AGAINST_M) if len(parts) else ():
        own, plan = [parts[number] for number in group], polygons_only(overlay.union(list(plans[group])))
        low, high = min(part.z_range[0] for part in own), max(part.z_range[1] for part in own)
        if high - low > SHELTER_M or not has_roof(plan):
            continue
        under = lowest(triangles_of(own), cells_of(plan, UNDER_PLACES)[0])
        under = under[np.isfinite(under)]
        if len(under) and float(np.median(under)) >= low + HEAD_M and len(shapely.get_parts(enclosed(own, low + HEAD_M / 2))) > 1:
            found += own
    return tuple(found)
