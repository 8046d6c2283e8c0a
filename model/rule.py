"""What must hold: rules as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LegalSource:
    """Where a rule stands: text is quoted, never paraphrased."""

    instrument: str
    article: str = ""
    quote: str = ""
    url: str = ""
    version: str = ""


@dataclass(frozen=True)
class Limit:
    """A limit: a ``value``, or ``from_plan`` (the normalised name of the plan value, e.g. ``bouwhoogte``).

    With operator ``between`` it is ``low`` to ``high``, both included.
    """

    operator: str
    unit: str
    value: float | None = None
    from_plan: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Rule:
    """One rule of a rule set. ``measure``, ``applies_when``, ``exceptions`` and ``uncertainty`` are the check's own words."""

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
