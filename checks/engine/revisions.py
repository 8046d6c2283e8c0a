"""A later plan that only gives some values or bouwvlakken anew (a herziening): they come in the place of those that it gives anew, and the rest of the
older plan holds. Where the plan itself does not say that it changes the other, or which is the later is not known, it is asked of these alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...measure.plane import overlay
from ...model import Note, Plan, PlanArea, PlanValue
from .base import Context
from .objects import objects_of
from .open_points.plan_units import is_read, number_in

Stated = tuple[PlanArea, PlanValue]
SLIVER_M2 = 0.1
"""Areas that share less only touch."""


def as_revised(context: Context, area: PlanArea, value: PlanValue) -> list[Stated]:
    """Return a value of the map with where it still holds, and the values that later plans give in its place, in this reading; each of these
    where it is not revised itself."""
    anew = _in_its_place(context, area, value)
    read = [(other, new) for other, new in anew if is_read(new, new.name)] if context.plan_id else []
    instead = [(replace(other, geometry=overlay.intersection(other.geometry, area.geometry)), new) for other, new in read]
    return [*_left(area, value, anew), *(one for other, new in instead for one in _left(other, new, _in_its_place(context, other, new)))]


def as_redrawn(context: Context, planes: Sequence[PlanArea]) -> tuple[PlanArea, ...]:
    """Return bouwvlakken of a plan, with those that later plans drew anew and wider in the place of the ones that they lie on, in this reading."""
    plans = {plan.id: plan for plan in context.site.plan_documents}
    old = plans.get(context.plan_id)
    if old is None or not old.revised_by or not planes:
        return tuple(planes)
    drawn, every = overlay.union([plane.geometry for plane in planes]), context.limited("", context.peil_definition).governing("bouwvlak")
    later = [one for one in every if one.plan_id in old.revised_by and overlay.common([one.geometry, context.projection]).area > SLIVER_M2]
    wider = [one for one in later if overlay.difference(one.geometry, drawn).area > SLIVER_M2]
    anew = [one for one in wider if _comes_instead(context, old, plans[one.plan_id])]
    if not anew:
        return tuple(planes)
    ground = overlay.union([one.geometry for one in anew])
    return (*anew, *(plane for plane in planes if overlay.intersection(plane.geometry, ground).area <= SLIVER_M2))


def _comes_instead(context: Context, old: Plan, later: Plan) -> bool:
    """Whether a later plan's bouwvlak comes in the place of the older one: it says that it changes the older plan, or that is read so."""
    if {old.id, old.name} & set(later.changes):
        return True
    note = Note.of("engine_question_redrawn", plan=old.name or old.id, later=later.name or later.id)
    return context.yes_no("revised.bouwvlak", note, likely=True, plan_id=later.id)


def _left(area: PlanArea, value: PlanValue, anew: Sequence[Stated]) -> list[Stated]:
    """Return a value where none came in its place."""
    if not anew:
        return [(area, value)]
    left = overlay.difference(area.geometry, overlay.union([other.geometry for other, _ in anew]))
    return [(replace(area, geometry=left), value)] if left.area > SLIVER_M2 else []


def _in_its_place(context: Context, area: PlanArea, value: PlanValue) -> list[Stated]:
    """Return the wider values of later plans for the same quantity, on ground that they share with an area under the design, that in this reading
    came in the place of a value."""
    plans = {plan.id: plan for plan in context.site.plan_documents}
    old = plans.get(area.plan_id)
    if old is None or not old.revised_by or not area.geometry.intersects(context.projection):
        return []
    every = context.limited("", context.peil_definition).governing("maatvoering")
    later = [(other, new) for other in every if other.plan_id in old.revised_by for new in other.values if _is_wider(new, value, context)]
    here = [(other, new) for other, new in later if overlay.common([other.geometry, area.geometry, context.projection]).area > SLIVER_M2]
    return [(other, new) for other, new in here if _counts(context, old, plans[other.plan_id], value, new)]


def _is_wider(new: PlanValue, old: PlanValue, context: Context) -> bool:
    """Whether a value is a milder limit in this reading; one that is not read in the unit of its quantity may be."""
    if not new.may_widen(old):
        return False
    read = [number_in(one, one.name, context) for one in (new, old)]
    return None in read or replace(new, value=read[0], unit="").may_widen(replace(old, value=read[1], unit=""))


def _counts(context: Context, old: Plan, later: Plan, value: PlanValue, new: PlanValue) -> bool:
    """Whether the later value comes in the place of the older one: it is about all of the design, and its plan says that it changes the older
    plan, or that is read so."""
    if new.about not in ("", value.about) and objects_of(context, (new.about,)).of(new.about) != context.design.parts:
        return False
    if {old.id, old.name} & set(later.changes):
        return True
    given = new.value if new.unit == value.unit and new.value is not None else new.raw
    note = Note.of("engine_question_revised", name=value.name, old=value.value, new=given, plan=old.name or old.id, later=later.name or later.id)
    return context.yes_no(f"revised.{value.name}", note, likely=True, plan_id=later.id)
