"""The lines that distances are measured to: sides of the plot, the road, the facade line; confirmed by the officer or proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ....measure.plane import overlay
from ....measure.plane.distance import PlotEdge, extent_along, main_directions, plot_edges, road_on_left
from ....model import Design, Finding, InputUsed, Note, Parcel, Question, Rule, TopographyObject, UncertaintySource, Verdict
from ....model.arrays import Floats
from ...engine.base import Context, finding, inputs_of, not_assessable
from ...engine.objects import MAIN_SHARE
from ...engine.open_points.answer_words import is_number, is_place
from ...engine.open_points.points import lines_point
from ...engine.open_points.unseen import EITHER
from ...engine.plot import BUILT_UP_M, RURAL_M, UNMEASURED_M, beside, boundary_doubt, looks_under, plot_of
from ...engine.weighing import answer, declared, good_lines, lacking, lines_in, switch_word, wrong_lines
from .hanging import built_over, hanging, low_counted, projected, with_hanging, with_rooms_below
from .main_body import main_body_of

ROADS = ("wegdeel",)
"""Collections of the map (BGT) that a front may lie along."""
OFF_BOUNDARY_M = 5.0
"""A line that the officer draws along a boundary lies no further from where the cadastre has one."""
SAME_LINE_M = 0.002
"""An answer has its coordinates to the millimetre."""
SIDE_KEYS = ("front_boundary", "side_boundaries", "rear_boundary")
"""Answers that draw a side of the plot."""
BODIES = {"alle gebouwen": "all", "alleen het hoofdgebouw": "main"}
"""Which of the buildings of a design a rule is about: answers to ``body``, each with the switch's word."""
OWN_LINE_M = 0.5
GAP_M = 0.01
TURN_DEG = 3.0
"""Between two directions this far apart a building of 20 m is a centimetre longer or shorter."""
SAME_WAY = float(np.cos(np.radians(20.0)))
"""Fronts that turn less than a corner does are one front."""


@dataclass(frozen=True, eq=False)
class Boundary:
    """Lines (RD) of one side of the plot, in this reading. ``attached``: numbers (from 0) of lines that the building may stand against;
    ``missing``: why there are no lines."""

    lines: tuple[LineString, ...] = ()
    attached: frozenset[int] = frozenset()
    inputs: tuple[InputUsed, ...] = ()
    missing: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()


def main_body(rule: Rule, context: Context) -> BaseGeometry:
    """Return what is measured (RD): the wall-enclosed footprint, everything that is seen from above (``measure.of: projection``), or of either
    only the main building (``measure.body: main``); where a rule does not say which, that is open of a design with sheds beside a house."""
    shape = context.geometry.footprint
    if rule.measure.get("of") == "projection":
        shape = with_rooms_below(rule, context, overlay.union([projected(context), low_counted(rule, context)]))
    if "body" in rule.measure or context.joined is not None or names_objects(rule) or not has_lesser(shape):
        return main_body_of(context, shape) if rule.measure.get("body") == "main" else shape
    word = switch_word(rule, context, "body", Note.of("zoning_question_body", count=len(shapely.get_parts(shape))), BODIES)
    return main_body_of(context, shape) if word == "main" else shape


def names_objects(rule: Rule) -> bool:
    """Whether a rule says which kinds of object it is about."""
    return bool(rule.applies_to or rule.applies_when.get("object"))


def has_lesser(shape: BaseGeometry) -> bool:
    """Whether beside the largest body of a shape (RD) one stands that is too small to be a building of the same kind: a shed beside a house."""
    areas = shapely.area(shapely.get_parts(shape))
    return bool(len(areas) > 1 and areas.min() < MAIN_SHARE * areas.max())


def any_point(rule: Rule, context: Context) -> BaseGeometry:
    """Return what distances are measured from (RD): the main body, with what hangs out of it and what lies below ground where these count;
    whether they do is an open point where there are any. Of a design in which nothing encloses all of it hangs out; empty where that does not count."""
    shape = main_body(rule, context)
    if rule.measure.get("of") == "projection" and not shape.is_empty:
        return shape
    if not context.geometry.encloses:
        return built_over(context, rule)
    extra = overlay.union([hanging(context), low_counted(rule, context)])
    return with_hanging(context, with_rooms_below(rule, context, shape), extra=extra)


