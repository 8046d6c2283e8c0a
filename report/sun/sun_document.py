"""The neutral document of a sun study: what its HTML and PDF both show, made once from a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...measure.sun.shadows_in_time import STREET, ShadowMoment, ShadowScene, ShadowStudy, moments_of
from ...measure.sun.sky_view import blocking_of
from ...measure.sun.sun_norms import NormError
from ...model import PRECEDENCE, Design, Evidence, Finding, Note, Review, Rule, Verdict
from ...texts import clock, number, sentence
from ..basis import palette, wording
from ..basis.sun_table import CHANGED_MIN, dwelling_rows, facades_of, short_date, sun_findings
from ..pages import document
from ..pictures.picture import Picture
from ..pictures.sun_picture import chart_picture
from .sun_maps import EXISTING, EXTRA, GONE, SunMap, frame_of, moment_alt, moment_caption

CHECKS = ("sun_hours_facade", "shadow_study")
MOST_CHARTS = 8
MOST_PLOTS = 30
SAME_M2 = 1.0
"""A yard that gets so nearly all extra shadow of its parcel stands for it."""
LAYERS = ("buildings3d", "terrain", "bag", "parcels", "bgt", "plans", "design")
Row = tuple[str, ...]


@dataclass(frozen=True)
class NormTable:
    """One norm: its title, what it says by whom, the rows of all dwellings, and why some need a look (dwelling, sentences)."""

    title: str
    quotes: tuple[Row, ...]
    rows: tuple[Row, ...]
    reasons: tuple[Row, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class DesignPages:
    """The pictures of one design: points on facades, shadow diagrams, charts; extra shadow per plot and sun on gardens."""

    name: str
    receptors: tuple[Picture, ...]
    diagrams: tuple[Picture, ...]
    scale: str
    dark: str
    plots: tuple[Row, ...]
    gardens: tuple[str, ...]
    charts: tuple[Picture, ...]


@dataclass(frozen=True)
class SunDocument:
    """Everything that a sun study says, in one language."""

    lang: str
    title: str
    facts: tuple[Row, ...]
    answers: tuple[Row, ...]
    norms: tuple[NormTable, ...]
    designs: tuple[DesignPages, ...]
    assumptions: tuple[str, ...]
    sources: tuple[Row, ...]
    legend: tuple[Row, ...]
    losses: tuple[Row, ...]
    words: Mapping[str, str]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures."""
        return tuple(p for d in self.designs for some in (d.receptors, d.diagrams, d.charts) for p in some)


WORDS = (
    "sun_doc_table", "sun_doc_norm", "sun_doc_dwelling", "sun_doc_design", "sun_doc_facade", "sun_doc_date", "sun_doc_now", "sun_doc_plan",
    "sun_doc_after", "sun_doc_change", "sun_doc_minutes", "sun_doc_points", "sun_doc_diagrams", "sun_doc_plots", "sun_doc_plot", "sun_doc_moment",
    "sun_doc_existing", "sun_doc_new", "sun_doc_extra", "sun_doc_charts", "sun_doc_assumptions", "sun_doc_no_dwellings", "sun_doc_no_plots",
    "sun_doc_no_charts", "sun_doc_open", "report_verdict", "report_sources", "report_what", "report_source", "report_file", "report_state", "report_date",
    "report_licence", "report_page", "report_design",
)
REASONS = ("sun_falls_below", "sun_worse_below", "sun_on_the_edge", "sun_points", "sun_some_points_fail", "sun_several_addresses", "sun_no_address")
ASSUMED = (
    "sun_norm", "sun_receptors_assumed", "sun_radius", "sun_own_left_out", "sun_replaced", "sun_no_terrain", "sun_no_buildings", "sun_without_model",
    "sun_trees", "sun_trees_left_out", "sun_never_up", "sun_facades_added", "sun_no_plan_space", "sun_plan_space", "sun_shadow_method",
    "sun_shadow_no_plots", "sun_shadow_yards_only",
)
GENERAL = ("sun_doc_times", "sun_doc_geometric", "sun_doc_scope", "sun_doc_doubt")


def make_sun_document(
    review: Review, scenes: Mapping[str, ShadowScene], studies: Mapping[str, ShadowStudy], lang: str
) -> SunDocument:
    """Return the document of a review's sun study in ``nl`` or ``en``; ``scenes`` and ``studies``: shadows of each design by name."""
    rules = [r for s in review.rulesets for r in s.rules if r.enabled and r.check == "sun_hours_facade"]
    return SunDocument(
        lang=lang,
        title=sentence("sun_doc_title", lang=lang),
        facts=document.facts(review, lang),
        answers=tuple((name, answer_line(review, name, studies[name], lang)) for name in scenes),
        norms=tuple(norm_table(review, rule, lang) for rule in rules),
        designs=tuple(design_pages(review, d, scenes[d.name], studies[d.name], n, lang) for n, d in enumerate(review.designs, 1) if d.name in scenes),
        assumptions=assumptions(review, lang),
        sources=tuple(row for row, item in zip(document.sources(review, lang), review.inputs) if item.layer in LAYERS),
        legend=legend(lang),
        losses=tuple((colour, sentence(code, lang=lang)) for _, colour, code in palette.LOSS),
        words={code: sentence(code, lang=lang) for code in WORDS},
    )


