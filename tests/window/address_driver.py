"""Runs inside a real QGIS: types an address, loads the three worlds, asks the map, shows what may be built, judges by the plan's own rules."""

from __future__ import annotations

import os

from qgis.core import QgsProject
from qgis.utils import plugins
from window_steps import finish, report, shoot, start, tidy

from drieluik.ui.map import map_layers as layers


def until(condition):
    """Yield while a condition does not hold, for at most a minute."""
    for _ in range(240):
        if condition():
            return
        yield 250


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    tidy()
    yield 500
    plugin = plugins["drieluik"]
    plugin.action.setChecked(True)
    plugin.toggle(True)
    conductor = plugin.conductor
    conductor.dock.location.open()
    field = conductor.dock.location.address
    field.line.setText("Lindelaan 17")
    field.line.textEdited.emit("Lindelaan 17")
    yield from until(field.list.count)
    report["suggestions"] = field.list.count()
    yield 500
    shoot("a1_typed")
    field.list.itemClicked.emit(field.list.item(0))
    yield from until(lambda: conductor.session.site is not None and not conductor.task.busy)
    yield 3500
    report["states"] = {record.layer: record.state.value for record in reversed(conductor.session.site.provenance)}
    shoot("a2_loaded")
    conductor.surroundings.show_card(*conductor.session.site.centre)
    yield 2000
    shoot("a3_card")
    conductor.surroundings._card.close()
    conductor.dock.location.allowed.setChecked(True)
    report["envelopes"] = layers.layer_named(QgsProject.instance(), "envelope").featureCount()
    conductor.session.set_place(187030.3, 440992.1, conductor.session.case.site.address)
    conductor.dock.location.load.click()
    yield from until(lambda: conductor.session.site is not None and not conductor.task.busy)
    conductor.dock.design.file_chosen.emit(os.environ["DRIELUIK_DESIGN"])
    yield from until(lambda: conductor.session.designs and not conductor.task.busy)
    conductor.dock.location.allowed.setChecked(False)
    conductor.dock.location.allowed.setChecked(True)
    yield 2000
    conductor.showing.scene()
    yield 9000
    shoot("a4_allowed_3d")
    conductor.start_review()
    yield from until(lambda: conductor.session.review is not None and not conductor.task.busy)
    yield 3000
    report["findings"] = len(conductor.session.review.findings) if conductor.session.review else 0
    conductor.dock.rules.open()
    yield 1500
    shoot("a5_plan_rules")
    finish()


start(steps)
