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
    rules.md A5, A11.
"""

from __future__ import annotations

from ...model import Finding, Rule
from ..engine.base import Context
from ..shared.horizontal.coverage import judge_coverage


class MinCoveragePct:
    """``min_coverage_pct``; see the module's text."""

    name = "min_coverage_pct"
    needs: tuple[str, ...] = ("bag",)

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per limit that holds for the design's reference area."""
        return judge_coverage(rule, context, "minimum", self.needs)