def wanted(review: Review) -> bool:
    """Whether a review has a sun study to show."""
    return any(f.check in CHECKS and f.verdict is not Verdict.NOT_ASSESSABLE for f in review.findings)


def study_of(review: Review, scene: ShadowScene) -> ShadowStudy:
    """Return the shadow moments that the review's rule asks, else the usual ones."""
    rule = next((r for s in review.rulesets for r in s.rules if r.enabled and r.check == "shadow_study"), None)
    try:
        return moments_of(scene, rule.measure if rule else {})
    except NormError:  # the finding says which word of the rule cannot be used
        return moments_of(scene, {})


def answer_line(review: Review, design: str, study: ShadowStudy, lang: str) -> str:
    """Return what the study says of a design in one line: verdicts over dwellings, and the most extra shadow."""
    found = [f for f in sun_findings(review) if f.design == design]
    counts = {verdict: sum(f.stands is verdict for f in found) for verdict in PRECEDENCE}
    worst = max(study.moments, key=lambda m: m.extra.area)
    words = {"area": float(worst.extra.area), "date": short_date(str(worst.time)[:10], lang), "clock": worst.clock}
    dwellings = sentence("sun_doc_dwellings", {"line": wording.summary_line(counts, lang)}, lang) if found else ""
    return " ".join(part for part in (dwellings, sentence("sun_doc_most_shadow", words, lang)) if part)


def norm_table(review: Review, rule: Rule, lang: str) -> NormTable:
    """Return the table of one norm, and what could not be judged by it."""
    unjudged = [f for f in review.findings if f.rule == rule.id and not f.measurements]
    words = [w for f in unjudged for w in wording.notes(f.missing or f.notes[:1], lang)]
    return NormTable(
        title=rule.title.get(lang) or rule.title.get("nl") or rule.id,
        quotes=tuple((s.quote, ", ".join(w for w in (s.instrument, s.article) if w)) for s in rule.legal),
        rows=tuple(dwelling_rows(sun_findings(review, rule.id), lang)),
        reasons=tuple(
            (f"{wording.subject(f, lang)} ({f.design})", why(f, lang))
            for f in sun_findings(review, rule.id) if f.decision or f.stands in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT)
        ),
        open=tuple(dict.fromkeys(words)),
    )


def why(finding: Finding, lang: str) -> str:
    """Return why a dwelling is judged as it is, the officer's decision first."""
    said = wording.notes(tuple(n for n in finding.notes if is_reason(n.code)), lang)
    return " ".join(part for part in (wording.decision_text(finding, lang), *said) if part)


def is_reason(code: str) -> bool:
    """Whether a note says why a dwelling is judged as it is."""
    return code in REASONS or code.startswith("sun_blocked_by_")


def design_pages(review: Review, design: Design, scene: ShadowScene, study: ShadowStudy, number_: int, lang: str) -> DesignPages:
    """Return the pictures and the plots of one design."""
    found = [f for f in sun_findings(review) if f.design == design.name]
    diagrams = SunMap(review.site, design, study.frame, lang)
    pictures = tuple(
        Picture(f"shadow{number_}-{n}.svg", diagrams.shadows(m).encode(), "svg", moment_alt(m, lang), moment_caption(m, diagrams.scale, lang))
        for n, m in enumerate(study.moments) if m.lit
    )
    unlit = ", ".join(f"{short_date(str(m.time)[:10], lang)} {clock(m.clock, lang)}" for m in study.moments if not m.lit)
    points: tuple[Picture, ...] = ()
    if found:
        around = SunMap(review.site, design, frame_of(found, scene.outline), lang)
        words = {"design": design.name, "scale": around.scale}
        alt, caption = (sentence(code, words, lang) for code in ("sun_doc_points_alt", "sun_doc_points_caption"))
        points = (Picture(f"points{number_}.svg", around.receptors(found, alt).encode(), "svg", alt, caption),)
    charts = tuple(charts_of(review, design, found, f"chart{number_}", lang))
    gardens = tuple(
        sentence(n.code, n.as_dict(), lang) for f in review.findings if f.design == design.name and f.check == "shadow_study"
        for n in f.notes if n.code == "sun_garden"
    )
    scale = sentence("sun_doc_scale", {"scale": diagrams.scale}, lang)
    dark = sentence("sun_doc_dark", {"moments": unlit}, lang) if unlit else ""
    return DesignPages(design.name, points, pictures, scale, dark, plot_rows(study, lang), gardens, charts)


