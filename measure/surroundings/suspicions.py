"""Does the context make sense? What does not fit the other sources is marked, and its use in a verdict shows.

3DBAG against AHN, BGT against BAG, the ground cover against itself, parcels against their registered size, doubles. The tolerances
are stated here; outlines of BGT and BAG are known to 0.2-0.3 m, cadastral boundaries to 0.2-0.4 m (docs/measuring.md 0.2).
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Building3D, LayerState, Note, Site, Suspicion
from ..building.footprint import polygons_only
from ..plane import overlay
from .extruded import EXTRUDED, HeightSource, outlines
from .joins import join_buildings, pairs

GROUND_M, ROOF_M = 0.5, 1.0
"""A model whose ground or roof is further from AHN is doubted."""
DSM_ROOF_M = 2.0
"""The DSM has the highest point of each cell, and trees that hang over."""
MEASURED_SHARE = 0.7
"""A roof of which less was measured (at the edge of the point cloud) says nothing about the model."""
HIGHEST_M = 220.0
"""The highest building of the Netherlands is 215 m."""
LOWEST_NAP, HIGHEST_NAP = -10.0, 330.0
FOOT_M = 2.0
"""A model's lowest point lies this near to its ground level."""
AHN_LAST_YEAR = {"ahn1": 2003, "ahn2": 2012, "ahn3": 2019, "ahn4": 2022, "ahn5": 2025}
OUTLINE_M = 0.5
"""BGT and BAG differ by more than this along the whole outline: not the same building."""
SMALLEST_M2 = 10.0
PARCEL_PCT, PARCEL_BOUNDARY_M = 5.0, 0.2
OVERLAP_M2 = 1.0
COVER = (
    "pand", "wegdeel", "ondersteunendwegdeel", "waterdeel", "ondersteunendwaterdeel", "begroeidterreindeel", "onbegroeidterreindeel",
)
"""At ground level these cover the land without holes or overlaps (IMGeo 2.1.1)."""
EDGE_M = 10.0
NOT_MEASURED = ("bouw gestart", "pand in gebruik (niet ingemeten)")
"""States of the BAG in which a building is not in the BGT yet."""


LOOKED_AT = ("centre", "radius_m", "parcels", "addresses", "registered_buildings", "topography", "buildings3d", "terrain", "surface", "points")
"""Fields of a site in which something is looked for."""


