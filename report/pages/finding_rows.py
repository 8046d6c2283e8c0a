"""The tables of findings: the summary, the further places of a rule, what complies. Nothing is left out; what is alike is said once."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from ...model import PRECEDENCE, Finding, Note, Review, Verdict
from ...texts import sentence
from ..basis import grounds, wording
from ..basis.matrix import room
from ..pictures.gallery import PAGES_PER_RULE, alike, further_findings

Row = tuple[str, ...]
QUIET = (Verdict.COMPLIES, Verdict.NOT_APPLICABLE)
QUOTE_LENGTH = 50
"""Characters of a quote in the summary: two lines of its column, enough to find the sentence again."""


def summary_row(review: Review, finding: Finding, lang: str) -> Row:
    """Return (verdict id, icon and word, design, rule, where, measured against limit)."""
    return (
        finding.stands.value, wording.verdict_text(finding, lang), finding.design, wording.title(review, finding, lang), wording.place(review, finding, lang),
        wording.say(_briefly(finding), lang) if finding.verdict is Verdict.NOT_ASSESSABLE else wording.measured_line(finding, lang),
    )


def _briefly(finding: Finding) -> Finding:
    """Return a finding with the quotes in what is missing as short as a table has room for; they stand whole where it says what could not be assessed."""
    def brief(note: Note) -> Note:
        words = note.as_dict()
        return Note.of(note.code, **{**words, "quote": textwrap.shorten(str(words["quote"]), QUOTE_LENGTH, placeholder="…")}) if "quote" in words else note

    return replace(finding, missing=tuple(map(brief, finding.missing)))


def summary_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return a row per finding that asks attention, by design and the heaviest first; of many places with one rule and one verdict the worst,
    and one row that counts the others. What is the same of several designs is one row. What complies stands in a table of its own."""
    rows: list[Row] = []
    for some in alike([f for f in review.findings if not (f.verdict in QUIET and f.stands in QUIET)]):
        shown, others = some[:PAGES_PER_RULE], some[PAGES_PER_RULE:]
        rows += [summary_row(review, finding, lang) for finding in shown]
        if others:
            places = sentence("report_further_places", {"count": len(others)}, lang)
            table = sentence("report_missing" if shown[0].verdict is Verdict.NOT_ASSESSABLE else "report_further", lang=lang)
            rows.append((*rows[-1][:4], places, sentence("report_further_see", {"table": table}, lang)))
    names = [design.name for design in review.designs]
    order = [verdict.value for verdict in PRECEDENCE]
    rows.sort(key=lambda row: (names.index(row[2]) if row[2] in names else len(names), order.index(row[0])))
    designs: dict[Row, list[str]] = {}
    for row in rows:
        designs.setdefault((*row[:2], *row[3:]), []).append(row[2])
    return tuple((*row[:2], ", ".join(dict.fromkeys(of)), *row[2:]) for row, of in designs.items())


def further_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return the rows of the violated and undecided places that have no page of their own."""
    return tuple(summary_row(review, finding, lang) for finding in further_findings(review))


def complying_rows(review: Review, lang: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows (rule, where, measured by design, limit, how) of what complies, the designs together, and what is to be said of more than one
    row, once.

    Where there are many places, the first of a place's own notes stands in its row: it says why; the others stand in the record.
    """
    rows: list[Row] = []
    shared: list[str] = []
    quiet = [f for f in review.findings if f.verdict in QUIET and f.stands in QUIET]
    often = _of_several_rules(quiet)
    for places in _by_place(quiet):
        everything = [finding for place in places for finding in place]
        common = [*often, *(_common(everything) if len(places) > 1 else [])]
        many = len(places) > PAGES_PER_RULE
        name = wording.title(review, everything[0], lang)
        of_all = [note for note in common if note not in often]
        if of_all or many:
            said = " ".join(part for part in (*wording.notes(of_all, lang), sentence("report_whole_in_record", lang=lang) if many else "") if part)
            shared.append(sentence("report_of_all_places", {"rule": name, "said": said}, lang))
        for place in places:
            how = _by_design(place, review, [_how(finding, common, 1 if many else None, lang) for finding in place], named=len(place) > 1)
            measured = _by_design(place, review, [_measured(finding, lang) for finding in place])
            limits = [wording.limit_text(finding.measurements[0], lang) if finding.measurements else "" for finding in place]
            rows.append((name, wording.place(review, place[0], lang), measured, _by_design(place, review, limits, named=False), how))
    said_often = (
        sentence("premise_under_note", {"said": one.rstrip("."), "rules": ", ".join(rules)}, lang) for one, rules in _named(often, quiet, review, lang)
    )
    return tuple(rows), (*shared, *said_often, *_whatever(quiet, review, lang), *_resting(quiet, review, lang))


