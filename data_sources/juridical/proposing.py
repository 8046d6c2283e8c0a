"""Which plans seem to govern at a place, and why: a proposal in which every plan stays listed. The officer decides.

Sources: Wro 3.1, 3.6, 3.7, 3.26, 3.28, 3.38 (kinds of plans) and Omgevingswet 22.1, 22.6 (temporary part of the omgevingsplan, pons);
what counts per status is PDOK's dossierstatus. A plan replaces an earlier one where it gives ground a bestemming; one that gives none
(paraplu, archaeology, parking) adds to what lies below it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan, PlanArea
from ...model.site import IN_FORCE
from ..formats.gml import polygons_of
from ..published.lists import published
from .document_kinds import KNOWN, NEW_PART, WRO_PLANS
from .effects import beside, hits_on, lapses, later_version, speaks_of, suspended_on, with_effect, work_of
from .placed import is_draft
from .revising import day_of, revised

WHOLE, TRACE = 0.98, 0.01
"""Shares of a plan's ground: from here on it is replaced whole; below this of the smaller of two plans, overlap is a matter of drawing."""
SLIVER_M = 0.5
"""Ground narrower than this between two plans is drawing, not law."""
ADDS = "plans_reason_adds"
"""The reason by which a plan holds beside others."""
BESTEMMING = ("enkelbestemming", "besluitvlak")
NOT_IN_FORCE = re.compile(
    r"niet in werking|vernietigd|ingetrokken|vervallen|geschorst|niet meer|in voorbereiding|beëindigd|buiten werking|onthouden$|niet ?geldend"
    r"|voorlopige voorziening",
)
NEVER_ADOPTED = re.compile(r"\bniet (?:\w+ )?(?:vastgesteld|goedgekeurd|onherroepelijk)")
PARTLY = re.compile(r"(?<!niet )\b(?:deels|gedeeltelijk|partieel|ten dele)\b|met uitzondering van onthoudingen")
KNOWN_WORDS = re.compile(
    r"\b(?:" + "|".join(IN_FORCE) + r"|geheel|deels|gewijzigd|ongewijzigd|opnieuw|definitief|besluit|met uitzondering van onthoudingen"
    r"|en|in beroep|beroep|niet)\b|\W",
)
"""What a status holds that says that a plan works; what is left of it nobody knows."""
UMBRELLA = re.compile(r"paraplu|facetplan|facetbestemmingsplan|facetherziening|thematische herziening|\bfacet\b")
COURT = ("beroep", "bezwaar", "uitspraak")
"""Words of a status of the time of IMRO2006 by which a plan lies before a court or was judged by one: whether it works is to be asked."""
OPEN_STATUS = ("plans_reason_unknown_status", "plans_reason_court", "plans_reason_partly", "plans_reason_no_status")
"""Reasons by which a plan is proposed while its status leaves open whether it holds here."""
HIERARCHY = (
    NEW_PART, ("tam-omgevingsplan",), ("inpassingsplan", "rijksbestemmingsplan"),
    ("uitwerkingsplan", "wijzigingsplan"), ("bestemmingsplan", "beheersverordening", ""),
)
"""Kinds with rules that bind everyone, in the order in which they are listed."""
APPEAL = datetime.timedelta(weeks=6)
"""A plan of the Wro works from the day after its term of appeal, six weeks from the day it is laid open (Wro 3.8 lid 5, Awb 6:7)."""
TAM, TAM_TERM = "tam-omgevingsplan", datetime.timedelta(weeks=4)
"""A change of the omgevingsplan works four weeks after its publication (Omgevingswet 16.78)."""
PUBLISHED_WITHIN = datetime.timedelta(weeks=6)
"""It is laid open within two weeks of its adoption, or six when the province may react (Wro 3.8 lid 3 and 4)."""


