"""QGIS's interface without its window, and waiting for what runs in the background."""

from __future__ import annotations

import time

from qgis.core import QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QMainWindow


class StubInterface:
    """As much of QGIS's interface as the plugin uses, in a real main window; keeps count of what is in it."""

    def __init__(self):
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.bar = QgsMessageBar(self.window)
        self.menu, self.docks, self.pages, self.filters = [], [], [], []

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar

    def newProject(self):
        QgsProject.instance().clear()
        return True

    def addToolBar(self, name):
        return self.window.addToolBar(name)

    def addPluginToMenu(self, name, action):
        self.menu.append(action)

    def removePluginMenu(self, name, action):
        self.menu.remove(action)

    def registerOptionsWidgetFactory(self, factory):
        self.pages.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.pages.remove(factory)

    def registerLocatorFilter(self, made):
        self.filters.append(made)

    def deregisterLocatorFilter(self, made):
        self.filters.remove(made)

    def addDockWidget(self, area, dock):
        self.docks.append(dock)
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.docks.remove(dock)
        self.window.removeDockWidget(dock)


def settle():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    assert condition(), "it did not happen in time"


def load(iface):
    from drieluik import classFactory, texts

    plugin = classFactory(iface)
    plugin.initGui()
    texts.use_language("nl")  # what the window says is read in Dutch, whatever language this QGIS was set to
    return plugin


def shown_map(conductor):
    """Show the map in the window, with the demo's plot (RD) in it; return the map."""
    wait_for(lambda: not conductor.showing._zoom.isActive())
    canvas = conductor.iface.mapCanvas()
    conductor.iface.window.setCentralWidget(canvas)
    conductor.iface.window.resize(1300, 700)
    conductor.iface.window.show()
    settle()
    canvas.setExtent(QgsRectangle(187_000, 440_960, 187_060, 441_005))
    settle()
    return canvas
