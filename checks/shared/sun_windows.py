"""The sun at the design's own windows, by the same norm as its neighbours': asked by ``own_windows`` in rule ``sun_hours_facade``."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ...measure.sun.sun_norms import SunNorm
from ...measure.sun.sun_review import PROPOSED, window_study
from ...measure.sun.sun_study import Study
from ...model import Evidence, Finding, Measurement, Note, Rule, UncertaintySource, Verdict
from ..engine.base import Context, finding, not_assessable

SUBJECT = Note.of("subject_own_windows")


def own_windows(rule: Rule, context: Context, norm: SunNorm) -> Finding:
    """Return the finding about the windows of the design; which of them belong to a living room is not known.

    All windows that can reach the norm keep it: complies. None does: violates. Some: needs judgement.
    """
    study = window_study(context.site, context.design, context.answers, norm, rule.measure)
    if not study.receptors:
        return not_assessable(rule, context, SUBJECT, Note.of("sun_no_windows", design=context.design.name))
    after, counts = study.after[PROPOSED], study.empty.min(axis=1) >= norm.minutes
    if not counts.any():
        return finding(rule, context, SUBJECT, Verdict.NOT_APPLICABLE, evidence=evidence(study, counts, norm), notes=(Note.of("sun_windows_never"),))
    least = after.min(axis=1)
    worst = int(np.flatnonzero(counts)[np.argmin(least[counts])])
    day = int(np.argmin(after[worst]))
    at = study.suns.dates[day].isoformat()
    doubt = (UncertaintySource("time_step", norm.uncertainty_min),)
    measured = Measurement("sun_minutes", float(after[worst, day]), "min", ">=", norm.minutes, doubt, at=at)
    failing = int((least[counts] < norm.minutes).sum())
    note = Note.of("sun_windows", count=len(study.receptors), counted=int(counts.sum()), failing=failing, window=study.receptors[worst].building)
    alone = Measurement("sun_minutes_empty", float(study.empty[worst, day]), "min", at=at)
    return finding(
        rule, context, SUBJECT, verdict(least[counts], norm), measurements=(measured, alone),
        evidence=evidence(study, counts, norm), notes=(note,),
    )


def verdict(least: NDArray[np.float64], norm: SunNorm) -> Verdict:
    """Return the verdict over the least minutes (n,) of the windows that count."""
    sure = np.abs(least - norm.minutes) > norm.uncertainty_min
    kept = least >= norm.minutes
    if kept.all() and (sure | (least == norm.minutes)).all():
        return Verdict.COMPLIES
    return Verdict.VIOLATES if not kept.any() and sure.all() else Verdict.NEEDS_JUDGEMENT


def evidence(study: Study, counts: NDArray[np.bool_], norm: SunNorm) -> tuple[Evidence, ...]:
    """Return every window as a point with its least minutes and the day of that."""
    found = []
    for row, receptor in enumerate(study.receptors):
        minutes = study.after[PROPOSED][row]
        day = int(np.argmin(minutes))
        code = "sun_window" if counts[row] else "sun_window_never"
        least, date = float(minutes[day]), study.suns.dates[day].isoformat()
        note = Note.of(code, window=receptor.building, minutes=least, limit=norm.minutes, date=date)
        found.append(Evidence("window", shapely.Point(receptor.point), value=least, unit="min", note=note))
    return tuple(found)
