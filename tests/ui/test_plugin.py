"""The plugin in a headless QGIS: load, unload, load again; the dock driven through the demo; every control named."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import replace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QDockWidget, QLineEdit, QSlider, QToolBar, QTreeWidget
from stub_qgis import load, settle, shown_map, wait_for


def test_load_and_unload_twice_leaves_nothing(iface):
    for _ in range(2):
        plugin = load(iface)
        plugin.toggle(True)
        assert len(iface.docks) == 1 and len(iface.menu) == 1
        assert QgsApplication.processingRegistry().providerById("drieluik") is not None
        plugin.unload()
        settle()
        assert iface.docks == iface.menu == iface.pages == iface.filters == []
        assert iface.window.findChildren(QToolBar) == []
        assert QgsApplication.processingRegistry().providerById("drieluik") is None
        assert iface.window.findChildren(QDockWidget) == []
        assert QgsApplication.taskManager().countActiveTasks() == 0


def test_missing_package_is_named_and_the_plugin_loads(iface, monkeypatch):
    from drieluik.ui.entries import extras

    monkeypatch.setattr(extras, "missing", lambda: ["manifold3d"])
    plugin = load(iface)
    plugin.toggle(True)
    assert plugin.conductor is None and plugin._dialog.isVisible()
    text = plugin._dialog.findChild(extras.QPlainTextEdit).toPlainText()
    assert "manifold3d" in text
    plugin.unload()


def test_package_imports_without_extras():
    import subprocess
    import sys

    blocked = "import sys\nfor n in ('shapely','pyogrio','manifold3d','trimesh','ifcopenshell','typst','embreex','laspy','lxml','yaml','jinja2','jsonschema'): sys.modules[n] = None\n"
    code = blocked + "import drieluik.plugin, drieluik.ui.entries.extras, drieluik.ui.entries.provider; print(drieluik.ui.entries.extras.EXTRAS['lxml'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "lxml", done.stderr


@pytest.fixture
def worked(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    conductor = plugin.conductor
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    yield plugin
    plugin.unload()


def test_the_demo_through_the_dock(worked, tmp_path):
    from drieluik.model import Verdict
    from drieluik.ui.map import map_layers as layers

    conductor, project = worked.conductor, QgsProject.instance()
    assert conductor.session.review.counts("A")[Verdict.VIOLATES] == 3
    assert "✗\N{NO-BREAK SPACE}3" in conductor.dock.answer_line.text()
    names = {layers.name_of(layer) for layer in project.mapLayers().values()}
    assert {"finding_areas", "finding_volumes", "design_footprint", "topography", "building_3d", "terrain"} <= names
    volumes = layers.layer_named(project, "finding_volumes")
    assert len(list(volumes.getFeatures())) > 0 and volumes.renderer3D() is not None
    first = conductor.dock.result.tree.topLevelItem(0)
    assert "voldoet niet (3)" in first.text(0)
    conductor.dock.result.tree.itemClicked.emit(first.child(0), 0)
    assert conductor.iface.mapCanvas().extent().width() < 200
    conductor.dock.result.tree.itemActivated.emit(first.child(1), 0)
    assert "bouwhoogte" in conductor.answering.panel.text.toPlainText()
    conductor.dock.variant.setCurrentText("B")
    every = sum(found.design == "B" for found in conductor.session.review.findings)
    assert conductor.session.review.counts("B")[Verdict.COMPLIES] == every and f"✓\N{NO-BREAK SPACE}{every}" in conductor.dock.answer_line.text()
    assert layers.layer_named(project, "finding_areas").subsetString() == "\"design\" = 'B'"
    conductor.write_report(str(tmp_path / "out"), "nl")
    wait_for(lambda: not conductor.task.busy)
    assert (tmp_path / "out" / "report.pdf").exists() and conductor.dock.report.open_pdf.isEnabled()


def test_the_sun_step_moves_shadows_over_the_map(worked):
    conductor = worked.conductor
    assert conductor.dock.sun.shown.isEnabled() and not conductor.dock.sun.shown.isChecked() and conductor.sunlight.shadows._bands == {}
    conductor.dock.sun.shown.setChecked(True)
    first = conductor.sunlight.shadows._bands["extra"].asGeometry().asWkt()
    assert "21 maart 2027, 12:00 wintertijd" in conductor.dock.sun.says.text() and "m² extra schaduw" in conductor.dock.sun.says.text()
    conductor.dock.sun.minute.setValue(15 * 12)
    assert conductor.sunlight.shadows._bands["extra"].asGeometry().asWkt() != first and "15:00 wintertijd" in conductor.dock.sun.says.text()
    conductor.dock.sun.ask.click()
    conductor.iface.mapCanvas().mapTool()._take(187032.0, 441008.0)
    assert "21 maart 2027" in conductor.dock.sun.answer.text() and "tegengehouden door" in conductor.dock.sun.answer.text()
    conductor.dock.variant.setCurrentText("B")
    assert conductor.sunlight.shadows._scene.design.name == "B"
    conductor.dock.sun.shown.setChecked(False)
    assert conductor.sunlight.shadows._bands == {} and "extra schaduw" not in conductor.dock.sun.says.text()


def test_peil_is_proposed_at_the_entrance_and_filled_in_by_a_click(worked, monkeypatch):
    from drieluik.ui.conduct import surroundings

    monkeypatch.setattr(surroundings, "ask_line", lambda *_: "voordeur aan de straat")
    conductor = worked.conductor
    assert conductor.session.peil_proposals() == ()  # the demo's peil is fixed
    conductor.session.answer("peil", {})
    proposed = {level.method: level.nap_m for level in conductor.session.peil_proposals()}
    assert set(proposed) == {"road_at_main_entrance", "finished_ground_adjoining"}
    conductor.dock.rules.entrance_asked.emit()
    centre = conductor.session.site.centre
    conductor.surroundings._tool._take(centre[0], centre[1] - 200.0)  # no road within 50 m of there
    assert conductor.session.case.answers["entrance"]["value"] == [round(centre[0], 2), round(centre[1] - 200.0, 2)]
    assert {level.method for level in conductor.session.peil_proposals()} == {"finished_ground_adjoining"}
    peil = conductor.dock.rules.peil
    peil.proposals.choose(0)
    assert peil.nap.value() == pytest.approx(proposed["finished_ground_adjoining"], abs=0.01)
    assert peil.method.currentData() == "finished_ground_adjoining"


def test_every_control_has_a_name(worked):
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTreeWidget, QAbstractSpinBox, QSlider):
        for widget in worked.conductor.dock.findChildren(kind):
            inner = widget.parent() is not None and isinstance(widget.parent(), (QComboBox, QAbstractSpinBox, QLineEdit))
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and (widget.text() or widget.toolTip()))
            own = widget.objectName().startswith("qt_") or type(widget.parent()).__name__ in ("FileField", "QgsDockWidget", "DrieluikDock")
            assert named or inner or own, f"{type(widget).__name__} {widget.objectName()} has no accessible name"


def test_cancel_is_told_and_loses_nothing(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    conductor = plugin.conductor
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    conductor.start_review()
    conductor.task.cancel()
    wait_for(lambda: not conductor.task.busy)
    assert conductor.session.case is not None and conductor.session.designs
    plugin.unload()


def test_bad_case_is_a_sentence_in_the_message_bar(iface, tmp_path):
    plugin = load(iface)
    plugin.open_case(str(tmp_path / "none.yaml"))
    assert "bestaat niet" in iface.bar.currentItem().text()
    plugin.unload()


def test_the_project_opens_with_everything(qgis_app, demo_case, tmp_path):
    from drieluik.data_sources.case import read_case
    from drieluik.job import run_case
    from drieluik.report import write_outputs
    from drieluik.ui.project import write_project

    review = run_case(read_case(demo_case))
    write_outputs(review, tmp_path / "out", also=lambda folder: {"project": write_project(review, folder)})
    project = QgsProject()
    assert project.read(str(tmp_path / "out" / "project.qgz"))
    found = list(project.mapLayers().values())
    assert len(found) >= 12 and all(layer.isValid() for layer in found)
    with zipfile.ZipFile(tmp_path / "out" / "project.qgz") as archive:
        text = archive.read("project.qgs").decode()
    assert text.count("<renderer-3d") == 4 and "./findings.gpkg" in text and str(tmp_path) not in text
    assert project.crs().authid() == "EPSG:28992"
    rules = [rule for scene in text.split("<renderer-3d")[1:] for rule in scene.split("</renderer-3d>")[0].split("<rule ")[1:]]
    assert sum("&quot;design&quot; = 'A'" in rule or "&quot;design&quot; = &apos;A&apos;" in rule for rule in rules) == 12  # one variant: nine looks of the design by kind and role, three of what is too high
    project.clear()


@pytest.fixture
def unplaced(iface, demo_case, tmp_path):
    """The dock with the GLB of the demo, whose case says no place."""
    shutil.copytree(demo_case.parent, tmp_path / "demo", ignore=shutil.ignore_patterns("generator", "__pycache__"))
    case = tmp_path / "demo" / "case_glb.yaml"
    case.write_text(re.sub(r", placement: \{.*\}\}", "}", case.read_text()))
    plugin = load(iface)
    plugin.open_case(str(case))
    wait_for(lambda: plugin.conductor.session.designs and not plugin.conductor.task.busy)
    yield plugin.conductor
    plugin.unload()


def item(conductor, name):
    return next(found for found in conductor.session.gate if found.item == name)


def test_a_design_without_a_place_must_be_placed_before_the_review(unplaced):
    from drieluik.model import Placement

    conductor, truth = unplaced, Placement("case", 187024.5963, 440990.0975, 12.0, 1.40)
    assert conductor.session.design.placement.method == "provisional"
    assert item(conductor, "placed").state == "attention" and not conductor.dock.run.run.isEnabled()
    box = conductor.dock.design.placement
    for field, value in ((box.east, truth.easting_m), (box.north, truth.northing_m), (box.turn, truth.rotation_deg), (box.base, truth.base_nap_m)):
        field.setValue(value)
    box.use.click()
    assert {found.state for found in conductor.session.gate} == {"passes"} and conductor.dock.run.run.isEnabled()
    assert conductor.session.case.designs[0].placement.easting_m == pytest.approx(187024.596)
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    height = next(f for f in conductor.session.review.findings if f.check == "max_building_height")
    assert height.measurements[0].value == pytest.approx(9.6, abs=0.01)


def test_an_item_out_of_the_ordinary_is_confirmed_with_a_reason(unplaced):
    from drieluik.model import Placement

    unplaced.placing.take(Placement("case", 187024.5963, 440990.0975, 12.0, 2.60))
    assert item(unplaced, "ground").state == "attention" and not unplaced.dock.run.run.isEnabled()
    unplaced.session.confirm("ground", "terp volgens inrichtingsplan")
    assert item(unplaced, "ground").state == "confirmed" and unplaced.dock.run.run.isEnabled()


def mouse(conductor, tool, kind, place, shift=False):
    from qgis.core import QgsPointXY
    from qgis.gui import QgsMapMouseEvent
    from qgis.PyQt.QtCore import Qt

    canvas = conductor.iface.mapCanvas()
    pixel = canvas.getCoordinateTransform().transform(QgsPointXY(*place)).toQPointF().toPoint()
    kinds = {"press": QEvent.Type.MouseButtonPress, "move": QEvent.Type.MouseMove, "release": QEvent.Type.MouseButtonRelease}
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QgsMapMouseEvent(canvas, kinds[kind], pixel, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, keys)
    {"press": tool.canvasPressEvent, "move": tool.canvasMoveEvent, "release": tool.canvasReleaseEvent}[kind](event)


def test_moving_and_turning_on_the_map(unplaced):
    conductor = unplaced
    canvas = shown_map(conductor)
    conductor.dock.design.placement.move.setChecked(True)
    tool = canvas.mapTool()
    start = conductor.session.design.placement
    heart = conductor.session.design.bounds.mean(axis=0)[:2]
    mouse(conductor, tool, "press", heart)
    mouse(conductor, tool, "move", heart + [4, 2], shift=True)
    mouse(conductor, tool, "release", heart + [4, 2])
    moved = conductor.session.design.placement
    pixel = canvas.mapUnitsPerPixel()
    assert moved.easting_m - start.easting_m == pytest.approx(4, abs=2 * pixel)
    assert moved.northing_m - start.northing_m == pytest.approx(2, abs=2 * pixel)
    assert moved.method == "case" and moved.rotation_deg == start.rotation_deg
    handle = tool._handle_place()
    mouse(conductor, tool, "press", handle)
    mouse(conductor, tool, "move", handle + [-0.3, 2.4])
    mouse(conductor, tool, "release", handle + [-0.3, 2.4])
    turned = conductor.session.design.placement.rotation_deg
    assert turned == pytest.approx(12, abs=0.01)  # snapped to the direction of the plots
    conductor.dock.design.placement.move.setChecked(False)
    assert canvas.mapTool() is not tool


def test_two_points_on_two(unplaced):
    from drieluik.ui.map.place_tools import placed_outline

    conductor = unplaced
    canvas = shown_map(conductor)
    conductor.dock.design.placement.points.click()
    tool = canvas.mapTool()
    outline = placed_outline(conductor.session.outline("A"), conductor.session.design.placement)
    a, b = [list(outline.exterior.coords)[i] for i in (0, 2)]
    for place in (a, (a[0] + 1, a[1]), b, (b[0] + 1, b[1])):
        mouse(conductor, tool, "release", place)
    assert canvas.mapTool() is not tool
    assert conductor.session.design.placement.method == "case"


def test_the_plans_own_rules_are_panels(worked):
    from qgis.PyQt.QtWidgets import QCheckBox

    conductor = worked.conductor
    files = conductor.dock.rules.panels.count()
    conductor.session.case = replace(conductor.session.case, rulesets=("plan", *conductor.session.case.rulesets))
    conductor.refresh()
    assert conductor.dock.rules.panels.count() > files
    boxes = [conductor.dock.rules.panels.itemAt(number).widget().findChild(QCheckBox) for number in range(conductor.dock.rules.panels.count())]
    assert "Maximum bouwhoogte" in [box.text() for box in boxes if not box.isEnabled()]
