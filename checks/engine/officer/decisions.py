"""The officer's own verdicts: a decision belongs to the facts that it was taken on, and lapses when one of them changes."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from ....model import Change, Decision, Design, Finding, Fingerprint, Lapsed, Note, Question, Rule, Verdict
from ....texts import sentence
from ..ladder import OPEN, POLICY, ladder_of, policy_step
from ..open_points.answer_history import overrides_in

FINGERPRINT = "facts"
"""Where an entry of ``answers.overrides`` keeps what it was decided on."""
NOT_LAW = ("title", "tests", "enabled", "evidence")
"""What of a rule may change without its text being another."""
MM = 1000.0
"""A design is the same while no corner moved by half a millimetre: as coordinates are read."""
ALIKE = 5e-4
"""Measured values and limits are the same to half a millimetre (minute, percent): less is not shown either."""
DAY = 10
"""Characters of a day as ISO writes it."""
DIGITS = 16
"""Of a SHA-256 in hexadecimal: enough to tell apart, short enough to read in a case file."""


def with_facts(findings: Sequence[Finding], rules: Sequence[Rule], design: Design) -> tuple[Finding, ...]:
    """Return findings with the facts that a decision about each rests on."""
    texts, content, placement = {rule.id: rule_text(rule) for rule in rules}, design_content(design), place_of(design)

    def facts(found: Finding) -> Fingerprint:
        first = found.measurements[0] if found.measurements else None
        value, limit = (first.value, first.limit) if first else (None, None)
        return Fingerprint(texts[found.rule], found.subject_key, content, placement, found.verdict.value, value, limit)

    return tuple(replace(found, fingerprint=facts(found)) if found.rule in texts else found for found in findings)


def rule_text(rule: Rule) -> str:
    """Return the hash of what a rule says; its title and its own tests are no law."""
    said = {word: value for word, value in asdict(rule).items() if word not in NOT_LAW}
    return _short(json.dumps(said, sort_keys=True, default=str).encode())


def design_content(design: Design) -> str:
    """Return the hash of a design's bodies in its own coordinates, so that placing it elsewhere is another change; their order is none."""
    turn = np.radians(design.placement.rotation_deg)
    back = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    origin = np.array([design.placement.easting_m, design.placement.northing_m, design.placement.base_nap_m])
    bodies = []
    for part in design.parts:
        own = part.vertices - origin
        corners = np.column_stack([own[:, :2] @ back, own[:, 2]])
        said = f"|{part.role.word}" if part.role.source == "file" else ""
        words = f"{part.kind}|{part.source_class}|{part.name}{said}".encode()
        bodies.append(_short(words + np.rint(corners * MM).astype(np.int64).tobytes() + part.faces.astype(np.int64).tobytes()))
    return _short("".join(sorted(bodies)).encode())


def place_of(design: Design) -> str:
    """Return where a design stands: easting, northing (m), base (m NAP), turned (degrees)."""
    at = design.placement
    return f"{at.easting_m:.3f} {at.northing_m:.3f} {at.base_nap_m:.3f} {at.rotation_deg:.4f}"


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def decided(
    findings: Sequence[Finding], answers: Mapping[str, Any], rules: Sequence[Rule] = (), design: Design | None = None, today: str = ""
) -> tuple[Finding, ...]:
    """Return findings with the officer's own verdicts (``answers.overrides``) beside the computed ones; one without a reason is no decision, nor is
    one that is dated after ``today`` (ISO; '': no day is). Of several about one finding the latest stands, wherever it is in the list.

    A decision whose facts have changed, or that does not say on which verdict it was taken, has lapsed; so has one while another says otherwise and
    no date tells which of them is the latest.
    """
    given = [entry for entry in overrides_in(answers) if str(entry.get("reason") or "").strip() and not _is_to_come(entry, today)]
    told = []
    for found in findings if design is None else with_facts(findings, rules, design):
        last = _latest([entry for entry in given if concerns(entry, found)])
        verdicts = {entry["verdict"] for entry in last}
        if len(verdicts) > 1:
            told.append(_decided(found, next(entry for entry in last if entry["verdict"] != found.verdict.value), tuple(sorted(verdicts))))
        else:
            told.append(_decided(found, last[-1]) if last and decides(last[-1], found) else found)
    return tuple(told)


