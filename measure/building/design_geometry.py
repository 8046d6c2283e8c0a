"""What several rules need of one design, measured once."""

from __future__ import annotations

import functools

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ...model import Design, Level, Part
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.sections import crosses, enclosed
from .bodies import WALL_HIGH_M
from .eaves import EavesEdge, eaves_edges
from .eaves_places import EavesPlace, eaves_places
from .enclosing import encloses, is_one_body, low_wings, under_low_roof
from .footprint import (
    GARDEN_WALL_M,
    LOOSE_KINDS,
    PROJECTION,
    loose_walls,
    polygons_only,
    projection,
    projection_without,
    section_heights,
    wall_enclosed,
    without_courtyards,
    without_thin,
)
from .height import HighestPoints, parted
from .named_kinds import STRUCTURE
from .overhangs import OpenRoof, Overhang, open_roofs, overhangs
from .roof import OVER_M, RoofView
from .roof_objects import STANDS_ON, RoofObject, on_the_roof
from .roof_shape import RoofShape
from .storey_levels import PART_SHARE, Floors, Storeys, storeys_of
from .volume import Body, Volume, gross_volume

FOUNDED_M, SEVERAL_M, WALLS_SHARE = 0.5, 5.0, 0.05
"""A foundation reaches so far below the ground; two storeys are so high; walls are at least so much of what they stand on, columns are less."""
FOUNDATION = "foundation"
"""How a footprint was measured of a model of several storeys that has walls and no facades: as what its foundation encloses under its floors."""
OPEN = "open"
"""How a footprint was measured of a design in which nothing encloses: as what it is built over."""


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
        if method == PROJECTION:
            area = projection(part for part in self.design.parts if part.kind == STRUCTURE) if area.is_empty else area
            return without_courtyards(area, self.projection), method
        low = under_low_roof(self.design.parts, area, self.roof, self.ground_nap)
        area = area if low.is_empty else polygons_only(overlay.union([low, area]))
        inside = without_courtyards(area, self._over_rooms)
        if encloses(inside, self.projection, self.roof, self.ground_nap) and not self._roof_is_missing(area):
            return inside, method
        founded = self._on_its_foundation(area)
        if not founded.is_empty:
            return founded, FOUNDATION
        return polygons_only(overlay.union([area, projection(part for part in self.design.parts if part.kind not in LOOSE_KINDS)])), OPEN

    def _on_its_foundation(self, standing: BaseGeometry) -> BaseGeometry:
        """Return what the foundation, or a cellar, encloses under floors of several storeys (RD): where walls stand on it (``standing``), of a model
        without facades it is the outline. Nothing of a roof on columns, whatever it is founded on."""
        low, high = (float(z) for z in self.design.bounds[:, 2])
        if low > self.ground_nap - FOUNDED_M or high < self.ground_nap + SEVERAL_M:
            return MultiPolygon()
        area, method = wall_enclosed(self.design.parts, self.design.levels, low)
        if method == PROJECTION or standing.area < WALLS_SHARE * area.area:
            return MultiPolygon()
        inside, over = without_courtyards(area, self.projection), self._over_rooms
        if not without_thin(polygons_only(overlay.difference(inside, over)), GARDEN_WALL_M).is_empty:  # a cellar that reaches out
            inside = polygons_only(overlay.intersection(inside, over))
        return inside if encloses(inside, self.projection, self.roof, self.ground_nap) else MultiPolygon()

    @functools.cached_property
    def _over_rooms(self) -> BaseGeometry:
        """Everything projected (RD) that reaches higher than a floor: a slab on the ground is no roof over a courtyard."""
        high = bounds_of(self.design.parts)[1][:, 2] > self.ground_nap + OVER_M
        if not high.any():
            return self.projection
        return projection_without(self.projection, *parted(self.design.parts, high))

    def _roof_is_missing(self, area: BaseGeometry) -> bool:
        """Whether walls around open air in an area (RD), with nothing behind them, are higher than those of a garden."""
        walls = loose_walls(area, self._over_rooms)
        if walls.is_empty:
            return False
        at = self.ground_nap + WALL_HIGH_M
        high = enclosed([part for part in self.design.parts if crosses(part, at)], at)
        return bool(overlay.intersection(high, walls).area > walls.area / 2)

    @property
    def footprint(self) -> BaseGeometry:
        """Union of the wall-enclosed sections (RD); where nothing encloses, what is built over: whether that counts is the plan's to say."""
        return self._footprint[0]

    @property
    def footprint_method(self) -> str:
        """``levels`` or ``slices``, ``foundation``; ``projection`` or ``open`` where nothing encloses; see ``measure.footprint`` and
        ``measure.enclosing``."""
        return self._footprint[1]

    @property
    def encloses(self) -> bool:
        """Whether walls enclose rooms under a roof: else the design has no footprint, no volume and no storeys that are facts."""
        return self.footprint_method not in (PROJECTION, OPEN)

    @functools.cached_property
    def is_one_body(self) -> bool:
        """Whether nothing in the design can be told from the rest of it: a closed body without wings, walls inside it or things that hang out."""
        return self.encloses and is_one_body(self.design.triangles, self.footprint, self.projection)

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
        return eaves_edges(self.roof, self.footprint) if self.encloses else ()

    @functools.cached_property
    def roof_objects(self) -> tuple[RoofObject, ...]:
        """Dormers and what looks like a chimney."""
        return on_the_roof(self.roof)

    @functools.cached_property
    def roof_shape(self) -> RoofShape:
        """How the roof's planes hang together, dormers told apart."""
        return RoofShape(self.roof, self.footprint, [found.plan for found in self.roof_objects if found.kind in STANDS_ON])

    @functools.cached_property
    def eaves_places(self) -> tuple[EavesPlace, ...]:
        """The goten, druiplijnen and boeiborden, each told main, dormer or raised part."""
        return eaves_places(self)

    @functools.cached_property
    def overhangs(self) -> tuple[Overhang, ...]:
        """What sticks out of the facades; empty when no walls enclose anything."""
        if not self.encloses:
            return ()
        return overhangs(self.design.parts, self.roof, self.footprint)

    @functools.cached_property
    def open_roofs(self) -> tuple[OpenRoof, ...]:
        """The roofs on posts beside what walls enclose, and what hangs out as far; empty when nothing is enclosed."""
        ground = max(self.ground_nap, float(self.design.bounds[0, 2]))  # peil may lie below all that stands there
        return open_roofs(self.design.parts, self.footprint, ground, self.roof) if self.encloses else ()

    @functools.cached_property
    def low_wings(self) -> tuple[tuple[Part, ...], bool]:
        """The parts of what stays a storey below the rest of the main body, drawn in walls and roofs, and whether there may be such a wing."""
        if not self.encloses:
            return (), False
        body = max(shapely.get_parts(self.footprint), key=lambda piece: float(piece.area))
        return low_wings(self.design.parts, self.roof, body, self.ground_nap, lambda: [found.plan for found in self.roof_objects if found.kind in STANDS_ON])

    @functools.cached_property
    def storeys(self) -> Storeys | None:
        """The storeys of the level list, None without one, and where nothing encloses."""
        if not self.encloses:
            return None
        return storeys_of(self.design.levels, self.zero_nap, float(self.design.bounds[1, 2]), self.is_floor)

    @functools.cached_property
    def floors(self) -> Floors:
        """What of each level is a floor."""
        return Floors(self.design.parts)

    def is_floor(self, level: Level) -> bool:
        """Whether a floor is drawn at a level with room above it, that is most of the building: on a roof stands a shaft, and no storey."""
        enclosed = self.floors.at(level)[1]
        return self.floors.has_room(level) and enclosed >= PART_SHARE * self.footprint.area

    def volume(self, base_nap: float) -> Volume | None:
        """Return the gross volume above a plane, None where nothing encloses."""
        if not self.encloses:
            return None
        return gross_volume(Body(self.design.parts, self.roof), self.footprint, base_nap)

    def footprint_without(self, kinds: tuple[str, ...]) -> BaseGeometry:
        """Return the union of the wall-enclosed sections (RD) of the parts whose kind is not in ``kinds``."""
        walls = [part for part in self.design.parts if part.kind not in LOOSE_KINDS]
        dropped = [part for part in walls if part.kind in kinds]
        heights = section_heights(walls, self.design.levels, self.ground_nap)[0] if dropped else []
        if not any(crosses(part, z) for part in dropped for z in heights):
            return self.footprint
        return without_courtyards(wall_enclosed(self.parts_without(kinds), self.design.levels, self.ground_nap)[0], self._over_rooms)

    def parts_without(self, kinds: tuple[str, ...]) -> tuple[Part, ...]:
        """Return the parts whose kind is not in ``kinds``."""
        return tuple(part for part in self.design.parts if part.kind not in kinds)
