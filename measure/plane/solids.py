"""Exact solids: union, what stands above a plane, what stands inside a zone.

Booleans by manifold3d (Lalish, "Manifold", https://github.com/elalish/manifold; guaranteed manifold output) on float64
meshes in a local origin: at RD values float32 would lose centimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import manifold3d
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import bounds_of
from .sections import as_one

SOLID = "solid"
"""Under this the solid of a part is kept with it, with the origin that it was made in."""


def solid_of(part: Part, origin: Floats) -> manifold3d.Manifold | None:
    """Return a closed part as a solid with ``origin`` (3,) subtracted, or None when it is no valid closed solid."""
    if not part.closed:
        return None
    known: tuple[Floats, manifold3d.Manifold | None] | None = part.kept.get(SOLID)
    if known is None:
        known = part.kept[SOLID] = np.array(origin, dtype=np.float64), _made(part, origin)
    moved = known[0] - origin
    return known[1] if known[1] is None or not moved.any() else known[1].translate(tuple(moved.tolist()))


def _made(part: Part, origin: Floats) -> manifold3d.Manifold | None:
    mesh = manifold3d.Mesh64(
        vert_properties=np.ascontiguousarray(part.vertices - origin, dtype=np.float64),
        tri_verts=np.ascontiguousarray(part.faces, dtype=np.uint64),
    )
    solid = manifold3d.Manifold(mesh)
    if solid.status() != manifold3d.Error.NoError and mesh.merge():  # corners that coincide without being one
        solid = manifold3d.Manifold(mesh)
    return solid if solid.status() == manifold3d.Error.NoError and solid.volume() > 0 else None


def solids_of(parts: Sequence[Part], origin: Floats) -> list[manifold3d.Manifold | None]:
    """Return parts as solids with ``origin`` (3,) subtracted, None for each that is no valid closed one. Those whose boxes meet no other are
    one solid of many bodies, which is made at once; a model has thousands of window frames."""
    alone = _alone(parts)
    together = _together([part for part, is_alone in zip(parts, alone) if is_alone], origin)
    if together is None:
        return [solid_of(part, origin) for part in parts]
    return [together, *(solid_of(part, origin) for part, is_alone in zip(parts, alone) if not is_alone)]


def _alone(parts: Sequence[Part]) -> list[bool]:
    """Return which parts are closed and have a box that meets that of no other."""
    low, high = bounds_of(parts)
    flat = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    one, other = shapely.STRtree(flat).query(flat, "intersects")
    meets = (one != other) & (low[one, 2] <= high[other, 2]) & (low[other, 2] <= high[one, 2])
    met = np.zeros(len(parts), dtype=bool)
    met[one[meets]] = True
    return [part.closed and not is_met for part, is_met in zip(parts, met)]


def _together(parts: Sequence[Part], origin: Floats) -> manifold3d.Manifold | None:
    """Return parts that meet nowhere as one solid; None where one of them is no valid closed solid, or where there is nothing to gain."""
    if len(parts) < 2:
        return None
    mesh = as_one(parts)
    a, b, c = (mesh.triangles - origin).transpose(1, 0, 2)
    sixths = np.einsum("ij,ij->i", a, np.cross(b, c))
    if (np.add.reduceat(sixths, np.cumsum([0, *(len(part.faces) for part in parts[:-1])])) <= 0).any():
        return None
    return _made(mesh, origin)


def prism(polygon: BaseGeometry, origin: Floats, bottom: float, top: float) -> manifold3d.Manifold:
    """Return the vertical prism of a (multi)polygon (RD) between two heights NAP, with ``origin`` subtracted."""
    section = manifold3d.CrossSection(_rings(polygon, origin), manifold3d.FillRule.EvenOdd)
    return section.extrude(top - bottom).translate((0.0, 0.0, bottom - origin[2]))


def covering(polygon: BaseGeometry) -> Floats:
    """Return triangles (n, 3, 2) that cover a (multi)polygon (RD) exactly, anticlockwise."""
    origin = np.floor(polygon.bounds[:2])
    rings = [ring[::-1] for ring in _rings(polygon, origin)]  # a normal ring goes round clockwise in shapely, the outer one in manifold the other way
    return np.concatenate(rings)[manifold3d.triangulate(rings)] + origin


def _rings(polygon: BaseGeometry, origin: Floats) -> list[Floats]:
    """Return the rings (n, 2) of a (multi)polygon, the outer ones clockwise, with ``origin`` subtracted."""
    rings = shapely.get_rings(shapely.get_parts(shapely.normalize(polygon)))
    return [shapely.get_coordinates(ring)[:-1] - origin[:2] for ring in rings]


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
    reaching = [part for part in parts if len(part.faces) and part.z_range[1] > height_nap]
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
        top = max(part.z_range[1] for part in reaching) + 1.0
        solid = solid ^ prism(zone, origin, height_nap - 1.0, top)
    return triangles_of(solid, origin), float(solid.volume()), left_out


def volume_above(triangles: Floats, height_nap: float) -> float:
    """Return the volume (m3) that a closed, outward-oriented surface (n, 3, 3) holds above a height NAP, exactly.

    Divergence theorem with the field (0, 0, max(z - h, 0)): each triangle adds the integral of its height above the plane
    over its signed projection. A body that overlaps another counts for itself: take ``above`` for the union.
    """
    heights = triangles[:, :, 2]
    up = (heights > height_nap).view(np.int8)
    corners_up = up[:, 0] + up[:, 1] + up[:, 2]
    reaching = np.flatnonzero(corners_up)
    corners_up = corners_up[reaching]
    x0, y0, z0, x1, y1, z1, x2, y2, z2 = triangles.reshape(-1, 9)[reaching].T
    area = ((x1 - x0) * (y2 - y0) - (y1 - y0) * (x2 - x0)) / 2
    mean = (z0 + z1 + z2) / 3 - height_nap
    through = np.flatnonzero(corners_up < 3)
    a, b, c = np.sort(heights[reaching[through]] - height_nap, axis=1).T
    with np.errstate(divide="ignore", invalid="ignore"):
        one = c * c * c / ((c - a) * (c - b))
        two = a + b + c - a * a * a / ((a - b) * (a - c))
    mean[through] = np.where(corners_up[through] == 1, one, two) / 3
    return float(mean @ area)
