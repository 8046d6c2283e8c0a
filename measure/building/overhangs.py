"""What sticks out of the facades: eaves, balconies, canopies, steps, by the file's own word, else by shape with a confidence; and open roofs beside them
(carports, verandas, pergolas), by shape and place whatever their parts are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.design import bounds_of, triangles_of
from ..plane import overlay
from ..plane.cells import cells_of
from ..plane.inside import inside
from ..plane.rays import lowest
from ..plane.sections import enclosed
from .bodies import sides_of
from .footprint import GARDEN_WALL_M, plans_of, polygons_only, projection
from .hanging_rooms import WALLED_SHARE, round_it
from .roof import RoofView

SMALLEST_M2, SLIVER_M2, SEAM_M, ON_SIDE_M = 0.1, 0.01, 0.02, 1e-6
HEADROOM_M = 1.8
PIECES_LIMIT = 2_000
THIN_M, RAILING_M = 0.6, (0.7, 1.7)
SAMPLES = 200
OVER_SHARE = 0.5
"""Of a plane of the roof so much lies over the building: a canopy or a veranda has a roof of its own."""
EDGE_M = 1.0
"""The edge of a roof with its gutter, fascia or thatch is no thicker; what lies lower is something else."""
TOLD = ("balcony", "canopy", "stair", "railing")
"""Kinds that a file names itself."""

NO_ROOF = ("chimney", "antenna", "installation", "railing", "furnishing", "stair", "structure")
"""Kinds of parts that no roof or post is drawn with."""
WALKED_ON = ("balcony", "railing", "stair")
"""What lies over such a thing, or is one, may be a balcony or a gallery on posts: the name asks, and does not decide."""
CHAIN_M = 0.1
"""Posts, beams and plates that lie on each other are drawn with no larger gap between their heights."""
BESIDE_SHARE = 0.5
"""A part that lies for more than half outside the walls is beside them: a roof that rests on a wall is, a roof that goes on over the house is not."""
ROOF_M2, ROOF_M = 4.0, 1.5
"""Smaller than the smallest shed is a canopy over a door; lower than this is a table, a terrace or a planter."""
ON_GROUND_M = 0.5
"""Feet stand on the ground within so much; what reaches no higher lies on it."""
OFF_WALL_M, REACH_M = 0.3, 1.0
"""Posts stand further from the walls than a downpipe; eaves reach no further out."""
SPAN_M = 0.6
"""A roof from one building to another is one to walk under; eaves that touch the next building are narrower."""
DEEP_M = 1.5
"""What hangs without feet and reaches no further out is a canopy, a balcony or an overhang."""
SURE_M = 5.0
"""A roof to sit or park under is no higher; what is, is a storey's gallery or the building itself on columns, and is asked."""
PLATE_SHARE = 0.25
"""A part over so much of a roof is its plate, and nothing of the roof stands much higher."""
ABOVE_M = 1.0
"""A ridge, a parapet or a skylight of such a roof stands no higher above its plate."""
WALL_LONG_M = 1.5
"""What is as thin as a garden wall and no shorter than this is a wall, and of the roof only where it stands under it."""


@dataclass(frozen=True, eq=False)
class Overhang:
    """A part outside the wall-enclosed footprint: ``kind`` roof_overhang | balcony | canopy | stair | railing | at_ground |
    unknown, how sure (0..1), its plan, how far it reaches (m), and lowest and highest z."""

    kind: str
    confidence: float
    plan: BaseGeometry
    depth: float
    low: float
    high: float


def overhangs(parts: Sequence[Part], view: RoofView, footprint: BaseGeometry) -> tuple[Overhang, ...]:
    """Return what of the parts lies outside a footprint, largest first; parts that touch in plan and in height are one."""
    grown = overlay.prepared(overlay.grown(footprint, SEAM_M))
    filled = [part for part in parts if len(part.faces)]
    low, high = bounds_of(filled)
    inside = shapely.contains(grown, shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])) if filled else ()
    pieces = [piece for part, hidden in zip(filled, inside) if not hidden and (piece := _outside(part, grown, footprint)) is not None]
    made = [_overhang(group, view, footprint) for group in _together(pieces)]
    return tuple(sorted((found for found in made if found.plan.area >= SMALLEST_M2), key=lambda found: -found.plan.area))


@dataclass(frozen=True, eq=False)
class _Piece:
    kind: str
    plan: BaseGeometry
    low: float
    high: float


