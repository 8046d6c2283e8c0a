"""Runs inside a real QGIS: a new case, the demo's design in it, an answer, undone and redone, a report in its folder; then QGIS is killed by the test."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import plugins
from window_steps import finish, ready, report, shoot, start, tidy

from drieluik.ui.panels.case_dialog import CaseDialog


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    tidy()
    QgsSettings().setValue("drieluik/officer", "J. de Vries")
    QgsSettings().setValue("drieluik/officer_function", "vergunningverlener")
    yield 500
    plugin = plugins["drieluik"]
    plugin.action.setChecked(True)
    plugin.toggle(True)
    conductor = plugin.conductor
    dock, head, session = conductor.dock, conductor.dock.case, conductor.session
    yield 1000
    shoot("c1_empty")
    head.menu.popup(head.button.mapToGlobal(head.button.rect().bottomLeft()))
    yield 700
    shoot("c2_menu")
    head.menu.close()
    cases = Path(os.environ["DRIELUIK_CASES"])
    dialog = CaseDialog("Nieuwe zaak", "Beginnen", QApplication.activeWindow() or dock, cases, "Z2026-0142", "Woning Lindelaan 17")
    dialog.show()
    yield 700
    shoot("c3_new")
    dialog.close()
    conductor.menu.begin(cases / "Z2026-0142 Woning Lindelaan 17", "Z2026-0142", "Woning Lindelaan 17")
    yield from ready(conductor, lambda: conductor.keeping.opened is not None)
    yield 700
    shoot("c4_begun")
    plugin.open_case(os.environ["DRIELUIK_CASE"])
    yield from ready(conductor, lambda: session.designs)
    head.number.setText("Z2026-0142")
    head.title.setText("Woning Lindelaan 17, met een lange titel die niet in het veld past")
    head.title.editingFinished.emit()
    yield from ready(conductor, lambda: conductor.keeping.opened is not None and not conductor.keeping.dirty)
    yield 1500
    shoot("c5_kept")
    report["state"] = head.state.text()
    session.answer_signed("peil", {"method": "nap_value", "nap_m": 1.35, "reason": "Tekening 12"})
    conductor.keeping.back()
    yield from ready(conductor, lambda: not conductor.keeping.dirty)
    report["undone"] = [head.undo.isEnabled(), head.redo.isEnabled()]
    conductor.start_review()
    yield from ready(conductor, lambda: session.review is not None)
    report["after_review"] = [head.redo.isEnabled(), len(conductor.keeping.undoing.after)]
    conductor.write_report("", "nl")
    place = conductor.keeping.opened.home.path
    yield from ready(conductor, lambda: (place / "reviews" / "1" / "report.pdf").is_file())
    dock.report.open()
    dock.result.open(False)
    dock.look_at(dock.report)
    yield 1500
    shoot("c6_report")
    report["at_end"] = [head.redo.isEnabled(), len(conductor.keeping.undoing.after)]
    report["files"] = sorted(path.name for path in place.iterdir())
    finish()


start(steps)
