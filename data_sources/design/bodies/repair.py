"""What can be mended without guessing: double vertices, empty and double faces, mixed winding, inside-out bodies. The rest is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components

from ....model.arrays import Floats, Ints
from .crossing import crossing_faces
from .raw import RawDesign, RawPart

SAME_POINT_M = 1e-6
WHOLE_CLASSES = ("mesh", "Building", "BuildingPart")
"""Source classes whose bodies stand for a whole building: theirs should not overlap."""
OVERLAP_SHARE = 1e-3
BODIES_LIMIT = 20_000
"""Loose pieces above which a mesh is a soup of faces, not a set of bodies."""
BODY_FACES, CRUMBS_LIMIT = 4, 200
"""A body has at least four faces; of more than 200 crumbs that have fewer, one part is made."""
OVERLAP_LIMIT, CROSSING_LIMIT = 400, 60_000
"""Bodies, and faces, above which overlap and crossing are not looked for: it would take longer than all the rest."""


def weld(vertices: Floats, faces: Ints) -> tuple[Floats, Ints]:
    """Return the mesh with vertices nearer than a micrometre made one, and faces without area dropped."""
    if not len(faces):
        return vertices, faces
    origin = vertices[faces[0, 0]]
    scale = max(SAME_POINT_M, 1e-12 * float(np.abs(vertices[faces] - origin).max()))
    keys = np.round((vertices - origin) / scale).astype(np.int64)
    kept, index = _distinct(keys)
    faces = index[faces]
    full = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    return vertices[kept], faces[full]


def _distinct(keys: Ints) -> tuple[Ints, Ints]:
    """Return the first of each distinct row (k,), and for every row (n,) which of them it is; by columns, which sorts faster."""
    code, room = np.zeros(len(keys), dtype=np.int64), 1
    for column in keys.T:
        values, place = np.unique(column, return_inverse=True)
        room *= len(values)
        if room >= 1 << 62:
            _, kept, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
            return kept, index.reshape(-1)
        code = code * len(values) + place.reshape(-1)
    _, kept, index = np.unique(code, return_index=True, return_inverse=True)
    return kept, index.reshape(-1)


def is_closed(faces: Ints) -> bool:
    """Whether every edge is shared by exactly two faces that run along it in opposite directions."""
    if not len(faces):
        return False
    forward, backward = _edge_keys(faces)
    unique, counts = np.unique(forward, return_counts=True)
    return bool((counts == 1).all() and np.array_equal(unique, np.unique(backward)))


def _edge_keys(faces: Ints) -> tuple[Ints, Ints]:
    """Return a number for every directed edge (3 m,), and for the same edge the other way."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).astype(np.int64)
    size = int(faces.max()) + 1
    return edges[:, 0] * size + edges[:, 1], edges[:, 1] * size + edges[:, 0]


def edge_uses(faces: Ints) -> NDArray[np.int64]:
    """Return how many faces use each undirected edge."""
    forward, backward = _edge_keys(faces)
    return np.unique(np.minimum(forward, backward), return_counts=True)[1]


def without_doubles(faces: Ints) -> Ints:
    """Return the faces without those that have the same three vertices as an earlier one."""
    _, first = np.unique(np.sort(faces, axis=1), axis=0, return_index=True)
    return faces[np.sort(first)]


