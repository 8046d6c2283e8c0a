"""Words about findings, shared by the report, the terminal and the dock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...checks.engine.officer.officer_answers import OVERRIDES, PROFILE
from ...data_sources.rules.check_pages import code, stage
from ...model import Change, Evidence, Finding, LegalSource, Measurement, Note, Question, Review, Rule, Ruleset, Verdict
from ...texts import catalogue, clock, language, number, sentence, spoken_date

ICONS = {
    Verdict.COMPLIES: "✓",
    Verdict.VIOLATES: "✗",
    Verdict.NEEDS_JUDGEMENT: "?",
    Verdict.NOT_ASSESSABLE: "◌",
    Verdict.NOT_APPLICABLE: "–",
}
UNITS = {"m2": "m²", "m3": "m³", "m NAP": "m NAP", "deg": "°"}
COUNTED = ("cover_fits", "cover_broken", "cover_open", "cover_met")
"""Sentences of the conclusion that the counts and the ladder's step say already."""
SIGNS = {"<=": "≤", ">=": "≥", "==": "="}
SAME = 5e-3
"""Values that differ less are said with the same two decimals."""


def verdict_icon(verdict: Verdict) -> str:
    """Return the one-character icon of a verdict."""
    return ICONS[verdict]


def verdict_word(verdict: Verdict, lang: str | None = None) -> str:
    """Return the verdict in words."""
    return sentence(f"verdict_{verdict.value}", lang=lang)


def verdict_text(finding: Finding, lang: str | None = None) -> str:
    """Return the verdict that stands as icon and word; where the officer decided otherwise, with the computed one."""
    stands = f"{verdict_icon(finding.stands)} {verdict_word(finding.stands, lang)}"
    if finding.lapsed is not None:
        return sentence("report_lapsed_short", {"stands": stands}, lang)
    if finding.decision is None:
        return stands
    return sentence("report_decided_short", {"stands": stands, "computed": verdict_word(finding.verdict, lang)}, lang)


def ladder_text(step: str, lang: str | None = None) -> str:
    """Return a step of the deviation ladder in words, '' where no plan speaks."""
    return sentence(f"ladder_{step}", lang=lang) if step else ""


def decision_text(finding: Finding, lang: str | None = None) -> str:
    """Return the officer's own verdict with its reason beside the computed one; of one that lapsed also what changed; '' without one."""
    given = finding.decision or (finding.lapsed.decision if finding.lapsed else None)
    if given is None:
        return ""
    who = ", ".join(word for word in (given.by, spoken_date(given.at, lang) if given.at else "") if word) or "–"
    words = {"verdict": verdict_word(given.verdict, lang), "computed": verdict_word(finding.verdict, lang), "reason": given.reason, "who": who}
    return sentence("report_decided", words, lang) if finding.decision else sentence("report_lapsed", {**words, "changes": changes_text(finding, lang)}, lang)


def changes_text(finding: Finding, lang: str | None = None) -> str:
    """Return what a lapsed decision was taken on and what it is now: ``gemeten waarde: 9,60 m, nu 10,10 m``."""
    unit = finding.measurements[0].unit if finding.measurements else ""

    def said(change: Change, value: object) -> str:
        if change.fact in ("verdict", "decisions"):
            return sentence(f"verdict_{value}", lang=lang)
        if change.fact in ("value", "limit"):
            return amount(float(value), unit, lang) if isinstance(value, (int, float)) else "–"
        return str(value)

    changes = finding.lapsed.changes if finding.lapsed else ()
    return "; ".join(sentence(f"change_{c.fact}", {"then": said(c, c.then), "now": said(c, c.now)}, lang) for c in changes)


def answer_place(question: Question) -> str:
    """Return where in the case file the answer of a question goes, as the words of YAML from the outside in: ``profile: <plan>: peil``."""
    if question.key.startswith(PROFILE) and question.plan_id:
        return f"profile: {question.plan_id}: {question.key[len(PROFILE) :]}"
    if question.key.startswith(OVERRIDES):
        return f'overrides: - {{rule: "{question.key[len(OVERRIDES) :]}"}}'
    return question.key


def word(name: str, lang: str | None = None) -> str:
    """Return a class of a design's parts (chimney), or a word of a switch (wall_plane), as a reader's word; another name as it is."""
    codes = (f"part_{name}", f"choice_{name}")
    return next((sentence(code, lang=lang) for code in codes if code in catalogue() and "{" not in catalogue()[code]["nl"]), name)


