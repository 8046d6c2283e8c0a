"""Maximum building height (maximum bouwhoogte), per zone of the plan.

What it checks
    The highest point of the building above peil, in each height zone that it stands in.
Legal basis
    "vanaf het peil tot aan het hoogste punt van een gebouw of van een bouwwerk, geen gebouw zijnde, met uitzondering van
    ondergeschikte bouwonderdelen, zoals schoorstenen, antennes, en naar de aard daarmee gelijk te stellen
    bouwonderdelen" (SVBP2012, wijze van meten).
Inputs
    Design mesh with part classes; peil; the limit (rule), or plan areas ``maatvoering`` with "maximum bouwhoogte (m)".
    ``measure.exempt_classes`` (default chimney, antenna); ``exceptions`` with ``classes``, ``max_extra_m`` and ``decision: auto | officer``;
    ``measure.candidate_area_pct`` (default 10) for small upright parts that may be minor, which the answer ``minor_parts: yes | no`` settles.
How measured
    The mesh is clipped to each zone exactly; three heights are taken: all parts; without parts that are exempt (as far as
    ``max_extra_m`` above the limit, when the rule says so); and also without candidate minor parts (small, upright, above the roof) and
    classes that an officer must decide about. Zones with the same limit are one zone; where zones overlap the strictest holds. What
    stands above the limit is cut out as a closed solid with its volume.
Limits
    A part that is not closed has no volume: its excess is shown by its highest point only, and the finding says so.
References
    SVBP2012; VNG begrippenkader BM13 for height zones; docs/measuring.md A2.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ...model import Finding, Note, Rule
from ..declared.declaration import PART, STABLE, ZONING, Switch
from ..engine.base import Check, Context
from ..shared.vertical.heights import judge_height
from ..shared.vertical.own_ground import each_on_its_ground, worst_of_each
from ..shared.zones import limit_zones, no_limit, no_value_there, over_peil

NAMES = ("bouwhoogte",)
SUBJECT = Note.of("subject_quantity", name="bouwhoogte")


class MaxBuildingHeight(Check):
    """``max_building_height``; see the module's text."""

    name = "max_building_height"
    code, stage, family, about = "DRL-A02", STABLE, ZONING, PART
    by_place = True
    title = {"nl": "Maximum bouwhoogte", "en": "Maximum building height"}
    needs: tuple[str, ...] = ("plans",)
    reads = ("peil", "overlap.*", "minor_parts")
    units = ("m", "m NAP")
    plan_values = ("bouwhoogte",)
    profile = {"exempt_parts": "exempt_classes", "applies_to": ""}
    weighs_exceptions = True
    switches: Mapping[str, Switch] = {"exempt_classes": "part_kinds", "candidate_area_pct": "percent"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per height zone that the design stands in, the strictest first; of buildings that stand apart on ground of different
        heights that of the one that decides, each measured from its own peil."""
        return worst_of_each([self._run_one(rule, one) for one in each_on_its_ground(context)])

    def _run_one(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        zones = limit_zones(rule, context, NAMES, "maximum", context.projection)
        if not zones:
            return (no_limit(rule, context, NAMES, "maximum", SUBJECT),)
        found = [over_peil(rule, context, zone.subject, partial(judge_height, rule, context, zone)) for zone in zones]
        return (*found, *no_value_there(rule, context, zones, NAMES[0]))
