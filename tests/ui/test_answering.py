"""Answers and decisions in the panel of a finding: judged again at once, kept in the case file; rule files and measuring profiles."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from stub_qgis import load, wait_for

from drieluik.model import Note, Question, Verdict


@pytest.fixture
def dock(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    wait_for(lambda: plugin.dock.session.designs and not plugin.dock.busy)
    plugin.dock.start_review()
    wait_for(lambda: plugin.dock.session.review is not None and not plugin.dock.busy)
    yield plugin.dock
    plugin.unload()


def violation(dock):
    return next(f for f in dock.session.review.findings if f.design == "A" and f.verdict is Verdict.VIOLATES)


def again(dock, finding):
    wait_for(lambda: dock.session.review is not None and not dock.busy)
    return next(f for f in dock.session.review.findings if (f.rule, f.subject, f.design) == (finding.rule, finding.subject, finding.design))


def test_the_officers_verdict_needs_a_reason_and_stands_beside_the_computed_one(dock):
    finding = violation(dock)
    dock.answering.open(finding)
    box = dock.answering.panel.verdict
    box.verdict.setCurrentIndex(box.verdict.findData("complies"))
    assert not box.button.isEnabled()
    box.reason.setText("Eerder vergund in 2019")
    box.button.click()
    found = again(dock, finding)
    assert found.verdict is Verdict.VIOLATES and found.stands is Verdict.COMPLIES
    assert found.decision.reason == "Eerder vergund in 2019" and found.decision.by == dock.session.officer
    text = dock.answering.panel.text.toPlainText()
    assert "Eerder vergund in 2019" in text
    box = dock.answering.panel.verdict
    box.verdict.setCurrentIndex(0)
    box.button.click()
    assert again(dock, finding).decision is None


def test_answers_stand_in_the_case_file(dock, tmp_path):
    from drieluik.data_sources.case import read_case, write_case
    from drieluik.job import run_case

    plan = dock.session.site.plans[0].plan_id
    dock.session.answer_question(Question("hoekperceel", Note.of("engine_question", key="hoekperceel"), "yes_no"), True, "Twee straten")
    dock.session.answer_question(Question("profile.denominator", Note.of("engine_profile_denominator"), "choice", plan_id=plan), "bouwperceel", "art. 2.6")
    dock.session.answer_question(Question("facade_line", Note.of("surroundings_question_facade_line"), "lines"), {"lines": [[[187010, 441000], [187040, 441006]]]}, "")
    dock.session.decide(judged(dock), "needs_judgement", "Nader bekijken")
    (tmp_path / "kept").mkdir()
    write_case(dock.session.case, tmp_path / "kept" / "case.yaml")
    kept = read_case(tmp_path / "kept" / "case.yaml")
    assert kept.answers["hoekperceel"]["value"] is True and kept.answers["hoekperceel"]["reason"] == "Twee straten"
    assert kept.answers["profile"][plan]["denominator"]["value"] == "bouwperceel"
    assert kept.answers["facade_line"]["lines"] == [[[187010, 441000], [187040, 441006]]]
    review = run_case(kept)
    assert any(f.decision and f.decision.reason == "Nader bekijken" for f in review.findings)


def judged(dock):
    wait_for(lambda: not dock.busy)
    dock.start_review()
    wait_for(lambda: dock.session.review is not None and not dock.busy)
    return violation(dock)


def test_a_rule_file_of_the_municipality_becomes_a_panel_and_a_profile_is_kept(dock, tmp_path):
    from drieluik.data_sources.rules.measuring_profiles import read_profile

    text = """
ruleset: {id: gm9999-eigen, version: 1, title: {nl: Eigen regel, en: Own rule}}
rules:
- id: eigen_hoogte
  check: max_building_height
  title: {nl: Eigen hoogteregel, en: Own height rule}
  basis: policy
  legal: [{instrument: Nota, article: "1"}]
  limit: {op: "<=", value: 12, unit: m}
"""
    (tmp_path / "own.yaml").write_text(text)
    dock.rules.file_chosen.emit(str(tmp_path / "own.yaml"))
    names = [box.text() for box in dock.rules.findChildren(type(dock.location.offline))]
    assert "Eigen hoogteregel" in names
    dock.start_review()
    wait_for(lambda: dock.session.review is not None and not dock.busy)
    assert {f.verdict for f in dock.session.review.findings if f.rule == "eigen_hoogte"} == {Verdict.COMPLIES}
    (tmp_path / "wrong.yaml").write_text(text.replace("max_building_height", "max_bilding_height"))
    dock.rules.file_chosen.emit(str(tmp_path / "wrong.yaml"))
    assert "max_building_height" in dock.iface.bar.currentItem().text()
    plan = dock.session.site.plans[0].plan_id
    dock.session.answer_question(Question("profile.denominator", Note.of("engine_profile_denominator"), "choice", plan_id=plan), "bouwperceel", "art. 2.6")
    dock.rules.profile_saved.emit(str(tmp_path / "profile.yaml"))
    assert read_profile(tmp_path / "profile.yaml").entry("denominator").value == "bouwperceel"


def test_the_panel_explains_how_the_check_measures(dock):
    dock.answering.open(violation(dock))
    assert len(dock.answering.panel.help.toPlainText()) > 300


def test_lines_are_drawn_on_the_map(dock):
    from drieluik.ui.question_box import QuestionBox

    box = QuestionBox(Question("facade_line", Note.of("surroundings_question_facade_line"), "lines"))
    got = []
    box.answered.connect(lambda *given: got.append(given))
    box.button.click()
    assert got == [] and box.value() is None
    box.take_lines([[[0.0, 0.0], [3.0, 4.0]]])
    assert "5.0" in box.field.text()
    box.button.click()
    assert got[0][1] == {"lines": [[[0.0, 0.0], [3.0, 4.0]]]}


def test_a_finding_is_shown_alone_and_then_all_again(dock):
    from qgis.core import QgsExpressionContextUtils, QgsProject

    from drieluik.ui import map_layers as layers

    project, finding = QgsProject.instance(), violation(dock)
    areas, volumes = (layers.layer_named(project, name) for name in ("finding_areas", "finding_volumes"))
    every = len(list(areas.getFeatures()))
    dock.result.shown.emit(finding)
    assert {(f["rule"], f["subject"]) for f in areas.getFeatures()} == {(finding.rule, finding.subject)}
    assert len(list(areas.getFeatures())) < every
    assert finding.rule in volumes.renderer().rootRule().filterExpression() and volumes.subsetString() == ""
    assert QgsExpressionContextUtils.layerScope(areas).variable("drieluik_alone") in (1, "1")
    assert dock.result.all.isEnabled()
    dock.result.all.click()
    assert len(list(areas.getFeatures())) == every and finding.rule not in volumes.renderer().rootRule().filterExpression()
    assert not dock.result.all.isEnabled()
