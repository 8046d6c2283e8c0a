"""Sun on the neighbours' facades (bezonningsnorm): does every dwelling keep the possible sun that the norm asks?

What it checks
    Minutes of possible sun a day at each receptor on the facades of the dwellings around the design, in the existing and
    the proposed situation, against the municipality's norm; the worst receptor and day decide per dwelling.
Legal basis
    There is no national norm. Municipalities use TNO's (light: 2 hours from 19 February to 21 October; strict: 3 hours from
    21 January to 22 November) or their own policy; the rule quotes it. BW 5:37 stands behind it.
Inputs
    3D buildings (walls), BAG (use woonfunctie, addresses), terrain when there is one, the design; parcels, to leave out the
    applicant's own buildings. ``measure``: ``profile`` (tno_light, tno_strict, den_haag) and any of its values: ``hours``,
    ``minutes``, ``period``, ``min_altitude_deg``, ``step_min``, ``sweep_days``, ``guessed``, ``add_facades``, ``above_floor_m``,
    ``spacing_m``, ``storey_m``, ``year``; further ``radius_m``, ``terrain``, ``trees: {transparency}``, ``assume_dwellings``,
    ``plan_envelope``, ``own_windows``. A limit in minutes or hours in
    the rule wins.
How measured
    Sun positions by NOAA's formulas (geometric), every step in its middle, above the minimum altitude, azimuths turned to RD
    grid north; a ray from each receptor to each sun against buildings, terrain and design. Receptors: 0.75 m above each
    assumed floor, every 2 m, off the wall; shared walls have none. A receptor that cannot reach the norm when nothing but
    its own building stands (on any date of the period) does not count: north facades.
    With ``own_windows`` the design's own windows (middle of the sill, outer face) are measured too, where its model has them.
    before and after are minutes, N the norm: after >= N complies; before >= N > after violates; before < N and more than 5
    minutes less: needs judgement; otherwise complies with a note. Within 5 minutes of N and changed: needs judgement.
Limits
    3DBAG has no windows: when only some points of a facade fail, the verdict is at most needs_judgement. Trees are left out
    unless the rule says how transparent they are. The facades' minutes are not added up unless the rule says so
    (ECLI:NL:RVS:2023:2773).
References
    docs/measuring.md C1; TNO norm as quoted by the municipalities; ECLI:NL:RBDHA:2019:10406.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from ...measure.sun.neighbours import Dwelling, homes_without_model, name_of, other_homes, own_parcels
from ...measure.sun.receptors import Receptor
from ...measure.sun.sun_norms import NormError, SunNorm, norm_of, point_verdict
from ...measure.sun.sun_review import PROPOSED, SunReview, demolished, sun_review
from ...measure.surroundings.envelope import allowed_envelopes
from ...model import PRECEDENCE, Address, Evidence, Finding, Measurement, Note, RegisteredBuilding, Rule, UncertaintySource, Verdict, combine
from ..declared.declaration import PART, STABLE, SUNLIGHT, Switch
from ..engine.base import Check, Context, finding, inputs_of, missing_layers, not_assessable
from ..shared.sun_windows import own_windows

SUBJECT = Note.of("subject_sunlight")
"""The subject of a finding that is about no single dwelling."""


@dataclass(frozen=True)
class PointResult:
    """One receptor (its number in the study) on its deciding day (a number in the study's dates)."""

    receptor: int
    day: int
    verdict: Verdict
    reason: str


def of_others(context: Context) -> frozenset[str]:
    """Return the dwellings on the design's own parcels that are of others, in this reading: one parcel is not one household."""
    homes = other_homes(context.site, context.projection, demolished(context.answers))
    if not homes or context.yes_no("own_dwellings", Note.of("sun_question_own_dwellings", count=len(homes)), likely=True):
        return frozenset()
    return frozenset(building.fid for building in homes)


class SunHoursFacade(Check):
    """``sun_hours_facade``; see the module's text."""

    name = "sun_hours_facade"
    code, stage, family, about = "DRL-C01", STABLE, SUNLIGHT, PART
    title = {"nl": "Bezonning van gevels", "en": "Sun on facades"}
    needs: tuple[str, ...] = ("buildings3d",)
    reads = ("own_dwellings",)
    units = ("min", "h", "uur")
    policy = True
    switches: Mapping[str, Switch] = {
        "profile": ("tno_light", "tno_strict", "den_haag"), "hours": "hours", "minutes": "minutes", "period": "period",
        "min_altitude_deg": "altitude", "step_min": "step", "sweep_days": "days", "guessed": "yes_no", "add_facades": "yes_no",
        "above_floor_m": "positive", "spacing_m": "positive", "storey_m": "positive", "year": "year", "radius_m": "positive",
        "terrain": "yes_no", "trees": "trees", "assume_dwellings": "yes_no", "plan_envelope": "yes_no", "own_windows": "yes_no",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per dwelling, worst first, and one that names what could not be judged."""
        missing = missing_layers(self, context)
        if missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        try:
            norm = norm_of(rule.measure, limit_minutes(rule))
            others = compared(rule, context)
            study = sun_review(context.site, context.design, context.answers, norm, rule.measure, others, of_others(context))
        except NormError as error:
            return (not_assessable(rule, context, SUBJECT, Note.of("sun_norm_unclear", key=error.key, value=str(error.value))),)
        if rule.measure.get("plan_envelope", True):
            study = replace(study, notes=(*study.notes, Note.of("sun_plan_space" if others else "sun_no_plan_space")))
        found = [self._dwelling(rule, context, norm, study, d) for d in study.neighbours.dwellings if len(study.rows_of(d))]
        found.sort(key=lambda f: (PRECEDENCE.index(f.verdict), f.measurements[0].value if f.measurements else 0.0, str(f.subject.as_dict().get("text"))))
        own = (own_windows(rule, context, norm),) if rule.measure.get("own_windows") else ()
        return (*found, *own, *self._not_judged(rule, context, study, bool(found)))

    def _dwelling(self, rule: Rule, context: Context, norm: SunNorm, study: SunReview, dwelling: Dwelling) -> Finding:
        rows = study.rows_of(dwelling)
        results = [worst_day(study, norm, int(row)) for row in rows]
        verdict, decisive = dwelling_verdict(study, norm, results)
        before, after, day = decisive_minutes(study, norm, results, decisive)
        at = study.minutes.suns.dates[day].isoformat()
        doubt = (UncertaintySource("time_step", norm.uncertainty_min),)
        measured = [
            Measurement("sun_minutes", after, "min", ">=", norm.minutes, doubt, at=at),
            Measurement("sun_minutes_before", before, "min", at=at),
            Measurement("sun_change", after - before, "min", at=at),
            Measurement("sun_minutes_empty", float(study.minutes.empty[decisive.receptor, day]), "min", at=at),
        ]
        measured += [
            Measurement(f"sun_minutes_{name}", float(values[decisive.receptor, day]), "min", at=at)
            for name, values in study.minutes.after.items() if name != PROPOSED
        ]
        return finding(
            rule, context, Note.of("subject_dwelling", building=dwelling.building.fid, text=dwelling.name), verdict,
            measurements=tuple(measured),
            evidence=evidence(study, results, decisive),
            inputs=inputs_of("buildings3d", dwelling.building) + inputs_of("bag", *dwelling.addresses),
            notes=notes(study, norm, dwelling, results, decisive),
        )

    def _not_judged(self, rule: Rule, context: Context, study: SunReview, found: bool) -> tuple[Finding, ...]:
        """Return what stays open: buildings of which the use is not known, or that there is nothing to judge."""
        near = context.projection.buffer(study.radius_m)
        bare = [_without_model(rule, context, record, addresses, study) for record, addresses in unmodelled(context, study.radius_m)]
        layers = ("buildings3d",) if rule.measure.get("assume_dwellings") else ("bag", "buildings3d")
        unseen = next((note for layer in layers if (note := context.not_known(layer, near)) is not None), None)
        missing = [*((unseen,) if unseen is not None else ()), *_unknown_uses(context, study)]
        if missing:
            return (*bare, not_assessable(rule, context, SUBJECT, *dict.fromkeys(missing), notes=study.notes))
        if found or bare:
            return tuple(bare)
        note = Note.of("sun_no_dwellings", radius=round(study.radius_m, 1))
        return (finding(rule, context, SUBJECT, Verdict.NOT_APPLICABLE, notes=(note, *study.notes)),)


def unmodelled(context: Context, radius: float) -> list[tuple[RegisteredBuilding, tuple[Address, ...]]]:
    """Return the registered buildings within a radius (m) in which people live, or may live, and of which there is no 3D model."""
    homes = homes_without_model(context.site, context.projection, demolished(context.answers))
    return [(record, addresses) for record, addresses in homes if shapely.distance(record.geometry, context.projection) <= radius]


def _without_model(rule: Rule, context: Context, record: RegisteredBuilding, addresses: Sequence[Address], study: SunReview) -> Finding:
    subject = Note.of("subject_dwelling", building=record.fid, text=name_of(record.fid, addresses))
    used = inputs_of("bag", record, *addresses)
    return not_assessable(rule, context, subject, Note.of("sun_dwelling_without_model", pand=record.fid), inputs=used, notes=study.notes)


def _unknown_uses(context: Context, study: SunReview) -> list[Note]:
    """Return why of buildings around it is not known whether people live there."""
    bag = "sun_not_in_bag" if context.knows("bag") else "sun_uses_unknown"
    told = ((study.neighbours.unknown, bag), (study.neighbours.unused, "sun_use_unsaid"))
    return [Note.of(code, count=len(some), panden=", ".join(b.fid for b in some[:5])) for some, code in told if some]


def compared(rule: Rule, context: Context) -> dict[str, NDArray[np.float64]]:
    """Return what is compared besides the design: the space that the plan already allows, as bodies, unless ``plan_envelope: false``."""
    if not rule.measure.get("plan_envelope", True):
        return {}
    space = plan_envelope(context)
    return {"plan": space} if len(space) else {}


def plan_envelope(context: Context) -> NDArray[np.float64]:
    """Return what the governing plans allow on the parcels that the design stands on (n, 3, 3), or in the bouwvlakken that it
    touches where no parcels are known; nothing without a height on the map or a level to measure from."""
    site, outline = context.site, context.projection
    own = own_parcels(site, outline)
    peil = context.peil if context.peil.levels else None
    bodies = [
        envelope.triangles for parcel in (own or (None,)) for envelope in allowed_envelopes(site, parcel, context.governing(), peil)
        if len(envelope.triangles) and (own or envelope.ground.intersects(outline))
    ]
    return np.concatenate(bodies) if bodies else np.zeros((0, 3, 3))


def limit_minutes(rule: Rule) -> float | None:
    """Return the rule's own limit in minutes, or None."""
    if rule.limit is None or rule.limit.value is None:
        return None
    return rule.limit.value * (60.0 if rule.limit.unit.lower() in ("h", "hour", "hours", "uur", "u") else 1.0)


def worst_day(study: SunReview, norm: SunNorm, row: int) -> PointResult:
    """Return the deciding day of a receptor: the heaviest verdict, then the least sun."""
    minutes = study.minutes
    if minutes.empty[row].min() < norm.minutes:
        return PointResult(row, int(np.argmin(minutes.empty[row])), Verdict.NOT_APPLICABLE, "sun_never_reaches")
    after = minutes.after[PROPOSED]
    days = []
    for day in range(len(minutes.suns.dates)):
        verdict, reason = point_verdict(minutes.before[row, day], after[row, day], minutes.empty[row, day], norm)
        days.append((PRECEDENCE.index(verdict), after[row, day], -(minutes.before[row, day] - after[row, day]), day, verdict, reason))
    _, _, _, day, verdict, reason = min(days)
    return PointResult(row, day, verdict, reason)


def dwelling_verdict(study: SunReview, norm: SunNorm, results: Sequence[PointResult]) -> tuple[Verdict, PointResult]:
    """Return the verdict over a dwelling's receptors and the one that decides.

    Where receptors stand for unknown windows, a facade violates only when all its receptors that count do.
    """
    facades: dict[float | None, list[PointResult]] = defaultdict(list)
    for result in results:
        if result.verdict is not Verdict.NOT_APPLICABLE:
            facades[study.receptors[result.receptor].facade].append(result)
    if norm.add_facades and facades:
        return added_up(study, norm, facades)
    verdicts = []
    for members in facades.values():
        verdict = combine(r.verdict for r in members)
        if verdict is Verdict.VIOLATES and norm.guessed and any(r.verdict is not Verdict.VIOLATES for r in members):
            verdict = Verdict.NEEDS_JUDGEMENT
        verdicts.append((verdict, members))
    verdict = combine(v for v, _ in verdicts)
    pool = [r for v, members in verdicts if v is verdict for r in members] or list(results)
    return verdict, heaviest(study, pool)


def heaviest(study: SunReview, results: Sequence[PointResult]) -> PointResult:
    """Return the result with the heaviest verdict, then the least sun, then the largest loss."""
    minutes = study.minutes
    after = minutes.after[PROPOSED]
    return min(
        results,
        key=lambda r: (PRECEDENCE.index(r.verdict), after[r.receptor, r.day], after[r.receptor, r.day] - minutes.before[r.receptor, r.day], r.receptor),
    )


def added_up(study: SunReview, norm: SunNorm, facades: Mapping[float | None, list[PointResult]]) -> tuple[Verdict, PointResult]:
    """Return the verdict when the worst receptors of the facades may be added up, per day; their sum is judged as one point."""
    days = []
    for day in range(len(study.minutes.suns.dates)):
        before, after, empty = sums(study, facades, day)
        verdict, reason = point_verdict(before, after, empty, norm)
        days.append((PRECEDENCE.index(verdict), after, day, verdict, reason))
    _, _, day, verdict, reason = min(days)
    least = min((r.receptor for members in facades.values() for r in members), key=lambda row: study.minutes.after[PROPOSED][row, day])
    return verdict, PointResult(least, day, verdict, reason)


def sums(study: SunReview, facades: Mapping[float | None, list[PointResult]], day: int) -> tuple[float, float, float]:
    """Return before, after and empty minutes of a day, each the sum over facades of its least sunny receptor."""
    tables: tuple[NDArray[np.float64], ...] = (study.minutes.before, study.minutes.after[PROPOSED], study.minutes.empty)
    before, after, empty = (
        float(sum(min(table[r.receptor, day] for r in members) for members in facades.values())) for table in tables
    )
    return before, after, empty


def decisive_minutes(
    study: SunReview, norm: SunNorm, results: Sequence[PointResult], decisive: PointResult
) -> tuple[float, float, int]:
    """Return the minutes before and after that the verdict rests on, and their day."""
    if not norm.add_facades or decisive.verdict is Verdict.NOT_APPLICABLE:
        row, day = decisive.receptor, decisive.day
        return float(study.minutes.before[row, day]), float(study.minutes.after[PROPOSED][row, day]), day
    facades: dict[float | None, list[PointResult]] = defaultdict(list)
    for result in results:
        if result.verdict is not Verdict.NOT_APPLICABLE:
            facades[study.receptors[result.receptor].facade].append(result)
    before, after, _ = sums(study, facades, decisive.day)
    return before, after, decisive.day


def evidence(study: SunReview, results: Sequence[PointResult], decisive: PointResult) -> tuple[Evidence, ...]:
    """Return every receptor as a point with its change (minutes) on its deciding day; the one that decides comes first."""
    found = []
    others = [result for result in results if result.receptor != decisive.receptor]
    for result in (decisive, *others):
        receptor = study.receptors[result.receptor]
        before = float(study.minutes.before[result.receptor, result.day])
        after = float(study.minutes.after[PROPOSED][result.receptor, result.day])
        note = Note.of(
            "sun_receptor", pand=receptor.building, bearing=bearing_of(receptor), floor=receptor.floor,
            facade=receptor.facade, before=round(before, 1), after=round(after, 1),
            date=study.minutes.suns.dates[result.day].isoformat(), verdict=result.verdict.value,
        )
        found.append(Evidence("receptor", shapely.Point(receptor.point), value=after - before, unit="min", note=note))
    return tuple(found)


def bearing_of(receptor: Receptor) -> float | None:
    """Return the compass direction (degrees, grid) that a receptor's own wall faces."""
    return None if receptor.normal is None else round(float(np.degrees(np.arctan2(receptor.normal[0], receptor.normal[1])) % 360), 3)


def notes(
    study: SunReview, norm: SunNorm, dwelling: Dwelling, results: Sequence[PointResult], decisive: PointResult
) -> tuple[Note, ...]:
    """Return how was measured and what decides, for one dwelling."""
    minutes = study.minutes
    receptor = study.receptors[decisive.receptor]
    before, after, day = decisive_minutes(study, norm, results, decisive)
    lost = round(100 * (before - after) / before, 1) if before else 0.0
    found = [
        Note.of(decisive.reason, before=round(before, 1), after=round(after, 1), limit=norm.minutes, change=round(after - before, 1), percent=lost,
                date=minutes.suns.dates[day].isoformat()),
        Note.of("sun_decisive_place", floor=receptor.floor, facade=receptor.facade, height=round(receptor.point[2], 2)),
    ]
    failing = sum(r.verdict is Verdict.VIOLATES for r in results)
    counted = sum(r.verdict is not Verdict.NOT_APPLICABLE for r in results)
    found.append(Note.of("sun_points", count=len(results), counted=counted, failing=failing))
    if failing and failing < counted and norm.guessed:
        found.append(Note.of("sun_some_points_fail", failing=failing, counted=counted))
    if norm.add_facades:
        found.append(Note.of("sun_facades_added"))
    if not dwelling.addresses:
        found.append(Note.of("sun_assumed_dwelling" if dwelling.basis == "assumed" else "sun_no_address", pand=dwelling.building.fid))
    elif len(dwelling.addresses) > 1:
        found.append(Note.of("sun_several_addresses", count=len(dwelling.addresses)))
    blocker = study.blocker(decisive.receptor, day)
    if blocker:
        found.append(blocker)
    return (*found, *study.notes)
