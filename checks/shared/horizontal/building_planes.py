"""Which bouwvlakken are about a design, and what may stand outside them while nobody read the plan's text.

A bouwvlak belongs to the bestemming it is drawn in (IMRO2012: ``bestemmingsvlak`` of a bouwvlak): it says nothing of the ground of another
one. Where a bestemming has no bouwvlak its text says whether and where may be built.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import stands_in
from ....measure.building.height import HighestPoints
from ....measure.plane import overlay
from ....model import Note, PlanArea, Rule
from ...engine.base import Context
from ...engine.objects import MAIN
from ...engine.revisions import as_redrawn
from ...engine.standing import annex_parts

NEAR_M = 50.0
"""Bouwvlakken further from the design than this are those of other plots."""
STOREY_M = 1.5
"""An extension stays at least so much below the main building: less than a storey, so that a split level is still open."""

EDGE_M = 0.02
"""The wall that stands on the edge of a piece is the main building's."""


def own_planes(context: Context) -> tuple[PlanArea, ...]:
    """Return the governing bouwvlakken near the design that belong to a bestemming it stands in, as later plans redrew them in this reading; all of them
    where no bestemming is known."""
    near = as_redrawn(context, [area for area in context.governing("bouwvlak") if area.geometry.intersects(context.projection.buffer(NEAR_M))])
    zones = [area for area in context.governing("enkelbestemming") if stands_in(area.geometry, context.projection)]
    if not zones:
        return near
    return tuple(plane for plane in near if _zones_of(plane, context, zones))


def open_ground(rule: Rule, context: Context, outside: BaseGeometry) -> BaseGeometry:
    """Return the ground (RD) of bestemmingen without a bouwvlak on which ``outside`` stands and may, in this reading, be built.

    Only for a rule of the map: a rule that was written from the text says what it is about itself.
    """
    if not rule.plan_id or outside.is_empty:
        return shapely.MultiPolygon()
    planes = context.governing("bouwvlak")
    zones = [area for area in context.governing("enkelbestemming") if stands_in(area.geometry, outside)]
    bare = [zone for zone in zones if not any(_zones_of(plane, context, [zone]) for plane in planes)]
    names = sorted({zone.name for zone in bare})
    free = [name for name in names if context.yes_no(f"built_without_bouwvlak: {name}", Note.of("zoning_question_no_bouwvlak", name=name))]
    return overlay.union([zone.geometry for zone in bare if zone.name in free])


def _zones_of(plane: PlanArea, context: Context, zones: Sequence[PlanArea]) -> list[PlanArea]:
    """Return which of some bestemmingen a bouwvlak belongs to: as the plan says, else where it lies."""
    known = {area.fid for area in context.governing("enkelbestemming")}
    if plane.belongs_to in known:
        return [zone for zone in zones if zone.fid == plane.belongs_to]
    return [zone for zone in zones if stands_in(zone.geometry, plane.geometry)]


def annexes(rule: Rule, context: Context, outside: BaseGeometry) -> BaseGeometry:
    """Return what of ``outside`` is, in this reading, an aanbouw or uitbouw, which a rule of the hoofdgebouw is not about.

    What stays a storey below the rest of the design may be one; what stands as high as the main building is the main building.
    """
    if not set(rule.applies_to) & set(MAIN) or set(rule.applies_to) - set(MAIN) or outside.is_empty:
        return shapely.MultiPolygon()
    if annex_parts(context):  # bodies of their own: whether they are main was asked, or answered, with what the rule is about
        return shapely.MultiPolygon()
    heights = context.memo(("highest points", id(context.design)), lambda: HighestPoints(context.design.parts))
    top = heights.highest()
    pieces = np.atleast_1d(shapely.get_parts(outside))
    found = [piece for piece in pieces if top is not None and _top(heights, piece) <= float(top[2]) - STOREY_M]
    if not found or not context.yes_no("outside_is_annex", Note.of("zoning_question_annex"), likely=True):
        return shapely.MultiPolygon()
    return shapely.union_all(found)


def _top(heights: HighestPoints, piece: BaseGeometry) -> float:
    highest = heights.highest(shapely.buffer(piece, -EDGE_M))
    return float("inf") if highest is None else float(highest[2])
