"""Where which limit holds: the rule's own everywhere, or each zone of the plan with a value (maatvoering) that the design stands in."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only, wider, without_neighbours, without_slivers
from ...measure.plan.peil import PeilCandidate
from ...measure.plane import overlay
from ...measure.plane.distance import main_directions
from ...measure.plane.solids import covering
from ...model import Evidence, Finding, Limit, Measurement, Note, PlanArea, PlanValue, Rule, UncertaintySource, Verdict
from ...model.arrays import Floats
from ..engine.base import Context, finding, not_assessable, peil_question, value_of, values_of
from ..engine.from_plan.derive import at_place, ground_of
from ..engine.open_points.plan_units import NAP, is_read, level_named, number_in, to_peil
from ..engine.open_points.unseen import EITHER
from ..engine.revisions import as_revised
from ..engine.weighing import lacking, section_line

SURFACE_MARGIN_M = 2.0
ZONE_PART = ("hele gebouw", "deel in het vlak")
"""What a value on the map is about where its zone covers part of a building: words of the answer ``zone_part``."""
OVERLAP = ("strengste", "bijzondere")
"""Which of two values at one place governs: words of the answer ``overlap.<name>``."""
SLIVER_M2 = 0.1
"""Zones that overlap by less only touch."""
LEAST_WIDTH_M = 0.25
"""What sticks out of a zone by less is the noise of drawings (BGT and BAG outlines: 0.2 m), or the thickness of a wall."""
WORDS = {"m2": "m²", "m3": "m³", "deg": "°", "bouwlagen": "", "storeys": "", "count": ""}


@dataclass(frozen=True, eq=False)
class LimitZone:
    """A limit with where it holds under the design (``polygon``, RD), the plan areas that state it, and what to say about it; ``design``:
    the whole shape that it was cut from, None where it holds for all of it; ``place``: where the rule holds (RD), None: everywhere; ``in_nap``:
    the limit is a height above NAP, so that how well peil is known says nothing about it."""

    limit: Limit
    polygon: BaseGeometry
    areas: tuple[PlanArea, ...]
    subject: Note
    notes: tuple[Note, ...] = ()
    design: BaseGeometry | None = None
    place: BaseGeometry | None = None
    in_nap: bool = False

    @functools.cached_property
    def inner(self) -> BaseGeometry:
        """``polygon`` without the hair along what of the design stands outside it: a wall on the zone's edge is not in the zone."""
        return without_neighbours(self.polygon, self.design) if self.design is not None else self.polygon

    @functools.cached_property
    def whole(self) -> BaseGeometry:
        """The zone itself, also where the design does not stand (RD)."""
        if not self.areas:
            return self.polygon
        areas = shapely.union_all([area.geometry for area in self.areas])
        return areas if self.place is None else polygons_only(overlay.intersection(areas, self.place))


def is_constant(rule: Rule) -> bool:
    """Whether the rule states its limit itself."""
    return rule.limit is not None and rule.limit.from_plan is None and (rule.limit.value is not None or rule.limit.operator == "between")


