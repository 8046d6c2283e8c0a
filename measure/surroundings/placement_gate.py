"""The placement gate: distance, ground, parcel, existing buildings, direction and north of a placed design.

Viewers drop buildings in the wrong place and nobody sees it; so every item is measured, and what is out of the ordinary has to
be confirmed by the officer with a reason, which goes into the record.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Design, GateItem, Note, Site, told_at_gate
from ...model.arrays import Floats
from ..building.footprint import projection
from ..building.storey_levels import ground_level
from ..plane import overlay
from ..plane.places import along_line
from ..plane.rd import convergence_deg

GROUND_MEAN_M, GROUND_STEP_M = 0.5, 0.5
PARCEL_SHARE = 0.95
EXISTING_M2 = 1.0
TURNED_DEG, NEIGHBOUR_M = 8.0, 40.0
SHORT_EDGE_M = 3.0
TWO_WAYS = {
    "file_height": ("design_height_twice", "design_height_ambiguous", "design_map_unit", "design_map_in_mm"),
    "file_place": (
        "design_world_offset", "design_map_several", "design_georeferenced_twice", "design_aspect_apart", "design_crs_unknown", "design_map_swapped",
    ),
}
"""Remarks of the import that say that the place may be another, by item: the first that was made is to be confirmed."""


def placement_gate(
    design: Design, site: Site, answers: Mapping[str, Any], outline: BaseGeometry | None = None
) -> tuple[GateItem, ...]:
    """Return the items of the gate for one design; ``answers["placement"][design][item]`` = {reason, by} confirms one.

    ``outline``: the design projected (RD), where it is known already.
    """
    outline = projection(design.own.parts) if outline is None else outline
    found = (
        _placed(design), *_by_the_file(design), _near_site(design, site, outline), _ground(design, site, outline), _parcel(design, site, outline),
        _existing(design, site, outline), _rotation(design, site, outline), _north(design, outline),
    )
    given = told_at_gate(answers, design.name)
    return tuple(_confirmed(item, given.get(item.item)) for item in found)


def _confirmed(item: GateItem, answer: Mapping[str, Any] | None) -> GateItem:
    if item.state != "attention" or not answer or not str(answer.get("reason", "")).strip():
        return item
    return GateItem(item.design, item.item, "confirmed", item.note, str(answer["reason"]), str(answer.get("by", "")))


def _item(design: Design, item: str, passes: bool, code: str, **data: Any) -> GateItem:
    return GateItem(design.name, item, "passes" if passes else "attention", Note.of(code, **data))


def _missing(design: Design, item: str, layer: str) -> GateItem:
    return GateItem(design.name, item, "missing", Note.of("gate_missing", layer=layer))


def _placed(design: Design) -> GateItem:
    return _item(design, "placed", design.placement.method not in ("provisional", "none"), f"gate_placed_{design.placement.method}")


def _by_the_file(design: Design) -> tuple[GateItem, ...]:
    """Return what the file says of its own place in two ways, in height and in plan; a place that the case gives settles it."""
    if design.placement.method == "case":
        return ()
    told = {message.note.code: message.note for message in design.messages}
    found = ((item, next((told[code] for code in codes if code in told), None)) for item, codes in TWO_WAYS.items())
    return tuple(GateItem(design.name, item, "attention", note) for item, note in found if note is not None)


def _near_site(design: Design, site: Site, outline: BaseGeometry) -> GateItem:
    distance = float(shapely.distance(outline, shapely.Point(site.centre)))
    return _item(design, "near_site", distance <= site.radius_m / 2, "gate_near_site", distance=round(distance, 1))


def base_of(design: Design) -> float:
    """Return the height NAP that should lie at ground level: the model's zero; where the model is in NAP itself its ground floor, or
    its lowest point without a level list."""
    if design.placement.method != "rd_coordinates":
        return design.placement.base_nap_m
    low, high = (float(z) for z in design.own.bounds[:, 2])
    floor = ground_level(design.levels, low, high)
    return low if floor is None else floor


def _ground(design: Design, site: Site, outline: BaseGeometry) -> GateItem:
    if site.terrain is None:
        return _missing(design, "ground", "terrain")
    xy = along_line(outline.boundary, GROUND_STEP_M)
    heights = site.terrain.sample(xy[:, 0], xy[:, 1])
    known = heights[np.isfinite(heights)]
    if len(known) < 4:
        return _missing(design, "ground", "terrain")
    above = base_of(design) - known
    passes = abs(float(above.mean())) <= GROUND_MEAN_M
    return _item(
        design, "ground", passes, "gate_ground", mean=round(float(above.mean()), 2), low=round(float(above.min()), 2), high=round(float(above.max()), 2)
    )


def _parcel(design: Design, site: Site, outline: BaseGeometry) -> GateItem:
    if not site.parcels:
        return _missing(design, "parcel", "parcels")
    areas = overlay.shared_areas(outline, [parcel.geometry for parcel in site.parcels])
    best = int(np.argmax(areas))
    share = areas[best] / outline.area if outline.area else 0.0
    name = site.parcels[best].designation if areas[best] > 0 else "-"
    return _item(design, "parcel", share >= PARCEL_SHARE, "gate_parcel", share=round(100 * share, 1), parcel=name)


def _existing(design: Design, site: Site, outline: BaseGeometry) -> GateItem:
    panden = [(t.building_id or t.fid, t.geometry) for t in site.topography if t.collection == "pand"]
    panden = panden or [(b.fid, b.geometry) for b in site.registered_buildings]
    if not panden:
        return _missing(design, "existing_building", "bgt")
    areas = shapely.area(overlay.intersection([geometry for _, geometry in panden], outline))
    worst = int(np.argmax(areas))
    if areas[worst] < 0.05:
        return _item(design, "existing_building", True, "gate_existing_none")
    return _item(
        design, "existing_building", float(areas.sum()) <= EXISTING_M2, "gate_existing", area=round(float(areas.sum()), 1),
        building=panden[worst][0],
    )


def direction_deg(area: BaseGeometry) -> float:
    """Return the direction (0..90 degrees) of the longest side of an area's smallest box."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))
    sides = np.diff(corners[:3], axis=0)
    longest = sides[int(np.argmax((sides**2).sum(axis=1)))]
    return math.degrees(math.atan2(longest[1], longest[0])) % 90


