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
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from qgis.utils import iface

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


def ready(conductor, condition):
    """Yield while a condition does not hold or a task is under way, for at most a minute."""
    for _ in range(240):
        if condition() and not conductor.task.busy:
            return
        yield 250


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
