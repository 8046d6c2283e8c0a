"""What an officer decided of the clauses of a plan's text in one case: ``answers.plan_norms: {plan id: {key: {value, by, at, reason, text, norm}}}``.

``value``: confirmed, corrected or rejected; ``text``: the mark of the text that it was decided on (another text makes it lapse); ``norm``: the words that
were corrected. A decision without a name counts for nothing, nor does a correction or a rejection without a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ....model import MeasuringProfile, Note
from ....model.plan_words import CONFIRMED, CORRECTED, REJECTED, PlanNorm

NORMS = "plan_norms"
MARK = 12
"""Characters of the sha256 of a text that tell it from another one."""
WORDS = ("object", "quantity", "operator", "unit")
NUMBERS = ("value", "value2")


def with_decisions(profile: MeasuringProfile, told: Any) -> MeasuringProfile:
    """Return a profile with what was decided of its norms (``told``: key -> decision); what was decided of another text has lapsed."""
    given = {str(key): said for key, said in told.items() if isinstance(said, Mapping)} if isinstance(told, Mapping) else {}
    mark = profile.text_sha256[:MARK]
    if not mark:  # the text is not at hand: what was decided of it waits
        return profile
    old = [said for said in given.values() if str(said.get("text") or "") != mark]
    standing = {key: said for key, said in given.items() if said not in old}
    keys = {norm.key for norm in profile.norms}
    unclear = sorted(key for key, said in standing.items() if key not in keys or not _counts(said))
    norms = tuple(_decided(norm, standing[norm.key]) if norm.key in standing and norm.key not in unclear else norm for norm in profile.norms)
    names = tuple(dict.fromkeys(str(said.get("by") or "?") for said in old))
    notes = (Note.of("plan_norms_unclear", plan=profile.plan_name or profile.plan_id, names=", ".join(unclear)),) if unclear else ()
    return replace(profile, norms=norms, lapsed=tuple(dict.fromkeys((*profile.lapsed, *names))), notes=(*profile.notes, *notes))


def _counts(said: Mapping[str, Any]) -> bool:
    """Whether a decision is one: signed, and with a reason where it departs from the text as read."""
    signed = all(str(said.get(word) or "").strip() for word in ("by", "at"))
    if said.get("value") == CONFIRMED:
        return signed
    words = said.get("norm") if said.get("value") == CORRECTED else {}
    return signed and said.get("value") in (CORRECTED, REJECTED) and bool(str(said.get("reason") or "").strip()) and isinstance(words, Mapping) and _fits(words)


def _fits(words: Mapping[str, Any]) -> bool:
    numbers = (words.get(name) for name in NUMBERS)
    return set(words) <= {*WORDS, *NUMBERS} and all(one is None or (isinstance(one, (int, float)) and not isinstance(one, bool)) for one in numbers)


def _decided(norm: PlanNorm, said: Mapping[str, Any]) -> PlanNorm:
    words = said.get("norm") if said["value"] == CORRECTED else {}
    corrected: dict[str, Any] = {name: None if value is None else float(value) if name in NUMBERS else str(value) for name, value in (words or {}).items()}
    clause = replace(norm.clause, **corrected)
    return PlanNorm(norm.key, clause, str(said["value"]), str(said["by"]).strip(), str(said.get("at") or ""), str(said.get("reason") or ""))


def with_norms_decided(
    answers: Mapping[str, Any], profile: MeasuringProfile, keys: Iterable[str], decision: str, by: str, at: str, reason: str = "",
    words: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return answers in which norms of a plan (``keys``) are decided, with name, date (ISO) and reason; ``words``: those that are corrected."""
    before = answers.get(NORMS)
    plans = {str(plan): dict(said) for plan, said in (before.items() if isinstance(before, Mapping) else ()) if isinstance(said, Mapping)}
    beside = {**({"reason": reason} if reason else {}), **({"norm": dict(words)} if words else {})}
    own = {"value": decision, "by": by, "at": at, "text": profile.text_sha256[:MARK], **beside}
    plans.setdefault(profile.plan_id, {}).update(dict.fromkeys(keys, own))
    return {**answers, NORMS: plans}
