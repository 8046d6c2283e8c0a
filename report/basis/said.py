"""What the officer answered, in words: the name of each answer, what was said, with reason, author and date; shared by the report and the dock."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ...checks.engine.from_plan.norm_decisions import NORMS
from ...checks.engine.open_points.answer_history import OWN_VERDICTS, TAKEN_BACK, Given
from ...checks.engine.open_points.answer_words import ROLES, is_place
from ...checks.engine.rulebook.switched import ON, RULE_SWITCHES
from ...model import Review, Verdict
from ...model.plan_words import DECISIONS
from ...texts import catalogue, sentence, spoken_date
from . import grounds, wording

ADVICE = "advice"
"""The answer that is the officer's own text, on the first page of the report."""
BESIDE = ("reason", "by", "at", "article", "quote")
"""Words that stand beside an answer and are not what was said."""


def name_of(given: Given, review: Review | None = None, lang: str | None = None) -> str:
    """Return what an answer is about: ``Peil``, ``Bebouwingspercentage over``; by the question it answered where it has no name of its own."""
    kind, rest = given.path[0], given.path[1:]
    if kind == OWN_VERDICTS:
        return _own_verdict_name(rest, review, lang)
    if kind == "profile" and len(rest) == 2:
        return sentence("said_of_plan", {"name": sentence(f"profile_word_{rest[1]}", lang=lang), "plan": _plan_name(rest[0], review)}, lang)
    if kind == NORMS and len(rest) == 2:
        return sentence("said_plan_norm", {"name": rest[1], "plan": _plan_name(rest[0], review)}, lang)
    if kind == "placement" and len(rest) == 2:
        return sentence("said_of_place", {"name": sentence(f"gate_item_{rest[1]}", lang=lang), "design": rest[0]}, lang)
    if kind == ROLES and rest:
        return sentence("said_role", {"name": rest[0]}, lang)
    if kind == RULE_SWITCHES and rest:
        return sentence("said_rule", {"name": _rule_title(rest[0], review, lang)}, lang)
    if kind == "plan_read" and rest:
        lines = [line for cover in review.covers for line in cover.lines if line.key == rest[0]] if review else []
        return sentence("said_plan_read", {"name": lines[0].name if lines else rest[0]}, lang)
    return _point_name(kind, review, lang)


def _rule_title(rule_id: str, review: Review | None, lang: str | None) -> str:
    rule = wording.rule_named(review.rulesets, rule_id) if review else None
    return wording.rule_title(rule, lang) if rule is not None else rule_id


def _plan_name(plan_id: str, review: Review | None) -> str:
    return next((plan.name for plan in review.site.plan_documents if plan.id == plan_id and plan.name), plan_id) if review else plan_id


def _own_verdict_name(about: tuple[str, ...], review: Review | None, lang: str | None) -> str:
    rule, subject, design = (*about, "", "", "")[:3]
    found = next((f for f in review.findings if (f.rule, f.design) == (rule, design) and subject in ("", f.subject_key)), None) if review else None
    title = wording.title(review, found, lang) if review and found else rule
    place = wording.place(review, found, lang) if review and found else ""
    title = f"{title}, {place}" if place and place.lower() not in title.lower() else title
    return sentence("said_own_verdict", {"rule": title, "design": design}, lang) if design else title


def _point_name(key: str, review: Review | None, lang: str | None) -> str:
    if f"answer_{key}" in catalogue():
        return sentence(f"answer_{key}", lang=lang)
    premises = [premise for found in review.findings for premise in found.premises if premise.key == key] if review else []
    return next((name for premise in premises if (name := grounds.point_name(premise, lang))), _of_kind(key, lang))


def _of_kind(key: str, lang: str | None) -> str:
    """Return the name of a point that is asked of each of some: ``overlap.bouwhoogte``; one that a rule file made up, as it is."""
    for mark in (".", ": "):
        kind, found, rest = key.partition(mark)
        if found and f"answer_{kind}" in catalogue():
            return f"{sentence(f'answer_{kind}', lang=lang)}: {rest}"
    return key.replace("_", " ")


