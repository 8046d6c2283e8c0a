"""Maximum coverage (maximum bebouwingspercentage).

What it checks
    Built area, new and staying, as a share of the reference area that the plan means.
Legal basis
    "het bebouwingspercentage ... van het bouwperceel / bouwvlak / bestemmingsvlak": which of them differs per plan and is
    the trap; ``denominator`` in the rule or the officer's answers says it.
Inputs
    Parcels (bouwperceel) or plan areas; BAG panden and BGT other structures that stay; the design's footprint.
How measured
    Union of the new wall-enclosed footprint and existing buildings that remain (``answers.demolition`` names those that
    go), inside the reference area; merged before measuring, so nothing counts twice.
Limits
    A bouwperceel is not always a cadastral parcel: ``answers.parcels`` names or merges them; without it the parcels under
    the design are taken and the finding says so. Uncertainty: outline of existing buildings x 0.2 m.
References
    rules.md A5, A6.
"""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.footprint import polygons_only
from ...model import Evidence, Finding, Limit, Measurement, Note, Question, Rule, UncertaintySource, Verdict
from ..base import BGT_OUTLINE_UNCERTAINTY_M, Context, finding, inputs_of, missing_layers, not_assessable, value_of

DENOMINATORS = ("bouwperceel", "bouwvlak", "bestemmingsvlak", "aanduidingsvlak")
KINDS = {"bouwvlak": ("bouwvlak",), "bestemmingsvlak": ("enkelbestemming",), "aanduidingsvlak": ("functieaanduiding", "bouwaanduiding")}
SUBJECT = "bebouwingspercentage"


class MaxCoveragePct:
    """``max_coverage_pct``; see the module's text."""

    name = "max_coverage_pct"
    needs: tuple[str, ...] = ("bag",)

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design in its reference area."""
        word = _denominator(rule, context)
        if word not in DENOMINATORS:
            question = Question("denominator", Note.of("checks_question_denominator"))
            return (not_assessable(rule, context, SUBJECT, Note.of("checks_no_denominator"), questions=(question,)),)
        limit = limit_of(rule, context)
        if limit is None or limit.value is None:
            return (not_assessable(rule, context, SUBJECT, Note.of("checks_no_coverage_limit")),)
        areas, layer, notes = reference_areas(word, context)
        missing = missing_layers(self, context)
        if not areas or missing:
            lacking = () if areas else (Note.of("checks_no_reference_area", denominator=word),)
            return (not_assessable(rule, context, SUBJECT, *lacking, *missing),)
        return (judge(rule, context, limit, word, areas, layer, notes),)


def _denominator(rule: Rule, context: Context) -> str:
    answer = context.answers.get("denominator", rule.measure.get("denominator", ""))
    return str(answer.get("value", "") if isinstance(answer, dict) else answer)


def limit_of(rule: Rule, context: Context) -> Limit | None:
    """Return the rule's own limit, or the strictest maximum bebouwingspercentage of the plan under the design."""
    if rule.limit is None or rule.limit.value is not None:
        return rule.limit
    found = []
    for area in context.governing("maatvoering"):
        value = value_of(area, rule.limit.from_plan or "bebouwingspercentage", "maximum")
        if value is not None and value.value is not None and area.geometry.intersects(context.geometry.footprint):
            found.append(value.value)
    return Limit(rule.limit.operator, rule.limit.unit, min(found)) if found else None


def reference_areas(word: str, context: Context) -> tuple[Sequence, str, tuple[Note, ...]]:
    """Return the objects that together are the reference area, their layer, and how they were chosen."""
    footprint = context.geometry.footprint
    if word != "bouwperceel":
        areas = [area for kind in KINDS[word] for area in context.governing(kind)]
        return [a for a in areas if a.geometry.intersection(footprint).area > 1.0], "plans", ()
    answer = context.answers.get("parcels")
    named = answer.get("value", answer) if isinstance(answer, dict) else answer
    if named:
        wanted = {str(name) for name in ([named] if isinstance(named, str) else named)}
        chosen = [p for p in context.site.parcels if p.fid in wanted or p.designation in wanted]
        return chosen, "parcels", (Note.of("checks_parcels_chosen"),)
    under = [p for p in context.site.parcels if p.geometry.intersection(footprint).area > 1.0]
    return under, "parcels", (Note.of("checks_parcels_assumed", parcels=", ".join(p.designation for p in under)),)


def judge(rule: Rule, context: Context, limit: Limit, word: str, areas: Sequence, layer: str, notes: tuple[Note, ...]) -> Finding:
    """Return the finding for a known limit and reference area."""
    reference = shapely.union_all([area.geometry for area in areas])
    existing, used = staying(context, reference)
    new = shapely.intersection(context.geometry.footprint, reference)
    built = polygons_only(shapely.union_all([new, existing]))
    extra = polygons_only(shapely.difference(existing, new))
    percentage = 100.0 * built.area / reference.area
    doubt = 100.0 * extra.length * BGT_OUTLINE_UNCERTAINTY_M / reference.area
    sources = (UncertaintySource("existing_outline", round(doubt, 4)),) if doubt else ()
    measured = Measurement("coverage", round(percentage, 4), "%", limit.operator, limit.value, sources, word)
    return finding(
        rule, context, SUBJECT, measured.verdict(),
        measurements=(
            measured,
            Measurement("built_new", round(new.area, 4), "m2"),
            Measurement("built_existing", round(extra.area, 4), "m2"),
            Measurement("reference", round(reference.area, 4), "m2", at=word),
        ),
        evidence=(
            Evidence("reference_area", reference, value=round(reference.area, 2), unit="m2"),
            Evidence("built_area", built, value=round(percentage, 2), unit="%"),
        ),
        inputs=inputs_of(layer, *areas) + inputs_of("bag", *used),
        notes=notes,
    ) if not built.is_empty else finding(rule, context, SUBJECT, Verdict.NOT_APPLICABLE, notes=notes)


def staying(context: Context, reference: BaseGeometry) -> tuple[BaseGeometry, list]:
    """Return the area of existing buildings that stay inside the reference area, and those buildings."""
    answer = context.answers.get("demolition") or ()
    going = {str(fid) for fid in (answer.get("value", ()) if isinstance(answer, dict) else answer)}
    panden = [b for b in context.site.registered_buildings if b.fid not in going]
    others = [t for t in context.site.topography if t.collection == "overigbouwwerk" and t.level == 0 and t.fid not in going]
    used = [item for item in (*panden, *others) if item.geometry.intersection(reference).area > 0.01]
    if not used:
        return shapely.MultiPolygon(), []
    return shapely.intersection(shapely.union_all([item.geometry for item in used]), reference), used