def _face_pairs(faces: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Return pairs of faces (k, 2) that share an edge used by just those two, and whether both run along it the same way."""
    forward, backward = _edge_keys(faces)
    owner = np.tile(np.arange(len(faces)), 3)
    key = np.minimum(forward, backward)
    order = np.argsort(key, kind="stable")
    start, count = np.unique(key[order], return_index=True, return_counts=True)[1:]
    first, second = order[start[count == 2]], order[start[count == 2] + 1]
    return np.column_stack([owner[first], owner[second]]), forward[first] == forward[second]


def one_way(faces: Ints) -> tuple[Ints, int]:
    """Return the faces turned so that neighbours run the same way round, and how many were turned (the fewer side)."""
    pairs, same = _face_pairs(faces)
    if not same.any():
        return faces, 0
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(faces),) * 2).tocsr()
    clash = {(int(a), int(b)) for a, b in pairs[same]}
    turned = np.zeros(len(faces), dtype=bool)
    labels = connected_components(graph, directed=False)[1]
    for start in np.unique(labels, return_index=True)[1]:
        order, before = breadth_first_order(graph, start, directed=False)
        for face in order[1:]:
            parent = int(before[face])
            differs = (parent, int(face)) in clash or (int(face), parent) in clash
            turned[face] = turned[parent] ^ differs
        if turned[order].sum() > len(order) / 2:
            turned[order] = ~turned[order]
    faces = faces.copy()
    faces[turned] = faces[turned][:, ::-1]
    return faces, int(turned.sum())


def signed_volume(vertices: Floats, faces: Ints) -> float:
    """Return the signed volume (m3) of a mesh: negative when it is inside out."""
    local = vertices - vertices.mean(axis=0)
    a, b, c = (local[faces[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def closed_bodies(part: RawPart) -> list[RawPart]:
    """Return a part welded; or, when that leaves it open though it consists of closed bodies that touch (the bars of a
    window frame), those bodies as parts of their own."""
    if is_closed(part.faces):
        return [replace(part, closed=True)]
    vertices, faces = weld(part.vertices, part.faces)
    whole = replace(part, vertices=vertices, faces=faces, closed=is_closed(faces))
    if whole.closed or not len(part.faces):
        return [whole]
    found = []
    groups = _connected(part.faces, len(part.vertices))
    if len(groups) > BODIES_LIMIT or min(len(group) for group in groups) < BODY_FACES:  # then not all are closed
        return [whole]
    for number, group in enumerate(groups):
        v, f = weld(part.vertices, part.faces[group])
        found.append(replace(part, fid=f"{part.fid}.{number}", vertices=v, faces=f, closed=is_closed(f)))
    return found if len(found) > 1 and all(body.closed for body in found) else [whole]


def _groups(labels: Ints) -> list[Ints]:
    """Return the indices of each label, in the order of their first."""
    order = np.argsort(labels, kind="stable")
    cuts = np.nonzero(np.diff(labels[order]))[0] + 1
    return sorted(np.split(order, cuts), key=lambda group: int(group[0]))


def _connected(faces: Ints, size: int) -> list[Ints]:
    """Return groups of face indices that share vertices, as the file numbers them."""
    ends = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]]])
    graph = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    return _groups(connected_components(graph, directed=False)[1][faces[:, 0]])


def mend(raw: RawDesign) -> RawDesign:
    """Weld every part, drop double faces, make winding one way and outward, mark closed ones. Changes ``raw``; counts are told."""
    count: Counter[str] = Counter()
    raw.triangles_read = raw.triangles_read or sum(len(part.faces) for part in raw.parts)
    parts = []
    for part in (body for whole in raw.parts for body in closed_bodies(whole)):
        if not len(part.faces):
            continue
        if not part.closed:
            _try_closing(part, count)
        if part.closed and signed_volume(part.vertices, part.faces) < 0:
            part.faces = part.faces[:, ::-1].copy()
            count["design_turned"] += 1
        parts.append(part)
    raw.parts = parts
    for code in ("design_doubles_dropped", "design_winding_mended", "design_turned", "design_nonmanifold"):
        if count[code]:
            raw.say("warning", code, count=count[code])
    opened = sum(not part.closed for part in parts)
    if opened:
        raw.say("warning" if opened * 20 > len(parts) or len(parts) < 20 else "info", "design_open_parts", count=opened, total=len(parts))
    whole = [part for part in parts if part.source_class in WHOLE_CLASSES]
    small = sum(len(part.faces) for part in whole) <= CROSSING_LIMIT
    crossed = sum(crossing_faces(part.vertices, part.faces) or 0 for part in whole) if small else 0
    if crossed:
        raw.say("warning", "design_faces_cross", count=crossed)
    _tell_overlap(raw)
    return raw


def _try_closing(part: RawPart, count: Counter[str]) -> None:
    """Drop double faces and make the winding one way; what is still open stays as it was read, but for the doubles."""
    faces = without_doubles(part.faces)
    count["design_doubles_dropped"] += len(part.faces) - len(faces)
    ordered, turned = one_way(faces)
    part.faces, part.closed = ordered, is_closed(ordered)
    if turned:
        count["design_winding_mended"] += turned
    count["design_nonmanifold"] += int((edge_uses(faces) > 2).sum())


def _tell_overlap(raw: RawDesign) -> None:
    """Say it when bodies that each stand for a building overlap: areas and volumes are then those of their union."""
    whole = [part for part in raw.parts if part.closed and part.source_class in WHOLE_CLASSES]
    if not 1 < len(whole) <= OVERLAP_LIMIT:
        return
    origin = np.floor(whole[0].vertices.min(axis=0))
    solids = []
    for part in whole:
        mesh = manifold3d.Mesh64(np.ascontiguousarray(part.vertices - origin), np.ascontiguousarray(part.faces, dtype=np.uint64))
        solids.append(manifold3d.Manifold(mesh))
    known = [solid for solid in solids if solid.status() == manifold3d.Error.NoError]
    total = sum(solid.volume() for solid in known)
    together = manifold3d.Manifold.batch_boolean(known, manifold3d.OpType.Add).volume() if known else 0.0
    if total and (total - together) > OVERLAP_SHARE * together:
        raw.say("warning", "design_bodies_overlap", separate=round(total, 1), together=round(together, 1))


def _with_crumbs(groups: list[Ints]) -> list[Ints]:
    crumbs = [group for group in groups if len(group) < BODY_FACES]
    if len(crumbs) <= CRUMBS_LIMIT:
        return groups
    return [*(group for group in groups if len(group) >= BODY_FACES), np.sort(np.concatenate(crumbs))]


def bodies(part: RawPart) -> list[RawPart]:
    """Return the bodies of a part that hang together by shared edges, each a part of its own; one body is returned as it is."""
    forward, backward = _edge_keys(part.faces)
    owner = np.tile(np.arange(len(part.faces)), 3)
    key = np.unique(np.minimum(forward, backward), return_inverse=True)[1].reshape(-1)
    size = len(part.faces) + int(key.max()) + 1
    graph = coo_matrix((np.ones(len(key)), (owner, key + len(part.faces))), shape=(size, size))
    groups = _with_crumbs(_groups(connected_components(graph, directed=False)[1][: len(part.faces)]))
    if len(groups) <= 1 or len(groups) > BODIES_LIMIT:
        return [part]
    found = []
    for number, group in enumerate(groups):
        used, index = np.unique(part.faces[group], return_inverse=True)
        faces = index.reshape(-1, 3)
        found.append(replace(part, fid=f"{part.fid}.{number}", vertices=part.vertices[used], faces=faces))
    return found
