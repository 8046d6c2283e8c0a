"""A real QGIS under Xvfb, driven as a user would; its screenshots are kept in ``.run/screenshots`` and in the end looked at."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time

import pytest

from scenes import ROOT

SIZE = "1366x768x24"
LIMIT_S = 180


@pytest.mark.window
def test_the_demo_in_a_real_window(demo_case):
    result, out = in_window("driver.py", {"DRIELUIK_CASE": str(demo_case)})
    assert "✗\N{NO-BREAK SPACE}3" in result["violations"] and result["layers"] >= 12
    assert not result["panel_over_map"]
    names = ("1_design", "1_location", "2_result", "3_finding", "4_measured_so", "5_answers", "6_rules", "7_sun", "8_scene", "9_allowed")
    looked_at(result, out, set(names))


@pytest.mark.window
def test_answering_in_a_real_window(demo_case):
    """The demo without its answers: nothing is fixed beforehand, the lines of a question stand on the map, an answer comes and goes."""
    result, out = in_window("open_driver.py", {"DRIELUIK_CASE": str(demo_case)})
    assert len(set(result["proposals"])) == len(result["proposals"]) > 1 and not result["fix_enabled"]
    assert result["lines"] > 1 and result["given"] == ["side_boundaries"] == result["ended"][:1]
    looked_at(result, out, {"o1_peil", "o2_result", "o3_question", "o4_answered", "o5_taken_back"})


@pytest.mark.window
def test_a_case_in_a_real_window(demo_case, tmp_path):
    """New, kept by itself, undone, with its report in its own folder."""
    result, out = in_window("case_driver.py", {"DRIELUIK_CASE": str(demo_case), "DRIELUIK_CASES": str(tmp_path)})
    assert "bewaard" in result["state"] and result["undone"] == [False, True]
    assert {"case.yaml", "inputs", "log.jsonl", "reviews"} <= set(result["files"])
    looked_at(result, out, {"c1_empty", "c2_menu", "c3_new", "c4_begun", "c5_kept", "c6_report"})


@pytest.mark.window
def test_an_address_in_a_real_window(tmp_path):
    """Type an address, choose it, and the three worlds appear; a card on a click, what may be built in 3D, and the plan's own rules."""
    from replay.scene import Scene
    from replay.server import Replay

    with Replay(Scene(ROOT / "demo" / "data")) as server:
        off = dict.fromkeys(("bag_ogc", "brk_wfs", "bgt_download", "ihr", "dso", "dso_geometry"), "none")
        table = tmp_path / "endpoints.yaml"
        table.write_text("".join(f"{key}: {url}\n" for key, url in {**server.endpoints, **off}.items()))
        words = {"DRIELUIK_ENDPOINTS": str(table), "DRIELUIK_CACHE": str(tmp_path / "cache"), "DRIELUIK_DESIGN": str(ROOT / "demo" / "designs" / "house_A.ifc")}
        result, out = in_window("address_driver.py", words)
    assert result["suggestions"] > 0 and result["states"]["parcels"] == "loaded" and result["states"]["plans"] == "loaded"
    assert result["envelopes"] > 0 and result["findings"] > 0
    looked_at(result, out, {"a1_typed", "a2_loaded", "a3_card", "a4_allowed_3d", "a5_plan_rules"})


def looked_at(result, out, names):
    assert names <= set(result["done"])
    for name in result["done"]:
        assert colours(out / f"{name}.png") > 40, f"{name} is (nearly) blank"


def in_window(driver, words):
    """Run a driver inside QGIS under Xvfb; return its result and the folder of its screenshots."""
    qgis_core = pytest.importorskip("qgis.core", reason="QGIS's Python is not present")
    for program in ("Xvfb", "qgis"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    version = qgis_core.Qgis.QGIS_VERSION.split("-")[0]
    out = ROOT / ".run" / "screenshots" / version / driver.removesuffix(".py")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    profile = ROOT / ".run" / f"profile-{version}" / "profiles" / "default"
    shutil.rmtree(profile, ignore_errors=True)
    (profile / "python" / "plugins").mkdir(parents=True)
    (profile / "QGIS").mkdir()
    (profile / "python" / "plugins" / "drieluik").symlink_to(ROOT)
    (profile / "QGIS" / "QGIS3.ini").write_text(
        "[PythonPlugins]\ndrieluik=true\n[qgis]\ncheckVersion=false\nshowTips=false\n[app]\nfirstRunVersionFlag=999999\n"
        "[locale]\nuserLocale=nl\noverrideFlag=true\n[UI]\nstate=\n"
    )
    display = f":{90 + os.getpid() % 100}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", SIZE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    environment = {
        **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1", "DRIELUIK_SCREENSHOTS": str(out), "PYTHONPATH": os.pathsep.join([sysconfig.get_paths()["purelib"], str(ROOT / "tests" / "window")]), "LANG": "nl_NL.UTF-8", **words,
    }
    command = ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(profile.parent.parent), "--code", str(ROOT / "tests" / "window" / driver)]
    try:
        time.sleep(1)
        with (out / "qgis.log").open("wb") as log:
            window = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
            try:
                window.wait(LIMIT_S)
            finally:
                if window.poll() is None:
                    os.killpg(window.pid, signal.SIGKILL)
    finally:
        server.terminate()
        server.wait()
    result = json.loads((out / "result.json").read_text())
    assert result["error"] == "", result
    return result, out


def colours(path) -> int:
    from PIL import Image

    return len(Image.open(path).convert("RGB").resize((400, 225)).getcolors(100_000))


@pytest.mark.window
def test_the_text_of_a_plan_in_a_real_window(demo_case, tmp_path):
    """The text left with each part in the colour of its state, one part right: confirmed, a whole article, corrected, rejected, and judged by it."""
    articles = (ROOT / "tests" / "data_sources" / "juridical" / "text" / "fresh_articles.txt").read_text(encoding="utf-8")
    (tmp_path / "regels.txt").write_text(articles.split("==== ")[1].partition("\n")[2].partition("\n-> ")[0], encoding="utf-8")
    result, out = in_window("text_driver.py", {"DRIELUIK_CASE": str(demo_case), "DRIELUIK_TEXT": str(tmp_path / "regels.txt")})
    states = list(result["decided"].values())
    assert states.count("confirmed") >= 2 and "corrected" in states and "rejected" in states and result["findings"] >= result["parts"] // 2
    looked_at(result, out, {"t1_no_text", "t2_text", "t3_article", "t4_correct", "t5_rejected", "t6_result"})
