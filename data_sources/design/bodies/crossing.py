"""Faces of one body that pass through each other: then inside and outside are not one-to-one and volumes mislead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from ....model.arrays import Floats, Ints, spans

FACES_LIMIT = 30_000
PAIRS_LIMIT = 4_000_000
CHUNK = 500_000
EPS = 1e-7
"""Share of an edge or face within which a touch is no crossing."""
SAMPLE, FIRST_LOOK, PARTNERS, SEED = 96, 16, 400, 7
TANGLE_SHARE, TANGLE_PAIRS = 20.0, 200_000
"""A face that 20 others pass through, all over the model, belongs to no building; few faces can still be measured."""


def crossing_faces(vertices: Floats, faces: Ints) -> int | None:
    """Return how many faces are pierced by an edge of a face they share no vertex with; None when the mesh is too large.

    Test of segment against triangle: Moeller and Trumbore, "Fast, minimum storage ray/triangle intersection", 1997.
    """
    if not 8 <= len(faces) <= FACES_LIMIT:
        return 0 if len(faces) < 8 else None
    corners = vertices[faces] - vertices[faces[0, 0]]
    low, high = spans(corners)
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    first, second = shapely.STRtree(boxes).query(boxes)
    keep = (first < second) & (low[first, 2] <= high[second, 2]) & (low[second, 2] <= high[first, 2])
    first, second = first[keep], second[keep]
    if len(first) > PAIRS_LIMIT:
        return None
    shares = (faces[first][:, :, None] == faces[second][:, None, :]).any(axis=(1, 2))
    first, second = first[~shares], second[~shares]
    crossed = np.zeros(len(faces), dtype=bool)
    for start in range(0, len(first), CHUNK):
        a, b = first[start : start + CHUNK], second[start : start + CHUNK]
        for one, other in ((a, b), (b, a)):
            for side in range(3):
                hit = _pierces(corners[one, side], corners[one, (side + 1) % 3], corners[other])
                crossed[one[hit]] = crossed[other[hit]] = True
    return int(crossed.sum())


def tangled(corners: Floats) -> bool:
    """Whether faces (n, 3, 3) are a tangle: from a sample, 20 or more others pass through each, and 200,000 pairs in all.

    The sections, views and areas of such a mesh have as many points as it has crossings: gigabytes for a file of 100 kB.
    """
    if len(corners) * (len(corners) - 1) / 2 < TANGLE_PAIRS:
        return False
    numbers = np.random.default_rng(SEED)
    bounds: list[Floats] = []
    for axis in range(3):
        a, b, c = (corners[:, corner, axis] for corner in range(3))
        bounds += [np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)]
    chosen = numbers.choice(len(corners), min(SAMPLE, len(corners)), replace=False)
    crossed: list[float] = []
    for face in chosen:
        crossed.append(_crossing_share(corners, bounds, int(face), numbers))
        if len(crossed) == FIRST_LOOK and np.mean(crossed) < TANGLE_SHARE / 4:
            return False
    share = float(np.mean(crossed))
    return share >= TANGLE_SHARE and share * len(corners) / 2 >= TANGLE_PAIRS


def _crossing_share(corners: Floats, bounds: Sequence[Floats], face: int, numbers: np.random.Generator) -> float:
    """Return about how many faces pass through one: of many neighbours some are tried."""
    near = np.arange(0)
    for axis in range(3):
        low, high = bounds[2 * axis], bounds[2 * axis + 1]
        if axis == 0:
            near = np.nonzero((low <= high[face]) & (high >= low[face]))[0]
        else:
            near = near[(low[near] <= high[face]) & (high[near] >= low[face])]
    near = near[near != face]
    if not len(near):
        return 0.0
    some = near if len(near) <= PARTNERS else numbers.choice(near, PARTNERS, replace=False)
    here = np.broadcast_to(corners[face], (len(some), 3, 3)) - corners[face, 0]
    there = corners[some] - corners[face, 0]
    hit = np.zeros(len(some), dtype=bool)
    for one, other in ((here, there), (there, here)):
        for side in range(3):
            hit |= _pierces(one[:, side], one[:, (side + 1) % 3], other)
    return float(hit.mean() * len(near))


def _pierces(p: Floats, q: Floats, triangle: Floats) -> NDArray[np.bool_]:
    """Whether segments p-q (n, 3) pass through the inside of triangles (n, 3, 3)."""
    u, v = triangle[:, 1] - triangle[:, 0], triangle[:, 2] - triangle[:, 0]
    way, away = q - p, p - triangle[:, 0]
    cross = np.cross(way, v)
    det = (u * cross).sum(axis=1)
    size = np.linalg.norm(np.cross(u, v), axis=1) * np.linalg.norm(way, axis=1)
    flat = np.abs(det) <= EPS * size
    det = np.where(flat, 1.0, det)
    s = (away * cross).sum(axis=1) / det
    turn = np.cross(away, u)
    t = (way * turn).sum(axis=1) / det
    along = (v * turn).sum(axis=1) / det
    inner = (s > EPS) & (t > EPS) & (s + t < 1 - EPS) & (along > EPS) & (along < 1 - EPS)
    return inner & ~flat
