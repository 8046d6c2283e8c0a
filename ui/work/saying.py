"""What the officer says in a case: answers, decisions and roles, each with a name and a date; what no longer holds is kept among what was."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...checks.engine.officer.officer_answers import with_answer, with_override, without_override
from ...checks.engine.open_points.answer_history import Given, ended, given, kept, put_back, without
from ...checks.engine.rulebook.switched import OFF, ON, RULE_SWITCHES
from ...model import Case, Finding, Question, Review, Verdict
from ...report.basis.said import advice_of
from .part_roles import roles_given
from .services import officer_words


def today() -> str:
    """Return the date, ISO."""
    return datetime.date.today().isoformat()


class Saying(QObject):
    """The part of a session that takes what is said. ``changed`` is emitted after every change."""

    changed = pyqtSignal()
    case: Case | None
    review: Review | None

    def judge_place(self) -> None:
        """Judge the place of the designs anew, by what was said."""
        raise NotImplementedError

    @property
    def officer(self) -> str:
        """Name and function under which answers are kept, '' while the officer did not give one."""
        return officer_words()

    def answer(self, key: str, value: Any) -> None:
        """Take an answer of the officer."""
        if self.case is not None:
            self.take_answers({**self.case.answers, key: value})

    def answer_signed(self, key: str, value: dict[str, Any]) -> None:
        """Take an answer of the officer with name and date."""
        self.answer(key, {**value, "by": self.officer, "at": today()})

    @property
    def advice(self) -> str:
        """The officer's advice as it was typed, '' while there is none."""
        return advice_of(self.case.answers)[0] if self.case is not None else ""

    def give_roles(self, said: Sequence[tuple[tuple[str, ...], str]], reason: str) -> None:
        """Take the roles of parts (by their names), each kept with this reason."""
        if self.case is not None:
            self.take_answers(roles_given(self.case.answers, said, reason, self.officer, today()))

    def given(self) -> tuple[Given, ...]:
        """Return the answers and decisions that hold."""
        return given(self.case.answers) if self.case is not None else ()

    def ended(self) -> tuple[Given, ...]:
        """Return the answers and decisions that were changed or taken back, the latest first."""
        return ended(self.case.answers) if self.case is not None else ()

    def answer_question(self, question: Question, value: Any, reason: str) -> None:
        """Take the answer to an open question; of one about a plan's text ``reason`` is the article that says it."""
        if self.case is not None:
            article = reason if question.plan_id else ""
            self.take_answers(with_answer(self.case.answers, question, value, reason, self.officer, article, at=today()))

    def read_part(self, key: str, met: bool, reason: str) -> None:
        """Take that a part of the plan (the key of its line) was read, and whether it is met."""
        if self.case is not None:
            known = self.case.answers.get("plan_read") or {}
            self.answer("plan_read", {**known, key: {"value": met, "reason": reason, "by": self.officer, "at": today()}})

    def switch_rule(self, rule_id: str, on: bool, reason: str) -> None:
        """Take that a rule of a file counts in this case, or does not, and why."""
        if self.case is not None:
            known = self.case.answers.get(RULE_SWITCHES) or {}
            said = {"value": ON if on else OFF, "reason": reason, "by": self.officer, "at": today()}
            self.answer(RULE_SWITCHES, {**known, rule_id: said})

    def decide(self, finding: Finding, verdict: str, reason: str) -> None:
        """Set the officer's verdict beside the computed one; an empty verdict takes it back."""
        if self.case is None:
            return
        if verdict:
            self.take_answers(with_override(self.case.answers, finding, Verdict(verdict), reason, self.officer, today()))
        else:
            self.take_answers(without_override(self.case.answers, finding))

    def take_answers(self, answers: dict[str, Any]) -> None:
        """Take all answers of the officer; those that hold no longer are kept as they were."""
        if self.case is not None:
            whole = kept(self.case.answers, answers, self.officer, today())
            self.case, self.review = replace(self.case, answers=whole), None
            self.judge_place()
            self.changed.emit()

    def take_back(self, path: tuple[str, ...]) -> None:
        """Take one answer or decision back."""
        if self.case is not None:
            self.take_answers(without(self.case.answers, path))

    def put_back(self, earlier: Given) -> None:
        """Let an answer or decision that was changed or taken back hold again."""
        if self.case is not None:
            self.take_answers(put_back(self.case.answers, earlier))
