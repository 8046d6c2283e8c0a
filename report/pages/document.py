"""The neutral document of a review: what HTML and PDF both show, made once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...checks.engine.from_plan.norm_decisions import NORMS
from ...checks.engine.open_points.answer_history import OWN_VERDICTS, ended, given
from ...model import Design, Finding, Review, Verdict
from ...model.plan_words import OPEN
from ...texts import sentence, spoken_date, spoken_moment, web_address
from ..basis import grounds, said, wording
from ..basis.matrix import in_full
from ..pictures.gallery import Gallery
from ..pictures.picture import Picture
from .asked_rows import AskedPoint, asked_points, question_rows
from .finding_rows import complying_rows, further_rows, summary_rows
from .governing_rows import governing_rows
from .matrix_rows import MatrixPage, matrix_made, matrix_pages, matrix_same
from .placement_rows import placement_fine, placement_rows, placement_unsure
from .role_rows import role_rows

ROW = tuple[str, ...]


@dataclass(frozen=True)
class FindingPage:
    """A violated or undecided finding, in words."""

    title: str
    subject: str
    code: str
    design: str
    verdict: str
    icon: str
    word: str
    say: str
    ladder: str
    decision: str
    quotes: tuple[tuple[str, str, str, str], ...]
    numbers: tuple[ROW, ...]
    measures: tuple[ROW, ...]
    notes: tuple[str, ...]
    questions: tuple[AskedPoint, ...]
    cures: tuple[str, ...]
    no_cures: tuple[str, ...]
    grounds: tuple[str, ...]
    inputs: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Document:
    """Everything a report says, in one language, as text, tables and pictures."""

    lang: str
    title: str
    facts: tuple[ROW, ...]
    answers_line: tuple[ROW, ...]
    unsure: tuple[str, ...]
    summary: tuple[ROW, ...]
    overview: tuple[Picture, ...]
    pages: tuple[FindingPage, ...]
    further: tuple[ROW, ...]
    governing: tuple[ROW, ...]
    complying: tuple[ROW, ...]
    of_all_places: tuple[str, ...]
    missing: tuple[ROW, ...]
    sources: tuple[ROW, ...]
    remarks: tuple[str, ...]
    placement: tuple[ROW, ...]
    placement_fine: tuple[str, ...]
    roles: tuple[ROW, ...]
    answers: tuple[ROW, ...]
    former: tuple[ROW, ...]
    decisions: tuple[ROW, ...]
    questions: tuple[ROW, ...]
    profiles: tuple[ROW, ...]
    versions: tuple[ROW, ...]
    words: Mapping[str, str]
    advice: tuple[str, str]
    against: str = ""
    changed: tuple[ROW, ...] = ()
    matrix: tuple[MatrixPage, ...] = ()
    matrix_same: str = ""
    matrix_made: tuple[str, ...] = ()
    in_full: str = ""


def make_document(review: Review, lang: str, gallery: Gallery, against: tuple[str, tuple[ROW, ...]] = ("", ())) -> Document:
    """Return the document of a review in ``nl`` or ``en``, with the pictures of ``gallery``; ``against``: what changed since an earlier version."""
    every, review = review, in_full(review)
    unsure = placement_unsure(review, lang)
    complying, of_all_places = complying_rows(review, lang)
    return Document(
        lang=lang,
        title=sentence("report_title", lang=lang),
        facts=facts(every, lang),
        answers_line=tuple((d.name, *wording.answer_lines(review, d.name, lang)) for d in review.designs),
        unsure=unsure,
        summary=summary_rows(review, lang),
        overview=gallery.overview(),
        pages=tuple(page(review, f, gallery.of(n), lang) for n, f in enumerate(gallery.findings, start=1)),
        further=further_rows(review, lang),
        governing=governing_rows(review, lang),
        complying=complying,
        of_all_places=of_all_places,
        missing=missing(review, lang),
        sources=sources(review, lang),
        remarks=remarks(review, lang),
        placement=placement_rows(review, lang),
        placement_fine=placement_fine(review, lang),
        roles=role_rows(review, lang),
        answers=answers(review.answers, lang, every),
        former=former(every, lang),
        decisions=decisions(review, lang),
        questions=question_rows(review, lang),
        profiles=profiles(review, lang),
        versions=versions(review, lang),
        words={code: sentence(code, lang=lang) for code in PAGE_WORDS},
        advice=said.advice_of(review.answers, lang),
        against=against[0],
        changed=against[1],
        matrix=matrix_pages(every, lang),
        matrix_same=matrix_same(every, lang),
        matrix_made=(*matrix_made(every, lang), *(line for line in placement_unsure(every, lang) if line not in unsure)),
        in_full=sentence("matrix_in_full", {"name": review.designs[0].name}, lang) if review is not every else "",
    )


PAGE_WORDS = (
    "report_answer", "report_findings", "report_rule", "report_where", "report_verdict", "report_measured", "report_limit", "report_margin",
    "report_uncertainty", "report_what", "report_value", "report_advice", "report_advice_open", "report_quote", "report_how",
    "report_questions", "report_cure", "report_inputs", "report_further", "report_complying", "report_none_complying", "report_missing",
    "report_none_missing", "report_why", "report_sources", "report_source", "report_file", "report_state", "report_date",
    "report_licence", "report_remarks", "report_answers", "report_reason", "report_by", "report_versions", "report_rerun", "report_page",
    "report_design", "report_placement", "report_found", "report_stands", "report_ladder", "report_decisions", "report_computed", "report_decided_word",
    "report_governing", "report_governing_what",
    "report_governing_state", "report_all_questions", "report_question", "report_choices", "report_choice", "report_choice_gives",
    "report_profiles", "report_plan", "report_article",
    "report_no_quote", "report_nothing_open", "report_former", "report_former_was", "report_former_became", "report_roles", "report_role_part",
    "report_role", "report_role_why", "report_no_cures", "report_resubmission", "report_became", "report_before", "report_now",
    "report_matrix", "report_matrix_how", "report_matrix_none", "report_matrix_more", "report_matrix_made",
)


def facts(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return the case's own facts: name and value."""
    case = review.case
    x, y = case.site.centre
    place = " · ".join(word for word in (case.site.address, f"RD {x:.0f}, {y:.0f}") if word)
    rows = [("report_case", f"{case.title} ({case.id})"), ("report_address", place)]
    if case.application_date:
        rows.append(("report_application", spoken_date(case.application_date, lang)))
    rows.append(("report_run", spoken_moment(review.at, lang)))
    rows.append(("report_designs", ", ".join(f"{design.name}: {_made_of(review, design, lang)}" for design in review.designs)))
    return tuple((sentence(code, lang=lang), value) for code, value in rows)


