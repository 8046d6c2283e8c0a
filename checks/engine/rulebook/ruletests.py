"""The tests inside a rule file: what is given goes through the same weighing as a measured design, without geometry.

``given``: what was measured (``value``; or ``top``, ``ridge``, ``eaves``, ``height`` less ``peil``; or ``area``, ``percentage``...), the
limit where the rule takes it from the plan (``limit``, ``max``, ``min``), ``uncertainty``, and for heights the highest exempt part
(``exempt``) and the highest candidate minor part (``candidate``). ``peil_low`` and ``peil_high``: an unresolved peil. ``missing``: what is
asked for is not there. ``applies``: whether the rule applies (false, or null for unknown); ``answers`` the officer's; ``date`` of the application.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ....model import Finding, LegalSource, Measurement, Note, Parameter, Question, Rule, Ruleset, UncertaintySource, Verdict
from ....model.formula import FormulaError, evaluate
from ..exceptions import excepted
from ..limits import tolerated
from ..open_points.points import Alternative, OpenPoint
from ..open_points.settling import OneReading, Settling
from ..readings import judge
from .in_force import holds_on

MEASURED = ("value", "height", "area", "percentage", "volume", "storeys", "distance", "depth", "width", "pitch", "minutes")
TOPS = ("top", "ridge", "eaves")
LIMITS = ("limit", "max", "min")
DEFAULT_OPERATOR = "<="
MINUTES_PER_HOUR = 60.0


def run_tests(ruleset: Ruleset) -> Sequence[Mapping[str, Any]]:
    """Return the outcome of every test: ``rule``, ``number``, ``expected``, ``found``, ``margin``, ``expected_margin``, ``passed``."""
    return [_run(ruleset, rule, number, test) for rule in ruleset.rules for number, test in enumerate(rule.tests, start=1)]


def _run(ruleset: Ruleset, rule: Rule, number: int, test: Mapping[str, Any]) -> Mapping[str, Any]:
    found, margin = outcome(ruleset, rule, test["given"])
    wanted = test.get("margin")
    holds = wanted is None or (margin is not None and abs(margin - wanted) < 1e-6)
    return {
        "rule": rule.id, "number": number, "expected": test["expect"], "found": found.value, "margin": margin, "expected_margin": wanted,
        "passed": found.value == test["expect"] and holds,
    }


def outcome(ruleset: Ruleset, rule: Rule, given: Mapping[str, Any]) -> tuple[Verdict, float | None]:
    """Return verdict and margin of a rule for what a test gives: the same readings as of a measured design."""
    if not holds_on(rule, ruleset, str(given.get("date") or "")) or given.get("applies", True) is False:
        return Verdict.NOT_APPLICABLE, None
    limit = limit_in(rule, given, ruleset.parameters)
    given = in_unit_of(rule, given)
    if limit is None or given.get("missing") or not values_of(given):
        return Verdict.NOT_ASSESSABLE, None
    found = judge(lambda reading, ledger: (_one_reading(rule, limit, given, OneReading(given.get("answers") or {}, reading, ledger)),))[0]
    margin = found.measurements[0].margin if found.measurements else None
    return found.verdict, None if margin is None else round(margin, 9)


def _one_reading(rule: Rule, limit: tuple[float, float | None], given: Mapping[str, Any], settling: Settling) -> Finding:
    """Return the finding that a check makes of these numbers in one reading (all, then without what is exempt, then without what may be)."""
    if "applies" in given and given["applies"] is None and not settling.yes_no("applies", Note.of("engine_question", key="applies"), likely=True):
        return Finding(rule.id, rule.check, Note.of("subject_quantity", name=rule.check), "", Verdict.NOT_APPLICABLE)
    ways = tuple(Alternative(value, value, Note.of("choice_number", value=value)) for value in values_of(given))
    base = ways[0].value if len(ways) == 1 else settling.settle(OpenPoint("peil", Question("peil", Note.of("checks_question_peil")), ways))
    core = base if given.get("candidate") is None else max(base, float(given["candidate"]) - _level(given, base))
    every = core if given.get("exempt") is None else max(core, float(given["exempt"]) - _level(given, base))
    whole, counted = (_finding(rule, limit, value, given) for value in (every, core))
    if whole.verdict is Verdict.COMPLIES:
        return whole
    if counted.verdict is not Verdict.COMPLIES and base != core and settling.yes_no("minor_parts", Note.of("zoning_question_minor_parts")):
        counted = _finding(rule, limit, base, given)
    return excepted(rule, settling, counted)


def _level(given: Mapping[str, Any], base: float) -> float:
    """Return the peil of a reading: what lies between the top that is given and the height above peil."""
    top = next((float(given[key]) for key in TOPS if given.get(key) is not None), None)
    return 0.0 if top is None else top - base


def limit_in(rule: Rule, given: Mapping[str, Any], parameters: Sequence[Parameter]) -> tuple[float, float | None] | None:
    """Return the limit (and the lower one of ``between``) that a test means: its own, the rule's, or its formula with the given names."""
    stated = next((float(given[key]) for key in LIMITS if given.get(key) is not None), None)
    limit = rule.limit
    if limit is not None and limit.operator == "between":
        low, high = given.get("min", limit.low), given.get("max", limit.high)
        names = {**{p.name: p.value for p in parameters}, **given}
        low, high = _computed(limit.low_formula, names, low), _computed(limit.formula, names, high)
        return None if low is None or high is None else (high, low)
    computed = None
    if limit is not None and (limit.formula or stated is None):
        computed = _computed(limit.formula, {**{p.name: p.value for p in parameters}, **given}, limit.value)
    value = stated if computed is None else computed
    return None if value is None else (value, None)


def _computed(formula: str, names: Mapping[str, Any], otherwise: Any) -> float | None:
    if not formula:
        return None if otherwise is None else float(otherwise)
    known = {name: float(v) for name, v in names.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}
    try:
        return evaluate(formula, known)
    except FormulaError:
        return None


def in_unit_of(rule: Rule, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is given with ``minutes`` in the unit of the rule's limit: hours where the limit is in hours."""
    if given.get("minutes") is None or rule.limit is None or rule.limit.unit != "h":
        return given
    return {**given, "minutes": float(given["minutes"]) / MINUTES_PER_HOUR}


def values_of(given: Mapping[str, Any]) -> list[float]:
    """Return what was measured, once for each level that peil may have (or each end of a range)."""
    direct = next((float(given[key]) for key in MEASURED if given.get(key) is not None), None)
    top = next((float(given[key]) for key in TOPS if given.get(key) is not None), None)
    if direct is not None:
        return [direct]
    if top is None:
        return [float(given[key]) for key in ("low", "high") if given.get(key) is not None]
    levels = [float(given[key]) for key in ("peil_low", "peil_high") if given.get(key) is not None] or [float(given.get("peil") or 0.0)]
    return [top - level for level in levels]


def _finding(rule: Rule, limit: tuple[float, float | None], value: float, given: Mapping[str, Any]) -> Finding:
    doubt = float(given.get("uncertainty") or 0.0)
    sources = (UncertaintySource("stated", doubt),) if doubt else ()
    operator, unit = (rule.limit.operator, rule.limit.unit) if rule.limit else (">=" if "min" in given and "max" not in given else DEFAULT_OPERATOR, "")
    measured = Measurement(rule.check, round(value, 9), unit, operator, limit[0], sources, low=limit[1])
    found = Finding(rule.id, rule.check, Note.of("subject_quantity", name=rule.check), "", measured.verdict(), (measured,), legal=(LegalSource("test"),))
    return tolerated(replace(rule, exceptions=()), found)
