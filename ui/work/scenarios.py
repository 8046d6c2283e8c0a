"""What a new variant begins as, before the officer changes its numbers; which variants rest on which."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...data_sources.case_designs import free_name
from ...data_sources.design.variants import with_made
from ...job import placed
from ...model import FLAT, Case, Design, DesignRequest, Mass, Site, Variation

MOVED, TURNED, MIRRORED, LOWER, HIGHER = "moved", "turned", "mirrored", "lower", "higher"
QUARTER_DEG = 90.0
TENTH = 0.1
STOREYS, STOREY_M = 2, 3.0
"""A mass begins as the most common house: two storeys of three metres, floor to floor; both stand in fields that show it and change it at once."""


def begun(kind: str, requests: Sequence[DesignRequest], of: str, outline: BaseGeometry) -> DesignRequest:
    """Return a variant of a design as it begins; ``outline``: of that one (RD)."""
    ways = {
        TURNED: Variation(of, turned_deg=QUARTER_DEG), MIRRORED: Variation(of, mirrored_deg=round((longest_deg(outline) + QUARTER_DEG) % 180.0, 2)),
        LOWER: Variation(of, storeys_factor=1.0 - TENTH), HIGHER: Variation(of, storeys_factor=1.0 + TENTH),
    }
    return DesignRequest((), _free(requests), variation=ways.get(kind, Variation(of)))


def mass_begun(requests: Sequence[DesignRequest], ring: Sequence[tuple[float, float]], site: Site) -> DesignRequest:
    """Return a mass on an outline (RD) as it begins: a flat roof on two storeys, on the ground in its middle (zero where no ground is known)."""
    middle = shapely.Polygon(ring).centroid
    ground = site.terrain.nearest(middle.x, middle.y) if site.terrain is not None else None
    base = round(float(ground[0]), 2) if ground else 0.0
    return DesignRequest((), _free(requests), mass=Mass(tuple(ring), base, FLAT, STOREYS, STOREY_M))


def longest_deg(outline: BaseGeometry) -> float:
    """Return the direction (0 to 180 degrees) of the longest side of an outline's smallest box."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(outline))
    sides = np.diff(corners[:3], axis=0)
    along = sides[int(np.argmax((sides**2).sum(axis=1)))]
    return math.degrees(math.atan2(along[1], along[0])) % 180.0


def resting_on(requests: Sequence[DesignRequest], name: str) -> tuple[str, ...]:
    """Return the names of the variants that are made of a design."""
    return tuple(request.name for request in requests if request.variation is not None and request.variation.of == name)


def remade(case: Case, designs: Sequence[Design], requests: Sequence[DesignRequest]) -> tuple[Design, ...]:
    """Return the designs of other requests of a case, made of those that were read; what is asked as before is the same object, and there are none
    while files still have to be read. Raises ``DesignError`` for what cannot be made, or stands elsewhere."""
    read, before = {design.name: design for design in designs}, {r.name: (r, d) for r, d in zip(case.designs, designs)}
    if not all(request.name in read for request in requests if request.files):
        return ()
    known = {id(design) for design in designs}
    found = with_made(requests, read, before)
    return tuple(one if id(one) in known else placed((one,), replace(case, designs=tuple(requests)))[0] for one in found)


def _free(requests: Sequence[DesignRequest]) -> str:
    return free_name([request.name for request in requests])