def _made_of(review: Review, design: Design, lang: str) -> str:
    """Return what a design was made of: the names of its files, the design that it is a variant of, or that it is a mass."""
    request = next((one for one in review.case.designs if one.name == design.name), None)
    if request is not None and request.variation is not None:
        return sentence("report_variant_of", {"of": request.variation.of}, lang)
    if request is not None and request.mass is not None:
        return sentence("report_mass", lang=lang)
    return ", ".join(record.location.rsplit("/", 1)[-1] for record in design.provenance)


def page(review: Review, finding: Finding, pictures: tuple[Picture, ...], lang: str) -> FindingPage:
    """Return the page of one finding."""
    return FindingPage(
        title=wording.title(review, finding, lang),
        subject=wording.place(review, finding, lang),
        code=wording.check_code(finding, lang),
        design=finding.design,
        verdict=finding.verdict.value,
        icon=wording.verdict_icon(finding.verdict),
        word=wording.verdict_word(finding.verdict, lang),
        say=wording.say(finding, lang),
        ladder=wording.ladder_text(finding.ladder, lang),
        decision=wording.decision_text(finding, lang),
        quotes=tuple((s.quote, ", ".join(w for w in (s.instrument, s.article) if w), web_address(s.url), _host(web_address(s.url))) for s in finding.legal),
        numbers=deciding_numbers(finding, lang),
        measures=further_numbers(finding, lang),
        notes=tuple(wording.notes(grounds.own_notes(finding), lang)),
        questions=asked_points(finding, lang),
        cures=tuple(grounds.cures(finding, lang)),
        no_cures=tuple(grounds.no_cures(finding, lang)),
        grounds=tuple(grounds.grounds(finding, lang)),
        inputs=", ".join(f"{sentence(f'layer_{i.layer}', lang=lang)} {i.fid}{f' ({spoken_date(i.date, lang)})' if i.date else ''}" for i in finding.inputs),
        pictures=pictures,
    )


