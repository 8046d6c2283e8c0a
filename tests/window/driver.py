"""Runs inside a real QGIS: opens the demo through the conductor, runs it, looks at a finding, the sun and 3D, takes screenshots, quits."""

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
    conductor = plugin.conductor
    for _ in range(120):
        if conductor.session.designs and not conductor.task.busy:
            break
        yield 250
    yield 1500
    shoot("1_design")
    conductor.dock.location.open()
    conductor.dock.design.open(False)
    conductor.dock.location.allowed.setChecked(True)
    conductor.surroundings.show_card(*conductor.session.site.centre)
    yield 3000
    shoot("1_location")
    conductor.surroundings._card.close()
    conductor.dock.location.allowed.setChecked(False)
    conductor.dock.location.open(False)
    conductor.dock.design.open()
    conductor.start_review()
    for _ in range(240):
        if conductor.session.review is not None and not conductor.task.busy:
            break
        yield 250
    yield 3500
    report["violations"] = conductor.dock.answer_line.text()
    report["layers"] = len(QgsProject.instance().mapLayers())
    shoot("2_result")
    first = conductor.dock.result.tree.topLevelItem(0)
    conductor.showing.finding(first.child(0).data(0, 256))
    yield 3500
    shoot("3_finding")
    conductor.answering.open(first.child(1).data(0, 256))
    yield 1500
    shoot("4_panel")
    conductor.answering.panel.close()
    conductor.dock.result.open(False)
    conductor.dock.sun.open()
    conductor.dock.sun.shown.setChecked(True)
    report["slider_ms"] = slide(conductor)
    yield 2500
    shoot("6_sun")
    conductor.dock.sun.shown.setChecked(False)
    conductor.showing.variant()
    yield 1500
    conductor.showing.scene()
    yield 9000
    aim(conductor)
    yield 9000
    shoot("5_scene")
    conductor.dock.location.allowed.setChecked(True)
    yield 6000
    shoot("6_allowed")
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