def role_word(role: str, lang: str | None = None) -> str:
    """Return what a part is to the application as a reader's word: ``bestaand``; one that is no role, as it is."""
    code = f"part_role_word_{role}"
    return sentence(code, lang=lang) if code in catalogue() else role


def switch(name: str, lang: str | None = None) -> str:
    """Return the name of a switch as a reader's words; one that has none, and a letter (which means something in its own formula only), as it is."""
    return sentence(f"switch_{name}", lang=lang) if len(name) > 1 and f"switch_{name}" in catalogue() else name


def plain(value: Any, lang: str | None = None) -> str:
    """Return an answer as a reader's text: yes or no, classes of parts as words, lists and switches apart by a mark."""
    if isinstance(value, bool):
        return sentence("answer_yes" if value else "answer_no", lang=lang)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if (lang or language()) == "nl" else f"{value:g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{switch(name, lang)}: {plain(one, lang)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(one, lang) for one in value)
    return word(str(value), lang)


def notes(found: Sequence[Note], lang: str | None = None) -> list[str]:
    """Return notes as sentences."""
    return [sentence(note.code, note.as_dict(), lang) for note in found]


def summary_line(counts: Mapping[Verdict, int], lang: str | None = None) -> str:
    """Return the one-line answer: ``2 voldoen niet · 1 beoordeling nodig · 14 voldoen``."""
    return " · ".join(sentence(f"summary_{verdict.value}", {"count": n}, lang) for verdict, n in counts.items() if n)


def answer(review: Review, design: str, lang: str | None = None) -> str:
    """Return the answer for one design: how many findings have each verdict, the step of the deviation ladder over all rules, and what of the
    plan is left to read or to decide."""
    step = ladder_text(review.ladder(design), lang)
    more = [sentence(note.code, note.as_dict(), lang) for note in review.cover(design).conclusion if note.code not in COUNTED]
    return " – ".join(part for part in (summary_line(review.counts(design), lang), step, "; ".join(more)) if part)


def answer_lines(review: Review, design: str, lang: str | None = None) -> tuple[str, str]:
    """Return the answer for one design in two lines: the step of the ladder ('' where no plan speaks), and the counts with what is left to read."""
    step = ladder_text(review.ladder(design), lang)
    quiet = COUNTED if step else (*COUNTED, "cover_unread", "cover_unreadable")  # a study of the sun alone asks nothing of the plan
    more = [sentence(note.code, note.as_dict(), lang) for note in review.cover(design).conclusion if note.code not in quiet]
    if more and step:
        more[-1] += f" ({sentence('report_further_see', {'table': sentence('report_governing', lang=lang)}, lang)})"
    return begun(step), " · ".join(part for part in (summary_line(review.counts(design), lang), *more) if part)


def amount(value: float | None, unit: str, lang: str | None = None) -> str:
    """Return a number with its unit: ``11,60 m``; a count and whole minutes have no decimals."""
    return f"{number(value, decimals_of(value, unit), lang)} {UNITS.get(unit, unit)}".strip()


