"""Built area as a share of the reference area that the plan means: shared by the rules that set a maximum and a minimum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import polygons_only, wall_enclosed
from ....measure.plane import overlay
from ....measure.plane.distance import main_directions
from ....model import Evidence, Finding, Measurement, Note, Question, RegisteredBuilding, Rule, TopographyObject, UncertaintySource, Verdict
from ...declared.declaration import DENOMINATORS
from ...engine.base import BGT_OUTLINE_UNCERTAINTY_M, Context, finding, inputs_of, not_assessable
from ...engine.drawn_along import named_there, names_standing
from ...engine.open_points.points import Alternative, OpenPoint
from ...engine.open_points.unseen import EITHER, HIGHER
from ...engine.plot import looks_under, parcels_told, plot_of
from ...engine.scope import of_the_place
from ...engine.standing import inputs_of_buildings, looks_at_buildings, standing_in, structures
from ...engine.weighing import against, answer, declared, lacking, section_line
from ..zones import LEAST_WIDTH_M, LimitZone, limit_zones, no_limit, unreadable, zone_of
from .hanging import built_over, hanging, low_structures, on_posts, on_walls, projected, steps, with_hanging
from .party_walls import to_the_axis
from .secondary import plot_uncertainty
from .underground import above_ground, below_counts, reaches_below

NAMES = ("bebouwingspercentage",)
KINDS = {"bouwvlak": ("bouwvlak",), "bestemmingsvlak": ("enkelbestemming",), "aanduidingsvlak": ("functieaanduiding", "bouwaanduiding")}
SHARE_PART = ("deel met de waarde", "hele vlak")
"""What a share is of whose value stands on a part of the reference area: words of the answer ``share_part``."""
SUBJECT = Note.of("subject_coverage")
UNDER_M2 = 1.0
WHOLE_PCT = 100.0
TOUCH_M2 = 0.01
"""Objects share edges, drawn to the centimetre: less than this in common is a touch."""
Item = TypeVar("Item", RegisteredBuilding, TopographyObject)


@dataclass(frozen=True, eq=False)
class Reference:
    """The reference area (RD) of a word of the plan, the objects that it consists of with their layer, and how they were chosen."""

    word: str
    area: BaseGeometry
    objects: Sequence[Any]
    layer: str
    notes: tuple[Note, ...]


COUNTS = ("bouwwerken", "gebouwen")
"""What a share of built ground is of, the widest first: words of the rule and of the answer ``counts``."""


def judge_coverage(rule: Rule, context: Context, qualifier: str) -> tuple[Finding, ...]:
    """Return the findings of the coverage against the strictest limit, or per zone where the reference area is the plan's."""
    if rule.measure.get("basis") == "volume":
        return (not_assessable(rule, context, SUBJECT, Note.of("zoning_coverage_volume")),)
    word = _word(rule, context)
    footprint = context.geometry.footprint
    zones = limit_zones(rule, context, NAMES, qualifier, footprint, "%")
    if not zones:
        texts = unreadable(context, NAMES, qualifier, footprint)
        if texts or lacking(context, "plans") or qualifier == "minimum":
            return (no_limit(rule, context, NAMES, qualifier, SUBJECT),)
        return (not_assessable(rule, context, SUBJECT, Note.of("checks_no_coverage_limit")),)
    reference = _reference(word, zones, context)
    if not reference.objects:
        nothing = Note.of("checks_no_reference_area", denominator=word)
        return (not_assessable(rule, context, SUBJECT, nothing, *lacking(context, reference.layer)),)
    if not all(_of_the_whole(zone) for zone in zones):
        looks_at_reference(context, reference, footprint)
    if reference.word == "bouwperceel":
        return (judge(rule, context, zones[0], reference, SUBJECT),)
    pairs = [(zone, own) for zone in zones for one in apart(reference) if (own := _within(one, zone, footprint, context)) is not None]
    return tuple(judge(rule, context, zone, own, subject_of(zone, own, pairs)) for zone, own in pairs)


def looks_at_reference(context: Context, reference: Reference, footprint: BaseGeometry) -> None:
    """Look at what a share is of; a plot that the officer named is known."""
    if reference.layer == "parcels" and tuple(reference.objects) == parcels_told(context):
        return
    context.looks(reference.layer, EITHER, footprint)
    if reference.word == "bouwperceel":
        looks_under(context, reference.objects)