def _host(url: str) -> str:
    """Return the name of the site that a link leads to: what a reader sees of it."""
    return re.sub(r"^[a-z]+://", "", url).split("/", 1)[0]


def deciding_numbers(finding: Finding, lang: str) -> tuple[ROW, ...]:
    """Return what the verdict rests on: measured, and where there is a limit that, the margin and the uncertainty; nothing when nothing was
    measured. What hangs on an answer has no one margin."""
    if not finding.measurements:
        return ()
    first = finding.measurements[0]
    rows = [("report_measured", wording.measured_text(finding, lang))]
    if first.limit is not None:
        rows.append(("report_limit", wording.limit_text(first, lang)))
        if first.margin is not None and wording.value_range(finding) is None:
            unit = wording.difference_unit(first.unit)
            rows.append(("report_margin", f"{wording.signed(first.margin, first.unit, lang)} {wording.UNITS.get(unit, unit)}".strip()))
        rows.append(("report_uncertainty", wording.uncertainty_text(first, lang)))
    return tuple((sentence(code, lang=lang), said) for code, said in rows)


def further_numbers(finding: Finding, lang: str) -> tuple[ROW, ...]:
    """Return what else was measured; where the outcome hangs on an answer, first at which of its values this and the pictures are."""
    rows = [(wording.begun(wording.measurement_name(m, lang)), wording.amount(m.value, m.unit, lang)) for m in finding.measurements[1:]]
    if wording.value_range(finding) is not None:
        first = finding.measurements[0]
        rows.insert(0, (sentence("report_shown_at", lang=lang), wording.amount(first.value, first.unit, lang)))
    return tuple(rows)


