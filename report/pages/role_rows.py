"""What is what in the files of the designs: one row for the parts of one object and one role; nothing where all of it is the design."""

from __future__ import annotations

from collections.abc import Mapping

from ...checks.engine.open_points.answer_words import roles_told
from ...model import Part, Review, Role
from ...model.design import DESIGN, PART_ROLES
from ...texts import sentence
from ..basis import said

Row = tuple[str, ...]
NAMES = 12
"""So many objects of one role and one reason are named; more are counted."""


def role_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return the rows (design, objects, role, why) of the designs in whose file something is not the design, or may not be."""
    rows: list[Row] = []
    for design in review.designs:
        found = tuple((part, part.role) for part in design.parts)
        if any(role.word != DESIGN and role.source for _, role in found):
            rows += _rows(design.name, found, review, lang)
    return tuple(rows)


def _rows(design: str, found: tuple[tuple[Part, Role], ...], review: Review, lang: str) -> list[Row]:
    named: dict[tuple[str, str], dict[str, None]] = {}
    for part, role in found:
        named.setdefault((role.word, _why(part, review, lang)), {})[part.object or part.name or part.fid] = None
    ordered = sorted(named.items(), key=lambda item: PART_ROLES.index(item[0][0]))
    return [(design, _listed(list(names), lang), said.role_word(word, lang), why) for (word, why), names in ordered]


def _why(part: Part, review: Review, lang: str) -> str:
    """Return why a part has its role; of what the officer said also who, and with what reason."""
    why = sentence(part.role.note.code, part.role.note.as_dict(), lang) if part.role.note else ""
    told = roles_told(review.answers) if part.role.source == "answer" else {}
    answer = next((told[name] for name in (part.fid, part.name, part.object) if name and name in told), None)
    more = [str(answer.get(word) or "") for word in ("by", "reason")] if isinstance(answer, Mapping) else []
    return ": ".join(text for text in (why, ", ".join(word for word in more if word)) if text)


def _listed(names: list[str], lang: str) -> str:
    more = len(names) - NAMES
    return ", ".join(names[:NAMES]) + (f" {sentence('report_role_more', {'count': more}, lang)}" if more > 0 else "")
