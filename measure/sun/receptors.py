"""Where sun is measured: points on facades, at windows, on the ground, and who is inside a body.

A 3D register of buildings has no windows (3DBAG), so facade points are assumed: 0.75 m above each assumed floor, every
2 m along the facade, just off the wall (docs/measuring.md C1). Walls against another building are no receptors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Building3D, Part, Terrain
from ...model.arrays import Floats
from ..plane.inside import inside

ABOVE_FLOOR_M = 0.75
SPACING_M = 2.0
STOREY_M = 2.8
OFF_WALL_M = 0.05
PARTY_GAP_M = 0.3
"""A wall with another building closer than this in front of it is a shared wall (they seldom touch exactly in a model)."""
NARROW_M = 1.0
"""A narrower stretch of wall holds no window of a room."""
HEADROOM_M = 0.5
EAVES_SLACK_M = 0.4
UPRIGHT = 0.2
SAME_PLANE_M, SAME_PLANE_COS = 0.1, 0.9986
SAME_FACADE_DEG = 30.0
REACH_M = 5.0
"""A hole in the terrain this far from known ground is taken to be level with it."""
LONGEST_BLOCK = 2_000_000


@dataclass(frozen=True)
class Receptor:
    """A point (RD + NAP) with its outward normal (x, y, z), or None where the sun may come from everywhere.

    ``kind``: facade | window | ground | point. ``building`` is a pand; ``facade`` the compass direction (degrees, grid) that its
    side of the building faces; ``floor`` counts from 0.
    """

    point: tuple[float, float, float]
    normal: tuple[float, float, float] | None
    kind: str
    building: str = ""
    facade: float | None = None
    floor: int | None = None


@dataclass(frozen=True, eq=False)
class Wall:
    """An upright plane of a building: ``normal`` outward (2,), ``offset`` along it, and its triangles as (n, 3, 2) of (along, z)."""

    normal: Floats
    offset: float
    flat: Floats

    def stretches(self, z: float) -> list[tuple[float, float]]:
        """Return the stretches (from, to; along the wall) that the wall has at a height."""
        low, high = np.full(len(self.flat), np.inf), np.full(len(self.flat), -np.inf)
        for a, b in ((0, 1), (1, 2), (2, 0)):
            (sa, za), (sb, zb) = self.flat[:, a].T, self.flat[:, b].T
            crossed = (np.minimum(za, zb) <= z) & (np.maximum(za, zb) >= z) & (za != zb)
            with np.errstate(divide="ignore", invalid="ignore"):
                s = sa + (z - za) * (sb - sa) / (zb - za)
            low, high = np.where(crossed, np.minimum(low, s), low), np.where(crossed, np.maximum(high, s), high)
        return _merged(low[high > low], high[high > low])

    def place(self, along: float, z: float) -> Floats:
        """Return the point (3,) RD + NAP just off the wall."""
        across = np.array([-self.normal[1], self.normal[0]])
        xy = across * along + self.normal * (self.offset + OFF_WALL_M)
        return np.array([xy[0], xy[1], z])


def _merged(low: Floats, high: Floats, gap: float = 0.02) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(zip(low.tolist(), high.tolist())):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def facade_receptors(
    building: Building3D, around: Sequence[Building3D], ground_nap: float, spacing_m: float = SPACING_M, storey_m: float = STOREY_M,
    above_floor_m: float = ABOVE_FLOOR_M,
) -> tuple[Receptor, ...]:
    """Return the assumed receptors on the outside walls of a building; ``around`` are buildings that may share a wall.

    Floors stand ``storey_m`` apart from ``ground_nap`` (m NAP) up to the eaves of each wall; a gable's top gets none.
    """
    triangles = outward(building.triangles)
    found: list[Receptor] = []
    facades = _Facades()
    for wall in walls_of(triangles, building.semantics):
        bearing = facades.of(wall)
        top = float(wall.flat[:, :, 1].max())
        for floor in range(int(max(0.0, top - ground_nap) // storey_m) + 1):
            z = ground_nap + floor * storey_m + above_floor_m
            for along in _places(wall, z, spacing_m):
                point = wall.place(along, z)
                normal = (float(wall.normal[0]), float(wall.normal[1]), 0.0)
                found.append(Receptor(tuple(point.tolist()), normal, "facade", building.fid, bearing, floor))
    if not found:
        return ()
    kept = ~_shared(np.array([r.point for r in found]), np.array([r.normal for r in found]), around)
    return tuple(receptor for receptor, keep in zip(found, kept) if keep)


def _places(wall: Wall, z: float, spacing_m: float) -> list[float]:
    """Return the places along a wall at a height that lie below its eaves: at most ``spacing_m`` apart, halves at the ends."""
    higher = wall.stretches(z + HEADROOM_M)
    places: list[float] = []
    for start, end in wall.stretches(z):
        width = end - start
        left = sum(max(0.0, min(end, b) - max(start, a)) for a, b in higher)
        if width < NARROW_M or left < width - EAVES_SLACK_M:
            continue
        count = int(np.ceil(width / spacing_m - 1e-6))
        places += [start + (n + 0.5) * width / count for n in range(count)]
    return places


class _Facades:
    """The sides of a building: walls that face about the same way are one side, named by the direction of the first."""

    def __init__(self) -> None:
        self._bearings: list[float] = []

    def of(self, wall: Wall) -> float:
        bearing = float(np.degrees(np.arctan2(wall.normal[0], wall.normal[1])) % 360)
        for known in self._bearings:
            if abs((bearing - known + 180) % 360 - 180) <= SAME_FACADE_DEG:
                return known
        self._bearings.append(round(bearing, 1) % 360)
        return self._bearings[-1]


def walls_of(triangles: Floats, semantics: NDArray[np.str_] | None = None) -> list[Wall]:
    """Return the upright planes of a body (n, 3, 3) turned outward, largest first; by semantics ``wall``, else by slope alone."""
    cross = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    area = np.linalg.norm(cross, axis=1) / 2
    upright = (np.abs(cross[:, 2]) <= UPRIGHT * 2 * area) & (area > 1e-4)
    if semantics is not None and (semantics == "wall").any():
        upright &= semantics == "wall"
    planes: list[tuple[Floats, float, list[int]]] = []
    for index in sorted(np.flatnonzero(upright), key=lambda i: (-area[i], i)):
        normal = cross[index, :2] / np.linalg.norm(cross[index, :2])
        middle = triangles[index, :, :2].mean(axis=0)
        for plane, offset, members in planes:
            if plane @ normal > SAME_PLANE_COS and abs(plane @ middle - offset) < SAME_PLANE_M:
                members.append(index)
                break
        else:
            planes.append((normal, float(normal @ middle), [index]))
    walls = []
    for normal, offset, members in planes:
        corners = triangles[members]
        along = corners[:, :, 1] * normal[0] - corners[:, :, 0] * normal[1]
        walls.append(Wall(normal, offset, np.stack([along, corners[:, :, 2]], axis=-1)))
    return walls


def outward(triangles: Floats) -> Floats:
    """Return a body (n, 3, 3) with its faces turned outward: all are turned when its signed volume is negative."""
    if not len(triangles):
        return triangles
    local = triangles - triangles.reshape(-1, 3).mean(axis=0)
    volume = np.einsum("ni,ni->n", local[:, 0], np.cross(local[:, 1], local[:, 2])).sum()
    return triangles[:, ::-1] if volume < 0 else triangles


def _shared(points: Floats, normals: Floats, around: Iterable[Building3D]) -> NDArray[np.bool_]:
    """Return which points (n, 3) stand against another building: in it, or with it within ``PARTY_GAP_M`` in front."""
    shared = np.zeros(len(points), dtype=bool)
    for ahead in (0.0, PARTY_GAP_M - OFF_WALL_M):
        for other in around:
            shared |= inside_body(other.triangles, points + normals * ahead)
    return shared


def inside_body(triangles: Floats, points: Floats) -> NDArray[np.bool_]:
    """Return which points (n, 3) lie inside a body (m, 3, 3), also when it leaks a little: by the generalised winding number.

    Jacobson, Kavan and Sorkine-Hornung, "Robust inside-outside segmentation using generalized winding numbers", SIGGRAPH 2013;
    solid angles after Van Oosterom and Strackee, IEEE Trans. Biomed. Eng. 30(2), 1983.
    """
    out = np.zeros(len(points), dtype=bool)
    if not len(triangles) or not len(points):
        return out
    low, high = triangles.min(axis=(0, 1)), triangles.max(axis=(0, 1))
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    step = max(1, LONGEST_BLOCK // len(triangles))
    for start in range(0, len(near), step):
        some = near[start : start + step]
        a, b, c = np.moveaxis(triangles[None] - points[some, None, None], 2, 0)
        la, lb, lc = (np.linalg.norm(v, axis=-1) for v in (a, b, c))
        triple = np.einsum("...i,...i", a, np.cross(b, c))
        below = la * lb * lc + (a * b).sum(-1) * lc + (b * c).sum(-1) * la + (c * a).sum(-1) * lb
        out[some] = np.abs(2 * np.arctan2(triple, below).sum(axis=1)) > 2 * np.pi
    return out


def window_receptors(parts: Iterable[Part], body: Floats) -> tuple[Receptor, ...]:
    """Return a receptor for each part of kind ``window``: the middle of its sill, at its outer face; ``body`` (n, 3, 3) is the whole
    design, to tell outside from inside. Windows in a roof (skylights) face up."""
    found = []
    for part in parts:
        if part.kind != "window" or not len(part.faces):
            continue
        corners = part.vertices
        flat = corners[:, :2] - corners[:, :2].mean(axis=0)
        across = np.linalg.svd(flat, full_matrices=False)[2][1] if len(flat) > 2 else np.array([0.0, 1.0])
        middle = np.array([*corners[:, :2].mean(axis=0), float(corners[:, 2].min())])
        depth = float(np.abs(flat @ across).max()) + OFF_WALL_M
        normal = np.array([across[0], across[1], 0.0])
        sides = np.stack([middle + normal * (depth + 0.5), middle - normal * (depth + 0.5)])
        covered = inside_body(body, sides + (0.0, 0.0, 0.05))
        normal = -normal if covered[0] and not covered[1] else normal
        found.append(Receptor(tuple((middle + normal * depth).tolist()), tuple(normal.tolist()), "window", part.fid))
    return tuple(found)


def ground_receptors(
    area: BaseGeometry, terrain: Terrain | None, spacing_m: float, level_nap: float, above_m: float = 0.0
) -> tuple[Receptor, ...]:
    """Return receptors in an area (RD; a garden, a parcel): a square grid ``above_m`` the terrain, or ``level_nap`` where that is unknown."""
    if area.is_empty:
        return ()
    west, south, east, north = area.bounds
    x, y = np.arange(west + spacing_m / 2, east, spacing_m), np.arange(south + spacing_m / 2, north, spacing_m)
    xy = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    xy = xy[inside(area, xy)] if len(xy) else xy
    if not len(xy):
        middle = shapely.point_on_surface(area)
        xy = np.array([[middle.x, middle.y]])
    z = ground_at(xy, terrain, level_nap) + above_m
    return tuple(Receptor((px, py, pz), None, "ground") for (px, py), pz in zip(xy.tolist(), z.tolist()))


def ground_at(xy: Floats, terrain: Terrain | None, level_nap: float) -> Floats:
    """Return ground heights (n,) m NAP at places (n, 2): of the terrain, in its holes that of the nearest place within ``REACH_M``, else
    ``level_nap``."""
    if terrain is None:
        return np.full(len(xy), level_nap)
    z = terrain.sample(xy[:, 0], xy[:, 1])
    known = np.isfinite(z)
    if known.all() or not known.any():
        return np.where(known, z, level_nap)
    from scipy.spatial import cKDTree

    away, near = cKDTree(xy[known]).query(xy[~known])
    z[~known] = np.where(away <= REACH_M, z[known][near], level_nap)
    return z
