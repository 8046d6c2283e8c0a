"""Drieluik in QGIS's options: where services stand, which key they take, where their answers are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsAuthConfigSelect, QgsFileWidget, QgsOptionsPageWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from ...data_sources.services.cache import default_folder
from ...data_sources.services.endpoints import ENDPOINTS, Endpoint, Endpoints
from ...errors import CaseError, OutputError
from ...report.exchange.letter import check_template
from ..widgets.fields import Wrapped
from ..widgets.words import tr
from ..work import case_places, services

NAME, ADDRESS, KEY = range(3)


class OptionsPage(QgsOptionsPageWidget):
    """One row per service. An empty address means the usual one, ``none`` switches the service off."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.cache = QgsFileWidget()
        self.cache.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.cache.setAccessibleName(tr("Folder of kept answers"))
        kept = services.cache_folder()
        self.cache.setFilePath("" if kept == default_folder() else str(kept))
        self.cache.lineEdit().setPlaceholderText(str(default_folder()))
        self.table = QTableWidget(len(ENDPOINTS), 3)
        self.table.setAccessibleName(tr("Services"))
        self.table.setHorizontalHeaderLabels([tr("Service"), tr("Address (empty: the usual one; none: off)"), tr("Key")])
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setSectionResizeMode(ADDRESS, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(KEY, QHeaderView.ResizeMode.ResizeToContents)
        self.keys: dict[str, str] = {}
        for row, endpoint in enumerate(ENDPOINTS):
            self._fill(row, endpoint)
        self.problem = Wrapped()
        self.officer = QLineEdit(services.officer_name())
        self.officer.setAccessibleName(tr("Name of the officer"))
        self.officer.setPlaceholderText(tr("stands with your answers and decisions"))
        self.function = QLineEdit(services.officer_function())
        self.function.setAccessibleName(tr("Function of the officer"))
        self.function.setPlaceholderText(tr("stands behind the name, for instance: permit officer"))
        self.cases = QgsFileWidget()
        self.cases.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.cases.setAccessibleName(tr("Folder in which new cases begin"))
        self.cases.setFilePath("" if case_places.cases_folder() == case_places.usual_folder() else str(case_places.cases_folder()))
        self.cases.lineEdit().setPlaceholderText(str(case_places.usual_folder()))
        template = services.letter_template()
        self.letter = QgsFileWidget()
        self.letter.setAccessibleName(tr("Template of the advice letter"))
        self.letter.setFilter(tr("OpenDocument text (*.odt *.ott)"))
        self.letter.setFilePath(str(template) if template is not None else "")
        self.letter.lineEdit().setPlaceholderText(tr("empty: a plain letter"))
        form = QFormLayout()
        form.addRow(tr("&Officer"), self.officer)
        form.addRow(tr("&Function"), self.function)
        form.addRow(tr("&Cases in"), self.cases)
        form.addRow(tr("&Letter template"), self.letter)
        form.addRow(tr("&Kept answers"), self.cache)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.table)
        layout.addWidget(self.problem)

    def _fill(self, row: int, endpoint: Endpoint) -> None:
        name = QTableWidgetItem(endpoint.name)
        name.setToolTip(endpoint.url)
        name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.table.setItem(row, NAME, name)
        self.table.setItem(row, ADDRESS, QTableWidgetItem(services.stored(endpoint.key, "url")))
        if not endpoint.key_header:
            return
        self.keys[endpoint.key] = services.stored(endpoint.key, "authcfg")
        button = QPushButton()
        button.setAccessibleName(tr("Key of {name}").format(name=endpoint.name))
        button.clicked.connect(lambda _checked=False, key=endpoint.key, made=button: self._choose(key, made))
        self._label(endpoint.key, button)
        self.table.setCellWidget(row, KEY, button)

    def _label(self, key: str, button: QPushButton) -> None:
        authcfg = self.keys[key]
        known = QgsApplication.authManager().availableAuthMethodConfigs() if authcfg else {}
        button.setText(known[authcfg].name() if authcfg in known else authcfg or tr("Choose…"))

    def _choose(self, key: str, button: QPushButton) -> None:
        """Let the user pick an entry of QGIS's authentication store (kind: API header)."""
        dialog = QDialog(self)
        dialog.setWindowTitle(tr("Key from QGIS's authentication store"))
        select = QgsAuthConfigSelect(dialog)
        select.setConfigId(self.keys[key])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.addWidget(select)
        layout.addWidget(buttons)
        if dialog.exec():
            self.keys[key] = select.configId()
            self._label(key, button)

    def addresses(self) -> dict[str, str]:
        """Return what was typed, by service."""
        return {endpoint.key: self.table.item(row, ADDRESS).text().strip() for row, endpoint in enumerate(ENDPOINTS)}

    def isValid(self) -> bool:
        """Whether every address is one and the template of the letter can be used; else the first that is not is named."""
        try:
            Endpoints().with_overrides({key: url for key, url in self.addresses().items() if url})
            path = self.letter.filePath().strip()
            check_template(Path(path) if path else None)
        except (CaseError, OutputError) as error:
            self.problem.setText(error.message())
            return False
        self.problem.setText("")
        return True

    def apply(self) -> None:
        """Keep everything; a page with a wrong address keeps nothing (``isValid`` names it)."""
        if not self.isValid():
            return
        for key, url in self.addresses().items():
            services.store(key, "url", url)
        for key, authcfg in self.keys.items():
            services.store(key, "authcfg", authcfg)
        services.store_cache_folder(self.cache.filePath())
        services.store_officer_name(self.officer.text())
        services.store_officer_function(self.function.text())
        services.store_letter_template(self.letter.filePath())
        case_places.store_cases_folder(self.cases.filePath())
