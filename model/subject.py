"""What a finding is about, as data: a code with what identifies it. The sentence is made late, and nothing is keyed by it."""

from __future__ import annotations

from .provenance import Note

SAID = ("value", "low", "high", "unit", "text", "word", "nth", "title_nl", "title_en")
"""Data that only the sentence needs: a limit may change, and a dwelling be named otherwise, while the subject stays the same."""
PLACE = ("zone", "area", "number")
"""Data that tell where: two rules about the same quantity in different zones are about the same kind of thing."""
NUMBERED = "_n"
"""The end of a code that says the same of one among several."""


def subject_key(subject: Note) -> str:
    """Return what stays the same while it is about the same thing: the code and what identifies, never a measured or stated value."""
    return _joined(subject, SAID)


def subject_kind(subject: Note) -> str:
    """Return what a subject has in common with that of another rule at another place: the key without the place."""
    return _joined(subject, (*SAID, *PLACE))


def numbered(subject: Note, number: int) -> Note:
    """Return a subject as number so many (from 1) of several alike."""
    return Note.of(f"{subject.code}{NUMBERED}", **{**subject.as_dict(), "number": number})


def _joined(subject: Note, left_out: tuple[str, ...]) -> str:
    code = subject.code[: -len(NUMBERED)] if subject.code.endswith(NUMBERED) else subject.code
    return "|".join((code, *(f"{name}={value}" for name, value in sorted(subject.data) if name not in left_out and value not in (None, ""))))
