"""What became of the findings of an earlier version of the design, in words."""

from __future__ import annotations

from typing import Any

from ...model import Review
from ...texts import sentence, spoken_moment
from ..basis import wording
from ..basis.resubmission import Earlier, Fate, Found, counts, fates, stands

Row = tuple[str, ...]


def resubmission_head(found: tuple[Fate, ...], earlier: Earlier, lang: str) -> str:
    """Return the sentence that says against which review this is, and how many of each kind."""
    at = spoken_moment(str((earlier.record.get("run") or {}).get("at") or ""), lang)
    numbers = ", ".join(sentence(f"resubmission_count_{kind}", {"count": count}, lang) for kind, count in counts(found).items() if count)
    return sentence("resubmission_head", {"number": earlier.number, "at": at, "counts": numbers or sentence("resubmission_nothing", lang=lang)}, lang)


def resubmission_rows(review: Review, record: Any, earlier: Earlier, lang: str) -> tuple[str, tuple[Row, ...]]:
    """Return the head, and a row per finding that asked or asks something: what became of it, design, rule, where, before, now."""
    found = fates(earlier.record, record)
    titles = {rule.id: rule.title for ruleset in review.rulesets for rule in ruleset.rules}
    return resubmission_head(found, earlier, lang), tuple(_row(fate, titles, lang) for fate in found)


def _row(fate: Fate, titles: Any, lang: str) -> Row:
    one = fate.one
    return (
        _became(fate, lang), str(one.get("design")), _title(one, titles, lang), _where(one, lang), _told(fate.before, lang), _told(fate.now, lang),
    )


def _became(fate: Fate, lang: str) -> str:
    lapsed = [sentence("resubmission_lapsed", lang=lang)] if fate.lapsed else []
    return "; ".join((wording.begun(sentence(f"resubmission_kind_{fate.kind}", lang=lang)), *lapsed))


def _title(found: Found, titles: Any, lang: str) -> str:
    """Return the title of a finding's rule; of a rule that is no longer run its code and name."""
    words = titles.get(found.get("rule")) or {}
    return wording.begun(words.get(lang) or words.get("nl") or " ".join(word for word in (str(found.get("code") or ""), str(found.get("rule"))) if word))


def _where(found: Found, lang: str) -> str:
    return sentence(str(found.get("subject_code")), found.get("subject_data") or {}, lang).strip()


def _told(found: Found | None, lang: str) -> str:
    """Return what a finding says in few words: its verdict, and the value with its limit."""
    if found is None:
        return "–"
    word = wording.verdict_word(stands(found), lang)
    first = next(iter(found.get("measurements") or ()), None)
    if first is None or first.get("value") is None:
        return word
    value = wording.amount(first["value"], first["unit"], lang)
    if first.get("limit") is None:
        return f"{word}: {value}"
    return sentence("resubmission_told", {"word": word, "value": value, "limit": wording.amount(first["limit"], first["unit"], lang)}, lang)
