"""The interface that the plugin is loaded into."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsProject
from stub_qgis import StubInterface, settle


@pytest.fixture
def iface(qgis_app):
    made = StubInterface()
    yield made
    QgsProject.instance().clear()
    made.window.deleteLater()
    settle()
