"""What is what in the files of the designs: one row for the parts of one object and one role; nothing where all of it is the design."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...checks.engine.open_points.answer_words import roles_told, told_of
from ...model import PART_ROLES, Design, Part, Review
from ...model.design import DESIGN
from ...texts import sentence
from ..basis import wording

Row = tuple[str, ...]
NAMES = 12
"""So many objects of one role and one reason are named; more are counted."""


def role_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return the rows (design, objects, role, why) of the designs in whose file something is not the design, or may not be."""
    rows: list[Row] = []
    for design in review.designs:
        if any(part.role.word != DESIGN and part.role.source for part in design.parts):
            rows += _rows(design, review, lang)
    return tuple(rows)


def _rows(design: Design, review: Review, lang: str) -> list[Row]:
    told = roles_told(review.answers)
    named: dict[tuple[str, str], dict[str, None]] = {}
    for part in design.parts:
        named.setdefault((part.role.word, _why(part, told, lang)), {})[part.called] = None
    ordered = sorted(named.items(), key=lambda item: PART_ROLES.index(item[0][0]))
    return [(design.name, _listed(list(names), lang), wording.role_word(word, lang), why) for (word, why), names in ordered]


def _why(part: Part, told: Mapping[str, Any], lang: str) -> str:
    """Return why a part has its role; of what the officer said also who, and with what reason."""
    why = sentence(part.role.note.code, part.role.note.as_dict(), lang) if part.role.note else ""
    answer = told_of(part, told) if part.role.source == "answer" else None
    more = [str(answer.get(word) or "") for word in ("by", "reason")] if isinstance(answer, Mapping) else []
    return ": ".join(text for text in (why, ", ".join(word for word in more if word)) if text)


def _listed(names: list[str], lang: str) -> str:
    more = len(names) - NAMES
    return ", ".join(names[:NAMES]) + (f" {sentence('report_role_more', {'count': more}, lang)}" if more > 0 else "")
