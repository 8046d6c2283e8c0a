"""The highest point of a design in a zone, with what the plan exempts: shared by the rules about building height."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely import Point

from ....measure.building.footprint import SLIVER_M
from ....measure.building.height import minor_candidates
from ....measure.plan.peil import PeilCandidate
from ....measure.plane.solids import above
from ....model import Evidence, Finding, Limit, Measurement, Note, Part, Question, Rule, UncertaintySource, Verdict
from ...engine.base import Context, finding, inputs_of, not_assessable
from ...engine.weighing import against, declared, yes_or_no
from ..zones import LimitZone, level_surface, peil_measurement, profile_line

EXEMPT = ("chimney", "antenna")
REACHES_M, AROUND_M = 1e-4, 0.02
STEP_M = 0.02
"""More than any roof rises within the hair along a zone's edge."""


@dataclass(frozen=True)
class Exemptions:
    """Part kinds that do not count (``free``), each with how far above the limit it may reach (m; None = any), and those that an
    officer must decide about (``asked``: kind -> key and words of the question)."""

    free: dict[str, float | None]
    asked: dict[str, tuple[str, str]]
    reach: dict[str, float | None]

    def drops(self, part: Part, limit_nap: float, asked_too: bool) -> bool:
        """Whether a part does not count."""
        if part.kind in self.free:
            reach = self.free[part.kind]
        elif asked_too and part.kind in self.asked:
            reach = self.reach[part.kind]
        else:
            return False
        return reach is None or part.z_range[1] <= limit_nap + reach + REACHES_M


def exemptions(rule: Rule, context: Context) -> Exemptions:
    """Return what the rule exempts: ``measure.exempt_classes`` and its exceptions with ``classes`` (auto, or as the officer answered)."""
    free: dict[str, float | None] = {str(kind): None for kind in rule.measure.get("exempt_classes", EXEMPT)}
    asked: dict[str, tuple[str, str]] = {}
    reach: dict[str, float | None] = {}
    for exception in rule.exceptions:
        extra = exception.get("max_extra_m")
        key = str(exception["id"])
        for kind in exception.get("classes", ()):
            reach[kind] = None if extra is None else float(extra)
            if exception.get("decision", "auto") == "auto" or yes_or_no(context, key):
                free[kind] = reach[kind]
                asked.pop(kind, None)
            elif yes_or_no(context, key) is None and kind not in free:
                asked[kind] = (key, str(exception.get("question", key)))
    return Exemptions(free, asked, reach)


@dataclass(frozen=True, eq=False)
class Heights:
    """Highest points (3,) of all parts, without exempt ones, and also without what may be exempt; None = nothing there."""

    all: np.ndarray
    core: np.ndarray | None
    least: np.ndarray | None
    questions: tuple[Question, ...] = ()


def measure_heights(rule: Rule, context: Context, zone: LimitZone, limit_nap: float) -> Heights | None:
    """Return the three heights of a zone; None of a design without faces."""
    points = context.geometry.highest_points
    every = highest_in(context, zone)
    if every is None:  # the zone only touches the outline
        every = points.highest()
    if every is None:
        return None
    if every[2] <= limit_nap:
        return Heights(every, every, every)
    words = exemptions(rule, context)
    core = highest_in(context, zone, lambda part: words.drops(part, limit_nap, False))
    if core is None or core[2] <= limit_nap:
        return Heights(every, core, core)
    unsure = [part for part in points.parts if part.kind in words.asked and part.kind not in words.free] if words.asked else []
    dropped = {part.kind for part in unsure if words.drops(part, limit_nap, True)}
    asked = dict(words.asked[kind] for kind in sorted(dropped))
    questions = tuple(Question(key, Note.of("surroundings_question_exception", question=text), "yes_no") for key, text in asked.items())
    least, minor = _without_minor(rule, context, zone, limit_nap, lambda part: words.drops(part, limit_nap, True))
    return Heights(every, core, least, (*questions, *minor))


def highest_in(context: Context, zone: LimitZone, left_out: Callable[[Part], bool] | None = None) -> np.ndarray | None:
    """Return the highest point (3,) in a zone; not that of a wall on the zone's edge, of what stands outside (rules.md A2)."""
    points = context.geometry.highest_points
    found = points.highest(zone.polygon, left_out)
    if found is None or zone.design is None:
        return found
    x, y = float(found[0]), float(found[1])
    here = shapely.buffer(shapely.clip_by_rect(zone.polygon, x - AROUND_M, y - AROUND_M, x + AROUND_M, y + AROUND_M), -SLIVER_M)
    beside = points.highest(here, left_out)
    if beside is not None and found[2] - beside[2] <= STEP_M:
        return found  # a roof goes on from there into the zone
    if zone.inner is zone.polygon or zone.inner.is_empty:
        return found
    inside = points.highest(zone.inner, left_out)
    return found if inside is not None and found[2] - inside[2] <= STEP_M else inside


