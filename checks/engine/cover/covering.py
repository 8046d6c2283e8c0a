"""Is the plan covered: every object, value and aanduiding of the governing documents at a design, and every rule, with what became of it.

What was tested names its rules; what does not apply says why; what only the text decides is to be read, with its quote where the data hold
it. A rule that is switched off, out of date, out of place or names something that is not here is a line too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from shapely.geometry.base import BaseGeometry

from ....measure.plan.governing_areas import TAKING, ticked
from ....measure.plane import overlay
from ....model import Finding, LayerState, Note, Plan, PlanArea, PlanCover, PlanValue, Ruleset, Verdict
from ....model.plan_cover import ALSO_HOLDS, DOES_NOT_APPLY, NOT_MET, NOT_READABLE, TESTED, TO_READ, CoverLine
from ..applicability import counts
from ..base import Context
from ..from_plan.derive import PLAN_RULESET, at_place, ground_of, legal_of
from ..open_points.answer_words import bare
from .conclusion import concluded
from .norm_lines import norm_lines
from .rule_lines import rule_lines

READ = "plan_read"
"""The officer's answer: which parts of the plans were read and are met, by the key of their line."""
TEXT_CHECK = "plan_text"
OWN_TEXT = ("enkelbestemming", "besluitvlak", "regeltekst", "activiteit")
"""Kinds whose own article (use, conditions) no check measures, whatever is measured of their map."""
WITH_BESTEMMING = ("enkelbestemming", "bouwvlak", "maatvoering", "bouwaanduiding", "functieaanduiding")
"""Kinds of objects that only lie within a bestemming: a plan that is drawn with them gives ground one."""
MATTERS = ("suspends", "annuls", "permits")
"""Effects of documents that are no plan and must be read before a design can be said to fit it."""
BESIDE = "beside"
"""The effect of a document with rules of its own beside the plans."""
ENDS = "pons"
WRITTEN = ("", "")
"""Where the findings of rules of a file stand, beside those by object and value."""
QUANTITY = {"subject_coverage": "bebouwingspercentage"}
"""The quantity (SVBP2012) of subjects that do not carry its name."""
Linked = Mapping[tuple[str, str], tuple[Finding, ...]]


def plan_cover(context: Context, rulesets: Sequence[Ruleset], findings: Sequence[Finding], date: str = "", today: str = "") -> PlanCover:
    """Return the cover of the design in the context by the findings of its review; ``date``, ``today``: as the review was given them."""
    own = [found for found in findings if found.design == context.design.name]
    areas = _governing(context)
    clauses = norm_lines(context, areas, context.may_govern(), rulesets, own)
    documents = (*_missing(context), *_documents(context, areas), *_bare_ground(context, areas), *_beside(context))
    lines = (*documents, *_objects(context, areas, rulesets, own), *clauses, *rule_lines(context, rulesets, own, date, today))
    read = context.answers.get(READ)
    told = tuple(_as_told(line, read if isinstance(read, Mapping) else {}) for line in lines)
    return concluded(PlanCover(context.design.name, told), rulesets, own)


def _as_told(line: CoverLine, read: Mapping[str, object]) -> CoverLine:
    """Return a line as the officer says with a reason that it was read: not met, whatever was measured; met where it was to be read."""
    given = read.get(line.key)
    if not isinstance(given, Mapping) or not _says(given) or (bare(given) and line.state not in (TO_READ, ALSO_HOLDS)):
        return line
    state, code = (TESTED, "cover_read") if bare(given) else (NOT_MET, "cover_read_not_met")
    return replace(line, state=state, note=Note.of(code, reason=str(given["reason"]).strip()))


def _says(given: object) -> bool:
    """Whether an answer about a part that was read says that it is met, or is not, and why."""
    return isinstance(given, Mapping) and isinstance(bare(given), bool) and bool(str(given.get("reason") or "").strip())


