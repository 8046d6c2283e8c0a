"""Sun on gardens: how much of a parcel or yard has two hours of sun on 21 March, now and with the design.

The measure is that of BRE 209, "Site layout planning for daylight and sunlight" (Littlefair, 3rd ed., 2022), section 3.3: at least
half of a garden should get two hours on 21 March. In the Netherlands it is no norm but a common yardstick.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..building.footprint import polygons_only
from ..plane.overlay import difference
from .receptors import Receptor, ground_receptors
from .shadows_in_time import ABOVE_GROUND_M, SMALLEST_M2, Plot, ShadowScene
from .sun_norms import REFERENCE_YEAR
from .sun_position import suns_at
from .sun_study import Surroundings, study_sun, terrain_triangles, triangles_of

DATE = datetime.date(REFERENCE_YEAR, 3, 21)
ENOUGH_MIN = 120.0
STEP_MIN = 5.0
POINTS = 150
FINEST_M = 0.5


@dataclass(frozen=True, eq=False)
class GardenSun:
    """Of the open ground of a plot: the share (0..1) with two hours of sun on 21 March, and the mean minutes, now and with the design."""

    plot: Plot
    share_before: float
    share_after: float
    mean_before: float
    mean_after: float


def garden_sun(scene: ShadowScene, plots: Sequence[Plot]) -> tuple[GardenSun, ...]:
    """Return the sun on the open ground of plots; those without open ground are left out.

    Some 150 points a plot on a square grid of at least 0.5 m, 0.1 m above the terrain; every 5 minutes that the sun is up.
    """
    points: list[Receptor] = []
    kept: list[tuple[Plot, int, int]] = []
    for plot in plots:
        ground = polygons_only(difference(plot.geometry, scene.built))
        if ground.area < SMALLEST_M2:
            continue
        spacing = max(FINEST_M, float(np.sqrt(ground.area / POINTS)))
        found = ground_receptors(ground, scene.site.terrain, spacing, scene.ground_nap, ABOVE_GROUND_M)
        kept.append((plot, len(points), len(points) + len(found)))
        points += found
    staying = np.concatenate([triangles_of(scene.staying), terrain_triangles(scene.site.terrain)])
    blocks = Surroundings(staying, triangles_of(scene.replaced))
    study = study_sun(points, blocks, {"after": scene.design.triangles}, suns_at(scene.site.centre, [DATE], STEP_MIN, 0.0))
    before, after = study.before[:, 0], study.after["after"][:, 0]
    return tuple(
        GardenSun(plot, *(float(np.mean(lit[start:end] >= ENOUGH_MIN)) for lit in (before, after)), *(float(lit[start:end].mean()) for lit in (before, after)))
        for plot, start, end in kept
    )
