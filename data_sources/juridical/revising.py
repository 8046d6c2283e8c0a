"""Which plans may have given a value of another plan anew: a herziening comes in the place of what it rules anew, and the rest of the plan holds.

Whether one did is for the reader of the plans (``checks.engine.revisions``): here is only which may have, as far as their days tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from ...model import Note, Plan, PlanArea, PlanValue
from .document_kinds import NEW_PART
from .effects import speaks_of

Stated = tuple[PlanArea, PlanValue]


def revised(plan: Plan, others: Sequence[Plan], areas: Sequence[PlanArea]) -> Plan:
    """Return a plan with the others that are later, or may be (no day, the same day), and give a value of it anew on ground that it keeps, wider or
    in words that may be. The new part of an omgevingsplan holds beside the older plans unless it says otherwise (Omgevingswet 22.6)."""
    if not plan.proposed:
        return plan
    later = {one.id: one for one in others if one.proposed and _may_revise(one, plan)}
    own = [(area, value) for area in areas if area.plan_id == plan.id for value in area.values]
    anew = [(area, value) for area in areas if area.plan_id in later for value in area.values]
    by = {area.plan_id: later[area.plan_id] for area in _sharing(plan, own, anew)}
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
        left = both if plan.replaced is None else shapely.difference(both, plan.replaced)
        found += [area] if left.area > 0.0 else []
    return found
