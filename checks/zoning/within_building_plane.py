"""Building within the bouwvlak.

What it checks
    Whether the wall-enclosed footprint stays inside the bouwvlakken of the plan.
Legal basis
    "Gebouwen mogen uitsluitend binnen het bouwvlak worden gebouwd" (text of the plan); overstepping by ondergeschikte
    bouwdelen only as far as the plan says.
Inputs
    Plan areas ``bouwvlak``; design mesh with part classes and levels.
How measured
    Footprint = union of sections 1.0 m above each floor (without levels: slices every 0.5 m); outside = footprint minus the
    union of the bouwvlakken. Touching the bouwgrens is inside. Minor parts (``minor_classes``) are projected and judged
    apart: allowed up to ``minor_overshoot_m``, by default not at all.
Limits
    Both sides are legal or design geometry: no uncertainty but rounding. Secondary buildings may stand outside by other
    articles: apply the rule per object.
References
    SVBP2012; rules.md A1 measures depth as the largest distance from the bouwgrens.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.footprint import polygons_only, projection
from ...model import Evidence, Finding, Measurement, Note, PlanArea, Rule, Verdict
from ..base import Context, finding, inputs_of, missing_layers, not_assessable

MINOR_CLASSES = ("balcony", "canopy", "chimney", "stair", "railing")
EPSILON_M = 0.005
SUBJECT = "bouwvlak"


class WithinBuildingPlane:
    """``within_building_plane``; see the module's text."""

    name = "within_building_plane"
    needs: tuple[str, ...] = ("plans",)

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design against the bouwvlakken near it."""
        missing = missing_layers(self, context)
        if missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        planes = [a for a in context.governing("bouwvlak") if a.geometry.intersects(context.projection.buffer(50))]
        if not planes:
            return (not_assessable(rule, context, SUBJECT, Note.of("checks_no_bouwvlak")),)
        bouwvlak = shapely.union_all([plane.geometry for plane in planes])
        classes = tuple(rule.measure.get("minor_classes", MINOR_CLASSES))
        core_out = outside_of(context.geometry.footprint_without(classes), bouwvlak)
        minor_parts = [part for part in context.design.parts if part.kind in classes]
        minor_out = shapely.difference(outside_of(projection(minor_parts), bouwvlak), core_out.buffer(1e-6))
        near = [plane for plane in planes if plane.geometry.distance(context.geometry.footprint) < 1.0] or planes
        return (judge(rule, context, bouwvlak, near, core_out, polygons_only(minor_out)),)


def outside_of(shape: BaseGeometry, bouwvlak: BaseGeometry) -> BaseGeometry:
    """Return what lies outside, without slivers thinner than the numeric epsilon."""
    found = polygons_only(shapely.difference(shape, bouwvlak))
    pieces = [p for p in shapely.get_parts(found) if not p.is_empty and deepest_point(p, bouwvlak)[1] > EPSILON_M]
    return shapely.union_all(pieces) if pieces else shapely.MultiPolygon()


def deepest_point(outside: BaseGeometry, bouwvlak: BaseGeometry) -> tuple[Point, float]:
    """Return the vertex of ``outside`` furthest from the bouwvlak and its distance (m)."""
    vertices = shapely.points(shapely.get_coordinates(outside))
    distances = shapely.distance(vertices, bouwvlak)
    best = int(np.argmax(distances))
    return vertices[best], float(distances[best])


def judge(
    rule: Rule, context: Context, bouwvlak: BaseGeometry, planes: list[PlanArea], core_out: BaseGeometry, minor_out: BaseGeometry
) -> Finding:
    """Return the finding from what lies outside: enclosed parts first, minor parts apart."""
    overshoot = float(rule.measure.get("minor_overshoot_m", 0.0))
    outside = core_out if not core_out.is_empty else minor_out
    tolerated = shapely.MultiPolygon()
    unclassified = all(part.kind in ("building", "other") for part in context.design.parts)
    notes: tuple[Note, ...] = (Note.of(f"checks_footprint_{context.geometry.footprint_method}"),)
    depth = 0.0 if outside.is_empty else deepest_point(outside, bouwvlak)[1]
    within = depth <= overshoot + EPSILON_M
    if outside.is_empty:
        verdict = Verdict.COMPLIES
    elif core_out.is_empty and within:
        verdict, tolerated = Verdict.COMPLIES, outside
        notes += (Note.of("checks_minor_tolerated", depth=round(depth, 3), overshoot=overshoot),)
    elif not core_out.is_empty and unclassified and within and overshoot > 0:
        verdict = Verdict.NEEDS_JUDGEMENT
        notes += (Note.of("checks_unclassified_outside", depth=round(depth, 3), overshoot=overshoot),)
    else:
        verdict = Verdict.VIOLATES
    allowed = overshoot if core_out.is_empty or verdict is Verdict.NEEDS_JUDGEMENT else 0.0
    counted = 0.0 if not tolerated.is_empty else outside.area
    return finding(
        rule, context, SUBJECT, verdict,
        measurements=(
            Measurement("outside_area", round(counted, 4), "m2", "<=", 0.0),
            Measurement("outside_depth", round(depth, 4), "m", "<=", allowed),
            Measurement("footprint", round(context.geometry.footprint.area, 4), "m2"),
        ),
        evidence=evidence(outside, bouwvlak, planes, depth),
        inputs=inputs_of("plans", *planes),
        notes=notes,
    )


def evidence(outside: BaseGeometry, bouwvlak: BaseGeometry, planes: list[PlanArea], depth: float) -> tuple[Evidence, ...]:
    """Return the bouwgrens, what lies outside, and an arrow of its depth."""
    line = Evidence("bouwvlak", shapely.union_all([plane.geometry for plane in planes]))
    if outside.is_empty:
        return (line,)
    point, _ = deepest_point(outside, bouwvlak)
    return (
        line,
        Evidence("outside_area", outside, value=round(outside.area, 4), unit="m2"),
        Evidence("outside_depth", shapely.shortest_line(bouwvlak, point), value=round(depth, 4), unit="m"),
    )
