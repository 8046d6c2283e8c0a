"""What goes out is there whole or not at all: folders, disks and engines that fail, what is moved, and what each step tells.

Pages by ``drieluik.report.pages.html``, ``drieluik.report.pages.pdf``, ``drieluik.report.sun.sun_pages``.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections import namedtuple
from dataclasses import replace

import pytest
import small_review

from drieluik import report
from drieluik.data_sources.rules.measuring_profiles import read_profile
from drieluik.errors import OutputError
from drieluik.report import check_writable, staging, write_outputs
from drieluik.report.layers import site_package
from drieluik.report.layers.site_package import write_site

Usage = namedtuple("Usage", "total used free")


def refused(call):
    with pytest.raises(OutputError) as caught:
        call()
    return caught.value.code, caught.value.data, caught.value.details


@pytest.mark.parametrize(("free_mb", "full"), [(40.0, False), (39.99, True), (0.0, True), (1e6, False)])
def test_forty_megabytes_must_be_free(tmp_path, monkeypatch, free_mb, full):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, free_mb * 1024 * 1024))
    if full:
        code, data, _ = refused(lambda: check_writable(tmp_path / "new" / "out"))
        assert (code, data["path"], data["free"]) == ("output_disk_full", str(tmp_path / "new" / "out"), pytest.approx(free_mb))
    else:
        check_writable(str(tmp_path / "new" / "out"))
    assert list(tmp_path.iterdir()) == []


def test_the_stage_stands_hidden_beside_the_folder_and_is_gone_afterwards(tmp_path):
    with staging(tmp_path / "a" / "out") as stage:
        assert stage.parent == tmp_path and stage.name.startswith(".out-")
        (stage / "x").write_text("x")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt), staging(tmp_path / "out") as stage:
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_a_closed_folder_is_refused(tmp_path, monkeypatch):
    (tmp_path / "out").write_text("x")
    assert refused(lambda: check_writable(tmp_path / "out"))[:2] == ("output_not_writable", {"path": str(tmp_path / "out")})
    (tmp_path / "shut").mkdir()
    asked = []
    monkeypatch.setattr(os, "access", lambda path, mode: asked.append((path, mode)))
    assert refused(lambda: check_writable(tmp_path / "shut"))[0] == "output_not_writable"
    assert asked == [(tmp_path / "shut", os.W_OK | os.X_OK)]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "output_disk_full"), (errno.EACCES, "output_not_writable")])
def test_a_stage_that_cannot_be_made_is_said(tmp_path, monkeypatch, number, code):
    def fail(prefix, dir):
        raise OSError(number, "no")

    monkeypatch.setattr("tempfile.mkdtemp", fail)
    said = refused(lambda: check_writable(tmp_path / "out"))
    assert said[:2] == (code, {"path": str(tmp_path / "out"), "free": 0.0}) and "no" in said[2]


def failing(reason):
    def write_all(*given):
        raise reason

    return write_all


@pytest.mark.parametrize(
    ("reason", "free_mb", "code"),
    [(OSError(errno.ENOSPC, "vol"), 500.0, "output_disk_full"), (OSError(errno.EIO, "stuk"), 500.0, "output_failed"), (OSError(errno.EIO, "stuk"), 0.99, "output_disk_full"),
     (OSError(errno.EIO, "stuk"), 1.0, "output_failed")],
)
def test_a_disk_that_fails_is_told_apart_from_a_full_one(tmp_path, monkeypatch, reason, free_mb, code):
    monkeypatch.setattr(report, "_write_all", failing(reason))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, free_mb * 1024 * 1024))
    said = refused(lambda: write_outputs(small_review.review(), tmp_path / "out"))
    assert said[0] == code and said[1] == {"path": str(tmp_path / "out"), "free": pytest.approx(free_mb)} and reason.strerror in said[2]
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_fails_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "_write_all", failing(RuntimeError("typst: bad")))
    assert refused(lambda: write_outputs(small_review.review(), tmp_path / "out")) == ("output_failed", {"path": str(tmp_path / "out")}, "RuntimeError: typst: bad")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The small review written in English over earlier outputs, with an extra file, and what was told on the way."""
    folder = tmp_path_factory.mktemp("outputs") / "deep" / "out"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("old")
    (folder / "own.txt").write_text("mine")
    told = []

    def also(stage):
        assert {"review.json", "findings.gpkg", "surroundings.gpkg"} <= {path.name for path in stage.iterdir()} and not (stage / "report.html").exists()
        (stage / "project.qgz").write_text("q")
        return {"project": stage / "project.qgz"}

    review = small_review.review()
    paths = write_outputs(replace(review, case=replace(review.case, folder=str(folder.parent / "in"))), folder, "en", lambda fraction, code: told.append((fraction, code)), also)
    return folder, paths, told


