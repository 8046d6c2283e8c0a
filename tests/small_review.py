"""A review made by hand: two designs, findings of every outcome, decisions that stand and lapsed, a site with a thing of every layer, all kinds of answers.

Nothing is computed: the numbers are chosen so that each sentence, column and field of what goes out shows its own. ``texts_of`` gives what the report,
the record and the layers say of it, as ``tests/golden/small`` holds it (``make golden``).
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from no_pictures import NoPictures
from shapely import LineString, MultiLineString, MultiPolygon, Point, box

import scenes
from drieluik.checks import Context
from drieluik.checks.engine.design_as_told import as_told
from drieluik.model import (
    Address,
    Building3D,
    Case,
    Change,
    Choice,
    CoverLine,
    Decision,
    DesignRequest,
    Deviation,
    Evidence,
    Finding,
    Fingerprint,
    GateItem,
    InputUsed,
    Lapsed,
    LayerState,
    LegalSource,
    Limit,
    Measurement,
    MeasuringProfile,
    Note,
    Plan,
    PlanArea,
    PlanCover,
    PlanNorm,
    PlanOrigin,
    PlanValue,
    Premise,
    ProfileEntry,
    Provenance,
    Question,
    Review,
    Rule,
    Ruleset,
    SiteRequest,
    TopographyObject,
    Tree,
    UncertaintySource,
    Verdict,
)
from drieluik.model.plan_words import Clause
from scenes import GROUND, ORIGIN, box_part, gable_part, shift

FOLDER = Path(__file__).parent / "golden" / "small"
VIOLATES, COMPLIES, JUDGE, NOT_THERE, NONE = Verdict.VIOLATES, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE
LAW = LegalSource("Plan Kade", "4.2.1 onder a", "De hoogte is ten hoogste 9 m.", "https://plan.example/r#4.2.1", "2020-05-01", "NL.IMRO.1", "BWBR1")
LEVEL, MESH = UncertaintySource("level", 0.06), UncertaintySource("mesh", 0.08)
QUESTIONS = (
    Question("profile.peil", Note.of("engine_profile_peil"), "choice", "m NAP", ("nap_value", "water_level"), "NL.IMRO.1"), Question("overrides:rule:x", Note.of("engine_profile_peil")),
    Question("peil", Note.of("engine_profile_peil"), "number", "m NAP"),
)

SWITCHED = {
    "metres": (2.5, 0), "square_metres": (50,), "nap": (1.25,), "percent": (30,), "roof_angle": (142,), "altitude": (10,), "positive": (3.125,), "ratio": (1.5,), "minutes": (120,), "hours": (2,), "step": (5,),
    "days": (5, 1), "year": (2027,), "yes_no": (True, False), "name": ("Zone Oost",), "names": (["schuur", "garage"],), "part_kinds": (["chimney", "antenna"],), "place": ([187000.0, 441000.5],),
    "places": ([[187000.0, 441000.5], [187001.0, 441002.0]],), "lines": ([[[0, 0], [1, 1]]], "bouwvlak"), "party_walls": ("ignore",), "dates": (["02-19", "2026-06-21"],),
    "period": (["02-19", "10-21"],), "clock_hours": ([9, 12.5],), "heights_nap": ([25, 70],), "trees": ({"transparency": 0.4}, {}), "surface": (146.0, "molen"),
    "mill": ({"at": [187000, 441000], "ground_nap": 1.2, "stelling_m": 8}, {"at": [187000, 441000]}, [187000, 441000]), "mills": ([[187000, 441000], {"at": [1, 2], "stelling_m": 8}],),
    "archaeology_zones": ({"Waarde 2": {"area_m2": 50, "depth_m": 0.3}, "Waarde 3": {}, "Waarde 4": {"depth_m": 1}},), "plan_layers": (["gebiedsaanduiding"],),
}
"""A value, and its odd ones, of each type of switch."""


def height(value, limit=9.0, op="<=", **more):
    return Measurement("height_above_peil", value, "m", op, limit, (LEVEL, MESH), more.pop("at", "nap_value"), **more)


def made(rule, check, verdict, *measurements, subject=None, design="A", **more) -> Finding:
    return Finding(rule, check, subject or Note.of("subject_maximum", name="bouwhoogte", value=9.0, unit="m"), design, verdict, measurements, **more)


def evidence() -> tuple[Evidence, ...]:
    """A piece of evidence of each geometry."""
    return (
        Evidence("highest_point", Point(ORIGIN[0] + 8, ORIGIN[1] + 6, GROUND + 10.4), value=10.4, unit="m"), Evidence("bouwvlak", shift(box(4, 0, 12, 12))),
        Evidence("outside_depth", shift(LineString([(8, 11), (8, 13.5)])), value=2.5, unit="m"), Evidence("excess_volume", triangles=box_part(7, 5, 9, 7, 9, 10.4).triangles, value=1.4, unit="m"),
        Evidence("boundary", shift(MultiLineString([[(0, 0), (0, 9)], [(0, 9), (5, 9)]]))), Evidence("deepest_point", shift(Point(8, 13.5))),
    )


def findings() -> tuple[Finding, ...]:
    """Findings of every outcome."""
    deviations = (Deviation("power", Note.of("engine_power_cures", effect_nl="10 % hoger", effect_en="10 % higher", limit=9.9, unit="m"), (LAW,), 9.9, False), Deviation("open", Note.of("engine_power_maybe_barred", effect="schuiven")))
    choice = Choice(Note.of("choice_drip"), "drip", COMPLIES, 8.75, "m"), Choice(Note.of("choice_wall_plane"), {"at": "wall"}, None)
    premises = (
        Premise("eaves", "open", Note.of("premise_open"), Note.of("engine_profile_peil"), "", choice, True), Premise("peil", "answer", Note.of("premise_answer", word="vaste hoogte"), None, "J. Dijk"),
    )
    prints = Fingerprint("r1", "s1", "d1", "p1", "violates", 10.4, 9.0)
    lapsed = Lapsed(Decision(COMPLIES, "Eerder vergund.", "J. Dijk", "2026-03-04"), (
        Change("value", 9.6, 10.1), Change("limit", 9.0, None), Change("verdict", "complies", "violates"), Change("rule", "a", "b"), Change("unknown", None, "violates"),
    ))
    sun = [Measurement(name, value, "min", ">=", 120.0 if n == 0 else None, at="2027-02-19" if n == 0 else "") for n, (name, value) in enumerate((("sun_minutes", 100.0), ("sun_minutes_before", 118.0)))]
    return (
        made("hoogte", "max_building_height", VIOLATES, height(10.4), Measurement("peil", 1.2, "m NAP"), Measurement("excess_volume", 5.6, "m3", at="kelder"), evidence=evidence(), legal=(LAW,),
             inputs=(InputUsed("plans", "m1", "2020-05-01"), InputUsed("parcels", "1")), questions=QUESTIONS, deviations=deviations, notes=(Note.of("engine_profile_peil"),),
             ladder="needs_outside_plan_permit", premises=premises, fingerprint=prints),
        made("hoogte", "max_building_height", VIOLATES, height(9.5), design="B", decision=Decision(COMPLIES, "Ondergeschikt.", "J. Dijk", "2026-05-04"), legal=(replace(LAW, quote="", article=""),),
             ladder="fits"),
        made("hoogte", "max_building_height", VIOLATES, height(10.1), subject=Note.of("subject_dwelling", building="1", text="Laan 1"), lapsed=lapsed, ladder="undecided"),
        made("goot", "max_eaves_height", JUDGE, Measurement("eaves_above_peil", 5.96, "m", "<=", 6.0, (LEVEL,)), evidence=evidence()[:1], legal=(LAW,), ladder="undecided"),
        made("helling", "roof_pitch_range", COMPLIES, Measurement("pitch", 41.2, "deg", "between", 60.0, low=30.0, tolerance=0.5), notes=(Note.of("engine_profile_peil"), Note.of("sun_no_terrain")), ladder="fits"),
        made("dekking", "max_coverage_pct", COMPLIES, Measurement("coverage", 38.0, "%", "<=", 40.0), subject=Note.of("subject_coverage"), decision=Decision(JUDGE, "Kijk naar de schuur.")),
        made("lagen", "max_storeys", COMPLIES, Measurement("storeys", 3.0, "", "<=", 2.5), Measurement("sun_minutes_before", 3.0, ""), lapsed=Lapsed(Decision(VIOLATES, "Eerst niet."), (Change("design", "a", "b"),))),
        made("zon", "sun_hours_facade", JUDGE, *sun, subject=Note.of("subject_dwelling", building="2", text="Laan 2")), made("afstand", "min_distance_buildings", NOT_THERE, missing=(Note.of("sun_no_terrain"),), questions=QUESTIONS),
        made("strook", "powerline_zone", NONE), made("molen", "mill_biotope", NONE, height(3.0, None), governed_by="hoogte", ladder="policy"),
        made("eigen", "iets_nieuws", VIOLATES, Measurement("area", 120.4, "m2", "==", 100.0), ladder="policy", design="B"),
    )


def site():
    """The small plot of ``scenes`` with a thing of every layer, whole and half."""
    plain = scenes.site()
    parts = MultiPolygon([box(0, 30, 4, 34), box(8, 30, 12, 34)])
    plans = (*plain.plans, PlanArea("ga1", "gebiedsaanduiding", "geluidzone", shift(parts), plan_id="NL.IMRO.1", article="31", url="https://x/31"), PlanArea("f1", "figuur", "gevellijn", shift(LineString([(0, 2), (20, 2)])), (PlanValue("diepte", None, None, "m", "diepte=zie regels"),), "NL.IMRO.2", "Tweede", "ontwerp", "2021-02-03"))
    documents = (
        Plan("NL.IMRO.1", "Kade", "bestemmingsplan", "vastgesteld", "geheel in werking", "2020-05-01", proposed=True, reasons=(Note.of("plans_reason_in_force", status="vastgesteld"),), order=1),
        Plan("NL.IMRO.2", "", "", order=2, reasons=(Note.of("plans_reason_draft", status="ontwerp"), Note.of("plans_reason_historic"))),
    )
    addresses = (Address("a1", "Laan 1", shift(Point(3, 4)), ("9999100000000001", "2"), ("woonfunctie", "winkelfunctie")), Address("a2", "Laan 2", shift(Point(9, 4)), (), ()))
    return scenes.site(
        plans=plans, plan_documents=documents, addresses=addresses, trees=(*plain.trees, Tree("t9", shift(Point(2, 2)), None, None)),
        topography=(*plain.topography, TopographyObject("p9", "paal", shift(Point(1, 1)), "lichtmast"), TopographyObject("m9", "waterdeel", shift(MultiPolygon([box(-9, 30, -6, 33), box(-3, 30, -1, 32)])), "sloot"), TopographyObject("b9", "wegdeel", shift(box(0, -5, 3, -4)), "voetpad", level=1, owner="gm0099")),
        buildings3d=(*plain.buildings3d, Building3D("leeg", np.zeros((0, 3, 3)), np.array([]), "1.2", None, None)),
    )


def review() -> Review:
    """The review."""
    rules = (
        Rule("hoogte", "max_building_height", {"nl": "Hoogte", "en": "Height"}, (LAW,), plan_id="NL.IMRO.1", origin=(PlanOrigin("NL.IMRO.1", "m1", "maatvoering", "h", "4.2", "u", 9.0, "m", "h=9"),)),
        Rule("goot", "max_eaves_height", {"nl": "Goot"}, (LAW,)), Rule("zon", "sun_hours_facade", {}, (LAW,)),
    )
    answers = {
        "peil": {"method": "nap_value", "nap_m": 1.2, "reason": "gemeten", "by": "J. Dijk"}, "denominator": "bouwperceel", "facade_line": {"lines": [[[0, 0], [3, 4], [3, 10]], [[0, 0], [0, 2]]], "by": "A"},
        "minor_parts": {"value": {"minor_overshoot_m": 1.5, "minor_classes": ["balcony", "chimney"]}, "reason": "2.7"}, "eigen": True, "vrij": {"a": 1.25, "by": "B", "at": "2026-01-01"}, "placement": {"A": 1},
        "overrides": [{"rule": "hoogte", "verdict": "complies", "reason": "x"}], "profile": {"NL.IMRO.1": {}},
    }
    designs = (
        scenes.design(gable_part(3, 2, 13, 11, 5.5, 9.4), box_part(14, 8, 18, 11, 0, 3, fid="s"), box_part(7, 6, 8, 7, 9, 10.4, kind="chimney", fid="c")),
        scenes.design(box_part(3, 2, 13, 11, 0, 8.5), name="B"),
    )
    inputs = (
        Provenance("plans", LayerState.LOADED, "IMRO", "data/plan_kade-1.gml, https://x/y/b.gml", "a" * 64, "2026-04-30", "CC0 1.0", 12, (Note.of("plans_dangling", path="p", count=2, first="x"),)),
        Provenance("bgt", LayerState.EMPTY, "BGT", "bgt.gml"), Provenance("terrain", LayerState.FAILED), Provenance("points", LayerState.NOT_ASKED),
    )
    profile = MeasuringProfile("NL.IMRO.1", "Kade", (
        ProfileEntry("denominator", "bouwperceel", "2.5", "het bouwperceel", "J. Dijk", "2026-02-03"), ProfileEntry("storeys", {"count_attic": False}), ProfileEntry("peil", {"branches": ["nap_value"], "nap_m": 1.25}, "1.55"),
    ), "profile.yaml", "b" * 64)
    clause = Clause("hoofdgebouw", "goothoogte", "<=", 6.0, "m", "de goothoogte is ten hoogste 6 m", 40, 73, article="5.2.1")
    text = MeasuringProfile("NL.IMRO.2", norms=(
        PlanNorm("5.2.1 b goothoogte", clause, "confirmed", "J. Dijk", "2026-02-05T09:08:07+00:00", "gelezen"), PlanNorm("5.3 dakhelling", replace(clause, quantity="dakhelling", article="5.3"), "rejected"),
        PlanNorm("5.4 breedte", replace(clause, quantity="breedte", article=""), "corrected", "A. Smit"), PlanNorm("5.5 diepte", clause),
    ), text_sha256="e" * 64, text_source="regels.html", text_at="2026-02-04")
    covers = (
        PlanCover("A", (CoverLine("k1", "maatvoering", "h", "tested", Note.of("cover_tested", verdicts="violates"), "NL.IMRO.1", "Kade", ("m1", "m2"), "h=9", "4.2", "Ten hoogste.", ("hoogte",)),),
                  (Note.of("cover_broken", n=1), Note.of("cover_unread", n=2)), "needs_outside_plan_permit"),
    )
    gate = (
        GateItem("A", "parcel", "confirmed", Note.of("gate_parcel", share=87.5, parcel="Dorp A 1"), "ligt er al", "J. Dijk"), GateItem("A", "ground", "passes", Note.of("gate_missing", layer="terrain")),
        GateItem("B", "rotation", "attention", Note.of("gate_missing", layer="bgt"), "nog te zien"),
    )
    case = Case("Z-9", "Aanbouw Laan 1", SiteRequest((100_010.4, 450_009.6), 80.0, {"plans": ("plan.gml",)}, "Laan 1, Dorp"), (DesignRequest(("a.ifc",), "A"), DesignRequest(("b.obj",), "B", None, "mm", "y")),
                "2026-04-01", ("plan", "eigen.yaml"), answers, "/zaak/in", ("profile.yaml",))
    shown = tuple(as_told(Context(site(), design, answers)) for design in designs)
    return Review(
        case, site(), shown, (Ruleset("plan", "1.2", {}, rules, sha256="c" * 64), Ruleset("eigen", "3", {}, (), sha256="d" * 64)), findings(), inputs, {"drieluik": "1.0", "numpy": "1.26"}, answers,
        "2026-05-01T10:11:12+00:00", gate, (profile, text, MeasuringProfile("NL.IMRO.3")), (Note.of("engine_override_unused", rule="weg", subject=""), Note.of("engine_override_unused", rule="weg", subject="")), covers,
    )


def document_text(document) -> str:
    """A document as lines: a field's name, then a line per row."""
    out = []
    for field in fields(document):
        value = getattr(document, field.name)
        if field.name == "pages":
            for page in value:
                out += ["", "== page", *(f"{f.name}: {getattr(page, f.name)!r}" for f in fields(page))]
        elif isinstance(value, tuple):
            out += ["", f"== {field.name}", *(" | ".join(row) if isinstance(row, tuple) else str(row) for row in value)]
        elif field.name == "words":
            out += ["", "== words", *(f"{code}: {word}" for code, word in value.items())]
        else:
            out.append(f"{field.name}: {value}")
    return "\n".join(out) + "\n"


