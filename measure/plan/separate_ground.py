"""Buildings of one design that stand apart on ground of different heights: each has a peil of its own."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Site
from ..plane import overlay

APART_M = 0.30
"""What stands nearer to each other is one building in two drawings (BAG and BGT outlines: 0.2 m)."""
THIN_M = 1.0
"""What is nowhere so wide is a fence or a wall: it has no entrance, and it follows the ground."""
OTHER_GROUND_M = 0.10
"""Ground that differs less is the same as far as AHN can tell (docs/measuring.md 0.2)."""


def standing_apart(outline: BaseGeometry) -> NDArray[np.object_]:
    """Return the pieces of an outline (RD) that stand apart and are no fence, each a little wider than it is (n,)."""
    pieces = shapely.get_parts(shapely.buffer(outline, APART_M / 2, join_style="mitre"))
    wide: NDArray[np.object_] = pieces[~shapely.is_empty(shapely.buffer(pieces, -(APART_M + THIN_M) / 2))]
    return wide


def on_other_ground(outline: BaseGeometry, site: Site) -> tuple[BaseGeometry, ...]:
    """Return the buildings of an outline (RD) that stand apart, from the lowest ground to the highest; () where it is one, or all stand equally high."""
    if site.terrain is None or shapely.get_num_geometries(outline) < 2:
        return ()
    wide = standing_apart(outline)
    if len(wide) < 2:
        return ()
    middles = shapely.get_coordinates(shapely.point_on_surface(wide))
    ground = [found[0] if found else float("nan") for found in (site.terrain.nearest(x, y) for x, y in middles)]
    known = [(height, number) for number, height in enumerate(ground) if np.isfinite(height)]
    if len(known) < 2 or max(known)[0] - min(known)[0] <= OTHER_GROUND_M:
        return ()
    return tuple(overlay.intersection(wide[number], outline) for _, number in sorted(known))


def of_these(buildings: tuple[BaseGeometry, ...], parts: BaseGeometry, outline: BaseGeometry) -> BaseGeometry:
    """Return the outline (RD) of those of some buildings that ``parts`` are of; the whole ``outline`` where they are of none, or all stand equally high."""
    own = [building for building in buildings if overlay.intersection(building, parts).area > 0.0]
    return shapely.union_all(own) if own and len(own) < len(buildings) else outline
