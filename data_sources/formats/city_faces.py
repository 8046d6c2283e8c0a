"""Planar faces of CityJSON as triangles, many at once.

Convex faces (nearly all walls and roofs) are cut into fans together, by their number of corners; what has holes or bends inward is
triangulated one by one in its own plane (manifold3d). A corner on a straight edge is never the middle of a fan's first or last triangle,
so that no triangle is flat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import manifold3d
import numpy as np
from numpy.typing import NDArray

from ...model.arrays import Floats

Indices = NDArray[np.int64]

WORDS = ("roof", "wall", "ground", "other")
SEMANTICS = {"RoofSurface": 0, "WallSurface": 1, "GroundSurface": 2, "OuterFloorSurface": 2}
OTHER = 3
STRAIGHT = 1e-7
"""Twice the area (m2) of a corner's triangle below which it is no corner."""


class Faces:
    """Faces of many geometries, gathered first and triangulated together; each belongs to an ``owner``, a number."""

    def __init__(self) -> None:
        self._vertices: list[Floats] = []
        self._count = 0
        self._rings: dict[int, list[list[int]]] = defaultdict(list)
        self._about: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        self._holed: list[tuple[list[list[int]], int, int, int]] = []
        self._base: dict[int, tuple[Floats, int]] = {}

    def add(self, geometry: Mapping[str, Any], vertices: Floats, owner: int) -> bool:
        """Take the faces of a Solid, MultiSolid, MultiSurface or CompositeSurface; return whether it has any."""
        first, count = self._place(vertices), len(vertices)
        semantics = geometry.get("semantics") or {}
        words = [SEMANTICS.get(s.get("type", ""), OTHER) for s in semantics.get("surfaces") or ()]
        any_face = False
        for face, value in faces_of(geometry.get("boundaries") or [], semantics.get("values")):
            word = words[value] if value is not None and value < len(words) else OTHER
            if not face or len(face[0]) < 3:
                continue
            any_face = True
            if len(face) == 1:
                self._rings[len(face[0])].append(face[0])
                self._about[len(face[0])].append((owner, word, first, count))
            else:
                self._holed.append((face, owner, word, first))
                for ring in face:
                    _check(np.asarray(ring, dtype=np.int64), count)
        return any_face

    def _place(self, vertices: Floats) -> int:
        """Return where the vertices of a document start among all; a document's are kept once."""
        known = self._base.get(id(vertices))
        if known is None:
            self._vertices.append(vertices)
            known = self._base[id(vertices)] = (vertices, self._count)
            self._count += len(vertices)
        return known[1]

    def triangles(self) -> tuple[Floats, NDArray[np.int8], Indices]:
        """Return triangles (n, 3, 3), their words (n,) as places in ``WORDS`` and their owners (n,), in order of owner.

        Raises ``ValueError`` when a vertex index is out of range.
        """
        every = np.concatenate(self._vertices) if self._vertices else np.zeros((0, 3))
        pieces: list[tuple[Floats, NDArray[np.int8], Indices]] = []
        slow: list[tuple[list[Floats], int, int]] = []
        for corners, rings in sorted(self._rings.items()):
            about = np.asarray(self._about[corners], dtype=np.int64).reshape(-1, 4)
            index = np.asarray(rings, dtype=np.int64).reshape(-1, corners)
            _check(index, about[:, 3:])
            points = every[index + about[:, 2:3]]
            owner, word = about[:, 0], about[:, 1].astype(np.int8)
            fans, done = _fans(points)
            pieces.append((fans.reshape(-1, 3, 3), np.repeat(word[done], corners - 2), np.repeat(owner[done], corners - 2)))
            slow += [([points[n]], int(owner[n]), int(word[n])) for n in np.nonzero(~done)[0]]
        slow += [([every[np.asarray(ring, np.int64) + first] for ring in face], owner, word) for face, owner, word, first in self._holed]
        for rings_of_face, owner_of_face, word_of_face in slow:
            made = face_triangles(rings_of_face)
            pieces.append((made, np.full(len(made), word_of_face, np.int8), np.full(len(made), owner_of_face, np.int64)))
        if not pieces:
            return np.zeros((0, 3, 3)), np.zeros(0, np.int8), np.zeros(0, np.int64)
        triangles, words, owners = (np.concatenate([piece[part] for piece in pieces]) for part in range(3))
        order = np.argsort(owners, kind="stable")
        return triangles[order], words[order], owners[order]


