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
from stub_qgis import load, settle, wait_for


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
    from drieluik.ui import extras

    monkeypatch.setattr(extras, "missing", lambda: ["manifold3d"])
    plugin = load(iface)
    plugin.toggle(True)
    assert plugin.dock is None and plugin._dialog.isVisible()
    text = plugin._dialog.findChild(extras.QPlainTextEdit).toPlainText()
    assert "manifold3d" in text
    plugin.unload()


def test_package_imports_without_extras():
    import subprocess
    import sys

    blocked = "import sys\nfor n in ('shapely','pyogrio','manifold3d','trimesh','ifcopenshell','typst','embreex','laspy','lxml','yaml','jinja2','jsonschema'): sys.modules[n] = None\n"
    code = blocked + "import drieluik.plugin, drieluik.ui.extras, drieluik.ui.provider; print(drieluik.ui.extras.EXTRAS['lxml'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "lxml", done.stderr


@pytest.fixture
def worked(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    dock = plugin.dock
    wait_for(lambda: dock.session.designs and dock._task is None)
    dock.start_review()
    wait_for(lambda: dock.session.review is not None and dock._task is None)
    yield plugin
    plugin.unload()


def test_the_demo_through_the_dock(worked, tmp_path):
    from drieluik.model import Verdict
    from drieluik.ui import map_layers as layers

    dock, project = worked.dock, QgsProject.instance()
    assert dock.session.review.counts("A")[Verdict.VIOLATES] == 3
    assert "✗ 3" in dock.answer_line.text()
    names = {layers.name_of(layer) for layer in project.mapLayers().values()}
    assert {"finding_areas", "finding_volumes", "design_footprint", "topography", "building_3d", "terrain"} <= names
    volumes = layers.layer_named(project, "finding_volumes")
    assert len(list(volumes.getFeatures())) > 0 and volumes.renderer3D() is not None
    first = dock.result.tree.topLevelItem(0)
    assert "voldoet niet (3)" in first.text(0)
    dock.result.tree.itemClicked.emit(first.child(0), 0)
    assert dock.iface.mapCanvas().extent().width() < 200
    dock.result.tree.itemActivated.emit(first.child(1), 0)
    assert "bouwhoogte" in dock.answering.panel.text.toPlainText()
    dock.variant.setCurrentText("B")
    every = sum(found.design == "B" for found in dock.session.review.findings)
    assert dock.session.review.counts("B")[Verdict.COMPLIES] == every and f"✓ {every}" in dock.answer_line.text()
    assert layers.layer_named(project, "finding_areas").subsetString() == "\"design\" = 'B'"
    dock.write_report(str(tmp_path / "out"), "nl")
    wait_for(lambda: dock._task is None)
    assert (tmp_path / "out" / "report.pdf").exists() and dock.report.open_pdf.isEnabled()


def test_the_sun_step_moves_shadows_over_the_map(worked):
    dock = worked.dock
    assert dock.sun.shown.isEnabled() and not dock.sun.shown.isChecked() and dock.shadows._bands == {}
    dock.sun.shown.setChecked(True)
    first = dock.shadows._bands["extra"].asGeometry().asWkt()
    assert "21 maart 2027, 12:00 CET" in dock.sun.says.text() and "m² extra schaduw" in dock.sun.says.text()
    dock.sun.minute.setValue(15 * 12)
    assert dock.shadows._bands["extra"].asGeometry().asWkt() != first and "15:00 CET" in dock.sun.says.text()
    dock.sun.ask.click()
    dock.iface.mapCanvas().mapTool()._take(187032.0, 441008.0)
    assert "21 maart 2027" in dock.sun.answer.text() and "tegengehouden door" in dock.sun.answer.text()
    dock.variant.setCurrentText("B")
    assert dock.shadows._scene.design.name == "B"
    dock.sun.shown.setChecked(False)
    assert dock.shadows._bands == {} and dock.sun.says.text() == ""


def test_peil_is_proposed_at_the_entrance_and_filled_in_by_a_click(worked):
    dock = worked.dock
    assert dock.session.peil_proposals() == ()  # the demo's peil is fixed
    dock.session.answer("peil", {})
    proposed = dict(dock.session.peil_proposals())
    assert set(proposed) == {"road_at_main_entrance", "finished_ground_adjoining"}
    dock.rules.entrance_asked.emit()
    centre = dock.session.site.centre
    dock.surroundings._tool._take(centre[0], centre[1] - 200.0)  # no road within 50 m of there
    assert dock.session.case.answers["entrance"] == [round(centre[0], 2), round(centre[1] - 200.0, 2)]
    assert set(dict(dock.session.peil_proposals())) == {"finished_ground_adjoining"}
    button = dock.rules.proposals.itemAt(0).widget()
    button.click()
    assert dock.rules.nap.value() == pytest.approx(proposed["finished_ground_adjoining"], abs=0.01)
    assert dock.rules.method.currentData() == "finished_ground_adjoining"


def test_every_control_has_a_name(worked):
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTreeWidget, QAbstractSpinBox, QSlider):
        for widget in worked.dock.findChildren(kind):
            inner = widget.parent() is not None and isinstance(widget.parent(), (QComboBox, QAbstractSpinBox, QLineEdit))
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and (widget.text() or widget.toolTip()))
            own = widget.objectName().startswith("qt_") or type(widget.parent()).__name__ in ("QgsFileWidget", "QgsDockWidget", "DrieluikDock")
            assert named or inner or own, f"{type(widget).__name__} {widget.objectName()} has no accessible name"


