"""Answers and decisions in the panel of a finding: judged again at once, kept in the case file; rule files and measuring profiles."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from stub_qgis import load, wait_for

from drieluik.model import Note, Question, Verdict


@pytest.fixture
def conductor(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    wait_for(lambda: plugin.conductor.session.designs and not plugin.conductor.task.busy)
    plugin.conductor.start_review()
    wait_for(lambda: plugin.conductor.session.review is not None and not plugin.conductor.task.busy)
    yield plugin.conductor
    plugin.unload()


def violation(conductor):
    return next(f for f in conductor.session.review.findings if f.design == "A" and f.verdict is Verdict.VIOLATES)


def again(conductor, finding):
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    return next(f for f in conductor.session.review.findings if (f.rule, f.subject_key, f.design) == (finding.rule, finding.subject_key, finding.design))


def test_the_officers_verdict_needs_a_reason_and_stands_beside_the_computed_one(conductor):
    finding = violation(conductor)
    conductor.answering.open(finding)
    box = conductor.answering.panel.verdict
    box.verdict.setCurrentIndex(box.verdict.findData("complies"))
    assert not box.button.isEnabled()
    box.reason.setText("Eerder vergund in 2019")
    box.button.click()
    found = again(conductor, finding)
    assert found.verdict is Verdict.VIOLATES and found.stands is Verdict.COMPLIES
    assert found.decision.reason == "Eerder vergund in 2019" and found.decision.by == conductor.session.officer
    text = conductor.answering.panel.text.toPlainText()
    assert "Eerder vergund in 2019" in text
    conductor.answering.panel.verdict.back.click()
    assert again(conductor, finding).decision is None


def test_answers_stand_in_the_case_file(conductor, tmp_path):
    from drieluik.data_sources.case import read_case, write_case
    from drieluik.job import run_case

    plan = conductor.session.site.plans[0].plan_id
    conductor.session.answer_question(Question("hoekperceel", Note.of("engine_question", key="hoekperceel"), "yes_no"), True, "Twee straten")
    conductor.session.answer_question(Question("profile.denominator", Note.of("engine_profile_denominator"), "choice", plan_id=plan), "bouwperceel", "art. 2.6")
    conductor.session.answer_question(Question("facade_line", Note.of("surroundings_question_facade_line"), "lines"), {"lines": [[[187010, 441000], [187040, 441006]]]}, "")
    conductor.session.decide(judged(conductor), "needs_judgement", "Nader bekijken")
    (tmp_path / "kept").mkdir()
    write_case(conductor.session.case, tmp_path / "kept" / "case.yaml")
    kept = read_case(tmp_path / "kept" / "case.yaml")
    assert kept.answers["hoekperceel"]["value"] is True and kept.answers["hoekperceel"]["reason"] == "Twee straten"
    assert kept.answers["profile"][plan]["denominator"]["value"] == "bouwperceel"
    assert kept.answers["facade_line"]["lines"] == [[[187010, 441000], [187040, 441006]]]
    review = run_case(kept)
    assert any(f.decision and f.decision.reason == "Nader bekijken" for f in review.findings)


def judged(conductor):
    wait_for(lambda: not conductor.task.busy)
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    return violation(conductor)


def test_a_rule_file_of_the_municipality_becomes_a_panel_and_a_profile_is_kept(conductor, tmp_path):
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
    conductor.dock.rules.file_chosen.emit(str(tmp_path / "own.yaml"))
    names = [box.text() for box in conductor.dock.rules.findChildren(type(conductor.dock.location.offline))]
    assert "Eigen hoogteregel" in names
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    assert {f.verdict for f in conductor.session.review.findings if f.rule == "eigen_hoogte"} == {Verdict.COMPLIES}
    (tmp_path / "wrong.yaml").write_text(text.replace("max_building_height", "max_bilding_height"))
    conductor.dock.rules.file_chosen.emit(str(tmp_path / "wrong.yaml"))
    assert "max_building_height" in conductor.iface.bar.currentItem().text()
    plan = conductor.session.site.plans[0].plan_id
    conductor.session.answer_question(Question("profile.denominator", Note.of("engine_profile_denominator"), "choice", plan_id=plan), "bouwperceel", "art. 2.6")
    conductor.dock.rules.profile_saved.emit(str(tmp_path / "profile.yaml"))
    assert read_profile(tmp_path / "profile.yaml").entry("denominator").value == "bouwperceel"


def test_the_panel_explains_how_the_check_measures(conductor):
    conductor.answering.open(violation(conductor))
    told = conductor.answering.panel.help.toPlainText()
    assert "Wat wordt gemeten" in told and "bouwvlak" in told and "check:" not in told


def test_lines_are_drawn_on_the_map(conductor):
    from drieluik.ui.panels.question_box import QuestionBox

    box = QuestionBox(Question("facade_line", Note.of("surroundings_question_facade_line"), "lines"))
    got = []
    box.answered.connect(lambda *given: got.append(given))
    box.button.click()
    assert got == [] and box.value() is None and "lijn" in box.lacks.text()
    box.take_lines([[[0.0, 0.0], [3.0, 4.0]]])
    assert "5,0" in box.field.text() and not box.button.isEnabled()
    box.why.setText("Kaart 2 van de toelichting")
    box.button.click()
    assert got[0][1] == {"lines": [[[0.0, 0.0], [3.0, 4.0]]]}


def test_a_finding_is_shown_alone_and_then_all_again(conductor):
    from qgis.core import QgsExpressionContextUtils, QgsProject

    from drieluik.ui.map import map_layers as layers

    project, finding = QgsProject.instance(), violation(conductor)
    areas, volumes = (layers.layer_named(project, name) for name in ("finding_areas", "finding_volumes"))
    every = len(list(areas.getFeatures()))
    conductor.dock.result.shown.emit(finding)
    assert {(f["rule"], f["subject_key"]) for f in areas.getFeatures()} == {(finding.rule, finding.subject_key)}
    assert len(list(areas.getFeatures())) < every
    assert finding.rule in volumes.renderer().rootRule().filterExpression() and volumes.subsetString() == ""
    assert QgsExpressionContextUtils.layerScope(areas).variable("drieluik_alone") in (1, "1")
    assert conductor.dock.result.all.isEnabled()
    conductor.dock.result.all.click()
    assert len(list(areas.getFeatures())) == every and finding.rule not in volumes.renderer().rootRule().filterExpression()
    assert not conductor.dock.result.all.isEnabled()
