"""Heights against a limit that is a surface: what mills, airports, radar and radio links share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import polygons_only, without_neighbours
from ....measure.plan.surface_excess import WorstPoint, covered, solid_above, worst_point
from ....measure.plane import overlay
from ....measure.plane.distance import main_directions
from ....measure.plane.surfaces import Contours, Level, Plane, Raster, Surface, Zoned, surface_mesh
from ....model import ABOVE_NAP, Evidence, Finding, InputUsed, Measurement, Note, PlanArea, Rule, Terrain, UncertaintySource, Verdict
from ...engine.base import Context, finding, inputs_of, not_assessable, peil_question, value_of
from ...engine.open_points.unseen import EITHER
from ...engine.weighing import declared, lacking, section_line
from .heights import STEP_M

AROUND_M = 5.0
SMALLEST_M2 = 1e-6


@dataclass(frozen=True, eq=False)
class SurfaceLimit:
    """What a design is measured against.

    ``zoned``: the surfaces with their areas; ``datum_nap``: the height (m NAP) that values are given above, in ``unit`` (``m NAP``
    with datum 0); ``centre``: the mill or beacon (RD) when there is one; ``contours``: lines of equal limit with their value.
    """

    subject: Note
    zoned: tuple[Zoned, ...]
    datum_nap: float = 0.0
    unit: str = ABOVE_NAP
    centre: tuple[float, float] | None = None
    sources: tuple[UncertaintySource, ...] = ()
    inputs: tuple[InputUsed, ...] = ()
    notes: tuple[Note, ...] = ()
    contours: tuple[tuple[LineString, float], ...] = ()
    on_violation: tuple[Note, ...] = ()


def reaches(zoned: Sequence[Zoned], shape: BaseGeometry) -> bool:
    """Whether a shape (RD) lies in any of the zones; touching is not in."""
    return any(item.zone is None or polygons_only(overlay.intersection(item.zone, shape)).area > SMALLEST_M2 for item in zoned)


def judge_surface(rule: Rule, context: Context, limit: SurfaceLimit) -> Finding:
    """Return the finding of a design against a surface: its first measurement is the height at the worst point, with the limit there."""
    if context.projection.is_empty:  # nothing, or sheets that stand upright
        return not_assessable(rule, context, limit.subject, Note.of("surroundings_no_body"))
    if not reaches(limit.zoned, context.projection):
        return outside(rule, context, limit)
    zoned = tuple(item for item in limit.zoned if reaches((item,), context.projection))
    worst = worst_inside(context, zoned)
    if worst is None:
        return not_assessable(rule, context, limit.subject, Note.of("surroundings_surface_not_here"), notes=limit.notes)
    deciding = _deciding(rule, limit, worst)
    verdict, notes = deciding.verdict(), limit.notes
    if not covered(context.projection, zoned):
        notes += (Note.of("surroundings_surface_partly"),)
        verdict = verdict if verdict is Verdict.VIOLATES else Verdict.NEEDS_JUDGEMENT
    over = (deciding.margin or 0.0) < 0.0
    extra, volume_notes, solid = _excess(context, zoned, worst) if over else ((), (), ())
    distance = () if limit.centre is None else (
        Measurement("distance_to_centre", round(float(np.hypot(*(worst.point[:2] - limit.centre))), 3), "m"),
    )
    found = finding(
        rule, context, limit.subject, verdict,
        measurements=(deciding, *extra, *distance, Measurement("top", round(float(worst.point[2]), 4), "m NAP")),
        evidence=(*_limit_evidence(context, limit, zoned), *solid, *_point_evidence(context, limit, worst, deciding)),
        inputs=limit.inputs,
        notes=(*notes, *volume_notes, *(limit.on_violation if verdict is Verdict.VIOLATES else ())),
    )
    return found


def worst_inside(context: Context, zoned: tuple[Zoned, ...]) -> WorstPoint | None:
    """Return the worst point of a design; not that of a wall on a zone's edge, of what stands outside it."""
    triangles, shape = context.design.triangles, context.projection
    worst = worst_point(triangles, zoned)
    inner = tuple(item if item.zone is None else replace(item, zone=without_neighbours(item.zone, shape)) for item in zoned)
    if worst is None or all(item.zone is other.zone for item, other in zip(inner, zoned)):
        return worst
    inside = worst_point(triangles, inner)
    return inside if inside is not None and worst.excess_m - inside.excess_m > STEP_M else worst


