"""The five outcomes of a rule; never a bool."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Verdict(enum.Enum):
    """Outcome of one rule for one subject (docs/measuring.md 0.1; the same set for every rule)."""

    COMPLIES = "complies"
    VIOLATES = "violates"
    NEEDS_JUDGEMENT = "needs_judgement"
    NOT_ASSESSABLE = "not_assessable"
    NOT_APPLICABLE = "not_applicable"


PRECEDENCE = (
    Verdict.VIOLATES,
    Verdict.NEEDS_JUDGEMENT,
    Verdict.NOT_ASSESSABLE,
    Verdict.COMPLIES,
    Verdict.NOT_APPLICABLE,
)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict over several parts: the first of ``PRECEDENCE`` that occurs; of nothing: not applicable."""
    found = set(verdicts)
    return next((verdict for verdict in PRECEDENCE if verdict in found), Verdict.NOT_APPLICABLE)
