"""Which of a design and of what stands on the plot is a secondary building (bijgebouw, aan- of uitbouw, overkapping)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from ....measure.building.design_geometry import DesignGeometry
from ....measure.building.footprint import polygons_only, projection
from ....measure.building.named_kinds import STRUCTURE, is_no_room
from ....measure.plane import overlay
from ....measure.plane.distance import boundary_segments, foremost, road_on_left
from ....model import Design, Note, Part, Question, RegisteredBuilding, Rule, TopographyObject, UncertaintySource
from ...engine.base import BGT_OUTLINE_UNCERTAINTY_M, Context
from ...engine.drawn_along import drawn_beyond, named_there
from ...engine.objects import (
    DWELLING_M2,
    HOUSE_M2,
    MAIN,
    OTHER,
    SECONDARY,
    Objects,
    another_main,
    kind_alone,
    large,
    objects_of,
    parts_told,
    whole_told,
)
from ...engine.open_points.answer_words import is_place, named_in
from ...engine.open_points.points import Alternative, OpenPoint
from ...engine.open_points.unseen import LOWER
from ...engine.plot import UNMEASURED_M, plot_of
from ...engine.scope import kinds_of
from ...engine.standing import AGAINST_M, cellar_parts, standing_in, structures
from ...engine.weighing import stated
from ..roofs_under import on_a_building_that_stands
from .boundaries import SAME_WAY, direction_of, facade_lines, nearest_on_left, proposed_edges, roads_of
from .hanging import SEAM_M, VERANDA_M, hanging
from .main_body import main_body_of

MAIN_USELESS = ("overige gebruiksfunctie",)
OVER_M = 0.6
"""Outlines of the register and boundaries are drawn to some 0.3 m each: what reaches further over a boundary stands there."""
OVERHANG_M = 1.0
OPEN_M2 = 1.0
FAR_M = 500.0
NONE_OF_THEM = "none of these"
"""The answer that no building on the plot is the main building."""
MOST_MAIN = 4
"""Each of so many buildings with an address is tried as the only main building of a plot; with more the officer must say which it is."""
MOST_NAMES = 12
"""So many names of parts show how a file names them; more are a list that nobody reads."""
BESIDE_M = 0.001
STRAIGHT_M = 0.05
STANDING = ("attached", "detached")
"""How a secondary building stands: against a main building (aan- of uitbouw), or apart from it."""


NOTHING_AT = "surroundings_nothing_at"
"""What is said of places of secondary buildings at which the design has nothing."""


@dataclass(frozen=True, eq=False)
class Secondary:
    """The secondary part of a design: ``design`` with only its parts, ``shape`` its footprint (RD), ``main`` the footprint of the main
    building of the same design (None when the design is the secondary building); ``notes`` how it was told apart."""

    design: Design
    shape: BaseGeometry
    main: BaseGeometry | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, eq=False)
class Existing:
    """What stands and stays on the plot: ``shape`` (RD) of the secondary buildings, ``main`` of the main building, the objects used."""

    shape: BaseGeometry
    main: BaseGeometry
    panden: tuple[RegisteredBuilding, ...]
    structures: tuple[TopographyObject, ...]


def secondary_of(rule: Rule, context: Context) -> Secondary:
    """Return the secondary part of a design: the named parts (``secondary_parts``), the bodies at ``secondary_at`` (RD points), else all but the
    main building of this reading, and what of that may be an aanbouw; with ``measure.body: all`` the whole design."""
    context = _buildings_only(context)
    if not context.design.parts:
        return Secondary(context.design, shapely.MultiPolygon(), None)
    design, ground = context.design, ground_of(context)
    wanted = named_in(stated(rule, context, "secondary_parts"))
    if wanted:
        chosen = replace(design, parts=tuple(p for p in design.parts if wanted & {p.fid, p.name, p.kind}))
        shape = DesignGeometry(chosen, context.geometry.ground_nap).footprint
        shape = shape if not shape.is_empty else projection(chosen.parts)
        return Secondary(chosen, shape, polygons_only(shapely.difference(ground, shape)))
    bodies = list(shapely.get_parts(ground))
    given = stated(rule, context, "secondary_at")
    points = [given] if is_place(given) else [point for point in given if is_place(point)] if isinstance(given, (list, tuple)) else []
    if points:
        places = [shapely.Point(point) for point in points]
        own = [body for body in bodies if any(body.distance(place) < OVERHANG_M for place in places)]
        missed = [f"({place.x:.1f}, {place.y:.1f})" for place in places if not any(body.distance(place) < OVERHANG_M for body in bodies)]
        found = _of_bodies(design, own, [body for body in bodies if not any(body is other for other in own)])
        return replace(found, notes=(Note.of(NOTHING_AT, places=", ".join(missed)),)) if missed else found
    if kinds_of(rule) and set(kinds_of(rule)) <= set(SECONDARY):  # the rule's own words chose them, and nothing of the main building is left
        main = main_of(context) if context.others else None
        return Secondary(design, ground if main is None else polygons_only(overlay.difference(ground, main)), main)
    if whole_told(context) == MAIN[0] and _is_main(objects_of(context)):
        return Secondary(replace(design, parts=()), shapely.MultiPolygon(), ground)
    if rule.measure.get("body") == "all" or _beside_a_house(context, bodies):
        return Secondary(design, ground, None)
    told = objects_of(context)
    if (_is_main(told) and len(bodies) > 1) or all(kind in OTHER for kind in told.kinds):
        return Secondary(replace(design, parts=()), shapely.MultiPolygon(), ground)
    if MAIN[0] not in told.kinds or (len(bodies) < 2 and _may_be_secondary(context, told) and kind_alone(context) != MAIN[0]):
        return Secondary(design, ground, None, told.notes)
    main = main_body_of(context, ground)
    found = _of_bodies(design, [body for body in bodies if not body.equals(main)], [main])
    others = {id(part) for part in found.design.parts}
    annex = tuple(part for part, kind in zip(told.parts, told.kinds) if kind in SECONDARY and id(part) not in others)
    assumed = bool(told.notes and found.design.parts)  # where the officer said what each part is nothing was taken for granted
    note = Note.of("surroundings_largest_is_main", area=round(float(main.area), 1))
    return _with_annex(replace(found, notes=(note,) if assumed else ()), annex)


def _is_main(told: Objects) -> bool:
    """Whether all of a design is a main building, in this reading."""
    return set(told.kinds) == {MAIN[0]}


def main_of(context: Context) -> BaseGeometry:
    """Return the footprint (RD) of the main building among the parts of a design that a rule is not about."""
    rest = context.with_parts((*context.design.parts, *context.others))
    main = objects_of(rest).of(MAIN[0])
    others = {id(part) for part in context.others}
    own = tuple(part for part in (context.others if main is None else main) if id(part) in others)
    return context.with_parts(own).geometry.footprint if own else shapely.MultiPolygon()


def _buildings_only(context: Context) -> Context:
    """Return a context without the parts that are a structure, by shape or by the officer's word, or of a building that stands (a dormer on its roof, a
    cellar under it): they are no secondary buildings."""
    of_it = {id(part) for part in (*on_a_building_that_stands(context, LOWER), *cellar_parts(context))}
    beside = tuple(part for part in context.design.parts if id(part) not in of_it)
    context = context.with_parts(beside) if of_it and beside else context
    structures = any(part.kind == STRUCTURE for part in context.design.parts)
    told = objects_of(context) if structures or parts_told(context) else None
    return context if told is None else context.with_parts(tuple(part for part, kind in zip(told.parts, told.kinds) if kind not in OTHER))


def standing_of(found: Secondary, rule: Rule, context: Context) -> Secondary:
    """Return of secondary buildings those that stand as the rule says (``measure.standing``): against a main building, of the design or existing, or
    apart from it. Of a design without one that anybody knows it is asked."""
    wanted = rule.measure.get("standing")
    if wanted is None or found.shape.is_empty:
        return found
    existing = existing_on(context).main
    if all(shape is None or shape.is_empty for shape in (found.main, existing)):
        stands = context.word("annex_standing", Note.of("surroundings_question_standing"), STANDING) == wanted
        return found if stands else replace(found, design=replace(found.design, parts=()), shape=shapely.MultiPolygon())
    own = bodies_standing(found.shape, found, existing, rule)
    kept = _of_bodies(found.design, list(shapely.get_parts(own)) if not own.is_empty else [], [])
    return replace(found, design=kept.design, shape=kept.shape)


def bodies_standing(shape: BaseGeometry, part: Secondary, existing: BaseGeometry, rule: Rule) -> BaseGeometry:
    """Return of bodies (RD) those that stand as the rule says against or apart from the main building, of the design or ``existing``."""
    wanted = rule.measure.get("standing")
    mains = [one for one in (part.main, existing) if one is not None and not one.is_empty]
    if wanted is None or shape.is_empty or not mains:
        return shape
    main = shapely.union_all(mains)
    own = [body for body in shapely.get_parts(shape) if (body.distance(main) <= AGAINST_M) is (wanted == STANDING[0])]
    return shapely.union_all(own) if own else shapely.MultiPolygon()


def _beside_a_house(context: Context, bodies: Sequence[BaseGeometry]) -> bool:
    """Whether a design is one building, too small or low to be a dwelling, on a plot on which a main building stands and stays, and apart from it:
    no main building. What is built against one may be an extension of it, which is asked."""
    settled = whole_told(context) is not None or parts_told(context)
    if len(bodies) > 1 or settled or not another_main(context) or large(context, DWELLING_M2) or is_no_room(context.design.parts):
        return False
    main = existing_on(context).main
    return main.is_empty or float(context.projection.distance(main)) > AGAINST_M


def _may_be_secondary(context: Context, told: Objects) -> bool:
    """Whether nothing but its being alone says that a design is the main building."""
    return told.notes == (Note.of("engine_assumed_main"),) and not large(context, HOUSE_M2)


def _with_annex(found: Secondary, annex: tuple[Part, ...]) -> Secondary:
    """Return secondary buildings with the parts that stand against the main building."""
    if not annex:
        return found
    plan = projection(annex)
    main = None if found.main is None else polygons_only(overlay.difference(found.main, plan))
    design = replace(found.design, parts=(*found.design.parts, *annex))
    return replace(found, design=design, shape=polygons_only(overlay.union([found.shape, plan])), main=main)


def unknown_parts(context: Context, named: Iterable[str]) -> Note:
    """Return the note that a rule names parts that the design does not have, with those that it has."""
    known = dict.fromkeys(part.name or part.fid for part in context.design.parts)
    return Note.of("surroundings_parts_unknown", named=", ".join(map(str, named)), known=", ".join(list(known)[:MOST_NAMES]))


def ground_of(context: Context) -> BaseGeometry:
    """Return what the design covers (RD): its footprint, and what stands apart without walls (a carport, an open roof) projected."""
    footprint = context.geometry.footprint
    apart = [body for body in shapely.get_parts(context.projection) if body.area > OPEN_M2 and not body.intersects(footprint)]
    roofs = hanging(context, VERANDA_M)
    apart += [] if roofs.is_empty else [overlay.difference(roofs, overlay.grown(footprint, SEAM_M))]  # a veranda is a body beside the house
    return polygons_only(shapely.union_all([footprint, *apart])) if apart else footprint


def one_per_front(lines: Sequence[LineString], shape: BaseGeometry) -> list[LineString]:
    """Return of the facade lines of each front (a corner plot has more) the one nearest to a shape."""
    chosen: list[LineString] = []
    for line in sorted(lines, key=lambda item: float(item.distance(shape))):
        if all(float(direction_of(line) @ direction_of(other)) < SAME_WAY for other in chosen):
            chosen.append(line)
    return chosen


def _of_bodies(design: Design, own: list[BaseGeometry], others: list[BaseGeometry]) -> Secondary:
    shape, main = (shapely.union_all(bodies) if bodies else shapely.MultiPolygon() for bodies in (own, others))
    if shape.is_empty:
        return Secondary(replace(design, parts=()), shape, main)
    middles = shapely.points(np.array([part.vertices[:, :2].mean(axis=0) for part in design.parts]).reshape(-1, 2))
    away = shapely.distance(middles, shape)
    nearest = (away < OVERHANG_M) & (away <= (np.inf if main.is_empty else shapely.distance(middles, main)))
    return Secondary(replace(design, parts=tuple(part for part, is_near in zip(design.parts, nearest) if is_near)), shape, main)


def existing_on(context: Context) -> Existing:
    """Return the existing buildings on the plot without those in the answer ``demolition``.

    Main is the pand (or panden) of the answer ``main_building``, else one with an address or a use of its own; every other pand and BGT structure
    counts as secondary, as far as it stands on the plot. Of several with an address any may be the main building, or all; what only the design's
    file draws may be it or not.
    """
    plot = shapely.union_all([parcel.geometry for parcel in plot_of(context)])
    addressed = {fid for address in context.site.addresses for fid in address.building_ids}
    there = standing_in(context, plot)
    used = {b.fid for b in there if b.fid in addressed or any(use and use not in MAIN_USELESS for use in b.uses)}
    panden = [b for b in there if _on(b.geometry, plot)]
    able = [b.fid for b in panden if b.fid in used]
    drawn = [b.fid for b in drawn_beyond(context) if b in panden]
    mains = named_there(context, "main_building", {NONE_OF_THEM, *(b.fid for b in panden)}) or _mains(context, able, drawn)
    others = [t for t in structures(context, plot) if _on(t.geometry, plot) or _reaches_over(t.geometry, plot)]
    small = [b for b in panden if b.fid not in mains]
    small += [b for b in there if b not in panden and b.fid not in used and _reaches_over(b.geometry, plot)]  # a double shed on the boundary
    shape = polygons_only(shapely.union_all([*(b.geometry for b in small), *(t.geometry for t in others)])) if small or others else shapely.MultiPolygon()
    main = polygons_only(shapely.union_all([b.geometry for b in panden if b.fid in mains])) if panden else shapely.MultiPolygon()
    return Existing(polygons_only(overlay.intersection(shape, plot)), main, tuple(small), tuple(others))


def _mains(context: Context, able: Sequence[str], drawn: Sequence[str]) -> frozenset[str]:
    """Return which panden (ids) are the main building, in this reading: all that have an address or a use of their own, or one of them, or one
    that only the file draws, of which nobody says what it is used for."""
    if len(able) < 2 and not drawn:
        return frozenset(able)
    several = [list(able)] if len(able) > 1 else []
    ways = [*several, *([fid] for fid in (*able, *drawn)[:MOST_MAIN]), *([] if able else [[NONE_OF_THEM]])]
    question = Question("main_building", Note.of("surroundings_question_main_building", panden=", ".join((*able, *drawn))))
    point = OpenPoint("main_building", question, tuple(_main(way) for way in ways), len(able) + len(drawn) > MOST_MAIN)
    return cast("frozenset[str]", context.settle(point))


def _main(way: list[str]) -> Alternative:
    note = Note.of("choice_no_main_building") if way == [NONE_OF_THEM] else Note.of("choice_main_building", panden=", ".join(way))
    return Alternative(frozenset(way), way, note)


def _on(shape: BaseGeometry, plot: BaseGeometry) -> bool:
    return bool(overlay.intersection(shape, plot).area > 0.5 * shape.area)


def _reaches_over(shape: BaseGeometry, plot: BaseGeometry) -> bool:
    """Whether an outline that stands for the most elsewhere has a part on the plot that neither drawing's accuracy explains."""
    return not shapely.buffer(polygons_only(overlay.intersection(shape, plot)), -OVER_M / 2).is_empty