def _outside(part: Part, grown: BaseGeometry, footprint: BaseGeometry) -> _Piece | None:
    """Return what of one part lies outside, with the heights it has there; what stays within the seam is none."""
    whole = projection([part])
    beyond = overlay.difference(whole, grown)
    if beyond.area < SLIVER_M2:
        return None
    exact = shapely.get_parts(polygons_only(overlay.difference(whole, footprint)))
    out = ~shapely.contains_xy(grown, part.vertices[:, 0], part.vertices[:, 1])
    z = part.vertices[out, 2] if out.any() else part.vertices[:, 2]
    plan = overlay.union(list(exact[shapely.intersects(exact, beyond)]))
    return _Piece(part.kind, plan, float(z.min()), float(z.max()))


def _together(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return groups of pieces that touch in plan and overlap in height; what the file names itself stays apart.

    Of more than 2,000 pieces only the largest are looked at: every pair of them may touch.
    """
    pieces = sorted(pieces, key=lambda piece: -piece.plan.area)[:PIECES_LIMIT]
    plans = np.array([piece.plan for piece in pieces], dtype=object)
    pairs = shapely.STRtree(plans).query(plans, predicate="dwithin", distance=SEAM_M).T if len(plans) else ()
    group = list(range(len(pieces)))

    def first(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    for a, b in pairs:
        if a < b and _touch(pieces[a], pieces[b]):
            low, high = sorted((first(a), first(b)))
            group[high] = low
    found: dict[int, list[_Piece]] = {}
    for number, piece in enumerate(pieces):
        found.setdefault(first(number), []).append(piece)
    return list(found.values())


def _touch(a: _Piece, b: _Piece) -> bool:
    """Whether pieces that touch in plan belong together."""
    if (a.kind in TOLD) != (b.kind in TOLD) and "roof" in (a.kind, b.kind):
        return False
    return a.low <= b.high + SEAM_M and b.low <= a.high + SEAM_M


def _overhang(group: Sequence[_Piece], view: RoofView, footprint: BaseGeometry) -> Overhang:
    plan = overlay.union([piece.plan for piece in group])
    low, high = min(piece.low for piece in group), max(piece.high for piece in group)
    depth = reach(shapely.get_coordinates(plan), footprint)
    told = [piece.kind for piece in group if piece.kind in TOLD]
    kind, sure = (max(set(told), key=told.count), 1.0) if told else _by_shape(view, plan, low, high)
    return Overhang(kind, sure, plan, depth, low, high)


def reach(points: NDArray[np.float64], footprint: BaseGeometry) -> float:
    """Return how far points (n, 2) stand out of the facades at most (m), square to them: past a corner that is the larger of the
    distances to both facades, not the one to the corner."""
    rings = shapely.get_rings(shapely.get_parts(footprint))
    sides = np.concatenate([np.stack([xy[:-1], xy[1:]], axis=1) for xy in (np.asarray(ring.coords)[:, :2] for ring in rings)])
    along = sides[:, 1] - sides[:, 0]
    square = np.column_stack([along[:, 1], -along[:, 0]]) / np.maximum(np.linalg.norm(along, axis=1), 1e-12)[:, None]
    lines = shapely.shortest_line(shapely.points(points), shapely.boundary(footprint))
    feet = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 1]
    number, side = shapely.STRtree(shapely.linestrings(sides)).query(shapely.points(feet), predicate="dwithin", distance=ON_SIDE_M)
    return float(np.abs(((points - feet)[number] * square[side]).sum(axis=1)).max(initial=0.0))


def of_the_roof(parts: Sequence[Part], view: RoofView, plan: BaseGeometry, footprint: BaseGeometry) -> bool:
    """Whether what lies outside a footprint (both RD) is the overhang of a roof: the planes seen there go on over the building, and nothing of the
    ``parts`` lies or hangs under them."""
    places = cells_of(plan, SAMPLES)[0]
    seen = view.top.triangle_at(places)
    planes = {id(view.plane_of[face]): view.plane_of[face] for face in seen.tolist() if face in view.plane_of}
    if not planes or not set(seen.tolist()) <= set(view.plane_of):
        return False
    if any(inside(footprint, plane.places).mean() < OVER_SHARE for plane in planes.values()):
        return False
    under = lowest(triangles_of([part for part in parts if shapely.box(*part.extent[:, :2].ravel()).intersects(plan)]), places)
    return bool((np.isfinite(under) & (view.top.height(seen, places) - under < EDGE_M)).all())


def _by_shape(view: RoofView, piece: BaseGeometry, low: float, high: float) -> tuple[str, float]:
    """Return the likely kind of a piece, and how sure."""
    seen = view.top.triangle_at(cells_of(piece, SAMPLES)[0])
    share = np.mean([float(int(face) in view.plane_of) for face in seen if face >= 0] or [0.0])
    if share > 0.5 and high > view.zero + HEADROOM_M:
        sloped = np.mean([not view.plane_of[int(face)].flat for face in seen if int(face) in view.plane_of]) > 0.5
        if sloped or (low > view.zero + HEADROOM_M and high - low < THIN_M):
            return "roof_overhang" if sloped else "canopy", 0.8 if sloped else 0.5
    if low > view.zero + HEADROOM_M:
        if RAILING_M[0] <= high - low <= RAILING_M[1]:
            return "balcony", 0.6
        return ("canopy", 0.6) if high - low < THIN_M else ("unknown", 0.3)
    return ("at_ground", 0.6) if high < view.zero + HEADROOM_M else ("unknown", 0.3)


@dataclass(frozen=True, eq=False)
class OpenRoof:
    """A roof beside what is enclosed: its ``parts`` (none where it is drawn in one piece with the building), its ``plan`` beside the walls (RD), and
    whether it is a thing of its own for ``sure``: it stands on feet and is as high as one to sit or park under. ``walled``: walls go round it but for a
    door or an open side, so that it may be a shed."""

    parts: tuple[Part, ...]
    plan: BaseGeometry
    sure: bool
    walled: bool = False


def open_roofs(parts: Sequence[Part], footprint: BaseGeometry, ground: float, view: RoofView) -> tuple[OpenRoof, ...]:
    """Return the open roofs beside a footprint (RD) of a design that stands on the ``ground`` (z), the surest first."""
    low, high = bounds_of(parts)
    near = overlay.prepared(overlay.grown(footprint, SEAM_M))
    out = high[:, 2] > ground + ON_GROUND_M
    out &= ~shapely.contains(near, shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
    reaching = [part for part, is_out in zip(parts, out) if is_out and part.kind not in NO_ROOF]
    reaching = [part for part, plan in zip(reaching, plans_of(reaching)) if not plan.is_empty and not near.contains(plan)]
    plans = plans_of(reaching)
    beyond = [polygons_only(overlay.difference(plan, footprint)) for plan in plans]
    beside = np.array([BESIDE_SHARE * plan.area <= own.area for plan, own in zip(plans, beyond)])
    apart = [_Beside(part, own) for part, own, is_beside in zip(reaching, beyond, beside) if is_beside]
    found = [roof for group in _of_one_roof(apart) if (roof := _roof_of(group, parts, footprint, ground, view)) is not None]
    spanning = [own for own, is_beside in zip(beyond, beside) if not is_beside]
    joined = [OpenRoof((), own, False) for own in spanning if own.area >= ROOF_M2 and _carried(parts, own, footprint, ground)]
    return tuple(sorted((*found, *joined), key=lambda roof: (not roof.sure, -roof.plan.area)))


@dataclass(frozen=True, eq=False)
class _Beside:
    """A part and its plan (RD) beside the walls."""

    part: Part
    plan: BaseGeometry


def _of_one_roof(pieces: Sequence[_Beside]) -> list[list[_Beside]]:
    """Return the pieces that belong to one roof, by plan and by height; a wall only where it stands under the rest."""
    if not pieces:
        return []
    sides = sides_of([piece.part for piece in pieces])
    walls = [across <= GARDEN_WALL_M and long >= WALL_LONG_M and np.ptp(piece.part.z_range) >= ROOF_M for piece, (across, long) in zip(pieces, sides)]
    rest = [piece for piece, is_wall in zip(pieces, walls) if not is_wall]
    if not rest:
        return []
    groups = []
    for place in shapely.get_parts(overlay.grown(overlay.union([piece.plan for piece in rest]), SEAM_M)):
        own = [piece for piece in rest if shapely.intersects(place, piece.plan)]
        under = [piece for piece, is_wall in zip(pieces, walls) if is_wall and overlay.intersection(piece.plan, place).area > piece.plan.area / 2]
        groups += _chains([*own, *under])
    return groups


def _chains(pieces: Sequence[_Beside]) -> list[list[_Beside]]:
    """Return the pieces of one place that stand or lie on each other."""
    chains: list[list[_Beside]] = []
    top = -np.inf
    for piece in sorted(pieces, key=lambda one: one.part.z_range[0]):
        low, high = piece.part.z_range
        if low > top + CHAIN_M:
            chains.append([])
        chains[-1].append(piece)
        top = max(top, high)
    return chains


def _roof_of(group: Sequence[_Beside], parts: Sequence[Part], footprint: BaseGeometry, ground: float, view: RoofView) -> OpenRoof | None:
    """Return the open roof that pieces are; None where they are none."""
    whole = overlay.union([piece.plan for piece in group]).area
    plates = [piece for piece in group if piece.plan.area >= PLATE_SHARE * whole] or group
    top = max(piece.part.z_range[1] for piece in plates)
    own = [piece for piece in group if piece.part.z_range[1] <= top + ABOVE_M]
    plan = polygons_only(overlay.union([piece.plan for piece in own]))
    made, foot = [piece.part for piece in own], min(piece.part.z_range[0] for piece in own)
    if plan.area < ROOF_M2 or top < ground + ROOF_M:
        return None
    stands = top - foot >= ROOF_M and reaches_out(plan, footprint, REACH_M) and _feet(enclosed(made, (foot + top) / 2), footprint)
    deep = reaches_out(plan, footprint, DEEP_M)
    if not stands and not deep:
        return None
    walled = _walls_round(parts, plan, (ground + top) / 2)
    made += _within(parts, made, plan) if walled else []
    if stands and foot <= ground + ON_GROUND_M:
        return OpenRoof(tuple(made), plan, top <= ground + SURE_M and not _walked_on(parts, made, plan, top), walled)
    hangs = deep and not any(part.kind in WALKED_ON for part in made)
    if not stands and not (hangs and not of_the_roof(parts, view, plan, footprint)):
        return None
    return OpenRoof(tuple(made), plan, False, walled)


def _walls_round(parts: Sequence[Part], plan: BaseGeometry, z: float) -> bool:
    """Whether walls (of whatever part, cut at ``z``) go round most of what lies under a roof (RD)."""
    walls = overlay.intersection(polygons_only(enclosed(parts, z)), overlay.grown(plan, OFF_WALL_M))
    around = shapely.convex_hull(walls)
    return around.area >= OVER_SHARE * plan.area and round_it(around, walls) >= WALLED_SHARE


def _within(parts: Sequence[Part], made: Sequence[Part], plan: BaseGeometry) -> list[Part]:
    """Return the parts beside those of a roof (RD) that lie within it: walls that are bodies by themselves in a section."""
    own, near = {id(part) for part in made}, overlay.prepared(overlay.grown(plan, OFF_WALL_M))
    rest = [part for part in parts if id(part) not in own and len(part.faces)]
    return [part for part, inside in zip(rest, shapely.covers(near, plans_of(rest))) if inside] if rest else []


def _feet(section: BaseGeometry, footprint: BaseGeometry) -> bool:
    """Whether something of a section (RD) stands further from the walls than a downpipe."""
    return not section.is_empty and bool(shapely.distance(shapely.get_parts(section), footprint).max() > OFF_WALL_M or reaches_out(section, footprint, REACH_M))


def reaches_out(plan: BaseGeometry, footprint: BaseGeometry, depth: float) -> bool:
    """Whether a plan (RD) reaches further out of every building of a footprint than a depth (m), or spans from one to another that is no neighbour by a
    seam: that hangs out of neither, however narrow."""
    bodies = shapely.get_parts(footprint)
    held = bodies[shapely.distance(bodies, plan) <= 2 * SEAM_M]
    if len(held) > 1 and float(shapely.distance(held[0], held[1:]).min()) >= SPAN_M:
        return True
    return not any(shapely.covers(overlay.grown(body, depth), plan) for body in bodies)


def _walked_on(parts: Sequence[Part], own: Sequence[Part], plan: BaseGeometry, top: float) -> bool:
    """Whether a file calls a roof (RD, its top) a balcony, or has a railing on it."""
    over = [part for part in parts if part.kind in WALKED_ON and part.z_range[0] >= top - CHAIN_M and part.z_range[0] <= top + ABOVE_M]
    return any(part.kind in WALKED_ON for part in own) or bool(over and shapely.intersects(projection(over), plan))


def _carried(parts: Sequence[Part], plan: BaseGeometry, footprint: BaseGeometry, ground: float) -> bool:
    """Whether what a part of the building reaches out (RD) stands on feet of its own."""
    if not reaches_out(plan, footprint, REACH_M):
        return False
    return _feet(overlay.intersection(polygons_only(enclosed(parts, ground + REACH_M)), plan), footprint)
