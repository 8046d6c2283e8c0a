"""What a design is made of in the plan's words: hoofdgebouw, bijgebouw, and their parts.

The officer says it (``object_kind`` for the whole design, ``objects: {part: kind}`` for parts by id, name or class). Else the largest
body is the main building, unless another main building stands and stays on the plot: then nobody knows, and it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import fence_shaped, sides_of
from ...measure.building.footprint import plans_of, without_thin
from ...measure.building.named_kinds import BUILT, STRUCTURE, are_sticks, has_roof, is_no_room, small_roofs
from ...measure.plane import overlay
from ...model import Note, Part, Question
from ...model.plan_words import OBJECT_KINDS
from .base import Context
from .drawn_along import going_told
from .open_points.points import Alternative, OpenPoint
from .standing import AGAINST_M, HOUSE_M2, UNTOLD, annex_parts, cellar_parts, foot_of
from .weighing import answer

MAIN = ("hoofdgebouw",)
ATTACHED = ("aanbouw", "uitbouw", "overkapping")
SECONDARY = ("bijgebouw", *ATTACHED, "bijbehorend bouwwerk")
BUILDINGS = ("gebouw", *MAIN, "bijgebouw", "aanbouw", "uitbouw")
OTHER = ("bouwwerk geen gebouw", "erfafscheiding")
KINDS_OF_OBJECT = tuple(dict.fromkeys((*BUILDINGS, *SECONDARY, *OTHER, "bouwwerk")))
SUSPECT = {"canopy": "overkapping", "railing": "erfafscheiding"}
"""Kinds of parts that may be an object of their own."""
OPEN_ROOF = "overkapping"
"""What a roof on posts is."""
BESIDE_M = 1.0
"""What stands beside a building and is no longer than this is a post, a pipe or a pillar; no room is narrower."""
STANDS_M2 = 1.0
FENCED = re.compile(r"afscheiding|schutting|(?<![a-z])(tuin|erf|sier)?hek(ken|werk)?(?![a-z])|tuin(muur|scherm)|afrastering|fence|garden ?wall", re.IGNORECASE)
"""Names of fences and garden walls; what is called so must have the shape of one."""
STANDS_HIGH_M = 0.5
"""What begins no higher than this stands on the ground."""
DWELLING_M2, DWELLING_M = 25.0, 5.0
"""What is so large and so high may be a dwelling, however large the barn beside it is; a garage or a garden shed stays below either."""
MAIN_SHARE = 0.4
"""A body with less than this share of the bulkiest one's volume is no main building: a garage or shed beside a house."""


CALLED: Mapping[str, tuple[str, ...]] = {MAIN[0]: (*MAIN, "gebouw", SECONDARY[0]), "gebouw": BUILDINGS, SECONDARY[-1]: SECONDARY}
"""What of the kinds of object something may be that a plan calls by a word of its own for one: beside a works hall the bedrijfswoning is no main building."""


def is_building_word(wanted: str) -> bool:
    """Whether a word of plans that is no kind of object names a whole building: a woning, a bedrijfsgebouw."""
    return wanted not in KINDS_OF_OBJECT and OBJECT_KINDS.get(wanted) in (*MAIN, "gebouw")


def may_be_a_house(wanted: str) -> bool:
    """Whether a word of plans that is no kind of object may name what is as large as a house: all but those for what stands beside one (a berging)."""
    return wanted not in KINDS_OF_OBJECT and OBJECT_KINDS.get(wanted) != SECONDARY[-1]


def may_be(kind: str | None, wanted: str) -> bool:
    """Whether what is of a kind of object (None: nobody knows) may be what a rule is about that names it in a plan's word: a woning, a kas, a berging."""
    return kind is None or kind in CALLED.get(OBJECT_KINDS.get(wanted, ""), KINDS_OF_OBJECT)


