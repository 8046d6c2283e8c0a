"""Open roofs beside what a design encloses: carports, verandas and pergolas on feet of their own, by shape and place, whatever their parts are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.sections import enclosed
from .bodies import sides_of
from .footprint import GARDEN_WALL_M, plans_of, polygons_only, projection
from .overhangs import of_the_roof
from .roof import RoofView

NO_ROOF = ("chimney", "antenna", "installation", "railing", "furnishing", "stair", "structure")
"""Kinds of parts that no roof or post is drawn with."""
WALKED_ON = ("balcony", "railing", "stair")
"""What lies over such a thing, or is one, may be a balcony or a gallery on posts: the name asks, and does not decide."""
SEAM_M = 0.02
"""Projection and section of one wall differ by less, and what lies nearer in plan is drawn against each other."""
CHAIN_M = 0.1
"""Posts, beams and plates that lie on each other are drawn with no larger gap between their heights."""
BESIDE_SHARE = 0.5
"""A part that lies for more than half outside the walls is beside them: a roof that rests on a wall is, a roof that goes on over the house is not."""
LEAST_M2, HIGH_M = 4.0, 1.5
"""Smaller than the smallest shed is a canopy over a door; lower than this is a table, a terrace or a planter."""
ON_GROUND_M = 0.5
"""Feet stand on the ground within so much; what reaches no higher lies on it."""
OFF_WALL_M, REACH_M = 0.3, 1.0
"""Posts stand further from the walls than a downpipe; eaves reach no further out."""
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
class OpenRoof:
    """A roof beside what is enclosed: its ``parts`` (none where it is drawn in one piece with the building), its ``plan`` beside the walls (RD), and
    whether it is a thing of its own for ``sure``: it stands on feet and is as high as one to sit or park under."""

    parts: tuple[Part, ...]
    plan: BaseGeometry
    sure: bool


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
    apart = [_Piece(part, own) for part, own, is_beside in zip(reaching, beyond, beside) if is_beside]
    found = [roof for group in _together(apart) if (roof := _roof_of(group, parts, footprint, ground, view)) is not None]
    spanning = [own for own, is_beside in zip(beyond, beside) if not is_beside]
    joined = [OpenRoof((), own, False) for own in spanning if own.area >= LEAST_M2 and _carried(parts, own, footprint, ground)]
    return tuple(sorted((*found, *joined), key=lambda roof: (not roof.sure, -roof.plan.area)))


@dataclass(frozen=True, eq=False)
class _Piece:
    """A part and its plan (RD) beside the walls."""

    part: Part
    plan: BaseGeometry


def _together(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces that belong to one roof, by plan and by height; a wall only where it stands under the rest."""
    if not pieces:
        return []
    sides = sides_of([piece.part for piece in pieces])
    walls = [across <= GARDEN_WALL_M and long >= WALL_LONG_M and np.ptp(piece.part.z_range) >= HIGH_M for piece, (across, long) in zip(pieces, sides)]
    rest = [piece for piece, is_wall in zip(pieces, walls) if not is_wall]
    if not rest:
        return []
    groups = []
    for place in shapely.get_parts(overlay.grown(overlay.union([piece.plan for piece in rest]), SEAM_M)):
        own = [piece for piece in rest if shapely.intersects(place, piece.plan)]
        under = [piece for piece, is_wall in zip(pieces, walls) if is_wall and overlay.intersection(piece.plan, place).area > piece.plan.area / 2]
        groups += _chains([*own, *under])
    return groups


def _chains(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces of one place that stand or lie on each other."""
    chains: list[list[_Piece]] = []
    top = -np.inf
    for piece in sorted(pieces, key=lambda one: one.part.z_range[0]):
        low, high = piece.part.z_range
        if low > top + CHAIN_M:
            chains.append([])
        chains[-1].append(piece)
        top = max(top, high)
    return chains


def _roof_of(group: Sequence[_Piece], parts: Sequence[Part], footprint: BaseGeometry, ground: float, view: RoofView) -> OpenRoof | None:
    """Return the open roof that pieces are; None where they are none."""
    whole = overlay.union([piece.plan for piece in group]).area
    plates = [piece for piece in group if piece.plan.area >= PLATE_SHARE * whole] or group
    top = max(piece.part.z_range[1] for piece in plates)
    own = [piece for piece in group if piece.part.z_range[1] <= top + ABOVE_M]
    plan = polygons_only(overlay.union([piece.plan for piece in own]))
    made, foot = [piece.part for piece in own], min(piece.part.z_range[0] for piece in own)
    if plan.area < LEAST_M2 or top < ground + HIGH_M:
        return None
    stands = top - foot >= HIGH_M and _reaches(plan, footprint, REACH_M) and _feet(enclosed(made, (foot + top) / 2), footprint)
    if stands and foot <= ground + ON_GROUND_M:
        return OpenRoof(tuple(made), plan, top <= ground + SURE_M and not _walked_on(parts, made, plan, top))
    hangs = _reaches(plan, footprint, DEEP_M) and not any(part.kind in WALKED_ON for part in made)
    if not stands and not (hangs and not of_the_roof(parts, view, plan, footprint)):
        return None
    return OpenRoof(tuple(made), plan, False)


def _feet(section: BaseGeometry, footprint: BaseGeometry) -> bool:
    """Whether something of a section (RD) stands further from the walls than a downpipe."""
    return not section.is_empty and bool(shapely.distance(shapely.get_parts(section), footprint).max() > OFF_WALL_M or _reaches(section, footprint, REACH_M))


def _reaches(plan: BaseGeometry, footprint: BaseGeometry, depth: float) -> bool:
    return not shapely.covers(overlay.grown(footprint, depth), plan)


def _walked_on(parts: Sequence[Part], own: Sequence[Part], plan: BaseGeometry, top: float) -> bool:
    """Whether a file calls a roof (RD, its top) a balcony, or has a railing on it."""
    over = [part for part in parts if part.kind in WALKED_ON and part.z_range[0] >= top - CHAIN_M and part.z_range[0] <= top + ABOVE_M]
    return any(part.kind in WALKED_ON for part in own) or bool(over and shapely.intersects(projection(over), plan))


def _carried(parts: Sequence[Part], plan: BaseGeometry, footprint: BaseGeometry, ground: float) -> bool:
    """Whether what a part of the building reaches out (RD) stands on feet of its own."""
    if not _reaches(plan, footprint, REACH_M):
        return False
    return _feet(overlay.intersection(polygons_only(enclosed(parts, ground + REACH_M)), plan), footprint)
