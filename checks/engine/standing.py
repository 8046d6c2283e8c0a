"""What stands on and around the plot and stays: registered buildings without what is demolished, what is permitted but not yet built, and
what a design is one building with; and which of its own bodies may be an aanbouw.

A rule about a whole building is measured over the design together with the existing building that it joins. A model often shows only what is
added: whether that is a building by itself is an open point, so that an extension never complies on its own measure alone. What joins is the 3D
model of the existing building (3DBAG, or its outline with AHN heights); where there is none its outline stands in, as high as the design, and
what needs its height is not assessable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.bodies import ROOM_M, cellars_under
from ...measure.building.footprint import polygons_only, projection
from ...measure.plane import overlay
from ...measure.plane.solids import prism, triangles_of
from ...model import Design, Finding, InputUsed, LayerState, Note, Part, Question, RegisteredBuilding, Rule, TopographyObject
from ...model.arrays import Floats
from ..declared.declaration import BUILDING
from .base import Context, Joined, inputs_of
from .drawn_along import GOING, drawn_beyond, drawn_of, going_told
from .open_points.answer_words import bare
from .open_points.points import Alternative, OpenPoint
from .open_points.unseen import HIGHER, Unseen
from .plot import plot_of

BUILT = ("pand", "overigbouwwerk")
"""Collections of the map (BGT) that stand: buildings, and what is built besides."""
OF_A_BUILDING = ("hoofdgebouw", "gebouw", "bouwwerk")
"""Objects of a rule that an existing building is one of; a norm for an aanbouw or bijgebouw is about that alone."""
BUILDINGS = ("bag", "bgt")
"""Layers that have what stands: the register of buildings and the map."""
HOUSE_M2 = 50.0
"""What is so large, as high as a dwelling and alone on its plot is the main building there; what is smaller may belong to a house on a parcel beside it."""
LEAST_M2 = 4.0
"""A smaller thing on the map is a bin shelter or a cabinet, and no building that a register would have (BAG: a person can enter it)."""
TOUCH_M2 = 0.01
"""A building that meets an area by less only touches it."""
AGAINST_M = 0.30
"""A building this near stands against the design: BAG outlines are known to 0.2 to 0.3 m."""
HEIGHTS = ("height_above_peil", "eaves_above_peil")
"""Measurements that rest on how high an existing building is."""
ON_TOP_M = 2.0
"""What begins this far above the ground has a storey under it."""
SUNK_M, CELLAR_M = 1.5, 1.5
"""What reaches no further above the ground is no storey in the place of another; what lies so deep under it is more than a foundation."""
AROUND_M = 1.0
"""The ground round a building is looked at so far from its walls, as peil is (docs/measuring.md A2)."""
REPLACED_SHARE, ON_PLOT_SHARE = 0.5, 0.5
"""A pand of which half lies under the design is replaced by it; one of which half lies on the plot belongs to it."""

DEMOLITION_PERMITTED = "sloopvergunning verleend"
"""BAG's status of a building that stands and may go."""
DOUBTED_SHARE, LEFT_M2 = 0.3, 4.0
"""A pand of which so much lies under the design may be replaced by it; where less is left than the smallest shed, the outlines only differ."""
UNTOLD = ("building", "other")
"""Kinds of parts that do not say what they are."""
STOREY_M, STANDS_HIGH_M = 1.5, 0.5
"""An aanbouw stays at least so much below the main building, and stands on the ground with it."""
ANNEX_M2, BESIDE_SHARE = 4.0, 0.2
"""Smaller lower bodies are steps and bays; what lies for more than a fifth under the rest is a storey or a cellar of it."""


def foot_of(context: Context) -> float:
    """Return where (m NAP) a design meets the ground: the lowest that peil may be, its own lowest point while nothing is known."""
    return float(context.design.bounds[0, 2]) if context.lowest_peil is None else context.lowest_peil


def standing_in(context: Context, area: BaseGeometry) -> tuple[RegisteredBuilding, ...]:
    """Return the buildings in an area (RD) that count as existing in this reading.

    A building that is permitted but not yet built (BAG: bouwvergunning verleend), that only the map has, or that lies below the ground, may count: an
    open point where there is one.
    """
    going = going_in(context, area)
    every = tuple(b for b in _in(area, (*context.site.registered_buildings, *drawn_beyond(context))) if b.fid not in going)
    below = underground(context) if every else frozenset()
    sunk = tuple(b for b in every if b.fid in below)
    standing = every if sunk and count_underground(context, sunk) else tuple(b for b in every if b not in sunk)
    planned = tuple(b for b in _in(area, planned_in(context)) if b.fid not in going)
    mapped = _in(area, unregistered(context))
    return (*standing, *(planned if count_planned(context, planned) else ()), *(mapped if count_unregistered(context, mapped) else ()))


