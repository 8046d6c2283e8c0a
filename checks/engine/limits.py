"""From what a rule file says to what a check can measure against: parameters filled in, formulas computed, tolerance applied."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Union

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import stands_in
from ...measure.plane import overlay
from ...model import Finding, Limit, Note, Parameter, PlanArea, Question, Rule, Verdict
from ...model.formula import NAMES, FormulaError, evaluate, names_in
from ...model.measurement import MOST_TOLERATED
from ...model.rule import is_unit_of
from .applicability import BESIDE_M, elsewhere, ground, holds, shared
from .base import Context, value_of
from .open_points.answer_words import bare, number_given
from .open_points.plan_units import is_read, number_in
from .open_points.unseen import EITHER
from .plot import BUILT_UP_M, looks_under, parcels_under, plot_of
from .revisions import as_revised
from .weighing import FAR_M

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


def stated_limit(rule: Rule, context: Context, name: str, qualifier: str, shape: BaseGeometry) -> tuple[Limit | None, tuple[PlanArea, ...]]:
    """Return the rule's own limit, or the strictest value of the governing plan under ``shape``, with the areas that state it.

    The operator stays the rule's; without a limit in the rule it follows from ``qualifier`` (maximum ``<=``, minimum ``>=``).
    """
    if rule.limit is not None and rule.limit.from_plan is None and (rule.limit.value is not None or rule.limit.operator == "between"):
        return rule.limit, ()
    context.looks("plans", EITHER, shape)
    wanted = (rule.limit.from_plan if rule.limit else None) or name
    found = []
    for area in context.governing("maatvoering"):
        value = value_of(area, wanted, qualifier, context)
        if value is not None and is_read(value, wanted) and stands_in(area.geometry, shape):
            held = [(float(own.value or 0.0), one) for one, own in as_revised(context, area, value) if stands_in(one.geometry, shape)]
            found += held
    if not found:
        return None, ()
    strictest = (max if qualifier == "minimum" else min)(value for value, _ in found)
    operator = rule.limit.operator if rule.limit else (">=" if qualifier == "minimum" else "<=")
    areas = tuple(area for value, area in found if value == strictest)
    return Limit(operator, rule.limit.unit if rule.limit else "m", strictest), areas


def about_its_value(rule: Rule, context: Context) -> Rule:
    """Return a rule that takes its limit from the map and names no kind of object with those that the plans say the value is about: as little as a rule
    of the plan itself does it hold anything else."""
    if rule.limit is None or not rule.limit.from_plan or rule.applies_to or rule.applies_when.get("object"):
        return rule
    stated = (value for area in context.governing("maatvoering") for value in area.values if value.name == rule.limit.from_plan)
    about = {value.about for value in stated}
    return rule if not about or "" in about else replace(rule, applies_to=tuple(sorted(about)))


def unit_unknown(rule: Rule, units: Sequence[str]) -> Note | None:
    """Return the note that a rule's number is in no unit that its check measures in: it is compared with nothing, whatever its size; None where it is."""
    unit = rule.limit.unit if rule.limit is not None else None
    if unit is None or not units or is_unit_of(unit, units):
        return None
    return Note.of("engine_limit_unit", unit=unit, units=", ".join(units))


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


def by_plan_value(rule: Rule, context: Context) -> tuple[Context, ...]:
    """Return the context of each place with the same values of the plan that a rule's formula names; one where it names none, or one holds."""
    limit = rule.limit
    texts = (limit.low_formula, limit.formula) if limit is not None else ()
    wanted = dict.fromkeys(named for text in texts if text for name in names_in(text) if (named := _plan_name(name, rule, context)))
    places = [context]
    for named in wanted:
        places = [replace(place, place=where) for place in places for where in _grounds(named, _qualifier(rule), place)]
    return tuple(places)


def _grounds(name: str, qualifier: str, context: Context) -> list[BaseGeometry | None]:
    """Return the ground of each value of the plan under a design, the strictest first where they overlap, and that of none under its walls."""
    by_value: dict[float, list[BaseGeometry]] = {}
    for area, value in _stated(name, qualifier, context):
        by_value.setdefault(value, []).append(area.geometry)
    left, found = context.place, list[Union[BaseGeometry, None]]()
    for value in sorted(by_value, reverse=qualifier == "minimum"):
        zone = ground(overlay.union(by_value[value]), context)
        found.append(shared(left, zone, context))
        left = shared(left, elsewhere(zone, context), context)
    walls = context.geometry.footprint
    if left is not None and not shapely.buffer(shapely.intersection(walls, left), -BESIDE_M / 2).is_empty:
        found.append(left)
    kept = [where for where in found if where is None or not where.is_empty]
    return kept if len(kept) > 1 else [context.place]