@dataclass(frozen=True, eq=False)
class Objects:
    """The parts of a design by kind of object; ``kinds`` None where nobody knows. ``notes``: what was assumed; ``absent``: the kinds of
    object that are known not to be there (None: every kind that no part has)."""

    parts: tuple[Part, ...]
    kinds: tuple[str | None, ...]
    notes: tuple[Note, ...] = ()
    absent: tuple[str, ...] | None = None

    def of(self, wanted: str) -> tuple[Part, ...] | None:
        """Return the parts of a kind of object (``gebouw`` and ``bouwwerk`` hold the others); None while it is unknown."""
        if wanted == "bouwwerk":
            return self.parts
        if wanted not in KINDS_OF_OBJECT:  # a word of plans for what the kinds of object do not tell apart
            return None if self.absent is not None or any(may_be(kind, wanted) for kind in self.kinds) else ()
        if any(kind is None for kind in self.kinds) and not (wanted == "gebouw" and all(kind in (None, *BUILDINGS) for kind in self.kinds)):
            return None
        accepted = {"gebouw": (None, *BUILDINGS), "bijbehorend bouwwerk": SECONDARY, "bouwwerk geen gebouw": OTHER}.get(wanted, (wanted,))
        found = tuple(part for part, kind in zip(self.parts, self.kinds) if kind in accepted)
        return found if found or self.absent is None or wanted in self.absent else None


def objects_of(context: Context, wanted: Collection[str] = ()) -> Objects:
    """Return the objects of a design; ``wanted``: the kinds that are asked for, so that only what tells them from others is asked. What the officer named
    is that; what he left out is as open as without it."""
    named = parts_named(context)
    if OPEN_ROOF in named and OTHER[0] in wanted:  # what is an overkapping some plans call a bouwwerk, geen gebouw zijnde
        named = tuple(_open_roof_kind(context) if kind == OPEN_ROOF else kind for kind in named)
    if named and all(named):
        return Objects(context.design.parts, named)
    found = _unnamed(context, wanted)
    notes = () if set(MAIN) & set(named) else found.notes
    return replace(found, kinds=tuple(name or kind for name, kind in zip(named, found.kinds)), notes=notes) if named else found


def _unnamed(context: Context, wanted: Collection[str]) -> Objects:
    """Return the objects of a design by what is known of its parts, whatever the officer named some of them."""
    parts, default = context.design.parts, whole_told(context)
    below = {id(part) for part in cellar_parts(context)}
    if below and (not default or len(below) < len(parts)):  # what lies under a house is of that house
        return _beside_others(context, tuple(part for part in parts if id(part) not in below), dict.fromkeys(below, MAIN[0]), wanted)
    rest = _buildings_of(context)
    if default and (default in OTHER or not rest):
        return Objects(parts, (default,) * len(parts))
    if len(rest) < len(parts):
        return _beside_structures(context, rest, wanted)
    if default and not (default in BUILDINGS and another_main(context) and _told_apart(context, default)):
        return Objects(parts, (roof_kind(context, wanted) if default == OPEN_ROOF else default,) * len(parts))
    if are_sticks(parts) and not _has_roof(context) and not large(context, HOUSE_M2):  # what is as large as a house may be the frame of one
        return Objects(parts, (OTHER[0],) * len(parts))
    if another_main(context):
        question, kinds = Note.of("engine_question_object", kind=MAIN[0]), _kinds_beside(context)
        if is_no_room(parts):
            return Objects(parts, (_open_kind(context, question, (*kinds, OTHER[0]), wanted),) * len(parts))
        if not context.geometry.encloses:
            return Objects(parts, (_open_kind(context, question, (OPEN_ROOF, *kinds), wanted),) * len(parts))
        roofs = _open_roofs(context)
        kind, roof = context.word("object_kind", question, kinds), roof_kind(context, wanted) if roofs else OPEN_ROOF
        return Objects(parts, tuple(roof if id(part) in roofs else kind for part in parts))
    unseen = "" if large(context, HOUSE_M2) else _may_be_another(context)  # what is as large as a house is one, whoever else stands there
    if unseen and context.word("object_kind", Note.of("engine_question_object_unseen", kind=MAIN[0], layers=unseen), (MAIN[0], SECONDARY[0])) != MAIN[0]:
        return Objects(parts, (SECONDARY[0],) * len(parts), ())
    return _by_body(context, wanted)


def _told_apart(context: Context, default: str) -> bool:
    """Whether what the officer calls a design beside a house that stands is what was asked of its buildings: an open roof beside these is told apart."""
    return context.geometry.encloses and default in _kinds_beside(context) and bool(_open_roofs(context))


