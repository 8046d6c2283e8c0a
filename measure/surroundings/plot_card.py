"""One card of a place from all three worlds: what is registered there, what the plans say, what stands there and how high."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import Point

from ...model import Address, Building3D, LayerState, Note, Parcel, PlanArea, RegisteredBuilding, Site, Suspicion
from ...model.arrays import spans
from ..plan.peil import LEVEL_UNCERTAINTY_M
from ..plane.inside import inside

KINDS = ("plangebied", "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "bouwaanduiding", "gebiedsaanduiding")
MOST_ADDRESSES = 12
LAYERS = ("plans", "bag", "parcels", "bgt", "terrain", "buildings3d")
CROWN_M = 2.0
"""A tree without a known crown is at a place within this distance."""


@dataclass(frozen=True)
class CardRow:
    """One fact: ``label`` a code of ``i18n/messages``, ``detail`` what it is about (``maximum bouwhoogte``), ``value`` with its unit.

    ``layer`` and ``fid`` name the object, ``source`` and ``date`` where it comes from and of when, ``url`` the article's text.
    """

    world: str
    label: str
    value: str | float | int | None
    unit: str = ""
    detail: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    layer: str = ""
    fid: str = ""
    uncertainty: float | None = None


@dataclass(frozen=True)
class Card:
    """The rows of a place (RD), what is suspicious about the objects on it, and which layers are missing."""

    x: float
    y: float
    rows: tuple[CardRow, ...]
    suspicions: tuple[Suspicion, ...] = ()
    missing: tuple[Note, ...] = ()


def card_at(site: Site, x: float, y: float, suspicions: Sequence[Suspicion] = ()) -> Card:
    """Return the card of a place (RD): every object that covers it. ``suspicions`` of the site (``context_gate.suspicions``)."""
    place = Point(x, y)
    buildings = [b for b in site.registered_buildings if b.geometry.intersects(place)]
    models = _models_at(site, place, {b.fid for b in buildings})
    return _card(site, place, buildings, models, suspicions)


def card_of(site: Site, layer: str, fid: str, suspicions: Sequence[Suspicion] = ()) -> Card | None:
    """Return the card of an object by its layer (``bag``, ``parcels``, ``plans``, ``bgt``, ``buildings3d``) and id; None: no such object.

    Its place is a point on its surface; a building and its 3D model are found by their shared BAG id.
    """
    place = _place_of(site, layer, fid)
    if place is None:
        return None
    if layer not in ("bag", "buildings3d"):
        return card_at(site, place.x, place.y, suspicions)
    identity = next((i for a in site.addresses if a.fid == fid for i in a.building_ids), fid)
    buildings = [b for b in site.registered_buildings if b.fid == identity]
    models = [m for m in site.buildings3d if m.fid == identity]
    return _card(site, place, buildings, models, suspicions)


def _card(
    site: Site, place: Point, buildings: Sequence[RegisteredBuilding], models: Sequence[Building3D], suspicions: Sequence[Suspicion]
) -> Card:
    parcels = [p for p in site.parcels if p.geometry.intersects(place)]
    rows = [
        *_address_rows(site, buildings, parcels), *_building_rows(site, buildings), *_parcel_rows(site, parcels),
        *_plan_rows(site, place), *_topography_rows(site, place), *_ground_rows(site, place), *_model_rows(site, models), *_tree_rows(site, place),
    ]
    there = {(row.layer, row.fid) for row in rows if row.fid}
    doubted = tuple(s for s in suspicions if (s.layer, s.fid) in there)
    missing = tuple(
        Note.of(f"card_layer_{state.value}", layer=layer) for layer in LAYERS if (state := site.state(layer)) is not LayerState.LOADED
    )
    return Card(place.x, place.y, tuple(rows), doubted, missing)


def _place_of(site: Site, layer: str, fid: str) -> Point | None:
    """Return a point on the surface of an object."""
    if layer == "buildings3d":
        model = next((m for m in site.buildings3d if m.fid == fid and len(m.triangles)), None)
        if model is None:
            return None
        one, other = (model.triangles[:, corner, :2] - model.triangles[:, 0, :2] for corner in (1, 2))
        widest = model.triangles[int(np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]).argmax()), :, :2]
        return Point(widest.mean(axis=0))
    groups: dict[str, Iterable[PlanArea | Parcel | RegisteredBuilding | Address]] = {
        "plans": site.plans, "parcels": site.parcels, "bag": (*site.registered_buildings, *site.addresses),
    }
    things = [*groups.get(layer, ()), *(site.topography if layer == "bgt" else ())]
    found = next((item for item in things if item.fid == fid), None)
    return None if found is None else shapely.point_on_surface(found.geometry)


def _models_at(site: Site, place: Point, identities: set[str]) -> list[Building3D]:
    """Return the 3D models of the buildings here; a model that no registered building stands for: by its own faces."""
    known = [m for m in site.buildings3d if m.fid in identities]
    if known:
        return known
    return [m for m in site.buildings3d if len(m.triangles) and _covers(m, place)]


def _covers(model: Building3D, place: Point) -> bool:
    flat = model.triangles[:, :, :2]
    low, high = spans(flat)
    over = (low[:, 0] <= place.x) & (high[:, 0] >= place.x) & (low[:, 1] <= place.y) & (high[:, 1] >= place.y)
    shapes = np.asarray(shapely.polygons(flat[over]), dtype=object)
    return any(bool(inside(shape, np.array([[place.x, place.y]]))[0]) for shape in shapes[shapely.area(shapes) > 1e-9])


def _origin(site: Site, layer: str) -> dict[str, Any]:
    """Return the source and the date of a layer."""
    records = site.provenance_of(layer)
    return {"source": records[0].source, "date": records[0].retrieved, "layer": layer} if records else {"layer": layer}


def _address_rows(site: Site, buildings: Sequence[RegisteredBuilding], parcels: Sequence[Parcel]) -> list[CardRow]:
    """Return the addresses of the buildings, or (where no building stands) those on the parcels."""
    ids = {b.fid for b in buildings}
    own = [a for a in site.addresses if ids & set(a.building_ids) or any(b.geometry.intersects(a.geometry) for b in buildings)]
    if not buildings:
        own = [a for a in site.addresses if any(p.geometry.intersects(a.geometry) for p in parcels)]
    own.sort(key=lambda a: (a.text, a.fid))
    origin = _origin(site, "bag")
    rows = []
    for address in own[:MOST_ADDRESSES]:
        rows.append(CardRow("administrative", "card_address", address.text, fid=address.fid, **origin))
        if address.uses:
            rows.append(CardRow("administrative", "card_address_use", ", ".join(address.uses), detail=address.text, fid=address.fid, **origin))
    if len(own) > MOST_ADDRESSES:
        rows.append(CardRow("administrative", "card_more_addresses", len(own) - MOST_ADDRESSES, **origin))
    return rows


def _building_rows(site: Site, buildings: Sequence[RegisteredBuilding]) -> list[CardRow]:
    origin = _origin(site, "bag")
    rows = []
    for building in buildings:
        facts: list[tuple[str, str | float | int | None, str]] = [
            ("card_building", building.fid, ""), ("card_building_year", building.year, ""), ("card_building_status", building.status, ""),
            ("card_address_use", ", ".join(building.uses), ""), ("card_building_area", round(float(building.geometry.area), 1), "m2"),
        ]
        rows += [CardRow("administrative", label, value, unit, fid=building.fid, **origin) for label, value, unit in facts if value not in (None, "")]
    return rows


def _parcel_rows(site: Site, parcels: Sequence[Parcel]) -> list[CardRow]:
    origin = _origin(site, "parcels")
    rows = []
    for parcel in parcels:
        rows.append(CardRow("administrative", "card_parcel", parcel.designation, fid=parcel.fid, **origin))
        if parcel.registered_area_m2 is not None:
            rows.append(CardRow("administrative", "card_parcel_registered", parcel.registered_area_m2, "m2", fid=parcel.fid, **origin))
        rows.append(CardRow("administrative", "card_parcel_drawn", round(float(parcel.geometry.area), 1), "m2", fid=parcel.fid, **origin))
    return rows


def _plan_rows(site: Site, place: Point) -> list[CardRow]:
    """Return the plan areas here in the order of their kinds, each followed by its values."""
    here = [area for area in site.plans if area.geometry.intersects(place)]
    here.sort(key=lambda area: (KINDS.index(area.kind) if area.kind in KINDS else len(KINDS), area.plan_id, area.fid))
    rows = []
    for area in here:
        source = " ".join(word for word in (area.plan_name or area.plan_id, f"({area.plan_status})" if area.plan_status else "") if word)
        origin: dict[str, Any] = {"source": source, "date": area.date, "url": area.url, "layer": "plans", "fid": area.fid}
        label = f"card_kind_{area.kind}" if area.kind in KINDS else "card_kind_other"
        rows.append(CardRow("juridical", label, area.name, detail=area.article, **origin))
        for value in area.values:
            name = " ".join(word for word in (value.qualifier, value.name) if word)
            rows.append(CardRow("juridical", "card_plan_value", value.raw if value.value is None else value.value, value.unit, name, **origin))
    return rows


def _topography_rows(site: Site, place: Point) -> list[CardRow]:
    origin = _origin(site, "bgt")
    rows = []
    for item in site.topography:
        if item.geometry.geom_type not in ("Polygon", "MultiPolygon") or not item.geometry.intersects(place):
            continue
        rows.append(CardRow("physical", "card_topography", item.function or item.collection, detail=item.collection, fid=item.fid, **origin))
        if item.surface and item.surface != item.function:
            rows.append(CardRow("physical", "card_surface", item.surface, fid=item.fid, **origin))
        if item.level:
            rows.append(CardRow("physical", "card_level", item.level, fid=item.fid, **origin))
    return rows


def _ground_rows(site: Site, place: Point) -> list[CardRow]:
    """Return the ground level here, or the nearest within 25 m (under a building the terrain has none)."""
    if site.terrain is None:
        return []
    origin = _origin(site, "terrain")
    height = float(site.terrain.sample(np.array([place.x]), np.array([place.y]))[0])
    if np.isfinite(height):
        return [CardRow("physical", "card_ground", round(height, 2), "m NAP", uncertainty=LEVEL_UNCERTAINTY_M, **origin)]
    near = site.terrain.nearest(place.x, place.y)
    if near is None:
        return []
    return [CardRow("physical", "card_ground_near", round(near[0], 2), "m NAP", f"{near[1]:.1f} m", uncertainty=LEVEL_UNCERTAINTY_M, **origin)]


def _model_rows(site: Site, models: Sequence[Building3D]) -> list[CardRow]:
    rows = []
    for model in models:
        origin = {**_origin(site, "buildings3d"), "fid": model.fid}
        origin["date"] = model.date or origin.get("date", "")
        top = float(model.triangles[:, :, 2].max()) if len(model.triangles) else None
        height = None if model.ground_nap is None or top is None else top - model.ground_nap
        facts = (
            ("card_model_ground", model.ground_nap, "m NAP"), ("card_model_roof", model.roof_nap, "m NAP"),
            ("card_model_top", top, "m NAP"), ("card_model_height", height, "m"),
        )
        rows += [
            CardRow("physical", label, round(value, 2), unit, uncertainty=LEVEL_UNCERTAINTY_M, **origin) for label, value, unit in facts if value is not None
        ]
        rows.append(CardRow("physical", "card_model_lod", model.lod, **origin))
    return rows


def _tree_rows(site: Site, place: Point) -> list[CardRow]:
    origin = _origin(site, "bgt")
    rows = []
    for tree in site.trees:
        if tree.geometry.distance(place) > (tree.crown_m / 2 if tree.crown_m else CROWN_M):
            continue
        rows.append(CardRow("physical", "card_tree_height", tree.height_m, "m", fid=tree.fid, **origin))
        if tree.crown_m is not None:
            rows.append(CardRow("physical", "card_tree_crown", tree.crown_m, "m", fid=tree.fid, **origin))
    return rows
