"""What sticks out of the facades: eaves, balconies, canopies, steps; by the file's own word, else by shape with a confidence."""

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
from ..plane.rays import TopView
from .footprint import polygons_only, projection
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
UPSIDE_DOWN = np.array([1.0, 1.0, -1.0])
TOLD = ("balcony", "canopy", "stair", "railing")
"""Kinds that a file names itself."""


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
    under = triangles_of([part for part in parts if shapely.box(*part.extent[:, :2].ravel()).intersects(plan)]) * UPSIDE_DOWN
    below = TopView(under)
    lowest = below.triangle_at(places)
    if (lowest < 0).any():
        return False
    return bool((view.top.height(seen, places) + below.height(lowest, places) < EDGE_M).all())


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
