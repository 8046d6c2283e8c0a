"""What documents do to each other at a place: which of them is about which, what is open about a document on a date, and its effect in a word.

Sources: Wro 3.7 (voorbereidingsbesluit: a year), 3.8 (reactieve aanwijzing, term of appeal), Omgevingswet 4.14-4.16 (voorbeschermingsregels lapse
after a year and six months), 16.78 (four weeks after publication), Awb 8:72 (a ruling annuls), 8:81 (suspension).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan
from .document_kinds import ALSO_HOLDS, HITS, KNOWN, LAPSING, NOTICES, PERMITS

VERSION = re.compile(r"-[a-z]{1,2}\d{2,3}$", re.IGNORECASE)
"""What an IMRO number ends with: the version of the plan (NL.IMRO.9999.BP1-VA02, STRI2012)."""
AT = "@"
"""Stands between the number of a regeling and which version of it a file holds."""
LAPSE = datetime.timedelta(days=548)
"""A year and six months: voorbeschermingsregels without a change of the plan lapse (Omgevingswet 4.16)."""
YEAR = datetime.timedelta(days=366)
"""An old voorbereidingsbesluit lapses after a year (Wro 3.7 lid 5)."""
NEW_LAW = "2024-01-01"
"""From here on a voorbereidingsbesluit changes the omgevingsplan with rules that bind (Omgevingswet 4.14)."""


def work_of(identity: str) -> str:
    """Return the number of a plan without its version."""
    return VERSION.sub("", identity.partition(AT)[0]).lower()


def speaks_of(names: Collection[str], plan: Plan) -> bool:
    """Whether a list of numbers or names holds a plan."""
    told = {name.strip().casefold() for name in names}
    return plan.id.casefold() in told or (bool(plan.name) and plan.name.strip().casefold() in told)


def later_version(one: Plan, other: Plan) -> bool:
    """Whether a plan is the later version of another by its number, where their dates do not tell."""
    if one.id == other.id or work_of(one.id) != work_of(other.id) or (one.date and other.date and one.date != other.date):
        return False
    mine, its = (VERSION.search(plan.id) for plan in (one, other))
    return mine is not None and its is not None and mine[0][:-2].lower() == its[0][:-2].lower() and mine[0].lower() > its[0].lower()


def hits_on(plan: Plan, decisions: Iterable[Plan], others: Collection[Plan], grounds: Mapping[str, BaseGeometry]) -> list[Plan]:
    """Return the decisions that may have ended what a plan says here: those that name it, and those that lie on it and name no plan of the others."""
    return [one for one in decisions if _hits(one, plan, others, grounds)]


def _hits(decision: Plan, plan: Plan, others: Collection[Plan], grounds: Mapping[str, BaseGeometry]) -> bool:
    named = (*decision.changes, *decision.replaces)
    if speaks_of(named, plan):
        return True
    if plan.date and decision.date and plan.date > decision.date:
        return False
    works = {work_of(name) for name in named}
    if works:
        return work_of(plan.id) in works and not any(speaks_of(named, other) for other in others)
    ground, own = grounds.get(decision.id), grounds.get(plan.id)
    return ground is None or own is None or bool(shapely.intersects(ground, own))


def lapses(plan: Plan, at: str) -> Note | None:
    """Return the note that temporary rules may have lapsed by a date (ISO); None while they have not, or no date is known."""
    began = (plan.in_force or plan.date)[:10]
    if plan.kind.lower() not in LAPSING or plan.ended or not _longer(began, at, LAPSE):
        return None
    return Note.of("plans_reason_lapses", date=began)


def _longer(began: str, at: str, term: datetime.timedelta) -> bool:
    try:
        return datetime.date.fromisoformat(at[:10]) - datetime.date.fromisoformat(began) > term
    except ValueError:
        return False


def suspended_on(plan: Plan, at: str) -> str:
    """Return since when (ISO) a court holds a plan up on a date ('' = as the source ends), '' when it does not."""
    periods = ((start, end) for start, end in plan.suspended if not at or start[:10] <= at[:10])
    return next((start for start, end in periods if not end or (at and at[:10] < end[:10])), "")


def beside(plan: Plan, at: str) -> Note:
    """Return what a document means that is no plan with rules for everyone."""
    kind = plan.kind.lower()
    if kind in NOTICES:
        if plan.date[:10] >= NEW_LAW:
            return Note.of("plans_reason_notice_rules", kind=plan.kind)
        return Note.of("plans_reason_notice_old" if _longer(plan.date[:10], at, YEAR) else "plans_reason_notice", kind=plan.kind)
    told = ((ALSO_HOLDS, "plans_reason_also_holds"), (HITS, "plans_reason_hits"), (PERMITS, "plans_reason_permit"))
    found = next((code for kinds, code in told if kind in kinds), "plans_reason_other_kind")
    return Note.of(found if kind in KNOWN else "plans_reason_unknown_kind", kind=plan.kind)


GONE = ("historic", "not_in_force", "ended", "suspended", "replaced_whole", "hole_whole", "version")
NOT_YET = ("draft", "later", "waiting", "waiting_tam")
BESIDE = {
    "notice": "suspends", "notice_old": "suspends", "notice_rules": "suspends", "also_holds": "beside", "hits": "annuls", "permit": "permits",
    "other_kind": "informs", "unknown_kind": "unknown",
}


def with_effect(plan: Plan, taking: Collection[str]) -> Plan:
    """Return a plan with what it does at the place (``EFFECTS``); ``taking``: the plans whose ground others lost to them."""
    codes = [note.code.removeprefix("plans_reason_") for note in plan.reasons]
    if plan.proposed:
        effect = "adds" if "adds" in codes else "replaces" if plan.id in taking else "binds"
    elif any(code in codes for code in GONE):
        effect = "ended"
    else:
        effect = next((BESIDE[code] for code in codes if code in BESIDE), "waits" if any(code in NOT_YET for code in codes) else "unknown")
    return replace(plan, effect=effect)