def test_everything_is_written_and_named(written):
    folder, paths, told = written
    assert {name: path.name for name, path in paths.items()} == {
        "record": "review.json", "profile NL.IMRO.1": "profile_NL.IMRO.1.yaml", "profile NL.IMRO.2": "profile_NL.IMRO.2.yaml", "findings": "findings.gpkg", "letter": "letter.odt", "csv": "findings.csv", "xlsx": "findings.xlsx", "bcf2.1": "findings_bcf21.bcf", "bcf3.0": "findings_bcf30.bcf", "surroundings": "surroundings.gpkg", "terrain": "terrain.tif",
        "sun_html": "sun_study.html", "sun_pdf": "sun_study.pdf", "sun_hours_A": "sun_hours_A.tif", "sun_day_A": "sun_day_A.gif", "sun_hours_B": "sun_hours_B.tif", "sun_day_B": "sun_day_B.gif",
        "project": "project.qgz", "html": "report.html", "pdf": "report.pdf",
    }
    assert all(path.parent == folder and path.stat().st_size for path in paths.values()) and (folder / "own.txt").read_text() == "mine"
    assert told == [(0.0, "report_progress"), (0.3, "report_progress_pictures"), (0.7, "report_progress")]
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_what_is_written_is_in_the_language_that_was_asked(written):
    folder, _, _ = written
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and '<html lang="en">' in page and "outside the plan" in page and "data:image/svg+xml;base64," in page and "data:image/png;base64," in page
    assert '"folder": "../in"' in (folder / "review.json").read_text(encoding="utf-8")
    assert "Sun" in (folder / "sun_study.html").read_text(encoding="utf-8") and (folder / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["report.pdf", "sun_study.pdf"])
def test_pages_are_tagged_and_archivable_with_the_record_attached(written, name):
    folder, _, _ = written
    content = (folder / name).read_bytes()
    assert content.startswith(b"%PDF-1.7") and b"<pdfaid:part>3<" in content and b"<pdfaid:conformance>A<" in content and b"<pdfuaid:part>1<" in content
    assert b"review.json" in content


def test_a_profile_is_written_for_each_plan_that_was_read(written):
    folder, _, _ = written
    assert [entry.key for entry in read_profile(folder / "profile_NL.IMRO.1.yaml").entries] == ["denominator", "storeys", "peil"]
    odd = small_review.review()
    odd = replace(odd, profiles=(replace(odd.profiles[0], plan_id="gm0099/x y:z-1"), *odd.profiles[1:]))
    assert list(report._write_profiles(odd, folder.parent)) == ["profile gm0099/x y:z-1", "profile NL.IMRO.2"]
    assert (folder.parent / "profile_gm0099_x_y_z-1.yaml").exists()


@pytest.mark.parametrize(
    ("reason", "said"),
    [(OSError(errno.ENOSPC, "vol"), ("output_disk_full", 0.0)), (OSError(errno.EACCES, "dicht"), ("output_not_writable", 0.0)), (RuntimeError("gdal"), ("output_failed", None))],
)
def test_a_site_that_cannot_be_written_leaves_nothing_new(tmp_path, monkeypatch, reason, said):
    (tmp_path / "site.gpkg").write_text("old")
    monkeypatch.setattr(site_package, "_write_tables", failing(reason))
    code, data, details = refused(lambda: write_site(small_review.site(), tmp_path / "site.gpkg"))
    assert (code, data.get("free")) == said and data["path"] == str(tmp_path / "site.gpkg") and str(reason) == details
    assert [path.name for path in tmp_path.iterdir()] == ["site.gpkg"] and (tmp_path / "site.gpkg").read_text() == "old"


def test_a_site_is_written_into_a_folder_that_is_not_there_yet(tmp_path):
    assert write_site(replace(small_review.site(), terrain=None), str(tmp_path / "a" / "b" / "site.gpkg")) == tmp_path / "a" / "b" / "site.gpkg"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["site.gpkg"]