def _beside_structures(context: Context, rest: tuple[Part, ...], wanted: Collection[str]) -> Objects:
    """Return the objects of a design of which some parts are structures and no building; the ``rest`` is looked at without them."""
    within = {id(part) for part in rest}
    others = tuple(part for part in context.design.parts if id(part) not in within)
    return _beside_others(context, rest, dict(zip(map(id, others), _kinds_of_structures(context, others, wanted))), wanted)


def _beside_others(context: Context, rest: tuple[Part, ...], others: Mapping[int, str], wanted: Collection[str]) -> Objects:
    """Return the objects of a design of which the kinds of some parts are known (``others``, by identity); the ``rest`` is looked at without them."""
    parts, kinds = context.design.parts, dict[int, "str | None"](others)
    if not rest:
        return Objects(parts, tuple(kinds[id(part)] for part in parts))
    own = objects_of(context.with_parts(rest), wanted)
    kinds.update((id(part), kind) for part, kind in zip(own.parts, own.kinds))
    return replace(own, parts=parts, kinds=tuple(kinds[id(part)] for part in parts))


def _buildings_of(context: Context) -> tuple[Part, ...]:
    """Return the parts of a design without the structures beside a building; what has no room and no roof is no building, and structures are of it."""
    parts = context.design.parts
    rest = tuple(part for part in parts if part.kind != STRUCTURE)
    other = context.with_parts(rest) if rest and len(rest) < len(parts) else context
    return rest if other is context or other.geometry.encloses or _has_roof(other) else parts


def _has_roof(context: Context) -> bool:
    return context.memo(("has a roof", id(context.design)), lambda: has_roof(context.projection))


def _open_kind(context: Context, question: Note, kinds: Sequence[str], wanted: Collection[str]) -> str:
    """Return what a design is that encloses nothing, in this reading: one of some kinds, or where a rule is about those a fence or another structure."""
    kind = context.word("object_kind", question, (*kinds, *(kind for kind in OTHER if kind in wanted and kind not in kinds)))
    return roof_kind(context, wanted) if kind == OPEN_ROOF else kind


def _kinds_of_structures(context: Context, parts: tuple[Part, ...], wanted: Collection[str]) -> list[str]:
    """Return which structures are fences: by shape and name, of others of that shape it is asked where a rule is about fences."""
    shaped = fence_shaped(parts, foot_of(context))
    named = [bool(fits) and any(FENCED.search(word) for word in (part.fid, part.name, part.object)) for part, fits in zip(parts, shaped)]
    untold = [part for part, fits, is_named in zip(parts, shaped, named) if fits and not is_named]
    words = ", ".join(dict.fromkeys(part.name or part.fid for part in untold))
    asked = bool(untold) and OTHER[1] in wanted and context.yes_no("is_fence", Note.of("engine_question_fence", parts=words), likely=True)
    roofs = context.memo(("small roofs", tuple(map(id, parts))), lambda: {id(part) for part in small_roofs(parts)})
    roof = _open_roof_kind(context) if roofs else OTHER[0]  # a shelter that is smaller than a room is an overkapping or none
    return [OTHER[1] if is_named or (fits and asked) else roof if id(part) in roofs else OTHER[0] for part, fits, is_named in zip(parts, shaped, named)]


def parts_named(context: Context) -> tuple[str | None, ...]:
    """Return the kind of object that the officer gave each part (answer ``objects``), None where he gave it none; an answer that gives no part
    of the whole design a kind of object is refused, and settles nothing: then there are none. So is one that says otherwise than ``object_kind``."""
    return () if _at_odds(context) else _parts_named(context)


def _at_odds(context: Context) -> bool:
    """Whether what the officer said of the whole design is what he gave none of its parts, and every part another: then neither is believed."""
    whole = _whole_named(context)
    named = _parts_named(context) if whole else ()
    if not whole or not named or whole in named or not all(named):
        return False
    words = tuple(sorted({str(kind) for kind in named}))
    context.refused("object_kind", whole, words)
    context.refused("objects", ", ".join(words), (whole,))
    return True


def _parts_named(context: Context) -> tuple[str | None, ...]:
    """Return the answer ``objects`` for each part, whatever was said of the whole."""
    told, whole = answer(context, "objects"), context.shared.get("whole", context.design)
    if told in (None, "", {}):
        return ()
    words = told if isinstance(told, Mapping) else {}
    every = (*context.design.parts, *whole.parts)  # of the whole design last: a part that is a structure in this reading has its own kind there
    given = {part.fid: next((words[word] for word in (part.fid, part.name, part.kind) if word in words), None) for part in every}
    if all(word is None for word in given.values()):
        said = ", ".join(map(str, told)) if isinstance(told, (Mapping, list, tuple)) else told
        context.refused("objects", said, [part.name or part.fid for part in whole.parts])
        return ()
    kinds = {fid: _kind_told("objects", word, context) for fid, word in given.items()}
    return tuple(kinds[part.fid] for part in context.design.parts) if any(kinds.values()) else ()