def underground(context: Context) -> frozenset[str]:
    """Return which registered buildings (ids) lie below the ground by the map: all that it draws of them lies lower (BGT relatieveHoogteligging);
    found once."""
    return context.memo("underground", lambda: _underground(context))


def _underground(context: Context) -> frozenset[str]:
    panden = [item for item in context.site.topography if item.collection == "pand"]
    if all(item.level >= 0 for item in panden):
        return frozenset()
    found = set()
    for building in context.site.registered_buildings:
        own = [item for item in panden if item.building_id == building.fid]
        own = own or [item for item in panden if overlay.intersection(item.geometry, building.geometry).area > REPLACED_SHARE * building.geometry.area]
        if own and all(item.level < 0 for item in own):
            found.add(building.fid)
    return frozenset(found)


def count_underground(context: Context, buildings: Sequence[RegisteredBuilding]) -> bool:
    """Whether buildings that lie below the ground count as existing, in this reading."""
    return bool(buildings) and context.yes_no("underground_buildings_count", Note.of("engine_question_underground", panden=_ids(buildings)))


def planned_in(context: Context) -> tuple[RegisteredBuilding, ...]:
    """Return the buildings that are permitted and not yet built, by the register or by the map alone."""
    return (*context.site.planned_buildings, *_planned_on_map(context))


def _planned_on_map(context: Context) -> tuple[RegisteredBuilding, ...]:
    return context.memo("planned on the map", lambda: _unregistered(context, context.site.planned_topography))


def count_planned(context: Context, planned: Sequence[RegisteredBuilding | TopographyObject]) -> bool:
    """Whether buildings that are permitted and not yet built count as existing, in this reading."""
    return bool(planned) and context.yes_no("planned_buildings_count", Note.of("engine_question_planned", panden=_ids(planned)), likely=True)


def _in(area: BaseGeometry, buildings: Sequence[RegisteredBuilding]) -> tuple[RegisteredBuilding, ...]:
    shared = overlay.shared_areas(area, [building.geometry for building in buildings])
    return tuple(building for building, m2 in zip(buildings, shared) if m2 > TOUCH_M2)


def looks_at_buildings(
    context: Context, could: str, area: BaseGeometry, names: tuple[str, ...] = (), around_m: float = 0.0, layers: Sequence[str] = BUILDINGS,
) -> None:
    """Look at all that stands in an area (RD) and so far around it: in the register of buildings, and on the map, which also has what the register lacks."""
    for layer in layers:
        context.looks(layer, could, area, names, around_m=around_m, kinds=BUILT)


def unregistered(context: Context) -> tuple[RegisteredBuilding, ...]:
    """Return the buildings of the map (BGT pand) that the register of buildings does not have, without those that go; found once."""
    return context.memo("unregistered", lambda: _unregistered(context, context.site.topography))


def _unregistered(context: Context, topography: Sequence[TopographyObject]) -> tuple[RegisteredBuilding, ...]:
    registered = (*context.site.registered_buildings, *context.site.planned_buildings)
    known, going = {b.fid for b in registered}, going_told(context) or frozenset()
    found = []
    for item in topography:
        if item.collection != "pand" or item.level < 0 or {item.building_id, item.fid} & (known | going) or item.geometry.area < LEAST_M2:
            continue
        if not any(overlay.intersection(item.geometry, b.geometry).area > REPLACED_SHARE * item.geometry.area for b in registered):
            found.append(RegisteredBuilding(item.fid, item.geometry))
    return tuple(found)


def structures(context: Context, area: BaseGeometry) -> list[TopographyObject]:
    """Return what the map has beside buildings (BGT overigbouwwerk) in an area (RD), on the ground or over it, without what goes: a roof over paved
    ground lies on level 1, what it covers on level 0. One that is planned, or in a state that nobody knows, may count: an open point where there is one."""
    there, planned = (_structures(context, area, every) for every in (context.site.topography, context.site.planned_topography))
    return [*there, *(planned if count_planned(context, planned) else ())]