def _deciding(rule: Rule, limit: SurfaceLimit, worst: WorstPoint) -> Measurement:
    value, allowed = (round(nap - limit.datum_nap, 4) for nap in (float(worst.point[2]), worst.limit_nap))
    operator = rule.limit.operator if rule.limit and rule.limit.operator in ("<=", "<") else "<="
    sources = (*limit.sources, *declared(rule, "level", "height", "surface"))
    return Measurement("height_at_worst_point", value, limit.unit, operator, allowed, sources)


def outside(rule: Rule, context: Context, limit: SurfaceLimit) -> Finding:
    """Return the finding of a design that stands outside every zone, with its distance to the nearest."""
    zones = [item.zone for item in limit.zoned if item.zone is not None and not item.zone.is_empty]
    if not zones:
        note = Note.of("surroundings_zone_beyond_reach")
        return finding(rule, context, limit.subject, Verdict.NOT_APPLICABLE, inputs=limit.inputs, notes=(*limit.notes, note))
    return outside_zones(rule, context, limit.subject, zones, limit.inputs, limit.notes)


def outside_zones(
    rule: Rule, context: Context, subject: Note, zones: Sequence[BaseGeometry], inputs: tuple[InputUsed, ...], notes: tuple[Note, ...] = ()
) -> Finding:
    """Return the finding of a design that stands outside all of some zones (RD), with its distance to the nearest."""
    away = float(shapely.distance(list(zones), context.projection).min())
    return finding(
        rule, context, subject, Verdict.NOT_APPLICABLE, measurements=(Measurement("distance_to_zone", round(away, 3), "m"),), inputs=inputs,
        notes=(*notes, Note.of("surroundings_outside_zone", distance=round(away, 2))),
    )


def _excess(
    context: Context, zoned: tuple[Zoned, ...], worst: WorstPoint
) -> tuple[tuple[Measurement, ...], tuple[Note, ...], tuple[Evidence, ...]]:
    """Return what stands above the surfaces: measurements, notes and the solid."""
    found = [solid_above(context.design.parts, item) for item in zoned]
    left_out = max(count for _, _, count in found)
    triangles = np.concatenate([solid for solid, _, _ in found])
    over = round(worst.excess_m, 4)
    measured = (
        Measurement("excess_height", over, "m"),
        Measurement("excess_volume", None if left_out else round(sum(volume for _, volume, _ in found), 3), "m3"),
    )
    notes = (Note.of("checks_open_parts", count=left_out),) if left_out else ()
    if not len(triangles):
        return measured, notes, ()
    return measured, notes, (Evidence("excess_volume", triangles=triangles, value=over, unit="m"),)


def _limit_evidence(context: Context, limit: SurfaceLimit, zoned: tuple[Zoned, ...]) -> tuple[Evidence, ...]:
    around = shapely.box(*context.projection.bounds).buffer(AROUND_M, join_style="mitre")
    meshes = [mesh for item in zoned if len(mesh := surface_mesh(item, around))]
    surface = (Evidence("limit_surface", triangles=np.concatenate(meshes)),) if meshes else ()
    rings = tuple(Evidence("limit_contour", line, value=round(value, 3), unit=limit.unit) for line, value in limit.contours)
    return surface + rings


def _point_evidence(context: Context, limit: SurfaceLimit, worst: WorstPoint, deciding: Measurement) -> tuple[Evidence, ...]:
    direction = main_directions(context.projection)[0]
    if limit.centre is not None and np.hypot(*(worst.point[:2] - limit.centre)) > 0.01:
        direction = worst.point[:2] - np.array(limit.centre)
    return (
        section_line(context.projection, worst.point, direction),
        Evidence("highest_point", Point(*worst.point), value=deciding.value, unit=limit.unit),
    )


