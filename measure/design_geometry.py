"""What several rules need of one design, measured once."""

from __future__ import annotations

import functools

from shapely.geometry.base import BaseGeometry

from ..model import Design, Part
from .footprint import LOOSE_KINDS, crosses, section_heights, wall_enclosed


class DesignGeometry:
    """Lazily measured geometry of a design; ``ground_nap`` (m NAP) is where sections start."""

    def __init__(self, design: Design, ground_nap: float | None = None) -> None:
        self.design = design
        self.ground_nap = float(design.bounds[0, 2]) if ground_nap is None else ground_nap

    @functools.cached_property
    def _footprint(self) -> tuple[BaseGeometry, str]:
        return wall_enclosed(self.design.parts, self.design.levels, self.ground_nap)

    @property
    def footprint(self) -> BaseGeometry:
        """Union of the wall-enclosed sections (RD)."""
        return self._footprint[0]

    @property
    def footprint_method(self) -> str:
        """``levels``, ``slices`` or ``projection``; see ``measure.footprint``."""
        return self._footprint[1]

    def footprint_without(self, kinds: tuple[str, ...]) -> BaseGeometry:
        """Return the union of the wall-enclosed sections (RD) of the parts whose kind is not in ``kinds``."""
        walls = [part for part in self.design.parts if part.kind not in LOOSE_KINDS]
        dropped = [part for part in walls if part.kind in kinds]
        heights = section_heights(walls, self.design.levels, self.ground_nap)[0] if dropped else []
        if not any(crosses(part, z) for part in dropped for z in heights):
            return self.footprint
        return wall_enclosed(self.parts_without(kinds), self.design.levels, self.ground_nap)[0]

    def parts_without(self, kinds: tuple[str, ...]) -> tuple[Part, ...]:
        """Return the parts whose kind is not in ``kinds``."""
        return tuple(part for part in self.design.parts if part.kind not in kinds)
