"""The area of a design against a limit: shared by the rules that set a maximum and a minimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.bodies import one_body
from ....measure.building.footprint import polygons_only, projection, without_thin
from ....measure.building.volume import WHOLE_KINDS
from ....measure.plane import overlay
from ....measure.plane.distance import main_directions
from ....model import Evidence, Finding, InputUsed, Measurement, Note, Part, Rule
from ...engine.base import Context, finding, inputs_of, not_assessable
from ...engine.objects import MAIN_SHARE, SECONDARY
from ...engine.open_points.unseen import HIGHER
from ...engine.plot import looks_under, parcels_told, plot_of
from ...engine.scope import kinds_of
from ...engine.standing import TOUCH_M2, foot_of, inputs_of_buildings, looks_at_buildings, standing_in, structures
from ...engine.weighing import against, declared, section_line
from ..zones import LimitZone, limit_zones, no_limit, no_value_there, of_the_whole
from .boundaries import main_body
from .hanging import built_over, low_counted, open_roofs, with_hanging, with_rooms_below
from .party_walls import to_the_axis
from .secondary import area_uncertainty, existing_on, joined_sources

NAMES = ("oppervlakte", "bebouwd oppervlak")
JOINT = "bebouwd oppervlak"
AS_HIGH_SHARE = 0.75
"""Two houses against each other are about as high; an extension is mostly a storey lower than the house."""
HOUSE_WIDE_M = 3.5
"""No house is narrower: the wings round a court, and a stairwell, are pieces of one."""
OVER_EACH_OTHER = 0.1
"""Bodies that lie over each other by more than this share of the smaller one are storeys or pieces of one house."""
MOVES = {"area": 1.0, "total_area": 1.0}
"""How much a m2 of the design's footprint moves what is measured."""


def judge_areas(rule: Rule, context: Context, qualifier: str) -> tuple[Finding, ...]:
    """Return one finding for each zone with a limit (qualifier maximum | minimum)."""
    said = rule if "body" in rule.measure else replace(rule, measure={**rule.measure, "body": "all"})
    every, notes = to_the_axis(rule, context, counted(said, context), MOVES)
    drawn = context.projection if every.is_empty else every
    if drawn.is_empty:
        return (not_assessable(rule, context, Note.of("subject_quantity", name=NAMES[0]), Note.of("surroundings_no_body")),)
    names = NAMES[:1] if rule.limit is not None else NAMES  # two limits of their own: per building, and joint
    zones = [own for name in names for zone in limit_zones(rule, context, (name,), qualifier, drawn, "m2") for own in each_place(zone, name)]
    if not zones:
        return (no_limit(rule, context, NAMES, qualifier, Note.of("subject_quantity", name=NAMES[0])),)
    method = () if rule.measure.get("of") == "projection" else (Note.of(f"checks_footprint_{context.geometry.footprint_method}"),)
    notes = (*method, *notes)
    joint = [zone for zone in zones if zone.areas and zone.subject.as_dict().get("name") == JOINT]
    beyond = no_value_there(rule, context, joint, JOINT) if joint and qualifier == "maximum" else ()
    alike = all(is_joint(rule, zone) for zone in zones) or main_body(rule, context) is main_body(said, context)
    shape = every if alike else to_the_axis(rule, context, counted(rule, context), MOVES)[0]
    return (*(judge_zone(rule, context, zone, every if is_joint(rule, zone) else shape, notes) for zone in zones), *beyond)


def is_joint(rule: Rule, zone: LimitZone) -> bool:
    """Whether a limit is about all that is built in a zone together, existing buildings as well."""
    return rule.measure.get("include_existing", zone.subject.as_dict().get("name") == JOINT) is True


