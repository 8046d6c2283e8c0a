"""Minimum distance between buildings (onderlinge afstand).

What it checks
    Whether the design keeps the distance that the plan asks to other buildings, or its own buildings to each other.
Legal basis
    "de onderlinge afstand tussen gebouwen bedraagt ten minste ... m" (plan text), measured where it is smallest.
Inputs
    The limit (rule, or the plan's value); BAG panden, without those in the answer ``demolition``; whether a permitted building that is not yet
    built, or one that only the BGT has, counts is asked where it stands nearer. ``measure.between``: ``others`` or ``own``
    (the design's bodies), silent: others, and whether own as well is open; ``measure.where``: ``all`` or ``plot`` (only buildings on the plot), open where
    the rule is silent. ``uncertainty.outline_m`` (0.20 m, BAG). ``measure.of: projection`` counts overhangs; ``measure.body: all | main`` (the largest body).
How measured
    Shortest distance in the plane between the wall-enclosed footprint and the outline of each building; the nearest decides, the five
    nearest are listed. A pand that the design covers for more than half, or that covers the design so, is taken to be the same building.
Limits
    A pand on the plot that the design stands against may be one building with it (answer ``whole_building``): then there is no distance to keep. A
    neighbour's that it touches counts at 0 m: one that it may be built onto must be in ``measure.attached`` (pand ids).
References
    SVBP2012, wijze van meten; docs/measuring.md A10 (siblings).
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.plane import overlay
from ...measure.plane.distance import shortest
from ...model import Finding, Limit, Measurement, Note, PlanArea, RegisteredBuilding, Rule, Verdict
from ..declared.declaration import BODY, BUILT, DISTANCE, OF, PART, STABLE, ZONING, OfText, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.drawn_along import drawn_beyond, going_told
from ..engine.limits import stated_limit
from ..engine.open_points.answer_words import named_in
from ..engine.open_points.unseen import LOWER
from ..engine.plot import plot_of
from ..engine.standing import (
    AGAINST_M,
    count_planned,
    count_underground,
    count_unregistered,
    inputs_of_buildings,
    joined_to,
    looks_at_buildings,
    planned_in,
    underground,
    unregistered,
)
from ..engine.weighing import against, declared, switch_word
from ..shared.horizontal.boundaries import any_point, no_body
from ..shared.horizontal.distances import judge_lines, near_evidence, no_distance, outline_sources

SUBJECT = Note.of("subject_between_buildings")
MOST = 5
WHERE = {"alle gebouwen": "all", "het bouwperceel": "plot"}
"""To which buildings the distance is kept: answers to ``where``, each with the switch's word."""
NEUTRAL = (Verdict.COMPLIES, Verdict.NOT_APPLICABLE)
DOUBT_M = 1.0
"""What stands so much further off than the limit is not too near, however the outlines were drawn."""


