"""``drieluik plan read``: what the text of a plan says, as proposals that an officer confirms; as text, as data, or as a measuring profile."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from .. import texts
from ..data_sources.juridical.text.reading_text import read_text
from ..data_sources.juridical.text.text_profile import proposed_profile, with_text
from ..data_sources.plan_texts import moment, text_files, text_in
from ..data_sources.rules.measuring_profiles import read_profile, write_profile
from ..errors import UsageError
from ..model.plan_words import Clause, MeasuringClause, PlanText

QUOTE_MAX = 160


def show_plan_text(path: Path, as_json: bool, profile: Path | None, plan_id: str, by: str) -> int:
    """Print what the text of a plan says, and write the measuring profile that it proposes where that is asked."""
    found = read_text("\n".join(text_in(one) for one in text_files(path)))
    if profile is not None:
        if not plan_id:
            raise UsageError("plan_text_profile_needs")
        at = moment()
        proposed = proposed_profile(found, plan_id, "", path.name, at)
        if by:
            own = tuple(replace(entry, by=by, at=at) for entry in proposed.proposed)
            proposed = replace(proposed, entries=own, proposed=())
        kept = read_profile(profile) if profile.is_file() else None
        write_profile(with_text(kept, proposed), profile)
        count = len(proposed.entries) + len(proposed.proposed)
        print(texts.sentence("plan_text_profile_written", {"path": str(profile), "count": count, "norms": len(proposed.norms)}))
        return 0
    print(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else "\n".join(sentences(found)))
    return 0


def sentences(found: PlanText) -> list[str]:
    """Return a reading as lines of text."""
    lines = [texts.sentence("plan_text_found", {"clauses": len(found.clauses), "measuring": len(found.measuring), "unread": len(found.unread)})]
    lines += [f"  {clause_line(clause)}" for clause in found.clauses]
    if found.measuring:
        lines += [texts.sentence("plan_text_measuring"), *(f"  {measuring_line(clause)}" for clause in found.measuring)]
    if found.unread:
        lines += [texts.sentence("plan_text_unread"), *(f"  {one.text}: … {' '.join(one.around.split())} …" for one in found.unread)]
    return lines


def clause_line(clause: Clause) -> str:
    """Return one norm as a line: what it is about, its size, when it holds, its article and its quote."""
    parts = [f"{clause.object}: {clause.quantity.replace('_', ' ')} {_size(clause)}".rstrip()]
    if clause.relative_to and clause.value is not None:
        parts.append(texts.sentence("plan_text_relative", {"what": clause.relative_to}))
    parts += [", ".join(clause.conditions)] if clause.conditions else []
    parts += [texts.sentence("plan_text_except", {"what": ", ".join(clause.exceptions)})] if clause.exceptions else []
    parts += [texts.sentence("plan_text_power")] if clause.power else []
    parts += [texts.sentence("plan_text_likely")] if clause.sure != "certain" else []
    return f"{clause.article or '-'} | {'; '.join(parts)} | {_quote(clause.quote)}"


def measuring_line(clause: MeasuringClause) -> str:
    """Return one way of measuring as a line."""
    return f"{clause.article or '-'} | {clause.key}: {json.dumps(clause.value, ensure_ascii=False)} | {_quote(clause.quote)}"


OPERATORS = {"<=": "at_most", ">=": "at_least", "<": "less", ">": "more", "==": "exactly", "between": "between"}


def _size(clause: Clause) -> str:
    if clause.value is None:
        return texts.sentence("plan_text_on_map", {"name": clause.from_map}) if clause.from_map else clause.relative_to
    data = {"value": _number(clause.value), "value2": _number(clause.value2), "unit": _unit(clause)}
    return texts.sentence(f"plan_text_{OPERATORS[clause.operator]}", data)


def _number(value: float | None) -> str:
    return "" if value is None else texts.number(value, 0 if value == int(value) else 2)


def _unit(clause: Clause) -> str:
    return {"m2": "m²", "m3": "m³", "deg": "°", "stuks": ""}.get(clause.unit or "", clause.unit or "")


def _quote(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words[:QUOTE_MAX]}{'…' if len(words) > QUOTE_MAX else ''}”"
