"""What of a design file is the design: a neighbour's building, a tree, a car or the ground drawn along is context, and no application.

Nothing in a file is the design by standing in it, nor its surroundings by being called so. Shape and place leave open which bodies are meant
(answer ``roles: {part or object: role}``): buildings on different parcels, apart or against each other; registered buildings that stand in a row;
buildings that the file tells apart; what stands beyond the plot; the ground, garden walls, and what has no room in it and no class of its own. What the
file says (status, class, name) proposes a role. All of it is tried both ways, so that a verdict stands only where it does not matter; what the case
names, and what the file calls a tree or the ground and has the shape of one, is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import Apart, bodies_apart, garden_walls, ground_plates, on_stems
from ...measure.building.named_kinds import STRUCTURE
from ...measure.plane import overlay
from ...model import PART_ROLES, Note, Part, Premise, Question, Role
from .base import Context
from .drawn_along import known_there, same_as_registered
from .houses import ON_IT_SHARE, House, by_object, houses_of
from .open_points.answer_words import bare, roles_told, told_of
from .open_points.points import Alternative, OpenPoint
from .plot import parcels_named, parcels_told
from .standing import AGAINST_M, UNTOLD

DESIGN, EXISTING, CONTEXT, TERRAIN, VEGETATION, UNKNOWN = "design", "existing", "context", "terrain", "vegetation", "unknown"
OUT = tuple(word for word in PART_ROLES if word not in (DESIGN, UNKNOWN))
"""Roles of what is no part of the application."""
LOOSE = (*UNTOLD, "wall", STRUCTURE)
"""Kinds of parts that may be no part of the design: those that say nothing, a wall, which may be that of a garden, and what its shape makes no building."""
LEAST_M2 = 1.0
"""A post or a flagpole on the plot is drawn to be built; a tree, a car or a hedge is larger in plan."""
MOST_ALONE = 6
"""Each of so many buildings is tried as the design by itself; in a file with more the officer must say which is meant."""
Way = tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class Ways:
    """The admissible selections of parts, the likeliest first; whether the truth may be still another; why parts may be left out, by ``id``
    (role and code of the reason); and ``settled``: the parts that are none of the design in any of them."""

    ways: tuple[Way, ...]
    endless: bool = False
    why: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()


def designed(context: Context, in_plan: bool = True) -> Context:
    """Return the context with only the parts that are the design, in this reading; ``in_plan``: an existing building's outline tells enough of it."""
    found, told = _found(context, in_plan), _told(context)
    ways = _as_told(found.ways, context.design.parts, told)
    if told and ways:
        context.answered_in("roles", Note.of("engine_question_roles"), _told_of(context.design.parts, told), _told_by(context))
    if found.settled:
        names = _names([part for part in context.design.parts if id(part) in found.settled])
        context.ledger.took(Premise("roles:file", "file", Note.of("premise_roles_file", names=names), Note.of("engine_question_roles")))
    if not ways:
        return context
    every, own = context.design.parts, ways[0]
    if len(ways) > 1 or (found.endless and not told):
        asked = _in_question(ways, every)
        choices = tuple(_way(way, every, asked, len(ways) > 1) for way in ways)
        point = OpenPoint("roles", Question("roles", Note.of("engine_question_roles")), choices, found.endless)
        own = cast("tuple[Part, ...]", context.settle(point))
    existing = tuple(part for part in _but(every, own) if told.get(part.fid, part.role.word) == EXISTING) if len(own) < len(every) else ()
    return replace(context.with_parts(own), existing=existing)


