"""Minimum distance to the front boundary (voorste perceelgrens).

What it checks
    Whether the building keeps the distance that the plan asks to the front boundary (voorste perceelgrens) of its plot.
Legal basis
    "de afstand van gebouwen tot de perceelgrens ... waar deze het kleinst is" (plan text, wijze van meten). The cadastral boundary
    counts, not the fence (ABRvS 26 January 2022, ECLI:NL:RVS:2022:254).
Inputs
    The limit (rule, or the plan's value); the lines that the officer points out (answer ``front_boundary: {lines: [[[x, y], [x, y]], ...]}``, RD);
    else a proposal from BRK parcels (answer ``parcels``) and BGT roads. ``measure.built_up`` (else the
    answer, asked where it matters): boundary known to 0.20 m inside the built-up area, to 0.40 m outside;
    ``uncertainty.boundary_m`` overrules it. ``measure.of: projection`` counts overhangs; ``measure.body: main`` only the largest body.
How measured
    Shortest distance in the plane between the wall-enclosed footprint and the lines; every line is listed.
Limits
    What an answer leaves out of the side that is proposed, and no other answer draws, is asked where it is nearer (``front_boundary_rest: yes | no``).
    A proposal never decides by itself: the verdict is firm only when every boundary of the plot gives the same one, and where the design stands on
    several parcels that nobody named (answer ``parcels``) every line between them.
References
    SVBP2012, wijze van meten; docs/measuring.md A10.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Finding, Note, Rule
from ..declared.declaration import BODY, BUILT, DISTANCE, OF, PART, STABLE, ZONING, OfText, Switch
from ..engine.base import Check, Context
from ..shared.horizontal.distances import judge_boundary


class MinDistanceFrontBoundary(Check):
    """``min_distance_front_boundary``; see the module's text."""

    name = "min_distance_front_boundary"
    code, stage, family, about = "DRL-A21", STABLE, ZONING, PART
    in_plan = True
    title = {"nl": "Afstand tot de voorste perceelgrens", "en": "Distance to the front boundary"}
    needs: tuple[str, ...] = ()
    reads = (
        "built_up", "front_boundary", "front_boundary_rest", "parcels", "object_kind", "body", "annex_is_main", "open_roof_is_own", "open_roof_kind", "objects",
        "open_parts_count", "count_below_ground",
    )
    units = ("m",)
    text_norms = (OfText("afstand_perceelgrens", "m", ">=", BUILT),)
    tolerance = DISTANCE
    switches: Mapping[str, Switch] = {**OF, **BODY, "built_up": "yes_no"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the finding of the distance to the front boundary."""
        return judge_boundary(rule, context, "front", "front_boundary", Note.of("subject_boundary_front"))