def no_body(rule: Rule, context: Context, subject: Note, **parts: Any) -> Finding:
    """Return the finding of a design of which nothing is left to measure: an open roof or a mast by itself is no building in this reading."""
    if context.geometry.encloses:
        return not_assessable(rule, context, subject, Note.of("surroundings_no_body"), **parts)
    return finding(rule, context, subject, Verdict.NOT_APPLICABLE, notes=(Note.of("surroundings_no_building"),), **parts)


def roads_of(context: Context) -> tuple[TopographyObject, ...]:
    """Return the current roads and paths at ground level."""
    return tuple(t for t in context.site.topography if t.collection in ROADS and t.level == 0)


def proposed_edges(context: Context) -> tuple[tuple[PlotEdge, ...], tuple[InputUsed, ...], tuple[Note, ...]]:
    """Return the plot's boundary told front, side and rear by the road, what it rests on, and what is missing."""
    parcels, roads = plot_of(context), roads_of(context)
    if not parcels or not roads:
        missing = lacking(context, "parcels", "bgt")
        if not parcels and not missing:
            missing = (Note.of("surroundings_no_plot"),)
        return (), (), missing or (Note.of("surroundings_no_road"),)
    edges = context.memo(("plot edges", tuple(map(id, parcels))), lambda: _edges(parcels, roads))
    return edges, inputs_of("parcels", *parcels), ()


def _edges(parcels: Sequence[Parcel], roads: Sequence[TopographyObject]) -> tuple[PlotEdge, ...]:
    plot = shapely.union_all([parcel.geometry for parcel in parcels])
    if len(parcels) > 1:  # of two parcels drawn a hair apart the line between them is no boundary of the plot
        plot = overlay.grown(overlay.grown(plot, GAP_M), -GAP_M)
    near = [road for road in roads if road.geometry.distance(plot) < 100.0] or list(roads)
    return plot_edges(plot, shapely.union_all([road.geometry for road in near]))


def boundary_of(context: Context, side: str, key: str) -> Boundary:
    """Return the front, side or rear boundary: the officer's lines (answer ``key``), else the proposal or any other side, by reading."""
    given = context.answers.get(key)
    if given is not None:
        lines, wrong = lines_in(answer(context, key)) or (), wrong_lines(context, key)
        if not wrong and context.knows("parcels") and any(_on_no_boundary(line, context) for line in lines):
            wrong = (Note.of("surroundings_line_no_boundary", key=key, away=OFF_BOUNDARY_M),)
        if wrong:
            return Boundary(missing=wrong)
        words = _words(context, key)
        listed = words.get("attached") or ()
        numbers = [str(number) for number in (listed if isinstance(listed, (list, tuple)) else [listed])]
        attached = frozenset(number for number in range(len(lines)) if str(number + 1) in numbers)
        if len(attached) != len(set(numbers)):
            wrong = (Note.of("surroundings_attached_unknown", key=key, count=len(lines)),)
        doubt = words.get("uncertainty_m")
        if doubt is not None and not (is_number(doubt) and doubt >= 0):
            wrong += (Note.of("surroundings_doubt_unread", key=key),)
        rest = () if wrong or _is_offered(context, side, lines) else _left_out(context, side, lines)
        if rest and _rest_counts(context, key, rest):
            lines = (*lines, *rest)
        return Boundary(lines, attached=attached, inputs=inputs_of("parcels", *plot_of(context)), missing=wrong)
    edges, inputs, missing = proposed_edges(context)
    context.looks("parcels", EITHER, context.projection)
    looks_under(context, plot_of(context))
    question = Question(key, Note.of(f"surroundings_question_{key}"), "lines")
    lines = tuple(edge.line for edge in edges if edge.side == side)
    if not lines:
        return Boundary(missing=missing or (Note.of("surroundings_no_such_side", side=side),), questions=(question,))
    ways = [lines, *((edge.line,) for edge in edges if edge.side != side)]
    point = lines_point(key, question, ways, shapely.union_all([edge.line for edge in edges]))
    return Boundary(cast("tuple[LineString, ...]", context.settle(point)), inputs=inputs)


def _is_offered(context: Context, side: str, lines: Sequence[LineString]) -> bool:
    """Whether an answer is another side of the plot, whole, as it was offered: who chose that said that the proposed one is none."""
    others = [edge.line for edge in proposed_edges(context)[0] if edge.side != side]
    return len(lines) == 1 and any(lines[0].equals_exact(line, SAME_LINE_M) for line in others)


