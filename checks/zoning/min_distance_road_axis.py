"""Minimum distance to the axis of the road (as van de weg).

What it checks
    Whether the building keeps the distance that the plan asks to the axis of the road.
Legal basis
    "de afstand van een gebouw tot de as van de weg bedraagt ten minste ... m" (plan text), measured where it is smallest.
Inputs
    The limit (rule, or the plan's value); the axis that the officer draws (answer ``road_axis: {lines: [[[x, y], [x, y]], ...]}``, RD) or a plan
    area figuur with "as van de weg" in its name; else the BGT road (rijbaan, woonerf) nearest to the design. ``uncertainty.outline_m`` (0.20 m, BGT).
    ``measure.of: projection`` counts overhangs; ``measure.body: main`` only the largest body.
How measured
    Shortest distance in the plane between the wall-enclosed footprint and the axis. Without a drawn axis it is proposed halfway the
    carriageway, where the shortest line to it crosses.
Limits
    A proposed axis never decides by itself: the verdict is firm only when it holds for both edges of the carriageway. A path is no road: where
    no carriageway was loaded the axis is not known.
References
    SVBP2012, wijze van meten; docs/measuring.md A10 (siblings).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...measure.plane import overlay
from ...measure.plane.distance import nearest_place, shortest
from ...model import Finding, Note, PlanArea, Question, Rule, TopographyObject
from ..declared.declaration import BODY, BUILT, DISTANCE, OF, PART, STABLE, ZONING, OfText, Switch
from ..engine.base import Check, Context, inputs_of, not_assessable
from ..engine.limits import stated_limit
from ..engine.open_points.points import lines_point
from ..engine.open_points.unseen import LOWER
from ..engine.weighing import answer, declared, lacking, lines_in, wrong_lines
from ..shared.horizontal.boundaries import ROADS, SAME_LINE_M, any_point, no_body, roads_of
from ..shared.horizontal.distances import judge_lines, no_distance, outline_sources

SUBJECT = Note.of("subject_road_axis")
CARRIAGEWAYS = ("rijbaan", "woonerf")
"""Wegdelen (BGT) that a road with an axis consists of."""
ACROSS_M = 100.0
HALF_M = 10.0
"""Half the length of a stretch of axis that is shown."""
TOUCHES_M = 1e-6
"""Nearer to a road than this a shape touches it, and nothing says which way is across."""


class MinDistanceRoadAxis(Check):
    """``min_distance_road_axis``; see the module's text."""

    name = "min_distance_road_axis"
    code, stage, family, about = "DRL-A22", STABLE, ZONING, PART
    in_plan = True
    title = {"nl": "Afstand tot de as van de weg", "en": "Distance to the road axis"}
    needs: tuple[str, ...] = ()
    reads = ("road_axis", "object_kind", "body", "annex_is_main", "open_roof_is_own", "open_roof_kind", "objects", "open_parts_count", "count_below_ground")
    units = ("m",)
    text_norms = (OfText("afstand_weg", "m", ">=", BUILT, of="as van de weg"),)
    tolerance = DISTANCE
    switches: Mapping[str, Switch] = {**OF, **BODY}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the distance to the nearest axis."""
        shape = any_point(rule, context)
        limit, areas = stated_limit(rule, context, "afstand", "minimum", context.projection)
        if limit is None:
            return (not_assessable(rule, context, SUBJECT, *no_distance(rule, context)),)
        if shape.is_empty:
            return (no_body(rule, context, SUBJECT),)
        question = Question("road_axis", Note.of("surroundings_question_road_axis"), "lines")
        wrong = wrong_lines(context, "road_axis")
        if wrong:
            return (not_assessable(rule, context, SUBJECT, *wrong, questions=(question,)),)
        lines, figures = drawn(context)
        stated = inputs_of("plans", *areas, *figures)
        if lines:
            sources = outline_sources(rule) if not figures and _is_proposed(context, lines, shape) else declared(rule, "axis", "mesh")
            return (judge_lines(rule, context, limit, lines, shape, SUBJECT, sources, stated, "road_axis"),)
        context.looks("bgt", LOWER, shape, around_m=limit.value or limit.low or 0.0, kinds=ROADS)
        road = nearest_road(context, shape)
        if road is None:
            missing = lacking(context, "bgt") or (Note.of("surroundings_no_carriageway"),)
            return (not_assessable(rule, context, SUBJECT, *missing, questions=(question,)),)
        axes = proposed_axes(shape, road.geometry)
        chosen = context.settle(lines_point("road_axis", question, [(axis,) for axis in axes], context.projection))
        return (judge_lines(rule, context, limit, chosen, shape, SUBJECT, outline_sources(rule), (*stated, *inputs_of("bgt", road)), "road_axis"),)


def drawn(context: Context) -> tuple[tuple[LineString, ...], tuple[PlanArea, ...]]:
    """Return the axes (RD) that the officer drew, else the plan's, and the plan areas that they come from."""
    if context.answers.get("road_axis") is not None:
        return lines_in(answer(context, "road_axis")) or (), ()
    areas = tuple(area for area in context.governing("figuur") if "as van de weg" in area.name.lower() or "wegas" in area.name.lower())
    return tuple(part for area in areas for part in shapely.get_parts(area.geometry) if part.geom_type == "LineString"), areas


def _is_proposed(context: Context, lines: tuple[LineString, ...], shape: BaseGeometry) -> bool:
    """Whether an answer is a line as it was offered: chosen, it is no better known than the map that it was read from."""
    road = nearest_road(context, shape)
    return road is not None and len(lines) == 1 and any(lines[0].equals_exact(axis, SAME_LINE_M) for axis in proposed_axes(shape, road.geometry))


def nearest_road(context: Context, shape: BaseGeometry) -> TopographyObject | None:
    """Return the carriageway nearest to a shape, or None: a path by itself does not say where the road lies."""
    carriageways = [road for road in roads_of(context) if any(word in road.function.lower() for word in CARRIAGEWAYS)]
    return min(carriageways, key=lambda road: float(road.geometry.distance(shape)), default=None)


def proposed_axes(shape: BaseGeometry, road: BaseGeometry) -> tuple[LineString, ...]:
    """Return a stretch of the axis where the shortest line to a road (RD polygon) crosses it, and of both its edges: what the axis that
    the plan means cannot pass."""
    ends = shapely.get_coordinates(shortest(nearest_place(shape, road), road))
    near, away = ends[0], ends[0] - ends[-1]
    if np.hypot(*away) < TOUCHES_M:  # against the road or over it: across is by the middle of the shape, seen from the edge of the road
        near, middle = shapely.get_coordinates(shortest(shape.centroid, road.boundary))
        away = middle - near if road.intersects(shape.centroid) else near - middle
    unit = away / max(float(np.hypot(*away)), 1e-9)
    beam = LineString([near - unit * 1e-3, near + unit * ACROSS_M])
    crossing = [part for part in shapely.get_parts(overlay.intersection(beam, road)) if part.geom_type == "LineString"]
    width = min(crossing, key=lambda part: float(part.distance(shapely.Point(near))), default=LineString([near, near + unit])).length
    side = np.array([-unit[1], unit[0]]) * HALF_M
    places = (near + unit * width / 2, near, near + unit * width)
    return tuple(LineString([place - side, place + side]) for place in places)
