"""Overlay hits: dubbelbestemmingen and gebiedsaanduidingen that the design stands in.

What it checks
    Which overlays of the plan the design lies in, over what area, and what that asks: archaeology, pipelines, flood defences, noise and safety
    zones with their own questions; any other overlay is reported with its article.
Legal basis
    The article of the dubbelbestemming ("Waarde - Archeologie n", "Leiding - ...", "Waterstaat - Waterkering", ...) or of the gebiedsaanduiding
    (geluidzone, luchtvaartverkeerzone, milieuzone, reconstructiewetzone, veiligheidszone, vrijwaringszone, wetgevingzone, overige zone;
    IMRO2008 also wro-zone and overig).
Inputs
    Plan areas, chosen by ``measure.name`` (a part of the name, or several), ``measure.kinds``, ``measure.group``. ``measure.kind``: archaeology |
    pipeline | flood_defence | sensitive | any (by default read from the name). Archaeology: ``measure.area_m2`` and ``measure.depth_m``, or per zone
    ``measure.zones: {name: {area_m2, depth_m}}``; the depth from the mesh below ground, else the answer ``ground_disturbance: {depth_m, area_m2}``.
    Pipeline: ``measure.line`` (RD, hartlijn; or a figuur hartlijn) with ``measure.strip_m`` each side; the answer ``operator_consent``
    (for all, or by zone: ``{"Leiding - Gas": yes}``). Sensitive: the answer ``sensitive_function``.
How measured
    The area of everything projected inside the overlay; areas of one name are one zone. Archaeology: the footprint below ground inside the
    zone (where nothing in the zone goes below, the wall-enclosed footprint) larger than ``area_m2`` and there deeper than ``depth_m`` needs
    research; a number that is not stated asks nothing. First measurement: the one that decides.
Limits
    A hit never refuses by itself: without an answer it needs judgement. Ground from AHN is uncertain by 0.10 m; a chosen peil at NAP or finished
    ground is taken as it is.
References
    SVBP2012; Besluit omgevingsrecht bijlage II art. 5 lid 4 for archaeology; docs/measuring.md A12.
"""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.plane.overlay import intersection
from ...model import Evidence, Finding, Limit, Measurement, Note, Question, Rule, Verdict
from ..declared.declaration import OVERLAYS, PART, STABLE, ZONING, Drawn, Switch
from ..engine.base import Check, Context, finding, inputs_of, missing_layers, not_assessable
from ..engine.weighing import against, distance_line, lines_in, worst_first
from ..shared.disturbance import ground_disturbance, unreadable_answer
from ..shared.overlays import Overlay, area_in_zone, by_consent, by_function, hit_of, missed, overlays_of, subject_of, zone_evidence

SUBJECT = Note.of("subject_overlays")
STRIP = Note.of("subject_pipeline_strip")
WORDS = {
    "archaeology": ("archeolog",),
    "pipeline": ("leiding",),
    "flood_defence": ("waterkering", "waterstaat"),
    "sensitive": ("geluid", "veiligheid", "magneet"),
}