def roles_of(context: Context) -> tuple[Role, ...]:
    """Return what each part of the design is to the application in the likeliest reading, with who says so: case or officer, the file, or its shape.

    ``unknown``: it counts as design in that reading, and another is possible.
    """
    found, told, every = _found(context), _told(context), context.design.parts
    ways = _as_told(found.ways, every, told) or (every,)
    likely, always = ({id(part) for part in ways[0]}, set.intersection(*({id(part) for part in way} for way in ways)))
    roles = []
    for part in every:
        given = told.get(part.fid)
        word, code = found.why.get(id(part), (CONTEXT, "part_role_other_building"))
        if given:
            roles.append(Role(given, "answer", Note.of("part_role_answer")))
        elif id(part) not in likely:
            roles.append(part.role if part.role.word in OUT else Role(word, "shape", Note.of(code)))
        elif part.role.word == DESIGN:
            roles.append(part.role)
        elif id(part) in always:
            roles.append(Role(DESIGN, "shape", Note.of("part_role_stands")))
        else:
            roles.append(Role(UNKNOWN, "shape", Note.of(code)))
    return tuple(roles)


def possible(context: Context) -> Context:
    """Return the context with only the parts that are the design in one reading or another: what the plan says elsewhere concerns nothing."""
    ways = _as_told(_found(context).ways, context.design.parts, _told(context))
    some = {id(part) for way in ways for part in way}
    return context.with_parts(tuple(part for part in context.design.parts if id(part) in some)) if some else context


def open_which(context: Context) -> bool:
    """Whether the file tells so many buildings apart that somebody must say which is meant."""
    return _found(context).endless and not _told(context)


def _found(context: Context, in_plan: bool = True) -> Ways:
    outlines = in_plan or EXISTING not in context.design.roles
    return context.memo(("ways of the design", context.measured_from, outlines), lambda: _ways(context, outlines))


def _told(context: Context) -> dict[str, str]:
    """Return the role that the officer gives parts, by id; a part is named by its id, its name or its object. A word that is no role is refused."""
    told = {name: bare(said) for name, said in roles_told(context.answers).items()}
    if not told:
        return {}
    wrong = sorted({str(word) for word in told.values() if str(word) not in PART_ROLES})
    if wrong:
        context.refused("roles", ", ".join(wrong), PART_ROLES)
    given = {part.fid: str(told_of(part, told)) for part in context.design.parts}
    return {fid: word for fid, word in given.items() if word in (DESIGN, *OUT)}


def _told_by(context: Context) -> str:
    """Return who said what parts are, everyone once."""
    each = roles_told(context.answers).values()
    return ", ".join(dict.fromkeys(str(said["by"]) for said in each if isinstance(said, Mapping) and said.get("by")))


def _told_of(parts: Sequence[Part], told: Mapping[str, str]) -> Note:
    """Return what the officer said of parts: which are the design, and which are not."""
    named = {word: [part for part in parts if (told.get(part.fid) == DESIGN) is (word == DESIGN) and part.fid in told] for word in (DESIGN, CONTEXT)}
    return Note.of("premise_roles_told", design=_names(named[DESIGN]) or "–", out=_names(named[CONTEXT]) or "–")


def _as_told(ways: Sequence[Way], every: Way, told: Mapping[str, str]) -> tuple[Way, ...]:
    """Return ways in which what the officer said holds, each once."""
    if not told:
        return tuple(ways)
    fixed = []
    for way in ways or (every,):
        own = {id(part) for part in way}
        fixed.append(tuple(part for part in every if (told[part.fid] == DESIGN if part.fid in told else id(part) in own)))
    return _distinct(fixed)


def _distinct(ways: Sequence[Way]) -> tuple[Way, ...]:
    return tuple({tuple(map(id, way)): way for way in ways if way}.values())


def _in_question(ways: Sequence[Way], every: Way) -> Way:
    """Return the parts that some ways count and others do not."""
    sets = [{id(part) for part in way} for way in ways]
    some, each = set.union(*sets), set.intersection(*sets) if len(ways) > 1 else set()
    return tuple(part for part in every if id(part) in some and id(part) not in each)


def _way(parts: Way, every: Sequence[Part], asked: Sequence[Part], several: bool) -> Alternative:
    own = {id(part) for part in parts}
    others = [part for part in (asked if several else every) if id(part) not in own]
    note = Note.of("choice_context", names=_names(others)) if others else Note.of("choice_all_design")
    return Alternative(parts, _answer(asked, own), note)