def _kinds_beside(context: Context) -> tuple[str, ...]:
    """Return what a building beside a house that stands may be: what is built against it an aan- or uitbouw as well."""
    against = any(pand.distance(context.projection) <= AGAINST_M for pand in _used_beside(context))
    return (SECONDARY[0], *(ATTACHED[:2] if against else ()), MAIN[0])


def kind_alone(context: Context) -> str:
    """Return what a design is of which no other building tells it, in this reading: the main building, or a secondary one of a house elsewhere."""
    return context.word("object_kind", Note.of("engine_question_object_alone"), (MAIN[0], SECONDARY[0]))


def large(context: Context, least_m2: float) -> bool:
    """Whether a design covers at least so much (m2) and is as high as a dwelling."""
    low, high = (float(z) for z in context.design.bounds[:, 2])
    foot = max(low, foot_of(context))
    return context.geometry.footprint.area >= least_m2 and high - foot >= DWELLING_M


def whole_told(context: Context) -> str | None:
    """Return the kind of object that the officer gave the whole design; None where there is none, or what he said of its parts contradicts it."""
    return None if _at_odds(context) else _whole_named(context)


def _whole_named(context: Context) -> str | None:
    """Return the answer ``object_kind``, whatever was said of the parts."""
    return _kind_told("object_kind", answer(context, "object_kind"), context)


def parts_told(context: Context) -> bool:
    """Whether the officer gave a part of the design a kind of object."""
    return bool(parts_named(context))


def _kind_told(key: str, given: Any, context: Context) -> str | None:
    """Return an answered kind of object; a word that is none is refused, and settles nothing."""
    word = str(given).strip().lower() if given not in (None, "") else ""
    if word in KINDS_OF_OBJECT:
        return word
    if word and word not in ("unknown", "onbekend"):
        context.refused(key, given, KINDS_OF_OBJECT)
    return None


def another_main(context: Context) -> bool:
    """Whether a building with an address or a use of its own stands on the plot beside the design, and stays."""
    plot = _plot(context)
    return any(any(overlay.intersection(pand, parcel).area > 0.5 * pand.area for parcel in plot) for pand in _used_beside(context))


def _plot(context: Context) -> list[BaseGeometry]:
    return [parcel.geometry for parcel in context.site.parcels if overlay.intersection(parcel.geometry, context.projection).area > STANDS_M2]


def _used_beside(context: Context) -> list[BaseGeometry]:
    """Return the buildings (RD) with an address or a use of their own that stay beside the design."""
    site, outline = context.site, context.projection
    going = going_told(context) or frozenset()
    addressed = {fid for address in site.addresses for fid in address.building_ids}
    used = [p for p in site.registered_buildings if p.fid in addressed or any(use and use != "overige gebruiksfunctie" for use in p.uses)]
    return [p.geometry for p in used if p.fid not in going and overlay.intersection(p.geometry, outline).area <= 0.5 * p.geometry.area]


def _may_be_another(context: Context) -> str:
    """Return which layers were not seen that may hold a main building beside the design on its plot ('' where there is none for certain)."""
    plot = _plot(context)
    area = shapely.union_all(plot) if plot else context.projection
    if not context.knows("bag", area):
        return "bag"
    return "parcels" if not context.knows("parcels", context.projection) and _used_beside(context) else ""


