"""What a point sees of the sky: which building stands before the sun, by direction and along the sun's path of a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...model import Design, Site
from ...model.arrays import Ints
from ..building.footprint import projection
from ..plane.rd import convergence_deg
from .neighbours import neighbours_of
from .receptors import Receptor
from .sun_position import Suns, directions_of, suns_at
from .sun_review import FREE, Blocking, demolished, surroundings_of

AZIMUTHS = np.arange(40.0, 320.0, 0.5) + 0.25
ALTITUDES = np.arange(0.0, 66.0, 1.0) + 0.5
"""Middles of the cells of sky (degrees, from true north) that the sun crosses in the Netherlands."""


@dataclass(frozen=True, eq=False)
class SkyView:
    """The sky from a receptor in the proposed situation, and the sun in it on one date.

    ``sky`` (altitudes, azimuths) and ``path`` (suns) hold the number of the owner that stands in the way first, ``FREE`` or
    ``BEHIND`` the receptor's own facade; ``owners`` (kind, name) with kind own | design | building | terrain.
    """

    receptor: Receptor
    owners: tuple[tuple[str, str], ...]
    sky: Ints
    suns: Suns
    path: Ints

    @property
    def minutes(self) -> float:
        """Minutes of sun on the date."""
        return float((self.path == FREE).sum() * self.suns.step_min)

    @property
    def blocked(self) -> tuple[tuple[int, float], ...]:
        """Who takes how many minutes on the date: (number of the owner, minutes), most first."""
        taken = np.bincount(self.path[self.path >= 0], minlength=len(self.owners)) * self.suns.step_min
        return tuple((int(n), float(taken[n])) for n in np.argsort(-taken, kind="stable") if taken[n] > 0)


def blocking_of(site: Site, design: Design, answers: Mapping[str, Any], measure: Mapping[str, Any]) -> Blocking:
    """Return everything that stands around and in a design when it is built, each triangle with its owner; trees are left out."""
    outline = projection(design.parts)
    replaced = neighbours_of(site, outline, demolished(answers)).replaced
    staying = tuple(b for b in site.buildings3d if len(b.triangles) and b not in replaced)
    surroundings, owners, _ = surroundings_of(site, design, staying, replaced, outline, {**measure, "trees": None})
    return Blocking(design, surroundings, owners)


def sky_view(
    blocking: Blocking, receptor: Receptor, place: tuple[float, float], date: datetime.date, step_min: float = 2.0, min_altitude_deg: float = 10.0
) -> SkyView:
    """Return what a receptor sees of the sky and of the sun on a date; ``place`` (RD) is where the sun is looked up for."""
    azimuth, altitude = (grid.ravel() for grid in np.meshgrid(AZIMUTHS, ALTITUDES))
    sky = blocking.first(receptor, directions_of(altitude, azimuth, convergence_deg(*place)))
    suns = suns_at(place, [date], step_min, min_altitude_deg)
    owners = tuple(
        ("own", name) if kind == "building" and name == receptor.building else (kind, name) for kind, name in blocking.owners
    )
    return SkyView(receptor, owners, sky.reshape(len(ALTITUDES), len(AZIMUTHS)), suns, blocking.first(receptor, suns.directions))
