"""Distances that must be kept, and depth and width that may not be passed: the code that their checks share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import stands_in
from ....measure.plane import overlay
from ....measure.plane.distance import extent_along, main_directions, shortest
from ....model import Evidence, Finding, InputUsed, Limit, Measurement, Note, Rule, UncertaintySource, Verdict, numbered
from ....model.arrays import Floats
from ...engine.base import BGT_OUTLINE_UNCERTAINTY_M, Context, finding, inputs_of, not_assessable
from ...engine.limits import stated_limit
from ...engine.open_points.unseen import HIGHER
from ...engine.plot import WALL_M
from ...engine.standing import AGAINST_M
from ...engine.weighing import against, declared, distance_line, section_line
from ..zones import limit_missing, no_limit
from .areas import each_building
from .boundaries import Boundary, any_point, boundary_of, boundary_sources, front_direction, no_body
from .party_walls import to_the_axis
from .secondary import joined_sources

ATTACHED_NAMES = ("aaneengebouwd", "twee-aaneen")


def judge_boundary(rule: Rule, context: Context, side: str, key: str, subject: Note) -> tuple[Finding, ...]:
    """Return the finding of the distance to one side of the plot, and one for each side that the building may stand against."""
    limit, areas = stated_limit(rule, context, "afstand", "minimum", context.projection)
    boundary = boundary_of(context, side, key)
    missing = boundary.missing if limit else (*no_distance(rule, context), *boundary.missing)
    if missing or limit is None:
        return (not_assessable(rule, context, subject, *missing, questions=boundary.questions),)
    shape = any_point(rule, context)
    if shape.is_empty:
        return (no_body(rule, context, subject, inputs=boundary.inputs),)
    attached = attached_lines(rule, context, boundary, shape) if side == "side" else frozenset()
    free = [line for number, line in enumerate(boundary.lines) if number not in attached]
    loose = tuple(
        finding(
            rule, context, numbered(subject, number + 1), Verdict.NOT_APPLICABLE, inputs=boundary.inputs,
            evidence=(Evidence("boundary", boundary.lines[number]),), notes=(Note.of("surroundings_attached"),),
        )
        for number in sorted(attached) if number < len(boundary.lines)
    )
    if not free:
        return loose
    mesh, nearest = declared(rule, "mesh"), min(float(line.distance(shape)) for line in free)
    doubt = boundary_sources(rule, context, key, lambda sources: against(limit, "distance", nearest, "m", (*sources, *mesh)).verdict())
    sources = (*doubt, *mesh)
    return (judge_lines(rule, context, limit, free, shape, subject, sources, (*inputs_of("plans", *areas), *boundary.inputs)), *loose)


def no_distance(rule: Rule, context: Context) -> tuple[Note, ...]:
    """Return why no distance is known that must be kept."""
    name = (rule.limit.from_plan if rule.limit else None) or "afstand"
    return limit_missing(context, (name,), "minimum", Note.of("surroundings_no_limit"))


def attached_lines(rule: Rule, context: Context, boundary: Boundary, shape: BaseGeometry) -> frozenset[int]:
    """Return the sides (numbers) that do not count: those the officer named, and where the plan's aanduiding (aaneengebouwd,
    twee-aaneen) lies under the design, those at which the design and a neighbour's building stand against the boundary and each other."""
    names = tuple(str(name) for name in rule.measure.get("attached_names", ATTACHED_NAMES))
    close = [number for number, line in enumerate(boundary.lines) if line.distance(shape) <= AGAINST_M]
    marked = any(area.name.lower() in names and stands_in(area.geometry, shape) for area in context.governing("bouwaanduiding"))
    if not close or (not marked and context.looks("plans", HIGHER, shape)):
        return boundary.attached
    context.looks("bag", HIGHER, shape, around_m=2 * AGAINST_M)
    if not marked:
        return boundary.attached
    near = [b.geometry for b in context.site.registered_buildings if b.geometry.distance(shape) <= 2 * AGAINST_M]
    others = [geometry for geometry in near if overlay.intersection(geometry, shape).area < 0.5 * geometry.area]
    return boundary.attached | {number for number in close if any(boundary.lines[number].distance(other) <= AGAINST_M for other in others)}


