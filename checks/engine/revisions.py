"""A later plan that only gives some values anew (a herziening without bestemmingen of its own): its value comes in the place of the one that it gives anew,
and the rest of the older plan holds. Where the plan itself does not say that it changes the other, it is asked of that value alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...measure.plan.governing_areas import governing_areas
from ...measure.plane import overlay
from ...model import Note, Plan, PlanArea, PlanValue
from .base import Context

Stated = tuple[PlanArea, PlanValue]
SLIVER_M2 = 0.1
"""Areas that share less only touch."""


def as_revised(context: Context, area: PlanArea, value: PlanValue) -> list[Stated]:
    """Return a value of the map with where it still holds, and the values that later plans give in its place, in this reading."""
    plans = {plan.id: plan for plan in context.site.plan_documents}
    old = plans.get(area.plan_id)
    if old is None or not old.revised_by or not area.geometry.intersects(context.projection):
        return [(area, value)]
    anew = [(other, new) for other, new in _given_anew(context, area, value, old) if _counts(context, old, plans[other.plan_id], value, new)]
    if not anew:
        return [(area, value)]
    left = overlay.difference(area.geometry, overlay.union([other.geometry for other, _ in anew]))
    instead = [(replace(other, geometry=overlay.intersection(other.geometry, area.geometry)), new) for other, new in anew] if context.plan_id else []
    return [*([(replace(area, geometry=left), value)] if left.area > SLIVER_M2 else []), *instead]


def _given_anew(context: Context, area: PlanArea, value: PlanValue, old: Plan) -> Sequence[Stated]:
    """Return the wider values of later plans for the same quantity, on ground that they share with an area under the design."""
    ids = context.governing_plans
    answers = context.answers if ids is None else {"governing_plans": ids}
    every = context.memo(("revising", ids), lambda: [one for one in governing_areas(context.site, answers, "maatvoering") if one.values])
    same = [(other, new) for other in every if other.plan_id in old.revised_by for new in other.values if _wider(new, value)]
    return [(other, new) for other, new in same if overlay.common([other.geometry, area.geometry, context.projection]).area > SLIVER_M2]


def _wider(new: PlanValue, old: PlanValue) -> bool:
    if new.value is None or old.value is None or (new.name, new.qualifier, new.unit) != (old.name, old.qualifier, old.unit):
        return False
    return new.value < old.value if new.qualifier == "minimum" else new.value > old.value


def _counts(context: Context, old: Plan, later: Plan, value: PlanValue, new: PlanValue) -> bool:
    """Whether the later value comes in the place of the older one: the later plan says that it changes the older plan, or that is read so."""
    if {old.id, old.name} & set(later.changes):
        return True
    note = Note.of("engine_question_revised", name=value.name, old=value.value, new=new.value, plan=old.name or old.id, later=later.name or later.id)
    return context.yes_no(f"revised.{value.name}", note, likely=True, plan_id=later.id)
