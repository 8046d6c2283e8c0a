"""The places where a design has a goot, druiplijn or boeibord, each told main, dormer or raised part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from ..plane import overlay
from ..plane.distance import main_directions
from .eaves import EavesEdge, eaves_edges
from .roof import STEEP_DEG, RoofPlane
from .roof_objects import STANDS_ON, RoofObject
from .roof_shape import RoofStep

if TYPE_CHECKING:
    from .design_geometry import DesignGeometry


INSIDE_M = 0.05
MINOR_SHARE = 0.5
RISE_M = 0.5
OWN_ROOF_SHARE = 0.3
CURVED_SHARE = 0.1
UPRIGHT_DEG = 90.0
HIGH_SIDE = -0.7
LEVEL_M = 0.1
"""Planes that meet are drawn with no larger step."""
NOWHERE = np.zeros(2)
MAIN, DORMER, RAISED, HIGH, HALF_HIP = "main", "dormer", "raised", "high_side", "half_hip"


@dataclass(frozen=True, eq=False)
class EavesPlace:
    """An eaves: ``line`` (RD) with the roof on the side of ``inward`` (2,; zeros all round); z of the drip edge and of the roof in the
    plane of the outer wall; ``kind`` main | dormer | raised | high_side (of a lessenaarsdak) | half_hip (of a wolfseind); ``flat`` a boeibord;
    ``flush``: a dormer or raised part that goes on upward in the plane of the facade (Vlaamse gevel); ``facing`` (2,) the way
    that the roof under a dormer slopes (zeros: unknown), ``plan`` the hull (RD) of a dormer or raised part,
    ``reach`` how far (m) the drip edge lies outside the line."""

    line: LineString
    inward: Floats
    drip: float
    wall_plane: float
    kind: str = MAIN
    flat: bool = False
    facing: Floats = field(default_factory=lambda: NOWHERE)
    plan: BaseGeometry | None = None
    reach: float = 0.0
    flush: bool = False

    def z(self, reading: str) -> float:
        """Return the height in a reading: ``wall_plane``, else the drip edge."""
        return self.wall_plane if reading == "wall_plane" else self.drip

    def shown(self, reading: str, off_m: float = 0.0) -> LineString:
        """Return the line where it is seen in a reading, moved ``off_m`` outward, with its height (RD + NAP)."""
        out = off_m + (0.0 if reading == "wall_plane" else self.reach)
        xy = shapely.get_coordinates(self.line) - out * self.inward
        return LineString(np.column_stack([xy, np.full(len(xy), self.z(reading))]))

    @property
    def middle(self) -> Floats:
        """The middle of the line (2,)."""
        return np.asarray(shapely.get_coordinates(self.line.interpolate(0.5, normalized=True))[0])


def eaves_places(geometry: DesignGeometry) -> tuple[EavesPlace, ...]:
    """Return the eaves along the facades and where a roof ends above another; none where no roof is recognised."""
    edges = geometry.eaves if geometry.encloses else eaves_edges(geometry.roof, geometry.footprint)
    lines = np.array([edge.line for edge in edges]).reshape(-1, 2, 2)
    heights = np.array([np.inf if edge.kind == "gable" else edge.wall_plane for edge in edges])
    planes = _planes_inside(geometry, lines)
    along = [(edge, plane) for edge, plane in zip(edges, planes) if not _between_verges(edge, edges, planes)]
    places = [place for edge, plane in along if (place := _on_outline(geometry, edge, plane, lines, heights)) is not None]
    places += [_on_step(geometry, step) for step in geometry.roof_shape.steps]
    told = [found for found in geometry.roof_objects if found.kind in STANDS_ON]
    for dormer in told:
        if not any(place.kind == DORMER and place.line.distance(dormer.plan) < RISE_M for place in places):
            places.append(_of_dormer(geometry, dormer))
    return tuple(places)


def _planes_inside(geometry: DesignGeometry, lines: Floats) -> list[RoofPlane | None]:
    """Return the plane of the roof just inside the middle of each stretch of facade (n, 2, 2)."""
    steps = lines[:, 1] - lines[:, 0]
    along = steps / np.hypot(*steps.T)[:, None]
    inward = np.column_stack([-along[:, 1], along[:, 0]])
    seen = geometry.roof.top.triangle_at(lines.mean(axis=1) + INSIDE_M * inward)
    return [geometry.roof.plane_of.get(int(face)) for face in seen]


def _on_outline(geometry: DesignGeometry, edge: EavesEdge, plane: RoofPlane | None, lines: Floats, heights: Floats) -> EavesPlace | None:
    """Return the eaves of one stretch with the ``plane`` inside it; ``lines`` (n, 2, 2) and ``heights`` (n,) of all, gables endlessly high."""
    start, end = edge.line
    along = (end - start) / edge.length
    inward = np.array([-along[1], along[0]])
    overhangs = plane is not None and not plane.flat and edge.kind == "eaves"
    reach = (edge.wall_plane - edge.drip) / np.tan(np.radians(plane.pitch_deg)) if plane is not None and overhangs else 0.0
    place = EavesPlace(LineString(edge.line), inward, edge.drip, edge.wall_plane, flat=edge.kind == "flat", reach=float(max(reach, 0.0)))
    if edge.kind == "gable":
        high = plane is not None and not plane.flat and float(plane.descent @ -inward) < HIGH_SIDE
        return replace(place, kind=HIGH) if high else None
    in_line = np.abs((lines - start) @ inward).max(axis=1) < INSIDE_M
    if edge.kind == "eaves" and _between_gables(edge, lines[in_line & np.isinf(heights)]) and (heights < edge.wall_plane - RISE_M).any():
        return replace(place, kind=HALF_HIP)
    if edge.kind != "dormer" and not (in_line & (heights < edge.wall_plane - RISE_M)).any():
        return place
    if plane is not None and _share(geometry, plane) >= MINOR_SHARE:
        return place
    kind = RAISED if place.flat and edge.kind != "dormer" else DORMER
    return replace(place, kind=kind, facing=-inward, plan=None if plane is None else plane.hull, flush=True)


def _between_verges(rim: EavesEdge, edges: Sequence[EavesEdge], planes: Sequence[RoofPlane | None]) -> bool:
    """Whether a flat stretch is the end of a strip atop a roof: in a gable, between the verges of two planes that fall away from it on both sides and
    are longer together. Like them it is no goot; a flat roof with bevelled sides has a boeibord there."""
    if rim.kind != "flat":
        return False
    verges = 0.0
    for end, other in (rim.line, rim.line[::-1]):
        away = (end - other) / rim.length
        own = [
            edge.length
            for edge, plane in zip(edges, planes)
            if edge.kind == "gable" and plane is not None and not plane.flat and float(plane.descent @ away) > -HIGH_SIDE
            and np.hypot(*(edge.line - end).T).min() < INSIDE_M and float(np.abs((edge.line - end) @ (-away[1], away[0])).max()) < INSIDE_M
            and abs(float(plane.height(end[None])[0]) - rim.wall_plane) < LEVEL_M
        ]  # fmt: skip
        if not own:
            return False
        verges += max(own)
    return verges > rim.length


def _between_gables(edge: EavesEdge, gables: Floats) -> bool:
    """Whether a stretch of eaves goes over into a gable (n, 2, 2; of the same facade) at both of its ends: that of a wolfseind."""
    ends = gables.reshape(-1, 2)
    return bool(len(ends)) and all(np.hypot(*(ends - end).T).min() < INSIDE_M for end in edge.line)


def _on_step(geometry: DesignGeometry, step: RoofStep) -> EavesPlace:
    dormer = any(step.plane is plane for plane in geometry.roof_shape.dormer_planes)
    share = _extent_share(geometry, step.line) if step.plane.flat else _share(geometry, step.plane)
    main = not dormer and share >= MINOR_SHARE
    place = EavesPlace(step.line, -step.plane.descent, step.z, step.z, flat=step.plane.flat)
    if main:
        return place
    return replace(place, kind=DORMER if dormer else RAISED, facing=_slope_under(geometry, step.line), plan=step.plane.hull)


def _of_dormer(geometry: DesignGeometry, dormer: RoofObject) -> EavesPlace:
    """Return a dormer without a plane of its own, by its highest point: its gutter is not higher."""
    xy, _, _ = geometry.roof.samples
    top = float(geometry.roof.heights[shapely.contains_xy(dormer.plan, xy[:, 0], xy[:, 1])].max())
    ring = LineString(shapely.get_coordinates(shapely.convex_hull(dormer.plan)))
    return EavesPlace(ring, NOWHERE, top, top, DORMER, facing=_slope_under(geometry, ring), plan=dormer.plan)


def _slope_under(geometry: DesignGeometry, line: LineString) -> Floats:
    """Return the way that the main roof slopes at a line (2,), zeros where it is flat."""
    middle = line.centroid
    sloped = [plane for plane in geometry.roof_shape.planes if not plane.flat]
    under = [plane for plane in sloped if plane.hull.distance(middle) < INSIDE_M]
    return max(under, key=lambda plane: plane.area_m2).descent if under else NOWHERE


def joint_share(geometry: DesignGeometry, places: Sequence[EavesPlace]) -> float:
    """Return the largest share (0..1) of the building's width that dormers and raised parts on one side of the roof take together."""
    whole = shapely.get_coordinates(geometry.footprint)
    shares = [0.0]
    sides: list[tuple[Floats, list[EavesPlace]]] = []
    for place in places:
        own = next((group for facing, group in sides if float(facing @ place.facing) > 0.7), None)
        if own is None:
            sides.append((place.facing, [place]))
        else:
            own.append(place)
    for facing, group in sides:
        ways = [np.array([-facing[1], facing[0]])] if facing.any() else main_directions(geometry.footprint)
        for way in ways:
            stretches = [shapely.get_coordinates(place.line) @ way for place in group]
            taken = shapely.union_all([LineString([(s.min(), 0), (s.max(), 0)]) for s in stretches])
            shares.append(float(taken.length / max(np.ptp(whole @ way), 1e-9)))
    return max(shares)


