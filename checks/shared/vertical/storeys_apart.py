"""Buildings that stand apart in one design: a bouwlaag is of one building, and a list of levels does not say of which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely

from ....measure.building.footprint import plans_of
from ....measure.building.storey_levels import HEADROOM_M, LEAST_M2, SAME_FLOOR_M
from ....measure.plan.separate_ground import standing_apart
from ....model import Level, Part
from ...engine.base import Context
from ...engine.standing import foot_of

SLACK_M = 1.0
"""A ground floor may be told a little under the model's lowest point; floors elsewhere are not of this design."""


@dataclass(frozen=True, eq=False)
class Building:
    """A building by itself, with the levels that are floors of it for certain, and those that may be of another as well as of this one."""

    context: Context
    sure: tuple[Level, ...]
    maybe: tuple[Level, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """All levels that may be floors of it, from low to high."""
        return tuple(sorted((*self.sure, *self.maybe), key=lambda level: level.elevation_nap))


def buildings_apart(context: Context, levels: Sequence[Level]) -> tuple[Building, ...]:
    """Return the buildings of a design that stand apart, each with its own of some levels; () where it is one building, or nothing tells their parts."""
    parts = context.memo(("parts apart", *context.measured_from), lambda: _parts_apart(context))
    own = [context.with_parts(each) for each in parts]
    claims = [_claimed(level, own) for level in levels]
    claimed = [tuple(level for level, claim in zip(levels, claims) if number in claim) for number in range(len(own))]
    drawn = [{level for level in each if _is_drawn(level, one)} for each, one in zip(claimed, own)]
    floors = [found | _lowest(each, one) for found, each, one in zip(drawn, claimed, own)]

    def whose(number: int, level: Level, claim: Sequence[int]) -> bool | None:
        """Whether a level is a floor of a building for certain; None where it may be. What another has is none of one that has its own a little higher."""
        if level in floors[number] or len(claim) == 1:
            return True
        near = any(abs(level.elevation_nap - floor.elevation_nap) < HEADROOM_M for floor in floors[number])
        return False if drawn[number] and near and any(level in floors[other] for other in claim) else None

    def of(number: int, certain: bool | None) -> tuple[Level, ...]:
        return tuple(level for level, claim in zip(levels, claims) if number in claim and whose(number, level, claim) is certain)

    return tuple(Building(one, of(number, True), of(number, None)) for number, one in enumerate(own))


def least_together(buildings: Sequence[Building], count: Callable[[Building, tuple[Level, ...]], int]) -> int:
    """Return the least that the building with the most storeys has: each has those that are its own for certain, and a level that is of one of several
    is a floor of one of them."""
    levels = {level for building in buildings for level in building.maybe if not any(level in other.sure for other in buildings)}
    shared = (min(count(one, (*one.sure, level)) for one in buildings if level in one.maybe) for level in levels)
    return max((*(count(one, one.sure) for one in buildings), *shared))


def _parts_apart(context: Context) -> tuple[tuple[Part, ...], ...]:
    """Return the parts of each building of a design that stands apart; what lies over several is of each of them, what stands beside all of none."""
    outline = context.geometry.footprint
    if not context.geometry.encloses or shapely.get_num_geometries(outline) < 2:
        return ()
    pieces = standing_apart(outline)
    parts = context.design.parts
    plans = plans_of(parts)
    groups = tuple(tuple(part for part, own in zip(parts, shapely.intersects(plans, piece)) if own) for piece in pieces)
    return groups if len(groups) > 1 and len(set(map(_ids, groups))) == len(groups) else ()


def _ids(parts: Sequence[Part]) -> tuple[int, ...]:
    return tuple(map(id, parts))


def _claimed(level: Level, buildings: Sequence[Context]) -> tuple[int, ...]:
    """Return which of some buildings a level lies in, with headroom above it; else those that it lies little under."""
    bounds = [(float(one.design.bounds[0, 2]), float(one.design.bounds[1, 2]) - HEADROOM_M) for one in buildings]
    within = ([n for n, (low, high) in enumerate(bounds) if low - slack <= level.elevation_nap <= high] for slack in (SAME_FLOOR_M, SLACK_M))
    return tuple(next((found for found in within if found), ()))


def _lowest(levels: Sequence[Level], building: Context) -> set[Level]:
    """Return the lowest of the levels of a building, and the lowest that is no cellar: what stands on the ground has a floor there."""
    foot = foot_of(building) - SAME_FLOOR_M
    return {*levels[:1], *[level for level in levels if level.elevation_nap >= foot][:1]}


def _is_drawn(level: Level, building: Context) -> bool:
    return building.geometry.floors.at(level)[0] >= LEAST_M2
