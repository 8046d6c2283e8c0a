"""Which plans may have given a value of another plan anew: a herziening comes in the place of what it rules anew, and the rest of the plan holds.

Whether one did is for the reader of the plans (``checks.engine.revisions``): here is only which may have, as far as their days tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan, PlanArea, PlanValue
from .document_kinds import NEW_PART
from .effects import speaks_of

Stated = tuple[PlanArea, PlanValue]
BOUWVLAK = "bouwvlak"
REACHES_M2 = 1.0
"""A bouwvlak that reaches further by less is the same line drawn twice."""


def revised(plan: Plan, others: Sequence[Plan], areas: Sequence[PlanArea]) -> Plan:
    """Return a plan with the others that are later, or may be (no day, the same day), and give a value or bouwvlak of it anew on ground that it keeps,
    wider or in words that may be; of ground that is contested it is asked which plan governs. The new part of an omgevingsplan holds beside the older
    plans unless it says otherwise (Omgevingswet 22.6)."""
    if not plan.proposed:
        return plan
    later = {one.id: one for one in others if one.proposed and _may_revise(one, plan)}
    own = [(area, value) for area in areas if area.plan_id == plan.id for value in area.values]
    anew = [(area, value) for area in areas if area.plan_id in later for value in area.values]
    redrawn = _reaching_further(plan, areas, [area for area in areas if area.plan_id in later])
    by = {area.plan_id: later[area.plan_id] for area in (*_sharing(plan, own, anew), *redrawn)}
    if not by:
        return plan
    names = ", ".join(one.name or one.id for one in by.values())
    return replace(plan, revised_by=tuple(by), reasons=(Note.of("plans_reason_revised", plans=names), *plan.reasons))


def day_of(date: str) -> str:
    """Return a date (ISO), '' where a text is none."""
    try:
        return datetime.date.fromisoformat(date[:10]).isoformat()
    except ValueError:
        return ""


def _may_revise(one: Plan, plan: Plan) -> bool:
    """Whether a plan may be a later one that changes another: it says so, or nothing says that it is the earlier, or of another order."""
    if one.id == plan.id or speaks_of((*plan.changes, *plan.replaces), one):
        return False
    if speaks_of(one.changes, plan):
        return True
    days = day_of(one.date), day_of(plan.date)
    return not {one.kind, plan.kind} & set(NEW_PART) and not (all(days) and days[0] < days[1])


def _reaching_further(plan: Plan, areas: Sequence[PlanArea], others: Sequence[PlanArea]) -> list[PlanArea]:
    """Return the bouwvlakken of other plans that overlap a plan's own and reach further, on ground (RD) that no other took from it."""
    own = [area.geometry for area in areas if area.plan_id == plan.id and area.kind == BOUWVLAK]
    drawn = shapely.difference(shapely.union_all(own), _lost_any_way(plan))
    overlapping = [area for area in others if area.kind == BOUWVLAK and shapely.intersection(area.geometry, drawn).area > 0.0]
    return [area for area in overlapping if shapely.difference(shapely.difference(area.geometry, drawn), _lost_any_way(plan)).area > REACHES_M2]


def _lost_any_way(plan: Plan) -> BaseGeometry:
    """Return the ground (RD) that a plan lost to others, or may have lost."""
    return shapely.union_all([ground for ground in (plan.replaced, plan.contested) if ground is not None])


def _sharing(plan: Plan, own: Sequence[Stated], anew: Sequence[Stated]) -> list[PlanArea]:
    """Return the areas of values that may have come in the place of a plan's own, on ground (RD) that no other took from it."""
    if not own or not anew:
        return []
    shapes = np.array([area.geometry for area, _ in own], dtype=object)
    found = []
    for number, at in shapely.STRtree(shapes).query([area.geometry for area, _ in anew], predicate="intersects").T:
        (area, value), (other, old) = anew[number], own[at]
        if not value.may_widen(old):
            continue
        both = shapely.intersection(area.geometry, other.geometry)
        left = shapely.difference(both, _lost_any_way(plan))
        found += [area] if left.area > 0.0 else []
    return found
