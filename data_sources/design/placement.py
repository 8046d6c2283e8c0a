"""From the model's own metres to RD + NAP, and whether that place makes sense."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...errors import DesignError
from ...model import Design, Message, Note, Placement, SiteRequest
from ...model.arrays import Floats
from ..formats.rd_box import in_rd
from .bodies.raw import Georeference, RawDesign

FAR_M = 1_000.0
"""A design further than this from the site stands somewhere else: a mistake, not a finding."""


LEAST_M, MOST_M = 0.5, 2_000.0
"""Nothing that needs a permit is smaller, and no building is longer or higher: such a size is a unit that is wrong."""


def place(points: Floats, placement: Placement) -> Floats:
    """Return points (n, 3) turned about the model's origin and moved to RD + NAP (float64: millimetres are kept)."""
    turn = math.radians(placement.rotation_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos
    return np.column_stack([x + placement.easting_m, y + placement.northing_m, points[:, 2] + placement.base_nap_m])


def unplace(points: Floats, placement: Placement) -> Floats:
    """Return RD + NAP points (n, 3) in the model's own metres: the inverse of ``place``."""
    turn = math.radians(placement.rotation_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = points[:, 0] - placement.easting_m, points[:, 1] - placement.northing_m
    return np.column_stack([x * cos + y * sin, -x * sin + y * cos, points[:, 2] - placement.base_nap_m])


def replaced(design: Design, placement: Placement) -> Design:
    """Return a design that was read, at another place."""
    old = design.placement
    parts = tuple(replace(part, vertices=place(unplace(part.vertices, old), placement)) for part in design.parts)
    shift = placement.base_nap_m - old.base_nap_m
    levels = tuple(replace(level, elevation_nap=level.elevation_nap + shift) for level in design.levels)
    return replace(design, parts=parts, levels=levels, placement=placement)


def two_point_fit(model: Floats, there: Floats, base_nap_m: float) -> tuple[Placement, float]:
    """Return the placement that brings two model points (2, 2) to two map points (2, 2, RD), and the residual (m).

    Rotation and shift only, never a scale; the residual is what each point misses, half the difference of the distances.
    """
    a, b = model[1] - model[0], there[1] - there[0]
    turn = math.atan2(b[1], b[0]) - math.atan2(a[1], a[0])
    cos, sin = math.cos(turn), math.sin(turn)
    middle = model.mean(axis=0)
    east = there[:, 0].mean() - (middle[0] * cos - middle[1] * sin)
    north = there[:, 1].mean() - (middle[0] * sin + middle[1] * cos)
    residual = abs(float(np.hypot(*a)) - float(np.hypot(*b))) / 2
    degrees = (math.degrees(turn) + 180) % 360 - 180
    return Placement("case", float(east), float(north), degrees, base_nap_m), residual


def provisional(raws: Sequence[RawDesign], centre: tuple[float, float]) -> Placement:
    """Return a placement that lays the middle of a model on a point, until the officer gives its true place."""
    bounds = np.stack([raw.bounds() for raw in raws])
    middle = (bounds[:, 0].min(axis=0) + bounds[:, 1].max(axis=0)) / 2
    return Placement("provisional", centre[0] - float(middle[0]), centre[1] - float(middle[1]))


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


def refuse_impossible(design: Design) -> None:
    """Raise ``DesignError`` for a design of a size that no building has, whoever said its unit."""
    size = float(np.ptp(design.own.bounds, axis=0).max())
    if not LEAST_M <= size <= MOST_M:
        raise DesignError("design_size_impossible", name=design.name, size=size, unit=design.unit_to_m)


def placement_problems(design: Design, site: SiteRequest) -> tuple[Message, ...]:
    """Return remarks about a design's place; raises ``DesignError`` when it does not stand at the site at all."""
    middle = design.own.bounds.mean(axis=0)
    if not in_rd(float(middle[0]), float(middle[1])):
        raise DesignError("design_not_in_nl", name=design.name, x=float(middle[0]), y=float(middle[1]))
    distance = math.hypot(middle[0] - site.centre[0], middle[1] - site.centre[1])
    if distance > max(FAR_M, site.radius_m):
        raise DesignError("design_far_from_site", name=design.name, distance=distance / 1000)
    if distance > site.radius_m:
        return (Message("warning", Note.of("design_outside_radius", distance=round(distance, 1))),)
    return ()
