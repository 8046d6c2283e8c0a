"""What counts for a norm about bijgebouwen and says nothing of aan- en uitbouwen or overkappingen: whether these count as well is the plan's to say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import polygons_only, projection
from ....measure.plane import overlay
from ....model import Note, Part, Rule
from ...engine.base import Context
from ...engine.objects import ATTACHED, OPEN_ROOF, SECONDARY, objects_of, parts_named, whole_told
from ...engine.standing import AGAINST_M
from .secondary import Secondary, existing_on

COUNTS = "counts"
"""The switch that says which secondary buildings a rule is about: all of them, or what is a bijgebouw."""
OUTBUILDING = SECONDARY[0]
DOUBTED = (
    (ATTACHED[:2], "annex_counts", "surroundings_question_annex_counts"), ((OPEN_ROOF,), "roof_counts", "surroundings_question_roof_counts"),
)
"""Kinds of object that a plan may or may not mean by bijgebouwen, with the point and the question of each."""


def outbuildings_of(found: Secondary, rule: Rule, context: Context) -> Secondary:
    """Return what of secondary buildings counts for a rule about bijgebouwen, in this reading: all of it where the rule is about all of them."""
    if rule.measure.get(COUNTS) != OUTBUILDING or not found.design.parts:
        return found
    kinds = _kinds_in(found, context)
    away: set[int] = set()
    for own, key, question in DOUBTED:
        doubted = [part for part in found.design.parts if kinds.get(id(part)) in own]
        names = ", ".join(dict.fromkeys(part.name or part.fid for part in doubted))
        if doubted and not context.yes_no(key, Note.of(question, parts=names), likely=True):
            away |= {id(part) for part in doubted}
    return _without(found, away) if away else found


def _kinds_in(found: Secondary, context: Context) -> dict[int, str | None]:
    """Return what each part (by identity) is: what the officer calls it, else an open roof by its shape, or an annex where it stands against a main
    building; what he calls by a word for all of them is told by its place."""
    told = dict(zip(map(id, context.design.parts), parts_named(context)))
    if whole_told(context) or "object_kind" in context.ledger.open:  # what the design is was said, or was asked and is read one way
        read = objects_of(context)
        told = {id(part): told.get(id(part)) or kind for part, kind in zip(read.parts, read.kinds)}
    open_roofs = {id(part) for roof in context.geometry.open_roofs if not roof.walled for part in roof.parts}
    against = _against_a_main(found, context)
    kinds: dict[int, str | None] = {}
    for part in found.design.parts:
        kind = told.get(id(part))
        if kind is None or kind == SECONDARY[-1]:
            is_roof = id(part) in open_roofs or not context.geometry.encloses
            kind = OPEN_ROOF if is_roof else ATTACHED[0] if id(part) in against else OUTBUILDING
        kinds[id(part)] = kind
    return kinds


def _against_a_main(found: Secondary, context: Context) -> set[int]:
    """Return the parts (by identity) of the bodies that stand against a main building, of the design or existing."""
    mains = [shape for shape in (found.main, existing_on(context).main) if shape is not None and not shape.is_empty]
    if not mains or found.shape.is_empty:
        return set()
    main = shapely.union_all(mains)
    bodies = shapely.get_parts(found.shape)
    near = overlay.union([body for body in bodies if body.distance(main) <= AGAINST_M])
    return set() if near.is_empty else {id(part) for part in _over(found.design.parts, near)}


def _over(parts: Collection[Part], near: BaseGeometry) -> list[Part]:
    return [part for part in parts if len(part.faces) and shapely.intersects(near, projection([part]))]


def _without(found: Secondary, away: Collection[int]) -> Secondary:
    """Return secondary buildings without some parts (by identity) and the ground that these cover."""
    kept = tuple(part for part in found.design.parts if id(part) not in away)
    gone = projection([part for part in found.design.parts if id(part) in away])
    shape = polygons_only(overlay.difference(found.shape, gone)) if kept else shapely.MultiPolygon()
    return replace(found, design=replace(found.design, parts=kept), shape=shape)
