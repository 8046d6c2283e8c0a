"""Designs that are no files: made of another design of the case, or of a few numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ...errors import DesignError
from ...model import Design, DesignRequest, Level, Message, Note, Part, Placement, Variation
from ...model.arrays import Floats
from .masses import mass_at, mass_design
from .placement import refuse_impossible

IN_NAP = ("rd_coordinates", "world_coordinates")
"""Places whose zero is that of NAP and says nothing of the ground: what is scaled then begins at the lowest point."""


def with_made(
    requests: Sequence[DesignRequest], read: Mapping[str, Design], before: Mapping[str, tuple[DesignRequest, Design]] | None = None
) -> tuple[Design, ...]:
    """Return the designs of requests in their order: those ``read`` of files by name, and those that are made here of them or of numbers.

    ``before``: what was made before, by name: what is asked as it was, of the very same design, is that one still.

    Raises ``DesignError`` for a mass that is no body and for what is made of a design that does not stand before it.
    """
    found: dict[str, Design] = {}
    former = before or {}
    for request in requests:
        if _as_before(request, found, former):
            found[request.name] = former[request.name][1]
            continue
        if request.mass is not None:
            found[request.name] = mass_design(request, request.mass)
        elif request.variation is None:
            found[request.name] = read[request.name]
        elif request.variation.of in found:
            found[request.name] = varied(found[request.variation.of], request.name, request.variation)
        else:
            raise DesignError("design_from_unknown", name=request.name, of=request.variation.of)
        if not request.files:
            refuse_impossible(found[request.name])
    return tuple(found.values())


def _as_before(request: DesignRequest, found: Mapping[str, Design], former: Mapping[str, tuple[DesignRequest, Design]]) -> bool:
    """Whether what is asked was made before just so, of a design that is still the same."""
    if request.files or former.get(request.name, (None,))[0] != request:
        return False
    of = request.variation.of if request.variation is not None else ""
    return not of or (of in found and of in former and found[of] is former[of][1])


def varied(source: Design, name: str, how: Variation) -> Design:
    """Return a design made of another: first its heights scaled, then mirrored, turned and moved, all about the middle of its box."""
    middle, zero = source.own.bounds[:, :2].mean(axis=0), zero_of(source)
    turn = math.radians(how.turned_deg)
    about = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    plane = about if how.mirrored_deg is None else about @ _mirror(how.mirrored_deg)
    shift = np.array([how.east_m, how.north_m])

    def moved(part: Part) -> Part:
        flat = (part.vertices[:, :2] - middle) @ plane.T + middle + shift
        corners = np.column_stack([flat, _higher(part.vertices[:, 2], zero, how)])
        return replace(part, vertices=corners, faces=part.faces if how.mirrored_deg is None else part.faces[:, ::-1])

    at = source.placement
    origin = about @ (np.array([at.easting_m, at.northing_m]) - middle) + middle + shift
    placed = replace(
        at, easting_m=float(origin[0]), northing_m=float(origin[1]), rotation_deg=at.rotation_deg + how.turned_deg, base_nap_m=at.base_nap_m + how.raised_m
    )
    levels = tuple(Level(level.name, float(_higher(np.array(level.elevation_nap), zero, how))) for level in source.levels)
    records = tuple(replace(record, source=f"{name} ({source.name})", notes=()) for record in source.provenance)
    said = (Message("info", Note.of("design_from", of=source.name)), *(Message("info", note) for note in changes(source.name, how, zero)))
    east, north, up = source.spacing_m
    cos, sin = abs(plane[0, 0]), abs(plane[0, 1])
    return replace(
        source, name=name, parts=tuple(map(moved, source.parts)), placement=placed, levels=levels, provenance=records,
        messages=(*said, *source.messages), spacing_m=(east * cos + north * sin, east * sin + north * cos, up * how.storeys_factor),
    )


def changes(of: str, how: Variation, zero: float) -> tuple[Note, ...]:
    """Return what makes a design another than the one that it is made of; ``zero`` (m NAP): from where its heights are scaled."""
    found = (
        (how.storeys_factor != 1.0, Note.of("design_storeys_scaled", percent=float(100 * how.storeys_factor), level=float(zero), of=of)),
        (how.mirrored_deg is not None, Note.of("design_mirrored", degrees=float(how.mirrored_deg or 0.0))),
        (how.turned_deg != 0.0, Note.of("design_turned_by", degrees=float(how.turned_deg))),
        (bool(how.east_m or how.north_m), Note.of("design_moved_by", east=float(how.east_m), north=float(how.north_m))),
        (how.raised_m != 0.0, Note.of("design_raised_by", up=float(how.raised_m))),
    )
    return tuple(note for there, note in found if there)


def zero_of(design: Design) -> float:
    """Return the level (m NAP) above which heights are scaled: the model's zero where that lies within the building, else its lowest point."""
    low, high = (float(z) for z in design.own.bounds[:, 2])
    zero = design.placement.base_nap_m
    return zero if design.placement.method not in IN_NAP and low <= zero < high else low


def laid(request: DesignRequest, made: Design, source: Design | None, there: Placement) -> DesignRequest:
    """Return the request of a design as it would be when it is laid elsewhere: that of a file says its place, of what is made here the numbers change.

    ``made``: as it is now; ``source``: what it is made of.
    """
    if request.mass is not None:
        outline, base, ridge = mass_at(request.mass, there)
        return replace(request, mass=replace(request.mass, outline=outline, base_nap_m=base, ridge_deg=ridge))
    if request.variation is None or source is None:
        return replace(request, placement=there)
    how, now = request.variation, made.placement
    turned = how.turned_deg + there.rotation_deg - now.rotation_deg
    bare = varied(source, made.name, replace(how, turned_deg=turned, east_m=0.0, north_m=0.0)).placement
    return replace(request, variation=replace(
        how, turned_deg=round((turned + 180.0) % 360.0 - 180.0, 4), east_m=round(there.easting_m - bare.easting_m, 3),
        north_m=round(there.northing_m - bare.northing_m, 3), raised_m=round(how.raised_m + there.base_nap_m - now.base_nap_m, 3),
    ))


def _mirror(degrees: float) -> Floats:
    twice = 2 * math.radians(degrees)
    found: Floats = np.array([[math.cos(twice), math.sin(twice)], [math.sin(twice), -math.cos(twice)]])
    return found


def _higher(heights: Floats, zero: float, how: Variation) -> Floats:
    scaled: Floats = np.where(heights > zero, zero + (heights - zero) * how.storeys_factor, heights) + how.raised_m
    return scaled