OTHER_SIZE = "doubt_parcel_size"
"""What is said of a parcel whose registered size is another than that of its outline."""


def plot_uncertainty(context: Context, plot: BaseGeometry) -> float:
    """Return how uncertain the area (m2) of a plot is whose boundary was not measured yet, or whose drawn size the register contradicts (which of
    the two is right nobody knows); 0 of any other."""
    own = plot_of(context)
    doubt = sum(source.value for source in area_uncertainty(plot, UNMEASURED_M, "boundary")) if any(parcel.unmeasured for parcel in own) else 0.0
    doubted = [parcel for parcel in own if any(note.code == OTHER_SIZE for note in context.doubts.get(("parcels", parcel.fid), ()))]
    differs = abs(sum((parcel.registered_area_m2 or 0.0) - parcel.geometry.area for parcel in doubted))
    if not differs:
        return doubt
    drawn = sum(parcel.geometry.area for parcel in own)
    least = min(drawn, sum((parcel.registered_area_m2 if parcel in doubted else None) or parcel.geometry.area for parcel in own))
    return doubt + float(differs * plot.area / least)  # so that a share of the least of both sizes is within it


def area_uncertainty(shape: BaseGeometry, side_m: float = BGT_OUTLINE_UNCERTAINTY_M, name: str = "existing_outline") -> tuple[UncertaintySource, ...]:
    """Return how uncertain the area (m2) of an outline is: each straight side independently by ``side_m`` (GUM 5.1.2)."""
    if shape.is_empty:
        return ()
    sides = boundary_segments(shapely.simplify(shape, STRAIGHT_M))
    lengths = np.hypot(*(sides[:, 1] - sides[:, 0]).T)
    return (UncertaintySource(name, round(float(np.sqrt(((lengths * side_m) ** 2).sum())), 3)),)


