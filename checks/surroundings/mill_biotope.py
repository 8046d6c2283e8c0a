"""Mill biotope (molenbiotoop, vrijwaringszone - molenbiotoop): free wind for a windmill.

What it checks
    Whether any part of the design stands higher than the biotope allows at its distance to the mill.
Legal basis
    The plan's "vrijwaringszone - molenbiotoop" or the provincial verordening. The national formula is H(x) = x/n + c*z, the first
    100 m free of obstacles, for a stellingmolen not above the stelling; older plans count 1:100, provinces 1:30 to 1:100.
Inputs
    ``measure`` (or the officer's answer of that name): ``mill`` ([x, y], or ``{at: [x, y], ground_nap, stelling_m}``; several under
    ``mills``), ``model`` formula | ratio; formula: ``n`` (or ``terrain`` open 140, rough 75, closed 50), ``c`` (0.2), ``z`` height of
    the axis (m); ratio: ``ratio`` (100 = 1:100) and ``base_m`` (lowest sail tip, 0); ``r_free`` (100 m), ``h_free`` (the stelling, else 0),
    ``r_max`` (400 m), ``datum`` mill_ground | peil | NAP; ``zone_name`` (molenbiotoop). Plan areas gebiedsaanduiding; terrain for the
    ground at the mill.
How measured
    Every corner and edge of the mesh, minor parts included, inside the zone and between ``r_free`` and ``r_max`` against the cone; nearer
    against ``h_free``. The first measurement is the height above the datum at the worst point, with the limit there.
Limits
    Beyond ``r_max`` or outside the zone the rule does not apply; while the plans could not be read, nothing violates firmly.
    A ground level from AHN is uncertain by 0.10 m. A clause for
    existing higher obstacles stands as an exception that the officer decides.
References
    Vereniging De Hollandsche Molen, biotoopformule (molenfederatiegelderland.nl, molenbiotoop.nl 2.2); docs/measuring.md A13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only
from ...measure.plan.peil import LEVEL_UNCERTAINTY_M
from ...measure.plane.surfaces import Cone, Level, Zoned, disc, ring
from ...model import Finding, Note, PlanArea, Question, Rule, UncertaintySource, Verdict, numbered
from ..declared.declaration import OVERLAYS, PART, STABLE, SURROUNDINGS, Drawn, Switch
from ..engine.base import Check, Context, inputs_of, not_assessable, peil_question
from ..engine.officer.officer_answers import in_the_country
from ..engine.open_points.answer_words import is_number
from ..engine.weighing import FAR_WORKS_M, declared, lacking, stated
from ..shared.vertical.height_surface import SurfaceLimit, clipped_to, judge_surface, outside_zones

WORD = "molenbiotoop"
N_OF_TERRAIN = {"open": 140.0, "rough": 75.0, "closed": 50.0, "ruw": 75.0, "gesloten": 50.0}
TERRAINS = ("open", "rough", "closed")
LEAST_RATIO = 1.0
"""A cone of 1:100 has the ratio 100; what is smaller than 1 is the slope itself (0.01), or typed wrongly."""
MODELS, DATUMS = ("formula", "ratio"), ("mill_ground", "peil", "NAP")
DEFAULTS = {"c": 0.2, "r_free": 100.0, "r_max": 400.0, "base_m": 0.0}
EDGE_M = 0.001
"""A design that only touches the circle of ``r_free`` stands outside it."""
RING_STEP_M = 50.0


@dataclass(frozen=True)
class Biotope:
    """A mill and its limit in metres above the datum: ``base`` + distance * ``slope`` from ``r_free`` to ``r_max``, ``h_free`` nearer."""

    subject: Note
    at: tuple[float, float]
    ground_nap: float | None
    base: float
    slope: float
    r_free: float
    r_max: float
    h_free: float
    datum: str


class MillBiotope(Check):
    """``mill_biotope``; see the module's text."""

    name = "mill_biotope"
    code, stage, family, about = "DRL-A13", STABLE, SURROUNDINGS, PART
    title = {"nl": "Molenbiotoop", "en": "Mill biotope"}
    needs: tuple[str, ...] = ("plans",)
    reads = ("peil",)
    units = ("m", "m NAP")
    drawn = Drawn(OVERLAYS, "molenbiotoop", named_by="zone_name")
    switches: Mapping[str, Switch] = {
        "mill": "mill", "mills": "mills", "model": ("formula", "ratio"), "n": "positive", "terrain": TERRAINS,
        "c": "positive", "z": "positive", "ratio": "ratio", "base_m": "metres", "r_free": "metres", "h_free": "metres",
        "r_max": "positive", "datum": ("mill_ground", "peil", "NAP"), "zone_name": "name",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding per mill."""
        mills = stated(rule, context, "mills") or [stated(rule, context, "mill")]
        zone, areas = biotope_zone(rule, context)
        findings = []
        for number, mill in enumerate(mills, start=1):
            subject = subject_of(mill, number if len(mills) > 1 else 0)
            biotope, missing = read_biotope(rule, context, mill, subject)
            if biotope is None and zone is not None and context.knows("plans") and not zone.intersects(context.projection):
                findings.append(outside_zones(rule, context, subject, (zone,), inputs_of("plans", *areas)))
            elif biotope is None:
                questions = asked_for(missing) if len(mills) == 1 else ()
                findings.append(not_assessable(rule, context, subject, *missing, *lacking(context, "plans"), questions=questions))
            else:
                findings.append(judge(rule, context, biotope, zone, areas))
        return tuple(findings)


def biotope_zone(rule: Rule, context: Context) -> tuple[BaseGeometry | None, tuple[PlanArea, ...]]:
    """Return the plan's biotope as one area with the objects it comes from; None where the plan has none."""
    word = str(rule.measure.get("zone_name", WORD)).lower()
    areas = tuple(area for area in context.governing("gebiedsaanduiding") if word in area.name.lower())
    return (polygons_only(shapely.union_all([area.geometry for area in areas])) if areas else None), areas


def asked_for(missing: tuple[Note, ...]) -> tuple[Question, ...]:
    """Return the questions whose answers give what is missing of a mill."""
    place = tuple(Question("mill", Note.of("surroundings_question_mill"), "place") for note in missing if note.code == "surroundings_mill_place")
    names = [str(note.as_dict()["name"]) for note in missing if note.code == "surroundings_mill_parameter"]
    return (*place, *(_parameter(name) for name in names))


def _parameter(name: str) -> Question:
    """Return the question for a number of the formula; the officer sees how open the terrain is, not ``n``."""
    if name == "n":
        return Question("terrain", Note.of("surroundings_question_mill_terrain"), "choice", "", TERRAINS)
    return Question(name, Note.of(f"surroundings_question_mill_{name}"), "number", "m" if name == "z" else "")


def subject_of(mill: Any, number: int) -> Note:
    """Return which mill a finding is about: by its name, else its number (0: it is the only one)."""
    name = mill.get("name") if isinstance(mill, Mapping) else None
    if name:
        return Note.of("subject_mill_named", name=str(name))
    return numbered(Note.of("subject_mill"), number) if number else Note.of("subject_mill")


def read_biotope(rule: Rule, context: Context, mill: Any, subject: Note) -> tuple[Biotope | None, tuple[Note, ...]]:
    """Return the mill's limit, or what is missing to know it."""
    words: Mapping[str, Any] = mill if isinstance(mill, Mapping) else {"at": mill}

    def value(key: str) -> Any:
        given = words[key] if words.get(key) is not None else stated(rule, context, key)
        return DEFAULTS.get(key) if given is None else given

    missing = [Note.of("surroundings_mill_place")] if not in_the_country(words.get("at")) else []
    if not missing and shapely.Point(words["at"]).distance(context.projection) > FAR_WORKS_M:
        missing = [Note.of("surroundings_mill_far", far=FAR_WORKS_M), Note.of("surroundings_mill_place")]
    model, datum = str(value("model") or "formula"), str(value("datum") or "mill_ground")
    n = value("n") or N_OF_TERRAIN.get(str(value("terrain") or "").strip().lower())
    wanted = {"n": n, "z": value("z")} if model == "formula" else {"ratio": value("ratio")}
    missing += [Note.of("surroundings_mill_parameter", name=name) for name, given in wanted.items() if not (is_number(given) and _can_be(name, given))]
    if model not in MODELS or datum not in DATUMS:
        missing.append(Note.of("surroundings_mill_words", model=model, datum=datum))
    ground, free = value("ground_nap"), value("h_free")
    numbers = {key: value(key) for key in DEFAULTS}
    numbers["h_free"] = free if free is not None else words.get("stelling_m", 0.0)
    numbers["ground_nap"] = 0.0 if ground is None else ground
    missing += [Note.of("surroundings_mill_number", name=name) for name, given in numbers.items() if not is_number(given)]
    if missing:
        return None, tuple(missing)
    x, y = words["at"]
    base = float(numbers["c"]) * float(wanted["z"]) if model == "formula" else float(numbers["base_m"])
    return Biotope(
        subject, (float(x), float(y)), None if ground is None else float(ground), base,
        1.0 / float(wanted["n"] if model == "formula" else wanted["ratio"]), numbers["r_free"], numbers["r_max"], float(numbers["h_free"]), datum,
    ), ()


def _can_be(name: str, given: float) -> bool:
    return given >= LEAST_RATIO if name in ("ratio", "n") else given > 0


def judge(rule: Rule, context: Context, biotope: Biotope, zone: BaseGeometry | None, areas: tuple[PlanArea, ...]) -> Finding:
    """Return the finding of one mill, for the level that its datum means in this reading."""
    level, sources, missing = datum_level(context, biotope)
    counted = counted_from(biotope, level)
    beyond = context.projection.distance(Point(biotope.at)) > biotope.r_max or (zone is not None and not zone.intersects(context.projection))
    if level is None and beyond:
        level = 0.0  # out of its reach, whatever level it stands on
    if level is None:
        ground = Question("ground_nap", Note.of("surroundings_question_mill_ground"), "number", "m NAP")
        questions = (peil_question(),) if biotope.datum == "peil" else (ground,)
        return not_assessable(rule, context, biotope.subject, *missing, questions=questions)
    words = {"base": round(biotope.base, 2), "per": round(1 / biotope.slope, 1), "h_free": biotope.h_free}
    notes = (Note.of("surroundings_mill_limit", free=biotope.r_free, reach=biotope.r_max, **words), *counted)
    found = judge_surface(rule, context, SurfaceLimit(
        biotope.subject, clipped_to(surfaces(biotope, level), zone), level, "m NAP" if biotope.datum == "NAP" else "m",
        biotope.at, (*sources, *declared(rule, "mill")), inputs_of("plans", *areas), notes, rings(biotope),
    ))
    if zone is None and not context.knows("plans") and found.verdict is Verdict.VIOLATES:
        return replace(found, verdict=Verdict.NEEDS_JUDGEMENT, notes=(*found.notes, Note.of("surroundings_zone_unread")))
    return found


def counted_from(biotope: Biotope, level: float | None) -> tuple[Note, ...]:
    """Return what the heights of a finding are counted from, which here is seldom the peil of the other rules; nothing for NAP."""
    return () if level is None or biotope.datum == "NAP" else (Note.of("surroundings_mill_datum", datum=biotope.datum, level=round(level, 2)),)


def datum_level(context: Context, biotope: Biotope) -> tuple[float | None, tuple[UncertaintySource, ...], tuple[Note, ...]]:
    """Return the level (m NAP) that heights are counted from in this reading, its uncertainty, and what is missing."""
    if biotope.datum == "NAP":
        return 0.0, (), ()
    if biotope.datum == "peil":
        level = context.level
        return (level.nap_m, level.sources, ()) if level else (None, (), (Note.of("checks_peil_missing"),))
    if biotope.ground_nap is not None:
        return biotope.ground_nap, (), ()
    found = context.site.terrain.nearest(*biotope.at) if context.site.terrain is not None else None
    if found is None:
        return None, (), (Note.of("surroundings_mill_ground"),)
    return found[0], (UncertaintySource("mill_ground", LEVEL_UNCERTAINTY_M),), ()


def surfaces(biotope: Biotope, datum_nap: float) -> tuple[Zoned, ...]:
    """Return the level of the free circle and the cone around it (m NAP), each in its ring."""
    cone = Cone(biotope.at, datum_nap + biotope.base, biotope.slope)
    outer = Zoned(cone, ring(biotope.at, biotope.r_free, biotope.r_max))
    if biotope.r_free <= EDGE_M:
        return (outer,)
    return (Zoned(Level(datum_nap + biotope.h_free), disc(biotope.at, biotope.r_free - EDGE_M)), outer)


def rings(biotope: Biotope) -> tuple[tuple[LineString, float], ...]:
    """Return circles of equal limit around the mill with the limit on each (m above the datum)."""
    radii = np.unique([*np.arange(max(biotope.r_free, RING_STEP_M), biotope.r_max, RING_STEP_M), biotope.r_max])
    return tuple((LineString(disc(biotope.at, r).exterior.coords), biotope.base + float(r) * biotope.slope) for r in radii)
