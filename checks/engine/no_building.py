"""Which parts of a design are no building in this reading: what the officer says is one, and what is called a silo or a tank, or stands as a tower.

A mast or a pole is none by its shape (``measure.building.named_kinds``). A part that is none encloses nothing: every check sees it as the
open parts of a design are seen, and a norm about other structures is about it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import LOW_M, OPEN_SHARE, ROOM_M, ROOM_M2, SECTION_M, WALL_HIGH_M, fence_shaped, low_works, sides_of
from ...measure.building.footprint import plans_of, projection, without_thin
from ...measure.building.named_kinds import AGAINST_M, BUILT, STRUCTURE, of_kind
from ...measure.plane import overlay
from ...measure.plane.distance import groups_of
from ...measure.plane.sections import enclosed
from ...model import Note, Part
from .base import Context
from .objects import DWELLING_M2, OTHER, parts_named, whole_told
from .open_points.answer_words import bare
from .standing import UNTOLD, foot_of

CALLED = re.compile(r"(silo'?s?|tanks?|mast(en)?|bassins?|zuil(en)?|vergisters?|wind(turbine|molen)s?)$", re.IGNORECASE)
"""Words that end so name what people do not go into; the shape of a tank is that of a round house, so the name only asks."""
WORDS = re.compile(r"[^a-zA-Z']+")
TOWER = 3.0
"""What is smaller than a room and so many times as high as it is long is a pillar or a tower; a shed, a porch and a toilet are lower."""
ROOF_WIDE_M = 1.0
"""What lies on a garden wall and is narrower is its coping, or a beam."""


def structures_told(context: Context) -> Context:
    """Return the context in which what is no building in this reading has the kind of a structure."""
    gone = {id(part) for part in (*_told(context), *_low(context, LOW_M), *_steps(context), *_fences(context))}
    doubted = [part for part in _doubted(context) if id(part) not in gone]
    if doubted and not small_is_building(context, shapely.area(plans_of(doubted)), likely=not any(_is_called(part) for part in doubted)):
        gone |= {id(part) for part in doubted}
    return context.with_parts(_as_structures(context, gone)) if gone else context


def small_is_building(context: Context, areas: Collection[float], likely: bool = True) -> bool:
    """Whether what encloses so little (m2 of each), or is called no building, is one, in this reading: one question, and one answer for every check."""
    return context.yes_no("small_is_building", Note.of("surroundings_question_small_building", area=round(float(max(areas)), 1)), likely=likely)


def _as_structures(context: Context, gone: Collection[int]) -> tuple[Part, ...]:
    """Return the parts of a design, some of which (by identity) are structures; each once for all readings."""
    def told(part: Part) -> Part:
        return context.memo(("structure", id(part)), lambda: of_kind(part, STRUCTURE)) if id(part) in gone else part

    return tuple(told(part) for part in context.design.parts)


def _told(context: Context) -> list[Part]:
    """Return the parts that the officer calls no building."""
    named, default = parts_named(context), whole_told(context)
    if not named and default is None:
        return []
    kinds = named or (None,) * len(context.design.parts)
    return [part for part, kind in zip(context.design.parts, kinds) if (kind or default) in OTHER]


def _untold(context: Context, found: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return those of some parts that the officer gave no kind of object."""
    known = {id(part) for part, kind in zip(context.design.parts, parts_named(context)) if kind} if found else set()
    return tuple(part for part in found if id(part) not in known)


def _doubted(context: Context) -> tuple[Part, ...]:
    """Return the parts of which it is open whether they are a building; none of those that the officer gave a kind of object."""
    if whole_told(context):
        return ()
    low = _low(context, ROOM_M)
    answered = bare(context.answers.get("small_is_building")) is not None
    found = context.memo(("maybe no building", id(context.design), answered), lambda: _maybe_none(context.design.parts, answered))
    return tuple(dict.fromkeys((*_untold(context, found), *low)))


def _low(context: Context, most_m: float) -> tuple[Part, ...]:
    """Return the parts that lie open and reach no higher above peil: none of those that the officer gave a kind of object, and nothing of a design of
    which he did, where that is all there is."""
    found = context.memo(("low works", context.measured_from, most_m), lambda: _low_works(context, most_m))
    if not found or (whole_told(context) and len(found) == len(context.design.parts)):
        return ()
    return _untold(context, found)


def _low_works(context: Context, most_m: float) -> tuple[Part, ...]:
    ground = foot_of(context)
    found = low_works(context.design.parts, ground, most_m, lambda parts: _inside(context.with_parts(tuple(parts))) if parts else shapely.MultiPolygon())
    return _without_cellars(context, found, ground)


