"""What may be built here: the zoning plan's limits as closed bodies per parcel.

A body stands on a bouwvlak (or, where the plan draws none, on the bestemmingsvlak, as an upper bound), from peil up to the maximum
bouwhoogte that holds at each place; of values that overlap the strictest holds (docs/measuring.md 0.4). Where a maximum goothoogte
and a pitch are known the roof planes cut it (``allowed_roof``). What the plan says in words only is not in the body, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import manifold3d
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Parcel, PlanArea, PlanValue, Site
from ...model.arrays import Floats
from ..building.footprint import polygons_only
from ..plan.allowed_roof import RoofRule, under_roof
from ..plan.peil import Peil, resolve_peil
from ..plane import overlay
from ..plane.solids import prism, triangles_of
from .joins import pairs

HEIGHTS = ("bouwhoogte", "nokhoogte", "hoogte")
EAVES, PITCH = "goothoogte", "dakhelling"
METRES, DEGREES = ("", "m", "meter", "meters"), ("", "graden", "deg")
DRAWN = (*HEIGHTS, EAVES, PITCH)
OVERLAYS = ("dubbelbestemming", "gebiedsaanduiding", "bouwaanduiding", "functieaanduiding")
SMALLEST_M2 = 0.01
"""Scraps of parcels and zones below this are drawing noise."""
SHARED_M2 = 1.0


@dataclass(frozen=True, eq=False)
class HeightZone:
    """A part of the ground (RD) with what limits it: metres above peil, None when the plan draws no such limit there."""

    polygon: BaseGeometry
    height_m: float | None = None
    eaves_m: float | None = None
    pitch_deg: float | None = None
    areas: tuple[PlanArea, ...] = ()


@dataclass(frozen=True, eq=False)
class Envelope:
    """What the plan allows on one bouwvlak (``base``) within one parcel.

    ``triangles`` (n, 3, 3) RD + NAP is a closed surface with outward normals and ``volume_m3`` its exact content; both empty and None
    when there is no body: ``missing`` says why. ``areas`` are the plan areas it rests on, ``assumptions`` what was taken as given.
    """

    parcel: Parcel | None
    base: PlanArea | None
    ground: BaseGeometry
    zones: tuple[HeightZone, ...] = ()
    peil_nap: float | None = None
    triangles: Floats = field(default_factory=lambda: np.zeros((0, 3, 3)))
    volume_m3: float | None = None
    areas: tuple[PlanArea, ...] = ()
    assumptions: tuple[Note, ...] = ()
    missing: tuple[Note, ...] = ()

    @property
    def top_nap(self) -> float | None:
        """The highest point of the body (m NAP)."""
        return float(self.triangles[:, :, 2].max()) if len(self.triangles) else None


def allowed_envelopes(
    site: Site, parcel: Parcel | None, areas: Sequence[PlanArea], peil: Peil | None = None, roof: RoofRule | None = None
) -> tuple[Envelope, ...]:
    """Return the envelopes of a parcel, or (None) of every parcel of the site; where no parcels are known, of whole bouwvlakken.

    ``areas`` are those of the plans that govern. ``peil`` None: proposed from the terrain at each place. ``roof`` is the pitch and
    its eaves where the plan's text has them; without it a drawn maximum dakhelling counts. A parcel on which nothing can be drawn
    gives one envelope without a body that says why.
    """
    bases = _bases(areas)
    plots: tuple[Parcel | None, ...] = (parcel,) if parcel is not None else (site.parcels or (None,))
    near: dict[int, list[PlanArea]] = {number: bases if plot is None else [] for number, plot in enumerate(plots)}
    for number, index in zip(*pairs([plot.geometry for plot in plots if plot is not None], [base.geometry for base in bases])):
        near[int(number)].append(bases[int(index)])
    found: list[Envelope] = []
    for number, plot in enumerate(plots):
        here = [(base, ground) for base in near[number] if (ground := _share(base.geometry, plot)).area > SMALLEST_M2]
        if here:
            found += [_envelope(site, plot, base, ground, areas, bases, peil, roof) for base, ground in here]
        elif parcel is not None:
            code = "envelope_no_bouwvlak" if any(a.geometry.intersects(parcel.geometry) for a in areas) else "envelope_no_plan"
            found.append(Envelope(parcel, None, parcel.geometry, missing=(Note.of(code),)))
    return tuple(found)


def envelope_records(envelopes: Sequence[Envelope]) -> list[dict[str, Any]]:
    """Return a record per envelope for a layer ``envelope`` (MultiPolygonZ, RD + NAP): ``triangles`` and plain attributes.

    ``notes`` are codes still: assumptions first, then what is missing.
    """
    return [
        {
            "triangles": one.triangles,
            "parcel": one.parcel.designation if one.parcel else "",
            "parcel_id": one.parcel.fid if one.parcel else "",
            "base": one.base.kind if one.base else "",
            "base_id": one.base.fid if one.base else "",
            "plan_id": one.base.plan_id if one.base else "",
            "plan_name": one.base.plan_name if one.base else "",
            "article": one.base.article if one.base else "",
            "url": one.base.url if one.base else "",
            "peil_nap": one.peil_nap,
            "top_nap": one.top_nap,
            "height_m": max((z.height_m for z in one.zones if z.height_m is not None), default=None),
            "eaves_m": max((z.eaves_m for z in one.zones if z.eaves_m is not None), default=None),
            "ground_m2": round(float(one.ground.area), 2),
            "volume_m3": None if one.volume_m3 is None else round(one.volume_m3, 2),
            "notes": (*one.assumptions, *one.missing),
        }
        for one in envelopes
    ]


def _bases(areas: Sequence[PlanArea]) -> list[PlanArea]:
    """Return the bouwvlakken, and the bestemmingsvlakken in which the plan draws none."""
    flat = [area for area in areas if area.geometry.geom_type in ("Polygon", "MultiPolygon")]
    bouwvlakken = [area for area in flat if area.kind == "bouwvlak"]
    named = {area.belongs_to for area in bouwvlakken if area.belongs_to}
    shapes = np.array([area.geometry for area in bouwvlakken], dtype=object)
    bare = [
        area for area in flat
        if area.kind == "enkelbestemming" and area.fid not in named
        and not (len(shapes) and float(shapely.area(overlay.intersection(shapes, area.geometry)).max()) > SHARED_M2)
    ]
    return bouwvlakken + bare


def _share(geometry: BaseGeometry, plot: Parcel | None) -> BaseGeometry:
    if plot is None:
        return polygons_only(geometry)
    return polygons_only(overlay.intersection(geometry, plot.geometry)) if geometry.intersects(plot.geometry) else shapely.MultiPolygon()


def _envelope(
    site: Site, plot: Parcel | None, base: PlanArea, ground: BaseGeometry, areas: Sequence[PlanArea], bases: Sequence[PlanArea],
    peil: Peil | None, roof: RoofRule | None,
) -> Envelope:
    """Return the envelope of one bouwvlak within one parcel."""
    here = [area for area in areas if area is not base and area.geometry.intersects(ground)]
    zones, unread = height_zones(ground, [base, *here])
    used = tuple(dict.fromkeys([base, *(area for zone in zones for area in zone.areas)]))
    level, said = _level(peil or resolve_peil({}, site, ground))
    notes = [*_scope(base, bases, here, ground), *said, *unread]
    envelope = Envelope(plot, base, ground, tuple(zones), level, areas=used)
    bare = sum(float(zone.polygon.area) for zone in zones if zone.height_m is None and zone.eaves_m is None)
    missing = [Note.of("envelope_no_height", area=round(bare, 2))] if bare > SMALLEST_M2 else []
    if level is None:
        return replace(envelope, assumptions=tuple(notes), missing=(*missing, Note.of("envelope_no_peil")))
    origin = np.floor([*ground.bounds[:2], level])
    bodies = []
    for zone in zones:
        body, remarks, lacks = zone_body(zone, base.geometry, level, roof, origin)
        notes += [note for note in remarks if note not in notes]
        missing += [note for note in lacks if note not in missing]
        if body is not None:
            bodies.append(body)
    envelope = replace(envelope, assumptions=tuple(notes), missing=tuple(missing))
    if not bodies:
        return envelope
    solid = manifold3d.Manifold.batch_boolean(bodies, manifold3d.OpType.Add)
    return replace(envelope, triangles=triangles_of(solid, origin), volume_m3=float(solid.volume()))


def height_zones(ground: BaseGeometry, areas: Sequence[PlanArea]) -> tuple[list[HeightZone], list[Note]]:
    """Return the parts of the ground by what limits them, the strictest of what overlaps, and remarks on values that were not read."""
    zones, unread = [HeightZone(ground)], []
    for area in sorted(areas, key=lambda item: item.fid):
        values = [value for value in area.values if value.name in DRAWN and value.qualifier != "minimum"]
        bad = [value.raw for value in values if not _readable(value)]
        if bad:
            unread.append(Note.of("envelope_value_unread", values="; ".join(bad)))
        good = [value for value in values if _readable(value)]
        if good:
            zones = [part for zone in zones for part in _divided(zone, area, good)]
    return _merged(zones), unread


def _readable(value: PlanValue) -> bool:
    if value.value is None or value.value < 0:
        return False
    return value.unit.strip().lower() in (DEGREES if value.name == PITCH else METRES)


def _divided(zone: HeightZone, area: PlanArea, values: Sequence[PlanValue]) -> list[HeightZone]:
    """Return the part of a zone inside an area, with its limits lowered to the area's, and the part outside."""
    inside = polygons_only(overlay.intersection(zone.polygon, area.geometry))
    if inside.area < SMALLEST_M2:
        return [zone]
    outside = polygons_only(overlay.difference(zone.polygon, area.geometry))

    def lowest(known: float | None, *names: str) -> float | None:
        given = [value.value for value in values if value.name in names and value.value is not None]
        return min([*given, *([] if known is None else [known])], default=None)

    limited = HeightZone(
        inside, lowest(zone.height_m, *HEIGHTS), lowest(zone.eaves_m, EAVES), lowest(zone.pitch_deg, PITCH), (*zone.areas, area)
    )
    return [limited] if outside.area < SMALLEST_M2 else [limited, replace(zone, polygon=outside)]