def joined_sources(context: Context, unit: str) -> tuple[UncertaintySource, ...]:
    """Return how uncertain the outlines of existing buildings measured with the design make a length, an area or a volume (``unit``)."""
    if context.joined is None:
        return ()
    if unit == "m":
        return (UncertaintySource("existing_outline", BGT_OUTLINE_UNCERTAINTY_M),)
    outline = polygons_only(shapely.difference(shapely.union_all([b.geometry for b in context.joined.buildings]), context.alone.projection))
    doubt = area_uncertainty(outline)
    if unit == "m2":
        return doubt
    low, high = (float(z) for z in context.design.bounds[:, 2])
    return tuple(replace(source, value=round(source.value * (high - low), 3)) for source in doubt)


def front_lines(context: Context, main: BaseGeometry) -> list[LineString]:
    """Return the line of the front facade of each front (road on its left, prolonged on both sides) that the officer or the plan gives."""
    return [prolonged(line) for line in one_per_front(facade_lines(context)[0], main if not main.is_empty else context.projection)]


def proposed_fronts(context: Context, main: BaseGeometry) -> list[LineString]:
    """Return where the line of the front facade may be (road on its left, prolonged): along the main building's face at the plot's front,
    which is proposed, then along that at each other side of the plot; none where front or building are not known."""
    edges = proposed_edges(context)[0]
    fronts = sorted((edge.line for edge in edges if edge.side == "front"), key=lambda line: -line.length)
    if not fronts or main.is_empty:
        return []
    facing = nearest_on_left(_straight(fronts[0]), [road.geometry for road in roads_of(context)])
    others = [*fronts[1:], *(edge.line for edge in edges if edge.side != "front")]
    turned = [(line, edge.interpolate(0.5, normalized=True)) for edge in others if (line := _inward(edge, main)) is not None]
    return [_along(main, facing), *(_along(main, road_on_left(line, middle)) for line, middle in turned)]


