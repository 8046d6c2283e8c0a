"""Whether and where a rule applies here, in the reading under way: what nobody answered is an open point, and never "no".

A rule, a parameter or a power with a place says where it holds and not merely whether: what of the design stands elsewhere is not measured
by it. Ground (RD) None is everywhere; ground that the design does not stand on is nowhere.

A condition is a mapping; all that stands in it must hold:

``location``  ``{layer, where: {...}}`` an object of that layer under the design (``layer``: an IMRO kind, parcels, bag, bgt), or
              ``polygon: [[x, y], ...]`` (RD)
``object``    ``{kind, classes, classes_not}``: what the design is and is made of
``status``    a word (``monument``) or several: the answer of that name, or the answer ``status``
``answers``   ``{key: value}``: the officer's answers
``not``, ``all``, ``any``  a condition or a list of them
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only, stands_in, without_slivers
from ...measure.plane import overlay
from ...model import Note, PlanArea, Question
from .base import Context
from .objects import objects_of, parts_told, whole_told
from .open_points.answer_words import bare, is_number, names_another, number_given
from .open_points.points import Alternative, OpenPoint

NOWHERE = shapely.MultiPolygon()
AROUND_M = 1000.0
"""Ground further from a design than this is of no condition about it."""
BESIDE_M = 0.5
"""What of a design reaches over the edge of a place by no more than this are eaves and the noise of drawings."""
OTHER = "anders"
"""The answer that none of the words of a condition fits."""
LAYERS = {"parcels": "parcels", "bag": "bag", "bgt": "bgt"}


@dataclass(frozen=True, eq=False)
class Truth:
    """Where (RD) something holds in this reading, None: everywhere; ``notes`` say what made it so."""

    where: BaseGeometry | None
    notes: tuple[Note, ...] = ()

    @property
    def value(self) -> bool:
        """Whether it holds anywhere under the design."""
        return self.where is None or not self.where.is_empty


def told(met: bool, *notes: Note) -> Truth:
    """Return what holds everywhere or nowhere."""
    return Truth(None if met else NOWHERE, notes)


def ground(where: BaseGeometry | None, context: Context) -> BaseGeometry | None:
    """Return ground as the design stands on it: None where it stands on nothing else, nowhere where it only touches it."""
    if where is None:
        return None
    shape = context.projection
    if where.is_empty or not stands_in(where, shape):
        return NOWHERE
    return None if without_slivers(polygons_only(overlay.difference(shape, where))).is_empty else where


def all_of(truths: Iterable[Truth], context: Context) -> Truth:
    """Return where all hold; the first that holds nowhere decides, and what comes after it is not looked at."""
    where: BaseGeometry | None = None
    notes: list[Note] = []
    for truth in truths:
        where = shared(where, truth.where, context)
        if where is not None and where.is_empty:
            return Truth(where, truth.notes)
        notes += truth.notes
    return Truth(where, tuple(notes))


def any_of(truths: Iterable[Truth], context: Context) -> Truth:
    """Return where any holds."""
    return negated(all_of((negated(truth, context) for truth in truths), context), context)


def negated(truth: Truth, context: Context) -> Truth:
    """Return the opposite."""
    return Truth(ground(elsewhere(truth.where, context), context), truth.notes)


def shared(one: BaseGeometry | None, other: BaseGeometry | None, context: Context) -> BaseGeometry | None:
    """Return what two grounds share."""
    if one is None or other is None:
        return other if one is None else one
    return ground(polygons_only(overlay.intersection(one, other)), context)


def elsewhere(where: BaseGeometry | None, context: Context) -> BaseGeometry | None:
    """Return all other ground."""
    if where is None:
        return NOWHERE
    if where.is_empty:
        return None
    west, south, east, north = context.projection.bounds
    return polygons_only(overlay.difference(shapely.box(west - AROUND_M, south - AROUND_M, east + AROUND_M, north + AROUND_M), where))


def counts(where: BaseGeometry | None, context: Context) -> bool:
    """Whether more of the design stands on some ground than two drawings may differ."""
    return where is None or not shapely.buffer(overlay.intersection(context.projection, where), -BESIDE_M / 2).is_empty


def holds(condition: Mapping[str, Any], context: Context, whether: Collection[str] = ()) -> Truth:
    """Return where under the design a condition holds in this reading; an empty one does everywhere.

    ``whether``: layers of which an object says whether a rule holds, and not where: its check measures against them itself.
    """
    return all_of((_holds(word, given, context, whether) for word, given in condition.items()), context)


def _holds(word: str, given: Any, context: Context, whether: Collection[str]) -> Truth:
    if word in ("all", "any", "not"):
        inner = (holds(item, context, whether) for item in _several(given))
        return any_of(inner, context) if word == "any" else all_of((negated(one, context) if word == "not" else one for one in inner), context)
    return _location(given, context, whether) if word == "location" else _READERS[word](given, context)


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


def _status(given: Any, context: Context) -> Truth:
    return all_of((_in_status(str(word), context) for word in _several(given)), context)


def _in_status(key: str, context: Context) -> Truth:
    """Return whether a status holds: the answer of that name, or a word of the answer ``status``."""
    words = bare(context.answers.get("status"))
    if context.answers.get(key) is None and isinstance(words, (str, list, tuple)):
        said = [str(word).strip().lower() for word in _several(words)]
        met = key.lower() in said
        if met or all(names_another(word, (key,)) for word in said):
            context.answered("status", Note.of("engine_question", key=key), "yes" if met else "no")
            return told(met, Note.of("engine_answered", key=key, value="yes" if met else "no"))
        context.refused("status", ", ".join(said), (key,))
    if isinstance(words, Mapping) and key in words and isinstance(bare(words[key]), bool):
        return told(bool(bare(words[key])), Note.of("engine_answered", key=key, value=str(bare(words[key]))))
    met = context.yes_no(key, Note.of("engine_question", key=key))
    return told(met, Note.of("engine_answered", key=key, value="yes" if met else "no"))


def _answers(given: Mapping[str, Any], context: Context) -> Truth:
    return all_of((_answered(key, wanted, context) for key, wanted in given.items()), context)


def _answered(key: str, wanted: Any, context: Context) -> Truth:
    """Return whether the answer ``key`` is what is wanted (one of several); without an answer every choice is a reading."""
    options, note = [bare(item) for item in _several(wanted)], Note.of("engine_question", key=key)
    if all(isinstance(option, bool) for option in options):
        value: Any = context.yes_no(key, note)
    elif all(isinstance(option, (int, float)) for option in options):
        value = _number(key, note, options, context)
    else:
        value = _word(key, note, context.vocabulary.get(key) or tuple(str(option) for option in options), context)
    met = any(str(value).lower() == str(option).lower() or _equal(value, option) for option in options)
    return told(met, Note.of("engine_answered", key=key, value=str(value)))


def _word(key: str, note: Note, known: Sequence[str], context: Context) -> str:
    """Return the officer's word; one that names what no rule knows is another; while there is none, one that is known, or another."""
    given = bare(context.answers.get(key))
    if names_another(given, (*known, OTHER)):
        context.answered(key, note, given)
        return str(given)
    return context.word(key, note, (*known, OTHER))


