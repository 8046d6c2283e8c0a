"""Who lives around a design: buildings in 3D with their addresses, what the design replaces, and what is the applicant's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Address, Building3D, LayerState, Parcel, RegisteredBuilding, Site
from ..plane import overlay

DWELLING = "woonfunctie"
REPLACED_SHARE = 0.5
OWN_SHARE = 0.5
ON_GROUND_SHARE = 0.2
AGAINST_M = 0.3
"""A building this near stands against the design: BAG outlines are known to 0.2 to 0.3 m."""
"""A design that reaches over a boundary with less of itself does not make the neighbour's parcel the applicant's."""
SMALLEST_M2 = 20.0
"""Without a register a smaller building is taken for a shed."""
NAMED_ADDRESSES = 3


@dataclass(frozen=True, eq=False)
class Dwelling:
    """A building that people live in. ``basis``: ``bag`` (use woonfunctie) or ``assumed`` (the register is not there)."""

    building: Building3D
    outline: BaseGeometry
    addresses: tuple[Address, ...]
    basis: str

    @property
    def name(self) -> str:
        """Its addresses in words, else its pand number."""
        return name_of(self.building.fid, self.addresses)


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The dwellings around a design, and the buildings that are not judged: ``replaced`` by it, the applicant's ``own``,
    ``unknown``: not in the register of buildings, and ``unused``: in it, with an address, and of a use that it does not say."""

    dwellings: tuple[Dwelling, ...]
    replaced: tuple[Building3D, ...]
    own: tuple[Building3D, ...]
    unknown: tuple[Building3D, ...]
    unused: tuple[Building3D, ...] = ()


def name_of(fid: str, addresses: Sequence[Address]) -> str:
    """Return the addresses of a building in words, else its pand number."""
    texts = sorted({a.text for a in addresses if a.text}, key=_by_number)
    if not texts:
        return f"pand {fid}"
    if len(texts) <= NAMED_ADDRESSES:
        return "; ".join(texts)
    return f"{texts[0]} … {texts[-1]} ({len(texts)})"


def _by_number(text: str) -> tuple[str, list[int], str]:
    digits = "".join(c if c.isdecimal() else " " for c in text.split(",")[0]).split()
    return text.rstrip("0123456789"), [int(last) for last in digits[-1:]], text


def outline_of(building: Building3D) -> BaseGeometry:
    """Return a building seen from above (RD): its ground surface, or everything projected where it names none."""
    ground = building.triangles[building.semantics == "ground"] if len(building.semantics) == len(building.triangles) else building.triangles
    for chosen in (ground, building.triangles):
        corners = chosen[:, :, :2]
        polygons = shapely.polygons(np.concatenate([corners, corners[:, :1]], axis=1)) if len(corners) else np.array([])
        solid = polygons[shapely.area(polygons) > 1e-6] if len(polygons) else polygons
        if len(solid):
            return shapely.buffer(shapely.union_all(solid), 0)
    return shapely.MultiPolygon()


def ground_of(building: Building3D) -> float:
    """Return the ground level of a building (m NAP): as registered, else its lowest point."""
    return float(building.triangles[:, :, 2].min()) if building.ground_nap is None else building.ground_nap


def stands_on(ground: BaseGeometry, projection: BaseGeometry) -> bool:
    """Return whether a design (projection, RD) stands on a piece of ground with a fair share of itself."""
    return bool(overlay.intersection(ground, projection).area > ON_GROUND_SHARE * projection.area)


def own_parcels(site: Site, projection: BaseGeometry) -> tuple[Parcel, ...]:
    """Return the parcels that a design stands on: each with a fair share of it, else the one that has most of it."""
    own = tuple(parcel for parcel in site.parcels if stands_on(parcel.geometry, projection))
    touched = [parcel for parcel in site.parcels if overlay.intersection(parcel.geometry, projection).area > 0]
    return own or ((max(touched, key=lambda parcel: overlay.intersection(parcel.geometry, projection).area),) if touched else ())


def without_model(site: Site) -> int:
    """Return how many panden (BAG, else BGT) of a site have no 3D model: they throw no shadow in a study."""
    solid = [b for b in site.buildings3d if len(b.triangles)]
    known = {b.fid for b in solid}
    panden = [(b.fid, b.geometry) for b in site.registered_buildings] or [
        (t.building_id or t.fid, t.geometry) for t in site.topography if t.collection == "pand" and t.geometry.area >= SMALLEST_M2
    ]
    bare = [geometry for fid, geometry in panden if fid not in known]
    if not bare or not solid:
        return len(bare)
    outlines = shapely.STRtree([outline_of(b) for b in solid])
    inside = outlines.query([shape.representative_point() for shape in bare], predicate="intersects")[0]
    return len(bare) - len(set(inside.tolist()))