def _structures(context: Context, area: BaseGeometry, every: Sequence[TopographyObject]) -> list[TopographyObject]:
    going = going_told(context) or frozenset()
    found = [t for t in every if t.collection == "overigbouwwerk" and t.level >= 0 and t.fid not in going]
    return [t for t, m2 in zip(found, overlay.shared_areas(area, [t.geometry for t in found])) if m2 > TOUCH_M2]


def count_unregistered(context: Context, buildings: Sequence[RegisteredBuilding]) -> bool:
    """Whether buildings that only the map has count as existing, in this reading: what one register tells and another does not is not settled."""
    return bool(buildings) and context.yes_no("unregistered_count", Note.of("engine_question_unregistered", panden=_ids(buildings)), likely=True)


def _ids(buildings: Sequence[RegisteredBuilding | TopographyObject]) -> str:
    return ", ".join(building.fid for building in buildings)


def inputs_of_buildings(context: Context, buildings: Sequence[RegisteredBuilding]) -> tuple[InputUsed, ...]:
    """Return existing buildings as inputs, each of the layer, or the file, that has it."""
    mapped = {b.fid for b in (*unregistered(context), *_planned_on_map(context))}
    drawn = set(map(id, drawn_beyond(context)))
    bag = [b for b in buildings if b.fid not in mapped and id(b) not in drawn]
    bgt, own = [b for b in buildings if b.fid in mapped], [b for b in buildings if id(b) in drawn]
    return inputs_of("bag", *bag) + inputs_of("bgt", *bgt) + inputs_of("design", *own)


def joined_to(context: Context, could: str = HIGHER, least: bool = False) -> tuple[RegisteredBuilding, ...]:
    """Return the existing buildings of the plot that stay and that the design stands against: with them it may be one building.

    ``could``: which way a value moves that is measured with such a building. While the register or the plot is not known, nobody knows
    whether there is one, unless the officer says that the design is a building by itself. ``least``: it is measured for a norm of what a building must
    at least be: one closed body as large as a house must be that by itself, where the officer left the registers out.
    """
    going = going_told(context) or frozenset()
    shape = context.projection
    if bare(context.answers.get("whole_building")) is not False:
        left_out = [layer for layer in BUILDINGS if context.site.state(layer) is LayerState.NOT_ASKED] if least and _is_a_house(context) else []
        looks_at_buildings(context, could, shape, layers=[layer for layer in BUILDINGS if layer not in left_out])
    mapped = [b for b in unregistered(context) if b.geometry.distance(shape) <= AGAINST_M]
    known = (*context.site.registered_buildings, *drawn_beyond(context))
    near = [b for b in known if b.fid not in going and b.geometry.distance(shape) <= AGAINST_M]
    near += mapped if count_unregistered(context, mapped) else []
    doubted = _partly_under(context)
    near = [
        b for b in near
        if b.fid in doubted or _in_its_place(context, b, could) < REPLACED_SHARE * b.geometry.area or is_on_top_of(context, b, could)
    ]
    if not near:
        return ()
    if bare(context.answers.get("whole_building")) is not False:
        context.looks("parcels", could, shape)
    plot = shapely.union_all([parcel.geometry for parcel in plot_of(context)])
    near = [b for b in near if overlay.intersection(b.geometry, plot).area > ON_PLOT_SHARE * b.geometry.area]
    replaced = going_in(context, shapely.union_all([b.geometry for b in near])) if near else frozenset()
    return tuple(b for b in near if b.fid not in replaced)


def _is_a_house(context: Context) -> bool:
    """Whether a design is one closed body as large as a house."""
    return context.geometry.is_one_body and context.geometry.footprint.area >= HOUSE_M2


def going_in(context: Context, area: BaseGeometry) -> frozenset[str]:
    """Return the buildings (ids) in an area (RD) that go in this reading: those that the officer named; while none are named, whether one goes of
    which the design covers a good part and leaves a good part, or that has a permit to be demolished, is an open point."""
    told = going_told(context)
    if told is not None:
        return told
    doubted = _in(area, [b for b in context.site.registered_buildings if b.fid in _partly_under(context) or may_go(b)])
    if not doubted:
        return frozenset()
    ids = [b.fid for b in doubted]
    ways = [
        Alternative(frozenset(ids), ids, Note.of("choice_demolished", panden=", ".join(ids))),
        Alternative(frozenset(), [], Note.of("choice_stays", panden=", ".join(ids))),
    ]
    most = any(_in_its_place(context, b) >= REPLACED_SHARE * b.geometry.area for b in doubted)
    question = Question(GOING, Note.of("engine_question_demolition", panden=", ".join(ids)))
    return cast("frozenset[str]", context.settle(OpenPoint(GOING, question, tuple(ways if most else reversed(ways)))))


