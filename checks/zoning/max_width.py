"""Maximum width (maximum breedte).

What it checks
    How far the building stretches along the front.
Legal basis
    "de breedte van een gebouw bedraagt ten hoogste ... m" (plan text, or the plan's value "maximum breedte (m)").
Inputs
    The limit (rule, or the plan's value "breedte"); the front: the answer ``front_boundary: {lines: [...]}`` or ``facade_line``, a figuur gevellijn, else
    proposed from parcel and BGT road. ``measure.of: projection`` counts overhangs; ``measure.body: all | main`` (the largest body alone).
How measured
    The stretch of the wall-enclosed footprint along the direction of the front; of several bodies the largest. Up to the axis of party walls
    (answer ``party_walls: {lines: [...]}``, RD; ``measure.party_walls: ignore``).
Limits
    A proposed front never decides by itself: the verdict is firm only when both sides of the smallest rectangle around the design give it too.
References
    SVBP2012, wijze van meten; docs/measuring.md A10 (siblings).
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Finding, Note, Rule
from ..declared.declaration import BODY, BUILDING, OF, STABLE, ZONING, Switch
from ..engine.base import Check, Context
from ..shared.horizontal.distances import judge_extent


class MaxWidth(Check):
    """``max_width``; see the module's text."""

    name = "max_width"
    code, stage, family, about = "DRL-A25", STABLE, ZONING, BUILDING
    in_plan = True
    title = {"nl": "Maximum breedte", "en": "Maximum width"}
    needs: tuple[str, ...] = ()
    reads = (
        "front_boundary", "parcels", "object_kind", "body", "annex_is_main", "open_roof_is_own", "open_roof_kind",
        "objects", "open_parts_count", "count_below_ground",
        "unregistered_count", "each_building",
    )
    units = ("m",)
    plan_values = ("breedte",)
    switches: Mapping[str, Switch] = {**OF, **BODY, "party_walls": "party_walls"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design's width."""
        return (judge_extent(rule, context, False, "breedte", Note.of("subject_quantity", name="breedte")),)