def counted(rule: Rule, context: Context) -> BaseGeometry:
    """Return what the area is of (RD): the main body; with roofs on posts and rooms below ground where these count, which is open where there are any."""
    shape = main_body(rule, context)
    if rule.measure.get("of") == "projection":
        return shape
    if not context.geometry.encloses:
        return built_over(context, rule)
    if rule.measure.get("body") == "main" or shape.is_empty or shape is not context.geometry.footprint:  # of the main building alone
        return shape
    return with_hanging(context, with_rooms_below(rule, context, shape), extra=overlay.union([open_roofs(context), low_counted(rule, context)]))


def judge_zone(rule: Rule, context: Context, zone: LimitZone, shape: BaseGeometry, notes: tuple[Note, ...]) -> Finding:
    """Return the finding of the area (m2) in one zone: of the design, or with what stands there (``bebouwd oppervlak``)."""
    joint = is_joint(rule, zone)
    here = bodies_in(shape, zone) if joint else shape
    new = here if zone.design is None or of_the_whole(context, here, zone) else polygons_only(overlay.intersection(shape, zone.polygon))
    within = zone.whole if zone.areas or not joint else context.here(plot_area(context, zone.whole))
    old, used = existing_in(context, within, of_secondary(rule)) if joint else (shapely.MultiPolygon(), ())
    new = new if joint else building_of(context, new, zone.limit.operator.startswith(">"))
    extra = polygons_only(overlay.difference(old, new))
    built = polygons_only(overlay.union([new, extra]))
    sources = (*area_uncertainty(extra), *joined_sources(context, "m2"), *declared(rule, "outline", "mesh"))
    measured = against(zone.limit, "total_area" if joint else "area", built.area, "m2", sources)
    each = (Measurement("built_new", round(new.area, 4), "m2"), Measurement("built_existing", round(extra.area, 4), "m2")) if joint else ()
    middle = shapely.get_coordinates(built.centroid)[0] if not built.is_empty else np.zeros(2)
    place = np.array([*middle, float(context.design.bounds[1, 2])])
    across = () if shape.is_empty else (section_line(shape, place, main_directions(shape)[0]),)
    shown = () if built.is_empty else (Evidence("built_area", built, value=round(built.area, 2), unit="m2"),)
    return finding(
        rule, context, zone.subject, measured.verdict(), measurements=(measured, *each), evidence=(*shown, *across),
        inputs=inputs_of("plans", *zone.areas) + used, notes=(*zone.notes, *notes),
    )


def bodies_in(shape: BaseGeometry, zone: LimitZone) -> BaseGeometry:
    """Return the bodies of a shape (RD) that stand in a zone, or partly do."""
    bodies = [body for body in shapely.get_parts(shape) if overlay.intersection(body, zone.polygon).area > TOUCH_M2]
    return polygons_only(overlay.union(bodies)) if bodies else shapely.MultiPolygon()


def each_place(zone: LimitZone, name: str) -> tuple[LimitZone, ...]:
    """Return a zone of a joint area for each of its places that lie apart: one that is full is not cured by another that is empty."""
    places = shapely.get_parts(polygons_only(overlay.union([area.geometry for area in zone.areas]))) if zone.areas and name == JOINT else ()
    under = [place for place in places if overlay.intersection(place, zone.polygon).area > TOUCH_M2]
    if len(under) < 2:
        return (zone,)
    found = []
    for place in under:
        areas = tuple(area for area in zone.areas if overlay.intersection(area.geometry, place).area > TOUCH_M2)
        subject = Note.of(zone.subject.code, **{**zone.subject.as_dict(), "zone": min(area.fid for area in areas)})
        found.append(replace(zone, areas=areas, subject=subject, polygon=polygons_only(overlay.intersection(zone.polygon, place))))
    return tuple(found)


