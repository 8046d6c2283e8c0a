"""Peil: the level that a plan measures heights from (rules.md 0.3). Resolved first; it feeds half of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ..model import Site, UncertaintySource

METHODS = (
    "road_at_main_entrance",
    "finished_ground_adjoining",
    "ground_floor_level",
    "nap_value",
    "water_level",
    "authority_fixed",
    "previous_ground",
)
LEVEL_UNCERTAINTY_M = 0.10
"""Of a level read from AHN (rules.md 0.2)."""


@dataclass(frozen=True)
class PeilCandidate:
    """A level that the plan's text may mean: method of ``METHODS`` and height NAP."""

    method: str
    nap_m: float


@dataclass(frozen=True)
class Peil:
    """The level to measure from.

    ``chosen`` when the officer fixed it: then legal, without uncertainty unless the answer states ``uncertainty_m``.
    Otherwise ``candidates`` are proposals from the terrain, each with ``sources`` of doubt; empty when nothing is known.
    """

    chosen: PeilCandidate | None
    candidates: tuple[PeilCandidate, ...] = ()
    sources: tuple[UncertaintySource, ...] = ()

    @property
    def levels(self) -> tuple[PeilCandidate, ...]:
        """The levels to judge with: the chosen one, or the lowest and the highest candidate."""
        if self.chosen:
            return (self.chosen,)
        ordered = sorted(self.candidates, key=lambda candidate: candidate.nap_m)
        return (ordered[0], ordered[-1]) if len(ordered) > 1 else tuple(ordered)


def resolve_peil(answers: Mapping[str, Any], site: Site, outline: BaseGeometry) -> Peil:
    """Return the peil from the officer's answer, else proposals around ``outline`` (RD footprint of the design).

    The answer is ``{method, nap_m, reason, by}``; ``candidates: {method: nap_m}`` gives several to weigh.
    """
    answer = answers.get("peil") or {}
    if answer.get("nap_m") is not None:
        doubt = float(answer.get("uncertainty_m") or 0.0)
        sources = (UncertaintySource("level", doubt),) if doubt else ()
        return Peil(PeilCandidate(str(answer.get("method", "authority_fixed")), float(answer["nap_m"])), (), sources)
    if answer.get("candidates"):
        given = tuple(PeilCandidate(str(method), float(nap)) for method, nap in sorted(answer["candidates"].items()))
        return Peil(None, given)
    found = [candidate for candidate in (_road_level(site, outline, answers), _ground_level(site, outline)) if candidate]
    return Peil(None, tuple(found), (UncertaintySource("level", LEVEL_UNCERTAINTY_M),) if found else ())


def _road_level(site: Site, outline: BaseGeometry, answers: Mapping[str, Any]) -> PeilCandidate | None:
    """Height of the road nearest to the entrance (or, while nobody pointed it out, to the building)."""
    roads = [t for t in site.topography if t.collection == "wegdeel" and t.level == 0 and "rijbaan" in t.function]
    if site.terrain is None or not roads or outline.is_empty:
        return None
    entrance = Point(answers["entrance"]) if answers.get("entrance") else outline
    geometries = [road.geometry for road in roads]
    nearest = geometries[int(np.argmin(shapely.distance(geometries, entrance)))]
    axis = shapely.point_on_surface(shapely.intersection(nearest, shapely.buffer(entrance, shapely.distance(nearest, entrance) + 5)))
    height = site.terrain.nearest(axis.x, axis.y)
    return PeilCandidate("road_at_main_entrance", round(height[0], 3)) if height else None


def _ground_level(site: Site, outline: BaseGeometry) -> PeilCandidate | None:
    """Mean height of the ground along the outline, 1 m off the walls: AHN is only a proxy of the finished ground."""
    if site.terrain is None or outline.is_empty:
        return None
    ring = shapely.buffer(outline, 1.0).boundary
    points = shapely.line_interpolate_point(ring, np.arange(0, ring.length, 0.5))
    xy = shapely.get_coordinates(points)
    heights = site.terrain.sample(xy[:, 0], xy[:, 1])
    known = heights[np.isfinite(heights)]
    if len(known) < len(heights) / 4:
        return None
    return PeilCandidate("finished_ground_adjoining", round(float(known.mean()), 3))
