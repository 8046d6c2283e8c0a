"""What stands on and around the plot and stays: registered buildings without what is demolished, and what is permitted but not yet built."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, RegisteredBuilding
from .base import Context
from .open_points.answer_words import named_in
from .plot import plot_of
from .weighing import answer

TOUCH_M2 = 0.01
"""A building that meets an area by less only touches it."""
AGAINST_M = 0.30
"""A building this near stands against the design: BAG outlines are known to 0.2 to 0.3 m."""
REPLACED_SHARE, ON_PLOT_SHARE = 0.5, 0.5
"""A pand of which half lies under the design is replaced by it; one of which half lies on the plot belongs to it."""


def standing_in(context: Context, area: BaseGeometry) -> tuple[RegisteredBuilding, ...]:
    """Return the buildings in an area (RD) that count as existing in this reading.

    A building that is permitted but not yet built (BAG: bouwvergunning verleend) may count: an open point where there is one.
    """
    going = named_in(answer(context, "demolition"))
    standing = tuple(b for b in context.site.registered_buildings if b.fid not in going and _in(b, area))
    planned = tuple(b for b in context.site.planned_buildings if b.fid not in going and _in(b, area))
    if planned and context.yes_no("planned_buildings_count", Note.of("engine_question_planned", panden=", ".join(b.fid for b in planned)), likely=True):
        return (*standing, *planned)
    return standing


def _in(building: RegisteredBuilding, area: BaseGeometry) -> bool:
    return bool(building.geometry.intersection(area).area > TOUCH_M2)


def joined_to(context: Context) -> tuple[RegisteredBuilding, ...]:
    """Return the existing buildings of the plot that stay and that the design stands against: with them it may be one building."""
    going = named_in(answer(context, "demolition"))
    shape = context.projection
    near = [b for b in context.site.registered_buildings if b.fid not in going and b.geometry.distance(shape) <= AGAINST_M]
    near = [b for b in near if b.geometry.intersection(shape).area < REPLACED_SHARE * b.geometry.area]
    if not near:
        return ()
    plot = shapely.union_all([parcel.geometry for parcel in plot_of(context)])
    return tuple(b for b in near if b.geometry.intersection(plot).area > ON_PLOT_SHARE * b.geometry.area)
