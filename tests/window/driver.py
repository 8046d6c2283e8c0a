"""Runs inside a real QGIS: opens the demo through the dock, runs it, looks at a finding and at 3D, takes screenshots, quits."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import time
import traceback
from pathlib import Path

import qgis.utils
from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QToolButton
from qgis.utils import iface, plugins

from drieluik.ui import scene3d

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


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    window = iface.mainWindow()
    window.setGeometry(0, 0, 1366, 768)
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2", "MessageLog"):
            dock.hide()
    yield 500
    plugin = plugins["drieluik"]
    plugin.open_case(os.environ["DRIELUIK_CASE"])
    dock = plugin.dock
    for _ in range(120):
        if dock.session.designs and dock._task is None:
            break
        yield 250
    yield 1500
    shoot("1_design")
    dock.location.open()
    dock.design.open(False)
    dock.location.allowed.setChecked(True)
    dock.surroundings.show_card(*dock.session.site.centre)
    yield 3000
    shoot("1_location")
    dock.surroundings._card.close()
    dock.location.allowed.setChecked(False)
    dock.location.open(False)
    dock.design.open()
    dock.start_review()
    for _ in range(240):
        if dock.session.review is not None and dock._task is None:
            break
        yield 250
    yield 3500
    report["violations"] = dock.answer_line.text()
    report["layers"] = len(QgsProject.instance().mapLayers())
    shoot("2_result")
    first = dock.result.tree.topLevelItem(0)
    dock.show_finding(first.child(0).data(0, 256))
    yield 3500
    shoot("3_finding")
    dock.answering.open(first.child(1).data(0, 256))
    yield 1500
    shoot("4_panel")
    dock.answering.panel.close()
    dock.result.open(False)
    dock.sun.open()
    dock.sun.shown.setChecked(True)
    report["slider_ms"] = slide(dock)
    yield 2500
    shoot("6_sun")
    dock.sun.shown.setChecked(False)
    dock._show_variant()
    yield 1500
    dock.show_3d()
    yield 9000
    aim(dock)
    yield 9000
    shoot("5_scene")
    dock.location.allowed.setChecked(True)
    yield 6000
    shoot("6_allowed")
    report["views3d"] = len(iface.mapCanvases3D()) if hasattr(iface, "mapCanvases3D") else -1
    finish()


def slide(dock) -> float:
    """Move the time slider over a day, drawing at every step; return the longest step (ms)."""
    longest = 0.0
    for minute in range(9 * 12, 17 * 12, 6):
        start = time.perf_counter()
        dock.sun.minute.setValue(minute)
        QApplication.processEvents()
        longest = max(longest, 1000.0 * (time.perf_counter() - start))
    return round(longest, 1)


def aim(dock) -> None:
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
    scene3d.look_at(iface, dock.session.designs[0].bounds)


def run(generator) -> None:
    try:
        delay = next(generator)
    except StopIteration:
        return
    except Exception:
        finish(traceback.format_exc())
    QTimer.singleShot(delay or STEP_MS, lambda: run(generator))


QTimer.singleShot(150_000, lambda: finish("the driver took too long"))
QTimer.singleShot(1500, lambda: run(steps()))
