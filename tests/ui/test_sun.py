"""The sun sliders in a headless QGIS: shadows move in the map in place, say their moment, and leave nothing behind."""

from __future__ import annotations

import datetime
import statistics
import time

import numpy as np
import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsProject

from drieluik.measure.sun.shadows_in_time import ShadowScene
from drieluik.measure.sun.sun_position import utc_of
from drieluik.model import Building3D
from scenes import GROUND, box_part, design, site


def town(side):
    """Return side x side houses of 6 to 12 m, 25 m apart: as many as stand within 300 m of a plot."""
    rng, houses = np.random.default_rng(7), []
    semantics = np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8)
    for n, (i, j) in enumerate(np.ndindex(side, side)):
        x, y, height = 25.0 * (i - side / 2), 25.0 * (j - side / 2), float(rng.uniform(6, 12))
        houses.append(Building3D(f"{n}", box_part(x, y, x + 9, y + 12, 0, height).triangles, semantics, "2.2", GROUND, GROUND + height))
    return tuple(houses)


def test_a_slider_step_moves_the_shadows_of_500_houses(iface):
    from drieluik.ui.map.sun_shadows import SunShadows

    here, block = site(buildings3d=town(23)), design(box_part(12, -8, 20, 10, 0, 15))
    shadows = SunShadows(iface)
    times, seen = [], set()
    for hour in np.arange(9.0, 17.0, 0.5):
        start = time.perf_counter()
        instant = shadows.show(here, block, {}, utc_of(datetime.date(2027, 3, 21), float(hour)))
        times.append(time.perf_counter() - start)
        seen.add(shadows._bands["existing"].asGeometry().asWkt()[:200])
        assert shadows._bands["existing"].asGeometry().area() == pytest.approx(instant.existing.area, rel=1e-6)
        assert shadows._bands["extra"].asGeometry().area() == pytest.approx(instant.extra.area, rel=1e-6)
    assert len(seen) == len(times) and len(shadows._bands) == 4
    print(f"a step: {statistics.median(times[1:]) * 1000:.0f} ms in the middle")
    shadows.clear()
    assert shadows._bands == {}


def test_an_instant_is_the_study_without_its_frame(iface):
    here, block = site(buildings3d=town(3)), design(box_part(12, -8, 20, 10, 0, 15))
    scene, when = ShadowScene(here, block), utc_of(datetime.date(2027, 6, 21), 15.0)
    instant, moment = scene.instant(when), scene.moment(when)
    assert instant.extra.area == pytest.approx(moment.extra.area) and instant.clock == moment.clock == "15:00 CEST"
    dark = scene.instant(utc_of(datetime.date(2027, 12, 21), 6.0))
    assert not dark.lit and dark.existing.is_empty and dark.extra.is_empty


def test_the_step_gives_dates_and_times_of_the_clock(iface):
    from drieluik.ui.steps.step_sun import SunStep

    step, told = SunStep(), []
    step.setParent(iface.window)  # and goes with it
    step.moved.connect(lambda: told.append(step.time))
    assert (step.date, step.time) == (datetime.date(2027, 3, 21), np.datetime64("2027-03-21T11:00:00"))
    step.usual.setCurrentIndex(2)
    step.usual.activated.emit(2)
    assert step.date == datetime.date(2027, 6, 21) and step.time == np.datetime64("2027-06-21T10:00:00")
    step.minute.setValue(step.minute.value() + 1)
    assert told[-1] == np.datetime64("2027-06-21T10:05:00")
    step.refresh(True)
    step.shown.setChecked(True)
    step.refresh(False)
    assert not step.shown.isChecked() and not step.day.isEnabled()


def test_the_light_of_3d_views_comes_from_the_sun(qgis_app):
    from drieluik.ui.map import scene3d

    _3d = pytest.importorskip("qgis._3d", reason="this QGIS is built without 3D")
    settings = _3d.Qgs3DMapSettings()
    view = type("View", (), {"mapSettings": lambda self: settings})()
    iface = type("Interface", (), {"mapCanvases3D": lambda self: [view]})()
    if not hasattr(settings, "setLightSources"):
        assert not scene3d.set_sun(iface, np.array([0.6, 0.0, 0.8]))
        pytest.skip("this QGIS cannot change the light of a 3D view")
    assert scene3d.set_sun(iface, np.array([0.6, 0.0, 0.8]))
    (light,) = settings.lightSources()
    shining = light.direction()
    assert shining.x() == pytest.approx(-0.6) and min(shining.y(), shining.z()) == pytest.approx(-0.8)
    assert not scene3d.set_sun(iface, np.array([0.9, 0.0, -0.1]))


def test_a_project_has_shadows_in_time_and_hours_of_sun(qgis_app, tmp_path):
    from drieluik.report.sun.sun_layers import days_of, write_rasters, write_shadow_layers
    from drieluik.ui.map import map_layers as layers

    scene = ShadowScene(site(buildings3d=town(3)), design(box_part(12, -8, 20, 10, 0, 15)))
    days = days_of(scene)
    write_shadow_layers({"A": days}, {"A": scene.study([datetime.date(2027, 3, 21)])}, tmp_path)
    write_rasters(scene, days, tmp_path, "nl")
    project = QgsProject()
    layers.add_to_project(project, tmp_path, in_window=False)
    shadow, hours = layers.layer_named(project, "shadow"), layers.layer_named(project, "sun_hours")
    times = shadow.temporalProperties()
    assert times.isActive() and (times.startField(), times.endField()) == ("from", "to")
    start = project.timeSettings().temporalRange().begin().toUTC()
    assert start.toString("yyyy-MM-dd") == "2027-03-21" and start < shadow.maximumValue(shadow.fields().indexOf("to")).toUTC()
    assert "21 maart 2027 (A)" in hours.name() and hours.renderer().type() == "singlebandpseudocolor"
    shown = [project.layerTreeRoot().findLayer(layer.id()).itemVisibilityChecked() for layer in (shadow, hours)]
    assert shown == [False, False]
    project.clear()
