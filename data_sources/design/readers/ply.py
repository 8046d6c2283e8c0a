"""PLY (Turk, "The PLY polygon file format", Stanford 1994): by trimesh, and by meshio where faces differ in number of corners.

trimesh is the faster, but gives up on binary files whose faces are not all alike, which is what drawing programs write.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import trimesh

from ....model.arrays import Ints
from ..bodies.pieces import Piece
from ..bodies.raw import RawDesign

FORMAT, ELEMENT = re.compile(rb"^format\s+(\S+)\s+(\S+)", re.MULTILINE), re.compile(rb"^element\s+\S+\s+(\d+)", re.MULTILINE)


def ply_pieces(data: bytes, path: Path, raw: RawDesign) -> list[Piece]:
    """Return the meshes of a PLY; raises whatever the libraries do when it is broken or shorter than it says; what it leaves unsaid is told."""
    _tell_head(data, raw)
    try:
        scene = trimesh.load_scene(io.BytesIO(data), file_type="ply", process=False)
    except ValueError:  # "unexpected length": the faces are of mixed size, or the file is cut off; the second reader tells
        import meshio

        mesh = meshio.ply.read(str(path))
        faces = [fan(np.asarray(group.data, dtype=np.int64)) for group in mesh.cells if group.data.ndim == 2]
        return [Piece("ply", np.asarray(mesh.points, dtype=np.float64)[:, :3], np.concatenate(faces))]
    return [Piece(name, np.asarray(mesh.vertices), np.asarray(mesh.faces)) for name, mesh in scene.geometry.items() if hasattr(mesh, "faces")]


def _tell_head(data: bytes, raw: RawDesign) -> None:
    """Tell a version that nobody knows, and lines that the header does not count."""
    head, _, body = data.partition(b"end_header")
    version = FORMAT.search(head)
    if version and version.group(2) != b"1.0":
        raw.say("warning", "design_version_unknown", kind="PLY", version=version.group(2).decode("ascii", "replace")[:20], known="1.0")
    if version and version.group(1) == b"ascii":
        extra = sum(1 for line in body.splitlines() if line.strip()) - sum(map(int, ELEMENT.findall(head)))
        if extra > 0:
            raw.say("warning", "design_count_differs", count=extra)


def fan(corners: Ints) -> Ints:
    """Return polygons of one number of corners (n, k) as triangles (m, 3) from their first corner."""
    count = corners.shape[1]
    return np.concatenate([corners[:, [0, i, i + 1]] for i in range(1, count - 1)] or [np.zeros((0, 3), dtype=np.int64)])