def _reference(word: str, zones: Sequence[LimitZone], context: Context) -> Reference:
    """Return the reference area of a word; where the whole of any may be built on, any that is there: no share is more than the whole."""
    own = reference_of(word, context)
    if own.objects or not all(_of_the_whole(zone) for zone in zones):
        return own
    return next((other for name in DENOMINATORS if (other := reference_of(name, context)).objects), own)


def _of_the_whole(zone: LimitZone) -> bool:
    return zone.limit.operator == "<=" and (zone.limit.value or 0.0) >= WHOLE_PCT


def _word(rule: Rule, context: Context) -> str:
    """Return what the rule counts over: its own word; where it is silent, the answer, else an open point. An answer that says otherwise than the rule is
    told, and changes nothing."""
    own, given = str(rule.measure.get("denominator") or ""), answer(context, "denominator")
    if own not in DENOMINATORS:
        return context.word("denominator", Note.of("checks_question_denominator"), possible_words(context))
    if given is not None and str(given).strip().lower() != own:
        context.refused("denominator", given, (own,))
    return own


def possible_words(context: Context) -> tuple[str, ...]:
    """Return the words that a plan may count over here: those of which there is an area, or of which nobody knows whether there is. One word that
    is left alone is not chosen by what is absent: then all are asked."""
    there = [(word, reference_of(word, context)) for word in DENOMINATORS]
    possible = tuple(word for word, own in there if own.objects or lacking(context, own.layer))
    return possible if len(possible) > 1 else DENOMINATORS


def apart(reference: Reference) -> tuple[Reference, ...]:
    """Return each bouwvlak or bestemmingsvlak by itself, for one that is full is not cured by another that is empty; those of one name that
    touch are one. Which of several aanduidingsvlakken a plan means is not known: they stay together where they touch."""
    named: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for item in reference.objects:
        named[(item.plan_id, item.name) if reference.word != "aanduidingsvlak" else ("", "")].append(item)
    found = []
    for key in sorted(named):
        for piece in sorted(shapely.get_parts(_joined(named[key])), key=lambda part: part.bounds):
            objects = [item for item in named[key] if overlay.intersection(item.geometry, piece).area > TOUCH_M2]
            found.append(replace(reference, area=piece, objects=objects))
    return tuple(found)


def _within(reference: Reference, zone: LimitZone, footprint: BaseGeometry, context: Context) -> Reference | None:
    """Return what of a reference area lies in a zone with a value, in the reading in which it is a share of that part; None where the design does not
    stand in it."""
    area = polygons_only(overlay.intersection(reference.area, zone.whole)) if zone.areas else reference.area
    if overlay.intersection(area, footprint).area > UNDER_M2 and not _of_the_part(reference, area, context):
        area = reference.area
    if context.here(area) is not area and (context.here(area).area <= UNDER_M2 or of_the_place(context)):
        area = context.here(area)
    return replace(reference, area=area) if overlay.intersection(area, footprint).area > UNDER_M2 else None


def _of_the_part(reference: Reference, part: BaseGeometry, context: Context) -> bool:
    """Whether a share with a value on a part of a reference area is a share of that part, in this reading, and not of the whole."""
    beyond = polygons_only(overlay.difference(reference.area, part))
    if shapely.buffer(beyond, -LEAST_WIDTH_M / 2).area <= UNDER_M2:
        return True
    return context.word("share_part", Note.of("zoning_question_share_part", word=reference.word), SHARE_PART) == SHARE_PART[0]


def subject_of(zone: LimitZone, own: Reference, pairs: Sequence[tuple[LimitZone, Reference]]) -> Note:
    """Return what tells a finding from the others of its rule: the limit's zone and the reference area, where there are several."""
    if len(pairs) == 1:
        return SUBJECT
    alike = [other for limit, other in pairs if limit is zone]
    area = min((item.fid for item in own.objects), default="")
    return Note.of("subject_coverage_n", zone=zone_of(zone.subject), area=area, word=own.word, nth=alike.index(own) + 1, value=zone.limit.value)