def propose(
    plans: Sequence[Plan], areas: Sequence[PlanArea], at_date: str = "", today: str = "", unplaced: Sequence[PlanArea] = ()
) -> tuple[Plan, ...]:
    """Return all plans in order, each with whether it is proposed as governing, the reasons, its effect, and where it was replaced.

    ``areas`` are the objects (RD) of all plans around the place, ``unplaced`` those that lie somewhere on their ground; ``at_date`` the ISO date of
    the application ('': no plan is too late); ``today`` that of the decision, by whose law is decided (ex nunc; '': as on the application's). Where
    it is open whether a plan holds (its term of appeal, a ruling, a status that no list has, temporary rules that may have lapsed) the likelier way
    is proposed, and ``otherwise`` says what the other way would be. Doing it again with the outcome gives the same.
    """
    bare = {plan.id: replace(plan, proposed=False, reasons=(), replaced=None, otherwise=None, contested=None, revised_by=(), effect="") for plan in plans}
    now = max(at_date[:10], today[:10]) if at_date else ""
    grounds = _grounds(bare, areas)
    doubts = _doubts(bare, at_date, now, grounds)
    idle, busy = ({key for key, (works, _) in doubts.items() if works is way} for way in (False, True))
    taking: set[str] = set()
    judge = partial(_proposed, bare, areas, grounds, at_date)
    chosen = judge(idle, taking)
    ways = [(judge(idle, set(), late=False), judge(busy, set(), late=True))] if _unordered(bare.values()) else []
    ways += [(chosen, judge(busy, set()))] if doubts else []
    one, other = next((pair for pair in ways if any(_differ(pair[0][key], pair[1][key]) for key in bare)), (chosen, None))
    chosen = {key: _open(plan, plan if other is None else other[key], doubts.get(key, (True, ()))[1]) for key, plan in one.items()}
    if now > at_date[:10]:
        later = _proposed(bare, areas, grounds, now, {key for key, (holds, _) in _doubts(bare, now, now, grounds).items() if not holds}, set())
        chosen = {key: _by_now(plan, later[key], now) for key, plan in chosen.items()}
    chosen = {key: revised(plan, tuple(chosen.values()), (*areas, *unplaced)) for key, plan in chosen.items()}
    chosen = {key: with_effect(_unknown(plan), taking) for key, plan in chosen.items()}
    ordered = sorted(chosen.values(), key=lambda plan: (not plan.proposed, _rank(plan), _backwards(plan.date), plan.id))
    return tuple(replace(plan, order=number) for number, plan in enumerate(ordered, 1))


def _proposed(
    bare: Mapping[str, Plan], areas: Sequence[PlanArea], grounds: Mapping[str, BaseGeometry], at_date: str, left_out: set[str], taking: set[str],
    late: bool | None = None,
) -> dict[str, Plan]:
    """Return the proposal by plan when the plans ``left_out`` do not work; those that take the place of others are put in ``taking``; ``late``: which
    of two plans is the later where their dates do not tell it (None: neither, both hold)."""
    gives = {area.plan_id for area in areas if area.kind in BESTEMMING}
    judged = {key: plan if key in left_out else _by_status(plan, at_date) for key, plan in bare.items()}
    for key, plan in judged.items():
        if successor := _successor(plan, judged.values()) if plan.proposed else None:
            judged[key] = replace(plan, proposed=False, reasons=(Note.of("plans_reason_version", plan=successor.name or successor.id),))
    standing = [plan for plan in judged.values() if plan.proposed]
    holes = _holes(areas, {plan.id for plan in standing})
    adding = {plan.id for plan in standing if _adds(plan, gives, standing)}
    for plan in standing:
        if plan.kind in NEW_PART:
            judged[plan.id] = _named(plan, False)
            continue
        rivals = [
            other for other in standing if other.id != plan.id and other.kind not in NEW_PART and other.id in grounds
            and (speaks_of(other.replaces, plan) or not {plan.id, other.id} & adding)
        ]
        later = [other for other in rivals if _precedes(other, plan, late)]
        equal = [other for other in rivals if not _precedes(other, plan) and not _precedes(plan, other)]
        judged[plan.id] = _doubted(_replaced(_named(plan, plan.id in adding), later, grounds, holes), equal, grounds)
        if judged[plan.id].replaced is not None:
            taking.update(other.id for other in later if _overlaps(grounds[other.id], grounds[plan.id]))
    return judged


def _successor(plan: Plan, others: Iterable[Plan]) -> Plan | None:
    """Return the regeling that took the place of a whole one: a later version of it, or one that says that it succeeds it."""
    if plan.kind not in NEW_PART:
        return None
    for one in others:
        same = work_of(one.id) == work_of(plan.id) and max(one.in_force, one.date) > max(plan.in_force, plan.date)
        if one.proposed and one.kind in NEW_PART and one.id != plan.id and (same or speaks_of(one.replaces, plan)):
            return one
    return None