def surface_from(given: Any) -> tuple[Zoned, ...] | None:
    """Return the surfaces that a rule describes under ``measure.surface``, or None when the description cannot be read.

    A number (m NAP), or one or a list of: ``{type: constant, nap_m}``, ``{type: plane, points: [[x, y, nap] x 3]}`` or
    ``{type: plane, at: [x, y], nap_m, rise: [east, north]}``, ``{type: contours, lines: [{nap_m, line: [[x, y], ...]}]}``,
    ``{type: raster, west, north, cell_m, heights: [[nap, ...], ...]}`` (rows from the north, null = none); each may have an
    ``area: [[x, y], ...]`` (RD) that it holds for.
    """
    if isinstance(given, Sequence) and not isinstance(given, str):
        parts = [surface_from(item) for item in given]
        return None if not parts or any(part is None for part in parts) else tuple(item for part in parts for item in part or ())
    try:
        if isinstance(given, Mapping):
            surface: Surface | None = _READERS[str(given.get("type", "constant"))](given)
            area = shapely.Polygon(given["area"]) if given.get("area") else None
        else:
            surface, area = Level(float(given)), None
    except (KeyError, TypeError, ValueError, IndexError, shapely.errors.GEOSException):
        return None
    if surface is None or not np.isfinite(surface.slope):
        return None
    return (Zoned(surface, area),) if area is None or (area.is_valid and not area.is_empty) else None


def _plane(given: Mapping[str, Any]) -> Surface | None:
    if "points" in given:
        return Plane.through(np.asarray(given["points"], dtype=float).reshape(3, 3))
    (x, y), (east, north) = given["at"], given["rise"]
    return Plane((float(x), float(y)), float(given["nap_m"]), (float(east), float(north)))


def _contours(given: Mapping[str, Any]) -> Surface | None:
    lines = tuple(LineString(np.asarray(item["line"], dtype=float)[:, :2]) for item in given["lines"])
    naps = tuple(float(item["nap_m"]) for item in given["lines"])
    return Contours(lines, naps) if len(lines) > 1 else None


def _raster(given: Mapping[str, Any]) -> Surface | None:
    heights = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in given["heights"]])
    if heights.ndim != 2 or min(heights.shape) < 2 or float(given["cell_m"]) <= 0:
        return None
    return Raster(Terrain(heights, float(given["west"]), float(given["north"]), float(given["cell_m"])))


_READERS = {
    "constant": lambda given: Level(float(given["nap_m"])),
    "plane": _plane,
    "contours": _contours,
    "raster": _raster,
}


def lines_of_equal_height(zoned: Sequence[Zoned]) -> tuple[tuple[LineString, float], ...]:
    """Return the contour lines of those surfaces that are made of them."""
    return tuple(
        (line, nap) for item in zoned if isinstance(item.surface, Contours) for line, nap in zip(item.surface.lines, item.surface.naps)
    )


def clipped_to(zoned: Sequence[Zoned], zone: BaseGeometry | None) -> tuple[Zoned, ...]:
    """Return surfaces that hold only inside a zone (RD polygon; None = no further zone)."""
    if zone is None:
        return tuple(zoned)
    return tuple(replace(item, zone=zone if item.zone is None else polygons_only(overlay.intersection(item.zone, zone))) for item in zoned)


def from_peil(rule: Rule) -> bool:
    """Whether a rule's own limit is a height above peil: metres that say no more are, heights above NAP say so."""
    return rule.limit is not None and rule.limit.value is not None and rule.limit.unit == "m"


@dataclass(frozen=True)
class Datum:
    """What heights are given above: ``nap_m`` (m NAP), in ``unit``, and how sure that is."""

    nap_m: float = 0.0
    unit: str = ABOVE_NAP
    sources: tuple[UncertaintySource, ...] = ()


