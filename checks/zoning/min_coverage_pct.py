"""Minimum coverage (minimum bebouwingspercentage).

What it checks
    Whether the built share of the reference area reaches the minimum of the plan.
Legal basis
    As for the maximum: "het bebouwingspercentage ... van het bouwperceel / bouwvlak / bestemmingsvlak", with "ten minste".
Inputs
    As ``max_coverage_pct``, with plan areas ``maatvoering`` "minimum bebouwingspercentage (%)": ``measure.denominator``, ``measure.counts``,
    ``measure.count_below_ground``, ``measure.count_permit_free``, ``measure.of``, ``measure.party_walls``; ``measure.basis: volume`` is not measured.
How measured
    As ``max_coverage_pct``; the limit is met from the value itself upward (``>=``).
Limits
    As ``max_coverage_pct``.
References
    docs/measuring.md A5, A11.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...model import Finding, Rule
from ..declared.declaration import DENOMINATORS, MINIMUM, OF, PLOT, STABLE, ZONING, Switch
from ..engine.base import Check, Context
from ..shared.horizontal.coverage import judge_coverage, possible_words


class MinCoveragePct(Check):
    """``min_coverage_pct``; see the module's text."""

    name = "min_coverage_pct"
    code, stage, family, about = "DRL-A28", STABLE, ZONING, PLOT
    in_plan = True
    by_place = True
    title = {"nl": "Minimum bebouwingspercentage", "en": "Minimum coverage"}
    needs: tuple[str, ...] = ("bag",)
    reads = (
        "place_whole", "share_part", "denominator", "counts", "parcels", "overlap.*", "planned_buildings_count", "underground_buildings_count",
        "unregistered_count", "demolition",
        "open_parts_count", "count_below_ground", "permit_free",
    )
    units = ("%",)
    plan_values = ("bebouwingspercentage",)
    qualifier = MINIMUM
    profile = {"denominator": "denominator"}
    switches: Mapping[str, Switch] = {
        "denominator": DENOMINATORS, "counts": ("gebouwen", "bouwwerken"), "count_below_ground": "yes_no", "count_permit_free": "yes_no",
        **OF, "basis": ("area", "volume"), "party_walls": "party_walls",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per limit that holds for the design's reference area."""
        return judge_coverage(rule, context, "minimum")

    def possible(self, entry: str, context: Context) -> Collection[str]:
        """Return the reference areas that a share may be of here."""
        return possible_words(context) if entry == "denominator" else ()
