"""A sun study of a wall between two houses, with findings made by hand: what its pages, layers, rasters and moving picture say.

``texts_of`` gives it as ``tests/golden/small_sun`` holds it (``make golden``). The shadows are computed; who loses how much is chosen.
"""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import fields, replace
from pathlib import Path

from drawings import NEAR, OTHER, WALL, sun_site
from shapely import Point

import scenes
from drieluik.measure.sun.shadows_in_time import ShadowScene
from drieluik.model import Case, Decision, DesignRequest, Evidence, Finding, LegalSource, Limit, Measurement, Note, Review, Rule, Ruleset, SiteRequest, Verdict
from scenes import GROUND, ORIGIN, box_part

FOLDER = Path(__file__).parent / "golden" / "small_sun"
VIOLATES, COMPLIES, JUDGE, NOT_THERE = Verdict.VIOLATES, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE
LEGAL = (LegalSource("TNO", "licht", "Ten minste 2 uur."), LegalSource("Beleid"))
MEASURE = {"dates": ["03-21", "12-21"], "hours": [11, 14, 20]}
RULES = (
    Rule("tno", "sun_hours_facade", {"nl": "TNO-norm", "en": "TNO norm"}, LEGAL, Limit(">=", "min", 120.0), measure={"step_min": 10, "sweep_days": 0}),
    Rule("streng", "sun_hours_facade", {}, LEGAL[:1], Limit(">=", "min", 180.0), measure={"step_min": 10, "min_altitude_deg": 5}), Rule("schaduw", "shadow_study", {"nl": "Schaduw"}, LEGAL, measure=MEASURE),
    Rule("uit", "sun_hours_facade", {"nl": "Uit"}, LEGAL, enabled=False),
)
SMALL = scenes.design(box_part(2, 8, 4, 10, 0, 2), name="B")
BODILESS = replace(scenes.design(box_part(0, 0, 1, 1, 0, 1), name="C"), parts=())


def point(pand, x, y, facade, after, before, verdict=VIOLATES, floor=0) -> Evidence:
    bearing = {0.0: 0.0, 180.0: 181.5, 270.0: None}[facade]
    note = Note.of("sun_point", facade=facade, floor=floor, verdict=verdict.value, date="2027-02-19", before=before, after=after, pand=pand, bearing=bearing)
    return Evidence("receptor", Point(ORIGIN[0] + x, ORIGIN[1] + y, GROUND + 0.75), value=after - before, unit="min", note=note)


def dwelling(rule, design, name, verdict, after, before, *points, notes=(), **more) -> Finding:
    measures = (Measurement("sun_minutes", after, "min", ">=", 120.0, at="2027-02-19"), Measurement("sun_minutes_before", before, "min"), Measurement("sun_change", after - before, "min"))
    return Finding(rule, "sun_hours_facade", Note.of("subject_dwelling", building=name, text=name), design, verdict, measures, points, notes=notes, legal=LEGAL, **more)


