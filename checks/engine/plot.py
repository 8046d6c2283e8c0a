"""The plot (bouwperceel): which cadastral parcels a design stands on."""

from __future__ import annotations

from ...model import Parcel
from .base import Context
from .open_points.answer_words import named_in
from .weighing import answer

UNDER_M2 = 1.0
"""Less than this of a parcel under a design is the noise of two drawings."""


def plot_of(context: Context) -> tuple[Parcel, ...]:
    """Return the parcels of the building plot: those the officer named, else those under the design."""
    wanted = named_in(answer(context, "parcels"))
    if wanted:
        return tuple(p for p in context.site.parcels if p.fid in wanted or p.designation in wanted)
    footprint = context.geometry.footprint
    shape = footprint if not footprint.is_empty else context.projection  # a carport has no walls
    least = min(UNDER_M2, shape.area / 2)
    return tuple(p for p in context.site.parcels if p.geometry.intersection(shape).area > least)