def _merged(zones: Sequence[HeightZone]) -> list[HeightZone]:
    """Return zones with the same limits as one."""
    by_limit: dict[tuple[float | None, ...], list[HeightZone]] = {}
    for zone in zones:
        by_limit.setdefault((zone.height_m, zone.eaves_m, zone.pitch_deg), []).append(zone)
    return [
        replace(same[0], polygon=polygons_only(overlay.union([zone.polygon for zone in same])),
                areas=tuple(dict.fromkeys(area for zone in same for area in zone.areas)))
        for same in by_limit.values()
    ]


def zone_body(
    zone: HeightZone, base: BaseGeometry, peil_nap: float, roof: RoofRule | None, origin: Floats
) -> tuple[manifold3d.Manifold | None, list[Note], list[Note]]:
    """Return the solid of one zone (``origin`` subtracted), remarks on how it was made, and why there is none."""
    if zone.height_m is None and zone.eaves_m is None:
        return None, [], []
    pitches = [pitch for pitch in (roof.pitch_deg if roof else None, zone.pitch_deg) if pitch is not None]
    rule = RoofRule(min(pitches), roof.eaves if roof else "two_longest") if pitches and 0 < min(pitches) < 90 else None
    sloped = zone.eaves_m is not None and (zone.height_m is None or zone.eaves_m < zone.height_m)
    if zone.height_m is None and rule is None:
        return None, [], [Note.of("envelope_only_eaves", eaves=zone.eaves_m)]
    if not sloped or rule is None:
        remarks = [Note.of("envelope_no_pitch", eaves=zone.eaves_m, height=zone.height_m)] if sloped else []
        return prism(zone.polygon, origin, peil_nap, peil_nap + float(zone.height_m or 0.0)), remarks, []
    eaves_nap = peil_nap + float(zone.eaves_m or 0.0)
    west, south, east, north = base.bounds
    free = eaves_nap + np.tan(np.radians(rule.pitch_deg)) * float(np.hypot(east - west, north - south))
    top = min(free, peil_nap + zone.height_m) if zone.height_m is not None else free
    body = under_roof(prism(zone.polygon, origin, peil_nap, top), base, rule, eaves_nap, top, origin)
    if zone.height_m is None and body.bounding_box()[5] + origin[2] > free - 0.01:
        return None, [], [Note.of("envelope_only_eaves", eaves=zone.eaves_m)]
    return body, [Note.of(f"envelope_roof_{rule.eaves}", pitch=rule.pitch_deg, eaves=zone.eaves_m)], []


