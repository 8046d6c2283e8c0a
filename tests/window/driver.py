"""Runs inside a real QGIS: opens the demo through the conductor, runs it, looks at a finding, the answers, the rules, the sun and 3D, quits."""

from __future__ import annotations

import os
import time

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface, plugins
from window_steps import finish, ready, report, shoot, start, tidy


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    tidy()
    yield 500
    plugin = plugins["drieluik"]
    plugin.open_case(os.environ["DRIELUIK_CASE"])
    conductor, dock = plugin.conductor, plugin.conductor.dock
    yield from ready(conductor, lambda: conductor.session.designs)
    yield 1500
    shoot("1_design")
    dock.location.open()
    dock.design.open(False)
    dock.location.allowed.setChecked(True)
    conductor.surroundings.show_card(*conductor.session.site.centre)
    yield 3000
    shoot("1_location")
    conductor.surroundings._card.close()
    dock.location.allowed.setChecked(False)
    dock.location.open(False)
    conductor.start_review()
    yield from ready(conductor, lambda: conductor.session.review is not None)
    yield 3500
    report["violations"] = dock.answer_line.text()
    report["layers"] = len(QgsProject.instance().mapLayers())
    shoot("2_result")
    first = dock.result.tree.topLevelItem(0)
    conductor.answering.open(first.child(1).data(0, 256))
    yield 3500
    panel = conductor.answering.panel
    report["panel_over_map"] = panel.isFloating() or panel.width() < 300
    shoot("3_finding")
    panel.tabs.setCurrentIndex(2)
    yield 500
    shoot("4_measured_so")
    panel.close()
    dock.result.open(False)
    dock.answers.open()
    yield 500
    shoot("5_answers")
    dock.answers.open(False)
    dock.rules.open()
    yield 500
    shoot("6_rules")
    dock.rules.open(False)
    dock.sun.open()
    dock.sun.shown.setChecked(True)
    report["slider_ms"] = slide(conductor)
    yield 2500
    shoot("7_sun")
    dock.sun.shown.setChecked(False)
    dock.sun.open(False)
    conductor.showing.scene(first.child(1).data(0, 256))
    yield 9000
    shoot("8_scene")
    dock.location.allowed.setChecked(True)
    yield 6000
    shoot("9_allowed")
    report["views3d"] = len(iface.mapCanvases3D()) if hasattr(iface, "mapCanvases3D") else -1
    finish()


def slide(conductor) -> float:
    """Move the time slider over a day, drawing at every step; return the longest step (ms)."""
    longest = 0.0
    for minute in range(9 * 12, 17 * 12, 6):
        start = time.perf_counter()
        conductor.dock.sun.minute.setValue(minute)
        QApplication.processEvents()
        longest = max(longest, 1000.0 * (time.perf_counter() - start))
    return round(longest, 1)


start(steps)