def _number(key: str, note: Note, options: Sequence[Any], context: Context) -> Any:
    """Return the officer's number; while there is none, one of those that are asked for, or another."""
    given = bare(context.answers.get(key))
    number = number_given(given)
    if number is not None:
        context.answered(key, note, str(given))
        return given if is_number(given) else number
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
    present = context.design.kinds
    if "kind" in given:
        truths.append(any_of((objects_truth(str(kind), context) for kind in _several(given["kind"])), context))
    if "classes" in given:
        truths.append(told(bool(present & set(given["classes"])), Note.of("engine_classes", classes=", ".join(given["classes"]))))
    if "classes_not" in given:
        truths.append(told(bool(present - set(given["classes_not"])), Note.of("engine_classes", classes=", ".join(given["classes_not"]))))
    return all_of(truths, context)


def objects_truth(kind: str, context: Context) -> Truth:
    """Return whether the design holds an object of a kind."""
    found = objects_of(context, (kind,)).of(kind)
    note = Note.of("engine_object", kind=kind)
    if found is None or (not found and told_there(kind, context)):
        return told(context.yes_no(f"has_{kind}", Note.of("engine_question_has", kind=kind)), note)
    return told(bool(found), note)


def told_there(kind: str, context: Context) -> bool:
    """Whether the officer said that a design holds an object of a kind, beside what he called it or its parts: which of them it is says neither."""
    return bare(context.answers.get(f"has_{kind}")) is True and (parts_told(context) or whole_told(context) is not None)


def _location(given: Mapping[str, Any], context: Context, whether: Collection[str]) -> Truth:
    """Return where the design stands in an object of a layer (touching is not in); both ways while the layer is not there."""
    truths = []
    if "polygon" in given:
        polygon = polygons_only(shapely.make_valid(shapely.Polygon(given["polygon"])))
        truths.append(Truth(ground(polygon, context), (Note.of("engine_polygon"),)))
    where = given.get("where") or {}
    if "layer" in given or where:
        truths.append(_in_layer(str(given.get("layer", "maatvoering")), where, context, whether))
    return all_of(truths, context)


def _in_layer(layer: str, where: Mapping[str, Any], context: Context, whether: Collection[str]) -> Truth:
    words = ", ".join([layer, *(f"{key} {value}" for key, value in where.items())])
    lacks = context.not_known(LAYERS.get(layer, "plans"), context.projection)
    if lacks is not None:
        return told(context.yes_no(f"location: {words}", Note.of("engine_question_location", where=words)), lacks)
    key = ("place", words, id(context.design), context.plan_id, context.governing_plans if layer not in LAYERS else None)
    place = context.memo(key, lambda: _place_of(layer, where, context))
    here = None if layer in whether and (place is None or not place.is_empty) else place
    return Truth(here, (Note.of("engine_location", where=words),))


def _place_of(layer: str, where: Mapping[str, Any], context: Context) -> BaseGeometry | None:
    """Return the ground of the objects that match: areas where the design stands in them; lines and points that it crosses hold for all of it."""
    found = [item.geometry for item in _objects(layer, context) if item.geometry.intersects(context.projection) and _matches(item, where)]
    if any(geometry.geom_type not in ("Polygon", "MultiPolygon") for geometry in found):
        return None
    return ground(overlay.union(found), context) if found else NOWHERE


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


_READERS = {"object": _object, "status": _status, "answers": _answers}