class MinDistanceBuildings(Check):
    """``min_distance_buildings``; see the module's text."""

    name = "min_distance_buildings"
    code, stage, family, about = "DRL-A23", STABLE, ZONING, PART
    in_plan = True
    title = {"nl": "Afstand tussen gebouwen", "en": "Distance between buildings"}
    needs: tuple[str, ...] = ("bag",)
    reads = (
        "where", "between_own", "body", "annex_is_main", "open_roof_is_own", "open_roof_kind", "objects",
        "parcels", "planned_buildings_count", "underground_buildings_count",
        "unregistered_count", "whole_building", "demolition", "object_kind", "open_parts_count", "count_below_ground",
    )
    units = ("m",)
    text_norms = (OfText("afstand_gebouwen", "m", ">=", BUILT),)
    tolerance = DISTANCE
    switches: Mapping[str, Switch] = {"between": ("others", "own"), "where": ("all", "plot"), "attached": "names", **OF, **BODY}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the smallest distance."""
        own = rule.measure.get("between") == "own"
        shape = any_point(replace(rule, measure={"body": "all", **rule.measure}) if own else rule, context)
        limit, areas = stated_limit(rule, context, "afstand", "minimum", context.projection)
        if limit is None:
            return (not_assessable(rule, context, SUBJECT, *no_distance(rule, context)),)
        if shape.is_empty:
            return (no_body(rule, context, SUBJECT),)
        if own:
            return (judge_own(rule, context, limit, shape),)
        found = judge_others(rule, context, limit, areas, shape)
        if found.verdict not in NEUTRAL and "where" not in rule.measure:
            word = switch_word(rule, context, "where", Note.of("surroundings_question_where"), WHERE)
            found = found if word == "all" else judge_others(replace(rule, measure={**rule.measure, "where": word}), context, limit, areas, shape)
        return (with_own(rule, context, limit, shape, found),)


def judge_others(rule: Rule, context: Context, limit: Limit, areas: Sequence[PlanArea], shape: BaseGeometry) -> Finding:
    """Return the finding of the smallest distance to the other buildings of the neighbourhood, or of the plot (``where: plot``)."""
    looks_at_others(rule, context, shape, limit)
    near = other_buildings(rule, context, shape, limit)[:MOST]
    if not near:
        note = Note.of("surroundings_no_other_building")
        return finding(rule, context, SUBJECT, Verdict.NOT_APPLICABLE, notes=(note,))
    return judge_lines(
        rule, context, limit, [b.geometry for b in near], shape, SUBJECT, outline_sources(rule),
        (*inputs_of("plans", *areas), *inputs_of_buildings(context, near)), "other_building",
    )


def with_own(rule: Rule, context: Context, limit: Limit, shape: BaseGeometry, found: Finding) -> Finding:
    """Return the finding of the distance to others, or of that between the design's own buildings where these stand nearer to each other and
    the rule does not say between which it is kept: whether it is kept between them too is open."""
    if "between" in rule.measure or found.verdict not in NEUTRAL or len(shapely.get_parts(shape)) < 2:
        return found
    own = judge_own(rule, context, limit, shape)
    if own.verdict in NEUTRAL or not context.yes_no("between_own", Note.of("surroundings_question_between_own")):
        return found
    return own


def looks_at_others(rule: Rule, context: Context, shape: BaseGeometry, limit: Limit) -> None:
    """Look as far as another building can stand too near: one that is not known there only makes the distance smaller."""
    reach = max((value for value in (limit.value, limit.low, limit.high) if value is not None), default=0.0)
    looks_at_buildings(context, LOWER, shape, around_m=reach)
    if rule.measure.get("where") == "plot":
        context.looks("parcels", LOWER, shape)


def other_buildings(rule: Rule, context: Context, shape: BaseGeometry, limit: Limit) -> list[RegisteredBuilding]:
    """Return the buildings that stay and are not the design itself, the nearest first. Those that are permitted and not yet built, that only the
    map has, or that lie below the ground, are asked of where one of them stands nearer than the limit and than the registered ones."""
    attached = named_in(rule.measure.get("attached"))
    going = (going_told(context) or frozenset()) | attached | _own_building(context, shape, attached)
    plot = shapely.union_all([parcel.geometry for parcel in plot_of(context)]) if rule.measure.get("where") == "plot" else None

    def counts(building: RegisteredBuilding) -> bool:
        shared = overlay.intersection(building.geometry, shape).area
        same = shared > 0.5 * min(building.geometry.area, shape.area)
        away = plot is not None and overlay.intersection(building.geometry, plot).area < 0.5 * building.geometry.area
        return building.fid not in going and not same and not away

    def distance(building: RegisteredBuilding) -> tuple[float, str]:
        return float(building.geometry.distance(shape)), building.fid

    below = underground(context)
    sunk, standing = ([b for b in context.site.registered_buildings if (b.fid in below) is low] for low in (True, False))
    found = sorted(filter(counts, (*standing, *drawn_beyond(context))), key=distance)
    reach = min([limit.value or limit.low or 0.0, *(distance(building)[0] for building in found[:1])]) + DOUBT_M
    for others, count in ((planned_in(context), count_planned), (unregistered(context), count_unregistered), (sunk, count_underground)):
        near = [building for building in others if counts(building) and distance(building)[0] < reach]
        found += near if count(context, near) else []
    return sorted(found, key=distance)


def _own_building(context: Context, shape: BaseGeometry, attached: Collection[str]) -> frozenset[str]:
    """Return the buildings (ids) on the plot that the design stands against where it is one building with them, in this reading: a building has no
    distance to itself. Whether it is, is an open point."""
    every = (*context.site.registered_buildings, *unregistered(context), *drawn_beyond(context))
    if not any(b.fid not in attached and b.geometry.distance(shape) <= AGAINST_M for b in every):
        return frozenset()
    near = [building for building in joined_to(context, LOWER) if building.fid not in attached]
    if not near:
        return frozenset()
    names = ", ".join(building.fid for building in near)
    one = context.yes_no("whole_building", Note.of("engine_question_whole", panden=names), likely=True)
    return frozenset(building.fid for building in near) if one else frozenset()


def judge_own(rule: Rule, context: Context, limit: Limit, shape: BaseGeometry) -> Finding:
    """Return the finding of the smallest distance between the design's own bodies."""
    pairs = list(itertools.combinations(shapely.get_parts(shape), 2))
    if not pairs:
        return finding(rule, context, SUBJECT, Verdict.NOT_APPLICABLE, notes=(Note.of("surroundings_one_body"),))
    first, second = min(pairs, key=lambda pair: float(pair[0].distance(pair[1])))
    deciding: Measurement = against(limit, "distance", float(shortest(first, second).length), "m", declared(rule, "mesh"))
    return finding(
        rule, context, SUBJECT, deciding.verdict(), measurements=(deciding,), evidence=near_evidence(context, first, second, deciding)
    )
