"""Zones that lie over the plan's own: which of them the design stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only
from ...measure.plane.overlay import intersection
from ...model import Evidence, Finding, Measurement, Note, PlanArea, Question, Rule, Verdict
from ..engine.base import Context, finding, inputs_of, not_assessable
from ..engine.open_points.answer_words import alike, bare
from ..engine.open_points.unseen import EITHER
from ..engine.weighing import answer, section_line, yes_or_no

KINDS = ("dubbelbestemming", "gebiedsaanduiding")
NEAR_M = 25.0
SMALLEST_M2 = 1e-4
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, eq=False)
class Overlay:
    """All areas of one name as one (RD): parts of the same zone are the same zone."""

    name: str
    area: BaseGeometry
    areas: tuple[PlanArea, ...]


def overlays_of(rule: Rule, context: Context, words: tuple[str, ...] = ()) -> list[Overlay]:
    """Return the overlays of the governing plans, by name: those whose name, kind or group the rule (``measure.name``, ``measure.kinds``,
    ``measure.group``) or ``words`` ask for; a rule derived from a plan asks for the objects that it comes from."""
    wanted = _wanted(rule, words)
    group = str(rule.measure.get("group") or "").lower()
    own = {item.fid for item in rule.origin}
    context.looks("plans", EITHER, context.projection)
    by_name: dict[str, list[PlanArea]] = defaultdict(list)
    for kind in rule.measure.get("kinds", KINDS):
        for area in context.governing(kind):
            named = area.fid in own if own else not wanted or any(word in area.name.lower() for word in wanted)
            grouped = not group or group in area.group.lower() or area.name.lower().startswith(group)
            if named and grouped and area.geometry.geom_type in ("Polygon", "MultiPolygon"):
                by_name[area.name].append(area)
    return [Overlay(name, polygons_only(shapely.union_all([a.geometry for a in areas])), tuple(areas)) for name, areas in sorted(by_name.items())]


def hit_of(overlay: Overlay, shape: BaseGeometry) -> BaseGeometry:
    """Return the part of a shape (RD) inside an overlay; touching is no hit."""
    found = polygons_only(intersection(overlay.area, shape))
    return found if found.area > SMALLEST_M2 else shapely.MultiPolygon()


def area_in_zone(hit: BaseGeometry, limit: float | None = 0.0) -> Measurement:
    """Return the area of the design in a zone (m2), against a limit of nothing unless another is given."""
    return Measurement("area_in_zone", round(hit.area, 4), "m2", "<=", limit)


def zone_evidence(context: Context, overlay: BaseGeometry, hit: BaseGeometry) -> tuple[Evidence, ...]:
    """Return the zone near the design, what of the design lies in it with its area, and the profile across it."""
    near = polygons_only(intersection(overlay, shapely.buffer(shapely.box(*context.projection.bounds), NEAR_M)))
    zone = (Evidence("zone", near, value=round(overlay.area, 1), unit="m2"),) if not near.is_empty else ()
    if hit.is_empty:
        return zone
    place = shapely.get_coordinates(hit.representative_point())[0]
    direction = shapely.get_coordinates(overlay.centroid)[0] - place
    direction = direction if abs(direction).max() > 1e-6 else direction + 1.0
    line = section_line(context.projection, np.array([*place, float(context.design.bounds[1, 2])]), direction)
    return (*zone, Evidence("zone_overlap", hit, value=round(hit.area, 3), unit="m2"), line)


def subject_of(overlay: Overlay) -> Note:
    """Return the overlay as what a finding is about."""
    return Note.of("subject_overlay", name=overlay.name)


def missed(rule: Rule, context: Context, overlays: list[Overlay], subject: Note) -> Finding:
    """Return the finding of a design in none of the overlays, with its distance to the nearest."""
    if not overlays:
        return _none_named(rule, context, subject)
    nearest = min(overlays, key=lambda overlay: float(overlay.area.distance(context.projection)))
    away = float(nearest.area.distance(context.projection))
    return finding(
        rule, context, subject, Verdict.NOT_APPLICABLE, measurements=(Measurement("distance_to_zone", round(away, 3), "m", at=nearest.name),),
        inputs=inputs_of("plans", *nearest.areas), notes=(Note.of("surroundings_outside_overlay", name=nearest.name, distance=round(away, 2)),),
    )


def _none_named(rule: Rule, context: Context, subject: Note) -> Finding:
    """Return the finding where no plan has an overlay that the rule names: what there is under the design is told, and where a name there is a slip
    of the rule's, or the rule's of it, nobody knows which is meant."""
    shape = context.here(context.projection)
    wanted = [*_wanted(rule), *([str(rule.measure["group"]).lower()] if rule.measure.get("group") else [])]
    there = {a.name for kind in KINDS for a in context.governing(kind) if a.name and not hit_of(Overlay(a.name, a.geometry, ()), shape).is_empty}
    names = ", ".join(sorted(there))
    if not rule.origin and any(_is_slip(word, name) for word in wanted for name in there):
        return not_assessable(rule, context, subject, Note.of("surroundings_overlay_alike", name=", ".join(wanted), names=names))
    told = (Note.of("surroundings_overlays_here", name=", ".join(wanted), names=names),) if wanted and there else ()
    return finding(rule, context, subject, Verdict.NOT_APPLICABLE, notes=(Note.of("surroundings_no_overlay"), *told))


def _wanted(rule: Rule, words: tuple[str, ...] = ()) -> list[str]:
    """Return the names (lower case) of overlays that a rule asks for, else ``words``."""
    wanted = rule.measure.get("name") or words
    return [str(word).lower() for word in ([wanted] if isinstance(wanted, str) else wanted)]


def _is_slip(wanted: str, name: str) -> bool:
    """Whether each word of a name that a rule asks for is one of another name, or a slip of it; another number is another zone."""
    words = WORD.findall(name.lower())
    same_number = set(re.findall(r"\d+", wanted)) <= set(re.findall(r"\d+", name))
    return same_number and all(word in words or alike(word, words) for word in WORD.findall(wanted))


def by_consent(context: Context, key: str, name: str) -> tuple[Verdict, tuple[Question, ...], tuple[Note, ...]]:
    """Return the verdict that an answer of yes (complies) or no (violates), or that for the zone of this name, gives to a hit; unknown needs
    judgement and is asked."""
    given = answer(context, key)
    named = bare(given.get(name)) if isinstance(given, Mapping) else None
    decided = named if isinstance(named, bool) else yes_or_no(context, key)
    if decided is None:
        return Verdict.NEEDS_JUDGEMENT, (Question(key, Note.of(f"surroundings_question_{key}"), "yes_no"),), ()
    return (Verdict.COMPLIES if decided else Verdict.VIOLATES), (), (Note.of(f"surroundings_{key}_{'yes' if decided else 'no'}"),)


def by_function(context: Context) -> tuple[Verdict, tuple[Question, ...], tuple[Note, ...]]:
    """Return the verdict of a noise or safety zone: only a new sensitive function needs judgement."""
    sensitive = yes_or_no(context, "sensitive_function")
    if sensitive is None:
        return Verdict.NEEDS_JUDGEMENT, (Question("sensitive_function", Note.of("surroundings_question_sensitive_function"), "yes_no"),), ()
    word = "yes" if sensitive else "no"
    return (Verdict.NEEDS_JUDGEMENT if sensitive else Verdict.COMPLIES), (), (Note.of(f"surroundings_sensitive_function_{word}"),)