def judge_lines(
    rule: Rule, context: Context, limit: Limit, lines: Sequence[BaseGeometry], shape: BaseGeometry, subject: Note,
    sources: tuple[UncertaintySource, ...], inputs: tuple[InputUsed, ...] = (), role: str = "boundary",
) -> Finding:
    """Return the finding of the shortest distance (m, RD) between a shape and lines or areas; every line's distance is listed."""
    if shape.is_empty:
        return no_body(rule, context, subject, inputs=inputs)
    distances = [float(line.distance(shape)) for line in lines]
    nearest = int(np.argmin(distances))
    deciding = against(limit, "distance", distances[nearest], "m", sources)
    each = tuple(Measurement("distance", round(d, 4), "m", at=str(n + 1)) for n, d in enumerate(distances)) if len(lines) > 1 else ()
    return finding(
        rule, context, subject, deciding.verdict(), measurements=(deciding, *each), inputs=inputs,
        evidence=(*(Evidence(role, line) for line in lines), *near_evidence(context, shape, lines[nearest], deciding)),
    )


def near_evidence(context: Context, shape: BaseGeometry, other: BaseGeometry, deciding: Measurement) -> tuple[Evidence, ...]:
    """Return the dimension line, what stands too near, and the line of the profile across both."""
    line = shortest(shape, other)
    ends = shapely.get_coordinates(line)
    pieces: tuple[Evidence, ...] = ()
    wanted = deciding.low if deciding.operator == "between" else deciding.limit
    if deciding.verdict() is not Verdict.COMPLIES and wanted and deciding.operator.startswith((">", "b")):
        near = overlay.intersection(shape, shapely.buffer(other, wanted))
        if near.area > 1e-4:
            pieces = (Evidence("too_near", near, value=round(near.area, 3), unit="m2"),)
    direction = ends[-1] - ends[0]
    if np.hypot(*direction) < 1e-6:
        direction = main_directions(shape)[1]
    top = float(context.design.bounds[1, 2])
    both = shapely.union_all([shape, line])
    return (*pieces, distance_line(line, deciding.value or 0.0), section_line(both, np.array([*ends[-1], top]), direction))


def judge_extent(rule: Rule, context: Context, across: bool, name: str, subject: Note) -> Finding:
    """Return the finding of how deep (``across`` the front) or wide (along it) the largest body of the design is."""
    shape = any_point(rule, context)
    limit, areas = stated_limit(rule, context, name, "maximum", context.projection if shape.is_empty else shape)
    if limit is None:
        return no_limit(rule, context, (name,), "maximum", subject)
    if shape.is_empty:
        return no_body(rule, context, subject)
    if context.joined is not None:  # a gap between two drawings is no gap between buildings
        shape = overlay.grown(overlay.grown(shape, AGAINST_M / 2), -AGAINST_M / 2)
    measured = "depth" if across else "width"
    shape, notes = to_the_axis(rule, context, shape, {measured: 1.0}, 2.0 * WALL_M)
    along = front_direction(context, shape)
    chosen = np.array([-along[1], along[0]]) if across else along
    length, line = longest(each_building(context, shape), chosen)
    deciding = against(limit, measured, length, "m", (*joined_sources(context, "m"), *declared(rule, "mesh")))
    top = np.array([*shapely.get_coordinates(line.centroid)[0], float(context.design.bounds[1, 2])])
    return finding(
        rule, context, subject, deciding.verdict(), measurements=(deciding,), inputs=inputs_of("plans", *areas), notes=notes,
        evidence=(Evidence("dimension", line, value=deciding.value, unit="m"), section_line(shape, top, chosen)),
    )


def longest(shape: BaseGeometry, direction: Floats) -> tuple[float, LineString]:
    """Return the largest stretch of any body of a shape along a direction, and its line."""
    return max((extent_along(body, direction) for body in shapely.get_parts(shape)), key=lambda item: item[0])


def outline_sources(rule: Rule) -> tuple[UncertaintySource, ...]:
    """Return how uncertain BAG and BGT outlines are: the rule's ``outline_m``, else 0.20 m; with that of the mesh where it is stated."""
    if "outline_m" in rule.uncertainty:
        return declared(rule, "outline", "mesh")
    return (UncertaintySource("outline", BGT_OUTLINE_UNCERTAINTY_M), *declared(rule, "mesh"))