def datum_of(rule: Rule, context: Context) -> Datum | None:
    """Return what heights against the rule's own limit are given above: peil in this reading, or NAP; None while nothing is known of peil."""
    if not from_peil(rule):
        return Datum()
    level = context.level
    return None if level is None else Datum(level.nap_m, "m", level.sources)


def peil_missing(rule: Rule, context: Context, subject: Note) -> Finding:
    """Return the finding that peil is not known from which the limit counts."""
    return not_assessable(rule, context, subject, Note.of("checks_peil_missing"), questions=(peil_question(),))


def judge_described(rule: Rule, context: Context, subject: Note, on_violation: tuple[Note, ...] = ()) -> Finding:
    """Return the finding against the surface that the rule describes or the plan's values give."""
    own = rule if rule.measure.get("surface") is None else replace(rule, limit=None)  # what describes a surface gives it in NAP
    datum = datum_of(own, context)
    if datum is None:
        return peil_missing(rule, context, subject)
    zoned, areas, missing = surfaces(rule, context, datum.nap_m)
    if missing:
        return not_assessable(rule, context, subject, *missing)
    return judge_surface(rule, context, SurfaceLimit(
        subject, zoned, inputs=inputs_of("plans", *areas), contours=lines_of_equal_height(zoned), on_violation=on_violation,
        datum_nap=datum.nap_m, unit=datum.unit, sources=datum.sources,
    ))


def surfaces(rule: Rule, context: Context, datum_nap: float = 0.0) -> tuple[tuple[Zoned, ...], tuple[PlanArea, ...], tuple[Note, ...]]:
    """Return the surfaces (m NAP) with their zones, the plan areas used, and what is missing; ``datum_nap``: what the rule's own number is above."""
    if rule.limit is not None and rule.limit.from_plan is not None:
        return plan_levels(rule, context)
    described = rule.measure.get("surface")
    if described is None and (rule.limit is None or rule.limit.value is None):
        return (), (), (Note.of("surroundings_no_surface"),)
    found = surface_from(rule.limit.value + datum_nap if described is None and rule.limit and rule.limit.value is not None else described)
    if found is None:
        return (), (), (Note.of("surroundings_surface_unreadable"),)
    zone, areas, missing = named_zone(rule, context)
    return clipped_to(found, zone), areas, missing


def named_zone(rule: Rule, context: Context) -> tuple[BaseGeometry | None, tuple[PlanArea, ...], tuple[Note, ...]]:
    """Return the gebiedsaanduiding that ``measure.zone_name`` names (None = everywhere), its objects, and what is missing."""
    word = str(rule.measure.get("zone_name") or "").lower()
    if not word:
        return None, (), ()
    context.looks("plans", EITHER, context.projection)
    areas = tuple(area for area in context.governing("gebiedsaanduiding") if word in area.name.lower())
    if not areas:
        return None, (), lacking(context, "plans") or (Note.of("surroundings_no_zone", name=word),)
    return polygons_only(shapely.union_all([area.geometry for area in areas])), areas, ()


def plan_levels(rule: Rule, context: Context, zone_name: str = "") -> tuple[tuple[Zoned, ...], tuple[PlanArea, ...], tuple[Note, ...]]:
    """Return a level surface (m NAP) for each plan area with the value that the rule names: gebiedsaanduidingen (those of
    ``measure.zone_name``), and maatvoeringen in m NAP (others are above peil)."""
    name = (rule.limit.from_plan if rule.limit else "") or "bouwhoogte"
    word = str(rule.measure.get("zone_name") or zone_name).lower()
    marked = [area for area in context.governing("gebiedsaanduiding") if word in area.name.lower()]
    zoned, areas = [], []
    for area in (*marked, *context.governing("maatvoering")):
        value = value_of(area, name, "maximum", context)
        if value is not None and value.value is not None and (area.kind != "maatvoering" or value.unit == ABOVE_NAP):
            zoned.append(Zoned(Level(value.value), area.geometry))
            areas.append(area)
    missing = lacking(context, "plans") or (() if zoned else (Note.of("surroundings_no_surface"),))
    return tuple(zoned), tuple(areas), missing
