"""What the plans at a place say, and what became of each part of it: nothing of a plan, and no rule, disappears without a line."""

from __future__ import annotations

from dataclasses import dataclass

from .provenance import Note

TESTED, NOT_MET, DOES_NOT_APPLY, TO_READ, NOT_READABLE = "tested", "not_met", "does_not_apply", "to_read", "not_readable"
ALSO_HOLDS = "also_holds"
"""Of rules of another document than a plan, which hold for everyone beside it and are not tested here: they are no part of whether the plan is met."""
UNREAD = (TO_READ, NOT_READABLE)


@dataclass(frozen=True)
class CoverLine:
    """One part of a governing document at the place, or one rule of a rule file, with its state.

    ``key`` names it in the officer's answer ``plan_read: {key: {value: yes | no, reason}}``; ``kind`` is that of the plan object, ``document`` for
    the text of a plan as a whole, or ``rule``; ``fids`` the objects that say the same; ``raw`` the value as the plan writes it. ``state``: tested
    (``rules``: by the findings of these), not_met (read by the officer, who says so), does_not_apply, to_read (``quote``: its text where the
    data have it), not_readable or also_holds; ``note``: why.
    """

    key: str
    kind: str
    name: str
    state: str
    note: Note
    plan_id: str = ""
    plan_name: str = ""
    fids: tuple[str, ...] = ()
    raw: str = ""
    article: str = ""
    quote: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanCover:
    """The lines of one design, and the conclusion that follows from them and from the findings.

    ``conclusion``: sentences in order; ``step``: of the deviation ladder over all rules (``fits`` only when nothing is left to read), ''
    where no plan speaks.
    """

    design: str
    lines: tuple[CoverLine, ...] = ()
    conclusion: tuple[Note, ...] = ()
    step: str = ""

    def left(self) -> tuple[CoverLine, ...]:
        """Return the lines that nobody read or could read."""
        return tuple(line for line in self.lines if line.state in UNREAD)
