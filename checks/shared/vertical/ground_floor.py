"""Where the ground floor lies: from the officer, from the model's floor, or two readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ....model import Part, Rule
from ...engine.base import Context

NEAR_PEIL_M = 1.0
"""A ground floor lies within this of peil (plans allow steps and ramps)."""
THICKEST_M = 0.8


@dataclass(frozen=True)
class Floor:
    """The plane (m NAP) that a volume stands on, and where it is known from: answer | slab | model | basement | peil."""

    nap_m: float
    source: str


def ground_floors(rule: Rule, context: Context) -> tuple[Floor, ...]:
    """Return the plane that volumes start at (``measure.volume_base: underside | top`` of the ground floor): one, or two readings of
    which neither is known to be right; none where ``top`` is asked and no floor is known."""
    lowest = float(context.design.bounds[0, 2])
    if rule.measure.get("count_basement") is True:
        return (Floor(lowest, "basement"),)
    side = "top" if rule.measure.get("volume_base") == "top" else "underside"
    given = context.answers.get("ground_floor")
    if isinstance(given, Mapping) and given.get(f"{side}_nap_m") is not None:
        return (Floor(float(given[f"{side}_nap_m"]), "answer"),)
    peil = context.peil.levels[0].nap_m if context.peil.levels else None
    slab = floor_slab(context, lowest if peil is None else peil)
    if slab is not None:
        return (Floor(slab.z_range[1 if side == "top" else 0], "slab"),)
    if side == "top":
        return ()
    if peil is None or lowest >= peil - NEAR_PEIL_M:
        return (Floor(lowest, "model"),)
    return (Floor(lowest, "model"), Floor(peil, "peil"))


def floor_slab(context: Context, peil: float) -> Part | None:
    """Return the floor of the model nearest to peil, None when it names none there."""
    slabs = [part for part in context.design.parts if part.kind == "slab" and len(part.faces)]
    near = [s for s in slabs if abs(s.z_range[1] - peil) <= NEAR_PEIL_M and s.z_range[1] - s.z_range[0] <= THICKEST_M]
    return max(near, key=_extent, default=None)


def _extent(slab: Part) -> float:
    spread = slab.vertices[:, :2].max(axis=0) - slab.vertices[:, :2].min(axis=0)
    return float(spread[0] * spread[1])
