"""Runs inside a real QGIS: opens the demo through the dock, runs it, looks at a finding, the sun and 3D, takes screenshots, quits."""

from __future__ import annotations

import os
import time

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface, plugins
from window_steps import aim, finish, report, shoot, start, tidy


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    tidy()
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


start(steps)
