"""Facade line (gevellijn, voorgevelrooilijn): in it, or not in front of it.

What it checks
    Whether the front facade stands in the facade line (``must_be_on``) or not in front of it (``not_in_front``).
Legal basis
    The plan's figuur "gevellijn", or its bouwgrens or voorgevelrooilijn as the text defines it: "de voorgevel wordt in de gevellijn gebouwd".
Inputs
    The line: plan areas figuur with gevellijn in the name, or the officer's (answer ``facade_line: {lines: [[[x, y], [x, y]], ...]}``, RD, with
    ``road_side: [x, y]``). The front is the side of the nearest BGT road. ``measure.mode`` (not_in_front | must_be_on); without it what the rule's
    number is for (a limit in m: not_in_front; in %, ``share_pct`` or ``tolerance_m``: must_be_on), else open (answer ``facade_line_mode``).
    ``measure.tolerance_m`` (0): how far from the line it may stand, exactly so far included. For must_be_on the share of the facade, a limit in % or
    ``measure.share_pct`` (100). ``measure.of: projection``
    counts overhangs; ``measure.body: main`` only the largest body (must_be_on: by default; ``all`` for every body).
How measured
    Perpendicular to the line, within its length: the foremost point of the wall-enclosed footprint (negative: behind the line), and the
    share of the foremost facade's length within the tolerance. Where the line has a recess, each piece counts for the ground before it up to
    the middle. One finding per line. Whether a line goes on is open where a part of the design stands beyond its end, in front of its prolongation,
    also where all of it does.
Limits
    Both are legal or design geometry: no uncertainty. Where no line is drawn, it is for the officer to draw.
References
    SVBP2012 (figuur gevellijn); docs/measuring.md A9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only
from ...measure.plane import overlay
from ...measure.plane.distance import FrontStretch, farthest, foremost, share_on_line
from ...model import EPSILON_M, Evidence, Finding, InputUsed, Limit, Measurement, Note, Question, Rule, Verdict, numbered
from ..declared.declaration import BODY, DISTANCE, OF, PART, STABLE, ZONING, Drawn, Switch
from ..engine.base import Check, Context, finding, not_assessable
from ..engine.weighing import against, declared, distance_line, section_line, worst_first
from ..shared.horizontal.boundaries import any_point, facade_lines, main_body, no_body
from ..shared.horizontal.secondary import ground_before, prolonged

SUBJECT = Note.of("subject_facade_line")
MODES = ("not_in_front", "must_be_on")
FAR_M = 200.0
BESIDE_END_M = 30.0
"""A line that ends further from a building than the widest plot of a row is the line of others."""


class FacadeLine(Check):
    """``facade_line``; see the module's text."""

    name = "facade_line"
    code, stage, family, about = "DRL-A09", STABLE, ZONING, PART
    in_plan = True
    title = {"nl": "Gevellijn", "en": "Facade line"}
    needs: tuple[str, ...] = ()
    reads = ("facade_line_mode", "facade_line_goes_on", "parcels", "object_kind", "open_parts_count", "count_below_ground")
    units = ("m", "%")
    drawn = Drawn(("figuur",), "gevellijn")
    tolerance = DISTANCE
    switches: Mapping[str, Switch] = {"mode": ("not_in_front", "must_be_on"), "tolerance_m": "metres", "share_pct": "percent", **BODY, **OF}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per line, the heaviest first."""
        lines, inputs, missing = facade_lines(context)
        mode = mode_of(rule, context) if not missing else MODES[0]
        if mode not in MODES:
            missing = (*missing, Note.of("surroundings_facade_mode", mode=mode))
        if missing:
            question = Question("facade_line", Note.of("surroundings_question_facade_line"), "lines")
            return (not_assessable(rule, context, SUBJECT, *missing, questions=(question,)),)
        body = {"body": rule.measure.get("body", "main" if mode == "must_be_on" else "all")}  # a shed behind need not be in the line
        measured = main_body if mode == "must_be_on" else any_point  # a balcony stands in front of the line, not in it
        shape = measured(replace(rule, measure={**rule.measure, **body}), context)
        if shape.is_empty:
            return (no_body(rule, context, SUBJECT),)
        found = []
        for number, line in enumerate(lines, start=1):
            one = judge(rule, context, mode, shape, line, inputs, SUBJECT if len(lines) == 1 else numbered(SUBJECT, number))
            found.append(beyond_the_line(rule, context, one, shape, line, lines))
        return worst_first(found)


def mode_of(rule: Rule, context: Context) -> str:
    """Return what is asked of the line in this reading: as the rule says it, else what its number is for; a line that is drawn does not say it."""
    if "mode" in rule.measure:
        return str(rule.measure["mode"])
    numbered_in = rule.limit.unit if rule.limit is not None else ""
    if numbered_in == "%" or {"share_pct", "tolerance_m"} & set(rule.measure):
        return MODES[1]
    return MODES[0] if numbered_in else context.word("facade_line_mode", Note.of("surroundings_question_facade_mode"), MODES)


def judge(
    rule: Rule, context: Context, mode: str, shape: BaseGeometry, line: LineString, inputs: tuple[InputUsed, ...], subject: Note
) -> Finding:
    """Return the finding of one line, whose left side is in front."""
    facade = foremost(shape, line)
    if not facade:
        note = Note.of("surroundings_not_along_line")
        return finding(rule, context, subject, Verdict.NOT_APPLICABLE, inputs=inputs, notes=(note,), evidence=(Evidence("facade_line", line),))
    front = in_front(rule, facade, line)
    share = on_line(rule, context, facade)
    deciding, other = (share, front) if mode == "must_be_on" else (front, share)
    informs = Measurement(other.name, other.value, other.unit)
    return finding(
        rule, context, subject, deciding.verdict(), measurements=(deciding, informs), inputs=inputs,
        evidence=evidence(context, shape, line, facade, front),
    )


def beyond_the_line(
    rule: Rule, context: Context, found: Finding, shape: BaseGeometry, line: LineString, lines: tuple[LineString, ...]
) -> Finding:
    """Return a finding that complies, or of a line that ends beside the building, with what stands along none of the lines and too far in front
    of this one's prolongation: a drawn line may end before the building does, and whether it goes on is an open point."""
    if found.verdict not in (Verdict.COMPLIES, Verdict.NOT_APPLICABLE):
        return found
    along = shapely.buffer(line, FAR_M, cap_style="flat")
    if along.distance(shape) > BESIDE_END_M:
        return found
    longer = prolonged(line)
    beside = [shapely.buffer(other, FAR_M, cap_style="flat") for other in lines]
    before = overlay.intersection(shape, ground_before(line))
    beyond = polygons_only(shapely.difference(before, shapely.union_all(beside)))
    ahead = foremost(beyond, longer) if not beyond.is_empty else ()
    measured = in_front(rule, ahead, longer) if ahead else None
    if measured is None or measured.verdict() is Verdict.COMPLIES:
        return found
    found = replace(found, notes=(*found.notes, Note.of("surroundings_beyond_line", distance=measured.value)))
    if not context.yes_no("facade_line_goes_on", Note.of("surroundings_question_line_goes_on"), likely=True):
        return found
    shown = Evidence("in_front_area", beyond, value=round(beyond.area, 3), unit="m2")
    return replace(found, verdict=measured.verdict(), measurements=(measured, *found.measurements), evidence=(*found.evidence, shown))


