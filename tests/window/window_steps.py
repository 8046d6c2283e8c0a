"""What drivers in a real QGIS share: screenshots, errors that end the run, steps with time to draw between them."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import traceback
from pathlib import Path

import qgis.utils
from qgis.core import Qgis
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QToolButton
from qgis.utils import iface

from drieluik.ui.map import scene3d

OUT = Path(os.environ["DRIELUIK_SCREENSHOTS"])
STEP_MS = 250
report = {"qgis": Qgis.QGIS_VERSION, "done": []}


faulthandler.enable((OUT / "crash.log").open("w"))


def note_exception(kind, value, trace, *_rest, **_words) -> None:
    """Instead of QGIS's modal dialog: an exception in a slot fails the test."""
    report.setdefault("exceptions", []).append("".join(traceback.format_exception(kind, value, trace)))


qgis.utils.showException = note_exception
sys.excepthook = note_exception


def finish(error: str = "") -> None:
    report["error"] = error or "".join(report.get("exceptions", []))
    (OUT / "result.json").write_text(json.dumps(report, indent=1))
    os._exit(0)


def shoot(name: str) -> None:
    screen = QApplication.primaryScreen()
    screen.grabWindow(0).save(str(OUT / f"{name}.png"))
    report["done"].append(name)


def aim(conductor) -> None:
    """Float the 3D view large, beside the dock."""
    for widget in iface.mainWindow().findChildren(QDockWidget):
        if widget.windowTitle() not in ("Drieluik", "Lagen") and "3D" not in widget.windowTitle():
            widget.hide()
    for docked in [w for w in iface.mainWindow().findChildren(QDockWidget) if "3D" in w.windowTitle()]:
        docked.setFloating(True)
        checked = [button for button in docked.findChildren(QToolButton) if button.isCheckable() and button.isChecked()]
        if not hasattr(iface, "mapCanvases3D"):
            for button in checked[1:2]:  # QGIS 3.22 opens with its compass, which takes half the view
                button.click()
    for window in [w for w in QApplication.topLevelWidgets() if w.isVisible() and "3D" in w.windowTitle()]:
        window.setGeometry(20, 60, 930, 660)
        window.raise_()
    scene3d.look_at(iface, conductor.session.designs[0].bounds)


def run(generator) -> None:
    try:
        delay = next(generator)
    except StopIteration:
        return
    except Exception:
        finish(traceback.format_exc())
    QTimer.singleShot(delay or STEP_MS, lambda: run(generator))



def start(steps) -> None:
    """Run the steps; too long is an error."""
    QTimer.singleShot(150_000, lambda: finish("the driver took too long"))
    QTimer.singleShot(1500, lambda: run(steps()))


def tidy() -> None:
    """Give the window its size and close what is in the way."""
    window = iface.mainWindow()
    window.setGeometry(0, 0, 1366, 768)
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2", "MessageLog"):
            dock.hide()
