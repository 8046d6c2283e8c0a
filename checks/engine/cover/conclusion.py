"""The conclusion of one design over all rules: what was met, what is open, what nobody read, and what the powers of the plan can cure.

"Fits the plan" stands only when every rule is met and nothing of the plan is left to read. Powers of several rules are not added up: whether
they may be used together is the text's to say (``cumulates: true`` of an exception), else the officer's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ....model import PRECEDENCE, Deviation, Finding, Note, PlanCover, Rule, Ruleset, Verdict
from ....model.plan_cover import ALSO_HOLDS, NOT_MET, NOT_READABLE, TO_READ
from ..ladder import POLICY

TEXT_CHECK = "plan_text"
OPEN = (Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE)
FITS, WITH_POWER, UNDECIDED, OUTSIDE = "fits", "fits_with_power", "undecided", "needs_outside_plan_permit"


def concluded(cover: PlanCover, rulesets: Sequence[Ruleset], findings: Sequence[Finding]) -> PlanCover:
    """Return the cover with its conclusion and its step of the ladder, by the findings of its design."""
    rules = {rule.id: rule for ruleset in rulesets for rule in ruleset.rules}
    by_rule = _heaviest([found for found in findings if found.ladder not in (POLICY, "") and found.check != TEXT_CHECK])  # "": no plan speaks
    counts = {verdict: sum(found.stands is verdict for found in by_rule.values()) for verdict in PRECEDENCE}
    broken = [found for found in by_rule.values() if found.stands is Verdict.VIOLATES]
    is_open = sum(counts[verdict] for verdict in OPEN)
    met = counts[Verdict.COMPLIES]
    unmet, unread, unreadable = (sum(line.state == state for line in cover.lines) for state in (NOT_MET, TO_READ, NOT_READABLE))
    powers = _powers(broken, findings)
    step = _step(broken, powers, rules, is_open + unmet + unread + unreadable, met) if broken or is_open or met or unmet else ""
    notes = [*_counted(len(broken), is_open, met), *_left(unmet, unread, unreadable), *_curing(broken, powers, rules)]
    if step == FITS:
        notes = [Note.of("cover_fits"), *notes]
    beside = sum(line.state == ALSO_HOLDS for line in cover.lines)
    notes += [Note.of("cover_also_hold", n=beside)] if beside else []
    policy = len({found.rule for found in findings if found.ladder == POLICY})
    notes += [Note.of("cover_policy", n=policy)] if policy else []
    return replace(cover, conclusion=tuple(notes), step=step)


def _heaviest(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Return of each rule the finding with the heaviest verdict that stands."""
    found: dict[str, Finding] = {}
    for one in findings:
        known = found.get(one.rule)
        if known is None or PRECEDENCE.index(one.stands) < PRECEDENCE.index(known.stands):
            found[one.rule] = one
    return found


def _counted(broken: int, is_open: int, met: int) -> Iterator[Note]:
    if broken:
        yield Note.of("cover_broken", n=broken)
    if is_open:
        yield Note.of("cover_open", n=is_open)
    if met:
        yield Note.of("cover_met", n=met)


def _left(unmet: int, unread: int, unreadable: int) -> Iterator[Note]:
    if unmet:
        yield Note.of("cover_unmet", n=unmet)
    if unread:
        yield Note.of("cover_unread", n=unread)
    if unreadable:
        yield Note.of("cover_unreadable", n=unreadable)


def _powers(broken: Sequence[Finding], findings: Sequence[Finding]) -> dict[str, Deviation | None]:
    """Return by broken rule a power that cures every finding of it; None where none does."""
    found: dict[str, Deviation | None] = {}
    for one in broken:
        own = [other for other in findings if other.rule == one.rule and other.stands is Verdict.VIOLATES]
        ids = [{power.id for power in other.deviations if power.cures} for other in own]
        shared = set.intersection(*ids) if ids else set()
        found[one.rule] = next((power for power in one.deviations if power.id in shared), None)
    return found


def _step(broken: Sequence[Finding], powers: Mapping[str, Deviation | None], rules: Mapping[str, Rule], left: int, met: int) -> str:
    """Return the step of the ladder over all rules; what is left to decide or read holds back what would fit."""
    lost = [found for found in broken if powers[found.rule] is None]
    if any(not any(power.cures is None for power in found.deviations) for found in lost):
        return OUTSIDE
    if lost or left or (broken and not _together(powers, rules)):
        return UNDECIDED
    return WITH_POWER if broken else FITS if met else ""


def _together(powers: Mapping[str, Deviation | None], rules: Mapping[str, Rule]) -> bool:
    """Whether the powers that are needed may be used together: there is one, or the text of each allows it."""
    used = [(rules.get(rule), power) for rule, power in powers.items() if power is not None]
    return len(used) < 2 or all(_exception(rule, power).get("cumulates") is True for rule, power in used)


def _exception(rule: Rule | None, power: Deviation) -> Mapping[str, Any]:
    return next((one for one in (rule.exceptions if rule else ()) if str(one.get("id")) == power.id), {})


def _curing(broken: Sequence[Finding], powers: Mapping[str, Deviation | None], rules: Mapping[str, Rule]) -> Iterator[Note]:
    """Yield what the powers that cure ask, and that their use together is not said."""
    for found in broken:
        power = powers[found.rule]
        for condition in _exception(rules.get(found.rule), power).get("conditions", ()) if power is not None else ():
            yield Note.of("cover_power_condition", power=power.id if power else "", condition=str(condition))
    if broken and not _together(powers, rules):
        yield Note.of("cover_powers_together", n=len([power for power in powers.values() if power is not None]))
