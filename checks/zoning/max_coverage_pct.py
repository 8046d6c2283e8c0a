"""Maximum coverage (maximum bebouwingspercentage).

What it checks
    Built area, new and staying, as a share of the reference area that the plan means.
Legal basis
    "het bebouwingspercentage ... van het bouwperceel / bouwvlak / bestemmingsvlak": which of them differs per plan and is
    the trap; ``denominator`` in the rule or the officer's answers says it.
Inputs
    Parcels (bouwperceel) or plan areas; BAG panden and BGT other structures that stay; the design's footprint; the limit (rule), or plan areas
    ``maatvoering`` with "maximum bebouwingspercentage (%)". ``measure`` or answer ``denominator: bouwperceel | bouwvlak | bestemmingsvlak |
    aanduidingsvlak``; ``measure.counts: gebouwen | bouwwerken`` (default bouwwerken: BGT structures count too);
    ``measure.count_below_ground: true``; ``measure.party_walls: ignore``; ``measure.of: projection``;
    ``measure.count_permit_free: false`` with the answer ``permit_free: [ids]``; answers ``parcels``, ``demolition``.
How measured
    Union of the new wall-enclosed footprint (to the axis of party walls) and existing buildings that remain (``answers.demolition`` names those
    that go), inside the reference area; merged before measuring, so nothing counts twice. Parts below ground count only when the plan says so; the
    total with them is given too. Over a bouwvlak, bestemmingsvlak or aanduidingsvlak each zone with a value of its own is one
    finding, and so is each vlak that stands apart from the others: one that is full is not cured by one that is empty.
Limits
    A bouwperceel is not always a cadastral parcel: ``answers.parcels`` names or merges them; without it the parcels under
    the design are taken and the finding says so. Uncertainty: outline of existing buildings x 0.2 m. A percentage of a volume
    (``measure.basis: volume``) is not measured.
References
    docs/measuring.md A5, A6.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...model import Finding, Rule
from ..declared.declaration import DENOMINATORS, OF, PLOT, STABLE, ZONING, Switch
from ..engine.base import Check, Context
from ..shared.horizontal.coverage import judge_coverage, possible_words


class MaxCoveragePct(Check):
    """``max_coverage_pct``; see the module's text."""

    name = "max_coverage_pct"
    code, stage, family, about = "DRL-A05", STABLE, ZONING, PLOT
    in_plan = True
    by_place = True
    title = {"nl": "Maximum bebouwingspercentage", "en": "Maximum coverage"}
    needs: tuple[str, ...] = ("bag",)
    reads = (
        "place_whole", "share_part", "denominator", "counts", "parcels", "overlap.*", "planned_buildings_count", "underground_buildings_count",
        "unregistered_count", "demolition",
        "open_parts_count", "count_below_ground", "permit_free",
    )
    units = ("%",)
    plan_values = ("bebouwingspercentage",)
    profile = {"denominator": "denominator"}
    switches: Mapping[str, Switch] = {
        "denominator": DENOMINATORS, "counts": ("gebouwen", "bouwwerken"), "count_below_ground": "yes_no", "count_permit_free": "yes_no",
        **OF, "basis": ("area", "volume"), "party_walls": "party_walls",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per limit that holds for the design's reference area."""
        return judge_coverage(rule, context, "maximum")

    def possible(self, entry: str, context: Context) -> Collection[str]:
        """Return the reference areas that a share may be of here."""
        return possible_words(context) if entry == "denominator" else ()
