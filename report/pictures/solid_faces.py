"""The faces of a solid as flat polygons instead of triangles, for looks: edges between triangles of one plane are no edges."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...measure.plane import overlay

DECIMALS = (6, 3)
"""Normals agree to a millionth and planes to a millimetre."""
HAIR_M2 = 1e-9


def solid(triangles: NDArray[np.float64]) -> BaseGeometry:
    """Return triangles (n, 3, 3) as a MultiPolygonZ of their planes' faces, in the same coordinates."""
    if not len(triangles):
        return shapely.MultiPolygon()
    origin = triangles.reshape(-1, 3).mean(axis=0)
    corners = triangles - origin
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(normals, axis=1)
    keep = length > HAIR_M2
    corners, normals = corners[keep], normals[keep] / length[keep, None]
    offsets = (normals * corners[:, 0]).sum(axis=1)
    keys = np.column_stack([np.round(normals, DECIMALS[0]) + 0.0, np.round(offsets, DECIMALS[1]) + 0.0])
    group = np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)
    found = [face for number in range(group.max(initial=-1) + 1) for face in _faces(corners[group == number], normals[group == number][0])]
    return shapely.transform(shapely.multipolygons(found), lambda xyz: xyz + origin, include_z=True)


def _faces(corners: NDArray[np.float64], normal: NDArray[np.float64]) -> list[shapely.Polygon]:
    """Return the polygons (z) that triangles of one plane form together."""
    ring = _ring(corners)
    return _united(corners, normal) if ring is None else [shapely.Polygon(ring)]


def _ring(corners: NDArray[np.float64]) -> list[tuple[float, ...]] | None:
    """Return the one ring (m, 3) around triangles that share whole edges, as most faces have; None where there are more rings, or edges that meet in part."""
    after: dict[tuple[float, ...], tuple[float, ...]] = {}
    for triangle in corners.tolist():
        a, b, c = map(tuple, triangle)
        for start, end in ((a, b), (b, c), (c, a)):
            if after.get(end) == start:  # both sides of an edge within the face
                del after[end]
            elif start in after:
                return None
            else:
                after[start] = end
    ring = [next(iter(after), ())]
    while (end := after.get(ring[-1], ring[0])) != ring[0]:
        ring.append(end)
    return ring if 3 <= len(ring) == len(after) else None


def _united(corners: NDArray[np.float64], normal: NDArray[np.float64]) -> list[shapely.Polygon]:
    """Return what the union of the triangles, laid flat, makes of them."""
    drop = int(np.abs(normal).argmax())
    kept = [axis for axis in range(3) if axis != drop]
    flat = overlay.union(list(np.asarray(shapely.polygons(corners[:, :, kept]))))
    offset = float(normal @ corners[0, 0])

    def lifted(ring: shapely.LinearRing) -> NDArray[np.float64]:
        xy = shapely.get_coordinates(ring)
        points = np.empty((len(xy), 3))
        points[:, kept] = xy
        points[:, drop] = (offset - xy @ normal[kept]) / normal[drop]
        return points

    parts = [part for part in shapely.get_parts(flat) if part.geom_type == "Polygon" and part.area > HAIR_M2]
    return [shapely.Polygon(lifted(part.exterior), [lifted(ring) for ring in part.interiors]) for part in parts]
