"""What of a design file is the design: a neighbour's building, a tree, a car or the ground drawn along is context, and no application.

Nothing in a file is the design by standing in it, nor its surroundings by being called so. Shape and place leave open which bodies are meant
(answer ``roles: {part: context}``): buildings on different parcels, apart or against each other; registered buildings that stand in a row; what stands
beyond the plot; the ground, garden walls, and what has no room in it and no class of its own. All of it is tried both ways, so that a verdict
stands only where it does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import Apart, bodies_apart, garden_walls, ground_plates, one_body
from ...measure.building.footprint import plans_of
from ...measure.plane import overlay
from ...model import Note, Part, Question, RegisteredBuilding
from .base import Context
from .objects import UNTOLD
from .open_points.answer_words import bare, named_in
from .open_points.points import Alternative, OpenPoint
from .plot import parcels_named
from .standing import AGAINST_M
from .weighing import answer

DESIGN, CONTEXT = "design", "context"
SAME_SHARE = 0.5
"""A body that covers half of a registered building, and is covered by it for half, is that building drawn along; one of which more than half
stands on a parcel stands on it."""
OWN_SHARE = 0.8
"""A part of which so much stands on one parcel, or in one registered building, is of that one; a wall or roof that two houses share is of neither."""
SHARED = -1
"""Of no one area: it stands in several."""
LOOSE = (*UNTOLD, "wall")
"""Kinds of parts that may be no part of the design: those that say nothing, and a wall, which may be that of a garden."""
LEAST_M2 = 1.0
"""A post or a flagpole on the plot is drawn to be built; a tree, a car or a hedge is larger in plan."""
MOST_ALONE = 6
"""Each of so many buildings is tried as the design by itself; in a file with more the officer must say which is meant."""
Way = tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class House:
    """A body with rooms, or one of the houses that a body is: the parcel it stands on ('' where none is known), and which of the registered
    buildings of its body it is ('' where the body is one house, or is told apart by its parcels)."""

    body: Apart
    parcel: str
    pand: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its own parts, without what it shares."""
        return self.body.parts

    @property
    def plan(self) -> BaseGeometry:
        """Its plan (RD)."""
        return self.body.plan


def designed(context: Context) -> Context:
    """Return the context with only the parts that are the design, in this reading."""
    told = bare(context.answers.get("roles"))
    if isinstance(told, Mapping):
        kept = tuple(part for part in context.design.parts if str(told.get(part.fid, told.get(part.name, DESIGN))) == DESIGN)
        context.answered("roles", Note.of("engine_question_roles"), ", ".join(sorted({str(word) for word in told.values()})))
        return context.with_parts(kept) if kept else context
    ways, endless = context.memo(("ways of the design", context.measured_from), lambda: _ways(context))
    if len(ways) < 2:
        return context
    every = context.design.parts
    point = OpenPoint("roles", Question("roles", Note.of("engine_question_roles")), tuple(_way(way, every) for way in ways), endless)
    return context.with_parts(cast("tuple[Part, ...]", context.settle(point)))


def _way(parts: Way, every: Sequence[Part]) -> Alternative:
    own = {id(part) for part in parts}
    others = [part for part in every if id(part) not in own]
    names = ", ".join(dict.fromkeys(part.name or part.fid for part in others))
    note = Note.of("choice_context", names=names) if others else Note.of("choice_all_design")
    return Alternative(parts, {part.fid: CONTEXT for part in others}, note)


def _ways(context: Context) -> tuple[list[Way], bool]:
    """Return the admissible selections of parts, the likeliest first, and whether the truth may be still another."""
    parts = context.design.parts
    ground = _ground(context)
    if len(parts) < 2 or ground is None:
        return [], False
    plates = ground_plates(parts, ground)
    standing = _but(parts, plates)
    walls = garden_walls(standing, ground)
    standing = _but(standing, walls)
    whole = context.with_parts(standing).projection
    bodies = bodies_apart(standing, whole, ground, AGAINST_M)
    homes = [house for body in bodies if body.rooms for house in _houses(body, context, ground)]
    if not homes:
        return [], False
    chosen, endless = _chosen(homes, context)
    plot = _plot(chosen[0], context)
    likely, unlikely = [*plates], [*walls]
    for body in bodies:
        if not body.rooms:
            beyond = plot is not None and body.plan.intersection(plot).area < SAME_SHARE * body.plan.area
            if not beyond and body.plan.area < LEAST_M2:
                continue
            untold = body.parts if beyond else tuple(part for part in body.parts if part.kind in LOOSE)
            (likely if beyond or body.stem else unlikely).extend(untold)
    ways = []
    for own in chosen:
        beside = [part for home in homes if home not in own for part in home.parts]
        ways += [_but(parts, (*beside, *gone)) for gone in (likely, (), (*likely, *unlikely))]
    return list({tuple(map(id, way)): way for way in ways if way}.values()), endless


def _but(parts: Sequence[Part], gone: Sequence[Part]) -> Way:
    """Return parts without some, in their own order."""
    out = {id(part) for part in gone}
    return tuple(part for part in parts if id(part) not in out)