def limit_zones(
    rule: Rule, context: Context, names: Sequence[str], qualifier: str, shape: BaseGeometry, unit: str = "m"
) -> tuple[LimitZone, ...]:
    """Return the limits that hold under ``shape`` (RD), the strictest first; none when the rule and the governing plans state none.

    ``names``: plan values (``bouwhoogte``), ``qualifier`` maximum | minimum. Equal limits are one zone, so splitting a zone changes
    nothing; where zones overlap the strictest holds, and the finding says that the others are there.
    """
    whole, shape = shape, context.here(shape)
    if rule.limit is not None and is_constant(rule):
        above = to_peil(rule.limit, context) or rule.limit  # without a peil nothing is compared
        said = () if above is rule.limit else (_above_nap(rule.limit.value if rule.limit.value is not None else rule.limit.high, context),)
        subject = limit_subject(names[0], qualifier, rule.limit)
        return (LimitZone(above, shape, (), subject, said, design=None if shape is whole else whole, in_nap=bool(said)),)
    context.looks("plans", EITHER, shape)
    wanted = (rule.limit.from_plan,) if rule.limit is not None and rule.limit.from_plan else tuple(names)
    own = rule.limit.operator if rule.limit else "between"
    operator = own if own != "between" else ">=" if qualifier == "minimum" else "<="  # between the plan's two values: each has its own side
    stated = replace(rule.limit, operator=operator) if rule.limit else Limit(operator, unit)
    stating = _stating(context, wanted, qualifier)
    named: dict[tuple[float | None, str], str] = {}  # a zone's id: the same wherever the design stands, in every reading
    for area, told in stating:
        named[_as_told(told)] = min(named.get(_as_told(told), area.fid), area.fid)
    by_value, stated_as = _by_value(_under(stating, shape), context)
    order = _in_order(by_value, qualifier, wanted[0], context)
    areas = {value: tuple(sorted(by_value[value], key=lambda area: area.fid)) for value in order}
    zones: list[LimitZone] = []
    for value, ground in zip(order, _grounds(context, [areas[value] for value in order], shape)):
        for number in ground.overruled:
            zones[number] = _overruling(zones[number], value)
        if not ground.polygon.is_empty:
            limit = replace(stated, value=value, from_plan=None, unit=stated.unit or unit)
            told = stated_as[value]
            as_told = replace(limit, value=told.value, unit=told.unit) if _as_told(told)[1] else limit  # the same in every reading of peil
            subject = limit_subject(wanted[0], qualifier, as_told, named[_as_told(told)])
            notes = _above_its_level(told, context)
            in_nap = level_named(told, told.name) == NAP
            zones.append(LimitZone(limit, ground.polygon, areas[value], subject, notes, whole, context.place, in_nap))
    return tuple(zones)


@dataclass(frozen=True, eq=False)
class _Ground:
    """What of the ground under a design one value has for itself (``polygon``, RD), and the zones before it (their numbers) that it also lies in."""

    polygon: BaseGeometry
    overruled: tuple[int, ...]


def _grounds(context: Context, areas: Sequence[Sequence[PlanArea]], shape: BaseGeometry) -> tuple[_Ground, ...]:
    """Return the ground of the areas of each value under a shape (RD), of which the first go first; cut once for all readings and rules."""
    key = ("grounds", shape, tuple(tuple(area.geometry for area in some) for some in areas))
    return context.memo(key, lambda: _cut(areas, shape))


def _cut(areas: Sequence[Sequence[PlanArea]], shape: BaseGeometry) -> tuple[_Ground, ...]:
    found: list[_Ground] = []
    zones: list[BaseGeometry] = []
    for some in areas:
        under = polygons_only(overlay.intersection(overlay.union([area.geometry for area in some]), shape))
        met = _overlapping(zones, under)
        overruled = tuple(number for number, shared in met.items() if not without_slivers(polygons_only(shared)).is_empty)
        taken = overlay.union([zones[number] for number in met])
        polygon = without_slivers(polygons_only(overlay.difference(under, taken) if met else under))
        if not polygon.is_empty:
            zones.append(polygon)
        found.append(_Ground(polygon, overruled))
    return tuple(found)


def _in_order(by_value: dict[float, list[PlanArea]], qualifier: str, name: str, context: Context) -> list[float]:
    """Return the values in the order in which they go before each other where their zones overlap.

    Where an area of a plan lies in a larger one, or one as large, with a milder value the text says which goes first: the strictest, or the
    special one (lex specialis). That is an open point.
    """
    strictest = sorted(by_value, reverse=qualifier == "minimum")
    size = {value: sum(area.geometry.area for area in areas) for value, areas in by_value.items()}
    special = sorted(strictest, key=lambda value: (size[value], -strictest.index(value)))  # of one size neither is special: both orders are tried
    if special == strictest or not _inside_one_plan(by_value, strictest, size, context):
        return strictest
    first = context.word(f"overlap.{name}", Note.of("zoning_question_overlap", name=name), OVERLAP)
    return strictest if first == OVERLAP[0] else special