def _left_out(context: Context, side: str, lines: Sequence[LineString]) -> tuple[LineString, ...]:
    """Return what of the boundary that is proposed as this side of the plot an answer leaves out, of this and of every other side, and the design
    stands nearer to than to the answered ``lines``."""
    others = [line for key in SIDE_KEYS for line in lines_in(answer(context, key)) or ()]
    told = shapely.buffer(shapely.union_all([*lines, *others]), OFF_BOUNDARY_M)
    left = [shapely.difference(edge.line, told) for edge in proposed_edges(context)[0] if edge.side == side]
    nearest = min(float(line.distance(context.projection)) for line in lines)
    pieces = [piece for one in left for piece in shapely.get_parts(one) if not piece.is_empty]
    return tuple(piece for piece in pieces if float(piece.distance(context.projection)) < nearest)


def _rest_counts(context: Context, key: str, rest: Sequence[LineString]) -> bool:
    """Whether what an answer leaves out of a side of the plot is that side as well, in this reading."""
    away = min(float(line.distance(context.projection)) for line in rest)
    return context.yes_no(f"{key}_rest", Note.of(f"surroundings_question_{key}_rest", length=round(sum(line.length for line in rest), 1), away=round(away, 2)))


def _on_no_boundary(line: LineString, context: Context) -> bool:
    """Whether no boundary of any parcel lies by the middle of a line: it bounds no plot, of whatever parcels that consists."""
    middle = line.interpolate(0.5, normalized=True)
    parcels = context.site.parcels
    return bool(parcels) and all(middle.distance(parcel.geometry.boundary) > OFF_BOUNDARY_M for parcel in parcels)


def _words(context: Context, key: str) -> dict[str, Any]:
    """Return the words beside the lines of an answer, whether they stand within its ``value`` or beside it."""
    return {name: word for given in (context.answers.get(key), answer(context, key)) if isinstance(given, Mapping) for name, word in given.items()}


def boundary_sources(
    rule: Rule, context: Context, key: str, verdict: Callable[[tuple[UncertaintySource, ...]], Verdict]
) -> tuple[UncertaintySource, ...]:
    """Return how uncertain a cadastral boundary is: the answer's, the rule's ``boundary_m``, else by the place: inside the built-up area or
    outside it, which is open where nobody says and the ``verdict`` with the one is not that with the other; no less than that of one that was
    not measured yet."""
    doubt = _words(context, key).get("uncertainty_m")
    if doubt is not None:
        return (UncertaintySource("boundary", float(doubt)),) if doubt else ()
    drawn = boundary_doubt(beside(plot_of(context), context), float(rule.uncertainty.get("boundary_m", BUILT_UP_M)))
    if drawn >= UNMEASURED_M:
        return (UncertaintySource("boundary", drawn),)
    if "boundary_m" in rule.uncertainty:
        return declared(rule, "boundary")
    inside, outside = ((UncertaintySource("boundary", metres),) for metres in (BUILT_UP_M, RURAL_M))
    said = rule.measure.get("built_up")
    if verdict(inside) is verdict(outside):
        return outside if said is False else inside
    if not isinstance(said, bool) or answer(context, "built_up") is not None:
        said = context.yes_no("built_up", Note.of("surroundings_question_built_up"), likely=said is not False)
    return inside if said else outside


def _told_facade_line(context: Context) -> tuple[tuple[LineString, ...], tuple[InputUsed, ...], tuple[Note, ...]]:
    return lines_in(answer(context, "facade_line")) or (), (), wrong_lines(context, "facade_line")


def facade_lines(context: Context) -> tuple[tuple[LineString, ...], tuple[InputUsed, ...], tuple[Note, ...]]:
    """Return the facade lines at the design, turned so that the road lies on their left; inputs; what is missing.

    The officer's (answer ``facade_line``, with ``road_side: [x, y]`` a point in front), else the plan's figuur gevellijn that belongs to
    the design: along its bouwvlak or across its plot, else the nearest.
    """
    lines, inputs, missing = _figures(context) if context.answers.get("facade_line") is None else _told_facade_line(context)
    if missing:
        return (), (), missing
    point = _words(context, "facade_line").get("road_side")
    if point is not None and not is_place(point):
        return (), inputs, (Note.of("surroundings_road_side_unread"),)
    if point is not None:
        return tuple(road_on_left(line, shapely.Point(point)) for line in lines), inputs, ()
    roads = [road.geometry for road in roads_of(context)]
    if not roads:
        return (), inputs, lacking(context, "bgt") or (Note.of("surroundings_no_road"),)
    return tuple(nearest_on_left(line, roads) for line in lines), inputs, ()


