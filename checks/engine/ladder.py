"""What follows from a finding: would a power of the plan cure it, and which step of the deviation ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...model import Deviation, Finding, LegalSource, Note, Rule, Verdict
from ...model.formula import FormulaError, evaluate, is_formula, names_in
from .applicability import holds
from .base import Context
from .open_points.points import Ledger

OPEN = (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT)
POLICY = "policy"
"""The ladder's word for a norm that is policy: it is weighed (Awb art. 4:84), no power of a plan and no BOPA is asked."""
POLICY_WORDS = ("beleidsregel", "beleidsnota", "welstandsnota", "nota ", "richtlijn")
"""How the name of an instrument that is policy begins."""


def weighed(rule: Rule, found: Finding, names: Mapping[str, float], policy: bool = False, barred: Mapping[str, bool | None] | None = None) -> Finding:
    """Return a finding with its deviation powers computed and its step of the ladder; what is met needs none.

    ``barred``: by power whether it may not be used here (``not_where``), None while that is open.
    """
    powers = [exception for exception in rule.exceptions if "effect" in exception] if found.verdict in OPEN else []
    each = (_allowed(deviation_of(power, rule, found, names), (barred or {}).get(str(power["id"]), False)) for power in powers)
    found = replace(found, deviations=tuple(each))
    return replace(found, ladder=policy_step(found) if is_policy(rule, policy) else ladder_of(found))


def _allowed(power: Deviation, barred: bool | None) -> Deviation:
    """Return a power as it may be used here: where its text bars it, or may, it cures nothing; what is too small in any case says so."""
    if barred is False or (barred is None and power.cures is False):
        return power
    code = "engine_power_barred" if barred else "engine_power_maybe_barred"
    return replace(power, note=Note.of(code, effect=str(power.note.as_dict().get("effect", ""))), cures=False if barred else None)


def barred_powers(rule: Rule, context: Context) -> dict[str, bool | None]:
    """Return by power whether its text bars it here (``not_where``), or it is for parts (``classes``) that the design has none of; None while an open
    question decides that, where it is barred for a part of the design only, and of one for some of its parts: what else passes the limit it cures not."""
    found: dict[str, bool | None] = {}
    for exception in rule.exceptions:
        if not exception.get("effect"):
            continue
        kinds = set(exception.get("classes") or ())
        if kinds:
            found[str(exception["id"])] = None if kinds & context.design.kinds else True
        if exception.get("not_where") and found.get(str(exception["id"])) is not True:
            asked = Ledger()
            met = holds(exception["not_where"], context.read_as({}, asked))
            told = None if asked.open or (met.value and met.where is not None) else met.value
            found[str(exception["id"])] = None if kinds and told is False else told
    return found


def is_policy(rule: Rule, policy: bool) -> bool:
    """Whether the norm of a rule is policy and no rule of a plan or verordening: it says so, its instrument does, or its check declares it."""
    named = [source.instrument.lower() for source in rule.legal]
    return rule.basis == POLICY or policy or any(name.startswith(POLICY_WORDS) for name in named)


def policy_step(found: Finding) -> str:
    """Return the step of a finding against policy."""
    return POLICY if found.stands in OPEN else ""


def deviation_of(exception: Mapping[str, Any], rule: Rule, found: Finding, names: Mapping[str, float]) -> Deviation:
    """Return a power to deviate: what the limit becomes with it and whether that cures the finding; shown, never applied."""
    given = exception.get("legal") or {}
    instrument = str(given.get("instrument") or (rule.legal[0].instrument if rule.legal else ""))
    words = {key: str(given.get(key) or "") for key in ("article", "quote", "url", "work_id", "bwb_id")}
    legal = (LegalSource(instrument, **words, version=str(given.get("version_date") or "")),) if given else ()
    effect, first = str(exception["effect"]), found.measurements[0] if found.measurements else None
    if first is None or first.limit is None or not is_formula(effect):
        return Deviation(str(exception["id"]), Note.of("checks_deviation", effect=effect), legal)
    try:
        limit = evaluate(effect, {**names, "limit": first.limit})
    except FormulaError:
        return Deviation(str(exception["id"]), Note.of("checks_deviation", effect=effect), legal)
    with_it, firm = replace(first, limit=round(limit, 6)).verdict(), first.verdict() is found.verdict
    cures = with_it is Verdict.COMPLIES and firm
    code = "engine_power_cures" if cures else "engine_power_too_small" if with_it is Verdict.VIOLATES and firm else "engine_power_does_not_cure"
    unit = {"m2": "m²", "m3": "m³"}.get(first.unit, first.unit)
    return Deviation(str(exception["id"]), Note.of(code, effect=effect, limit=round(limit, 4), unit=unit), legal, round(limit, 6), cures)


def effect_names(rule: Rule) -> tuple[str, ...]:
    """Return the names that the effects of a rule's exceptions use, without ``limit``."""
    texts = [str(exception["effect"]) for exception in rule.exceptions if is_formula(str(exception.get("effect", "")))]
    names: list[str] = []
    for text in texts:
        try:
            names += names_in(text)
        except FormulaError:
            continue
    return tuple(name for name in dict.fromkeys(names) if name != "limit")


def ladder_of(found: Finding) -> str:
    """Return the step of the deviation ladder of a finding, by the verdict that stands; '' when the rule is not about this design. A power whose
    effect stands in words (a permit of the same by-law) may cure what is violated: then it is not decided."""
    if found.governed_by or found.stands is Verdict.NOT_APPLICABLE:
        return ""
    if found.stands is Verdict.COMPLIES:
        return "fits"
    if found.stands is not Verdict.VIOLATES:
        return "undecided"
    if any(power.cures for power in found.deviations):
        return "fits_with_power"
    return "undecided" if any(power.cures is None for power in found.deviations) else "needs_outside_plan_permit"
