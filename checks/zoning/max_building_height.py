"""Maximum building height (maximum bouwhoogte), per zone of the plan.

What it checks
    The highest point of the building above peil, in each height zone that it stands in.
Legal basis
    "vanaf het peil tot aan het hoogste punt van een gebouw of van een bouwwerk, geen gebouw zijnde, met uitzondering van
    ondergeschikte bouwonderdelen, zoals schoorstenen, antennes, en naar de aard daarmee gelijk te stellen
    bouwonderdelen" (SVBP2012, wijze van meten).
Inputs
    Design mesh with part classes; peil; plan areas ``maatvoering`` with "maximum bouwhoogte (m)" (or a limit in the rule).
How measured
    The mesh is clipped to each zone exactly; three heights are taken: all parts; without parts whose class is exempt
    (chimney, antenna, or as the rule says); and also without candidate minor parts (small, upright, above the roof).
    Zones with the same limit are one zone. What stands above the limit is cut out as a closed solid with its volume.
Limits
    A part that is not closed has no volume: its excess is shown by its highest point only, and the finding says so.
References
    SVBP2012; VNG begrippenkader BM13 for height zones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.height import highest_point, minor_candidates
from ...measure.peil import PeilCandidate
from ...measure.solids import above
from ...model import Evidence, Finding, Measurement, Note, PlanArea, Rule, UncertaintySource, Verdict, combine
from ..base import Context, finding, inputs_of, missing_layers, not_assessable, peil_question, value_of

EXEMPT = ("chimney", "antenna")
SURFACE_MARGIN_M = 2.0


@dataclass(frozen=True)
class HeightZone:
    """A zone (RD polygon) with its limit above peil (m) and the plan areas it comes from."""

    limit: float
    polygon: BaseGeometry
    areas: tuple[PlanArea, ...]
    subject: str


@dataclass(frozen=True, eq=False)
class Heights:
    """Highest points (3,) of all parts, without exempt ones, and also without candidate minor parts; None = nothing there."""

    all: np.ndarray
    core: np.ndarray | None
    least: np.ndarray | None


class MaxBuildingHeight:
    """``max_building_height``; see the module's text."""

    name = "max_building_height"
    needs: tuple[str, ...] = ("plans",)

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per height zone that the design stands in."""
        constant = rule.limit is not None and rule.limit.value is not None
        missing = () if constant else missing_layers(self, context)
        if missing:
            return (not_assessable(rule, context, "bouwhoogte", *missing),)
        zones = [zone for zone in height_zones(rule, context) if zone.polygon.area > 1e-6]
        if not zones:
            return (not_assessable(rule, context, "bouwhoogte", Note.of("checks_no_height_zone")),)
        if not context.peil.levels:
            return (not_assessable(rule, context, "bouwhoogte", Note.of("checks_peil_missing"), questions=(peil_question(),)),)
        outside = context.projection.area - shapely.union_all([zone.polygon for zone in zones]).area
        notes = (Note.of("checks_outside_zones", area=round(outside, 2)),) if outside > 0.01 else ()
        return tuple(judge_zone(rule, context, zone, notes) for zone in zones)


def height_zones(rule: Rule, context: Context) -> list[HeightZone]:
    """Return the zones under the design's projection, equal limits merged, lowest limit first."""
    shape = context.projection
    if rule.limit is not None and rule.limit.value is not None:
        return [HeightZone(rule.limit.value, shape, (), f"maximum bouwhoogte {rule.limit.value:g} m")]
    name = (rule.limit.from_plan if rule.limit else None) or "bouwhoogte"
    by_limit: dict[float, list[PlanArea]] = defaultdict(list)
    for area in context.governing("maatvoering"):
        value = value_of(area, name, "maximum")
        if value is not None and value.value is not None and value.unit != "m NAP" and area.geometry.intersects(shape):
            by_limit[value.value].append(area)
    zones = []
    for limit, areas in sorted(by_limit.items()):
        polygon = shapely.intersection(shapely.union_all([area.geometry for area in areas]), shape)
        zones.append(HeightZone(limit, polygon, tuple(areas), f"maximum bouwhoogte {limit:g} m"))
    return zones


def judge_zone(rule: Rule, context: Context, zone: HeightZone, notes: tuple[Note, ...]) -> Finding:
    """Return the finding of one zone: with the chosen peil, or with the lowest and highest candidate."""
    outcomes = [judge_level(rule, context, zone, level, notes) for level in context.peil.levels]
    if len({outcome.verdict for outcome in outcomes}) == 1:
        worst = max(outcomes, key=lambda outcome: outcome.measurements[0].value or 0.0)
        return worst if context.peil.chosen else _with(worst, worst.verdict, Note.of("checks_peil_no_matter"))
    worst = max(outcomes, key=lambda outcome: outcome.measurements[0].value or 0.0)
    low, high = (outcome.measurements[0].value for outcome in sorted(outcomes, key=lambda o: o.measurements[0].value or 0.0))
    return _with(worst, Verdict.NEEDS_JUDGEMENT, Note.of("checks_peil_matters", low=low, high=high))


def _with(outcome: Finding, verdict: Verdict, note: Note) -> Finding:
    """Return an outcome of an unresolved peil with its question."""
    parts = {name: getattr(outcome, name) for name in outcome.__dataclass_fields__}
    parts.update(verdict=verdict, notes=(*outcome.notes, note), questions=(*outcome.questions, peil_question()))
    return Finding(**parts)


