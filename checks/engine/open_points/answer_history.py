"""What the officer said, one by one: listed, taken back, put back. What is replaced or taken back is kept among the answers, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....model import Verdict
from .answer_words import ROLES, roles_told

HISTORY = "history"
"""Where answers that hold no longer are kept."""
CHANGED, TAKEN_BACK = "changed", "taken_back"
"""What became of an answer that holds no longer: another came in its place, or none."""
NESTED = {"profile": 2, "plan_norms": 2, "placement": 2, "plan_read": 1, "rule_switches": 1, ROLES: 1}
"""Answers that stand below others of one kind, and how deep: by plan and entry, by plan and clause, by design and item, by part of the plan, by rule,
by part of the design."""
OWN_VERDICTS = "overrides"


@dataclass(frozen=True)
class Given:
    """One answer: ``path`` says where it stands (``peil``; ``profile``, plan, entry; ``overrides``, rule, subject, design), ``said`` what was
    answered, as the case has it. ``became``: '' while it holds, else changed or taken_back, with ``ended_by`` and ``ended_at`` (ISO)."""

    path: tuple[str, ...]
    said: Any
    became: str = ""
    ended_by: str = ""
    ended_at: str = ""

    def word(self, name: str) -> str:
        """Return the reason, the author (by) or the date (at) that stands with the answer, '' without one."""
        return str(self.said.get(name) or "") if isinstance(self.said, Mapping) else ""


def given(answers: Mapping[str, Any]) -> tuple[Given, ...]:
    """Return each answer that holds."""
    return tuple(Given(path, said) for path, said in _leaves(answers).items())


def ended(answers: Mapping[str, Any]) -> tuple[Given, ...]:
    """Return each answer that was replaced or taken back, the latest first."""
    entries = [entry for entry in answers.get(HISTORY) or () if isinstance(entry, Mapping) and entry.get("path")]
    return tuple(
        Given(tuple(map(str, e["path"])), e.get("said"), str(e.get("became") or CHANGED), str(e.get("by") or ""), str(e.get("at") or ""))
        for e in reversed(entries)
    )


def kept(before: Mapping[str, Any], after: Mapping[str, Any], by: str, at: str) -> dict[str, Any]:
    """Return the answers ``after`` a change, with what of those ``before`` no longer holds added to their history: by whom and when (ISO)."""
    now = _leaves(after)
    lost = [
        {"path": list(path), "said": said, "became": CHANGED if path in now else TAKEN_BACK, "by": by, "at": at}
        for path, said in _leaves(before).items() if now.get(path) != said
    ]
    whole = [*(before.get(HISTORY) or ()), *lost]
    return {**{key: value for key, value in after.items() if key != HISTORY}, **({HISTORY: whole} if whole else {})}


def without(answers: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return answers without the one at a path."""
    if path[0] == OWN_VERDICTS:
        left = [entry for entry in answers.get(OWN_VERDICTS) or () if _override_path(entry) != path]
        return {**answers, OWN_VERDICTS: left}
    return _changed(_each_role(answers, path), path, None)


def put_back(answers: Mapping[str, Any], back: Given) -> dict[str, Any]:
    """Return answers in which an earlier one holds again, in place of what holds there now."""
    if back.path[0] == OWN_VERDICTS:
        return {**answers, OWN_VERDICTS: [*without(answers, back.path)[OWN_VERDICTS], back.said]}
    return _changed(_each_role(answers, back.path), back.path, back.said)


def _each_role(answers: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    """Return answers with those about roles one by one, where one of them is meant."""
    return {**answers, ROLES: roles_told(answers)} if path[0] == ROLES else answers


def _changed(level: Mapping[str, Any], path: tuple[str, ...], said: Any) -> dict[str, Any]:
    first, rest = path[0], path[1:]
    if rest:
        below = level.get(first)
        deeper = _changed(below if isinstance(below, Mapping) else {}, rest, said)
        said = deeper or None
    return {**{key: value for key, value in level.items() if key != first}, **({} if said is None else {first: said})}


def _leaves(answers: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {}
    for key, said in answers.items():
        if key == ROLES:
            found.update({(ROLES, name): one for name, one in roles_told(answers).items()})
        elif key == OWN_VERDICTS:
            found.update({_override_path(entry): entry for entry in overrides_in(answers)} if isinstance(said, (list, tuple)) else {})
        elif key != HISTORY:
            found.update(_below((key,), said, NESTED.get(key, 0)))
    return found


def _below(path: tuple[str, ...], said: Any, depth: int) -> dict[tuple[str, ...], Any]:
    if depth and isinstance(said, Mapping):
        return {leaf: value for name, deeper in said.items() for leaf, value in _below((*path, str(name)), deeper, depth - 1).items()}
    return {path: said}


def _override_path(entry: Any) -> tuple[str, ...]:
    words = entry if isinstance(entry, Mapping) else {}
    return (OWN_VERDICTS, *(str(words.get(name) or "") for name in ("rule", "subject", "design")))


def overrides_in(answers: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of ``answers.overrides`` that name a rule and one of the five verdicts."""
    words = {verdict.value for verdict in Verdict}
    entries = answers.get(OWN_VERDICTS)
    entries = entries if isinstance(entries, (list, tuple)) else ()
    return tuple(entry for entry in entries if isinstance(entry, Mapping) and entry.get("rule") and str(entry.get("verdict")) in words)
