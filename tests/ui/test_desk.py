"""The desk: nothing changes unnoticed, what is chosen waits, and what cannot be is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPalette, QWheelEvent
from qgis.PyQt.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QScrollBar, QWidget
from stub_qgis import load, settle, wait_for

import scenes
from drieluik import texts
from drieluik.model import Case, DesignRequest, SiteRequest
from drieluik.ui.widgets.folding import FoldButton, FoldCheck, FoldHead


def given(conductor):
    """A case with its surroundings and one design, taken without reading any file."""
    session, site = conductor.session, scenes.site()
    session.set_case(Case("Z1", "Proef", SiteRequest(site.centre), (DesignRequest(("a.ifc",), "A"),)))
    session.take(site, (scenes.design(scenes.box_part(6, 6, 14, 14, 0, 6)),), None)
    return session


def test_the_wheel_changes_no_field_also_not_the_one_with_the_focus(conductor):
    given(conductor)
    dock = conductor.dock
    conductor.iface.window.show()
    conductor.iface.window.activateWindow()
    for step in dock.steps:
        step.open()
    settle()
    dock.location.radius.setFocus()
    assert dock.location.radius.hasFocus()
    fields = [w for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider) for w in dock.widget().findChildren(kind) if not isinstance(w, QScrollBar)]
    assert len(fields) > 8

    def held(field):
        return field.currentIndex() if isinstance(field, QComboBox) else field.value()

    changed = []
    for field in fields:
        field.setEnabled(True)
        for clicks in (120, -120):
            before = held(field)
            field.setFocus()
            event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(0, clicks), QPoint(0, clicks), Qt.MouseButton.NoButton,
                                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
            QApplication.sendEvent(field, event)
            if held(field) != before:
                changed.append(field.accessibleName())
    assert changed == []


def test_a_path_is_loaded_once_however_it_comes(conductor):
    field, told = conductor.dock.location.file, []
    field.chosen.connect(told.append)
    line = field.lineEdit()
    line.setText("")
    QApplication.clipboard().setText("/tmp/zaak.yaml")
    line.paste()
    line.editingFinished.emit()
    line.editingFinished.emit()  # leaving the field after Enter
    assert told == ["/tmp/zaak.yaml"]


def test_what_is_chosen_before_there_is_a_place_waits_and_is_used(conductor, monkeypatch, tmp_path):
    dock, session, taken = conductor.dock, conductor.session, []
    monkeypatch.setattr(conductor, "_load_designs", lambda requests, then=None: taken.append([r.files for r in requests]))
    rules = tmp_path / "eigen.yaml"
    rules.write_text((scenes.ROOT / "demo" / "rules.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    dock.design.file_chosen.emit("huis.ifc")
    dock.rules.file_chosen.emit(str(rules))
    assert "huis.ifc" in dock.design.state.text() and "wacht" in conductor.iface.bar.currentItem().text()
    assert dock.design.file.filePath() == "huis.ifc" and taken == []
    session.set_place(*scenes.site().centre)
    assert taken == []  # the surroundings come first
    session.take(scenes.site(), (), None)
    assert taken == [[("huis.ifc",)]] and session.early == {}
    assert [ruleset.location for ruleset in session.rulesets] and session.case.rulesets[-1] == str(rules)


def test_a_step_names_what_it_lacks(conductor):
    run, session = conductor.dock.run, conductor.session
    assert run.state.text().endswith("locatie, ontwerp")
    session.set_place(*scenes.site().centre)
    assert run.state.text().endswith("omgeving (stap 1), ontwerp")
    session.take(scenes.site(), (), None)
    assert run.state.text().endswith("nog nodig: ontwerp")


def test_a_rule_is_switched_off_with_a_reason_and_stays_a_line(conductor, monkeypatch):
    from drieluik.data_sources.rules.rulesets import read_ruleset
    from drieluik.ui.conduct import answering

    session, step = given(conductor), conductor.dock.rules
    path = str(scenes.ROOT / "demo" / "rules.yaml")
    session.add_ruleset(path, read_ruleset(path))
    rule = session.rulesets[0].rules[0]
    number = [one.id for ruleset in session.rulesets_shown() for one in ruleset.rules].index(rule.id)

    def card():
        return step.panels.itemAt(number).widget()

    def box():
        return card().findChild(QCheckBox)

    monkeypatch.setattr(answering, "ask_line", lambda *_: "")
    box().click()
    assert box().isChecked() and "rule_switches" not in session.case.answers  # without a reason it stays
    monkeypatch.setattr(answering, "ask_line", lambda *_: "vervallen per raadsbesluit")
    box().click()
    settle()
    assert not box().isChecked()
    session.answer("peil", {"nap_m": 1.4, "method": "nap_value", "reason": "tekening"})
    assert "1 uitgezet" in step.state.text()
    assert any("vervallen per raadsbesluit" in label.text() and "J. de Vries" in label.text() for label in card().findChildren(QLabel))
    assert session.case.answers["rule_switches"][rule.id]["by"] == "J. de Vries"
    assert ("rule_switches", rule.id) in [one.path for one in session.given()]
    box().click()  # on again is what the file says: it asks nothing
    settle()
    assert box().isChecked() and [one.path for one in session.given()] == [("peil",)]


def test_what_was_found_leaves_the_map_when_it_holds_no_longer(conductor, tmp_path):
    from qgis.core import QgsProject
    from small_review import review as small_review

    from drieluik.report.layers.review_layers import write_layers
    from drieluik.ui.map import map_layers

    review, session, root = small_review(), given(conductor), QgsProject.instance().layerTreeRoot()
    write_layers(review, tmp_path, "nl")
    session.take(session.site, session.designs, review)
    conductor.showing.judged(tmp_path)

    def shown():
        return {map_layers.name_of(node.layer()) for node in root.findLayers()}

    assert shown() & set(map_layers.OF_A_REVIEW) and shown() - set(map_layers.OF_A_REVIEW)
    session.answer("denominator", {"value": "bouwperceel"})
    assert not shown() & set(map_layers.OF_A_REVIEW) and shown()  # the surroundings stay
    session.set_place(*(value + 500.0 for value in scenes.site().centre))
    assert shown() == set()


def test_what_cannot_be_assessed_leads_to_the_layer_that_it_lacks(conductor):
    from small_review import review as small_review

    from drieluik.model import LayerState, Note, Provenance, Verdict
    from drieluik.ui.panels.finding_panel import lacking_layers, panel_html

    review, session = small_review(), given(conductor)
    found = replace(review.findings[0], verdict=Verdict.NOT_ASSESSABLE, decision=None, missing=(Note.of("checks_layer_failed", layer="parcels"),))
    assert lacking_layers(found) == ["parcels"] and lacking_layers(replace(found, verdict=Verdict.VIOLATES)) == []
    assert "BRK: percelen" in panel_html(review, found) and "parcels" not in panel_html(review, found)
    session.take(replace(session.site, provenance=(Provenance("bag", LayerState.LOADED, count=3), Provenance("parcels", LayerState.FAILED))), session.designs, None)
    conductor.answering.open(found, review=review)
    button = next(b for b in conductor.answering.panel.findChildren(QPushButton) if "BRK: percelen" in b.toolTip())
    conductor.dock.location.layers.setCurrentItem(None)
    button.click()
    assert conductor.dock.location.layers.currentItem().data(0, Qt.ItemDataRole.UserRole).layer == "parcels" and conductor.dock.location.retry.isEnabled()


def test_what_a_file_says_is_never_taken_for_html(conductor):
    session, dock = given(conductor), conductor.dock
    bad = "<b>huis</b> & <img src='x'>"
    session.rename("Z1", bad)
    part = replace(scenes.box_part(6, 6, 14, 14, 0, 6), name=bad, fid=bad, object=bad)
    session.take(session.site, (scenes.design(part, replace(scenes.box_part(16, 6, 24, 14, 0, 6), name="schuur")),), None)
    session.take_problem(bad, bad, None)
    rich = [label.text() for label in dock.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText and Qt.mightBeRichText(label.text())]
    assert not any("<b>huis" in text or "<img" in text for text in rich)
    assert bad in dock.design.failed.text()
    tips = [widget.toolTip() for widget in dock.findChildren(QWidget)] + [item.toolTip(0) for item in dock.design.roles.list.rows()]
    assert any("&lt;b&gt;huis" in text for text in tips) and not any("<b>" in text or "<img" in text for text in tips)
    conductor.teller.warn(bad)
    assert conductor.iface.bar.currentItem().text() == "&lt;b&gt;huis&lt;/b&gt; &amp; &lt;img src='x'&gt;"


def test_an_ampersand_is_read(qgis_app):
    from drieluik.ui.widgets.choice_rows import ChoiceRows
    from drieluik.ui.widgets.folding import FoldButton

    button, rows = FoldButton("Wijzig: antwoord van Jansen & Zn", left=True), ChoiceRows("wegen", ["weg van Jansen & Zn"])
    assert button.text().replace("\n", " ").endswith("Jansen && Zn") and rows.labels[0].text() == "weg van Jansen && Zn"
    for widget in (button, rows):
        widget.deleteLater()


def contrast(one, other):
    def light(colour):
        parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("grounds", [("#ffffff", "#efefef"), ("#222222", "#323232", "#535353")], ids=["usual", "Night Mapping"])
def test_verdicts_are_read_in_any_theme(qgis_app, grounds):
    from drieluik.model import Verdict
    from drieluik.ui.widgets.tones import verdict_tone

    usual, palette = QApplication.palette(), QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(grounds[0]))
    QApplication.setPalette(palette)
    try:
        assert min(contrast(verdict_tone(verdict), ground) for verdict in Verdict for ground in grounds) >= 4.5
    finally:
        QApplication.setPalette(usual)


def test_nothing_is_cut_at_125_percent(conductor):
    """Letters of 15 pixels are what Windows shows at 125 %; the bar to scroll with takes its part of the dock."""
    from small_review import review as small_review

    from drieluik.data_sources.rules.rulesets import read_ruleset
    from drieluik.ui.dock import WIDTH

    session, dock = given(conductor), conductor.dock
    path = str(scenes.ROOT / "demo" / "rules.yaml")
    ruleset = read_ruleset(path)
    long = {"nl": "Een bijzonder lange naam van een regel over de afstand tot de zijdelingse perceelgrens", "en": "Long"}
    session.add_ruleset(path, replace(ruleset, rules=tuple(replace(rule, title=long) for rule in ruleset.rules)))
    review = small_review()
    session.case = replace(session.case, designs=review.case.designs)
    session.variant, session.review = review.findings[0].design, review
    conductor.dock.show_session(session, False)
    font = dock.font()
    font.setPixelSize(15)
    dock.setFont(font)
    for step in dock.steps:
        step.open()
    dock.setFloating(True)
    dock.show()
    dock.resize(WIDTH, 700)
    wait_for(lambda: dock.area.widget().width() < 2 * WIDTH, 20)
    settle()
    inside, room = dock.area.widget(), dock.area.viewport().width()
    wide = [f"{type(w).__name__} {w.accessibleName()} {w.minimumSizeHint().width()}" for w in inside.findChildren(QWidget)
            if w.isVisibleTo(inside) and w.minimumSizeHint().width() > room - 20]
    assert inside.minimumSizeHint().width() <= room < WIDTH, wide
    cut = [button.words for kind in (FoldButton, FoldHead, FoldCheck) for button in inside.findChildren(kind)
           if button.isVisibleTo(inside) and any(button.fontMetrics().horizontalAdvance(line) > button.width() for line in button.text().split("\n"))]
    assert cut == []


def test_an_own_verdict_is_marked_in_the_list(conductor):
    from small_review import review as small_review

    review, step = small_review(), conductor.dock.result
    marked = {"decided": 0, "lapsed": 0}
    for design in dict.fromkeys(found.design for found in review.findings):
        step.refresh(review, design)
        for item in step.tree.rows():
            found = item.data(0, Qt.ItemDataRole.UserRole)
            words = " ".join(item.text(0).split())
            if item.parent() is not None and hasattr(found, "decision"):
                assert ("eigen oordeel" in words) == (found.decision is not None) and ("eerder oordeel vervallen" in words) == (found.lapsed is not None)
                marked["decided"] += found.decision is not None
                marked["lapsed"] += found.lapsed is not None
    assert min(marked.values()) > 0


def test_a_place_outside_the_country_is_refused(conductor):
    for place in ((0.0, 200_000.0), (1e6, 450_000.0)):
        conductor.surroundings.take_place(*place)
        assert conductor.session.case is None and "niet in Nederland" in conductor.iface.bar.currentItem().text()
    location = conductor.dock.location
    location.x.setValue(0.0)
    location.y.setValue(300_000.0)
    assert not location.use.isEnabled()


@pytest.mark.parametrize("system", ["EPSG:28992", "EPSG:3857"])
def test_two_points_snap_to_the_design_in_a_map_of_any_system(conductor, system):
    from drieluik.ui.map.map_marks import to_map
    from drieluik.ui.map.place_tools import placed_outline

    session, canvas = given(conductor), conductor.iface.mapCanvas()
    conductor.iface.window.setCentralWidget(canvas)
    conductor.iface.window.resize(1300, 700)
    conductor.iface.window.show()
    settle()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(system))
    outline = placed_outline(session.outline("A"), session.design.placement)
    west, south, east, north = outline.bounds
    canvas.setExtent(to_map(canvas).transformBoundingBox(QgsRectangle(west - 20, south - 20, east + 20, north + 20)))
    settle()
    conductor.dock.design.placement.points.click()
    tool, corner = canvas.mapTool(), outline.exterior.coords[0]
    pixel = canvas.getCoordinateTransform().transform(to_map(canvas).transform(QgsPointXY(*corner[:2]))).toQPointF().toPoint() + QPoint(4, 3)
    event = QgsMapMouseEvent(canvas, QEvent.Type.MouseButtonRelease, pixel, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tool.canvasReleaseEvent(event)
    assert tool._points[0] == pytest.approx(corner[:2], abs=0.01)


def test_the_entrance_is_taken_with_reason_and_name(conductor, monkeypatch):
    from drieluik.ui.conduct import surroundings

    session = given(conductor)
    for reason, said in (("", False), ("voordeur aan de straat", True)):
        monkeypatch.setattr(surroundings, "ask_line", lambda *_, reason=reason: reason)
        conductor.surroundings.point_entrance()
        conductor.iface.mapCanvas().mapTool()._take(10.0, 20.0)
        assert ("entrance" in session.case.answers) == said
    told = session.case.answers["entrance"]
    assert told["value"] == [10.0, 20.0] and told["reason"] == "voordeur aan de straat" and told["by"] == "J. de Vries" and told["at"]


def test_the_field_of_the_case_file_names_the_case_that_is_open(conductor, demo_case):
    conductor.open_case(str(demo_case))
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    assert conductor.dock.location.file.filePath().endswith("case.yaml")


def test_dates_in_tables_are_those_of_the_language():
    from drieluik.ui.widgets.words import short_date

    assert short_date("2026-11-30T10:00:00") == "30-11-2026" and short_date("onbekend") == "onbekend"
    texts.use_language("en")
    assert short_date("2026-11-30") == "30 Nov 2026"


def test_one_thing_is_told_as_one(conductor):
    from drieluik.ui.steps.step_input import import_lines
    from drieluik.ui.widgets.words import several

    session = given(conductor)
    assert "1 onderdeel," in import_lines(session.design)[0]
    assert (several("1 laag", "{n} lagen", 1), several("1 laag", "{n} lagen", 2)) == ("1 laag", "2 lagen")


def test_the_sun_of_a_place_inside_a_building_is_none(conductor):
    x, y = given(conductor).design.bounds.mean(axis=0)[:2]
    conductor.sunlight.at(x, y)
    assert "binnen een gebouw" in conductor.dock.sun.answer.text()
    conductor.sunlight.at(x, y + 12.0)
    assert "binnen een gebouw" not in conductor.dock.sun.answer.text() and "minuten" in conductor.dock.sun.answer.text()


@pytest.mark.parametrize("start", ["move", "points", "point", "entrance", "card", "sun", "line"])
def test_closing_with_a_tool_in_hand_leaves_none_behind(iface, start):
    plugin = load(iface)
    plugin.toggle(True)
    conductor = plugin.conductor
    given(conductor)
    begin = {
        "move": lambda: conductor.dock.design.placement.move.setChecked(True), "points": conductor.dock.design.placement.points.click,
        "point": conductor.surroundings.point, "entrance": conductor.surroundings.point_entrance, "card": lambda: conductor.surroundings.ask_map(True),
        "sun": conductor.sunlight.ask, "line": lambda: conductor.answering.draw(None),
    }
    before = iface.canvas.mapTool()
    begin[start]()
    assert iface.canvas.mapTool() is not None and iface.canvas.mapTool() is not before
    plugin.unload()
    settle()
    assert iface.canvas.mapTool() is None or iface.canvas.mapTool() is before