class _Layers:
    """What is looked at of a ``site``: that of another is the same where each field is the very same object, whatever else differs (its plans)."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.key = (*(id(getattr(site, name)) for name in LOOKED_AT), *((record.layer, record.state) for record in site.provenance))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Layers) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def suspicions(site: Site) -> tuple[Suspicion, ...]:
    """Return the objects of a site that do not fit, in order of layer and id; one object may be there for several reasons. Looked for once, however
    often the plans that govern are proposed anew."""
    return _found(_Layers(site))


@functools.lru_cache(maxsize=2)
def _found(layers: _Layers) -> tuple[Suspicion, ...]:
    looks = (_models, _newer_than_flight, _outlines, _missing, _cover_overlaps, _unmeasured, _parcels, _parcel_overlaps, _doubles)
    found = [item for look in looks for item in look(layers.site)]
    return tuple(sorted(set(found), key=lambda s: (s.layer, s.fid, s.note.code, str(s.note.data))))


def gate_notes(site: Site) -> dict[str, tuple[Note, ...]]:
    """Return remarks by layer: how many objects are doubted, and holes in the ground cover."""
    by_layer: dict[str, list[Suspicion]] = defaultdict(list)
    for item in suspicions(site):
        by_layer[item.layer].append(item)
    notes = {}
    for layer, items in by_layer.items():
        ids = sorted({item.fid for item in items})
        notes[layer] = (Note.of("doubt_suspicious", count=len(ids), ids=", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")),)
    return {**notes, **({"bgt": (*notes.get("bgt", ()), hole)} if (hole := _holes(site)) else {})}


def _models(site: Site) -> Iterable[Suspicion]:
    """3DBAG against AHN, and against what is possible."""
    shapes = outlines(site)
    source = HeightSource(site)
    roof_tolerance = ROOF_M if site.points is not None else DSM_ROOF_M
    for model in site.buildings3d:
        if model.failings:
            yield Suspicion("buildings3d", model.fid, Note.of("doubt_failed", fid=model.fid, flags="; ".join(model.failings)))
        if model.lod == EXTRUDED or not len(model.triangles):
            continue
        absurd = _absurd(model)
        if absurd:
            yield Suspicion("buildings3d", model.fid, absurd)
            continue
        if model.fid not in shapes:
            continue
        measured = source.of(shapes[model.fid])
        roof = measured.roof_nap if measured.covered >= MEASURED_SHARE else None
        for code, ours, ahn, tolerance in (
            ("doubt_ground", model.ground_nap, measured.ground_nap, GROUND_M), ("doubt_roof", model.roof_nap, roof, roof_tolerance),
        ):
            if ours is not None and ahn is not None and abs(ours - ahn) > tolerance:
                yield Suspicion("buildings3d", model.fid, Note.of(code, fid=model.fid, model=round(ours, 2), ahn=round(ahn, 2), tolerance=tolerance))


def _absurd(model: Building3D) -> Note | None:
    low, high = float(model.triangles[:, :, 2].min()), float(model.triangles[:, :, 2].max())
    ground = low if model.ground_nap is None else model.ground_nap
    roof = high if model.roof_nap is None else model.roof_nap
    impossible = not (LOWEST_NAP < ground < HIGHEST_NAP) or high - ground > HIGHEST_M or roof < ground or high <= low
    afloat = model.ground_nap is not None and low - ground > FOOT_M
    return Note.of("doubt_absurd", fid=model.fid, low=round(low, 2), high=round(high, 2), ground=round(ground, 2)) if impossible or afloat else None


def _newer_than_flight(site: Site) -> Iterable[Suspicion]:
    """A building from after the flight: its model is what stood there before."""
    years = {b.fid: b.year for b in site.registered_buildings if b.year is not None}
    for model in site.buildings3d:
        flight = flight_year(model.date)
        year = years.get(model.fid)
        if model.lod != EXTRUDED and flight is not None and year is not None and year > flight:
            yield Suspicion("buildings3d", model.fid, Note.of("doubt_newer", fid=model.fid, year=year, flight=flight))


def flight_year(date: str) -> int | None:
    """Return the year of a flight from a date or the name of an AHN (its last year), None when it says neither."""
    if date[:4].isdecimal():
        return int(date[:4])
    return AHN_LAST_YEAR.get(date.lower())


def _outlines(site: Site) -> Iterable[Suspicion]:
    """BGT against BAG: outlines that differ by more than how they are drawn."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for item in site.topography:
        if item.collection == "pand" and item.building_id:
            parts[item.building_id].append(item.geometry)
    for building in site.registered_buildings:
        if building.fid not in parts:
            continue
        ground = overlay.union(parts[building.fid])
        both = float(overlay.intersection(ground, building.geometry).area)
        differ = float(ground.area + building.geometry.area) - 2 * both
        if differ > max(SMALLEST_M2, OUTLINE_M * float(building.geometry.length)):
            area = round(float(building.geometry.area), 1)
            yield Suspicion("bag", building.fid, Note.of("doubt_outline", fid=building.fid, differ=round(differ, 1), area=area))


def _missing(site: Site) -> Iterable[Suspicion]:
    """A building that the BAG says stands and the BGT does not have, or the other way round."""
    joins = join_buildings(site)
    unmeasured = {b.fid for b in site.registered_buildings if b.status.lower() in NOT_MEASURED}
    for fid in joins.bag_without_bgt:
        if fid not in unmeasured:
            yield Suspicion("bag", fid, Note.of("doubt_not_in_bgt", fid=fid))
    lost = set(joins.bgt_without_bag)
    for item in site.topography:
        if item.collection == "pand" and item.building_id in lost:
            yield Suspicion("bgt", item.fid, Note.of("doubt_not_in_bag", fid=item.building_id))


def _cover(site: Site) -> list[tuple[str, BaseGeometry]]:
    return [
        (t.fid, t.geometry) for t in site.topography
        if t.collection in COVER and t.level == 0 and t.geometry.geom_type in ("Polygon", "MultiPolygon")
    ]


def _cover_overlaps(site: Site) -> Iterable[Suspicion]:
    cover = _cover(site)
    for a, b, area in _overlaps([shape for _, shape in cover]):
        for one, other in ((a, b), (b, a)):
            yield Suspicion("bgt", cover[one][0], Note.of("doubt_overlap", fid=cover[one][0], other=cover[other][0], area=round(area, 1)))


