"""Shadow study (schaduwdiagram): how much extra shadow falls on other people's ground at the usual dates and hours?

What it checks
    The shadow that the design adds, on open ground, to what stands there now: m2 per parcel and per garden at each moment.
Legal basis
    None that gives a number: a good living environment (goed woon- en leefklimaat) is weighed. TNO only says that the use of a
    garden may not decline unacceptably. A municipality with a number of its own gives it as ``limit`` (m2 on one plot).
Inputs
    3D buildings, the design; parcels and BGT (erf) to count per plot; terrain for the level of the ground. ``measure``:
    ``dates`` (MM-DD; default 02-19, 03-21, 06-21, 09-21, 12-21), ``hours`` (on the clock; default 9, 12, 15, 18) and ``year``.
How measured
    Exact outlines on a level plane at the height of the ground around the design; extra is the shadow of the design less that of
    what stands now, less all buildings. Nothing is counted while the sun stands below 3 degrees. The moment with the most extra
    shadow on other people's ground decides; streets are no gardens. Of the gardens shaded then is said how much of them has two hours of sun on
    21 March, now and with the design (BRE 209's yardstick).
Limits
    An illustration: extra shadow asks for judgement and violates nothing, unless the rule gives a limit. Ground that slopes
    and shadow on roofs and walls are not in it; hours on facades are those of ``sun_hours_facade``.
References
    docs/measuring.md C2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import shapely

from ...measure.sun.garden_sun import garden_sun
from ...measure.sun.neighbours import without_model
from ...measure.sun.shadows_in_time import SMALLEST_M2, ShadowMoment, ShadowScene, ShadowStudy, moments_of
from ...measure.sun.sun_norms import NormError
from ...measure.sun.sun_review import demolished
from ...model import Evidence, Finding, LayerState, Measurement, Note, Rule, UncertaintySource, Verdict
from ..declared.declaration import PART, STABLE, SUNLIGHT, Switch
from ..engine.base import Check, Context, finding, not_assessable
from ..engine.open_points.unseen import HIGHER, LOWER, Unseen

SUBJECT = Note.of("subject_shadow")
MOST_PLOTS = 8
OUTLINE_SHARE = 0.02
"""Doubt about an area of shadow: outlines to 0.2 m and heights to 0.1 m on shadows of some 20 m."""


class ShadowStudyCheck(Check):
    """``shadow_study``; see the module's text."""

    name = "shadow_study"
    code, stage, family, about = "DRL-C02", STABLE, SUNLIGHT, PART
    title = {"nl": "Schaduwstudie", "en": "Shadow study"}
    needs: tuple[str, ...] = ("buildings3d",)
    reads: tuple[str, ...] = ()
    units = ("m2",)
    policy = True
    switches: Mapping[str, Switch] = {"dates": "dates", "hours": "clock_hours", "year": "year"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding: the moment with the most extra shadow on other people's ground."""
        state = context.site.state("buildings3d")
        if state not in (LayerState.LOADED, LayerState.EMPTY):
            return (not_assessable(rule, context, SUBJECT, Note.of(f"checks_layer_{state.value}", layer="buildings3d")),)
        try:
            scene = ShadowScene(context.site, context.design, demolished(context.answers))
            study = moments_of(scene, rule.measure)
        except NormError as error:
            return (not_assessable(rule, context, SUBJECT, Note.of("sun_norm_unclear", key=error.key, value=str(error.value))),)
        if not any(moment.lit for moment in study.moments):
            return (not_assessable(rule, context, SUBJECT, Note.of("sun_shadow_dark", count=len(study.moments))),)
        limit = rule.limit.value if rule.limit else None
        plots = context.knows("parcels") and bool(context.site.parcels)
        worst = max(study.moments, key=lambda m: counted(m, plots) if limit is None else (largest(m), counted(m, plots)))
        looks(context, study, worst, limit is not None)
        found = self._finding(rule, context, study, worst, plots)
        return (replace(found, notes=(*found.notes, *garden_notes(scene, worst))),)

    def _finding(self, rule: Rule, context: Context, study: ShadowStudy, worst: ShadowMoment, plots: bool) -> Finding:
        most = counted(worst, plots)
        limit = rule.limit.value if rule.limit else None
        if limit is not None:
            most = largest(worst)
        doubt = (UncertaintySource("shadow_outline", round(OUTLINE_SHARE * most, 2)),)
        at = moment_name(worst)
        measured = Measurement("extra_shadow", most, "m2", "<=", limit, doubt, at=at)
        verdict = measured.verdict() if limit is not None else (Verdict.NEEDS_JUDGEMENT if most >= SMALLEST_M2 else Verdict.COMPLIES)
        shape = () if worst.extra.is_empty else (
            Evidence("shadow_extra", worst.extra, value=float(worst.extra.area), unit="m2", note=Note.of("sun_shadow_moment", **said(worst))),
        )
        return finding(
            rule, context, SUBJECT, verdict, evidence=shape, notes=notes(study, worst, plots),
            measurements=(
                measured, Measurement("extra_shadow_whole", float(worst.extra.area), "m2", at=at),
                Measurement("existing_shadow", float(worst.existing.area), "m2", at=at),
            ),
        )


def looks(context: Context, study: ShadowStudy, worst: ShadowMoment, per_plot: bool) -> None:
    """Look at whose ground is shaded, and at what shades it already. Of plots that are not known none gets more than all extra shadow where they
    are not; what stands there and was not seen only takes from what the design adds."""
    if per_plot:
        loaded = shapely.Point(context.site.centre).buffer(context.site.radius_m) if context.knows("parcels") else shapely.MultiPolygon()
        away = max(study.moments, key=lambda m: float(shapely.difference(m.extra, loaded).area))
        beyond = shapely.difference(away.extra, loaded)
        if not context.looks("parcels", HIGHER, beyond, most=max(0.0, float(beyond.area) - largest(worst))) and loaded.is_empty:
            context.looks("parcels", LOWER)  # a yard of the map may be the applicant's own
    context.looks("buildings3d", LOWER, worst.extra)
    flat = without_model(context.site)
    if flat:
        known = len(context.site.buildings3d)
        context.ledger.missed(Unseen(Note.of("sun_without_model", count=flat, known=known), LOWER))


def largest(moment: ShadowMoment) -> float:
    """Return the most extra shadow on one plot of others (m2)."""
    return max((p.extra_m2 for p in moment.others), default=0.0)


def garden_notes(scene: ShadowScene, worst: ShadowMoment) -> list[Note]:
    """Return how much of each garden that gets extra shadow keeps two hours of sun on 21 March (of parcels where no gardens are known)."""
    others = [p.plot for p in worst.others]
    gardens = [plot for plot in others if plot.kind == "garden"] or others
    return [
        Note.of(
            "sun_garden", name=g.plot.name, before=round(100 * g.share_before), after=round(100 * g.share_after),
            minutes=round(g.mean_after - g.mean_before),
        )
        for g in garden_sun(scene, gardens[:MOST_PLOTS])
    ]


def counted(moment: ShadowMoment, plots: bool) -> float:
    """Return the extra shadow that counts (m2): on other people's plots, all of it where no plots are known."""
    return moment.others_m2 if plots else float(moment.extra.area)


def moment_name(moment: ShadowMoment) -> str:
    """Return date and clock: ``2027-03-21 12:00 CET``."""
    return f"{str(moment.time)[:10]} {moment.clock}"


def said(moment: ShadowMoment) -> Mapping[str, Any]:
    """Return the words of a moment for a sentence."""
    return {"date": str(moment.time)[:10], "clock": moment.clock, "altitude": round(moment.altitude_deg, 1)}


def notes(study: ShadowStudy, worst: ShadowMoment, plots: bool) -> tuple[Note, ...]:
    """Return how was measured and which plots get the most."""
    found = [Note.of("sun_shadow_method", ground=round(study.ground_nap, 2), count=len(study.moments), dark=sum(not m.lit for m in study.moments))]
    if not plots:
        found.append(Note.of("sun_shadow_no_plots"))
    elif not any(p.plot.kind == "parcel" for m in study.moments for p in m.plots):
        found.append(Note.of("sun_shadow_yards_only"))
    others = worst.others
    found += [
        Note.of(f"sun_shadow_{p.plot.kind}", name=p.plot.name, existing=round(p.existing_m2, 1), extra=round(p.extra_m2, 1), **said(worst))
        for p in others[:MOST_PLOTS]
    ]
    if len(others) > MOST_PLOTS:
        found.append(Note.of("sun_shadow_more_plots", count=len(others) - MOST_PLOTS))
    return tuple(found)