def _doubts(bare: Mapping[str, Plan], at_date: str, now: str, grounds: Mapping[str, BaseGeometry]) -> dict[str, tuple[bool, tuple[Note, ...]]]:
    """Return the plans of which it is open whether they hold on a date: whether that is the likelier, and why it is open."""
    found: dict[str, tuple[bool, tuple[Note, ...]]] = {}
    decisions = [plan for plan in bare.values() if any(note.code == "plans_reason_hits" for note in _by_status(plan, now).reasons)]
    for key, plan in bare.items():
        judged = _by_status(plan, at_date)
        if not judged.proposed:
            continue
        doubt = _doubt(plan, at_date)
        hits = hits_on(plan, decisions, bare.values(), grounds)
        hit = (Note.of("plans_reason_hit", plans=", ".join(one.name or one.id for one in hits)),) if hits else ()
        why = (*hit, *((doubt[1],) if doubt else ()), *((lapsed,) if (lapsed := lapses(plan, at_date)) else ()))
        if why or any(note.code in OPEN_STATUS for note in judged.reasons):
            found[key] = (doubt is None or doubt[0], why)
    return found


def _doubt(plan: Plan, at_date: str) -> tuple[bool, Note] | None:
    """Return, of a plan that its status proposes and of which it is open whether it works, whether that is likely, and why it is open."""
    at = (at_date or datetime.date.today().isoformat())[:10]
    stated = plan.dossier_status or plan.status
    if NOT_IN_FORCE.search(stated.lower()):  # of a part of it that is said
        return True, Note.of("plans_reason_partly", status=stated)
    if stated and _published(stated) is None and KNOWN_WORDS.sub("", stated.lower()) and not PARTLY.search(stated.lower()):
        return True, Note.of("plans_reason_unknown_status", status=stated)
    if not at_date and day_of(max(plan.date, plan.in_force)) > at:
        return False, Note.of("plans_reason_later", date=max(plan.date, plan.in_force)[:10], at=at)
    works = _may_not_work(plan, at)
    code = "plans_reason_waiting_tam" if plan.kind.lower() == TAM else "plans_reason_waiting"
    return None if works is None else (works, Note.of(code, date=plan.date[:10], at=at))


def _published(status: str) -> str | None:
    """Return whether a plan of a status works by the published list (IMRO planstatus): yes, no or ask; None for a status that no list has."""
    facts = published("imro")["planstatus"].facts(status)
    return str(facts["works"]) if facts else None


def _unordered(plans: Iterable[Plan]) -> bool:
    """Whether the dates of some plans do not tell which is the later: one has none, or two have the same."""
    days = [day_of(plan.date) for plan in plans]
    return len(days) > 1 and ("" in days or len(set(days)) < len(days))


def _may_not_work(plan: Plan, at_date: str) -> bool | None:
    """Return whether a plan whose start the source does not say is past its shortest term at a date; None: it is past the longest, or does
    not govern anyhow, or the source says that it works."""
    told = plan.in_force or "werking" in plan.dossier_status.lower() or "onherroepelijk" in f"{plan.dossier_status} {plan.status}".lower()
    if told or not _by_status(plan, at_date).proposed or "vastgesteld" not in plan.status.lower() or plan.kind.lower() not in (*WRO_PLANS, TAM):
        return None
    term = TAM_TERM if plan.kind.lower() == TAM else APPEAL
    try:
        since = datetime.date.fromisoformat(at_date[:10]) - datetime.date.fromisoformat(plan.date[:10])
    except ValueError:
        return None
    return since > term if datetime.timedelta(0) <= since <= PUBLISHED_WITHIN + term else None


def _open(plan: Plan, other: Plan, why: tuple[Note, ...]) -> Plan:
    """Return a plan with what it is the other way, and why it is open."""
    otherwise = None if other.proposed is plan.proposed else other.proposed
    return replace(plan, otherwise=otherwise, contested=_contested(plan, other), reasons=tuple(dict.fromkeys((*why, *plan.reasons))))


def _contested(plan: Plan, other: Plan) -> BaseGeometry | None:
    """Return the ground (RD) that a plan that governs both ways loses in one way and keeps in the other, None where there is none."""
    if not plan.proposed and not other.proposed:
        return None
    lost, lost_then = (one.replaced or shapely.MultiPolygon() for one in (plan, other))
    ground = _broad(polygons_of(shapely.symmetric_difference(lost, lost_then)))
    return None if ground.is_empty else ground


def _differ(plan: Plan, other: Plan) -> bool:
    """Whether a plan governs in one way and not in the other, or loses other ground."""
    return plan.proposed != other.proposed or _contested(plan, other) is not None


def _by_now(plan: Plan, later: Plan, now: str) -> Plan:
    """Return a plan that holds on the day of the application and no longer on that of the decision, or only then, as open."""
    plan = replace(plan, contested=_contested(plan, later)) if plan.contested is None else plan
    if later.proposed == plan.proposed:
        return plan
    code = "plans_reason_now" if later.proposed else "plans_reason_no_longer"
    return replace(plan, otherwise=later.proposed if plan.otherwise is None else plan.otherwise, reasons=(Note.of(code, date=now), *plan.reasons))


