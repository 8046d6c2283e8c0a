"""Rays against triangles by Embree (https://www.embree.org): float32 finds the triangle, float64 says where."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...model.arrays import Floats, Ints, extent

ABOVE_M = 10.0
UPSIDE_DOWN = np.array([1.0, 1.0, -1.0])


def scene_of(triangles: Floats) -> Any:
    """Return an Embree scene of triangles (n, 3, 3) in local metres (small numbers: it stores float32)."""
    from embreex import rtcore_scene
    from embreex.mesh_construction import TriangleMesh

    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(triangles, dtype=np.float32))
    return scene


class TopView:
    """What is seen straight from above: for a place, the highest triangle and its exact height there."""

    def __init__(self, triangles: Floats) -> None:
        """``triangles`` (n, 3, 3) RD + NAP or any metres; upright ones are never seen and cost nothing."""
        self.triangles = triangles
        self.origin = np.floor(extent(triangles.reshape(-1, 3))[0]) if len(triangles) else np.zeros(3)
        self.local = triangles - self.origin
        self.cross = np.cross(self.local[:, 1] - self.local[:, 0], self.local[:, 2] - self.local[:, 0])
        self._lying = np.nonzero(np.abs(self.cross[:, 2]) > 1e-12)[0]
        self._scene = scene_of(self.local[self._lying]) if len(self._lying) else None
        self._start = float(self.local[:, :, 2].max()) + ABOVE_M if len(triangles) else 0.0

    def normals(self, index: Ints) -> Floats:
        """Return unit normals (n, 3) of triangles, turned upward."""
        cross = self.cross[index]
        cross = cross * np.where(cross[:, 2:] < 0, -1.0, 1.0)
        return cross / np.maximum(np.linalg.norm(cross, axis=1), 1e-30)[:, None]

    def triangle_at(self, xy: Floats) -> Ints:
        """Return the highest triangle's number at places (n, 2), -1 where there is none."""
        if self._scene is None or not len(xy):
            return np.full(len(xy), -1, dtype=np.int64)
        starts = np.column_stack([xy - self.origin[:2], np.full(len(xy), self._start)]).astype(np.float32)
        down = np.tile(np.array([[0.0, 0.0, -1.0]], dtype=np.float32), (len(xy), 1))
        seen = np.asarray(self._scene.run(starts, down, output=1)["primID"], dtype=np.int64)
        return np.where(seen >= 0, self._lying[seen], -1)

    def height(self, index: Ints, xy: Floats) -> Floats:
        """Return the exact heights (n,) of the planes of triangles ``index`` (n,) at places (n, 2)."""
        corner, cross = self.local[index, 0], self.cross[index]
        step = xy - self.origin[:2] - corner[:, :2]
        level = np.where(np.abs(cross[:, 2]) > 1e-12, cross[:, 2], np.inf)
        return corner[:, 2] - (cross[:, 0] * step[:, 0] + cross[:, 1] * step[:, 1]) / level + self.origin[2]

    def highest(self, xy: Floats) -> Floats:
        """Return the exact height (n,) of what is seen at places (n, 2), endlessly low where nothing is."""
        seen = self.triangle_at(xy)
        hit = seen >= 0
        heights = np.full(len(xy), -np.inf)
        heights[hit] = self.height(seen[hit], xy[hit])
        return heights


def lowest(triangles: Floats, xy: Floats) -> Floats:
    """Return the height (n,) of the lowest of triangles (n, 3, 3) at places (n, 2), as seen straight from below; endlessly high where there is none."""
    return -TopView(triangles * UPSIDE_DOWN).highest(xy)