def _of_several_rules(findings: Sequence[Finding]) -> list[Note]:
    """Return the notes that findings of more than one rule have: how a footprint was measured, what was taken for the main building."""
    rules: dict[Note, set[str]] = {}
    for finding in findings:
        for note in grounds.own_notes(finding):
            rules.setdefault(note, set()).add(finding.rule)
    return [note for note, named in rules.items() if len(named) > 1 and note.code != WHATEVER]


def _named(notes: Sequence[Note], findings: Sequence[Finding], review: Review, lang: str) -> list[tuple[str, list[str]]]:
    """Return notes in words, each with the rules whose findings have it."""
    found = []
    for note in notes:
        rules = dict.fromkeys(wording.title(review, finding, lang) for finding in findings if note in finding.notes)
        found.append((sentence(note.code, note.as_dict(), lang), list(rules)))
    return found


def _by_place(findings: Sequence[Finding]) -> list[list[list[Finding]]]:
    """Return findings by rule, within a rule by place, the place with the least room first; a decided one alone."""
    rules: dict[str, dict[tuple[str, int], list[Finding]]] = {}
    for number, finding in enumerate(findings):
        decided = number if finding.decision is not None else -1
        rules.setdefault(finding.rule, {}).setdefault((finding.subject_key, decided), []).append(finding)
    return [sorted(places.values(), key=lambda place: min(room(finding) for finding in place)) for places in rules.values()]


def _by_design(place: Sequence[Finding], review: Review, said: Sequence[str], named: bool = True) -> str:
    """Return what is said of the designs at a place: once where it is the same of all, else a line for each, with its name where that is not
    clear already."""
    if len(set(said)) == 1 and (len({finding.design for finding in place}) == len(review.designs) or not named):
        return said[0]
    return "\n".join(f"{finding.design}: {text}" for finding, text in zip(place, said) if text)


def _measured(finding: Finding, lang: str) -> str:
    """Return what was measured with the room that is left: ``9,60 m (+1,40)``; that a rule does not apply."""
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return wording.verdict_word(finding.verdict, lang)
    measured = wording.measured_line(finding, lang, limit=False)
    value, _, more = measured.partition(" · ")
    return f"{value} ({more.replace(' · ', ', ')})" if more else value


def _how(finding: Finding, common: Sequence[Note], most: int | None, lang: str) -> str:
    own = [note for note in grounds.own_notes(finding) if note not in common and note.code != WHATEVER][:most]
    either = sentence("report_either", lang=lang) if _either_way(finding) and not grounds.no_matter(finding, lang) else ""
    return " ".join(part for part in (wording.decision_text(finding, lang), *wording.notes(own, lang), either) if part)


def _either_way(finding: Finding) -> bool:
    return finding.verdict is Verdict.COMPLIES and any(note.code == WHATEVER for note in finding.notes)


WHATEVER = "readings_every"
"""The note that a verdict holds whatever is answered to what is still open: said once for all rules that it is true of."""


def _whatever(findings: Sequence[Finding], review: Review, lang: str) -> list[str]:
    """Return a sentence for each thing that is open without effect, with the rules of which it changes nothing."""
    under: dict[str, list[str]] = {}
    for finding in findings:
        for point in grounds.no_matter(finding, lang):
            under.setdefault(point, []).append(wording.title(review, finding, lang))
    return [sentence("report_whatever", {"point": point, "rules": ", ".join(dict.fromkeys(rules))}, lang) for point, rules in under.items()]


def _resting(findings: Sequence[Finding], review: Review, lang: str) -> list[str]:
    """Return each ground of some findings once, with the rules that rest on it."""
    under: dict[str, list[str]] = {}
    for finding in findings:
        for point in grounds.rests_on(finding, lang):
            rules = under.setdefault(point, [])
            rules += [name for name in (wording.title(review, finding, lang),) if name not in rules]
    return [sentence("premise_under", {"point": point, "rules": ", ".join(rules)}, lang) for point, rules in under.items()]


def _common(findings: Sequence[Finding]) -> list[Note]:
    return [note for note in grounds.own_notes(findings[0]) if note.code != WHATEVER and all(note in other.notes for other in findings[1:])]