def test_cancel_is_told_and_loses_nothing(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    dock = plugin.dock
    wait_for(lambda: dock.session.designs and dock._task is None)
    dock.start_review()
    dock.cancel()
    wait_for(lambda: dock._task is None)
    assert dock.session.case is not None and dock.session.designs
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
    assert sum("&quot;design&quot; = 'A'" in rule or "&quot;design&quot; = &apos;A&apos;" in rule for rule in rules) == 6  # one variant
    project.clear()


@pytest.fixture
def unplaced(iface, demo_case, tmp_path):
    """The dock with the GLB of the demo, whose case says no place."""
    shutil.copytree(demo_case.parent, tmp_path / "demo", ignore=shutil.ignore_patterns("generator", "__pycache__"))
    case = tmp_path / "demo" / "case_glb.yaml"
    case.write_text(re.sub(r", placement: \{.*\}\}", "}", case.read_text()))
    plugin = load(iface)
    plugin.open_case(str(case))
    wait_for(lambda: plugin.dock.session.designs and plugin.dock._task is None)
    yield plugin.dock
    plugin.unload()


def item(dock, name):
    return next(found for found in dock.session.gate if found.item == name)


def test_a_design_without_a_place_must_be_placed_before_the_review(unplaced):
    from drieluik.model import Placement

    dock, truth = unplaced, Placement("case", 187024.5963, 440990.0975, 12.0, 1.40)
    assert dock.session.design.placement.method == "provisional"
    assert item(dock, "placed").state == "attention" and not dock.run.run.isEnabled()
    box = dock.design.placement
    for field, value in ((box.east, truth.easting_m), (box.north, truth.northing_m), (box.turn, truth.rotation_deg), (box.base, truth.base_nap_m)):
        field.setValue(value)
    box.use.click()
    assert {found.state for found in dock.session.gate} == {"passes"} and dock.run.run.isEnabled()
    assert dock.session.case.designs[0].placement.easting_m == pytest.approx(187024.596)
    dock.start_review()
    wait_for(lambda: dock.session.review is not None and dock._task is None)
    height = next(f for f in dock.session.review.findings if f.check == "max_building_height")
    assert height.measurements[0].value == pytest.approx(9.6, abs=0.01)


def test_an_item_out_of_the_ordinary_is_confirmed_with_a_reason(unplaced):
    from drieluik.model import Placement

    unplaced.placing.take(Placement("case", 187024.5963, 440990.0975, 12.0, 2.60))
    assert item(unplaced, "ground").state == "attention" and not unplaced.run.run.isEnabled()
    unplaced.session.confirm("ground", "terp volgens inrichtingsplan")
    assert item(unplaced, "ground").state == "confirmed" and unplaced.run.run.isEnabled()


def mouse(dock, tool, kind, place, shift=False):
    from qgis.core import QgsPointXY
    from qgis.gui import QgsMapMouseEvent
    from qgis.PyQt.QtCore import Qt

    canvas = dock.iface.mapCanvas()
    pixel = canvas.getCoordinateTransform().transform(QgsPointXY(*place)).toQPointF().toPoint()
    kinds = {"press": QEvent.Type.MouseButtonPress, "move": QEvent.Type.MouseMove, "release": QEvent.Type.MouseButtonRelease}
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QgsMapMouseEvent(canvas, kinds[kind], pixel, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, keys)
    {"press": tool.canvasPressEvent, "move": tool.canvasMoveEvent, "release": tool.canvasReleaseEvent}[kind](event)


def shown_map(dock):
    from qgis.core import QgsRectangle

    wait_for(lambda: not dock._zoom.isActive())
    canvas = dock.iface.mapCanvas()
    dock.iface.window.setCentralWidget(canvas)
    dock.iface.window.resize(1300, 700)
    dock.iface.window.show()
    settle()
    canvas.setExtent(QgsRectangle(187000, 440960, 187060, 441005))
    settle()
    return canvas


def test_moving_and_turning_on_the_map(unplaced):
    dock = unplaced
    canvas = shown_map(dock)
    dock.design.placement.move.setChecked(True)
    tool = canvas.mapTool()
    start = dock.session.design.placement
    heart = dock.session.design.bounds.mean(axis=0)[:2]
    mouse(dock, tool, "press", heart)
    mouse(dock, tool, "move", heart + [4, 2], shift=True)
    mouse(dock, tool, "release", heart + [4, 2])
    moved = dock.session.design.placement
    pixel = canvas.mapUnitsPerPixel()
    assert moved.easting_m - start.easting_m == pytest.approx(4, abs=2 * pixel)
    assert moved.northing_m - start.northing_m == pytest.approx(2, abs=2 * pixel)
    assert moved.method == "case" and moved.rotation_deg == start.rotation_deg
    handle = tool._handle_place()
    mouse(dock, tool, "press", handle)
    mouse(dock, tool, "move", handle + [-0.3, 2.4])
    mouse(dock, tool, "release", handle + [-0.3, 2.4])
    turned = dock.session.design.placement.rotation_deg
    assert turned == pytest.approx(12, abs=0.01)  # snapped to the direction of the plots
    dock.design.placement.move.setChecked(False)
    assert canvas.mapTool() is not tool


def test_two_points_on_two(unplaced):
    from drieluik.ui.place_tools import placed_outline

    dock = unplaced
    canvas = shown_map(dock)
    dock.design.placement.points.click()
    tool = canvas.mapTool()
    outline = placed_outline(dock.session.outline("A"), dock.session.design.placement)
    a, b = [list(outline.exterior.coords)[i] for i in (0, 2)]
    for place in (a, (a[0] + 1, a[1]), b, (b[0] + 1, b[1])):
        mouse(dock, tool, "release", place)
    assert canvas.mapTool() is not tool
    assert dock.session.design.placement.method == "case"


def test_the_plans_own_rules_are_panels(worked):
    from qgis.PyQt.QtWidgets import QCheckBox

    dock = worked.dock
    files = dock.rules.panels.count()
    dock.session.case = replace(dock.session.case, rulesets=("plan", *dock.session.case.rulesets))
    dock.refresh()
    assert dock.rules.panels.count() > files
    boxes = [dock.rules.panels.itemAt(number).widget().findChild(QCheckBox) for number in range(dock.rules.panels.count())]
    assert "Maximum bouwhoogte" in [box.text() for box in boxes if not box.isEnabled()]