def reference_of(word: str, context: Context) -> Reference:
    """Return the reference area of a word: the plan's areas, or the parcels that the officer named, else those under the design."""
    footprint = context.geometry.footprint
    if word != "bouwperceel":
        areas = [area for kind in KINDS[word] for area in context.governing(kind) if overlay.intersection(area.geometry, footprint).area > UNDER_M2]
        return Reference(word, _joined(areas), areas, "plans", ())
    chosen = plot_of(context)
    named = Note.of("checks_parcels_chosen") if tuple(chosen) == parcels_told(context) else None
    note = named or Note.of("checks_parcels_assumed", parcels=", ".join(p.designation for p in chosen))
    area = _joined(chosen)
    left = polygons_only(overlay.difference(overlay.common([footprint, _joined(context.site.parcels)]), area)) if named else area
    beyond = (Note.of("checks_parcels_leave_out", area=round(left.area, 2)),) if named and left.area > UNDER_M2 else ()
    return Reference(word, context.here(area) if of_the_place(context) else area, chosen, "parcels", (note, *beyond))


def _joined(objects: Sequence[Any]) -> BaseGeometry:
    return polygons_only(overlay.union([item.geometry for item in objects])) if objects else shapely.MultiPolygon()


@dataclass(frozen=True, eq=False)
class Built:
    """What is built in a reference area (RD): new above ground, new with what lies below, what stays, and the objects of that."""

    new: BaseGeometry
    with_below: BaseGeometry
    existing: BaseGeometry
    panden: tuple[Any, ...]
    structures: tuple[Any, ...]
    notes: tuple[Note, ...]


def built_in(rule: Rule, context: Context, area: BaseGeometry, looks: bool = True) -> Built:
    """Return what is built inside an area by the rule's way of counting; ``looks``: what nobody saw there could turn the verdict."""
    notes: tuple[Note, ...] = ()
    if rule.measure.get("of") == "projection":
        shape = with_low(rule, context, projected(context))
    else:
        shape, notes = to_the_axis(rule, context, with_open(rule, context), {"coverage": 100.0 / max(area.area, 1e-9)})
    below = wall_enclosed(context.design.parts, context.design.levels, float(context.design.bounds[0, 2]))[0] if reaches_below(context) else shape
    if looks:
        looks_at_buildings(context, HIGHER, area, ("coverage",))
    panden, others = list(standing_in(context, area)), structures(context, area)
    free = permit_free(rule, context, (*panden, *others))
    panden, others = [b for b in panden if b.fid not in free], [t for t in others if t.fid not in free]
    others = others if others and structures_count(rule, context, others) else []
    existing = polygons_only(overlay.intersection(_joined([*panden, *others]), area))
    new, with_below = (polygons_only(overlay.intersection(item, area)) for item in (above_ground(context, shape), overlay.union([shape, below])))
    return Built(new, with_below, existing, tuple(panden), tuple(others), notes)


def permit_free(rule: Rule, context: Context, standing: Sequence[RegisteredBuilding | TopographyObject]) -> frozenset[str]:
    """Return which of what stands (ids) is not counted in this reading because it needed no permit, of a rule that does not count that: what the
    officer named; while nobody did, whether it is all that is no home, or nothing, is open."""
    if rule.measure.get("count_permit_free") is not False:
        return frozenset()
    told = named_there(context, "permit_free", names_standing(context))
    if told is not None:
        return told
    housed = {fid for address in context.site.addresses for fid in address.building_ids}
    ids = sorted(item.fid for item in standing if item.fid not in housed and not getattr(item, "uses", ()))
    if not ids:
        return frozenset()
    names = ", ".join(ids)
    none = Alternative(frozenset[str](), [], Note.of("choice_permitted", names=names))
    ways = (none, Alternative(frozenset(ids), ids, Note.of("choice_permit_free", names=names)))
    question = Question("permit_free", Note.of("zoning_question_permit_free", names=names))
    return cast("frozenset[str]", context.settle(OpenPoint("permit_free", question, ways)))


