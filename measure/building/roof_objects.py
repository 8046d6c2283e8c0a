"""What stands on a sloped roof plane: dormers with their four distances along the plane, and what looks like a chimney.

The distances are those of the national rules for dakkapellen (Bbl 2.29): from the foot of the roof, from the ridge, and from
both sides, measured along the roof.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from ..plane.inside import inside
from .roof import RoofPlane, RoofView

RISE_M = 0.3
SMALLEST_M2, LARGEST_SHARE = 0.05, 0.5
CHIMNEY_M2 = 0.9
STANDS_ON = ("dormer", "raised")
"""Kinds of what stands on a roof with an eaves of its own."""
MAIN_SHARE = 0.1
AROUND_SHARE = 0.5
BEYOND_SHARE = 0.1
"""Of what is round something on a roof so little lies past the roof; round what stands out of the facade, a wing with its own roof, far more."""
HAIR_M = 0.02
"""Corners so near a roof face lie over it."""
RIDGE_M = 0.05
"""What rises more above the ridge, and stands on both faces, is a raised ridge (dakopbouw) and no dormer."""
UPRIGHT, ALONG, CHEEK_SHARE, CHEEK_M = 0.1, 0.9, 0.5, 0.3
"""A cheek stands upright along the slope, is half as high as what it bears rises at least, and no strip; the edge of its flat roof is lower."""


@dataclass(frozen=True, eq=False)
class RoofObject:
    """Something on a roof plane: ``kind`` dormer | raised | chimney, how sure (0..1), its plan, width along the eaves, greatest height
    above the plane (all m), and its distances along the plane to foot, ridge and both sides (seen from outside); ``roof`` which plane of the roof
    it stands on, ``roof_width`` how wide that is along the eaves (m), and ``top`` its highest z; one that stands on both faces of a roof, above the
    ridge, is a ``raised`` part."""

    kind: str
    confidence: float
    plan: BaseGeometry
    width: float
    rise: float
    to_foot: float
    to_ridge: float
    to_left: float
    to_right: float
    roof: int = 0
    roof_width: float = 0.0
    top: float = 0.0
    edges: tuple[float, float] = (0.0, 0.0)
    """How far the edge of its own roof reaches past its cheeks, on the left and on the right (m)."""

    def between_cheeks(self) -> RoofObject:
        """Return it measured between the outsides of its cheeks, without the edges of its roof."""
        left, right = self.edges
        return replace(self, width=self.width - left - right, to_left=self.to_left + left, to_right=self.to_right + right)


def on_the_roof(view: RoofView) -> tuple[RoofObject, ...]:
    """Return the objects on the main sloped planes of a roof."""
    total = sum(plane.area_m2 for plane in view.planes)
    xy, seen, cell = view.samples
    found = []
    for number, plane in enumerate(view.planes):
        if plane.flat or plane.area_m2 < MAIN_SHARE * total:
            continue
        z = view.heights
        near = _within(plane, xy)
        standing = near & (z - plane.height(xy) > RISE_M)
        for plan in _clusters(xy[standing], cell):
            made = _object(view, plane, plan, xy, seen, z, cell)
            if made is not None:
                found.append(replace(made, roof=number))
    return tuple(_told_raised(one, found, view, float(np.sqrt(cell))) for one in found)


def _told_raised(one: RoofObject, found: list[RoofObject], view: RoofView, step: float) -> RoofObject:
    """Return an object, as a raised part where it goes on over the ridge onto another face and rises above it."""
    over = one.top > view.planes[one.roof].high + RIDGE_M
    beyond = any(other.roof != one.roof and other.top > view.planes[one.roof].high + RIDGE_M and other.plan.distance(one.plan) < 2 * step for other in found)
    return replace(one, kind="raised") if one.kind == "dormer" and over and beyond else one


def _within(plane: RoofPlane, xy: Floats) -> NDArray[np.bool_]:
    return inside(plane.hull, xy)


def _clusters(places: Floats, cell: float) -> list[BaseGeometry]:
    """Return the plans of places that lie side by side; a row of places is one box."""
    if not len(places):
        return []
    step = float(np.sqrt(cell))
    column, row = np.rint((places - places.min(axis=0)) / step).astype(np.int64).T
    order = np.lexsort((column, row))
    column, row, places = column[order], row[order], places[order]
    first = np.concatenate([[True], (np.diff(row) != 0) | (np.diff(column) != 1)])
    last = np.concatenate([first[1:], [True]])
    half = step / 2 * 1.001
    boxes = shapely.box(places[first, 0] - half, places[first, 1] - half, places[last, 0] + half, places[last, 1] + half)
    return list(shapely.get_parts(shapely.union_all(boxes)))


def _above(plane: RoofPlane, triangles: Floats) -> Floats:
    """Return the corners (n, 3) of what triangles have above a plane: their own, and where their edges go into it (a dormer's flat roof)."""
    starts, ends = triangles.reshape(-1, 3), np.roll(triangles, -1, axis=1).reshape(-1, 3)
    up, after = (corners[:, 2] - plane.height(corners[:, :2]) for corners in (starts, ends))
    standing = up > RISE_M / 10
    crossing = standing != (after > RISE_M / 10)
    share = np.clip(up[crossing] / (up[crossing] - after[crossing]), 0.0, 1.0)[:, None]
    return np.concatenate([starts[standing], starts[crossing] + share * (ends[crossing] - starts[crossing])])


def _object(
    view: RoofView, plane: RoofPlane, plan: BaseGeometry, xy: Floats, seen: NDArray[np.int64], z: Floats, cell: float
) -> RoofObject | None:
    if not SMALLEST_M2 <= plan.area <= LARGEST_SHARE * plane.hull.area:
        return None
    ring = shapely.difference(shapely.buffer(plan, 3 * np.sqrt(cell)), plan)
    west, south, east, north = ring.bounds
    near = (xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north)
    xy, seen, z = xy[near], seen[near], z[near]
    around = shapely.contains_xy(ring, xy[:, 0], xy[:, 1])
    if not around.any() or not _is_on(plane, xy[around], seen[around], z[around]):
        return None
    within = shapely.contains_xy(plan, xy[:, 0], xy[:, 1])
    corners = _above(plane, view.triangles[np.unique(seen[within])])
    over = corners[inside(shapely.buffer(plane.hull, HAIR_M), corners[:, :2])]
    rise = float(max((z[within] - plane.height(xy[within])).max(), (over[:, 2] - plane.height(over[:, :2])).max(initial=0.0)))
    down, across = plane.descent, np.array([-plane.descent[1], plane.descent[0]])
    slope = float(np.cos(np.radians(plane.pitch_deg)))
    roof = view.triangles[sorted(plane.triangles)].reshape(-1, 3)[:, :2]
    d, u = corners[:, :2] @ down, corners[:, :2] @ across
    foot, ridge = float((roof @ down).max()), float((roof @ down).min())
    low, high = float((roof @ across).min()), float((roof @ across).max())
    chimney = plan.area < CHIMNEY_M2
    return RoofObject(
        "chimney" if chimney else "dormer", 0.6 if chimney else 0.8, plan, float(np.ptp(u)), rise,
        (foot - float(d.max())) / slope, (float(d.min()) - ridge) / slope, float(u.min()) - low, high - float(u.max()),
        roof_width=high - low, top=float(z[within].max()), edges=_edges(view, plan, rise, u, across),
    )


def _is_on(plane: RoofPlane, xy: Floats, seen: NDArray[np.int64], z: Floats) -> bool:
    """Whether what is seen (n) round something is mostly the face that it stands on; its own lower parts, where a pointed roof runs into the face, are
    no other thing."""
    own = np.isin(seen, list(plane.triangles))
    if own.mean() >= AROUND_SHARE:
        return True
    hull = _within(plane, xy)
    rest = ~(hull & (z - plane.height(xy) > RISE_M / 10))
    return bool((~hull & ~own).mean() < BEYOND_SHARE and rest.any() and own[rest].mean() >= AROUND_SHARE)


def _edges(view: RoofView, plan: BaseGeometry, rise: float, u: Floats, across: Floats) -> tuple[float, float]:
    """Return how far the edges of what stands on a roof (its corners ``u`` (n,) m ``across``) reach past its cheeks; none where no cheeks are seen."""
    low, high = view.spans
    west, south, east, north = plan.bounds
    near = (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south) & (high[:, 2] - low[:, 2] >= CHEEK_SHARE * rise)
    faces = view.triangles[near]
    normal = np.cross(faces[:, 1] - faces[:, 0], faces[:, 2] - faces[:, 0])
    normal /= np.maximum(np.linalg.norm(normal, axis=1), 1e-12)[:, None]
    side = faces[:, :, :2] @ across
    along = faces[:, :, :2] @ np.array([across[1], -across[0]])
    cheek = (np.abs(normal[:, 2]) < UPRIGHT) & (np.abs(normal[:, :2] @ across) > ALONG) & (np.ptp(along, axis=1) >= CHEEK_M)
    cheek &= (side.min(axis=1) >= u.min() - HAIR_M) & (side.max(axis=1) <= u.max() + HAIR_M)
    at = side[cheek]
    if not len(at) or np.ptp(at) < CHEEK_M:
        return 0.0, 0.0
    return max(0.0, float(at.min() - u.min())), max(0.0, float(u.max() - at.max()))
