"""Bodies that are not closed: a mesh from which faces are missing, closed over its holes.

A hole may be a fault of the export (a triangle lost, a house without its lid) or an opening that is meant. Which of the two is not the mesh's to
say, so both are measured; here only the closed form is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import manifold3d
import numpy as np

from ...model import Part
from ...model.arrays import Floats, Ints
from ..plane.solids import volume_above
from .volume import WHOLE_KINDS

MOST_MISSING = 0.6
"""Of the area that is drawn: a box without its lid lacks less, a sheet (the ground, a roof as a plane) would be all hole."""
LEAST_M3 = 1.0
"""What encloses less when it is closed was a sheet, or is no building."""
FEWEST_FACES = 3
"""Fewer enclose nothing, whatever is added in one piece: a tetrahedron has four."""
MENDED = "mended"
"""Under this the closed form of a part is kept with it."""


def mended(parts: Sequence[Part]) -> tuple[tuple[Part, ...], float]:
    """Return parts with the holes in whole buildings closed, and the area (m2) that was missing; the very same parts where nothing is."""
    open_ones = {id(part): _mended(part) for part in parts if not part.closed and part.kind in WHOLE_KINDS and len(part.faces) >= FEWEST_FACES}
    missing = sum(area for _, area in open_ones.values())
    return (tuple(open_ones.get(id(part), (part,))[0] for part in parts), missing) if missing else (tuple(parts), 0.0)


def _mended(part: Part) -> tuple[Part, float]:
    if MENDED not in part.kept:
        part.kept[MENDED] = _closed_over(part)
    known: tuple[Part, float] = part.kept[MENDED]
    return known


def _closed_over(part: Part) -> tuple[Part, float]:
    rims = _rims(part.faces)
    fills = [_fill(part.vertices, rim) for rim in rims or ()]
    if not fills or not all(len(fill) for fill in fills):
        return part, 0.0
    more = np.concatenate(fills)
    missing, drawn = (float(_areas(part.vertices[faces]).sum()) for faces in (more, part.faces))
    faces = np.concatenate([part.faces, more])
    if missing > MOST_MISSING * drawn or volume_above(part.vertices[faces], part.z_range[0]) < LEAST_M3:
        return part, 0.0
    return replace(part, faces=faces, closed=True), missing


def _rims(faces: Ints) -> list[list[int]] | None:
    """Return the rims of the holes of a mesh as rings of vertex numbers, each the way round that its filling goes; None where edges do not pair."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).tolist()
    there = {(a, b) for a, b in edges}
    if len(there) < len(edges):
        return None
    after: dict[int, int] = {}
    for a, b in there:
        if (b, a) not in there:
            if b in after:
                return None
            after[b] = a
    rims = []
    while after:
        first, here = after.popitem()
        rim = [first]
        while here != first:
            if here not in after:
                return None
            rim.append(here)
            here = after.pop(here)
        rims.append(rim)
    return rims


def _fill(vertices: Floats, rim: Sequence[int]) -> Ints:
    """Return the triangles (n, 3) of vertex numbers that fill a rim, as it is seen along its own normal."""
    ring = vertices[list(rim)] - vertices[rim[0]]
    normal = np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0)
    size = float(np.linalg.norm(normal))
    if size < 1e-9:
        return np.zeros((0, 3), dtype=np.int64)
    normal /= size
    along = np.cross(normal, np.eye(3)[int(np.abs(normal).argmin())])
    along /= np.linalg.norm(along)
    flat = np.column_stack([ring @ along, ring @ np.cross(normal, along)])
    return np.asarray(rim, dtype=np.int64)[manifold3d.triangulate([flat])]


def _areas(triangles: Floats) -> Floats:
    return np.asarray(np.linalg.norm(np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]), axis=1) / 2)