def _inside_one_plan(by_value: dict[float, list[PlanArea]], strictest: list[float], size: dict[float, float], context: Context) -> bool:
    """Whether under the design a milder value of a smaller area overlaps a stricter one of the same plan."""
    order = {value: number for number, value in enumerate(strictest)}
    every = [(area, value) for value in strictest for area in by_value[value]]
    shapes = np.array([area.geometry for area, _ in every], dtype=object)
    for first, second in shapely.STRtree(shapes).query(shapes, predicate="intersects").T:  # neighbours, not every pair of a town
        (one, strict), (other, mild) = every[first], every[second]
        milder = order[strict] < order[mild] and size[mild] <= size[strict] and one.plan_id == other.plan_id
        if milder and not shapely.touches(one.geometry, other.geometry) and overlay.common([one.geometry, other.geometry, context.projection]).area > SLIVER_M2:
            return True
    return False


def _above_nap(nap_m: float | None, context: Context) -> Note:
    level = context.level
    return Note.of("zoning_limit_above_nap", nap=nap_m, peil=None if level is None else level.nap_m)


def _above_its_level(told: PlanValue, context: Context) -> tuple[Note, ...]:
    """Return what is said of a value that names the level that it is above."""
    word = level_named(told, told.name)
    if not word or word == NAP:
        return (_above_nap(told.value, context),) if word else ()
    level, zero = context.level, context.named_level(word)
    return (Note.of("zoning_limit_above_own", value=told.value, level=word, nap=zero, peil=None if level is None else level.nap_m),)


def _by_value(under: Sequence[tuple[PlanArea, PlanValue]], context: Context) -> tuple[dict[float, list[PlanArea]], dict[float, PlanValue]]:
    """Return the areas by the number that they state, in the unit of the quantity and above peil, and the value that each number comes of."""
    by_value: dict[float, list[PlanArea]] = defaultdict(list)
    stated_as: dict[float, PlanValue] = {}
    for area, told in under:
        number = number_in(told, told.name, context)
        value = float(told.value or 0.0) if number is None else number  # without a peil nothing is compared
        by_value[value].append(area)
        if value not in stated_as or not _as_told(told)[1]:
            stated_as[value] = told
    return by_value, stated_as


def _as_told(value: PlanValue) -> tuple[float | None, str]:
    """Return a value as its norm has it: its number, and the unit where that names a level of its own."""
    return value.value, value.unit if level_named(value, value.name) else ""


def _stating(context: Context, names: Sequence[str], qualifier: str) -> list[tuple[PlanArea, PlanValue]]:
    """Return the governing areas that state a number under one of these names, in a unit of the quantity, with that value."""
    found = []
    for area in context.governing("maatvoering"):
        name, stated = next(((name, values) for name in names if (values := values_of(area, name, qualifier, context))), (names[0], ()))
        found += [pair for value in stated if is_read(value, name) for pair in as_revised(context, area, value)]
    return found


def _under(stating: Sequence[tuple[PlanArea, PlanValue]], shape: BaseGeometry) -> list[tuple[PlanArea, PlanValue]]:
    """Return those of the areas that lie under a shape (RD)."""
    if not stating or shape.is_empty:
        return []
    under = shapely.intersects(overlay.prepared(shape), [area.geometry for area, _ in stating])
    return [pair for pair, hit in zip(stating, under) if hit]


def _overlapping(zones: Sequence[BaseGeometry], under: BaseGeometry) -> dict[int, BaseGeometry]:
    """Return what zones (RD) share with an area (RD), by their number; most meet it nowhere, and neighbours only touch."""
    if not zones or under.is_empty:
        return {}
    polygons = np.array(zones, dtype=object)
    near = np.nonzero(shapely.intersects(overlay.prepared(under), polygons))[0]
    return {int(number): piece for number, piece in zip(near, overlay.intersection(polygons[near], under)) if piece.area > 0}


def _overruling(zone: LimitZone, value: float) -> LimitZone:
    return replace(zone, notes=(*zone.notes, Note.of("zoning_stricter_governs", value=value, unit=WORDS.get(zone.limit.unit, zone.limit.unit))))