def _straight(edge: LineString) -> LineString:
    return prolonged(LineString(shapely.get_coordinates(edge)[[0, -1]]))


def _inward(edge: LineString, main: BaseGeometry) -> LineString | None:
    """Return the line through the middle of a building along a side of the plot, so that the side lies on one side of it."""
    step = direction_of(edge)
    middle = shapely.get_coordinates(main.centroid)[0]
    line = LineString([middle - FAR_M * step, middle + FAR_M * step])
    return line if line.distance(edge.interpolate(0.5, normalized=True)) > OPEN_M2 else None


def _along(main: BaseGeometry, facing: LineString) -> LineString:
    """Return a line moved to the foremost face of a building on its left."""
    start, end = shapely.get_coordinates(facing)[[0, -1]]
    along = (end - start) / np.hypot(*(end - start))
    shift = np.array([-along[1], along[0]]) * max(max(stretch.v0, stretch.v1) for stretch in foremost(main, facing))
    return LineString([start + shift, end + shift])


def settled_front(context: Context, ways: Sequence[LineString]) -> LineString:
    """Return which of the proposed fronts holds in this reading; answered with the line and a point on its road side."""
    found = []
    for number, line in enumerate(ways, start=1):
        start, end = shapely.get_coordinates(line)[[0, -1]]
        along = (end - start) / np.hypot(*(end - start))
        before = (start + end) / 2 + np.array([-along[1], along[0]]) * FAR_M
        answered = {"lines": [np.round([start, end], 3).tolist()], "road_side": np.round(before, 3).tolist()}
        found.append(Alternative(line, answered, Note.of("choice_front", number=number)))
    question = Question("facade_line", Note.of("surroundings_question_facade_line"), "lines")
    return cast("LineString", context.settle(OpenPoint("facade_line", question, tuple(found))))


def prolonged(line: LineString) -> LineString:
    """Return a line made longer in a straight line at both ends."""
    xy = shapely.get_coordinates(line)
    first, last = xy[0] - xy[1], xy[-1] - xy[-2]
    return LineString([xy[0] + first / np.hypot(*first) * FAR_M, *xy, xy[-1] + last / np.hypot(*last) * FAR_M])


def ground_before(line: LineString) -> BaseGeometry:
    """Return the ground (RD) before a facade line and its prolongation, up to ``FAR_M``: what lies on its left."""
    longer = prolonged(line)
    if longer.is_simple:
        parts = shapely.get_parts(split(shapely.buffer(longer, FAR_M, cap_style="flat"), prolonged(longer)))
        corners = shapely.get_coordinates(line)
        first = int(np.argmax(np.hypot(*np.diff(corners, axis=0).T)))
        start, end = corners[first : first + 2]
        step = np.array([start[1] - end[1], end[0] - start[0]]) / np.hypot(*(end - start))
        found = parts[shapely.contains_xy(parts, *((start + end) / 2 + BESIDE_M * step))]
        if len(found) == 1 and len(parts) > 1:
            return found[0]
    return shapely.buffer(longer, FAR_M, single_sided=True)
