"""The tables of findings: the summary, the further places of a rule, what complies. Nothing is left out; what is alike is said once."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import PRECEDENCE, Finding, Note, Review, Verdict
from ...texts import sentence
from ..basis import grounds, wording
from ..pictures.gallery import PAGES_PER_RULE, alike, further_findings

Row = tuple[str, ...]
QUIET = (Verdict.COMPLIES, Verdict.NOT_APPLICABLE)
TABLE_OF = {
    Verdict.COMPLIES: "report_complying", Verdict.NOT_APPLICABLE: "report_complying", Verdict.NOT_ASSESSABLE: "report_missing",
    Verdict.VIOLATES: "report_further", Verdict.NEEDS_JUDGEMENT: "report_further",
}
"""Where the places stand that the summary only counts."""


def summary_row(review: Review, finding: Finding, lang: str) -> Row:
    """Return (verdict id, icon and word, design, rule, where, measured against limit)."""
    return (
        finding.stands.value, wording.verdict_text(finding, lang), finding.design, wording.title(review, finding, lang), wording.subject(finding, lang),
        wording.measured_line(finding, lang),
    )


def summary_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return a row per finding, by design and the heaviest first; of many places with one rule and one verdict the worst, and one row that counts
    the others."""
    rows: list[Row] = []
    for some in alike(review.findings):
        shown, others = some[:PAGES_PER_RULE], some[PAGES_PER_RULE:]
        rows += [summary_row(review, finding, lang) for finding in shown]
        if others:
            places = sentence("report_further_places", {"count": len(others)}, lang)
            table = sentence(TABLE_OF[shown[0].verdict], lang=lang)
            rows.append((*rows[-1][:4], places, sentence("report_further_see", {"table": table}, lang)))
    names = [design.name for design in review.designs]
    order = [verdict.value for verdict in PRECEDENCE]
    return tuple(sorted(rows, key=lambda row: (names.index(row[2]) if row[2] in names else len(names), order.index(row[0]))))


def further_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return the rows of the violated and undecided places that have no page of their own."""
    return tuple(summary_row(review, finding, lang) for finding in further_findings(review))


def complying_rows(review: Review, lang: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows (rule, where, design, measured, how) of what complies, and what is to be said of all places of a rule.

    Where there are many places, the first of a place's own notes stands in its row: it says why; the others stand in the record.
    """
    rows: list[Row] = []
    shared: list[str] = []
    for some in alike([f for f in review.findings if f.verdict in QUIET and f.stands in QUIET]):
        common = _common(some) if len(some) > 1 else []
        name, design = wording.title(review, some[0], lang), some[0].design
        many = len(some) > PAGES_PER_RULE
        if common or many:
            said = " ".join(part for part in (*wording.notes(common, lang), sentence("report_whole_in_record", lang=lang) if many else "") if part)
            shared.append(sentence("report_of_all_places", {"rule": name, "design": design, "said": said}, lang))
        for finding in some:
            own = [note for note in finding.notes if note not in common][: 1 if many else None]
            how = " ".join(part for part in (wording.decision_text(finding, lang), *wording.notes(own, lang)) if part)
            rows.append((name, wording.subject(finding, lang), design, wording.measured_line(finding, lang), how))
    return tuple(rows), (*shared, *_resting([f for f in review.findings if f.verdict in QUIET and f.stands in QUIET], review, lang))


def _resting(findings: Sequence[Finding], review: Review, lang: str) -> list[str]:
    """Return each ground of some findings once, with the rules that rest on it."""
    under: dict[str, list[str]] = {}
    for finding in findings:
        for point in grounds.rests_on(finding, lang):
            rules = under.setdefault(point, [])
            rules += [name for name in (wording.title(review, finding, lang),) if name not in rules]
    return [sentence("premise_under", {"point": point, "rules": ", ".join(rules)}, lang) for point, rules in under.items()]


def _common(findings: Sequence[Finding]) -> list[Note]:
    return [note for note in findings[0].notes if all(note in other.notes for other in findings[1:])]