def switches_text() -> str:
    """Every switch of every check with a value of its type, and limits of every kind, in both languages; a name's own words where it has any."""
    from drieluik.data_sources.rules.check_pages import catalogue
    from drieluik.report.basis.rule_words import limit_line, switch_line

    known = {(name, json.dumps(kind)): kind for check in catalogue().values() for name, kind in check["switches"].items()}
    lines = [(name, value, kind) for (name, _), kind in sorted(known.items()) for value in (kind if isinstance(kind, list) else SWITCHED[kind])]
    lines += [("eigen_woord", "dak", "name"), ("eigen_woord", "", "name"), ("eigen_woord", True, "yes_no")]
    said = [f"{name} {json.dumps(value)}: {' | '.join(switch_line(name, value, kind, lang) for lang in ('nl', 'en'))}" for name, value, kind in lines]
    limits = [Limit(operator, "m", 2.25) for operator in ("<=", ">=", "<", ">", "==")] + [
        Limit("between", "deg", None, None, 20.0, 50.0), Limit("between", "deg", None, None, 20.0), Limit("between", "deg", 50.0), Limit("<=", "bouwlagen", 3.0), Limit("<=", "m"),
        Limit("<=", "m", None, "bouwhoogte"), Limit("<=", "m", None, "waarde"), Limit("<=", "m", formula="d / 2"), Limit("<=", "m", 2.1234), Limit("<=", "m", 2.5), Limit("<=", "", 4.0),
    ]
    rules = [Rule("r", "max_area", {}, (), limit, measure=measure) for limit in limits for measure in ({}, {"plan_value": "hoogte (m)"})]
    return "\n".join([*said, *(f"{' '.join(str(value) for value in vars(rule.limit).values() if value)} {dict(rule.measure)}: {' | '.join(limit_line(rule, lang) for lang in ('nl', 'en'))}" for rule in rules), ""])


def texts_of() -> dict[str, str]:
    """What goes out of the review, by the name of its golden file."""
    from drieluik.report.layers.review_layers import write_layers
    from drieluik.report.layers.site_package import write_site
    from drieluik.report.pages.document import make_document
    from drieluik.report.record import to_dict
    from golden_outputs import layers_text, readable

    found = review()
    out = {f"document.{lang}.txt": document_text(make_document(found, lang, NoPictures(found))) for lang in ("nl", "en")}
    out["switches.txt"] = switches_text()
    out["record.txt"] = readable(json.loads(json.dumps(to_dict(found, Path("/zaak/uit"))))).lstrip("\n") + "\n"
    with tempfile.TemporaryDirectory() as scratch:
        for lang in ("nl", "en"):
            folder = Path(scratch) / lang
            folder.mkdir()
            written = write_layers(found, folder, lang)
            out[f"findings.{lang}.txt"] = layers_text(written["findings"]) + "\n"
        out["surroundings.txt"] = layers_text(written["surroundings"]) + "\n"
        out["site.txt"] = layers_text(write_site(found.site, Path(scratch) / "site.gpkg", "nl")) + "\n"
    return out
