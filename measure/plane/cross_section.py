"""Profiles: a design, the ground and a height limit cut by an upright plane along a line.

Coordinates in a profile are (s, z): metres along the line from its start, and metres NAP.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...model import Part, Terrain
from ...model.arrays import Floats
from .sections import section_segments

SNAP_M = 1e-5
GROUND_STEP_M = 0.25


@dataclass(frozen=True, eq=False)
class Profile:
    """A profile along a line (RD) of ``length`` m: ``design`` and ``excess`` areas, ``edges`` (n, 2, 2) everything of the design that is
    cut (also of open models), ``limit`` (n, 2, 2) the limit surface, ``ground`` (k, 2); all in (s, z)."""

    line: LineString
    length: float
    design: BaseGeometry
    edges: Floats
    limit: Floats
    excess: BaseGeometry
    ground: Floats

    def place(self, point: Sequence[float]) -> tuple[float, float]:
        """Return (s, z) of a point (x, y, z), projected on the line."""
        start, along = _frame(self.line)
        return float((np.asarray(point[:2]) - start) @ along), float(point[2])


def profile_along(line: LineString, parts: Sequence[Part], terrain: Terrain | None, limit: Floats, excess: Floats) -> Profile:
    """Return the profile of parts, terrain and the triangles (n, 3, 3) RD + NAP of a limit surface and of what stands above it."""
    cuts = [_cut(line, part.vertices, part.faces) for part in _crossed(line, [part for part in parts if len(part.faces)])]
    areas = [area for cut in cuts if not (area := _area(cut)).is_empty]
    edges = np.concatenate(cuts) if cuts else np.zeros((0, 2, 2))
    design = shapely.union_all(areas, grid_size=SNAP_M) if areas else shapely.MultiPolygon()
    length = float(shapely.length(line))
    over = _area(cut_triangles(line, excess))
    return Profile(line, length, design, edges, cut_triangles(line, limit), over, _ground(line, length, terrain))


def _crossed(line: LineString, parts: Sequence[Part]) -> list[Part]:
    """Return the parts that have corners on both sides of a line."""
    if not parts:
        return []
    start, along = _frame(line)
    every = np.concatenate([part.vertices[:, :2] for part in parts])
    off = (every - start) @ np.array([-along[1], along[0]])
    first = np.concatenate([[0], np.cumsum([len(part.vertices) for part in parts])[:-1]])
    low, high = np.minimum.reduceat(off, first), np.maximum.reduceat(off, first)
    return [parts[number] for number in np.nonzero((low <= 0) & (high >= 0))[0]]


def cut_triangles(line: LineString, triangles: Floats) -> Floats:
    """Return where the upright plane along a line cuts triangles (n, 3, 3): segments (m, 2, 2) in (s, z)."""
    return _cut(line, triangles.reshape(-1, 3), np.arange(3 * len(triangles)).reshape(-1, 3))


def _frame(line: LineString) -> tuple[Floats, Floats]:
    ends = shapely.get_coordinates(line)[[0, -1]]
    step = ends[1] - ends[0]
    return ends[0], step / max(float(np.hypot(*step)), 1e-9)


def _cut(line: LineString, vertices: Floats, faces: NDArray[np.int64]) -> Floats:
    """Return the cut of faces (m, 3): the plane upright, so that what lies across the line plays the part of height."""
    if not len(faces):
        return np.zeros((0, 2, 2))
    start, along = _frame(line)
    flat = vertices[:, :2] - start
    turned = np.column_stack([flat @ along, vertices[:, 2], flat @ np.array([-along[1], along[0]])])
    return section_segments(Part("", turned, faces), 0.0)[0]


def _area(segments: Floats) -> BaseGeometry:
    """Return what segments enclose, holes left open."""
    if not len(segments):
        return shapely.MultiPolygon()
    lines = shapely.union_all(shapely.linestrings(segments), grid_size=SNAP_M)
    return shapely.make_valid(shapely.build_area(lines))


def _ground(line: LineString, length: float, terrain: Terrain | None) -> Floats:
    """Return the ground along a line (k, 2): straight over gaps (under buildings); empty without terrain."""
    if terrain is None:
        return np.zeros((0, 2))
    s = np.linspace(0.0, length, max(int(length / GROUND_STEP_M), 1) + 1)
    start, along = _frame(line)
    xy = start + s[:, None] * along
    z = terrain.sample(xy[:, 0], xy[:, 1])
    known = np.isfinite(z)
    return np.column_stack([s[known], z[known]])