class OverlayHit(Check):
    """``overlay_hit``; see the module's text."""

    name = "overlay_hit"
    code, stage, family, about = "DRL-A12", STABLE, ZONING, PART
    in_plan = True
    by_place = True
    title = {"nl": "Dubbelbestemmingen en gebiedsaanduidingen", "en": "Overlays of the plan"}
    needs: tuple[str, ...] = ("plans",)
    reads: tuple[str, ...] = ()
    units = ("m2", "m", "")
    drawn = Drawn(OVERLAYS, named_by="name", kinds_by="kinds")
    switches: Mapping[str, Switch] = {
        "name": "names", "kinds": "plan_layers", "group": "name",
        "kind": ("archaeology", "pipeline", "flood_defence", "sensitive", "any"), "area_m2": "square_metres", "depth_m": "metres",
        "zones": "archaeology_zones", "line": "lines", "strip_m": "metres",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per overlay that the design lies in, the heaviest first; one when it lies in none."""
        missing = missing_layers(self, context)
        if missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        overlays = overlays_of(rule, context)
        strip = pipeline_strip(rule, context)
        found = [judge(rule, context, overlay, hit) for overlay in overlays if not (hit := hit_of(overlay, context.here(context.projection))).is_empty]
        found += [strip] if strip is not None else []
        return worst_first(found) if found else (missed(rule, context, overlays, SUBJECT),)


def kind_of(rule: Rule, overlay: Overlay) -> str:
    """Return what an overlay asks: the rule's word, else by its name."""
    told = str(rule.measure.get("kind") or "")
    return told or next((kind for kind, words in WORDS.items() if any(word in overlay.name.lower() for word in words)), "any")


def judge(rule: Rule, context: Context, overlay: Overlay, hit: BaseGeometry) -> Finding:
    """Return the finding of one overlay that the design lies in."""
    kind = kind_of(rule, overlay)
    if kind == "archaeology":
        by_name = {str(name).lower(): numbers for name, numbers in rule.measure.get("zones", {}).items()}
        numbers = by_name.get(overlay.name.lower(), rule.measure)
        area, depth = (None if numbers.get(key) is None else float(numbers[key]) for key in ("area_m2", "depth_m"))
        if area is not None or depth is not None:
            return archaeology(rule, context, overlay, area or 0.0, depth)
    notes: tuple[Note, ...] = (Note.of("surroundings_hit", name=overlay.name, article=overlay.areas[0].article or "?"),)
    verdict = Verdict.NEEDS_JUDGEMENT
    questions: tuple[Question, ...] = ()
    if kind == "pipeline":
        verdict, questions, more = by_consent(context, "operator_consent", overlay.name)
        notes += more
    elif kind == "sensitive":
        verdict, questions, more = by_function(context)
        notes += more
    elif kind in ("archaeology", "flood_defence"):
        notes += (Note.of(f"surroundings_{kind}"),)
    return finding(
        rule, context, subject_of(overlay), verdict, measurements=(area_in_zone(hit, 0.0 if kind == "pipeline" else None),), notes=notes,
        inputs=inputs_of("plans", *overlay.areas), questions=questions, evidence=zone_evidence(context, overlay.area, hit),
    )


def archaeology(rule: Rule, context: Context, overlay: Overlay, area_m2: float, depth_m: float | None) -> Finding:
    """Return the finding of an archaeological zone: research is needed over more than an area and deeper than a depth (None: at any)."""
    if unreadable_answer(context):
        return not_assessable(rule, context, subject_of(overlay), Note.of("surroundings_answer_no_number", key="ground_disturbance"))
    disturbed = ground_disturbance(context, overlay.area)
    inside = intersection(disturbed.shape, overlay.area)
    size = disturbed.area_m2 if disturbed.area_m2 is not None else float(inside.area)
    area = Measurement("disturbed_area", round(size, 4), "m2", "<=", area_m2)
    depth = Measurement("disturbed_depth", None if disturbed.depth_m is None else round(disturbed.depth_m, 4), "m", "<=", depth_m, disturbed.sources)
    verdict, measured, notes = weigh_archaeology(area, depth)
    rest = float(intersection(disturbed.rest, overlay.area).area)
    if rest > 0.0 and verdict is Verdict.COMPLIES:  # what the model digs is not all that is dug
        area = Measurement("disturbed_area", round(size + rest, 4), "m2", "<=", area_m2)
        within = area.verdict() is Verdict.COMPLIES
        verdict, measured, notes = Verdict.COMPLIES if within else Verdict.NOT_ASSESSABLE, (area, depth), ()
    parts = {
        "measurements": measured, "inputs": inputs_of("plans", *overlay.areas),
        "evidence": zone_evidence(context, overlay.area, hit_of(overlay, disturbed.shape)),
    }
    if verdict is Verdict.NOT_ASSESSABLE:
        question = Question("ground_disturbance", Note.of("surroundings_question_ground_disturbance"), "numbers", "", ("depth_m", "area_m2"))
        return not_assessable(rule, context, subject_of(overlay), Note.of("surroundings_depth_unknown"), questions=(question,), **parts)
    return finding(rule, context, subject_of(overlay), verdict, notes=notes, **parts)


def weigh_archaeology(area: Measurement, depth: Measurement) -> tuple[Verdict, tuple[Measurement, ...], tuple[Note, ...]]:
    """Return the verdict, the measurements with the deciding one first, and what to say (both must be passed: docs/measuring.md A12)."""
    shallow = depth.verdict()
    if area.verdict() is Verdict.COMPLIES:
        return Verdict.COMPLIES, (area, depth), ()
    if depth.limit is None:  # the zone asks nothing about depth
        return Verdict.NEEDS_JUDGEMENT, (area, depth), (Note.of("surroundings_research"),)
    if shallow in (Verdict.COMPLIES, Verdict.NOT_ASSESSABLE):
        return shallow, ((depth, area) if shallow is Verdict.COMPLIES else (area, depth)), ()
    return Verdict.NEEDS_JUDGEMENT, (area, depth), (Note.of("surroundings_research"),)


def pipeline_strip(rule: Rule, context: Context) -> Finding | None:
    """Return the finding of the strip beside a pipeline's axis (belemmeringenstrook), None when no axis or width is stated or it stays clear
    of other hits."""
    width = rule.measure.get("strip_m")
    told = lines_in(rule.measure.get("line"))
    if width is not None and told is None and rule.measure.get("line") is not None:
        return not_assessable(rule, context, STRIP, Note.of("surroundings_line_unreadable", key="line"))
    lines = told or tuple(
        part for area in context.governing("figuur") if "hartlijn" in area.name.lower()
        for part in shapely.get_parts(area.geometry) if part.geom_type == "LineString"
    )
    if width is None or not lines:
        return None
    line = min(lines, key=lambda axis: float(axis.distance(context.projection)))
    distance = against(Limit(">=", "m", float(width)), "distance_to_axis", float(line.distance(context.projection)), "m")
    strip = shapely.buffer(line, float(width), cap_style="flat")
    verdict = distance.verdict()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    if verdict is not Verdict.COMPLIES:
        verdict, questions, notes = by_consent(context, "operator_consent", "belemmeringenstrook")
    shown = (Evidence("road_axis", line), distance_line(shapely.shortest_line(line, context.projection), distance.value or 0.0))
    return finding(
        rule, context, STRIP, verdict, measurements=(distance,), questions=questions, notes=notes,
        evidence=(*zone_evidence(context, strip, intersection(strip, context.projection)), *shown),
    )