def in_front(rule: Rule, facade: tuple[FrontStretch, ...], line: LineString) -> Measurement:
    """Return how far the foremost point stands in front of the line (m)."""
    value, _, _ = farthest(facade, line)
    own = rule.limit if rule.limit is not None and rule.limit.unit != "%" and (rule.limit.value is not None or rule.limit.low is not None) else None
    return against(own or Limit("<=", "m", float(rule.measure.get("tolerance_m", 0.0))), "in_front", value, "m", declared(rule, "line", "mesh"))


def on_line(rule: Rule, context: Context, facade: tuple[FrontStretch, ...]) -> Measurement:
    """Return the share (%) of the foremost facade that stands in the line; one that its file stores beside it does so in one of the readings."""
    tolerance = max(float(rule.measure.get("tolerance_m", 0.0)) + EPSILON_M, max(context.design.spacing_m) / 2)
    own = rule.limit if rule.limit is not None and rule.limit.unit == "%" and rule.limit.value is not None else None
    limit = own or Limit(">=", "%", float(rule.measure.get("share_pct", 100.0)))
    return against(limit, "share_on_line", 100.0 * share_on_line(facade, tolerance), "%")


def evidence(context: Context, shape: BaseGeometry, line: LineString, facade: tuple[FrontStretch, ...], front: Measurement) -> tuple[Evidence, ...]:
    """Return the line, what stands in front of it, the dimension line at the foremost point and the profile there."""
    _, foot, normal = farthest(facade, line)
    value = front.value or 0.0
    end = foot + normal * value
    along_line = shapely.buffer(line, FAR_M, cap_style="flat")
    before = polygons_only(overlay.common([shape, along_line, ground_before(line)]))
    area = (Evidence("in_front_area", before, value=round(before.area, 3), unit="m2"),) if value > 0.005 and before.area > 1e-4 else ()
    point = np.array([*end, float(context.design.bounds[1, 2])])
    return (
        Evidence("facade_line", line), *area, distance_line(LineString([foot, end]), value),
        section_line(shapely.union_all([shape, shapely.Point(foot)]), point, normal),
    )
