"""How a point is settled in one reading: the officer's answer, else what the reading says, else the likeliest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ....model import Note, Premise
from .answer_words import bare
from .points import Alternative, Ledger, OpenPoint, word_point, yes_no_point

REFUSED = ":refused"
"""How the key of a premise ends that says that an answer was refused."""


class Settling:
    """What settles points: the officer's ``answers``, the ``reading`` under way, and the ``ledger`` that keeps what was consulted."""

    answers: Mapping[str, Any]
    reading: Mapping[str, Alternative]
    ledger: Ledger

    def settle(self, point: OpenPoint) -> Any:
        """Return the value of an open point in this reading, and keep that it was consulted."""
        self.ledger.consulted(point)
        return point.chosen(self.reading).value

    def yes_no(self, key: str, note: Note, likely: bool = False, plan_id: str = "") -> bool:
        """Return the officer's yes or no to a question; while there is none, that of this reading (``likely`` first)."""
        given = bare(self.answers.get(key))
        if isinstance(given, bool):
            self.answered(key, note, "yes" if given else "no")
            return given
        if given is not None:
            self.refused(key, given, ("yes", "no"))
        return bool(self.settle(yes_no_point(key, note, likely, plan_id)))

    def word(self, key: str, note: Note, words: Sequence[str], plan_id: str = "") -> str:
        """Return the officer's word of some (the likeliest first); while there is none of them, that of this reading."""
        given = bare(self.answers.get(key))
        told = next((word for word in words if str(given).strip().lower() == word.lower()), None)
        if told is not None:
            self.answered(key, note, told)
            return told
        if given is not None:
            self.refused(key, given, words)
        return str(self.settle(word_point(key, note, words, plan_id)))

    def answered(self, key: str, note: Note, word: str) -> None:
        """Keep that a point was settled by the officer's answer."""
        self.answered_in(key, note, Note.of("premise_answer", word=word))

    def answered_in(self, key: str, note: Note, said: Note, by: str = "") -> None:
        """Keep that a point was settled by the officer's answer, which ``said`` has in words; ``by`` whom where that does not stand with it."""
        whole = self.answers.get(key)
        by = by or (str(whole.get("by") or "") if isinstance(whole, Mapping) else "")
        self.ledger.took(Premise(key, "answer", said, note, by))

    def refused(self, key: str, given: Any, choices: Sequence[Any]) -> None:
        """Keep that an answer is none of the choices: it settles nothing."""
        self.unheard(key, Note.of("premise_refused", key=key, given=str(given), choices=", ".join(map(str, choices))))

    def unheard(self, key: str, why: Note) -> None:
        """Keep why an answer settles nothing."""
        self.ledger.took(Premise(f"{key}{REFUSED}", "assumed", why))


@dataclass(frozen=True, eq=False)
class OneReading(Settling):
    """One reading by itself, without a design: what the tests inside a rule file are run in."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    reading: Mapping[str, Alternative] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