def buildings_of(context: Context, shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the bodies of a shape (RD) that may each be a building of the same kind, the largest first: sheds beside a house are not."""
    bodies = sorted(shapely.get_parts(shape), key=lambda body: -body.area)
    if len(bodies) == 1:
        bodies = context.memo(("drawn apart", id(context.design), shape), lambda: drawn_apart(context, shape)) or bodies
    return [body for body in bodies if body.area >= MAIN_SHARE * bodies[0].area]


def drawn_apart(context: Context, shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the plans (RD), the largest first, of closed bodies to which a file gives names of their own and that stand against each other, each with rooms
    in it and about as high as the others: two houses under one roof line, or one house in two pieces. None where it draws no such two."""
    groups: dict[str, list[Part]] = {}
    for part in context.design.parts:
        if part.kind in WHOLE_KINDS and part.closed:
            groups.setdefault(part.called, []).append(part)
    if len(groups) < 2:
        return []
    tops = {name: max(part.z_range[1] for part in parts) for name, parts in groups.items()}
    foot = foot_of(context)
    high = [parts for name, parts in groups.items() if tops[name] - foot >= AS_HIGH_SHARE * (max(tops.values()) - foot)]
    plans = sorted(((overlay.intersection(projection(parts), shape), parts) for parts in high), key=lambda pair: -pair[0].area)
    wide = [(plan, parts) for plan, parts in plans if not without_thin(plan, HOUSE_WIDE_M).is_empty]
    able = [plan for plan, parts in wide if plan.area >= MAIN_SHARE * wide[0][0].area and one_body(parts, foot).rooms]
    over = sum(plan.area for plan in able) - float(overlay.union(able).area)
    return able if len(able) > 1 and over <= OVER_EACH_OTHER * able[-1].area else []


def per_building(context: Context, count: int) -> bool:
    """Whether a norm about a building is about each of the buildings of a design, in this reading; else about all of them together."""
    return context.yes_no("each_building", Note.of("zoning_question_each_building", count=count))


def building_of(context: Context, shape: BaseGeometry, least: bool) -> BaseGeometry:
    """Return the building that decides of a shape (RD) of several as large: the largest, of a minimum (``least``) the smallest; all of it in the
    reading in which they count together."""
    bodies = buildings_of(context, shape)
    if len(bodies) < 2 or not per_building(context, len(bodies)):
        return shape
    return bodies[-1] if least else bodies[0]


def each_building(context: Context, shape: BaseGeometry) -> BaseGeometry:
    """Return a shape (RD), in the reading in which a norm is about each building as the houses that one body of it is drawn as."""
    bodies = buildings_of(context, shape) if shape.geom_type == "Polygon" else []
    return shapely.GeometryCollection(bodies) if len(bodies) > 1 and per_building(context, len(bodies)) else shape


def plot_area(context: Context, design: BaseGeometry) -> BaseGeometry:
    """Return the plot (RD): where a joint area is counted that a rule states without a zone of the plan; the design itself where no plot is known."""
    plot = plot_of(context)
    if not plot or tuple(plot) != parcels_told(context):
        context.looks("parcels", HIGHER, design, ("total_area",))
    looks_under(context, plot)
    return shapely.union_all([parcel.geometry for parcel in plot]) if plot else design


def of_secondary(rule: Rule) -> bool:
    """Whether a rule is about secondary buildings alone: then the main building on the plot is none of what it counts."""
    return bool(kinds_of(rule)) and set(kinds_of(rule)) <= set(SECONDARY)


def existing_in(context: Context, area: BaseGeometry, secondary: bool = False) -> tuple[BaseGeometry, tuple[InputUsed, ...]]:
    """Return what of the existing buildings and structures that stay lies in an area (RD), and the objects used; ``secondary``: without the plot's main
    building."""
    looks_at_buildings(context, HIGHER, area, ("total_area",))
    main = existing_on(context).main if secondary else shapely.MultiPolygon()
    panden = [pand for pand in standing_in(context, area) if main.is_empty or overlay.intersection(pand.geometry, main).area <= pand.geometry.area / 2]
    others = structures(context, area)
    shape = overlay.union([*(b.geometry for b in panden), *(t.geometry for t in others)])
    return polygons_only(overlay.intersection(shape, area)), inputs_of_buildings(context, panden) + inputs_of("bgt", *others)