def _rotation(design: Design, site: Site, outline: BaseGeometry) -> GateItem:
    """The longest side against the nearest lot lines, bouwvlakken and buildings: plots and houses run along each other."""
    angles = side_directions(site, outline)
    if not len(angles):
        return _missing(design, "rotation", "parcels")
    best = float(np.abs((angles - direction_deg(outline) + 45) % 90 - 45).min())
    return _item(design, "rotation", best <= TURNED_DEG, "gate_rotation", apart=round(best, 1))


def side_directions(site: Site, outline: BaseGeometry) -> Floats:
    """Return the directions (n,) in degrees modulo 90 of the sides of bouwvlakken, parcels and buildings near an outline."""
    shapes = [area.geometry for area in site.plans if area.kind == "bouwvlak"] + [p.geometry for p in site.parcels]
    shapes += [t.geometry for t in site.topography if t.collection == "pand"]
    segments = [_segments(shape) for shape in shapes if shapely.distance(shape, outline) < NEIGHBOUR_M]
    every = np.concatenate(segments) if segments else np.zeros((0, 2, 2))
    every = every[shapely.distance(shapely.linestrings(every), outline) < NEIGHBOUR_M] if len(every) else every
    steps = every[:, 1] - every[:, 0]
    return np.degrees(np.arctan2(steps[:, 1], steps[:, 0])) % 90


def _segments(shape: BaseGeometry) -> Floats:
    """Return the sides of a polygon that are long enough to have a direction (n, 2, 2)."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            xy = np.asarray(part.exterior.coords)[:, :2]
            found.append(np.stack([xy[:-1], xy[1:]], axis=1))
    every = np.concatenate(found) if found else np.zeros((0, 2, 2))
    return every[np.linalg.norm(every[:, 1] - every[:, 0], axis=1) >= SHORT_EDGE_M]


def _north(design: Design, outline: BaseGeometry) -> GateItem:
    middle = outline.centroid
    return _item(design, "grid_north", True, "gate_north", turned=round(convergence_deg(middle.x, middle.y), 2))