def _by_status(plan: Plan, at_date: str) -> Plan:
    """Return the plan, proposed as far as its kind, status and dates go."""
    status, dossier, began = plan.status.lower(), plan.dossier_status.lower(), max(plan.date, plan.in_force)[:10]
    if plan.historic:
        return replace(plan, reasons=(Note.of("plans_reason_historic"),))
    if is_draft(status):
        return replace(plan, reasons=(Note.of("plans_reason_draft", status=plan.status),))
    stated = (dossier, status)
    if any(_published(word) == "no" or NEVER_ADOPTED.search(word) or (NOT_IN_FORCE.search(word) and not PARTLY.search(word)) for word in stated):
        return replace(plan, reasons=(Note.of("plans_reason_not_in_force", status=plan.dossier_status or plan.status),))
    if at_date and day_of(began) > at_date[:10]:
        return replace(plan, reasons=(Note.of("plans_reason_later", date=began, at=at_date[:10]),))
    if plan.ended and plan.ended[:10] <= (at_date or datetime.date.today().isoformat())[:10]:
        return replace(plan, reasons=(Note.of("plans_reason_ended", date=plan.ended[:10]),))
    if since := suspended_on(plan, at_date):
        return replace(plan, reasons=(Note.of("plans_reason_suspended", date=since[:10]),))
    if _rank(plan) == len(HIERARCHY):
        return replace(plan, reasons=(beside(plan, at_date),))
    said = ", ".join(word for word in (plan.status, plan.dossier_status) if word)
    reasons = [Note.of("plans_reason_in_force", status=said) if said else Note.of("plans_reason_no_status")]
    if status and not dossier and not any(word in status for word in IN_FORCE):
        reasons = [Note.of("plans_reason_court" if any(word in status for word in COURT) else "plans_reason_unknown_status", status=plan.status)]
    if PARTLY.search(dossier) or PARTLY.search(status):
        reasons.append(Note.of("plans_reason_partly", status=plan.dossier_status or plan.status))
    return replace(plan, proposed=True, reasons=tuple(reasons))


def _unknown(plan: Plan) -> Plan:
    """Return a plan of a kind that no list has: nobody knows whether it binds, so both are tried."""
    if plan.kind.lower() in KNOWN or plan.proposed or not any(note.code == "plans_reason_unknown_kind" for note in plan.reasons):
        return plan
    return replace(plan, otherwise=True)


def _named(plan: Plan, adds: bool) -> Plan:
    """Return a plan with what its kind means beside the others."""
    more = []
    if adds:
        more.append(Note.of(ADDS))
    if plan.kind.lower() == TAM:
        more.append(Note.of("plans_reason_tam"))
    if plan.status == "geconsolideerd":
        more.append(Note.of("plans_reason_consolidated"))
    if plan.part:
        more.append(Note.of("plans_reason_part"))
    if plan.changes:
        more.append(Note.of("plans_reason_changes", plans=", ".join(plan.changes)))
    if plan.replaces:
        more.append(Note.of("plans_reason_replaces", plans=", ".join(plan.replaces)))
    return replace(plan, reasons=(*plan.reasons, *more))


def _adds(plan: Plan, gives: set[str], standing: Sequence[Plan]) -> bool:
    """Whether a plan only adds: its objects decide; what it is called counts where no plan's bestemmingen are known. A later version of a plan, and
    one that says that it replaces one that is here, do more."""
    others = [other for other in standing if other.id != plan.id]
    if plan.id in gives or plan.kind in NEW_PART or any(speaks_of(plan.replaces, other) or _later_of_one(plan, other) for other in others):
        return False
    return bool(gives) or plan.umbrella or UMBRELLA.search(plan.name.lower()) is not None


def _later_of_one(one: Plan, other: Plan) -> bool:
    return work_of(one.id) == work_of(other.id) and (later_version(one, other) or bool(one.date and other.date and one.date > other.date))


def _precedes(one: Plan, other: Plan, late: bool | None = None) -> bool:
    """Whether a plan takes the place of another: it works it out or changes it, or is the later version of it, else it is later. What the dates do
    not tell is taken one way, or (``late``) the other: a plan without a date is the first or the last, and of two of one date either is; None:
    neither takes the other's."""
    if one.id == other.id or speaks_of((*other.changes, *other.replaces), one):
        return False
    told = speaks_of((*one.changes, *one.replaces), other) or later_version(one, other)
    days = day_of(one.date), day_of(other.date)
    if told or later_version(other, one) or (all(days) and days[0] != days[1]):
        return told or days[0] > days[1]
    return late is not None and ((days[0], one.id) > (days[1], other.id)) is not late


