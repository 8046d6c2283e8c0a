"""What of the design a rule is about, and where it applies, in the reading under way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only
from ...measure.plane import overlay
from ...model import Finding, Note, Part, Question, Rule, Verdict
from .applicability import NOWHERE, Truth, all_of, any_of, counts, elsewhere, ground, holds, objects_truth, shared, told_there
from .base import Check, Context
from .objects import KINDS_OF_OBJECT, MAIN, SUSPECT, is_building_word, large, may_be, may_be_a_house, objects_of
from .open_points.points import Alternative, OpenPoint
from .standing import HOUSE_M2
from .weighing import answer

VALUED = ("maatvoering", "omgevingsnorm", "omgevingswaarde")
FEW_PARTS = 4
"""Of a design of so few parts each is tried as the object that a rule is about; of one of more somebody must say which it is."""
MARKS = ("bouwaanduiding", "functieaanduiding")
"""Marks within a bouwvlak: whether a rule about what stands outside the bouwvlak, where such a mark is, looks beyond the mark is not on the map."""


@dataclass(frozen=True, eq=False)
class Scope:
    """``context``: the design's parts that the rule is about and the place where it holds, None where it does not apply; ``notes``: what was
    assumed, or why not."""

    context: Context | None
    notes: tuple[Note, ...] = ()


def scope_of(rule: Rule, context: Context, check: Check, before: Sequence[Rule] = ()) -> Scope:
    """Return what of a design a rule is about: where ``applies_when`` holds, and of ``applies_to`` and ``object`` only those parts.

    ``before``: the rules that go before this one; where they hold for a part of the design, or for some of its parts, this one keeps the rest.
    """
    truth = truth_of(rule, context, check)
    wide = truth_of(rule, context, check, MARKS)
    if wide.where is None and counts(elsewhere(truth.where, context), context) and _asked_whole(context):
        truth = wide
    if not truth.value:
        return Scope(None, truth.notes)
    place = shared(of_its_plan(context), truth.where, context)
    if place is not None and place.is_empty:
        return Scope(None, (Note.of("engine_plan_not_governing"),))
    inside = _with_parts(parts_of(rule, context), context)
    place, inside, notes = _left_by(before, place, inside, context)
    place = ground(place, inside)
    if place is not None and place.is_empty:
        return Scope(None, notes or (Note.of("engine_parts_elsewhere"),))
    said = objects_of(context, kinds_of(rule)).notes if kinds_of(rule) else ()
    return Scope(replace(inside, place=place), (*said, *notes))


def _with_parts(parts: tuple[Part, ...], context: Context) -> Context:
    """Return the context for the parts of the design that a rule is about, with the others."""
    own = {id(part) for part in parts}
    return replace(context.with_parts(parts), others=tuple(part for part in context.design.parts if id(part) not in own))


def truth_of(rule: Rule, context: Context, check: Check | None = None, more: Sequence[str] = ()) -> Truth:
    """Return where under the design a rule applies by its own words.

    What a rule measures against (the zones of its values, the bouwvlakken) says whether it applies, and its measure says where; ``more``:
    further layers that only say whether, for a check that measures against the map.
    """
    whether = {*check.drawn.kinds[:1], *VALUED, *more} if check and check.drawn and not check.drawn.named_by else set()
    if rule.limit is not None and rule.limit.from_plan:
        whether |= set(VALUED)
    condition = dict(rule.applies_when)
    wanted = condition.pop("object", {})
    return all_of(_conditions(condition, kinds_of(rule), wanted, context, frozenset(whether)), context)


def _conditions(
    condition: Mapping[str, Any], kinds: Sequence[str], wanted: Mapping[str, Any], context: Context, whether: frozenset[str]
) -> Iterator[Truth]:
    yield holds(condition, context, whether)
    if kinds:
        yield any_of((objects_truth(kind, context) for kind in kinds), context)
    if wanted.get("classes") or wanted.get("classes_not"):
        yield holds({"object": {key: wanted[key] for key in ("classes", "classes_not") if key in wanted}}, context)


def _left_by(
    before: Sequence[Rule], place: BaseGeometry | None, inside: Context, context: Context
) -> tuple[BaseGeometry | None, Context, tuple[Note, ...]]:
    """Return the place and the parts that rules which go before leave, and what to say; one that takes all of it by itself leaves all:
    what governs is told of the findings."""
    notes: list[Note] = []
    for rule in before:
        truth = truth_of(rule, context)
        if not truth.value:
            continue
        taken = {id(part) for part in parts_of(rule, context)}
        kept = tuple(part for part in inside.design.parts if id(part) not in taken)
        left = shared(place, elsewhere(truth.where, context), context)
        if not kept and (notes or counts(left, context)):
            place = left if counts(left, context) else NOWHERE
        elif kept and len(kept) < len(inside.design.parts) and truth.where is None:
            inside = inside.with_parts(kept)
        else:
            continue
        notes.append(Note.of("engine_gives_way", rule=rule.id))
    return place, inside, tuple(notes)


def kinds_of(rule: Rule) -> tuple[str, ...]:
    """Return the kinds of object that a rule is about; none: every kind."""
    named = rule.applies_when.get("object", {}).get("kind", ())
    return (*rule.applies_to, *((named,) if isinstance(named, str) else named))


def parts_of(rule: Rule, context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that a rule is about; all of a kind that is unknown."""
    kinds, wanted = kinds_of(rule), rule.applies_when.get("object", {})
    classes, classes_not = wanted.get("classes"), wanted.get("classes_not")
    chosen = list(context.design.parts)
    if kinds:
        objects = objects_of(context, kinds)
        known = {kind: objects.of(kind) for kind in kinds}
        own = {id(part) for found in known.values() for part in found or ()}
        unknown = [kind for kind, found in known.items() if found is None or (not found and told_there(kind, context))]
        there = [kind for kind in unknown if objects_truth(kind, context).value]
        if not unknown or (own and not there):
            chosen = [part for part in chosen if id(part) in own]
        elif there and len(chosen) > 1:
            chosen = [*_which(there[0], context), *(part for part in chosen if id(part) in own)]
    if not classes and not classes_not:
        return tuple(chosen)
    return tuple(p for p in chosen if (not classes or p.kind in classes) and (not classes_not or p.kind not in classes_not))


