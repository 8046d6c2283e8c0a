"""Which plan areas govern: those of the plans that the officer ticked, else of the plans that are proposed, never of a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan, PlanArea, Site
from ...model.site import IN_FORCE

DRAFTS = ("concept", "voorontwerp", "ontwerp")
KNOWN = ("", "vigerend", *IN_FORCE)
"""Statuses that say that a plan works, or nothing; of any other word nobody knows whether it does."""
SLIVER_SHARE = 0.01
TAKING = ("enkelbestemming", "besluitvlak", "pons")
"""Kinds whose ground is taken from plans before: a plan without any only adds to others."""


def governing_areas(site: Site, answers: Mapping[str, Any], kind: str = "", plan_id: str = "") -> tuple[PlanArea, ...]:
    """Return the plan areas of a kind ('' = all), of one plan ('' = all), that govern by the answer ``governing_plans: {ids}``.

    Without the ground on which a later plan or a pons took their place. While nothing is ticked: those of the plans that are proposed; never
    a draft.
    """
    ids = ticked(answers)
    areas = [area for area in (site.areas(kind) if kind else site.plans) if not plan_id or area.plan_id == plan_id]
    plans = {plan.id: plan for plan in site.plan_documents}
    if ids is None:
        chosen = [area for area in areas if not is_draft(area.plan_status) and (area.plan_id not in plans or plans[area.plan_id].proposed)]
        taken = {one: plans[one].replaced for one in plans}
    else:
        chosen = [area for area in areas if area.plan_id in ids]
        taken = {one: taken_by(site, plans[one], ids) for one in plans if one in ids and plans[one].replaced is not None}
    standing = (without(area, taken.get(area.plan_id)) for area in chosen)
    return tuple(area for area in standing if not area.geometry.is_empty)


def taken_by(site: Site, plan: Plan, ids: Collection[str]) -> BaseGeometry | None:
    """Return the ground (RD) on which others of the ticked plans took a plan's place; what one that is not ticked took stays its own."""
    others = [area.geometry for area in site.plans if area.kind in TAKING and area.plan_id in ids and area.plan_id != plan.id]
    drawn = {area.plan_id for area in site.plans}
    others += [one.geometry for one in site.plan_documents if one.id in ids and one.id not in {plan.id, *drawn} and one.geometry is not None]
    return shapely.intersection(plan.replaced, shapely.union_all(others)) if others and plan.replaced is not None else None


def ticked(answers: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the plans that the officer ticked, None while nothing is; one id, or a list without ``ids:``, is read as it is meant."""
    answer = answers.get("governing_plans")
    given = answer.get("ids") if isinstance(answer, Mapping) else answer
    if given is None:
        return None
    return tuple(str(one) for one in given) if isinstance(given, (list, tuple)) else (str(given),)


def open_choice(site: Site, place: BaseGeometry) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which plans may govern at a place (RD) while it is open whether one works already: the ids of each, the proposed
    way first; () where nothing is open there."""
    doubted = doubted_plans(site)
    if not any(area.plan_id in doubted and area.geometry.intersects(place) for area in site.plans):
        return ()
    undocumented = sorted({area.plan_id for area in site.plans if not is_draft(area.plan_status)} - {plan.id for plan in site.plan_documents})
    ways = []
    for turned in (False, True):
        told = [plan.id for plan in site.plan_documents if (plan.otherwise if turned and plan.id in doubted else plan.proposed)]
        ways.append((*told, *(one for one in undocumented if turned or one not in doubted)))
    return tuple(dict.fromkeys(ways))


def doubted_plans(site: Site) -> frozenset[str]:
    """Return the plans of which it is open whether they work: those that may be read otherwise than proposed, and those without a document of
    their own of which the status is a word that says neither that they work nor that they are drafts."""
    otherwise = {plan.id for plan in site.plan_documents if plan.otherwise is not None and plan.otherwise is not plan.proposed}
    known = {plan.id for plan in site.plan_documents}
    words = {area.plan_id: area.plan_status.strip().lower() for area in site.plans if area.plan_id not in known}
    return frozenset({*otherwise, *(plan for plan, word in words.items() if word not in KNOWN and not is_draft(word))})


def not_here(site: Site, answers: Mapping[str, Any]) -> tuple[Note, ...]:
    """Return a remark for each plan that was ticked and is not among the plans at the place, and for an answer that ticks nothing."""
    given = answers.get("governing_plans")
    if isinstance(given, Mapping) and "ids" not in given:
        return (Note.of("plans_ticked_nothing", given=", ".join(map(str, given))),)
    known = {plan.id for plan in site.plan_documents} | {area.plan_id for area in site.plans}
    return tuple(Note.of("plans_ticked_not_here", plan=one) for one in ticked(answers) or () if one not in known)


def without(area: PlanArea, ground: BaseGeometry | None) -> PlanArea:
    """Return a plan area without the ground (RD) that was taken from its plan; slivers of drawing are left on."""
    if ground is None or not shapely.intersects(area.geometry, ground):
        return area
    left = shapely.difference(area.geometry, ground)
    if left.area < SLIVER_SHARE * area.geometry.area or (area.geometry.area == 0 and left.is_empty):
        return replace(area, geometry=shapely.Polygon())
    return replace(area, geometry=left)


def is_draft(status: str) -> bool:
    """Whether a plan status means that the plan does not govern yet (shown, never taken)."""
    return status.lower() in DRAFTS