def _replaced(plan: Plan, later: Sequence[Plan], grounds: Mapping[str, BaseGeometry], holes: Mapping[str, BaseGeometry]) -> Plan:
    """Return a plan with the part of its ground (RD) that later plans and the pons of an omgevingsplan have taken."""
    ground = grounds.get(plan.id)
    if ground is None or ground.area == 0:
        return plan
    takers = [("plans_reason_hole", key, hole) for key, hole in holes.items()]
    takers += [("plans_reason_replaced", one.name or one.id, grounds[one.id]) for one in later]
    taken = [(code, name, shape) for code, name, shape in takers if _overlaps(shape, ground)]
    if not taken:
        return plan
    lost = _broad(polygons_of(shapely.intersection(ground, shapely.union_all([shape for _, _, shape in taken]))))
    if lost.is_empty:
        return plan
    gone = lost.area / ground.area >= WHOLE
    codes = {code for code, _, _ in taken}
    notes = [
        Note.of(f"{code}_whole" if gone else f"{code}_partly", plans=", ".join(name for other, name, _ in taken if other == code),
                share=round(100 * _share(shapely.union_all([shape for other, _, shape in taken if other == code]), ground), 1))
        for code in sorted(codes)
    ]
    return replace(plan, proposed=not gone, replaced=lost, reasons=tuple(notes) if gone else (*plan.reasons, *notes))


def _doubted(plan: Plan, equal: Sequence[Plan], grounds: Mapping[str, BaseGeometry]) -> Plan:
    """Return a plan with a remark on those that share its ground while it does not show which is the later."""
    ground = grounds.get(plan.id)
    if ground is None or ground.area == 0 or not plan.proposed:
        return plan
    names = [other.name or other.id for other in equal if _overlaps(grounds[other.id], ground)]
    return replace(plan, reasons=(*plan.reasons, Note.of("plans_reason_overlaps", plans=", ".join(names)))) if names else plan


def _broad(ground: BaseGeometry) -> BaseGeometry:
    """Return the parts of ground that are more than a sliver between two drawings of one line."""
    parts = [part for part in shapely.get_parts(ground) if not shapely.buffer(part, -SLIVER_M / 2).is_empty]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _overlaps(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two plans share ground: more of the smaller than drawing explains, however small that is beside the other."""
    smaller, larger = sorted((one, other), key=lambda ground: float(ground.area))
    return bool(smaller.area > 0) and _share(larger, smaller) > TRACE


def _share(shape: BaseGeometry, ground: BaseGeometry) -> float:
    return float(shapely.intersection(shape, ground).area / ground.area) if shapely.intersects(shape, ground) else 0.0


def _grounds(plans: Mapping[str, Plan], areas: Sequence[PlanArea]) -> dict[str, BaseGeometry]:
    """Return the ground (RD) of each plan: where it gives a bestemming, else its plangebied, else all its objects."""
    by_plan: dict[str, list[PlanArea]] = {}
    for area in areas:
        if area.geometry.geom_type in ("Polygon", "MultiPolygon") and area.plan_id in plans:
            by_plan.setdefault(area.plan_id, []).append(area)
    grounds = {}
    for key, plan in plans.items():
        objects = by_plan.get(key, [])
        given = [area.geometry for area in objects if area.kind in BESTEMMING]
        shapes = given or ([plan.geometry] if plan.geometry is not None else [area.geometry for area in objects])
        if shapes:
            grounds[key] = polygons_of(shapely.union_all(np.array(shapes, dtype=object)))
    return grounds


def _holes(areas: Sequence[PlanArea], in_force: set[str]) -> dict[str, BaseGeometry]:
    """Return by plan the ground (RD) where an omgevingsplan in force has ended older plans."""
    shapes: dict[str, list[BaseGeometry]] = {}
    for area in areas:
        if area.kind == "pons" and area.plan_id in in_force and not is_draft(area.plan_status):
            shapes.setdefault(area.plan_name or area.plan_id, []).append(area.geometry)
    return {name: shapely.union_all(parts) for name, parts in shapes.items()}


def _rank(plan: Plan) -> int:
    return next((rank for rank, kinds in enumerate(HIERARCHY) if plan.kind.lower() in kinds), len(HIERARCHY))


def _backwards(date: str) -> tuple[int, ...]:
    """Return a key that puts later dates first and none last."""
    return tuple(-int(word) for word in date.split("-") if word.isdecimal()) or (0,)
