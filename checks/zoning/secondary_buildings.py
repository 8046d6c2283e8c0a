"""Secondary buildings (bijgebouwen, aan- en uitbouwen, overkappingen): the plan's own limits for them.

What it checks
    Goothoogte, bouwhoogte, joint area (or, ``area_of: each``, that of each building), share of the erf, and how far behind the front facade; each
    limit that the rule states is one finding.
Legal basis
    The plan's bouwregels for "bijgebouwen, aan- en uitbouwen en overkappingen"; the numbers differ per plan and have no default.
Inputs
    ``measure``: ``max_eaves_m`` (or ``eaves_above_first_floor_m`` with the answer ``first_floor: {top_nap_m}``), ``max_height_m``, ``max_total_area_m2``,
    ``area_of``, ``max_share_pct``, ``behind_front_m``, ``exempt_classes`` (chimney, antenna). Which part is secondary: ``secondary_parts`` (ids, names or
    kinds) or ``secondary_at`` ([[x, y]], RD), in the rule or the answers, or ``body: all``; else all but the main building: what
    is too small or low for a dwelling on a plot where a house stands is none; a lone building and a lower part against a house are asked.
    ``standing: attached | detached`` keeps of them those against a main building, or apart from it. ``counts: bijgebouw`` says that the text names no
    others: whether an aan- or uitbouw, or an overkapping, counts as one is asked.
    Existing ones: BAG panden without an address and BGT overig bouwwerk on the plot (answers ``parcels``, ``demolition``, ``main_building``), or
    the answer ``existing_secondary_m2`` (one that they contradict is asked). Front: figuur gevellijn or answer ``facade_line``. Peil.
How measured
    Heights above peil as for the main building (gables have no goot); joint area of the new footprint and the existing buildings that stay, merged;
    erf = plot without the main building; distance behind the front line perpendicular to it, on a corner behind each. What stands apart without
    walls (carport, open roof) counts as projected.
Limits
    Existing outlines are uncertain by 0.20 m on each side. A front line that Drieluik proposes decides only for what stands wholly behind the main
    building.
References
    SVBP2012; docs/measuring.md A17.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from ...measure.building.design_geometry import DesignGeometry
from ...measure.building.footprint import polygons_only
from ...measure.building.height import HighestPoints
from ...measure.plan.peil import PeilCandidate
from ...measure.plane import overlay
from ...measure.plane.distance import foremost, main_directions
from ...model import PART_KINDS, Evidence, Finding, Limit, Measurement, Note, Question, Rule, UncertaintySource, Verdict
from ...model.arrays import Floats
from ...model.numbers import number_in
from ..declared.declaration import BODY, PLOT, STABLE, ZONING, OfText, Switch
from ..engine.base import Check, Context, finding, inputs_of, not_assessable, peil_question
from ..engine.exceptions import parts_only
from ..engine.open_points.answer_words import named_in
from ..engine.open_points.unseen import HIGHER, Unseen
from ..engine.plot import looks_under, parcels_told, plot_of
from ..engine.standing import inputs_of_buildings, looks_at_buildings
from ..engine.weighing import against, answer, declared, distance_line, lacking, section_line, stated, worst_first
from ..shared.horizontal.outbuildings import COUNTS, OUTBUILDING, outbuildings_of
from ..shared.horizontal.secondary import (
    NOTHING_AT,
    STANDING,
    Existing,
    Secondary,
    area_uncertainty,
    bodies_standing,
    existing_on,
    front_lines,
    plot_uncertainty,
    proposed_fronts,
    secondary_of,
    settled_front,
    standing_of,
    unknown_parts,
)
from ..shared.vertical.heights import EXEMPT

WHOLE = Note.of("subject_secondary")
EAVES, HEIGHT = Note.of("subject_quantity", name="goothoogte"), Note.of("subject_quantity", name="bouwhoogte")
AREA, SHARE, BEHIND = Note.of("subject_joint_area"), Note.of("subject_share_of_erf"), Note.of("subject_behind_front")
FIRST_FLOOR_M = 8.0
"""A floor that lies further above the foot of a bijgebouw is not the first floor of the house beside it, also not on a slope."""
EAVES_KINDS = ("eaves", "flat")
AREA_OF, TOGETHER, EACH = "area_of", "together", "each"
"""Whether an area is that of all secondary buildings together or of each of them."""
TOUCH_M2 = 0.01
"""A building that meets another by less only touches it."""
ANNEX = ("bijbehorend bouwwerk",)
TOLD = "existing_secondary_m2"
LEAST_M2 = 1.0
"""An area that is told and one that is drawn are the same within this."""


class SecondaryBuildings(Check):
    """``secondary_buildings``; see the module's text."""

    name = "secondary_buildings"
    code, stage, family, about = "DRL-A18", STABLE, ZONING, PLOT
    title = {"nl": "Bijgebouwen", "en": "Secondary buildings"}
    needs: tuple[str, ...] = ()
    reads = (
        "peil", "parcels", "planned_buildings_count", "underground_buildings_count",
        "unregistered_count", "demolition", "main_building", "objects", "object_kind", "annex_is_main",
        "open_roof_is_own", "open_roof_kind", "facade_line", "annex_standing", "annex_counts", "roof_counts", "existing_secondary_sure",
    )
    units = ("m", "m2", "%")
    measured_alone = True
    text_norms = (
        OfText("goothoogte", "m", "<=", ANNEX, "max_eaves_m"), OfText("bouwhoogte", "m", "<=", ANNEX, "max_height_m"),
        OfText("oppervlakte", "m2", "<=", ANNEX, "max_total_area_m2"), OfText("oppervlakte", "%", "<=", ANNEX, "max_share_pct", of="erf"),
        OfText("bebouwingspercentage", "%", "<=", ANNEX, "max_share_pct", of="erf"),
        *(OfText(f"afstand_{line}", "m", ">=", ANNEX, "behind_front_m") for line in ("voorgevel", "voorgevelrooilijn", "gevellijn")),
    )
    switches: Mapping[str, Switch] = {
        "max_eaves_m": "metres", "eaves_above_first_floor_m": "metres", "max_height_m": "metres", "max_total_area_m2": "square_metres",
        "max_share_pct": "percent", "behind_front_m": "metres", "secondary_parts": "names", "secondary_at": "places", **BODY,
        "exempt_classes": "part_kinds", "standing": STANDING, COUNTS: ("all", OUTBUILDING), AREA_OF: (TOGETHER, EACH),
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding for each limit that the rule states, the heaviest first."""
        part = outbuildings_of(standing_of(secondary_of(rule, context), rule, context), rule, context)
        wanted = named_in(stated(rule, context, "secondary_parts"))
        if wanted - set(PART_KINDS) and not part.design.parts:
            return (not_assessable(rule, context, WHOLE, unknown_parts(context, sorted(wanted))),)
        nowhere = tuple(note for note in part.notes if note.code == NOTHING_AT)
        if nowhere and not part.design.parts:
            return (not_assessable(rule, context, WHOLE, *nowhere),)
        if part.shape.is_empty or not part.design.parts:
            return (finding(rule, context, WHOLE, Verdict.NOT_APPLICABLE, notes=(*part.notes, Note.of("surroundings_no_secondary"))),)
        found = [*heights(rule, context, part), *areas(rule, context, part), *behind(rule, context, part)]
        if not found:
            return (not_assessable(rule, context, WHOLE, Note.of("surroundings_no_limit")),)
        told = [replace(item, notes=(*item.notes, *part.notes)) for item in found]
        return worst_first(told)


def heights(rule: Rule, context: Context, part: Secondary) -> list[Finding]:
    """Return the findings of goothoogte and bouwhoogte."""
    found = []
    if rule.measure.get("max_height_m") is not None:
        found += _building_height(rule, context, part, float(rule.measure["max_height_m"]))
    eaves = rule.measure.get("max_eaves_m")
    if eaves is None and rule.measure.get("eaves_above_first_floor_m") is None:
        return found
    place = highest_eaves(context, part)
    if place is None:
        return [*found, not_assessable(rule, context, EAVES, Note.of("surroundings_no_eaves"))]
    if eaves is not None:
        return [*found, _height(rule, context, part, EAVES, "eaves_above_peil", float(eaves), place)]
    floor = answer(context, "first_floor")
    told = number_in(floor.get("top_nap_m")) if isinstance(floor, Mapping) else None
    low = float(context.design.bounds[0, 2])
    if floor is not None and not (told is not None and low < told <= low + FIRST_FLOOR_M):
        context.refused("first_floor", floor, (f"{low:.2f} ... {low + FIRST_FLOOR_M:.2f}",))
        told = None
    if told is None:
        question = Question("first_floor", Note.of("surroundings_question_first_floor"), "numbers", "m NAP", ("top_nap_m",))
        return [*found, not_assessable(rule, context, EAVES, Note.of("surroundings_no_first_floor"), questions=(question,))]
    limit = told + float(rule.measure["eaves_above_first_floor_m"])
    measured = Measurement("eaves_nap", round(float(place[2]), 4), "m NAP", "<=", round(limit, 4))
    return [*found, finding(rule, context, EAVES, measured.verdict(), measurements=(measured,), evidence=_point(part, place, measured))]


def _building_height(rule: Rule, context: Context, part: Secondary, limit: float) -> list[Finding]:
    """Return the finding of the highest point; what the plan exempts (``exempt_classes``, as for bouwhoogte) is said, not counted."""
    free = set(parts_only(rule.measure.get("exempt_classes", EXEMPT), part.design.kinds))
    points = HighestPoints(part.design.parts)
    every, counted = points.highest(), points.highest(left_out=lambda item: item.kind in free)
    if every is None:
        return []
    whole = _height(rule, context, part, HEIGHT, "height_above_peil", limit, every)
    if counted is None or every[2] <= counted[2] or whole.verdict in (Verdict.COMPLIES, Verdict.NOT_ASSESSABLE):
        return [whole]
    found = _height(rule, context, part, HEIGHT, "height_above_peil", limit, counted)
    level = _level(context, part)
    note = Note.of("checks_exempt_parts", height=round(float(every[2]) - level.nap_m, 4) if level else None)
    return [replace(found, notes=(*found.notes, note))]


def _height(rule: Rule, context: Context, part: Secondary, subject: Note, name: str, limit: float, place: Floats) -> Finding:
    level = _level(context, part)
    if level is None:
        return not_assessable(rule, context, subject, Note.of("checks_peil_missing"), questions=(peil_question(),))
    sources = (*level.sources, *declared(rule, "level", "height", "mesh"))
    measured = Measurement(name, round(float(place[2]) - level.nap_m, 4), "m", "<=", limit, sources)
    return finding(
        rule, context, subject, measured.verdict(), evidence=_point(part, place, measured),
        measurements=(measured, Measurement("peil", level.nap_m, "m NAP", at=level.method)),
    )


def _level(context: Context, part: Secondary) -> PeilCandidate | None:
    """Return the level that secondary buildings are measured from: their own where they stand apart on other ground."""
    return context.with_parts(part.design.parts).level if context.apart else context.level


def _point(part: Secondary, place: Floats, measured: Measurement) -> tuple[Evidence, ...]:
    across = section_line(part.shape, place, main_directions(part.shape)[1])
    return (across, Evidence("highest_point", Point(*place), value=measured.value, unit=measured.unit))


def highest_eaves(context: Context, part: Secondary) -> Floats | None:
    """Return the middle (3,) RD + NAP of the highest stretch of eaves or flat roof edge, None when no walls carry a roof."""
    edges = [edge for edge in DesignGeometry(part.design, context.geometry.ground_nap).eaves if edge.kind in EAVES_KINDS]
    if not edges:
        return None
    best = max(edges, key=lambda edge: edge.drip)
    return np.array([*best.line.mean(axis=0), best.drip])


def areas(rule: Rule, context: Context, part: Secondary) -> list[Finding]:
    """Return the findings of the joint area and of its share of the erf."""
    total_limit, share_limit = rule.measure.get("max_total_area_m2"), rule.measure.get("max_share_pct")
    if total_limit is None and share_limit is None:
        return []
    given = answer(context, TOLD)
    told = number_in(given)
    if given is not None and (told is None or told < 0.0):
        wrong = Note.of("surroundings_answer_no_number", key=TOLD)
        return [not_assessable(rule, context, subject, wrong) for subject, limit in ((AREA, total_limit), (SHARE, share_limit)) if limit is not None]
    told = _within_the_plot(context, told)
    existing = existing_on(context)
    new = [shape for shape in (part.shape, part.main) if shape is not None and not shape.is_empty]
    extra = polygons_only(shapely.difference(existing.shape, shapely.union_all(new)))  # what stands where the design comes, goes
    extra = bodies_standing(extra, part, existing.main, rule)
    said = _against_the_register(context, told, extra)
    told = told if told is None or not said or told > extra.area or _is_sure(context, told, extra) else None
    looks_at_plot(context, counted=told is None)
    old = told if told is not None else extra.area
    sources = () if told is not None else area_uncertainty(extra)
    found = []
    if total_limit is not None and rule.measure.get(AREA_OF) == EACH:
        found.append(_largest(rule, context, float(total_limit), part, extra, existing))
    elif total_limit is not None:
        measured = against(Limit("<=", "m2", float(total_limit)), "total_area", part.shape.area + old, "m2", sources)
        found.append(_area_finding(rule, context, AREA, measured, part, extra, old, existing))
    if share_limit is not None:
        found.append(_share_finding(rule, context, float(share_limit), part, extra, old, existing, sources))
    return [replace(one, notes=(*one.notes, *said)) for one in found]


def _share_finding(
    rule: Rule, context: Context, limit: float, part: Secondary, extra: BaseGeometry, old: float, existing: Existing, sources: tuple[UncertaintySource, ...]
) -> Finding:
    """Return the finding of the share of the erf."""
    missing = () if plot_of(context) else lacking(context, "parcels") or (Note.of("surroundings_no_plot"),)
    erf = erf_of(context, part, existing)
    if missing or erf.area < 1e-3:
        return not_assessable(rule, context, SHARE, *(missing or (Note.of("surroundings_no_erf"),)))
    doubt = tuple(replace(source, value=round(100.0 * source.value / erf.area, 4)) for source in sources)
    drawn = 100.0 * (part.shape.area + old) / erf.area**2 * plot_uncertainty(context, erf)
    doubt += (UncertaintySource("boundary", round(drawn, 4)),) if drawn else ()
    measured = against(Limit("<=", "%", limit), "share_of_erf", 100.0 * (part.shape.area + old) / erf.area, "%", doubt)
    return _area_finding(rule, context, SHARE, measured, part, extra, old, existing, erf)


def _largest(rule: Rule, context: Context, limit: float, part: Secondary, extra: BaseGeometry, existing: Existing) -> Finding:
    """Return the finding of the largest of the new secondary buildings, each with what stands against it."""
    whole = polygons_only(shapely.union_all([part.shape, extra]))
    bodies = [body for body in shapely.get_parts(whole) if overlay.intersection(body, part.shape).area > TOUCH_M2]
    largest = max(bodies, key=lambda body: float(body.area))
    own, old = (polygons_only(overlay.intersection(largest, shape)) for shape in (part.shape, extra))
    measured = against(Limit("<=", "m2", limit), "area", largest.area, "m2", area_uncertainty(old))
    found = _area_finding(rule, context, AREA, measured, replace(part, shape=own), old, old.area, existing)
    return replace(found, notes=(*found.notes, Note.of("surroundings_area_of_each", count=len(bodies))))


def _within_the_plot(context: Context, told: float | None) -> float | None:
    """Return an area of existing secondary buildings that was told; one larger than the plot that they stand on is refused."""
    plot = sum(parcel.geometry.area for parcel in plot_of(context)) if told is not None else 0.0
    if told is None or not plot or told <= plot + LEAST_M2:
        return told
    context.refused(TOLD, told, (f"0 - {plot:.0f} m2",))
    return None


def _is_sure(context: Context, told: float, extra: BaseGeometry) -> bool:
    """Whether an area that is less than the registers draw holds all the same, in this reading; more than they know may well stand there."""
    note = Note.of("surroundings_question_secondary_told", told=round(told, 1), drawn=round(float(extra.area), 1))
    return context.yes_no("existing_secondary_sure", note, likely=True)


def _against_the_register(context: Context, told: float | None, extra: BaseGeometry) -> tuple[Note, ...]:
    """Return the note that an officer counted another area of what stands than the registers draw, by more than their outlines are uncertain."""
    if told is None or not (context.knows("bag") and context.knows("bgt") and plot_of(context)):
        return ()
    if abs(told - extra.area) <= sum((source.value for source in area_uncertainty(extra)), LEAST_M2):
        return ()
    return (Note.of("surroundings_secondary_told", told=round(told, 1), drawn=round(float(extra.area), 1)),)


def looks_at_plot(context: Context, counted: bool) -> None:
    """Look at what stands on the plot; ``counted`` False: the officer counted the secondary buildings, and only the erf follows from it."""
    names = ("total_area", "share_of_erf") if counted else ("share_of_erf",)
    plot = plot_of(context)
    looks_under(context, plot)
    told = bool(plot) and tuple(plot) == parcels_told(context)
    if counted and not told and context.looks("parcels", HIGHER, context.projection, names[:1]) and not plot:
        context.ledger.missed(Unseen(Note.of("surroundings_no_plot"), HIGHER, names[:1]))
    looks_at_buildings(context, HIGHER, shapely.union_all([parcel.geometry for parcel in plot]), names)


def _area_finding(
    rule: Rule, context: Context, subject: Note, measured: Measurement, part: Secondary, extra: BaseGeometry, old: float, existing: Existing,
    erf: BaseGeometry | None = None,
) -> Finding:
    shown = (Evidence("reference_area", erf, value=round(erf.area, 2), unit="m2"),) if erf is not None else ()
    built = polygons_only(shapely.union_all([part.shape, extra]))
    return finding(
        rule, context, subject, measured.verdict(),
        measurements=(measured, Measurement("built_new", round(part.shape.area, 4), "m2"), Measurement("built_existing", round(old, 4), "m2")),
        evidence=(*shown, Evidence("built_area", built, value=round(built.area, 2), unit="m2")),
        inputs=inputs_of("parcels", *plot_of(context)) + inputs_of_buildings(context, existing.panden) + inputs_of("bgt", *existing.structures),
    )


def erf_of(context: Context, part: Secondary, existing: Existing) -> BaseGeometry:
    """Return the plot without the main building (RD)."""
    plot = shapely.union_all([parcel.geometry for parcel in plot_of(context)])
    main = [shape for shape in (part.main, existing.main) if shape is not None and not shape.is_empty]
    return polygons_only(shapely.difference(plot, shapely.union_all(main))) if main else plot


def behind(rule: Rule, context: Context, part: Secondary) -> list[Finding]:
    """Return the finding of the distance behind the front facade of the main building."""
    wanted = rule.measure.get("behind_front_m")
    if wanted is None:
        return []
    question = Question("facade_line", Note.of("surroundings_question_facade_line"), "lines")
    main = part.main if part.main is not None and not part.main.is_empty else existing_on(context).main
    lines = front_lines(context, main)
    if lines:
        return [_behind(rule, context, part, main, lines)]
    ways = proposed_fronts(context, main)
    if not ways:
        return [not_assessable(rule, context, BEHIND, Note.of("surroundings_no_front"), *lacking(context, "parcels", "bgt"), questions=(question,))]
    found = _behind(rule, context, part, main, ways[:1])
    rear = max((max(stretch.v0, stretch.v1) for stretch in foremost(main, ways[0].reverse())), default=0.0)
    value = found.measurements[0].value if found.measurements else None
    if found.verdict is Verdict.COMPLIES and value is not None and value >= rear:  # wholly behind the main building, whichever its front facade
        return [replace(found, notes=(*found.notes, Note.of("surroundings_no_matter")))]
    return [_behind(rule, context, part, main, [settled_front(context, ways)])]


def _behind(rule: Rule, context: Context, part: Secondary, main: BaseGeometry, lines: Sequence[LineString]) -> Finding:
    """Return the finding of the distance behind lines of the front facade, whose left side is in front."""
    facades = [(stretch, line) for line in lines for stretch in foremost(part.shape, line)]
    if not facades:
        return not_assessable(rule, context, BEHIND, Note.of("surroundings_no_front"), *lacking(context, "parcels", "bgt"))
    foremost_at, line = max(facades, key=lambda pair: max(pair[0].v0, pair[0].v1))
    value = 0.0 - max(foremost_at.v0, foremost_at.v1)
    measured = against(Limit(">=", "m", float(rule.measure["behind_front_m"])), "behind_front", value, "m", declared(rule, "line", "mesh"))
    foot = line.interpolate(foremost_at.u0 if foremost_at.v0 >= foremost_at.v1 else foremost_at.u1)
    near = overlay.intersection(line, shapely.union_all([part.shape, main]).buffer(10.0))
    shown = (Evidence("facade_line", near), distance_line(shapely.shortest_line(foot, part.shape), value))
    return finding(rule, context, BEHIND, measured.verdict(), measurements=(measured,), evidence=shown)