def missing(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return what could not be assessed and why, alike designs in one row: rule, where, designs, why."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for found in review.findings:
        if found.verdict is Verdict.NOT_ASSESSABLE:
            key = (wording.title(review, found, lang), wording.place(review, found, lang), why(found, lang))
            rows.setdefault(key, []).append(found.design)
    return tuple((name, where, ", ".join(dict.fromkeys(designs)), said) for (name, where, said), designs in rows.items())


def why(finding: Finding, lang: str) -> str:
    """Return what is missing and what would give it, and the officer's own verdict where there is one."""
    asked = [sentence(q.note.code, q.note.as_dict(), lang) for q in finding.questions if not q.plan_id]
    lacking = [note for note in finding.missing if not (asked and note.code in ASKED_FOR)]
    article = f" ({wording.article(finding)})" if wording.article(finding) else ""
    can = [] if asked or finding.decision else [sentence("report_can_do", {"article": article}, lang)]
    return " ".join(part for part in (wording.decision_text(finding, lang), *wording.notes(lacking, lang), *asked, *can) if part)


ASKED_FOR = ("surroundings_mill_place", "surroundings_mill_parameter")
"""What is missing and is nothing but what the question beside it asks."""


def decisions(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return the officer's own verdicts, also those that lapsed: rule, where, design, computed, decided, reason, by whom."""
    rows = []
    for finding in review.findings:
        given = finding.decision or (finding.lapsed.decision if finding.lapsed else None)
        if given is None:
            continue
        word = wording.verdict_word(given.verdict, lang)
        if finding.lapsed:
            word = sentence("report_lapsed_word", {"verdict": word, "changes": wording.changes_text(finding, lang)}, lang)
        rows.append((
            wording.title(review, finding, lang), wording.subject(finding, lang), finding.design, wording.verdict_word(finding.verdict, lang),
            word, given.reason, ", ".join(w for w in (given.by, spoken_moment(given.at, lang)) if w),
        ))
    return tuple(rows)


def profiles(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return what was read in the texts of plans: plan, what, value, article with quote."""
    rows = []
    for profile in review.profiles:
        for entry in profile.entries:
            said = " ".join(word for word in (entry.article, f"“{entry.quote}”" if entry.quote else "") if word)
            rows.append((wording.plan_name(review, profile.plan_id), sentence(f"profile_word_{entry.key}", lang=lang), wording.plain(entry.value, lang), said))
        for norm in (one for one in profile.norms if one.decision != OPEN):
            told = {"by": norm.by or "–", "at": spoken_moment(norm.at, lang) if norm.at else "–", "reason": norm.reason or "–"}
            decided = sentence(f"norm_decision_{norm.decision}", told, lang)
            rows.append((wording.plan_name(review, profile.plan_id), norm.key, decided, f"{norm.clause.article} “{norm.clause.quote}”".strip()))
    return tuple(rows)


LICENCES = {"public domain mark": "Public Domain Mark 1.0"}
"""Licences by their own name, where a record calls them otherwise."""
OPEN_DATA = "open overheidsdata"
"""What records call data without a licence of its own."""


def sources(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return the sources: layer, source, file, state with count, date, licence."""
    rows = []
    for item in review.inputs:
        state = sentence(f"state_{item.state.value}", lang=lang)
        if item.count:
            state += f": {sentence(f'count_{item.layer}', {'count': item.count}, lang)}"
        licence = sentence("report_open_data", lang=lang) if item.licence == OPEN_DATA else LICENCES.get(item.licence, item.licence)
        rows.append((sentence(f"layer_{item.layer}", lang=lang), item.source, _short(item.location), state, spoken_date(item.retrieved, lang), licence))
    return tuple(rows)


def _short(location: str) -> str:
    """Return the names of files, with places where a long one may be broken (zero-width spaces)."""
    names = [name.rsplit("/", 1)[-1] for name in location.split(", ")]
    return re.sub(r"(?<=[._-])(?=\w)", "\u200b", ", ".join(names))


def remarks(review: Review, lang: str) -> tuple[str, ...]:
    """Return what was repaired, dropped or assumed, of every source and every design."""
    found = wording.notes(review.remarks, lang) + [sentence(n.code, n.as_dict(), lang) for item in review.inputs for n in item.notes]
    for design in review.designs:
        found += [f"{design.name}: {sentence(m.note.code, m.note.as_dict(), lang)}" for m in design.messages]
    return tuple(dict.fromkeys(found))


def answers(of_case: Mapping[str, Any], lang: str, review: Review | None = None) -> tuple[ROW, ...]:
    """Return the officer's answers that hold: what, value, reason, by whom and when; decisions, places and what plans say stand with what they are
    about."""
    shown = [one for one in given(of_case) if one.path[0] not in ("placement", OWN_VERDICTS, "profile", NORMS, said.ADVICE)]
    return tuple((said.name_of(one, review, lang), said.value_of(one, review, lang), one.word("reason"), said.answered_by(one, lang)) for one in shown)


def former(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return what the officer said or decided and what holds no longer, the latest first: what, what it was, reason, by whom, what became of it."""
    holding = {one.path: one for one in given(review.answers)}
    return tuple(
        (said.name_of(one, review, lang), said.value_of(one, review, lang), one.word("reason"), said.answered_by(one, lang),
         said.became(one, holding, review, lang))
        for one in ended(review.answers)
    )


def versions(review: Review, lang: str) -> tuple[ROW, ...]:
    """Return the versions of the software and of the rule sets."""
    rows = list(review.versions.items())
    for ruleset in review.rulesets:
        rows.append((f"{sentence('report_ruleset', lang=lang)} {ruleset.id}", f"{ruleset.version} · sha256 {ruleset.sha256[:16]}…"))
    return tuple(rows)
