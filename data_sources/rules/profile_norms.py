"""The norms of a plan's text in the file of its profile: one mapping each, with what an officer decided of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...errors import RulesetError
from ...model.plan_words import CERTAIN, CORRECTED, OPEN, REJECTED, Clause, PlanNorm

OF_CLAUSE = (
    "title", "object", "quantity", "operator", "value", "value2", "unit", "from_map", "relative_to", "conditions", "exceptions", "power", "changes", "sure",
    "unsaid",
)
"""What of a clause stands in the file, in this order, after its article and quote."""
DECIDED = ("by", "at", "reason")
ALWAYS = ("object", "quantity", "operator", "value", "unit")
"""What a colleague reads first, and therefore stands there even where it is empty."""
Fail = Callable[..., RulesetError]


def norm_data(norm: PlanNorm) -> dict[str, Any]:
    """Return what the file of a profile holds of a norm."""
    said: dict[str, Any] = {"key": norm.key, "article": norm.clause.article, "quote": norm.clause.quote}
    for word in OF_CLAUSE:
        value = getattr(norm.clause, word)
        if value or word in ALWAYS:
            said[word] = list(value) if isinstance(value, tuple) else value
    return {**said, "decision": norm.decision, **{word: getattr(norm, word) for word in DECIDED if getattr(norm, word)}}


def norms_from(given: Sequence[Mapping[str, Any]], fail: Fail) -> tuple[PlanNorm, ...]:
    """Return the norms that a file holds; raises ``RulesetError`` where a decision has no name, date or reason, or a key stands twice."""
    found: dict[str, PlanNorm] = {}
    for number, said in enumerate(given):
        norm = _norm(said)
        if norm.key in found:
            raise fail("profile_norm_twice", ("norms", number), key=norm.key)
        if norm.decision != OPEN and not (norm.by.strip() and norm.at.strip()):
            raise fail("profile_decision_without_name", ("norms", number), key=norm.key)
        if norm.decision in (CORRECTED, REJECTED) and not norm.reason.strip():
            raise fail("profile_decision_without_reason", ("norms", number), key=norm.key)
        found[norm.key] = norm
    return tuple(found.values())


def _norm(said: Mapping[str, Any]) -> PlanNorm:
    def word(key: str) -> str:
        return str(said.get(key) or "")

    def words(key: str) -> tuple[str, ...]:
        return tuple(map(str, said.get(key) or ()))

    value, value2 = (None if said.get(key) is None else float(said[key]) for key in ("value", "value2"))
    clause = Clause(
        word("object"), str(said["quantity"]), str(said["operator"]), value, said.get("unit"), word("quote"), 0, 0, value2, word("article"),
        word("from_map"), word("relative_to"), words("conditions"), words("exceptions"), bool(said.get("power")), words("changes"),
        word("sure") or CERTAIN, word("title"), words("unsaid"),
    )
    return PlanNorm(str(said["key"]), clause, word("decision") or OPEN, *(word(key) for key in DECIDED))