def unheard_reading(covers: Sequence[PlanCover], answers: Mapping[str, Any]) -> tuple[Note, ...]:
    """Return a remark for each part of the plan that was said to be read and changes nothing: no line has its key, or it says neither yes nor no, or
    gives no reason."""
    read = answers.get(READ)
    if bare(read) is None and not isinstance(read, Mapping):
        return ()
    if not isinstance(read, Mapping):
        return (Note.of("answers_read_form", given=str(read)),)
    keys = {line.key for cover in covers for line in cover.lines}
    strange = sorted(key for key in read if key not in keys)
    bad = sorted(key for key, said in read.items() if key in keys and not _says(said))
    notes = ((strange, "answers_read_nobody"), (bad, "answers_read_unclear"))
    return tuple(Note.of(code, names=", ".join(names)) for names, code in notes if names)


def _missing(context: Context) -> Iterator[CoverLine]:
    """Yield a line when the plans could not be read at all."""
    state = context.site.state("plans")
    if state is not LayerState.LOADED:
        yield CoverLine("plans", "document", "plans", NOT_READABLE, Note.of(f"checks_layer_{state.value}", layer="plans"))


def _documents(context: Context, areas: Sequence[PlanArea]) -> Iterator[CoverLine]:
    """Yield the text of each governing plan: its general rules have no object on the map."""
    for plan in _plans_here(context, areas):
        name = plan.name or plan.id
        read = context.profile(plan.id)
        note = Note.of("cover_document_read", plan=name, n=len(read.norms)) if read and read.norms else Note.of("cover_document", plan=name)
        yield CoverLine(f"{plan.id}:document", "document", name, TO_READ, note, plan.id, name)


def _bare_ground(context: Context, areas: Sequence[PlanArea]) -> Iterator[CoverLine]:
    """Yield a line where the design stands on ground for which no plan has a bestemming, though one that is here is drawn with objects that go with
    bestemmingen: what is allowed there is not among its data."""
    drawn = {area.plan_id for area in context.may_govern() if area.kind in WITH_BESTEMMING}
    here = [plan for plan in _plans_here(context, areas) if plan.id in drawn]
    given = overlay.union([area.geometry for area in (*areas, *context.may_lie_here()) if area.kind in TAKING and area.geometry.area])
    bare = overlay.difference(context.projection, given)
    if here and counts(bare, context):
        name, note = here[0].name or here[0].id, Note.of("cover_no_bestemming", area=round(bare.area, 1))
        yield CoverLine(f"{here[0].id}:no_bestemming", TAKING[0], TAKING[0], TO_READ, note, here[0].id, name)


def _beside(context: Context) -> Iterator[CoverLine]:
    """Yield each decision at the design that is no plan and matters to what the plans say: one that holds applications up, may have ended what a plan
    says, or allows one project; and each document with rules of its own beside the plans (omgevingsverordening, waterschapsverordening), which no
    check tests."""
    for plan in (one for one in context.site.plan_documents if one.effect in (*MATTERS, BESIDE) and _lies_under(one, context)):
        name = plan.name or plan.id
        if plan.effect == BESIDE:
            told = Note.of("cover_holds_as_well" if _grounds(plan, context) else "cover_may_hold_as_well", kind=plan.kind[:1].upper() + plan.kind[1:])
            yield CoverLine(f"{plan.id}:beside", "document", name, ALSO_HOLDS, told, plan.id, name)
        else:
            yield CoverLine(f"{plan.id}:decision", "document", name, TO_READ, plan.reasons[-1], plan.id, name)


def _lies_under(plan: Plan, context: Context) -> bool:
    shapes = _grounds(plan, context)
    return not shapes or any(shape.intersects(context.projection) for shape in shapes)


def _grounds(plan: Plan, context: Context) -> list[BaseGeometry]:
    """Return where a document lies, as far as its source says."""
    areas = [area.geometry for area in context.site.plans if area.plan_id == plan.id]
    return [shape for shape in (plan.geometry, *areas) if shape is not None]