def _absent(context: Context) -> tuple[str, ...]:
    """Return the kinds of object that are known not to be there when no part is one.

    No secondary building: when the plot and what stands on it are known; no aanbouw, canopy or fence: only of a design whose parts say
    what they are, or where there is only one body as large as a house on such a plot; no canopy where the building's own roof goes on over posts,
    no annex where a wing stays below the rest and has no parts of its own, and no fence where something stands beside what is enclosed.
    """
    plot_known = context.knows("parcels") and context.knows("bag")
    roofs = context.geometry.open_roofs
    joined, asked = any(not roof.parts for roof in roofs), {id(part) for roof in roofs for part in roof.parts}
    kinds = context.design.kinds
    told = bool(kinds - {*UNTOLD, STRUCTURE}) or (plot_known and STRUCTURE not in kinds and large(context, HOUSE_M2) and context.geometry.is_one_body)
    suspected = {SUSPECT.get(part.kind) for part in context.design.parts if id(part) not in asked}
    suspected |= {OPEN_ROOF, OTHER[0]} if joined else set()
    wing = context.geometry.low_wings[1] and not annex_parts(context)  # one that has parts of its own is asked
    suspected |= set(ATTACHED[:2]) if wing else set()
    suspected |= set(OTHER) if context.geometry.encloses and _stands_beside(context, asked) else set()
    attached = tuple(kind for kind in (*ATTACHED, *OTHER) if told and kind not in suspected)
    return (*attached, *(("bijgebouw",) if plot_known else ()), *(("bijbehorend bouwwerk",) if plot_known and told and not joined and not wing else ()))


def _stands_beside(context: Context, asked: Collection[int]) -> bool:
    """Whether something that is no open roof (``asked``, by identity) stands on the ground beside what walls enclose, as long as a piece of a fence."""
    foot, rooms = foot_of(context), without_thin(context.geometry.footprint, BESIDE_M)
    spans = [(part, *part.z_range) for part in context.design.parts if part.kind in (*BUILT, "railing") and id(part) not in asked and len(part.faces)]
    standing = [part for part, low, high in spans if low <= foot + STANDS_HIGH_M < high]
    loose = [part for part, (_, long) in zip(standing, sides_of(standing)) if long >= BESIDE_M] if standing else []
    plans = plans_of(loose)
    return bool((shapely.area(plans) - overlay.shared_areas(rooms, plans) > shapely.area(plans) / 2).any()) if loose else False


def _by_body(context: Context, wanted: Collection[str]) -> Objects:
    """Return one body as the main building and every other as a secondary one, in this reading.

    Which is the main building follows from its use, not from its size: every body of a fair share of the bulkiest one's volume may be it.
    """
    parts, absent = context.design.parts, _absent(context)
    small = is_no_room(parts)
    if small or (not context.geometry.encloses and not large(context, HOUSE_M2)):  # an open roof by itself, a shed of which only the frame is drawn
        question = Note.of("engine_question_object_small" if small else "engine_question_object_open")
        kind = _open_kind(context, question, (*MAIN, SECONDARY[0], OTHER[0]) if small else (*MAIN, OPEN_ROOF), wanted)
        return Objects(parts, (kind,) * len(parts), (Note.of("engine_assumed_main"),) if kind == MAIN[0] else (), None if small else absent)
    bodies = sorted(shapely.get_parts(context.geometry.footprint), key=lambda body: float(-body.area))
    owners = [body_of(part, bodies) for part in parts] if len(bodies) > 1 else [0] * len(parts)
    told = {owner for owner, name in zip(owners, parts_named(context)) if name in MAIN}
    if not told and not _may_be_house(context, bodies, owners) and kind_alone(context) != MAIN[0]:
        return Objects(parts, (SECONDARY[0],) * len(parts), (), absent)
    main = told.pop() if len(told) == 1 else main_number(context, bodies, owners) if len(bodies) > 1 else 0
    against = {id(part) for part, owner in zip(parts, owners) if owner == main}
    roofs = _open_roofs(context)
    low = [part for part in annex_parts(context) if id(part) in against - roofs]  # of the others it is asked which is the main building
    attached = set() if not low or _annex_is_main(context, low) else {id(part) for part in low}
    annex = ATTACHED[0]
    others = [kind for kind in (ATTACHED[1], SECONDARY[0]) if kind in wanted and not (kind == ATTACHED[1] and annex in wanted)]
    if attached and others:
        annex = context.word("annex_kind", Note.of("engine_question_annex_kind"), (annex, *others))
    roof = roof_kind(context, wanted) if roofs else OPEN_ROOF
    kinds = tuple(
        roof if id(part) in roofs else SECONDARY[0] if owner != main else annex if id(part) in attached else MAIN[0]
        for part, owner in zip(parts, owners)
    )
    note = Note.of("engine_assumed_largest", area=round(float(bodies[main].area), 1)) if len(bodies) > 1 else Note.of("engine_assumed_main")
    return Objects(parts, kinds, () if attached and len(bodies) < 2 else (note,), absent)


