"""What of the design a rule is about, and whether it applies, in the reading under way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model import Note, Part, Rule
from .applicability import Truth, all_of, any_of, covers_the_design, holds, objects_truth
from .base import Context
from .objects import objects_of


@dataclass(frozen=True, eq=False)
class Scope:
    """``context``: the design's parts that the rule is about, None where it does not apply; ``notes``: what was assumed, or why not."""

    context: Context | None
    notes: tuple[Note, ...] = ()


def scope_of(rule: Rule, context: Context) -> Scope:
    """Return what of the design a rule is about: ``applies_when`` holds, and of ``applies_to`` and ``object`` only those parts."""
    condition = dict(rule.applies_when)
    wanted = condition.pop("object", {})
    kinds = _kinds(rule, wanted)
    truth = all_of(_conditions(condition, kinds, wanted, context))
    if not truth.value:
        return Scope(None, truth.notes)
    if not covers_the_design(condition, context) and not context.yes_no("place_whole", Note.of("engine_question_place_part"), likely=True):
        return Scope(None, (Note.of("engine_place_part"),))
    parts = _parts(kinds, wanted.get("classes"), wanted.get("classes_not"), context)
    return Scope(context.with_parts(parts), objects_of(context).notes if kinds else ())


def _conditions(condition: Mapping[str, Any], kinds: Sequence[str], wanted: Mapping[str, Any], context: Context) -> Iterator[Truth]:
    yield holds(condition, context)
    if kinds:
        yield any_of(objects_truth(kind, context) for kind in kinds)
    if wanted.get("classes") or wanted.get("classes_not"):
        yield holds({"object": {key: wanted[key] for key in ("classes", "classes_not") if key in wanted}}, context)


def _kinds(rule: Rule, wanted: dict[str, Any]) -> tuple[str, ...]:
    named = wanted.get("kind", ())
    return (*rule.applies_to, *((named,) if isinstance(named, str) else named))


def _parts(kinds: Sequence[str], classes: Sequence[str] | None, classes_not: Sequence[str] | None, context: Context) -> tuple[Part, ...]:
    """Return the parts that count; all of a kind that is unknown."""
    chosen = list(context.design.parts)
    if kinds:
        objects = objects_of(context)
        known = [objects.of(kind) for kind in kinds]
        if all(found is not None for found in known):
            own = {id(part) for found in known for part in found or ()}
            chosen = [part for part in chosen if id(part) in own]
    if not classes and not classes_not:
        return tuple(chosen)
    return tuple(p for p in chosen if (not classes or p.kind in classes) and (not classes_not or p.kind not in classes_not))
