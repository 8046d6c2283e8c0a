"""The roof that a plan allows: planes that rise inward from eaves along the edges of a bouwvlak.

Plan text (Soest, docs/measuring.md A3): no part outside the planes that meet the verticals on the two longest edges of the bouwvlak, at the
maximum goothoogte, under an angle of 142 degrees: a pitch of 52. With eaves along every edge it is the roof of the straight skeleton
(Aichholzer and Aurenhammer 1996): the lower plane rules at a corner, the higher one at a corner that bends inward.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import manifold3d
import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from ..building.footprint import polygons_only
from ..plane import overlay
from ..plane.solids import prism

STRAIGHT_M = 0.01
"""Corners of a bouwvlak that lie this near to a straight edge are no corners."""
PARALLEL = 0.999
JOINT_M = 1e-3
"""How far a piece that is cut away reaches over the edge, so that no film stays on the wall."""


@dataclass(frozen=True)
class RoofRule:
    """Roof planes rise at ``pitch_deg`` from eaves along the ``two_longest`` edges of the bouwvlak or along ``all`` of them."""

    pitch_deg: float
    eaves: str = "two_longest"

    @staticmethod
    def of_angle(angle_deg: float, eaves: str = "two_longest") -> RoofRule:
        """Return the rule of an angle between the wall below and the roof: 142 degrees is a pitch of 52."""
        return RoofRule(angle_deg - 90.0, eaves)


@dataclass(frozen=True, eq=False)
class Eave:
    """A straight edge ``start`` to ``end`` (2,) RD with the building on its left; ``bends`` when the corner at its end bends inward."""

    start: Floats
    end: Floats
    bends: bool = False

    @property
    def length(self) -> float:
        """Metres."""
        return float(np.hypot(*(self.end - self.start)))

    @property
    def along(self) -> Floats:
        """Unit vector (2,) from start to end."""
        return (self.end - self.start) / self.length

    @property
    def inward(self) -> Floats:
        """Unit vector (2,) into the building."""
        x, y = self.along
        return np.array([-y, x])


def edges_of(polygon: Polygon) -> list[list[Eave]]:
    """Return the straight edges of each ring of a polygon (RD), in order, the building on their left."""
    tidy = polygon.simplify(STRAIGHT_M)
    tidy = shapely.orient_polygons(tidy if isinstance(tidy, Polygon) and not tidy.is_empty else polygon)
    rings = []
    for ring in (tidy.exterior, *tidy.interiors):
        points = _without_straight(np.asarray(ring.coords)[:-1, :2])
        after, next_after = np.roll(points, -1, axis=0), np.roll(points, -2, axis=0)
        one, other = after - points, next_after - after
        turn = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
        rings.append([Eave(a, b, bool(t < 0)) for a, b, t in zip(points, after, turn)])
    return rings


def _without_straight(points: Floats) -> Floats:
    """Return a ring without the corner where it happens to start, if that is none."""
    before, after = points[-1], points[1]
    (x, y), (a, b) = after - before, points[0] - before
    off = abs(float(x * b - y * a)) / max(float(np.hypot(x, y)), 1e-9)
    return points[1:] if len(points) > 3 and off < STRAIGHT_M else points


def two_longest(edges: list[Eave]) -> list[Eave]:
    """Return the longest edge and the longest of the others; of equals the one that lies most parallel to the first."""
    first = max(edges, key=lambda edge: round(edge.length, 2))
    others = [edge for edge in edges if edge is not first]
    second = max(others, key=lambda edge: (round(edge.length, 2), abs(float(edge.along @ first.along)) > PARALLEL))
    return [first, second]


def under_roof(solid: manifold3d.Manifold, base: BaseGeometry, rule: RoofRule, eaves_nap: float, top_nap: float, origin: Floats) -> manifold3d.Manifold:
    """Return what of a solid (``origin`` (3,) subtracted) lies under the planes over a bouwvlak ``base`` (RD).

    ``eaves_nap`` is where the planes start, ``top_nap`` how high the solid reaches.
    """
    slope = math.tan(math.radians(rule.pitch_deg))
    for polygon in shapely.get_parts(base):
        rings = edges_of(polygon)
        chosen = two_longest(rings[0]) if rule.eaves == "two_longest" else [edge for ring in rings for edge in ring]
        if len(shapely.get_parts(base)) == 1 and len(rings) == 1 and not any(edge.bends for edge in rings[0]):
            for edge in chosen:
                solid = solid.trim_by_plane(*_plane(edge, slope, eaves_nap, origin, keep_below=True))
            continue
        depth = (top_nap - eaves_nap) / slope + 1.0 if slope > 1e-6 else _reach(polygon)
        inward = {id(ring[i]): ring[i - 1].bends for ring in rings for i in range(len(ring))}
        cuts = [cut for edge in chosen for cut in _strip(edge, inward[id(edge)], polygon, rule, depth, slope, eaves_nap, top_nap, origin)]
        if rule.eaves != "two_longest":
            pairs = [(ring[i], ring[(i + 1) % len(ring)]) for ring in rings for i in range(len(ring)) if ring[i].bends]
            cuts += [cut for pair in pairs for cut in _valley(*pair, polygon, depth, slope, eaves_nap, top_nap, origin)]
        if cuts:
            solid = solid - manifold3d.Manifold.batch_boolean(cuts, manifold3d.OpType.Add)
    return solid


def _plane(edge: Eave, slope: float, eaves_nap: float, origin: Floats, keep_below: bool) -> tuple[tuple[float, float, float], float]:
    """Return unit normal and offset of the half-space below (or above) the plane that rises from an edge."""
    normal = np.array([*(slope * edge.inward), -1.0]) * (1.0 if keep_below else -1.0)
    normal /= np.linalg.norm(normal)
    point = np.array([*edge.start, eaves_nap]) - origin
    return (float(normal[0]), float(normal[1]), float(normal[2])), float(normal @ point)


def _reach(polygon: Polygon) -> float:
    west, south, east, north = polygon.bounds
    return math.hypot(east - west, north - south) + 1.0


def _strip(
    edge: Eave, starts_inward: bool, polygon: Polygon, rule: RoofRule, depth: float, slope: float, eaves_nap: float, top_nap: float, origin: Floats
) -> list[manifold3d.Manifold]:
    """Return what a plane cuts away: over the strip that faces its edge, with a joint over its ends but where the corner bends inward
    (``starts_inward``: that at its start does), or (two longest edges) wherever it lies inward of the edge."""
    far = _reach(polygon) if rule.eaves == "two_longest" else JOINT_M
    before, after = (0.0 if bends and rule.eaves != "two_longest" else far for bends in (starts_inward, edge.bends))
    a, b = edge.start - before * edge.along, edge.end + after * edge.along
    outer = -JOINT_M * edge.inward
    shape = Polygon([a + outer, b + outer, b + depth * edge.inward, a + depth * edge.inward])
    region = _facing(shape, polygon, LineString([edge.start, edge.end]))
    return _cut(region, (edge,), slope, eaves_nap, top_nap, origin)


def _valley(
    first: Eave, second: Eave, polygon: Polygon, depth: float, slope: float, eaves_nap: float, top_nap: float, origin: Floats
) -> list[manifold3d.Manifold]:
    """Return what is above both planes at a corner that bends inward, between the strips of its two edges and a joint over them: there the other
    plane lies under their own, and without it a needle without volume stands where the three meet."""
    corner = first.end
    middle = first.inward + second.inward
    middle = middle / max(float(np.hypot(*middle)), 1e-9)
    reach = depth * math.sqrt(2.0) + 1.0
    back, on = corner - JOINT_M * first.along, corner + JOINT_M * second.along
    film = -JOINT_M * middle
    shape = Polygon([corner + film, on + film, on + reach * second.inward, corner + 2 * reach * middle, back + reach * first.inward, back + film])
    region = _facing(shape, polygon, shapely.Point(corner))
    return _cut(region, (first, second), slope, eaves_nap, top_nap, origin)


def _facing(shape: Polygon, polygon: Polygon, edge: BaseGeometry) -> BaseGeometry:
    """Return the part of a shape that is seen from an edge without leaving the bouwvlak, with a film over the edge."""
    seen = polygons_only(overlay.intersection(shape, polygon.buffer(JOINT_M, join_style="mitre")))
    return polygons_only(shapely.union_all([part for part in shapely.get_parts(seen) if part.distance(edge) < 10 * JOINT_M]))


def _cut(
    region: BaseGeometry, edges: tuple[Eave, ...], slope: float, eaves_nap: float, top_nap: float, origin: Floats
) -> list[manifold3d.Manifold]:
    """Return the solid over a region above the planes of all the edges."""
    if region.is_empty:
        return []
    solid = prism(region, origin, eaves_nap - 1.0, top_nap + 1.0)
    for edge in edges:
        solid = solid.trim_by_plane(*_plane(edge, slope, eaves_nap, origin, keep_below=False))
    return [] if solid.is_empty() else [solid]