def _answer(asked: Sequence[Part], own: Collection[int]) -> dict[str, str]:
    """Return the answer that settles a way: a role for every part in question, by object where all parts of one have the same."""
    words = {part.fid: DESIGN if id(part) in own else part.role.word if part.role.word in OUT else CONTEXT for part in asked}
    by_object: dict[str, set[str]] = {}
    for part in asked:
        by_object.setdefault(part.object, set()).add(words[part.fid])
    return {(part.object if part.object and len(by_object[part.object]) == 1 else part.fid): words[part.fid] for part in asked}


def _names(parts: Sequence[Part]) -> str:
    return ", ".join(dict.fromkeys(part.called for part in parts))


def _ways(context: Context, in_plan: bool) -> Ways:
    """Return the admissible selections of parts: by shape and place of what the file leaves open, and with what the file calls something else."""
    every, ground = context.design.parts, _ground(context)
    others = [part for part in every if part.role.source == "case" and part.role.word in OUT]
    mine = _but(every, others) or every
    if len(mine) < 2 or ground is None:
        return Ways((mine,) if len(mine) < len(every) else (), settled=frozenset(map(id, others)))
    said = [part for part in mine if part.role.source == "file" and part.role.word in OUT]
    if len(said) == len(mine):  # a file of nothing but trees, or existing buildings, is looked at as if it said nothing
        said = []
    sure = _confirmed(said, _but(mine, said), ground, context, in_plan)
    said, mine = list(_but(said, sure)), _but(mine, sure)
    found = _by_shape(_but(mine, said), ground, context)
    groups = {word: [part for part in said if part.role.word == word] for word in dict.fromkeys(part.role.word for part in said)}
    first = found.ways[0]
    within = {id(part) for part in first}
    ways = [*found.ways]
    for gone in [*([part for part in said if part not in group] for group in groups.values() if len(groups) > 1), []] if said else []:
        out = {id(part) for part in gone}
        ways.append(tuple(part for part in mine if id(part) in within or (part in said and id(part) not in out)))
    return Ways(_distinct(ways), found.endless, found.why, frozenset(map(id, (*others, *sure))))


def _confirmed(said: Sequence[Part], rest: Sequence[Part], ground: float, context: Context, in_plan: bool) -> tuple[Part, ...]:
    """Return the parts that have the shape, or the place, of what the file calls them: trees, the ground, registered buildings that stay."""
    green = on_stems([part for part in said if part.role.word == VEGETATION], ground)
    ground_parts = [part for part in said if part.role.word == TERRAIN]
    plates = {id(part) for part in ground_plates((*ground_parts, *rest), ground)} if ground_parts else set()
    there = [part for part in said if part.role.word == EXISTING]
    known = known_there(there, ground, context, in_plan)
    return (*green, *(part for part in ground_parts if id(part) in plates), *known)


def _by_shape(parts: Way, ground: float, context: Context) -> Ways:
    """Return the selections that shape and place leave open; one of all parts where they leave nothing open."""
    plates = ground_plates(parts, ground, context.with_parts(parts).projection)
    standing = _but(parts, plates)
    walls = garden_walls(standing, ground)
    standing = _but(standing, walls)
    bodies, homes = _bodies(standing, ground, context)
    if not homes:
        return Ways((parts,))
    chosen, endless = _chosen(homes, context)
    plot = _plot(chosen[0], context)
    why = {**{id(part): (TERRAIN, "part_role_plate") for part in plates}, **{id(part): (CONTEXT, "part_role_garden_wall") for part in walls}}
    likely, unlikely = [*plates], [*walls]
    for body in bodies:
        if not body.rooms:
            beyond = plot is not None and overlay.intersection(body.plan, plot).area < ON_IT_SHARE * body.plan.area
            if not beyond and body.plan.area < LEAST_M2:
                continue
            untold = body.parts if beyond else tuple(part for part in body.parts if part.kind in LOOSE)
            (likely if beyond or body.stem else unlikely).extend(untold)
            reason = (CONTEXT, "part_role_beyond") if beyond else (VEGETATION, "part_role_stem") if body.stem else (CONTEXT, "part_role_no_room")
            why.update({id(part): reason for part in untold})
    ways = []
    for own in chosen:
        beside = [part for home in homes if home not in own for part in home.parts]
        ways += [_but(parts, (*beside, *gone)) for gone in (likely, (), (*likely, *unlikely))]
    return Ways(_distinct(ways), endless, why)