def number_of(name: str, values: Mapping[str, Any], rule: Rule, context: Context) -> float | None:
    """Return the number of a name in a formula, None while it is unknown."""
    told = None if name in values else _told(name, context)
    found = values[name] if name in values else _measured(name, rule, context) if told is None else told
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _told(name: str, context: Context) -> float | None:
    """Return the officer's number for a name; an answer that is no number, or one that cannot be, is refused and settles nothing."""
    given = bare(context.answers.get(name)) if name != "peil" else None
    told = number_given(given)
    if told is None or name not in NAMES:
        if given is not None and told is None:
            context.refused(name, given, (NUMBER,))
        return told
    most = _most(name, context)
    if 0.0 <= told <= most:
        return told
    context.refused(name, given, (f"0 - {most:.1f}",) if math.isfinite(most) else (f"{NUMBER} >= 0",))
    return None


def _most(name: str, context: Context) -> float:
    """Return the largest number that the answer for a name can be: a distance to the boundary of a plot is nowhere more than to the far end of the
    parcels under a design."""
    if name not in LENGTHS:
        return math.inf
    own = shapely.get_coordinates([parcel.geometry for parcel in parcels_under(context)])
    return float(shapely.distance(shapely.points(own), context.projection).max()) + BUILT_UP_M if len(own) else FAR_M


def _measured(name: str, rule: Rule, context: Context) -> float | None:
    if name == "peil":
        return context.level.nap_m if context.level else None
    if name == "area":
        context.looks("parcels", EITHER, context.projection)
        plot = plot_of(context)
        looks_under(context, plot)
        return float(shapely.union_all([parcel.geometry for parcel in plot]).area) if plot else None
    wanted = _plan_name(name, rule, context)
    return plan_number(wanted, _qualifier(rule), context) if wanted else None


def _qualifier(rule: Rule) -> str:
    return "minimum" if rule.limit is not None and rule.limit.operator in MINIMUM else "maximum"


def _plan_name(name: str, rule: Rule, context: Context) -> str:
    """Return the plan value that a name in a formula stands for, '' where it stands for none or is answered."""
    if _told(name, context) is not None:
        return ""
    return {"G": "goothoogte", "H": "bouwhoogte"}.get(name) or (str(rule.measure.get("plan_value") or "") if name == "x" else "")


def plan_number(name: str, qualifier: str, context: Context) -> float | None:
    """Return the strictest value of a name that the governing plans give under the design where the rule holds, None when they give none."""
    found = [value for _, value in _stated(name, qualifier, context)]
    return (max if qualifier == "minimum" else min)(found) if found else None


def _stated(name: str, qualifier: str, context: Context) -> list[tuple[PlanArea, float]]:
    """Return the governing areas under the design, where the rule holds, that state a number of a name."""
    plain = name.lower().split("(")[0].replace("maximum ", "").replace("minimum ", "").strip()
    shape = context.here(context.projection)
    context.looks("plans", EITHER, shape)
    pairs = ((area, value_of(area, plain, qualifier, context)) for area in context.governing("maatvoering") if stands_in(area.geometry, shape))
    held = (pair for area, value in pairs if value is not None for pair in as_revised(context, area, value) if stands_in(pair[0].geometry, shape))
    stated = [(area, number_in(value, plain, context)) for area, value in held]
    return [(area, number) for area, number in stated if number is not None]


def _asked(name: str) -> Question:
    if name == "peil":
        return Question("peil", Note.of("checks_question_peil"))
    note = Note.of("engine_question_d") if name in LENGTHS else Note.of("engine_question_number", name=name)
    return Question(name, note, "number", "m" if name in LENGTHS else "")


def tolerated(rule: Rule, found: Finding) -> Finding:
    """Return a finding weighed with the tolerance that the rule file states: the verdict moves, the margin does not, and it is said. More than a tenth
    of the limit is no tolerance but a power to deviate: that moves nothing, and is said."""
    limit: Limit | None = rule.limit
    if limit is None or not limit.tolerance or not found.measurements or found.verdict not in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT):
        return found
    first = found.measurements[0]
    if first.verdict() is not found.verdict:
        return found  # the verdict rests on more than this number
    if first.limit is not None and limit.tolerance > MOST_TOLERATED * abs(first.limit):
        return replace(found, notes=(*found.notes, Note.of("engine_tolerance_large", tolerance=limit.tolerance, unit=limit.unit)))
    moved = replace(first, tolerance=limit.tolerance)
    note = Note.of("engine_tolerance", tolerance=limit.tolerance, unit=limit.unit)
    return replace(found, verdict=moved.verdict(), measurements=(moved, *found.measurements[1:]), notes=(*found.notes, note))