def other_homes(site: Site, projection: BaseGeometry, demolished: Collection[str] = ()) -> tuple[Building3D, ...]:
    """Return the dwellings on the design's own parcels that it does not touch: the applicant's own, or those of others (a corporation's
    tenants)."""
    lived_in = {fid for a in site.addresses if DWELLING in a.uses or not a.uses for fid in a.building_ids}
    lived_in |= {b.fid for b in site.registered_buildings if DWELLING in b.uses}
    own = (building for building in neighbours_of(site, projection, demolished).own if building.fid in lived_in)
    return tuple(building for building in own if shapely.distance(outline_of(building), projection) > AGAINST_M)


def neighbours_of(
    site: Site, projection: BaseGeometry, demolished: Collection[str] = (), assume_dwellings: bool = False, of_others: Collection[str] = ()
) -> Neighbours:
    """Return who lives around a design whose projection (RD) is given; ``of_others``: dwellings (ids) on its parcels that are not its own.

    Replaced: named as demolished, or for at least half under the design. Own: at least half on a parcel that the design stands
    on. A dwelling has use ``woonfunctie``, of the pand or of an address in it; with ``assume_dwellings`` also every building of at
    least 20 m2 that the register does not know.
    """
    plot = [parcel.geometry for parcel in own_parcels(site, projection)]
    registered = {b.fid: b for b in site.registered_buildings}
    known = site.state("bag") is LayerState.LOADED
    replaced, own, unknown, unused, dwellings = [], [], [], [], []
    for building in sorted((b for b in site.buildings3d if len(b.triangles)), key=lambda b: b.fid):
        outline = outline_of(building)
        if building.fid in demolished or _share(outline, [projection]) >= REPLACED_SHARE:
            replaced.append(building)
            continue
        if building.fid not in of_others and _share(outline, plot) >= OWN_SHARE:
            own.append(building)
            continue
        addresses = tuple(a for a in site.addresses if building.fid in a.building_ids)
        record = registered.get(building.fid)
        if not known or (record is None and not addresses):
            if assume_dwellings and outline.area >= SMALLEST_M2:
                dwellings.append(Dwelling(building, outline, (), "assumed"))
            elif not assume_dwellings:
                unknown.append(building)
            continue
        homes = tuple(a for a in addresses if DWELLING in a.uses or not a.uses)
        lived_in = _lived_in(record, addresses)
        if lived_in:
            dwellings.append(Dwelling(building, outline, homes, "bag"))
        elif lived_in is None:
            unused.append(building)
    return Neighbours(tuple(dwellings), tuple(replaced), tuple(own), tuple(unknown), tuple(unused))


def _lived_in(record: RegisteredBuilding | None, addresses: Sequence[Address]) -> bool | None:
    """Return whether people live in a registered building; None where the register has an address in it and not its use."""
    uses = [*(record.uses if record is not None else ()), *(use for address in addresses for use in address.uses)]
    if DWELLING in uses:
        return True
    return None if any(not address.uses for address in addresses) else False


def homes_without_model(site: Site, projection: BaseGeometry, demolished: Collection[str] = ()) -> tuple[tuple[RegisteredBuilding, tuple[Address, ...]], ...]:
    """Return the registered buildings around a design in which people live, or may live, and of which there is no 3D model, each with its
    addresses; without those that the design replaces and those on its own parcels."""
    plot = [parcel.geometry for parcel in own_parcels(site, projection)]
    solid = [b for b in site.buildings3d if len(b.triangles)]
    modelled, outlines = {b.fid for b in solid}, [outline_of(b) for b in solid]
    found = []
    for record in sorted(site.registered_buildings, key=lambda b: b.fid):
        addresses = tuple(a for a in site.addresses if record.fid in a.building_ids)
        if record.fid in modelled | set(demolished) or _lived_in(record, addresses) is False:
            continue
        if _share(record.geometry, [projection]) >= REPLACED_SHARE or _share(record.geometry, plot) >= OWN_SHARE:
            continue
        if not any(outline.intersects(record.geometry.representative_point()) for outline in outlines):
            found.append((record, addresses))
    return tuple(found)


def _share(outline: BaseGeometry, areas: list[BaseGeometry]) -> float:
    if not areas or outline.is_empty or not outline.area:
        return 0.0
    return float(overlay.intersection(outline, shapely.union_all(areas)).area) / outline.area
