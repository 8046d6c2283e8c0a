"""The matrix below the map: the variants of the demo by rule, and what is chosen in it shown."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.PyQt.QtGui import QColor
from stub_qgis import load, wait_for

from drieluik.model import Verdict
from drieluik.ui.panels.matrix_panel import ROLE
from drieluik.ui.widgets.tones import verdict_tone


def cells(table):
    return [[table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())]


def test_the_matrix_of_the_demo_below_the_map(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    conductor = plugin.conductor
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    assert conductor.dock.result.matrix.isHidden()
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    assert not conductor.dock.result.matrix.isHidden()
    conductor.dock.result.matrix.click()
    panel = conductor.comparing.panel
    told = cells(panel.table)
    assert panel.table.horizontalHeaderItem(1).text() == "A\n✗ 3 ◌ 1 ✓ 10"
    (height,) = [row for row in told if row[0].startswith("Maximale bouwhoogte · maximum bouwhoogte 8,5 m")]
    assert height[1:] == ["✗ 9,60 m (−1,10)", "✓★ 8,30 m (+0,20)"]
    assert "✗" in told[0][1] and told[-1][1] == told[-1][2]  # what differs most on top, what is the same below
    item = panel.table.item(told.index(height), 2)
    assert item.foreground().color() == QColor(verdict_tone(Verdict.COMPLIES))  # as every verdict in the window, on a dark ground too
    panel.table.itemClicked.emit(item)
    assert conductor.session.variant == "B" and conductor.dock.variant.currentText() == "B"
    panel.table.itemActivated.emit(item)
    assert conductor.answering.panel.finding is item.data(ROLE) and item.data(ROLE).verdict is Verdict.COMPLIES
    conductor.session.review = None  # nothing is judged any more: what stood there stays, grey
    conductor.session.changed.emit()
    assert not panel.table.isEnabled() and cells(panel.table) == told
    plugin.unload()
