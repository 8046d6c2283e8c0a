"""Where an officer's answer goes: an open question or an own verdict, with who and why, put into the answers of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ....errors import CaseError
from ....model import PROFILE_KEYS, Design, Finding, Note, Question, Verdict
from ..design_roles import OUT
from ..open_points.answer_words import ROLES, bare, is_place, number_given, roles_told, told_of
from ..open_points.settling import REFUSED
from .decisions import FINGERPRINT, names

PROFILE, OVERRIDES = "profile.", "overrides:"
MOST_NAMED = 12
"""Names of parts that a remark holds."""
RD_RANGE = ((-7_000.0, 300_000.0), (289_000.0, 629_000.0))
"""x and y (m) of EPSG:28992's area of use, as the EPSG registry has it: no place on land lies beyond."""


def with_answer(
    answers: Mapping[str, Any], question: Question, value: Any, reason: str, by: str = "", article: str = "", quote: str = "", at: str = ""
) -> dict[str, Any]:
    """Return answers with one more: ``value`` of a question (yes | no | unknown, a number, one of the choices, a mapping of numbers or lines),
    with its ``reason``, who said it (``by``) and when (``at``, ISO).

    A question about a plan's text goes to ``profile`` of that plan, with the article; any other under its own key.
    Raises ``CaseError`` for a value that is no answer to the question.
    """
    refuse_other(question, value)
    beside = {"reason": reason, "by": by, **({"at": at} if at else {})}
    if question.key == ROLES and isinstance(value, Mapping):  # each part with its own reason; what was said of one before stays
        before = roles_told(answers)
        return {**answers, ROLES: {**{str(name): {"value": word, **beside} for name, word in value.items()}, **before}}
    said = {**value, **beside} if isinstance(value, Mapping) else {"value": value, **beside}
    if not question.key.startswith(PROFILE):
        return {**answers, question.key: said}
    plans = {plan: dict(read) for plan, read in (answers.get("profile") or {}).items()}
    entry = {**said, **{word: text for word, text in (("article", article), ("quote", quote)) if text}}
    plans.setdefault(question.plan_id, {})[question.key[len(PROFILE) :]] = entry
    return {**answers, "profile": plans}


def refuse_other(question: Question, value: Any) -> None:
    """Raise ``CaseError`` for a value that is none of the choices of a question, or no number where one is asked; 'unknown' always is."""
    given = bare(value)
    words = {"key": question.key, "given": str(value)}
    if given is None:
        return
    if question.kind == "yes_no" and not isinstance(given, bool):
        raise CaseError("answers_not_a_choice", **words, choices="yes, no")
    if question.kind == "choice" and question.choices and not any(str(given).strip().lower() == choice.lower() for choice in question.choices):
        raise CaseError("answers_not_a_choice", **words, choices=", ".join(question.choices))
    if question.kind == "place" and not in_the_country(given.get("at") if isinstance(given, Mapping) else given):
        raise CaseError("answers_no_place", **words)
    if question.kind == "number" and number_given(given) is None and given not in question.choices:
        raise CaseError("answers_no_number", **words)


def in_the_country(given: Any) -> bool:
    """Whether a value is a place [x, y] within the bounds of RD."""
    return is_place(given) and all(low <= value <= high for value, (low, high) in zip(given, RD_RANGE))


def refused_answers(findings: Sequence[Finding]) -> tuple[Note, ...]:
    """Return a note, each once, for each answer that none of the findings could take: it is none of the choices."""
    notes = (premise.note for found in findings for premise in found.premises if premise.key.endswith(REFUSED))
    return tuple(dict.fromkeys(notes))


def unheard_roles(designs: Sequence[Design], answers: Mapping[str, Any]) -> tuple[Note, ...]:
    """Return a remark for what was said of roles and nobody hears: in another form than part by part, of parts that no design has, or that leaves
    nothing of a design."""
    given, told = answers.get(ROLES), {name: bare(said) for name, said in roles_told(answers).items()}
    if given is not None and bare(given) is not None and not told:
        return (Note.of("answers_roles_form", given=str(given)),)
    every = [part for design in designs for part in design.parts]
    names = {name for part in every for name in (part.fid, part.name, part.object) if name}
    strange = sorted(name for name in told if name not in names)
    said = (Note.of("answers_roles_nobody", names=", ".join(strange), known=", ".join(sorted(names)[:MOST_NAMED])),) if strange else ()
    nothing = [design.name for design in designs if design.parts and all(str(told_of(part, told)) in OUT for part in design.parts)]
    return (*said, *(Note.of("answers_roles_all_out", design=name) for name in nothing))


def misplaced_profile(answers: Mapping[str, Any], plans: Collection[str]) -> tuple[Note, ...]:
    """Return a note for each answer about a plan's text that stands where nobody looks: not under ``profile: <plan id>``, or there under a word that is
    no entry of a profile."""
    read = answers.get("profile") or {}
    places = [key for key in answers if key.startswith(PROFILE)] + [f"{PROFILE}{name}" for name in read if name in PROFILE_KEYS or name not in plans]
    misplaced = tuple(Note.of("answers_profile_misplaced", key=place, plan=sorted(plans)[0]) for place in places) if plans else ()
    odd = [(plan, key) for plan, said in read.items() if isinstance(said, Mapping) and plan in plans for key in said if key not in PROFILE_KEYS]
    return (*misplaced, *(Note.of("answers_profile_unknown", key=f"{PROFILE}{plan}.{key}", known=", ".join(PROFILE_KEYS)) for plan, key in odd))


def with_override(answers: Mapping[str, Any], found: Finding, verdict: Verdict, reason: str, by: str = "", at: str = "") -> dict[str, Any]:
    """Return answers with the officer's own verdict on one finding and the facts it was taken on, in place of an earlier one on the same.

    Raises ``ValueError`` without a reason: a decision without one does not count.
    """
    if not reason.strip():
        raise ValueError("an own verdict needs a reason")
    entry: dict[str, Any] = {
        "rule": found.rule, "subject": found.subject_key, "design": found.design, "verdict": verdict.value, "reason": reason, "by": by, "at": at,
    }
    if found.fingerprint is not None:
        entry[FINGERPRINT] = asdict(found.fingerprint)
    return {**answers, "overrides": [*without_override(answers, found)["overrides"], entry]}


def without_override(answers: Mapping[str, Any], found: Finding) -> dict[str, Any]:
    """Return answers without the officer's own verdict on one finding."""
    about = (found.rule, found.design)
    kept = [entry for entry in answers.get("overrides") or () if (entry.get("rule"), entry.get("design")) != about or not names(entry, found)]
    return {**answers, "overrides": kept}
