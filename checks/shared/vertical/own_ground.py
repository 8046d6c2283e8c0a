"""Buildings of one design that stand apart on ground of different heights, each measured from a peil of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from ....measure.building.footprint import plans_of
from ....measure.plan.separate_ground import APART_M
from ....model import Finding
from ...engine.base import Context
from ...engine.weighing import worst_first


def each_on_its_ground(context: Context) -> list[Context]:
    """Return the contexts of the buildings of a design that stand apart on ground of different heights, and of what belongs to none of them; the
    context itself where it is one, or all stand equally high."""
    if not context.apart or not context.peil.apart:
        return [context]
    parts = context.design.parts
    away = np.array([shapely.distance(building, plans_of(parts)) for building in context.apart])
    away = np.where(np.isfinite(away), away, np.inf)
    nearest = np.where(away.min(axis=0) <= APART_M, away.argmin(axis=0), len(context.apart))
    groups = [tuple(part for part, number in zip(parts, nearest) if number == one) for one in range(len(context.apart) + 1)]
    return [context.with_parts(group) for group in groups if group]


def worst_of_each(found: Sequence[Sequence[Finding]]) -> tuple[Finding, ...]:
    """Return of each subject the finding that decides: the heaviest verdict, and the highest value of those."""
    if len(found) == 1:
        return tuple(found[0])
    every = worst_first(sorted((one for some in found for one in some), key=_value, reverse=True))
    first: dict[str, Finding] = {}
    for one in every:
        first.setdefault(one.subject_key, one)
    return tuple(first.values())


def _value(found: Finding) -> float:
    value = found.measurements[0].value if found.measurements else None
    return -np.inf if value is None else value
