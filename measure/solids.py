"""Exact solids: union, what stands above a plane, what stands inside a zone.

Booleans by manifold3d (Lalish, "Manifold", https://github.com/elalish/manifold; guaranteed manifold output) on float64
meshes in a local origin: at RD values float32 would lose centimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import manifold3d
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..model import Part

Floats = NDArray[np.float64]


def solid_of(part: Part, origin: Floats) -> manifold3d.Manifold | None:
    """Return a closed part as a solid with ``origin`` (3,) subtracted, or None when it is no valid closed solid."""
    if not part.closed:
        return None
    mesh = manifold3d.Mesh64(
        vert_properties=np.ascontiguousarray(part.vertices - origin, dtype=np.float64),
        tri_verts=np.ascontiguousarray(part.faces, dtype=np.uint64),
    )
    mesh.merge()
    solid = manifold3d.Manifold(mesh)
    return solid if solid.status() == manifold3d.Error.NoError and solid.volume() > 0 else None


def prism(polygon: BaseGeometry, origin: Floats, bottom: float, top: float) -> manifold3d.Manifold:
    """Return the vertical prism of a (multi)polygon (RD) between two heights NAP, with ``origin`` subtracted."""
    rings = []
    for part in getattr(shapely.normalize(polygon), "geoms", [polygon]):
        for ring in (part.exterior, *part.interiors):
            rings.append(np.asarray(ring.coords)[:-1, :2] - origin[:2])
    section = manifold3d.CrossSection(rings, manifold3d.FillRule.EvenOdd)
    return section.extrude(top - bottom).translate((0.0, 0.0, bottom - origin[2]))


def union(solids: Sequence[manifold3d.Manifold]) -> manifold3d.Manifold:
    """Return the union of solids, so that overlapping bodies count once."""
    return manifold3d.Manifold.batch_boolean(list(solids), manifold3d.OpType.Add)


def triangles_of(solid: manifold3d.Manifold, origin: Floats) -> Floats:
    """Return the closed surface (n, 3, 3) of a solid, RD + NAP."""
    mesh = solid.to_mesh64()
    vertices = np.asarray(mesh.vert_properties)[:, :3]
    return vertices[np.asarray(mesh.tri_verts, dtype=np.int64)] + origin


def above(parts: Iterable[Part], height_nap: float, zone: BaseGeometry | None = None) -> tuple[Floats, float, int]:
    """Return what the closed parts have above ``height_nap`` inside ``zone`` (RD polygon; None = everywhere).

    Returns the closed surface (n, 3, 3) RD + NAP, its exact volume (m3; overlapping bodies once), and how many parts that
    reach above the height were left out because they are not closed.
    """
    reaching = [part for part in parts if len(part.faces) and part.vertices[:, 2].max() > height_nap]
    if not reaching:
        return np.zeros((0, 3, 3)), 0.0, 0
    origin = np.floor(np.min([part.vertices.min(axis=0) for part in reaching], axis=0))
    pieces, left_out = [], 0
    for part in reaching:
        solid = solid_of(part, origin)
        if solid is None:
            left_out += 1
            continue
        pieces.append(solid.trim_by_plane((0.0, 0.0, 1.0), height_nap - origin[2]))
    pieces = [piece for piece in pieces if not piece.is_empty()]
    if not pieces:
        return np.zeros((0, 3, 3)), 0.0, left_out
    solid = union(pieces)
    if zone is not None:
        top = max(float(part.vertices[:, 2].max()) for part in reaching) + 1.0
        solid = solid ^ prism(zone, origin, height_nap - 1.0, top)
    return triangles_of(solid, origin), float(solid.volume()), left_out