def _ground(context: Context) -> float | None:
    """Return the height (m NAP) of the ground around the design: the terrain's where it is known, else what peil may be, else its own foot."""
    terrain = context.site.terrain
    if terrain is not None and not context.projection.is_empty:
        x, y = shapely.get_coordinates(shapely.segmentize(shapely.convex_hull(context.projection), 2.0)).T
        heights = terrain.sample(x, y)
        if np.isfinite(heights).any():
            return float(np.nanmedian(heights))
    if context.lowest_peil is not None:
        return context.lowest_peil
    return float(context.design.bounds[0, 2]) if len(context.design.triangles) else None


def _houses(body: Apart, context: Context, ground: float) -> list[House]:
    """Return the houses of a body: one, or those that stand against each other on parcels of their own, or of which each is another registered
    building; each with rooms in it, so that a house that reaches over its boundary stays one."""
    parcel = _parcel(body.plan, context)
    one = [House(body, parcel)]
    if len(body.parts) < 2:
        return one
    split = _split(body, [parcel.geometry for parcel in context.site.parcels if parcel.geometry.intersects(body.plan)], ground)
    if split:
        return [House(piece, _parcel(piece.plan, context)) for _, piece in split]
    panden = _panden_under(body, context)
    split = _split(body, [pand.geometry for pand in panden], ground) if len(panden) > 1 or (panden and not parcel) else []
    if sum(number < len(panden) for number, _ in split) < (2 if parcel else 1):  # an extension drawn with the house that it joins
        return one
    return [House(piece, parcel, panden[number].fid if number < len(panden) else "new") for number, piece in split]


def _split(body: Apart, areas: Sequence[BaseGeometry], ground: float) -> list[tuple[int, Apart]]:
    """Return the pieces of a body that have rooms of their own, each with the number of the area that it stands in; none where that is one piece."""
    if not areas:
        return []
    groups: dict[int, list[Part]] = {}
    for part, owner in zip(body.parts, _owners(plans_of(body.parts), areas)):
        groups.setdefault(owner, []).append(part)
    shared = groups.pop(SHARED, [])
    if len(groups) < 2:
        return []
    roomy = {number: own for number, own in groups.items() if one_body((*own, *shared), ground).rooms}
    return [(number, one_body(own, ground)) for number, own in sorted(roomy.items())] if len(roomy) > 1 else []


def _owners(plans: NDArray[np.object_], areas: Sequence[BaseGeometry]) -> list[int]:
    """Return which of some areas (by number) each plan stands in: one more than the last where it stands in none, ``SHARED`` where in several."""
    sizes = shapely.area(plans)
    inside = np.stack([overlay.shared_areas(area, plans) for area in areas])
    most = inside.argmax(axis=0)
    free = inside.sum(axis=0) <= (1.0 - OWN_SHARE) * sizes
    owners = np.where(inside.max(axis=0) >= OWN_SHARE * sizes, most, np.where(free, len(areas), SHARED))
    return [int(owner) for owner in owners]


def _panden_under(body: Apart, context: Context) -> list[RegisteredBuilding]:
    """Return the registered buildings that stay and of which a body covers more than half: they may be drawn along."""
    going = named_in(answer(context, "demolition"))
    staying = [pand for pand in context.site.registered_buildings if pand.fid not in going]
    return [pand for pand in staying if pand.geometry.intersection(body.plan).area > SAME_SHARE * pand.geometry.area]


def _chosen(homes: Sequence[House], context: Context) -> tuple[list[list[House]], bool]:
    """Return which buildings may be the design, the likeliest first, and whether it may be still another choice."""
    told = named_in(answer(context, "parcels"))
    every = list(homes)
    if told:
        plot = shapely.union_all([parcel.geometry for parcel in parcels_named(told, context)])
        own = [home for home in homes if home.plan.intersection(plot).area > SAME_SHARE * home.plan.area]
        if own and len(own) < len(every):
            return [own, every], False
    groups: dict[tuple[str, str], list[House]] = {}
    for home in homes:
        groups.setdefault(("" if told else home.parcel, home.pand), []).append(home)
    if len(groups) < 2:
        return [every], False
    free = [home for group in groups.values() if not _registered(group, context) for home in group]
    alone = sorted(groups.values(), key=lambda group: -sum(home.plan.area for home in group))[:MOST_ALONE]
    likeliest = [free] if free and len(free) < len(every) else []
    return [*likeliest, every, *alone], len(groups) > MOST_ALONE


def _parcel(plan: BaseGeometry, context: Context) -> str:
    """Return the parcel that the largest part of a body stands on, '' where it stands on none that is known."""
    shares = [(float(parcel.geometry.intersection(plan).area), parcel.fid) for parcel in context.site.parcels]
    area, fid = max(shares, default=(0.0, ""))
    return fid if area > 0.0 else ""


def _plot(own: Sequence[House], context: Context) -> BaseGeometry | None:
    """Return the parcels (RD) that the chosen buildings stand on, or that the officer named; None where no parcel is known."""
    told = named_in(answer(context, "parcels"))
    names = set(told) | {home.parcel for home in own if not told}
    shapes = [parcel.geometry for parcel in parcels_named(names, context)]
    return shapely.union_all(shapes) if shapes else None


def _registered(group: Sequence[House], context: Context) -> bool:
    """Whether buildings are one that is registered and stays."""
    going = named_in(answer(context, "demolition"))
    plan = shapely.union_all([home.plan for home in group])
    for building in context.site.registered_buildings:
        shared = building.geometry.intersection(plan).area
        if building.fid not in going and shared > SAME_SHARE * building.geometry.area and shared > SAME_SHARE * plan.area:
            return True
    return False
