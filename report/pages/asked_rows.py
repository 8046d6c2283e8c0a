"""What is still to be answered: of a finding each question with what its choices give, and of the whole review every question once."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Finding, Question, Review
from ...texts import sentence
from ..basis import grounds, wording

Row = tuple[str, ...]


@dataclass(frozen=True)
class AskedPoint:
    """A question of a finding; ``rows``: each choice with the value and the verdict that it gives."""

    text: str
    rows: tuple[Row, ...]


def asked_points(finding: Finding, lang: str) -> tuple[AskedPoint, ...]:
    """Return the questions of a finding, each with what its choices give where that is known."""
    return tuple(_asked(finding, question, lang) for question in finding.questions)


def _asked(finding: Finding, question: Question, lang: str) -> AskedPoint:
    premise = grounds.turning(finding, question)
    rows = tuple(grounds.choice_row(choice, lang) for choice in premise.choices) if premise else ()
    return AskedPoint(sentence(question.note.code, question.note.as_dict(), lang), rows)


def question_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return every open question once, with its choices and the plan it is about; peil too where no answer fixes it, for all heights stand
    on it."""
    rows = [(sentence(q.note.code, q.note.as_dict(), lang), _choices(review, q.key, lang), _plan(review, q)) for q in review.questions()]
    choices = "" if any(q.key == PEIL for q in review.questions()) else _choices(review, PEIL, lang)
    if choices:
        asked = f"{sentence('checks_question_peil', lang=lang)} {sentence('report_peil_no_matter', lang=lang)}"
        rows.append((asked, choices, ""))
    return tuple(rows)


PEIL = "peil"


def _choices(review: Review, key: str, lang: str) -> str:
    named = [
        grounds.taken(choice.note, lang)
        for finding in review.findings for premise in finding.premises if premise.key == key and premise.settled == "open" for choice in premise.choices
    ]
    return "; ".join(dict.fromkeys(named))


def _plan(review: Review, question: Question) -> str:
    return wording.plan_name(review, question.plan_id) if question.plan_id else ""
