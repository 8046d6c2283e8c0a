"""The interface that the plugin is loaded into."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtWidgets import QApplication, QMainWindow
from stub_qgis import StubInterface, load, settle


@pytest.fixture
def iface(qgis_app):
    made = StubInterface()
    yield made
    QgsProject.instance().clear()
    made.window.deleteLater()
    settle()


@pytest.fixture
def conductor(iface):
    """The conductor of an open dock without a case."""
    plugin = load(iface)
    plugin.toggle(True)
    yield plugin.conductor
    plugin.unload()


@pytest.fixture(autouse=True)
def officer(qgis_app):
    """The officer gave a name before, so that nothing asks for it."""
    QgsSettings().setValue("drieluik/officer", "J. de Vries")
    yield "J. de Vries"
    QgsSettings().remove("drieluik/officer")


@pytest.fixture(autouse=True)
def cases(qgis_app, tmp_path_factory, monkeypatch):
    """The folder in which cases begin: not the user's own."""
    folder = tmp_path_factory.mktemp("zaken")
    monkeypatch.setenv("DRIELUIK_CASES", str(folder))
    yield folder
    for key in ("recent", "at_work", "officer_function"):
        QgsSettings().remove(f"drieluik/{key}")


@pytest.fixture(autouse=True)
def nothing_left(qgis_app):
    """Widgets that a test made by themselves go before QGIS does: what is alive when it ends takes the process with it."""
    yield
    for widget in QApplication.topLevelWidgets():
        if not isinstance(widget, QMainWindow):  # that of the interface goes with its fixture
            widget.deleteLater()
    settle()
