"""Rooms that closed bodies leave between them, or in them: a gross volume is measured to the outside of walls and roofs, whoever drew them hollow."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ..plane.inside import inside, odd_crossings
from ..plane.sections import crosses, enclosed, section_segments
from .roof import RoofView

SLICE_M = 0.25
"""Rooms are looked for in slices no higher: between them roofs that slope are straight."""
MOST_HEIGHTS = 60
"""Slices begin and end where corners lie, unless they lie at more heights: then the rooms are those of a curved or detailed body."""


def hidden_rooms(parts: Sequence[Part], view: RoofView, footprint: BaseGeometry, base: float, share: float = 1.0) -> float:
    """Return how much (m3) above ``base`` (z) over a footprint (RD) walls enclose under the roof that no closed body fills.

    A passage that is open at its ends, the air under a cantilever and a courtyard (no part of a footprint) are enclosed by no walls. ``share``: see
    ``gross_volume``.
    """
    places, areas, heights = view.columns(footprint, share)
    found = 0.0
    for low, high in _slices(parts, base, float(heights.max(initial=base))):
        z, step = (low + high) / 2, high - low
        cut = [part for part in parts if crosses(part, z)]
        under = heights > z
        room = under & inside(enclosed(cut, z), places)
        for part in cut:
            room[room] &= ~odd_crossings(section_segments(part, z)[0], places[room])
        found += float(areas[room].sum()) * step
    return found


def _slices(parts: Sequence[Part], base: float, top: float) -> list[tuple[float, float]]:
    """Return slices (z of foot and head) from ``base`` to ``top``."""
    corners = np.unique(np.round(np.concatenate([part.vertices[:, 2] for part in parts]), 3))
    between = corners[(corners > base) & (corners < top)] if len(corners) <= MOST_HEIGHTS else np.zeros(0)
    edges = np.array([base, *between, top]) if np.isfinite(top) else np.zeros(0)
    found: list[tuple[float, float]] = []
    for low, high in zip(edges, edges[1:]):
        parted = np.linspace(low, high, math.ceil((high - low) / SLICE_M) + 1)
        found += list(zip(parted, parted[1:]))
    return found