def limit_subject(name: str, qualifier: str, limit: Limit, *zones: str) -> Note:
    """Return the subject of a limit: which quantity, and the zones (ids) where it holds; none where the rule states it itself."""
    unit, where = WORDS.get(limit.unit, limit.unit), "+".join(zones)
    if limit.operator == "between":
        return Note.of("subject_range", name=name, low=limit.low, high=limit.high, unit=unit, zone=where)
    return Note.of(f"subject_{qualifier}", name=name, value=limit.value, unit=unit, zone=where)


def zone_of(subject: Note) -> str:
    """Return the id of the zone that a limit's subject names."""
    return str(subject.as_dict().get("zone") or "")


def _at(context: Context) -> list[PlanArea]:
    return [area for area in context.governing("maatvoering") if area.geometry.intersects(context.projection)]


def unreadable(context: Context, names: Sequence[str], qualifier: str, shape: BaseGeometry) -> tuple[PlanValue, ...]:
    """Return the plan values of these names under a shape whose text is no number, or that hold on a point or a line there or on the ground of the
    design: they must be read, never skipped."""
    stating = [area for area in context.governing("maatvoering") if any(value.name in names for value in area.values)]
    flat = all(area.geometry.area for area in stating)
    ground = shape if flat else ground_of(context.governing("bouwvlak"), context.projection, context.site.parcels)
    near = [area for area in stating if area.geometry.intersects(shape) or (not area.geometry.area and at_place(area, shape, ground))]
    found = [(area, value_of(area, name, qualifier, context), name) for area in near for name in names]
    return tuple(value for area, value, name in found if value is not None and not (is_read(value, name) and area.geometry.area))


def why_unreadable(value: PlanValue) -> Note:
    """Return why a value of the map must be read: it is no number, or it is one that holds on a point or a line."""
    return Note.of("zoning_value_without_ground" if is_read(value, value.quantity) else "zoning_no_number", raw=value.raw)


def no_limit(rule: Rule, context: Context, names: Sequence[str], qualifier: str, subject: Note) -> Finding:
    """Return the finding that no limit is known here; ``limit_missing`` tells why. Where the map has a value that is, in this reading, a maximum,
    no minimum is to be met."""
    silent = [v for area in _at(context) for v in area.values if v.name in names and not v.qualifier and is_read(v, v.name)]
    if qualifier == "minimum" and silent:
        return finding(rule, context, subject, Verdict.NOT_APPLICABLE, notes=(Note.of("zoning_value_is_maximum", raw=silent[0].raw),))
    shown = Note.of("zoning_no_limit", name=f"{qualifier} {names[0]}")
    return not_assessable(rule, context, subject, *limit_missing(context, names, qualifier, shown))


def limit_missing(context: Context, names: Sequence[str], qualifier: str, otherwise: Note) -> tuple[Note, ...]:
    """Return why no limit is known here: the layer is missing, its text is no number, or ``otherwise`` (the map shows none)."""
    missing = lacking(context, "plans")
    texts = unreadable(context, names, qualifier, context.projection)
    if texts:
        missing = (*missing, why_unreadable(texts[0]))
    return missing or (otherwise,)


def uncovered(context: Context, shape: BaseGeometry, zones: Sequence[LimitZone]) -> BaseGeometry:
    """Return the parts of a shape (RD) that lie in none of the zones and are wider than two drawings may differ; measured once for all readings."""
    if not zones:
        return shapely.MultiPolygon()
    shapes = tuple((zone.polygon, zone.place, *(area.geometry for area in zone.areas)) for zone in zones)
    key = ("uncovered", shape, shapes)
    return context.memo(key, lambda: _uncovered(shape, zones))


def _uncovered(shape: BaseGeometry, zones: Sequence[LimitZone]) -> BaseGeometry:
    if shapely.covers(overlay.union([zone.whole for zone in zones]), shape):
        return shapely.MultiPolygon()
    left = polygons_only(overlay.difference(shape, overlay.union([zone.polygon for zone in zones])))
    pieces = shapely.get_parts(left)
    wide = pieces[wider(pieces, LEAST_WIDTH_M)]
    return shapely.union_all(wide) if len(wide) else shapely.MultiPolygon()


