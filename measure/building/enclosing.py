"""Whether walls enclose rooms under a roof: columns with a roof on them, walls without a roof and an open front enclose nothing; and how far a
roof that comes down to the ground encloses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ..plane import overlay
from ..plane.cells import cells_of
from ..plane.inside import inside
from ..plane.sections import crosses, enclosed
from .bodies import ROOM_M
from .footprint import ABOVE_FLOOR_M, GARDEN_WALL_M, HAIR_M, LOOSE_KINDS, polygons_only, projection, without_plates, without_thin
from .hanging_rooms import OUTSIDE_M
from .roof import LOW_SHARE, OVER_M, RoofView

COLUMN_M2, COLUMN_SHARE = 4.0, 0.25
"""A room is no smaller, or a fair share of what is drawn: thick columns stand under a roof that covers far more."""
ROOFED_SHARE = 0.5
"""Of the places between the walls: a house of which half the roof is missing still has one."""
PLACES = 400
"""Enough to tell half from none."""
UPRIGHT = 0.1
"""A wall leans at most so much: the vertical part of its normal."""
EAVES_M, WING_SHARE = 0.5, 0.02
"""What hangs out no further are eaves; a plan that fills its hull but for so little has no wing."""
WING_M2, WING_WIDE_M, WING_LOWER_M = 4.0, 1.5, 1.5
"""A wing that may be an annex is as large as the smallest room and as wide, and stays so far below the rest: no storey is lower."""
PARAPET_M = 0.5
"""The edge of a flat roof rises no higher above it."""
OWN_SHARE = 0.7
"""Of a part that is of a wing so much lies there, and of what is seen of a wing so much is its own roof: floors and walls go on under the rest."""
FOOT_M = 0.01
"""A roof that comes down to the ground is cut so high above it: 1 cm of height is 1 cm of width at 45 degrees."""


def under_low_roof(parts: Sequence[Part], area: BaseGeometry, view: RoofView, ground: float) -> BaseGeometry:
    """Return what a roof (or a dome) that comes down lower than the sections of a wall-enclosed ``area`` (RD) encloses beyond it, to its foot at the
    ``ground`` (z); nothing of a building with upright walls."""
    faces = np.arange(len(view.triangles))
    low, high = (corners[:, 2] for corners in view.spans)
    across = (low < ground + ABOVE_FLOOR_M) & (high > ground + ABOVE_FLOOR_M)
    if not view.sloped(faces[across]).any():
        return MultiPolygon()
    at = ground + FOOT_M
    foot = enclosed(without_plates([part for part in parts if part.kind not in LOOSE_KINDS and crosses(part, at)]), at)
    beyond = polygons_only(overlay.difference(foot, overlay.grown(area, HAIR_M)))
    kept = [piece for piece in shapely.get_parts(beyond) if piece.distance(area) <= 2 * HAIR_M and _under_slope(view, piece)]
    return polygons_only(overlay.intersection(foot, overlay.grown(overlay.union(kept), 2 * HAIR_M))) if kept else MultiPolygon()


def _under_slope(view: RoofView, piece: BaseGeometry) -> bool:
    """Whether most of what is seen over a piece slopes."""
    seen = view.top.triangle_at(cells_of(piece, PLACES)[0])
    return bool(len(seen)) and bool(view.sloped(seen[seen >= 0]).sum() > len(seen) / 2)


def encloses(area: BaseGeometry, whole: BaseGeometry, view: RoofView, ground: float) -> bool:
    """Whether a wall-enclosed area (RD) of a design holds rooms: wider than walls, no columns (``whole``: everything projected), and roofed over
    between its walls; ``view`` is the roof seen from above, ``ground`` the z of the ground."""
    rooms = without_thin(area, GARDEN_WALL_M)
    pieces = shapely.get_parts(rooms)
    kept = pieces[(shapely.area(pieces) >= COLUMN_M2) | (rooms.area >= COLUMN_SHARE * whole.area)]
    if not len(kept) or not len(view.top.triangles):
        return False
    rooms = shapely.union_all(kept)
    between = overlay.grown(rooms, -GARDEN_WALL_M)
    places, _ = cells_of(rooms if between.is_empty else between, PLACES)
    top = float(view.top.triangles[:, :, 2].max())
    over = view.top.highest(places) >= ground + min(OVER_M, LOW_SHARE * (top - ground))
    return bool(np.count_nonzero(over) >= ROOFED_SHARE * len(places))


def is_one_body(triangles: Floats, footprint: BaseGeometry, whole: BaseGeometry) -> bool:
    """Whether nothing in a design (n, 3, 3) can be told from the rest of it: what it encloses (``footprint``, RD) is one piece without wings, with
    no wall that rises inside it and no more hanging out of it (``whole``: everything projected) than eaves."""
    pieces = shapely.get_parts(footprint)
    hull = footprint.convex_hull
    if len(pieces) != 1 or hull.area - footprint.area > WING_SHARE * hull.area or not overlay.difference(whole, overlay.grown(hull, EAVES_M)).is_empty:
        return False
    normals = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    walls = triangles[np.abs(normals[:, 2]) < UPRIGHT * np.linalg.norm(normals, axis=1)]
    return not inside(overlay.grown(footprint, -EAVES_M), walls[:, :, :2].mean(axis=1)).any()


def low_wings(
    parts: Sequence[Part], view: RoofView, body: BaseGeometry, ground: float, dormers: Callable[[], Sequence[BaseGeometry]]
) -> tuple[tuple[Part, ...], bool]:
    """Return the parts of a wing of a body (RD) that stays a storey below the rest of it, and whether there may be one: what a model draws in walls
    and roofs has an annex all the same. ``dormers`` gives the plans of dormers (RD), whose roofs are low and are no wing's."""
    over = [plane for plane in view.planes if inside(body, plane.places).mean() > ROOFED_SHARE]
    highest = max((plane.high for plane in over), default=ground)
    low = [plane for plane in over if plane.high <= highest - WING_LOWER_M and plane.low >= ground + ROOM_M and plane.area_m2 >= WING_M2]
    above = overlay.union(list(dormers())) if low else MultiPolygon()
    low = [plane for plane in low if above.is_empty or inside(above, plane.places).mean() < ROOFED_SHARE]
    own = {face for plane in low for face in plane.triangles}
    found: dict[int, Part] = {}
    for top in sorted({round(plane.high, 2) for plane in low}):
        rest = enclosed(parts, top + PARAPET_M)
        for piece in shapely.get_parts(without_thin(polygons_only(overlay.difference(body, rest)), WING_WIDE_M)):
            fits = WING_M2 <= piece.area <= body.area / 2  # what is larger than the rest is no annex of it
            seen = view.top.triangle_at(cells_of(piece, PLACES)[0]) if fits else np.zeros(0, dtype=np.int64)
            if len(seen) and np.isin(seen, list(own)).mean() >= OWN_SHARE:
                there = overlay.grown(piece, OUTSIDE_M)
                found.update((id(part), part) for part in parts if _lies_in(part, there, top + PARAPET_M))
    return tuple(found.values()), bool(low)


def _lies_in(part: Part, area: BaseGeometry, top: float) -> bool:
    """Whether a part stays below a height (z) and lies mostly in an area (RD)."""
    if not len(part.faces) or part.z_range[1] > top or not shapely.box(*part.extent[:, :2].ravel()).intersects(area):
        return False
    plan = projection([part])
    return bool(plan.area > 0.0 and overlay.intersection(plan, area).area >= OWN_SHARE * plan.area)