def _without_minor(
    rule: Rule, context: Context, zone: LimitZone, limit_nap: float, left_out: Callable[[Part], bool]
) -> tuple[np.ndarray | None, tuple[Question, ...]]:
    """Return the highest point without candidate minor parts (unless the officer answered no), and the question that they leave."""
    points = context.geometry.highest_points
    top = highest_in(context, zone, left_out)
    decided = yes_or_no(context, "minor_parts")
    if top is None or top[2] <= limit_nap or decided is False:
        return top, ()
    share = float(rule.measure.get("candidate_area_pct", 10.0))
    parts = [part for part in points.reaching(limit_nap) if not left_out(part)]
    minor = minor_candidates(parts, limit_nap + REACHES_M, context.projection.area, share)
    if minor.is_empty:
        return top, ()
    question = () if decided else (Question("minor_parts", Note.of("zoning_question_minor_parts"), "yes_no"),)
    return highest_in(context, replace(zone, polygon=shapely.difference(zone.polygon, minor)), left_out), question


def judge_height(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate, notes: tuple[Note, ...] = ()) -> Finding:
    """Return the finding of the highest point in one zone above one peil (rules.md A2: all, core, least in that order)."""
    limit_nap = level.nap_m + _upper(zone.limit)
    heights = measure_heights(rule, context, zone, limit_nap)
    if heights is None:
        return not_assessable(rule, context, zone.subject, Note.of("surroundings_no_body"))
    sources = context.peil.sources + declared(rule, "level", "height", "mesh")
    verdict, point, extra_notes, questions = decide(context, heights, zone.limit, level, sources)
    deciding = _measured(zone.limit, point, level, sources)
    found: dict[str, Any] = {
        "inputs": inputs_of("plans", *zone.areas), "questions": questions, "notes": (*zone.notes, *notes, *extra_notes),
    }
    marks = (Evidence("highest_point", Point(*point), value=deciding.value, unit="m"), profile_line(context, point))
    top = (peil_measurement(level), Measurement("top", round(float(point[2]), 4), "m NAP"))
    surface = level_surface(zone, limit_nap, _upper(zone.limit))
    if verdict is Verdict.COMPLIES and not extra_notes:
        return finding(rule, context, zone.subject, verdict, measurements=(deciding, *top), evidence=(surface, *marks), **found)
    extra, volume_notes, solid = excess(rule, context, zone, limit_nap, deciding)
    found["notes"] = (*found["notes"], *volume_notes)
    return finding(rule, context, zone.subject, verdict, measurements=(deciding, *extra, *top), evidence=(surface, *solid, *marks), **found)


def _upper(limit: Limit) -> float:
    return float((limit.high if limit.operator == "between" else limit.value) or 0.0)


def _measured(limit: Limit, point: np.ndarray, level: PeilCandidate, sources: tuple[UncertaintySource, ...]) -> Measurement:
    return against(limit, "height_above_peil", float(point[2]) - level.nap_m, "m", sources)


def decide(
    context: Context, heights: Heights, limit: Limit, level: PeilCandidate, sources: tuple[UncertaintySource, ...]
) -> tuple[Verdict, np.ndarray, tuple[Note, ...], tuple[Question, ...]]:
    """Return verdict, the point it rests on, what to say, and what is still asked."""

    def outcome(point: np.ndarray | None) -> Verdict:
        return Verdict.COMPLIES if point is None else _measured(limit, point, level, sources).verdict()

    if outcome(heights.all) is Verdict.COMPLIES:
        return Verdict.COMPLIES, heights.all, (), ()
    core = heights.core if heights.core is not None else heights.all
    strictest, mildest = outcome(heights.core), outcome(heights.least)
    if strictest is Verdict.COMPLIES:
        height = round(float(heights.all[2]) - level.nap_m, 4)
        return Verdict.COMPLIES, core, (Note.of("checks_exempt_parts", height=height),), ()
    if mildest is strictest:  # also in the most lenient reading
        return strictest, core, (), ()
    least = core if heights.least is None else heights.least
    note = Note.of("checks_candidate_minor", height=round(float(least[2]) - level.nap_m, 4))
    if not heights.questions:  # the officer answered that they are minor
        return mildest, least, (note,), ()
    return Verdict.NEEDS_JUDGEMENT, core, (note,), heights.questions


def excess(
    rule: Rule, context: Context, zone: LimitZone, limit_nap: float, deciding: Measurement
) -> tuple[tuple[Measurement, ...], tuple[Note, ...], tuple[Evidence, ...]]:
    """Return what stands above the limit: measurements, notes and the closed solid as evidence."""
    words = exemptions(rule, context)
    parts = [part for part in context.geometry.highest_points.reaching(limit_nap) if not words.drops(part, limit_nap, False)]
    triangles, volume, left_out = above(parts, limit_nap, zone.polygon)
    over = max(0.0, -(deciding.margin or 0.0))
    notes = (Note.of("checks_open_parts", count=left_out),) if left_out else ()
    measured = (
        Measurement("excess_height", round(over, 4), "m"),
        Measurement("excess_volume", None if left_out else round(volume, 4), "m3"),
    )
    if not len(triangles):
        return measured, notes, ()
    return measured, notes, (Evidence("excess_volume", triangles=triangles, value=round(over, 4), unit="m"),)