def _holes(site: Site) -> Note | None:
    """Land enclosed by ground cover that none covers, away from the edge of what was loaded; only when the terrain itself was loaded."""
    kinds = {t.collection for t in site.topography}
    if not {"wegdeel"} < kinds or not kinds & {"begroeidterreindeel", "onbegroeidterreindeel"}:
        return None
    cover = overlay.union([shape for _, shape in _cover(site)])
    inner = shapely.Point(site.centre).buffer(max(site.radius_m - EDGE_M, 0.0))
    rings = [ring for part in shapely.get_parts(polygons_only(cover)) for ring in part.interiors]
    bare = [part for part in shapely.polygons(rings) if part.area > OVERLAP_M2 and part.intersects(inner)] if rings else []
    if not bare:
        return None
    largest = max(bare, key=lambda part: part.area)
    place = shapely.point_on_surface(largest)
    return Note.of(
        "doubt_holes", count=len(bare), area=round(float(sum(part.area for part in bare)), 1), largest=round(float(largest.area), 1),
        x=round(float(place.x), 1), y=round(float(place.y), 1),
    )


def _overlaps(shapes: Sequence[BaseGeometry]) -> list[tuple[int, int, float]]:
    """Return pairs of areas that share more than ``OVERLAP_M2``."""
    if len(shapes) < 2:
        return []
    left, right = pairs(shapes, shapes)
    left, right = (some[left < right] for some in (left, right))
    every = np.array(shapes, dtype=object)
    shared = shapely.area(overlay.intersections(every[left], every[right]))
    return [(int(a), int(b), float(area)) for a, b, area in zip(left, right, shared) if area > OVERLAP_M2]


def _unmeasured(site: Site) -> Iterable[Suspicion]:
    """A parcel whose boundary was drawn and not yet measured."""
    drawn = (parcel for parcel in site.parcels if parcel.unmeasured)
    return (Suspicion("parcels", parcel.fid, Note.of("doubt_unmeasured", parcel=parcel.designation or parcel.fid)) for parcel in drawn)


def _parcels(site: Site) -> Iterable[Suspicion]:
    """Drawn against registered size."""
    for parcel in site.parcels:
        registered, drawn = parcel.registered_area_m2, float(parcel.geometry.area)
        if registered is None:
            continue
        if abs(drawn - registered) > max(registered * PARCEL_PCT / 100, PARCEL_BOUNDARY_M * float(parcel.geometry.length)):
            yield Suspicion(
                "parcels", parcel.fid, Note.of("doubt_parcel_size", name=parcel.designation or parcel.fid, drawn=round(drawn, 1), registered=registered)
            )


def _parcel_overlaps(site: Site) -> Iterable[Suspicion]:
    for a, b, area in _overlaps([parcel.geometry for parcel in site.parcels]):
        for one, other in ((a, b), (b, a)):
            mine, theirs = site.parcels[one], site.parcels[other]
            yield Suspicion("parcels", mine.fid, Note.of("doubt_parcel_overlap", name=mine.designation, other=theirs.designation, area=round(area, 1)))


def _doubles(site: Site) -> Iterable[Suspicion]:
    """The same id twice, or the same outline under two ids."""
    panden = [(t.fid, t.geometry) for t in site.topography if t.collection == "pand"]
    layers = {
        "bag": [(b.fid, b.geometry) for b in site.registered_buildings], "bgt": panden, "parcels": [(p.fid, p.geometry) for p in site.parcels],
    }
    for layer, items in layers.items():
        if site.state(layer) is not LayerState.LOADED:
            continue
        by_shape: dict[bytes, list[str]] = defaultdict(list)
        for fid, shape in items:
            by_shape[shapely.to_wkb(shapely.normalize(shapely.set_precision(shape, 0.001)))].append(fid)
        by_id: dict[str, int] = defaultdict(int)
        for fid, _ in items:
            by_id[fid] += 1
        for same in by_shape.values():
            for fid in same if len(same) > 1 else ():
                others = sorted(set(same) - {fid})
                yield Suspicion(layer, fid, Note.of("doubt_double", fid=fid, others=", ".join(others) or fid))
        for fid, count in by_id.items():
            if count > 1:
                yield Suspicion(layer, fid, Note.of("doubt_double_id", fid=fid, count=count))
