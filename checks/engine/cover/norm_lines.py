"""What was read of the texts of the plans at a design: each clause is a line with what became of it, and each number that nobody read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ....model import Finding, MeasuringProfile, Note, PlanArea, Ruleset, Verdict
from ....model.plan_cover import DOES_NOT_APPLY, TESTED, TO_READ, CoverLine
from ....model.plan_words import NUMBER_LEFT, OPEN, PlanNorm
from ..base import Context
from ..from_plan.norm_doubts import is_way_out
from ..from_plan.norm_places import Places, places_of
from ..from_plan.norm_rules import ELSEWHERE, ENDED, EXCEPTS, OF_MAP, POWER, WAY_OUT, fate_of, rule_id

TEXT_CHECK = "plan_text"
KIND = "clause"


def norm_lines(
    context: Context, own: Sequence[PlanArea], every: Sequence[PlanArea], rulesets: Sequence[Ruleset], findings: Sequence[Finding]
) -> Iterator[CoverLine]:
    """Yield a line for each norm of the plans that have objects at the design (``own``) and whose text was read."""
    drawn = {rule.id: {item.kind for item in rule.origin} for ruleset in rulesets for rule in ruleset.rules}
    for profile in context.profiles:
        here = [area for area in own if area.plan_id == profile.plan_id]
        if not here or not profile.norms:
            continue
        places = places_of(profile, [area for area in every if area.plan_id == profile.plan_id], here)
        name = here[0].plan_name or profile.plan_id
        for norm in profile.norms:
            state, note, rules = _state(norm, profile, places, drawn, findings)
            clause = norm.clause
            yield CoverLine(
                f"{profile.plan_id}:{KIND}:{norm.key}", KIND, f"{clause.quantity.replace('_', ' ')} {clause.object}".strip(), state, note,
                profile.plan_id, name, raw="" if clause.value is None else f"{clause.value:g}", article=clause.article, quote=clause.quote, rules=rules,
            )


def _state(
    norm: PlanNorm, profile: MeasuringProfile, places: Places, drawn: Mapping[str, Collection[str]], findings: Sequence[Finding]
) -> tuple[str, Note, tuple[str, ...]]:
    """Return the state of a norm, why, and the rules that tested it; ``drawn``: the kinds of objects of the map that each rule comes from."""
    fate = fate_of(norm, places, profile.norms)
    if fate == ENDED:
        return DOES_NOT_APPLY, Note.of("cover_norm_rejected", by=norm.by, at=norm.at or "–", reason=norm.reason or "–"), ()
    if norm.clause.quantity == NUMBER_LEFT:
        return (TESTED, Note.of("cover_read", reason=f"{norm.reason} ({norm.by})"), ()) if norm.is_explained else (TO_READ, Note.of("cover_number_left"), ())
    if fate == ELSEWHERE:
        return DOES_NOT_APPLY, Note.of("cover_norm_elsewhere", article=norm.clause.article), ()
    if norm.decision == OPEN:
        return TO_READ, Note.of("cover_norm_open"), ()
    if fate == POWER:
        return DOES_NOT_APPLY, Note.of("cover_norm_power"), ()
    if fate == EXCEPTS:
        return DOES_NOT_APPLY, Note.of("cover_norm_excepts"), ()
    found = _findings(norm, fate, profile, drawn, findings)
    told = [one for one in found if one.check != TEXT_CHECK or one.decision is not None]
    if not told or len(told) < len(found):  # of a range one end may be measured and the other one to be read
        return TO_READ, Note.of("cover_text", name=norm.key, article=norm.clause.article or "–"), ()
    rules = tuple(dict.fromkeys(one.rule for one in told))
    if all(one.stands is Verdict.NOT_APPLICABLE for one in told):
        return DOES_NOT_APPLY, next((note for one in told for note in one.notes), Note.of("cover_not_about")), rules
    verdicts = dict.fromkeys(one.stands.value for one in told if one.stands is not Verdict.NOT_APPLICABLE)
    return TESTED, Note.of("cover_tested", verdicts=", ".join(verdicts)), rules


def _findings(
    norm: PlanNorm, fate: str, profile: MeasuringProfile, drawn: Mapping[str, Collection[str]], findings: Sequence[Finding]
) -> list[Finding]:
    """Return the findings that tested a norm: of its own rules, of what the map says of its size, or of the clause that it is a way out of."""
    clause = norm.clause
    if fate == OF_MAP:
        named = f":{clause.quantity}"
        own = [one for one in findings if one.rule.startswith(f"plan:{profile.plan_id}:")]
        return [one for one in own if one.rule.endswith(named) or clause.from_map in drawn.get(one.rule, ())]
    keys = [norm.key]
    if fate == WAY_OUT:
        keys = [one.key for one in profile.norms if is_way_out(clause, one.clause)]
    ids = [rule_id(profile.plan_id, key) for key in keys]
    return [one for one in findings if one.rule in ids or any(one.rule.startswith(f"{own}:") for own in ids)]
