"""Readings: a rule run in every admissible reading of what is not settled, and what holds in all of them.

``complies`` and ``violates`` are earned: every reading gives them. Where readings differ the finding needs judgement, and each point that
turns the verdict says what each of its choices gives. Findings of readings are paired by subject, never by position.

Which readings are run: the likeliest; then one point at a time with each of its other alternatives; all combinations while they are few,
else the mildest and the strictest corner of each subject. Points that appear only in one reading are opened there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...model import Choice, Finding, Note, Premise, Verdict
from .open_points.points import NOT_AS_READ, Alternative, Ledger, OpenPoint

Reading = Mapping[str, Alternative]
Run = Callable[[Reading, Ledger], Sequence[Finding]]

MOST_RUNS = 64
"""More readings than this of one rule are not run, and then nothing is firm: a rule with so many open points must be answered first."""
MOST_COMBINED = 16
"""Up to so many combinations of all points are run whole; more are bounded by their corners."""
MOST_CORNERS = 6
"""Corners differ by subject; more than so many are rare, and the first subjects are the heaviest."""
HEAVY = (Verdict.COMPLIES, Verdict.NOT_APPLICABLE, Verdict.NOT_ASSESSABLE, Verdict.NEEDS_JUDGEMENT, Verdict.VIOLATES)
FIRM = (Verdict.COMPLIES, Verdict.VIOLATES)
WHOLE = (Verdict.NOT_APPLICABLE, Verdict.NOT_ASSESSABLE)
NEUTRAL = {Verdict.COMPLIES, Verdict.NOT_APPLICABLE}
"""Between these nothing is to be decided: where a rule does not apply, nothing is to be met."""
Key = tuple[str, int]


@dataclass(frozen=True, eq=False)
class Tried:
    """One run: the reading, its findings by subject, and what it consulted.

    ``whole``: the one finding of a run that speaks of the rule as a whole (it does not apply, or cannot be assessed): it stands for
    every subject that other runs have.
    """

    reading: Reading
    findings: Mapping[Key, Finding]
    ledger: Ledger

    @property
    def whole(self) -> Finding | None:
        """The finding that speaks of the rule as a whole."""
        only = next(iter(self.findings.values())) if len(self.findings) == 1 else None
        return only if only is not None and only.verdict in WHOLE else None

    def about(self, key: Key) -> Finding | None:
        """Return what this run says about a subject; None: it has no such subject."""
        return self.findings.get(key) or self.whole


def judge(run: Run) -> tuple[Finding, ...]:
    """Return the findings of a rule over all readings; ``run`` gives those of one, and keeps in the ledger what it consulted.

    Raises what ``run`` raises.
    """
    tried, complete = _explored(run)
    tried = _one_of_each(tried)
    first = tried[0]
    keys = list(dict.fromkeys(key for one in tried if one.whole is None for key in one.findings)) or list(first.findings)
    if len(tried) == 1 and not first.ledger.open:
        return tuple(replace(found, premises=(*found.premises, *first.ledger.settled.values())) for found in first.findings.values())
    return tuple(_merged(key, tried, complete) for key in keys)


def _one_of_each(tried: Sequence[Tried]) -> list[Tried]:
    """Return the runs with one subject in the place of several of which each reading has exactly one, and which all violate: whichever of them
    holds, the design does not meet it (a zone inside another, of which the text says which goes first)."""
    violated = {key for one in tried for key, found in one.findings.items() if found.verdict is Verdict.VIOLATES}
    always = [key for key in violated if all(found.verdict is Verdict.VIOLATES for one in tried if (found := one.about(key)) is not None)]
    parted = {key for key in always if any(one.about(key) is None for one in tried)}
    if len(parted) < 2 or any(len(parted & set(one.findings)) != 1 for one in tried):
        return list(tried)
    name = next(key for key in tried[0].findings if key in parted)
    inputs = tuple(dict.fromkeys(used for one in tried for key, found in one.findings.items() if key in parted for used in found.inputs))

    def as_one(findings: Mapping[Key, Finding]) -> dict[Key, Finding]:
        return {name if key in parted else key: replace(found, inputs=inputs) if key in parted else found for key, found in findings.items()}

    return [replace(one, findings=as_one(one.findings)) for one in tried]


def _explored(run: Run) -> tuple[list[Tried], bool]:
    """Return the runs that were made, the likeliest first, and whether every reading that had to be run was."""
    tried = [_tried(run, {})]
    seen = {_code({})}
    waiting = _steps(tried[0], {})
    expanded = _ways(tried[0])
    while waiting and len(tried) < MOST_RUNS:
        reading = waiting.pop(0)
        if _code(reading) in seen:
            continue
        seen.add(_code(reading))
        one = _known(tried, reading) or _tried(run, reading)
        tried.append(one)
        new = _ways(one) - expanded
        expanded |= new
        waiting += [step for step in _steps(one, reading) if all((key, step[key].code) in new for key in set(step) - set(reading))]
    for reading in () if waiting else _combined(tried):
        if _code(reading) in seen:
            continue
        if len(tried) >= MOST_RUNS:
            return tried, False
        seen.add(_code(reading))
        tried.append(_known(tried, reading) or _tried(run, reading))
    return tried, not waiting


def _ways(one: Tried) -> set[tuple[str, str]]:
    """Return the ways in which the points of a run may be settled; a point that is asked about elsewhere as well may have more of them there."""
    return {(key, way.code) for key, point in one.ledger.open.items() for way in point.alternatives}


def _known(tried: Sequence[Tried], reading: Reading) -> Tried | None:
    """Return the run of a reading without running it: where one before settled every point that it consulted in the same way, this one says the same."""
    for one in tried:
        if all(one.ledger.same(key, reading, one.reading) for key in one.ledger.open):
            return replace(one, reading=reading)
    return None


def _tried(run: Run, reading: Reading) -> Tried:
    ledger = Ledger()
    counted: dict[str, int] = {}
    findings: dict[Key, Finding] = {}
    for found in run(reading, ledger):
        number = counted[found.subject_key] = counted.get(found.subject_key, -1) + 1
        findings[found.subject_key, number] = found
    return Tried(reading, findings, ledger)


def _steps(one: Tried, reading: Reading) -> list[Reading]:
    """Return the readings that differ from one in a single open point of it."""
    return [
        {**reading, key: way} for key, point in one.ledger.open.items() if key not in reading
        for way in point.alternatives if way.code != point.chosen(reading).code
    ]


def _code(reading: Reading) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, way.code) for key, way in reading.items()))


def _points(tried: Sequence[Tried]) -> dict[str, OpenPoint]:
    points: dict[str, OpenPoint] = {}
    for one in tried:
        for key, point in one.ledger.open.items():
            points[key] = points[key].joined(point) if key in points else point
    return points


def _combined(tried: Sequence[Tried]) -> list[Reading]:
    """Return the readings that combine points: all of them while they are few, else the corners of each subject."""
    points = _points(tried)
    if len(points) < 2:
        return []
    count = 1
    for point in points.values():
        count *= len(point.alternatives)
    if count <= MOST_COMBINED:
        return [dict(zip(points, ways)) for ways in itertools.product(*(point.alternatives for point in points.values()))]
    corners: list[Reading] = []
    for key in sorted({key for one in tried for key in one.findings}, key=lambda key: -max(_weight(one.about(key)) for one in tried)):
        for strict in (True, False):
            corners.append({name: _extreme(name, point, key, tried, strict) for name, point in points.items()})
    return corners[: 2 * MOST_CORNERS]


def _extreme(name: str, point: OpenPoint, key: Key, tried: Sequence[Tried], strict: bool) -> Alternative:
    """Return the alternative of a point that gives the heaviest (or lightest) finding of a subject, everything else likeliest."""
    ways = [(way, _alone(name, way, point, tried)) for way in point.alternatives]
    known = [(_weight(one.about(key)), -number, way) for number, (way, one) in enumerate(ways) if one is not None]
    if not known:
        return point.alternatives[0]
    if strict:
        return max(known, key=lambda item: item[:2])[2]
    return min(known, key=lambda item: (item[0], -item[1]))[2]


def _alone(name: str, way: Alternative, point: OpenPoint, tried: Sequence[Tried]) -> Tried | None:
    """Return the run of one alternative with the fewest other points turned: the likeliest reading else. A run in which the point had no such
    alternative took another."""
    runs = [one for one in tried if name in one.ledger.open and one.ledger.open[name].chosen(one.reading).code == way.code]
    return min(runs, key=lambda one: len(set(one.reading) - {name}), default=None)


def _weight(found: Finding | None) -> float:
    """Return how heavy a finding is: by verdict, then by how far past its limit."""
    if found is None:
        return -1.0
    margin = found.measurements[0].margin if found.measurements else None
    closeness = 0.0 if margin is None else 0.5 - margin / (2.0 * (abs(margin) + 1.0))
    return HEAVY.index(found.verdict) + min(max(closeness, 0.0), 0.999)


def _merged(key: Key, tried: Sequence[Tried], complete: bool) -> Finding:
    """Return the finding of one subject over all readings."""
    there = [found for one in tried if (found := one.about(key)) is not None]
    absent = len(there) < len(tried)
    verdict = joint_verdict([found.verdict for found in there], absent)
    points = _points(tried)
    premises = [_premise(name, point, key, tried) for name, point in points.items()]
    endless = [point for point in points.values() if point.endless]
    notes: tuple[Note, ...] = ()
    if verdict in FIRM and (endless or not complete):
        notes = (Note.of("readings_endless" if endless else "readings_too_many", verdict=verdict.value),)
        verdict = Verdict.NEEDS_JUDGEMENT
        premises = [replace(one, flips=True) if points[one.key].endless or not endless else one for one in premises]
    elif verdict in FIRM and premises:
        notes = (Note.of("readings_every"),)
    elif verdict is Verdict.NEEDS_JUDGEMENT and absent | (len({found.verdict for found in there}) > 1) and not any(one.flips for one in premises):
        premises = [replace(one, flips=True) for one in premises]  # only together do they turn it
    bound = {found.verdict for found in there} - {Verdict.NOT_APPLICABLE}
    if bound and (absent or len(bound) < len({found.verdict for found in there})):
        heaviest = max((found for found in there if found.verdict in bound), key=_weight).verdict
        notes = (*notes, Note.of("engine_if_it_applies", verdict=heaviest.value))
    turning = {one.key for one in premises if one.flips}
    plain = [found for one in tried if (found := one.about(key)) is not None and len(turned := _turns(one)) < 2 and turning.issuperset(turned)]  # what is told
    measured = [found for found in plain or there if not any(note.code == NOT_AS_READ for note in found.missing)]
    shown = there[0] if verdict in FIRM and there[0].verdict is verdict else max(measured or plain or there, key=_weight)
    flipping = sorted((one for one in premises if one.flips), key=_impact, reverse=True)
    asked = tuple(points[one.key].question for one in flipping if one.key not in {question.key for question in shown.questions})
    settled = {name: premise for one in tried for name, premise in one.ledger.settled.items() if name not in points}
    rest = [one for one in premises if not one.flips]
    unsaid = verdict is Verdict.NOT_ASSESSABLE and not shown.missing  # what is shown is of a reading in which the rule asks nothing
    return replace(
        shown, verdict=verdict, missing=(Note.of("readings_unassessable"),) if unsaid else shown.missing, notes=(*shown.notes, *notes),
        questions=(*asked, *shown.questions),
        premises=(*shown.premises, *flipping, *rest, *settled.values()),
    )


def joint_verdict(verdicts: Sequence[Verdict], absent: bool = False) -> Verdict:
    """Return what holds over readings. Where the rule does not apply, or has no such subject (``absent``), nothing is to be met there."""
    told = set(verdicts)
    bound = told - {Verdict.NOT_APPLICABLE}
    if not bound:
        return Verdict.NOT_APPLICABLE
    if bound == {Verdict.COMPLIES}:
        return Verdict.COMPLIES
    if told == {Verdict.VIOLATES} and not absent:
        return Verdict.VIOLATES
    return Verdict.NOT_ASSESSABLE if bound == {Verdict.NOT_ASSESSABLE} else Verdict.NEEDS_JUDGEMENT


def _premise(name: str, point: OpenPoint, key: Key, tried: Sequence[Tried]) -> Premise:
    """Return an open point with what each choice gives for a subject, and whether it turns the verdict."""
    choices = []
    for way in point.alternatives:
        one = _alone(name, way, point, tried)
        found = one.about(key) if one is not None else None
        first = found.measurements[0] if found is not None and found.measurements else None
        verdict = _left_open(name, way, key, tried) if found else None
        choices.append(Choice(way.note, way.answer, verdict, first.value if first else None, first.unit if first else ""))
    return Premise(name, "open", Note.of("premise_open"), point.question.note, choices=tuple(choices), flips=_flips(name, point, key, tried))


def _left_open(name: str, way: Alternative, key: Key, tried: Sequence[Tried]) -> Verdict:
    """Return what holds of a subject once a point is settled one way: over all that is still open then, also where it does not come to that point."""
    runs = [one.about(key) for one in tried if name not in one.ledger.open or _stays(one.ledger.open[name].chosen(one.reading), way)]
    there = [found.verdict for found in runs if found is not None]
    return joint_verdict(there, len(there) < len(runs))


def _stays(chosen: Alternative, answered: Alternative) -> bool:
    """Whether the way that a run took is still admissible when another one is answered."""
    return chosen.code == answered.code or bool(answered.group and chosen.group == answered.group)


def _flips(name: str, point: OpenPoint, key: Key, tried: Sequence[Tried]) -> bool:
    """Whether two readings that differ only in this point give another verdict."""
    groups: dict[tuple[tuple[str, str], ...], set[Verdict]] = {}
    for one in tried:
        if name in one.ledger.open or name in one.reading:
            rest = {other: way for other, way in one.reading.items() if other != name and _turned(other, way, one)}
            found = one.about(key)
            groups.setdefault(_code(rest), set()).add(found.verdict if found else Verdict.NOT_APPLICABLE)
    return any(len(verdicts) > 1 and not verdicts <= NEUTRAL for verdicts in groups.values())


def _turned(name: str, way: Alternative, one: Tried) -> bool:
    point = one.ledger.open.get(name)
    return point is None or way.code != point.alternatives[0].code


def _turns(one: Tried) -> list[str]:
    """Return the points that a run read otherwise than likeliest."""
    return [name for name, way in one.reading.items() if _turned(name, way, one)]


def _impact(premise: Premise) -> tuple[int, float]:
    """Return how much a point changes: how many verdicts, then how far apart the values."""
    values = [choice.value for choice in premise.choices if choice.value is not None]
    return len({choice.verdict for choice in premise.choices}), (max(values) - min(values)) if values else 0.0
