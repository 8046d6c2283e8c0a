"""Horizontal sections: what the walls enclose at a height."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import MOVED, bounds_of
from . import overlay

GAP_M = 0.06
"""Gaps up to this width between walls, frames and doors still enclose: models leave seams."""


def section_segments(part: Part, height_nap: float) -> tuple[Floats, NDArray[np.int64]]:
    """Return where the plane z = ``height_nap`` cuts a part: segments (n, 2, 2) RD and the index of their triangle (n,).

    Each crossing is computed on its edge from the lower vertex index to the higher, so that neighbouring triangles give
    the very same point and the segments join without snapping. Triangles in the plane itself give no segment.
    """
    z = part.vertices[:, 2] - height_nap
    z = np.where(z == 0.0, 1e-9, z)
    above = z[part.faces] > 0
    cut = np.nonzero(above.any(axis=1) & ~above.all(axis=1))[0]
    if not len(cut):
        return np.zeros((0, 2, 2)), cut
    faces, up = part.faces[cut], above[cut]
    lone = np.where(up.sum(axis=1) == 1, up.argmax(axis=1), (~up).argmax(axis=1))
    rows = np.arange(len(faces))
    apex = faces[rows, lone]
    ends = [_crossing(part.vertices, z, apex, faces[rows, (lone + step) % 3]) for step in (1, 2)]
    return np.stack(ends, axis=1), cut


def _crossing(vertices: Floats, z: Floats, a: NDArray[np.int64], b: NDArray[np.int64]) -> Floats:
    low, high = np.minimum(a, b), np.maximum(a, b)
    t = z[low] / (z[low] - z[high])
    return vertices[low, :2] + t[:, None] * (vertices[high, :2] - vertices[low, :2])


def as_one(parts: Sequence[Part]) -> Part:
    """Return the meshes of parts as one mesh."""
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(len(part.vertices) for part in parts)])
    vertices = [part.vertices for part in parts] or [np.zeros((0, 3))]
    faces = [part.faces + start for part, start in zip(parts, starts)] or [np.zeros((0, 3), dtype=np.int64)]
    return Part("", np.concatenate(vertices), np.concatenate(faces))


def crosses(part: Part, height_nap: float) -> bool:
    """Whether the plane z = ``height_nap`` cuts a part."""
    low, high = part.z_range
    return low < height_nap < high


def met_at(parts: Sequence[Part], height_nap: float) -> list[Part]:
    """Return the parts that the plane z = ``height_nap`` meets (see ``section_segments``)."""
    low, high = bounds_of(parts)
    return [parts[number] for number in np.flatnonzero((low[:, 2] < height_nap) & (height_nap <= high[:, 2]))]


def enclosed(parts: Sequence[Part], height_nap: float) -> BaseGeometry:
    """Return the area (RD) that the parts enclose at a height: all loops of the section, holes filled."""
    return _enclosed(tuple(met_at(parts, height_nap)), float(height_nap))


@functools.lru_cache(maxsize=1024)  # outline, rooms, bodies and what hangs out ask for the same sections, of a bridge 600 each time that peil differs
def _enclosed(cut: tuple[Part, ...], height_nap: float) -> BaseGeometry:
    found = _enclosed_before(cut, height_nap) or _loops(cut, height_nap)
    overlay.shared([found])
    return found


def _enclosed_before(cut: tuple[Part, ...], height_nap: float) -> BaseGeometry | None:
    """Return what parts that were moved together enclosed where they stood, moved along; None of others."""
    if not cut or not all(MOVED in part.kept for part in cut):
        return None
    stood, over = zip(*(part.kept[MOVED] for part in cut))
    return _shifted(_enclosed(stood, height_nap), over[0][:2]) if all(one is over[0] for one in over) else None


def _loops(cut: Sequence[Part], height_nap: float) -> BaseGeometry:
    every = section_segments(as_one(cut), height_nap)[0]
    every = every[np.abs(every[:, 0] - every[:, 1]).max(axis=1) > 1e-9]
    if not len(every):
        return MultiPolygon()
    origin = np.floor(every.reshape(-1, 2).min(axis=0))
    lines = shapely.union_all(shapely.linestrings(np.round(every - origin, 7)))
    faces = shapely.polygonize([lines])
    solid = overlay.coverage(shapely.get_parts(faces))  # faces of one net of lines share their edges exactly
    grown = overlay.grown(solid, GAP_M / 2)
    outlines = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(grown) if not p.is_empty])
    filled = overlay.union([solid, overlay.grown(outlines, -GAP_M / 2)])
    return _shifted(filled, origin)


def _shifted(area: BaseGeometry, over: Floats) -> BaseGeometry:
    found = shapely.transform(area, lambda xy: xy + over)
    return found if found.is_valid else shapely.make_valid(found)  # rounding at RD values can break a hair-thin ring
