"""Maximum volume (maximum inhoud, volume).

What it checks
    The gross volume of the design above its ground floor.
Legal basis
    "tussen de onderzijde van de begane grondvloer, de buitenzijde van de gevels (en/of het hart van de scheidingsmuren) en de buitenzijde van
    daken en dakkapellen" (SVBP2012, wijze van meten); some plans start at the bovenzijde of that floor.
Inputs
    Design mesh; the limit (rule), or plan areas ``maatvoering`` with "maximum volume (m3)" or "inhoud". ``measure.volume_base: underside | top`` of the
    ground floor (open where the rule is silent and a floor is known), ``measure.count_basement: true`` where the plan counts what lies below (open
    where the rule says neither). Answer ``ground_floor:
    {underside_nap_m, top_nap_m}``; else the floor is looked for in the model; answer ``party_walls: {lines: [...]}`` (RD), ``measure.party_walls: ignore``.
    ``measure.body: main | all`` (answer ``body``): of the main building alone, or of all; silent: open of a house with a shed beside it.
How measured
    Closed bodies that stand for the whole building: exact volume of their union above the base plane. Models of walls and roofs: what lies under the
    roof over the wall-enclosed footprint. Chimneys, antennas, installations, balconies and the like do not count, nor parapets and panels
    that are drawn as bodies on a roof. Whether the space under a roof
    on walls with an open side counts is open where there is any; where nothing encloses (columns and a roof, an open front) there is no other volume.
Limits
    A model that is not closed gives an estimate of 3 % either way: inside that band judgement is needed. Where the ground floor is not known and the
    model reaches more than a metre below peil, both readings are tried.
References
    SVBP2012; docs/measuring.md A7. Volume: divergence theorem; union by manifold3d.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import LOOSE_KINDS, polygons_only
from ...measure.building.roof import NOT_ROOF, RoofView
from ...measure.building.volume import Body, Volume, gross_volume, upstands
from ...measure.plane import overlay
from ...measure.plane.distance import main_directions
from ...measure.plane.solids import above
from ...model import Evidence, Finding, Measurement, Note, Question, Rule, UncertaintySource, Verdict
from ..declared.declaration import BODY, BUILDING, STABLE, ZONING, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.open_points.points import Alternative, OpenPoint
from ..engine.open_points.unseen import HIGHER, Unseen
from ..engine.weighing import against, declared, section_line
from ..shared.horizontal.areas import buildings_of, per_building
from ..shared.horizontal.boundaries import main_body
from ..shared.horizontal.hanging import built_over, on_walls, with_hanging
from ..shared.horizontal.party_walls import to_the_axis
from ..shared.horizontal.secondary import joined_sources
from ..shared.vertical.ground_floor import Floor, ground_floors
from ..shared.zones import LimitZone, limit_zones, no_limit, of_the_whole

NAMES = ("volume", "inhoud")
PART_CELLS = 0.25
"""Of the cells of a whole building that many are enough for the part of it in one zone."""
LEFT_OUT = tuple(dict.fromkeys((*NOT_ROOF, *LOOSE_KINDS)))


class MaxVolume(Check):
    """``max_volume``; see the module's text."""

    name = "max_volume"
    code, stage, family, about = "DRL-A07", STABLE, ZONING, BUILDING
    by_place = True
    title = {"nl": "Maximum inhoud", "en": "Maximum volume"}
    needs: tuple[str, ...] = ()
    reads = (
        "ground_floor", "volume_base", "volume_counts_basement", "open_parts_count", "parcels", "unregistered_count", "overlap.*", "zone_part", "each_building",
        "body", "objects", "annex_is_main", "object_kind", "open_roof_is_own", "open_roof_kind",
    )
    units = ("m3",)
    plan_values = ("volume", "inhoud")
    profile = {"volume_base": "volume_base"}
    switches: Mapping[str, Switch] = {**BODY, "volume_base": ("underside", "top"), "count_basement": "yes_no", "party_walls": "party_walls"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a maximum volume."""
        if context.joined is not None and context.joined.bare:  # of the existing building nothing is known but that it adds
            context.ledger.missed(Unseen(Note.of("engine_bare_outline"), HIGHER, ("volume",)))
            context = context.alone
        footprint, high = main_body(rule, context), float(np.ptp(context.design.bounds[:, 2]))
        drawn = context.projection if footprint.is_empty else footprint  # a canopy by its name alone has none
        shape, notes = to_the_axis(rule, context, drawn, {"volume": high})
        zones = limit_zones(rule, context, NAMES, "maximum", shape, "m3")
        if not zones:
            return (no_limit(rule, context, NAMES, "maximum", Note.of("subject_quantity", name=NAMES[0])),)
        body = context.memo(("counted body", id(context.design), context.geometry.zero_nap), lambda: counted(context))
        return tuple(judge_zone(rule, context, zone, shape, body, notes) for zone in zones)


def counted(context: Context) -> Body:
    """Return what of a design counts for its volume."""
    parts = [part for part in context.design.parts if part.kind not in LEFT_OUT]
    hidden = [part for part in context.design.parts if part.kind in LEFT_OUT and part.kind not in NOT_ROOF]
    view = RoofView(parts, context.geometry.zero_nap) if hidden else context.geometry.roof
    loose = {id(part) for part in upstands(parts, view, context.geometry.zero_nap)}
    if not loose:
        return Body(parts, view)
    kept = [part for part in parts if id(part) not in loose]
    return Body(kept, RoofView(kept, context.geometry.zero_nap))


def judge_zone(rule: Rule, context: Context, zone: LimitZone, shape: BaseGeometry, body: Body, notes: tuple[Note, ...]) -> Finding:
    """Return the finding of one zone: for the floor that is known, or for both readings together."""
    floors = ground_floors(rule, context)
    missing = not_assessable(rule, context, zone.subject, Note.of("zoning_no_ground_floor"), questions=(floor_question(),)) if not floors else None
    if missing is not None:  # from its foot up is the most that it may be
        floors = (Floor(float(context.design.bounds[0, 2]), "model"),)
    entire = zone.design is None or of_the_whole(context, shape, zone)
    where = shape if entire else zone.polygon if shape is context.geometry.footprint else polygons_only(overlay.intersection(zone.polygon, shape))
    whole = entire and shape is context.geometry.footprint
    floor = floors[0]
    if len(floors) > 1:
        side = "top" if rule.measure.get("volume_base") == "top" else "underside"
        ways = tuple(Alternative(one, {f"{side}_nap_m": one.nap_m}, Note.of("choice_level", nap=one.nap_m)) for one in floors)
        floor = context.settle(OpenPoint("ground_floor", floor_question(), ways))
    bodies = buildings_of(context, where)
    each = [(one, False) for one in bodies] if len(bodies) > 1 and per_building(context, len(bodies)) else [(where, whole)]
    every = [judge_floor(rule, context, zone, one, is_whole, body, floor, notes) for one, is_whole in each]
    found = max((one for one in every if one is not None), key=lambda one: one.measurements[0].value or 0.0, default=None)
    if missing is not None:
        return found if found is not None and found.verdict is Verdict.COMPLIES else missing
    if found is not None and found.verdict is not Verdict.COMPLIES and len(floors) == 1 and floor.source == "model" and context.lowest_peil is None:
        way = Alternative(floor, {"underside_nap_m": floor.nap_m}, Note.of("choice_level", nap=floor.nap_m))
        context.settle(OpenPoint("ground_floor", floor_question(), (way,), endless=True))  # the foot of the model may be that of a cellar
    return found or not_assessable(rule, context, zone.subject, Note.of("zoning_no_volume"))


def under_open_roofs(context: Context, zone: LimitZone, where: BaseGeometry, base: float) -> tuple[float, float]:
    """Return the volume (m3) above a base plane (m NAP) under roofs that nothing encloses, with its bound, where these count in this reading: of a design
    in which nothing encloses what it is built over (``where``, RD), else rooms with an open side; asked where there are any. Where no roof is drawn
    over walls it may be as high as they are."""
    if not context.geometry.encloses:
        over = built_over(context)
        extra = polygons_only(overlay.intersection(over, where)) if not over.is_empty else over
    else:
        extra = on_walls(context)
        extra = polygons_only(overlay.intersection(extra, zone.whole)) if zone.areas and not extra.is_empty else extra
        if extra.is_empty or with_hanging(context, shapely.MultiPolygon(), extra).is_empty:
            return 0.0, 0.0
    key = ("open volume", id(context.design), context.geometry.zero_nap, extra, base)
    seen, unseen = (0.0, 0.0) if extra.is_empty else context.memo(key, lambda: context.geometry.roof.under(extra, base))
    return (seen, 0.0) if context.geometry.encloses else (seen + unseen / 2, unseen / 2)


def floor_question() -> Question:
    """The question where the ground floor lies."""
    return Question("ground_floor", Note.of("zoning_question_ground_floor"), "numbers", "m NAP", ("underside_nap_m", "top_nap_m"))


def judge_floor(
    rule: Rule, context: Context, zone: LimitZone, where: BaseGeometry, whole: bool, body: Body, floor: Floor,
    notes: tuple[Note, ...],
) -> Finding | None:
    """Return the finding with one base plane; None when nothing encloses anything."""
    place_key = (id(context.design), context.geometry.zero_nap, where, whole, floor.nap_m)  # shared by zones and readings
    volume = context.memo(("volume", *place_key), lambda: measure_volume(context, body, where, whole, floor.nap_m))
    if volume is None or where.is_empty:
        return None
    open_m3, open_bound = under_open_roofs(context, zone, where, floor.nap_m)
    volume = replace(volume, value_m3=volume.value_m3 + open_m3, bound_m3=volume.bound_m3 + open_bound)
    doubt = (UncertaintySource("open_model" if volume.method == "estimate" else "envelope", round(volume.bound_m3, 3)),) if volume.bound_m3 else ()
    measured = against(zone.limit, "volume", volume.value_m3, "m3", (*doubt, *joined_sources(context, "m3"), *declared(rule, "volume")))
    solid, inside = np.zeros((0, 3, 3)), 0.0
    if volume.method == "solid":
        solid, inside, _ = context.memo(("counted solid", *place_key), lambda: above(body.parts, floor.nap_m, None if whole else where))
    shown = (Evidence("counted_volume", triangles=solid, value=round(inside, 2), unit="m3"),) if len(solid) else ()
    place = np.array([*shapely.get_coordinates(where.centroid)[0], float(context.design.bounds[1, 2])])
    return finding(
        rule, context, zone.subject, measured.verdict(),
        measurements=(measured, Measurement("volume_base", round(floor.nap_m, 3), "m NAP", at=floor.source)),
        evidence=(*shown, Evidence("built_area", where, value=round(where.area, 2), unit="m2"), section_line(where, place, main_directions(where)[1])),
        inputs=inputs_of("plans", *zone.areas), notes=(*zone.notes, *notes, Note.of(f"zoning_volume_{volume.method}"), Note.of(f"zoning_floor_{floor.source}")),
    )


def measure_volume(context: Context, body: Body, where: BaseGeometry, whole: bool, base: float) -> Volume | None:
    """Return the gross volume above a base plane (m NAP) over an area (RD): ``whole`` when the area cuts nothing off."""
    if not context.geometry.encloses:
        return Volume(0.0, 0.0, "open")
    share = 1.0 if whole else PART_CELLS * where.area / max(context.geometry.footprint.area, 1e-9)
    volume = gross_volume(body, where, base, share)
    if volume is None or whole or volume.method != "solid":
        return volume
    return replace(volume, value_m3=above(body.parts, base, where)[1])
