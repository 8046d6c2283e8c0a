"""The plugin's face: what QGIS loads and unloads. ``unload`` mirrors ``initGui`` line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QToolBar

from .ui.widgets.words import tr
from .ui.work.case_element import holds_case

HERE = Path(__file__).parent
ICON = HERE / "ui" / "icons" / "drieluik.svg"


class DrieluikPlugin:
    """Registers toolbar, menu, dock and Processing provider; imports what is heavy only when it is used."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.conductor: Any = None
        self.action: QAction | None = None
        self.no_cache = ""
        self.toolbar: QToolBar | None = None
        self.provider: Any = None
        self.translator: QTranslator | None = None
        self.locator: Any = None
        self.options: Any = None
        self._dialog: Any = None

    def initGui(self) -> None:
        """Add everything to QGIS."""
        self._translate()
        self.action = QAction(QIcon(str(ICON)), "Drieluik", self.iface.mainWindow())
        self.action.setObjectName("drieluikAction")
        self.action.setToolTip(tr("Drieluik: review a building design in its surroundings"))
        self.action.setCheckable(True)
        self.action.triggered.connect(self.toggle)
        self.toolbar = self.iface.addToolBar("Drieluik")
        self.toolbar.setObjectName("drieluikToolbar")
        self.toolbar.addAction(self.action)
        self.iface.addPluginToMenu("Drieluik", self.action)
        self._add_services()
        QgsProject.instance().readProject.connect(self.open_project)
        self.initProcessing()

    def _add_services(self) -> None:
        """Add the options page, and addresses in the locator bar; not where packages are missing: the dock says what to install."""
        from .ui.entries import extras

        if extras.missing():
            return
        from .ui.entries.locator import AddressFilter
        from .ui.entries.options import OptionsFactory
        self.options = OptionsFactory()
        self.iface.registerOptionsWidgetFactory(self.options)
        self.locator = AddressFilter(self.open_address)
        self.iface.registerLocatorFilter(self.locator)

    def initProcessing(self) -> None:
        """Add the Processing provider; QGIS calls this alone in ``qgis_process``."""
        from .ui.entries.provider import DrieluikProvider

        self.provider = DrieluikProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        self._keep_out_of_cache()

    def _keep_out_of_cache(self) -> None:
        """Answers of services are Drieluik's own to keep; not where packages are missing: nothing is asked then."""
        from .ui.entries import extras

        if extras.missing():
            return
        from .ui.work.qgis_transport import keep_nothing

        self.no_cache = keep_nothing()

    def unload(self) -> None:
        """Take everything out of QGIS again."""
        QgsProject.instance().readProject.disconnect(self.open_project)
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.no_cache:
            from .ui.work.qgis_transport import keep_again

            keep_again(self.no_cache)
            self.no_cache = ""
        if self.locator is not None:
            self.iface.deregisterLocatorFilter(self.locator)
            self.locator = None
        if self.options is not None:
            self.iface.unregisterOptionsWidgetFactory(self.options)
            self.options = None
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None
        if self.conductor is not None:
            self.conductor.shut()
            self.iface.removeDockWidget(self.conductor.dock)
            self.conductor.dock.deleteLater()
            self.conductor = None
        if self.action is not None:
            self.iface.removePluginMenu("Drieluik", self.action)
            self.action.triggered.disconnect(self.toggle)
            self.action.deleteLater()
            self.action = None
        if self.toolbar is not None:
            self.toolbar.deleteLater()
            self.toolbar = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None

    def _translate(self) -> None:
        """Speak Dutch where QGIS does, or where it says nothing; else English."""
        from . import texts

        app = QgsApplication.instance()
        locale = (app.locale() if app is not None else "") or "C"
        texts.use_language("nl" if locale == "C" or locale.startswith("nl") else "en")
        path = HERE / "i18n" / "drieluik_nl.qm"
        if texts.language() == "nl" and path.exists():
            self.translator = QTranslator()
            self.translator.load(str(path))
            QCoreApplication.installTranslator(self.translator)

    def toggle(self, shown: bool = True) -> None:
        """Show or hide the dock; say what to install when packages are missing."""
        if self.conductor is None and shown and not self._begin():
            self._check(False)
            return
        if self.conductor is not None:
            self.conductor.dock.setVisible(shown)
            if shown:
                self.conductor.dock.raise_()

    def _check(self, shown: bool) -> None:
        """Let the button say whether the dock is shown, as long as it is there."""
        if self.action is not None:
            self.action.setChecked(shown)

    def _begin(self) -> bool:
        from .ui.entries import extras

        missing = extras.missing()
        if missing:
            self._dialog = extras.MissingDialog(missing, self.iface.mainWindow())
            self._dialog.show()
            return False
        from .ui.conductor import Conductor

        self.conductor = Conductor(self.iface, self.iface.mainWindow())
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.conductor.dock)
        self.conductor.dock.visibilityChanged.connect(self._check)
        return True

    def open_address(self, match: Any) -> None:
        """Show the dock at an address or parcel that was chosen."""
        self._check(True)
        self.toggle(True)
        if self.conductor is not None:
            self.conductor.surroundings.take_address(match)

    def open_project(self, document: Any) -> None:
        """Show the dock with the case that a project keeps, where it keeps one."""
        if not holds_case(document):
            return
        self._check(True)
        self.toggle(True)
        if self.conductor is not None:
            self.conductor.in_qgis.from_project(document)

    def open_case(self, path: str) -> None:
        """Show the dock with a case opened."""
        self._check(True)
        self.toggle(True)
        if self.conductor is not None:
            self.conductor.open_case(path)