def _which(kind: str, context: Context) -> tuple[Part, ...]:
    """Return which parts of a design that holds an object of a kind are that object, in this reading: that there is one does not say which."""
    parts, key = context.design.parts, f"which.{kind}"
    question = Question(key, Note.of("engine_question_which_parts", kind=kind))
    given = answer(context, key)
    said = given if isinstance(given, (list, tuple)) else (given,)
    named = tuple(part for part in parts if part.fid in said or (part.name and part.name in said))
    if named:
        context.answered(key, question.note, ", ".join(part.name or part.fid for part in named))
        return named
    if given is not None:
        context.refused(key, given, [part.name or part.fid for part in parts])
    able = _able(kind, context)
    if able is parts and is_building_word(kind) and len(set(objects_of(context, (kind,)).kinds)) == 1:
        return parts  # all of it is one kind of building
    likely = tuple(part for part in able if SUSPECT.get(part.kind) == kind)
    each = tuple((part,) for part in able) if len(able) <= FEW_PARTS else ()
    beside = tuple(part for part in _beside_the_house(kind, context) if part in able)
    house = set() if kind in MAIN or may_be_a_house(kind) else set(_house(beside, context))
    every = list(dict.fromkeys(way for way in (likely, *each, able, beside) if way))
    ways = [way for way in every if not (house and house.issubset(way))] or every  # what holds a whole house is no annex and no structure
    choices = tuple(_named(way, context) for way in ways)
    return cast("tuple[Part, ...]", context.settle(OpenPoint(key, question, choices, endless=not each)))


def _able(kind: str, context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that may be what a rule names, as far as what each is called tells; all of them where none may."""
    if kind in KINDS_OF_OBJECT:
        return context.design.parts
    told = objects_of(context, (kind,))
    found = tuple(part for part, own in zip(told.parts, told.kinds) if may_be(own, kind))
    return found if 0 < len(found) < len(told.parts) else context.design.parts


def _beside_the_house(kind: str, context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that are no main building, in this reading."""
    told = objects_of(context, (kind,))
    return tuple(part for part, own in zip(told.parts, told.kinds) if own not in MAIN)


def _house(beside: tuple[Part, ...], context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that are not ``beside`` its main building, where that is as large as a house; else none."""
    rest = tuple(part for part in context.design.parts if part not in beside)
    return rest if rest and large(context.with_parts(rest), HOUSE_M2) else ()


def _named(parts: tuple[Part, ...], context: Context) -> Alternative:
    names = ", ".join(part.name or part.fid for part in parts)
    note = Note.of("choice_whole_design") if parts is context.design.parts else Note.of("choice_these_parts", parts=names)
    return Alternative(parts, [part.fid for part in parts], note)


def of_its_plan(context: Context) -> BaseGeometry | None:
    """Return where a rule of the map speaks: not on the ground of another plan's bestemming, beyond its own plan's."""
    if not context.plan_id:
        return None
    return context.memo(("plan ground", id(context.design), context.plan_id, context.governing_plans), lambda: _of_its_plan(context))


def _of_its_plan(context: Context) -> BaseGeometry | None:
    own = plan_ground(context)
    every = context.limited("", context.peil_definition).governing("enkelbestemming")
    others = [area.geometry for area in every if area.plan_id != context.plan_id and area.geometry.intersects(context.projection)]
    if own is None or not others:
        return None
    return ground(elsewhere(polygons_only(overlay.difference(overlay.union(others), own)), context), context)


def plan_ground(context: Context) -> BaseGeometry | None:
    """Return the ground (RD) that the plan of a context has a bestemming for, else its plangebied; None where its data hold neither."""
    areas: Sequence[BaseGeometry] = ()
    for kind in ("enkelbestemming", "plangebied"):
        areas = areas or [area.geometry for area in context.governing(kind) if area.geometry.area]
    return overlay.union(areas) if areas else None


def of_the_place(context: Context) -> bool:
    """Whether, in this reading, a rule that holds where a part of the design stands is about that part, and not about the whole."""
    return counts(elsewhere(context.place, context), context) and not _asked_whole(context)


def _asked_whole(context: Context) -> bool:
    return context.yes_no("place_whole", Note.of("engine_question_place_part"), likely=True)


def of_a_part(found: Finding) -> Finding:
    """Return a finding of the whole design as one of a part of it: what the whole meets a part meets, and nothing else is known of it."""
    if found.verdict in (Verdict.COMPLIES, Verdict.NOT_APPLICABLE):
        return found
    return replace(found, verdict=Verdict.NOT_ASSESSABLE, missing=(*found.missing, Note.of("engine_place_part")))