def _plans_here(context: Context, areas: Sequence[PlanArea]) -> list[Plan]:
    """Return the plans that govern, or may, with an object or their own ground at the design, or nothing that says where they lie."""
    governing = {area.plan_id: area for area in areas}
    return [
        plan for plan in _plans(context, governing)
        if plan.id in governing or plan.geometry is None or plan.geometry.intersects(context.projection)
    ]


def _plans(context: Context, governing: Mapping[str, PlanArea]) -> list[Plan]:
    known = {plan.id for plan in context.site.plan_documents}
    proposed = tuple(plan.id for plan in context.site.plan_documents if plan.proposed)
    ways = [way.ids for way in context.ways_to_govern] or [ticked(context.answers) or proposed]
    ids = {one for way in ways for one in way} | set(governing)
    undocumented = [Plan(key, area.plan_name) for key, area in sorted(governing.items()) if key not in known]
    return [*(plan for plan in context.site.plan_documents if plan.id in ids), *undocumented]


def _governing(context: Context) -> tuple[PlanArea, ...]:
    """Return the objects at the design of every plan that governs, or may."""
    found: dict[int, PlanArea] = {}
    areas = context.may_govern()
    ground = ground_of(areas, context.projection, context.site.parcels)
    for area in areas:
        if at_place(area, context.projection, ground):
            found[id(area)] = area
    return tuple(found.values())


def _objects(context: Context, areas: Sequence[PlanArea], rulesets: Sequence[Ruleset], findings: Sequence[Finding]) -> Iterator[CoverLine]:
    """Yield a line for each object and each value of it; objects that say the same are one line."""
    every = {area.fid: area for area in context.may_govern()}
    linked = _linked(rulesets, findings)
    merged: dict[str, CoverLine] = {}
    for area in sorted(areas, key=lambda one: (one.plan_id, one.kind, one.name, one.fid)):
        if area.kind == "plangebied":
            continue
        for value in area.values or (None,):
            line = _line(area, value, linked, every)
            same = merged.get(line.key)
            merged[line.key] = line if same is None else _joined(same, line)
    yield from merged.values()
    for area in context.may_lie_here():
        answer = bare(context.answers.get(f"lies_here:{area.fid}"))
        yield from (_without_place(area, value, answer) for value in area.values or (None,))


def _without_place(area: PlanArea, value: PlanValue | None, answer: Any) -> CoverLine:
    """Return the line of an object without a readable place: not readable until the officer says where it lies."""
    raw, key = value.raw if value else "", ":".join(word for word in (area.plan_id, area.kind, area.fid, value.raw if value else "") if word)
    state, note = {True: (TO_READ, "cover_lies_here"), False: (DOES_NOT_APPLY, "cover_lies_elsewhere")}.get(answer, (NOT_READABLE, "cover_no_place"))
    name = raw or area.name or area.kind
    return CoverLine(key, area.kind, name, state, Note.of(note, name=name), area.plan_id, area.plan_name, (area.fid,), raw.split("=", 1)[-1], area.article)


def _linked(rulesets: Sequence[Ruleset], findings: Sequence[Finding]) -> Linked:
    """Return the findings by object and value: of rules that were derived from it, and those that used it ('' = any value of it)."""
    by_rule: dict[str, list[Finding]] = {}
    for found in findings:
        by_rule.setdefault(found.rule, []).append(found)
    links: dict[tuple[str, str], dict[int, Finding]] = {}
    for rule in (rule for ruleset in rulesets for rule in ruleset.rules):
        for item in rule.origin:
            links.setdefault((item.fid, item.raw), {}).update((id(found), found) for found in by_rule.get(rule.id, ()))
    derived = {rule.id for ruleset in rulesets if ruleset.location == PLAN_RULESET for rule in ruleset.rules}
    for found in findings:
        if found.rule not in derived:
            links.setdefault(WRITTEN, {})[id(found)] = found
            for used in found.inputs:
                if used.layer == "plans":
                    links.setdefault((used.fid, ""), {})[id(found)] = found
    return {key: tuple(found.values()) for key, found in links.items()}


