"""Power line zone (hoogspanning, belemmerde strook): no building under or beside the line, and a height limit there.

What it checks
    Whether the design lies in the strip of a high-voltage line, and, where a height is stated, whether it stays below it in the strip.
Legal basis
    The plan's dubbelbestemming "Leiding - Hoogspanningsverbinding" or the operator's right (zakelijk recht): no building in the strip without
    the operator's consent. The 0.4 microtesla zone is policy for new sensitive functions.
Inputs
    Plan areas with hoogspanning in their name (``measure.name`` for another; ``measure.kinds`` and ``measure.group`` as in overlay_hit), or an
    axis ``measure.line`` or answer ``powerline`` (RD) with ``measure.half_width_m``; ``limit`` in m NAP for the height under the line. Answers
    ``operator_consent`` (as in overlay_hit); with ``measure.zone: magnetic`` ``sensitive_function``.
How measured
    The area of everything projected inside the strip; the height at every corner and edge of the mesh inside it.
Limits
    The swing and sag of the conductors are not modelled; the strip holds them.
References
    docs/measuring.md A16; RIVM, Handreiking bovengrondse hoogspanningslijnen.
"""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely import LineString

from ...measure.plane.surfaces import Level, Zoned
from ...model import Finding, Note, Rule
from ..declared.declaration import PART, STABLE, SURROUNDINGS, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.weighing import FAR_WORKS_M, answer, lacking, lines_in, worst_first, wrong_lines
from ..shared.overlays import Overlay, area_in_zone, by_consent, by_function, hit_of, missed, overlays_of, subject_of, zone_evidence
from ..shared.vertical.height_surface import SurfaceLimit, datum_of, judge_surface, peil_missing

SUBJECT = Note.of("subject_powerline")
AXIS = "hoogspanningsverbinding"
"""The name of the strip along an axis that was drawn."""


class PowerlineZone(Check):
    """``powerline_zone``; see the module's text."""

    name = "powerline_zone"
    code, stage, family, about = "DRL-A17", STABLE, SURROUNDINGS, PART
    title = {"nl": "Zone van een hoogspanningsverbinding", "en": "Zone of a power line"}
    needs: tuple[str, ...] = ()
    reads = ("peil",)
    units = ("m NAP", "m")
    switches: Mapping[str, Switch] = {
        "name": "names", "line": "lines", "half_width_m": "positive", "zone": ("strip", "magnetic"), "kinds": "plan_layers",
        "group": "name",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per strip, and one of the height in it where a limit is stated; the heaviest first."""
        missing = wrong_lines(context, "powerline", FAR_WORKS_M)
        if axes(rule, context) and rule.measure.get("half_width_m") is None:
            missing += (Note.of("surroundings_no_half_width"),)
        if missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        strips = strips_of(rule, context)
        if not strips:
            missing = lacking(context, "plans")
            return (not_assessable(rule, context, SUBJECT, *missing),) if missing else (missed(rule, context, [], SUBJECT),)
        hits = [(strip, hit) for strip in strips if not (hit := hit_of(strip, context.projection)).is_empty]
        if not hits:
            return (missed(rule, context, strips, SUBJECT),)
        found = []
        for strip, hit in hits:
            magnetic = rule.measure.get("zone") == "magnetic"
            verdict, questions, notes = by_function(context) if magnetic else by_consent(context, "operator_consent", strip.name)
            notes = notes if magnetic else (Note.of("surroundings_powerline"), *notes)
            found.append(finding(
                rule, context, subject_of(strip), verdict, measurements=(area_in_zone(hit),), inputs=inputs_of("plans", *strip.areas),
                questions=questions, notes=notes, evidence=zone_evidence(context, strip.area, hit),
            ))
            if rule.limit is not None and rule.limit.value is not None:
                found.append(judge_under(rule, context, strip, rule.limit.value))
        return worst_first(found)


def judge_under(rule: Rule, context: Context, strip: Overlay, height: float) -> Finding:
    """Return the finding of the height in a strip against a limit: above peil in metres, above NAP where it says so."""
    high = Note.of("subject_overlay_height", name=strip.name)
    datum = datum_of(rule, context)
    if datum is None:
        return peil_missing(rule, context, high)
    zoned = (Zoned(Level(height + datum.nap_m), strip.area),)
    return judge_surface(rule, context, SurfaceLimit(high, zoned, datum.nap_m, datum.unit, sources=datum.sources, inputs=inputs_of("plans", *strip.areas)))


def axes(rule: Rule, context: Context) -> tuple[LineString, ...]:
    """Return the axes (RD) of the officer or the rule; none where the plan's areas are the strip."""
    return lines_in(answer(context, "powerline")) or lines_in(rule.measure.get("line")) or ()


def strips_of(rule: Rule, context: Context) -> list[Overlay]:
    """Return the strips: along the stated axis, else the plan's own areas."""
    lines = axes(rule, context)
    if lines:
        strip = shapely.union_all(shapely.buffer(lines, float(rule.measure["half_width_m"]), cap_style="flat"))
        return [Overlay(AXIS, strip, ())]
    return overlays_of(rule, context, ("hoogspanning",))