def _level(peil: Peil) -> tuple[float | None, list[Note]]:
    """Return the level (m NAP): the chosen one, else the lowest that was proposed, which allows least."""
    if not peil.levels:
        return None, []
    lowest = peil.levels[0]
    if peil.chosen:
        return lowest.nap_m, []
    return lowest.nap_m, [Note.of("envelope_peil_proposed", low=lowest.nap_m, high=peil.levels[-1].nap_m)]


def _scope(base: PlanArea, bases: Sequence[PlanArea], here: Sequence[PlanArea], ground: BaseGeometry) -> list[Note]:
    """Return what the body does not show: an upper bound, limits in words, overlays, a second bouwvlak at the same place."""
    notes = [Note.of("envelope_main_building")]
    if base.kind != "bouwvlak":
        notes.append(Note.of("envelope_no_bouwvlak_upper_bound", name=base.name))
    over = [area for area in here if float(overlay.intersection(area.geometry, ground).area) > SMALLEST_M2]
    limits = sorted({value.raw for area in (base, *over) for value in area.values if value.name not in DRAWN or value.qualifier == "minimum"})
    if limits:
        notes.append(Note.of("envelope_other_limits", limits="; ".join(limits)))
    names = sorted({area.name for area in over if area.kind in OVERLAYS and area.name})
    if names:
        notes.append(Note.of("envelope_overlays", names=", ".join(names)))
    doubles = sorted({other.plan_name or other.plan_id for other in bases if other in over and other.kind == "bouwvlak"})
    if doubles:
        notes.append(Note.of("envelope_double", plans=", ".join(doubles)))
    return notes