def judge_level(rule: Rule, context: Context, zone: HeightZone, level: PeilCandidate, notes: tuple[Note, ...]) -> Finding:
    """Return the finding of one zone for one peil."""
    exempt = tuple(rule.measure.get("exempt_classes", EXEMPT))
    limit_nap = level.nap_m + zone.limit
    heights = measure_heights(context, zone, exempt, limit_nap, float(rule.measure.get("candidate_area_pct", 10.0)))
    sources = context.peil.sources + _declared(rule)
    operator = rule.limit.operator if rule.limit else "<="

    def measured(name: str, point: np.ndarray | None) -> Measurement:
        value = None if point is None else round(float(point[2]) - level.nap_m, 4)
        return Measurement(name, value, "m", operator, zone.limit, sources)

    every, core, least = (measured(n, p) for n, p in zip(("all", "core", "least"), (heights.all, heights.core, heights.least)))
    verdict, point, note = decide(heights, every, core, least)
    deciding = measured("height_above_peil", point)
    if verdict is Verdict.COMPLIES and note is None:
        return finding(
            rule, context, zone.subject, verdict, measurements=(deciding, *_levels(level, point)), notes=notes,
            evidence=(limit_surface(zone, limit_nap), highest(point, deciding)), inputs=inputs_of("plans", *zone.areas),
        )
    extra, volume_notes, evidence = excess(context, zone, exempt, limit_nap, deciding)
    return finding(
        rule, context, zone.subject, verdict,
        measurements=(deciding, *extra, *_levels(level, point)),
        evidence=(limit_surface(zone, limit_nap), *evidence, highest(point, deciding)),
        inputs=inputs_of("plans", *zone.areas),
        notes=(*notes, *((note,) if note else ()), *volume_notes),
    )


def _declared(rule: Rule) -> tuple[UncertaintySource, ...]:
    level = rule.uncertainty.get("level_m")
    return (UncertaintySource("level", float(level)),) if level else ()


def measure_heights(context: Context, zone: HeightZone, exempt: tuple[str, ...], limit_nap: float, share: float) -> Heights:
    """Return the three heights of a zone."""
    design = context.design
    every = highest_point(design.triangles, zone.polygon)
    if every is None:  # the zone only touches the outline
        every = highest_point(design.triangles)
    if every[2] <= limit_nap:
        return Heights(every, every, every)
    parts = context.geometry.parts_without(exempt)
    triangles = np.concatenate([part.triangles for part in parts]) if parts else np.zeros((0, 3, 3))
    core = highest_point(triangles, zone.polygon)
    if core is None or core[2] <= limit_nap:
        return Heights(every, core, core)
    minor = minor_candidates(parts, limit_nap + 1e-4, context.projection.area, share)
    least = core if minor.is_empty else highest_point(triangles, shapely.difference(zone.polygon, minor))
    return Heights(every, core, least)


def decide(
    heights: Heights, every: Measurement, core: Measurement, least: Measurement
) -> tuple[Verdict, np.ndarray, Note | None]:
    """Return verdict, the point it rests on, and what to say (A2: all, core, least in that order)."""
    if every.verdict() is Verdict.COMPLIES:
        return Verdict.COMPLIES, heights.all, None
    point = heights.all if heights.core is None else heights.core
    if core.value is None or core.verdict() is Verdict.COMPLIES:
        return Verdict.COMPLIES, point, Note.of("checks_exempt_parts", height=every.value)
    strictest, mildest = core.verdict(), Verdict.COMPLIES if least.value is None else least.verdict()
    if mildest is strictest:
        return strictest, point, None
    verdict = Verdict.NEEDS_JUDGEMENT if mildest is not Verdict.VIOLATES else combine((strictest, mildest))
    return verdict, point, Note.of("checks_candidate_minor", height=least.value)


def excess(
    context: Context, zone: HeightZone, exempt: tuple[str, ...], limit_nap: float, deciding: Measurement
) -> tuple[tuple[Measurement, ...], tuple[Note, ...], tuple[Evidence, ...]]:
    """Return what stands above the limit: measurements, notes and the closed solid as evidence."""
    triangles, volume, left_out = above(context.geometry.parts_without(exempt), limit_nap, zone.polygon)
    over = max(0.0, -(deciding.margin or 0.0))
    notes = (Note.of("checks_open_parts", count=left_out),) if left_out else ()
    measured = (
        Measurement("excess_height", round(over, 4), "m"),
        Measurement("excess_volume", None if left_out else round(volume, 4), "m3"),
    )
    if not len(triangles):
        return measured, notes, ()
    return measured, notes, (Evidence("excess_volume", triangles=triangles, value=round(over, 4), unit="m"),)


def _levels(level: PeilCandidate, point: np.ndarray) -> tuple[Measurement, ...]:
    return (
        Measurement("peil", level.nap_m, "m NAP", at=level.method),
        Measurement("top", round(float(point[2]), 4), "m NAP"),
    )


def limit_surface(zone: HeightZone, limit_nap: float) -> Evidence:
    """Return the horizontal limit over the zone near the design, as triangles."""
    shape = shapely.union_all([area.geometry for area in zone.areas]) if zone.areas else zone.polygon
    near = shapely.intersection(shape, shapely.buffer(zone.polygon, SURFACE_MARGIN_M, join_style="mitre"))
    west, south = np.floor(near.bounds[:2])
    local = shapely.transform(near, lambda xy: xy - np.array([west, south]))
    pieces = shapely.get_parts(shapely.constrained_delaunay_triangles(local))
    corners = np.array([np.asarray(piece.exterior.coords)[:3, :2] for piece in pieces]) + np.array([west, south])
    triangles = np.concatenate([corners, np.full((*corners.shape[:2], 1), limit_nap)], axis=2)
    return Evidence("limit_surface", triangles=triangles, value=zone.limit, unit="m")


def highest(point: np.ndarray, deciding: Measurement) -> Evidence:
    """Return the highest point, labelled with its height above peil."""
    return Evidence("highest_point", Point(*point), value=deciding.value, unit="m")
