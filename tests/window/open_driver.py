"""Runs inside a real QGIS: the demo without answers; peil, a question with its lines on the map, an answer that is given and taken back."""

from __future__ import annotations

import os

from qgis.core import QgsSettings
from qgis.utils import plugins
from window_steps import finish, ready, report, shoot, start, tidy


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    tidy()
    QgsSettings().setValue("drieluik/officer", "J. de Vries")
    yield 500
    plugin = plugins["drieluik"]
    plugin.open_case(os.environ["DRIELUIK_CASE"])
    conductor, dock, session = plugin.conductor, plugin.conductor.dock, plugin.conductor.session
    yield from ready(conductor, lambda: session.designs)
    session.take_answers({})
    dock.rules.open()
    dock.design.open(False)
    yield 1000
    shoot("o1_peil")
    report["proposals"] = [label.text() for label in dock.rules.peil.proposals.labels]
    report["fix_enabled"] = dock.rules.peil.fix.isEnabled()
    dock.rules.open(False)
    conductor.start_review()
    yield from ready(conductor, lambda: session.review is not None)
    yield 3500
    shoot("o2_result")
    asking = next(f for f in session.review.findings if f.design == "A" and any(q.key == "side_boundaries" for q in f.questions))
    conductor.answering.open(asking, 1)
    yield 3000
    box = next(one for one in conductor.answering.panel.boxes if one.question.key == "side_boundaries")
    box.pointed.emit(1)
    yield 500
    report["lines"] = len(conductor.answering.marks.shown)
    shoot("o3_question")
    box.rows.choose(0)
    box.why.setText("De grens met Lindelaan 16")
    box.button.click()
    yield from ready(conductor, lambda: session.review is not None)
    dock.answers.open()
    dock.result.open(False)
    yield 3000
    shoot("o4_answered")
    report["given"] = [one.path[0] for one in session.given()]
    dock.answers.back_asked.emit(session.given()[0])
    yield from ready(conductor, lambda: session.review is not None)
    dock.answers.earlier.setChecked(True)
    yield 2500
    report["ended"] = [one.path[0] for one in session.ended()]
    shoot("o5_taken_back")
    finish()


start(steps)
