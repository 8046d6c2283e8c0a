"""Whether a rule applies here, in the reading under way: what nobody answered is an open point, and never "no".

A condition is a mapping; all that stands in it must hold:

``location``  ``{layer, where: {...}}`` an object of that layer under the design (``layer``: an IMRO kind, parcels, bag, bgt), or
              ``polygon: [[x, y], ...]`` (RD)
``object``    ``{kind, classes, classes_not}``: what the design is and is made of
``status``    a word (``monument``) or several: the answer of that name, or the answer ``status``
``answers``   ``{key: value}``: the officer's answers
``not``, ``all``, ``any``  a condition or a list of them
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...model import LayerState, Note, PlanArea, Question
from .base import Context
from .objects import objects_of
from .open_points.answer_words import bare, is_number
from .open_points.points import Alternative, OpenPoint

BESIDE_M = 0.5
"""What of a design lies further outside a rule's place than this is elsewhere: eaves and the noise of drawings are not."""
NO_AREA_M2 = 1e-6
OTHER = "anders"
"""The answer that none of the words of a condition fits."""
LAYERS = {"parcels": "parcels", "bag": "bag", "bgt": "bgt"}


@dataclass(frozen=True)
class Truth:
    """Whether something holds in this reading; ``notes`` say what made it so."""

    value: bool
    notes: tuple[Note, ...] = ()


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return whether all hold; the first that does not decides, and what comes after it is not looked at."""
    notes: list[Note] = []
    for truth in truths:
        if not truth.value:
            return truth
        notes += truth.notes
    return Truth(True, tuple(notes))


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return whether any holds."""
    return negated(all_of(negated(truth) for truth in truths))


def negated(truth: Truth) -> Truth:
    """Return the opposite."""
    return Truth(not truth.value, truth.notes)


def holds(condition: Mapping[str, Any], context: Context) -> Truth:
    """Return whether a condition holds for the design in this reading; an empty one does."""
    return all_of(_READERS[word](given, context) for word, given in condition.items())