def is_cut(context: Context, shape: BaseGeometry, zone: LimitZone) -> bool:
    """Whether a zone covers only a part of a building (RD)."""
    return zone.design is not None and not uncovered(context, shape, (zone,)).is_empty


def of_the_whole(context: Context, shape: BaseGeometry, zone: LimitZone) -> bool:
    """Return whether a limit for a building (area, volume) is measured over all of it where its zone covers only a part: an open point,
    for a building is not cut at the edge of a zone unless the text says so."""
    if not is_cut(context, shape, zone):
        return False
    return context.word("zone_part", Note.of("zoning_question_zone_part"), ZONE_PART) == ZONE_PART[0]


def no_value_there(rule: Rule, context: Context, zones: Sequence[LimitZone], quantity: str) -> tuple[Finding, ...]:
    """Return the finding of what of the design stands where the map shows no value of a quantity: no value is never no limit. A rule that states its
    limit itself asks none of the map."""
    if is_constant(rule):
        return ()
    footprint = context.geometry.footprint
    shape = context.here(footprint if not footprint.is_empty else context.projection)
    left = uncovered(context, shape, zones)
    qualifier = "minimum" if zones and zones[0].limit.operator.startswith(">") else "maximum"
    odd = unreadable(context, (quantity,), qualifier, shape) if any(zone.areas for zone in zones) else ()
    missing = tuple(why_unreadable(value) for value in odd)
    shown: dict[str, Any] = {}
    if not left.is_empty:
        area = round(left.area, 2)
        missing = (*missing, Note.of("checks_outside_zones", area=area, quantity=quantity))
        evidence = Evidence("outside_area", left, value=area, unit="m2")
        shown = {"measurements": (Measurement("outside_zones", area, "m2"),), "evidence": (evidence,)}
    return (not_assessable(rule, context, Note.of("subject_no_value", name=quantity), *dict.fromkeys(missing), **shown),) if missing else ()


def over_peil(rule: Rule, context: Context, subject: Note, judge: Callable[[PeilCandidate], Finding]) -> Finding:
    """Return the finding for the peil of this reading; not assessable while nothing is known of it."""
    level = context.level
    if level is None:
        return not_assessable(rule, context, subject, Note.of("checks_peil_missing"), questions=(peil_question(),))
    return judge(level)


def level_sources(zone: LimitZone, level: PeilCandidate) -> tuple[UncertaintySource, ...]:
    """Return how uncertain the level is that a zone's limit is counted from: as that level is; nothing where the limit is a height above NAP."""
    return () if zone.in_nap else level.sources


def peil_measurement(level: PeilCandidate) -> Measurement:
    """Return the level that was measured from."""
    return Measurement("peil", level.nap_m, "m NAP", at=level.method)


def level_surface(zone: LimitZone, height_nap: float, value: float | None = None, unit: str = "m") -> Evidence:
    """Return a level plane over the zone near the design, as triangles (RD + NAP)."""
    near = overlay.intersection(zone.whole, shapely.buffer(shapely.convex_hull(zone.polygon), SURFACE_MARGIN_M, join_style="mitre"))
    return Evidence("limit_surface", triangles=lying(near, height_nap), value=zone.limit.value if value is None else value, unit=unit)


def lying(shape: BaseGeometry, height_nap: float) -> Floats:
    """Return an area (RD) at a height as triangles (n, 3, 3)."""
    shape = polygons_only(shape)
    if shape.is_empty:
        return np.zeros((0, 3, 3))
    corners = covering(shape)
    return np.concatenate([corners, np.full((*corners.shape[:2], 1), height_nap)], axis=2)


def profile_line(context: Context, point: Floats, direction: Floats | None = None) -> Evidence:
    """Return the line of the profile through a point (3,): along ``direction``, else down the steepest main roof plane there, else
    across the design."""
    if direction is None:
        sloped = [plane for plane in context.geometry.roof.planes if not plane.flat]
        direction = sloped[0].descent if sloped else main_directions(context.projection)[1]
    return section_line(context.projection, point, direction)
