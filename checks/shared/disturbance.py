"""How far and how deep a design goes into the ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only, projection, without_thin
from ...measure.building.height import lowest_point
from ...measure.plan.peil import LEVEL_UNCERTAINTY_M
from ...measure.plane import overlay
from ...measure.plane.sections import enclosed
from ...model import UncertaintySource
from ..engine.base import Context
from ..engine.open_points.answer_words import is_number
from ..engine.weighing import answer

EXACT_PEIL = ("nap_value", "finished_ground_adjoining", "previous_ground", "authority_fixed")
LEVELS = 5
MOST = {"area_m2": 1e6, "depth_m": 100.0}
"""A building of a square kilometre and a pit of a hundred metres are slips of the pen: no foundation of a house is so deep."""
TOUCH_M = 0.01
EDGE_M = 0.5
"""What a facade stands out further than the cellar below it by less is the thickness of a wall."""
NOTHING = shapely.MultiPolygon()


@dataclass(frozen=True, eq=False)
class Disturbance:
    """What is dug up: ``shape`` (RD), ``area_m2`` when the officer stated it, ``depth_m`` below ground (None: not known). ``rest``: what of the
    footprint (RD) stands over ground of which nobody knows how deep it is dug: the model has no foundation there."""

    shape: BaseGeometry
    area_m2: float | None
    depth_m: float | None
    sources: tuple[UncertaintySource, ...] = ()
    rest: BaseGeometry = NOTHING


def ground_disturbance(context: Context, zone: BaseGeometry) -> Disturbance:
    """Return the disturbance of the ground in a zone (RD): the officer's answer, and what the mesh has below ground there where that goes deeper.

    A mesh that ends at the ground says nothing about its foundation: the depth is then unknown.
    """
    given = answer(context, "ground_disturbance")
    given = given if isinstance(given, Mapping) else {}
    ground, sources = ground_level(context)
    deepest = lowest_point(context.design.triangles, _well_inside(context, zone))
    depth = None if ground is None or deepest is None or deepest[2] >= ground - TOUCH_M else ground - float(deepest[2])
    shape = context.geometry.footprint if ground is None or depth is None else _below(context, ground, ground - depth)
    area = None if given.get("area_m2") is None else float(given["area_m2"])
    if depth is not None and not given:
        return Disturbance(shape, None, depth, sources, _without_foundation(context, shape))
    if given.get("depth_m") is not None:  # what the officer told, but never less than what the model itself digs
        told = float(given["depth_m"])
        return Disturbance(shape, area, told) if depth is None or told >= depth else Disturbance(shape, _larger(area, shape), depth, sources)
    return Disturbance(shape, area, depth, sources)


def _without_foundation(context: Context, below: BaseGeometry) -> BaseGeometry:
    left = without_thin(polygons_only(overlay.difference(context.geometry.footprint, below)), EDGE_M)
    return left if left.area > EDGE_M else NOTHING


def _larger(area: float | None, shape: BaseGeometry) -> float | None:
    return None if area is None else max(area, float(shape.area))


def unreadable_answer(context: Context) -> bool:
    """Whether the officer's answer holds something else than a depth and an area, each 0 or more and no more than anybody digs."""
    given = answer(context, "ground_disturbance")
    if given is None or isinstance(given, Mapping):
        return any(given.get(key) is not None and not (is_number(given[key]) and 0.0 <= given[key] <= most) for key, most in MOST.items()) if given else False
    return True


def _well_inside(context: Context, zone: BaseGeometry) -> BaseGeometry:
    """Return a zone (RD) at the design without its outermost centimetre: what only touches the zone does not dig in it."""
    near = shapely.box(*context.projection.bounds).buffer(1.0)
    return shapely.buffer(overlay.intersection(zone, near), -TOUCH_M, join_style="mitre")


def ground_level(context: Context) -> tuple[float | None, tuple[UncertaintySource, ...]]:
    """Return the ground (m NAP): a peil that is the ground, else the terrain around the footprint, else the chosen peil."""
    chosen = context.peil.chosen
    if chosen is not None and chosen.method in EXACT_PEIL:
        return chosen.nap_m, chosen.sources
    if context.site.terrain is not None:
        ring = shapely.buffer(context.geometry.footprint, 1.0).boundary
        xy = shapely.get_coordinates(shapely.line_interpolate_point(ring, np.arange(0, ring.length, 0.5)))
        heights = context.site.terrain.sample(xy[:, 0], xy[:, 1])
        if np.isfinite(heights).any():
            return float(np.nanmean(heights)), (UncertaintySource("level", LEVEL_UNCERTAINTY_M),)
    return (chosen.nap_m, chosen.sources) if chosen is not None else (None, ())


def _below(context: Context, ground: float, lowest: float) -> BaseGeometry:
    """Return what the design takes up below ground (RD): its sections at several depths and all that lies wholly below."""
    parts = [part for part in context.design.parts if part.z_range[0] < ground - TOUCH_M]
    heights = [*np.linspace(lowest, ground, LEVELS + 2)[1:-1], ground - 2 * TOUCH_M]  # the last also cuts what hardly goes down
    under = projection([part for part in parts if part.z_range[1] <= ground])
    return overlay.union([under, *(enclosed(parts, float(z)) for z in heights)])