def _open_roofs(context: Context) -> set[int]:
    """Return the parts (by identity) that are an open roof beside the building, in this reading: those that stand on feet of their own are; what may be
    a part of the building is asked."""
    found = [roof for roof in context.geometry.open_roofs if roof.parts]
    doubted = [part for roof in found if not roof.sure for part in roof.parts]
    names = ", ".join(dict.fromkeys(part.name or part.fid for part in doubted))
    own = bool(doubted) and context.yes_no("open_roof_is_own", Note.of("engine_question_open_roof", parts=names), likely=True)
    return {id(part) for roof in found if roof.sure or own for part in roof.parts}


def roof_kind(context: Context, wanted: Collection[str]) -> str:
    """Return what an open roof is to a rule: plans that call it a bouwwerk, geen gebouw zijnde, may have one for both, and where walls go round it but for
    a door or an open side it may be a shed."""
    walled = [part for roof in context.geometry.open_roofs if roof.walled for part in roof.parts]
    if walled and {SECONDARY[0], OPEN_ROOF} & set(wanted):
        names = ", ".join(dict.fromkeys(part.name or part.fid for part in walled))
        if context.word("walled_roof_kind", Note.of("engine_question_walled_roof", parts=names), (SECONDARY[0], OPEN_ROOF)) != OPEN_ROOF:
            return SECONDARY[0]
    return _open_roof_kind(context) if OTHER[0] in wanted else OPEN_ROOF


def _open_roof_kind(context: Context) -> str:
    return context.word("open_roof_kind", Note.of("engine_question_open_roof_kind"), (OPEN_ROOF, OTHER[0]))


def _annex_is_main(context: Context, low: Sequence[Part]) -> bool:
    names = ", ".join(part.name or part.fid for part in low)
    return context.yes_no("annex_is_main", Note.of("engine_question_annex", parts=names), likely=True)


def body_of(part: Part, bodies: Sequence[BaseGeometry]) -> int:
    """Return which of some bodies (RD) a part is of: the nearest to its middle."""
    middle = shapely.Point(part.vertices[:, :2].mean(axis=0))
    return min(range(len(bodies)), key=lambda number: float(bodies[number].distance(middle)))


def _tops(context: Context, owners: Sequence[int], count: int) -> list[float]:
    """Return the highest point (z) of each of so many bodies."""
    low = float(context.design.bounds[0, 2])
    return [max((part.z_range[1] for part, owner in zip(context.design.parts, owners) if owner == number), default=low) for number in range(count)]


def _may_be_house(context: Context, bodies: Sequence[BaseGeometry], owners: Sequence[int]) -> bool:
    """Whether a body of a design is as large as a house, or as high and as large as a dwelling: where none is, all may be sheds of a house elsewhere."""
    low, tops = float(context.design.bounds[0, 2]), _tops(context, owners, len(bodies))
    return any(body.area >= HOUSE_M2 or (body.area >= DWELLING_M2 and top - low >= DWELLING_M) for body, top in zip(bodies, tops))


def main_number(context: Context, bodies: Sequence[BaseGeometry], owners: Sequence[int]) -> int:
    """Return which of the bodies (RD) of a design is its main building, in this reading; ``owners``: the body of each part."""
    parts = context.design.parts
    low, tops = float(context.design.bounds[0, 2]), _tops(context, owners, len(bodies))
    bulk = [float(body.area) * (top - low) for body, top in zip(bodies, tops)]
    tall = [body.area >= DWELLING_M2 and top - low >= DWELLING_M for body, top in zip(bodies, tops)]
    able = sorted((n for n in range(len(bodies)) if bulk[n] >= MAIN_SHARE * max(bulk) or tall[n]), key=lambda n: -bulk[n])
    if len(able) < 2:
        return able[0]
    ways = []
    for number in able:
        kinds = {part.fid: MAIN[0] if owner == number else SECONDARY[0] for part, owner in zip(parts, owners)}
        ways.append(Alternative(number, kinds, Note.of("choice_main", area=round(float(bodies[number].area), 1), height=round(tops[number] - low, 1))))
    return int(context.settle(OpenPoint("objects", Question("objects", Note.of("engine_question_main")), tuple(ways))))
