"""Maximum number of storeys (maximum aantal bouwlagen).

What it checks
    The number of bouwlagen of the design.
Legal basis
    The plan's definition of bouwlaag (article 1), which usually leaves out kelder, souterrain and kap or zolder; NEN 2580 and the Bbl count otherwise.
Inputs
    The floors: the model's level list, or answers ``floors: {nap_m: [...]}`` or ``storeys: number``; peil; the limit (rule), or plan areas
    ``maatvoering`` with "maximum aantal bouwlagen". ``measure`` or answers ``count_basement``, ``count_attic``, ``count_split_levels``,
    ``count_mezzanine``: true | false as the plan says; silent: open where it matters.
How measured
    A level is a storey when its name says nothing else and 2.0 m or more stands above it. Under a sloped roof a floor less than 1.0 m below the
    eaves, or above them, is attic. A basement counts as the plan says (whether one that rises more than 1.2 m above peil is left out with
    the cellars is asked); of a plan's own rule its profile says it where the ceiling does not rise above peil.
    A floor that covers less than half of what is enclosed (entresol, vide) is open while the plan is silent, as is a stair or lift house of one storey
    on a flat roof over less than half of the building (answer ``count_roof_house``), whether or not a level is told there. Without levels the eaves give a
    range: height / 3.5 rounded down to height / 2.6 rounded up. Buildings that stand apart are counted each by themselves; a level of the list belongs to
    one where a floor is drawn in it, where it lies in no other, or as its lowest, and is open otherwise.
Limits
    A range that is inferred from the eaves is firm only where every number that has room (floors with 2.0 m above them, between the lowest point and
    the highest that counts) gives the same verdict; a count of a design that encloses nothing never is.
    Floors that lie less than 2.0 m apart (split level) are open while the plan is silent.
References
    VNG BM13 on kelder and kap; docs/measuring.md A8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import shapely

from ...measure.plan.peil import PeilCandidate
from ...measure.plane.distance import main_directions
from ...model import Evidence, Finding, Limit, Measurement, Note, Question, Rule, Verdict, combine
from ..declared.declaration import BUILDING, STABLE, ZONING, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable
from ..engine.scope import of_a_part
from ..engine.weighing import against, section_line
from ..shared.vertical.storeys import MOST_STOREYS, Count, count_storeys
from ..shared.zones import LimitZone, is_cut, limit_zones, lying, no_limit, no_value_there, of_the_whole, over_peil, peil_measurement

NAMES = ("aantal bouwlagen",)


class MaxStoreys(Check):
    """``max_storeys``; see the module's text."""

    name = "max_storeys"
    code, stage, family, about = "DRL-A08", STABLE, ZONING, BUILDING
    by_place = True
    title = {"nl": "Maximum aantal bouwlagen", "en": "Maximum number of storeys"}
    needs: tuple[str, ...] = ()
    reads = ("peil", "overlap.*", "zone_part")
    units = ("bouwlagen",)
    plan_values = ("aantal bouwlagen",)
    profile = {"storeys": ""}
    switches: Mapping[str, Switch] = {"count_basement": "yes_no", "count_attic": "yes_no", "count_split_levels": "yes_no", "count_mezzanine": "yes_no"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per zone with a maximum number of storeys."""
        shape = context.geometry.footprint
        zones = limit_zones(rule, context, NAMES, "maximum", shape, "")
        if not zones:
            return (no_limit(rule, context, NAMES, "maximum", Note.of("subject_quantity", name=NAMES[0])),)
        found = [over_peil(rule, context, zone.subject, partial(judge, rule, context, zone)) for zone in zones]
        return (*found, *no_value_there(rule, context, zones, NAMES[0]))


def judge(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate) -> Finding:
    """Return the finding of one zone above one peil."""
    count = count_storeys(rule, context, level.nap_m, zone.limit.operator.startswith(">"))
    if count is None:
        question = Question("floors", Note.of("zoning_question_floors"))
        return not_assessable(rule, context, zone.subject, Note.of("zoning_no_floors"), questions=(question,))
    count = _bounded(zone.limit, count)
    low, high = (_measured(zone.limit, n) for n in (count.low, count.high))
    verdict, matters = _weigh(count, low.verdict(), high.verdict())
    deciding = low if verdict is Verdict.VIOLATES else high
    questions = count.questions if matters else ()
    either = (Note.of("readings_every"),) if count.low != count.high and not matters else ()
    extra = () if count.low == count.high else (Measurement("storeys_low", float(count.low), ""), Measurement("storeys_high", float(count.high), ""))
    found = finding(
        rule, context, zone.subject, verdict, measurements=(deciding, *extra, peil_measurement(level)), evidence=evidence(context, count, level),
        inputs=inputs_of("plans", *zone.areas), notes=(*zone.notes, *count.notes, *either), questions=questions,
    )
    shape = context.geometry.footprint
    apart = verdict is not Verdict.COMPLIES and is_cut(context, shape, zone) and not of_the_whole(context, shape, zone)
    return of_a_part(found) if apart else found


def _measured(limit: Limit, number: int) -> Measurement:
    return against(limit, "storeys", float(number), "")


def _bounded(limit: Limit, count: Count) -> Count:
    """Return an inferred count as what bounds it where every number between the bounds gives the same verdict."""
    if count.bounds is None or len({_measured(limit, number).verdict() for number in range(count.bounds[0], count.bounds[1] + 1)}) > 1:
        return count
    high = count.high if count.bounds[1] >= MOST_STOREYS else count.bounds[1]  # what nobody bounds is not told as a number
    return replace(count, low=count.bounds[0], high=high, inferred=False)


def _weigh(count: Count, low: Verdict, high: Verdict) -> tuple[Verdict, bool]:
    """Return the verdict of a range, and whether what is open matters."""
    if count.inferred:
        return Verdict.NEEDS_JUDGEMENT, True
    if low is high:
        return combine((low, high)), False
    return Verdict.NEEDS_JUDGEMENT, True


def evidence(context: Context, count: Count, level: PeilCandidate) -> tuple[Evidence, ...]:
    """Return each floor as a plane with its height above peil, and the profile across them."""
    shape = context.geometry.footprint
    planes = [
        Evidence("storey_floor", triangles=lying(shape, floor.elevation_nap), value=round(floor.elevation_nap - level.nap_m, 3), unit="m")
        for floor in count.floors
    ]
    place = np.array([*shapely.get_coordinates(shape.centroid)[0], float(context.design.bounds[1, 2])])
    return (*planes, section_line(shape, place, main_directions(shape)[1]))