def thousands(value: float, decimals: int = 0, lang: str | None = None) -> str:
    """Return a large number with its thousands apart: ``187.030,3`` in Dutch, ``187,030.3`` in English."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if (lang or language()) == "nl" else text


def decimals_of(value: float | None, unit: str) -> int:
    """Return with how many decimals a number in a unit is said."""
    return 0 if unit in ("", "min") and value is not None and float(value).is_integer() else 2


def signed(value: float | None, unit: str, lang: str | None = None) -> str:
    """Return a number in a unit with its sign and a true minus."""
    if value is None:
        return "–"
    text = number(abs(value), decimals_of(value, unit), lang)
    return ("+" if value >= 0 else "−") + text


def difference_unit(unit: str) -> str:
    """Return the unit of a difference: between two heights in m NAP it is m."""
    return "m" if unit == "m NAP" else unit


def measurement_name(measurement: Measurement, lang: str | None = None) -> str:
    """Return the name of a measurement, with where it was taken."""
    name = sentence(f"name_{measurement.name}", lang=lang)
    if not measurement.at:
        return name
    if re.match(r"\d{4}-\d\d-\d\d ", measurement.at):
        return f"{name} ({spoken_date(measurement.at, lang)}, {clock(measurement.at[11:], lang)})"
    at = sentence(f"method_{measurement.at}", lang=lang)
    return f"{name} ({measurement.at if at.startswith('method_') else at})"


def limit_text(measurement: Measurement, lang: str | None = None) -> str:
    """Return the limit with its operator, or ''."""
    if measurement.limit is None:
        return ""
    if measurement.operator == "between":
        return f"{number(measurement.low, 2, lang)} – {amount(measurement.limit, measurement.unit, lang)}"
    return f"{SIGNS.get(measurement.operator, measurement.operator)} {amount(measurement.limit, measurement.unit, lang)}"


def value_range(finding: Finding) -> tuple[float, float] | None:
    """Return the least and the most that the choices of what turns a finding give, in the unit of its deciding measurement; None where they
    give one value."""
    if not finding.measurements or finding.verdict is not Verdict.NEEDS_JUDGEMENT:
        return None
    first = finding.measurements[0]
    choices = [choice for premise in finding.premises if premise.settled == "open" and premise.flips for choice in premise.choices]
    values = [choice.value for choice in choices if choice.value is not None and choice.unit == first.unit]
    values += [first.value] if values and first.value is not None else []
    if not values or max(values) - min(values) < SAME:
        return None
    return min(values), max(values)


def measured_text(finding: Finding, lang: str | None = None) -> str:
    """Return what was measured: ``9,60 m``, or what it can be, by what is still to be answered: ``13,18 tot 50,85 %``; '' without a measurement."""
    if not finding.measurements:
        return ""
    first, between = finding.measurements[0], value_range(finding)
    if between is None:
        return amount(first.value, first.unit, lang)
    low, high = between
    return sentence("report_between", {"low": number(low, decimals_of(low, first.unit), lang), "high": amount(high, first.unit, lang)}, lang)


def margin_text(measurement: Measurement, lang: str | None = None) -> str:
    """Return the margin, ``+0,60 ± 0,05``; '' without a limit."""
    if measurement.margin is None:
        return ""
    doubt = f" ± {number(measurement.uncertainty, decimals_of(measurement.uncertainty, measurement.unit), lang)}" if measurement.uncertainty else ""
    return signed(measurement.margin, measurement.unit, lang) + doubt


def uncertainty_text(measurement: Measurement, lang: str | None = None) -> str:
    """Return the uncertainty with its causes."""
    if not measurement.sources:
        return sentence("report_exact", lang=lang)
    unit = difference_unit(measurement.unit)
    named = [(sentence(f"source_{s.name}", lang=lang), amount(s.value, unit, lang)) for s in measurement.sources]
    causes = named[0][0] if len(named) == 1 else ", ".join(f"{name}: {value}" for name, value in named)
    return f"± {amount(measurement.uncertainty, unit, lang)} ({causes})"


def measured_line(finding: Finding, lang: str | None = None, limit: bool = True) -> str:
    """Return the measured value against its limit (where wanted) in one line; '' when nothing was measured, or nothing that the rule limits.

    Where the limit is passed and the finding complies all the same, what was there before is why: it is said too.
    """
    if not finding.measurements or (finding.verdict is Verdict.NOT_ASSESSABLE and finding.measurements[0].limit is None):
        return ""
    first = finding.measurements[0]
    parts = [measured_text(finding, lang), limit_text(first, lang) if limit else "", "" if value_range(finding) else margin_text(first, lang)]
    before = next((m for m in finding.measurements if m.name.endswith("_before")), None)
    if before is not None and finding.verdict is Verdict.COMPLIES and (first.margin or 0.0) < -first.uncertainty:
        parts.append(sentence("report_already", {"before": amount(before.value, before.unit, lang)}, lang))
    return " · ".join(part for part in parts if part)


def say(finding: Finding, lang: str | None = None) -> str:
    """Return the sentence that states a finding."""
    if finding.verdict is Verdict.NOT_ASSESSABLE:
        return next(iter(notes(finding.missing, lang)), "") or sentence("say_not_assessable", lang=lang)
    if not finding.measurements or (finding.governed_by and finding.verdict is Verdict.NOT_APPLICABLE):
        return sentence(f"say_bare_{finding.verdict.value}", lang=lang)
    first = finding.measurements[0]
    data = {
        "value": amount(first.value, first.unit, lang),
        "limit": amount(first.limit, first.unit, lang),
        "margin": amount(first.margin, difference_unit(first.unit), lang),
        "over": amount(-(first.margin or 0.0), difference_unit(first.unit), lang),
        "against": against(first, finding.verdict, lang),
        "of": next((m.at for m in finding.measurements if m.name == "reference" and m.at), "") or sentence("role_reference_area", lang=lang),
        "depth": next((amount(m.value, m.unit, lang) for m in finding.measurements if m.name == "outside_depth"), ""),
    }
    if finding.verdict is Verdict.NEEDS_JUDGEMENT:
        return _open(finding, lang)
    if first.limit is not None and first.operator not in ("<=", ">="):  # the sentences of checks speak of at most and at least
        return sentence(f"say_any_{finding.verdict.value}", {**data, "limit": limit_text(first, lang)}, lang)
    code = f"say_{finding.check}_{finding.verdict.value}"
    allowed = f"say_{finding.check}_allowed"
    if finding.verdict is Verdict.COMPLIES and first.verdict() is not Verdict.COMPLIES and allowed in catalogue():
        code = allowed  # it is there, and may be
    return sentence(code if code in catalogue() else f"say_any_{finding.verdict.value}", data, lang)


def _open(finding: Finding, lang: str | None) -> str:
    """Return the sentence of an undecided finding: what it hangs on, and between what."""
    turning = [premise for premise in finding.premises if premise.settled == "open" and premise.flips]
    limit = limit_text(finding.measurements[0], lang)
    measured = f"{measured_text(finding, lang)} ({limit})" if limit else measured_text(finding, lang)
    return sentence("say_hangs_on_answer" if turning else "say_needs_judgement", {"measured": measured, "n": len(turning)}, lang)


def against(first: Measurement, verdict: Verdict, lang: str | None = None) -> str:
    """Return a value with its limit: ``90,00 m² (≤ 100,00 m²)``; without it where something else decided."""
    value, limit = amount(first.value, first.unit, lang), limit_text(first, lang)
    return f"{value} ({limit})" if limit and verdict in (Verdict.NEEDS_JUDGEMENT, first.verdict()) else value


def label(evidence: Evidence, finding: Finding, lang: str | None = None) -> str:
    """Return what a label on the map says of a piece of evidence: ``+0,60 m``."""
    if evidence.value is None:
        return ""
    text = amount(evidence.value, evidence.unit, lang)
    return f"+{text}" if evidence.role in ("excess_volume", "outside_depth") else text


def rule_of(review: Review, finding: Finding) -> Rule | None:
    """Return the rule that a finding belongs to."""
    return rule_named(review.rulesets, finding.rule)


def rule_named(rulesets: Sequence[Ruleset], rule_id: str) -> Rule | None:
    """Return the first rule of this id."""
    return next((rule for ruleset in rulesets for rule in ruleset.rules if rule.id == rule_id), None)


def title(review: Review, finding: Finding, lang: str | None = None) -> str:
    """Return the title of a finding's rule."""
    rule = rule_of(review, finding)
    return rule_title(rule, lang or "nl") if rule else begun(finding.rule)


