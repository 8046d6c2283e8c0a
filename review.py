"""The main job: does this design fit this site by these rules? Pure: no Qt, no network, no clock, no files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from .checks import REGISTRY, Context
from .errors import CancelledError
from .model import Design, Finding, Note, Rule, Ruleset, Site, Verdict


def review(
    site: Site,
    design: Design,
    ruleset: Ruleset,
    answers: Mapping[str, Any] | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of every enabled rule, in the order of the rule set.

    ``answers`` are the officer's (peil, denominator...). A check that fails inside never loses the others' findings: its
    own becomes ``not_assessable`` and the log says what happened. Raises only ``CancelledError``, from ``progress``.
    """
    context = Context(site, design, answers or {})
    rules = [rule for rule in ruleset.rules if rule.enabled]
    findings: list[Finding] = []
    for number, rule in enumerate(rules):
        if progress:
            progress(number / len(rules), "checks_progress")
        findings += run_rule(rule, context)
    return tuple(findings)


def run_rule(rule: Rule, context: Context) -> tuple[Finding, ...]:
    """Return the findings of one rule."""
    try:
        return REGISTRY[rule.check].run(rule, context)
    except CancelledError:
        raise
    except Exception as error:  # one failing rule must not take the others with it
        logging.getLogger(__name__).exception("rule %s failed on design %s", rule.id, context.design.name)
        note = Note.of("checks_failed", rule=rule.id, error=f"{type(error).__name__}: {error}")
        return (
            Finding(rule.id, rule.check, rule.check, context.design.name, Verdict.NOT_ASSESSABLE, legal=rule.legal, missing=(note,)),
        )