def vocabulary(conditions: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """Return the words that conditions know for each answer: what an officer may choose from, in the order of the rules."""
    words: dict[str, list[str]] = {}
    for condition in conditions:
        for key, wanted in _wanted(condition):
            words.setdefault(key, []).extend(str(word) for word in _several(wanted) if not isinstance(bare(word), bool))
    return {key: tuple(dict.fromkeys(found)) for key, found in words.items()}


def _wanted(condition: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for word, given in condition.items():
        if word == "answers":
            yield from given.items()
        elif word in ("all", "any", "not"):
            for inner in _several(given):
                yield from _wanted(inner)


def _several(given: Any) -> list[Any]:
    return list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [given]


def _all(given: Any, context: Context) -> Truth:
    return all_of(holds(item, context) for item in _several(given))


def _any(given: Any, context: Context) -> Truth:
    return any_of(holds(item, context) for item in _several(given))


def _none(given: Any, context: Context) -> Truth:
    return all_of(negated(holds(item, context)) for item in _several(given))


def _status(given: Any, context: Context) -> Truth:
    return all_of(_in_status(str(word), context) for word in _several(given))


def _in_status(key: str, context: Context) -> Truth:
    """Return whether a status holds: the answer of that name, or a word of the answer ``status``."""
    words = bare(context.answers.get("status"))
    if context.answers.get(key) is None and isinstance(words, (str, list, tuple)):
        met = key in [str(word) for word in _several(words)]
        context.answered("status", Note.of("engine_question", key=key), "yes" if met else "no")
        return Truth(met, (Note.of("engine_answered", key=key, value="yes" if met else "no"),))
    if isinstance(words, Mapping) and key in words and isinstance(bare(words[key]), bool):
        return Truth(bool(bare(words[key])), (Note.of("engine_answered", key=key, value=str(bare(words[key]))),))
    met = context.yes_no(key, Note.of("engine_question", key=key))
    return Truth(met, (Note.of("engine_answered", key=key, value="yes" if met else "no"),))


def _answers(given: Mapping[str, Any], context: Context) -> Truth:
    return all_of(_answered(key, wanted, context) for key, wanted in given.items())


def _answered(key: str, wanted: Any, context: Context) -> Truth:
    """Return whether the answer ``key`` is what is wanted (one of several); without an answer every choice is a reading."""
    options, note = [bare(item) for item in _several(wanted)], Note.of("engine_question", key=key)
    if all(isinstance(option, bool) for option in options):
        value: Any = context.yes_no(key, note)
    elif all(isinstance(option, (int, float)) for option in options):
        value = _number(key, note, options, context)
    else:
        known = context.vocabulary.get(key) or tuple(str(option) for option in options)
        value = context.word(key, note, (*known, OTHER))
    met = any(str(value).lower() == str(option).lower() or _equal(value, option) for option in options)
    return Truth(met, (Note.of("engine_answered", key=key, value=str(value)),))


def _number(key: str, note: Note, options: Sequence[Any], context: Context) -> Any:
    """Return the officer's number; while there is none, one of those that are asked for, or another."""
    given = bare(context.answers.get(key))
    if is_number(given):
        context.answered(key, note, str(given))
        return given
    if given is not None:
        context.refused(key, given, options)
    ways = tuple(Alternative(option, option, Note.of("choice_number", value=option)) for option in options)
    return context.settle(OpenPoint(key, Question(key, note, "number"), (*ways, Alternative(None, OTHER, Note.of("choice_word", word=OTHER)))))


def _equal(given: Any, option: Any) -> bool:
    try:
        return not isinstance(given, bool) and not isinstance(option, bool) and float(given) == float(option)
    except (TypeError, ValueError):
        return False


def _object(given: Mapping[str, Any], context: Context) -> Truth:
    """Return whether the design has an object of a kind, parts of some classes, or none of others."""
    truths = []
    present = {part.kind for part in context.design.parts}
    if "kind" in given:
        truths.append(any_of(objects_truth(str(kind), context) for kind in _several(given["kind"])))
    if "classes" in given:
        truths.append(Truth(bool(present & set(given["classes"])), (Note.of("engine_classes", classes=", ".join(given["classes"])),)))
    if "classes_not" in given:
        truths.append(Truth(bool(present - set(given["classes_not"])), (Note.of("engine_classes", classes=", ".join(given["classes_not"])),)))
    return all_of(truths)


def objects_truth(kind: str, context: Context) -> Truth:
    """Return whether the design holds an object of a kind."""
    found = objects_of(context).of(kind)
    note = Note.of("engine_object", kind=kind)
    if found is None:
        return Truth(context.yes_no(f"has_{kind}", Note.of("engine_question_has", kind=kind)), (note,))
    return Truth(bool(found), (note,))


def _location(given: Mapping[str, Any], context: Context) -> Truth:
    """Return whether the design stands in (touching is not in) an object of a layer; both ways while the layer is not there."""
    shape = context.projection
    truths = []
    if "polygon" in given:
        inside = shapely.intersection(shapely.make_valid(shapely.Polygon(given["polygon"])), shape).area > NO_AREA_M2
        truths.append(Truth(bool(inside), (Note.of("engine_polygon"),)))
    where = given.get("where") or {}
    if "layer" in given or where:
        truths.append(_in_layer(str(given.get("layer", "maatvoering")), where, context))
    return all_of(truths)


def located_in(condition: Mapping[str, Any], context: Context) -> BaseGeometry | None:
    """Return where (RD) a rule's ``location`` holds; None where it holds everywhere, or what it names is not known."""
    given = condition.get("location")
    if not isinstance(given, Mapping):
        return None
    places = [shapely.make_valid(shapely.Polygon(given["polygon"]))] if "polygon" in given else []
    if "layer" in given or given.get("where"):
        layer, where = str(given.get("layer", "maatvoering")), given.get("where") or {}
        here = [item.geometry for item in _objects(layer, context) if _over(item.geometry, context) and _matches(item, where)]
        places += [shapely.union_all(here)] if here else []
    areas = [place for place in places if place.area > NO_AREA_M2]
    return shapely.intersection_all(areas) if areas else None


def covers_the_design(condition: Mapping[str, Any], context: Context) -> bool:
    """Whether a rule's location holds under the whole design, but for what two drawings may differ."""
    place = located_in(condition, context)
    return place is None or shapely.buffer(shapely.difference(context.projection, place), -BESIDE_M / 2).is_empty


def _in_layer(layer: str, where: Mapping[str, Any], context: Context) -> Truth:
    words = ", ".join([layer, *(f"{key} {value}" for key, value in where.items())])
    state = context.site.state(LAYERS.get(layer, "plans"))
    if state in (LayerState.FAILED, LayerState.NOT_ASKED):
        lacks = Note.of(f"checks_layer_{state.value}", layer=LAYERS.get(layer, "plans"))
        return Truth(context.yes_no(f"location: {words}", Note.of("engine_question_location", where=words)), (lacks,))
    hit = any(_over(item.geometry, context) and _matches(item, where) for item in _objects(layer, context))
    return Truth(hit, (Note.of("engine_location", where=words),))


def _over(geometry: Any, context: Context) -> bool:
    """Whether a geometry (RD) lies under the design: areas by more than a touch, lines and points when they cross it."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return float(shapely.intersection(geometry, context.projection).area) > NO_AREA_M2
    return bool(geometry.intersects(context.projection))


def _objects(layer: str, context: Context) -> Sequence[Any]:
    if layer == "parcels":
        return context.site.parcels
    if layer == "bag":
        return context.site.registered_buildings
    return context.site.topography if layer == "bgt" else context.governing(layer)


def _matches(item: Any, where: Mapping[str, Any]) -> bool:
    return all(_attribute(item, key, [str(word).lower() for word in _several(wanted)]) for key, wanted in where.items())


def _attribute(item: Any, key: str, wanted: Sequence[str]) -> bool:
    """Whether an object's attribute is one of the wanted words; ``waardeType`` and ``waarde`` look at its plan values."""
    if key == "waardeType":
        return isinstance(item, PlanArea) and any(_spoken(value.raw.split("=")[0]) in map(_spoken, wanted) for value in item.values)
    if key == "waarde":
        values = item.values if isinstance(item, PlanArea) else ()
        return any(v.raw.split("=")[-1].strip().lower() in wanted or (v.value is not None and f"{v.value:g}" in wanted) for v in values)
    name = {"naam": "name"}.get(key, key)
    return str(getattr(item, name, "")).lower() in wanted


def _spoken(text: str) -> str:
    return text.split(";")[-1].strip().lower()


_READERS = {"location": _location, "object": _object, "status": _status, "answers": _answers, "not": _none, "all": _all, "any": _any}
