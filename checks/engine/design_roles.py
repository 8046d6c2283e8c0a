"""What of a design file is the design: a neighbour's building drawn along is context, and no application.

Bodies that stand apart on different parcels are not one design by standing in one file. Which of them are meant is an open point (answer
``roles: {part: context}``); the likeliest are those that do not stand where a registered building stands and stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import projection
from ...model import Note, Part, Question
from .base import Context
from .open_points.answer_words import bare, named_in
from .open_points.points import Alternative, OpenPoint
from .standing import AGAINST_M
from .weighing import answer

DESIGN, CONTEXT = "design", "context"
LEAST_M2 = 4.0
"""Smaller bodies (bins, trees, posts) are never a building of a neighbour."""
SAME_SHARE = 0.5
"""A body that covers half of a registered building, and is covered by it for half, is that building drawn along."""


def designed(context: Context) -> Context:
    """Return the context with only the parts that are the design, in this reading."""
    told = bare(context.answers.get("roles"))
    if isinstance(told, Mapping):
        kept = tuple(part for part in context.design.parts if str(told.get(part.fid, told.get(part.name, DESIGN))) == DESIGN)
        context.answered("roles", Note.of("engine_question_roles"), ", ".join(sorted({str(word) for word in told.values()})))
        return context.with_parts(kept) if kept else context
    bodies = context.memo(("bodies_apart", id(context.design)), lambda: _bodies(context))
    if len(bodies) < 2:
        return context
    parts, _, known = zip(*bodies)
    every = context.design.parts
    free = [group for group, existing in zip(parts, known) if not existing]
    ways: list[tuple[Part, ...]] = [tuple(part for group in free for part in group)] if free and len(free) < len(parts) else []
    ways += [every, *(tuple(group) for group in parts if tuple(group) not in ways)]
    point = OpenPoint("roles", Question("roles", Note.of("engine_question_roles")), tuple(_way(way, every) for way in ways))
    return context.with_parts(cast("tuple[Part, ...]", context.settle(point)))


def _way(parts: tuple[Part, ...], every: Sequence[Part]) -> Alternative:
    own = {id(part) for part in parts}
    others = [part for part in every if id(part) not in own]
    names = ", ".join(dict.fromkeys(part.name or part.fid for part in others))
    note = Note.of("choice_context", names=names) if others else Note.of("choice_all_design")
    return Alternative(parts, {part.fid: CONTEXT for part in others}, note)


def _bodies(context: Context) -> list[tuple[tuple[Part, ...], BaseGeometry, bool]]:
    """Return the bodies that stand apart, each on parcels of its own: its parts, its plan (RD), and whether it is a registered building."""
    if len(context.design.parts) < 2 or len(context.site.parcels) < 2 or named_in(answer(context, "parcels")):
        return []
    pieces = [piece for piece in shapely.get_parts(shapely.buffer(context.projection, AGAINST_M / 2)) if piece.area > LEAST_M2]
    if len(pieces) < 2:
        return []
    owners = {id(part): min(range(len(pieces)), key=lambda n: float(pieces[n].distance(_middle(part)))) for part in context.design.parts}
    grounds = [_ground(piece, context) for piece in pieces]
    if len(set(grounds)) < 2 or any(ground is None for ground in grounds):
        return []
    found = []
    for ground in dict.fromkeys(grounds):
        parts = tuple(part for part in context.design.parts if grounds[owners[id(part)]] == ground)
        plan = projection(parts)
        found.append((parts, plan, _registered(plan, context)))
    return [body for body in found if body[0]]


def _middle(part: Part) -> shapely.Point:
    return shapely.Point(part.vertices[:, :2].mean(axis=0))


def _ground(piece: BaseGeometry, context: Context) -> str | None:
    """Return the parcel that more than half of a body stands on."""
    shares = [(float(parcel.geometry.intersection(piece).area), parcel.fid) for parcel in context.site.parcels]
    area, fid = max(shares)
    return fid if area > SAME_SHARE * piece.area else None


def _registered(plan: BaseGeometry, context: Context) -> bool:
    going = named_in(answer(context, "demolition"))
    for building in context.site.registered_buildings:
        shared = building.geometry.intersection(plan).area
        if building.fid not in going and shared > SAME_SHARE * building.geometry.area and shared > SAME_SHARE * plan.area:
            return True
    return False
