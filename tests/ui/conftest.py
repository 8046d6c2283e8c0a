"""The interface that the plugin is loaded into."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsProject, QgsSettings
from stub_qgis import StubInterface, settle


@pytest.fixture
def iface(qgis_app):
    made = StubInterface()
    yield made
    QgsProject.instance().clear()
    made.window.deleteLater()
    settle()


@pytest.fixture(autouse=True)
def officer(qgis_app):
    """The officer gave a name before, so that nothing asks for it."""
    QgsSettings().setValue("drieluik/officer", "J. de Vries")
    yield "J. de Vries"
    QgsSettings().remove("drieluik/officer")
