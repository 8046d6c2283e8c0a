"""What must hold: rules as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .plan_words import PlanNorm

COUNTS = ("bouwlagen", "aantal", "woningen", "-", "")
"""Units of what is counted: one says as much as another."""


def is_unit_of(unit: str, units: Collection[str]) -> bool:
    """Whether a unit is one of some, or counts as they do."""
    return unit in units or (unit in COUNTS and bool(set(units) & set(COUNTS)))


@dataclass(frozen=True)
class LegalSource:
    """Where a rule stands: text is quoted, never paraphrased.

    ``version`` is the date of the text (ISO), ``work_id`` the plan or regeling, ``bwb_id`` the law at wetten.overheid.nl.
    """

    instrument: str
    article: str = ""
    quote: str = ""
    url: str = ""
    version: str = ""
    work_id: str = ""
    bwb_id: str = ""


@dataclass(frozen=True)
class Limit:
    """A limit: a ``value``, or ``from_plan`` (the normalised name of the plan value, e.g. ``bouwhoogte``), or a ``formula``.

    With operator ``between`` it is ``low`` to ``high``, both included. A formula (``model.formula``) becomes a value before the
    check runs (``low_formula``: the lower end of ``between``). ``tolerance`` (in ``unit``) is what the
    municipality allows beyond the limit: printed, never silent.
    """

    operator: str
    unit: str
    value: float | None = None
    from_plan: str | None = None
    low: float | None = None
    high: float | None = None
    formula: str = ""
    low_formula: str = ""
    tolerance: float = 0.0


@dataclass(frozen=True)
class Parameter:
    """A number or word that rules of a file share (``{parameter: name}``), ``unit`` with a number.

    ``places``: (condition as in ``applies_when``, value there); the first that holds wins.
    """

    name: str
    value: Any
    unit: str = ""
    places: tuple[tuple[Mapping[str, Any], Any], ...] = ()
    legal: tuple[LegalSource, ...] = ()


@dataclass(frozen=True)
class PlanOrigin:
    """The plan object that a rule was derived from; ``value`` (in ``unit``) None when the object carries none or it is no number."""

    plan_id: str
    fid: str
    kind: str
    name: str
    article: str = ""
    url: str = ""
    value: float | None = None
    unit: str = ""
    raw: str = ""


@dataclass(frozen=True)
class Doubt:
    """A condition of a rule that somebody must judge, in the ``words`` of its text: asked under ``key`` with the note ``code``.

    The rule holds where the answer is ``holds_when``; elsewhere it does not, or, where ``else_unknown``, nobody knows what holds then.
    """

    key: str
    code: str
    words: str
    holds_when: bool
    else_unknown: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule of a rule set.

    ``measure`` holds the switches of the check, ``applies_when`` the conditions (three-valued, ``checks/engine/applicability.py``),
    ``applies_to`` the object kinds it is about (``hoofdgebouw``, ``bijgebouw``...; empty: the whole design), ``exceptions`` what is
    exempt or may be deviated from, ``uncertainty`` what the municipality states of its data (m). ``valid_from`` and ``valid_to``
    (ISO, both included; '' = open) date the rule. ``overrides`` names rules that give way where this one applies; of rules of one
    check a higher ``priority`` goes before. ``basis``: policy | assumption where no text of law is quoted.
    ``disabled_reason`` and ``disabled_by``: why and by whom a rule that is not ``enabled`` was switched off. ``plan_id`` and ``origin``
    say which plan a derived rule comes from, ``read`` which clause of its text and ``doubts`` the conditions of that
    clause that nobody can measure.
    """

    id: str
    check: str
    title: Mapping[str, str]
    legal: tuple[LegalSource, ...]
    limit: Limit | None = None
    applies_when: Mapping[str, Any] = field(default_factory=dict)
    measure: Mapping[str, Any] = field(default_factory=dict)
    exceptions: tuple[Mapping[str, Any], ...] = ()
    uncertainty: Mapping[str, float] = field(default_factory=dict)
    tests: tuple[Mapping[str, Any], ...] = ()
    enabled: bool = True
    disabled_reason: str = ""
    disabled_by: str = ""
    applies_to: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    priority: int = 0
    overrides: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    basis: str = ""
    plan_id: str = ""
    origin: tuple[PlanOrigin, ...] = ()
    read: PlanNorm | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Ruleset:
    """A rule file: its id, version and rules; ``sha256`` of the file stands in every report."""

    id: str
    version: str
    title: Mapping[str, str]
    rules: tuple[Rule, ...]
    sha256: str = ""
    location: str = ""
    valid_from: str = ""
    valid_to: str = ""
    parameters: tuple[Parameter, ...] = ()