def _latest(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the overrides of which each may be the latest: those of the last moment and those without one; where several may, those that name
    the subject, which a word about the whole rule does not take back."""
    moments = [_moment(entry) for entry in entries]
    days = max((moment[:DAY] for moment in moments), default="")
    times = [moment for moment in moments if moment[:DAY] == days]
    clock = "" if any(len(moment) == DAY for moment in times) else max(times, default="")
    last = [entry for entry, moment in zip(entries, moments) if not moment or (moment[:DAY] == days and moment >= clock)]
    return [entry for entry in last if entry.get("subject")] or last


def _moment(entry: Mapping[str, Any]) -> str:
    """Return when an override was taken, so that a later moment sorts behind an earlier one: a day, or a moment of it in UTC; '' where it does not say."""
    said = str(entry.get("at") or "").strip()
    try:
        at = datetime.datetime.fromisoformat(re.sub(r"[Zz]$", "+00:00", said))
    except ValueError:
        return ""
    if len(said) <= DAY:
        return at.date().isoformat()
    return (at if at.tzinfo is None else at.astimezone(datetime.timezone.utc).replace(tzinfo=None)).isoformat(timespec="microseconds")


def _decided(found: Finding, entry: Mapping[str, Any], differing: Sequence[str] = ()) -> Finding:
    """Return a finding with an override; ``differing``: the verdicts of those of which no date tells which is the latest."""
    decision = Decision(Verdict(entry["verdict"]), str(entry["reason"]), str(entry.get("by") or ""), str(entry.get("at") or ""))
    changes = (Change("decisions", *differing[:2]),) if differing else changed(entry, found)
    key = f"overrides:{found.rule}"
    open_still = tuple(question for question in found.questions if question.key != key)
    if changes:
        asked = Question(key, Note.of("engine_question_decisions" if differing else "engine_question_lapsed", reason=decision.reason))
        after = replace(found, lapsed=Lapsed(decision, changes), questions=(asked, *open_still))
    else:
        after = replace(found, decision=decision, questions=open_still)
        if after.stands not in OPEN:
            after = replace(after, deviations=())  # what is met needs no power
    if found.ladder == POLICY:
        return replace(after, ladder=policy_step(after))
    return replace(after, ladder=ladder_of(after) if found.ladder or found.verdict is Verdict.NOT_APPLICABLE else "")


def changed(entry: Mapping[str, Any], found: Finding) -> tuple[Change, ...]:
    """Return which facts are others than those an override was taken on; one that names too few of them rests on nothing that can be compared."""
    then = entry.get(FINGERPRINT)
    if not isinstance(then, Mapping) or not _tells(then, found):
        return (Change("unknown", None, found.verdict.value),)
    now = asdict(found.fingerprint) if found.fingerprint else {"verdict": found.verdict.value}
    return tuple(Change(word, then[word], now[word]) for word in now if word in then and not _alike(then[word], now[word]))


def _tells(then: Mapping[str, Any], found: Finding) -> bool:
    """Whether facts tell what was decided on: the verdict and, where something was measured, the value or the design; a violation that grew is
    another one. Cases did not before decisions had fingerprints."""
    measured = bool(found.measurements) and found.measurements[0].value is not None
    return "verdict" in then and (not measured or "value" in then or "design" in then)


def _alike(then: Any, now: Any) -> bool:
    if isinstance(then, (int, float)) and isinstance(now, (int, float)):
        return abs(then - now) < ALIKE
    return bool(then == now)


def concerns(entry: Mapping[str, Any], found: Finding) -> bool:
    """Whether an override is about a finding: its rule, and its subject and design where it names them."""
    anything = entry.get("subject") in (None, "")
    return bool(entry["rule"] == found.rule and (anything or names(entry, found)) and entry.get("design") in (None, "", found.design))


def names(entry: Mapping[str, Any], found: Finding) -> bool:
    """Whether an override names the subject of a finding: by its key, or as cases said it before subjects had keys (Dutch, decimal point)."""
    data = {name: f"{value:g}" if isinstance(value, float) else value for name, value in found.subject.data}
    return entry.get("subject") in (found.subject_key, sentence(found.subject.code, data, "nl").strip())


def decides(entry: Mapping[str, Any], found: Finding) -> bool:
    """Whether an override says something of a finding: one for a whole rule passes over what has that verdict already."""
    return bool(entry.get("subject")) or entry["verdict"] != found.verdict.value


def _is_to_come(entry: Mapping[str, Any], today: str) -> bool:
    """Whether an override is dated after a day (ISO): nobody has decided that."""
    try:
        return bool(today) and datetime.date.fromisoformat(str(entry.get("at") or "")[:10]) > datetime.date.fromisoformat(today[:10])
    except ValueError:
        return False


def unused_overrides(findings: Sequence[Finding], answers: Mapping[str, Any], today: str = "") -> tuple[Note, ...]:
    """Return a note for each override that has no effect: about no finding, without a reason, dated after ``today``, or older than fingerprints."""
    notes = []
    for entry in overrides_in(answers):
        rule, then = str(entry["rule"]), entry.get(FINGERPRINT)
        if not str(entry.get("reason") or "").strip():
            notes.append(Note.of("engine_override_no_reason", rule=rule))
        elif _is_to_come(entry, today):
            notes.append(Note.of("engine_override_to_come", rule=rule, at=str(entry["at"])[:10], today=today[:10]))
        elif not any(concerns(entry, found) for found in findings):
            notes.append(Note.of("engine_override_unused", rule=rule, subject=str(entry.get("subject") or "")))
        elif not isinstance(then, Mapping) or not any(_tells(then, found) for found in findings if concerns(entry, found)):
            notes.append(Note.of("engine_override_no_fingerprint", rule=rule))
    return tuple(notes)