def findings() -> tuple[Finding, ...]:
    """Two dwellings under two norms for two designs, one decided, one not measured; and the shadow study itself."""
    south, other = point(NEAR.fid, 4, 23.95, 180.0, 100.0, 342.0), point(NEAR.fid, 0, 28, 270.0, 60.0, 70.0, floor=1)
    reasons = (Note.of("sun_falls_below", date="2027-02-19", before=342.0, after=100.0, limit=120.0), Note.of("sun_radius", radius=100.0), Note.of("sun_blocked_by_design", name="A", minutes=114.0), Note.of("sun_assumed_dwelling", pand=OTHER.fid))
    return (
        dwelling("tno", "A", "Laan 1", VIOLATES, 100.0, 342.0, south, other, notes=reasons), dwelling("tno", "A", "Laan 2", COMPLIES, 300.0, 304.0, point(OTHER.fid, 14, 11, 270.0, 300.0, 304.0, COMPLIES)),
        dwelling("tno", "A", "Laan 3", COMPLIES, 200.0, 206.0, point(OTHER.fid, 18, 20, 0.0, 200.0, 206.0, COMPLIES), notes=reasons[3:]),
        dwelling("tno", "B", "Laan 1", JUDGE, 300.0, 342.0, south, notes=reasons[:1], decision=Decision(COMPLIES, "Klein.", "J. Dijk", "2026-05-05")),
        dwelling("streng", "A", "Laan 1", JUDGE, 100.0, 342.0, south), Finding("streng", "sun_hours_facade", Note.of("subject_dwelling", building="9", text="Laan 9"), "A", NOT_THERE, missing=(Note.of("sun_no_terrain"),)),
        Finding("streng", "sun_hours_facade", Note.of("subject_dwelling", building="8", text="Laan 8"), "A", Verdict.NOT_APPLICABLE, notes=(Note.of("sun_no_buildings"), Note.of("sun_radius", radius=1.0))),
        Finding("schaduw", "shadow_study", Note.of("subject_design"), "A", COMPLIES, notes=(Note.of("sun_garden", name="Kade A 2", before=64, after=40, minutes=-31), Note.of("sun_shadow_method", ground=1.0, count=6, dark=2), Note.of("sun_no_address"))),
    )


def review() -> Review:
    """The review of the study."""
    site = sun_site()
    case = Case("Z-7", "Muur", SiteRequest(site.centre), (DesignRequest(("a.ifc",), "A"),))
    return Review(case, site, (WALL, SMALL, BODILESS), (Ruleset("zon", "1", {}, RULES, sha256="e" * 64),), findings(), site.provenance, {"drieluik": "1"}, {}, "2027-01-01T00:00:00+00:00")


def document_text(made) -> str:
    """A sun document as lines; of a picture its name and words."""
    def said(value):
        return f"{value.name} ({value.kind}, {len(value.data) > 500}): {value.alt} || {value.caption}" if hasattr(value, "caption") else " | ".join(value) if isinstance(value, tuple) else str(value)

    out = []
    for field in fields(made):
        value = getattr(made, field.name)
        if field.name == "words":
            out += ["", "== words", *(f"{code}: {word}" for code, word in value.items())]
        elif field.name in ("norms", "designs"):
            for one in value:
                out += ["", f"== {field.name}"]
                for inner in fields(one):
                    held = getattr(one, inner.name)
                    out += [f"{inner.name}:", *(f"  {said(row)}" for row in held)] if isinstance(held, tuple) else [f"{inner.name}: {held}"]
        elif isinstance(value, tuple):
            out += ["", f"== {field.name}", *(said(row) for row in value)]
        else:
            out.append(f"{field.name}: {value}")
    return "\n".join([*out, "", "== pictures", *(picture.name for picture in made.pictures)]) + "\n"


def texts_of() -> dict[str, str]:
    """What goes out of the study, by the name of its golden file."""
    from drieluik.report.sun.sun_animation import write_animation
    from drieluik.report.sun.sun_document import make_sun_document, study_of
    from drieluik.report.sun.sun_layers import write_hours, write_shadow_layers
    from golden_outputs import layers_text, rasters_text

    found = review()
    shadows = {design.name: ShadowScene(found.site, design) for design in (WALL, SMALL)}
    studies = {name: study_of(found, scene) for name, scene in shadows.items()}
    out = {f"document.{lang}.txt": document_text(make_sun_document(found, shadows, studies, lang)) for lang in ("nl", "en")}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        days = {name: {(3, 21): scene.day(datetime.date(2027, 3, 21), 120.0)} for name, scene in shadows.items()}
        write_shadow_layers(days, studies, folder)
        out["layers.txt"] = layers_text(folder / "findings.gpkg") + "\n"
        scene = shadows["A"]
        write_hours([scene.hours(datetime.date(2027, 2, 19)), scene.hours(datetime.date(2027, 6, 21))], folder / "hours.tif", "en")
        write_animation(scene, days["A"][3, 21], folder / "day.gif", "nl")
        out["rasters.txt"] = rasters_text(folder) + "\n"
    return out