def may_go(building: RegisteredBuilding) -> bool:
    """Whether the register says of a building that it may be demolished."""
    return building.status.strip().lower() == DEMOLITION_PERMITTED


def _partly_under(context: Context) -> frozenset[str]:
    """Return the registered buildings (ids) of which a good part lies under the design and a good part does not: they may be replaced, or stay."""
    panden = context.site.registered_buildings
    return context.memo(("partly under", id(context.design)), lambda: frozenset(b.fid for b in panden if _is_partly_under(context, b)))


def _is_partly_under(context: Context, building: RegisteredBuilding) -> bool:
    under = _in_its_place(context, building)
    left = float(building.geometry.area) - under
    return under >= DOUBTED_SHARE * building.geometry.area and left >= LEFT_M2 and not is_on_top_of(context, building)


def _in_its_place(context: Context, building: RegisteredBuilding, could: str = HIGHER) -> float:
    """Return how much (m2) of a building the design stands in the place of: a cellar under it is in nobody's place. ``could``: which way a value moves
    that is then measured with the building."""
    covered = float(overlay.intersection(building.geometry, context.projection).area)
    if covered < DOUBTED_SHARE * building.geometry.area:
        return covered
    ground, spans = _ground_at(context, building, could), [part.z_range for part in context.design.parts]
    if ground is None or min(low for low, _ in spans) > ground - CELLAR_M:
        return covered
    over = [part for part, (_, high) in zip(context.design.parts, spans) if high > ground + SUNK_M]
    return float(overlay.intersection(building.geometry, projection(over)).area)


def is_on_a_roof(context: Context) -> bool:
    """Whether a design by itself stands on a part of the roof of a building that stays: a dormer, or a raised part of it; what covers most of that roof is
    a storey of its own."""
    shape = context.projection
    if context.joined is not None or shape.is_empty:
        return False
    under = overlay.shared_areas(shape, [building.geometry for building in context.site.registered_buildings])
    return any(
        area >= ON_PLOT_SHARE * shape.area and shape.area < REPLACED_SHARE * building.geometry.area and is_on_top_of(context, building)
        for area, building in zip(under, context.site.registered_buildings)
    )


def is_on_top_of(context: Context, building: RegisteredBuilding, could: str = HIGHER) -> bool:
    """Whether the design begins above the ground of a building: it is built on top of it and does not replace it. While no ground is known
    nobody knows (``could``: which way a value moves that is then measured with the building)."""
    ground = _ground_at(context, building, could)
    return ground is not None and float(context.design.bounds[0, 2]) > ground + ON_TOP_M


def _ground_at(context: Context, building: RegisteredBuilding, could: str) -> float | None:
    """Return where (m NAP) a building meets the ground: by its model, as it is drawn, by the terrain in it or round it (that of the country has none
    under what stands); None while no ground is known."""
    model = next((m for m in context.site.buildings3d if m.fid == building.fid and m.ground_nap is not None), None)
    if model is not None and model.ground_nap is not None:
        return float(model.ground_nap)
    drawn = drawn_of(context, building)
    if drawn:
        return min(part.z_range[0] for part in drawn)
    terrain = context.site.terrain
    if terrain is None:
        context.looks("buildings3d", could)
        context.looks("terrain", could)
        return None
    for place in (building.geometry.representative_point(), overlay.grown(building.geometry, AROUND_M)):
        heights = terrain.sample(*shapely.get_coordinates(place).T)
        if np.isfinite(heights).any():
            return float(np.nanmean(heights))
    return None


def object_of(rule: Rule, context: Context, about: str, could: str = HIGHER, least: bool = False) -> Context:
    """Return the context of what a norm is about in this reading: the design, or with the existing building it is one with.

    ``about``: what the check declares, part | building | plot; ``could``: which way a value moves where the existing building is along; ``least``: the
    norm says what there must be at least.
    """
    if about != BUILDING or not _of_a_building(rule) or not context.design.parts:
        return context
    near = joined_to(context, could, least)
    if not near:
        _nothing_there(context)
        return context
    names = ", ".join(building.fid for building in near)
    if not context.yes_no("whole_building", Note.of("engine_question_whole", panden=names), likely=True):
        return context
    key = ("joined design", id(context.design), tuple(map(id, context.existing)), names)
    design, outline_only = context.memo(key, lambda: together(context, near))
    if outline_only:  # it stands in as high as the design, and may be higher or lower
        context.ledger.missed(Unseen(Note.of("engine_bare_outline"), could, HEIGHTS))
    return replace(context, design=design, joined=Joined(near, context.design, outline_only))