def nearest_on_left(line: LineString, roads: Sequence[BaseGeometry]) -> LineString:
    """Return a line turned so that the road lies on its left that is nearest to its middle: on a corner the other street touches its end."""
    return road_on_left(line, roads[int(np.argmin(shapely.distance(roads, line.interpolate(0.5, normalized=True))))])


def _figures(context: Context) -> tuple[tuple[LineString, ...], tuple[InputUsed, ...], tuple[Note, ...]]:
    figures = [area for area in context.governing("figuur") if "gevellijn" in area.name.lower()]
    pairs = [(part, area) for area in figures for part in shapely.get_parts(area.geometry) if part.geom_type == "LineString"]
    if not pairs:
        return (), (), lacking(context, "plans") or (Note.of("surroundings_no_facade_line"),)
    context.looks("plans", EITHER, context.projection)
    footprint = context.geometry.footprint
    planes = [area.geometry for area in context.governing("bouwvlak") if area.geometry.intersects(footprint)]
    plots = [parcel.geometry.buffer(-OWN_LINE_M) for parcel in plot_of(context)]
    own = [
        (line, area) for line, area in pairs
        if any(line.distance(plane) < OWN_LINE_M for plane in planes) or any(line.intersects(plot) for plot in plots)
    ]
    if len(own) < len(pairs):  # another line may cross a plot that is not known
        context.looks("parcels", EITHER, context.projection)
    chosen = own or [min(pairs, key=lambda pair: float(pair[0].distance(footprint)))]
    return tuple(line for line, _ in chosen), inputs_of("plans", *{area.fid: area for _, area in chosen}.values()), ()


def front_direction(context: Context, shape: BaseGeometry) -> Floats:
    """Return the unit vector (2,) along the front in this reading: the officer's front or facade line; else the proposed front, or either
    main direction of a shape (RD); on a corner the front of each street."""
    question = Question("front_boundary", Note.of("surroundings_question_front_boundary"), "lines")
    confirmed = good_lines(context, "front_boundary") or facade_lines(context)[0]
    ways = [direction_of(line) for line in sorted(confirmed, key=lambda line: -line.length)]
    if not ways:
        fronts = [edge.line for edge in proposed_edges(context)[0] if edge.side == "front"]
        ways = [direction_of(max(fronts, key=lambda line: line.length))] if fronts else []
        ways += list(main_directions(shape))
    apart: list[Floats] = []
    for way in ways:
        if all(abs(float(way @ other)) <= SAME_WAY for other in apart):
            apart.append(way)
    if not confirmed and not (context.knows("parcels", shape) and context.knows("bgt", shape, kinds=ROADS)):  # the front may have any direction
        apart += widest_and_narrowest(shape)
    if len(apart) < 2:
        return apart[0]
    whole: Design = context.shared.setdefault("whole", context.design)
    middle = whole.bounds[:, :2].mean(axis=0)  # the same in every reading, so that a choice is one
    point = lines_point("front_boundary", question, [(LineString([middle - way, middle + way]),) for way in apart], context.projection)
    return direction_of(context.settle(point)[0])


def widest_and_narrowest(shape: BaseGeometry) -> list[Floats]:
    """Return the unit vectors (2,) along which a shape (RD) stretches furthest and least, and those square to them: any other lies between."""
    angles = np.radians(np.arange(0.0, 180.0, TURN_DEG))
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    reach = [max(extent_along(body, way)[0] for body in shapely.get_parts(shape)) for way in ways]
    ends = [ways[int(np.argmax(reach))], ways[int(np.argmin(reach))]]
    return [*ends, *(np.array([-y, x]) for x, y in ends)]


def direction_of(line: LineString) -> Floats:
    """Return the unit vector (2,) from the start of a line to its end; of a closed one that of its longest piece."""
    corners = np.asarray(line.coords)[:, :2]
    step = corners[-1] - corners[0]
    if not step.any():
        steps = np.diff(corners, axis=0)
        step = steps[np.hypot(*steps.T).argmax()]
    return np.asarray(step / np.hypot(*step))
