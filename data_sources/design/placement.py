"""From the model's own metres to RD + NAP, and whether that place makes sense."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ...errors import DesignError
from ...model import Design, Message, Note, Placement, SiteRequest
from .georeference import in_rd
from .raw import Georeference, RawDesign

Floats = NDArray[np.float64]

FAR_M = 1_000.0
"""A design further than this from the site stands somewhere else: a mistake, not a finding."""


def place(points: Floats, placement: Placement) -> Floats:
    """Return points (n, 3) turned about the model's origin and moved to RD + NAP (float64: millimetres are kept)."""
    turn = math.radians(placement.rotation_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos
    return np.column_stack([x + placement.easting_m, y + placement.northing_m, points[:, 2] + placement.base_nap_m])


def own_placement(found: Georeference) -> Placement:
    """Return the placement that a file's georeference stands for."""
    return Placement(found.method, found.easting_m, found.northing_m, found.rotation_deg, found.height_m, found.crs)


def choose(raw: RawDesign, asked: Placement | None, name: str) -> tuple[Placement, tuple[Message, ...]]:
    """Return the placement to use: the case's (model origin to that point, model z = 0 to its base), else the file's own.

    Raises ``DesignError`` when there is neither.
    """
    own = own_placement(raw.georeference) if raw.georeference else None
    if asked is None:
        if own is None:
            raise DesignError("design_needs_placement", path=name)
        return own, ()
    if own is None or own.method == "rd_coordinates":
        return asked, ()
    distance = math.hypot(asked.easting_m - own.easting_m, asked.northing_m - own.northing_m)
    note = Note.of("design_placement_overridden", distance=round(distance, 3))
    return asked, (Message("warning" if distance > 1 else "info", note),)


def placement_problems(design: Design, site: SiteRequest) -> tuple[Message, ...]:
    """Return remarks about a design's place; raises ``DesignError`` when it does not stand at the site at all."""
    middle = design.bounds.mean(axis=0)
    if not in_rd(float(middle[0]), float(middle[1])):
        raise DesignError("design_not_in_nl", name=design.name, x=float(middle[0]), y=float(middle[1]))
    distance = math.hypot(middle[0] - site.centre[0], middle[1] - site.centre[1])
    if distance > max(FAR_M, site.radius_m):
        raise DesignError("design_far_from_site", name=design.name, distance=distance / 1000)
    if distance > site.radius_m:
        return (Message("warning", Note.of("design_outside_radius", distance=round(distance, 1))),)
    return ()
