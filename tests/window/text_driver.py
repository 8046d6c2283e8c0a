"""Runs inside a real QGIS: the demo with a text of its plan; the window with the text, a clause confirmed, a whole article, a correction, what then holds."""

from __future__ import annotations

import os
from dataclasses import replace

from qgis.core import QgsSettings
from qgis.utils import plugins
from window_steps import finish, ready, report, shoot, start, tidy

from drieluik.model import PlanTextRequest


def steps():
    """Each yield gives QGIS time (ms) to draw."""
    tidy()
    QgsSettings().setValue("drieluik/officer", "J. de Vries")
    yield 500
    plugin = plugins["drieluik"]
    plugin.open_case(os.environ["DRIELUIK_CASE"])
    conductor, session = plugin.conductor, plugin.conductor.session
    yield from ready(conductor, lambda: session.designs)
    session.case = replace(session.case, rulesets=("plan",))
    session.set_rulesets(())
    plan = next(plan.id for plan in session.site.plan_documents if plan.proposed)
    conductor.dock.rules.open()
    conductor.dock.design.open(False)
    conductor.dock.rules.read_text.click()
    yield 1000
    shoot("t1_no_text")
    conductor.reading._take(PlanTextRequest(plan, os.environ["DRIELUIK_TEXT"]))
    conductor.start_review()
    yield from ready(conductor, lambda: session.review is not None)
    conductor.reading.open()
    yield 1000
    window = conductor.reading.window
    report["parts"] = len(window.reading.parts)
    shoot("t2_text")
    window._show("12.2.2 a binnen bouwvlak")
    window.card.confirm.click()
    yield 500
    window.card.article.click()
    yield 500
    shoot("t3_article")
    window.card.head.setChecked(True)
    window.card.value.setText("4,5")
    window.card.reason.setText("de verbeelding zegt 4,5")
    yield 500
    shoot("t4_correct")
    window.card.correct.click()
    window.card.reason.setText("geldt hier niet")
    window.card.reject.click()
    yield 500
    shoot("t5_rejected")
    report["decided"] = {part.key: part.decision for part in window.reading.parts if part.decision != "open"}
    window.close()
    yield from ready(conductor, lambda: session.review is not None)
    yield 2500
    report["findings"] = sum(":norm:" in one.rule for one in session.review.findings)
    conductor.dock.rules.open(False)
    shoot("t6_result")
    finish()


start(steps)
