"""Which plan areas govern: those of the plans that the officer ticked, else of the plans that are proposed, never of a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan, PlanArea, Site
from ...model.site import IN_FORCE

DRAFTS = ("concept", "voorontwerp", "ontwerp")
KNOWN = ("", "vigerend", *IN_FORCE)
"""Statuses that say that a plan works, or nothing; of any other word nobody knows whether it does."""
SLIVER_SHARE = 0.01
TOUCH_M2 = 0.01
"""A design that shares less with a plan's ground only touches it."""
TAKING = ("enkelbestemming", "besluitvlak", "pons")
"""Kinds whose ground is taken from plans before: a plan without any only adds to others."""


@dataclass(frozen=True)
class Way:
    """One way in which plans may govern: ``ids`` of the plans, those of them that are ``here`` at the design, what takes the ground of others first;
    ``otherwise``: not as proposed, so that the ground that is contested is the other's."""

    ids: tuple[str, ...]
    otherwise: bool = False
    here: tuple[str, ...] = ()

    @property
    def answer(self) -> dict[str, Any]:
        """The officer's answer that says this."""
        return {"ids": list(self.ids), "otherwise": self.otherwise}


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
        way = _way_meant(site, answers["governing_plans"], ids)
        taken = {one: taken_by(site, plans[one], ids, way) for one in plans if one in ids}
    standing = (without(area, taken.get(area.plan_id)) for area in chosen)
    return tuple(area for area in standing if not area.geometry.is_empty)


def taken_by(site: Site, plan: Plan, ids: Collection[str], otherwise: bool | None = False) -> BaseGeometry | None:
    """Return the ground (RD) on which others of the ticked plans took a plan's place; what one that is not ticked took stays its own."""
    lost = lost_ground(plan, otherwise)
    if lost is None:
        return None
    others = [area.geometry for area in site.plans if area.kind in TAKING and area.plan_id in ids and area.plan_id != plan.id]
    drawn = {area.plan_id for area in site.plans}
    others += [one.geometry for one in site.plan_documents if one.id in ids and one.id not in {plan.id, *drawn} and one.geometry is not None]
    return shapely.intersection(lost, shapely.union_all(others)) if others else None


def lost_ground(plan: Plan, otherwise: bool | None) -> BaseGeometry | None:
    """Return the ground (RD) that a plan lost to others: as proposed, ``otherwise``, or (None) both ways."""
    if plan.contested is None or otherwise is False:
        return plan.replaced
    if plan.replaced is None:
        return plan.contested if otherwise else None
    return shapely.symmetric_difference(plan.replaced, plan.contested) if otherwise else shapely.difference(plan.replaced, plan.contested)


def _way_meant(site: Site, answer: Any, ids: Collection[str]) -> bool | None:
    """Return whether ticked plans mean that plans govern otherwise than proposed: they say so, or one is among them that only then does. None where
    nothing tells which of the ticked plans goes before the other: then both hold on the ground that is contested."""
    if isinstance(answer, Mapping) and isinstance(answer.get("otherwise"), bool):
        return bool(answer["otherwise"])
    doubted = [plan for plan in site.plan_documents if plan.otherwise is not None and plan.otherwise is not plan.proposed]
    if any(plan.id in ids and not plan.proposed for plan in doubted):
        return True
    return None if not doubted and _contested(site) else False


def ticked(answers: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the plans that the officer ticked, None while nothing is; one id, or a list without ``ids:``, is read as it is meant."""
    answer = answers.get("governing_plans")
    given = answer.get("ids") if isinstance(answer, Mapping) else answer
    if given is None:
        return None
    return tuple(str(one) for one in given) if isinstance(given, (list, tuple)) else (str(given),)


def open_choice(site: Site, place: BaseGeometry) -> tuple[Way, ...]:
    """Return the ways in which plans may govern at a place (RD) while it is open whether one works already, or which of two took the other's place: the
    proposed way first; () where nothing is open there."""
    doubted, contested = doubted_plans(site), _contested(site)
    lie_here = any(area.plan_id in doubted and _on(area.geometry, place) for area in site.plans)
    if not lie_here and not any(_on(ground, place) for ground in contested):
        return ()
    undocumented = sorted({area.plan_id for area in site.plans if not is_draft(area.plan_status)} - {plan.id for plan in site.plan_documents})
    ways = []
    for turned in (False, True):
        told = [plan.id for plan in site.plan_documents if (plan.otherwise if turned and plan.id in doubted else plan.proposed)]
        ids = (*told, *(one for one in undocumented if turned or one not in doubted))
        ways.append(Way(ids, turned, _here(site, ids, turned, place)))
    return tuple(ways) if len({(way.ids, way.here) for way in ways}) > 1 else ()


def largest(ways: Sequence[tuple[PlanArea, ...]]) -> tuple[PlanArea, ...]:
    """Return the areas that govern in any of some ways, each once, with the most ground that it has in any of them."""
    if len(ways) == 1:
        return ways[0]
    found: dict[tuple[str, str, str], PlanArea] = {}
    for area in (area for way in ways for area in way):
        key = area.plan_id, area.kind, area.fid
        if key not in found or area.geometry.area > found[key].geometry.area:
            found[key] = area
    return tuple(found.values())


def is_open(site: Site) -> bool:
    """Whether it may be open anywhere around how plans govern."""
    return bool(doubted_plans(site) or _contested(site))


def _contested(site: Site) -> list[BaseGeometry]:
    return [plan.contested for plan in site.plan_documents if plan.contested is not None]


def _here(site: Site, ids: tuple[str, ...], otherwise: bool, place: BaseGeometry) -> tuple[str, ...]:
    """Return which plans, governing in a way, still say something at a place (RD), or never had an object there; those that lose no ground there first."""
    standing = governing_areas(site, {"governing_plans": Way(ids, otherwise).answer})
    drawn, left = ({area.plan_id for area in areas if _on(area.geometry, place)} for areas in (site.plans, standing))
    losing = {plan.id for plan in site.plan_documents if (lost := lost_ground(plan, otherwise)) is not None and _on(lost, place)}
    return tuple(sorted((one for one in ids if one in left or one not in drawn), key=lambda one: one in losing))


def _on(shape: BaseGeometry, place: BaseGeometry) -> bool:
    """Whether a shape lies at a place, by more than a touch where both are areas."""
    if not shapely.intersects(shape, place):
        return False
    return shape.area == 0 or place.area == 0 or bool(shapely.intersection(shape, place).area > TOUCH_M2)


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
