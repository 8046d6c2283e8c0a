"""Storeys: which entries of a level list are storeys, what floors a model draws at them, and what range a height allows where there is no list.

A level list is not a storey list: foundation, pit, view, roof and lift levels stand in it too (A8 of the spec).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...model import Level, Part
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.sections import met_at
from .footprint import ABOVE_FLOOR_M, LOOSE_KINDS, polygons_only, projection, storey_outline, without_plates

HEADROOM_M = 2.0
BELOW_GROUND_M = 0.5
SAME_FLOOR_M = 0.3
"""Levels nearer to each other are one floor: as built and as finished."""
NO_STOREY = re.compile(
    r"fundering|funder|foundation|fdn|\bput|pit\b|aanzicht|\bview|lift|\bdak(?!geschoss|verdieping)|\broof|\bnap\b|\bpeil\b|maaiveld|terrein|"
    r"kruipruimte|crawl|ceiling|plafond|nok\b|goot\b|parapet|top of|bovenkant|\bref",
    re.IGNORECASE,
)
STOREY = re.compile(r"begane|verdieping|bouwlaag|woonlaag|etage|dakopbouw|\bbgg?\b|floor|storey|story|geschoss|\bstock", re.IGNORECASE)
"""Words that say a storey, whatever else the name says (``incl. lift``, ``Peil = 0``)."""
NEVER = re.compile(r"plafond|ceiling|onderkant|underside|aanzicht|\bview|funder|foundation|kruipruimte|crawl|nok\b|goot\b", re.IGNORECASE)
"""Words that say another thing at a storey (``plafond begane grond``)."""
GROUND_FLOOR = re.compile(r"begane|\bbgg?\b|ground|erdgescho|rez.de|^\s*0+\b", re.IGNORECASE)
SEAM_M, FOUNDATION_M = 0.05, 1.5
FLOOR_M = 0.4
"""The slab of a floor, with what is laid on it, ends so near its level."""
THICKEST_M = 0.8
"""A floor with its finish is not thicker."""
PART_SHARE, LEAST_M2 = 0.5, 4.0
"""A floor that covers less of what is enclosed may be an entresol; one that is smaller is a landing."""
LOW_STOREY_M, HIGH_STOREY_M = 2.6, 3.5


@dataclass(frozen=True)
class Storeys:
    """Storeys above ground and basements, as levels from low to high; ``left_out`` the rest of the list."""

    above: tuple[Level, ...]
    basements: tuple[Level, ...]
    left_out: tuple[Level, ...]


def storeys_of(levels: Iterable[Level], zero: float, top: float, drawn: Callable[[Level], bool] = lambda level: False) -> Storeys | None:
    """Return the storeys of a level list, None when it holds none.

    ``zero`` is the z of the ground floor or ground, ``top`` the highest point of the roof. A level is a storey when its name
    says nothing else, or a floor and a room are ``drawn`` there, and 2.0 m or more stands above it, up to the next such level.
    """
    above: list[Level] = []
    basements: list[Level] = []
    left_out: list[Level] = []
    for level in sorted(levels, key=lambda level: level.elevation_nap):
        if top - level.elevation_nap < HEADROOM_M or not (may_be_storey(level) or (not NEVER.search(level.name) and drawn(level))):
            left_out.append(level)
        elif level.elevation_nap < zero - BELOW_GROUND_M:
            basements.append(level)
        elif above and level.elevation_nap - above[-1].elevation_nap < SAME_FLOOR_M:
            continue
        elif above and level.elevation_nap - above[-1].elevation_nap < HEADROOM_M:
            left_out.append(level)
        else:
            above.append(level)
    if not above:
        return None
    return Storeys(tuple(above), tuple(basements), tuple(left_out))


def may_be_storey(level: Level) -> bool:
    """Whether the name of a level leaves it a storey: it says one, or says nothing else."""
    if NEVER.search(level.name):
        return False
    return bool(STOREY.search(level.name)) or not NO_STOREY.search(level.name)


def ground_level(levels: Iterable[Level], low: float, high: float) -> float | None:
    """Return the z of the ground floor by the level list: the level that is named so, else the lowest storey near the bottom of the
    model; None when no level between ``low`` and ``high`` (z) fits."""
    inside = [level for level in levels if low - SEAM_M <= level.elevation_nap < high and may_be_storey(level)]
    named = [level.elevation_nap for level in inside if GROUND_FLOOR.search(level.name)]
    near = [level.elevation_nap for level in inside if level.elevation_nap <= low + FOUNDATION_M]
    return min(named or near, default=None)


def room_for_more(floors: Iterable[float], ground: float, eaves: float | None) -> int:
    """Return how many floors more there is height for: from the ``ground`` (z) to the lowest of some floors (z), between floors that follow each
    other, and from the highest to the ``eaves`` (z).

    A list may leave a floor out, and a hall may be as high as two storeys: only the height is known.
    """
    heights = sorted(floors)
    if not heights:
        return 0
    over = [*heights[1:], *([max(eaves, heights[-1])] if eaves is not None else [])]
    between = sum(max(0, _storeys_in(high - low) - 1) for low, high in zip(heights, over))
    return between + max(0, _storeys_in(heights[0] - ground))


def _storeys_in(height_m: float) -> int:
    return math.floor(height_m / LOW_STOREY_M + SEAM_M)


def storey_range(eaves_m: float) -> tuple[int, int]:
    """Return the lowest and highest number of storeys that an eaves height above ground allows (A8 of the spec)."""
    return max(1, math.floor(eaves_m / HIGH_STOREY_M)), max(1, math.ceil(eaves_m / LOW_STOREY_M))


def most_storeys(height_m: float) -> int:
    """Return how many floors that each have headroom above them fit in a height: no more, however low they are."""
    return max(0, math.floor(height_m / HEADROOM_M + 1e-6))


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
