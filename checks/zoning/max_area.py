"""Maximum area (maximum oppervlakte, maximum bebouwd oppervlak).

What it checks
    The built area of the design; for "bebouwd oppervlak" together with the buildings that stay in the zone.
Legal basis
    "tussen de buitenwerkse gevelvlakken en/of het hart van de scheidingsmuren, neerwaarts geprojecteerd op het gemiddelde niveau van het
    afgewerkte bouwterrein" (SVBP2012, wijze van meten): storeys that stand out count, the overhang of a roof does not.
Inputs
    Design mesh; the limit (rule), or plan areas ``maatvoering`` with "maximum oppervlakte (m2)" or "maximum bebouwd oppervlak (m2)".
    ``measure.of: projection`` for buildings open at their sides (carport, overkapping); ``measure.body: main`` only the largest body;
    ``measure.include_existing: true | false``; ``measure.count_below_ground: true | false``; ``measure.party_walls: ignore``; answers
    ``party_walls: {lines: [...]}`` (RD, the axes), ``demolition: [ids]``.
How measured
    Union of the wall-enclosed sections 1.0 m above each floor (without levels: sections every 0.5 m, what is thinner than 0.5 m dropped). Where a
    neighbour's building stands against it, it is cut at the axis of the wall: the boundary of the plot. Whether a roof on posts and rooms below
    ground count is open where there are any.
Limits
    Existing outlines are uncertain by 0.20 m on each side. A wall that is modelled outside the plot by more than 0.35 m is not cut.
References
    SVBP2012; docs/measuring.md A6.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Finding, Rule
from ..declared.declaration import BODY, BUILDING, OF, STABLE, ZONING, Switch
from ..engine.base import Check, Context
from ..shared.horizontal.areas import judge_areas


class MaxArea(Check):
    """``max_area``; see the module's text."""

    name = "max_area"
    code, stage, family, about = "DRL-A06", STABLE, ZONING, BUILDING
    in_plan = True
    by_place = True
    title = {"nl": "Maximum oppervlakte", "en": "Maximum area"}
    needs: tuple[str, ...] = ()
    reads = (
        "each_building",
        "parcels", "overlap.*", "zone_part", "planned_buildings_count", "underground_buildings_count",
        "unregistered_count", "demolition", "object_kind", "body", "objects", "annex_is_main",
        "open_roof_is_own", "open_roof_kind", "main_building", "open_parts_count", "count_below_ground",
    )
    units = ("m2",)
    plan_values = ("oppervlakte", "bebouwd oppervlak")
    switches: Mapping[str, Switch] = {**OF, **BODY, "include_existing": "yes_no", "party_walls": "party_walls", "count_below_ground": "yes_no"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a maximum area."""
        return judge_areas(rule, context, "maximum")
