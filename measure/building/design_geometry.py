"""What several rules need of one design, measured once."""

from __future__ import annotations

import functools

from shapely.geometry.base import BaseGeometry

from ...model import Design, Part
from .dormers import RoofObject, on_the_roof
from .eaves import EavesEdge, eaves_edges
from .eaves_places import EavesPlace, eaves_places
from .footprint import LOOSE_KINDS, crosses, projection, section_heights, wall_enclosed, without_courtyards
from .height import HighestPoints
from .overhangs import Overhang, overhangs
from .roof import RoofView
from .roof_shape import RoofShape
from .storey_levels import Storeys, storeys_of
from .volume import Volume, gross_volume


class DesignGeometry:
    """Lazily measured geometry of a design.

    ``ground_nap`` (m NAP) is where sections start (default: its lowest point), ``zero_nap`` what roofs and storeys stand above
    (default: the same).
    """

    def __init__(self, design: Design, ground_nap: float | None = None, zero_nap: float | None = None) -> None:
        self.design = design
        self.ground_nap = float(design.bounds[0, 2]) if ground_nap is None else ground_nap
        self.zero_nap = self.ground_nap if zero_nap is None else zero_nap

    @functools.cached_property
    def _footprint(self) -> tuple[BaseGeometry, str]:
        area, method = wall_enclosed(self.design.parts, self.design.levels, self.ground_nap)
        return without_courtyards(area, self.projection), method

    @property
    def footprint(self) -> BaseGeometry:
        """Union of the wall-enclosed sections (RD)."""
        return self._footprint[0]

    @property
    def footprint_method(self) -> str:
        """``levels``, ``slices`` or ``projection``; see ``measure.footprint``."""
        return self._footprint[1]

    @functools.cached_property
    def projection(self) -> BaseGeometry:
        """Everything projected (RD)."""
        return projection(self.design.parts)

    @functools.cached_property
    def highest_points(self) -> HighestPoints:
        """The highest points of the design, also inside zones."""
        return HighestPoints(self.design.parts)

    @functools.cached_property
    def roof(self) -> RoofView:
        """The roof as seen from above."""
        return RoofView(self.design.parts, self.zero_nap)

    @functools.cached_property
    def eaves(self) -> tuple[EavesEdge, ...]:
        """The stretches of facade with the roof above them; empty when no walls enclose anything."""
        return eaves_edges(self.roof, self.footprint) if self.footprint_method != "projection" else ()

    @functools.cached_property
    def roof_objects(self) -> tuple[RoofObject, ...]:
        """Dormers and what looks like a chimney."""
        return on_the_roof(self.roof)

    @functools.cached_property
    def roof_shape(self) -> RoofShape:
        """How the roof's planes hang together, dormers told apart."""
        return RoofShape(self.roof, self.footprint, [found.plan for found in self.roof_objects if found.kind == "dormer"])

    @functools.cached_property
    def eaves_places(self) -> tuple[EavesPlace, ...]:
        """The goten, druiplijnen and boeiborden, each told main, dormer or raised part."""
        return eaves_places(self)

    @functools.cached_property
    def overhangs(self) -> tuple[Overhang, ...]:
        """What sticks out of the facades; empty when no walls enclose anything."""
        if self.footprint_method == "projection":
            return ()
        return overhangs(self.design.parts, self.roof, self.footprint)

    @functools.cached_property
    def storeys(self) -> Storeys | None:
        """The storeys of the level list, None without one."""
        return storeys_of(self.design.levels, self.zero_nap, float(self.design.bounds[1, 2]))

    def volume(self, base_nap: float) -> Volume | None:
        """Return the gross volume above a plane."""
        return gross_volume(self.design.parts, self.footprint, self.roof, base_nap)

    def footprint_without(self, kinds: tuple[str, ...]) -> BaseGeometry:
        """Return the union of the wall-enclosed sections (RD) of the parts whose kind is not in ``kinds``."""
        walls = [part for part in self.design.parts if part.kind not in LOOSE_KINDS]
        dropped = [part for part in walls if part.kind in kinds]
        heights = section_heights(walls, self.design.levels, self.ground_nap)[0] if dropped else []
        if not any(crosses(part, z) for part in dropped for z in heights):
            return self.footprint
        return without_courtyards(wall_enclosed(self.parts_without(kinds), self.design.levels, self.ground_nap)[0], self.projection)

    def parts_without(self, kinds: tuple[str, ...]) -> tuple[Part, ...]:
        """Return the parts whose kind is not in ``kinds``."""
        return tuple(part for part in self.design.parts if part.kind not in kinds)