def rule_title(rule: Rule, lang: str | None = None) -> str:
    """Return the title of a rule in a language, in Dutch where it has none in that."""
    return begun(rule.title.get(lang or language()) or rule.title.get("nl") or rule.id)


def begun(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def gone_on(text: str) -> str:
    """Return a text as it goes on within a sentence: without its capital, save in an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def subject(finding: Finding, lang: str | None = None) -> str:
    """Return what a finding is about, in words."""
    return sentence(finding.subject.code, finding.subject.as_dict(), lang).strip()


def place(review: Review, finding: Finding, lang: str | None = None) -> str:
    """Return what a finding is about where its title does not say that already, else ''."""
    about = subject(finding, lang)
    return "" if about.lower() == title(review, finding, lang).lower() else about


def plan_name(review: Review, plan_id: str) -> str:
    """Return the name of a plan as people know it; its id where no source names it."""
    return next((plan.name for plan in review.site.plan_documents if plan.id == plan_id and plan.name), plan_id)


def check_code(finding: Finding, lang: str | None = None) -> str:
    """Return the code of the check that found it (``DRL-A02``), and its stage while it is not a stable one."""
    life, name = stage(finding.check), code(finding.check)
    return name if life in ("stable", "") else sentence("report_code_stage", {"code": name, "stage": life}, lang)


def law(source: LegalSource) -> str:
    """Return an instrument with its article, in a line of words."""
    return " ".join(filter(None, (source.instrument, source.article)))


def article(finding: Finding) -> str:
    """Return the first article of a finding."""
    return finding.legal[0].article if finding.legal else ""
