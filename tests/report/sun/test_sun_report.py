"""The sun study as a product: its table, maps, charts, pages and layers, of a small scene that can be verified."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pyogrio
import pytest
import shapely
from osgeo import gdal
from PIL import Image
from said import said
from shapely import Point, box

from drieluik.measure.sun.possible_sun import sun_minutes
from drieluik.measure.sun.receptors import Receptor
from drieluik.measure.sun.shadows_in_time import ShadowScene
from drieluik.measure.sun.sky_view import ALTITUDES, AZIMUTHS, blocking_of, sky_view
from drieluik.measure.sun.sun_review import BEHIND, FREE
from drieluik.model import Address, Building3D, Case, LegalSource, Limit, Parcel, RegisteredBuilding, Review, Rule, Ruleset, SiteRequest, Verdict
from drieluik.report.basis.sun_table import compass, dwelling_rows, sun_findings
from drieluik.report.layers.review_layers import write_findings
from drieluik.report.pictures.sun_chart import alt_of, chart_of
from drieluik.report.sun.sun_document import make_sun_document, study_of, wanted
from drieluik.report.sun.sun_maps import PIXELS_MM, SIDE, SunMap
from drieluik.report.sun.sun_pages import to_html, write_sun
from drieluik.review import review as judge
from scenes import GROUND, ORIGIN, box_part, design, shift, site


def house(fid, x0, y0, x1, y1, height):
    return Building3D(fid, box_part(x0, y0, x1, y1, 0, height).triangles, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", GROUND, GROUND + height)


NEAR, FAR = house("0001", 0, 20, 10, 30, 6.0), house("0002", 60, 20, 70, 30, 6.0)
LEGAL = (LegalSource("TNO", quote="Ten minste 2 uur."),)
RULES = Ruleset("zon", "1", {}, (
    Rule("tno", "sun_hours_facade", {"nl": "TNO-norm"}, LEGAL, Limit(">=", "min", 120.0), measure={"step_min": 10, "sweep_days": 0, "radius_m": 100}),
    Rule("schaduw", "shadow_study", {"nl": "Schaduwstudie"}, LEGAL, measure={"dates": ["03-21", "12-21"], "hours": [13, 20]}),
))
DESIGNS = (design(box_part(-25, 5, 35, 6, 0, 30)), design(box_part(-5, 5, 15, 6, 0, 3), name="B"))


@pytest.fixture(scope="module")
def study():
    parcels = (Parcel("own", "Dorp A 1", shift(box(-30, 0, 40, 12))), Parcel("n", "Dorp A 2", shift(box(-30, 12, 40, 60))))
    addresses = tuple(Address(f"a{b.fid}", f"Laan {n}", Point(0, 0), (b.fid,), ("woonfunctie",)) for n, b in ((1, NEAR), (2, FAR)))
    panden = tuple(RegisteredBuilding(b.fid, shift(box(0, 0, 1, 1)), 1990, "", ("woonfunctie",)) for b in (NEAR, FAR))
    here = site(buildings3d=(NEAR, FAR), parcels=parcels, addresses=addresses, registered_buildings=panden, trees=())
    findings = tuple(f for d in DESIGNS for f in judge(here, d, RULES))
    case = Case("Z1", "Muur", SiteRequest(here.centre), ())
    return Review(case, here, DESIGNS, (RULES,), findings, here.provenance, {"drieluik": "1"}, {}, "2027-01-01T00:00:00+00:00")


@pytest.fixture(scope="module")
def made(study):
    scenes = {d.name: ShadowScene(study.site, d) for d in study.designs}
    return make_sun_document(study, scenes, {name: study_of(study, scene) for name, scene in scenes.items()}, "nl")


def test_the_table_has_every_dwelling_and_design_worst_first(study):
    rows = dwelling_rows(sun_findings(study), "nl")
    firsts = [row for row in rows if row[3]]
    assert [(row[2], row[3]) for row in firsts] == [("Laan 1", "A"), ("", "B"), ("Laan 2", "A"), ("", "B")]
    assert firsts[0][0] == "violates" and firsts[0][4].startswith("zuid")
    for row, found in zip(firsts, sorted(sun_findings(study), key=lambda f: (said(f), f.design))):
        first, before, change, *_ = found.measurements
        assert (row[6], row[8]) == (f"{before.value:.0f}", f"{first.value:.0f}")
        assert row[9].replace("−", "-").lstrip("+") == f"{change.value:.0f}"
    assert all(re.fullmatch(r"\d+ \w+", row[5]) for row in rows)


def test_compass_words():
    assert [compass(b, "nl") for b in (0.0, 44.0, 91.0, 181.0, 359.0, None)] == ["noord", "noordoost", "oost", "zuid", "noord", ""]


def test_a_map_is_true_to_its_scale(study):
    scene = ShadowScene(study.site, DESIGNS[0])
    drawn = SunMap(study.site, DESIGNS[0], scene.frame, "nl")
    a, b = drawn.frame.points(np.array([scene.frame[:2], scene.frame[2:]]))
    metres_on_paper = abs(b[0] - a[0]) / PIXELS_MM / 1000
    assert metres_on_paper * drawn.scale == pytest.approx(scene.frame[2] - scene.frame[0])
    assert a[0] >= 0 and b[0] <= SIDE
    bar = re.search(r'width="([\d.]+)" height="4" fill="none".*?>(\d+) m<', drawn.receptors([], ""))
    assert float(bar[1]) / PIXELS_MM / 1000 * drawn.scale == pytest.approx(float(bar[2]), rel=1e-3)


def test_what_a_point_sees_of_the_sky_is_what_the_engine_counts(study):
    receptor = Receptor((ORIGIN[0] + 5, ORIGIN[1] + 19.95, GROUND + 0.75), (0.0, -1.0, 0.0), "facade", "0001")
    around = blocking_of(study.site, DESIGNS[0], {}, {})
    view = sky_view(around, receptor, study.site.centre, datetime.date(2027, 3, 21), 5.0)
    scene = np.concatenate([NEAR.triangles, FAR.triangles, DESIGNS[0].triangles])
    assert view.minutes == sun_minutes(scene, np.array([receptor.point]), np.array([receptor.normal]), view.suns, 5.0)[0]
    behind = 5.0 * (view.path == BEHIND).sum()
    assert view.minutes + sum(m for _, m in view.blocked) + behind == 5.0 * len(view.suns)
    assert view.owners[view.blocked[0][0]] == ("design", "A")
    south = view.sky[:, np.argmin(np.abs(AZIMUTHS - 180))]
    wall = np.degrees(np.arctan2(30 - 0.75, 13.95))
    assert (south[wall - 1 > ALTITUDES] == 0).all() and (south[wall + 1 < ALTITUDES] == FREE).all()
    svg = chart_of(view, study.site.centre, "nl")
    assert "ontwerp A" in svg and "12:00" in svg and "wintertijd" in svg and "ontwerp A" in alt_of(view, "nl")


def test_pages_say_times_scale_and_sources(made):
    html = to_html(made)
    for words in ("Laan 1", "Schaal 1:", "Uitgangspunten", "Dorp A 2", "TNO-norm", "wintertijd", "Noord (RD)"):
        assert words in html, words
    first = made.designs[0]
    assert len(first.diagrams) == 2 and "21 december 20:00 wintertijd" in first.dark and first.dark in html  # what shows nothing is no picture
    assert [row[0] for row in first.plots] and any("(eigen)" in row[0] for row in first.plots)
    assert first.gardens and "Dorp A 2" in first.gardens[0] and first.gardens[0] in html
    assert first.charts and "Laan 1" in first.charts[0].caption
    assert not made.designs[1].charts or "Laan" in made.designs[1].charts[0].caption
    assert made.norms[0].reasons[0][0] == "Laan 1 (A)" and "ontwerp A" in made.norms[0].reasons[0][1]
    assert all("{" not in text and "sun_" not in text for text in (*made.assumptions, *made.words.values()))


def test_files_of_a_study(study, tmp_path):
    write_findings(study, tmp_path / "findings.gpkg", "nl")
    written = write_sun(study, tmp_path, "{}", "nl")
    assert {"sun_study.html", "sun_study.pdf", "sun_hours_A.tif", "sun_hours_B.tif", "sun_day_A.gif", "sun_day_B.gif"} == {p.name for p in written.values()}
    moments = ShadowScene(study.site, DESIGNS[0]).day(datetime.date(2027, 3, 21), 30.0)
    shadows = pyogrio.read_dataframe(tmp_path / "findings.gpkg", layer="shadow", where="design = 'A' AND situation = 'extra'")
    day = shadows[shadows["from"].dt.strftime("%m-%d") == "03-21"]
    assert len(day) == len(moments)
    assert day.geometry.area.to_numpy() == pytest.approx([m.extra.area for m in moments]) and day.area_m2.to_numpy() == pytest.approx([m.extra.area for m in moments], abs=0.01)
    assert ((day["to"] - day["from"]).dt.total_seconds() == 1799).all() and set(day.clock.str[-3:]) == {"CET"}
    plots = pyogrio.read_dataframe(tmp_path / "findings.gpkg", layer="shadow_plot")
    assert set(plots["plot"]) >= {"Dorp A 1", "Dorp A 2"} and (plots.extra_m2 <= plots.new_m2 + 0.01).all()
    with Image.open(tmp_path / "sun_day_A.gif") as moving:
        assert moving.n_frames == len(moments) and moving.info.get("loop") == 0
    raster = gdal.Open(str(tmp_path / "sun_hours_A.tif"))
    now, then, change = (raster.GetRasterBand(n).ReadAsArray() for n in (4, 5, 6))
    open_ground = now > -9000
    assert raster.RasterCount == 9 and np.allclose((then - now)[open_ground], change[open_ground]) and change[open_ground].min() < -2


def test_the_pdf_holds_what_the_officer_reads(study, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    write_findings(study, tmp_path / "findings.gpkg", "en")
    write_sun(study, tmp_path, "{}", "en")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "sun_study.pdf", "-"], capture_output=True, text=True, check=True).stdout
    for words in ("Sun study", "Laan 1", "Shadow diagrams", "winter time", "Scale 1:", "Assumptions", "Sources"):
        assert words in text, words


def test_without_a_rule_on_sun_there_is_no_study(study):
    assert wanted(study)
    none = tuple(replace(f, verdict=Verdict.NOT_ASSESSABLE) for f in study.findings)
    assert not wanted(replace(study, findings=none)) and not wanted(replace(study, findings=()))


def test_shadows_of_the_extra_kind_lie_outside_buildings(study):
    scene = ShadowScene(study.site, DESIGNS[0])
    (moment,) = scene.study([datetime.date(2027, 3, 21)], [13.0]).moments
    assert shapely.intersection(moment.extra, scene.built).area < 1e-3