def _bodies(standing: Way, ground: float, context: Context) -> tuple[list[Apart], list[House]]:
    """Return the bodies that parts make, and the houses among them; those that stand apart are told by the objects of the file."""
    bodies = bodies_apart(standing, context.with_parts(standing).projection, ground, AGAINST_M)
    return list(bodies), by_object([house for body in bodies if body.rooms for house in houses_of(body, context, ground)])


def _but(parts: Sequence[Part], gone: Sequence[Part]) -> Way:
    """Return parts without some, in their own order."""
    out = {id(part) for part in gone}
    return tuple(part for part in parts if id(part) not in out) if out else tuple(parts)


def _ground(context: Context) -> float | None:
    """Return the height (m NAP) of the ground around the design: the terrain's where it is known, else what peil may be, else its own foot."""
    terrain = context.site.terrain
    outline = context.with_parts(context.design.own.parts).projection if terrain is not None else shapely.Polygon()
    if terrain is not None and not outline.is_empty:
        x, y = shapely.get_coordinates(shapely.segmentize(shapely.convex_hull(outline), 2.0)).T
        heights = terrain.sample(x, y)
        if np.isfinite(heights).any():
            return float(np.nanmedian(heights))
    if context.lowest_peil is not None:
        return context.lowest_peil
    return float(context.design.own.bounds[0, 2]) if len(context.design.triangles) else None


def _chosen(homes: Sequence[House], context: Context) -> tuple[list[list[House]], bool]:
    """Return which buildings may be the design, the likeliest first, and whether it may be still another choice."""
    every, plot = list(homes), shapely.union_all([parcel.geometry for parcel in parcels_told(context)])
    told = [home for home in homes if overlay.intersection(home.plan, plot).area > ON_IT_SHARE * home.plan.area]
    if told and len(told) < len(every):
        return [told, every], False
    groups: dict[tuple[str, str], list[House]] = {}
    for number, home in enumerate(homes):
        parcel = home.parcel if context.knows("parcels", home.plan) else f"?{number}"  # it may stand on one of its own
        groups.setdefault(("" if told else parcel, home.pand), []).append(home)
    if len(groups) < 2:
        return [every], False
    free = [home for group in groups.values() if not _registered(group, context) for home in group]
    many = len(groups) > MOST_ALONE
    alone = sorted(groups.values(), key=lambda group: -sum(home.plan.area for home in group))[:MOST_ALONE]
    likeliest = [free] if free and len(free) < len(every) else []
    named = [home for home in every if any(part.role.word == DESIGN for part in home.parts)]
    if named and len(named) < len(every):
        likeliest = [named, *likeliest]
    if many and len({part.object for home in every for part in home.parts}) > MOST_ALONE:  # a file of a whole quarter is no design
        middle = shapely.Point(context.site.centre)
        near = sorted(groups.values(), key=lambda group: min(float(home.plan.distance(middle)) for home in group))[:MOST_ALONE]
        return [*likeliest, *near], True
    return [*likeliest, every, *alone], many


def _plot(own: Sequence[House], context: Context) -> BaseGeometry | None:
    """Return the parcels (RD) that the chosen buildings stand on, or that the officer named; None where no parcel is known."""
    shapes = [parcel.geometry for parcel in parcels_told(context) or parcels_named({home.parcel for home in own}, context)]
    return shapely.union_all(shapes) if shapes else None


def _registered(group: Sequence[House], context: Context) -> bool:
    """Whether buildings are one that is registered and stays."""
    return same_as_registered(shapely.union_all([home.plan for home in group]), context)
