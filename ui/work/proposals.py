"""Levels that peil may be at a design, each with where it was read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.plan.peil import PeilCandidate, resolve_peil
from ...model import Site


@dataclass(frozen=True)
class PeilProposal:
    """A level (m NAP) with its method; ``bearing`` (degrees, grid north) and ``away_m`` say where from the design it was read, None around it."""

    method: str
    nap_m: float
    bearing: float | None = None
    away_m: float = 0.0


def peil_proposals(answers: Mapping[str, Any], site: Site, outline: BaseGeometry) -> tuple[PeilProposal, ...]:
    """Return the levels that peil may be by road and ground around an outline (RD)."""
    return tuple(_of(candidate, outline) for candidate in resolve_peil(answers, site, outline).candidates)


def _of(candidate: PeilCandidate, outline: BaseGeometry) -> PeilProposal:
    place = candidate.geometry
    if not isinstance(place, Point) or outline.is_empty:
        return PeilProposal(candidate.method, candidate.nap_m)
    middle = outline.centroid
    bearing = math.degrees(math.atan2(place.x - middle.x, place.y - middle.y)) % 360.0
    return PeilProposal(candidate.method, candidate.nap_m, bearing, float(outline.distance(place)))
