"""Floors that a model draws at its levels: the geometry that confirms a level's name, or says what the name does not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...model import Level, Part
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.sections import met_at
from .footprint import ABOVE_FLOOR_M, LOOSE_KINDS, polygons_only, projection, storey_outline, without_plates

FLOOR_M = 0.4
"""The slab of a floor, with what is laid on it, ends so near its level."""
THICKEST_M = 0.8
"""A floor with its finish is not thicker."""
PART_SHARE, LEAST_M2 = 0.5, 4.0
"""A floor that covers less of what is enclosed may be an entresol; one that is smaller is a landing."""


class Floors:
    """Of each level of a design how much (m2) is enclosed just above it, and how much of that a floor covers; each measured once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(part for part in parts if len(part.faces))
        self._low, self._high = bounds_of(self.parts)
        self._known: dict[float, tuple[float, float]] = {}

    def at(self, level: Level) -> tuple[float, float]:
        """Return (floor, enclosed), m2; (0, 0) where nothing thin ends at the level."""
        z = level.elevation_nap
        if z not in self._known:
            self._known[z] = self._measured(z)
        return self._known[z]

    def has_room(self, level: Level) -> bool:
        """Whether a floor is drawn at a level, and room above it over at least half of what that floor lies in."""
        floor, enclosed = self.at(level)
        return floor >= LEAST_M2 and floor >= PART_SHARE * enclosed

    def is_part(self, level: Level) -> bool:
        """Whether the floors drawn at a level cover less than half of what is enclosed there: an entresol, or what a vide leaves."""
        floor, enclosed = self.at(level)
        return bool(LEAST_M2 <= floor < PART_SHARE * enclosed)

    def _measured(self, z: float) -> tuple[float, float]:
        thin = (np.abs(self._high[:, 2] - z) <= FLOOR_M) & (self._high[:, 2] - self._low[:, 2] <= THICKEST_M)
        if not thin.any():
            return 0.0, 0.0
        plates = projection([part for part, is_thin in zip(self.parts, thin) if is_thin])
        at = z + ABOVE_FLOOR_M
        walls = without_plates([part for part in met_at(self.parts, at) if part.kind not in LOOSE_KINDS])
        around = polygons_only(storey_outline(walls, at))
        return float(overlay.intersection(plates, around).area), float(around.area)  # of a balcony or a carport beside it nothing follows