def _share(geometry: DesignGeometry, plane: RoofPlane) -> float:
    """Return how much of the building's length or width (the larger share) a plane takes, with its body when it is a main part of it."""
    places: BaseGeometry = plane.hull
    for body in geometry.roof_shape.bodies:
        total = sum(item.area_m2 for item in body.planes)
        if any(item is plane for item in body.planes) and plane.area_m2 >= OWN_ROOF_SHARE * total:
            places = body.plan
    return _extent_share(geometry, places)


def _extent_share(geometry: DesignGeometry, shape: BaseGeometry) -> float:
    whole, own = shapely.get_coordinates(geometry.footprint), shapely.get_coordinates(shape)
    return float(max(np.ptp(own @ way) / max(np.ptp(whole @ way), 1e-9) for way in main_directions(geometry.footprint)))


def is_curved(geometry: DesignGeometry) -> bool:
    """Whether a tenth or more of the roof is a curve: three or more planes that slope the same way and meet."""
    shape = geometry.roof_shape
    total = sum(plane.area_m2 for plane in shape.planes)
    curved = sum(plane.area_m2 for group in shape.kinked if len(group) > 2 for plane in group)
    return curved > CURVED_SHARE * total


def springing(geometry: DesignGeometry) -> float | None:
    """Return the lowest z of the curved roofs, below which no eaves of theirs lies; None of a design without any."""
    return min((_foot(group) for group in geometry.roof_shape.kinked if len(group) > 2), default=None)


