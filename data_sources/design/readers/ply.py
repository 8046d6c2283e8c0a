"""PLY (Turk, "The PLY polygon file format", Stanford 1994): by trimesh, and by meshio where faces differ in number of corners.

trimesh is the faster, but gives up on binary files whose faces are not all alike, which is what drawing programs write.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import trimesh

from ....model.arrays import Ints
from ..bodies.pieces import Piece


def ply_pieces(data: bytes, path: Path) -> list[Piece]:
    """Return the meshes of a PLY; raises whatever the libraries do when it is broken or shorter than it says."""
    try:
        scene = trimesh.load_scene(io.BytesIO(data), file_type="ply", process=False)
    except ValueError:  # "unexpected length": the faces are of mixed size, or the file is cut off; the second reader tells
        import meshio

        mesh = meshio.ply.read(str(path))
        faces = [fan(np.asarray(group.data, dtype=np.int64)) for group in mesh.cells if group.data.ndim == 2]
        return [Piece("ply", np.asarray(mesh.points, dtype=np.float64)[:, :3], np.concatenate(faces))]
    return [Piece(name, np.asarray(mesh.vertices), np.asarray(mesh.faces)) for name, mesh in scene.geometry.items() if hasattr(mesh, "faces")]


def fan(corners: Ints) -> Ints:
    """Return polygons of one number of corners (n, k) as triangles (m, 3) from their first corner."""
    count = corners.shape[1]
    return np.concatenate([corners[:, [0, i, i + 1]] for i in range(1, count - 1)] or [np.zeros((0, 3), dtype=np.int64)])
