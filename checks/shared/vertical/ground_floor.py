"""Where the ground floor lies: from the officer, from the model's floor, or two readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....measure.building.storey_levels import SEAM_M, THICKEST_M, ground_level
from ....model import Note, Part, Rule
from ....model.numbers import number_in
from ...engine.base import Context

NEAR_PEIL_M = 1.0
"""A ground floor lies within this of peil (plans allow steps and ramps)."""
HIGHEST_M = 2.0
"""A floor further above peil than a raised ground floor over a souterrain is a storey."""
THICK_M = 0.4
"""A level list names the top of the floor; where the model begins further below it, or below peil, than a floor is thick, that may be a plinth or a
foundation."""
LARGE_SHARE = 0.5
"""Of the plates near peil one that is half as large as the largest may be the floor: footings and the ground under it are plates too."""
ROOM_M = 1.0
"""Less than this above a floor is no room."""
SIDES = ("underside", "top")
"""Words of ``measure.volume_base``, the likeliest (SVBP2012) first."""


@dataclass(frozen=True)
class Floor:
    """The plane (m NAP) that a volume stands on, and where it is known from: answer | slab | model | basement | levels | peil."""

    nap_m: float
    source: str


def ground_floors(rule: Rule, context: Context) -> tuple[Floor, ...]:
    """Return the plane that volumes start at (``measure.volume_base: underside | top`` of the ground floor): one, or two readings
    between which it lies; none where ``top`` is asked and no floor is known."""
    lowest = float(context.design.bounds[0, 2])
    peil = context.lowest_peil
    if rule.measure.get("count_basement") is True:
        return (Floor(lowest, "basement"),)
    given = context.answers.get("ground_floor")
    slab = floor_slab(context, lowest if peil is None else peil)
    side = base_side(rule, context, slab is not None or isinstance(given, Mapping))
    height = told_floor(context, given.get(f"{side}_nap_m")) if isinstance(given, Mapping) else None
    if height is not None:
        return (Floor(height, "answer"),)
    if slab is not None and _with_basement(rule, context, peil):
        return (Floor(lowest, "basement"),)
    if slab is not None:
        return (Floor(slab.z_range[1 if side == "top" else 0], "slab"),)
    if side == "top":
        return ()
    told = ground_level(context.design.levels, lowest, float(context.design.bounds[1, 2]))
    listed = (Floor(told, "levels"),) if told is not None and told > lowest + THICK_M else ()
    if peil is None or lowest >= peil - THICK_M:
        return (Floor(lowest, "model"), *listed)
    return (Floor(lowest, "model"), *(floor for floor in listed if abs(floor.nap_m - peil) > SEAM_M), Floor(peil, "peil"))


def told_floor(context: Context, given: Any) -> float | None:
    """Return an answered height (m NAP) of the ground floor; None where it is no number, or no ground floor can lie there: it lies in or just
    under the design, with a room above it, and not a storey above peil."""
    height = number_in(given)
    low, high = (float(z) for z in context.design.bounds[:, 2])
    least, most = low - NEAR_PEIL_M, max(low, min([high - ROOM_M, *(level.nap_m + HIGHEST_M for level in context.peil.levels[-1:])]))
    if height is not None and least <= height <= most:
        return height
    if given is not None:
        context.refused("ground_floor", given, (f"{least:.2f} ... {most:.2f}",))
    return None


def _with_basement(rule: Rule, context: Context, peil: float | None) -> bool:
    """Whether what lies below a known ground floor counts: a rule that names the floor to measure from leaves it out, and where it says neither
    that is an open point of a design that has a basement."""
    if rule.measure.get("count_basement") is False or rule.measure.get("volume_base") in SIDES:
        return False
    if peil is None or float(context.design.bounds[0, 2]) >= peil - NEAR_PEIL_M:
        return False
    return context.yes_no("volume_counts_basement", Note.of("zoning_question_volume_basement"), likely=False)


def base_side(rule: Rule, context: Context, floor_known: bool) -> str:
    """Return the side of the ground floor that volumes start at: as the rule says, or the one side that the officer told the height of, else an
    open point where a floor is known."""
    stated, given = str(rule.measure.get("volume_base") or ""), context.answers.get("ground_floor")
    told = [side for side in SIDES if isinstance(given, Mapping) and given.get(f"{side}_nap_m") is not None]
    if not stated and len(told) == 1:
        return told[0]
    if stated in SIDES or not floor_known:
        return stated or SIDES[0]
    return context.word("volume_base", Note.of("engine_profile_volume_base"), SIDES)


def floor_slab(context: Context, peil: float) -> Part | None:
    """Return the floor of the model nearest to peil, None when it names none there."""
    return context.memo(("floor slab", id(context.design), peil), lambda: _floor_slab(context.design.parts, peil))


def _floor_slab(parts: Sequence[Part], peil: float) -> Part | None:
    slabs = [part for part in parts if part.kind == "slab" and len(part.faces)]
    near = [s for s in slabs if abs(s.z_range[1] - peil) <= NEAR_PEIL_M and s.z_range[1] - s.z_range[0] <= THICKEST_M]
    large = [slab for slab in near if _extent(slab) >= LARGE_SHARE * max(map(_extent, near))]
    return min(large, key=lambda slab: abs(slab.z_range[1] - peil), default=None)


def _extent(slab: Part) -> float:
    spread = slab.extent[1, :2] - slab.extent[0, :2]
    return float(spread[0] * spread[1])