def _foot(curve: Sequence[RoofPlane]) -> float:
    """Return the lowest z of a curve; a facet too steep for a roof, which a curve that springs upright begins with, is as high as the next."""
    lowest, over = sorted(curve, key=lambda plane: plane.low)[:2]
    steeper = lowest.pitch_deg + abs(lowest.pitch_deg - over.pitch_deg)
    return lowest.low - (lowest.high - lowest.low if STEEP_DEG <= steeper <= UPRIGHT_DEG else 0.0)


def is_flat(geometry: DesignGeometry) -> bool:
    """Whether half of the roof or more is flat."""
    planes = geometry.roof_shape.planes
    return bool(planes) and sum(p.area_m2 for p in planes if p.flat) >= 0.5 * sum(p.area_m2 for p in planes)


def in_area(places: Sequence[EavesPlace], area: BaseGeometry) -> tuple[EavesPlace, ...]:
    """Return the eaves whose roof lies in an area (RD polygon), cut to it."""
    found, room, core = [], *(overlay.prepared(shapely.buffer(area, wider)) for wider in (0.01, -0.01))
    if not places:
        return ()
    xy, owner = shapely.get_coordinates([place.line for place in places], return_index=True)
    inner = np.asarray(shapely.linestrings(xy + INSIDE_M * np.array([place.inward for place in places])[owner], indices=owner))
    # an edge amid the roof has no inward: at the side of the area it belongs to the roof that stands up there, outside
    rooms = np.array([room if place.inward.any() else core for place in places], dtype=object)
    whole, met = shapely.covers(rooms, inner), shapely.intersects(rooms, inner)
    for place, moved, all_in, hit, room in zip(places, inner, whole, met, rooms):
        if all_in:
            found.append(place)
        if all_in or not hit:
            continue
        cut = overlay.intersection(moved, room)
        pieces = [part for part in shapely.get_parts(cut) if part.geom_type == "LineString" and part.length > 0.05]
        if pieces:
            longest = max(pieces, key=lambda part: part.length)
            found.append(replace(place, line=shapely.transform(longest, partial(np.add, -INSIDE_M * place.inward))))
    return tuple(found)