def plot_rows(study: ShadowStudy, lang: str) -> tuple[Row, ...]:
    """Return (parcel or yard, date and clock, existing, new, extra m2) of each plot at its worst moment, most first; a parcel whose yard gets
    all of it is not said twice."""
    worst: dict[tuple[str, str], tuple[ShadowMoment, int]] = {}
    for moment in study.moments:
        for n, shaded in enumerate(moment.plots):
            key = (shaded.plot.kind, shaded.plot.name)
            if key not in worst or shaded.extra_m2 > worst[key][0].plots[worst[key][1]].extra_m2:
                worst[key] = (moment, n)
    gardens = {name: moment.plots[n].extra_m2 for (kind, name), (moment, n) in worst.items() if kind == "garden"}
    extra = {key: moment.plots[n].extra_m2 for key, (moment, n) in worst.items()}
    told = [key for key in worst if key[0] != STREET and not (key[0] == "parcel" and key[1] in gardens and extra[key] - gardens[key[1]] < SAME_M2)]
    ranked = [worst[key] for key in sorted(told, key=lambda key: -extra[key])]
    rows = []
    for moment, n in ranked[:MOST_PLOTS]:
        shaded = moment.plots[n]
        name = sentence(f"sun_plot_{shaded.plot.kind}{'_own' if shaded.plot.own else ''}", {"name": shaded.plot.name}, lang)
        when = f"{short_date(str(moment.time)[:10], lang)} {clock(moment.clock, lang)}"
        rows.append((name, when, *(number(area, 1, lang) for area in (shaded.existing_m2, shaded.new_m2, shaded.extra_m2))))
    return tuple(rows)


def charts_of(review: Review, design: Design, findings: list[Finding], name: str, lang: str) -> list[Picture]:
    """Return the sun-path chart of each dwelling that needs a look (its deciding point) or loses sun (the point that loses most), worst first."""
    points = {id(f): shown_point(f) for f in findings}
    chosen = [f for f in findings if f.verdict in LOOKED_AT or _change(points[id(f)]) < -CHANGED_MIN]
    chosen.sort(key=lambda f: (PRECEDENCE.index(f.verdict), _change(points[id(f)])))
    made, around = [], {}
    for n, finding in enumerate(chosen[:MOST_CHARTS]):
        rule = wording.rule_of(review, finding)
        if rule is None:
            continue
        if rule.id not in around:
            around[rule.id] = blocking_of(review.site, design, review.answers, rule.measure)
        made.append(chart_picture(review, finding, rule, around[rule.id], f"{name}-{n}.svg", lang, points[id(finding)]))
    return [picture for picture in made if picture is not None]


LOOKED_AT = (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT)


def shown_point(finding: Finding) -> Evidence | None:
    """Return the point of a dwelling that its chart is of: the deciding one where it needs a look, else the one of any facade that loses most."""
    deciding, others = facades_of(finding)
    if finding.verdict in LOOKED_AT:
        return deciding
    return min((piece for piece in (deciding, *others) if piece is not None), key=_change, default=None)


def _change(piece: Evidence | None) -> float:
    return 0.0 if piece is None or piece.value is None else piece.value


def assumptions(review: Review, lang: str) -> tuple[str, ...]:
    """Return what the study assumes: of all studies, and of this one."""
    found = _of_designs([(f.design, n) for f in review.findings if f.check in CHECKS for n in f.notes if n.code in ASSUMED], review, lang)
    assumed = {n.as_dict()["pand"] for f in sun_findings(review) for n in f.notes if n.code == "sun_assumed_dwelling"}
    if assumed:
        found.append(sentence("sun_doc_assumed_dwellings", {"count": len(assumed)}, lang))
    return tuple(dict.fromkeys([*(sentence(code, lang=lang) for code in GENERAL), *found]))


def _of_designs(told: list[tuple[str, Note]], review: Review, lang: str) -> list[str]:
    """Return notes as sentences; where one is said otherwise of another design, with the design before it."""
    ways: dict[str, dict[str, list[str]]] = {}
    for design, note in told:
        ways.setdefault(note.code, {}).setdefault(sentence(note.code, note.as_dict(), lang), []).append(design)
    named = sentence("report_design", lang=lang)
    return [
        said if len(others) == 1 or len(review.designs) < 2 else f"{named} {', '.join(dict.fromkeys(designs))}: {said}"
        for others in ways.values() for said, designs in others.items()
    ]


def legend(lang: str) -> tuple[Row, ...]:
    """Return colour and name of what shadow diagrams show."""
    entries = ((palette.DESIGN, "sun_legend_design"), (EXISTING, "sun_legend_existing"), (EXTRA, "sun_legend_extra"), (GONE, "sun_legend_gone"))
    return tuple((colour, sentence(code, lang=lang)) for colour, code in entries)
