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
    qgis_core = pytest.importorskip("qgis.core", reason="QGIS's Python is not present")
    for program in ("Xvfb", "qgis"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    version = qgis_core.Qgis.QGIS_VERSION.split("-")[0]
    out = ROOT / ".run" / "screenshots" / version
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
        **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1", "DRIELUIK_CASE": str(demo_case),
        "DRIELUIK_SCREENSHOTS": str(out), "PYTHONPATH": sysconfig.get_paths()["purelib"], "LANG": "nl_NL.UTF-8",
    }
    command = ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(profile.parent.parent), "--code", str(ROOT / "tests" / "window" / "driver.py")]
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
    assert "✗ 3" in result["violations"] and result["layers"] >= 12
    assert {"1_design", "2_result", "3_finding", "4_panel", "5_scene", "6_sun"} <= set(result["done"])
    for name in result["done"]:
        assert colours(out / f"{name}.png") > 40, f"{name} is (nearly) blank"


def colours(path) -> int:
    from PIL import Image

    return len(Image.open(path).convert("RGB").resize((400, 225)).getcolors(100_000))
