"""Is a sun study needed: does the design rise far enough above its surroundings (Rotterdam's trigger, or one's own)?

What it checks
    The height of the design over the area-weighted mean height of the buildings within one design height around it; and,
    when the officer says that it stands in an inner court, its height there.
Legal basis
    Municipal policy, quoted by the rule: Rotterdam asks a study above 1.5 times the surrounding height (within a radius of
    one time the own height), and in inner courts from 10 m high.
Inputs
    3D buildings; peil, else the terrain or the lowest point of the design; the answer ``inner_court: {value: true|false}``.
    ``measure``: ``max_ratio`` (1.5; a limit in the rule wins), ``court_height_m`` (10), ``radius_m`` (the design's height).
How measured
    Design: highest point above peil. Surroundings: roof height as registered (70 % of the roof's points) above ground level,
    else the model's top, weighted by the area of each building within the radius; buildings that the design replaces do not
    count. More than the limit: needs judgement, for a study must be asked; nothing is violated by it.
Limits
    Whether a plot is an inner court is the officer's to say; until then only the ratio is judged, and the question is listed.
References
    docs/measuring.md C3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from ...measure.plane import overlay
from ...measure.sun.neighbours import ground_of, neighbours_of, outline_of
from ...measure.sun.sun_norms import NormError
from ...measure.sun.sun_review import demolished
from ...model import Building3D, Finding, Measurement, Note, Question, Rule, UncertaintySource, Verdict
from ..declared.declaration import PART, STABLE, SUNLIGHT, Switch
from ..engine.base import Check, Context, finding, inputs_of, missing_layers, not_assessable
from ..engine.open_points.unseen import EITHER
from ..engine.weighing import yes_or_no

SUBJECT = Note.of("subject_sunlight")
MAX_RATIO, COURT_HEIGHT_M = 1.5, 10.0
SAID = {Verdict.COMPLIES: "sun_study_not_needed", Verdict.NEEDS_JUDGEMENT: "sun_study_unsure", Verdict.VIOLATES: "sun_study_needed"}
"""What is said of a ratio: a study is asked of more than the limit, and at the limit heights are not known well enough to say so."""
HEIGHT_UNCERTAINTY_M = 0.1
"""Of a height from AHN (docs/measuring.md 0.2)."""


class SunTrigger(Check):
    """``sun_trigger``; see the module's text."""

    name = "sun_trigger"
    code, stage, family, about = "DRL-C03", STABLE, SUNLIGHT, PART
    title = {"nl": "Is een bezonningsstudie nodig", "en": "Is a sun study needed"}
    needs: tuple[str, ...] = ("buildings3d",)
    reads: tuple[str, ...] = ()
    units = ("", "ratio")
    policy = True
    switches: Mapping[str, Switch] = {"max_ratio": "positive", "court_height_m": "positive", "radius_m": "positive"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding: a study is needed or not."""
        try:
            return (self._judged(rule, context),)
        except NormError as error:
            return (not_assessable(rule, context, SUBJECT, Note.of("sun_norm_unclear", key=error.key, value=str(error.value))),)

    def _judged(self, rule: Rule, context: Context) -> Finding:
        height = design_height(context)
        court = yes_or_no(context, "inner_court")
        court_height = positive(rule, "court_height_m", COURT_HEIGHT_M)
        if court and height >= court_height:
            measured = Measurement("design_height", round(height, 3), "m", "<", court_height)
            note = Note.of("sun_study_court", height=round(height, 2), limit=court_height)
            return finding(rule, context, SUBJECT, Verdict.NEEDS_JUDGEMENT, measurements=(measured,), notes=(note,))
        missing = missing_layers(self, context)
        if missing:
            return not_assessable(rule, context, SUBJECT, *missing)
        question = Question("inner_court", Note.of("sun_question_court", limit=court_height), "yes_no")
        return self._by_ratio(rule, context, height, (question,) if court is None and height >= court_height else ())

    def _by_ratio(self, rule: Rule, context: Context, height: float, questions: tuple[Question, ...]) -> Finding:
        radius = positive(rule, "radius_m", max(height, 0.0))
        context.looks("buildings3d", EITHER, context.projection, around_m=radius)
        around = surrounding(context, radius)
        if not around:
            note = Note.of("sun_no_buildings_within", radius=round(radius, 1))
            return not_assessable(rule, context, SUBJECT, note, questions=questions)
        mean = mean_height(context, around, radius)
        limit = rule.limit.value if rule.limit and rule.limit.value is not None else positive(rule, "max_ratio", MAX_RATIO)
        ratio = height / mean
        doubt = float(np.hypot(1.0, ratio)) * HEIGHT_UNCERTAINTY_M / mean
        measured = Measurement("height_ratio", round(ratio, 4), "", "<=", limit, (UncertaintySource("surroundings", round(doubt, 4)),))
        verdict = measured.verdict()
        note = Note.of(SAID[verdict], ratio=round(ratio, 2), limit=limit, radius=round(radius, 1), count=len(around))
        return finding(
            rule, context, SUBJECT, Verdict.COMPLIES if verdict is Verdict.COMPLIES else Verdict.NEEDS_JUDGEMENT,
            measurements=(
                measured, Measurement("design_height", round(height, 3), "m"), Measurement("surrounding_height", round(mean, 3), "m"),
            ),
            inputs=inputs_of("buildings3d", *around), notes=(note,), questions=questions,
        )


def positive(rule: Rule, key: str, default: float) -> float:
    """Return a number above 0 of the rule's ``measure``, ``default`` where it has none; raises ``NormError``."""
    if key not in rule.measure:
        return default
    value = rule.measure[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
        raise NormError(key, value)
    return float(value)


def design_height(context: Context) -> float:
    """Return the height (m) of the design above peil, else above the terrain beside it, else above its lowest point."""
    top = float(context.design.bounds[1, 2])
    if context.peil.chosen:
        return top - context.peil.chosen.nap_m
    terrain, middle = context.site.terrain, context.projection.centroid
    ground = terrain.nearest(middle.x, middle.y) if terrain and not context.projection.is_empty else None
    return top - (ground[0] if ground else float(context.design.bounds[0, 2]))


def surrounding(context: Context, radius: float) -> Sequence[Building3D]:
    """Return the buildings within a radius (m) of the design that it does not replace."""
    replaced = {b.fid for b in neighbours_of(context.site, context.projection, demolished(context.answers)).replaced}
    return [
        b for b in context.site.buildings3d
        if len(b.triangles) and b.fid not in replaced and shapely.distance(outline_of(b), context.projection) <= radius
    ]


def mean_height(context: Context, buildings: Sequence[Building3D], radius: float) -> float:
    """Return the mean height (m) of buildings, weighted by their area within the radius."""
    circle = context.projection.buffer(radius)
    areas = np.array([overlay.intersection(outline_of(b), circle).area for b in buildings])
    tops = np.array([float(b.triangles[:, :, 2].max()) if b.roof_nap is None else b.roof_nap for b in buildings])
    heights = np.maximum(tops - np.array([ground_of(b) for b in buildings]), 0.1)
    return float(heights @ areas / areas.sum()) if areas.sum() > 0 else float(heights.mean())
