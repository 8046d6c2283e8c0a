"""What only the text of the plan decides: a value or aanduiding that no check can measure.

What it checks
    Nothing by itself: it names a plan value or aanduiding at the design whose meaning stands in the plan's text, so that none is lost.
Legal basis
    The article of the plan object, or of the bestemming that it belongs to.
Inputs
    The plan objects that the rule was derived from; ``measure.about`` names what it is about. The officer's own verdict goes under
    ``overrides`` in the answers, with a reason.
How measured
    Not measured. The value as the plan writes it, its unit and its article are shown. A rule about an activity (IMOW activiteitregelkwalificatie:
    verbod, vergunningplicht, meldingsplicht...) is shown with its article and quote, and asks whether it is about this design: needs judgement.
Limits
    Never a firm verdict, a value or aanduiding "not assessable", until the officer decides: a value without a check is never taken as "no limit".
References
    SVBP2012; docs/measuring.md 0.4 (most values of a plan are not structured).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model import Finding, InputUsed, Measurement, Note, PlanNorm, PlanOrigin, Question, Rule, Verdict
from ...model.plan_words import DEMANDED, FORBIDDEN, NUMBER_LEFT, USE
from ..declared.declaration import ALL_ELSE, PART, STABLE, ZONING, Drawn, Switch
from ..engine.base import Check, Context, finding, missing_layers, not_assessable

ACTIVITY = "activiteit"
QUALIFIED = ("verbod", "vergunningplicht", "meldingsplicht", "informatieplicht", "gebod", "zorgplicht")
"""What a rule of an activity asks (IMOW waardelijst activiteitregelkwalificatie) that has a sentence of its own; what else it says is shown as it is."""

READ = {
    FORBIDDEN: "engine_read_prohibition", DEMANDED: "engine_read_demand", USE: "engine_read_use", NUMBER_LEFT: "engine_read_numbers",
}
"""What is asked of who reads a clause, by what it is."""


class PlanText(Check):
    """``plan_text``; see the module's text."""

    name = "plan_text"
    code, stage, family, about = "DRL-A29", STABLE, ZONING, PART
    in_plan = True
    by_place = True
    title = {"nl": "Wat alleen de tekst van het plan zegt", "en": "What only the plan's text says"}
    needs: tuple[str, ...] = ("plans",)
    reads: tuple[str, ...] = ()
    units = ("",)
    drawn = Drawn(ALL_ELSE, named_by="about")
    switches: Mapping[str, Switch] = {"about": "name"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding that names what must be read."""
        if rule.read is not None:
            return (self._clause(rule, context, rule.read),)
        if not rule.origin:
            missing = missing_layers(self, context) or (Note.of("engine_no_plan_here"),)
            return (not_assessable(rule, context, Note.of("subject_plan"), *missing),)
        about = str(rule.measure.get("about") or rule.id)
        said = sorted({item.raw.split("=", 1)[-1] for item in rule.origin if item.raw})
        article = rule.legal[0].article if rule.legal else ""
        code = "engine_read_value" if said else "engine_read_text"
        note = Note.of(code, about=about, value=", ".join(said), article=article or "?")
        values = dict.fromkeys((item.value, item.unit) for item in rule.origin if item.value is not None)  # parts of a zone say the same
        numbers = tuple(Measurement("plan_value", value, unit, at=about) for value, unit in values)
        question = Question(f"overrides:{rule.id}", Note.of("engine_question_text", about=about), "text", plan_id=rule.plan_id)
        used = tuple(InputUsed("plans", item.fid) for item in rule.origin)
        if all(item.kind == ACTIVITY for item in rule.origin):
            asked = tuple(dict.fromkeys(said for item in rule.origin for said in _activity(context, item, article)))
            subject = Note.of("subject_plan_text", about=about)
            return (finding(rule, context, subject, Verdict.NEEDS_JUDGEMENT, notes=asked, inputs=used, questions=(question,)),)
        return (not_assessable(rule, context, Note.of("subject_plan_text", about=about), note, measurements=numbers, inputs=used, questions=(question,)),)

    def _clause(self, rule: Rule, context: Context, norm: PlanNorm) -> Finding:
        """Return the finding of a clause of the text that nothing measures."""
        clause = norm.clause
        code = READ.get(clause.quantity, "engine_read_clause")
        about = str(rule.title.get("nl") or rule.id)
        note = Note.of(code, article=clause.article or "–", quote=clause.quote)
        question = Question(f"overrides:{rule.id}", Note.of("engine_question_text", about=about), "text", plan_id=rule.plan_id)
        return not_assessable(rule, context, Note.of("subject_plan_text", about=about), note, questions=(question,))


def _activity(context: Context, item: PlanOrigin, article: str) -> Iterator[Note]:
    """Yield what a rule about an activity asks: its qualification by the list, in a sentence."""
    for area in context.site.plans:
        if area.fid == item.fid and area.kind == ACTIVITY:
            word = area.group.strip().lower()
            code = f"engine_activity_{word}" if word in QUALIFIED else "engine_activity_other"
            yield Note.of(code, name=area.name, article=item.article or article or "?", said=area.group or "?")
