"""Which parts of a design a finding is about: those that lie where its evidence says that something does not fit or was measured."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ...model import Design, Evidence, Finding, Part
from ...model.arrays import Floats
from ...model.design import bounds_of
from ..basis.roles import DIMENSIONS, LOUD_AREAS, LOUD_VOLUMES

NEAR_M = 0.02
"""A part lies at a place that was measured on it; more than rounding, less than a part is thick."""
POINTS = ("highest_point", "deepest_point")


def touched_parts(design: Design, finding: Finding) -> tuple[Part, ...]:
    """Return the parts of a design (RD + NAP) that a finding's evidence lies on, in the order of the design; none where it shows none."""
    own = design.own.parts
    low, high = bounds_of(own)
    found: set[int] = set()
    for piece in finding.evidence:
        for box, touches in _looks(piece):
            near = np.flatnonzero(((low <= box[1]) & (high >= box[0])).all(axis=1))
            found.update(int(number) for number in near if touches(own[number]))
    return tuple(own[number] for number in sorted(found))


class _Within:
    """Whether a part has a corner in a box (2, 3)."""

    def __init__(self, box: Floats) -> None:
        self._box = box

    def __call__(self, part: Part) -> bool:
        return bool(((part.vertices >= self._box[0]) & (part.vertices <= self._box[1])).all(axis=1).any())


class _Over:
    """Whether a part has a face over an area (RD)."""

    def __init__(self, area: shapely.Geometry) -> None:
        self._area = area
        shapely.prepare(area)

    def __call__(self, part: Part) -> bool:
        return bool(shapely.intersects(self._area, shapely.polygons(part.triangles[:, :, :2])).any())


def _looks(piece: Evidence) -> Iterator[tuple[Floats, _Within | _Over]]:
    """Yield the boxes (2, 3) that a piece of evidence takes, each with what a part in it must do."""
    if piece.triangles is not None:
        if piece.role in LOUD_VOLUMES and len(piece.triangles):
            corners = piece.triangles.reshape(-1, 3)
            box = np.stack([corners.min(axis=0) - NEAR_M, corners.max(axis=0) + NEAR_M])
            yield box, _Within(box)
    elif piece.geometry is None or piece.geometry.is_empty:
        return
    elif piece.role in LOUD_AREAS:
        area = piece.geometry.buffer(-NEAR_M)  # what ends at the line is not over it
        if not area.is_empty:
            yield _column(np.array(area.bounds).reshape(2, 2)), _Over(area)
    elif piece.role in POINTS or piece.role in DIMENSIONS:
        for corner in shapely.get_coordinates(piece.geometry, include_z=piece.geometry.has_z):
            box = np.stack([corner - NEAR_M, corner + NEAR_M])
            box = box if box.shape[1] == 3 else _column(box)
            yield box, _Within(box)


def _column(plane: Floats) -> Floats:
    """Return a box in plan (2, 2) at every height."""
    return np.column_stack([plane, [-np.inf, np.inf]])
