"""A number in its passage: the marks around it, and the words between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import OPERATOR, QUANTITY, Mark
from .outline import Passage


@dataclass(frozen=True)
class Spot:
    """A number (``number``) of a passage with the number before it; ``text``: the passage in small letters on one line."""

    passage: Passage
    text: str
    marks: Sequence[Mark]
    number: Mark
    before: Mark | None = None

    @property
    def head(self) -> str:
        """The words before the number."""
        return self.text[:self.number.start]

    @property
    def tail(self) -> str:
        """The words behind the number."""
        return self.text[self.number.end:]

    @property
    def since(self) -> int:
        """Where the number before this one ends."""
        return self.before.end if self.before else 0

    def operator(self) -> Mark | None:
        """Return the last operator between the number before and this one."""
        return next((mark for mark in reversed(self.marks) if mark.kind == OPERATOR and self.since <= mark.start and mark.end <= self.number.start), None)

    def behind(self, kind: str) -> Mark | None:
        """Return the first mark of a kind behind the number."""
        return next((mark for mark in self.marks if mark.kind == kind and mark.start >= self.number.end), None)

    def named(self) -> list[Mark]:
        """Return the marks before the number that name sizes."""
        return [mark for mark in self.marks if mark.kind == QUANTITY and mark.start < self.number.start]

    @property
    def lead(self) -> str:
        """The sentence that introduces the passage, in small letters."""
        return self.passage.leads[-1].lower() if self.passage.leads else ""