def structures_count(rule: Rule, context: Context, structures: Sequence[Any]) -> bool:
    """Whether what the map has beside buildings (bridges, sheds, roofs) counts: as the rule says, else an open point."""
    stated = rule.measure.get("counts")
    if stated in COUNTS:
        return bool(stated == COUNTS[0])
    names = ", ".join(item.fid for item in structures)
    return context.word("counts", Note.of("zoning_question_counts", names=names), COUNTS) == COUNTS[0]


def with_low(rule: Rule, context: Context, shape: BaseGeometry) -> BaseGeometry:
    """Return a projection (RD) with terraces and the like, which are bouwwerken and no gebouwen, as the rule counts; where it does not say, that is open."""
    low, counts = low_structures(context), rule.measure.get("counts")
    if counts == "bouwwerken":
        return polygons_only(overlay.union([shape, low]))
    return shape if counts == "gebouwen" else with_hanging(context, shape, extra=low)


def with_open(rule: Rule, context: Context) -> BaseGeometry:
    """Return the footprint (RD), with open roofs where the rule counts bouwwerken; where it does not say what it counts, that is open. Of
    gebouwen what stands on posts alone is none, nor a terrace; whether what has walls of its own and an open side is one, and what hangs out of one (a
    balcony, a deep overhang) or leads up to it is a part of it, is open."""
    footprint, counts, extra = context.geometry.footprint, rule.measure.get("counts"), hanging(context)
    extra = extra if counts == "gebouwen" else overlay.union([extra, low_structures(context)])
    if not context.geometry.encloses:
        return footprint if counts == "bouwwerken" else built_over(context, rule)
    if extra.is_empty:
        return footprint
    if counts == "bouwwerken":
        return polygons_only(overlay.union([footprint, extra]))
    if counts == "gebouwen":
        extra = polygons_only(overlay.difference(extra, overlay.difference(on_posts(context), overlay.union([steps(context), on_walls(context)]))))
    return with_hanging(context, footprint, extra=extra)


def judge(rule: Rule, context: Context, zone: LimitZone, reference: Reference, subject: Note) -> Finding:
    """Return the finding for a known limit and reference area."""
    built = built_in(rule, context, reference.area, not _of_the_whole(zone))
    deeper = built.with_below.area > built.new.area + UNDER_M2
    new = built.with_below if deeper and below_counts(rule, context, likely=False) else built.new
    whole = polygons_only(overlay.union([new, built.existing]))
    notes = (*reference.notes, *zone.notes, *built.notes)
    if whole.is_empty:
        return finding(rule, context, subject, Verdict.NOT_APPLICABLE, notes=notes)
    extra = polygons_only(overlay.difference(built.existing, new))
    size = reference.area.area
    doubt = 100.0 * extra.length * BGT_OUTLINE_UNCERTAINTY_M / size
    share = 100.0 * whole.area / size
    drawn = share * plot_uncertainty(context, reference.area) / size if reference.layer == "parcels" else 0.0
    known = (("existing_outline", doubt), ("boundary", drawn))
    sources = tuple(UncertaintySource(name, round(value, 4)) for name, value in known if value) + declared(rule, "outline")
    measured = against(zone.limit, "coverage", share, "%", () if _of_the_whole(zone) else sources, reference.word)
    hidden = 100.0 * overlay.union([built.with_below, built.existing]).area / size
    below = (Measurement("coverage_with_below", round(hidden, 4), "%"),) if hidden > (measured.value or 0.0) + 0.01 else ()
    place = np.array([*shapely.get_coordinates(whole.centroid)[0], float(context.design.bounds[1, 2])])
    return finding(
        rule, context, subject, measured.verdict(),
        measurements=(
            measured,
            Measurement("built_new", round(new.area, 4), "m2"),
            Measurement("built_existing", round(extra.area, 4), "m2"),
            Measurement("reference", round(size, 4), "m2", at=reference.word),
            *below,
        ),
        evidence=(
            Evidence("reference_area", reference.area, value=round(size, 2), unit="m2"),
            Evidence("built_area", whole, value=round(measured.value or 0.0, 2), unit="%"),
            section_line(context.projection, place, main_directions(context.projection)[0]),
        ),
        inputs=inputs_of(reference.layer, *reference.objects) + inputs_of_buildings(context, built.panden) + inputs_of("bgt", *built.structures),
        notes=notes,
    )