def value_of(given: Given, review: Review | None = None, lang: str | None = None) -> str:
    """Return what was said: ``1,40 m NAP (hoogte van de weg ...)``, ``2 lijnen, 45,2 m``, ``ja``; plans by their names in ``review``."""
    kind, said = given.path[0], given.said
    if kind == OWN_VERDICTS:
        return wording.verdict_word(Verdict(said["verdict"]), lang)
    if kind == "placement":
        return sentence("gate_state_confirmed", lang=lang)
    words = said if isinstance(said, Mapping) else {"value": said}
    if kind == RULE_SWITCHES:
        return sentence("said_rule_on" if words.get("value") in (ON, True) else "said_rule_off", lang=lang)
    if kind == NORMS:
        return sentence(f"said_norm_{words['value']}", lang=lang) if words.get("value") in DECISIONS else wording.plain(words.get("value"), lang)
    if kind == ROLES:
        return _roles(words.get("value", {name: word for name, word in words.items() if name not in BESIDE}), lang)
    if kind == "entrance" and is_place(words.get("value")):
        return f"RD {wording.thousands(words['value'][0], 1, lang)}, {wording.thousands(words['value'][1], 1, lang)}"
    if kind == "peil" and isinstance(words.get("nap_m"), (int, float)):
        return f"{wording.amount(float(words['nap_m']), 'm NAP', lang)} ({sentence('method_' + str(words.get('method', '')), lang=lang)})"
    if "lines" in words:
        length = sum((math.dist(a, b) for line in words["lines"] for a, b in zip(line, line[1:])), 0.0)
        return sentence("report_lines", {"count": len(words["lines"]), "length": length}, lang)
    if "ids" in words:
        names = {plan.id: plan.name for plan in review.site.plan_documents} if review else {}
        return ", ".join(names.get(str(one)) or str(one) for one in words["ids"]) or "–"
    return wording.plain(words.get("value", {key: value for key, value in words.items() if key not in BESIDE}), lang)


def _roles(told: object, lang: str | None) -> str:
    """Return the role of one part, or of each part where one answer told of several: ``woning: ontwerp; huis: bestaand``."""
    if isinstance(told, Mapping):
        return "; ".join(f"{name}: {wording.role_word(str(role), lang)}" for name, role in told.items())
    return wording.role_word(str(told), lang)


def became(given: Given, holding: Mapping[tuple[str, ...], Given], review: Review | None = None, lang: str | None = None) -> str:
    """Return what became of an answer that holds no longer: ``gewijzigd door ...; nu: 1,40 m NAP``; ``holding``: what holds now, by its place."""
    now = holding.get(given.path)
    return f"{ended_how(given, lang)}; {sentence('said_now', {'value': value_of(now, review, lang)}, lang) if now else sentence('said_now_none', lang=lang)}"


def by_whom(given: Given, lang: str | None = None) -> str:
    """Return who answered and when, and of an answer that holds no longer what became of it: ``J. de Vries, 29 november 2026; teruggenomen ...``."""
    return "; ".join(word for word in (answered_by(given, lang), ended_how(given, lang) if given.became else "") if word)


def answered_by(given: Given, lang: str | None = None) -> str:
    """Return who answered and when: ``J. de Vries, 29 november 2026``."""
    return ", ".join(word for word in (given.word("by"), spoken_date(given.word("at"), lang) if given.word("at") else "") if word)


def ended_how(given: Given, lang: str | None = None) -> str:
    """Return what became of an answer that holds no longer, by whom and when: ``gewijzigd door M. Bakker op 29 november 2026``."""
    words = {"by": given.ended_by or "–", "at": spoken_date(given.ended_at, lang) if given.ended_at else "–"}
    return sentence("said_taken_back" if given.became == TAKEN_BACK else "said_changed", words, lang)


def advice_of(answers: Mapping[str, object], lang: str | None = None) -> tuple[str, str]:
    """Return the officer's advice as it was typed, and who gave it when; '' while there is none."""
    told = answers.get(ADVICE)
    text = str(told.get("value") or "").strip() if isinstance(told, Mapping) else ""
    return (text, answered_by(Given((ADVICE,), told), lang)) if text else ("", "")