def _nothing_there(context: Context) -> None:
    """Keep that the officer said that a design is one building with an existing one, where none stands against it."""
    if bare(context.answers.get("whole_building")) is True and context.knows("bag") and context.knows("bgt"):
        context.unheard("whole_building", Note.of("premise_no_building_against", key="whole_building"))


def _of_a_building(rule: Rule) -> bool:
    wanted = rule.applies_when.get("object", {})
    named = wanted.get("kind", ())
    kinds = (*rule.applies_to, *((named,) if isinstance(named, str) else named))
    return not (wanted.get("classes") or wanted.get("classes_not")) and (not kinds or any(kind in OF_A_BUILDING for kind in kinds))


def together(context: Context, near: Sequence[RegisteredBuilding]) -> tuple[Design, bool]:
    """Return the design with existing buildings as parts, and whether one of them has no 3D model, in the register nor in the file."""
    design, models = context.design, {model.fid: model for model in context.site.buildings3d if len(model.triangles)}
    parts, bare = list(design.parts), False
    for building in near:
        model, drawn = models.get(building.fid), drawn_of(context, building)
        if model is None and drawn:
            parts += [part for part in drawn if part not in parts]
            continue
        bare |= model is None
        triangles = model.triangles if model is not None else _as_high_as(design, building)
        parts.append(Part(f"pand.{building.fid}", triangles.reshape(-1, 3), np.arange(3 * len(triangles)).reshape(-1, 3), "building", "BAG pand", building.fid))
    return replace(design, parts=tuple(parts)), bare


def _as_high_as(design: Design, building: RegisteredBuilding) -> Floats:
    shape = polygons_only(building.geometry)
    low, high = (float(z) for z in design.bounds[:, 2])
    origin = np.floor([*shape.bounds[:2], low])
    return triangles_of(prism(shape, origin, low, high), origin)


def said_of(context: Context, found: Finding) -> Finding:
    """Return a finding with the existing buildings that it was measured with."""
    if context.joined is None:
        return found
    buildings = context.joined.buildings
    note = Note.of("engine_with_existing", panden=", ".join(building.fid for building in buildings))
    return replace(found, inputs=(*found.inputs, *inputs_of_buildings(context, buildings)), notes=(*found.notes, note))


def annex_parts(context: Context) -> tuple[Part, ...]:
    """Return the bodies of a design that may be an aanbouw, found once for all readings."""
    return context.memo(("annex parts", id(context.design)), lambda: _annex_parts(context))


def _annex_parts(context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that may be an aanbouw: bodies that are closed, on the ground, a storey lower than the rest, and beside it in plan;
    where it is drawn in walls and roofs, the wing that they make."""
    return _annex_bodies(context) or context.geometry.low_wings[0]


def _annex_bodies(context: Context) -> tuple[Part, ...]:
    closed = [part for part in context.design.parts if part.closed and part.kind in UNTOLD]
    if len(closed) < 2:
        return ()
    low, top = float(context.design.bounds[0, 2]), max(part.z_range[1] for part in closed)
    room = [part for part in closed if part.z_range[1] - part.z_range[0] >= ROOM_M]
    lower = [part for part in room if part.z_range[1] <= top - STOREY_M and part.z_range[0] <= low + STANDS_HIGH_M]
    own = {id(part) for part in lower}
    rest = projection([part for part in context.design.parts if id(part) not in own])
    plans = ((part, projection([part])) for part in lower)
    return tuple(part for part, plan in plans if plan.area >= ANNEX_M2 and overlay.intersection(plan, rest).area < BESIDE_SHARE * plan.area)


def cellar_parts(context: Context) -> tuple[Part, ...]:
    """Return the parts of a design that are a cellar under a house that stands and stays: they are of that house, whatever the ground hides of it."""
    going = going_told(context) or frozenset()
    houses = [one.geometry for one in context.site.registered_buildings if one.fid not in going and one.geometry.area >= HOUSE_M2]
    key = ("cellar parts", context.measured_from, going)
    return () if context.joined else context.memo(key, lambda: cellars_under(context.design.parts, foot_of(context), houses))


def is_a_cellar(context: Context) -> bool:
    """Whether all of a design is a cellar under a house that stands."""
    return bool(context.design.parts) and len(cellar_parts(context)) == len(context.design.parts)