def faces_of(boundaries: list[Any], values: Any) -> Iterator[tuple[list[list[int]], int | None]]:
    """Yield (rings, semantic value) of every face, however deep shells and solids are nested."""
    for number, item in enumerate(boundaries):
        value = values[number] if isinstance(values, list) and number < len(values) else None
        if item and isinstance(item[0], list) and item[0] and isinstance(item[0][0], list):
            yield from faces_of(item, value)
        else:
            yield item, value if isinstance(value, int) else None


def _check(index: Indices, count: Any) -> None:
    if index.size and ((index < 0) | (index >= count)).any():
        raise ValueError("a vertex index is out of range")


def _fans(points: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the triangles (k, n - 2, 3, 3) of the convex ones among faces (m, n, 3), and which (m,) these are; a triangle always is."""
    corners = points.shape[1]
    if corners == 3:
        return points[:, None], np.ones(len(points), bool)
    local = points - points[:, :1]
    normal = np.cross(local, np.roll(local, -1, axis=1)).sum(axis=1)
    length = np.linalg.norm(normal, axis=1)
    edges = np.roll(points, -1, axis=1) - points
    with np.errstate(invalid="ignore", divide="ignore"):
        turn = np.einsum("mij,mj->mi", np.cross(np.roll(edges, 1, axis=1), edges), normal / length[:, None])
    real = turn > STRAIGHT
    apex_fits = np.roll(real, 1, axis=1) & np.roll(real, -1, axis=1)
    good = (turn >= -STRAIGHT).all(axis=1) & apex_fits.any(axis=1) & (length > 1e-9)
    good &= real.sum(axis=1) >= 3
    apex = apex_fits[good].argmax(axis=1)
    order = (apex[:, None] + np.arange(corners)) % corners
    turned = np.take_along_axis(points[good], order[:, :, None], axis=1)
    fan = np.array([[0, i, i + 1] for i in range(1, corners - 1)])
    return turned[:, fan], good


def face_triangles(rings: list[Floats]) -> Floats:
    """Return the triangles (n, 3, 3) of one planar face (first ring outer, others holes), with the face's orientation."""
    normal = _newell(rings[0])
    if normal is None:
        return np.zeros((0, 3, 3))
    axis = int(np.argmax(np.abs(normal)))
    keep = [(1, 2), (2, 0), (0, 1)][axis]
    origin = rings[0][0]
    flat = [(ring - origin)[:, keep] * (1.0, np.sign(normal[axis])) for ring in rings]
    index = manifold3d.triangulate([_turned(ring, positive=not number) for number, ring in enumerate(flat)])
    every = np.concatenate([_order(ring, flat[n], positive=not n) for n, ring in enumerate(rings)])
    return every[np.asarray(index, dtype=np.int64)].reshape(-1, 3, 3)


def _area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def _turned(ring: Floats, positive: bool) -> Floats:
    return ring if (_area(ring) > 0) == positive else ring[::-1]


def _order(points: Floats, flat: Floats, positive: bool) -> Floats:
    return points if (_area(flat) > 0) == positive else points[::-1]


def _newell(ring: Floats) -> Floats | None:
    after = np.roll(ring, -1, axis=0)
    normal = np.cross(ring - ring[0], after - ring[0]).sum(axis=0)
    length = np.linalg.norm(normal)
    return normal / length if length > 1e-9 else None
