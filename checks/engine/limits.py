"""From what a rule file says to what a check can measure against: parameters filled in, formulas computed, tolerance applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import stands_in
from ...model import Finding, Limit, Note, Parameter, Question, Rule, Verdict
from ...model.formula import FormulaError, evaluate, names_in
from .applicability import elsewhere, holds, shared
from .base import Context, value_of
from .open_points.answer_words import bare, number_given
from .open_points.unseen import EITHER
from .plot import plot_of

LENGTHS = ("d",)
NUMBER = "getal"
"""What is refused where it is none, as a choice of words."""
MINIMUM = (">=", ">")


@dataclass(frozen=True)
class Resolved:
    """A rule with numbers where it had names. ``missing``: why a number could not be computed; ``questions`` would give it."""

    rule: Rule
    missing: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()


def resolved(rule: Rule, values: Mapping[str, Any], context: Context) -> Resolved:
    """Return the rule for the design in the context, with the values that parameters have there."""
    measure = {key: values.get(_parameter(word)) if _parameter(word) else word for key, word in rule.measure.items()}
    rule = replace(rule, measure=measure)
    limit = rule.limit
    if limit is None or not (limit.formula or limit.low_formula):
        return Resolved(rule)
    used = dict.fromkeys(name for text in (limit.low_formula, limit.formula) if text for name in names_in(text))
    names = {name: number_of(name, values, rule, context) for name in used}
    unknown = [name for name, value in names.items() if value is None]
    if unknown:
        questions = tuple(_asked(name) for name in unknown)
        return Resolved(rule, tuple(Note.of("engine_name_unknown", name=name, formula=limit.formula) for name in unknown), questions)
    known = {name: value for name, value in names.items() if value is not None}
    try:
        high, low = evaluate(limit.formula, known), evaluate(limit.low_formula, known) if limit.low_formula else None
    except FormulaError as fault:
        return Resolved(rule, (Note.of("engine_formula_failed", formula=limit.formula, word=fault.word),))
    done = replace(limit, formula="", low_formula="", **({"low": low, "high": high} if limit.operator == "between" else {"value": round(high, 6)}))
    said = ", ".join(f"{name} = {value:g}" for name, value in known.items())
    notes = (Note.of("engine_formula", formula=limit.formula, names=said, value=round(high, 3)),) if len(used - values.keys()) or not values else ()
    return Resolved(replace(rule, limit=done), (), (), notes)


def _parameter(word: Any) -> str:
    """Return the name of a parameter where a switch of ``measure`` is one; '' else."""
    return str(word["parameter"]) if isinstance(word, Mapping) and set(word) == {"parameter"} else ""


def used_by(rule: Rule, parameters: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Return the parameters that a rule takes its limit or its switches from."""
    limit = rule.limit
    texts = (limit.low_formula, limit.formula) if limit is not None else ()
    named = {name for text in texts if text for name in names_in(text)} | {_parameter(word) for word in rule.measure.values()}
    return tuple(parameter for parameter in parameters if parameter.name in named)


def values_by_place(parameters: Sequence[Parameter], context: Context) -> tuple[tuple[Context, dict[str, Any]], ...]:
    """Return the values of parameters in this reading, and the context of the place where they hold; of several places each by itself."""
    pieces: list[tuple[BaseGeometry | None, dict[str, Any]]] = [(context.place, {})]
    for parameter in parameters:
        left: BaseGeometry | None = None
        own: list[tuple[BaseGeometry | None, Any]] = []
        for condition, value in parameter.places:
            if left is not None and left.is_empty:
                break
            here = holds(condition, context)
            own.append((shared(left, here.where, context), value))
            left = shared(left, elsewhere(here.where, context), context)
        both = [
            (shared(place, where, context), {**values, parameter.name: value})
            for place, values in pieces for where, value in (*own, (left, parameter.value))
        ]
        pieces = [(place, values) for place, values in both if place is None or not place.is_empty]
    return tuple((replace(context, place=place), values) for place, values in pieces)


def number_of(name: str, values: Mapping[str, Any], rule: Rule, context: Context) -> float | None:
    """Return the number of a name in a formula, None while it is unknown."""
    given = bare(context.answers.get(name)) if name != "peil" and name not in values else None
    if given is not None and number_given(given) is None:
        context.refused(name, given, (NUMBER,))
    found = values.get(name) if name in values else number_given(given) if given is not None else _measured(name, rule, context)
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _measured(name: str, rule: Rule, context: Context) -> float | None:
    if name == "peil":
        return context.level.nap_m if context.level else None
    if name == "area":
        context.looks("parcels", EITHER, context.projection)
        plot = plot_of(context)
        return float(shapely.union_all([parcel.geometry for parcel in plot]).area) if plot else None
    operator = rule.limit.operator if rule.limit else "<="
    qualifier = "minimum" if operator in MINIMUM else "maximum"
    wanted = {"G": "goothoogte", "H": "bouwhoogte"}.get(name) or (rule.measure.get("plan_value") if name == "x" else None)
    return plan_number(str(wanted), qualifier, context) if wanted else None


def plan_number(name: str, qualifier: str, context: Context) -> float | None:
    """Return the strictest value of a name that the governing plans give under the design, None when they give none."""
    found = []
    context.looks("plans", EITHER, context.projection)
    for area in context.governing("maatvoering"):
        value = value_of(area, name.lower().split("(")[0].replace("maximum ", "").replace("minimum ", "").strip(), qualifier, context)
        if value is not None and value.value is not None and stands_in(area.geometry, context.projection):
            found.append(value.value)
    return (max if qualifier == "minimum" else min)(found) if found else None


def _asked(name: str) -> Question:
    if name == "peil":
        return Question("peil", Note.of("checks_question_peil"))
    note = Note.of("engine_question_d") if name in LENGTHS else Note.of("engine_question_number", name=name)
    return Question(name, note, "number", "m" if name in LENGTHS else "")


def tolerated(rule: Rule, found: Finding) -> Finding:
    """Return a finding weighed with the tolerance that the rule file states: the verdict moves, the margin does not, and it is said."""
    limit: Limit | None = rule.limit
    if limit is None or not limit.tolerance or not found.measurements or found.verdict not in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT):
        return found
    first = found.measurements[0]
    if first.verdict() is not found.verdict:
        return found  # the verdict rests on more than this number
    moved = replace(first, tolerance=limit.tolerance)
    note = Note.of("engine_tolerance", tolerance=limit.tolerance, unit=limit.unit)
    return replace(found, verdict=moved.verdict(), measurements=(moved, *found.measurements[1:]), notes=(*found.notes, note))
