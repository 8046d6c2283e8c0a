"""Radio link height (straalpad): room for a beam between two masts.

What it checks
    Whether the design stands higher than allowed inside the corridor of a radio link.
Legal basis
    The plan's "vrijwaringszone - straalpad": an optical corridor of about 200 m wide (100 m each side), allowed height 25 to 70 m NAP
    depending on the path.
Inputs
    The axis: ``measure.line`` or the answer ``radio_link`` (RD), or a plan area figuur with straalpad in its name; half the width
    ``measure.half_width_m`` (100 m each side); or without an axis the gebiedsaanduiding with straalpad in its name as the corridor.
    The limit in m NAP (``limit``, or the plan's value of the straalpad), or ``measure.heights_nap: [start, end]`` that run straight along the axis.
How measured
    As ``aviation_height``: every corner and edge of the mesh inside the corridor, everything included.
Limits
    Outside the corridor the rule does not apply. The beam itself is not modelled.
References
    spawnp.nl, straalpaden en radarzones; docs/measuring.md A16.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only
from ...measure.plane.surfaces import AlongLine, Level, Surface, Zoned
from ...model import Finding, Note, PlanArea, Question, Rule
from ..declared.declaration import PART, STABLE, SURROUNDINGS, Switch
from ..engine.base import Check, Context, inputs_of, not_assessable
from ..engine.weighing import FAR_WORKS_M, answer, lacking, lines_in, wrong_lines
from ..shared.vertical.height_surface import SurfaceLimit, clipped_to, datum_of, judge_surface, peil_missing, plan_levels

SUBJECT, WORD = Note.of("subject_radio_link"), "straalpad"
HALF_WIDTH_M = 100.0


class RadioLinkHeight(Check):
    """``radio_link_height``; see the module's text."""

    name = "radio_link_height"
    code, stage, family, about = "DRL-A16", STABLE, SURROUNDINGS, PART
    title = {"nl": "Hoogte onder een straalpad", "en": "Height under a radio link"}
    needs: tuple[str, ...] = ()
    reads = ("peil",)
    units = ("m NAP", "m")
    switches: Mapping[str, Switch] = {"line": "lines", "half_width_m": "positive", "heights_nap": "heights_nap"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design in the corridors."""
        garbled = wrong_lines(context, "radio_link", FAR_WORKS_M)
        if garbled:
            return (not_assessable(rule, context, SUBJECT, *garbled),)
        lines, areas = axes(rule, context)
        if rule.limit is not None and rule.limit.from_plan is not None:
            return (judge_plan_values(rule, context, lines, areas),)
        own = rule if rule.measure.get("heights_nap") is None else replace(rule, limit=None)  # what names heights in NAP gives them in it
        datum = datum_of(own, context)
        if datum is None:
            return (peil_missing(rule, context, SUBJECT),)
        surface = limit_over(rule, lines, datum.nap_m)
        corridor = corridor_of(rule, lines, areas)
        missing = () if corridor is not None else (Note.of("surroundings_no_radio_link"), *lacking(context, "plans"))
        missing += () if surface is not None else (Note.of("surroundings_no_nap_limit"),)
        if missing or surface is None:
            question = () if corridor is not None else (Question("radio_link", Note.of("surroundings_question_radio_link"), "lines"),)
            return (not_assessable(rule, context, SUBJECT, *missing, questions=question),)
        contours = tuple((line, float(surface.heights(shapely.get_coordinates(line)[:1])[0]) - datum.nap_m) for line in lines)
        limit = SurfaceLimit(
            SUBJECT, (Zoned(surface, corridor),), datum.nap_m, datum.unit, sources=datum.sources, inputs=inputs_of("plans", *areas), contours=contours,
        )
        return (judge_surface(rule, context, limit),)


def judge_plan_values(rule: Rule, context: Context, lines: tuple[LineString, ...], areas: tuple[PlanArea, ...]) -> Finding:
    """Return the finding against the heights that the plan gives its corridors, along the axes where they are known."""
    zoned, stating, missing = plan_levels(rule, context, WORD)
    if missing:
        return not_assessable(rule, context, SUBJECT, *missing)
    inputs = inputs_of("plans", *{area.fid: area for area in (*areas, *stating)}.values())
    return judge_surface(rule, context, SurfaceLimit(SUBJECT, clipped_to(zoned, corridor_of(rule, lines, ()) if lines else None), inputs=inputs))


def axes(rule: Rule, context: Context) -> tuple[tuple[LineString, ...], tuple[PlanArea, ...]]:
    """Return the axes (RD) and the plan areas that they, or the corridor, come from."""
    given = lines_in(answer(context, "radio_link")) or lines_in(rule.measure.get("line"))
    if given:
        return given, ()
    figures = tuple(area for area in context.governing("figuur") if WORD in area.name.lower())
    lines = tuple(part for area in figures for part in shapely.get_parts(area.geometry) if part.geom_type == "LineString")
    if lines:
        return lines, figures
    return (), tuple(area for area in context.governing("gebiedsaanduiding") if WORD in area.name.lower())


def corridor_of(rule: Rule, lines: tuple[LineString, ...], areas: tuple[PlanArea, ...]) -> BaseGeometry | None:
    """Return the corridor (RD polygon): along the axes, square at their ends, or the plan's areas; None when neither is known."""
    if lines:
        return shapely.union_all(shapely.buffer(lines, float(rule.measure.get("half_width_m", HALF_WIDTH_M)), cap_style="flat"))
    return polygons_only(shapely.union_all([area.geometry for area in areas])) if areas else None


def limit_over(rule: Rule, lines: tuple[LineString, ...], datum_nap: float) -> Surface | None:
    """Return the allowed height (m NAP): level (the rule's number above ``datum_nap``), or straight along the axis; None when neither is stated."""
    heights = rule.measure.get("heights_nap")
    if isinstance(heights, (list, tuple)) and len(heights) == 2 and len(lines) == 1:
        return AlongLine(lines[0], float(heights[0]), float(heights[1]))
    return Level(rule.limit.value + datum_nap) if rule.limit is not None and rule.limit.value is not None else None
