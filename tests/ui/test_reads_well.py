"""What the officer reads: the finding first, no empty rows, places and dates as people write them, buttons that say why they are grey."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from small_review import review as small_review
from stub_qgis import settle

from drieluik.model import Choice, Decision, Finding, LegalSource, Limit, Measurement, Note, PlanOrigin, Premise, Question, Rule, Ruleset, Verdict
from drieluik.report.basis import wording

SUBJECT = Note.of("subject_coverage")


@pytest.fixture(scope="module")
def review():
    return small_review()


def finding(verdict, **more):
    measured = (Measurement("height", 9.2, "m", "<=", 8.0), Measurement("peil_used", 1.25, "m NAP"))
    return Finding("r", "max_building_height", SUBJECT, "A", verdict, more.pop("measurements", measured), **more)


def text_of(review, found):
    from drieluik.ui.panels.finding_panel import panel_html

    return re.sub(r"<[^>]+>", "\n", panel_html(review, found))


def test_the_rule_the_verdict_and_the_cure_stand_before_the_numbers(qgis_app, review):
    found = finding(Verdict.VIOLATES, cures=(Note.of("cure_lower", value=1.2),), legal=(LegalSource("Plan", "3.1", "Niet hoger."),), notes=(Note.of("sun_no_terrain"),))
    text = text_of(review, found)
    places = [text.index(words) for words in (wording.title(review, found, "nl"), "voldoet niet", "Wat het zou oplossen", "Niet hoger.", "Gemeten", "DRL-A02")]
    assert places == sorted(places)


def test_a_decision_that_it_complies_leaves_no_cure(qgis_app, review):
    found = finding(Verdict.VIOLATES, decision=Decision(Verdict.COMPLIES, "Vergund", "A", "2026-01-02"), ladder="needs_outside_plan_permit")
    text = text_of(review, found)
    assert "Vergund" in text and "Wat het zou oplossen" not in text and "BOPA" not in text


def test_empty_rows_are_left_out_and_what_can_be_done_is_said(qgis_app, review):
    found = finding(Verdict.NOT_ASSESSABLE, measurements=(Measurement("outside_area", 7.2, "m2"),), missing=(Note.of("sun_no_terrain"),))
    text = text_of(review, found)
    for head in ("Grens", "Marge", "Onzekerheid", "Gemeten"):
        assert not re.search(rf"^{head}$", text, re.M), head
    assert ("7,20 m²" in text and "Wat u kunt doen" in text) or "What you can do" in text


def test_each_choice_stands_with_its_outcome_above_the_law(qgis_app, review):
    asked = Note.of("checks_question_denominator")
    ways = (Choice(Note.of("choice_word", word="bouwvlak"), "bouwvlak", Verdict.VIOLATES, 61.0, "%"),)
    premise = Premise("denominator", "open", asked, asked, choices=ways, flips=True)
    found = finding(Verdict.NEEDS_JUDGEMENT, questions=(Question("denominator", asked, "choice"),), premises=(premise,), legal=(LegalSource("Plan", "3.1", "Niet meer."),))
    text = text_of(review, found)
    assert text.index("61,00 %, voldoet niet") < text.index("Niet meer.")


def test_a_card_says_nothing_twice_and_writes_places_as_people_do(qgis_app):
    from drieluik.measure.surroundings.plot_card import Card, CardRow
    from drieluik.ui.panels.plot_card_panel import card_html

    plan = {"source": "Plan Kade (vastgesteld)", "date": "2021-03-04", "layer": "plans", "fid": "7"}
    bag = {"source": "BAG", "date": "2026-02-01"}
    rows = (
        CardRow("administrative", "card_address_use", "woonfunctie", detail="Kade 1", **bag), CardRow("administrative", "card_address_use", "woonfunctie", **bag),
        CardRow("administrative", "card_parcel_registered", 1157.0, "m2", **bag), CardRow("juridical", "card_kind_maatvoering", "maximum bouwhoogte (m)", **plan),
        CardRow("juridical", "card_plan_value", 8.5, "m", "maximum bouwhoogte", **plan), CardRow("juridical", "card_plan_value", 5.5, "m", "maximum goothoogte", **plan),
    )
    html = card_html(Card(187030.25, 440992.1, rows))
    assert "RD 187.030,2, 440.992,1" in html and html.count("woonfunctie") == 1 and "1.157 m²" in html
    assert "Maatvoering" not in html and html.count("4 maart 2021") == 1 and html.count("Plan Kade") == 1 and "8,50 m" in html


def test_no_place_is_none_and_its_button_is_grey(qgis_app):
    from drieluik.ui.steps.step_location import LocationStep

    step = LocationStep()
    assert not step.use.isEnabled() and step.x.text() == step.y.text() and not step.x.text()[0].isdigit()
    step.x.setValue(187000.0)
    assert not step.use.isEnabled()
    step.y.setValue(441000.0)
    assert step.use.isEnabled()


def test_before_the_review_the_result_says_what_to_do(qgis_app, review):
    from drieluik.ui.steps.step_output import ReportStep, ResultStep, RunStep

    result, report, run = ResultStep(), ReportStep(), RunStep()
    result.refresh(None, "A")
    assert result.tree.isHidden() and len(result.outcome.text()) > 20 and not result.all.isEnabled()
    result.refresh(review, "A")
    assert not result.tree.isHidden() and "–" not in result.outcome.text()[:2]
    report.refresh(None)
    assert not report.write.isEnabled() and report.note.text()
    report.refresh(review)  # no folder is asked: the report stands in that of the case
    assert report.write.isEnabled() and report.note.text() == ""
    run.refresh(True, replace(review, at="2026-03-02T11:15:22+00:00"))
    assert "2 maart 2026, " in run.state.text()


def test_lines_of_the_result_are_folded_and_none_is_cut(qgis_app, review):
    from qgis.PyQt.QtGui import QFontMetrics

    from drieluik.ui.widgets.fold_tree import FoldTree

    tree = FoldTree()
    tree.setHeaderHidden(True)
    parent = tree.row("✗ voldoet niet (1)")
    tree.addTopLevelItem(parent)
    long = "Een bijzonder lange naam van een regel die niet op een regel past"
    parent.addChild(tree.row(long, "Het ontwerp steekt 1,10 m uit boven de grens van 8,50 m boven peil.", ""))
    parent.setExpanded(True)
    told = []
    tree.itemChanged.connect(lambda *_: told.append(1))
    for width, size in ((360, 9), (360, 14), (260, 9)):
        font = tree.font()
        font.setPointSize(size)
        tree.setFont(font)
        tree.resize(width, 400)
        tree.show()
        settle()
        tree.fold()
        room = tree.viewport().width() - 2 * tree.indentation()
        text = parent.child(0).text(0)
        assert all(QFontMetrics(font).horizontalAdvance(line) <= room for line in text.split("\n")), (width, size, text)
        assert " ".join(text.split()).endswith("boven peil.") and text.count("\n") > 1
    assert told == []  # a list of plans took its own folding for a tick
    tree.deleteLater()


def test_the_card_of_a_plans_own_rule_names_the_plan_and_says_why_it_is_grey(qgis_app):
    from qgis.PyQt.QtWidgets import QCheckBox

    from drieluik.model import Case, SiteRequest
    from drieluik.ui.steps.step_rules import RulesStep, card_lines

    legal = (LegalSource("NL.IMRO.7.plan", "5", work_id="NL.IMRO.7.plan"),)
    rule = Rule("plan:1", "max_storeys", {"nl": "Bouwlagen"}, legal, Limit("<=", "bouwlagen", 2.0), measure={"count_attic": False}, origin=(PlanOrigin("NL.IMRO.7.plan", "1", "maatvoering", "x"),))
    lines = card_lines(rule, {"NL.IMRO.7.plan": "Plan Kade"})
    assert lines == ("Ten hoogste 2 bouwlagen", "Een zolder of kap telt niet mee", "Plan Kade, art. 5")
    step = RulesStep()
    step.refresh(Case("", "", SiteRequest((0.0, 0.0)), ()), (Ruleset("p", "1", {}, (rule,)),), {"NL.IMRO.7.plan": "Plan Kade"})
    box = next(box for box in step.findChildren(QCheckBox) if box.text() == "Bouwlagen")
    assert not box.isEnabled() and "eigen oordeel" in box.toolTip()
    bare = Rule("o", "public_space_overlap", {"nl": "Vrij"}, legal)
    assert card_lines(bare, {})[0].startswith("Gemeten wordt")


def test_the_clock_and_dates_are_in_words(qgis_app):
    from drieluik.texts import clock
    from drieluik.ui.widgets.words import short_date

    assert clock("16:30 CET") == "16:30 wintertijd" and clock("16:30 CEST") == "16:30 zomertijd" and clock("16:30") == "16:30"
    assert short_date("2026-02-03") == "03-02-2026" and short_date("onbekend") == "onbekend" and short_date("") == ""


def test_only_what_is_violated_or_chosen_is_drawn_and_labels_make_room(qgis_app):
    from drieluik.ui.map.map_layers import STYLES

    for name in ("finding_areas", "finding_lines", "finding_points", "finding_volumes"):
        style = (STYLES / f"{name}.qml").read_text()
        assert 'displayAll="1"' not in style and "drieluik_alone" in style
    rules = [rule for rule in ElementTree.parse(STYLES / "finding_lines.qml").iter("rule") if rule.get("symbol")]
    assert rules and all("drieluik_alone" in rule.get("filter") for rule in rules)
    assert 'drawLabels="0"' in (STYLES / "design_footprint.qml").read_text()


def test_a_3d_view_is_docked_between_map_and_dock_and_tilted(iface):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QDockWidget, QToolButton, QVBoxLayout, QWidget

    from drieluik.ui.map import view_dock

    class Qgs3DMapCanvas(QWidget):
        """Named as QGIS names its own."""

    class Qgs3DNavigationWidget(QWidget):
        """Named as QGIS names its own."""

    window, dock, view, inside = iface.window, QDockWidget("Drieluik"), QDockWidget("3D"), QWidget()
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    layout, compass = QVBoxLayout(inside), Qgs3DNavigationWidget()
    camera, toggle = QToolButton(), QToolButton()
    for button in (camera, toggle):
        button.setCheckable(True)
        button.setChecked(True)
    toggle.toggled.connect(compass.setVisible)
    pressed = []
    for number in range(8):
        button = QToolButton(compass)
        button.clicked.connect(lambda _=False, n=number: pressed.append(n))
    for part in (camera, toggle, compass, Qgs3DMapCanvas()):
        layout.addWidget(part)
    view.setWidget(inside)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, view)
    view.setFloating(True)
    assert view_dock.views_in(window) == [view]
    view_dock.put_beside_map(window, view, dock)
    assert not view.isFloating() and window.dockWidgetArea(view) == window.dockWidgetArea(dock)
    assert camera.isChecked() and not toggle.isChecked() and compass.isHidden()
    assert view_dock.look_from_aside(view) and pressed == [view_dock.TILT_DOWN] * view_dock.TILT_CLICKS
    assert not view_dock.look_from_aside(dock)


def test_layers_are_called_in_the_language_of_the_reader():
    from drieluik import texts
    from drieluik.ui.map.map_layers import LAYERS, title

    names = [*(name for _, name in LAYERS), "terrain"]
    before = texts.language()
    try:
        called = {}
        for lang in ("nl", "en"):
            texts.use_language(lang)
            called[lang] = [title(name) for name in names]
        dutch, english = called["nl"], called["en"]
        assert len(set(dutch)) == len(set(english)) == len(names)
        assert [one for one, other in zip(dutch, english) if one == other] == ["Plan"]
    finally:
        texts.use_language(before)
