"""What can be mended without guessing: double vertices, empty faces, inside-out bodies. The rest is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .raw import RawDesign, RawPart

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SAME_POINT_M = 1e-6


def weld(vertices: Floats, faces: Ints) -> tuple[Floats, Ints]:
    """Return the mesh with vertices nearer than a micrometre made one, and faces without area dropped."""
    if not len(faces):
        return vertices, faces
    origin = vertices[faces[0, 0]]
    keys = np.round((vertices - origin) / SAME_POINT_M).astype(np.int64)
    _, kept, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    faces = index.reshape(-1)[faces]
    full = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    return vertices[kept], faces[full]


def is_closed(faces: Ints) -> bool:
    """Whether every edge is shared by exactly two faces that run along it in opposite directions."""
    if not len(faces):
        return False
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    size = int(faces.max()) + 1
    forward = edges[:, 0].astype(np.int64) * size + edges[:, 1]
    backward = edges[:, 1].astype(np.int64) * size + edges[:, 0]
    unique, counts = np.unique(forward, return_counts=True)
    return bool((counts == 1).all() and np.array_equal(unique, np.unique(backward)))


def signed_volume(vertices: Floats, faces: Ints) -> float:
    """Return the signed volume (m3) of a mesh: negative when it is inside out."""
    local = vertices - vertices.mean(axis=0)
    a, b, c = (local[faces[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def closed_bodies(part: RawPart) -> list[RawPart]:
    """Return a part welded; or, when that leaves it open though it consists of closed bodies that touch (the bars of a
    window frame), those bodies as parts of their own."""
    vertices, faces = weld(part.vertices, part.faces)
    whole = replace(part, vertices=vertices, faces=faces, closed=is_closed(faces))
    if whole.closed or not len(part.faces):
        return [whole]
    found = []
    for number, group in enumerate(_connected(part.faces, len(part.vertices))):
        v, f = weld(part.vertices, part.faces[group])
        found.append(replace(part, fid=f"{part.fid}.{number}", vertices=v, faces=f, closed=is_closed(f)))
    return found if len(found) > 1 and all(body.closed for body in found) else [whole]


def _connected(faces: Ints, size: int) -> list[Ints]:
    """Return groups of face indices that share vertices, as the file numbers them."""
    label = np.arange(size)
    while True:
        lowest = label[faces].min(axis=1)
        before = label.copy()
        np.minimum.at(label, faces.ravel(), np.repeat(lowest, 3))
        if np.array_equal(before, label):
            break
    of_face = label[faces[:, 0]]
    return [np.nonzero(of_face == value)[0] for value in np.unique(of_face)]


def mend(raw: RawDesign) -> RawDesign:
    """Weld every part, turn inside-out bodies, mark closed ones; counts go to the import log. Changes ``raw``."""
    turned = opened = 0
    parts = []
    for part in (body for whole in raw.parts for body in closed_bodies(whole)):
        if not len(part.faces):
            continue
        if part.closed and signed_volume(part.vertices, part.faces) < 0:
            part.faces = part.faces[:, ::-1].copy()
            turned += 1
        opened += not part.closed
        parts.append(part)
    raw.parts = parts
    if turned:
        raw.say("warning", "design_turned", count=turned)
    if opened:
        raw.say("warning", "design_open_parts", count=opened, total=len(parts))
    return raw


def bodies(part: RawPart) -> list[RawPart]:
    """Return the connected bodies of a part, each a part of its own; a part of one body is returned as it is."""
    import trimesh

    groups = trimesh.graph.connected_components(trimesh.graph.face_adjacency(part.faces), nodes=np.arange(len(part.faces)), min_len=1)
    if len(groups) <= 1:
        return [part]
    found = []
    for number, group in enumerate(sorted(groups, key=lambda g: int(g.min()))):
        used, index = np.unique(part.faces[np.sort(group)], return_inverse=True)
        found.append(
            RawPart(f"{part.fid}.{number}", part.vertices[used], index.reshape(-1, 3), part.kind, part.source_class, part.name)
        )
    return found
