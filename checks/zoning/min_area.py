"""Minimum area (minimum oppervlakte, minimum bebouwd oppervlak).

What it checks
    Whether the built area of the design reaches the minimum of the plan.
Legal basis
    As for the maximum: "tussen de buitenwerkse gevelvlakken en/of het hart van de scheidingsmuren" (SVBP2012), with "ten minste".
Inputs
    As ``max_area``, with plan areas ``maatvoering`` "minimum oppervlakte (m2)" or "minimum bebouwd oppervlak (m2)": ``measure.of``, ``measure.body``,
    ``measure.include_existing``, ``measure.count_below_ground``, ``measure.party_walls``.
How measured
    As ``max_area``; the limit is met from the value itself upward (``>=``).
Limits
    As ``max_area``.
References
    SVBP2012; docs/measuring.md A6, A11.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Finding, Rule
from ..declared.declaration import BODY, BUILDING, MINIMUM, OF, STABLE, ZONING, Switch
from ..engine.base import Check, Context
from ..shared.horizontal.areas import judge_areas


class MinArea(Check):
    """``min_area``; see the module's text."""

    name = "min_area"
    code, stage, family, about = "DRL-A26", STABLE, ZONING, BUILDING
    in_plan = True
    by_place = True
    title = {"nl": "Minimum oppervlakte", "en": "Minimum area"}
    needs: tuple[str, ...] = ()
    reads = (
        "each_building",
        "parcels", "overlap.*", "zone_part", "planned_buildings_count", "underground_buildings_count",
        "unregistered_count", "demolition", "object_kind", "body", "objects", "annex_is_main",
        "open_roof_is_own", "open_roof_kind", "main_building", "open_parts_count", "count_below_ground",
    )
    units = ("m2",)
    plan_values = ("oppervlakte", "bebouwd oppervlak")
    qualifier = MINIMUM
    switches: Mapping[str, Switch] = {**OF, **BODY, "include_existing": "yes_no", "party_walls": "party_walls", "count_below_ground": "yes_no"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a minimum area."""
        return judge_areas(rule, context, "minimum")