def _without_cellars(context: Context, found: tuple[Part, ...], ground: float) -> tuple[Part, ...]:
    """Return parts without those that lie as deep as a room under a building that is registered, which closes them above: they are a cellar of it."""
    deep = [part for part in found if part.z_range[0] < ground - ROOM_M]
    if not deep:
        return found
    over = overlay.union([building.geometry for building in context.site.registered_buildings])
    plans = plans_of(deep)
    roofed = overlay.shared_areas(over, plans) > OPEN_SHARE * shapely.area(plans)
    cellar = {id(part) for part, is_roofed in zip(deep, roofed) if is_roofed}
    return tuple(part for part in found if id(part) not in cellar)


def _steps(context: Context) -> tuple[Part, ...]:
    """Return the flights of steps that stand apart from what is enclosed: those that lead up to a building are of it, or not, as a norm says."""
    stairs = [part for part in context.design.parts if part.kind == "stair" and len(part.faces)]
    if not stairs or not context.geometry.encloses:
        return ()
    plans = plans_of(stairs)
    groups = [group for group in groups_of(plans, AGAINST_M) if shapely.distance(plans[group], context.geometry.footprint).min() > AGAINST_M]
    return tuple(stairs[number] for group in groups for number in group)


def _fences(context: Context) -> tuple[Part, ...]:
    """Return the fences and garden walls, whatever they are called, that close no room with what stands there: none that the officer gave a kind of
    object; what he said of a whole design is of what stands beside them, where anything does."""
    found = context.memo(("fences", context.measured_from), lambda: _closing_nothing(context))
    if whole_told(context) and len(found) == len(context.design.parts):
        return ()
    return _untold(context, found)


def _closing_nothing(context: Context) -> tuple[Part, ...]:
    parts, ground = context.design.parts, foot_of(context)
    walls = [part for part, fits in zip(parts, fence_shaped(parts, ground)) if fits and part.kind in (*BUILT, "railing")]
    if not walls:
        return ()
    own, plans, at = {id(part) for part in walls}, plans_of(walls), ground + SECTION_M
    rest = [part for part in parts if id(part) not in own]
    before = enclosed(rest, at)
    high = projection([part for part in rest if part.z_range[1] > ground + WALL_HIGH_M])
    borne = without_thin(projection([part for part in rest if part.z_range[0] >= ground + ROOM_M]), ROOF_WIDE_M)  # what bears a roof is no fence
    near = overlay.union([high, borne, overlay.grown(before, AGAINST_M)])  # along a facade stands its plinth
    free = shapely.area(plans) - overlay.shared_areas(near, plans) > OPEN_SHARE * shapely.area(plans)
    found: list[Part] = []
    for group in groups_of(plans, AGAINST_M):
        fences = [walls[number] for number in group]
        closed = overlay.difference(enclosed([*rest, *fences], at), overlay.union([before, *plans[group]]))
        found += fences if free[group].all() and closed.area < ROOM_M2 else []
    return tuple(found)


def _inside(context: Context) -> BaseGeometry:
    """Return what the walls of a design enclose (RD); of one in which nothing does, all that lies between its parts."""
    return context.geometry.footprint if context.geometry.encloses else context.projection.convex_hull


def _maybe_none(parts: Sequence[Part], small: bool) -> tuple[Part, ...]:
    """Return the parts that are called so, and what stands on them; free towers; and, where the officer said what a ``small`` building is, those."""
    plans = plans_of(parts)
    called = [number for number, part in enumerate(parts) if _is_called(part)]
    over = overlay.grown(overlay.union(list(plans[called])), AGAINST_M) if called else shapely.Polygon()
    found = {n for n, part in enumerate(parts) if part.kind != STRUCTURE and not over.is_empty and over.covers(plans[n])}
    most = DWELLING_M2 if small else ROOM_M2
    free = [n for n, part in enumerate(parts) if n not in found and part.kind in UNTOLD and part.closed and 0.0 < plans[n].area < most]
    for number in free:
        low, high = parts[number].z_range
        if not small and high - low < TOWER * sides_of([parts[number]])[0, 1]:
            continue
        near = shapely.STRtree(plans).query(plans[number], predicate="dwithin", distance=AGAINST_M)
        found |= {number} if len(near) < 2 else set()
    return tuple(parts[number] for number in sorted(found))


def _is_called(part: Part) -> bool:
    """Whether a part is called so that its own kind does not say already: a mast on a roof that the file has as an antenna is a part of the building."""
    return part.kind in UNTOLD and any(CALLED.search(word) for name in (part.fid, part.name, part.object) for word in WORDS.split(name))