def _line(area: PlanArea, value: PlanValue | None, linked: Linked, every: Mapping[str, PlanArea]) -> CoverLine:
    legal = legal_of(area, every)
    raw = value.raw if value else ""
    name = (" ".join(word for word in (value.qualifier, value.name) if word) if value else "") or area.name or area.kind
    linked_here = tuple(dict.fromkeys((*linked.get((area.fid, raw), ()), *_users(area, value, linked))))
    found = tuple(one for one in linked_here if _rests_on(one, area)) or linked_here
    state, note = _state(area, value, found, legal.article, name)
    rules = tuple(dict.fromkeys(one.rule for one in found)) if state in (TESTED, DOES_NOT_APPLY) else ()
    key = ":".join(word for word in (area.plan_id, area.kind, area.name, raw) if word)
    return CoverLine(key, area.kind, name, state, note, area.plan_id, area.plan_name, (area.fid,), raw.split("=", 1)[-1], legal.article, legal.quote, rules)


def _rests_on(found: Finding, area: PlanArea) -> bool:
    """Whether a finding says that it used an object: of a rule about several objects each has its own findings."""
    return any(used.layer == "plans" and used.fid == area.fid for used in found.inputs)


def _users(area: PlanArea, value: PlanValue | None, linked: Linked) -> tuple[Finding, ...]:
    """Return the findings of written rules that used an object: for one of several values, those whose limit is that value."""
    used = linked.get((area.fid, ""), ())
    if value is None:
        return used
    same = tuple(found for found in linked.get(WRITTEN, ()) if _says_the_same(found, value))
    if len(area.values) == 1:
        return (*used, *same)
    return (*(found for found in used if any(value.value in (m.limit, m.low) for m in found.measurements[:1])), *same)


def _says_the_same(found: Finding, value: PlanValue) -> bool:
    """Whether a written rule tested the very norm that the map shows: the same quantity, the same way round and the same number."""
    if not found.measurements or value.value is None or found.measurements[0].limit != value.value:
        return False
    name = QUANTITY.get(found.subject.code, found.subject.as_dict().get("name"))
    way = {"maximum": "<", "minimum": ">"}.get(value.qualifier or "", "?")
    return name == value.name and found.measurements[0].operator.startswith(way)


def _state(area: PlanArea, value: PlanValue | None, found: tuple[Finding, ...], article: str, name: str) -> tuple[str, Note]:
    """Return the state of an object or value, and why."""
    if area.kind == ENDS:
        return DOES_NOT_APPLY, Note.of("cover_ends_older")
    unread = Note.of("cover_text", name=name, article=article or "?")
    if area.kind in OWN_TEXT and value is None:
        return TO_READ, unread
    if any(note.code == "checks_failed" for one in found for note in one.missing):
        return NOT_READABLE, next(note for one in found for note in one.missing if note.code == "checks_failed")
    told = [one for one in found if one.check != TEXT_CHECK or one.decision is not None]
    if not told:
        return TO_READ, unread
    if all(one.stands is Verdict.NOT_APPLICABLE for one in told):
        return DOES_NOT_APPLY, next((note for one in told for note in one.notes), Note.of("cover_not_about"))
    measured = [one for one in told if one.stands is not Verdict.NOT_APPLICABLE]
    return TESTED, Note.of("cover_tested", verdicts=", ".join(dict.fromkeys(one.stands.value for one in measured)))


def _joined(one: CoverLine, other: CoverLine) -> CoverLine:
    """Return two lines that say the same as one; what is unread of either is unread."""
    order = (NOT_READABLE, TO_READ, TESTED, DOES_NOT_APPLY)
    lead = min((one, other), key=lambda line: order.index(line.state))
    return replace(lead, fids=(*one.fids, *other.fids), rules=tuple(dict.fromkeys((*one.rules, *other.rules))))
